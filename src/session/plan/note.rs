//! A new note from a template; a template that comes with the program, written out.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::disk::FileChange;
use crate::disk::templates::FOLDER;
use crate::index::Select;
use crate::model::NotePath;
use crate::model::file_name;
use crate::query::Query;
use crate::report::journal_file;
use crate::session::Asked;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::entry;
use crate::session::templates::OpenTemplate;
use crate::template::note::Given;
use crate::template::note::Values;
use crate::template::shipped::DAILY;
use crate::template::shipped::SHIPPED;

/// Where zk keeps templates, from the notes folder.
const ZKS: &str = ".zk/templates";
/// The name of a note whose title has nothing that a name can be made of.
const UNTITLED: &str = "untitled";

/// A note to be made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewNote {
    /// The template's name; `None` for a note of no kind.
    pub template: Option<String>,
    /// The note's title.
    pub title: Option<String>,
    /// Answers to what the template asks, and more names for it.
    pub vars: BTreeMap<String, String>,
    /// The note's day; today where it is `None`.
    pub date: Option<NaiveDate>,
    /// The folder, from the notes folder, whatever the template says.
    pub dir: Option<String>,
    /// The file's name, without `.md`, whatever the template says.
    pub name: Option<String>,
    /// The folder, from the notes folder, where nothing else says.
    pub here: String,
    /// What it begins with.
    pub content: String,
    /// More values for the template, such as lists that a command works out; they win.
    pub more: serde_json::Map<String, serde_json::Value>,
}

impl Session {
    /// What the template of a note wants to know and `new` does not say.
    ///
    /// # Errors
    ///
    /// [`Error::NoTemplate`], [`Error::Template`].
    pub fn asked(&self, new: &NewNote) -> Result<Asked, Error> {
        let open = self.open_template(new.template.as_deref())?;
        let vars = open.template.vars().iter().filter(|one| !new.vars.contains_key(&one.name)).cloned().collect();
        let title = new.title.is_none() && open.template.needs_title();
        Ok(Asked { template: open.name, title, vars })
    }

    pub(super) fn plan_note(&self, new: &NewNote) -> Result<Plan, Error> {
        let open = self.open_template(new.template.as_deref())?;
        let date = new.date.unwrap_or_else(|| self.today());
        let given = Given {
            title: new.title.clone(),
            date,
            time: self.time().to_owned(),
            vars: new.vars.clone(),
            content: new.content.clone(),
            more: new.more.clone(),
        };
        if given.title.is_none() && open.template.needs_title() {
            return Err(Error::NoTitle { template: open.name });
        }
        let missing = open.template.unanswered(&given);
        if !missing.is_empty() {
            let questions = missing.iter().map(|one| (one.name.clone(), one.ask.clone())).collect();
            return Err(Error::Unanswered { template: open.name.clone(), questions });
        }
        let values = open.template.values(&given).map_err(|remark| open.fault(remark))?;
        let path = self.new_path(new, &open, &values, date)?;
        if self.notebook.path(&path).symlink_metadata().is_ok() {
            return Err(Error::NoteExists { free: self.free_name(&path), path });
        }
        let mut text = open.template.text(&values.at(&path)).map_err(|remark| open.fault(remark))?;
        if !new.content.is_empty() && !open.template.takes_content() {
            let end = if text.is_empty() || text.ends_with("\n\n") { "" } else { "\n" };
            let line_end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            text.push_str(&format!("{line_end}{end}{}", new.content));
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let at = NoteLine { path: path.clone(), line: first_gap(&text) };
        let remarks = open.template.remarks().iter().map(|remark| Step::Remark { message: open.remark(remark) });
        let steps = std::iter::once(Step::NoteMade { at }).chain(remarks).collect();
        Ok(Plan { files: vec![FileChange::create(path, text)], steps })
    }

    /// Where a new note goes.
    fn new_path(
        &self,
        new: &NewNote,
        open: &OpenTemplate,
        values: &Values,
        date: NaiveDate,
    ) -> Result<NotePath, Error> {
        let (dir, name) = open.template.place(values).map_err(|remark| open.fault(remark))?;
        let is_of_journal = open.name == DAILY && name.is_none() && new.name.is_none();
        if is_of_journal {
            let path = self.journal_path(date)?;
            return Ok(match new.dir.as_ref().or(dir.as_ref()) {
                Some(dir) => NotePath::from_escaped(joined(dir, path.file_name())),
                None => path,
            });
        }
        let given = |written: &str| {
            let path = written.trim_end_matches('/').trim_start_matches("./");
            let path = crate::model::path::strip_extension(path);
            if matches!(path, "" | ".") {
                return Ok(String::new());
            }
            let wrong = |why| Error::Name { written: written.to_owned(), why };
            file_name::check_path(path).map_err(wrong).map(|()| path.to_owned())
        };
        let dir = match (&new.dir, dir) {
            (Some(dir), _) => given(dir)?,
            (None, Some(dir)) => self.as_it_is_called(dir),
            (None, None) => new.here.clone(),
        };
        let name = match (&new.name, name) {
            (Some(name), _) => given(name)?,
            (None, Some(name)) => name,
            (None, None) => self.name_of(&values.title)?,
        };
        let name = if name.is_empty() { UNTITLED.to_owned() } else { name };
        Ok(NotePath::from(format!("{}.md", joined(&dir, &name)).as_str()))
    }

    /// Where the journal has a day, if it has a note for each.
    fn journal_path(&self, date: NaiveDate) -> Result<NotePath, Error> {
        let preference = entry::preference(&self.notebook, date)?;
        let notes = self.notes(Select::Entries, &Query::default())?;
        let target = journal_file::target(&notes.refs(), &preference, date);
        if target.is_day { Ok(target.path) } else { Err(Error::DayWithin { path: target.path }) }
    }

    /// A folder that is there in another case.
    fn as_it_is_called(&self, dir: String) -> String {
        if dir.is_empty() || self.notebook.root.join(&dir).exists() {
            return dir;
        }
        let Ok(notes) = self.notes(Select::Heads, &Query::default()) else { return dir };
        let lower = dir.to_lowercase();
        let is_it = |folder: &str| folder.len() == dir.len() && folder.to_lowercase() == lower;
        let mut found = notes.records().iter().filter_map(|record| {
            let folder = record.path.as_str().get(..dir.len())?;
            let ends = record.path.as_str().get(dir.len()..)?.starts_with('/');
            (ends && is_it(folder)).then(|| folder.to_owned())
        });
        found.next().unwrap_or(dir)
    }

    /// A title as the notes of this notebook are called: `Some title` or `some-title`.
    pub(super) fn name_of(&self, title: &str) -> Result<String, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let (mut blanks, mut dashes) = (0, 0);
        for record in notes.records() {
            let stem = record.path.stem();
            // a date says nothing
            let words = stem.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '));
            blanks += usize::from(words.contains(' '));
            dashes += usize::from(words.contains(['-', '_']));
        }
        let is_vault = [&self.notebook.base, &self.notebook.root].iter().any(|base| base.join(".obsidian").is_dir());
        let keeps_words = if blanks == dashes { is_vault } else { blanks > dashes };
        Ok(if keeps_words { file_name::readable(title) } else { file_name::slug(title) })
    }

    /// A name beside one that is taken.
    fn free_name(&self, path: &NotePath) -> String {
        let stem = path.stem();
        let is_free = |name: &String| {
            let path = NotePath::from(joined(path.folder(), &format!("{name}.md")).as_str());
            self.notebook.path(&path).symlink_metadata().is_err()
        };
        (2..1_000).map(|number| format!("{stem}-{number}")).find(is_free).unwrap_or_else(|| format!("{stem}-new"))
    }

    /// Writes a template that comes with the program where the notebook keeps its own.
    pub(super) fn plan_template(&self, name: &str) -> Result<Plan, Error> {
        let Some((_, text)) = SHIPPED.iter().find(|(known, _)| *known == name) else {
            let near = crate::model::words::nearest(name, SHIPPED.iter().map(|(name, _)| *name));
            return Err(Error::NotShipped { name: name.to_owned(), near: near.map(str::to_owned) });
        };
        let path = NotePath::from(joined(&self.templates_folder(), &format!("{name}.md")).as_str());
        if self.notebook.path(&path).symlink_metadata().is_ok() {
            return Err(Error::TemplateExists { path });
        }
        let at = NoteLine { path: path.clone(), line: 1 };
        Ok(Plan { files: vec![FileChange::create(path, *text)], steps: vec![Step::NoteMade { at }] })
    }

    /// Where the notebook keeps templates, from the notes folder.
    fn templates_folder(&self) -> String {
        let root = &self.notebook.root;
        let named = self.notebook.settings.templates.iter();
        let below = named.filter_map(|named| named.folder.strip_prefix(root).ok()?.to_str()).map(str::to_owned);
        let own = [FOLDER.to_owned()].into_iter().chain(below).chain([ZKS.to_owned()]);
        own.into_iter().find(|folder| root.join(folder).is_dir()).unwrap_or_else(|| FOLDER.to_owned())
    }
}

fn joined(dir: &str, name: &str) -> String {
    if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") }
}

/// The line where somebody will want to write: the first empty item, else the last line.
fn first_gap(text: &str) -> usize {
    let is_gap = |line: &str| matches!(line.trim(), "-" | "*" | "- [ ]");
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().position(|line| is_gap(line)).map_or(lines.len().max(1), |at| at + 1)
}
