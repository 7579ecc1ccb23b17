//! The options that every listing has, and the one way in which rows are printed.

use std::ffi::OsStr;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::engine::CompletionCandidate;
use serde_json::Value;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::ui::Ui;
use crate::disk;
use crate::model::NotePath;
use crate::model::text::Lines;
use crate::view::Format;
use crate::view::Paths;
use crate::view::Report;
use crate::view::format::NAMES;
use crate::view::format::Row;
use crate::view::format::write_report;
use crate::view::format::write_rows;

/// How to print.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Output {
    /// How to print: text, json, jsonl, csv, path, vimgrep, or a template such as '{{ path }}:{{ line }}'
    #[arg(short, long, value_name = "FORMAT", default_value = "text", add = ArgValueCompleter::new(formats))]
    pub(crate) format: Format,

    /// End paths and templates with NUL instead of a line end, for xargs -0
    #[arg(short = '0', long = "null")]
    pub(crate) null: bool,
}

/// What a shell offers for `--format`.
fn formats(current: &OsStr) -> Vec<CompletionCandidate> {
    complete::offer(&current.to_string_lossy(), NAMES.iter().map(|name| ((*name).to_owned(), None)))
}

impl Output {
    /// True when people read it.
    pub(crate) fn is_text(&self) -> bool {
        self.format == Format::Text
    }

    /// Prints a report in any format but text.
    pub(crate) fn report(&self, ui: &mut Ui, report: &impl Report, paths: &dyn Paths) -> Result<(), Failure> {
        write_report(ui.raw(), report, &self.format, self.null, paths).map_err(|error| Failure::new(error.to_string()))
    }

    /// Prints rows in any format but text.
    pub(crate) fn rows(&self, context: &mut Context, rows: &[Row]) -> Result<(), Failure> {
        let rows = if self.format == Format::Vimgrep { &in_bytes(context, rows)? } else { rows };
        write_rows(context.ui.raw(), rows, &self.format, self.null).map_err(|error| Failure::new(error.to_string()))
    }
}

/// Rows for `vimgrep`: columns in bytes as ripgrep's are, and the line itself where a row brings no text.
fn in_bytes(context: &Context, rows: &[Row]) -> Result<Vec<Row>, Failure> {
    let notebook = context.notebook()?;
    let mut read: Option<(NotePath, String, Lines)> = None;
    let mut out = rows.to_vec();
    for row in &mut out {
        let number =
            |key: &str| row.json.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
        let (Some(line), Some(column)) = (number("line"), number("column")) else { continue };
        let Some(path) = row.json.get("path").and_then(Value::as_str).map(NotePath::from_escaped) else { continue };
        if read.as_ref().is_none_or(|(known, ..)| *known != path) {
            let Ok(text) = disk::read(&notebook, &path) else { continue };
            let lines = Lines::new(&text.text);
            read = Some((path, text.text, lines));
        }
        let Some((_, text, lines)) = &read else { continue };
        let content = lines.content(text, line).of(text);
        let before: usize = content.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        if let Some(fields) = row.json.as_object_mut() {
            fields.insert("column".to_owned(), (before + 1).into());
        }
        if row.text.is_empty() {
            content.trim().clone_into(&mut row.text);
        }
    }
    Ok(out)
}
