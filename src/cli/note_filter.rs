//! The flags by which notes are chosen: zk's words for what a query says as well, and the walk along links.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::disk::Notebook;
use crate::model::calendar::Lean;
use crate::model::calendar::parse_when_leaning;
use crate::model::calendar::tidy;
use crate::query::Query;
use crate::report::graph::Direction;
use crate::report::graph::Graph;

/// Which notes, by flags.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct NoteFilter {
    /// Links to one of these notes
    #[arg(short = 'l', long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes), help_heading = "By links")]
    link_to: Vec<String>,

    /// One of these notes links to it
    #[arg(short = 'L', long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes), help_heading = "By links")]
    linked_by: Vec<String>,

    /// Links to none of these notes
    #[arg(long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes), help_heading = "By links")]
    no_link_to: Vec<String>,

    /// None of these notes links to it
    #[arg(long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes), help_heading = "By links")]
    no_linked_by: Vec<String>,

    /// Follow links over any number of steps
    #[arg(short, long, help_heading = "By links")]
    recursive: bool,

    /// Follow links over so many steps at most
    #[arg(long, value_name = "STEPS", help_heading = "By links")]
    max_distance: Option<usize>,

    /// Has a neighbour in common with this note, and no link to or from it
    #[arg(long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes), help_heading = "By links")]
    related: Vec<String>,

    /// No other note links to it
    #[arg(long, help_heading = "By links")]
    orphan: bool,

    /// Another note links to it, and it does not link back
    #[arg(long, alias = "no-backlinks", help_heading = "By links")]
    missing_backlink: bool,

    /// Has these tags: "a, b" both, "a OR b" one of them, "NOT a" not this one, "a*" any that begins so
    #[arg(short, long, value_name = "TAGS", add = ArgValueCompleter::new(complete::tags), help_heading = "By content")]
    tag: Vec<String>,

    /// Has no tag
    #[arg(long, help_heading = "By content")]
    tagless: bool,

    /// Has these words, as in a query
    #[arg(short = 'm', long = "match", value_name = "WORDS", help_heading = "By content")]
    words: Vec<String>,

    /// Not what lies at this path or begins so
    #[arg(short = 'x', long, value_name = "PATH", help_heading = "By content")]
    exclude: Vec<String>,

    /// Created then: a day, or a range such as last-month or 2026-01..2026-03
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    created: Option<String>,

    /// Created before that
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    created_before: Option<String>,

    /// Created after that; of a time that is not over yet, since its beginning
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    created_after: Option<String>,

    /// Last changed then
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    modified: Option<String>,

    /// Last changed before that
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    modified_before: Option<String>,

    /// Last changed after that; of a time that is not over yet, since its beginning
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    modified_after: Option<String>,
}

impl NoteFilter {
    /// What of the flags a query can say, beside `query`.
    pub(crate) fn query(&self, context: &Context, notebook: &Notebook, query: Query) -> Result<Query, Failure> {
        let mut parts: Vec<String> = self.tag.iter().map(|written| tags(written)).collect();
        parts.extend(self.words.iter().cloned());
        parts.extend(self.exclude.iter().map(|path| {
            let inside = note_argument::from_here(context, notebook, path);
            let path = inside.map_or_else(|| path.trim_start_matches("./").to_owned(), |path| path.as_str().to_owned());
            format!("NOT path:{}", quoted(&format!("/{path}")))
        }));
        let dates = [
            ("created:", &self.created),
            ("created:<", &self.created_before),
            ("modified:", &self.modified),
            ("modified:<", &self.modified_before),
        ];
        parts.extend(dates.iter().filter_map(|(field, when)| Some(format!("{field}{}", tidy(when.as_ref()?)))));
        parts.extend(self.created_after.iter().map(|when| after("created", when, context.today)));
        parts.extend(self.modified_after.iter().map(|when| after("modified", when, context.today)));
        if self.tagless {
            parts.push("tag:none".to_owned());
        }
        if self.orphan {
            parts.push("is:orphan".to_owned());
        }
        parts.into_iter().try_fold(query, |query, part| Ok(query.and(facts::parse_query(context, notebook, &[part])?)))
    }

    /// The notes that the flags about links leave, as indices; `None` where there is no such flag.
    pub(crate) fn linked(
        &self,
        context: &Context,
        notebook: &Notebook,
        facts: &Facts,
    ) -> Result<Option<BTreeSet<usize>>, Failure> {
        let asks = !(self.link_to.is_empty()
            && self.linked_by.is_empty()
            && self.no_link_to.is_empty()
            && self.no_linked_by.is_empty()
            && self.related.is_empty());
        if (self.recursive || self.max_distance.is_some()) && !asks {
            let flag = if self.recursive { "--recursive" } else { "--max-distance" };
            return Err(Failure::new(format!("{flag} says how far links are followed, and nothing says from where"))
                .hint("--linked-by NOTE follows them from a note, --link-to NOTE towards one"));
        }
        if !asks && !self.missing_backlink {
            return Ok(None);
        }
        let notes = facts.notes();
        let graph = Graph::new(notes.clone(), &[]);
        let mut left: BTreeSet<usize> = (0..notes.len()).collect();
        let far = match self.max_distance {
            Some(steps) => Some(steps),
            None if self.recursive => None,
            None => Some(1),
        };
        let indices = |written: &[String]| find_all(context, notebook, facts, written);
        for (written, direction, wanted) in [
            (&self.link_to, Direction::In, true),
            (&self.linked_by, Direction::Out, true),
            (&self.no_link_to, Direction::In, false),
            (&self.no_linked_by, Direction::Out, false),
        ] {
            if !written.is_empty() {
                let reached = graph.within(&indices(written)?, direction, far);
                left.retain(|index| reached.contains(index) == wanted);
            }
        }
        if !self.related.is_empty() {
            let related: BTreeSet<usize> =
                indices(&self.related)?.into_iter().flat_map(|index| graph.related(index)).collect();
            left.retain(|index| related.contains(index));
        }
        if self.missing_backlink {
            left.retain(|&index| {
                let out = graph.neighbours(index, Direction::Out);
                graph.neighbours(index, Direction::In).iter().any(|from| !out.contains(from))
            });
        }
        Ok(Some(left))
    }
}

/// The notes that are named, several separated by commas; a name with a comma in it is tried first.
fn find_all(context: &Context, notebook: &Notebook, facts: &Facts, written: &[String]) -> Result<Vec<usize>, Failure> {
    let mut found = Vec::new();
    let find = |name: &str| -> Result<usize, Failure> {
        let record = note_argument::find(context, notebook, facts, name)?;
        Ok(facts.records().iter().position(|other| other.path == record.path).unwrap_or_default())
    };
    for names in written {
        match find(names) {
            Ok(index) => found.push(index),
            Err(_) if names.contains(',') => {
                let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
                found.extend(names.map(find).collect::<Result<Vec<usize>, Failure>>()?);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(found)
}

/// After a time. Of a time that is not over yet ("last two weeks", this month) nothing can be after: it counts from its beginning.
fn after(field: &str, when: &str, today: NaiveDate) -> String {
    let running = parse_when_leaning(when, today, Lean::Behind).ok().and_then(|range| {
        let (start, end) = (range.start?, range.end?);
        (start < today && today <= end).then_some(start)
    });
    match running {
        Some(start) => format!("{field}:>={start}"),
        None => format!("{field}:>{}", tidy(when)),
    }
}

/// zk's way of naming tags as a query: `a, b OR c, -d`.
fn tags(written: &str) -> String {
    let one = |name: &str| {
        let name = name.trim();
        let bare = name.strip_prefix("NOT ").or_else(|| name.strip_prefix('-')).map(str::trim);
        let not = if bare.is_some() { "NOT " } else { "" };
        format!("{not}tag:{}", quoted(bare.unwrap_or(name).trim_start_matches('#')))
    };
    let all = written.split(',').filter(|part| !part.trim().is_empty());
    let all = all.map(|part| {
        let any: Vec<String> = part.split(" OR ").flat_map(|part| part.split('|')).map(one).collect();
        format!("({})", any.join(" OR "))
    });
    all.collect::<Vec<_>>().join(" ")
}

/// A value as a query takes it: in quotes where it is no plain word.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | '*' | '?');
    if value.chars().all(plain) { value.to_owned() } else { format!("\"{}\"", value.replace('"', "")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_time_that_is_not_over() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        for (when, query) in [
            ("last two weeks", "created:>=2026-11-08"),
            ("this month", "created:>=2026-11-01"),
            ("2026", "created:>=2026-01-01"),
            ("last month", "created:>last-month"),
            ("2026-01-03", "created:>2026-01-03"),
            ("today", "created:>today"),
            ("soon", "created:>soon"),
        ] {
            assert_eq!(after("created", when, today), query);
        }
    }

    #[test]
    fn tags_as_zk_names_them() {
        for (written, query) in [
            ("history, europe", "(tag:history) (tag:europe)"),
            ("inbox OR todo", "(tag:inbox OR tag:todo)"),
            ("inbox|todo, NOT done", "(tag:inbox OR tag:todo) (NOT tag:done)"),
            (" -done", "(NOT tag:done)"),
            ("year/201*", "(tag:year/201*)"),
            ("#two words,", "(tag:\"two words\")"),
        ] {
            assert_eq!(tags(written), query);
        }
    }
}
