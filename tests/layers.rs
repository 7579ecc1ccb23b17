//! The house's floors: a floor names only those below it, and heavy packages stand in one place each.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The floors and what each may use, lowest first.
const FLOORS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("parse", &["model"]),
    ("edit", &["model", "parse"]),
    ("disk", &["model", "parse", "edit"]),
    ("query", &["model"]),
    ("index", &["model", "parse", "disk", "query"]),
    ("report", &["model", "parse", "query", "index"]),
    ("view", &["model", "report"]),
    ("site", &["model", "parse", "query", "report", "view"]),
    ("session", &["model", "parse", "edit", "disk", "query", "index", "report", "site"]),
    ("cli", &["model", "parse", "edit", "disk", "query", "index", "report", "view", "site", "session"]),
];

/// Packages and the only floors that may name them.
const PLACES: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["parse"]),
    ("serde_yaml", &["parse"]),
    ("toml", &["disk", "parse"]),
    ("tantivy", &["index"]),
    ("walkdir", &["index", "disk", "site"]),
    ("ignore", &["disk"]),
    ("tempfile", &["disk", "site", "index"]),
    ("comrak", &["site"]),
    ("ammonia", &["site"]),
    ("syntect", &["site"]),
    ("two_face", &["site"]),
    ("pulldown_latex", &["site"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("indicatif", &["cli"]),
    ("anstyle", &["view", "cli"]),
    ("minijinja", &["view", "site"]),
];

#[test]
fn floors_name_only_lower_floors() {
    let mut faults = Vec::new();
    for (floor, below) in FLOORS {
        for file in sources(&source_folder().join(floor)) {
            let text = code(&file);
            for (other, _) in FLOORS {
                let named = text.contains(&format!("crate::{other}::")) || text.contains(&format!("crate::{other};"));
                if named && other != floor && !below.contains(other) {
                    faults.push(format!("{} names {other}", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn heavy_packages_have_one_place() {
    let mut faults = Vec::new();
    for (floor, _) in FLOORS {
        for file in sources(&source_folder().join(floor)) {
            let text = code(&file);
            for (package, places) in PLACES {
                let named = text.contains(&format!("{package}::"))
                    && text.match_indices(&format!("{package}::")).any(|(at, _)| {
                        !text
                            .get(..at)
                            .unwrap_or_default()
                            .ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                    });
                if named && !places.contains(floor) {
                    faults.push(format!("{} names {package}", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_module_says_what_it_is() {
    let faults: Vec<String> = sources(&source_folder())
        .into_iter()
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .map(|file| file.display().to_string())
        .collect();
    assert!(faults.is_empty(), "without a head: {faults:#?}");
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        // tests may use what they like
        .filter(|path| !path.file_stem().is_some_and(|name| name.to_string_lossy().contains("tests")))
        .collect()
}

/// The source without its tests and comments: tests may use what they like.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let text = text.split("#[cfg(test)]").next().unwrap_or("");
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
