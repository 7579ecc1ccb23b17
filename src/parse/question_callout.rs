//! The callouts `> [!question]`, `> [!faq]` and `> [!help]`, which Obsidian treats alike. Called by [`crate::parse::questions`].

use crate::model::Lines;
use crate::model::Span;
use crate::model::words::fold;
use crate::parse::asking;
use crate::parse::items::Head;

/// A callout that asks.
pub(crate) struct Callout {
    /// Its first line, from `[!` on.
    pub(crate) title: Span,
    /// The words of the question, one piece per line.
    pub(crate) words: Vec<Span>,
    /// The text below, one piece per line.
    pub(crate) body: Vec<Span>,
}

/// `> [!question] Does it scale?` and the lines below it in the same quote. Without words on that line, the question is the
/// first line below if it ends with a question mark, else all lines below.
pub(crate) fn callout(text: &str, lines: &Lines, block: Span) -> Option<Callout> {
    let kind = block.of(text).strip_prefix("[!")?.split(']').next()?;
    if !matches!(fold(kind).as_str(), "question" | "faq" | "help" | "frage" | "pregunta" | "pergunta") {
        return None;
    }
    let first = lines.line(block.start);
    let last = lines.line(block.end.max(1) - 1);
    let quotes = Head::of(text, lines.content(text, first)).quotes;
    if quotes == 0 {
        return None;
    }
    let title = Span::new(block.start, lines.content(text, first).end.min(block.end));
    let behind = Span::new((title.start + "[!]".len() + kind.len()).min(title.end), title.end).of(text);
    let words = behind.trim_start_matches(['+', '-']).trim();
    let mut body: Vec<Span> = Vec::new();
    for line in first + 1..=lines.count() {
        let content = lines.content(text, line);
        let head = Head::of(text, content);
        if head.quotes < quotes && line > last {
            break;
        }
        body.push(Span::new(head.at.min(content.end), content.end));
    }
    body.retain(|piece| !piece.of(text).trim().is_empty());
    if !words.is_empty() {
        let end = title.start + title.of(text).trim_end().len();
        return Some(Callout { title, words: vec![Span::new(end - words.len().min(end), end)], body });
    }
    let asks = body.first().is_some_and(|piece| piece.of(text).trim_end().ends_with(asking::is_mark));
    let answer = if asks { body.split_off(1) } else { Vec::new() };
    Some(Callout { title, words: body, body: answer })
}
