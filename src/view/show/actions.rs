//! Actions of all meetings, and agreements.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::meeting::PointState;
use crate::report::meeting::ActionItem;
use crate::report::meeting::ActionReport;
use crate::report::meeting::AgreedItem;
use crate::report::meeting::AgreedReport;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Block;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::show::meeting::host;
use crate::view::show::meeting::marked;
use crate::view::show::meeting::role;
use crate::view::words;

impl Report for ActionReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.actions.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for (nth, (owner, actions)) in self.by_owner().into_iter().enumerate() {
            if nth > 0 {
                document.push(Block::Gap);
            }
            let name = owner.map_or_else(|| "unassigned".to_owned(), |owner| format!("@{owner}"));
            let count = words::count(actions.len(), "action");
            document.push(Block::Heading(vec![cell(name, Role::Title), cell(format!("  {count}"), Role::Muted)]));
            let row = |item: &&ActionItem| self.row(item, paths);
            let table = Table { margin: 4, columns: vec![Column::LEFT], rows: actions.iter().map(row).collect() };
            document.push(Block::Table(table));
        }
        let of = |state: PointState| self.actions.iter().filter(|item| item.point.state == state).count();
        let states = [
            (PointState::Open, "open", true),
            (PointState::Done, "done", true),
            (PointState::Dropped, "dropped", false),
            (PointState::Moved, "moved", false),
            (PointState::Unknown, "without a box", true),
        ];
        let counts = states.into_iter().map(|(state, name, always)| (of(state), name, always));
        let counts = counts.filter(|(count, _, always)| *always || *count > 0);
        let counts: Vec<String> =
            counts.map(|(count, name, _)| format!("{} {name}", words::thousands(count))).collect();
        document.remark(counts.join(", "));
        document
    }
}

impl ActionReport {
    fn row(&self, item: &ActionItem, paths: &dyn Paths) -> TableRow {
        let point = &item.point;
        let due = point.due.map(|due| format!("due {due}")).unwrap_or_default();
        let is_late = !point.state.is_closed() && point.due.is_some_and(|due| due < self.today);
        let carried = match item.carried {
            0 => String::new(),
            times => format!(", carried {times}×"),
        };
        let place = paths.place(&item.path, point.line);
        TableRow {
            left: vec![cell(point.id.clone(), Role::Id)],
            main: vec![cell(marked(point), role(point))],
            right: vec![
                cell(due, if is_late { Role::Bad } else { Role::Warning }),
                host(point),
                cell(format!("{}{carried}", words::age(item.age_days)), Role::Muted),
                cell(place, Role::Muted).to_note(&item.path, point.line),
            ],
            ..TableRow::default()
        }
    }
}

impl Row for ActionItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.point.text)
    }
}

impl Report for AgreedReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.agreed.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let mut rows: Vec<TableRow> = Vec::new();
        let mut last: Option<(NaiveDate, &str)> = None;
        for item in &self.agreed {
            let meeting = (item.date, item.series.as_str());
            let above = (last != Some(meeting))
                .then(|| vec![cell(words::day(item.date), Role::Date), plain(format!("  {}", item.series))]);
            last = Some(meeting);
            let place = paths.place(&item.path, item.point.line);
            rows.push(TableRow {
                above,
                depth: 2,
                main: vec![plain(item.point.label.clone())],
                right: vec![host(&item.point), cell(place, Role::Muted).to_note(&item.path, item.point.line)],
                ..TableRow::default()
            });
        }
        document.push(Block::Table(Table { rows, ..Table::default() }));
        let range = self.range.map(|range| format!(" {}", words::range(range))).unwrap_or_default();
        document.remark(format!("{} agreed{range}", words::count(self.agreed.len(), "point")));
        document
    }
}

impl Row for AgreedItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.point.text)
    }
}
