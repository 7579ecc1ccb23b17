//! Meetings: which notes, entries and headings are meetings, and their points.
//!
//! A date alone makes no meeting: there must be a word, a folder or front matter that names one, or attendees. Words such as
//! "last" or "next" in a title are ignored. Called by [`crate::parse::parse`] when everything else is known.
//!
//! Over 400 lines because notes, entries and headings are recognized as meetings by the same rules.
//!
//! - `found`, `parts`: where a meeting begins and ends, and which of its sections are parts of a meeting
//! - `bullets`: bullets that name a meeting and its day
//! - `people`: attendees, and which names are known; `names`: how names are told from other words
//! - `owner`: who is to do a point; `marker`: `ACTION Ida: …`; `above`: names above points; `hints`: names that count where
//!   they stand twice
//! - `points`: list items and boxes as points; `marked`: lines that say themselves what they are; `table`: the rows of an action
//!   table; `state`: whether a point is done; `next`: when the next meeting is

mod above;
mod bullets;
mod found;
mod hints;
mod marked;
mod marker;
mod names;
mod next;
mod owner;
mod parts;
mod people;
mod points;
mod series;
mod state;
mod table;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::Entry;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::Precision;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::genre;
use crate::model::goal_words;
use crate::model::meeting::Extent;
use crate::model::meeting::Part;
use crate::model::meeting::Reason;
use crate::model::meeting_words;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::item_tree::ItemTree;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::found::bare_stem;
use crate::parse::meetings::found::without_date;
use crate::parse::plain::plain;
use crate::parse::sections::without_tags;

pub use found::topic;
pub use names::is_name_over;
pub use parts::quoted_part;

/// Upper bound on meetings per note; the text of further ones belongs to none.
const MEETINGS: usize = 10_000;

/// Finds the meetings of a note.
pub(crate) fn read(input: &Input<'_>) -> Vec<Meeting> {
    let mut found = find(input);
    if found.is_empty() {
        return Vec::new();
    }
    found.truncate(MEETINGS);
    let known = people::Known::new(input, &found);
    let tree = ItemTree::new(input.items);
    let mut meetings: Vec<Meeting> = Vec::with_capacity(found.len());
    for (one, attendees) in found.into_iter().zip(known.attendees.clone()) {
        let start = input.lines.start(one.line);
        let span = Span::new(start, input.lines.content(input.text, one.end_line).end.max(start));
        let name = meeting_words::series_name(&found::named(&one.title, &one.written, &|name| known.has(name)));
        let (points, next) = points::read(input, &tree, &one, &known);
        meetings.push(Meeting {
            line: one.line,
            end_line: one.end_line,
            span,
            date: one.date,
            written: one.written,
            title: one.title,
            name,
            series: one.over.unwrap_or_default(),
            extent: one.extent,
            reason: one.reason,
            attendees,
            points,
            next,
        });
    }
    hints::add(&mut meetings, &known);
    owner::settle(&mut meetings, &known);
    series::name_series(input, &mut meetings);
    meetings
}

/// What a note as a whole says about meetings.
struct About {
    front: bool,
    folder: bool,
    /// The file's name, without its date.
    name: bool,
    /// The title, without its date.
    title: bool,
    /// The note is a journal, or its name is just a day.
    is_day: bool,
}

impl About {
    fn of(input: &Input<'_>) -> Self {
        let note = input.note;
        let says =
            |key: &str| note.property(key).is_some_and(|value| value.texts().into_iter().any(meeting_words::is_kind));
        let stem = bare_stem(input.path.stem());
        let title = note.entries.iter().find(|entry| note.title.contains(&entry.written) && !entry.written.is_empty());
        let title = title.map_or_else(|| note.title.clone(), |entry| without_date(&note.title, &entry.written));
        let is_dated = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        Self {
            front: meeting_words::KIND_KEYS.into_iter().any(says)
                || (note.property("date").is_some()
                    && note.property("attendees").is_some_and(|value| {
                        value.texts().into_iter().any(|name| name.chars().any(char::is_alphabetic))
                    })),
            folder: input.path.folder().split('/').any(meeting_words::is_meeting_folder),
            name: meeting_words::is_called_meeting(&stem, true) || meeting_words::is_meeting_folder(&stem),
            title: meeting_words::is_called_meeting(&title, true)
                || (!is_dated(&title) && meeting_words::is_meeting_folder(&title)),
            is_day: is_nothing(&stem) || genre::is_journal_heading(&stem),
        }
    }

    fn is_meeting(&self) -> bool {
        self.front || self.folder || self.name || self.title
    }

    fn reason(&self) -> Reason {
        match self {
            Self { front: true, .. } => Reason::FrontMatter,
            Self { name: true, .. } => Reason::FileName,
            Self { title: true, .. } => Reason::Heading,
            _ => Reason::Folder,
        }
    }
}

fn is_nothing(text: &str) -> bool {
    meeting_words::series_name(text).chars().all(|c| !c.is_alphabetic())
}

fn find(input: &Input<'_>) -> Vec<Found> {
    let note = input.note;
    let in_templates = input.path.as_str().split('/').any(|part| {
        matches!(fold(part).trim_matches(['_', '.']), "templates" | "template" | "vorlagen" | "modeles" | "plantillas")
    });
    if in_templates || is_template(input) {
        return Vec::new();
    }
    if note.entries.is_empty() {
        return bullets::add(input, Vec::new());
    }
    let about = About::of(input);
    let whole = whole_entry(input);
    let inner: Vec<&Entry> = note
        .entries
        .iter()
        .enumerate()
        .filter(|(index, entry)| Some(*index) != whole && entry.precision == Precision::Day)
        // what is quoted took place elsewhere
        .filter(|(_, entry)| !is_quoted(input, entry.line))
        // the date of the whole note is not on any line
        .filter(|(_, entry)| line_words(input, entry.line).contains(&entry.written) || is_bullet(input, entry))
        .map(|(_, entry)| entry)
        // a day under `Next meeting` announces that meeting
        .filter(|entry| !is_announcement(input, entry))
        .collect();
    let listed = inner.iter().filter(|entry| !is_bullet(input, entry) && own_part(input, entry).is_none()).count();
    let whole_note = whole.and_then(|whole| note.entries.get(whole)).filter(|entry| !is_quoted(input, entry.line));
    if let Some(entry) = whole_note.filter(|_| listed < 2) {
        let parts = || has_parts(input, entry.line, entry.end_line);
        let reason = if about.is_meeting() { Some(about.reason()) } else { parts().then_some(Reason::Parts) };
        if let Some(reason) = reason {
            let mut all = vec![of_note(input, entry, reason)];
            take_topics(input, &mut all);
            return all;
        }
    }
    // the day in the front matter of a meeting is preferred over a week or quarter in its title
    if let Some(date) = front_day(input).filter(|_| about.front && whole.is_none() && listed == 0) {
        return vec![of_day(input, date)];
    }
    let mut found = entries(input, &about, &inner);
    take_topics(input, &mut found);
    let taken = found.len();
    days(input, &about, whole, &mut found);
    if found.len() > taken {
        found.sort_by_key(|one| (one.line, std::cmp::Reverse(one.end_line)));
    }
    for entry in note.entries.iter().filter(|entry| is_announcement(input, entry)) {
        let is_blank = |line: usize| input.lines.content(input.text, line).of(input.text).trim().is_empty();
        let before = found.partition_point(|one| one.line < entry.line).checked_sub(1);
        if let Some(one) =
            before.and_then(|at| found.get_mut(at)).filter(|one| (one.end_line + 1..entry.line).all(is_blank))
        {
            one.end_line = one.end_line.max(entry.end_line);
        }
    }
    bullets::add(input, found)
}

/// True for a note that is a template, wherever it stands: its name, title or front matter have blanks that a program fills in.
fn is_template(input: &Input<'_>) -> bool {
    let has_blank = |text: &str| {
        let opened = text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"));
        opened || text.split_once("<%").is_some_and(|(_, rest)| rest.contains("%>"))
    };
    let front = input.text.get(..input.note.body_start).unwrap_or("");
    [input.path.as_str(), input.note.title.as_str(), front].into_iter().any(has_blank)
}

/// Labels of topics below a meeting that begins with a label line belong to it, up to the next dated line, the next heading, and
/// the first label that is no topic.
fn take_topics(input: &Input<'_>, found: &mut [Found]) {
    let sections = &input.note.sections;
    for one in found {
        let at = sections.partition_point(|section| section.line <= one.line);
        let own = at.checked_sub(1).and_then(|own| sections.get(own));
        let Some(own) = own.filter(|own| own.line == one.line && own.kind == SectionKind::Soft) else { continue };
        let is_bold = is_bold(input, own);
        let entries = &input.note.entries;
        let next = entries.get(entries.partition_point(|entry| entry.line <= one.end_line)).map(|entry| entry.line);
        let last = one.end_line;
        for section in sections.iter().skip(at).skip_while(|section| section.line <= last) {
            let is_free = next.is_none_or(|next| section.line < next);
            if !is_free || section.kind != SectionKind::Soft || !is_topic(input, section, is_bold) {
                break;
            }
            // of a label with labels under it, its own text
            let end = input.lines.line(section.span.end.saturating_sub(1)).min(section.end_line);
            let end = next.map_or(end, |next| end.min(next - 1));
            let is_blank = |line: &usize| input.lines.content(input.text, *line).of(input.text).trim().is_empty();
            one.end_line = (section.line..=end).rev().find(|line| !is_blank(line)).unwrap_or(end).max(one.end_line);
        }
    }
}

/// A label that names a topic or part of the meeting above it: `Budget:`, `TOP 1: Kasse`, `**Budget**`. Goals, praise and
/// days do not.
fn is_topic(input: &Input<'_>, section: &Section, bold: bool) -> bool {
    if meeting_words::part(&section.text).is_some() {
        return true;
    }
    let content = input.lines.content(input.text, section.line);
    let words = content.of(input.text).trim().trim_matches(['*', '_', ' ']);
    let bare = words.split(':').next().unwrap_or(words).trim_matches(['*', '_', ' ']);
    let is_other = goal_words::praise_label(bare).is_some()
        || goal_words::is_goals(bare)
        || dates::is_date_line(bare)
        || meeting_words::is_called_meeting(bare, false);
    let is_numbered =
        fold(bare).strip_prefix("top ").is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    !is_other && (words.ends_with(':') || is_numbered || (!bold && is_bold(input, section)))
}

/// `**Budget**`
fn is_bold(input: &Input<'_>, section: &Section) -> bool {
    let words = input.lines.content(input.text, section.line).of(input.text).trim().trim_end_matches(':');
    ["**", "__"].iter().any(|mark| words.len() > 4 && words.starts_with(mark) && words.ends_with(mark))
}

/// True for the day of the next meeting: a line that consists of a date, right below a label such as `Next meeting`.
fn is_announcement(input: &Input<'_>, entry: &Entry) -> bool {
    let sections = &input.note.sections;
    let at = sections.partition_point(|section| section.line < entry.line);
    let is_own =
        sections.get(at).is_some_and(|section| section.line == entry.line && section.kind == SectionKind::Soft);
    let above = at.checked_sub(1).and_then(|at| sections.get(at)).filter(|_| is_own);
    above.is_some_and(|above| {
        let first = input.lines.line(above.heading_span.end.saturating_sub(1)) + 1;
        let is_blank = |line: usize| input.lines.content(input.text, line).of(input.text).trim().is_empty();
        meeting_words::part(&above.text) == Some(Part::NextMeeting) && (first..entry.line).all(is_blank)
    })
}

/// The entry that is the whole note, as an index.
fn whole_entry(input: &Input<'_>) -> Option<usize> {
    let note = input.note;
    let last = note.entries.iter().map(|entry| entry.end_line).max()?;
    let opening = note.opening.and_then(|opening| note.sections.get(opening)).map(|section| section.line);
    note.entries.iter().position(|entry| {
        let begins = entry.line == 1 || Some(entry.line) == opening;
        let from_file = entry.span.start < note.body_start || Some(entry.line) != opening;
        // a note that was merely begun on a day is not a meeting on that day
        let is_told = !from_file
            || dates::of_path(input.path).is_some_and(|(_, is_day)| is_day)
            || note.property("date").is_some()
            || note.title.bytes().any(|byte| byte.is_ascii_digit());
        let goes_on = entry.end_line == last && entry.parent.is_none();
        begins && goes_on && is_told && entry.precision == Precision::Day && !is_bullet(input, entry)
    })
}

/// The day in the front matter, if the title names a longer period.
fn front_day(input: &Input<'_>) -> Option<NaiveDate> {
    let note = input.note;
    let value = note.property("date").and_then(|value| value.texts().into_iter().next())?;
    let is_long = note.entries.iter().any(|entry| entry.precision != Precision::Day && entry.parent.is_none());
    dates::whole_day_in(value).filter(|_| is_long)
}

/// The meeting that is a whole note, on a day that none of its lines names.
fn of_day(input: &Input<'_>, date: NaiveDate) -> Found {
    let note = input.note;
    let opening = note.opening.and_then(|opening| note.sections.get(opening));
    let line = opening.map_or(input.lines.line(note.body_start.min(input.text.len())), |section| section.line);
    let end_line = note.entries.iter().map(|entry| entry.end_line).max().unwrap_or(line).max(line);
    let title = shown(&note.title);
    Found {
        line,
        end_line,
        date,
        written: String::new(),
        title,
        extent: Extent::Note,
        reason: Reason::FrontMatter,
        over: None,
    }
}

fn of_note(input: &Input<'_>, entry: &Entry, reason: Reason) -> Found {
    let note = input.note;
    let body = input.lines.line(note.body_start.min(input.text.len()));
    let opening = note.opening.and_then(|opening| note.sections.get(opening));
    let line = opening.map_or(body, |section| section.line);
    let stem = input.path.stem();
    // the series takes the file's name, which its siblings share; a title may be more specific
    let bare = bare_stem(stem);
    let title = if note.title == stem { bare.clone() } else { shown(&note.title) };
    let title = title.trim_matches(|c: char| c.is_whitespace() || "-_".contains(c)).to_owned();
    let title = if title.is_empty() { stem.to_owned() } else { title };
    let written =
        if entry.line == line && title.contains(&entry.written) { entry.written.clone() } else { String::new() };
    let end_line = entry.end_line.max(line);
    Found { line, end_line, date: entry.date, written, title, extent: Extent::Note, reason, over: None }
}

/// Dated entries that are meetings.
fn entries(input: &Input<'_>, about: &About, inner: &[&Entry]) -> Vec<Found> {
    let bullets_only = inner.iter().all(|entry| is_bullet(input, entry));
    let mut found: Vec<Found> = Vec::new();
    for entry in inner {
        let within = found.last().is_some_and(|last| entry.line <= last.end_line);
        let bullet = is_bullet(input, entry);
        if within || (bullet && !(bullets_only && about.is_meeting())) {
            continue;
        }
        let title = line_words(input, entry.line);
        let beside = without_date(&title, &entry.written);
        if meeting_words::is_off(&beside) || is_off_below(input, entry) {
            continue;
        }
        let over = heading_over(input, entry);
        let reason = if !bullet && meeting_words::is_called_meeting(&beside, true) {
            Reason::Heading
        } else if about.front {
            Reason::FrontMatter
        } else if about.name || about.title {
            Reason::Note
        } else if about.folder && !about.is_day {
            Reason::Folder
        } else if !bullet && over.is_some() {
            Reason::Heading
        } else if !bullet && has_parts(input, entry.line, entry.end_line) {
            Reason::Parts
        } else {
            continue;
        };
        let extent = if about.is_meeting() { Extent::Entry } else { Extent::Part };
        let is_unnamed = !meeting_words::is_called_meeting(&beside, true);
        found.push(Found {
            line: entry.line,
            end_line: entry.end_line,
            date: entry.date,
            written: entry.written.clone(),
            title,
            extent,
            reason,
            over: over.filter(|_| extent == Extent::Part && is_unnamed),
        });
    }
    found
}

/// The heading over a day that names meetings: `## Meetings`, `## Sync with Jo`; not the title of the note.
fn heading_over(input: &Input<'_>, entry: &Entry) -> Option<String> {
    let sections = &input.note.sections;
    let own = sections.binary_search_by_key(&entry.line, |section| section.line).ok()?;
    let parent = sections.get(own)?.parent.filter(|parent| Some(*parent) != input.note.opening)?;
    let above = sections.get(parent).filter(|above| above.kind == SectionKind::Heading)?;
    let is_dated = input.note.entries.iter().any(|entry| entry.line == above.line);
    let is_ahead = meeting_words::part(&above.text) == Some(Part::NextMeeting);
    let is_named = meeting_words::is_called_meeting(&above.text, true) || meeting_words::is_meeting_folder(&above.text);
    (is_named && !is_dated && !is_ahead).then(|| shown(&above.text))
}

/// True if the only thing below a day is that there was no meeting.
fn is_off_below(input: &Input<'_>, entry: &Entry) -> bool {
    let lines = (entry.line + 1..=entry.end_line).map(|line| line_words(input, line));
    let mut below = lines.filter(|words| !words.trim().is_empty()).take(2);
    below.next().is_some_and(|words| meeting_words::is_off(&words)) && below.next().is_none()
}

/// Headings of a journal's days that name a meeting.
fn days(input: &Input<'_>, about: &About, whole: Option<usize>, found: &mut Vec<Found>) {
    let note = input.note;
    let dated: BTreeSet<usize> = note.entries.iter().map(|entry| entry.line).collect();
    let taken: Vec<(usize, usize)> = found.iter().map(|one| (one.line, one.end_line)).collect();
    let is_taken = |line: usize| {
        let at = taken.partition_point(|(start, _)| *start <= line).checked_sub(1);
        at.and_then(|at| taken.get(at)).is_some_and(|(_, end)| line <= *end)
    };
    let mut last = 0;
    for (index, section) in note.sections.iter().enumerate() {
        let is_other = dated.contains(&section.line) || is_taken(section.line) || is_quoted(input, section.line);
        if section.line <= last || is_other {
            continue;
        }
        if meeting_words::part(&section.text).is_some() || !meeting_words::is_called_meeting(&section.text, false) {
            continue;
        }
        let Some(at) = note.entry_index_at(section.line) else { continue };
        let Some(entry) = note.entries.get(at).filter(|entry| entry.precision == Precision::Day) else { continue };
        let is_day = if Some(at) == whole || entry.span.start < note.body_start {
            about.is_day
        } else {
            let beside = without_date(&line_words(input, entry.line), &entry.written);
            is_nothing(&beside) || genre::is_journal_heading(&beside)
        };
        if !is_day {
            continue;
        }
        let end_line = end_of(note, index, section).min(entry.end_line).max(section.line);
        last = end_line;
        found.push(Found {
            line: section.line,
            end_line,
            date: entry.date,
            written: String::new(),
            title: shown(&section.text),
            extent: Extent::Part,
            reason: Reason::Day,
            over: None,
        });
    }
}

/// The last line of a heading's section, or of a label's text with the parts of a meeting after it.
fn end_of(note: &Note, index: usize, section: &Section) -> usize {
    if section.kind == SectionKind::Heading {
        return section.end_line;
    }
    let behind = note.sections.iter().skip(index + 1);
    let next = behind.take_while(|next| meeting_words::part(&next.text).is_some() && next.kind == SectionKind::Soft);
    next.last().map_or(section.end_line, |last| last.end_line)
}

fn is_bullet(input: &Input<'_>, entry: &Entry) -> bool {
    let at = input.items.partition_point(|item| item.line < entry.line);
    // the day in the file's name is on no line, even if the note begins with a list
    let of_file = dates::of_path(input.path).is_some_and(|(day, _)| day == entry.date)
        && !line_words(input, entry.line).contains(&entry.written);
    !of_file
        && entry.span.start >= input.note.body_start
        && input.items.get(at).is_some_and(|item| item.line == entry.line)
}

fn is_quoted(input: &Input<'_>, line: usize) -> bool {
    input.lines.content(input.text, line).of(input.text).trim_start().starts_with('>')
}

/// The part of a meeting that an entry's line names: `Next meeting (2023-11-15)`.
fn own_part(input: &Input<'_>, entry: &Entry) -> Option<Part> {
    meeting_words::part(&without_date(&line_words(input, entry.line), &entry.written))
}

/// The words of a heading or label line, or of a list item.
fn line_words(input: &Input<'_>, line: usize) -> String {
    let at = input.note.sections.partition_point(|section| section.line < line);
    if let Some(section) = input.note.sections.get(at).filter(|section| section.line == line) {
        return without_tags(&shown(&section.text)).to_owned();
    }
    let content = input.lines.content(input.text, line);
    let at = input.items.partition_point(|item| item.line < line);
    let start = input.items.get(at).filter(|item| item.line == line).map_or(content.start, |item| item.text_start);
    plain(Span::new(start.min(content.end), content.end).of(input.text))
}

/// The words of a heading, with the names of links in place of the links.
fn shown(text: &str) -> String {
    if text.contains(['[', '`', '*']) { plain(text) } else { text.to_owned() }
}

/// True for lines with attendees and at least one other part of a meeting.
fn has_parts(input: &Input<'_>, line: usize, end_line: usize) -> bool {
    let note = input.note;
    let from = note.sections.partition_point(|section| section.line <= line);
    let sections = note.sections.iter().skip(from).take_while(|section| section.line <= end_line);
    let (mut people, mut others) = (false, false);
    for section in sections {
        match meeting_words::part(&section.text) {
            Some(part) if part.has_people() => people |= !matches!(fold(&section.text).as_str(), "who" | "people"),
            Some(Part::Agenda | Part::Decisions | Part::Actions | Part::NextMeeting | Part::Agreed) => others = true,
            _ => {}
        }
    }
    others && (people || people::is_attended(input, line, end_line))
}
