//! Notes and the links between them, for programs that draw graphs.

use serde::Serialize;

use crate::model::LinkKind;
use crate::model::NotePath;
use crate::report::graph::Graph;
use crate::report::resolve::Target;

/// Some notes and the links between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GraphReport {
    /// Sorted by path.
    pub nodes: Vec<GraphNode>,
    /// Sorted by the linking note's path, then by position.
    pub edges: Vec<GraphEdge>,
}

/// A note of a graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GraphNode {
    /// Relative to the notes folder.
    pub path: NotePath,
    /// Its title.
    pub title: String,
}

/// A link between two notes of a graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GraphEdge {
    /// The note that contains it.
    pub from: NotePath,
    /// The other note, to which it leads.
    pub to: NotePath,
    /// How it is written.
    pub kind: LinkKind,
    /// 1-based.
    pub line: usize,
}

impl GraphReport {
    /// The notes marked in `chosen`, by their index in the graph, and the links between them.
    #[must_use]
    pub fn new(graph: &Graph<'_>, chosen: &[bool]) -> Self {
        let chosen = |index: usize| if chosen.get(index) == Some(&true) { graph.notes.get(index) } else { None };
        let mut report = Self::default();
        for (index, (path, note)) in (0..graph.notes.len()).filter_map(|index| Some((index, chosen(index)?))) {
            report.nodes.push(GraphNode { path: (*path).clone(), title: note.title.clone() });
            for (link, resolved) in note.links.iter().zip(graph.outgoing(index)) {
                if let Target::Note { note: to, .. } = resolved.target
                    && to != index
                    && let Some((to, _)) = chosen(to)
                {
                    let (from, to) = ((*path).clone(), (*to).clone());
                    report.edges.push(GraphEdge { from, to, kind: link.kind, line: link.line });
                }
            }
        }
        report
    }
}
