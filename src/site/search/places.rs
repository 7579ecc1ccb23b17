//! The places of a word as letters, with what the word is worth there.
//!
//! Note by note: `note << 2 | names << 1 | units`, the note counted from the one before. With `names`: how many words its
//! title, name and other names have, four bits each, where the word is one of them. With `units`, unit by unit:
//! `unit << 7 | worth << 2 | heads << 1 | more`, and with `heads` how many words its heading and all above it have.

use crate::index::NUMBERS;
use crate::site::search::digits;
use crate::site::search::terms::Lengths;
use crate::site::search::terms::Place;

/// A word with more places than this keeps the best ones only.
const MANY: usize = 3_000;
const KEPT: usize = 1_500;

/// What a word is worth in a text, without its rarity, in steps: the least, and how much more each next one is.
pub(super) const LEAST: f64 = 0.1;
pub(super) const STEP: f64 = 1.108_6;
const STEPS: usize = 31;

/// The most that fits in four bits.
const SMALL: u8 = 15;

/// The places of a word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// In letters.
    pub(super) places: String,
    /// In how many units it is, the note's title counted in each of its units.
    pub(super) count: usize,
}

/// Writes the places of a word. `average`: words of a unit.
pub(super) fn write(places: &[(u32, Place)], lengths: &[Lengths], average: f64) -> Written {
    let of = |note: u32| usize::try_from(note).ok().and_then(|note| lengths.get(note));
    let worth = |note: u32, unit: u32, count: u16| {
        let length = of(note).and_then(|of| of.units.get(usize::try_from(unit).ok()?)).copied().unwrap_or(1);
        bm25(f64::from(count), rounded(number(length)) / average)
    };
    let mut written = Written::default();
    let best;
    let places = if places.len() > MANY {
        best = self::best(places, &worth);
        best.as_slice()
    } else {
        places
    };
    let mut before = 0;
    for of_note in places.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(note, first)) = of_note.first() else { continue };
        let (names, units) = match first {
            Place::Names { title, name, aliases } => (Some([title, name, aliases]), of_note.get(1..).unwrap_or(&[])),
            Place::Unit { .. } => (None, of_note),
        };
        let flags = usize::from(names.is_some()) << 1 | usize::from(!units.is_empty());
        let out = &mut written.places;
        digits::write(usize::try_from(note - before).unwrap_or(0) << 2 | flags, out);
        before = note;
        if let Some([title, name, aliases]) = names {
            let [title, name, aliases] = [title, name, aliases].map(|length| usize::from(length.min(SMALL)));
            digits::write(title | name << 4 | aliases << 8, out);
        }
        let mut next = 0;
        for (nth, (_, place)) in units.iter().enumerate() {
            let Place::Unit { unit, count, heading, heads } = *place else { continue };
            let more = usize::from(nth + 1 < units.len());
            let worth = if count == 0 { 0 } else { step(worth(note, unit, count)) };
            let skipped = usize::try_from(unit.saturating_sub(next)).unwrap_or(0);
            digits::write(skipped << 7 | worth << 2 | usize::from(heads > 0) << 1 | more, out);
            if heads > 0 {
                digits::write(usize::from(heading.min(SMALL)) | usize::from(heads.min(SMALL)) << 4, out);
            }
            next = unit + 1;
        }
        let in_title = names.is_some_and(|[title, ..]| title > 0);
        let with_it = units.iter().filter(|(_, place)| matches!(place, Place::Unit { count, .. } if *count > 0));
        written.count += if in_title { of(note).map_or(0, |of| of.units.len()) } else { with_it.count() };
    }
    written
}

/// The places that are worth most, in their order.
fn best(places: &[(u32, Place)], worth: &dyn Fn(u32, u32, u16) -> f64) -> Vec<(u32, Place)> {
    let rank = |(note, place): &(u32, Place)| match *place {
        Place::Names { title, .. } => 1.0 + 1.0 / f64::from(title.max(1)),
        Place::Unit { unit, count, heads, .. } => worth(*note, unit, count) + f64::from(u8::from(heads > 0)),
    };
    let mut ranked: Vec<(usize, f64)> = places.iter().map(rank).enumerate().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(KEPT);
    ranked.sort_unstable_by_key(|(at, _)| *at);
    ranked.iter().filter_map(|(at, _)| places.get(*at)).copied().collect()
}

/// BM25 without rarity.
fn bm25(count: f64, length: f64) -> f64 {
    count * (1.0 + NUMBERS.k1) / (count + NUMBERS.k1 * (1.0 - NUMBERS.b + NUMBERS.b * length))
}

/// The step that is nearest to a worth, from 1.
fn step(worth: f64) -> usize {
    let step = 1.0 + ((worth / LEAST).ln() / STEP.ln()).round().clamp(0.0, number(STEPS - 1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to 31")]
    let step = step as usize;
    step
}

/// A length in steps, so that one more word does not change what all others are worth.
pub(super) fn rounded(length: f64) -> f64 {
    2_f64.powf((length.max(1.0).log2() * 4.0).round() / 4.0)
}

/// A count as a number to reckon with.
pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
