//! The links of a note, the links to it, and the graph of them all.

use crate::index::Select;
use crate::query::Query;
use crate::report::backlinks::BacklinkReport;
use crate::report::graph::Graph;
use crate::report::graph_report::GraphReport;
use crate::report::links::LinkReport;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::find::note_index;

impl Session {
    /// The links of a note, with what each leads to.
    ///
    /// # Errors
    ///
    /// As [`Session::find_note`]; [`Error::Walk`] when the files around the notes cannot be listed.
    pub fn links(&self, name: &NoteName) -> Result<LinkReport, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let note = note_index(&notes, name)?;
        let around = self.surroundings(&notes)?;
        let graph = Graph::new(notes.refs(), around.attachments());
        let path = graph.notes.get(note).map(|(path, _)| *path);
        let text = path.and_then(|path| around.source(path)).map(|source| source.text).unwrap_or_default();
        Ok(LinkReport::new(&graph, note, &text, &around))
    }

    /// The links of other notes to a note; with `mentions`, also where they say its names without a link.
    ///
    /// # Errors
    ///
    /// As [`Session::links`].
    pub fn backlinks(&self, name: &NoteName, mentions: bool) -> Result<BacklinkReport, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let note = note_index(&notes, name)?;
        let around = self.surroundings(&notes)?;
        let graph = Graph::new(notes.refs(), around.attachments());
        let text = |path: &_| around.source(path).map(|source| source.text);
        Ok(BacklinkReport::new(&graph, note, mentions, &text))
    }

    /// The notes that a query selects, and the links between them.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::Walk`] when the files around the notes cannot be listed.
    pub fn graph(&self, query: &Query) -> Result<GraphReport, Error> {
        let notes = self.notes(Select::Heads, query)?;
        let around = self.surroundings(&notes)?;
        let graph = Graph::new(notes.refs(), around.attachments());
        let matcher = self.matcher(&notes);
        let chosen: Vec<bool> = notes.records().iter().map(|record| matcher.note(query, record)).collect();
        Ok(GraphReport::new(&graph, &chosen))
    }
}
