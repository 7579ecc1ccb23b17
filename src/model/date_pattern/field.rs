//! The fields of a date pattern: their letters, how each formats a date, and what was read from a name.

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;

use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::calendar::YEARS;
use crate::model::calendar::iso_week;
use crate::model::words;

/// A field of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
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
    /// `Do`: `2nd`; likewise `Mo`, `Qo`, `DDDo`, `wo`, `Wo`, `do`
    Ordinal(&'static Self),
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
pub(super) const FIELDS: &[(&str, Field)] = &[
    ("YYYY", Field::Year),
    ("GGGG", Field::WeekYear),
    ("gggg", Field::WeekYear),
    ("MMMM", Field::MonthName),
    ("dddd", Field::WeekdayName),
    ("DDDo", Field::Ordinal(&Field::DayOfYear { padded: false })),
    ("DDDD", Field::DayOfYear { padded: true }),
    ("MMM", Field::ShortMonthName),
    ("ddd", Field::ShortWeekdayName),
    ("DDD", Field::DayOfYear { padded: false }),
    ("YY", Field::ShortYear),
    ("GG", Field::ShortWeekYear),
    ("gg", Field::ShortWeekYear),
    ("MM", Field::Month { padded: true }),
    ("DD", Field::Day { padded: true }),
    ("Do", Field::Ordinal(&Field::Day { padded: false })),
    ("Mo", Field::Ordinal(&Field::Month { padded: false })),
    ("Qo", Field::Ordinal(&Field::Quarter)),
    ("Wo", Field::Ordinal(&Field::Week { padded: false })),
    ("wo", Field::Ordinal(&Field::Week { padded: false })),
    ("do", Field::Ordinal(&Field::WeekdayNumber)),
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

/// Letters of moment.js for times, zones and locale-dependent formats, longest first.
pub(super) const UNSUPPORTED: &[&str] = &[
    "LLLL", "llll", "LTS", "LLL", "lll", "SSS", "LT", "LL", "ll", "HH", "hh", "kk", "mm", "ss", "SS", "ZZ", "H", "h",
    "k", "m", "s", "S", "a", "A", "X", "x", "Z", "L", "l",
];

impl Field {
    pub(super) fn format(self, date: NaiveDate) -> String {
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
            Self::Ordinal(field) => {
                let number = field.format(date);
                let suffix = number.parse().map_or("", words::ordinal_suffix);
                return format!("{number}{suffix}");
            }
            Self::DayOfYear { padded: true } => return format!("{:03}", date.ordinal()),
            Self::DayOfYear { padded: false } => return date.ordinal().to_string(),
            Self::Week { padded: two } => return padded(date.iso_week().week(), two),
            Self::IsoWeekday => return date.weekday().number_from_monday().to_string(),
            Self::WeekdayNumber => return date.weekday().num_days_from_sunday().to_string(),
        };
        date.format(pattern).to_string()
    }

    /// The ways in which a text can begin with this field: byte length and value.
    pub(super) fn values(self, text: &str) -> Vec<(usize, u32)> {
        let digits = |counts: std::ops::RangeInclusive<usize>| {
            let all = text.bytes().take_while(u8::is_ascii_digit).count();
            let number = |length: usize| Some((length, text.get(..length)?.parse().ok()?));
            counts.filter(|length| *length <= all).filter_map(number).collect::<Vec<(usize, u32)>>()
        };
        // without a leading zero: `D` does not produce `02`
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
            Self::Ordinal(field) => {
                let mut found = field.values(text);
                found.retain_mut(|(length, value)| {
                    let suffix = words::ordinal_suffix(*value);
                    let fits = text.get(*length..).is_some_and(|rest| rest.starts_with(suffix));
                    *length += suffix.len();
                    fits
                });
                found
            }
            // Obsidian writes names in the language it runs in
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

/// The fields read from a name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fields {
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
    /// False if the field already has another value, or cannot have this one.
    pub(super) fn set(&mut self, field: Field, value: u32) -> bool {
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
            Field::Ordinal(field) => self.set(*field, value),
            Field::Day { .. } => put(&mut self.day, value) && (1..=31).contains(&value),
            Field::DayOfYear { .. } => put(&mut self.day_of_year, value),
            Field::Week { .. } => put(&mut self.week, value),
            Field::IsoWeekday => (1..=7).contains(&value) && put(&mut self.weekday, value - 1),
            Field::WeekdayNumber => value <= 6 && put(&mut self.weekday, (value + 6) % 7),
            Field::WeekdayName | Field::ShortWeekdayName | Field::ShortestWeekdayName => put(&mut self.weekday, value),
        }
    }

    /// The days that the fields stand for, if they agree with each other; `None` also where two periods fit.
    pub(super) fn range(self) -> Option<DateRange> {
        let mut fitting = self.candidates().into_iter().flatten().filter(|range| self.agrees(*range));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// True if every field matches some day of a range: `YYYY-MM/[W]WW` is a week, in any month that it touches.
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

    /// The periods that the most precise fields can stand for. In `YYYY-[W]WW` the year is the calendar year, and
    /// 1 January 2027 is in its `2027-W53`: a week of the ISO year before.
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
