//! Tickets: their occurrences, and their state according to the notes.
//!
//! Over 400 lines because imported lists and notes contribute to the same tickets.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::Record;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::ticket;
use crate::model::ticket::Trackers;
use crate::parse::ticket_table;
use crate::report::agenda;
use crate::report::context;
use crate::report::label;
use crate::report::line_text::LINE;
use crate::report::line_text::excerpt;
use crate::report::task::task_at;
use crate::report::ticket_state::is_closed;
use crate::report::ticket_state::stated;
use crate::report::ticket_state::stated_before;
use crate::report::ticket_state::text_after;

/// Tickets of the notes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TicketReport {
    /// The most recently mentioned first, then by key.
    pub tickets: Vec<TicketItem>,
    /// The requested ticket or project.
    pub asked: Option<String>,
    /// Projects that should probably be named in the settings.
    pub suggested: Vec<String>,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketItem {
    /// `RETAIL-23617`
    pub key: String,
    /// `RETAIL`
    pub project: String,
    /// `None` if a pattern in the settings matched it.
    pub number: Option<u64>,
    /// Its page, if known.
    pub url: Option<String>,
    /// The last state in the notes: of the box on its line, a word after it, or an imported list.
    pub status: Option<String>,
    /// Whether that state means that it is closed.
    pub closed: Option<bool>,
    /// From an imported list, else the text of a link to it.
    pub title: Option<String>,
    /// When it was last mentioned.
    pub last: Option<NaiveDate>,
    /// The goals that it belongs to.
    pub goals: Vec<String>,
    /// In the order of the notes.
    pub sightings: Vec<TicketSighting>,
}

/// A line that mentions a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketSighting {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The day on which its box was ticked, if it says so, else the date of its entry, else of the note.
    pub date: Option<NaiveDate>,
    /// What it is.
    pub kind: SightingKind,
    /// The state that it gives.
    pub status: Option<String>,
    /// The line, or a part of a long one; the label, for a task.
    pub text: String,
}

/// The kind of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SightingKind {
    /// A task.
    Task,
    /// Words.
    Text,
    /// A row of an imported list.
    List,
}

/// The input of the report.
pub struct TicketsInput<'a> {
    /// The notes with tickets or possible tickets, sorted by path.
    pub records: &'a [&'a Record],
    /// The addresses of tickets.
    pub trackers: &'a Trackers,
    /// A note's text.
    pub text: &'a dyn Fn(&NotePath) -> Option<String>,
    /// The goals that a place belongs to.
    pub goals: &'a dyn Fn(&NotePath, usize) -> Vec<String>,
}

impl TicketReport {
    /// Collects tickets; only those with a key or project, if one is requested, ignoring case.
    #[must_use]
    pub fn new(input: &TicketsInput<'_>, asked: Option<&str>) -> Self {
        // `#12` and `GH-12` are short for a key
        let key_of = |asked: &str| {
            let found = input.trackers.find(asked).into_iter().next();
            found.filter(|found| found.span == Span::new(0, asked.len())).map(|found| found.key)
        };
        let whole = asked.and_then(|asked| key_of(asked).or_else(|| key_of(&asked.to_uppercase())));
        let asked = whole.as_deref().or(asked);
        let wanted = |key: &str| {
            asked
                .is_none_or(|asked| key.eq_ignore_ascii_case(asked) || ticket::split(key).0.eq_ignore_ascii_case(asked))
        };
        let mut items = Items::default();
        // lists first: they determine the titles, and only a list may know a key
        let (lists, notes): (Vec<&Record>, Vec<&Record>) =
            input.records.iter().partition(|record| is_list(&record.parsed.note));
        for record in lists {
            if let Some(text) = (input.text)(&record.path) {
                list(record, &text, &wanted, input, &mut items);
            }
        }
        let listed: Vec<String> = items.0.keys().map(|(key, _)| key.clone()).collect();
        let known = input.records.iter().flat_map(|record| known_keys(record)).filter(|key| wanted(key));
        let known: BTreeSet<&str> = known.chain(listed.iter().map(String::as_str)).collect();
        for record in notes.into_iter().filter(|record| has_any(record, &known)) {
            if let Some(text) = (input.text)(&record.path) {
                note(record, &text, &known, input, &mut items);
            }
        }
        let mut tickets = items.into_tickets(input.trackers);
        for ticket in &mut tickets {
            ticket.settle(input.trackers);
        }
        tickets.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| (&a.project, a.number).cmp(&(&b.project, b.number))));
        Self { tickets, asked: asked.map(str::to_owned), suggested: Vec::new() }
    }

    /// True if a single ticket was requested: all of its occurrences are shown.
    #[must_use]
    pub fn is_detailed(&self) -> bool {
        let is_asked =
            |ticket: &TicketItem| self.asked.as_ref().is_some_and(|asked| asked.eq_ignore_ascii_case(&ticket.key));
        matches!(self.tickets.as_slice(), [one] if is_asked(one))
    }
}

/// Tickets by key and site: `acme/shop#12` on GitHub differs from that on GitLab.
#[derive(Default)]
struct Items(BTreeMap<(String, String), TicketItem>);

impl Items {
    fn of(&mut self, key: &str, site: &str) -> &mut TicketItem {
        self.0.entry((key.to_owned(), site.to_owned())).or_insert_with(|| TicketItem::new(key))
    }

    /// Merges mentions without a site, of a repository not in the settings, into the only ticket with that key.
    fn into_tickets(self, trackers: &Trackers) -> Vec<TicketItem> {
        let mut by_key: BTreeMap<String, Vec<(String, TicketItem)>> = BTreeMap::new();
        for ((key, site), item) in self.0 {
            by_key.entry(key).or_default().push((site, item));
        }
        let merged = |items: Vec<(String, TicketItem)>| match <[(String, TicketItem); 2]>::try_from(items) {
            Ok([(site, mut one), (_, other)]) if site.is_empty() && !trackers.knows(&one.project) => {
                one.add(other);
                vec![one]
            }
            Ok(two) => two.into_iter().map(|(_, item)| item).collect(),
            Err(items) => items.into_iter().map(|(_, item)| item).collect(),
        };
        by_key.into_values().flat_map(merged).collect()
    }
}

/// The site of a reference to a repository's ticket; empty for the one in the settings, and if the key alone identifies it.
fn site<'u>(key: &str, url: Option<&'u String>, trackers: &Trackers) -> &'u str {
    let of = |url: &str| url.find("://").and_then(|at| Some(at + 3 + url.get(at + 3..)?.find('/')?));
    let Some(site) = url.filter(|_| key.contains(['#', '!'])).and_then(|url| url.get(..of(url)?)) else { return "" };
    let own = trackers.url(key).filter(|_| trackers.knows(ticket::split(key).0));
    if own.is_some_and(|own| own.starts_with(site)) { "" } else { site }
}

fn is_list(note: &Note) -> bool {
    note.kind.as_deref() == Some(ticket::LIST)
}

fn known_keys(record: &Record) -> impl Iterator<Item = &str> {
    record.parsed.note.tickets.iter().map(|ticket| ticket.key.as_str())
}

fn has_any(record: &Record, keys: &BTreeSet<&str>) -> bool {
    let likes = record.parsed.note.ticket_like.iter().map(|like| like.key.as_str());
    known_keys(record).chain(likes).any(|key| keys.contains(key))
}

/// The rows of an imported list.
fn list(record: &Record, text: &str, wanted: &dyn Fn(&str) -> bool, input: &TicketsInput<'_>, items: &mut Items) {
    let note = &record.parsed.note;
    for row in ticket_table::read(text).unwrap_or_default().rows {
        if row.key.is_empty() || !wanted(&row.key) {
            continue;
        }
        let first = note.tickets.partition_point(|ticket| ticket.line < row.line);
        let mut on_line = note.tickets.iter().skip(first).take_while(|ticket| ticket.line == row.line).take(9);
        let url = on_line.find(|ticket| ticket.key == row.key).and_then(|ticket| ticket.url.as_ref());
        let item = items.of(&row.key, site(&row.key, url, input.trackers));
        if item.title.is_none() && !row.title.is_empty() {
            item.title = Some(row.title.clone());
        }
        item.url = item.url.take().or_else(|| url.cloned());
        item.sightings.push(TicketSighting {
            path: record.path.clone(),
            line: row.line,
            date: row.since.or(note.date),
            kind: SightingKind::List,
            status: Some(row.status).filter(|status| !status.is_empty()),
            text: row.title,
        });
    }
}

/// The occurrences in a note.
fn note(record: &Record, text: &str, keys: &BTreeSet<&str>, input: &TicketsInput<'_>, items: &mut Items) {
    let note = &record.parsed.note;
    let lines = Lines::new(text);
    let likes = note.ticket_like.iter().map(|like| (&like.key, like.line, like.span, None));
    let all =
        note.tickets.iter().map(|ticket| (&ticket.key, ticket.line, ticket.span, ticket.url.as_ref())).chain(likes);
    let mut seen = BTreeSet::new();
    let mut labels: BTreeMap<usize, String> = BTreeMap::new();
    for (key, line, span, url) in all {
        if !keys.contains(key.as_str()) {
            continue;
        }
        let content = lines.content(text, line);
        let task = task_at(note, span.start);
        // agenda lines repeat other text
        if task.is_none() && !note.meetings.is_empty() && agenda::is_suggested(content.of(text)) {
            continue;
        }
        let site = site(key, url, input.trackers);
        let item = items.of(key, site);
        item.url = item.url.take().or_else(|| url.cloned());
        if url.is_some() && item.title.is_none() {
            let first = note.links.partition_point(|link| link.span.start < span.start);
            let link = note.links.get(first).filter(|link| link.span == span);
            item.title = link.map(|link| link.text.clone()).filter(|words| is_title(words, key));
        }
        for goal in (input.goals)(&record.path, line) {
            if !item.goals.contains(&goal) {
                item.goals.push(goal);
            }
        }
        if !seen.insert((key.as_str(), site, line)) {
            continue;
        }
        let before = text.get(content.start..span.start).unwrap_or("");
        let told = stated(text_after(text, content, span)).or_else(|| stated_before(before));
        let text = match task {
            Some(index) => labels.entry(index).or_insert_with(|| labelled(note, index)).clone(),
            None => excerpt(text, content, span),
        };
        let task = task.and_then(|index| note.tasks.get(index));
        item.sightings.push(TicketSighting {
            path: record.path.clone(),
            line,
            // a box that was ticked says when, wherever it stands
            date: task.and_then(|task| task.completed.or(task.cancelled)).or_else(|| context::date(note, line)),
            kind: if task.is_some() { SightingKind::Task } else { SightingKind::Text },
            status: match (task, told) {
                // `- [ ] get AB-1 merged` describes a future state
                (Some(task), Some(told)) if task.status.is_open() && is_closed(&told) != Some(true) => Some(told),
                (Some(task), _) => Some(task.status.name().to_owned()),
                (None, told) => told,
            },
            text,
        });
    }
}

/// A link's text, if it is more than the name of the ticket.
fn is_title(words: &str, key: &str) -> bool {
    !words.is_empty() && !words.contains(key) && !words.contains("://") && words.chars().any(char::is_alphabetic)
}

/// The label of a task, shortened.
fn labelled(note: &Note, index: usize) -> String {
    let label = note.tasks.get(index).map(|task| label::label(task).text).unwrap_or_default();
    match label.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", label.get(..end).unwrap_or("").trim_end()),
        None => label,
    }
}

impl TicketItem {
    fn new(key: &str) -> Self {
        let (project, number) = ticket::split(key);
        Self {
            key: key.to_owned(),
            project: project.to_owned(),
            number,
            url: None,
            status: None,
            closed: None,
            title: None,
            last: None,
            goals: Vec::new(),
            sightings: Vec::new(),
        }
    }

    /// Adds what another value knows about the same ticket.
    fn add(&mut self, other: Self) {
        self.url = self.url.take().or(other.url);
        self.title = self.title.take().or(other.title);
        self.goals.extend(other.goals);
        self.goals.sort();
        self.goals.dedup();
        self.sightings.extend(other.sightings);
    }

    /// Evaluates all occurrences together.
    fn settle(&mut self, trackers: &Trackers) {
        self.sightings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        // the settings decide for the projects that they name
        let linked = self.url.take();
        let is_elsewhere = !site(&self.key, linked.as_ref(), trackers).is_empty();
        self.url = if trackers.knows(&self.project) && !is_elsewhere {
            trackers.url(&self.key).or(linked)
        } else {
            linked.or_else(|| trackers.url(&self.key))
        };
        let spoken = self.sightings.iter().filter(|sighting| sighting.kind != SightingKind::List);
        self.last = spoken.filter_map(|sighting| sighting.date).max();
        // the newest state; an undated one counts as the oldest, on the same day the last in the order of the notes
        let told = self.sightings.iter().filter(|sighting| sighting.status.is_some());
        self.status = told.max_by_key(|sighting| sighting.date).and_then(|sighting| sighting.status.clone());
        self.closed = self.status.as_deref().and_then(is_closed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ticket::Tracker;
    use crate::parse;

    fn report(notes: &[(&str, &str)], asked: Option<&str>) -> TicketReport {
        let tracker = Tracker {
            keys: vec!["AB".to_owned()],
            url: Some("https://t/{key}-{num}".to_owned()),
            ..Tracker::default()
        };
        let trackers = Trackers::new(vec![tracker]);
        let options = parse::Options { trackers: trackers.clone(), ..parse::Options::default() };
        let record = |(path, text): &(&str, &str)| {
            let path = NotePath::from(*path);
            let parsed = parse::parse(&path, text, &options);
            Record { path, stamp: Default::default(), hash: 0, kept: Vec::new(), closed: Vec::new(), parsed }
        };
        let records: Vec<Record> = notes.iter().map(record).collect();
        let text =
            |path: &NotePath| notes.iter().find(|(name, _)| *name == path.as_str()).map(|(_, text)| (*text).to_owned());
        let refs: Vec<&Record> = records.iter().collect();
        TicketReport::new(
            &TicketsInput { records: &refs, trackers: &trackers, text: &text, goals: &|_, _| Vec::new() },
            asked,
        )
    }

    const NOTES: [(&str, &str); 3] = [
        ("2026-01-05.md", "# Mon\n\n- [ ] start AB-1\n- AB-2 merged, and again AB-2\n"),
        ("2026-01-09.md", "- [x] AB-1\n\nsee [the retry queue](https://j/browse/CD-7) and CD-7\n"),
        (
            "list.md",
            "---\nkind: tickets\n---\n| Ticket | Title | Status |\n|---|---|---|\n| AB-2 | Fix login | Open |\n| EF-1 | Far | New |\n",
        ),
    ];

    #[test]
    fn the_newest_word_counts() {
        let report = report(&NOTES, None);
        let told: Vec<_> = report
            .tickets
            .iter()
            .map(|t| (t.key.as_str(), t.status.as_deref(), t.closed, t.title.as_deref(), t.sightings.len()))
            .collect();
        assert_eq!(
            told,
            [
                ("AB-1", Some("done"), Some(true), None, 2),
                ("CD-7", None, None, Some("the retry queue"), 1),
                ("AB-2", Some("done"), Some(true), Some("Fix login"), 2),
                ("EF-1", Some("New"), Some(false), Some("Far"), 1),
            ]
        );
        assert_eq!(report.tickets[0].url.as_deref(), Some("https://t/AB-1"));
        assert_eq!(report.tickets[1].url.as_deref(), Some("https://j/browse/CD-7"));
    }

    #[test]
    fn what_is_imported_is_called_so() {
        let link = ("a.md", "- see [the queue](https://t/AB-2)\n");
        let title = |notes: &[(&str, &str)]| report(notes, None).tickets.iter().find_map(|one| one.title.clone());
        assert_eq!(title(&[link]).as_deref(), Some("the queue"));
        assert_eq!(title(&[link, NOTES[2]]).as_deref(), Some("Fix login"));
    }

    #[test]
    fn repositories_of_one_name_are_told_apart() {
        let notes = [
            ("a.md", "- https://github.com/acme/shop/issues/12\n- https://gitlab.com/acme/shop/-/issues/12 done\n"),
            (
                "list.md",
                "---\nkind: tickets\n---\n| Ticket | Title | Status |\n|---|---|---|\n| acme/bar#1 | Far | New |\n",
            ),
            ("z.md", "https://github.com/acme/bar/issues/1"),
        ];
        let told: Vec<_> =
            report(&notes, None).tickets.into_iter().map(|t| (t.key, t.url, t.status, t.sightings.len())).collect();
        let is = |words: &str| Some(words.to_owned());
        let want = [
            ("acme/bar#1".to_owned(), is("https://github.com/acme/bar/issues/1"), is("New"), 2),
            ("acme/shop#12".to_owned(), is("https://github.com/acme/shop/issues/12"), None, 1),
            ("acme/shop#12".to_owned(), is("https://gitlab.com/acme/shop/-/issues/12"), is("done"), 1),
        ];
        assert_eq!(told, want);
    }

    #[test]
    fn a_repository_on_two_sites_is_two() {
        let tracker = |github: Option<&str>, gitlab: Option<&str>| Tracker {
            github: github.map(str::to_owned),
            gitlab: gitlab.map(str::to_owned),
            ..Tracker::default()
        };
        let trackers = Trackers::new(vec![tracker(Some("acme/shop"), None), tracker(None, Some("acme/shop"))]);
        let path = NotePath::from("a.md");
        let text = "- fix #12\n- GH-13 merged\n- see !7 and https://gitlab.com/acme/shop/-/issues/12 done\n";
        let options = parse::Options { trackers: trackers.clone(), ..parse::Options::default() };
        let parsed = parse::parse(&path, text, &options);
        let record = Record { path, stamp: Default::default(), hash: 0, kept: Vec::new(), closed: Vec::new(), parsed };
        let asked = |asked: &str| {
            let input = TicketsInput {
                records: &[&record],
                trackers: &trackers,
                text: &|_| Some(text.to_owned()),
                goals: &|_, _| Vec::new(),
            };
            let all = TicketReport::new(&input, Some(asked)).tickets.into_iter();
            all.map(|ticket| (ticket.url.unwrap_or_default(), ticket.closed == Some(true))).collect::<Vec<_>>()
        };
        let on = |page: &str, closed: bool| (format!("https://{page}"), closed);
        let two = [on("github.com/acme/shop/issues/12", false), on("gitlab.com/acme/shop/-/issues/12", true)];
        assert_eq!(asked("#12"), two);
        for short in ["GH-13", "gh-13"] {
            assert_eq!(asked(short), [on("github.com/acme/shop/issues/13", true)]);
        }
        assert_eq!(asked("!7"), [on("gitlab.com/acme/shop/-/merge_requests/7", false)]);
    }

    #[test]
    fn a_tick_with_its_day_is_newer_than_what_was_said_before() {
        for (tick, status) in [
            ("- [x] ship AB-1 ✅ 2026-11-20", "done"),
            ("- [x] ship AB-1 [completion:: 2026-11-20]", "done"),
            ("- [-] ship AB-1 ❌ 2026-11-20", "cancelled"),
            ("- [x] ship AB-1 ✅ 2026-11-09", "todo"),
            ("- [x] ship AB-1", "todo"),
        ] {
            let report = report(&[("tasks.md", tick), ("2026-11-10.md", "- [ ] AB-1\n")], None);
            assert_eq!(report.tickets[0].status.as_deref(), Some(status), "{tick}");
        }
    }

    #[test]
    fn a_box_to_tick_closes_no_ticket() {
        for (line, status) in [
            ("- [ ] AB-1 done?", "todo"),
            ("- [ ] get AB-1 merged", "todo"),
            ("- [ ] AB-1 is blocked by Ida", "on_hold"),
            ("- [x] AB-1 done", "done"),
            ("- [-] AB-1 done", "cancelled"),
        ] {
            let report = report(&[("a.md", line)], None);
            assert_eq!(report.tickets[0].status.as_deref(), Some(status), "{line}");
        }
    }

    #[test]
    fn a_key_or_a_project_can_be_asked_for() {
        assert!(report(&NOTES, Some("ab-1")).is_detailed());
        let project = report(&NOTES, Some("AB"));
        assert_eq!((project.tickets.len(), project.is_detailed()), (2, false));
        assert_eq!(report(&NOTES, Some("XY-1")).tickets, []);
    }
}
