//! Footnotes, and the links back from them.

use comrak::nodes::NodeFootnoteDefinition;

use crate::site::markdown::renderer::Renderer;
use crate::site::text::escaped;
use crate::site::url::fragment;

impl Renderer<'_, '_> {
    pub(super) fn footnote(&mut self, definition: &NodeFootnoteDefinition) {
        if !self.in_footnotes {
            self.in_footnotes = true;
            self.out.push_str("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        }
        let id = self.id(&format!("fn:{}", definition.name));
        self.out.push_str(&format!("<li id=\"{}\">", escaped(&id)));
    }

    pub(super) fn footnote_end(&mut self, definition: &NodeFootnoteDefinition) {
        for number in 1..=definition.total_references.min(50) {
            let href = fragment(&format!("{}fnref:{}:{number}", self.prefix, definition.name));
            self.shared.ours.links.insert(href.clone());
            let (which, word) =
                if number > 1 { (format!("<sup>{number}</sup>"), format!(" {number}")) } else { Default::default() };
            self.out.push_str(&format!(
                " <a class=\"back\" href=\"{}\" aria-label=\"Back to the text{word}\">↩\u{FE0E}{which}</a>",
                escaped(&href)
            ));
        }
        self.out.push_str("</li>\n");
    }
}
