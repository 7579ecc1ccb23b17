//! The links of a note and the links to it, as rows.

use serde_json::Value as Json;
use serde_json::json;

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::report::anchor::Place;
use crate::report::destination::Destination;
use crate::report::destination::Follower;
use crate::report::destination::NotebookFiles;
use crate::report::graph::Graph;
use crate::report::graph::sentence;
use crate::report::resolve::Remark;
use crate::report::resolve::Target;

/// A link of a note and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow<'a> {
    /// The note in which it stands.
    pub path: &'a NotePath,
    /// The link.
    pub link: &'a Link,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// What it leads to, in a word: `note`, `file`, `folder`, `left_out`, `external`, `outside`, `placeholder`, `missing`.
    pub state: &'static str,
    /// The note's, file's or folder's path; the address of an external link.
    pub to: Option<String>,
    /// The heading that it names and that is there.
    pub heading: Option<String>,
    /// The block id that it names and that is there.
    pub block: Option<String>,
    /// The 1-based line of the heading, block or anchor that it names.
    pub to_line: Option<usize>,
    /// The heading or block that it names and that is not there, as written.
    pub no_place: Option<String>,
}

/// The links of a note in the order of its text.
#[must_use]
pub fn outgoing<'a>(graph: &'a Graph<'a>, index: usize, text: &str, files: &'a dyn NotebookFiles) -> Vec<LinkRow<'a>> {
    let Some((path, note)) = graph.notes.get(index) else { return Vec::new() };
    let lines = Lines::new(text);
    let follower = Follower::new(graph, files);
    let row = |(number, link): (usize, &'a Link)| {
        let followed = follower.follow(index, number);
        let (_, column) = lines.line_column(text, link.span.start);
        let no_place = followed.remarks.iter().find_map(|remark| match remark {
            Remark::NoHeading(written) => Some(written.clone()),
            Remark::NoBlock(written) => Some(format!("^{written}")),
            Remark::Ambiguous { .. } | Remark::ByTitle | Remark::OtherCase => None,
        });
        let row = LinkRow {
            path,
            link,
            column,
            state: "missing",
            to: None,
            heading: None,
            block: None,
            to_line: None,
            no_place,
        };
        let to = |state, path: String| LinkRow { state, to: Some(path), ..row.clone() };
        match followed.destination {
            Destination::External => to("external", link.target.clone()),
            Destination::File(path) => to("file", path.as_str().to_owned()),
            Destination::Folder(path) => to("folder", path),
            Destination::LeftOut(path) => to("left_out", path.as_str().to_owned()),
            Destination::Placeholder => LinkRow { state: "placeholder", ..row },
            Destination::Outside => LinkRow { state: "outside", ..row },
            Destination::Missing => row,
            Destination::Note { note, place } => {
                let Some((path, facts)) = graph.notes.get(note) else { return row };
                let row = to("note", path.as_str().to_owned());
                match place {
                    Some(Place::Section(index)) => match facts.sections.get(index) {
                        Some(section) => {
                            LinkRow { heading: Some(section.text.clone()), to_line: Some(section.line), ..row }
                        }
                        None => row,
                    },
                    Some(Place::Block(index)) => match facts.blocks.get(index) {
                        Some(block) => LinkRow { block: Some(block.id.clone()), to_line: Some(block.line), ..row },
                        None => row,
                    },
                    Some(Place::Anchor(index)) => {
                        LinkRow { to_line: facts.anchors.get(index).map(|anchor| anchor.line), ..row }
                    }
                    None => row,
                }
            }
        }
    };
    note.links.iter().enumerate().map(row).collect()
}

impl LinkRow<'_> {
    /// What scripts read.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "path": self.path.as_str(),
            "line": self.link.line,
            "column": self.column,
            "kind": self.link.kind,
            "target": self.link.target,
            "text": self.link.text,
            "state": self.state,
            "to": self.to,
            "to_line": self.to_line,
            "heading": self.heading,
            "block": self.block,
            "missing": self.no_place,
        })
    }
}

/// A place in another note that links to a note, or only mentions it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BacklinkRow<'a> {
    /// The note in which it stands.
    pub path: &'a NotePath,
    /// Its title.
    pub title: &'a str,
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// `None` for a mention.
    pub kind: Option<LinkKind>,
    /// The headings above it.
    pub under: Vec<&'a str>,
    /// The heading of the target that it names.
    pub heading: Option<&'a str>,
    /// The sentence around it.
    pub sentence: String,
}

/// The links of other notes to a note, in the order of their paths and texts. `text` gives a note's text.
#[must_use]
pub fn incoming<'a>(
    graph: &'a Graph<'_>,
    index: usize,
    text: &dyn Fn(&NotePath) -> Option<String>,
) -> Vec<BacklinkRow<'a>> {
    let mut rows = Vec::new();
    let mut at: Option<(usize, Option<(String, Lines)>)> = None;
    for &(from, number) in graph.incoming(index) {
        let Some((path, note)) = graph.notes.get(from) else { continue };
        let Some(link) = note.links.get(number) else { continue };
        if at.as_ref().is_none_or(|(known, _)| *known != from) {
            let read = text(path).map(|text| {
                let lines = Lines::new(&text);
                (text, lines)
            });
            at = Some((from, read));
        }
        let Some((_, Some((text, lines)))) = &at else { continue };
        let heading = graph.outgoing(from).get(number).and_then(|resolved| match resolved.target {
            Target::Note { note, place: Some(Place::Section(section)) } => {
                Some(graph.notes.get(note)?.1.sections.get(section)?.text.as_str())
            }
            _ => None,
        });
        let row = backlink(path, note, link.span, text, lines);
        rows.push(BacklinkRow { kind: Some(link.kind), heading, ..row });
    }
    rows
}

/// A place of a note with the sentence around it.
#[must_use]
pub fn backlink<'a>(path: &'a NotePath, note: &'a Note, span: Span, text: &str, lines: &Lines) -> BacklinkRow<'a> {
    let (line, column) = lines.line_column(text, span.start);
    BacklinkRow {
        path,
        title: &note.title,
        line,
        column,
        kind: None,
        under: note.heading_path(note.section_at(span.start)),
        heading: None,
        sentence: sentence(text, span.start, span.end),
    }
}

impl BacklinkRow<'_> {
    /// What scripts read; `kind` is `mention` for a mention.
    #[must_use]
    pub fn json(&self) -> Json {
        json!({
            "path": self.path.as_str(),
            "line": self.line,
            "column": self.column,
            "title": self.title,
            "kind": self.kind.map_or_else(|| json!("mention"), |kind| json!(kind)),
            "heading": self.heading,
            "under": self.under,
            "text": self.sentence,
        })
    }
}
