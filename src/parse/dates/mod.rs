//! Dates the parts of a note: entries from its headings, bullets and label lines, each with the reason for its date.
//!
//! [`read`] takes the lines that the parser found to be headings, list items and label lines, and returns entries with their
//! dates and reasons. What a line leaves open (`Mon 28th`) comes from the heading above it, the title, the file name, the
//! property `date`, or the entries around it. Where the weekdays contradict a year or month, the one that they fit is used
//! instead, and that is reported. What cannot be settled stays undated: no date is better than a wrong one.
//!
//! It uses no Markdown, no clock and no file times. `crate::parse` calls it once per note; code that writes a new heading
//! "in the file's own style" uses [`style_of`] and [`Form::format`].
//!
//! - `input`: input and output
//! - `scan`, `grammar`, `shapes`, `short_years`, `weeks`, `partial`, `written`: which texts are dates, and which fields they give
//! - `form`, `names`: how a date is written, so that other dates can be written in the same style
//! - `lines`: which lines carry a date; `origin`: dates in path, properties and addresses
//! - `period`: the month or year that a whole note is about; `numbers`: days that are only a number;
//!   `fronted`: days at the beginning of items; `weekdays`: weekdays below a week
//! - `gather`, `draft`: the context of each line; `year_check`: whether year and month fit the weekdays
//! - `resolve`, `extent`, `entries`, `findings`: final dates, where entries end, and diagnostics

mod draft;
mod entries;
mod extent;
mod findings;
mod form;
mod fronted;
mod gather;
mod grammar;
mod input;
mod lines;
mod names;
mod numbers;
mod origin;
mod partial;
mod period;
mod resolve;
mod scan;
mod shapes;
mod short_years;
mod weekdays;
mod weeks;
mod written;
mod year_check;

#[cfg(test)]
mod tests;

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::genre;

pub use form::Form;
pub use input::Input;
pub use input::Line;
pub use input::LineKind;
pub use input::Output;

/// Dates a note and its parts.
#[must_use]
pub fn read(input: &Input<'_>) -> Output {
    let mut draft = gather::gather(input);
    resolve::check_years(&mut draft);
    resolve::date(&mut draft);
    entries::output(&draft)
}

/// True for a note that holds days, by its title or its name: a journal, or what is named after a month or year.
#[must_use]
pub fn is_of_days(path: &NotePath, title: &str) -> bool {
    let is_of_days = |name: &str, is_name: bool| {
        let dated = || grammar::all(name, is_name, 0).into_iter().next();
        genre::is_journal(name)
            || (lines::year_of_title(name).is_some() && period::is_of_a_year(name))
            || dated().is_some_and(|date| period::is_named(name, name.get(date.span).unwrap_or("")))
    };
    is_of_days(title, false) || is_of_days(path.stem(), true)
}

/// How a date is written; `None` for what is no date, and for ranges from one day to another.
///
/// `written` is the date alone, as in `Entry::written`. What a single date leaves open (whether `28` would have a leading
/// zero, whether `May` is short) gets the usual answer; [`style_of_all`] looks at several dates.
#[must_use]
pub fn style_of(written: &str) -> Option<Form> {
    grammar::whole(written, 0)?.form
}

/// How a date that is known to be `day` is written: that settles the order in `11/05/2026`.
#[must_use]
pub fn style_of_day(written: &str, day: NaiveDate) -> Option<Form> {
    Some(style_of(written)?.as_written(written, day))
}

/// The day that a text names; `None` if it is not a full date, names several days, or is ambiguous (`10/11/2023`).
#[must_use]
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let reading = grammar::whole(text, 0)?;
    let certain = reading.end.is_none() && reading.order != written::Order::Ambiguous && reading.start.day.is_some();
    reading.start.date().filter(|_| certain)
}

/// The first day that a text names; missing fields are taken from the first such day from `after` on: `15 Nov`.
#[must_use]
pub fn day_in(text: &str, after: NaiveDate) -> Option<NaiveDate> {
    let reading = grammar::all(text, false, 0).into_iter().find(|reading| reading.start.day.is_some())?;
    if reading.order == written::Order::Ambiguous {
        return None;
    }
    match (reading.start.year, reading.start.month, reading.start.day) {
        (Some(_), ..) => reading.start.date(),
        (None, Some(month), Some(day)) => {
            let years = [after.year(), after.year() + 1];
            years.into_iter().filter_map(|year| written::date(year, month, day)).find(|date| *date >= after)
        }
        _ => None,
    }
}

/// The first full date that a text names; `None` if it is ambiguous.
#[must_use]
pub fn whole_day_in(text: &str) -> Option<NaiveDate> {
    let mut found = grammar::all(text, false, 0).into_iter();
    let reading = found.find(|reading| reading.start.day.is_some() && reading.start.year.is_some())?;
    reading.start.date().filter(|_| reading.order != written::Order::Ambiguous)
}

/// The day at the beginning of a text, and the byte where the rest begins: `2026-05-03: read it`. With `around`, missing
/// fields are taken from the days around it, and then a separator must follow.
#[must_use]
pub fn day_at_front(text: &str, around: Option<NaiveDate>) -> Option<(NaiveDate, usize)> {
    let fronted::Front { reading, rest, is_parted } = fronted::front(text)?;
    let is_day = reading.end.is_none() && reading.start.day.is_some();
    if !is_day || reading.order == written::Order::Ambiguous {
        return None;
    }
    let around = around.filter(|_| is_parted);
    let start = reading.start;
    // `Mon 28th` is of the month around it
    let month = start.month.or_else(|| Some(around.filter(|_| start.weekday.is_some())?.month()));
    let date = written::date(start.year.or_else(|| Some(around?.year()))?, month?, start.day?)?;
    let is_it = start.year.is_some() || start.weekday.is_none_or(|weekday| weekday == date.weekday());
    is_it.then_some((date, rest))
}

/// Where the words after a day at the beginning of a text begin: `2026-05-03: read it`, `Mar 28: read it`, `Fri 10 – read it`,
/// `**[3 May]** read it`. 0 if the text does not begin with a day.
#[must_use]
pub fn past_day(text: &str) -> usize {
    fronted::front(text).filter(|front| front.reading.start.day.is_some()).map_or(0, |front| front.rest)
}

/// The day alone in brackets, or at the end: `by Ida Berg (4 Nov 2026)`.
#[must_use]
pub fn day_in_brackets(text: &str) -> Option<NaiveDate> {
    let parts = text.split(['(', ')', '[', ']', '（', '）']);
    let ends = text.rsplit([',', '–', '—', ';']).take(1).chain(text.rsplit(" - ").take(1));
    parts.chain(ends).find_map(|part| day_of(part.trim().trim_end_matches('.')))
}

/// The length of the time of day at the beginning of a text that followed a date: ` 14:00`, `T14:00`, `, 10:00 Uhr`.
#[must_use]
pub fn time_len(text: &str) -> usize {
    grammar::time_len(text)
}

/// True for a line that consists of a date, readable or not: `22/10`, `**1 Jul 2026**`, `31.02.2026`.
#[must_use]
pub fn is_date_line(text: &str) -> bool {
    grammar::whole(text, 0).is_some() || lines::likeness(bare(text)).is_some()
}

/// A line without the ornaments around it: `--- 3 June 2026 ---`, `**1 Jul 2026**:`.
#[must_use]
pub fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || "*_-=–—~#:".contains(c))
}

/// How the first of several dates is written; what it leaves open is taken from the others.
#[must_use]
pub fn style_of_all<'a>(written: impl IntoIterator<Item = &'a str>) -> Option<Form> {
    let mut forms = written.into_iter().filter_map(style_of);
    let mut first = forms.next()?;
    for other in forms {
        first.settle(&other);
    }
    Some(first)
}

/// The date in a file's name as written, and its form: `202202` of `202202_progress.md`.
#[must_use]
pub fn style_of_name(stem: &str) -> Option<(String, Form)> {
    let reading = grammar::all(stem, true, 0).into_iter().find(written::WrittenDate::is_full)?;
    Some((stem.get(reading.span)?.to_owned(), reading.form?))
}

/// The first day of the date in a path, and whether that date is a day: `false` for a month or a week.
#[must_use]
pub fn of_path(path: &NotePath) -> Option<(NaiveDate, bool)> {
    let origin = origin::of_path(path, None, None)?;
    Some((origin.start.date()?, origin.start.day.is_some() && origin.end.is_none()))
}

/// A text with the date `old` in it replaced by `new` in the same style; `None` if `old` is not in it.
///
/// For a date less precise than a day (`Nov 2026`, `2026-W47`) the written part counts.
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
