//! The page for the next one-to-one of a series: what was agreed and its state, what was done and read since, goals,
//! tickets, praise, open questions, and an agenda.
//!
//! Every line of it refers to a line of a note. The session decides which notes it may use.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::NotePath;
use crate::model::meeting::Part;
use crate::model::meeting::PointState;
use crate::model::meeting_words;
use crate::model::words::fold;
use crate::report::agenda;
use crate::report::agenda::said;
use crate::report::goals::GoalItem;
use crate::report::meeting::ActionItem;
use crate::report::praise::PraiseItem;
use crate::report::questions::QuestionItem;
use crate::report::skill_candidates::SkillCandidate;
use crate::report::ticket_suggestions::TicketSuggestion;
use crate::report::tickets::SightingKind;
use crate::report::tickets::TicketItem;

/// Maximum number of agenda points.
const AGENDA: usize = 12;

/// In letters; shorter words are not compared.
const LETTERS: usize = 4;

/// What is done to many things, and words between others: they tell no two points apart.
const UNTELLING: &[&str] = &[
    "about",
    "again",
    "also",
    "answer",
    "asked",
    "before",
    "bring",
    "call",
    "called",
    "check",
    "checked",
    "could",
    "create",
    "discuss",
    "does",
    "done",
    "each",
    "finish",
    "finished",
    "first",
    "from",
    "give",
    "have",
    "help",
    "into",
    "look",
    "made",
    "mail",
    "make",
    "meet",
    "more",
    "most",
    "need",
    "next",
    "only",
    "order",
    "other",
    "over",
    "plan",
    "prepare",
    "read",
    "review",
    "said",
    "send",
    "sent",
    "should",
    "show",
    "some",
    "start",
    "talk",
    "team",
    "tell",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "today",
    "tomorrow",
    "update",
    "week",
    "what",
    "when",
    "where",
    "which",
    "will",
    "with",
    "without",
    "work",
    "would",
    "write",
    "written",
    "your",
    "eine",
    "einen",
    "machen",
    "schreiben",
    "senden",
    "pruefen",
    "avec",
    "dans",
    "faire",
    "pour",
    "envoyer",
    "ecrire",
    "para",
    "hacer",
    "enviar",
    "escribir",
    "fazer",
    "escrever",
];

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

/// A line that suggests that a point was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The text of the line.
    pub text: String,
}

/// Something done on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoneLine {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// When.
    pub date: NaiveDate,
    /// Its label in listings.
    pub text: String,
    /// What the author thinks of it.
    pub verdict: Option<String>,
}

/// The input of the page; all of it may be shown.
#[derive(Debug, Clone)]
pub struct Input {
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
    pub fn new(input: Input) -> Self {
        let own: BTreeSet<&NotePath> = input.paths.iter().collect();
        let is_since = |date: Option<NaiveDate>| match (date, input.last) {
            (Some(date), Some(last)) => date >= last && date <= input.today,
            _ => false,
        };
        let points: BTreeSet<(&NotePath, usize)> =
            input.actions.iter().flat_map(|action| &action.history).map(|seen| (&seen.path, seen.line)).collect();
        let ticket_lines = ticket_lines(&input, &own, &points);
        let done_words = DoneWords::new(&input.done);
        let point = |action: ActionItem| {
            let maybe_done = match action.point.state {
                PointState::Done | PointState::Dropped | PointState::Moved => None,
                PointState::Open | PointState::Unknown => {
                    ticket_sign(&action, &ticket_lines).or_else(|| done_words.sign(&action, &input.done))
                }
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
        page
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

/// Occurrences of tickets in the notes of the series that belong to no other point or task.
fn ticket_lines<'a>(
    input: &'a Input,
    own: &BTreeSet<&NotePath>,
    points: &BTreeSet<(&NotePath, usize)>,
) -> Vec<(&'a NotePath, usize, &'a str)> {
    let known = input.tickets.iter().flat_map(|ticket| {
        let free = ticket.sightings.iter().filter(|sighting| sighting.kind != SightingKind::Task);
        free.map(move |sighting| (&sighting.path, sighting.line, ticket.key.as_str()))
    });
    let alike = input.unknown_tickets.iter().flat_map(|project| &project.examples);
    let alike = alike.map(|example| (&example.path, example.line, example.key.as_str()));
    let is_free = |(path, line, _): &(&NotePath, usize, &str)| own.contains(path) && !points.contains(&(*path, *line));
    let mut lines: Vec<_> = known.chain(alike).filter(is_free).collect();
    lines.sort_unstable();
    lines
}

/// For a point that asks for a ticket: a ticket mentioned after it.
fn ticket_sign(action: &ActionItem, lines: &[(&NotePath, usize, &str)]) -> Option<Sign> {
    let words = fold(&action.point.text);
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    if !words.any(|word| matches!(word, "ticket" | "tickets" | "jira")) {
        return None;
    }
    let (path, line, key) = lines.iter().find(|(path, line, _)| **path == action.path && *line > action.point.line)?;
    // a ticket in the point itself does not count
    let is_other = !action.point.text.contains(key);
    is_other.then(|| Sign { path: (*path).clone(), line: *line, text: (*key).to_owned() })
}

/// Done tasks, by their words.
struct DoneWords {
    by_word: BTreeMap<String, Vec<usize>>,
}

impl DoneWords {
    fn new(done: &[DoneLine]) -> Self {
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, line) in done.iter().enumerate() {
            for word in telling(&line.text) {
                by_word.entry(word).or_default().push(index);
            }
        }
        Self { by_word }
    }

    /// A task done since a point was raised that has most of its telling words, and not many others.
    fn sign(&self, action: &ActionItem, done: &[DoneLine]) -> Option<Sign> {
        let wanted = telling(&action.point.label);
        if wanted.len() < 2 {
            return None;
        }
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &wanted {
            // a word in many tasks identifies none of them
            for index in self.by_word.get(word).filter(|all| all.len() <= 200).into_iter().flatten() {
                *hits.entry(*index).or_default() += 1;
            }
        }
        let is_enough = |count: usize| count >= 2 && count * 4 >= wanted.len() * 3;
        let fits = hits.into_iter().filter(|(_, count)| is_enough(*count)).filter_map(|(index, count)| {
            let line = done.get(index)?;
            let is_self = line.path == action.path && line.line == action.point.line;
            let is_about_it = count * 2 >= telling(&line.text).len();
            (line.date >= action.raised && !is_self && is_about_it).then_some((count, line))
        });
        let (_, line) = fits.max_by_key(|(count, line)| (*count, line.date))?;
        Some(Sign { path: line.path.clone(), line: line.line, text: line.text.clone() })
    }
}

/// The words of a text that say what it is about, each once.
fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LETTERS);
    words.filter(|word| !UNTELLING.contains(word)).map(str::to_owned).collect()
}
