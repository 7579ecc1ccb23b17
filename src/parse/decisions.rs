//! Decisions: records of one decision each (Nygard's, MADR), and what notes say was decided.
//!
//! Code, quotes of others and what was struck through decide nothing here. Called by [`crate::parse::parse`].

use crate::model::Decision;
use crate::model::DecisionForm;
use crate::model::DecisionStatus;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Value;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::deciding;
use crate::parse::inline::is_paragraph;
use crate::parse::item_text;
use crate::parse::items::Head;
use crate::parse::label::label;
use crate::parse::questions::Input;
use crate::parse::struck::unstruck;
use crate::parse::unlinked::unlinked;

/// Upper bound on decisions per note.
const DECISIONS: usize = 20_000;

/// Lines of the body in which a record says its status and date.
const HEAD_LINES: usize = 30;

/// Finds the decisions of a note, in the order of the text.
pub(crate) fn read(input: &Input<'_>) -> Vec<Decision> {
    if let Some(record) = record(input) {
        return vec![record];
    }
    let mut decisions = of_headings(input);
    of_items(input, &mut decisions);
    of_paragraphs(input, &mut decisions);
    decisions.sort_by_key(|decision| decision.span.start);
    decisions.dedup_by_key(|decision| decision.span.start);
    decisions.truncate(DECISIONS);
    decisions
}

/// The note as the record of one decision.
fn record(input: &Input<'_>) -> Option<Decision> {
    let Input { text, lines, note, .. } = *input;
    let headings = || note.sections.iter().filter(|section| section.kind == SectionKind::Heading);
    let property = note.property("status").and_then(Value::as_text);
    let is_kind = note.kind.as_deref().is_some_and(|kind| {
        matches!(fold(kind).as_str(), "decision" | "adr" | "decision record" | "decision-record" | "entscheidung")
    });
    if !headings().any(|section| deciding::is_outcome(&section.text)) {
        return None;
    }
    let first = lines.line(note.body_start);
    let said = head_values(input);
    let value = |names: &'static [&str]| {
        said.iter().filter(move |(name, _)| names.contains(&name.as_str())).map(|(_, value)| *value)
    };
    let stands =
        headings().find(|section| matches!(fold(section.text.trim()).as_str(), "status" | "estado" | "statut"));
    let written = stands.map(|section| {
        let from = section.heading_span.end.min(section.span.end);
        Span::new(from, section.span.end).of(text)
    });
    let of_section = written.and_then(|words| {
        let found: Vec<DecisionStatus> = words.lines().filter_map(deciding::status).collect();
        // what was added later stands below
        found.iter().copied().find(|status| *status == DecisionStatus::Superseded).or(found.first().copied())
    });
    const STATUS: &[&str] = &["status", "estado", "statut"];
    let of_line = value(STATUS).find_map(deciding::status);
    let status = property.and_then(deciding::status).or(of_section).or(of_line);
    // a status in the front matter alone is no sign of a record: notes of all kinds have one
    let is_open = |words: &str| words.contains(['|', '{']);
    let is_template = property.into_iter().chain(value(STATUS)).any(is_open)
        || written.is_some_and(|words| words.lines().any(|line| is_open(line) && !line.starts_with('|')))
        || note.title.starts_with(['{', '[', '<']);
    if is_template || !(is_kind || status.is_some()) {
        return None;
    }
    let opening = note.opening.and_then(|at| note.sections.get(at));
    let span = opening.map_or(Span::new(note.body_start, note.body_start), |section| section.heading_span);
    let dated = |words: &str| dates::whole_day_in(&unstruck(words));
    // the day of what it was, not of what took its place
    let holds = |words: &str| {
        let gone = [DecisionStatus::Superseded, DecisionStatus::Deprecated];
        deciding::status(words).is_some_and(|status| !gone.contains(&status))
    };
    let of_status = || {
        let lines = written.into_iter().flat_map(str::lines);
        property.into_iter().chain(value(STATUS)).chain(lines).filter(|words| holds(words)).find_map(dated)
    };
    Some(Decision {
        line: opening.map_or(first, |section| section.line),
        span: Span::new(span.start, span.start + span.of(text).trim_end().len()),
        text: note.title.clone(),
        form: DecisionForm::Record,
        status,
        date: value(&["date", "datum", "fecha", "data"]).find_map(dated).or_else(of_status),
        section: None,
    })
}

/// What the first lines of a record say of it, by folded names: `Status: accepted`, and rows of tables, `| Status | accepted |`
/// or names in the first row.
fn head_values<'t>(input: &Input<'t>) -> Vec<(String, &'t str)> {
    let Input { text, lines, note, .. } = *input;
    const MARKS: [char; 4] = ['*', '_', ' ', '\t'];
    let first = lines.line(note.body_start);
    let last = lines.count().min(first + HEAD_LINES);
    let content = |line: usize| if line <= last { lines.content(text, line).of(text).trim() } else { "" };
    let name = |written: &str| fold(written.trim_matches([':', '*', '_', ' ', '\t']));
    let mut found = Vec::new();
    for line in first..=last {
        let words = content(line);
        if !words.starts_with('|') {
            let pair = words.trim_start_matches(['-', '+', '*', '_', ' ', '\t']).split_once(':');
            found.extend(pair.map(|(key, value)| (name(key), value.trim_matches(MARKS))));
            continue;
        }
        let row = cells(words);
        if let [key, value, ..] = row.as_slice() {
            found.push((name(key), *value));
        }
        let is_rule =
            |row: &str| row.starts_with('|') && row.contains('-') && row.chars().all(|c| " \t|:-".contains(c));
        if is_rule(content(line + 1)) {
            let below = cells(content(line + 2));
            found.extend(row.iter().zip(below).map(|(key, value)| (name(key), value)));
        }
    }
    found
}

/// The cells of a table's row; `\|` parts none.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim().trim_start_matches('|');
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, _) in row.match_indices('|').filter(|(at, _)| !row.get(..*at).is_some_and(|before| before.ends_with('\\')))
    {
        cells.push(row.get(from..at).unwrap_or("").trim());
        from = at + 1;
    }
    cells.extend(row.get(from..).map(str::trim).filter(|rest| !rest.is_empty()));
    cells
}

fn decision(line: usize, span: Span, words: &str, form: DecisionForm, section: Option<usize>) -> Option<Decision> {
    let text = label(&unstruck(words));
    (!text.is_empty()).then_some(Decision { line, span, text, form, status: None, date: None, section })
}

/// `## Decision: use it`
fn of_headings(input: &Input<'_>) -> Vec<Decision> {
    let Input { text, lines, note, .. } = *input;
    let of = |section: &crate::model::Section| {
        if section.kind != SectionKind::Heading || Head::of(text, lines.content(text, section.line)).quotes > 0 {
            return None;
        }
        let span = section.heading_span;
        let shown = input.heading(section);
        let rest = deciding::after_decision(&shown).filter(|rest| deciding::decides(rest))?;
        let span = Span::new(span.start, span.start + span.of(text).trim_end().len());
        decision(section.line, span, rest, DecisionForm::Label, section.parent)
    };
    note.sections.iter().filter_map(of).collect()
}

fn of_items(input: &Input<'_>, decisions: &mut Vec<Decision>) {
    let Input { text, lines, outline, items, note, logseq, statuses } = *input;
    for (index, item) in items.iter().enumerate() {
        let is_open = |symbol: &str| statuses.get(symbol).is_none_or(|status| status.is_open());
        if item.quotes > 0 || item.boxed.as_ref().is_some_and(|boxed| is_open(boxed.symbol.of(text))) {
            continue;
        }
        let section = note.section_at(item.start);
        let heading = section.and_then(|at| note.sections.get(at)).map_or("", |section| section.text.as_str());
        let listed = item.parent.is_none() && deciding::is_list_of_decisions(heading);
        let until = items.get(index + 1).map_or(text.len(), |next| next.start.max(item.text_start));
        let raw = text.get(item.text_start..until).unwrap_or("");
        if !listed && !may_decide(raw) {
            continue;
        }
        let joined = item_text::read(text, lines, outline, items, index, logseq);
        let pieces = joined.spans();
        let Some(last) = pieces.last() else { continue };
        let own = unlinked(text, &pieces, &note.links, outline);
        let span = Span::new(item.start, last.end);
        let labelled = deciding::after_decision(&joined.text).filter(|rest| !rest.is_empty());
        let found = match labelled {
            Some(rest) if deciding::after_decision(&own).is_some_and(deciding::decides) => {
                decision(item.line, span, rest, DecisionForm::Label, section)
            }
            Some(_) => None,
            None if listed && deciding::decides(&own) => {
                decision(item.line, span, &joined.text, DecisionForm::Item, section)
            }
            None => deciding::sentences(&unstruck(&joined.text))
                .find(|(_, words)| deciding::is_sentence(words))
                .and_then(|(_, words)| {
                    decision(item.line, span, words, DecisionForm::Sentence, section)
                        .filter(|_| deciding::decides(words))
                }),
        };
        decisions.extend(found);
    }
}

fn of_paragraphs(input: &Input<'_>, decisions: &mut Vec<Decision>) {
    let Input { text, lines, outline, note, .. } = *input;
    for block in outline.blocks.iter().filter(|block| is_paragraph(block)) {
        if !may_decide(block.span.of(text)) || outline.mask_at(block.span.start).is_some() {
            continue;
        }
        let span = block.span;
        let section = note.section_at(span.start);
        let first = lines.line(span.start);
        let last = lines.line(span.end.max(1) - 1);
        let labels: Vec<usize> = (first..=last)
            .filter(|&line| deciding::after_decision(lines.content(text, line).of(text).trim_start()).is_some())
            .collect();
        for (at, &line) in labels.iter().enumerate() {
            let end = labels.get(at + 1).map_or(span.end, |&next| lines.content(text, next - 1).end);
            let from = lines.content(text, line).start.max(span.start);
            let words = Span::new(from, end.max(from));
            let own = unlinked(text, &[words], &note.links, outline);
            let rest = deciding::after_decision(words.of(text).trim_start()).unwrap_or("");
            let begin = words.end - rest.len().min(words.len());
            let line = lines.line(begin + (rest.len() - rest.trim_start().len()));
            if deciding::after_decision(own.trim_start()).is_some_and(deciding::decides) {
                let span = Span::new(from, words.start + words.of(text).trim_end().len());
                decisions.extend(decision(line, span, rest.trim(), DecisionForm::Label, section));
            }
        }
        if labels.is_empty() {
            // a line end within a sentence is a blank
            let joined = span.of(text).replace(['\n', '\r'], " ");
            let joined = unstruck(&joined);
            for (at, words) in deciding::sentences(&joined).filter(|(_, words)| deciding::is_sentence(words)) {
                let begin = span.start + at + (words.len() - words.trim_start().len());
                if outline.mask_at(begin).is_none() && deciding::decides(words) {
                    let span = Span::new(begin, span.start + at + words.trim_end().len());
                    decisions.extend(decision(lines.line(begin), span, words.trim(), DecisionForm::Sentence, section));
                }
            }
        }
    }
}

/// A quick look, so that most blocks are not read twice: one of the stems of all words for it.
fn may_decide(words: &str) -> bool {
    const STEMS: [&str; 6] = ["ecid", "ecis", "écid", "écis", "ntsch", "eschl"];
    STEMS.iter().any(|stem| words.contains(stem))
        || words.contains("ECIS")
        || words.contains("ECID")
        || words.contains("ÉCIS")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    fn decisions(text: &str) -> Vec<Decision> {
        parse::parse(&NotePath::from("a.md"), text, &parse::Options::default()).note.decisions
    }

    #[track_caller]
    fn case(text: &str, wanted: &[&str]) {
        let tell = |decision: &Decision| {
            let form = serde_json::to_string(&decision.form).unwrap();
            let status = decision.status.map(|status| format!(" {}", status.name())).unwrap_or_default();
            let date = decision.date.map(|date| format!(" {date}")).unwrap_or_default();
            format!("{} {}{status}{date}: {}", decision.line, form.trim_matches('"'), decision.text)
        };
        assert_eq!(decisions(text).iter().map(tell).collect::<Vec<_>>(), wanted, "{text}");
    }

    #[test]
    fn what_notes_say_was_decided() {
        case("Decision: use *the* outbox\n", &["1 label: use the outbox"]);
        case("Decision:\nuse the outbox\n\nText\n", &["2 label: use the outbox"]);
        case("- DECISION: wait\n  one week\n- **Decided**: go\n", &["1 label: wait one week", "3 label: go"]);
        case("## Decision: use the outbox\n", &["1 label: use the outbox"]);
        case(
            "We talked. We decided to wait, because of 5.0 and all.\nThen lunch.\n",
            &["1 sentence: We decided to wait, because of 5.0 and all."],
        );
        case(
            "- Decision was to create two topics\n- Wir haben beschlossen, zu warten.\n",
            &["1 sentence: Decision was to create two topics", "2 sentence: Wir haben beschlossen, zu warten."],
        );
        case("## Decisions\n\n- use it\n  - because\n- [[a]]\n- [ ] tell Ida\n", &["3 item: use it"]);
        case("Decisions:\n- use it\n", &["2 item: use it"]);
    }

    #[test]
    fn what_decides_nothing() {
        case("```\nDecision: no\n```\n> Decision: theirs\n\nDecision: TBD\n\n- Decision: which one?\n", &[]);
        case("We decide later. Nothing was decided to date.\n- [ ] Decision: write it down\n", &[]);
        case("The decision tree: a\n", &[]);
        case("Decision: none\n\n- Decision: postponed to May\n- We decided nothing.\n\nNo decision.\n", &[]);
        case("Decision: none\nDecision: postponed\nto May, since\nwe wait\n", &[]);
        case("## Decision: none\n\n## Decisions\n\n- no decision yet\n- none\n- postponed\n", &[]);
        case(
            "~~Decision: use it~~\n\n- ~~Decision: use it~~\n- ~~We decided to wait.~~\n\n## ~~Decision: use it~~\n",
            &[],
        );
        case("## Decisions\n\n- ~~use it~~\n- ~~use~~\n", &[]);
    }

    #[test]
    fn what_is_left_of_what_was_struck_through() {
        case("Decision: ~~use it~~ wait\n\n## Decision: ~~go~~ stay\n", &["1 label: wait", "3 label: stay"]);
        case("## Decisions\n\n- ~~use~~ sell it\n", &["3 item: sell it"]);
        case("We decided ~~to go~~ to stay. ~~We decided to eat.~~\n", &["1 sentence: We decided to stay."]);
        case("- Decision: use it ^abc\n\n## Decision: go ^d1\n", &["1 label: use it", "3 label: go"]);
        case("## Decisions\n\n- none of the three\n", &["3 item: none of the three"]);
    }

    #[test]
    fn records() {
        case(
            "# 1. Use it\n\nDate: 2026-02-12\n\n## Status\n\nAccepted\n\n## Decision\n\nWe decided to use it.\n",
            &["1 record accepted 2026-02-12: 1. Use it"],
        );
        case(
            "# 1. Use it\n\n## Status\n\nAccepted\n\nSuperseded by [2. Do not](2.md)\n\n## Decision\n\nUse.\n",
            &["1 record superseded: 1. Use it"],
        );
        case("---\nstatus: proposed\n---\n# Use it\n\n## Decision Outcome\n\nUse.\n", &["4 record proposed: Use it"]);
        case(
            "# Use it\n\n* Status: rejected\n* Date: 2026-02-12\n\n## Decision Outcome\n\nNo.\n",
            &["1 record rejected 2026-02-12: Use it"],
        );
        case("---\nkind: decision\n---\n# Use it\n\n## Decision\n\nUse.\n", &["4 record: Use it"]);
        case("# {title}\n\n* Status: proposed | accepted\n\n## Decision Outcome\n\nNo.\n", &[]);
        let of = |status: &str| format!("# Use it\n\n{status}\n\n## Decision\n\nUse.\n");
        for (status, wanted) in [
            ("Status: Accepted on 2024-03-01", "accepted 2024-03-01"),
            ("**Status:** Accepted (1 March 2024)", "accepted 2024-03-01"),
            ("* Status: ~~Accepted 2024-03-01~~ Deprecated", "deprecated"),
            ("Status: Not accepted yet", "proposed"),
            ("| Status | Accepted |\n|---|---|\n| Date | 2024-03-01 |", "accepted 2024-03-01"),
            ("| Date | **Status** |\n|---|---|\n| 2024-03-01 | Accepted |", "accepted 2024-03-01"),
            ("|Who|Ida|\n|:--|:--|\n|Status|Superseded by 7|", "superseded"),
            ("## Status\n\nAccepted 2024-03-01", "accepted 2024-03-01"),
            ("## Status\n\nAccepted on 1 March 2024\n\nSuperseded by 2 on 2025-01-01", "superseded 2024-03-01"),
            ("## Status\n\n~~Proposed~~\n\nAccepted", "accepted"),
            ("## Status\n\n| State | Accepted |\n|---|---|\n\nAccepted", "accepted"),
            ("Status: Accepted 2024-03-01\nDate: 2024-02-01", "accepted 2024-02-01"),
            ("Date: 1 Feb 2024\nStatus: accepted", "accepted 2024-02-01"),
        ] {
            case(&of(status), &[&format!("1 record {wanted}: Use it")]);
        }
        case("---\nStatus: accepted\n---\n# Use it\n\n## Decision\n\nUse.\n", &["4 record accepted: Use it"]);
        case(
            "---\nstatus: accepted 2024-03-01\n---\n# Use it\n\n## Decision\n\nUse.\n",
            &["4 record accepted 2024-03-01: Use it"],
        );
        case("| Status | proposed \\| accepted |\n|---|---|\n\n# Use it\n\n## Decision\n\nUse.\n", &[]);
        case("---\nstatus: done\n---\n# A project\n\n## Plan\n\nGo.\n", &[]);
    }

    #[test]
    fn spans_hold_the_words() {
        let text = "Text. We decided\nto wait.\n\n- Decision: go \n";
        let words: Vec<&str> = decisions(text).iter().map(|decision| decision.span.of(text)).collect();
        assert_eq!(words, ["We decided\nto wait.", "- Decision: go"]);
    }
}
