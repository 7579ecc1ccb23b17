//! Finds the file for a name: the names of all notes and attachments, and the priority among files with the same name.
//!
//! First the file with exactly the written path; then one in the linking note's own folder; then one with exactly this
//! case, then any case; among those the shortest path, then alphabetical order. The disk is not used, so that it also works
//! for a set of notes that does not exist yet.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::OnceLock;

use crate::model::NotePath;
use crate::model::TitleFrom;
use crate::model::path::strip_extension;
use crate::report::anchor::Anchors;
use crate::report::file_name::Outside;
use crate::report::file_name::composed;
use crate::report::file_name::fold;
use crate::report::file_name::folder_of;
use crate::report::file_name::join;
use crate::report::file_name::written_day;
use crate::report::named_file::File;
use crate::report::named_file::NamedFile;
use crate::report::note_ref::NoteRef;
use crate::report::zk_ids;
use crate::report::zk_ids::WithId;
use crate::report::zk_ids::may_be_id;

/// Up to this many files of one name are scanned; with more, every path suffix is indexed.
const FEW: usize = 16;

/// How many of several matching files are named.
const NAMED: usize = 4;

/// The names of a notebook's notes and files.
pub struct Names<'a> {
    pub(crate) notes: Arc<[NoteRef<'a>]>,
    pub(crate) attachments: &'a [NotePath],
    /// By the folded last part of the path, without a note's extension; in order of priority.
    by_name: HashMap<String, Vec<File>>,
    /// For names shared by many files: by every suffix of the folded path.
    crowded: HashMap<String, Crowd>,
    /// Notes by title and alias, in the same order.
    titles: HashMap<String, Vec<usize>>,
    /// Notes by the id at the beginning of their names.
    ids: OnceLock<HashMap<String, WithId>>,
    /// The places in each note, once they were needed.
    pub(crate) anchors: Vec<OnceLock<Box<Anchors>>>,
}

/// Files whose paths end the same way.
#[derive(Default)]
struct Crowd {
    /// In order of priority.
    files: Vec<File>,
    /// The first file spelled exactly like this, by suffix.
    exact: HashMap<String, File>,
    /// Those for which this is the whole path.
    whole: Vec<File>,
}

impl<'a> Names<'a> {
    /// Collects the names. Both lists are sorted by path.
    #[must_use]
    pub fn new(notes: Arc<[NoteRef<'a>]>, attachments: &'a [NotePath]) -> Self {
        let anchors = notes.iter().map(|_| OnceLock::new()).collect();
        let mut names = Self {
            notes,
            attachments,
            by_name: HashMap::new(),
            crowded: HashMap::new(),
            titles: HashMap::new(),
            ids: OnceLock::new(),
            anchors,
        };
        let mut by_name: HashMap<String, Vec<File>> = HashMap::new();
        let mut titles: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, (path, note)) in names.notes.iter().enumerate() {
            by_name.entry(fold(path.stem())).or_default().push(File::Note(index));
            // file names are indexed separately; Logseq's page names are not file names
            let title =
                Some(&note.title).filter(|title| note.title_from != TitleFrom::FileName || *title != path.stem());
            for name in title.into_iter().chain(&note.aliases) {
                let known = titles.entry(fold(name)).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        for (index, path) in attachments.iter().enumerate() {
            by_name.entry(fold(path.file_name())).or_default().push(File::Attachment(index));
        }
        for files in by_name.values_mut().filter(|files| files.len() > 1) {
            files.sort_by_cached_key(|&file| names.order(file));
        }
        for notes in titles.values_mut().filter(|notes| notes.len() > 1) {
            notes.sort_by_cached_key(|&note| names.order(File::Note(note)));
        }
        for files in by_name.values().filter(|files| files.len() > FEW) {
            names.crowd(files);
        }
        (names.by_name, names.titles) = (by_name, titles);
        names
    }

    /// Finds the file for `written` in the note `from`, as a wikilink or a Markdown link.
    pub(crate) fn find(&self, from: usize, written: &str, wiki: bool) -> Result<Option<NamedFile>, Outside> {
        let found = self.find_file(from, written, wiki);
        if wiki || matches!(found, Ok(Some(_))) {
            return found;
        }
        self.by_page(from, written).map_or(found, |page| Ok(Some(page)))
    }

    /// The note for a Markdown link to its page on a website: `a.html` for `a.md`, and for a folder its `index` or
    /// `README`.
    fn by_page(&self, from: usize, written: &str) -> Option<NamedFile> {
        let written = written.trim();
        let path = match (written.strip_prefix('/'), self.notes.get(from)) {
            (None, Some((path, _))) => join(path.folder(), written),
            (rooted, _) => join("", rooted.unwrap_or(written)),
        };
        let path = path.ok()?;
        let note = |path: &str| {
            let found = self.at(path).filter(|found| matches!(found.file, File::Note(_)))?;
            Some(NamedFile { other_case: false, ..found })
        };
        let of_folder = |folder: &str| {
            let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            note(&inside("index.md")).or_else(|| note(&inside("README.md")))
        };
        let Some(stem) = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")) else {
            return of_folder(&path);
        };
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        note(&format!("{stem}.md")).or_else(|| of_folder(folder).filter(|_| name == "index"))
    }

    fn find_file(&self, from: usize, written: &str, wiki: bool) -> Result<Option<NamedFile>, Outside> {
        let written = written.trim().trim_end_matches('/');
        let folder = self.notes.get(from).map_or("", |(path, _)| path.folder());
        if let Some(rooted) = written.strip_prefix('/') {
            return Ok(self.at(&join("", rooted)?));
        }
        let relative = written.starts_with("./") || written.starts_with("../");
        if relative || !wiki {
            match join(folder, written) {
                Ok(path) => {
                    if let Some(found) = self.at(&path) {
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
        if path.is_empty() {
            return Ok(None);
        }
        if let Some(found) = self.at(&path).filter(|found| !found.other_case) {
            return Ok(Some(found));
        }
        let own = if folder.is_empty() { path.clone() } else { format!("{folder}/{path}") };
        let found = self.at(&own).or_else(|| self.anywhere(&path));
        if found.is_some() {
            return Ok(found);
        }
        if !wiki {
            return Ok(self.by_id(folder, &path));
        }
        Ok(self.by_title(written).or_else(|| self.by_id(folder, &path)).or_else(|| self.by_page_name(&path)))
    }

    /// True if a file has this name, which is folded; of notes without their extension.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Finds a note by a name on the command line or in a link: path, name, title, alias or id. Several if it is
    /// ambiguous.
    #[must_use]
    pub fn find_note(&self, name: &str) -> Vec<usize> {
        let Ok(Some(found)) = self.find(usize::MAX, name, true) else { return Vec::new() };
        let File::Note(one) = found.file else { return Vec::new() };
        if found.count < 2 {
            return vec![one];
        }
        let name = name.trim().trim_start_matches("./").trim_matches('/');
        if found.by_title {
            return self.titles.get(&fold(name)).cloned().unwrap_or_default();
        }
        let all: Vec<File> = match self.endings(name) {
            Endings::Few(files) => files,
            Endings::Crowd(crowd) => crowd.files.clone(),
        };
        let all = if all.is_empty() {
            let (folder, id) = name.rsplit_once('/').unwrap_or(("", name));
            self.with_id(id).map_or_else(Vec::new, |with_id| match folder {
                "" => with_id.notes.iter().map(|&note| File::Note(note)).collect(),
                folder => self.with_id_below(folder, with_id),
            })
        } else {
            all
        };
        let notes = |file: &File| match file {
            File::Note(index) => Some(*index),
            File::Attachment(_) => None,
        };
        let exact: Vec<usize> = all.iter().filter(|&&file| self.is_written(file, name)).filter_map(notes).collect();
        if exact.len() == 1 { exact } else { all.iter().filter_map(notes).collect() }
    }

    /// The file with exactly this path, preferring its case; a note's extension may be omitted.
    fn at(&self, path: &str) -> Option<NamedFile> {
        let folded = fold(path);
        let whole: Vec<File> = match self.endings(path) {
            Endings::Crowd(crowd) => crowd.whole.clone(),
            Endings::Few(mut files) => {
                files.retain(|&file| self.folded(file, path) == folded);
                files
            }
        };
        match whole.iter().find(|&&file| self.is_written(file, path)) {
            // if both `README.md` and `readme.md` exist, the one as written is meant
            Some(&same) => Some(self.found(same, &[], false)),
            None => Some(self.found(*whole.first()?, &whole, true)),
        }
    }

    /// The file whose path ends with this one.
    fn anywhere(&self, path: &str) -> Option<NamedFile> {
        match self.endings(path) {
            Endings::Few(files) => {
                let exact = files.iter().copied().find(|&file| self.is_written(file, path));
                Some(self.found(exact.or_else(|| files.first().copied())?, &files, exact.is_none()))
            }
            Endings::Crowd(crowd) => {
                let exact = crowd.exact.get(&*composed(path)).copied();
                Some(self.found(exact.or_else(|| crowd.files.first().copied())?, &crowd.files, exact.is_none()))
            }
        }
    }

    fn by_title(&self, written: &str) -> Option<NamedFile> {
        let notes = self.titles.get(&fold(written))?;
        let some: Vec<File> = notes.iter().take(NAMED).map(|&note| File::Note(note)).collect();
        let found = self.found(*some.first()?, &some, false);
        // a page's name in Logseq is a file name, not a title
        let first = notes.first().and_then(|&note| self.notes.get(note));
        let by_title =
            first.is_none_or(|(_, note)| note.title_from != TitleFrom::FileName || fold(&note.title) != fold(written));
        Some(NamedFile { by_title, count: notes.len(), ..found })
    }

    /// The note whose name begins with an id, as in zk: `ef56` for `ef56-lifetimes.md`.
    fn by_id(&self, folder: &str, path: &str) -> Option<NamedFile> {
        let (of_folder, id) = path.rsplit_once('/').unwrap_or(("", path));
        let with_id = self.with_id(id)?;
        // ids should be unique: duplicates are worth a remark even if the folder decides
        if of_folder.is_empty() {
            let first = with_id.by_folder.get(folder).or_else(|| with_id.notes.first())?;
            let some: Vec<File> = with_id.notes.iter().take(NAMED).map(|&note| File::Note(note)).collect();
            return Some(NamedFile { count: with_id.notes.len(), ..self.found(File::Note(*first), &some, false) });
        }
        let files = self.with_id_below(of_folder, with_id);
        let own = files.iter().copied().find(|&file| folder_of(self.path(file)) == folder);
        Some(self.found(own.or_else(|| files.first().copied())?, &files, false))
    }

    /// Notes whose names begin with an id.
    fn with_id(&self, id: &str) -> Option<&WithId> {
        if !may_be_id(id) {
            return None;
        }
        self.ids.get_or_init(|| zk_ids::learn(&self.notes)).get(&fold(id))
    }

    /// Those of them in folders whose path ends with this one.
    fn with_id_below(&self, folder: &str, with_id: &WithId) -> Vec<File> {
        let ending = format!("/{}", fold(folder));
        let files = with_id.notes.iter().map(|&note| File::Note(note));
        files.filter(|&file| format!("/{}", fold(folder_of(self.path(file)))).ends_with(&ending)).collect()
    }

    /// The page with this name in Logseq, which writes a `/` in a name as `___` or `%2F`, and names journal pages by date.
    fn by_page_name(&self, path: &str) -> Option<NamedFile> {
        if path.contains('/') {
            let escaped = ["___", "%2F"].into_iter().find_map(|slash| self.anywhere(&path.replace('/', slash)));
            if escaped.is_some() {
                return escaped;
            }
        }
        let (year, month, day) = written_day(path)?;
        let found = self.anywhere(&format!("{year:04}_{month:02}_{day:02}"))?;
        (folder_of(self.path(found.file)).rsplit('/').next() == Some("journals")).then_some(found)
    }

    /// Files whose path ends with this one.
    fn endings(&self, path: &str) -> Endings<'_> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = strip_extension(name);
        let mut found: Vec<File> = Vec::new();
        // `b.md` is a note `b` with this extension, or else a note `b.md.md`
        let keys = if stem.len() == name.len() { vec![fold(name)] } else { vec![fold(stem), fold(name)] };
        for key in keys {
            let Some(files) = self.by_name.get(&key) else { continue };
            if files.len() > FEW {
                match self.crowded.get(&fold(path)) {
                    Some(crowd) => return Endings::Crowd(crowd),
                    None => continue,
                }
            }
            found.extend(files);
        }
        if path.contains('/') || stem.len() != name.len() {
            let folded = fold(path);
            let ending = format!("/{folded}");
            found.retain(|&file| {
                let known = self.folded(file, path);
                known == folded || known.ends_with(&ending)
            });
        }
        Endings::Few(found)
    }

    /// Indexes every suffix of the paths of files that share their name.
    fn crowd(&mut self, files: &[File]) {
        let mut crowds: HashMap<String, Crowd> = HashMap::new();
        for &file in files {
            let path = self.path(file);
            let bare = strip_extension(path);
            let names = if matches!(file, File::Note(_)) && bare != path { vec![bare, path] } else { vec![path] };
            for name in names {
                let (folded, written) = (fold(name), composed(name));
                for (start, as_written) in parts_of(&folded).zip(parts_of(&written)) {
                    let crowd = crowds.entry(folded.get(start..).unwrap_or("").to_owned()).or_default();
                    crowd.files.push(file);
                    crowd.exact.entry(written.get(as_written..).unwrap_or("").to_owned()).or_insert(file);
                    if start == 0 {
                        crowd.whole.push(file);
                    }
                }
            }
        }
        self.crowded.extend(crowds);
    }

    fn found(&self, file: File, all: &[File], other_case: bool) -> NamedFile {
        let some = all.iter().take(NAMED).map(|&file| NotePath::from_escaped(self.path(file)));
        let some = if all.len() > 1 { some.collect() } else { Vec::new() };
        NamedFile { file, count: all.len().max(1), some, other_case, by_title: false }
    }

    /// A file's folded path, with its extension only if `like` has one.
    fn folded(&self, file: File, like: &str) -> String {
        let path = self.path(file);
        match file {
            File::Note(_) if strip_extension(like).len() == like.len() => fold(strip_extension(path)),
            // `a.md` and `a.markdown` both match only their own extension
            File::Note(_) | File::Attachment(_) => fold(path),
        }
    }

    pub(crate) fn path(&self, file: File) -> &str {
        match file {
            File::Note(index) => self.notes.get(index).map_or("", |(path, _)| path.as_str()),
            File::Attachment(index) => self.attachments.get(index).map_or("", NotePath::as_str),
        }
    }

    /// True if a file's path ends with exactly this text, including case.
    fn is_written(&self, file: File, written: &str) -> bool {
        let (path, written) = (composed(self.path(file)), composed(written));
        let is_note = matches!(file, File::Note(_));
        path.ends_with(&*written) || (is_note && strip_extension(&path).ends_with(&*written))
    }

    /// The order of priority: shortest path, notes before other files, alphabetical order.
    fn order(&self, file: File) -> (usize, bool, &str) {
        let path = self.path(file);
        (path.chars().count(), matches!(file, File::Attachment(_)), path)
    }
}

/// Files whose paths end the same way.
enum Endings<'n> {
    Few(Vec<File>),
    Crowd(&'n Crowd),
}

/// Where the parts of a path begin.
fn parts_of(path: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1))
}
