//! What a heading, a group in a list or the name of a note says of the links under it.

use crate::model::Note;
use crate::model::NotePath;
use crate::model::TitleFrom;

/// What is said of all links under a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    ToRead,
    ToLookAt,
    Reading,
    Read,
    Dropped,
    /// They are for reading; what has become of each is not said.
    List,
    /// They are sources, manuals, ways to go on.
    Reference,
}

/// A label and how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) label: Label,
    /// `Done`, `Later`, `Backlog` are said of anything: they count only where a reading list is meant.
    pub(super) weak: bool,
}

/// Longer lines are text.
const MOST_WORDS: usize = 7;

/// Words that change nothing.
const FILLERS: &[&str] = &[
    "my", "the", "our", "some", "a", "all", "of", "for", "on", "from", "articles", "article", "books", "book",
    "papers", "paper", "links", "link", "videos", "video", "talks", "talk", "blog", "blogs", "posts", "post",
    "podcasts", "courses", "things", "stuff", "items", "and", "these", "this", "last", "week", "month", "year",
    "today", "weekly", "monthly", "daily", "q1", "q2", "q3", "q4", "in", "during",
];

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

const STRONG: &[(Label, &[&str])] = &[
    (
        Label::ToRead,
        &[
            "to read",
            "toread",
            "to be read",
            "tbr",
            "tbr list",
            "still to read",
            "to read next",
            "next to read",
            "read next",
            "next reads",
            "read later",
            "to read later",
            "want to read",
            "i want to read",
            "wish to read",
            "must read",
            "must reads",
            "should read",
            "unread",
            "not read yet",
            "not yet read",
            "reading queue",
            "reading backlog",
            "to read list",
            "to study",
            "to read and watch",
            "to read watch",
            "to read or watch",
        ],
    ),
    (
        Label::ToLookAt,
        &[
            "should look at",
            "to look at",
            "look at",
            "look at later",
            "look into",
            "to look into",
            "should look into",
            "take look",
            "take look at",
            "have look",
            "have look at",
            "check out",
            "checkout later",
            "to check out",
            "should check out",
            "to check",
            "watch later",
            "to watch",
            "to watch later",
            "want to watch",
            "should watch",
            "watchlist",
            "watch list",
            "to listen",
            "to listen to",
            "listen later",
            "worth look",
            "might look at",
            "to explore",
        ],
    ),
    (
        Label::Reading,
        &[
            "currently reading",
            "reading now",
            "now reading",
            "reading currently",
            "still reading",
            "am reading",
            "i am reading",
            "currently watching",
            "started reading",
        ],
    ),
    (
        Label::Read,
        &[
            "read",
            "read recently",
            "recently read",
            "already read",
            "have read",
            "i have read",
            "i've read",
            "i read",
            "what i read",
            "what i've read",
            "what i have read",
            "what was read",
            "that i read",
            "that i've read",
            "finished reading",
            "done reading",
            "read and watched",
            "read watched",
            "watched",
            "watched recently",
            "recently watched",
            "i watched",
            "i've watched",
            "what i watched",
            "listened to",
            "read in",
            "read during",
            "read so far",
            "read already",
            "reading log",
            "reading diary",
            "reading journal",
            "reads",
            "recent reads",
        ],
    ),
    (
        Label::Dropped,
        &["did not finish", "didn't finish", "dnf", "not going to read", "won't read", "stopped reading", "abandoned"],
    ),
    (
        Label::List,
        &[
            "reading list",
            "reading lists",
            "readinglist",
            "to read or not",
            "reading material",
            "reading materials",
            "bookshelf",
            "reading inbox",
        ],
    ),
    (
        Label::Reference,
        &[
            "references",
            "reference",
            "kept reference",
            "kept as reference",
            "sources",
            "source",
            "see also",
            "further reading",
            "recommended reading",
            "suggested reading",
            "additional reading",
            "background reading",
            "more reading",
            "related reading",
            "documentation",
            "docs",
            "manuals",
            "resources",
            "useful",
            "useful resources",
            "related",
            "bibliography",
            "footnotes",
            "contents",
            "table contents",
            "toc",
            "navigation",
            "external",
            "more information",
            "learn more",
            "read more",
            "credits",
            "acknowledgements",
            "appendix",
            "tools",
        ],
    ),
];

const WEAK: &[(Label, &[&str])] = &[
    (Label::ToRead, &["queue", "up next", "next up", "next", "todo", "to do", "inbox"]),
    (Label::ToLookAt, &["backlog", "later", "someday", "someday maybe", "maybe", "maybe later", "interesting"]),
    (Label::Reading, &["reading", "in progress", "started", "current", "currently", "doing", "now"]),
    (Label::Read, &["done", "finished", "completed", "archive", "archived"]),
    (Label::Dropped, &["dropped", "rejected", "skipped", "gave up"]),
];

/// Beginnings behind which more words may stand: `should look at for the loom`.
const BEGINNINGS: &[(Label, &str)] = &[
    (Label::ToLookAt, "should look at "),
    (Label::ToLookAt, "to look at "),
    (Label::ToRead, "to read "),
    (Label::ToRead, "want to read "),
    (Label::Read, "read recently "),
    (Label::Read, "recently read "),
    (Label::Read, "what i read "),
    (Label::List, "reading list "),
];

/// What a label says; `None` where it says nothing of reading.
pub(super) fn classify(text: &str) -> Option<Found> {
    if text.len() > 90 {
        return None;
    }
    let words = normal(text);
    let whole = words.join(" ");
    if words.len() > MOST_WORDS || whole.is_empty() {
        return None;
    }
    let kept: Vec<&str> = words.iter().map(String::as_str).filter(|word| !FILLERS.contains(word)).collect();
    let kept = kept.join(" ");
    for form in [&whole, &kept] {
        let found = |table: &[(Label, &[&str])]| {
            table.iter().find(|(_, names)| names.contains(&form.as_str())).map(|(label, _)| *label)
        };
        if let Some(label) = found(STRONG) {
            return Some(Found { label, weak: false });
        }
        if let Some(label) = found(WEAK) {
            return Some(Found { label, weak: true });
        }
    }
    let ends = [(" to read", Label::ToRead), (" to watch", Label::ToLookAt), (" reading list", Label::List)];
    let begins = BEGINNINGS.iter().find(|(_, start)| whole.starts_with(start)).map(|(label, _)| *label);
    let label = begins.or_else(|| ends.iter().find(|(end, _)| whole.ends_with(end)).map(|(_, label)| *label))?;
    Some(Found { label, weak: false })
}

/// What the note's title, kind, file and folder say of its links.
pub(super) fn name_of_list(path: &NotePath, note: &Note) -> Option<(Label, String)> {
    let kinds = ["kind", "type"].iter().filter_map(|key| note.property(key)?.as_text());
    let stem = path.stem();
    let folder = path.as_str().rsplit('/').nth(1).unwrap_or("");
    let title = Some(note.title.as_str()).filter(|_| note.title_from != TitleFrom::FileName);
    let named = title.into_iter().chain([stem, folder]).find_map(|name| {
        let found = classify(name)?;
        // a note called `Reading` is a list, one called `Next` or `Docs` is anything
        let label = if found.weak && found.label == Label::Reading { Label::List } else { found.label };
        let counts = (!found.weak || label == Label::List) && label != Label::Reference;
        counts.then(|| (label, name.to_owned()))
    });
    let by_kind =
        |kind: &str| matches!(kind.trim().to_lowercase().as_str(), "reading" | "reading list" | "reading-list");
    named.or_else(|| kinds.into_iter().find(|kind| by_kind(kind)).map(|kind| (Label::List, kind.to_owned())))
}

/// The words in lower case, without dates, numbers and marks.
fn normal(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    text.split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()) && !MONTHS.contains(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_what_is_none() {
        for (text, label) in [
            ("should look at", Label::ToLookAt),
            ("Should look at:", Label::ToLookAt),
            ("read recently", Label::Read),
            ("Reading list", Label::List),
            ("Reading list, June 2026", Label::List),
            ("📚 My reading-list", Label::List),
            ("Books to read", Label::ToRead),
            ("To read", Label::ToRead),
            ("Read", Label::Read),
            ("Articles I've read in 2026", Label::Read),
            ("What I read this month", Label::Read),
            ("Further reading", Label::Reference),
            ("Watch later", Label::ToLookAt),
            ("Currently reading", Label::Reading),
        ] {
            assert_eq!(classify(text), Some(Found { label, weak: false }), "{text}");
        }
        for (text, label) in [("Done", Label::Read), ("Backlog", Label::ToLookAt), ("Reading", Label::Reading)] {
            assert_eq!(classify(text), Some(Found { label, weak: true }), "{text}");
        }
        for text in [
            "Progress Feb 2021",
            "Tue 8th Feb",
            "post RailsCamp",
            "",
            "Frameworks",
            "2026",
            "read the room before you speak up in it",
        ] {
            assert_eq!(classify(text), None, "{text}");
        }
    }
}
