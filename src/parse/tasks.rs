//! Tasks: every checkbox that a person sees, whether or not Markdown sees a list item there.
//!
//! Made from the items of [`crate::parse::items`]. The `form` of each task says what CommonMark makes of it.

use crate::model::Form;
use crate::model::Lines;
use crate::model::Priority;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::Ticket;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::TaskLink;
use crate::model::ticket::Trackers;
use crate::parse::blocks;
use crate::parse::carried;
use crate::parse::checkbox::Checkbox;
use crate::parse::checkbox::Fault;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::fields;
use crate::parse::inline;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::item_text::ItemText;
use crate::parse::items::Item;
use crate::parse::logseq;
use crate::parse::outline;
use crate::parse::outline::Mask;
use crate::parse::own_words::own_words;
use crate::parse::task_checks;
use crate::parse::task_fields;
use crate::parse::task_people;

/// Upper bound on tasks per note; beyond it, one diagnostic is reported.
pub(super) const TASKS: usize = 20_000;

/// Makes tasks of the items with a box. Also returns the tickets on those that CommonMark takes for code.
pub(crate) fn read(input: &Input<'_>, diagnostics: &mut Diagnostics<'_>) -> (Vec<Task>, Vec<Ticket>) {
    let items = input.items;
    let trusted = trusted_without_bullet(input);
    let mut tasks: Vec<Task> = Vec::new();
    let mut tickets = Vec::new();
    let mut task_of: Vec<Option<usize>> = vec![None; items.len()];
    let mut texts: Vec<Option<String>> = vec![None; items.len()];
    for (index, item) in items.iter().enumerate() {
        let Some(boxed) = &item.boxed else { continue };
        if tasks.len() >= TASKS {
            let message = format!("more than {TASKS} tasks in one note: those from here on are not listed");
            diagnostics.add("note-too-large", Severity::Warning, boxed.symbol, message);
            break;
        }
        // a sign in code is no box that somebody wrote badly
        let is_code = input.outline.mask_at(boxed.symbol.start).is_some_and(|(_, mask)| mask == Mask::Indented);
        if is_code && matches!(boxed.fault, Some(Fault::Lookalike | Fault::NoSpaceBefore)) {
            continue;
        }
        let line = input.lines.content(input.text, item.line);
        task_checks::report(input.text, line, &input.options.statuses, (item, boxed), diagnostics);
        let trusted = !matches!(boxed.form, Form::Swapped | Form::Bare) || trusted.binary_search(&index).is_ok();
        if !trusted || boxed.fault == Some(Fault::Lookalike) {
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
                None => item_text::read(input.text, input.lines, input.outline, items, up, input.options.logseq).text,
            };
            under.push(words.clone());
            if let Some(slot) = texts.get_mut(up) {
                *slot = Some(words);
            }
            above = items.get(up).and_then(|item| item.parent);
        }
        under.reverse();
        let joined = item_text::read(input.text, input.lines, input.outline, items, index, input.options.logseq);
        if let Some(slot) = task_of.get_mut(index) {
            *slot = Some(tasks.len());
        }
        let (mut task, hidden) = task(input, item, boxed, &joined, diagnostics);
        tickets.extend(hidden);
        task.under = under;
        task.parent = parent;
        task.depth = depth;
        tasks.push(task);
    }
    mark_groups(&mut tasks);
    task_people::add(input.note, &mut tasks);
    (tasks, tickets)
}

/// Marks groups: parents of tasks that have no link or date themselves.
fn mark_groups(tasks: &mut [Task]) {
    let parents: std::collections::BTreeSet<usize> = tasks
        .iter()
        // only direct children: one level deeper, or under plain items of the parent
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

/// Boxes without a bullet count under a to-do label, or if there are two or more of them.
fn trusted_without_bullet(input: &Input<'_>) -> Vec<usize> {
    let items = input.items;
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

/// A heading or label that announces tasks.
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

fn task(
    input: &Input<'_>,
    item: &Item,
    boxed: &Checkbox,
    joined: &ItemText,
    diagnostics: &mut Diagnostics<'_>,
) -> (Task, Vec<Ticket>) {
    let (line, column) = input.lines.line_column(input.text, boxed.open);
    let written = boxed.symbol.of(input.text);
    let symbol = if boxed.form == Form::Malformed {
        if written.trim().is_empty() { " ".to_owned() } else { written.trim().to_owned() }
    } else {
        written.to_owned()
    };
    let marked = logseq::status(&symbol).filter(|_| boxed.form == Form::Marker);
    let status = marked.or_else(|| input.options.statuses.get(&symbol)).unwrap_or(Status::Todo);
    // what the Obsidian Tasks plugin does not take for a task is a remark here
    let status = if input.options.global_filter.as_deref().is_none_or(|filter| has_filter(&joined.text, filter)) {
        status
    } else {
        Status::Info
    };
    let line_start = input.lines.start(item.line);
    let bracket = usize::from(boxed.form != Form::Marker);
    let end = joined.pieces.last().map_or(boxed.symbol.end + bracket, |(_, span)| span.end);
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
    let blocked = |at: usize| Span::cover(&taken, at);
    // line by line: a field does not extend over a line end
    for (start, line) in &joined.pieces {
        let here = |at: usize| blocked(start + at);
        let found = fields::find(line.of(input.text), &here);
        task_fields::report_unread(input.text, *line, &found, &here, diagnostics);
        for raw in found {
            let place = |from: usize, to: usize| Span::new(line.start + from, line.start + to);
            let value_span = place(raw.value_start, raw.value_end);
            let field = Field {
                kind: raw.kind,
                style: raw.style,
                span: place(raw.start, raw.end),
                value_span,
                value: value_span.of(input.text).to_owned(),
            };
            task_fields::take(&mut task, field, input.text, diagnostics);
        }
    }
    if boxed.form == Form::Marker {
        planned(input, &mut task);
    }
    if task.priority.is_none() && matches!(task.symbol.as_str(), "!" | "*") {
        task.priority = Some(Priority::High);
    }
    task.tags = inline::tags(&joined.text)
        .into_iter()
        .filter(|span| !blocked(span.start))
        .filter_map(|span| joined.text.get(span.start + 1..span.end).map(str::to_owned))
        .collect();
    task.mentions = inline::mentions(&joined.text, &blocked);
    let (own, hidden) = tickets_of(input, joined, &task, &blocked);
    task.tickets = own;
    if let Some((start, end)) = blocks::mark(&joined.text)
        && !blocked(start)
    {
        task.explicit_id = joined.text.get(start + 1..end).map(str::to_owned);
    }
    task.carried = carried::find(&task.text).map(|(.., carried)| carried);
    task.words = own_words(&task);
    (task, hidden)
}

/// The tickets on a task; and those in what CommonMark takes for code, which are not yet in the note.
fn tickets_of(
    input: &Input<'_>,
    joined: &ItemText,
    task: &Task,
    blocked: &dyn Fn(usize) -> bool,
) -> (Vec<String>, Vec<Ticket>) {
    let all = &input.note.tickets;
    let from = all.partition_point(|ticket| ticket.span.start < task.span.start);
    let here = all.iter().skip(from).take_while(|ticket| ticket.span.start < task.span.end);
    let here = here.filter(|ticket| Span::cover(&task.text_spans, ticket.span.start));
    let own: Vec<String> = here.map(|ticket| ticket.key.clone()).collect();
    if task.form == Form::List || !own.is_empty() {
        return (own, Vec::new());
    }
    let mut hidden = Vec::new();
    for (start, piece) in &joined.pieces {
        let words = piece.of(input.text);
        let mut add = |key: String, from: usize, to: usize, url: Option<String>| {
            let span = Span::new(piece.start + from, piece.start + to);
            hidden.push(Ticket { key, line: input.lines.line(span.start), span, url });
        };
        for sighting in input.options.trackers.find(words) {
            if !blocked(start + sighting.span.start) {
                add(sighting.key, sighting.span.start, sighting.span.end, None);
            }
        }
        for link in &task.links {
            if let (Some(key), Some(at)) = (input.options.trackers.of_url(&link.url), words.find(&link.url)) {
                add(key, at, at + link.url.len(), Some(link.url.clone()));
            }
        }
    }
    hidden.sort_by_key(|ticket| ticket.span.start);
    (hidden.iter().map(|ticket| ticket.key.clone()).collect(), hidden)
}

/// True for words that contain the global filter; a tag must match as a whole.
fn has_filter(words: &str, filter: &str) -> bool {
    words.match_indices(filter).any(|(at, _)| {
        let behind = words.get(at + filter.len()..).and_then(|rest| rest.chars().next());
        !(filter.starts_with('#') && behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_')))
    })
}

/// Logseq's priority, and the days on lines below a block: `DEADLINE: <2026-12-01 Tue>`. A field on the block itself takes precedence.
fn planned(input: &Input<'_>, task: &mut Task) {
    task.priority = task.priority.or_else(|| {
        let letter = task.text.strip_prefix("[#")?.split_once(']')?.0;
        Some(match letter {
            "A" => Priority::High,
            "B" => Priority::Medium,
            "C" => Priority::Low,
            _ => return None,
        })
    });
    let first = input.lines.line(task.span.end) + 1;
    for line in first..=input.lines.count() {
        let words = input.lines.content(input.text, line).of(input.text).trim();
        if !logseq::is_planning(words) {
            break;
        }
        match logseq::planned(words) {
            Some((true, day)) => task.due = task.due.or(Some(day)),
            Some((false, day)) => task.scheduled = task.scheduled.or(Some(day)),
            None => {}
        }
    }
}

/// Stores the links of an item in its task. Returns the spans of code and links in the joined text, sorted and not overlapping.
fn links_of(input: &Input<'_>, joined: &ItemText, task: &mut Task) -> Vec<Span> {
    let mut taken = Vec::new();
    // inside code as CommonMark sees it there are no links: parse the item's text on its own
    if matches!(input.outline.mask_at(task.symbol_span.start), Some((_, Mask::Indented))) {
        let lines = Lines::new(&joined.text);
        let alone = outline::read(&joined.text, 0, &lines);
        let found = inline::read(&joined.text, &lines, &alone, &Trackers::default());
        let mut links = alone.links.clone();
        links.extend(found.links);
        links.sort_by_key(|link| link.span.start);
        for link in &links {
            taken.push(link.span);
            if link.kind != crate::model::LinkKind::Image {
                task.links.push(TaskLink { url: link.target.clone(), text: link.text.clone() });
            }
        }
        return Span::apart(taken);
    }
    let links = &input.note.links;
    let from = links.partition_point(|link| link.span.start < task.span.start);
    for link in links.iter().skip(from).take_while(|link| link.span.start < task.span.end) {
        if !Span::cover(&task.text_spans, link.span.start) {
            continue;
        }
        let first = joined.pieces.partition_point(|(_, span)| span.end <= link.span.start);
        let pieces = joined.pieces.iter().skip(first).take_while(|(_, span)| span.start < link.span.end);
        for (start, span) in pieces {
            let (low, high) = (span.start.max(link.span.start), span.end.min(link.span.end));
            if low < high {
                taken.push(Span::new(start + low - span.start, start + high - span.start));
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
                    taken.push(Span::new(start + at - span.start, start + mask.end.min(span.end) - span.start));
                    at = mask.end;
                }
                _ => at += 1,
            }
        }
    }
    Span::apart(taken)
}

#[cfg(test)]
mod tests;
