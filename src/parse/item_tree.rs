//! The children of a list item, and the last item nested under it. Called by [`crate::parse::questions`].

use crate::parse::items::Item;

/// The items of a note as a tree; all values are indices into the items.
pub(crate) struct ItemTree {
    first_child: Vec<Option<usize>>,
    next_sibling: Vec<Option<usize>>,
    last_below: Vec<usize>,
}

impl ItemTree {
    pub(crate) fn new(items: &[Item]) -> Self {
        let mut first_child = vec![None; items.len()];
        let mut next_sibling = vec![None; items.len()];
        let mut last_below: Vec<usize> = (0..items.len()).collect();
        for (index, item) in items.iter().enumerate().rev() {
            let Some(parent) = item.parent else { continue };
            let own = last_below.get(index).copied().unwrap_or(index);
            if let Some(last) = last_below.get_mut(parent) {
                *last = own.max(*last);
            }
            // from the end, so that the first child found so far comes next
            if let Some(first) = first_child.get_mut(parent)
                && let Some(next) = next_sibling.get_mut(index)
            {
                *next = first.replace(index);
            }
        }
        Self { first_child, next_sibling, last_below }
    }

    /// The items directly below one, in the order of the text.
    pub(crate) fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        let first = self.first_child.get(index).copied().flatten();
        std::iter::successors(first, |child| self.next_sibling.get(*child).copied().flatten())
    }

    /// The last item nested under one, or itself: nested items follow it without a gap.
    pub(crate) fn last_below(&self, index: usize) -> usize {
        self.last_below.get(index).copied().unwrap_or(index)
    }
}
