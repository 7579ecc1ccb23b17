//! `path:line:column: text` for editors, in ripgrep's format: columns count bytes.

use std::borrow::Cow;
use std::io;
use std::io::Write;
use std::os::unix::ffi::OsStringExt as _;

use serde_json::Value;

use crate::model::Lines;
use crate::model::NotePath;
use crate::view::report::Paths;
use crate::view::report::Row;

/// A note's current text.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Decoded; what cannot be decoded is U+FFFD.
    pub text: String,
    /// The bytes of the file, if some of them cannot be decoded.
    pub damaged: Option<Vec<u8>>,
}

/// Reads a note, if possible.
pub type ReadText<'a> = dyn Fn(&NotePath) -> Option<Source> + 'a;

/// Writes rows. A row without text shows the line of the note that it refers to.
pub(super) fn write(
    out: &mut dyn Write,
    rows: impl Iterator<Item = impl Row>,
    paths: &dyn Paths,
    text: &ReadText<'_>,
) -> io::Result<()> {
    let mut read: Option<(NotePath, Source, Lines)> = None;
    for row in rows {
        let fields = serde_json::to_value(&row)?;
        let number = |key: &str| usize::try_from(fields.get(key).and_then(Value::as_u64)?).ok();
        let (line, mut column) = (number("line").or_else(|| row.line()), number("column"));
        let mut words = row.text();
        if let (Some(path), Some(line), Some(characters)) = (row.path(), line, column) {
            if read.as_ref().is_none_or(|(known, ..)| known != path) {
                read = text(path).map(|source| {
                    let lines = Lines::new(&source.text);
                    (path.clone(), source, lines)
                });
            }
            if let Some((_, Source { text, damaged }, lines)) = &read {
                let content = lines.content(text, line).of(text);
                let before = characters.saturating_sub(1);
                let in_text = || content.chars().take(before).map(char::len_utf8).sum();
                let mut raw = damaged.as_deref().into_iter().flat_map(|raw| raw.split(|byte| *byte == b'\n'));
                column = Some(raw.nth(line.saturating_sub(1)).map_or_else(in_text, |raw| bytes_of(raw, before)) + 1);
                if words.is_empty() {
                    words = Cow::Owned(content.trim().to_owned());
                }
            }
        }
        let path = row.path().map(|path| paths.shown(path)).unwrap_or_default();
        out.write_all(&path_bytes(&path))?;
        writeln!(out, ":{}:{}: {}", line.unwrap_or(1), column.unwrap_or(1), one_line(&words))?;
    }
    Ok(())
}

/// The number of bytes of the first characters of a line, where each piece that cannot be decoded is one character.
fn bytes_of(line: &[u8], characters: usize) -> usize {
    let mut left = characters;
    let mut bytes = 0;
    for chunk in line.utf8_chunks() {
        let valid = chunk.valid().chars().map(char::len_utf8);
        let invalid = Some(chunk.invalid().len()).filter(|len| *len > 0);
        for len in valid.chain(invalid) {
            if left == 0 {
                return bytes;
            }
            bytes += len;
            left -= 1;
        }
    }
    bytes
}

/// A path as the file system has it.
pub(super) fn path_bytes(path: &str) -> Vec<u8> {
    NotePath::from_escaped(path).to_os().into_vec()
}

fn one_line(text: &str) -> String {
    text.lines().flat_map(|line| line.split('\r')).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_bytes_of_the_file() {
        for (line, characters, want) in [
            (&b"\xe4\xe4 foo"[..], 3, 3),
            (b"\xe4\xe4 foo", 0, 0),
            (b"\xc3\xa4 foo", 2, 3),
            (b"\xe2\x82 x", 1, 2),
            (b"foo \xff\xff", 6, 6),
            (b"foo", 9, 3),
        ] {
            assert_eq!(bytes_of(line, characters), want, "{line:?} {characters}");
        }
    }
}
