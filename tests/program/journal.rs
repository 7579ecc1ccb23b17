//! `hornbook journal`: whole stories, with all that is printed and all that is in the files.
//!
//! Over 400 lines: one command with one notebook maker; its stories are read one after the other.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test's own files, and it may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use chrono::NaiveDate;
use hornbook::model::Note;
use hornbook::model::NotePath;
use hornbook::parse;

/// A notebook of its own, with cache, state and home beside it.
pub(crate) struct Desk {
    dir: tempfile::TempDir,
    today: &'static str,
}

impl Desk {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap(), today: "2026-11-21" };
        fs::create_dir_all(desk.notes()).unwrap();
        for (path, text) in files {
            let path = desk.notes().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        desk
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.notes().join(path), text).unwrap();
    }

    pub(crate) fn on(mut self, today: &'static str) -> Self {
        self.today = today;
        self
    }

    fn notes(&self) -> PathBuf {
        self.dir.path().join("notes")
    }

    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        read_all(&self.notes(), &self.notes(), &mut found);
        found
    }

    /// Exit code, standard output, standard error.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_with(arguments, "", "true")
    }

    fn run_with(&self, arguments: &[&str], input: &str, editor: &str) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hornbook"))
            .args(arguments)
            .args(["--today", self.today])
            .current_dir(self.notes())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.dir.path().join("home"))
            .env("XDG_CACHE_HOME", self.dir.path().join("cache"))
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
            .env("HORNBOOK_DIR", self.notes())
            .env("HORNBOOK_EDITOR", editor)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let (code, out, err) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {out}{err}");
        out
    }

    fn note(&self, path: &str) -> Note {
        let text = self.files().get(path).cloned().unwrap_or_default();
        parse::parse(&NotePath::from(path), &text, &parse::Options::default()).note
    }
}

fn read_all(folder: &Path, root: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, root, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// `journal today` leaves `path` with `want`, and nothing else changed; again it adds nothing; undo brings all back.
/// Then `journal add` gives `added`, with the day or without it made before.
#[track_caller]
fn case(desk: &Desk, path: &str, want: &str, added: &str) {
    let before = desk.files();
    let old = if before.contains_key(path) { desk.note(path) } else { Note::default() };

    let shown = desk.ok(&["journal", "today", "--no-edit", "--dry-run"]);
    assert!(shown.contains('+') || want.is_empty(), "a dry run shows the change: {shown}");
    assert_eq!(desk.files(), before, "a dry run changes nothing");

    let told = desk.ok(&["journal", "today", "--no-edit"]);
    let after = desk.files();
    assert_eq!(after.get(path).map(String::as_str), Some(want), "{:#?}", after.keys());
    let mut others = after.clone();
    others.remove(path);
    let mut others_before = before.clone();
    others_before.remove(path);
    assert_eq!(others, others_before, "nothing else changes");

    // exactly one entry more, dated today, the others as they were
    let today: NaiveDate = desk.today.parse().unwrap();
    let now = desk.note(path);
    let days = |note: &Note| note.entries.iter().map(|e| (e.date, e.written.clone())).collect::<Vec<_>>();
    let new: Vec<_> = days(&now).into_iter().filter(|day| !days(&old).contains(day)).collect();
    assert_eq!(new.iter().map(|(date, _)| *date).collect::<Vec<_>>(), [today], "exactly one day more");
    assert!(days(&old).iter().all(|day| days(&now).contains(day)), "{:?} {:?}", days(&old), days(&now));
    let line = now.entries.iter().find(|entry| entry.date == today).unwrap().line;
    assert_eq!(told, format!("{path}:{line}\n"));

    desk.ok(&["journal", "today", "--no-edit"]);
    assert_eq!(desk.files(), after, "the second time adds nothing");

    desk.ok(&["undo"]);
    assert_eq!(desk.files(), before, "undo restores every byte");

    desk.ok(&["journal", "add", "saw", "a jay"]);
    assert_eq!(desk.files().get(path).map(String::as_str), Some(added), "added at once");
    desk.ok(&["undo"]);
    assert_eq!(desk.files(), before, "undo restores every byte");

    desk.ok(&["journal", "today", "--no-edit"]);
    desk.ok(&["journal", "add", "saw a jay"]);
    assert_eq!(desk.files().get(path).map(String::as_str), Some(added), "added to what is there");
}

#[test]
fn a_note_a_month_newest_first() {
    let desk = Desk::new(&[
        ("log/202610.md", "# Log Oct 2026\n\n## Fri 30th Oct\n- x\n"),
        ("log/202611.md", "# Log Nov 2026\n\n## Fri 20th Nov\n- frost\n  - minus two\n\n## Tue 3rd Nov\n- leaves\n"),
    ]);
    case(
        &desk,
        "log/202611.md",
        "# Log Nov 2026\n\n## Sat 21st Nov\n\n## Fri 20th Nov\n- frost\n  - minus two\n\n## Tue 3rd Nov\n- leaves\n",
        "# Log Nov 2026\n\n## Sat 21st Nov\n- saw a jay\n\n## Fri 20th Nov\n- frost\n  - minus two\n\n## Tue 3rd Nov\n- leaves\n",
    );
}

#[test]
fn a_note_a_month_oldest_first() {
    let desk = Desk::new(&[("2026-11.md", "# November\n\n### 2nd Nov\n\n* a\n\n### 20th Nov\n\n* b\n* c\n\n")]);
    case(
        &desk,
        "2026-11.md",
        "# November\n\n### 2nd Nov\n\n* a\n\n### 20th Nov\n\n* b\n* c\n\n### 21st Nov\n\n",
        "# November\n\n### 2nd Nov\n\n* a\n\n### 20th Nov\n\n* b\n* c\n\n### 21st Nov\n\n* saw a jay\n\n",
    );
}

#[test]
fn a_new_month() {
    let desk = Desk::new(&[
        ("202609_progress.md", "# Progress Sep 2026\n\nA late summer.\n\n## Mon 28th Sep\n- y\n"),
        ("202610_progress.md", "# Progress Oct 2026\n\n## Fri 30th Oct\n- x\n\n## Mon 12th Oct\n- w\n"),
    ]);
    case(
        &desk,
        "202611_progress.md",
        "# Progress Nov 2026\n\n## Sat 21st Nov\n",
        "# Progress Nov 2026\n\n## Sat 21st Nov\n- saw a jay\n",
    );
}

#[test]
fn a_title_with_the_wrong_year_is_not_copied() {
    let desk = Desk::new(&[("202510.md", "# Notes Oct 2024\n\n## Fri 31st Oct\n- x\n\n## Mon 13th Oct\n- w\n")])
        .on("2025-11-03");
    case(
        &desk,
        "202511.md",
        "# Notes Nov 2025\n\n## Mon 3rd Nov\n",
        "# Notes Nov 2025\n\n## Mon 3rd Nov\n- saw a jay\n",
    );
}

#[test]
fn bullets_for_days() {
    let desk = Desk::new(&[(
        "202611_progress.md",
        "# Progress Nov 2026\n* Fri 20th\n  - frost\n    * minus two\n  - fog\n\n* Thu 19th\n  - leaves\n",
    )]);
    case(
        &desk,
        "202611_progress.md",
        "# Progress Nov 2026\n* Sat 21st\n\n* Fri 20th\n  - frost\n    * minus two\n  - fog\n\n* Thu 19th\n  - leaves\n",
        "# Progress Nov 2026\n* Sat 21st\n  - saw a jay\n\n* Fri 20th\n  - frost\n    * minus two\n  - fog\n\n* Thu 19th\n  - leaves\n",
    );
}

#[test]
fn a_note_a_day() {
    let front = "---\ntags: [daily]\ndate: 2026-11-19\n---\n\n# Thursday, 19 November 2026\n\nRain.\n";
    let other = "---\ntags: [daily]\ndate: 2026-11-20\n---\n\n# Friday, 20 November 2026\n\nA dry day.\n";
    let desk =
        Desk::new(&[("daily/2026-11-19.md", front), ("daily/2026-11-20.md", other), ("a.md", "# 2026-11-21 trip\n")]);
    case(
        &desk,
        "daily/2026-11-21.md",
        "---\ntags: [daily]\ndate: 2026-11-21\n---\n\n# Saturday, 21 November 2026\n",
        "---\ntags: [daily]\ndate: 2026-11-21\n---\n\n# Saturday, 21 November 2026\n\nsaw a jay\n",
    );
}

#[test]
fn notes_of_days_in_folders_of_months() {
    let desk = Desk::new(&[("2026/02/02.md", "- a\n- b\n"), ("2026/02/01.md", "- c\n")]).on("2026-03-04");
    case(&desk, "2026/03/04.md", "", "- saw a jay\n");
}

#[test]
fn obsidian_says_where() {
    let settings = r#"{"folder": "Days/", "format": "YYYY/MM-MMMM/YYYY-MM-DD-dddd", "template": "extra/day"}"#;
    let desk = Desk::new(&[
        (".obsidian/daily-notes.json", settings),
        ("extra/day.md", "# {{title}}\n\nWritten {{date:D MMM YYYY}}. {{other}}\n\n## Log\n"),
        ("journal/2026-11-20.md", "# 2026-11-20\n"),
    ]);
    case(
        &desk,
        "Days/2026/11-November/2026-11-21-Saturday.md",
        "# 2026-11-21-Saturday\n\nWritten 21 Nov 2026. {{other}}\n\n## Log\n",
        "# 2026-11-21-Saturday\n\nWritten 21 Nov 2026. {{other}}\n\n## Log\n\nsaw a jay\n",
    );
}

#[test]
fn an_empty_folder() {
    let desk = Desk::new(&[]);
    case(&desk, "journal/2026-11-21.md", "# 2026-11-21 Sat\n", "# 2026-11-21 Sat\n\n- saw a jay\n");
}

#[test]
fn one_long_note_without_a_last_line_end() {
    let desk =
        Desk::new(&[("diary.md", "# My diary\n\n## 2026-11-19\n\nRain.\n\n## 2026-11-20\n\nFrost,\nminus two.")]);
    case(
        &desk,
        "diary.md",
        "# My diary\n\n## 2026-11-19\n\nRain.\n\n## 2026-11-20\n\nFrost,\nminus two.\n\n## 2026-11-21",
        "# My diary\n\n## 2026-11-19\n\nRain.\n\n## 2026-11-20\n\nFrost,\nminus two.\n\n## 2026-11-21\n\nsaw a jay",
    );
}

#[test]
fn line_ends_of_another_system() {
    let desk = Desk::new(&[("worklog.md", "# Worklog\r\n\r\n## 20.11.2026\r\n- a\r\n\r\n## 19.11.2026\r\n- b\r\n")]);
    case(
        &desk,
        "worklog.md",
        "# Worklog\r\n\r\n## 21.11.2026\r\n\r\n## 20.11.2026\r\n- a\r\n\r\n## 19.11.2026\r\n- b\r\n",
        "# Worklog\r\n\r\n## 21.11.2026\r\n- saw a jay\r\n\r\n## 20.11.2026\r\n- a\r\n\r\n## 19.11.2026\r\n- b\r\n",
    );
}

#[test]
fn months_in_one_note() {
    let text = "# Journal\n\n## October 2026\n\n### Fri 30th\n- a\n\n### Mon 5th\n- b\n\n## September 2026\n\n### Tue 8th\n- c\n";
    let desk = Desk::new(&[("journal.md", text)]);
    case(
        &desk,
        "journal.md",
        &text.replace("## October", "## November 2026\n\n### Sat 21st\n\n## October"),
        &text.replace("## October", "## November 2026\n\n### Sat 21st\n- saw a jay\n\n## October"),
    );
}

#[test]
fn rules_between_days_in_german() {
    let days = "# Tagebuch\n\n## Fr, 20. Nov. 2026\n\nFrost.\n\n---\n\n## Do, 19. Nov. 2026\n\nRegen.\n";
    let desk = Desk::new(&[("tagebuch.md", days)]);
    case(
        &desk,
        "tagebuch.md",
        &days.replace("## Fr,", "## Sa, 21. Nov. 2026\n\n---\n\n## Fr,"),
        &days.replace("## Fr,", "## Sa, 21. Nov. 2026\n\nsaw a jay\n\n---\n\n## Fr,"),
    );
}

#[test]
fn the_settings_decide() {
    let settings = "[book]\ntitle = \"t\"\nsrc = \".\"\n\n[preprocessor.hornbook]\nrenderers = []\n\n\
                    [preprocessor.hornbook.journal]\nfolder = \"log\"\nfile = \"YYYY-MM\"\norder = \"newest-first\"\n";
    let desk = Desk::new(&[
        ("book.toml", settings),
        ("journal/2026-11-20.md", "# 2026-11-20\n"),
        ("log/2026-11.md", "# November 2026\n\n## 2026-11-20 Fri\n\n- a\n"),
    ]);
    case(
        &desk,
        "log/2026-11.md",
        "# November 2026\n\n## 2026-11-21 Sat\n\n## 2026-11-20 Fri\n\n- a\n",
        "# November 2026\n\n## 2026-11-21 Sat\n\n- saw a jay\n\n## 2026-11-20 Fri\n\n- a\n",
    );
}

#[test]
fn meetings_are_no_journal() {
    let meetings = "# Ida\n\n## 2026-11-20\n- a\n\n## 2026-11-06\n- b\n\n## 2026-10-23\n- c\n";
    let desk = Desk::new(&[
        ("meetings/one-to-one-with-ida.md", meetings),
        ("meetings/2026-11-20 retro.md", "# Retro\n"),
        ("bits.md", "# Bits\n\n- 2026-11-02\n  - x\n- 2026-11-09\n  - y\n"),
    ]);
    case(
        &desk,
        "bits.md",
        "# Bits\n\n- 2026-11-02\n  - x\n- 2026-11-09\n  - y\n- 2026-11-21\n",
        "# Bits\n\n- 2026-11-02\n  - x\n- 2026-11-09\n  - y\n- 2026-11-21\n  - saw a jay\n",
    );
}

/// A month whose title has last year's number, a meeting, a note without dates.
fn garden() -> Desk {
    Desk::new(&[
        (
            "log/202601.md",
            "# Garden Jan 2025\n\n## Mon 26th Jan\n- frost on the glass #weather\n- [ ] wrap the fig\n\n\
             ## Wed 14th Jan\n- ordered seed: beans, chard\n- [x] clean the pots\n\n## Mon 12th Jan\n- nothing\n",
        ),
        ("log/202602.md", "# Garden Feb 2026\n\n## Mon 2nd Feb\n- beans sown\n"),
        ("plants.md", "# Plants\n\n- beans\n- [ ] label the chard\n"),
    ])
    .on("2026-02-06")
}

#[test]
fn days_are_listed_newest_first() {
    let desk = garden();
    let (code, out, err) = desk.run(&["journal"]);
    let lines = "2026-02-02 Mon  log/202602.md:3    5 words\n\
                 2026-01-26 Mon  log/202601.md:3    11 words, 1 to do\n\
                 2026-01-14 Wed  log/202601.md:7    11 words, 1 done\n\
                 2026-01-12 Mon  log/202601.md:11   4 words\n";
    let remark = "4 days in 2 notes\nlog/202601.md: taken as 2026, written 2025 (`hornbook check` says why)\n";
    assert_eq!((code, out.as_str(), err.as_str()), (0, lines, remark));

    let (_, out, err) = desk.run(&["journal", "-n", "1"]);
    assert_eq!(out, "2026-02-02 Mon  log/202602.md:3   5 words\n");
    assert_eq!(err, "1 day in 1 note, the newest of 4: --all shows them\n");

    let days = |arguments: &[&str]| {
        let (code, out, _) = desk.run(arguments);
        let days: Vec<String> = out.lines().filter_map(|line| line.get(5..10).map(str::to_owned)).collect();
        (code, days.join(" "))
    };
    assert_eq!(days(&["journal", "--week"]), (0, "02-02".to_owned()));
    assert_eq!(days(&["journal", "--month"]), (0, "02-02".to_owned()));
    assert_eq!(days(&["journal", "--since", "3-weeks-ago", "--until", "2026-01-31"]), (0, "01-26".to_owned()));
    // a query is asked of each day, not of its note
    assert_eq!(days(&["journal", "beans"]), (0, "02-02 01-14".to_owned()));
    assert_eq!(days(&["journal", "is:open"]), (0, "01-26".to_owned()));
    assert_eq!(days(&["journal", "#weather"]), (0, "01-26".to_owned()));
    assert_eq!(days(&["journal", "date:2026-01-12..2026-01-14"]), (0, "01-14 01-12".to_owned()));
    assert_eq!(days(&["journal", "heading:14th"]), (0, "01-14".to_owned()));
    assert_eq!(days(&["journal", "fig", "-frost"]), (1, String::new()));
    assert_eq!(desk.run(&["journal", "--since", "2026-02-02", "--until", "2026-01-01"]).0, 2);
}

#[test]
fn scripts_read_all_of_it() {
    let desk = garden();
    let out = desk.ok(&["journal", "--format", "jsonl", "-n", "2"]);
    let wanted = [
        r#"{"path":"log/202602.md","line":3,"end_line":4,"date":"2026-02-02","end_date":null,"precision":"day","written":"Mon 2nd Feb","corrected_from":null,"why":["the month in line 1: \"Feb 2026\"","the weekday agrees"],"meetings":0,"tasks_open":0,"tasks_done":0,"read":null,"to_read":null,"words":5}"#,
        r#"{"path":"log/202601.md","line":3,"end_line":5,"date":"2026-01-26","end_date":null,"precision":"day","written":"Mon 26th Jan","corrected_from":"2025-01-26""#,
    ];
    let lines: Vec<&str> = out.lines().collect();
    let keys = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(keys(lines[0]), keys(wanted[0]));
    assert!(lines[1].starts_with(wanted[1]), "{}", lines[1]);
    assert_eq!(desk.run(&["journal", "nowhere", "--format", "json"]), (1, "[]\n".to_owned(), String::new()));
    assert_eq!(desk.ok(&["journal", "--format", "path"]), "log/202602.md\nlog/202601.md\n");
}

#[test]
fn a_day_is_printed_with_its_text() {
    let desk = garden();
    let (code, out, err) = desk.run(&["journal", "on", "14", "january", "--why"]);
    let want = "2026-01-14 Wed  log/202601.md:7   11 words, 1 done\n    \
                line 1 says \"Jan 2025\", taken as 2026: 3 of 3 weekdays fit 2026, 0 fit 2025; the file name says 2026-01\n    \
                the weekday agrees\n  ## Wed 14th Jan\n  - ordered seed: beans, chard\n  - [x] clean the pots\n";
    assert_eq!((code, out.as_str()), (0, want));
    assert_eq!(err, "log/202601.md: taken as 2026, written 2025 (`hornbook check` says why)\n");
    assert_eq!(
        desk.run(&["journal", "on", "yesterday"]),
        (1, String::new(), "nothing was written on 2026-02-05\n".to_owned())
    );
    assert!(desk.ok(&["journal", "on", "last", "monday"]).contains("beans sown"));
    assert!(desk.ok(&["journal", "on", "this-month"]).contains("beans sown"));
    let (code, _, err) = desk.run(&["journal", "on", "blursday"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: `blursday` is not a date\nhint: did you mean thursday?"), "{err}");
}

#[test]
fn gaps_are_working_days() {
    let desk = garden();
    let (code, out, err) = desk.run(&["journal", "gaps"]);
    let want = "2026-02-03 Tue to 2026-02-05 Thu   3 working days\n\
                2026-01-27 Tue to 2026-01-30 Fri   4 working days\n\
                2026-01-15 Thu to 2026-01-23 Fri   7 working days\n\
                2026-01-13 Tue                     1 working day\n";
    assert_eq!((code, out.as_str(), err.as_str()), (0, want, "15 working days without an entry since 2026-01-12\n"));
    let row = "{\"start\":\"2026-02-03\",\"end\":\"2026-02-05\",\"working_days\":3}\n";
    assert_eq!(desk.ok(&["journal", "gaps", "--week", "--format", "jsonl"]), row);
    assert_eq!(Desk::new(&[]).run(&["journal", "gaps"]), (1, String::new(), "there are no entries\n".to_owned()));
}

#[test]
fn a_year_of_activity() {
    let (code, out, err) = garden().run(&["journal", "--heat", "--since", "2026-01-01"]);
    let want = [
        "     Jan Feb",
        " Mon  ·▒·█▓",
        " Tue  ·····",
        " Wed  ·█···",
        " Thu ······",
        " Fri ······",
        " Sat ·····",
        " Sun ·····",
        "",
        "     · nothing   ▒ 1 to 4   ▓ 5   █ 6 to 11 words a day",
    ];
    assert_eq!(code, 0);
    assert_eq!(out.lines().collect::<Vec<_>>(), want);
    assert_eq!(err, "31 words on 4 days, 2026-01-01 to 2026-02-06\n");
}

#[test]
fn the_editor_opens_at_the_day() {
    let desk = garden();
    let editor = desk.dir.path().join("vim");
    let log = desk.dir.path().join("log.txt");
    fs::write(&editor, format!("#!/bin/sh\necho \"$@\" > '{}'\n", log.display())).unwrap();
    let mut mode = fs::metadata(&editor).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    fs::set_permissions(&editor, mode).unwrap();
    let editor = editor.to_string_lossy().into_owned();
    let (code, out, err) = desk.run_with(&["journal", "today"], "", &format!("'{editor}' -y"));
    assert_eq!((code, out.as_str(), err.as_str()), (0, "log/202602.md:3\n", "undo: hornbook undo 1\n"));
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.starts_with("-y +3 /") && said.ends_with("/notes/log/202602.md\n"), "{said}");
    let (code, _, err) = desk.run_with(&["journal", "today"], "", "no-such-editor");
    assert_eq!(code, 2);
    assert!(err.contains("the editor `no-such-editor` cannot be started"), "{err}");
}

#[test]
fn lines_come_from_standard_input_too() {
    let desk = garden();
    let (code, out, _) = desk.run_with(&["journal", "add"], "one thing\nin two lines\n", "true");
    assert_eq!((code, out.as_str()), (0, "log/202602.md:4\n"));
    let (code, out, _) = desk.run_with(&["journal", "add", "[ ]", "another"], "", "true");
    assert_eq!((code, out.as_str()), (0, "log/202602.md:6\n"));
    let want = "# Garden Feb 2026\n\n## Fri 6th Feb\n- one thing\n  in two lines\n- [ ] another\n\n## Mon 2nd Feb\n- beans sown\n";
    assert_eq!(desk.files()["log/202602.md"], want);
    assert_eq!(desk.run(&["journal", "add"]), (2, String::new(), "error: there is nothing to add\n".to_owned()));
    // what begins with a minus is text here, and never a query's NOT
    for (text, line) in [("- [ ] c", "+- [ ] c\n"), ("-5 degrees", "+- -5 degrees\n")] {
        assert!(desk.ok(&["journal", "add", text, "--dry-run"]).contains(line));
        assert!(desk.ok(&["journal", "add", "--dry-run", text]).contains(line));
    }
    assert_eq!(desk.run(&["journal", "add", "minus", "-5"]).0, 2);
    assert_eq!(desk.run(&["journal", "add", "--dryrun", "x"]).0, 2);
    let rows = desk.ok(&["journal", "add", "x", "--format", "jsonl", "--dry-run"]);
    assert!(
        rows.starts_with("{\"path\":\"log/202602.md\",\"edits\":[{") && rows.contains("\"applied\":false"),
        "{rows}"
    );
    assert_eq!(desk.files()["log/202602.md"], want);
}

#[test]
fn dates_in_the_other_commands_are_those_of_entries() {
    let desk = garden();
    let out = desk.ok(&["todo", "--all", "date:this-year", "--format", "{{ path }}:{{ line }} {{ date }}"]);
    assert_eq!(out, "log/202601.md:5 2026-01-26\nlog/202601.md:9 2026-01-14\n");
    let out = desk.ok(&["todo", "date:2026-01-26", "--format", "{{ path }}:{{ line }}"]);
    assert_eq!(out, "log/202601.md:5\n");
    let out = desk.ok(&["search", "beans", "--sort", "date", "--format", "{{ path }} {{ line }} {{ date }}"]);
    assert_eq!(out.lines().take(2).collect::<Vec<_>>(), ["log/202602.md 4 2026-02-02", "log/202601.md 8 2026-01-14"]);
    let out = desk.ok(&["list", "date:2026-01-14", "--format", "path"]);
    assert_eq!(out, "log/202601.md\n");
    assert_eq!(desk.run(&["list", "date:2026-01-13"]).0, 1);
    let out = desk.ok(&["list", "--sort", "date", "--format", "{{ path }} {{ date }}"]);
    assert_eq!(out.lines().take(2).collect::<Vec<_>>(), ["log/202602.md 2026-02-01", "log/202601.md 2026-01-01"]);
}

/// What `journal add` leaves of a note, `today` being 2026-11-21.
#[track_caller]
fn leaves(files: &[(&str, &str)], arguments: &[&str], path: &str, want: &str) {
    let desk = Desk::new(files);
    desk.ok(&[&["journal", "add"], arguments].concat());
    assert_eq!(desk.files().get(path).map(String::as_str), Some(want), "{arguments:?}");
    let task = desk.note(path).tasks.into_iter().all(|task| task.form == hornbook::model::Form::List);
    assert!(task, "every box is a list item");
}

const TEMPLATE: [(&str, &str); 2] = [
    (".obsidian/daily-notes.json", r#"{"format": "YYYY-MM-DD", "folder": "Daily", "template": "tpl/Day"}"#),
    ("tpl/Day.md", "## Log\n\n## Tasks\n"),
];

#[test]
fn boxes_are_items_and_headings_are_found() {
    let path = "Daily/2026-11-21.md";
    leaves(&TEMPLATE, &["[ ] water plants"], path, "## Log\n\n## Tasks\n\n- [ ] water plants\n");
    leaves(&TEMPLATE, &["[ ] water\n[x] plants"], path, "## Log\n\n## Tasks\n\n- [ ] water\n- [x] plants\n");
    leaves(&TEMPLATE, &["--under", "log", "saw a jay"], path, "## Log\n\n- saw a jay\n\n## Tasks\n");
    leaves(&TEMPLATE, &["--under=Tasks", "[ ] water plants"], path, "## Log\n\n## Tasks\n\n- [ ] water plants\n");
    // a heading that is not there is made
    leaves(&TEMPLATE, &["--under", "Birds", "a jay"], path, "## Log\n\n## Tasks\n\n## Birds\n\n- a jay\n");
    let log = (
        "log.md",
        "# Log\n\n## 2026-11-20\n\n### Birds\n\n- a tit\n\n## 2026-11-21\n\n### Birds\n\n- a wren\n\n### Tasks\n\n- [ ] a\n",
    );
    leaves(&[log], &["--under", "Birds", "a jay"], "log.md", &log.1.replace("- a wren\n", "- a wren\n- a jay\n"));
    let labels = ("log.md", "# Log\n\n## 2026-11-20\n\n## 2026-11-21\n\nBirds:\n- a wren\n\nTasks:\n- [ ] a\n");
    leaves(&[labels], &["--under", "birds", "a jay"], "log.md", &labels.1.replace("- a wren\n", "- a wren\n- a jay\n"));
    let new = "# Log\n\n## 2026-11-20\n\n- a\n\n## 2026-11-21\n\n### Birds\n\n- a jay\n";
    leaves(&[("log.md", "# Log\n\n## 2026-11-20\n\n- a\n")], &["--under", "Birds", "a jay"], "log.md", new);
}

#[track_caller]
fn refuses(files: &[(&str, &str)], arguments: &[&str], why: &str) {
    let desk = Desk::new(files);
    let before = desk.files();
    let (code, out, err) = desk.run(&[&["journal", "add"], arguments].concat());
    assert_eq!(code, 2, "{out}{err}");
    assert!(err.contains(why), "{err}");
    assert_eq!(desk.files(), before, "nothing is written");
}

#[test]
fn nothing_is_written_where_it_would_not_be_text() {
    let day = "# Log\n\n## 2026-11-20\n\n- a\n\n";
    for (open, close) in
        [("```sh\nls\n", "```\n"), ("~~~\nls\n", "~~~\n"), ("<!-- later\n", "-->\n"), ("<pre>\nls\n", "</pre>\n")]
    {
        let text = format!("{day}{open}");
        refuses(&[("log.md", &text)], &["hello"], "log.md:7");
        let desk = Desk::new(&[("log.md", &format!("{text}{close}"))]);
        desk.ok(&["journal", "add", "hello"]);
        assert!(desk.note("log.md").entries.iter().any(|entry| entry.date.to_string() == "2026-11-21"), "{open}");
    }
    refuses(&[TEMPLATE[0], ("tpl/Day.md", "```\n")], &["hello"], "Daily/2026-11-21.md:1");
    refuses(&TEMPLATE, &["--under", "Taks", "a"], "did you mean `Tasks`?");
    refuses(
        &[("log.md", "- 2026-11-20\n  - a\n- 2026-11-21\n  - b\n")],
        &["--under", "Birds", "a"],
        "no heading `Birds`",
    );
}

#[test]
fn names_that_cannot_be_read_again_are_refused() {
    for (format, why) in [
        ("YYYY-MM-DD HHmm", "HHmm"),
        ("HH-mm YYYY-MM-DD", "HHmm"),
        ("D MMMM", "no year"),
        ("YYYY-DD", "more than one day"),
    ] {
        let settings = format!(r#"{{"format": "{format}", "folder": "Daily"}}"#);
        refuses(&[(".obsidian/daily-notes.json", &settings)], &["hello"], why);
        let book = format!("[book]\nsrc = \".\"\n\n[preprocessor.hornbook.journal]\nfile = \"{format}\"\n");
        refuses(&[("book.toml", &book)], &["hello"], why);
    }
}

#[test]
fn only_the_skeleton_of_a_day_is_copied() {
    let day = |day: &str| format!("---\ntags: [daily]\n---\n# {day}\n\n## Log\n\n- stand-up\n\n## Tasks\n");
    let (one, other) = (day("2026-11-19"), day("2026-11-20"));
    let files = [("daily/2026-11-19.md", one.as_str()), ("daily/2026-11-20.md", other.as_str())];
    let want = "---\ntags: [daily]\n---\n# 2026-11-21\n\n## Log\n\n- saw a jay\n";
    leaves(&files, &["saw a jay"], "daily/2026-11-21.md", want);
    let (one, other) = ("- stand-up\n- a\n", "- stand-up\n- b\n");
    let files = [("daily/2026-11-19.md", one), ("daily/2026-11-20.md", other)];
    leaves(&files, &["saw a jay"], "daily/2026-11-21.md", "- saw a jay\n");
}

#[test]
fn of_many_dates_that_are_corrected_three_are_named() {
    let month = "# Jan 2025\n\n## Mon 5\n\na\n\n## Tue 6\n\nb\n\n## Wed 7\n\nc\n";
    let paths: Vec<String> = (1..=6).map(|n| format!("{n}/202601.md")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), month)).collect();
    let remarks = |count: usize| Desk::new(&files[..count]).run(&["journal"]).2;
    let named = |remarks: &str| remarks.matches("taken as 2026, written 2025").count();
    assert_eq!((named(&remarks(3)), remarks(3).contains("more")), (3, false));
    let many = remarks(6);
    assert_eq!(named(&many), 3, "{many}");
    assert!(many.contains("3 more dates corrected: `hornbook check` lists them"), "{many}");
}
