//! Callouts, and GitHub's alerts.

use comrak::nodes::AstNode;
use comrak::nodes::CalloutFold;
use comrak::nodes::NodeAlert;
use comrak::nodes::NodeCallout;
use comrak::nodes::NodeValue;

use crate::site::markdown::renderer::Renderer;
use crate::site::text::escape;
use crate::site::text::escaped;

impl Renderer<'_, '_> {
    pub(super) fn callout<'n>(&mut self, node: &'n AstNode<'n>, callout: &NodeCallout) {
        let kind = callout_kind(&callout.callout_type);
        let id = self.block_id(node);
        match callout.fold {
            CalloutFold::None => {
                self.out
                    .push_str(&format!("<div class=\"callout {kind}\" role=\"note\"{id}><p class=\"callout-title\">"));
            }
            CalloutFold::Expanded => {
                self.out
                    .push_str(&format!("<details class=\"callout {kind}\" open{id}><summary class=\"callout-title\">"));
            }
            CalloutFold::Collapsed => {
                self.out.push_str(&format!("<details class=\"callout {kind}\"{id}><summary class=\"callout-title\">"));
            }
        }
        let titled = node.first_child().is_some_and(|child| matches!(child.data().value, NodeValue::CalloutTitle));
        if !titled {
            self.out.push_str(&escaped(&self.default_title(&callout.callout_type, &callout.default_title())));
            self.callout_title_close(callout);
        }
    }

    /// What a callout without a title is called: its kind, where the frame has a word for it.
    fn default_title(&self, kind: &str, english: &str) -> String {
        match self.site.words.say(&kind.to_lowercase()) {
            word if !word.is_empty() && self.site.words.language() != "en" => word.to_owned(),
            _ => english.to_owned(),
        }
    }

    fn callout_title_close(&mut self, callout: &NodeCallout) {
        self.out.push_str(if callout.fold == CalloutFold::None { "</p>\n" } else { "</summary>\n" });
    }

    pub(super) fn callout_title_end<'n>(&mut self, node: &'n AstNode<'n>) {
        if let Some(parent) = node.parent()
            && let NodeValue::Callout(callout) = &parent.data().value
        {
            self.callout_title_close(callout);
        }
    }

    pub(super) fn callout_end(&mut self, callout: &NodeCallout) {
        self.out.push_str(if callout.fold == CalloutFold::None { "</div>\n" } else { "</details>\n" });
    }

    pub(super) fn alert(&mut self, alert: &NodeAlert) {
        let word = alert.alert_type.default_title();
        let kind = callout_kind(&word.to_lowercase());
        let title = alert.title.clone().unwrap_or_else(|| self.default_title(word, word));
        self.out.push_str(&format!("<div class=\"callout {kind}\" role=\"note\"><p class=\"callout-title\">"));
        escape(&title, &mut self.out);
        self.out.push_str("</p>\n");
    }
}

/// The look of a callout: Obsidian's thirteen, with their other names; an unknown one looks like a note.
fn callout_kind(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "abstract" | "summary" | "tldr" => "abstract",
        "info" => "info",
        "todo" => "todo",
        "tip" | "hint" => "tip",
        "important" => "important",
        "success" | "check" | "done" => "success",
        "question" | "help" | "faq" => "question",
        "warning" | "attention" => "warning",
        "caution" | "danger" | "error" => "danger",
        "failure" | "fail" | "missing" => "failure",
        "bug" => "bug",
        "example" => "example",
        "quote" | "cite" => "quote",
        _ => "note",
    }
}
