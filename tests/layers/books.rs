//! What README, CONTRIBUTING and ARCHITECTURE name exists.

use regex::Regex;

use crate::SOURCES;
use crate::read;
use crate::top;

const BOOKS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];

/// Calls `look` with everything that the pattern's first group finds in the books, and says where it answers `false`.
fn all(pattern: &str, look: &dyn Fn(&str) -> bool) {
    let pattern = Regex::new(pattern).unwrap();
    let mut faults = Vec::new();
    let mut seen = 0;
    for book in BOOKS {
        for (at, line) in read(&top().join(book)).lines().enumerate() {
            for found in pattern.captures_iter(line) {
                let name = found.get(1).unwrap().as_str();
                seen += 1;
                if !look(name) {
                    faults.push(format!("{book}:{}: there is no {name}", at + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(seen > 0, "{pattern} finds nothing any more");
}

#[test]
fn files_and_folders_exist() {
    let exists = |path: &str| top().join(path).exists();
    all(r"`(\.?[A-Za-z0-9_-]+/[A-Za-z0-9_./-]*)`", &exists);
    all(r"`([A-Za-z0-9_-]+\.(?:rs|toml|md))`", &exists);
    all(r"\]\(([^:)#]+)[^:)]*\)", &exists);
}

#[test]
fn tests_and_benchmarks_exist() {
    all(r"--(?:test|bench) ([a-z_]+)", &|name| {
        let places = ["tests", "benches"].map(|folder| top().join(folder));
        places
            .iter()
            .any(|place| place.join(format!("{name}.rs")).exists() || place.join(name).join("main.rs").exists())
    });
}

#[test]
fn modules_and_items_exist() {
    all(r"`([a-z_]+::[A-Za-z_:]+)`", &|path| {
        let (module, name) = path.rsplit_once("::").unwrap();
        let module: Vec<String> = module.split("::").map(str::to_owned).collect();
        let defined = Regex::new(&format!(r"\b(fn|struct|enum|trait|type|const|mod|use .*)[ :]{name}\b")).unwrap();
        let mut homes = SOURCES.files.iter().filter(|source| source.module.ends_with(&module));
        homes.any(|source| defined.is_match(&source.text))
    });
}

/// A page of the manual that the program cannot print, or that mdBook does not know of, is a page that nobody finds.
#[test]
fn every_page_of_the_manual_can_be_reached() {
    let help = read(&top().join("src/cli/commands/help.rs"));
    let summary = read(&top().join("notes/SUMMARY.md"));
    for page in std::fs::read_dir(top().join("notes/guide")).unwrap() {
        let name = page.unwrap().file_name().into_string().unwrap();
        assert!(help.contains(&format!("/guide/{name}\")")), "`hornbook help` has no page for {name}");
        assert!(summary.contains(&format!("(guide/{name})")), "notes/SUMMARY.md does not name {name}");
    }
}
