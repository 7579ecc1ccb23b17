//! `hornbook outline NOTE`

use clap_complete::engine::ArgValueCompleter;
use serde_json::json;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::output::Output;
use crate::index::Select;
use crate::model::Note;
use crate::model::SectionKind;
use crate::query::Query;
use crate::view::format::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Show the headings and label lines of a note as a tree
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook outline reading
  hornbook outline reading --format vimgrep")]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    #[arg(add = ArgValueCompleter::new(complete::notes))]
    note: String,

    /// Only Markdown headings, no label lines
    #[arg(long)]
    headings: bool,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let record = note_argument::find(context, &notebook, &facts, &args.note)?;
        let note = &record.parsed.note;
        let sections: Vec<_> = note
            .sections
            .iter()
            .enumerate()
            .filter(|(_, section)| !args.headings || section.kind == SectionKind::Heading)
            .collect();
        if args.output.is_text() {
            let number = sections.last().map_or(1, |(_, section)| section.line.to_string().len());
            let path = context.shown(&notebook, &record.path);
            context.ui.line(&vec![cell(path, Role::Path).to_url(Context::address(&notebook, &record.path))]);
            for (index, section) in &sections {
                let role = if section.kind == SectionKind::Heading { Role::Plain } else { Role::Muted };
                context.ui.line(&vec![
                    cell(format!("{:>number$}  ", section.line), Role::Muted),
                    plain("  ".repeat(depth(note, *index))),
                    cell(section.text.clone(), role),
                ]);
            }
            context.ui.say(&words::count(sections.len(), "section"));
        } else {
            let rows: Vec<Row> = sections
                .iter()
                .map(|(index, section)| Row {
                    json: json!({
                        "path": record.path.as_str(),
                        "line": section.line,
                        "end_line": section.end_line,
                        "level": section.level,
                        "depth": depth(note, *index),
                        "kind": section.kind,
                        "text": section.text,
                        "anchor": section.slug,
                    }),
                    path: context.shown(&notebook, &record.path),
                    text: section.text.clone(),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!sections.is_empty()))
    })
}

/// How many sections are above one.
fn depth(note: &Note, index: usize) -> usize {
    let mut depth = 0;
    let mut at = index;
    // what is above has a smaller index, so this ends
    while let Some(parent) = note.sections.get(at).and_then(|section| section.parent).filter(|parent| *parent < at) {
        depth += 1;
        at = parent;
    }
    depth
}
