//! How well searches rank, on any collection with judged queries.
//!
//! `cargo bench --bench ranking [FOLDER…]` prints for each collection the means of nDCG@10, MRR@10, recall@100, the share of
//! queries whose first note is an answer, and the share without any answer. `--each` adds a line for every query. Without a folder it
//! measures the project's own notes with `tests/ranking/handbook.tsv`. A folder may be
//!
//! - a notebook with `queries.tsv` beside its notes: a query, a tab, the paths that answer it, the best first
//! - a collection in the form of BEIR: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv` (or `qrels.tsv`)
//! - a collection in the form of TREC: `documents.trec` with `<DOC>` and `<DOCNO>`, `queries.tsv` with an id and a query, `qrels.txt`
//! - any other notebook: its own links are the queries. The text of a link has to find the note it leads to, a file name its note.
//!
//! Documents that are not notes are written as notes into a temporary folder, with their title as first heading.
//! `hornbook search --explain QUERY` says why a note ranks where it does.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops where something is wrong, and prints")]

mod collection;
mod measures;

use std::env;
use std::path::Path;
use std::path::PathBuf;

use hornbook::disk;
use hornbook::session::Clock;
use hornbook::session::Folders;
use hornbook::session::SearchRequest;
use hornbook::session::Session;

use crate::collection::Collection;
use crate::measures::Means;

/// Notes asked for per query: recall is measured at this depth.
const DEPTH: usize = 100;

fn main() {
    let words: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    let each = words.iter().any(|word| word == "--each");
    let mut folders: Vec<PathBuf> = words.iter().filter(|word| !word.starts_with("--")).map(PathBuf::from).collect();
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_own = folders.is_empty();
    if is_own {
        folders.push(own.join("notes"));
    }
    println!(
        "{:<34}{:>8}{:>10}{:>9}{:>12}{:>8}{:>11}",
        "", "queries", "nDCG@10", "MRR@10", "recall@100", "first", "no answer"
    );
    for folder in folders {
        let home = tempfile::tempdir().unwrap();
        let judged = is_own.then(|| own.join("tests/ranking/handbook.tsv"));
        let collection = collection::read(&folder, judged.as_deref(), home.path());
        let session = open(&collection.notes, home.path());
        let groups = if collection.groups.is_empty() {
            collection::known_items(&session, &collection.notes)
        } else {
            collection.groups.clone()
        };
        for (name, queries) in groups {
            let mut means = Means::default();
            for query in queries {
                let found = search(&session, &query.words);
                let figures = means.count(&found, &query.answers);
                if each {
                    println!(
                        "  {:.3}  {:<50} {}",
                        figures.ndcg,
                        query.words,
                        found.first().map_or("–", String::as_str)
                    );
                }
            }
            println!("{:<34}{means}", format!("{} {name}", Collection::title(&folder)));
        }
    }
}

fn open(notes: &Path, home: &Path) -> Session {
    let discover = disk::Discover { notebook: Some(notes.to_path_buf()), ..disk::Discover::default() };
    let folders = Folders { cache: home.join("cache"), state: home.join("state") };
    let today = "2026-01-01";
    let clock = Clock { today: today.parse().unwrap(), time: today.to_owned(), nanos: 1 };
    Session::open(disk::discover(&discover).unwrap(), folders, clock)
}

/// The paths of the notes found, the best first. Queries are plain words here: signs of the query language are blanks.
fn search(session: &Session, words: &str) -> Vec<String> {
    let plain: String =
        words.chars().map(|c| if c.is_alphanumeric() || "'’-_".contains(c) { c } else { ' ' }).collect();
    let plain = plain.split_whitespace().map(|word| word.trim_matches('-')).filter(|word| !word.is_empty());
    let lower =
        plain.map(|word| if matches!(word, "AND" | "OR" | "NOT") { word.to_lowercase() } else { word.to_owned() });
    let text = lower.collect::<Vec<_>>().join(" ");
    let mut request = SearchRequest { query: session.query(&text).unwrap(), ..SearchRequest::default() };
    request.options.limit = DEPTH;
    request.options.snippet = 1;
    let mut paths: Vec<String> =
        session.search(&request).unwrap().hits.into_iter().map(|hit| hit.path.to_string()).collect();
    // a row is a section; those of a note lie together
    paths.dedup();
    paths
}
