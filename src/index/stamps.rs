//! Detects changes: compares the walk with the stamps in the index.

use tantivy::columnar::StrColumn;

use crate::disk::Stamp;
use crate::disk::Walk;
use crate::index::error::Error;
use crate::index::snapshot::NoteAt;
use crate::index::snapshot::Segment;
use crate::index::snapshot::Snapshot;
use crate::index::source::NoteSource;
use crate::model::NotePath;

/// How far apart two changes must be for a file's times to differ, in nanoseconds: the kernel's clock tick, rounded up.
const GRAIN: i64 = 10_000_000;

/// The same for times in whole seconds: some file systems use steps of two.
const COARSE_GRAIN: i64 = 2_000_000_000;

/// If more files than this are read again only because they changed recently, a commit is worthwhile that ends this.
const RESTLESS: usize = 32;

/// Up to this many differing files are checked before the write lock is requested.
const FEW: usize = 64;

/// A file to read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pending {
    /// Its index in the walk.
    pub(crate) file: usize,
    /// Its position in the index, and the hash of its indexed text.
    pub(crate) known: Option<(NoteAt, u64)>,
}

/// A note without a file.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    pub(crate) at: NoteAt,
    pub(crate) path: NotePath,
}

/// The differences between walk and index.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) pending: Vec<Pending>,
    /// Notes whose files were deleted.
    pub(crate) gone: Vec<Gone>,
    /// New files that cannot be read, and why.
    pub(crate) unreadable: Vec<(NotePath, String)>,
}

impl Changes {
    /// Everything counts as new.
    pub(crate) fn all(walk: &Walk) -> Self {
        let pending = (0..walk.files.len()).map(|file| Pending { file, known: None }).collect();
        Self { pending, ..Self::default() }
    }

    pub(crate) fn len(&self) -> usize {
        self.pending.len() + self.gone.len()
    }
}

/// Compares a walk with the index.
///
/// Both are sorted by path: each segment's dictionary of paths is streamed once alongside the walk.
pub(crate) fn compare(
    snapshot: &Snapshot,
    walk: &Walk,
    source: &dyn NoteSource,
    now_ns: i64,
) -> Result<Changes, Error> {
    let mut changes = Changes::default();
    let mut found = vec![None; walk.files.len()];
    for (at, segment) in snapshot.segments.iter().enumerate() {
        let paths = segment.paths()?;
        match_paths(at, segment, &paths, walk, &mut found, &mut changes)?;
    }

    let stamps = snapshot.segments.iter().map(Segment::stamps).collect::<Result<Vec<_>, _>>()?;
    let mut restless = Vec::new();
    for (file, (entry, found)) in walk.files.iter().zip(found).enumerate() {
        let Some(at) = found else {
            changes.pending.push(Pending { file, known: None });
            continue;
        };
        let at: NoteAt = at;
        let Some(stamps) = stamps.get(at.segment) else { continue };
        let pending = Pending { file, known: Some((at, stamps.hash(at.row))) };
        if stamps.stamp(at.row) != entry.stamp {
            changes.pending.push(pending);
        } else if too_young(entry.stamp, stamps.seen(at.row)) {
            // Its file may have changed after it was read, within the same clock tick.
            match source.read(&entry.path) {
                Ok(text) if text.hash == stamps.hash(at.row) => restless.push(pending),
                _ => changes.pending.push(pending),
            }
        }
    }
    if restless.len() > RESTLESS {
        let settled = |one: &Pending| walk.files.get(one.file).is_some_and(|entry| !too_young(entry.stamp, now_ns));
        changes.pending.extend(restless.into_iter().filter(settled));
    }
    if changes.pending.len() <= FEW {
        skip_unreadable(&mut changes, walk, source);
    }
    Ok(changes)
}

/// True if a file with this stamp could have changed again, unnoticed, after it was read at `seen`.
fn too_young(stamp: Stamp, seen: i64) -> bool {
    // Programs cannot set the inode's change time, so if it exists it alone decides.
    let changed = if stamp.ctime == 0 { stamp.mtime } else { stamp.ctime };
    let grain = if changed % 1_000_000_000 == 0 { COARSE_GRAIN } else { GRAIN };
    changed >= seen.saturating_sub(grain)
}

/// Matches the walk's files with a segment's notes; unmatched notes were deleted.
fn match_paths(
    at: usize,
    segment: &Segment,
    paths: &StrColumn,
    walk: &Walk,
    found: &mut [Option<NoteAt>],
    changes: &mut Changes,
) -> Result<(), Error> {
    let rows = segment.rows_by_path(paths)?;
    let mut stream = paths.dictionary().stream()?;
    let mut rows = rows.into_iter();
    let mut file = 0;
    while stream.advance() {
        let Some(row) = rows.next() else { return Err(Error::new("the paths do not fit")) };
        let Some(row) = row else { continue };
        let path = stream.key();
        file += skip_to(walk.files.get(file..).unwrap_or_default(), |entry| entry.path.as_str().as_bytes() < path);
        let place = NoteAt { segment: at, row };
        match walk.files.get(file).filter(|entry| entry.path.as_str().as_bytes() == path).and(found.get_mut(file)) {
            Some(slot @ None) => *slot = Some(place),
            Some(Some(_)) => return Err(Error::new("a note is there twice")),
            None => {
                let path = std::str::from_utf8(path).map_err(Error::new)?;
                changes.gone.push(Gone { at: place, path: NotePath::from_escaped(path) });
            }
        }
    }
    Ok(())
}

/// The number of items at the front that are `before`; fast for few and for many.
fn skip_to<T>(items: &[T], before: impl Fn(&T) -> bool) -> usize {
    let mut bound = 1;
    while items.get(bound - 1).is_some_and(&before) {
        bound *= 2;
    }
    let from = bound / 2;
    let to = bound.min(items.len());
    from.min(to) + items.get(from..to).unwrap_or_default().partition_point(before)
}

/// Ignores files that were never indexed and cannot be read: they are not changes.
fn skip_unreadable(changes: &mut Changes, walk: &Walk, source: &dyn NoteSource) {
    let unreadable = &mut changes.unreadable;
    changes.pending.retain(|pending| {
        let Some(entry) = walk.files.get(pending.file).filter(|_| pending.known.is_none()) else { return true };
        match source.read(&entry.path) {
            Ok(_) => true,
            Err(why) => {
                unreadable.push((entry.path.clone(), why));
                false
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn young_by_the_inode_else_by_the_text() {
        let stamp = |mtime, ctime| Stamp { mtime, ctime, size: 1, inode: 1 };
        let second = 1_000_000_000;
        assert!(!too_young(stamp(5, 5), 100 * second));
        assert!(too_young(stamp(5, 100 * second - 5_000_001), 100 * second));
        assert!(!too_young(stamp(900 * second, 5), 100 * second));
        assert!(too_young(stamp(900 * second, 0), 100 * second));
        // Whole seconds: the clock may be coarse.
        assert!(too_young(stamp(0, 99 * second), 100 * second));
    }

    proptest! {
        #[test]
        fn skipping_is_a_binary_search(mut items in proptest::collection::vec(0_u32..50, 0..40), bound in 0_u32..50) {
            items.sort_unstable();
            prop_assert_eq!(skip_to(&items, |&item| item < bound), items.partition_point(|&item| item < bound));
        }
    }
}
