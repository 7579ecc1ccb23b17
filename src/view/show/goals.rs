//! A list of goals, a single goal, the evidence for one, and praise.

use std::borrow::Cow;

use crate::model::GoalKind;
use crate::model::KeyResult;
use crate::model::NotePath;
use crate::model::Status;
use crate::report::goal_views::EvidenceReport;
use crate::report::goal_views::GoalDetail;
use crate::report::goals::Evidence;
use crate::report::goals::EvidenceKind;
use crate::report::goals::GoalItem;
use crate::report::goals::GoalReport;
use crate::report::praise::PraiseItem;
use crate::report::praise::PraiseReport;
use crate::report::skill_candidates::SkillCandidate;
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
use crate::view::words;

/// Number of key results of a goal that are shown in the list.
const RESULTS: usize = 3;

impl Report for GoalReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.goals.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let row = |goal: &GoalItem| {
            let late = goal.by.is_some_and(|by| by < self.today) && !goal.reached;
            TableRow {
                depth: usize::from(goal.parent.is_some()),
                left: vec![
                    cell(goal.name.clone(), Role::Title).to_note(&goal.path, goal.line),
                    plain(level(goal)),
                    cell(deadline(goal), if late { Role::Bad } else { Role::Date }),
                    cell(fraction(goal), if goal.reached { Role::Good } else { Role::Plain }),
                ],
                // two cells: never cut
                main: vec![cell(movement(goal), if goal.stale { Role::Warning } else { Role::Muted }), plain("")],
                right: vec![cell(paths.place(&goal.path, goal.line), Role::Path).to_note(&goal.path, goal.line)],
                ..TableRow::default()
            }
        };
        document.push(Block::Table(Table {
            columns: vec![Column::LEFT.most(40).cut(), Column::LEFT, Column::LEFT, Column::LEFT],
            rows: self.goals.iter().map(row).collect(),
            ..Table::default()
        }));
        for (index, candidate) in self.candidates.iter().enumerate() {
            if index == 0 {
                document.push(Block::Gap);
                document.line(vec![cell("Named in notes, and no goal yet", Role::Title)]);
            }
            let times = candidate.times();
            document.line(vec![
                plain(format!("  {}  {times}  ", candidate.name)),
                cell(paths.place(&candidate.path, candidate.line), Role::Path).to_note(&candidate.path, candidate.line),
                cell(format!("  {}", candidate.text), Role::Muted),
            ]);
        }
        if let Some(others) = self.others.filter(|others| self.goals.is_empty() && *others > 0) {
            let all = if others == 1 { "the only goal".to_owned() } else { format!("each of {others} goals") };
            document.remark(format!("no goal is stale: {all} is reached, or moved in the last two months"));
            return document;
        }
        if self.goals.is_empty() {
            document.remark(
                "there are no goals yet: write a note goals.md with a heading for each, or use the tag #goal or #skill",
            );
            return document;
        }
        let stale = self.goals.iter().filter(|goal| goal.stale && goal.last_movement.is_some()).count();
        let unknown = self.goals.iter().filter(|goal| goal.stale && goal.last_movement.is_none()).count();
        let reached = self.goals.iter().filter(|goal| goal.reached).count();
        let mut parts = vec![words::count(self.goals.len(), "goal")];
        parts.extend((reached > 0).then(|| format!("{} reached", words::thousands(reached))));
        parts.extend((stale > 0).then(|| format!("{} without movement for two months", words::thousands(stale))));
        parts.extend((unknown > 0).then(|| format!("{} without any dated movement", words::thousands(unknown))));
        document.remark(parts.join(", "));
        document
    }
}

/// `2 → 3`
pub(super) fn level(goal: &GoalItem) -> String {
    match (goal.level, goal.target) {
        (Some(level), Some(target)) => format!("{level} → {target}"),
        (Some(level), None) => format!("level {level}"),
        (None, Some(target)) => format!("→ {target}"),
        (None, None) => String::new(),
    }
}

/// `by 2026-12-31`, `by December`
pub(super) fn deadline(goal: &GoalItem) -> String {
    let day = goal.by.map(|by| by.to_string()).or_else(|| goal.by_said.clone());
    day.map(|day| format!("by {day}")).unwrap_or_default()
}

/// `3/7`, `KR 3/10 45 %`, `1 unknown`
pub(super) fn fraction(goal: &GoalItem) -> String {
    let mut parts: Vec<String> = goal.progress.iter().cloned().collect();
    let counted = |result: &KeyResult| match result.of {
        100 => format!(" {} %", result.done),
        of => format!(" {}/{of}", result.done),
    };
    let results: String = goal.key_results.iter().take(RESULTS).map(counted).collect();
    let more = goal.key_results.len().saturating_sub(RESULTS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    parts.extend((!results.is_empty()).then(|| format!("KR{results}{more}")));
    parts.extend((goal.unknown > 0).then(|| format!("{} unknown", words::thousands(goal.unknown))));
    parts.join(", ")
}

/// `moved 2026-02-16, 278 days ago`
pub(super) fn movement(goal: &GoalItem) -> String {
    match (goal.last_movement, goal.days_since) {
        (Some(day), Some(0)) => format!("moved {day}, today"),
        (Some(day), Some(days)) => {
            let days = words::count(usize::try_from(days).unwrap_or(0), "day");
            format!("moved {day}, {days} ago")
        }
        _ => "no dated movement".to_owned(),
    }
}

impl Row for GoalItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{} {}", self.name, fraction(self)))
    }
}

impl Report for GoalDetail {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        [&self.goal].into_iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let goal = &self.goal;
        let mut document = Document::default();
        let kind = if goal.kind == GoalKind::Skill { "skill" } else { "goal" };
        document.line(vec![
            cell(goal.name.clone(), Role::Title),
            cell(format!("  {kind}  "), Role::Muted),
            cell(paths.place(&goal.path, goal.line), Role::Path).to_note(&goal.path, goal.line),
        ]);
        let mut parts: Vec<String> = Some(level(goal)).filter(|level| !level.is_empty()).into_iter().collect();
        parts.extend(Some(deadline(goal)).filter(|by| !by.is_empty()));
        if !parts.is_empty() {
            document.line(vec![plain(format!("  {}", parts.join("  ")))]);
        }
        let counts =
            [(goal.done, "done"), (goal.open, "open"), (goal.unknown, "unknown"), (goal.cancelled, "cancelled")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, what)| format!("{} {what}", words::thousands(count))).collect();
        if !counts.is_empty() {
            document.line(vec![plain(format!("  {}", counts.join(" · ")))]);
        }
        document
            .line(vec![cell(format!("  {}", movement(goal)), if goal.stale { Role::Warning } else { Role::Muted })]);
        if !goal.tickets.is_empty() {
            document.line(vec![plain(format!("  tickets: {}", goal.tickets.join(", ")))]);
        }
        for result in &goal.key_results {
            document.line(vec![plain(format!("  {}", result.text))]);
        }
        for step in &goal.steps {
            let (mark, role) = match step.status {
                Status::Done => ("x", Role::Muted),
                Status::Doing => ("/", Role::Plain),
                Status::Cancelled | Status::Moved => ("-", Role::Muted),
                Status::Todo | Status::OnHold | Status::Info => (" ", Role::Plain),
            };
            document.line(vec![cell(format!("  [{mark}] {}", step.label), role).to_note(&goal.path, step.line)]);
        }
        for point in &goal.points {
            document.line(vec![plain(format!("   -  {}", point.text)).to_note(&goal.path, point.line)]);
        }
        if !goal.evidence.is_empty() {
            document.push(Block::Gap);
            document.line(vec![cell("Evidence", Role::Title)]);
            document.push(evidence(&goal.evidence, paths));
        }
        document
    }
}

fn evidence(all: &[Evidence], paths: &dyn Paths) -> Block {
    let row = |one: &Evidence| TableRow {
        left: vec![
            cell(one.date.map_or_else(|| "undated".to_owned(), words::day), Role::Date),
            cell(
                match one.kind {
                    EvidenceKind::Task => "done",
                    EvidenceKind::Note => "note",
                    EvidenceKind::Ticket => "ticket",
                    EvidenceKind::Endorsement => "praise",
                },
                Role::Muted,
            ),
        ],
        main: vec![plain(one.text.clone())],
        right: vec![cell(paths.place(&one.path, one.line), Role::Path).to_note(&one.path, one.line)],
        ..TableRow::default()
    };
    Block::Table(Table { margin: 2, columns: vec![Column::LEFT, Column::LEFT], rows: all.iter().map(row).collect() })
}

impl Report for EvidenceReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.evidence.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document { blocks: vec![evidence(&self.evidence, paths)], ..Document::default() };
        let since = self.since.map(|since| format!(" since {since}")).unwrap_or_default();
        document.remark(match self.evidence.len() {
            0 => format!("nothing shows that {} moved{since}", self.name),
            many => format!("{} of {}{since}", words::count(many, "sign"), self.name),
        });
        if self.left_out > 0 {
            document.remark(format!("{} older or undated", words::thousands(self.left_out)));
        }
        document
    }
}

impl Row for Evidence {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

impl Row for SkillCandidate {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}

impl Report for PraiseReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.praise.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        for praise in &self.praise {
            document.line(vec![
                cell(praise.date.map_or_else(|| "undated".to_owned(), words::day), Role::Date),
                plain("  "),
                cell(paths.place(&praise.path, praise.line), Role::Path).to_note(&praise.path, praise.line),
                plain(praise.by.as_ref().map_or_else(|| "  no author".to_owned(), |by| format!("  {by}"))),
                cell(blanks(praise), Role::Warning),
            ]);
            document.push(Block::Text { indent: 4, words: vec![plain(praise.text.clone())] });
        }
        let blanks = self.praise.iter().filter(|praise| !praise.placeholders.is_empty()).count();
        let all = words::count(self.praise.len(), "endorsement");
        document.remark(match blanks {
            0 => all,
            _ => format!("{all}, {} with placeholders that were never filled in", words::thousands(blanks)),
        });
        document
    }
}

/// `  2 × [user's name] not filled in`
pub(super) fn blanks(praise: &PraiseItem) -> String {
    match praise.placeholders.as_slice() {
        [] => String::new(),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => match rest.len() {
            0 => format!("  {first} not filled in"),
            others => format!("  {} × {first} not filled in", others + 1),
        },
        all => format!("  not filled in: {}", all.join(", ")),
    }
}

impl Row for PraiseItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.text)
    }
}
