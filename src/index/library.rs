//! The current notes, as reports and searches read them.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use tantivy::Term;

use crate::index::asked;
use crate::index::error::Error;
use crate::index::facts::Extent;
use crate::index::folder;
use crate::index::folder::Commit;
use crate::index::has::Has;
use crate::index::job::Job;
use crate::index::reading;
use crate::index::record::Record;
use crate::index::record::Select;
use crate::index::record::Stats;
use crate::index::renames;
use crate::index::renames::Rename;
use crate::index::renames::Vanished;
use crate::index::schema;
use crate::index::snapshot::Segment;
use crate::index::snapshot::Snapshot;
use crate::index::snapshot::cell;
use crate::index::source::NoteSource;
use crate::index::sync;
use crate::index::sync::Synced;
use crate::index::tasks;
use crate::model::NotePath;

/// The notes as of the last time the library was opened or refreshed.
///
/// It can be kept, moved to another thread and shared. Its answers do not change until [`Library::refresh`].
pub struct Library {
    cache: PathBuf,
    source: Arc<dyn NoteSource>,
    /// When the library was last opened or refreshed, in nanoseconds since 1970.
    now_ns: i64,
    open: Mutex<Open>,
    stats: Stats,
}

/// What is currently open for reading.
#[derive(Clone)]
struct Open {
    snapshot: Arc<Snapshot>,
    /// The commit that the snapshot shows; `None` if some of it is in memory only.
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
    /// A missing, old or damaged index is built again; in memory if the folder cannot be written.
    /// `now_ns` is the time, in nanoseconds since 1970: a file that changed around then is read again the next time.
    /// `progress` is called on this thread with the number of notes done and of all to do.
    ///
    /// # Errors
    ///
    /// If the notes folder cannot be read, or not even an index in memory can be built.
    pub fn open(
        cache: &Path,
        source: Arc<dyn NoteSource>,
        now_ns: i64,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Self, Error> {
        let synced = sync::sync(Job { cache, source: &*source, now_ns }, None, progress)?;
        Ok(Self::new(cache, source, now_ns, synced))
    }

    /// Opens the existing index without checking the notes; without an index, like [`Library::open`].
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
        match sync::guarded(|| folder::open(&folder)?.map(|index| Snapshot::open(&index)).transpose()) {
            Ok(Some(snapshot)) => {
                let synced = Synced { snapshot: Arc::new(snapshot), commit, stats: Stats::default() };
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

    /// Catches up with the notes, whichever process changed or indexed them. If nothing changed, only the notes
    /// folder is walked; nothing is opened again. The arguments are those of [`Library::open`].
    ///
    /// # Errors
    ///
    /// As [`Library::open`]; the library then stays as it was.
    pub fn refresh(&mut self, now_ns: i64, progress: &mut dyn FnMut(usize, usize)) -> Result<(), Error> {
        let Open { snapshot, commit } = self.opened();
        let job = Job { cache: &self.cache, source: &*self.source, now_ns };
        let Synced { snapshot, commit, stats } = sync::sync(job, commit.map(|commit| (snapshot, commit)), progress)?;
        *self.open.get_mut().unwrap_or_else(PoisonError::into_inner) = Open { snapshot, commit };
        self.now_ns = now_ns;
        self.stats = stats;
        Ok(())
    }

    /// The folder within `cache` for the index of these settings.
    #[must_use]
    pub fn folder(cache: &Path, fingerprint: u64) -> PathBuf {
        folder::of(cache, fingerprint)
    }

    fn new(cache: &Path, source: Arc<dyn NoteSource>, now_ns: i64, synced: Synced) -> Self {
        let Synced { snapshot, commit, stats } = synced;
        Self { cache: cache.to_path_buf(), source, now_ns, open: Mutex::new(Open { snapshot, commit }), stats }
    }

    /// Statistics of the last opening or refreshing.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }

    /// How many notes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.opened().snapshot.segments.iter().map(|segment| segment.rows().count()).sum()
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
        self.read(|snapshot| {
            let mut records = Vec::new();
            let rows_with =
                |has| snapshot.segments.iter().map(|segment| with(segment, has)).collect::<Result<Vec<_>, _>>();
            let rows = match select {
                Select::All | Select::Heads | Select::Findings => {
                    snapshot.segments.iter().map(|segment| segment.rows().collect()).collect()
                }
                Select::With(has) | Select::HeadsWith(has) => rows_with(has)?,
                Select::Entries => rows_with(Has::Entry)?,
                Select::Tasks => tasks::load(snapshot, rows_with(Has::Task)?, true, &mut records)?,
                Select::OpenTasks => tasks::load(snapshot, rows_with(Has::Task)?, false, &mut records)?,
                Select::Questions => asked::load(snapshot, rows_with(Has::Question)?, &mut records)?,
                Select::Decisions => asked::load(snapshot, rows_with(Has::Decision)?, &mut records)?,
                Select::Reading => reading::load(snapshot, rows_with(Has::Reading)?, &mut records)?,
            };
            let extent = match select {
                Select::Heads | Select::HeadsWith(_) => Extent::Head,
                Select::Findings => Extent::Findings,
                Select::Entries => Extent::Work,
                _ => Extent::Whole,
            };
            let from_columns = records.len();
            for (segment, rows) in snapshot.segments.iter().zip(rows) {
                load(segment, rows, extent, &mut records)?;
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
        self.read(|snapshot| {
            let mut records = Vec::new();
            for segment in &snapshot.segments {
                let paths = segment.paths()?;
                let Some(ord) = paths.dictionary().term_ord(path.as_str())? else { continue };
                let is_it = |row: &usize| paths.ords().values.get_val(cell(*row)) == ord;
                let row = segment.rows().find(is_it);
                load(segment, row, Extent::Whole, &mut records)?;
            }
            Ok(records.pop())
        })
    }

    /// Renames by other programs that syncs have seen, oldest first.
    #[must_use]
    pub fn renames(&self) -> Vec<Rename> {
        renames::read(&self.cache)
    }

    /// Notes that syncs have seen vanish and know under no other name, oldest first.
    #[must_use]
    pub fn vanished(&self) -> Vec<Vanished> {
        renames::vanished(&self.cache)
    }

    pub(crate) fn source(&self) -> &dyn NoteSource {
        &*self.source
    }

    #[cfg(test)]
    pub(crate) fn opened_snapshot(&self) -> Arc<Snapshot> {
        self.opened().snapshot
    }

    fn opened(&self) -> Open {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads; if the index turns out to be damaged, it is rebuilt and read once more.
    pub(crate) fn read<T>(&self, work: impl Fn(&Snapshot) -> Result<T, Error>) -> Result<T, Error> {
        let snapshot = self.opened().snapshot;
        if let Ok(answer) = sync::guarded(|| work(&snapshot)) {
            return Ok(answer);
        }
        let job = Job { cache: &self.cache, source: self.source(), now_ns: self.now_ns };
        let Synced { snapshot, commit, .. } = sync::rebuild(job, &mut |_, _| {})?;
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Open { snapshot: Arc::clone(&snapshot), commit };
        sync::guarded(|| work(&snapshot))
    }
}

/// The notes of a segment that have something, in ascending order.
fn with(segment: &Segment, has: Has) -> Result<Vec<usize>, Error> {
    let term = Term::from_field_text(schema::fields().has, has.term());
    let docs = segment.with_term(&term)?;
    let firsts = segment.firsts.iter().enumerate();
    Ok(firsts.filter(|(_, first)| docs.contains(**first)).map(|(row, _)| row).collect())
}

/// Reads the records of some notes of a segment, which must be ascending.
fn load(
    segment: &Segment,
    rows: impl IntoIterator<Item = usize>,
    extent: Extent,
    records: &mut Vec<Record>,
) -> Result<(), Error> {
    let store = segment.store()?;
    let stamps = segment.stamps()?;
    for row in rows {
        let facts = segment.facts(&store, row, extent)?;
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
