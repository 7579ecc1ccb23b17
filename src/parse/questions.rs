//! Questions: headings and list items that ask, the text after `QUESTION:`, and callouts; and whether they are answered.
//!
//! Code, quotations, tables of contents, the texts of links and struck-through text contain no questions. Called by
//! [`crate::parse::parse`].
//! Over 400 lines because one reader handles all forms of questions, with one notion of an answer.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::model::Link;
use crate::model::Question;
use crate::model::QuestionForm;
use crate::model::QuestionReason;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Status;
use crate::model::words::fold;
use crate::parse::answers::Answers;
use crate::parse::answers::Found;
use crate::parse::answers::question;
use crate::parse::asking;
use crate::parse::asking::Asked;
use crate::parse::asking::Reply;
use crate::parse::heading_over;
use crate::parse::inline::is_paragraph;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::item_tree::ItemTree;
use crate::parse::items::Head;
use crate::parse::items::Item;
use crate::parse::items::is_heading;
use crate::parse::label::label;
use crate::parse::label::label_with_inner_urls;
use crate::parse::markers::is_thematic_break;
use crate::parse::outline::Mask;
use crate::parse::question_callout::Callout;
use crate::parse::question_callout::callout;
use crate::parse::question_terms;
use crate::parse::struck::unstruck;
use crate::parse::unlinked::unlinked;

/// Upper bound on questions per note.
const QUESTIONS: usize = 20_000;

/// A heading as a reader sees it: without struck-through text and its block id.
pub(crate) fn shown_heading(text: &str, section: &Section) -> String {
    let written = section.heading_span.of(text);
    match unstruck(written) {
        Cow::Borrowed(_) if !written.contains('^') => section.text.clone(),
        Cow::Borrowed(_) => label(&section.text),
        Cow::Owned(left) => label(left.lines().next().unwrap_or("").trim_matches(['#', ' ', '\t'])),
    }
}

/// Finds the questions of a note, in the order of the text.
pub(crate) fn read(input: &Input<'_>) -> Vec<Question> {
    let asking = Reader::new(input);
    let mut questions: Vec<Question> = asking.of_headings();
    questions.extend(asking.of_items());
    questions.extend(asking.of_paragraphs());
    questions.extend(asking.of_terms());
    questions.sort_by_key(|question| question.span.start);
    questions.dedup_by_key(|question| question.span.start);
    questions.truncate(QUESTIONS);
    questions
}

struct Reader<'a> {
    input: &'a Input<'a>,
    links: &'a [Link],
    /// For each item.
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

    /// How good some words are as an answer: without fields, tags and property lines; code counts as an answer.
    fn reply(&self, pieces: &[Span]) -> Option<Reply> {
        let text = self.input.text;
        let is_code = |at: usize| matches!(self.input.outline.mask_at(at), Some((_, Mask::Fence | Mask::Math)));
        if pieces.iter().any(|piece| is_code(piece.start)) {
            return Some(Reply::Words);
        }
        let pieces: Vec<Span> = pieces.iter().filter(|piece| !asking::is_property(piece.of(text))).copied().collect();
        let own = asking::without_fields(&self.own(&pieces));
        if asking::is_to_do(&own) {
            return None;
        }
        asking::reply(asking::after_answer(&own).unwrap_or(&own))
    }

    /// Splits the pieces of a question from those of an answer that begins in them; in the first piece it begins mid-line.
    fn part(&self, pieces: &mut Vec<Span>) -> Vec<Span> {
        let Input { text, outline, .. } = *self.input;
        let found = pieces.iter().enumerate().find_map(|(index, piece)| {
            if index > 0 && asking::after_answer(piece.of(text)).is_some() {
                return Some((index, piece.start));
            }
            let words = piece.of(text);
            let at = piece.start + asking::answer_within(words).or_else(|| asking::after_bold(words))?;
            outline.mask_at(at).is_none().then_some((index, at))
        });
        let Some((index, at)) = found else { return Vec::new() };
        let mut answer = pieces.split_off(index);
        if let Some(first) = answer.first_mut() {
            let before = Span::new(first.start, first.start + text.get(first.start..at).unwrap_or("").trim_end().len());
            *first = Span::new(at, first.end);
            pieces.extend(Some(before).filter(|before| !before.is_empty()));
        }
        answer
    }

    /// The question in a list item.
    fn item(&self, index: usize, headings: &BTreeSet<String>) -> Option<Found> {
        let Input { text, lines, outline, items, note, .. } = *self.input;
        let item = items.get(index)?;
        if item.quotes > 0 {
            return None;
        }
        let over = heading_over::of_item(text, lines, outline, note, item.start);
        let heading = over.and_then(|at| note.sections.get(at)).map_or("", |it| it.text.as_str());
        // `- Open questions`, with the list below it
        let over = |parent: usize| items.get(parent).is_some_and(|item| asking::is_list_of_questions(self.first(item)));
        let listed = item.parent.map_or_else(|| asking::is_list_of_questions(heading), over);
        let boxed = item.boxed.as_ref().is_some_and(|boxed| boxed.symbol.of(text) == "?");
        let until = items.get(index + 1).map_or(text.len(), |next| next.start.max(item.text_start));
        let first = self.first(item);
        let label = asking::after_question(first);
        let tagged = asking::has_tag(first);
        let may_ask = listed
            || boxed
            || label.is_some()
            || tagged
            || text.get(item.text_start..until)?.contains(asking::is_mark)
            || asking::asks_without_mark(first);
        if !may_ask {
            return None;
        }
        let joined = item_text::read(text, lines, outline, items, index, self.input.options.logseq);
        let mut pieces = joined.spans();
        let answer = if label.is_some() { self.part(&mut pieces) } else { Vec::new() };
        let labelled = self.labelled(&answer);
        let words = pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join(" ");
        pieces.retain(|piece| !asking::is_property(piece.of(text)));
        let own = asking::without_fields(&self.own(&pieces));
        let own = asking::after_question(&own).unwrap_or(&own);
        let is_marked = boxed || tagged || label.is_some();
        let asked = match asking::asked(own) {
            _ if asking::words(own) == 0 => return None,
            Some(Asked::NoMark) | None if is_marked || (listed && self.is_topic_to_ask(index, own)) => Asked::Mark,
            // an unmarked topic with points below it is not a question
            Some(Asked::NoMark) if self.tree.children(index).next().is_some() => return None,
            asked => asked?,
        };
        let left = unstruck(&words);
        // the question is struck through, and what remains is the outcome: `~~do we need it?~~ no`
        if !is_marked && left.len() == words.len() && words.contains(asking::is_mark) && !left.contains(asking::is_mark)
        {
            return None;
        }
        let words = asking::after_question(&left).unwrap_or(&left);
        let shown = label_with_inner_urls(asking::without_end_of_bold(words));
        let shown = if tagged { asking::without_tag(&shown) } else { shown };
        let shown = match &asked {
            Asked::InBrackets(inner) => asking::bracketed(&shown).unwrap_or_else(|| inner.clone()),
            _ => shown,
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

    /// The first line of an item.
    fn first(&self, item: &Item) -> &'a str {
        let Input { text, lines, .. } = *self.input;
        text.get(item.text_start..lines.content(text, item.line).end).unwrap_or("").trim_end()
    }

    /// True for what asks without a mark because it stands in a list of questions: words, or one word that is no heading of others.
    fn is_topic_to_ask(&self, index: usize, own: &str) -> bool {
        let Input { text, lines, items, .. } = *self.input;
        let asks = |child: usize| {
            let item = items.get(child);
            item.is_some_and(|item| lines.content(text, item.line).of(text).contains(asking::is_mark))
        };
        let is_word = own.chars().filter(|c| c.is_alphanumeric()).count() > 1;
        let is_topic = asking::words(own) >= 2 || (is_word && !self.tree.children(index).any(asks));
        is_topic && asking::reply(own) == Some(Reply::Words) && !asking::is_nothing(&fold(own))
    }

    /// How good the answer after a label is.
    fn labelled(&self, pieces: &[Span]) -> Option<(Reply, usize)> {
        let first = pieces.first()?;
        Some((self.reply(pieces)?, self.input.lines.line(first.start)))
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
        if let Some((reply, line)) = self.paragraph_below(index, found) {
            answers.say(reply, line);
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
        let status = status.and_then(|boxed| self.input.options.statuses.get(boxed.symbol.of(self.input.text)));
        if status == Some(Status::Done) {
            answers.closed = Some(found.line);
        }
        answers.dropped = status == Some(Status::Cancelled);
        question(found, answers, self.input.note.section_at(found.span.start))
    }

    /// The reply in an item below a question; `None` if the item is itself a question or an open task.
    fn child_reply(&self, index: usize) -> Option<Reply> {
        let item = self.input.items.get(index)?;
        let is_open = |symbol: &str| self.input.options.statuses.get(symbol).is_none_or(|status| status.is_open());
        if self.found.get(index).is_some_and(Option::is_some)
            || item.boxed.as_ref().is_some_and(|boxed| is_open(boxed.symbol.of(self.input.text)))
        {
            return None;
        }
        let Input { text, lines, outline, items, options, .. } = *self.input;
        let joined = item_text::read(text, lines, outline, items, index, options.logseq);
        self.reply(&joined.spans())
    }

    /// The reply in the indented text below an item that is not an item itself, with its line.
    fn paragraph_below(&self, index: usize, found: &Found) -> Option<(Reply, usize)> {
        let Input { text, lines, outline, items, .. } = *self.input;
        let item = items.get(index)?;
        let next = items.get(index + 1).map_or(usize::MAX, |next| next.line);
        let line = (found.last_line + 1..=lines.count().min(found.last_line + 3)).find(|&line| {
            let content = lines.content(text, line);
            Head::of(text, content).at < content.end
        })?;
        let content = lines.content(text, line);
        let head = Head::of(text, content);
        let is_own = line < next && head.quotes == item.quotes && head.column > item.indent;
        if !is_own || is_heading(outline, head.at) || found.labelled.is_some() {
            return None;
        }
        Some((self.reply(&[Span::new(head.at, content.end)])?, line))
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
                let own = asking::without_fields(own);
                let asked = asking::asked(&own).filter(|asked| matches!(asked, Asked::Mark | Asked::InBrackets(_)))?;
                let end = section.heading_span.start + section.heading_span.of(text).trim_end().len();
                let found = Found {
                    text: if let Asked::InBrackets(inner) = &asked {
                        inner.clone()
                    } else {
                        shown_heading(text, section)
                    },
                    asked,
                    span: Span::new(section.heading_span.start, end),
                    line: section.line,
                    last_line: lines.line(end.max(1) - 1),
                    form: QuestionForm::Heading,
                    labelled: None,
                };
                let answers = self.below_heading(found.last_line + 1, section.end_line);
                let found = question(&found, answers, section.parent);
                // a single word is a heading, unless it is marked as open
                (asking::words(&own) >= 2 || found.why == QuestionReason::OnlyDoubt).then_some(found)
            })
            .collect()
    }

    /// The replies in the lines below a heading.
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
            // text below another question answers that one
            if let Some(end) = self.asking_section(here) {
                line = end + 1;
                continue;
            }
            if head.at >= content.end || is_hidden() || is_label() || is_thematic_break(words.of(text)) {
                continue;
            }
            if matches!(outline.mask_at(head.at), Some((_, Mask::Fence | Mask::Math))) {
                answers.say(Reply::Words, here);
                break;
            }
            let at = items.partition_point(|item| item.line < here);
            let Some(item) = items.get(at).filter(|item| item.line == here) else {
                if let Some(reply) = self.reply(&[words]) {
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
                // text below another question answers that one
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

    /// The last line of the section, if the heading on this line is a question.
    fn asking_section(&self, line: usize) -> Option<usize> {
        let sections = &self.input.note.sections;
        let at = sections.partition_point(|section| section.line < line);
        let section =
            sections.get(at).filter(|section| section.line == line && section.kind == SectionKind::Heading)?;
        let own = asking::without_fields(&self.own(&[section.heading_span]));
        (asking::asked(&own) == Some(Asked::Mark)).then_some(section.end_line.max(line))
    }

    /// The last line of an item and everything below it.
    fn end_of_item(&self, index: usize) -> usize {
        let Input { text, lines, outline, items, options, .. } = *self.input;
        let last = self.tree.last_below(index);
        let joined = item_text::read(text, lines, outline, items, last, options.logseq);
        let own = items.get(last).map_or(0, |item| item.line);
        joined.spans().last().map_or(own, |span| lines.line(span.end.max(1) - 1))
    }

    /// Questions after `QUESTION:` in paragraphs, and in callouts.
    fn of_paragraphs(&self) -> Vec<Question> {
        let Input { text, lines, outline, .. } = *self.input;
        let mut questions = Vec::new();
        for (index, block) in outline.blocks.iter().enumerate() {
            let may = block.span.of(text);
            if !may.contains([':', '.']) && !may.starts_with("[!") {
                continue;
            }
            if is_paragraph(block) {
                let following = outline.blocks.get(index + 1).filter(|next| is_paragraph(next)).map(|next| next.span);
                self.paragraph(block.span, following, &mut questions);
            } else if let Some(found) = callout(text, lines, block.span) {
                questions.extend(self.callout(&found));
            }
        }
        questions
    }

    fn callout(&self, callout: &Callout) -> Option<Question> {
        let Input { text, lines, .. } = *self.input;
        let words = callout.words.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join(" ");
        let shown = label_with_inner_urls(&unstruck(&words));
        let line = lines.line(callout.words.first()?.start);
        if shown.is_empty() || asking::words(&self.own(&callout.words)) == 0 {
            return None;
        }
        let mut answers = Answers::default();
        let said = callout.body.iter().filter_map(|piece| Some((self.reply(&[*piece])?, lines.line(piece.start))));
        said.for_each(|(reply, line)| answers.say(reply, line));
        let found = Found {
            asked: Asked::Mark,
            text: shown,
            span: callout.title,
            line,
            last_line: line,
            form: QuestionForm::Callout,
            labelled: None,
        };
        Some(question(&found, answers, self.input.note.section_at(callout.title.start)))
    }

    /// Questions over their answers, as lists of frequent questions have them.
    fn of_terms(&self) -> Vec<Question> {
        let Input { text, lines, outline, .. } = *self.input;
        let one = |term: question_terms::Term| {
            let own = self.own(&[term.words]);
            let own = if own.trim().is_empty() { term.words.of(text).to_owned() } else { own };
            let asked = asking::asked(&own).filter(|asked| *asked == Asked::Mark)?;
            let line = lines.line(term.span.start);
            let mut answers = Answers::default();
            let said = term.answer.iter().filter_map(|piece| {
                let html = matches!(outline.mask_at(piece.start), Some((_, Mask::HtmlBlock)));
                let reply = if html { asking::reply(piece.of(text)) } else { self.reply(&[*piece]) };
                Some((reply?, lines.line(piece.start)))
            });
            said.for_each(|(reply, line)| answers.say(reply, line));
            let found = Found {
                asked,
                text: label_with_inner_urls(&unstruck(term.words.of(text))),
                span: term.span,
                line,
                last_line: line,
                form: QuestionForm::Term,
                labelled: None,
            };
            (!found.text.is_empty()).then(|| question(&found, answers, self.above(term.span.start)))
        };
        question_terms::read(text, lines, outline).into_iter().filter_map(one).collect()
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
        let left = unstruck(block.of(text));
        let is_struck = |at: usize| left.as_bytes().get(at - block.start) == Some(&b' ');
        let mut number = lines.line(block.start);
        while number <= last {
            let words = line_in(number, block);
            let first = number;
            number += 1;
            if outline.mask_at(words.start).is_some() || is_struck(words.start) {
                continue;
            }
            let Some(rest) = asking::after_question(words.of(text)) else { continue };
            let mut pieces = Vec::new();
            if !rest.is_empty() {
                pieces.push(Span::new(words.end - rest.len().min(words.len()), words.end));
            }
            while number <= last {
                let words = line_in(number, block);
                if asking::after_question(words.of(text)).is_some() {
                    break;
                }
                pieces.push(words);
                number += 1;
            }
            // if nothing follows the label, its line is an empty piece
            if rest.is_empty() {
                pieces.insert(0, Span::new(words.end, words.end));
            }
            let mut answer = self.part(&mut pieces);
            pieces.retain(|piece| !piece.is_empty());
            if answer.is_empty()
                && number > last
                && let Some(next) = following
                && asking::after_answer(next.of(text)).is_some()
            {
                answer.push(next);
            }
            let Some((begin, end)) = pieces.first().zip(pieces.last()) else { continue };
            let joined = pieces.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join(" ");
            let shown = label_with_inner_urls(asking::without_end_of_bold(&unstruck(&joined)));
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
