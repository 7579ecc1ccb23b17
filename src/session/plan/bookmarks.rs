//! Bookmarks of other programs into a reading note.

use std::collections::HashSet;

use crate::disk::FileChange;
use crate::disk::Text;
use crate::edit::splice::apply_text;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::ReadingState;
use crate::model::Section;
use crate::model::bookmark::Bookmark;
use crate::model::web_address;
use crate::parse;
use crate::query::Query;
use crate::report::anchor::find_heading;
use crate::report::bookmark_files;
use crate::report::reading::ReadingItem;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::add::Destination;
use crate::session::plan::add::is_path;

/// Bookmarks that one note takes, and bytes: larger notes would not be read, or not as a whole.
const MOST: usize = 10_000;
const MOST_BYTES: usize = 4 << 20;

/// The heading for bookmarks without a folder, in a note that has other headings.
const LOOSE: &str = "Bookmarks";

/// A note with its text.
type There = (NotePath, Text, Note);

impl Session {
    pub(super) fn plan_bookmarks(&self, to: Option<&Destination>, bookmarks: &[Bookmark]) -> Result<Plan, Error> {
        // what is only named somewhere is not known yet, but in a reading note every link is kept
        let notes = self.notes(Select::All, &Query::default())?;
        let is_kept = |item: &ReadingItem| {
            let mut paths = item.sightings.iter().map(|sighting| &sighting.path);
            let is_list =
                |path| notes.at(path).is_some_and(|record| record.parsed.note.kind.as_deref() == Some("reading"));
            item.state != ReadingState::Reference || paths.any(is_list)
        };
        let known: HashSet<String> = self
            .reading_items(&Query::default())?
            .into_iter()
            .filter(is_kept)
            .flat_map(|item| {
                item.sightings.into_iter().map(|sighting| web_address::key(&sighting.url)).chain([item.key])
            })
            .collect();
        let (mut already, mut twice) = (0, 0);
        let mut seen = HashSet::new();
        let mut fresh: Vec<&Bookmark> = Vec::new();
        for bookmark in bookmarks {
            let key = web_address::key(&bookmark.url);
            if known.contains(&key) {
                already += 1;
            } else if seen.insert(key) {
                fresh.push(bookmark);
            } else {
                twice += 1;
            }
        }
        let path = self.reading_note(to)?;
        let there = path.map(|path| self.there(path)).transpose()?;
        let under = match (&there, to.and_then(|to| to.heading.as_ref())) {
            (Some((path, _, note)), Some(heading)) => {
                let none = || Error::NoHeading { path: path.clone(), heading: heading.clone() };
                Some(find_heading(note, heading).ok_or_else(none)?)
            }
            _ => None,
        };
        let name = there.as_ref().map_or_else(|| new_path(to), |(path, ..)| path.clone());
        let mut plan = Plan::default();
        let is_private = there.as_ref().is_some_and(|(_, _, note)| note.privacy.private.is_some());
        let (secret, open): (Vec<&Bookmark>, Vec<&Bookmark>) =
            fresh.iter().partition(|bookmark| bookmark.private && !is_private);
        if there.is_none() && open.is_empty() {
            self.plan_into(&mut plan, &name, None, (&secret, true))?;
        } else {
            // private ones stand in a note of their own, and leave the other as open as it is
            let (stem, extension) = name.as_str().rsplit_once('.').unwrap_or((name.as_str(), "md"));
            let beside = NotePath::from_escaped(format!("{stem}_private.{extension}"));
            let there = there.map(|there| (there, under));
            self.plan_into(&mut plan, &name, there, (&open, false))?;
            let known = notes.at(&beside).is_some();
            let there = if known && !secret.is_empty() { Some(self.there(beside.clone())?) } else { None };
            let there = there.filter(|(_, _, note)| note.privacy.private.is_some());
            self.plan_into(&mut plan, &beside, there.map(|there| (there, None)), (&secret, true))?;
        }
        plan.steps.push(Step::BookmarksSkipped { known: already, twice });
        Ok(plan)
    }

    /// A note that is there already.
    fn there(&self, path: NotePath) -> Result<There, Error> {
        let text = self.text(&path)?;
        let note = parse::parse(&path, &text.text, &self.parse_options()).note;
        Ok((path, text, note))
    }

    /// Adds bookmarks to a note that is there, perhaps under a heading, and makes others for what it cannot take.
    fn plan_into(
        &self,
        plan: &mut Plan,
        name: &NotePath,
        there: Option<(There, Option<usize>)>,
        (bookmarks, is_private): (&[&Bookmark], bool),
    ) -> Result<(), Error> {
        let mut parts = parts(bookmarks).into_iter();
        if let Some(((path, text, note), under)) = there {
            // a note that would grow too large is left alone
            let fits = |part: &[&Bookmark]| note.reading.len() + part.len() <= MOST && text.text.len() < MOST_BYTES;
            if parts.as_slice().first().is_some_and(|part| fits(part))
                && let Some(part) = parts.next()
            {
                let edits = additions(&path, &text.text, (&note, under), &part, &self.parse_options())?;
                plan.steps.push(Step::BookmarksAdded { path: path.clone(), added: part.len() });
                plan.files.push(FileChange::edit(path, text, edits));
            }
        }
        let notes = self.notes(Select::All, &Query::default())?;
        let mut number = 1;
        for part in parts {
            let mut path = numbered(name, number);
            while notes.at(&path).is_some() || plan.files.iter().any(|file| file.path == path) {
                number += 1;
                path = numbered(name, number);
            }
            let mut list: Vec<Bookmark> = part.iter().map(|bookmark| (*bookmark).clone()).collect();
            bookmark_files::sort(&mut list);
            let secret = if is_private { "private: true\n" } else { "" };
            let title = if number > 1 { format!("Reading list {number}") } else { "Reading list".to_owned() };
            let text = format!("---\nkind: reading\n{secret}---\n# {title}\n\n{}", bookmark_files::markdown(&list, 1));
            plan.steps.push(Step::BookmarksAdded { path: path.clone(), added: list.len() });
            plan.files.push(FileChange::create(path, text));
        }
        Ok(())
    }

    /// The note that is meant; `None` where it is to be made.
    fn reading_note(&self, to: Option<&Destination>) -> Result<Option<NotePath>, Error> {
        if let Some(to) = to {
            let path = self.destination(to)?;
            return match path {
                Some(path) if path.is_todo_txt() => Err(Error::Edit(format!("{path} is a list of tasks, not a note"))),
                path => Ok(path),
            };
        }
        let notes = self.notes(Select::All, &Query::default())?;
        let lists = notes.records().iter().filter(|record| record.parsed.note.kind.as_deref() == Some("reading"));
        // a private one only where there is no other, `reading-2.md` only where there is no `reading.md`
        let of_kind =
            lists.min_by_key(|record| (record.parsed.note.privacy.private.is_some(), record.path.as_str().len()));
        let path = NotePath::from("reading.md");
        Ok(of_kind.map(|record| record.path.clone()).or_else(|| notes.at(&path).map(|_| path)))
    }
}

/// The path of a note that is made.
fn new_path(to: Option<&Destination>) -> NotePath {
    match to {
        Some(to) if is_path(&to.written) => NotePath::from_escaped(to.written.as_str()),
        Some(to) => NotePath::from(format!("{}.md", to.written).as_str()),
        None => NotePath::from("reading.md"),
    }
}

/// `reading.md`, `reading-2.md`
fn numbered(path: &NotePath, number: usize) -> NotePath {
    if number == 1 {
        return path.clone();
    }
    let written = path.as_str();
    let (stem, extension) = written.rsplit_once('.').unwrap_or((written, "md"));
    NotePath::from_escaped(format!("{stem}-{number}.{extension}"))
}

/// As many bookmarks as a note takes, again and again.
fn parts<'b>(bookmarks: &[&'b Bookmark]) -> Vec<Vec<&'b Bookmark>> {
    let mut parts: Vec<Vec<&Bookmark>> = Vec::new();
    let mut bytes = 0;
    for bookmark in bookmarks {
        let more = bookmark_files::item(bookmark).len() + bookmark.group.iter().map(String::len).sum::<usize>();
        match parts.last_mut() {
            Some(part) if part.len() < MOST && bytes + more < MOST_BYTES => part.push(bookmark),
            _ => {
                parts.push(vec![bookmark]);
                bytes = 0;
            }
        }
        bytes += more;
    }
    parts
}

/// The edits that add bookmarks to a note, or below one of its headings: under the headings of their folders where it has them,
/// else at its end.
fn additions(
    path: &NotePath,
    text: &str,
    (note, under): (&Note, Option<usize>),
    bookmarks: &[&Bookmark],
    options: &parse::Options,
) -> Result<Vec<Edit>, Error> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let written = |words: String| if end == "\n" { words } else { words.replace('\n', end) };
    let place = |group: &[String]| {
        (0..note.sections.len()).find(|&index| {
            let mut path = Vec::new();
            let mut at = Some(index).filter(|_| !group.is_empty() || under == Some(index));
            while let Some(it) = at.filter(|&at| at != under.or(note.opening).unwrap_or(usize::MAX)) {
                let section = note.sections.get(it);
                path.extend(section.map(|section| section.text.as_str()));
                at = section.and_then(|section| section.parent);
            }
            let is_there = under.is_none() || at == under;
            is_there && path.len() == group.len() && path.iter().rev().zip(group).all(|(a, b)| a == b)
        })
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut rest: Vec<Bookmark> = Vec::new();
    let mut places: Vec<(Vec<String>, Option<usize>, String)> = Vec::new();
    for bookmark in bookmarks {
        let is_loose = bookmark.group.is_empty() && under.is_none();
        let group = if is_loose { vec![LOOSE.to_owned()] } else { bookmark.group.clone() };
        // bookmarks of one folder stand together: the last one is looked at first
        let index = places.iter().rposition(|(known, ..)| *known == group).unwrap_or_else(|| {
            places.push((group.clone(), place(&group), String::new()));
            places.len() - 1
        });
        match places.get_mut(index) {
            Some((_, Some(_), lines)) => lines.push_str(&bookmark_files::item(bookmark)),
            _ => rest.push(Bookmark { group, ..(*bookmark).clone() }),
        }
    }
    let at_end = |span_end: usize, from: usize| from + text.get(from..span_end).unwrap_or("").trim_end().len();
    for (_, section, lines) in places {
        let Some(section) = section.and_then(|at| note.sections.get(at)) else { continue };
        let at = at_end(section.span.end, section.span.start);
        // below a heading an empty line, below a list none
        let own = text.get(section.heading_span.end.min(at)..at).unwrap_or("");
        let above = if own.trim().is_empty() { format!("{end}{end}") } else { end.to_owned() };
        let lines = written(lines);
        edits.push(Edit { start: at, end: at, text: format!("{above}{}", lines.trim_end()) });
    }
    if !rest.is_empty() {
        let below = under.and_then(|at| note.sections.get(at));
        let end_of = |section: &Section| Lines::new(text).content(text, section.end_line).end;
        let at = at_end(below.map_or(text.len(), end_of), 0);
        let above = if at == 0 { String::new() } else { format!("{end}{end}") };
        let tail = if text.len() == at { end } else { "" };
        bookmark_files::sort(&mut rest);
        let lines = written(bookmark_files::markdown(&rest, below.map_or(1, |section| usize::from(section.level))));
        edits.push(Edit { start: at, end: at, text: format!("{above}{}{tail}", lines.trim_end()) });
    }
    // read back: a note may end in code that is never closed
    let now = apply_text(text, &edits).map_err(Error::edit)?;
    let count = parse::parse(path, &now, options).note.links.len();
    if count != note.links.len() + bookmarks.len() {
        let line = parse::hidden_since(text, text.lines().count()).unwrap_or(1);
        return Err(Error::Unclosed { path: path.clone(), line });
    }
    Ok(edits)
}
