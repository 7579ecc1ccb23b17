//! Words: text with its tickets, tags and block ids, emphasis, code, formulas, footnote marks.

use comrak::nodes::AstNode;
use comrak::nodes::NodeValue;

use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::ticket::TicketMatch;
use crate::parse;
use crate::parse::markers::marker_len;
use crate::parse::own_id;
use crate::site::frame_words::FrameWords;
use crate::site::markdown::renderer::Renderer;
use crate::site::markdown::renderer::Run;
use crate::site::text::escape;
use crate::site::text::escaped;
use crate::site::url::fragment;

/// Marks that need no more than a tag.
const fn tag(value: &NodeValue) -> Option<&'static str> {
    match value {
        NodeValue::Emph => Some("em"),
        NodeValue::Strong => Some("strong"),
        NodeValue::Strikethrough => Some("del"),
        NodeValue::Highlight => Some("mark"),
        NodeValue::Insert | NodeValue::Underline => Some("ins"),
        NodeValue::Superscript => Some("sup"),
        NodeValue::Subscript => Some("sub"),
        _ => None,
    }
}

impl Renderer<'_, '_> {
    pub(super) fn inline<'n>(&mut self, node: &'n AstNode<'n>, value: &NodeValue) -> bool {
        if let Some(tag) = tag(value) {
            self.out.push_str(&format!("<{tag}>"));
            return true;
        }
        match value {
            NodeValue::Text(text) => {
                self.words(node, text);
                false
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => {
                if !self.next_line(node) {
                    let soft = matches!(value, NodeValue::SoftBreak) && !self.site.source.hard_line_breaks;
                    self.out.push_str(if soft { "\n" } else { "<br>\n" });
                }
                false
            }
            NodeValue::Code(code) => {
                self.out.push_str("<code>");
                escape(&code.literal, &mut self.out);
                self.out.push_str("</code>");
                false
            }
            NodeValue::Math(math) => {
                let line = self.line(node);
                self.formula(line, &math.literal, math.display_math);
                false
            }
            NodeValue::FootnoteReference(reference) => {
                let (name, number) = (&reference.name, reference.ref_num);
                let id = self.id(&format!("fnref:{name}:{number}"));
                let href = fragment(&format!("{}fn:{name}", self.prefix));
                self.shared.ours.links.insert(href.clone());
                self.out.push_str(&format!(
                    "<sup class=\"fn\"><a href=\"{}\" id=\"{}\">{}</a></sup>",
                    escaped(&href),
                    escaped(&id),
                    reference.ix
                ));
                false
            }
            NodeValue::Link(link) => self.link(node, link),
            NodeValue::Image(image) => {
                self.image(node, image);
                false
            }
            NodeValue::WikiLink(link) => self.wikilink(node, link),
            NodeValue::EscapedTag(text) => {
                escape(text, &mut self.out);
                false
            }
            _ => true,
        }
    }

    /// Writes a formula; one that cannot be shown is a fault of the note.
    pub(super) fn formula(&mut self, line: usize, source: &str, display: bool) {
        if let Err(why) = crate::site::math::write(source, display, &mut self.out) {
            let shown = crate::site::text::cut(&source.split_whitespace().collect::<Vec<_>>().join(" "), 60);
            self.shared.faults.insert((self.index, line, format!("formula: {shown}: {why}")));
        }
    }

    pub(super) fn inline_end(&mut self, value: &NodeValue) {
        if let Some(tag) = tag(value) {
            self.out.push_str(&format!("</{tag}>"));
        } else if matches!(value, NodeValue::Link(_) | NodeValue::WikiLink(_)) {
            self.link_end();
        }
    }

    /// Text as it stands in a line.
    fn words<'n>(&mut self, node: &'n AstNode<'n>, text: &str) {
        let line = self.line(node);
        let mut text = text.trim_start_matches('\u{200B}');
        if std::mem::take(&mut self.strip_box) {
            text = without_box(text);
        }
        if !self.fragment
            && node.next_sibling().is_none_or(|next| matches!(next.data().value, NodeValue::SoftBreak))
            && let Some(id) = self.at.marks.get(&line)
            && let Some(rest) = text.trim_end().strip_suffix(id.as_str()).and_then(|rest| rest.strip_suffix('^'))
        {
            text = rest.trim_end();
        }
        if matches!(node.parent().map(|parent| parent.data().value.clone()), Some(NodeValue::Heading(_)))
            && node.next_sibling().is_none()
        {
            // `{#id}` names the heading
            text = own_id(text).0;
        }
        if matches!(self.run, Run::Label(_)) && text.starts_with("===") {
            // a separator with a title: `=====/*** Scaling`
            text = text.trim_matches(|c: char| "=/*-_#~ \t".contains(c));
        }
        if self.links > 0 {
            escape(text, &mut self.out);
            return;
        }
        let mut found: Vec<(usize, usize, String)> = Vec::new();
        for TicketMatch { span, key } in self.site.source.trackers.find(text) {
            if self.at.has_ticket(self.fragment, line, &key)
                && let Some(href) = self.site.source.trackers.url(&key).and_then(|url| self.own_address(&url))
            {
                let written = span.of(text);
                let link = format!("<a class=\"ticket\" href=\"{}\">{}</a>", escaped(&href), escaped(written));
                found.push((span.start, span.len(), link));
            }
        }
        for span in parse::tag_spans(text) {
            let written = span.of(text);
            let name = written.trim_start_matches('#');
            if self.at.has_tag(self.fragment, line, name)
                && let Some(address) = self.site.tag_address(name)
            {
                let href = self.site.places.href_from(self.page, address);
                self.shared.ours.links.insert(href.clone());
                let link = format!("<a class=\"tag\" href=\"{}\">{}</a>", escaped(&href), escaped(written));
                found.push((span.start, span.len(), link));
            }
        }
        for (task, field) in self.at.fields(self.fragment, line) {
            let field = self.note.tasks.get(task).and_then(|task| task.fields.get(field));
            if let Some(field) = field
                && let Some(shown) = shown(field, &self.site.words)
            {
                let written = field.span.of(self.text);
                found.extend(text.find(written).filter(|_| !written.is_empty()).map(|at| (at, written.len(), shown)));
            }
        }
        found.sort();
        let mut at = 0;
        for (start, length, html) in found {
            if start < at {
                continue;
            }
            escape(text.get(at..start).unwrap_or(""), &mut self.out);
            self.out.push_str(&html);
            at = start + length;
        }
        escape(text.get(at..).unwrap_or(""), &mut self.out);
    }

    /// Remembers an address of ours; what has a scheme must have a good one.
    pub(super) fn own_address(&mut self, href: &str) -> Option<String> {
        let href =
            if crate::model::link::has_scheme(href) { crate::site::text::outside(href)? } else { href.to_owned() };
        self.shared.ours.links.insert(href.clone());
        Some(href)
    }
}

/// A task's field in words; `None` for one that is shown as it is written.
fn shown(field: &Field, words: &FrameWords) -> Option<String> {
    let (class, word) = match field.kind {
        FieldKind::Due => ("due", "due"),
        FieldKind::Scheduled => ("field", "scheduled"),
        FieldKind::Start => ("field", "start"),
        FieldKind::Created => ("field", "created"),
        FieldKind::Done => ("field", "done"),
        FieldKind::Cancelled => ("field", "dropped"),
        FieldKind::Recurrence => ("field", ""),
        FieldKind::Priority => {
            let word = match field.value.trim() {
                "🔺" | "highest" => "highest",
                "⏫" | "high" => "high",
                "🔼" | "medium" => "medium",
                "🔽" | "low" => "low",
                "⏬" | "lowest" => "lowest",
                _ => return None,
            };
            return Some(format!("<span class=\"field\">{}</span>", words.say(word)));
        }
        FieldKind::OnCompletion | FieldKind::Id | FieldKind::DependsOn => return None,
    };
    let (word, value) = (words.say(word), escaped(&words.day(field.value.trim())));
    let blank = if word.is_empty() { "" } else { " " };
    Some(format!("<span class=\"{class}\">{word}{blank}{value}</span>"))
}

/// A line's words behind its box: `[ ] - words`, `-[x] words`, `- [] words`.
fn without_box(text: &str) -> &str {
    let bullet = |text: &'_ str| marker_len(text).unwrap_or(0);
    let cut = |text: &'_ str, at: usize| text.len() - text.get(at..).map_or(text.len(), |rest| rest.trim_start().len());
    let start = cut(text, 0);
    let start = start + text.get(start..).map_or(0, bullet);
    let start = cut(text, start);
    let Some(rest) = text.get(start..).filter(|rest| rest.starts_with('[')) else { return text };
    let Some(end) = rest.find(']').filter(|end| *end < 12) else { return text };
    let words = rest.get(end + 1..).unwrap_or("").trim_start();
    let swapped = bullet(words);
    match words.get(swapped..) {
        Some(behind) if swapped > 0 && behind.starts_with([' ', '\t']) => behind.trim_start(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_cut_off() {
        for (text, want) in [
            ("[ ] - a", "a"),
            ("-[ ] a", "a"),
            ("- [x] a", "a"),
            ("[] a", "a"),
            ("  1) [ ] a", "a"),
            ("[ ] -5 degrees", "-5 degrees"),
            ("words", "words"),
        ] {
            assert_eq!(without_box(text), want, "{text}");
        }
    }
}
