//! The numbers by which sections are ranked, for a search that runs elsewhere.

use serde::Serialize;

use crate::index::rank::ALIAS;
use crate::index::rank::B;
use crate::index::rank::BEGINNING;
use crate::index::rank::EVERY_WORD;
use crate::index::rank::EXACT;
use crate::index::rank::K1;
use crate::index::rank::PLACES;

/// What words are worth, and where.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Numbers {
    /// BM25's.
    pub k1: f64,
    /// BM25's.
    pub b: f64,
    /// What words are worth in a title, in headings, in a name, in other names; 1 in all of the text.
    pub places: [f64; 4],
    /// What a heading, a title, a name is worth that is the query.
    pub exact: [f64; 3],
    /// The same of another name.
    pub alias: f64,
    /// What a section is worth that has every word.
    pub every: f64,
    /// What the beginning of a word is worth.
    pub beginning: f64,
}

/// Those of this index.
pub const NUMBERS: Numbers = Numbers {
    k1: K1,
    b: B,
    places: [PLACES[1].1, PLACES[2].1, PLACES[3].1, PLACES[4].1],
    exact: [EXACT[0].1, EXACT[1].1, EXACT[2].1],
    alias: ALIAS,
    every: EVERY_WORD,
    beginning: BEGINNING,
};
