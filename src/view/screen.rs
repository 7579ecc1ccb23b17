//! Lines for a terminal or a pipe: roles become colours, text from notes is made harmless, columns are aligned.

use anstyle::AnsiColor;
use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// What a piece of a line is; the terminal decides how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// A note's title or a part's heading.
    Title,
    /// A path.
    Path,
    /// A line number or another quiet remark.
    Muted,
    /// Words that were searched for.
    Match,
    /// A short id.
    Id,
    /// A day or date.
    Date,
    /// Something late or broken.
    Bad,
    /// Something to look at.
    Warning,
    /// Something done or added.
    Good,
    /// A tag.
    Tag,
}

impl Role {
    fn style(self) -> Style {
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
        }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// As it stands in the note; made harmless when it is shown.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Where it leads, as a URL, for terminals that show links.
    pub link: Option<String>,
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

/// What lines are shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// Columns of a terminal; `None` for a pipe, where nothing is cut.
    pub width: Option<usize>,
    /// Whether to colour.
    pub color: bool,
    /// Whether to write OSC 8 links.
    pub links: bool,
    /// Whether control and bidi characters are shown as escapes: on a terminal they could do harm.
    pub escape: bool,
}

impl Screen {
    /// A line as the screen wants it, without a line end.
    #[must_use]
    pub fn render(&self, line: &[Cell]) -> String {
        let mut out = String::new();
        for cell in line {
            let text = self.harmless(&cell.text);
            if text.is_empty() {
                continue;
            }
            let link = cell.link.as_deref().filter(|_| self.links);
            if let Some(link) = link {
                out.push_str(&format!("\u{1b}]8;;{link}\u{1b}\\"));
            }
            if self.color && cell.role != Role::Plain {
                let style = cell.role.style();
                out.push_str(&format!("{style}{text}{style:#}"));
            } else {
                out.push_str(&text);
            }
            if link.is_some() {
                out.push_str("\u{1b}]8;;\u{1b}\\");
            }
        }
        // blanks of alignment at the end help nobody
        if !self.color && !self.links {
            out.truncate(out.trim_end_matches(' ').len());
        }
        out
    }

    /// The text with control and bidi characters shown as escapes; line ends become blanks everywhere.
    #[must_use]
    pub fn harmless(&self, text: &str) -> String {
        if !text.chars().any(|c| is_harmful(c) || is_line_end(c)) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if c == '\t' || is_line_end(c) {
                out.push(' ');
            } else if self.escape && is_harmful(c) {
                out.extend(c.escape_unicode());
            } else {
                out.push(c);
            }
        }
        out
    }

    /// A row of a table: `left`, then `middle` cut with `…` so that `right` fits the width, `right` at the columns `widths`.
    ///
    /// `middle_width` is the widest middle of the table; without a terminal the middle is padded to it, up to 76 columns, and never cut.
    #[must_use]
    pub fn row(&self, left: Line, middle: Cell, right: &[Cell], layout: &Layout) -> Line {
        let used: usize = left.iter().map(|cell| width(&self.harmless(&cell.text))).sum();
        let mut line = left;
        let right_width: usize = layout.right.iter().filter(|width| **width > 0).map(|width| width + 2).sum();
        let text = self.harmless(&middle.text);
        let column = match self.width {
            Some(screen) => layout.middle_end.min(screen.saturating_sub(right_width)).max(used + 8),
            None => layout.middle_end.min(76),
        };
        let room = column.saturating_sub(used);
        let shown = if self.width.is_some() { cut(&text, room) } else { text };
        let padding = room.saturating_sub(width(&shown));
        line.push(Cell { text: shown, ..middle });
        line.push(plain(" ".repeat(padding)));
        for (index, cell) in right.iter().enumerate() {
            let wide = layout.right.get(index).copied().unwrap_or(0);
            if wide == 0 {
                continue;
            }
            let text = self.harmless(&cell.text);
            let fill = " ".repeat(wide.saturating_sub(width(&text)));
            let last = index + 1 == right.len();
            line.push(plain("  "));
            if last {
                line.push(plain(fill));
                line.push(Cell { text, ..cell.clone() });
            } else {
                line.push(Cell { text, ..cell.clone() });
                line.push(plain(fill));
            }
        }
        line
    }

    /// Words of a paragraph over as many lines as the width asks for, each with `indent` blanks before it. Cells are broken at blanks.
    #[must_use]
    pub fn wrap(&self, cells: &[Cell], indent: usize) -> Vec<Line> {
        let Some(screen) = self.width else {
            let mut line = vec![plain(" ".repeat(indent))];
            line.extend(cells.iter().cloned());
            return vec![line];
        };
        let room = screen.saturating_sub(indent).max(20);
        let mut lines: Vec<Line> = Vec::new();
        let mut line: Line = vec![plain(" ".repeat(indent))];
        let mut used = 0;
        for cell in cells {
            for piece in cell.text.split_inclusive(' ') {
                let wide = width(piece.trim_end());
                if used > 0 && used + wide > room {
                    lines.push(std::mem::replace(&mut line, vec![plain(" ".repeat(indent))]));
                    used = 0;
                }
                used += width(piece);
                line.push(Cell { text: piece.to_owned(), ..cell.clone() });
            }
        }
        if line.len() > 1 {
            lines.push(line);
        }
        lines
    }
}

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Where the widest middle ends, from the left edge.
    pub middle_end: usize,
    /// The width of each right-hand column; 0 leaves it out.
    pub right: Vec<usize>,
}

impl Layout {
    /// Takes a row's measures into account.
    pub fn measure(&mut self, left: usize, middle: &str, right: &[&str]) {
        self.middle_end = self.middle_end.max(left + width(middle));
        for (index, text) in right.iter().enumerate() {
            if self.right.len() <= index {
                self.right.push(0);
            }
            if let Some(wide) = self.right.get_mut(index) {
                *wide = (*wide).max(width(text));
            }
        }
    }
}

/// The columns that a text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text, cut to `room` columns with `…` at its end; never inside a character as people see it.
#[must_use]
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let wide = width(cluster);
        if used + wide + 1 > room {
            break;
        }
        out.push_str(cluster);
        used += wide;
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Cells of a text whose ranges, in scalar values, are marked.
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

/// Control characters, and those that turn the direction of text or cannot be seen.
fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_are_aligned_and_never_halved() {
        assert_eq!(cut("日本語のノート", 7), "日本語…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("👩‍👩‍👧 family", 4), "👩‍👩‍👧…");
        assert_eq!(cut("short", 5), "short");
        let screen = Screen { width: Some(30), ..Screen::default() };
        let mut layout = Layout::default();
        layout.measure(4, "日本語", &["a.b", "12"]);
        layout.measure(4, "a long text that must be cut here", &["c.d", "7"]);
        let rows = [("日本語", "a.b", "12"), ("a long text that must be cut here", "c.d", "7")];
        let shown: Vec<String> = rows
            .iter()
            .map(|(middle, host, line)| {
                screen.render(&screen.row(vec![plain("    ")], plain(*middle), &[plain(*host), plain(*line)], &layout))
            })
            .collect();
        assert_eq!(shown, ["    日本語             a.b  12", "    a long text that…  c.d   7"].map(str::to_owned));
        assert!(shown.iter().all(|line| width(line) <= 30));
    }

    #[test]
    fn a_pipe_is_never_cut_and_a_terminal_never_harmed() {
        let pipe = Screen::default();
        assert_eq!(pipe.render(&[plain("a\nb\u{1b}[31m")]), "a b\u{1b}[31m");
        let terminal = Screen { escape: true, ..Screen::default() };
        assert_eq!(terminal.render(&[plain("a\u{1b}[31m\u{202e}")]), "a\\u{1b}[31m\\u{202e}");
    }

    #[test]
    fn marks() {
        let cells = marked("an outbox", &[[3, 9]], Role::Plain);
        assert_eq!(cells, [plain("an "), cell("outbox", Role::Match)]);
    }

    #[test]
    fn paragraphs_wrap_at_blanks() {
        let screen = Screen { width: Some(24), ..Screen::default() };
        let lines: Vec<String> =
            screen.wrap(&[plain("one two three four five six")], 4).iter().map(|l| screen.render(l)).collect();
        assert_eq!(lines, ["    one two three four", "    five six"]);
    }
}
