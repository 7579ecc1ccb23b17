//! `hornbook links NOTE`

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
use crate::model::LinkKind;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::graph::Graph;
use crate::report::links;
use crate::report::links::LinkRow;
use crate::view::Cell;
use crate::view::Line;
use crate::view::format::Row;
use crate::view::screen::Link;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::screen::width;
use crate::view::words;

/// List the links of a note, in order, with what each leads to
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook links saga
  hornbook links saga --format json")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    #[command(flatten)]
    output: Output,
}

/// Targets up to this width stand in a column of their own.
const COLUMN: usize = 40;

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let record = note_argument::find(context, &notebook, &facts, &args.note)?;
        let around = Around::look(&notebook, &facts)?;
        let notes = facts.notes();
        let graph = Graph::new(notes.clone(), around.attachments());
        let index = facts.records().iter().position(|other| other.path == record.path).unwrap_or_default();
        let text = around.source(&record.path).map(|source| source.text).unwrap_or_default();
        let found = links::outgoing(&graph, index, &text, &around);
        if args.output.is_text() {
            let number = found.last().map_or(1, |row| row.link.line.to_string().len());
            let widest =
                found.iter().map(|row| width(&written(row))).filter(|width| *width <= COLUMN).max().unwrap_or(0);
            for row in &found {
                let line = line(context, &notebook, row, number, widest);
                context.ui.line(&line);
            }
            let missing = found.iter().filter(|row| row.state == "missing" || row.no_place.is_some()).count();
            let broken = if missing > 0 { format!(", {} broken", words::thousands(missing)) } else { String::new() };
            context.ui.say(&format!("{}{broken}", words::count(found.len(), "link")));
        } else {
            let rows: Vec<Row> = found
                .iter()
                .map(|row| Row {
                    json: row.json(),
                    path: context.shown(&notebook, row.path),
                    text: format!("{} -> {}", written(row), row.to.as_deref().unwrap_or(row.state)),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!found.is_empty()))
    })
}

/// As a reader sees the link: its words, or its target where those are the same.
fn written(row: &LinkRow<'_>) -> String {
    // a bare address is its own target
    if row.link.kind == LinkKind::Autolink {
        return String::new();
    }
    // what stands behind the bar of an embed is a size
    let is_bare = row.link.text.is_empty() || row.link.kind == LinkKind::Embed;
    if is_bare { row.link.target.clone() } else { row.link.text.clone() }
}

fn line(context: &Context, notebook: &Notebook, row: &LinkRow<'_>, number: usize, widest: usize) -> Line {
    let words = written(row);
    let padding = " ".repeat(widest.saturating_sub(width(&words)));
    let mut line = vec![
        cell(format!("{:>number$}", row.link.line), Role::Muted),
        plain(format!("  {words}{padding}  ")),
        cell("→ ", Role::Muted),
    ];
    match (row.state, &row.to) {
        ("missing", _) => line.push(cell(format!("nothing: {}", row.link.target), Role::Bad)),
        ("outside", _) => line.push(cell(format!("out of the notebook: {}", row.link.target), Role::Warning)),
        ("placeholder", _) => line.push(cell("a blank to be filled in", Role::Muted)),
        ("external", Some(to)) => line.push(cell(to.clone(), Role::Muted)),
        ("left_out", Some(to)) => line.push(cell(format!("{to} (left out of the notebook)"), Role::Warning)),
        ("folder", Some(to)) => line.push(cell(format!("{to}/"), Role::Path)),
        (_, to) => {
            let path = NotePath::from_escaped(to.clone().unwrap_or_default());
            let link = Some(Link::Url(Context::address(notebook, &path)));
            line.push(Cell { link, ..cell(context.shown(notebook, &path), Role::Path) });
            if let Some(at) = row.to_line {
                line.push(cell(format!(":{at}"), Role::Muted));
            }
            if let Some(heading) = &row.heading {
                line.push(plain(format!(" # {heading}")));
            }
            if let Some(block) = &row.block {
                line.push(plain(format!(" ^{block}")));
            }
            if let Some(place) = &row.no_place {
                line.push(cell(format!(", which has no {place}"), Role::Bad));
            }
        }
    }
    line
}
