//! Replaces bytes by bytes: several places of a file at once, in any order; and how to reverse that.
//!
//! Called by every command that edits and by the undo log. Knows nothing of encodings: see `disk::read` for those.

use thiserror::Error;

use crate::model::Edit;

/// A replacement of the bytes `start..end` by `bytes`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// First byte replaced.
    pub start: usize,
    /// One past the last byte replaced; equal to `start` for an insertion.
    pub end: usize,
    /// The new bytes.
    pub bytes: Vec<u8>,
}

impl Splice {
    /// Replaces `start..end` by `bytes`.
    #[must_use]
    pub fn new(start: usize, end: usize, bytes: impl Into<Vec<u8>>) -> Self {
        Self { start, end, bytes: bytes.into() }
    }
}

impl From<&Edit> for Splice {
    fn from(edit: &Edit) -> Self {
        Self::new(edit.start, edit.end, edit.text.as_bytes())
    }
}

/// Why edits cannot be applied together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Overlap {
    /// Two edits change the same byte.
    #[error("two edits change the same place (byte {0})")]
    Twice(usize),
    /// An edit extends past the end, ends before it begins, or splits a character.
    #[error("an edit does not fit the text (bytes {0} to {1})")]
    Outside(usize, usize),
}

/// The splices in the order of the file. Those at the same place keep their order; an insertion comes before a
/// replacement that begins there.
///
/// # Errors
///
/// When two change the same byte, or one does not fit a file of `len` bytes.
fn ordered(len: usize, splices: &[Splice]) -> Result<Vec<&Splice>, Overlap> {
    let mut sorted: Vec<&Splice> = splices.iter().collect();
    sorted.sort_by_key(|splice| (splice.start, splice.end));
    let mut last = 0;
    for splice in &sorted {
        if splice.start > splice.end || splice.end > len {
            return Err(Overlap::Outside(splice.start, splice.end));
        }
        if splice.start < last {
            return Err(Overlap::Twice(splice.start));
        }
        last = splice.end;
    }
    Ok(sorted)
}

/// Applies `splices`, given in any order. Offsets refer to `bytes`, before any of them.
///
/// # Errors
///
/// When two change the same byte, or one does not fit.
pub fn apply(bytes: &[u8], splices: &[Splice]) -> Result<Vec<u8>, Overlap> {
    let mut out = Vec::with_capacity(bytes.len() + splices.iter().map(|splice| splice.bytes.len()).sum::<usize>());
    let mut at = 0;
    for splice in ordered(bytes.len(), splices)? {
        out.extend_from_slice(bytes.get(at..splice.start).unwrap_or_default());
        out.extend_from_slice(&splice.bytes);
        at = splice.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    Ok(out)
}

/// Applies `edits` to a decoded text.
///
/// # Errors
///
/// When two change the same byte, or one does not fit or splits a character.
pub fn apply_text(text: &str, edits: &[Edit]) -> Result<String, Overlap> {
    for edit in edits {
        if text.get(edit.start..edit.end).is_none() {
            return Err(Overlap::Outside(edit.start, edit.end));
        }
    }
    let splices: Vec<Splice> = edits.iter().map(Splice::from).collect();
    let bytes = apply(text.as_bytes(), &splices)?;
    // Cut at character borders only, so it is UTF-8 again.
    String::from_utf8(bytes).map_err(|_| Overlap::Outside(0, text.len()))
}

/// The splices that undo `splices`: applied to the result of [`apply`], they give `bytes` again. In the order of the file.
///
/// # Errors
///
/// As [`apply`].
pub fn inverse(bytes: &[u8], splices: &[Splice]) -> Result<Vec<Splice>, Overlap> {
    let mut back = Vec::with_capacity(splices.len());
    let (mut old_end, mut new_end) = (0, 0);
    for splice in ordered(bytes.len(), splices)? {
        let start = new_end + (splice.start - old_end);
        let old = bytes.get(splice.start..splice.end).unwrap_or_default();
        back.push(Splice::new(start, start + splice.bytes.len(), old));
        (old_end, new_end) = (splice.end, start + splice.bytes.len());
    }
    Ok(back)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(text: &str, splices: &[(usize, usize, &str)], expected: Result<&str, Overlap>) {
        let splices: Vec<Splice> = splices.iter().map(|&(start, end, new)| Splice::new(start, end, new)).collect();
        let result = apply(text.as_bytes(), &splices).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(result, expected.map(str::to_owned));
        if let Ok(new) = result {
            let back = inverse(text.as_bytes(), &splices).unwrap();
            assert_eq!(apply(new.as_bytes(), &back).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn places_of_one_file() {
        case("- [ ] a", &[(3, 4, "x")], Ok("- [x] a"));
        case("abc", &[(2, 3, "C"), (0, 1, "A")], Ok("AbC"));
        case("abc", &[(1, 1, "1"), (1, 1, "2")], Ok("a12bc"));
        case("abc", &[(1, 2, "B"), (1, 1, "-")], Ok("a-Bc"));
        case("abc", &[(0, 1, ""), (1, 2, ""), (2, 3, "")], Ok(""));
        case("abc", &[(0, 2, "x"), (1, 3, "y")], Err(Overlap::Twice(1)));
        case("abc", &[(0, 2, "x"), (1, 1, "y")], Err(Overlap::Twice(1)));
        case("abc", &[(2, 4, "x")], Err(Overlap::Outside(2, 4)));
        case("abc", &[(2, 1, "x")], Err(Overlap::Outside(2, 1)));
    }

    #[test]
    fn a_text_is_cut_between_characters_only() {
        let edit = Edit { start: 0, end: 1, text: "u".to_owned() };
        assert_eq!(apply_text("ü", &[edit]), Err(Overlap::Outside(0, 1)));
        let edit = Edit { start: 0, end: 2, text: "u".to_owned() };
        assert_eq!(apply_text("ü", &[edit]), Ok("u".to_owned()));
    }

    proptest! {
        #[test]
        fn inverse_leads_back(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            places in proptest::collection::vec((0_usize..210, 0_usize..8, proptest::collection::vec(any::<u8>(), 0..6)), 0..8),
        ) {
            let splices: Vec<Splice> =
                places.into_iter().map(|(start, len, new)| Splice::new(start, start + len, new)).collect();
            match apply(&bytes, &splices) {
                Ok(new) => {
                    let back = inverse(&bytes, &splices).unwrap();
                    prop_assert_eq!(apply(&new, &back).unwrap(), bytes.clone());
                    let forth = inverse(&new, &back).unwrap();
                    prop_assert_eq!(apply(&bytes, &forth).unwrap(), new);
                }
                Err(error) => prop_assert_eq!(inverse(&bytes, &splices), Err(error)),
            }
        }
    }
}
