//! Another name for a person, where a note's facts say that it is one: owners, mentions, who was there, front matter, praise.
//!
//! Facts have lines and no places within them. So the name is replaced on those lines where it is written as names of people are,
//! and the note is read back: exactly the facts with the old name must have the new one.

use std::collections::BTreeSet;

use crate::index::Select;
use crate::model::Edit;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::attendee_line;
use crate::model::note::PEOPLE;
use crate::model::note::Value;
use crate::model::words::fold;
use crate::parse::Prose;
use crate::report::mentions::Names;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::naming::Naming;

impl Session {
    /// Plans another name for a person; one that is somebody's already is taken only where `merge` says so.
    pub(super) fn plan_rename_person(&self, from: &str, to: &str, merge: bool) -> Result<Plan, Error> {
        let bare = |name: &str| name.trim().trim_start_matches('@').split_whitespace().collect::<Vec<_>>().join(" ");
        let (from, to) = (bare(from), bare(to));
        let is_odd = |c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '\'' | '’'));
        if to.is_empty() || from.is_empty() || to.contains(is_odd) || !to.starts_with(char::is_alphabetic) {
            return Err(Error::Edit(format!(
                "`{to}` is not a name: a name begins with a letter, and has letters, digits, spaces, `.`, `-`, `_` and `'`"
            )));
        }
        if from == to {
            return Err(Error::Edit(format!("{from} already has that name")));
        }
        self.plan_naming(&Person { from: &from, to: &to }, Select::All, merge)
    }
}

/// A person and the name that they get.
struct Person<'a> {
    from: &'a str,
    to: &'a str,
}

impl Naming for Person<'_> {
    fn has_old(&self, note: &Note) -> bool {
        has(note, self.from)
    }

    fn is_written(&self, text: &str, note: &Note) -> bool {
        !forms(text, note, self.from, self.to).is_empty()
    }

    fn has_new(&self, note: &Note) -> bool {
        fold(self.from) != fold(self.to) && has(note, self.to)
    }

    fn edits(&self, text: &str, note: &Note) -> Vec<Edit> {
        forms(text, note, self.from, self.to)
    }

    fn is_done(&self, was: &Note, is: &Note) -> bool {
        // two people with one name are listed once
        let renamed = |part: &str| if fold(part) == fold(self.from) { fold(self.to) } else { fold(part) };
        let named = |note: &Note, name: &dyn Fn(&str) -> String| {
            let people = people(note).into_iter();
            people
                .flat_map(|(names, line)| parts(names).map(move |part| (line, part)))
                .map(|(line, part)| (line, name(part)))
                .collect::<BTreeSet<_>>()
        };
        named(was, &renamed) == named(is, &fold) && is.tasks.len() == was.tasks.len()
    }

    fn line(&self, _text: &str, note: &Note) -> usize {
        let people = people(note).into_iter();
        let mut lines = people.filter(|(names, _)| is_among(names, self.from)).map(|(_, line)| line);
        lines.next().unwrap_or(1)
    }

    fn step(&self, path: NotePath, _note: &Note, edits: &[Edit]) -> Step {
        Step::PersonRenamed { path, places: edits.len() }
    }

    fn none(&self) -> String {
        format!("no note mentions {} as a person; people are owners, `@names`, and attendees of meetings", self.from)
    }

    fn taken(&self, notes: usize) -> Error {
        Error::PersonTaken { name: self.to.to_owned(), notes }
    }

    fn refusal(&self) -> String {
        format!("{} cannot be renamed here", self.from)
    }
}

/// True for a note in which somebody has this name.
fn has(note: &Note, name: &str) -> bool {
    people(note).iter().any(|(names, _)| is_among(names, name))
}

fn is_among(names: &str, name: &str) -> bool {
    parts(names).any(|part| fold(part) == fold(name))
}

/// The people of a note by their facts, in their order, each with a line on which it is (1-based).
fn people(note: &Note) -> Vec<(&str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for property in note.properties.iter().filter(|one| is_people(&one.key)) {
        found.extend(property.value.texts().into_iter().map(|name| (name, property.line)));
    }
    for task in &note.tasks {
        found.extend(task.owner.iter().chain(&task.mentions).map(|name| (name.as_str(), task.line)));
    }
    for meeting in &note.meetings {
        found.extend(meeting.attendees.iter().map(|name| (name.as_str(), meeting.line)));
        found.extend(meeting.points.iter().filter_map(|point| Some((point.owner.as_deref()?, point.line))));
    }
    found.extend(note.endorsements.iter().filter_map(|praise| Some((praise.by.as_deref()?, praise.line))));
    found
}

fn is_people(key: &str) -> bool {
    PEOPLE.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// The single names of `Ida, Wim`, `Ida/Wim` and `Ida and Wim`.
fn parts(names: &str) -> impl Iterator<Item = &str> {
    let apart = names.split([',', ';', '/', '&']).flat_map(|name| name.split(" and "));
    apart.map(|name| name.trim().trim_matches(['[', ']', '@', '"'])).filter(|name| !name.is_empty())
}

/// The old name on the lines of facts, in the forms in which a name is one.
fn forms(text: &str, note: &Note, from: &str, to: &str) -> Vec<Edit> {
    let lines = Lines::new(text);
    let mut wanted: Vec<(usize, bool)> = Vec::new();
    for property in note.properties.iter().filter(|one| is_people(&one.key)) {
        let count = match &property.value {
            Value::List(items) => items.len(),
            _ => 0,
        };
        wanted.extend((property.line..=property.line + count).map(|line| (line, true)));
    }
    wanted.extend(note.tasks.iter().map(|task| (task.line, false)));
    wanted.extend(note.meetings.iter().flat_map(|meeting| (meeting.line..=meeting.end_line).map(|line| (line, false))));
    wanted.extend(note.endorsements.iter().flat_map(|one| (one.line..=one.end_line).map(|line| (line, false))));
    wanted.extend(elsewhere(text, note, from, to).into_iter().map(|line| (line, false)));
    wanted.sort_unstable();
    wanted.dedup_by_key(|(line, _)| *line);
    let prose = Prose::new(text, note);
    let mut edits = Vec::new();
    for (number, is_front) in wanted {
        let span = lines.content(text, number);
        let line = span.of(text);
        let words = line.trim_start_matches(['-', '*', '+', '>', ' ', '\t']);
        let is_list = is_front || attendee_line::is_labelled(words) || attendee_line::is_names(words);
        for (at, end) in occurrences(line, from) {
            let (before, behind) = (line.get(..at).unwrap_or(""), line.get(end..).unwrap_or(""));
            let place = Span::new(span.start + at, span.start + end);
            if (is_list || is_name(before, behind)) && (is_front || prose.has(place)) {
                let written = line.get(at..end).unwrap_or("");
                let is_small = written == written.to_lowercase() && from != from.to_lowercase();
                let text = if is_small { to.to_lowercase() } else { to.to_owned() };
                edits.push(Edit { start: span.start + at, end: span.start + end, text });
            }
        }
    }
    edits
}

/// The other lines where a name is one for certain: `@Ida`, and who was there by a label (`Present: Ida`).
fn elsewhere(text: &str, note: &Note, from: &str, to: &str) -> Vec<usize> {
    let lines = Lines::new(text);
    // a mention is one word
    let is_mention = |at: usize| {
        let before = text.get(..at).unwrap_or("");
        let is_apart = !before.strip_suffix('@').unwrap_or("").ends_with(|c: char| c.is_alphanumeric());
        !from.contains(' ') && !to.contains(' ') && before.ends_with('@') && is_apart
    };
    let places = Names::words(from).map_or_else(Vec::new, |names| names.mentions(note, text));
    let is_name = |span: &Span| {
        let content = lines.content(text, lines.line(span.start));
        let words = content.of(text).trim_start_matches(['-', '*', '+', '>', ' ', '\t']);
        is_mention(span.start) || attendee_line::is_labelled(words)
    };
    places.iter().filter(|span| is_name(span)).map(|span| lines.line(span.start)).collect()
}

/// True where a name stands between these words: `@Ida`, `Ida: …`, `(Ida)`, `[owner:: Ida]`, `ACTION Ida`, `with Ida`, `— Ida`.
fn is_name(before: &str, behind: &str) -> bool {
    let (head, rest) = (before.trim_end_matches(['*', '_']), behind.trim_start_matches(['*', '_']));
    let opens =
        head.trim_end_matches(['-', '*', '+', ' ', '>', '\t', '#']).is_empty() || head.trim_end().ends_with(']');
    head.ends_with('@')
        || rest.starts_with(':')
        || (head.ends_with('(') && rest.starts_with(')'))
        || head.trim_end().ends_with("::")
        || (opens && rest.trim().is_empty())
        || (opens && rest.trim_start().starts_with(['/', ',', '&', '—', '–', '-', ':']))
        || head.trim_end().ends_with(['—', '–', '/', '&', ',', '|', '"', '”', '“', '»', '«'])
        || rest.trim_start().starts_with('|')
        || ["with", "and", "by", "from", "1:1", "ACTION", "AI", "TODO", "DOTO"]
            .iter()
            .any(|word| head.trim_end().strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// Where a name stands as whole words, in any case of ASCII.
fn occurrences(line: &str, name: &str) -> Vec<(usize, usize)> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let found = line.char_indices().filter_map(|(at, _)| {
        let end = at + name.len();
        let same = line.get(at..end).is_some_and(|here| here.eq_ignore_ascii_case(name));
        let before = line.get(..at)?.chars().next_back();
        let behind = line.get(end..).and_then(|behind| behind.chars().next());
        (same && !is_part(before) && !is_part(behind)).then_some((at, end))
    });
    found.collect()
}
