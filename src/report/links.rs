//! The links of a note and their destinations.

use serde::Serialize;

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::report::anchor::AnchorRef;
use crate::report::destination::Destination;
use crate::report::destination::Follower;
use crate::report::destination::NotebookFiles;
use crate::report::graph::Graph;
use crate::report::resolve::Remark;

/// The links of a note.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LinkReport {
    /// In the order of the text.
    pub links: Vec<LinkRow>,
}

/// A link of a note and its destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkRow {
    /// The note that contains it.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// How it is written.
    pub kind: LinkKind,
    /// As in [`Link::target`].
    pub target: String,
    /// As in [`Link::text`].
    pub text: String,
    /// What it leads to.
    pub state: LinkState,
    /// The note's, file's or folder's path; the address of an external link.
    pub to: Option<String>,
    /// The 1-based line of the heading, block or anchor that it points to.
    pub to_line: Option<usize>,
    /// The heading that it points to, if it exists.
    pub heading: Option<String>,
    /// The block id that it points to, if it exists.
    pub block: Option<String>,
    /// The heading or block that it points to but that does not exist, as written.
    #[serde(rename = "missing")]
    pub missing_place: Option<String>,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// A note.
    Note,
    /// A file that is not a note.
    File,
    /// A folder.
    Folder,
    /// A note or file that is left out of the notebook.
    LeftOut,
    /// An address with a scheme.
    External,
    /// Out of the notebook.
    Outside,
    /// A placeholder.
    Placeholder,
    /// Nothing.
    Missing,
}

impl LinkState {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::File => "file",
            Self::Folder => "folder",
            Self::LeftOut => "left_out",
            Self::External => "external",
            Self::Outside => "outside",
            Self::Placeholder => "placeholder",
            Self::Missing => "missing",
        }
    }
}

impl LinkRow {
    /// True if the link cannot be followed, or its heading or block does not exist.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.state == LinkState::Missing || self.missing_place.is_some()
    }

    /// The visible text of the link, or its target if both are the same; empty for a bare address.
    #[must_use]
    pub fn label(&self) -> &str {
        match self.kind {
            LinkKind::Autolink => "",
            // the part after an embed's `|` is a size
            LinkKind::Embed => &self.target,
            _ if self.text.is_empty() => &self.target,
            _ => &self.text,
        }
    }
}

impl LinkReport {
    /// Follows the links of a note, given by its index in the graph and its text.
    #[must_use]
    pub fn new<'a>(graph: &'a Graph<'a>, note: usize, text: &str, files: &'a dyn NotebookFiles) -> Self {
        let Some((path, facts)) = graph.notes.get(note) else { return Self::default() };
        let lines = Lines::new(text);
        let follower = Follower::new(graph, files);
        let row = |(number, link): (usize, &Link)| {
            let (_, column) = lines.line_column(text, link.span.start);
            let followed = follower.follow(note, number);
            let missing_place = followed.remarks.iter().find_map(|remark| match remark {
                Remark::NoHeading(written) => Some(written.clone()),
                Remark::NoBlock(written) => Some(format!("^{written}")),
                Remark::Ambiguous { .. } | Remark::ByTitle | Remark::OtherCase => None,
            });
            let row = LinkRow {
                path: (*path).clone(),
                line: link.line,
                column,
                kind: link.kind,
                target: link.target.clone(),
                text: link.text.clone(),
                state: LinkState::Missing,
                to: None,
                to_line: None,
                heading: None,
                block: None,
                missing_place,
            };
            with_destination(row, followed.destination, graph)
        };
        Self { links: facts.links.iter().enumerate().map(row).collect() }
    }
}

fn with_destination(row: LinkRow, destination: Destination, graph: &Graph<'_>) -> LinkRow {
    let (state, to) = match destination {
        Destination::External => (LinkState::External, Some(row.target.clone())),
        Destination::File(path) => (LinkState::File, Some(path.as_str().to_owned())),
        Destination::Folder(path) => (LinkState::Folder, Some(path)),
        Destination::LeftOut(path) => (LinkState::LeftOut, Some(path.as_str().to_owned())),
        Destination::Placeholder => (LinkState::Placeholder, None),
        Destination::Outside => (LinkState::Outside, None),
        Destination::Missing => (LinkState::Missing, None),
        Destination::Note { note, place } => {
            let Some((path, facts)) = graph.notes.get(note) else { return row };
            let row = LinkRow { state: LinkState::Note, to: Some(path.as_str().to_owned()), ..row };
            return with_place(row, facts, place);
        }
    };
    LinkRow { state, to, ..row }
}

fn with_place(row: LinkRow, note: &Note, place: Option<AnchorRef>) -> LinkRow {
    match place {
        Some(AnchorRef::Section(index)) => match note.sections.get(index) {
            Some(section) => LinkRow { heading: Some(section.text.clone()), to_line: Some(section.line), ..row },
            None => row,
        },
        Some(AnchorRef::Block(index)) => match note.blocks.get(index) {
            Some(block) => LinkRow { block: Some(block.id.clone()), to_line: Some(block.line), ..row },
            None => row,
        },
        Some(AnchorRef::Anchor(index)) => LinkRow { to_line: note.anchors.get(index).map(|anchor| anchor.line), ..row },
        None => row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_called_the_same_everywhere() {
        use LinkState as S;
        for state in [S::Note, S::File, S::Folder, S::LeftOut, S::External, S::Outside, S::Placeholder, S::Missing] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }
}
