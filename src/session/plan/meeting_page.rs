//! The note with the next meeting of a series: an entry among the others, a note beside them, or a heading in a journal's day.
//!
//! What goes on in it is worked out by `plan::meeting`.

mod names;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::disk;
use crate::edit;
use crate::edit::journal;
use crate::edit::journal::Order;
use crate::edit::meeting::Group;
use crate::edit::meeting::Heading;
use crate::edit::meeting::count_on;
use crate::edit::splice::apply_text;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::PrivateReason;
use crate::model::SectionKind;
use crate::model::meeting::Extent;
use crate::model::meeting::Reason;
use crate::model::path::strip_extension;
use crate::model::words::fold;
use crate::parse;
use crate::parse::dates;
use crate::report::series;
use crate::report::series::Key;
use crate::report::series::MeetingRef;
use crate::report::series::Series;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::meeting_page::names::day_exchanged;
use crate::session::plan::meeting_page::names::day_path;
use crate::session::plan::meeting_page::names::is_of_month;
use crate::session::plan::meeting_page::names::period;

/// A note as it is now.
pub(super) struct Source {
    pub(super) file: disk::Text,
    pub(super) note: Note,
    pub(super) lines: Lines,
    /// The lines that it keeps from others; worked out once.
    kept: OnceCell<Vec<(usize, usize)>>,
}

impl Source {
    /// True for a line that the note keeps from others.
    pub(super) fn keeps(&self, line: usize) -> bool {
        let kept = self.kept.get_or_init(|| match self.note.privacy.private {
            None | Some(PrivateReason::Tag) => parse::private_lines(&self.file.text, &self.note),
            Some(_) => vec![(1, usize::MAX)],
        });
        kept.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }
}

/// True for a note that keeps all that it holds from others.
pub(super) fn is_private(text: &str, note: &Note) -> bool {
    match note.privacy.private {
        None => false,
        Some(PrivateReason::Tag) => parse::is_all(&parse::private_lines(text, note)),
        Some(_) => true,
    }
}

/// The note with the new meeting, as it is or will be.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) path: NotePath,
    /// As read; `None` for a new note.
    pub(super) file: Option<disk::Text>,
    pub(super) text: String,
    pub(super) key: Key,
    pub(super) date: NaiveDate,
    /// The meeting was there before.
    pub(super) is_there: bool,
    /// Blank lines below its own line.
    pub(super) under: usize,
    /// A new note begins with a byte-order mark, as the others do.
    pub(super) marked: bool,
}

impl Session {
    pub(super) fn source(&self, path: &NotePath) -> Result<Source, Error> {
        let file = self.text(path)?;
        let note = parse::parse(path, &file.text, &self.parse_options()).note;
        let lines = Lines::new(&file.text);
        Ok(Source { file, note, lines, kept: OnceCell::new() })
    }

    /// The note with the meeting of a day, which is made where it is missing.
    pub(super) fn page(&self, series: &Series<'_>, date: NaiveDate) -> Result<Page, Error> {
        let no_series = || Error::NoSeries { name: series.name.clone(), near: None };
        let newest = series.meetings.last().ok_or_else(no_series)?;
        let key = Key::of(newest.path, newest.note, newest.meeting);
        if let Some(one) = series.meetings.iter().rfind(|one| one.meeting.date == date) {
            let file = self.text(one.path)?;
            let under = usize::from(one.meeting.extent == Extent::Note || !one.meeting.title.contains('('));
            let text = file.text.clone();
            return Ok(Page {
                path: one.path.clone(),
                file: Some(file),
                text,
                key,
                date,
                is_there: true,
                under,
                marked: false,
            });
        }
        match (newest.meeting.extent, newest.meeting.reason) {
            (Extent::Note, _) => self.new_note(series, newest, key, date),
            (_, Reason::Day) => self.new_part(series, newest, key, date),
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
            // topics below a label line belong to its meeting
            for entry in &mut note.entries {
                let meeting = note.meetings.iter().find(|meeting| meeting.line == entry.line);
                entry.end_line = meeting.map_or(entry.end_line, |meeting| meeting.end_line.max(entry.end_line));
            }
            note
        };
        let note = read(&file.text);
        is_as_listed(series, path, &key, &note)?;
        let shared = series
            .meetings
            .iter()
            .rev()
            .nth(1)
            .is_none_or(|other| fold(&other.meeting.name) == fold(&newest.meeting.name));
        let style = journal::meeting_style(&file.text, &note, shared && !newest.meeting.name.is_empty());
        let style = style
            .ok_or_else(|| Error::Edit(format!("{path}: no line of its meetings can be written for another day")))?;
        let before = series.meetings.iter().rev().nth(1).map(|other| other.meeting.title.as_str());
        let style = style.counted(&|words| count_on(words, before, (newest.meeting.date, date)));
        let style = match own_topic(series) {
            Some(topic) => style.without(topic),
            None => style,
        };
        let order = style.order().unwrap_or(Order::OldestFirst);
        let (edit, line) = journal::add_day(&file.text, &note, date, &style, order, &read);
        let text = apply_text(&file.text, &[edit]).map_err(Error::edit)?;
        is_shown(path, &text, line)?;
        let under = style.under().unwrap_or(usize::from(!newest.meeting.title.contains('(')));
        Ok(Page { path: path.clone(), file: Some(file), text, key, date, is_there: false, under, marked: false })
    }

    /// A note of its own, beside the others.
    fn new_note(&self, series: &Series<'_>, newest: &MeetingRef<'_>, key: Key, date: NaiveDate) -> Result<Page, Error> {
        let old = newest.meeting.date;
        let whole = newest.path.as_str();
        let (folder, name) = whole.rsplit_once('/').map_or(("", whole), |(folder, name)| (folder, name));
        let stem = strip_extension(name);
        let extension = name.get(stem.len()..).unwrap_or(".md");
        let before = series.meetings.iter().rev().nth(1).filter(|one| one.meeting.extent == Extent::Note);
        let folders = || folder.split('/').filter(|part| !part.is_empty());
        let of_month =
            |stem| folders().any(|part| is_of_month(part, old)).then(|| day_exchanged(stem, old, date)).flatten();
        let renamed = dates::exchange(stem, old, date).or_else(|| of_month(stem)).or_else(|| {
            let (written, form) = dates::style_of_name(stem)?;
            Some(stem.replacen(&written, &form.format(date), 1))
        });
        let counted = |words: &str, before: Option<&str>| count_on(words, before, (old, date));
        let stem = match renamed {
            Some(stem) => counted(&stem, before.map(|one| one.path.stem())),
            // a number tells the notes apart where no date does
            None => {
                let counted = counted(stem, before.map(|one| one.path.stem()));
                if counted == *stem { format!("{date} {stem}") } else { counted }
            }
        };
        let folder: Vec<String> = folders().map(|part| period(part, old, date)).collect();
        let path = NotePath::from_escaped([folder, vec![format!("{stem}{extension}")]].concat().join("/"));
        if self.notebook.path(&path).symlink_metadata().is_ok() {
            return Err(Error::Edit(format!("{path} already exists, and is not a meeting of {}", series.name)));
        }
        let model = self.source(newest.path)?;
        let sibling_date = before.map_or(old, |one| one.meeting.date);
        let sibling = before.map(|one| self.source(one.path)).transpose()?;
        let to = |line: &str, day: NaiveDate| dates::exchange(line, old, day).unwrap_or_else(|| line.to_owned());
        // only what says which meeting it is counts on: the title, and a number of its own
        let title = newest.meeting.title.as_str();
        let titled = |line: &str| {
            let is_number =
                line.split_once(':').is_some_and(|(key, _)| matches!(fold(key).as_str(), "number" | "no" | "nr"));
            if is_number {
                count_on(&line.replacen(':', ": #", 1), None, (old, date)).replacen(": #", ":", 1)
            } else if !title.is_empty() && (line.contains(title) || parse::plain(line).contains(title)) {
                let topic = before.and_then(|_| own_topic(series)).unwrap_or("");
                counted(&line.replacen(topic, "", 1), before.map(|one| one.meeting.title.as_str()))
            } else {
                line.to_owned()
            }
        };
        let text = edit::meeting::skeleton(
            &model.file.text,
            &model.note,
            sibling.as_ref().map(|sibling| (sibling.file.text.as_str(), &sibling.note)),
            &|line| titled(&to(line, date)),
            &|line| to(line, sibling_date),
        );
        let marked = model.file.encoding == disk::Encoding::Utf8Bom;
        Ok(Page { path, file: None, text, key, date, is_there: false, under: 1, marked })
    }

    /// A heading in the journal's day, which is made if missing.
    fn new_part(&self, series: &Series<'_>, newest: &MeetingRef<'_>, key: Key, date: NaiveDate) -> Result<Page, Error> {
        let path = day_path(newest.path, newest.meeting.date, date);
        let no_day = || Error::NoDay { path: path.clone(), date };
        let is_missing = self.notebook.path(&path).symlink_metadata().is_err();
        let file = if is_missing { None } else { Some(self.text(&path)?) };
        let read = |text: &str| parse::parse(&path, text, &self.parse_options()).note;
        let day_of = |note: &Note| {
            let days = note.entries.iter().filter(|entry| entry.precision == Precision::Day);
            days.rev().find(|entry| entry.date == date).cloned()
        };
        let mut text = file.as_ref().map(|file| file.text.clone()).unwrap_or_default();
        let mut note = read(&text);
        if !is_missing {
            is_as_listed(series, &path, &key, &note)?;
        }
        if day_of(&note).is_none() || is_missing {
            text = self.with_day(newest, &path, text, date)?.ok_or_else(no_day)?;
            note = read(&text);
        }
        let day = day_of(&note).ok_or_else(no_day)?;
        let model = self.source(newest.path)?;
        let section = model.note.sections.iter().find(|section| section.line == newest.meeting.line);
        let heading = section.map(|section| Heading::of(&model.file.text, &model.lines, section)).ok_or_else(no_day)?;
        let under = heading.blank;
        // what is carried over brings its own blank lines
        let group = Group { headings: vec![Heading { blank: 0, ..heading }], ..Group::default() };
        let around = Meeting {
            line: day.line,
            end_line: day.end_line,
            span: day.span,
            points: Vec::new(),
            ..newest.meeting.clone()
        };
        let edit = edit::meeting::add(&text, &note, &around, &group, 1);
        let line = Lines::new(&text).line(edit.start);
        let text = apply_text(&text, &[edit]).map_err(Error::edit)?;
        is_shown(&path, &text, line)?;
        Ok(Page { path, file, text, key, date, is_there: false, under, marked: false })
    }

    /// The text of a journal's note with a day that it lacks, in the way of `journal today`, else of the journal's other days.
    fn with_day(
        &self,
        newest: &MeetingRef<'_>,
        path: &NotePath,
        text: String,
        date: NaiveDate,
    ) -> Result<Option<String>, Error> {
        if date == self.today()
            && let (today, text) = self.todays_page()?
            && today == *path
        {
            return Ok(Some(text));
        }
        if *path != *newest.path {
            // a note of a day that is there has no other days
            if !text.is_empty() {
                return Ok(None);
            }
            let model = self.source(newest.path)?;
            let renamed = |line: &str| dates::exchange(line, newest.meeting.date, date);
            let end = model.lines.count() + 1;
            return Ok(Some(journal::day_file(&model.file.text, &model.note, end, None, &|_| None, &renamed)));
        }
        let read = |text: &str| parse::parse(path, text, &self.parse_options()).note;
        let note = read(&text);
        let Some(style) = journal::style(&text, &note) else { return Ok(None) };
        let order = style.order().unwrap_or(Order::OldestFirst);
        let (edit, _) = journal::add_day(&text, &note, date, &style, order, &read);
        Ok(Some(apply_text(&text, &[edit]).map_err(Error::edit)?))
    }
}

/// What the newest meeting alone was about, as its title says it.
fn own_topic<'a>(series: &Series<'a>) -> Option<&'a str> {
    let of = |one: &MeetingRef<'a>| parse::meeting_topic(&one.meeting.title, &one.meeting.written);
    let mut newest = series.meetings.iter().rev();
    let topic = of(newest.next()?)?;
    newest.next().is_none_or(|other| of(other).is_none_or(|other| fold(other) != fold(topic))).then_some(topic)
}

impl Page {
    pub(super) fn note(&self, session: &Session) -> Note {
        parse::parse(&self.path, &self.text, &session.parse_options()).note
    }

    /// Adds a group of points to the meeting.
    pub(super) fn add(&mut self, session: &Session, group: &Group) -> Result<(), Error> {
        let note = self.note(session);
        let edit = edit::meeting::add(&self.text, &note, self.meeting(&note)?, group, self.under);
        self.text = apply_text(&self.text, &[edit]).map_err(Error::edit)?;
        Ok(())
    }

    /// A part of the meeting that it does not have yet, in the way of its other parts.
    pub(super) fn part(&self, note: &Note, meeting: &Meeting, name: &str, items: Vec<Vec<String>>) -> Group {
        let at = note.sections.iter().find(|section| section.line == meeting.line);
        let inner = note.sections.iter().find(|one| one.line > meeting.line && one.line <= meeting.end_line);
        let level = match (inner, at) {
            (Some(inner), _) if inner.kind == SectionKind::Heading => Some(inner.level),
            (None, Some(at)) if at.kind == SectionKind::Heading => Some(at.level + 1),
            (None, None) if meeting.extent == Extent::Note => Some(2),
            _ => None,
        };
        let mut group = Group { items, ..Group::default() };
        match (level, inner.or(at)) {
            (Some(level), _) => {
                let line = format!("{} {name}", "#".repeat(level.min(6).into()));
                group.headings.push(Heading { text: name.to_owned(), lines: vec![line], blank: 1 });
            }
            // a label as the others are: `**Agenda**`, `Agenda:`
            (None, Some(_)) => {
                let lines = Lines::new(&self.text);
                let model = inner.map(|inner| Heading::of(&self.text, &lines, inner)).unwrap_or_default();
                let written = model.lines.first().filter(|line| line.contains(&model.text));
                let line = written.map_or_else(|| name.to_owned(), |line| line.replacen(&model.text, name, 1));
                group.headings.push(Heading { text: name.to_owned(), lines: vec![line], blank: model.blank });
            }
            // the meeting is a bullet
            (None, None) => group.bullets.push(format!("- {name}")),
        }
        group
    }

    /// The meeting in it.
    pub(super) fn meeting<'n>(&self, note: &'n Note) -> Result<&'n Meeting, Error> {
        let found = series::keys(&self.path, note).zip(&note.meetings);
        let found = found.filter(|(key, meeting)| *key == self.key && meeting.date == self.date).last();
        found.map(|(_, meeting)| meeting).ok_or_else(|| {
            Error::Edit(format!("{}: a meeting on {} would not be read as one of its series", self.path, self.date))
        })
    }
}

/// Refuses a place that is hidden by code or a comment which nothing closes.
fn is_shown(path: &NotePath, text: &str, line: usize) -> Result<(), Error> {
    match parse::hidden_since(text, line) {
        Some(line) => Err(Error::Unclosed { path: path.clone(), line }),
        None => Ok(()),
    }
}

/// Refuses a note with other meetings of the series than the index knows: somebody else may just have written this one.
fn is_as_listed(series: &Series<'_>, path: &NotePath, key: &Key, note: &Note) -> Result<(), Error> {
    let mut listed: Vec<NaiveDate> =
        series.meetings.iter().filter(|one| one.path == path).map(|one| one.meeting.date).collect();
    let now = series::keys(path, note).zip(&note.meetings).filter(|(other, _)| other == key);
    let mut now: Vec<NaiveDate> = now.map(|(_, meeting)| meeting.date).collect();
    listed.sort_unstable();
    now.sort_unstable();
    if listed == now { Ok(()) } else { Err(Error::Changed { path: path.clone(), line: None }) }
}
