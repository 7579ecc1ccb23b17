//! Links follow what moved: the notebook is made as it would be, compared with what it is, mended and compared again until
//! every link leads where it led.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::disk;
use crate::disk::FileChange;
use crate::edit;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::parse;
use crate::report::graph::Graph;
use crate::report::moves::Moves;
use crate::report::moving;
use crate::report::moving::After;
use crate::report::moving::Fault;
use crate::report::moving::Moving;
use crate::report::moving::Repair;
use crate::report::resolve::NoteRef;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::session::plan::NoteLine;
use crate::session::plan::Step;
use crate::session::surroundings::Surroundings;

/// How often the notebook is mended: a link in a heading changes the heading, and links to it change after that.
const ROUNDS: usize = 6;

/// What makes all links lead where they led.
pub(super) struct Settled {
    /// The notes that change or move.
    pub(super) files: Vec<FileChange>,
    /// What happens to links.
    pub(super) steps: Vec<Step>,
}

/// A note that changes or moves.
struct Draft {
    text: disk::Text,
    /// On the text, by their places.
    edits: BTreeMap<(usize, usize), String>,
    /// Those that are no links.
    own: usize,
    /// The note as it would be.
    note: Note,
}

impl Draft {
    fn edits(&self) -> Vec<Edit> {
        self.edits.iter().map(|(&(start, end), text)| Edit { start, end, text: text.clone() }).collect()
    }
}

/// The notebook as it would be.
struct Simulation<'a> {
    session: &'a Session,
    notes: &'a Notes,
    options: parse::Options,
    /// Of each note, its path afterwards.
    paths: Vec<NotePath>,
    drafts: BTreeMap<usize, Draft>,
}

impl Session {
    /// Makes all links follow `moves` and `edits` (of notes, by their index).
    pub(super) fn settle(
        &self,
        notes: &Notes,
        around: &Surroundings<'_>,
        moves: &Moves,
        edits: Vec<(usize, Vec<Edit>)>,
    ) -> Result<Settled, Error> {
        let before = Graph::new(notes.refs(), around.attachments());
        let mut attachments: Vec<NotePath> = around.attachments().iter().map(|path| moves.to(path).clone()).collect();
        attachments.sort();
        let paths: Vec<NotePath> = notes.records().iter().map(|record| moves.to(&record.path).clone()).collect();
        let mut simulation =
            Simulation { session: self, notes, options: self.parse_options(), paths, drafts: BTreeMap::new() };
        for (old, _) in moves.files() {
            if let Some(note) = notes.position(old) {
                simulation.draft(note)?;
            }
        }
        for (note, edits) in edits {
            let draft = simulation.draft(note)?;
            draft.own = edits.len();
            draft.edits.extend(edits.into_iter().map(|edit| ((edit.start, edit.end), edit.text)));
        }
        simulation.parse_again()?;
        let moving = Moving::new(&before, around, moves);
        let mut captured = Vec::new();
        for round in 0..=ROUNDS {
            let faults = simulation.faults(&moving, &attachments);
            let (caught, faults): (Vec<Fault>, Vec<Fault>) =
                faults.into_iter().partition(|fault| matches!(fault.repair, Repair::Captured(_)));
            captured = caught;
            let Some(first) = faults.first() else { break };
            if round == ROUNDS {
                return Err(simulation.stuck(first));
            }
            for fault in &faults {
                simulation.mend(fault)?;
            }
            simulation.parse_again()?;
        }
        Ok(simulation.settled(&captured))
    }
}

impl Simulation<'_> {
    /// The text of a note, to be changed.
    fn draft(&mut self, note: usize) -> Result<&mut Draft, Error> {
        let record = self.notes.records().get(note).ok_or_else(|| Error::Edit("no such note".to_owned()))?;
        match self.drafts.entry(note) {
            std::collections::btree_map::Entry::Occupied(there) => Ok(there.into_mut()),
            std::collections::btree_map::Entry::Vacant(free) => {
                let text = self.session.text(&record.path)?;
                if text.hash != record.hash {
                    return Err(Error::Changed { path: record.path.clone(), line: None });
                }
                let note = record.parsed.note.clone();
                Ok(free.insert(Draft { text, edits: BTreeMap::new(), own: 0, note }))
            }
        }
    }

    /// Reads every changed note as it would be, at its new place.
    fn parse_again(&mut self) -> Result<(), Error> {
        for (&index, draft) in &mut self.drafts {
            let (Some(path), Some(record)) = (self.paths.get(index), self.notes.records().get(index)) else { continue };
            let text = edit::apply_text(&draft.text.text, &draft.edits()).map_err(Error::edit)?;
            draft.note = parse::parse(path, &text, &self.options).note;
            let kinds = |note: &Note| moving::links(note).map(|link| link.kind).collect::<Vec<_>>();
            let (was, is) = (kinds(&record.parsed.note), kinds(&draft.note));
            if was != is {
                let at = was.iter().zip(&is).position(|(was, is)| was != is).unwrap_or(was.len().min(is.len()));
                return Err(stuck(&record.path, &record.parsed.note, at));
            }
        }
        Ok(())
    }

    fn faults(&self, moving: &Moving<'_>, attachments: &[NotePath]) -> Vec<Fault> {
        let mut order: Vec<usize> = (0..self.paths.len()).collect();
        order.sort_by_key(|&note| self.paths.get(note));
        let mut now = vec![0; order.len()];
        for (place, &note) in order.iter().enumerate() {
            if let Some(known) = now.get_mut(note) {
                *known = place;
            }
        }
        let note = |&index: &usize| -> Option<NoteRef<'_>> {
            let record = self.notes.records().get(index)?;
            let draft = self.drafts.get(&index).map(|draft| &draft.note);
            Some((self.paths.get(index)?, draft.unwrap_or(&record.parsed.note)))
        };
        let notes: Arc<[NoteRef<'_>]> = order.iter().filter_map(note).collect();
        moving.faults(&After { graph: &Graph::new(notes, attachments), now: &now })
    }

    fn mend(&mut self, fault: &Fault) -> Result<(), Error> {
        let notes = self.notes;
        let link =
            notes.records().get(fault.note).and_then(|record| moving::links(&record.parsed.note).nth(fault.link));
        let Some(link) = link else { return Err(self.stuck(fault)) };
        let draft = self.draft(fault.note)?;
        let edit = match &fault.repair {
            Repair::Path(path) => edit::link::with_path(&draft.text.text, link, path),
            Repair::Place(place) => edit::link::with_place(&draft.text.text, link, place),
            Repair::Captured(_) | Repair::Nothing => None,
        };
        let Some(edit) = edit else { return Err(self.stuck(fault)) };
        draft.edits.insert((edit.start, edit.end), edit.text);
        Ok(())
    }

    fn stuck(&self, fault: &Fault) -> Error {
        match self.notes.records().get(fault.note) {
            Some(record) => stuck(&record.path, &record.parsed.note, fault.link),
            None => Error::Edit("a link cannot be changed".to_owned()),
        }
    }

    fn settled(self, captured: &[Fault]) -> Settled {
        let mut steps = Vec::new();
        for fault in captured {
            let record = self.notes.records().get(fault.note);
            let link = record.and_then(|record| moving::links(&record.parsed.note).nth(fault.link));
            if let (Some(record), Some(link), Repair::Captured(by)) = (record, link, &fault.repair) {
                let at = NoteLine { path: record.path.clone(), line: link.line };
                steps.push(Step::Captured { at, link: link.target.clone(), by: by.clone() });
            }
        }
        let mut files = Vec::new();
        for (index, draft) in self.drafts {
            let (Some(record), Some(to)) = (self.notes.records().get(index), self.paths.get(index)) else { continue };
            let edits = draft.edits();
            let links = edits.len() - draft.own;
            if links > 0 {
                steps.push(Step::LinksFollow { path: record.path.clone(), links });
            }
            files.push(if record.path == *to {
                FileChange::edit(record.path.clone(), draft.text, edits)
            } else {
                FileChange::moved(record.path.clone(), to.clone(), draft.text, edits)
            });
        }
        Settled { files, steps }
    }
}

fn stuck(path: &NotePath, note: &Note, link: usize) -> Error {
    let link = moving::links(note).nth(link);
    let (line, link) = link.map_or((1, String::new()), |link| (link.line, link.target.clone()));
    Error::LinkStuck { path: path.clone(), line, link }
}
