//! What the index stores of a note.

use crate::index::error::Error;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::short_id::StableId;

/// A note's facts, stored with its first section.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    pub(crate) path: NotePath,
    /// True when the first document is the text before the first heading, not the first section.
    pub(crate) lead: bool,
    /// The ids that its tasks keep.
    pub(crate) kept: Vec<StableId>,
    pub(crate) parsed: Parsed,
}

impl Facts {
    pub(crate) fn encode(&self) -> Result<Vec<u8>, Error> {
        Ok(postcard::to_stdvec(&(&self.path, self.lead, &self.kept, &self.parsed))?)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Error> {
        let (path, lead, kept, parsed) = postcard::from_bytes(bytes)?;
        Ok(Self { path, lead, kept, parsed })
    }

    /// Which of the note's sections its `nth` document is; `None` for the text before the first one.
    pub(crate) fn section(&self, nth: usize) -> Option<usize> {
        nth.checked_sub(usize::from(self.lead))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Note;

    #[test]
    fn facts_come_back() {
        let parsed = Parsed { note: Note { title: "Outbox".into(), ..Note::default() }, diagnostics: Vec::new() };
        let facts = Facts { path: NotePath::from("a.md"), lead: true, kept: vec![(3, "bcd".into())], parsed };
        assert_eq!(Facts::decode(&facts.encode().unwrap()).unwrap(), facts);
        assert!(Facts::decode(&[200, 1, 2]).is_err());
    }
}
