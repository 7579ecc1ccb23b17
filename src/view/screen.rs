//! Lines for a terminal or a pipe: roles become colours, and text from notes is made harmless.
//!
//! Tables are laid out by [`Screen::row`] and paragraphs by [`Screen::wrap`]; [`Screen::render`] comes last.

use std::borrow::Cow;

use anstyle::AnsiColor;
use anstyle::Style;

use crate::model::NotePath;
use crate::view::text::TAB;
use crate::view::text::is_harmful;
use crate::view::text::is_simple;
use crate::view::text::push_visible;

pub use crate::view::table::Layout;
pub use crate::view::text::cut;
pub use crate::view::text::verbatim;
pub use crate::view::text::width;

/// The meaning of a piece of a line; the terminal decides on its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// A note's title or a part's heading.
    Title,
    /// A path.
    Path,
    /// A line number or another secondary remark.
    Muted,
    /// Words that match a search.
    Match,
    /// A short id.
    Id,
    /// A day or date.
    Date,
    /// Something late or broken.
    Bad,
    /// Something that needs attention.
    Warning,
    /// Something done or added.
    Good,
    /// A tag.
    Tag,
    /// A command to type.
    Code,
}

impl Role {
    pub(crate) fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Title => Style::new().bold(),
            Self::Path => color(AnsiColor::Magenta),
            Self::Muted => Style::new().dimmed(),
            Self::Match => color(AnsiColor::Red).bold(),
            Self::Id => color(AnsiColor::Yellow),
            Self::Date => color(AnsiColor::Cyan),
            Self::Bad => color(AnsiColor::Red),
            Self::Warning => color(AnsiColor::Yellow),
            Self::Good => color(AnsiColor::Green),
            Self::Tag => color(AnsiColor::Blue),
            Self::Code => color(AnsiColor::Cyan),
        }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// As in the note; made harmless when it is shown.
    pub text: String,
    /// Its meaning.
    pub role: Role,
    /// Its link, if any.
    pub link: Option<Link>,
}

/// The target of a link in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// An address.
    Url(String),
    /// A line of a note: a terminal uses the address of its file, the site that of its page.
    Note {
        /// Relative to the notes folder.
        path: NotePath,
        /// 1-based.
        line: usize,
    },
}

impl Cell {
    /// The same, linked to a line of a note.
    #[must_use]
    pub fn to_note(self, path: &NotePath, line: usize) -> Self {
        Self { link: Some(Link::Note { path: path.clone(), line }), ..self }
    }

    /// The same, linked to an address.
    #[must_use]
    pub fn to_url(self, url: impl Into<String>) -> Self {
        Self { link: Some(Link::Url(url.into())), ..self }
    }
}

/// A line of cells.
pub type Line = Vec<Cell>;

/// A piece of ordinary text.
#[must_use]
pub fn plain(text: impl Into<String>) -> Cell {
    cell(text, Role::Plain)
}

/// A piece of text with a role.
#[must_use]
pub fn cell(text: impl Into<String>, role: Role) -> Cell {
    Cell { text: text.into(), role, link: None }
}

/// What lines are drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// Columns of a terminal; `None` for a pipe, where nothing is cut.
    pub width: Option<usize>,
    /// Whether to colour.
    pub color: bool,
    /// Whether to write OSC 8 links.
    pub links: bool,
    /// Whether output for programs (a diff, a note's source, JSON) is escaped too: on a terminal. Lines for people always are,
    /// because a pipe such as `| head` often ends on a terminal.
    pub escape: bool,
}

impl Screen {
    /// A line for the screen, without a line end or trailing spaces.
    #[must_use]
    pub fn render(&self, line: &[Cell]) -> String {
        let mut out = String::new();
        self.render_onto(line, &mut out);
        out
    }

    /// As [`Screen::render`], appended to `out`.
    pub fn render_onto(&self, line: &[Cell], out: &mut String) {
        // alignment may end in spaces, which are useless
        let end = line.iter().rposition(|cell| !cell.text.trim_end_matches(' ').is_empty()).map_or(0, |last| last + 1);
        for (index, cell) in line.iter().take(end).enumerate() {
            let text = self.harmless(&cell.text);
            let text = if index + 1 == end { text.trim_end_matches(' ') } else { &text };
            if text.is_empty() {
                continue;
            }
            let link = match &cell.link {
                Some(Link::Url(url)) if self.links => Some(address(url)),
                _ => None,
            };
            if let Some(link) = &link {
                out.push_str(&format!("\u{1b}]8;;{link}\u{1b}\\"));
            }
            if self.color && cell.role != Role::Plain {
                let style = cell.role.style();
                out.push_str(&format!("{style}{text}{style:#}"));
            } else {
                out.push_str(text);
            }
            if link.is_some() {
                out.push_str("\u{1b}]8;;\u{1b}\\");
            }
        }
    }

    /// The text on one line: line ends and tabs become spaces, a byte of a path that is not UTF-8 becomes U+FFFD, and control
    /// and bidi characters become visible.
    #[must_use]
    pub fn harmless<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let touched = |c: char| is_harmful(c) || is_line_separator(c) || is_path_byte(c);
        if is_simple(text) || !text.chars().any(touched) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\n' | '\r' => out.push(' '),
                _ if is_path_byte(c) => out.push(char::REPLACEMENT_CHARACTER),
                '\t' => out.push_str(TAB),
                _ if is_line_separator(c) => out.push(' '),
                _ if is_harmful(c) => push_visible(&mut out, c),
                _ => out.push(c),
            }
        }
        Cow::Owned(out)
    }
}

/// [`crate::model::NotePath::as_str`] keeps bytes that are not UTF-8 as these characters.
const fn is_path_byte(c: char) -> bool {
    matches!(c, '\u{10FF80}'..='\u{10FFFF}')
}

/// Some terminals and pagers start a new line at these.
const fn is_line_separator(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A link's address for OSC 8, escaped so that a note cannot end the sequence and begin its own.
fn address(link: &str) -> String {
    let mut out = String::with_capacity(link.len());
    for byte in link.bytes() {
        match byte {
            0x21..=0x7e => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Cells of a text with marked ranges, which are in scalar values.
#[must_use]
pub fn marked(text: &str, ranges: &[[usize; 2]], role: Role) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (index, c) in text.chars().enumerate() {
        let here = if ranges.iter().any(|[start, end]| (*start..*end).contains(&index)) { Role::Match } else { role };
        match cells.last_mut() {
            Some(last) if last.role == here => last.text.push(c),
            _ => cells.push(cell(c, here)),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[track_caller]
    fn case(screen: Screen, line: &[Cell], want: &str) {
        assert_eq!(screen.render(line), want);
    }

    const PIPE: Screen = Screen { width: None, color: false, links: false, escape: false };
    const TERMINAL: Screen = Screen { width: Some(80), color: true, links: true, escape: true };

    #[test]
    fn a_line_stays_one_line() {
        case(PIPE, &[plain("a\r\nb\rc\nd\te\u{1b}[31m\u{202e}")], "a b c d    e\\u001b[31m\\u202e");
        case(PIPE, &[plain("caf\u{10FFE9}.md")], "caf\u{FFFD}.md");
        case(PIPE, &[cell("a", Role::Match), plain("  "), plain("")], "a");
    }

    #[test]
    fn a_terminal_is_never_harmed() {
        let screen = Screen { color: false, links: false, ..TERMINAL };
        case(screen, &[plain("a\u{1b}[31m\u{202e}\u{9b}\u{7f}\u{7}")], "a\\u001b[31m\\u202e\\u009b\\u007f\\u0007");
        case(screen, &[plain("a\tb\u{2028}c\r\nd")], "a    b c d");
        case(screen, &[plain("ไทย\u{200b}ไทย 👩‍👩‍👧 نص")], "ไทย\u{200b}ไทย 👩‍👩‍👧 نص");
    }

    #[test]
    fn roles_become_colours() {
        let line = [cell("late", Role::Bad), plain(" and "), cell("found", Role::Match), plain("   ")];
        let screen = Screen { links: false, ..TERMINAL };
        case(screen, &line, "\u{1b}[31mlate\u{1b}[0m and \u{1b}[1m\u{1b}[31mfound\u{1b}[0m");
    }

    #[test]
    fn links_cannot_be_broken_out_of() {
        let linked = plain("a").to_url("file:///a b\u{1b}\\x\u{7}");
        let want = "\u{1b}]8;;file:///a%20b%1B\\x%07\u{1b}\\a\u{1b}]8;;\u{1b}\\";
        case(TERMINAL, std::slice::from_ref(&linked), want);
        case(PIPE, &[linked], "a");
    }

    #[test]
    fn marks() {
        let cells = marked("an outbox", &[[3, 9]], Role::Plain);
        assert_eq!(cells, [plain("an "), cell("outbox", Role::Match)]);
        assert_eq!(
            marked("東京 é", &[[1, 2], [3, 99]], Role::Muted),
            [cell("東", Role::Muted), cell("京", Role::Match), cell(" ", Role::Muted), cell("é", Role::Match),]
        );
    }

    proptest! {
        #[test]
        fn one_line_stays_one_line(texts in proptest::collection::vec(any::<String>(), 0..4)) {
            let line: Vec<Cell> = texts.iter().map(|text| plain(text.as_str())).collect();
            let shown = PIPE.render(&line);
            prop_assert!(!shown.contains(['\n', '\r']));
            prop_assert!(!shown.chars().any(is_harmful));
        }

        #[test]
        fn marking_changes_no_text(text in any::<String>(), ranges in proptest::collection::vec(any::<[u8; 2]>(), 0..4)) {
            let ranges: Vec<[usize; 2]> = ranges.iter().map(|range| range.map(usize::from)).collect();
            let whole: String = marked(&text, &ranges, Role::Plain).iter().map(|cell| cell.text.as_str()).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
