//! Decisions: records of one decision each (Nygard's, MADR), and decisions stated in other notes.
//!
//! Code, quotations and struck-through text contain no decisions. Called by [`crate::parse::parse`].
//! Over 400 lines because one reader handles all forms of decisions, so that no text is read twice.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use crate::model::Decision;
use crate::model::DecisionForm;
use crate::model::DecisionStatus;
use crate::model::Note;
use crate::model::Precision;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Value;
use crate::model::genre;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::deciding;
use crate::parse::heading_over;
use crate::parse::inline::is_paragraph;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::items::Head;
use crate::parse::label::label_with_urls;
use crate::parse::questions::shown_heading;
use crate::parse::struck::unstruck;
use crate::parse::unlinked::LINK;
use crate::parse::unlinked::unlinked;

/// Upper bound on decisions per note.
const DECISIONS: usize = 20_000;

/// Number of lines of the body in which a record's status and date are expected.
const HEAD_LINES: usize = 30;

/// Finds the decisions of a note, in the order of the text.
pub(crate) fn read(input: &Input<'_>) -> Vec<Decision> {
    if let Some(record) = record(input) {
        return record.into_iter().collect();
    }
    let mut decisions = of_headings(input);
    let below = below_headings(input, &mut decisions);
    of_items(input, &below, &mut decisions);
    of_paragraphs(input, &below, &mut decisions);
    decisions.sort_by_key(|decision| decision.span.start);
    decisions.dedup_by_key(|decision| decision.span.start);
    decisions.truncate(DECISIONS);
    decisions
}

/// The note as the record of one decision; `Some(None)` for a template for records.
fn record(input: &Input<'_>) -> Option<Option<Decision>> {
    let Input { text, lines, note, .. } = *input;
    let headings = || note.sections.iter().filter(|section| section.kind == SectionKind::Heading);
    let property = note.property("status").and_then(Value::as_text);
    let is_kind = note.kind.as_deref().is_some_and(|kind| {
        matches!(fold(kind).as_str(), "decision" | "adr" | "decision record" | "decision-record" | "entscheidung")
    });
    let has_outcome = headings().any(|section| deciding::is_outcome(&section.text));
    if !(has_outcome || deciding::is_title_of_record(&note.title)) {
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
    // `2025-01-01 proposed`: the last line of a log counts, with its date
    let logged = written.and_then(|words| {
        let of = |line: &str| {
            let line = line.trim_start_matches(['-', '*', '+', ' ']);
            let (day, at) = dates::day_at_front(line, None)?;
            Some((day, deciding::status(line.get(at..)?)?))
        };
        words.lines().filter_map(of).max_by_key(|(day, _)| *day)
    });
    let of_section = logged.map(|(_, status)| status).or_else(|| {
        let words = written?;
        let found: Vec<DecisionStatus> = words.lines().filter_map(deciding::status).collect();
        // later additions are further down
        found.iter().copied().find(|status| *status == DecisionStatus::Superseded).or(found.first().copied())
    });
    const STATUS: &[&str] = &["status", "estado", "statut"];
    let of_line = value(STATUS).find_map(deciding::status);
    let status = property.and_then(deciding::status).or(of_section).or(of_line);
    // a status in the front matter alone does not make a record: notes of all kinds have one
    let is_open = |words: &str| words.contains(['|', '{']);
    let is_template = deciding::is_title_of_template(&note.title)
        || fold(input.path.stem()).split(|c: char| !c.is_alphanumeric()).any(|word| word == "template")
        || property.into_iter().chain(value(STATUS)).any(is_open)
        || written.is_some_and(|words| words.lines().any(|line| is_open(line) && !line.starts_with('|')))
        || note.title.starts_with(['{', '[', '<']);
    if is_template {
        return Some(None);
    }
    let is_record = || headings().any(|section| deciding::is_part_of_record(&section.text));
    if !(is_kind || status.is_some() || (has_outcome && is_record())) {
        return None;
    }
    let opening = note.opening.and_then(|at| note.sections.get(at));
    let span = opening.map_or(Span::new(note.body_start, note.body_start), |section| section.heading_span);
    let dated = |words: &str| dates::whole_day_in(&unstruck(words));
    // the date of this decision, not of the one that replaced it
    let holds = |words: &str| {
        let gone = [DecisionStatus::Superseded, DecisionStatus::Deprecated];
        deciding::status(words).is_some_and(|status| !gone.contains(&status))
    };
    let of_status = || {
        let lines = written.into_iter().flat_map(str::lines);
        property.into_iter().chain(value(STATUS)).chain(lines).filter(|words| holds(words)).find_map(dated)
    };
    const DATES: &[&str] = &[
        "date",
        "datum",
        "fecha",
        "data",
        "decided",
        "decided on",
        "decision date",
        "date of decision",
        "date decided",
        "accepted",
        "accepted on",
        "approved",
        "approved on",
        "entschieden am",
        "beschlossen am",
    ];
    let of_property = || {
        let dated_by = |key: &&str| note.property(key).and_then(Value::as_text).and_then(dated);
        ["date", "decided", "decision-date", "decision_date", "accepted"].iter().find_map(dated_by)
    };
    let of_heading = || {
        let section = headings().find(|section| DATES.contains(&fold(section.text.trim()).as_str()))?;
        (section.line + 1..=section.end_line).find_map(|line| dated(lines.content(text, line).of(text)))
    };
    Some(Some(Decision {
        line: opening.map_or(first, |section| section.line),
        span: Span::new(span.start, span.start + span.of(text).trim_end().len()),
        text: record_text(input),
        form: DecisionForm::Record,
        status,
        date: value(DATES)
            .find_map(dated)
            .or(logged.map(|(day, _)| day))
            .or_else(of_heading)
            .or_else(of_property)
            .or_else(of_status),
        section: None,
    }))
}

/// The title of a record, also where Markdown takes `10. Use gRPC` above a line of `=` for a list, with the option that the record
/// names as chosen.
fn record_text(input: &Input<'_>) -> String {
    let Input { text, lines, note, .. } = *input;
    let body = text.get(note.body_start..).unwrap_or("");
    let mut first = body.lines().map(str::trim).skip_while(|line| line.is_empty());
    let written = first.next().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let is_underlined = first.next().is_some_and(|line| line.len() > 2 && line.bytes().all(|byte| byte == b'='));
    let title = match written.filter(|_| note.opening.is_none() && is_underlined) {
        Some(title) => label_with_urls(title),
        None => note.title.clone(),
    };
    let outcome = note.sections.iter().find(|section| deciding::is_outcome(&section.text));
    let mut below = outcome.into_iter().flat_map(|section| section.line + 1..=section.end_line);
    let option =
        below.find_map(|line| deciding::chosen_option(lines.content(text, line).of(text))).map(label_with_urls);
    match option.filter(|option| !fold(&title).contains(&fold(option))) {
        Some(option) => format!("{title}: {option}"),
        None => title,
    }
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

/// The cells of a table's row; `\|` is not a separator.
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
    let text = label_with_urls(&unstruck(words));
    (!text.is_empty()).then_some(Decision { line, span, text, form, status: None, date: None, section })
}

/// A decision behind a label, which may name its day: `Decision (Ida, 2026-05-03): use it`. `rest` is what follows the label.
fn behind_label(
    note: &Note,
    (line, span): (usize, Span),
    (words, rest): (&str, &str),
    section: Option<usize>,
) -> Option<Decision> {
    let label = words.len().checked_sub(rest.len()).and_then(|end| words.get(..end));
    let date = label.and_then(dates::whole_day_in).or_else(|| own_day(note, line, words).map(|(day, _)| day));
    decision(line, span, rest.trim(), DecisionForm::Label, section).map(|found| Decision { date, ..found })
}

/// The day with which a line begins, and where the words behind it begin. What it leaves open says the entry, else the note. A day
/// after that of a meeting is when something will be, not when it was decided.
fn own_day(note: &Note, line: usize, words: &str) -> Option<(NaiveDate, usize)> {
    let entry = note.entry_at(line);
    let around = entry.map(|entry| entry.date).or(note.date);
    let found = dates::day_at_front(words, around)?;
    let is_meeting = genre::is_meeting(&note.title) || entry.is_some_and(|entry| entry.line > 1);
    let held = entry.filter(|entry| is_meeting && entry.precision == Precision::Day).map(|entry| entry.date);
    held.is_none_or(|held| found.0 <= held).then_some(found)
}

/// Headings under which a decision stands as text.
#[derive(Default)]
struct Below {
    /// The sections whose first words are the decision: lists in them give reasons.
    sections: BTreeSet<usize>,
    /// Where the paragraphs that are decisions begin.
    paragraphs: BTreeSet<usize>,
}

/// `### Decision`, with text below.
fn below_headings(input: &Input<'_>, decisions: &mut Vec<Decision>) -> Below {
    let Input { text, lines, outline, note, .. } = *input;
    let mut below = Below::default();
    for (index, section) in note.sections.iter().enumerate() {
        if !(deciding::is_list_of_decisions(&section.text) || deciding::is_outcome(&section.text))
            || Head::of(text, lines.content(text, section.line)).quotes > 0
        {
            continue;
        }
        let end = section.heading_span.end;
        let from = outline.blocks.partition_point(|block| block.span.start < end);
        let goes_on =
            from.checked_sub(1).and_then(|at| outline.blocks.get(at)).is_some_and(|block| block.span.end > end + 1);
        let Some(block) = outline.blocks.get(from).filter(|block| block.span.start < section.span.end && !goes_on)
        else {
            continue;
        };
        let words = block.span.of(text).trim();
        let is_open =
            words.ends_with(':') || words.starts_with(['{', '[', '<']) || deciding::after_decision(words).is_some();
        if !is_paragraph(block) || is_open || outline.mask_at(block.span.start).is_some() {
            continue;
        }
        let own = unlinked(text, &[block.span], &note.links, outline);
        if !deciding::decides(&own) {
            continue;
        }
        let span = Span::new(block.span.start, block.span.start + block.span.of(text).trim_end().len());
        let line = lines.line(span.start);
        let words = span.of(text).replace(['\n', '\r'], " ");
        let words = deciding::after_chosen(&words).unwrap_or(&words);
        let found = decision(line, span, words, DecisionForm::Label, Some(index));
        if found.is_some() {
            below.sections.insert(index);
            below.paragraphs.insert(block.span.start);
        }
        decisions.extend(found);
    }
    below
}

/// `## Decision: use it`
fn of_headings(input: &Input<'_>) -> Vec<Decision> {
    let Input { text, lines, note, .. } = *input;
    let of = |section: &crate::model::Section| {
        if section.kind != SectionKind::Heading || Head::of(text, lines.content(text, section.line)).quotes > 0 {
            return None;
        }
        let span = section.heading_span;
        let shown = shown_heading(text, section);
        let rest = deciding::after_decision(&shown).filter(|rest| deciding::decides(rest))?;
        let span = Span::new(span.start, span.start + span.of(text).trim_end().len());
        behind_label(note, (section.line, span), (&shown, rest), section.parent)
    };
    note.sections.iter().filter_map(of).collect()
}

fn of_items(input: &Input<'_>, below: &Below, decisions: &mut Vec<Decision>) {
    let Input { text, lines, outline, items, note, options, .. } = *input;
    // `- Decisions`, with the list below it
    let heads = |index: usize| {
        items.get(index).is_some_and(|item| {
            let line = lines.content(text, item.line);
            let words = Span::new(item.text_start.min(line.end), line.end).of(text).trim();
            deciding::after_decision(words) == Some("") || deciding::is_list_of_decisions(words)
        })
    };
    for (index, item) in items.iter().enumerate() {
        let is_open = |symbol: &str| options.statuses.get(symbol).is_none_or(|status| status.is_open());
        if item.quotes > 0 || item.boxed.as_ref().is_some_and(|boxed| is_open(boxed.symbol.of(text))) {
            continue;
        }
        let section = note.section_at(item.start);
        // `We will:` under `### Decision` is not a separate heading
        let is_lead = |section: &crate::model::Section| {
            section.kind == SectionKind::Soft && fold(&section.text).starts_with("we ")
        };
        let over = heading_over::of_item(text, lines, outline, note, item.start);
        let above = over.and_then(|at| note.sections.get(at));
        let above = match above.filter(|above| is_lead(above)) {
            Some(lead) => lead.parent.and_then(|at| note.sections.get(at)),
            None => above,
        };
        let heading = above.map_or("", |section| section.text.as_str());
        let listed = match item.parent {
            // a box is a task about a decision
            _ if item.boxed.is_some() => false,
            Some(parent) => heads(parent),
            None => {
                deciding::is_list_of_decisions(heading)
                    && !over.is_some_and(|at| below.sections.contains(&at))
                    && !heads(index)
            }
        };
        let until = items.get(index + 1).map_or(text.len(), |next| next.start.max(item.text_start));
        let raw = text.get(item.text_start..until).unwrap_or("");
        if !listed && !may_decide(raw) {
            continue;
        }
        let joined = item_text::read(text, lines, outline, items, index, options.logseq);
        let mut pieces = joined.spans();
        let end = pieces.iter().skip(1).position(|piece| is_other_label(piece.of(text).trim_start()));
        pieces.truncate(end.map_or(pieces.len(), |end| end + 1));
        let until = end.and_then(|end| joined.pieces.get(end + 1)).map_or(joined.text.len(), |(at, _)| *at);
        let joined = joined.text.get(..until).unwrap_or(&joined.text).trim_end();
        let Some(last) = pieces.last() else { continue };
        let own = unlinked(text, &pieces, &note.links, outline);
        // `[[decision]] use it`
        let own = if joined.starts_with("[[") && deciding::labelled(joined).is_some() {
            format!("decision: {}", own.trim_start_matches(LINK))
        } else {
            own
        };
        let span = Span::new(item.start, last.end);
        let labelled = deciding::labelled(joined).filter(|rest| !rest.is_empty());
        let found = match labelled {
            Some(rest) if deciding::labelled(&own).is_some_and(deciding::decides) => {
                behind_label(note, (item.line, span), (joined, rest), section)
            }
            Some(_) => None,
            None if listed && deciding::decides(&own) => {
                let day = own_day(note, item.line, joined);
                let rest = day.and_then(|(_, rest)| joined.get(rest..)).filter(|rest| deciding::decides(rest));
                let found = decision(item.line, span, rest.unwrap_or(joined), DecisionForm::Item, section);
                let date = day.filter(|_| rest.is_some()).map(|(day, _)| day);
                found.map(|found| Decision { date, ..found })
            }
            None => {
                let words = unstruck(joined);
                let front = dates::past_day(&words);
                let date = own_day(note, item.line, &words).map(|(day, _)| day);
                deciding::sentences(words.get(front..).unwrap_or(""))
                    .find(|(_, words)| deciding::is_sentence(words))
                    .and_then(|(_, words)| {
                        decision(item.line, span, words, DecisionForm::Sentence, section)
                            .filter(|_| deciding::decides(words))
                    })
                    .map(|found| Decision { date, ..found })
            }
        };
        decisions.extend(found);
    }
}

fn of_paragraphs(input: &Input<'_>, below: &Below, decisions: &mut Vec<Decision>) {
    let Input { text, lines, outline, note, .. } = *input;
    for block in outline.blocks.iter().filter(|block| is_paragraph(block)) {
        if below.paragraphs.contains(&block.span.start)
            || !may_decide(block.span.of(text))
            || outline.mask_at(block.span.start).is_some()
        {
            continue;
        }
        let span = block.span;
        let section = note.section_at(span.start);
        let first = lines.line(span.start);
        let last = lines.line(span.end.max(1) - 1);
        let content = |line: usize| lines.content(text, line).of(text).trim_start();
        let labels: Vec<usize> = (first..=last).filter(|&line| deciding::labelled(content(line)).is_some()).collect();
        // lines below a label that say something of their own
        let told: Vec<usize> = (first..=last)
            .filter(|line| labels.first().is_some_and(|label| line > label) && !labels.contains(line))
            .filter(|&line| is_other_label(content(line)) || deciding::is_sentence(content(line)))
            .collect();
        for &line in &told {
            let whole = lines.content(text, line);
            let words = Span::new(whole.start + (whole.len() - content(line).len()), whole.end.min(span.end));
            let is_hidden = outline.mask_at(words.start).is_some() || is_other_label(words.of(text));
            if is_hidden || unstruck(words.of(text)).trim().is_empty() || !deciding::decides(words.of(text)) {
                continue;
            }
            decisions.extend(decision(line, words, words.of(text).trim(), DecisionForm::Sentence, section));
        }
        for &line in &labels {
            let next = labels.iter().chain(&told).filter(|other| **other > line).min();
            let end = next.map_or(span.end, |&next| lines.content(text, next - 1).end);
            let from = lines.content(text, line).start.max(span.start);
            let words = Span::new(from, end.max(from));
            let own = unlinked(text, &[words], &note.links, outline);
            let rest = deciding::labelled(words.of(text).trim_start()).unwrap_or("");
            let begin = words.end - rest.len().min(words.len());
            let line = lines.line(begin + (rest.len() - rest.trim_start().len()));
            if deciding::labelled(own.trim_start()).is_some_and(deciding::decides) {
                let span = Span::new(from, words.start + words.of(text).trim_end().len());
                decisions.extend(behind_label(note, (line, span), (words.of(text), rest), section));
            }
        }
        if labels.is_empty() {
            // a line end within a sentence is a space
            let joined = span.of(text).replace(['\n', '\r'], " ");
            let joined = unstruck(&joined);
            let after_day = |(at, words): (usize, &'_ str)| {
                let front = dates::past_day(words);
                (at + front, at..at + front, at + words.len())
            };
            for (at, day, end) in deciding::sentences(&joined).map(after_day) {
                let Some(words) = joined.get(at..end).filter(|words| deciding::is_sentence(words)) else { continue };
                let day = joined.get(day.start..end).filter(|_| !day.is_empty());
                let begin = span.start + at + (words.len() - words.trim_start().len());
                if outline.mask_at(begin).is_none() && deciding::decides(words) {
                    let span = Span::new(begin, span.start + at + words.trim_end().len());
                    let found = decision(lines.line(begin), span, words.trim(), DecisionForm::Sentence, section);
                    let date = day.and_then(|words| Some(own_day(note, lines.line(begin), words.trim_start())?.0));
                    decisions.extend(found.map(|found| Decision { date, ..found }));
                }
            }
        }
    }
}

/// `**Why:** it is slow`, `Later: https://…`: a line of another label.
fn is_other_label(line: &str) -> bool {
    if let Some((label, rest)) = line.split_once(':')
        && rest.starts_with(' ')
        && label.starts_with(char::is_uppercase)
        && label.chars().all(|c| c.is_alphabetic() || " '’".contains(c))
        && label.split_whitespace().count() <= 4
    {
        return true;
    }
    ["**", "__"].iter().any(|mark| {
        let pair = line.strip_prefix(mark).and_then(|rest| rest.split_once(mark));
        pair.is_some_and(|(label, rest)| {
            (label.ends_with(':') || rest.starts_with(':')) && label.split_whitespace().count() <= 4
        })
    })
}

/// The stems of all words for deciding, in one automaton.
static STEMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let stems = [
        "[eé]ci[ds]",
        "[EÉ]CI[DS]",
        "ntsch",
        "eschl",
        "greed",
        "e chose",
        "ve chosen",
        "e opted",
        "ettled on",
        "going with",
        "ll go with",
        "reinbar",
        "cordado",
        "onven",
        "optons",
        "AGREED",
        "esolved",
        "einig",
        "e acuerda",
        "ombinado",
        "cordamos",
        "cordó",
        "esuelto",
        "eslot",
        "esluit",
        "BESL",
        "esolvido",
        "RESOLVED",
    ];
    Regex::new(&stems.join("|")).ok()
});

/// A quick look, so that most blocks are not read twice: one of the stems.
fn may_decide(words: &str) -> bool {
    STEMS.as_ref().is_none_or(|stems| stems.is_match(words))
}

#[cfg(test)]
mod tests;
