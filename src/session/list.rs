//! Lists of notes, and single ones.

use std::sync::Arc;

use crate::index::Select;
use crate::query::Query;
use crate::report::note_list::FactsContext;
use crate::report::note_list::NoteList;
use crate::report::note_list::NoteOrder;
use crate::report::notes::Notes;
use crate::report::outline::Outline;
use crate::session::Error;
use crate::session::NoteFilter;
use crate::session::NoteName;
use crate::session::Session;

/// Which notes to list, and how.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRequest {
    /// Which notes.
    pub filter: NoteFilter,
    /// In which order.
    pub order: NoteOrder,
    /// At most so many.
    pub limit: Option<usize>,
    /// Also what stands in each note.
    pub facts: bool,
}

impl Session {
    /// Lists notes.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::NoNote`] and [`Error::ManyNotes`] where the filter names notes.
    pub fn list(&self, request: &ListRequest) -> Result<NoteList, Error> {
        let select = if request.facts { Select::All } else { Select::Heads };
        let notes = self.notes(select, &request.filter.query)?;
        let mut listed = self.filtered(&notes, &request.filter)?;
        request.order.sort(&notes, &mut listed, self.today());
        let total = listed.len();
        listed.truncate(request.limit.unwrap_or(usize::MAX));
        let list = NoteList { notes, listed, total, facts: None };
        Ok(if request.facts { self.with_facts(list) } else { list })
    }

    /// One note, as a list of one; with `facts`, its contents too.
    ///
    /// # Errors
    ///
    /// As [`Session::find_note`].
    pub fn show(&self, name: &NoteName, facts: bool) -> Result<NoteList, Error> {
        let record = self.note(name)?;
        let list = |notes, listed| NoteList { notes, listed, total: 1, facts: None };
        if !facts {
            return Ok(list(Arc::new(Notes::new(vec![record], &[])), vec![0]));
        }
        // the ids of its tasks are unique among those of all notes
        let notes = self.notes(Select::All, &Query::default())?;
        let listed = notes.position(&record.path).into_iter().collect();
        Ok(self.with_facts(list(notes, listed)))
    }

    /// The headings and label lines of a note; only Markdown's headings with `headings_only`.
    ///
    /// # Errors
    ///
    /// As [`Session::find_note`].
    pub fn outline(&self, name: &NoteName, headings_only: bool) -> Result<Outline, Error> {
        let record = self.note(name)?;
        Ok(Outline::new(&record.path, &record.parsed.note, headings_only))
    }

    fn with_facts(&self, list: NoteList) -> NoteList {
        let trackers = self.notebook.settings.tickets.clone();
        NoteList { facts: Some(FactsContext { today: self.today(), trackers }), ..list }
    }
}
