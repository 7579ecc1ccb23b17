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

/// Reads a note's current text, if possible.
pub type ReadText<'a> = dyn Fn(&NotePath) -> Option<String> + 'a;

/// Writes rows. A row without text shows the line of the note that it refers to.
pub(super) fn write(
    out: &mut dyn Write,
    rows: impl Iterator<Item = impl Row>,
    paths: &dyn Paths,
    text: &ReadText<'_>,
) -> io::Result<()> {
    let mut read: Option<(NotePath, String, Lines)> = None;
    for row in rows {
        let fields = serde_json::to_value(&row)?;
        let number = |key: &str| usize::try_from(fields.get(key).and_then(Value::as_u64)?).ok();
        let (line, mut column) = (number("line").or_else(|| row.line()), number("column"));
        let mut words = row.text();
        if let (Some(path), Some(line), Some(characters)) = (row.path(), line, column) {
            if read.as_ref().is_none_or(|(known, ..)| known != path) {
                read = text(path).map(|text| {
                    let lines = Lines::new(&text);
                    (path.clone(), text, lines)
                });
            }
            if let Some((_, text, lines)) = &read {
                let content = lines.content(text, line).of(text);
                let before = content.chars().take(characters.saturating_sub(1));
                column = Some(before.map(char::len_utf8).sum::<usize>() + 1);
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

/// A path as the file system has it.
pub(super) fn path_bytes(path: &str) -> Vec<u8> {
    NotePath::from_escaped(path).to_os().into_vec()
}

fn one_line(text: &str) -> String {
    text.lines().flat_map(|line| line.split('\r')).collect::<Vec<_>>().join(" ")
}
