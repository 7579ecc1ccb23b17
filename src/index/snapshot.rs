//! An opened index: its segments, which of their documents count, and where each note begins.

use std::collections::HashSet;

use tantivy::DocId;
use tantivy::Index;
use tantivy::ReloadPolicy;
use tantivy::Searcher;
use tantivy::SegmentReader;
use tantivy::TantivyDocument;
use tantivy::Term;
use tantivy::columnar::ColumnIndex;
use tantivy::columnar::ColumnValues;
use tantivy::columnar::StrColumn;
use tantivy::schema::IndexRecordOption;
use tantivy::schema::Value as _;
use tantivy::store::StoreReader;

use crate::disk::Stamp;
use crate::index::doc_set::DocSet;
use crate::index::error::Error;
use crate::index::facts::Extent;
use crate::index::facts::Facts;
use crate::index::schema;

/// A note in a snapshot: its segment, and its row among the notes of that segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NoteAt {
    pub(crate) segment: usize,
    pub(crate) row: usize,
}

/// Everything that is read together: one index, or one and the changes that could not be written to it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// Keeps the files of the segments alive.
    searchers: Vec<Searcher>,
    pub(crate) segments: Vec<Segment>,
}

/// A segment with the data that every query needs.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) reader: SegmentReader,
    /// The first document of each note, in order; a note's sections follow it.
    pub(crate) firsts: Vec<DocId>,
    /// The documents that count.
    pub(crate) live: DocSet,
    /// True if `live` has all documents.
    pub(crate) whole: bool,
}

impl Snapshot {
    /// Opens the last commit of an index.
    pub(crate) fn open(index: &Index) -> Result<Self, Error> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let segments = searcher.segment_readers().iter().map(Segment::open).collect::<Result<_, _>>()?;
        Ok(Self { searchers: vec![searcher], segments })
    }

    #[cfg(test)]
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searchers[0]
    }

    /// Hides some notes.
    pub(crate) fn hide(&mut self, hidden: &HashSet<NoteAt>) {
        for (at, segment) in self.segments.iter_mut().enumerate() {
            for row in 0..segment.firsts.len() {
                if hidden.contains(&NoteAt { segment: at, row }) {
                    segment.whole = false;
                    for doc in segment.sections(row) {
                        segment.live.remove(doc);
                    }
                }
            }
        }
    }

    /// Adds the notes of another snapshot.
    pub(crate) fn join(&mut self, other: Self) {
        self.searchers.extend(other.searchers);
        self.segments.extend(other.segments);
    }
}

impl Segment {
    fn open(reader: &SegmentReader) -> Result<Self, Error> {
        let mtime = reader.fast_fields().i64("mtime")?;
        let bound = reader.max_doc();
        let firsts: Vec<DocId> = match &mtime.index {
            ColumnIndex::Full => (0..bound).collect(),
            ColumnIndex::Optional(index) => index.iter_non_null_docs().collect(),
            ColumnIndex::Empty { .. } => Vec::new(),
            ColumnIndex::Multivalued(_) => return Err(Error::new("a note has two stamps")),
        };
        let mut live = DocSet::all(bound);
        if let Some(alive) = reader.alive_bitset() {
            for doc in 0..bound {
                if !alive.is_alive(doc) {
                    live.remove(doc);
                }
            }
        }
        Ok(Self { reader: reader.clone(), firsts, live, whole: !reader.has_deletes() })
    }

    /// The documents of a note.
    pub(crate) fn sections(&self, row: usize) -> std::ops::Range<DocId> {
        let begin = self.firsts.get(row).copied().unwrap_or(self.reader.max_doc());
        let end = self.firsts.get(row + 1).copied().unwrap_or(self.reader.max_doc());
        begin..end
    }

    /// The note that a document belongs to.
    pub(crate) fn row(&self, doc: DocId) -> usize {
        self.firsts.partition_point(|&first| first <= doc).saturating_sub(1)
    }

    /// The notes that count.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.firsts.iter().enumerate().filter(|&(_, &first)| self.live.contains(first)).map(|(row, _)| row)
    }

    /// The column of paths; its ordinals ascend with the paths.
    pub(crate) fn paths(&self) -> Result<StrColumn, Error> {
        self.reader.fast_fields().str("path")?.ok_or_else(|| Error::new("the paths are gone"))
    }

    /// For each path of the column the row of the note with it, if it counts.
    pub(crate) fn rows_by_path(&self, paths: &StrColumn) -> Result<Vec<Option<usize>>, Error> {
        let mut rows = vec![None; paths.num_terms()];
        for row in self.rows() {
            let ord = usize::try_from(paths.ords().values.get_val(cell(row))).map_err(Error::new)?;
            match rows.get_mut(ord) {
                Some(slot @ None) => *slot = Some(row),
                _ => return Err(Error::new("two notes have one path")),
            }
        }
        Ok(rows)
    }

    /// The live documents with a term; the field has no counts.
    pub(crate) fn with_term(&self, term: &Term) -> Result<DocSet, Error> {
        let mut docs = DocSet::none(self.reader.max_doc());
        let index = self.reader.inverted_index(term.field())?;
        if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
            use tantivy::DocSet as _;
            while postings.doc() != tantivy::TERMINATED {
                docs.insert(postings.doc());
                postings.advance();
            }
        }
        docs.keep(&self.live);
        Ok(docs)
    }

    pub(crate) fn stamps(&self) -> Result<Stamps, Error> {
        let columns = self.reader.fast_fields();
        Ok(Stamps {
            mtime: columns.i64("mtime")?.values,
            ctime: columns.i64("ctime")?.values,
            size: columns.u64("size")?.values,
            inode: columns.u64("inode")?.values,
            hash: columns.u64("hash")?.values,
            seen: columns.i64("seen")?.values,
        })
    }

    /// The stored documents; in ascending order, each block is unpacked once.
    pub(crate) fn store(&self) -> Result<StoreReader, Error> {
        Ok(self.reader.get_store_reader(2)?)
    }

    /// The record of a note.
    pub(crate) fn facts(&self, store: &StoreReader, row: usize, extent: Extent) -> Result<Facts, Error> {
        let first = self.firsts.get(row).ok_or_else(|| Error::new("a note is gone"))?;
        let document: TantivyDocument = store.get(*first)?;
        let facts = document.get_first(schema::fields().facts);
        let facts = facts.as_ref().and_then(|value| value.as_bytes());
        Facts::decode(facts.ok_or_else(|| Error::new("a note has no facts"))?, extent)
    }
}

type Values<T> = std::sync::Arc<dyn ColumnValues<T>>;

/// What was recorded about the files of a segment, by row.
pub(crate) struct Stamps {
    mtime: Values<i64>,
    ctime: Values<i64>,
    size: Values<u64>,
    inode: Values<u64>,
    hash: Values<u64>,
    seen: Values<i64>,
}

impl Stamps {
    pub(crate) fn stamp(&self, row: usize) -> Stamp {
        let row = cell(row);
        Stamp {
            mtime: self.mtime.get_val(row),
            ctime: self.ctime.get_val(row),
            size: self.size.get_val(row),
            inode: self.inode.get_val(row),
        }
    }

    pub(crate) fn mtime(&self, row: usize) -> i64 {
        self.mtime.get_val(cell(row))
    }

    pub(crate) fn hash(&self, row: usize) -> u64 {
        self.hash.get_val(cell(row))
    }

    pub(crate) fn seen(&self, row: usize) -> i64 {
        self.seen.get_val(cell(row))
    }
}

/// A row number for tantivy: there are never more rows than documents, which are numbered by `u32`.
pub(crate) fn cell(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
