//! The output formats of all listings: each row is a JSON object, and the other formats are derived from it.

use std::collections::BTreeSet;
use std::io;
use std::io::Write;
use std::str::FromStr;

use serde::Serialize;
use serde_json::Value;

use crate::model::NotePath;
use crate::view::markdown;
use crate::view::report::Paths;
use crate::view::report::Report;
use crate::view::report::Row as _;
use crate::view::template::Template;
use crate::view::vimgrep;
use crate::view::vimgrep::ReadText;
use crate::view::vimgrep::path_bytes;
use crate::view::words;

/// An output format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// The text for people, as Markdown.
    Markdown,
    /// One array, with one row per line.
    Json,
    /// One object per line.
    Jsonl,
    /// With a header; lists joined by `; `, objects as JSON.
    Csv,
    /// Each path once, relative to the current folder.
    Path,
    /// `path:line:column: text`
    Vimgrep,
    /// By a template: `{{ path }}:{{ line }} {{ text }}`
    Template(String),
}

/// The names accepted by `--format`.
pub const NAMES: [&str; 7] = ["text", "md", "json", "jsonl", "csv", "path", "vimgrep"];

impl FromStr for Format {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        Ok(match written {
            "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Csv,
            "path" => Self::Path,
            "vimgrep" => Self::Vimgrep,
            _ if written.contains("{{") || written.contains("{%") => Self::Template(written.to_owned()),
            _ => {
                let hint = match written {
                    // zk's names
                    "oneline" | "short" | "medium" => " (text is short)".to_owned(),
                    "long" | "full" => " (`hornbook show NOTE` prints a note in full)".to_owned(),
                    "link" => " (the template '[{{ title }}]({{ path }})' does that)".to_owned(),
                    _ => words::did_you_mean(written, NAMES),
                };
                return Err(format!(
                    "no format `{written}`{hint}: {}, or a template such as '{{{{ path }}}}:{{{{ line }}}}'",
                    NAMES.join(", ")
                ));
            }
        })
    }
}

/// A row for formats that need its fields.
struct Fields {
    /// An object with the fields for scripts; `path` is relative to the notes folder.
    json: Value,
    /// The path as it can be opened from the current folder; bytes that are not UTF-8 as [`NotePath::as_str`] keeps them.
    path: String,
}

/// Writes a report in a format other than text: as Markdown, or row by row. `null` ends rows with NUL instead of a line end
/// (paths and templates); `text` reads notes for `vimgrep`.
///
/// # Errors
/// I/O errors of the writer; an invalid template as [`io::ErrorKind::InvalidInput`].
pub fn write_report(
    out: &mut dyn Write,
    report: &impl Report,
    format: &Format,
    null: bool,
    paths: &dyn Paths,
    text: &ReadText<'_>,
) -> io::Result<()> {
    let shown = |path: Option<&NotePath>| path.map(|path| paths.shown(path)).unwrap_or_default();
    let fields = || report.rows().map(|row| Ok(Fields { json: serde_json::to_value(&row)?, path: shown(row.path()) }));
    match format {
        Format::Text => Ok(()),
        Format::Markdown => out.write_all(markdown::markdown(&report.show(paths), paths).as_bytes()),
        Format::Json => json(out, report.rows()),
        Format::Jsonl => jsonl(out, report.rows()),
        Format::Csv => csv_rows(out, &fields().collect::<io::Result<Vec<Fields>>>()?),
        Format::Path => path_rows(out, report.rows().map(|row| shown(row.path())), null),
        Format::Vimgrep => vimgrep::write(out, report.rows(), paths, text),
        Format::Template(source) => template_rows(out, fields(), source, null),
    }
}

/// Writes rows as one array, with one row per line.
///
/// # Errors
///
/// I/O errors of the writer.
pub fn json(out: &mut dyn Write, rows: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    let mut before = "[";
    for row in rows {
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &row)?;
        before = ",\n ";
    }
    writeln!(out, "{}", if before == "[" { "[]" } else { "]" })
}

fn jsonl(out: &mut dyn Write, mut rows: impl Iterator<Item = impl Serialize>) -> io::Result<()> {
    rows.try_for_each(|row| {
        serde_json::to_writer(&mut *out, &row)?;
        writeln!(out)
    })
}

fn path_rows(out: &mut dyn Write, rows: impl Iterator<Item = String>, null: bool) -> io::Result<()> {
    let mut seen = BTreeSet::new();
    for path in rows {
        if !seen.contains(&path) {
            out.write_all(&path_bytes(&path))?;
            out.write_all(end(null).as_bytes())?;
            seen.insert(path);
        }
    }
    Ok(())
}

fn template_rows(
    out: &mut dyn Write,
    rows: impl Iterator<Item = io::Result<Fields>>,
    source: &str,
    null: bool,
) -> io::Result<()> {
    let template = Template::new(source).map_err(invalid)?;
    let mut is_checked = false;
    for row in rows {
        let Fields { json: mut fields, path } = row?;
        if let Some(fields) = fields.as_object().filter(|_| !is_checked) {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            template.check_names(&names).map_err(invalid)?;
            is_checked = true;
        }
        if let Some(field) = fields.get_mut("path") {
            *field = Value::String(NotePath::from_escaped(path).to_string());
        }
        let text = template.render(&fields).map_err(invalid)?;
        write!(out, "{text}{}", end(null))?;
    }
    Ok(())
}

const fn end(null: bool) -> &'static str {
    if null { "\0" } else { "\n" }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

fn csv_rows(out: &mut dyn Write, rows: &[Fields]) -> io::Result<()> {
    // a field that only some rows have, such as `explain`, still gets a column
    let mut header: Vec<&str> = Vec::new();
    let mut known = BTreeSet::new();
    for key in rows.iter().filter_map(|row| row.json.as_object()).flat_map(|fields| fields.keys()) {
        if known.insert(key.as_str()) {
            header.push(key);
        }
    }
    if header.is_empty() {
        return Ok(());
    }
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(&header)?;
    for row in rows {
        writer.write_record(header.iter().map(|key| row.json.get(key).map_or_else(String::new, csv_cell)))?;
    }
    writer.flush()
}

fn csv_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(csv_cell).collect::<Vec<_>>().join("; "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Document;
    use crate::view::report;
    use crate::view::vimgrep::Source;
    use serde_json::json;
    use std::borrow::Cow;
    use std::os::unix::ffi::OsStringExt as _;

    /// A row with any fields.
    #[derive(Clone)]
    struct Thing {
        path: NotePath,
        json: Value,
        text: String,
    }

    impl Serialize for Thing {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.json.serialize(serializer)
        }
    }

    impl report::Row for Thing {
        fn path(&self) -> Option<&NotePath> {
            Some(&self.path)
        }

        fn text(&self) -> Cow<'_, str> {
            Cow::Borrowed(&self.text)
        }
    }

    struct Things<'a>(&'a [Thing]);

    impl Report for Things<'_> {
        fn rows(&self) -> impl Iterator<Item = impl report::Row> {
            self.0.iter()
        }

        fn show(&self, _: &dyn Paths) -> Document {
            Document::default()
        }
    }

    /// Somebody in a folder below the notes.
    struct Below;

    impl Paths for Below {
        fn shown(&self, path: &NotePath) -> String {
            format!("../{}", path.as_str())
        }

        fn address(&self, _: &NotePath) -> String {
            String::new()
        }
    }

    fn write_bytes(rows: &[Thing], format: &str, null: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let text = |path: &NotePath| {
            let text = "été, one\n  été, two \n".to_owned();
            (path.as_str() == "z.md").then_some(Source { text, damaged: None })
        };
        write_report(&mut out, &Things(rows), &format.parse().unwrap(), null, &Below, &text).unwrap();
        out
    }

    fn write(rows: &[Thing], format: &str, null: bool) -> String {
        String::from_utf8(write_bytes(rows, format, null)).unwrap()
    }

    fn row(path: &str, line: u64, text: &str) -> Thing {
        let json = json!({
            "path": path, "line": line, "column": 3, "text": text, "tags": ["a", "b"], "due": null,
            "links": [{"url": "https://a.example", "text": "A"}],
        });
        Thing { path: NotePath::from(path), json, text: text.to_owned() }
    }

    #[track_caller]
    fn case(format: &str, want: &str) {
        assert_eq!(write(&[row("x.md", 1, "one, two"), row("x.md", 2, "a \"b\"")], format, false), want);
    }

    #[test]
    fn every_format() {
        let object = |line: u64, text: &str| {
            format!(
                r#"{{"path":"x.md","line":{line},"column":3,"text":"{text}","tags":["a","b"],"due":null,"links":[{{"url":"https://a.example","text":"A"}}]}}"#
            )
        };
        let (one, two) = (object(1, "one, two"), object(2, r#"a \"b\""#));
        case("text", "");
        case("json", &format!("[{one},\n {two}]\n"));
        case("jsonl", &format!("{one}\n{two}\n"));
        let link = r#""{""url"":""https://a.example"",""text"":""A""}""#;
        case(
            "csv",
            &format!(
                "path,line,column,text,tags,due,links\nx.md,1,3,\"one, two\",a; b,,{link}\nx.md,2,3,\"a \"\"b\"\"\",a; b,,{link}\n"
            ),
        );
        case("path", "../x.md\n");
        case("vimgrep", "../x.md:1:3: one, two\n../x.md:2:3: a \"b\"\n");
        case("{{ path }}:{{ line }} {{ text }}", "../x.md:1 one, two\n../x.md:2 a \"b\"\n");
    }

    #[test]
    fn what_json_prints_is_json() {
        let rows = [row("x.md", 1, "a\u{1b}\u{202e}\n"), row("y.md", 2, "")];
        let read: Value = serde_json::from_str(&write(&rows, "json", false)).unwrap();
        assert_eq!(read, json!([rows[0].json, rows[1].json]));
    }

    #[test]
    fn nothing_is_an_empty_array() {
        assert_eq!(write(&[], "json", false), "[]\n");
        for format in ["jsonl", "csv", "path", "vimgrep", "{{ path }}"] {
            assert_eq!(write(&[], format, false), "", "{format}");
        }
    }

    #[test]
    fn rows_end_as_asked() {
        let rows = [row("x.md", 1, "a"), row("y.md", 1, "a\r\nb\rc")];
        assert_eq!(write(&rows, "path", true), "../x.md\0../y.md\0");
        assert_eq!(write(&rows, "{{ line }};", true), "1;\u{0}1;\u{0}");
        assert_eq!(write(&rows, "vimgrep", true), "../x.md:1:3: a\n../y.md:1:3: a b c\n");
    }

    #[test]
    fn any_name_can_be_opened() {
        let mut odd = row("x.md", 1, "a");
        odd.path = NotePath::from_os(&std::ffi::OsString::from_vec(b"caf\xe9.md".to_vec()));
        assert_eq!(write_bytes(std::slice::from_ref(&odd), "path", true), b"../caf\xe9.md\0");
        assert_eq!(write(&[odd], "{{ path }}", false), "../caf\u{FFFD}.md\n");
    }

    #[test]
    fn vimgrep_counts_bytes_and_shows_lines() {
        let rows = [row("z.md", 2, ""), row("z.md", 1, "own words"), row("gone.md", 1, "")];
        assert_eq!(write(&rows, "vimgrep", false), "../z.md:2:3: été, two\n../z.md:1:4: own words\n../gone.md:1:3: \n");
    }

    #[test]
    fn csv_has_the_columns_of_every_row() {
        let plain = |json| Thing { path: NotePath::default(), json, text: String::new() };
        let rows = [plain(json!({"a": 1})), plain(json!({"b": [], "a": true}))];
        assert_eq!(write(&rows, "csv", false), "a,b\n1,\ntrue,\n");
    }

    #[test]
    fn a_wrong_format_is_helped() {
        let error = "jsno".parse::<Format>().unwrap_err();
        assert!(error.contains("did you mean json?"), "{error}");
        let error = "table".parse::<Format>().unwrap_err();
        assert!(error.contains("text, md, json, jsonl, csv, path, vimgrep, or a template"), "{error}");
    }
}
