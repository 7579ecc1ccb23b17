//! Links to a note from other notes, and mentions, with the sentence around each.

use serde::Serialize;
use serde::Serializer;

use crate::model::Lines;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::report::anchor::AnchorRef;
use crate::report::graph::Graph;
use crate::report::graph::sentence;
use crate::report::mentions::Names;
use crate::report::resolve::Target;

/// The places in other notes that link to a note or mention it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BacklinkReport {
    /// Sorted by path and position.
    pub links: Vec<BacklinkRow>,
    /// Places that mention the note without a link; `None` if not requested.
    pub mentions: Option<Vec<BacklinkRow>>,
}

/// A place in another note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BacklinkRow {
    /// The note that contains it.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
    /// The title of that note.
    pub title: String,
    /// How it refers to the note.
    pub kind: BacklinkKind,
    /// The heading of the target that it points to.
    pub heading: Option<String>,
    /// The headings above it.
    pub under: Vec<String>,
    /// The sentence around it.
    pub text: String,
}

/// How a place refers to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BacklinkKind {
    /// By a link.
    Link(LinkKind),
    /// By one of its names, without a link.
    Mention,
}

impl Serialize for BacklinkKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Link(kind) => kind.serialize(serializer),
            Self::Mention => serializer.serialize_str("mention"),
        }
    }
}

/// Reads a note's text.
type ReadText<'a> = dyn Fn(&NotePath) -> Option<String> + 'a;

impl BacklinkReport {
    /// The links from other notes to a note, an index into the graph's notes; with `mentions`, also mentions of its names.
    #[must_use]
    pub fn new(graph: &Graph<'_>, note: usize, mentions: bool, text: &ReadText<'_>) -> Self {
        Self { links: links(graph, note, text), mentions: mentions.then(|| mentioned(graph, note, text)) }
    }
}

fn links(graph: &Graph<'_>, index: usize, text: &ReadText<'_>) -> Vec<BacklinkRow> {
    let mut rows = Vec::new();
    for of_note in graph.incoming(index).chunk_by(|(from, _), (next, _)| from == next) {
        let Some((from, (path, note))) = of_note.first().and_then(|&(from, _)| Some((from, graph.notes.get(from)?)))
        else {
            continue;
        };
        let Some(text) = text(path) else { continue };
        let lines = Lines::new(&text);
        for &(_, number) in of_note {
            let Some(link) = note.links.get(number) else { continue };
            let heading = graph.outgoing(from).get(number).and_then(|resolved| match resolved.target {
                Target::Note { note, place: Some(AnchorRef::Section(section)) } => {
                    Some(graph.notes.get(note)?.1.sections.get(section)?.text.clone())
                }
                _ => None,
            });
            let row = row(path, note, link.span, &text, &lines);
            rows.push(BacklinkRow { kind: BacklinkKind::Link(link.kind), heading, ..row });
        }
    }
    rows
}

fn mentioned(graph: &Graph<'_>, index: usize, text: &ReadText<'_>) -> Vec<BacklinkRow> {
    let mut rows = Vec::new();
    let Some(names) = graph.notes.get(index).and_then(|(path, note)| Names::of(path, note)) else { return rows };
    for (_, (path, note)) in graph.notes.iter().enumerate().filter(|(other, _)| *other != index) {
        let Some(text) = text(path) else { continue };
        let places = names.mentions(note, &text);
        if !places.is_empty() {
            let lines = Lines::new(&text);
            rows.extend(places.into_iter().map(|span| row(path, note, span, &text, &lines)));
        }
    }
    rows
}

/// A place in a note, as a mention.
fn row(path: &NotePath, note: &Note, span: Span, text: &str, lines: &Lines) -> BacklinkRow {
    let (line, column) = lines.line_column(text, span.start);
    let under = note.heading_path(note.section_at(span.start));
    BacklinkRow {
        path: path.clone(),
        line,
        column,
        title: note.title.clone(),
        kind: BacklinkKind::Mention,
        heading: None,
        under: under.into_iter().map(str::to_owned).collect(),
        text: sentence(text, span.start, span.end),
    }
}
