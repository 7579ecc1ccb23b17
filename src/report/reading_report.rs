//! The reading list as values: numbers, lists, one thing for today, duplicates, and statistics by month.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::Datelike as _;
use chrono::Months;
use chrono::NaiveDate;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::calendar::DateRange;
use crate::report::ages::Ages;
use crate::report::reading::ReadingItem;
use crate::report::todo_views::year_and_month;

/// How a list is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReadingBy {
    /// Not at all: in the order of the notes.
    #[default]
    Place,
    /// By host of the address.
    Host,
    /// By kind of thing.
    Kind,
    /// By the heading or item above it.
    Group,
    /// By the month in which it was read, else noted.
    Month,
}

/// How a reading list is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingOptions {
    /// Only items in these states; empty: all.
    pub states: Vec<ReadingState>,
    /// Only items read or dropped in this period, or, if they are waiting, noted in it.
    pub range: Option<DateRange>,
    /// The grouping.
    pub by: ReadingBy,
    /// Show numbers instead of a list.
    pub summary: bool,
    /// Maximum number of rows.
    pub limit: Option<usize>,
}

/// A reading list.
#[derive(Debug, Clone)]
pub struct ReadingReport {
    /// The listed items, in order.
    pub items: Vec<ReadingItem>,
    /// The parts of the list: a name, and the number of items in it. One without a name if there is no grouping.
    pub parts: Vec<(Option<String>, usize)>,
    /// The numbers for everything that the query selected.
    pub counts: ReadingCounts,
    /// The number of items to list; more than are listed if there is a limit.
    pub found: usize,
    /// The number left out because they have no date, if a period was requested.
    pub undated: usize,
    /// The number left out because only their month is known, and the requested period is a part of it.
    pub longer: usize,
    /// The request.
    pub options: ReadingOptions,
    /// The day from which ages are counted.
    pub today: NaiveDate,
}

/// The size of a reading list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingCounts {
    /// The number of things.
    pub items: usize,
    /// The number of links to them.
    pub links: usize,
    /// The number of notes with such a link.
    pub notes: usize,
    /// The number in each state, in the order of [`ReadingState::ALL`]; states without any are left out.
    pub states: Vec<(ReadingState, usize)>,
    /// Since when the oldest of those to read has been waiting.
    pub oldest: Option<NaiveDate>,
    /// Those to read by kind, the most frequent first.
    pub kinds: Vec<(ReadingKind, usize)>,
    /// Those to read by group, the most frequent first; `None` for no group.
    pub groups: Vec<(Option<String>, usize)>,
}

impl ReadingCounts {
    /// Counts items.
    #[must_use]
    pub fn new(items: &[ReadingItem]) -> Self {
        let mut paths: Vec<_> = items.iter().flat_map(|item| &item.sightings).map(|sighting| &sighting.path).collect();
        paths.sort_unstable();
        paths.dedup();
        let states = ReadingState::ALL.into_iter().filter_map(|state| {
            let count = items.iter().filter(|item| item.state == state).count();
            (count > 0).then_some((state, count))
        });
        let to_read = || items.iter().filter(|item| item.state == ReadingState::ToRead);
        Self {
            items: items.len(),
            links: items.iter().map(|item| item.sightings.len()).sum(),
            notes: paths.len(),
            states: states.collect(),
            oldest: to_read().filter_map(|item| item.added).min(),
            kinds: most_first(to_read().map(|item| item.kind), |kind| {
                ReadingKind::ALL.iter().position(|other| other == kind)
            }),
            groups: most_first(to_read().map(|item| item.group_name().map(str::to_owned)), |group| group.is_none()),
        }
    }

    /// The number in a state.
    #[must_use]
    pub fn of(&self, state: ReadingState) -> usize {
        self.states.iter().find(|(other, _)| *other == state).map_or(0, |(_, count)| *count)
    }
}

/// The number of occurrences of each value, the most frequent first; on a tie by `order`, then by first occurrence.
fn most_first<T: Ord + Clone, O: Ord>(values: impl Iterator<Item = T>, order: impl Fn(&T) -> O) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, (usize, usize)> = BTreeMap::new();
    for (at, value) in values.enumerate() {
        counts.entry(value).or_insert((0, at)).0 += 1;
    }
    let mut found: Vec<(T, (usize, usize))> = counts.into_iter().collect();
    found.sort_by_key(|(value, (count, at))| (Reverse(*count), order(value), *at));
    found.into_iter().map(|(value, (count, _))| (value, count)).collect()
}

impl ReadingReport {
    /// Lists what a query selected.
    #[must_use]
    pub fn new(items: Vec<ReadingItem>, options: ReadingOptions, today: NaiveDate) -> Self {
        let counts = ReadingCounts::new(&items);
        let wanted = |item: &ReadingItem| options.states.is_empty() || options.states.contains(&item.state);
        let mut items: Vec<ReadingItem> = items.into_iter().filter(wanted).collect();
        let (mut undated, mut longer) = (0, 0);
        if let Some(range) = options.range {
            undated = items.iter().filter(|item| item.days().is_none()).count();
            let overlap = items.iter().filter(|item| item.days().is_some_and(|days| days.overlaps(range))).count();
            items.retain(|item| item.days().is_some_and(|days| range.covers(days)));
            longer = overlap - items.len();
        }
        let only_closed = !options.states.is_empty()
            && options.states.iter().all(|state| !state.is_open() && *state != ReadingState::Reference);
        if only_closed && options.by == ReadingBy::Place {
            // the latest first; `read by` a day comes after `read on` that day
            items.sort_by_key(|item| {
                (
                    item.finished.is_none(),
                    Reverse(item.days().and_then(|days| days.end)),
                    item.finished_precision
                        .is_some_and(|precision| precision != crate::model::reading::ReadingPrecision::Day),
                )
            });
        }
        let parts = match options.by {
            ReadingBy::Place => vec![(None, items.len())],
            by => {
                let key = |item: &ReadingItem| match by {
                    ReadingBy::Place => None,
                    ReadingBy::Host => item.host.clone(),
                    ReadingBy::Kind => Some(item.kind.name().to_owned()),
                    ReadingBy::Group => Some(item.group.join(" > ")).filter(|group| !group.is_empty()),
                    ReadingBy::Month => item.finished.or(item.added).map(|day| day.format("%Y-%m").to_string()),
                };
                let mut counted = most_first(items.iter().map(key), Option::is_none);
                if by == ReadingBy::Month {
                    counted.sort_by(|a, b| b.0.cmp(&a.0));
                }
                let places: BTreeMap<Option<String>, usize> =
                    counted.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
                items.sort_by_cached_key(|item| places.get(&key(item)).copied());
                counted
            }
        };
        let mut report = Self { items, parts, counts, found: 0, undated, longer, options, today };
        report.found = report.items.len();
        report.cut();
        report
    }

    /// Applies the limit.
    fn cut(&mut self) {
        let Some(limit) = self.options.limit else { return };
        self.items.truncate(limit);
        let mut left = limit;
        for (_, count) in &mut self.parts {
            *count = (*count).min(left);
            left -= *count;
        }
        self.parts.retain(|(_, count)| *count > 0);
    }
}

/// One thing to read today.
#[derive(Debug, Clone, Serialize)]
pub struct NextReading {
    /// `None` if nothing fits.
    pub item: Option<ReadingItem>,
    /// The available time, in minutes.
    #[serde(skip)]
    pub minutes: Option<u32>,
    /// The total number waiting.
    #[serde(skip)]
    pub waiting: usize,
    /// The shortest time among them, in minutes.
    #[serde(skip)]
    pub shortest: Option<u32>,
    /// The day from which ages are counted.
    #[serde(skip)]
    pub today: NaiveDate,
}

impl NextReading {
    /// Chooses an item: those to read before those to look at, from the group waiting longest. The same all day.
    #[must_use]
    pub fn new(items: &[ReadingItem], minutes: Option<u32>, today: NaiveDate) -> Self {
        let waits = |item: &&ReadingItem| item.state.is_open();
        let fits = |item: &&ReadingItem| minutes.is_none_or(|minutes| item.estimate() <= minutes);
        let rank = |item: &ReadingItem| match item.state {
            ReadingState::ToRead | ReadingState::Reading => 0,
            ReadingState::ToLookAt => 1,
            _ => 2,
        };
        let group = |item: &ReadingItem| (item.place().map(|(path, _)| path.clone()), item.group.clone());
        let mut since: BTreeMap<_, NaiveDate> = BTreeMap::new();
        for item in items.iter().filter(waits).filter(fits) {
            let added = item.added.unwrap_or(NaiveDate::MAX);
            let first = since.entry((rank(item), group(item))).or_insert(added);
            *first = added.min(*first);
        }
        let draw = |item: &ReadingItem| xxh3_64(format!("{today}{}", item.key).as_bytes());
        let oldest = |item: &ReadingItem| since.get(&(rank(item), group(item))).copied();
        let fitting = items.iter().filter(waits).filter(fits);
        let next = fitting.min_by_key(|item| (rank(item), oldest(item), group(item), draw(item)));
        Self {
            item: next.cloned(),
            minutes,
            waiting: items.iter().filter(waits).count(),
            shortest: items.iter().filter(waits).map(ReadingItem::estimate).min(),
            today,
        }
    }
}

/// Things with links in more than one place.
#[derive(Debug, Clone)]
pub struct ReadingDupes {
    /// The things, in the order of the notes.
    pub items: Vec<ReadingItem>,
}

impl ReadingDupes {
    /// Selects the items with links in more than one place.
    #[must_use]
    pub fn new(items: Vec<ReadingItem>) -> Self {
        Self { items: items.into_iter().filter(|item| item.places().count() > 1).collect() }
    }
}

/// A month of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReadingMonth {
    /// Its first day.
    #[serde(serialize_with = "year_and_month")]
    pub month: NaiveDate,
    /// The number of things noted in it.
    pub added: usize,
    /// The number of things read in it.
    pub read: usize,
}

/// Reading statistics by month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingStats {
    /// Every month from the first to the last with something, without gaps.
    pub months: Vec<ReadingMonth>,
    /// The numbers for everything.
    pub counts: ReadingCounts,
    /// The number of things read or to read without a date.
    pub undated: usize,
    /// The age of what is not read yet.
    pub ages: Ages,
    /// The hosts of things read or to read, the most frequent first.
    pub hosts: Vec<(String, usize)>,
}

impl ReadingStats {
    /// Counts items; references do not count.
    #[must_use]
    pub fn new(items: &[ReadingItem], today: NaiveDate) -> Self {
        let mut months: BTreeMap<NaiveDate, (usize, usize)> = BTreeMap::new();
        let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let mut stats = Self { counts: ReadingCounts::new(items), ..Self::default() };
        let counted = || items.iter().filter(|item| item.state != ReadingState::Reference);
        for item in counted() {
            if item.state.is_open() {
                stats.ages.add(item.added.map(|day| (today - day).num_days()));
            }
            match item.added {
                Some(day) => months.entry(first(day)).or_default().0 += 1,
                None => stats.undated += 1,
            }
            if item.state == ReadingState::Read
                && let Some(day) = item.finished
            {
                months.entry(first(day)).or_default().1 += 1;
            }
        }
        if let (Some((&from, _)), Some((&to, _))) = (months.first_key_value(), months.last_key_value()) {
            let mut month = from;
            // a wrong century in one note must not make a huge chart
            while month <= to && stats.months.len() < 1200 {
                let (added, read) = months.get(&month).copied().unwrap_or_default();
                stats.months.push(ReadingMonth { month, added, read });
                month = month.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
            }
        }
        stats.hosts = most_first(counted().filter_map(|item| item.host.clone()), |_| ());
        stats
    }
}
