//! Brings the index up to date: changed notes are read, parsed and written in one commit.
//!
//! All errors of the index itself are handled in [`sync`]: the folder is dropped and built again, and if even that fails, the
//! index is built in memory. Called by the library at every opening.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use crate::disk::Walk;
use crate::index::error::Error;
use crate::index::folder;
use crate::index::folder::Commit;
use crate::index::job::Job;
use crate::index::job::Progress;
use crate::index::job::SMALL;
use crate::index::record::Stats;
use crate::index::renames;
use crate::index::snapshot::Snapshot;
use crate::index::stamps;
use crate::index::stamps::Changes;
use crate::index::write::write;

/// How long to wait for another process's small sync.
const SHORT_WAIT: Duration = Duration::from_millis(200);

/// How long to wait for a large one, such as a first index, before indexing in memory.
const LONG_WAIT: Duration = Duration::from_secs(60);

const RETRY: Duration = Duration::from_millis(5);

/// A snapshot that agrees with the notes, and the statistics of the sync.
#[derive(Debug)]
pub(crate) struct Synced {
    pub(crate) snapshot: Arc<Snapshot>,
    /// The commit that the snapshot shows; `None` if some of it is in memory only.
    pub(crate) commit: Option<Commit>,
    pub(crate) stats: Stats,
}

impl Synced {
    fn unchanged(snapshot: Arc<Snapshot>, commit: Commit, changes: Changes) -> Self {
        Self { snapshot, commit: Some(commit), stats: Stats { unreadable: changes.unreadable, ..Stats::default() } }
    }
}

/// Updates the index and opens it. Only this function deals with a damaged index.
///
/// `open` is an existing snapshot with its commit; it is reused if there was no commit since.
pub(crate) fn sync(
    job: Job<'_>,
    open: Option<(Arc<Snapshot>, Commit)>,
    progress: Progress<'_>,
) -> Result<Synced, Error> {
    let walk = job.source.walk()?;
    let result = guarded(|| match still_right(job, open, &walk)? {
        Some(synced) => Ok(Some(synced)),
        None => on_disk(job, &walk, progress),
    });
    match result {
        Ok(Some(synced)) => Ok(synced),
        Ok(None) => guarded(|| in_memory(job, &walk, progress)),
        Err(_) => anew(job, &walk, progress),
    }
}

/// Drops the index and rebuilds it; in memory if the folder is not writable.
pub(crate) fn rebuild(job: Job<'_>, progress: Progress<'_>) -> Result<Synced, Error> {
    anew(job, &job.source.walk()?, progress)
}

/// The open snapshot, if neither the index nor a note has changed.
fn still_right(job: Job<'_>, open: Option<(Arc<Snapshot>, Commit)>, walk: &Walk) -> Result<Option<Synced>, Error> {
    let Some((snapshot, commit)) = open else { return Ok(None) };
    if folder::commit(&folder::of(job.cache, job.source.fingerprint())) != commit {
        return Ok(None);
    }
    let changes = stamps::compare(&snapshot, walk, job.source, job.now_ns)?;
    Ok((changes.len() == 0).then(|| Synced::unchanged(snapshot, commit, changes)))
}

fn anew(job: Job<'_>, walk: &Walk, progress: Progress<'_>) -> Result<Synced, Error> {
    let built = guarded(|| {
        let Some(turn) = wait_for_turn(job.cache, LONG_WAIT, &mut || progress(0, walk.files.len()))? else {
            return Ok(None);
        };
        folder::remove(&folder::of(job.cache, job.source.fingerprint()))?;
        drop(turn);
        on_disk(job, walk, progress)
    });
    match built {
        Ok(Some(synced)) => Ok(synced),
        Ok(None) | Err(_) => guarded(|| in_memory(job, walk, progress)),
    }
}

/// Treats a panic within tantivy like any other damage.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::new("it panicked")))
}

/// The index in its folder, up to date; `None` if another process holds the lock too long.
fn on_disk(job: Job<'_>, walk: &Walk, progress: Progress<'_>) -> Result<Option<Synced>, Error> {
    let folder = folder::of(job.cache, job.source.fingerprint());
    let commit = folder::commit(&folder);
    let before = match folder::open(&folder)? {
        None => None,
        Some(index) => {
            let snapshot = Snapshot::open(&index)?;
            let changes = stamps::compare(&snapshot, walk, job.source, job.now_ns)?;
            if changes.len() == 0 {
                return Ok(Some(Synced::unchanged(Arc::new(snapshot), commit, changes)));
            }
            Some((index, snapshot, changes))
        }
    };

    // The first index may take its time, but a reader of a few changed notes never waits for another process.
    let few = before.as_ref().is_some_and(|(.., changes)| changes.len() <= SMALL);
    let patience = if few { SHORT_WAIT } else { LONG_WAIT };
    let Some(turn) = wait_for_turn(job.cache, patience, &mut || progress(0, walk.files.len()))? else {
        return match before {
            Some((_, snapshot, changes)) if few => overlay(snapshot, changes, job, walk).map(Some),
            _ => Ok(None),
        };
    };

    // From here on no other process can commit. If one did before, compare again.
    let (index, snapshot, changes) = match before {
        Some(before) if folder::commit(&folder) == commit => before,
        _ => {
            let index = folder::open(&folder)?.map_or_else(|| folder::create(&folder), Ok)?;
            let snapshot = Snapshot::open(&index)?;
            let changes = stamps::compare(&snapshot, walk, job.source, job.now_ns)?;
            (index, snapshot, changes)
        }
    };
    renames::remember(&snapshot, &changes, job, walk);
    let stats = write(&index, Some(&snapshot), changes, job, walk, progress)?;
    folder::seal(&index, &folder)?;
    let snapshot = Arc::new(Snapshot::open(&index)?);
    let commit = Some(folder::commit(&folder));
    drop(turn);
    Ok(Some(Synced { snapshot, commit, stats }))
}

/// Tries to take the lock until it succeeds or the time is up (`None`), calling `waiting` at every attempt.
fn wait_for_turn(cache: &Path, patience: Duration, waiting: &mut dyn FnMut()) -> Result<Option<folder::Turn>, Error> {
    let begin = Instant::now();
    loop {
        match folder::take_turn(cache)? {
            Some(turn) => return Ok(Some(turn)),
            None if begin.elapsed() >= patience => return Ok(None),
            None => {
                waiting();
                thread::sleep(RETRY);
            }
        }
    }
}

/// Indexes in memory those changes that could not be written to the folder.
fn overlay(mut snapshot: Snapshot, changes: Changes, job: Job<'_>, walk: &Walk) -> Result<Synced, Error> {
    let known = changes.pending.iter().filter_map(|pending| pending.known.map(|(at, _)| at));
    let hidden: HashSet<_> = known.chain(changes.gone.iter().map(|gone| gone.at)).collect();
    let index = folder::in_memory()?;
    let stats = write(&index, Some(&snapshot), changes, job, walk, &mut |_, _| {})?;
    snapshot.hide(&hidden);
    snapshot.join(Snapshot::open(&index)?);
    Ok(Synced { snapshot: Arc::new(snapshot), commit: None, stats: Stats { in_memory: true, ..stats } })
}

fn in_memory(job: Job<'_>, walk: &Walk, progress: Progress<'_>) -> Result<Synced, Error> {
    let index = folder::in_memory()?;
    let stats = write(&index, None, Changes::all(walk), job, walk, progress)?;
    Ok(Synced { snapshot: Arc::new(Snapshot::open(&index)?), commit: None, stats: Stats { in_memory: true, ..stats } })
}
