//! `hornbook decisions [QUERY]`

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Outcome;
use crate::cli::output::Output;
use crate::cli::period::Between;
use crate::model::DecisionStatus;
use crate::report::decisions::DecisionOptions;

/// List what was decided, the newest first
///
/// Text after Decision:, sentences that begin with "We decided" and the like, list items under the heading Decisions,
/// and notes that record one decision (ADRs after Nygard, MADR), with their status.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook decisions
  hornbook decisions --since 2026-10-01 path:meetings
  hornbook decisions --status accepted
  hornbook decisions --holding --since 2026-01-01
  hornbook decisions --format json")]
pub(crate) struct Args {
    /// Which notes; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Only records of decisions with this status; may be given more than once
    #[arg(short, long, value_enum, value_name = "STATUS")]
    status: Vec<Status>,

    /// Leave out rejected, deprecated and superseded decisions
    #[arg(long)]
    holding: bool,

    #[command(flatten)]
    between: Between,

    /// At most this many
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Status {
    /// Not taken yet
    Proposed,
    /// In force
    Accepted,
    /// Turned down
    Rejected,
    /// No longer in force
    Deprecated,
    /// Replaced by another
    Superseded,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let range = args.between.range(context)?;
    let session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let statuses = args.status.iter().map(|status| DecisionStatus::from(*status)).collect();
    let report =
        session.decisions(&query, &DecisionOptions { statuses, holding: args.holding, range, limit: args.limit })?;
    context.answer(&session, &report, &args.output)
}

impl From<Status> for DecisionStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Proposed => Self::Proposed,
            Status::Accepted => Self::Accepted,
            Status::Rejected => Self::Rejected,
            Status::Deprecated => Self::Deprecated,
            Status::Superseded => Self::Superseded,
        }
    }
}
