//! Notes with the shape of real ones, the same in every run.

use std::fs;
use std::path::Path;

/// Words that are searched for, among made-up ones.
const OWN: [(usize, &str); 2] = [(17, "outbox"), (29, "relay")];

/// Words of other languages; one note in eight is in one of them.
const OTHER: [&str; 3] = [
    "die Sicherung der Daten läuft jede Nacht und wird zweimal im Jahr geprobt, denn niemand weiß sonst, ob sie sich öffnen lässt",
    "chaque nuit, les données sont copiées sur un second disque, et la restauration est essayée deux fois par an",
    "毎晩、データを別のディスクに保存する。復元は年に二回試す。結果はノートに書く。",
];

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Writes so many notes: front matter, headings, wrapped text, links, wikilinks, raw HTML, code, boxes, days.
pub(crate) fn write_all(folder: &Path, count: usize) {
    let words = vocabulary();
    let mut random = Random(42);
    for note in 0..count {
        let place = folder.join(format!("folder-{}", note % (1 + count / 100)));
        fs::create_dir_all(&place).unwrap();
        put(&place.join(format!("note-{note}.md")), &text(note, count, &words, &mut random));
    }
}

/// Writes one note.
#[expect(clippy::disallowed_methods, reason = "throw-away notes of a benchmark")]
pub(crate) fn put(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}

fn vocabulary() -> Vec<String> {
    let syllables = ["ka", "lo", "mi", "ter", "sun", "der", "pa", "vel", "ring", "os"];
    let word = |n: usize| {
        let own = OWN.iter().find(|(at, _)| *at == n).map(|(_, word)| (*word).to_owned());
        let part = |i: usize| syllables.get((n / 10_usize.pow(u32::try_from(i).unwrap()) + i) % 10).copied();
        own.unwrap_or_else(|| (0..2 + n % 3).filter_map(part).collect())
    };
    (0..4_000).map(word).collect()
}

fn text(note: usize, count: usize, words: &[String], random: &mut Random) -> String {
    let other = OTHER.get(random.below(8 * OTHER.len()));
    let day = format!("2026-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28));
    let mut text = format!("---\ntags: [t{}]\ncreated: {day}\n---\n# Note {note}\n\n", note % 50);
    // some notes are long
    let sections = if random.below(20) == 0 { 8 + random.below(16) } else { 1 + random.below(5) };
    for section in 0..sections {
        match random.below(6) {
            0 => text += &format!("## 2026-{:02}-{:02}\n\n", 1 + random.below(12), 1 + random.below(28)),
            _ => text += &format!("## Section {section}: {}\n\n", phrase(words, random, 3)),
        }
        for _ in 0..1 + random.below(3) {
            match other {
                Some(sentence) => text += &wrapped(&vec![*sentence; 1 + random.below(4)].join(" ")),
                None => {
                    let length = 20 + random.below(80);
                    let prose = phrase(words, random, length);
                    text += &wrapped(&prose);
                }
            }
            text += "\n\n";
        }
        text += &format!(
            "- see [[note-{}]] and [{}](https://example.com/{})\n",
            random.below(count),
            phrase(words, random, 2),
            random.below(9000)
        );
        text += &format!(
            "- **{}**: {}\n  - {}\n",
            phrase(words, random, 1),
            phrase(words, random, 8),
            phrase(words, random, 5)
        );
        match random.below(10) {
            0 => {
                text +=
                    &format!("- [ ] look at {}\n- [x] did {}\n", phrase(words, random, 3), phrase(words, random, 4));
            }
            1 => text += "\n```rust\nfn main() {\n    let notes = 42;\n    println!(\"{notes}\");\n}\n```\n",
            2 => {
                text += &format!("\n<details><summary>more</summary>\n\n{}\n\n</details>\n", phrase(words, random, 12));
            }
            3 => {
                text += &format!(
                    "\n| a | b |\n|---|---|\n| {} | {} |\n",
                    phrase(words, random, 1),
                    phrase(words, random, 2)
                );
            }
            _ => {}
        }
        text.push('\n');
    }
    text
}

/// Some words, frequent ones often.
fn phrase(words: &[String], random: &mut Random, count: usize) -> String {
    let mut found = Vec::new();
    for _ in 0..count {
        // small numbers often: a vocabulary with a long tail
        let at = random.below(words.len()) * random.below(words.len()) / words.len();
        found.extend(words.get(at).map(String::as_str));
    }
    found.join(" ")
}

/// Lines of at most 80 characters.
fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count() + 1;
        if width > 0 && width + length > 80 {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
        }
        lines += word;
        width += length;
    }
    lines
}
