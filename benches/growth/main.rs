//! How the cost of a command grows with its input: no shape of notes may cost much more than its size.
//!
//! `cargo bench --bench growth [SHAPE…]` writes each shape in sizes from 1,000 to 100,000 (headings, links, bytes …),
//! runs the commands on it, and takes CPU time (not the kernel's; the least of a few runs) and peak memory of whole
//! processes, less those of an empty notebook. The exponent is that between the two largest sizes that ended in time:
//! 1 is linear, 2 is quadratic. It exits with 1 where one is over 1.3. A run ends after 20 CPU seconds, and a size is not
//! tried where the last one is over the limit already. `--up-to N` leaves out larger sizes; with the variable
//! `HORNBOOK_PROGRAM` another build is measured.
//!
//! CPU time is what is portable: counters of instructions are not there in most virtual machines. A slope is kept from
//! noise by ignoring what costs next to nothing, and by measuring twice before it fails.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops where something is wrong, and prints")]

mod shapes;

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;
use std::time::Duration;

use crate::shapes::SHAPES;
use crate::shapes::Shape;

/// The largest exponent that passes; n log n is 1.1 here.
const LIMIT: f64 = 1.3;

const SIZES: [usize; 5] = [1_000, 3_000, 10_000, 30_000, 100_000];

/// CPU seconds after which a run is ended.
const CAP: u64 = 20;

/// CPU seconds below which a slope says nothing: the clock ticks in hundredths.
const LEAST: f64 = 0.08;

/// Bytes below which memory says nothing.
const LEAST_BYTES: f64 = 48e6;

/// What is run on every shape, in this order: the first makes the index.
const COMMANDS: [(&str, &[&str]); 14] = [
    ("index", &["index", "rebuild"]),
    ("facts", &["list", "--facts", "--format", "json"]),
    ("check", &["check", "--format", "json"]),
    ("todo", &["todo", "--all", "--format", "json"]),
    ("reading", &["reading", "--format", "json"]),
    ("questions", &["questions", "--format", "json"]),
    ("journal", &["journal", "--all", "--format", "json"]),
    ("meetings", &["meeting", "--all", "--format", "json"]),
    ("actions", &["meeting", "actions", "--format", "json"]),
    ("tickets", &["tickets", "--format", "json"]),
    ("suggest", &["tickets", "suggest", "--format", "json"]),
    ("goals", &["goals", "--format", "json"]),
    ("report", &["report", "year", "--since", "1990-01-01", "--format", "md"]),
    ("build", &["build", "--out", "../site"]),
];

/// What a process took.
#[derive(Clone, Copy, Debug)]
struct Cost {
    seconds: f64,
    bytes: f64,
    /// False when it was ended from outside: the cap of time or of memory.
    ended: bool,
}

fn main() -> ExitCode {
    let mut asked = Vec::new();
    let mut up_to = usize::MAX;
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--up-to" => up_to = words.next().unwrap().parse().unwrap(),
            // cargo's own
            "--bench" => {}
            _ => asked.push(word),
        }
    }
    let chosen: Vec<&Shape> =
        SHAPES.iter().filter(|shape| asked.is_empty() || asked.iter().any(|name| name == shape.name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = SHAPES.iter().map(|shape| shape.name).collect();
        println!("no such shape; there are: {}", names.join(" "));
        return ExitCode::from(2);
    }
    let floor = floor();
    println!("CPU seconds by size, exponent between the last two; then peak memory in MB, and its exponent");
    let mut faults = Vec::new();
    for shape in chosen {
        for (name, lines) in grow(shape, up_to, &floor) {
            faults.extend(report(shape.name, name, &lines));
        }
    }
    println!("\n{} over {LIMIT}", faults.len());
    for fault in &faults {
        println!("  {fault}");
    }
    ExitCode::from(u8::from(!faults.is_empty()))
}

/// What the commands cost on a notebook of one line.
fn floor() -> Vec<Cost> {
    let home = Home::new(|notes| shapes::put(notes, "n.md", "- [ ] one\n"));
    COMMANDS.iter().map(|(_, words)| home.least(words, 3)).collect()
}

/// The costs of each command at each size, less the floor. A command is not tried on the next size when that would
/// take it beyond the cap.
fn grow(shape: &Shape, up_to: usize, floor: &[Cost]) -> Vec<(&'static str, Vec<(usize, Cost)>)> {
    let mut found: Vec<(&'static str, Vec<(usize, Cost)>)> =
        COMMANDS.iter().map(|(name, _)| (*name, Vec::new())).collect();
    for size in SIZES.into_iter().filter(|size| *size <= shape.largest.min(up_to)) {
        let home = Home::new(|notes| (shape.write)(notes, size));
        for (((_, words), floor), (_, costs)) in COMMANDS.iter().zip(floor).zip(&mut found) {
            if costs.last().is_some_and(|(_, cost)| !cost.ended || cost.seconds > 1.0) && is_over(costs) {
                continue;
            }
            let cost = home.least(words, 3);
            let cost = Cost {
                seconds: (cost.seconds - floor.seconds).max(0.0),
                bytes: (cost.bytes - floor.bytes).max(0.0),
                ended: cost.ended,
            };
            costs.push((size, cost));
        }
    }
    found
}

/// Prints one line, and says what is wrong with it.
fn report(shape: &str, command: &str, costs: &[(usize, Cost)]) -> Option<String> {
    let (time, memory) = exponents(costs);
    let ended = costs.iter().all(|(_, cost)| cost.ended);
    let show = |exponent: Option<f64>| exponent.map_or("    -".to_owned(), |value| format!("{value:5.2}"));
    let times: String = costs.iter().map(|(_, cost)| format!("{:8.2}", cost.seconds)).collect();
    let peaks: String = costs.iter().map(|(_, cost)| format!("{:7.0}", cost.bytes / 1e6)).collect();
    let wrong = is_over(costs);
    let line = format!(
        "{shape:<18}{command:<9}{times:<40}{}  |{peaks:<35}{}{}",
        show(time),
        show(memory),
        if ended { "" } else { "  ended from outside" }
    );
    println!("{line}{}", if wrong { "  !" } else { "" });
    wrong.then_some(line)
}

/// True when it ended from outside, or when its time or memory grows with more than the limit.
fn is_over(costs: &[(usize, Cost)]) -> bool {
    let (time, memory) = exponents(costs);
    costs.iter().any(|(_, cost)| !cost.ended) || time.into_iter().chain(memory).any(|value| value > LIMIT)
}

/// Those of time and of memory.
fn exponents(costs: &[(usize, Cost)]) -> (Option<f64>, Option<f64>) {
    let seconds: Vec<(usize, f64)> = costs.iter().map(|(size, cost)| (*size, cost.seconds)).collect();
    let bytes: Vec<(usize, f64)> = costs.iter().map(|(size, cost)| (*size, cost.bytes)).collect();
    (exponent(&seconds, LEAST), exponent(&bytes, LEAST_BYTES))
}

/// The exponent between the largest size and the one before; none where both cost next to nothing.
fn exponent(values: &[(usize, f64)], least: f64) -> Option<f64> {
    let [.., (small, before), (large, after)] = values else { return None };
    let grown = *large as f64 / *small as f64;
    // what is too small to be measured counts as the least that could be
    (*after > least * grown.powf(LIMIT)).then(|| (after / before.max(least)).ln() / grown.ln())
}

/// A user with a notebook.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn new(write: impl Fn(&Path)) -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        let notes = home.folder.path().join("notes");
        fs::create_dir(&notes).unwrap();
        write(&notes);
        home
    }

    /// The least of a few runs; only one where that takes long.
    fn least(&self, words: &[&str], runs: usize) -> Cost {
        let mut least = self.run(words);
        for _ in 1..runs {
            if !least.ended || least.seconds > 0.5 {
                break;
            }
            let next = self.run(words);
            least.seconds = least.seconds.min(next.seconds);
            least.bytes = least.bytes.min(next.bytes);
        }
        least
    }

    fn run(&self, words: &[&str]) -> Cost {
        // every build is a first one; not removed: file systems are slow with names of files that have just gone
        let site = self.folder.path().join("site");
        for other in (0..).map(|n| self.folder.path().join(format!("site-{n}"))) {
            if !other.exists() {
                drop(fs::rename(&site, other));
                break;
            }
        }
        let before = children();
        let mut child = Command::new("sh")
            .args(["-c", &format!("ulimit -t {CAP}; ulimit -v 6000000; ulimit -c 0; exec \"$0\" \"$@\"")])
            .arg(env::var_os("HORNBOOK_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_hornbook").into()))
            .args(words)
            .current_dir(self.folder.path().join("notes"))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("HORNBOOK_TODAY", "2026-11-21")
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut bytes = 0.0;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            bytes = peak(child.id()).unwrap_or(bytes);
            std::thread::sleep(Duration::from_millis(4));
        };
        Cost { seconds: children() - before, bytes, ended: status.code().is_some_and(|code| code < 2) }
    }
}

/// The most memory that a process has had so far, in bytes.
fn peak(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? * 1024.0)
}

/// CPU seconds that all children that have ended spent in their own code, in hundredths.
///
/// The kernel's share is left out: a file system that makes 100,000 files in one folder grows by a law of its own.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit_once(')').unwrap().1;
    after_name.split_whitespace().nth(13).unwrap().parse::<f64>().unwrap() / 100.0
}
