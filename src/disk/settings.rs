//! A notebook's settings, and the table that lists them all.
//!
//! [`SETTINGS`] is what `config` checks keys against, what `init` writes as comments, and what the manual's page is
//! made from, so that the three stay consistent. `config` reads `book.toml`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::Severity;
use crate::model::status::Statuses;
use crate::model::task::FieldStyle;
use crate::model::ticket::Trackers;

/// The type of a setting's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any string.
    Text,
    /// A list of strings.
    Texts,
    /// A relative path inside the notebook.
    Path,
    /// A list of globs as in a `.gitignore`.
    Globs,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `https://…/{key}-{num}`, with a pattern `https://…/{1}`
    Address,
    /// A list of ticket keys: `["RETAIL"]`.
    Keys,
    /// A regular expression.
    Pattern,
    /// `owner/repo`, or the address of a repository.
    Repository,
    /// `true` or `false`.
    Bool,
}

/// A setting of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Below `[preprocessor.hornbook]`: `journal.file`; `statuses.*` is any key of that table,
    /// `tickets[].url` a key of each `[[preprocessor.hornbook.tickets]]`.
    pub key: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// The default, for a person.
    pub default: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
    /// A line of TOML as it appears in its table.
    pub example: &'static str,
}

const STATUSES: Kind = Kind::OneOf(&["todo", "doing", "on_hold", "done", "cancelled", "moved", "info"]);

/// All our settings, in the order of the manual.
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "ignore",
        kind: Kind::Globs,
        default: "[]",
        help: "Files and folders to leave out, as in a .gitignore; \"!x\" includes x again.",
        example: "ignore = [\"drafts/\", \"*.tmp.md\"]",
    },
    Setting {
        key: "language",
        kind: Kind::Text,
        default: "guessed for each note",
        help: "The language of notes that are too short to tell.",
        example: "language = \"en\"",
    },
    Setting {
        key: "people",
        kind: Kind::Texts,
        default: "[]",
        help: "Names of people after an @; other names do not count.",
        example: "people = [\"Ada\", \"Grace\"]",
    },
    Setting {
        key: "me",
        kind: Kind::Text,
        default: "nobody",
        help: "The person that @me stands for, as in `meeting new --only @me`.",
        example: "me = \"Ada\"",
    },
    Setting {
        key: "stamp",
        kind: Kind::OneOf(&["auto", "always", "never"]),
        default: "auto",
        help: "Whether `done` adds the date; auto: where the file or notebook already has such dates.",
        example: "stamp = \"auto\"",
    },
    Setting {
        key: "tasks.todo-txt",
        kind: Kind::Globs,
        default: "[]",
        help: "Files in the format of todo.txt that are read as tasks, as in a .gitignore; their names end in .txt.",
        example: "todo-txt = [\"todo.txt\", \"work/*.txt\"]",
    },
    Setting {
        key: "journal.folder",
        kind: Kind::Path,
        default: "found",
        help: "Where the journal's notes are.",
        example: "folder = \"journal\"",
    },
    Setting {
        key: "journal.file",
        kind: Kind::Path,
        default: "found",
        help: "The name of a day's note, without .md: YYYY, MM, DD, dddd and so on.",
        example: "file = \"YYYY-MM-DD\"",
    },
    Setting {
        key: "journal.order",
        kind: Kind::OneOf(&["newest-first", "oldest-first"]),
        default: "found",
        help: "Where a new day goes in a note with several.",
        example: "order = \"newest-first\"",
    },
    Setting {
        key: "statuses.*",
        kind: STATUSES,
        default: "the built-in table",
        help: "What a character in a box means here.",
        example: "\"c\" = \"done\"",
    },
    Setting {
        key: "queries.*",
        kind: Kind::Text,
        default: "none",
        help: "A query by a short name.",
        example: "papers = \"tag:paper has:open\"",
    },
    Setting {
        key: "check.*",
        kind: Kind::OneOf(&["off", "info", "warning", "error"]),
        default: "each finding's own",
        help: "The severity of a finding of `check`, by its code.",
        example: "note-empty = \"off\"",
    },
    Setting {
        key: "tickets[].keys",
        kind: Kind::Keys,
        default: "[]",
        help: "Ticket keys that count: SHOP for `SHOP-123`.",
        example: "keys = [\"SHOP\"]",
    },
    Setting {
        key: "tickets[].url",
        kind: Kind::Address,
        default: "none",
        help: "The address of such a ticket: {key} and {num} are filled in.",
        example: "url = \"https://tickets.example.org/browse/{key}-{num}\"",
    },
    Setting {
        key: "tickets[].match",
        kind: Kind::Pattern,
        default: "none",
        help: "A further regular expression for tickets; {1} in the url is its first group.",
        example: "match = '\\bincident (\\d{4,})\\b'",
    },
    Setting {
        key: "tickets[].github",
        kind: Kind::Repository,
        default: "none",
        help: "A repository on GitHub, or its address: #12, GH-12 and owner/repo#12 are tickets.",
        example: "github = \"acme/shop\"",
    },
    Setting {
        key: "tickets[].gitlab",
        kind: Kind::Repository,
        default: "none",
        help: "A project on GitLab, or its address: #12, !12 and group/project#12 are tickets.",
        example: "gitlab = \"https://gitlab.example.org/acme/shop\"",
    },
    Setting {
        key: "site.exclude",
        kind: Kind::Globs,
        default: "[]",
        help: "Notes that the site leaves out, as in a .gitignore.",
        example: "exclude = [\"one-to-one*\", \"private/\"]",
    },
    Setting {
        key: "site.hard-line-breaks",
        kind: Kind::Bool,
        default: "true in an Obsidian vault, unless its own setting is strict line breaks",
        help: "A line end within a paragraph is also one on the page.",
        example: "hard-line-breaks = true",
    },
    Setting {
        key: "site.remote-media",
        kind: Kind::Bool,
        default: "false",
        help: "Pictures, sound and films of other hosts are loaded from there; else they are links.",
        example: "remote-media = true",
    },
];

/// When `done` adds the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stamping {
    /// Where the file or notebook already has such dates.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where a new day goes in a note with several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalOrder {
    /// At the top.
    NewestFirst,
    /// At the end.
    OldestFirst,
}

/// How the journal is kept. `None` values are inferred from the notes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// Relative to the notes folder, without a final `/`.
    pub folder: Option<String>,
    /// A date pattern such as `YYYY-MM-DD`, below `folder`, without `.md`.
    pub file: Option<String>,
    /// Where a new day goes.
    pub order: Option<JournalOrder>,
}

/// Settings read from mdBook's own tables. Values of the wrong type count as missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// `[book] title`
    pub title: Option<String>,
    /// `[book] authors`
    pub authors: Vec<String>,
    /// `[book] description`
    pub description: Option<String>,
    /// `[book] language`
    pub language: Option<String>,
    /// `[book] text-direction`: `ltr` or `rtl`.
    pub text_direction: Option<String>,
    /// `[book] src`, as written.
    pub src: Option<String>,
    /// `[build] build-dir`, as written.
    pub build_dir: Option<String>,
    /// `[output.html] site-url`
    pub site_url: Option<String>,
    /// `[output.html] cname`
    pub cname: Option<String>,
    /// `[output.html] edit-url-template`
    pub edit_url_template: Option<String>,
    /// `[output.html] git-repository-url`
    pub git_repository_url: Option<String>,
    /// `[output.html] additional-css`
    pub additional_css: Vec<String>,
    /// `[output.html] additional-js`
    pub additional_js: Vec<String>,
    /// `[output.html] default-theme`
    pub default_theme: Option<String>,
    /// `[output.html] input-404`
    pub input_404: Option<String>,
    /// `[output.html.redirect]`: from old address to new.
    pub redirect: BTreeMap<String, String>,
}

/// A notebook's settings. A notebook without `book.toml` has the defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Valid globs as in a `.gitignore`, relative to the notes folder.
    pub ignore: Vec<String>,
    /// Our own setting, else `[book] language`.
    pub language: Option<String>,
    /// Names that count after an `@`.
    pub people: Vec<String>,
    /// Who `@me` is.
    pub me: Option<String>,
    /// What box characters mean.
    pub statuses: Statuses,
    /// Queries by name, as written: they are parsed where they are used.
    pub queries: BTreeMap<String, String>,
    /// By the code of a finding; `None` turns it off.
    pub check: BTreeMap<String, Option<Severity>>,
    /// Which words are tickets, and where their pages are.
    pub tickets: Trackers,
    /// When `done` adds the date.
    pub stamp: Stamping,
    /// How done dates are written where the notebook has none yet, by the settings of Obsidian Tasks.
    pub stamp_style: Option<FieldStyle>,
    /// Valid globs for files in todo.txt format, relative to the notes folder.
    pub todo_txt: Vec<String>,
    /// How the journal is kept.
    pub journal: Journal,
    /// Valid globs for notes that the site leaves out.
    pub site_exclude: Vec<String>,
    /// A line end within a paragraph also appears on the page; `None`: according to Obsidian's settings.
    pub hard_line_breaks: Option<bool>,
    /// Pages load pictures, sound and films from other hosts.
    pub remote_media: bool,
    /// Folders without notes, according to other programs' settings.
    pub left_out: Vec<LeftOut>,
    /// Folders of templates, according to other programs' settings.
    pub templates: Vec<TemplateFolder>,
    /// Obsidian Tasks' global filter: a box without these words is not a task.
    pub global_filter: Option<String>,
    /// It is a Logseq notebook.
    pub logseq: bool,
    /// Logseq's preferred workflow is LATER and NOW.
    pub logseq_later: bool,
    /// mdBook's own settings.
    pub book: Book,
}

/// A folder of templates named by another program's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFolder {
    /// Absolute.
    pub folder: PathBuf,
    /// The format of `{{date}}` there, in the syntax of moment.js.
    pub date: Option<String>,
    /// The format of `{{time}}`.
    pub time: Option<String>,
}

/// A folder without notes, or a note that is a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Relative to the notes folder.
    pub path: PathBuf,
    /// A short description for people.
    pub why: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;

    #[test]
    fn every_state_can_be_named() {
        let names: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        assert_eq!(STATUSES, Kind::OneOf(&names.leak()[..]));
    }
}
