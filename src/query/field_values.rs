//! The values of notes and tasks that the fields of a query refer to. Called only when a query is matched.

use chrono::NaiveDate;

use crate::model::LinkKind;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Reading;
use crate::model::Task;
use crate::model::Value;
use crate::model::calendar::DateRange;
use crate::model::link::has_scheme;
use crate::model::note;
use crate::model::path::strip_extension;
use crate::model::short_id::SHORTEST;
use crate::model::short_id::content_id;
use crate::model::short_id::full_ids;
use crate::model::short_id::is_beginning;
use crate::model::short_id::stable_id;
use crate::model::web_address;
use crate::model::words::fold;
use crate::model::words::letters;
use crate::query::ast::Has;
use crate::query::ast::Is;
use crate::query::ast::PropertyTest;
use crate::query::ast::Text;
use crate::query::note_facts::NoteFacts;
use crate::query::wording::Hay;
use crate::query::wording::wildcard;

pub(crate) fn asks_question(note: &Note) -> bool {
    !note.questions.is_empty() || note.tasks.iter().any(is_question)
}

fn is_question(task: &Task) -> bool {
    task.symbol == "?" || task.text.trim_end().ends_with('?')
}

pub(crate) fn task_is(task: &Task, is: Is, today: NaiveDate) -> bool {
    match is {
        Is::Open => task.status.is_open(),
        Is::Done => task.checked(),
        Is::Overdue => task.status.is_open() && task.due.is_some_and(|due| due < today),
        Is::Question => is_question(task),
        // these are properties of the note, and are answered there
        Is::Draft | Is::Private | Is::Orphan | Is::Decision => false,
    }
}

pub(crate) fn note_has(note: &Note, has: Has) -> bool {
    match has {
        Has::Task => !note.tasks.is_empty(),
        Has::Link => note.links.iter().any(|link| !is_embed(link.kind)),
        Has::Tag => !note.tags.is_empty(),
        Has::Embed => note.links.iter().any(|link| is_embed(link.kind)),
        Has::Due => note.tasks.iter().any(|task| task.due.is_some()),
        Has::Ticket => !note.tickets.is_empty(),
    }
}

pub(crate) fn task_has(note: &Note, task: &Task, has: Has) -> bool {
    match has {
        Has::Task => {
            let own = note.tasks.iter().position(|other| other.span == task.span);
            own.is_some() && note.tasks.iter().any(|other| other.parent == own)
        }
        Has::Link => !task.links.is_empty(),
        Has::Tag => !tags(note, Some(task)).is_empty(),
        Has::Embed => note.links.iter().any(|link| is_embed(link.kind) && task.span.contains(link.span.start)),
        Has::Due => task.due.is_some(),
        Has::Ticket => !task.tickets.is_empty(),
    }
}

fn is_embed(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::Embed | LinkKind::Image)
}

/// A task has its own tags, those of its parent tasks and the headings above it, and those of the front matter.
pub(crate) fn tags<'n>(note: &'n Note, task: Option<&'n Task>) -> Vec<&'n str> {
    let Some(task) = task else { return note.tags.iter().map(|tag| tag.name.as_str()).collect() };
    let mut found: Vec<&str> = Vec::new();
    found.extend(task.tags.iter().map(String::as_str));
    // parents have smaller indices, so both loops end
    let mut next = task.parent;
    while let Some((index, above)) = next.and_then(|index| Some((index, note.tasks.get(index)?))) {
        found.extend(above.tags.iter().map(String::as_str));
        next = above.parent.filter(|&parent| parent < index);
    }
    let mut headings = Vec::new();
    let mut next = task.section;
    while let Some((index, above)) = next.and_then(|index| Some((index, note.sections.get(index)?))) {
        headings.push(above.heading_span);
        next = above.parent.filter(|&parent| parent < index);
    }
    let inherited = note.tags.iter().filter(|tag| {
        tag.span.start < note.body_start || headings.iter().any(|heading| heading.contains(tag.span.start))
    });
    found.extend(inherited.map(|tag| tag.name.as_str()));
    found
}

/// A link to read has the tags on its line, those of the headings above it, and those of the front matter.
pub(crate) fn tags_of_line(note: &Note, line: usize) -> Vec<&str> {
    let mut headings = Vec::new();
    let mut next = note.sections.partition_point(|section| section.line <= line).checked_sub(1);
    while let Some((index, above)) = next.and_then(|index| Some((index, note.sections.get(index)?))) {
        headings.push(above.heading_span);
        next = above.parent.filter(|&parent| parent < index);
    }
    // those of the front matter come first; the others are in the order of the text
    let front = note.tags.partition_point(|tag| tag.span.start < note.body_start);
    let own = note.tags.get(front..).unwrap_or(&[]);
    let from = |first: usize| own.get(first..).unwrap_or(&[]).iter();
    let here = from(own.partition_point(|tag| tag.line < line)).take_while(|tag| tag.line == line);
    let above = headings.iter().flat_map(|heading| {
        from(own.partition_point(|tag| tag.span.start < heading.start)).take_while(|tag| tag.span.start < heading.end)
    });
    note.tags.iter().take(front).chain(here).chain(above).map(|tag| tag.name.as_str()).collect()
}

/// The links to read of a note, or of one of its tasks.
pub(crate) fn readings<'n>(note: &'n Note, task: Option<&Task>) -> &'n [Reading] {
    let Some(task) = task else { return &note.reading };
    let from = note.reading.partition_point(|reading| reading.span.start < task.span.start);
    let to = note.reading.partition_point(|reading| reading.span.start < task.span.end);
    note.reading.get(from..to.max(from)).unwrap_or(&[])
}

/// The host of an address, or a domain above it.
pub(crate) fn host_fits(url: &str, text: &Text) -> bool {
    let Some(host) = web_address::host(url) else { return false };
    name_fits(&host, text, None)
        || host.match_indices('.').any(|(dot, _)| host.get(dot + 1..).is_some_and(|end| name_fits(end, text, None)))
}

/// Of `@names` only those known to the notebook; people in front matter always count.
///
/// A mention counts as written, and by the name that it means.
pub(crate) fn people<'n>(note: &'n Note, task: Option<&'n Task>, known: &'n [String]) -> Vec<&'n str> {
    let mentions = |task: &'n Task| {
        task.mentions.iter().enumerate().flat_map(|(at, mention)| {
            let own = task.people.get(at).filter(|name| !name.is_empty());
            let name = own.or_else(|| {
                let letters = letters(mention);
                known.iter().find(|name| self::letters(name) == letters)
            });
            name.into_iter().flat_map(|name| [mention.as_str(), name.as_str()])
        })
    };
    match task {
        Some(task) => mentions(task).collect(),
        None => {
            let named = note::PEOPLE.iter().filter_map(|key| note.property(key)).flat_map(Value::texts);
            named.chain(note.tasks.iter().flat_map(mentions)).collect()
        }
    }
}

/// The meetings of a note, or the one that a task is in.
fn meetings<'n>(note: &'n Note, task: Option<&Task>) -> impl Iterator<Item = &'n Meeting> {
    let line = task.map(|task| task.line);
    note.meetings.iter().filter(move |meeting| line.is_none_or(|line| meeting.line <= line && line <= meeting.end_line))
}

/// The kinds of a note, including `meeting` if it contains one.
pub(crate) fn kinds<'n>(note: &'n Note, task: Option<&Task>) -> Vec<&'n str> {
    let found = meetings(note, task).next().map(|_| "meeting");
    note.kind.as_deref().into_iter().chain(found).collect()
}

/// The series of meetings.
pub(crate) fn series<'n>(note: &'n Note, task: Option<&Task>) -> Vec<&'n str> {
    meetings(note, task).map(|meeting| meeting.series.as_str()).collect()
}

/// The owner of a task, or of any point of a note's meetings.
pub(crate) fn owners<'n>(note: &'n Note, task: Option<&'n Task>) -> Vec<&'n str> {
    match task {
        Some(task) => task.owner.as_deref().into_iter().collect(),
        None => {
            let points = note.meetings.iter().flat_map(|meeting| &meeting.points);
            points.filter_map(|point| point.owner.as_deref()).collect()
        }
    }
}

pub(crate) fn tickets<'n>(note: &'n Note, task: Option<&'n Task>) -> Vec<&'n str> {
    match task {
        Some(task) => task.tickets.iter().map(String::as_str).collect(),
        None => note.tickets.iter().map(|ticket| ticket.key.as_str()).collect(),
    }
}

pub(crate) fn ids<'n>(note: &'n Note, task: Option<&'n Task>) -> Vec<&'n str> {
    let of_task = |task: &'n Task| task.explicit_id.as_deref();
    match task {
        Some(task) => of_task(task).into_iter().collect(),
        None => {
            note.blocks.iter().map(|block| block.id.as_str()).chain(note.tasks.iter().filter_map(of_task)).collect()
        }
    }
}

/// The short id of a task, or of one of a note's tasks, as shown in listings: a prefix of three characters is enough.
/// Patterns are matched without the `~2` of equal items.
pub(crate) fn short_id_fits(facts: &NoteFacts<'_>, task: Option<&Task>, text: &Text) -> bool {
    let tasks = facts.note.tasks.as_slice();
    let id = |index: usize, task: &Task| {
        stable_id(facts.kept, index).map_or_else(|| content_id(facts.path, task), str::to_owned)
    };
    let fits = |index: usize, task: &Task| {
        task.explicit_id.is_none()
            && match text {
                Text::Word(typed) | Text::Phrase(typed) | Text::Start(typed) | Text::Prefix(typed) => {
                    let typed = fold(typed);
                    let typed = typed.trim_start_matches('^');
                    let base = typed.split('~').next().unwrap_or(typed);
                    base.len() >= SHORTEST && id(index, task).starts_with(base) && {
                        let all = tasks.iter().enumerate();
                        let all = full_ids(all.map(|(index, task)| (facts.path, task, stable_id(facts.kept, index))));
                        all.get(index).is_some_and(|id| is_beginning(typed, id))
                    }
                }
                Text::Glob(pattern) => wildcard(&fold(pattern), &id(index, task)),
                Text::Regex(pattern) => pattern.is_match(&id(index, task)),
            }
    };
    let mut numbered = tasks.iter().enumerate();
    match task {
        Some(task) => {
            numbered.find(|(_, other)| other.span == task.span).is_some_and(|(index, task)| fits(index, task))
        }
        None => numbered.any(|(index, task)| fits(index, task)),
    }
}

/// A whole name, or its beginning up to a separator `part`: the tag `project` finds `project/outbox`, the ticket `RETAIL` `RETAIL-17`.
pub(crate) fn name_fits(name: &str, text: &Text, part: Option<char>) -> bool {
    let name = fold(name);
    match text {
        Text::Word(wanted) | Text::Phrase(wanted) | Text::Start(wanted) => {
            let wanted = fold(wanted);
            let wanted = wanted.trim_end_matches(|c| Some(c) == part);
            name.strip_prefix(wanted)
                .is_some_and(|rest| rest.is_empty() || (part.is_some() && rest.chars().next() == part))
        }
        Text::Prefix(wanted) => name.starts_with(&fold(wanted)),
        Text::Glob(pattern) => wildcard(&fold(pattern), &name),
        Text::Regex(pattern) => pattern.is_match(&name),
    }
}

/// True for any name of a person.
pub(crate) fn person_fits(name: &str, text: &Text) -> bool {
    Hay::new(name).has(text)
}

/// A part of the path, or of the file name only, from the beginning of a word on; or a pattern.
pub(crate) fn path_fits(path: &NotePath, text: &Text, file_only: bool) -> bool {
    // A name that is not UTF-8 can be typed as it is, or copied as it is shown.
    let shown = path.to_string();
    written_path_fits(path.as_str(), text, file_only)
        || (shown != path.as_str() && written_path_fits(&shown, text, file_only))
}

fn written_path_fits(path: &str, text: &Text, file_only: bool) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let whole = fold(if file_only { file } else { path });
    let pattern_fits = |pattern: &str| {
        let pattern = fold(pattern);
        let (pattern, name) = match pattern.strip_prefix('/') {
            Some(rooted) => (rooted, whole.as_str()),
            None if pattern.contains('/') => (pattern.as_str(), whole.as_str()),
            None => (pattern.as_str(), whole.rsplit('/').next().unwrap_or(&whole)),
        };
        wildcard(pattern, name) || wildcard(pattern, strip_extension(name))
    };
    match text {
        Text::Glob(pattern) => pattern_fits(pattern),
        Text::Prefix(start) => pattern_fits(&format!("{start}*")),
        Text::Word(part) | Text::Phrase(part) | Text::Start(part) => {
            let part = fold(part);
            match part.strip_prefix('/') {
                Some(rooted) => whole.starts_with(rooted),
                None => starts_a_word(&whole, &part),
            }
        }
        Text::Regex(pattern) => pattern.is_match(&whole),
    }
}

/// Literal, unlike words: `notes/` is a folder, not the word `notes`.
fn starts_a_word(whole: &str, part: &str) -> bool {
    let inside = part.starts_with(char::is_alphanumeric);
    whole.match_indices(part).any(|(at, _)| {
        let before = whole.get(..at).and_then(|text| text.chars().next_back());
        !inside || !before.is_some_and(char::is_alphanumeric)
    })
}

/// A part of an address, or the name of a note: its file name, or more of its path.
pub(crate) fn link_fits(url: &str, text: &Text) -> bool {
    let (Text::Word(wanted) | Text::Phrase(wanted)) = text else { return Hay::new(url).has(text) };
    if has_scheme(url) {
        return Hay::new(url).has(text);
    }
    let target = fold(strip_extension(url.split('#').next().unwrap_or(url)));
    let wanted = fold(strip_extension(wanted));
    target.strip_suffix(wanted.as_str()).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
}

pub(crate) fn property(note: &Note, key: &str, test: &PropertyTest) -> bool {
    let Some(value) =
        note.properties.iter().find(|property| fold(&property.key) == fold(key)).map(|found| &found.value)
    else {
        return false;
    };
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    match test {
        PropertyTest::Exists => true,
        PropertyTest::Null => match value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(items) => items.is_empty(),
        },
        PropertyTest::Text(text) => value.texts().into_iter().any(|found| match (text, number(found)) {
            (Text::Word(wanted) | Text::Phrase(wanted), Some(found)) if let Some(wanted) = number(wanted) => {
                found == wanted
            }
            _ => Hay::new(found).has(text),
        }),
        PropertyTest::Compare(op, literal) => value.texts().into_iter().any(|found| {
            if let (Some(found), Some(wanted)) = (number(found), literal.number) {
                return found.partial_cmp(&wanted).is_some_and(|ordering| op.accepts(ordering));
            }
            let date = found.trim().get(..10).and_then(|date| date.parse::<NaiveDate>().ok());
            match (date, literal.date) {
                (Some(date), Some(range)) => op.accepts_days(DateRange::day(date), range),
                _ => false,
            }
        }),
    }
}
