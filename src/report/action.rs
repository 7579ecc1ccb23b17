//! Actions of a series of meetings: the same point in several meetings is one action with a history.
//!
//! A point goes on where a later meeting has its words again: with the mark of what was carried, or without, as long as it was not
//! done. With other words it goes on where the old line links to it, or where the mark names the day and most words are the same.
//! The last copy says whether it is done. Called by `report::meeting` and, for what is carried over, by the session.

use std::collections::BTreeSet;
use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::Point;
use crate::model::meeting::Carried;
use crate::model::meeting::PointKind;
use crate::model::meeting::PointState;
use crate::parse;
use crate::parse::carried;
use crate::report::series::MeetingRef;
use crate::report::series::Series;

/// So many of the newest actions with the same words are looked at.
const NEWEST: usize = 8;

/// So many of the actions that were raised on a day are looked at for one with similar words.
const MOST_OF_A_DAY: usize = 200;

/// An action and where it was seen.
#[derive(Debug, Clone)]
pub struct Action {
    /// The meeting and the point of each copy, oldest first: indices into the series and the meeting.
    pub sightings: Vec<(usize, usize)>,
    /// The date of the meeting that raised it.
    pub raised: NaiveDate,
    /// How often it was carried over.
    pub carried: usize,
}

impl Action {
    /// The newest copy, which counts.
    #[must_use]
    pub fn last<'s, 'a>(&self, series: &'s Series<'a>) -> Option<(&'s MeetingRef<'a>, &'a Point)> {
        let (meeting, point) = self.sightings.last()?;
        let meeting = series.meetings.get(*meeting)?;
        Some((meeting, meeting.meeting.points.get(*point)?))
    }
}

/// The actions of a series, in the order in which they were raised. Decisions are not.
#[must_use]
pub fn of(series: &Series<'_>) -> Vec<Action> {
    let meetings = series.meetings.iter().map(|one| {
        let points = one.meeting.points.iter().enumerate().filter(|(_, point)| point.kind != PointKind::Decision);
        let seen = points.map(|(nth, point)| Seen {
            place: nth,
            key: point.key.clone(),
            text: &point.text,
            carried: point.carried,
            is_ended: matches!(point.state, PointState::Done | PointState::Dropped),
        });
        (one.meeting.date, seen.collect())
    });
    actions(meetings)
}

/// A point, or a box, in a meeting.
pub struct Seen<'a> {
    /// Its index in the meeting or note.
    pub place: usize,
    /// Its words, as in [`Point::key`].
    pub key: String,
    /// As written, on one line.
    pub text: &'a str,
    /// Where it was carried over from.
    pub carried: Option<Carried>,
    /// It is done or dropped.
    pub is_ended: bool,
}

/// The actions of some meetings, oldest first.
#[must_use]
pub fn actions<'a>(meetings: impl Iterator<Item = (NaiveDate, Vec<Seen<'a>>)>) -> Vec<Action> {
    let mut actions = Actions::default();
    for (at, (date, all)) in meetings.enumerate() {
        // the same words first: only what they leave can be another with new words
        let mut unknown: Vec<Seen<'_>> = Vec::new();
        for seen in all {
            match actions.same(at, &seen) {
                Some(found) => actions.goes_on(found, at, seen),
                None => unknown.push(seen),
            }
        }
        for seen in unknown {
            match actions.reworded(at, &seen) {
                Some(found) => actions.goes_on(found, at, seen),
                None => actions.begins(date, at, seen),
            }
        }
    }
    let mut all: Vec<Action> = actions.all.into_iter().map(|chain| chain.action).collect();
    all.sort_by_key(|action| action.sightings.first().copied());
    all
}

/// An action, with what its newest copy says.
struct Chain {
    action: Action,
    key: String,
    is_ended: bool,
}

/// The actions so far, and how they are found.
#[derive(Default)]
struct Actions {
    all: Vec<Chain>,
    by_key: HashMap<String, Vec<usize>>,
    /// By their words without tags.
    by_words: HashMap<String, Vec<usize>>,
    by_day: HashMap<NaiveDate, Vec<usize>>,
    /// By the block id in the link to where they were moved.
    by_link: HashMap<String, usize>,
}

impl Actions {
    fn begins(&mut self, date: NaiveDate, meeting: usize, seen: Seen<'_>) {
        let at = self.all.len();
        let raised = seen.carried.map_or(date, |carried| carried.from.min(date));
        let carried = seen.carried.map_or(0, |carried| carried.times);
        self.by_day.entry(raised).or_default().push(at);
        let action = Action { sightings: vec![(meeting, seen.place)], raised, carried };
        self.index(at, &seen);
        self.all.push(Chain { action, key: seen.key, is_ended: seen.is_ended });
    }

    fn goes_on(&mut self, at: usize, meeting: usize, seen: Seen<'_>) {
        if self.all.get(at).is_some_and(|chain| chain.key != seen.key) {
            self.index(at, &seen);
        }
        self.by_link.extend(carried::moved_to(seen.text).map(|id| (id.to_owned(), at)));
        let Some(chain) = self.all.get_mut(at) else { return };
        let action = &mut chain.action;
        action.carried = (action.carried + 1).max(seen.carried.map_or(0, |carried| carried.times));
        action.sightings.push((meeting, seen.place));
        (chain.key, chain.is_ended) = (seen.key, seen.is_ended);
    }

    fn index(&mut self, at: usize, seen: &Seen<'_>) {
        self.by_key.entry(seen.key.clone()).or_default().push(at);
        let words = without_tags(&seen.key);
        if !words.is_empty() {
            self.by_words.entry(words).or_default().push(at);
        }
        self.by_link.extend(carried::moved_to(seen.text).map(|id| (id.to_owned(), at)));
    }

    /// The actions of a list that an item of a meeting can go on with: of one meeting all are different.
    fn free(&self, list: Option<&Vec<usize>>, most: usize, meeting: usize) -> Vec<(usize, &Chain)> {
        let newest = list.map_or(&[][..], Vec::as_slice).iter().rev().take(most).rev();
        let chains = newest.filter_map(|at| Some((*at, self.all.get(*at)?)));
        chains.filter(|(_, chain)| chain.action.sightings.last().is_some_and(|(last, _)| *last < meeting)).collect()
    }

    /// Which of the actions with the same words an item goes on with. What ended long ago cannot: only the newest few are looked at.
    fn same(&self, meeting: usize, seen: &Seen<'_>) -> Option<usize> {
        let earlier = self.free(self.by_key.get(&seen.key), NEWEST, meeting);
        let earlier = earlier.iter().filter(|(_, chain)| chain.key == seen.key);
        let found = match seen.carried {
            Some(carried) => {
                let raised = |(_, chain): &&(usize, &Chain)| chain.action.raised == carried.from;
                earlier.clone().find(raised).or(earlier.clone().next())
            }
            // what was moved goes on where it was moved to
            None => earlier.clone().find(|(_, chain)| !chain.is_ended),
        };
        found.map(|(at, _)| *at)
    }

    /// The action that an item goes on with in other words. Evidence is the link from the old line; the same words with a tag more
    /// or less; or the mark of what was carried, which names the day, and most of the words.
    fn reworded(&self, meeting: usize, seen: &Seen<'_>) -> Option<usize> {
        let id = parse::block_mark(seen.text).and_then(|(start, end)| seen.text.get(start + 1..end));
        let linked = id.and_then(|id| self.by_link.get(id)).map(|at| vec![*at]);
        if let Some((at, _)) = self.free(linked.as_ref(), 1, meeting).first() {
            return Some(*at);
        }
        let tagged = self.free(self.by_words.get(&without_tags(&seen.key)), NEWEST, meeting);
        let goes_on = |(_, chain): &&(usize, &Chain)| {
            (seen.carried.is_some() || !chain.is_ended) && has_tags_of(&chain.key, &seen.key)
        };
        if let Some((at, _)) = tagged.iter().find(goes_on) {
            return Some(*at);
        }
        let raised = self.free(self.by_day.get(&seen.carried?.from), MOST_OF_A_DAY, meeting);
        let alike = raised.iter().filter_map(|(at, chain)| Some((likeness(&chain.key, &seen.key)?, *at)));
        alike.max_by_key(|(likeness, at)| (*likeness, std::cmp::Reverse(*at))).map(|(_, at)| at)
    }
}

/// The words of a point's key without tags.
fn without_tags(key: &str) -> String {
    key.split(' ').filter(|word| !word.starts_with('#')).collect::<Vec<_>>().join(" ")
}

/// True where one of two keys has all tags of the other.
fn has_tags_of(one: &str, other: &str) -> bool {
    let tags =
        |key: &str| key.split(' ').filter(|word| word.starts_with('#')).map(str::to_owned).collect::<BTreeSet<_>>();
    let (one, other) = (tags(one), tags(other));
    one.is_subset(&other) || other.is_subset(&one)
}

/// How much two keys have in common: `None` unless one begins with the other, or most of their words are the same.
fn likeness(old: &str, new: &str) -> Option<usize> {
    fn words(key: &str) -> Vec<&str> {
        key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
    }
    let (old_words, new_words) = (words(old), words(new));
    let (least, most) = (old_words.len().min(new_words.len()), old_words.len().max(new_words.len()));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &old_words {
        *left.entry(word).or_insert(0) += 1;
    }
    let mut same = 0;
    for word in &new_words {
        if let Some(left) = left.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            same += 1;
        }
    }
    let begins = least > 1 && old_words.iter().zip(&new_words).take(least).all(|(a, b)| a == b);
    // some languages put no spaces between words
    let begins =
        begins || (old.chars().count().min(new.chars().count()) > 5 && (old.starts_with(new) || new.starts_with(old)));
    (begins || same * 2 > most).then_some(same * 2 + usize::from(begins))
}

/// True if an action is left: open, or in an unknown state.
#[must_use]
pub fn is_left(series: &Series<'_>, action: &Action) -> bool {
    action.last(series).is_some_and(|(_, point)| point.is_left())
}
