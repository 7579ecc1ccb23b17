//! A week, month, quarter or year on one page.
//!
//! Over 400 lines because each part of the page has its own kind of row.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::DecisionStatus;
use crate::model::NotePath;
use crate::model::QuestionState;
use crate::model::Status;
use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::meeting::PointState;
use crate::model::reading::ReadingPrecision;
use crate::report::decisions::DecisionItem;
use crate::report::journal_report::EntryItem;
use crate::report::meeting::ActionItem;
use crate::report::meeting::MeetingItem;
use crate::report::meeting::PointItem;
use crate::report::period::Step;
use crate::report::period_report::Items;
use crate::report::period_report::Part;
use crate::report::period_report::PartName;
use crate::report::period_report::PeriodReport;
use crate::report::questions::QuestionItem;
use crate::report::reading::ReadingItem;
use crate::report::task::TaskItem;
use crate::view::Document;
use crate::view::Line;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::document::Bar;
use crate::view::document::Block;
use crate::view::document::Chart;
use crate::view::document::Column;
use crate::view::document::Table;
use crate::view::document::TableRow;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::show::journal;
use crate::view::show::meeting as meetings;
use crate::view::show::questions;
use crate::view::show::reading;
use crate::view::words;

/// From this many consecutive empty bars on, only their number is shown.
const QUIET: usize = 4;

impl Report for PeriodReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.parts.iter()
    }

    fn found(&self) -> bool {
        self.parts.iter().any(|part| part.count > 0)
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        document.push(Block::Title(self.title()));
        for part in self.parts.iter().filter(|part| part.count > 0) {
            document.push(Block::Gap);
            document.push(Block::Heading(vec![cell(self.heading(part), Role::Title)]));
            if part.part == PartName::Written {
                if part.steps.iter().any(|step| step.count > 0) {
                    let unit = unit(self.period.step());
                    document.push(Block::Text { indent: 2, words: vec![muted(format!("words by {unit}:"))] });
                    document.push(Block::Chart(self.chart(part)));
                }
                if self.off_chart > 0 {
                    let off = words::count(self.off_chart, "word");
                    document.push(Block::Text {
                        indent: 2,
                        words: vec![muted(format!("{off} dated to a longer period are not in the chart"))],
                    });
                }
                document.push(Block::Gap);
            }
            document.push(self.table(part, paths));
            if part.count > self.limit {
                let more = words::thousands(part.count - self.limit);
                document.line(vec![muted(format!("  and {more} more: ")), cell(part.command.clone(), Role::Code)]);
            }
        }
        self.show_absent(&mut document);
        self.show_undated(&mut document);
        self.show_lists(&mut document);
        document
    }
}

/// The unit of a bar of the chart.
const fn unit(step: Unit) -> &'static str {
    match step {
        Unit::Day => "day",
        Unit::Week => "week",
        _ => "month",
    }
}

fn muted(text: impl Into<String>) -> crate::view::Cell {
    cell(text, Role::Muted)
}

impl PeriodReport {
    /// `Week 6 of 2022, 2022-02-07 to 2022-02-13`
    fn title(&self) -> Line {
        let period = self.period;
        let mut line = vec![cell(period.to_string(), Role::Title)];
        if period.is_whole() && period.unit != Unit::Year {
            line.push(cell(format!(", {} to {}", period.start, period.end), Role::Title));
        }
        if period.start <= self.today && self.today < period.end {
            line.push(muted(format!(" (as of {})", self.today)));
        }
        line
    }

    fn heading(&self, part: &Part) -> String {
        let tasks = words::count(part.count, "task");
        match part.part {
            PartName::Written => {
                let written: usize = part.steps.iter().map(|step| step.count).sum();
                format!(
                    "Written: {} on {}, in {}",
                    words::count(written + self.off_chart, "word"),
                    words::count(self.days, "day"),
                    words::count(self.notes, "note")
                )
            }
            PartName::Done => format!("Done: {tasks}"),
            PartName::Opened => format!("New: {tasks}"),
            PartName::Carried => format!("Carried over, still to do from before: {tasks}"),
            PartName::Met => format!("Met: {}", words::count(part.count, "meeting")),
            PartName::Left => {
                format!("Left from earlier meetings, without a box to tick: {}", words::count(part.count, "point"))
            }
            PartName::Read => format!("Read: {}", words::count(part.count, "link")),
            PartName::Asked => {
                let Items::Questions(questions) = &part.items else { return String::new() };
                let open = questions.iter().filter(|question| question.state != QuestionState::Answered).count();
                format!("Asked: {}, {} unanswered", words::count(part.count, "question"), words::thousands(open))
            }
            PartName::Decided => format!("Decided: {}", words::count(part.count, "decision")),
        }
    }

    /// The words of each day, week or month, up to today or the last one with any.
    fn chart(&self, part: &Part) -> Chart {
        let is_past = |step: &Step| step.since <= self.today;
        let last = part.steps.iter().rposition(|step| step.count > 0 || is_past(step)).map_or(0, |last| last + 1);
        let steps: Vec<&Step> = part.steps.iter().take(last).collect();
        let mut chart = Chart::default();
        for run in steps.chunk_by(|a, b| a.count == 0 && b.count == 0) {
            if run.len() >= QUIET {
                let quiet = format!("  ({} without)", words::count(run.len(), unit(self.period.step())));
                chart.bars.push(Bar { label: vec![muted(quiet)], value: 0, role: Role::Plain });
                continue;
            }
            for step in run {
                let name = match self.period.step() {
                    Unit::Day => words::day(step.since),
                    Unit::Week => step.since.format("%G-W%V").to_string(),
                    _ => step.since.format("%Y-%m").to_string(),
                };
                let label =
                    vec![plain("  "), cell(name, Role::Date), muted(format!("{:>7}  ", words::thousands(step.count)))];
                chart.bars.push(Bar { label, value: step.count, role: Role::Plain });
            }
        }
        chart
    }

    fn table(&self, part: &Part, paths: &dyn Paths) -> Block {
        let most = self.limit;
        let rows: Vec<TableRow> = match &part.items {
            Items::Entries(items) => items.iter().take(most).map(|item| entry(item, paths)).collect(),
            Items::Tasks(items) => items.iter().take(most).map(|item| task(item, part.part, paths)).collect(),
            Items::Meetings(items) => items.iter().take(most).map(|item| meeting(item, most, paths)).collect(),
            Items::Actions(items) => items.iter().take(most).map(|item| action(item, paths)).collect(),
            Items::Links(items) => items.iter().take(most).map(|item| link(item, paths)).collect(),
            Items::Questions(items) => items.iter().take(most).map(|item| question(item, paths)).collect(),
            Items::Decisions(items) => items.iter().take(most).map(|item| decision(item, paths)).collect(),
        };
        Block::Table(Table { margin: 2, columns: vec![Column::LEFT, Column::LEFT], rows })
    }

    /// `Nothing was read, asked or decided.`
    fn show_absent(&self, document: &mut Document) {
        if !self.found() {
            document.push(Block::Gap);
            document.push(Block::Text { indent: 0, words: vec![plain("Nothing has a date in this time.")] });
            return;
        }
        let absent = self.parts.iter().filter(|part| part.count == 0 && part.part != PartName::Left);
        let absent = absent.map(|part| match part.part {
            PartName::Written => "written",
            PartName::Done => "done",
            PartName::Opened => "newly to do",
            PartName::Carried => "carried over",
            PartName::Met => "discussed in a meeting",
            PartName::Left => "left",
            PartName::Read => "read",
            PartName::Asked => "asked",
            PartName::Decided => "decided",
        });
        let absent: Vec<String> = absent.map(str::to_owned).collect();
        if !absent.is_empty() {
            let text = words::list(&absent).replacen(" and ", " or ", 1);
            document.push(Block::Gap);
            document.push(Block::Text { indent: 0, words: vec![plain(format!("Nothing was {text}."))] });
        }
    }

    /// `Without a date, and so in no report: 12 tasks done, 3 notes.`
    fn show_undated(&self, document: &mut Document) {
        let counted = |part: PartName, count: usize, written: &str| match part {
            PartName::Written => Some(words::count(count, written)),
            PartName::Done => Some(format!("{} done", words::count(count, "task"))),
            PartName::Carried => Some(format!("{} to do", words::count(count, "task"))),
            PartName::Read => Some(format!("{} read", words::count(count, "link"))),
            PartName::Asked => Some(words::count(count, "question")),
            PartName::Decided => Some(words::count(count, "decision")),
            // tasks are counted as done or open, and every meeting has a date
            PartName::Opened | PartName::Met | PartName::Left => None,
        };
        let undated = self.parts.iter().filter(|part| part.undated > 0);
        let undated: Vec<String> = undated.filter_map(|part| counted(part.part, part.undated, "note")).collect();
        let longer = self.parts.iter().filter(|part| part.longer > 0);
        let longer: Vec<String> = longer.filter_map(|part| counted(part.part, part.longer, "entry")).collect();
        if undated.is_empty() && longer.is_empty() {
            return;
        }
        document.push(Block::Gap);
        if !undated.is_empty() {
            let text = format!("Without a date, and so in no report: {}.", words::list(&undated));
            document.push(Block::Text { indent: 0, words: vec![plain(text)] });
        }
        if !longer.is_empty() {
            let text = format!("About a longer time, and so not counted here: {}.", words::list(&longer));
            document.push(Block::Text { indent: 0, words: vec![plain(text)] });
        }
        if self.is_empty() {
            let hint = "A day is a dated heading, bullet or label line, or a file named after a day: see";
            document.push(Block::Text {
                indent: 0,
                words: vec![plain(hint), plain(" "), cell("hornbook help --manual journal", Role::Code)],
            });
        }
    }

    /// The commands behind the figures.
    fn show_lists(&self, document: &mut Document) {
        let row = |part: &Part| TableRow {
            left: vec![plain(match part.part {
                PartName::Written => words::count(self.days, "day"),
                PartName::Done => format!("{} done", words::thousands(part.count)),
                PartName::Opened => format!("{} new", words::thousands(part.count)),
                PartName::Carried => format!("{} carried over", words::thousands(part.count)),
                PartName::Met => words::count(part.count, "meeting"),
                PartName::Left => format!("{} left", words::thousands(part.count)),
                PartName::Read => format!("{} read", words::thousands(part.count)),
                PartName::Asked => format!("{} asked", words::thousands(part.count)),
                PartName::Decided => format!("{} decided", words::thousands(part.count)),
            })],
            main: vec![cell(part.command.clone(), Role::Code), plain("")],
            ..TableRow::default()
        };
        let rows: Vec<TableRow> = self.parts.iter().filter(|part| part.count > 0).map(row).collect();
        if !rows.is_empty() {
            document.push(Block::Gap);
            document.push(Block::Heading(vec![cell("The lists behind it", Role::Title)]));
            document.push(Block::Table(Table { margin: 2, columns: vec![Column::LEFT], rows }));
        }
    }
}

fn place(path: &NotePath, line: usize, paths: &dyn Paths) -> crate::view::Cell {
    muted(paths.place(path, line)).to_note(path, line)
}

fn day(date: Option<NaiveDate>) -> crate::view::Cell {
    cell(date.map_or_else(String::new, words::day), Role::Date)
}

fn days(days: Option<DateRange>) -> crate::view::Cell {
    cell(days.map_or_else(String::new, words::days), Role::Date)
}

fn entry(entry: &EntryItem, paths: &dyn Paths) -> TableRow {
    TableRow {
        left: vec![cell(journal::days(entry), Role::Date)],
        main: vec![plain(journal::summary(entry))],
        right: vec![place(&entry.path, entry.line, paths)],
        ..TableRow::default()
    }
}

fn task(task: &TaskItem, part: PartName, paths: &dyn Paths) -> TableRow {
    let opened = task.created.map(DateRange::day).or(task.days);
    let date = if part == PartName::Done { task.done_days } else { opened };
    let state = match task.status {
        Status::Todo | Status::Info => "",
        Status::OnHold => "on hold",
        status => status.name(),
    };
    let label = plain(task.label.clone());
    let url = task.links.iter().map(|link| &link.url).find(|url| url.contains("://"));
    TableRow {
        // done tasks need no status
        left: vec![days(date), muted(if part == PartName::Done { "" } else { state })],
        main: vec![match url {
            Some(url) => label.to_url(url.clone()),
            None => label,
        }],
        right: vec![muted(task.host.clone().unwrap_or_default()), place(&task.path, task.line, paths)],
        ..TableRow::default()
    }
}

/// A meeting with its points below.
fn meeting(meeting: &MeetingItem, most: usize, paths: &dyn Paths) -> TableRow {
    let point = |point: &PointItem| {
        let mark = match point.state {
            PointState::Open => "[ ] ",
            PointState::Done => "[x] ",
            PointState::Dropped => "[-] ",
            PointState::Moved => "[>] ",
            PointState::Unknown => "",
        };
        let indent = " ".repeat(4 + 2 * point.depth);
        let mut line = vec![plain(indent), cell(format!("{mark}{}", point.label), meetings::role(point))];
        for remark in meetings::remarks(point).into_iter().filter(|remark| !remark.text.is_empty()) {
            line.extend([plain("  "), remark]);
        }
        line
    };
    let mut below: Vec<Line> = meeting.points.iter().take(most).map(point).collect();
    if meeting.points.len() > most {
        let more = words::thousands(meeting.points.len() - most);
        below.push(vec![muted(format!("    and {more} more"))]);
    }
    TableRow {
        left: vec![day(Some(meeting.date))],
        main: vec![plain(meeting.title.clone())],
        right: vec![place(&meeting.path, meeting.line, paths)],
        below,
        ..TableRow::default()
    }
}

fn action(action: &ActionItem, paths: &dyn Paths) -> TableRow {
    let mut right = meetings::remarks(&action.point);
    right.remove(2);
    right.push(place(&action.path, action.point.line, paths));
    TableRow {
        left: vec![day(Some(action.raised))],
        main: vec![plain(action.point.label.clone())],
        right,
        ..TableRow::default()
    }
}

fn link(item: &ReadingItem, paths: &dyn Paths) -> TableRow {
    let finished = item.finished.map_or_else(String::new, |day| match item.finished_precision {
        Some(ReadingPrecision::Day) | None => words::day(day),
        precision => reading::day_or_month(day, precision),
    });
    let opinion = reading::opinion(item).map(|words| vec![plain("    "), muted(words)]);
    TableRow {
        left: vec![cell(finished, Role::Date)],
        main: vec![plain(item.name()).to_url(item.url.clone())],
        right: vec![item.place().map_or_else(|| plain(""), |(path, line)| place(path, line, paths))],
        below: opinion.into_iter().collect(),
        ..TableRow::default()
    }
}

fn question(question: &QuestionItem, paths: &dyn Paths) -> TableRow {
    TableRow {
        left: vec![days(question.days), cell(question.state.name(), Role::Plain)],
        main: vec![plain(questions::asking(&question.text))],
        right: vec![place(&question.path, question.line, paths)],
        ..TableRow::default()
    }
}

fn decision(decision: &DecisionItem, paths: &dyn Paths) -> TableRow {
    TableRow {
        left: vec![days(decision.days)],
        main: vec![plain(decision.text.clone())],
        right: vec![
            muted(decision.status.map(DecisionStatus::name).unwrap_or_default()),
            place(&decision.path, decision.line, paths),
        ],
        ..TableRow::default()
    }
}

impl Row for Part {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.command, self.count))
    }
}
