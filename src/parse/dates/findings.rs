//! Diagnostics about the dates of a note, with the edit that fixes a wrong year or month.

use chrono::NaiveDate;

use crate::model::Diagnostic;
use crate::model::Edit;
use crate::model::Fix;
use crate::model::Severity;
use crate::model::Span;
use crate::parse::dates::draft::DateContext;
use crate::parse::dates::draft::DateLine;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::written::date as day;
use crate::parse::dates::year_check;

/// Wrong years and weekdays, and ambiguous dates, in the order of the text.
pub(super) fn diagnostics(draft: &Draft<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for context in &draft.contexts {
        let Some(why) = &context.why else { continue };
        let at = context.at.and_then(|at| draft.line(at));
        let message = format!("\"{}\": {why}", context.quoted());
        let fix = fix_of(draft, context);
        found.push(diagnostic(
            draft,
            "year-mismatch",
            Severity::Warning,
            at.map(|line| line.span).unwrap_or_default(),
            message,
            fix,
        ));
    }
    for item in &draft.items {
        let (Some(line), Some((start, end))) = (draft.line(item.at), item.days) else { continue };
        let doubtful = draft.context(item.year_from).is_some_and(|context| context.is_doubtful);
        if !doubtful && item.reading.weekday_is_wrong(start, end) {
            let message = wrong_weekday(item, line.text, start, end);
            found.push(diagnostic(draft, "weekday-mismatch", Severity::Warning, line.span, message, None));
        }
    }
    // once per note: settling one of them settles all
    if let Some((span, written, reading)) = draft.ambiguous.first() {
        let mut other = reading.clone();
        other.swap();
        let either = [reading.start.date(), other.start.date()].into_iter().flatten().map(|date| date.to_string());
        let more = match draft.ambiguous.len() - 1 {
            0 => String::new(),
            1 => ", and one more date may be two".to_owned(),
            more => format!(", and {more} more dates may be two"),
        };
        let either = either.collect::<Vec<_>>().join(" or ");
        let message = format!("\"{written}\" is {either}: nothing in the note says which{more}");
        found.push(diagnostic(draft, "ambiguous-date", Severity::Warning, *span, message, None));
    }
    found
}

/// `"Mon 13th" is Tuesday, 2018-11-13: write "Tue 13th" or "Mon 12th"`
fn wrong_weekday(item: &DateLine, text: &str, start: NaiveDate, end: Option<NaiveDate>) -> String {
    let written = text.get(item.reading.span.clone()).unwrap_or(text);
    let is_start = item.reading.start.weekday.is_some_and(|weekday| weekday != chrono::Datelike::weekday(&start));
    let date = if is_start { start } else { end.unwrap_or(start) };
    let message = format!("\"{written}\": {date} is a {}", date.format("%A"));
    let form = item.reading.form.as_ref();
    let other = item.reading.start.weekday.and_then(|weekday| year_check::nearest(start, weekday));
    match (form, other) {
        (Some(form), Some(other)) => {
            format!("{message}; write \"{}\" or \"{}\"", form.format(start), form.format(other))
        }
        _ => message,
    }
}

/// The edit that corrects the year and month in a heading.
fn fix_of(draft: &Draft<'_>, context: &DateContext) -> Option<Fix> {
    let (year, month) = context.taken?;
    let line = draft.line(context.at?)?;
    let reading = context.reading.as_ref()?;
    let new = reading.form.as_ref()?.format(day(year, month.or(reading.start.month)?, 1)?);
    let old = context.quoted();
    let source = line.span.of(draft.input.text);
    let mut places = source.match_indices(old);
    // with markup within the date, or the same words twice, no edit is safe
    let (Some((at, _)), None) = (places.next(), places.next()) else { return None };
    let (from, to) = changed(old, &new);
    let start = line.span.start + at;
    let text = new.get(from..new.len().checked_sub(to)?)?.to_owned();
    let edit = Edit { start: start + from, end: start + old.len().checked_sub(to)?, text };
    let fixed = format!("{}{new}{}", source.get(..at)?, source.get(at + old.len()..)?);
    let first = fixed.lines().next().unwrap_or_default().trim();
    Some(Fix { description: format!("write \"{first}\""), edits: vec![edit] })
}

/// How many bytes two texts have in common at the beginning and at the end, in whole words.
fn changed(old: &str, new: &str) -> (usize, usize) {
    let boundary = |text: &str, at: usize| {
        let before = text.get(..at).and_then(|part| part.chars().next_back());
        let after = text.get(at..).and_then(|part| part.chars().next());
        !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
    };
    let most = old.len().min(new.len());
    let starts = |at: &usize| {
        old.get(..*at).is_some_and(|part| new.get(..*at) == Some(part)) && boundary(old, *at) && boundary(new, *at)
    };
    let from = (0..=most).rev().find(starts).unwrap_or(0);
    let ends = |left: &usize| {
        let (a, b) = (old.len() - left, new.len() - left);
        old.get(a..).is_some_and(|part| new.get(b..) == Some(part)) && boundary(old, a) && boundary(new, b)
    };
    let to = (0..=most - from).rev().find(ends).unwrap_or(0);
    (from, to)
}

fn diagnostic(
    draft: &Draft<'_>,
    code: &str,
    severity: Severity,
    span: Span,
    message: String,
    fix: Option<Fix>,
) -> Diagnostic {
    let (line, column) = draft.input.places.line_column(draft.input.text, span.start);
    Diagnostic { code: code.to_owned(), severity, span, line, column, message, fix }
}
