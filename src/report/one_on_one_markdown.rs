//! The page for the next one-to-one as Markdown.

use crate::model::NotePath;
use crate::model::meeting::PointState;
use crate::report::goals::GoalItem;
use crate::report::one_on_one::AgreedPoint;
use crate::report::one_on_one::DoneLine;
use crate::report::one_on_one::OneOnOne;
use crate::report::tickets::TicketItem;

/// The page as Markdown, to be pasted or sent.
#[must_use]
pub fn markdown(page: &OneOnOne) -> String {
    let mut out = format!("# One-to-one: {}\n\n{}\n", page.series, page.heading());
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n## {title}\n\n"));
            for line in lines {
                out.push_str(&format!("- {line}\n"));
            }
        }
    };
    let place = |path: &NotePath, line: usize| page.place(path, line);
    let point = |point: &AgreedPoint| {
        let action = &point.action;
        let sign = point
            .maybe_done
            .as_ref()
            .map_or(String::new(), |sign| format!(", maybe done: {} at {}", sign.text, place(&sign.path, sign.line)));
        format!("{} ({} days, {}{sign})", action.point.label, action.age_days, place(&action.path, action.point.line))
    };
    let agenda = page.agenda.clone();
    part("Agenda", agenda);
    let of = |state: PointState| {
        page.agreed.iter().filter(|point| point.action.point.state == state).map(point).collect::<Vec<_>>()
    };
    part("Agreed, open", of(PointState::Open));
    part("Agreed, status unknown", of(PointState::Unknown));
    part("Agreed, done", page.settled.iter().map(point).collect());
    let lines = |all: &[DoneLine]| {
        let line = |line: &DoneLine| {
            let verdict = line.verdict.as_ref().map_or(String::new(), |verdict| format!(": {verdict}"));
            format!("{} {}{verdict} ({})", line.date, line.text, place(&line.path, line.line))
        };
        all.iter().map(line).collect::<Vec<_>>()
    };
    part("Done", lines(&page.done));
    part("Read", lines(&page.read));
    let goal = |goal: &GoalItem| {
        let mut parts: Vec<String> = goal.progress.iter().map(|done| format!("{done} done")).collect();
        parts.extend((goal.unknown > 0).then(|| format!("{} unknown", goal.unknown)));
        if let (Some(level), Some(target)) = (goal.level, goal.target) {
            parts.insert(0, format!("level {level} of {target}"));
        }
        parts.push(match goal.days_since {
            Some(days) => format!("moved {days} days ago"),
            None => "no dated movement".to_owned(),
        });
        format!("{}: {} ({})", goal.name, parts.join(", "), place(&goal.path, goal.line))
    };
    let mut goals: Vec<String> = page.goals.iter().map(goal).collect();
    goals.extend(page.candidates.iter().map(|skill| {
        format!("{}: named {}, no goal yet ({})", skill.name, skill.times(), place(&skill.path, skill.line))
    }));
    part("Goals and skills", goals);
    let ticket = |ticket: &TicketItem| {
        let status = ticket.status.as_ref().map_or(String::new(), |status| format!(", {status}"));
        let title = ticket.title.as_ref().map_or(String::new(), |title| format!(": {title}"));
        let at = ticket.sightings.iter().max_by_key(|sighting| sighting.date);
        let at = at.map_or(String::new(), |at| format!(" ({})", place(&at.path, at.line)));
        format!("{}{title}{status}{at}", ticket.key)
    };
    let mut tickets: Vec<String> = page.tickets.iter().map(ticket).collect();
    for project in &page.unknown_tickets {
        tickets.extend(project.examples.iter().map(|example| {
            format!(
                "{} ({}; project {} is not configured)",
                example.key,
                place(&example.path, example.line),
                project.project
            )
        }));
    }
    part("Tickets", tickets);
    part(
        "Praise",
        page.praise
            .iter()
            .map(|praise| {
                let by = praise.by.as_deref().unwrap_or("no author");
                let blanks = if praise.placeholders.is_empty() {
                    String::new()
                } else {
                    format!(", not filled in: {}", praise.placeholders.join(", "))
                };
                format!("{} ({}, {by}{blanks})", praise.about, place(&praise.path, praise.line))
            })
            .collect(),
    );
    part(
        "Open questions",
        page.questions.iter().map(|asked| format!("{} ({})", asked.text, place(&asked.path, asked.line))).collect(),
    );
    out
}
