//! Names to skip: the setting `ignore`, and `.ignore` and `.gitignore` files.
//!
//! The same rules as in git and ripgrep, with one difference: nothing outside the notebook or its git repository is
//! read, so that results do not depend on a machine's settings. Called by `walk` only.

use std::fs;
use std::path::Path;

use ignore::Match;
use ignore::gitignore::Gitignore;
use ignore::gitignore::GitignoreBuilder;
use ignore::gitignore::Glob;

use crate::disk::notebook::Notebook;
use crate::disk::notebook::SETTINGS_FILE;
use crate::model::NotePath;

/// In bytes; larger files of rules are not read, because compiling their globs would take seconds.
const MAX_BYTES: u64 = 64 << 10;

/// The rules of one folder, linked to those above it.
#[derive(Debug)]
struct Level {
    /// The level above: a smaller index.
    parent: Option<usize>,
    /// From `.ignore`.
    ignore: Gitignore,
    /// From `.gitignore`.
    git: Gitignore,
    /// From `.git/info/exclude`.
    exclude: Gitignore,
    /// True for a folder with `.git`: rules of an outer repository do not apply.
    repository: bool,
}

/// The files in a folder that affect the rules below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RuleFiles {
    /// `.ignore`
    pub(crate) ignore: bool,
    /// `.gitignore`
    pub(crate) gitignore: bool,
    /// `.git`
    pub(crate) git: bool,
}

/// All rules found so far.
#[derive(Debug)]
pub(crate) struct Rules {
    /// The setting `ignore`; matches paths relative to the notes folder.
    own: Gitignore,
    levels: Vec<Level>,
    /// Files of rules that were not read: their folder, name and the reason.
    pub(crate) trouble: Vec<(std::path::PathBuf, String)>,
}

impl Rules {
    /// The rules that apply to the notes folder before its own files are read, and the level where they begin.
    pub(crate) fn new(notebook: &Notebook) -> (Self, Option<usize>) {
        let own = matcher("", notebook.settings.ignore.iter().map(String::as_str));
        let mut rules = Self { own, levels: Vec::new(), trouble: Vec::new() };
        // Up to the repository's folder, else to the notebook's.
        let repository = notebook.root.ancestors().find(|folder| folder.join(".git").exists());
        let top = repository.filter(|folder| notebook.base.starts_with(folder)).unwrap_or(&notebook.base);
        let above: Vec<&Path> =
            notebook.root.ancestors().skip(1).take_while(|folder| folder.starts_with(top)).collect();
        let mut at = None;
        for folder in above.into_iter().rev() {
            let files = RuleFiles {
                ignore: folder.join(".ignore").exists(),
                gitignore: folder.join(".gitignore").exists(),
                git: folder.join(".git").exists(),
            };
            at = rules.enter(at, folder, files);
        }
        // A notebook that was opened is read even if a repository around it ignores the folder: dotfiles kept in a
        // home folder often ignore everything.
        let mut to_root = notebook.root.ancestors().take_while(|folder| folder.starts_with(top) && *folder != top);
        if to_root.any(|folder| rules.of_files(at, folder, true).is_some()) {
            let repository = repository.is_some_and(|folder| folder != notebook.root);
            let none = Gitignore::empty;
            rules.levels = vec![Level { parent: None, ignore: none(), git: none(), exclude: none(), repository }];
            at = Some(0);
        }
        (rules, at)
    }

    /// The rules inside `folder`, which contains `files`; `parent` are those around it.
    pub(crate) fn enter(&mut self, parent: Option<usize>, folder: &Path, files: RuleFiles) -> Option<usize> {
        let in_repository = files.git || self.chain(parent).any(|level| level.repository);
        let gitignore = files.gitignore && in_repository;
        if !files.ignore && !gitignore && !files.git {
            return parent;
        }
        let mut read = |wanted: bool, name: &str| {
            if !wanted {
                return Gitignore::empty();
            }
            match read(folder, name) {
                Ok(matcher) => matcher,
                Err(why) => {
                    self.trouble.push((folder.join(name), why));
                    Gitignore::empty()
                }
            }
        };
        let level = Level {
            parent,
            ignore: read(files.ignore, ".ignore"),
            git: read(gitignore, ".gitignore"),
            exclude: read(files.git && has_exclude(folder), ".git/info/exclude"),
            repository: files.git,
        };
        self.levels.push(level);
        Some(self.levels.len() - 1)
    }

    /// The levels from the folder itself upward.
    fn chain(&self, at: Option<usize>) -> impl Iterator<Item = &Level> {
        std::iter::successors(at.and_then(|at| self.levels.get(at)), |level| {
            level.parent.and_then(|parent| self.levels.get(parent))
        })
    }

    /// True if no rule applies at `at`, so no check is needed.
    pub(crate) fn none(&self, at: Option<usize>) -> bool {
        at.is_none() && self.own.is_empty()
    }

    /// Why something is left out, for a person; `None` if it is not. `path` is relative to the notes folder, `real` is
    /// absolute.
    pub(crate) fn why(&self, at: Option<usize>, path: &Path, real: &Path, is_dir: bool) -> Option<String> {
        match self.own.matched(path, is_dir) {
            Match::Ignore(glob) => Some(format!("`{}` of `ignore` in {SETTINGS_FILE}", glob.original())),
            Match::Whitelist(_) => None,
            Match::None => self.of_files(at, real, is_dir),
        }
    }

    /// As [`Rules::why`], considering only files of rules.
    fn of_files(&self, at: Option<usize>, real: &Path, is_dir: bool) -> Option<String> {
        let first = |matched: Match<&Glob>| match matched {
            Match::Ignore(glob) => Some(Some(why(glob))),
            Match::Whitelist(_) => Some(None),
            Match::None => None,
        };
        if let Some(answer) = self.chain(at).find_map(|level| first(level.ignore.matched(real, is_dir))) {
            return answer;
        }
        let mut exclude = None;
        for level in self.chain(at) {
            if let Some(answer) = first(level.git.matched(real, is_dir)) {
                return answer;
            }
            if level.repository {
                exclude = first(level.exclude.matched(real, is_dir));
                break;
            }
        }
        exclude.flatten()
    }
}

fn why(glob: &Glob) -> String {
    let file =
        glob.from().and_then(Path::file_name).map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    format!("`{}` in {file}", glob.original())
}

/// The setting `site.exclude`: what the site leaves out, notes and other files alike.
#[derive(Debug)]
pub struct SiteRules(Gitignore);

impl SiteRules {
    /// The rules of a notebook.
    #[must_use]
    pub fn new(notebook: &Notebook) -> Self {
        Self(matcher("", notebook.settings.site_exclude.iter().map(String::as_str)))
    }

    /// True when a file or a folder above it is left out.
    #[must_use]
    pub fn exclude(&self, path: &NotePath) -> bool {
        !self.0.is_empty() && self.0.matched_path_or_any_parents(Path::new(&path.to_os()), false).is_ignore()
    }
}

/// True if a repository has its own exclude file. One outside, behind a link, is not read.
fn has_exclude(folder: &Path) -> bool {
    let exclude = folder.join(".git/info/exclude");
    exclude.canonicalize().is_ok_and(|real| real == exclude)
}

/// Invalid globs are skipped, as in git.
pub(crate) fn matcher<'l>(root: impl AsRef<Path>, lines: impl Iterator<Item = &'l str>) -> Gitignore {
    let mut builder = GitignoreBuilder::new(root);
    for line in lines {
        let _passed_over = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

fn read(folder: &Path, name: &str) -> Result<Gitignore, String> {
    let path = folder.join(name);
    let meta = path.symlink_metadata().map_err(|error| error.kind().to_string())?;
    // A FIFO would never end, and git does not read links either.
    if !meta.is_file() {
        return Err("not read: not a regular file".to_owned());
    }
    if meta.len() > MAX_BYTES {
        return Err("not read: over 64 KiB".to_owned());
    }
    let bytes = fs::read(&path).map_err(|error| error.kind().to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.lines() {
        let _passed_over = builder.add_line(Some(path.clone()), line);
    }
    builder.build().map_err(|error| format!("not read: {error}"))
}
