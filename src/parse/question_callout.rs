//! The callout `> [!question]`. Called by [`crate::parse::questions`].

use crate::model::Lines;
use crate::model::QuestionForm;
use crate::model::Span;
use crate::model::words::fold;
use crate::parse::answers::Found;
use crate::parse::asking::Asked;
use crate::parse::items::Head;

/// `> [!question] Does it scale?` and the lines below, in the quote's first paragraph.
pub(crate) fn callout(text: &str, lines: &Lines, block: Span) -> Option<(Found, Option<Span>)> {
    let kind = block.of(text).strip_prefix("[!")?.split(']').next()?;
    if !matches!(fold(kind).as_str(), "question" | "frage" | "pregunta" | "pergunta") {
        return None;
    }
    let first = lines.line(block.start);
    let title = Span::new(block.start, lines.content(text, first).end.min(block.end));
    let from = title.start + "[!]".len() + kind.len();
    let words = text.get(from..title.end)?.trim_start_matches(['+', '-']).trim();
    let body = Span::new(lines.content(text, first + 1).start, block.end);
    let body = (body.start < block.end && body.start > title.start).then_some(body);
    let (words, line, body) = match body {
        Some(body) if words.is_empty() => (body.of(text).trim_start_matches(['>', ' ']), first + 1, None),
        body => (words, first, body),
    };
    let body = body.map(|body| Span::new(body.start + Head::of(text, body).at.saturating_sub(body.start), body.end));
    let found = Found {
        asked: Asked::Mark,
        text: words.to_owned(),
        span: title,
        line,
        last_line: line,
        form: QuestionForm::Callout,
        labelled: None,
    };
    Some((found, body))
}
