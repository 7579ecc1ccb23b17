//! Finding the place of an edit again after the rest of its file has changed.
//!
//! An edit is remembered by its lines: their hash, how many places have the same lines, which of them it is, and the
//! lines around it. `commit` remembers, `undo` finds. Only a place that is certain is found.

use std::collections::HashMap;

use serde::Deserialize;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::edit::Splice;

/// If there are more places with the same lines, their surroundings are not compared.
const MAX_SAME: usize = 1000;

/// The lines that an edit covers, in the file after the edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedLines {
    /// xxh3 of the first line, without its end.
    first: u64,
    /// xxh3 of the hashes of all lines.
    all: u64,
    /// How many lines.
    count: usize,
    /// Bytes from the start of the first line to the end of the last.
    len: usize,
    /// Bytes from the start of the first line to the edit; negative if the edit begins with the line end before it.
    lead: isize,
    /// How many places of the file had the same lines.
    same: usize,
    /// Which of these places this is, from 0.
    nth: usize,
    /// xxh3 of the nearest non-blank line above; 0 if there is none.
    above: u64,
    /// The same for the nearest one below.
    below: u64,
}

/// A line of a file, in bytes.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    /// Before the line end.
    end: usize,
    hash: u64,
    /// xxh3 of the nearest non-blank line above.
    above: u64,
    below: u64,
}

/// A file as lines that can be searched.
pub(crate) struct Lines<'b> {
    bytes: &'b [u8],
    /// At least one; the last one is empty if the file ends with a line end.
    lines: Vec<Line>,
    by_hash: HashMap<u64, Vec<usize>>,
    /// Cached positions of lines: by (`first`, `all`, `count`).
    asked: HashMap<(u64, u64, usize), Vec<usize>>,
}

impl<'b> Lines<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        let mut lines = split(bytes);
        let blank =
            |line: &Line| bytes.get(line.start..line.end).unwrap_or_default().iter().all(|b| b" \t\0".contains(b));
        let mut near = 0;
        for line in &mut lines {
            line.above = near;
            if !blank(line) {
                near = line.hash;
            }
        }
        near = 0;
        for line in lines.iter_mut().rev() {
            line.below = near;
            if !blank(line) {
                near = line.hash;
            }
        }
        let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            by_hash.entry(line.hash).or_default().push(index);
        }
        Self { bytes, lines, by_hash, asked: HashMap::new() }
    }

    /// Remembers the edit that replaced `old` by the bytes `start..end`.
    pub(crate) fn remember(&mut self, start: usize, end: usize, old: &[u8]) -> Option<EditedLines> {
        let is_break = |byte: Option<&u8>| matches!(byte, Some(b'\n' | b'\r'));
        // UTF-16 has a zero before or after the line end.
        let begins = |bytes: &[u8]| is_break(bytes.iter().find(|byte| **byte != 0));
        let ends = |bytes: &[u8]| is_break(bytes.iter().rev().find(|byte| **byte != 0));
        let new = self.bytes.get(start..end)?;
        let at = self.lines.partition_point(|line| line.start <= start).checked_sub(1)?;
        let line = self.lines.get(at)?;
        let (mut first, mut last) = (at, at);
        if new.is_empty() {
            // Whole lines were removed between two others.
            if start == line.start && ends(old) {
                first = at.saturating_sub(1);
            }
            if start == line.end && begins(old) {
                last = at + 1;
            }
        } else {
            last = self.lines.partition_point(|line| line.start < end).checked_sub(1)?.max(at);
            let at_line_end = old.is_empty() && self.lines.get(last).is_some_and(|last| last.end == end);
            // The lines before and after a new line are not part of it, unless the edit split one.
            if start == line.end && start > line.start && begins(new) && last > at && (begins(old) || at_line_end) {
                first = at + 1;
            }
            if ends(new) && !ends(old) && !(old.is_empty() && start == line.start) {
                last += 1;
            }
        }
        last = last.min(self.lines.len() - 1);
        let count = last + 1 - first;
        let (head, tail) = (self.lines.get(first)?, self.lines.get(last)?);
        let (above, below, hash, len) = (head.above, tail.below, head.hash, tail.end - head.start);
        let lead = start.checked_signed_diff(head.start)?;
        let all = self.combined(first, count)?;
        let places = self.places(hash, all, count);
        let nth = places.binary_search(&first).ok()?;
        Some(EditedLines { first: hash, all, count, len, lead, same: places.len(), nth, above, below })
    }

    /// Where the edit that was remembered as `edited` and wrote `new` begins, in bytes.
    ///
    /// # Errors
    ///
    /// Why the place is not certain, for a person.
    pub(crate) fn find(&mut self, edited: &EditedLines, new: &[u8]) -> Result<usize, &'static str> {
        const CHANGED: &str = "the place of the change was changed since";
        const UNCERTAIN: &str = "the file was changed since, and several places look like that of the change";
        let EditedLines { first, all, count, same, nth, above, below, .. } = *edited;
        let places = self.places(first, all, count).to_vec();
        // How many of the two neighbours are unchanged.
        let neighbours = |place: usize| {
            let (head, tail) = (self.lines.get(place), self.lines.get(place + count - 1));
            let is_above = head.is_some_and(|line| line.above == above);
            usize::from(is_above) + usize::from(tail.is_some_and(|line| line.below == below))
        };
        let place = match (places.len(), same) {
            (0, _) => return Err(CHANGED),
            (1, 1) => places.first(),
            // The missing one may be the right one.
            (now, then) if now < then || now > MAX_SAME => return Err(UNCERTAIN),
            (now, then) if now == then => places.get(nth).filter(|place| neighbours(**place) > 0),
            _ => match places.iter().filter(|place| neighbours(**place) == 2).collect::<Vec<_>>().as_slice() {
                [one] => Some(*one),
                _ => None,
            },
        };
        let place = place.copied().ok_or(UNCERTAIN)?;
        let (Some(line), Some(last)) = (self.lines.get(place), self.lines.get(place + count - 1)) else {
            return Err(CHANGED);
        };
        // The line ends between them are unchanged.
        if last.end - line.start != edited.len {
            return Err(CHANGED);
        }
        let start = line.start.checked_add_signed(edited.lead).ok_or(CHANGED)?;
        if self.bytes.get(start..start + new.len()) == Some(new) { Ok(start) } else { Err(CHANGED) }
    }

    /// The combined hash of some lines.
    fn combined(&self, first: usize, count: usize) -> Option<u64> {
        let lines = self.lines.get(first..first.checked_add(count)?)?;
        let hashes: Vec<u8> = lines.iter().flat_map(|line| line.hash.to_le_bytes()).collect();
        Some(xxh3_64(&hashes))
    }

    /// The first line of each place with these lines, in the order of the file.
    fn places(&mut self, first: u64, all: u64, count: usize) -> &[usize] {
        if !self.asked.contains_key(&(first, all, count)) {
            let candidates = self.by_hash.get(&first).map_or(&[][..], Vec::as_slice);
            let places = candidates.iter().copied().filter(|&line| self.combined(line, count) == Some(all)).collect();
            self.asked.insert((first, all, count), places);
        }
        self.asked.get(&(first, all, count)).map_or(&[], Vec::as_slice)
    }
}

/// The splices that revert edits, each an (`old`, `new`, lines), wherever they are now; in the order of the file.
///
/// # Errors
///
/// Why their places are not certain, for a person.
pub(crate) fn take_back<'e>(
    bytes: &[u8],
    edits: impl Iterator<Item = (&'e [u8], &'e [u8], Option<&'e EditedLines>)>,
) -> Result<Vec<Splice>, &'static str> {
    let mut lines = Lines::new(bytes);
    let mut splices = Vec::new();
    for (old, new, edited) in edits {
        let edited = edited.ok_or("it was changed since, not by this program")?;
        let start = lines.find(edited, new)?;
        splices.push(Splice::new(start, start + new.len(), old));
    }
    splices.sort_by_key(|splice| (splice.start, splice.end));
    Ok(splices)
}

/// The lines of a file: `\n`, `\r\n` and `\r` end one, in UTF-16 as two-byte units. A byte-order mark is not part of a line.
fn split(bytes: &[u8]) -> Vec<Line> {
    let (mark, step, low) = match bytes {
        [0xff, 0xfe, ..] => (2, 2, 0),
        [0xfe, 0xff, ..] => (2, 2, 1),
        [0xef, 0xbb, 0xbf, ..] => (3, 1, 0),
        _ => (0, 1, 0),
    };
    let is =
        |at: usize, byte: u8| bytes.get(at + low) == Some(&byte) && (step == 1 || bytes.get(at + 1 - low) == Some(&0));
    let line = |start: usize, end: usize| {
        let hash = xxh3_64(bytes.get(start..end).unwrap_or_default());
        Line { start, end, hash, above: 0, below: 0 }
    };
    let mut lines = Vec::new();
    let (mut start, mut at) = (mark, mark);
    while at < bytes.len() {
        let here = at;
        at += step;
        let cr = is(here, b'\r');
        if cr && is(at, b'\n') {
            at += step;
        } else if !cr && !is(here, b'\n') {
            continue;
        }
        lines.push(line(start, here));
        start = at;
    }
    lines.push(line(start.min(bytes.len()), bytes.len()));
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::apply;

    /// Edits `before`, lets `others` change what came out, and takes the edit back.
    fn back(
        before: &[u8],
        edit: (usize, usize, &[u8]),
        others: &dyn Fn(Vec<u8>) -> Vec<u8>,
    ) -> Result<Vec<u8>, &'static str> {
        let (start, end, new) = edit;
        let after = apply(before, &[Splice::new(start, end, new)]).unwrap();
        let old = &before[start..end];
        let lines = Lines::new(&after).remember(start, start + new.len(), old);
        let now = others(after);
        let splices = take_back(&now, [(old, new, lines.as_ref())].into_iter())?;
        Ok(apply(&now, &splices).unwrap())
    }

    #[track_caller]
    fn case(before: &str, edit: (&str, &str), others: (&str, &str), want: Result<&str, &str>) {
        let at = before.find(edit.0).unwrap();
        for utf16 in [false, true] {
            let encode = |text: &str| match utf16 {
                true => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
                false => text.as_bytes().to_vec(),
            };
            let place = |text: &str| encode(text).len();
            let others = |after: Vec<u8>| {
                let text = if utf16 {
                    let units: Vec<u16> =
                        after[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16(&units).unwrap()
                } else {
                    String::from_utf8(after).unwrap()
                };
                assert!(text.contains(others.0), "{text:?} has no {:?}", others.0);
                encode(&text.replacen(others.0, others.1, 1))
            };
            let (head, rest) = before.split_at(at);
            let start = place(head);
            let end = place(&[head, edit.0].concat());
            assert!(rest.starts_with(edit.0));
            let mark = if utf16 { 2 } else { 0 };
            let result = back(&encode(before), (start, end, &encode(edit.1)[mark..]), &others);
            let clear = |why: &str| if why.contains("several places") { "several" } else { "changed" }.to_owned();
            assert_eq!(result.map_err(clear), want.map(encode).map_err(str::to_owned), "UTF-16: {utf16}");
        }
    }

    #[test]
    fn a_place_is_found_wherever_it_went() {
        let tick = ("[ ] b", "[x] b");
        case("# A\n- [ ] b\n- c\n", tick, ("# A\n", "# A\n\nnew\n"), Ok("# A\n\nnew\n- [ ] b\n- c\n"));
        case("# A\n- [ ] b\n- c\n", tick, ("- c\n", ""), Ok("# A\n- [ ] b\n"));
        case("- [ ] b", tick, ("b", "b\n- c"), Ok("- [ ] b\n- c"));
        case("a\n- [ ] b\nc", tick, ("a\n- [x] b\nc", "c\r\na\r\n- [x] b"), Ok("c\r\na\r\n- [ ] b"));
        case("a\n- [ ] b\n", tick, ("[x] b", "[x] b and c"), Err("changed"));
        case("a\n- [ ] b\n", tick, ("- [x] b\n", ""), Err("changed"));
    }

    #[test]
    fn lines_that_came_or_went() {
        // a line that was added, also where the file had no line end
        case("a\nb\n", ("b\n", "b\n- [ ] n\n"), ("a", "A"), Ok("A\nb\n"));
        case("a", ("a", "a\n- [ ] n"), ("a\n", "0\na\n"), Ok("0\na"));
        // a line that was taken away comes back between the same two
        case("a\nb\nc\n", ("b\n", ""), ("c", "c\nd"), Ok("a\nb\nc\nd\n"));
        case("a\nb\nc\n", ("b\n", ""), ("a\nc", "a\nnew\nc"), Err("changed"));
        case("a\nb", ("\nb", ""), ("a", "0\na"), Ok("0\na\nb"));
    }

    #[test]
    fn same_lines_are_told_apart_or_refused() {
        let text = "# A\n- [x] b\n# B\n- [ ] b\n# C\n- [x] b\n";
        let tick = ("[ ]", "[x]");
        case(text, tick, ("# A", "new\n# A"), Ok("new\n# A\n- [x] b\n# B\n- [ ] b\n# C\n- [x] b\n"));
        // the one that went may be ours
        case(text, tick, ("# A\n- [x] b\n", "# A\n"), Err("several"));
        case(text, tick, ("# B\n- [x] b\n", "# B\n"), Err("several"));
        // a copy elsewhere
        case("# A\n- [ ] b\n# B\n", tick, ("# B", "# B\n- [x] b"), Ok("# A\n- [ ] b\n# B\n- [x] b\n"));
        case("# A\n- [ ] b\n# B\n", tick, ("- [x] b", "- [x] b\n- [x] b"), Err("several"));
        // one went and another came
        case(text, tick, ("# B\n- [x] b\n# C\n- [x] b", "# C\n- [x] b\n- [x] b"), Err("several"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Whatever is added elsewhere, what was there before comes back with it, or nothing happens.
        #[test]
        fn only_the_place_is_changed(
            lines in proptest::collection::vec("(- \\[ \\] )?[ab]{0,2}", 1..8), from: usize, to: usize,
            new in "[ab\n]{0,4}", added in proptest::collection::vec(("[abx]{0,2}", any::<usize>()), 0..4),
        ) {
            let before = lines.join("\n");
            let start = from % (before.len() + 1);
            let end = start + to % (before.len() + 1 - start);
            let others = |after: Vec<u8>| {
                let text = String::from_utf8(after).unwrap();
                let mut lines: Vec<&str> = text.split('\n').collect();
                for (line, at) in &added {
                    lines.insert(at % (lines.len() + 1), line);
                }
                lines.join("\n").into_bytes()
            };
            if let Ok(now) = back(before.as_bytes(), (start, end, new.as_bytes()), &others) {
                // What is left is what was there before, and the lines that were added.
                let now = String::from_utf8(now).unwrap();
                let sorted = |mut lines: Vec<String>| { lines.sort(); lines };
                let want = sorted(before.split('\n').map(str::to_owned).chain(added.iter().map(|(line, _)| line.clone())).collect());
                prop_assert_eq!(sorted(now.split('\n').map(str::to_owned).collect()), want);
            }
        }
    }
}
