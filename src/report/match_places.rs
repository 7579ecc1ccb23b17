//! Locates the matches of a query in a note that the index cannot locate: tasks, and matches of a regex.
//!
//! The index locates plain words. Called by `search` and `edit`.

use crate::model::Note;
use crate::model::Task;
use crate::model::text::Lines;
use crate::query::Expr;
use crate::query::NoteFacts;
use crate::query::Query;
use crate::query::Test;
use crate::query::Text;
use crate::query::World;
use crate::query::ast::Match;
use crate::query::fields::Field;
use crate::query::matches::asks_tasks;
use crate::query::matches_task;
use crate::query::pattern::Pattern;

/// How much of a line is shown before the first match of a regex, and in total; in Unicode scalar values.
const BEFORE: usize = 60;
const SHOWN: usize = 200;

/// Upper bound on matches of one regex in one note.
const FINDS: usize = 10_000;

/// A match in a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchPlace {
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The headings and soft sections above it, outermost first.
    pub heading: Vec<String>,
    /// The task's words, or the text around a regex match.
    pub text: String,
    /// Matches of a regex, as `(start, end)` in Unicode scalar values of `text`.
    pub highlights: Vec<(usize, usize)>,
}

/// The matches of a query about tasks or with a regex, in the order of the note, at most `most`; none for other queries.
/// `text` is the note's decoded text.
#[must_use]
pub fn places(query: &Query, facts: &NoteFacts<'_>, text: &str, world: &World<'_>, most: usize) -> Vec<MatchPlace> {
    let (tasks, patterns) = asked(query);
    if tasks {
        let tasks = facts.note.tasks.iter().filter(|task| matches_task(query, task, facts, world));
        return tasks.take(most).map(|task| of_task(facts.note, task)).collect();
    }
    of_patterns(&patterns, facts.note, text, most)
}

/// True for queries that [`places`] can locate.
#[must_use]
pub fn has_places(query: &Query) -> bool {
    let (tasks, patterns) = asked(query);
    tasks || !patterns.is_empty()
}

/// Whether the query asks about tasks, and its regexes. Negated terms are ignored.
fn asked(query: &Query) -> (bool, Vec<&Pattern>) {
    let (mut tasks, mut patterns) = (false, Vec::new());
    let mut waiting: Vec<&Expr> = query.expr.iter().collect();
    while let Some(next) = waiting.pop() {
        match next {
            Expr::Term(term) => match &term.test {
                Test::Text(Text::Regex(pattern)) | Test::In(Field::Text, Match::Text(Text::Regex(pattern))) => {
                    patterns.push(pattern);
                }
                test => tasks |= asks_tasks(test),
            },
            Expr::Not(_) => {}
            Expr::Named(named) => waiting.push(&named.expr),
            Expr::And(items) | Expr::Seq(items) | Expr::Or(items) => waiting.extend(items),
        }
    }
    (tasks, patterns)
}

fn of_task(note: &Note, task: &Task) -> MatchPlace {
    MatchPlace {
        line: task.line,
        column: task.column,
        heading: note.heading_path(task.section).into_iter().map(str::to_owned).collect(),
        text: task.text.clone(),
        highlights: Vec::new(),
    }
}

/// Each line once, with the matches in it.
fn of_patterns(patterns: &[&Pattern], note: &Note, text: &str, most: usize) -> Vec<MatchPlace> {
    let Some(body) = text.get(note.body_start..) else { return Vec::new() };
    let lines = Lines::new(text);
    let finds = |pattern: &&Pattern| {
        let found = pattern.regex().find_iter(body).filter(|found| !found.is_empty());
        found
            .take(FINDS)
            .map(|found| (note.body_start + found.start(), note.body_start + found.end()))
            .collect::<Vec<_>>()
    };
    let mut found: Vec<(usize, usize)> = patterns.iter().flat_map(finds).collect();
    found.sort_unstable();
    let mut places: Vec<MatchPlace> = Vec::new();
    for (index, &(start, _)) in found.iter().enumerate() {
        let (line, column) = lines.line_column(text, start);
        if places.last().is_some_and(|place| place.line == line) {
            continue;
        }
        if places.len() == most {
            break;
        }
        let span = lines.content(text, line);
        let on_line: Vec<(usize, usize)> =
            found.iter().skip(index).copied().take_while(|(from, _)| *from < span.end).collect();
        let (shown, highlights) = cut(span.of(text), span.start, &on_line);
        let heading = note.heading_path(note.section_at(start)).into_iter().map(str::to_owned).collect();
        places.push(MatchPlace { line, column: column.max(1), heading, text: shown, highlights });
    }
    places
}

/// The shown part of a line, and the matches in it; `finds` are in bytes of the text, in which the line begins at `base`.
fn cut(line: &str, base: usize, finds: &[(usize, usize)]) -> (String, Vec<(usize, usize)>) {
    let indent = line.chars().take_while(|c| c.is_whitespace()).count();
    let at = |byte: usize| line.get(..(byte - base).min(line.len())).map_or(0, |before| before.chars().count());
    let finds: Vec<(usize, usize)> = finds.iter().map(|&(start, end)| (at(start), at(end))).collect();
    let first = finds.first().map_or(0, |find| find.0);
    let from = if first > indent + BEFORE { first - BEFORE } else { indent };
    let mut shown: String = line.chars().skip(from).take(SHOWN).collect();
    let length = shown.chars().count();
    let shift = usize::from(from > indent);
    if shift == 1 {
        shown.insert(0, '…');
    }
    if line.chars().count() > from + length {
        shown.push('…');
    }
    let inside = |&(start, end): &(usize, usize)| {
        let place = |at: usize| at.saturating_sub(from).min(length) + shift;
        (place(start) < place(end)).then(|| (place(start), place(end)))
    };
    (shown, finds.iter().filter_map(inside).collect())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::NotePath;
    use crate::parse;
    use crate::query::LinkFacts;

    const NOTE: &str = "---\ntitle: outbox\n---\nSome outbox, and an oatbex.\n\n## Do\n\n- [ ] read the outbox ⏫\n- [x] write one\n\n  the Outbox again\n";

    struct Nothing;

    impl LinkFacts for Nothing {
        fn is_orphan(&self, _: &NotePath) -> bool {
            false
        }
        fn links_to(&self, _: &NotePath, _: &str) -> bool {
            false
        }
        fn linked_by(&self, _: &NotePath, _: &str) -> bool {
            false
        }
    }

    #[track_caller]
    fn case(query: &str, want: &[&str]) {
        let path = NotePath::from("a.md");
        let note = parse::parse(&path, NOTE, &parse::Options::default()).note;
        let facts = NoteFacts { path: &path, note: &note, created: None, modified: None, kept: &[] };
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let text = |_: &NotePath| Some(NOTE.to_owned());
        let world = World { today, text: &text, links: &Nothing, people: &[] };
        let named = std::collections::BTreeMap::new();
        let query = Query::parse(query, &crate::query::Context { today, named: &named }).unwrap();
        let found = places(&query, &facts, NOTE, &world, 2);
        let shown: Vec<String> = found
            .iter()
            .map(|place| {
                let marked = place
                    .highlights
                    .iter()
                    .map(|&(start, end)| place.text.chars().skip(start).take(end - start).collect::<String>());
                let marked = marked.collect::<Vec<_>>().join("|");
                format!("{}:{} {} [{marked}] {}", place.line, place.column, place.text, place.heading.join(" › "))
            })
            .collect();
        assert_eq!(shown, want, "{query}");
        assert_eq!(has_places(&query), !want.is_empty() || query.to_string().contains('/'), "{query}");
    }

    #[test]
    fn regexes_and_tasks_have_places() {
        case(
            "/o[ua]tb.x/",
            &["4:6 Some outbox, and an oatbex. [outbox|oatbex] ", "8:16 - [ ] read the outbox ⏫ [outbox] Do"],
        );
        case("/again/ path:a", &["11:14 the Outbox again [again] Do"]);
        case("/nowhere/", &[]);
        case("task-todo:outbox", &["8:3 read the outbox ⏫ [] Do"]);
        case("is:done", &["9:3 write one [] Do"]);
        case("priority:high OR is:done", &["8:3 read the outbox ⏫ [] Do", "9:3 write one [] Do"]);
        case("outbox NOT is:done", &[]);
    }

    #[test]
    fn long_lines_are_cut_around_the_find() {
        let line = format!("  {}x{}", "é".repeat(100), "ü".repeat(300));
        let (shown, highlights) = cut(&line, 7, &[(7 + 202, 7 + 203)]);
        assert_eq!(shown, format!("…{}x{}…", "é".repeat(60), "ü".repeat(139)));
        assert_eq!(highlights, [(61, 62)]);
        assert_eq!(cut("  ab", 0, &[(2, 3)]), ("ab".to_owned(), vec![(0, 1)]));
    }
}
