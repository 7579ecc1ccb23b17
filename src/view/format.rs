//! The formats that every listing has: a row is a JSON object, and everything else is made from it.

use std::io;
use std::io::Write;
use std::str::FromStr;

use serde_json::Value;

use crate::view::template::Template;

/// How an answer is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One array, a row a line.
    Json,
    /// One object a line.
    Jsonl,
    /// With a header; lists joined by `; `.
    Csv,
    /// Each path once, relative to the current folder.
    Path,
    /// `path:line:column: text`
    Vimgrep,
    /// By a template: `{{ path }}:{{ line }} {{ text }}`
    Template(String),
}

/// The names that `--format` takes.
pub const NAMES: [&str; 6] = ["text", "json", "jsonl", "csv", "path", "vimgrep"];

impl FromStr for Format {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        Ok(match written {
            "text" => Self::Text,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Csv,
            "path" => Self::Path,
            "vimgrep" => Self::Vimgrep,
            _ if written.contains("{{") || written.contains("{%") => Self::Template(written.to_owned()),
            _ => {
                let near = NAMES.iter().find(|name| strsim::damerau_levenshtein(name, written) <= 2);
                let hint = near.map(|name| format!(" (did you mean {name}?)")).unwrap_or_default();
                return Err(format!(
                    "no format `{written}`{hint}: {}, or a template such as '{{{{ path }}}}:{{{{ line }}}}'",
                    NAMES.join(", ")
                ));
            }
        })
    }
}

/// A row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// An object with the fields that scripts read; `path` is relative to the notes folder.
    pub json: Value,
    /// The path as it can be opened from the current folder.
    pub path: String,
    /// What `vimgrep` shows behind the place.
    pub text: String,
}

impl Row {
    fn number(&self, key: &str) -> u64 {
        self.json.get(key).and_then(Value::as_u64).unwrap_or(1)
    }
}

/// Writes rows in a format other than text. `null` ends rows with NUL instead of a line end (paths and templates).
///
/// # Errors
/// What the writer says; a template that cannot be used as [`io::ErrorKind::InvalidInput`].
pub fn write_rows(out: &mut dyn Write, rows: &[Row], format: &Format, null: bool) -> io::Result<()> {
    let end = if null { "\0" } else { "\n" };
    match format {
        Format::Text => Ok(()),
        Format::Json => {
            if rows.is_empty() {
                return writeln!(out, "[]");
            }
            for (index, row) in rows.iter().enumerate() {
                out.write_all(if index == 0 { b"[" } else { b",\n " })?;
                serde_json::to_writer(&mut *out, &row.json)?;
            }
            writeln!(out, "]")
        }
        Format::Jsonl => rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut *out, &row.json)?;
            writeln!(out)
        }),
        Format::Csv => csv_rows(out, rows),
        Format::Path => {
            let mut seen = std::collections::BTreeSet::new();
            rows.iter().filter(|row| seen.insert(&row.path)).try_for_each(|row| write!(out, "{}{end}", row.path))
        }
        Format::Vimgrep => rows.iter().try_for_each(|row| {
            writeln!(out, "{}:{}:{}: {}", row.path, row.number("line"), row.number("column"), one_line(&row.text))
        }),
        Format::Template(source) => {
            let names: Vec<String> = rows
                .first()
                .and_then(|row| row.json.as_object())
                .map(|map| map.keys().cloned().collect())
                .unwrap_or_default();
            let template = Template::new(source).map_err(invalid)?;
            rows.iter().try_for_each(|row| {
                let mut fields = row.json.clone();
                if let Some(map) = fields.as_object_mut() {
                    map.insert("path".to_owned(), Value::String(row.path.clone()));
                }
                let text = template.render(&fields, &names).map_err(invalid)?;
                write!(out, "{text}{end}")
            })
        }
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

fn csv_rows(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let Some(first) = rows.first().and_then(|row| row.json.as_object()) else { return Ok(()) };
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(first.keys())?;
    for row in rows {
        let Some(fields) = row.json.as_object() else { continue };
        writer.write_record(first.keys().map(|key| fields.get(key).map_or_else(String::new, csv_cell)))?;
    }
    writer.flush()
}

fn csv_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(csv_cell).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn case(format: &str, want: &str) {
        let row = |path: &str, line: u64, text: &str| Row {
            json: json!({"path": path, "line": line, "column": 3, "text": text, "tags": ["a", "b"], "due": null}),
            path: format!("../{path}"),
            text: text.to_owned(),
        };
        let rows = [row("x.md", 1, "one, two"), row("x.md", 2, "a \"b\"")];
        let mut out = Vec::new();
        write_rows(&mut out, &rows, &format.parse().unwrap(), false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), want);
    }

    #[test]
    fn every_format() {
        case(
            "jsonl",
            "{\"path\":\"x.md\",\"line\":1,\"column\":3,\"text\":\"one, two\",\"tags\":[\"a\",\"b\"],\"due\":null}\n{\"path\":\"x.md\",\"line\":2,\"column\":3,\"text\":\"a \\\"b\\\"\",\"tags\":[\"a\",\"b\"],\"due\":null}\n",
        );
        case("csv", "path,line,column,text,tags,due\nx.md,1,3,\"one, two\",a; b,\nx.md,2,3,\"a \"\"b\"\"\",a; b,\n");
        case("path", "../x.md\n");
        case("vimgrep", "../x.md:1:3: one, two\n../x.md:2:3: a \"b\"\n");
        case("{{ path }}:{{ line }} {{ text }}", "../x.md:1 one, two\n../x.md:2 a \"b\"\n");
    }

    #[test]
    fn nothing_is_an_empty_array() {
        let mut out = Vec::new();
        write_rows(&mut out, &[], &Format::Json, false).unwrap();
        assert_eq!(out, b"[]\n");
    }

    #[test]
    fn a_wrong_format_is_helped() {
        let error = "jsno".parse::<Format>().unwrap_err();
        assert!(error.contains("did you mean json?"), "{error}");
    }
}
