//! Rows of a table as items of a reading list: a link, and a column whose cells say how far somebody is.
//!
//! Such a column has nothing but states, or a name for it and mostly states. Below no reading list it needs a sign that the table
//! is about reading: a cell that only reading has (`to read`, `skimmed`), or the name of a column or heading (`Paper`, `Reading group`).

use crate::model::Link;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::phrases::Phrases;
use crate::model::reading::ReadingWhy;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::plain::plain;
use crate::parse::reading::above::Above;
use crate::parse::reading::days;
use crate::parse::reading::entry;
use crate::parse::reading::entry::Beside;
use crate::parse::reading::kind;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::matter;
use crate::parse::reading::own;
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
    /// Its column of days on which its things were read.
    day: Option<usize>,
    /// It is about reading, whatever is above it.
    reads: bool,
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
        let is_list = above.is_for_reading();
        if !(is_list
            || self.reads
            || above.group.iter().any(|name| names_reading(name))
            || names_reading(&tree.input.note.title))
        {
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
                // what is not begun has nothing there yet
                _ if is_blank(cell) => (ReadingState::ToRead, ReadingWhy::Nothing),
                _ => return None,
            },
        };
        let kind = kind::kind(&link.target, "");
        let words = cells.first().map(|cell| plain(cell.of(tree.input.text))).unwrap_or_default();
        let mut reading = entry::new(link, title::title(link, &words, "", None), kind, (state, why), link.line);
        reading.group.clone_from(&above.group);
        let around = tree.around(link.line);
        let day = days::day_near(cell, around).or_else(|| {
            let day = cells.get(self.day?)?.of(tree.input.text);
            dates::day_of(plain(day).trim())
        });
        entry::date(tree, &mut reading, None, Beside { said: day, ..Beside::default() });
        Some(reading)
    }

    /// Finds the rows of the table around a line, and its column of states.
    fn look_at(&mut self, input: &Input<'_>, line: usize) {
        let row = |line: usize| input.lines.content(input.text, line).of(input.text);
        let is_row = |line: &usize| row(*line).contains('|');
        let above = (1..line).rev().take(MOST).take_while(is_row).find(|line| is_rule(row(*line)));
        *self = Self { rows: (line, line), ..Self::default() };
        let Some(rule) = above.filter(|rule| *rule > 1) else { return };
        let last = (line..=input.lines.count()).take(MOST).take_while(is_row).last().unwrap_or(line);
        self.rows = (rule + 1, last);
        let header: Vec<String> =
            row_cells(input, rule - 1).iter().map(|cell| fold(&plain(cell.of(input.text)))).collect();
        let body: Vec<Vec<Span>> = (rule + 1..=last).map(|line| row_cells(input, line)).collect();
        let cell = |row: &Vec<Span>, column: usize| row.get(column).map_or("", |cell| cell.of(input.text));
        let is_linked = |column: usize| body.iter().any(|row| cell(row, column).contains("://"));
        let states = |column: usize| {
            let name = header.get(column).map_or("", String::as_str);
            let asked = asks(name);
            let filled = body.iter().map(|row| cell(row, column)).filter(|cell| !is_blank(cell));
            let (mut all, mut said) = (0, 0);
            filled.for_each(|cell| {
                all += 1;
                said += usize::from(state(cell, asked).is_some());
            });
            let named = names_state(name) || asked || name.is_empty();
            let enough = if named { said * 2 >= all } else { said == all };
            (said > 0 && enough).then_some((column, asked))
        };
        let columns = || (0..header.len()).filter(|column| !is_linked(*column));
        let named = columns().find(|column| header.get(*column).is_some_and(|name| names_state(name) || asks(name)));
        self.column = named.and_then(states).or_else(|| columns().find_map(states));
        let Some((column, asked)) = self.column else { return };
        self.reads = header.iter().any(|name| names_matter(name))
            || body.iter().any(|row| is_about_reading(cell(row, column)) && state(cell(row, column), asked).is_some());
        self.day = columns().find(|other| *other != column && header.get(*other).is_some_and(|name| names_day(name)));
    }
}

/// True for the name of a column of states.
fn names_state(name: &str) -> bool {
    static NAMES: Phrases = Phrases::new(
        "status, state, stand, zustand, progress, fortschritt, statut, etat, avancement, estado, progreso, situacao, progresso, stato, avanzamento, voortgang, stav, where, how far",
    );
    NAMES.has(name.trim_end_matches([' ', '?', ':']))
}

/// True for the name of a column of things to read.
fn names_matter(name: &str) -> bool {
    static NAMES: Phrases = Phrases::new(
        "papers, books, articles, texts, text, reading, readings, to read, talks, posts, bucher, livres, libros, livros, libri, boeken",
    );
    NAMES.has(name)
        || name != "part"
            && name != "section"
            && name != "thing"
            && name != "one"
            && name != "doc"
            && name != "docs"
            && name != "review"
            && matter::is_matter(name)
}

/// True for a heading or title that speaks of reading: `Eng leads reading group`.
fn names_reading(name: &str) -> bool {
    static NAMES: Phrases = Phrases::new(
        "reading, readings, papers, books, bookshelf, lesen, lesekreis, leseliste, lesegruppe, lektüre, bucher, lecture, lectures, livres, lectura, lecturas, libros, leitura, \
         leituras, livros, lettura, letture, libri, lezen, leesclub, leesgroep, leeslijst, boeken",
    );
    fold(name).split(|c: char| !c.is_alphanumeric()).any(|word| NAMES.has(word))
}

/// True for the name of a column of days on which somebody read.
fn names_day(name: &str) -> bool {
    static NAMES: Phrases = Phrases::new(
        "date, day, when, datum, tag, wann, date read, read on, finished, date finished, quand, fecha, cuando, data, quando, wanneer, gelesen am, lu le",
    );
    NAMES.has(name.trim_end_matches([' ', '?', ':']))
}

/// True for a state that only reading has.
fn is_about_reading(cell: &str) -> bool {
    let shown = plain(cell);
    own::said(shown.trim())
        .or_else(|| words::whole(shown.trim()))
        .is_some_and(|saying| !saying.generic && !matches!(saying.word.as_str(), "read" | "seen" | "visto" | "vu"))
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
    let of = |words: &str| {
        let said = words::whole(words).map(|saying| saying.state).or_else(|| words::progress(words));
        said.or_else(|| labels::classify(words).map(|found| found.label).and_then(Label::state))
    };
    let of = |words: &str| of(words).or_else(|| words::is_part(words).then_some(ReadingState::Reading));
    // `done, best so far`, `✅ 14/9`
    let first =
        || bare.split([',', ';', '(', '–']).next().map(str::trim).filter(|first| first.len() < bare.len()).and_then(of);
    let signed = || shown.trim_start().starts_with(['✓', '✔', '✅', '☑', '√']).then_some(ReadingState::Read);
    of(bare).or_else(first).or_else(|| own::said(bare).map(|saying| saying.state)).or_else(signed)
}

/// True for the line below a header: `|---|:-:|`.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}
