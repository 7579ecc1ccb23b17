//! Finds the notes: the walk over files that every command begins with.
//!
//! Nine tenths of a command on a large notebook are spent here, so an entry costs one `stat` and little else. Links are
//! skipped while the real tree is walked; they matter only if they lead to something that is not in it
//! (see `links`).

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;

use ignore::gitignore::Gitignore;

use crate::disk::notebook::Notebook;
use crate::disk::read::kind;
use crate::disk::rules;
use crate::disk::rules::RuleFiles;
use crate::disk::rules::Rules;
use crate::disk::settings::LeftOut;
use crate::model::NotePath;
use crate::model::path::is_todo_txt;

mod links;

/// Maximum depth of folders; the deepest notebooks known have 12.
const MAX_DEPTH: u32 = 100;
/// The notebook's folder of templates, at the top.
const TEMPLATES: &str = "templates";
/// mdBook's table of contents, at the top.
const SUMMARY: &str = "SUMMARY.md";

/// Metadata that differs if a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Nanoseconds since 1970.
    pub mtime: i64,
    /// Nanoseconds since 1970; 0 if the system has none.
    pub ctime: i64,
    /// Bytes.
    pub size: u64,
    /// 0 if the system has none.
    pub inode: u64,
}

impl From<&fs::Metadata> for Stamp {
    fn from(meta: &fs::Metadata) -> Self {
        let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Self {
            mtime: nanoseconds(meta.mtime(), meta.mtime_nsec()),
            ctime: nanoseconds(meta.ctime(), meta.ctime_nsec()),
            size: meta.len(),
            inode: meta.ino(),
        }
    }
}

/// A note's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// As found by the walk.
    pub stamp: Stamp,
}

/// Something that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// The reason, for a person, in a few words: `a FIFO, not a regular file`.
    pub why: String,
}

/// What to look for besides notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WalkOptions {
    /// Also list other files: fills [`Walk::attachments`].
    pub attachments: bool,
    /// Also list what is left out on purpose: fills [`Walk::left_out`].
    pub left_out: bool,
    /// Skip notes: [`Walk::files`] has only those behind links, and the walk is cheaper.
    pub no_notes: bool,
}

/// The result of a walk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// Sorted by path (the bytes of [`NotePath::as_str`]).
    pub files: Vec<FileEntry>,
    /// Notes and folders that cannot be read. Sorted by path.
    pub skipped: Vec<Skipped>,
    /// Regular files that are not notes, if requested. Sorted by path.
    pub attachments: Vec<NotePath>,
    /// Notes and folders left out on purpose (hidden, ignored, templates, built pages), if requested. The contents of such a
    /// folder are not listed. Sorted by path.
    pub left_out: Vec<Skipped>,
}

/// Finds the notes of a notebook.
///
/// A note is a regular file named `*.md` or `*.markdown` in any case, or a `*.txt` that the setting `tasks.todo-txt` names.
/// Left out are: names that begin with a dot; `templates/` and `SUMMARY.md` at the top; the templates in Obsidian's
/// settings, and Logseq's copies; mdBook's build folder; what is excluded by the setting `ignore`, an `.ignore` file or, in a git
/// repository, a `.gitignore`. A link is followed only to a target inside the notes folder, and a file with several paths is
/// listed once: under its real path if that is listed, else under that of the first link.
///
/// # Errors
///
/// If the notes folder itself cannot be read. Whatever cannot be read below it is in [`Walk::skipped`].
pub fn walk(notebook: &Notebook, options: WalkOptions) -> io::Result<Walk> {
    let (rules, at) = Rules::new(notebook);
    let mut walker = Walker {
        root: &notebook.root,
        left_out: &notebook.settings.left_out,
        build: build_folder(notebook),
        options,
        rules,
        todo_txt: TodoTxt::new(notebook),
        folders: vec![Folder { real: notebook.root.clone(), listed: String::new(), rules: at, depth: 0 }],
        next: 0,
        links: Vec::new(),
        walk: Walk::default(),
    };
    let top = walker.folder(0)?;
    walker.next = 1;
    walker.run();
    walker.sort();
    walker.follow_links(top);
    walker.finish();
    Ok(walker.walk)
}

/// True for `*.md` and `*.markdown`, in any case.
#[must_use]
pub fn is_note(name: &[u8]) -> bool {
    let dot = name.iter().rposition(|&byte| byte == b'.');
    let extension = dot.and_then(|dot| name.get(dot + 1..)).unwrap_or_default();
    extension.eq_ignore_ascii_case(b"md") || extension.eq_ignore_ascii_case(b"markdown")
}

/// The `.txt` files that are notes, according to the setting `tasks.todo-txt`.
#[derive(Debug)]
pub struct TodoTxt(Gitignore);

impl TodoTxt {
    /// The setting of a notebook.
    #[must_use]
    pub fn new(notebook: &Notebook) -> Self {
        Self(rules::matcher("", notebook.settings.todo_txt.iter().map(String::as_str)))
    }

    /// True for a path, relative to the notes folder, that is read as todo.txt.
    #[must_use]
    pub fn names(&self, path: &NotePath) -> bool {
        path.is_todo_txt() && self.0.matched(Path::new(&path.to_os()), false).is_ignore()
    }
}

/// The folder that mdBook writes to, relative to the notes folder; `None` if it is elsewhere.
fn build_folder(notebook: &Notebook) -> Option<PathBuf> {
    notebook.settings_path.as_ref()?;
    let folder = notebook.base.join(notebook.settings.book.build_dir.as_deref().unwrap_or("book"));
    // Without `.` and doubled slashes.
    let folder: PathBuf = folder.components().collect();
    folder.strip_prefix(&notebook.root).ok().filter(|below| !below.as_os_str().is_empty()).map(Path::to_owned)
}

/// A folder to read.
struct Folder {
    /// Absolute, without links.
    real: PathBuf,
    /// Escaped, relative to the notes folder; empty or ends with `/`.
    listed: String,
    /// The rules that apply around it.
    rules: Option<usize>,
    depth: u32,
}

/// A link that was found.
struct Link {
    /// Its own absolute path.
    real: PathBuf,
    /// Escaped, relative to the notes folder.
    listed: String,
    depth: u32,
}

struct Walker<'n> {
    root: &'n Path,
    left_out: &'n [LeftOut],
    build: Option<PathBuf>,
    options: WalkOptions,
    rules: Rules,
    todo_txt: TodoTxt,
    /// Those before `next` have been read.
    folders: Vec<Folder>,
    next: usize,
    links: Vec<Link>,
    walk: Walk,
}

impl Walker<'_> {
    /// Reads the pending folders.
    fn run(&mut self) {
        while self.next < self.folders.len() {
            self.run_one();
            self.next += 1;
        }
    }

    /// Reads the next folder; one that cannot be read is reported.
    fn run_one(&mut self) {
        if let Err(error) = self.folder(self.next) {
            let listed = self.folders.get(self.next).map_or("", |folder| folder.listed.trim_end_matches('/'));
            self.skip(listed.to_owned(), format!("the folder cannot be read: {}", error.kind()));
        }
    }

    /// Reads one folder and returns the rules inside it.
    fn folder(&mut self, index: usize) -> io::Result<Option<usize>> {
        let Some(folder) = self.folders.get(index) else { return Ok(None) };
        let (real, listed, depth) = (folder.real.clone(), folder.listed.clone(), folder.depth);
        let mut files = RuleFiles::default();
        let mut entries = Vec::new();
        for entry in fs::read_dir(&real)? {
            let (entry, name) = match entry {
                Ok(entry) => {
                    let name = entry.file_name();
                    (entry, name)
                }
                Err(error) => {
                    // What was read so far counts.
                    let path = listed.trim_end_matches('/').to_owned();
                    self.skip(path, format!("the folder cannot be read to its end: {}", error.kind()));
                    break;
                }
            };
            // Deleted in the meantime, on systems that do not return the type with the name.
            let Ok(file_type) = entry.file_type() else { continue };
            if name.as_bytes().first() == Some(&b'.') {
                match name.as_bytes() {
                    b".ignore" => files.ignore = true,
                    b".gitignore" => files.gitignore = true,
                    b".git" => files.git = true,
                    _ => {}
                }
                if !self.options.left_out || name == ".git" {
                    continue;
                }
            } else if !self.options.attachments && file_type.is_file() && !is_note(name.as_bytes()) {
                let text = name.as_bytes().last_chunk::<4>().is_some_and(|end| end.eq_ignore_ascii_case(b".txt"));
                if !text || !self.is_note(&join(&listed, &name)) {
                    continue;
                }
            }
            entries.push((entry, name, file_type));
        }
        let rules = self.folders.get(index).and_then(|folder| folder.rules);
        let rules = self.rules.enter(rules, &real, files);
        let ruled = !self.rules.none(rules);
        for (entry, name, file_type) in entries {
            let path = join(&listed, &name);
            let note = self.is_note(&path);
            let why = self.fixed(&path, &name, file_type).or_else(|| {
                if !ruled {
                    return None;
                }
                let from_root = NotePath::from_escaped(path.as_str()).to_os();
                self.rules.why(rules, Path::new(&from_root), &real.join(&name), file_type.is_dir())
            });
            if let Some(why) = why {
                if self.options.left_out && (note || file_type.is_dir()) {
                    self.walk.left_out.push(Skipped { path: NotePath::from_escaped(path), why });
                }
            } else if file_type.is_dir() {
                if depth >= MAX_DEPTH {
                    self.skip(path, format!("over {MAX_DEPTH} folders deep"));
                } else {
                    let folder = Folder { real: real.join(&name), listed: path + "/", rules, depth: depth + 1 };
                    self.folders.push(folder);
                }
            } else if file_type.is_symlink() {
                self.links.push(Link { real: real.join(&name), listed: path, depth });
            } else if file_type.is_file() {
                if note {
                    if !self.options.no_notes {
                        self.note(path, entry.metadata());
                    }
                } else {
                    self.walk.attachments.push(NotePath::from_escaped(path));
                }
            } else if note {
                self.skip(path, format!("{}, not a regular file", kind(file_type)));
            }
        }
        Ok(rules)
    }

    /// True for the path of a note, escaped and relative to the notes folder.
    fn is_note(&self, path: &str) -> bool {
        is_note(path.as_bytes()) || (is_todo_txt(path) && self.todo_txt.names(&NotePath::from_escaped(path)))
    }

    /// Why something is left out regardless of the rules.
    fn fixed(&self, path: &str, name: &OsString, file_type: fs::FileType) -> Option<String> {
        if name.as_bytes().first() == Some(&b'.') {
            return Some("hidden".to_owned());
        }
        if !file_type.is_file() && path == TEMPLATES {
            return Some("the notebook's templates".to_owned());
        }
        if !file_type.is_dir() && path == SUMMARY {
            return Some("mdBook's table of contents".to_owned());
        }
        if let Some(out) = self.left_out.iter().find(|out| out.path == Path::new(path)) {
            return Some(out.why.to_owned());
        }
        let built = !file_type.is_file() && self.build.as_deref().is_some_and(|build| build == Path::new(path));
        built.then(|| "mdBook's build folder".to_owned())
    }

    fn note(&mut self, path: String, meta: io::Result<fs::Metadata>) {
        match meta {
            Ok(meta) => {
                self.walk.files.push(FileEntry { path: NotePath::from_escaped(path), stamp: Stamp::from(&meta) });
            }
            // Deleted in the meantime.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.skip(path, format!("cannot be read: {}", error.kind())),
        }
    }

    fn skip(&mut self, path: String, why: String) {
        self.walk.skipped.push(Skipped { path: NotePath::from_escaped(path), why });
    }

    fn sort(&mut self) {
        self.walk.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    }

    fn finish(&mut self) {
        for (path, why) in std::mem::take(&mut self.rules.trouble) {
            // Files above the notes folder keep their full path.
            let path = path.strip_prefix(self.root).unwrap_or(&path);
            self.walk.skipped.push(Skipped { path: NotePath::from_os(path.as_os_str()), why });
        }
        self.sort();
        self.walk.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        self.walk.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        self.walk.attachments.sort_unstable();
    }
}

/// The path of a name in a folder, escaped.
fn join(listed: &str, name: &OsString) -> String {
    // Characters that NotePath escapes begin with 0xF4: without them the name is its own escaped form.
    match name.to_str() {
        Some(plain) if !plain.as_bytes().contains(&0xf4) => {
            let mut path = String::with_capacity(listed.len() + plain.len() + 1);
            path.push_str(listed);
            path.push_str(plain);
            path
        }
        _ => format!("{listed}{}", NotePath::from_os(name).as_str()),
    }
}

#[cfg(test)]
mod tests;
