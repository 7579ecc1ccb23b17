//! The parameters of the ranking, for a search that runs elsewhere.

use serde::Serialize;

use crate::index::rank::ALIAS;
use crate::index::rank::B;
use crate::index::rank::BEGINNING;
use crate::index::rank::EVERY_WORD;
use crate::index::rank::EXACT;
use crate::index::rank::K1;
use crate::index::rank::PLACES;

/// The parameters of the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Numbers {
    /// BM25's k1.
    pub k1: f64,
    /// BM25's b.
    pub b: f64,
    /// The weight of words in a title, in headings, in a file name, in aliases; it is 1 in the whole text.
    pub places: [f64; 4],
    /// The bonus of a heading, a title, a file name that equals the query.
    pub exact: [f64; 3],
    /// The same for an alias.
    pub alias: f64,
    /// The bonus of a section with every word.
    pub every: f64,
    /// The weight of the beginning of a word.
    pub beginning: f64,
}

/// The parameters of this index.
pub const NUMBERS: Numbers = Numbers {
    k1: K1,
    b: B,
    places: [PLACES[1].1, PLACES[2].1, PLACES[3].1, PLACES[4].1],
    exact: [EXACT[0].1, EXACT[1].1, EXACT[2].1],
    alias: ALIAS,
    every: EVERY_WORD,
    beginning: BEGINNING,
};
