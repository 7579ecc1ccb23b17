//! Meetings as values: series, single meetings, actions of all series, and agreements.
//!
//! Over 400 lines because these reports share their row types.

use std::collections::BTreeMap;

use chrono::Days;
use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Point;
use crate::model::Section;
use crate::model::calendar::DateRange;
use crate::model::meeting::Part;
use crate::model::meeting::PointKind;
use crate::model::meeting::PointState;
use crate::model::meeting::Reason;
use crate::model::words::fold;
use crate::report::action;
use crate::report::action::Action;
use crate::report::label;
use crate::report::person::FullNames;
use crate::report::person::in_full;
use crate::report::point_id::PointIds;
use crate::report::series::MeetingRef;
use crate::report::series::Series;

/// In intervals; a series whose next meeting is overdue by this many has ended.
const ENDED: i64 = 3;

/// A series of meetings; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesItem {
    /// Its name.
    pub series: String,
    /// The note with all its meetings, else that of the newest.
    pub path: NotePath,
    /// Oldest first.
    pub meetings: Vec<MeetingItem>,
    /// The median number of days between meetings; `None` with fewer than two.
    pub interval_days: Option<i64>,
    /// The number of gaps on which that is based.
    pub gaps: usize,
    /// The date of the next one.
    pub expected: Option<NaiveDate>,
    /// True if the newest meeting announces it.
    pub announced: bool,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingItem {
    /// The name of its series.
    pub series: String,
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based last line.
    pub end_line: usize,
    /// When it was.
    pub date: NaiveDate,
    /// The words of its line, or the title of its note.
    pub title: String,
    /// Why it is taken for a meeting.
    pub reason: Reason,
    /// Who attended.
    pub attendees: Vec<String>,
    /// In the order of the text.
    pub points: Vec<PointItem>,
    /// The day of the next one, if it is announced.
    pub next: Option<NaiveDate>,
}

/// A point of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointItem {
    /// The id of its box as listed by `todo`, else an id of its own.
    pub id: String,
    /// 1-based.
    pub line: usize,
    /// As written, without box, marker, and the mark of a carried-over point.
    pub text: String,
    /// Its label in listings: the text without markup and fields; of a bare link, the last part of its address.
    pub label: String,
    /// The host of its first external link.
    #[serde(skip)]
    pub host: Option<String>,
    /// What it is.
    pub kind: PointKind,
    /// Whether it is done.
    pub state: PointState,
    /// Who is to do it.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// The headings and labels above it within the meeting, outermost first.
    pub heading: Vec<String>,
    /// The date of the meeting that first raised it, if it was carried over.
    pub from: Option<NaiveDate>,
    /// How many points it is nested under.
    pub depth: usize,
}

/// A point followed through all meetings of its series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionItem {
    /// Its newest copy, which has its current state.
    #[serde(flatten)]
    pub point: PointItem,
    /// The note of the newest copy.
    pub path: NotePath,
    /// Its series.
    pub series: String,
    /// The date of the newest meeting with it.
    pub date: NaiveDate,
    /// The date of the meeting that raised it.
    pub raised: NaiveDate,
    /// How often it was carried over.
    pub carried: usize,
    /// Days since it was raised.
    pub age_days: i64,
    /// Its copies, oldest first.
    pub history: Vec<ActionCopy>,
}

/// A copy of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionCopy {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The date of the meeting.
    pub date: NaiveDate,
    /// The state of this copy.
    pub state: PointState,
}

/// An agreement or decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreedItem {
    /// The point.
    #[serde(flatten)]
    pub point: PointItem,
    /// The note.
    pub path: NotePath,
    /// Its series.
    pub series: String,
    /// The date of the meeting.
    pub date: NaiveDate,
}

/// Series of meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesReport {
    /// Sorted by newest meeting, latest first.
    pub series: Vec<SeriesItem>,
    /// Today.
    pub today: NaiveDate,
    /// Show all meetings of each, not only the newest.
    pub all: bool,
}

/// Upcoming meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpcomingReport {
    /// By day.
    pub meetings: Vec<UpcomingItem>,
    /// Today.
    pub today: NaiveDate,
    /// The number of series whose next meeting was expected long ago.
    pub ended: usize,
}

/// An upcoming meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpcomingItem {
    /// Its series.
    pub series: String,
    /// The note of the series' newest meeting, or its own.
    pub path: NotePath,
    /// The line of that meeting, 1-based.
    pub line: usize,
    /// When it is expected.
    pub expected: NaiveDate,
    /// How the date is known.
    pub known_from: KnownFrom,
    /// Days between meetings.
    pub interval_days: Option<i64>,
    /// The number of points of the series that are open or in an unknown state.
    pub left: usize,
}

/// How the date of an upcoming meeting is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownFrom {
    /// It already has an entry or a note.
    Written,
    /// The last meeting announces it.
    Announced,
    /// From the interval between meetings so far.
    Interval,
}

/// The meetings of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingReport {
    /// Those of the requested day, else the newest.
    pub meetings: Vec<MeetingItem>,
    /// Today.
    pub today: NaiveDate,
}

/// Actions across series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionReport {
    /// Those left to do first, then by owner; the oldest first.
    pub actions: Vec<ActionItem>,
    /// Today.
    pub today: NaiveDate,
}

/// Agreements and decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedReport {
    /// Newest first.
    pub agreed: Vec<AgreedItem>,
    /// The requested days.
    pub range: Option<DateRange>,
}

/// A person (`None`: unassigned) and their actions.
pub type OfOwner<'a> = (Option<String>, Vec<&'a ActionItem>);

/// Which actions to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionFilter {
    /// Only of these people; first names are accepted.
    pub owners: Vec<String>,
    /// Only those with an open box.
    pub open: bool,
    /// Only those without a box; with `open`, both.
    pub unknown: bool,
    /// Only those raised in this period.
    pub range: Option<DateRange>,
}

impl ActionFilter {
    fn holds(&self, item: &ActionItem) -> bool {
        let state = match item.point.state {
            PointState::Open => self.open || !self.unknown,
            PointState::Unknown => self.unknown || !self.open,
            PointState::Done | PointState::Dropped | PointState::Moved => !self.open && !self.unknown,
        };
        let is_within = self.range.is_none_or(|range| range.contains(item.raised));
        state
            && is_within
            && (self.owners.is_empty() || self.owners.iter().any(|name| is_of(item.point.owner.as_deref(), name)))
    }
}

/// True if somebody is the owner of a point, or one of several: `ida` for `Ida Berg` and for `Ida & Wim`.
#[must_use]
pub fn is_of(owner: Option<&str>, name: &str) -> bool {
    let Some(owner) = owner.map(fold) else { return false };
    let wanted = fold(name.trim().trim_start_matches('@'));
    if wanted.is_empty() {
        return false;
    }
    let parts = owner.split([',', '&', '/', '+']).flat_map(|part| part.split(" and "));
    parts.map(str::trim).any(|part| {
        part == wanted
            || part.split([' ', '.', '_']).next() == Some(wanted.as_str())
            || wanted.split([' ', '.', '_']).next() == Some(part)
    })
}

impl PointItem {
    /// A point of a note's meeting.
    #[must_use]
    pub fn new(one: &MeetingRef<'_>, point: &Point, ids: &PointIds) -> Self {
        let mut depth = 0;
        let mut at = point.parent;
        while let Some(parent) = at.and_then(|at| one.meeting.points.get(at)) {
            depth += 1;
            at = parent.parent;
        }
        let label = label::of_point(one.note, point);
        Self {
            id: ids.of(one.path, point),
            line: point.line,
            text: point.text.clone(),
            label: label.text,
            host: label.host,
            kind: point.kind,
            state: point.state,
            owner: point.owner.clone(),
            due: point.due,
            heading: headings(one.note, one.meeting.line, point.section).map(|section| section.text.clone()).collect(),
            from: point.carried.map(|carried| carried.from),
            depth,
        }
    }
}

/// The headings in a meeting above a section, and the section itself, outermost first.
pub fn headings(note: &Note, meeting: usize, section: Option<usize>) -> impl Iterator<Item = &Section> {
    let mut path = Vec::new();
    let mut at = section;
    while let Some(section) = at.and_then(|at| note.sections.get(at)).filter(|section| section.line > meeting) {
        path.push(section);
        at = section.parent;
    }
    path.into_iter().rev()
}

impl MeetingItem {
    /// A meeting of a series.
    #[must_use]
    pub fn new(series: &Series<'_>, one: &MeetingRef<'_>, ids: &PointIds) -> Self {
        let meeting = one.meeting;
        Self {
            series: series.name.clone(),
            path: one.path.clone(),
            line: meeting.line,
            end_line: meeting.end_line,
            date: meeting.date,
            title: meeting.title.clone(),
            reason: meeting.reason,
            attendees: meeting.attendees.clone(),
            points: meeting.points.iter().map(|point| PointItem::new(one, point, ids)).collect(),
            next: meeting.next,
        }
    }
}

impl SeriesReport {
    /// Series as rows.
    #[must_use]
    pub fn new(series: &[Series<'_>], ids: &PointIds, today: NaiveDate, all: bool) -> Self {
        let item = |series: &Series<'_>| {
            Some(SeriesItem {
                series: series.name.clone(),
                path: series.path()?.clone(),
                meetings: series.meetings.iter().map(|one| MeetingItem::new(series, one, ids)).collect(),
                interval_days: series.interval(),
                gaps: series.gaps().len(),
                expected: series.expected(),
                announced: series.announced().is_some(),
            })
        };
        Self { series: series.iter().filter_map(item).collect(), today, all }
    }

    /// Only meetings on certain days; series without any are left out.
    #[must_use]
    pub fn within(mut self, range: DateRange) -> Self {
        for series in &mut self.series {
            series.meetings.retain(|meeting| range.contains(meeting.date));
        }
        self.series.retain(|series| !series.meetings.is_empty());
        Self { all: true, ..self }
    }
}

impl UpcomingReport {
    /// Upcoming meetings: those already written down, and for each series the next expected one.
    #[must_use]
    pub fn new(series: &[Series<'_>], today: NaiveDate) -> Self {
        let mut meetings: Vec<UpcomingItem> = Vec::new();
        let mut ended = 0;
        for series in series {
            let Some(newest) = series.meetings.last() else { continue };
            let actions = action::of(series);
            let left = actions.iter().filter(|action| action::is_left(series, action)).count();
            let item = |one: &MeetingRef<'_>, expected, known_from| UpcomingItem {
                series: series.name.clone(),
                path: one.path.clone(),
                line: one.meeting.line,
                expected,
                known_from,
                interval_days: series.interval(),
                left,
            };
            let written = series.meetings.iter().filter(|one| one.meeting.date >= today);
            let before = meetings.len();
            meetings.extend(written.map(|one| item(one, one.meeting.date, KnownFrom::Written)));
            if meetings.len() > before {
                continue;
            }
            let Some(expected) = series.expected() else { continue };
            let patience = series.interval().unwrap_or(7).max(1) * ENDED;
            let last = expected.checked_add_days(Days::new(u64::try_from(patience).unwrap_or(0)));
            if last.is_some_and(|last| last < today) {
                ended += 1;
                continue;
            }
            let known = if series.announced().is_some() { KnownFrom::Announced } else { KnownFrom::Interval };
            meetings.push(item(newest, expected, known));
        }
        meetings.sort_by(|a, b| (a.expected, &a.series, &a.path).cmp(&(b.expected, &b.series, &b.path)));
        Self { meetings, today, ended }
    }
}

impl MeetingReport {
    /// The meeting on a day, else the newest up to today, else the next one.
    #[must_use]
    pub fn new(series: &Series<'_>, date: Option<NaiveDate>, ids: &PointIds, today: NaiveDate) -> Self {
        let held = || series.meetings.iter().rfind(|one| one.meeting.date <= today).or(series.meetings.first());
        let chosen: Vec<&MeetingRef<'_>> = match date {
            Some(date) => series.meetings.iter().filter(|one| one.meeting.date == date).collect(),
            None => held().into_iter().collect(),
        };
        let meetings = chosen.into_iter().map(|one| MeetingItem::new(series, one, ids)).collect();
        Self { meetings, today }
    }
}

impl ActionReport {
    /// The actions of all series that pass a filter.
    #[must_use]
    pub fn new(series: &[Series<'_>], filter: &ActionFilter, ids: &PointIds, today: NaiveDate) -> Self {
        let mut actions: Vec<ActionItem> = Vec::new();
        let all = FullNames::of(series.iter());
        for series in series {
            let found = action::of(series);
            let near = FullNames::of(std::iter::once(series));
            let items = found.iter().filter_map(|action| ActionItem::new(series, action, ids, today));
            let items = items.map(|mut item| {
                item.point.owner = item.point.owner.map(|owner| in_full(&owner, &near, &all));
                item
            });
            actions.extend(items.filter(|item| filter.holds(item)));
        }
        actions.sort_by(|a, b| order(a).cmp(&order(b)));
        Self { actions, today }
    }

    /// The actions of each person, unassigned ones last.
    #[must_use]
    pub fn by_owner(&self) -> Vec<OfOwner<'_>> {
        let mut by_owner: BTreeMap<(bool, String), OfOwner<'_>> = BTreeMap::new();
        for item in &self.actions {
            let owner = item.point.owner.clone();
            let key = (owner.is_none(), owner.as_deref().map(fold).unwrap_or_default());
            by_owner.entry(key).or_insert_with(|| (owner, Vec::new())).1.push(item);
        }
        by_owner.into_values().collect()
    }
}

/// Those left to do first, the oldest of them first.
fn order(item: &ActionItem) -> (PointState, NaiveDate, &NotePath, usize) {
    let state = if item.point.state.is_closed() { PointState::Done } else { PointState::Open };
    (state, item.raised, &item.path, item.point.line)
}

impl ActionItem {
    fn new(series: &Series<'_>, action: &Action, ids: &PointIds, today: NaiveDate) -> Option<Self> {
        let (one, point) = action.last(series)?;
        let sighting = |(meeting, point): &(usize, usize)| {
            let one = series.meetings.get(*meeting)?;
            let point = one.meeting.points.get(*point)?;
            Some(ActionCopy { path: one.path.clone(), line: point.line, date: one.meeting.date, state: point.state })
        };
        Some(Self {
            point: PointItem::new(one, point, ids),
            path: one.path.clone(),
            series: series.name.clone(),
            date: one.meeting.date,
            raised: action.raised,
            carried: action.carried,
            age_days: (today - action.raised).num_days(),
            history: action.sightings.iter().filter_map(sighting).collect(),
        })
    }
}

impl AgreedReport {
    /// Decisions and agreements of all series, and the points of meetings without parts. A carried-over one is listed where it
    /// was first agreed.
    #[must_use]
    pub fn new(series: &[Series<'_>], range: Option<DateRange>, ids: &PointIds) -> Self {
        let mut agreed: Vec<AgreedItem> = Vec::new();
        for series in series {
            for one in &series.meetings {
                if range.is_some_and(|range| !range.contains(one.meeting.date)) {
                    continue;
                }
                let is_agreed = |point: &&Point| {
                    point.carried.is_none()
                        && match point.kind {
                            PointKind::Agreed | PointKind::Decision => true,
                            PointKind::Point => point.parent.is_none(),
                            PointKind::Action => point.part == Some(Part::Decisions),
                        }
                };
                agreed.extend(one.meeting.points.iter().filter(is_agreed).map(|point| AgreedItem {
                    point: PointItem::new(one, point, ids),
                    path: one.path.clone(),
                    series: series.name.clone(),
                    date: one.meeting.date,
                }));
            }
        }
        agreed.sort_by(|a, b| (b.date, &a.path, a.point.line).cmp(&(a.date, &b.path, b.point.line)));
        Self { agreed, range }
    }
}
