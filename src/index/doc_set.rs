//! A set of documents of one segment.

use fixedbitset::FixedBitSet;
use tantivy::DocId;

/// Document numbers below a bound, one bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocSet(FixedBitSet);

impl DocSet {
    /// An empty set for document numbers below `bound`.
    pub(crate) fn none(bound: DocId) -> Self {
        Self(FixedBitSet::with_capacity(bound as usize))
    }

    /// All documents below `bound`.
    pub(crate) fn all(bound: DocId) -> Self {
        let mut all = Self::none(bound);
        all.0.insert_range(..);
        all
    }

    /// Adds a document; one beyond the bound is ignored.
    pub(crate) fn insert(&mut self, doc: DocId) {
        if (doc as usize) < self.0.len() {
            self.0.insert(doc as usize);
        }
    }

    pub(crate) fn remove(&mut self, doc: DocId) {
        if (doc as usize) < self.0.len() {
            self.0.remove(doc as usize);
        }
    }

    pub(crate) fn contains(&self, doc: DocId) -> bool {
        self.0.contains(doc as usize)
    }

    pub(crate) fn len(&self) -> u64 {
        self.0.count_ones(..) as u64
    }

    /// Intersects with another set.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.0.intersect_with(&other.0);
    }

    /// Adds another set.
    pub(crate) fn add(&mut self, other: &Self) {
        self.0.union_with(&other.0);
    }

    /// Removes another set.
    pub(crate) fn subtract(&mut self, other: &Self) {
        self.0.difference_with(&other.0);
    }

    /// In ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        self.0.ones().map(|doc| doc as DocId)
    }
}
