//! Wraps a paragraph to the screen's width.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::view::screen::Cell;
use crate::view::screen::Line;
use crate::view::screen::Screen;
use crate::view::screen::plain;
use crate::view::text::width;

/// Minimum readable width, in columns.
const LEAST: usize = 20;

/// A piece of text that stays together: a word with the spaces after it, or one wide character.
#[derive(Default)]
struct Word {
    cells: Vec<Cell>,
    /// Width in columns, without the spaces at its end.
    wide: usize,
    /// Width in columns, with them.
    whole: usize,
}

impl Word {
    fn push(&mut self, cell: &Cell, cluster: &str) {
        self.whole += width(cluster);
        if !is_blank(cluster) {
            self.wide = self.whole;
        }
        push(&mut self.cells, cell, cluster);
    }
}

impl Screen {
    /// The words of a paragraph, each line indented by `indent` spaces; in a pipe one line.
    ///
    /// Lines break after spaces and next to wide characters, also inside cells; a word that is wider than a line is broken between
    /// graphemes.
    #[must_use]
    pub fn wrap(&self, cells: &[Cell], indent: usize) -> Vec<Line> {
        let start = || vec![plain(" ".repeat(indent))];
        if cells.iter().all(|cell| cell.text.trim().is_empty()) {
            return Vec::new();
        }
        let Some(screen) = self.width else {
            let mut line = start();
            line.extend(cells.iter().cloned());
            return vec![line];
        };
        let room = screen.saturating_sub(indent).max(LEAST.min(screen));
        let mut lines: Vec<Line> = Vec::new();
        let mut line = start();
        let mut used = 0;
        for word in self.words(cells, room) {
            if used > 0 && used + word.wide > room {
                lines.push(std::mem::replace(&mut line, start()));
                used = 0;
            }
            used += word.whole;
            for cell in &word.cells {
                push(&mut line, cell, &cell.text);
            }
        }
        lines.push(line);
        for cell in lines.iter_mut().filter_map(|line| line.last_mut()) {
            cell.text.truncate(cell.text.trim_end().len());
        }
        lines
    }

    /// Splits cells into words, none wider than `room`; spaces before the first are dropped.
    fn words(&self, cells: &[Cell], room: usize) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut word = Word::default();
        let (mut after_blank, mut after_wide) = (true, false);
        for cell in cells {
            for cluster in self.harmless(&cell.text).graphemes(true) {
                let wide = width(cluster);
                if is_blank(cluster) {
                    after_blank = true;
                    if word.cells.is_empty() {
                        continue;
                    }
                } else {
                    let may_break = after_blank || ((after_wide || wide > 1) && !clings(cluster));
                    if (may_break || word.whole + wide > room) && !word.cells.is_empty() {
                        words.push(std::mem::take(&mut word));
                    }
                    after_blank = false;
                    after_wide = wide > 1 && !opens(cluster);
                }
                word.push(cell, cluster);
            }
        }
        words.push(word);
        words
    }
}

/// Adds text to a line, to its last cell if role and link are the same.
fn push(line: &mut Line, cell: &Cell, text: &str) {
    match line.last_mut() {
        Some(last) if last.role == cell.role && last.link == cell.link => last.text.push_str(text),
        _ => line.push(Cell { text: text.to_owned(), ..cell.clone() }),
    }
}

/// White space at which a line may break.
fn is_blank(cluster: &str) -> bool {
    cluster.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}'))
}

/// Closing marks do not begin a line.
fn clings(cluster: &str) -> bool {
    cluster.starts_with(|c| "、。，．・：；？！」』）】》〉〕］｝ー々…,.;:!?)]}'\"”’".contains(c))
}

/// Opening marks do not end one.
fn opens(cluster: &str) -> bool {
    cluster.starts_with(['「', '『', '（', '【', '《', '〈', '〔', '［', '｛'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::screen::Role;
    use crate::view::screen::cell;
    use crate::view::screen::marked;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[track_caller]
    fn case(text: &str, width: usize, want: &[&str]) {
        let screen = Screen { width: Some(width), escape: true, ..Screen::default() };
        let lines: Vec<String> = screen.wrap(&[plain(text)], 4).iter().map(|line| screen.render(line)).collect();
        assert_eq!(lines, want);
    }

    #[test]
    fn paragraphs_wrap_at_blanks() {
        case("one two three four five six", 24, &["    one two three four", "    five six"]);
        case("one two three four fiv six", 26, &["    one two three four fiv", "    six"]);
        case("", 24, &[]);
        case(" \n ", 24, &[]);
    }

    #[test]
    fn wide_characters_need_no_blanks() {
        case("卒業した学生がノートを読む。", 24, &["    卒業した学生がノート", "    を読む。"]);
        case("一二三四五六七八九十。", 24, &["    一二三四五六七八九", "    十。"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        case(
            "see https://example.org/a/very/long/one",
            26,
            &["    see", "    https://example.org/a/", "    very/long/one"],
        );
    }

    #[test]
    fn a_mark_inside_a_word_does_not_break_it() {
        let screen = Screen { width: Some(24), ..Screen::default() };
        let cells = marked("one two three fo(outbox) x", &[[17, 23]], Role::Plain);
        let lines = screen.wrap(&cells, 4);
        assert_eq!(
            lines,
            [vec![plain("    one two three")], vec![plain("    fo("), cell("outbox", Role::Match), plain(") x")],]
        );
    }

    #[test]
    fn a_pipe_has_one_line() {
        let text = "many words ".repeat(40);
        assert_eq!(Screen::default().wrap(&[plain(text.as_str())], 2), [vec![plain("  "), plain(text.as_str())]]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_all_fits(texts in proptest::collection::vec(any::<String>(), 1..4), screen_width in 24_usize..60) {
            let screen = Screen { width: Some(screen_width), escape: true, ..Screen::default() };
            let roles = [Role::Plain, Role::Match, Role::Tag];
            let cells: Vec<Cell> = texts.iter().zip(roles).map(|(text, role)| cell(text.as_str(), role)).collect();
            let lines = screen.wrap(&cells, 2);
            for line in &lines {
                let shown = screen.render(line);
                prop_assert!(width(&shown) <= screen_width, "{shown:?} in {screen_width}");
            }
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            let whole: String = lines.iter().flatten().map(|cell| cell.text.as_str()).collect();
            let source: String = texts.iter().map(|text| screen.harmless(text).into_owned()).collect();
            prop_assert_eq!(squeeze(&whole), squeeze(&source));
        }
    }
}
