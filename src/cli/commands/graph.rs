//! `hornbook graph [QUERY]`

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;

use crate::cli::around::Around;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::index::Select;
use crate::model::LinkKind;
use crate::query::Query;
use crate::report::graph::Graph;
use crate::report::resolve::Target;

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

/// A link between two notes, as indices.
struct Edge {
    from: usize,
    to: usize,
    kind: LinkKind,
    line: usize,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &args.query)?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let around = Around::look(&notebook, &facts)?;
        let notes = facts.notes();
        let graph = Graph::new(notes.clone(), around.attachments());
        let chosen: Vec<bool> =
            facts.ask(context, &notebook, |ask| facts.records().iter().map(|record| ask.note(&query, record)).collect());
        let is_chosen = |index: usize| chosen.get(index) == Some(&true);
        let mut edges = Vec::new();
        for (from, (_, note)) in notes.iter().enumerate().filter(|(index, _)| is_chosen(*index)) {
            for (link, resolved) in note.links.iter().zip(graph.outgoing(from)) {
                if let Target::Note { note: to, .. } = resolved.target
                    && to != from
                    && is_chosen(to)
                {
                    edges.push(Edge { from, to, kind: link.kind, line: link.line });
                }
            }
        }
        let nodes: Vec<(usize, &str, &str)> = notes
            .iter()
            .enumerate()
            .filter(|(index, _)| is_chosen(*index))
            .map(|(index, (path, note))| (index, path.as_str(), note.title.as_str()))
            .collect();
        let path = |index: usize| notes.get(index).map_or("", |(path, _)| path.as_str());
        let text = match args.format {
            Format::Json => {
                let nodes: Vec<_> = nodes.iter().map(|(_, path, title)| json!({"path": path, "title": title})).collect();
                let edges: Vec<_> = edges
                    .iter()
                    .map(|edge| json!({"from": path(edge.from), "to": path(edge.to), "kind": edge.kind, "line": edge.line}))
                    .collect();
                format!("{}\n", json!({"nodes": nodes, "edges": edges}))
            }
            Format::Dot => dot(&nodes, &edges),
        };
        context.ui.verbatim(&text);
        Ok(Exit::found(!nodes.is_empty()))
    })
}

/// One edge between two notes, however many links there are.
fn dot(nodes: &[(usize, &str, &str)], edges: &[Edge]) -> String {
    let mut out = "digraph notebook {\n  node [shape=box];\n".to_owned();
    let names: BTreeMap<usize, &str> = nodes.iter().map(|(index, path, _)| (*index, *path)).collect();
    for (_, path, title) in nodes {
        // writing to a string cannot fail
        let _ = writeln!(out, "  {} [label={}];", quoted(path), quoted(title));
    }
    let mut links: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    links.sort_unstable();
    links.dedup();
    for (from, to) in links {
        let name = |index| quoted(names.get(&index).copied().unwrap_or(""));
        let _ = writeln!(out, "  {} -> {};", name(from), name(to));
    }
    out.push_str("}\n");
    out
}

/// A string of the DOT language.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
