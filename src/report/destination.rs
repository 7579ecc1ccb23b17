//! Where a link leads if the disk is taken into account: to folders, and to files that are not part of the notebook. A link is
//! broken only if nobody can follow it.
//!
//! [`crate::report::resolve`] only uses the names of notes and attachments, which is enough to follow links.
//! `check` and `links` ask here before they call a link broken.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::model::Link;
use crate::model::NotePath;
use crate::model::link::percent_decode;
use crate::model::link::percent_encode;
use crate::model::path::strip_extension;
use crate::report::anchor::AnchorRef;
use crate::report::file_name::fold;
use crate::report::file_name::join;
use crate::report::graph::Graph;
use crate::report::resolve::Remark;
use crate::report::resolve::Resolved;
use crate::report::resolve::Target;

/// What is on the disk at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// The path leads out of the notebook, so it was not checked.
    OutsideNotebook,
}

/// The files of a notebook other than its notes. Paths are relative to the notes folder, with `/`.
pub trait NotebookFiles {
    /// What is at a path, which may begin with `..`.
    fn kind(&self, path: &str) -> PathKind;
    /// True if a path can go by way of symbolic links.
    fn has_symlinks(&self) -> bool {
        false
    }
    /// The path of the same file or folder without the symbolic links on the way, if there are any; it need not be there.
    fn real(&self, _path: &str) -> Option<String> {
        None
    }
    /// Files in the notes folder that are not part of the notebook: ignored, templates, skipped.
    fn left_out(&self) -> &[NotePath];
    /// Files and folders that could not be read, with the reason.
    fn unreadable(&self) -> Vec<(NotePath, String)> {
        Vec::new()
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To something outside the notebook, by its scheme.
    External,
    /// A note: an index into the graph's notes.
    Note {
        /// Its index.
        note: usize,
        /// The heading, block or anchor that the link points to, if it exists.
        place: Option<AnchorRef>,
    },
    /// A file that is not a note, or is outside the notes folder (its path then begins with `..`).
    File(NotePath),
    /// A folder.
    Folder(String),
    /// A note or file that exists but is left out of the notebook.
    LeftOut(NotePath),
    /// A placeholder: `[[{{title}}]]`.
    Placeholder,
    /// Out of the notebook.
    Outside,
    /// Nothing.
    Missing,
}

/// The destination of a link, with remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Where it leads.
    pub destination: Destination,
    /// Remarks on how it was found.
    pub remarks: Vec<Remark>,
}

/// Upper bound on skipped files of one name that are checked for a link.
const LEFT_OUT: usize = 100;

/// Follows the links of a notebook.
pub struct Follower<'a> {
    graph: &'a Graph<'a>,
    files: &'a dyn NotebookFiles,
    /// Files that were left out, by folded name.
    left_out: OnceCell<HashMap<String, Vec<&'a NotePath>>>,
}

impl<'a> Follower<'a> {
    /// Follows the links of a graph; `files` are the notebook's other files.
    #[must_use]
    pub fn new(graph: &'a Graph<'a>, files: &'a dyn NotebookFiles) -> Self {
        Self { graph, files, left_out: OnceCell::new() }
    }

    /// True if a link can go by way of symbolic links, which names do not say.
    pub(crate) fn has_symlinks(&self) -> bool {
        self.files.has_symlinks()
    }

    /// Follows link number `link` of the note `from`.
    #[must_use]
    pub fn follow(&self, from: usize, link: usize) -> Followed {
        let nothing = Followed { destination: Destination::Missing, remarks: Vec::new() };
        let Some(written) = self.graph.notes.get(from).and_then(|(_, note)| note.links.get(link)) else {
            return nothing;
        };
        let Some(resolved) = self.graph.outgoing(from).get(link) else { return nothing };
        self.follow_resolved(from, written, resolved)
    }

    /// Follows a link that is not among the links of the note `from`.
    #[must_use]
    pub fn follow_link(&self, from: usize, link: &Link) -> Followed {
        self.follow_resolved(from, link, &self.graph.names.resolve(from, link))
    }

    fn follow_resolved(&self, from: usize, link: &Link, resolved: &Resolved) -> Followed {
        let Resolved { target, mut remarks } = resolved.clone();
        let destination = match target {
            Target::External => Destination::External,
            Target::Attachment(path) => Destination::File(path),
            Target::Note { note, place } => {
                remarks.retain(|remark| match remark {
                    Remark::NoHeading(written) | Remark::NoBlock(written) => !is_placeholder(written),
                    Remark::Ambiguous { .. } | Remark::ByTitle | Remark::OtherCase => true,
                });
                Destination::Note { note, place }
            }
            Target::Missing | Target::Outside if is_placeholder(&link.target) => Destination::Placeholder,
            Target::Missing | Target::Outside => return self.look(from, link),
        };
        Followed { destination, remarks }
    }

    /// Looks for a file that is neither a note nor an attachment.
    fn look(&self, from: usize, link: &Link) -> Followed {
        let plain = |destination| Followed { destination, remarks: Vec::new() };
        let decoded = if link.is_wiki() { link.target.clone() } else { percent_decode(&link.target) };
        let path = link.local().map(|local| local.path).unwrap_or_default();
        let mut names = vec![path.as_str()];
        // `note.md?plain=1`
        if !link.is_wiki()
            && let Some((path, _)) = link.target.split_once('?')
        {
            let shorter = Link { target: path.to_owned(), ..link.clone() };
            let resolved = self.graph.names.resolve(from, &shorter);
            if !matches!(resolved.target, Target::Missing | Target::Outside) {
                return self.follow_resolved(from, &shorter, &resolved);
            }
        }
        if !link.is_wiki() && path.contains('?') {
            names.push(path.split('?').next().unwrap_or(&path));
        }
        // a name that contains `#`: `C#.md`
        if decoded.contains('#') {
            names.push(&decoded);
        }
        if path.starts_with('~') || path.starts_with("\\\\") || is_drive(&path) {
            return plain(Destination::Outside);
        }
        let folder = self.graph.notes.get(from).map_or("", |(path, _)| path.folder());
        let mut outside = false;
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            for path in places(folder, name) {
                let real = self.files.real(&path);
                let is_known = |real: &String| !matches!(self.at(real), None | Some(Destination::LeftOut(_)));
                let named = || self.files.real(&format!("{path}.md")).filter(is_known);
                let path = real.filter(is_known).or_else(named).unwrap_or(path);
                match self.at(&path) {
                    Some(Destination::Outside) => outside = true,
                    // an address can lead to a folder, the name of a note cannot
                    Some(Destination::Folder(_)) if link.is_wiki() => {}
                    // its fragment is looked up as in any other note
                    Some(found @ Destination::Note { .. }) => {
                        return self.written_from_top(from, link, &path).unwrap_or_else(|| plain(found));
                    }
                    Some(found) => return plain(found),
                    None => {}
                }
            }
        }
        match names.iter().find_map(|name| self.left_out(name)) {
            Some(path) => plain(Destination::LeftOut(path.clone())),
            None if outside => plain(Destination::Outside),
            None => plain(Destination::Missing),
        }
    }

    /// Follows a link written relative to another folder, given the path of its note.
    fn written_from_top(&self, from: usize, link: &Link, path: &str) -> Option<Followed> {
        let path = if link.is_wiki() { path.to_owned() } else { percent_encode(path, |c| " %?#()<>".contains(c)) };
        let place = link.target.find('#').and_then(|at| link.target.get(at..)).unwrap_or("");
        let link = Link { target: format!("/{path}{place}"), ..link.clone() };
        let resolved = self.graph.names.resolve(from, &link);
        matches!(resolved.target, Target::Note { .. }).then(|| self.follow_resolved(from, &link, &resolved))
    }

    /// A skipped file whose path ends with this name.
    fn left_out(&self, name: &str) -> Option<&'a NotePath> {
        let wanted = fold(name.trim_start_matches("./").trim_start_matches("../").trim_matches('/'));
        let known = self.left_out.get_or_init(|| {
            let mut known: HashMap<String, Vec<&NotePath>> = HashMap::new();
            for path in self.files.left_out() {
                let name = fold(path.file_name());
                let bare = strip_extension(&name).to_owned();
                if bare != name {
                    known.entry(bare).or_default().push(path);
                }
                known.entry(name).or_default().push(path);
            }
            known
        });
        let files = known.get(wanted.rsplit('/').next()?)?;
        files.iter().copied().take(LEFT_OUT).find(|path| {
            let known = fold(path.as_str());
            [known.as_str(), strip_extension(&known)]
                .iter()
                .any(|known| *known == wanted || known.strip_suffix(&wanted).is_some_and(|rest| rest.ends_with('/')))
        })
    }

    /// What is at a path, if anything; [`Destination::Outside`] if it is outside the notebook.
    fn at(&self, path: &str) -> Option<Destination> {
        let note = |path: &str| {
            let found = self.graph.notes.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
            Some(Destination::Note { note: found, place: None })
        };
        if let Some(found) = note(path).or_else(|| note(&format!("{path}.md"))) {
            return Some(found);
        }
        match self.files.kind(path) {
            PathKind::Folder => return Some(Destination::Folder(path.to_owned())),
            PathKind::File if path.starts_with("..") => return Some(Destination::File(NotePath::from(path))),
            PathKind::File => return Some(Destination::LeftOut(NotePath::from(path))),
            PathKind::OutsideNotebook => return Some(Destination::Outside),
            PathKind::Nothing => {}
        }
        (self.files.kind(&format!("{path}.md")) == PathKind::File)
            .then(|| Destination::LeftOut(NotePath::from(format!("{path}.md").as_str())))
    }
}

/// The paths that a name may stand for: relative to the note's own folder, and to the top. The first may begin with `..`.
fn places(folder: &str, name: &str) -> Vec<String> {
    let mut found = vec![beyond(folder, name)];
    if let Ok(path) = join("", name.trim_start_matches('/'))
        && !found.contains(&path)
    {
        found.push(path);
    }
    found
}

/// Like [`join`], but may leave the notes folder.
pub(crate) fn beyond(folder: &str, name: &str) -> String {
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

/// `C:\notes`
fn is_drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next() == Some(':')
        && chars.next().is_some_and(|c| c == '\\' || c == '/')
}

/// True for a placeholder, and for text without a letter or digit.
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
