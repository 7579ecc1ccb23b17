//! The output options of every listing, and how rows are printed.

use std::ffi::OsStr;

use clap::Args;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::engine::CompletionCandidate;

use crate::cli::candidates;
use crate::cli::error::Failure;
use crate::cli::ui::Ui;
use crate::view::Format;
use crate::view::Paths;
use crate::view::Report;
use crate::view::format::NAMES;
use crate::view::format::write_report;
use crate::view::vimgrep::ReadText;

/// Output options.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Output {
    /// How to print: text, md, json, jsonl, csv, path, vimgrep, or a template such as '{{ path }}:{{ line }}'
    #[arg(short, long, value_name = "FORMAT", default_value = "text", add = ArgValueCompleter::new(formats))]
    pub(crate) format: Format,

    /// End paths and templates with NUL instead of a line end, for xargs -0
    #[arg(short = '0', long = "null")]
    pub(crate) null: bool,
}

/// Completion candidates for `--format`.
fn formats(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates::offer(&current.to_string_lossy(), NAMES.iter().map(|name| ((*name).to_owned(), None)))
}

impl Output {
    /// True for output for people.
    pub(crate) fn is_text(&self) -> bool {
        self.format == Format::Text
    }

    /// Prints a report in any format but text.
    pub(crate) fn report(
        &self,
        ui: &mut Ui,
        report: &impl Report,
        paths: &dyn Paths,
        text: &ReadText<'_>,
    ) -> Result<(), Failure> {
        write_report(ui.raw(), report, &self.format, self.null, paths, text)
            .map_err(|error| Failure::new(error.to_string()))
    }
}
