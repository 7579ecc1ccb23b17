//! The rules of the house: floors, packages, circles of files, heads, and books that name what exists.
//!
//! The floors and what each may name are read from the table in ARCHITECTURE.md: there is no second list.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod books;
mod circles;
mod source;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::source::Sources;
use crate::table::Floor;
use crate::table::floors;

/// The top of the project.
fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Read once for all tests.
static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::read(&top()));

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where a floor is named by another one: `from`, `to` and the first place.
fn arrows(sources: &Sources, floors: &[Floor]) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    for source in &sources.files {
        let Some(from) = source.floor() else { continue };
        for named in &source.named {
            let Some(path) = sources.absolute(named) else { continue };
            let Some(to) = path.first().filter(|to| *to != from && floors.iter().any(|floor| floor.name == **to))
            else {
                continue;
            };
            let place = || format!("{}:{}", source.file, named.line);
            found.entry((from.to_owned(), to.clone())).or_insert_with(place);
        }
    }
    found
}

#[test]
fn the_table_has_every_floor_with_the_lower_ones_first() {
    let floors = floors();
    let mut folders: Vec<String> = fs::read_dir(top().join("src"))
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut names: Vec<String> = floors.iter().map(|floor| floor.name.clone()).collect();
    names.sort();
    assert_eq!(folders, names, "left: folders of src, right: floors in the table of ARCHITECTURE.md");
    for (at, floor) in floors.iter().enumerate() {
        for used in &floor.uses {
            let lower = floors.iter().take(at).any(|other| other.name == *used);
            assert!(lower, "{} uses {used}, which is not above it in the table", floor.name);
        }
    }
}

#[test]
fn floors_name_what_the_table_says_and_nothing_else() {
    let floors = floors();
    let arrows = arrows(&SOURCES, &floors);
    let mut faults = Vec::new();
    for ((from, to), place) in &arrows {
        let allowed = floors.iter().any(|floor| floor.name == *from && floor.uses.contains(to));
        if !allowed {
            faults.push(format!("{place}: {from} names {to}; the table of ARCHITECTURE.md does not allow it"));
        }
    }
    for floor in &floors {
        for used in &floor.uses {
            if !arrows.contains_key(&(floor.name.clone(), used.clone())) {
                faults.push(format!("ARCHITECTURE.md: {} does not use {used}; take it out of the table", floor.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_package_of_the_table_is_named_on_its_floors_only() {
    let floors = floors();
    let mut faults = Vec::new();
    let mut used = Vec::new();
    for source in &SOURCES.files {
        let Some(floor) = source.floor() else { continue };
        for named in &source.named {
            let package = named.path.first().unwrap();
            let places: Vec<&Floor> = floors.iter().filter(|floor| floor.packages.contains(package)).collect();
            if places.is_empty() {
                continue;
            }
            if places.iter().any(|place| place.name == floor) {
                used.push((floor.to_owned(), package.clone()));
            } else {
                faults.push(format!("{}:{} names {package}", source.file, named.line));
            }
        }
    }
    for floor in &floors {
        for package in &floor.packages {
            if !used.contains(&(floor.name.clone(), package.clone())) {
                faults.push(format!("ARCHITECTURE.md: {} does not name {package}; take it out", floor.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Files over 400 lines are split along nouns, or their heads say why not: `Over 400 lines because …`.
#[test]
fn a_long_file_says_why_it_is_one_file() {
    const WORDS: &str = "//! Over 400 lines because ";
    let files = walkdir::WalkDir::new(top().join("src")).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut faults = Vec::new();
    for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "rs")) {
        let text = read(file.path());
        let (lines, says) = (text.lines().count(), text.lines().any(|line| line.starts_with(WORDS)));
        let path = file.path().strip_prefix(top()).unwrap().display().to_string();
        if lines > 400 && !says {
            faults.push(format!("{path} has {lines} lines: split it, or say why not in its head (`{WORDS}…`)"));
        }
        if lines <= 400 && says {
            faults.push(format!("{path} has {lines} lines: its head need not excuse them"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_module_says_what_it_is() {
    let without = SOURCES.files.iter().filter(|source| !source.text.starts_with("//!"));
    let faults: Vec<&str> = without.map(|source| source.file.as_str()).collect();
    assert!(faults.is_empty(), "without a head: {faults:#?}");
}
