//! List items and boxes, line by line, with indentation as people mean it.
//!
//! Over-indented lists, which CommonMark takes for code, are lists here. Fences, comments, HTML and front matter are
//! skipped. Called by [`crate::parse::parse`]; the words of an item are read by [`crate::parse::item_text`].

use crate::model::Lines;
use crate::model::Span;
use crate::parse::checkbox;
use crate::parse::checkbox::Checkbox;
use crate::parse::checkbox::Fault;
use crate::parse::markers::is_special_space;
use crate::parse::markers::is_thematic_break;
use crate::parse::markers::list_marker;
use crate::parse::outline::BlockKind;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// Lists nested more deeply are read as if they were flat.
const DEPTH: usize = 64;

/// Further list markers on one line are text.
const MOST_MARKERS: usize = 8;

/// A list item, or a box without a bullet; identified by its line.
pub(crate) struct Item {
    pub(crate) line: usize,
    /// The first byte of its marker, or of the box if it has no marker.
    pub(crate) start: usize,
    /// Columns before the marker, after quote marks.
    pub(crate) indent: usize,
    pub(crate) quotes: usize,
    /// The column of its text.
    content: usize,
    /// The byte where its text begins, after the box.
    pub(crate) text_start: usize,
    /// An index into the items.
    pub(crate) parent: Option<usize>,
    pub(crate) boxed: Option<Checkbox>,
}

/// Finds the list items and boxes of a note, in the order of the text.
pub(crate) fn read(text: &str, body: usize, lines: &Lines, outline: &Outline, logseq: bool) -> Vec<Item> {
    let mut reader = Reader {
        text,
        outline,
        logseq,
        items: Vec::new(),
        stack: Vec::new(),
        around_quote: Vec::new(),
        blank_before: true,
        quotes_before: 0,
    };
    let first = lines.line(body.min(text.len()));
    for line in first..=lines.count() {
        let content = lines.content(text, line);
        if content.start < body || content.is_empty() {
            reader.blank_before = true;
        } else {
            reader.blank_before = reader.take(line, content) == LineKind::Blank;
        }
    }
    reader.items
}

/// What a line means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineKind {
    /// Nothing, or only quote marks.
    Blank,
    Other,
}

/// The state between two lines.
struct Reader<'a> {
    text: &'a str,
    outline: &'a Outline,
    /// True if Logseq's keywords (`TODO`) count as boxes.
    logseq: bool,
    items: Vec<Item>,
    /// The items that the next line may belong to, outermost first.
    stack: Vec<usize>,
    /// The items around the quote that the line before was in.
    around_quote: Vec<usize>,
    blank_before: bool,
    quotes_before: usize,
}

impl Reader<'_> {
    /// Takes the next line.
    fn take(&mut self, line: usize, content: Span) -> LineKind {
        let head = Head::of(self.text, content);
        if self.hides(head.at, content) || (head.at > content.start && self.hides(content.start, content)) {
            return LineKind::Other;
        }
        if head.at >= content.end {
            return LineKind::Blank;
        }
        if head.quotes != self.quotes_before {
            self.enter_or_leave_quote(&head);
        }
        let rest = Span::new(head.at, content.end);
        if is_thematic_break(rest.of(self.text)) || is_heading(self.outline, head.at) {
            self.stack.clear();
        } else if let Some(words) = self.take_markers(line, &head, content) {
            self.take_box(words);
        } else {
            self.take_unmarked(line, &head, rest);
        }
        LineKind::Other
    }

    /// Items do not continue from one quote into another. Items that contain the quote continue after it.
    fn enter_or_leave_quote(&mut self, head: &Head) {
        let mut stack = std::mem::take(&mut self.stack);
        if self.quotes_before == 0 {
            let column = head.quote_column;
            let holds = |index: &usize| {
                self.items.get(*index).is_some_and(|item| item.holds(column) || self.is_below_number(item, column))
            };
            stack.truncate(stack.iter().take_while(|index| holds(index)).count());
            self.around_quote = stack;
        } else if head.quotes == 0 {
            self.stack = std::mem::take(&mut self.around_quote);
        }
        self.quotes_before = head.quotes;
    }

    /// True for a byte of a line inside a mask that began before the line, or begins with it. Indented code does not count.
    fn hides(&self, at: usize, content: Span) -> bool {
        self.outline.mask_at(at).is_some_and(|(mask, kind)| match kind {
            Mask::Fence | Mask::HtmlBlock => true,
            Mask::Comment | Mask::Math | Mask::Code => mask.start < content.start,
            Mask::Html => mask.start < content.start || mask.start == at,
            Mask::Indented => false,
        })
    }

    /// Makes an item for each list marker (`- 1. text` has two). Returns the text after them; `None` without a marker.
    fn take_markers(&mut self, line: usize, head: &Head, content: Span) -> Option<Span> {
        let (mut at, mut column) = (head.at, head.column);
        let mut count = 0;
        while let Some(marker) = list_marker(Span::new(at, content.end).of(self.text), column) {
            count += 1;
            let next = column + marker.width;
            while self.innermost().is_some_and(|top| !self.takes(top, at, column) || self.stack.len() >= DEPTH) {
                self.stack.pop();
            }
            let item = Item {
                line,
                start: at,
                indent: column,
                quotes: head.quotes,
                content: next,
                text_start: at + marker.len + marker.blanks,
                parent: self.stack.last().copied(),
                boxed: None,
            };
            self.stack.push(self.items.len());
            self.items.push(item);
            at += marker.len + marker.blanks;
            column = next;
            if count > MOST_MARKERS {
                break;
            }
        }
        (count > 0).then(|| Span::new(at, content.end))
    }

    /// True if a list item at a byte and column is nested in another.
    fn takes(&self, top: &Item, at: usize, column: usize) -> bool {
        top.holds(column) || (!self.is_digit(at) && self.is_below_number(top, column))
    }

    /// True for a column below a numbered item: two spaces will do for a bullet or a quote, since people indent by their habit,
    /// not by the width of `10.`.
    fn is_below_number(&self, top: &Item, column: usize) -> bool {
        self.is_digit(top.start) && column >= top.indent + 2
    }

    fn is_digit(&self, at: usize) -> bool {
        self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
    }

    /// Reads the box of the last item, if it has one.
    fn take_box(&mut self, words: Span) {
        let marker = if self.logseq { checkbox::marker(self.text, words) } else { None };
        if let Some((found, text_start)) = marker.or_else(|| checkbox::boxed(self.text, words, self.outline))
            && let Some(item) = self.items.last_mut()
        {
            item.text_start = text_start;
            item.boxed = Some(found);
        }
    }

    /// Makes an item of a box without a bullet.
    fn take_unmarked(&mut self, line: usize, head: &Head, rest: Span) {
        if self.blank_before {
            while self.innermost().is_some_and(|top| !top.holds(head.column)) {
                self.stack.pop();
            }
        }
        let Some((found, text_start)) = checkbox::unmarked(self.text, rest) else { return };
        let in_task = || self.innermost().is_some_and(|above| above.boxed.is_some()) && !self.blank_before;
        if found.symbol.of(self.text).starts_with(checkbox::is_check_mark) && !in_task() {
            return;
        }
        let is_item = begins_item(&found, head.column, self.blank_before, self.innermost())
            && !in_cell(self.outline, head.at)
            && !(found.fault == Some(Fault::Lookalike) && goes_on_with_prose(self.text, self.outline, head.at));
        if is_item {
            let above = |index: &usize| self.items.get(*index).is_some_and(|item| item.holds(head.column));
            let parent = self.stack.iter().rev().copied().find(above);
            self.items.push(Item {
                line,
                start: head.at,
                indent: head.column,
                quotes: head.quotes,
                content: head.column + 2,
                text_start,
                parent,
                boxed: Some(found),
            });
        }
    }

    fn innermost(&self) -> Option<&Item> {
        self.stack.last().and_then(|&index| self.items.get(index))
    }
}

impl Item {
    /// True if text that begins at this column belongs to the item.
    fn holds(&self, column: usize) -> bool {
        column >= self.content.min(self.indent + 4)
    }
}

/// True if a box without an ordinary bullet starts an item, rather than being wrapped text of the item above.
fn begins_item(found: &Checkbox, column: usize, blank_before: bool, above: Option<&Item>) -> bool {
    let plain = matches!(found.fault, Some(Fault::Swapped | Fault::NoBullet));
    !plain || blank_before || above.is_none_or(|above| column <= above.indent)
}

/// True for a byte in a paragraph at the top level that begins with ordinary words.
fn goes_on_with_prose(text: &str, outline: &Outline, at: usize) -> bool {
    outline
        .block_at(at)
        .is_some_and(|block| block.top && block.span.start < at && checkbox::unmarked(text, block.span).is_none())
}

fn in_cell(outline: &Outline, at: usize) -> bool {
    outline.block_at(at).is_some_and(|block| block.kind == BlockKind::Cell)
}

pub(crate) fn is_heading(outline: &Outline, at: usize) -> bool {
    let index = outline.headings.partition_point(|heading| heading.span.start <= at).checked_sub(1);
    index.and_then(|index| outline.headings.get(index)).is_some_and(|heading| heading.span.start == at)
}

/// The start of a line, before its text: quote marks and spaces.
pub(crate) struct Head {
    pub(crate) at: usize,
    pub(crate) column: usize,
    pub(crate) quotes: usize,
    /// The column of the first quote mark; 0 without one.
    pub(crate) quote_column: usize,
}

impl Head {
    pub(crate) fn of(text: &str, content: Span) -> Self {
        let mut head = Self { at: content.start, column: 0, quotes: 0, quote_column: 0 };
        let mut absolute = 0usize;
        let mut base = 0usize;
        for c in content.of(text).chars() {
            match c {
                ' ' => absolute += 1,
                '\t' => absolute += 4 - absolute % 4,
                c if is_special_space(c) => absolute += 1,
                '>' => {
                    if head.quotes == 0 {
                        head.quote_column = absolute;
                    }
                    head.quotes += 1;
                    absolute += 1;
                    // the space after `>` belongs to it
                    base = absolute + 1;
                }
                _ => break,
            }
            head.at += c.len_utf8();
        }
        head.column = absolute.saturating_sub(base);
        // the text of a footnote begins after its mark
        let rest = Span::new(head.at, content.end).of(text);
        if rest.starts_with("[^")
            && let Some(mark) = rest.find("]: ")
            && !rest.get(2..mark).is_some_and(|name| name.contains([' ', ']']))
        {
            let words = rest.get(mark + 3..).unwrap_or("").trim_start_matches(' ');
            head.at = content.end - words.len();
        }
        head
    }
}
