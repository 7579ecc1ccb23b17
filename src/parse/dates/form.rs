//! The way in which a date is written, so that other dates can be written in the same style.

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::words;
use crate::parse::dates::names::Length;
use crate::parse::dates::names::Name;

/// A way of writing a date: `Mon 28th Feb`, `2023/10/18`, `le 3 mars 2024`, `202202`, `2024-W49`.
///
/// Obtained from a written date by [`crate::parse::dates::style_of`]. Round trip: parsing what [`Form::format`] writes gives
/// the date back (or the part of it that the form has).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Form {
    pub(super) pieces: Vec<Piece>,
}

/// A field of a date, or the text between two.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Piece {
    Text(String),
    Year,
    /// `26`, of this century.
    ShortYear,
    /// `None`: the sample does not show whether there is a leading zero.
    Month {
        pad: Option<bool>,
    },
    MonthName(Name),
    Day {
        pad: Option<bool>,
        ordinal: Ordinal,
    },
    Weekday(Name),
    WeekYear,
    Week {
        pad: bool,
    },
    /// 1 for Monday.
    WeekDay,
    Quarter,
}

/// What directly follows a day's number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Ordinal {
    None,
    /// `28th`
    English,
    /// `28TH`
    EnglishUpper,
    /// `1er`, `1º`: only for the first of a month.
    First(String),
}

impl Form {
    /// `2024-01-05`
    #[must_use]
    pub fn iso() -> Self {
        let dash = || Piece::Text("-".to_owned());
        let day = Piece::Day { pad: Some(true), ordinal: Ordinal::None };
        Self { pieces: vec![Piece::Year, dash(), Piece::Month { pad: Some(true) }, dash(), day] }
    }

    /// Formats `date` in this style.
    #[must_use]
    pub fn format(&self, date: NaiveDate) -> String {
        let numeric = self.pieces.iter().any(|piece| matches!(piece, Piece::Month { .. }));
        // in `28.2.` the 2 shows the padding for the 28 too
        let known = self.pieces.iter().find_map(|piece| match piece {
            Piece::Month { pad } | Piece::Day { pad, .. } => *pad,
            _ => None,
        });
        let number = |n: u32, pad: Option<bool>| {
            if pad.or(known).unwrap_or(numeric) { format!("{n:02}") } else { n.to_string() }
        };
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Year => out.push_str(&format!("{:04}", date.year())),
                Piece::ShortYear => out.push_str(&format!("{:02}", date.year().rem_euclid(100))),
                Piece::Month { pad } => out.push_str(&number(date.month(), *pad)),
                Piece::MonthName(name) => out.push_str(&self.settled(*name).month(date.month())),
                Piece::Day { pad, ordinal } => {
                    out.push_str(&number(date.day(), *pad));
                    match ordinal {
                        Ordinal::None => {}
                        Ordinal::English => out.push_str(words::ordinal_suffix(date.day())),
                        Ordinal::EnglishUpper => out.push_str(&words::ordinal_suffix(date.day()).to_uppercase()),
                        Ordinal::First(suffix) if date.day() == 1 => out.push_str(suffix),
                        Ordinal::First(_) => {}
                    }
                }
                Piece::Weekday(name) => out.push_str(&name.weekday(date.weekday())),
                Piece::WeekYear => out.push_str(&format!("{:04}", date.iso_week().year())),
                Piece::Week { pad } => out.push_str(&number(date.iso_week().week(), Some(*pad))),
                Piece::WeekDay => out.push_str(&date.weekday().number_from_monday().to_string()),
                Piece::Quarter => out.push_str(&(date.month0() / 3 + 1).to_string()),
            }
        }
        out
    }

    /// The same, or with day and month swapped, whichever formats `day` as `written`: `11/05/2026`.
    #[must_use]
    pub fn as_written(self, written: &str, day: NaiveDate) -> Self {
        if self.format(day) == written {
            return self;
        }
        let mut other = self.clone();
        other.swap();
        if other.format(day) == written { other } else { self }
    }

    /// `May` has the length of the weekday's name beside it; alone it counts as a full name.
    fn settled(&self, name: Name) -> Name {
        let beside = self.pieces.iter().find_map(|piece| match piece {
            Piece::Weekday(beside) => Some(beside.length),
            _ => None,
        });
        match (name.length, beside) {
            (Length::Either, Some(Length::Letters(_))) => name.with(Length::Letters(3)),
            (Length::Either, _) => name.with(Length::Full),
            _ => name,
        }
    }

    /// Takes from another form of the same shape what this one leaves open: a leading zero, the length of `May`.
    pub(super) fn settle(&mut self, other: &Self) {
        if self.pieces.len() != other.pieces.len() {
            return;
        }
        let same = |(mine, theirs): (&Piece, &Piece)| match (mine, theirs) {
            (Piece::Text(a), Piece::Text(b)) => a == b,
            _ => std::mem::discriminant(mine) == std::mem::discriminant(theirs),
        };
        if !self.pieces.iter().zip(&other.pieces).all(same) {
            return;
        }
        for (mine, theirs) in self.pieces.iter_mut().zip(&other.pieces) {
            match (mine, theirs) {
                (Piece::Day { pad: mine @ None, .. }, Piece::Day { pad: theirs, .. })
                | (Piece::Month { pad: mine @ None }, Piece::Month { pad: theirs }) => *mine = *theirs,
                (Piece::MonthName(mine), Piece::MonthName(theirs)) if mine.length == Length::Either => {
                    mine.length = theirs.length;
                }
                _ => {}
            }
        }
    }

    /// The same with day and month swapped: for `10/11/2023` once the order is known.
    pub(super) fn swap(&mut self) {
        for piece in &mut self.pieces {
            match piece {
                Piece::Day { pad, ordinal: Ordinal::None } => *piece = Piece::Month { pad: *pad },
                Piece::Month { pad } => *piece = Piece::Day { pad: *pad, ordinal: Ordinal::None },
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use crate::parse::dates::Form;
    use crate::parse::dates::grammar;
    use crate::parse::dates::style_of;
    use crate::parse::dates::style_of_all;
    use crate::parse::dates::style_of_name;

    /// One of each way to write a date; the law below holds for all of them.
    const WAYS: &[&str] = &[
        "2023-10-08",
        "2023/10/08",
        "2023.10.08",
        "2023-1-8",
        "20231008",
        "2024-W49-3",
        "18/10/2023",
        "10/18/2023",
        "18.10.2023",
        "8.3.2023",
        "18-10-2023",
        "18.10.",
        "2026年11月27日",
        "2026년 11월 27일",
        "8 Oct 2023",
        "08 Oct 2023",
        "Oct 18, 2023",
        "October 8th 2023",
        "8th of October, 2023",
        "2023 Oct 8",
        "18-Oct-2023",
        "18th October",
        "1st Apr",
        "15 May",
        "Mon 28th Feb",
        "MON 28TH FEB",
        "mon 28th feb",
        "Thursday 31st",
        "Mon 25th",
        "Tues 7",
        "12th",
        "The 27th Feb",
        "Monday, 28 February 2022",
        "2022-02-28 Mon",
        "28 Feb 2022 (Monday)",
        "Sept 3, 2024",
        "28. Februar 2022",
        "Mo, 28. Feb.",
        "Montag, den 28. Februar",
        "Mo 28.",
        "Samstag 7.",
        "lundi 28 février 2022",
        "samedi 1er janvier",
        "1er août 2021",
        "lun 7 mars",
        "lunes, 28 de febrero de 2022",
        "3 de marzo",
        "mié 2 mar",
        "segunda-feira, 28 de fevereiro de 2022",
        "terça 1º de março",
        "sex 3 jun 2022",
    ];

    /// The same for a month, a week, a quarter.
    const STRETCHES: &[&str] = &[
        "Feb 2021",
        "September 2021",
        "2021-02",
        "2021 Feb",
        "março de 2021",
        "JUIN 2021",
        "2024-W49",
        "2024-Q3",
        "W46",
        "KW 46",
        "Week 46",
        "Week 46, 2026",
        "KW 06/2026",
        "2026 W46",
        "2026年11月",
        "Q1 2024",
    ];

    proptest! {
        #[test]
        fn what_is_formatted_is_read_as_the_same_day(way in 0..WAYS.len(), days in 0..401_767_i64) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            let form = style_of(WAYS[way]).unwrap();
            let written = form.format(date);
            // `10/11/2023` is read day first until something else is known; so is the form's own order
            let spanish = WAYS[way].starts_with("mié");
            let mut read = grammar::whole(&written, if spanish { 8 } else { 0 }).ok_or_else(|| TestCaseError::fail(written.clone()))?;
            if WAYS[way] == "10/18/2023" && read.order == crate::parse::dates::written::Order::Ambiguous {
                read.swap();
            }
            use chrono::Datelike as _;
            let start = read.start;
            prop_assert_eq!(read.end, None);
            prop_assert_eq!(start.day, Some(date.day()), "{}", &written);
            prop_assert_eq!(start.month.unwrap_or(date.month()), date.month(), "{}", &written);
            prop_assert_eq!(start.year.unwrap_or(date.year()), date.year(), "{}", &written);
            prop_assert_eq!(start.weekday.unwrap_or(date.weekday()), date.weekday(), "{}", &written);
            prop_assert_eq!(start.year.is_some(), style_has_year(&form));
            prop_assert_eq!(written.get(read.span.clone()), Some(written.as_str()));
        }

        #[test]
        fn months_weeks_and_quarters_come_back(way in 0..STRETCHES.len(), days in 0..401_767_i64) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            let written = style_of(STRETCHES[way]).unwrap().format(date);
            let read = grammar::whole(&written, 0);
            // the last week of 2999 may belong to 3000, the first of 1900 to 1899
            prop_assume!(read.is_some() || !(7..=401_760).contains(&days));
            if let Some(read) = read {
                if read.is_week_number() {
                    prop_assert_eq!(read.week, Some(chrono::Datelike::iso_week(&date).week()), "{}", written);
                    return Ok(());
                }
                let start = read.start.date().unwrap();
                let end = read.end.and_then(crate::parse::dates::written::Parts::date);
                use chrono::Datelike as _;
                match end {
                    Some(end) => prop_assert!(start <= date && date <= end, "{}", written),
                    None => prop_assert_eq!((start.year(), start.month()), (date.year(), date.month()), "{}", &written),
                }
            }
        }
    }

    fn style_has_year(form: &Form) -> bool {
        form.pieces.iter().any(|piece| matches!(piece, super::Piece::Year | super::Piece::WeekYear))
    }

    #[test]
    fn a_form_writes_its_own_date_as_it_was() {
        for way in WAYS {
            let read = grammar::whole(way, 0).unwrap();
            // whatever is not written, of a year in which the weekday is right
            let years = read.start.year.map_or(1990..2030, |year| year..year + 1);
            let months = read.start.month.map_or(1..13, |month| month..month + 1);
            let mut days = years.flat_map(|year| months.clone().map(move |month| (year, month)));
            let date = days.find_map(|(year, month)| {
                let date = NaiveDate::from_ymd_opt(year, month, read.start.day.unwrap())?;
                (!read.weekday_is_wrong(date, None)).then_some(date)
            });
            assert_eq!(style_of(way).unwrap().format(date.unwrap()), *way);
        }
    }

    #[track_caller]
    fn alike(written: &[&str], date: &str, wanted: &str) {
        let form = style_of_all(written.iter().copied()).unwrap();
        assert_eq!(form.format(date.parse().unwrap()), wanted, "{written:?}");
    }

    #[test]
    fn the_next_date_is_written_like_the_last() {
        alike(&["Mon 28th Feb"], "2022-03-01", "Tue 1st Mar");
        alike(&["Mon 28th Feb"], "2022-09-22", "Thu 22nd Sep");
        alike(&["Thursday 31st"], "2018-06-13", "Wednesday 13th");
        alike(&["2023/10/18"], "2024-01-05", "2024/01/05");
        alike(&["The 27th Feb"], "2024-03-03", "The 3rd Mar");
        alike(&["lundi 28 février"], "2022-08-02", "mardi 2 août");
        alike(&["Mo 28.2."], "2022-03-01", "Di 1.3.");
        alike(&["Tues 7 Sept"], "2022-10-12", "Weds 12 Oct");
        alike(&["Thr 20th"], "2017-04-13", "Thu 13th");
        alike(&["2024-W49"], "2025-01-01", "2025-W01");
    }

    #[test]
    fn what_one_date_leaves_open_another_settles() {
        alike(&["15 May 2024"], "2024-09-03", "3 September 2024");
        alike(&["15 May 2024", "2 Apr 2024"], "2024-09-03", "3 Sep 2024");
        alike(&["Fri 15 May"], "2026-09-03", "Thu 3 Sep");
        alike(&["18 Oct 2023"], "2023-11-02", "2 Nov 2023");
        alike(&["18 Oct 2023", "04 Oct 2023"], "2023-11-02", "02 Nov 2023");
        alike(&["18/10/2023"], "2023-11-02", "02/11/2023");
        alike(&["18/10/2023", "2/10/2023"], "2023-11-02", "2/11/2023");
        alike(&["no date", "2 Apr 2024"], "2023-11-02", "2 Nov 2023");
    }

    #[test]
    fn names_of_files_have_a_form() {
        let next = |stem: &str, date: &str| {
            style_of_name(stem).map(|(written, form)| (written, form.format(date.parse().unwrap())))
        };
        let both = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(next("202202_progress", "2022-03-01"), both("202202", "202203"));
        assert_eq!(next("2024-01-05", "2024-11-15"), both("2024-01-05", "2024-11-15"));
        assert_eq!(next("log 2024_01_05", "2024-11-15"), both("2024_01_05", "2024_11_15"));
        assert_eq!(next("20240105 x", "2024-11-15"), both("20240105", "20241115"));
        assert_eq!(next("2024-W49", "2024-12-30"), both("2024-W49", "2025-W01"));
        assert_eq!(next("readme", "2024-12-30"), None);
    }

    #[test]
    fn no_form_for_what_is_no_single_date() {
        for text in ["", "Day 2", "Sun 2nd - Sun 16th", "Meeting (2023/10/18)"] {
            assert_eq!(style_of(text), None, "{text}");
        }
    }
}
