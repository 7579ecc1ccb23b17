//! Where a link really leads, with everything counted that lies around the notes: folders, and files that are left out.
//! Broken is what nobody can follow.
//!
//! [`crate::report::resolve`] answers from the notes' names alone, which is enough to follow links; `check` and `links`
//! ask here before they call a link broken.

use crate::model::Link;
use crate::model::NotePath;
use crate::model::link::percent_decode;
use crate::model::path::strip_extension;
use crate::report::anchor::Place;
use crate::report::graph::Graph;
use crate::report::names::fold;
use crate::report::names::join;
use crate::report::resolve::Remark;
use crate::report::resolve::Resolved;
use crate::report::resolve::Target;

/// What is on the disk at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// The path leads out of the notebook: nobody looked.
    Elsewhere,
}

/// What lies around the notes. Paths are from the notes folder, with `/`.
pub trait Around {
    /// What is at a path, which may begin with `..`.
    fn there(&self, path: &str) -> There;
    /// Notes and files in the notes folder that are no part of the notebook: ignored, templates, set aside.
    fn left_out(&self) -> &[NotePath];
    /// Files and folders that could not be read, with the reason.
    fn unreadable(&self) -> Vec<(NotePath, String)> {
        Vec::new()
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Another program's business.
    External,
    /// A note: an index into the graph's notes.
    Note {
        /// Which.
        note: usize,
        /// The place in it that is named, where it is there.
        place: Option<Place>,
    },
    /// A file that is no note, or lies beside the notes folder (then the path begins with `..`).
    File(NotePath),
    /// A folder.
    Folder(String),
    /// A note or file that is there but is left out of the notebook.
    LeftOut(NotePath),
    /// A blank to be filled in: `[[{{title}}]]`.
    Placeholder,
    /// Out of the notebook.
    Outside,
    /// Nothing.
    Missing,
}

/// A link's end, and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Where it leads.
    pub reach: Reach,
    /// What is odd, if anything.
    pub remarks: Vec<Remark>,
}

/// Follows the link number `link` of the note `from`.
#[must_use]
pub fn follow(graph: &Graph<'_>, from: usize, link: usize, around: &dyn Around) -> Reached {
    let nothing = Reached { reach: Reach::Missing, remarks: Vec::new() };
    let Some(written) = graph.notes.get(from).and_then(|(_, note)| note.links.get(link)) else { return nothing };
    let Some(resolved) = graph.outgoing(from).get(link) else { return nothing };
    follow_resolved(graph, from, written, resolved, around)
}

/// Follows a link that is not among the links of the note `from`.
#[must_use]
pub fn follow_link(graph: &Graph<'_>, from: usize, link: &Link, around: &dyn Around) -> Reached {
    follow_resolved(graph, from, link, &graph.names.resolve(from, link), around)
}

fn follow_resolved(graph: &Graph<'_>, from: usize, link: &Link, resolved: &Resolved, around: &dyn Around) -> Reached {
    let Resolved { target, mut remarks } = resolved.clone();
    let reach = match target {
        Target::External => Reach::External,
        Target::Attachment(path) => Reach::File(path),
        Target::Note { note, place } => {
            remarks.retain(|remark| match remark {
                Remark::NoHeading(written) | Remark::NoBlock(written) => !is_placeholder(written),
                Remark::Ambiguous { .. } | Remark::ByTitle | Remark::OtherCase => true,
            });
            Reach::Note { note, place }
        }
        Target::Missing | Target::Outside if is_placeholder(&link.target) => Reach::Placeholder,
        Target::Missing | Target::Outside => return look(graph, from, link, around),
    };
    Reached { reach, remarks }
}

/// Looks for what the names of notes and attachments do not know.
fn look(graph: &Graph<'_>, from: usize, link: &Link, around: &dyn Around) -> Reached {
    let plain = |reach| Reached { reach, remarks: Vec::new() };
    let decoded = if link.is_wiki() { link.target.clone() } else { percent_decode(&link.target) };
    let before_place = link.local().map(|local| local.path).unwrap_or_default();
    let mut names = vec![before_place.as_str()];
    // `note.md?plain=1`
    if !link.is_wiki()
        && let Some((path, _)) = link.target.split_once('?')
    {
        let shorter = Link { target: path.to_owned(), ..link.clone() };
        let resolved = graph.names.resolve(from, &shorter);
        if !matches!(resolved.target, Target::Missing | Target::Outside) {
            return follow_resolved(graph, from, &shorter, &resolved, around);
        }
        names.push(before_place.split('?').next().unwrap_or(&before_place));
    }
    // a name with `#` in it: `C#.md`
    if decoded.contains('#') {
        names.push(&decoded);
    }
    if before_place.starts_with('~') || before_place.starts_with("\\\\") || is_drive(&before_place) {
        return plain(Reach::Outside);
    }
    let folder = graph.notes.get(from).map_or("", |(path, _)| path.folder());
    let mut elsewhere = false;
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        for path in places(folder, name) {
            match at(graph, &path, around) {
                Some(Reach::Outside) => elsewhere = true,
                // a page of a browser can be a folder, a note cannot
                Some(Reach::Folder(_)) if link.is_wiki() => {}
                Some(found) => return plain(found),
                None => {}
            }
        }
    }
    let left_out = names.iter().find_map(|name| {
        let wanted = fold(name.trim_start_matches("./").trim_start_matches("../").trim_matches('/'));
        around.left_out().iter().find(|path| {
            let known = fold(path.as_str());
            [known.as_str(), strip_extension(&known)]
                .iter()
                .any(|known| *known == wanted || known.strip_suffix(&wanted).is_some_and(|rest| rest.ends_with('/')))
        })
    });
    match left_out {
        Some(path) => plain(Reach::LeftOut(path.clone())),
        None if elsewhere => plain(Reach::Outside),
        None => plain(Reach::Missing),
    }
}

/// The paths that a name may mean: from the note's own folder, and from the top. The first may begin with `..`.
fn places(folder: &str, name: &str) -> Vec<String> {
    let mut found = vec![beyond(folder, name)];
    if let Ok(path) = join("", name.trim_start_matches('/'))
        && !found.contains(&path)
    {
        found.push(path);
    }
    found
}

/// As [`join`], but goes on above the notes folder.
fn beyond(folder: &str, name: &str) -> String {
    let folder = if name.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What is at a path, if anything; [`Reach::Outside`] where nobody may look.
fn at(graph: &Graph<'_>, path: &str, around: &dyn Around) -> Option<Reach> {
    let note = |path: &str| {
        let found = graph.notes.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
        Some(Reach::Note { note: found, place: None })
    };
    if let Some(found) = note(path).or_else(|| note(&format!("{path}.md"))) {
        return Some(found);
    }
    match around.there(path) {
        There::Folder => return Some(Reach::Folder(path.to_owned())),
        There::File if path.starts_with("..") => return Some(Reach::File(NotePath::from(path))),
        There::File => return Some(Reach::LeftOut(NotePath::from(path))),
        There::Elsewhere => return Some(Reach::Outside),
        There::Nothing => {}
    }
    // pages of a site that is built from the notes
    let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
    if let Some(stem) = stem {
        let index = stem.strip_suffix("index").map(|folder| format!("{folder}README.md"));
        return note(&format!("{stem}.md")).or_else(|| note(&index?));
    }
    (around.there(&format!("{path}.md")) == There::File)
        .then(|| Reach::LeftOut(NotePath::from(format!("{path}.md").as_str())))
}

/// `C:\notes`
fn is_drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && chars.next().is_some_and(|c| c == '\\' || c == '/')
}

/// True for what a template or a person will fill in, and for what has no letter or digit to be a name.
fn is_placeholder(target: &str) -> bool {
    ["{{", "}}", "{%", "<%", "%>", "${", "$("].iter().any(|mark| target.contains(mark))
        || (target.starts_with('<') && target.ends_with('>'))
        || !target.chars().any(|c| c.is_alphanumeric() || u32::from(c) >= 0x2190)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_above_the_notes_folder() {
        let cases = [
            ("", "../a.md", "../a.md"),
            ("x/y", "../../../a.md", "../a.md"),
            ("x", "../../../b/c", "../../b/c"),
            ("x", "../../b/../../c", "../../c"),
            ("x/y", "../z/../../a", "a"),
            ("x", "/a", "a"),
        ];
        for (folder, name, want) in cases {
            assert_eq!(beyond(folder, name), want, "{folder} {name}");
        }
    }

    #[test]
    fn blanks_to_fill_in() {
        for target in ["{{title}}", "...", "<name>", "${x}", "<% tp.date.now() %>", "…", "?"] {
            assert!(is_placeholder(target), "{target}");
        }
        for target in ["a", "日本", "1", "🗂️", "a<b"] {
            assert!(!is_placeholder(target), "{target}");
        }
    }
}
