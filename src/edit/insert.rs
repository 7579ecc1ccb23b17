//! Adds tasks at the end of a list, of a section or of a note, in the style of the lines around them.
//!
//! Where a line goes is a guess, so every guess is verified by parsing the result: the first one after which the note has
//! the new tasks, with everything else unchanged, is used.

use thiserror::Error;

use crate::edit::journal::columns;
use crate::edit::journal::is_blank;
use crate::edit::journal::item_prefix;
use crate::edit::journal::line_end;
use crate::edit::splice::apply_text;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::SectionKind;
use crate::model::Task;
use crate::parse;
use crate::parse::markers::is_thematic_break;

/// Why tasks cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddError {
    /// A task needs words.
    #[error("the task has no text")]
    Empty,
    /// No suitable position: the note or section ends in an unclosed block.
    #[error("a task cannot go here: its box would be read as code or as a comment")]
    NoPlace,
    /// It begins like a done line of todo.txt.
    #[error("in todo.txt a line that begins with `x ` is done")]
    Done,
}

/// The edit that adds tasks to the section of a note with this index (its own text, without the sections under it), or to
/// the note.
///
/// They go below the last list item at the top level, in a note below the last list with tasks; else after the text. Marker,
/// indentation, line end and blank lines follow the lines around. The words of a task are put on one line.
///
/// # Errors
///
/// When there are no words, or no place where the tasks would be parsed as tasks.
pub fn add_tasks(text: &str, note: &Note, tasks: &[&str], section: Option<usize>) -> Result<Edit, AddError> {
    let tasks: Vec<String> = tasks.iter().map(|task| task.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    if tasks.is_empty() || tasks.iter().any(String::is_empty) {
        return Err(AddError::Empty);
    }
    let page = Page { text, lines: Lines::new(text), note, end: line_end(text) };
    let places = [page.in_list(section), page.at_end(section)];
    for place in places.into_iter().flatten() {
        // without a blank line, the text below might become part of the last task
        for blank_below in [place.blank_below, true] {
            let edit = page.write(&InsertPoint { blank_below, ..place.clone() }, &tasks);
            if reads_back(text, note, &edit, tasks.len(), section) {
                return Ok(edit);
            }
        }
    }
    Err(AddError::NoPlace)
}

/// The note to edit.
struct Page<'a> {
    text: &'a str,
    lines: Lines,
    note: &'a Note,
    end: &'static str,
}

/// Where the new lines go, and how they begin.
#[derive(Debug, Clone)]
struct InsertPoint {
    /// They go below this 1-based line; 0 for the beginning of the note.
    below: usize,
    /// What is before the box.
    prefix: String,
    /// Blank lines above the first one.
    above: usize,
    /// Blank lines between them.
    between: usize,
    blank_below: bool,
}

impl Page<'_> {
    fn content(&self, line: usize) -> &str {
        self.lines.content(self.text, line).of(self.text)
    }

    fn is_blank(&self, line: usize) -> bool {
        is_blank(self.text, &self.lines, line)
    }

    /// The lines of a section's own text, or of the note: after its heading, up to the last one that is not blank.
    fn range(&self, section: Option<usize>) -> (usize, usize) {
        let own = section.and_then(|index| self.note.sections.get(index));
        let (head, last) = match own {
            Some(section) => (
                self.lines.line(section.heading_span.end.saturating_sub(1)),
                self.lines.line(section.span.end.saturating_sub(1)),
            ),
            None => (self.lines.line(self.note.body_start.min(self.text.len())) - 1, self.lines.count()),
        };
        (head, (head + 1..=last).rev().find(|line| !self.is_blank(*line)).unwrap_or(head))
    }

    /// Below the last list: in a section any list, in a note one with tasks, or one at its end.
    fn in_list(&self, section: Option<usize>) -> Option<InsertPoint> {
        let (head, last) = self.range(section);
        let tasks: Vec<&Task> =
            self.note.tasks.iter().filter(|task| task.depth == 0 && head < task.line && task.line <= last).collect();
        let plain = tasks.iter().rfind(|task| Quoted::of(self.content(task.line)).marks == 0);
        // prefer lists with tasks; without any, a section accepts every list
        let from = match plain.or_else(|| tasks.last()) {
            Some(task) => task.line,
            None => {
                let mut items = (head + 1..=last).filter_map(|line| {
                    let line_of = Quoted::of(self.content(line));
                    Some((line, line_of.indent()))
                        .filter(|_| line_of.marks == 0 && item_prefix(line_of.words).is_some())
                });
                let least = items.clone().map(|(_, indent)| indent).min()?;
                let (line, _) = items.rfind(|(_, indent)| *indent <= least + 1)?;
                let (.., end) = self.list_from(line, last);
                (section.is_some() || end == last).then_some(line)?
            }
        };
        let (before, item, end) = self.list_from(from, last);
        let prefix = match tasks.iter().find(|task| task.line == item) {
            Some(task) => self.before_box(task),
            None => {
                let line = Quoted::of(self.content(item));
                format!("{}{}", line.quotes, item_prefix(line.words)?)
            }
        };
        let apart = before.map_or(0, |before| (before + 1..item).rev().take_while(|line| self.is_blank(*line)).count());
        Some(InsertPoint { below: end, prefix: next_number(&prefix), above: apart, between: apart, blank_below: false })
    }

    /// The last two items at the depth of this item in its list (or the only one), and the last line of everything in
    /// them.
    fn list_from(&self, from: usize, last: usize) -> (Option<usize>, usize, usize) {
        let own = Quoted::of(self.content(from));
        let is_sibling = |line: &Quoted<'_>| {
            let is_item = item_prefix(line.words).is_some() && line.indent().abs_diff(own.indent()) <= 1;
            is_item && line.marks == own.marks
        };
        let above = (1..from).rev().take_while(|line| {
            let line = Quoted::of(self.content(*line));
            line.words.trim().is_empty() || is_sibling(&line) || line.indent() > own.indent() + 1
        });
        let mut before = above.into_iter().find(|line| is_sibling(&Quoted::of(self.content(*line))));
        let (mut item, mut end) = (from, from);
        for at in from + 1..=last {
            let line = Quoted::of(self.content(at));
            if line.words.trim().is_empty() && (line.marks == 0 || line.marks == own.marks) {
                continue;
            }
            // text directly below continues the item
            let lazy = at == end + 1 && !is_thematic_break(line.words) && !starts_block(line.words);
            let deeper = line.indent() > own.indent() + 1;
            if line.marks != own.marks || !(is_sibling(&line) || deeper || lazy) {
                break;
            }
            if is_sibling(&line) {
                (before, item) = (Some(item), at);
            }
            end = at;
        }
        (before, item, end)
    }

    /// The part before a task's box that a new line can reuse.
    fn before_box(&self, task: &Task) -> String {
        let line = self.lines.content(self.text, task.line);
        let open = task.symbol_span.start.saturating_sub(1);
        let before = self.text.get(line.start..open).unwrap_or("");
        match task.form {
            Form::Bare | Form::Swapped => format!("{before}- "),
            Form::Malformed if !before.ends_with([' ', '\t']) => format!("{before} "),
            _ => before.to_owned(),
        }
    }

    /// After the text of a section or note, below a blank line.
    fn at_end(&self, section: Option<usize>) -> Option<InsertPoint> {
        let (head, last) = self.range(section);
        let empty = head == last;
        let kind = section.and_then(|index| self.note.sections.get(index)).map(|section| section.kind);
        let above = match kind {
            _ if last == 0 => 0,
            Some(kind) if empty => self.under_heads(kind),
            _ => 1,
        };
        let bullet = self.note.tasks.iter().rev().find_map(|task| {
            let before = self.before_box(task);
            let marker = before.trim_matches([' ', '\t', '>']);
            ["-", "*", "+"].into_iter().find(|bullet| *bullet == marker)
        });
        let listed = || {
            let prefixes = (1..=self.lines.count()).filter_map(|line| item_prefix(self.content(line)));
            prefixes.filter_map(|prefix| ["-", "*", "+"].into_iter().find(|bullet| *bullet == prefix.trim())).next()
        };
        let prefix = format!("{} ", bullet.or_else(listed).unwrap_or("-"));
        // keep the same distance to a heading directly below
        let blank_below = empty && above > 0 && kind.is_some();
        Some(InsertPoint { below: last, prefix, above, between: 0, blank_below })
    }

    /// Blank lines between a heading, or a label, and its text: as many as under most others in this note.
    fn under_heads(&self, kind: SectionKind) -> usize {
        let usual = usize::from(kind == SectionKind::Heading);
        let gaps = self.note.sections.iter().filter(|section| section.kind == kind).filter_map(|section| {
            let head = self.lines.line(section.heading_span.end.saturating_sub(1));
            let last = self.lines.line(section.span.end.saturating_sub(1));
            Some((head + 1..=last).find(|line| !self.is_blank(*line))? - head - 1)
        });
        let (tight, all) = gaps.fold((0, 0), |(tight, all), gap| (tight + usize::from(gap == 0), all + 1));
        match all {
            0 => usual,
            _ => usize::from(tight * 2 < all || (tight * 2 == all && usual == 1)),
        }
    }

    fn write(&self, place: &InsertPoint, tasks: &[String]) -> Edit {
        let at = if place.below == 0 { 0 } else { self.lines.content(self.text, place.below).end };
        let blanks = |count: usize| self.end.repeat(count);
        let mut prefix = place.prefix.clone();
        let mut lines = String::new();
        for (nth, task) in tasks.iter().enumerate() {
            if nth > 0 {
                lines.push_str(self.end);
                lines.push_str(&blanks(place.between));
                prefix = next_number(&prefix);
            }
            lines.push_str(&format!("{prefix}[ ] {task}"));
        }
        let next_is_text = place.below < self.lines.count() && !self.is_blank(place.below + 1);
        let below = blanks(usize::from(place.blank_below && next_is_text));
        if place.below == 0 {
            return Edit { start: 0, end: 0, text: format!("{lines}{}{below}", self.end) };
        }
        Edit { start: at, end: at, text: format!("{}{}{lines}{below}", self.end, blanks(place.above)) }
    }
}

/// A line, split into its quote marks and the rest.
struct Quoted<'t> {
    /// The marks and the space after the last.
    quotes: &'t str,
    marks: usize,
    words: &'t str,
}

impl<'t> Quoted<'t> {
    fn of(line: &'t str) -> Self {
        let run = line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
        let head = line.get(..run).unwrap_or("");
        let end = head.rfind('>').map_or(0, |last| last + 1);
        let end = end + usize::from(end > 0 && head.get(end..).is_some_and(|rest| rest.starts_with(' ')));
        let (quotes, words) = line.split_at_checked(end).unwrap_or(("", line));
        Self { quotes, marks: quotes.matches('>').count(), words }
    }

    /// The column of the words after the marks.
    fn indent(&self) -> usize {
        columns(self.words.get(..self.words.len() - self.words.trim_start().len()).unwrap_or(""))
    }
}

/// True for lines that start something other than plain text: fences, quotes, tables, HTML, headings.
fn starts_block(line: &str) -> bool {
    let line = line.trim_start();
    ["```", "~~~", ">", "|", "<", "#", "%%", "$$"].iter().any(|mark| line.starts_with(mark))
}

/// `2. ` after `1. `; other markers stay the same.
fn next_number(prefix: &str) -> String {
    let number = prefix.trim_matches(|c: char| !c.is_ascii_digit());
    match number.parse::<u64>() {
        Ok(n) if n < 999_999_999 => prefix.replacen(number, &(n + 1).to_string(), 1),
        _ => prefix.to_owned(),
    }
}

/// True if the note then has exactly `count` more tasks, in this section if given, each with only the words of its own line,
/// and otherwise the same tasks and sections.
fn reads_back(text: &str, note: &Note, edit: &Edit, count: usize, section: Option<usize>) -> bool {
    let Ok(after) = apply_text(text, std::slice::from_ref(edit)) else { return false };
    let now = parse::parse(&NotePath::default(), &after, &parse::Options::default()).note;
    let (first, last) = (edit.start, edit.start + edit.text.len());
    let (new, old): (Vec<&Task>, Vec<&Task>) =
        now.tasks.iter().partition(|task| (first..last).contains(&task.symbol_span.start));
    let facts = |task: &Task| (task.symbol_span.len(), task.text.clone(), task.form);
    new.len() == count
        && new.iter().all(|task| task.symbol == " " && task.text_spans.len() <= 1)
        && new.iter().all(|task| section.is_none() || task.section == section)
        && old.iter().map(|task| facts(task)).eq(note.tasks.iter().map(facts))
        && now.sections.iter().map(|section| &section.text).eq(note.sections.iter().map(|section| &section.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Note {
        parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note
    }

    #[track_caller]
    fn case(text: &str, section: Option<usize>, want: &str) {
        let edit = add_tasks(text, &read(text), &["new  one"], section).unwrap();
        assert_eq!(apply_text(text, &[edit]).unwrap(), want);
    }

    #[test]
    fn a_task_goes_where_a_careful_writer_puts_it() {
        case("", None, "- [ ] new one\n");
        case("\n\n", None, "- [ ] new one\n\n\n");
        case("# A\n", None, "# A\n\n- [ ] new one\n");
        case("# A\n\n* [ ] x\n  * [ ] y\n\nmore\n", None, "# A\n\n* [ ] x\n  * [ ] y\n* [ ] new one\n\nmore\n");
        case("# A\n\n- [ ] x", None, "# A\n\n- [ ] x\n- [ ] new one");
        case("# A\r\n\r\ntext\r\n\r\n", None, "# A\r\n\r\ntext\r\n\r\n- [ ] new one\r\n\r\n");
        case("a\r- [ ] b\r", None, "a\r- [ ] b\r- [ ] new one\r");
        case("text", None, "text\n\n- [ ] new one");
        case("---\ntitle: x\n---\n", None, "---\ntitle: x\n---\n\n- [ ] new one\n");
    }

    #[test]
    fn in_a_section_it_stays_above_those_under_it() {
        case("# A\n\n- a\n\n# B\n\n- [ ] z\n", Some(0), "# A\n\n- a\n- [ ] new one\n\n# B\n\n- [ ] z\n");
        case("# A\n\n- [ ] a\n\n# B\n", Some(1), "# A\n\n- [ ] a\n\n# B\n\n- [ ] new one\n");
        case("# A\n\n- [ ] a\n\n## B\n\n- [ ] b\n", Some(0), "# A\n\n- [ ] a\n- [ ] new one\n\n## B\n\n- [ ] b\n");
        case("# A\n# B\n", Some(0), "# A\n\n- [ ] new one\n\n# B\n");
        case("# A\ntext\n# B\n# C\n", Some(1), "# A\ntext\n# B\n- [ ] new one\n# C\n");
        case("A\n=\n\n1. a\n2. b\n\nend\n", Some(0), "A\n=\n\n1. a\n2. b\n3. [ ] new one\n\nend\n");
        case("Todo:\n\n- x\n", Some(0), "Todo:\n\n- x\n- [ ] new one\n");
    }

    #[test]
    fn it_looks_like_its_neighbours() {
        case("- [ ] a\n  wrapped\n\ttoo\n\nend\n", None, "- [ ] a\n  wrapped\n\ttoo\n- [ ] new one\n\nend\n");
        case("+ [ ] a\n\n+ [ ] b\n", None, "+ [ ] a\n\n+ [ ] b\n\n+ [ ] new one\n");
        case("9) [ ] a\n", None, "9) [ ] a\n10) [ ] new one\n");
        case("-   [x] a\n", None, "-   [x] a\n-   [ ] new one\n");
        case("  * [ ] a\n", None, "  * [ ] a\n  * [ ] new one\n");
        case("> - [ ] a\n>   b\n\nend\n", None, "> - [ ] a\n>   b\n> - [ ] new one\n\nend\n");
        case("* plain\n  - [ ] child\n", None, "* plain\n  - [ ] child\n* [ ] new one\n");
        case("- [ ] a\n- plain\n\ntext\n", None, "- [ ] a\n- plain\n- [ ] new one\n\ntext\n");
        case("* a\n\ntext\n", None, "* a\n\ntext\n\n* [ ] new one\n");
        case("-[ ] a\n", None, "-[ ] a\n- [ ] new one\n");
    }

    #[test]
    fn it_is_never_swallowed() {
        // right below the list a label begins
        case("- [ ] a\n# B\n", None, "- [ ] a\n- [ ] new one\n# B\n");
        case("- [ ] a\n\n```\n- b\n```\n", None, "- [ ] a\n- [ ] new one\n\n```\n- b\n```\n");
        case("```\n- b\n```\n", None, "```\n- b\n```\n\n- [ ] new one\n");
        for endless in ["```\ncode", "<!--\n- [ ] a\n", "text\n\n~~~\n- a\n"] {
            assert_eq!(add_tasks(endless, &read(endless), &["x"], None), Err(AddError::NoPlace), "{endless}");
        }
        assert_eq!(add_tasks("", &read(""), &[" \n"], None), Err(AddError::Empty));
    }

    #[test]
    fn several_at_once() {
        let add = |text: &str, tasks: &[&str]| {
            let edit = add_tasks(text, &read(text), tasks, None).unwrap();
            apply_text(text, &[edit]).unwrap()
        };
        assert_eq!(add("# A\n", &["b", "c\nd"]), "# A\n\n- [ ] b\n- [ ] c d\n");
        assert_eq!(add("1. [ ] a\n\n2. [ ] b", &["c", "d"]), "1. [ ] a\n\n2. [ ] b\n\n3. [ ] c\n\n4. [ ] d");
    }
}
