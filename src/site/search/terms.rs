//! Which words stand where: for each word its places, and for each form in which notes have it the words that it stands for.

use std::collections::BTreeMap;
use std::collections::HashMap;

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
    known: HashMap<String, usize>,
    /// By number.
    keys: Vec<String>,
    /// By number, in the order of the notes.
    places: Vec<Vec<(u32, Place)>>,
    /// How often a form stands for a word.
    stems: BTreeMap<(usize, usize), usize>,
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

/// Where within a note a word was met. The order counts: [`Terms::add`] sorts by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    Title,
    Name,
    Aliases,
    Text(usize),
    Heading(usize),
    Heads(usize),
}

/// A count in little room; more than there is room for says no more.
fn small<T: TryFrom<usize> + TryFrom<u8> + Default>(count: usize) -> T {
    T::try_from(count).or_else(|_| T::try_from(u8::MAX)).unwrap_or_default()
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
        let at = small(self.lengths.len());
        let mut met = Vec::new();
        let mut lengths = Lengths {
            title: self.meet(splitter, &found.title, found.tongue, Met::Title, &mut met),
            name: self.meet(splitter, &found.name, found.tongue, Met::Name, &mut met),
            ..Lengths::default()
        };
        for alias in &found.note.aliases {
            lengths.aliases += self.meet(splitter, alias, found.tongue, Met::Aliases, &mut met);
        }
        let mut headings = Vec::new();
        for (number, unit) in found.units.iter().enumerate() {
            let mut words = self.meet(splitter, &unit.text, found.tongue, Met::Text(number), &mut met);
            if number == 0 {
                words += self.meet(splitter, &found.front, found.tongue, Met::Text(number), &mut met);
            }
            if !unit.soft {
                words += self.meet(splitter, &unit.heading, found.tongue, Met::Text(number), &mut met);
            }
            headings.push(self.meet(splitter, &unit.heading, found.tongue, Met::Heading(number), &mut met));
            let heads = unit.heads.iter();
            let heads = heads.map(|head| self.meet(splitter, head, found.tongue, Met::Heads(number), &mut met)).sum();
            lengths.units.push(words + lengths.title);
            lengths.heads.push(heads);
        }
        met.sort_unstable();
        for of_term in met.chunk_by(|a, b| a.0 == b.0) {
            let Some(places) = of_term.first().and_then(|(term, _)| self.places.get_mut(*term)) else { continue };
            let has = |wanted: Met| of_term.iter().any(|(_, met)| *met == wanted);
            let of = |wanted: Met, length: usize| if has(wanted) { length } else { 0 };
            let (title, name) = (of(Met::Title, lengths.title), of(Met::Name, lengths.name));
            let aliases = of(Met::Aliases, lengths.aliases);
            if title + name + aliases > 0 {
                places.push((at, Place::Names { title: small(title), name: small(name), aliases: small(aliases) }));
            }
            // a title counts in every unit, where there is anything else to find
            let in_title = of_term.iter().filter(|(_, met)| *met == Met::Title).count();
            let mut units: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
            for (_, met) in of_term {
                match *met {
                    Met::Text(unit) => units.entry(unit).or_default().0 += 1,
                    Met::Heading(unit) => {
                        units.entry(unit).or_default().1 = headings.get(unit).copied().unwrap_or(0);
                    }
                    Met::Heads(unit) => {
                        units.entry(unit).or_default().2 = lengths.heads.get(unit).copied().unwrap_or(0);
                    }
                    Met::Title | Met::Name | Met::Aliases => {}
                }
            }
            for (unit, (count, heading, heads)) in units {
                let (unit, count) = (u32::try_from(unit).unwrap_or(u32::MAX), small(count + in_title));
                places.push((at, Place::Unit { unit, count, heading: small(heading), heads: small(heads) }));
            }
        }
        self.lengths.push(lengths);
    }

    /// Adds a note, the last one, to those with a word that stands for itself: a condition, or a whole name.
    pub(super) fn mark(&mut self, key: &str) {
        let (number, at) = (self.number(key), small(self.lengths.len().saturating_sub(1)));
        if let Some(places) = self.places.get_mut(number)
            && places.last().is_none_or(|(last, _)| *last != at)
        {
            places.push((at, Place::Names { title: 0, name: 0, aliases: 0 }));
        }
    }

    /// Every word and form in the order of its letters.
    pub(super) fn rows(&self) -> Vec<Row<'_>> {
        let mut stands_for: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (&(form, term), &count) in &self.stems {
            stands_for.entry(form).or_default().push((count, term));
        }
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
