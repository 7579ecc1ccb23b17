//! Decides which lines carry a date: a heading, a bullet or a label line that is a date, or a date and a few words.

use chrono::Datelike as _;
use chrono::Weekday;

use crate::model::genre;
use crate::model::meeting_words;
use crate::model::words;
use crate::parse::dates::grammar;
use crate::parse::dates::input::Line;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::weeks;
use crate::parse::dates::written::WrittenDate;

/// In bytes; longer lines are prose.
const LONGEST: usize = 160;

/// Words that announce a future day: `Next meeting 2024-05-02` dates nothing.
const AHEAD: &[&str] = &[
    "next",
    "due",
    "deadline",
    "until",
    "by",
    "nachste",
    "nachstes",
    "bis",
    "prochain",
    "prochaine",
    "proxima",
    "proximo",
];

/// The date of a line, if it has one. `title`: it is the note's title, which may have a date among other words. `meetings`: the
/// note is about meetings.
pub(super) fn read(line: &Line<'_>, title: bool, meetings: bool, language: u8) -> Option<WrittenDate> {
    let text = line.text;
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = grammar::whole(text, language);
    let day = whole.as_ref().and_then(|week| day_of_week(text, week, meetings, language));
    let whole = day.or(whole);
    if whole.is_some() || matches!(line.kind, LineKind::Bullet { .. }) {
        return whole;
    }
    let all = grammar::all(text, false, language);
    let is_meeting = |beside: &str| genre::is_meeting(beside) || meeting_words::is_called_meeting(beside, true);
    let meeting = labelled(text, &all, is_meeting);
    if line.kind == LineKind::Label {
        return meeting.filter(|reading| !reading.is_month());
    }
    let heading = meeting.or_else(|| labelled(text, &all, genre::is_journal_heading)).or_else(|| headed(text, &all));
    heading.or_else(|| if title { with_year_of_title(text, &all).or_else(|| one_full(all)) } else { None })
}

/// The days in a title that says their year elsewhere: `KONVENS 2026, Wien (9.–11. September)`.
fn with_year_of_title(title: &str, readings: &[WrittenDate]) -> Option<WrittenDate> {
    let [reading] = readings else { return None };
    let is_day = reading.start.day.is_some() && reading.start.month.is_some() && reading.start.year.is_none();
    let beside = [title.get(..reading.span.start)?, title.get(reading.span.end..)?];
    let numbers = beside.iter().flat_map(|words| words.split(|c: char| !c.is_alphanumeric()));
    let mut years = numbers.filter(|word| word.len() == 4).filter_map(year_of_title);
    let year = years.next().filter(|_| is_day && years.next().is_none())?;
    let mut found = reading.clone();
    found.start.year = Some(year);
    if let Some(end) = &mut found.end {
        let turns = found.start.month > end.month;
        end.year = end.year.or(Some(if turns { year + 1 } else { year }));
    }
    Some(found)
}

/// How much a line that could not be read looks like a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// `7/10`, `31.4.`: it may be one.
    Likely,
    /// `31.02.2026`, `Mon 45th`: it is meant to be one.
    Certain,
}

/// Whether a text consists of the parts of a date, even if they do not form a valid one.
pub(super) fn likeness(text: &str) -> Option<Likeness> {
    if text.len() > 60 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scan = Scan::new(text, false, 0);
    let mut numbers: Vec<usize> = Vec::new();
    let (mut years, mut names, mut at) = (0, 0, 0);
    while at < scan.len() {
        if let Some((known, _, next)) = scan.name_at(at) {
            let is_weak =
                known.month.is_none_or(|sense| sense.is_weak()) && known.weekday.is_none_or(|sense| sense.is_weak());
            names += usize::from(!is_weak);
            at = next;
            continue;
        }
        if let Some(number) = weeks::week_word(&scan, at) {
            names += 1;
            at = number;
            continue;
        }
        match scan.kind(at) {
            // `2026-366`, a day of the year
            Some(Kind::Number) if is_day_of_year(&scan, at) => return Some(Likeness::Certain),
            Some(Kind::Word) if is_month_unit(&scan, at) => {
                names += 1;
                numbers.pop();
            }
            Some(Kind::Number) => {
                years += usize::from(scan.year(at).is_some());
                numbers.extend(scan.short(at).map(|_| at));
                if scan.short(at).is_none() && scan.year(at).is_none() {
                    return None;
                }
            }
            Some(Kind::Word) if !scan.word(at).is_some_and(|word| BESIDE.contains(&word.to_lowercase().as_str())) => {
                return None;
            }
            // neither a time, a share nor a price is a date
            Some(Kind::Mark) if scan.mark(at).is_some_and(|c| "%$€£+=#@&*?!".contains(c)) => return None,
            _ => {}
        }
        at += 1;
    }
    let pair = |separators: &str| {
        let [first, second, ..] = numbers.as_slice() else { return false };
        let joined = *second == first + 2 && scan.mark(first + 1).is_some_and(|c| separators.contains(c));
        let (one, other) = (scan.short(*first).unwrap_or(0), scan.short(*second).unwrap_or(0));
        let month = |number: u32| (1..=12).contains(&number);
        joined && one > 0 && other > 0 && (month(one) || month(other)) && one.max(other) <= 31
    };
    if (years == 1 && (!numbers.is_empty() || names > 0) && (numbers.len() > 1 || names > 0))
        || (names > 0 && numbers.len() == 1)
    {
        Some(Likeness::Certain)
    } else if years == 0 && names == 0 && (2..=3).contains(&numbers.len()) && pair("/.") {
        Some(Likeness::Likely)
    } else {
        None
    }
}

/// `2026-366` and nothing else.
fn is_day_of_year(scan: &Scan<'_>, at: usize) -> bool {
    let is_day = scan.number(at + 2).is_some_and(|(digits, _)| digits == 3);
    at == 0 && scan.len() == 3 && scan.year(at).is_some() && scan.mark(at + 1) == Some('-') && is_day
}

/// The unit of the month in `11月31日`, `2월 30일`.
fn is_month_unit(scan: &Scan<'_>, at: usize) -> bool {
    let is_counted = at.checked_sub(1).is_some_and(|before| scan.short(before).is_some());
    is_counted && scan.word(at).is_some_and(|word| ["月", "월"].contains(&word))
}

/// Words that can be part of a date, in lower case.
const BESIDE: &[&str] = &[
    "st", "nd", "rd", "th", "of", "the", "de", "del", "le", "el", "den", "der", "to", "until", "bis", "au", "al", "er",
    "º", "年", "日", "년", "일",
];

/// The only full date or month in a title; `None` if there are several.
pub(super) fn in_title(title: &str) -> Option<WrittenDate> {
    one_full(grammar::all(title, false, 0))
}

fn one_full(readings: Vec<WrittenDate>) -> Option<WrittenDate> {
    let mut full = readings.into_iter().filter(WrittenDate::is_full);
    let first = full.next()?;
    full.all(|other| other.start == first.start).then_some(first)
}

/// The year at either end of a title: `Journal 2021`.
pub(super) fn year_of_title(title: &str) -> Option<i32> {
    let words = title.split_whitespace();
    let number = |word: &str| word.parse().ok().filter(|year| word.len() == 4 && (1990..2100).contains(year));
    let ends = [words.clone().next_back(), words.clone().next()];
    ends.into_iter().flatten().find_map(number)
}

/// A heading that is a year and nothing else.
pub(super) fn only_a_year(text: &str) -> Option<i32> {
    let text = text.trim();
    (text.len() == 4).then(|| year_of_title(text)).flatten()
}

/// `Meeting (2023/10/18)`, `1:1 2024-01-05`, `2024-01-05 standup`: a full date and a few words that name a meeting or journal.
fn labelled(text: &str, readings: &[WrittenDate], is_called: fn(&str) -> bool) -> Option<WrittenDate> {
    let [reading] = readings else { return None };
    let before = text.get(..reading.span.start)?;
    let after = text.get(reading.span.end..)?;
    ((reading.is_full() || reading.week.is_some()) && is_label(before, after, is_called)).then(|| reading.clone())
}

fn is_label(before: &str, after: &str, is_called: fn(&str) -> bool) -> bool {
    let after = after.get(grammar::time_len(after)..).unwrap_or("");
    let beside = format!("{before} {after}");
    let folded = words::fold(&beside);
    let trimmed = folded.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let all: Vec<&str> = trimmed.filter(|word| !word.is_empty()).collect();
    all.len() <= 6
        && is_called(&beside)
        && !all.iter().any(|word| AHEAD.contains(word))
        // the two ends of the line, not the middle of a sentence
        && (!before.contains(char::is_alphanumeric) || !after.contains(char::is_alphanumeric) || is_beside(after))
}

/// The day in brackets or behind a mark after a week: `Week 47 (2026-11-18)`. The first day of a week names the week, unless the
/// note is about meetings.
fn day_of_week(text: &str, week: &WrittenDate, meetings: bool, language: u8) -> Option<WrittenDate> {
    if week.week.is_none() || week.start.day.is_none() || week.end.is_some() {
        return None;
    }
    let at = text.find(|c: char| "([:,–—|·".contains(c)).or_else(|| text.find(" - "))?;
    let behind = text.get(at..)?;
    let skipped = behind.chars().next()?.len_utf8();
    let mut day = grammar::all(behind.get(skipped..)?, false, language).into_iter().next()?;
    let date = day.start.date().filter(|_| day.is_full() && day.end.is_none() && !day.is_month())?;
    let start = at + skipped;
    day.span = start + day.span.start..start + day.span.end;
    (meetings || date.weekday() != Weekday::Mon).then_some(day)
}

/// What may follow a meeting and its day: a remark in brackets, a topic, or the other participant.
fn is_beside(after: &str) -> bool {
    let after = after.trim();
    let topic = after.strip_prefix([':', '–', '—', '|', '·']).or_else(|| after.strip_prefix("- "));
    if topic.is_some_and(|topic| topic.starts_with(' ')) || (topic.is_some() && after.starts_with("- ")) {
        return true;
    }
    let remark = after.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let first = after.split_whitespace().next().unwrap_or("");
    remark.is_some_and(|remark| !remark.contains(['(', ')'])) || meeting_words::is_with(&words::fold(first))
}

/// A heading that begins with a date or ends in one: `2024-01-05 Planning`, `Mon 28th: at home`, `Planning (2024-01-05)`.
fn headed(text: &str, readings: &[WrittenDate]) -> Option<WrittenDate> {
    let first = readings.first()?;
    let after = text.get(first.span.end..)?;
    let opened = text.get(..first.span.start)?.trim_matches(['[', '(', '<']).is_empty();
    if opened && !first.is_month() && !is_versioned(after) {
        let rest = after.trim_start_matches([']', ')', '>']);
        let parted = rest.trim_start().starts_with(['-', '–', '—', ':', ',', '|', '·', '(']);
        if parted && (first.is_full() || first.start.weekday.is_some() || first.week.is_some()) {
            return Some(first.clone());
        }
        if first.is_full() && rest.starts_with(char::is_whitespace) {
            return Some(first.clone());
        }
    }
    let last = readings.last().filter(|last| last.is_full() && !last.is_month())?;
    let before = text.get(..last.span.start)?;
    let closed = text.get(last.span.end..)?.trim_matches([']', ')', '>', '.', ':', ' ']).is_empty();
    let parted = before.trim_end().ends_with(['-', '–', '—', ':', ',', '|', '·', '(', '[']);
    let ahead = words::fold(before).split_whitespace().any(|word| AHEAD.contains(&word));
    (closed && parted && !ahead && !is_versioned(before)).then(|| last.clone())
}

/// True for words with a version among them: `1.2.0`, `v3`.
fn is_versioned(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = word.strip_prefix(['v', 'V']).unwrap_or(word);
        let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        number && (digits.contains('.') || digits.len() < word.len())
    })
}
