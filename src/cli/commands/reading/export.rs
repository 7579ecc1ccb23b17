//! `hornbook reading export`

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::reading::state::State;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::model::ReadingState;
use crate::session::BookmarkFormat;

/// Print the reading list for other programs: bookmarks in HTML for a browser, CSV, Markdown, JSON
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading export --format html > bookmarks.html
  hornbook reading export --format csv --state to-read
  hornbook reading export --format md kind:video")]
pub(crate) struct ExportArgs {
    /// Which links; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only what is in this state; several with commas [default: all but references]
    #[arg(short, long, value_enum, value_delimiter = ',')]
    state: Vec<State>,

    /// The format
    #[arg(short, long, value_enum, default_value_t = Format::Html)]
    format: Format,
}

/// What a reading list is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Netscape's bookmark file: every browser, linkding, Pinboard
    Html,
    /// A table with a header row
    Csv,
    /// A list of links under the headings of their groups
    #[value(alias = "markdown")]
    Md,
    /// An array of objects
    Json,
}

pub(crate) fn export(args: &ExportArgs, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let states: Vec<ReadingState> = args.state.iter().map(|state| ReadingState::from(*state)).collect();
    let format = match args.format {
        Format::Html => BookmarkFormat::Html,
        Format::Csv => BookmarkFormat::Csv,
        Format::Md => BookmarkFormat::Markdown,
        Format::Json => BookmarkFormat::Json,
    };
    let text = session.export_reading(&query, &states, format)?;
    let nothing = if args.format == Format::Json { "[]\n" } else { "" };
    context.ui.verbatim(text.as_deref().unwrap_or(nothing));
    Ok(Exit::found(text.is_some()))
}
