//! `hornbook report`: each figure is what the command beside it lists, whatever the notebook and the period.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::folder::top;

/// The rows of an answer.
fn rows(notes: &Path, cache: &Path, words: &[&str]) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_hornbook"))
        .args(words)
        .args(["--format", "json", "--today", "2026-11-21"])
        .env("HORNBOOK_CACHE_DIR", cache)
        .current_dir(notes)
        .output()
        .unwrap();
    assert_ne!(output.status.code(), Some(2), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How many things a list has: of series their meetings, and no groups of tasks.
fn count(rows: &[Value]) -> usize {
    let meetings = |row: &Value| row.get("meetings").and_then(Value::as_array).map(Vec::len);
    let is_series = |row: &&Value| row.get("interval_days").is_some();
    let series: usize = rows.iter().filter(is_series).filter_map(meetings).sum();
    series + rows.iter().filter(|row| !is_series(row) && row.get("group") != Some(&Value::Bool(true))).count()
}

#[test]
fn each_figure_is_that_of_the_list_behind_it() {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    let asked: [&[&str]; 5] = [
        &["report", "week"],
        &["report", "month", "2026-10"],
        &["report", "year"],
        &["report", "week", "--since", "2025-11-20", "NOT", "reading list"],
        &["report", "quarter", "--until", "2026-02-20", "path:journal"],
    ];
    for notes in ["notes", "tests/notebooks/garden", "tests/notebooks/bakery"] {
        let notes = top().join(notes);
        let cache = tempfile::tempdir().unwrap();
        for words in asked {
            let parts = rows(&notes, cache.path(), words);
            assert_eq!(parts.len(), 9, "{words:?}");
            for part in parts {
                let name = part["part"].as_str().unwrap();
                let figure = usize::try_from(part["count"].as_u64().unwrap()).unwrap();
                let command = shell_words::split(part["command"].as_str().unwrap()).unwrap();
                let list: Vec<&str> = command.iter().skip(1).map(String::as_str).collect();
                let listed = count(&rows(&notes, cache.path(), &list));
                assert_eq!((figure, part["items"].as_array().unwrap().len()), (listed, listed), "{name}: {command:?}");
                let steps: u64 =
                    part["steps"].as_array().unwrap().iter().map(|step| step["count"].as_u64().unwrap()).sum();
                if !matches!(name, "written" | "carried" | "left") {
                    assert_eq!(usize::try_from(steps).unwrap(), figure, "{name}: {words:?}");
                }
                *seen.entry(name.to_owned()).or_default() += figure;
            }
        }
    }
    assert!(seen.values().all(|figure| *figure > 0), "{seen:?}");
}
