//! Exports tasks: iCalendar, todo.txt, Markdown. Pure: rows in, text out.

use chrono::NaiveDate;

use crate::model::Form;
use crate::model::Priority;
use crate::model::Status;
use crate::parse::todo_txt_fields;
use crate::report::task::TaskRow;

/// iCalendar (RFC 5545): one VTODO per task; `today` is used as the time stamp, so that equal tasks give equal files.
#[must_use]
pub fn ics(rows: &[&TaskRow<'_>], today: NaiveDate) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Hornbook//todo export//EN");
    for row in rows {
        let task = row.task;
        let day = |date: NaiveDate| date.format("%Y%m%d").to_string();
        line("BEGIN:VTODO");
        line(&format!("UID:{}@hornbook", row.full_id));
        line(&format!("DTSTAMP:{}T000000Z", day(today)));
        line(&format!("SUMMARY:{}", escape(&row.label().text)));
        let place = format!("{}:{}", row.path.as_str(), task.line);
        let urls: Vec<&str> =
            task.links.iter().map(|link| link.url.as_str()).filter(|url| url.contains("://")).collect();
        let description = if urls.is_empty() { place } else { format!("{place}\n{}", urls.join("\n")) };
        line(&format!("DESCRIPTION:{}", escape(&description)));
        for (name, date) in [("DUE", task.due), ("DTSTART", task.start.or(task.scheduled))] {
            if let Some(date) = date {
                line(&format!("{name};VALUE=DATE:{}", day(date)));
            }
        }
        if let Some(done) = task.completed {
            line(&format!("COMPLETED:{}T000000Z", day(done)));
        }
        let status = match task.status {
            Status::Todo | Status::OnHold | Status::Info => "NEEDS-ACTION",
            Status::Doing => "IN-PROCESS",
            Status::Done => "COMPLETED",
            Status::Cancelled | Status::Moved => "CANCELLED",
        };
        line(&format!("STATUS:{status}"));
        if let Some(priority) = task.priority {
            let number = match priority {
                Priority::Highest => 1,
                Priority::High => 3,
                Priority::Medium => 5,
                Priority::Low => 7,
                Priority::Lowest => 9,
            };
            line(&format!("PRIORITY:{number}"));
        }
        if !task.tags.is_empty() {
            let tags: Vec<String> = task.tags.iter().map(|tag| escape(tag)).collect();
            line(&format!("CATEGORIES:{}", tags.join(",")));
        }
        line("END:VTODO");
    }
    line("END:VCALENDAR");
    out
}

pub(super) fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
    text.chars().filter(|c| !c.is_control()).collect()
}

/// Lines are folded at 75 bytes, never inside a character.
pub(super) fn fold(out: &mut String, text: &str) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// todo.txt: priorities as letters, people as contexts, tags as projects, dates as `due:` and `t:`, rules as `rec:`.
#[must_use]
pub fn todo_txt(rows: &[&TaskRow<'_>]) -> String {
    let mut out = String::new();
    for row in rows {
        let task = row.task;
        let mut words: Vec<String> = Vec::new();
        if task.checked() {
            words.push("x".to_owned());
            words.extend(task.completed.map(|day| day.to_string()));
        } else if let Some(priority) = task.priority {
            let letter = match priority {
                Priority::Highest => 'A',
                Priority::High => 'B',
                Priority::Medium => 'C',
                Priority::Low => 'D',
                Priority::Lowest => 'E',
            };
            words.push(format!("({letter})"));
        }
        words.extend(task.created.map(|day| day.to_string()));
        if task.form == Form::TodoTxt {
            // its text is already in this format, with all its keys
            words.push(task.text.clone());
            out.push_str(&words.join(" "));
            out.push('\n');
            continue;
        }
        let label = row.label().text;
        let text: Vec<&str> = label.split_whitespace().filter(|word| !word.starts_with(['#', '@'])).collect();
        words.push(text.join(" "));
        let urls = task.links.iter().map(|link| link.url.clone()).filter(|url| url.contains("://"));
        words.extend(urls);
        words.extend(task.tags.iter().map(|tag| format!("+{tag}")));
        words.extend(row.task.mentions.iter().map(|name| format!("@{name}")));
        words.extend(task.due.map(|day| format!("due:{day}")));
        words.extend(task.start.or(task.scheduled).map(|day| format!("t:{day}")));
        // a rule that the format cannot express stays as words
        words.extend(
            task.recurrence.as_deref().map(|rule| {
                todo_txt_fields::rule_of(rule).map_or_else(|| rule.to_owned(), |rule| format!("rec:{rule}"))
            }),
        );
        words.retain(|word| !word.is_empty());
        out.push_str(&words.join(" "));
        out.push('\n');
    }
    out
}

/// Markdown: the items as written, grouped by note.
#[must_use]
pub fn markdown(rows: &[&TaskRow<'_>]) -> String {
    let mut out = String::new();
    let mut note = None;
    for row in rows {
        if note != Some(row.path) {
            if note.is_some() {
                out.push('\n');
            }
            out.push_str(&format!("## {}\n\n", row.note.title));
            note = Some(row.path);
        }
        out.push_str(&format!("- [{}] {}\n", row.task.symbol, row.task.text));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;
    use crate::report::task;

    fn with(text: &str, check: impl Fn(&[&TaskRow<'_>])) {
        let path = NotePath::from("n.md");
        let note = parse::parse(&path, text, &parse::Options::default()).note;
        let day = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let rows = task::rows(&[(&path, &note, &[])], &[], &[], day);
        check(&rows.iter().collect::<Vec<_>>());
    }

    #[test]
    fn todo_txt_lines() {
        let text = "- [ ] pay, now ⏫ 📅 2026-12-01 #home @ida\n- [x] done it ✅ 2026-11-01\n";
        with(text, |rows| {
            assert_eq!(todo_txt(rows), "(B) pay, now +home @ida due:2026-12-01\nx 2026-11-01 done it\n");
        });
        let text = "- [ ] a 🔁 every 2 weeks 📅 2026-12-01\n- [ ] b 🔁 every week when done\n- [ ] c 🔁 every month on the 31st\n";
        with(text, |rows| {
            assert_eq!(todo_txt(rows), "a due:2026-12-01 rec:+2w\nb rec:1w\nc every month on the 31st\n");
        });
    }

    #[test]
    fn icalendar_is_escaped_and_folded() {
        with(&format!("- [ ] pay, now; {} 📅 2026-12-01\n", "é".repeat(60)), |rows| {
            let text = ics(rows, NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
            assert!(text.contains("SUMMARY:pay\\, now\\; "), "{text}");
            assert!(text.contains("DUE;VALUE=DATE:20261201\r\n"));
            assert!(text.split("\r\n").all(|line| line.len() <= 75));
        });
    }

    #[test]
    fn markdown_keeps_items() {
        with("# T\n\n* [/] a [b](https://c.d)\n", |rows| {
            assert_eq!(markdown(rows), "## T\n\n- [/] a [b](https://c.d)\n");
        });
    }
}
