//! zk's flags for selecting notes: shorthands for queries, and for following links.

use chrono::NaiveDate;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::model::calendar::Lean;
use crate::model::calendar::parse_when_leaning;
use crate::model::calendar::tidy;
use crate::query::Query;
use crate::session;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::Steps;

/// Flags that select notes.
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

    /// Follow links over at most this many steps
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

    /// Has these tags: "a, b" both, "a OR b" one of them, "NOT a" not this one, "a*" any that begins with a
    #[arg(short, long, value_name = "TAGS", add = ArgValueCompleter::new(complete::tags), help_heading = "By content")]
    tag: Vec<String>,

    /// Has no tag
    #[arg(long, help_heading = "By content")]
    tagless: bool,

    /// Has these words, as in a query
    #[arg(short = 'm', long = "match", value_name = "WORDS", help_heading = "By content")]
    words: Vec<String>,

    /// Leave out this path, and paths that begin with it
    #[arg(short = 'x', long, value_name = "PATH", help_heading = "By content")]
    exclude: Vec<String>,

    /// Created then: a day, or a range such as last-month or 2026-01..2026-03
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    created: Option<String>,

    /// Created before that
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    created_before: Option<String>,

    /// Created after this date; for a period that is not over, since its beginning
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    created_after: Option<String>,

    /// Last changed then
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    modified: Option<String>,

    /// Last changed before that
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    modified_before: Option<String>,

    /// Last changed after this date; for a period that is not over, since its beginning
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true, help_heading = "By date")]
    modified_after: Option<String>,
}

impl NoteFilter {
    /// Combines the flags with `query`.
    pub(crate) fn request(
        &self,
        context: &Context,
        session: &Session,
        query: Query,
    ) -> Result<session::NoteFilter, Failure> {
        let steps = match self.max_distance {
            Some(steps) => Steps::AtMost(steps),
            None if self.recursive => Steps::Any,
            None => Steps::One,
        };
        let starts = [&self.link_to, &self.linked_by, &self.no_link_to, &self.no_linked_by, &self.related];
        if steps != Steps::One && starts.into_iter().all(Vec::is_empty) {
            let flag = if self.recursive { "--recursive" } else { "--max-distance" };
            return Err(Failure::new(format!("{flag} says how far links are followed, and nothing says from where"))
                .hint("--linked-by NOTE follows them from a note, --link-to NOTE towards one"));
        }
        let names = |written: &[String]| names(context, session, written);
        Ok(session::NoteFilter {
            query: self.query(context, session, query)?,
            link_to: names(&self.link_to),
            linked_by: names(&self.linked_by),
            no_link_to: names(&self.no_link_to),
            no_linked_by: names(&self.no_linked_by),
            steps,
            related: names(&self.related),
            missing_backlink: self.missing_backlink,
        })
    }

    /// Adds those flags to `query` that can be expressed in one.
    fn query(&self, context: &Context, session: &Session, query: Query) -> Result<Query, Failure> {
        let mut parts: Vec<String> = self.tag.iter().map(|written| tags(written)).collect();
        parts.extend(self.words.iter().cloned());
        parts.extend(self.exclude.iter().map(|path| {
            let inside = context.path_from_here(session.notebook(), path);
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
        parts.extend(self.created_after.iter().map(|when| after("created", when, session.today())));
        parts.extend(self.modified_after.iter().map(|when| after("modified", when, session.today())));
        if self.tagless {
            parts.push("tag:none".to_owned());
        }
        if self.orphan {
            parts.push("is:orphan".to_owned());
        }
        parts.into_iter().try_fold(query, |query, part| Ok(query.and(context.query(session, &[part])?)))
    }
}

/// The named notes, several separated by commas; a name that contains a comma is tried first.
fn names(context: &Context, session: &Session, written: &[String]) -> Vec<NoteName> {
    let mut names = Vec::new();
    for written in written {
        let whole = context.note_name(session, written);
        if written.contains(',') && session.find_note(&whole).is_err() {
            let parts = written.split(',').map(str::trim).filter(|name| !name.is_empty());
            names.extend(parts.map(|name| context.note_name(session, name)));
        } else {
            names.push(whole);
        }
    }
    names
}

/// After a period. Nothing can be after a period that is not over ("last two weeks", this month), so it counts from its beginning.
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

/// zk's notation for tags as a query: `a, b OR c, -d`.
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

/// A value in a query: quoted unless it is a plain word.
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
