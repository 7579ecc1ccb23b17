//! Days that other programs show in a calendar (RFC 5545): what is due, and meetings. Pure: reports in, text out.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::report::export::escape;
use crate::report::export::fold;
use crate::report::meeting::SeriesReport;
use crate::report::todo_report::TodoReport;

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub day: NaiveDate,
    /// What, as the note says it.
    pub words: String,
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
}

/// The days on which what is listed is due.
#[must_use]
pub fn due(todo: &TodoReport) -> Vec<Event> {
    let rows = todo.tasks.iter().take(todo.rows).filter(|task| task.status.is_open() && !task.group);
    rows.filter_map(|task| {
        Some(Event { day: task.due?, words: task.label.clone(), path: task.path.clone(), line: task.line })
    })
    .collect()
}

/// The days of meetings, and of the next ones where a meeting names them.
#[must_use]
pub fn meetings(report: &SeriesReport) -> Vec<Event> {
    let mut events = Vec::new();
    for series in &report.series {
        let on =
            |day, words: &str, line, path: &NotePath| Event { day, words: words.to_owned(), path: path.clone(), line };
        for meeting in &series.meetings {
            // a title that is only a day says nothing beside one
            let is_named = meeting.title.chars().any(char::is_alphabetic);
            let words = if is_named { &meeting.title } else { &series.series };
            events.push(on(meeting.date, words, meeting.line, &meeting.path));
        }
        if let (Some(day), Some(last)) = (series.expected.filter(|_| series.announced), series.meetings.last()) {
            events.push(on(day, &series.series, last.line, &last.path));
        }
    }
    events
}

/// A calendar of days, each with its address where it has one. The same days give the same file on any day.
#[must_use]
pub fn ics(name: &str, events: &[(Event, Option<String>)]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Hornbook//site//EN");
    line(&format!("X-WR-CALNAME:{}", escape(name)));
    let mut seen = BTreeSet::new();
    for (event, url) in events {
        let day = event.day.format("%Y%m%d");
        // what is put off keeps its id, as long as its words and its note are the same; meetings of a series have a day each
        let is_again = !seen.insert((event.path.as_str(), event.words.as_str(), None));
        if is_again && !seen.insert((event.path.as_str(), event.words.as_str(), Some(event.day))) {
            continue;
        }
        let own = if is_again { day.to_string() } else { String::new() };
        let id = xxh3_64(format!("{}\0{}\0{own}", event.path.as_str(), event.words).as_bytes());
        line("BEGIN:VEVENT");
        line(&format!("UID:{id:016x}@hornbook"));
        line(&format!("DTSTAMP:{day}T000000Z"));
        line(&format!("DTSTART;VALUE=DATE:{day}"));
        line(&format!("SUMMARY:{}", escape(&event.words)));
        if let Some(url) = url {
            line(&format!("URL:{url}"));
        }
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_events_of_a_whole_day() {
        let event = |day: &str, words: &str| {
            (Event { day: day.parse().unwrap(), words: words.to_owned(), path: NotePath::from("a.md"), line: 3 }, None)
        };
        let mut events =
            vec![event("2026-12-01", "pay, now"), event("2026-12-01", "Weekly"), event("2026-12-08", "Weekly")];
        events.push(events[2].clone());
        events[0].1 = Some("https://e.example/a.html".to_owned());
        let text = ics("Due; x", &events);
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"),
            "{text}"
        );
        assert!(text.contains("X-WR-CALNAME:Due\\; x\r\n"), "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20261201\r\nSUMMARY:pay\\, now\r\nURL:https://e.example/a.html\r\n"));
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 3, "each once: {text}");
        let ids: BTreeSet<&str> = text.split("UID:").skip(1).filter_map(|rest| rest.lines().next()).collect();
        assert_eq!(ids.len(), 3, "{text}");
    }
}
