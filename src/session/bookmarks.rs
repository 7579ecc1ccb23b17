//! The reading list for other programs.

use std::collections::BTreeMap;

use crate::index::Has;
use crate::index::Select;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::ReadingState;
use crate::model::bookmark::Bookmark;
use crate::model::bookmark::BookmarkState;
use crate::model::reading::ReadingPrecision;
use crate::model::web_address;
use crate::parse;
use crate::parse::markers::is_list_item;
use crate::query::Query;
use crate::report::bookmark_files;
use crate::report::reading::ReadingItem;
use crate::session::Error;
use crate::session::Session;

pub use crate::parse::bookmarks::read as read_bookmarks;

/// Other programs that read bookmarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookmarkFormat {
    /// Netscape's HTML: every browser, linkding, Pinboard.
    Html,
    /// A table.
    Csv,
    /// A list of links.
    Markdown,
    /// An array.
    Json,
}

impl Session {
    /// The reading list as other programs read it, references left out; `None` when the note is empty.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn export_reading(
        &self,
        query: &Query,
        states: &[ReadingState],
        format: BookmarkFormat,
    ) -> Result<Option<String>, Error> {
        let mut texts: BTreeMap<NotePath, Vec<String>> = BTreeMap::new();
        let notes = self.notes(Select::With(Has::Reading), query)?;
        let mut bookmarks = Vec::new();
        for item in self.reading_items(query)? {
            let wanted =
                if states.is_empty() { item.state != ReadingState::Reference } else { states.contains(&item.state) };
            let Some((path, line)) = item.place().filter(|_| wanted) else { continue };
            let lines = texts.entry(path.clone()).or_insert_with(|| {
                let text = self.text(path).map(|text| text.text).unwrap_or_default();
                text.lines().map(str::to_owned).collect()
            });
            let note = notes.at(path).map(|record| &record.parsed.note);
            let of_line = |note: &Note| {
                let from = note.tags.partition_point(|tag| tag.span.start < note.body_start);
                let own = note.tags.get(from..).unwrap_or(&[]);
                let first = own.partition_point(|tag| tag.line < line);
                own.iter().skip(first).take_while(|tag| tag.line == line).map(|tag| tag.name.clone()).collect()
            };
            let tags: Vec<String> = note.map(of_line).unwrap_or_default();
            let private = note.is_some_and(|note| note.privacy.private.is_some());
            let title = title(&item, note, line);
            let one = Bookmark { title, tags, private, ..bookmark(&item, lines, line) };
            // other addresses of the same thing are bookmarks of their own: no format has two in one
            let mut seen = vec![web_address::key(&item.url)];
            let mut others = Vec::new();
            for other in item.sightings.iter().filter(|sighting| sighting.is_other) {
                let key = web_address::key(&other.url);
                if seen.contains(&key) {
                    continue;
                }
                seen.push(key);
                let named = if one.title.is_empty() { String::new() } else { item.name() };
                let url = other.url.clone();
                others.push(Bookmark { url, title: named, description: String::new(), ..one.clone() });
            }
            bookmarks.push(one);
            bookmarks.append(&mut others);
        }
        bookmark_files::sort(&mut bookmarks);
        Ok((!bookmarks.is_empty()).then(|| match format {
            BookmarkFormat::Html => bookmark_files::html(&bookmarks),
            BookmarkFormat::Csv => bookmark_files::csv(&bookmarks),
            BookmarkFormat::Json => bookmark_files::json(&bookmarks),
            BookmarkFormat::Markdown => format!("# Reading list\n\n{}", bookmark_files::markdown(&bookmarks, 1)),
        }))
    }
}

/// What an item says by itself, and what goes on below it.
fn bookmark(item: &ReadingItem, lines: &[String], line: usize) -> Bookmark {
    // what goes on below a link was written about it; below a title without one the link itself does
    let first = lines.get(line.saturating_sub(1)).map_or("", String::as_str);
    let indent = first.len() - first.trim_start().len();
    let goes_on = |line: &&String| {
        let words = line.trim_start();
        !words.is_empty() && line.len() - words.len() > indent && !is_list_item(words)
    };
    let has_link = first.contains("://");
    let below = lines.iter().skip(line).take_while(goes_on).filter(|_| has_link).map(|line| parse::plain(line.trim()));
    let below: Vec<String> = below.filter(|words| !words.is_empty()).collect();
    let below = below.join(" ");
    // the rest of the item may count as a remark: it is said already
    let is_new = |remark: &&String| !remark.is_empty() && (below.is_empty() || !remark.ends_with(below.as_str()));
    let remarks = item.remarks.iter().map(|remark| own_words(remark)).collect::<Vec<_>>();
    let mut written: Vec<String> = remarks.iter().filter(is_new).cloned().collect();
    if !below.is_empty() {
        written.insert(0, below.clone());
    }
    Bookmark {
        url: item.url.clone(),
        group: item.group.clone(),
        added: item.added,
        finished: item.finished.filter(|_| item.finished_precision == Some(ReadingPrecision::Day)),
        state: match item.state {
            ReadingState::ToRead => BookmarkState::ToRead,
            ReadingState::Reading => BookmarkState::Reading,
            ReadingState::Read => BookmarkState::Read,
            ReadingState::Dropped => BookmarkState::Dropped,
            ReadingState::ToLookAt | ReadingState::Unsorted | ReadingState::Reference => BookmarkState::Kept,
        },
        description: written.join(" · "),
        ..Bookmark::default()
    }
}

/// The title that somebody wrote: the text of the link, else what the note says of it; empty where only the address says it.
fn title(item: &ReadingItem, note: Option<&Note>, line: usize) -> String {
    let of_address = web_address::page_name(&item.url).as_ref() == Some(&item.title);
    let links = note.map_or(&[][..], |note| &note.links);
    let from = links.partition_point(|link| link.line < line);
    let here = links.iter().skip(from).take_while(|link| link.line == line).find(|link| link.target == item.url);
    let is_text = |link: &&Link| matches!(link.kind, LinkKind::Inline | LinkKind::Reference) && !link.text.is_empty();
    // `[link](…)` says nothing of the page
    let says = |text: &&str| match text.to_lowercase().as_str() {
        "link" | "original" | "here" | "source" | "article" | "paper" | "video" | "pdf" => false,
        _ => of_address || text.contains(item.title.as_str()),
    };
    match here.filter(is_text).map(|link| link.text.as_str()).filter(says) {
        Some(text) => {
            let others = [item.author.as_deref(), item.venue.as_deref()].into_iter().flatten();
            let others = others.filter(|other| !text.contains(other));
            std::iter::once(text).chain(others).collect::<Vec<_>>().join(", ")
        }
        None if of_address => String::new(),
        None => item.name(),
    }
}

/// A remark without the tags and the day that stand before it on an item of ours.
fn own_words(remark: &str) -> String {
    let is_field = |word: &&str| {
        word.starts_with('#') || ["➕", "✅", "❌"].contains(word) || word.parse::<chrono::NaiveDate>().is_ok()
    };
    remark.split_whitespace().skip_while(is_field).collect::<Vec<_>>().join(" ")
}
