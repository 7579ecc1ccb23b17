//! Code with the classes of its words, worked out when the site is built.
//!
//! Ten one-letter classes whose colours the style sheet gives; no colours here, no guessing of languages.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::ParseState;
use syntect::parsing::Scope;
use syntect::parsing::ScopeStack;
use syntect::parsing::SyntaxSet;

use crate::site::text::escape;

/// Longer blocks are shown plain: they are data, not code to read.
const LONGEST: usize = 100_000;
/// A line over this many bytes (minified code) costs seconds.
const LONGEST_LINE: usize = 4_000;

/// What scopes count, the class that they get; the first that fits the innermost scope wins.
const CLASSES: [(&str, &str); 23] = [
    ("comment", "c"),
    ("string", "s"),
    ("constant.character.escape", "s"),
    ("constant.numeric", "n"),
    ("constant", "n"),
    ("keyword.operator", ""),
    ("storage.type.function", "k"),
    ("storage", "k"),
    ("keyword", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name.tag", "k"),
    ("entity.other.attribute-name", "f"),
    ("entity.name.type", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("entity.name", "t"),
    ("variable.language", "k"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.heading", "h"),
    ("meta.diff.header", "h"),
];

/// The grammars, loaded when the first block of code is met.
fn grammars() -> &'static SyntaxSet {
    static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();
    GRAMMARS.get_or_init(two_face::syntax::extra_newlines)
}

fn scopes() -> &'static [(Scope, &'static str)] {
    static SCOPES: OnceLock<Vec<(Scope, &'static str)>> = OnceLock::new();
    SCOPES.get_or_init(|| {
        CLASSES.iter().filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, *class))).collect()
    })
}

/// Highlights code, and remembers what it has highlighted: half of the blocks of a notebook are repeated.
#[derive(Default)]
pub(crate) struct Highlighter {
    known: RefCell<HashMap<(String, String), String>>,
}

impl Highlighter {
    /// Writes code as HTML. `language` as after the fence; an unknown one gives plain text.
    pub(crate) fn write(&self, language: &str, code: &str, out: &mut String) {
        let language = match language.to_lowercase().as_str() {
            "shell" | "shell-session" | "sh" | "zsh" => "bash".to_owned(),
            "jsonc" | "json5" => "json".to_owned(),
            "" | "text" | "txt" | "plain" | "console" | "mermaid" => String::new(),
            other => other.to_owned(),
        };
        if language.is_empty() || code.len() > LONGEST {
            escape(code, out);
            return;
        }
        let key = (language, code.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            out.push_str(known);
            return;
        }
        let html = highlight(&key.0, code).unwrap_or_else(|| crate::site::text::escaped(code));
        out.push_str(&html);
        self.known.borrow_mut().insert(key, html);
    }
}

fn highlight(language: &str, code: &str) -> Option<String> {
    let grammars = grammars();
    let grammar = grammars.find_syntax_by_token(language)?;
    let mut state = ParseState::new(grammar);
    let mut stack = ScopeStack::new();
    let mut out = String::with_capacity(code.len() * 2);
    let mut open = "";
    for line in code.split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            return None;
        }
        let operations = state.parse_line(line, grammars).ok()?;
        let mut at = 0;
        for (to, operation) in operations {
            put(line.get(at..to).unwrap_or(""), class(&stack), &mut open, &mut out);
            at = to.max(at);
            stack.apply(&operation).ok()?;
        }
        put(line.get(at..).unwrap_or(""), class(&stack), &mut open, &mut out);
    }
    if !open.is_empty() {
        out.push_str("</span>");
    }
    Some(out)
}

/// The class of the innermost scope that has one.
fn class(stack: &ScopeStack) -> &'static str {
    stack
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| scopes().iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, class)| *class))
        .unwrap_or("")
}

/// Writes a piece; neighbours of one class share a span.
fn put(piece: &str, class: &'static str, open: &mut &'static str, out: &mut String) {
    if piece.is_empty() {
        return;
    }
    if class != *open && !piece.trim().is_empty() {
        if !open.is_empty() {
            out.push_str("</span>");
        }
        if !class.is_empty() {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
        }
        *open = class;
    }
    escape(piece, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(language: &str, code: &str) -> String {
        let mut out = String::new();
        Highlighter::default().write(language, code, &mut out);
        out
    }

    #[test]
    fn words_get_classes_and_text_stays() {
        assert_eq!(html("rust", "fn a() {} // <b>\n").matches("<span").count(), 3);
        assert!(html("rust", "// <b>\n").contains("<span class=\"c\">// &lt;b&gt;"));
        assert!(html("toml", "a = 1\n").contains("<span class=\"n\">1"));
        assert_eq!(html("nonsense", "a < b"), "a &lt; b");
        assert_eq!(html("", "fn"), "fn");
    }
}
