//! What a link inside the notebook points at.
//!
//! `[[x]]` is the exact path, else the file name, without regard to case; else, with a remark, a title or alias, which
//! Obsidian leaves unresolved. Ties: fewest segments, then alphabetical, and a remark. Markdown links go from the note's
//! own folder. Nothing here leaves the notes folder: `..` beyond it resolves to nothing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Section;
use crate::model::path::strip_extension;
use crate::parse::slug;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another program's business: it has a scheme.
    External,
    /// A note: an index into the notes that [`Names`] was made of.
    Note {
        /// Which.
        note: usize,
        /// The heading that it names: an index into its sections.
        section: Option<usize>,
        /// The block that it names: an index into its blocks.
        block: Option<usize>,
    },
    /// A file that is no note.
    Attachment(NotePath),
    /// Nothing in the notes folder.
    Missing,
    /// It would leave the notes folder.
    Outside,
}

/// What is odd about how a link resolves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Several files have this name: the first is taken.
    Ambiguous(Vec<NotePath>),
    /// Found by title or alias, which Obsidian does not do.
    ByTitle,
    /// Found under a name in another case.
    OtherCase,
    /// The note is there, the heading is not.
    NoHeading(String),
    /// The note is there, the block is not.
    NoBlock(String),
}

/// A resolved link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Where it leads.
    pub target: Target,
    /// What is odd, if anything.
    pub remarks: Vec<Remark>,
}

/// A note and where it is.
pub type NoteRef<'a> = (&'a NotePath, &'a Note);

/// The names of a notebook's notes and files.
pub struct Names<'a> {
    notes: Arc<[NoteRef<'a>]>,
    /// Folded paths without extension, and with it for attachments, by their last part.
    by_name: HashMap<String, Vec<Entry>>,
    titles: HashMap<String, Vec<usize>>,
    attachments: &'a [NotePath],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Note(usize),
    Attachment(usize),
}

impl<'a> Names<'a> {
    /// Learns the names. `notes` sorted by path.
    #[must_use]
    pub fn new(notes: Arc<[NoteRef<'a>]>, attachments: &'a [NotePath]) -> Self {
        let mut by_name: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut titles: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, (path, note)) in notes.iter().enumerate() {
            by_name.entry(fold(path.stem())).or_default().push(Entry::Note(index));
            for name in std::iter::once(&note.title).chain(&note.aliases) {
                let known = titles.entry(fold(name)).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        for (index, path) in attachments.iter().enumerate() {
            by_name.entry(fold(path.file_name())).or_default().push(Entry::Attachment(index));
        }
        Self { notes, by_name, titles, attachments }
    }

    /// Resolves a link that stands in the note `from`.
    #[must_use]
    pub fn resolve(&self, from: usize, link: &Link) -> Resolved {
        let Some(local) = link.local() else { return Resolved { target: Target::External, remarks: Vec::new() } };
        let mut remarks = Vec::new();
        let found = if local.path.is_empty() {
            Some(Entry::Note(from))
        } else {
            match self.find(from, &local.path, link.is_wiki(), &mut remarks) {
                Ok(found) => found,
                Err(Outside) => return Resolved { target: Target::Outside, remarks },
            }
        };
        let target = match found {
            Some(Entry::Note(note)) => self.place(note, local.heading, local.block, &mut remarks),
            Some(Entry::Attachment(index)) => {
                self.attachments.get(index).map_or(Target::Missing, |path| Target::Attachment(path.clone()))
            }
            None => Target::Missing,
        };
        Resolved { target, remarks }
    }

    /// Finds a note as people name it on the command line or in a link: path, name, title or alias.
    #[must_use]
    pub fn find_note(&self, name: &str) -> Vec<usize> {
        let mut remarks = Vec::new();
        match self.find(usize::MAX, name, true, &mut remarks) {
            Ok(Some(Entry::Note(index))) => match remarks.into_iter().find_map(|remark| match remark {
                Remark::Ambiguous(paths) => Some(paths),
                _ => None,
            }) {
                Some(paths) => paths
                    .iter()
                    .filter_map(|path| self.notes.binary_search_by(|(other, _)| (*other).cmp(path)).ok())
                    .collect(),
                None => vec![index],
            },
            _ => Vec::new(),
        }
    }

    fn find(
        &self,
        from: usize,
        written: &str,
        wiki: bool,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Entry>, Outside> {
        let written = written.trim().trim_end_matches('/');
        let folder = self.notes.get(from).map_or("", |(path, _)| path.folder());
        let relative = written.starts_with("./") || written.starts_with("../");
        if let Some(rooted) = written.strip_prefix('/') {
            return Ok(self.exact(&join("", rooted)?, remarks));
        }
        if relative || !wiki {
            match join(folder, written) {
                Ok(path) => {
                    if let Some(found) = self.exact(&path, remarks) {
                        return Ok(Some(found));
                    }
                }
                Err(outside) if relative => return Err(outside),
                Err(Outside) => {}
            }
            if relative && !wiki {
                return Ok(None);
            }
        }
        let path = join("", written.trim_start_matches("./").trim_start_matches("../"))?;
        if let Some(found) = self.exact(&path, remarks) {
            return Ok(Some(found));
        }
        if let Some(found) = self.by_suffix(&path, remarks) {
            return Ok(Some(found));
        }
        if !wiki {
            return Ok(None);
        }
        let known = self.titles.get(&fold(written)).map_or(&[][..], Vec::as_slice);
        let mut candidates: Vec<Entry> = known.iter().map(|&index| Entry::Note(index)).collect();
        self.best(&mut candidates, remarks).map_or(Ok(None), |found| {
            remarks.push(Remark::ByTitle);
            Ok(Some(found))
        })
    }

    /// The file with exactly this path, without regard to case; a note's extension may be left out.
    fn exact(&self, path: &str, remarks: &mut Vec<Remark>) -> Option<Entry> {
        let folded = fold(path);
        let mut found: Vec<Entry> =
            self.candidates(path).into_iter().filter(|&entry| self.folded(entry, path) == folded).collect();
        // `README.md` and `readme.md` side by side are two files, and the one as written is meant
        if let Some(same) = found.iter().copied().find(|&entry| self.is_written(entry, path)) {
            return Some(same);
        }
        let best = self.best(&mut found, remarks)?;
        remarks.push(Remark::OtherCase);
        Some(best)
    }

    /// The files whose path ends with this one.
    fn by_suffix(&self, path: &str, remarks: &mut Vec<Remark>) -> Option<Entry> {
        let ending = format!("/{}", fold(path));
        let mut found: Vec<Entry> =
            self.candidates(path).into_iter().filter(|&entry| self.folded(entry, path).ends_with(&ending)).collect();
        let best = self.best(&mut found, remarks)?;
        if !self.is_written(best, path) {
            remarks.push(Remark::OtherCase);
        }
        Some(best)
    }

    /// Entries with the right last part: notes by stem, then anything by its full name.
    fn candidates(&self, path: &str) -> Vec<Entry> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut found = Vec::new();
        for key in [fold(strip_extension(name)), fold(name)] {
            for &entry in self.by_name.get(&key).map_or(&[][..], Vec::as_slice) {
                if !found.contains(&entry) {
                    found.push(entry);
                }
            }
        }
        // a name with a note's extension names no attachment, and `x.y` first of all a note `x.y.md`
        found
    }

    /// An entry's path, folded, with its extension only where `like` has it.
    fn folded(&self, entry: Entry, like: &str) -> String {
        let path = self.path(entry);
        match entry {
            Entry::Note(_) if strip_extension(like).len() == like.len() => fold(strip_extension(path)),
            // `a.md` and `a.markdown` both answer to their own extension only
            Entry::Note(_) | Entry::Attachment(_) => fold(path),
        }
    }

    fn path(&self, entry: Entry) -> &str {
        match entry {
            Entry::Note(index) => self.notes.get(index).map_or("", |(path, _)| path.as_str()),
            Entry::Attachment(index) => self.attachments.get(index).map_or("", NotePath::as_str),
        }
    }

    /// True when the end of an entry's path is written just so, its case included.
    fn is_written(&self, entry: Entry, written: &str) -> bool {
        let (path, written) = (composed(self.path(entry)), composed(written));
        let is_note = matches!(entry, Entry::Note(_));
        path.ends_with(&*written) || (is_note && strip_extension(&path).ends_with(&*written))
    }

    /// Fewest segments, then notes before other files, then alphabetical; several are worth a remark.
    fn best(&self, found: &mut [Entry], remarks: &mut Vec<Remark>) -> Option<Entry> {
        found.sort_by(|&a, &b| {
            let key = |entry| {
                let path = self.path(entry);
                (path.matches('/').count(), matches!(entry, Entry::Attachment(_)))
            };
            key(a).cmp(&key(b)).then_with(|| self.path(a).cmp(self.path(b)))
        });
        if found.len() > 1 {
            remarks
                .push(Remark::Ambiguous(found.iter().map(|&entry| NotePath::from_escaped(self.path(entry))).collect()));
        }
        found.first().copied()
    }

    fn place(&self, note: usize, heading: Option<String>, block: Option<String>, remarks: &mut Vec<Remark>) -> Target {
        let Some((_, facts)) = self.notes.get(note) else { return Target::Missing };
        let mut section = None;
        let mut place = None;
        if let Some(heading) = heading {
            section = find_heading(&facts.sections, &heading);
            if section.is_none() {
                remarks.push(Remark::NoHeading(heading));
            }
        }
        if let Some(block) = block {
            place = facts.blocks.iter().position(|known| known.id.eq_ignore_ascii_case(&block));
            if place.is_none() {
                remarks.push(Remark::NoBlock(block));
            }
        }
        Target::Note { note, section, block: place }
    }
}

/// The path would leave the notes folder.
pub(crate) struct Outside;

/// Joins `written` to `folder`, resolving `.` and `..`.
pub(crate) fn join(folder: &str, written: &str) -> Result<String, Outside> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Outside)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

/// The section that a link's `#…` names: by text or slug, or a path of headings `A#B`.
#[must_use]
pub fn find_heading(sections: &[Section], written: &str) -> Option<usize> {
    let last = written.rsplit('#').next().unwrap_or(written);
    let (words, anchor) = (heading_words(last), slug(last));
    let fits = |section: &Section| heading_words(&section.text) == words;
    let wanted: Vec<String> = written.split('#').map(heading_words).filter(|part| !part.is_empty()).collect();
    let path_fits = |index: usize| {
        let mut above = sections.get(index).and_then(|section| section.parent);
        wanted.iter().rev().skip(1).all(|part| {
            while let Some(section) = above.and_then(|index| sections.get(index)) {
                above = section.parent;
                if heading_words(&section.text) == *part {
                    return true;
                }
            }
            false
        })
    };
    let mut by_words = sections.iter().enumerate().filter(|(_, section)| fits(section)).map(|(index, _)| index);
    if wanted.len() > 1 {
        return by_words.find(|&index| path_fits(index));
    }
    sections
        .iter()
        .position(|section| section.slug == written)
        .filter(|_| !written.contains(' '))
        .or_else(|| by_words.next())
        .or_else(|| sections.iter().position(|section| section.slug == anchor))
}

/// A heading's words as links write them: Obsidian drops the marks that mean something in a link.
fn heading_words(text: &str) -> String {
    let plain: String = text.chars().map(|c| if "#|^:%[]*_`\\".contains(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How names are compared: without regard to case, to the two ways of writing an accent, and to the kind of a blank.
pub(crate) fn fold(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { composed(name).to_lowercase() }
}

/// Accents as one character, and blanks that do not break as ordinary ones: file systems and keyboards differ in both.
fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.nfc().map(|c| if matches!(c, '\u{A0}' | '\u{202F}') { ' ' } else { c }).collect())
}

/// True for links that show something in place: a missing one leaves a hole.
#[must_use]
pub fn is_embed(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Embed | LinkKind::Image)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    fn notes(of: &[(&str, &str)]) -> Vec<(NotePath, Note)> {
        let mut notes: Vec<(NotePath, Note)> = of
            .iter()
            .map(|(path, text)| {
                let path = NotePath::from(*path);
                let note = parse::parse(&path, text, &parse::Options::default()).note;
                (path, note)
            })
            .collect();
        notes.sort_by(|a, b| a.0.cmp(&b.0));
        notes
    }

    /// The path that the first link of `from` leads to, with `#slug` or `^block`, and its remarks.
    #[track_caller]
    fn case(of: &[(&str, &str)], from: &str, want: &str) {
        let owned = notes(of);
        let refs: Arc<[NoteRef<'_>]> = owned.iter().map(|(path, note)| (path, note)).collect();
        let files = [NotePath::from("img/a.png"), NotePath::from("b.png")];
        let names = Names::new(Arc::clone(&refs), &files);
        let index = owned.iter().position(|(path, _)| path.as_str() == from).unwrap();
        let resolved = names.resolve(index, &owned[index].1.links[0]);
        let mut got = match resolved.target {
            Target::Note { note, section, block } => {
                let mut path = refs[note].0.as_str().to_owned();
                if let Some(section) = section {
                    path += &format!("#{}", refs[note].1.sections[section].slug);
                }
                if let Some(block) = block {
                    path += &format!("^{}", refs[note].1.blocks[block].id);
                }
                path
            }
            Target::Attachment(path) => path.as_str().to_owned(),
            other => format!("{other:?}"),
        };
        for remark in resolved.remarks {
            got += &match remark {
                Remark::Ambiguous(paths) => format!(" ambiguous({})", paths.len()),
                other => format!(" {other:?}"),
            };
        }
        assert_eq!(got, want);
    }

    #[test]
    fn wikilinks_by_path_then_name_then_title() {
        case(&[("a.md", "[[b]]"), ("x/b.md", "")], "a.md", "x/b.md");
        case(&[("a.md", "[[b]]"), ("x/b.md", ""), ("b.md", "")], "a.md", "b.md");
        case(&[("a.md", "[[b]]"), ("x/b.md", ""), ("w/b.md", "")], "a.md", "w/b.md ambiguous(2)");
        case(&[("a.md", "[[x/b]]"), ("y/x/b.md", ""), ("x/b.md", "")], "a.md", "x/b.md");
        case(&[("a.md", "[[x/b]]"), ("y/x/b.md", "")], "a.md", "y/x/b.md");
        case(&[("a.md", "[[B]]"), ("b.md", "")], "a.md", "b.md OtherCase");
        case(&[("a.md", "[[The Title]]"), ("b.md", "# The title")], "a.md", "b.md ByTitle");
        case(&[("a.md", "[[b.md]]"), ("b.md", "")], "a.md", "b.md");
        case(&[("a.md", "[[v1.2]]"), ("v1.2.md", "")], "a.md", "v1.2.md");
        case(&[("a.md", "[[caf\u{e9} x]]"), ("Cafe\u{301}\u{a0}x.md", "")], "a.md", "Cafe\u{301}\u{a0}x.md OtherCase");
        case(&[("a.md", "[x](B.md)"), ("B.md", ""), ("b.md", "")], "a.md", "B.md");
        case(&[("a.md", "[[nothing]]")], "a.md", "Missing");
        case(&[("a.md", "![[a.png]]")], "a.md", "img/a.png");
        case(&[("d/a.md", "[[../../x]]")], "d/a.md", "Outside");
    }

    #[test]
    fn headings_and_blocks() {
        let target = "# Top: one\n## Same\n# Other\n## Same\ntext ^b1\n";
        case(&[("a.md", "[[t#Top one]]"), ("t.md", target)], "a.md", "t.md#top-one");
        case(&[("a.md", "[[t#Other#Same]]"), ("t.md", target)], "a.md", "t.md#same-1");
        case(&[("a.md", "[[t#^b1]]"), ("t.md", target)], "a.md", "t.md^b1");
        case(&[("a.md", "[x](t.md#same-1)"), ("t.md", target)], "a.md", "t.md#same-1");
        case(&[("a.md", "[[t#No]]"), ("t.md", target)], "a.md", "t.md NoHeading(\"No\")");
        case(&[("a.md", "[[#Here]]\n# Here")], "a.md", "a.md#here");
    }

    #[test]
    fn markdown_links_go_from_the_folder() {
        case(&[("d/a.md", "[x](b.md)"), ("b.md", ""), ("d/b.md", "")], "d/a.md", "d/b.md");
        case(&[("d/a.md", "[x](../b.md)"), ("b.md", "")], "d/a.md", "b.md");
        case(&[("d/a.md", "[x](/b.md)"), ("b.md", "")], "d/a.md", "b.md");
        case(&[("d/a.md", "[x](my%20b.md)"), ("d/my b.md", "")], "d/a.md", "d/my b.md");
        case(&[("d/a.md", "![x](../img/a.png)")], "d/a.md", "img/a.png");
        case(&[("d/a.md", "[x](../../etc/passwd)")], "d/a.md", "Outside");
    }
}
