//! Graphs in the DOT language, for Graphviz.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::report::graph_report::GraphReport;

/// A graph in the DOT language: one edge between two notes, however many links there are.
#[must_use]
pub fn dot(graph: &GraphReport) -> String {
    let mut out = "digraph notebook {\n  node [shape=box];\n".to_owned();
    for node in &graph.nodes {
        // writing to a string cannot fail
        let _ = writeln!(out, "  {} [label={}];", quoted(node.path.as_str()), quoted(&node.title));
    }
    for edges in graph.edges.chunk_by(|a, b| a.from == b.from) {
        let ends: BTreeSet<_> = edges.iter().map(|edge| (&edge.from, &edge.to)).collect();
        for (from, to) in ends {
            let _ = writeln!(out, "  {} -> {};", quoted(from.as_str()), quoted(to.as_str()));
        }
    }
    out.push_str("}\n");
    out
}

/// A string in the DOT language.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_says_stays_in_its_string() {
        for (text, want) in [("a", r#""a""#), ("a\"];\n\\", r#""a\"]; \\""#), ("ü \u{85}", "\"ü  \"")] {
            assert_eq!(quoted(text), want);
        }
    }
}
