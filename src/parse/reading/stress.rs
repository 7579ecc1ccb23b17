//! Emphasis and strike-through in the words of an item.

/// `**read** `: words that are emphasized as a whole.
pub(super) fn is_stressed(text: &str) -> bool {
    let text = text.trim().trim_end_matches(':');
    ["**", "__", "*", "_"].iter().any(|mark| {
        text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)).is_some_and(|inner| !inner.is_empty())
    })
}

/// The `~~` of an item, located once however many links it has.
pub(super) struct Strikes {
    /// Where each ends.
    ends: Vec<usize>,
    /// Where the last one begins.
    last: Option<usize>,
}

impl Strikes {
    const MARK: &str = "~~";

    pub(super) fn new(text: &str) -> Self {
        let ends = text.match_indices(Self::MARK).map(|(at, mark)| at + mark.len()).collect();
        Self { ends, last: text.rfind(Self::MARK) }
    }

    /// True for a link in `~~ … ~~`.
    pub(super) fn cover(&self, start: usize, end: usize) -> bool {
        self.ends.partition_point(|&mark| mark <= start) % 2 == 1 && self.last.is_some_and(|last| last >= end)
    }
}
