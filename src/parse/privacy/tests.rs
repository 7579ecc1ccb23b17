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
fn what_the_folder_says() {
    let private = |path: &str, text: &str| {
        parse::parse(&NotePath::from(path), text, &parse::Options::default()).note.privacy.private
    };
    for path in ["private/a.md", "x/Private/y/a.md", "_private/a.md", "Privé/a.md", "geheim/a.md", "secret/a.md"] {
        assert_eq!(private(path, "# A\n"), Some(PrivateReason::Folder), "{path}");
    }
    for path in ["private.md", "private-equity/a.md", "personal/a.md", "secrets/a.md", "a/b.md"] {
        assert_eq!(private(path, "# A\n"), None, "{path}");
    }
    for says in ["publish: true", "private: false", "public: yes"] {
        assert_eq!(private("private/a.md", &format!("---\n{says}\n---\n")), None, "{says}");
    }
    assert_eq!(private("private/a.md", "---\nshare: https://a.org\n---\n"), Some(PrivateReason::Folder));
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
        ("unlisted: true", Some(Private), false),
        ("unlisted: false", None, false),
        ("hidden: yes", Some(Private), false),
        ("is_private: 1", Some(Private), false),
        ("do-not-publish: true", Some(Private), false),
        ("dg_publish: off", Some(Unpublished), false),
        ("access: private", Some(Private), false),
        ("access: members, restricted", Some(Private), false),
        ("access: open", None, false),
        ("access: false", Some(Private), false),
        ("visibility: hidden", Some(Private), false),
        ("visibility: Only me", Some(Private), false),
        ("visibility: public", None, false),
        ("visible: false", Some(Private), false),
        ("privacy: unlisted", Some(Private), false),
        ("classification: internal", Some(Private), false),
        ("share: false", Some(Unpublished), false),
        ("share: \"no\"", Some(Unpublished), false),
        ("share: true", None, false),
        ("share: https://a.b/c", None, false),
        ("state: draft", None, true),
        ("state: growing", None, false),
        ("status: pending", None, false),
        ("status: none", None, false),
        ("category: personal", None, false),
        ("audience: personal", Some(Private), false),
        ("stage: Entwurf", None, true),
        ("status: private", Some(Private), false),
        ("publish: no", Some(Unpublished), false),
        ("publish: off", Some(Unpublished), false),
        ("publish: 0", Some(Unpublished), false),
        ("publish: \"false\"", Some(Unpublished), false),
        ("publish: [false]", Some(Unpublished), false),
        ("published: [no]", Some(Unpublished), false),
        ("published: not yet", Some(Unpublished), false),
        ("published: March 3, 2026", None, false),
        ("meta: {private: true}", Some(Private), false),
        ("meta: {private: false, publish: yes}", None, false),
        ("site:\n  publish: false", Some(Unpublished), false),
        ("site:\n  - x: 1\n  - build: {render: never}", Some(Unpublished), false),
        ("a: {b: {draft: true}}", None, true),
        ("type: draft", None, true),
        ("category: Private", Some(Private), false),
        ("category: private equity", None, false),
        ("kind: [meeting, confidential]", Some(Private), false),
        ("tags: [confidential]", Some(Tag), false),
        ("tags: no-publish", Some(Tag), false),
        ("tags: secrets", None, false),
        ("x: [1\nunlisted: true", Some(Private), false),
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

const SAYINGS: [(&str, bool); 12] = [
    ("unlisted: true", true),
    ("share: false", true),
    ("hidden: false", false),
    ("share: true", false),
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
        ("{\"meta\": {\"private\": true}}\n", true),
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
