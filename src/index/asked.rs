//! The column with what lists of questions and decisions need from a note. Called by the documents and the library.

use crate::index::column;
use crate::index::error::Error;
use crate::index::record::Record;
use crate::index::snapshot::Snapshot;
use crate::model::Entry;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Section;

/// The value for a note; `None` without questions and decisions, or if it is too long.
pub(crate) fn encode(path: &NotePath, note: &Note) -> Result<Option<Vec<u8>>, Error> {
    if note.questions.is_empty() && note.decisions.is_empty() {
        return Ok(None);
    }
    Ok(column::end(postcard::to_extend(&light(note), column::begin(path))?))
}

/// A note reduced to its questions and decisions, their dates and headings.
fn light(note: &Note) -> Note {
    let sections = note.questions.iter().map(|question| question.section);
    let mut above: Vec<Option<usize>> =
        sections.chain(note.decisions.iter().map(|decision| decision.section)).collect();
    let mut kept: Vec<Section> = Vec::new();
    let mut place: Vec<Option<usize>> = vec![None; note.sections.len()];
    // parents have smaller indices: outer headings are marked before inner ones
    let mut wanted = vec![false; note.sections.len()];
    while let Some(at) = above.pop() {
        if let Some(at) = at
            && let Some(want) = wanted.get_mut(at).filter(|want| !**want)
        {
            *want = true;
            above.push(note.sections.get(at).and_then(|section| section.parent));
        }
    }
    for (index, section) in note.sections.iter().enumerate() {
        if wanted.get(index) == Some(&true)
            && let Some(slot) = place.get_mut(index)
        {
            *slot = Some(kept.len());
            let parent = section.parent.and_then(|parent| place.get(parent).copied().flatten());
            kept.push(Section { parent, slug: String::new(), ..section.clone() });
        }
    }
    let place = |section: Option<usize>| section.and_then(|at| place.get(at).copied().flatten());
    let mut light = Note {
        title: note.title.clone(),
        title_from: note.title_from,
        kind: note.kind.clone(),
        privacy: note.privacy,
        sections: kept,
        questions: note.questions.clone(),
        decisions: note.decisions.clone(),
        entries: note.entries.iter().map(|entry| Entry { why: Vec::new(), ..entry.clone() }).collect(),
        date: note.date,
        date_precision: note.date_precision,
        date_end: note.date_end,
        body_start: note.body_start,
        ..Note::default()
    };
    light.questions.iter_mut().for_each(|question| question.section = place(question.section));
    light.decisions.iter_mut().for_each(|decision| decision.section = place(decision.section));
    light
}

/// Loads notes of a snapshot from the column, as [`column::load`] does.
pub(crate) fn load(
    snapshot: &Snapshot,
    rows: Vec<Vec<usize>>,
    records: &mut Vec<Record>,
) -> Result<Vec<Vec<usize>>, Error> {
    column::load((snapshot, "asked"), rows, records, |path, stamp, hash, value| {
        let parsed = Parsed { note: postcard::from_bytes(value)?, diagnostics: Vec::new() };
        Ok(Record { path, stamp, hash, kept: Vec::new(), closed: Vec::new(), parsed })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn written(text: &str) -> (Note, Option<Vec<u8>>) {
        let path = NotePath::from("a.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        let value = encode(&path, &note).unwrap();
        (note, value)
    }

    #[test]
    fn what_is_read_says_the_same_of_questions() {
        let (note, value) = written(
            "# T\n\n## A\n\n## Mon 28th Feb 2022\n\n- does it scale?\n\n### Decisions\n\n- use it, see [[x]]\n\n## B\n",
        );
        let value = value.unwrap();
        let (path, rest) = column::split(&value).unwrap();
        let back: Note = postcard::from_bytes(rest).unwrap();
        assert_eq!(path, NotePath::from("a.md"));
        let headings = |note: &Note| {
            let path = |section| note.heading_path(section).into_iter().map(str::to_owned).collect::<Vec<_>>();
            (path(note.questions[0].section), path(note.decisions[0].section))
        };
        assert_eq!(headings(&back), headings(&note));
        assert_eq!(headings(&back).1, ["T", "Mon 28th Feb 2022", "Decisions"]);
        assert_eq!(back.sections.len(), 3);
        assert_eq!(back.entry_at(7).map(|entry| entry.date), note.entry_at(7).map(|entry| entry.date));
        assert!(back.links.is_empty() && !note.links.is_empty());
    }

    #[test]
    fn none_and_too_many_have_no_value() {
        assert_eq!(written("- a\n").1, None);
        assert_eq!(written(&"- does one of very many fit?\n".repeat(2_000)).1, None);
    }
}
