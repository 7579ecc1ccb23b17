//! `hornbook outline NOTE`

use serde_json::json;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::output::Output;
use crate::index::Select;
use crate::model::SectionKind;
use crate::query::Query;
use crate::view::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;

/// Show the headings and label lines of a note as a tree
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A note: its path, its name, its title
    note: String,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let record = note_argument::find(context, &notebook, &facts, &args.note)?;
        let note = &record.parsed.note;
        let path = context.shown(&notebook, &record.path);
        if args.output.is_text() {
            let top = note.sections.iter().map(|section| section.level).min().unwrap_or(1);
            let widest = note.sections.last().map_or(1, |section| section.line.to_string().len());
            for section in &note.sections {
                let indent = "  ".repeat(usize::from(section.level - top));
                let role = if section.kind == SectionKind::Heading { Role::Title } else { Role::Plain };
                context.ui.line(&vec![
                    cell(format!("{:>widest$}  ", section.line), Role::Muted),
                    plain(indent),
                    cell(section.text.clone(), role),
                ]);
            }
        } else {
            let rows: Vec<Row> = note
                .sections
                .iter()
                .map(|section| Row {
                    json: json!({
                        "path": record.path.as_str(),
                        "line": section.line,
                        "end_line": section.end_line,
                        "level": section.level,
                        "text": section.text,
                        "kind": section.kind,
                        "anchor": section.slug,
                    }),
                    path: path.clone(),
                    text: section.text.clone(),
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!note.sections.is_empty()))
    })
}
