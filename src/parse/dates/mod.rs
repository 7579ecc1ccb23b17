//! Dates what a note says: entries from its headings, bullets and label lines, each with the reason for its date.
//!
//! [`read`] takes the lines that a parser found to be headings, list items and label lines, and gives entries with their
//! dates and reasons. What a line leaves open (`Mon 28th`) comes from the heading above it, the title, the file name,
//! the property `date`, or the entries around it. Where the weekdays contradict a year or month, the one that they fit is
//! taken instead, and that is reported. What stays open stays undated: no date is better than a wrong one.
//!
//! It reads no Markdown, no clock and no file times. `crate::parse` calls it once a note; whoever writes a new heading
//! "in the file's own style" uses [`style_of`] and [`Form::format`].
//!
//! - `input`: what goes in and comes out
//! - `scan`, `grammar`, `shapes`, `weeks`, `partial`, `reading`: which texts are dates, and what they say by themselves
//! - `form`, `names`: how a date is written, so that another one can be written alike
//! - `lines`: which lines date something; `origin`: what path, properties and addresses say
//! - `period`: what a note is of as a whole; `numbers`: days that are only a number in it
//! - `gather`, `draft`: what each line takes from around it; `year_check`: whether year and month fit the weekdays
//! - `resolve`, `extent`, `entries`, `findings`: days, where entries end, and what is reported about them

mod draft;
mod entries;
mod extent;
mod findings;
mod form;
mod gather;
mod grammar;
mod input;
mod lines;
mod names;
mod numbers;
mod origin;
mod partial;
mod period;
mod reading;
mod resolve;
mod scan;
mod shapes;
mod weeks;
mod year_check;

#[cfg(test)]
mod tests;

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::NotePath;

pub use form::Form;
pub use input::Input;
pub use input::Line;
pub use input::LineKind;
pub use input::Output;

/// Finds the dated entries of a note.
#[must_use]
pub fn read(input: &Input<'_>) -> Output {
    let mut draft = gather::gather(input);
    resolve::check_years(&mut draft);
    resolve::date(&mut draft);
    entries::output(&draft)
}

/// How a date is written; `None` for what is not a date, and for ranges from one day to another.
///
/// `written` is the date alone, as `Entry::written` has it. What a single date leaves open (`28` begins with no zero,
/// `May` is long and short) is settled by the usual; [`style_of_all`] looks at more of them.
#[must_use]
pub fn style_of(written: &str) -> Option<Form> {
    grammar::whole(written, 0)?.form
}

/// How a date is written that is known to be a day: `11/05/2026` says by itself which of two.
#[must_use]
pub fn style_of_day(written: &str, day: NaiveDate) -> Option<Form> {
    Some(style_of(written)?.as_written(written, day))
}

/// The day that a text is; `None` where it says no whole date, several days, or two days equally well (`10/11/2023`).
#[must_use]
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let reading = grammar::whole(text, 0)?;
    let certain = reading.end.is_none() && reading.order != reading::Order::Ambiguous && reading.start.day.is_some();
    reading.start.date().filter(|_| certain)
}

/// The first day that a text names, what it leaves open taken from the first such day from `after` on: `15 Nov`.
#[must_use]
pub fn day_in(text: &str, after: NaiveDate) -> Option<NaiveDate> {
    let reading = grammar::all(text, false, 0).into_iter().find(|reading| reading.start.day.is_some())?;
    if reading.order == reading::Order::Ambiguous {
        return None;
    }
    match (reading.start.year, reading.start.month, reading.start.day) {
        (Some(_), ..) => reading.start.date(),
        (None, Some(month), Some(day)) => {
            let years = [after.year(), after.year() + 1];
            years.into_iter().filter_map(|year| reading::date(year, month, day)).find(|date| *date >= after)
        }
        _ => None,
    }
}

/// The first day that a text names with its year; `None` where that may be one of two days.
#[must_use]
pub fn whole_day_in(text: &str) -> Option<NaiveDate> {
    let mut found = grammar::all(text, false, 0).into_iter();
    let reading = found.find(|reading| reading.start.day.is_some() && reading.start.year.is_some())?;
    reading.start.date().filter(|_| reading.order != reading::Order::Ambiguous)
}

/// The day with which a text begins, and the byte where the rest begins: `2026-05-03: read it`. What it leaves open is taken
/// from the days around it, and then something must part it from the rest.
#[must_use]
pub fn day_at_front(text: &str, around: Option<NaiveDate>) -> Option<(NaiveDate, usize)> {
    const OPENING: [char; 7] = [' ', '*', '_', '(', '[', '（', '<'];
    let begin = text.len() - text.trim_start_matches(OPENING).len();
    let cut = text.floor_char_boundary(begin + 40);
    let reading = grammar::at_front(text.get(..cut)?, begin)?;
    let is_day = reading.end.is_none() && reading.start.day.is_some();
    if !is_day || reading.order == reading::Order::Ambiguous {
        return None;
    }
    let behind = text.get(reading.span.end..)?;
    let rest = behind.trim_start_matches(|c: char| c.is_whitespace() || ":,-–—)]*_|）>".contains(c));
    let marks = behind.get(..behind.len() - rest.len())?;
    let parted = marks.contains(|c: char| !c.is_whitespace()) || rest.is_empty();
    let (year, month) = (reading.start.year, reading.start.month?);
    let date = match (year, around) {
        (Some(_), _) => reading.start.date(),
        (None, Some(around)) if parted => reading::date(around.year(), month, reading.start.day?),
        _ => None,
    }?;
    (parted || !marks.is_empty()).then_some((date, text.len() - rest.len()))
}

/// Where the words after a day begin with which a text opens: `2026-05-03: read it`, `Mar 28: read it`, `Fri 10 – read it`. 0
/// where it opens with none.
#[must_use]
pub fn past_day(text: &str) -> usize {
    let begin = text.len() - text.trim_start_matches([' ', '*', '_']).len();
    let cut = text.floor_char_boundary(begin + 40);
    let reading = text.get(..cut).and_then(|front| grammar::at_front(front, begin));
    let Some(reading) = reading.filter(|reading| reading.start.day.is_some()) else { return 0 };
    let behind = text.get(reading.span.end..).unwrap_or("");
    let rest = behind.trim_start_matches(|c: char| c.is_whitespace() || ":,.-–—*_".contains(c));
    if rest.len() < behind.len() { text.len() - rest.len() } else { 0 }
}

/// The day that stands alone in brackets, or at the end: `by Ida Berg (4 Nov 2026)`.
#[must_use]
pub fn day_in_brackets(text: &str) -> Option<NaiveDate> {
    let parts = text.split(['(', ')', '[', ']', '（', '）']);
    let ends = text.rsplit([',', '–', '—', ';']).take(1).chain(text.rsplit(" - ").take(1));
    parts.chain(ends).find_map(|part| day_of(part.trim().trim_end_matches('.')))
}

/// Where the time of day ends with which a text begins that was after a date: ` 14:00`, `T14:00`, `, 10:00 Uhr`.
#[must_use]
pub fn time_behind(text: &str) -> usize {
    grammar::time_behind(text)
}

/// True for a line that is nothing but a date, whether it can be read or not: `22/10`, `**1 Jul 2026**`, `31.02.2026`.
#[must_use]
pub fn is_date_line(text: &str) -> bool {
    grammar::whole(text, 0).is_some() || lines::likeness(bare(text)).is_some()
}

/// A line without the ornaments around it: `--- 3 June 2026 ---`, `**1 Jul 2026**:`.
#[must_use]
pub fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || "*_-=–—~#:".contains(c))
}

/// How the first of several dates is written, the open points settled by those after it.
#[must_use]
pub fn style_of_all<'a>(written: impl IntoIterator<Item = &'a str>) -> Option<Form> {
    let mut forms = written.into_iter().filter_map(style_of);
    let mut first = forms.next()?;
    for other in forms {
        first.settle(&other);
    }
    Some(first)
}

/// The date in a file's name as it is written there, and its form: `202202` of `202202_progress.md`.
#[must_use]
pub fn style_of_name(stem: &str) -> Option<(String, Form)> {
    let reading = grammar::all(stem, true, 0).into_iter().find(reading::Reading::is_full)?;
    Some((stem.get(reading.span)?.to_owned(), reading.form?))
}

/// The first day that a path names, and whether it names a day: `false` for a month or a week.
#[must_use]
pub fn of_path(path: &NotePath) -> Option<(NaiveDate, bool)> {
    let origin = origin::of_path(path, None, None)?;
    Some((origin.start.date()?, origin.start.day.is_some() && origin.end.is_none()))
}

/// A text with the date `old` in it exchanged for `new`, written the same way; `None` where `old` is not in it.
///
/// Of a date that holds less than a day (`Nov 2026`, `2026-W47`) the part that is written counts.
#[must_use]
pub fn exchange(text: &str, old: NaiveDate, new: NaiveDate) -> Option<String> {
    let mut found = grammar::all(text, true, 0).into_iter();
    let (span, form) = found.find_map(|reading| {
        let written = text.get(reading.span.clone())?;
        let form = reading.form?.as_written(written, old);
        (written == form.format(old)).then_some((reading.span, form))
    })?;
    Some(format!("{}{}{}", text.get(..span.start)?, form.format(new), text.get(span.end..)?))
}
