//! Manners that a story cannot show: closed pipes, NULs, silence, colours, and a fix that is one for good.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use crate::folder::copy;
use crate::folder::top;

/// A user with a copy of the garden.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        copy(&top().join("tests/notebooks/garden"), &home.notes(), ".none");
        home
    }

    fn notes(&self) -> PathBuf {
        self.0.path().join("garden")
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hornbook"));
        command.args(shell_words::split(line).unwrap()).current_dir(self.notes()).stdin(Stdio::null());
        command.env_clear().env("HOME", self.0.path()).env("HORNBOOK_TODAY", "2026-11-21").env("TZ", "UTC");
        command
    }

    /// stdout, stderr and the exit code.
    fn run(&self, line: &str) -> (String, String, i32) {
        let output = self.command(line).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    }
}

#[expect(clippy::disallowed_methods, reason = "a file of the test's own")]
fn rewrite(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_path_buf(), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn a_closed_pipe_is_silent() {
    let home = Home::new();
    for line in ["list", "todo --all --format json", "help query", "check --explain", "man", "show tasks"] {
        let mut child = home.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // gone before a word is written
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("error") && !said.contains("panicked"), "{line}: {said}");
        assert_eq!(output.status.code(), Some(0), "{line}");
    }
}

#[test]
fn nothing_is_said_beside_the_answer_when_quiet() {
    let home = Home::new();
    for line in ["list", "todo", "search water", "links index", "backlinks tomatoes", "outline index", "tags", "check"]
    {
        let (loud, said, code) = home.run(line);
        let (quiet, silence, same) = home.run(&format!("{line} --quiet"));
        assert!(!said.is_empty(), "{line} says nothing");
        assert_eq!((quiet, silence.as_str(), same), (loud, "", code), "{line}");
    }
}

#[test]
fn nothing_found_is_an_empty_answer_and_exit_code_1() {
    let home = Home::new();
    for line in ["list", "todo", "search", "journal", "tags"] {
        for (format, empty) in [("json", "[]\n"), ("jsonl", ""), ("path", ""), ("vimgrep", "")] {
            let (answer, _, code) = home.run(&format!("{line} tag:nowhere --format {format}"));
            assert_eq!((answer.as_str(), code), (empty, 1), "{line} --format {format}");
        }
    }
}

#[test]
fn paths_end_with_nul_where_that_is_asked_for() {
    let home = Home::new();
    assert_eq!(home.run("list tag:bed -f path -0").0, "beds/south.md\0tomatoes.md\0");
    assert_eq!(home.run("list tag:bed -f '{{ title }}' --null").0, "South bed\0Tomato notes\0");
}

#[test]
fn colours_and_links_stay_out_of_pipes() {
    let home = Home::new();
    for line in ["list", "todo", "search water", "check", "links index", "tags"] {
        assert!(!home.run(line).0.contains('\u{1b}'), "{line}");
        let coloured = home.run(&format!("{line} --color always")).0;
        assert!(coloured.contains("\u{1b}[") && !coloured.contains("\u{1b}]8"), "{line}: {coloured:?}");
    }
}

#[test]
fn every_page_of_the_manual_is_printed() {
    let home = Home::new();
    let (help, ..) = home.run("help");
    let (_, pages) = help.split_once("Pages of the manual").unwrap();
    let pages: Vec<&str> = pages.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(pages.len() > 9, "{pages:?}");
    for page in pages {
        let (text, said, code) = home.run(&format!("help --manual {page}"));
        assert!(text.starts_with("# ") && code == 0, "{page}: {said}");
    }
}

#[test]
fn notes_are_sorted_by_every_key() {
    let home = Home::new();
    let last = |key: &str| {
        let (paths, said, code) =
            home.run(&format!("list --sort {key} --format path path:beds OR path:toml OR path:index"));
        assert_eq!(code, 0, "{said}");
        paths.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let by_path = ["beds/north.md", "beds/south.md", "index.md", "toml.md"];
    assert_eq!(last("path"), by_path);
    assert_eq!(last("title"), by_path);
    assert_eq!(last("created-"), ["index.md", "toml.md", "beds/south.md", "beds/north.md"]);
    assert_eq!(last("date-"), last("created"));
    assert_eq!(last("words"), ["index.md", "beds/north.md", "beds/south.md", "toml.md"]);
    assert_eq!(last("words+"), last("wc+"));
    let mut random = last("random");
    random.sort();
    assert_eq!(random, by_path);
    // the last touched comes first
    let touched = fs::File::options().append(true).open(home.notes().join("beds/south.md")).unwrap();
    touched.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(90_000)).unwrap();
    assert_eq!(last("modified").first().map(String::as_str), Some("beds/south.md"));
    assert_eq!(last("modified+").last().map(String::as_str), Some("beds/south.md"));
}

#[test]
fn a_fix_is_shown_is_one_for_good_and_can_be_taken_back() {
    let home = Home::new();
    let before = files(&home.notes());
    let (shown, ..) = home.run("check --fix --dry-run");
    assert_eq!(files(&home.notes()), before, "--dry-run wrote");
    let (diff, said, _) = home.run("check --fix");
    assert_eq!(diff, shown, "what was shown is what is done");
    assert!(said.contains("undo: hornbook undo 1"), "{said}");
    let after = files(&home.notes());
    let touched: Vec<String> = after
        .keys()
        .filter(|path| after.get(*path) != before.get(*path))
        .map(|path| path.strip_prefix(home.notes()).unwrap().display().to_string())
        .collect();
    for path in &touched {
        assert!(diff.contains(&format!("--- {path}\n")), "{path} is not in the diff");
    }
    assert!(!touched.is_empty());
    let (nothing, said, _) = home.run("check --fix");
    assert_eq!((nothing.as_str(), said.contains("nothing to fix")), ("", true), "{said}");
    assert_eq!(files(&home.notes()), after, "a second run wrote");
    assert_eq!(home.run("undo").2, 0);
    assert_eq!(files(&home.notes()), before, "undo gives back every byte");
}

/// A file of another user is written where it is, not replaced by one of ours; where that is not allowed it is refused. Only
/// root can try this.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "files of a throw-away notebook")]
#[test]
fn a_file_of_another_user_stays_theirs() {
    use std::os::fd::AsRawFd as _;
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::fs::chown;
    use std::os::unix::process::CommandExt as _;

    const NOBODY: u32 = 65_534;
    let home = Home::new();
    let note = |name: &str| home.notes().join(name);
    if fs::metadata(home.notes()).unwrap().uid() != 0 {
        return;
    }
    for (name, mode) in [("theirs.md", 0o666), ("shut.md", 0o644), ("mine.md", 0o644)] {
        fs::write(note(name), "- [ ] one\n").unwrap();
        fs::set_permissions(note(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    fs::set_permissions(home.0.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for path in [home.0.path().to_owned(), home.notes(), note("mine.md")] {
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    // nobody may not look into the folder of the program, which is open already
    let program = fs::File::open(env!("CARGO_BIN_EXE_hornbook")).unwrap();
    let run = |line: &str| {
        let mut command = Command::new(format!("/proc/self/fd/{}", program.as_raw_fd()));
        command.args(shell_words::split(line).unwrap()).current_dir(home.notes()).stdin(Stdio::null());
        command.env_clear().env("HOME", home.0.path()).env("HORNBOOK_TODAY", "2026-11-21").uid(NOBODY).gid(NOBODY);
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run("done theirs.md:1 mine.md:1 --no-stamp");
    assert_eq!(code, Some(0), "{said}");
    for (name, owner) in [("theirs.md", 0), ("mine.md", NOBODY)] {
        assert_eq!(
            (fs::read(note(name)).unwrap(), fs::metadata(note(name)).unwrap().uid()),
            (b"- [x] one\n".to_vec(), owner)
        );
    }
    assert_eq!(run("undo").0, Some(0));
    let (code, said) = run("done mine.md:1 shut.md:1 --no-stamp");
    assert!(code == Some(2) && said.contains("shut.md: it belongs to another user"), "{said}");
    for (name, owner) in [("theirs.md", 0), ("mine.md", NOBODY), ("shut.md", 0)] {
        assert_eq!(
            (fs::read(note(name)).unwrap(), fs::metadata(note(name)).unwrap().uid()),
            (b"- [ ] one\n".to_vec(), owner)
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "files of a throw-away notebook")]
#[test]
fn names_that_are_not_utf_8_can_be_typed() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let home = Home::new();
    let name = OsStr::from_bytes(b"caf\xe9.md");
    fs::write(home.notes().join(name), "# Coffee\n\n- [ ] grind\n").unwrap();
    let run = |words: &[&[u8]]| {
        let mut command = home.command("");
        let output = command.args(words.iter().map(|word| OsStr::from_bytes(word))).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(run(&[b"show", b"caf\xe9.md"]).starts_with("# Coffee"));
    assert!(run(&[b"show", b"caf\xe9"]).starts_with("# Coffee"));
    assert!(run(&[b"list", b"path:caf\xe9"]).contains("Coffee"));
    run(&[b"done", b"caf\xe9.md:3", b"--no-stamp"]);
    assert!(fs::read_to_string(home.notes().join(name)).unwrap().contains("[x] grind"));
    let folder = OsStr::from_bytes(b"n\xf6tes");
    fs::create_dir(home.notes().join(folder)).unwrap();
    fs::write(home.notes().join(folder).join("b.md"), "# Bread\n").unwrap();
    assert!(run(&[b"-N", b"n\xf6tes", b"list"]).contains("Bread"));
    assert!(run(&[b"list", b"n\xf6tes"]).contains("Bread"));
}

/// A picker that takes the lines with a word, as somebody might who types it.
fn with_picker(home: &Home, script: &str) -> String {
    let folder = home.0.path().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let fzf = folder.join("fzf");
    rewrite(&fzf, &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&fzf, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:/usr/bin:/bin", folder.display())
}

#[test]
fn what_is_picked_is_the_answer() {
    let home = Home::new();
    let path = with_picker(&home, "grep -i \"$PICK\"");
    let run = |line: &str, pick: &str| {
        let output = home.command(line).env("PATH", &path).env("PICK", pick).env("EDITOR", "echo").output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    };
    assert_eq!(run("list -i -f path", "beds/"), ("beds/north.md\nbeds/south.md\n".to_owned(), 0));
    assert_eq!(run("list -i -f path beds", "no such line"), (String::new(), 1));
    let all = run("search water -f '{{ path }}:{{ line }}' -n 99", "");
    let (picked, _) = run("search water -i -f '{{ path }}:{{ line }}'", "tasks.md");
    assert!(!picked.is_empty() && picked.lines().all(|line| line.starts_with("tasks.md:")), "{picked}");
    assert!(all.0.lines().count() > picked.lines().count());
    let (tasks, _) = run("todo -i -f '{{ text }}'", "water the pots");
    assert_eq!(tasks, "water the pots 🔁 every week 📅 2026-11-19\n");
    let (shown, code) = run("todo -i", "water the pots");
    assert!(shown.contains("tasks.md") && shown.contains("water the pots") && shown.lines().count() == 2, "{shown}");
    assert_eq!(code, 0);
    assert_eq!(run("edit -i", "tomatoes.md"), (format!("{}\n", home.notes().join("tomatoes.md").display()), 0));
    assert_eq!(run("edit -i water", "no such line"), (String::new(), 1));
}

#[test]
fn a_picker_that_is_left_or_fails() {
    let home = Home::new();
    let run = |script: &str| {
        let path = with_picker(&home, script);
        let output = home.command("list -i").env("PATH", &path).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output.stdout), text(output.stderr), output.status.code().unwrap())
    };
    for script in ["cat > /dev/null; exit 130", "exit 1"] {
        assert_eq!(run(script), (String::new(), "0 notes\n".to_owned(), 1), "{script}");
    }
    let (_, said, code) = run("echo 'no tty' >&2; exit 2");
    assert!(said.contains("no tty") && said.contains("hint: it needs a terminal") && code == 2, "{said}");
    let nowhere = home.command("list -i").env("PATH", "/nonexistent").output().unwrap();
    let said = String::from_utf8(nowhere.stderr).unwrap();
    assert!(said.contains("`fzf`, which --interactive needs, is not installed") && said.contains("-0"), "{said}");
    assert_eq!(nowhere.status.code(), Some(2));
}

/// bash reads back what it was given, whatever stands in a name.
#[test]
fn bash_completes_names_with_blanks_and_signs() {
    let home = Home::new();
    for name in ["weekly plan.md", "it's #1: done.md", "weiß & so.md"] {
        rewrite(&home.notes().join(name), "# A\n\n## Why do they split?\n\n#plan\n");
    }
    home.run("list -q");
    let script = home.0.path().join("complete.bash");
    rewrite(&script, &home.run("completions bash").0);
    let folder = Path::new(env!("CARGO_BIN_EXE_hornbook")).parent().unwrap();
    let complete = |line: &str| {
        let mut command = Command::new("bash");
        // what completion does, but for the keys
        let call = "source \"$1\"; COMP_LINE=$2; COMP_POINT=${#2}; COMP_WORDS=(hornbook); _hornbook_complete
            printf '%s\\n' \"${COMPREPLY[@]}\"";
        command.args(["--norc", "-c", call, "bash"]).arg(&script).arg(line).current_dir(home.notes()).env_clear();
        command.env("HOME", home.0.path()).env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        command.env("LC_ALL", "C.UTF-8");
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert_eq!(complete("hornbook edit we"), "weekly\\ plan\nweiß\\ \\&\\ so\n");
    assert_eq!(complete("hornbook edit \"weekly"), "weekly plan\n");
    assert_eq!(complete("hornbook edit it"), "it\\'s\\ #1:\\ done\n");
    // bash replaces what stands behind the colon
    assert_eq!(complete("hornbook edit it\\'s\\ #1:\\ d"), "\\ done\n");
    assert_eq!(complete("hornbook list tag:pl"), "plan\nplan/2026\n");
    assert_eq!(complete("hornbook list '#pla"), "#plan\n#plan/2026\n");
    assert_eq!(
        complete("hornbook links weekly\\ plan#"),
        "weekly\\ plan#A\nweekly\\ plan#Why\\ do\\ they\\ split\\?\n"
    );
    assert_eq!(complete("hornbook list --format=vi"), "vimgrep\n");
}
