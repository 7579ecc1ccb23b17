//! Which meetings are one series.

use super::*;
use crate::parse;

fn read(files: &[(&str, &str)]) -> Vec<(NotePath, Note)> {
    let options = parse::Options::default();
    let mut notes: Vec<(NotePath, Note)> = files
        .iter()
        .map(|(path, text)| {
            let path = NotePath::from(*path);
            let note = parse::parse(&path, text, &options).note;
            (path, note)
        })
        .collect();
    notes.sort_by(|a, b| a.0.cmp(&b.0));
    notes
}

/// Name, dates and expected day of each series.
fn series(files: &[(&str, &str)]) -> Vec<String> {
    let notes = read(files);
    let refs: Vec<NoteRef<'_>> = notes.iter().map(|(path, note)| (path, note)).collect();
    all(&refs)
        .iter()
        .map(|series| {
            let days: Vec<String> = series.meetings.iter().map(|one| one.meeting.date.to_string()).collect();
            let expected = series.expected().map_or("-".to_owned(), |day| day.to_string());
            format!("{} {} > {expected}", series.name, days.join(" "))
        })
        .collect()
}

#[test]
fn labels_of_one_note_are_a_series() {
    let text = "Last meeting (2023/09/20) \n- a\n\nMeeting (2023/10/18)\n- b\n\nPraise\nmuch\n";
    assert_eq!(series(&[("one-to-one.md", text)]), ["one-to-one 2023-09-20 2023-10-18 > 2023-11-15"]);
    assert_eq!(series(&[("notes.md", text)]), ["Meeting 2023-09-20 2023-10-18 > 2023-11-15"]);
}

#[test]
fn notes_that_differ_by_their_dates_are_a_series() {
    let files = [
        ("team/2023-10-04 Team sync.md", "# Team sync\n"),
        ("team/2023-10-11 Team sync.md", "# Team sync\n"),
        ("team/2023-10-18 Team sync.md", "# Team sync\n"),
        ("team/2023-10-12 Retro.md", "# Retro\n"),
        ("other/2023-10-19 Team sync.md", "# Team sync\n"),
    ];
    let wanted =
        ["Team sync 2023-10-19 > -", "Team sync 2023-10-04 2023-10-11 2023-10-18 > 2023-10-25", "Retro 2023-10-12 > -"];
    assert_eq!(series(&files), wanted);
    let files = [("wg/meetings/2023-10-04.md", "# WG\n"), ("wg/meetings/2023-10-18.md", "# WG\n")];
    assert_eq!(series(&files), ["meetings 2023-10-04 2023-10-18 > 2023-11-01"]);
    let files = [("team-sync-2023-10-04.md", "# A\n"), ("team-sync-2023-10-18.md", "# B\n")];
    assert_eq!(series(&files), ["team-sync 2023-10-04 2023-10-18 > 2023-11-01"]);
}

#[test]
fn folders_of_months_divide_no_series() {
    let files = [
        ("sync/2023/10-October/2023-10-18 Team sync.md", "# Team sync\n"),
        ("sync/2023/11-November/2023-11-01 Team sync.md", "# Team sync\n"),
        ("1-1s/2023-10/2023-10-18.md", "# Ida\n"),
        ("1-1s/2023-11/2023-11-15.md", "# Ida\n"),
        ("journal/2023/10/2023-10-30.md", "# 2023-10-30\n\n## Stand-up\n- a\n"),
        ("journal/2023/11/2023-11-01.md", "# 2023-11-01\n\n## Stand-up\n- b\n"),
    ];
    let wanted = [
        "1-1s 2023-10-18 2023-11-15 > 2023-12-13",
        "Stand-up 2023-10-30 2023-11-01 > 2023-11-03",
        "Team sync 2023-10-18 2023-11-01 > 2023-11-15",
    ];
    assert_eq!(series(&files), wanted);
}

#[test]
fn front_matter_names_a_series() {
    let files = [
        ("2023-10-04.md", "---\ntype: meeting\nseries: Guild\n---\n"),
        ("b/2023-10-18 x.md", "---\ntype: meeting\nseries: guild\n---\n\nNext meeting: 25 Oct\n"),
    ];
    assert_eq!(series(&files), ["guild 2023-10-04 2023-10-18 > 2023-10-25"]);
}

#[test]
fn headings_of_days_are_series_of_their_names() {
    let files = [
        ("journal/2023-10-04.md", "# 2023-10-04\n\n## 1:1 with Ida\n- a\n\n## Team sync\n- b\n\n## Review\n- c\n"),
        ("journal/2023-10-11.md", "# 2023-10-11\n\n## 1:1 with Ida\n- a\n"),
        (
            "log.md",
            "# Log\n\n## 2023-10-05\n\n### Retro games\n\n### Stand-up\n- x\n\n## 2023-10-06\n\n### Stand-up\n- y\n",
        ),
    ];
    let wanted = [
        "1:1 with Ida 2023-10-04 2023-10-11 > 2023-10-18",
        "Stand-up 2023-10-05 2023-10-06 > 2023-10-07",
        "Team sync 2023-10-04 > -",
    ];
    assert_eq!(series(&files), wanted);
}

#[test]
fn a_note_with_several_series() {
    let text = "# Meetings\n\n## 2023-10-02 Retro\n\n## 2023-10-04 Team sync\n\n## 2023-10-11 Team sync\n\n## 2023-10-16 Retro\n";
    let wanted = ["Retro 2023-10-02 2023-10-16 > 2023-10-30", "Team sync 2023-10-04 2023-10-11 > 2023-10-18"];
    assert_eq!(series(&[("meetings.md", text)]), wanted);
    let text = "# 1:1\n\n## 2023-10-02 goals\n\n## 2023-10-04 the talk\n";
    assert_eq!(series(&[("ida.md", text)]), ["ida 2023-10-02 2023-10-04 > 2023-10-06"]);
}

#[test]
fn topics_divide_no_series() {
    for (first, second) in [
        ("2026-11-03 Meeting: budget", "2026-11-10 Meeting: hiring"),
        ("2026-11-03 Meeting – budget", "2026-11-10 Meeting – hiring"),
        ("Meeting 2026-11-03: budget", "Meeting 2026-11-10: hiring"),
        ("Meeting: budget (2026-11-03)", "Meeting: hiring (2026-11-10)"),
        ("Meeting 2026-11-03 (budget)", "Meeting 2026-11-10 (hiring)"),
    ] {
        for title in ["Log", "Meetings"] {
            let again = first.replace("11-03", "11-17");
            let last = second.replace("11-10", "11-24");
            let days = [first, second, &again, &last].map(|line| format!("\n## {line}\n\n- a\n"));
            let text = format!("# {title}\n{}", days.concat());
            let name = if title == "Log" { "Meeting" } else { "x meetings" };
            let path = if title == "Log" { "x.md" } else { "x meetings.md" };
            let wanted = format!("{name} 2026-11-03 2026-11-10 2026-11-17 2026-11-24 > 2026-12-01");
            assert_eq!(series(&[(path, &text)]), [wanted], "{text}");
        }
    }
    // with whom it was is no topic
    let text = "# Log\n\n## 2026-11-03 1:1 – Ida\n\n- a\n\n## 2026-11-04 1:1 – Bo\n\n- b\n";
    assert_eq!(series(&[("x.md", text)]), ["1:1 Bo 2026-11-04 > -", "1:1 Ida 2026-11-03 > -"]);
}

#[test]
fn days_under_a_heading_of_meetings() {
    let text = "# Relay\n\n## Meetings\n\n### 2026-11-03\n\n- a\n\n### 2026-11-10 budget\n\n- b\n\n## Backlog\n\n### 2026-11-12\n\n- c\n";
    assert_eq!(series(&[("relay.md", text)]), ["Meetings 2026-11-03 2026-11-10 > 2026-11-17"]);
    let text = "# People\n\n## Sync with Jo\n\n### 2026-11-03\n\n- a\n\n## 1:1 Kim\n\n### 2026-11-10\n\n- b\n";
    assert_eq!(series(&[("people.md", text)]), ["1:1 Kim 2026-11-10 > -", "Sync with Jo 2026-11-03 > -"]);
    let text = "# Sync Jo\n\n## 2026-11-03\n\n- a\n\n## 2026-11-10\n\n- b\n";
    assert_eq!(series(&[("jo.md", text)]), ["jo 2026-11-03 2026-11-10 > 2026-11-17"]);
    let text = "# Sync Engine\n\n## 2026-11-03\n\n- a\n";
    assert_eq!(series(&[("engine.md", text)]), [""; 0]);
}

#[test]
fn weeks_and_days_of_a_year_of_meetings() {
    for (first, second) in [
        ("Week 46 (2026-11-11)", "Week 47 (2026-11-18)"),
        ("KW 46, 11.11.2026", "KW 47, 18.11.2026"),
        ("Semaine 46 – 11 novembre 2026", "Semaine 47 – 18 novembre 2026"),
        ("W46: 2026-11-11", "W47: 2026-11-18"),
    ] {
        let text = format!("# Team meeting\n\n## {first}\n\n- a\n\n## {second}\n\n- b\n");
        assert_eq!(series(&[("team.md", &text)]), ["team 2026-11-11 2026-11-18 > 2026-11-25"], "{text}");
    }
    for (first, second) in [
        ("Acta 05/11/2026", "Acta 19/11/2026"),
        ("Jour fixe 5.11.2026", "Jour fixe 19.11.2026"),
        ("Town hall 2026-11-05", "Town hall 2026-11-19"),
    ] {
        let text = format!("# Notes\n\n## {first}\n\n- a\n\n## {second}\n\n- b\n");
        let found = series(&[("x.md", &text)]);
        assert!(found.len() == 1 && found[0].contains(" 2026-11-05 2026-11-19 "), "{text}{found:?}");
    }
    let monday = "# Team meeting\n\n## Week 47 (2026-11-16)\n\n- b\n";
    assert_eq!(series(&[("team.md", monday)]), ["team 2026-11-16 > -"]);
    for (title, first, second) in [
        ("Réunion équipe 2026", "1 décembre", "8 décembre"),
        ("Team meetings 2026", "1 December", "8 December"),
        ("Teambesprechung 2026", "1. Dezember", "8. Dezember"),
    ] {
        let text = format!("# {title}\n\n## {first}\n\n- a\n\n## {second}\n\n- b\n");
        assert_eq!(series(&[("team.md", &text)]), ["team 2026-12-01 2026-12-08 > 2026-12-15"], "{text}");
    }
}

#[test]
fn what_is_no_meeting() {
    let files = [
        ("2023-10-04 Review of literature.md", "# Review of literature\n"),
        ("log.md", "# Log\n\n## 2023-10-05\n\n### Call the API\n\n### Planning\n\n### Meetings\n"),
        ("games.md", "# Retro games 2023-10-18\n\n- Pong\n"),
        ("trip 2023-10-18.md", "# Trip\n\n## Kick-off\n"),
        ("meetings/how-to.md", "# How we meet\n\ncreated long ago\n"),
        ("meetings/rules.md", "---\ncreated: 2023-10-01\n---\n# Rules\n"),
        ("templates/meeting.md", "---\ntype: meeting\ndate: 2023-10-01\n---\n"),
    ];
    assert_eq!(series(&files), [""; 0]);
}

#[test]
fn bullets_that_name_a_meeting_and_its_day() {
    let text = "Meeting (2023/10/18)\n- a\n\n- Call with Wim 2023-10-25\n  - talked\n- 2023-10-26 quiet\n\nActions:\n- Meeting with Ida 2023-11-01\n  - about b\n";
    assert_eq!(series(&[("notes.md", text)]), ["Call with Wim 2023-10-25 > -", "Meeting 2023-10-18 > -"]);
    for text in
        ["- [ ] Call with Wim 2023-10-25\n  - a\n", "- Call with Wim 2023-10-25\n", "- Call 2023-10-25\n  - a\n"]
    {
        assert_eq!(series(&[("notes.md", text)]), [""; 0], "{text}");
    }
}

#[test]
fn announced_by_a_line_of_its_own() {
    let log = "Meeting (2023/10/18)\n- a\n\nNext meeting\n\n2023-11-08\n";
    let note = "# Team sync\n\n## Actions\n\n- a\n\n## Next meeting\n\n8 November 2023\n";
    assert_eq!(series(&[("one.md", log)]), ["Meeting 2023-10-18 > 2023-11-08"]);
    assert_eq!(series(&[("2023-10-18 sync.md", note)]), ["sync 2023-10-18 > 2023-11-08"]);
    let headings = "# Team sync\n\n## 2023-10-18\n\n### Next meeting\n\n8 November 2023\n";
    assert_eq!(series(&[("sync.md", headings)]), ["sync 2023-10-18 > 2023-11-08"]);
}

#[test]
fn the_interval_is_the_median_of_the_gaps() {
    let text = "# Meetings\n\n## 2023-10-01\n\n## 2023-10-08\n\n## 2023-10-15\n\n## 2023-11-15\n\n## 2023-11-15\n";
    let notes = read(&[("sync.md", text)]);
    let refs: Vec<NoteRef<'_>> = notes.iter().map(|(path, note)| (path, note)).collect();
    let all = all(&refs);
    assert_eq!((all[0].gaps(), all[0].interval()), (vec![7, 7, 31], Some(7)));
}
