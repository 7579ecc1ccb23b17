//! `hornbook edit NOTE|PATH:LINE|ID|QUERY`

use clap_complete::engine::ArgValueCompleter;

use crate::cli::commands::search;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::editor;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::disk::Notebook;
use crate::index::Library;
use crate::index::SearchOptions;
use crate::index::Select;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::anchor::find_heading;
use crate::report::find_task::Found;
use crate::report::find_task::find_task;
use crate::session::path_and_line;

/// Open a note in your editor, at the line that is meant
///
/// The editor is what `HORNBOOK_EDITOR`, VISUAL or EDITOR says, the first of them that is set; most are told the line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook edit saga
  hornbook edit 'reading#To read'
  hornbook edit inbox.md:3
  hornbook edit 4fk
  hornbook edit --first poison message")]
pub(crate) struct Args {
    /// A note, note#heading, path:line, the id of a task, or what to search for; see `hornbook help query`
    #[arg(required = true, value_name = "NOTE|PLACE|QUERY", add = ArgValueCompleter::new(complete::notes))]
    what: Vec<String>,

    /// Where a query finds several notes, open the best hit
    #[arg(short = '1', long)]
    first: bool,
}

/// So many hits are shown when there are several.
const SHOWN: usize = 8;

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let words = args.what.join(" ");
    let (path, line) = context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        match named(context, &notebook, &facts, &words)? {
            Some(place) => Ok(place),
            None => searched(context, &notebook, library, args),
        }
    })?;
    editor::open(&Context::editor(), &notebook.path(&path), line)?;
    Ok(Exit::Answered)
}

/// A note, a place in one, or a task, named outright.
fn named(
    context: &Context,
    notebook: &Notebook,
    facts: &Facts,
    words: &str,
) -> Result<Option<(NotePath, usize)>, Failure> {
    if let Ok(record) = note_argument::find(context, notebook, facts, words) {
        return Ok(Some((record.path.clone(), 1)));
    }
    if let Some((name, line)) = path_and_line(words)
        && let Ok(record) = note_argument::find(context, notebook, facts, name)
    {
        return Ok(Some((record.path.clone(), line)));
    }
    if let Some((name, heading)) = words.trim_end_matches("]]").split_once('#')
        && let Ok(record) = note_argument::find(context, notebook, facts, name)
    {
        let note = &record.parsed.note;
        let line = match heading.strip_prefix('^') {
            Some(id) => note.blocks.iter().find(|block| block.id.eq_ignore_ascii_case(id)).map(|block| block.line),
            None => {
                find_heading(note, heading).and_then(|section| note.sections.get(section)).map(|section| section.line)
            }
        };
        let shown = context.shown(notebook, &record.path);
        let line = line.ok_or_else(|| {
            Failure::new(format!("{shown} has no `{heading}`"))
                .hint(format!("`hornbook outline {shown}` shows its headings"))
        })?;
        return Ok(Some((record.path.clone(), line)));
    }
    let rows = facts.tasks(&facts.people(notebook), context.today);
    let id = words.trim_start_matches('^');
    Ok(match find_task(&rows, words, None) {
        // words of a task are left to the search: here only its id counts
        Found::One(index) => rows
            .get(index)
            .filter(|row| row.id == id || row.full_id.starts_with(id))
            .map(|row| (row.path.clone(), row.task.line)),
        _ => None,
    })
}

/// The only hit of a search, or the best one where that is asked for.
fn searched(
    context: &mut Context,
    notebook: &Notebook,
    library: &Library,
    args: &Args,
) -> Result<(NotePath, usize), Failure> {
    let query = facts::parse_query(context, notebook, &args.what)?.with_all_words();
    let options = SearchOptions { limit: SHOWN, sections: 1, ..SearchOptions::default() };
    let (answer, _) = search::find(context, notebook, library, &query, &options, 1)?;
    let hits: Vec<(&NotePath, usize, &str)> = answer
        .hits
        .iter()
        .filter_map(|hit| hit.sections.first().map(|section| (&hit.path, section.line, section.title.as_str())))
        .collect();
    let words = args.what.join(" ");
    match hits.as_slice() {
        [] => Err(Failure::new(format!("no note is called `{words}`, and none has these words"))
            .hint("`hornbook search` is more lenient, `hornbook list` shows the notes")),
        [(path, line, _)] => Ok(((*path).clone(), *line)),
        [(path, line, _), ..] if args.first => Ok(((*path).clone(), *line)),
        several => {
            let shown: Vec<String> = several
                .iter()
                .map(|(path, line, title)| format!("  {}:{line}  {title}", context.shown(notebook, path)))
                .collect();
            let more = answer.total.saturating_sub(several.len());
            let more = if more > 0 { format!("\n  and {more} more") } else { String::new() };
            Err(Failure::new(format!("`{words}` is found in {} notes:\n{}{more}", answer.total, shown.join("\n")))
                .hint("name one of them, add words, or take the first with --first"))
        }
    }
}
