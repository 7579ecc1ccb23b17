//! The environment of a command: the notebook, the day, the folders. The only place that reads the clock and the environment.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

use chrono::NaiveDate;

use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::global::Global;
use crate::cli::global::from_words;
use crate::cli::here::Here;
use crate::cli::output::Output;
use crate::cli::typed;
use crate::cli::typed::Typed;
use crate::cli::ui::Terminal;
use crate::cli::ui::Ui;
use crate::disk;
use crate::disk::Discover;
use crate::disk::Encoding;
use crate::disk::Notebook;
use crate::model::NotePath;
use crate::model::calendar;
use crate::model::path::path_and_line;
use crate::query::Query;
use crate::session::Clock;
use crate::session::Destination;
use crate::session::Folders;
use crate::session::NoteName;
use crate::session::PlaceName;
use crate::session::Session;
use crate::session::TaskName;
use crate::view::Paths as _;
use crate::view::Report;
use crate::view::vimgrep::ReadText;
use crate::view::vimgrep::Source;

/// The environment of a command.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) ui: Ui,
    pub(crate) today: NaiveDate,
    pub(crate) cwd: PathBuf,
    /// The same without symbolic links: paths are shown relative to it.
    pub(crate) here: PathBuf,
    today_is_given: bool,
    discover: Discover,
    no_sync: bool,
    cache: Option<OsString>,
    home: Option<PathBuf>,
}

/// The line being typed in bash.
pub(crate) fn typed_line() -> Option<Typed> {
    let breaks = variable(typed::BREAKS_VARIABLE).map(|breaks| breaks.to_string_lossy().into_owned());
    let line = variable(typed::LINE)?.to_string_lossy().into_owned();
    Some(Typed::read(&line, breaks.as_deref().unwrap_or(typed::BREAKS)))
}

fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The terminal as the environment describes it, for errors that occur before there is a context.
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

    /// For completion in a shell: uses the notebook named on the line or around the current folder, and prints nothing.
    pub(crate) fn for_completion() -> Option<Self> {
        let words: Vec<OsString> = match typed_line() {
            Some(typed) => typed.words.iter().map(OsString::from).collect(),
            None => env::args_os().skip_while(|word| word != "--").skip(1).collect(),
        };
        let mut words = words.into_iter();
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

    /// Parses a date as typed: `last monday`, `2026-11-03`. For a range, its first day.
    pub(crate) fn day(&self, written: &str) -> Result<NaiveDate, Failure> {
        let range = calendar::parse_when_leaning(written, self.today, calendar::Lean::Behind);
        let range = range.map_err(crate::cli::error::no_date)?;
        range.start.ok_or_else(|| {
            Failure::new(format!("`{written}` has no first day")).hint("for example `2026-12-01`, `-2w` or `last-week`")
        })
    }

    /// Finds the notebook and reads its settings.
    pub(crate) fn notebook(&self) -> Result<Notebook, Failure> {
        Ok(disk::discover(&self.discover)?)
    }

    /// The folder of the undo logs.
    pub(crate) fn state_folder(&self) -> PathBuf {
        self.base("XDG_STATE_HOME", ".local/state").join("hornbook")
    }

    /// An XDG folder. Relative paths are ignored, as the specification demands.
    fn base(&self, name: &str, otherwise: &str) -> PathBuf {
        let named = variable(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
        named.unwrap_or_else(|| self.home.clone().unwrap_or_else(env::temp_dir).join(otherwise))
    }

    /// The command that opens a note, as set by the user; empty if there is none.
    pub(crate) fn editor() -> String {
        let named = ["HORNBOOK_EDITOR", "VISUAL", "EDITOR"].into_iter().find_map(variable);
        named.map(|command| command.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The time for the undo log; with `--today`, that day without a time, so that the log is reproducible too.
    pub(crate) fn now(&self) -> String {
        if self.today_is_given {
            return self.today.to_string();
        }
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the clock for the time")]
        let now = chrono::Local::now();
        now.format("%Y-%m-%d %H:%M").to_string()
    }

    /// Converts paths of notes so that they can be opened from the current folder.
    pub(crate) fn paths(&self, notebook: &Notebook) -> Here {
        Here::new(notebook, &self.here)
    }

    /// The path of a note so that it can be opened from the current folder.
    pub(crate) fn shown(&self, notebook: &Notebook, path: &NotePath) -> String {
        self.paths(notebook).shown(path)
    }

    /// Opens the notebook, and brings its index up to date.
    pub(crate) fn session(&mut self) -> Result<Session, Failure> {
        let mut session = self.quiet_session()?;
        match session.recover() {
            Ok(None) => {}
            Ok(Some(undone)) => {
                let change = &undone.change;
                self.ui.warn(&format!("change {} ({}) was interrupted, and is undone", change.number, change.command));
            }
            Err(error) => self.ui.warn(&format!("a change was interrupted: {error}")),
        }
        self.warn_of_unreadable(&session)?;
        Ok(session)
    }

    /// Warns about notes that could not be read.
    pub(crate) fn warn_of_unreadable(&self, session: &Session) -> Result<(), Failure> {
        for (path, why) in &session.stats()?.unreadable {
            self.ui.warn(&format!("{path} is skipped: {why}"));
        }
        Ok(())
    }

    /// Opens the notebook. Its index is updated on the first question.
    pub(crate) fn quiet_session(&self) -> Result<Session, Failure> {
        let cache = match &self.cache {
            Some(folder) => self.cwd.join(folder),
            None => self.base("XDG_CACHE_HOME", ".cache").join("hornbook"),
        };
        let folders = Folders { cache, state: self.state_folder() };
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let nanos = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
        let clock = Clock { today: self.today, time: self.now(), nanos };
        let session = Session::open(self.notebook()?, folders, clock);
        let session = session.with_progress(Box::new(self.ui.progress("Reading notes")));
        Ok(if self.no_sync { session.without_following() } else { session })
    }

    /// Parses the words of a query; an error shows the position.
    pub(crate) fn query(&self, session: &Session, words: &[String]) -> Result<Query, Failure> {
        let notebook = session.notebook();
        let words: Vec<String> = words.iter().filter_map(|word| self.query_word(notebook, word)).collect();
        let query = session.query(&words.join(" "))?;
        for remark in query.remarks() {
            self.ui.say(&remark.message);
        }
        Ok(query)
    }

    /// Translates a word of a query: `patterns/` or `./a.md` becomes a path condition if such a folder or file exists, as with
    /// ripgrep. `None` for a folder that contains the whole notebook.
    fn query_word(&self, notebook: &Notebook, word: &str) -> Option<String> {
        let has_path_form = word.contains('/') && !word.contains([':', '"', '\'']);
        let is_regex = word.starts_with('/') && word.ends_with('/');
        if (word != "." && !has_path_form) || is_regex {
            return Some(word.to_owned());
        }
        if self.cwd.join(from_words(word)).canonicalize().is_ok_and(|full| notebook.root.starts_with(full)) {
            return None;
        }
        let path = self.path_from_here(notebook, word).or_else(|| path_in(&notebook.root, &notebook.root, word));
        Some(path.map_or_else(|| word.to_owned(), |path| format!("path:\"/{}\"", path.as_str())))
    }

    /// The path of a note, if `written` is a file relative to the current folder.
    pub(crate) fn path_from_here(&self, notebook: &Notebook, written: &str) -> Option<NotePath> {
        path_in(&notebook.root, &self.cwd, written)
    }

    /// NOTE on the command line: a path from here or from the notes folder, a name, a title.
    pub(crate) fn note_name(&self, session: &Session, written: &str) -> NoteName {
        let path = self.path_from_here(session.notebook(), written);
        path.map_or_else(|| NoteName::from(written), NoteName::Path)
    }

    /// NOTE or NOTE#Heading on the command line as a destination: the note need not exist.
    pub(crate) fn destination(&self, session: &Session, written: &str) -> Destination {
        let (name, heading) = match written.split_once('#') {
            Some((name, heading)) => (name, Some(heading.to_owned())),
            None => (written, None),
        };
        Destination { written: name.to_owned(), note: self.note_name(session, name), heading }
    }

    /// A place that need not exist, as typed, and the current folder, relative to the notes folder.
    pub(crate) fn new_place(&self, notebook: &Notebook, written: &str) -> (String, String) {
        let below = |path: &Path| {
            let inside = path.strip_prefix(&notebook.root).ok()?;
            Some(NotePath::from_os(inside.as_os_str()).as_str().to_owned())
        };
        let typed = from_words(written);
        let typed = Path::new(&typed);
        match typed.is_absolute().then(|| below(typed)).flatten() {
            // `./` marks it as a path, even if it is a note at the top
            Some(path) if written.ends_with('/') => (format!("./{path}/"), String::new()),
            Some(path) => (format!("./{path}"), String::new()),
            None => (NotePath::from_os(typed.as_os_str()).as_str().to_owned(), below(&self.here).unwrap_or_default()),
        }
    }

    /// SERIES on the command line: its name, or one of its notes as a path from here.
    pub(crate) fn series_name(&self, session: &Session, written: &str) -> String {
        let path = self.path_from_here(session.notebook(), written);
        path.map_or_else(|| written.to_owned(), |path| path.to_string())
    }

    /// NOTE or PLACE on the command line: a note, `path:line`, `note#heading`, `note#^block`, or the short id of a task.
    pub(crate) fn place_name(&self, session: &Session, written: &str) -> PlaceName {
        let named = |name: &str| self.note_name(session, name);
        let part = written.trim_end_matches("]]").split_once('#');
        PlaceName {
            written: written.to_owned(),
            note: named(written),
            line: path_and_line(written).map(|(path, line)| (named(path), line)),
            part: part.map(|(name, part)| (named(name), part.to_owned())),
        }
    }

    /// REF on the command line: a task by its short id, `path:line`, or words that only it has.
    pub(crate) fn task_name(&self, session: &Session, written: &str) -> TaskName {
        let place = path_and_line(written).map(|(path, line)| (self.note_name(session, path), line));
        TaskName { written: written.to_owned(), place }
    }

    /// Prints a report that is not about a notebook.
    pub(crate) fn answer_without_notes(&mut self, report: &impl Report, output: &Output) -> Outcome {
        self.print(report, output, &Here::default(), &|_| None)
    }

    /// Prints a report in the requested format.
    pub(crate) fn answer(&mut self, session: &Session, report: &impl Report, output: &Output) -> Outcome {
        let paths = self.paths(session.notebook());
        let text = |path: &NotePath| {
            let text = session.text(path).ok()?;
            let is_damaged = text.damaged.is_some() && text.encoding == Encoding::Utf8;
            Some(Source { damaged: is_damaged.then(|| text.bytes().to_vec()), text: text.text })
        };
        self.print(report, output, &paths, &text)
    }

    fn print(&mut self, report: &impl Report, output: &Output, paths: &Here, text: &ReadText<'_>) -> Outcome {
        if output.is_text() {
            self.ui.document(report.show(paths), paths);
        } else {
            output.report(&mut self.ui, report, paths, text)?;
        }
        Ok(Exit::found(report.found()))
    }
}

/// The path below the notes folder `root` of what is called `written` in a folder.
fn path_in(root: &Path, folder: &Path, written: &str) -> Option<NotePath> {
    let full = folder.join(from_words(written)).canonicalize().ok()?;
    let inside = full.strip_prefix(root).ok().filter(|path| !path.as_os_str().is_empty())?;
    Some(NotePath::from_os(inside.as_os_str()))
}
