//! The manual runs: every console block of the README and the guide is executed, and its output compared.
//!
//! A page gets a fresh copy of our notebook without the guide itself, so that examples do not find themselves. A line
//! `...` stands for any number of lines. `HORNBOOK_BLESS=1 cargo test --test guide` writes the present output into the pages.

#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use hornbook::disk::SETTINGS;
use hornbook::query::FIELDS;

/// More lines than this are shown as their beginning.
const SHOWN: usize = 14;

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn bless() -> bool {
    std::env::var_os("HORNBOOK_BLESS").is_some()
}

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        fs::read_dir(top().join("notes/guide")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages
}

#[test]
fn every_console_block_runs() {
    let mut faults = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let now = run_page(&text);
        if now == text {
            continue;
        }
        if bless() {
            rewrite(&page, &now);
        } else {
            faults.push(format!("{}:\n{}", page.display(), difference(&text, &now)));
        }
    }
    assert!(faults.is_empty(), "{}\nHORNBOOK_BLESS=1 writes what is printed now", faults.join("\n"));
}

#[test]
fn tables_are_generated_from_the_program() {
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
    assert!(faults.is_empty(), "{}", faults.join("\n"));
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

#[expect(clippy::disallowed_methods, reason = "a page of ours, written only where somebody asks for it")]
fn rewrite(page: &Path, text: &str) {
    fs::write(page, text).unwrap();
}

/// The first lines that differ.
fn difference(old: &str, new: &str) -> String {
    let at = old.lines().zip(new.lines()).position(|(a, b)| a != b).unwrap_or(0);
    let part = |text: &str, sign: &str| -> String {
        text.lines().skip(at).take(6).map(|line| format!("{sign} {line}\n")).collect()
    };
    format!("line {}\n{}{}", at + 1, part(old, "-"), part(new, "+"))
}

/// The page with every console block as it would be printed now; blocks that fit stay as they are.
fn run_page(text: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let notebook = home.path().join("notebook");
    copy(&top().join("notes"), &notebook.join("notes"));
    fs::copy(top().join("book.toml"), notebook.join("book.toml")).unwrap();
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        if line != "```console" {
            continue;
        }
        let mut block: Vec<&str> = Vec::new();
        for line in lines.by_ref() {
            if line == "```" {
                break;
            }
            block.push(line);
        }
        let mut at = 0;
        while let Some(command) = block.get(at).and_then(|line| line.strip_prefix("$ ")) {
            let end =
                block.iter().skip(at + 1).position(|line| line.starts_with("$ ")).map_or(block.len(), |n| at + 1 + n);
            let said = block.get(at + 1..end).unwrap();
            let printed = run(command, &notebook, home.path());
            let shown: Vec<String> = if fits(said, &printed) {
                said.iter().map(|line| (*line).to_owned()).collect()
            } else if printed.len() > SHOWN + 3 {
                printed.iter().take(SHOWN).cloned().chain(["...".to_owned()]).collect()
            } else {
                printed
            };
            out += &format!("$ {command}\n");
            for line in shown {
                out += &format!("{line}\n");
            }
            at = end;
        }
        out += "```\n";
    }
    out
}

/// What a command prints: its answer, then its talk, then its exit code where that is not 0.
fn run(command: &str, notebook: &Path, home: &Path) -> Vec<String> {
    let words = shell_words::split(command).unwrap();
    assert_eq!(words.first().map(String::as_str), Some("hornbook"), "{command}");
    let output = Command::new(env!("CARGO_BIN_EXE_hornbook"))
        .args(words.get(1..).unwrap())
        .current_dir(notebook.join("notes"))
        .env_clear()
        .env("HOME", home)
        .env("HORNBOOK_TODAY", "2026-11-21")
        .env("HORNBOOK_EDITOR", "true")
        .env("TZ", "UTC")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let folder = home.to_string_lossy().into_owned();
    let mut lines = Vec::new();
    for stream in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(stream.clone()).unwrap().replace(&folder, "~");
        lines.extend(text.lines().map(|line| line.trim_end().to_owned()));
    }
    if output.status.code() != Some(0) {
        lines.push(format!("[exit code {}]", output.status.code().unwrap_or(-1)));
    }
    lines
}

/// True when the page says what is printed; `...` stands for any lines.
fn fits(said: &[&str], printed: &[String]) -> bool {
    match said.split_first() {
        None => printed.is_empty(),
        Some((&"...", rest)) => (0..=printed.len()).any(|skip| fits(rest, printed.get(skip..).unwrap())),
        Some((first, rest)) => printed.split_first().is_some_and(|(line, others)| line == first && fits(rest, others)),
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_entry(|entry| entry.file_name() != "guide") {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
