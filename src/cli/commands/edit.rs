//! `hornbook edit NOTE|PATH:LINE|ID|QUERY`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::editor;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::picker;
use crate::index::SearchOptions;
use crate::model::NotePath;
use crate::report::note_list::NoteKey;
use crate::report::note_list::NoteOrder;
use crate::session::ListRequest;
use crate::session::SearchRequest;
use crate::session::Session;
use crate::view::Paths as _;

/// Open a note in your editor, at the right line
///
/// The editor is the first that is set of `HORNBOOK_EDITOR`, VISUAL and EDITOR; most editors are told the line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook edit saga
  hornbook edit 'reading#To read'
  hornbook edit inbox.md:3
  hornbook edit 4fk
  hornbook edit --first poison message
  hornbook edit -i")]
pub(crate) struct Args {
    /// A note, note#heading, path:line, the id of a task, or what to search for; see `hornbook help query`
    #[arg(required_unless_present = "interactive", value_name = "NOTE|PLACE|QUERY", add = ArgValueCompleter::new(complete::notes))]
    what: Vec<String>,

    /// If a query finds several notes, open the best hit
    #[arg(short = '1', long)]
    first: bool,

    /// Pick from the notes, or from what a query finds, with fzf
    #[arg(short, long, conflicts_with = "first")]
    interactive: bool,
}

/// Maximum number of notes to pick from.
const OFFERED: usize = 1000;

/// Number of hits shown if there are several.
const SHOWN: usize = 8;

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    if args.interactive {
        return pick(args, &session, context);
    }
    let (path, line) = match session.find_place(&context.place_name(&session, &args.what.join(" ")))? {
        Some(place) => place,
        None => searched(args, &session, context)?,
    };
    editor::open(&Context::editor(), &session.notebook().path(&path), line)?;
    Ok(Exit::Answered)
}

/// Lets the user pick from the hits, the best first; without words, from the notes, the last changed first.
fn pick(args: &Args, session: &Session, context: &Context) -> Outcome {
    let paths = context.paths(session.notebook());
    let places: Vec<(NotePath, usize, String)> = if args.what.is_empty() {
        let order = NoteOrder { key: NoteKey::Modified, descending: true };
        let list = session.list(&ListRequest { order, ..ListRequest::default() })?;
        list.records().map(|record| (record.path.clone(), 1, record.parsed.note.title.clone())).collect()
    } else {
        let query = context.query(session, &args.what)?;
        let options = SearchOptions { limit: OFFERED, ..SearchOptions::default() };
        let report = session.search(&SearchRequest { query, options, ..SearchRequest::default() })?;
        report.hits.into_iter().map(|hit| (hit.path, hit.line, format!("{}  {}", hit.title, hit.text))).collect()
    };
    let lines = places.iter().map(|(path, line, text)| format!("{}:{line}  {text}", paths.shown(path)));
    let picked = picker::pick(&lines.collect::<Vec<String>>(), false)?;
    let Some((path, line, _)) = picked.first().and_then(|&number| places.get(number)) else {
        return Ok(Exit::Negative);
    };
    editor::open(&Context::editor(), &session.notebook().path(path), *line)?;
    Ok(Exit::Answered)
}

/// The only hit of a search, or with --first the best one.
fn searched(args: &Args, session: &Session, context: &Context) -> Result<(NotePath, usize), Failure> {
    let query = context.query(session, &args.what)?;
    let options = SearchOptions { limit: SHOWN, sections: 1, ..SearchOptions::default() };
    let report = session.search(&SearchRequest { query, all_words: true, options, places: 1 })?;
    let words = args.what.join(" ");
    match report.hits.as_slice() {
        [] => Err(Failure::new(format!("no note is called `{words}`, and none has these words"))
            .hint("`hornbook search` is more lenient, `hornbook list` shows the notes")),
        [hit] => Ok((hit.path.clone(), hit.line)),
        [hit, ..] if args.first => Ok((hit.path.clone(), hit.line)),
        hits => {
            let paths = context.paths(session.notebook());
            let shown = hits.iter().map(|hit| format!("  {}:{}  {}", paths.shown(&hit.path), hit.line, hit.title));
            let shown: Vec<String> = shown.collect();
            let more = report.notes.saturating_sub(hits.len());
            let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
            Err(Failure::new(format!("`{words}` is found in {} notes:\n{}{more}", report.notes, shown.join("\n")))
                .hint("name one of them, add words, or take the first with --first"))
        }
    }
}
