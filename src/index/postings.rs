//! Occurrences of words in a segment: lists of documents with counts, phrases, and words close to each other.

use tantivy::DocId;
use tantivy::DocSet as _;
use tantivy::TERMINATED;
use tantivy::Term;
use tantivy::postings::Postings as _;
use tantivy::postings::SegmentPostings;
use tantivy::schema::Field;
use tantivy::schema::IndexRecordOption;

use crate::index::error::Error;
use crate::index::snapshot::Segment;

/// Terms that count as the same word.
pub(crate) type Slot = Vec<String>;

/// Live documents in ascending order, each with a number of occurrences.
pub(crate) type Counts = Vec<(DocId, u32)>;

/// The occurrences of any term of a slot.
pub(crate) fn slot(segment: &Segment, field: Field, slot: &Slot) -> Result<Counts, Error> {
    let mut counts = Counts::new();
    for mut postings in open(segment, field, slot, IndexRecordOption::WithFreqs)? {
        while postings.doc() != TERMINATED {
            if segment.whole || segment.live.contains(postings.doc()) {
                counts.push((postings.doc(), postings.term_freq()));
            }
            postings.advance();
        }
    }
    if slot.len() > 1 {
        counts.sort_unstable();
        counts.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
    }
    Ok(counts)
}

/// The occurrences of the words of a phrase, one after the other.
pub(crate) fn phrase(segment: &Segment, field: Field, slots: &[Slot]) -> Result<Counts, Error> {
    match slots {
        [] => return Ok(Counts::new()),
        [one] => return slot(segment, field, one),
        _ => {}
    }
    let docs = common(segment, field, slots)?;
    let places = slots.iter().map(|slot| positions(segment, field, slot, &docs)).collect::<Result<Vec<_>, _>>()?;
    let count = |at: usize| {
        let of = |nth: usize| places.get(nth).and_then(|places| places.get(at)).map_or(&[][..], Vec::as_slice);
        let begins = |&&first: &&u32| {
            (0..slots.len()).zip(first..).skip(1).all(|(nth, place)| of(nth).binary_search(&place).is_ok())
        };
        u32::try_from(of(0).iter().filter(begins).count()).unwrap_or(u32::MAX)
    };
    let counted = docs.iter().enumerate().map(|(at, &doc)| (doc, count(at)));
    Ok(counted.filter(|&(_, count)| count > 0).collect())
}

/// The occurrences of two words that are at most `slop` positions away from being neighbours in this order.
pub(crate) fn near(
    segment: &Segment,
    field: Field,
    left: &Slot,
    right: &Slot,
    slop: u32,
    docs: &[DocId],
) -> Result<Counts, Error> {
    let left = positions(segment, field, left, docs)?;
    let right = positions(segment, field, right, docs)?;
    let counted = docs.iter().zip(left.iter().zip(&right)).map(|(&doc, (left, right))| (doc, meet(left, right, slop)));
    Ok(counted.filter(|&(_, count)| count > 0).collect())
}

/// Counts adjacent pairs of a left and a right word, using each occurrence once.
fn meet(left: &[u32], right: &[u32], slop: u32) -> u32 {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut count = 0;
    while let (Some(&&a), Some(&&b)) = (left.peek(), right.peek()) {
        let next = a + 1;
        if next.abs_diff(b) <= slop {
            count += 1;
            // Use up the nearest left word before this right one.
            while left.next_if(|&&other| other < b).is_some() {}
            left.next_if(|&&other| other == a);
            right.next();
        } else if next < b {
            left.next();
        } else {
            right.next();
        }
    }
    count
}

/// The documents in both lists.
pub(crate) fn both(left: &Counts, right: &Counts) -> Vec<DocId> {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let found = |&&(doc, _): &&(DocId, u32)| long.binary_search_by_key(&doc, |&(doc, _)| doc).is_ok();
    short.iter().filter(found).map(|&(doc, _)| doc).collect()
}

/// The live documents in which every slot has a term.
fn common(segment: &Segment, field: Field, slots: &[Slot]) -> Result<Vec<DocId>, Error> {
    let mut docs: Option<Counts> = None;
    for words in slots {
        let found = slot(segment, field, words)?;
        docs = Some(match docs {
            None => found,
            Some(docs) => both(&docs, &found).into_iter().map(|doc| (doc, 1)).collect(),
        });
        if docs.as_ref().is_some_and(Vec::is_empty) {
            break;
        }
    }
    Ok(docs.unwrap_or_default().into_iter().map(|(doc, _)| doc).collect())
}

/// The positions of a slot's terms in each of some documents, which must be ascending.
fn positions(segment: &Segment, field: Field, slot: &Slot, docs: &[DocId]) -> Result<Vec<Vec<u32>>, Error> {
    let mut places = vec![Vec::new(); docs.len()];
    for mut postings in open(segment, field, slot, IndexRecordOption::WithFreqsAndPositions)? {
        for (&doc, places) in docs.iter().zip(&mut places) {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, places);
            }
        }
    }
    if slot.len() > 1 {
        places.iter_mut().for_each(|places| places.sort_unstable());
    }
    Ok(places)
}

fn open(
    segment: &Segment,
    field: Field,
    slot: &Slot,
    option: IndexRecordOption,
) -> Result<Vec<SegmentPostings>, Error> {
    let index = segment.reader.inverted_index(field)?;
    let mut all = Vec::with_capacity(slot.len());
    for term in slot {
        all.extend(index.read_postings(&Term::from_field_text(field, term), option)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(left: &[u32], right: &[u32], slop: u32, expected: u32) {
        assert_eq!(meet(left, right, slop), expected);
    }

    #[test]
    fn neighbours_meet() {
        case(&[1, 5], &[2, 6], 0, 2);
        case(&[1], &[5], 3, 1);
        case(&[1], &[6], 3, 0);
        case(&[3], &[1], 3, 1);
        case(&[1, 2, 3], &[4], 3, 1);
        case(&[], &[4], 3, 0);
        case(&[1], &[2, 3], 3, 1);
    }
}
