//! What is told about the dates of a note: its entries, its own date, and what is odd.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::Diagnostic;
use crate::model::Edit;
use crate::model::Entry;
use crate::model::Fix;
use crate::model::Precision;
use crate::model::Severity;
use crate::model::Span;
use crate::parse::dates::Line;
use crate::parse::dates::Output;
use crate::parse::dates::Place;
use crate::parse::dates::context::Anchor;
use crate::parse::dates::context::Book;
use crate::parse::dates::context::Item;
use crate::parse::dates::extent;
use crate::parse::dates::origin;
use crate::parse::dates::reading::Reading;
use crate::parse::dates::reading::date as day;
use crate::parse::dates::vote;

/// What a book says.
pub(super) fn output(book: &Book<'_>) -> Output {
    let mut entries = entries(book);
    let (date, date_why) = whole(book, &entries);
    entries.extend(of_file(book, &entries));
    entries.sort_by_key(|entry| (entry.line, std::cmp::Reverse(entry.end_line)));
    let mut diagnostics = diagnostics(book);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Output { entries, date, date_why, diagnostics }
}

/// What begins at a line.
enum Subject<'b> {
    /// A day or a range.
    Days(&'b Item, (NaiveDate, Option<NaiveDate>)),
    /// A month from whose heading no day takes its month.
    Month(&'b Anchor, NaiveDate),
}

/// The entries that lines begin: days and ranges, and headings of a month or week under which no day stands.
fn entries(book: &Book<'_>) -> Vec<Entry> {
    let subjects = subjects(book);
    let lines: Vec<usize> = subjects.iter().map(|(at, _)| *at).collect();
    let ends = extent::ends(book.input, &lines, spanning(book));
    let mut entries = Vec::new();
    let mut next_day = None;
    // from the end, so that each stretch of time knows the next day behind its heading
    for ((at, subject), end_line) in subjects.iter().zip(ends).rev() {
        let Some(line) = book.line(*at) else { continue };
        let is_title = book.title == Some(*at);
        let has_days = next_day.is_some_and(|next| is_title || next <= end_line);
        let span = lines_span(book, line.line, end_line);
        let entry = match subject {
            Subject::Days(item, days) => day_entry(item, *days, line, end_line, span),
            Subject::Month(anchor, date) => Entry {
                line: line.line,
                end_line,
                span,
                date: *date,
                precision: Precision::Month,
                end_date: None,
                written: anchor.quoted().to_owned(),
                corrected_from: None,
                why: vec![format!("the month in {}: \"{}\"", anchor.place, anchor.written)],
                words: 0,
            },
        };
        if matches!(subject, Subject::Days(..)) {
            next_day = Some(line.line);
        }
        // `20240105_notes.md` says it better than its title `Notes January 2024`
        let is_vague = entry.precision == Precision::Month && is_title && book.path_day.is_some();
        if entry.precision == Precision::Day || !(has_days || is_vague) {
            entries.push(entry);
        }
    }
    entries.reverse();
    entries
}

fn subjects<'b>(book: &'b Book<'_>) -> Vec<(usize, Subject<'b>)> {
    let days = book.items.iter().filter_map(|item| Some((item.at, Subject::Days(item, item.days?))));
    let used: BTreeSet<usize> =
        book.items.iter().filter(|item| item.days.is_some()).filter_map(|item| item.month_from).collect();
    let months = book.anchors.iter().enumerate().filter(|(index, anchor)| {
        let is_heading =
            anchor.at.and_then(|at| book.line(at)).is_some_and(|line| matches!(line.kind, Place::Heading(_)));
        is_heading && !anchor.is_day && anchor.days.is_none() && !used.contains(index)
    });
    let months = months.filter_map(|(_, anchor)| {
        let (year, month) = anchor.as_taken();
        Some((anchor.at?, Subject::Month(anchor, day(year?, month?, 1)?)))
    });
    let mut subjects: Vec<_> = days.chain(months).collect();
    subjects.sort_by_key(|(at, _)| *at);
    subjects
}

fn day_entry(item: &Item, days: (NaiveDate, Option<NaiveDate>), line: &Line<'_>, end_line: usize, span: Span) -> Entry {
    let (date, end_date) = days;
    let mut why = item.why.clone();
    if item.reading.start.weekday.is_some() {
        why.push(weekday_sentence(&item.reading, date, end_date));
    }
    Entry {
        line: line.line,
        end_line,
        span,
        date,
        precision: if end_date.is_some() { Precision::Range } else { Precision::Day },
        end_date,
        written: line.text.get(item.reading.span.clone()).unwrap_or(line.text).to_owned(),
        corrected_from: item.before.filter(|before| *before != date),
        why,
        words: 0,
    }
}

fn weekday_sentence(reading: &Reading, date: NaiveDate, end: Option<NaiveDate>) -> String {
    if reading.weekday_is_wrong(date, end) {
        format!("the weekday does not agree: {date} is a {}", date.format("%A"))
    } else {
        "the weekday agrees".to_owned()
    }
}

/// The title's line, where it speaks for all that follows: no other heading of its level is dated.
fn spanning(book: &Book<'_>) -> Option<usize> {
    let title = book.title?;
    let kind = book.line(title)?.kind;
    let dated = book.items.iter().filter(|item| book.line(item.at).is_some_and(|line| line.kind == kind));
    let others = dated.filter(|item| item.at != title).count();
    let months = book.anchors.iter().filter_map(|anchor| anchor.at).filter(|at| *at != title);
    (others == 0 && !months.into_iter().any(|at| book.line(at).is_some_and(|line| line.kind == kind))).then_some(title)
}

/// From the first byte of one line to the end of another.
fn lines_span(book: &Book<'_>, from: usize, to: usize) -> Span {
    let input = book.input;
    let start = input.places.start(from);
    Span::new(start, input.places.content(input.text, to).end.max(start))
}

/// What the file as a whole is an entry of: its name's day, or the front matter's where no line is dated.
fn of_file(book: &Book<'_>, entries: &[Entry]) -> Option<Entry> {
    let title = book.title.and_then(|title| book.line(title)).map(|line| line.line);
    if entries.iter().any(|entry| Some(entry.line) == title && entry.precision != Precision::Month) {
        return None;
    }
    let (date, precision, end_date, written, why) = named_day(book)
        .filter(|(date, ..)| !entries.iter().any(|entry| entry.date == *date && entry.precision == Precision::Day))
        .or_else(|| {
            of_property(book, "date")
                .or_else(|| of_property(book, "created"))
                .filter(|_| !entries.iter().any(|entry| entry.precision != Precision::Month))
        })
        .or_else(|| named_stretch(book).filter(|_| entries.is_empty()))?;
    let end_line = extent::last_text(book.input, book.input.places.count());
    let span = lines_span(book, 1, end_line);
    Some(Entry { line: 1, end_line, span, date, precision, end_date, written, corrected_from: None, why, words: 0 })
}

type Named = (NaiveDate, Precision, Option<NaiveDate>, String, Vec<String>);

fn path_anchor<'b>(book: &'b Book<'_>) -> Option<&'b Anchor> {
    book.anchor(book.path)
}

fn named_day(book: &Book<'_>) -> Option<Named> {
    let (anchor, date) = (path_anchor(book)?, book.path_day?);
    Some((date, Precision::Day, None, anchor.written.clone(), vec![from_place(anchor)]))
}

fn named_stretch(book: &Book<'_>) -> Option<Named> {
    let anchor = path_anchor(book).filter(|anchor| !anchor.is_day)?;
    let why = vec![from_place(anchor)];
    match anchor.days {
        Some((start, end)) => Some((start, Precision::Range, Some(end), anchor.written.clone(), why)),
        None => {
            let date = day(anchor.year?, anchor.month?, 1)?;
            Some((date, Precision::Month, None, anchor.written.clone(), why))
        }
    }
}

fn from_place(anchor: &Anchor) -> String {
    format!("{}: \"{}\"", anchor.place, anchor.written)
}

fn of_property(book: &Book<'_>, key: &str) -> Option<Named> {
    let (reading, property, written) = origin::of_property(book.input.properties, key, book.input.day_first)?;
    let date = reading.start.date()?;
    let precision = if reading.is_month() { Precision::Month } else { Precision::Day };
    let why = vec![format!("the property \"{}\": \"{written}\"", property.key)];
    Some((date, precision, None, written.to_owned(), why))
}

/// The date of the note as a whole: front matter, file name, title; of a file of many days its month.
fn whole(book: &Book<'_>, entries: &[Entry]) -> (Option<NaiveDate>, Vec<String>) {
    let told = |named: Named| (Some(named.0), named.4);
    let property = || of_property(book, "date").or_else(|| of_property(book, "created"));
    if let Some(named) = property().or_else(|| named_day(book)) {
        return told(named);
    }
    // the title's own day, or the only one of the note at its very beginning
    let title = spanning(book).and_then(|title| book.line(title)).map(|line| line.line);
    let first = book.input.lines.first().map(|line| line.line).filter(|_| entries.len() == 1);
    let own = entries
        .iter()
        .find(|entry| entry.precision != Precision::Month && (Some(entry.line) == title || Some(entry.line) == first));
    if let Some(entry) = own {
        return (Some(entry.date), entry.why.clone());
    }
    let anchor = book.anchor(book.title_anchor).filter(|anchor| !anchor.is_loose);
    let titled = anchor.and_then(|anchor| {
        let (year, month) = anchor.as_taken();
        let date = day(year?, month?, 1)?;
        let why = match &anchor.why {
            Some(why) if anchor.taken.is_some() => anchor.corrected(why),
            _ => format!("the month in {}: \"{}\"", anchor.place, anchor.written),
        };
        Some((Some(date), vec![why]))
    });
    titled.or_else(|| named_stretch(book).map(told)).unwrap_or_default()
}

fn diagnostics(book: &Book<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for anchor in &book.anchors {
        let Some(why) = &anchor.why else { continue };
        let at = anchor.at.and_then(|at| book.line(at));
        let message = format!("\"{}\": {why}", anchor.quoted());
        let fix = mend(book, anchor);
        found.push(diagnostic(
            book,
            "year-mismatch",
            Severity::Warning,
            at.map(|line| line.span).unwrap_or_default(),
            message,
            fix,
        ));
    }
    for item in &book.items {
        let (Some(line), Some((start, end))) = (book.line(item.at), item.days) else { continue };
        let doubtful = book.anchor(item.year_from).is_some_and(|anchor| anchor.is_doubtful);
        if !doubtful && item.reading.weekday_is_wrong(start, end) {
            let message = wrong_weekday(item, line.text, start, end);
            found.push(diagnostic(book, "weekday-mismatch", Severity::Warning, line.span, message, None));
        }
    }
    for (span, written, reading) in &book.ambiguous {
        let mut other = reading.clone();
        other.swap();
        let either = [reading.start.date(), other.start.date()].into_iter().flatten().map(|date| date.to_string());
        let message =
            format!("\"{written}\" is {}: nothing in the note says which", either.collect::<Vec<_>>().join(" or "));
        found.push(diagnostic(book, "ambiguous-date", Severity::Info, *span, message, None));
    }
    found
}

/// `"Mon 13th" is Tuesday, 2018-11-13: write "Tue 13th" or "Mon 12th"`
fn wrong_weekday(item: &Item, text: &str, start: NaiveDate, end: Option<NaiveDate>) -> String {
    let written = text.get(item.reading.span.clone()).unwrap_or(text);
    let is_start = item.reading.start.weekday.is_some_and(|weekday| weekday != chrono::Datelike::weekday(&start));
    let date = if is_start { start } else { end.unwrap_or(start) };
    let message = format!("\"{written}\": {date} is a {}", date.format("%A"));
    let form = item.reading.form.as_ref();
    let other = item.reading.start.weekday.and_then(|weekday| vote::nearest(start, weekday));
    match (form, other) {
        (Some(form), Some(other)) => {
            format!("{message}; write \"{}\" or \"{}\"", form.format(start), form.format(other))
        }
        _ => message,
    }
}

/// The edit that writes the year and month that were meant into a heading.
fn mend(book: &Book<'_>, anchor: &Anchor) -> Option<Fix> {
    let (year, month) = anchor.taken?;
    let line = book.line(anchor.at?)?;
    let reading = anchor.reading.as_ref()?;
    let new = reading.form.as_ref()?.format(day(year, month.or(reading.start.month)?, 1)?);
    let old = anchor.quoted();
    let source = line.span.of(book.input.text);
    let mut places = source.match_indices(old);
    // markup within the date, or the same words twice: nothing that an edit could be sure of
    let (Some((at, _)), None) = (places.next(), places.next()) else { return None };
    let (from, to) = changed(old, &new);
    let start = line.span.start + at;
    let text = new.get(from..new.len().checked_sub(to)?)?.to_owned();
    let edit = Edit { start: start + from, end: start + old.len().checked_sub(to)?, text };
    let mended = format!("{}{new}{}", source.get(..at)?, source.get(at + old.len()..)?);
    let first = mended.lines().next().unwrap_or_default().trim();
    Some(Fix { description: format!("write \"{first}\""), edits: vec![edit] })
}

/// How many bytes two texts share at their beginning and at their end, up to whole words.
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
    book: &Book<'_>,
    code: &str,
    severity: Severity,
    span: Span,
    message: String,
    fix: Option<Fix>,
) -> Diagnostic {
    let (line, column) = book.input.places.line_column(book.input.text, span.start);
    Diagnostic { code: code.to_owned(), severity, span, line, column, message, fix }
}
