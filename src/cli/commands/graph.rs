//! `hornbook graph [QUERY]`

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::view::dot::dot;

/// Print notes and the links between them as a graph
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook graph | dot -Tsvg > graph.svg
  hornbook graph tag:events --format json")]
pub(crate) struct Args {
    /// Which notes [default: all]; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// For Graphviz, or for programs
    #[arg(short, long, value_name = "FORMAT", default_value = "dot")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For Graphviz: `hornbook graph | dot -Tsvg > graph.svg`
    Dot,
    /// `nodes` with path and title, `edges` with from, to, kind and line
    Json,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let session = context.session()?;
    let graph = session.graph(&context.query(&session, &args.query)?)?;
    match args.format {
        Format::Dot => context.ui.verbatim(&dot(&graph)),
        Format::Json => context.ui.verbatim(&format!("{}\n", serde_json::to_string(&graph)?)),
    }
    Ok(Exit::found(!graph.nodes.is_empty()))
}
