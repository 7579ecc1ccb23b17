//! What tells notes of the same title apart where only titles are shown: their folder, else their day, else their file.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::NotePath;
use crate::site::Site;
use crate::site::feed;

/// Of each published note that needs it what stands beside its title.
pub(crate) fn told_apart(site: &Site<'_>) -> BTreeMap<usize, String> {
    let mut titled: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &note in &site.order {
        let title = site.places.note(note).map_or_else(String::new, |note| note.title.trim().to_lowercase());
        titled.entry(title).or_default().push(note);
    }
    let mut beside = BTreeMap::new();
    for notes in titled.into_values().filter(|notes| notes.len() > 1) {
        tell_apart(site, &notes, &mut beside);
    }
    beside
}

fn tell_apart(site: &Site<'_>, notes: &[usize], beside: &mut BTreeMap<usize, String>) {
    let path = |note: usize| site.source.notes.get(note).map(|entry| entry.path);
    let folder = |note: usize| path(note).map_or("", |path| path.folder());
    let shown = |words: &str| NotePath::from_escaped(words).to_string();
    let last = |note: usize| folder(note).rsplit('/').next().map_or_else(String::new, shown);
    let file = |note: usize| path(note).map_or_else(String::new, |path| shown(path.stem()));
    let day = |note: usize| site.places.note(note).and_then(feed::shown).unwrap_or_default();
    let ways: [&dyn Fn(usize) -> String; 5] = [&last, &|note| shown(folder(note)), &day, &file, &|note| {
        path(note).map_or_else(String::new, NotePath::to_string)
    }];
    let differ = |way: &dyn Fn(usize) -> String| {
        let mut seen = BTreeSet::new();
        notes.iter().all(|&note| seen.insert(way(note)))
    };
    // whatever is the same, paths differ
    let Some(way) = ways.into_iter().find(|way| differ(way)).or(ways.last().copied()) else {
        return;
    };
    beside.extend(notes.iter().map(|&note| (note, way(note))));
}
