//! Tasks: every box that a person sees, whether Markdown sees a list item or not.
//!
//! A line scanner with the Markdown parser's masks: it knows fences, comments, HTML and front matter, but takes
//! indentation as people mean it. Over-indented lists, which CommonMark takes for code, are lists here; each task says
//! in its `form` what CommonMark makes of it.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::Edit;
use crate::model::Fix;
use crate::model::Form;
use crate::model::Lines;
use crate::model::Note;
use crate::model::Priority;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::status::Statuses;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::model::task::TaskLink;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::fields;
use crate::parse::inline;
use crate::parse::outline;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::own_words::own_words;
use crate::parse::todo_txt;

/// Nobody wrote more boxes into one note: the rest is said, not listed.
pub(super) const TASKS: usize = 20_000;

/// Lists deeper than this are flat from there on.
const DEPTH: usize = 64;

/// A list item, or a box without bullet, by its line.
pub(crate) struct Item {
    pub(crate) line: usize,
    /// The first byte of its marker (of the box where there is none).
    start: usize,
    /// Columns before the marker, after quote marks.
    pub(crate) indent: usize,
    pub(crate) quotes: usize,
    /// The column of its text.
    content: usize,
    /// The byte of its text, behind the box.
    pub(crate) text_start: usize,
    /// An index into the items.
    parent: Option<usize>,
    pub(crate) boxed: Option<Box>,
}

/// A checkbox.
pub(crate) struct Box {
    open: usize,
    symbol: Span,
    form: Form,
    /// Why it is not well formed.
    fault: Option<Fault>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    BlankBehind,
    NoBlankBefore,
    Width,
    Swapped,
    NoBullet,
}

/// An item's text on one line, and the note's bytes that it is made of: where each piece begins in it, and its span.
pub(crate) struct Joined {
    pub(crate) text: String,
    pieces: Vec<(usize, Span)>,
}

impl Joined {
    fn spans(&self) -> Vec<Span> {
        self.pieces.iter().map(|(_, span)| *span).collect()
    }
}

/// Finds the list items and boxes of a note, in the order of the text.
pub(crate) fn items(text: &str, body: usize, lines: &Lines, outline: &Outline) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut blank_before = true;
    let mut quotes_before = 0;
    let first = lines.line(body.min(text.len()));
    for line in first..=lines.count() {
        let content = lines.content(text, line);
        if content.start < body || content.is_empty() {
            blank_before = true;
            continue;
        }
        let head = Head::of(text, content);
        // a mask that began before this line, or that begins with it, hides it; indented code does not
        let hidden = |at: usize| {
            outline.mask_at(at).is_some_and(|(mask, kind)| match kind {
                Mask::Fence | Mask::HtmlBlock => true,
                Mask::Comment | Mask::Math | Mask::Code => mask.start < content.start,
                Mask::Html => mask.start < content.start || mask.start == at,
                Mask::Indented => false,
            })
        };
        if hidden(head.at) || (head.at > content.start && hidden(content.start)) {
            blank_before = false;
            continue;
        }
        if head.at >= content.end {
            blank_before = true;
            continue;
        }
        if head.quotes != quotes_before {
            stack.clear();
            quotes_before = head.quotes;
        }
        let rest = Span::new(head.at, content.end);
        if is_rule(rest.of(text)) || is_heading(outline, head.at) {
            stack.clear();
            blank_before = false;
            continue;
        }
        let (mut at, mut column) = (head.at, head.column);
        let mut count = 0;
        while let Some((marker, width)) = marker(Span::new(at, content.end).of(text), column) {
            count += 1;
            let next = column + width;
            while let Some(top) = stack.last().and_then(|&index| items.get(index)) {
                if column >= top.content.min(top.indent + 4) && stack.len() < DEPTH {
                    break;
                }
                stack.pop();
            }
            let item = Item {
                line,
                start: at,
                indent: column,
                quotes: head.quotes,
                content: next,
                text_start: at + marker,
                parent: stack.last().copied(),
                boxed: None,
            };
            stack.push(items.len());
            items.push(item);
            at += marker;
            column = next;
            if count > 8 {
                break;
            }
        }
        if count > 0 {
            if let Some(found) = boxed(text, Span::new(at, content.end), outline)
                && let Some(item) = items.last_mut()
            {
                item.text_start = found.1;
                item.boxed = Some(found.0);
            }
        } else {
            let loose = blank_before || stack.is_empty();
            if blank_before {
                while stack
                    .last()
                    .and_then(|&index| items.get(index))
                    .is_some_and(|top| head.column < top.content.min(top.indent + 4))
                {
                    stack.pop();
                }
            }
            if let Some((found, text_start)) = unmarked(text, rest)
                && (loose || stack.is_empty() || found.fault == Some(Fault::NoBlankBefore))
                && !in_cell(outline, head.at)
            {
                items.push(Item {
                    line,
                    start: head.at,
                    indent: head.column,
                    quotes: head.quotes,
                    content: head.column + 2,
                    text_start,
                    parent: stack.last().copied(),
                    boxed: Some(found),
                });
            }
        }
        blank_before = false;
    }
    items
}

fn in_cell(outline: &Outline, at: usize) -> bool {
    outline.block_at(at).is_some_and(|block| block.kind == outline::BlockKind::Cell)
}

fn is_heading(outline: &Outline, at: usize) -> bool {
    let index = outline.headings.partition_point(|heading| heading.span.start <= at).checked_sub(1);
    index.and_then(|index| outline.headings.get(index)).is_some_and(|heading| heading.span.start == at)
}

/// What stands before the text of a line: quote marks and blanks.
struct Head {
    at: usize,
    column: usize,
    quotes: usize,
}

impl Head {
    fn of(text: &str, content: Span) -> Self {
        let mut head = Self { at: content.start, column: 0, quotes: 0 };
        let mut absolute = 0usize;
        let mut base = 0usize;
        for byte in content.of(text).bytes() {
            match byte {
                b' ' => absolute += 1,
                b'\t' => absolute += 4 - absolute % 4,
                b'>' => {
                    head.quotes += 1;
                    absolute += 1;
                    // the blank behind `>` belongs to it
                    base = absolute + 1;
                }
                _ => break,
            }
            head.at += 1;
        }
        head.column = absolute.saturating_sub(base);
        // the text of a footnote begins behind its mark
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

/// The bytes and the columns of a list marker with the blanks behind it.
fn marker(text: &str, column: usize) -> Option<(usize, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = text.as_bytes().get(digits)?;
    let valid = if digits == 0 { b"-*+".contains(mark) } else { digits <= 9 && b".)".contains(mark) };
    if !valid {
        return None;
    }
    let len = digits + 1;
    let mut width = len;
    let mut blanks = 0;
    for byte in text.get(len..)?.bytes() {
        match byte {
            b' ' => width += 1,
            b'\t' => width += 4 - (column + width) % 4,
            _ => break,
        }
        blanks += 1;
    }
    let empty = text.len() == len + blanks;
    // more than four blanks begin code inside the item; the item's text column is one behind the marker then
    let width = if width > len + 4 && !text.get(len + blanks..)?.starts_with('[') { len + 1 } else { width };
    (blanks > 0 || empty).then_some((len + blanks, width))
}

/// `---`, `* * *`, `_ _ _`
fn is_rule(text: &str) -> bool {
    let mut marks = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let Some(first) = marks.next() else { return false };
    if !b"-*_".contains(&first) {
        return false;
    }
    let mut count = 1;
    for mark in marks {
        if mark != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// The box at the beginning of an item's text, and the byte of the text behind it.
fn boxed(text: &str, span: Span, outline: &Outline) -> Option<(Box, usize)> {
    let words = span.of(text);
    let inner = words.strip_prefix('[')?;
    let open = span.start;
    let (symbol, mut fault) = inside(inner)?;
    let close = symbol.end + 1;
    let behind = inner.get(close..).unwrap_or("");
    let after = behind.chars().next();
    let written = inner.get(symbol.start..symbol.end).unwrap_or("");
    match after {
        None => {}
        Some(c) if c.is_whitespace() => {}
        Some('(' | '[' | ':') => return None,
        Some(_) if matches!(written.trim(), "" | "x" | "X") && fault.is_none() && !written.is_empty() => {
            fault = Some(Fault::BlankBehind);
        }
        Some(_) => return None,
    }
    // `- [1] text` with a definition of `[1]` is a link
    if outline.links.binary_search_by_key(&open, |link| link.span.start).is_ok() {
        return None;
    }
    let form = match (fault, outline.mask_at(open)) {
        (Some(_), _) => Form::Malformed,
        (None, Some((_, Mask::Indented))) => Form::Indented,
        (None, _) => {
            let starts = outline.block_at(open).is_some_and(|block| block.span.start == open);
            if starts || behind.trim().is_empty() && outline.block_at(open).is_none() { Form::List } else { Form::Lazy }
        }
    };
    let symbol = Span::new(open + 1 + symbol.start, open + 1 + symbol.end);
    let blanks: usize = behind.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
    Some((Box { open, symbol, form, fault }, open + 1 + close + blanks))
}

/// What stands between the brackets: one character as people see it, or a slip of the pen.
fn inside(inner: &str) -> Option<(Span, Option<Fault>)> {
    if inner.starts_with(']') {
        return Some((Span::new(0, 0), Some(Fault::Width)));
    }
    let first = inner.graphemes(true).next()?;
    if first != "[" && first != "\\" && inner.get(first.len()..)?.starts_with(']') {
        return Some((Span::new(0, first.len()), None));
    }
    let close = inner.char_indices().take(4).find(|(_, c)| *c == ']')?.0;
    let written = inner.get(..close)?;
    let slip = written.chars().all(|c| matches!(c, ' ' | 'x' | 'X')) && written.trim().len() <= 1;
    slip.then_some((Span::new(0, close), Some(Fault::Width)))
}

/// `[ ] - text`, `[ ] text`, `-[ ] text` at the beginning of a line.
fn unmarked(text: &str, span: Span) -> Option<(Box, usize)> {
    let words = span.of(text);
    let glued = words.starts_with(['-', '*', '+']);
    let from = usize::from(glued);
    let inner = words.get(from..)?.strip_prefix('[')?;
    let symbol = inner.chars().next().filter(|c| matches!(c, ' ' | 'x' | 'X'))?;
    let behind = inner.get(symbol.len_utf8()..)?.strip_prefix(']')?;
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    if blanks == 0 || behind.trim().is_empty() {
        return None;
    }
    let open = span.start + from;
    let mut text_start = open + 3 + blanks;
    let rest = behind.get(blanks..)?;
    let swapped = ["- ", "* ", "+ "].into_iter().find(|marker| rest.starts_with(marker));
    if let Some(marker) = swapped {
        text_start += marker.len();
    }
    let (form, fault) = match (glued, swapped) {
        (true, _) => (Form::Malformed, Fault::NoBlankBefore),
        (false, Some(_)) => (Form::Swapped, Fault::Swapped),
        (false, None) => (Form::Bare, Fault::NoBullet),
    };
    Some((Box { open, symbol: Span::new(open + 1, open + 2), form, fault: Some(fault) }, text_start))
}

/// The text of an item on one line: its first line and the lines that go on with it.
pub(crate) fn joined(text: &str, lines: &Lines, outline: &Outline, items: &[Item], index: usize) -> Joined {
    let mut joined = Joined { text: String::new(), pieces: Vec::new() };
    let Some(item) = items.get(index) else { return joined };
    let first = lines.content(text, item.line);
    add(&mut joined, text, Span::new(item.text_start.min(first.end), first.end));
    let mut block = outline.block_at(item.text_start.min(first.end.saturating_sub(1))).map(|block| block.span);
    let mut next_item = items.partition_point(|other| other.line <= item.line);
    for line in item.line + 1..=lines.count() {
        let content = lines.content(text, line);
        let head = Head::of(text, content);
        if head.at >= content.end || items.get(next_item).is_some_and(|other| other.line == line) {
            break;
        }
        let in_block = block.is_some_and(|block| head.at < block.end);
        let deeper = head.column > item.indent && head.quotes == item.quotes;
        // under a box without words only what is indented is its text, whatever Markdown makes of the box
        let empty_box = joined.text.is_empty();
        let belongs = match block {
            Some(_) if !empty_box => in_block,
            _ => deeper,
        };
        let masked = outline.mask_at(head.at).is_some_and(|(mask, kind)| match kind {
            Mask::Fence | Mask::HtmlBlock => true,
            // words behind a comment are text
            Mask::Comment => text.get(mask.end..content.end).is_none_or(|rest| rest.trim().is_empty()),
            _ => false,
        });
        let headed = is_heading(outline, head.at) || outline.label_lines.binary_search(&line).is_ok();
        if !belongs || masked || headed || is_rule(Span::new(head.at, content.end).of(text)) {
            break;
        }
        add(&mut joined, text, Span::new(head.at, content.end));
        if empty_box {
            block = outline.block_at(head.at).map(|block| block.span);
        }
        while items.get(next_item).is_some_and(|other| other.line <= line) {
            next_item += 1;
        }
        if joined.text.len() > 64 * 1024 {
            break;
        }
    }
    joined
}

fn add(joined: &mut Joined, text: &str, span: Span) {
    let words = span.of(text);
    let trimmed = words.trim_end().trim_end_matches('\\').trim_end();
    let start = span.start + (words.len() - words.trim_start().len());
    let end = span.start + trimmed.len();
    if end <= start {
        return;
    }
    if !joined.text.is_empty() {
        joined.text.push(' ');
    }
    let span = Span::new(start, end);
    joined.pieces.push((joined.text.len(), span));
    joined.text.push_str(span.of(text));
}

/// What the tasks of a note are built from.
pub(crate) struct Input<'a> {
    pub(crate) text: &'a str,
    pub(crate) lines: &'a Lines,
    pub(crate) outline: &'a Outline,
    pub(crate) statuses: &'a Statuses,
    pub(crate) ticket_keys: &'a [String],
    /// With sections, links and tickets in place.
    pub(crate) note: &'a Note,
}

/// Makes tasks of the items with a box.
pub(crate) fn read(input: &Input<'_>, items: &[Item], diagnostics: &mut Diagnostics<'_>) -> Vec<Task> {
    let trusted = trusted_without_bullet(input, items);
    let mut tasks: Vec<Task> = Vec::new();
    let mut task_of: Vec<Option<usize>> = vec![None; items.len()];
    let mut texts: Vec<Option<String>> = vec![None; items.len()];
    for (index, item) in items.iter().enumerate() {
        let Some(boxed) = &item.boxed else { continue };
        if tasks.len() >= TASKS {
            let message = format!("more than {TASKS} boxes: those from here on are not listed");
            diagnostics.add("note-too-large", Severity::Warning, boxed.symbol, message);
            break;
        }
        complain(input, item, boxed, diagnostics);
        if matches!(boxed.form, Form::Swapped | Form::Bare) && !trusted.contains(&index) {
            continue;
        }
        let mut under = Vec::new();
        let mut parent = None;
        let mut depth = 0;
        let mut above = item.parent;
        while let Some(up) = above {
            depth += 1;
            parent = parent.or(task_of.get(up).copied().flatten());
            let words = match texts.get(up).and_then(Option::as_ref) {
                Some(words) => words.clone(),
                None => joined(input.text, input.lines, input.outline, items, up).text,
            };
            under.push(words.clone());
            if let Some(slot) = texts.get_mut(up) {
                *slot = Some(words);
            }
            above = items.get(up).and_then(|item| item.parent);
        }
        under.reverse();
        let joined = joined(input.text, input.lines, input.outline, items, index);
        if let Some(slot) = task_of.get_mut(index) {
            *slot = Some(tasks.len());
        }
        let mut task = task(input, item, boxed, &joined, diagnostics);
        task.under = under;
        task.parent = parent;
        task.depth = depth;
        tasks.push(task);
    }
    mark_groups(&mut tasks);
    tasks
}

/// A parent without link or date of its own whose children are tasks is a group.
fn mark_groups(tasks: &mut [Task]) {
    let parents: std::collections::BTreeSet<usize> = tasks
        .iter()
        // only a direct child: one level deeper, or under plain items of the parent
        .filter_map(|task| task.parent)
        .collect();
    for index in parents {
        if let Some(task) = tasks.get_mut(index) {
            let dated = task
                .fields
                .iter()
                .any(|field| matches!(field.kind, FieldKind::Due | FieldKind::Scheduled | FieldKind::Start));
            task.group = task.links.is_empty() && !dated;
        }
    }
}

/// Boxes without bullet count under a to-do label, or where there are two or more of them.
fn trusted_without_bullet(input: &Input<'_>, items: &[Item]) -> Vec<usize> {
    let loose: Vec<usize> = items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.boxed.as_ref().is_some_and(|b| matches!(b.form, Form::Swapped | Form::Bare)))
        .map(|(index, _)| index)
        .collect();
    if loose.len() >= 2 {
        return loose;
    }
    loose
        .into_iter()
        .filter(|&index| {
            items.get(index).is_some_and(|item| {
                let path = input.note.heading_path(input.note.section_at(item.start));
                let above =
                    item.line.checked_sub(1).map_or("", |line| input.lines.content(input.text, line).of(input.text));
                path.last().is_some_and(|label| is_todo_label(label)) || is_todo_label(above)
            })
        })
        .collect()
}

/// A heading or label that says that tasks follow.
fn is_todo_label(label: &str) -> bool {
    let label = label.trim().trim_matches(['#', '*', '_', ':', ' ']).to_lowercase();
    [
        "todo",
        "to do",
        "to-do",
        "to-dos",
        "todos",
        "tasks",
        "task list",
        "actions",
        "action items",
        "next steps",
        "checklist",
        "open points",
    ]
    .iter()
    .any(|word| label == *word || label.starts_with(&format!("{word} ")) || label.ends_with(&format!(" {word}")))
}

fn complain(input: &Input<'_>, item: &Item, boxed: &Box, diagnostics: &mut Diagnostics<'_>) {
    let line = input.lines.content(input.text, item.line);
    let symbol = boxed.symbol.of(input.text);
    if let Some(fault) = boxed.fault {
        let state = if symbol.trim().is_empty() { " " } else { "x" };
        let (message, edit) = match fault {
            Fault::BlankBehind => (
                "no blank behind the box",
                Edit { start: boxed.symbol.end + 1, end: boxed.symbol.end + 1, text: " ".to_owned() },
            ),
            Fault::NoBlankBefore => {
                ("no blank between bullet and box", Edit { start: boxed.open, end: boxed.open, text: " ".to_owned() })
            }
            Fault::Width => (
                "a box holds exactly one character",
                Edit { start: boxed.symbol.start, end: boxed.symbol.end, text: state.to_owned() },
            ),
            Fault::Swapped => (
                "the box stands before the bullet",
                Edit { start: boxed.open, end: item.text_start, text: format!("- [{state}] ") },
            ),
            Fault::NoBullet => (
                "a box without a bullet is no task for other programs",
                Edit { start: boxed.open, end: boxed.open, text: "- ".to_owned() },
            ),
        };
        let fix = Fix { description: "write the box as `- [ ] text`".to_owned(), edits: vec![edit] };
        diagnostics.with_fix("task-malformed", Severity::Warning, line, message.to_owned(), Some(fix));
    } else if input.statuses.get(symbol).is_none() {
        let message = format!("nobody knows the state `{symbol}`: taken as to do");
        diagnostics.add("task-status-unknown", Severity::Info, boxed.symbol, message);
    }
    let behind = boxed.symbol.end + 1;
    if input.text.get(behind..).is_some_and(|rest| rest.starts_with('\u{A0}')) {
        let edit = Edit { start: behind, end: behind + 2, text: " ".to_owned() };
        let fix = Fix { description: "replace it by an ordinary blank".to_owned(), edits: vec![edit] };
        let message = "a no-break space behind the box: other programs see no task".to_owned();
        diagnostics.with_fix("task-nbsp", Severity::Warning, line, message, Some(fix));
    }
}

fn task(input: &Input<'_>, item: &Item, boxed: &Box, joined: &Joined, diagnostics: &mut Diagnostics<'_>) -> Task {
    let (line, column) = input.lines.line_column(input.text, boxed.open);
    let written = boxed.symbol.of(input.text);
    let symbol = if boxed.form == Form::Malformed {
        if written.trim().is_empty() { " ".to_owned() } else { written.trim().to_owned() }
    } else {
        written.to_owned()
    };
    let status = input.statuses.get(&symbol).unwrap_or(Status::Todo);
    let line_start = input.lines.start(item.line);
    let end = joined.pieces.last().map_or(boxed.symbol.end + 1, |(_, span)| span.end);
    let mut task = Task {
        line,
        column,
        span: Span::new(line_start, end),
        symbol_span: boxed.symbol,
        symbol,
        status,
        form: boxed.form,
        text_spans: joined.spans(),
        text: joined.text.clone(),
        section: input.note.section_at(boxed.open),
        ..Task::default()
    };
    let taken = links_of(input, joined, &mut task);
    let blocked = |at: usize| taken.iter().any(|(start, end)| *start <= at && at < *end);
    // line by line: a field does not go over a line end
    for (start, line) in &joined.pieces {
        for raw in fields::find(line.of(input.text), &|at| blocked(start + at)) {
            let place = |from: usize, to: usize| Span::new(line.start + from, line.start + to);
            let value_span = place(raw.value_start, raw.value_end);
            let field = Field {
                kind: raw.kind,
                style: raw.style,
                span: place(raw.start, raw.end),
                value_span,
                value: value_span.of(input.text).to_owned(),
            };
            take(&mut task, field, input.text, diagnostics);
        }
    }
    if task.priority.is_none() && matches!(task.symbol.as_str(), "!" | "*") {
        task.priority = Some(Priority::High);
    }
    task.tags = inline::tags(&joined.text)
        .into_iter()
        .filter(|span| !blocked(span.start))
        .filter_map(|span| joined.text.get(span.start + 1..span.end).map(str::to_owned))
        .collect();
    task.mentions = mentions(&joined.text, &blocked);
    task.tickets = input
        .note
        .tickets
        .iter()
        .filter(|ticket| task.text_spans.iter().any(|span| span.contains(ticket.span.start)))
        .map(|ticket| ticket.key.clone())
        .collect();
    if boxed.form != Form::List && task.tickets.is_empty() {
        task.tickets = inline::tickets(&joined.text, input.ticket_keys)
            .into_iter()
            .filter(|span| !blocked(span.start))
            .map(|span| span.of(&joined.text).to_owned())
            .collect();
    }
    if let Some((start, end)) = inline::block_id(&joined.text)
        && !blocked(start)
    {
        task.explicit_id = joined.text.get(start + 1..end).map(str::to_owned);
    }
    task.words = own_words(&task);
    task
}

/// Puts the links of an item on its task. Returns what is code or link in the joined text, as start and end.
fn links_of(input: &Input<'_>, joined: &Joined, task: &mut Task) -> Vec<(usize, usize)> {
    let mut taken = Vec::new();
    // code that CommonMark sees holds no links: read the item's text by itself
    if matches!(input.outline.mask_at(task.symbol_span.start), Some((_, Mask::Indented))) {
        let lines = Lines::new(&joined.text);
        let alone = outline::read(&joined.text, 0, &lines);
        let found = inline::read(&joined.text, &lines, &alone, &[]);
        let mut links = alone.links.clone();
        links.extend(found.links);
        links.sort_by_key(|link| link.span.start);
        for link in &links {
            taken.push((link.span.start, link.span.end));
            if link.kind != crate::model::LinkKind::Image {
                task.links.push(TaskLink { url: link.target.clone(), text: link.text.clone() });
            }
        }
        return taken;
    }
    let links = &input.note.links;
    let from = links.partition_point(|link| link.span.start < task.span.start);
    for link in links.iter().skip(from).take_while(|link| link.span.start < task.span.end) {
        if !task.text_spans.iter().any(|span| span.contains(link.span.start)) {
            continue;
        }
        for (start, span) in &joined.pieces {
            let (low, high) = (span.start.max(link.span.start), span.end.min(link.span.end));
            if low < high {
                taken.push((start + low - span.start, start + high - span.start));
            }
        }
        if link.kind != crate::model::LinkKind::Image {
            task.links.push(TaskLink { url: link.target.clone(), text: link.text.clone() });
        }
    }
    for (start, span) in &joined.pieces {
        let mut at = span.start;
        while at < span.end {
            match input.outline.mask_at(at) {
                Some((mask, Mask::Code | Mask::Html | Mask::Math | Mask::Comment)) => {
                    taken.push((start + at - span.start, start + mask.end.min(span.end) - span.start));
                    at = mask.end;
                }
                _ => at += 1,
            }
        }
    }
    taken
}

/// Puts a field on a task: of each kind the leftmost counts.
pub(super) fn take(task: &mut Task, field: Field, text: &str, diagnostics: &mut Diagnostics<'_>) {
    if task.fields.iter().any(|other| other.kind == field.kind) {
        let message = format!("`{}` again: the first one counts", field.span.of(text));
        diagnostics.add("task-field-twice", Severity::Info, field.span, message);
        task.fields.push(field);
        return;
    }
    let value = field.value.as_str();
    let day = fields::date(value);
    let slot = match field.kind {
        FieldKind::Due => Some(&mut task.due),
        FieldKind::Scheduled => Some(&mut task.scheduled),
        FieldKind::Start => Some(&mut task.start),
        FieldKind::Created => Some(&mut task.created),
        FieldKind::Done => Some(&mut task.completed),
        FieldKind::Cancelled => Some(&mut task.cancelled),
        _ => None,
    };
    if let Some(slot) = slot {
        *slot = day;
        if day.is_none() {
            let message = format!("`{value}` is no day: the field is not used");
            diagnostics.add("task-date-invalid", Severity::Warning, field.value_span, message);
        }
    }
    match field.kind {
        FieldKind::Priority => {
            task.priority = match field.style {
                FieldStyle::TodoTxt => todo_txt::priority(value),
                _ => fields::priority(value),
            };
            if task.priority.is_none() {
                let message = format!("`{value}` is no priority: highest, high, medium, low, lowest are");
                diagnostics.add("task-priority-invalid", Severity::Warning, field.value_span, message);
            }
        }
        FieldKind::Recurrence => {
            task.recurrence = match field.style {
                FieldStyle::TodoTxt => todo_txt::recurrence(value),
                _ => Some(value.to_owned()),
            };
        }
        FieldKind::Id => task.explicit_id = Some(value.to_owned()),
        FieldKind::DependsOn => {
            task.depends_on = value.split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
        }
        _ => {}
    }
    task.fields.push(field);
}

/// `@name` at the start or after a blank or bracket.
pub(super) fn mentions(text: &str, blocked: &dyn Fn(usize) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if blocked(at) || before.is_some_and(|c| !c.is_whitespace() && c != '(') {
            continue;
        }
        let name = text.get(at + 1..).unwrap_or("");
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or("").trim_end_matches(['.', '-']);
        if name.starts_with(char::is_alphabetic) && !found.iter().any(|other| other == name) {
            found.push(name.to_owned());
        }
    }
    found
}
