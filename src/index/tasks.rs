//! The column with what lists of tasks need from a note. Called by the documents and the library.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::index::column;
use crate::index::error::Error;
use crate::index::record::Record;
use crate::index::snapshot::Snapshot;
use crate::model::Block;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Property;
use crate::model::Section;
use crate::model::Tag;
use crate::model::Task;
use crate::model::short_id::Closed;
use crate::model::short_id::StableId;
use crate::model::short_id::content_id;
use crate::model::short_id::stable_id;

/// What every list needs.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Light {
    kept: Vec<StableId>,
    closed: Vec<Closed>,
    note: Note,
}

/// What only some lists need.
#[derive(Serialize, Deserialize)]
struct Rest {
    aliases: Vec<String>,
    tags: Vec<Tag>,
    properties: Vec<Property>,
    blocks: Vec<Block>,
    sections: Vec<Section>,
    kept: Vec<StableId>,
    tasks: Vec<Task>,
}

/// The value for a note; `None` without tasks, or if it is too long.
pub(crate) fn encode(path: &NotePath, kept: &[StableId], note: &Note) -> Result<Option<Vec<u8>>, Error> {
    if note.tasks.is_empty() {
        return Ok(None);
    }
    let (light, rest) = split(path, kept, note);
    let value = postcard::to_extend(&light, column::begin(path))?;
    Ok(column::end(postcard::to_extend(&rest, value)?))
}

/// A note reduced to what lists of tasks show and queries test; and what only some of them need.
fn split(path: &NotePath, kept: &[StableId], note: &Note) -> (Light, Rest) {
    let mut light = note.clone();
    light.links.clear();
    light.reading.clear();
    light.tickets.clear();
    light.questions.clear();
    light.decisions.clear();
    light.ticket_like.clear();
    light.goals.clear();
    light.skill_words.clear();
    light.endorsements.clear();
    light.date_why.clear();
    light.entries.iter_mut().for_each(|entry| entry.why.clear());
    // the series of each task, but not what else was said in the meeting
    for meeting in &mut light.meetings {
        meeting.points.clear();
        meeting.attendees.clear();
    }
    let rest = Rest {
        aliases: std::mem::take(&mut light.aliases),
        tags: std::mem::take(&mut light.tags),
        properties: std::mem::take(&mut light.properties),
        blocks: std::mem::take(&mut light.blocks),
        sections: light.sections.clone(),
        kept: kept.to_vec(),
        tasks: std::mem::take(&mut light.tasks),
    };

    let ids: Vec<String> = rest.tasks.iter().map(|task| content_id(path, task)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for id in &ids {
        *times.entry(id).or_default() += 1;
    }
    let parents: BTreeSet<usize> = rest.tasks.iter().filter_map(|task| task.parent).collect();
    let mut places = Vec::new();
    let mut closed = Vec::new();
    for (index, (task, id)) in rest.tasks.iter().zip(&ids).enumerate() {
        // keep tasks that are parents, that count in a group, or that give others their ids or names;
        // what is done in a meeting may be the last copy of a point that is open in an earlier one
        let alone =
            task.parent.is_none() && !task.group && !parents.contains(&index) && note.meeting_at(task.line).is_none();
        let unknown =
            task.explicit_id.is_none() && stable_id(kept, index).is_none() && times.get(id.as_str()) == Some(&1);
        places.push(light.tasks.len());
        match Closed::new(id, task.status) {
            Some(one) if alone && unknown && !task.status.is_open() => closed.push(one),
            _ => {
                let parent = task.parent.and_then(|parent| places.get(parent).copied());
                light.tasks.push(Task { parent, ..task.clone() });
            }
        }
    }
    keep_headings(&mut light);
    light.sections.iter_mut().for_each(|section| section.slug.clear());
    let at = |index: usize| places.get(index).copied().unwrap_or(0);
    let kept = kept.iter().map(|(index, id)| (at(*index), id.clone())).collect();
    (Light { kept, closed, note: light }, rest)
}

/// Keeps only the words of headings above a task, and no section after the last of them, so that indices stay valid.
fn keep_headings(note: &mut Note) {
    let mut above = BTreeSet::new();
    for task in &note.tasks {
        let mut at = task.section;
        while let Some(index) = at.filter(|index| above.insert(*index)) {
            at = note.sections.get(index).and_then(|section| section.parent);
        }
    }
    note.sections.truncate(above.last().map_or(0, |last| last + 1));
    for (index, section) in note.sections.iter_mut().enumerate() {
        if !above.contains(&index) {
            section.text.clear();
        }
    }
}

fn decode(note: &[u8], whole: bool) -> Result<Light, Error> {
    let (mut light, rest): (Light, _) = postcard::take_from_bytes(note)?;
    if whole {
        let rest: Rest = postcard::from_bytes(rest)?;
        let Rest { aliases, tags, properties, blocks, sections, kept, tasks } = rest;
        light = Light {
            kept,
            closed: Vec::new(),
            note: Note { aliases, tags, properties, blocks, sections, tasks, ..light.note },
        };
    }
    Ok(light)
}

/// Loads notes of a snapshot from the column, as [`column::load`] does.
pub(crate) fn load(
    snapshot: &Snapshot,
    rows: Vec<Vec<usize>>,
    whole: bool,
    records: &mut Vec<Record>,
) -> Result<Vec<Vec<usize>>, Error> {
    column::load((snapshot, "tasks"), rows, records, |path, stamp, hash, value| {
        let Light { kept, closed, note } = decode(value, whole)?;
        Ok(Record { path, stamp, hash, kept, closed, parsed: Parsed { note, diagnostics: Vec::new() } })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    const TEXT: &str = "---\ntags: [a]\n---\n# T\n\n- [ ] open #b\n- [x] done, see [[x]] 📅 2026-11-01\n\
        - [x] group\n  - [x] one\n- [x] open #b\n- [-] named ^n\n\n## A\n\n## B\n\n- [ ] there\n\n## C\n";

    fn written(text: &str, kept: &[StableId]) -> (NotePath, Note, Option<Vec<u8>>) {
        let path = NotePath::from("a.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        let value = encode(&path, kept, &note).unwrap();
        (path, note, value)
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let kept = [(3, "bcd".to_owned())];
        let (path, note, value) = written(TEXT, &kept);
        let value = value.unwrap();
        let (at, rest) = column::split(&value).unwrap();
        let back = decode(rest, true).unwrap();
        let whole = &back.note;
        assert_eq!((&at, back.kept.as_slice(), back.closed.as_slice()), (&path, kept.as_slice(), [].as_slice()));
        assert_eq!((&whole.tasks, &whole.tags, &whole.sections), (&note.tasks, &note.tags, &note.sections));
    }

    #[test]
    fn a_closed_task_that_stands_alone_is_left_out() {
        let (path, note, value) = written(TEXT, &[(3, "bcd".to_owned())]);
        let value = value.unwrap();
        let light = decode(column::split(&value).unwrap().1, false).unwrap();
        assert_eq!(light.kept, [(2, "bcd".to_owned())]);
        assert_eq!(light.closed.iter().map(Closed::id).collect::<Vec<_>>(), [content_id(&path, &note.tasks[1])]);
        let words: Vec<&str> = light.note.tasks.iter().map(|task| task.words.as_str()).collect();
        assert_eq!(words, ["open #b", "group", "one", "open #b", "named", "there"]);
        assert_eq!(light.note.tasks[2].parent, Some(1));
        let headings: Vec<&str> = light.note.sections.iter().map(|section| section.text.as_str()).collect();
        assert_eq!(headings, ["T", "", "B"]);
        assert_eq!(light.note.heading_path(light.note.tasks[5].section), ["T", "B"]);
    }

    #[test]
    fn a_damaged_value_is_an_error() {
        let value = written(TEXT, &[]).2.unwrap();
        for end in 0..value.len() {
            let is_read = column::split(&value[..end]).and_then(|(_, rest)| decode(rest, true));
            assert!(is_read.is_err(), "{end}");
        }
    }

    #[test]
    fn too_many_tasks_do_not_fit() {
        assert_eq!(written(&"- [ ] one of very many\n".repeat(2_000), &[]).2, None);
    }
}
