//! Works out the final days of dated lines from the lines and their context.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::calendar::iso_week;
use crate::parse::dates::draft::DateContext;
use crate::parse::dates::draft::DateLine;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::draft::depth;
use crate::parse::dates::origin;
use crate::parse::dates::weekdays;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::date as day;
use crate::parse::dates::year_check;
use crate::parse::dates::year_check::Evidence;
use crate::parse::dates::year_check::Verdict;
use crate::parse::dates::year_check::WeekdayClue;

/// Entries may belong to the month before or after if they are at most this far from the next entry, in days.
const NEAR: i64 = 20;

/// Checks every written year and month against the weekdays of the days that depend on it.
pub(super) fn check_years(draft: &mut Draft<'_>) {
    let mut newest = None;
    let mut dependent = grouped(draft, |item| item.year_from);
    for index in 0..draft.contexts.len() {
        let Some(context) = draft.contexts.get(index) else { continue };
        let Some(year) = context.year.filter(|_| !context.is_day && context.days.is_none()) else { continue };
        let month = context.month;
        let clues = clues(draft, index, &dependent.remove(&index).unwrap_or_default());
        if clues.is_empty() {
            continue;
        }
        let newest = *newest.get_or_insert_with(|| newest_url(draft));
        let evidence = Evidence { named: named(draft, index), newest };
        let verdict = year_check::check(year, month, &clues, &evidence);
        let Some(context) = draft.contexts.get_mut(index) else { continue };
        match verdict {
            Verdict::Keep => {}
            // a year somewhere in a title makes no claim that could be wrong
            _ if context.is_loose => context.is_doubtful = true,
            Verdict::Taken { year, month, why } => {
                context.taken = Some((year, month));
                context.why = Some(why);
            }
            Verdict::Undecided { why } => {
                context.is_doubtful = true;
                context.why = Some(why);
            }
        }
    }
}

fn newest_url(draft: &Draft<'_>) -> Option<(usize, NaiveDate)> {
    let dated = draft.input.urls.iter().filter_map(|(line, url)| Some((*line, origin::of_url(url)?)));
    dated.max_by_key(|(line, date)| (*date, std::cmp::Reverse(*line)))
}

/// The items grouped by a common key.
fn grouped<K: Ord>(draft: &Draft<'_>, key: impl Fn(&DateLine) -> Option<K>) -> BTreeMap<K, Vec<usize>> {
    let mut groups = BTreeMap::<K, Vec<usize>>::new();
    for (at, item) in draft.items.iter().enumerate() {
        if let Some(key) = key(item) {
            groups.entry(key).or_default().push(at);
        }
    }
    groups
}

fn clues(draft: &Draft<'_>, index: usize, items: &[usize]) -> Vec<WeekdayClue> {
    let mut clues = Vec::new();
    for item in items.iter().filter_map(|at| draft.items.get(*at)) {
        let own = |parts: Parts| match (parts.month, item.month_from) {
            (Some(month), _) => Some(Some(month)),
            (None, Some(from)) if from == index => Some(None),
            (None, from) => draft.context(from).and_then(|context| context.month).map(Some),
        };
        let start = item.reading.start;
        // the last day of a range may be in the next month
        let end = item.reading.end.filter(|end| end.month.is_some() || end.day >= start.day);
        for parts in [Some(start), end].into_iter().flatten() {
            if let (Some(day), Some(weekday), Some(month), None) = (parts.day, parts.weekday, own(parts), parts.year) {
                clues.push(WeekdayClue { day, month, weekday: weekday.num_days_from_monday() });
            }
        }
    }
    clues
}

/// Year and month in path and front matter, as evidence about a title.
fn named(draft: &Draft<'_>, index: usize) -> Vec<(i32, Option<u32>, String)> {
    let is_title = draft.contexts.get(index).is_some_and(|context| context.is_title);
    let others = [draft.path, draft.front].into_iter().flatten().filter(|other| is_title && *other != index);
    others
        .filter_map(|other| draft.contexts.get(other))
        .filter_map(|other| Some((other.year?, other.month, other.place.clone())))
        .collect()
}

/// Works out the days of every line where possible.
pub(super) fn date(draft: &mut Draft<'_>) {
    let by_month = grouped(draft, |item| item.month_from);
    let by_kind = grouped(draft, |item| draft.line(item.at).map(|line| depth(line.kind)));
    let mut items = std::mem::take(&mut draft.items);
    for item in &mut items {
        one(draft, item);
    }
    for (index, group) in by_month {
        if draft.contexts.get(index).is_some_and(|context| !context.is_doubtful) {
            shift_edges(&mut items, &group);
        }
    }
    for group in by_kind.into_values() {
        by_neighbours(draft, &mut items, &group);
    }
    weekdays::date(draft, &mut items);
    if let Some(near) = draft.near {
        let is_far = |item: &DateLine| {
            item.days.is_some_and(|(start, end)| !near.overlaps(DateRange::between(start, end.unwrap_or(start))))
        };
        draft.far.extend(items.iter().filter(|item| is_far(item)).map(|item| item.at));
        items.retain(|item| !is_far(item));
    }
    draft.items = items;
}

fn one(draft: &Draft<'_>, item: &mut DateLine) {
    let (month_from, year_from) = (draft.context(item.month_from), draft.context(item.year_from));
    let written = |context: Option<&DateContext>| context.map_or((None, None), |context| (context.year, context.month));
    let taken = |context: Option<&DateContext>| context.map_or((None, None), DateContext::as_taken);
    let reading = &item.reading;
    if reading.is_full() {
        let days = days(item, None, None, None);
        let quoted = draft.line(item.at).and_then(|line| line.text.get(reading.span.clone())).unwrap_or("");
        item.days = days;
        item.before = days.map(|(start, _)| start);
        item.why.push(match reading.order {
            _ if reading.is_week_number() => format!("the week in \"{quoted}\""),
            Order::Ambiguous => format!("written in full: \"{quoted}\", day and month in the order of the others"),
            _ => format!("written in full: \"{quoted}\""),
        });
    } else if let Some(range) = month_from.and_then(|context| context.days) {
        // a day of a week or conference: in the month of its first day, or in the next one
        let inside = |from: NaiveDate| {
            days(item, Some(from.year()), Some(from.month()), None)
                .filter(|(start, _)| (range.0..=range.1).contains(start))
        };
        item.days = inside(range.0).or_else(|| inside(range.1));
        item.before = item.days.map(|(start, _)| start);
    } else {
        let (year, beside) = taken(year_from);
        item.days = days(item, year, taken(month_from).1, beside);
        let (year, beside) = written(year_from);
        item.before = days(item, year, written(month_from).1, beside).map(|(start, _)| start);
    }
    for (what, context) in sources(item) {
        let Some(context) = draft.context(context) else { continue };
        item.why.push(match &context.why {
            Some(why) if context.taken.is_some() => context.corrected(why),
            _ => format!("{what} from {}: \"{}\"", context.place, context.written),
        });
    }
    // `Log 2026` gives its year to weeks, `GOTO 2015` does not
    let is_stretch = item.reading.end.is_some() || item.reading.week.is_some();
    let loose = year_from.is_some_and(|context| context.is_loose && !(is_stretch && draft.is_journal));
    // `Week 3` might be a week of a course
    let is_counted = item.reading.is_week_number()
        && !draft.is_journal
        && year_from.is_some_and(|context| context.at.is_none())
        && draft.line(item.at).and_then(|line| line.text.get(item.reading.span.clone())).is_some_and(is_counted);
    if is_counted {
        item.days = None;
    }
    let wrong = item.days.is_some_and(|(start, end)| item.reading.weekday_is_wrong(start, end));
    // an ambiguous short word, or a year from a loosely related place, needs a weekday that confirms it
    if (loose || item.reading.uncertain) && (wrong || item.reading.start.weekday.is_none()) {
        item.days = None;
    }
}

/// True for a week named with a word: `Week 3`, not `W3` or `KW 3`.
fn is_counted(written: &str) -> bool {
    let word = written.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    !["w", "kw", "cw"].iter().any(|short| word.eq_ignore_ascii_case(short))
}

/// Which fields a line takes from which contexts, for its reasons.
fn sources(item: &DateLine) -> Vec<(&'static str, Option<usize>)> {
    match (item.month_from, item.year_from) {
        (Some(month), Some(year)) if month == year => vec![("month and year", Some(month))],
        (month, year) => {
            let both = [("month", month), ("year", year)];
            both.into_iter().filter(|(_, from)| from.is_some()).collect()
        }
    }
}

impl DateContext {
    /// `line 1 says "Feb 2021", taken as 2022: …`
    pub(super) fn corrected(&self, why: &str) -> String {
        let taken = self.year.zip(self.taken).map(|(year, taken)| year_check::named_change((year, self.month), taken));
        format!("{} says \"{}\", taken as {}: {why}", self.place, self.quoted(), taken.unwrap_or_default())
    }

    /// The date in it as written: `Feb 2021` of `Progress Feb 2021`.
    pub(super) fn quoted(&self) -> &str {
        self.reading.as_ref().and_then(|reading| self.written.get(reading.span.clone())).unwrap_or(&self.written)
    }
}

/// The days of a line, with a year and a month for missing fields; `beside` is the month that the year belongs to.
fn days(
    item: &DateLine,
    year: Option<i32>,
    month: Option<u32>,
    beside: Option<u32>,
) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let start = item.reading.start;
    if let Some(week) = item.reading.week.filter(|_| start.day.is_none()) {
        let week = iso_week(year?, week)?;
        return Some((week.start?, week.end));
    }
    let month = start.month.or(month)?;
    let at = |year: i32| day(year, month, start.day.unwrap_or(1));
    let first = match start.year {
        Some(year) => at(year),
        None => {
            let year = year?;
            let near = year_check::year_of(month, year, beside);
            let fits = |date: &NaiveDate| start.weekday.is_none_or(|weekday| weekday == date.weekday());
            at(near).filter(fits).or_else(|| at(year).filter(fits)).or_else(|| at(near))
        }
    }?;
    let Some(end) = item.reading.end else {
        let week = item.reading.week.and_then(|_| Unit::Week.period(first));
        return Some(week.and_then(|week| Some((week.start?, week.end))).unwrap_or((first, None)));
    };
    let number = end.day?;
    let end_month = end.month.unwrap_or(if number >= first.day() { first.month() } else { first.month() % 12 + 1 });
    let end_year = end.year.unwrap_or(if end_month < first.month() { first.year() + 1 } else { first.year() });
    day(end_year, end_month, number).filter(|last| *last > first).map(|last| (first, Some(last)))
}

/// Moves entries at either end of a month's list to the month before or after if they belong there.
fn shift_edges(items: &mut [DateLine], group: &[usize]) {
    let single = |item: &&DateLine| item.reading.end.is_none();
    let here: Vec<usize> = group.iter().copied().filter(|at| items.get(*at).as_ref().is_some_and(single)).collect();
    let fits = |item: &&DateLine| item.days.is_some_and(|(start, end)| !item.reading.weekday_is_wrong(start, end));
    let date = |at: usize| items.get(at).filter(fits).and_then(|item| Some((at, item.days?.0)));
    let good: Vec<(usize, NaiveDate)> = here.iter().filter_map(|at| date(*at)).collect();
    let (Some(first), Some(last)) = (good.first().copied(), good.last().copied()) else { return };
    let order = direction(good.iter().map(|(_, date)| *date));
    // outward from the settled ones, so that each has a settled neighbour
    let before = here.iter().rev().copied().filter(|at| *at < first.0);
    let after = here.iter().copied().filter(|at| *at > last.0);
    shift(items, before, first.1, -order);
    shift(items, after, last.1, order);
}

/// 1 for oldest first, -1 for newest first, 0 if unknown.
fn direction(dates: impl Iterator<Item = NaiveDate>) -> i64 {
    let dates: Vec<NaiveDate> = dates.collect();
    let steps = dates.windows(2).filter_map(|pair| Some((pair.first()?.to_owned(), pair.get(1)?.to_owned())));
    steps.map(|(a, b)| i64::from(a < b) - i64::from(b < a)).sum::<i64>().signum()
}

/// Moves entries by a month, one by one away from `near`, as long as the result is clear.
fn shift(items: &mut [DateLine], order: impl Iterator<Item = usize>, mut near: NaiveDate, way: i64) {
    for at in order {
        let Some(item) = items.get_mut(at) else { return };
        let Some(number) = item.reading.start.day else { return };
        let moved = |by: i64| {
            let (year, month) = months_from(near, by)?;
            let date = day(year, month, number)?;
            let far = (date - near).num_days();
            let fits = item.reading.start.weekday.is_none_or(|weekday| weekday == date.weekday());
            // without a weekday, only a 31st in a month of 30 days shows that another month is meant
            (fits && far.abs() <= NEAR && (item.reading.start.weekday.is_some() || item.days.is_none())).then_some(date)
        };
        let found = match way {
            0 => moved(-1).xor(moved(1)),
            way => moved(way),
        };
        let Some(date) = found else { return };
        item.days = Some((date, None));
        item.before = Some(date);
        let which = if date < near { "before" } else { "after" };
        item.why.push(format!("in the month {which}, next to {near}"));
        near = date;
    }
}

fn months_from(date: NaiveDate, by: i64) -> Option<(i32, u32)> {
    let months = i64::from(date.year()) * 12 + i64::from(date.month0()) + by;
    Some((i32::try_from(months.div_euclid(12)).ok()?, u32::try_from(months.rem_euclid(12)).ok()? + 1))
}

/// Completes lines without month or year from neighbouring dated lines of the same kind.
fn by_neighbours(draft: &Draft<'_>, items: &mut [DateLine], group: &[usize]) {
    if !group.iter().any(|at| items.get(*at).is_some_and(lacks_context)) {
        return;
    }
    // those with a weekday first: they show in which direction the others go
    for with_weekday in [true, false] {
        let date = |at: &usize| Some((*at, items.get(*at)?.days?.0));
        let dated: Vec<(usize, NaiveDate)> = group.iter().filter_map(date).collect();
        let order = direction(dated.iter().map(|(_, date)| *date));
        let after = |at: usize| dated.get(dated.partition_point(|(other, _)| *other <= at)).map(|(_, date)| *date);
        let (mut previous, mut next) = (None, None);
        for at in group.iter().copied() {
            fill(draft, items, at, &mut previous, after(at), order, with_weekday);
        }
        for at in group.iter().rev().copied() {
            fill(draft, items, at, &mut next, None, -order, with_weekday);
        }
    }
}

/// True for a line that gets no month or no year from a heading.
fn lacks_context(item: &DateLine) -> bool {
    let start = item.reading.start;
    let lacks_month = start.month.is_none() && item.month_from.is_none() && item.reading.week.is_none();
    let lacks_year = start.year.is_none() && item.year_from.is_none();
    item.days.is_none() && item.week.is_none() && !item.reading.uncertain && (lacks_month || lacks_year)
}

/// Dates a line from the one `beside` it (and the one on its other side), then serves as the neighbour of the next one.
fn fill(
    draft: &Draft<'_>,
    items: &mut [DateLine],
    at: usize,
    beside: &mut Option<NaiveDate>,
    other: Option<NaiveDate>,
    order: i64,
    with_weekday: bool,
) {
    let Some(item) = items.get_mut(at) else { return };
    if let Some((start, _)) = item.days {
        *beside = Some(start);
        return;
    }
    let start = item.reading.start;
    let is_turn = start.weekday.is_some() || !with_weekday;
    let Some(near) = beside.filter(|_| is_turn && lacks_context(item)) else { return };
    let known_month = start.month.or_else(|| draft.context(item.month_from).and_then(|context| context.as_taken().1));
    let is_week = item.reading.is_week_number();
    // first days, with the year and month that complete the line
    let candidates: Vec<(NaiveDate, i32, Option<u32>)> = (-1_i32..=1)
        .filter_map(|by| match known_month {
            _ if is_week => Some((near.year() + by, None)),
            Some(month) => Some((near.year() + by, Some(month))),
            None => months_from(near, by.into()).map(|(year, month)| (year, Some(month))),
        })
        .filter_map(|(year, month)| Some((days(item, Some(year), month, None)?.0, year, month)))
        .collect();
    let reach = if known_month.is_some() || is_week { 180 } else { 40 };
    let fits = |(date, ..): &(NaiveDate, i32, Option<u32>)| {
        let step = (*date - near).num_days();
        let in_order = match order {
            // a week contains the days around it
            _ if is_week => true,
            0 => other.is_none_or(|other| (*date >= near.min(other)) && *date <= near.max(other)),
            order => step * order >= 0 && other.is_none_or(|other| (other - *date).num_days() * order >= 0),
        };
        in_order && step.abs() <= reach && start.weekday.is_none_or(|weekday| weekday == date.weekday())
    };
    let mut fitting: Vec<(NaiveDate, i32, Option<u32>)> = candidates.into_iter().filter(fits).collect();
    fitting.sort_by_key(|(date, ..)| (*date - near).abs());
    // where the order is known, the nearest that keeps it
    if let Some((date, year, month)) = fitting.first().copied()
        && (order != 0 || fitting.len() == 1)
    {
        item.days = days(item, Some(year), month, None);
        item.before = Some(date);
        item.why.push(format!("next to the entry of {near}"));
        *beside = Some(date);
    }
}
