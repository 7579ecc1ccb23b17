//! A unified diff for people, with removed and added lines in colour; in a pipe `patch` can read it.

use std::borrow::Cow;

use crate::view::screen::Cell;
use crate::view::screen::Role;
use crate::view::screen::Screen;
use crate::view::screen::cell;
use crate::view::screen::verbatim;

/// A unified diff for the screen, with its line ends.
#[must_use]
pub fn render<'a>(diff: &'a str, screen: &Screen) -> Cow<'a, str> {
    if !screen.color && !screen.escape {
        return Cow::Borrowed(diff);
    }
    let mut out = String::with_capacity(diff.len());
    let mut hunk = Hunk::default();
    for line in diff.split_inclusive('\n') {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        // a carriage return is not shown, and must come after the colour codes
        let (text, end) = match text.strip_suffix('\r') {
            Some(text) if screen.escape => (text, end),
            Some(text) => (text, if end.is_empty() { "\r" } else { "\r\n" }),
            None => (text, end),
        };
        let text = if screen.escape { verbatim(text) } else { Cow::Borrowed(text) };
        out.push_str(&painted(cell(text, hunk.role(line)), screen));
        out.push_str(end);
    }
    Cow::Owned(out)
}

/// A cell in its colour; unlike [`Screen::render`] it keeps every space.
fn painted(cell: Cell, screen: &Screen) -> String {
    let style = cell.role.style();
    if screen.color && cell.role != Role::Plain { format!("{style}{}{style:#}", cell.text) } else { cell.text }
}

/// The number of lines of the current hunk still to come: inside it, `---` is a removed line.
#[derive(Default)]
struct Hunk {
    before: usize,
    after: usize,
}

impl Hunk {
    fn role(&mut self, line: &str) -> Role {
        let inside = self.before + self.after > 0;
        match line.chars().next() {
            Some('-') if inside => {
                self.before = self.before.saturating_sub(1);
                Role::Bad
            }
            Some('+') if inside => {
                self.after = self.after.saturating_sub(1);
                Role::Good
            }
            Some('@') if !inside => {
                let mut parts = line.split(' ').skip(1).map(lines_of);
                self.before = parts.next().unwrap_or(0);
                self.after = parts.next().unwrap_or(0);
                Role::Date
            }
            Some('-' | '+') => Role::Title,
            // `\ No newline at end of file`
            Some('\\') => Role::Muted,
            _ => {
                self.before = self.before.saturating_sub(1);
                self.after = self.after.saturating_sub(1);
                Role::Plain
            }
        }
    }
}

/// The number of lines in a part of a hunk's header: 4 for `-12,4`, 1 for `+3`.
fn lines_of(part: &str) -> usize {
    part.split_once(',').map_or(1, |(_, count)| count.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str = "--- a.md\n+++ a.md\n@@ -1,3 +1,3 @@\n # A\n--- [ ] one\t \n+-- [x] one\t \n two\r\n\\ No newline at end of file\n";

    #[test]
    fn a_pipe_has_what_patch_reads() {
        assert_eq!(render(DIFF, &Screen::default()), DIFF);
        let coloured = Screen { color: true, ..Screen::default() };
        assert_eq!(anstream::adapter::strip_str(&render(DIFF, &coloured)).to_string(), DIFF);
    }

    #[test]
    fn a_line_that_begins_with_dashes_is_no_head() {
        let shown = render(DIFF, &Screen { color: true, escape: true, ..Screen::default() });
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(
            lines,
            [
                "\u{1b}[1m--- a.md\u{1b}[0m",
                "\u{1b}[1m+++ a.md\u{1b}[0m",
                "\u{1b}[36m@@ -1,3 +1,3 @@\u{1b}[0m",
                " # A",
                "\u{1b}[31m--- [ ] one     \u{1b}[0m",
                "\u{1b}[32m+-- [x] one     \u{1b}[0m",
                " two",
                "\u{1b}[2m\\ No newline at end of file\u{1b}[0m",
            ]
        );
    }

    #[test]
    fn a_terminal_is_not_harmed() {
        let diff = "--- a\n+++ a\n@@ -1 +1 @@\n-a\u{1b}[2J\n+b\u{202e}\n";
        let shown = render(diff, &Screen { escape: true, ..Screen::default() });
        assert_eq!(shown, "--- a\n+++ a\n@@ -1 +1 @@\n-a\\u001b[2J\n+b\\u202e\n");
    }
}
