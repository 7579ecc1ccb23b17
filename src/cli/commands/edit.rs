//! `hornbook edit NOTE|path:line|REF|QUERY`

use crate::cli::context::Context;
use crate::cli::editor;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::task_argument;
use crate::index::SearchOptions;
use crate::index::Select;
use crate::query::Query;
use crate::report::search::search_query;
use crate::report::task;

/// Open a note in your editor, at the line that is meant
///
/// The editor is the first of these variables that is set: `HORNBOOK_EDITOR`, `VISUAL`, `EDITOR`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A note, path:line, the id of a task, or words to search for: the best section is opened
    #[arg(required = true, value_name = "NOTE|REF|QUERY")]
    what: Vec<String>,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let written = args.what.join(" ");
    let place = context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        if let Ok(record) = note_argument::find(context, &notebook, &facts, &written) {
            return Ok(Some((record.path.clone(), 1)));
        }
        if let Some((path, line)) = written.rsplit_once(':')
            && let Ok(line) = line.parse::<usize>()
            && let Ok(record) = note_argument::find(context, &notebook, &facts, path)
        {
            return Ok(Some((record.path.clone(), line)));
        }
        let notes = facts.notes();
        let borrowed: Vec<_> = notes.iter().map(|(path, note)| (path, *note)).collect();
        let rows = task::rows(&borrowed, &[], context.today);
        if let Ok(index) = task_argument::find(context, &notebook, &rows, &written)
            && let Some(row) = rows.get(index)
        {
            return Ok(Some((row.path.clone(), row.task.line)));
        }
        let query = facts::parse_query(context, &notebook, &args.what)?;
        let mut holds = |part: &Query| -> Result<_, Failure> {
            Ok(facts.ask(context, &notebook, |ask| {
                let found = facts.records().iter().filter(|record| ask.note(part, record));
                found.map(|record| record.path.clone()).collect()
            }))
        };
        let query = search_query(&query, &mut holds)?;
        let answer = library.search(&query, &SearchOptions { limit: 1, ..SearchOptions::default() })?;
        let best = answer.hits.first().and_then(|hit| Some((hit.path.clone(), hit.sections.first()?.line)));
        Ok(best)
    })?;
    let Some((path, line)) = place else {
        context.ui.say(&format!("nothing found for `{written}`"));
        return Ok(Exit::Negative);
    };
    context.ui.say(&format!("{}:{line}", context.shown(&notebook, &path)));
    editor::open(&Context::editor(), &notebook.path(&path), line)?;
    Ok(Exit::Answered)
}
