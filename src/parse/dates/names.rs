//! Names of months and days in a note: their possible meanings, and how to write another date the same way.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::Weekday;

use crate::model::words;
use crate::model::words::LANGUAGES;

/// English, the default.
const ENGLISH: u8 = 1;

/// A meaning of a word, and in which languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense<T> {
    pub(super) value: T,
    /// A bit for each language of [`LANGUAGES`] in which it has that meaning.
    pub(super) languages: u8,
    /// Those of them in which it is the full name.
    pub(super) full_in: u8,
}

impl<T> Sense<T> {
    /// True for short forms in languages other than English: `do`, `so`, `sex`, `sam` are also ordinary words.
    pub(super) const fn is_weak(&self) -> bool {
        self.languages & ENGLISH == 0 && self.full_in == 0
    }
}

/// The possible meanings of a word: `mar` is Tuesday in one language and March in another.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// 1 to 12.
    pub(super) month: Option<Sense<u32>>,
    pub(super) weekday: Option<Sense<Weekday>>,
}

static KNOWN: LazyLock<BTreeMap<String, Known>> = LazyLock::new(|| {
    let mut known = BTreeMap::<String, Known>::new();
    for (bit, names) in LANGUAGES.iter().enumerate() {
        let bit = u32::try_from(bit).ok().and_then(|bit| 1u8.checked_shl(bit)).unwrap_or(0);
        let full = |nth: usize| if nth == 0 { bit } else { 0 };
        for (value, spellings) in (1..).zip(names.months) {
            for (nth, word) in spellings.iter().enumerate() {
                let new = Sense { value, languages: 0, full_in: 0 };
                let sense = known.entry(words::fold(word)).or_default().month.get_or_insert(new);
                sense.languages |= bit;
                sense.full_in |= full(nth);
            }
        }
        for (value, spellings) in words::WEEK.into_iter().zip(names.weekdays) {
            for (nth, word) in spellings.iter().enumerate() {
                let new = Sense { value, languages: 0, full_in: 0 };
                let sense = known.entry(words::fold(word)).or_default().weekday.get_or_insert(new);
                sense.languages |= bit;
                sense.full_in |= full(nth);
            }
        }
    }
    known
});

/// What a word (without a dot) can mean, if it is the name of a month or a day at all.
pub(super) fn known(word: &str) -> Option<Known> {
    (word.len() <= 32).then(|| KNOWN.get(&words::fold(word)).copied()).flatten()
}

/// The length in which a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Length {
    Full,
    /// Shortened to about this many letters.
    Letters(usize),
    /// `May`: full and short at the same time.
    Either,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Case {
    Lower,
    Title,
    Upper,
}

/// The style of a name: language, length, case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Name {
    /// An index into [`LANGUAGES`].
    language: usize,
    pub(super) length: Length,
    case: Case,
}

impl Name {
    /// The style of `word`, the name of a month; `languages` are those that fit the words beside it.
    pub(super) fn of_month(word: &str, month: u32, languages: u8) -> Self {
        let own = known(word).and_then(|known| known.month).map_or(0, |sense| sense.languages);
        Self::of(word, own, languages, |language| months(language, month))
    }

    /// The style of `word`, the name of a weekday.
    pub(super) fn of_weekday(word: &str, weekday: Weekday, languages: u8) -> Self {
        let own = known(word).and_then(|known| known.weekday).map_or(0, |sense| sense.languages);
        Self::of(word, own, languages, |language| weekdays(language, weekday))
    }

    fn of(word: &str, own: u8, languages: u8, spellings: impl Fn(usize) -> &'static [&'static str]) -> Self {
        let folded = words::fold(word);
        let allowed = match own & languages {
            0 => own,
            both => both,
        };
        let language = usize::try_from(allowed.trailing_zeros()).unwrap_or(0);
        let length = match spellings(language) {
            [only] if words::fold(only) == folded => Length::Either,
            [full, ..] if words::fold(full) == folded => Length::Full,
            _ => Length::Letters(word.chars().count()),
        };
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let first = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.any(char::is_lowercase);
        let case = match (first, rest) {
            (false, _) => Case::Lower,
            (true, true) => Case::Title,
            (true, false) => Case::Upper,
        };
        Self { language, length, case }
    }

    /// The same style in another length.
    pub(super) const fn with(self, length: Length) -> Self {
        Self { length, ..self }
    }

    /// The name of a month in this style.
    pub(super) fn month(self, month: u32) -> String {
        self.write(months(self.language, month))
    }

    /// The name of a weekday in this style.
    pub(super) fn weekday(self, weekday: Weekday) -> String {
        self.write(weekdays(self.language, weekday))
    }

    fn write(self, spellings: &[&str]) -> String {
        let full = spellings.first().copied().unwrap_or_default();
        let name = match self.length {
            Length::Full => full,
            Length::Either => spellings.get(1).copied().unwrap_or(full),
            Length::Letters(letters) => {
                let distance = |name: &&&str| (name.chars().count().abs_diff(letters), name.chars().count());
                spellings.iter().min_by_key(distance).copied().unwrap_or(full)
            }
        };
        match self.case {
            Case::Lower => name.to_lowercase(),
            Case::Upper => name.to_uppercase(),
            Case::Title => {
                let mut chars = name.chars();
                chars
                    .next()
                    .into_iter()
                    .flat_map(char::to_uppercase)
                    .chain(chars.flat_map(char::to_lowercase))
                    .collect()
            }
        }
    }
}

fn months(language: usize, month: u32) -> &'static [&'static str] {
    let at = usize::try_from(month).unwrap_or(0).saturating_sub(1);
    LANGUAGES.get(language).and_then(|names| names.months.get(at)).copied().unwrap_or(&[])
}

fn weekdays(language: usize, weekday: Weekday) -> &'static [&'static str] {
    let at = usize::try_from(weekday.num_days_from_monday()).unwrap_or(0);
    LANGUAGES.get(language).and_then(|names| names.weekdays.get(at)).copied().unwrap_or(&[])
}
