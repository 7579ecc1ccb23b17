//! Notes in a column of bytes, which can be read one by one; stored documents are compressed together with their neighbours.
//!
//! A column keeps its values sorted. Each begins with the note's path, so that they are read in the order of the paths. What
//! follows the path is defined by the user of the column: the files `tasks.rs`, `asked.rs` and `reading.rs`.

use crate::disk::Stamp;
use crate::index::error::Error;
use crate::index::record::Record;
use crate::index::snapshot::Snapshot;
use crate::model::NotePath;

/// In bytes; tantivy truncates longer values, so the few notes with more are read from their facts instead.
const LONGEST: usize = 60_000;

/// Separates the path, which cannot contain it, from the rest.
const END_OF_PATH: u8 = 0;

/// The beginning of a note's value.
pub(crate) fn begin(path: &NotePath) -> Vec<u8> {
    let mut value = path.as_str().as_bytes().to_vec();
    value.push(END_OF_PATH);
    value
}

/// The complete value; `None` if it is too long.
pub(crate) fn end(value: Vec<u8>) -> Option<Vec<u8>> {
    Some(value).filter(|value| value.len() <= LONGEST)
}

/// Splits a value into the path and the rest.
pub(crate) fn split(value: &[u8]) -> Result<(NotePath, &[u8]), Error> {
    let end = value.iter().position(|&byte| byte == END_OF_PATH).ok_or_else(|| Error::new("a note has no path"))?;
    let (path, note) = value.split_at(end);
    let path = NotePath::from_escaped(std::str::from_utf8(path).map_err(Error::new)?);
    Ok((path, note.get(1..).unwrap_or_default()))
}

/// Loads notes of a snapshot from a column, in the order of their paths. `rows` are the notes of each segment; those that are
/// not in the column are returned. `decode` makes a record from path, stamp, hash and the rest of the value.
pub(crate) fn load(
    (snapshot, name): (&Snapshot, &str),
    rows: Vec<Vec<usize>>,
    records: &mut Vec<Record>,
    decode: impl Fn(NotePath, Stamp, u64, &[u8]) -> Result<Record, Error>,
) -> Result<Vec<Vec<usize>>, Error> {
    let mut columns = Vec::new();
    let mut rest = Vec::new();
    for (segment, rows) in snapshot.segments.iter().zip(rows) {
        let Some(column) = segment.reader.fast_fields().bytes(name)? else {
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
        let (path, note) = split(values.key())?;
        records.push(decode(path, stamps.stamp(row), stamps.hash(row), note)?);
    }
}
