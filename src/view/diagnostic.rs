//! Errors, warnings and hints as lines, and the source line that they are about with a caret under it.
//!
//! ```text
//! garden/beds.md:3:7: warning: box before the bullet (task-marker-order)
//!   3 | [ ] - sow
//!     | ^^^
//! hint: - [ ] sow
//! ```

use crate::model::Diagnostic;
use crate::model::Lines;
use crate::model::Severity;
use crate::model::Span;
use crate::view::screen::Cell;
use crate::view::screen::Line;
use crate::view::screen::Role;
use crate::view::screen::Screen;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::text::width;

/// Characters shown on each side of the marked span.
const AROUND: usize = 60;

/// The word for a severity, and its role.
#[must_use]
pub const fn severity(severity: Severity) -> (&'static str, Role) {
    match severity {
        Severity::Error => ("error", Role::Bad),
        Severity::Warning => ("warning", Role::Warning),
        Severity::Info => ("note", Role::Date),
    }
}

/// `word: text`, the lines of `text` below each other.
#[must_use]
pub fn message(word: &str, role: Role, text: &str) -> Vec<Line> {
    let mut texts = text.lines();
    let first = texts.next().unwrap_or("");
    let mut lines = vec![vec![cell(word, role), plain(format!(": {first}"))]];
    lines.extend(texts.map(|text| vec![plain(text)]));
    lines
}

/// A finding in a note for people: place, severity, message, the source line, and how to fix it.
///
/// `path` is the path as it can be opened from here, with its link; `text` is the text that was parsed.
#[must_use]
pub fn finding(path: Cell, found: &Diagnostic, text: &str, screen: &Screen) -> Vec<Line> {
    let (word, role) = severity(found.severity);
    let mut lines = vec![vec![
        path,
        cell(format!(":{}:{}: ", found.line, found.column), Role::Muted),
        cell(word, role),
        plain(format!(": {} ", found.message)),
        cell(format!("({})", found.code), Role::Muted),
    ]];
    lines.extend(excerpt(text, found.span, screen));
    if let Some(fix) = &found.fix {
        lines.extend(message("hint", Role::Date, &fix.description));
    }
    lines
}

/// The line of `text` in which `span` begins, with its number in front and carets under the span; no lines for an empty line.
///
/// A span that continues past the end of the line is marked up to there. An empty span is marked with one caret. Long lines are
/// cut.
#[must_use]
pub fn excerpt(text: &str, span: Span, screen: &Screen) -> Vec<Line> {
    let lines = Lines::new(text);
    let start = floor(text, span.start);
    let number = lines.line(start);
    let whole = lines.content(text, number);
    if whole.of(text).trim().is_empty() {
        return Vec::new();
    }
    let start = start.clamp(whole.start, whole.end);
    let end = floor(text, span.end).clamp(start, whole.end);
    let (before, meant, after) =
        (Span::new(whole.start, start).of(text), Span::new(start, end).of(text), Span::new(end, whole.end).of(text));

    let number = number.to_string();
    let gutter = number.len() + 5;
    let room = screen.width.map_or(usize::MAX, |width| width.saturating_sub(gutter + 2));
    let around = AROUND.min(room / 3);
    let before = last_chars(before.trim_start(), around);
    let meant = first_chars(meant, around.max(1));
    let after = first_chars(after.trim_end(), around);

    let shown = |text: &str| screen.harmless(&text.replace('\t', " ")).into_owned();
    let (before, meant, after) = (shown(&before), shown(&meant), shown(&after));
    let carets = "^".repeat(width(&meant).max(1));
    vec![
        vec![cell(format!("  {number} | "), Role::Muted), plain(format!("{before}{meant}{after}"))],
        vec![
            cell(format!("  {:1$} | ", "", number.len()), Role::Muted),
            plain(" ".repeat(width(&before))),
            cell(carets, Role::Bad),
        ],
    ]
}

/// The start of the character at a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn first_chars(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

fn last_chars(text: &str, count: usize) -> String {
    match text.char_indices().rev().nth(count) {
        Some((start, c)) => format!("…{}", text.get(start + c.len_utf8()..).unwrap_or("")),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fix;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::proptest;

    const SCREEN: Screen = Screen { width: Some(80), color: false, links: false, escape: true };

    fn show(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| SCREEN.render(line)).collect()
    }

    #[track_caller]
    fn case(text: &str, span: (usize, usize), want: &[&str]) {
        assert_eq!(show(&excerpt(text, Span::new(span.0, span.1), &SCREEN)), want);
    }

    #[test]
    fn a_caret_stands_under_what_is_meant() {
        case("a\n[ ] - sow\nb", (2, 5), &["  2 | [ ] - sow", "    | ^^^"]);
        case("a\r\n  - [[Gone]]\r\n", (7, 15), &["  2 | - [[Gone]]", "    |   ^^^^^^^^"]);
        case("東京\te\u{301} x", (11, 12), &["  1 | 東京 e\u{301} x", "    |        ^"]);
        case("a\u{1b}[2J b", (6, 7), &["  1 | a\\u001b[2J b", "    |            ^"]);
    }

    #[test]
    fn odd_spans_are_taken_as_well_as_they_go() {
        case("abc\ndef", (2, 6), &["  1 | abc", "    |   ^"]);
        case("abc", (3, 3), &["  1 | abc", "    |    ^"]);
        case("abc", (99, 120), &["  1 | abc", "    |    ^"]);
        case("ä", (1, 2), &["  1 | ä", "    | ^"]);
        case("a\n\nb", (2, 2), &[]);
        case("", (0, 0), &[]);
    }

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = format!("{}X{}", "a".repeat(90), "b".repeat(90));
        let (a, b) = ("a".repeat(24), "b".repeat(24));
        case(&text, (90, 91), &[&format!("  1 | …{a}X{b}…"), &format!("    | {}^", " ".repeat(25))]);
    }

    #[test]
    fn a_whole_finding() {
        let found = Diagnostic {
            code: "swapped-box".to_owned(),
            severity: Severity::Warning,
            span: Span::new(4, 7),
            line: 2,
            column: 3,
            message: "the box is before the bullet".to_owned(),
            fix: Some(Fix { description: "write - [ ] sow".to_owned(), edits: Vec::new() }),
        };
        assert_eq!(
            show(&finding(plain("../a.md"), &found, "a\n  [ ] - sow\n", &SCREEN)),
            [
                "../a.md:2:3: warning: the box is before the bullet (swapped-box)",
                "  2 | [ ] - sow",
                "    | ^^^",
                "hint: write - [ ] sow",
            ]
        );
    }

    #[test]
    fn a_message_of_several_lines() {
        assert_eq!(
            show(&message("error", Role::Bad, "no field\n  tga:x\n  ^^^")),
            ["error: no field", "  tga:x", "  ^^^"]
        );
    }

    proptest! {
        #[test]
        fn any_span_of_any_text(text in any::<String>(), start in 0_usize..60, end in 0_usize..60) {
            for line in excerpt(&text, Span::new(start, end), &SCREEN) {
                let shown = SCREEN.render(&line);
                prop_assert!(!shown.contains('\n'));
            }
        }
    }
}
