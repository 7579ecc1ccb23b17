use std::path::Path;

use proptest::prelude::*;

use super::parse;
use crate::disk::settings::JournalOrder;
use crate::disk::settings::Kind;
use crate::disk::settings::SETTINGS;
use crate::disk::settings::Stamping;
use crate::model::Severity;
use crate::model::Status;

/// The errors as a person reads them.
fn errors(text: &str) -> String {
    parse(Path::new("book.toml"), text).unwrap_err().to_string()
}

#[test]
fn everything_is_read() {
    let text = r#"
[book]
title = "T"
authors = ["A", "B"]
language = "de"
src = "notes"
[build]
build-dir = "out"
[output.html]
site-url = "/n/"
additional-css = ["a.css"]
foreign = { deep = true }
[output.html.redirect]
"/old.html" = "new.html"
[preprocessor.other]
strange = 1
[preprocessor.hornbook]
renderers = []
command = "hornbook mdbook"
optional = true
before = ["links"]
after = ["x"]
ignore = ["drafts/", "!keep.md"]
people = ["Ada"]
stamp = "always"
journal = { folder = "days/", file = "YYYY/YYYY-MM-DD", order = "newest-first" }
site.exclude = ["private/"]
tasks.todo-txt = ["todo.txt"]
[preprocessor.hornbook.statuses]
"c" = "done"
"♥️" = "info"
[preprocessor.hornbook.queries]
papers = "tag:paper"
[preprocessor.hornbook.check]
duplicate-heading = "off"
bare-url = "error"
[[preprocessor.hornbook.tickets]]
keys = ["SHOP", "A_1"]
url = "https://t.example.org/{key}-{num}"
[[preprocessor.hornbook.tickets]]
keys = ["OPS"]
"#;
    let settings = parse(Path::new("book.toml"), text).unwrap();
    assert_eq!(settings.ignore, ["drafts/", "!keep.md"]);
    assert_eq!(settings.language.as_deref(), Some("de"));
    assert_eq!(settings.people, ["Ada"]);
    assert_eq!(settings.stamp, Stamping::Always);
    assert_eq!(settings.journal.folder.as_deref(), Some("days"));
    assert_eq!(settings.journal.file.as_deref(), Some("YYYY/YYYY-MM-DD"));
    assert_eq!(settings.journal.order, Some(JournalOrder::NewestFirst));
    assert_eq!(settings.site_exclude, ["private/"]);
    assert_eq!(settings.todo_txt, ["todo.txt"]);
    assert_eq!(settings.statuses.get("c"), Some(Status::Done));
    assert_eq!(settings.statuses.get("♥\u{fe0f}"), Some(Status::Info));
    assert_eq!(settings.queries["papers"], "tag:paper");
    assert_eq!(settings.check["duplicate-heading"], None);
    assert_eq!(settings.check["bare-url"], Some(Severity::Error));
    let keys: Vec<&String> = settings.tickets.all().iter().flat_map(|tracker| &tracker.keys).collect();
    assert_eq!(keys, ["SHOP", "A_1", "OPS"]);
    assert_eq!(settings.tickets.all()[1].url, None);
    let book = settings.book;
    assert_eq!((book.title.as_deref(), book.src.as_deref()), (Some("T"), Some("notes")));
    assert_eq!(book.authors, ["A", "B"]);
    assert_eq!((book.build_dir.as_deref(), book.site_url.as_deref()), (Some("out"), Some("/n/")));
    assert_eq!(book.additional_css, ["a.css"]);
    assert_eq!(book.redirect["/old.html"], "new.html");
}

#[test]
fn a_book_of_somebody_else_has_the_defaults() {
    let text = "[book]\ntitle = 3\n[preprocessor.katex]\nx = 1\n";
    assert_eq!(parse(Path::new("book.toml"), text).unwrap(), crate::disk::settings::Settings::default());
}

#[test]
fn all_mistakes_are_told_at_once() {
    let text = "[preprocessor.hornbook]\r\nrenderers = []\r\nignroe = [\"a\"]\r\nstamp = \"allways\"\r\n\
                people = \"Ada\"\r\n[preprocessor.hornbook.jornal]\r\nfolder = \"x\"\r\n";
    insta::assert_snapshot!(errors(text), @r#"
    book.toml:3:1: unknown key `ignroe` in [preprocessor.hornbook]; did you mean `ignore`?
      3 | ignroe = ["a"]
        | ^^^^^^
    book.toml:4:9: `stamp` must be one of auto, always, never; did you mean "always"?
      4 | stamp = "allways"
        |         ^^^^^^^^^
    book.toml:5:10: `people` must be a list of strings: people = ["Ada", "Grace"]
      5 | people = "Ada"
        |          ^^^^^
    book.toml:6:24: unknown key `jornal` in [preprocessor.hornbook]; did you mean `journal`?
      6 | [preprocessor.hornbook.jornal]
        |                        ^^^^^^
    "#);
}

#[test]
fn places_count_characters_after_a_byte_order_mark() {
    let text = "\u{feff}preprocessor.hornbook = { people = [\"Ü\"],\tignroe = [] }\n";
    insta::assert_snapshot!(errors(text), @r#"
    book.toml:1:43: unknown key `ignroe` in [preprocessor.hornbook]; did you mean `ignore`?
      1 | preprocessor.hornbook = { people = ["Ü"], ignroe = [] }
        |                                           ^^^^^^
    "#);
}

#[track_caller]
fn wrong(table: &str, line: &str, message: &str) {
    let text = format!("[preprocessor.hornbook{table}]\n{line}\n");
    let error = parse(Path::new("book.toml"), &text).unwrap_err();
    assert_eq!(error.problems[0].message, message);
    assert_eq!(error.problems.len(), 1);
}

#[test]
fn one_mistake_each() {
    wrong(
        "",
        "weekday = 1",
        "unknown key `weekday` in [preprocessor.hornbook]; known are ignore, language, people, me, \
         stamp, tasks, journal, statuses, queries, check, tickets, site",
    );
    wrong("", "lang = \"en\"", "unknown key `lang` in [preprocessor.hornbook]; did you mean `language`?");
    wrong(
        "",
        "exclude = []",
        "unknown key `exclude` in [preprocessor.hornbook]; it belongs in [preprocessor.hornbook.site]",
    );
    wrong(
        "",
        "url = \"x\"",
        "unknown key `url` in [preprocessor.hornbook]; it belongs in [preprocessor.hornbook.tickets]",
    );
    wrong("", "journal = 3", "`journal` must be a table: [preprocessor.hornbook.journal]");
    wrong("", "tickets = {}", "`tickets` must be a list of tables: [[preprocessor.hornbook.tickets]]");
    wrong("", "tickets = [1]", "`tickets` must be a list of tables: [[preprocessor.hornbook.tickets]]");
    wrong("", "ignore = [1]", "`ignore` must be a list of strings, this is an integer");
    wrong(
        "",
        "ignore = [\"a{b\"]",
        "not a glob: error parsing glob 'a{b': unclosed alternate group; missing '}' \
         (maybe escape '{' with '[{]'?)",
    );
    wrong("", "language = true", "`language` must be a string, this is a boolean");
    wrong(".journal", "folder = \"../x\"", "`journal.folder` must be a path inside the notes folder");
    wrong(".journal", "file = \"/x\"", "`journal.file` must be a path inside the notes folder");
    wrong(".statuses", "ab = \"done\"", "a box holds one character");
    wrong(
        ".statuses",
        "a = \"dune\"",
        "`statuses.a` must be one of todo, doing, on_hold, done, cancelled, moved, info; \
         did you mean \"done\"?",
    );
    wrong(".queries", "a = []", "`queries.a` must be a string, this is an array");
    wrong(".check", "a = \"of\"", "`check.a` must be one of off, info, warning, error; did you mean \"off\"?");
    wrong(".site", "exlude = []", "unknown key `exlude` in [preprocessor.hornbook.site]; did you mean `exclude`?");
}

#[test]
fn mistakes_in_tickets() {
    let text = "[[preprocessor.hornbook.tickets]]\nkeys = [\"shop\"]\nurl = \"ftp://x\"\n\
                [[preprocessor.hornbook.tickets]]\nurl = \"https://x/{id}{num}\"\nlink = 1\n\
                [[preprocessor.hornbook.tickets]]\nmatch = '(a'\nurl = \"https://x/{num}\"\n\
                [[preprocessor.hornbook.tickets]]\ngithub = \"shop\"\nkeys = []\n\
                [[preprocessor.hornbook.tickets]]\ngitlab = \"a/b\"\nurl = \"https://x/{num}\"\n";
    insta::assert_snapshot!(errors(text), @r#"
    book.toml:2:9: "shop" is not a ticket key: capital letters, then perhaps digits or _, such as SHOP in SHOP-123
      2 | keys = ["shop"]
        |         ^^^^^^
    book.toml:3:7: an address begins with https:// or http://
      3 | url = "ftp://x"
        |       ^^^^^^^^^
    book.toml:4:1: a table of tickets has one of keys, match, github, gitlab
      4 | [[preprocessor.hornbook.tickets]]
        | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    book.toml:5:7: {id} is not known here: {key} and {num} are
      5 | url = "https://x/{id}{num}"
        |       ^^^^^^^^^^^^^^^^^^^^^
    book.toml:6:1: unknown key `link` in [preprocessor.hornbook.tickets]; known are keys, url, match, github, gitlab
      6 | link = 1
        | ^^^^
    book.toml:8:9: not a regular expression: unclosed group
      8 | match = '(a'
        |         ^^^^
    book.toml:9:7: {1} must be where the first group of `match` goes, or {0} for all of it
      9 | url = "https://x/{num}"
        |       ^^^^^^^^^^^^^^^^^
    book.toml:10:1: keys and github are in one table of tickets: write a table for each
      10 | [[preprocessor.hornbook.tickets]]
         | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    book.toml:11:10: "shop" is not a repository: owner/repo, or https://host/owner/repo
      11 | github = "shop"
         |          ^^^^^^
    book.toml:15:7: the address of a repository goes in its own key: gitlab = "https://host/group/project"
      15 | url = "https://x/{num}"
         |       ^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn what_is_not_toml_is_told_once() {
    insta::assert_snapshot!(errors("[book]\ntitle = \"a\nx = [\n"), @r#"
    book.toml:2:11: not valid TOML: invalid basic string, expected `"`
      2 | title = "a
        |           ^
    "#);
}

/// The table of settings is documentation: each of its examples must be right.
#[test]
fn every_example_is_accepted() {
    for setting in SETTINGS {
        let table = match setting.key.rsplit_once('.') {
            None => "[preprocessor.hornbook]".to_owned(),
            Some((table, _)) => match table.strip_suffix("[]") {
                Some(list) => format!("[[preprocessor.hornbook.{list}]]"),
                None => format!("[preprocessor.hornbook.{table}]"),
            },
        };
        // an address alone says nothing of what is found there
        let with = if setting.key == "tickets[].url" { "keys = [\"SHOP\"]\n" } else { "" };
        let text = format!("{table}\n{with}{}\n", setting.example);
        parse(Path::new("book.toml"), &text).unwrap_or_else(|error| panic!("{}: {error}", setting.key));
        if let Kind::OneOf(words) = setting.kind {
            assert!(words.iter().any(|word| setting.example.contains(&format!("\"{word}\""))), "{}", setting.key);
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_settings_or_places_in_it(text in "(\\PC|[\\[\\]\n\r\"'=.{}#]|preprocessor|hornbook|ignore){0,60}") {
        if let Err(error) = parse(Path::new("book.toml"), &text) {
            prop_assert!(!error.problems.is_empty());
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
