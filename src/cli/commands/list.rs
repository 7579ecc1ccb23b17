//! `hornbook list [QUERY]`

use std::ffi::OsStr;

use clap_complete::engine::ArgValueCompleter;
use clap_complete::engine::CompletionCandidate;

use crate::cli::candidates;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::note_filter::NoteFilter;
use crate::cli::output::Output;
use crate::cli::picker;
use crate::index::Record;
use crate::model::words::nearest;
use crate::report::note_list::NoteKey;
use crate::report::note_list::NoteOrder;
use crate::session::ListRequest;
use crate::view::Paths as _;

/// List notes
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook list --sort modified -n 5
  hornbook list tag:events --created-after 2026-01
  hornbook list --linked-by saga --max-distance 2
  hornbook list --orphan --tagless
  hornbook list -i --sort modified
  hornbook list dead letter --format '{{ path }}  {{ words }} words'
  hornbook list tag:events -f path -0 | xargs -0 grep -c outbox")]
pub(crate) struct Args {
    /// Which notes: words, fields such as tag:x or is:open; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// In JSON, also the contents of each note: headings, sections, links, tasks, tickets, diagnostics
    #[arg(long)]
    facts: bool,

    /// The sort key: path, title, modified, created, date, words, random; with + or - after it, ascending or descending
    #[arg(short, long, value_name = "KEY", default_value = "path", add = ArgValueCompleter::new(sort_keys))]
    sort: String,

    /// At most this many
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    /// Pick from what is found, with fzf (Tab marks several)
    #[arg(short, long)]
    interactive: bool,

    #[command(flatten)]
    filter: NoteFilter,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let request = ListRequest {
        filter: args.filter.request(context, &session, query)?,
        order: order(&args.sort)?,
        limit: args.limit,
        facts: args.facts,
    };
    let mut list = session.list(&request)?;
    if args.interactive {
        let paths = context.paths(session.notebook());
        let line = |record: &Record| format!("{}  {}", paths.shown(&record.path), record.parsed.note.title);
        let lines: Vec<String> = list.records().map(line).collect();
        list.keep(&picker::pick(&lines, true)?);
    }
    context.answer(&session, &list, &args.output)
}

/// The keys that notes are sorted by.
const KEYS: [&str; 7] = ["path", "title", "modified", "created", "date", "words", "random"];

/// Completion candidates for `--sort`.
fn sort_keys(current: &OsStr) -> Vec<CompletionCandidate> {
    candidates::offer(&current.to_string_lossy(), KEYS.iter().map(|key| ((*key).to_owned(), None)))
}

/// Parses a key with its sign; zk's short forms are accepted too.
fn order(written: &str) -> Result<NoteOrder, Failure> {
    let (name, sign) = match written.strip_suffix(['-', '+']) {
        Some(name) => (name, written.chars().next_back()),
        None => (written, None),
    };
    let key = match name {
        "path" | "p" => NoteKey::Path,
        "title" | "t" => NoteKey::Title,
        "modified" | "m" => NoteKey::Modified,
        "created" | "c" => NoteKey::Created,
        "date" => NoteKey::Date,
        "words" | "wc" | "word-count" => NoteKey::Words,
        "random" | "r" => NoteKey::Random,
        _ => {
            let failure = Failure::new(format!("notes cannot be sorted by `{name}`: {}", KEYS.join(", ")));
            return Err(match nearest(name, KEYS) {
                Some(near) => failure.hint(format!("did you mean `--sort {near}`?")),
                None => failure,
            });
        }
    };
    // newest and longest first is the useful default
    let descending = matches!(key, NoteKey::Modified | NoteKey::Created | NoteKey::Date | NoteKey::Words);
    Ok(NoteOrder { key, descending: sign.map_or(descending, |sign| sign == '-') })
}
