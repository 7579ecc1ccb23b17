//! The one way in which commands change notes: edits in, files replaced or a diff shown, undo remembered.

use clap::Args;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::output::Output;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::commit::FileChange;
use crate::disk::commit::Report;
use crate::disk::commit::Writer;
use crate::edit;
use crate::view::Format;
use crate::view::Row;

/// The options of every command that changes notes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Changing {
    /// Show what would change, as a diff, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) output: Output,
}

/// Carries out changes, or shows them. Gives what happened.
pub(crate) fn commit(
    context: &mut Context,
    notebook: &Notebook,
    words: &str,
    changes: Vec<FileChange>,
    how: &Changing,
) -> Result<Report, Failure> {
    let state = context.state_folder();
    let now = context.now();
    let writer = Writer { notebook, state: &state, now: &now, words, dry_run: how.dry_run };
    let report = disk::commit::commit(&writer, changes)?;
    show(context, notebook, &report.files, report.number, how)?;
    Ok(report)
}

/// Shows what happened to files: a diff in a dry run, rows for scripts.
pub(crate) fn show(
    context: &mut Context,
    notebook: &Notebook,
    files: &[disk::commit::Changed],
    number: Option<u64>,
    how: &Changing,
) -> Result<(), Failure> {
    if how.output.format == Format::Text {
        if how.dry_run {
            for file in files {
                let text = |bytes: &Option<Vec<u8>>| disk::Text::decode(bytes.clone().unwrap_or_default()).text;
                context.ui.diff(&edit::unified(file.path.as_str(), &text(&file.before), &text(&file.after)));
            }
        }
        return Ok(());
    }
    let rows: Vec<Row> = files
        .iter()
        .map(|file| {
            let edits: Vec<_> = file
                .splices
                .iter()
                .map(|splice| json!({"start": splice.start, "end": splice.end, "text": String::from_utf8_lossy(&splice.bytes)}))
                .collect();
            Row {
                json: json!({
                    "path": file.path.as_str(),
                    "edits": edits,
                    "bytes_before": file.before.as_ref().map(Vec::len),
                    "bytes_after": file.after.as_ref().map(Vec::len),
                    "applied": number.is_some(),
                    "undo": number,
                }),
                path: context.shown(notebook, &file.path),
                text: String::new(),
            }
        })
        .collect();
    how.output.rows(context, &rows)
}
