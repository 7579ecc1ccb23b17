//! What lists of tasks need of a note, in a column of its own: a stored document is packed with its neighbours, a column is not.
//!
//! A column of bytes keeps its values sorted and in a row. Each begins with the note's path, so that they are read in the
//! order of the paths. Called by the documents and the library.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

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
use crate::model::short_id::Kept;
use crate::model::short_id::content_id;
use crate::model::short_id::kept_id;

/// A column cuts longer values off: the few notes with so many tasks are read from their facts.
const LONGEST: usize = 60_000;

/// Stands between the path, in which it cannot occur, and the note.
const END_OF_PATH: u8 = 0;

/// What every list needs.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Light {
    kept: Vec<Kept>,
    closed: Vec<Closed>,
    note: Note,
}

/// What is read only when somebody asks for it.
#[derive(Serialize, Deserialize)]
struct Rest {
    aliases: Vec<String>,
    tags: Vec<Tag>,
    properties: Vec<Property>,
    blocks: Vec<Block>,
    sections: Vec<Section>,
    kept: Vec<Kept>,
    tasks: Vec<Task>,
}

/// The value of a note; `None` without tasks, or with too many.
pub(crate) fn encode(path: &NotePath, kept: &[Kept], note: &Note) -> Result<Option<Vec<u8>>, Error> {
    if note.tasks.is_empty() {
        return Ok(None);
    }
    let mut value = path.as_str().as_bytes().to_vec();
    value.push(END_OF_PATH);
    let (light, rest) = split(path, kept, note);
    let value = postcard::to_extend(&rest, postcard::to_extend(&light, value)?)?;
    Ok(Some(value).filter(|value| value.len() <= LONGEST))
}

/// A note without what no list of tasks shows and no query asks of a task; and what only some of them do.
fn split(path: &NotePath, kept: &[Kept], note: &Note) -> (Light, Rest) {
    let mut light = note.clone();
    light.links.clear();
    light.tickets.clear();
    light.date_why.clear();
    light.entries.iter_mut().for_each(|entry| entry.why.clear());
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
        // what others stand under, what counts in a group, and what gives others their ids or names stays
        let alone = task.parent.is_none() && !task.group && !parents.contains(&index);
        let unknown =
            task.explicit_id.is_none() && kept_id(kept, index).is_none() && times.get(id.as_str()) == Some(&1);
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

/// Only the words of headings above a task, and no section behind the last of them: the places of the others stay.
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

fn decode(value: &[u8], whole: bool) -> Result<(NotePath, Light), Error> {
    let end = value.iter().position(|&byte| byte == END_OF_PATH).ok_or_else(|| Error::new("a note has no path"))?;
    let (path, note) = value.split_at(end);
    let path = NotePath::from_escaped(std::str::from_utf8(path).map_err(Error::new)?);
    let (mut light, rest): (Light, _) = postcard::take_from_bytes(note.get(1..).unwrap_or_default())?;
    if whole {
        let rest: Rest = postcard::from_bytes(rest)?;
        let Rest { aliases, tags, properties, blocks, sections, kept, tasks } = rest;
        light = Light {
            kept,
            closed: Vec::new(),
            note: Note { aliases, tags, properties, blocks, sections, tasks, ..light.note },
        };
    }
    Ok((path, light))
}

/// Notes of a snapshot from the column, in the order of their paths. `rows` are those of each segment; given back are the ones
/// that are not in the column.
pub(crate) fn load(
    snapshot: &Snapshot,
    rows: Vec<Vec<usize>>,
    whole: bool,
    records: &mut Vec<Record>,
) -> Result<Vec<Vec<usize>>, Error> {
    let mut columns = Vec::new();
    let mut rest = Vec::new();
    for (segment, rows) in snapshot.segments.iter().zip(rows) {
        let Some(column) = segment.reader.fast_fields().bytes("tasks")? else {
            rest.push(rows);
            continue;
        };
        let mut places: Vec<Option<usize>> = vec![None; column.num_terms()];
        let is_rest = |row: &usize| {
            let value = segment.firsts.get(*row).and_then(|&first| column.ords().first(first));
            let place = value.and_then(|at| places.get_mut(usize::try_from(at).ok()?));
            place.map(|place| *place = Some(*row)).is_none()
        };
        rest.push(rows.into_iter().filter(is_rest).collect());
        columns.push((column, places, segment.stamps()?));
    }

    // each column is sorted: the next note is the first of one of them
    records.reserve(columns.iter().map(|(_, places, _)| places.len()).sum());
    let mut heads = Vec::new();
    for (column, places, stamps) in &columns {
        heads.push((column.dictionary().stream()?, places.iter(), stamps, None));
    }
    loop {
        for (values, places, _, row) in &mut heads {
            while let (None, Some(place)) = (&row, places.as_slice().first()) {
                places.next();
                *row = if values.advance() { *place } else { None };
            }
        }
        let waiting = heads.iter_mut().filter(|(.., row)| row.is_some());
        let Some((values, _, stamps, row)) = waiting.min_by(|a, b| a.0.key().cmp(b.0.key())) else { return Ok(rest) };
        let Some(row) = row.take() else { return Ok(rest) };
        let (path, Light { kept, closed, note }) = decode(values.key(), whole)?;
        let parsed = Parsed { note, diagnostics: Vec::new() };
        records.push(Record { path, stamp: stamps.stamp(row), hash: stamps.hash(row), kept, closed, parsed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    const TEXT: &str = "---\ntags: [a]\n---\n# T\n\n- [ ] open #b\n- [x] done, see [[x]] 📅 2026-11-01\n\
        - [x] group\n  - [x] one\n- [x] open #b\n- [-] named ^n\n\n## A\n\n## B\n\n- [ ] there\n\n## C\n";

    fn written(text: &str, kept: &[Kept]) -> (NotePath, Note, Option<Vec<u8>>) {
        let path = NotePath::from("a.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        let value = encode(&path, kept, &note).unwrap();
        (path, note, value)
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let kept = [(3, "bcd".to_owned())];
        let (path, note, value) = written(TEXT, &kept);
        let (at, back) = decode(&value.unwrap(), true).unwrap();
        let whole = &back.note;
        assert_eq!((&at, back.kept.as_slice(), back.closed.as_slice()), (&path, kept.as_slice(), [].as_slice()));
        assert_eq!((&whole.tasks, &whole.tags, &whole.sections), (&note.tasks, &note.tags, &note.sections));
    }

    #[test]
    fn a_closed_task_that_stands_alone_is_left_out() {
        let (path, note, value) = written(TEXT, &[(3, "bcd".to_owned())]);
        let (_, light) = decode(&value.unwrap(), false).unwrap();
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
            assert!(decode(&value[..end], true).is_err(), "{end}");
        }
    }

    #[test]
    fn too_many_tasks_do_not_fit() {
        assert_eq!(written(&"- [ ] one of very many\n".repeat(2_000), &[]).2, None);
    }
}
