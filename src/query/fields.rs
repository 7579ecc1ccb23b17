//! The fields of the query language, in one table: the parser, its errors and the handbook read it.
//!
//! Over 400 lines because the table must stay in one piece.

use crate::model::words;

/// A field of the query language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "FIELDS says what each is")]
pub enum Field {
    Path,
    File,
    Title,
    Heading,
    Text,
    Tag,
    Kind,
    Is,
    Has,
    Status,
    State,
    Host,
    Priority,
    Due,
    Scheduled,
    Start,
    Done,
    Created,
    Modified,
    Date,
    Age,
    Person,
    Owner,
    Series,
    Ticket,
    Link,
    LinkedBy,
    Id,
    Task,
    TaskTodo,
    TaskDone,
}

/// The type of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Takes {
    /// A word, a phrase, a prefix `x*`, or a `/regex/`; compared like words.
    Text,
    /// A word, a phrase, or a pattern with `*` and `?`; compared as the field defines.
    Name,
    /// One of a list.
    OneOf(&'static [&'static str]),
    /// One of an ordered list: `<`, `>=` work.
    Ordered(&'static [&'static str]),
    /// A natural date or range, with or without comparison.
    Date,
    /// A length of time after a comparison: `>30d`.
    Length,
    /// Words, or a whole query in parentheses, about one task.
    Query,
}

/// One row of [`FIELDS`].
#[derive(Debug, Clone, Copy)]
pub struct FieldDoc {
    /// The field.
    pub field: Field,
    /// Its name, as printed; typed in any case.
    pub name: &'static str,
    /// Its other names.
    pub aliases: &'static [&'static str],
    /// The type of its value.
    pub takes: Takes,
    /// It accepts `none` and `any`: nothing there, something there.
    pub optional: bool,
    /// A query that uses it.
    pub example: &'static str,
    /// What it means, in one or two sentences.
    pub help: &'static str,
}

/// The values of `is:`.
pub(crate) const IS: &[&str] = &["open", "done", "overdue", "draft", "private", "orphan", "question", "decision"];
/// The values of `has:`.
pub(crate) const HAS: &[&str] = &["task", "link", "tag", "embed", "due", "ticket"];
/// The values of `status:`.
pub(crate) const STATUS: &[&str] = &["todo", "doing", "on_hold", "done", "cancelled", "moved", "info"];
/// The values of `state:`.
pub(crate) const STATE: &[&str] = &["to_read", "to_look_at", "reading", "read", "dropped", "unsorted", "reference"];
/// The values of `priority:`, from the lowest.
pub(crate) const PRIORITY: &[&str] = &["lowest", "low", "none", "medium", "high", "highest"];

/// All fields, in the order of the handbook.
pub const FIELDS: &[FieldDoc] = &[
    FieldDoc {
        field: Field::Text,
        name: "text",
        aliases: &["content", "body"],
        takes: Takes::Text,
        optional: false,
        example: "text:\"dual write\"",
        help: "Words of the note's body, headings included; for a task, of its own text.",
    },
    FieldDoc {
        field: Field::Title,
        name: "title",
        aliases: &["alias"],
        takes: Takes::Text,
        optional: false,
        example: "title:outbox",
        help: "Words of the note's title or one of its aliases.",
    },
    FieldDoc {
        field: Field::Heading,
        name: "heading",
        aliases: &["section"],
        takes: Takes::Text,
        optional: true,
        example: "heading:todo",
        help: "Words of a heading or label line in the note; for a task, of those above it.",
    },
    FieldDoc {
        field: Field::Path,
        name: "path",
        aliases: &["in", "folder"],
        takes: Takes::Name,
        optional: false,
        example: "path:journal/2026",
        help: "Part of the path from the notes folder, from the beginning of a word on. A leading / means the top, \
               a final / a whole folder name; with * or ? it is a pattern for the whole path, or for the file name \
               when it has no /.",
    },
    FieldDoc {
        field: Field::File,
        name: "file",
        aliases: &["filename"],
        takes: Takes::Name,
        optional: false,
        example: "file:2026-1*",
        help: "As path:, but only the file name counts.",
    },
    FieldDoc {
        field: Field::Tag,
        name: "tag",
        aliases: &["tags"],
        takes: Takes::Name,
        optional: true,
        example: "tag:project",
        help: "The tag, or a tag under it (project/outbox); #project is the same. A task has its own tags, those of \
               the tasks and headings above it, and those of the front matter.",
    },
    FieldDoc {
        field: Field::Kind,
        name: "kind",
        aliases: &["type"],
        takes: Takes::Name,
        optional: true,
        example: "kind:meeting",
        help: "The note's kind, from the front matter; meeting also if it has a meeting, or if a task is in one; or the \
               kind of a link to read in it: article, paper, video, book, …",
    },
    FieldDoc {
        field: Field::Is,
        name: "is",
        aliases: &[],
        takes: Takes::OneOf(IS),
        optional: false,
        example: "is:overdue",
        help: "open, done, overdue: about tasks. question, decision: the note has one; \
               for a task, it ends with a question mark. draft: the front matter says so (draft: true, status: draft) \
               or the tag `#draft`. private: the note is kept off the site by its front matter, its folder or the tag `#private`. \
               orphan: no note links to it.",
    },
    FieldDoc {
        field: Field::Has,
        name: "has",
        aliases: &[],
        takes: Takes::OneOf(HAS),
        optional: false,
        example: "has:ticket",
        help: "The note has something of that kind; has:task on a task means tasks under it.",
    },
    FieldDoc {
        field: Field::Status,
        name: "status",
        aliases: &[],
        takes: Takes::OneOf(STATUS),
        optional: false,
        example: "status:doing",
        help: "The state of a task. A front matter entry of that name is [status:value].",
    },
    FieldDoc {
        field: Field::State,
        name: "state",
        aliases: &[],
        takes: Takes::OneOf(STATE),
        optional: false,
        example: "state:to_read",
        help: "The state of a link to read; a note has it if one of its links does. For `hornbook reading`, of each \
               link.",
    },
    FieldDoc {
        field: Field::Host,
        name: "host",
        aliases: &["site", "domain"],
        takes: Takes::Name,
        optional: false,
        example: "host:example.org",
        help: "The host of a link to read, without www, or the end of it: example.org is docs.example.org as well.",
    },
    FieldDoc {
        field: Field::Priority,
        name: "priority",
        aliases: &["prio"],
        takes: Takes::Ordered(PRIORITY),
        optional: true,
        example: "priority:>=high",
        help: "The priority of a task; none is between low and medium.",
    },
    FieldDoc {
        field: Field::Due,
        name: "due",
        aliases: &["deadline"],
        takes: Takes::Date,
        optional: true,
        example: "due:<=+7d",
        help: "When a task must be done. due:..+7d is the same as due:<=+7d, and needs no quotes in a shell.",
    },
    FieldDoc {
        field: Field::Scheduled,
        name: "scheduled",
        aliases: &["planned"],
        takes: Takes::Date,
        optional: true,
        example: "scheduled:this-week",
        help: "When a task is planned.",
    },
    FieldDoc {
        field: Field::Start,
        name: "start",
        aliases: &["starts"],
        takes: Takes::Date,
        optional: true,
        example: "start:<=today",
        help: "The day before which a task cannot begin.",
    },
    FieldDoc {
        field: Field::Done,
        name: "done",
        aliases: &["completed", "completion"],
        takes: Takes::Date,
        optional: true,
        example: "done:last-week",
        help: "When a task was done.",
    },
    FieldDoc {
        field: Field::Created,
        name: "created",
        aliases: &[],
        takes: Takes::Date,
        optional: true,
        example: "created:2026-01..2026-03",
        help: "When the note was created; for a task, when it was written down, if it says so, else the note's.",
    },
    FieldDoc {
        field: Field::Modified,
        name: "modified",
        aliases: &["changed", "updated"],
        takes: Takes::Date,
        optional: true,
        example: "modified:last-7-days",
        help: "When the note was last changed.",
    },
    FieldDoc {
        field: Field::Date,
        name: "date",
        aliases: &["on"],
        takes: Takes::Date,
        optional: true,
        example: "date:last-week",
        help: "The date of the note, or of a dated entry in it (a journal day, a meeting); for a task, of the entry that \
               it is in, else of the note.",
    },
    FieldDoc {
        field: Field::Age,
        name: "age",
        aliases: &[],
        takes: Takes::Length,
        optional: true,
        example: "is:open age:>30d",
        help: "How long ago a task was written down (its own date, else its entry's, else its note's); for a note, its date.",
    },
    FieldDoc {
        field: Field::Person,
        name: "person",
        aliases: &["people", "who", "with"],
        takes: Takes::Name,
        optional: true,
        example: "person:anna",
        help: "Someone known in the notebook: @name on a task, or a front matter entry people, person, attendees, \
               participants, with.",
    },
    FieldDoc {
        field: Field::Owner,
        name: "owner",
        aliases: &["assignee"],
        takes: Takes::Name,
        optional: true,
        example: "owner:anna",
        help: "Who is to do something, as the notes of a meeting say: @name, name:, (name), [owner:: name], ACTION name:.",
    },
    FieldDoc {
        field: Field::Series,
        name: "series",
        aliases: &[],
        takes: Takes::Name,
        optional: true,
        example: "series:retro",
        help: "The series of a meeting in the note, or of the one that a task is in: words of its name.",
    },
    FieldDoc {
        field: Field::Ticket,
        name: "ticket",
        aliases: &["tickets"],
        takes: Takes::Name,
        optional: true,
        example: "ticket:RETAIL-17",
        help: "A ticket key, whole, or a project (RETAIL).",
    },
    FieldDoc {
        field: Field::Link,
        name: "link",
        aliases: &["links", "link-to", "links-to"],
        takes: Takes::Name,
        optional: true,
        example: "link:outbox",
        help: "Links to that note, or to an address that holds that text; [[Outbox]] is the same.",
    },
    FieldDoc {
        field: Field::LinkedBy,
        name: "linked-by",
        aliases: &["linked-from"],
        takes: Takes::Name,
        optional: true,
        example: "linked-by:index",
        help: "That note links to it.",
    },
    FieldDoc {
        field: Field::Id,
        name: "id",
        aliases: &[],
        takes: Takes::Name,
        optional: true,
        example: "id:buy-milk",
        help: "An id written in the note (^id, 🆔 id, [id:: id]), or the short id of a listing.",
    },
    FieldDoc {
        field: Field::Task,
        name: "task",
        aliases: &[],
        takes: Takes::Query,
        optional: false,
        example: "task:(call anna)",
        help: "One task must match all of it: words, or a whole query about a task in parentheses. task:any is any task.",
    },
    FieldDoc {
        field: Field::TaskTodo,
        name: "task-todo",
        aliases: &[],
        takes: Takes::Query,
        optional: false,
        example: "task-todo:call",
        help: "As task:, for open tasks.",
    },
    FieldDoc {
        field: Field::TaskDone,
        name: "task-done",
        aliases: &[],
        takes: Takes::Query,
        optional: false,
        example: "task-done:call",
        help: "As task:, for done tasks.",
    },
];

/// Operators of other tools that are not fields here, and what to use instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("line", "notes are not searched line by line: use a \"phrase\", or /one.*two/, which looks within a line"),
    ("block", "notes are not searched block by block: use a \"phrase\", or /one.*two/, which looks within a line"),
    ("match-case", "case never matters to words: use a regex, /(?-i)Word/"),
    ("ignore-case", "case never matters: leave `ignore-case:` out"),
    ("sort", "the order is not part of the query: use --sort"),
    ("group", "grouping is not part of the query: use --group"),
    ("limit", "the number of answers is not part of the query: use --limit"),
];

/// The meaning of a name before `:`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Meaning {
    /// A field.
    Known(&'static FieldDoc),
    /// An operator of another tool: with what to use instead.
    Elsewhere(&'static str),
    /// Unknown, but similar to this field.
    Near(&'static str),
    /// Unknown.
    Unknown,
}

impl Field {
    /// Its row in [`FIELDS`].
    #[must_use]
    pub fn doc(self) -> &'static FieldDoc {
        // a field without a row has no name, so it cannot be typed
        FIELDS.iter().find(|doc| doc.field == self).unwrap_or(&FALLBACK)
    }

    /// As printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.doc().name
    }
}

/// Only so that [`Field::doc`] is total.
const FALLBACK: FieldDoc = FieldDoc {
    field: Field::Text,
    name: "text",
    aliases: &[],
    takes: Takes::Text,
    optional: false,
    example: "",
    help: "",
};

/// Looks up a name, ignoring case.
pub(crate) fn lookup(name: &str) -> Meaning {
    let name = name.to_ascii_lowercase();
    if let Some(doc) = FIELDS.iter().find(|doc| doc.name == name || doc.aliases.contains(&name.as_str())) {
        return Meaning::Known(doc);
    }
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(other, _)| *other == name) {
        return Meaning::Elsewhere(instead);
    }
    let names = FIELDS.iter().flat_map(|doc| std::iter::once(doc.name).chain(doc.aliases.iter().copied()));
    words::nearest(&name, names).map_or(Meaning::Unknown, Meaning::Near)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        let mut seen = BTreeSet::new();
        for doc in FIELDS {
            for name in std::iter::once(&doc.name).chain(doc.aliases) {
                assert!(seen.insert(*name), "{name} twice");
                assert!(matches!(lookup(&name.to_uppercase()), Meaning::Known(found) if found.field == doc.field));
            }
            assert_eq!(doc.field.doc().name, doc.name);
        }
    }

    #[test]
    fn near_and_far_names() {
        assert!(matches!(lookup("tga"), Meaning::Near("tag")));
        assert!(matches!(lookup("titel"), Meaning::Near("title")));
        assert!(matches!(lookup("line"), Meaning::Elsewhere(_)));
        for far in ["http", "https", "ftp", "mailto", "note", "author", "localhost", "re", "std", "doi", "urn"] {
            assert!(matches!(lookup(far), Meaning::Unknown), "{far}");
        }
    }
}
