//! A change as a unified diff.

use std::fmt::Write as _;

use similar::TextDiff;

/// A unified diff with three lines of context, headed by `path`; empty when nothing changes.
///
/// Lines end as in [`crate::model::Lines`]; a missing final newline is shown as `\ No newline at end of file`.
#[must_use]
pub fn unified(path: &str, before: &str, after: &str) -> String {
    if before == after { String::new() } else { hunks(path, path, before, after) }
}

/// The same for a file that moves, in git's format: never empty, even if its contents stay.
#[must_use]
pub fn of_move(from: &str, to: &str, before: &str, after: &str) -> String {
    let hunks = if before == after { String::new() } else { hunks(from, to, before, after) };
    format!("rename from {from}\nrename to {to}\n{hunks}")
}

fn hunks(from: &str, to: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(out, "{}", diff.unified_diff().context_radius(3).header(from, to));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_tick() {
        let before = "# A\n\n- [ ] one\n- [ ] two";
        let after = "# A\n\n- [x] one\n- [ ] two";
        insta::assert_snapshot!(unified("a.md", before, after), @r"
        --- a.md
        +++ a.md
        @@ -1,4 +1,4 @@
         # A
         
        -- [ ] one
        +- [x] one
         - [ ] two
        \ No newline at end of file
        ");
        assert_eq!(unified("a.md", before, before), "");
    }

    #[test]
    fn lines_of_every_kind() {
        let diff = unified("a.md", "a\rb\rc\r", "a\rB\rc\r");
        assert!(diff.contains("-b\r") && diff.contains("+B\r"), "{diff:?}");
    }
}
