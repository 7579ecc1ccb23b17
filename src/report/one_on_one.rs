//! The page for the next one-to-one of a series: what was agreed and its state, what was done and read since, goals,
//! tickets, praise, open questions, and an agenda.
//!
//! Every line of it refers to a line of a note. The session decides which notes it may use.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::NotePath;
use crate::model::meeting::Part;
use crate::model::meeting::PointState;
use crate::model::meeting_words;
use crate::parse;
use crate::report::agenda;
use crate::report::agenda::said;
use crate::report::goals::GoalItem;
use crate::report::meeting::ActionItem;
use crate::report::praise::PraiseItem;
use crate::report::questions::QuestionItem;
use crate::report::signs::DoneLine;
use crate::report::signs::DoneWords;
use crate::report::signs::Sign;
use crate::report::signs::closed_ticket;
use crate::report::signs::ticket_lines;
use crate::report::signs::ticket_sign;
use crate::report::skill_candidates::SkillCandidate;
use crate::report::ticket_suggestions::TicketSuggestion;
use crate::report::tickets::TicketItem;

/// Maximum number of agenda points.
const AGENDA: usize = 12;

/// The page for the next one-to-one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OneOnOne {
    /// The name of the series.
    pub series: String,
    /// The note of its newest meeting.
    pub path: NotePath,
    /// 1-based line of that meeting.
    #[serde(skip)]
    pub line: Option<usize>,
    /// The last meeting.
    pub last: Option<NaiveDate>,
    /// The date of the next one, written or expected.
    pub next: Option<NaiveDate>,
    /// Days until then.
    pub in_days: Option<i64>,
    /// Points of all meetings that are not done, those of the newest meeting first.
    pub agreed: Vec<AgreedPoint>,
    /// Points that were done, dropped or moved elsewhere at the last meeting or since.
    pub settled: Vec<AgreedPoint>,
    /// Number of days with a journal entry since the last meeting.
    pub days_written: usize,
    /// Tasks done since, newest first.
    pub done: Vec<DoneLine>,
    /// What was read since, newest first.
    pub read: Vec<DoneLine>,
    /// Number of those done since that are listed among the agreed points.
    pub done_above: usize,
    /// Goals and skills.
    pub goals: Vec<GoalItem>,
    /// Skills that notes mention but that have no goal.
    pub candidates: Vec<SkillCandidate>,
    /// Tickets mentioned in the series or in a note since the last meeting.
    pub tickets: Vec<TicketItem>,
    /// Possible tickets in the series, of projects that the settings do not name.
    pub unknown_tickets: Vec<TicketSuggestion>,
    /// Praise in the series, and praise written since.
    pub praise: Vec<PraiseItem>,
    /// Open questions in the series, and those asked since.
    pub questions: Vec<QuestionItem>,
    /// Points to discuss, the oldest first.
    pub agenda: Vec<String>,
    /// Number of notes left out because they are private or of another series.
    pub left_out: usize,
    /// Every note of the series is private.
    pub private: bool,
    /// The day from which days are counted.
    pub today: NaiveDate,
}

/// A point and what may have become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreedPoint {
    /// The point with its history.
    #[serde(flatten)]
    pub action: ActionItem,
    /// A line that suggests that it was done.
    pub maybe_done: Option<Sign>,
}

/// The input of the page; all of it may be shown.
#[derive(Debug, Clone)]
pub struct OneOnOneInput {
    /// The name of the series.
    pub series: String,
    /// The notes of its meetings, the newest last.
    pub paths: Vec<NotePath>,
    /// 1-based line of the newest.
    pub line: Option<usize>,
    /// The last meeting.
    pub last: Option<NaiveDate>,
    /// The date of the next one.
    pub next: Option<NaiveDate>,
    /// All actions of the series.
    pub actions: Vec<ActionItem>,
    /// Number of days with a journal entry since the last meeting.
    pub days_written: usize,
    /// All done tasks, with their date if known.
    pub done: Vec<DoneLine>,
    /// What was read.
    pub read: Vec<DoneLine>,
    /// Goals.
    pub goals: Vec<GoalItem>,
    /// Skills that notes mention but that have no goal.
    pub candidates: Vec<SkillCandidate>,
    /// Tickets.
    pub tickets: Vec<TicketItem>,
    /// Possible tickets.
    pub unknown_tickets: Vec<TicketSuggestion>,
    /// Praise.
    pub praise: Vec<PraiseItem>,
    /// Open questions.
    pub questions: Vec<QuestionItem>,
    /// Number of notes left out.
    pub left_out: usize,
    /// Every note of the series is private.
    pub private: bool,
    /// The day from which days are counted.
    pub today: NaiveDate,
}

impl OneOnOne {
    /// Composes the page.
    #[must_use]
    pub fn new(input: OneOnOneInput) -> Self {
        let own: BTreeSet<&NotePath> = input.paths.iter().collect();
        let is_since = |date: Option<NaiveDate>| match (date, input.last) {
            (Some(date), Some(last)) => date >= last && date <= input.today,
            _ => false,
        };
        let points: BTreeSet<(&NotePath, usize)> =
            input.actions.iter().flat_map(|action| &action.history).map(|seen| (&seen.path, seen.line)).collect();
        let ticket_lines = ticket_lines(&input.tickets, &input.unknown_tickets, &own, &points);
        let done_words = DoneWords::new(&input.done);
        let point = |action: ActionItem| {
            let maybe_done = match action.point.state {
                PointState::Done | PointState::Dropped | PointState::Moved => None,
                PointState::Open | PointState::Unknown => ticket_sign(&action, &ticket_lines)
                    .or_else(|| closed_ticket(&action, &input.tickets))
                    .or_else(|| done_words.sign(&action, &input.done)),
            };
            AgreedPoint { action, maybe_done }
        };
        let (settled, left): (Vec<ActionItem>, Vec<ActionItem>) =
            input.actions.iter().cloned().partition(|action| action.point.state.is_closed());
        let mut agreed: Vec<AgreedPoint> = left.into_iter().map(point).collect();
        // the newest meeting first, each in the order of its text
        agreed.sort_by(|a, b| {
            (b.action.date, b.action.raised, a.action.point.line).cmp(&(
                a.action.date,
                a.action.raised,
                b.action.point.line,
            ))
        });
        let settled: Vec<AgreedPoint> =
            settled.into_iter().filter(|action| Some(action.date) >= input.last).map(point).collect();
        let mut done: Vec<DoneLine> = input.done.iter().filter(|line| is_since(Some(line.date))).cloned().collect();
        // do not repeat agreed points
        let known: BTreeSet<(&NotePath, usize)> =
            agreed.iter().chain(&settled).map(|point| (&point.action.path, point.action.point.line)).collect();
        let all = done.len();
        done.retain(|line| !known.contains(&(&line.path, line.line)));
        let done_above = all - done.len();
        done.sort_by(|a, b| (b.date, &a.path, a.line).cmp(&(a.date, &b.path, b.line)));
        let mut read: Vec<DoneLine> = input.read.iter().filter(|line| is_since(Some(line.date))).cloned().collect();
        // a link with a ticked box is listed once
        let links: BTreeSet<(&NotePath, usize)> = read.iter().map(|line| (&line.path, line.line)).collect();
        done.retain(|line| !links.contains(&(&line.path, line.line)));
        drop(links);
        read.sort_by(|a, b| (b.date, &a.path, a.line).cmp(&(a.date, &b.path, b.line)));
        let of_page = |ticket: &TicketItem| {
            is_since(ticket.last) || ticket.sightings.iter().any(|sighting| own.contains(&sighting.path))
        };
        let mut unknown_tickets = input.unknown_tickets.clone();
        for project in &mut unknown_tickets {
            project.examples.retain(|example| own.contains(&example.path));
        }
        unknown_tickets.retain(|project| !project.examples.is_empty());
        let is_asked_again = asked_again(&input.questions);
        let mut page = Self {
            in_days: input.next.map(|next| (next - input.today).num_days()),
            path: input.paths.last().cloned().unwrap_or_default(),
            tickets: input.tickets.iter().filter(|ticket| of_page(ticket)).cloned().collect(),
            praise: input
                .praise
                .iter()
                .filter(|praise| own.contains(&praise.path) || is_since(praise.date))
                .cloned()
                .collect(),
            questions: input
                .questions
                .iter()
                .zip(is_asked_again)
                .filter(|(asked, again)| !again && (own.contains(&asked.path) || is_since(asked.date)))
                .map(|(asked, _)| asked.clone())
                .collect(),
            series: input.series.clone(),
            line: input.line,
            last: input.last,
            next: input.next,
            agreed,
            settled,
            days_written: input.days_written,
            done,
            read,
            done_above,
            goals: input.goals.clone(),
            candidates: input.candidates.clone(),
            unknown_tickets,
            agenda: Vec::new(),
            left_out: input.left_out,
            private: input.private,
            today: input.today,
        };
        page.agenda = page.agenda();
        page.without_comments();
        page
    }

    /// Comments in notes are for their writers: the page goes to somebody else, in whatever format.
    fn without_comments(&mut self) {
        let hide = |text: &mut String| *text = parse::without_comments(text).trim().to_owned();
        for AgreedPoint { action, maybe_done } in self.agreed.iter_mut().chain(&mut self.settled) {
            let point = &mut action.point;
            [&mut point.text, &mut point.label].into_iter().chain(&mut point.heading).for_each(hide);
            point.owner.iter_mut().chain(maybe_done.iter_mut().map(|sign| &mut sign.text)).for_each(hide);
        }
        for line in self.done.iter_mut().chain(&mut self.read) {
            std::iter::once(&mut line.text).chain(&mut line.verdict).for_each(hide);
        }
        for goal in &mut self.goals {
            std::iter::once(&mut goal.name).chain(&mut goal.parent).chain(&mut goal.by_said).for_each(hide);
            goal.key_results.iter_mut().map(|result| &mut result.text).for_each(hide);
            goal.steps.iter_mut().map(|step| &mut step.label).for_each(hide);
            goal.points.iter_mut().map(|point| &mut point.text).for_each(hide);
            goal.evidence.iter_mut().map(|evidence| &mut evidence.text).for_each(hide);
        }
        self.candidates.iter_mut().flat_map(|skill| [&mut skill.name, &mut skill.text]).for_each(hide);
        for ticket in &mut self.tickets {
            let sightings = ticket.sightings.iter_mut().map(|sighting| &mut sighting.text);
            ticket.title.iter_mut().chain(&mut ticket.status).chain(&mut ticket.goals).chain(sightings).for_each(hide);
        }
        self.praise.iter_mut().flat_map(|praise| [&mut praise.about, &mut praise.text]).for_each(hide);
        for asked in &mut self.questions {
            std::iter::once(&mut asked.text).chain(&mut asked.heading).for_each(hide);
        }
        self.agenda.iter_mut().for_each(hide);
    }

    /// Points to discuss: what is left of all meetings, the oldest first, then stalled goals, questions, and blanks to fill in.
    fn agenda(&self) -> Vec<String> {
        let mut left: Vec<&AgreedPoint> = self.agreed.iter().collect();
        // by first occurrence, since copies may be in any order
        let first = |point: &AgreedPoint| {
            let seen = point.action.history.first();
            seen.map(|seen| (seen.path.clone(), seen.line))
        };
        left.sort_by_cached_key(|point| (point.action.raised, first(point)));
        let mut agenda: Vec<String> = left
            .iter()
            .map(|point| {
                let sign = point.maybe_done.as_ref().map(|sign| sign.text.as_str());
                agenda::point(&point.action.point.label, point.action.raised, sign)
            })
            .collect();
        let stale = self.goals.iter().filter(|goal| goal.stale && goal.parent.is_none());
        agenda.extend(stale.map(|goal| agenda::stale(&goal.name, goal.days_since)));
        agenda.extend(self.candidates.iter().map(|skill| agenda::skill(&skill.name)));
        agenda.extend(self.questions.iter().map(|asked| asked.text.clone()));
        // a question may also be a point
        let mut known: BTreeSet<String> = BTreeSet::new();
        agenda.retain(|line| known.insert(said(line)));
        agenda.truncate(AGENDA);
        agenda
    }

    /// `next meeting expected 2023-11-15, in 2 days; last 2023-10-18`
    #[must_use]
    pub fn heading(&self) -> String {
        let next = match (self.next, self.in_days) {
            (Some(next), Some(0)) => format!("next meeting {next}, today"),
            (Some(next), Some(1)) => format!("next meeting {next}, tomorrow"),
            (Some(next), Some(days)) if days > 1 => format!("next meeting {next}, in {days} days"),
            (Some(next), Some(days)) => format!("next meeting was expected {next}, {} days ago", -days),
            _ => "nothing says when the next meeting is".to_owned(),
        };
        match self.last {
            Some(last) => format!("{next}; last {last}"),
            None => next,
        }
    }
}

/// Which questions were only copied into an agenda, or occur twice.
fn asked_again(questions: &[QuestionItem]) -> Vec<bool> {
    let in_agenda =
        |asked: &QuestionItem| asked.heading.iter().any(|label| meeting_words::part(label) == Some(Part::Agenda));
    let elsewhere: BTreeSet<String> =
        questions.iter().filter(|asked| !in_agenda(asked)).map(|asked| said(&asked.text)).collect();
    let mut known = BTreeSet::new();
    let again = questions.iter().map(|asked| {
        let words = said(&asked.text);
        (in_agenda(asked) && elsewhere.contains(&words)) || !known.insert(words)
    });
    again.collect()
}
