//! Netscape's bookmark file, which every browser writes, and the similar HTML of Pocket and Instapaper. Called by the readers
//! of bookmarks.
//!
//! No tree is built: the tags `H1`, `H3`, `DL`, `A` and `DD` are enough, however they are nested and however badly closed.

use crate::model::Lines;
use crate::model::bookmark::Bookmark;
use crate::model::bookmark::BookmarkState;
use crate::model::bookmark::Bookmarks;
use crate::parse::bookmarks::clean::address;
use crate::parse::bookmarks::clean::day;
use crate::parse::bookmarks::clean::description;
use crate::parse::bookmarks::clean::one_line;
use crate::parse::bookmarks::clean::tags_and_archived;
use crate::parse::bookmarks::encoding::windows;
use crate::parse::plain::plain;

/// Folders nested more deeply are flattened.
const DEPTH: usize = 32;

/// True for HTML with a link in it.
pub(crate) fn has_links(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| text.get(at..at + 3).is_some_and(|tag| tag.eq_ignore_ascii_case("<a ")))
}

/// What the text being read belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Nothing,
    List,
    Folder,
    Title,
    Description,
}

/// Reads the whole file.
pub(crate) fn read(text: &str) -> Bookmarks {
    let lines = Lines::new(text);
    let mut found = Bookmarks::default();
    let mut reader = Reader {
        folders: Vec::new(),
        open: Vec::new(),
        next_folder: None,
        list: BookmarkState::Kept,
        lists: false,
        current: None,
    };
    reader.lists = text.get(..text.floor_char_boundary(1_000)).is_some_and(|head| head.contains("Instapaper"));
    let mut part = Part::Nothing;
    let mut words = String::new();
    let mut at = 0;
    let last_line = |at: usize| lines.line(at.min(text.len().max(1) - 1));
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(length) = rest.find('<') else {
            words.push_str(rest);
            break;
        };
        words.push_str(rest.get(..length).unwrap_or(""));
        let begin = at + length;
        let Some(tag) = Tag::of(text.get(begin..).unwrap_or("")) else {
            found.oddities.push((last_line(begin), "the file ends within a tag: it was cut off here".to_owned()));
            break;
        };
        at = begin + tag.len;
        let name = tag.name.to_ascii_lowercase();
        // unknown tags are markup in a title: their words count
        let is_ours = matches!(
            name.as_str(),
            "h1" | "/h1"
                | "h3"
                | "/h3"
                | "dl"
                | "/dl"
                | "ul"
                | "/ul"
                | "ol"
                | "/ol"
                | "dt"
                | "dd"
                | "li"
                | "a"
                | "/a"
                | "p"
                | "hr"
        );
        if !is_ours {
            if name == "br" {
                words.push(' ');
            }
            continue;
        }
        reader.end(part, &std::mem::take(&mut words));
        part = Part::Nothing;
        match name.as_str() {
            "h1" => part = Part::List,
            "h3" => part = Part::Folder,
            "dl" => {
                let folder = reader.next_folder.take().filter(|_| reader.folders.len() < DEPTH);
                reader.open.push(folder.is_some());
                reader.folders.extend(folder);
            }
            "/dl" if reader.open.pop() == Some(true) => {
                reader.folders.pop();
            }
            "a" => {
                reader.flush(&mut found);
                match address(&tag.attribute("href").unwrap_or_default()) {
                    Ok(url) => {
                        reader.current = Some(reader.bookmark(&tag, url));
                        part = Part::Title;
                    }
                    Err(why) => found.oddities.push((lines.line(begin), why)),
                }
            }
            "dd" => part = Part::Description,
            _ => {}
        }
        if matches!(name.as_str(), "dt" | "li" | "h1" | "h3" | "dl" | "/dl" | "hr") {
            reader.flush(&mut found);
        }
    }
    reader.end(part, &words);
    if part == Part::Title {
        found.oddities.push((last_line(text.len()), "the file ends within an entry: it was cut off here".to_owned()));
    } else if !reader.open.is_empty() {
        found.oddities.push((last_line(text.len()), "the file ends within a folder: it was cut off here".to_owned()));
    }
    reader.flush(&mut found);
    found
}

struct Reader {
    folders: Vec<String>,
    /// For each open list, whether it is a named folder.
    open: Vec<bool>,
    next_folder: Option<String>,
    /// The state that a list of Pocket or Instapaper stands for.
    list: BookmarkState,
    /// True if every list has its own heading, as Instapaper's folders do.
    lists: bool,
    current: Option<Bookmark>,
}

impl Reader {
    fn bookmark(&self, tag: &Tag<'_>, url: String) -> Bookmark {
        let said = |name: &str| tag.attribute(name).unwrap_or_default();
        let is_set = |name: &str| matches!(said(name).trim(), "1" | "true");
        let (tags, archived) = tags_and_archived(&said("tags"));
        let state = match BookmarkState::from_name(&said("state")) {
            BookmarkState::Kept if is_set("toread") => BookmarkState::ToRead,
            BookmarkState::Kept if archived => BookmarkState::Read,
            BookmarkState::Kept => self.list,
            state => state,
        };
        let added = ["add_date", "time_added"].into_iter().find_map(|name| day(&said(name)));
        Bookmark {
            url,
            group: self.folders.clone(),
            tags,
            added,
            finished: day(&said("finished")),
            state,
            private: is_set("private"),
            ..Bookmark::default()
        }
    }

    /// Assigns the words to what they belong to.
    fn end(&mut self, part: Part, words: &str) {
        let written = unescaped(words);
        let words = one_line(&written);
        match (part, &mut self.current) {
            (Part::Nothing, _) => {}
            (Part::List, _) if self.lists && !matches!(words.to_ascii_lowercase().as_str(), "unread" | "archive") => {
                self.list = BookmarkState::Kept;
                self.folders = vec![words];
            }
            (Part::List, _) => match words.to_ascii_lowercase().as_str() {
                "unread" => (self.list, self.folders) = (BookmarkState::ToRead, Vec::new()),
                "read archive" | "archive" => (self.list, self.folders) = (BookmarkState::Read, Vec::new()),
                _ => {}
            },
            (Part::Folder, _) => self.next_folder = Some(words).filter(|words| !words.is_empty()),
            (Part::Title, Some(bookmark)) => bookmark.title = words,
            (Part::Description, Some(bookmark)) => bookmark.description = description(&written),
            (Part::Title | Part::Description, None) => {}
        }
    }

    fn flush(&mut self, found: &mut Bookmarks) {
        found.bookmarks.extend(self.current.take());
    }
}

/// A tag: `<A HREF="…">`.
struct Tag<'a> {
    /// With `/` for a closing tag.
    name: &'a str,
    attributes: &'a str,
    /// In bytes, brackets included.
    len: usize,
}

impl<'a> Tag<'a> {
    /// The tag at the beginning of a text; `None` if it does not end.
    fn of(text: &'a str) -> Option<Self> {
        if text.starts_with("<!--") {
            return Some(Self { name: "!", attributes: "", len: text.find("-->")? + 3 });
        }
        let mut quote = None;
        let mut before = ' ';
        let end = text.char_indices().find_map(|(at, c)| {
            match (quote, c) {
                (None, '>') => return Some(at),
                // quotes start a value only after `=`
                (None, '"' | '\'') if before == '=' => quote = Some(c),
                (Some(open), _) if open == c => quote = None,
                _ => {}
            }
            if !c.is_whitespace() {
                before = c;
            }
            None
        })?;
        let inner = text.get(1..end)?;
        let split = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at_checked(split)?;
        Some(Self { name, attributes, len: end + 1 })
    }

    /// The value of an attribute, with entities resolved.
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (name, behind) = rest.split_at_checked(end)?;
            let behind = behind.trim_start();
            let Some(value) = behind.strip_prefix('=') else {
                rest = if end == 0 { behind.get(1..).unwrap_or("") } else { behind };
                continue;
            };
            let value = value.trim_start();
            let (value, next) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = value.get(1..).unwrap_or("");
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                _ => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len()))?,
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(unescaped(value));
            }
            rest = next.trim_start();
        }
        None
    }
}

/// Resolves the entities that occur in such files.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        // no entity of HTML is longer
        let head = behind.get(..behind.floor_char_boundary(34)).unwrap_or("");
        let found = head.split_once(';').and_then(|(name, _)| Some((name, entity(name)?)));
        match found {
            Some((name, meant)) => {
                out.push_str(&meant);
                rest = behind.get(name.len() + 1..).unwrap_or("");
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        if name == "nbsp" {
            return Some('\u{A0}'.to_string());
        }
        // the Markdown parser knows all of HTML's entities
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let written = format!("&{name};");
        return Some(plain(&written)).filter(|meant| is_name && !meant.is_empty() && *meant != written);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // numeric references are decoded as browsers do
    let c = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => windows(byte),
        _ => char::from_u32(code)?,
    };
    Some(c.to_string())
}
