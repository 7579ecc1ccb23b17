//! File names that are valid on every system, made from words that people type.
//!
//! Windows is the strictest: no `<>:"/\|?*`, no control characters, no device names, no space or dot at the end. Names that we
//! make also leave out `#`, `^`, `[` and `]` because a wikilink could not name such a note.

use unicode_normalization::UnicodeNormalization as _;

/// Maximum length of a name that we make, in bytes: `.md` and a temporary file's suffix must fit into 255 as well.
const LONGEST: usize = 120;
/// Maximum length of a name that a person gives, in bytes.
const LIMIT: usize = 200;
/// Names that are devices on Windows, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why a name is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// `..`, a `/` in front, a drive.
    #[error("it is outside the notes folder")]
    Outside,
    /// What should be a folder is a file.
    #[error("`{0}` is a file, and nothing can lie in it")]
    InFile(String),
    /// Nothing is left of it.
    #[error("it is empty")]
    Empty,
    /// A character that some system does not allow.
    #[error("not every system allows `{}` in a file name", .0.escape_default())]
    Character(char),
    /// A character that ends a link.
    #[error("a link cannot contain `{0}`")]
    Link(char),
    /// It begins with a dot.
    #[error("`{0}` would be hidden")]
    Hidden(String),
    /// A dot or space at its end.
    #[error("`{0}` ends with a dot or a space, which Windows cuts off")]
    End(String),
    /// A device of Windows.
    #[error("`{0}` is a reserved name on Windows")]
    Device(String),
    /// It is too long.
    #[error("it is {0} bytes long (limit {LIMIT})")]
    Long(usize),
}

/// Words as a lower-case file name: `Saga: what, and why?` gives `saga-what-and-why`. Letters of all scripts are kept.
/// Empty if there is no letter or digit.
#[must_use]
pub fn slug(words: &str) -> String {
    let mut out = String::new();
    // `don't` is one word
    for c in words.nfc().filter(|c| !matches!(c, '\'' | '’')).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = shortened(&out, '-');
    if is_device(&out) { format!("{out}-note") } else { out }
}

/// Words as a file name that keeps them readable: `AC/DC: live?` gives `AC-DC live`. Empty if nothing usable is left.
#[must_use]
pub fn readable(words: &str) -> String {
    let mut out = String::new();
    for c in words.nfc() {
        match c {
            '/' | '\\' | '|' => out.push('-'),
            ':' | '<' | '>' | '"' | '?' | '*' | '#' | '^' | '[' | ']' => {}
            c if c.is_control() || is_invisible(c) => out.push(' '),
            c => out.push(c),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    let out = words.join(" ");
    // other programs would take a name that begins with a dash for an option
    let out = shortened(out.trim_matches(['.', ' ']).trim_start_matches(['.', ' ', '-']), ' ');
    let out = out.trim_matches(['.', ' ']);
    if out == "~" {
        return String::new();
    }
    if is_device(out) {
        // Windows looks only at the part before the first dot
        let end = out.find('.').unwrap_or(out.len());
        let (base, rest) = out.split_at(end);
        return format!("{base} note{rest}");
    }
    out.to_owned()
}

/// Cuts at the end of a word.
fn shortened(text: &str, between: char) -> String {
    let text = text.trim_matches(between);
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let cut = text.get(..end).unwrap_or("");
    cut.rsplit_once(between).map_or(cut, |(words, _)| words).trim_matches(between).to_owned()
}

/// Invisible characters, and those that change the writing direction.
fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0x00AD | 0x061C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF)
}

pub(crate) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest| matches!(rest, "¹" | "²" | "³") || rest.parse::<u8>().is_ok_and(|n| n < 10))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Checks that a relative path with `/` is valid on every system and does not lead elsewhere.
///
/// # Errors
///
/// Why it is not.
pub fn check_path(path: &str) -> Result<(), NameError> {
    let bytes = path.as_bytes();
    // `C:`, `C:/x`; in `a:b?c` the characters are what is wrong
    let is_drive = bytes.get(1) == Some(&b':')
        && bytes.first().is_some_and(u8::is_ascii_alphabetic)
        && matches!(bytes.get(2), None | Some(b'/' | b'\\'));
    if path.starts_with(['/', '\\'])
        || path == "~"
        || path.starts_with("~/")
        || is_drive
        || path.split(['/', '\\']).any(|part| part == "..")
    {
        return Err(NameError::Outside);
    }
    if path.len() > 4 * LIMIT {
        return Err(NameError::Long(path.len()));
    }
    path.split('/').try_for_each(check)
}

/// As [`check_path`], and also that links can name it.
///
/// # Errors
///
/// Why it is not.
pub fn check_linked(path: &str) -> Result<(), NameError> {
    match path.chars().find(|c| matches!(c, '#' | '^' | '[' | ']')) {
        Some(mark) => Err(NameError::Link(mark)),
        None => check_path(path),
    }
}

/// As [`check_path`], for one part of a path.
fn check(name: &str) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    let is_bad =
        |c: &char| matches!(c, '<' | '>' | ':' | '"' | '\\' | '|' | '?' | '*') || c.is_control() || is_invisible(*c);
    if let Some(bad) = name.chars().find(is_bad) {
        return Err(NameError::Character(bad));
    }
    match () {
        () if name.starts_with('.') => Err(NameError::Hidden(name.to_owned())),
        () if name.ends_with(['.', ' ']) || name.starts_with(' ') => Err(NameError::End(name.to_owned())),
        () if is_device(name) => Err(NameError::Device(name.to_owned())),
        () if name.len() > LIMIT => Err(NameError::Long(name.len())),
        () => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_made_of_words() {
        for (words, as_slug, as_readable) in [
            ("Saga: what, and why?", "saga-what-and-why", "Saga what, and why"),
            ("Don't  panic", "dont-panic", "Don't panic"),
            ("AC/DC — live!", "ac-dc-live", "AC-DC — live!"),
            ("../../etc/passwd", "etc-passwd", "etc-passwd"),
            ("-rf x", "rf-x", "rf x"),
            ("Überblick 日本", "überblick-日本", "Überblick 日本"),
            ("C++ & C#", "c-c", "C++ & C"),
            ("🎉", "", "🎉"),
            ("...", "", ""),
            ("CON", "con-note", "CON note"),
            ("nul.txt", "nul-txt", "nul note.txt"),
            ("Con.n", "con-n", "Con note.n"),
            ("a\u{202e}b\nc\u{7}", "a-b-c", "a b c"),
            ("", "", ""),
        ] {
            assert_eq!((slug(words).as_str(), readable(words).as_str()), (as_slug, as_readable), "{words}");
        }
        assert_eq!(slug(&"word ".repeat(60)).len(), 119);
    }

    #[track_caller]
    fn refused(path: &str, why: &str) {
        let error = check_path(path).expect_err(path).to_string();
        assert!(error.contains(why), "{path}: {error}");
    }

    #[test]
    fn paths_that_lead_out_or_cannot_be_made_everywhere() {
        for path in ["../a", "a/../b", "..", "/a", "\\a", "a\\..\\b", "C:/a", "~/a"] {
            refused(path, "outside the notes folder");
        }
        refused("", "empty");
        refused("a//b", "empty");
        refused("ab:c", "`:`");
        refused("a:b", "`:`");
        refused("a:b?c", "`:`");
        refused("a:", "outside the notes folder");
        refused("a\nb", "`\\n`");
        refused(".git/x", "hidden");
        refused("a. ", "ends with");
        refused("a/nul", "reserved name");
        refused("com1.md", "reserved name");
        refused(&"x".repeat(201), "201 bytes");
        for (path, mark) in [("C#", '#'), ("a/b^", '^'), ("[x", '['), ("x]", ']')] {
            assert_eq!(check_linked(path), Err(NameError::Link(mark)));
        }
        for path in ["a", "a/b c", "2026/11-November/2026-11-02", "a.b", "console", "comics", "日本"] {
            assert_eq!(check_path(path), Ok(()), "{path}");
        }
    }

    proptest::proptest! {
        /// What is made of any words can be made on every system.
        #[test]
        fn made_names_are_fine(words in "\\PC{0,40}|[./\\\\:CONonul \\t]{0,12}|[äü日\u{301} ]{0,200}") {
            for name in [slug(&words), readable(&words)] {
                if !name.is_empty() {
                    proptest::prop_assert_eq!(check_path(&name), Ok(()), "{:?}", name);
                }
            }
        }
    }
}
