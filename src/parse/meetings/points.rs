//! The points of a meeting: boxes, marked lines, and the items of its parts; if it has no parts, every item.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::model::Point;
use crate::model::Span;
use crate::model::Status;
use crate::model::Task;
use crate::model::goal_words;
use crate::model::meeting::Extent;
use crate::model::meeting::Part;
use crate::model::meeting::PointKind;
use crate::model::meeting::PointState;
use crate::model::meeting_words;
use crate::parse::carried;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::item_text::ItemText;
use crate::parse::item_tree::ItemTree;
use crate::parse::items::Head;
use crate::parse::items::Item;
use crate::parse::items::is_heading;
use crate::parse::markers::is_thematic_break;
use crate::parse::meetings::above::Above;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::marked::Mark;
use crate::parse::meetings::marked::marked_lines;
use crate::parse::meetings::next::is_announcement;
use crate::parse::meetings::next::is_arrangement;
use crate::parse::meetings::next::next;
use crate::parse::meetings::owner;
use crate::parse::meetings::parts::Parts;
use crate::parse::meetings::parts::due;
use crate::parse::meetings::people::Known;
use crate::parse::meetings::state::said_state;
use crate::parse::meetings::state::state_of;
use crate::parse::meetings::table;
use crate::parse::outline::Mask;

/// Reads the points of a meeting, and the day of the next one if the notes name it.
///
/// `tree` is that of the note's items.
pub(super) fn read(
    input: &Input<'_>,
    tree: &ItemTree,
    meeting: &Found,
    known: &Known,
) -> (Vec<Point>, Option<NaiveDate>) {
    let parts = Parts::new(input, meeting);
    let mut names = Above::new(input, meeting, known);
    let from = input.items.partition_point(|item| item.line < meeting.line);
    let mut points: Vec<Point> = Vec::new();
    let mut point_of: HashMap<usize, usize> = HashMap::new();
    let mut part_of: HashMap<usize, Option<Part>> = HashMap::new();
    let tasks = &input.note.tasks;
    let marked = marked_lines(input, meeting, known, &parts, &names);
    let own_lines: Vec<usize> = marked.iter().map(|point| point.line).collect();
    for (index, item) in input.items.iter().enumerate().skip(from) {
        if item.line > meeting.end_line {
            break;
        }
        // the bullet that dates the meeting is not one of its points
        let of_quote = if item.quotes > 0 { Parts::of_quote(input, item.line) } else { None };
        let is_quote = item.quotes > 0 && item.boxed.is_none() && of_quote.is_none();
        if (item.line == meeting.line && meeting.extent != Extent::Note) || is_quote {
            continue;
        }
        let section = parts.section_at(input, item.start);
        let above = item.parent.and_then(|parent| part_of.get(&parent).copied().flatten());
        let part = above.or(of_quote).or_else(|| section.and_then(|section| parts.of(section)));
        let task = task_at(tasks, item);
        let first_line = input.lines.content(input.text, item.line);
        let first = Span::new(item.text_start.min(first_line.end), first_line.end).of(input.text);
        let has_children = input.items.get(index + 1).is_some_and(|next| next.parent == Some(index));
        if task.is_none()
            && has_children
            && let Some(part) = meeting_words::part(first.trim_end_matches([':', '*', '_', ' ']))
        {
            part_of.insert(index, Some(part));
            continue;
        }
        part_of.insert(index, above);
        if task.is_none()
            && has_children
            && part.is_some_and(Part::has_points)
            && names.take_bullet(index, first, known)
        {
            continue;
        }
        if part.is_some_and(Part::has_people) || task.is_some_and(|(_, task)| task.status == Status::Info) {
            continue;
        }
        let mark = Mark::of(first);
        let parent = parent_point(input.items, item, &point_of);
        let of_part = match part {
            Some(part) => part.has_points(),
            None => !parts.any,
        };
        // an agenda line that refers to a point of an earlier meeting is not that point
        let mark = mark.filter(|_| task.is_some() || part != Some(Part::Agenda) || !first.contains("(from "));
        let is_point =
            task.is_some() || mark.is_some() || (of_part && parent.is_none() && !is_none(input, item, first, part));
        if !is_point || (item.boxed.is_some() && task.is_none()) {
            continue;
        }
        let mut joined =
            item_text::read(input.text, input.lines, input.outline, input.items, index, input.options.logseq);
        cut_others(input, &own_lines, &mut joined);
        let own_end = joined.pieces.last().map_or(first_line.end, |(_, span)| span.end);
        let text_start = joined.pieces.first().map_or(item.text_start, |(_, span)| span.start).min(own_end);
        let is_empty = joined.text.trim().is_empty();
        if is_empty {
            continue;
        }
        let kind = match (mark, part, task.is_some()) {
            (Some(Mark::Decision), ..) | (None, Some(Part::Decisions), false) => PointKind::Decision,
            (Some(Mark::Agreed), ..) | (None, Some(Part::Agreed), _) => PointKind::Agreed,
            (Some(Mark::Action), ..) | (None, _, true) => PointKind::Action,
            (None, Some(_), false) => PointKind::Action,
            (None, None, false) => PointKind::Point,
        };
        let found = carried::find(&joined.text).map(|(.., carried)| carried);
        let text = carried::without(&joined.text);
        let end_line = end_line(input, (index, tree.last_below(index)), own_end, meeting.end_line, &own_lines);
        let state = match task {
            Some(_) if carried::is_moved(&text) => PointState::Moved,
            Some((_, task)) => state_of(task.status),
            None => said_state(&text),
        };
        let due = task.and_then(|(_, task)| task.due).or_else(|| due(&text, meeting.date, found.as_ref()));
        point_of.insert(index, points.len());
        points.push(Point {
            line: item.line,
            end_line,
            span: Span::new(input.lines.start(item.line), own_end),
            text_span: Span::new(text_start, own_end),
            owner: owner::of(&text, known, kind != PointKind::Point && kind != PointKind::Decision).or_else(|| {
                let is_action = kind != PointKind::Decision && parent.is_none();
                is_action.then(|| names.of(input.items, item, section)).flatten()
            }),
            key: carried::key(&text),
            text,
            kind,
            part,
            section,
            state,
            due,
            task: task.map(|(index, _)| index),
            carried: found,
            parent,
            in_table: false,
        });
    }
    points.extend(table::points(input, meeting, &parts));
    points.extend(marked);
    points.sort_by_key(|point| point.line);
    remap_parents(&mut points);
    settle_groups(&mut points);
    (points, next(input, meeting))
}

/// A line right below an item that is a point itself or announces the next meeting belongs to the meeting, whatever Markdown
/// makes of it.
fn cut_others(input: &Input<'_>, own_lines: &[usize], joined: &mut ItemText) {
    let says = |(_, piece): &(usize, Span)| {
        is_announcement(piece.of(input.text)) || own_lines.binary_search(&input.lines.line(piece.start)).is_ok()
    };
    let below = joined.pieces.iter().skip(1).position(says);
    let Some((start, _)) = below.and_then(|at| joined.pieces.get(at + 1)).copied() else { return };
    joined.pieces.retain(|(at, _)| *at < start);
    joined.text.truncate(joined.text.get(..start).unwrap_or("").trim_end().len());
}

/// True for an item that asks nothing of anyone: praise, when and where the next meeting is, `No action needed`.
fn is_none(input: &Input<'_>, item: &Item, first: &str, part: Option<Part>) -> bool {
    if matches!(part, Some(Part::Next | Part::NextMeeting)) && is_arrangement(first) {
        return true;
    }
    let bare = first.trim_matches(|c: char| c.is_whitespace() || "*_".contains(c));
    let label = bare.split(':').next().unwrap_or(bare).trim_matches(['*', '_', ' ']);
    let is_label = bare.contains(':')
        && (meeting_words::part(label) == Some(Part::NextMeeting) || goal_words::praise_label(label) == Some(""));
    let praise = &input.note.endorsements;
    let near = praise.partition_point(|praise| praise.end_line < item.line);
    let is_praise = praise.get(near).is_some_and(|praise| praise.line <= item.line);
    is_label || is_praise || meeting_words::is_nothing(bare)
}

fn task_at<'t>(tasks: &'t [Task], item: &Item) -> Option<(usize, &'t Task)> {
    item.boxed.as_ref()?;
    let at = tasks.partition_point(|task| task.line < item.line);
    tasks.get(at).filter(|task| task.line == item.line).map(|task| (at, task))
}

fn parent_point(items: &[Item], item: &Item, point_of: &HashMap<usize, usize>) -> Option<usize> {
    let mut above = item.parent;
    while let Some(index) = above {
        if let Some(point) = point_of.get(&index) {
            return Some(*point);
        }
        above = items.get(index).and_then(|item| item.parent);
    }
    None
}

/// The last line of an item with everything below it: the items nested under it, what is indented, and lines that Markdown takes
/// as wrapped text of these. `items` are its own index and that of the last one nested under it.
fn end_line(input: &Input<'_>, items: (usize, usize), own_end: usize, last: usize, own_lines: &[usize]) -> usize {
    let (index, below) = items;
    let Some(item) = input.items.get(index) else { return last };
    let mut end = input.lines.line(own_end.saturating_sub(1)).max(item.line);
    // the next item that is not nested under it ends it, however it is indented
    let last = input.items.get(below + 1).map_or(last, |next| last.min(next.line.saturating_sub(1)));
    let mut nested = input.items.get(index + 1..=below).unwrap_or(&[]).iter().map(|item| item.line).peekable();
    let mut blank = false;
    for line in end + 1..=last {
        let content = input.lines.content(input.text, line);
        let head = Head::of(input.text, content);
        if head.at >= content.end {
            blank = true;
            continue;
        }
        while nested.next_if(|nested| *nested < line).is_some() {}
        if own_lines.binary_search(&line).is_ok() {
            break;
        }
        if nested.peek() == Some(&line) || is_lazy(input, item, line, &head) {
            blank = false;
            end = line;
            continue;
        }
        let in_code = input
            .outline
            .mask_at(content.start)
            .is_some_and(|(mask, kind)| kind == Mask::Fence && mask.start < content.start && mask.start > item.start);
        // a quote starts at its first mark
        let column = if item.quotes == 0 && head.quotes > 0 { head.quote_column } else { head.column };
        if column <= item.indent && !in_code {
            break;
        }
        // after a blank line only text that is indented as far as the item's text belongs to it
        if blank && column < item.indent + 2 && !in_code {
            break;
        }
        blank = false;
        end = line;
    }
    end
}

/// True for a line that continues a paragraph begun within an item, whatever its indentation.
fn is_lazy(input: &Input<'_>, item: &Item, line: usize, head: &Head) -> bool {
    let start = input.lines.start(line);
    let goes_on = |at: usize| {
        input.outline.block_at(at).is_some_and(|block| block.span.start < start && block.span.start >= item.start)
    };
    let words = || Span::new(head.at, input.lines.content(input.text, line).end).of(input.text);
    let is_other = || {
        is_heading(input.outline, head.at)
            || input.outline.label_lines.binary_search(&line).is_ok()
            || is_announcement(words())
            || is_thematic_break(words())
    };
    goes_on(head.at) && !is_other()
}

/// Restores the parents after points were sorted: the parent of the nth point is still the same point.
fn remap_parents(points: &mut [Point]) {
    // items come in the order of the text, so the parent is the nearest earlier point whose lines contain the child
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (index, point) in points.iter_mut().enumerate() {
        while open.last().is_some_and(|(_, end)| *end < point.line) {
            open.pop();
        }
        point.parent = point.parent.and(open.last().map(|(at, _)| *at));
        open.push((index, point.end_line));
    }
}

/// A parent without a box takes its state from the boxes under it: open while one of them is, else done, moved or dropped.
fn settle_groups(points: &mut [Point]) {
    /// In increasing priority.
    const ORDER: [PointState; 4] = [PointState::Dropped, PointState::Moved, PointState::Done, PointState::Open];
    let rank = |state: PointState| ORDER.iter().position(|other| *other == state);
    let mut below: Vec<Option<usize>> = vec![None; points.len()];
    for index in (0..points.len()).rev() {
        let Some(point) = points.get_mut(index) else { continue };
        let under = below.get(index).copied().flatten();
        let all = under.max(rank(point.state));
        if let (None, Some(state)) = (point.task, under.and(all).and_then(|at| ORDER.get(at))) {
            point.state = *state;
        }
        if let Some(above) = point.parent.and_then(|parent| below.get_mut(parent)) {
            *above = (*above).max(all);
        }
    }
}
