//! Reads a note's file as text, and maps positions in the text back to positions in the file.
//!
//! All floors above this one work on decoded text; edits come back as [`Edit`]s of that text and become splices of
//! the file's own bytes here, so that an edit keeps encoding, byte-order mark and bytes that are not text.

use std::fs;
use std::fs::File;
use std::fs::FileType;
use std::io;
use std::io::Read as _;
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::disk::config;
use crate::disk::notebook::Notebook;
use crate::edit::Overlap;
use crate::edit::Splice;
use crate::model::Edit;
use crate::model::NotePath;

/// Maximum size of a note, in bytes.
pub const MAX_NOTE: u64 = 8 << 20;
/// How many bytes are searched for a NUL.
const BINARY_PROBE: usize = 8 << 10;

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-8 after a byte-order mark.
    Utf8Bom,
    /// UTF-16, low byte first, after a byte-order mark.
    Utf16Le,
    /// UTF-16, high byte first, after a byte-order mark.
    Utf16Be,
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Decoded, without byte-order mark. Each maximal piece that cannot be decoded is one U+FFFD.
    pub text: String,
    /// The encoding of the file.
    pub encoding: Encoding,
    /// The byte in `text` of the first U+FFFD that replaces something that cannot be decoded.
    pub damaged: Option<usize>,
    /// xxh3 of the file's bytes.
    pub hash: u64,
    /// The file's bytes, if they differ from `text`.
    raw: Option<Vec<u8>>,
}

/// Why a file is skipped.
#[derive(Debug, Error)]
#[error("{path}: {why}")]
pub struct ReadError {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// For a person, without the path.
    pub why: Unread,
}

/// What is wrong with a file.
#[derive(Debug, Error)]
pub enum Unread {
    /// It begins with `/` or contains `..`.
    #[error("its path leads out of the notes folder")]
    Outside,
    /// A FIFO, a folder, a device …
    #[error("{0}, not a regular file")]
    NotAFile(&'static str),
    /// Bytes.
    #[error("{} MiB, over the limit of 8", _0.div_ceil(1 << 20))]
    TooLarge(u64),
    /// A NUL near the beginning.
    #[error("binary, not text")]
    Binary,
    /// An I/O error.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads a note, wherever its path comes from: a link on the way out of the notes folder is not followed.
///
/// # Errors
///
/// As [`read_walked`], and if it is outside the notes folder.
pub fn read(notebook: &Notebook, path: &NotePath) -> Result<Text, ReadError> {
    let real = notebook.resolve(path).map_err(|error| match error.raw_os_error() {
        // This error comes from `resolve`, not from the system.
        None => Unread::Outside,
        Some(_) => Unread::Io(error),
    });
    real.and_then(|real| read_file(&real)).map_err(|why| ReadError { path: path.clone(), why })
}

/// Reads a note found by a walk: links on the way are not checked again.
///
/// # Errors
///
/// If it is not a regular file, over 8 MiB, binary (a NUL in the first 8 KiB and no UTF-16 byte-order mark), or on I/O
/// errors.
pub fn read_walked(notebook: &Notebook, path: &NotePath) -> Result<Text, ReadError> {
    if !config::is_inside(path.as_str()) {
        return Err(ReadError { path: path.clone(), why: Unread::Outside });
    }
    read_file(&notebook.path(path)).map_err(|why| ReadError { path: path.clone(), why })
}

/// Reads a file anywhere, such as one that the user named.
///
/// # Errors
///
/// As [`read_walked`].
pub fn read_file(path: &Path) -> Result<Text, Unread> {
    let meta = fs::metadata(path)?;
    // Check before opening: opening a FIFO would wait for its other end.
    if !meta.is_file() {
        return Err(Unread::NotAFile(kind(meta.file_type())));
    }
    if meta.len() > MAX_NOTE {
        return Err(Unread::TooLarge(meta.len()));
    }
    let bytes = bytes(path, meta.len())?;
    if bytes.len() as u64 > MAX_NOTE {
        return Err(Unread::TooLarge(bytes.len() as u64));
    }
    if is_binary(&bytes) { Err(Unread::Binary) } else { Ok(Text::decode(bytes)) }
}

/// A file's bytes; at most one more than allowed for a note. `size` is a hint.
pub(crate) fn bytes(path: &Path, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MAX_NOTE)).unwrap_or(0) + 1);
    File::open(path)?.take(MAX_NOTE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The type of a directory entry, for a person.
pub(crate) fn kind(file_type: FileType) -> &'static str {
    if file_type.is_fifo() {
        "a FIFO"
    } else if file_type.is_socket() {
        "a socket"
    } else if file_type.is_dir() {
        "a folder"
    } else if file_type.is_symlink() {
        "a link"
    } else if file_type.is_file() {
        "a file"
    } else {
        "a device"
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let utf32 = bytes.starts_with(b"\xff\xfe\0\0");
    utf32 || (!utf16 && bytes.iter().take(BINARY_PROBE).any(|&byte| byte == 0))
}

impl Text {
    /// Decodes a file's bytes. Never fails: what cannot be decoded becomes U+FFFD.
    #[must_use]
    pub fn decode(bytes: Vec<u8>) -> Self {
        let hash = xxh3_64(&bytes);
        if let Some(units) = bytes.strip_prefix(b"\xff\xfe") {
            let (text, damaged) = utf16(units, u16::from_le_bytes);
            return Self { text, encoding: Encoding::Utf16Le, damaged, hash, raw: Some(bytes) };
        }
        if let Some(units) = bytes.strip_prefix(b"\xfe\xff") {
            let (text, damaged) = utf16(units, u16::from_be_bytes);
            return Self { text, encoding: Encoding::Utf16Be, damaged, hash, raw: Some(bytes) };
        }
        if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
            let damaged = std::str::from_utf8(rest).err().map(|error| error.valid_up_to());
            let text = String::from_utf8_lossy(rest).into_owned();
            return Self { text, encoding: Encoding::Utf8Bom, damaged, hash, raw: Some(bytes) };
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self { text, encoding: Encoding::Utf8, damaged: None, hash, raw: None },
            Err(error) => {
                let damaged = Some(error.utf8_error().valid_up_to());
                let bytes = error.into_bytes();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Self { text, encoding: Encoding::Utf8, damaged, hash, raw: Some(bytes) }
            }
        }
    }

    /// The file's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The byte of the file for the byte `at` of the text; `None` inside a character.
    #[must_use]
    pub fn byte_offset(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let mark = match self.encoding {
            Encoding::Utf8 => 0,
            Encoding::Utf8Bom => 3,
            Encoding::Utf16Le | Encoding::Utf16Be => {
                // U+FFFD is one unit, like the unit it replaces; only an odd last byte is shorter.
                let units: usize = before.chars().map(char::len_utf16).sum();
                return Some((2 + 2 * units).min(self.bytes().len()));
            }
        };
        if self.damaged.is_none_or(|damaged| at <= damaged) {
            return Some(mark + at);
        }
        let (mut text_at, mut byte_at) = (0, mark);
        for chunk in self.bytes().get(mark..)?.utf8_chunks() {
            let valid = chunk.valid().len();
            if at <= text_at + valid {
                return Some(byte_at + (at - text_at));
            }
            text_at += valid + char::REPLACEMENT_CHARACTER.len_utf8();
            byte_at += valid + chunk.invalid().len();
        }
        Some(byte_at)
    }

    /// `text` in the file's encoding.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Bom => text.as_bytes().to_vec(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    /// Edits of the text as splices of the file.
    ///
    /// # Errors
    ///
    /// If an edit does not fit the text or splits a character. Overlaps are found when the splices are applied.
    pub fn splices(&self, edits: &[Edit]) -> Result<Vec<Splice>, Overlap> {
        let place = |edit: &Edit| Some((self.byte_offset(edit.start)?, self.byte_offset(edit.end)?));
        let splice = |edit: &Edit| {
            let (start, end) = place(edit).ok_or(Overlap::Outside(edit.start, edit.end))?;
            Ok(Splice::new(start, end, self.encode(&edit.text)))
        };
        edits.iter().map(splice).collect()
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<usize>) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut damaged = None;
    for unit in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        if unit.is_err() {
            damaged = damaged.or(Some(text.len()));
        }
        text.push(unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !odd.is_empty() {
        damaged = damaged.or(Some(text.len()));
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, damaged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::disk::notebook::Discover;
    use crate::disk::notebook::discover;
    use crate::edit::apply;

    #[track_caller]
    fn case(bytes: &[u8], text: &str, encoding: Encoding, damaged: Option<usize>) {
        let read = Text::decode(bytes.to_vec());
        assert_eq!((read.text.as_str(), read.encoding, read.damaged), (text, encoding, damaged));
        assert_eq!(read.bytes(), bytes);
    }

    #[test]
    fn encodings() {
        case(b"", "", Encoding::Utf8, None);
        case("ü\r\n".as_bytes(), "ü\r\n", Encoding::Utf8, None);
        case(b"\xef\xbb\xbfa", "a", Encoding::Utf8Bom, None);
        case(b"\xff\xfea\0\x3d\xd8\x00\xde", "a😀", Encoding::Utf16Le, None);
        case(b"\xfe\xff\0a\xd8\x3d\xde\x00", "a😀", Encoding::Utf16Be, None);
        case(b"a\xffb\xe2\x82c", "a\u{fffd}b\u{fffd}c", Encoding::Utf8, Some(1));
        case(b"\xef\xbb\xbfa\xff", "a\u{fffd}", Encoding::Utf8Bom, Some(1));
        case(b"\xff\xfe\x00\xd8a\0", "\u{fffd}a", Encoding::Utf16Le, Some(0));
        case(b"\xfe\xff\0a\0", "a\u{fffd}", Encoding::Utf16Be, Some(1));
    }

    #[test]
    fn places_in_the_file() {
        let read = Text::decode(b"a\xffb\xe2\x82c".to_vec());
        let places: Vec<_> = (0..=read.text.len() + 1).map(|at| read.byte_offset(at)).collect();
        let expected = [Some(0), Some(1), None, None, Some(2), Some(3), None, None, Some(5), Some(6), None];
        assert_eq!(places, expected);
        let read = Text::decode(b"\xff\xfea\0\x3d\xd8\x00\xdeb\0!".to_vec());
        let places: Vec<_> = [0, 1, 5, 6, 9].map(|at| read.byte_offset(at)).into();
        assert_eq!(places, [Some(2), Some(4), Some(8), Some(10), Some(11)]);
    }

    /// Ticks the box in `text` and gives the file's bytes.
    fn ticked(bytes: &[u8]) -> Vec<u8> {
        let read = Text::decode(bytes.to_vec());
        let at = read.text.find("[ ]").unwrap() + 1;
        let edit = Edit { start: at, end: at + 1, text: "x".to_owned() };
        apply(bytes, &read.splices(&[edit]).unwrap()).unwrap()
    }

    #[test]
    fn a_tick_changes_one_character_in_every_encoding() {
        assert_eq!(ticked(b"\xef\xbb\xbf\xff- [ ] \xfe"), b"\xef\xbb\xbf\xff- [x] \xfe");
        assert_eq!(ticked(b"\xff\xfe[\0 \0]\0"), b"\xff\xfe[\0x\0]\0");
        assert_eq!(ticked(b"\xfe\xff\0[\0 \0]!"), b"\xfe\xff\0[\0x\0]!");
    }

    #[test]
    fn what_is_no_note_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let notebook = discover(&Discover { notebook: Some(dir.path().to_owned()), ..Discover::default() }).unwrap();
        let why = |name: &str| read(&notebook, &NotePath::from(name)).unwrap_err().to_string();
        let create = |name: &str, bytes: &[u8]| {
            crate::disk::replace::create(&dir.path().join(name), bytes, ".t".as_ref()).unwrap();
        };
        create("nul.md", b"a\0b");
        create("utf32.md", b"\xff\xfe\0\0a\0\0\0");
        let big = File::create(dir.path().join("big.md")).unwrap();
        big.set_len(MAX_NOTE + 1).unwrap();
        fs::create_dir(dir.path().join("folder.md")).unwrap();
        drop(std::os::unix::net::UnixListener::bind(dir.path().join("socket.md")).unwrap());
        assert_eq!(why("nul.md"), "nul.md: binary, not text");
        assert_eq!(why("utf32.md"), "utf32.md: binary, not text");
        assert_eq!(why("big.md"), "big.md: 9 MiB, over the limit of 8");
        assert_eq!(why("folder.md"), "folder.md: a folder, not a regular file");
        assert_eq!(why("socket.md"), "socket.md: a socket, not a regular file");
        assert_eq!(why("../a.md"), "../a.md: its path leads out of the notes folder");
        assert_eq!(why("none.md"), "none.md: No such file or directory (os error 2)");
        create("fine.md", b"a");
        assert_eq!(read(&notebook, &NotePath::from("fine.md")).unwrap().text, "a");
    }

    fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
        let marks = prop::sample::select(vec![&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]);
        let pieces = prop::collection::vec(
            prop_oneof![
                any::<u8>().prop_map(|byte| vec![byte]),
                any::<char>().prop_map(|c| c.to_string().into_bytes()),
                any::<char>().prop_map(|c| c.to_string().encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ],
            0..30,
        );
        (marks, pieces).prop_map(|(mark, pieces)| [mark, pieces.concat().as_slice()].concat())
    }

    proptest! {
        #[test]
        fn places_agree_with_decoding(bytes in any_bytes()) {
            let read = Text::decode(bytes.clone());
            prop_assert_eq!(read.bytes(), &bytes);
            prop_assert_eq!(read.byte_offset(read.text.len()), Some(bytes.len()));
            let mark = &bytes[..read.byte_offset(0).unwrap()];
            let mut last = mark.len();
            for at in 0..=read.text.len() {
                let place = read.byte_offset(at);
                prop_assert_eq!(place.is_some(), read.text.is_char_boundary(at));
                let Some(place) = place else { continue };
                prop_assert!(last <= place);
                last = place;
                // What is before a place is what its bytes decode to.
                let before = Text::decode(bytes[..place].to_vec());
                prop_assert_eq!(Some(before.text.as_str()), read.text.get(..at));
            }
        }

        #[test]
        fn an_edit_of_the_text_is_an_edit_of_the_file(bytes in any_bytes(), at in any::<prop::sample::Index>(), new in "\\PC{0,4}") {
            let read = Text::decode(bytes.clone());
            let borders: Vec<usize> = (0..=read.text.len()).filter(|&at| read.text.is_char_boundary(at)).collect();
            let at = *at.get(&borders);
            // Beside bytes that are not text, an insertion may complete or cut a sequence: look at sound files only.
            prop_assume!(read.damaged.is_none());
            let edit = Edit { start: at, end: at, text: new.clone() };
            let after = apply(&bytes, &read.splices(&[edit]).unwrap()).unwrap();
            let mut expected = read.text.clone();
            expected.insert_str(at, &new);
            // Without a mark, text that begins with one would be taken for it.
            prop_assume!(!(read.encoding == Encoding::Utf8 && expected.starts_with('\u{feff}')));
            prop_assert_eq!(Text::decode(after).text, expected);
        }
    }
}
