//! What lists of tasks need of a note, in a column of its own: a stored document is packed with its neighbours, a column is not.
//!
//! A column of bytes keeps its values sorted and in a row. Each begins with the note's path, so that they are read in the
//! order of the paths. Called by the documents and the library.

use crate::index::Error;
use crate::index::library::Record;
use crate::index::view::Segment;
use crate::model::Note;
use crate::model::NotePath;

/// A column cuts longer values off: the few notes with so many tasks are read from their facts.
const LONGEST: usize = 60_000;

/// Stands between the path, in which it cannot occur, and the note.
const END_OF_PATH: u8 = 0;

/// The value of a note; `None` without tasks, or with too many.
pub(crate) fn encode(path: &NotePath, note: &Note) -> Result<Option<Vec<u8>>, Error> {
    if note.tasks.is_empty() {
        return Ok(None);
    }
    let mut value = path.as_str().as_bytes().to_vec();
    value.push(END_OF_PATH);
    let value = postcard::to_extend(&light(note), value)?;
    Ok(Some(value).filter(|value| value.len() <= LONGEST))
}

/// A note without what no list of tasks shows and no query asks of a task.
fn light(note: &Note) -> Note {
    let mut light = note.clone();
    light.links.clear();
    light.tickets.clear();
    light.date_why.clear();
    light.entries.iter_mut().for_each(|entry| entry.why.clear());
    light.sections.iter_mut().for_each(|section| section.slug.clear());
    light
}

fn decode(value: &[u8]) -> Result<(NotePath, Note), Error> {
    let end = value.iter().position(|&byte| byte == END_OF_PATH).ok_or_else(|| Error::new("a note has no path"))?;
    let (path, note) = value.split_at(end);
    let path = NotePath::from_escaped(std::str::from_utf8(path).map_err(Error::new)?);
    Ok((path, postcard::from_bytes(note.get(1..).unwrap_or_default())?))
}

/// Reads the records of some notes of a segment from the column; gives those that are not in it, in their order.
pub(crate) fn load(segment: &Segment, rows: Vec<usize>, records: &mut Vec<Record>) -> Result<Vec<usize>, Error> {
    let Some(column) = segment.reader.fast_fields().bytes("tasks")? else { return Ok(rows) };
    let mut places: Vec<Option<usize>> = vec![None; column.num_terms()];
    let mut rest = Vec::new();
    for row in rows {
        let value = segment.firsts.get(row).and_then(|&first| column.ords().first(first));
        match value.and_then(|at| places.get_mut(usize::try_from(at).ok()?)) {
            Some(place) => *place = Some(row),
            None => rest.push(row),
        }
    }
    let stamps = segment.stamps()?;
    let mut values = column.dictionary().stream()?;
    let mut places = places.into_iter();
    while values.advance() {
        let Some(Some(row)) = places.next() else { continue };
        let (path, note) = decode(values.key())?;
        let parsed = crate::model::Parsed { note, diagnostics: Vec::new() };
        records.push(Record { path, stamp: stamps.stamp(row), hash: stamps.hash(row), parsed });
    }
    Ok(rest)
}
