//! Names of months and days in several languages, and how words are compared.
//!
//! One table for natural dates in queries and on the command line, and for dates found in notes. To support another
//! language, add an entry to [`LANGUAGES`]; a test refuses words that would mean two different things.
//! The functions say what a word *can* mean, not that it is part of a date: `may`, `mar`, `sun`, `out`, `do` are
//! ordinary words too, so code that reads running text must check their surroundings.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::Weekday;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_canonical;

/// How one language names its months and days: the full name first, then the usual short forms, accents as written.
/// Dots after short forms, case and missing accents need no entry of their own.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// ISO 639-1.
    pub language: &'static str,
    /// January to December.
    pub months: [&'static [&'static str]; 12],
    /// Monday to Sunday.
    pub weekdays: [&'static [&'static str]; 7],
}

/// Two-letter day names only for German, whose usual short forms they are; those of French and Spanish would
/// contradict them (`di` is Tuesday or Sunday, `do` Thursday or Sunday).
pub const LANGUAGES: &[Names] = &[
    Names {
        language: "en",
        months: [
            &["January", "Jan"],
            &["February", "Feb", "Febr"],
            &["March", "Mar"],
            &["April", "Apr"],
            &["May"],
            &["June", "Jun"],
            &["July", "Jul"],
            &["August", "Aug"],
            &["September", "Sep", "Sept"],
            &["October", "Oct"],
            &["November", "Nov"],
            &["December", "Dec"],
        ],
        weekdays: [
            &["Monday", "Mon"],
            &["Tuesday", "Tue", "Tues"],
            &["Wednesday", "Wed", "Weds"],
            &["Thursday", "Thu", "Thur", "Thurs", "Thr"],
            &["Friday", "Fri"],
            &["Saturday", "Sat"],
            &["Sunday", "Sun"],
        ],
    },
    Names {
        language: "de",
        months: [
            &["Januar", "Jan", "Jänner", "Jän"],
            &["Februar", "Feb", "Feber"],
            &["März", "Mär", "Mrz", "Maerz"],
            &["April", "Apr"],
            &["Mai"],
            &["Juni", "Jun"],
            &["Juli", "Jul"],
            &["August", "Aug"],
            &["September", "Sep", "Sept"],
            &["Oktober", "Okt"],
            &["November", "Nov"],
            &["Dezember", "Dez"],
        ],
        weekdays: [
            &["Montag", "Mo"],
            &["Dienstag", "Di"],
            &["Mittwoch", "Mi"],
            &["Donnerstag", "Do"],
            &["Freitag", "Fr"],
            &["Samstag", "Sa", "Sonnabend"],
            &["Sonntag", "So"],
        ],
    },
    Names {
        language: "fr",
        months: [
            &["janvier", "janv", "jan"],
            &["février", "févr", "fév"],
            &["mars", "mar"],
            &["avril", "avr"],
            &["mai"],
            &["juin"],
            &["juillet", "juil"],
            &["août"],
            &["septembre", "sept", "sep"],
            &["octobre", "oct"],
            &["novembre", "nov"],
            &["décembre", "déc"],
        ],
        weekdays: [
            &["lundi", "lun"],
            &["mardi", "mar"],
            &["mercredi", "mer"],
            &["jeudi", "jeu"],
            &["vendredi", "ven"],
            &["samedi", "sam"],
            &["dimanche", "dim"],
        ],
    },
    Names {
        language: "es",
        months: [
            &["enero", "ene"],
            &["febrero", "feb"],
            &["marzo", "mar", "mzo"],
            &["abril", "abr"],
            &["mayo", "may"],
            &["junio", "jun"],
            &["julio", "jul"],
            &["agosto", "ago"],
            &["septiembre", "sept", "sep", "setiembre", "set"],
            &["octubre", "oct"],
            &["noviembre", "nov"],
            &["diciembre", "dic"],
        ],
        weekdays: [
            &["lunes", "lun"],
            &["martes", "mar"],
            &["miércoles", "mié"],
            &["jueves", "jue"],
            &["viernes", "vie"],
            &["sábado", "sáb"],
            &["domingo", "dom"],
        ],
    },
    Names {
        language: "pt",
        months: [
            &["janeiro", "jan"],
            &["fevereiro", "fev"],
            &["março", "mar"],
            &["abril", "abr"],
            &["maio", "mai"],
            &["junho", "jun"],
            &["julho", "jul"],
            &["agosto", "ago"],
            &["setembro", "set"],
            &["outubro", "out"],
            &["novembro", "nov"],
            &["dezembro", "dez"],
        ],
        weekdays: [
            &["segunda-feira", "segunda", "seg"],
            &["terça-feira", "terça", "ter"],
            &["quarta-feira", "quarta", "qua"],
            &["quinta-feira", "quinta", "qui"],
            &["sexta-feira", "sexta", "sex"],
            &["sábado", "sáb"],
            &["domingo", "dom"],
        ],
    },
];

/// Monday to Sunday, as [`Names::weekdays`].
pub const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

static MONTHS: LazyLock<BTreeMap<String, u32>> = LazyLock::new(|| {
    let rows = LANGUAGES.iter().flat_map(|names| (1..).zip(names.months));
    rows.flat_map(|(month, words)| words.iter().map(move |word| (fold(word), month))).collect()
});

static WEEKDAYS: LazyLock<BTreeMap<String, Weekday>> = LazyLock::new(|| {
    let rows = LANGUAGES.iter().flat_map(|names| WEEK.into_iter().zip(names.weekdays));
    rows.flat_map(|(day, words)| words.iter().map(move |word| (fold(word), day))).collect()
});

/// The month, 1 to 12, that a word names in one of the [`LANGUAGES`]: whole words only, optionally with a final dot,
/// ignoring case and accents.
#[must_use]
pub fn month(word: &str) -> Option<u32> {
    MONTHS.get(&fold(without_dot(word)?)).copied()
}

/// The day of the week that a word names in one of the [`LANGUAGES`], read as [`month`] reads.
/// `mar` can be Tuesday or March: its surroundings decide.
#[must_use]
pub fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.get(&fold(without_dot(word)?)).copied()
}

/// The day of a month that a word writes: `7`, `07`, `1st`, `22nd`, `3rd`, `4th`, `1.`, `1er`, `1º`, `1ª`. 1 to 31.
#[must_use]
pub fn day_of_month(word: &str) -> Option<u32> {
    ordinal(word).map(|(day, _)| day)
}

/// As [`day_of_month`]; also true where the word itself is an ordinal (`12th`), not a bare number.
#[must_use]
pub fn ordinal(word: &str) -> Option<(u32, bool)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = word.split_at_checked(digits).filter(|_| (1..=2).contains(&digits))?;
    let day = number.parse().ok().filter(|day| (1..=31).contains(day))?;
    let known = match suffix {
        "" | "." | "º" | "ª" | "°" => true,
        "er" => day == 1,
        other => other.eq_ignore_ascii_case(ordinal_suffix(day)),
    };
    known.then_some((day, !suffix.is_empty()))
}

/// True for the name of a folder of a year, month, quarter or week: `2026`, `10-October`, `2026-W43`, `Q4`.
#[must_use]
pub fn is_period(name: &str) -> bool {
    let folded = fold(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let is_number = |word: &str| !word.is_empty() && word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = |word: &str| ["q", "w", "kw"].iter().any(|mark| word.strip_prefix(mark).is_some_and(is_number));
    words.peek().is_some() && words.all(|word| is_number(word) || numbered(word) || month(word).is_some())
}

/// What English writes after the number of a day: `st`, `nd`, `rd`, `th`.
#[must_use]
pub const fn ordinal_suffix(day: u32) -> &'static str {
    match (day % 10, day) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Without one final dot, as short forms may have; `None` for words longer than any name.
fn without_dot(word: &str) -> Option<&str> {
    (word.len() <= 32).then(|| word.strip_suffix('.').unwrap_or(word))
}

/// How words are compared everywhere: lower case; no accents on Latin, Greek and Cyrillic letters; `ß` is `ss`, `æ` `ae`,
/// `ø` `o`, `ł` `l`, `’` `'`; Hebrew and Arabic without vowel points. In other scripts marks are letters, and stay. Idempotent.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for lower in text.chars().filter(|&c| c != SOFT_HYPHEN).nfc().flat_map(char::to_lowercase) {
        match lower {
            // the letters that take accents: Latin, Greek, Cyrillic and their extensions
            '\u{80}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => decompose_canonical(lower, |part| {
                if !is_accent(part) {
                    part.to_lowercase().filter(|&c| !is_accent(c)).for_each(|c| push_plain(&mut out, c));
                }
            }),
            other if is_vowel_point(other) => {}
            other => push_plain(&mut out, other),
        }
    }
    out
}

/// The folded letters and digits of a name: `Ida Berg` and `ida.berg` are one.
#[must_use]
pub fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Marks where a word may be broken at the end of a line; otherwise invisible.
pub const SOFT_HYPHEN: char = '\u{AD}';

/// Hebrew points and accents, Arabic harakat and the tatweel: words are written with and without them.
#[must_use]
pub const fn is_vowel_point(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{8D3}'..='\u{8FF}')
}

/// Adds a lower-case letter as people type it.
fn push_plain(out: &mut String, letter: char) {
    match letter {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' => out.push('d'),
        'ς' => out.push('σ'),
        '’' | 'ʼ' => out.push('\''),
        other => out.push(other),
    }
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// In bytes; a longer name is not compared.
const LONGEST_NAME: usize = 100;

/// What someone probably meant by `word`: the nearest of `candidates`, if it is near (at most one typo in words of three to
/// five letters, two in longer ones, three in names of over 32; two swapped letters are one typo). The first of equals
/// wins.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Candidates::new(candidates).nearest(word)
}

/// As [`nearest`], for names of several words: also the first of which a word is near.
#[must_use]
pub fn nearest_name<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<&str> = names.into_iter().collect();
    nearest(word, names.iter().copied()).or_else(|| {
        let words = || names.iter().flat_map(|name| name.split_whitespace().map(move |word| (word, *name)));
        let near = nearest(word, words().map(|(word, _)| word))?;
        words().find(|(word, _)| *word == near).map(|(_, name)| name)
    })
}

/// True where two words differ by at most one typo: a letter added, missing or different, or two letters swapped.
#[must_use]
pub fn is_a_slip_away(one: &str, other: &str) -> bool {
    strsim::osa_distance(&fold(one), &fold(other)) <= 1
}

/// Candidate words, prepared for many lookups.
#[derive(Debug, Default)]
pub struct Candidates<'a> {
    /// By the length of the folded word, each with its position among the candidates.
    by_length: BTreeMap<usize, Vec<(String, usize, &'a str)>>,
}

impl<'a> Candidates<'a> {
    /// Sorts candidates by their length.
    #[must_use]
    pub fn new(candidates: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_length: BTreeMap<usize, Vec<(String, usize, &'a str)>> = BTreeMap::new();
        for (place, candidate) in candidates.into_iter().enumerate() {
            let folded = fold(candidate);
            by_length.entry(folded.chars().count()).or_default().push((folded, place, candidate));
        }
        Self { by_length }
    }

    /// As [`nearest`].
    #[must_use]
    pub fn nearest(&self, word: &str) -> Option<&'a str> {
        let limit = match word.chars().take(LONGEST_NAME + 1).count() {
            3..=5 => 1,
            6..=32 => 2,
            33..=LONGEST_NAME => 3,
            _ => return None,
        };
        let word = fold(word);
        let length = word.chars().count();
        // each letter more or less is a typo
        let lengths = self.by_length.range(length.saturating_sub(limit)..=length + limit);
        lengths
            .flat_map(|(_, words)| words)
            .map(|(folded, place, candidate)| (strsim::osa_distance(&word, folded), place, *candidate))
            .filter(|(distance, ..)| *distance <= limit)
            .min_by_key(|&(distance, place, _)| (distance, place))
            .map(|(.., found)| found)
    }
}

#[cfg(test)]
mod tests;
