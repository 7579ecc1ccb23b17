//! The notes as they are now: what every report and search reads.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use tantivy::Term;

use crate::disk::Stamp;
use crate::index::Error;
use crate::index::NoteSource;
use crate::index::document::Has;
use crate::index::folder;
use crate::index::folder::Commit;
use crate::index::schema;
use crate::index::sync;
use crate::index::sync::Job;
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

/// The notes as of the last time the library was opened or refreshed.
///
/// It can be kept, moved to another thread and shared. What it says does not change until [`Library::refresh`].
pub struct Library {
    cache: PathBuf,
    source: Arc<dyn NoteSource>,
    /// When the library was last opened or refreshed, in nanoseconds since 1970.
    now_ns: i64,
    open: Mutex<Open>,
    stats: Stats,
}

/// What reads look at.
#[derive(Clone)]
struct Open {
    view: Arc<View>,
    /// The commit that the view shows; `None` where all or part of it lies in memory.
    commit: Option<Commit>,
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Library").field("cache", &self.cache).field("stats", &self.stats).finish_non_exhaustive()
    }
}

impl Library {
    /// Brings the index in `cache` up to date with the notes, and opens it.
    ///
    /// A missing, old or damaged index is built again; where the folder cannot be written, in memory.
    /// `now_ns` is the time, in nanoseconds since 1970: a file that changed about then is read again the next time.
    /// `progress` is called on this thread with how many notes are done and how many there are to do.
    ///
    /// # Errors
    ///
    /// When the notes folder cannot be read, or not even an index in memory can be built.
    pub fn open(
        cache: &Path,
        source: Arc<dyn NoteSource>,
        now_ns: i64,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, Error> {
        let synced = sync::sync(Job { cache, source: &*source, now_ns }, None, progress)?;
        Ok(Self::new(cache, source, now_ns, synced))
    }

    /// Opens the index as it is, without a walk; where there is none, like [`Library::open`].
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn open_unsynced(
        cache: &Path,
        source: Arc<dyn NoteSource>,
        now_ns: i64,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, Error> {
        let folder = folder::of(cache, source.fingerprint());
        let commit = Some(folder::commit(&folder));
        match sync::guarded(|| folder::open(&folder)?.map(|index| View::open(&index)).transpose()) {
            Ok(Some(view)) => {
                let synced = Synced { view: Arc::new(view), commit, stats: Stats::default() };
                Ok(Self::new(cache, source, now_ns, synced))
            }
            Ok(None) | Err(_) => Self::open(cache, source, now_ns, progress),
        }
    }

    /// Drops the index, and builds and opens it again.
    ///
    /// # Errors
    ///
    /// As [`Library::open`].
    pub fn rebuild(
        cache: &Path,
        source: Arc<dyn NoteSource>,
        now_ns: i64,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, Error> {
        let synced = sync::rebuild(Job { cache, source: &*source, now_ns }, progress)?;
        Ok(Self::new(cache, source, now_ns, synced))
    }

    /// Follows the notes again, whoever changed them and whichever process indexed that. Where nothing changed, only the
    /// notes folder is walked; nothing is opened again. The arguments are those of [`Library::open`].
    ///
    /// # Errors
    ///
    /// As [`Library::open`]; the library then stays as it was.
    pub fn refresh(&mut self, now_ns: i64, progress: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let Open { view, commit } = self.opened();
        let job = Job { cache: &self.cache, source: &*self.source, now_ns };
        let Synced { view, commit, stats } = sync::sync(job, commit.map(|commit| (view, commit)), progress)?;
        *self.open.get_mut().unwrap_or_else(PoisonError::into_inner) = Open { view, commit };
        self.now_ns = now_ns;
        self.stats = stats;
        Ok(())
    }

    /// The folder within `cache` that holds the index of these settings.
    #[must_use]
    pub fn folder(cache: &Path, fingerprint: u64) -> PathBuf {
        folder::of(cache, fingerprint)
    }

    fn new(cache: &Path, source: Arc<dyn NoteSource>, now_ns: i64, synced: Synced) -> Self {
        let Synced { view, commit, stats } = synced;
        Self { cache: cache.to_path_buf(), source, now_ns, open: Mutex::new(Open { view, commit }), stats }
    }

    /// What opening or refreshing it took, whichever came last.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// How many notes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.opened().view.segments.iter().map(|segment| segment.rows().count()).sum()
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

    pub(crate) fn source(&self) -> &dyn NoteSource {
        &*self.source
    }

    #[cfg(test)]
    pub(crate) fn opened_view(&self) -> Arc<View> {
        self.opened().view
    }

    fn opened(&self) -> Open {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads; where the index turns out to be damaged, once more from a new one.
    pub(crate) fn read<T>(&self, work: impl Fn(&View) -> Result<T, Error>) -> Result<T, Error> {
        let view = self.opened().view;
        if let Ok(answer) = sync::guarded(|| work(&view)) {
            return Ok(answer);
        }
        let job = Job { cache: &self.cache, source: self.source(), now_ns: self.now_ns };
        let Synced { view, commit, .. } = sync::rebuild(job, &mut |_, _| {})?;
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Open { view: Arc::clone(&view), commit };
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
