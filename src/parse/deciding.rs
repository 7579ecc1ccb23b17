//! Recognizes decisions, and the parts of decision records, by their words; in five languages.
//!
//! Pure: words in, findings out.
//! Over 400 lines because labels, sentences and statuses share the words that negate and qualify them.

use crate::model::DecisionStatus;
use crate::model::words::fold;
use crate::parse::asking;
use crate::parse::asking::Reply;
use crate::parse::dates;
use crate::parse::deciding_words::ADVERBS;
use crate::parse::deciding_words::BEFORE_STATUS;
use crate::parse::deciding_words::CLAUSES;
use crate::parse::deciding_words::DENIALS;
use crate::parse::deciding_words::LABELS;
use crate::parse::deciding_words::LISTS;
use crate::parse::deciding_words::NOUNS;
use crate::parse::deciding_words::OPENINGS;
use crate::parse::deciding_words::OUTCOMES;
use crate::parse::deciding_words::QUALIFIERS;
use crate::parse::deciding_words::SENTENCES;
use crate::parse::deciding_words::STATUSES;
use crate::parse::deciding_words::WITH_COLON;
use crate::parse::deciding_words::WITH_ME;
use crate::parse::deciding_words::WITH_WORDS;
use crate::parse::deciding_words::YETS;
use crate::parse::struck::unstruck;
use crate::parse::unlinked::LINK;

/// What follows `Decision:`, `**Decided:**`, `Decision (Ida): `, `Final decision - `; it may be empty.
pub(crate) fn after_decision(words: &str) -> Option<&str> {
    let words = words.trim_start_matches(is_sign);
    let known = asking::after_label(words, LABELS).or_else(|| asking::after_label(words, WITH_COLON));
    // `Agreed:` alone is the heading of a list of actions
    let said = || asking::after_label(words, WITH_WORDS).filter(|rest| !rest.is_empty());
    known.or_else(said).or_else(|| after_mark(words)).or_else(|| after_wide_label(words))
}

/// As [`after_decision`], where a day may be before the label: `2026-05-03: Decision: use it`.
pub(crate) fn labelled(words: &str) -> Option<&str> {
    after_decision(words).or_else(|| {
        let front = dates::past_day(words);
        if front == 0 { None } else { after_decision(words.get(front..)?) }
    })
}

/// `[decision] use it`, `[[decision]] use it`, `#decision use it`, `**Decision** use it`
fn after_mark(words: &str) -> Option<&str> {
    let words = words.trim_start();
    if let Some((name, rest)) = words.strip_prefix("[[").and_then(|inner| inner.split_once("]]")) {
        return LABELS.contains(&fold(name).as_str()).then(|| rest.trim_start());
    }
    // `**Decision** use it`; `**Decided** to use it` is a sentence
    if let Some((name, rest)) = words.strip_prefix("**").and_then(|inner| inner.split_once("**")) {
        let is_label = NOUNS.contains(&fold(name).as_str()) && rest.starts_with(' ');
        return is_label.then(|| rest.trim_start()).filter(|rest| !rest.starts_with(['-', '–', '—', ':']));
    }
    // `DECISION we start`, not `DECISION LOG`
    if let Some((name, rest)) = words.split_once(' ')
        && name.len() < 24
        && name.chars().all(char::is_uppercase)
        && NOUNS.contains(&fold(name).as_str())
    {
        return Some(rest.trim_start())
            .filter(|rest| rest.split(' ').next().is_some_and(|word| word.contains(char::is_lowercase)));
    }
    let (name, rest) = match words.strip_prefix('[') {
        Some(inner) => inner.split_once(']').filter(|(_, rest)| !rest.starts_with(['(', '[', ':']))?,
        None => words.strip_prefix('#')?.split_once(char::is_whitespace)?,
    };
    (name.len() < 24 && LABELS.contains(&fold(name).as_str())).then(|| rest.trim_start())
}

/// An emoji before a label: `✅ Decision: go`.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || !(c.is_ascii() || c.is_alphanumeric() || c == LINK || "¿¡«»“”„‘’–—…（［".contains(c))
}

/// As [`after_decision`], where the label says who decided and when, or a dash is after it.
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
    let behind = behind.strip_prefix(':').unwrap_or(behind);
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
    const BY: [&str; 11] =
        [" by ", " of ", " von ", " de ", " with ", " mit ", " avec ", " con ", " com ", " in ", " im "];
    let by = BY.iter().find_map(|by| rest.split_once(by)).filter(|(_, who)| who.split_whitespace().count() <= 3);
    let is_agreed = by.is_some_and(|(label, _)| WITH_WORDS.contains(&label));
    let rest = by.map_or(rest, |(label, _)| label);
    // `**Question:** text`
    let close = behind.bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count();
    let behind = if close <= bold { behind.get(close..)? } else { behind };
    let behind = behind.trim_start();
    (LABELS.contains(&rest) || (is_agreed && !behind.is_empty())).then_some(behind)
}

/// True for words that may be a decision: they say something, do not ask, and do not say that nothing was decided.
pub(crate) fn decides(own: &str) -> bool {
    asking::reply(own) == Some(Reply::Words)
        && !own.trim_end_matches(['*', '_', ')', ' ']).ends_with(asking::is_mark)
        && own.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| {
            // only the first line decides: text below it in the paragraph does not matter
            !asking::is_nothing(&fold(line.get(..line.floor_char_boundary(64)).unwrap_or(line)))
        })
}

/// True for a sentence that begins with `We decided` or the like.
pub(crate) fn is_sentence(sentence: &str) -> bool {
    let begin = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begin = begin.get(..begin.floor_char_boundary(160)).unwrap_or(begin);
    let begin = behind_speaker(begin);
    let folded = match behind_names(begin) {
        Some(rest) => format!("we {}", fold(rest)),
        None => fold(begin),
    };
    says_decided(&folded) || behind_opening(&folded).is_some_and(|rest| says_decided(&rest))
}

/// What somebody is said to have said: `decided to wait` of `Ida says: decided to wait`.
fn behind_speaker(words: &str) -> &str {
    let said = words.split_once(": ").filter(|(speaker, _)| {
        let verb = speaker.rsplit(' ').next().unwrap_or("");
        matches!(verb, "says" | "said" | "sagt" | "dit" | "dice" | "zegt") && speaker.split(' ').count() <= 4
    });
    said.map_or(words, |(_, said)| said)
}

/// What follows the names of two or three people: `Sam and Jess decided`, `Ida, Wim & Bo agreed`.
fn behind_names(words: &str) -> Option<&str> {
    const AND: [&str; 2] = ["and", "&"];
    let is_name = |word: &str| {
        let mut letters = word.trim_end_matches(',').chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_lowercase() || "-'’".contains(c))
    };
    let parts: Vec<&str> = words.split(' ').take(6).collect();
    let and = parts.iter().position(|word| AND.contains(word)).filter(|at| (1..=3).contains(at))?;
    let is_list = parts.get(..and)?.iter().rev().skip(1).all(|word| word.ends_with(','));
    let names = parts.get(..and)?.iter().chain(parts.get(and + 1));
    let is_article = ["The", "A", "An", "We", "They"].contains(parts.first()?);
    let is_all = names.clone().count() > and && names.clone().all(|word| is_name(word)) && is_list && !is_article;
    let length: usize = parts.get(..and + 2)?.iter().map(|word| word.len() + 1).sum();
    if is_all { words.get(length..) } else { None }
}

/// What stands behind words that only lead to a sentence: `In the end`, `After a long talk,`, `So`.
fn behind_opening(folded: &str) -> Option<String> {
    let known = OPENINGS.iter().filter_map(|opening| folded.strip_prefix(opening));
    let rest = known.filter(|rest| rest.starts_with([' ', ','])).min_by_key(|rest| rest.len());
    let clause = || {
        let (clause, rest) = folded.split_once(',')?;
        let first = clause.split(' ').next()?;
        (CLAUSES.contains(&first) && clause.split(' ').count() <= 10).then_some(rest)
    };
    let rest = rest.or_else(clause)?.trim_start_matches([',', ' ']);
    // German inverts the word order
    Some(match rest.strip_prefix("haben wir ") {
        Some(rest) => format!("wir haben {rest}"),
        None => rest.to_owned(),
    })
}

/// True for folded words that begin with `we decided` or the like, followed by what was decided.
fn says_decided(folded: &str) -> bool {
    let mut words: Vec<&str> = folded.split(' ').collect();
    // `Kim and I decided` is `we decided`
    for (with, we) in WITH_ME {
        let [and, me] = with;
        let joined = |at: usize| words.get(at) == Some(and) && words.get(at + 1) == Some(me);
        if let Some(at) = (1..4).find(|&at| joined(at)) {
            words.splice(..at + 2, [*we]);
        }
    }
    if words.first().is_some_and(|word| matches!(*word, "we" | "we've" | "nous" | "on")) {
        let mut at = 0;
        words.retain(|word| {
            at += 1;
            !((2..=4).contains(&at) && ADVERBS.contains(word))
        });
    }
    if let Some(pair) = words.get_mut(1..3).filter(|pair| pair == &["did", "decide"]) {
        pair.copy_from_slice(&["", "decided"]);
    }
    words.retain(|word| !word.is_empty());
    let folded = words.join(" ");
    if is_agreed_around(&words) {
        return true;
    }
    let says = |rest: &str| {
        let object = rest.trim_start_matches([' ', ',', ':']);
        let object = ["on ", "against ", "about ", "for ", "to do "].iter().find_map(|word| object.strip_prefix(word));
        rest.starts_with([' ', ',', ':'])
            && asking::reply(rest) == Some(Reply::Words)
            && !asking::is_nothing(rest)
            && !object.is_some_and(asking::is_nothing)
    };
    let mut behind = SENTENCES.iter().filter_map(|known| folded.strip_prefix(known)).peekable();
    // try every way to split the beginning from the rest
    behind.peek().is_some() && behind.all(says)
}

/// `Wir haben uns auf Mittwoch geeinigt.`, `Wir haben gestern beschlossen, zu warten`: the decision is inside the phrase.
fn is_agreed_around(words: &[&str]) -> bool {
    let [first, second, rest @ ..] = words else { return false };
    if !matches!((*first, *second), ("wir", "haben")) {
        return false;
    }
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let rest: Vec<String> = rest.iter().map(|word| bare(word)).collect();
    let is_verb = |word: &String| matches!(word.as_str(), "geeinigt" | "beschlossen" | "entschieden" | "vereinbart");
    let Some(at) = rest.iter().take(12).position(is_verb) else { return false };
    let (before, behind) = rest.split_at(at);
    let denies = |word: &String| {
        DENIALS.contains(&word.as_str())
            || matches!(
                word.as_str(),
                "nichts"
                    | "nie"
                    | "niemals"
                    | "kein"
                    | "keine"
                    | "keinen"
                    | "noch"
                    | "fast"
                    | "beinahe"
                    | "vielleicht"
                    | "wenn"
            )
    };
    let object = before.iter().filter(|word| word.as_str() != "uns").count();
    !before.iter().any(denies) && object + behind.len() > 1
}

/// `ADR-005: Cache`, `ADR 12 – Flags`: a note with such a title is a decision record if it has a status.
pub(crate) fn is_title_of_record(title: &str) -> bool {
    let folded = fold(title);
    let rest = folded.trim_start().strip_prefix("adr").map(|rest| rest.trim_start_matches(['-', ' ', '#', '_']));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `N. Title`, `ADR-NNN: Title`, `YYYY-MM-DD Title`: placeholders.
pub(crate) fn is_title_of_template(title: &str) -> bool {
    let folded = fold(title);
    let is_blank = |word: &str| word.chars().all(|c| matches!(c, 'n' | 'x' | 'y' | 'm' | 'd' | '0'));
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| is_blank(word) || matches!(word, "title" | "short" | "adr" | "decision"))
}

/// What follows `Chosen option:`, as MADR has it.
pub(crate) fn after_chosen(words: &str) -> Option<&str> {
    asking::after_label(words, &["chosen option", "chosen", "gewahlte option", "option retenue", "opcion elegida"])
}

/// The option in `Chosen option: "Redis", because it is fast.`
pub(crate) fn chosen_option(line: &str) -> Option<&str> {
    let rest = after_chosen(line)?;
    let quoted = ['"', '“', '„'].iter().find_map(|mark| rest.strip_prefix(*mark)).and_then(|rest| {
        let end = rest.find(['"', '”', '“'])?;
        rest.get(..end)
    });
    let plain = || rest.split([',', ';']).next()?.split(" because ").next();
    quoted.or_else(plain).map(|option| option.trim().trim_end_matches('.')).filter(|option| !option.is_empty())
}

/// True for the heading of a list of decisions.
pub(crate) fn is_list_of_decisions(heading: &str) -> bool {
    asking::is_name(heading, LISTS)
}

/// True for a heading that is part of a decision record, other than that of the decision.
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

/// True for the heading over the decision in a record.
pub(crate) fn is_outcome(heading: &str) -> bool {
    asking::is_name(heading, OUTCOMES)
}

/// The status in some words: the first status word, or that another decision took its place; `None` for other words, such as
/// a choice left open by a template. Struck-through words do not count.
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
    // `e.g. this` and `5.0` continue: a sentence ends before a space
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
            "We did decide to move",
            "So we decided to move.",
            "In the end we decided to move.",
            "After a long talk, we agreed to freeze the API.",
            "Kim and I decided to split it",
            "We have finally decided to move",
            "Settled on it",
            "Wir haben uns auf Mittwoch geeinigt.",
            "Am Ende haben wir beschlossen, zu warten.",
            "Wir haben gestern entschieden, zu warten",
            "Nous avons donc décidé de partir",
            "Finalement, nous avons décidé de partir",
            "Kim et moi avons décidé de partir",
            "Al final decidimos cerrar",
            "Hemos acordado cerrar",
            "No fim decidimos fechar",
            "Ficou combinado fechar",
        ] {
            assert!(is_sentence(words), "{words}");
        }
        for words in [
            "We decidedly",
            "Nothing was decided",
            "We decide",
            "I think we decided to",
            "We almost decided to move",
            "We never decided on it",
            "If we decide to keep it, tell Kim",
            "They decided to sue us",
            "Kim and Bo left when we decided to",
            "We decided on nothing in particular",
            "So we decided nothing",
            "After lunch, they decided to go",
            "Wir haben nichts entschieden.",
            "Wir haben noch nicht entschieden, wer fährt.",
            "Wir haben uns geeinigt.",
            "Wir haben uns nicht auf Mittwoch geeinigt.",
            "On n'a rien décidé",
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
            ("Agreed: use it", Some("use it")),
            ("Agreed:", None),
            ("Decision made: use it", Some("use it")),
            ("✅ Decision: go", Some("go")),
            ("[decision] drop it", Some("drop it")),
            ("[decision](a.md) drop it", None),
            ("#decision use it", Some("use it")),
            ("#decisions-log use it", None),
            ("Resolved: blue", Some("blue")),
            ("Acordado: azul", Some("azul")),
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
