//! Problems with a note's file: its name, and traces of a synchronizer or git.

use std::collections::BTreeSet;

use crate::model::NotePath;
use crate::report::prose::Fences;

/// In bytes; longer names are cut or refused by some systems.
const LONG: usize = 200;

/// Problems with one part of a path (a folder's or file's name without extension), in words; empty if there are none.
pub(crate) fn oddities(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let marks = |of: &str| -> Vec<String> {
        of.chars().filter(|mark| name.contains(*mark)).map(|mark| format!("`{mark}`")).collect()
    };
    let refused = marks(":*?\"<>\\");
    if !refused.is_empty() {
        found.push(format!("{}: Windows and many synchronisers refuse it", refused.join(" ")));
    }
    let unlinked = marks("|#^[]");
    if !unlinked.is_empty() {
        found.push(format!("{}: wikilinks cannot name it", unlinked.join(" ")));
    }
    // bytes that are not UTF-8 are escaped as characters of this plane: see `NotePath`
    if name.chars().any(|c| u32::from(c) >= 0x10_FF80) {
        found.push("not UTF-8".to_owned());
    }
    if name.chars().any(char::is_control) {
        found.push("a control character".to_owned());
    }
    if name.ends_with([' ', '.']) || name.starts_with(' ') {
        found.push("a space or dot at its end".to_owned());
    }
    if name.len() > LONG {
        found.push(format!("{} bytes long", name.len()));
    }
    found
}

/// The original's name in the name of a conflicted copy made by a synchronizer: `saga` for
/// `saga (conflicted copy 2026-01-02)`.
pub(crate) fn copied_from(stem: &str) -> Option<&str> {
    let lower = stem.to_ascii_lowercase();
    if let Some((base, rest)) = split_at(stem, lower.find(".sync-conflict-")) {
        return rest.bytes().any(|byte| byte.is_ascii_digit()).then_some(base);
    }
    for mark in ["_conflict-", ".conflict-"] {
        if let Some((base, rest)) = split_at(stem, lower.rfind(mark)) {
            let digits = rest.bytes().skip(mark.len()).take(8).filter(u8::is_ascii_digit).count();
            return (digits == 8).then_some(base);
        }
    }
    let (base, rest) = split_at(stem, lower.rfind(" ("))?;
    let words = rest.to_ascii_lowercase();
    let is_copy = words.contains("conflicted copy") || words.contains("case conflict") || words.contains("'s conflict");
    (is_copy && rest.ends_with(')')).then_some(base)
}

fn split_at(text: &str, at: Option<usize>) -> Option<(&str, &str)> {
    text.split_at_checked(at?).filter(|(base, _)| !base.is_empty())
}

/// The name of which `x 2` or `x (1)` may be a copy; the texts decide whether it is.
pub(crate) fn perhaps_copied_from(stem: &str) -> Option<&str> {
    let (base, number) = stem.rsplit_once(' ')?;
    let number = number.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(number);
    let small = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    (small && !base.is_empty()).then_some(base)
}

/// True if two notes are nearly the same: at least four lines in five.
pub(crate) fn is_similar(one: &str, other: &str) -> bool {
    if one == other {
        return !one.trim().is_empty();
    }
    let lines = |text: &'_ str| -> BTreeSet<String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (one, other) = (lines(one), lines(other));
    let larger = one.len().max(other.len());
    larger >= 5 && one.intersection(&other).count() * 5 >= larger * 4
}

/// The lines (1-based) of the first and the last mark of each git conflict, outside code blocks.
pub(crate) fn conflicts(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if !text.contains("<<<<<<< ") {
        return found;
    }
    let mut fences = Fences::default();
    let mut open: Option<(usize, bool)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        if fences.is_code(line) {
            continue;
        }
        if line.starts_with("<<<<<<< ") {
            open = Some((number, false));
        } else if line == "=======" {
            open = open.map(|(start, _)| (start, true));
        } else if line.starts_with(">>>>>>> ")
            && let Some((start, true)) = open.take()
        {
            found.push((start, number));
        }
    }
    found
}

/// The folders in a path, outermost first, each as path and name.
pub(crate) fn folders(path: &NotePath) -> impl Iterator<Item = (&str, &str)> {
    let path = path.as_str();
    path.match_indices('/').map(move |(at, _)| {
        let folder = path.get(..at).unwrap_or("");
        (folder, folder.rsplit('/').next().unwrap_or(folder))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(oddities("Kräuter & Öl, 2026 (1) – it's 50% 日本 🎉").is_empty());
        assert_eq!(oddities("what?"), ["`?`: Windows and many synchronisers refuse it"]);
        assert_eq!(oddities("C# [x]"), ["`#` `[` `]`: wikilinks cannot name it"]);
        assert_eq!(oddities("a."), ["a space or dot at its end"]);
        assert_eq!(oddities("a\u{7}"), ["a control character"]);
        assert_eq!(oddities(&"a".repeat(201)), ["201 bytes long"]);
        use std::os::unix::ffi::OsStrExt as _;
        let latin = NotePath::from_os(std::ffi::OsStr::from_bytes(b"caf\xe9.md"));
        assert_eq!(oddities(latin.stem()), ["not UTF-8"]);
    }

    #[test]
    fn copies() {
        for (name, base) in [
            ("saga.sync-conflict-20260102-101112-ABCDEFG", Some("saga")),
            ("saga (conflicted copy)", Some("saga")),
            ("saga (Ada's conflicted copy 2026-01-02)", Some("saga")),
            ("saga (Case Conflict 1)", Some("saga")),
            ("saga_conflict-20260102-101112", Some("saga")),
            ("how to resolve a sync-conflict", None),
            ("conflicted copy", None),
            ("saga (conflict)", None),
            ("merge_conflict-notes", None),
            ("(conflicted copy)", None),
        ] {
            assert_eq!(copied_from(name), base, "{name}");
        }
        for (name, base) in
            [("x 2", Some("x")), ("x (1)", Some("x")), ("x 2026", None), ("2", None), ("x2", None), ("x y", None)]
        {
            assert_eq!(perhaps_copied_from(name), base, "{name}");
        }
    }

    #[test]
    fn nearly_the_same() {
        let text = "a\nb\nc\nd\ne\n";
        assert!(is_similar(text, text));
        assert!(is_similar(text, "a\nb\nc\nd\nf\n"));
        assert!(!is_similar(text, "a\nb\nc\ng\nf\n"));
        assert!(!is_similar("# Meeting\n", "# Meeting\n\nmore\n"));
        assert!(!is_similar("", ""));
    }

    #[test]
    fn conflict_marks_in_order_and_outside_code() {
        let conflict = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n";
        assert_eq!(conflicts(conflict), [(1, 5)]);
        assert_eq!(conflicts(&conflict.replace('\n', "\r\n")), [(1, 5)]);
        assert!(conflicts(&format!("```\n{conflict}```\n")).is_empty());
        assert!(conflicts("<<<<<<< HEAD\na\n>>>>>>> x\n=======\n").is_empty());
        assert!(conflicts("Title\n=======\n\n>>>>>>> quote\n").is_empty());
        assert_eq!(conflicts(&format!("{conflict}{conflict}")), [(1, 5), (6, 10)]);
    }
}
