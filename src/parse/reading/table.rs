//! Rows of a table as items of a reading list: a link, and a column whose cells are nothing but states.

use crate::model::Link;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::phrases::Phrases;
use crate::model::reading::ReadingWhy;
use crate::model::words::fold;
use crate::parse::input::Input;
use crate::parse::plain::plain;
use crate::parse::reading::above::Above;
use crate::parse::reading::entry;
use crate::parse::reading::entry::Beside;
use crate::parse::reading::kind;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::title;
use crate::parse::reading::tree::Tree;
use crate::parse::reading::words;
use crate::parse::row_cells::row_cells;

/// Longer tables are no reading lists.
const MOST: usize = 2_000;

/// The last table that was looked at.
#[derive(Default)]
pub(super) struct Tables {
    /// Its rows, below the header.
    rows: (usize, usize),
    /// Its column of states, and whether the header asks for yes or no.
    column: Option<(usize, bool)>,
    /// The row whose link was taken.
    taken: Option<usize>,
}

impl Tables {
    /// The item that is the row of a link: its first link, in a table below a reading list with a column of states.
    pub(super) fn row(
        &mut self,
        tree: &Tree<'_>,
        above: impl FnOnce() -> std::rc::Rc<Above>,
        link: &Link,
    ) -> Option<Reading> {
        if self.taken == Some(link.line) {
            return None;
        }
        if !(self.rows.0..=self.rows.1).contains(&link.line) {
            self.look_at(tree.input, link.line);
        }
        let (column, asked) = self.column?;
        let above = above();
        if !above.is_for_reading() {
            return None;
        }
        self.taken = Some(link.line);
        let cells = row_cells(tree.input, link.line);
        let cell = cells.get(column)?.of(tree.input.text);
        let shown = plain(cell);
        let (state, why) = match state(cell, asked) {
            Some(state) => (state, ReadingWhy::Word(shown.trim().to_owned())),
            None => match (&above.definite, &above.list) {
                (Some((label, name)), _) if label.state().is_some() => {
                    (label.state()?, ReadingWhy::Section(name.clone()))
                }
                (_, Some(name)) => (ReadingState::Unsorted, ReadingWhy::List(name.clone())),
                (Some((Label::List, name)), None) => (ReadingState::Unsorted, ReadingWhy::List(name.clone())),
                _ => return None,
            },
        };
        let kind = kind::kind(&link.target, "");
        let words = cells.first().map(|cell| plain(cell.of(tree.input.text))).unwrap_or_default();
        let mut reading = entry::new(link, title::title(link, &words, "", None), kind, (state, why), link.line);
        reading.group.clone_from(&above.group);
        entry::date(tree, &mut reading, None, Beside { said: words::day(cell), ..Beside::default() });
        Some(reading)
    }

    /// Finds the rows of the table around a line, and its column of states.
    fn look_at(&mut self, input: &Input<'_>, line: usize) {
        let row = |line: usize| input.lines.content(input.text, line).of(input.text);
        let is_row = |line: &usize| row(*line).contains('|');
        let above = (1..line).rev().take(MOST).take_while(is_row).find(|line| is_rule(row(*line)));
        *self = Self { rows: (line, line), column: None, taken: None };
        let Some(rule) = above.filter(|rule| *rule > 1) else { return };
        let last = (line..=input.lines.count()).take(MOST).take_while(is_row).last().unwrap_or(line);
        self.rows = (rule + 1, last);
        let header: Vec<String> =
            row_cells(input, rule - 1).iter().map(|cell| fold(&plain(cell.of(input.text)))).collect();
        let body: Vec<Vec<Span>> = (rule + 1..=last).map(|line| row_cells(input, line)).collect();
        self.column = (0..header.len()).find_map(|column| {
            let asked = header.get(column).is_some_and(|name| asks(name));
            let mut any = false;
            let all = body.iter().all(|row| {
                let Some(cell) = row.get(column).map(|cell| cell.of(input.text)) else { return true };
                let says = state(cell, asked).is_some();
                any |= says;
                says || is_blank(cell)
            });
            (all && any).then_some((column, asked))
        });
    }
}

/// True for a header that is answered by yes or no, or a day: `Read?`, `Finished`.
fn asks(name: &str) -> bool {
    static NAMES: Phrases = Phrases::new(
        "read, finished, done, watched, completed, date read, read on, gelesen, fertig, lu, termine, leido, terminado, lido, visto",
    );
    NAMES.has(name.trim_end_matches([' ', '?']))
}

fn is_blank(cell: &str) -> bool {
    !cell.chars().any(char::is_alphanumeric) && !cell.contains("[ ]") && cell.trim().len() <= 9
}

/// The state that a cell is: a word, a box, or the answer to its header.
fn state(cell: &str, asked: bool) -> Option<ReadingState> {
    static YES: Phrases = Phrases::new("yes, y, x, true, ja, oui, si, sim, ✓, ✔, ✅, ☑, √, 是");
    static NO: Phrases = Phrases::new("no, n, false, nein, non, nao, ✗, ✘, ❌, 否");
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 60 {
        return None;
    }
    let boxed = cell.trim_start_matches(['-', '*', ' ']);
    match boxed {
        "[x]" | "[X]" => return Some(ReadingState::Read),
        "[ ]" | "[]" => return Some(ReadingState::ToRead),
        "[-]" => return Some(ReadingState::Dropped),
        "[/]" => return Some(ReadingState::Reading),
        _ => {}
    }
    let shown = plain(cell);
    let word = fold(shown.trim().trim_end_matches('\u{FE0F}'));
    if asked {
        if YES.has(&word) || words::day(&word).is_some() {
            return Some(ReadingState::Read);
        }
        if NO.has(&word) {
            return Some(ReadingState::ToRead);
        }
    }
    if matches!(word.as_str(), "✓" | "✔" | "✅" | "☑" | "√") {
        return Some(ReadingState::Read);
    }
    // `📖 reading`
    let bare = shown
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let said = words::whole(bare).map(|saying| saying.state).or_else(|| words::progress(bare));
    said.or_else(|| labels::classify(bare).map(|found| found.label).and_then(Label::state))
}

/// True for the line below a header: `|---|:-:|`.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}
