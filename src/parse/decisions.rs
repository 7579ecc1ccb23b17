//! Decisions: records of one decision each (Nygard's, MADR), and what notes say was decided.
//!
//! Code and quotes of others decide nothing here. Called by [`crate::parse::parse`].

use chrono::NaiveDate;

use crate::model::Decision;
use crate::model::DecisionForm;
use crate::model::DecisionStatus;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Value;
use crate::model::words::fold;
use crate::parse::deciding;
use crate::parse::inline::is_paragraph;
use crate::parse::item_text;
use crate::parse::items::Head;
use crate::parse::plain::plain;
use crate::parse::questions::Input;
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
    let head = first..=lines.count().min(first + HEAD_LINES);
    let value = |names: &[&str]| {
        head.clone().find_map(|line| {
            let content = lines.content(text, line);
            let words = content.of(text).trim_start_matches(['-', '*', '+', '_', ' ', '\t']);
            let (name, value) = words.split_once(':')?;
            let name = fold(name.trim_matches(['*', '_', ' ']));
            names.contains(&name.as_str()).then(|| value.trim_matches(['*', '_', ' ', '\t']))
        })
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
    let of_line = value(&["status", "estado", "statut"]);
    let status = property.and_then(deciding::status).or(of_section).or_else(|| of_line.and_then(deciding::status));
    // a status in the front matter alone is no sign of a record: notes of all kinds have one
    let is_template = [property, of_line, written].into_iter().flatten().any(|words| words.contains(['|', '{']))
        || note.title.starts_with(['{', '[', '<']);
    if is_template || !(is_kind || status.is_some()) {
        return None;
    }
    let opening = note.opening.and_then(|at| note.sections.get(at));
    let span = opening.map_or(Span::new(note.body_start, note.body_start), |section| section.heading_span);
    let date = value(&["date", "datum", "fecha", "data"]);
    Some(Decision {
        line: opening.map_or(first, |section| section.line),
        span: Span::new(span.start, span.start + span.of(text).trim_end().len()),
        text: note.title.clone(),
        form: DecisionForm::Record,
        status,
        date: date.and_then(|date| NaiveDate::parse_from_str(date.get(..10)?, "%Y-%m-%d").ok()),
        section: None,
    })
}

fn decision(line: usize, span: Span, words: &str, form: DecisionForm, section: Option<usize>) -> Option<Decision> {
    let text = plain(words);
    (!text.is_empty()).then_some(Decision { line, span, text, form, status: None, date: None, section })
}

/// `## Decision: use it`
fn of_headings(input: &Input<'_>) -> Vec<Decision> {
    let Input { text, lines, note, .. } = *input;
    let of = |section: &crate::model::Section| {
        if section.kind != SectionKind::Heading || Head::of(text, lines.content(text, section.line)).quotes > 0 {
            return None;
        }
        let rest = deciding::after_decision(&section.text).filter(|rest| deciding::decides(rest))?;
        let span = section.heading_span;
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
            None => deciding::sentences(&joined.text).find(|(_, words)| deciding::is_sentence(words)).and_then(
                |(_, words)| {
                    decision(item.line, span, words, DecisionForm::Sentence, section)
                        .filter(|_| deciding::decides(words))
                },
            ),
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
        case("---\nstatus: done\n---\n# A project\n\n## Plan\n\nGo.\n", &[]);
    }

    #[test]
    fn spans_hold_the_words() {
        let text = "Text. We decided\nto wait.\n\n- Decision: go \n";
        let words: Vec<&str> = decisions(text).iter().map(|decision| decision.span.of(text)).collect();
        assert_eq!(words, ["We decided\nto wait.", "- Decision: go"]);
    }
}
