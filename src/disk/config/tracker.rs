//! Adds a tracker to the text of a `book.toml`, with edits that leave every other byte as it is.

use std::path::Path;

use thiserror::Error;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::disk::config;
use crate::disk::config::SettingsError;
use crate::disk::settings::Settings;
use crate::model::Edit;
use crate::model::Lines;
use crate::model::ticket::Trackers;

/// Why a tracker is not added.
#[derive(Debug, Error)]
pub enum TrackerError {
    /// The settings are invalid, before or after.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The project is already configured, with another address.
    #[error("{path}:{line}: {project} already has another address here: {url}", path = path.display())]
    Other {
        /// The settings.
        path: std::path::PathBuf,
        /// 1-based.
        line: usize,
        /// The project.
        project: String,
        /// Its address there.
        url: String,
    },
    /// The settings are written in a way that allows no addition without changing existing text.
    #[error("{path}: its ticket settings are written in a form that cannot be extended", path = path.display())]
    Unclear {
        /// The settings.
        path: std::path::PathBuf,
    },
}

/// The edits that add a project to the settings; none if it is already there. `url` has the placeholders `{key}` and `{num}`.
///
/// # Errors
///
/// [`TrackerError`]; the resulting text is parsed again to verify that it says what was asked for.
pub fn add(path: &Path, text: &str, project: &str, url: Option<&str>) -> Result<Vec<Edit>, TrackerError> {
    let before = config::parse(path, text)?;
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = text.get(mark..).unwrap_or("");
    let unclear = || TrackerError::Unclear { path: path.to_owned() };
    let document = DeTable::parse(body).map_err(|_| unclear())?;
    let found = config::find(document.get_ref(), &format!("{}.tickets", config::TABLE));
    let place = Place { text: body, path, project, url };
    let edits = match found {
        Some(tickets) => place.in_list(tickets)?,
        None => vec![place.new_table(body.len())],
    };
    let edits: Vec<Edit> =
        edits.into_iter().map(|edit| Edit { start: edit.start + mark, end: edit.end + mark, ..edit }).collect();
    let after = crate::edit::splice::apply_text(text, &edits).map_err(|_| unclear())?;
    let after = config::parse(path, &after)?;
    let asked = format!("{project}-1");
    let is_as_asked = after.tickets.knows(project)
        && url.is_none_or(|url| after.tickets.url(&asked) == Some(url.replace("{key}", project).replace("{num}", "1")));
    let without = |settings: &Settings| Settings { tickets: Trackers::default(), ..settings.clone() };
    if is_as_asked && without(&before) == without(&after) { Ok(edits) } else { Err(unclear()) }
}

struct Place<'a> {
    text: &'a str,
    path: &'a Path,
    project: &'a str,
    url: Option<&'a str>,
}

impl Place<'_> {
    /// The edits if there are tables of tickets already.
    fn in_list(&self, tickets: &Spanned<DeValue<'_>>) -> Result<Vec<Edit>, TrackerError> {
        let unclear = || TrackerError::Unclear { path: self.path.to_owned() };
        let items = tickets.get_ref().as_array().ok_or_else(unclear)?;
        let mut shared = None;
        let mut end = None;
        for item in items {
            let Some(table) = item.get_ref().as_table() else { continue };
            let keys = table.get("keys");
            let address = table.get("url");
            let values = table.iter().map(|(_, value)| value.span().end);
            end = values.max().or(Some(item.span().end)).max(end);
            let Some(names) = keys.and_then(|keys| keys.get_ref().as_array()) else { continue };
            if names.iter().any(|name| name.get_ref().as_str() == Some(self.project)) {
                let written = address.and_then(|address| address.get_ref().as_str());
                return match (written, self.url, keys) {
                    // other projects in the same table keep their address
                    (None, Some(_), _) if names.len() > 1 => continue,
                    (None, Some(url), Some(keys)) => Ok(vec![self.with_url(item, keys, url)]),
                    (Some(written), Some(url), _) if written != url => Err(TrackerError::Other {
                        path: self.path.to_owned(),
                        line: Lines::new(self.text).line(address.map_or(0, |address| address.span().start)),
                        project: self.project.to_owned(),
                        url: written.to_owned(),
                    }),
                    _ => Ok(Vec::new()),
                };
            }
            let is_same = self.url.is_some() && address.and_then(|address| address.get_ref().as_str()) == self.url;
            if is_same && shared.is_none() {
                shared = Some((keys.map_or(0, |keys| keys.span().start), names.iter().last().map(Spanned::span)));
            }
        }
        if let Some((array, last)) = shared {
            return Ok(vec![match last {
                Some(last) => insert(last.end, format!(", \"{}\"", self.project)),
                None => insert(array + 1, format!("\"{}\"", self.project)),
            }]);
        }
        // an inline list: `tickets = [{ keys = ["SHOP"] }]`
        let list = tickets.span();
        let written = self.text.get(list.clone()).unwrap_or("");
        if written.starts_with('[') && !written.starts_with("[[") {
            return Ok(vec![match items.iter().last() {
                Some(last) => insert(last.span().end, format!(", {}", self.inline())),
                None => insert(list.start + 1, self.inline()),
            }]);
        }
        Ok(vec![self.new_table(end.unwrap_or(self.text.len()))])
    }

    /// Sets the address of a project that has none.
    fn with_url(&self, item: &Spanned<DeValue<'_>>, keys: &Spanned<DeValue<'_>>, url: &str) -> Edit {
        let is_inline = self.text.get(item.span()).is_some_and(|written| written.starts_with('{'));
        let at = keys.span().end;
        if is_inline {
            return insert(at, format!(", url = {}", quoted(url)));
        }
        let end = self.line_end(at);
        insert(end, format!("{}url = {}", self.newline(), quoted(url)))
    }

    /// A separate table below the line of a byte.
    fn new_table(&self, at: usize) -> Edit {
        let newline = self.newline();
        let end = self.line_end(at);
        let before = self.text.get(..end).unwrap_or("");
        let mut lines = vec!["[[preprocessor.hornbook.tickets]]".to_owned(), format!("keys = [\"{}\"]", self.project)];
        lines.extend(self.url.map(|url| format!("url = {}", quoted(url))));
        let table = lines.join(newline);
        // a blank line above; at the end of the file, a final line end as before
        let gap = if before.trim().is_empty() {
            ""
        } else if before.ends_with(['\n', '\r']) {
            newline
        } else {
            return insert(
                end,
                format!("{newline}{newline}{table}{}", if end == self.text.len() { newline } else { "" }),
            );
        };
        insert(end, format!("{gap}{table}{newline}"))
    }

    fn inline(&self) -> String {
        let url = self.url.map(|url| format!(", url = {}", quoted(url))).unwrap_or_default();
        format!("{{ keys = [\"{}\"]{url} }}", self.project)
    }

    /// The end of the line of a byte, before its line end.
    fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find(['\n', '\r'])).map_or(self.text.len(), |length| at + length)
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }
}

fn insert(at: usize, text: String) -> Edit {
    Edit { start: at, end: at, text }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::splice::apply_text;

    const URL: &str = "https://j.example.org/browse/{key}-{num}";

    #[track_caller]
    fn case(before: &str, url: Option<&str>, after: &str) {
        let edits = add(Path::new("book.toml"), before, "RETAIL", url).unwrap();
        assert_eq!(apply_text(before, &edits).unwrap(), after);
    }

    #[test]
    fn only_the_new_bytes_are_new() {
        let table = "[[preprocessor.hornbook.tickets]]\nkeys = [\"RETAIL\"]\n";
        let whole = format!("{table}url = \"{URL}\"\n");
        case("", None, table);
        case(
            "# mine\n[book]\ntitle = \"T\" # x\n",
            Some(URL),
            &format!("# mine\n[book]\ntitle = \"T\" # x\n\n{whole}"),
        );
        case("[book]\ntitle = \"T\"", Some(URL), &format!("[book]\ntitle = \"T\"\n\n{whole}"));
        case(
            "\u{feff}[book]\r\n",
            None,
            "\u{feff}[book]\r\n\r\n[[preprocessor.hornbook.tickets]]\r\nkeys = [\"RETAIL\"]\r\n",
        );
    }

    #[test]
    fn a_table_stands_behind_its_kind() {
        let tables = "[[preprocessor.hornbook.tickets]]\nkeys = [\"OPS\"] # ours\n\n# queries\n[preprocessor.hornbook.queries]\na = \"b\"\n";
        let want = "[[preprocessor.hornbook.tickets]]\nkeys = [\"OPS\"] # ours\n\n[[preprocessor.hornbook.tickets]]\nkeys = [\"RETAIL\"]\nurl = \"https://j.example.org/browse/{key}-{num}\"\n\n# queries\n[preprocessor.hornbook.queries]\na = \"b\"\n";
        case(tables, Some(URL), want);
    }

    #[test]
    fn projects_of_one_tracker_share_its_table() {
        let table = format!("[[preprocessor.hornbook.tickets]]\nkeys = [\n  \"OPS\", # old\n]\nurl = \"{URL}\"\n");
        case(&table, Some(URL), &table.replace("\"OPS\",", "\"OPS\", \"RETAIL\","));
        let list = "[preprocessor.hornbook]\ntickets = [{ keys = [\"OPS\"] }]\n";
        case(list, Some(URL), &list.replace(" }]", &format!(" }}, {{ keys = [\"RETAIL\"], url = \"{URL}\" }}]")));
    }

    #[test]
    fn a_shared_list_stays() {
        let table = "[[preprocessor.hornbook.tickets]]\nkeys = [\"RETAIL\", \"OPS\"] # ours\n";
        let own = format!("\n[[preprocessor.hornbook.tickets]]\nkeys = [\"RETAIL\"]\nurl = \"{URL}\"\n");
        case(table, Some(URL), &format!("{table}{own}"));
        case(&format!("{table}{own}"), Some(URL), &format!("{table}{own}"));
        case(table, None, table);
    }

    #[test]
    fn what_is_there_stays() {
        let table = "[[preprocessor.hornbook.tickets]]\nkeys = [\"RETAIL\"]\n";
        case(table, None, table);
        case(table, Some(URL), &format!("{table}url = \"{URL}\"\n"));
        let inline = "[preprocessor.hornbook]\ntickets = [{ keys = [\"RETAIL\"] }]\n";
        case(inline, Some(URL), &inline.replace("] }", &format!("], url = \"{URL}\" }}")));
        let other = format!("{table}url = \"https://x/{{num}}\"\n");
        let error = add(Path::new("book.toml"), &other, "RETAIL", Some(URL)).unwrap_err();
        assert_eq!(error.to_string(), "book.toml:3: RETAIL already has another address here: https://x/{num}");
    }

    #[test]
    fn what_cannot_hold_a_table_is_refused() {
        let inline = "preprocessor = { hornbook = { renderers = [] } }\n";
        assert!(add(Path::new("book.toml"), inline, "RETAIL", None).is_err());
        assert!(add(Path::new("book.toml"), "", "RETAIL", Some("ftp://x/{num}")).is_err());
        assert!(add(Path::new("book.toml"), "", "retail", None).is_err());
    }
}
