//! A date while it is being parsed: which tokens were assigned to which field.

use std::ops::Range;

use chrono::Weekday;

use crate::parse::dates::form::Form;
use crate::parse::dates::form::Ordinal;
use crate::parse::dates::form::Piece;
use crate::parse::dates::names::Name;
use crate::parse::dates::names::Sense;
use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;

/// What was read so far. Cloned to try alternatives.
#[derive(Debug, Clone)]
pub(super) struct Partial {
    pub(super) from: usize,
    pub(super) at: usize,
    pub(super) parts: Parts,
    pub(super) end: Option<Parts>,
    pub(super) week: Option<u32>,
    pub(super) fields: Vec<(Range<usize>, Field)>,
    /// Something was read that is not kept in the fields, so no other date can be written in this style.
    pub(super) formless: bool,
    pub(super) names: usize,
    pub(super) uncertain: usize,
    pub(super) month_or_weekday: bool,
    pub(super) languages: u8,
    pub(super) full_in: u8,
    pub(super) order: Order,
}

/// A piece of a form whose names are not resolved yet: the language is known only when all of them are read.
#[derive(Debug, Clone)]
pub(super) enum Field {
    Done(Piece),
    Month(u32),
    Weekday(Weekday),
}

impl Partial {
    pub(super) fn new(at: usize) -> Self {
        let parts = Parts::default();
        let languages = u8::MAX;
        Self {
            from: at,
            at,
            parts,
            end: None,
            week: None,
            fields: Vec::new(),
            formless: false,
            names: 0,
            uncertain: 0,
            month_or_weekday: false,
            languages,
            full_in: 0,
            order: Order::Plain,
        }
    }

    /// Assigns the tokens up to `to` to a field.
    pub(super) fn field(&mut self, at: usize, to: usize, field: Field) {
        self.fields.push((at..to, field));
        self.at = to;
    }

    pub(super) fn name<T>(&mut self, sense: &Sense<T>) {
        self.names += 1;
        self.uncertain += usize::from(sense.is_weak());
        self.languages &= sense.languages;
        self.full_in |= sense.full_in;
    }

    pub(super) fn weekday(&mut self, at: usize, to: usize, sense: Sense<Weekday>) {
        self.name(&sense);
        self.parts.weekday = Some(sense.value);
        self.field(at, to, Field::Weekday(sense.value));
    }

    /// Takes a month's name at a token.
    pub(super) fn month(&mut self, scan: &Scan<'_>, at: usize) -> Option<()> {
        let (known, _, to) = scan.name_at(at)?;
        let sense = known.month?;
        self.name(&sense);
        self.parts.month = Some(sense.value);
        self.field(at, to, Field::Month(sense.value));
        Some(())
    }

    pub(super) fn year(&mut self, at: usize, year: i32) {
        self.parts.year = Some(year);
        self.field(at, at + 1, Field::Done(Piece::Year));
    }

    /// A number of one or two digits.
    pub(super) fn numbered(&mut self, scan: &Scan<'_>, at: usize, day: bool) -> Option<()> {
        let value = scan.short(at)?;
        let pad = match scan.at(at).len() {
            1 => Some(false),
            _ if value < 10 => Some(true),
            _ => None,
        };
        let piece = if day { Piece::Day { pad, ordinal: Ordinal::None } } else { Piece::Month { pad } };
        if day {
            self.parts.day = Some(value);
        } else {
            self.parts.month = Some(value);
        }
        self.field(at, at + 1, Field::Done(piece));
        Some(())
    }

    /// False in the middle of a longer word, number, time or path.
    pub(super) fn ends(&self, scan: &Scan<'_>) -> bool {
        if scan.is_solid(self.at) {
            // `2024-01-05T10:00`
            return scan.word(self.at).is_some_and(|word| word.eq_ignore_ascii_case("t"))
                && scan.short(self.at + 1).is_some();
        }
        let joined = scan.mark(self.at).is_some_and(|c| if scan.name { c == '.' } else { ".:/,%'’".contains(c) });
        !(joined && scan.kind(self.at + 1) == Some(Kind::Number)) && scan.mark(self.at) != Some('%')
    }

    pub(super) fn finish(&self, scan: &Scan<'_>) -> WrittenDate {
        let span = scan.bytes(self.from, self.at);
        let mut pieces = Vec::new();
        let mut from = self.from;
        let text = |from: usize, to: usize, pieces: &mut Vec<Piece>| {
            let text = scan.text.get(scan.bytes(from, to)).unwrap_or("");
            if from < to && !text.is_empty() {
                pieces.push(Piece::Text(text.to_owned()));
            }
        };
        for (range, field) in &self.fields {
            text(from, range.start, &mut pieces);
            from = range.end;
            let word = scan.text.get(scan.bytes(range.start, range.end)).unwrap_or("");
            pieces.push(match field {
                Field::Done(piece) => piece.clone(),
                Field::Month(month) => Piece::MonthName(Name::of_month(word, *month, self.languages)),
                Field::Weekday(weekday) => Piece::Weekday(Name::of_weekday(word, *weekday, self.languages)),
            });
        }
        text(from, self.at, &mut pieces);
        let week = pieces.iter().any(|piece| matches!(piece, Piece::Week { .. } | Piece::Quarter));
        WrittenDate {
            start: self.parts,
            end: self.end,
            week: self.week,
            order: self.order,
            languages: self.languages,
            full_in: self.full_in & self.languages,
            uncertain: self.names == 1 && self.uncertain == 1 && self.parts.year.is_none(),
            month_or_weekday: self.month_or_weekday,
            form: (!self.formless && (self.end.is_none() || week)).then_some(Form { pieces }),
            span,
        }
    }
}
