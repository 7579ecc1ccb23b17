//! Today's journal entry: creates it in the notebook's own style if missing, and adds lines to it.

use chrono::NaiveDate;

use crate::disk;
use crate::disk::FileChange;
use crate::disk::Notebook;
use crate::disk::obsidian;
use crate::disk::settings::JournalOrder;
use crate::edit::journal;
use crate::edit::journal::Order;
use crate::edit::journal::Style;
use crate::edit::splice::apply_text;
use crate::index::Select;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::words;
use crate::parse;
use crate::parse::dates;
use crate::query::Query;
use crate::report::journal_file;
use crate::report::journal_file::Preference;
use crate::report::journal_file::Target;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::templates::OpenTemplate;
use crate::template::note::Given;
use crate::template::shipped::DAILY;

/// Upper bound on sibling notes that are read to learn how days are written.
const MODELS: usize = 6;

impl Session {
    /// The note with today's entry, as it is or will be: its path and its text.
    pub(super) fn todays_page(&self) -> Result<(NotePath, String), Error> {
        let page = open(self)?;
        Ok((page.path, page.text))
    }

    /// Creates today's entry if missing.
    pub(super) fn plan_day(&self) -> Result<Plan, Error> {
        let page = open(self)?;
        let at = NoteLine { path: page.path.clone(), line: page.line };
        let is_there = page.before.as_deref() == Some(page.text.as_str());
        let steps = [Step::Day { at, is_there }].into_iter().chain(page.remarks.clone()).collect();
        Ok(Plan { files: vec![page.into_change()], steps })
    }

    /// Adds text to today's entry, creating the entry if missing.
    pub(super) fn plan_entry(&self, words: &str, under: Option<&str>) -> Result<Plan, Error> {
        let mut page = open(self)?;
        let place = match under {
            Some(heading) => page.under(self, heading)?,
            None => page.day(&page.note(self), self.today()),
        };
        let edit = journal::append(&page.text, &page.note(self), place, &page.style, words);
        let line = Lines::new(&page.text).line(edit.start);
        page.text = apply_text(&page.text, std::slice::from_ref(&edit)).map_err(Error::edit)?;
        let blank = edit.text.split_inclusive(['\n', '\r']).take_while(|line| line.trim().is_empty()).count();
        let line = if edit.text.starts_with(['\n', '\r']) { line + blank } else { line };
        page.check_shown(line)?;
        let at = NoteLine { path: page.path.clone(), line };
        let steps = [Step::Entry { at }].into_iter().chain(page.remarks.clone()).collect();
        Ok(Plan { files: vec![page.into_change()], steps })
    }
}

/// The note with today's entry, as it is or will be.
struct Page {
    path: NotePath,
    /// As read; `None` for a new note.
    file: Option<disk::Text>,
    before: Option<String>,
    text: String,
    /// 1-based, where today begins.
    line: usize,
    is_day: bool,
    style: Style,
    /// What is to be said about the template of a new note.
    remarks: Vec<Step>,
}

impl Page {
    fn note(&self, session: &Session) -> Note {
        parse::parse(&self.path, &self.text, &session.parse_options()).note
    }

    /// Where today's entry stands.
    fn day(&self, note: &Note, today: NaiveDate) -> journal::DayLines {
        let entry = note.entries.iter().find(|entry| entry.line == self.line && entry.date == today);
        match entry.filter(|_| !self.is_day) {
            Some(entry) => journal::DayLines::of(&self.text, note, entry),
            None => journal::whole_file(&self.text, note),
        }
    }

    /// The part of today's entry under a heading, which is created if missing.
    fn under(&mut self, session: &Session, heading: &str) -> Result<journal::DayLines, Error> {
        let note = self.note(session);
        let day = self.day(&note, session.today());
        let known = match journal::under(&self.text, &note, day, heading) {
            Ok(place) => return Ok(place),
            Err(known) => known,
        };
        let (path, heading_words) = (self.path.clone(), heading.to_owned());
        let missing = |near: Option<String>| Error::NoHeadingToday { path, heading: heading_words, near };
        if let Some(near) = words::nearest(heading, known.iter().copied()) {
            return Err(missing(Some(near.to_owned())));
        }
        let Some(edit) = journal::add_heading(&self.text, &note, day, self.is_day, heading) else {
            return Err(missing(None));
        };
        self.text = apply_text(&self.text, &[edit]).map_err(Error::edit)?;
        let note = self.note(session);
        journal::under(&self.text, &note, self.day(&note, session.today()), heading).map_err(|_| missing(None))
    }

    /// Refuses to add a line inside an unclosed code block or comment.
    fn check_shown(&self, line: usize) -> Result<(), Error> {
        match parse::hidden_since(&self.text, line) {
            Some(line) => Err(Error::Unclosed { path: self.path.clone(), line }),
            None => Ok(()),
        }
    }

    /// The change that writes it.
    fn into_change(self) -> FileChange {
        match self.file {
            Some(file) => {
                let edit = journal::edit_between(&file.text, &self.text);
                FileChange::edit(self.path, file, edit.into_iter().collect())
            }
            None => FileChange::create(self.path, self.text),
        }
    }
}

/// Finds the note for today, and today's entry in it; works out both where they are missing.
fn open(session: &Session) -> Result<Page, Error> {
    let (notebook, today) = (&session.notebook, session.today());
    let vault = obsidian::daily_notes(notebook);
    let preference = preference(notebook, today)?;
    let notes = session.notes(Select::Entries, &Query::default())?;
    let target = journal_file::target(&notes.refs(), &preference, today);
    let options = session.parse_options();
    let models: Vec<Model> = target
        .siblings
        .iter()
        .take(MODELS)
        .filter_map(|(path, date)| {
            let text = disk::read(notebook, path).ok()?.text;
            let note = parse::parse(path, &text, &options).note;
            Some(Model { text, note, date: *date })
        })
        .collect();
    let exists = notebook.path(&target.path).symlink_metadata().is_ok();
    let file = if exists { Some(disk::read(notebook, &target.path)?) } else { None };
    let before = file.as_ref().map(|file| file.text.clone());
    let (mut text, remarks) = match &before {
        Some(text) => (text.clone(), Vec::new()),
        None => head(session, &target, vault.as_ref(), &models)?,
    };
    let read = |text: &str| parse::parse(&target.path, text, &options).note;
    let note = read(&text);
    let style = style(&text, &note, &target, &models);
    let known = note.entries.iter().rev().find(|entry| entry.date == today && entry.precision == Precision::Day);
    let line = match known {
        _ if target.is_day => known.map_or(1, |entry| entry.line),
        Some(entry) => entry.line,
        None => {
            let wished = notebook.settings.journal.order.map(|order| match order {
                JournalOrder::NewestFirst => Order::NewestFirst,
                JournalOrder::OldestFirst => Order::OldestFirst,
            });
            let order = wished.or_else(|| style.order()).unwrap_or(Order::OldestFirst);
            let (edit, line) = journal::add_day(&text, &note, today, &style, order, &read);
            text = apply_text(&text, &[edit]).map_err(Error::edit)?;
            line
        }
    };
    let page = Page { path: target.path, file, before, text, line, is_day: target.is_day, style, remarks };
    if page.before.as_ref().is_some_and(|before| *before != page.text) {
        page.check_shown(page.line)?;
    }
    Ok(page)
}

/// A sibling of today's note.
struct Model {
    text: String,
    note: Note,
    date: NaiveDate,
}

/// The journal settings: ours, else Obsidian's.
///
/// # Errors
///
/// [`Error::Pattern`], where notes of that name would not be found again.
pub(super) fn preference(notebook: &Notebook, today: NaiveDate) -> Result<Preference, Error> {
    let names = disk::daily_notes(notebook);
    if let Some(names) = &names {
        names.pattern.check(today).map_err(|why| Error::Pattern { pattern: names.pattern.to_string(), why })?;
    }
    Ok(Preference { folder: notebook.settings.journal.folder.clone(), names })
}

/// How days are written: as in this note, else as in its siblings.
fn style(text: &str, note: &Note, target: &Target, models: &[Model]) -> Style {
    let of = |text: &str, note: &Note| {
        if target.is_day { journal::day_file_style(text, note) } else { journal::style(text, note) }
    };
    let plain = if target.is_day { Style::plain(1) } else { Style::plain(2) };
    let own = of(text, note).into_iter();
    let all = own.chain(models.iter().filter_map(|model| of(&model.text, &model.note)));
    all.reduce(|style, other| style.or(&other)).unwrap_or(plain)
}

/// What a new note begins with, and what is to be said about its template.
fn head(
    session: &Session,
    target: &Target,
    vault: Option<&obsidian::DailyNotes>,
    models: &[Model],
) -> Result<(String, Vec<Step>), Error> {
    let today = session.today();
    if let Some(template) = session.day_template(target, vault)? {
        return session.filled(&template, target);
    }
    let Some(newest) = models.first() else {
        let text = match (target.is_default || vault.is_none(), target.is_day) {
            (true, true) => format!("# {}\n", today.format("%Y-%m-%d %a")),
            (true, false) => format!("# {}\n", today.format("%B %Y")),
            // Obsidian makes an empty note
            (false, _) => String::new(),
        };
        return Ok((text, Vec::new()));
    };
    let lines = Lines::new(&newest.text);
    let is_line = |line: usize| target.is_day || line > lines.line(newest.note.body_start);
    let first =
        newest.note.entries.iter().filter(|entry| !target.is_day && is_line(entry.line)).map(|entry| entry.line);
    let end = first.min().unwrap_or(lines.count() + 1);
    let sibling = models.get(1);
    let to_sibling = |line: &str| dates::exchange(line, newest.date, sibling?.date);
    let to_new = |line: &str| {
        dates::exchange(line, newest.date, today).or_else(|| {
            // a title that says the wrong year is not copied
            let (written, form) = dates::style_of_name(line).filter(|_| !target.is_day)?;
            Some(line.replacen(&written, &form.format(today), 1))
        })
    };
    let sibling = sibling.map(|sibling| sibling.text.as_str());
    Ok((journal::day_file(&newest.text, &newest.note, end, sibling, &to_sibling, &to_new), Vec::new()))
}

impl Session {
    /// The template of a day's note: the one that Obsidian's settings name, else the notebook's own of that name.
    fn day_template(
        &self,
        target: &Target,
        vault: Option<&obsidian::DailyNotes>,
    ) -> Result<Option<OpenTemplate>, Error> {
        if let Some(name) = vault.and_then(|vault| vault.template.as_ref()) {
            let paths = [format!("{name}.md"), name.clone()].map(|path| NotePath::from(path.as_str()));
            if let Some((path, text)) =
                paths.into_iter().find_map(|path| disk::read(&self.notebook, &path).ok().map(|text| (path, text)))
            {
                return self.obsidians_template(path, &text.text).map(Some);
            }
        }
        if target.is_day { self.own_template(DAILY) } else { Ok(None) }
    }

    fn filled(&self, open: &OpenTemplate, target: &Target) -> Result<(String, Vec<Step>), Error> {
        let title = target.path.stem().to_owned();
        let given = Given {
            title: Some(title).filter(|_| open.template.needs_title()),
            date: self.today(),
            time: self.time().to_owned(),
            ..Given::default()
        };
        let text = open.template.values(&given).and_then(|values| open.template.text(&values.at(&target.path)));
        let text = text.map_err(|remark| open.fault(remark))?;
        let remarks = open.template.remarks().iter().map(|remark| Step::Remark { message: open.remark(remark) });
        Ok((text, remarks.collect()))
    }
}
