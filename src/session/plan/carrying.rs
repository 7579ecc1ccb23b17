//! Where the links and places of notes are once texts have changed, before links follow.
//!
//! Called by `settle` once. Everything that is not found again where it must be is a reason to refuse.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::SectionKind;
use crate::report::moving;
use crate::report::moving::Carried;
use crate::report::moving::MadeLink;
use crate::session::Error;
use crate::session::plan::draft::Sought;
use crate::session::plan::simulation::NO_LINK;
use crate::session::plan::simulation::Simulation;
use crate::session::plan::simulation::stuck;

/// A text and an index in it.
type Place = (usize, usize);

/// The links of a text, by their kind and where they begin: one tag of HTML may have several.
type LinksAt = BTreeMap<(LinkKind, usize), Vec<usize>>;

/// Finds the parts of notes again.
pub(super) struct Carrying<'s, 'a> {
    simulation: &'s Simulation<'a>,
    links: BTreeMap<usize, LinksAt>,
}

impl<'s, 'a> Carrying<'s, 'a> {
    /// Looks in these texts.
    pub(super) fn new(simulation: &'s Simulation<'a>) -> Self {
        Self { simulation, links: BTreeMap::new() }
    }

    /// The parts of the notes `touched`, and the new links. `merged`: a note, and the one of which it becomes a part.
    pub(super) fn all(
        mut self,
        touched: &BTreeSet<usize>,
        merged: Option<Place>,
    ) -> Result<(BTreeMap<usize, Carried>, Vec<MadeLink>), Error> {
        let mut carried = BTreeMap::new();
        for &text in touched {
            let mut parts = self.carry(text)?;
            if let Some((from, into)) = merged.filter(|(from, _)| *from == text) {
                parts.whole = self.first_heading(from, into);
                if parts.whole.is_none() {
                    return Err(Error::Edit("the text has no place of its own there".to_owned()));
                }
            }
            carried.insert(text, parts);
        }
        let made = self.made(&carried)?;
        Ok((carried, made))
    }

    /// The first heading of the words in `into` that have parts of `from`.
    fn first_heading(&self, from: usize, into: usize) -> Option<Place> {
        let start = self.simulation.drafts.get(&into)?.start_of_graft(from)?;
        let sections = &self.simulation.base(into)?.sections;
        let is_first = |section: &crate::model::Section| {
            section.heading_span.start >= start && section.kind == SectionKind::Heading
        };
        Some((into, sections.iter().position(is_first)?))
    }

    /// Every place where a byte of a text stands afterwards.
    fn places(&self, text: usize, at: usize, sought: Sought) -> Vec<Place> {
        let mut found = Vec::new();
        if self.simulation.path(text).is_some() {
            let own = self.simulation.drafts.get(&text).map_or(Some(at), |draft| draft.place(at, sought));
            found.extend(own.map(|at| (text, at)));
        }
        for (&other, draft) in &self.simulation.drafts {
            found.extend(draft.grafted(text, at, sought).map(|at| (other, at)));
        }
        found
    }

    /// The links of a text before links follow.
    fn links_at(&mut self, text: usize) -> &LinksAt {
        let simulation = self.simulation;
        self.links.entry(text).or_insert_with(|| {
            let mut found = LinksAt::new();
            for (number, link) in simulation.base(text).into_iter().flat_map(moving::links).enumerate() {
                found.entry((link.kind, link.span.start)).or_default().push(number);
            }
            found
        })
    }

    /// Finds the links and places of a note again.
    fn carry(&mut self, text: usize) -> Result<Carried, Error> {
        let simulation = self.simulation;
        let record = simulation.notes.records().get(text).ok_or_else(|| Error::Edit("no such note".to_owned()))?;
        let was = &record.parsed.note;
        let mut seen: BTreeMap<(LinkKind, usize), usize> = BTreeMap::new();
        let mut links = Vec::new();
        for (number, link) in moving::links(was).enumerate() {
            let nth = seen.entry((link.kind, link.span.start)).or_default();
            let mut found = Vec::new();
            for (other, at) in self.places(text, link.span.start, Sought::Link) {
                let same = self.links_at(other).get(&(link.kind, at)).and_then(|same| same.get(*nth)).copied();
                let is = same.filter(|same| other == text || simulation.keeps_address(link, (other, *same)));
                found.push((other, is.ok_or_else(|| stuck(&record.path, was, number, NO_LINK))?));
            }
            *nth += 1;
            links.push(found);
        }
        let first = |at: usize, find: &dyn Fn(&Note, usize) -> Option<usize>| {
            let places = self.places(text, at, Sought::Place).into_iter();
            places.filter_map(|(text, at)| Some((text, find(simulation.base(text)?, at)?))).next()
        };
        let mut sections = Vec::new();
        for part in &was.sections {
            let at = part.heading_span.start;
            let found = first(at, &|is, at| is.sections.iter().position(|section| section.heading_span.contains(at)));
            let is_there = !self.places(text, at, Sought::Link).is_empty();
            if found.is_none() && is_there && part.kind == SectionKind::Heading {
                let message = "would be read as something else afterwards";
                return Err(Error::Edit(format!("{}:{}: the heading {message}", record.path, part.line)));
            }
            sections.push(found);
        }
        let block = |is: &Note, at: usize| is.blocks.iter().position(|block| block.span.start == at);
        let anchor = |id: &str, is: &Note, at: usize| {
            is.anchors.iter().position(|is| (is.span.start, is.id.as_str()) == (at, id))
        };
        Ok(Carried {
            links,
            sections,
            blocks: was.blocks.iter().map(|part| first(part.span.start, &block)).collect(),
            anchors: was
                .anchors
                .iter()
                .map(|part| first(part.span.start, &|is, at| anchor(&part.id, is, at)))
                .collect(),
            whole: None,
        })
    }

    /// The new links. What a change makes a link of must be words of its own.
    fn made(&mut self, carried: &BTreeMap<usize, Carried>) -> Result<Vec<MadeLink>, Error> {
        let simulation = self.simulation;
        let known: BTreeSet<Place> = carried.values().flat_map(|parts| parts.links.iter().flatten().copied()).collect();
        let mut made = Vec::new();
        for (&text, draft) in &simulation.drafts {
            if !carried.contains_key(&text) && draft.sources().next().is_none() && draft.made_links().next().is_none() {
                continue;
            }
            let is_caught =
                |(number, link): &(usize, &Link)| !known.contains(&(text, *number)) && !draft.is_new(link.span.start);
            if let Some((number, _)) = moving::links(&draft.base_note).enumerate().find(is_caught) {
                let path = simulation.path(text).cloned().unwrap_or_default();
                return Err(stuck(&path, &draft.base_note, number, "it was no link before"));
            }
            for (at, to) in draft.made_links() {
                let found = moving::links(&draft.base_note).position(|link| link.span.start == at);
                let link = found.ok_or_else(|| Error::Edit("a link cannot go there".to_owned()))?;
                made.push(MadeLink { text, link, to });
            }
        }
        Ok(made)
    }
}

impl Simulation<'_> {
    /// True where a link out of the notebook has the same address somewhere else: a reference may find another definition there.
    fn keeps_address(&self, was: &Link, (text, number): Place) -> bool {
        let is = self.base(text).and_then(|is| moving::links(is).nth(number));
        is.is_some_and(|is| is.target == was.target || !(was.is_external() || is.is_external()))
    }
}
