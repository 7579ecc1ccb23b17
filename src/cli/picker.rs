//! `--interactive`: passes results to fzf, and reads back the picked lines.
//!
//! The program is always `fzf` from the user's `PATH`: nothing in a notebook can name another one. Called by `list`, `search`,
//! `todo` and `edit`.

use std::io;
use std::io::Write as _;
use std::process::Command;
use std::process::Stdio;
use std::thread;

use crate::cli::error::Failure;
use crate::view::text::is_harmful;

/// Lets the user pick from `lines`: returns indices from 0, in ascending order; none if nothing was picked. `many`: allow several.
pub(crate) fn pick(lines: &[String], many: bool) -> Result<Vec<usize>, Failure> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let arguments = [
        if many { "--multi" } else { "--no-multi" },
        // the number in front identifies the line, and is not shown
        "--delimiter=\t",
        "--with-nth=2..",
        // our order is meaningful
        "--tiebreak=index",
        "--layout=reverse",
    ];
    let child = Command::new("fzf").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(not_started)?;
    let input = child.stdin.take();
    let offered = offered(lines);
    let output = thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut input) = input {
                // a picker that has read enough closes the pipe: that is not an error
                let _ignored = input.write_all(offered.as_bytes());
            }
        });
        child.wait_with_output()
    })
    .map_err(not_started)?;
    match output.status.code() {
        Some(0) => Ok(picked(&output.stdout, lines.len())),
        // nothing matches the typed text; or it was left with Esc or Ctrl-C
        Some(1 | 130) | None => Ok(Vec::new()),
        Some(_) => Err(Failure::new(format!("`fzf`, which picks, ended with {}", output.status))
            .hint("it needs a terminal; without --interactive the answer is printed as it is")),
    }
}

fn not_started(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::NotFound {
        return Failure::new("`fzf`, which --interactive needs, is not installed")
            .hint("install it, for example `apt install fzf` or `brew install fzf`")
            .hint("or use another picker: `hornbook list --format path -0 | sk --read0 --print0 | xargs -0 -o hornbook edit`");
    }
    Failure::new(format!("`fzf`, which picks, cannot be started: {error}"))
}

/// One line each, with its number in front; characters that could confuse a terminal or end a line become spaces.
fn offered(lines: &[String]) -> String {
    let harmless = |line: &String| line.chars().map(|c| if is_harmful(c) { ' ' } else { c }).collect::<String>();
    lines.iter().enumerate().map(|(index, line)| format!("{index}\t{}\n", harmless(line))).collect()
}

/// The numbers in a picker's output. The user's own options may make it print more, or end lines with NUL.
fn picked(printed: &[u8], count: usize) -> Vec<usize> {
    let printed = String::from_utf8_lossy(printed);
    let numbers = printed.split(['\n', '\0']).filter_map(|line| line.split_once('\t')?.0.parse().ok());
    let mut numbers: Vec<usize> = numbers.filter(|number| *number < count).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_line_whatever_a_note_says() {
        let lines = ["a b.md  A\nB\u{1b}[31m\u{202e}".to_owned(), "c.md".to_owned()];
        assert_eq!(offered(&lines), "0\ta b.md  A B [31m \n1\tc.md\n");
    }

    #[test]
    fn numbers_come_back() {
        let case = |printed: &str, want: &[usize]| assert_eq!(picked(printed.as_bytes(), 3), want, "{printed:?}");
        case("", &[]);
        case("2\tc.md\n0\ta.md\n", &[0, 2]);
        // --print-query, --print0, and what is no line of ours
        case("word\n1\tb\n", &[1]);
        case("1\tb\x002\tc\0", &[1, 2]);
        case("7\tx\n1\tb\n1\tb\n-1\tb\n", &[1]);
    }
}
