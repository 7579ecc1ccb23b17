//! The reading list as it changes: a link is added, or gets another state in one of the places where it stands.

use std::collections::BTreeMap;

use crate::disk::FileChange;
use crate::edit;
use crate::edit::apply_text;
use crate::edit::insert;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::Status;
use crate::model::reading::ReadingWhy;
use crate::model::short_id::is_beginning;
use crate::model::short_id::text_id;
use crate::model::task::FieldStyle;
use crate::model::web_address;
use crate::parse;
use crate::query::Query;
use crate::report::anchor::find_heading;
use crate::report::reading::ReadingItem;
use crate::report::reading::Sighting;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::TaskName;
use crate::session::plan::Destination;
use crate::session::plan::DoneDate;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::status::used_in_notebook;

/// The list that is begun where there is none.
const NEW_LIST: &str = "reading.md";

impl Session {
    /// Gives links another state.
    pub(super) fn plan_reading(
        &self,
        names: &[TaskName],
        state: ReadingState,
        done_date: DoneDate,
    ) -> Result<Plan, Error> {
        let status = status_of(state);
        let symbol = self.notebook.settings.statuses.symbol(status).ok_or(Error::NoSymbol { status })?;
        let in_notebook = match status {
            Status::Done | Status::Cancelled => {
                used_in_notebook(&self.notes(Select::Tasks, &Query::default())?.tasks(self.today()))
            }
            _ => None,
        };
        let items = self.reading_items(&Query::default())?;
        let mut plan = Plan::default();
        let mut by_note: BTreeMap<&NotePath, Vec<(&ReadingItem, &Sighting)>> = BTreeMap::new();
        for name in names {
            let (index, named) = self.find_reading(&items, name)?;
            let Some(item) = items.get(index) else { continue };
            let Some(sighting) = named.or_else(|| place_to_mark(item)) else { continue };
            // a heading that says `later` is the list's, a box that says so is an answer
            let by_box = state != ReadingState::ToLookAt || item.why == ReadingWhy::Box;
            if item.state == state && sighting.state == state && by_box {
                plan.steps.push(Step::ReadingAlready { at: at(sighting), state });
                continue;
            }
            let places = by_note.entry(&sighting.path).or_default();
            if !places.iter().any(|(_, other)| other.line == sighting.line) {
                places.push((item, sighting));
            }
        }
        for (path, places) in by_note {
            let text = self.text(path)?;
            let note = parse::parse(path, &text.text, &self.parse_options()).note;
            let mut edits = Vec::new();
            let standing = edit::recurrence::Standing::of(&note);
            for (item, sighting) in places {
                let changed = || Error::Changed { path: path.clone(), line: Some(sighting.line) };
                let same = note.reading.iter().filter(|reading| reading.key == item.key);
                let reading = same.min_by_key(|reading| reading.line.abs_diff(sighting.line)).ok_or_else(changed)?;
                let own = self.mark(path, &text.text, &note, reading, (symbol, state), |note, task| {
                    self.done_date_style(note, task, in_notebook, done_date)
                })?;
                let at = || NoteLine { path: path.clone(), line: reading.line };
                // the copy first, as for every task
                let task = reading.task.and_then(|task| note.tasks.get(task));
                if let Some(task) = task.filter(|_| status == Status::Done && done_date != DoneDate::Never) {
                    match edit::recurrence::next_copy(&text.text, &standing, task, self.today()) {
                        Ok(copy) => edits.extend(copy.unwrap_or_default()),
                        Err(why) => plan.steps.push(Step::NoNextCopy { at: at(), why }),
                    }
                    if edit::recurrence::asks_for_deletion(task) {
                        plan.steps.push(Step::DeletionAsked { at: at() });
                    }
                }
                edits.extend(own);
                let title = item.title.clone();
                let others = sharing(&note, reading);
                plan.steps.push(Step::ReadingMarked { at: at(), title, state, symbol, others });
            }
            plan.files.push(FileChange::edit(path.clone(), text, edits));
        }
        Ok(plan)
    }

    /// The edits of one link, read back: afterwards it is in the state that is wanted.
    fn mark(
        &self,
        path: &NotePath,
        text: &str,
        note: &Note,
        reading: &Reading,
        (symbol, state): (char, ReadingState),
        style: impl Fn(&Note, &crate::model::Task) -> Option<FieldStyle>,
    ) -> Result<Vec<Edit>, Error> {
        let status = status_of(state);
        let boxed = edit::reading::mark(text, note, reading, symbol).map_err(|cause| match cause {
            edit::reading::MarkError::NoItem { line } => Error::NoListItem { path: path.clone(), line },
            cause => Error::edit(cause),
        })?;
        let mut edits: Vec<Edit> = boxed.into_iter().collect();
        let read = |edits: &[Edit]| -> Result<(String, Note), Error> {
            let after = apply_text(text, edits).map_err(Error::edit)?;
            let note = parse::parse(path, &after, &self.parse_options()).note;
            Ok((after, note))
        };
        // the date stands on the item with its box: where that box is new, places behind it lie further on
        match reading.task.and_then(|task| note.tasks.get(task)) {
            Some(task) => edits.extend(edit::stamp::stamp(text, task, status, self.today(), style(note, task))),
            None => {
                let (after, now) = read(&edits)?;
                let new = edits.first().map_or((0, 0), |edit| (edit.start, edit.text.len()));
                let task = now.tasks.iter().find(|task| task.line == reading.line);
                let dates = task.map(|task| edit::stamp::stamp(&after, task, status, self.today(), style(&now, task)));
                let back = |at: usize| if at >= new.0 + new.1 { at - new.1 } else { at };
                let moved = |edit: Edit| Edit { start: back(edit.start), end: back(edit.end), ..edit };
                edits.extend(dates.unwrap_or_default().into_iter().map(moved));
            }
        }
        let (_, now) = read(&edits)?;
        let before = |edit: &&Edit| edit.end <= reading.span.start;
        let (more, less) = edits
            .iter()
            .filter(before)
            .fold((0, 0), |(more, less), edit| (more + edit.text.len(), less + (edit.end - edit.start)));
        let place = reading.span.start + more - less;
        let found = now.reading.iter().find(|other| other.span.start == place);
        if found.is_some_and(|found| found.state == state) {
            return Ok(edits);
        }
        let why = found.map(|found| found.why.to_string()).unwrap_or_default();
        Err(Error::NotMarked { path: path.clone(), line: reading.line, why })
    }

    /// Adds a link to the notebook's reading list.
    pub(super) fn plan_reading_add(
        &self,
        url: &str,
        title: Option<&str>,
        to: Option<&Destination>,
    ) -> Result<Plan, Error> {
        let url = url.trim();
        if !url.contains("://") || url.chars().any(char::is_control) {
            return Err(Error::NoAddress { written: url.to_owned() });
        }
        let key = web_address::key(url);
        let items = self.reading_items(&Query::default())?;
        let known = items.iter().filter(|item| item.state != ReadingState::Reference).find_map(|item| {
            let same = |sighting: &&Sighting| web_address::key(&sighting.url) == key;
            Some((item, item.sightings.iter().find(same)?))
        });
        if let Some((item, sighting)) = known {
            let step = Step::ReadingKnown { at: at(sighting), title: item.title.clone(), state: item.state };
            return Ok(Plan { files: Vec::new(), steps: vec![step] });
        }
        let forms = forms(url, title);
        let shown = title.map_or_else(|| url.to_owned(), str::to_owned);
        let (path, heading) = match to {
            Some(to) => self.list_named(to)?,
            None => self.list_found()?,
        };
        let Some(path) = path else {
            let path = NotePath::from(NEW_LIST);
            let form = forms.first().map_or(url, String::as_str);
            let text = format!("# Reading list\n\n- [ ] {form}\n");
            let step = Step::ReadingAdded { at: NoteLine { path: path.clone(), line: 3 }, title: shown };
            return Ok(Plan { files: vec![FileChange::create(path, text)], steps: vec![step] });
        };
        let text = self.text(&path)?;
        let note = parse::parse(&path, &text.text, &self.parse_options()).note;
        let section = match &heading {
            Some(heading) => Some(
                find_heading(&note, heading)
                    .ok_or_else(|| Error::NoHeading { path: path.clone(), heading: heading.clone() })?,
            ),
            None if to.is_some() => None,
            None => parse::place_for_links(&path, &note).and_then(|place| place.section),
        };
        for form in &forms {
            let edit = insert::add_tasks(&text.text, &note, &[form], section).map_err(Error::edit)?;
            let after = apply_text(&text.text, std::slice::from_ref(&edit)).map_err(Error::edit)?;
            let now = parse::parse(&path, &after, &self.parse_options()).note;
            let added = now.reading.iter().find(|reading| reading.key == key && reading.state == ReadingState::ToRead);
            let Some(added) = added.filter(|_| now.tasks.len() == note.tasks.len() + 1) else { continue };
            let step = Step::ReadingAdded { at: NoteLine { path: path.clone(), line: added.line }, title: shown };
            return Ok(Plan { files: vec![FileChange::edit(path, text, vec![edit])], steps: vec![step] });
        }
        Err(Error::NoAddress { written: url.to_owned() })
    }

    /// The note that is named for new links; `None` where it is to be made.
    fn list_named(&self, to: &Destination) -> Result<(Option<NotePath>, Option<String>), Error> {
        Ok((Some(self.find_note(&to.note)?), to.heading.clone()))
    }

    /// The note that is the notebook's reading list.
    fn list_found(&self) -> Result<(Option<NotePath>, Option<String>), Error> {
        let notes = self.notes(Select::All, &Query::default())?;
        // what is private is no place for what is not
        let open = notes.records().iter().filter(|record| record.parsed.note.privacy.private.is_none());
        let places = open.filter_map(|record| {
            let place = parse::place_for_links(&record.path, &record.parsed.note)?;
            Some((place.rank, &record.path))
        });
        Ok((places.min().map(|(_, path)| path.clone()), None))
    }

    /// The thing that somebody means, and the place where it was named by its place.
    pub(super) fn find_reading<'i>(
        &self,
        items: &'i [ReadingItem],
        name: &TaskName,
    ) -> Result<(usize, Option<&'i Sighting>), Error> {
        let written = name.written.trim();
        if let Some((note, line)) = name.place.as_ref().filter(|_| !written.contains("://")) {
            let path = match note {
                NoteName::Path(path) => path.clone(),
                NoteName::Name(_) => self.find_note(note)?,
            };
            let here = items.iter().enumerate().find_map(|(index, item)| {
                let sighting =
                    item.sightings.iter().find(|sighting| sighting.path == path && sighting.line == *line)?;
                Some((index, Some(sighting)))
            });
            return here.ok_or(Error::NoReadingAt { path, line: *line });
        }
        let only = |fits: &dyn Fn(&ReadingItem) -> bool| -> Option<Vec<usize>> {
            let found: Vec<usize> =
                items.iter().enumerate().filter(|(_, item)| fits(item)).map(|(index, _)| index).collect();
            (!found.is_empty()).then_some(found)
        };
        let lower = written.to_lowercase();
        let key = web_address::key(written);
        let fits: [&dyn Fn(&ReadingItem) -> bool; 5] = [
            &|item| item.id == written,
            &|item| {
                item.key == key
                    || (written.contains("://")
                        && item.sightings.iter().any(|sighting| web_address::key(&sighting.url) == key))
            },
            &|item| is_beginning(written, &text_id(&item.key)),
            &|item| item.title.to_lowercase() == lower,
            // an address means just that page
            &|item| {
                item.state != ReadingState::Reference
                    && !written.contains("://")
                    && (item.name().to_lowercase().contains(&lower) || item.url.to_lowercase().contains(&lower))
            },
        ];
        let Some(found) = fits.iter().find_map(|fits| only(fits)).filter(|_| !written.is_empty()) else {
            return Err(Error::NoReading { name: written.to_owned() });
        };
        let open: Vec<usize> =
            found.iter().copied().filter(|index| items.get(*index).is_some_and(|item| item.state.is_open())).collect();
        match (found.as_slice(), open.as_slice()) {
            ([one], _) | (_, [one]) => Ok((*one, None)),
            _ => {
                let items = found.iter().filter_map(|index| items.get(*index)).cloned().collect();
                Err(Error::ManyReadings { name: written.to_owned(), items })
            }
        }
    }
}

/// The titles of the other links that stand in the item of one: a box is said of all of them.
fn sharing(note: &Note, reading: &Reading) -> Vec<String> {
    let same = |other: &&Reading| other.text_start == reading.text_start && other.key != reading.key;
    let shared = note.reading.iter().filter(same).filter(|_| reading.text_start.is_some());
    shared.filter(|other| other.state != ReadingState::Reference).map(|other| other.title.clone()).collect()
}

fn at(sighting: &Sighting) -> NoteLine {
    NoteLine { path: sighting.path.clone(), line: sighting.line }
}

/// The place of several that says most of a thing: what it says there counts.
fn place_to_mark(item: &ReadingItem) -> Option<&Sighting> {
    item.places().find(|sighting| sighting.state == item.state)
}

const fn status_of(state: ReadingState) -> Status {
    match state {
        ReadingState::Read => Status::Done,
        ReadingState::Dropped => Status::Cancelled,
        ReadingState::Reading => Status::Doing,
        ReadingState::ToLookAt => Status::OnHold,
        ReadingState::ToRead | ReadingState::Unsorted | ReadingState::Reference => Status::Todo,
    }
}

/// The ways to write a link, the plainest first.
fn forms(url: &str, title: Option<&str>) -> Vec<String> {
    let mut plain = String::new();
    for c in url.chars() {
        match c {
            ' ' => plain.push_str("%20"),
            '<' => plain.push_str("%3C"),
            '>' => plain.push_str("%3E"),
            c => plain.push(c),
        }
    }
    let title =
        title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| !title.is_empty());
    match title {
        Some(title) => {
            let mut words = String::new();
            for c in title.chars() {
                if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '$' | '~' | '&' | '|' | '#' | '%' | '=')
                {
                    words.push('\\');
                }
                words.push(c);
            }
            vec![format!("[{words}]({plain})"), format!("[{words}](<{plain}>)")]
        }
        None => vec![plain.clone(), format!("<{plain}>")],
    }
}
