//! The page for the next one-to-one: what of the notes it may see, and what stands on it.
//!
//! Nothing private is on the page unless somebody asks: notes that say so, what stands under the tag `#private`, and, of all but
//! the series itself, folders called private, what the site leaves out, and notes of other series of meetings. Where every note of
//! the series says that it is private, the series is shown, and the page says so.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::disk;
use crate::index::Has;
use crate::index::Select;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::PrivateReason;
use crate::model::QuestionState;
use crate::model::ReadingState;
use crate::model::Section;
use crate::model::meeting::Extent;
use crate::model::meeting::Part;
use crate::model::meeting_words;
use crate::model::privacy::is_private_tag;
use crate::model::words::fold;
use crate::parse;
use crate::query::Query;
use crate::report::agenda::is_suggested;
use crate::report::context::tick_day;
use crate::report::meeting::ActionFilter;
use crate::report::meeting::ActionReport;
use crate::report::one_on_one::OneOnOne;
use crate::report::one_on_one::OneOnOneInput;
use crate::report::questions::QuestionOptions;
use crate::report::series::Series;
use crate::report::signs::DoneLine;
use crate::session::Error;
use crate::session::ReadingRequest;
use crate::session::Session;
use crate::session::meeting::find_series;

/// A folder whose notes are nobody's business at work, though others may see them.
const PERSONAL: &str = "personal";

/// What stands in a series, and what its page may not show.
struct SeriesFacts {
    name: String,
    paths: Vec<NotePath>,
    line: Option<usize>,
    last: Option<chrono::NaiveDate>,
    next: Option<chrono::NaiveDate>,
    actions: ActionReport,
    /// Notes that are meetings of other series, or a list of them.
    others: BTreeSet<NotePath>,
    /// Lines of meetings of other series, in notes that hold more.
    parts: BTreeMap<NotePath, Vec<(usize, usize)>>,
}

/// What the page is made of.
#[derive(Default)]
struct Seen {
    /// The notes, with the lines of each that stay off the page.
    unseen: BTreeMap<NotePath, Vec<(usize, usize)>>,
    /// How many notes are left out.
    left_out: usize,
    /// Every note of the series says that it is private.
    all_private: bool,
}

impl Session {
    /// The page for the next one-to-one of a series; with `private`, of all notes.
    ///
    /// # Errors
    ///
    /// As [`Session::meeting`].
    pub fn one_on_one(&self, series: &str, private: bool) -> Result<OneOnOne, Error> {
        let today = self.today();
        let facts = self.of_series(&Query::default(), |all, ids| {
            let one = find_series(all, series)?;
            let actions = ActionReport::new(std::slice::from_ref(one), &ActionFilter::default(), ids, today);
            Ok(self.series_facts(all, one, actions))
        })?;
        let page = self.seen_by_page(&facts, private)?;
        let (left_out, unseen) = (page.left_out, page.unseen.clone());
        let seen = self.limited_to(page.unseen);
        let goals = seen.goals()?;
        let tickets = seen.tickets(None)?;
        let unknown = seen.suggest_tickets(false)?;
        let praise = seen.praise()?;
        let options = QuestionOptions { states: vec![QuestionState::Open], ..QuestionOptions::default() };
        let questions = seen.questions(&Query::default(), &options)?;
        let mut input = OneOnOneInput {
            days_written: seen.days_written(facts.last)?,
            done: seen.done_lines()?,
            read: seen.read_lines()?,
            goals: goals.goals,
            candidates: goals.candidates,
            tickets: tickets.tickets,
            unknown_tickets: unknown.projects,
            praise: praise.praise,
            questions: questions.questions,
            series: facts.name,
            paths: facts.paths,
            line: facts.line,
            last: facts.last,
            next: facts.next,
            actions: facts.actions.actions,
            left_out,
            private: page.all_private,
            today,
        };
        let shows = |path: &NotePath, line: usize| {
            unseen.get(path).is_some_and(|lines| !lines.iter().any(|(first, last)| (*first..=*last).contains(&line)))
        };
        // they are of the whole series
        input.actions.retain(|action| shows(&action.path, action.point.line));
        for action in &mut input.actions {
            action.history.retain(|seen| shows(&seen.path, seen.line));
        }
        Ok(OneOnOne::new(input))
    }

    fn series_facts(&self, all: &[Series<'_>], one: &Series<'_>, actions: ActionReport) -> SeriesFacts {
        let today = self.today();
        let mut paths: Vec<NotePath> = Vec::new();
        for meeting in &one.meetings {
            paths.retain(|path| path != meeting.path);
            paths.push(meeting.path.clone());
        }
        let days = one.meetings.iter().map(|meeting| meeting.meeting.date);
        let last = days.clone().filter(|date| *date <= today).max();
        let written = days.filter(|date| *date > today).min();
        let mut others = BTreeSet::new();
        let mut parts: BTreeMap<NotePath, Vec<(usize, usize)>> = BTreeMap::new();
        let is_one = |series: &Series<'_>| series.name == one.name && series.path() == one.path();
        for meeting in all.iter().filter(|series| !is_one(series)).flat_map(|series| &series.meetings) {
            if meeting.meeting.extent == Extent::Part || paths.contains(meeting.path) {
                let lines = (meeting.meeting.line, meeting.meeting.end_line);
                parts.entry(meeting.path.clone()).or_default().push(lines);
            } else {
                others.insert(meeting.path.clone());
            }
        }
        SeriesFacts {
            name: one.name.clone(),
            next: written.or_else(|| one.expected()),
            paths,
            line: one.meetings.last().map(|one| one.meeting.line),
            last,
            actions,
            others,
            parts,
        }
    }

    /// What the page may be made of.
    fn seen_by_page(&self, facts: &SeriesFacts, private: bool) -> Result<Seen, Error> {
        let notes = self.notes(Select::All, &Query::default())?;
        let rules = disk::SiteRules::new(&self.notebook);
        let mut seen = Seen::default();
        // those that say that they are private, with what of their lines is
        let mut own: BTreeMap<&NotePath, Vec<(usize, usize)>> = BTreeMap::new();
        for record in notes.records() {
            let path = &record.path;
            let privacy = record.parsed.note.privacy;
            if private {
                seen.unseen.insert(path.clone(), Vec::new());
                continue;
            }
            let mut lines = facts.parts.get(path).cloned().unwrap_or_default();
            if facts.paths.contains(path) {
                lines.extend(self.suggested(&record.parsed.note, path)?);
            }
            if record.parsed.note.tags.iter().any(|tag| is_private_tag(&tag.name)) {
                lines.extend(parse::private_lines(&self.text(path)?.text, &record.parsed.note));
            }
            let by_tag = privacy.private.is_none_or(|reason| reason == PrivateReason::Tag);
            let is_private = !by_tag || privacy.draft || parse::is_all(&lines);
            if facts.paths.contains(path) {
                if is_private {
                    own.insert(path, lines);
                } else {
                    seen.unseen.insert(path.clone(), lines);
                }
            } else if !(is_private || facts.others.contains(path) || rules.exclude(path) || is_in_personal_folder(path))
            {
                seen.unseen.insert(path.clone(), lines);
            }
        }
        // a series of which every note is private is kept for this talk: the mark tells nothing apart
        seen.all_private = !own.is_empty() && own.len() == facts.paths.len();
        if seen.all_private {
            seen.unseen.extend(own.into_iter().map(|(path, mut lines)| {
                lines.retain(|lines| !parse::is_all(&[*lines]));
                (path.clone(), lines)
            }));
        }
        seen.left_out = notes.records().len() - seen.unseen.len();
        Ok(seen)
    }

    /// Lines of agendas that an earlier page suggested: they repeat what stands elsewhere.
    fn suggested(&self, note: &Note, path: &NotePath) -> Result<Vec<(usize, usize)>, Error> {
        let is_agenda = |section: &&Section| meeting_words::part(&section.text) == Some(Part::Agenda);
        let mut agendas = note.sections.iter().filter(is_agenda).peekable();
        if agendas.peek().is_none() {
            return Ok(Vec::new());
        }
        let text = self.text(path)?.text;
        let lines = Lines::new(&text);
        let of = |section: &Section| section.line + 1..=section.end_line;
        let all = agendas.flat_map(of).filter(|line| is_suggested(lines.content(&text, *line).of(&text)));
        Ok(all.map(|line| (line, line)).collect())
    }

    /// Days with an entry in a journal since a day.
    fn days_written(&self, since: Option<chrono::NaiveDate>) -> Result<usize, Error> {
        let Some(since) = since else { return Ok(0) };
        let notes = self.notes(Select::With(Has::Entry), &Query::default())?;
        let days: BTreeSet<chrono::NaiveDate> = notes
            .records()
            .iter()
            .filter(|record| record.parsed.note.meetings.iter().all(|meeting| meeting.extent == Extent::Part))
            .flat_map(|record| &record.parsed.note.entries)
            .filter(|entry| entry.precision == Precision::Day && entry.date >= since && entry.date <= self.today())
            .map(|entry| entry.date)
            .collect();
        Ok(days.len())
    }

    /// Tasks that are done and have a day.
    fn done_lines(&self) -> Result<Vec<DoneLine>, Error> {
        let notes = self.notes(Select::Tasks, &Query::default())?;
        let rows = notes.tasks(self.today());
        let done = rows.iter().filter(|row| row.task.checked() && !row.task.group);
        let line = |row: &crate::report::task::TaskRow<'_>| {
            Some(DoneLine {
                path: row.path.clone(),
                line: row.task.line,
                date: tick_day(row.path, row.note, row.task)?,
                text: row.label().text,
                verdict: None,
            })
        };
        Ok(done.filter_map(line).collect())
    }

    /// What was read on a day.
    fn read_lines(&self) -> Result<Vec<DoneLine>, Error> {
        let report = self.reading(&ReadingRequest::default())?;
        let read = report.items.into_iter().filter(|item| item.state == ReadingState::Read);
        let line = |item: crate::report::reading::ReadingItem| {
            let at = item.sightings.first()?;
            Some(DoneLine {
                path: at.path.clone(),
                line: at.line,
                date: item.finished?,
                text: item.title.clone(),
                verdict: item.verdict.clone(),
            })
        };
        Ok(read.filter_map(line).collect())
    }
}

fn is_in_personal_folder(path: &NotePath) -> bool {
    path.folder().split('/').any(|folder| fold(folder.trim_matches(['_', '.', ' '])) == PERSONAL)
}
