//! The order of reading: mdBook's `SUMMARY.md` where there is one, else folders and titles.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::NotePath;
use crate::model::SectionKind;
use crate::parse;
use crate::report::resolve::Target;
use crate::site::Site;
use crate::site::published::Chapter;
use crate::site::published::Part;

/// The parts of a notebook, by `SUMMARY.md` or by folders alone. Every published note stands in one.
pub(crate) fn parts(site: &Site<'_>, published: &[usize], summary: Option<&str>) -> Vec<Part> {
    let mut parts = summary.map_or_else(Vec::new, |summary| listed(site, summary));
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for part in &mut parts {
        part.chapters.retain(|chapter| seen.insert(chapter.note));
    }
    parts.retain(|part| !part.chapters.is_empty());
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &note in published.iter().filter(|note| !seen.contains(note)) {
        if let Some(entry) = site.source.notes.get(note) {
            folders.entry(entry.path.folder()).or_default().push(note);
        }
    }
    // as the tree shows them: what is in a folder, then what is below it
    let mut folders: Vec<_> = folders.into_iter().collect();
    folders.sort_by_cached_key(|(folder, _)| folder.split('/').map(by_value).collect::<Vec<_>>());
    for (folder, mut notes) in folders {
        notes.sort_by_cached_key(|&note| order(site, note));
        let chapters = notes.into_iter().map(|note| Chapter { note, depth: 0, title: String::new() }).collect();
        parts.push(Part { title: NotePath::from_escaped(folder).to_string(), chapters, rest: true });
    }
    parts
}

/// A folder's index note first, then by name, numbers by value.
fn order(site: &Site<'_>, note: usize) -> (bool, Vec<(u64, String)>) {
    let Some(entry) = site.source.notes.get(note) else { return (true, Vec::new()) };
    let stem = entry.path.stem().to_lowercase();
    (!matches!(stem.as_str(), "index" | "readme"), by_value(&stem))
}

/// A name as it is sorted: numbers by value, in any case.
fn by_value(name: &str) -> Vec<(u64, String)> {
    let name = name.to_lowercase();
    let mut parts = Vec::new();
    let mut rest = name.as_str();
    while !rest.is_empty() {
        let words = rest.bytes().take_while(|b| !b.is_ascii_digit()).count();
        let (before, tail) = rest.split_at(words);
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = tail.split_at(digits);
        parts.push((0, before.to_owned()));
        parts.push((number.parse().unwrap_or(0), String::new()));
        rest = tail;
    }
    parts
}

/// What `SUMMARY.md` lists: each heading begins a part.
fn listed(site: &Site<'_>, summary: &str) -> Vec<Part> {
    let path = NotePath::from("SUMMARY.md");
    let note = parse::parse(&path, summary, &parse::Options::default()).note;
    let mut parts = vec![Part { title: String::new(), chapters: Vec::new(), rest: false }];
    let mut headings = note.sections.iter().filter(|section| section.kind == SectionKind::Heading).peekable();
    let lines: Vec<&str> = summary.lines().collect();
    let mut above: Vec<usize> = Vec::new();
    for link in note.links.iter().filter(|link| link.kind == LinkKind::Inline && !link.is_external()) {
        while let Some(heading) = headings.next_if(|heading| heading.heading_span.start < link.span.start) {
            // the first heading is the summary's own title
            let own = note.sections.first().is_some_and(|first| first.line == heading.line) && above.is_empty();
            let title = if own { String::new() } else { parse::title_words(&heading.text) };
            parts.push(Part { title, chapters: Vec::new(), rest: false });
            above = vec![];
        }
        // from the notes folder's top, whatever the note is called
        let rooted = Link { target: format!("/{}", link.target.trim_start_matches("./")), ..link.clone() };
        let Target::Note { note: index, .. } = site.places.resolve(usize::MAX, &rooted) else { continue };
        let line = lines.get(link.line.saturating_sub(1)).copied().unwrap_or("");
        let indent = line.len() - line.trim_start().len();
        // as mdBook, by the lists around it: whatever their indentation is
        while above.last().is_some_and(|&outer| outer >= indent) {
            above.pop();
        }
        let depth = above.len().min(5);
        above.push(indent);
        if site.places.page(index).is_none() {
            continue;
        }
        if let Some(part) = parts.last_mut() {
            part.chapters.push(Chapter { note: index, depth, title: parse::title_words(&link.text) });
        }
    }
    parts
}
