//! The extent of a meeting that was found.

use chrono::NaiveDate;

use crate::model::genre::is_one_to_one;
use crate::model::meeting::Extent;
use crate::model::meeting::Reason;
use crate::model::meeting_words;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::meetings::names::is_plausible;

/// The extent of a meeting, before its contents are read.
pub(super) struct Found {
    pub(super) line: usize,
    pub(super) end_line: usize,
    pub(super) date: NaiveDate,
    pub(super) written: String,
    pub(super) title: String,
    pub(super) extent: Extent,
    pub(super) reason: Reason,
    /// The heading that names the meetings of the days below it.
    pub(super) over: Option<String>,
}

/// A text without its date, the time after it, and the weekday before it.
pub(super) fn without_date(text: &str, written: &str) -> String {
    let Some((before, after)) = text.split_once(written).filter(|_| !written.is_empty()) else {
        return text.to_owned();
    };
    let after = after.get(dates::time_len(after)..).unwrap_or("");
    let (rest, last) = before.trim_end().rsplit_once(' ').unwrap_or(("", before.trim_end()));
    let name = fold(last.trim_end_matches([',', '.']));
    let is_day = words::weekday(&name).is_some() && (name.len() > 2 || last.ends_with([',', '.']));
    let is_person = rest.split_whitespace().next_back().is_some_and(|word| meeting_words::is_with(&fold(word)));
    let before = if is_day && !is_person { rest } else { before };
    format!("{before} {after}")
}

/// The name of a meeting: its title without the date and without a remark in brackets after that.
pub(super) fn called(title: &str, written: &str) -> String {
    let remark =
        title.split_once(written).filter(|(before, _)| !written.is_empty() && before.contains(char::is_alphabetic));
    let is_remark = |after: &&str| after.starts_with('(') && after.ends_with(')');
    match remark.map(|(_, after)| after.get(dates::time_len(after)..).unwrap_or("").trim()).filter(is_remark) {
        Some(remark) => without_date(title.trim_end().trim_end_matches(remark), written),
        None => without_date(title, written),
    }
}

/// A file's name without its date.
pub(super) fn bare_stem(stem: &str) -> String {
    let dated = dates::style_of_name(stem);
    dated.map_or_else(|| stem.to_owned(), |(written, _)| without_date(stem, &written))
}

/// Ends of names of meetings between two people: a name behind them says with whom, and not about what.
const PAIRS: [&str; 10] =
    ["sync", "call", "up", "catchup", "in", "checkin", "interview", "gesprach", "entretien", "entrevista"];

/// What a meeting was about, as its title says it, with the mark before it: `: budget`, ` (budget)`.
#[must_use]
pub fn topic<'t>(title: &'t str, written: &str) -> Option<&'t str> {
    let (before, after) = title.split_once(written).filter(|_| !written.is_empty()).unwrap_or((title, ""));
    let blanks = |text: &str| text.len() - text.trim_start_matches([' ', ')', ']']).len();
    let has_words = |text: &str| text.chars().any(char::is_alphabetic);
    if has_words(before) && has_words(after) {
        let after = after.get(dates::time_len(after)..)?;
        let said = after.get(blanks(after)..)?.trim_end();
        let marked = said.starts_with(['(', ':', '–', '—', '|', '·']) || said.starts_with("- ");
        return (marked && !is_with_somebody(before, said)).then_some(said);
    }
    let side = if has_words(before) { before } else { after };
    let side = side.trim_end_matches([' ', '(', '[', ',', '–', '—', '-']);
    let (at, _) = side.char_indices().find(|(at, c)| {
        let rest = side.get(*at..).unwrap_or("");
        let goes_on = |mark: &str| rest.starts_with(mark);
        [": ", " – ", " — ", " - ", " | ", " ("].iter().any(|mark| goes_on(mark)) && !c.is_alphanumeric()
    })?;
    let (head, said) = side.split_at_checked(at)?;
    let is_topic = meeting_words::is_called_meeting(head, true) && has_words(said) && !is_with_somebody(head, said);
    is_topic.then_some(said)
}

/// True where what follows says who met: `1:1 – Ida`, `Sync: Jo`.
fn is_with_somebody(head: &str, said: &str) -> bool {
    let folded = fold(head);
    let mut words = folded.split(|c: char| c.is_whitespace() || "-_(".contains(c)).filter(|word| !word.is_empty());
    let is_pair =
        folded.split([' ', '_', '(']).any(is_one_to_one) || words.next_back().is_some_and(|word| PAIRS.contains(&word));
    is_pair && is_plausible(said.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The name that a meeting shares with the others of its series: without its day and topic.
pub(super) fn named(title: &str, written: &str, known: &dyn Fn(&str) -> bool) -> String {
    let is_person = |topic: &str| known(topic.trim_matches(|c: char| !c.is_alphanumeric()));
    match topic(title, written).filter(|topic| !is_person(topic)) {
        Some(topic) => without_date(&title.replacen(topic, "", 1), written),
        None => called(title, written),
    }
}
