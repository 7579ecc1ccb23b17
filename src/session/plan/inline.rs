//! An embed is replaced by the text that it embeds. The text stays where it was, too.

use crate::index::Select;
use crate::model::Edit;
use crate::model::LinkKind;
use crate::model::Span;
use crate::query::Query;
use crate::report::anchor::AnchorRef;
use crate::report::destination::Destination;
use crate::report::destination::Follower;
use crate::report::graph::Graph;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::find::find_note;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Settled;
use crate::session::plan::transplant::Source;
use crate::session::plan::words::Change;
use crate::session::plan::words::Rework;
use crate::session::plan::words::Words;

impl Session {
    /// Plans the text of the embed on a line (1-based) in its place.
    pub(super) fn plan_inline(&self, name: &NoteName, line: usize) -> Result<Plan, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let host = self.source_of(&linked, &find_note(&notes, name)?.path)?;
        let path = &host.record.path;
        let refuse = |why: &str| Error::Edit(format!("{path}:{line}: {why}"));
        let found = host.note().links.iter().enumerate().filter(|(_, link)| link.line == line);
        let mut embeds = found.filter(|(_, link)| link.kind == LinkKind::Embed);
        let (number, embed) = embeds.next().ok_or_else(|| refuse("there is no embed `![[…]]` on this line"))?;
        let start = host.line_start(embed.span.start);
        let alone = Span::new(start, host.next_line(embed.span.end));
        if start != embed.span.start || host.trimmed(alone) != embed.span {
            return Err(refuse(
                "only an embed that has its line to itself is replaced, without a list or quote around it",
            ));
        }
        let attachments: Vec<_> =
            around.attachments().iter().filter(|path| linked.position(path).is_none()).cloned().collect();
        let graph = Graph::new(linked.refs(), &attachments);
        let followed = Follower::new(&graph, &around).follow(host.number, number);
        let Destination::Note { note, place } = followed.destination else {
            return Err(refuse("the embed leads to no note"));
        };
        let place_is_missing = embed.target.contains('#') && place.is_none();
        if place_is_missing {
            return Err(refuse("the note has no such heading or block"));
        }
        let target = graph.notes.get(note).map(|(path, _)| (*path).clone()).unwrap_or_default();
        let from = self.source_of(&linked, &target)?;
        let span = from.embedded(place)?;
        if from.number == host.number && (span.start..span.end).contains(&embed.span.start) {
            return Err(refuse("the embed is part of the text that it embeds"));
        }
        let words = copied(&from, &host, span, embed.span.start)?;
        let change = Change { span: embed.span, words };
        let changes = vec![change];
        self.refuse_leaks(&from, &host, &changes)?;
        let lines = span.of(&from.text).lines().count();
        let rework = Rework { changes: vec![(host.number, changes)], ..Rework::default() };
        let Settled { files, steps } = self.settle(&linked, &around, rework)?;
        let at = NoteLine { path: path.clone(), line };
        let step = Step::Inlined { at, from: target, lines };
        Ok(Plan { files, steps: std::iter::once(step).chain(steps).collect() })
    }
}

impl Source<'_> {
    /// What an embed of a place shows.
    fn embedded(&self, place: Option<AnchorRef>) -> Result<Span, Error> {
        let note = self.note();
        let refuse = |line: usize| {
            let path = &self.record.path;
            Error::Edit(format!(
                "{path}:{line}: only whole notes, their headings and blocks outside of lists and quotes are taken"
            ))
        };
        let span = match place {
            Some(AnchorRef::Section(section)) => self.all_of(section)?,
            Some(AnchorRef::Block(block)) => {
                let block = note.blocks.get(block).ok_or_else(|| refuse(1))?;
                if self.line_start(block.target.start) != block.target.start {
                    return Err(refuse(block.line));
                }
                block.target
            }
            Some(AnchorRef::Anchor(anchor)) => {
                return Err(refuse(note.anchors.get(anchor).map_or(1, |anchor| anchor.line)));
            }
            None => {
                let body = self.text.get(note.body_start..).unwrap_or("");
                let blank = body.len() - body.trim_start().len();
                Span::new(self.line_start(note.body_start + blank).max(note.body_start), self.text.len())
            }
        };
        Ok(self.trimmed(span))
    }
}

/// Text of a note as it stands in another one, below its heading at the byte `at`.
fn copied(from: &Source<'_>, host: &Source<'_>, span: Span, at: usize) -> Result<Words, Error> {
    let end = host.line_end();
    let (needs, _) = from.needs(&[span])?;
    let mut needs = needs.into_iter().next().unwrap_or_default();
    // all of it stays where it is
    needs.iter_mut().for_each(|(_, stays)| *stays = true);
    let above = host.note().section_at(at).and_then(|section| host.note().sections.get(section));
    let above = above.map_or(0, |section| i16::from(section.level.min(6)));
    let levels =
        from.headings(span).filter_map(|index| from.note().sections.get(index)).map(|one| i16::from(one.level));
    let down = levels.min().map_or(0, |least| (above + 1 - least).max(0));
    let mut spans: Vec<Span> = needs.iter().map(|(span, _)| *span).collect();
    spans.push(span);
    let mut edits: Vec<Edit> = from.with_levels(span, |_, level| i16::from(level) + down)?;
    if from.number == host.number {
        needs.clear();
    } else {
        edits.extend(from.renamed_for(host, &spans, true));
    }
    for span in spans {
        let more = from.with_line_ends(span, end, &edits);
        edits.extend(more);
    }
    let mut words = Words::default();
    let own = edits.iter().filter(|edit| span.start <= edit.start && edit.end <= span.end).cloned().collect();
    words.graft(from.number, &from.text, span, own, true).map_err(Error::edit)?;
    from.add_needs(&mut words, &needs, &edits, end)?;
    if let Some(bare) = words.text.strip_suffix(end).map(str::len) {
        words.text.truncate(bare);
    }
    Ok(words)
}
