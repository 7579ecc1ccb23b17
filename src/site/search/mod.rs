//! The search in the page: an index in small scripts, which load from a disk as from a host, and only what a question needs.
//!
//! What is found: `units`. Which words stand where: `terms`, and how that is written: `places`, `shards`, `digits`. What reads
//! it: `templates/site/search.js`. Ranks are those of the terminal: its words and its numbers come from `index`.
//!
//! Every file is one call, `hornbook_search(kind, number, value)`. `w`: words, each with the words that it stands for (their
//! letters after those that they share with it) and, where there are few, its places; `*` and a count where there are many.
//! `p`: those places. `d`: titles and texts. `h`: of the addresses with this hash the file of texts in which the note begins, for
//! previews of links; a page's script knows how many such files there are. `index.js`: what begins each file, how many units each note has, and the numbers
//! of the ranking. It is written last: where it is as before, all are.

mod digits;
mod places;
mod shards;
mod terms;
mod units;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::NUMBERS;
use crate::index::Numbers;
use crate::index::Splitter;
use crate::index::Tongue;
use crate::model::Note;
use crate::site::Site;
use crate::site::search::places::number;
use crate::site::search::places::rounded;
use crate::site::search::shards::Rows;
use crate::site::search::shards::Size;
use crate::site::search::shards::is_full;
use crate::site::search::shards::write_without_shared;
use crate::site::search::terms::Terms;
use crate::site::search::units::Found;

/// Where the files stand, from the site's top.
pub(super) const FOLDER: &str = "search/";
/// The file that is written last.
pub(super) const DIRECTORY: &str = "search/index.js";

const WORDS: Size = Size { least: 4_000, most: 8_000 };
const PLACES: Size = Size { least: 4_000, most: 8_000 };
const TEXTS: Size = Size { least: 3_000, most: 5_000 };

/// Addresses in a file that says where their texts are.
const OF_PART: usize = 256;

/// Letters of places that stand with the word itself.
const FEW: usize = 24;

/// What the script must know before it loads anything else.
#[derive(Serialize)]
struct Directory {
    /// What begins each file of words, and each of places.
    w: String,
    p: String,
    /// The note and the unit that begin each file of texts, each counted from those before.
    d: String,
    /// How many units each note has.
    n: String,
    /// Mean lengths of a unit's title, headings, name and other names, in words.
    average: [f64; 4],
    /// What a word is worth in a text: the least, and the step.
    worth: [f64; 2],
    rank: Numbers,
    /// Words that say nothing.
    stops: String,
}

/// All files with their addresses, the directory last.
pub(super) fn files(site: &Site<'_>) -> Vec<(String, Vec<u8>)> {
    let mut splitter = Splitter::default();
    let mut terms = Terms::default();
    let mut texts = Texts::default();
    let mut tongues = Vec::new();
    let mut notes = site.order.clone();
    notes.sort_unstable();
    for found in notes.into_iter().filter_map(|note| Found::of(site, note)) {
        terms.add(&mut splitter, &found);
        conditions(found.note, &mut |key| terms.mark(key));
        texts.add(&found);
        tongues.push(found.tongue);
    }
    let average = rounded(mean(terms.lengths.iter().flat_map(|note| note.units.iter().copied())));
    let (mut words, mut many) = (Rows::new(WORDS), Rows::new(PLACES));
    for terms::Row { word, stems, places } in terms.rows() {
        let written = places::write(places, &terms.lengths, average);
        let mut row = String::new();
        for (nth, stem) in stems.iter().enumerate() {
            if nth > 0 {
                row.push(',');
            }
            write_without_shared(word, stem, &mut row);
        }
        row.push('|');
        if written.places.len() <= FEW {
            row.push_str(&written.places);
        } else {
            row.push('*');
            digits::write(written.count, &mut row);
            many.push(word, &written.places);
        }
        words.push(word, &row);
    }
    let mut files = Vec::new();
    let mut add = |kind: &str, texts: Vec<(String, String)>| {
        let mut begins = Vec::new();
        for (number, (begin, text)) in texts.into_iter().enumerate() {
            files.push((format!("{FOLDER}{kind}{number}.js"), call(kind, number, &text)));
            begins.push(begin);
        }
        begins.join(" ")
    };
    let (w, p) = (add("w", words.files()), add("p", many.files()));
    let d = std::mem::take(&mut texts.begins);
    let parts = parts(site.published());
    let mut links = vec![BTreeMap::new(); usize::try_from(parts).unwrap_or(1)];
    for (hash, file) in std::mem::take(&mut texts.places) {
        if let Some(part) = links.get_mut(usize::try_from(hash % parts).unwrap_or(0)) {
            part.insert(hash.to_string(), file);
        }
    }
    let links = links.iter().enumerate();
    files.extend(links.map(|(number, part)| (format!("{FOLDER}h{number}.js"), call("h", number, part))));
    files.extend(texts.files());
    let mut n = String::new();
    terms.lengths.iter().for_each(|note| digits::write(note.units.len(), &mut n));
    let each = |length: fn(&terms::Lengths) -> usize| {
        mean(terms.lengths.iter().flat_map(|note| std::iter::repeat_n(length(note), note.units.len())))
    };
    let heads = mean(terms.lengths.iter().flat_map(|note| note.heads.iter().copied()));
    let average = [each(|note| note.title), heads, each(|note| note.name), each(|note| note.aliases)];
    let stops = Tongue::stop_words(&tongues, &site.source.language).join(" ");
    let worth = [places::LEAST, places::STEP];
    let directory = Directory { w, p, d, n, average, worth, rank: NUMBERS, stops };
    files.push((DIRECTORY.to_owned(), call("index", 0, &directory)));
    files
}

/// How many files say where the texts of notes are.
pub(super) fn parts(notes: usize) -> u32 {
    u32::try_from(notes / OF_PART + 1).unwrap_or(1)
}

/// The hash of an address (FNV-1a over UTF-16), as the page's script makes it.
fn hash(address: &str) -> u32 {
    address.encode_utf16().fold(0x811C_9DC5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}

/// Titles and texts, file by file.
#[derive(Default)]
struct Texts {
    /// Of each file its notes: the address, the title, the folder, and of each unit anchor, heading and text.
    files: Vec<Vec<Vec<String>>>,
    /// As in [`Directory::d`].
    begins: String,
    /// Of the last file.
    length: usize,
    /// How many notes there are.
    notes: usize,
    /// The note that begins the last file.
    first: usize,
    /// Of each note the file in which it begins, by the hash of its address.
    places: BTreeMap<u32, usize>,
}

impl Texts {
    fn add(&mut self, found: &Found<'_>) {
        let head = [&found.href, &found.title].map(String::clone).to_vec();
        let mut open = false;
        for (nth, unit) in found.units.iter().enumerate() {
            let name = format!("{}{}", found.href, unit.anchor);
            if self.files.is_empty() || is_full(TEXTS, self.length, &name) {
                digits::write(self.notes - self.first, &mut self.begins);
                digits::write(nth, &mut self.begins);
                self.files.push(Vec::new());
                (self.length, self.first, open) = (0, self.notes, false);
            }
            let number = self.files.len().saturating_sub(1);
            let Some(file) = self.files.last_mut() else { continue };
            if nth == 0 {
                self.places.insert(hash(&found.address), number);
            }
            if !open {
                self.length += head.iter().map(String::len).sum::<usize>();
                file.push(head.clone());
                open = true;
            }
            if let Some(note) = file.last_mut() {
                let of_unit = [&unit.anchor, &unit.heading, &unit.text].map(String::clone);
                self.length += of_unit.iter().map(String::len).sum::<usize>();
                note.extend(of_unit);
            }
        }
        self.notes += 1;
    }

    fn files(self) -> impl Iterator<Item = (String, Vec<u8>)> {
        let file =
            |(number, notes): (usize, Vec<Vec<String>>)| (format!("{FOLDER}d{number}.js"), call("d", number, &notes));
        self.files.into_iter().enumerate().map(file)
    }
}

/// The conditions that hold for a note, as they are typed, and its other names as wholes.
fn conditions(note: &Note, mark: &mut dyn FnMut(&str)) {
    let key = |words: String| words.replace([' ', '|', '\n', '\r', '\t'], "_");
    for tag in &note.tags {
        let name = tag.name.to_lowercase();
        // a tag is also in those above it
        for (end, _) in name.match_indices('/') {
            mark(&key(format!("tag:{}", name.get(..end).unwrap_or(""))));
        }
        mark(&key(format!("tag:{name}")));
    }
    if let Some(kind) = &note.kind {
        mark(&key(format!("kind:{}", kind.to_lowercase())));
    }
    for (holds, name) in [
        (note.tasks.iter().any(|task| task.status.is_open()), "is:open"),
        (note.tasks.iter().any(crate::model::Task::checked), "is:done"),
        (!note.decisions.is_empty(), "is:decision"),
    ] {
        if holds {
            mark(name);
        }
    }
    for alias in &note.aliases {
        mark(&key(format!("={}", Splitter::whole(alias))));
    }
}

/// A file: one call.
fn call(kind: &str, number: usize, value: &impl Serialize) -> Vec<u8> {
    // what is no JSON would be a mistake of ours: there are texts and numbers only
    let value = serde_json::to_string(value).unwrap_or_default();
    // nothing in it ends a script or begins a comment, wherever it is put
    let value = value.replace("</", "<\\/").replace("<!", "<\\u0021");
    format!("hornbook_search(\"{kind}\",{number},{value});\n").into_bytes()
}

fn mean(lengths: impl Iterator<Item = usize>) -> f64 {
    let (sum, count) = lengths.fold((0, 0), |(sum, count), length| (sum + length, count + 1));
    // few letters, and the same wherever it is built
    (number(sum) / number(count).max(1.0) * 1_000.0).round() / 1_000.0
}
