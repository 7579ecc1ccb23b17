//! `hornbook search QUERY`

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::picker;
use crate::index::SearchOptions;
use crate::index::Sort;
use crate::report::search_report::SectionHit;
use crate::session::SearchRequest;
use crate::view::Paths as _;

/// Find sections by words, best first
///
/// Words rank: more of them, in titles and headings, and close together come first. Words joined by AND and phrases are required.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook search outbox
  hornbook search dead letter -retry
  hornbook search '\"dead letter\" tag:events'
  hornbook search 'retr*' --sort date
  hornbook search -i outbox
  hornbook search 'tag:events /v[0-9]+/' --format vimgrep")]
pub(crate) struct Args {
    /// Words, "phrases", -not, OR, prefix*, and fields such as tag:x path:x; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query), required = true)]
    query: Vec<String>,

    /// At most this many notes [default: 10; 1000 to pick from]
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    /// Only sections of notes that have every word
    #[arg(short, long)]
    all: bool,

    /// The order of the notes
    #[arg(short, long, value_enum, default_value_t = By::Score)]
    sort: By,

    /// Explain each score
    #[arg(long)]
    explain: bool,

    /// Pick from what is found, with fzf (Tab marks several)
    #[arg(short, long)]
    interactive: bool,

    #[command(flatten)]
    output: Output,
}

/// Number of notes shown by default.
const SHOWN: usize = 10;

/// Maximum number of notes to pick from.
const OFFERED: usize = 1000;

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The best first
    Score,
    /// The latest first
    Date,
    /// By path
    Path,
    /// The last changed first
    Modified,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let limit = args.limit.unwrap_or(if args.interactive { OFFERED } else { SHOWN });
    let options = SearchOptions { limit, sort: args.sort.into(), explain: args.explain, ..SearchOptions::default() };
    let query = context.query(&session, &args.query)?;
    let mut request = SearchRequest { query, all_words: args.all, options, ..SearchRequest::default() };
    if !args.output.is_text() {
        request.places = usize::MAX;
    }
    let mut report = session.search(&request)?;
    if args.interactive {
        let paths = context.paths(session.notebook());
        let line = |hit: &SectionHit| format!("{}:{}  {}  {}", paths.shown(&hit.path), hit.line, hit.title, hit.text);
        let lines: Vec<String> = report.hits.iter().map(line).collect();
        report.keep(&picker::pick(&lines, true)?);
    }
    context.answer(&session, &report, &args.output)
}

impl From<By> for Sort {
    fn from(by: By) -> Self {
        match by {
            By::Score => Self::Score,
            By::Date => Self::Date,
            By::Path => Self::Path,
            By::Modified => Self::Modified,
        }
    }
}
