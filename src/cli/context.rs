//! What a command works with: the notebook, the day, the folders. The only place that reads the clock and the environment.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::cli::Global;
use crate::cli::error::Failure;
use crate::cli::facts::Facts;
use crate::cli::note_files;
use crate::cli::note_files::NoteFiles;
use crate::cli::note_files::fingerprint;
use crate::cli::ui::Terminal;
use crate::cli::ui::Ui;
use crate::disk;
use crate::disk::Discover;
use crate::disk::Notebook;
use crate::index::Library;
use crate::index::Select;
use crate::model::NotePath;
use crate::model::calendar;
use crate::model::calendar::WhenError;
use crate::parse;
use crate::query::Query;

/// What a command works with.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) ui: Ui,
    pub(crate) today: NaiveDate,
    pub(crate) cwd: PathBuf,
    /// The same without links: what paths are shown from.
    pub(crate) here: PathBuf,
    today_is_given: bool,
    discover: Discover,
    no_sync: bool,
    cache: Option<OsString>,
    home: Option<PathBuf>,
}

fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The terminal as far as the environment alone describes it: for what goes wrong before there is a context.
pub(crate) fn plain_terminal() -> Terminal {
    Terminal {
        no_color: variable("NO_COLOR").is_some(),
        dumb: variable("TERM").is_some_and(|term| term == "dumb"),
        ..Terminal::default()
    }
}

impl Context {
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let text = |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned());
        let ui = Ui::new(Terminal {
            color: global.color,
            no_color: variable("NO_COLOR").is_some(),
            force_color: variable("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
            dumb: text("TERM").is_some_and(|term| term == "dumb"),
            columns: text("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 20),
            pager: text("HORNBOOK_PAGER").or_else(|| text("PAGER")),
            no_pager: global.no_pager,
            quiet: global.quiet,
        });
        let cwd =
            env::current_dir().map_err(|error| Failure::new(format!("the current folder cannot be read: {error}")))?;
        let home = env::home_dir();
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the clock for the day")]
        let now = chrono::Local::now().date_naive();
        Ok(Self {
            ui,
            today: global.today.unwrap_or(now),
            today_is_given: global.today.is_some(),
            discover: Discover {
                notebook: global.notebook.clone(),
                env: variable("HORNBOOK_DIR").map(PathBuf::from),
                cwd: cwd.clone(),
                home: home.clone(),
            },
            here: cwd.canonicalize().unwrap_or_else(|_| cwd.clone()),
            cwd,
            no_sync: global.no_sync,
            cache: variable("HORNBOOK_CACHE_DIR"),
            home,
        })
    }

    /// For a shell that completes: the notebook that the line names or stands in, and not a word.
    pub(crate) fn for_completion() -> Option<Self> {
        let mut words = env::args_os().skip_while(|word| word != "--").skip(1);
        let mut global = Global { no_sync: true, quiet: true, no_pager: true, ..Global::default() };
        while let Some(word) = words.next() {
            let text = word.to_string_lossy();
            if text == "-N" || text == "--notebook" {
                global.notebook = words.next().map(PathBuf::from);
            } else if let Some(folder) = text.strip_prefix("--notebook=") {
                global.notebook = Some(PathBuf::from(folder));
            }
        }
        Self::new(&global).ok()
    }

    /// The facts as the index has them; `None` where there is none or it cannot be read.
    pub(crate) fn peek<T>(&mut self, notebook: &Notebook, work: impl FnOnce(&Self, &Facts) -> T) -> Option<T> {
        if !Library::folder(&self.cache_folder(notebook), fingerprint(notebook)).is_dir() {
            return None;
        }
        self.library(notebook, |context, library| {
            let facts = Facts::load(library, Select::All, &Query::default())?;
            Ok(work(context, &facts))
        })
        .ok()
    }

    /// A day that somebody typed: `last monday`, `2026-11-03`; of a range its first.
    pub(crate) fn day(&self, written: &str) -> Result<NaiveDate, Failure> {
        let day = calendar::parse_day(written, self.today, calendar::Lean::Behind);
        day.map_err(no_date)
    }

    /// Finds the notebook and reads its settings.
    pub(crate) fn notebook(&self) -> Result<Notebook, Failure> {
        Ok(disk::discover(&self.discover)?)
    }

    /// The folder of this notebook's index.
    pub(crate) fn cache_folder(&self, notebook: &Notebook) -> PathBuf {
        let base = match &self.cache {
            Some(folder) => self.cwd.join(folder),
            None => self.base("XDG_CACHE_HOME", ".cache").join("hornbook"),
        };
        base.join(name_of(&notebook.root))
    }

    /// The folder of the undo logs.
    pub(crate) fn state_folder(&self) -> PathBuf {
        self.base("XDG_STATE_HOME", ".local/state").join("hornbook")
    }

    /// An XDG folder; the specification wants relative ones ignored.
    fn base(&self, name: &str, otherwise: &str) -> PathBuf {
        let named = variable(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
        named.unwrap_or_else(|| self.home.clone().unwrap_or_else(env::temp_dir).join(otherwise))
    }

    /// The command that opens a note, as the user set it; empty where none is set.
    pub(crate) fn editor() -> String {
        let named = ["HORNBOOK_EDITOR", "VISUAL", "EDITOR"].into_iter().find_map(variable);
        named.map(|command| command.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Now, as the undo log shows it; with `--today` that day without a time, so that the log is reproducible too.
    pub(crate) fn now(&self) -> String {
        if self.today_is_given {
            return self.today.to_string();
        }
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the clock for the time")]
        let now = chrono::Local::now();
        now.format("%Y-%m-%d %H:%M").to_string()
    }

    /// The settings that shape how notes are parsed.
    pub(crate) fn parse_options(notebook: &Notebook) -> parse::Options {
        note_files::parse_options(notebook)
    }

    /// Opens the index, which follows the notes first, and works with it.
    pub(crate) fn library<T>(
        &mut self,
        notebook: &Notebook,
        work: impl FnOnce(&mut Self, &Library) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.open(notebook, false, work)
    }

    /// As [`Context::library`], with an index built anew.
    pub(crate) fn rebuilt_library<T>(
        &mut self,
        notebook: &Notebook,
        work: impl FnOnce(&mut Self, &Library) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.open(notebook, true, work)
    }

    fn open<T>(
        &mut self,
        notebook: &Notebook,
        rebuild: bool,
        work: impl FnOnce(&mut Self, &Library) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now_ns = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
        let notes = Arc::new(NoteFiles::new(notebook));
        let cache = self.cache_folder(notebook);
        let mut progress = self.ui.progress("Reading notes");
        let library = if rebuild {
            Library::rebuild(&cache, notes, now_ns, &mut progress)?
        } else if self.no_sync {
            Library::open_unsynced(&cache, notes, now_ns, &mut progress)?
        } else {
            Library::open(&cache, notes, now_ns, &mut progress)?
        };
        for (path, why) in &library.stats().unreadable {
            self.ui.warn(&format!("{path} is set aside: {why}"));
        }
        work(self, &library)
    }

    /// A note's path as it can be opened from the current folder; bytes that are not UTF-8 as [`NotePath::as_str`] keeps them:
    /// the view shows them as U+FFFD to people, and as they are to scripts.
    pub(crate) fn shown(&self, notebook: &Notebook, path: &NotePath) -> String {
        if notebook.root == self.here {
            return path.as_str().to_owned();
        }
        let full = notebook.path(path);
        NotePath::from_os(relative(&full, &self.here).as_os_str()).as_str().to_owned()
    }

    /// A `file://` address for terminals that show links.
    pub(crate) fn address(notebook: &Notebook, path: &NotePath) -> String {
        let mut out = "file://".to_owned();
        for byte in notebook.path(path).as_os_str().as_encoded_bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                    out.push(char::from(*byte));
                }
                other => out.push_str(&format!("%{other:02X}")),
            }
        }
        out
    }
}

/// What somebody typed is no date, or not one day: with what was probably meant, else with what dates look like.
pub(crate) fn no_date(error: WhenError) -> Failure {
    let hint = match &error.suggestion {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("a date is one of: {}", calendar::FORMS),
    };
    Failure::new(error.message).hint(hint)
}

/// A short name for a notebook's folder in the cache and state folders.
fn name_of(root: &Path) -> String {
    let hash = xxh3_64(root.as_os_str().as_encoded_bytes());
    let name: String = root
        .file_name()
        .map(|name| {
            name.to_string_lossy().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(24).collect()
        })
        .unwrap_or_default();
    format!("{name}-{hash:016x}")
}

/// `to` as seen from the folder `from`; both absolute, and `from` without links.
pub(crate) fn relative(to: &Path, from: &Path) -> PathBuf {
    let mut rest = to.components().peekable();
    let mut up = from.components().peekable();
    let mut shared = 0;
    while rest.peek().is_some() && rest.peek() == up.peek() {
        rest.next();
        up.next();
        shared += 1;
    }
    // nothing but the root in common: the absolute path is clearer
    if shared <= 1 && up.peek().is_some() {
        return to.to_path_buf();
    }
    let mut out = PathBuf::new();
    for _ in up {
        out.push("..");
    }
    out.extend(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_can_be_opened_from_here() {
        let case = |to: &str, from: &str| relative(Path::new(to), Path::new(from)).to_string_lossy().into_owned();
        assert_eq!(case("/no/notes/a.md", "/no/notes"), "a.md");
        assert_eq!(case("/no/notes/a.md", "/no/notes/x"), "../a.md");
        assert_eq!(case("/no/a.md", "/elsewhere/y"), "/no/a.md");
    }
}
