//! The dates that are added and removed when a task changes state.
//!
//! Called when a box gets another character. The caller decides whether dates are written at all.

use chrono::NaiveDate;

use crate::edit::field;
use crate::edit::item;
use crate::edit::todo_txt;
use crate::edit::written;
use crate::model::Edit;
use crate::model::Form;
use crate::model::Status;
use crate::model::Task;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;

/// The edits of a task's dates for a new state: done removes the cancelled date and cancelled the done date, an open
/// state removes both; if a style is given, done and cancelled write their own date, replacing an existing one.
///
/// Other fields on the line determine the style, else the given one is used.
#[must_use]
pub fn stamp(text: &str, task: &Task, target: Status, day: NaiveDate, style: Option<FieldStyle>) -> Vec<Edit> {
    if task.form == Form::TodoTxt {
        return todo_txt::stamp(text, task, target, day, style.is_some()).into_iter().collect();
    }
    let of = |kinds: &[FieldKind]| -> Vec<&Field> {
        task.fields.iter().filter(|field| kinds.contains(&field.kind)).collect()
    };
    let (gone, kind) = match target {
        Status::Done => (of(&[FieldKind::Cancelled]), Some(FieldKind::Done)),
        Status::Cancelled => (of(&[FieldKind::Done]), Some(FieldKind::Cancelled)),
        Status::Todo | Status::Doing | Status::OnHold => (of(&[FieldKind::Done, FieldKind::Cancelled]), None),
        Status::Moved | Status::Info => return Vec::new(),
    };
    let (Some(kind), Some(style)) = (kind, style) else { return item::rewrite(text, task, &gone, &[]) };
    let value = day.to_string();
    match task.fields.iter().find(|field| field.kind == kind) {
        Some(standing) => {
            let mut edits = item::rewrite(text, task, &gone, &[]);
            edits.extend(written::replace(text, standing, &value));
            edits
        }
        None => item::rewrite(text, task, &gone, &[(kind, value, field::style_on(task, kind, style))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, target: Status, style: Option<FieldStyle>, want: &str) {
        let task = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note.tasks.remove(0);
        let edits = stamp(text, &task, target, "2026-11-21".parse().unwrap(), style);
        assert_eq!(apply_text(text, &edits).unwrap(), want);
    }

    #[test]
    fn done() {
        let emoji = |text, want| case(text, Status::Done, Some(FieldStyle::Emoji), want);
        emoji("- [ ] a\n", "- [ ] a ✅ 2026-11-21\n");
        emoji("- [ ] a  \r\n", "- [ ] a ✅ 2026-11-21  \r\n");
        emoji("- [ ] a 📅 2026-11-30 ^id \n", "- [ ] a 📅 2026-11-30 ✅ 2026-11-21 ^id \n");
        emoji("- [ ] a ✅ 2020-01-01 b\n", "- [ ] a ✅ 2026-11-21 b\n");
        emoji("- [ ] a [due:: 2026-11-30]\n", "- [ ] a [due:: 2026-11-30]  [completion:: 2026-11-21]\n");
        emoji("- [ ] a\n  wrapped", "- [ ] a\n  wrapped ✅ 2026-11-21");
        emoji("- [-] a ❌ 2026-01-01 ^id\n", "- [-] a ✅ 2026-11-21 ^id\n");
        emoji("- [-] ❌ 2026-01-01\n", "- [-] ✅ 2026-11-21\n");
        emoji("- [ ]\n", "- [ ] ✅ 2026-11-21\n");
        case("- [ ] a\n", Status::Done, Some(FieldStyle::Bracket), "- [ ] a  [completion:: 2026-11-21]\n");
        case("- [ ] a\n", Status::Done, Some(FieldStyle::Paren), "- [ ] a (completion:: 2026-11-21)\n");
        case("- [ ] a\n", Status::Done, Some(FieldStyle::Plain), "- [ ] a done:2026-11-21\n");
        case("- [ ] a\n", Status::Done, None, "- [ ] a\n");
    }

    #[test]
    fn dropped_and_open_again() {
        let dropped = |text, want| case(text, Status::Cancelled, Some(FieldStyle::Emoji), want);
        dropped("- [x] a ✅ 2026-01-01\n", "- [x] a ❌ 2026-11-21\n");
        dropped("- [x] a ✅ 2026-01-01 #tag\n", "- [x] a #tag ❌ 2026-11-21\n");
        case("- [x] a ✅ 2026-01-01\n", Status::Cancelled, None, "- [x] a\n");
        for open in [Status::Todo, Status::Doing, Status::OnHold] {
            case("- [x] a ✅ 2026-01-01 ^id\n", open, Some(FieldStyle::Emoji), "- [x] a ^id\n");
            case("- [x] ✅ 2026-01-01 ❌ 2026-01-01\n", open, None, "- [x]\n");
        }
        case("- [x] a ✅ 2026-01-01\n", Status::Moved, Some(FieldStyle::Emoji), "- [x] a ✅ 2026-01-01\n");
    }
}
