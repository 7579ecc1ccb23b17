//! An open notebook that a caller keeps: it follows the notes, answers questions, plans changes and carries them out.
//!
//! Every door opens a [`Session`]: today the command line, later an editor server, an agent server, a full-screen view. Requests
//! and answers are plain values. Nothing here knows of arguments, screens or the clock.
//!
//! ```no_run
//! # use hornbook::disk;
//! # use hornbook::session::*;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let notebook = disk::discover(&disk::Discover::default())?;
//! let folders = Folders { cache: "/tmp/cache".into(), state: "/tmp/state".into() };
//! let clock = Clock { today: "2026-11-27".parse()?, time: "2026-11-27 10:00".to_owned(), nanos: 0 };
//! let session = Session::open(notebook, folders, clock);
//! let query = session.query("due:<=+7d")?;
//! for task in session.todo(&TodoRequest { query, ..TodoRequest::default() })?.tasks {
//!     println!("{}:{} {}", task.path, task.line, task.label);
//! }
//! # Ok(())
//! # }
//! ```

mod bookmarks;
mod check;
mod error;
mod find;
mod goals;
mod journal;
mod linked;
mod links;
mod list;
mod matcher;
mod meeting;
mod needs;
mod note_filter;
mod one_on_one;
mod place;
mod plan;
mod query;
mod questions;
mod reading;
mod report;
mod search;
mod site;
mod source;
mod status;
mod surroundings;
mod tags;
mod templates;
mod tickets;
mod todo;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::disk::Notebook;
use crate::index::Library;
use crate::index::Select;
use crate::index::Stats;
use crate::model::NotePath;
use crate::parse;
use crate::query::Query;

pub use bookmarks::BookmarkFormat;
pub use bookmarks::read_bookmarks;
pub use check::CheckRequest;
pub use error::Error;
use source::NoteFiles;

pub use crate::report::notes::Notes;
pub use find::NoteName;
pub use find::TaskName;
pub use journal::JournalRequest;
pub use list::ListRequest;
pub use note_filter::NoteFilter;
pub use note_filter::Steps;
pub use place::PlaceName;
pub use plan::Change;
pub use plan::Destination;
pub use plan::DoneDate;
pub use plan::Leave;
pub use plan::NewNote;
pub use plan::NextMeeting;
pub use plan::NoteLine;
pub use plan::Plan;
pub use plan::Receipt;
pub use plan::Step;
pub use plan::Tasks;
pub use reading::ReadingRequest;
pub use report::ReportRequest;
pub use search::SearchRequest;
pub use site::Fault;
pub use site::SiteBuild;
pub use site::SiteError;
pub use site::SiteRequest;
pub use templates::Asked;
pub use todo::TaskFormat;
pub use todo::TodoRequest;

/// An open notebook.
pub struct Session {
    notebook: Notebook,
    folders: Folders,
    clock: Clock,
    follows: bool,
    progress: RefCell<Progress>,
    library: Arc<OnceLock<Library>>,
    /// The only notes that it sees; `None` for all.
    only: Option<BTreeMap<NotePath, Vec<(usize, usize)>>>,
    /// What was loaded since the last refresh.
    loaded: RefCell<Vec<(Select, Arc<Notes>)>>,
}

/// Called with how many notes are read and how many there are to read, while an index is brought up to date.
pub type Progress = Box<dyn FnMut(usize, usize) + Send>;

/// Where the user's own files about notebooks are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Holds one index folder per notebook. Safe to delete.
    pub cache: PathBuf,
    /// Not disposable: the undo logs.
    pub state: PathBuf,
}

/// What time it is. A session reads no clock; the caller does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The local day.
    pub today: NaiveDate,
    /// The local time as the undo log shows it.
    pub time: String,
    /// Nanoseconds since 1970. A file modified this recently may still be changing.
    pub nanos: i64,
}

impl Session {
    /// Opens a notebook. The notes are read when the first question asks for them, or by [`Session::refresh`].
    #[must_use]
    pub fn open(notebook: Notebook, folders: Folders, clock: Clock) -> Self {
        Self {
            notebook,
            folders,
            clock,
            follows: true,
            progress: RefCell::new(Box::new(|_, _| {})),
            library: Arc::default(),
            only: None,
            loaded: RefCell::default(),
        }
    }

    /// The same, calling `progress` while it reads notes.
    #[must_use]
    pub fn with_progress(self, progress: Progress) -> Self {
        Self { progress: RefCell::new(progress), ..self }
    }

    /// Answers from the index as it is; later changes to notes are not seen.
    #[must_use]
    pub fn without_following(self) -> Self {
        Self { follows: false, ..self }
    }

    /// A session on the same index that sees these notes only, each without some of its lines: no answer of it tells of anything
    /// else. It does not follow the notes.
    pub(crate) fn limited_to(&self, notes: BTreeMap<NotePath, Vec<(usize, usize)>>) -> Self {
        Self {
            notebook: self.notebook.clone(),
            folders: self.folders.clone(),
            clock: self.clock.clone(),
            follows: false,
            progress: RefCell::new(Box::new(|_, _| {})),
            library: Arc::clone(&self.library),
            only: Some(notes),
            loaded: RefCell::default(),
        }
    }

    /// False for a note that this session does not see.
    fn sees(&self, path: &NotePath) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains_key(path))
    }

    /// Lines of a note that this session does not see.
    fn unseen(&self, path: &NotePath) -> &[(usize, usize)] {
        self.only.as_ref().and_then(|only| only.get(path)).map_or(&[], Vec::as_slice)
    }

    /// Follows the notes again: what changed since the last question is seen by the next one.
    ///
    /// # Errors
    ///
    /// [`Error::Index`] when even an index in memory cannot be built.
    pub fn refresh(&mut self, clock: Clock) -> Result<&Stats, Error> {
        self.clock = clock;
        self.loaded.get_mut().clear();
        match Arc::get_mut(&mut self.library).map(OnceLock::get_mut) {
            Some(Some(library)) => {
                library.refresh(self.clock.nanos, self.progress.get_mut())?;
            }
            Some(None) => {}
            // a narrower session still looks at it
            None => self.library = Arc::default(),
        }
        Ok(self.library()?.stats())
    }

    /// Drops the index and builds it again.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn rebuild(&mut self) -> Result<&Stats, Error> {
        self.loaded.get_mut().clear();
        let source = Arc::new(NoteFiles::new(&self.notebook));
        let library = Library::rebuild(&self.cache_folder(), source, self.clock.nanos, self.progress.get_mut())?;
        self.library = Arc::new(OnceLock::from(library));
        Ok(self.library()?.stats())
    }

    /// The notebook.
    #[must_use]
    pub fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// The local day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.clock.today
    }

    /// The local time, `10:00`; of a day that was told, midnight.
    fn time(&self) -> &str {
        self.clock.time.split_once(' ').map_or("00:00", |(_, time)| time)
    }

    /// The folder of this notebook's index.
    #[must_use]
    pub fn cache_folder(&self) -> PathBuf {
        self.folders.cache.join(folder_name(&self.notebook.root))
    }

    /// True when there is an index already: a question needs no first reading of all notes.
    #[must_use]
    pub fn is_indexed(&self) -> bool {
        Library::folder(&self.cache_folder(), source::fingerprint(&self.notebook, &self.parse_options())).is_dir()
    }

    /// How many notes there are.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn note_count(&self) -> Result<usize, Error> {
        Ok(self.only.as_ref().map_or(self.library()?.len(), BTreeMap::len))
    }

    /// What the last sync did, and which notes could not be read.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn stats(&self) -> Result<&Stats, Error> {
        Ok(self.library()?.stats())
    }

    /// Notes with their facts, sorted by path; with all their facts where `query` asks about links.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn notes(&self, select: Select, query: &Query) -> Result<Arc<Notes>, Error> {
        let select = needs::widened(select, query);
        let serves = |loaded: Select| {
            loaded == select || (matches!(select, Select::Heads | Select::Findings) && loaded == Select::All)
        };
        if let Some((_, notes)) = self.loaded.borrow().iter().find(|(loaded, _)| serves(*loaded)) {
            return Ok(Arc::clone(notes));
        }
        let mut records = self.library()?.notes(select)?;
        records.retain(|record| self.sees(&record.path));
        for record in &mut records {
            // what stands on a line that it does not see is in none of the facts
            if !self.unseen(&record.path).is_empty() {
                record.parsed = parse::parse(&record.path, &self.text(&record.path)?.text, &self.parse_options());
            }
        }
        let notes = Arc::new(Notes::new(records, &self.notebook.settings.people));
        self.loaded.borrow_mut().push((select, Arc::clone(&notes)));
        Ok(notes)
    }

    fn library(&self) -> Result<&Library, Error> {
        if let Some(library) = self.library.get() {
            return Ok(library);
        }
        let source = Arc::new(NoteFiles::new(&self.notebook));
        let (cache, nanos) = (self.cache_folder(), self.clock.nanos);
        let progress = &mut *self.progress.borrow_mut();
        let library = if self.follows {
            Library::open(&cache, source, nanos, progress)?
        } else {
            Library::open_unsynced(&cache, source, nanos, progress)?
        };
        Ok(self.library.get_or_init(|| library))
    }

    /// The settings that shape how notes are parsed.
    fn parse_options(&self) -> parse::Options {
        source::parse_options(&self.notebook)
    }

    /// A note's text as it is now.
    ///
    /// # Errors
    ///
    /// [`Error::Read`]; [`Error::NoNote`] for a note that this session does not see.
    pub fn text(&self, path: &NotePath) -> Result<crate::disk::Text, Error> {
        if !self.sees(path) {
            return Err(Error::NoNote { name: path.to_string(), near: None });
        }
        let mut text = crate::disk::read(&self.notebook, path)?;
        let unseen = self.unseen(path);
        if !unseen.is_empty() {
            text.text = parse::without_lines(&text.text, unseen);
        }
        Ok(text)
    }
}

/// A short name for a folder, as the cache and the state folder call what belongs to it.
pub(crate) fn folder_name(root: &Path) -> String {
    let hash = xxh3_64(root.as_os_str().as_encoded_bytes());
    let name: String = root
        .file_name()
        .map(|name| {
            name.to_string_lossy().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(24).collect()
        })
        .unwrap_or_default();
    format!("{name}-{hash:016x}")
}
