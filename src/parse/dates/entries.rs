//! Makes the entries of a note and its own date from a draft.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::Entry;
use crate::model::Precision;
use crate::model::Span;
use crate::parse::dates::draft::DateContext;
use crate::parse::dates::draft::DateLine;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::extent;
use crate::parse::dates::findings;
use crate::parse::dates::gather;
use crate::parse::dates::input::Line;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::input::Output;
use crate::parse::dates::lines;
use crate::parse::dates::lines::Likeness;
use crate::parse::dates::origin;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;
use crate::parse::dates::written::date as day;

/// The result for a draft.
pub(super) fn output(draft: &Draft<'_>) -> Output {
    let mut entries = entries(draft);
    let Whole { date, precision: date_precision, end: date_end, why: date_why } = whole(draft, &entries);
    entries.extend(of_file(draft, &entries));
    entries.sort_by_key(|entry| (entry.line, std::cmp::Reverse(entry.end_line)));
    nest(&mut entries);
    let mut diagnostics = findings::diagnostics(draft);
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
    Output { entries, date, date_precision, date_end, date_why, diagnostics }
}

/// Sets the enclosing entry of each entry. Entries are sorted, and nested ones end no later than the enclosing one.
fn nest(entries: &mut [Entry]) {
    let mut around: Vec<(usize, usize)> = Vec::new();
    for (index, entry) in entries.iter_mut().enumerate() {
        while around.last().is_some_and(|(_, end_line)| *end_line < entry.line) {
            around.pop();
        }
        entry.parent = around.last().map(|(parent, _)| *parent);
        around.push((index, entry.end_line));
    }
}

/// What begins at a line.
enum Subject<'b> {
    /// A day or a range.
    Days(&'b DateLine, (NaiveDate, Option<NaiveDate>)),
    /// A month heading that dates no day.
    Month(&'b DateContext, NaiveDate),
}

/// The entries that lines begin: days and ranges, and headings of a month or week without dated days under them.
fn entries(draft: &Draft<'_>) -> Vec<Entry> {
    let subjects = subjects(draft);
    let lines: Vec<usize> = subjects.iter().map(|(at, _)| *at).collect();
    let ends = extent::ends(draft.input, &lines, spanning(draft), &unread(draft));
    let mut entries = Vec::new();
    let mut next_day = None;
    // from the end, so that each period knows the next day after its heading
    for ((at, subject), end_line) in subjects.iter().zip(ends).rev() {
        let Some(line) = draft.line(*at) else { continue };
        let is_title = draft.title == Some(*at);
        let has_days = next_day.is_some_and(|next| is_title || next <= end_line);
        let text = draft.input.text;
        let is_said = |line: usize| !draft.input.places.content(text, line).of(text).trim().is_empty();
        // what stands in a week before its first day is of the week
        let is_around = matches!(subject, Subject::Days(..)) && !is_title;
        let has_words = is_around && next_day.is_some_and(|next| (line.line + 1..next).any(is_said));
        let span = lines_span(draft, line.line, end_line);
        let entry = match subject {
            Subject::Days(item, days) => day_entry(item, *days, line, end_line, span),
            Subject::Month(context, date) => Entry {
                line: line.line,
                end_line,
                span,
                date: *date,
                precision: Precision::Month,
                end_date: None,
                written: context.quoted().to_owned(),
                corrected_from: None,
                why: month_why(draft, context),
                words: 0,
                read: 0,
                to_read: 0,
                parent: None,
            },
        };
        if matches!(subject, Subject::Days(..)) {
            next_day = Some(line.line);
        }
        // the name `20240105_notes.md` is more precise than the title `Notes January 2024`
        let is_vague = entry.precision == Precision::Month && is_title && draft.path_day.is_some();
        if entry.precision == Precision::Day || has_words || !(has_days || is_vague) {
            entries.push(entry);
        }
    }
    entries.reverse();
    entries
}

/// The reasons for the month of a heading.
fn month_why(draft: &Draft<'_>, context: &DateContext) -> Vec<String> {
    let mut why = vec![format!("the month in {}: \"{}\"", context.place, context.written)];
    let year = draft.context(context.year_from);
    why.extend(year.map(|year| format!("year from {}: \"{}\"", year.place, year.written)));
    why
}

/// The lines that look like dates but could not be read.
fn unread(draft: &Draft<'_>) -> BTreeMap<usize, Likeness> {
    let undated = |item: &&DateLine| item.days.is_none();
    let items: BTreeMap<usize, &DateLine> = draft.items.iter().filter(undated).map(|item| (item.at, item)).collect();
    let known: BTreeSet<usize> = draft
        .items
        .iter()
        .filter(|item| item.days.is_some())
        .map(|item| item.at)
        .chain(draft.contexts.iter().filter_map(|context| context.at))
        .chain(draft.title)
        .collect();
    let mut unread = BTreeMap::new();
    for (at, line) in draft.input.lines.iter().enumerate() {
        let item = items.get(&at);
        if (known.contains(&at) && item.is_none()) || draft.far.contains(&at) || draft.deep.contains(&at) {
            continue;
        }
        let found = match item {
            Some(item) if item.reading.uncertain => None,
            Some(item) if item.reading.start.month.is_none() && item.reading.start.weekday.is_none() => {
                Some(Likeness::Likely)
            }
            Some(_) => Some(Likeness::Certain),
            None => lines::likeness(line.text).filter(|_| gather::stands_alone(draft.input, at, line)),
        };
        let Some(found) = found else { continue };
        // within a list such a line ends the day beside it, but not those around it
        let is_inner = matches!(line.kind, LineKind::Bullet { indent } if indent > 3);
        unread.insert(at, if is_inner { Likeness::Likely } else { found });
    }
    unread
}

fn subjects<'b>(draft: &'b Draft<'_>) -> Vec<(usize, Subject<'b>)> {
    let is_far =
        |index: Option<usize>| draft.context(index).is_some_and(|context| gather::is_far_month(draft, context));
    let near = draft.items.iter().filter(|item| !is_far(item.month_from));
    let days = near.filter_map(|item| Some((item.at, Subject::Days(item, item.days?))));
    let used: BTreeSet<usize> =
        draft.items.iter().filter(|item| item.days.is_some()).filter_map(|item| item.month_from).collect();
    let months = draft.contexts.iter().enumerate().filter(|(index, context)| {
        let is_heading =
            context.at.and_then(|at| draft.line(at)).is_some_and(|line| matches!(line.kind, LineKind::Heading(_)));
        let is_month = is_heading && !context.is_day && context.days.is_none() && !used.contains(index);
        is_month && !gather::is_far_month(draft, context)
    });
    let months = months.filter_map(|(_, context)| {
        let (year, month) = context.as_taken();
        let year = year.or_else(|| draft.context(context.year_from)?.as_taken().0);
        Some((context.at?, Subject::Month(context, day(year?, month?, 1)?)))
    });
    let mut subjects: Vec<_> = days.chain(months).collect();
    subjects.sort_by_key(|(at, _)| *at);
    subjects
}

fn day_entry(
    item: &DateLine,
    days: (NaiveDate, Option<NaiveDate>),
    line: &Line<'_>,
    end_line: usize,
    span: Span,
) -> Entry {
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
        read: 0,
        to_read: 0,
        parent: None,
    }
}

fn weekday_sentence(reading: &WrittenDate, date: NaiveDate, end: Option<NaiveDate>) -> String {
    if reading.weekday_is_wrong(date, end) {
        format!("the weekday does not agree: {date} is a {}", date.format("%A"))
    } else {
        "the weekday agrees".to_owned()
    }
}

/// The title's line, if it dates everything below: no other heading of its level is dated.
fn spanning(draft: &Draft<'_>) -> Option<usize> {
    let title = draft.title?;
    let kind = draft.line(title)?.kind;
    let dated = draft.items.iter().filter(|item| draft.line(item.at).is_some_and(|line| line.kind == kind));
    let others = dated.filter(|item| item.at != title).count();
    let months = draft.contexts.iter().filter_map(|context| context.at).filter(|at| *at != title);
    (others == 0 && !months.into_iter().any(|at| draft.line(at).is_some_and(|line| line.kind == kind))).then_some(title)
}

/// From the first byte of one line to the end of another.
fn lines_span(draft: &Draft<'_>, from: usize, to: usize) -> Span {
    let input = draft.input;
    let start = input.places.start(from);
    Span::new(start, input.places.content(input.text, to).end.max(start))
}

/// The entry that is the whole file: the day in its name, or in front matter and title if no line is dated.
fn of_file(draft: &Draft<'_>, entries: &[Entry]) -> Option<Entry> {
    let title = draft.title.and_then(|title| draft.line(title)).map(|line| line.line);
    if entries.iter().any(|entry| Some(entry.line) == title && entry.precision != Precision::Month) {
        return None;
    }
    let is_new =
        |(date, ..): &Named| !entries.iter().any(|entry| entry.date == *date && entry.precision == Precision::Day);
    let is_dayless = !entries.iter().any(|entry| entry.precision != Precision::Month);
    let (date, precision, end_date, written, why) = named_day(draft)
        .filter(is_new)
        .or_else(|| of_property(draft, "date").filter(|_| is_dayless))
        .or_else(|| titled_day(draft).filter(is_new))
        .or_else(|| named_stretch(draft, true).filter(|_| entries.is_empty()))
        .or_else(|| of_property(draft, "created").filter(|_| is_dayless))
        .or_else(|| named_stretch(draft, false).filter(|_| entries.is_empty()))?;
    let end_line = extent::last_text(draft.input, draft.input.places.count());
    let span = lines_span(draft, 1, end_line);
    let corrected_from = None;
    Some(Entry {
        line: 1,
        end_line,
        span,
        date,
        precision,
        end_date,
        written,
        corrected_from,
        why,
        words: 0,
        read: 0,
        to_read: 0,
        parent: None,
    })
}

/// The day or days in the front matter's title; a day in a heading is a separate entry.
fn titled_day(draft: &Draft<'_>) -> Option<Named> {
    let context = draft.context(draft.title_anchor).filter(|context| context.at.is_none())?;
    let reading = draft.title_day.as_ref()?;
    let (start, end) = (reading.start.date()?, reading.end.and_then(Parts::date));
    let precision = if end.is_some() { Precision::Range } else { Precision::Day };
    let why = vec![format!("{}: \"{}\"", context.place, context.written)];
    Some((start, precision, end, context.quoted().to_owned(), why))
}

type Named = (NaiveDate, Precision, Option<NaiveDate>, String, Vec<String>);

fn path_anchor<'b>(draft: &'b Draft<'_>) -> Option<&'b DateContext> {
    draft.context(draft.path)
}

fn named_day(draft: &Draft<'_>) -> Option<Named> {
    let (context, date) = (path_anchor(draft)?, draft.path_day?);
    Some((date, Precision::Day, None, context.written.clone(), vec![from_place(context)]))
}

/// The week or month in the path: in the file name, or in its folders.
fn named_stretch(draft: &Draft<'_>, of_name: bool) -> Option<Named> {
    let context = path_anchor(draft).filter(|context| !context.is_day)?;
    let context = Some(context).filter(|context| (context.place == origin::FILE_NAME) == of_name)?;
    let why = vec![from_place(context)];
    match context.days {
        Some((start, end)) => Some((start, Precision::Range, Some(end), context.written.clone(), why)),
        None => {
            let date = day(context.year?, context.month?, 1)?;
            Some((date, Precision::Month, None, context.written.clone(), why))
        }
    }
}

fn from_place(context: &DateContext) -> String {
    format!("{}: \"{}\"", context.place, context.written)
}

fn of_property(draft: &Draft<'_>, key: &str) -> Option<Named> {
    let (reading, property, written) = origin::of_property(draft.input.properties, key, draft.input.day_first)?;
    let date = reading.start.date()?;
    let precision = if reading.is_month() { Precision::Month } else { Precision::Day };
    let why = vec![format!("the property \"{}\": \"{written}\"", property.key)];
    Some((date, precision, None, written.to_owned(), why))
}

/// The date of a note as a whole, how exact it is, and why.
#[derive(Default)]
struct Whole {
    date: Option<NaiveDate>,
    precision: Option<Precision>,
    end: Option<NaiveDate>,
    why: Vec<String>,
}

/// The date of the note as a whole: the property `date`, else the day in its name or title, else its month or week, else
/// `created`.
fn whole(draft: &Draft<'_>, entries: &[Entry]) -> Whole {
    let told = |(date, precision, end, _, why): Named| Whole { date: Some(date), precision: Some(precision), end, why };
    if let Some(named) = of_property(draft, "date").or_else(|| named_day(draft)) {
        return told(named);
    }
    // the title's own day, or the only day in the note if it is at the very beginning
    let title = spanning(draft).and_then(|title| draft.line(title)).map(|line| line.line);
    let is_only = entries.len() == 1 && unread(draft).is_empty();
    let first = draft.input.lines.first().map(|line| line.line).filter(|_| is_only);
    let own = entries
        .iter()
        .find(|entry| entry.precision != Precision::Month && (Some(entry.line) == title || Some(entry.line) == first));
    if let Some(entry) = own {
        let (date, precision) = (Some(entry.date), Some(entry.precision));
        return Whole { date, precision, end: entry.end_date, why: entry.why.clone() };
    }
    if let Some(named) = titled_day(draft) {
        return told(named);
    }
    let named = named_stretch(draft, true);
    let titled = titled_month(draft);
    let created = || of_property(draft, "created").map(told);
    match named {
        Some(named) => titled.unwrap_or_else(|| told(named)),
        None => created().or(titled).or_else(|| named_stretch(draft, false).map(told)).unwrap_or_default(),
    }
}

/// The month in the title, after any correction.
fn titled_month(draft: &Draft<'_>) -> Option<Whole> {
    let context = draft.context(draft.title_anchor).filter(|context| !context.is_loose)?;
    if let Some((start, end)) = context.days {
        let why = vec![format!("the days in {}: \"{}\"", context.place, context.written)];
        return Some(Whole { date: Some(start), precision: Some(Precision::Range), end: Some(end), why });
    }
    let (year, month) = context.as_taken();
    let date = day(year?, month?, 1)?;
    let why = match &context.why {
        Some(why) if context.taken.is_some() => context.corrected(why),
        _ => format!("the month in {}: \"{}\"", context.place, context.written),
    };
    Some(Whole { date: Some(date), precision: Some(Precision::Month), end: None, why: vec![why] })
}
