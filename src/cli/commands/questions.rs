//! `hornbook questions [QUERY]`

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Between;
use crate::model::QuestionState;
use crate::report::questions::QuestionOptions;

/// List the questions that notes ask, and whether they are answered
///
/// Headings and list items that ask, and text after QUESTION: or Q:. A question is open if nothing answers it, weak
/// if it is asked in passing or if its answer is only a link or a "maybe", and answered otherwise.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook questions
  hornbook questions --open path:meetings
  hornbook questions --state answered -n 5
  hornbook questions --since 2026-11-01 --format json")]
pub(crate) struct Args {
    /// Which notes; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only those that are not answered: open and weak ones
    #[arg(short = 'o', long, conflicts_with = "state")]
    open: bool,

    /// Only those in this state; may be given more than once
    #[arg(short, long, value_enum, value_name = "STATE")]
    state: Vec<State>,

    #[command(flatten)]
    between: Between,

    /// At most this many
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    /// Nothing answers it
    Open,
    /// Barely a question, or barely an answer
    Weak,
    /// It has an answer
    Answered,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let states = if args.open {
        vec![QuestionState::Open, QuestionState::Weak]
    } else {
        args.state.iter().map(|state| QuestionState::from(*state)).collect()
    };
    let report = session.questions(&query, &QuestionOptions { states, range, limit: args.limit })?;
    context.answer(&session, &report, &args.output)
}

impl From<State> for QuestionState {
    fn from(state: State) -> Self {
        match state {
            State::Open => Self::Open,
            State::Weak => Self::Weak,
            State::Answered => Self::Answered,
        }
    }
}
