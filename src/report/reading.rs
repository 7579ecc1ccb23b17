//! The reading list: one item per thing, however many links to it there are.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use serde::Serializer;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Reading;
use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::calendar::DateRange;
use crate::model::reading::ReadingPrecision;
use crate::model::reading::ReadingWhy;
use crate::model::short_id::text_id;
use crate::model::web_address;
use crate::report::id;

/// If there are at most this many remarks, the first one is taken for a verdict.
const VERDICT: usize = 3;

/// Something to read, for listings and scripts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadingItem {
    /// The short id that listings show and commands accept.
    pub id: String,
    /// Its normalized address: links with the same key are one item.
    pub key: String,
    /// The address in its first link.
    pub url: String,
    /// Never empty.
    pub title: String,
    /// Who wrote or said it.
    pub author: Option<String>,
    /// Where it was presented or published.
    pub venue: Option<String>,
    /// When it was published.
    pub year: Option<u16>,
    /// What kind of thing it is.
    pub kind: ReadingKind,
    /// The host, without `www.` and port.
    pub host: Option<String>,
    /// How long it takes, if a note says so.
    pub minutes: Option<u32>,
    /// How far the reader got with it.
    pub state: ReadingState,
    /// Why it has that state; a sentence in JSON and for people.
    #[serde(serialize_with = "sentence")]
    pub why: ReadingWhy,
    /// When it was first noted.
    pub added: Option<NaiveDate>,
    /// How exact that is: `day` or `month`.
    pub added_precision: Option<ReadingPrecision>,
    /// When it was read or dropped.
    pub finished: Option<NaiveDate>,
    /// How exact that is.
    pub finished_precision: Option<ReadingPrecision>,
    /// The headings and items above it, outermost first.
    pub group: Vec<String>,
    /// The first remark, if there are at most three.
    pub verdict: Option<String>,
    /// The remarks below it.
    pub remarks: Vec<String>,
    /// Its links, in the order of the notes; the first one is the place of the item.
    pub sightings: Vec<Sighting>,
}

/// A link to a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// As written.
    pub url: String,
    /// The state according to this link.
    pub state: ReadingState,
    /// It is another address of the same thing, next to the main one.
    #[serde(skip)]
    pub is_other: bool,
    /// Its index in [`Note::reading`].
    #[serde(skip)]
    pub index: usize,
}

fn sentence<S: Serializer>(why: &ReadingWhy, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(why)
}

impl ReadingItem {
    /// The name of the innermost heading or item above it.
    #[must_use]
    pub fn group_name(&self) -> Option<&str> {
        self.group.last().map(String::as_str)
    }

    /// Its place: that of its first link.
    #[must_use]
    pub fn place(&self) -> Option<(&NotePath, usize)> {
        self.sightings.first().map(|sighting| (&sighting.path, sighting.line))
    }

    /// The days that count for its state: when it was read or dropped, else when it was noted. One day, or those
    /// of a month.
    #[must_use]
    pub fn days(&self) -> Option<DateRange> {
        let (day, precision) = match self.state {
            ReadingState::Read | ReadingState::Dropped => (self.finished, self.finished_precision),
            _ => (self.added, self.added_precision),
        };
        Some(precision?.days(day?))
    }

    /// Its links, without other addresses next to them.
    pub fn places(&self) -> impl Iterator<Item = &Sighting> {
        self.sightings.iter().filter(|sighting| !sighting.is_other)
    }

    /// True if a person still has to decide: unsorted, or to look at without a box.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        match self.state {
            ReadingState::Unsorted => true,
            ReadingState::ToLookAt => self.why != ReadingWhy::Box,
            _ => false,
        }
    }

    /// Title, author and place of publication on one line.
    #[must_use]
    pub fn name(&self) -> String {
        let parts = [Some(&self.title), self.author.as_ref(), self.venue.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The time it takes in minutes: stated in a note, else typical for its kind.
    #[must_use]
    pub fn estimate(&self) -> u32 {
        self.minutes.unwrap_or(self.kind.usual_minutes())
    }
}

/// One item per thing in the notes, sorted by path and position. Ids are unique among them.
#[must_use]
pub fn items<'n>(notes: impl IntoIterator<Item = (&'n NotePath, &'n Note)>, today: NaiveDate) -> Vec<ReadingItem> {
    let mut at: HashMap<&str, usize> = HashMap::new();
    let mut merged: Vec<Vec<(&NotePath, usize, &Reading)>> = Vec::new();
    for (path, note) in notes {
        for (index, reading) in note.reading.iter().enumerate() {
            let place = *at.entry(reading.key.as_str()).or_insert_with(|| {
                merged.push(Vec::with_capacity(1));
                merged.len() - 1
            });
            if let Some(seen) = merged.get_mut(place) {
                seen.push((path, index, reading));
            }
        }
    }
    let mut items: Vec<ReadingItem> = merged.iter().filter_map(|seen| item(seen, today)).collect();
    let full: Vec<String> = items.iter().map(|item| text_id(&item.key)).collect();
    let shown = id::shortened(&full, &vec![false; full.len()], &[]);
    for (item, id) in items.iter_mut().zip(shown) {
        item.id = id;
    }
    items
}

/// The priority of a link's state: read counts even if it is open elsewhere. Only repeated reading opens it again.
const fn rank(reading: &Reading) -> u8 {
    match reading.state {
        state if reading.repeats && state.is_open() => 0,
        ReadingState::Read => 1,
        ReadingState::Dropped => 2,
        ReadingState::Reading => 3,
        ReadingState::ToRead => 4,
        ReadingState::ToLookAt => 5,
        ReadingState::Unsorted => 6,
        ReadingState::Reference => 7,
    }
}

fn item(seen: &[(&NotePath, usize, &Reading)], today: NaiveDate) -> Option<ReadingItem> {
    let readings = || seen.iter().map(|(.., reading)| *reading);
    let (_, _, first) = seen.first()?;
    // of several that were read, prefer the one with a remark
    let counts =
        readings().min_by_key(|reading| (rank(reading), reading.remarks.is_empty(), reading.finished.is_none()))?;
    let is_named = |reading: &&Reading| {
        web_address::page_name(&reading.url).as_ref() != Some(&reading.title) && reading.title != reading.key
    };
    let named = if is_named(&counts) { counts } else { readings().find(is_named).unwrap_or(counts) };
    let finished = counts
        .finished
        .or_else(|| readings().filter(|reading| reading.state == counts.state).find_map(|reading| reading.finished));
    // a day is preferred over its month
    let added = readings()
        .filter_map(|reading| reading.added)
        .min_by_key(|(day, precision)| (precision.days(*day).end, *precision != ReadingPrecision::Day));
    let sightings = seen.iter().flat_map(|(path, index, reading)| {
        let sighting = |line: usize, url: &String, is_other: bool| Sighting {
            path: (*path).clone(),
            line,
            url: url.clone(),
            state: reading.state,
            is_other,
            index: *index,
        };
        std::iter::once(sighting(reading.line, &reading.url, false))
            .chain(reading.others.iter().map(move |(line, url)| sighting(*line, url, true)))
            .collect::<Vec<_>>()
    });
    Some(ReadingItem {
        id: String::new(),
        key: first.key.clone(),
        url: first.url.clone(),
        title: named.title.clone(),
        author: named.author.clone().or_else(|| readings().find_map(|reading| reading.author.clone())),
        venue: named.venue.clone(),
        year: named.year.or_else(|| readings().find_map(|reading| reading.year)),
        kind: first.kind,
        host: web_address::host(&first.url),
        minutes: readings().find_map(|reading| reading.minutes),
        state: counts.state,
        why: counts.why.clone(),
        added: added.map(|(day, _)| day),
        added_precision: added.map(|(_, precision)| precision),
        // `read by the end of this month` means by today, if the month is not over
        finished: finished.map(|(day, known)| if known == ReadingPrecision::By { day.min(today) } else { day }),
        finished_precision: finished.map(|(_, precision)| precision),
        group: counts.group.clone(),
        verdict: counts.remarks.first().filter(|_| counts.remarks.len() <= VERDICT).cloned(),
        remarks: counts.remarks.clone(),
        sightings: sightings.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn of(notes: &[(&str, &str)]) -> Vec<ReadingItem> {
        let parsed: Vec<(NotePath, Note)> = notes
            .iter()
            .map(|(path, text)| {
                let path = NotePath::from(*path);
                let note = parse::parse(&path, text, &parse::Options::default()).note;
                (path, note)
            })
            .collect();
        items(parsed.iter().map(|(path, note)| (path, note)), NaiveDate::MAX)
    }

    #[test]
    fn a_link_ticked_here_and_open_there_is_one_item() {
        let items = of(&[
            ("a.md", "# To read\n\n- [ ] https://www.a.org/loom/\n- [ ] [Shuttles](https://a.org/shuttles)\n"),
            ("b.md", "# 2026-11-02\n\n- [x] [Looms](http://a.org/loom?utm_source=b)\n"),
        ]);
        assert_eq!(items.len(), 2);
        let loom = &items[0];
        assert_eq!((loom.title.as_str(), loom.state), ("Looms", ReadingState::Read));
        let places: Vec<_> = loom.sightings.iter().map(|s| (s.path.as_str(), s.line, s.state)).collect();
        assert_eq!(places, [("a.md", 3, ReadingState::ToRead), ("b.md", 3, ReadingState::Read)]);
        assert_eq!(loom.finished, "2026-11-02".parse().ok());
        assert_ne!(loom.id, items[1].id);
    }

    #[test]
    fn the_first_of_few_remarks_is_the_verdict() {
        let list = |remarks: &str| of(&[("a.md", &format!("# Reading list\n\n- https://a.org/loom\n{remarks}"))]);
        let few = list("  - not that interesting\n  - long\n");
        assert_eq!((few[0].state, few[0].verdict.as_deref()), (ReadingState::Read, Some("not that interesting")));
        let many = list(&"  - and so on\n".repeat(4));
        assert_eq!((many[0].verdict.as_deref(), many[0].remarks.len()), (None, 4));
    }
}
