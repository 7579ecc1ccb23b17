//! The manual runs: every console block of the guide is executed, and its output compared. Each page is a test.
//!
//! A page gets a fresh copy of our notebook without the guide itself, so that examples do not find themselves. A line
//! `...` stands for any number of lines. `HORNBOOK_BLESS=1 cargo test --test guide` writes the present output into the pages.

#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod runner;

use std::fs;
use std::process::ExitCode;

use chrono::NaiveDate;
use hornbook::disk::SETTINGS;
use hornbook::edit::recurrence::Rule;
use hornbook::query::FIELDS;
use libtest_mimic::Failed;
use libtest_mimic::Trial;

use crate::runner::bless;
use crate::runner::copy;
use crate::runner::difference;
use crate::runner::rewrite;
use crate::runner::top;
use crate::runner::trials;

fn main() -> ExitCode {
    let mut tests = trials("notes/guide", false, |notebook, _| {
        copy(&top().join("notes"), &notebook.join("notes"), "guide");
        fs::copy(top().join("book.toml"), notebook.join("book.toml")).unwrap();
    });
    tests.push(Trial::test("tables_are_generated_from_the_program", tables_are_generated_from_the_program));
    tests.push(Trial::test("repeating_is_what_the_page_says", repeating_is_what_the_page_says));
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), tests).exit_code()
}

fn tables_are_generated_from_the_program() -> Result<(), Failed> {
    let mut faults = Vec::new();
    for (page, mark, table) in [("settings", "settings", settings_table()), ("query", "fields", fields_table())] {
        let path = top().join(format!("notes/guide/{page}.md"));
        let text = fs::read_to_string(&path).unwrap();
        let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
        let start = text.find(&open).unwrap_or_else(|| panic!("{page}.md has no {open}")) + open.len();
        let end = text.find(&close).unwrap_or_else(|| panic!("{page}.md has no {close}"));
        let now = format!("{}{table}{}", text.get(..start).unwrap(), text.get(end..).unwrap());
        if now != text && bless() {
            rewrite(&path, &now);
        } else if now != text {
            faults.push(difference(&text, &now));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn repeating_is_what_the_page_says() -> Result<(), Failed> {
    let text = fs::read_to_string(top().join("notes/guide/syntax.md")).unwrap();
    let after = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let section = text.split("### Repeating").nth(1).and_then(|rest| rest.split("\n#").next()).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let mut rules = 0;
    for row in rows {
        let (words, day) = row.trim_matches(['|', ' ']).rsplit_once('|').unwrap();
        for rule in words.split('`').filter(|rule| rule.starts_with("every")) {
            let next = Rule::parse(rule).unwrap().next(after).unwrap();
            assert_eq!(next.to_string(), day.trim(), "{rule}");
            rules += 1;
        }
    }
    assert!(rules > 20, "{rules} rules");
    Ok(())
}

fn settings_table() -> String {
    let mut out = String::from("| setting | default | what it does |\n|---|---|---|\n");
    for setting in SETTINGS {
        out += &format!(
            "| `{}` | {} | {} For example `{}` |\n",
            setting.key, setting.default, setting.help, setting.example
        );
    }
    out.replace("||", "\\|\\|")
}

fn fields_table() -> String {
    let mut out = String::from("| field | also | finds | for example |\n|---|---|---|---|\n");
    for field in FIELDS {
        let also: Vec<String> = field.aliases.iter().map(|alias| format!("`{alias}:`")).collect();
        out += &format!(
            "| `{}:` | {} | {} | `{}` |\n",
            field.name,
            also.join(" "),
            field.help,
            field.example.replace('|', "\\|")
        );
    }
    out
}
