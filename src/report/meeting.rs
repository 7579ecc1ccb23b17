//! Meetings as values: series, single meetings, actions over all series, and what was agreed.
//!
//! Over 400 lines because all of these share their rows.

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
use crate::parse;
use crate::report::action;
use crate::report::action::Action;
use crate::report::point_id::PointIds;
use crate::report::series::MeetingRef;
use crate::report::series::Series;

/// A series that was due so many intervals ago has ended.
const ENDED: i64 = 3;

/// A series of meetings; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesItem {
    /// What it is called.
    pub series: String,
    /// The note of all its meetings, else that of the newest.
    pub path: NotePath,
    /// Oldest first.
    pub meetings: Vec<MeetingItem>,
    /// Days between two meetings, the median; `null` with fewer than two.
    pub interval_days: Option<i64>,
    /// Of how many gaps.
    pub gaps: usize,
    /// When the next one is expected.
    pub expected: Option<NaiveDate>,
    /// True where the newest meeting says so itself.
    pub announced: bool,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeetingItem {
    /// What its series is called.
    pub series: String,
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based last line.
    pub end_line: usize,
    /// When it was.
    pub date: NaiveDate,
    /// What its line, or the title of its note, says.
    pub title: String,
    /// How it is known to be one.
    pub reason: Reason,
    /// Who was there.
    pub attendees: Vec<String>,
    /// In the order of the text.
    pub points: Vec<PointItem>,
    /// The day of the next one, where it says so.
    pub next: Option<NaiveDate>,
}

/// A point of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointItem {
    /// That of its box as `todo` lists it, else one of its own.
    pub id: String,
    /// 1-based.
    pub line: usize,
    /// As written, without box, marker, and the mark of what was carried over.
    pub text: String,
    /// What listings print for it: the text without markup and fields.
    pub label: String,
    /// What it is.
    pub kind: PointKind,
    /// Whether it is done.
    pub state: PointState,
    /// Who does it.
    pub owner: Option<String>,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// The headings and labels above it within the meeting, outermost first.
    pub heading: Vec<String>,
    /// The date of the meeting that it was carried over from first.
    pub from: Option<NaiveDate>,
    /// How many points it is under.
    pub depth: usize,
}

/// A point over all meetings of its series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionItem {
    /// Its newest copy, which says whether it is done.
    #[serde(flatten)]
    pub point: PointItem,
    /// The note of the newest copy.
    pub path: NotePath,
    /// Its series.
    pub series: String,
    /// The date of the newest meeting that has it.
    pub date: NaiveDate,
    /// The date of the meeting that raised it.
    pub raised: NaiveDate,
    /// How often it was carried over.
    pub carried: usize,
    /// Days since it was raised.
    pub age_days: i64,
    /// Where it was seen, oldest first.
    pub history: Vec<Sighting>,
}

/// A copy of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// Of the meeting.
    pub date: NaiveDate,
    /// As this copy says.
    pub state: PointState,
}

/// What was agreed or decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreedItem {
    /// What it is, and where.
    #[serde(flatten)]
    pub point: PointItem,
    /// The note.
    pub path: NotePath,
    /// Its series.
    pub series: String,
    /// Of the meeting.
    pub date: NaiveDate,
}

/// Series of meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesReport {
    /// The one with the newest meeting first.
    pub series: Vec<SeriesItem>,
    /// Today.
    pub today: NaiveDate,
    /// All meetings of each are shown, not only the newest.
    pub all: bool,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpcomingReport {
    /// By day.
    pub meetings: Vec<UpcomingItem>,
    /// Today.
    pub today: NaiveDate,
    /// Series whose next meeting was expected long ago.
    pub ended: usize,
}

/// A meeting to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpcomingItem {
    /// Its series.
    pub series: String,
    /// The note of its newest meeting, or its own.
    pub path: NotePath,
    /// The line of that meeting, 1-based.
    pub line: usize,
    /// When it is expected.
    pub expected: NaiveDate,
    /// How that is known.
    pub known_from: KnownFrom,
    /// Days between meetings.
    pub interval_days: Option<i64>,
    /// Points of the series that are open, or of which nobody knows.
    pub left: usize,
}

/// How the day of a meeting to come is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownFrom {
    /// It has an entry or a note already.
    Written,
    /// The last meeting says when it is.
    Announced,
    /// From the days between meetings so far.
    Interval,
}

/// A single meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingReport {
    /// Those of the day that was asked for, else the newest.
    pub meetings: Vec<MeetingItem>,
    /// Today.
    pub today: NaiveDate,
}

/// Actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionReport {
    /// What is left first, then by owner; the oldest first.
    pub actions: Vec<ActionItem>,
    /// Today.
    pub today: NaiveDate,
}

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreedReport {
    /// Newest first.
    pub agreed: Vec<AgreedItem>,
    /// Of which days.
    pub range: Option<DateRange>,
}

/// A person, and what they have to do.
pub type OfOwner<'a> = (Option<String>, Vec<&'a ActionItem>);

/// Which actions are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionFilter {
    /// Only of these people; a first name will do.
    pub owners: Vec<String>,
    /// Only with an open box.
    pub open: bool,
    /// Only without a box; with `open`, both.
    pub unknown: bool,
    /// Only what was raised in this time.
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

/// True when somebody is, or is among, the owners of a point: `ida` for `Ida Berg` and for `Ida & Wim`.
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
        Self {
            id: ids.of(one.path, point),
            line: point.line,
            text: point.text.clone(),
            label: parse::label(&point.text),
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

/// The headings of a meeting above a section, itself included, outermost first.
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

    /// Only the meetings of some days, all of them; series without any are left out.
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
    /// What comes: meetings that are written already, and for each series the next one that is expected.
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
    /// The meeting of a day, else the newest up to today, else the first to come.
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
    /// The actions of all series that a filter lets through.
    #[must_use]
    pub fn new(series: &[Series<'_>], filter: &ActionFilter, ids: &PointIds, today: NaiveDate) -> Self {
        let mut actions: Vec<ActionItem> = Vec::new();
        for series in series {
            let found = action::of(series);
            let items = found.iter().filter_map(|action| ActionItem::new(series, action, ids, today));
            actions.extend(items.filter(|item| filter.holds(item)));
        }
        actions.sort_by(|a, b| order(a).cmp(&order(b)));
        Self { actions, today }
    }

    /// How many actions each person has, those of nobody last.
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

/// What is left first, the oldest of it first.
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
            Some(Sighting { path: one.path.clone(), line: point.line, date: one.meeting.date, state: point.state })
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
    /// Decisions and agreements of all series, and the points of meetings without parts. What was carried over counts where it
    /// was agreed first.
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
