//! Counts, lists and ages in English.

use chrono::Datelike as _;
use chrono::NaiveDate;

use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::words::nearest;

/// `1 note`, `2 notes`, `1,234 boxes`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    let plural = match noun {
        _ if number == 1 => noun.to_owned(),
        "is" => "are".to_owned(),
        "series" => noun.to_owned(),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => match noun.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
            _ => format!("{noun}s"),
        },
    };
    format!("{} {plural}", thousands(number))
}

/// `1,234,567`
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `a, b and c`
#[must_use]
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The command that undoes a change.
#[must_use]
pub fn undo(change: u64) -> String {
    format!("hornbook undo {change}")
}

/// ` (did you mean json?)` if one of the names is similar to what was written, else empty.
#[must_use]
pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, names).map(|name| format!(" (did you mean {name}?)")).unwrap_or_default()
}

/// `3 days`, `4 months`, `2 years`: whole units, days up to 59.
#[must_use]
pub fn age(days: i64) -> String {
    let days = usize::try_from(days).unwrap_or(0);
    match days {
        0 => "today".to_owned(),
        1..=59 => count(days, "day"),
        60..=729 => count(days * 12 / 365, "month"),
        _ => count(days / 365, "year"),
    }
}

/// `on 2022-02-08`, `from 2022-02-07 to 2022-02-13`, `since 2022-02-07`, `up to 2022-02-13`
#[must_use]
pub fn range(range: DateRange) -> String {
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end => format!("on {start}"),
        (Some(start), Some(end)) => format!("from {start} to {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("up to {end}"),
        (None, None) => "on any day".to_owned(),
    }
}

/// `2022-02-08 Tue`
#[must_use]
pub fn day(date: NaiveDate) -> String {
    format!("{date} {}", weekday(date))
}

/// The days that a date is about: `2022-02-08 Tue`, `2022-02`, `2022-Q1`, `2022-02-07 to 2022-02-11`.
#[must_use]
pub fn days(days: DateRange) -> String {
    let Some(start) = days.start else { return String::new() };
    if Unit::Month.period(start) == Some(days) {
        return start.format("%Y-%m").to_string();
    }
    if Unit::Quarter.period(start) == Some(days) {
        return format!("{}-Q{}", start.year(), start.month0() / 3 + 1);
    }
    match days.end.filter(|end| *end > start) {
        Some(end) => format!("{start} to {end}"),
        None => day(start),
    }
}

/// `Tue`
#[must_use]
pub fn weekday(date: NaiveDate) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .get(date.weekday().num_days_from_monday() as usize)
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english() {
        assert_eq!(count(1, "note"), "1 note");
        assert_eq!(count(1234, "box"), "1,234 boxes");
        assert_eq!(count(2, "entry"), "2 entries");
        let many = ["day", "category", "series", "branch", "is", "property"].map(|noun| count(2, noun));
        assert_eq!(many, ["2 days", "2 categories", "2 series", "2 branches", "2 are", "2 properties"]);
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        let pair = ["a", "b"].map(str::to_owned);
        assert_eq!([&pair[..0], &pair[..1], &pair].map(list), ["", "a", "a and b"]);
        assert_eq!(list(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b and c");
        assert_eq!([0, 1, 59, 60, 643, 730].map(age), ["today", "1 day", "59 days", "1 month", "21 months", "2 years"]);
        assert_eq!(age(-3), "today");
        let date = NaiveDate::from_ymd_opt(2022, 2, 8).unwrap();
        assert_eq!(day(date), "2022-02-08 Tue");
        let named = [Unit::Day, Unit::Month, Unit::Quarter].map(|unit| days(unit.period(date).unwrap()));
        assert_eq!(named, ["2022-02-08 Tue", "2022-02", "2022-Q1"]);
    }

    #[test]
    fn names_nearby() {
        let near = |written| did_you_mean(written, ["path", "line", "tags", "id"]);
        assert_eq!(
            [near("pat"), near("PATH"), near("lien")].map(|text| text.replace(" (did you mean ", "")),
            ["path?)", "path?)", "line?)"]
        );
        assert_eq!([near("x"), near("due"), near("")], ["", "", ""]);
    }
}
