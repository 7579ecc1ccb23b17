//! Exports bookmarks: Netscape's HTML for every browser, linkding and Pinboard; CSV; a Markdown list.
//!
//! Round trip: [`crate::parse::bookmarks`] reads the same bookmarks back.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::model::bookmark::BETWEEN;
use crate::model::bookmark::Bookmark;
use crate::model::bookmark::BookmarkState;

/// Sorts bookmarks for a list with headings: folders in the order in which each first occurs, the contents of a folder
/// before its inner folders.
pub fn sort(bookmarks: &mut [Bookmark]) {
    let mut ranks: HashMap<Vec<String>, usize> = HashMap::new();
    for bookmark in bookmarks.iter() {
        for depth in 1..=bookmark.group.len() {
            let next = ranks.len();
            ranks.entry(bookmark.group.iter().take(depth).cloned().collect()).or_insert(next);
        }
    }
    bookmarks.sort_by_cached_key(|bookmark| {
        let rank = |depth| ranks.get(&bookmark.group.iter().take(depth).cloned().collect::<Vec<_>>()).copied();
        (1..=bookmark.group.len()).map(rank).collect::<Vec<_>>()
    });
}

/// Netscape's bookmark file. States that browsers do not have (being read, read, dropped) are in a custom attribute.
#[must_use]
pub fn html(bookmarks: &[Bookmark]) -> String {
    let mut out = String::from(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=UTF-8\">\n\
         <TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n",
    );
    let mut open: Vec<&str> = Vec::new();
    for bookmark in bookmarks {
        let group: Vec<&str> = bookmark.group.iter().map(String::as_str).collect();
        let shared = open.iter().zip(&group).take_while(|(a, b)| a == b).count();
        for depth in (shared..open.len()).rev() {
            let _ = writeln!(out, "{}</DL><p>", indent(depth + 1));
        }
        for (depth, folder) in group.iter().enumerate().skip(shared) {
            let _ = writeln!(out, "{0}<DT><H3>{1}</H3>\n{0}<DL><p>", indent(depth + 1), escaped(folder));
        }
        open = group;
        let mut attributes = format!("HREF=\"{}\"", escaped(&bookmark.url));
        if let Some(seconds) = bookmark.added.and_then(seconds) {
            let _ = write!(attributes, " ADD_DATE=\"{seconds}\"");
        }
        if let Some(finished) = bookmark.finished {
            let _ = write!(attributes, " FINISHED=\"{finished}\"");
        }
        if !bookmark.tags.is_empty() {
            let _ = write!(attributes, " TAGS=\"{}\"", escaped(&bookmark.tags.join(",")));
        }
        if bookmark.private {
            attributes.push_str(" PRIVATE=\"1\"");
        }
        match bookmark.state {
            BookmarkState::Kept => {}
            BookmarkState::ToRead => attributes.push_str(" TOREAD=\"1\""),
            state => {
                let _ = write!(attributes, " STATE=\"{}\"", state.name());
            }
        }
        let _ = writeln!(out, "{}<DT><A {attributes}>{}</A>", indent(open.len() + 1), escaped(&bookmark.title));
        if !bookmark.description.is_empty() {
            let _ = writeln!(out, "{}<DD>{}", indent(open.len() + 1), escaped(&bookmark.description));
        }
    }
    for depth in (0..=open.len()).rev() {
        let _ = writeln!(out, "{}</DL><p>", indent(depth));
    }
    out
}

fn indent(depth: usize) -> String {
    "    ".repeat(depth)
}

fn seconds(date: NaiveDate) -> Option<i64> {
    Some(date.and_hms_opt(0, 0, 0)?.and_utc().timestamp()).filter(|seconds| *seconds > 0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// CSV with a header row.
#[must_use]
pub fn csv(bookmarks: &[Bookmark]) -> String {
    let mut out = String::from("url,title,group,tags,added,state,finished,description,private\n");
    for bookmark in bookmarks {
        let added = bookmark.added.map(|date| date.to_string()).unwrap_or_default();
        let finished = bookmark.finished.map(|date| date.to_string()).unwrap_or_default();
        let private = if bookmark.private { "1" } else { "" };
        let cells = [
            bookmark.url.as_str(),
            &bookmark.title,
            &bookmark.group.join(BETWEEN),
            &bookmark.tags.join("|"),
            &added,
            bookmark.state.name(),
            &finished,
            &bookmark.description,
            private,
        ];
        let cells: Vec<String> = cells.into_iter().map(cell).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

fn cell(words: &str) -> String {
    if words.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}

/// A JSON array with one object per line.
#[must_use]
pub fn json(bookmarks: &[Bookmark]) -> String {
    let rows: Vec<String> = bookmarks.iter().filter_map(|bookmark| serde_json::to_string(bookmark).ok()).collect();
    format!("[{}]\n", rows.join(",\n "))
}

/// A list under a heading for each group, as in a reading note. `above` is the number of heading levels above
/// it.
#[must_use]
pub fn markdown(bookmarks: &[Bookmark], above: usize) -> String {
    let mut out = String::new();
    let mut open: &[String] = &[];
    for bookmark in bookmarks {
        if bookmark.group != open {
            out.push_str(if out.is_empty() { "" } else { "\n" });
            let shared = open.iter().zip(&bookmark.group).take_while(|(a, b)| a == b).count();
            // back in an outer folder: repeat its heading
            let from = shared.min(bookmark.group.len().saturating_sub(1));
            for (depth, folder) in bookmark.group.iter().enumerate().skip(from) {
                let _ = writeln!(out, "{} {}\n", "#".repeat((above + depth + 1).min(6)), in_markdown(folder));
            }
            open = &bookmark.group;
        }
        out.push_str(&item(bookmark));
    }
    out
}

/// A bookmark as a list item, with its line end.
#[must_use]
pub fn item(bookmark: &Bookmark) -> String {
    let mark = match bookmark.state {
        BookmarkState::Kept => "",
        BookmarkState::ToRead => "[ ] ",
        BookmarkState::Reading => "[/] ",
        BookmarkState::Read => "[x] ",
        BookmarkState::Dropped => "[-] ",
    };
    let link = if bookmark.title.is_empty() {
        format!("<{}>", bookmark.url)
    } else {
        // entities would be resolved there
        format!("[{}](<{}>)", in_markdown(&bookmark.title), bookmark.url.replace('&', "&amp;"))
    };
    let is_plain = !bookmark.url.contains(['(', ')', '&']) && !bookmark.title.is_empty();
    let link = if is_plain { format!("[{}]({})", in_markdown(&bookmark.title), bookmark.url) } else { link };
    let mut out = format!("- {mark}{link}");
    for tag in &bookmark.tags {
        let _ = write!(out, " #{tag}");
    }
    if let Some(added) = bookmark.added {
        let _ = write!(out, " ➕ {added}");
    }
    match (bookmark.state, bookmark.finished) {
        (BookmarkState::Read, Some(finished)) => drop(write!(out, " ✅ {finished}")),
        (BookmarkState::Dropped, Some(finished)) => drop(write!(out, " ❌ {finished}")),
        _ => {}
    }
    out.push('\n');
    if !bookmark.description.is_empty() {
        let _ = writeln!(out, "  {}", in_markdown(&bookmark.description));
    }
    out
}

/// Text escaped so that Markdown shows it as it is.
fn in_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for (at, c) in words.char_indices() {
        let begins = at == 0 && ("+->=|:~0123456789".contains(c));
        // at the beginning of a line, a number or a sign would start a list, a quote or a table
        let is_number = begins && c.is_ascii_digit();
        if is_number {
            let dot = words
                .find(|c: char| !c.is_ascii_digit())
                .filter(|&at| words.get(at..=at).is_some_and(|c| c == "." || c == ")"));
            if let Some(dot) = dot {
                let (number, rest) = words.split_at(dot);
                return format!(
                    "{number}\\{}{}",
                    rest.get(..1).unwrap_or(""),
                    in_markdown(rest.get(1..).unwrap_or(""))
                );
            }
        } else if begins
            || "\\`*_[]<>#&$%!^~|{}=@".contains(c)
            || words.get(at..).is_some_and(|rest| rest.starts_with("://"))
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    fn words() -> impl Strategy<Value = String> {
        "([!-~äß€•語\u{e9}] ?){0,12}".prop_map(|text| text.trim().to_owned())
    }

    fn bookmark() -> impl Strategy<Value = Bookmark> {
        let url = "(https?|ftp)://[a-z]{1,5}\\.example(/[a-z0-9&;=?%()~'._-]{0,9}){0,2}";
        let group = prop::collection::vec("[a-zA-Z&<\"' ,é]{0,4}[a-z]", 0..4);
        let tags = prop::collection::btree_set("[a-z][a-z0-9_]{0,4}", 0..3);
        let state = prop::sample::select(vec![
            BookmarkState::Kept,
            BookmarkState::ToRead,
            BookmarkState::Reading,
            BookmarkState::Read,
            BookmarkState::Dropped,
        ]);
        let added = prop::option::of(1_i32..20_000);
        (url, words(), group, tags, added, state, words(), any::<bool>()).prop_map(
            |(url, title, group, tags, added, state, description, private)| Bookmark {
                finished: match state {
                    BookmarkState::Read | BookmarkState::Dropped => added.and_then(NaiveDate::from_epoch_days),
                    _ => None,
                },
                title: if title == url { String::new() } else { title },
                url,
                group: group.iter().map(|folder| folder.split_whitespace().collect::<Vec<_>>().join(" ")).collect(),
                tags: tags.into_iter().collect(),
                added: added.and_then(NaiveDate::from_epoch_days),
                state,
                description,
                private,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bookmarks in prop::collection::vec(bookmark(), 1..6)) {
            for file in [html(&bookmarks), csv(&bookmarks)] {
                let found = parse::bookmarks::read(file.as_bytes()).unwrap();
                prop_assert_eq!(&found.bookmarks, &bookmarks, "{}", file);
                prop_assert_eq!(&found.oddities, &[]);
            }
        }

        #[test]
        fn a_list_item_is_a_link_with_its_title(bookmark in bookmark()) {
            let text = format!("# Reading list\n\n{}", item(&bookmark));
            let note = parse::parse(&NotePath::from("a.md"), &text, &parse::Options::default()).note;
            let links: Vec<_> = note.links.iter().map(|link| (link.target.as_str(), link.text.as_str())).collect();
            let title = bookmark.title.as_str();
            prop_assert_eq!(links.first().map(|link| link.0), Some(bookmark.url.as_str()), "{}", text);
            prop_assert_eq!(links.len(), 1, "{}", text);
            if !title.is_empty() {
                prop_assert_eq!(links.first().map(|link| link.1), Some(title), "{}", text);
            }
            prop_assert_eq!(note.tasks.len(), usize::from(bookmark.state != BookmarkState::Kept), "{}", text);
            prop_assert_eq!(note.sections.len(), 1, "{}", text);
            let tags: Vec<&str> = note.tags.iter().map(|tag| tag.name.as_str()).collect();
            prop_assert_eq!(tags, bookmark.tags.iter().map(String::as_str).collect::<Vec<_>>(), "{}", text);
        }
    }

    #[test]
    fn folders_open_and_close() {
        let at = |group: &[&str]| Bookmark {
            url: "https://a.example/".into(),
            title: "A".into(),
            group: group.iter().map(|folder| (*folder).to_owned()).collect(),
            ..Bookmark::default()
        };
        let mut list = [at(&["x", "y"]), at(&["z"]), at(&[]), at(&["x"])];
        assert_eq!(parse::bookmarks::read(html(&list).as_bytes()).unwrap().bookmarks, list);
        sort(&mut list);
        assert_eq!(
            markdown(&list, 1),
            "- [A](https://a.example/)\n\n## x\n\n- [A](https://a.example/)\n\n### y\n\n- [A](https://a.example/)\n\n## z\n\n- [A](https://a.example/)\n"
        );
    }
}
