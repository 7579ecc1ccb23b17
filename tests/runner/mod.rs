//! Runs the console blocks of a Markdown page in a throw-away notebook, and compares what is printed.
//!
//! Besides `$ hornbook …` there are `$ cat FILE` (with control characters shown) and `$ write FILE TEXT` (`\\n`, `\\r`, `\\t` in the text),
//! so that a story can show what happens to files. A line `...` stands for any number of lines. Variables may stand before
//! `hornbook`; `~/bin/vi` is an editor that prints its arguments.

mod folder;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use libtest_mimic::Failed;
use libtest_mimic::Trial;

pub(crate) use self::folder::copy;
pub(crate) use self::folder::top;

/// What opens a block of commands.
const CONSOLE: &str = "```console";

/// More lines than this are shown as their beginning.
const SHOWN: usize = 14;

/// True when pages are to be rewritten with what is printed now.
pub(crate) fn bless() -> bool {
    std::env::var_os("HORNBOOK_BLESS").is_some()
}

/// The pages of a folder, by name.
pub(crate) fn pages(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(top().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    pages.sort();
    pages
}

/// Makes the notebook of a page in an empty folder; it gets the page's text.
pub(crate) type Prepare = fn(&Path, &str);

/// A test for each page of a folder that has a console block, named after the page.
pub(crate) fn trials(folder: &str, long: bool, prepare: Prepare) -> Vec<Trial> {
    let mut trials = Vec::new();
    for page in pages(folder) {
        let text = fs::read_to_string(&page).unwrap();
        if text.lines().any(|line| line == CONSOLE) {
            let name = page.file_stem().unwrap().to_string_lossy().into_owned();
            trials.push(Trial::test(name, move || check_page(&page, &text, long, prepare)));
        }
    }
    assert!(!trials.is_empty(), "{folder} has no pages");
    trials
}

/// Runs a page in its own copy of a notebook.
fn check_page(page: &Path, text: &str, long: bool, prepare: Prepare) -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let notebook = home.path().join("notebook");
    fs::create_dir(&notebook)?;
    prepare(&notebook, text);
    let editor = home.path().join("bin/vi");
    fs::create_dir(home.path().join("bin"))?;
    rewrite(&editor, "#!/bin/sh\necho \"$@\"\n");
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755))?;
    let now = run_page(text, &notebook, home.path(), long);
    if now != text && !bless() {
        let what = difference(text, &now);
        return Err(format!("{}:\n{what}\nHORNBOOK_BLESS=1 writes what is printed now", page.display()).into());
    }
    if now != text {
        rewrite(page, &now);
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a page of ours, written only where somebody asks for it")]
pub(crate) fn rewrite(page: &Path, text: &str) {
    fs::write(page, text).unwrap();
}

/// The first lines that differ.
pub(crate) fn difference(old: &str, new: &str) -> String {
    let at = old.lines().zip(new.lines()).position(|(a, b)| a != b).unwrap_or(0);
    let part = |text: &str, sign: &str| -> String {
        text.lines().skip(at).take(6).map(|line| format!("{sign} {line}\n")).collect()
    };
    format!("line {}\n{}{}", at + 1, part(old, "-"), part(new, "+"))
}

/// The page with every console block as it would be printed now; blocks that fit stay as they are.
fn run_page(text: &str, notebook: &Path, home: &Path, long: bool) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        if line != CONSOLE {
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
            let printed = run(command, notebook, home);
            let shown: Vec<String> = if fits(said, &printed) {
                said.iter().map(|line| (*line).to_owned()).collect()
            } else if !long && printed.len() > SHOWN + 3 {
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
    let is_variable = |word: &&String| {
        word.split_once('=').is_some_and(|(name, _)| name.chars().all(|c| c.is_uppercase() || c == '_'))
    };
    let variables: Vec<&String> = words.iter().take_while(is_variable).collect();
    let words = words.get(variables.len()..).unwrap();
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let here = if notebook.join("notes").is_dir() { notebook.join("notes") } else { notebook.to_path_buf() };
    match word(0) {
        "cat" => {
            let text = String::from_utf8_lossy(&fs::read(here.join(word(1))).unwrap()).into_owned();
            let shown = text.replace('\r', "\\r").replace('\t', "\\t");
            let mut lines: Vec<String> = shown.lines().map(str::to_owned).collect();
            if !text.ends_with('\n') {
                lines.push("[no line end]".to_owned());
            }
            return lines;
        }
        "write" => {
            let path = here.join(word(1));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            rewrite(&path, &word(2).replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"));
            return Vec::new();
        }
        other => assert_eq!(other, "hornbook", "{command}"),
    }
    let folder = home.to_string_lossy().into_owned();
    let output = Command::new(env!("CARGO_BIN_EXE_hornbook"))
        .args(words.get(1..).unwrap())
        .current_dir(here)
        .env_clear()
        .env("HOME", home)
        .env("HORNBOOK_TODAY", "2026-11-21")
        .env("HORNBOOK_EDITOR", "true")
        .env("TZ", "UTC")
        .envs(
            variables
                .iter()
                .filter_map(|word| word.split_once('='))
                .map(|(name, value)| (name, value.replace('~', &folder))),
        )
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
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
