//! What commands cost, beside the floors of the machine and beside other programs.
//!
//! `cargo bench --bench speed` makes notebooks of 180, 1,000, 6,000 and 38,000 notes and measures whole processes: CPU (user and
//! system), wall clock, peak memory, and bytes on disk. All commands take turns, round after round, so that what else the
//! machine does meets all of them; medians are shown, with the spread of the CPU time. Figures depend on the machine: compare
//! ratios, and only within one run.
//!
//! - `--notes N[,N…]`: other sizes (1000000 takes an hour)
//! - `FOLDER`: a copy of these notes instead
//! - `--rounds N`: so many rounds; 7 by itself, 3 for what takes long
//! - `--json FILE`: all figures
//!
//! The variable `HORNBOOK_PROGRAM` names another build to measure. Peers are measured where they are installed: `benches/speed/peers`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops where something is wrong, and prints its figures"
)]

mod floors;
mod notes;
mod peers;
mod process;

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;
use serde_json::json;

use crate::peers::Work;
use crate::process::Line;
use crate::process::Sample;
use crate::process::Summary;
use crate::process::megabytes;

/// CPU milliseconds over which a command has fewer rounds.
const LONG: f64 = 2_000.0;

/// What is done before each run.
#[derive(Debug, Clone)]
enum Before {
    Nothing,
    /// A folder is moved away. Not removed: file systems are slow with names of files that have just gone.
    Away(PathBuf),
    /// A note gets another line.
    Changed(PathBuf),
}

/// A command to measure.
#[derive(Debug)]
struct Subject {
    name: String,
    line: Line,
    before: Before,
    samples: Vec<Sample>,
    /// What it leaves on disk.
    made: Option<PathBuf>,
    /// What it does, if it is a peer.
    peer: Option<Work>,
}

fn main() {
    let mut words = env::args().skip(1);
    let (mut sizes, mut rounds, mut json, mut folder) = (vec![180, 1_000, 6_000, 38_000], 7, None, None);
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("{word} needs a value"));
        match word.as_str() {
            "--floor" => {
                return floors::run(&value(), Path::new(&words.next().unwrap()), Path::new(&words.next().unwrap()));
            }
            "--notes" => sizes = value().split(',').map(|size| size.parse().unwrap()).collect(),
            "--rounds" => rounds = value().parse().unwrap(),
            "--json" => json = Some(PathBuf::from(value())),
            // cargo's own
            "--bench" => {}
            other => folder = Some(PathBuf::from(other)),
        }
    }
    println!("{}", machine());
    let mut all = Vec::new();
    match folder {
        Some(folder) => all.push(measure(&folder.display().to_string(), rounds, &|notes| copy(&folder, notes))),
        None => {
            for size in sizes {
                all.push(measure(&format!("{size} notes"), rounds, &|notes| notes::write_all(notes, size)));
            }
        }
    }
    if let Some(file) = json {
        notes::put(&file, &format!("{:#}\n", json!({ "machine": machine(), "notebooks": all })));
    }
}

/// Measures everything on one notebook, prints it, and gives it as JSON.
fn measure(title: &str, rounds: usize, write: &dyn Fn(&Path)) -> Value {
    let home = tempfile::tempdir().unwrap();
    let notes = home.path().join("notes");
    fs::create_dir(&notes).unwrap();
    write(&notes);
    let mut subjects = subjects(&notes, home.path());
    let mut aside = 0;
    for round in 0..rounds {
        for subject in &mut subjects {
            if round >= 3 && subject.samples.first().is_some_and(|sample| sample.cpu > LONG) {
                continue;
            }
            match &subject.before {
                Before::Nothing => {}
                Before::Away(folder) => {
                    aside += 1;
                    drop(fs::rename(folder, home.path().join(format!("aside-{aside}"))));
                }
                Before::Changed(note) => {
                    let text = fs::read_to_string(note).unwrap();
                    notes::put(note, &format!("{text}\nchange {round}\n"));
                }
            }
            subject.samples.push(subject.line.run(home.path()));
        }
    }
    let bytes = megabytes(&notes);
    println!(
        "\n{title}, {bytes:.1} MB\n{:<40}{:>10}{:>8}{:>10}{:>9}{:>10}",
        "", "CPU ms", "±", "wall ms", "peak MB", "disk MB"
    );
    let found: Vec<(&Subject, Summary)> =
        subjects.iter().map(|subject| (subject, process::summary(&subject.samples))).collect();
    let mut rows = Vec::new();
    for (subject, summary) in &found {
        let disk = subject.made.as_deref().map(megabytes);
        let shown = disk.map_or(String::new(), |disk| format!("{disk:.1}"));
        let Summary { runs, cpu, spread, wall, peak } = *summary;
        println!("{:<40}{cpu:>10.1}{:>7.0}%{wall:>10.1}{peak:>9.0}{shown:>10}", subject.name, spread * 100.0);
        rows.push(json!({ "name": subject.name, "runs": runs, "cpu_ms": cpu, "spread": spread, "wall_ms": wall, "peak_mb": peak, "disk_mb": disk }));
    }
    let ratios: Vec<(String, f64)> = ratios(&found);
    println!("\n{:<60}{:>8}", "ratios of CPU", "");
    for (name, value) in &ratios {
        println!("{name:<60}{value:>8.2}");
    }
    let ratios: Value =
        ratios.into_iter().map(|(name, value)| (name, json!(value))).collect::<serde_json::Map<_, _>>().into();
    json!({ "notebook": title, "mb": bytes, "rows": rows, "ratios": ratios })
}

/// Floors, our commands, and the peers that are installed, in the order in which they take turns.
fn subjects(notes: &Path, home: &Path) -> Vec<Subject> {
    let own = env::current_exe().unwrap();
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let subject = |name: &str, line: Line, before: Before, made: Option<PathBuf>| Subject {
        name: name.to_owned(),
        line,
        before,
        samples: Vec::new(),
        made,
        peer: None,
    };
    let mut all = Vec::new();
    for (floor, name) in floors::FLOORS {
        let arguments = vec!["--floor".to_owned(), floor.to_owned(), text(notes), text(home)];
        let line = Line { program: own.clone(), arguments, folder: notes.to_path_buf(), variables: Vec::new() };
        all.push(subject(name, line, Before::Nothing, None));
    }
    let program =
        env::var_os("HORNBOOK_PROGRAM").map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_hornbook")), PathBuf::from);
    let (cache, site) = (home.join("cache"), home.join("site"));
    let line = |words: &[&str]| Line {
        program: program.clone(),
        arguments: words.iter().map(|word| (*word).to_owned()).collect(),
        folder: notes.to_path_buf(),
        variables: vec![
            ("HORNBOOK_CACHE_DIR".to_owned(), text(&cache)),
            ("HORNBOOK_TODAY".to_owned(), "2026-11-21".to_owned()),
        ],
    };
    let out = text(&site);
    let build = ["build", "-q", "--out", &out];
    let changed = || {
        let files = walkdir::WalkDir::new(notes).sort_by_file_name().into_iter().filter_map(Result::ok);
        let mut files = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "md"));
        files.next().unwrap().into_path()
    };
    let ours: [(&str, &[&str], Before, Option<&Path>); 18] = [
        ("--version", &["--version"], Before::Nothing, None),
        ("first index", &["list", "-n", "1", "-q", "xyzzy"], Before::Away(cache.clone()), Some(&cache)),
        ("nothing changed, a word that is nowhere", &["search", "-q", "zzyzxq"], Before::Nothing, None),
        ("search with sync", &["search", "-q", "outbox relay"], Before::Nothing, None),
        ("search without sync", &["search", "-q", "--no-sync", "outbox relay"], Before::Nothing, None),
        ("one changed note", &["search", "-q", "zzyzxq"], Before::Changed(changed()), None),
        ("list", &["list", "-q"], Before::Nothing, None),
        ("list --facts, JSON", &["list", "-q", "--facts", "--format", "json"], Before::Nothing, None),
        ("tags", &["tags", "-q"], Before::Nothing, None),
        ("todo", &["todo", "-q"], Before::Nothing, None),
        ("reading", &["reading", "-q"], Before::Nothing, None),
        ("journal", &["journal", "-q"], Before::Nothing, None),
        ("report week", &["report", "-q", "week"], Before::Nothing, None),
        ("meeting actions", &["meeting", "actions", "-q"], Before::Nothing, None),
        ("check", &["check", "-q"], Before::Nothing, None),
        ("build, every page", &build, Before::Away(site.clone()), Some(&site)),
        ("build, nothing changed", &build, Before::Nothing, None),
        ("build, one note changed", &build, Before::Changed(changed()), None),
    ];
    for (name, words, before, made) in ours {
        all.push(subject(name, line(words), before, made.map(Path::to_path_buf)));
    }
    for peer in peers::installed(notes, home) {
        let before = peer.made.clone().map_or(Before::Nothing, Before::Away);
        all.push(Subject { peer: Some(peer.work), ..subject(peer.name, peer.line, before, peer.made) });
    }
    all
}

/// The ratios that count: ours to a floor, and the peers' to ours.
fn ratios(found: &[(&Subject, Summary)]) -> Vec<(String, f64)> {
    let cpu = |name: &str| {
        found.iter().find(|(subject, _)| subject.name == name).map_or(f64::NAN, |(_, summary)| summary.cpu)
    };
    let pairs = [
        ("first index", "floor: read all, CommonMark events"),
        ("first index", "floor: tantivy alone, one field"),
        ("floor: read all, our parser", "floor: read all, CommonMark events"),
        ("search with sync", "floor: our stat walk"),
        ("floor: our stat walk", "floor: walkdir and metadata"),
        ("todo", "search with sync"),
        ("reading", "search with sync"),
        ("report week", "journal"),
        ("build, every page", "floor: pages without templates"),
    ];
    let mut all: Vec<(String, f64)> =
        pairs.iter().map(|(one, other)| (format!("{one} / {other}"), cpu(one) / cpu(other))).collect();
    all.push((
        "one changed note - nothing changed, ms".to_owned(),
        cpu("one changed note") - cpu("nothing changed, a word that is nowhere"),
    ));
    for (peer, summary) in found {
        let ours = match peer.peer {
            None => continue,
            Some(Work::Index) => "first index",
            Some(Work::Search) => "search with sync",
            Some(Work::Site) => "build, every page",
        };
        all.push((format!("{} / our {ours}", peer.name), summary.cpu / cpu(ours)));
    }
    all
}

/// Processor, cores, memory and system, as far as the system tells.
fn machine() -> String {
    let line = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default().to_owned();
        line.split_once(':').map_or(String::new(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let memory = line("/proc/meminfo", "MemTotal");
    format!("{}, {cores} cores, {memory} of memory, Linux {}", line("/proc/cpuinfo", "model name"), kernel.trim())
}

/// A copy of the Markdown files of a folder.
fn copy(from: &Path, to: &Path) {
    for entry in
        walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file())
    {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(entry.path(), &target).unwrap();
    }
}
