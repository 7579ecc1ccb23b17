//! List markers and thematic breaks, defined once for all floors.

/// True for `---`, `* * *`, `_ _ _`: three or more of one mark, with spaces between them.
#[must_use]
pub fn is_thematic_break(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let Some(first) = marks.next().filter(|first| b"-*_".contains(first)) else { return false };
    marks.try_fold(1, |count, mark| (mark == first).then_some(count + 1)).is_some_and(|count| count >= 3)
}

/// The marker at the beginning of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListMarker {
    /// Bytes of the marker itself: 1 for `-`, 3 for `12.`.
    pub len: usize,
    /// Bytes of the spaces after it; 0 at the end of a line.
    pub blanks: usize,
    /// Columns from the marker to the item's text.
    pub width: usize,
}

/// The list marker at the start of a text. `column` is the text's column, from 0.
#[must_use]
pub fn list_marker(text: &str, column: usize) -> Option<ListMarker> {
    let len = marker_len(text)?;
    let mut width = len;
    let mut blanks = 0;
    for byte in text.get(len..)?.bytes() {
        match byte {
            b' ' => width += 1,
            b'\t' => width += 4 - (column + width) % 4,
            _ => break,
        }
        blanks += 1;
    }
    let empty = text.len() == len + blanks;
    // more than four spaces begin code inside the item: its text column is one after the marker
    let width = if width > len + 4 && !text.get(len + blanks..)?.starts_with('[') { len + 1 } else { width };
    (blanks > 0 || empty).then_some(ListMarker { len, blanks, width })
}

/// The length in bytes of `-`, `*`, `+`, `1.`, `1)` at the beginning of a text, whatever follows.
#[must_use]
pub fn marker_len(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = text.as_bytes().get(digits)?;
    let valid = if digits == 0 { b"-*+".contains(mark) } else { digits <= 9 && b".)".contains(mark) };
    valid.then_some(digits + 1)
}

/// True for a line that starts a list item with text, and is not a thematic break.
#[must_use]
pub fn is_list_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    list_marker(line, 0).is_some_and(|marker| marker.blanks > 0) && !is_thematic_break(line)
}

/// A bullet that Markdown does not accept: `• `, `– `, or an ordinary one followed by a no-break space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OddBullet {
    /// Bytes of the bullet and of the spaces after it.
    pub len: usize,
    /// False for dashes: a wrapped line of prose can begin with one.
    pub certain: bool,
}

/// The odd bullet at the beginning of a text, if there is one.
#[must_use]
pub fn odd_bullet(text: &str) -> Option<OddBullet> {
    let (bullet, certain) = match (marker_len(text), text.chars().next()?) {
        (Some(len), _) => (len, true),
        (
            None,
            c
            @ ('•' | '‣' | '◦' | '⁃' | '∙' | '●' | '○' | '▪' | '▫' | '■' | '➢' | '➤' | '►' | '＊' | '＋' | '\u{F0B7}'),
        ) => (c.len_utf8(), true),
        (None, c @ ('\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' | '·' | '・')) => (c.len_utf8(), false),
        _ => return None,
    };
    let behind = text.get(bullet..)?;
    let blanks = behind.len() - behind.trim_start_matches(|c: char| c.is_whitespace() || is_special_space(c)).len();
    let glued = blanks == 0 && !behind.starts_with('[');
    // a marker followed by ordinary spaces is fine
    let ordinary = marker_len(text).is_some() && !behind.starts_with(is_special_space);
    (!glued && !ordinary).then_some(OddBullet { len: bullet + blanks, certain })
}

/// True for white space that Markdown does not accept as a space: no-break, ideographic and other spaces.
#[must_use]
pub fn is_special_space(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}'))
        || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thematic_breaks() {
        for line in ["---", "***", "___", " * * *", "- - -  ", "-\t-\t-", "-----"] {
            assert!(is_thematic_break(line), "{line}");
        }
        for line in ["", "--", "-*-", "--- a", "===", "- -", "\u{2013}\u{2013}\u{2013}"] {
            assert!(!is_thematic_break(line), "{line}");
        }
    }

    #[test]
    fn list_markers() {
        let case = |text: &str, column: usize| list_marker(text, column).map(|m| (m.len, m.blanks, m.width));
        assert_eq!(case("- a", 0), Some((1, 1, 2)));
        assert_eq!(case("-\ta", 0), Some((1, 1, 4)));
        assert_eq!(case("-\ta", 2), Some((1, 1, 2)));
        assert_eq!(case("12) a", 0), Some((3, 1, 4)));
        assert_eq!(case("-      a", 0), Some((1, 6, 2)));
        assert_eq!(case("-      [ ] a", 0), Some((1, 6, 7)));
        assert_eq!(case("+", 0), Some((1, 0, 1)));
        for text in ["-a", "1.a", "1234567890. a", "\u{2022} a", "", "1", "12"] {
            assert_eq!(case(text, 0), None, "{text}");
        }
    }

    #[test]
    fn odd_bullets() {
        for (text, len) in [
            ("• a", 4),
            ("\u{F0B7}\ta", 4),
            ("◦[ ] a", 3),
            ("-\u{A0}a", 3),
            ("1.\u{3000}a", 5),
            ("– [ ] a", 4),
            ("・ a", 4),
            ("*\u{200B} [ ] a", 5),
        ] {
            assert_eq!(odd_bullet(text).map(|bullet| bullet.len), Some(len), "{text}");
        }
        for text in ["- a", "-a", "1. a", "a • b", "–a", "", "é", "•", "●dense"] {
            let got = odd_bullet(text);
            assert!(got.is_none() || text == "•", "{text}: {got:?}");
        }
        assert!(!odd_bullet("– so it went on").unwrap().certain);
    }
}
