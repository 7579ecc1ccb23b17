//! What a command costs, beside the floors of the machine that it runs on.
//!
//! `cargo bench` makes notebooks of 180, 6,000 and 38,000 notes and prints CPU milliseconds (user and system, of whole
//! processes, the mean of several runs) and the ratios that count. The floors are this program itself: a stat walk with
//! `walkdir`, reading and parsing every note on one thread, and tantivy alone with one field.
//! Figures depend on the machine: compare ratios, and only within one run.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark stops where something is wrong, and prints its figures"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use hornbook::disk;
use hornbook::model::NotePath;
use hornbook::parse;

fn main() {
    let arguments: Vec<String> = env::args().collect();
    match arguments
        .iter()
        .position(|word| word == "--floor")
        .and_then(|at| Some((arguments.get(at + 1)?, arguments.get(at + 2)?)))
    {
        Some((floor, folder)) => run_floor(floor, Path::new(folder)),
        None => measure(),
    }
}

fn measure() {
    let sizes: Vec<usize> = match env::var("NOTES") {
        Ok(list) => list.split(',').filter_map(|n| n.parse().ok()).collect(),
        Err(_) => vec![180, 6_000, 38_000],
    };
    println!("CPU ms of whole processes, mean; floors: stat walk, read and parse all, tantivy alone");
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes");
        write_notes(&notes, size);
        let bench = Bench { home: folder.path(), notes: &notes };
        let runs = if size > 10_000 { 8 } else { 40 };
        let walk = bench.floor("walk", runs);
        let own_walk = bench.floor("own-walk", runs);
        let parse = bench.floor("parse", 3);
        let tantivy = bench.floor("tantivy", 3);
        let first = bench.mean(
            3,
            || drop(fs::remove_dir_all(folder.path().join("cache"))),
            &["list", "-n", "1", "-q", "xyzzy"],
        );
        let nothing = bench.mean(runs, || {}, &["index", "path"]);
        let unchanged = bench.mean(runs, || {}, &["search", "-q", "zzyzxq"]);
        let search = bench.mean(runs, || {}, &["search", "-q", "outbox relay"]);
        let unsynced = bench.mean(runs, || {}, &["search", "-q", "--no-sync", "outbox relay"]);
        let todo = bench.mean(runs, || {}, &["todo", "-q"]);
        let reading = bench.mean(runs, || {}, &["reading", "-q"]);
        let journal = bench.mean(runs, || {}, &["journal", "-q"]);
        let report = bench.mean(runs, || {}, &["report", "-q", "week"]);
        let facts = bench.mean(runs, || {}, &["list", "-q", "is:open"]);
        let site = folder.path().join("site");
        let pages = ["build", "-q", "--out", &site.to_string_lossy()];
        let mut built_before = 0;
        let aside = || {
            // not removed: file systems are slow with names of files that have just gone
            built_before += 1;
            drop(fs::rename(&site, folder.path().join(format!("site-{built_before}"))));
        };
        let build = bench.mean(3, aside, &pages);
        let built = bench.mean(5, || {}, &pages);
        let mut count = 0;
        let changed = bench.mean(
            runs,
            || {
                count += 1;
                let path = notes.join("folder-0").join("note-0.md");
                let text = fs::read_to_string(&path).unwrap();
                write(&path, &format!("{text}\nchange {count}\n"));
            },
            &["search", "-q", "zzyzxq"],
        );
        println!("\n{size} notes");
        for (name, value) in [
            ("floor: walkdir and metadata", walk),
            ("floor: our stat walk", own_walk),
            ("floor: read and parse all", parse),
            ("floor: tantivy, one field", tantivy),
            ("an empty process (index path)", nothing),
            ("first index", first),
            ("nothing changed, a word that is nowhere", unchanged),
            ("search with sync", search),
            ("search without sync", unsynced),
            ("one changed note", changed),
            ("todo", todo),
            ("reading", reading),
            ("journal", journal),
            ("report week", report),
            ("list is:open (all facts)", facts),
            ("build, every page", build),
            ("build, nothing changed", built),
        ] {
            println!("  {name:<42}{value:>9.1}");
        }
        println!("  search with sync / our stat walk          {:>9.2}", search / own_walk);
        println!("  one changed - nothing changed             {:>9.1}", changed - unchanged);
        println!("  todo / search                             {:>9.2}", todo / search);
        println!("  reading / search                          {:>9.2}", reading / search);
        println!("  report week / journal                     {:>9.2}", report / journal);
        println!("  first index / read and parse all          {:>9.2}", first / parse);
        println!("  build / read and parse all                {:>9.2}", build / parse);
        println!("  our stat walk / walkdir                   {:>9.2}", own_walk / walk);
    }
}

struct Bench<'a> {
    home: &'a Path,
    notes: &'a Path,
}

impl Bench<'_> {
    fn floor(&self, name: &str, runs: usize) -> f64 {
        let program = env::current_exe().unwrap();
        self.run(&program, &["--floor", name, &self.notes.to_string_lossy()], runs, || {})
    }

    /// The mean CPU time of the command.
    fn mean(&self, runs: usize, before: impl FnMut(), arguments: &[&str]) -> f64 {
        self.run(Path::new(env!("CARGO_BIN_EXE_hornbook")), arguments, runs, before)
    }

    fn run(&self, program: &Path, arguments: &[&str], runs: usize, mut before: impl FnMut()) -> f64 {
        let mut total = 0.0;
        for _ in 0..runs {
            before();
            let start = children();
            let status = Command::new(program)
                .args(arguments)
                .current_dir(self.notes)
                .env("HOME", self.home)
                .env("HORNBOOK_CACHE_DIR", self.home.join("cache"))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .unwrap();
            assert!(status.code().is_some_and(|code| code < 2), "{arguments:?}");
            total += children() - start;
        }
        total / runs as f64
    }
}

/// CPU milliseconds of all children that have ended, in steps of 10: means over many runs are what counts.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells what children took");
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<f64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    (fields[13] + fields[14]) * 10.0
}

fn run_floor(floor: &str, folder: &Path) {
    let files =
        || walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    match floor {
        "walk" => {
            let total: u64 = files().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum();
            assert!(total > 0);
        }
        "own-walk" => {
            let notebook =
                disk::discover(&disk::Discover { notebook: Some(folder.to_path_buf()), ..disk::Discover::default() });
            let walk = disk::walk(&notebook.unwrap(), disk::WalkOptions::default()).unwrap();
            assert!(!walk.files.is_empty());
        }
        "parse" => {
            let options = parse::Options::default();
            let tasks: usize = files()
                .map(|entry| {
                    let text = fs::read_to_string(entry.path()).unwrap();
                    parse::parse(&NotePath::from("n.md"), &text, &options).note.tasks.len()
                })
                .sum();
            assert!(tasks > 0);
        }
        "tantivy" => {
            let mut schema = tantivy::schema::Schema::builder();
            let body = schema.add_text_field("body", tantivy::schema::TEXT);
            let index = tantivy::Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
            for entry in files() {
                let mut document = tantivy::TantivyDocument::default();
                document.add_text(body, fs::read_to_string(entry.path()).unwrap());
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        other => panic!("no floor {other}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "throw-away notes of a benchmark")]
fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

/// Notes with the shape of real ones: headings, paragraphs of a skewed vocabulary, lists, links, some boxes.
fn write_notes(folder: &Path, count: usize) {
    let words: Vec<String> = (0..4_000)
        .map(|n: usize| match n {
            17 => "outbox".to_owned(),
            29 => "relay".to_owned(),
            _ => {
                let syllables = ["ka", "lo", "mi", "ter", "sun", "der", "pa", "vel", "ring", "os"];
                (0..2 + n % 3).map(|i| syllables[(n / 10usize.pow(i as u32) + i) % 10]).collect()
            }
        })
        .collect();
    let mut state = 42u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for note in 0..count {
        let place = folder.join(format!("folder-{}", note % (1 + count / 100)));
        fs::create_dir_all(&place).unwrap();
        let mut text = format!("---\ntags: [t{}]\n---\n# Note {note}\n\n", note % 50);
        for section in 0..1 + random(4) {
            text += &format!("## Section {section}\n\n");
            for _ in 0..1 + random(3) {
                for _ in 0..20 + random(60) {
                    // small numbers often: a vocabulary with a long tail
                    let at = random(words.len()) * random(words.len()) / words.len();
                    text += &words[at];
                    text.push(' ');
                }
                text += "\n\n";
            }
            text += &format!("- see [[note-{}]] and https://example.com/{}\n", random(count), random(1000));
            if random(8) == 0 {
                text += &format!("- [ ] look at {}\n- [x] did {}\n", words[random(4_000)], words[random(4_000)]);
            }
        }
        write(&place.join(format!("note-{note}.md")), &text);
    }
}
