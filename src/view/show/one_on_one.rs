//! The page for the next one-to-one.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::meeting::PointState;
use crate::report::goals::GoalItem;
use crate::report::one_on_one::AgreedPoint;
use crate::report::one_on_one::OneOnOne;
use crate::report::signs::DoneLine;
use crate::view::Cell;
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
use crate::view::show::goals;
use crate::view::words;

impl Report for OneOnOne {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        std::iter::once(self)
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut page = Page { report: self, paths, document: Document::default() };
        page.document.push(Block::Title(vec![cell(format!("One-to-one: {}", self.series), Role::Title)]));
        page.document.push(Block::Text { indent: 0, words: vec![plain(self.heading())] });
        page.agreed();
        page.since();
        page.goals();
        page.tickets();
        page.praise();
        page.questions();
        page.agenda();
        if self.private {
            let remark = "every note of the series says that it is private: read the page before you hand it on";
            page.document.remark(remark.to_owned());
        }
        if self.left_out > 0 {
            let notes = words::count(self.left_out, "note");
            page.document.remark(format!("{notes} left out: private, or of other meetings; --private includes them"));
        }
        page.document
    }
}

struct Page<'a> {
    report: &'a OneOnOne,
    paths: &'a dyn Paths,
    document: Document,
}

impl Page<'_> {
    fn part(&mut self, title: &str) {
        self.document.push(Block::Gap);
        self.document.push(Block::Heading(vec![cell(title.to_owned(), Role::Title)]));
    }

    fn table(&mut self, rows: Vec<TableRow>, columns: usize) {
        self.document.push(Block::Table(Table { margin: 2, columns: vec![Column::LEFT; columns], rows }));
    }

    /// `line 14`, with the note if it is another one.
    fn place(&self, path: &NotePath, line: usize) -> Cell {
        let shown = if *path == self.report.path {
            format!("line {line}")
        } else {
            format!("{}:{line}", self.paths.shown(path))
        };
        cell(shown, Role::Path).to_note(path, line)
    }

    fn agreed(&mut self) {
        let report = self.report;
        for (state, title) in [
            (PointState::Open, "Agreed, open"),
            (PointState::Unknown, "Agreed, status unknown (no checkbox)"),
            (PointState::Done, "Agreed, done"),
            (PointState::Dropped, "Agreed, dropped"),
            (PointState::Moved, "Agreed, moved elsewhere"),
        ] {
            let all = report.agreed.iter().chain(&report.settled);
            let points: Vec<&AgreedPoint> = all.filter(|point| point.action.point.state == state).collect();
            if !points.is_empty() {
                self.part(title);
                let rows = points.into_iter().map(|point| self.point(point)).collect();
                self.table(rows, 2);
            }
        }
    }

    fn point(&self, point: &AgreedPoint) -> TableRow {
        let action = &point.action;
        let mut main = vec![plain(action.point.label.clone())];
        if let Some(host) = &action.point.host {
            main.push(cell(format!("  {host}"), Role::Muted));
        }
        if let Some(owner) = &action.point.owner {
            main.push(cell(format!("  {owner}"), Role::Muted));
        }
        if action.carried > 0 {
            main.push(cell(format!("  carried {}×", action.carried), Role::Muted));
        }
        if let Some(due) = action.point.due {
            let is_late = due < self.report.today && !action.point.state.is_closed();
            main.push(cell(format!("  due {due}"), if is_late { Role::Bad } else { Role::Warning }));
        }
        let sign = point.maybe_done.as_ref().map(|sign| {
            vec![cell(format!("    maybe done: {} at ", sign.text), Role::Good), self.place(&sign.path, sign.line)]
        });
        let age = words::count(usize::try_from(action.age_days).unwrap_or(0), "day");
        // at least two cells: never cut
        main.push(plain(""));
        let place = self.place(&action.path, action.point.line);
        TableRow {
            left: vec![cell(age, Role::Date), place],
            main,
            below: sign.into_iter().collect(),
            ..TableRow::default()
        }
    }

    fn since(&mut self) {
        let report = self.report;
        let Some(last) = report.last else { return };
        self.part(&format!("Done or learnt since {last}"));
        if report.days_written > 0 {
            let days = words::count(report.days_written, "day");
            self.document.line(vec![plain(format!("  {days} written in the journal"))]);
        }
        let rows: Vec<TableRow> = report.done.iter().map(|line| self.done(line, "done")).collect();
        let read = report.read.iter().map(|line| self.done(line, "read"));
        let rows: Vec<TableRow> = rows.into_iter().chain(read).collect();
        if rows.is_empty() {
            let since = |date: Option<NaiveDate>| date.is_some_and(|date| date >= last && date <= report.today);
            let is_other = report.praise.iter().any(|praise| since(praise.date))
                || report.questions.iter().any(|asked| since(asked.date))
                || report.tickets.iter().any(|ticket| since(ticket.last))
                || report.goals.iter().any(|goal| since(goal.last_movement));
            let words = match (report.done_above + report.settled.len(), report.days_written) {
                (0, 0) if is_other => "  no tick and nothing read is dated in this period",
                (0, 0) => "  nothing has a date in this period",
                (0, _) => return,
                _ => "  nothing but what was agreed, above",
            };
            self.document.line(vec![plain(words)]);
            return;
        }
        self.table(rows, 3);
    }

    fn done(&self, line: &DoneLine, what: &str) -> TableRow {
        let verdict = line.verdict.as_ref().map_or_else(String::new, |verdict| format!("  \"{verdict}\""));
        TableRow {
            left: vec![
                cell(words::day(line.date), Role::Date),
                cell(what.to_owned(), Role::Muted),
                self.place(&line.path, line.line),
            ],
            main: vec![plain(line.text.clone()), cell(verdict, Role::Muted)],
            ..TableRow::default()
        }
    }

    fn goals(&mut self) {
        let report = self.report;
        if report.goals.is_empty() && report.candidates.is_empty() {
            return;
        }
        self.part("Goals and skills");
        let since = report.last;
        let row = |goal: &GoalItem| {
            let new = goal
                .evidence
                .iter()
                .filter(|one| since.is_some() && one.date >= since && one.date <= Some(report.today));
            let new = new.count();
            let moved = if new > 0 {
                format!("{}, {} since", goals::movement(goal), words::count(new, "sign"))
            } else {
                goals::movement(goal)
            };
            TableRow {
                left: vec![
                    cell(goal.name.clone(), Role::Title),
                    plain(goals::level(goal)),
                    cell(goals::deadline(goal), Role::Date),
                    plain(goals::fraction(goal)),
                ],
                main: vec![self.place(&goal.path, goal.line), plain("")],
                below: vec![vec![cell(format!("    {moved}"), if goal.stale { Role::Warning } else { Role::Muted })]],
                ..TableRow::default()
            }
        };
        let rows: Vec<TableRow> = report.goals.iter().map(row).collect();
        if !rows.is_empty() {
            self.table(rows, 4);
        }
        for skill in &report.candidates {
            let times = skill.times();
            let place = self.place(&skill.path, skill.line);
            self.document.line(vec![
                plain(format!("  {}", skill.name)),
                plain(format!("  named {times} (")),
                place,
                plain("); no goal yet"),
            ]);
        }
    }

    fn tickets(&mut self) {
        let report = self.report;
        if report.tickets.is_empty() && report.unknown_tickets.is_empty() {
            return;
        }
        self.part("Tickets");
        let mut rows = Vec::new();
        for ticket in &report.tickets {
            let key = cell(ticket.key.clone(), Role::Id);
            let newest = ticket.sightings.iter().max_by_key(|sighting| sighting.date);
            let words = ticket.title.clone().or_else(|| newest.map(|newest| newest.text.clone())).unwrap_or_default();
            let place = newest.map_or_else(|| plain(""), |newest| self.place(&newest.path, newest.line));
            rows.push(TableRow {
                left: vec![
                    ticket.url.as_ref().map_or(key.clone(), |url| key.to_url(url.clone())),
                    plain(ticket.status.clone().unwrap_or_default().replace('_', " ")),
                    place,
                ],
                main: vec![plain(words), plain("")],
                ..TableRow::default()
            });
        }
        for project in &report.unknown_tickets {
            for example in &project.examples {
                rows.push(TableRow {
                    left: vec![cell(example.key.clone(), Role::Id), plain(""), self.place(&example.path, example.line)],
                    main: vec![
                        plain(format!("project {} is not configured", project.project)),
                        cell(format!("  hornbook tickets add {}", project.project), Role::Muted),
                    ],
                    ..TableRow::default()
                });
            }
        }
        self.table(rows, 3);
    }

    fn praise(&mut self) {
        let report = self.report;
        if report.praise.is_empty() {
            return;
        }
        self.part("Praise");
        let mut rows = Vec::new();
        for praise in &report.praise {
            let by = praise.by.clone().unwrap_or_else(|| "no author".to_owned());
            rows.push(TableRow {
                left: vec![self.place(&praise.path, praise.line)],
                main: vec![
                    plain(praise.about.clone()),
                    cell(format!("  {by}"), Role::Muted),
                    cell(goals::blanks(praise), Role::Warning),
                ],
                ..TableRow::default()
            });
        }
        self.table(rows, 1);
    }

    fn questions(&mut self) {
        let report = self.report;
        if report.questions.is_empty() {
            return;
        }
        self.part("Open questions");
        let rows = report.questions.iter().map(|asked| TableRow {
            left: vec![self.place(&asked.path, asked.line)],
            main: vec![plain(asked.text.clone()), plain("")],
            ..TableRow::default()
        });
        let rows = rows.collect();
        self.table(rows, 1);
    }

    fn agenda(&mut self) {
        if self.report.agenda.is_empty() {
            return;
        }
        self.part("Suggested agenda");
        let row = |point: &String| TableRow { main: vec![plain(point.clone()), plain("")], ..TableRow::default() };
        let rows = self.report.agenda.iter().map(row).collect();
        self.table(rows, 0);
    }
}

impl Row for OneOnOne {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.series, self.heading()))
    }

    fn line(&self) -> Option<usize> {
        self.line
    }
}
