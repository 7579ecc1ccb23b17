//! A note goes on as a section at the end of another one and is removed; links to it lead to that section.

use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::SectionKind;
use crate::model::Span;
use crate::parse;
use crate::query::Query;
use crate::report::file_name::fold;
use crate::report::moves::Moves;
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

/// Properties that are kept as text, or that say nothing without their note.
const KEPT: [&str; 3] = ["tags", "tag", "title"];

impl Session {
    /// Plans the end of a note as a section of another one.
    pub(super) fn plan_merge(&self, from: &NoteName, into: &NoteName) -> Result<Plan, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let from = self.source_of(&linked, &find_note(&notes, from)?.path)?;
        let into = self.source_of(&linked, &find_note(&notes, into)?.path)?;
        let (old, new) = (&from.record.path, &into.record.path);
        if from.number == into.number {
            return Err(Error::Edit(format!("{old} cannot be merged into itself")));
        }
        if self.notebook.path(old).is_symlink() {
            return Err(Error::Edit(format!("{old} is a symbolic link: merge what it leads to")));
        }
        let (words, lost) = section(&from, &into)?;
        let end = into.text.len();
        let line = into.text.get(..end).unwrap_or("").matches('\n').count() + 1;
        let line =
            line + words.text.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|b| *b == b'\n').count();
        let change = Change { span: Span::new(end, end), words };
        self.refuse_leaks(&from, &into, std::slice::from_ref(&change))?;
        self.refuse_open_end(&into, &change)?;
        let rework = Rework {
            moves: Moves::made_and_removed([], [old.clone()]),
            changes: vec![(into.number, vec![change])],
            made: Vec::new(),
            merged: Some((from.number, into.number)),
            by_alias: false,
        };
        let Settled { files, steps: links } = self.settle(&linked, &around, rework)?;
        let mut steps = vec![Step::Merged { from: old.clone(), into: NoteLine { path: new.clone(), line } }];
        if !lost.is_empty() {
            let lost = lost.join(", ");
            steps.push(Step::Remark {
                message: format!("the front matter of {old} is removed with it; {new} does not have: {lost}"),
            });
        }
        steps.extend(links);
        Ok(Plan { files, steps })
    }

    /// Refuses where a note ends in code or in a comment that is never closed.
    fn refuse_open_end(&self, into: &Source<'_>, change: &Change) -> Result<(), Error> {
        let text = format!("{}{}", into.text, change.words.text);
        let now = parse::parse(&into.record.path, &text, &self.parse_options()).note;
        let start = into.text.len() + change.words.text.find('#').unwrap_or(0);
        if now.sections.iter().any(|section| {
            section.kind == SectionKind::Heading
                && section.heading_span.contains(start.max(section.heading_span.start))
                && section.heading_span.start >= into.text.len()
        }) {
            return Ok(());
        }
        let path = &into.record.path;
        let line = into.text.lines().count().max(1);
        Err(Error::Edit(format!(
            "{path}:{line}: the note ends in code or in a comment that is never closed: close it first"
        )))
    }
}

/// The text of a note as a section of another one, and what of its front matter is lost.
fn section(from: &Source<'_>, into: &Source<'_>) -> Result<(Words, Vec<String>), Error> {
    let end = into.line_end();
    let note = from.note();
    let level = i16::from(level_in(into.note()));
    let body = from.text.get(note.body_start..).unwrap_or("");
    let start = note.body_start + (body.len() - body.trim_start_matches(['\r', '\n', ' ', '\t']).len());
    let start = from.line_start(start).max(note.body_start);
    let all = from.trimmed(Span::new(start, from.text.len()));
    let opening = note
        .opening
        .filter(|opening| note.sections.get(*opening).is_some_and(|section| section.heading_span.start == start));
    let others = from.headings(all).filter(|index| Some(*index) != opening);
    let highest = others.filter_map(|index| note.sections.get(index)).map(|section| i16::from(section.level)).min();
    let down = (level + 1 - highest.unwrap_or(level + 1)).max(0);
    let mut edits =
        from.with_levels(all, |index, was| if Some(index) == opening { level } else { i16::from(was) + down })?;
    edits.extend(from.renamed_for(into, &[all], false));
    edits.extend(from.with_line_ends(all, end, &edits));
    let mut words = Words::default();
    let is_blank = into.text.trim().is_empty();
    let lacks_end = !into.text.is_empty() && !into.text.ends_with('\n');
    words.push(if lacks_end { end } else { "" });
    let ends_blank = ["\n\n", "\n\r\n"].iter().any(|blank| into.text.ends_with(blank));
    words.push(if is_blank || ends_blank { "" } else { end });
    let tags = tags_line(note, into.note());
    let head = match opening.and_then(|opening| note.sections.get(opening)) {
        Some(section) => from.trimmed(Span::new(start, section.heading_span.end)),
        None => Span::new(start, start),
    };
    match opening {
        Some(_) => {
            let own = edits.iter().filter(|edit| edit.end <= head.end).cloned().collect();
            words.graft(from.number, &from.text, head, own, false).map_err(Error::edit)?;
        }
        None => {
            let marks = "#".repeat(usize::try_from(level).unwrap_or(2));
            words.push(&format!("{marks} {}", note.title));
        }
    }
    words.push(if tags.is_empty() { "" } else { end });
    words.push(if tags.is_empty() { "" } else { end });
    words.push(&tags);
    let rest = Span::new(head.end, all.end);
    if !rest.of(&from.text).trim().is_empty() {
        if opening.is_none() {
            words.push(end);
            words.push(end);
        }
        let own: Vec<Edit> =
            edits.iter().filter(|edit| edit.start >= rest.start && edit.end > head.end).cloned().collect();
        words.graft(from.number, &from.text, rest, own, false).map_err(Error::edit)?;
    }
    words.push(end);
    let lost = note.properties.iter().filter(|property| !KEPT.contains(&property.key.to_lowercase().as_str()));
    let mut lost: Vec<String> = lost.map(|property| format!("`{}`", property.key)).collect();
    if note
        .property("title")
        .and_then(|title| title.as_text())
        .is_some_and(|title| opening.is_some() && title != words_of(note, opening))
    {
        lost.push("`title`".to_owned());
    }
    Ok((words, lost))
}

fn words_of(note: &Note, section: Option<usize>) -> &str {
    section.and_then(|index| note.sections.get(index)).map_or("", |section| section.text.as_str())
}

/// The level of the sections of a note: below the heading that opens it, where that is its only one of the kind.
fn level_in(note: &Note) -> u8 {
    let levels =
        || note.sections.iter().filter(|section| section.kind == SectionKind::Heading).map(|section| section.level);
    let tops = levels().filter(|level| *level == 1).count();
    match levels().min() {
        Some(1) if tops == 1 && note.opening.is_some() => 2,
        Some(least) => least.min(5),
        None => 2,
    }
}

/// Tags that stand in the front matter alone, as words of the text.
fn tags_line(from: &Note, into: &Note) -> String {
    let is_front = |tag: &&crate::model::Tag| tag.span.start < from.body_start;
    let is_new = |tag: &&crate::model::Tag| {
        let has = |note: &Note, from: usize| {
            note.tags.iter().any(|other| other.span.start >= from && fold(&other.name) == fold(&tag.name))
        };
        !has(from, from.body_start) && !has(into, 0) && parse::is_tag(&tag.name)
    };
    let mut names: Vec<String> = Vec::new();
    for tag in from.tags.iter().filter(is_front).filter(is_new) {
        let written = format!("#{}", tag.name);
        if !names.contains(&written) {
            names.push(written);
        }
    }
    names.join(" ")
}
