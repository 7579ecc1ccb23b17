//! Questions that stand over their answers, as lists of frequent questions have them: a paragraph that begins with a question in
//! bold, `<summary>Is it on?</summary>`, and `Is it on?` above `: it is`. Called by [`crate::parse::questions`].

use crate::model::Lines;
use crate::model::Span;
use crate::parse::asking;
use crate::parse::inline::is_paragraph;
use crate::parse::outline::BlockKind;
use crate::parse::outline::InlineBlock;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// A question that stands over its answer.
pub(crate) struct Term {
    /// With the marks around it.
    pub(crate) span: Span,
    /// The words of the question.
    pub(crate) words: Span,
    /// What answers it, a piece a line; empty where nothing does.
    pub(crate) answer: Vec<Span>,
}

/// The terms of a note, in the order of the text.
pub(crate) fn read(text: &str, lines: &Lines, outline: &Outline) -> Vec<Term> {
    let mut found: Vec<Term> = Vec::new();
    for (index, block) in outline.blocks.iter().enumerate() {
        if !is_paragraph(block) || outline.mask_at(block.span.start).is_some() {
            continue;
        }
        let next = outline.blocks.get(index + 1);
        found.extend(in_bold(text, lines, block.span, next).or_else(|| defined(text, lines, block.span)));
    }
    found.extend(outline.masked(&[Mask::HtmlBlock]).filter_map(|html| summary(text, lines, html)));
    found
}

/// The question in bold with which words begin, and the byte behind its marks.
fn bold(words: &str) -> Option<(&str, usize)> {
    let mark = ["**", "__"].into_iter().find(|mark| words.starts_with(mark))?;
    let (inner, _) = words.get(mark.len()..)?.split_once(mark)?;
    let is_question = inner.trim_end().ends_with(asking::is_mark) && asking::after_question(words).is_none();
    is_question.then_some((inner, mark.len() * 2 + inner.len()))
}

/// `**Can I cancel?** Yes.`, or with the answer in the next paragraph or list.
fn in_bold(text: &str, lines: &Lines, block: Span, next: Option<&InlineBlock>) -> Option<Term> {
    let (inner, end) = bold(block.of(text))?;
    let begin = block.start + (end - inner.len()) / 2;
    let words = Span::new(begin, begin + inner.len());
    let rest = Span::new(block.start + end, block.end);
    let mut answer = Vec::new();
    if rest.of(text).contains(char::is_alphanumeric) {
        answer = pieces(text, lines, rest);
    } else if let Some(next) = next {
        // a heading, a rule or a table stands between
        let between = text.get(block.end..next.span.start).unwrap_or("");
        let is_near = between.chars().all(|c| c.is_whitespace() || "-*+>.".contains(c) || c.is_ascii_digit());
        let is_rule = between.lines().any(|line| line.trim().len() > 2);
        let goes_on = is_near && !is_rule && next.kind == BlockKind::Text && bold(next.span.of(text)).is_none();
        answer = if goes_on { pieces(text, lines, next.span) } else { answer };
    }
    Some(Term { span: Span::new(block.start, block.start + end), words, answer })
}

/// `Is it on?`, with `: it is` in the next line.
fn defined(text: &str, lines: &Lines, block: Span) -> Option<Term> {
    let mut all = pieces(text, lines, block);
    let answer = all.get(1)?;
    let first = *all.first()?;
    let is_term = first.of(text).trim_end().ends_with(asking::is_mark) && answer.of(text).starts_with(": ");
    if !is_term {
        return None;
    }
    let answer = all.split_off(1);
    let words = Span::new(first.start, first.start + first.of(text).trim_end().len());
    let bare = |piece: &Span| {
        let blanks = if piece.of(text).starts_with(": ") { 2 } else { 0 };
        Span::new(piece.start + blanks, piece.end)
    };
    Some(Term { span: words, words, answer: answer.iter().map(bare).collect() })
}

/// `<summary>Is it on?</summary>`, with what stands up to `</details>`.
fn summary(text: &str, lines: &Lines, html: Span) -> Option<Term> {
    const BEGIN: &str = "<summary>";
    const END: &str = "</summary>";
    let block = html.of(text);
    let from = block.find(BEGIN)? + BEGIN.len();
    let inner = block.get(from..)?.split_once(END)?.0;
    let begin = html.start + from + (inner.len() - inner.trim_start().len());
    let words = Span::new(begin, begin + inner.trim().len());
    let bare = words.of(text).trim_matches(asking::is_dressing);
    if !bare.ends_with(asking::is_mark) || inner.contains('<') {
        return None;
    }
    let behind = html.start + from + inner.len() + END.len();
    let rest = text.get(behind..)?;
    let end = ["</details", "<details", BEGIN].iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
    let answer = pieces(text, lines, Span::new(behind, behind + end));
    Some(Term { span: Span::new(html.start + from - BEGIN.len(), behind), words, answer })
}

/// The lines of a span that are not blank, without the blanks before them.
fn pieces(text: &str, lines: &Lines, span: Span) -> Vec<Span> {
    if span.is_empty() {
        return Vec::new();
    }
    let piece = |line: usize| {
        let content = lines.content(text, line);
        let start = content.start.max(span.start);
        let words = Span::new(start, content.end.min(span.end).max(start));
        let blanks = words.of(text).len() - words.of(text).trim_start().len();
        Some(Span::new(words.start + blanks, words.end)).filter(|words| !words.is_empty())
    };
    (lines.line(span.start)..=lines.line(span.end - 1)).filter_map(piece).collect()
}
