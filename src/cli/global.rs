//! Options of every command, and how their values are parsed.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use crate::cli::ui::Color;
use crate::model::NotePath;

/// The variable by which a shell asks for completions.
pub(crate) const COMPLETE: &str = "HORNBOOK_COMPLETE";

/// Options of every command.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Global {
    /// The notebook: a folder of Markdown [default: `HORNBOOK_DIR`, else the nearest folder upward with a book.toml or
    /// another marker, else this folder]
    #[arg(
        short = 'N',
        long,
        global = true,
        value_name = "DIR",
        value_parser = path,
        alias = "notebook-dir",
        help_heading = "Global options"
    )]
    pub(crate) notebook: Option<PathBuf>,

    /// The day that counts as today
    #[arg(
        long,
        global = true,
        value_name = "DATE",
        env = "HORNBOOK_TODAY",
        value_parser = day,
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub(crate) today: Option<NaiveDate>,

    /// When to colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Global options")]
    pub(crate) color: Color,

    /// Answer from the index as it is, without looking for changes first
    #[arg(long, global = true, help_heading = "Global options")]
    pub(crate) no_sync: bool,

    /// Never page long answers
    #[arg(short = 'P', long, global = true, help_heading = "Global options")]
    pub(crate) no_pager: bool,

    /// Print nothing but the answer
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(crate) quiet: bool,
}

/// Parses the day for `--today`: natural dates would need another day as reference.
fn day(written: &str) -> Result<NaiveDate, String> {
    written.parse().map_err(|_| "a day is written as 2026-12-01".to_owned())
}

/// Parses a path of the file system, which may not be UTF-8.
pub(crate) fn path(written: &str) -> Result<PathBuf, String> {
    if written.is_empty() { Err("a path is missing".to_owned()) } else { Ok(from_words(written)) }
}

/// The path for words of the command line: see [`crate::cli::arguments::parse`].
pub(crate) fn from_words(written: &str) -> PathBuf {
    PathBuf::from(NotePath::from_escaped(written).to_os())
}
