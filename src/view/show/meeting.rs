//! Series of meetings, upcoming meetings, and single meetings.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::meeting::PointState;
use crate::report::meeting::KnownFrom;
use crate::report::meeting::MeetingItem;
use crate::report::meeting::MeetingReport;
use crate::report::meeting::PointItem;
use crate::report::meeting::SeriesItem;
use crate::report::meeting::SeriesReport;
use crate::report::meeting::UpcomingItem;
use crate::report::meeting::UpcomingReport;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::Cell;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Number of meetings shown per series, unless all are requested.
const NEWEST: usize = 6;

/// In columns; wider places push what follows to the right.
const PLACE: usize = 52;

impl Report for SeriesReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.series.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for (nth, series) in self.series.iter().enumerate() {
            if nth > 0 {
                document.push(Block::Gap);
            }
            let place = paths.shown(&series.path);
            let named = if place.contains(&series.series) { String::new() } else { series.series.clone() };
            let gap = if named.is_empty() { "" } else { "  " };
            document.push(Block::Heading(vec![
                cell(named, Role::Title),
                plain(gap),
                cell(place, Role::Path).to_note(&series.path, 1),
                plain("  "),
                cell(about(series), Role::Muted),
            ]));
            let skip = if self.all { 0 } else { series.meetings.len().saturating_sub(NEWEST) };
            if skip > 0 {
                document.line(vec![cell(format!("    {} earlier", words::thousands(skip)), Role::Muted)]);
            }
            let shown = series.meetings.get(skip..).unwrap_or(&[]);
            let first = series.meetings.first().map(|meeting| &meeting.path);
            let is_one_note = series.meetings.iter().all(|meeting| Some(&meeting.path) == first);
            document.push(Block::Table(Table {
                margin: 4,
                columns: vec![Column::LEFT, Column::LEFT.most(PLACE).gap(3)],
                rows: shown.iter().map(|meeting| meeting_row(meeting, is_one_note, paths)).collect(),
            }));
        }
        let meetings: usize = self.series.iter().map(|series| series.meetings.len()).sum();
        document.remark(format!(
            "{} of {}",
            words::count(meetings, "meeting"),
            words::count(self.series.len(), "series")
        ));
        let is_cut = !self.all && self.series.iter().any(|series| series.meetings.len() > NEWEST);
        if is_cut {
            document.remark(format!("the newest {NEWEST} of each are shown: --all shows every one"));
        }
        document
    }
}

/// `2 meetings, 28 days apart (one gap), next expected 2023-11-15 Wed`
fn about(series: &SeriesItem) -> String {
    let mut parts = vec![words::count(series.meetings.len(), "meeting")];
    if let Some(days) = series.interval_days {
        let gaps = match series.gaps {
            1 => "one gap".to_owned(),
            gaps => format!("median of {}", words::count(gaps, "gap")),
        };
        let days = words::count(usize::try_from(days).unwrap_or(0), "day");
        parts.push(format!("{days} apart ({gaps})"));
    }
    if let Some(expected) = series.expected {
        let how = if series.announced { "next announced for" } else { "next expected" };
        parts.push(format!("{how} {}", words::day(expected)));
    }
    parts.join(", ")
}

/// Just the line, if all of them are in one note.
fn meeting_row(meeting: &MeetingItem, is_one_note: bool, paths: &dyn Paths) -> TableRow {
    let place = match paths.line(meeting.line) {
        line if is_one_note && !line.is_empty() => format!("line {line}"),
        line if is_one_note => line,
        _ => paths.place(&meeting.path, meeting.line),
    };
    TableRow {
        left: vec![
            cell(words::day(meeting.date), Role::Date).to_note(&meeting.path, meeting.line),
            cell(place, Role::Path).to_note(&meeting.path, meeting.line),
        ],
        main: vec![plain(counts(&meeting.points)), plain("")],
        ..TableRow::default()
    }
}

/// `3 points: 1 open, 2 unknown`
fn counts(points: &[PointItem]) -> String {
    let of = |state: PointState| points.iter().filter(|point| point.state == state).count();
    let states = [
        (PointState::Open, "open"),
        (PointState::Done, "done"),
        (PointState::Dropped, "dropped"),
        (PointState::Moved, "moved"),
        (PointState::Unknown, "unknown"),
    ];
    let parts: Vec<String> = states
        .into_iter()
        .map(|(state, name)| (of(state), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{} {name}", words::thousands(count)))
        .collect();
    let all = words::count(points.len(), "point");
    if parts.is_empty() { all } else { format!("{all}: {}", parts.join(", ")) }
}

impl Row for SeriesItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.series, about(self)))
    }

    fn line(&self) -> Option<usize> {
        self.meetings.iter().rfind(|meeting| meeting.path == self.path).map(|meeting| meeting.line)
    }
}

impl Report for UpcomingReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.meetings.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let row = |item: &UpcomingItem| {
            let how = match (item.known_from, item.interval_days) {
                (KnownFrom::Written, _) => "has an entry".to_owned(),
                (KnownFrom::Announced, _) => "announced".to_owned(),
                (KnownFrom::Interval, Some(days)) => {
                    format!("every {}", words::count(usize::try_from(days).unwrap_or(0), "day"))
                }
                (KnownFrom::Interval, None) => String::new(),
            };
            TableRow {
                left: vec![
                    cell(words::day(item.expected), Role::Date),
                    cell(distance(item.expected, self.today), Role::Muted),
                ],
                main: vec![plain(item.series.clone())],
                right: vec![
                    plain(how),
                    plain(format!("{} left", words::count(item.left, "point"))),
                    cell(paths.shown(&item.path), Role::Path).to_note(&item.path, item.line),
                ],
                ..TableRow::default()
            }
        };
        let rows: Vec<TableRow> = self.meetings.iter().map(row).collect();
        document.push(Block::Table(Table { columns: vec![Column::LEFT, Column::LEFT], rows, ..Table::default() }));
        let ended = match self.ended {
            0 => String::new(),
            ended => format!("; {} ended long ago", words::count(ended, "series")),
        };
        document.remark(format!("{} to come{ended}", words::count(self.meetings.len(), "meeting")));
        document
    }
}

/// `in 2 days`, `today`, `3 days late`
fn distance(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days if days > 0 => format!("in {}", words::age(days)),
        days => format!("{} late", words::age(-days)),
    }
}

impl Row for UpcomingItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.expected, self.series))
    }
}

impl Report for MeetingReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.meetings.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for (nth, meeting) in self.meetings.iter().enumerate() {
            if nth > 0 {
                document.push(Block::Gap);
            }
            let place = paths.place(&meeting.path, meeting.line);
            document.push(Block::Heading(vec![
                cell(meeting.title.clone(), Role::Title),
                plain("  "),
                cell(words::day(meeting.date), Role::Date),
                plain("  "),
                cell(place, Role::Path).to_note(&meeting.path, meeting.line),
            ]));
            if !meeting.attendees.is_empty() {
                document.line(vec![cell(format!("    with {}", words::list(&meeting.attendees)), Role::Muted)]);
            }
            document.push(Block::Table(points_table(meeting)));
            if let Some(next) = meeting.next {
                document.line(vec![cell(format!("    next meeting: {}", words::day(next)), Role::Muted)]);
            }
            document.remark(counts(&meeting.points));
        }
        document
    }
}

fn points_table(meeting: &MeetingItem) -> Table {
    let mut rows = Vec::new();
    let mut heading: &[String] = &[];
    for point in &meeting.points {
        let above = (point.heading != heading).then(|| vec![plain(format!("  {}", point.heading.join(" > ")))]);
        heading = &point.heading;
        let mut right = remarks(point);
        right.push(cell(format!("line {}", point.line), Role::Muted).to_note(&meeting.path, point.line));
        rows.push(TableRow {
            above,
            depth: point.depth,
            left: vec![cell(point.id.clone(), Role::Id)],
            main: vec![cell(marked(point), role(point))],
            right,
            below: Vec::new(),
        });
    }
    Table { margin: 4, columns: vec![Column::LEFT], rows }
}

/// A point with its box; a dash if it has none.
pub(super) fn marked(point: &PointItem) -> String {
    let mark = match point.state {
        PointState::Open => "[ ]",
        PointState::Done => "[x]",
        PointState::Dropped => "[-]",
        PointState::Moved => "[>]",
        PointState::Unknown => " - ",
    };
    format!("{mark} {}", point.label)
}

pub(super) const fn role(point: &PointItem) -> Role {
    match point.state {
        PointState::Done | PointState::Dropped | PointState::Moved => Role::Muted,
        PointState::Open | PointState::Unknown => Role::Plain,
    }
}

/// The owner of a point, its due date, when it was raised, and the host of its link.
pub(super) fn remarks(point: &PointItem) -> Vec<Cell> {
    let owner = point.owner.as_ref().map(|owner| format!("@{owner}")).unwrap_or_default();
    let due = point.due.map(|due| format!("due {due}")).unwrap_or_default();
    let from = point.from.map(|from| format!("from {from}")).unwrap_or_default();
    vec![cell(owner, Role::Tag), cell(due, Role::Warning), cell(from, Role::Muted), host(point)]
}

/// The host of the link that a point is, or has.
pub(super) fn host(point: &PointItem) -> Cell {
    cell(point.host.clone().unwrap_or_default(), Role::Muted)
}

impl Row for MeetingItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}, {}", self.date, self.title, counts(&self.points)))
    }
}
