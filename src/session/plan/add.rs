//! New tasks at the end of a note's list, or of the list under a heading.

use crate::disk;
use crate::disk::FileChange;
use crate::edit;
use crate::edit::insert;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::path::is_todo_txt;
use crate::parse;
use crate::query::Query;
use crate::report::anchor::find_heading;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::find::find_note;
use crate::session::plan::Plan;
use crate::session::plan::Step;

/// Where new tasks go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// As typed. A path with an extension means exactly that file, which is created if missing.
    pub written: String,
    /// The note.
    pub note: NoteName,
    /// A heading in it.
    pub heading: Option<String>,
}

impl Session {
    pub(super) fn plan_tasks(&self, to: &Destination, tasks: &[String]) -> Result<Plan, Error> {
        let file = match self.destination(to)? {
            Some(path) => self.add_to(path, to, tasks)?,
            None => self.create_with(to, tasks)?,
        };
        let path = file.path.clone();
        let step = |task: &String| Step::TaskAdded { path: path.clone(), text: task.clone() };
        Ok(Plan { files: vec![file], steps: tasks.iter().map(step).collect() })
    }

    /// The note; `None` if it does not exist yet.
    pub(super) fn destination(&self, to: &Destination) -> Result<Option<NotePath>, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        if is_path(&to.written) {
            let named = NotePath::from_escaped(to.written.as_str());
            let from_here = if let NoteName::Path(path) = &to.note { Some(path) } else { None };
            let found = from_here.into_iter().chain([&named]).find(|path| notes.at(path).is_some());
            return match found {
                Some(path) => Ok(Some(path.clone())),
                None if to.heading.is_some() || to.written.contains("..") => {
                    Err(Error::NoNote { name: to.written.clone(), near: None })
                }
                None => Ok(None),
            };
        }
        match find_note(&notes, &to.note) {
            Ok(record) => Ok(Some(record.path.clone())),
            // a near name is a typo, not a new note
            Err(Error::NoNote { near: None, .. }) if to.heading.is_none() && !to.written.contains("..") => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn add_to(&self, path: NotePath, to: &Destination, tasks: &[String]) -> Result<FileChange, Error> {
        let text = self.text(&path)?;
        let note = parse::parse(&path, &text.text, &self.parse_options()).note;
        let no_heading = |heading: &String| Error::NoHeading { path: path.clone(), heading: heading.clone() };
        let find = |heading: &String| find_heading(&note, heading).ok_or_else(|| no_heading(heading));
        let section = to.heading.as_ref().map(find).transpose()?;
        let edit = if path.is_todo_txt() {
            self.todo_txt_lines(&text.text, &note, tasks)?
        } else {
            insert::add_tasks(&text.text, &note, &words(tasks), section).map_err(Error::edit)?
        };
        Ok(FileChange::edit(path, text, vec![edit]))
    }

    fn create_with(&self, to: &Destination, tasks: &[String]) -> Result<FileChange, Error> {
        let file = if is_path(&to.written) { to.written.clone() } else { format!("{}.md", to.written) };
        let path = NotePath::from(file.as_str());
        if !path.is_todo_txt() {
            let text: String = tasks.iter().map(|task| format!("- [ ] {task}\n")).collect();
            return Ok(FileChange::create(path, text));
        }
        if !disk::walk::TodoTxt::new(&self.notebook).names(&path) {
            return Err(Error::NotNamedByTodoTxt { written: to.written.clone() });
        }
        let edit = self.todo_txt_lines("", &Note::default(), tasks)?;
        Ok(FileChange::create(path, edit.text))
    }

    fn todo_txt_lines(&self, text: &str, note: &Note, tasks: &[String]) -> Result<Edit, Error> {
        edit::todo_txt::add(text, note, &words(tasks), self.today()).map_err(Error::edit)
    }
}

fn words(tasks: &[String]) -> Vec<&str> {
    tasks.iter().map(String::as_str).collect()
}

/// A name with an extension is a path and means exactly that file.
pub(super) fn is_path(written: &str) -> bool {
    disk::walk::is_note(written.as_bytes()) || is_todo_txt(written)
}
