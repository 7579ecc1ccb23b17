//! Edits of planning lines below Logseq's blocks: `DEADLINE: <2026-12-01 Tue>`, `SCHEDULED: <…>`.
//!
//! Only the day and its weekday change; a time and a repeater stay. Called by [`crate::edit::field`].

use chrono::NaiveDate;

use crate::edit::written::FieldError;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Task;
use crate::model::task::FieldKind;
use crate::parse::fields;
use crate::parse::logseq;

/// The edits that set the day in such a line, or remove the line with `None`. Returns `None` if the block is not Logseq's, if
/// the field has no such line, or if the day is on the block itself.
pub(super) fn set(
    text: &str,
    task: &Task,
    kind: FieldKind,
    value: Option<&str>,
) -> Option<Result<Vec<Edit>, FieldError>> {
    let name = match kind {
        FieldKind::Due => "DEADLINE",
        FieldKind::Scheduled => "SCHEDULED",
        _ => return None,
    };
    if task.form != Form::Marker || task.fields.iter().any(|field| field.kind == kind) {
        return None;
    }
    let standing = lines(text, task).filter(|line| line.is_deadline == Some(kind == FieldKind::Due));
    let Some(value) = value else {
        return Some(Ok(standing.map(|line| Edit { start: line.start, end: line.end, text: String::new() }).collect()));
    };
    let Some(day) = fields::date(value) else {
        return Some(Err(FieldError { kind, value: value.to_owned(), why: None }));
    };
    let edit = match standing.into_iter().next() {
        Some(line) => replace(text, &line, day),
        None => {
            let at = end_of_line(text, task.span.end);
            let above = text.get(..task.span.start).unwrap_or("");
            let begin = above.rfind('\n').map_or(0, |at| at + 1);
            let whole = text.get(begin..).unwrap_or("");
            let indent: String = whole.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
            // the same line end as the block's own line, at the end of the text as the first line
            let behind = text.get(at..).filter(|rest| !rest.is_empty()).unwrap_or(text);
            let is_windows =
                behind.find('\n').is_some_and(|at| behind.get(..at).is_some_and(|line| line.ends_with('\r')));
            let end = if is_windows { "\r\n" } else { "\n" };
            Edit { start: at, end: at, text: format!("{end}{indent}  {name}: <{}>", written(day)) }
        }
    };
    Some(Ok(vec![edit]))
}

fn written(day: NaiveDate) -> String {
    day.format("%Y-%m-%d %a").to_string()
}

/// A line below a block.
struct Below {
    /// Includes the line end before it, so that the whole line can be removed.
    start: usize,
    end: usize,
    /// True for a deadline, false for a scheduled day, `None` for any other line.
    is_deadline: Option<bool>,
}

/// The lines below a block that are not part of its text.
fn lines(text: &str, task: &Task) -> impl Iterator<Item = Below> {
    let mut start = end_of_line(text, task.span.end);
    std::iter::from_fn(move || {
        let next = text.get(start..)?;
        let next = start + if next.starts_with("\r\n") { 2 } else { usize::from(!next.is_empty()) };
        let end = end_of_line(text, next);
        let words = text.get(next..end)?.trim();
        let is_below = next > start && logseq::is_planning(words);
        let line = Below { start, end, is_deadline: logseq::planned(words).map(|(is_deadline, _)| is_deadline) };
        start = end;
        is_below.then_some(line)
    })
}

/// The end of the line of a byte, before its line end.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.find(['\n', '\r']).unwrap_or(rest.len())
}

/// Replaces the day in a line, and the weekday if there is one.
fn replace(text: &str, line: &Below, day: NaiveDate) -> Edit {
    let content = text.get(line.start..line.end).unwrap_or("");
    let open = content.find('<').map_or(content.len(), |at| at + 1);
    let inside = content.get(open..).unwrap_or("");
    let date = inside.find([' ', '>']).unwrap_or(inside.len());
    let behind = inside.get(date..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or("");
    let weekday = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    let start = line.start + open;
    if weekday == 0 {
        return Edit { start, end: start + date, text: day.to_string() };
    }
    Edit { start, end: start + date + 1 + weekday, text: written(day) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::field;
    use crate::edit::splice::apply_text;
    use crate::model::NotePath;
    use crate::model::task::FieldStyle;
    use crate::parse;

    fn first(text: &str) -> Task {
        let options = parse::Options { logseq: true, ..parse::Options::default() };
        parse::parse(&NotePath::from("a.md"), text, &options).note.tasks.remove(0)
    }

    /// What `set` makes of the first task, which reads back as the day.
    #[track_caller]
    fn case(text: &str, kind: FieldKind, value: Option<&str>, want: &str) {
        let edits = field::set(text, &first(text), kind, value, FieldStyle::Emoji).unwrap();
        let now = apply_text(text, &edits).unwrap();
        assert_eq!(now, want);
        let task = first(&now);
        let day = if kind == FieldKind::Due { task.due } else { task.scheduled };
        assert_eq!(day.map(|day| day.to_string()).as_deref(), value, "{now:?}");
        let words = |task: &Task| task.text.split(" 📅").next().unwrap().to_owned();
        assert_eq!(words(&task), words(&first(text)), "the words stay");
    }

    #[test]
    fn days_below_a_block() {
        use FieldKind::Due;
        use FieldKind::Scheduled;
        let day = Some("2026-12-04");
        case(
            "- TODO a\n  DEADLINE: <2026-12-01 Tue>\n- TODO b\n",
            Due,
            day,
            "- TODO a\n  DEADLINE: <2026-12-04 Fri>\n- TODO b\n",
        );
        case("- TODO a\n  DEADLINE: <2026-12-01>", Due, day, "- TODO a\n  DEADLINE: <2026-12-04>");
        case(
            "- TODO a\n  id:: 7\n  SCHEDULED: <2026-12-01 Di 10:00 .+1d>\n",
            Scheduled,
            day,
            "- TODO a\n  id:: 7\n  SCHEDULED: <2026-12-04 Fri 10:00 .+1d>\n",
        );
        case(
            "- TODO a\n  DEADLINE: <2026-12-01 Tue>\n",
            Scheduled,
            day,
            "- TODO a\n  SCHEDULED: <2026-12-04 Fri>\n  DEADLINE: <2026-12-01 Tue>\n",
        );
        case("- x\n\t- TODO a", Due, day, "- x\n\t- TODO a\n\t  DEADLINE: <2026-12-04 Fri>");
        case(
            "- TODO a\r\n  more\r\n- b\r\n",
            Due,
            day,
            "- TODO a\r\n  more\r\n  DEADLINE: <2026-12-04 Fri>\r\n- b\r\n",
        );
        case("- TODO a\n  DEADLINE: <2026-12-01 Tue>\n- TODO b\n", Due, None, "- TODO a\n- TODO b\n");
        case("- TODO a\r\n  id:: 7\r\n  DEADLINE: <2026-12-01 Tue>", Due, None, "- TODO a\r\n  id:: 7");
        case("- TODO a\n  DEADLINE: <2026-12-01>\n  DEADLINE: <2026-12-02>\n", Due, None, "- TODO a\n");
        case("- TODO a\n", Due, None, "- TODO a\n");
        // where the block itself has the day, that is the day
        case("- TODO a 📅 2026-12-01\n", Due, day, "- TODO a 📅 2026-12-04\n");
    }
}
