//! Questions: headings and list items that ask, what stands behind `QUESTION:`, and callouts; and whether they are answered.
//!
//! Code, quotes of others, tables of contents and the texts of links ask nothing here. Called by [`crate::parse::parse`].

use std::collections::BTreeSet;

use crate::model::Lines;
use crate::model::Link;
use crate::model::Note;
use crate::model::Question;
use crate::model::QuestionForm;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Status;
use crate::model::status::Statuses;
use crate::model::words::fold;
use crate::parse::answers::Answers;
use crate::parse::answers::Found;
use crate::parse::answers::question;
use crate::parse::asking;
use crate::parse::asking::Asked;
use crate::parse::asking::Reply;
use crate::parse::inline::is_paragraph;
use crate::parse::item_text;
use crate::parse::item_tree::ItemTree;
use crate::parse::items::Head;
use crate::parse::items::Item;
use crate::parse::items::is_heading;
use crate::parse::markers::is_thematic_break;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::plain::plain;
use crate::parse::question_callout::callout;
use crate::parse::unlinked::unlinked;

/// Upper bound on questions per note.
const QUESTIONS: usize = 20_000;

/// What the questions of a note are read from.
pub(crate) struct Input<'a> {
    pub(crate) text: &'a str,
    pub(crate) lines: &'a Lines,
    pub(crate) outline: &'a Outline,
    pub(crate) items: &'a [Item],
    pub(crate) statuses: &'a Statuses,
    pub(crate) logseq: bool,
    /// With sections and links in place.
    pub(crate) note: &'a Note,
}

/// Finds the questions of a note, in the order of the text.
pub(crate) fn read(input: &Input<'_>) -> Vec<Question> {
    let asking = Reader::new(input);
    let mut questions: Vec<Question> = asking.of_headings();
    questions.extend(asking.of_items());
    questions.extend(asking.of_paragraphs());
    questions.sort_by_key(|question| question.span.start);
    questions.dedup_by_key(|question| question.span.start);
    questions.truncate(QUESTIONS);
    questions
}

struct Reader<'a> {
    input: &'a Input<'a>,
    links: &'a [Link],
    /// By item.
    found: Vec<Option<Found>>,
    tree: ItemTree,
}

impl<'a> Reader<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        let links = &input.note.links;
        let mut reader = Self { input, links, found: Vec::new(), tree: ItemTree::new(input.items) };
        let headings: BTreeSet<String> = input.note.sections.iter().map(|section| fold(&section.text)).collect();
        reader.found = (0..input.items.len()).map(|index| reader.item(index, &headings)).collect();
        reader
    }

    fn own(&self, pieces: &[Span]) -> String {
        unlinked(self.input.text, pieces, self.links, self.input.outline)
    }

    /// What a list item asks.
    fn item(&self, index: usize, headings: &BTreeSet<String>) -> Option<Found> {
        let Input { text, lines, outline, items, note, .. } = *self.input;
        let item = items.get(index)?;
        if item.quotes > 0 {
            return None;
        }
        let heading =
            note.section_at(item.start).and_then(|at| note.sections.get(at)).map_or("", |it| it.text.as_str());
        let listed = item.parent.is_none() && asking::is_list_of_questions(heading);
        let boxed = item.boxed.as_ref().is_some_and(|boxed| boxed.symbol.of(text) == "?");
        let until = items.get(index + 1).map_or(text.len(), |next| next.start.max(item.text_start));
        let first = text.get(item.text_start..lines.content(text, item.line).end).unwrap_or("");
        let label = asking::after_question(first);
        let may_ask = listed
            || boxed
            || label.is_some()
            || text.get(item.text_start..until)?.contains(asking::is_mark)
            || asking::asks_without_mark(first);
        if !may_ask {
            return None;
        }
        let joined = item_text::read(text, lines, outline, items, index, self.input.logseq);
        let mut pieces = joined.spans();
        let mut labelled = None;
        let answer = pieces.iter().skip(1).position(|piece| asking::after_answer(piece.of(text)).is_some());
        if let Some(at) = answer.filter(|_| label.is_some()) {
            let rest = pieces.split_off(at + 1);
            labelled = self.labelled(&rest);
        }
        let words = pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join(" ");
        pieces.retain(|piece| !asking::is_property(piece.of(text)));
        let own = asking::without_fields(&self.own(&pieces));
        let asked = match asking::asked(&own) {
            _ if asking::words(&own) == 0 => return None,
            // a topic with points below it is no question that nobody marked
            Some(Asked::NoMark) if self.tree.children(index).next().is_some() => return None,
            Some(asked) => asked,
            None if listed && asking::words(&own) >= 2 || boxed || label.is_some() => Asked::Mark,
            None => return None,
        };
        let words = asking::after_question(&words).unwrap_or(&words);
        let shown = match &asked {
            Asked::InBrackets(inner) => inner.clone(),
            _ => plain(words),
        };
        if shown.is_empty() || asking::is_contents(heading) || headings.contains(&fold(&shown)) {
            return None;
        }
        let last = pieces.last()?.end;
        Some(Found {
            asked,
            text: shown,
            span: Span::new(item.start, last),
            line: item.line,
            last_line: lines.line(joined.spans().last()?.end.max(1) - 1),
            form: if label.is_some() { QuestionForm::Label } else { QuestionForm::Item },
            labelled,
        })
    }

    /// The worth of an answer behind its label.
    fn labelled(&self, pieces: &[Span]) -> Option<(Reply, usize)> {
        let first = pieces.first()?;
        let own = self.own(pieces);
        let words = asking::after_answer(&own).unwrap_or(&own);
        Some((asking::reply(words)?, self.input.lines.line(first.start)))
    }

    fn of_items(&self) -> Vec<Question> {
        let found = self.found.iter().enumerate();
        found.filter_map(|(index, found)| Some(self.item_question(index, found.as_ref()?))).collect()
    }

    fn item_question(&self, index: usize, found: &Found) -> Question {
        let mut answers = Answers::default();
        for child in self.tree.children(index) {
            if let Some(reply) = self.child_reply(child) {
                answers.point(reply, self.input.items.get(child).map_or(found.line, |item| item.line));
            }
        }
        if let Some(line) = self.paragraph_below(index, found) {
            answers.say(Reply::Words, line);
        }
        let sibling = self.input.items.get(index + 1).filter(|next| next.line == found.last_line + 1);
        if let Some(next) = sibling.filter(|_| found.form == QuestionForm::Label) {
            let line = self.input.lines.content(self.input.text, next.line);
            let words = Span::new(next.text_start.min(line.end), line.end);
            if asking::after_answer(words.of(self.input.text)).is_some()
                && let Some((reply, line)) = self.labelled(&[words])
            {
                answers.label(reply, line);
            }
        }
        let status = self.input.items.get(index).and_then(|item| item.boxed.as_ref());
        let status = status.and_then(|boxed| self.input.statuses.get(boxed.symbol.of(self.input.text)));
        if matches!(status, Some(Status::Done | Status::Cancelled)) {
            answers.closed = Some(found.line);
        }
        question(found, answers, self.input.note.section_at(found.span.start))
    }

    /// What an item says to the question above it; `None` where it asks itself or is still to do.
    fn child_reply(&self, index: usize) -> Option<Reply> {
        let item = self.input.items.get(index)?;
        let is_open = |symbol: &str| self.input.statuses.get(symbol).is_none_or(|status| status.is_open());
        if self.found.get(index).is_some_and(Option::is_some)
            || item.boxed.as_ref().is_some_and(|boxed| is_open(boxed.symbol.of(self.input.text)))
        {
            return None;
        }
        let Input { text, lines, outline, items, logseq, .. } = *self.input;
        let joined = item_text::read(text, lines, outline, items, index, logseq);
        let own = self.own(&joined.spans());
        asking::reply(asking::after_answer(&own).unwrap_or(&own))
    }

    /// The line of indented text below an item that is no item itself.
    fn paragraph_below(&self, index: usize, found: &Found) -> Option<usize> {
        let Input { text, lines, outline, items, .. } = *self.input;
        let item = items.get(index)?;
        let next = items.get(index + 1).map_or(usize::MAX, |next| next.line);
        let line = (found.last_line + 1..=lines.count().min(found.last_line + 3)).find(|&line| {
            let content = lines.content(text, line);
            Head::of(text, content).at < content.end
        })?;
        let head = Head::of(text, lines.content(text, line));
        let is_own = line < next && head.quotes == item.quotes && head.column > item.indent;
        (is_own && !is_heading(outline, head.at) && found.labelled.is_none()).then_some(line)
    }

    fn of_headings(&self) -> Vec<Question> {
        let note = self.input.note;
        let sections = note.sections.iter().filter(|section| section.kind == SectionKind::Heading);
        sections
            .filter_map(|section| {
                let Input { text, lines, .. } = *self.input;
                if Head::of(text, lines.content(text, section.line)).quotes > 0 {
                    return None;
                }
                let own = self.own(&[section.heading_span]);
                let own = own.trim_matches(|c: char| c == '#' || c == '-' || c == '=' || c.is_whitespace());
                let asked = asking::asked(own).filter(|asked| matches!(asked, Asked::Mark | Asked::InBrackets(_)))?;
                let end = section.heading_span.start + section.heading_span.of(text).trim_end().len();
                let found = Found {
                    text: if let Asked::InBrackets(inner) = &asked { inner.clone() } else { section.text.clone() },
                    asked,
                    span: Span::new(section.heading_span.start, end),
                    line: section.line,
                    last_line: lines.line(end.max(1) - 1),
                    form: QuestionForm::Heading,
                    labelled: None,
                };
                let answers = self.below_heading(found.last_line + 1, section.end_line);
                Some(question(&found, answers, section.parent))
            })
            .collect()
    }

    /// What the lines below a heading say.
    fn below_heading(&self, from: usize, to: usize) -> Answers {
        let Input { text, lines, outline, items, .. } = *self.input;
        let mut answers = Answers::default();
        let mut line = from;
        while line <= to {
            let content = lines.content(text, line);
            let head = Head::of(text, content);
            let here = line;
            line += 1;
            let is_hidden = || matches!(outline.mask_at(head.at), Some((_, Mask::Comment | Mask::HtmlBlock)));
            let is_label = || outline.label_lines.binary_search(&here).is_ok() || is_heading(outline, head.at);
            let words = Span::new(head.at, content.end);
            if head.at >= content.end || is_hidden() || is_label() || is_thematic_break(words.of(text)) {
                continue;
            }
            if matches!(outline.mask_at(head.at), Some((_, Mask::Fence | Mask::Math))) {
                answers.say(Reply::Words, here);
                break;
            }
            let at = items.partition_point(|item| item.line < here);
            let Some(item) = items.get(at).filter(|item| item.line == here) else {
                if let Some(reply) = asking::reply(&self.own(&[words])) {
                    answers.say(reply, here);
                }
                if answers.words.is_some() {
                    break;
                }
                continue;
            };
            match self.child_reply(at) {
                Some(reply) if item.parent.is_none() => answers.point(reply, here),
                Some(reply) => answers.say(reply, here),
                // what stands below another question answers that one
                None => line = self.end_of_item(at) + 1,
            }
            if answers.words.is_some() {
                let end = items.partition_point(|item| item.line <= to);
                let others = (at + 1..end).filter(|&other| items.get(other).is_some_and(|item| item.parent.is_none()));
                answers.points += others.filter(|&other| self.child_reply(other) == Some(Reply::Words)).count();
                break;
            }
        }
        answers
    }

    /// The last line of an item and of all that is below it.
    fn end_of_item(&self, index: usize) -> usize {
        let Input { text, lines, outline, items, logseq, .. } = *self.input;
        let last = self.tree.last_below(index);
        let joined = item_text::read(text, lines, outline, items, last, logseq);
        let own = items.get(last).map_or(0, |item| item.line);
        joined.spans().last().map_or(own, |span| lines.line(span.end.max(1) - 1))
    }

    /// What stands behind `QUESTION:` in paragraphs, and in callouts.
    fn of_paragraphs(&self) -> Vec<Question> {
        let Input { text, lines, outline, .. } = *self.input;
        let mut questions = Vec::new();
        for (index, block) in outline.blocks.iter().enumerate() {
            let may = block.span.of(text);
            if !may.contains(':') && !may.starts_with("[!") {
                continue;
            }
            if is_paragraph(block) {
                let following = outline.blocks.get(index + 1).filter(|next| is_paragraph(next)).map(|next| next.span);
                self.paragraph(block.span, following, &mut questions);
            } else if let Some(found) = callout(text, lines, block.span) {
                let (mut found, body) = found;
                found.text = plain(&found.text);
                let mut answers = Answers::default();
                if let Some(body) = body
                    && let Some(reply) = asking::reply(&self.own(&[body]))
                {
                    answers.say(reply, lines.line(body.start));
                }
                if !found.text.is_empty() {
                    questions.push(question(&found, answers, self.input.note.section_at(block.span.start)));
                }
            }
        }
        questions
    }

    /// The heading above a byte; a line `QUESTION:` is none.
    fn above(&self, at: usize) -> Option<usize> {
        let section = self.input.note.section_at(at)?;
        let it = self.input.note.sections.get(section)?;
        let is_label = it.kind == SectionKind::Soft && asking::after_question(&format!("{}:", it.text)).is_some();
        if is_label { it.parent } else { Some(section) }
    }

    fn paragraph(&self, block: Span, following: Option<Span>, questions: &mut Vec<Question>) {
        let Input { text, lines, outline, .. } = *self.input;
        let line_in = |number: usize, block: Span| {
            let content = lines.content(text, number);
            let start = content.start.max(block.start);
            let words = Span::new(start, content.end.min(block.end).max(start));
            let blanks = words.of(text).len() - words.of(text).trim_start().len();
            Span::new(words.start + blanks, words.start + words.of(text).trim_end().len().max(blanks))
        };
        let last = lines.line(block.end.max(1) - 1);
        let mut number = lines.line(block.start);
        while number <= last {
            let words = line_in(number, block);
            let first = number;
            number += 1;
            if outline.mask_at(words.start).is_some() {
                continue;
            }
            let Some(rest) = asking::after_question(words.of(text)) else { continue };
            let mut pieces = Vec::new();
            if !rest.is_empty() {
                pieces.push(Span::new(words.end - rest.len().min(words.len()), words.end));
            }
            let mut answer = Vec::new();
            while number <= last {
                let words = line_in(number, block);
                if asking::after_question(words.of(text)).is_some() {
                    break;
                }
                if !answer.is_empty() || asking::after_answer(words.of(text)).is_some() {
                    answer.push(words);
                } else {
                    pieces.push(words);
                }
                number += 1;
            }
            if answer.is_empty()
                && number > last
                && let Some(next) = following
                && asking::after_answer(next.of(text)).is_some()
            {
                answer.push(next);
            }
            let Some((begin, end)) = pieces.first().zip(pieces.last()) else { continue };
            let shown = plain(&pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join(" "));
            if shown.is_empty() || asking::words(&self.own(&pieces)) == 0 {
                continue;
            }
            let found = Found {
                asked: Asked::Mark,
                text: shown,
                span: Span::new(words.start, end.end),
                line: lines.line(begin.start).max(first),
                last_line: lines.line(end.end.max(1) - 1),
                form: QuestionForm::Label,
                labelled: self.labelled(&answer),
            };
            questions.push(question(&found, Answers::default(), self.above(words.start)));
        }
    }
}

#[cfg(test)]
mod tests;
