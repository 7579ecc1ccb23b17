//! What makes words a decision, and the words of records of decisions; in five languages.
//!
//! Pure: words in, findings out.

use crate::model::DecisionStatus;
use crate::model::words::fold;
use crate::parse::asking;
use crate::parse::asking::Reply;
use crate::parse::deciding_words::BEFORE_STATUS;
use crate::parse::deciding_words::DENIALS;
use crate::parse::deciding_words::LABELS;
use crate::parse::deciding_words::LISTS;
use crate::parse::deciding_words::OUTCOMES;
use crate::parse::deciding_words::QUALIFIERS;
use crate::parse::deciding_words::SENTENCES;
use crate::parse::deciding_words::STATUSES;
use crate::parse::deciding_words::YETS;
use crate::parse::struck::unstruck;

/// What follows `Decision:`, `**Decided:**`, `Decision (Ida): `, `Final decision - `; it may be empty.
pub(crate) fn after_decision(words: &str) -> Option<&str> {
    asking::after_label(words, LABELS).or_else(|| after_wide_label(words))
}

/// As [`after_decision`], where the label says who decided and when, or a dash stands behind it.
fn after_wide_label(words: &str) -> Option<&str> {
    let words = words.trim_start();
    let head = words.get(..words.floor_char_boundary(100))?;
    let mut inside = false;
    let (at, mark) = head.char_indices().find(|&(at, c)| {
        inside = matches!(c, '(' | '[') || inside && !matches!(c, ')' | ']');
        let blank = |at: usize| head.get(at..).is_some_and(|rest| rest.starts_with(' '));
        let dash = matches!(c, '-' | '–' | '—') && blank(at + c.len_utf8()) && at > 0 && blank(at - 1);
        !inside && (c == ':' || dash)
    })?;
    let behind = words.get(at + mark.len_utf8()..).filter(|rest| !rest.starts_with("//"))?;
    let label = words.get(..at)?;
    let bold = label.len() - label.trim_start_matches(['*', '_']).len();
    let name = label.trim_matches(asking::is_dressing);
    let name = match name.find(['(', '[']) {
        Some(open) if name.ends_with([')', ']']) => name.get(..open)?,
        _ => name,
    };
    let is_number = |c: char| c.is_ascii_digit() || "-./# ".contains(c);
    let folded = fold(name.trim_matches(asking::is_dressing));
    let mut rest = folded.trim_end_matches(is_number);
    while let Some(shorter) = QUALIFIERS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    let by = [" by ", " of ", " von ", " de "].iter().find_map(|by| rest.split_once(by));
    let rest = match by {
        Some((label, who)) if who.split_whitespace().count() <= 3 => label,
        _ => rest,
    };
    // `**Question:** text`
    let close = behind.bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count();
    let behind = if close <= bold { behind.get(close..)? } else { behind };
    LABELS.contains(&rest).then(|| behind.trim_start())
}

/// True for words that may be a decision: something is said, it asks nothing, and it is not that nothing was decided.
pub(crate) fn decides(own: &str) -> bool {
    asking::reply(own) == Some(Reply::Words)
        && !own.trim_end_matches(['*', '_', ')', ' ']).ends_with(asking::is_mark)
        && own.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| {
            // what stands below it in the paragraph makes it no decision
            !asking::is_nothing(&fold(line.get(..line.floor_char_boundary(64)).unwrap_or(line)))
        })
}

/// True for a sentence that begins with `We decided` or the like.
pub(crate) fn is_sentence(sentence: &str) -> bool {
    let begin = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let folded = fold(begin.get(..begin.floor_char_boundary(96)).unwrap_or(begin));
    let says = |rest: &str| {
        rest.starts_with([' ', ',', ':']) && asking::reply(rest) == Some(Reply::Words) && !asking::is_nothing(rest)
    };
    let mut behind = SENTENCES.iter().filter_map(|known| folded.strip_prefix(known)).peekable();
    // each way to part the beginning from the rest
    behind.peek().is_some() && behind.all(says)
}

/// True for the heading of a list of decisions.
pub(crate) fn is_list_of_decisions(heading: &str) -> bool {
    asking::is_name(heading, LISTS)
}

/// True for a heading that belongs to the record of one decision, beside that of the decision.
pub(crate) fn is_part_of_record(heading: &str) -> bool {
    const PARTS: &[&str] = &[
        "context",
        "context and problem statement",
        "problem statement",
        "consequences",
        "considered options",
        "alternatives considered",
        "decision drivers",
        "kontext",
        "konsequenzen",
        "contexte",
        "contexto",
        "consecuencias",
        "consequencias",
    ];
    asking::is_name(heading, PARTS)
}

/// True for the heading of the part of a record that says what was decided.
pub(crate) fn is_outcome(heading: &str) -> bool {
    asking::is_name(heading, OUTCOMES)
}

/// What a status says: its first word, or that another took its place; `None` for words that are no status, such as a choice
/// that a template leaves open. What is struck through counts no more.
pub(crate) fn status(words: &str) -> Option<DecisionStatus> {
    if words.contains(['|', '{']) {
        return None;
    }
    let folded = fold(&unstruck(words));
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(40).collect();
    let of = |word: &str| STATUSES.iter().find(|(_, known)| known.contains(&word)).map(|(status, _)| *status);
    let is_before = |word: &&&str| [DENIALS, YETS, BEFORE_STATUS].iter().any(|known| known.contains(*word));
    let begin = words.iter().take_while(is_before).count();
    let (before, rest) = words.split_at_checked(begin)?;
    let word = rest.first()?;
    let status = of(word)?;
    let is_replaced = rest.windows(2).any(|pair| match pair {
        [word, by] => {
            of(word) == Some(DecisionStatus::Superseded) && matches!(*by, "by" | "durch" | "par" | "por" | "through")
        }
        _ => false,
    });
    let is_any = |words: &[&str], known: &[&str]| words.iter().any(|word| known.contains(word));
    let later = is_any(before, YETS) || rest.get(1..4.min(rest.len())).is_some_and(|rest| is_any(rest, YETS));
    match status {
        DecisionStatus::Accepted if is_any(before, DENIALS) || is_any(before, YETS) => {
            let is_verdict = !matches!(*word, "decided" | "beschlossen" | "implemented" | "done" | "active");
            Some(if later || !is_verdict { DecisionStatus::Proposed } else { DecisionStatus::Rejected })
        }
        _ if is_any(before, DENIALS) => None,
        _ if is_replaced => Some(DecisionStatus::Superseded),
        status => Some(status),
    }
}

/// The sentences of a text, with the byte where each begins.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let pieces = text.split_inclusive(['.', '!', '?', ';', '\n']).map(move |piece| {
        let start = at;
        at += piece.len();
        (start, piece)
    });
    // `e.g. this` and `5.0` go on: a sentence ends before a blank
    let mut pieces = pieces.peekable();
    std::iter::from_fn(move || {
        let (start, first) = pieces.next()?;
        let mut end = start + first.len();
        while let Some((_, next)) = pieces.next_if(|(_, next)| !next.starts_with(char::is_whitespace)) {
            end += next.len();
        }
        Some((start, text.get(start..end)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides() {
        for words in [
            "We decided to wait.",
            "Decided against it",
            "Wir haben uns entschieden, es",
            "Decision was to do it",
            "We agreed to wait",
            "We agreed that we wait",
            "Team decided against it",
            "The team decided to wait",
            "Agreed to wait",
            "We chose the outbox",
            "We're going with the outbox",
        ] {
            assert!(is_sentence(words), "{words}");
        }
        for words in [
            "We decidedly",
            "Nothing was decided",
            "We decide",
            "I think we decided to",
            "We agreed",
            "We agreed with Ida",
            "Agreed.",
            "We agreed to disagree",
            "We choose",
        ] {
            assert!(!is_sentence(words), "{words}");
        }
        assert_eq!(after_decision("**Decision**: use it"), Some("use it"));
        assert_eq!(after_decision("Decision 3: use it"), Some("use it"));
        for (words, rest) in [
            ("Decision (Ida): use it", Some("use it")),
            ("**Decision (Ida, 10:30):** use it", Some("use it")),
            ("Decision [2026-05-03]: use it", Some("use it")),
            ("Decision 2026-05-03: use it", Some("use it")),
            ("Decision by Ida Berg: use it", Some("use it")),
            ("Final decision: use it", Some("use it")),
            ("The final decision: use it", Some("use it")),
            ("Decision - use it", Some("use it")),
            ("**Decision** — use it", Some("use it")),
            ("Agreed: use it", None),
            ("Decision (Ida):", Some("")),
            ("Decision tables: use it", None),
            ("Decision-making: a book", None),
            ("A decision of weight: read it", None),
            ("Decisions (https://a.org): b", Some("b")),
            ("Decision made - but why: b", None),
            ("decision.md: use it", None),
        ] {
            assert_eq!(after_decision(words), rest, "{words}");
        }
        assert!(decides("use it") && !decides("TBD") && !decides("which one?") && !decides("\u{FFFC}"));
    }

    #[test]
    fn statuses() {
        let of = |words| status(words).map(DecisionStatus::name);
        assert_eq!(
            ["Accepted", "superseded by 9", "**Abgelehnt**", "proposed | accepted", "Yes"].map(of),
            [Some("accepted"), Some("superseded"), Some("rejected"), None, None]
        );
        for (words, wanted) in [
            ("~~Accepted~~ Deprecated", Some("deprecated")),
            ("~~Proposed~~ **Accepted**", Some("accepted")),
            ("~~Accepted~~", None),
            ("Accepted 2024-03-01", Some("accepted")),
            ("Accepted on 1 March 2024 by all", Some("accepted")),
            ("Accepted, superseded by [2](2.md)", Some("superseded")),
            ("Accepted; supersedes [2](2.md)", Some("accepted")),
            ("Not accepted yet", Some("proposed")),
            ("not yet approved", Some("proposed")),
            ("noch nicht angenommen", Some("proposed")),
            ("To be decided", Some("proposed")),
            ("Not accepted", Some("rejected")),
            ("not decided", Some("proposed")),
            ("Not deprecated", None),
            ("has been accepted", Some("accepted")),
            ("The team accepted it", None),
            ("✅ Accepted", Some("accepted")),
            ("", None),
        ] {
            assert_eq!(status(words).map(DecisionStatus::name), wanted, "{words}");
        }
    }

    #[test]
    fn that_nothing_was_decided() {
        for words in [
            "none",
            "None.",
            "nothing",
            "Nothing (yet)",
            "postponed",
            "Postponed to May",
            "deferred until we know",
            "no decision",
            "No decision yet",
            "not decided",
            "vertagt auf Montag",
            "keine",
            "aucune",
            "ninguna",
            "adiada para maio",
            "- none -",
        ] {
            assert!(!decides(words), "{words}");
        }
        for words in [
            "none of the three",
            "nothing changes",
            "postpone the launch",
            "no",
            "no Kafka",
            "not Kafka",
            "nonetheless we go",
            "noteworthy",
            "postponed launch",
            "keiner geht",
            "rien ne change",
        ] {
            assert!(decides(words), "{words}");
        }
        for words in [
            "We decided nothing",
            "We decided nothing about the price.",
            "We decided to decide later",
            "The decision is pending",
            "The decision was postponed to May",
            "We decided not to decide",
            "Es wurde beschlossen: nichts",
            "We decided to postpone the decision",
        ] {
            assert!(!is_sentence(words), "{words}");
        }
        for words in ["We decided nothing changes", "We decided to postpone the launch", "We decided on nothingness"] {
            assert!(is_sentence(words), "{words}");
        }
    }

    #[test]
    fn sentences_end_before_blanks() {
        let of = |text| sentences(text).map(|(at, words)| (at, words.trim())).collect::<Vec<_>>();
        assert_eq!(
            of("Use 5.0 now. We decided. It holds"),
            [(0, "Use 5.0 now."), (12, "We decided."), (24, "It holds")]
        );
        assert_eq!(of(""), []);
    }
}
