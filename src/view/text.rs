//! Text on a screen: its width in columns, cutting, and characters that must not reach a terminal.
//!
//! Pure functions over strings; [`crate::view::Screen`] decides when they are needed.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The replacement for a tab. Terminals jump to multiples of eight, which tables cannot predict.
pub(crate) const TAB: &str = "    ";

/// The width of a text on a terminal, in columns.
#[must_use]
pub fn width(text: &str) -> usize {
    if is_simple(text) {
        return text.len();
    }
    let tabs = text.bytes().filter(|byte| *byte == b'\t').count();
    // a tab counts as one column for `unicode-width`
    text.width() + tabs * (TAB.len() - 1)
}

/// True if each byte is a character of one column, as in most texts.
pub(crate) fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text, cut to `room` columns with `…` at its end; never inside a grapheme.
#[must_use]
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += width(cluster);
        if used + 1 > room {
            break;
        }
        out.push_str(cluster);
    }
    out.truncate(out.trim_end().len());
    if room > 0 {
        out.push('…');
    }
    out
}

/// The end of the text in `room` columns, with `…` before it: in `path:line` the line must be kept.
#[must_use]
pub fn cut_start(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut used = 0;
    let mut from = text.len();
    for (at, cluster) in text.grapheme_indices(true).rev() {
        used += width(cluster);
        if used + 1 > room {
            break;
        }
        from = at;
    }
    let ellipsis = if room > 0 { "…" } else { "" };
    format!("{ellipsis}{}", text.get(from..).unwrap_or("").trim_start())
}

/// True for control characters and those that change text direction: with them a note could hide or forge output.
#[must_use]
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}')
}

/// Writes a harmful character visibly: `\u001b`. Inside a JSON string that is the same character.
pub(crate) fn push_visible(out: &mut String, c: char) {
    out.push_str(&format!("\\u{:04x}", u32::from(c)));
}

/// A text of several lines for a terminal: line ends and tabs stay, harmful characters become visible.
#[must_use]
pub fn verbatim(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_harmful(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // a lone carriage return would let the next words overwrite the line
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            // NUL ends rows for `xargs -0`; terminals do not show it
            '\n' | '\0' => out.push(c),
            '\t' => out.push_str(TAB),
            _ if is_harmful(c) => push_visible(&mut out, c),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::proptest;

    #[track_caller]
    fn case(text: &str, room: usize, want: &str, want_start: &str) {
        assert_eq!(cut(text, room), want);
        assert_eq!(cut_start(text, room), want_start);
    }

    #[test]
    fn labels_are_cut_by_columns() {
        assert_eq!(cut("a note", 6), "a note");
        assert_eq!(cut("a longer note", 9), "a longer…");
        assert_eq!(cut("日本語のノート", 7), "日本語…");
    }

    #[test]
    fn cutting_never_halves_what_people_see() {
        case("日本語のノート", 7, "日本語…", "…ノート");
        case("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…", "…e\u{301}");
        case("👩‍👩‍👧 family", 4, "👩‍👩‍👧…", "…ily");
        case("🇫🇷🇯🇵🇧🇷", 5, "🇫🇷🇯🇵…", "…🇯🇵🇧🇷");
        case("short", 5, "short", "short");
        case("blanks  at the cut", 8, "blanks…", "…the cut");
        case("ab", 1, "…", "…");
        case("ab", 0, "", "");
        case("journal/2026/11.md:12", 10, "journal/2…", "…/11.md:12");
    }

    #[test]
    fn what_a_terminal_gets() {
        assert_eq!(verbatim("a\tb\r\nc\rd\u{1b}[2J\u{9b}\u{202e}\0"), "a    b\nc\nd\\u001b[2J\\u009b\\u202e\0");
        assert!(matches!(verbatim("plain\nüŸ東 👩‍👩‍👧"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text in any::<String>(), room in 0_usize..40) {
            let texts = [cut(&text, room), cut_start(&text, room)];
            for cut in &texts {
                prop_assert!(width(cut) <= room, "{cut:?} is wider than {room}");
            }
            prop_assert!(text.starts_with(texts[0].trim_end_matches('…')) || texts[0] == text);
            prop_assert!(text.ends_with(texts[1].trim_start_matches('…')) || texts[1] == text);
        }

        #[test]
        fn a_terminal_gets_no_control(text in any::<String>()) {
            let shown = verbatim(&text);
            prop_assert!(!shown.chars().any(|c| is_harmful(c) && c != '\n' && c != '\0'));
        }
    }
}
