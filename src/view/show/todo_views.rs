//! One task to start with, stale tasks, and statistics by month.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::task::TaskItem;
use crate::report::todo_views::Month;
use crate::report::todo_views::NextReport;
use crate::report::todo_views::NextTask;
use crate::report::todo_views::StaleReport;
use crate::report::todo_views::Stats;
use crate::report::todo_views::WhyNext;
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
use crate::view::show::by_age::by_age;
use crate::view::show::by_month::by_month;
use crate::view::words;

impl Report for NextReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.task.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let Some(NextTask { task, why }) = &self.task else {
            document.remark("nothing to do");
            return document;
        };
        let age = task.age_days.filter(|age| *age > 0).map(|age| format!(", {} old", words::age(age)));
        let why = match why {
            WhyNext::Late => "late",
            WhyNext::Today => "for today",
            WhyNext::Begun => "begun",
            WhyNext::Urgent => "urgent",
            WhyNext::Drawn => "drawn for today",
        };
        document.line(vec![
            cell(task.id.clone(), Role::Id),
            plain("  "),
            cell(task.label.clone(), Role::Title),
            cell(task.host.as_ref().map(|host| format!("  {host}")).unwrap_or_default(), Role::Muted),
        ]);
        document.line(vec![
            plain("     "),
            cell(paths.shown(&task.path), Role::Path).to_note(&task.path, task.line),
            cell(format!(":{}  {why}{}", task.line, age.unwrap_or_default()), Role::Muted),
        ]);
        for link in task.links.iter().filter(|link| link.url.contains("://")) {
            document.line(vec![plain("     "), cell(link.url.clone(), Role::Muted).to_url(link.url.clone())]);
        }
        document
    }
}

impl Row for NextTask {
    fn path(&self) -> Option<&NotePath> {
        self.task.path()
    }

    fn text(&self) -> Cow<'_, str> {
        self.task.text()
    }
}

impl Report for StaleReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.tasks.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let row = |task: &TaskItem| TableRow {
            left: vec![cell(words::age(task.age_days.unwrap_or(0)), Role::Date), cell(task.id.clone(), Role::Id)],
            main: vec![plain(task.label.clone())],
            right: vec![cell(paths.place(&task.path, task.line), Role::Muted).to_note(&task.path, task.line)],
            ..TableRow::default()
        };
        let table = Table {
            columns: vec![Column::RIGHT, Column::LEFT],
            rows: self.tasks.iter().map(row).collect(),
            ..Table::default()
        };
        let older = words::count(usize::try_from(self.days).unwrap_or(0), "day");
        let remark = format!(
            "{} of {} open ones are {older} old or older; {} have no date",
            self.tasks.len(),
            self.open,
            self.undated
        );
        Document { blocks: vec![Block::Table(table)], remarks: vec![remark] }
    }
}

impl Report for Stats {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.months.iter()
    }

    fn found(&self) -> bool {
        self.open + self.done > 0
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let mut document = Document::default();
        let months = self.months.iter().map(|month| (month.month, month.opened, month.closed));
        document.push(Block::Chart(by_month(months, ["opened", "closed"])));
        if !self.months.is_empty() {
            document.push(Block::Gap);
        }
        document.push(Block::Chart(by_age(self.ages, "open")));
        document.remark(format!("{} to do, {} done.", words::thousands(self.open), words::thousands(self.done)));
        document
    }
}

impl Row for Month {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}
