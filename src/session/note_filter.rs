//! Which notes: by a query, and by a walk along links.

use std::collections::BTreeSet;

use crate::query::Query;
use crate::report::graph::Direction;
use crate::report::graph::Graph;
use crate::report::notes::Notes;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::find::note_index;

/// Selects notes. All conditions must hold; an empty list is not a condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NoteFilter {
    /// What the notes say.
    pub query: Query,
    /// Links to one of these notes.
    pub link_to: Vec<NoteName>,
    /// One of these notes links to it.
    pub linked_by: Vec<NoteName>,
    /// Links to none of these notes.
    pub no_link_to: Vec<NoteName>,
    /// None of these notes links to it.
    pub no_linked_by: Vec<NoteName>,
    /// How far the links of the four conditions above are followed.
    pub steps: Steps,
    /// Has a neighbour in common with one of these notes, and no link to or from it.
    pub related: Vec<NoteName>,
    /// Another note links to it, and it does not link back.
    pub missing_backlink: bool,
}

/// How far links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Steps {
    /// One link.
    #[default]
    One,
    /// So many links at most.
    AtMost(usize),
    /// Any number of links.
    Any,
}

impl Session {
    /// The notes that a filter selects, as ascending indices.
    pub(super) fn filtered(&self, notes: &Notes, filter: &NoteFilter) -> Result<Vec<usize>, Error> {
        let linked = linked(notes, filter)?;
        let matcher = self.matcher(notes);
        let records = notes.records().iter().enumerate();
        let is_linked = |index: &usize| linked.as_ref().is_none_or(|linked| linked.contains(index));
        let chosen = records.filter(|(index, record)| is_linked(index) && matcher.note(&filter.query, record));
        Ok(chosen.map(|(index, _)| index).collect())
    }
}

/// The notes that match the conditions about links, as indices; `None` if there are no such conditions.
fn linked(notes: &Notes, filter: &NoteFilter) -> Result<Option<BTreeSet<usize>>, Error> {
    let walks = [
        (&filter.link_to, Direction::In, true),
        (&filter.linked_by, Direction::Out, true),
        (&filter.no_link_to, Direction::In, false),
        (&filter.no_linked_by, Direction::Out, false),
    ];
    if walks.iter().all(|(names, ..)| names.is_empty()) && filter.related.is_empty() && !filter.missing_backlink {
        return Ok(None);
    }
    let graph = Graph::new(notes.refs(), &[]);
    let mut left: BTreeSet<usize> = (0..notes.records().len()).collect();
    let steps = match filter.steps {
        Steps::One => Some(1),
        Steps::AtMost(steps) => Some(steps),
        Steps::Any => None,
    };
    for (names, direction, wanted) in walks.into_iter().filter(|(names, ..)| !names.is_empty()) {
        let reached = graph.within(&positions(notes, names)?, direction, steps);
        left.retain(|index| reached.contains(index) == wanted);
    }
    if !filter.related.is_empty() {
        let from = positions(notes, &filter.related)?;
        let related: BTreeSet<usize> = from.into_iter().flat_map(|index| graph.related(index)).collect();
        left.retain(|index| related.contains(index));
    }
    if filter.missing_backlink {
        left.retain(|&index| {
            let out = graph.neighbours(index, Direction::Out);
            graph.neighbours(index, Direction::In).iter().any(|from| !out.contains(from))
        });
    }
    Ok(Some(left))
}

fn positions(notes: &Notes, names: &[NoteName]) -> Result<Vec<usize>, Error> {
    names.iter().map(|name| note_index(notes, name)).collect()
}
