//! The column with what the reading list needs from a note. Called by the documents and the library.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::index::column;
use crate::index::error::Error;
use crate::index::record::Record;
use crate::index::snapshot::Snapshot;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Privacy;
use crate::model::Reading;

/// What the list needs.
#[derive(Serialize, Deserialize)]
struct Light {
    title: String,
    kind: Option<String>,
    date: Option<NaiveDate>,
    privacy: Privacy,
    reading: Vec<Reading>,
}

/// The value for a note; `None` without anything to read, or if it is too long.
pub(crate) fn encode(path: &NotePath, note: &Note) -> Result<Option<Vec<u8>>, Error> {
    if note.reading.is_empty() {
        return Ok(None);
    }
    let light = Light {
        title: note.title.clone(),
        kind: note.kind.clone(),
        date: note.date,
        privacy: note.privacy,
        reading: note.reading.clone(),
    };
    Ok(column::end(postcard::to_extend(&light, column::begin(path))?))
}

/// Loads notes of a snapshot from the column, as [`column::load`] does.
pub(crate) fn load(
    snapshot: &Snapshot,
    rows: Vec<Vec<usize>>,
    records: &mut Vec<Record>,
) -> Result<Vec<Vec<usize>>, Error> {
    column::load((snapshot, "reading"), rows, records, |path, stamp, hash, value| {
        let Light { title, kind, date, privacy, reading } = postcard::from_bytes(value)?;
        let note = Note { title, kind, date, privacy, reading, ..Note::default() };
        let parsed = Parsed { note, diagnostics: Vec::new() };
        Ok(Record { path, stamp, hash, kept: Vec::new(), closed: Vec::new(), parsed })
    })
}
