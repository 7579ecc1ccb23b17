//! Decodes the text files of other programs. Called by the readers of bookmarks.

/// The characters of Windows-1252 in place of Latin-1's control characters.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-8, UTF-16 with a byte-order mark or recognized by its zero bytes, else Windows-1252, in which any
/// bytes are valid. With a sentence if the encoding was guessed.
pub(crate) fn decode(bytes: &[u8]) -> (String, Option<String>) {
    let guess = |name: &str| Some(format!("this is not UTF-8: read as {name}"));
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return (String::from_utf8_lossy(rest).into_owned(), None);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return (utf16(rest, u16::from_le_bytes), None);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return (utf16(rest, u16::from_be_bytes), None);
    }
    match bytes {
        [_, 0, _, 0, ..] => return (utf16(bytes, u16::from_le_bytes), guess("UTF-16")),
        [0, _, 0, _, ..] => return (utf16(bytes, u16::from_be_bytes), guess("UTF-16")),
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        // cut off in the middle of a character
        Err(error) if error.error_len().is_none() => {
            let (text, _) = bytes.split_at(error.valid_up_to());
            (String::from_utf8_lossy(text).into_owned(), None)
        }
        Err(_) => (bytes.iter().map(|&byte| windows(byte)).collect(), guess("Windows-1252")),
    }
}

/// The character of a byte in Windows-1252.
pub(crate) fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{FFFD}'),
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}
