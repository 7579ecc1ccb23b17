//! Bookmarks as a table with a header row, separated by `,`, `;` or tabs: Pocket's, Instapaper's and ours. Called by the
//! readers of bookmarks.

use crate::model::bookmark::BETWEEN;
use crate::model::bookmark::Bookmark;
use crate::model::bookmark::BookmarkState;
use crate::model::bookmark::Bookmarks;
use crate::parse::bookmarks::clean::address;
use crate::parse::bookmarks::clean::day;
use crate::parse::bookmarks::clean::one_line;
use crate::parse::bookmarks::clean::tags_and_archived;

/// Reads a table; `None` if its first line has no column `url`.
pub(crate) fn read(text: &str) -> Option<Bookmarks> {
    [',', ';', '\t'].into_iter().find_map(|between| read_parted(text, between))
}

fn read_parted(text: &str, between: char) -> Option<Bookmarks> {
    let at = text.len() - text.trim_start_matches(['\n', '\r']).len();
    let mut rows = Rows { text, between, at, line: 1, cut: false };
    let names: Vec<String> = rows.next()?.1.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    let column = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let url = column(&["url", "href", "link"])?;
    let title = column(&["title", "name"]);
    let added = column(&["added", "time_added", "timestamp", "created", "date"]);
    let finished = column(&["finished", "date read", "read_at"]);
    let labels = column(&["tags"]);
    let status = column(&["state", "status", "exclusive shelf"]);
    let group = column(&["group", "folder"]);
    let about = column(&["description", "selection", "note", "notes"]);
    let private = column(&["private"]);
    let to_read = column(&["toread", "to read"]);
    let is_instapaper = names.iter().any(|name| name == "selection");
    let width = names.len();

    let mut found = Bookmarks::default();
    while let Some((line, row)) = rows.next() {
        if rows.cut {
            found
                .oddities
                .push((line, "the file ends within this row: it was cut off here, and the row is skipped".to_owned()));
            break;
        }
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", String::as_str);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let address = match address(cell(Some(url))) {
            Ok(address) => address,
            Err(why) => {
                found.oddities.push((line, why));
                continue;
            }
        };
        if row.len() < width && row.len() <= url.max(title.unwrap_or(0)) {
            found.oddities.push((line, format!("{} cells in a table of {width} columns", row.len())));
        }
        let mut folders: Vec<String> =
            cell(group).split(BETWEEN).map(one_line).filter(|folder| !folder.is_empty()).collect();
        let is_set = |column| matches!(cell(column).trim().to_ascii_lowercase().as_str(), "1" | "true" | "yes");
        let (tags, archived) = tags_and_archived(cell(labels));
        let mut state = match BookmarkState::from_name(cell(status)) {
            BookmarkState::Kept if is_set(to_read) => BookmarkState::ToRead,
            BookmarkState::Kept if archived => BookmarkState::Read,
            state => state,
        };
        if is_instapaper {
            // Instapaper's folders are lists: `Unread` and `Archive` are states
            match folders.first().map(|folder| folder.to_ascii_lowercase()).as_deref() {
                Some("unread") => (state, folders) = (BookmarkState::ToRead, Vec::new()),
                Some("archive") => (state, folders) = (BookmarkState::Read, Vec::new()),
                _ => {}
            }
        }
        let title = one_line(cell(title));
        found.bookmarks.push(Bookmark {
            // Pocket uses the address as the title of a page without one
            title: if title == cell(Some(url)).trim() { String::new() } else { title },
            url: address,
            group: folders,
            tags,
            added: day(cell(added)),
            finished: day(cell(finished)),
            state,
            description: one_line(cell(about)),
            private: is_set(private),
        });
    }
    Some(found)
}

/// The rows of a table with their first lines.
struct Rows<'a> {
    text: &'a str,
    /// The separator between cells.
    between: char,
    at: usize,
    line: usize,
    /// True when the last row ended within quotes.
    cut: bool,
}

impl Rows<'_> {
    fn next(&mut self) -> Option<(usize, Vec<String>)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let first = self.line;
        let mut row = vec![String::new()];
        let mut quoted = false;
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            let is_end = c == '\n' || (c == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n'));
            self.line += usize::from(is_end);
            let Some(cell) = row.last_mut() else { break };
            match c {
                '"' if quoted => {
                    if chars.next_if(|(_, next)| *next == '"').is_some() {
                        cell.push('"');
                    } else {
                        quoted = false;
                    }
                }
                '"' if !quoted && cell.trim().is_empty() => {
                    cell.clear();
                    quoted = true;
                }
                c if c == self.between && !quoted => row.push(String::new()),
                _ if is_end && !quoted => {
                    end = at + c.len_utf8();
                    break;
                }
                '\r' if !quoted => {}
                c => cell.push(c),
            }
        }
        self.cut = quoted;
        self.at += end;
        Some((first, row))
    }
}
