//! Another name for a tag, in texts and in front matter. Tags below it follow, and so do links to headings that have it.

use std::collections::BTreeSet;

use crate::edit;
use crate::index::Record;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Tag;
use crate::parse;
use crate::query::Query;
use crate::report::moves::Moves;
use crate::session::Error;
use crate::session::Session;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::settle::Rewrites;
use crate::session::plan::settle::Settled;

/// A tag and the name that it gets.
struct Renaming<'a> {
    from: &'a str,
    to: &'a str,
}

impl Session {
    /// Plans another name for a tag; one that is there already is taken only where `merge` says so.
    pub(super) fn plan_rename_tag(&self, from: &str, to: &str, merge: bool) -> Result<Plan, Error> {
        let bare = |name: &'_ str| name.trim().trim_start_matches('#').trim_end_matches('/').to_owned();
        let (from, to) = (bare(from), bare(to));
        let renaming = Renaming { from: &from, to: &to };
        if !parse::is_tag(&to) {
            return Err(Error::Edit(format!(
                "`{to}` is no tag: it takes letters, digits, `_`, `-` and `/`, and not digits alone"
            )));
        }
        // without quotes front matter would have no words there
        let is_value = matches!(to.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off");
        if is_value || to.parse::<f64>().is_ok() {
            return Err(Error::Edit(format!("`{to}` is no tag in front matter, where it means a value")));
        }
        if from == to {
            return Err(Error::Edit(format!("#{from} is called that already")));
        }
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let mut edits = Vec::new();
        let mut steps = Vec::new();
        let mut there = 0;
        for (index, record) in linked.records().iter().enumerate() {
            let tags = &record.parsed.note.tags;
            let is_other = |tag: &&Tag| renaming.rest(&tag.name).is_none() && below(&tag.name, &to).is_some();
            there += usize::from(tags.iter().any(|tag| is_other(&tag)));
            if tags.iter().all(|tag| renaming.rest(&tag.name).is_none()) {
                continue;
            }
            let found = self.tag_edits(record, &renaming)?;
            steps.push(Step::TagRenamed { path: record.path.clone(), tags: found.len() });
            edits.push((index, found));
        }
        if edits.is_empty() {
            return Err(Error::Edit(format!(
                "no note has the tag #{from}: `hornbook tags` lists those that there are"
            )));
        }
        if there > 0 && !merge {
            return Err(Error::TagTaken { name: to, notes: there });
        }
        let Settled { files, steps: links } = self.settle(&linked, &around, &Moves::default(), Rewrites::edits(edits))?;
        steps.extend(links);
        Ok(Plan { files, steps })
    }

    /// What gives the tags of a note their new name.
    fn tag_edits(&self, record: &Record, renaming: &Renaming<'_>) -> Result<Vec<Edit>, Error> {
        let text = self.text(&record.path)?;
        if text.hash != record.hash {
            return Err(Error::Changed { path: record.path.clone(), line: None });
        }
        let tags = record.parsed.note.tags.iter().filter(|tag| renaming.rest(&tag.name).is_some());
        let edit = |tag: &Tag| {
            let start = place(&text.text, tag)?;
            Some(Edit { start, end: start + prefix_len(&tag.name, renaming.from), text: renaming.to.to_owned() })
        };
        let mut edits: Vec<Edit> = tags.clone().filter_map(edit).collect();
        edits.sort_by_key(|edit| edit.start);
        edits.dedup_by_key(|edit| edit.start);
        let new = edit::apply_text(&text.text, &edits).map_err(Error::edit)?;
        let after = parse::parse(&record.path, &new, &self.parse_options()).note;
        let wanted: BTreeSet<String> = record.parsed.note.tags.iter().map(|tag| renaming.applied(&tag.name)).collect();
        let found: BTreeSet<String> = after.tags.iter().map(|tag| tag.name.clone()).collect();
        if wanted == found {
            return Ok(edits);
        }
        let wrong = tags.clone().find(|tag| edit(tag).is_none()).or_else(|| tags.clone().next());
        let line = wrong.map_or(1, |tag| tag.line);
        Err(Error::Edit(format!("{}:{line}: the tag cannot be rewritten here; change it by hand first", record.path)))
    }
}

impl Renaming<'_> {
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
    (head.to_lowercase() == tag.to_lowercase()).then_some(rest)
}

/// The length of as many levels of a tag as another has.
fn prefix_len(name: &str, tag: &str) -> usize {
    let levels = tag.matches('/').count();
    name.match_indices('/').nth(levels).map_or(name.len(), |(at, _)| at)
}

/// Where the name of a tag stands: behind its sign, or somewhere in a value of the front matter.
fn place(text: &str, tag: &Tag) -> Option<usize> {
    let written = tag.span.of(text);
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '_' | '-'));
    let mut found = written.match_indices(tag.name.as_str()).filter(|(at, name)| {
        let (before, behind) = (written.get(..*at), written.get(at + name.len()..));
        is_apart(before.and_then(|before| before.chars().next_back()))
            && is_apart(behind.and_then(|behind| behind.chars().next()))
    });
    found.next().map(|(at, _)| tag.span.start + at)
}
