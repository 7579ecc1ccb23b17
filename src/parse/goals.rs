//! Goals of a note: the name, level, target and date of each, and what is under it.
//!
//! A note is about goals if its name, title or front matter says so; a heading "Goals" in the notes of a project is not enough.
//! In such a note each heading below the title is a goal, or each item of the list if there are no headings. If the author
//! marks some with `#goal`, `#skill` or a level, the others count only with boxes or measurable results. In other notes only
//! a heading or item with the bare tag is a goal.

mod marks;

use chrono::NaiveDate;

use crate::model::Goal;
use crate::model::GoalKind;
use crate::model::Note;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Tag;
use crate::model::Value;
use crate::model::goal_words;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::items::Item;

/// Upper bound on goals per note.
const GOALS: usize = 2_000;

/// A heading or item that may be a goal.
struct Candidate {
    goal: Goal,
    /// A tag or a prefix marks it as one.
    is_marked: bool,
    /// Some of its items could be steps.
    has_items: bool,
    /// Some of them have a box, or are measurable.
    has_steps: bool,
}

/// Reads the goals of a note, in the order of the text.
pub(crate) fn read(input: &Input<'_>) -> Vec<Goal> {
    let note = input.note;
    let kind = note.kind.as_deref().map(str::to_lowercase);
    let is_about = match kind.as_deref() {
        Some("goal" | "skill") => return vec![whole(input, kind.as_deref() == Some("skill"))],
        Some("goals" | "skills" | "okr" | "okrs") => true,
        Some("journal" | "meeting" | "person" | "tickets") => false,
        _ => goal_words::is_goals(input.path.stem()) || goal_words::is_goals(&note.title),
    };
    let has_tag = note.tags.iter().any(|tag| bare_kind(&tag.name).is_some());
    if !is_about && !has_tag {
        return Vec::new();
    }
    let all_skills = kind.as_deref() == Some("skills");
    let mut found: Vec<Candidate> = Vec::new();
    let top = top_level(note);
    for (index, section) in note.sections.iter().enumerate() {
        let candidate = of_section(input, section);
        let is_below_title = Some(index) != note.opening && is_about && Some(section.level) == top;
        let is_named = section.kind == SectionKind::Heading && !goal_words::is_parked(&candidate.goal.name);
        if candidate.is_marked || (is_below_title && (candidate.has_items || is_named)) {
            found.push(candidate);
        }
    }
    // beside marked goals, unmarked ones need steps
    if found.iter().any(|candidate| candidate.is_marked || candidate.goal.level.is_some()) {
        found.retain(|candidate| {
            let is_parked = goal_words::is_parked(&candidate.goal.name);
            candidate.is_marked || candidate.goal.level.is_some() || !is_parked && is_unmarked_goal(candidate)
        });
    }
    // headings with nothing but words are no goals beside a list of them
    let in_list = |item: &Item| input.note.section_at(item.start).is_none_or(|at| Some(at) == input.note.opening);
    if !found.iter().any(|candidate| candidate.is_marked || candidate.has_items) && input.items.iter().any(in_list) {
        found.clear();
    }
    let no_heading = found.is_empty() && is_about;
    for (index, item) in input.items.iter().enumerate() {
        if item.quotes > 0 {
            continue;
        }
        let has_own = has_tag && tags_at(note, item.line).any(|tag| bare_kind(&tag.name).is_some());
        if has_own || (no_heading && item.parent.is_none()) {
            found.push(of_item(input, index, item, has_own));
        }
    }
    found.truncate(GOALS);
    found.sort_by_key(|candidate| candidate.goal.span.start);
    let mut goals: Vec<Goal> = found
        .into_iter()
        .map(|candidate| {
            let mut goal = candidate.goal;
            if all_skills {
                goal.kind = GoalKind::Skill;
            }
            goal
        })
        .filter(|goal| !goal.name.is_empty())
        .collect();
    set_parents(&mut goals);
    fill(input, &mut goals);
    goals
}

/// True for what is a goal beside others that their writer marked: it has steps, or is nothing but words.
const fn is_unmarked_goal(candidate: &Candidate) -> bool {
    candidate.has_steps || !candidate.has_items
}

/// The level of the headings that are goals: the highest below the title.
fn top_level(note: &Note) -> Option<u8> {
    let below = note.sections.iter().enumerate().filter(|(index, _)| Some(*index) != note.opening);
    below.map(|(_, section)| section.level).min()
}

/// `goal` and `skill`, alone or followed by a name.
fn bare_kind(tag: &str) -> Option<GoalKind> {
    match tag.to_lowercase().as_str() {
        "goal" | "goals" => Some(GoalKind::Goal),
        "skill" | "skills" => Some(GoalKind::Skill),
        _ => None,
    }
}

/// The kind and the name of `#skill/messaging`.
fn named(tag: &str) -> Option<(GoalKind, &str)> {
    let (kind, name) = tag.split_once('/')?;
    Some((bare_kind(kind)?, name)).filter(|(_, name)| !name.is_empty())
}

/// The note as one goal.
fn whole(input: &Input<'_>, is_skill: bool) -> Goal {
    let note = input.note;
    let last = input.lines.count();
    let mut goal = Goal {
        name: marks::name(&note.title).1,
        kind: if is_skill { GoalKind::Skill } else { GoalKind::Goal },
        line: note.opening.and_then(|index| note.sections.get(index)).map_or(1, |section| section.line),
        end_line: last,
        ..Goal::default()
    };
    let text = |key: &str| note.property(key).and_then(Value::as_text);
    goal.level = text("level").and_then(|words| Some(marks::number(words.trim())?.0));
    goal.target = text("target").and_then(|words| Some(marks::number(words.trim())?.0));
    goal.by = ["by", "due", "deadline"].iter().find_map(|key| marks::day(text(key)?));
    for tag in &note.tags {
        if let Some((_, name)) = named(&tag.name)
            && tag.line <= goal.line
        {
            goal.names.push(name.to_owned());
        }
    }
    let first = input.lines.line(note.body_start);
    let own_end = note.sections.iter().map(|section| section.line).find(|line| *line > goal.line).unwrap_or(last + 1);
    levels(input, &mut goal, first, own_end - 1);
    goal.aliases_from(&note.aliases);
    let mut goals = vec![goal];
    fill(input, &mut goals);
    goals.pop().unwrap_or_default()
}

impl Goal {
    fn aliases_from(&mut self, aliases: &[String]) {
        self.names.extend(aliases.iter().cloned());
    }
}

fn of_section(input: &Input<'_>, section: &Section) -> Candidate {
    let (prefix, name) = marks::name(&section.text);
    let mut goal = Goal {
        name,
        line: section.line,
        end_line: section.end_line,
        span: section.heading_span,
        kind: prefix.unwrap_or_default(),
        ..Goal::default()
    };
    let mut is_marked = take_tags(input, &mut goal, section.line);
    let own_end = input.lines.line(section.span.end.max(section.heading_span.end).saturating_sub(1)).max(section.line);
    let own_end = own_end.min(section.end_line);
    levels(input, &mut goal, section.line + 1, own_end);
    is_marked |= prefix.is_some() && goal.level.is_some();
    let from = input.items.partition_point(|item| item.line <= section.line);
    let mut items = input.items.iter().skip(from).take_while(|item| item.line <= section.end_line).peekable();
    let has_items = items.peek().is_some() || goal.level.is_some();
    let has_steps = items.any(|item| item.boxed.is_some() || marks::key_result(words_of(input, item), 0).is_some());
    Candidate { goal, is_marked, has_items, has_steps }
}

fn of_item(input: &Input<'_>, index: usize, item: &Item, is_marked: bool) -> Candidate {
    let words = item_text::read(input.text, input.lines, input.outline, input.items, index, input.options.logseq).text;
    let (prefix, name) = marks::name(&words);
    let end_line = end_of_item(input, index, item);
    let content = input.lines.content(input.text, item.line);
    let mut goal = Goal {
        name,
        line: item.line,
        end_line,
        span: Span::new(item.start, content.end.max(item.start)),
        kind: prefix.unwrap_or_default(),
        ..Goal::default()
    };
    take_tags(input, &mut goal, item.line);
    let from = begins(input, item.line);
    let own = marks::level_behind(&words).and_then(|(_, said)| marks::level(said, from));
    if let Some(own) = own {
        (goal.level, goal.target, goal.by, goal.by_said) = (own.level, own.target, own.by, own.by_said);
    }
    levels(input, &mut goal, item.line + 1, end_line);
    Candidate { goal, is_marked, has_items: true, has_steps: item.boxed.is_some() }
}

/// The last line of an item with its children.
fn end_of_item(input: &Input<'_>, index: usize, item: &Item) -> usize {
    let behind = input.items.iter().skip(index + 1);
    let next = behind.take(GOALS).find(|other| other.indent <= item.indent).map_or(usize::MAX, |other| other.line);
    let section = input.note.section_at(item.start).and_then(|index| input.note.sections.get(index));
    let end = section.map_or(input.lines.count(), |section| input.lines.line(section.span.end.saturating_sub(1)));
    let mut last = end.min(next.saturating_sub(1)).max(item.line);
    while last > item.line && input.lines.content(input.text, last).of(input.text).trim().is_empty() {
        last -= 1;
    }
    last
}

/// The tags on a line.
fn tags_at(note: &Note, line: usize) -> impl Iterator<Item = &Tag> {
    let first = note.tags.partition_point(|tag| tag.line < line);
    note.tags.iter().skip(first).take_while(move |tag| tag.line == line)
}

/// Applies the tags on a line; true if one of them marks a goal.
fn take_tags(input: &Input<'_>, goal: &mut Goal, line: usize) -> bool {
    let mut is_marked = false;
    for tag in tags_at(input.note, line) {
        if let Some(kind) = bare_kind(&tag.name) {
            goal.kind = kind;
            is_marked = true;
        } else if let Some((kind, name)) = named(&tag.name) {
            goal.kind = kind;
            goal.names.push(name.to_owned());
            is_marked |= is_goal_line(input, line);
        }
    }
    is_marked
}

/// In a note about goals, `## Messaging #skill/messaging` is the skill; in other notes it only refers to it.
fn is_goal_line(input: &Input<'_>, line: usize) -> bool {
    let kind = input.note.kind.as_deref();
    let is_about = matches!(kind, Some("goals" | "skills" | "okr" | "okrs"))
        || (kind.is_none() && (goal_words::is_goals(input.path.stem()) || goal_words::is_goals(&input.note.title)));
    is_about && input.note.sections.binary_search_by_key(&line, |section| section.line).is_ok()
}

/// Reads `level: 2 -> 3 by 2024-03` in lines of a goal.
fn levels(input: &Input<'_>, goal: &mut Goal, first: usize, last: usize) {
    let from = begins(input, goal.line);
    // such a line is near the top
    for line in first..=last.min(first + 20) {
        let content = input.lines.content(input.text, line);
        if input.outline.mask_at(content.start).is_some() {
            continue;
        }
        let Some(found) = marks::level(content.of(input.text), from) else { continue };
        goal.level = goal.level.or(found.level);
        goal.target = goal.target.or(found.target);
        goal.by = goal.by.or(found.by);
        goal.by_said = goal.by_said.take().or(found.by_said).filter(|_| goal.by.is_none());
        if found.level.is_some() && goal.kind == GoalKind::Goal && goal.names.is_empty() && goal.target.is_some() {
            goal.kind = GoalKind::Skill;
        }
    }
}

/// The first day of the year that the headings above a line, the title or the note's name are about, else the day of the text.
fn begins(input: &Input<'_>, line: usize) -> Option<NaiveDate> {
    let note = input.note;
    let above =
        note.section_at(input.lines.start(line)).map(|index| note.heading_path(Some(index))).unwrap_or_default();
    let names = above.into_iter().rev().chain([note.title.as_str(), input.path.stem()]);
    let year = |name: &str| {
        let words = name.split(|c: char| !c.is_ascii_digit());
        words.filter(|word| word.len() == 4 && word.starts_with("20")).find_map(|word| word.parse().ok())
    };
    let year = names.filter_map(year).next();
    let day = || note.entry_index_at(line).and_then(|at| note.entries.get(at)).map(|entry| entry.date).or(note.date);
    year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)).or_else(day)
}

/// True for a line that says something about a goal: `Level: 1 → 2`, `by 2026-12`.
pub(crate) fn is_level(line: &str) -> bool {
    marks::level(line, None).is_some()
}

/// Sets the parent of each goal.
fn set_parents(goals: &mut [Goal]) {
    let mut open: Vec<(usize, usize)> = Vec::new();
    for index in 0..goals.len() {
        let Some(goal) = goals.get_mut(index) else { continue };
        while open.last().is_some_and(|(_, end)| *end < goal.line) {
            open.pop();
        }
        goal.parent = open.last().map(|(parent, _)| *parent);
        open.push((index, goal.end_line));
    }
}

/// Adds the items without a box: measurable results, evidence, and points whose state is unknown.
fn fill(input: &Input<'_>, goals: &mut [Goal]) {
    let mut parents = vec![false; input.items.len()];
    for item in input.items {
        if let Some(slot) = item.parent.and_then(|parent| parents.get_mut(parent)) {
            *slot = true;
        }
    }
    for (index, item) in input.items.iter().enumerate() {
        let inner = innermost(goals, item.line);
        let Some(mut at) = inner else { continue };
        // the goal's own line is not a point of it
        if goals.get(at).is_some_and(|goal| goal.line == item.line) {
            match goals.get(at).and_then(|goal| goal.parent) {
                Some(parent) => at = parent,
                None => continue,
            }
        }
        let words = words_of(input, item);
        let result = marks::key_result(words, item.line);
        let is_step = result.is_none() && item.boxed.is_none() && !parents.get(index).copied().unwrap_or(false);
        let is_evidence = is_step && is_under_evidence(input, item);
        let is_point = is_step && !is_evidence && marks::level(words, None).is_none() && !words.trim().is_empty();
        let is_point = is_point && !marks::is_praise(words);
        let mut above = Some(at);
        while let Some(index) = above {
            let Some(goal) = goals.get_mut(index) else { break };
            goal.key_results.extend(result.clone());
            if is_evidence {
                goal.evidence.push(item.line);
            } else if is_point {
                goal.points.push(item.line);
            }
            above = goal.parent;
        }
    }
}

/// The words of an item's first line.
fn words_of<'t>(input: &Input<'t>, item: &Item) -> &'t str {
    let content = input.lines.content(input.text, item.line);
    Span::new(item.text_start.min(content.end), content.end).of(input.text)
}

/// The innermost goal whose lines include this one.
fn innermost(goals: &[Goal], line: usize) -> Option<usize> {
    let mut at = goals.partition_point(|goal| goal.line <= line).checked_sub(1);
    while let Some(goal) = at.and_then(|index| goals.get(index)) {
        if line <= goal.end_line {
            return at;
        }
        at = goal.parent;
    }
    None
}

fn is_under_evidence(input: &Input<'_>, item: &Item) -> bool {
    let section = input.note.section_at(item.start).and_then(|index| input.note.sections.get(index));
    section.is_some_and(|section| goal_words::is_evidence(&section.text))
}

#[cfg(test)]
mod tests;
