//! Another name for what many notes speak of: a tag, a ticket, a person.
//!
//! The frame that they share: who has the old name, whether the new one is in use, the edits of each note, read back before
//! they count, and the links that follow. What is found and how it is written is a [`Naming`].

use crate::edit;
use crate::index::Record;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse;
use crate::query::Query;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Settled;
use crate::session::plan::words::Rework;

/// A name of something and the one that it gets.
pub(super) trait Naming {
    /// True for a note that has the old name.
    fn has_old(&self, note: &Note) -> bool;

    /// True for a note whose text has the old name, although none of its facts has.
    fn is_written(&self, _text: &str, _note: &Note) -> bool {
        false
    }

    /// True for a note that has the new name already.
    fn has_new(&self, note: &Note) -> bool;

    /// The edits that give a note the new name, in order.
    fn edits(&self, text: &str, note: &Note) -> Vec<Edit>;

    /// True if a note has exactly the new name where it had the old one; `was` and `is` are its facts before and afterwards.
    fn is_done(&self, was: &Note, is: &Note) -> bool;

    /// The line of the place that cannot be edited, 1-based.
    fn line(&self, text: &str, note: &Note) -> usize;

    /// What is said of a note that changes.
    fn step(&self, path: NotePath, note: &Note, edits: &[Edit]) -> Step;

    /// No note has the old name.
    fn none(&self) -> String;

    /// The new name is in use in so many notes.
    fn taken(&self, notes: usize) -> Error;

    /// Why one note cannot be edited: a sentence for a person.
    fn refusal(&self) -> String;
}

impl Session {
    /// Plans another name in every note; one that is in use is taken only where `merge` says so.
    pub(super) fn plan_naming(&self, naming: &dyn Naming, select: Select, merge: bool) -> Result<Plan, Error> {
        let notes = self.notes(select, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let having = |has: &dyn Fn(&Note) -> bool| {
            let records = linked.records().iter().enumerate().filter(|(_, record)| has(&record.parsed.note));
            records.collect::<Vec<(usize, &Record)>>()
        };
        let mut found = having(&|note| naming.has_old(note));
        for (index, record) in linked.records().iter().enumerate() {
            if !naming.has_old(&record.parsed.note)
                && !record.path.is_todo_txt()
                && !edit::canvas::is_canvas(&record.path)
                && naming.is_written(&self.unchanged(record)?.text, &record.parsed.note)
            {
                found.push((index, record));
            }
        }
        found.sort_by_key(|(index, _)| *index);
        if found.is_empty() {
            return Err(Error::Edit(naming.none()));
        }
        let there = having(&|note| naming.has_new(note)).len();
        if there > 0 && !merge {
            return Err(naming.taken(there));
        }
        let (mut edits, mut steps) = (Vec::new(), Vec::new());
        for (index, record) in found {
            let found = self.edits_of(naming, record)?;
            steps.push(naming.step(record.path.clone(), &record.parsed.note, &found));
            edits.push((index, found));
        }
        let Settled { files, steps: links } = self.settle(&linked, &around, Rework::edits(edits))?;
        steps.extend(links);
        Ok(Plan { files, steps })
    }

    /// The edits of one note, once it is read back with the new name.
    fn edits_of(&self, naming: &dyn Naming, record: &Record) -> Result<Vec<Edit>, Error> {
        let text = self.unchanged(record)?.text;
        let edits = naming.edits(&text, &record.parsed.note);
        let now = edit::apply_text(&text, &edits).map_err(Error::edit)?;
        let is = parse::parse(&record.path, &now, &self.parse_options()).note;
        if naming.is_done(&record.parsed.note, &is) {
            return Ok(edits);
        }
        let (line, why) = (naming.line(&text, &record.parsed.note), naming.refusal());
        Err(Error::Edit(format!("{}:{line}: {why}; edit it yourself first", record.path)))
    }
}
