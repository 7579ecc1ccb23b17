//! The details of a link: title, author, year, and reading time.

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::web_address::host;
use crate::model::web_address::page_name;
use crate::parse::reading::words;

/// The details of a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) title: String,
    pub(super) author: Option<String>,
    pub(super) venue: Option<String>,
    pub(super) year: Option<u16>,
}

/// Link texts, and words next to links, that say nothing about the target.
const NOISE: &[&str] = &[
    "etc",
    "original",
    "link",
    "links",
    "see",
    "via",
    "here",
    "url",
    "read",
    "this",
    "article",
    "video",
    "source",
    "post",
    "blog",
    "page",
    "pdf",
    "website",
    "site",
    "watch",
    "talk",
    "slides",
    "from",
    "using",
    "with",
    "for",
    "and",
    "or",
    "watched",
    "reading",
    "started",
    "finished",
    "listened",
    "the",
    "at",
    "on",
    "is",
    "in",
    "todo",
    "more",
    "it",
    "a",
    "an",
    "by",
    "to",
    "of",
    "i",
    "we",
    "he",
    "she",
    "they",
    "you",
    "have",
    "has",
    "had",
    "both",
    "recommends",
    "recommended",
    "ich",
    "wir",
    "habe",
    "hab",
    "haben",
    "hat",
    "mit",
    "und",
    "noch",
    "lu",
    "lue",
    "vu",
    "vue",
    "la",
    "le",
    "les",
    "der",
    "die",
    "das",
    "el",
    "los",
    "las",
];

/// In characters; longer titles are cut.
const LONGEST: usize = 200;

/// Names a link. `words`: the item's own words without addresses and marks; `parent`: the item above, if this is its only child.
pub(super) fn title(link: &Link, words: &str, tail: &str, parent: Option<&str>) -> Title {
    let mut title = Title::default();
    let shown = link.text.trim();
    let named = link.kind != LinkKind::Autolink && !shown.contains("://") && says_something(shown);
    let written = link.title.as_deref().filter(|title| title.contains('•') || (!named && says_something(title)));
    let text = match written {
        Some(written) => written,
        None if named => shown,
        None => trimmed(words),
    };
    let mut parts = text.split('•').map(str::trim).filter(|part| !part.is_empty());
    if text.contains('•') {
        title.title = parts.next().unwrap_or(text).to_owned();
        title.author = parts.next().map(str::to_owned);
        title.venue = parts.next().map(str::to_owned);
    } else if says_something(text) {
        text.clone_into(&mut title.title);
    }
    if title.author.is_none() {
        title.author = author(tail);
        if !named && title.author.is_some() {
            let author = title.author.as_deref().unwrap_or_default();
            if let Some(before) = title.title.strip_suffix(author).and_then(|rest| rest.trim_end().strip_suffix("by")) {
                title.title = trimmed(before).to_owned();
            }
        }
    }
    if title.title.is_empty() {
        let parent = parent.map(trimmed).filter(|parent| says_something(parent));
        title.title = parent
            .map(str::to_owned)
            .or_else(|| page_name(&link.target))
            .or_else(|| host(&link.target))
            .unwrap_or_else(|| link.target.clone());
    }
    title.year = year(title.venue.as_deref().unwrap_or_default())
        .or_else(|| year(&title.title))
        .or_else(|| year(words))
        .or_else(|| year_of_address(&link.target));
    if title.title.chars().count() > LONGEST {
        title.title = title.title.chars().take(LONGEST).chain(['…']).collect();
    }
    title
}

/// The title in the words next to an address: those before it, else those after it if they begin like a title.
pub(super) fn own_title(lead: &str, tail: &str) -> String {
    // `read later URL`
    let lead = if words::whole(lead).is_some() { "" } else { lead };
    if says_something(trimmed(lead)) {
        return lead.to_owned();
    }
    let tail = trimmed(tail);
    let is_name = tail.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"');
    // `URL 5/5`, `URL 3/12` say what somebody thinks of it, or how far they are
    if is_name && tail.contains(char::is_alphabetic) { tail.to_owned() } else { lead.to_owned() }
}

/// True for words that name something.
pub(super) fn says_something(words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        word.chars().count() > 1 && !NOISE.contains(&word.as_str())
    })
}

/// Without separators at the ends, and without the `original` in `-> original`.
pub(super) fn trimmed(words: &str) -> &str {
    let mut words = words;
    loop {
        let closes = words.matches('<').count() >= words.matches('>').count();
        let separator = |c: char| {
            c.is_whitespace()
                || matches!(c, ':' | '–' | '—' | '|' | '-' | ',' | ';' | '→' | '•')
                || (c == '>' && !closes)
        };
        let mut shorter = words.trim_matches(separator);
        for (open, close) in [('(', ')'), ('[', ']')] {
            // brackets that contained only the address, and unbalanced ones
            for empty in [format!("{open}{close}"), format!("{open} {close}")] {
                shorter = shorter.strip_suffix(empty.as_str()).unwrap_or(shorter);
            }
            if shorter.ends_with(open) || (shorter.starts_with(close)) {
                shorter = shorter.trim_end_matches(open).trim_start_matches(close);
            }
        }
        for tail in ["-> original", "-> link", "→ original", "→ link", " etc"] {
            shorter = shorter.strip_suffix(tail).unwrap_or(shorter);
        }
        if shorter.len() == words.len() {
            return words;
        }
        words = shorter;
    }
}

/// `by Ida Berg` at the beginning of what follows a link.
fn author(tail: &str) -> Option<String> {
    let tail = tail.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = tail.strip_prefix("by ").or_else(|| tail.strip_prefix("By "))?;
    let end = rest.find([',', '(', ')', '[', ';', ':', '|', '–', '—', '"']).unwrap_or(rest.len());
    // in `Ursula K. Berg` the name continues after the initial
    let is_initial = |word: &str| word.chars().count() == 1;
    let is_end = |at: &usize| !rest.get(..*at).is_some_and(|name| name.rsplit(' ').next().is_some_and(is_initial));
    let stop = rest.match_indices(". ").map(|(at, _)| at).find(is_end).unwrap_or(end);
    let end = end.min(rest.find(" - ").unwrap_or(end)).min(stop);
    let name = rest.get(..end)?.trim().trim_end_matches('.');
    let words = name.split_whitespace().count();
    ((1..=6).contains(&words) && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

/// The last word that is a year of the last two centuries or this one.
fn year(words: &str) -> Option<u16> {
    let mut parts = words.rsplit(|c: char| !(c.is_alphanumeric() || c == '-' || c == '/'));
    parts.find_map(|part| (part.len() == 4).then(|| plausible(part)).flatten())
}

/// The year in `https://a.org/2022/01/26/title`.
fn year_of_address(url: &str) -> Option<u16> {
    let mut parts = url.split('/').skip(3);
    let year = parts.by_ref().find_map(|part| (part.len() == 4).then(|| plausible(part)).flatten())?;
    let month = parts.next()?;
    (month.len() <= 2 && month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month))).then_some(year)
}

fn plausible(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| (1900..2100).contains(year))
}

/// `12 min`, `1h 30m`, `(45 minutes)`: the reading time.
pub(super) fn minutes(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | '~'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut total = 0;
    for (at, token) in tokens.iter().enumerate() {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = token.split_at_checked(digits)?;
        let Ok(number) = number.parse::<u32>() else { continue };
        let unit =
            if unit.is_empty() { tokens.get(at + 1).copied().unwrap_or("") } else { unit.trim_start_matches('-') };
        match unit.trim_end_matches('.') {
            "min" | "mins" | "minute" | "minutes" | "min-read" => total += number.min(10_000),
            // `5m` alone may mean five metres, or millions
            "m" if total >= 60 => total += number.min(60),
            "h" | "hr" | "hrs" | "hour" | "hours" => total += number.min(1_000) * 60,
            _ if total > 0 => break,
            _ => {}
        }
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(kind: LinkKind, text: &str, target: &str) -> Link {
        Link { kind, text: text.to_owned(), target: target.to_owned(), ..Link::default() }
    }

    #[test]
    fn titles() {
        let bare = |url: &str, words: &str, parent: Option<&str>| {
            title(&link(LinkKind::Autolink, url, url), words, "", parent).title
        };
        let url = "https://a.org/how-to-weave.html";
        assert_eq!(bare(url, "", None), "how-to-weave");
        assert_eq!(bare(url, "Weaving 1987 -> original", None), "Weaving 1987");
        assert_eq!(bare(url, "", Some("Looms compared")), "Looms compared");
        assert_eq!(bare(url, "see", None), "how-to-weave");
        assert_eq!(bare(url, "Weaving ()", None), "Weaving");
        assert_eq!(bare("https://a.org/", "", None), "a.org");
        let named = title(&link(LinkKind::Inline, "On looms", url), "the On looms by Ida", " by Ida Berg, 2019", None);
        assert_eq!((named.title.as_str(), named.author.as_deref()), ("On looms", Some("Ida Berg")));
        let named =
            title(&link(LinkKind::Inline, "On looms", url), "On looms by Ida K. Berg", " by Ida K. Berg. Good", None);
        assert_eq!(named.author.as_deref(), Some("Ida K. Berg"));
        let here = title(&link(LinkKind::Inline, "here", url), "Weaving for all, here", "", None);
        assert_eq!(here.title, "Weaving for all, here");
        let mut talk = link(LinkKind::Inline, "", "https://youtu.be/abc");
        talk.title = Some("On looms • Ida Berg • WEAVE 2015".to_owned());
        let talk = title(&talk, "", "", None);
        assert_eq!(
            (talk.title.as_str(), talk.author.as_deref(), talk.venue.as_deref(), talk.year),
            ("On looms", Some("Ida Berg"), Some("WEAVE 2015"), Some(2015))
        );
    }

    #[test]
    fn years() {
        assert_eq!(year("Sagas Hector-Molina 1987"), Some(1987));
        assert_eq!(year("order 31245 of 2026-11-27"), None);
        assert_eq!(year_of_address("https://a.org/post/2022/01/26/x"), Some(2022));
        assert_eq!(year_of_address("https://a.org/2022/x"), None);
    }

    #[test]
    fn lengths() {
        for (words, want) in [
            ("a talk (45 min)", Some(45)),
            ("12 min read", Some(12)),
            ("12min", Some(12)),
            ("1h 30m", Some(90)),
            ("2 hours", Some(120)),
            ("5m of rope", None),
            ("chapter 12", None),
            ("", None),
        ] {
            assert_eq!(minutes(words), want, "{words}");
        }
    }
}
