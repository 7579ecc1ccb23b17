//! Ids at the beginning of the names of notes, as in zk: `ef56` for `ef56-lifetimes.md`.

use std::collections::HashMap;

use crate::report::file_name::fold;
use crate::report::file_name::folder_of;
use crate::report::note_ref::NoteRef;

/// The notes whose names begin with one id.
#[derive(Debug, Clone, Default)]
pub(crate) struct WithId {
    /// The shortest path first.
    pub(crate) notes: Vec<usize>,
    /// By folder, the first of its notes.
    pub(crate) by_folder: HashMap<String, usize>,
}

/// Notes by the folded id at the beginning of their names.
pub(crate) fn learn(notes: &[NoteRef<'_>]) -> HashMap<String, WithId> {
    let mut found: HashMap<String, WithId> = HashMap::new();
    // by length: how many names begin with a word, and how many with mixed letters and digits
    let mut lengths: HashMap<usize, (usize, usize)> = HashMap::new();
    let mut order: Vec<_> = notes.iter().enumerate().map(|(index, (path, _))| (index, path)).collect();
    order.sort_by_cached_key(|(_, path)| (path.as_str().chars().count(), path.as_str()));
    for (index, path) in order {
        let stem = path.stem();
        let end = stem.find(|c: char| !c.is_alphanumeric()).unwrap_or(stem.len());
        let Some((id, rest)) = stem.split_at_checked(end) else { continue };
        let digits = id.bytes().filter(u8::is_ascii_digit).count();
        if rest.is_empty() || !may_be_id(id) {
            continue;
        }
        let (all, mixed) = lengths.entry(id.len()).or_default();
        *all += 1;
        *mixed += usize::from(digits > 0 && digits < id.len());
        // a short number may be a year, a long one is a time stamp
        if digits < id.len() || digits >= 10 {
            let of_id = found.entry(fold(id)).or_default();
            of_id.notes.push(index);
            of_id.by_folder.entry(folder_of(path.as_str()).to_owned()).or_insert(index);
        }
    }
    found.retain(|id, _| {
        let (all, mixed) = lengths.get(&id.len()).copied().unwrap_or_default();
        // letters alone are an id if most names of this notebook begin with one, otherwise a word
        id.bytes().any(|byte| byte.is_ascii_digit()) || (mixed >= 5 && mixed * 2 >= all)
    });
    found
}

/// True for what can be an id at all.
pub(crate) fn may_be_id(word: &str) -> bool {
    word.len() >= 4 && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
