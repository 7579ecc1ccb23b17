//! `hornbook meeting new SERIES`: the next meeting, with what the earlier ones left open.

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::editor;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::error::no_date;
use crate::model::calendar;
use crate::model::calendar::Lean;
use crate::session::Change;
use crate::session::NextMeeting;
use crate::session::Session;
use crate::session::Step;

/// Writes: adds the next meeting of a series, with every open point of all earlier ones, once
///
/// It is written like the others: an entry in their note, in its order, or a separate note beside them. Each point that is
/// open, or whose state is unknown, is copied with everything under it, under its old heading, and says where it came from. Old
/// lines stay as they are, or are marked as moved with --move. Running it twice adds nothing. The changes are shown first; on a
/// terminal you are asked to confirm them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook meeting new one-to-one-with-ida --dry-run
  hornbook meeting new retro --date 2026-12-02 --yes --no-edit
  hornbook meeting new retro --only Ida --max 5 --dry-run")]
pub(super) struct Args {
    /// The series, by its name or the path of one of its notes
    #[arg(add = ArgValueCompleter::new(complete::series))]
    series: String,

    /// The day [default: as expected, today at the earliest]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,

    /// Carry over only the points of this person (@me: the setting me); may be given several times
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(complete::owners))]
    only: Vec<String>,

    /// Carry over at most this many points, the newest first
    #[arg(long, value_name = "N")]
    max: Option<usize>,

    /// Mark the old boxes as moved, with a link to the copy
    #[arg(long = "move")]
    moves: bool,

    /// Add the agenda that `hornbook report 1on1` suggests
    #[arg(long)]
    agenda: bool,

    /// Do not ask
    #[arg(short, long)]
    yes: bool,

    /// Do not open the editor
    #[arg(long)]
    no_edit: bool,

    #[command(flatten)]
    how: Changing,
}

pub(super) fn run(args: &Args, context: &mut Context) -> Outcome {
    let date = args.date.as_ref().map(|written| day(written, context.today)).transpose()?;
    let mut session = context.session()?;
    let change = Change::Meeting(NextMeeting {
        series: context.series_name(&session, &args.series),
        date,
        only: args.only.iter().map(|name| person(name, &session)).collect::<Result<_, _>>()?,
        most: args.max,
        moves: args.moves,
        agenda: args.agenda,
    });
    let asks = !args.how.dry_run && !args.yes;
    if args.how.output.is_text() && !args.how.dry_run {
        let receipt = session.preview(session.plan(&change)?)?;
        change::show_diff(context, &receipt.files);
        if asks && !receipt.files.is_empty() {
            // print what would change before the question
            context.ui.finish()?;
            if !context.ui.ask("Write this?")? {
                context.ui.say("nothing was written (--yes does not ask)");
                return Ok(Exit::Negative);
            }
        }
    } else if asks {
        return Err(Failure::new("there is no terminal to ask at").hint("--yes writes it, --dry-run only shows it"));
    }
    let steps = change::carry_out(context, &mut session, &change, "meeting new", &args.how)?;
    if args.no_edit || !args.how.output.is_text() || args.how.dry_run {
        return Ok(Exit::Answered);
    }
    for step in &steps {
        if let Step::Meeting { at, .. } = step {
            editor::open(&Context::editor(), &session.notebook().path(&at.path), at.line)?;
        }
    }
    Ok(Exit::Answered)
}

/// An ambiguous date is in the future.
fn day(written: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    calendar::parse_day(written, today, Lean::Ahead).map_err(|error| no_date(error).at("--date"))
}

/// Somebody's name; `@me` is set in the settings.
fn person(name: &str, session: &Session) -> Result<String, Failure> {
    if !name.trim_start_matches('@').eq_ignore_ascii_case("me") {
        return Ok(name.to_owned());
    }
    session
        .notebook()
        .settings
        .me
        .clone()
        .ok_or_else(|| Failure::new("@me is not set").hint("me = \"Ida\" below [preprocessor.hornbook] in book.toml"))
}
