//! List markers and thematic breaks: the one rule for all floors.

/// True for `---`, `* * *`, `_ _ _`: three or more of one mark, with blanks between them.
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
    /// Bytes of the blanks behind it; 0 at the end of a line.
    pub blanks: usize,
    /// Columns from the marker to the item's text.
    pub width: usize,
}

/// The list marker with which a text begins that stands in a column (counted from 0).
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
    // more than four blanks begin code inside the item: its text column is one behind the marker
    let width = if width > len + 4 && !text.get(len + blanks..)?.starts_with('[') { len + 1 } else { width };
    (blanks > 0 || empty).then_some(ListMarker { len, blanks, width })
}

/// The bytes of `-`, `*`, `+`, `1.`, `1)` at the beginning of a text, whatever stands behind it.
#[must_use]
pub fn marker_len(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = text.as_bytes().get(digits)?;
    let valid = if digits == 0 { b"-*+".contains(mark) } else { digits <= 9 && b".)".contains(mark) };
    valid.then_some(digits + 1)
}

/// True for a line that begins a list item with text behind its marker, and is no thematic break.
#[must_use]
pub fn is_list_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    list_marker(line, 0).is_some_and(|marker| marker.blanks > 0) && !is_thematic_break(line)
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
}
