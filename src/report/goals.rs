//! Goals and skills across all notes: the progress of each, the evidence, and when it last moved.
//!
//! A goal includes what is under it, and what mentions it elsewhere: a link `[[TOMO]]`, a tag `#skill/tomo`, the words
//! "TOMO skill", and the tickets under it.
//!
//! Over 400 lines because goals and their evidence are one value.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::Record;
use crate::model::Goal;
use crate::model::GoalKind;
use crate::model::KeyResult;
use crate::model::Level;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::Ticket;
use crate::model::path::path_and_line;
use crate::model::path::strip_extension;
use crate::model::words::fold;
use crate::report::agenda;
use crate::report::context;
use crate::report::context::entry_day;
use crate::report::context::tick_day;
use crate::report::goal_mentions::Mention;
use crate::report::goal_mentions::key;
use crate::report::goal_mentions::mentions;
use crate::report::label;
use crate::report::line_text::excerpt;
use crate::report::skill_candidates::SkillCandidate;
use crate::report::skill_candidates::candidates;
use crate::report::task::task_at;

/// In days; a goal without movement for longer is stale.
pub const STALE: i64 = 60;

/// Goals, and words that could be skills.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GoalReport {
    /// In the order of the notes.
    pub goals: Vec<GoalItem>,
    /// Skills that notes mention but that have no goal.
    pub candidates: Vec<SkillCandidate>,
    /// The day from which days are counted.
    pub today: NaiveDate,
    /// How many others there are, where only stale goals were asked for.
    pub others: Option<usize>,
}

/// A goal or skill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GoalItem {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: GoalKind,
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based last line of everything under it.
    pub end_line: usize,
    /// The goal that it is part of.
    pub parent: Option<String>,
    /// The level reached today.
    pub level: Option<Level>,
    /// The level aimed for.
    pub target: Option<Level>,
    /// The deadline.
    pub by: Option<NaiveDate>,
    /// The deadline as written, where nothing says its year.
    pub by_said: Option<String>,
    /// The number of its done tasks, without groups.
    pub done: usize,
    /// The number of its open tasks, without groups.
    pub open: usize,
    /// The number of items without a box, whose state is unknown.
    pub unknown: usize,
    /// The number of its cancelled tasks, which are not counted elsewhere.
    pub cancelled: usize,
    /// `3/7`: done tasks out of those not cancelled; `None` without tasks.
    pub progress: Option<String>,
    /// Measurable results.
    pub key_results: Vec<KeyResult>,
    /// Its tasks, without groups.
    pub steps: Vec<Step>,
    /// Its items without a box.
    pub points: Vec<GoalPoint>,
    /// The tickets under it.
    pub tickets: Vec<String>,
    /// The evidence, newest first, undated last.
    pub evidence: Vec<Evidence>,
    /// The newest day of the evidence.
    pub last_movement: Option<NaiveDate>,
    /// Days since then.
    pub days_since: Option<i64>,
    /// Something is left to do, but nothing has moved for [`STALE`] days.
    pub stale: bool,
    /// Nothing is left to do.
    pub reached: bool,
}

/// A task under a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// 1-based.
    pub line: usize,
    /// Whether it is done.
    pub status: Status,
    /// Its label in listings.
    pub label: String,
}

/// An item without a box under a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalPoint {
    /// 1-based.
    pub line: usize,
    /// Its words.
    pub text: String,
}

/// Something that shows movement on a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// When.
    pub date: Option<NaiveDate>,
    /// What it is.
    pub kind: EvidenceKind,
    /// The words.
    pub text: String,
}

/// The kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A task that is done.
    Task,
    /// Text that mentions it.
    Note,
    /// A line about one of its tickets.
    Ticket,
    /// Praise.
    Endorsement,
}

/// The input of the report.
pub struct GoalsInput<'a> {
    /// All notes, sorted by path.
    pub records: &'a [&'a Record],
    /// A note's text.
    pub text: &'a dyn Fn(&NotePath) -> Option<String>,
    /// The day from which days are counted.
    pub today: NaiveDate,
}

/// A goal with its note.
#[derive(Clone, Copy)]
struct Place<'a> {
    record: &'a Record,
    goal: &'a Goal,
}

impl GoalReport {
    /// Only the stale goals, without skills that are none yet.
    #[must_use]
    pub fn stale(mut self) -> Self {
        let all = self.goals.len();
        self.goals.retain(|goal| goal.stale);
        self.candidates.clear();
        self.others = Some(all - self.goals.len());
        self
    }

    /// Collects goals and what belongs to them.
    #[must_use]
    pub fn new(input: &GoalsInput<'_>) -> Self {
        let places: Vec<Place<'_>> = input
            .records
            .iter()
            .flat_map(|record| record.parsed.note.goals.iter().map(move |goal| Place { record, goal }))
            .collect();
        let names = names(&places);
        let mut goals: Vec<GoalItem> = places.iter().map(|place| own(*place)).collect();
        let mut tickets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, place) in places.iter().enumerate() {
            for ticket in place.tickets() {
                let goals = tickets.entry(&ticket.key).or_default();
                if goals.last() != Some(&index) {
                    goals.push(index);
                }
            }
        }
        for record in input.records {
            collect(input, record, &places, &names, &tickets, &mut goals);
        }
        add_points(input, &places, &mut goals);
        for goal in &mut goals {
            goal.settle(input.today);
        }
        Self { goals, candidates: candidates(input.records, input.text, &names), today: input.today, others: None }
    }

    /// The goals with a name: by the whole name or a tag, else by a part of the name.
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<&GoalItem> {
        // `goals.md:3`: the innermost goal there
        if let Some((path, line)) = path_and_line(name).filter(|(path, _)| strip_extension(path) != *path) {
            let is_there = |goal: &&GoalItem| goal.path.is_called(path) && (goal.line..=goal.end_line).contains(&line);
            return self.goals.iter().filter(is_there).max_by_key(|goal| goal.line).into_iter().collect();
        }
        let wanted = key(name);
        let exact: Vec<&GoalItem> = self.goals.iter().filter(|goal| key(&goal.name) == wanted).collect();
        if !exact.is_empty() || wanted.is_empty() {
            return exact;
        }
        self.goals.iter().filter(|goal| key(&goal.name).contains(&wanted)).collect()
    }
}

/// The goals by all their names.
fn names(places: &[Place<'_>]) -> BTreeMap<String, Vec<usize>> {
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        let file = place.goal.span.is_empty().then(|| place.record.path.stem().to_owned());
        let all: BTreeSet<String> =
            [&place.goal.name].into_iter().chain(&place.goal.names).chain(&file).map(|name| key(name)).collect();
        for name in all {
            names.entry(name).or_default().push(index);
        }
    }
    names
}

impl<'a> Place<'a> {
    /// The tickets under the goal.
    fn tickets(self) -> impl Iterator<Item = &'a Ticket> {
        let Place { record, goal } = self;
        let all = &record.parsed.note.tickets;
        let first = all.partition_point(|ticket| ticket.line < goal.line);
        all.iter().skip(first).take_while(|ticket| ticket.line <= goal.end_line)
    }

    /// True for a line under the goal.
    fn holds(&self, path: &NotePath, line: usize) -> bool {
        *path == self.record.path && (self.goal.line..=self.goal.end_line).contains(&line)
    }
}

/// Evaluates what is under a goal.
fn own(place: Place<'_>) -> GoalItem {
    let Place { record, goal } = place;
    let note = &record.parsed.note;
    let first = note.tasks.partition_point(|task| task.line < goal.line);
    let under = note.tasks.iter().skip(first).take_while(|task| task.line <= goal.end_line);
    let below: Vec<&Task> = under.clone().filter(|task| task.line > goal.line && !task.group).collect();
    // an item that is both a goal and a task is its own step if it has no others
    let leaves: Vec<&Task> = if below.is_empty() { under.filter(|task| !task.group).collect() } else { below };
    let count = |wanted: &dyn Fn(Status) -> bool| leaves.iter().filter(|task| wanted(task.status)).count();
    let done = count(&|status| status == Status::Done);
    let open = count(&Status::is_open);
    let steps = leaves.iter().filter(|task| task.status != Status::Info);
    let mut evidence: Vec<Evidence> = leaves
        .iter()
        .filter(|task| task.status == Status::Done)
        .map(|task| Evidence {
            path: record.path.clone(),
            line: task.line,
            date: tick_day(&record.path, note, task),
            kind: EvidenceKind::Task,
            text: label::label(task).text,
        })
        .collect();
    let praise = note.endorsements.iter().filter(|praise| place.holds(&record.path, praise.line));
    evidence.extend(praise.map(|praise| Evidence {
        path: record.path.clone(),
        line: praise.line,
        date: praise.date.or_else(|| entry_day(note, praise.line)),
        kind: EvidenceKind::Endorsement,
        text: praise.about.clone(),
    }));
    let keys: BTreeSet<&String> = place.tickets().map(|ticket| &ticket.key).collect();
    GoalItem {
        name: goal.name.clone(),
        kind: goal.kind,
        path: record.path.clone(),
        line: goal.line,
        end_line: goal.end_line,
        parent: goal.parent.and_then(|parent| note.goals.get(parent)).map(|parent| parent.name.clone()),
        level: goal.level,
        target: goal.target,
        by: goal.by,
        by_said: goal.by_said.clone(),
        done,
        open,
        unknown: goal.points.len(),
        cancelled: count(&|status| status == Status::Cancelled),
        progress: (done + open > 0).then(|| format!("{done}/{}", done + open)),
        key_results: goal.key_results.clone(),
        steps: steps
            .map(|task| Step { line: task.line, status: task.status, label: label::label(task).text })
            .collect(),
        tickets: keys.into_iter().cloned().collect(),
        evidence,
        ..GoalItem::default()
    }
}

/// Adds the words of items without a box.
fn add_points(input: &GoalsInput<'_>, places: &[Place<'_>], goals: &mut [GoalItem]) {
    let mut last: Option<(&NotePath, String, Lines)> = None;
    for (place, goal) in places.iter().zip(goals).filter(|(place, _)| !place.goal.points.is_empty()) {
        let path = &place.record.path;
        if last.as_ref().is_none_or(|(known, ..)| *known != path) {
            let Some(text) = (input.text)(path) else { continue };
            let lines = Lines::new(&text);
            last = Some((path, text, lines));
        }
        let Some((_, text, lines)) = &last else { continue };
        goal.points = place
            .goal
            .points
            .iter()
            .map(|line| {
                let content = lines.content(text, *line);
                GoalPoint { line: *line, text: excerpt(text, content, Span::new(content.start, content.start)) }
            })
            .collect();
    }
}

/// Adds what a note says about goals.
fn collect(
    input: &GoalsInput<'_>,
    record: &Record,
    places: &[Place<'_>],
    names: &BTreeMap<String, Vec<usize>>,
    tickets: &BTreeMap<&str, Vec<usize>>,
    goals: &mut [GoalItem],
) {
    let note = &record.parsed.note;
    let mentions = mentions(note, names);
    let of_tickets: Vec<(usize, usize, Span)> = note
        .tickets
        .iter()
        .flat_map(|ticket| {
            tickets.get(ticket.key.as_str()).into_iter().flatten().map(|goal| (*goal, ticket.line, ticket.span))
        })
        .collect();
    let has_evidence = note.goals.iter().any(|goal| !goal.evidence.is_empty());
    let has_praise = !note.endorsements.is_empty() && !places.is_empty();
    if mentions.is_empty() && of_tickets.is_empty() && !has_evidence && !has_praise {
        return;
    }
    let Some(text) = (input.text)(&record.path) else { return };
    let lines = Lines::new(&text);
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut add = |goal: usize, line: usize, date: Option<NaiveDate>, kind: EvidenceKind, words: String| {
        let is_own = places.get(goal).is_some_and(|place| place.holds(&record.path, line));
        // an agenda line or a point that was carried over is no new evidence
        let is_repeated = matches!(kind, EvidenceKind::Note | EvidenceKind::Ticket)
            && agenda::repeats(lines.content(&text, line).of(&text));
        if (is_own && kind != EvidenceKind::Note) || is_repeated || !seen.insert((goal, line)) {
            return;
        }
        if let Some(goal) = goals.get_mut(goal) {
            goal.evidence.push(Evidence { path: record.path.clone(), line, date, kind, text: words });
        }
    };
    let quote = |line: usize, span: Span| excerpt(&text, lines.content(&text, line), span);
    let day = |line: usize| context::date(note, line);
    let done_day = |task: &Task| tick_day(&record.path, note, task);
    let first = places.partition_point(|place| place.record.path < record.path);
    let here = places.iter().enumerate().skip(first).take_while(|(_, place)| place.record.path == record.path);
    for (index, place) in here {
        for line in &place.goal.evidence {
            let content = lines.content(&text, *line);
            add(
                index,
                *line,
                entry_day(note, *line),
                EvidenceKind::Note,
                quote(*line, Span::new(content.start, content.start)),
            );
        }
    }
    for Mention { goal, line, span } in mentions {
        if places.get(goal).is_some_and(|place| place.holds(&record.path, line)) {
            continue;
        }
        // text under a heading that mentions the goal belongs to it too
        let section = note.section_at(span.start).and_then(|index| note.sections.get(index));
        let end = section.filter(|section| section.line == line).map_or(line, |section| section.end_line);
        let first = note.tasks.partition_point(|task| task.line < line);
        let mut is_task = task_at(note, span.start).is_some();
        for (index, task) in note.tasks.iter().enumerate().skip(first).take_while(|(_, task)| task.line <= end) {
            is_task |= task.line == line;
            let leaves = if task.group { crate::report::task::leaves(note, index).collect() } else { vec![task] };
            for leaf in leaves.into_iter().filter(|leaf| leaf.status == Status::Done) {
                add(goal, leaf.line, done_day(leaf), EvidenceKind::Task, label::label(leaf).text);
            }
        }
        // an open task is no evidence yet
        if !is_task {
            add(goal, line, day(line), EvidenceKind::Note, quote(line, span));
        }
    }
    for (goal, line, span) in of_tickets {
        let task = task_at(note, span.start).and_then(|index| note.tasks.get(index));
        match task {
            // an open task is no evidence yet, nor is a dropped one
            Some(task) if task.status != Status::Done => {}
            Some(task) => add(goal, line, done_day(task), EvidenceKind::Task, quote(line, span)),
            None => add(goal, line, day(line), EvidenceKind::Ticket, quote(line, span)),
        }
    }
    for praise in &note.endorsements {
        let folded = fold(praise.span.of(&text));
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        // a name has a few words
        let runs = (1..=4).flat_map(|length| words.windows(length));
        let named = runs.filter_map(|run| names.get(&run.join(" "))).flatten();
        for goal in named {
            add(
                *goal,
                praise.line,
                praise.date.or_else(|| day(praise.line)),
                EvidenceKind::Endorsement,
                praise.about.clone(),
            );
        }
    }
}

impl GoalItem {
    /// Evaluates all evidence together.
    fn settle(&mut self, today: NaiveDate) {
        self.evidence.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.path, a.line).cmp(&(&b.path, b.line))));
        let days = self.evidence.iter().filter_map(|evidence| evidence.date).filter(|date| *date <= today);
        self.last_movement = days.max();
        self.days_since = self.last_movement.map(|date| (today - date).num_days());
        let counted = self.key_results.iter().all(|result| result.done >= result.of);
        let is_there = self.done > 0 || !self.key_results.is_empty();
        let is_level = self.level >= self.target;
        self.reached = is_there && is_level && counted && self.open == 0 && self.unknown == 0;
        self.stale = !self.reached && self.days_since.is_none_or(|days| days > STALE);
    }
}

#[cfg(test)]
mod tests;
