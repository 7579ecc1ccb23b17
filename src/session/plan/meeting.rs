//! The next meeting of a series, with what all earlier ones left open, each point once.
//!
//! What is left is worked out from the index; every note that is copied from or written to is read again, and a plan is refused
//! where it is not what the index says. The new text is read before it is offered: each point must be found in it, once.
//!
//! Over 400 lines because where the meeting goes and what goes on in it are worked out together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::disk;
use crate::disk::FileChange;
use crate::edit;
use crate::edit::journal;
use crate::edit::journal::Order;
use crate::edit::meeting::Group;
use crate::edit::meeting::Heading;
use crate::edit::splice::apply_text;
use crate::index::Has;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::meeting::Extent;
use crate::model::meeting::Reason;
use crate::model::path::strip_extension;
use crate::model::short_id::content_id;
use crate::model::words::fold;
use crate::parse;
use crate::parse::carried;
use crate::parse::dates;
use crate::parse::dates::Form;
use crate::query::Query;
use crate::report::action;
use crate::report::action::Action;
use crate::report::meeting::headings;
use crate::report::meeting::is_of;
use crate::report::resolve::NoteRef;
use crate::report::series;
use crate::report::series::Key;
use crate::report::series::MeetingRef;
use crate::report::series::Series;
use crate::session::Error;
use crate::session::Session;
use crate::session::meeting::find_series;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;

/// The meeting to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextMeeting {
    /// Its series, by name or by the path of one of its notes.
    pub series: String,
    /// When it is; else the one that is written already and has not been, else as expected, else today.
    pub date: Option<NaiveDate>,
    /// Only what these people do; empty for everything.
    pub only: Vec<String>,
    /// At most so many points, the newest first.
    pub most: Option<usize>,
    /// Old boxes are marked as moved, with a link to the copy.
    pub moves: bool,
}

/// A point that goes on.
struct Going<'s> {
    /// An index into the meetings of the series.
    meeting: usize,
    /// An index into its points.
    point: usize,
    action: &'s Action,
}

/// A note as it is now.
struct Source {
    file: disk::Text,
    note: Note,
    lines: Lines,
}

/// The note with the new meeting, as it is or will be.
struct Page {
    path: NotePath,
    /// As read; `None` for a new note.
    file: Option<disk::Text>,
    text: String,
    key: Key,
    date: NaiveDate,
    /// The meeting was there before.
    is_there: bool,
    /// Blank lines below its own line.
    under: usize,
}

impl Session {
    /// Writes the next meeting of a series.
    pub(super) fn plan_meeting(&self, wanted: &NextMeeting) -> Result<Plan, Error> {
        let notes = self.notes(Select::With(Has::Meeting), &Query::default())?;
        let all = series::all(&notes.refs());
        let series = find_series(&all, &wanted.series)?;
        let date = wanted.date.unwrap_or_else(|| next_date(series, self.today()));
        let actions = action::of(series);
        let (going, left_out) = going(series, &actions, date, wanted);

        let mut sources: BTreeMap<&NotePath, Source> = BTreeMap::new();
        for one in going.iter().filter_map(|one| series.meetings.get(one.meeting)) {
            if !sources.contains_key(one.path) {
                sources.insert(one.path, self.source(one.path)?);
            }
            let now = sources.get(one.path).is_some_and(|source| {
                let meetings = &source.note.meetings;
                let at = meetings.partition_point(|meeting| meeting.line < one.meeting.line);
                meetings.get(at) == Some(one.meeting)
            });
            if !now {
                return Err(Error::Changed { path: one.path.clone(), line: Some(one.meeting.line) });
            }
        }
        let mut page = self.page(series, date)?;
        let form = series.meetings.last().and_then(|newest| dates::style_of(&newest.meeting.written));
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let mut moved: BTreeMap<&NotePath, Vec<Edit>> = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        for one in &going {
            let Some(from) = series.meetings.get(one.meeting) else { continue };
            let Some(source) = sources.get(from.path) else { continue };
            let Some(point) = from.meeting.points.get(one.point) else { continue };
            let mark = carried::mark(&written(form.as_ref(), one.action.raised), one.action.carried + 1);
            let edits = |id: &str| {
                let link = self.link(&page, from, &notes.refs(), id);
                edit::meeting::mark_moved(&source.file.text, &source.note, point, &link)
            };
            let id = wanted.moves.then(|| free_id(&page, self, from, point.line, &mut ids));
            let marks = id.as_deref().map(edits).unwrap_or_default();
            let id = id.filter(|_| !marks.is_empty());
            moved.entry(from.path).or_default().extend(marks);
            let text = &source.file.text;
            let item =
                edit::meeting::copy(text, &source.lines, &source.note, from.meeting, one.point, (&mark, id.as_deref()));
            let above = headings(&source.note, from.meeting.line, point.section);
            let above: Vec<Heading> = above.map(|section| Heading::of(text, &source.lines, section)).collect();
            let same = |group: &&mut Group| {
                let words = |headings: &[Heading]| headings.iter().map(|one| fold(&one.text)).collect::<Vec<_>>();
                words(&group.headings) == words(&above)
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { headings: above, items: vec![item] }),
            }
        }
        for group in &groups {
            let note = page.note(self);
            let edit = edit::meeting::add(&page.text, &note, page.meeting(&note)?, group, page.under);
            page.text = apply_text(&page.text, &[edit]).map_err(Error::edit)?;
        }
        let note = page.note(self);
        let meeting = page.meeting(&note)?;
        check(series, &going, &page, &note, meeting)?;
        if let Some(line) = parse::hidden_since(&page.text, meeting.line) {
            return Err(Error::Unclosed { path: page.path.clone(), line });
        }
        let step = Step::Meeting {
            at: NoteLine { path: page.path.clone(), line: meeting.line },
            date,
            carried: going.len(),
            left_out,
            is_there: page.is_there,
            relative: relative(series).filter(|_| !page.is_there),
        };
        Ok(Plan { files: files(page, moved, sources), steps: vec![step] })
    }

    fn source(&self, path: &NotePath) -> Result<Source, Error> {
        let file = self.text(path)?;
        let note = parse::parse(path, &file.text, &self.parse_options()).note;
        let lines = Lines::new(&file.text);
        Ok(Source { file, note, lines })
    }

    /// The note with the meeting of a day, which is made where it is missing.
    fn page(&self, series: &Series<'_>, date: NaiveDate) -> Result<Page, Error> {
        let no_series = || Error::NoSeries { name: series.name.clone(), near: None };
        let newest = series.meetings.last().ok_or_else(no_series)?;
        let key = Key::of(newest.path, newest.note, newest.meeting);
        if let Some(one) = series.meetings.iter().rfind(|one| one.meeting.date == date) {
            let file = self.text(one.path)?;
            let under = usize::from(one.meeting.extent == Extent::Note || !one.meeting.title.contains('('));
            let text = file.text.clone();
            return Ok(Page { path: one.path.clone(), file: Some(file), text, key, date, is_there: true, under });
        }
        match (newest.meeting.extent, newest.meeting.reason) {
            (Extent::Note, _) => self.new_note(series, newest, key, date),
            (_, Reason::Day) => self.new_part(newest, key, date),
            _ => self.new_entry(series, newest, key, date),
        }
    }

    /// An entry in the note that has the others, in its style and order.
    fn new_entry(
        &self,
        series: &Series<'_>,
        newest: &MeetingRef<'_>,
        key: Key,
        date: NaiveDate,
    ) -> Result<Page, Error> {
        let path = newest.path;
        let file = self.text(path)?;
        let read = |text: &str| {
            let mut note = parse::parse(path, text, &self.parse_options()).note;
            let own: BTreeSet<usize> = series::keys(path, &note)
                .zip(&note.meetings)
                .filter(|(other, _)| *other == key)
                .map(|(_, meeting)| meeting.line)
                .collect();
            note.entries.retain(|entry| own.contains(&entry.line));
            note
        };
        let note = read(&file.text);
        let shared = series
            .meetings
            .iter()
            .rev()
            .nth(1)
            .is_none_or(|other| fold(&other.meeting.name) == fold(&newest.meeting.name));
        let style = journal::meeting_style(&file.text, &note, shared && !newest.meeting.name.is_empty());
        let style = style
            .ok_or_else(|| Error::Edit(format!("{path}: no line of its meetings can be written for another day")))?;
        let order = style.order().unwrap_or(Order::OldestFirst);
        let (edit, _) = journal::add_day(&file.text, &note, date, &style, order, &read);
        let text = apply_text(&file.text, &[edit]).map_err(Error::edit)?;
        let under = style.under().unwrap_or(usize::from(!newest.meeting.title.contains('(')));
        Ok(Page { path: path.clone(), file: Some(file), text, key, date, is_there: false, under })
    }

    /// A note of its own, beside the others.
    fn new_note(&self, series: &Series<'_>, newest: &MeetingRef<'_>, key: Key, date: NaiveDate) -> Result<Page, Error> {
        let old = newest.meeting.date;
        let whole = newest.path.as_str();
        let (folder, name) = whole.rsplit_once('/').map_or(("", whole), |(folder, name)| (folder, name));
        let stem = strip_extension(name);
        let extension = name.get(stem.len()..).unwrap_or(".md");
        let renamed = dates::exchange(stem, old, date).or_else(|| {
            let (written, form) = dates::style_of_name(stem)?;
            Some(stem.replacen(&written, &form.format(date), 1))
        });
        let stem = renamed.unwrap_or_else(|| format!("{date} {stem}"));
        let years = |part: &str| match part {
            part if part == old.format("%Y").to_string() => date.format("%Y").to_string(),
            part if part == old.format("%Y-%m").to_string() => date.format("%Y-%m").to_string(),
            part if part == old.format("%m").to_string() => date.format("%m").to_string(),
            part => part.to_owned(),
        };
        let folder: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(years).collect();
        let path = NotePath::from([folder, vec![format!("{stem}{extension}")]].concat().join("/").as_str());
        if self.notebook.path(&path).symlink_metadata().is_ok() {
            return Err(Error::Edit(format!("{path} is there already, and is no meeting of {}", series.name)));
        }
        let model = self.source(newest.path)?;
        let sibling = series.meetings.iter().rev().nth(1).filter(|one| one.meeting.extent == Extent::Note);
        let sibling_date = sibling.map_or(old, |one| one.meeting.date);
        let sibling = sibling.map(|one| self.source(one.path)).transpose()?;
        let to = |line: &str, day: NaiveDate| dates::exchange(line, old, day).unwrap_or_else(|| line.to_owned());
        let text = edit::meeting::skeleton(
            &model.file.text,
            &model.note,
            sibling.as_ref().map(|sibling| (sibling.file.text.as_str(), &sibling.note)),
            &|line| to(line, date),
            &|line| to(line, sibling_date),
        );
        Ok(Page { path, file: None, text, key, date, is_there: false, under: 1 })
    }

    /// A heading in the journal's day.
    fn new_part(&self, newest: &MeetingRef<'_>, key: Key, date: NaiveDate) -> Result<Page, Error> {
        let name = newest.path.as_str();
        let path = match dates::exchange(newest.path.stem(), newest.meeting.date, date) {
            Some(stem) => NotePath::from(name.replacen(newest.path.stem(), &stem, 1).as_str()),
            None => newest.path.clone(),
        };
        let no_day = || Error::NoDay { path: path.clone(), date };
        let source = self.source(&path).map_err(|_| no_day())?;
        let days = source.note.entries.iter().filter(|entry| entry.precision == Precision::Day);
        let day = days.rev().find(|entry| entry.date == date).ok_or_else(no_day)?;
        let model = self.source(newest.path)?;
        let section = model.note.sections.iter().find(|section| section.line == newest.meeting.line);
        let heading = section.map(|section| Heading::of(&model.file.text, &model.lines, section)).ok_or_else(no_day)?;
        let under = heading.blank;
        let group = Group { headings: vec![heading], items: Vec::new() };
        let around = Meeting {
            line: day.line,
            end_line: day.end_line,
            span: day.span,
            points: Vec::new(),
            ..newest.meeting.clone()
        };
        let edit = edit::meeting::add(&source.file.text, &source.note, &around, &group, 1);
        let text = apply_text(&source.file.text, &[edit]).map_err(Error::edit)?;
        Ok(Page { path, file: Some(source.file), text, key, date, is_there: false, under })
    }

    /// A link to the copy of a point.
    fn link(&self, page: &Page, from: &MeetingRef<'_>, notes: &[NoteRef<'_>], id: &str) -> String {
        if *from.path == page.path {
            return format!("[[#^{id}]]");
        }
        let same = notes.iter().filter(|(path, _)| fold(path.stem()) == fold(page.path.stem()) && **path != page.path);
        let name = if same.count() > 0 { strip_extension(page.path.as_str()) } else { page.path.stem() };
        format!("[[{name}#^{id}]]")
    }
}

impl Page {
    fn note(&self, session: &Session) -> Note {
        parse::parse(&self.path, &self.text, &session.parse_options()).note
    }

    /// The meeting in it.
    fn meeting<'n>(&self, note: &'n Note) -> Result<&'n Meeting, Error> {
        let found = series::keys(&self.path, note).zip(&note.meetings);
        let found = found.filter(|(key, meeting)| *key == self.key && meeting.date == self.date).last();
        found.map(|(_, meeting)| meeting).ok_or_else(|| {
            Error::Edit(format!("{}: a meeting on {} would not be read as one of its series", self.path, self.date))
        })
    }
}

/// The day of the next meeting where nobody says one.
fn next_date(series: &Series<'_>, today: NaiveDate) -> NaiveDate {
    let written = series.newest().filter(|newest| *newest >= today);
    written.or_else(|| series.expected().filter(|expected| *expected >= today)).unwrap_or(today)
}

/// The points that go on, those of the newest meeting first, and how many are left out.
fn going<'s>(
    series: &Series<'_>,
    actions: &'s [Action],
    date: NaiveDate,
    wanted: &NextMeeting,
) -> (Vec<Going<'s>>, usize) {
    let mut found: Vec<Going<'s>> = Vec::new();
    for action in actions.iter().filter(|action| action::is_left(series, action)) {
        let Some((meeting, point)) = action.sightings.last().copied() else { continue };
        let Some((one, own)) = action.last(series) else { continue };
        let is_theirs = || wanted.only.iter().any(|name| is_of(own.owner.as_deref(), name));
        if one.meeting.date < date && (wanted.only.is_empty() || is_theirs()) {
            found.push(Going { meeting, point, action });
        }
    }
    // what stands under a point goes with it
    let taken: BTreeSet<(usize, usize)> = found.iter().map(|one| (one.meeting, one.point)).collect();
    found.retain(|one| {
        let points =
            series.meetings.get(one.meeting).map(|meeting| meeting.meeting.points.as_slice()).unwrap_or_default();
        let mut at = points.get(one.point).and_then(|point| point.parent);
        while let Some(parent) = at {
            if taken.contains(&(one.meeting, parent)) {
                return false;
            }
            at = points.get(parent).and_then(|point| point.parent);
        }
        true
    });
    found.sort_by_key(|one| (std::cmp::Reverse(one.meeting), one.point));
    let all = found.len();
    found.truncate(wanted.most.unwrap_or(usize::MAX));
    let left_out = all - found.len();
    (found, left_out)
}

/// A day as the note writes days, where it can be read again.
fn written(form: Option<&Form>, day: NaiveDate) -> String {
    let own = form.map(|form| form.format(day)).filter(|written| dates::day_of(written) == Some(day));
    own.unwrap_or_else(|| day.to_string())
}

/// A block id for a copy, which no other has.
fn free_id(page: &Page, session: &Session, from: &MeetingRef<'_>, line: usize, ids: &mut BTreeSet<String>) -> String {
    let words = format!("{}{}{line}{}", from.path, from.meeting.date, page.date);
    let id = content_id(&page.path, &crate::model::Task { words, ..crate::model::Task::default() });
    let id = edit::pin::free_id(&page.note(session), &format!("hb-{}", id.get(..6).unwrap_or(&id)));
    let numbered = (2..).map(|n: usize| format!("{id}-{n}"));
    let free = std::iter::once(id.clone()).chain(numbered).find(|id| ids.insert(id.clone()));
    free.unwrap_or(id)
}

/// A meeting of the series that is called the last or next one: its line, and what it says.
fn relative(series: &Series<'_>) -> Option<(NoteLine, String)> {
    let is_relative = |one: &&MeetingRef<'_>| {
        let first = fold(one.meeting.title.split_whitespace().next().unwrap_or(""));
        matches!(
            first.as_str(),
            "last" | "next" | "letzte" | "letztes" | "derniere" | "ultima" | "nachste" | "prochaine" | "proxima"
        )
    };
    let found = series.meetings.iter().rfind(is_relative)?;
    let at = NoteLine { path: found.path.clone(), line: found.meeting.line };
    Some((at, found.meeting.title.clone()))
}

/// Refuses a text in which a point would be missing, stand twice, or not be known again, or in which another meeting changed.
fn check(series: &Series<'_>, going: &[Going<'_>], page: &Page, note: &Note, meeting: &Meeting) -> Result<(), Error> {
    let mut copies: BTreeMap<(&str, NaiveDate), usize> = BTreeMap::new();
    for point in &meeting.points {
        if let Some(carried) = point.carried {
            *copies.entry((point.key.as_str(), carried.from)).or_default() += 1;
        }
    }
    for one in going {
        let Some(from) = series.meetings.get(one.meeting) else { continue };
        let Some(point) = from.meeting.points.get(one.point) else { continue };
        // each takes one: equal words may stand twice in a meeting
        let left = copies.get_mut(&(point.key.as_str(), one.action.raised)).filter(|left| **left > 0);
        if let Some(left) = left {
            *left -= 1;
        } else {
            return Err(Error::Edit(format!(
                "{}:{}: this point cannot be carried over: its copy would not be known again",
                from.path, point.line
            )));
        }
    }
    let Some(file) = &page.file else { return Ok(()) };
    let old = parse::parse(&page.path, &file.text, &parse::Options::default()).note;
    let count = |meetings: &[Meeting]| meetings.iter().filter(|other| other.date != page.date).count();
    if count(&old.meetings) > count(&note.meetings) {
        return Err(Error::Edit(format!("{}: another meeting would not be read any more", page.path)));
    }
    Ok(())
}

/// The new text first, then the old lines.
fn files(
    page: Page,
    mut moved: BTreeMap<&NotePath, Vec<Edit>>,
    sources: BTreeMap<&NotePath, Source>,
) -> Vec<FileChange> {
    let own = moved.remove(&page.path).unwrap_or_default();
    let mut files = vec![match page.file {
        Some(file) => {
            let mut edits: Vec<Edit> = journal::edit_between(&file.text, &page.text).into_iter().collect();
            edits.extend(own);
            FileChange::edit(page.path, file, edits)
        }
        None => FileChange::create(page.path, page.text),
    }];
    for (path, source) in sources {
        if let Some(edits) = moved.remove(path).filter(|edits| !edits.is_empty()) {
            files.push(FileChange::edit(path.clone(), source.file, edits));
        }
    }
    files
}
