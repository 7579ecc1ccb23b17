//! Errors in queries, and how they are displayed.

use crate::model::Span;
use crate::model::calendar::FORMS;
use crate::model::calendar::WhenError;

/// How many characters of a query are shown on each side of the error.
const AROUND: usize = 60;

/// Why a text is not a valid query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// One line, for a person.
    pub message: String,
    /// The invalid bytes of the query; empty at the position where something is missing.
    pub span: Span,
    /// What to write in place of the span.
    pub suggestion: Option<String>,
}

impl QueryError {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, suggestion: None }
    }

    pub(crate) fn instead(self, suggestion: impl Into<Option<String>>) -> Self {
        Self { suggestion: suggestion.into(), ..self }
    }

    /// An invalid date: what is wrong, and the possible forms unless there is a suggestion.
    pub(crate) fn date(span: Span, error: WhenError) -> Self {
        let forms = if error.suggestion.is_none() { format!("; dates are {FORMS}") } else { String::new() };
        Self { message: format!("{}{forms}", error.message), span, suggestion: error.suggestion }
    }

    /// The message, the query with a caret under the error, and the suggestion; without a final line end.
    ///
    /// `query` is the text that was parsed. Control characters show as spaces; a long query is cut on both sides.
    #[must_use]
    pub fn render(&self, query: &str) -> String {
        let before = query.get(..self.span.start).unwrap_or(query);
        let inside = self.span.of(query);
        let after = query.get(before.len() + inside.len()..).unwrap_or("");

        let skipped = before.chars().count().saturating_sub(AROUND);
        let mut shown = String::from(if skipped > 0 { "…" } else { "" });
        let mut caret = " ".repeat(usize::from(skipped > 0));
        for c in before.chars().skip(skipped) {
            show(c, ' ', &mut shown, &mut caret);
        }
        let marked = caret.len();
        for c in inside.chars().take(AROUND) {
            show(c, '^', &mut shown, &mut caret);
        }
        if caret.len() == marked {
            caret.push('^');
        }
        let long = inside.chars().nth(AROUND).is_some();
        for c in after.chars().take(if long { 0 } else { AROUND }) {
            show(c, ' ', &mut shown, &mut String::new());
        }
        if long || after.chars().nth(AROUND).is_some() {
            shown.push('…');
        }

        let mut out = format!("{}\n  {shown}\n  {caret}", self.message);
        if let Some(suggestion) = &self.suggestion {
            out.push_str("\n  did you mean `");
            out.extend(suggestion.chars().map(|c| if is_unseemly(c) { ' ' } else { c }));
            out.push_str("`?");
        }
        out
    }
}

/// Writes a character, and below it a mark of the same width.
fn show(c: char, mark: char, shown: &mut String, marks: &mut String) {
    shown.push(if is_unseemly(c) { ' ' } else { c });
    match c {
        '\u{300}'..='\u{36F}' | '\u{200B}' | '\u{FE00}'..='\u{FE0F}' => {}
        // wide scripts and emoji; an approximation is enough below a query
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => marks.extend([mark, mark]),
        _ => marks.push(mark),
    }
}

/// Control and direction characters would garble the line, and the terminal.
fn is_unseemly(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_stands_under_what_is_wrong() {
        let error = QueryError::new(Span::new(8, 11), "no").instead(Some("tag".to_owned()));
        assert_eq!(error.render("outbox  tga:x"), "no\n  outbox  tga:x\n          ^^^\n  did you mean `tag`?");
    }

    #[test]
    fn wide_and_odd_characters_keep_it_there() {
        let query = "東京\te\u{301}\u{202E} x";
        let error = QueryError::new(Span::new(query.len() - 1, query.len()), "no");
        assert_eq!(error.render(query), "no\n  東京 e\u{301}  x\n          ^");
    }

    #[test]
    fn what_is_missing_has_a_caret_too() {
        assert_eq!(QueryError::new(Span::new(3, 3), "no").render("(a "), "no\n  (a \n     ^");
        assert_eq!(QueryError::new(Span::new(9, 12), "no").render("ab"), "no\n  ab\n    ^");
    }

    #[test]
    fn a_long_query_is_cut() {
        let query = format!("{}X{}", "a".repeat(100), "b".repeat(100));
        let shown = QueryError::new(Span::new(100, 101), "no").render(&query);
        let (a, b) = ("a".repeat(60), "b".repeat(60));
        assert_eq!(shown, format!("no\n  …{a}X{b}…\n  {}^", " ".repeat(61)));
    }
}
