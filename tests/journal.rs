//! `hornbook journal`: whole stories, with all that is printed and all that is in the files.

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
struct Desk {
    dir: tempfile::TempDir,
    today: &'static str,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap(), today: "2026-11-21" };
        fs::create_dir_all(desk.notes()).unwrap();
        for (path, text) in files {
            let path = desk.notes().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        desk
    }

    fn on(mut self, today: &'static str) -> Self {
        self.today = today;
        self
    }

    fn notes(&self) -> PathBuf {
        self.dir.path().join("notes")
    }

    fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        read_all(&self.notes(), &self.notes(), &mut found);
        found
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
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
    fn ok(&self, arguments: &[&str]) -> String {
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
    assert_eq!(new.len(), 1, "{new:?}");
    assert_eq!(new[0].0, today);
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
