//! Which links can lead elsewhere after a change: those that have a name in them of a file that changes.
//!
//! A link is left out only if it certainly leads to the same file before and afterwards: it names one by its whole path, or by a
//! file name, and neither that file nor another of its name changes. Called by `moving`, so that of a large notebook few links
//! are followed.

use std::collections::HashSet;

use crate::model::Link;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::path::strip_extension;
use crate::report::file_name::fold;
use crate::report::file_name::join;
use crate::report::graph::Graph;

/// The names of everything that changes.
#[derive(Default)]
pub(crate) struct Touched {
    names: HashSet<String>,
    paths: HashSet<String>,
}

impl Touched {
    /// A file moves, is made or removed, or its text changes.
    pub(crate) fn file(&mut self, path: &NotePath) {
        self.paths.insert(path.as_str().to_owned());
        self.names.extend([fold(path.file_name()), fold(strip_extension(path.file_name()))]);
    }

    /// The other names of a note that changes.
    pub(crate) fn note(&mut self, note: &Note) {
        self.names.extend(std::iter::once(&note.title).chain(&note.aliases).map(|name| fold(name.trim())));
    }

    /// False for a link of an unchanged note that leads to the same place before and afterwards for certain.
    pub(crate) fn may_lead_elsewhere(&self, graph: &Graph<'_>, from: &NotePath, link: &Link) -> bool {
        if link.is_external() {
            return false;
        }
        let path = link.target.split('#').next().unwrap_or("").trim();
        if path.is_empty() {
            // a place in its own note, which does not change
            return link.target.is_empty();
        }
        if path.contains(['%', '?', '&', '\\']) || path.ends_with('/') || !path.is_ascii() && !link.is_wiki() {
            return true;
        }
        let name = fold(path.rsplit('/').next().unwrap_or(path));
        let is_named = |name: &str| self.names.contains(name) || self.names.contains(strip_extension(name));
        if is_named(&name) || self.names.contains(&fold(path)) {
            return true;
        }
        if link.is_wiki() && !path.contains('/') {
            return strip_extension(&name) != name || !graph.names.has_name(&name);
        }
        let folder = if link.is_wiki() || path.starts_with('/') { "" } else { from.folder() };
        !join(folder, path.trim_start_matches('/')).is_ok_and(|path| {
            let is_there = |path: &str| graph.notes.binary_search_by(|(known, _)| known.as_str().cmp(path)).is_ok();
            let whole = if strip_extension(&path) == path { format!("{path}.md") } else { path };
            is_there(&whole) && !self.paths.contains(&whole)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn only_links_that_certainly_stay_are_left_out() {
        let parse = |path: &str, text: &str| parse::parse(&NotePath::from(path), text, &parse::Options::default()).note;
        let text = "[[a]] [[x/b]] [[b]] [b](b.md) [b](../x/b) [b](/x/b.md#h) [[#h]] [h](#h) [e](https://x.y/a.md)\n\n\
                    [[c]] [[A]] [[x/a]] [[b.md]] [b](b%20c.md) [b](b.md?x) [x](../x/) [n](no.md) [[Title]] [[x/Title]] [p](p.png) [e]()\n";
        let notes = [("a.md", "# Title\n"), ("x/b.md", "# B\n"), ("x/n.md", text)]
            .map(|(path, text)| (NotePath::from(path), parse(path, text)));
        let graph = Graph::new(notes.iter().map(|(path, note)| (path, note)).collect(), &[]);
        let mut touched = Touched::default();
        touched.file(&notes[0].0);
        touched.note(&notes[0].1);
        let may = |link: &&Link| touched.may_lead_elsewhere(&graph, &notes[2].0, link);
        let left_out: Vec<&str> =
            notes[2].1.links.iter().filter(|link| !may(link)).map(|link| link.target.as_str()).collect();
        assert_eq!(left_out, ["x/b", "b", "b.md", "../x/b", "/x/b.md#h", "#h", "#h", "https://x.y/a.md"]);
    }
}
