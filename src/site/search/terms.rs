//! Which words stand where: for each word its places, and for each form in which notes have it the words that it stands for.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::index::Splitter;
use crate::index::Tongue;
use crate::site::search::units::Found;

/// Words that a form stands for, at most: those of the languages in which it occurs most.
const STEMS: usize = 3;

/// Where a word of the notes stands: in a unit of a note, or in what names the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In what belongs to the whole note: how many words its title, its name and its other names have, where the word is one
    /// of them.
    Names { title: u8, name: u8, aliases: u8 },
    /// In a unit: how often in all of it; how many words its own heading, and all headings above it, have, where the word is
    /// one of them.
    Unit { unit: u32, count: u16, heading: u8, heads: u8 },
}

/// How long the units of a note are.
#[derive(Debug, Default)]
pub(super) struct Lengths {
    /// In words, with the note's title and the unit's heading.
    pub(super) units: Vec<usize>,
    /// All headings of each unit.
    pub(super) heads: Vec<usize>,
    pub(super) title: usize,
    pub(super) name: usize,
    pub(super) aliases: usize,
}

/// All words of the notes.
#[derive(Default)]
pub(super) struct Terms {
    known: HashMap<String, usize, RandomState>,
    /// By number.
    keys: Vec<String>,
    /// By number, in the order of the notes.
    places: Vec<Vec<(u32, Place)>>,
    /// How often a form stands for a word.
    stems: HashMap<(usize, usize), usize, RandomState>,
    /// How often for itself, by number.
    own: Vec<usize>,
    /// By note.
    pub(super) lengths: Vec<Lengths>,
}

/// A word, or a form that stands for others.
pub(super) struct Row<'t> {
    pub(super) word: &'t str,
    /// The words that it stands for; none for itself.
    pub(super) stems: Vec<&'t str>,
    /// Where it is, note by note.
    pub(super) places: &'t [(u32, Place)],
}

/// Where within a note a word was met: 0 for what names the note, else a unit's number and one; and in which part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Met(usize, Part);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Title,
    Name,
    Aliases,
    Text,
    Heading,
    Heads,
}

/// A length in little room; more than there is room for says no more.
fn small(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}

impl Terms {
    fn number(&mut self, key: &str) -> usize {
        if let Some(&number) = self.known.get(key) {
            return number;
        }
        let number = self.keys.len();
        self.known.insert(key.to_owned(), number);
        self.keys.push(key.to_owned());
        self.places.push(Vec::new());
        self.own.push(0);
        number
    }

    /// Counts the words of a text; how many there are.
    fn meet(
        &mut self,
        splitter: &mut Splitter,
        text: &str,
        tongue: Tongue,
        place: Met,
        met: &mut Vec<(usize, Met)>,
    ) -> usize {
        let mut words = 0;
        splitter.each(text, tongue, &mut |form, term| {
            let term = {
                let number = self.number(term);
                if form == term {
                    if let Some(own) = self.own.get_mut(number) {
                        *own += 1;
                    }
                } else {
                    let form = self.number(form);
                    *self.stems.entry((form, number)).or_default() += 1;
                }
                number
            };
            met.push((term, place));
            words += 1;
        });
        words
    }

    /// Adds a note, which must follow those before it.
    pub(super) fn add(&mut self, splitter: &mut Splitter, found: &Found<'_>) {
        let at = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
        let mut met = Vec::new();
        let mut lengths = Lengths {
            title: self.meet(splitter, &found.title, found.tongue, Met(0, Part::Title), &mut met),
            name: self.meet(splitter, &found.name, found.tongue, Met(0, Part::Name), &mut met),
            ..Lengths::default()
        };
        for alias in &found.note.aliases {
            lengths.aliases += self.meet(splitter, alias, found.tongue, Met(0, Part::Aliases), &mut met);
        }
        let mut headings = Vec::new();
        for (unit, place) in found.units.iter().zip(1..) {
            let text = Met(place, Part::Text);
            let mut words = self.meet(splitter, &unit.text, found.tongue, text, &mut met);
            if place == 1 {
                words += self.meet(splitter, &found.front, found.tongue, text, &mut met);
            }
            if !unit.soft {
                words += self.meet(splitter, &unit.heading, found.tongue, text, &mut met);
            }
            headings.push(self.meet(splitter, &unit.heading, found.tongue, Met(place, Part::Heading), &mut met));
            let heads = unit.heads.iter();
            let place = Met(place, Part::Heads);
            let heads = heads.map(|head| self.meet(splitter, head, found.tongue, place, &mut met)).sum();
            lengths.units.push(words + lengths.title);
            lengths.heads.push(heads);
        }
        met.sort_unstable();
        for of_term in met.chunk_by(|a, b| a.0 == b.0) {
            let Some(places) = of_term.first().and_then(|(term, _)| self.places.get_mut(*term)) else { continue };
            // a title counts in every unit, where there is anything else to find
            let mut in_title = 0;
            for of_place in of_term.chunk_by(|a, b| a.1.0 == b.1.0) {
                let count = |part: Part| of_place.iter().filter(|(_, met)| met.1 == part).count();
                let of = |part: Part, length: usize| small(if count(part) > 0 { length } else { 0 });
                let place = match of_place.first().and_then(|(_, met)| met.0.checked_sub(1)) {
                    None => {
                        in_title = count(Part::Title);
                        let (title, name) = (of(Part::Title, lengths.title), of(Part::Name, lengths.name));
                        Place::Names { title, name, aliases: of(Part::Aliases, lengths.aliases) }
                    }
                    Some(unit) => Place::Unit {
                        unit: u32::try_from(unit).unwrap_or(u32::MAX),
                        count: u16::try_from(count(Part::Text) + in_title).unwrap_or(u16::MAX),
                        heading: of(Part::Heading, headings.get(unit).copied().unwrap_or(0)),
                        heads: of(Part::Heads, lengths.heads.get(unit).copied().unwrap_or(0)),
                    },
                };
                places.push((at, place));
            }
        }
        self.lengths.push(lengths);
    }

    /// Adds a note, the last one, to those with a word that stands for itself: a condition, or a whole name.
    pub(super) fn mark(&mut self, key: &str) {
        let number = self.number(key);
        let at = u32::try_from(self.lengths.len().saturating_sub(1)).unwrap_or(u32::MAX);
        if let Some(places) = self.places.get_mut(number)
            && places.last().is_none_or(|(last, _)| *last != at)
        {
            places.push((at, Place::Names { title: 0, name: 0, aliases: 0 }));
        }
    }

    /// Every word and form in the order of its letters.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let mut stands_for: HashMap<usize, Vec<(usize, usize)>, RandomState> = HashMap::default();
        self.stems.iter().for_each(|(&(form, term), &count)| stands_for.entry(form).or_default().push((count, term)));
        let key = |number: usize| self.keys.get(number).map_or("", String::as_str);
        let mut rows = Vec::with_capacity(self.keys.len());
        for (number, places) in self.places.iter().enumerate() {
            let mut terms = stands_for.remove(&number).unwrap_or_default();
            let own = self.own.get(number).copied().unwrap_or(0);
            if own > 0 && !terms.is_empty() {
                terms.push((own, number));
            }
            terms.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| key(a.1).cmp(key(b.1))));
            let terms: Vec<&str> = terms.into_iter().take(STEMS).map(|(_, term)| key(term)).collect();
            rows.push(Row { word: key(number), stems: terms, places });
        }
        rows.sort_unstable_by_key(|row| row.word);
        rows
    }
}
