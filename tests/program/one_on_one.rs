//! The page for the next one-to-one, over a year of one person's notes: each figure was counted by hand in the notes.
#![expect(clippy::disallowed_methods, reason = "a test's own files")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::folder::copy;
use crate::folder::top;

/// Words of notes that are nobody else's business.
const SECRETS: [&str; 8] =
    ["quibbletown", "heliotrope", "marzipan", "obsidian", "kumquat", "periwinkle", "saffron", "topaz"];

struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        copy(&top().join("tests/notebooks/year"), &home.path().join("notes"), ".none");
        Self { home }
    }

    fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("notes/meetings")).unwrap();
        fs::write(home.path().join("notes/.hornbook.toml"), "").unwrap();
        Self { home }
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.notes().join(path), text).unwrap();
    }

    fn notes(&self) -> PathBuf {
        self.home.path().join("notes")
    }

    fn run(&self, words: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_hornbook"))
            .args(["--today", "2026-12-11"])
            .args(words)
            .current_dir(self.notes())
            .env_clear()
            .env("HOME", self.home.path())
            .output()
            .unwrap();
        assert_ne!(output.status.code(), Some(2), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    }

    fn page(&self, more: &[&str]) -> Value {
        let words = [&["--quiet", "report", "1on1", "dana", "--format", "json"], more].concat();
        let rows: Vec<Value> = serde_json::from_str(&self.run(&words)).unwrap();
        rows.into_iter().next().unwrap()
    }
}

/// `path:line words` of each row of a list; `words` names the field.
fn lines(page: &Value, list: &str, words: &str) -> Vec<String> {
    let rows = page[list].as_array().unwrap();
    let place = |row: &Value| {
        let path = row["path"].as_str().unwrap().trim_start_matches("meetings/one-to-one-with-");
        format!("{path}:{} {}", row["line"], row[words].as_str().unwrap_or("-"))
    };
    rows.iter().map(place).collect()
}

#[test]
fn each_figure_was_counted_by_hand() {
    let page = Desk::new().page(&[]);
    assert_eq!(
        (&page["last"], &page["next"], &page["in_days"]),
        (&"2026-11-19".into(), &"2026-12-17".into(), &6.into())
    );
    let points: Vec<String> = page["agreed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| {
            let sign = &point["maybe_done"];
            let sign = if sign.is_null() {
                String::new()
            } else {
                format!(" ({}:{})", sign["path"].as_str().unwrap(), sign["line"])
            };
            format!(
                "{} {} {} {}{sign}",
                point["line"],
                point["state"].as_str().unwrap(),
                point["age_days"],
                point["label"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        points,
        [
            "47 open 22 Rehearse the talk with Omar (journal/2026-11.md:7)",
            "48 open 22 Measure the replay again",
            "43 open 50 Dana: ask the platform team for a test cluster",
            "44 unknown 50 Write down the double counting",
            "39 open 78 Add the ticket number for the replay work (meetings/one-to-one-with-dana.md:55)",
            "34 open 113 Review checklist for the other team",
            "22 unknown 232 Find a reviewer for the stream code",
            "12 unknown 323 Keep a list of what went well",
        ]
    );
    let settled: Vec<&Value> = page["settled"].as_array().unwrap().iter().map(|point| &point["label"]).collect();
    assert_eq!(settled, ["Book the meetup ticket"]);
    // 20th and 24th November, 2nd and 7th December; the 9th is private
    assert_eq!(page["days_written"], 4);
    assert_eq!(
        lines(&page, "done", "text"),
        [
            "journal/2026-12.md:4 alert for a slow replay #skill/streaming",
            "goals.md:10 the double counting",
            "journal/2026-11.md:7 Rehearsed the talk with Omar, ran long",
        ]
    );
    assert_eq!(lines(&page, "read", "verdict"), ["journal/2026-11.md:12 good on offsets, weak on time"]);
}

#[test]
fn goals_have_their_figures() {
    let page = Desk::new().page(&[]);
    let goals: Vec<String> = page["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| {
            format!(
                "{} {}>{} {} unknown {} cancelled {} moved {} days {} stale {}",
                goal["name"].as_str().unwrap(),
                goal["level"],
                goal["target"],
                goal["progress"].as_str().unwrap(),
                goal["unknown"],
                goal["cancelled"],
                goal["last_movement"].as_str().unwrap(),
                goal["days_since"],
                goal["stale"],
            )
        })
        .collect();
    assert_eq!(
        goals,
        [
            // done: the book, the counter, the double counting; open: the talk, the slow replay
            "Streaming 2>3 3/5 unknown 1 cancelled 1 moved 2026-12-02 days 9 stale false",
            "Reviews 2>3 1/2 unknown 0 cancelled 0 moved 2026-03-27 days 259 stale true",
            "Speaking null>null 2/2 unknown 0 cancelled 0 moved 2026-08-31 days 102 stale false",
        ]
    );
    assert_eq!(lines(&page, "candidates", "name"), ["journal/2026-12.md:5 TERRA"]);
    let results = &page["goals"][1]["key_results"][0];
    assert_eq!((&results["done"], &results["of"]), (&9.into(), &12.into()));
}

#[test]
fn tickets_praise_and_questions() {
    let page = Desk::new().page(&[]);
    let tickets: Vec<String> = page["tickets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ticket| {
            format!(
                "{} {} {}",
                ticket["key"].as_str().unwrap(),
                ticket["status"].as_str().unwrap_or("-"),
                ticket["last"].as_str().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(tickets, ["LAMP-311 done 2026-11-24", "LAMP-305 doing 2026-11-20"]);
    assert_eq!(lines(&page, "praise", "about"), ["dana.md:52 talent for calm debugging"]);
    assert_eq!(page["praise"][0]["placeholders"][0], "[name of colleague]");
    assert_eq!(
        lines(&page, "questions", "text"),
        [
            "journal/2026-12.md:13 What does a replay cost at night?",
            "dana.md:59 Who decides when the old counter is switched off?"
        ]
    );
    let agenda: Vec<&str> = page["agenda"].as_array().unwrap().iter().map(|point| point.as_str().unwrap()).collect();
    assert_eq!(agenda[0], "Keep a list of what went well (from 2026-01-22)");
    assert!(agenda.contains(&"Reviews: nothing moved for 259 days"), "{agenda:?}");
}

/// Every place that a page names holds the words that stand beside it.
#[test]
fn every_line_can_be_traced() {
    let desk = Desk::new();
    let page = desk.page(&["--private"]);
    let mut seen = 0;
    trace(&page, &desk.notes(), &mut seen);
    assert!(seen > 40, "{seen}");
}

fn trace(value: &Value, notes: &Path, seen: &mut usize) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| trace(one, notes, seen)),
        Value::Object(fields) => {
            if let (Some(Value::String(path)), Some(Value::Number(line))) = (fields.get("path"), fields.get("line")) {
                let text = fs::read_to_string(notes.join(path)).unwrap();
                let line =
                    text.lines().nth(usize::try_from(line.as_u64().unwrap()).unwrap() - 1).unwrap().to_lowercase();
                let named =
                    ["label", "text", "about", "key", "name"].iter().filter_map(|field| fields.get(*field)?.as_str());
                for words in named.take(1) {
                    let first = words.split(|c: char| !c.is_alphanumeric()).find(|word| word.len() > 3).unwrap_or("");
                    assert!(line.contains(&first.to_lowercase()), "{path}: {words:?} is not in {line:?}");
                    *seen += 1;
                }
            }
            fields.values().for_each(|one| trace(one, notes, seen));
        }
        _ => {}
    }
}

#[test]
fn nothing_private_is_on_the_page_unless_asked() {
    let desk = Desk::new();
    for how in [&["--format", "text"][..], &["--format", "json"], &["--format", "jsonl"], &["--markdown"]] {
        let words = [&["report", "1on1", "dana"], how].concat();
        let page = desk.run(&words).to_lowercase();
        for secret in SECRETS {
            assert!(!page.contains(secret), "{words:?} says {secret}:\n{page}");
        }
        assert!(page.contains("replay"), "{page}");
    }
    let asked = desk.run(&["report", "1on1", "dana", "--private", "--format", "json"]).to_lowercase();
    let told = SECRETS.iter().filter(|secret| asked.contains(**secret)).count();
    assert!(told >= 6, "{told} of the words are there: {asked}");
}

/// Notes of one series, each with a word that nobody else may read; the page says none of them.
#[test]
fn what_a_series_keeps_to_itself_stays_off_the_page() {
    let open = "# One-to-one Kim\n\n- [ ] plain point\n";
    for (front, text) in [
        ("private: true", "- [ ] marzipan\n"),
        ("publish: false", "- [ ] marzipan\n"),
        ("draft: true", "- [ ] marzipan\n"),
        ("tags: [private]", "- [ ] marzipan\n"),
        ("kind: x", "#private\n\n- [ ] marzipan\n"),
        ("kind: x", "- [ ] a point\n  that is #private\n  - [ ] marzipan\n"),
        ("kind: x", "- [ ] marzipan\n#private as a lazy line\n"),
        ("kind: x", "- [ ] marzipan\n\n  a second paragraph, #private\n"),
        ("kind: x", "## Sensitive\n\n**#private**\n\n- [ ] marzipan\n"),
        ("kind: x", "## Sensitive\n\n(#private)\n- [ ] marzipan\n"),
        ("kind: x", "## Sensitive #private\n\n- [ ] marzipan\n\nQUESTION: marzipan?\n"),
    ] {
        let home = Desk::empty();
        home.write("meetings/One-to-one Kim 2026-11-06.md", open);
        home.write("meetings/One-to-one Kim 2026-11-20.md", &format!("---\n{front}\n---\n# One-to-one Kim\n\n{text}"));
        let page = home.run(&["report", "1on1", "kim"]);
        assert!(page.contains("plain point"), "{front} {text}: {page}");
        assert!(!page.contains("marzipan"), "{front} {text}: {page}");
        if front != "kind: x" {
            assert!(page.contains("1 note left out"), "{front} {text}: {page}");
        }
        assert!(home.run(&["report", "1on1", "kim", "--private"]).contains("marzipan"), "{front} {text}");
        // a draft is not for others yet, which says nothing about its points
        if front == "draft: true" {
            continue;
        }
        // what goes on keeps the mark, or stands in a note that has it
        home.run(&["meeting", "new", "kim", "--date", "2026-12-18", "--yes", "--no-edit"]);
        let new = fs::read_to_string(home.notes().join("meetings/One-to-one Kim 2026-12-18.md")).unwrap();
        let page = home.run(&["report", "1on1", "kim"]);
        assert!(!page.contains("marzipan"), "{front} {text}: {new}\n{page}");
        assert!(new.contains("marzipan") && new.contains("plain point (from 2026-11-06)\n"), "{front} {text}: {new}");
    }
}

#[test]
fn a_series_that_is_private_as_a_whole_says_so() {
    let home = Desk::empty();
    home.write("One-to-one Kim.md", "---\nprivate: true\n---\n## 2026-11-06\n\n- [ ] point\n- [ ] marzipan #private\n");
    let page = home.run(&["report", "1on1", "kim"]);
    assert!(page.contains("every note of the series says that it is private"), "{page}");
    assert!(page.contains("point") && !page.contains("marzipan"), "{page}");
}

/// A private part of another note takes itself away, not its note.
#[test]
fn a_private_part_hides_itself_only() {
    let home = Desk::empty();
    home.write("One-to-one Kim.md", "## 2026-11-06\n\n- [ ] point\n");
    home.write(
        "goals.md",
        "# Goals\n\n## Rust\n\n- [x] book\n- [ ] marzipan #private\n\n## Marzipan #private\n\n- [ ] marzipan\n",
    );
    let page = home.run(&["report", "1on1", "kim"]).to_lowercase();
    assert!(page.contains("rust") && page.contains("1/1"), "{page}");
    assert!(!page.contains("marzipan"), "{page}");
}

/// Comments in notes are for their writer, wherever they stand.
#[test]
fn no_comment_is_on_the_page() {
    let home = Desk::empty();
    fs::write(
        home.notes().join("book.toml"),
        "[[preprocessor.hornbook.tickets]]\nkeys = [\"AB\"]\nurl = \"https://t.example/{key}-{num}\"\n",
    )
    .unwrap();
    home.write(
        "One-to-one Kim.md",
        "## 2026-12-04 <!-- marzipan -->\n\n- [ ] plain point %%marzipan%%\n- AB-2 to be <!-- marzipan --> tested\n- Kim %%marzipan%%: write\n- [x] sent %%marzipan%% ✅ 2026-12-05\n\nACTION me: call %%marzipan%%\n\nIs it good enough for them? %%marzipan%%\n\nKudos from Bo: great work on it <!-- marzipan -->\n\nRETAIL-55 open %%marzipan%%\n\nTOMO skill %%marzipan%%\n\n%%\n- [ ] marzipan\n%%\n",
    );
    home.write(
        "2026-12-08.md",
        "- [x] tests %%marzipan%% all\n- AB-2 open %%marzipan%%\n- [a book %%marzipan%%](https://e.example/a) <!-- marzipan -->\n  - good %%marzipan%%\n- [ ] learn Kafka #skill %%marzipan%%\n",
    );
    home.write(
        "goals.md",
        "# Goals\n\n## Rust %%marzipan%%\n\n- [x] one %%marzipan%% ✅ 2026-12-08\n- point <!-- marzipan -->\n- talks %%marzipan%%: 3/10\n- long %%marzipan\n  goes on%%\n",
    );
    for how in [&["--format", "text"][..], &["--format", "json"], &["--format", "jsonl"], &["--markdown"]] {
        let page = home.run(&[&["report", "1on1", "kim"], how].concat());
        assert!(page.contains("plain point") && page.contains("Rust") && page.contains("AB-2"), "{page}");
        assert!(!page.contains("marzipan"), "{how:?} {page}");
    }
}

/// A line that says that a ticket is closed is a sign that what was agreed about it is done.
#[test]
fn a_closed_ticket_is_a_sign() {
    for (point, later, sign) in [
        ("- [ ] finish AB-1", "- [x] AB-1 ✅ 2026-12-08\n", Some("ship.md:1 AB-1")),
        ("- AB-1 to be tested", "- AB-1 merged\n", Some("ship.md:1 AB-1 merged")),
        ("- [ ] finish AB-1", "- [ ] AB-1 merged?\n", None),
        ("- [ ] finish AB-1 and AB-2", "- AB-1 merged\n", None),
        ("- [ ] finish AB-1 and AB-2", "- AB-1 merged\n- AB-2 done\n", Some("ship.md:2 AB-2 done")),
        ("- [ ] finish AB-2", "- AB-1 merged\n", None),
        ("- [ ] finish AB-1", "- [x] AB-1 ✅ 2026-12-01\n", None),
    ] {
        let home = Desk::empty();
        fs::write(
            home.notes().join("book.toml"),
            "[[preprocessor.hornbook.tickets]]\nkeys = [\"AB\"]\nurl = \"https://t.example/{key}-{num}\"\n",
        )
        .unwrap();
        home.write("One-to-one Kim.md", &format!("## 2026-12-04\n\n{point}\n"));
        home.write("ship.md", later);
        let rows: Vec<Value> =
            serde_json::from_str(&home.run(&["--quiet", "report", "1on1", "kim", "--format", "json"])).unwrap();
        let found = &rows[0]["agreed"][0]["maybe_done"];
        let said = found.as_object().map(|sign| {
            format!("{}:{} {}", sign["path"].as_str().unwrap(), sign["line"], sign["text"].as_str().unwrap())
        });
        assert_eq!(said.as_deref(), sign, "{point} / {later}");
    }
}
