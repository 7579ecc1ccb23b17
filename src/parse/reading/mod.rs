//! The reading list in a note: which of its links are, or might be, something to read, and what has become of them.
//!
//! Nobody ticks, so a link is also read where somebody wrote what they think of it, and to be looked at where it stands under
//! `should look at`. What comes first counts: what somebody means to do, the box, a word, the heading or group, remarks below,
//! a sentence around it. Links in tables, code, images and plain prose are none of this, and a note with nothing but
//! references has no reading list. Called by [`crate::parse::parse`] when all else is known.
//!
//! Over 400 lines because the rules stand in one order, and that order is what they mean.

mod kind;
mod labels;
mod own;
mod place;
mod title;

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::model::Entry;
use crate::model::Form;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Precision;
use crate::model::Reading;
use crate::model::ReadingKind;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::calendar::Unit;
use crate::model::reading::FinishedPrecision;
use crate::model::reading::ReadingWhy;
use crate::model::web_address;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::item_text::ItemText;
use crate::parse::outline::BlockKind;
use crate::parse::plain::plain;
use crate::parse::reading::labels::Label;
use crate::parse::reading::own::Intention;
use crate::parse::reading::own::Own;

pub use place::PlaceForLinks;
pub use place::place_for_links;

/// Longer remarks are cut, in characters.
const REMARK: usize = 400;

/// Longer names of groups are cut, in characters.
const GROUP: usize = 100;

/// As far into an item, in bytes, its words are taken for words about all of it.
const BEGINNING: usize = 600;

/// Further into a line of prose, in bytes, a link is named in passing.
const OPENING: usize = 200;

/// Upper bound on remarks that are kept of one item.
const REMARKS: usize = 200;

/// The reading list of a note, in the order of the text; empty where all of it would be references.
pub(crate) fn read(input: &Input<'_>) -> Vec<Reading> {
    let is_external = |link: &&Link| {
        !matches!(link.kind, LinkKind::Image | LinkKind::Embed | LinkKind::Wikilink)
            && (link.target.contains("://") || link.target.starts_with("//"))
    };
    let links: Vec<&Link> = input.note.links.iter().filter(is_external).collect();
    let hidden = || input.note.tasks.iter().any(|task| task.form == Form::Indented && !task.links.is_empty());
    if links.is_empty() && !hidden() {
        return Vec::new();
    }
    let mut reader = Reader::new(input, &links);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&link) = links.get(at) {
        let block = input.outline.block_at(link.span.start);
        if block.is_some_and(|block| block.kind == BlockKind::Cell) {
            at += 1;
            continue;
        }
        let item = reader.item_at(link);
        let Some((index, words)) = item else {
            found.extend(reader.in_prose(link, block.map(|block| (block.span, block.kind))));
            at += 1;
            continue;
        };
        let behind = links.get(at..).unwrap_or(&[]);
        let here = behind.iter().take_while(|link| words.pieces.iter().any(|(_, span)| span.contains(link.span.start)));
        let count = here.count().max(1);
        reader.in_item(index, &words, behind.get(..count).unwrap_or(&[]), &mut found);
        at += count;
    }
    found.extend(reader.in_indented_tasks());
    if found.iter().all(|reading| reading.state == ReadingState::Reference) {
        return Vec::new();
    }
    found.sort_by_key(|reading| reading.span.start);
    found
}

/// What stands above links: the same for all items with the same parent.
#[derive(Default)]
struct Above {
    /// What the nearest label says that says more than that it is a list.
    definite: Option<(Label, String)>,
    /// The nearest label says that it is a reading list.
    list: Option<String>,
    /// An item above has a link itself: what stands below it may be a remark.
    below_link: bool,
    /// A label stands between that item and the link.
    labelled: bool,
    group: Vec<String>,
}

struct Reader<'a> {
    input: &'a Input<'a>,
    children: Vec<Vec<usize>>,
    /// Whether each item has an external link in its own words, as far as its lines tell.
    linked: Vec<bool>,
    above: BTreeMap<(Option<usize>, Option<usize>), Rc<Above>>,
    /// The note's name, its kind or its folder say that it is a reading list.
    note_label: Option<(Label, String)>,
    /// The words of the last item that was asked for.
    last: Option<(usize, Rc<ItemText>)>,
    task_of_line: BTreeMap<usize, usize>,
}

impl<'a> Reader<'a> {
    fn new(input: &'a Input<'a>, links: &[&Link]) -> Self {
        let mut children = vec![Vec::new(); input.items.len()];
        for (index, item) in input.items.iter().enumerate() {
            if let Some(list) = item.parent.and_then(|parent| children.get_mut(parent)) {
                list.push(index);
            }
        }
        let mut linked = vec![false; input.items.len()];
        for link in links {
            let next = input.items.partition_point(|item| item.line <= link.line);
            if let Some(slot) = next.checked_sub(1).and_then(|index| linked.get_mut(index)) {
                *slot = true;
            }
        }
        let tasks = input.note.tasks.iter().enumerate();
        let task_of_line = tasks.map(|(index, task)| (task.symbol_span.start, index)).collect();
        let note_label = labels::name_of_list(input.path, input.note);
        Self { input, children, linked, above: BTreeMap::new(), note_label, last: None, task_of_line }
    }

    /// The item in whose own words a link stands.
    fn item_at(&mut self, link: &Link) -> Option<(usize, Rc<ItemText>)> {
        let next = self.input.items.partition_point(|item| item.line <= link.line);
        let mut index = next.checked_sub(1)?;
        // several items may begin on one line: the last has the words
        while self.input.items.get(index)?.text_start > link.span.start && index > 0 {
            index -= 1;
        }
        let words = self.words(index);
        words.pieces.iter().any(|(_, span)| span.contains(link.span.start)).then_some((index, words))
    }

    fn words(&mut self, index: usize) -> Rc<ItemText> {
        if let Some((last, words)) = &self.last
            && *last == index
        {
            return Rc::clone(words);
        }
        let Input { text, lines, outline, items, logseq, .. } = *self.input;
        let words = Rc::new(item_text::read(text, lines, outline, items, index, logseq));
        self.last = Some((index, Rc::clone(&words)));
        words
    }

    /// The words of another item, as a reader sees them.
    fn shown(&self, index: usize, most: usize) -> String {
        let Input { text, lines, outline, items, logseq, .. } = *self.input;
        let words = plain(&item_text::read(text, lines, outline, items, index, logseq).text);
        let words = words.trim();
        match words.char_indices().nth(most) {
            Some((at, _)) => format!("{}…", words.get(..at).unwrap_or(words).trim_end()),
            None => words.to_owned(),
        }
    }

    fn task(&self, index: usize) -> Option<(usize, &'a Task)> {
        let boxed = self.input.items.get(index)?.boxed.as_ref()?;
        let task = *self.task_of_line.get(&boxed.symbol.start)?;
        Some((task, self.input.note.tasks.get(task)?))
    }

    fn has_link(&self, index: usize) -> bool {
        self.linked.get(index) == Some(&true)
    }

    /// What stands above an item, or above a byte that is in no item.
    fn above(&mut self, parent: Option<usize>, at: usize) -> Rc<Above> {
        let section = self.input.note.section_at(at);
        let key = (parent, section);
        if let Some(above) = self.above.get(&key) {
            return Rc::clone(above);
        }
        let above = Rc::new(self.look_up(parent, section));
        self.above.insert(key, Rc::clone(&above));
        above
    }

    fn look_up(&self, parent: Option<usize>, section: Option<usize>) -> Above {
        let note = self.input.note;
        let mut above = Above::default();
        let mut weak = None;
        let mut next = parent;
        while let Some((index, item)) = next.and_then(|index| Some((index, self.input.items.get(index)?))) {
            let words = self.shown(index, GROUP);
            if self.has_link(index) {
                above.below_link = true;
            } else {
                let label = labels::classify(&words);
                above.labelled |= label.is_some() && !above.below_link;
                let status = self.task(index).map(|(_, task)| task.status);
                above.take(label, status, &words, &mut weak);
            }
            let dates = note.entry_at(item.line).is_some_and(|entry| entry.line == item.line);
            if !words.is_empty() && !dates {
                above.group.push(words);
            }
            next = item.parent;
        }
        let mut next = section;
        while let Some(section) = next.and_then(|index| note.sections.get(index)) {
            let is_title = section.text == note.title;
            let dates = note.entry_at(section.line).is_some_and(|entry| entry.line == section.line);
            if !is_title {
                above.take(labels::classify(&section.text), None, &section.text, &mut weak);
                if !dates {
                    above.group.push(section.text.clone());
                }
            }
            next = section.parent;
        }
        if let Some((label, name)) = &self.note_label {
            match label {
                Label::List => above.list = above.list.take().or_else(|| Some(name.clone())),
                label if above.definite.is_none() && above.list.is_none() => {
                    above.definite = Some((*label, name.clone()));
                }
                _ => {}
            }
        }
        // `Done` and `Later` count in a reading list only
        let in_list = above.list.is_some() || self.has_reading_sections();
        if let Some((label, name, before)) = weak.filter(|_| in_list)
            && (before || above.definite.is_none())
        {
            above.definite = Some((label, name));
        }
        above.group.reverse();
        above
    }

    /// True when headings of the note sort links into what is to read and what is read.
    fn has_reading_sections(&self) -> bool {
        let strong = |text: &str| labels::classify(text).filter(|found| !found.weak).map(|found| found.label);
        let sections = self.input.note.sections.iter().take(50);
        sections
            .filter_map(|section| strong(&section.text))
            .any(|label| matches!(label, Label::ToRead | Label::Read | Label::Reading))
    }

    /// The day, or days, under which a line stands.
    fn entry(&self, line: usize) -> Option<&'a Entry> {
        self.input.note.entry_at(line)
    }

    fn dated(&self, line: usize) -> bool {
        self.entry(line).is_some() || self.input.note.date.is_some()
    }

    /// The children that are remarks: no boxes, and not only a name over links.
    fn remarks(&self, index: usize) -> (Vec<usize>, bool) {
        let children = self.children.get(index).map_or(&[][..], Vec::as_slice);
        let of_item = |&&child: &&usize| self.input.items.get(child).is_some_and(|item| item.boxed.is_none());
        let remarks: Vec<usize> = children.iter().filter(of_item).copied().collect();
        let says = remarks.iter().any(|&child| {
            let below = self.children.get(child).map_or(&[][..], Vec::as_slice);
            let heads_links = !below.is_empty()
                && below.iter().all(|&item| {
                    self.has_link(item) || self.input.items.get(item).is_some_and(|item| item.boxed.is_some())
                });
            !self.has_link(child) && !heads_links
        });
        (remarks, says)
    }

    /// The reading items of a list item: one, unless it names several things.
    fn in_item(&mut self, index: usize, words: &ItemText, links: &[&Link], found: &mut Vec<Reading>) {
        let Some(item) = self.input.items.get(index) else { return };
        let task = self.task(index);
        let text = without_fields(words, task.map(|(_, task)| task));
        let place = |byte: usize| {
            let (start, span) = words.pieces.iter().rfind(|(_, span)| span.start <= byte)?;
            Some(start + byte.min(span.end) - span.start)
        };
        let spans: Vec<(usize, usize)> = links
            .iter()
            .map(|link| (place(link.span.start).unwrap_or(0), place(link.span.end).unwrap_or(text.len())))
            .collect();
        let cut = |from: usize, to: usize| text.get(from..to.max(from)).unwrap_or("");
        let shown = |text: &str| if text.trim().is_empty() { String::new() } else { spaced(text) };
        let own = Own {
            lead: shown(cut(0, spans.first().map_or(0, |span| span.0))),
            tail: shown(cut(spans.last().map_or(0, |span| span.1), text.len())),
        };

        // which of them name the same thing
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        for (at, link) in links.iter().enumerate() {
            let between =
                at.checked_sub(1).and_then(|before| Some(cut(spans.get(before)?.1, spans.get(at)?.0))).unwrap_or("");
            let bare = link.kind == LinkKind::Autolink || own::is_joint(&link.text);
            match groups.last_mut() {
                Some((_, others)) if bare && own::is_joint(between) => others.push(at),
                _ => groups.push((at, Vec::new())),
            }
        }

        let above = self.above(item.parent, item.start);
        let alone = item.parent.filter(|&parent| {
            self.children.get(parent).is_some_and(|children| children.len() == 1)
                && !self.has_link(parent)
                && self.input.items.get(parent).is_some_and(|item| item.boxed.is_none())
        });
        let parent = alone.map(|parent| self.shown(parent, GROUP)).filter(|words| labels::classify(words).is_none());
        let dated = self.dated(item.line);
        let (remarks, says) = self.remarks(index);
        let several = groups.len() > 1;
        let remarks_shown: Vec<String> = remarks
            .iter()
            .take(REMARKS)
            .map(|&child| self.shown(child, REMARK))
            .filter(|words| !words.is_empty())
            .collect();
        // words about the item as a whole stand at its beginning, however much it names
        let head = text.get(..text.floor_char_boundary(BEGINNING)).unwrap_or(&text);
        let whole = shown(head);
        let all = whole.to_lowercase();
        let minutes = title::minutes(&all);
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
            let words = match unnamed {
                true => title::own_title(&shown(lead), if several { "" } else { tail }),
                false => whole.clone(),
            };
            let kind = kind::kind(&link.target, &all);
            let case = Case {
                link,
                own: &own,
                above: &above,
                task: task.map(|(_, task)| task),
                dated,
                kind,
                remarks: remarks.len(),
                says,
                several,
            };
            let (state, why) = self.state(&case);
            let line = if state == ReadingState::Reference { link.line } else { item.line };
            let named = title::title(link, &words, &shown(tail), parent.as_deref().filter(|_| nth == 0));
            let mut reading = self.reading(link, named, kind, (state, why), line);
            // behind a box that is none, another one would be none either
            reading.text_start = Some(item.text_start).filter(|_| item.boxed.is_none() || task.is_some());
            reading.task = task.map(|(index, _)| index);
            let other = |at: &usize| links.get(*at).map(|link| (link.line, link.target.clone()));
            reading.others = others.iter().filter_map(other).collect();
            reading.minutes = minutes;
            reading.group.clone_from(&above.group);
            self.date(&mut reading, task.map(|(_, task)| task));
            if nth == 0 && reading.state != ReadingState::Reference {
                reading.remarks.clone_from(&remarks_shown);
                if reading.remarks.is_empty() && matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
                    reading.remarks.extend(own.comment());
                }
            }
            found.push(reading);
        }
    }

    /// What has become of a link, and why it is taken so: the first rule that says something.
    fn state(&self, case: &Case<'_>) -> (ReadingState, ReadingWhy) {
        let Case { own, above, .. } = case;
        let boxed = case.task.and_then(|task| of_box(task.status));
        let closed =
            boxed.filter(|state| matches!(state, ReadingState::Read | ReadingState::Dropped | ReadingState::Reading));
        let work = kind::is_work(&case.link.target);
        match own.intention() {
            // `start the course`, `finish the book` are about reading
            Some(Intention::Other(_)) if matches!(case.kind, ReadingKind::Course | ReadingKind::Book) => {}
            Some(Intention::Other(words)) => return (ReadingState::Reference, ReadingWhy::Intention(words)),
            Some(Intention::Look(words)) => {
                let state = closed.map(|state| (state, ReadingWhy::Box));
                return state.unwrap_or((ReadingState::ToLookAt, ReadingWhy::Word(words)));
            }
            None if work && own.begins_with_review() => {
                let first = own.lead.split_whitespace().next().unwrap_or("").to_owned();
                return (ReadingState::Reference, ReadingWhy::Intention(first));
            }
            None => {}
        }
        if let Some(state) = boxed {
            return (state, ReadingWhy::Box);
        }
        let sentence = own.is_sentence();
        let to_do = above
            .definite
            .as_ref()
            .filter(|(label, _)| matches!(label, Label::ToRead | Label::ToLookAt | Label::Reading));
        if let Some((state, word)) = own.word(case.dated && to_do.is_none())
            && !(work && state == ReadingState::Reading)
        {
            return (state, ReadingWhy::Word(word));
        }
        // a link in a remark is named in passing, even under `read recently`
        let in_remark = above.below_link && !above.labelled && (sentence || count(&own.lead) + count(&own.tail) > 6);
        if let Some((label, name)) = &above.definite
            && !in_remark
            && !(*label == Label::Read && sentence)
        {
            let state = match label {
                Label::ToRead => ReadingState::ToRead,
                Label::ToLookAt => ReadingState::ToLookAt,
                Label::Reading => ReadingState::Reading,
                Label::Read => ReadingState::Read,
                Label::Dropped => ReadingState::Dropped,
                Label::List => ReadingState::Unsorted,
                Label::Reference => ReadingState::Reference,
            };
            return (state, ReadingWhy::Section(name.clone()));
        }
        let in_list = above.list.is_some();
        let about_it = case.says
            && !sentence
            && !case.several
            && !work
            && (in_list || (case.dated && case.kind != ReadingKind::Repository && !own.is_deed()));
        if about_it {
            return (ReadingState::Read, ReadingWhy::Remarks(case.remarks));
        }
        if sentence || in_remark || work {
            return (
                ReadingState::Reference,
                if work && !sentence { ReadingWhy::Nothing } else { ReadingWhy::Sentence },
            );
        }
        match &above.list {
            Some(list) => (ReadingState::Unsorted, ReadingWhy::List(list.clone())),
            None => (ReadingState::Reference, ReadingWhy::Nothing),
        }
    }

    /// A link in a paragraph or heading: only where a list of links is written in paragraphs, or somebody says that they read it.
    fn in_prose(&mut self, link: &Link, block: Option<(Span, BlockKind)>) -> Option<Reading> {
        let (block, kind_of_block) = block?;
        let text = self.input.text;
        let dated = self.dated(link.line);
        let before = text.get(block.start..link.span.start)?;
        let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or(before);
        if kind_of_block == BlockKind::Text
            && sentence.len() <= OPENING
            && let Some(word) = own::read_in_prose(&plain(sentence), dated)
        {
            let kind = kind::kind(&link.target, "");
            let named = title::title(link, "", "", None);
            let state = (ReadingState::Read, ReadingWhy::Word(word));
            let mut reading = self.reading(link, named, kind, state, link.line);
            reading.group.clone_from(&self.above(None, link.span.start).group);
            self.date(&mut reading, None);
            return Some(reading);
        }
        // a line of its own that begins with the link, or ends with it
        let line = self.input.lines.content(text, link.line);
        let last =
            self.input.lines.content(text, self.input.lines.line(link.span.end.saturating_sub(1).max(link.span.start)));
        let from = text.get(line.start.max(block.start)..link.span.start)?;
        let to = text.get(link.span.end..last.end.min(block.end).max(link.span.end))?;
        if from.len() > OPENING {
            return None;
        }
        let begins = from.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        let own = Own { lead: plain(from), tail: plain(to) };
        if !begins
            || own.is_sentence()
            || (count(&own.tail) > 0
                && to.starts_with(' ')
                && !to.trim_start().starts_with(['-', '–', '—', ':', '(', '|'])
                && !to.trim_start().to_lowercase().starts_with("by "))
        {
            return None;
        }
        let section = match kind_of_block {
            // a heading stands under those above it
            BlockKind::Heading => block.start.checked_sub(1)?,
            _ => link.span.start,
        };
        let above = self.above(None, section);
        let state = match (&above.definite, &above.list) {
            (Some((Label::ToRead, name)), _) => (ReadingState::ToRead, ReadingWhy::Section(name.clone())),
            (Some((Label::ToLookAt, name)), _) => (ReadingState::ToLookAt, ReadingWhy::Section(name.clone())),
            (Some((Label::Read, name)), _) => (ReadingState::Read, ReadingWhy::Section(name.clone())),
            (Some((Label::Reading, name)), _) => (ReadingState::Reading, ReadingWhy::Section(name.clone())),
            (Some((Label::Dropped, name)), _) => (ReadingState::Dropped, ReadingWhy::Section(name.clone())),
            (Some(_), _) | (None, None) => return None,
            (None, Some(name)) => (ReadingState::Unsorted, ReadingWhy::List(name.clone())),
        };
        let all = format!("{} {}", own.lead, own.tail).to_lowercase();
        let kind = kind::kind(&link.target, &all);
        let named = title::title(link, "", &own.tail, None);
        let mut reading = self.reading(link, named, kind, state, link.line);
        reading.minutes = title::minutes(&all);
        reading.group.clone_from(&above.group);
        if matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
            reading.remarks.extend(own.comment());
        }
        self.date(&mut reading, None);
        Some(reading)
    }

    /// Links of boxes that Markdown takes for code, because they are indented too far.
    fn in_indented_tasks(&mut self) -> Vec<Reading> {
        let mut found = Vec::new();
        for index in 0..self.input.items.len() {
            let Some((number, task)) = self.task(index).filter(|(_, task)| task.form == Form::Indented) else {
                continue;
            };
            let Some(link) = task.links.iter().find(|link| link.url.contains("://")) else { continue };
            let Some(item) = self.input.items.get(index) else { continue };
            let Some(state) = of_box(task.status) else { continue };
            let written = if link.text == link.url { LinkKind::Autolink } else { LinkKind::Inline };
            let link = Link {
                kind: written,
                span: task.span,
                line: task.line,
                target: link.url.clone(),
                text: link.text.clone(),
                ..Link::default()
            };
            let own = Own { lead: task.words.clone(), tail: String::new() };
            if matches!(own.intention(), Some(Intention::Other(_))) {
                continue;
            }
            let kind = kind::kind(&link.target, &task.words.to_lowercase());
            let named = title::title(&link, &task.words, "", None);
            let mut reading = self.reading(&link, named, kind, (state, ReadingWhy::Box), task.line);
            reading.text_start = Some(item.text_start);
            reading.task = Some(number);
            reading.group.clone_from(&self.above(item.parent, item.start).group);
            self.date(&mut reading, Some(task));
            found.push(reading);
        }
        found
    }

    fn reading(
        &self,
        link: &Link,
        named: title::Title,
        kind: ReadingKind,
        (state, why): (ReadingState, ReadingWhy),
        line: usize,
    ) -> Reading {
        Reading {
            span: link.span,
            line,
            text_start: None,
            task: None,
            url: link.target.clone(),
            key: web_address::key(&link.target),
            others: Vec::new(),
            title: named.title,
            author: named.author,
            venue: named.venue,
            year: named.year,
            kind,
            minutes: None,
            state,
            why,
            added: None,
            finished: None,
            group: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// `➕ 2026-11-01` on the line of an item without a box, as imports write it.
    fn created(&self, line: usize) -> Option<NaiveDate> {
        let words = self.input.lines.content(self.input.text, line).of(self.input.text);
        let (_, behind) = words.split_once('➕')?;
        let day = behind.trim_start_matches('\u{FE0F}').trim_start().get(..10)?;
        NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
    }

    /// When it was written down, and when it was read.
    fn date(&self, reading: &mut Reading, task: Option<&Task>) {
        let entry = self.entry(reading.line);
        let note = self.input.note.date;
        let created = match task {
            Some(task) => task.created,
            None => self.created(reading.line),
        };
        reading.added = created.or_else(|| entry.map(|entry| entry.date)).or(note);
        if !matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
            return;
        }
        let written = task.and_then(|task| task.completed.or(task.cancelled)).map(|day| (day, FinishedPrecision::Day));
        let there = matches!(reading.why, ReadingWhy::Remarks(_) | ReadingWhy::Word(_));
        let in_entry = entry.map(|entry| {
            let exact = there && entry.precision == Precision::Day;
            (last_day(entry), if exact { FinishedPrecision::Day } else { FinishedPrecision::By })
        });
        reading.finished = written.or(in_entry).or_else(|| note.map(|day| (day, FinishedPrecision::By)));
    }
}

/// What is known of a link when its state is looked for.
struct Case<'c> {
    link: &'c Link,
    own: &'c Own,
    above: &'c Above,
    task: Option<&'c Task>,
    dated: bool,
    kind: ReadingKind,
    /// How many remarks stand below it.
    remarks: usize,
    /// One of them is more than a link or a name over links.
    says: bool,
    /// The item names several things.
    several: bool,
}

impl Above {
    /// Takes what a label says, where none nearer has said anything.
    fn take(
        &mut self,
        found: Option<labels::Found>,
        status: Option<Status>,
        name: &str,
        weak: &mut Option<(Label, String, bool)>,
    ) {
        let Some(found) = found else { return };
        if self.definite.is_some() || self.list.is_some() && found.label != Label::List {
            return;
        }
        // a ticked `to read` says that all below it is read
        let label = match status.and_then(of_box) {
            Some(ReadingState::Read) => Label::Read,
            Some(ReadingState::Dropped) => Label::Dropped,
            _ => found.label,
        };
        match label {
            _ if found.weak => {
                if weak.is_none() {
                    *weak = Some((label, name.to_owned(), true));
                }
            }
            Label::List => self.list = self.list.take().or_else(|| Some(name.to_owned())),
            label => {
                if weak.is_none() || label != Label::Reference {
                    self.definite = Some((label, name.to_owned()));
                }
            }
        }
    }
}

/// What a box says; `None` where it is only a remark.
const fn of_box(status: Status) -> Option<ReadingState> {
    match status {
        Status::Todo | Status::Moved => Some(ReadingState::ToRead),
        Status::OnHold => Some(ReadingState::ToLookAt),
        Status::Doing => Some(ReadingState::Reading),
        Status::Done => Some(ReadingState::Read),
        Status::Cancelled => Some(ReadingState::Dropped),
        Status::Info => None,
    }
}

/// The last of the days that an entry is about.
fn last_day(entry: &Entry) -> NaiveDate {
    match entry.precision {
        Precision::Day => entry.date,
        Precision::Range => entry.end_date.unwrap_or(entry.date),
        Precision::Month => Unit::Month.period(entry.date).and_then(|month| month.end).unwrap_or(entry.date),
    }
}

/// An item's words with blanks where its fields stood, so that places stay.
fn without_fields(words: &ItemText, task: Option<&Task>) -> String {
    let mut text = words.text.clone();
    for field in task.iter().flat_map(|task| &task.fields) {
        let piece = words.pieces.iter().rfind(|(_, span)| span.start <= field.span.start && field.span.end <= span.end);
        let Some((start, span)) = piece else { continue };
        let (from, to) = (start + field.span.start - span.start, start + field.span.end - span.start);
        if text.is_char_boundary(from) && text.is_char_boundary(to) && to <= text.len() {
            text.replace_range(from..to, &" ".repeat(to - from));
        }
    }
    text
}

/// A piece of an item as a reader sees it, with the blanks at its ends as one.
fn spaced(text: &str) -> String {
    let words = plain(text);
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    let lead = if text.starts_with(char::is_whitespace) { " " } else { "" };
    format!("{lead}{words}{tail}")
}

fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests;
