//! The blocks of a body as a tree, for block ids: a `^id` names the block before it, whatever its kind.

use pulldown_cmark::Event;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use crate::model::Span;

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NodeKind {
    Paragraph,
    Item,
    Quote,
    Table,
    /// A heading, a list, code, HTML, a rule, a footnote.
    Other,
}

/// A block in the tree of blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) span: Span,
    /// The enclosing node, and the previous sibling; both have smaller indices.
    pub(crate) parent: Option<usize>,
    pub(crate) previous: Option<usize>,
}

/// Builds the tree of blocks from the parser's events.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The open nodes, outermost first, each with its last child.
    open: Vec<(usize, Option<usize>)>,
    last_at_top: Option<usize>,
}

impl Tree {
    /// Takes the parser's next event.
    pub(super) fn take(&mut self, event: &Event<'_>, span: Span) {
        let kind = match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph => NodeKind::Paragraph,
                Tag::Item => NodeKind::Item,
                Tag::BlockQuote(_) => NodeKind::Quote,
                Tag::Table(_) => NodeKind::Table,
                Tag::Heading { .. }
                | Tag::List(_)
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_) => NodeKind::Other,
                _ => return,
            },
            Event::Rule => NodeKind::Other,
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::Table
                | TagEnd::Heading(_)
                | TagEnd::List(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::FootnoteDefinition,
            ) => {
                self.open.pop();
                return;
            }
            _ => return,
        };
        let index = self.nodes.len();
        let parent = self.open.last().map(|(parent, _)| *parent);
        let last = self.open.last_mut().map_or(&mut self.last_at_top, |(_, last)| last);
        let previous = last.replace(index);
        self.nodes.push(Node { kind, span, parent, previous });
        if matches!(event, Event::Start(_)) {
            self.open.push((index, None));
        }
    }
}
