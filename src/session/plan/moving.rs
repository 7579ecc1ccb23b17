//! Renames and moves of notes, other files and folders; all links in the notebook follow.
//!
//! This finds what moves, and checks where it may go. `settle` updates the links on a copy of the notebook in memory; there is a
//! plan only if every link then leads where it led.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;

use crate::disk;
use crate::disk::FileChange;
use crate::edit;
use crate::index::Select;
use crate::model::NotePath;
use crate::model::file_name;
use crate::model::file_name::NameError;
use crate::model::path::strip_extension;
use crate::query::Query;
use crate::report::file_name::fold;
use crate::report::file_name::join;
use crate::report::moves::Moves;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Notes;
use crate::session::Session;
use crate::session::find::find_note;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Settled;
use crate::session::plan::words::Change;
use crate::session::plan::words::Rework;
use crate::session::surroundings::Surroundings;

/// What moves.
pub(super) enum Source {
    File(NotePath),
    Folder(String),
}

impl Source {
    fn path(&self) -> &str {
        match self {
            Self::File(path) => path.as_str(),
            Self::Folder(folder) => folder,
        }
    }

    fn is_note(&self, notes: &Notes) -> bool {
        matches!(self, Self::File(path) if notes.at(path).is_some())
    }
}

impl Session {
    /// Plans a rename or a move. `to` is as typed in the folder `here`; with `alias` the old name becomes an alias.
    pub(super) fn plan_move(&self, from: &NoteName, (to, here): (&str, &str), alias: bool) -> Result<Plan, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let source = self.what_moves(&notes, &around, from)?;
        let to = self.place_for(&source, &notes, &around, to, here)?;
        let (moves, step) = match &source {
            Source::File(path) => {
                let new = NotePath::from_escaped(to.as_str());
                (Moves::file(path.clone(), new.clone()), Step::Moved { from: path.clone(), to: new, files: None })
            }
            Source::Folder(folder) => {
                let files = disk::files_below(&self.notebook, folder).map_err(Error::edit)?;
                if files.is_empty() {
                    return Err(Error::Edit(format!("{folder} is empty: there is no file to move")));
                }
                let (from, new) = (NotePath::from_escaped(folder.as_str()), NotePath::from_escaped(to.as_str()));
                let step = Step::Moved { from, to: new, files: Some(files.len()) };
                (Moves::folder(folder, &to, files.iter()), step)
            }
        };
        let linked = self.all_linked(&notes, &around);
        let mut rework = Rework::moves(moves.clone());
        if alias {
            rework.changes.extend(self.keeps_name(&linked, source.path(), &to)?);
            rework.by_alias = true;
        }
        let settled = self.settle(&linked, &around, rework)?;
        let Settled { mut files, steps } = settled;
        let is_done = |old: &NotePath| files.iter().any(|file| file.path == *old);
        let others: Vec<_> = moves.files().filter(|(old, _)| !is_done(old)).collect();
        for (old, new) in others {
            let text = disk::read_any(&self.notebook, old)?;
            files.push(FileChange::moved(old.clone(), new.clone(), text, Vec::new()));
        }
        Ok(Plan { files, steps: std::iter::once(step).chain(steps).collect() })
    }

    /// The edit that adds the old name as an alias; `None` if the note keeps its name.
    fn keeps_name(&self, linked: &Notes, old: &str, new: &str) -> Result<Option<(usize, Vec<Change>)>, Error> {
        let (old, new) = (NotePath::from_escaped(old), NotePath::from_escaped(new));
        let refuse = |why: &str| Error::Edit(format!("{old}: {why}"));
        let Some(number) = linked.position(&old).filter(|_| !old.is_todo_txt()) else {
            return Err(refuse("only notes have aliases"));
        };
        let Some(record) = linked.records().get(number) else { return Err(refuse("only notes have aliases")) };
        let name = old.stem();
        let note = &record.parsed.note;
        if fold(name) == fold(new.stem()) || note.aliases.iter().any(|alias| fold(alias) == fold(name)) {
            return Ok(None);
        }
        let text = self.unchanged(record)?.text;
        let edit = edit::alias::add(&old, &text, note, name, &self.parse_options());
        let edit = edit.ok_or_else(|| {
            refuse("its front matter has a form that no alias can be added to; add the alias yourself first")
        })?;
        Ok(Some((number, vec![Change::from(edit)])))
    }

    /// The note, file or folder that a name means.
    pub(super) fn what_moves(
        &self,
        notes: &Notes,
        around: &Surroundings<'_>,
        from: &NoteName,
    ) -> Result<Source, Error> {
        let written = match from {
            NoteName::Path(path) if notes.at(path).is_some() => return Ok(Source::File(path.clone())),
            NoteName::Path(path) => path.as_str(),
            NoteName::Name(name) => name,
        };
        let typed = join("", written).unwrap_or_default();
        let path = self.by_real_folder(notes, around, &typed);
        if path != typed && !written.ends_with('/') && notes.at(&NotePath::from_escaped(path.as_str())).is_some() {
            return Ok(Source::File(NotePath::from_escaped(path)));
        }
        let is_dir = || !path.is_empty() && self.notebook.path(&NotePath::from_escaped(path.as_str())).is_dir();
        // a note may have the name of a folder
        if written.ends_with('/') && is_dir() {
            return Ok(Source::Folder(path));
        }
        let none = match find_note(notes, from) {
            Ok(record) => return Ok(Source::File(record.path.clone())),
            Err(none @ Error::NoNote { .. }) => none,
            Err(error) => return Err(error),
        };
        let whole = around.attachments().iter().find(|file| fold(file.as_str()) == fold(&path));
        let named: Vec<&NotePath> =
            around.attachments().iter().filter(|file| fold(file.file_name()) == fold(&path)).collect();
        match (whole, named.as_slice()) {
            (Some(file), _) => Ok(Source::File(file.clone())),
            (None, [file]) => Ok(Source::File((*file).clone())),
            (None, [_, ..]) => {
                Err(Error::ManyNotes { name: written.to_owned(), paths: named.into_iter().cloned().collect() })
            }
            (None, []) if is_dir() => Ok(Source::Folder(path)),
            (None, []) => Err(none),
        }
    }

    /// The new path, after checking that it can be used.
    fn place_for(
        &self,
        source: &Source,
        notes: &Notes,
        around: &Surroundings<'_>,
        to: &str,
        here: &str,
    ) -> Result<String, Error> {
        let old = NotePath::from_escaped(source.path());
        if self.notebook.path(&old).is_symlink() {
            return Err(Error::Edit(format!("{old} is a symbolic link: what it leads to can be moved, it cannot")));
        }
        let path = self.typed_path(&old, old.file_name(), to, here)?;
        let path = match source {
            Source::Folder(_) => path,
            Source::File(_) => with_extension(&path, &old, source.is_note(notes)),
        };
        let path = self.by_real_folder(notes, around, &path);
        let new = NotePath::from_escaped(path.as_str());
        if matches!(source, Source::File(_)) && !source.is_note(notes) && new.stem() != new.file_name() {
            return Err(Error::BecomesNote { path: old, to: new });
        }
        self.check_name(&new, Some(&old), to)?;
        if new == old {
            return Err(Error::Edit(format!("{old} already has that name")));
        }
        if let Source::Folder(folder) = source
            && format!("{path}/").starts_with(&format!("{folder}/"))
        {
            return Err(Error::Edit(format!("{folder} cannot be moved into itself")));
        }
        if let Source::Folder(folder) = source
            && disk::is_same_file(&self.notebook.path(&old), &self.notebook.path(&new))
        {
            return Err(Error::Edit(format!(
                "{folder} and {path} are one name on this disk: give it another name first, and then this one"
            )));
        }
        self.refuse_taken_by(notes, around, &new, Some(&old))?;
        Ok(path)
    }

    /// The path of a note made from a part of another one. `to` is as typed in the folder `here`; if it is a folder, `title` is the name.
    pub(super) fn place_of_new(
        &self,
        notes: &Notes,
        around: &Surroundings<'_>,
        beside: &NotePath,
        title: &str,
        to: &str,
        here: &str,
    ) -> Result<NotePath, Error> {
        let named = self.note_beside(beside, title)?;
        let path = self.typed_path(beside, named.file_name(), to, here)?;
        let path = self.by_real_folder(notes, around, &with_extension(&path, &named, true));
        let new = NotePath::from_escaped(path);
        self.check_name(&new, None, to)?;
        self.refuse_taken(notes, around, &new)?;
        Ok(new)
    }

    /// The path that `to` means: a name beside `old`, a path from `here`, or a folder, in which the file is called `name`.
    fn typed_path(&self, old: &NotePath, name: &str, to: &str, here: &str) -> Result<String, Error> {
        let wrong = |why: NameError| Error::Name { written: to.to_owned(), why };
        let typed: String = to.trim().nfc().collect();
        if typed.starts_with('/') {
            return Err(wrong(NameError::Outside));
        }
        let from_here = join(here, &typed).map_err(|_| wrong(NameError::Outside))?;
        let names_folder = typed.ends_with('/') || matches!(typed.rsplit('/').next(), Some("." | ".."));
        let same_folder = fold(&from_here) == fold(old.as_str());
        Ok(if names_folder || (self.is_folder(&from_here) && !same_folder) {
            if from_here.is_empty() { name.to_owned() } else { format!("{from_here}/{name}") }
        } else if typed.contains('/') {
            from_here
        } else if old.folder().is_empty() {
            typed
        } else {
            format!("{}/{typed}", old.folder())
        })
    }

    /// The path by which the notebook knows a file or folder, where a folder above it is a symbolic link: notes are listed in the
    /// folder that the link leads to, unless that one is left out.
    fn by_real_folder(&self, notes: &Notes, around: &Surroundings<'_>, path: &str) -> String {
        let full = self.notebook.path(&NotePath::from_escaped(path));
        let above = full.ancestors().skip(1).find_map(|above| Some((above, above.canonicalize().ok()?)));
        let Some((above, real)) = above.filter(|(above, real)| above != real) else { return path.to_owned() };
        let root = &self.notebook.root;
        let below = |folder: &Path| Some(NotePath::from_os(folder.strip_prefix(root).ok()?.as_os_str()));
        let real = full.strip_prefix(above).ok().and_then(|rest| below(&real.join(rest)));
        let Some((real, typed)) = real.zip(below(above)) else { return path.to_owned() };
        let mut known = notes.records().iter().map(|record| &record.path).chain(around.attachments());
        let is_listed =
            known.any(|known| known.as_str().strip_prefix(typed.as_str()).is_some_and(|rest| rest.starts_with('/')));
        if is_listed || around.is_left_out(&real) { path.to_owned() } else { real.as_str().to_owned() }
    }

    fn is_folder(&self, path: &str) -> bool {
        self.notebook.root.join(NotePath::from_escaped(path).to_os()).is_dir()
    }

    /// Refuses names that Windows or links cannot have. Names of existing folders are not checked.
    fn check_name(&self, new: &NotePath, old: Option<&NotePath>, typed: &str) -> Result<(), Error> {
        let wrong = |why: NameError| Error::Name { written: typed.to_owned(), why };
        let above = Path::new(new.folder()).ancestors().map(|folder| NotePath::from_os(folder.as_os_str()));
        if let Some(file) = above.into_iter().find(|above| self.notebook.path(above).is_file()) {
            return Err(wrong(NameError::InFile(file.as_str().to_owned())));
        }
        let keeps_name = old.is_some_and(|old| new.file_name() == old.file_name());
        if !keeps_name && new.stem().ends_with(['.', ' ']) {
            return Err(wrong(NameError::End(new.stem().to_owned())));
        }
        let is_there = new.folder().is_empty() || self.is_folder(new.folder());
        let checked = if is_there { new.file_name() } else { new.as_str() };
        if !keeps_name || checked != new.file_name() {
            file_name::check_linked(checked).map_err(wrong)?;
        }
        Ok(())
    }

    /// Refuses a path that is in use, or is not part of the notebook.
    pub(super) fn refuse_taken(&self, notes: &Notes, around: &Surroundings<'_>, new: &NotePath) -> Result<(), Error> {
        self.refuse_taken_by(notes, around, new, None)
    }

    /// The same for a file or folder that is at `old` now and leaves that path.
    fn refuse_taken_by(
        &self,
        notes: &Notes,
        around: &Surroundings<'_>,
        new: &NotePath,
        old: Option<&NotePath>,
    ) -> Result<(), Error> {
        if around.is_left_out(new) {
            return Err(Error::MovesOut { path: new.clone() });
        }
        let folded = fold(new.as_str());
        let others = notes.records().iter().map(|record| &record.path).chain(around.attachments());
        let taken = others.filter(|other| Some(*other) != old).find(|other| fold(other.as_str()) == folded);
        let place = |path: &NotePath| self.notebook.path(path);
        let is_own = || old.is_some_and(|old| disk::is_same_file(&place(old), &place(new)));
        let there = || (place(new).symlink_metadata().is_ok() && !is_own()).then(|| new.clone());
        match taken.cloned().or_else(there) {
            Some(taken) => Err(Error::PlaceTaken { path: taken, free: self.free_beside(new) }),
            None => Ok(()),
        }
    }

    /// A free path beside one that is taken.
    fn free_beside(&self, path: &NotePath) -> NotePath {
        let is_free = |path: &NotePath| self.notebook.path(path).symlink_metadata().is_err();
        (2..1_000).map(|number| numbered(path, number)).find(is_free).unwrap_or_else(|| numbered(path, 1_000))
    }
}

/// A path with a number after its name.
pub(super) fn numbered(path: &NotePath, number: usize) -> NotePath {
    let (stem, extension) = match path.file_name().rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (path.file_name(), String::new()),
    };
    let folder = if path.folder().is_empty() { String::new() } else { format!("{}/", path.folder()) };
    NotePath::from_escaped(format!("{folder}{stem} {number}{extension}"))
}

/// Adds the extension of the old name unless there is one: a note stays a note.
fn with_extension(path: &str, old: &NotePath, is_note: bool) -> String {
    let extension = old.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
    let name = path.rsplit('/').next().unwrap_or(path);
    let has_one = if is_note && !old.is_todo_txt() { strip_extension(name) != name } else { name.contains('.') };
    if has_one || extension.is_empty() { path.to_owned() } else { format!("{path}.{extension}") }
}
