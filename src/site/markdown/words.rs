//! A note's words as a reader of its page sees them, section by section: without markup, comments, addresses and what is
//! embedded from elsewhere. What the search in the page finds and shows.
//!
//! The tree is the page's own, so that nothing is found that no page says.

use std::collections::BTreeMap;
use std::sync::Arc;

use comrak::Arena;
use comrak::nodes::AstNode;
use comrak::nodes::NodeValue;

use crate::model::Lines;
use crate::model::Note;
use crate::model::SectionKind;
use crate::model::comment::uncommented;
use crate::site::markdown::links::named;
use crate::site::markdown::links::words_in;
use crate::site::markdown::references::References;
use crate::site::markdown::references::options;
use crate::site::markdown::walk::joined_bars;
use crate::site::markdown::walk::without_unknown_comments;

/// The words of a part of a note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Into the note's sections; `None` before the first one.
    pub(crate) section: Option<usize>,
    /// On one line, without the section's heading; a label line stands in it.
    pub(crate) text: String,
}

/// The parts of a note in the order of its text. Those that are empty are there, but for the beginning before a section.
pub(crate) fn words(note: &Note, text: &str) -> Vec<Words> {
    let arena = Arena::new();
    let markdown = joined_bars(note, text.get(note.body_start..).unwrap_or(""), note.body_start);
    let markdown = without_unknown_comments(&markdown);
    let root = comrak::parse_document(&arena, &markdown, &options(Arc::new(References::default())));
    let marks = note.blocks.iter().map(|block| (block.line, block.id.as_str())).collect();
    let before = Lines::new(text).line(note.body_start) - 1;
    let mut reader = Reader { note, before, marks, texts: vec![String::new(); note.sections.len() + 1], at: 0 };
    reader.read(root);
    let mut texts = reader.texts.into_iter().map(|text| text.trim_end().to_owned());
    let lead = texts.next().unwrap_or_default();
    let lead = (!lead.is_empty() || note.sections.is_empty()).then_some(Words { section: None, text: lead });
    lead.into_iter().chain(texts.enumerate().map(|(at, text)| Words { section: Some(at), text })).collect()
}

/// What collects the words.
struct Reader<'r> {
    note: &'r Note,
    /// Lines before the text.
    before: usize,
    /// Block ids by line.
    marks: BTreeMap<usize, &'r str>,
    /// The beginning's, then each section's.
    texts: Vec<String>,
    /// The one being written.
    at: usize,
}

impl Reader<'_> {
    fn read<'n>(&mut self, root: &'n AstNode<'n>) {
        use comrak::arena_tree::NodeEdge;
        let mut skipped: Option<&AstNode<'_>> = None;
        for edge in root.traverse() {
            match (edge, skipped) {
                (NodeEdge::End(node), Some(whole)) if std::ptr::eq(node, whole) => skipped = None,
                (NodeEdge::Start(node), None) => {
                    if !self.enter(node) {
                        skipped = Some(node);
                    }
                }
                (NodeEdge::Start(_) | NodeEdge::End(_), _) => {}
            }
        }
    }

    /// Takes the words of a node; false where those in it are not wanted.
    fn enter<'n>(&mut self, node: &'n AstNode<'n>) -> bool {
        let data = node.data();
        let line = data.sourcepos.start.line + self.before;
        let at = self.note.sections.partition_point(|section| section.line <= line);
        match &data.value {
            NodeValue::Heading(_) => {
                self.at = at;
                let own = at.checked_sub(1).and_then(|at| self.note.sections.get(at));
                // its words are known
                !own.is_some_and(|section| section.line == line && section.kind != SectionKind::Soft)
            }
            NodeValue::Text(text) => {
                self.at = at;
                let last = node.next_sibling().is_none_or(|next| matches!(next.data().value, NodeValue::SoftBreak));
                let bare = self
                    .marks
                    .get(&line)
                    .filter(|_| last)
                    .and_then(|id| text.trim_end().strip_suffix(id).and_then(|rest| rest.strip_suffix('^')));
                self.push(bare.unwrap_or(text));
                false
            }
            NodeValue::Code(code) => {
                self.push(&code.literal);
                false
            }
            NodeValue::Math(math) => {
                self.push(&math.literal);
                false
            }
            NodeValue::CodeBlock(code) => {
                self.at = at;
                self.blank();
                self.push(&code.literal);
                self.blank();
                false
            }
            NodeValue::HtmlBlock(html) => {
                self.at = at;
                self.blank();
                self.push(&without_tags(&html.literal));
                self.blank();
                false
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => {
                self.blank();
                false
            }
            NodeValue::WikiLink(link) => {
                let label = uncommented(&words_in(node)).trim().to_owned();
                if !link.embed {
                    self.push(&if label == link.url.trim() { named(&link.url) } else { label });
                }
                false
            }
            NodeValue::Item(_) | NodeValue::TaskItem(_) => {
                self.at = at;
                self.separate();
                true
            }
            NodeValue::HtmlInline(_)
            | NodeValue::Raw(_)
            | NodeValue::FrontMatter(_)
            | NodeValue::CommentInline(_)
            | NodeValue::MultilineComment(_)
            | NodeValue::BlockDirective(_)
            | NodeValue::FootnoteReference(_) => false,
            NodeValue::EscapedTag(text) => {
                self.push(text);
                false
            }
            _ => {
                if node.data().value.block() {
                    self.blank();
                }
                true
            }
        }
    }

    fn push(&mut self, words: &str) {
        let Some(text) = self.texts.get_mut(self.at) else { return };
        for c in words.chars() {
            if !c.is_whitespace() && !c.is_control() {
                text.push(c);
            } else if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        }
    }

    fn blank(&mut self) {
        self.push(" ");
    }

    /// Two items do not read as one sentence.
    fn separate(&mut self) {
        let ends_open = |text: &String| text.trim_end().chars().next_back().is_some_and(char::is_alphanumeric);
        let open = self.texts.get(self.at).is_some_and(ends_open);
        self.blank();
        if open {
            self.push("· ");
        }
    }
}

/// What follows a sign; nothing where there is none: what is not closed hides all that follows.
fn behind<'t>(text: &'t str, sign: &str) -> &'t str {
    text.split_once(sign).map_or("", |(_, after)| after)
}

/// The words of a block of HTML: without its tags, comments, and what is no text.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((words, from)) = rest.split_once('<') {
        out.push_str(words);
        let begins = |text: &str, name: &str| text.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
        rest = if begins(from, "!--") {
            behind(from, "-->")
        } else if let Some(name) = ["script", "style"].into_iter().find(|name| begins(from, name)) {
            let mut ends = from.match_indices("</").map(|(at, _)| from.get(at + 2..).unwrap_or(""));
            behind(ends.find(|end| begins(end, name)).unwrap_or(""), ">")
        } else if from.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            behind(from, ">")
        } else {
            out.push('<');
            rest = from;
            continue;
        };
        out.push(' ');
    }
    out.push_str(rest);
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")] {
        if out.contains(entity) {
            out = out.replace(entity, sign);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, want: &[&str]) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let found: Vec<String> = words(&note, text).into_iter().map(|words| words.text).collect();
        assert_eq!(found, want, "{text}");
    }

    #[test]
    fn words_are_those_of_the_page() {
        case("---\na: b\n---\n\nOne *two*\nthree\n\n# A\n\n- x\n- y\n\n## B `c`\n", &["One two three", "x · y", ""]);
        case(
            "# A\n\na [b](c.md \"d\") ![e](f.png) https://g.example/ ![[h]] [[i|j]] [[k#l]]",
            &["a b e https://g.example/ j k › l"],
        );
        case("a %%no%% b <!-- no --> c\n\n%%\nno\n\nno\n%%\n\n<!--\nno\n-->\n\nd", &["a b c d"]);
        case("- a %% no\n  no\n  %% b\n\n> c %%\n> no\n> %% d\n\n## e %%\nno\n%%\n\nf", &["a b c d", "f"]);
        case("<div>\n%% no %%\n<p title=\"no\">yes</p><script>no</script>&lt;\n<!-- no\n", &["yes <"]);
        case(
            "a <span title=\"no\">b</span> ^x1\n\n| c | d |\n|---|---|\n| e | f |\n\n```rust\ng\n```\n",
            &["a b c d e f g"],
        );
        case("text[^1]\n\n[r]: no.md \"no\"\n\n[^1]: note\n", &["text note"]);
    }
}
