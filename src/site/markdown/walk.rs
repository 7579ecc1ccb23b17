//! The walk over comrak's tree: what begins and ends each kind of node.

use std::borrow::Cow;
use std::sync::Arc;

use comrak::Arena;
use comrak::nodes::AstNode;
use comrak::nodes::NodeValue;

use crate::model::Note;
use crate::parse::comments_unknown_to_pages;
use crate::site::markdown::references::options;
use crate::site::markdown::renderer::BAR;
use crate::site::markdown::renderer::Renderer;
use crate::site::markdown::renderer::Run;
use crate::site::text::escape;

impl Renderer<'_, '_> {
    pub(super) fn document(&mut self, markdown: &str) {
        let arena = Arena::new();
        let markdown = joined_bars(self.note, markdown, self.start);
        let markdown = without_unknown_comments(&markdown);
        let root = comrak::parse_document(&arena, &markdown, &options(Arc::clone(&self.references)));
        self.walk(root);
        if self.in_footnotes {
            self.out.push_str("</ol>\n</section>\n");
        }
    }

    /// Writes an item's text, which lies outside of comrak's tree.
    pub(super) fn piece(&mut self, markdown: &str) {
        let outer = std::mem::replace(&mut self.fragment, true);
        let run = std::mem::replace(&mut self.run, Run::None);
        let arena = Arena::new();
        // a leading number or bullet would make a list of it
        let source = format!("\u{200B}{markdown}");
        let root = comrak::parse_document(&arena, &source, &options(Arc::clone(&self.references)));
        if let Some(paragraph) = root.first_child() {
            for child in paragraph.children() {
                self.walk(child);
            }
        }
        self.fragment = outer;
        self.run = run;
    }

    /// Writes a node and all that is in it.
    pub(super) fn walk<'n>(&mut self, root: &'n AstNode<'n>) {
        use comrak::arena_tree::NodeEdge;
        let mut skipped: Option<&AstNode<'_>> = None;
        for edge in root.traverse() {
            match (edge, skipped) {
                (NodeEdge::End(node), Some(whole)) if std::ptr::eq(node, whole) => skipped = None,
                (_, Some(_)) => {}
                (NodeEdge::Start(node), None) => {
                    if !self.enter(node) {
                        skipped = Some(node);
                    }
                }
                (NodeEdge::End(node), None) => self.leave(node),
            }
        }
    }

    /// Writes what begins a node; false when it is written whole and its children are not wanted.
    pub(super) fn enter<'n>(&mut self, node: &'n AstNode<'n>) -> bool {
        let value = node.data().value.clone();
        match &value {
            NodeValue::Document => true,
            NodeValue::Paragraph => self.paragraph(node),
            NodeValue::Heading(heading) => self.heading(node, heading.level),
            NodeValue::List(list) => {
                self.list(node, list);
                true
            }
            NodeValue::Item(_) => {
                self.item(node);
                true
            }
            NodeValue::TaskItem(task) => {
                self.task_item(node, task.symbol);
                true
            }
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
                let id = self.block_id(node);
                self.out.push_str(&format!("<blockquote{id}>\n"));
                true
            }
            NodeValue::CodeBlock(code) => {
                self.code_block(node, code);
                false
            }
            NodeValue::HtmlBlock(html) => {
                self.raw(&html.literal);
                false
            }
            NodeValue::HtmlInline(html) if !self.site.source.trust_html && swallows_the_rest(node, html) => {
                escape(html, &mut self.out);
                false
            }
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => {
                self.raw(html);
                false
            }
            NodeValue::ThematicBreak => {
                self.out.push_str("<hr>\n");
                false
            }
            NodeValue::FootnoteDefinition(definition) => {
                self.footnote(definition);
                true
            }
            NodeValue::Table(_) => {
                let id = self.block_id(node);
                self.out.push_str(&format!(
                    "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table{id}>\n"
                ));
                true
            }
            NodeValue::TableRow(header) => {
                self.table_row(node, *header);
                true
            }
            NodeValue::TableCell => {
                self.table_cell(node, false);
                true
            }
            NodeValue::Callout(callout) => {
                self.callout(node, callout);
                true
            }
            NodeValue::CalloutTitle => true,
            NodeValue::Alert(alert) => {
                self.alert(alert);
                true
            }
            NodeValue::FrontMatter(_)
            | NodeValue::CommentInline(_)
            | NodeValue::MultilineComment(_)
            | NodeValue::BlockDirective(_) => false,
            _ => self.inline(node, &value),
        }
    }

    /// Writes what ends a node.
    pub(super) fn leave<'n>(&mut self, node: &'n AstNode<'n>) {
        let value = node.data().value.clone();
        match &value {
            NodeValue::Paragraph => self.close_run(),
            NodeValue::Heading(_) => self.heading_end(node),
            NodeValue::List(list) => {
                let tag = if list.list_type == comrak::nodes::ListType::Ordered { "ol" } else { "ul" };
                self.out.push_str(&format!("</{tag}>\n"));
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.out.push_str("</li>\n"),
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => self.out.push_str("</blockquote>\n"),
            NodeValue::FootnoteDefinition(definition) => self.footnote_end(definition),
            NodeValue::Table(_) => {
                // a head without rows has no body to close
                let tag = if node.children().count() > 1 { "</tbody>" } else { "" };
                self.out.push_str(&format!("{tag}</table></div>\n"));
            }
            NodeValue::TableRow(header) => self.out.push_str(if *header { "</tr></thead>\n" } else { "</tr>\n" }),
            NodeValue::TableCell => self.table_cell(node, true),
            NodeValue::Callout(callout) => self.callout_end(callout),
            NodeValue::CalloutTitle => self.callout_title_end(node),
            NodeValue::Alert(_) => self.out.push_str("</div>\n"),
            other => self.inline_end(other),
        }
    }

    /// Takes HTML of the note's own: it is cleaned when the page is whole.
    pub(super) fn raw(&mut self, html: &str) {
        self.shared.raw = true;
        if self.site.source.trust_html {
            self.out.push_str(html);
        } else if !self.shared.nesting.take(html) {
            escape(html, &mut self.out);
        } else {
            let html = crate::site::media::linked(html, self.site.source.remote_media);
            // a box on a page is always a task of a note
            let html = replace_ignoring_case(&html, "<input", "<x-input");
            self.out.push_str(&crate::site::clean::with_ids(&html));
        }
    }
}

/// Elements whose content is no text of a page: one that is opened in prose, `use <select> here`, and never closed would take all
/// that follows.
const SWALLOWING: [&str; 15] = [
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// True for the tag of such an element without its end tag in the same block.
fn swallows_the_rest<'n>(node: &'n AstNode<'n>, html: &str) -> bool {
    let name = html.chars().skip(1).take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let closes = |node: &AstNode<'_>| match &node.data().value {
        NodeValue::HtmlInline(html) => {
            html.strip_prefix("</").is_some_and(|end| end.to_lowercase().trim_end_matches('>').trim_end() == name)
        }
        _ => false,
    };
    SWALLOWING.contains(&name.as_str()) && !node.following_siblings().any(closes)
}

/// A part of a note's text in which the first bar of each wikilink is its only one: `[[note|a|b]]` shows `a|b`.
pub(super) fn joined_bars<'t>(note: &Note, part: &'t str, start: usize) -> Cow<'t, str> {
    let links = note.links.iter().filter(|link| link.is_wiki() && link.span.start >= start);
    let mut out = String::new();
    let mut at = 0;
    for link in links {
        let (from, to) = (link.span.start - start, link.span.end - start);
        let Some(written) = part.get(from..to) else { continue };
        let Some((target, words)) = written.split_once('|').filter(|(_, words)| words.contains('|')) else { continue };
        out.push_str(part.get(at..from).unwrap_or(""));
        out.push_str(target);
        out.push('|');
        out.push_str(&words.replace("\\|", "|").replace('|', &BAR.to_string()));
        at = to;
    }
    if at == 0 {
        return Cow::Borrowed(part);
    }
    out.push_str(part.get(at..).unwrap_or(""));
    Cow::Owned(out)
}

/// A text in which comments that the parser does not know, `%% … %%`, are HTML's own, without their words. Lines stay where they
/// are, and in the same list or quote.
pub(super) fn without_unknown_comments(text: &str) -> Cow<'_, str> {
    let comments = comments_unknown_to_pages(text);
    if comments.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for comment in comments {
        out.push_str(text.get(at..comment.start).unwrap_or(""));
        // no line of it is empty: that would end the HTML around it
        for (nth, line) in comment.of(text).split('\n').enumerate() {
            if nth > 0 {
                let words = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
                out.push('\n');
                out.push_str(line.get(..line.len() - words.len()).unwrap_or(""));
            }
            out.push_str("<!-- -->");
        }
        at = comment.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    Cow::Owned(out)
}

fn replace_ignoring_case(text: &str, what: &str, with: &str) -> String {
    let folded = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (found, _) in folded.match_indices(what) {
        out.push_str(text.get(at..found).unwrap_or(""));
        out.push_str(with);
        at = found + what.len();
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
