//! Normalizes letters for comparison (case, accents, ligatures), and knows which scripts have no spaces.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::model::words::SOFT_HYPHEN;
use crate::model::words::is_vowel_point;

/// True for scripts that are written without spaces between words.
pub(crate) fn without_blanks(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}'       // Thai, Lao
        | '\u{1000}'..='\u{109F}'   // Burmese
        | '\u{1100}'..='\u{11FF}'   // Hangul
        | '\u{1780}'..='\u{17FF}'   // Khmer
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{31FF}'   // kana, bopomofo
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{A960}'..='\u{A97F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{FF66}'..='\u{FFDC}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Lower case, composed.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        Cow::Borrowed(word)
    } else if word.is_ascii() {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Owned(word.chars().flat_map(char::to_lowercase).nfc().collect())
    }
}

/// Removes accents from Latin and Greek letters and `ё`, and vowel points from Hebrew and Arabic; other scripts need their
/// marks. Wide and ligature forms become plain.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ı' => out.push('i'),
            'ё' => out.push('е'),
            // Left over from lowercasing a dotted capital I, or accents typed separately.
            '\u{300}'..='\u{36F}' => {}
            c if is_vowel_point(c) || c == SOFT_HYPHEN => {}
            '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1FFF}' => {
                out.extend(std::iter::once(c).nfd().filter(|&c| !is_combining_mark(c)));
            }
            '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF9F}' => {
                out.extend(std::iter::once(c).nfkc().flat_map(char::to_lowercase));
            }
            c => out.push(c),
        }
    }
    if out == word { Cow::Borrowed(word) } else { Cow::Owned(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_people_cannot_type() {
        for (typed, plain) in
            [("straße", "strasse"), ("ångström", "angstrom"), ("łódź", "lodz"), ("ａｐｉ", "api"), ("ﬁle", "file")]
        {
            assert_eq!(fold(typed), plain);
        }
        // Hebrew points, Arabic harakat and the stroke that only makes a word longer
        assert_eq!(fold("תִּקּוּן"), "תקון");
        assert_eq!(fold("كُتَّابـ"), "كتاب");
        assert_eq!(fold("do\u{ad}nau"), "donau");
        for kept in ["plain", "й", "東京", "ที่"] {
            assert!(matches!(fold(kept), Cow::Borrowed(_)), "{kept}");
        }
        assert_eq!(fold(&lower("İstanbul")), "istanbul");
        assert_eq!(lower("CAFE\u{301}"), "café");
    }
}
