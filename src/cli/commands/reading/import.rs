//! `hornbook reading import FILE`

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::session::Change;
use crate::session::read_bookmarks;
use crate::view::words;

/// Number of problems in a file that are shown.
const SHOWN: usize = 10;

/// Writes: imports bookmarks of a browser, linkding, Pinboard, Pocket or Instapaper into a reading note
///
/// Folders become headings, and links to read get a box; private bookmarks go into a private note. Links that the notebook
/// already has, in any spelling, are skipped and counted, and so are addresses that are not web pages, such as `javascript:`.
/// Nothing is fetched.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  echo '<a href=\"https://example.org/saga\">Sagas</a>' | hornbook reading import - --dry-run
  echo '<a href=\"https://example.org/saga\" toread=\"1\">Sagas</a>' | hornbook reading import - --to sagas")]
pub(crate) struct ImportArgs {
    /// HTML that the program exported, CSV with a column `url`, or Pinboard's JSON; - for standard input
    file: PathBuf,

    /// The destination: a note, or a heading in it as NOTE#Heading [default: the note of the kind `reading`, else reading.md]
    #[arg(long, value_name = "NOTE", add = ArgValueCompleter::new(complete::notes))]
    to: Option<String>,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn import(args: &ImportArgs, context: &mut Context) -> Outcome {
    let name = args.file.display().to_string();
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(context.cwd.join(&args.file))
    };
    let bytes = bytes.map_err(|error| Failure::new(format!("{name}: {error}")))?;
    let found = read_bookmarks(&bytes).map_err(|error| Failure::from(error).at(&name))?;
    for (line, why) in found.oddities.iter().take(SHOWN) {
        context.ui.warn(&format!("{name}:{line}: {why}"));
    }
    if found.oddities.len() > SHOWN {
        let more = words::thousands(found.oddities.len() - SHOWN);
        context.ui.warn(&format!("{name}: {more} more lines like these"));
    }
    if found.bookmarks.is_empty() {
        context.ui.say(&format!("{name}: no bookmarks"));
        return Ok(Exit::Negative);
    }
    let mut session = context.session()?;
    let to = args.to.as_ref().map(|to| context.destination(&session, to));
    let words = format!("reading import {name}");
    change::carry_out(context, &mut session, &Change::Bookmarks { to, bookmarks: found.bookmarks }, &words, &args.how)?;
    Ok(Exit::Answered)
}
