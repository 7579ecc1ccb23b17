//! Long answers on a terminal go through `$PAGER`, else `less -FRXK`, else straight to the screen.

use std::io::Write as _;
use std::process::Command;
use std::process::Stdio;

use anstream::adapter::strip_str;

use crate::view::screen::width;

/// The default pager: it keeps colours, leaves the answer on the screen afterwards, and ends on Ctrl-C, which ends this program
/// too.
pub(crate) const DEFAULT: &str = "less -FRXK";

/// Shows the answer through a pager. False if there is none or it could not start; the caller then prints the answer.
///
/// The command is split as a shell would, but no shell runs it.
pub(crate) fn page(command: &str, answer: &[u8]) -> bool {
    let words = shell_words::split(command).unwrap_or_default();
    let Some((program, arguments)) = words.split_first() else { return false };
    let Ok(mut child) = Command::new(program).args(arguments).stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // quitting the pager early closes the pipe, which is not an error
        let _ignored = input.write_all(answer);
    }
    // the pager failed, perhaps because of unknown options: an answer shown twice is better than none
    child.wait().is_ok_and(|status| status.success() || status.code().is_none())
}

/// Whether an answer takes all the rows of a terminal, including wrapped lines.
pub(crate) fn fills(answer: &[u8], columns: usize, rows: usize) -> bool {
    let columns = columns.max(1);
    let mut taken = 0;
    for line in answer.split_inclusive(|byte| *byte == b'\n') {
        // most lines are short: only the others are measured
        let wide = if line.len() <= columns {
            0
        } else {
            width(strip_str(&String::from_utf8_lossy(line)).to_string().trim_end_matches('\n'))
        };
        taken += wide.div_ceil(columns).max(1);
        if taken >= rows {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(answer: &str, columns: usize, rows: usize, want: bool) {
        assert_eq!(fills(answer.as_bytes(), columns, rows), want, "{answer:?}");
    }

    #[test]
    fn an_answer_that_fills_the_terminal_is_paged() {
        case("a\nb\n", 80, 3, false);
        case("a\nb\nc\n", 80, 3, true);
        case("a\nb\nc", 80, 3, true);
        case("", 80, 1, false);
        case(&"x".repeat(160), 80, 3, false);
        case(&"x".repeat(161), 80, 3, true);
        case(&"東".repeat(81), 80, 3, true);
        // colours and links take no room
        case(&format!("\u{1b}]8;;file:///{}\u{1b}\\a\u{1b}]8;;\u{1b}\\\n", "a".repeat(200)), 80, 2, false);
        case(&"\u{1b}[31mx\u{1b}[0m".repeat(80), 80, 2, false);
    }

    #[test]
    fn a_pager_that_is_not_there_leaves_the_answer_to_us() {
        for command in ["", "  ", "'", "/nonexistent/pager -x", "false", "cat --no-such-option"] {
            assert!(!page(command, b"a\n"), "{command:?}");
        }
    }

    #[test]
    fn a_pager_may_be_left_early() {
        // more than a pipe holds
        assert!(page("true", &vec![b'\n'; 1 << 20]));
        assert!(page("sh -c 'cat > /dev/null'", b"a\n"));
    }
}
