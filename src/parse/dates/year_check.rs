//! Checks a written year and month: weekdays next to days must fit, and dated addresses are a lower bound.
//!
//! People write last year's number in January, and copy last month's file. The weekdays give it away: in each of the
//! neighbouring years, a date falls on a different weekday. The rules and their numbers were measured on ten years of a
//! journal: every wrong title was found, and no correct one was rejected.

use chrono::Datelike as _;
use chrono::NaiveDate;
use chrono::Weekday;

use crate::parse::dates::written::date;

/// A day with a weekday but without a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WeekdayClue {
    pub(super) day: u32,
    /// `None` if it takes the month from the heading in question, too.
    pub(super) month: Option<u32>,
    /// From Monday, 0.
    pub(super) weekday: u32,
}

impl WeekdayClue {
    /// The date, if the heading has `year` and `month`.
    fn date(self, year: i32, month: Option<u32>) -> Option<NaiveDate> {
        let own = self.month.or(month)?;
        date(year_of(own, year, month), own, self.day)
    }

    fn agrees(self, year: i32, month: Option<u32>) -> bool {
        self.date(year, month).is_some_and(|date| date.weekday().num_days_from_monday() == self.weekday)
    }
}

/// The year of `month`, given a nearby month: January in a note of December belongs to the next year.
pub(super) fn year_of(month: u32, year: i32, beside: Option<u32>) -> i32 {
    match beside {
        Some(beside) if month >= beside + 10 => year - 1,
        Some(beside) if beside >= month + 10 => year + 1,
        _ => year,
    }
}

/// Evidence other than weekdays.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// Year and month in the file name and in the property `date`, with the name of the place for sentences.
    pub(super) named: Vec<(i32, Option<u32>, String)>,
    /// The newest dated address: its 1-based line, and its day.
    pub(super) newest: Option<(usize, NaiveDate)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The written date is kept.
    Keep,
    /// Another date was meant; with the reason.
    Taken { year: i32, month: Option<u32>, why: String },
    /// The written date is wrong, but several others fit; with the reason.
    Undecided { why: String },
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    year: i32,
    month: Option<u32>,
    /// The number of weekdays that fit.
    votes: usize,
    /// The number of other clues that fit.
    named: usize,
    /// In tenths, so that equal scores compare as equal.
    score: i64,
}

/// Checks a written `year` and `month` against the days that depend on it.
pub(super) fn check(year: i32, month: Option<u32>, clues: &[WeekdayClue], evidence: &Evidence) -> Verdict {
    let mut clues = clues.to_vec();
    // a copied day counts once
    clues.sort_unstable();
    clues.dedup();
    if clues.is_empty() || clues.iter().all(|clue| clue.agrees(year, month)) {
        return Verdict::Keep;
    }
    let months = match month {
        Some(_) if clues.iter().any(|clue| clue.month.is_none()) => (1..=12).map(Some).collect(),
        month => vec![month],
    };
    let candidates: Vec<Candidate> = (year - 2..=year + 2)
        .flat_map(|other| months.iter().map(move |month| (other, *month)))
        .map(|(other, other_month)| candidate((year, month), (other, other_month), &clues, evidence))
        .collect();
    let is_written = |candidate: &Candidate| candidate.year == year && candidate.month == month;
    let agreements = |candidate: &Candidate| candidate.votes + candidate.named;
    // on a tie the first: max_by_key would take the last
    let best = candidates.iter().rev().max_by_key(|candidate| candidate.score);
    let (Some(best), Some(written)) = (best, candidates.iter().find(|candidate| is_written(candidate))) else {
        return Verdict::Keep;
    };
    if is_written(best) || best.votes == 0 {
        return Verdict::Keep;
    }
    let others = candidates.iter().filter(|other| (other.year, other.month) != (best.year, best.month));
    let runner_up = others.map(agreements).max().unwrap_or(0);
    let lead = if best.named > 0 { 1 } else { 2 };
    if agreements(best) >= 2 && agreements(written) == 0 && agreements(best) >= runner_up + lead {
        let why = reason((year, month), (best.year, best.month), best.votes, clues.len(), evidence);
        return Verdict::Taken { year: best.year, month: best.month, why };
    }
    if written.votes == 0 && best.votes >= 2 {
        let most = candidates.iter().map(|candidate| candidate.votes).max().unwrap_or(0);
        let fitting = candidates.iter().filter(|candidate| candidate.votes == most);
        // on a tie the first, which is the likeliest
        let first = fitting.clone().rev().max_by_key(|candidate| candidate.score).unwrap_or(best);
        let first_named = named(first.year, first.month);
        let others = match fitting.count() {
            0 | 1 => first_named,
            2 => format!("{first_named} or another month"),
            n => format!("{first_named} or one of {} other months", n - 1),
        };
        return Verdict::Undecided { why: format!("0 of {} weekdays fit, {most} would fit {others}", clues.len()) };
    }
    Verdict::Keep
}

fn candidate(
    written: (i32, Option<u32>),
    own: (i32, Option<u32>),
    clues: &[WeekdayClue],
    evidence: &Evidence,
) -> Candidate {
    let (year, month) = own;
    let votes = clues.iter().filter(|clue| clue.agrees(year, month)).count();
    let named = evidence
        .named
        .iter()
        .filter(|(other, other_month, _)| {
            *other == year && (month.is_none() || other_month.is_none_or(|other| Some(other) == month))
        })
        .count();
    let mut score = i64::try_from(votes + named).unwrap_or(i64::MAX / 10).saturating_mul(10);
    score += if year == written.0 { 9 } else { 0 };
    score += if month.is_some() && month == written.1 { 9 } else { 0 };
    score -= if evidence.newest.is_some_and(|(_, newest)| last_day(year, month).is_some_and(|last| last < newest)) {
        15
    } else {
        0
    };
    Candidate { year, month, votes, named, score }
}

fn last_day(year: i32, month: Option<u32>) -> Option<NaiveDate> {
    let month = month.unwrap_or(12);
    (28..=31).rev().find_map(|day| date(year, month, day))
}

/// `3 of 3 weekdays fit 2022, 0 fit 2021; line 109 links a page of 2022-01-26; the file name says 2022-02`
fn reason(
    written: (i32, Option<u32>),
    taken: (i32, Option<u32>),
    votes: usize,
    of: usize,
    evidence: &Evidence,
) -> String {
    let (was, is) = (named_change(taken, written), named_change(written, taken));
    let fit = if votes == 1 { "fits" } else { "fit" };
    let noun = if of == 1 { "weekday" } else { "weekdays" };
    let mut why = format!("{votes} of {of} {noun} {fit} {is}, 0 fit {was}");
    if let Some((line, newest)) = evidence.newest
        && last_day(written.0, written.1).is_some_and(|last| last < newest)
        && last_day(taken.0, taken.1).is_some_and(|last| last >= newest)
    {
        why.push_str(&format!("; line {line} links a page of {newest}"));
    }
    for (year, month, place) in &evidence.named {
        if *year == taken.0 && (taken.1.is_none() || month.is_none_or(|month| Some(month) == taken.1)) {
            let month = month.map(|month| format!("-{month:02}")).unwrap_or_default();
            why.push_str(&format!("; {place} says {year}{month}"));
        }
    }
    why
}

/// The parts of `to` that differ: its year, its month, or both.
pub(super) fn named_change(from: (i32, Option<u32>), to: (i32, Option<u32>)) -> String {
    if from.1 == to.1 {
        to.0.to_string()
    } else if from.0 == to.0 {
        named_month(to.1)
    } else {
        named(to.0, to.1)
    }
}

/// `February 2022`, or the year alone.
fn named(year: i32, month: Option<u32>) -> String {
    if month.is_some() { format!("{} {year}", named_month(month)) } else { year.to_string() }
}

fn named_month(month: Option<u32>) -> String {
    let month = month.and_then(|month| u8::try_from(month).ok()).and_then(|month| chrono::Month::try_from(month).ok());
    month.map_or("", |month| month.name()).to_owned()
}

/// The nearest day with that weekday: never more than three days away, so there is only one.
pub(super) fn nearest(date: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    (-3..=3)
        .filter_map(|days| date.checked_add_signed(chrono::TimeDelta::days(days)))
        .find(|date| date.weekday() == weekday)
}
