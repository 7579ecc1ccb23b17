//! `hornbook reading triage` on a pseudo terminal of 80 columns and 24 rows, which `script` makes; without it nothing is tried.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

const LIST: &str = "# Reading list\n\n- https://example.org/a\n- wool https://example.org/b\r\n- should look at\n  - https://example.org/c";

/// What was typed, as `hornbook reading triage` answers it in `folder`; `None` where no `script` is installed.
fn walk(folder: &Path, typed: &str) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_hornbook");
    let line = format!("stty cols 80 rows 24; {program} reading triage --color never");
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(folder.join("notes"));
    command.env_clear().env("HOME", folder).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TERM", "xterm").env("SHELL", "/bin/sh").env("HORNBOOK_TODAY", "2026-11-21").env("TZ", "UTC");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

#[expect(clippy::disallowed_methods, reason = "a file of a throw-away notebook")]
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("notes")).unwrap();
    fs::write(folder.path().join("notes/list.md"), LIST).unwrap();
    folder
}

#[track_caller]
fn case(typed: &str, said: &[&str], want: &str) {
    let folder = folder();
    let Some(shown) = walk(folder.path(), typed) else { return };
    for words in said {
        assert!(shown.contains(words), "{typed:?}: no {words:?} in {shown}");
    }
    let lines = shown.lines().map(|line| line.trim_end_matches('\r').chars().count());
    assert!(lines.max().unwrap_or(0) <= 80, "{shown}");
    assert_eq!(fs::read_to_string(folder.path().join("notes/list.md")).unwrap(), want, "{typed:?}: {shown}");
}

#[test]
fn each_answer_is_a_box() {
    let want = LIST.replace("- https://example.org/a", "- [x] https://example.org/a").replace("- wool", "- [-] wool");
    let want = want.replace("- https://example.org/c", "- [h] https://example.org/c");
    case("r\nd\nl\n", &["1 of 3", "wool", "3 links decided"], &want);
}

#[test]
fn quitting_and_an_end_of_input_leave_what_was_answered() {
    let want = LIST.replace("- https://example.org/a", "- [ ] https://example.org/a");
    case("k\nq\n", &["1 link decided, 2 not looked at"], &want);
    case("k\n\u{4}", &["1 link decided, 2 not looked at"], &want);
}

#[test]
fn an_answer_is_taken_back_and_nonsense_is_asked_again() {
    case("k\nu\nwhat\nq\n", &["undid change 1", "a letter and Enter", "0 links decided"], LIST);
}
