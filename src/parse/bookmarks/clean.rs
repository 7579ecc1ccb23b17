//! Sanitizes the contents of bookmark files: addresses, words, days, tags. Called by the readers of bookmarks.

use chrono::DateTime;
use chrono::NaiveDate;

/// In characters; longer titles and descriptions are cut, since some programs save a whole page as a title.
const LONGEST: usize = 1_000;

/// A page's address with invalid characters encoded, or the reason why it is not one.
pub(crate) fn address(url: &str) -> Result<String, String> {
    // no address has entities: they come from HTML that was escaped twice, or not parsed as HTML
    let url = &url.trim().replace("&amp;", "&");
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    match scheme.as_deref() {
        Some("http" | "https" | "ftp") if !rest.is_empty() && !rest.starts_with('/') => {
            let mut out = String::with_capacity(url.len());
            for c in url.chars() {
                if c.is_whitespace()
                    || c.is_control()
                    || "<>\"\\`^{}|[]".contains(c) && !is_bracket_of_host(c, url)
                    || is_hidden(c)
                {
                    let mut bytes = [0; 4];
                    for byte in c.encode_utf8(&mut bytes).bytes() {
                        out.push_str(&format!("%{byte:02X}"));
                    }
                } else {
                    out.push(c);
                }
            }
            Ok(out)
        }
        Some(scheme)
            if !scheme.is_empty()
                && scheme.len() <= 20
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) =>
        {
            Err(format!("an address that begins with `{scheme}:` is not a web page: skipped"))
        }
        _ if url.is_empty() => Err("an entry without an address: skipped".to_owned()),
        _ => Err("an address without `http://` or the like: skipped".to_owned()),
    }
}

/// `http://[::1]/`
fn is_bracket_of_host(c: char, url: &str) -> bool {
    matches!(c, '[' | ']') && url.split_once("://").is_some_and(|(_, rest)| rest.starts_with('['))
}

/// Words on one line, without characters that could fool a terminal or a reader.
pub(crate) fn one_line(text: &str) -> String {
    let visible: String =
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_hidden(*c)).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or("").trim_end()),
        None => line,
    }
}

/// The tag by which linkding marks archived bookmarks.
const ARCHIVED: &str = "linkding:bookmarks.archived";

/// The tags in a list without linkding's own, and whether one of those marks it as archived.
pub(crate) fn tags_and_archived(written: &str) -> (Vec<String>, bool) {
    let (own, others): (Vec<&str>, Vec<&str>) = written.split(',').partition(|tag| tag.trim() == ARCHIVED);
    (tags(&others.join(",")), !own.is_empty())
}

/// A description on one line; notes in linkding's format are reduced to their words.
pub(crate) fn description(written: &str) -> String {
    match written.split_once("[linkding-notes]") {
        Some((before, notes)) => {
            let notes = notes.replace("[/linkding-notes]", " ");
            let parts = [one_line(before), one_line(&notes)];
            one_line(&parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · "))
        }
        None => one_line(written),
    }
}

/// Invisible characters such as direction marks.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{61C}' | '\u{FEFF}')
}

/// The day of a number of seconds, milliseconds or microseconds since 1970, or of a written date.
pub(crate) fn day(written: &str) -> Option<NaiveDate> {
    let written = written.trim();
    if let Some(date) = written.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()) {
        return Some(date);
    }
    let number: i64 = written.parse().ok().filter(|number| *number > 0)?;
    let seconds = match number {
        100_000_000_000_000.. => number / 1_000_000,
        100_000_000_000.. => number / 1_000,
        _ => number,
    };
    Some(DateTime::from_timestamp(seconds, 0)?.date_naive())
}

/// The tags in a list separated by commas or `|`, each as one word.
pub(crate) fn tags(written: &str) -> Vec<String> {
    let word = |tag: &str| {
        let tag = one_line(tag);
        let tag: String = tag
            .trim_matches('#')
            .chars()
            .map(|c| if c.is_alphanumeric() || "_-/".contains(c) { c } else { '-' })
            .collect();
        tag.trim_matches(['-', '/']).to_owned()
    };
    let mut tags: Vec<String> = Vec::new();
    for tag in written.split([',', '|']).map(word).filter(|tag| tag.contains(char::is_alphabetic)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
