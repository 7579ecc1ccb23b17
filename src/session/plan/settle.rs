//! Links follow what moved: the notebook is made as it would be, compared with what it is, mended and compared again until
//! every link leads where it led.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::disk;
use crate::disk::FileChange;
use crate::disk::Stamp;
use crate::edit;
use crate::index::Record;
use crate::model::Anchor;
use crate::model::Edit;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Span;
use crate::parse;
use crate::report::graph::Graph;
use crate::report::moves::Moves;
use crate::report::moving;
use crate::report::moving::After;
use crate::report::moving::Carried;
use crate::report::moving::Fault;
use crate::report::moving::Moving;
use crate::report::moving::Repair;
use crate::report::resolve::NoteRef;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::session::plan::NoteLine;
use crate::session::plan::Step;
use crate::session::plan::draft::Change;
use crate::session::plan::draft::Draft;
use crate::session::plan::draft::Part;
use crate::session::plan::draft::Sought;
use crate::session::surroundings::Surroundings;

/// How often the notebook is mended: a link in a heading changes the heading, and links to it change after that.
const ROUNDS: usize = 6;

const NO_LINK: &str = "it would be no link any more, or one of another kind";

/// What makes all links lead where they led.
pub(super) struct Settled {
    /// The notes that change or move.
    pub(super) files: Vec<FileChange>,
    /// What happens to links.
    pub(super) steps: Vec<Step>,
}

/// What happens to the texts of notes, before links follow.
#[derive(Debug, Default)]
pub(super) struct Rewrites {
    /// Of notes, by their index.
    pub(super) changes: BTreeMap<usize, Vec<Change>>,
    /// New notes, with all of their text.
    pub(super) new: Vec<(NotePath, Vec<Part>)>,
    /// Notes that are gone afterwards.
    pub(super) gone: BTreeSet<usize>,
    /// What stands for a note that is gone, or is somewhere else: the note or new note (behind those before), and whether it is
    /// the section that begins with this byte of the old one.
    pub(super) whole: BTreeMap<usize, (usize, Option<usize>)>,
}

impl Rewrites {
    /// Edits of notes, by their index.
    pub(super) fn edits(edits: Vec<(usize, Vec<Edit>)>) -> Self {
        let changes = |(note, edits): (usize, Vec<Edit>)| (note, edits.into_iter().map(Change::from).collect());
        Self { changes: edits.into_iter().map(changes).collect(), ..Self::default() }
    }
}

/// The notebook as it would be.
struct Simulation<'a> {
    session: &'a Session,
    notes: &'a Notes,
    options: parse::Options,
    /// Of each text, its path afterwards; `None` where it is gone. New texts stand behind those of the notes.
    paths: Vec<Option<NotePath>>,
    drafts: BTreeMap<usize, Draft>,
    carried: BTreeMap<usize, Carried>,
}

impl Session {
    /// Makes all links follow `moves` and `rewrites`; `notes` are [`Session::all_linked`].
    pub(super) fn settle(
        &self,
        notes: &Notes,
        around: &Surroundings<'_>,
        moves: &Moves,
        rewrites: Rewrites,
    ) -> Result<Settled, Error> {
        let is_other = |path: &&NotePath| notes.position(path).is_none();
        let attachments: Vec<NotePath> = around.attachments().iter().filter(is_other).cloned().collect();
        let before = Graph::new(notes.refs(), &attachments);
        let mut attachments: Vec<NotePath> = attachments.iter().map(|path| moves.to(path).clone()).collect();
        attachments.sort();
        let mut simulation = Simulation::new(self, notes, moves, rewrites)?;
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
        simulation.settled(&captured)
    }

    /// The notes, and what is like them: mdBook's table of contents and Obsidian's canvases, whose links follow too.
    pub(super) fn all_linked(&self, notes: &Notes, around: &Surroundings<'_>) -> Notes {
        let mut records = notes.records().to_vec();
        let is_canvas = |path: &&NotePath| edit::canvas::is_canvas(path);
        let summary = NotePath::from("SUMMARY.md");
        for path in around.attachments().iter().filter(is_canvas).chain([&summary]) {
            // what is linked from elsewhere is not written through
            if notes.at(path).is_none()
                && !self.notebook.path(path).is_symlink()
                && let Ok(text) = disk::read_any(&self.notebook, path)
            {
                let parsed = Parsed { note: read(path, &text.text, &self.parse_options()), ..Parsed::default() };
                let (path, hash) = (path.clone(), text.hash);
                records.push(Record {
                    path,
                    stamp: Stamp::default(),
                    hash,
                    kept: Vec::new(),
                    closed: Vec::new(),
                    parsed,
                });
            }
        }
        records.sort_by(|one, other| one.path.cmp(&other.path));
        Notes::new(records, &[])
    }
}

/// What is in a text: of a canvas its links alone.
fn read(path: &NotePath, text: &str, options: &parse::Options) -> Note {
    if edit::canvas::is_canvas(path) { edit::canvas::read(text) } else { parse::parse(path, text, options).note }
}

impl<'a> Simulation<'a> {
    fn new(session: &'a Session, notes: &'a Notes, moves: &Moves, rewrites: Rewrites) -> Result<Self, Error> {
        let Rewrites { changes, new, gone, whole } = rewrites;
        let count = notes.records().len();
        let kept = |(index, record): (usize, &Record)| (!gone.contains(&index)).then(|| moves.to(&record.path).clone());
        let paths = notes.records().iter().enumerate().map(kept).chain(new.iter().map(|(path, _)| Some(path.clone())));
        let options = session.parse_options();
        let paths = paths.collect();
        let mut simulation = Self { session, notes, options, paths, drafts: BTreeMap::new(), carried: BTreeMap::new() };
        for (old, _) in moves.files() {
            if let Some(note) = notes.position(old) {
                simulation.draft(note, Vec::new())?;
            }
        }
        let touched: BTreeSet<usize> = changes.keys().copied().chain(gone.iter().copied()).collect();
        for (note, changes) in changes {
            simulation.draft(note, changes)?;
        }
        for (number, (_, content)) in new.into_iter().enumerate() {
            let source = |note: usize| simulation.source(note).map(|text| text.text);
            let draft = Draft::new(None, vec![Change { span: Span::default(), content }], source)?;
            simulation.drafts.insert(count + number, draft);
        }
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
        for note in touched {
            let carried = simulation.carry(note, whole.get(&note).copied(), gone.contains(&note))?;
            simulation.carried.insert(note, carried);
        }
        simulation.no_new_links()?;
        Ok(simulation)
    }

    /// A note's text, as it was when its facts were learnt.
    fn source(&self, note: usize) -> Result<disk::Text, Error> {
        let record = self.notes.records().get(note).ok_or_else(|| Error::Edit("no such note".to_owned()))?;
        let text = disk::read_any(&self.session.notebook, &record.path)?;
        if text.hash == record.hash { Ok(text) } else { Err(Error::Changed { path: record.path.clone(), line: None }) }
    }

    /// The text of a note, to be changed.
    fn draft(&mut self, note: usize, changes: Vec<Change>) -> Result<(), Error> {
        if !self.drafts.contains_key(&note) || !changes.is_empty() {
            let host = (note, self.source(note)?);
            let mut draft = Draft::new(Some(host), changes, |note| self.source(note).map(|text| text.text))?;
            if let Some(record) = self.notes.records().get(note) {
                draft.base_note = record.parsed.note.clone();
                draft.note = record.parsed.note.clone();
            }
            self.drafts.insert(note, draft);
        }
        Ok(())
    }

    /// Finds the links and places of a note again.
    fn carry(&self, note: usize, whole: Option<(usize, Option<usize>)>, is_gone: bool) -> Result<Carried, Error> {
        let record = self.notes.records().get(note).ok_or_else(|| Error::Edit("no such note".to_owned()))?;
        let was = &record.parsed.note;
        let found = |at: usize, sought: Sought| {
            let places = |(&text, draft): (&usize, &Draft)| {
                draft.places(note, at, sought).map(move |at| (text, at)).collect::<Vec<_>>()
            };
            self.drafts.iter().flat_map(places).collect::<Vec<(usize, usize)>>()
        };
        // one tag of HTML may have several links
        let key = |link: &Link| (link.kind, link.span.start);
        let mut now: BTreeMap<(usize, LinkKind, usize), Vec<usize>> = BTreeMap::new();
        for (&text, draft) in self.drafts.iter().filter(|(_, draft)| draft.has(note)) {
            for (number, link) in moving::links(&draft.base_note).enumerate() {
                now.entry((text, link.kind, link.span.start)).or_default().push(number);
            }
        }
        let mut seen: BTreeMap<(LinkKind, usize), usize> = BTreeMap::new();
        let mut links = Vec::new();
        for (number, link) in moving::links(was).enumerate() {
            let nth = seen.entry(key(link)).or_default();
            let mut places = Vec::new();
            for (text, at) in found(link.span.start, Sought::Link) {
                let same = now.get(&(text, link.kind, at)).and_then(|same| same.get(*nth));
                let Some(&is) = same else { return Err(stuck(&record.path, was, number, NO_LINK)) };
                places.push((text, is));
            }
            *nth += 1;
            links.push(places);
        }
        let place = |at: usize, find: &dyn Fn(&Note, usize) -> Option<usize>| {
            let all = found(at, Sought::Place);
            // what is put in somewhere else stands before what it left behind
            let mut all =
                all.iter().filter_map(|&(text, at)| Some((text, find(&self.drafts.get(&text)?.base_note, at)?)));
            all.clone().find(|(text, _)| *text != note).or_else(|| all.next())
        };
        let section = |is: &Note, at: usize| is.sections.iter().position(|section| section.heading_span.start == at);
        let block = |is: &Note, at: usize| is.blocks.iter().position(|block| block.span.start == at);
        let anchors = was.anchors.iter().map(|anchor| {
            let same = |is: &Anchor, at: usize| (is.span.start, &is.id) == (at, &anchor.id);
            place(anchor.span.start, &|is, at| is.anchors.iter().position(|is| same(is, at)))
        });
        Ok(Carried {
            links,
            sections: was.sections.iter().map(|part| place(part.heading_span.start, &section)).collect(),
            blocks: was.blocks.iter().map(|part| place(part.span.start, &block)).collect(),
            anchors: anchors.collect(),
            whole: match whole {
                Some((text, at)) => {
                    let of =
                        |at: usize| place(at, &section).filter(|(found, _)| *found == text).map(|(_, index)| index);
                    Some((text, at.and_then(of)))
                }
                None => (!is_gone).then_some((note, None)),
            },
        })
    }

    /// What a change makes a link of must be words of its own.
    fn no_new_links(&self) -> Result<(), Error> {
        let known: BTreeSet<(usize, usize)> =
            self.carried.values().flat_map(|carried| carried.links.iter().flatten().copied()).collect();
        for (&text, draft) in self.drafts.iter().filter(|(text, _)| self.is_written(**text)) {
            let is_caught =
                |(number, link): &(usize, &Link)| !known.contains(&(text, *number)) && !draft.is_new(link.span.start);
            if let Some((number, _)) = moving::links(&draft.base_note).enumerate().find(is_caught) {
                let path = self.paths.get(text).cloned().flatten().unwrap_or_default();
                return Err(stuck(&path, &draft.base_note, number, "it was no link before"));
            }
        }
        Ok(())
    }

    /// True for a text that is not only that of a note which moves.
    fn is_written(&self, text: usize) -> bool {
        self.carried.contains_key(&text) || text >= self.notes.records().len()
    }

    /// Reads every changed note as it would be, at its new place.
    fn parse_again(&mut self) -> Result<(), Error> {
        for (&text, draft) in &mut self.drafts {
            let Some(path) = self.paths.get(text).and_then(Option::as_ref) else { continue };
            draft.note = read(path, &draft.now().map_err(Error::edit)?, &self.options);
            if let Some(at) = other_kind(&draft.base_note, &draft.note) {
                return Err(self.stuck_at(text, at, NO_LINK));
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
        moving.faults(&After { graph: &Graph::new(notes, attachments), now: &now, carried: &self.carried })
    }

    fn path(&self, text: usize) -> Option<&NotePath> {
        self.paths.get(text)?.as_ref()
    }

    /// A text as it would be.
    fn note(&self, text: usize) -> Option<&Note> {
        let draft = self.drafts.get(&text).map(|draft| &draft.note);
        draft.or_else(|| Some(&self.notes.records().get(text)?.parsed.note))
    }

    /// A text before links follow.
    fn base(&self, text: usize) -> Option<&Note> {
        let draft = self.drafts.get(&text).map(|draft| &draft.base_note);
        draft.or_else(|| Some(&self.notes.records().get(text)?.parsed.note))
    }

    fn mend(&mut self, fault: &Fault) -> Result<(), Error> {
        self.draft(fault.text, Vec::new())?;
        let is_canvas = self.path(fault.text).is_some_and(edit::canvas::is_canvas);
        let edit = self.drafts.get(&fault.text).and_then(|draft| {
            let link = moving::links(&draft.base_note).nth(fault.link)?;
            let (text, has_front) = (draft.base.as_str(), link.span.start < draft.base_note.body_start);
            match &fault.repair {
                Repair::Path(path) if is_canvas => edit::canvas::with_path(link, path),
                Repair::Place(place) if is_canvas => edit::canvas::with_place(link, place),
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
        for (text, draft) in self.drafts {
            let edits = draft.all_edits().map_err(Error::edit)?;
            let links = draft.edits.len();
            let from = self.notes.records().get(text).map(|record| record.path.clone());
            let to = self.paths.get(text).cloned().flatten();
            if links > 0
                && let Some(path) = from.clone().or_else(|| to.clone())
            {
                steps.push(Step::LinksFollow { path, links });
            }
            match (from, to, draft.text) {
                (Some(from), Some(to), Some(text)) if from == to => files.push(FileChange::edit(from, text, edits)),
                (Some(from), Some(to), Some(text)) => files.push(FileChange::moved(from, to, text, edits)),
                (None, Some(to), _) => {
                    let text = edit::apply_text("", &edits).map_err(Error::edit)?;
                    files.push(FileChange::create(to, text));
                }
                _ => {}
            }
        }
        for (record, _) in self.notes.records().iter().zip(&self.paths).filter(|(_, to)| to.is_none()) {
            let text = disk::read_any(&self.session.notebook, &record.path)?;
            if text.hash != record.hash {
                return Err(Error::Changed { path: record.path.clone(), line: None });
            }
            files.push(FileChange::remove(record.path.clone(), text));
        }
        Ok(Settled { files, steps })
    }
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

fn stuck(path: &NotePath, note: &Note, link: usize, why: &'static str) -> Error {
    let link = moving::links(note).nth(link).or_else(|| moving::links(note).last());
    let written = |link: &Link| if link.target.is_empty() { format!("[{}]()", link.text) } else { link.target.clone() };
    let (line, link) = link.map_or((1, String::new()), |link| (link.line, written(link)));
    Error::LinkStuck { path: path.clone(), line, link, why }
}
