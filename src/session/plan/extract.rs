//! Sections that become notes of their own: one by `extract`, all of a level by `split`. Links to them follow.

use crate::index::Select;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::link::means_something;
use crate::model::link::percent_encode;
use crate::model::note::without_block_id;
use crate::parse;
use crate::query::Query;
use crate::report::anchor::find_heading;
use crate::report::moves::Moves;
use crate::report::spelling;
use crate::session::Error;
use crate::session::Notes;
use crate::session::PlaceName;
use crate::session::Session;
use crate::session::find::find_note;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Settled;
use crate::session::plan::transplant::Needs;
use crate::session::plan::transplant::Source;
use crate::session::plan::words::Change;
use crate::session::plan::words::Rework;
use crate::session::plan::words::Words;
use crate::session::surroundings::Surroundings;

/// What stays where a section was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leave {
    /// A link to the new note.
    #[default]
    Link,
    /// An embed of it.
    Embed,
    /// Nothing.
    Nothing,
    /// A list item with a link.
    Item,
}

/// A section that becomes a note.
pub(super) struct Taken {
    /// Its number in the note.
    pub(super) section: usize,
    /// All of it.
    pub(super) span: Span,
    /// The note that it becomes.
    pub(super) to: NotePath,
}

impl Session {
    /// Plans a note made of a section. `to` is as typed, in the folder `here`.
    pub(super) fn plan_extract(
        &self,
        place: &PlaceName,
        to: Option<&(String, String)>,
        leave: Leave,
    ) -> Result<Plan, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let Some((name, part)) = place.part.as_ref().filter(|(_, part)| !part.starts_with('^')) else {
            return Err(Error::NotAPart { written: place.written.clone() });
        };
        let source = self.source_of(&linked, &find_note(&notes, name)?.path)?;
        let path = &source.record.path;
        let section = find_heading(source.note(), part)
            .ok_or_else(|| Error::NoPlace { path: path.clone(), place: part.clone() })?;
        let span = source.all_of(section)?;
        let head = source.text.get(source.note().body_start..span.start).unwrap_or("");
        if head.trim().is_empty() && span.end == source.text.len() {
            let line = source.note().sections.get(section).map_or(1, |section| section.line);
            return Err(Error::Edit(format!("{path}:{line}: this section is the whole note: move the note instead")));
        }
        let title = source.title_of(section);
        let to = match to {
            Some((typed, here)) => self.place_of_new(&notes, &around, path, &title, typed, here)?,
            None => {
                let to = self.note_beside(path, &title)?;
                self.refuse_taken(&notes, &around, &to)?;
                to
            }
        };
        self.take_out(&linked, &around, &source, vec![Taken { section, span, to }], leave)
    }

    /// Makes notes of sections, which are in order and apart.
    pub(super) fn take_out(
        &self,
        linked: &Notes,
        around: &Surroundings<'_>,
        source: &Source<'_>,
        taken: Vec<Taken>,
        leave: Leave,
    ) -> Result<Plan, Error> {
        let spans: Vec<Span> = taken.iter().map(|taken| taken.span).collect();
        let (needs, left) = source.needs(&spans)?;
        let end = source.line_end();
        let mut rework = Rework {
            moves: Moves::made_and_removed(taken.iter().map(|taken| taken.to.clone()), []),
            ..Rework::default()
        };
        let mut steps = Vec::new();
        let mut changes = source.without(needs.iter().flatten());
        let is_wiki = leave == Leave::Embed || writes_wikilinks(source, linked);
        for (at, (Taken { section, span, to }, needs)) in taken.iter().zip(&needs).enumerate() {
            let mut words = new_note(source, *section, *span, needs, "")?;
            let is = parse::parse(to, &words.text, &self.parse_options()).note;
            if !self.keeps_private(source, to, &is) {
                let privacy = source.note().privacy;
                let key = if privacy.draft && privacy.private.is_none() { "draft" } else { "private" };
                words = new_note(source, *section, *span, needs, &format!("---{end}{key}: true{end}---{end}{end}"))?;
            }
            let number = linked.records().len() + at;
            let goes_on = taken.get(at + 1).is_some_and(|next| next.span.start == span.end);
            changes.push(source.left_behind(*span, leave, goes_on, |words| {
                let mark = if leave == Leave::Embed { "!" } else { "" };
                let link = match is_wiki {
                    true => format!("{mark}[[{}]]", to.stem()),
                    false => markdown_link(&source.title_of(*section), source.record.path.folder(), to),
                };
                words.push_link(&link, number);
            }));
            let line = source.note().sections.get(*section).map_or(1, |section| section.line);
            let at = NoteLine { path: source.record.path.clone(), line };
            steps.push(Step::TakenOut { at, heading: source.title_of(*section), to: to.clone() });
            rework.made.push((to.clone(), words));
        }
        if !left.is_empty() {
            let mut words = Words::default();
            let last = source.text.ends_with('\n') || source.text.is_empty();
            words.push(if last { "" } else { end });
            words.push(end);
            let mut below = Words::default();
            source.add_needs(&mut below, &left, &[], end)?;
            words.append(below);
            let end = source.text.len();
            changes.push(Change { span: Span::new(end, end), words });
        }
        rework.changes.push((source.number, changes));
        let Settled { files, steps: links } = self.settle(linked, around, rework)?;
        steps.extend(links);
        Ok(Plan { files, steps })
    }

    /// A note beside another one, called by a title.
    pub(super) fn note_beside(&self, path: &NotePath, title: &str) -> Result<NotePath, Error> {
        let name = self.name_of(title)?;
        let name = if name.is_empty() { "untitled".to_owned() } else { name };
        let folder = if path.folder().is_empty() { String::new() } else { format!("{}/", path.folder()) };
        Ok(NotePath::from_escaped(format!("{folder}{name}.md")))
    }
}

/// The text of a note made of a section.
fn new_note(source: &Source<'_>, section: usize, span: Span, needs: &Needs, front: &str) -> Result<Words, Error> {
    let span = source.trimmed(span);
    let up = source.note().sections.get(section).map_or(0, |section| i16::from(section.level) - 1);
    let edits = source.with_levels(span, |_, level| i16::from(level) - up)?;
    let mut words = Words::default();
    words.push(front);
    words.graft(source.number, &source.text, span, edits, false).map_err(Error::edit)?;
    words.push(source.line_end());
    source.add_needs(&mut words, needs, &[], source.line_end())?;
    Ok(words)
}

impl Source<'_> {
    /// A heading's words.
    pub(super) fn title_of(&self, section: usize) -> String {
        self.note().sections.get(section).map_or_else(String::new, |section| without_block_id(&section.text).to_owned())
    }

    /// What stands where a section was; `goes_on`: the next one is taken as well.
    fn left_behind(&self, span: Span, leave: Leave, goes_on: bool, link: impl FnOnce(&mut Words)) -> Change {
        let mut words = Words::default();
        let end = self.line_end();
        if leave == Leave::Nothing {
            let before = self.text.get(..span.start).unwrap_or("");
            // no blank lines at the end of the note
            let start = if span.end == self.text.len() { before.trim_end().len() } else { span.start };
            let start = if start == span.start { start } else { self.next_line(start).min(span.start) };
            return Change { span: Span::new(start, span.end), words };
        }
        let is_blank = |line: &str| line.trim().is_empty();
        let before = self.text.get(self.note().body_start..span.start).unwrap_or("");
        let is_list = leave == Leave::Item;
        let is_apart = before.is_empty() || before.lines().next_back().is_none_or(is_blank);
        if !is_apart {
            words.push(end);
        }
        words.push(if is_list { "- " } else { "" });
        link(&mut words);
        if is_list {
            words.push(end);
            if !goes_on && span.end < self.text.len() {
                words.push(end);
            }
            return Change { span, words };
        }
        let span = self.trimmed(span);
        let next = self.next_line(span.end);
        let below = self.text.get(next..).unwrap_or("");
        if !below.is_empty() && below.lines().next().is_some_and(|line| !is_blank(line)) {
            words.push(end);
        }
        Change { span, words }
    }
}

/// True where the note, else the notebook, has more wikilinks than other links to notes.
fn writes_wikilinks(source: &Source<'_>, linked: &Notes) -> bool {
    let count = |note: &crate::model::Note| {
        let local = note.links.iter().filter(|link| !link.is_external() && !link.target.starts_with('#'));
        local.fold((0, 0), |(wiki, plain), link| match link.kind {
            crate::model::LinkKind::Wikilink => (wiki + 1, plain),
            crate::model::LinkKind::Inline => (wiki, plain + 1),
            _ => (wiki, plain),
        })
    };
    let (wiki, plain): (usize, usize) = count(source.note());
    if wiki != plain {
        return wiki > plain;
    }
    let all = linked.records().iter().map(|record| count(&record.parsed.note));
    let (wiki, plain) = all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    wiki >= plain
}

/// A Markdown link to a note, from a folder.
fn markdown_link(title: &str, folder: &str, to: &NotePath) -> String {
    let title = title.replace(['[', ']', '\\', '`', '<'], "");
    let path = spelling::relative(folder, to.as_str(), false);
    let path = percent_encode(&path, |c| means_something(c) || " ()[]`$|".contains(c));
    format!("[{}]({path})", if title.is_empty() { to.stem() } else { &title })
}
