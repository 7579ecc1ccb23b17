//! The one place that decides what is published. Everything else in `site` sees published notes only.
//!
//! When in doubt a note stays at home: a `private:` that is neither clearly true nor clearly false counts as true, and so
//! does front matter that cannot be read but names one of our keys.

use crate::model::Note;
use crate::model::Parsed;
use crate::model::Value;

/// Why a note is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// `publish: false`
    Publish,
    /// `draft: true`
    Draft,
    /// `private: true`
    Private,
    /// The tag `#private`, anywhere in the note: a private section makes the note private, since what is around it
    /// (its title, its links, its tasks) tells of it.
    Tag,
    /// The setting `site.exclude`.
    Excluded,
    /// Front matter that cannot be read and may say one of the above.
    Unreadable,
}

/// Says whether a note may be seen by others; `None` when it may. `excluded`: the setting `site.exclude` names it.
/// `head` is the beginning of the note's text, asked for only where its front matter cannot be read.
#[must_use]
pub fn withheld(parsed: &Parsed, excluded: bool, drafts: bool, head: impl FnOnce() -> String) -> Option<Withheld> {
    let note = &parsed.note;
    if excluded {
        return Some(Withheld::Excluded);
    }
    if said(note, "private").is_some_and(|said| said != Some(false)) {
        return Some(Withheld::Private);
    }
    if said(note, "publish").is_some_and(|said| said != Some(true)) {
        return Some(Withheld::Publish);
    }
    if !drafts && said(note, "draft").is_some_and(|said| said != Some(false)) {
        return Some(Withheld::Draft);
    }
    let private = |name: &str| {
        let name = name.trim_start_matches('#').to_lowercase();
        name == "private" || name.starts_with("private/")
    };
    if note.tags.iter().any(|tag| private(&tag.name)) {
        return Some(Withheld::Tag);
    }
    let unreadable = parsed.diagnostics.iter().any(|diagnostic| diagnostic.code.starts_with("front-matter-"));
    if unreadable {
        let head = head().to_lowercase();
        if ["private", "publish", "draft"].iter().any(|key| head.contains(key)) {
            return Some(Withheld::Unreadable);
        }
    }
    None
}

/// What the front matter says under a key: nothing, yes, no, or something unclear.
fn said(note: &Note, key: &str) -> Option<Option<bool>> {
    let value = note.property(key)?;
    Some(match value {
        Value::Null => return None,
        Value::Text(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" | "on" | "1" | "y" => Some(true),
            "false" | "no" | "off" | "0" | "n" => Some(false),
            _ => None,
        },
        Value::List(_) | Value::Map(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, want: Option<Withheld>) {
        let parsed = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default());
        assert_eq!(withheld(&parsed, false, false, || text.to_owned()), want, "{text}");
    }

    #[test]
    fn what_stays_at_home() {
        case("words", None);
        case("---\npublish: true\nprivate: false\ndraft: no\n---\n", None);
        case("---\npublish: false\n---\n", Some(Withheld::Publish));
        case("---\nPublish: \"no\"\n---\n", Some(Withheld::Publish));
        case("---\nprivate: True\n---\n", Some(Withheld::Private));
        case("---\nprivate: for Ida\n---\n", Some(Withheld::Private));
        case("---\ndraft: yes\n---\n", Some(Withheld::Draft));
        case("---\ntags: [a, Private]\n---\n", Some(Withheld::Tag));
        case("---\ntags: private/money\n---\n", Some(Withheld::Tag));
        case("text\n\n## Part\n\nmore #private text\n", Some(Withheld::Tag));
        case("a `#private` word in code, #privateer\n", None);
        case("---\nprivate: true\nx: [1\n---\n", Some(Withheld::Private));
        case("---\nx: [1\n\tprivate: true\n---\n", Some(Withheld::Unreadable));
    }

    #[test]
    fn drafts_are_for_ones_own_eyes() {
        let text = "---\ndraft: true\n---\n";
        let parsed = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default());
        assert_eq!(withheld(&parsed, false, true, String::new), None);
        assert_eq!(withheld(&parsed, true, true, String::new), Some(Withheld::Excluded));
    }
}
