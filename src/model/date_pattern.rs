//! Date patterns: how daily notes are named, in the letters of moment.js that Obsidian and our own settings use.
//!
//! `YYYY-MM-DD` writes 2 November 2026 as `2026-11-02`. A pattern writes a date, and reads a name back as the days that
//! it stands for. Weeks are those of ISO 8601. There are no times: a name with a time could not be found again.

use std::fmt;

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::calendar::YEARS;
use crate::model::calendar::iso_week;
use crate::model::words;

/// A field of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// `YYYY`
    Year,
    /// `YY`
    ShortYear,
    /// `GGGG`, `gggg`: the year of the ISO week.
    WeekYear,
    /// `GG`, `gg`
    ShortWeekYear,
    /// `Q`
    Quarter,
    /// `MMMM`
    MonthName,
    /// `MMM`
    ShortMonthName,
    /// `MM`, `M`: two digits or as many as needed.
    Month { padded: bool },
    /// `DD`, `D`
    Day { padded: bool },
    /// `Do`: `2nd`
    OrdinalDay,
    /// `DDDD`, `DDD`
    DayOfYear { padded: bool },
    /// `WW`, `W`, `ww`, `w`
    Week { padded: bool },
    /// `E`: 1 for Monday, 7 for Sunday.
    IsoWeekday,
    /// `d`, `e`: 0 for Sunday.
    WeekdayNumber,
    /// `dddd`
    WeekdayName,
    /// `ddd`
    ShortWeekdayName,
    /// `dd`
    ShortestWeekdayName,
}

/// Letters and what they write, longest first.
const FIELDS: &[(&str, Field)] = &[
    ("YYYY", Field::Year),
    ("GGGG", Field::WeekYear),
    ("gggg", Field::WeekYear),
    ("MMMM", Field::MonthName),
    ("dddd", Field::WeekdayName),
    ("DDDD", Field::DayOfYear { padded: true }),
    ("MMM", Field::ShortMonthName),
    ("ddd", Field::ShortWeekdayName),
    ("DDD", Field::DayOfYear { padded: false }),
    ("YY", Field::ShortYear),
    ("GG", Field::ShortWeekYear),
    ("gg", Field::ShortWeekYear),
    ("MM", Field::Month { padded: true }),
    ("DD", Field::Day { padded: true }),
    ("Do", Field::OrdinalDay),
    ("WW", Field::Week { padded: true }),
    ("ww", Field::Week { padded: true }),
    ("dd", Field::ShortestWeekdayName),
    ("Y", Field::Year),
    ("M", Field::Month { padded: false }),
    ("D", Field::Day { padded: false }),
    ("W", Field::Week { padded: false }),
    ("w", Field::Week { padded: false }),
    ("Q", Field::Quarter),
    ("E", Field::IsoWeekday),
    ("d", Field::WeekdayNumber),
    ("e", Field::WeekdayNumber),
];

/// Letters of moment.js that name a time, a zone, or a writing that depends on the place, longest first.
const UNSUPPORTED: &[&str] = &[
    "LLLL", "llll", "LTS", "LLL", "lll", "SSS", "LT", "LL", "ll", "HH", "hh", "kk", "mm", "ss", "SS", "ZZ", "H", "h",
    "m", "s", "S", "a", "A", "X", "x", "Z", "L", "l",
];

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
    /// Letters that we do not write.
    Unsupported(String),
}

/// A pattern such as `YYYY-MM-DD`. `[text]` is text, and so is a word that is not all letters of fields (`Daily`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatePattern {
    written: String,
    parts: Vec<Part>,
}

/// Why a pattern cannot name notes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It has letters of times.
    #[error("`{letters}` is a time or depends on the place, and a day's note could not be found again by it")]
    Unsupported {
        /// These letters.
        letters: String,
    },
    /// It has days, months or weeks without a year.
    #[error("it names no year, so that the same name comes back every year")]
    NoYear,
    /// Different days have the same name, or a name can be read as different days.
    #[error("`{name}` could be more than one day")]
    Ambiguous {
        /// A name that it gives.
        name: String,
    },
}

impl fmt::Display for DatePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl DatePattern {
    /// Reads a pattern. Any text is one: what is no field is text.
    #[must_use]
    pub fn new(pattern: &str) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            if let Some((text, behind)) = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
                push_text(&mut parts, text);
                rest = behind;
            } else if c.is_ascii_alphabetic() {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
                match fields(word) {
                    Some(fields) => parts.extend(fields),
                    None => push_text(&mut parts, word),
                }
                rest = behind;
            } else {
                push_text(&mut parts, rest.get(..c.len_utf8()).unwrap_or(""));
                rest = rest.get(c.len_utf8()..).unwrap_or("");
            }
        }
        Self { written: pattern.to_owned(), parts }
    }

    /// Writes a date.
    #[must_use]
    pub fn format(&self, date: NaiveDate) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) | Part::Unsupported(text) => out.push_str(text),
                Part::Field(field) => out.push_str(&field.format(date)),
            }
        }
        out
    }

    /// The days that a name stands for: one day, or a week, month, quarter or year where the pattern says no more.
    /// `None` where the pattern does not write this name, and where it would do so for different days.
    #[must_use]
    pub fn read(&self, name: &str) -> Option<DateRange> {
        if self.parts.iter().any(|part| matches!(part, Part::Unsupported(_))) {
            return None;
        }
        let mut found = Found::default();
        self.read_parts(&self.parts, name, Fields::default(), &mut found);
        found.range.filter(|_| !found.several)
    }

    /// Tries every way in which the parts can have written the name.
    fn read_parts(&self, parts: &[Part], name: &str, fields: Fields, found: &mut Found) {
        found.tries += 1;
        if found.several || found.tries > MOST_TRIES {
            return;
        }
        let Some((part, behind)) = parts.split_first() else {
            // what was read writes this very name: `2026-1-2` is not written by `YYYY-MM-DD`
            if name.is_empty()
                && let Some(range) = fields.range()
            {
                found.several |= found.range.is_some_and(|other| other != range);
                found.range = Some(range);
            }
            return;
        };
        match part {
            Part::Text(text) => {
                if let Some(rest) = name.strip_prefix(text.as_str()) {
                    self.read_parts(behind, rest, fields, found);
                }
            }
            Part::Field(field) => {
                for (length, value) in field.values(name) {
                    let Some(rest) = name.get(length..) else { continue };
                    let mut fields = fields;
                    if fields.set(*field, value) {
                        self.read_parts(behind, rest, fields, found);
                    }
                }
            }
            Part::Unsupported(_) => {}
        }
    }

    /// Whether the note of a day (or of its week, month, …) is found again by its name.
    ///
    /// # Errors
    /// Says why not. A pattern without any field is fine: it names one note for all days.
    pub fn check(&self, today: NaiveDate) -> Result<(), PatternError> {
        let unsupported: String = self
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Unsupported(letters) => Some(letters.as_str()),
                Part::Text(_) | Part::Field(_) => None,
            })
            .collect();
        if !unsupported.is_empty() {
            return Err(PatternError::Unsupported { letters: unsupported });
        }
        let fields =
            || self.parts.iter().filter_map(|part| if let Part::Field(field) = part { Some(*field) } else { None });
        if fields().next().is_none() {
            return Ok(());
        }
        let is_year =
            |field: Field| matches!(field, Field::Year | Field::ShortYear | Field::WeekYear | Field::ShortWeekYear);
        if !fields().any(is_year) {
            return Err(PatternError::NoYear);
        }
        let name = self.format(today);
        let read = self.read(&name);
        let is_found = if self.names_days() {
            read == Some(DateRange::day(today))
        } else {
            read.is_some_and(|range| range.contains(today))
        };
        if is_found { Ok(()) } else { Err(PatternError::Ambiguous { name }) }
    }

    /// True where each day has a name of its own.
    #[must_use]
    pub fn names_days(&self) -> bool {
        // two days of one month and week, so that only a name with a day differs
        let name = |day| NaiveDate::from_ymd_opt(2026, 11, day).map(|date| self.format(date));
        name(17) != name(18)
    }

    /// Whether the day stands before the month: `None` where the pattern does not have both as numbers.
    #[must_use]
    pub fn day_first(&self) -> Option<bool> {
        let at = |wanted: fn(&Field) -> bool| {
            self.parts.iter().position(|part| matches!(part, Part::Field(field) if wanted(field)))
        };
        let day = at(|field| matches!(field, Field::Day { .. } | Field::OrdinalDay))?;
        let month = at(|field| matches!(field, Field::Month { .. }))?;
        let year = at(|field| matches!(field, Field::Year | Field::ShortYear))?;
        // `YYYY-DD-MM` says nothing about `10/11/2023`
        (year > day.max(month)).then_some(day < month)
    }
}

/// A name with more ways to be read than this is no date.
const MOST_TRIES: usize = 2_000;

/// How a notebook names the notes of its journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyNotes {
    /// From the notes folder, without `/` at either end; empty for the notes folder itself.
    pub folder: String,
    /// The name below it, without `.md`.
    pub pattern: DatePattern,
}

impl DailyNotes {
    /// From what settings say, which may have `/` at the ends and `.md`.
    #[must_use]
    pub fn new(folder: Option<&str>, pattern: &str) -> Self {
        let pattern = pattern.trim_matches('/').trim_end_matches(".md");
        Self { folder: folder.unwrap_or("").trim_matches('/').to_owned(), pattern: DatePattern::new(pattern) }
    }

    /// The note for a day.
    #[must_use]
    pub fn path(&self, day: NaiveDate) -> NotePath {
        let name = self.pattern.format(day);
        let name = name.trim_matches('/');
        match self.folder.as_str() {
            "" => NotePath::from(format!("{name}.md").as_str()),
            folder => NotePath::from(format!("{folder}/{name}.md").as_str()),
        }
    }

    /// The days that a note stands for, where it is named so.
    #[must_use]
    pub fn read(&self, path: &NotePath) -> Option<DateRange> {
        let (name, _) = path.as_str().rsplit_once('.')?;
        let name = match self.folder.as_str() {
            "" => name,
            folder => name.strip_prefix(folder)?.strip_prefix('/')?,
        };
        self.pattern.read(name)
    }
}

#[derive(Default)]
struct Found {
    range: Option<DateRange>,
    several: bool,
    tries: usize,
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

/// The fields that a word of letters names, unless some of its letters name none.
fn fields(word: &str) -> Option<Vec<Part>> {
    let mut found: Vec<Part> = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let field = FIELDS.iter().find(|(letters, _)| rest.starts_with(letters));
        let unsupported = UNSUPPORTED.iter().find(|letters| rest.starts_with(**letters));
        let length = match (field, unsupported) {
            (Some((letters, field)), _) => {
                found.push(Part::Field(*field));
                letters.len()
            }
            (None, Some(letters)) => {
                match found.last_mut() {
                    Some(Part::Unsupported(last)) => last.push_str(letters),
                    _ => found.push(Part::Unsupported((*letters).to_owned())),
                }
                letters.len()
            }
            (None, None) => return None,
        };
        rest = rest.get(length..)?;
    }
    Some(found)
}

impl Field {
    fn format(self, date: NaiveDate) -> String {
        let padded = |value: u32, padded: bool| if padded { format!("{value:02}") } else { value.to_string() };
        let pattern = match self {
            Self::Year => "%Y",
            Self::ShortYear => "%y",
            Self::WeekYear => "%G",
            Self::ShortWeekYear => "%g",
            Self::MonthName => "%B",
            Self::ShortMonthName => "%b",
            Self::WeekdayName => "%A",
            Self::ShortWeekdayName => "%a",
            Self::ShortestWeekdayName => return date.format("%a").to_string().chars().take(2).collect(),
            Self::Quarter => return (date.month0() / 3 + 1).to_string(),
            Self::Month { padded: two } => return padded(date.month(), two),
            Self::Day { padded: two } => return padded(date.day(), two),
            Self::OrdinalDay => return format!("{}{}", date.day(), words::ordinal_suffix(date.day())),
            Self::DayOfYear { padded: true } => return format!("{:03}", date.ordinal()),
            Self::DayOfYear { padded: false } => return date.ordinal().to_string(),
            Self::Week { padded: two } => return padded(date.iso_week().week(), two),
            Self::IsoWeekday => return date.weekday().number_from_monday().to_string(),
            Self::WeekdayNumber => return date.weekday().num_days_from_sunday().to_string(),
        };
        date.format(pattern).to_string()
    }

    /// The ways in which a text can begin with this field: how many bytes, and the value.
    fn values(self, text: &str) -> Vec<(usize, u32)> {
        let digits = |counts: std::ops::RangeInclusive<usize>| {
            let all = text.bytes().take_while(u8::is_ascii_digit).count();
            let number = |length: usize| Some((length, text.get(..length)?.parse().ok()?));
            counts.filter(|length| *length <= all).filter_map(number).collect::<Vec<(usize, u32)>>()
        };
        // without a leading zero: `D` does not write `02`
        let bare = |counts| {
            let mut found = digits(counts);
            found.retain(|(length, _)| *length == 1 || !text.starts_with('0'));
            found
        };
        let word = |value: &dyn Fn(&str) -> Option<u32>| {
            let length = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
            text.get(..length).and_then(value).map(|value| (length, value)).into_iter().collect()
        };
        match self {
            Self::Year | Self::WeekYear => digits(4..=4),
            Self::ShortYear
            | Self::ShortWeekYear
            | Self::Month { padded: true }
            | Self::Day { padded: true }
            | Self::Week { padded: true } => digits(2..=2),
            Self::Month { padded: false } | Self::Day { padded: false } | Self::Week { padded: false } => bare(1..=2),
            Self::DayOfYear { padded: true } => digits(3..=3),
            Self::DayOfYear { padded: false } => bare(1..=3),
            Self::Quarter | Self::IsoWeekday | Self::WeekdayNumber => digits(1..=1),
            Self::OrdinalDay => {
                let mut found = bare(1..=2);
                found.retain_mut(|(length, day)| {
                    let suffix = words::ordinal_suffix(*day);
                    let fits = text.get(*length..).is_some_and(|rest| rest.starts_with(suffix));
                    *length += suffix.len();
                    fits
                });
                found
            }
            // Obsidian writes names in its own language
            Self::MonthName | Self::ShortMonthName => word(&words::month),
            Self::WeekdayName | Self::ShortWeekdayName => {
                word(&|name| words::weekday(name).map(|day| day.num_days_from_monday()))
            }
            Self::ShortestWeekdayName => word(&|name| {
                let two = |day: &chrono::Weekday| day.to_string().chars().take(2).collect::<String>() == name;
                words::WEEK.iter().find(|day| two(day)).map(|day| day.num_days_from_monday())
            }),
        }
    }
}

/// The fields that were read of a name.
#[derive(Debug, Clone, Copy, Default)]
struct Fields {
    year: Option<i32>,
    week_year: Option<i32>,
    quarter: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
    day_of_year: Option<u32>,
    week: Option<u32>,
    /// From Monday, 0.
    weekday: Option<u32>,
}

impl Fields {
    /// False where the field was there before with another value, or has no such value.
    fn set(&mut self, field: Field, value: u32) -> bool {
        let short = |value: u32| if value > 68 { 1900 + value } else { 2000 + value };
        fn put<T: PartialEq + Copy>(place: &mut Option<T>, value: T) -> bool {
            place.replace(value).is_none_or(|before| before == value)
        }
        let year = |value: u32| i32::try_from(value).unwrap_or(0);
        match field {
            Field::Year => put(&mut self.year, year(value)),
            Field::ShortYear => put(&mut self.year, year(short(value))),
            Field::WeekYear => put(&mut self.week_year, year(value)),
            Field::ShortWeekYear => put(&mut self.week_year, year(short(value))),
            Field::Quarter => (1..=4).contains(&value) && put(&mut self.quarter, value),
            Field::MonthName | Field::ShortMonthName | Field::Month { .. } => {
                put(&mut self.month, value) && (1..=12).contains(&value)
            }
            Field::Day { .. } | Field::OrdinalDay => put(&mut self.day, value) && (1..=31).contains(&value),
            Field::DayOfYear { .. } => put(&mut self.day_of_year, value),
            Field::Week { .. } => put(&mut self.week, value),
            Field::IsoWeekday => (1..=7).contains(&value) && put(&mut self.weekday, value - 1),
            Field::WeekdayNumber => value <= 6 && put(&mut self.weekday, (value + 6) % 7),
            Field::WeekdayName | Field::ShortWeekdayName | Field::ShortestWeekdayName => put(&mut self.weekday, value),
        }
    }

    /// The days that the fields stand for, where they agree with each other; `None` also where two times would do.
    fn range(self) -> Option<DateRange> {
        let mut fitting = self.candidates().into_iter().flatten().filter(|range| self.agrees(*range));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// True where every field is right on some day of a range: `YYYY-MM/[W]WW` is a week, in a month of its.
    fn agrees(self, range: DateRange) -> bool {
        let (Some(start), Some(end)) = (range.start, range.end) else { return false };
        let fits = |day: NaiveDate| {
            let week = day.iso_week();
            self.year.is_none_or(|year| day.year() == year)
                && self.week_year.is_none_or(|year| week.year() == year)
                && self.week.is_none_or(|number| week.week() == number)
                && self.month.is_none_or(|month| day.month() == month)
                && self.quarter.is_none_or(|quarter| day.month0() / 3 + 1 == quarter)
                && self.weekday.is_none_or(|weekday| day.weekday().num_days_from_monday() == weekday)
        };
        YEARS.contains(&start.year()) && start.iter_days().take_while(|day| *day <= end).any(fits)
    }

    /// The times that the most exact fields can stand for. In `YYYY-[W]WW` the year is that of the calendar, and
    /// 1 January 2027 is in its `2027-W53`: a week of the year before.
    fn candidates(self) -> [Option<DateRange>; 3] {
        let one = |range: Option<DateRange>| [range, None, None];
        let first = |year: i32, month: u32| NaiveDate::from_ymd_opt(year, month, 1);
        let year = self.year.or(self.week_year);
        if let (Some(year), Some(month), Some(day)) = (year, self.month, self.day) {
            return one(NaiveDate::from_ymd_opt(year, month, day).map(DateRange::day));
        }
        if let (Some(year), Some(day)) = (self.year, self.day_of_year) {
            return one(NaiveDate::from_yo_opt(year, day).map(DateRange::day));
        }
        if let Some(week) = self.week {
            let days = |year: i32| {
                let range = iso_week(year, week)?;
                match self.weekday {
                    Some(day) => range.start?.checked_add_days(Days::new(day.into())).map(DateRange::day),
                    None => Some(range),
                }
            };
            return match (self.week_year, self.year) {
                (Some(year), _) => one(days(year)),
                (None, Some(year)) => [year - 1, year, year + 1].map(days),
                (None, None) => one(None),
            };
        }
        let Some(year) = year else { return one(None) };
        one(match (self.month, self.quarter) {
            (Some(month), _) => first(year, month).and_then(|first| Unit::Month.period(first)),
            (None, Some(quarter)) => first(year, quarter * 3 - 2).and_then(|first| Unit::Quarter.period(first)),
            (None, None) => first(year, 1).and_then(|first| Unit::Year.period(first)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn case(pattern: &str, want: &str) {
        assert_eq!(DatePattern::new(pattern).format(day("2026-11-02")), want);
    }

    #[test]
    fn patterns_write() {
        case("YYYY-MM-DD", "2026-11-02");
        case("YYYYMMDD", "20261102");
        case("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026/11-November/2026-11-02-Monday");
        case("gggg-[W]ww", "2026-W45");
        case("D MMM YY, dd, Do, [Q]Q", "2 Nov 26, Mo, 2nd, Q4");
        case("YYYY-DDDD", "2026-306");
        case("GGGG-[W]WW-E", "2026-W45-1");
        case("Daily/[Day] M", "Daily/Day 11");
        case("[open", "[open");
        case("日YYYY", "日2026");
        case("YYYY年MM月DD日", "2026年11月02日");
    }

    /// Patterns that name each day; people use all of these.
    const DAYS: &[&str] = &[
        "YYYY-MM-DD",
        "YYYYMMDD",
        "YYYY_MM_DD",
        "YYYY.MM.DD",
        "YYYY MM DD",
        "YY-MM-DD",
        "YYMMDD",
        "MM-DD-YYYY",
        "DD-MM-YYYY",
        "DD.MM.YYYY",
        "DD.MM.YY",
        "D.M.YYYY",
        "D.M.YY",
        "M-D-YYYY",
        "MM_DD_YY",
        "DDMMYYYY",
        "MMDDYYYY",
        "YYYY年MM月DD日",
        "YYYY年M月D日",
        "YYYY-DDDD",
        "YYYY-DDD",
        "GGGG-[W]WW-E",
        "gggg-[W]ww-E",
        "GGGG-[W]WW-dddd",
        "MMM D, YYYY",
        "MMMM Do, YYYY",
        "dddd, MMMM Do YYYY",
        "ddd DD MMM YYYY",
        "Do MMMM YYYY",
        "D MMMM YYYY dd",
        "YYYY/MM/DD",
        "YYYY/MM-MMMM/DD",
        "YYYY/MMMM/YYYY-MM-DD",
        "YYYY/[W]WW/YYYY-MM-DD",
        "YYYY/[Q]Q/MM-DD",
        "[daily] YYYY-MM-DD",
        "YYYY-MM-DD [log]",
        "Journal YYYY-MM-DD",
        "YYYY-MM-DD-ddd",
        "YYYY-MM-DD d",
    ];
    /// Patterns that name weeks, months, quarters, years.
    const STRETCHES: &[&str] = &[
        "YYYY-MM",
        "YYYYMM",
        "MMMM YYYY",
        "gggg-[W]ww",
        "GGGG-[W]WW",
        "GGGG/W",
        "[W]w GG",
        "YYYY-[Q]Q",
        "YYYY",
        "YYYY-MM/[W]WW",
    ];

    #[test]
    fn what_is_written_is_read_as_the_same_day() {
        for pattern in DAYS.iter().map(|pattern| DatePattern::new(pattern)) {
            assert!(pattern.names_days(), "{pattern}");
            for date in day("2026-01-01").iter_days().take(731) {
                let name = pattern.format(date);
                assert_eq!(pattern.read(&name), Some(DateRange::day(date)), "{pattern}: {name}");
                assert_eq!(pattern.check(date), Ok(()), "{pattern}: {name}");
            }
        }
        for pattern in STRETCHES.iter().map(|pattern| DatePattern::new(pattern)) {
            assert!(!pattern.names_days(), "{pattern}");
            for date in day("2026-01-01").iter_days().take(731) {
                let name = pattern.format(date);
                let read = pattern.read(&name);
                assert!(read.is_some_and(|range| range.contains(date)), "{pattern}: {name} {read:?}");
            }
        }
    }

    #[track_caller]
    fn refused(pattern: &str, why: &str) {
        let error = DatePattern::new(pattern).check(day("2026-01-11")).unwrap_err();
        assert!(error.to_string().contains(why), "{pattern}: {error}");
    }

    #[test]
    fn patterns_that_name_no_day_are_refused() {
        refused("YYYY-MM-DD HHmm", "`HHmm`");
        refused("YYYY-MM-DD HH-mm", "`HHmm`");
        refused("YYYY-MM-DD[T]HH.mm.ss", "`HHmmss`");
        refused("x", "`x`");
        refused("L", "`L`");
        refused("D MMMM", "no year");
        refused("dddd", "no year");
        refused("MDYYYY", "more than one day");
        refused("YYYY DD", "more than one day");
        assert_eq!(DatePattern::new("[log]").check(day("2026-11-27")), Ok(()));
    }

    #[test]
    fn other_names_are_not_read() {
        for (pattern, name) in [
            ("YYYY-MM-DD", "2026-1-2"),
            ("YYYY-MM-DD", "2026-13-01"),
            ("YYYY-MM-DD", "2026-11-02 notes"),
            ("M-D-YYYY", "01-02-2026"),
            ("dddd YYYY-MM-DD", "Friday 2026-11-02"),
            ("GGGG-[W]WW", "2026-W54"),
            ("YYYY/MM/DD", "2026-11-02"),
            ("YYYY-MM-DD HHmm", "2026-11-02 HHmm"),
            ("", "2026-11-02"),
        ] {
            assert_eq!(DatePattern::new(pattern).read(name), None, "{pattern} {name}");
        }
        assert_eq!(DatePattern::new("D MMMM YYYY").read("2 novembre 2026"), Some(DateRange::day(day("2026-11-02"))));
    }

    proptest::proptest! {
        #[test]
        fn any_pattern_reads_any_name(pattern in "[YMDdwWgGQEo \\-./\\[\\]a年]{0,12}", name in ".{0,16}", days in 0..2_000_i64) {
            let pattern = DatePattern::new(&pattern);
            let _ = pattern.read(&name);
            let date = day("2024-01-01") + chrono::TimeDelta::days(days);
            // a name that is read at all is read as a time with the day in it
            if pattern.check(date).is_ok()
                && let Some(range) = pattern.read(&pattern.format(date))
            {
                proptest::prop_assert!(range.contains(date), "{} {} {}", pattern, date, range);
            }
        }
    }
}
