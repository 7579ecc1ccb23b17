//! A note's path relative to the notes folder, with `/`; any bytes are possible in it.

use std::ffi::OsStr;
use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::ffi::OsStringExt as _;

use serde::Deserialize;
use serde::Serialize;

/// First of the 128 private-use characters that stand for the bytes 0x80 to 0xFF of a name that is not UTF-8.
const ESCAPES: u32 = 0x10_FF00;

/// A note's path relative to the notes folder, with `/` between the parts.
///
/// Names are bytes. A byte that is not UTF-8 is kept as one private-use character (U+10FF80 to U+10FFFF),
/// and such a character in a real name byte by byte, so that every name has exactly one `NotePath` and back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NotePath(String);

impl NotePath {
    /// Takes a path in the escaped form, as [`NotePath::as_str`] gives it.
    #[must_use]
    pub fn from_escaped(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Takes the bytes of a relative path.
    #[must_use]
    pub fn from_os(path: &OsStr) -> Self {
        let mut out = String::with_capacity(path.len());
        for chunk in path.as_bytes().utf8_chunks() {
            for c in chunk.valid().chars() {
                if u32::from(c) >= ESCAPES {
                    let mut buffer = [0; 4];
                    out.extend(c.encode_utf8(&mut buffer).bytes().map(escape));
                } else {
                    out.push(c);
                }
            }
            out.extend(chunk.invalid().iter().copied().map(escape));
        }
        Self(out)
    }

    /// The name as the file system has it.
    #[must_use]
    pub fn to_os(&self) -> OsString {
        let mut out = Vec::with_capacity(self.0.len());
        for c in self.0.chars() {
            match u32::from(c).checked_sub(ESCAPES).and_then(|byte| u8::try_from(byte).ok()) {
                Some(byte) if byte >= 0x80 => out.push(byte),
                _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        OsString::from_vec(out)
    }

    /// The escaped form: equal for equal names, and sorts like the path. JSON shows it too.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of the path, with its extension.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part of the path without `.md` or `.markdown`.
    #[must_use]
    pub fn stem(&self) -> &str {
        strip_extension(self.file_name())
    }

    /// True for the path of a note as people write it: whole, without its extension, or its name alone.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim_start_matches("./");
        self.as_str() == name || strip_extension(self.as_str()) == name || self.file_name() == name
    }

    /// True for `*.txt`, in any case: such a file is a note only if the settings say that it is in todo.txt format.
    #[must_use]
    pub fn is_todo_txt(&self) -> bool {
        is_todo_txt(&self.0)
    }

    /// The folder, without a final `/`; empty for a note at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// As [`NotePath::is_todo_txt`], for a name or path as text.
#[must_use]
pub fn is_todo_txt(name: &str) -> bool {
    let extension = name.len().checked_sub(4).and_then(|at| name.get(at..));
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(".txt"))
}

/// Cuts `.md` or `.markdown`, in any case, off a name or path.
#[must_use]
pub fn strip_extension(name: &str) -> &str {
    for extension in [".md", ".markdown"] {
        if let Some(at) = name.len().checked_sub(extension.len())
            && let Some(end) = name.get(at..)
            && end.eq_ignore_ascii_case(extension)
        {
            return name.get(..at).unwrap_or(name);
        }
    }
    name
}

fn escape(byte: u8) -> char {
    char::from_u32(ESCAPES + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

impl fmt::Display for NotePath {
    /// For people: bytes that are not UTF-8 show as U+FFFD.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_os().to_string_lossy())
    }
}

impl From<&str> for NotePath {
    fn from(path: &str) -> Self {
        Self::from_os(OsStr::new(path))
    }
}

/// The parts of `path:line`; `path:line:column`, as listings print it, is understood too.
#[must_use]
pub fn path_and_line(written: &str) -> Option<(&str, usize)> {
    let (path, line) = written.trim_end_matches(':').rsplit_once(':')?;
    let number: usize = line.parse().ok()?;
    match path.rsplit_once(':') {
        Some((shorter, middle)) if middle.parse::<usize>().is_ok() => Some((shorter, middle.parse().ok()?)),
        _ => Some((path, number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_comes_back() {
        for bytes in [&b"a/b.md"[..], b"caf\xe9.md", b"\xff\xfe", "\u{10FFAB}x".as_bytes(), "ü.md".as_bytes()] {
            let path = NotePath::from_os(OsStr::from_bytes(bytes));
            assert_eq!(path.to_os().as_bytes(), bytes);
        }
        let real = NotePath::from_os(OsStr::new("\u{10FFFF}"));
        let broken = NotePath::from_os(OsStr::from_bytes(b"\xff"));
        assert_ne!(real, broken);
    }

    #[test]
    fn parts() {
        let path = NotePath::from("a/b.c.MD");
        assert_eq!((path.file_name(), path.stem(), path.folder()), ("b.c.MD", "b.c", "a"));
        assert_eq!(NotePath::from("x").folder(), "");
        for (name, want) in
            [("a/todo.txt", true), ("T.TXT", true), ("todo.txt.md", false), ("txt", false), ("€xt", false)]
        {
            assert_eq!(NotePath::from(name).is_todo_txt(), want, "{name}");
        }
    }
}
