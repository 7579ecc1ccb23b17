//! `hornbook backlinks NOTE`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::around::Around;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::index::Select;
use crate::model::Lines;
use crate::query::Query;
use crate::report::graph::Graph;
use crate::report::links;
use crate::report::links::BacklinkRow;
use crate::report::mentions::Names;
use crate::view::Cell;
use crate::view::format::Row;
use crate::view::screen::Link;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// List who links to a note, with the sentence around each link
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook backlinks saga
  hornbook backlinks saga --mentions")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// Also where other notes say its title, an alias or its file name without a link
    #[arg(short, long)]
    mentions: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let record = note_argument::find(context, &notebook, &facts, &args.note)?;
        let around = Around::look(&notebook, &facts)?;
        let notes = facts.notes();
        let graph = Graph::new(notes.clone(), around.attachments());
        let index = facts.records().iter().position(|other| other.path == record.path).unwrap_or_default();
        let found = links::incoming(&graph, index, &|path| around.source(path).map(|source| source.text));
        let mut mentions = Vec::new();
        if args.mentions
            && let Some(names) = Names::of(&record.path, &record.parsed.note)
        {
            for (path, note) in notes.iter().filter(|(path, _)| **path != record.path) {
                let Some(source) = around.source(path) else { continue };
                let places = names.mentions(note, &source.text);
                if !places.is_empty() {
                    let lines = Lines::new(&source.text);
                    mentions
                        .extend(places.into_iter().map(|span| links::backlink(path, note, span, &source.text, &lines)));
                }
            }
        }
        if args.output.is_text() {
            show(context, &notebook, &found);
            if !mentions.is_empty() {
                if !found.is_empty() {
                    context.ui.line(&Vec::new());
                }
                context.ui.line(&vec![cell("Mentions without a link", Role::Title)]);
                show(context, &notebook, &mentions);
            }
            let mut said = words::count(found.len(), "link");
            if args.mentions {
                said.push_str(&format!(", {}", words::count(mentions.len(), "mention")));
            }
            context.ui.say(&said);
        } else {
            let rows: Vec<Row> = found
                .iter()
                .chain(&mentions)
                .map(|row| Row {
                    json: row.json(),
                    path: context.shown(&notebook, row.path),
                    text: row.sentence.clone(),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!found.is_empty() || !mentions.is_empty()))
    })
}

/// `path:line:column`, and the sentence under it.
fn show(context: &mut Context, notebook: &Notebook, rows: &[BacklinkRow<'_>]) {
    for row in rows {
        let link = Some(Link::Url(Context::address(notebook, row.path)));
        let mut place = vec![
            Cell { link, ..cell(context.shown(notebook, row.path), Role::Path) },
            cell(format!(":{}:{}", row.line, row.column), Role::Muted),
        ];
        if let Some(heading) = row.heading {
            place.push(cell(format!("  # {heading}"), Role::Muted));
        }
        context.ui.line(&place);
        let lines = context.ui.screen.wrap(&[plain(row.sentence.clone())], 4);
        context.ui.lines(&lines);
    }
}
