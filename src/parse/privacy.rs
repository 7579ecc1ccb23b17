//! Works out whether a note is private or a draft.
//!
//! When in doubt a note stays private: a value that is neither yes nor no counts as "keep it", and so does front matter
//! that cannot be read but names one of the keys.

use crate::model::Lines;
use crate::model::Note;
use crate::model::Privacy;
use crate::model::PrivateReason;
use crate::model::Property;
use crate::model::Severity;
use crate::model::Value;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front::Unread;
use crate::parse::front::yes_or_no;

/// What one key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// `private:` holds the note back unless it says no.
    Private,
    /// `publish:` holds it back unless it says yes.
    Publish,
    /// `published:` and `public:` hold it back when they say no or nothing: web clippers write dates there.
    Published,
    /// `draft:` makes a draft unless it says no.
    Draft,
    /// `status:` and `visibility:` do so with a word.
    Status,
}

/// Values that are a word for "not for others".
const PRIVATE_WORDS: [&str; 5] = ["private", "unpublished", "hidden", "secret", "confidential"];

fn key(name: &str) -> Option<Key> {
    Some(match name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str() {
        "private" => Key::Private,
        "publish" | "dg-publish" => Key::Publish,
        "published" | "public" => Key::Published,
        "draft" => Key::Draft,
        "status" | "visibility" => Key::Status,
        _ => return None,
    })
}

/// Decides about a note whose properties and tags are known. `unread`: text that looks like front matter and was not read.
pub(crate) fn read(
    text: &str,
    lines: &Lines,
    unread: &Unread,
    note: &Note,
    diagnostics: &mut Diagnostics<'_>,
) -> Privacy {
    let mut privacy = Privacy::default();
    for property in &note.properties {
        let Some(key) = key(&property.key) else { continue };
        judge(key, &property.value, &mut privacy);
        let is_clear = match key {
            Key::Private | Key::Publish | Key::Draft => answer(&property.value).is_some(),
            Key::Published => !says_nothing(&property.value),
            Key::Status => true,
        };
        if !is_clear {
            unclear(text, lines, property, diagnostics);
        }
    }
    for tag in &note.tags {
        for part in tag.name.trim_start_matches('#').split('/') {
            match part.to_lowercase().as_str() {
                "private" => privacy.private = privacy.private.or(Some(PrivateReason::Tag)),
                "draft" => privacy.draft = true,
                _ => {}
            }
        }
    }
    for (name, value) in &unread.entries {
        if let Some(key) = key(name) {
            judge(key, value, &mut privacy);
        }
    }
    if unread.garbled.is_some_and(|span| mentions(span.of(text))) {
        privacy.private = privacy.private.or(Some(PrivateReason::Unreadable));
    }
    privacy
}

/// Adds what a key with this value says.
fn judge(key: Key, value: &Value, privacy: &mut Privacy) {
    let answer = answer(value);
    let reason = match key {
        Key::Private => (answer != Some(false)).then_some(PrivateReason::Private),
        Key::Publish => (answer != Some(true)).then_some(PrivateReason::Unpublished),
        Key::Published => (answer == Some(false)
            || says_nothing(value)
            || has_word(value, &PRIVATE_WORDS)
            || has_word(value, &["draft"]))
        .then_some(PrivateReason::Unpublished),
        Key::Draft => {
            privacy.draft |= answer != Some(false);
            None
        }
        Key::Status => {
            privacy.draft |= has_word(value, &["draft"]);
            has_word(value, &PRIVATE_WORDS).then_some(PrivateReason::Private)
        }
    };
    privacy.private = privacy.private.or(reason);
}

/// Yes, no, or `None` for anything else, nothing included.
fn answer(value: &Value) -> Option<bool> {
    match value {
        Value::Text(text) => yes_or_no(text),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// True for `key:` with nothing behind it, however that is written.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.iter().all(says_nothing),
        Value::Map(_) => false,
    }
}

/// True when a text of the value has one of these words, by itself.
fn has_word(value: &Value, words: &[&str]) -> bool {
    value.texts().iter().any(|text| {
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part))
    })
}

fn unclear(text: &str, lines: &Lines, property: &Property, diagnostics: &mut Diagnostics<'_>) {
    let key = &property.key;
    let what = if says_nothing(&property.value) { "says nothing" } else { "is neither true nor false" };
    let kept = if key.eq_ignore_ascii_case("draft") { "counts as a draft" } else { "is treated as private" };
    let line = lines.content(text, property.line);
    let message = format!("`{key}:` {what}: the note {kept}; write `{key}: true` or `{key}: false`");
    diagnostics.at("front-matter-unclear", Severity::Warning, line, property.line, 1, message);
}

/// True when a text that should be front matter, but cannot be read as such, names one of the keys.
fn mentions(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .any(|word| matches!(word, "private" | "publish" | "published" | "draft" | "dg-publish" | "unpublished"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    fn privacy(text: &str) -> (Privacy, Vec<String>) {
        let parsed = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default());
        (parsed.note.privacy, parsed.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect())
    }

    #[track_caller]
    fn case(text: &str, private: Option<PrivateReason>, draft: bool) {
        assert_eq!(privacy(text).0, Privacy { private, draft }, "{text}");
    }

    #[test]
    fn what_front_matter_says() {
        use PrivateReason::Private;
        use PrivateReason::Tag;
        use PrivateReason::Unpublished;
        for (front, private, draft) in [
            ("publish: true\nprivate: false\ndraft: no", None, false),
            ("publish: false", Some(Unpublished), false),
            ("Publish: \"no\"", Some(Unpublished), false),
            ("publish: null", Some(Unpublished), false),
            ("publish: 2026-12-01", Some(Unpublished), false),
            ("publish: [site]", Some(Unpublished), false),
            ("published: false", Some(Unpublished), false),
            ("public: off", Some(Unpublished), false),
            ("published: 2026-03-01", None, false),
            ("published:", Some(Unpublished), false),
            ("published: ''", Some(Unpublished), false),
            ("public: ~", Some(Unpublished), false),
            ("published: []", Some(Unpublished), false),
            ("published: {by: Ida}", None, false),
            ("private: True", Some(Private), false),
            ("private: for Ida", Some(Private), false),
            ("private:", Some(Private), false),
            ("private: ~", Some(Private), false),
            ("PRIVATE : yes", Some(Private), false),
            ("private: {who: me}", Some(Private), false),
            ("{private: true}", Some(Private), false),
            ("\"private\": true", Some(Private), false),
            ("visibility: private", Some(Private), false),
            ("draft: yes", None, true),
            ("draft:", None, true),
            ("status: Draft", None, true),
            ("status: [draft, review]", None, true),
            ("status: \"🌱 draft 2\"", None, true),
            ("status: growing", None, false),
            ("status: draughty", None, false),
            ("tags: [a, Private]", Some(Tag), false),
            ("tags: private/money", Some(Tag), false),
            ("tags: work/private", Some(Tag), false),
            ("tags: draft", None, true),
            ("tags: privateer", None, false),
            ("private: false\nprivate: true", Some(Private), false),
            ("private: true\nprivate: false", Some(Private), false),
            ("title: a\ntitle: b\npublish: true", None, false),
            ("private: true\nx: [1", Some(Private), false),
            ("x: [1\n\tprivate: true", Some(Private), false),
            ("x: [1, {private, draft", Some(PrivateReason::Unreadable), false),
            ("x: [1\npublisher: me", None, false),
        ] {
            case(&format!("---\n{front}\n---\nwords\n"), private, draft);
        }
        case("text\n\n## Part\n\nmore #private text\n", Some(Tag), false);
        case("a `#private` word in code, #privateer\n", None, false);
        case("+++\nprivate = true\n+++\n", Some(Private), false);
    }

    /// Each way to write front matter that is not front matter, with the code that is reported for it.
    const WAYS: [(&str, &str, &str); 21] = [
        ("---\ntitle: x\n", "\n\n# T\n", "front-matter-unclosed"),
        ("---\ntitle: x\n", "", "front-matter-unclosed"),
        ("---\r\ntitle: x\r\n", "\r\n\r\ntext", "front-matter-unclosed"),
        ("---\ntitle: x\n\n", "\n\n# T\n", "front-matter-unclosed"),
        ("+++\ntitle = \"x\"\n", "\n\ntext\n", "front-matter-unclosed"),
        ("\n---\ntitle: x\n", "\n---\n# T\n", "front-matter-misplaced"),
        ("  \n\n---\ntags: [a]\n", "\n---\n", "front-matter-misplaced"),
        ("\u{feff}\n---\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        (" ---\ntitle: x\n", "\n ---\n", "front-matter-misplaced"),
        ("----\ntitle: x\n", "\n----\n", "front-matter-misplaced"),
        ("---yaml\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        ("—\ntitle: x\n", "\n—\n", "front-matter-misplaced"),
        ("<!-- by hand -->\n---\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        ("<!--\nby hand\n-->\n\n---\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        ("%% by hand %%\n---\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        ("# T\n\n---\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        ("---\nid: 4\n---\n---\ntitle: x\n", "\n---\n", "front-matter-misplaced"),
        ("\n---\ntitle: x\n", "\n", "front-matter-unclosed"),
        ("", "\n---\n# T\n", ""),
        ("---\n- a: 1\n- ", "\n---\n# T\n", ""),
        ("title: x\n", "", ""),
    ];

    const SAYINGS: [(&str, bool); 8] = [
        ("private: true", true),
        ("Private: yes", true),
        ("publish: false", true),
        ("published: false", true),
        ("draft: true", true),
        ("private: false", false),
        ("publish: true", false),
        ("draft: false", false),
    ];

    #[test]
    fn what_only_looks_like_front_matter_keeps_a_note_private() {
        for (before, after, code) in WAYS {
            for (saying, withheld) in SAYINGS {
                let saying = if before.starts_with('+') { saying.replace(':', " =") } else { saying.to_owned() };
                let text = format!("{before}{saying}{after}");
                let (privacy, codes) = privacy(&text);
                assert_eq!(privacy.draft || privacy.private.is_some(), withheld, "{text:?}");
                assert!(code.is_empty() || codes.iter().any(|found| found == code), "{text:?}: {codes:?}");
            }
        }
    }

    #[test]
    fn json_keeps_a_note_private() {
        for (text, withheld) in [
            ("{\"private\": true}\n# T\n", true),
            ("{\n  \"title\": \"T\",\n  \"publish\": false\n}\n\n# T\n", true),
            ("\n\n{ \"draft\": true, \"x\": [1] }\n", true),
            ("{\"private\": null}", true),
            ("---json\n{\"title\": \"T\", \"private\": true}\n---\n", true),
            ("{\n  \"title\": \"T\",\n  \"private\": true,\n}\n", true),
            ("{\n\"private\" true\n", true),
            ("{\"private\": false, \"publish\": true}", false),
            ("{{title}}\n\nprivate talk\n", false),
            ("{.class} private: words\n", false),
        ] {
            let (privacy, codes) = privacy(text);
            assert_eq!(privacy.draft || privacy.private.is_some(), withheld, "{text:?}");
            assert!(!withheld || codes.iter().any(|code| code.starts_with("front-matter-")), "{text:?}: {codes:?}");
        }
    }

    #[test]
    fn properties_in_the_text_count() {
        case("# T\n\nprivate:: true\n", Some(PrivateReason::Private), false);
        case("- status:: draft\n", None, true);
        case("title:: x\npublic:: false\n", Some(PrivateReason::Unpublished), false);
        case("Private: a talk with Ann\n\nDraft: of a plan\n", None, false);
        case("Status: draft of the plan\n", None, false);
        case("```\nprivate:: true\n```\n", None, false);
    }

    #[test]
    fn prose_is_not_front_matter() {
        for text in [
            "---\n\nJust a rule above.\n\n---\n\nAnd one below.\n",
            "---\nTodo:\n- [ ] a\n",
            "---\nNote: call Ann\n\nmore\n",
            "# T\n\n---\n\nAnn: hello\n\n---\n",
            "{{title}}\n",
            "***\nname: x\n",
        ] {
            let (privacy, codes) = privacy(text);
            assert_eq!(privacy, Privacy::default(), "{text:?}");
            assert!(!codes.iter().any(|code| code.starts_with("front-matter-")), "{text:?}: {codes:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_yes_is_never_lost(
            before in "[ \n]{0,3}(---|\\+\\+\\+|----|--- )?\n(title: [a-z:\\[]{0,5}\n|tags: \\[a, b\\]?\n|x: \"[a-z]?\n|\n){0,4}",
            after in "(\n---|\n\\.\\.\\.)?(\n[a-z# ]{0,9}){0,4}",
        ) {
            let (privacy, _) = privacy(&format!("{before}private: true{after}"));
            prop_assert!(privacy.private.is_some());
        }
    }
}
