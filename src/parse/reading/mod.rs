//! The reading list in a note: which of its links are, or might be, something to read, and the state of each.
//!
//! Few people tick boxes, so a link also counts as read if somebody wrote what they think of it, and as worth a look if it is
//! under `should look at`. The first rule that applies decides: a plan, the box, a word, the heading or group, remarks below,
//! a sentence around it ([`state`]). Links in code and images, and those in tables and prose of which nothing tells, do not
//! count, and a note with nothing but references has no reading list. Called by [`crate::parse::parse`] when everything else is
//! known.

mod above;
mod boxes;
mod clause;
mod days;
mod entry;
mod front;
mod intro;
mod kind;
mod labels;
mod leads;
mod legend;
mod marks;
mod matter;
mod noted;
mod own;
mod place;
mod prose;
mod remarks;
mod sources;
mod state;
mod stress;
mod table;
mod title;
mod told;
mod tree;
mod verbs;
mod words;
mod work;

use crate::model::Form;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Meeting;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::reading::ReadingWhy;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::item_text::ItemText;
use crate::parse::outline::BlockKind;
use crate::parse::plain::plain;
use crate::parse::reading::above::AboveCache;
use crate::parse::reading::above::GROUP;
use crate::parse::reading::boxes::is_label;
use crate::parse::reading::boxes::without_fields;
use crate::parse::reading::days::Told;
use crate::parse::reading::entry::Beside;
use crate::parse::reading::entry::State;
use crate::parse::reading::labels::Label;
use crate::parse::reading::own::Own;
use crate::parse::reading::remarks::Remark;
use crate::parse::reading::sources::Sources;
use crate::parse::reading::state::Case;
use crate::parse::reading::stress::Strikes;
use crate::parse::reading::stress::is_stressed;
use crate::parse::reading::table::Tables;
use crate::parse::reading::tree::REMARK;
use crate::parse::reading::tree::REMARKS;
use crate::parse::reading::tree::Tree;

pub use place::PlaceForLinks;
pub use place::place_for_links;

/// True for the name of a part of a reading list: `To read`, `Gelesen`, `Abandoned`.
pub(crate) fn is_named(words: &str) -> bool {
    labels::classify(words).is_some_and(|found| found.label != Label::Reference)
}

/// In bytes; words up to this position in an item are about the whole item.
const BEGINNING: usize = 600;

/// Remarks of so many words may be somebody's judgement and nothing else.
const BRIEF: usize = 5;

/// The reading list of a note, in the order of the text; empty if all of it would be references.
pub(crate) fn read(input: &Input<'_>, meetings: &[Meeting]) -> Vec<Reading> {
    let is_external = |link: &&Link| {
        !matches!(link.kind, LinkKind::Image | LinkKind::Embed | LinkKind::Wikilink)
            && (link.target.contains("://") || link.target.starts_with("//"))
    };
    let links: Vec<&Link> = input.note.links.iter().filter(is_external).collect();
    let hidden = || input.note.tasks.iter().any(|task| task.form == Form::Indented && !task.links.is_empty());
    let own = front::of_note(input);
    if links.is_empty() && !hidden() {
        return own.into_iter().collect();
    }
    let mut reader = Reader::new(input, &links, meetings);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&link) = links.get(at) {
        let block = input.outline.block_at(link.span.start);
        if block.is_some_and(|block| block.kind == BlockKind::Cell) {
            let Reader { tree, above, note_label, tables, .. } = &mut reader;
            let of_table = || above.of(tree, note_label.as_ref(), None, link.span.start);
            found.extend(tables.row(tree, of_table, link));
            at += 1;
            continue;
        }
        let item = reader.tree.item_at(link);
        let Some((index, words)) = item else {
            let block = block.map(|block| (block.span, block.kind));
            let Reader { tree, above, note_label, .. } = &mut reader;
            let mut above_of = |at| above.of(tree, note_label.as_ref(), None, at);
            found.extend(prose::in_prose(tree, &mut above_of, (&links, at), block));
            at += 1;
            continue;
        };
        let behind = links.get(at..).unwrap_or(&[]);
        let here = behind.iter().take_while(|link| words.has(link.span.start));
        let count = here.count().max(1);
        reader.in_item(index, &words, behind.get(..count).unwrap_or(&[]), &mut found);
        at += count;
    }
    let Reader { tree, above, note_label, .. } = &mut reader;
    let mut above_of = |parent, at| above.of(tree, note_label.as_ref(), parent, at);
    found.extend(prose::in_indented_tasks(tree, &mut above_of));
    found.extend(own);
    if found.iter().all(|reading| reading.state == ReadingState::Reference) {
        return Vec::new();
    }
    found.sort_by_key(|reading| reading.span.start);
    found
}

struct Reader<'a> {
    tree: Tree<'a>,
    above: AboveCache,
    /// The note's name, kind or folder marks it as a reading list.
    note_label: Option<(Label, String)>,
    meetings: &'a [Meeting],
    tables: Tables,
}

impl<'a> Reader<'a> {
    fn new(input: &'a Input<'a>, links: &[&Link], meetings: &'a [Meeting]) -> Self {
        let named = labels::name_of_list(input.path, input.note);
        // what its first sentence says counts where its name does not say more
        let said = match &named {
            None | Some((Label::List, _)) if !labels::is_log(input.path, input.note) => leads::of_note(input),
            _ => None,
        };
        let note_label = said.or(named);
        Self {
            tree: Tree::new(input, links),
            above: AboveCache::default(),
            note_label,
            meetings,
            tables: Tables::default(),
        }
    }

    fn in_meeting(&self, line: usize) -> bool {
        self.meetings.iter().any(|meeting| (meeting.line..=meeting.end_line).contains(&line))
    }

    /// The reading items of a list item: one, unless it names several things.
    fn in_item(&mut self, index: usize, words: &ItemText, links: &[&Link], found: &mut Vec<Reading>) {
        let Some(item) = self.tree.input.items.get(index) else { return };
        let task = self.tree.task(index).filter(|(_, task)| !is_label(task));
        let text = without_fields(words, task.map(|(_, task)| task));
        let spans: Vec<(usize, usize)> = links
            .iter()
            .map(|link| (words.place(link.span.start).unwrap_or(0), words.place(link.span.end).unwrap_or(text.len())))
            .collect();
        let cut = |from: usize, to: usize| text.get(from..to.max(from)).unwrap_or("");
        let shown = |text: &str| if text.trim().is_empty() { String::new() } else { spaced(text) };
        // `2026-05-03: read URL`
        let around = self.tree.around(item.line);
        let lead = shown(cut(0, spans.first().map_or(0, |span| span.0)));
        // `☐ URL`: a sign that is no box still says something
        let sign = item.boxed.as_ref().filter(|_| task.is_none()).and_then(|like| {
            let words = self.tree.input.text.get(like.open..item.text_start)?;
            words.trim_start().chars().next().filter(|c| matches!(c, '☐' | '⬜' | '□'))
        });
        let lead = sign.map_or_else(|| lead.clone(), |sign| format!("{sign} {lead}"));
        let front = dates::day_at_front(&lead, around).map(|(day, _)| day);
        let undated = |words: String| match dates::day_at_front(&words, around).filter(|_| front.is_some()) {
            Some((_, at)) => words.get(at..).unwrap_or("").to_owned(),
            None => words,
        };
        let tail = shown(cut(spans.last().map_or(0, |span| span.1), text.len()));
        let (lead, tail) = match links.len() {
            1 => Own::unbracketed(undated(lead), tail),
            _ => (undated(lead), tail),
        };
        let own = Own {
            lead,
            marked: links.first().is_some_and(|link| own::begins_with_check(&link.text)),
            named: links.first().is_some_and(|link| link.kind != LinkKind::Autolink && !own::is_joint(&link.text)),
            tail,
            breaks: links.last().is_some_and(|link| words.pieces.iter().any(|(_, piece)| piece.end == link.span.end)),
            stressed: is_stressed(cut(0, spans.first().map_or(0, |span| span.0))),
        };

        // which of them are about the same thing
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, link) in links.iter().enumerate() {
            let between =
                at.checked_sub(1).and_then(|before| Some(cut(spans.get(before)?.1, spans.get(at)?.0))).unwrap_or("");
            let bare = link.kind == LinkKind::Autolink || own::is_joint(&link.text);
            match groups.last_mut() {
                Some((_, others)) if bare && own::is_joint(between) && !own::parts_things(between) => others.push(at),
                _ => groups.push((at, Vec::new())),
            }
        }

        let above = self.above.of(&self.tree, self.note_label.as_ref(), item.parent, item.start);
        let alone = item.parent.filter(|&parent| {
            self.tree.children(parent).len() == 1 && !self.tree.has_link(parent) && !self.tree.is_boxed(parent)
        });
        let parent = alone.map(|parent| self.tree.shown(parent, GROUP));
        let parent = parent.filter(|words| labels::classify(words).is_none() && !dates::is_date_line(words));
        let day_after = dates::day_in_brackets(&own.tail).or_else(|| own::day_behind(&own.tail));
        let dated = self.tree.dated(item.line) || front.is_some() || day_after.is_some();
        let remarks = self.tree.remarks(index);
        let in_meeting = self.in_meeting(item.line);
        let several = groups.len() > 1;
        let mut said: Vec<Remark> = Vec::new();
        let mut judged = false;
        let for_reading = self.tree.is_collection
            || above.definite.as_ref().is_some_and(|(label, _)| *label == Label::Reference)
            || self.tree.has_reading_sections();
        let mut remarks_shown: Vec<String> = Vec::new();
        for &child in remarks.iter().take(REMARKS) {
            let words = self.tree.shown(child, REMARK);
            // `shorter than [the first one](URL)` is about both
            let told = || self.tree.has_link(child) && self.tree.names_link(child);
            if (!self.tree.heads_links(child) || told()) && !self.tree.is_only_names(child) {
                let remark = remarks::classify(&words, &self.tree.input.options.people);
                judged |= for_reading && remark == Remark::Verdict && work::count(&words) <= BRIEF;
                said.push(remark);
            }
            if !words.is_empty() {
                remarks_shown.push(words);
            }
        }
        for tree::Paragraph { words, quoted } in self.tree.paragraphs(index, words) {
            let remark =
                if quoted { Remark::Quote } else { remarks::classify(&words, &self.tree.input.options.people) };
            said.extend(Some(remark).filter(|remark| *remark != Remark::Text));
            remarks_shown.push(words);
        }
        if let Some(rating) = self.tree.rating_beside(index, &own.lead) {
            said.push(Remark::Says(rating));
        }
        let keeps = (above.definite.is_none() && above.list.is_none()) && {
            // `- URL` above `- a good one`, on one level
            let next = self.tree.beside(index).filter(|_| said.is_empty());
            (next.is_some() || !said.is_empty()) && self.tree.keeps(item.start) && {
                let words = next.map(|next| self.tree.shown(next, REMARK));
                let remark = words.as_deref().map(|words| remarks::classify(words, &self.tree.input.options.people));
                if let (Some(words), Some(Remark::Verdict)) = (words, &remark) {
                    said.push(Remark::Verdict);
                    remarks_shown.push(words);
                }
                true
            }
        };
        // words about the whole item are at its beginning, however many things it names
        let head = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(&text);
        let whole = undated(shown(head));
        let all = whole.to_lowercase();
        let minutes = title::minutes(&all);
        let strikes = Strikes::new(&text);
        let mut sources = Sources::default();
        for (nth, (primary, others)) in groups.iter().enumerate() {
            let Some(link) = links.get(*primary) else { continue };
            let (before, behind) = (nth.checked_sub(1), nth + 1);
            let from = before
                .and_then(|before| groups.get(before))
                .and_then(|(last, more)| spans.get(*more.last().unwrap_or(last)));
            let to = groups.get(behind).and_then(|(next, _)| spans.get(*next));
            let start = spans.get(*primary).map_or(0, |span| span.0);
            let end = others
                .last()
                .and_then(|last| spans.get(*last))
                .or(spans.get(*primary))
                .map_or(text.len(), |span| span.1);
            let lead = cut(from.map_or(0, |span| span.1), start);
            let tail = cut(end, to.map_or(text.len(), |span| span.0));
            let unnamed =
                link.kind == LinkKind::Autolink || title::trimmed(&link.text).is_empty() || own::is_joint(&link.text);
            // words about all of its links name none of them
            let unnamed = unnamed || several && !title::says_something(&link.text);
            let words = match unnamed {
                true => title::own_title(
                    &if nth == 0 { own.without_keyword().1.to_owned() } else { shown(lead) },
                    if several { "" } else { tail },
                ),
                false => whole.clone(),
            };
            let kind = kind::kind(&link.target, &all);
            let legend = self.tree.legend(&own.lead, &link.text, &own.tail);
            let near = several.then(|| {
                let (lead, tail) = own::nearest((lead, nth > 0), (tail, behind < groups.len()));
                let lead = if nth == 0 { own.lead.clone() } else { shown(lead) };
                Own { lead, tail: shown(tail), named: own.named, ..Own::default() }
            });
            let case = Case {
                link,
                near,
                legend,
                own: &own,
                above: &above,
                task: task.map(|(_, task)| task),
                dated,
                tells: dated || self.tree.tells(item.line),
                kind,
                in_meeting,
                struck: strikes.cover(start, end),
                remarks: &said,
                judged,
                keeps,
                remark_count: said.len().max(remarks.len()),
                several,
                people: &self.tree.input.options.people,
            };
            // `[Looms](URL) by [Ida Berg](URL)`
            let is_source = nth > 0 && sources.next(lead, &link.text, tail);
            let State { state, why, day } = match is_source {
                true => State::new(ReadingState::Reference, ReadingWhy::Sentence),
                false => state::state(&case),
            };
            let line = if state == ReadingState::Reference { link.line } else { item.line };
            let named = title::title(link, &words, &shown(tail), parent.as_deref().filter(|_| nth == 0));
            let mut reading = entry::new(link, named, kind, (state, why), line);
            // a misread box is followed by ordinary text: a second box would not be read as one either
            reading.text_start = match (&item.boxed, self.tree.task(index)) {
                // `[T] URL`: the box goes before the label
                (Some(label), Some((_, task))) if is_label(task) => Some(label.open),
                (None, _) | (_, Some(_)) => Some(item.text_start),
                (Some(_), None) => None,
            };
            // a box is said of the thing, and not of its author
            reading.text_start = reading.text_start.filter(|_| !is_source);
            reading.task = task.map(|(index, _)| index);
            reading.repeats = task.is_some_and(|(_, task)| task.recurrence.is_some());
            let other = |at: &usize| links.get(*at).map(|link| (link.line, link.target.clone()));
            reading.others = others.iter().filter_map(other).collect();
            reading.minutes = minutes;
            reading.group.clone_from(&above.group);
            let behind = day_after.filter(|_| nth + 1 == groups.len());
            let named = own::day_of_reading(&own.lead).or_else(|| own::day_of_reading(&own.tail));
            let told = matches!(state, ReadingState::Read | ReadingState::Dropped)
                .then(|| days::told(&own.lead, &own.tail, state, around))
                .flatten();
            let said = match told {
                Some(Told::On(day)) => Some(day),
                _ => None,
            };
            let beside =
                Beside { said: day.or(named).or(said), front, behind, before: matches!(told, Some(Told::Before)) };
            entry::date(&self.tree, &mut reading, task.map(|(_, task)| task), beside);
            if nth == 0 && reading.state != ReadingState::Reference {
                reading.remarks.clone_from(&remarks_shown);
                if reading.remarks.is_empty() && matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
                    reading.remarks.extend(own.comment());
                }
            }
            found.push(reading);
        }
    }
}

/// A piece of an item as a reader sees it, with leading and trailing white space reduced to one space.
fn spaced(text: &str) -> String {
    let words = plain(text);
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{lead}{words}{tail}")
}

#[cfg(test)]
mod tests;
