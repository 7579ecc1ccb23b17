//! `hornbook tags`

use std::collections::BTreeMap;

use clap_complete::engine::ArgValueCompleter;
use serde_json::json;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::output::Output;
use crate::index::Has;
use crate::index::Select;
use crate::view::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// List tags with the number of notes that have them, as a tree
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook tags
  hornbook tags --count path:patterns")]
pub(crate) struct Args {
    /// Of which notes; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Most used first, instead of by name
    #[arg(short, long)]
    count: bool,

    #[command(flatten)]
    output: Output,
}

/// A tag over all notes.
#[derive(Default)]
struct Used {
    /// As first written.
    name: String,
    /// Notes that have it or one below it.
    notes: usize,
    /// Sightings of exactly this one.
    sightings: usize,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &args.query)?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::With(Has::Tag), &query)?;
        let used = facts.ask(context, &notebook, |ask| {
            let mut used: BTreeMap<String, Used> = BTreeMap::new();
            for record in facts.records().iter().filter(|record| ask.note(&query, record)) {
                let mut seen = std::collections::BTreeSet::new();
                for tag in &record.parsed.note.tags {
                    let parts: Vec<&str> = tag.name.split('/').filter(|part| !part.is_empty()).collect();
                    for depth in 1..=parts.len() {
                        let name = parts.get(..depth).unwrap_or(&[]).join("/");
                        let entry = used.entry(name.to_lowercase()).or_default();
                        if entry.name.is_empty() {
                            entry.name.clone_from(&name);
                        }
                        entry.sightings += usize::from(depth == parts.len());
                        if seen.insert(name.to_lowercase()) {
                            entry.notes += 1;
                        }
                    }
                }
            }
            used
        });
        let mut tags: Vec<&Used> = used.values().collect();
        if args.count {
            tags.sort_by_key(|tag| std::cmp::Reverse(tag.notes));
        }
        if args.output.is_text() {
            let widest = tags.iter().map(|tag| words::thousands(tag.notes).len()).max().unwrap_or(0);
            for tag in &tags {
                let depth = if args.count { 0 } else { tag.name.matches('/').count() };
                let shown =
                    if args.count { tag.name.as_str() } else { tag.name.rsplit('/').next().unwrap_or(&tag.name) };
                let number = format!("{:>widest$}  ", words::thousands(tag.notes));
                let indent = plain("  ".repeat(depth));
                context.ui.line(&vec![cell(number, Role::Muted), indent, cell(format!("#{shown}"), Role::Tag)]);
            }
            context.ui.say(&words::count(tags.len(), "tag"));
        } else {
            let rows: Vec<Row> = tags
                .iter()
                .map(|tag| Row {
                    json: json!({"tag": tag.name, "notes": tag.notes, "sightings": tag.sightings}),
                    path: String::new(),
                    text: format!("#{}", tag.name),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!tags.is_empty()))
    })
}
