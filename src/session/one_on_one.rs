//! The page for the next one-to-one: what of the notes it may see, and what stands on it.
//!
//! Nothing private is on the page unless somebody asks: notes that say so, folders called private, what the site leaves out,
//! notes of other series of meetings, and in the notes of the series what stands under the tag `#private`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::disk;
use crate::index::Has;
use crate::index::Record;
use crate::index::Select;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::PrivateReason;
use crate::model::QuestionState;
use crate::model::ReadingState;
use crate::model::meeting::Extent;
use crate::model::words::fold;
use crate::query::Query;
use crate::report::meeting::ActionFilter;
use crate::report::meeting::ActionReport;
use crate::report::one_on_one::DoneLine;
use crate::report::one_on_one::Input;
use crate::report::one_on_one::OneOnOne;
use crate::report::questions::QuestionOptions;
use crate::report::series::Series;
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
    last: Option<chrono::NaiveDate>,
    next: Option<chrono::NaiveDate>,
    actions: ActionReport,
    /// Notes that are meetings of other series, or a list of them.
    others: BTreeSet<NotePath>,
    /// Lines of meetings of other series, in notes that hold more.
    parts: BTreeMap<NotePath, Vec<(usize, usize)>>,
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
        let (allowed, left_out) = self.seen_by_page(&facts, private)?;
        let seen = self.limited_to(allowed);
        let hidden = if private { Hidden::default() } else { self.hidden_lines(&facts)? };
        let goals = seen.goals()?;
        let tickets = seen.tickets(None)?;
        let unknown = seen.suggest_tickets(false)?;
        let praise = seen.praise()?;
        let options = QuestionOptions { states: vec![QuestionState::Open], ..QuestionOptions::default() };
        let questions = seen.questions(&Query::default(), &options)?;
        let mut input = Input {
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
            last: facts.last,
            next: facts.next,
            actions: facts.actions.actions,
            left_out,
            today,
        };
        hidden.take_from(&mut input);
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
            last,
            actions,
            others,
            parts,
        }
    }

    /// The notes that the page may be made of, and how many it may not.
    fn seen_by_page(&self, facts: &SeriesFacts, private: bool) -> Result<(BTreeSet<NotePath>, usize), Error> {
        let notes = self.notes(Select::All, &Query::default())?;
        let rules = disk::SiteRules::new(&self.notebook);
        let is_seen = |record: &&Record| {
            let path = &record.path;
            let note = &record.parsed.note;
            private
                || facts.paths.contains(path)
                || !(note.privacy.private.is_some()
                    || note.privacy.draft
                    || facts.others.contains(path)
                    || rules.exclude(path)
                    || is_in_personal_folder(path))
        };
        let seen: BTreeSet<NotePath> =
            notes.records().iter().filter(is_seen).map(|record| record.path.clone()).collect();
        let left_out = notes.records().len() - seen.len();
        Ok((seen, left_out))
    }

    /// Lines that the page does not show though it may be made of their notes.
    fn hidden_lines(&self, facts: &SeriesFacts) -> Result<Hidden, Error> {
        let mut hidden = Hidden { lines: facts.parts.clone() };
        for path in &facts.paths {
            let record = self.note(&crate::session::NoteName::Path(path.clone()))?;
            let note = &record.parsed.note;
            if note.privacy.private != Some(PrivateReason::Tag)
                && !note.tags.iter().any(|tag| is_private_tag(&tag.name))
            {
                continue;
            }
            let text = self.text(path)?.text;
            let lines = Lines::new(&text);
            for tag in note.tags.iter().filter(|tag| is_private_tag(&tag.name) && tag.span.start >= note.body_start) {
                let section = note.sections.iter().find(|section| section.line == tag.line);
                let end = section.map_or_else(|| end_of_block(&text, &lines, tag.line), |section| section.end_line);
                hidden.lines.entry(path.clone()).or_default().push((tag.line, end));
            }
        }
        Ok(hidden)
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
                date: row.task.completed.or(row.date)?,
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

/// Lines that stay off the page.
#[derive(Default)]
struct Hidden {
    lines: BTreeMap<NotePath, Vec<(usize, usize)>>,
}

impl Hidden {
    fn shows(&self, path: &NotePath, line: usize) -> bool {
        !self.lines.get(path).is_some_and(|all| all.iter().any(|(first, last)| (*first..=*last).contains(&line)))
    }

    /// Takes everything away that stands on a hidden line.
    fn take_from(&self, input: &mut Input) {
        if self.lines.is_empty() {
            return;
        }
        input.actions.retain(|action| self.shows(&action.path, action.point.line));
        for action in &mut input.actions {
            action.history.retain(|seen| self.shows(&seen.path, seen.line));
        }
        input.done.retain(|line| self.shows(&line.path, line.line));
        input.read.retain(|line| self.shows(&line.path, line.line));
        input.praise.retain(|praise| self.shows(&praise.path, praise.line));
        input.questions.retain(|asked| self.shows(&asked.path, asked.line));
        input.candidates.retain(|skill| self.shows(&skill.path, skill.line));
        input.goals.retain(|goal| self.shows(&goal.path, goal.line));
        for goal in &mut input.goals {
            goal.evidence.retain(|evidence| self.shows(&evidence.path, evidence.line));
            let (path, steps) = (&goal.path, &mut goal.steps);
            steps.retain(|step| self.shows(path, step.line));
        }
        for ticket in &mut input.tickets {
            ticket.sightings.retain(|sighting| self.shows(&sighting.path, sighting.line));
        }
        input.tickets.retain(|ticket| !ticket.sightings.is_empty());
        for project in &mut input.unknown_tickets {
            project.examples.retain(|example| self.shows(&example.path, example.line));
        }
    }
}

fn is_in_personal_folder(path: &NotePath) -> bool {
    path.folder().split('/').any(|folder| fold(folder.trim_matches(['_', '.', ' '])) == PERSONAL)
}

fn is_private_tag(name: &str) -> bool {
    name.split('/').any(|part| part.eq_ignore_ascii_case("private"))
}

/// The last line of the item or paragraph that begins on a line: what is indented deeper, up to a blank line behind a paragraph.
fn end_of_block(text: &str, lines: &Lines, line: usize) -> usize {
    let indent = |line: usize| {
        let content = lines.content(text, line).of(text);
        (content.len() - content.trim_start().len(), content.trim().is_empty())
    };
    let (own, _) = indent(line);
    let first = lines.content(text, line).of(text).trim_start();
    let is_item = crate::parse::markers::is_list_item(first);
    let mut last = line;
    let mut next = line + 1;
    while next <= lines.count() {
        let (deep, is_blank) = indent(next);
        let words = lines.content(text, next).of(text).trim_start();
        let goes_on = if is_item {
            deep > own
                || (!is_blank
                    && !crate::parse::markers::is_list_item(words)
                    && !words.starts_with('#')
                    && last + 1 == next)
        } else {
            !is_blank
        };
        let may_go_on = is_blank && is_item;
        if !goes_on && !may_go_on {
            break;
        }
        if !is_blank {
            last = next;
        }
        next += 1;
    }
    last
}
