//! The reading list: numbers, lists, one thing for today, duplicates, and statistics by month.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::reading::ReadingPrecision;
use crate::report::ages::Ages;
use crate::report::reading::ReadingItem;
use crate::report::reading::Sighting;
use crate::report::reading_report::NextReading;
use crate::report::reading_report::ReadingBy;
use crate::report::reading_report::ReadingCounts;
use crate::report::reading_report::ReadingDupes;
use crate::report::reading_report::ReadingMonth;
use crate::report::reading_report::ReadingReport;
use crate::report::reading_report::ReadingStats;
use crate::view::Cell;
use crate::view::Document;
use crate::view::Line;
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

/// In characters; longer names of groups are cut in the summary.
const GROUP: usize = 24;

/// Number of groups and hosts listed in a summary.
const NAMED: usize = 8;

/// In characters; longer remarks are cut in lists.
const REMARK: usize = 70;

impl Report for ReadingReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.items.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        if self.options.summary {
            self.summarise(&mut document);
            return document;
        }
        let mut from = 0;
        for (name, count) in &self.parts {
            let items = self.items.get(from..from + count).unwrap_or(&[]);
            from += count;
            if items.is_empty() {
                continue;
            }
            if from > *count {
                document.push(Block::Gap);
            }
            if self.options.by != ReadingBy::Place {
                let name = name.as_deref().unwrap_or("(none)");
                let counted = cell(format!("  {}", words::thousands(*count)), Role::Muted);
                document.push(Block::Heading(vec![cell(name, Role::Title), counted]));
            }
            document.push(self.table(items, paths));
        }
        if let Some(limit) = self.options.limit.filter(|limit| *limit <= self.items.len()) {
            document.remark(format!("only the first {limit} are shown: -n shows more"));
        }
        if let Some(range) = self.options.range {
            document.remark(format!("{} {}", words::count(self.found, "item"), words::range(range)));
            if self.longer > 0 {
                document.remark(format!("{} of a whole month left out", words::count(self.longer, "item")));
            }
            if self.undated > 0 {
                document.remark(format!("{} without a date left out", words::count(self.undated, "item")));
            }
        }
        document.remark(totals(&self.counts));
        document
    }
}

impl ReadingReport {
    fn summarise(&self, document: &mut Document) {
        let counts = &self.counts;
        if counts.items == 0 {
            document.remark("no note has links to read: `hornbook reading add URL` begins a list");
            return;
        }
        document.line(vec![plain(totals(counts))]);
        if let Some(oldest) = counts.oldest {
            let age = (self.today - oldest).num_days();
            let age =
                usize::try_from(age).map(|days| format!(", {} ago", words::count(days, "day"))).unwrap_or_default();
            document.line(vec![plain(format!("oldest to read: {oldest}{age}"))]);
        }
        let kinds: Vec<String> = counts.kinds.iter().map(|(kind, count)| words::count(*count, noun(*kind))).collect();
        if !kinds.is_empty() {
            document.line(vec![plain(format!("to read by kind: {}", kinds.join(", ")))]);
        }
        let named = |(group, count): &(Option<String>, usize)| {
            format!("{} {}", group.as_deref().map_or_else(|| "(no group)".to_owned(), short), words::thousands(*count))
        };
        let mut groups: Vec<String> = counts.groups.iter().take(NAMED).map(named).collect();
        if groups.len() > 1 || counts.groups.first().is_some_and(|(group, _)| group.is_some()) {
            if counts.groups.len() > NAMED {
                groups.push(format!("and {} more", counts.groups.len() - NAMED));
            }
            document.line(vec![plain(format!("to read by group: {}", groups.join(", ")))]);
        }
        let first = counts.states.iter().find(|(state, _)| state.is_open()).or(counts.states.first());
        if let Some((state, _)) = first {
            document.remark(format!("list them: hornbook reading --state {}", state.name().replace('_', "-")));
        }
    }

    fn table(&self, items: &[ReadingItem], paths: &dyn Paths) -> Block {
        let several = self.options.states.len() != 1;
        let row = |item: &ReadingItem| {
            let day = match item.finished {
                Some(day) => day_or_month(day, item.finished_precision),
                None => item.added.map(|day| day_or_month(day, item.added_precision)).unwrap_or_default(),
            };
            let mut left = vec![cell(day, Role::Date), cell(item.id.clone(), Role::Id)];
            if several {
                left.push(cell(said(item.state), role(item.state)));
            }
            let below = opinion(item).map(|words| vec![plain("    "), cell(words, Role::Muted)]);
            TableRow {
                left,
                main: vec![plain(item.name()).to_url(item.url.clone())],
                right: vec![cell(item.host.clone().unwrap_or_default(), Role::Muted), place(item, paths)],
                below: below.into_iter().collect(),
                ..TableRow::default()
            }
        };
        let mut columns = vec![Column::RIGHT, Column::LEFT];
        if several {
            columns.push(Column::LEFT);
        }
        Block::Table(Table { columns, rows: items.iter().map(row).collect(), ..Table::default() })
    }
}

/// `2026-11-04`, `by 2026-11-04`, `2026-11`
pub(crate) fn day_or_month(day: NaiveDate, precision: Option<ReadingPrecision>) -> String {
    match precision {
        Some(ReadingPrecision::By) => format!("by {day}"),
        Some(ReadingPrecision::Month) => day.format("%Y-%m").to_string(),
        Some(ReadingPrecision::Day) | None => day.to_string(),
    }
}

/// `46 items (47 links) in 1 note: 16 to read, 17 to look at, 8 read`
fn totals(counts: &ReadingCounts) -> String {
    let states: Vec<String> = counts
        .states
        .iter()
        .map(|(state, count)| match state {
            ReadingState::Reference => words::count(*count, "reference"),
            state => format!("{} {}", words::thousands(*count), said(*state)),
        })
        .collect();
    let links =
        if counts.links == counts.items { String::new() } else { format!(" ({})", words::count(counts.links, "link")) };
    let states = if states.is_empty() { String::new() } else { format!(": {}", states.join(", ")) };
    format!("{}{links} in {}{states}", words::count(counts.items, "item"), words::count(counts.notes, "note"))
}

/// The name of a state, for people.
fn said(state: ReadingState) -> String {
    state.name().replace('_', " ")
}

const fn role(state: ReadingState) -> Role {
    match state {
        ReadingState::Read => Role::Good,
        ReadingState::Dropped | ReadingState::Reference => Role::Muted,
        ReadingState::Reading => Role::Warning,
        ReadingState::ToRead | ReadingState::ToLookAt | ReadingState::Unsorted => Role::Plain,
    }
}

const fn noun(kind: ReadingKind) -> &'static str {
    match kind {
        ReadingKind::Wiki => "wiki page",
        ReadingKind::Documentation => "documentation page",
        kind => kind.name(),
    }
}

/// The reader's opinion: the first of a few remarks in quotes, or the number of remarks.
pub(super) fn opinion(item: &ReadingItem) -> Option<String> {
    match (&item.verdict, item.remarks.len()) {
        (_, 0) => None,
        (Some(verdict), _) => Some(format!("\"{}\"", cut(verdict, REMARK))),
        (None, many) => Some(words::count(many, "remark")),
    }
}

/// The first words of a text, with `…` if there are more.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let end = text.char_indices().nth(most.saturating_sub(2)).map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{} …", head.trim_end_matches([',', ';', ':', '-', ' ']))
}

fn short(group: &str) -> String {
    cut(group, GROUP)
}

fn place(item: &ReadingItem, paths: &dyn Paths) -> Cell {
    match item.place() {
        Some((path, line)) => cell(paths.place(path, line), Role::Muted).to_note(path, line),
        None => plain(""),
    }
}

impl Row for ReadingItem {
    fn path(&self) -> Option<&NotePath> {
        self.place().map(|(path, _)| path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", said(self.state), self.title))
    }

    fn line(&self) -> Option<usize> {
        self.place().map(|(_, line)| line)
    }
}

impl Report for NextReading {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.item.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let Some(item) = &self.item else {
            document.remark(match (self.minutes, self.shortest) {
                (Some(minutes), Some(shortest)) => {
                    format!("nothing takes {minutes} minutes or less; the shortest takes about {shortest}")
                }
                _ => "nothing to read: `hornbook reading add URL` adds to the list".to_owned(),
            });
            return document;
        };
        let host = item.host.as_ref().map(|host| format!("  {host}")).unwrap_or_default();
        document.line(vec![
            cell(item.id.clone(), Role::Id),
            plain("  "),
            cell(item.name(), Role::Title),
            cell(host, Role::Muted),
        ]);
        let time = match item.minutes {
            Some(minutes) => format!("{minutes} minutes"),
            None => format!("about {} minutes", item.estimate()),
        };
        let age = item.added.map(|added| (self.today - added).num_days()).filter(|days| *days > 0);
        let since = age.map(|days| format!(", added {} ago", words::age(days))).unwrap_or_default();
        let mut second: Line = vec![plain("     ")];
        if let Some((path, line)) = item.place() {
            second.push(cell(paths.shown(path), Role::Path).to_note(path, line));
            second.push(cell(format!(":{line}  {}, {time}{since}", noun(item.kind)), Role::Muted));
        }
        document.line(second);
        document.line(vec![plain("     "), cell(item.url.clone(), Role::Muted).to_url(item.url.clone())]);
        document.remark(format!("when you have read it: hornbook reading done {}", item.id));
        document
    }
}

impl Report for ReadingDupes {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.items.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                document.push(Block::Gap);
            }
            document.push(Block::Heading(vec![
                cell(item.name(), Role::Title),
                cell(format!("  {}", said(item.state)), role(item.state)),
            ]));
            let row = |sighting: &Sighting| TableRow {
                left: vec![cell(said(sighting.state), role(sighting.state))],
                main: vec![plain(sighting.url.clone()).to_url(sighting.url.clone())],
                right: vec![
                    cell(paths.place(&sighting.path, sighting.line), Role::Muted)
                        .to_note(&sighting.path, sighting.line),
                ],
                ..TableRow::default()
            };
            let rows = item.places().map(row).collect();
            document.push(Block::Table(Table { margin: 2, columns: vec![Column::LEFT.least(10)], rows }));
        }
        let places: usize = self.items.iter().map(|item| item.places().count()).sum();
        document.remark(match self.items.len() {
            0 => "every link is in one place".to_owned(),
            count => format!("{} in {}", words::count(count, "item"), words::count(places, "place")),
        });
        document
    }
}

impl Report for ReadingStats {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.months.iter()
    }

    fn found(&self) -> bool {
        self.counts.items > 0
    }

    fn show(&self, _: &dyn Paths) -> Document {
        let mut document = Document::default();
        let months = self.months.iter().map(|month| (month.month, month.added, month.read));
        document.push(Block::Chart(by_month(months, ["added", "read"])));
        if self.ages != Ages::default() {
            document.push(Block::Gap);
            document.push(Block::Chart(by_age(self.ages, "waiting")));
        }
        let hosts: Vec<String> =
            self.hosts.iter().take(NAMED).map(|(host, count)| format!("{host} {}", words::thousands(*count))).collect();
        if !hosts.is_empty() {
            document.push(Block::Gap);
            document.push(Block::Text { indent: 0, words: vec![plain(format!("most from: {}", hosts.join(", ")))] });
        }
        if self.undated > 0 {
            document.remark(format!("{} without a date", words::count(self.undated, "item")));
        }
        document.remark(totals(&self.counts));
        document
    }
}

impl Row for ReadingMonth {
    fn path(&self) -> Option<&NotePath> {
        None
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }
}
