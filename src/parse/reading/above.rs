//! What headings, label lines and items say about all links below them.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::ReadingState;
use crate::model::Section;
use crate::model::Status;
use crate::parse::items::Item;
use crate::parse::reading::boxes::of_box;
use crate::parse::reading::intro;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::tree::REMARKS;
use crate::parse::reading::tree::Tree;
use crate::parse::reading::work::count;

/// In characters; longer names of groups are cut.
pub(super) const GROUP: usize = 100;

/// What the text above says about links: the same for all items with the same parent.
#[derive(Default)]
pub(super) struct Above {
    /// The nearest label that says more than that it is a list.
    pub(super) definite: Option<(Label, String)>,
    /// The nearest label that names a reading list.
    pub(super) list: Option<String>,
    /// An item above has a link itself: text below it may be a remark.
    pub(super) below_link: bool,
    /// There is a label between that item and the link.
    pub(super) labelled: bool,
    /// That item has a box: items below it without one are remarks.
    pub(super) below_box: bool,
    pub(super) group: Vec<String>,
}

impl Above {
    /// Works it out for items with this parent, in this section.
    pub(super) fn look_up(
        tree: &Tree<'_>,
        note_label: Option<&(Label, String)>,
        parent: Option<usize>,
        section: Option<usize>,
        lead: Option<usize>,
    ) -> Self {
        let note = tree.input.note;
        let mut above = Self::default();
        let mut weak = None;
        let mut next = parent;
        while let Some((index, item)) = next.and_then(|index| Some((index, tree.input.items.get(index)?))) {
            let words = tree.shown(index, GROUP);
            if tree.has_link(index) {
                above.below_box |= !above.below_link && !above.labelled && tree.is_boxed(index);
                above.below_link = true;
            } else {
                let label = labels::classify(&words).filter(|_| !is_operation_of(tree, index, &words));
                // `Read and summed up three papers.` over nothing but links
                let begins =
                    || Some(&words).filter(|_| tree.heads_only_links(index)).and_then(|words| intro::begins(words));
                let label = label.or_else(|| begins().map(|label| labels::Found { label, weak: false }));
                above.labelled |= label.is_some() && !above.below_link;
                let status = tree.task(index).map(|(_, task)| task.status);
                above.take(label, status, &words, &mut weak);
            }
            let dates = note.entry_at(item.line).is_some_and(|entry| entry.line == item.line);
            if !words.is_empty() && !dates {
                above.group.push(words);
            }
            next = item.parent;
        }
        if let Some((label, name)) = lead.and_then(|block| tree.lead_label(block)) {
            above.take(Some(labels::Found { label, weak: false }), None, &name, &mut weak);
        }
        let mut next = section;
        while let Some((index, section)) = next.and_then(|index| Some((index, note.sections.get(index)?))) {
            let is_title = section.text == note.title;
            let dates = note.entry_at(section.line).is_some_and(|entry| entry.line == section.line);
            if !is_title {
                let label = tree.section_label(index, || section_label(tree, section, note_label.is_some()));
                above.take(label, None, &section.text, &mut weak);
                if !dates {
                    above.group.push(section.text.clone());
                }
            }
            next = section.parent;
        }
        if let Some((label, name)) = note_label {
            match label {
                Label::List => above.list = above.list.take().or_else(|| Some(name.clone())),
                label if above.definite.is_none() && above.list.is_none() => {
                    above.definite = Some((*label, name.clone()));
                }
                _ => {}
            }
        }
        // `Done` and `Later` count only in a reading list, or below `Reading`
        let below_busy = |name: &str| {
            let mut next = section;
            std::iter::from_fn(|| {
                let section = note.sections.get(next?)?;
                next = section.parent;
                Some(section)
            })
            .any(|section| section.text != name && labels::is_busy(&section.text))
        };
        let in_list = |list: &Option<String>| {
            list.is_some()
                || note_label.is_some()
                || tree.is_collection
                || tree.has_reading_sections()
                || weak.as_ref().is_some_and(|(_, name, _)| below_busy(name))
        };
        // and where they head nothing but links
        let heads_links = || {
            let (label, name, _) = weak.as_ref()?;
            let waits = matches!(label, Label::ToRead | Label::ToLookAt);
            let section = note.sections.get(section?)?;
            Some(waits && section.text == *name && has_only_links(tree, section))
        };
        let counts = in_list(&above.list) || heads_links().unwrap_or(false);
        if let Some((label, name, before)) = weak.filter(|_| counts)
            && (before || above.definite.is_none())
        {
            above.definite = Some((label, name));
        }
        above.group.reverse();
        above
    }

    /// True if something says that the links below are for reading.
    pub(super) fn is_for_reading(&self) -> bool {
        self.list.is_some() || self.definite.as_ref().is_some_and(|(label, _)| *label != Label::Reference)
    }

    /// Uses a label, unless a nearer one already decided.
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
        // a ticked `to read` means that everything below it was read
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

/// A cache of what is above items, by their parent, their section, and the paragraph that introduces their list.
#[derive(Default)]
pub(super) struct AboveCache(BTreeMap<Place, Rc<Above>>);

/// A parent, a section, and the paragraph that introduces a list.
type Place = (Option<usize>, Option<usize>, Option<usize>);

impl AboveCache {
    /// What is above an item, or above a byte outside of items.
    pub(super) fn of(
        &mut self,
        tree: &Tree<'_>,
        note_label: Option<&(Label, String)>,
        parent: Option<usize>,
        at: usize,
    ) -> Rc<Above> {
        let section = tree.input.note.section_at(at);
        let lead = tree.lead(at);
        let above = self.0.entry((parent, section, lead));
        Rc::clone(above.or_insert_with(|| Rc::new(Above::look_up(tree, note_label, parent, section, lead))))
    }
}

/// True for a section with nothing but links in its items.
fn has_only_links(tree: &Tree<'_>, section: &Section) -> bool {
    let from = tree.input.items.partition_point(|item| item.line <= section.line);
    let items = || {
        tree.input
            .items
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, item)| item.line <= section.end_line)
            .take(REMARKS)
    };
    let is_link = |(index, item): (usize, &Item)| {
        let line = tree.input.lines.content(tree.input.text, item.line);
        let words = tree.input.text.get(item.text_start.min(line.end)..line.end).unwrap_or("");
        let behind = words
            .rsplit_once("://")
            .map_or(words, |(_, behind)| behind)
            .split_once([' ', ')'])
            .map_or("", |(_, behind)| behind);
        tree.has_link(index) && words.starts_with(['[', '<', 'h']) && count(behind) <= 5 && !tree.is_boxed(index)
    };
    items().next().is_some() && items().all(is_link)
}

/// The label of a heading or label line, with what the note around it makes of it.
fn section_label(tree: &Tree<'_>, section: &Section, in_named_list: bool) -> Option<labels::Found> {
    let among_operations =
        labels::may_be_operation(&section.text) && labels::is_among_operations(tree.input.note, section);
    let label = labels::classify(&section.text).filter(|_| !among_operations)?;
    // in a log, `Done` and `Next` are about work
    if label.weak && !in_named_list && tree.is_log(section) && labels::is_of_work(&section.text) {
        return None;
    }
    if !labels::is_busy(&section.text) {
        return Some(label);
    }
    // in a collection of links the label says what its pages are for, in a log what was read on its days
    if tree.is_collection {
        return None;
    }
    if labels::is_now(tree.input.path, tree.input.note) {
        return Some(labels::Found { label: Label::Reading, weak: false });
    }
    // next to `## Read`, `## Reading` means what is being read now
    let is_log = tree.is_log(section) && !tree.has_read_sections();
    Some(if is_log { labels::Found { label: Label::Read, weak: false } } else { label })
}

/// True for an item `Read` next to `Create`, `Write` and the like.
fn is_operation_of(tree: &Tree<'_>, index: usize, words: &str) -> bool {
    if !labels::may_be_operation(words) {
        return false;
    }
    let parent = tree.input.items.get(index).and_then(|item| item.parent);
    let beside = tree.input.items.iter().enumerate().filter(|(_, item)| item.parent == parent);
    beside.take(200).any(|(other, _)| other != index && labels::is_operation(&tree.shown(other, GROUP)))
}
