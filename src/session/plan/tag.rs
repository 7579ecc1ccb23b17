//! Another name for a tag, in texts and in front matter. Tags below it follow, and so do links to headings that have it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::index::Select;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::Tag;
use crate::parse;
use crate::report::file_name::fold;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::naming::Naming;

/// A tag and the name that it gets.
struct Renaming<'a> {
    from: &'a str,
    to: &'a str,
}

impl Session {
    /// Plans another name for a tag; one that is there already is taken only where `merge` says so.
    pub(super) fn plan_rename_tag(&self, from: &str, to: &str, merge: bool) -> Result<Plan, Error> {
        let bare = |name: &'_ str| name.trim().trim_start_matches('#').trim_end_matches('/').nfc().collect::<String>();
        let (from, to) = (bare(from), bare(to));
        let renaming = Renaming { from: &from, to: &to };
        if !parse::is_tag(&to) {
            return Err(Error::Edit(format!(
                "`{to}` is not a tag: a tag has letters, digits, `_`, `-`, and `/` between its parts, and not only digits"
            )));
        }
        // without quotes front matter would have no words there
        let is_value = matches!(to.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off");
        if is_value || to.parse::<f64>().is_ok() {
            return Err(Error::Edit(format!("`{to}` cannot be a tag in front matter, where YAML reads it as a value")));
        }
        if from == to {
            return Err(Error::Edit(format!("#{from} already has that name")));
        }
        self.plan_naming(&renaming, Select::Heads, merge)
    }
}

impl Naming for Renaming<'_> {
    fn has_old(&self, note: &Note) -> bool {
        note.tags.iter().any(|tag| self.rest(&tag.name).is_some())
    }

    fn has_new(&self, note: &Note) -> bool {
        note.tags.iter().any(|tag| self.rest(&tag.name).is_none() && below(&tag.name, self.to).is_some())
    }

    fn edits(&self, text: &str, note: &Note) -> Vec<Edit> {
        self.placed(text, note).0
    }

    fn is_done(&self, was: &Note, is: &Note) -> bool {
        let wanted: BTreeSet<String> = was.tags.iter().map(|tag| fold(&self.applied(&tag.name))).collect();
        let found: BTreeSet<String> = is.tags.iter().map(|tag| fold(&tag.name)).collect();
        wanted == found
    }

    fn line(&self, text: &str, note: &Note) -> usize {
        let (_, unplaced) = self.placed(text, note);
        let wrong = unplaced.or_else(|| note.tags.iter().find(|tag| self.rest(&tag.name).is_some()));
        wrong.map_or(1, |tag| tag.line)
    }

    fn step(&self, path: NotePath, _note: &Note, edits: &[Edit]) -> Step {
        Step::TagRenamed { path, tags: edits.len() }
    }

    fn none(&self) -> String {
        format!("no note has the tag #{}: `hornbook tags` lists those that there are", self.from)
    }

    fn taken(&self, notes: usize) -> Error {
        Error::TagTaken { name: self.to.to_owned(), notes }
    }

    fn refusal(&self) -> String {
        "the tag cannot be rewritten here".to_owned()
    }
}

impl Renaming<'_> {
    /// The edits that give the tags of a note their new name, in order, and the first tag that is not found in the text.
    fn placed<'n>(&self, text: &str, note: &'n Note) -> (Vec<Edit>, Option<&'n Tag>) {
        // one list of the front matter has a tag once, also where two become one
        let mut known: BTreeSet<String> = BTreeSet::new();
        let is_front = |tag: &Tag| tag.span.start < note.body_start;
        let is_listed = |tag: &&Tag| is_front(tag) && self.rest(&tag.name).is_none();
        known.extend(note.tags.iter().filter(is_listed).map(|tag| fold(&tag.name)));
        let mut taken = BTreeSet::new();
        let mut edits: Vec<Edit> = Vec::new();
        let mut unplaced = None;
        for tag in note.tags.iter().filter(|tag| self.rest(&tag.name).is_some()) {
            let Some(start) = place(text, tag, &taken) else {
                unplaced = unplaced.or(Some(tag));
                continue;
            };
            taken.insert(start);
            let is_new = !is_front(tag) || known.insert(fold(&self.applied(&tag.name)));
            let dropped = if is_new { None } else { item(text, Span::new(start, start + tag.name.len())) };
            edits.push(match dropped {
                Some(span) => Edit { start: span.start, end: span.end, text: String::new() },
                None => {
                    let end = start + prefix_len(&tag.name, self.from);
                    Edit { start, end, text: self.to.to_owned() }
                }
            });
        }
        edits.sort_by_key(|edit| edit.start);
        (edits, unplaced)
    }

    /// What follows the old name in a tag that gets the new one: empty, or `/…`.
    fn rest<'t>(&self, name: &'t str) -> Option<&'t str> {
        below(name, self.from)
    }

    fn applied(&self, name: &str) -> String {
        self.rest(name).map_or_else(|| name.to_owned(), |rest| format!("{}{rest}", self.to))
    }
}

/// What follows a tag in one that is it or stands below it, whatever the case.
fn below<'t>(name: &'t str, tag: &str) -> Option<&'t str> {
    let (head, rest) = name.split_at(prefix_len(name, tag));
    (fold(head) == fold(tag)).then_some(rest)
}

/// The length of as many levels of a tag as another has.
fn prefix_len(name: &str, tag: &str) -> usize {
    let levels = tag.matches('/').count();
    name.match_indices('/').nth(levels).map_or(name.len(), |(at, _)| at)
}

/// The place of an item of a list in front matter with what parts it from the others: its line, or the comma beside it.
fn item(text: &str, name: Span) -> Option<Span> {
    let blanks = [' ', '\t'];
    let quoted = |before: &str, behind: &str| {
        let marks = ['"', '\'']
            .into_iter()
            .find(|mark| before.trim_end_matches('#').ends_with(*mark) && behind.starts_with(*mark));
        usize::from(marks.is_some())
    };
    let (before, behind) = (text.get(..name.start)?, text.get(name.end..)?);
    let quote = quoted(before, behind);
    let before = before.trim_end_matches('#');
    let before = before.get(..before.len() - quote)?;
    let behind = behind.get(quote..)?;
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text.len() - behind.len();
    if before.get(line..)?.trim() == "-" {
        let rest = behind.find('\n').map_or(behind.len(), |at| at + 1);
        return behind.get(..rest)?.trim().is_empty().then(|| Span::new(line, end + rest));
    }
    let left = before.trim_end_matches(blanks);
    if let Some(left) = left.strip_suffix(',') {
        return Some(Span::new(left.len(), end));
    }
    let right = behind.trim_start_matches(blanks).strip_prefix(',')?;
    Some(Span::new(before.len(), text.len() - right.trim_start_matches(blanks).len()))
}

/// Where the name of a tag stands: behind its sign, or somewhere in a value of the front matter; not where others do.
fn place(text: &str, tag: &Tag, taken: &BTreeSet<usize>) -> Option<usize> {
    let written = tag.span.of(text);
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '_' | '-'));
    let mut found = written.match_indices(tag.name.as_str()).filter(|(at, name)| {
        if taken.contains(&(tag.span.start + at)) {
            return false;
        }
        let (before, behind) = (written.get(..*at), written.get(at + name.len()..));
        is_apart(before.and_then(|before| before.chars().next_back()))
            && is_apart(behind.and_then(|behind| behind.chars().next()))
    });
    found.next().map(|(at, _)| tag.span.start + at)
}
