//! Another name for a heading or a block; the links to it follow.

use crate::edit;
use crate::index::Record;
use crate::index::Select;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::note::without_block_id;
use crate::parse;
use crate::query::Query;
use crate::report::anchor::find_heading;
use crate::session::Error;
use crate::session::PlaceName;
use crate::session::Session;
use crate::session::find::find_note;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Settled;
use crate::session::plan::words::Rework;

impl Session {
    /// Plans other words for a heading, or another id for a block.
    pub(super) fn plan_rename_part(&self, place: &PlaceName, to: &str) -> Result<Plan, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let Some((name, part)) = &place.part else {
            return Err(Error::NotAPart { written: place.written.clone() });
        };
        let record = find_note(&notes, name)?;
        let text = self.text(&record.path)?;
        if text.hash != record.hash {
            return Err(Error::Changed { path: record.path.clone(), line: None });
        }
        let to = to.split_whitespace().collect::<Vec<_>>().join(" ");
        let (line, from, edit) = match part.strip_prefix('^') {
            Some(id) => block(record, id, &to, &text.text)?,
            None => heading(record, part, &to, &text.text)?,
        };
        let is_block = part.starts_with('^');
        if from.trim_start_matches('^') == to {
            return Err(Error::Edit(format!("{}:{line} already has that name", record.path)));
        }
        let new = edit::apply_text(&text.text, std::slice::from_ref(&edit)).map_err(Error::edit)?;
        let after = parse::parse(&record.path, &new, &self.parse_options()).note;
        if !is_renamed(&record.parsed.note, &after, line, (&to, is_block)) {
            let what = if is_block { "the id of a block" } else { "a heading" };
            let why = if is_block { why_no_id(&to) } else { why_no_heading(&to) };
            return Err(Error::Edit(format!("{}:{line}: `{to}` would not be read as {what}: {why}", record.path)));
        }
        let linked = self.all_linked(&notes, &around);
        let index = linked.position(&record.path).ok_or_else(|| Error::Edit("no such note".to_owned()))?;
        let settled = self.settle(&linked, &around, Rework::edits(vec![(index, vec![edit])]))?;
        let Settled { files, steps } = settled;
        let at = NoteLine { path: record.path.clone(), line };
        let step = Step::PartRenamed { at, from, to: if is_block { format!("^{to}") } else { to } };
        Ok(Plan { files, steps: std::iter::once(step).chain(steps).collect() })
    }
}

/// A part of a note: its line, what it is called, and the edit that gives it another name.
type Found = (usize, String, crate::model::Edit);

/// The one heading that some words name.
fn heading(record: &Record, written: &str, to: &str, text: &str) -> Result<Found, Error> {
    let note = &record.parsed.note;
    let none = || Error::NoPlace { path: record.path.clone(), place: written.to_owned() };
    let found = find_heading(note, written).and_then(|index| note.sections.get(index)).ok_or_else(none)?;
    let same = |text: &str| without_block_id(text).to_lowercase() == without_block_id(&found.text).to_lowercase();
    let lines: Vec<usize> = note.sections.iter().filter(|other| same(&other.text)).map(|other| other.line).collect();
    if lines.len() > 1 && same(written) && found.slug != written {
        return Err(Error::ManyHeadings { path: record.path.clone(), name: written.to_owned(), lines });
    }
    if to.is_empty() {
        return Err(Error::Edit("a heading needs words".to_owned()));
    }
    if to.trim_end_matches('#').ends_with(' ') && to.ends_with('#') {
        let message = format!("`{to}` would not be read as a heading: {}", why_no_heading(to));
        return Err(Error::Edit(format!("{}:{}: {message}", record.path, found.line)));
    }
    let edit = edit::heading::with_words(text, found, to).ok_or_else(|| {
        let message = "only headings of one line with `#` or an underline are renamed";
        Error::Edit(format!("{}:{}: {message}", record.path, found.line))
    })?;
    Ok((found.line, without_block_id(&found.text).to_owned(), edit))
}

/// The block with this id.
fn block(record: &Record, id: &str, to: &str, text: &str) -> Result<Found, Error> {
    let blocks = &record.parsed.note.blocks;
    let none = || Error::NoPlace { path: record.path.clone(), place: format!("^{id}") };
    let found = blocks.iter().find(|block| block.id.eq_ignore_ascii_case(id)).ok_or_else(none)?;
    if let Some(taken) = blocks.iter().find(|block| block.id != found.id && block.id.eq_ignore_ascii_case(to)) {
        return Err(Error::Edit(format!(
            "{}:{}: another block already has the id ^{}",
            record.path, taken.line, taken.id
        )));
    }
    let written = found.span.of(text);
    let at = written.rfind(found.id.as_str()).ok_or_else(none)?;
    let start = found.span.start + at;
    let edit = crate::model::Edit { start, end: start + found.id.len(), text: to.to_owned() };
    Ok((found.line, format!("^{}", found.id), edit))
}

/// The words of a heading that is written so.
fn words_of(written: &str) -> String {
    let text = format!("# {written}\n");
    let note = parse::parse(&NotePath::from("heading.md"), &text, &parse::Options::default()).note;
    note.sections.first().map_or_else(String::new, |section| section.text.clone())
}

fn why_no_id(id: &str) -> String {
    match id.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
        Some(c) => format!("it has `{c}`, and takes unaccented letters, digits and `-`"),
        None => "it takes unaccented letters, digits and `-`".to_owned(),
    }
}

fn why_no_heading(words: &str) -> String {
    let is_closed = words.trim_end_matches('#').len() < words.len();
    match words.split_whitespace().next() {
        _ if is_closed => "a `#` at its end closes it; write `\\#`".to_owned(),
        Some(first) if first.chars().all(|c| c.is_ascii_punctuation()) || first.ends_with(['.', ')']) => {
            format!("its first word `{first}` makes something else of a heading that is underlined; put `\\` before it")
        }
        _ => "it would change what else is read there".to_owned(),
    }
}

/// True when nothing but the name of the part is another.
fn is_renamed(was: &Note, is: &Note, line: usize, (to, is_block): (&str, bool)) -> bool {
    let headings = was.sections.len() == is.sections.len()
        && was.sections.iter().zip(&is.sections).all(|(was, is)| {
            let same = (was.line, was.level, was.kind) == (is.line, is.level, is.kind);
            let renamed = !is_block && was.line == line;
            same && if renamed { without_block_id(&is.text) == words_of(to) } else { was.text == is.text || is_block }
        });
    let blocks = was.blocks.len() == is.blocks.len()
        && was.blocks.iter().zip(&is.blocks).all(|(was, is)| match is_block && was.line == line {
            true => is.id == to || was.id == is.id,
            false => was.id == is.id,
        });
    headings && blocks && (!is_block || is.blocks.iter().any(|block| block.id == to))
}
