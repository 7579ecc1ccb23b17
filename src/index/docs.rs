//! A set of documents of one segment, one bit each.

use tantivy::DocId;

/// Document numbers below a bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Docs {
    words: Vec<u64>,
}

impl Docs {
    /// No document; room for numbers below `bound`.
    pub(crate) fn none(bound: DocId) -> Self {
        Self { words: vec![0; (bound as usize).div_ceil(64)] }
    }

    /// All documents below `bound`.
    pub(crate) fn all(bound: DocId) -> Self {
        let mut words = vec![u64::MAX; (bound as usize).div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !bound.is_multiple_of(64)
        {
            *last = (1 << (bound % 64)) - 1;
        }
        Self { words }
    }

    pub(crate) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    pub(crate) fn remove(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    pub(crate) fn contains(&self, doc: DocId) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub(crate) fn len(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub(crate) fn keep(&mut self, other: &Self) {
        self.zip(other, |a, b| a & b);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.zip(other, |a, b| a | b);
    }

    pub(crate) fn subtract(&mut self, other: &Self) {
        self.zip(other, |a, b| a & !b);
    }

    /// Both sets are of one segment, so both are equally long.
    fn zip(&mut self, other: &Self, join: impl Fn(u64, u64) -> u64) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a = join(*a, *b);
        }
    }

    /// In ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        (0..).zip(&self.words).flat_map(|(at, &word): (DocId, &u64)| {
            let some = |rest: u64| Some(rest).filter(|&rest| rest != 0);
            std::iter::successors(some(word), move |rest| some(rest & (rest - 1)))
                .map(move |rest| at * 64 + rest.trailing_zeros())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_at_the_borders() {
        for bound in [0, 1, 63, 64, 65, 128, 130] {
            let all = Docs::all(bound);
            assert_eq!(all.iter().collect::<Vec<_>>(), (0..bound).collect::<Vec<_>>());
            assert_eq!(all.len(), u64::from(bound));
            let mut none = Docs::none(bound);
            assert_eq!(none.iter().next(), None);
            for doc in 0..bound {
                none.insert(doc);
            }
            assert_eq!(none, all);
        }
    }

    #[test]
    fn sets() {
        let of = |docs: &[DocId]| {
            let mut set = Docs::none(100);
            docs.iter().for_each(|&doc| set.insert(doc));
            set
        };
        let mut both = of(&[1, 64, 99]);
        both.keep(&of(&[64, 99]));
        assert_eq!(both, of(&[64, 99]));
        both.add(&of(&[3]));
        both.subtract(&of(&[99]));
        assert_eq!(both, of(&[3, 64]));
        assert!(both.contains(3) && !both.contains(99) && !both.contains(1000));
        both.remove(3);
        assert_eq!(both, of(&[64]));
    }
}
