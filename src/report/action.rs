//! Actions of a series of meetings: the same point in several meetings is one action with a history.
//!
//! A point continues in a later meeting that has its words again: with the mark of a carried-over point, or without it if it was
//! not done. The last copy says whether it is done. Called by `report::meeting` and, for carrying over, by the session.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::Point;
use crate::model::meeting::PointKind;
use crate::model::meeting::PointState;
use crate::report::series::MeetingRef;
use crate::report::series::Series;

/// An action and its copies.
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
    let mut actions: Vec<Action> = Vec::new();
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, meeting) in series.meetings.iter().enumerate() {
        for (nth, point) in meeting.meeting.points.iter().enumerate() {
            if point.kind == PointKind::Decision {
                continue;
            }
            let same = known.entry(point.key.clone()).or_default();
            let found = find(series, &actions, same, at, point);
            let date = meeting.meeting.date;
            if let Some(action) = found.and_then(|found| actions.get_mut(found)) {
                action.carried = (action.carried + 1).max(point.carried.map_or(0, |carried| carried.times));
                action.sightings.push((at, nth));
            } else {
                same.push(actions.len());
                let raised = point.carried.map_or(date, |carried| carried.from.min(date));
                let carried = point.carried.map_or(0, |carried| carried.times);
                actions.push(Action { sightings: vec![(at, nth)], raised, carried });
            }
        }
    }
    actions
}

/// Which of the actions with the same words a point of the meeting `at` continues.
fn find(series: &Series<'_>, actions: &[Action], same: &[usize], at: usize, point: &Point) -> Option<usize> {
    // points of the same meeting are different actions
    let before = |action: &Action| {
        action.sightings.last().is_some_and(|(meeting, _)| {
            let date = |at: usize| series.meetings.get(at).map(|one| one.meeting.date);
            *meeting < at && date(*meeting) < date(at)
        })
    };
    // only the newest few are considered, since old ones are unlikely to continue
    let mut earlier = same.iter().rev().take(8).rev().copied().filter(|at| actions.get(*at).is_some_and(before));
    match point.carried {
        Some(carried) => {
            let candidates: Vec<usize> = earlier.collect();
            let raised = |at: &usize| actions.get(*at).is_some_and(|action| action.raised == carried.from);
            candidates.iter().copied().find(raised).or(candidates.first().copied())
        }
        None => earlier.find(|at| {
            let last = actions.get(*at).and_then(|action| action.last(series));
            // a moved point continues where it was moved to
            last.is_some_and(|(_, point)| !matches!(point.state, PointState::Done | PointState::Dropped))
        }),
    }
}

/// True if an action is left: open, or in an unknown state.
#[must_use]
pub fn is_left(series: &Series<'_>, action: &Action) -> bool {
    action.last(series).is_some_and(|(_, point)| point.is_left())
}
