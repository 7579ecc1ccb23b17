//! Block ids: `^id` at the end of a block or on the line below it, and the block that each one names.
//!
//! The block of a list item includes its children; quotes, callouts, tables, lists and code blocks are named as a whole.

use std::collections::BTreeMap;

use crate::model::Block;
use crate::model::Lines;
use crate::model::Span;
use crate::parse::outline::Mask;
use crate::parse::outline::Node;
use crate::parse::outline::NodeKind;
use crate::parse::outline::Outline;

/// Every block id of a body, in the order of the text.
pub(crate) fn read(text: &str, body: usize, lines: &Lines, outline: &Outline) -> Vec<Block> {
    let mut found = Vec::new();
    // paragraphs that contain only a mark, with the block that each names
    let mut marks: BTreeMap<usize, Span> = BTreeMap::new();
    for (at, _) in text.get(body..).unwrap_or("").match_indices('^') {
        let at = body + at;
        let Some(length) = id_length(text.get(at + 1..).unwrap_or("")) else { continue };
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let masked = outline.mask_at(at).is_some_and(|(_, mask)| mask != Mask::HtmlBlock);
        if masked || before.is_some_and(|c| !c.is_whitespace() && c != '>') {
            continue;
        }
        let line = lines.line(at);
        // an id has to be at the end of its text
        if outline.block_at(at).is_some_and(|block| lines.line(block.span.end.max(at + 1) - 1) > line) {
            continue;
        }
        let mark = Span::new(at, at + 1 + length);
        let target = BlockMark { text, lines, outline, mark, line }.target(&mut marks);
        let id = Span::new(at + 1, mark.end).of(text).to_owned();
        found.push(Block { id, line, span: mark, target });
    }
    found
}

/// The position of `^id` at the end of a text, after a space or alone. With lines below it, it is none.
pub(crate) fn mark(line: &str) -> Option<(usize, usize)> {
    let at = line.rfind('^')?;
    let length = id_length(line.get(at + 1..)?).filter(|length| line.get(at + 1 + length..).is_some_and(is_empty))?;
    let before = line.get(..at)?.chars().next_back();
    before.is_none_or(char::is_whitespace).then_some((at, at + 1 + length))
}

fn is_empty(text: &str) -> bool {
    text.trim().is_empty()
}

/// The length of the id at the start of a text, if nothing follows it on the line.
fn id_length(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'-').count();
    let ends = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with(['\n', '\r'])
    };
    (length > 0 && text.get(length..).is_some_and(ends)).then_some(length)
}

/// A mark and its surroundings.
struct BlockMark<'a> {
    text: &'a str,
    lines: &'a Lines,
    outline: &'a Outline,
    mark: Span,
    line: usize,
}

impl BlockMark<'_> {
    /// The block that the mark names.
    fn target(&self, marks: &mut BTreeMap<usize, Span>) -> Span {
        let line = self.lines.content(self.text, self.line);
        let before = Span::new(line.start, self.mark.start).of(self.text);
        let alone = before.chars().all(|c| c.is_whitespace() || c == '>');
        let Some(index) = self.innermost() else { return line };
        let Some(node) = self.node(index) else { return line };
        let above = Span::new(node.span.start, line.start);
        let target = match node.kind {
            NodeKind::Paragraph if alone && self.lines.line(node.span.start) == self.line => {
                let target = match node.previous {
                    Some(previous) => marks.get(&previous).copied().or_else(|| Some(self.whole(previous)?.span)),
                    None => node.parent.and_then(|parent| Some(self.whole(parent)?.span)),
                };
                let target = target.unwrap_or(node.span);
                marks.insert(index, target);
                target
            }
            // in GFM a line directly below a table is its next row
            NodeKind::Table if alone => above,
            _ => match self.quote(index, alone && !before.contains('>')) {
                Some(quote) => quote,
                None if alone && node.kind == NodeKind::Paragraph && !self.opens_item(&node) => above,
                None => self.whole(index).map_or(line, |node| node.span),
            },
        };
        let target = if alone && target.end > self.mark.start && target.start < line.start {
            Span::new(target.start, line.start)
        } else {
            target
        };
        Span::new(target.start, target.start + target.of(self.text).trim_end().len())
    }

    fn node(&self, index: usize) -> Option<Node> {
        self.outline.nodes.get(index).copied()
    }

    /// The innermost block in which the mark is.
    fn innermost(&self) -> Option<usize> {
        let mut index = self.outline.nodes.partition_point(|node| node.span.start <= self.mark.start).checked_sub(1)?;
        while !self.node(index)?.span.contains(self.mark.start) {
            index = self.node(index)?.parent?;
        }
        Some(index)
    }

    /// True for the first paragraph of a list item.
    fn opens_item(&self, node: &Node) -> bool {
        let parent = node.parent.and_then(|parent| self.node(parent));
        node.previous.is_none() && parent.is_some_and(|parent| parent.kind == NodeKind::Item)
    }

    /// The node, or the whole item if the node is its text.
    fn whole(&self, index: usize) -> Option<Node> {
        let node = self.node(index)?;
        if node.kind == NodeKind::Paragraph && self.opens_item(&node) { self.node(node.parent?) } else { Some(node) }
    }

    /// The outermost quote around a node that ends on the mark's line, with no list item in between; if the line continues the
    /// quote lazily, without `>`, any quote will do.
    fn quote(&self, index: usize, lazy: bool) -> Option<Span> {
        let mut found = None;
        let mut next = Some(index);
        while let Some(node) = next.and_then(|index| self.node(index)) {
            match node.kind {
                NodeKind::Item => break,
                NodeKind::Quote => {
                    let end = node.span.start + node.span.of(self.text).trim_end().len();
                    if lazy || self.lines.line(end.max(1) - 1) == self.line {
                        found = Some(node.span);
                    }
                }
                _ => {}
            }
            next = node.parent;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    fn blocks(text: &str) -> Vec<(String, String)> {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        note.blocks.iter().map(|block| (block.id.clone(), block.target.of(text).replace('\r', ""))).collect()
    }

    /// What `^id` names, in a text that begins with other things.
    #[track_caller]
    fn case(block: &str, want: &str) {
        for text in [
            block.to_owned(),
            format!("# H\n\nbefore\n\n{block}\n\nafter\n"),
            format!("---\nk: é\n---\n{block}\n\n- after\n").replace('\n', "\r\n"),
        ] {
            let found = blocks(&text);
            assert_eq!(found, [("id".to_owned(), want.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn an_id_at_the_end_names_the_block() {
        case("uno ^id", "uno ^id");
        case("uno\ndue ^id  ", "uno\ndue ^id");
        case("- uno\n- due ^id\n- tre", "due ^id".replace("due", "- due").as_str());
        case("- uno\n- due ^id\n  - kid\n    - grandkid\n- tre", "- due ^id\n  - kid\n    - grandkid");
        case("- uno\n\n- due ^id\n\n  more\n\n- tre", "- due ^id\n\n  more");
        case("- uno\n  - kid ^id\n- due", "- kid ^id");
        case("1. [ ] uno ^id\n2. due", "1. [ ] uno ^id");
        case("> uno\n> due ^id", "> uno\n> due ^id");
        case("> [!note] Uno\n> due\n>\n> tre ^id", "> [!note] Uno\n> due\n>\n> tre ^id");
        case("> uno ^id\n>\n> due", "uno ^id");
        case("> - uno\n> - due ^id", "- due ^id");
        case("## Uno ^id", "## Uno ^id");
    }

    #[test]
    fn an_id_on_a_line_of_its_own_names_the_block_above() {
        for gap in ["", "\n"] {
            case(&format!("| xx | yy |\n|--|--|\n| uno | due |\n{gap}^id"), "| xx | yy |\n|--|--|\n| uno | due |");
            case(&format!("> uno\n> due\n{gap}^id"), "> uno\n> due");
            case(
                &format!("> [!warning] Uno\n> **due**: x\n>\n> **tre**: y\n{gap}^id"),
                "> [!warning] Uno\n> **due**: x\n>\n> **tre**: y",
            );
            case(&format!("```sh\nuno ^no\n```\n{gap}^id"), "```sh\nuno ^no\n```");
            case(&format!("uno due\nand tre\n{gap}^id"), "uno due\nand tre");
            case(&format!("<div>uno</div>\n\n{gap}^id"), "<div>uno</div>");
        }
        case("- uno\n- due\n\n^id", "- uno\n- due");
        case("1. uno\n   - kid\n2. due\n\n\n^id", "1. uno\n   - kid\n2. due");
        case("- uno\n- due\n  ^id", "- due");
        case("- uno\n\n  ^id\n- due", "- uno");
        case("- uno\n\n  para\n\n  ^id\n- due", "para");
        case("- uno\n\n  > quote\n\n  ^id", "> quote");
        case("> uno\n> ^id", "> uno");
        case("    code\n\n^id", "code");
        case("$$\nx^2\n$$\n\n^id", "$$\nx^2\n$$");
        let both = blocks("uno\n\n^a\n\n^b\n");
        assert_eq!(both, [("a".to_owned(), "uno".to_owned()), ("b".to_owned(), "uno".to_owned())]);
    }

    #[test]
    fn not_an_id() {
        for text in
            ["x^2", "x ^2 y", "^", "a ^", "a ^b_c", "`a ^b`", "```\na ^b\n```", "$a ^b$", "a ^b\nc", "[^1]", "%% ^b %%"]
        {
            assert_eq!(blocks(text), [], "{text}");
        }
    }

    proptest! {
        /// Whatever a mark names is in the text, and no mark on a line of its own names itself while a block is above it.
        #[test]
        fn targets_lie_in_the_text(text in "(- |> |  |\\| |\n|\n\n|\\^a|\\^b |x|```\n|é|[!note]|# ){0,30}") {
            let note = parse::parse(&NotePath::from("n.md"), &text, &parse::Options::default()).note;
            for block in &note.blocks {
                prop_assert!(text.get(block.target.start..block.target.end).is_some());
                prop_assert!(block.target.start <= block.span.start);
                prop_assert_eq!(block.span.of(&text), format!("^{}", block.id));
            }
        }
    }

    #[test]
    fn marks_at_the_end_of_a_line() {
        assert_eq!(mark("text ^a-1  "), Some((5, 9)));
        assert_eq!(mark("^x"), Some((0, 2)));
        assert_eq!(mark("a^x"), None);
        assert_eq!(mark("a ^x y"), None);
    }
}
