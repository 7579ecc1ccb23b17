//! Questions: state, place, words, and the number of points that answer each.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::model::QuestionReason;
use crate::model::QuestionState;
use crate::report::questions::QuestionItem;
use crate::report::questions::QuestionReport;
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
use crate::view::words;

/// In columns; wider places push what follows to the right.
const PLACE: usize = 44;

/// In characters; for longer questions only the last sentence, the actual question, is shown.
const LONG: usize = 90;

impl Report for QuestionReport {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.questions.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let row = |question: &QuestionItem| {
            let place = paths.place(&question.path, question.line);
            TableRow {
                left: vec![
                    cell(question.state.name(), role(question.state)),
                    cell(place, Role::Path).to_note(&question.path, question.line),
                ],
                main: vec![cell(asking(&question.text), Role::Plain)],
                right: vec![cell(remark(question), Role::Muted)],
                ..TableRow::default()
            }
        };
        let columns = vec![Column::LEFT, Column::LEFT.most(PLACE)];
        let rows = self.questions.iter().map(row).collect();
        let mut document = Document::default();
        document.push(Block::Table(Table { columns, rows, ..Table::default() }));
        let [open, weak, answered] = self.counts.map(words::thousands);
        document.remark(match self.total() {
            0 => "no questions".to_owned(),
            total => format!(
                "{} in {}: {open} open, {weak} weak, {answered} answered",
                words::count(total, "question"),
                words::count(self.notes, "note")
            ),
        });
        if self.questions.len() < self.total() {
            document
                .remark(format!("only the first {} are shown: -n shows more", words::thousands(self.questions.len())));
        }
        if self.undated > 0 {
            document.remark(format!("{} without a date left out", words::count(self.undated, "question")));
        }
        document
    }
}

const fn role(state: QuestionState) -> Role {
    match state {
        QuestionState::Open => Role::Warning,
        QuestionState::Weak => Role::Muted,
        QuestionState::Answered => Role::Good,
    }
}

/// The actual question, without sentences before it. If there are several questions, all are shown, unless they are long.
pub(super) fn asking(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 3] = ['?', '？', '؟'];
    let before = |asks: Option<usize>| asks.and_then(|asks| text.get(..asks)).unwrap_or("");
    let told = [". ", "! "].iter().filter_map(|end| before(text.find(MARKS)).rfind(end)).max();
    // `approx. 5 nodes?` is not split, and `Why?` alone says little
    let is_sentence = |at: &usize| {
        let asks = text.get(at + 2..).unwrap_or("");
        let last = text.get(..*at).and_then(|words| words.rsplit(' ').next()).unwrap_or("");
        asks.starts_with(|c: char| c.is_uppercase() || c == '¿')
            && asks.split(' ').count() >= 3
            && last.chars().filter(|c| c.is_alphanumeric()).count() > 3
    };
    let told = told.filter(is_sentence);
    let is_long = text.get(told.map_or(0, |at| at + 2)..).is_some_and(|rest| rest.chars().count() > LONG);
    let last = || [". ", "! ", "? "].iter().filter_map(|end| before(text.rfind(MARKS)).rfind(end)).max();
    let cut = if is_long { last() } else { told };
    match cut.and_then(|at| text.get(at + 2..)) {
        Some(sentence) => Cow::Owned(format!("… {sentence}")),
        None => Cow::Borrowed(text),
    }
}

/// Why it is weak, or how many points answer it.
fn remark(question: &QuestionItem) -> String {
    match question.why {
        QuestionReason::OnlyLink => "only a link".to_owned(),
        QuestionReason::Dropped => "dropped".to_owned(),
        QuestionReason::OnlyDoubt => "no real answer".to_owned(),
        QuestionReason::Closed => "ticked".to_owned(),
        _ if question.points > 0 => words::count(question.points, "point"),
        QuestionReason::NoAnswer
        | QuestionReason::InBrackets
        | QuestionReason::NoMark
        | QuestionReason::Below
        | QuestionReason::Beside
        | QuestionReason::Label => String::new(),
    }
}

impl Row for QuestionItem {
    fn path(&self) -> Option<&NotePath> {
        Some(&self.path)
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}: {}", self.state.name(), self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_that_asks_is_shown() {
        let before =
            "We moved the whole of it to the new service over the last two months, without one night of rest. ";
        assert_eq!(asking(&format!("{before}Does it hold? Yes. It does.")), "… Does it hold? Yes. It does.");
        assert_eq!(asking("All of it. Why?"), "All of it. Why?");
        assert_eq!(asking("met Ines about the page. Why do trials fail?"), "… Why do trials fail?");
        for whole in [
            "Is it approx. 5 nodes or so?",
            "Which one? Is it the old one?",
            "Is it A or B? It was B.",
            "use ca. Five of the ten?",
        ] {
            assert_eq!(asking(whole), whole);
        }
        assert_eq!(asking(before), before);
    }
}
