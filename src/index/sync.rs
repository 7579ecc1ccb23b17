//! The index follows the notes: what changed is read, parsed and written in one commit.
//!
//! Whatever goes wrong with the index itself ends in [`sync`]: the folder is dropped and built again,
//! and where even that fails the answer comes from memory. Called by the library at every opening.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use tantivy::Index;
use tantivy::IndexWriter;
use tantivy::TantivyDocument;
use tantivy::Term;
use tantivy::indexer::IndexWriterOptions;
use tantivy::indexer::NoMergePolicy;
use tantivy::indexer::UserOperation;

use crate::disk::FileEntry;
use crate::disk::Walk;
use crate::index::document;
use crate::index::error::Error;
use crate::index::folder;
use crate::index::folder::Commit;
use crate::index::language::Language;
use crate::index::record::Stats;
use crate::index::schema;
use crate::index::snapshot::Snapshot;
use crate::index::source::NoteSource;
use crate::index::stable_ids;
use crate::index::stamps;
use crate::index::stamps::Changes;
use crate::index::stamps::Pending;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::short_id::Kept;

/// A sync of up to this many notes is over soon: nobody waits long for it, and one thread does it.
const SMALL: usize = 500;

/// From here on a second writing thread is worth the second segment that it leaves.
const LARGE: usize = 3_000;

/// How long an answer waits for another process's small sync.
const SHORT_WAIT: Duration = Duration::from_millis(200);

/// How long it waits for a large one, such as a first index, before it indexes in memory.
const LONG_WAIT: Duration = Duration::from_secs(60);

const RETRY: Duration = Duration::from_millis(5);

/// Memory of a writing thread: tantivy's least, and what makes few segments of many notes.
const SMALL_BUDGET: usize = 15_000_000;
const LARGE_BUDGET: usize = 50_000_000;

/// Bytes of notes in one commit, and what each note is counted more.
const COMMIT_SIZE: u64 = 128 << 20;
const NOTE_OVERHEAD: u64 = 1 << 10;

/// Merging stops before a segment has more documents than this: the large ones stay as they are.
const LARGEST_MERGE: u32 = 200_000;

/// More segments than these are merged, from the smallest up.
const SEGMENTS: usize = 8;

/// A segment with this many dead documents, and more dead than live ones, is written anew.
const DEAD: u32 = 2_000;

/// Called with how many notes are done, and how many there are to do.
pub(crate) type Progress<'a> = &'a mut dyn FnMut(usize, usize);

/// What a sync works with.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    /// The folder of this notebook's indexes.
    pub(crate) cache: &'a Path,
    pub(crate) source: &'a dyn NoteSource,
    /// Nanoseconds since 1970, taken before the walk.
    pub(crate) now_ns: i64,
}

/// A snapshot that agrees with the notes, and what it took.
#[derive(Debug)]
pub(crate) struct Synced {
    pub(crate) snapshot: Arc<Snapshot>,
    /// The commit that the snapshot shows; `None` where all or part of it lies in memory.
    pub(crate) commit: Option<Commit>,
    pub(crate) stats: Stats,
}

impl Synced {
    fn unchanged(snapshot: Arc<Snapshot>, commit: Commit, changes: Changes) -> Self {
        Self { snapshot, commit: Some(commit), stats: Stats { unreadable: changes.unreadable, ..Stats::default() } }
    }
}

/// Brings the index up to date and opens it. The one place that knows what to do with a damaged index.
///
/// `open` is a snapshot that is already there, with its commit: it is used again where nobody has committed since.
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

/// Drops the index and builds it again; in memory where the folder does not allow it.
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

/// A panic within tantivy is damage like any other.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::new("it panicked")))
}

/// The index in its folder, up to date; `None` where another process keeps it too long.
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

    // Only now is it certain that nobody else commits. Where somebody did, look again.
    let (index, snapshot, changes) = match before {
        Some(before) if folder::commit(&folder) == commit => before,
        _ => {
            let index = folder::open(&folder)?.map_or_else(|| folder::create(&folder), Ok)?;
            let snapshot = Snapshot::open(&index)?;
            let changes = stamps::compare(&snapshot, walk, job.source, job.now_ns)?;
            (index, snapshot, changes)
        }
    };
    let stats = write(&index, Some(&snapshot), changes, job, walk, progress)?;
    folder::seal(&index, &folder)?;
    let snapshot = Arc::new(Snapshot::open(&index)?);
    let commit = Some(folder::commit(&folder));
    drop(turn);
    Ok(Some(Synced { snapshot, commit, stats }))
}

/// Tries until the turn is ours or patience ends (`None`), calling `waiting` at every try.
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

/// What could not be written is answered from memory.
fn overlay(mut snapshot: Snapshot, changes: Changes, job: Job<'_>, walk: &Walk) -> Result<Synced, Error> {
    let known = changes.pending.iter().filter_map(|pending| pending.known.map(|(at, _)| at));
    let hidden: HashSet<_> = known.chain(changes.gone.iter().map(|&(at, _)| at)).collect();
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

/// Writes all changes in one commit, and tidies up. `before` is what the changes were found against.
fn write(
    index: &Index,
    before: Option<&Snapshot>,
    changes: Changes,
    job: Job<'_>,
    walk: &Walk,
    progress: Progress<'_>,
) -> Result<Stats, Error> {
    if changes.len() == 0 {
        return Ok(Stats { unreadable: changes.unreadable, ..Stats::default() });
    }
    let many = changes.pending.len();
    let cores = thread::available_parallelism().map_or(1, usize::from).min(4);
    let options = IndexWriterOptions::builder()
        .num_worker_threads(if many > LARGE { cores } else { 1 })
        .num_merge_threads(1)
        .memory_budget_per_thread(if many > SMALL { LARGE_BUDGET } else { SMALL_BUDGET })
        .build();
    let mut writer: IndexWriter = index.writer_with_options(options)?;
    // With tantivy's own policy a merge now and then meets another that it did not expect.
    writer.set_merge_policy(Box::new(NoMergePolicy));

    let fields = schema::fields();
    for &(_, key) in &changes.gone {
        writer.delete_term(Term::from_field_u64(fields.key, key));
    }
    let mut stats = Stats { removed: changes.gone.len(), unreadable: changes.unreadable, ..Stats::default() };
    let helpers = if many > FEW_FOR_ONE { cores - 1 } else { 0 };
    let mut rest = changes.pending.as_slice();
    loop {
        let (pending, later) = rest.split_at(chunk(rest, walk));
        let begun = many - rest.len();
        let pool = Pool::new(&writer, before, pending, job, walk);
        thread::scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(|| pool.work(&mut |_| {}));
            }
            pool.work(&mut |done| progress(begun + done, many));
        });
        stats.add(pool.finish()?);
        writer.commit()?;
        rest = later;
        if rest.is_empty() {
            break;
        }
    }
    stats.unreadable.sort();
    merge(index, &mut writer)?;
    Ok(stats)
}

/// How many notes go into one commit: all that are not very many. What waits for the writer lies in memory.
fn chunk(pending: &[Pending], walk: &Walk) -> usize {
    let size = |pending: &Pending| walk.files.get(pending.file).map_or(0, |entry| entry.stamp.size);
    let mut sum = 0_u64;
    let fits = |next: &&Pending| {
        sum = sum.saturating_add(size(next)).saturating_add(NOTE_OVERHEAD);
        sum <= COMMIT_SIZE
    };
    pending.iter().take_while(fits).count().max(1).min(pending.len())
}

/// Fewer notes than this are read faster than a thread is started.
const FEW_FOR_ONE: usize = 32;

/// So many documents are handed to the writer at once: each time wakes a thread.
const BATCH: usize = 64;

/// A note over this, in bytes, is handed over at once.
const LARGE_NOTE: usize = 1 << 18;

type Batch = Vec<UserOperation<TantivyDocument>>;

/// Threads that read, parse and hand over notes, until none is left.
struct Pool<'a> {
    writer: &'a IndexWriter,
    before: Option<&'a Snapshot>,
    pending: &'a [Pending],
    job: Job<'a>,
    walk: &'a Walk,
    notebook: Language,
    next: AtomicUsize,
    done: AtomicUsize,
    stats: Mutex<Result<Stats, Error>>,
}

/// What became of a note.
enum Outcome {
    Added,
    Changed,
    Touched,
    Unreadable(NotePath, String),
}

impl<'a> Pool<'a> {
    fn new(
        writer: &'a IndexWriter,
        before: Option<&'a Snapshot>,
        pending: &'a [Pending],
        job: Job<'a>,
        walk: &'a Walk,
    ) -> Self {
        Self {
            writer,
            before,
            pending,
            job,
            walk,
            notebook: job.source.language().and_then(Language::from_name).unwrap_or(Language::ENGLISH),
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            stats: Mutex::new(Ok(Stats::default())),
        }
    }

    fn work(&self, progress: &mut dyn FnMut(usize)) {
        let mut batch = Batch::new();
        while let Some(pending) = self.pending.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let Some(entry) = self.walk.files.get(pending.file) else { continue };
            let outcome = self.one(pending, entry, &mut batch);
            let mut stats = self.stats.lock().unwrap_or_else(PoisonError::into_inner);
            match (outcome, stats.as_mut()) {
                (Ok(outcome), Ok(stats)) => stats.count(outcome, pending.known.is_some()),
                (Err(error), _) => *stats = Err(error),
                (Ok(_), Err(_)) => return,
            }
            drop(stats);
            progress(self.done.fetch_add(1, Ordering::Relaxed) + 1);
        }
        if let Err(error) = self.hand_over(&mut batch) {
            *self.stats.lock().unwrap_or_else(PoisonError::into_inner) = Err(error);
        }
    }

    /// One call for whole notes: a note's sections stay together in one segment.
    fn hand_over(&self, batch: &mut Batch) -> Result<(), Error> {
        if !batch.is_empty() {
            self.writer.run(std::mem::take(batch))?;
        }
        Ok(())
    }

    fn one(&self, pending: &Pending, entry: &FileEntry, batch: &mut Batch) -> Result<Outcome, Error> {
        if pending.known.is_some() {
            let key = document::key(&entry.path);
            self.writer.delete_term(Term::from_field_u64(schema::fields().key, key));
        }
        let text = match self.job.source.read(&entry.path) {
            Ok(text) => text,
            Err(why) => return Ok(Outcome::Unreadable(entry.path.clone(), why)),
        };
        let outcome = match pending.known {
            None => Outcome::Added,
            Some((_, hash)) if hash == text.hash => Outcome::Touched,
            Some(_) => Outcome::Changed,
        };
        let parsed = self.job.source.parse(&entry.path, &text.text);
        let kept = self.kept(pending, &entry.path, &parsed)?;
        let documents = document::documents(entry, &text, parsed, kept, self.job.now_ns, self.notebook)?;
        batch.extend(documents.into_iter().map(UserOperation::Add));
        // Large notes go alone: the queue to the writer is measured in batches, not in bytes.
        if batch.len() >= BATCH || text.text.len() > LARGE_NOTE {
            self.hand_over(batch)?;
        }
        Ok(outcome)
    }

    /// The ids that the note's tasks keep.
    fn kept(&self, pending: &Pending, path: &NotePath, parsed: &Parsed) -> Result<Vec<Kept>, Error> {
        let (Some((at, _)), Some(snapshot)) = (pending.known, self.before) else { return Ok(Vec::new()) };
        let Some(segment) = snapshot.segments.get(at.segment).filter(|_| !parsed.note.tasks.is_empty()) else {
            return Ok(Vec::new());
        };
        let facts = segment.facts(&segment.store()?, at.row)?;
        Ok(stable_ids::carry_over(path, &facts.parsed.note.tasks, &facts.kept, &parsed.note.tasks))
    }

    fn finish(self) -> Result<Stats, Error> {
        self.stats.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stats {
    fn add(&mut self, more: Self) {
        self.added += more.added;
        self.changed += more.changed;
        self.touched += more.touched;
        self.removed += more.removed;
        self.unreadable.extend(more.unreadable);
    }

    fn count(&mut self, outcome: Outcome, known: bool) {
        match outcome {
            Outcome::Added => self.added += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Touched => self.touched += 1,
            Outcome::Unreadable(path, why) => {
                self.removed += usize::from(known);
                self.unreadable.push((path, why));
            }
        }
    }
}

/// Merges small segments where there are many, and segments that are mostly dead.
fn merge(index: &Index, writer: &mut IndexWriter) -> Result<(), Error> {
    let mut segments = index.searchable_segment_metas()?;
    segments.sort_by_key(tantivy::SegmentMeta::num_docs);
    let mut ids = Vec::new();
    if segments.len() > SEGMENTS {
        let mut gathered = 0_u32;
        for segment in &segments {
            let much = gathered.saturating_add(segment.num_docs()) > LARGEST_MERGE;
            if gathered > 0 && (much || segment.num_docs() > gathered.saturating_mul(4)) {
                break;
            }
            gathered += segment.num_docs();
            ids.push(segment.id());
        }
        if ids.len() < 2 {
            ids.clear();
        }
    }
    let mostly_dead = |segment: &&tantivy::SegmentMeta| {
        segment.num_deleted_docs() > DEAD && segment.num_deleted_docs() > segment.num_docs()
    };
    ids.extend(segments.iter().filter(mostly_dead).map(tantivy::SegmentMeta::id));
    ids.sort_unstable();
    ids.dedup();
    if !ids.is_empty() {
        writer.merge(&ids).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    Ok(())
}
