//! Footnotes and link definitions by their labels: what is defined where, and where it is used.
//!
//! Asked for by changes that take text from one note to another; a note's facts have links, and not how they are labelled.

use pulldown_cmark::Event;
use pulldown_cmark::LinkType;
use pulldown_cmark::Tag;

use crate::model::Span;
use crate::model::words::fold;
use crate::parse::dialect;

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelKind {
    /// `[^label]`
    Footnote,
    /// `[text][label]`
    Link,
}

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelUse {
    /// `[^label]: …`, `[label]: …`
    Definition,
    /// `[^label]`, `[text][label]`
    Named,
    /// `[label][]`: the name's span is empty, between the last brackets.
    Collapsed,
    /// `[label]`: the name's span is empty, behind it.
    Shortcut,
}

/// A label where it stands. All offsets are bytes of the whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What it names.
    pub kind: LabelKind,
    /// In one case, blanks as one: how labels are compared.
    pub name: String,
    /// How it is written.
    pub written: LabelUse,
    /// All of it: of a definition with what it says.
    pub span: Span,
    /// The name as written.
    pub name_span: Span,
}

/// The labels of a text whose body begins at the byte `body_start`, in the order of the text. Of several definitions of one label
/// the first is there, as in what readers see.
#[must_use]
pub fn labels(text: &str, body_start: usize) -> Vec<Label> {
    let body = text.get(body_start..).unwrap_or("");
    let mut found: Vec<Label> = Vec::new();
    let mut events = dialect::reader(body).into_offset_iter();
    for (event, range) in events.by_ref() {
        let span = Span::new(range.start, range.end);
        let label = match event {
            Event::FootnoteReference(label) => {
                let name_span = Span::new(span.start + 2, span.end.saturating_sub(1));
                Some((LabelKind::Footnote, label, LabelUse::Named, span, name_span))
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let span = Span::new(span.start, span.start + span.of(body).trim_end().len());
                let name_span = defined(body, span, "[^");
                Some((LabelKind::Footnote, label, LabelUse::Definition, span, name_span))
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                let end = span.end.saturating_sub(1);
                let written = match link_type {
                    LinkType::Reference => {
                        let open = Span::new(span.start, end).of(body).rfind('[').map(|at| span.start + at + 1);
                        open.map(|open| (LabelUse::Named, Span::new(open, end)))
                    }
                    // the parser leaves out the last brackets
                    LinkType::Collapsed if body.get(span.end..).is_some_and(|rest| rest.starts_with("[]")) => {
                        Some((LabelUse::Collapsed, Span::new(span.end + 1, span.end + 1)))
                    }
                    LinkType::Collapsed => Some((LabelUse::Collapsed, Span::new(end, end))),
                    LinkType::Shortcut => Some((LabelUse::Shortcut, Span::new(span.end, span.end))),
                    _ => None,
                };
                written.map(|(written, name_span)| (LabelKind::Link, id, written, span, name_span))
            }
            _ => None,
        };
        found.extend(label.map(|(kind, name, written, span, name_span)| Label {
            kind,
            name: folded(&name),
            written,
            span,
            name_span,
        }));
    }
    for (name, definition) in events.reference_definitions().iter() {
        let span = Span::new(definition.span.start, definition.span.end);
        let span = Span::new(span.start, span.start + span.of(body).trim_end().len());
        let (kind, written) = (LabelKind::Link, LabelUse::Definition);
        found.push(Label { kind, name: folded(name), written, span, name_span: defined(body, span, "[") });
    }
    let shifted = |span: Span| Span::new(body_start + span.start, body_start + span.end);
    for label in &mut found {
        (label.span, label.name_span) = (shifted(label.span), shifted(label.name_span));
    }
    found.sort_by_key(|label| (label.span.start, label.span.end));
    found
}

/// The name between `open` and `]:` at the beginning of a definition.
fn defined(body: &str, span: Span, open: &str) -> Span {
    let start = span.start + open.len();
    let end = Span::new(start, span.end).of(body).find("]:").map_or(start, |at| start + at);
    Span::new(start, end)
}

fn folded(name: &str) -> String {
    fold(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_and_defined() {
        let text = "---\na: b\n---\n[^1] [t][R  x] [r x][] ![r x] `[^1]` [^none]\n\n[^1]: One [^two]\n\n    more\n\n[^Two]: two\n\n[r X]: a.md 'T'\n[unused]: b.md\n";
        let found = labels(text, 13);
        let shown: Vec<_> = found
            .iter()
            .map(|label| (label.written, label.name.as_str(), label.name_span.of(text), label.span.of(text)))
            .collect();
        assert_eq!(
            shown,
            [
                (LabelUse::Named, "1", "1", "[^1]"),
                (LabelUse::Named, "r x", "R  x", "[t][R  x]"),
                (LabelUse::Collapsed, "r x", "", "[r x]"),
                (LabelUse::Shortcut, "r x", "", "![r x]"),
                (LabelUse::Definition, "1", "1", "[^1]: One [^two]\n\n    more"),
                (LabelUse::Named, "two", "two", "[^two]"),
                (LabelUse::Definition, "two", "Two", "[^Two]: two"),
                (LabelUse::Definition, "r x", "r X", "[r X]: a.md 'T'"),
                (LabelUse::Definition, "unused", "unused", "[unused]: b.md"),
            ]
        );
    }
}
