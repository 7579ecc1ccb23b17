//! Bookmarks as a JSON array of objects: Pinboard's and ours. Called by the readers of bookmarks.

use serde_json::Map;
use serde_json::Value;

use crate::model::bookmark::Bookmark;
use crate::model::bookmark::BookmarkState;
use crate::model::bookmark::Bookmarks;
use crate::parse::bookmarks::clean::address;
use crate::parse::bookmarks::clean::day;
use crate::parse::bookmarks::clean::one_line;
use crate::parse::bookmarks::clean::tags;

/// Reads an array of objects with a key `href` or `url`; `None` if it is something else.
///
/// # Errors
///
/// The 1-based line where the JSON breaks off or becomes invalid.
pub(crate) fn read(text: &str) -> Result<Option<Bookmarks>, usize> {
    let rows: Vec<Value> = serde_json::from_str(text).map_err(|error| error.line().max(1))?;
    let named = |row: &Value| ["href", "url"].iter().any(|name| row.get(name).is_some());
    if !rows.is_empty() && !rows.iter().any(named) {
        return Ok(None);
    }
    let mut found = Bookmarks::default();
    for (index, row) in rows.iter().enumerate() {
        match row.as_object().ok_or_else(|| "not an object: skipped".to_owned()).and_then(bookmark) {
            Ok(bookmark) => found.bookmarks.push(bookmark),
            // serde_json gives no line numbers: assume one entry per line, as programs write it
            Err(why) => found.oddities.push((index + 1, why)),
        }
    }
    Ok(Some(found))
}

fn bookmark(row: &Map<String, Value>) -> Result<Bookmark, String> {
    let said = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
    let is_pinboard = row.contains_key("href");
    let url = address(said(if is_pinboard { "href" } else { "url" }))?;
    let words = |name: &str| match row.get(name) {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(written)) => written.split_whitespace().map(str::to_owned).collect(),
        _ => Vec::<String>::new(),
    };
    let state = match BookmarkState::from_name(said("state")) {
        BookmarkState::Kept if said("toread") == "yes" => BookmarkState::ToRead,
        state => state,
    };
    let (title, description) = if is_pinboard { ("description", "extended") } else { ("title", "description") };
    let title = one_line(said(title));
    Ok(Bookmark {
        // Pinboard uses the address as the title of a page without one
        title: if title == url { String::new() } else { title },
        url,
        group: words("group"),
        tags: tags(&words("tags").join(",")),
        added: ["time", "added"].into_iter().find_map(|name| day(said(name))),
        finished: ["finished", "read_at"].into_iter().find_map(|name| day(said(name))),
        state,
        description: one_line(said(description)),
        private: said("shared") == "no" || row.get("private").and_then(Value::as_bool) == Some(true),
    })
}
