//! Weekdays that stand alone below a week: `### Friday` below `## Week 47 (16–20 Nov)`, `- Fri` in the note `2026-W47.md`.
//!
//! Elsewhere such a line may be a title, or say when somebody is there: it dates nothing.

use chrono::NaiveDate;
use chrono::Weekday;

use crate::model::calendar::Unit;
use crate::parse::dates::draft::DateLine;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::draft::Week;
use crate::parse::dates::draft::depth;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::names;
use crate::parse::dates::names::Sense;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;

/// The longest stretch of days in which each weekday stands once.
const WEEK: i64 = 7;

/// A weekday and nothing else; `mar` may be a month.
fn alone(text: &str) -> Option<Sense<Weekday>> {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    let known = Some(word).filter(|word| !word.is_empty() && word.chars().all(char::is_alphabetic))?;
    let known = names::known(known)?;
    known.weekday.filter(|_| known.month.is_none())
}

/// The weekdays that stand alone right below a week, by line, with what says the days of that week.
pub(super) fn find(draft: &Draft<'_>, readings: &[(usize, WrittenDate)]) -> Vec<(usize, WrittenDate, Week)> {
    let mut base = draft.path.filter(|path| draft.context(Some(*path)).is_some_and(|path| path.days.is_some()));
    let mut base = base.take().map(Week::DateContext);
    let mut readings = readings.iter().peekable();
    // with its depth, each line that holds others; no week where it is something else
    let mut open: Vec<(usize, Option<Week>)> = Vec::new();
    let mut found: Vec<(usize, Sense<Weekday>, Week)> = Vec::new();
    for (at, line) in draft.input.lines.iter().enumerate() {
        let reading = readings.next_if(|(index, _)| *index == at).map(|(_, reading)| reading);
        let week = reading.filter(|reading| reading.end.is_some() || reading.week.is_some()).map(|_| Week::Line(at));
        if draft.title == Some(at) {
            base = week.or(base);
            continue;
        }
        let depth = depth(line.kind);
        // a label line ends no week that is a label line
        let ends = |(other, held): &(usize, Option<Week>)| {
            *other > depth || (*other == depth && (line.kind != LineKind::Label || week.is_some() || held.is_none()))
        };
        while open.last().is_some_and(ends) {
            open.pop();
        }
        let over = open.last().map_or(base, |(_, held)| *held);
        found.extend(over.filter(|_| reading.is_none()).and_then(|over| Some((at, alone(line.text)?, over))));
        open.push((depth, week));
    }
    // `So` and `Do` are days where others of their language are
    let is_known = |(_, sense, _): &(usize, Sense<Weekday>, Week)| {
        let beside = |(_, other, _): &(usize, Sense<Weekday>, Week)| {
            other.value != sense.value && other.languages & sense.languages != 0
        };
        !sense.is_weak() || found.iter().any(beside)
    };
    let known = found.iter().filter(|found| is_known(found));
    let line = |at: usize| draft.line(at).map_or(0, |line| line.text.len());
    known.map(|(at, sense, week)| (*at, reading(sense.value, line(*at)), *week)).collect()
}

fn reading(weekday: Weekday, length: usize) -> WrittenDate {
    WrittenDate {
        start: Parts { weekday: Some(weekday), ..Parts::default() },
        end: None,
        week: None,
        order: Order::Plain,
        languages: u8::MAX,
        full_in: u8::MAX,
        uncertain: false,
        month_or_weekday: false,
        form: None,
        span: 0..length,
    }
}

/// Gives the weekdays their days, once those of their weeks are known, and drops the others.
pub(super) fn date(draft: &Draft<'_>, items: &mut Vec<DateLine>) {
    for nth in 0..items.len() {
        let Some((week, weekday)) = items.get(nth).and_then(|item| Some((item.week?, item.reading.start.weekday?)))
        else {
            continue;
        };
        let Some((day, why)) = within(draft, items, week, weekday) else { continue };
        if let Some(item) = items.get_mut(nth) {
            item.days = Some((day, None));
            item.before = Some(day);
            item.why.push(why);
        }
    }
    items.retain(|item| item.week.is_none() || item.days.is_some());
}

/// The day of a week, and why it is that.
fn within(draft: &Draft<'_>, items: &[DateLine], week: Week, weekday: Weekday) -> Option<(NaiveDate, String)> {
    let (start, end, is_numbered, place, written) = match week {
        Week::Line(at) => {
            let item = items.get(items.binary_search_by_key(&at, |item| item.at).ok()?)?;
            let (start, end) = item.days?;
            let line = draft.line(at)?;
            let written = line.text.get(item.reading.span.clone()).unwrap_or(line.text);
            (start, end?, item.reading.week.is_some(), format!("line {}", line.line), written)
        }
        Week::DateContext(at) => {
            let context = draft.context(Some(at))?;
            let (start, end) = context.days?;
            (start, end, false, context.place.clone(), context.written.as_str())
        }
    };
    // a week that is named has all its days, also where only those of work stand beside it
    let whole = Unit::Week.period(start).and_then(|week| week.end).filter(|_| is_numbered);
    let end = whole.map_or(end, |last| last.max(end));
    let mut days = start.iter_days().take_while(|day| *day <= end);
    let is_week = (end - start).num_days() < WEEK;
    let day = days.find(|day| chrono::Datelike::weekday(day) == weekday).filter(|_| is_week)?;
    Some((day, format!("the weekday in the days of {place}: \"{written}\"")))
}
