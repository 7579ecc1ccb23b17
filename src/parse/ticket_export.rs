//! Exports of trackers: tickets with titles and states, as CSV or JSON from Jira, GitHub or GitLab.
//!
//! All or nothing: a file that is cut off or not understood is an error with its line. Nothing is fetched.

mod fields;
mod json;
mod separated;

use std::collections::BTreeMap;

use crate::model::ticket;
use crate::model::ticket::Trackers;
use crate::parse::ticket_export::fields::Fields;
use crate::parse::ticket_export::fields::line_of;

pub use fields::ExportError;

/// A ticket as exported by its tracker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportedTicket {
    /// `RETAIL-23617`, `acme/shop#12`
    pub key: String,
    /// Its page, if the export has it.
    pub url: Option<String>,
    /// Its title.
    pub title: String,
    /// Its state in the tracker's own words.
    pub status: String,
    /// 1-based line of the export.
    pub line: usize,
}

/// Reads an export.
///
/// # Errors
///
/// When it is cut off, is not an export of tickets, or has two different entries for one ticket.
pub fn read(text: &str, trackers: &Trackers) -> Result<Vec<ExportedTicket>, ExportError> {
    if let Some(at) = text.find('\0') {
        return Err(ExportError::new(line_of(text, at), "this is not text: it contains a NUL byte"));
    }
    let is_json = text.trim_start().starts_with(['[', '{']);
    let rows = if is_json { json::read(text)? } else { separated::read(text)? };
    let mut tickets: Vec<ExportedTicket> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (line, fields) in rows {
        let ticket = fields.ticket(line, trackers)?;
        match known.get(&ticket.key).and_then(|&index| tickets.get(index)) {
            Some(first) if (&first.title, &first.status) == (&ticket.title, &ticket.status) => {}
            Some(first) => {
                let message = format!("{} is in line {} already, with other values", ticket.key, first.line);
                return Err(ExportError::new(line, message));
            }
            None => {
                known.insert(ticket.key.clone(), tickets.len());
                tickets.push(ticket);
            }
        }
    }
    if tickets.is_empty() {
        return Err(ExportError::new(1, "there are no tickets in it"));
    }
    Ok(tickets)
}

impl Fields {
    fn ticket(self, line: usize, trackers: &Trackers) -> Result<ExportedTicket, ExportError> {
        let filled =
            |field: Option<String>| field.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        let url = filled(self.url).filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let by_url = url.as_ref().and_then(|url| trackers.of_url(url));
        let written = filled(self.key);
        let key = match (&written, by_url) {
            (Some(key), _) if is_key(key) => key.clone(),
            (Some(key), _) => {
                return Err(ExportError::new(
                    line,
                    format!("`{key}` is not a ticket key, such as SHOP-12 or acme/shop#12"),
                ));
            }
            (None, Some(key)) => key,
            (None, None) => {
                let number = filled(self.number);
                let numbered = number.as_ref().and_then(|number| {
                    let found = trackers.find(&format!("#{number}"));
                    found.into_iter().next().map(|sighting| sighting.key)
                });
                numbered.ok_or_else(|| match number {
                    Some(number) => ExportError::new(
                        line,
                        format!("ticket {number} says neither its address nor its repository: the setting `github` or `gitlab` can name one"),
                    ),
                    None => ExportError::new(line, "this ticket has neither key nor address"),
                })?
            }
        };
        Ok(ExportedTicket {
            key,
            url,
            title: filled(self.title).unwrap_or_default(),
            status: filled(self.status).unwrap_or_default(),
            line,
        })
    }
}

fn is_key(text: &str) -> bool {
    let (project, number) = ticket::split(text);
    let is_plain = text.len() <= 300 && !text.contains(char::is_whitespace);
    number.is_some() && is_plain && (ticket::is_project(project) || ticket::is_repository(project))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ticket::Tracker;

    fn trackers() -> Trackers {
        Trackers::new(vec![Tracker { github: Some("acme/shop".to_owned()), ..Tracker::default() }])
    }

    #[track_caller]
    fn reads(text: &str, want: &[(&str, &str, &str, usize)]) {
        let tickets = read(text, &trackers()).unwrap();
        let got: Vec<_> =
            tickets.iter().map(|t| (t.key.as_str(), t.title.as_str(), t.status.as_str(), t.line)).collect();
        assert_eq!(got, want, "{text}");
    }

    #[track_caller]
    fn refuses(text: &str, line: usize, words: &str) {
        let error = read(text, &trackers()).unwrap_err();
        assert!(error.line == line && error.message.contains(words), "{text}\n{error:?}");
    }

    #[test]
    fn exports_of_jira() {
        reads(
            "Summary,Issue key,Issue id,Status\r\n\"Retry, \"\"at once\"\"\nor later\",RETAIL-23617,10002,Done\r\nLogin,RETAIL-2,3,To Do\r\n",
            &[("RETAIL-23617", "Retry, \"at once\"\nor later", "Done", 2), ("RETAIL-2", "Login", "To Do", 4)],
        );
        reads("Issue key;Summary;Status\nSHOP-1;a, b;Open\n", &[("SHOP-1", "a, b", "Open", 2)]);
        let json = "{\"total\": 1, \"issues\": [\n {\"key\": \"SHOP-1\", \"self\": \"https://j.example.org/rest/api/2/issue/7\",\n  \"fields\": {\"summary\": \"A\", \"status\": {\"name\": \"Done\"}}},\n {\"key\": \"SHOP-2\", \"fields\": {\"summary\": \"B\"}}\n]}\n";
        reads(json, &[("SHOP-1", "A", "Done", 2), ("SHOP-2", "B", "", 4)]);
        assert_eq!(read(json, &trackers()).unwrap()[0].url.as_deref(), Some("https://j.example.org/browse/SHOP-1"));
    }

    #[test]
    fn exports_of_github_and_gitlab() {
        reads(
            "[{\"number\":12,\"state\":\"OPEN\",\"title\":\"A\",\"url\":\"https://github.com/o/r/issues/12\"},{\"number\":13,\"state\":\"CLOSED\",\"title\":\"B\"}]",
            &[("o/r#12", "A", "OPEN", 1), ("acme/shop#13", "B", "CLOSED", 1)],
        );
        reads(
            "[\n{\"iid\": 3, \"web_url\": \"https://gitlab.com/g/s/p/-/issues/3\", \"title\": \"A\", \"state\": \"opened\"}]",
            &[("g/s/p#3", "A", "opened", 2)],
        );
        reads(
            "Title,Description,Issue ID,URL,State\nA,\"long\n\ntext\",3,https://gitlab.com/g/p/-/issues/3,Open\n",
            &[("g/p#3", "A", "Open", 2)],
        );
    }

    #[test]
    fn what_is_cut_off_or_strange_is_refused_with_its_line() {
        refuses("", 1, "no tickets");
        refuses("Issue key,Summary\n", 1, "no tickets");
        refuses("Issue key,Summary\nSHOP-1,\"A\nSHOP-2,B\n", 2, "never ends");
        refuses("Issue key,Summary,Status\nSHOP-1,A,Open\nSHOP-2,B\n", 3, "2 cells");
        refuses("Name,Age\nIda,3\n", 1, "no column");
        refuses("Issue key,Summary\nSHOP-1,A\nnonsense,B\n", 3, "`nonsense`");
        refuses("Issue key,Summary\nSHOP-1,A\n,B\n", 3, "neither key nor address");
        refuses("Issue key,Summary\nSHOP-1,A\nSHOP-2,\"B\" c\n", 3, "follows a quoted cell");
        refuses("Issue key,Summary\nSHOP-1,A\nSHOP-1,B\n", 3, "line 2 already");
        refuses("Issue key,Summary\nSHOP-1,\0\n", 2, "NUL");
        refuses("[{\"key\": \"SHOP-1\"},\n{\"key\": \"SHOP-2\"", 2, "cut off");
        refuses("{\"a\": 1}", 1, "list of tickets");
        refuses("[{\"key\": \"SHOP-1\"},\n 3]", 2, "not a ticket");
    }
}
