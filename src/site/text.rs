//! Text on its way into a page: escaped, and with addresses checked.

/// Characters that no page may hold: control characters, and code points that stand for nothing.
pub(crate) fn forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Escapes text for an element or a quoted attribute, without what is [`forbidden`].
pub(crate) fn escape(text: &str, out: &mut String) {
    // almost all of a page is text that needs nothing: it is copied in pieces
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0..=8 | 11..=31 | 127 | 0xC2 | 0xEF..);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(special) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = from.chars();
        match chars.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some('\r') => out.push('\n'),
            Some(c) if !forbidden(c) => out.push(c),
            _ => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// As [`escape`], as a new string.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}

/// As [`escaped`], also for XML and for attributes between single quotes.
pub(crate) fn quoted(text: &str) -> String {
    escaped(text).replace('\'', "&#39;")
}

/// Schemes that a link may have.
pub(crate) const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "ftp"];

/// An address outside the notebook that a page may link to; `None` for any scheme that is not on the list, however
/// it is disguised.
pub(crate) fn outside(address: &str) -> Option<String> {
    // browsers drop these before they look for the scheme
    let clean: String =
        address.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}')).collect();
    let clean = clean.trim();
    let clean = if clean.starts_with("//") { format!("https:{clean}") } else { clean.to_owned() };
    let (scheme, _) = clean.split_once(':')?;
    SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()).then(|| clean.replace(' ', "%20"))
}

/// At most so many characters, cut between words.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most).collect();
    let end = short.rfind(' ').filter(|end| *end > most / 2).unwrap_or(short.len());
    format!("{}…", short.get(..end).unwrap_or(&short).trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("one", 9), "one");
    }

    #[test]
    fn only_known_schemes_pass() {
        for bad in [
            "javascript:alert(1)",
            "JaVa\tScript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            " javascript:x",
            "ht\u{0}tp",
        ] {
            assert_eq!(outside(bad), None, "{bad:?}");
        }
        assert_eq!(outside("https://a.b/c d").as_deref(), Some("https://a.b/c%20d"));
        assert_eq!(outside("//a.b").as_deref(), Some("https://a.b"));
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(escaped("<a b=\"c\">&\u{8}\u{1FFFF}"), "&lt;a b=&quot;c&quot;&gt;&amp;");
        assert_eq!(escaped("é\u{85}ü\u{a0}\r\n\t\u{7f}"), "éü\u{a0}\n\n\t");
    }
}
