//! Changed notes are read, parsed and written by several threads, then segments are tidied up. Called by
//! [`crate::index::sync`], which decides what has changed and where the index is.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

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
use crate::index::facts::Extent;
use crate::index::job::Job;
use crate::index::job::Progress;
use crate::index::job::SMALL;
use crate::index::language::Language;
use crate::index::record::Stats;
use crate::index::schema;
use crate::index::snapshot::Snapshot;
use crate::index::stable_ids;
use crate::index::stamps::Changes;
use crate::index::stamps::Pending;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::short_id::StableId;

/// From this many notes on, a second writing thread is worth the extra segment it leaves.
const LARGE: usize = 3_000;

/// Memory per writing thread: tantivy's minimum, and enough to make few segments of many notes.
const SMALL_BUDGET: usize = 15_000_000;
const LARGE_BUDGET: usize = 50_000_000;

/// Bytes of notes in one commit, and the overhead counted per note.
const COMMIT_SIZE: u64 = 128 << 20;
const NOTE_OVERHEAD: u64 = 1 << 10;

/// Upper bound on documents in a merged segment; larger segments stay unmerged.
const LARGEST_MERGE: u32 = 200_000;

/// With more segments than this, the smallest are merged.
const SEGMENTS: usize = 8;

/// A segment with at least this many deleted documents, and more deleted than live ones, is rewritten.
const DEAD: u32 = 2_000;

/// Writes all changes, and tidies up. `before` is the snapshot in which the changes were found.
pub(crate) fn write(
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
    // tantivy's own policy sometimes starts a merge while another is running.
    writer.set_merge_policy(Box::new(NoMergePolicy));

    let fields = schema::fields();
    for gone in &changes.gone {
        writer.delete_term(Term::from_field_u64(fields.key, document::key(&gone.path)));
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

/// How many notes go into one commit. Notes waiting for the writer are in memory, so their total size is limited.
fn chunk(pending: &[Pending], walk: &Walk) -> usize {
    let size = |pending: &Pending| walk.files.get(pending.file).map_or(0, |entry| entry.stamp.size);
    let mut sum = 0_u64;
    let fits = |next: &&Pending| {
        sum = sum.saturating_add(size(next)).saturating_add(NOTE_OVERHEAD);
        sum <= COMMIT_SIZE
    };
    pending.iter().take_while(fits).count().max(1).min(pending.len())
}

/// Reading fewer notes than this is faster than starting a thread.
const FEW_FOR_ONE: usize = 32;

/// Documents passed to the writer at once, since each call wakes a thread.
const BATCH: usize = 64;

/// A note larger than this, in bytes, is passed on immediately.
const LARGE_NOTE: usize = 1 << 18;

type Batch = Vec<UserOperation<TantivyDocument>>;

/// Threads that read and parse notes and pass them to the writer.
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

/// The result for a note.
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

    /// Passes on whole notes in one call: a note's sections stay together in one segment.
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
    fn kept(&self, pending: &Pending, path: &NotePath, parsed: &Parsed) -> Result<Vec<StableId>, Error> {
        let (Some((at, _)), Some(snapshot)) = (pending.known, self.before) else { return Ok(Vec::new()) };
        let Some(segment) = snapshot.segments.get(at.segment).filter(|_| !parsed.note.tasks.is_empty()) else {
            return Ok(Vec::new());
        };
        let facts = segment.facts(&segment.store()?, at.row, Extent::Whole)?;
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

/// Merges small segments if there are many, and rewrites segments that are mostly dead.
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
