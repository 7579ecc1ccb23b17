//! Links follow what moved: the notebook is made as it would be, compared with what it is, mended and compared again until
//! every link leads where it led.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::disk;
use crate::disk::FileChange;
use crate::edit;
use crate::edit::Overlap;
use crate::index::Record;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::parse;
use crate::report::graph::Graph;
use crate::report::moving;
use crate::report::moving::After;
use crate::report::moving::Fault;
use crate::report::moving::Moving;
use crate::report::moving::Repair;
use crate::report::resolve::NoteRef;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::session::linked::read;
use crate::session::plan::NoteLine;
use crate::session::plan::Step;
use crate::session::plan::carrying::Carrying;
use crate::session::plan::draft::Draft;
use crate::session::plan::simulation::NO_LINK;
use crate::session::plan::simulation::Simulation;
use crate::session::plan::simulation::stuck;
use crate::session::plan::words::Change;
use crate::session::plan::words::Rework;
use crate::session::surroundings::Surroundings;

const NO_FRONT: &str = "its front matter could not be read any more: put quotes around it first";

/// How often the notebook is mended: a link in a heading changes the heading, and links to it change after that.
const ROUNDS: usize = 6;

/// The files and steps with which all links lead where they led.
pub(super) struct Settled {
    /// The notes that change or move.
    pub(super) files: Vec<FileChange>,
    /// What happens to links.
    pub(super) steps: Vec<Step>,
}

impl Session {
    /// Makes all links follow what is reworked; `notes` are [`Session::all_linked`].
    pub(super) fn settle(&self, notes: &Notes, around: &Surroundings<'_>, rework: Rework) -> Result<Settled, Error> {
        let is_other = |path: &&NotePath| notes.position(path).is_none();
        let attachments: Vec<NotePath> = around.attachments().iter().filter(is_other).cloned().collect();
        let before = Graph::new(notes.refs(), &attachments);
        let (moves, by_alias) = (rework.moves.clone(), rework.by_alias);
        let mut simulation = Simulation::new(self, notes, rework)?;
        let mut attachments: Vec<NotePath> = attachments.iter().map(|path| moves.to(path).clone()).collect();
        attachments.sort();
        let moving = Moving::new(&before, around, &moves).by_alias(by_alias);
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
        simulation.settled(&captured)
    }
}

impl<'a> Simulation<'a> {
    fn new(session: &'a Session, notes: &'a Notes, rework: Rework) -> Result<Self, Error> {
        let Rework { moves, changes, made, merged, .. } = rework;
        let path = |record: &Record| (!moves.removes(&record.path)).then(|| moves.to(&record.path).clone());
        let paths = notes.records().iter().map(path).chain(made.iter().map(|(path, _)| Some(path.clone()))).collect();
        let options = session.parse_options();
        let (drafts, carried) = (BTreeMap::new(), BTreeMap::new());
        let mut simulation = Self { session, notes, options, paths, drafts, carried, made: Vec::new() };
        for (old, _) in moves.files() {
            if let Some(note) = notes.position(old) {
                simulation.draft(note, Vec::new())?;
            }
        }
        let mut touched: BTreeSet<usize> = changes.iter().map(|(note, _)| *note).collect();
        touched.extend(merged.map(|(removed, _)| removed));
        for (note, changes) in changes {
            simulation.draft(note, changes)?;
        }
        for (at, (_, words)) in made.into_iter().enumerate() {
            let change = Change { span: Span::default(), words };
            let draft = Draft::new(disk::Text::decode(Vec::new()), vec![change]).map_err(Error::edit)?;
            simulation.drafts.insert(notes.records().len() + at, draft);
        }
        touched.extend(simulation.drafts.values().flat_map(Draft::sources));
        for (&number, draft) in &mut simulation.drafts {
            let path = simulation.paths.get(number).and_then(Option::as_ref);
            draft.base_note = path.map_or_else(Note::default, |path| read(path, &draft.base, &simulation.options));
            draft.note = draft.base_note.clone();
            let record = notes.records().get(number).filter(|_| !touched.contains(&number));
            if let Some((record, at)) =
                record.and_then(|record| Some((record, other_kind(&record.parsed.note, &draft.base_note)?)))
            {
                return Err(stuck(&record.path, &record.parsed.note, at, NO_LINK));
            }
        }
        (simulation.carried, simulation.made) = Carrying::new(&simulation).all(&touched, merged)?;
        Ok(simulation)
    }

    /// A note's text, as it was when its facts were learnt.
    fn source(&self, note: usize) -> Result<disk::Text, Error> {
        let record = self.notes.records().get(note).ok_or_else(|| Error::Edit("no such note".to_owned()))?;
        self.session.unchanged(record)
    }

    /// The text of a note, to be changed.
    fn draft(&mut self, note: usize, changes: Vec<Change>) -> Result<(), Error> {
        if !self.drafts.contains_key(&note) || !changes.is_empty() {
            let mut draft = Draft::new(self.source(note)?, changes).map_err(Error::edit)?;
            if let Some(record) = self.notes.records().get(note) {
                draft.base_note = record.parsed.note.clone();
                draft.note = record.parsed.note.clone();
            }
            self.drafts.insert(note, draft);
        }
        Ok(())
    }

    /// Reads every changed note as it would be, at its new place.
    fn parse_again(&mut self) -> Result<(), Error> {
        for (&text, draft) in &mut self.drafts {
            let Some(path) = self.paths.get(text).and_then(Option::as_ref) else { continue };
            draft.note = read(path, &draft.now().map_err(Error::edit)?, &self.options);
            if let Some(at) = other_kind(&draft.base_note, &draft.note) {
                return Err(self.stuck_at(text, at, NO_LINK));
            }
            if let Some(at) = breaks_front(path, draft, &self.options).map_err(Error::edit)? {
                return Err(self.stuck_at(text, at, NO_FRONT));
            }
        }
        Ok(())
    }

    fn faults(&self, moving: &Moving<'_>, attachments: &[NotePath]) -> Vec<Fault> {
        let mut order: Vec<usize> = (0..self.paths.len()).filter(|&text| self.path(text).is_some()).collect();
        order.sort_by_key(|&text| self.path(text));
        let mut now = vec![None; self.paths.len()];
        for (place, &text) in order.iter().enumerate() {
            if let Some(known) = now.get_mut(text) {
                *known = Some(place);
            }
        }
        let note = |&text: &usize| -> Option<NoteRef<'_>> { Some((self.path(text)?, self.note(text)?)) };
        let notes: Arc<[NoteRef<'_>]> = order.iter().filter_map(note).collect();
        let graph = Graph::new(notes, attachments);
        moving.faults(&After { graph: &graph, now: &now, carried: &self.carried, made: &self.made })
    }

    fn mend(&mut self, fault: &Fault) -> Result<(), Error> {
        self.draft(fault.text, Vec::new())?;
        let is_canvas = self.path(fault.text).is_some_and(edit::canvas::is_canvas);
        let edit = self.drafts.get(&fault.text).and_then(|draft| {
            let link = moving::links(&draft.base_note).nth(fault.link)?;
            let (text, has_front) = (draft.base.as_str(), link.span.start < draft.base_note.body_start);
            match &fault.repair {
                Repair::Path(path) if is_canvas => edit::canvas::with_path(text, link, path),
                Repair::Place(place) if is_canvas => edit::canvas::with_place(text, link, place),
                Repair::Path(path) => edit::link::with_path(text, link, path, has_front),
                Repair::Place(place) => edit::link::with_place(text, link, place, has_front),
                Repair::Captured(_) | Repair::Nothing(_) => None,
            }
        });
        let Some(edit) = edit else { return Err(self.stuck(fault)) };
        if let Some(draft) = self.drafts.get_mut(&fault.text) {
            draft.edits.insert((edit.start, edit.end), edit.text);
        }
        Ok(())
    }

    fn stuck(&self, fault: &Fault) -> Error {
        let why = match &fault.repair {
            Repair::Nothing(why) => why,
            _ => "what is written there does not say where its path is",
        };
        self.stuck_at(fault.text, fault.link, why)
    }

    fn stuck_at(&self, text: usize, link: usize, why: &'static str) -> Error {
        let known = self.notes.records().get(text).map(|record| &record.path);
        match (known.or_else(|| self.path(text)), self.base(text)) {
            (Some(path), Some(note)) => stuck(path, note, link, why),
            _ => Error::Edit("a link cannot be changed".to_owned()),
        }
    }

    fn settled(self, captured: &[Fault]) -> Result<Settled, Error> {
        let mut steps = Vec::new();
        for fault in captured {
            let record = self.notes.records().get(fault.text);
            let link = self.base(fault.text).and_then(|note| moving::links(note).nth(fault.link));
            if let (Some(path), Some(link), Repair::Captured(by)) =
                (record.map(|record| &record.path).or_else(|| self.path(fault.text)), link, &fault.repair)
            {
                let at = NoteLine { path: path.clone(), line: link.line };
                steps.push(Step::Captured { at, link: link.target.clone(), by: by.clone() });
            }
        }
        let mut files = Vec::new();
        let is_made = |text: usize, at: usize, draft: &Draft| {
            let here = self.made.iter().filter(|made| made.text == text);
            let spans = here.filter_map(|made| Some(moving::links(&draft.base_note).nth(made.link)?.span));
            spans.into_iter().any(|span| span.contains(at))
        };
        for (text, draft) in &self.drafts {
            let links = draft.edits.keys().filter(|(start, _)| !is_made(*text, *start, draft)).count();
            let Some(to) = self.path(*text) else { continue };
            let Some(record) = self.notes.records().get(*text) else {
                if links > 0 {
                    steps.push(Step::LinksFollow { path: to.clone(), links });
                }
                files.push(FileChange::create(to.clone(), draft.now().map_err(Error::edit)?));
                continue;
            };
            if links > 0 {
                steps.push(Step::LinksFollow { path: record.path.clone(), links });
            }
            let (text, edits) = (draft.text.clone(), draft.all_edits().map_err(Error::edit)?);
            files.push(if record.path == *to {
                FileChange::edit(record.path.clone(), text, edits)
            } else {
                FileChange::moved(record.path.clone(), to.clone(), text, edits)
            });
        }
        let is_removed = |(_, path): &(&Record, &Option<NotePath>)| path.is_none();
        for (record, _) in self.notes.records().iter().zip(&self.paths).filter(is_removed) {
            files.push(FileChange::removed(record.path.clone(), self.session.unchanged(record)?));
        }
        Ok(Settled { files, steps })
    }
}

/// The link whose new words make front matter of another kind: a string that ends early, a list of two.
fn breaks_front(path: &NotePath, draft: &Draft, options: &parse::Options) -> Result<Option<usize>, Overlap> {
    let body = draft.base_note.body_start;
    let Some((start, _)) = draft.edits.keys().next().filter(|(start, _)| *start < body) else { return Ok(None) };
    let keys = |note: &Note| note.properties.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    let is_broken = |text: &str| {
        let diagnostics = parse::parse(path, text, options).diagnostics;
        diagnostics.iter().any(|diagnostic| diagnostic.code == "front-matter-invalid")
    };
    let is_same = keys(&draft.note) == keys(&draft.base_note) && (!is_broken(&draft.now()?) || is_broken(&draft.base));
    let link = moving::links(&draft.base_note).position(|link| link.span.end > *start && link.parts.path.start < body);
    Ok(link.filter(|_| !is_same))
}

/// The first link that is none any more, or is one of another kind.
fn other_kind(was: &Note, is: &Note) -> Option<usize> {
    let (mut was, mut is) = (moving::links(was).map(|link| link.kind), moving::links(is).map(|link| link.kind));
    (0..)
        .map_while(|at| match (was.next(), is.next()) {
            (None, None) => None,
            (was, is) => Some((was != is).then_some(at)),
        })
        .find_map(|found| found)
}
