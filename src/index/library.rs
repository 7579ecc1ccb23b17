//! The notes as they are now: what every report and search reads.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use tantivy::Term;

use crate::disk::Stamp;
use crate::index::Error;
use crate::index::Source;
use crate::index::document::Has;
use crate::index::folder;
use crate::index::schema;
use crate::index::sync;
use crate::index::sync::Synced;
use crate::index::tasks;
use crate::index::view::Segment;
use crate::index::view::View;
use crate::index::view::cell;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::short_id::Closed;
use crate::model::short_id::Kept;

/// What a sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// New notes.
    pub added: usize,
    /// Notes whose text changed.
    pub changed: usize,
    /// Notes whose file changed but not its text.
    pub touched: usize,
    /// Notes that are gone, or cannot be read any more.
    pub removed: usize,
    /// Files that could not be read, with a sentence each; sorted by path. They are tried again at every sync.
    pub unreadable: Vec<(NotePath, String)>,
    /// True when the cache could not be written, so that all or part of the index lies in memory for this once.
    pub in_memory: bool,
}

/// Which notes [`Library::notes`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// All of them.
    All,
    /// Those that have this: their facts alone are unpacked.
    With(Has),
    /// Those that have a task, quickly: without links, tickets, reasons of dates, anchors and diagnostics.
    Tasks,
    /// The same, still quicker: also without aliases, tags, properties and block ids, and most closed tasks are left out.
    OpenTasks,
}

/// A note with its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// From the notes folder.
    pub path: NotePath,
    /// Of the file, when it was read.
    pub stamp: Stamp,
    /// Of the file's bytes, as [`crate::index::Text::hash`].
    pub hash: u64,
    /// The short ids that its tasks keep from before their words changed.
    pub kept: Vec<Kept>,
    /// The tasks that [`Select::OpenTasks`] left out.
    pub closed: Vec<Closed>,
    /// What it says.
    pub parsed: Parsed,
}

/// A synced view of the notes.
///
/// It does not move while it is held: open another one to see later changes.
#[derive(Debug)]
pub struct Library<'a> {
    cache: PathBuf,
    source: Source<'a>,
    view: Mutex<Arc<View>>,
    stats: Stats,
}

impl<'a> Library<'a> {
    /// Brings the index in `cache` up to date with the notes, and opens it.
    ///
    /// A missing, old or damaged index is built again; where the folder cannot be written, in memory.
    /// `progress` is called on this thread with how many notes are done and how many there are to do.
    ///
    /// # Errors
    ///
    /// When even an index in memory cannot be built.
    pub fn open(cache: &Path, source: Source<'a>, progress: &mut dyn FnMut(usize, usize)) -> Result<Self, Error> {
        let synced = sync::sync(cache, &source, progress)?;
        Ok(Self::new(cache, source, synced))
    }

    /// Opens the index as it is, without a walk; where there is none, like [`Library::open`].
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn open_unsynced(
        cache: &Path,
        source: Source<'a>,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, Error> {
        let folder = folder::of(cache, source.fingerprint);
        match sync::guarded(|| folder::open(&folder)?.map(|index| View::open(&index)).transpose()) {
            Ok(Some(view)) => Ok(Self::new(cache, source, Synced { view, stats: Stats::default() })),
            Ok(None) | Err(_) => Self::open(cache, source, progress),
        }
    }

    /// Drops the index, and builds and opens it again.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn rebuild(cache: &Path, source: Source<'a>, progress: &mut dyn FnMut(usize, usize)) -> Result<Self, Error> {
        let synced = sync::rebuild(cache, &source, progress)?;
        Ok(Self::new(cache, source, synced))
    }

    /// The folder within `cache` that holds the index of these settings.
    #[must_use]
    pub fn folder(cache: &Path, fingerprint: u64) -> PathBuf {
        folder::of(cache, fingerprint)
    }

    fn new(cache: &Path, source: Source<'a>, synced: Synced) -> Self {
        Self { cache: cache.to_path_buf(), source, view: Mutex::new(Arc::new(synced.view)), stats: synced.stats }
    }

    /// What opening it took.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// How many notes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.view().segments.iter().map(|segment| segment.rows().count()).sum()
    }

    /// True when there is no note.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Notes with their facts, sorted by path.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn notes(&self, select: Select) -> Result<Vec<Record>, Error> {
        self.read(|view| {
            let mut records = Vec::new();
            let rows_with = |has| view.segments.iter().map(|segment| with(segment, has)).collect::<Result<Vec<_>, _>>();
            let rows = match select {
                Select::All => view.segments.iter().map(|segment| segment.rows().collect()).collect(),
                Select::With(has) => rows_with(has)?,
                Select::Tasks => tasks::load(view, rows_with(Has::Task)?, true, &mut records)?,
                Select::OpenTasks => tasks::load(view, rows_with(Has::Task)?, false, &mut records)?,
            };
            let from_columns = records.len();
            for (segment, rows) in view.segments.iter().zip(rows) {
                load(segment, rows, &mut records)?;
            }
            if records.len() > from_columns {
                records.sort_by(|a, b| a.path.cmp(&b.path));
            }
            Ok(records)
        })
    }

    /// One note by its exact path.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn note(&self, path: &NotePath) -> Result<Option<Record>, Error> {
        self.read(|view| {
            let mut records = Vec::new();
            for segment in &view.segments {
                let paths = segment.paths()?;
                let Some(ord) = paths.dictionary().term_ord(path.as_str())? else { continue };
                let is_it = |row: &usize| paths.ords().values.get_val(cell(*row)) == ord;
                let row = segment.rows().find(is_it);
                load(segment, row, &mut records)?;
            }
            Ok(records.pop())
        })
    }

    pub(crate) fn source(&self) -> &Source<'a> {
        &self.source
    }

    fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads; where the index turns out to be damaged, once more from a new one.
    pub(crate) fn read<T>(&self, work: impl Fn(&View) -> Result<T, Error>) -> Result<T, Error> {
        let view = self.view();
        if let Ok(answer) = sync::guarded(|| work(&view)) {
            return Ok(answer);
        }
        let synced = sync::rebuild(&self.cache, &self.source, &mut |_, _| {})?;
        let view = Arc::new(synced.view);
        *self.view.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&view);
        sync::guarded(|| work(&view))
    }
}

/// The notes of a segment that have something, in ascending order.
fn with(segment: &Segment, has: Has) -> Result<Vec<usize>, Error> {
    let term = Term::from_field_text(schema::fields().has, has.term());
    let docs = segment.with_term(&term)?;
    let firsts = segment.firsts.iter().enumerate();
    Ok(firsts.filter(|(_, first)| docs.contains(**first)).map(|(row, _)| row).collect())
}

/// Reads the records of some notes of a segment, which must ascend.
fn load(segment: &Segment, rows: impl IntoIterator<Item = usize>, records: &mut Vec<Record>) -> Result<(), Error> {
    let store = segment.store()?;
    let stamps = segment.stamps()?;
    for row in rows {
        let facts = segment.facts(&store, row)?;
        let (stamp, hash) = (stamps.stamp(row), stamps.hash(row));
        records.push(Record {
            path: facts.path,
            stamp,
            hash,
            kept: facts.kept,
            closed: Vec::new(),
            parsed: facts.parsed,
        });
    }
    Ok(())
}
