//! Date patterns: how daily notes are named, in the syntax of moment.js that Obsidian and our own settings use.
//!
//! `YYYY-MM-DD` formats 2 November 2026 as `2026-11-02`. A pattern formats a date, and reads a name back as the days that
//! it stands for. Weeks are ISO 8601 weeks. Names have no times: the note could not be found again by its name. Only
//! templates write times ([`DatePattern::format_at`]).

mod field;
mod times;

use std::fmt;

use chrono::NaiveDate;

use crate::model::calendar::DateRange;
use crate::model::date_pattern::field::FIELDS;
use crate::model::date_pattern::field::Field;
use crate::model::date_pattern::field::Fields;
use crate::model::date_pattern::field::UNSUPPORTED;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
    /// Letters that we do not support.
    Unsupported(String),
}

/// A pattern such as `YYYY-MM-DD`. `[text]` is literal text, and so is a word with letters that are not fields (`Daily`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatePattern {
    written: String,
    parts: Vec<Part>,
}

/// Why a pattern cannot name notes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// It has letters for times.
    #[error("`{letters}` is a time of day or depends on the locale, so a day's note could not be found by it")]
    Unsupported {
        /// The letters.
        letters: String,
    },
    /// It has days, months or weeks without a year.
    #[error("it has no year, so every year would use the same names")]
    NoYear,
    /// A name, or a folder in it, is empty or begins with a dot: it is not read as a note.
    #[error("`{name}` is hidden or empty, so it would not be read as a note")]
    Hidden {
        /// The name that it produces.
        name: String,
    },
    /// Different days have the same name, or a name can be read as different days.
    #[error("`{name}` could be more than one day")]
    Ambiguous {
        /// A name that it produces.
        name: String,
    },
}

impl fmt::Display for DatePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl DatePattern {
    /// Parses a pattern. Every text is valid: what is not a field is literal.
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

    /// The name for a date.
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

    /// The days that a name stands for: one day, or a week, month, quarter or year where the pattern is no more precise.
    /// `None` where the pattern cannot produce this name, or produces it for different days.
    #[must_use]
    pub fn read(&self, name: &str) -> Option<DateRange> {
        if self.parts.iter().any(|part| matches!(part, Part::Unsupported(_))) {
            return None;
        }
        let mut found = Reading::default();
        self.read_parts(&self.parts, name, Fields::default(), &mut found);
        found.range.filter(|_| !found.several)
    }

    /// Tries every way in which the parts can have produced the name.
    fn read_parts(&self, parts: &[Part], name: &str, fields: Fields, found: &mut Reading) {
        found.tries += 1;
        if found.several || found.tries > MOST_TRIES {
            return;
        }
        let Some((part, behind)) = parts.split_first() else {
            // formatting the result must give this very name: `YYYY-MM-DD` does not give `2026-1-2`
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

    /// Whether the note of a day (or of its week, month, …) can be found again by its name.
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
        let name = self.format(today);
        if name.split('/').any(|part| part.trim().is_empty() || part.starts_with('.')) {
            return Err(PatternError::Hidden { name });
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
        let read = self.read(&name);
        let is_found = if self.names_days() {
            read == Some(DateRange::day(today))
        } else {
            read.is_some_and(|range| range.contains(today))
        };
        if is_found { Ok(()) } else { Err(PatternError::Ambiguous { name }) }
    }

    /// True where each day has its own name.
    #[must_use]
    pub fn names_days(&self) -> bool {
        // two days of the same month and week, so that only a name with a day differs
        let name = |day| NaiveDate::from_ymd_opt(2026, 11, day).map(|date| self.format(date));
        name(17) != name(18)
    }

    /// Whether the day comes before the month: `None` unless the pattern has both as numbers.
    #[must_use]
    pub fn day_first(&self) -> Option<bool> {
        let at = |wanted: fn(&Field) -> bool| {
            self.parts.iter().position(|part| matches!(part, Part::Field(field) if wanted(field)))
        };
        let day = at(|field| matches!(field, Field::Day { .. } | Field::Ordinal(Field::Day { .. })))?;
        let month = at(|field| matches!(field, Field::Month { .. }))?;
        let year = at(|field| matches!(field, Field::Year | Field::ShortYear))?;
        // `YYYY-DD-MM` says nothing about `10/11/2023`
        (year > day.max(month)).then_some(day < month)
    }
}

/// Upper bound on ways to read a name; beyond it, the name is not a date.
const MOST_TRIES: usize = 2_000;

/// The result so far, over all ways to read a name.
#[derive(Default)]
struct Reading {
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

/// The fields in a word, unless some of its letters are not fields.
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
            // `DDTHH`, as in ISO 8601
            (None, None) if !found.is_empty() && rest.starts_with("TH") => {
                found.push(Part::Text("T".to_owned()));
                1
            }
            (None, None) => return None,
        };
        rest = rest.get(length..)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests;
