//! Who wrote praise, and when: `— Petra, 2026-10-03`, `(Petra)`, `Ida wrote: "…"`.

use chrono::NaiveDate;

use crate::model::words::fold;
use crate::parse::dates;

/// Marks that open what somebody said.
pub(super) const OPENING: [char; 4] = ['"', '“', '„', '«'];

/// Where somebody said something, beside who it was.
const CHANNELS: [&str; 9] = ["slack", "teams", "email", "e-mail", "mail", "chat", "linkedin", "retro", "standup"];

/// Who wrote something, and when.
pub(super) struct Signed {
    pub(super) by: String,
    pub(super) date: Option<NaiveDate>,
}

impl Signed {
    /// `Petra`, `(Petra)`, `Petra Vos, 2026-10-03`, `from Petra (3 Oct 2026)`
    fn of(words: &str) -> Option<Self> {
        let words = words.trim().trim_start_matches(['—', '–', '-', ',', ' ']);
        let mut signed = Self { by: String::new(), date: None };
        for piece in words.split(['(', ')', ',', ';']).map(str::trim).filter(|piece| !piece.is_empty()) {
            let piece = piece.strip_prefix("from ").unwrap_or(piece).trim_matches(|c: char| ".@*_ ".contains(c));
            if let Some(day) = dates::day_of(piece).filter(|_| signed.date.is_none()) {
                signed.date = Some(day);
                continue;
            }
            // `Petra 2026-10-03`
            let (name, day) = piece.split_at(piece.find(|c: char| c.is_ascii_digit()).unwrap_or(piece.len()));
            signed.date = signed.date.or_else(|| dates::day_of(day));
            let name = name.trim_end();
            // `Petra (Slack, 2026-10-03)`
            if !signed.by.is_empty() && CHANNELS.contains(&fold(name).as_str()) {
                continue;
            }
            if !is_name(name) || (!day.is_empty() && signed.date.is_none()) || !signed.by.is_empty() {
                return None;
            }
            name.clone_into(&mut signed.by);
        }
        (!signed.by.is_empty()).then_some(signed)
    }
}

/// `— Ida Berg`, `— Ida Berg, 2026-10-03`
pub(super) fn signature(words: &str) -> Option<Signed> {
    Signed::of(words.strip_prefix(['—', '–']).or_else(|| words.strip_prefix("--"))?)
}

/// True for up to four words, the first of them capitalized.
pub(super) fn is_name(name: &str) -> bool {
    name.split_whitespace().count() <= 4 && name.starts_with(char::is_uppercase) && !name.contains(['.', '!', '['])
}

/// The day at the end of praise that nobody signed, and the words without it: `"Calm deploy" 2026-10-03`, `Calm deploy (3 Oct 2026)`.
pub(super) fn dated(words: &str) -> Option<(NaiveDate, &str)> {
    let at = words.rfind(['"', '”', '“', '»']).filter(|at| *at > 0 && words.starts_with(OPENING));
    let quoted = at.and_then(|at| Some((words.get(..at)?, words.get(at..)?)));
    let bracketed = || words.trim_end_matches('.').strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let day = |(said, rest): (&'_ str, &str)| {
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || "\"”“»()[],.—–-".contains(c));
        dates::day_of(rest).map(|day| (day, said.len()))
    };
    let (day, end) = quoted.and_then(day).or_else(|| bracketed().and_then(day))?;
    Some((day, words.get(..end)?))
}

/// Who wrote it, and the words without that: the name after the closing quote, after a dash or in brackets at the end, or before
/// the opening quote.
pub(super) fn author(words: &str) -> Option<(Signed, &str)> {
    const QUOTES: [char; 4] = ['"', '”', '“', '»'];
    // `Ida: "…"`, `Ida wrote: "…"`
    let before = words.split_once([':', ',']).filter(|(_, rest)| rest.trim_start().starts_with(OPENING));
    if let Some((before, rest)) = before {
        let name = before.trim_matches(|c: char| "*_@ ".contains(c));
        let said = [" wrote", " said", " says", " writes", " schrieb", " sagte"];
        let name = said.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
        if is_name(name) {
            let rest = rest.trim_start();
            let (date, said) = dated(rest).map_or((None, rest), |(day, said)| (Some(day), said));
            return Some((Signed { by: name.to_owned(), date }, said));
        }
    }
    let quoted = words.starts_with(['"', '“', '„', '«', '*', '>']).then(|| words.rfind(QUOTES)).flatten();
    let after_quote = quoted.and_then(|at| Some((words.get(..at)?, words.get(at..)?.trim_start_matches(QUOTES))));
    let dashes = [" — ", " – ", " -- ", "\n— ", "\n– ", "\n-- ", "\n- "];
    let after_dash = || dashes.iter().filter_map(|dash| words.rsplit_once(dash)).min_by_key(|(_, rest)| rest.len());
    let in_brackets = || words.trim_end_matches('.').strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let signed = |(said, name): (&'_ str, &str)| Signed::of(name).map(|signed| (signed, said.len()));
    let found = after_quote
        .and_then(signed)
        .or_else(|| after_dash().and_then(signed))
        .or_else(|| in_brackets().and_then(signed));
    found.and_then(|(signed, end)| Some((signed, words.get(..end)?)))
}
