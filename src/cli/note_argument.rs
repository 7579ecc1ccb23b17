//! NOTE on the command line: a path from here or from the notes folder, a name, a title.

use std::path::Path;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::facts::Facts;
use crate::disk::Notebook;
use crate::index::Record;
use crate::model::NotePath;
use crate::model::words::nearest;
use crate::report::resolve::Names;
use crate::view::words;

/// Finds the one note that was meant.
pub(crate) fn find<'f>(
    context: &Context,
    notebook: &Notebook,
    facts: &'f Facts,
    written: &str,
) -> Result<&'f Record, Failure> {
    if let Some(path) = from_here(context, notebook, written)
        && let Some(record) = facts.records().iter().find(|record| record.path == path)
    {
        return Ok(record);
    }
    let notes = facts.notes();
    let names = Names::new(notes, &[]);
    let bare = written.trim_start_matches("[[").trim_end_matches("]]");
    match names.find_note(bare).as_slice() {
        [one] => facts.records().get(*one).ok_or_else(|| missing(facts, written)),
        [] => Err(missing(facts, written)),
        several => {
            let paths: Vec<String> = several
                .iter()
                .filter_map(|&index| facts.records().get(index))
                .map(|record| record.path.to_string())
                .collect();
            Err(Failure::new(format!(
                "`{written}` names {}: {}",
                words::count(paths.len(), "note"),
                words::list(&paths)
            ))
            .hint("name one of them by its path"))
        }
    }
}

/// The note's path, where `written` is a file as seen from the current folder.
pub(crate) fn from_here(context: &Context, notebook: &Notebook, written: &str) -> Option<NotePath> {
    let full = context.cwd.join(Path::new(written)).canonicalize().ok()?;
    full.strip_prefix(&notebook.root)
        .ok()
        .filter(|path| !path.as_os_str().is_empty())
        .map(|path| NotePath::from_os(path.as_os_str()))
}

fn missing(facts: &Facts, written: &str) -> Failure {
    let names = facts.records().iter().flat_map(|record| [record.path.stem(), record.parsed.note.title.as_str()]);
    let near = nearest(written, names);
    let is_near =
        |record: &&Record| near.is_some_and(|near| near == record.path.stem() || near == record.parsed.note.title);
    let near = facts.records().iter().find(is_near);
    let failure = Failure::new(format!("no note is called `{written}`"));
    match near {
        Some(record) => failure.hint(format!("did you mean {}?", record.path)),
        None => failure.hint("`hornbook list` shows the notes, `hornbook search` finds words in them"),
    }
}
