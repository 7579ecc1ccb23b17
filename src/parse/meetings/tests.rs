//! Ways in which people write a meeting's line, its people and its parts.

use crate::model::Meeting;
use crate::model::NotePath;
use crate::model::Point;
use crate::parse;

fn meetings(path: &str, text: &str) -> Vec<Meeting> {
    parse::parse(&NotePath::from(path), text, &parse::Options::default()).note.meetings
}

/// Each meeting as `date: its points`.
fn points(path: &str, text: &str) -> Vec<String> {
    let all = meetings(path, text);
    let of = |meeting: &Meeting| {
        let points: Vec<&str> = meeting.points.iter().map(|point| point.text.as_str()).collect();
        format!("{}: {}", meeting.date, points.join(", "))
    };
    all.iter().map(of).collect()
}

#[test]
fn an_announcement_below_an_item_is_no_part_of_it() {
    let text = "# Team sync\n\n## 2.11.2026\n\n### Nächstes Mal\n- Ferien\nNächster Termin: 16.11.2026\n";
    let note = parse::parse(&NotePath::from("a.md"), text, &parse::Options::default()).note;
    let [meeting] = note.meetings.as_slice() else { panic!("{:?}", note.meetings) };
    assert_eq!(meeting.points.iter().map(|point| point.text.as_str()).collect::<Vec<_>>(), ["Ferien"]);
    assert_eq!(meeting.next, "2026-11-16".parse().ok());
}

#[test]
fn people_below_a_label_belong_to_the_meeting() {
    for people in
        ["Present: Ida", "**Present:** Ida, Noor", "Attendees: Ida", "Ida, Noor", "Ida Berg and Noor", "Anwesend: Ida"]
    {
        for (first, second) in
            [("Meeting (2026/10/22)", "Meeting (2026/11/05)"), ("## Meeting 2026-10-22", "## Meeting 2026-11-05")]
        {
            let text = format!("{first}\n{people}\n- [ ] one\n\n{second}\n{people}\n- [ ] two\n");
            assert_eq!(points("team.md", &text), ["2026-10-22: one", "2026-11-05: two"], "{text}");
            let all = meetings("team.md", &text);
            assert!(all.iter().all(|one| one.attendees.first().is_some_and(|name| name.starts_with("Ida"))), "{text}");
        }
    }
}

#[test]
fn a_note_may_open_with_its_list() {
    for text in [
        "- [ ] a\n- [ ] b\n",
        "---\ntags: [x]\n---\n- [ ] a\n- [ ] b\n",
        "Some words.\n\n- [ ] a\n- [ ] b\n",
        "# Team sync\n- [ ] a\n- [ ] b\n",
    ] {
        assert_eq!(points("meetings/2026-11-06.md", text), ["2026-11-06: a, b"], "{text}");
    }
}

#[test]
fn parts_right_below_an_item() {
    let text = "Meeting (2026/11/05)\nNotes:\n- m\nActions:\n- [ ] three\n- Sam: four\n**Decisions**\n- five\n";
    let all = meetings("team.md", text);
    let of: Vec<String> = all
        .iter()
        .flat_map(|meeting| &meeting.points)
        .map(|point| format!("{:?} {}", point.part, point.text))
        .collect();
    assert_eq!(of, ["Some(Actions) three", "Some(Actions) Sam: four", "Some(Decisions) five"]);
}

#[test]
fn days_are_counted_from_where_they_were_said() {
    let due = |day: &str, item: &str| {
        let all = meetings("team.md", &format!("## Meeting {day}\n\n- [ ] {item}\n"));
        all.first().and_then(|one| one.points.first()?.due).map(|due| due.to_string())
    };
    for (day, item, wanted) in [
        ("2026-10-22", "Sam: send report by 5 Nov", "2026-11-05"),
        ("2026-11-19", "Sam: send report by 5 Nov (from 2026-10-22)", "2026-11-05"),
        ("2027-03-18", "Sam: send report by 5 Nov (from 2026-10-22, carried 5×)", "2026-11-05"),
        ("2026-11-13", "Sam: send report by 1 Nov", "2026-11-01"),
        ("2026-11-13", "Sam: send report by 15 Jan", "2027-01-15"),
        ("2026-01-08", "Sam: send report by 20 Dec", "2025-12-20"),
        ("2026-11-13", "send report (Sam) (Mon)", "2026-11-16"),
        ("2026-11-13", "send report (Sam) (Fri) (from 2026-10-22)", "2026-10-23"),
        ("2026-11-13", "send report (Sam) (20 Nov)", "2026-11-20"),
    ] {
        assert_eq!(due(day, item).as_deref(), Some(wanted), "{item}");
    }
}

#[test]
fn more_words_beside_the_day() {
    for (line, series, day) in [
        ("## Meeting 2026-11-18 14:00", "Meeting", "2026-11-18"),
        ("## Team sync 2026-11-18, 14:00", "Team sync", "2026-11-18"),
        ("Meeting (2026-11-18 14:00)", "Meeting", "2026-11-18"),
        ("## Besprechung Mi., 18.11.2026, 10:00 Uhr", "Besprechung", "2026-11-18"),
        ("## 2026-11-18T14:00 call with Jane", "call with Jane", "2026-11-18"),
        ("## Meeting 2026-11-18 with Contoso", "Meeting with Contoso", "2026-11-18"),
        ("## Team sync – Wednesday 18 November 2026 (remote)", "Team sync", "2026-11-18"),
        ("**Meeting 2026-11-18**", "Meeting", "2026-11-18"),
        ("## 🗓 2026-11-18 Team sync", "Team sync", "2026-11-18"),
        ("## 1:1 with Jan 2026-11-16", "1:1 with Jan", "2026-11-16"),
        ("## 1:1 with Sam 2026-11-16", "1:1 with Sam", "2026-11-16"),
        ("## Call with April 2026-11-16", "Call with April", "2026-11-16"),
        ("## 1:1 mit Mai, 16.11.2026", "1:1 mit Mai", "2026-11-16"),
    ] {
        let all = meetings("notes.md", &format!("# Notes\n\n{line}\n\n- [ ] a\n"));
        let of: Vec<String> = all.iter().map(|one| format!("{} {}", one.date, one.name)).collect();
        assert_eq!(of, [format!("{day} {series}")], "{line}");
        assert_eq!(all[0].points.len(), 1, "{line}");
    }
    for line in [
        "## We had no meeting on 2026-11-18 and went home",
        "## 2026-11-18 (remote)",
        "## The meeting of 2026-11-18 was long",
    ] {
        assert!(meetings("notes.md", &format!("# Notes\n\n{line}\n\n- [ ] a\n")).is_empty(), "{line}");
    }
    let all = meetings("journal/2026-11-16.md", "# 2026-11-16\n\n### 1:1 with Sam\n\n- [ ] a\n");
    assert_eq!(all[0].name, "1:1 with Sam");
}

#[test]
fn days_without_a_meeting() {
    for off in [
        "## 2026-11-06 (skipped)",
        "## 2026-11-06\n\n- no meeting",
        "## 2026-11-06\n\ncancelled",
        "## 2026-11-06: fällt aus",
    ] {
        let text = format!("# Team meetings\n\n{off}\n\n## 2026-10-23\n\n- [ ] a\n");
        assert_eq!(points("team.md", &text), ["2026-10-23: a"], "{off}");
    }
}

#[test]
fn the_day_of_the_front_matter_wins_over_a_week() {
    for title in ["# Retro 2026-W48", "# Retro 2026 Q4", "# Retro 2026-11"] {
        let text = format!("---\nkind: meeting\ndate: 2026-11-27\n---\n{title}\n\n## Actions\n\n- [ ] a\n");
        for path in ["retro.md", "retros/Retro 2026-W48.md"] {
            assert_eq!(points(path, &text), ["2026-11-27: a"], "{path} {title}");
        }
    }
}

#[test]
fn the_next_day_in_other_languages() {
    for (line, day) in [
        ("Next meeting: Wed 12 Nov", "12"),
        ("Date of next meeting: 12/11/2026, 10:00", "-"),
        ("Next session: Nov 12", "12"),
        ("Nächster Termin: Do, 12. November", "12"),
        ("**Nächstes Treffen:** 12.11.2026", "12"),
        ("Nächste Sitzung: 12.11.", "12"),
        ("Folgetermin: 12. Nov., 10 Uhr", "12"),
        ("Nächster Jour fixe: 12.11.2026", "12"),
        ("### Nächster Termin\n\n12. November 2026", "12"),
        ("Prochain point : jeudi 12 novembre", "12"),
        ("Prochaine réunion : le 12 novembre 2026", "12"),
        ("- Prochain rendez-vous : 13/11/2026", "13"),
        ("Próxima reunión: jueves 12 de noviembre", "12"),
        ("Próxima cita: 12 de noviembre de 2026", "12"),
        ("Próxima reunião: 12 de novembro", "12"),
        ("The next session was good: 12 of us came", "-"),
    ] {
        let text = format!("# Team\n\n## Meeting 2026-11-05\n\n- a\n\n{line}\n");
        let all = meetings("team.md", &text);
        let next =
            all.first().and_then(|meeting| meeting.next).map_or("-".to_owned(), |day| day.format("%d").to_string());
        assert_eq!((all.len(), next.as_str()), (1, day), "{line}");
    }
}

#[test]
fn what_asks_nothing_of_anybody() {
    let text = "Meeting (2026/11/05)\n- call Wim\n- Next meeting: 3 Dec\n- No action needed.\n- None\n- Keine\n- Praise: calm in every outage of the year\n- none of it works\n\nMeeting (2026/11/19)\n- [ ] None\n- praise Ida\n";
    assert_eq!(points("team.md", text), ["2026-11-05: call Wim, none of it works", "2026-11-19: None, praise Ida"]);
    let all = meetings("team.md", text);
    assert_eq!(all.first().and_then(|one| one.next).map(|day| day.to_string()).as_deref(), Some("2026-12-03"));
}

#[test]
fn parts_and_labels_are_no_owners() {
    for label in [
        "Agreed",
        "Decision",
        "Action",
        "Note",
        "Question",
        "Next",
        "Risk",
        "Vereinbart",
        "Frage",
        "Hinweis",
        "Convenu",
        "Remarque",
        "Acordado",
        "Riesgo",
        "Pergunta",
        "Next steps",
    ] {
        let text = format!(
            "# Meeting 2026-11-12\n\n## Actions\n\n- {label}: Joanne takes over the audit\n- {label}: once more\n"
        );
        let all = meetings("a.md", &text);
        let owners: Vec<_> = all.iter().flat_map(|one| &one.points).filter_map(|point| point.owner.as_ref()).collect();
        assert!(owners.is_empty(), "{label}: {owners:?}");
    }
    let all = meetings("a.md", "# Meeting 2026-11-12\n\n## Actions\n\n- Joanne: takes over\n- Joanne: signs\n");
    assert!(all.iter().flat_map(|one| &one.points).all(|point| point.owner.as_deref() == Some("Joanne")));
}

#[test]
fn headings_that_hold_days_of_the_same_time_are_series() {
    let series = |text: &str| meetings("1on1s.md", text).iter().map(|one| one.series.clone()).collect::<Vec<_>>();
    let text = "# 1:1s\n\n## Joanne\n\n### 12 Nov 2026\n- a\n\n### 15 Oct 2026\n- b\n\n## Samuel\n\n### 13 Nov 2026\n- c\n\n### 16 Oct 2026\n- d\n";
    assert_eq!(series(text), ["Joanne", "Joanne", "Samuel", "Samuel"]);
    // one time follows the other: it is an archive
    let text = text.replace("13 Nov", "13 Jan").replace("16 Oct", "16 Jan");
    assert_eq!(series(&text), ["1on1s"; 4]);
}

#[test]
fn actions_in_a_paragraph_however_they_are_marked() {
    for (line, owner) in [
        ("ACTION me: reply to Kim", Some("me")),
        ("action me: reply to Kim", Some("me")),
        ("Action us: reply to Kim", Some("us")),
        ("action @bo: reply to Kim", Some("bo")),
        ("Action for Lee: reply to Kim", Some("Lee")),
        ("ACTION - Bo: reply to Kim", Some("Bo")),
        ("todo Lee: reply to Kim", Some("Lee")),
        ("**ACTION ich:** reply to Kim", Some("ich")),
        ("Action 2: reply to Kim", None),
        ("TODO reply to Kim", None),
        ("ACTION required by Friday: reply to Kim", None),
    ] {
        for (before, behind) in
            [("We met.\n\n", "\n"), ("We met.\n", "\nLater we left.\n"), ("- we met\n", "\n- and left\n")]
        {
            let text = format!("# Team meeting\n\n## 2026-11-20\n\n{before}{line}{behind}");
            let all = meetings("team.md", &text);
            let points = all.first().map_or(&[][..], |one| &one.points);
            let found: Vec<_> = points.iter().filter(|point| point.text.contains("Kim")).collect();
            let [point] = found.as_slice() else { panic!("{text}{points:?}") };
            assert_eq!((point.text.as_str(), point.owner.as_deref()), (line, owner), "{text}");
        }
    }
    let wrapped = "# Team meeting\n\n## 2026-11-20\n\nACTION me: reply\nto Kim and (if\nthere is time) Bo\nWe left.\n";
    assert_eq!(points("team.md", wrapped), ["2026-11-20: ACTION me: reply to Kim and (if there is time) Bo"]);
    for line in
        ["Action plan: a list", "TODO LIST", "action was taken: none", "AI safety: we talked", "Actions speak: yes"]
    {
        let text = format!("# Team meeting\n\n## 2026-11-20\n\n{line}\n");
        assert_eq!(points("team.md", &text), ["2026-11-20: "], "{line}");
    }
}

#[test]
fn a_meeting_right_below_the_items_of_another() {
    for (first, second) in [
        ("Meeting 2026-11-06", "Meeting 2026-11-13"),
        ("Meeting (2026/11/06)", "Meeting (2026/11/13)"),
        ("**Meeting 2026-11-06**", "**Meeting 2026-11-13**"),
        ("Team sync, 6 Nov 2026", "Team sync, 13 Nov 2026"),
        ("2026-11-06", "2026-11-13"),
    ] {
        for part in ["Actions:", "**Actions**", "Actions", "Aufgaben:", "## Actions"] {
            let text =
                format!("{first}\n- talked\n{part}\n- one\n- two\n  more\n{second}\n- talked\n{part}\n- three\n");
            let wanted = ["2026-11-06: one, two more", "2026-11-13: three"];
            assert_eq!(points("team meetings.md", &text), wanted, "{text}");
        }
    }
    // a day that ends a sentence is no line of its own
    let text = "Meeting (2026/11/06)\n- pay the rent until\n2026-12-01\nor move out\n";
    assert_eq!(points("team.md", text), ["2026-11-06: pay the rent until 2026-12-01 or move out"]);
}

#[test]
fn what_is_left_for_the_next_time_goes_on() {
    for part in ["Next", "Next time", "Next meeting", "Up next", "Nächstes Mal", "Prochaine réunion", "Próxima reunión"]
    {
        for (label, end) in [("### ", ""), ("", ":"), ("**", "**")] {
            let text = format!(
                "# Team sync\n\n## 2026-11-02\n\n### Notes\n\n- talked\n\n{label}{part}{end}\n\n- 2026-11-16, 10:00\n- room 4: the budget\n- invite Ida\n"
            );
            let all = meetings("sync.md", &text);
            assert_eq!(points("sync.md", &text), ["2026-11-02: room 4: the budget, invite Ida"], "{text}");
            assert!(all.iter().flat_map(|one| &one.points).all(Point::is_left), "{text}");
        }
    }
    let text = "# Team sync\n\n## 2026-11-02\n\n### Next meeting\n\n- Wed 16 Nov\n- when: 10:00\n- Room: B12\n- Zoom\n- at Ida's\n- 10:30\n- Wed 16 Nov, 10:00 in room 4\n- 16.11.2026\n- https://example.org/call\n- same time\n";
    assert_eq!(points("sync.md", text), ["2026-11-02: "]);
}

#[test]
fn quotes_and_bold_lines_name_parts() {
    for part in [
        "> [!todo] Actions\n> - a\n> - [ ] b",
        "> [!important]+ Next steps\n>\n> - a\n> - [ ] b",
        "> **Actions**\n>\n> - a\n> - [ ] b",
        "> **Aufgaben:**\n> - a\n> - [ ] b",
        "**Actions** (by Friday)\n- a\n- [ ] b",
        "> [!note] Notes\n> - talked\n\n> [!todo] Actions\n> - a\n> - [ ] b",
    ] {
        let text = format!("# Sync\n\n## Meeting 2026-11-03\n\n{part}\n");
        let all = meetings("s.md", &text);
        let of: Vec<String> = all
            .iter()
            .flat_map(|meeting| &meeting.points)
            .map(|point| format!("{:?} {}", point.part, point.text))
            .collect();
        assert_eq!(of, ["Some(Actions) a", "Some(Actions) b"], "{text}");
    }
    assert_eq!(points("s.md", "## Meeting 2026-11-03\n\n> [!quote] Ida\n> - a\n\n- b\n"), ["2026-11-03: b"]);
}

#[test]
fn a_part_may_be_one_line() {
    for (line, kind) in [
        ("**Decisions:** go", "Decision"),
        ("Next steps: Bo writes", "Action"),
        ("Next time: look at the logs", "Action"),
        ("Aufgaben: Bo schreibt", "Action"),
        ("Agreed: we go", "Agreed"),
    ] {
        for before in ["", "- "] {
            let text = format!("## Meeting 2026-11-03\n\n### Notes\n\n{before}{line}\n");
            let all = meetings("s.md", &text);
            let of: Vec<String> = all
                .iter()
                .flat_map(|meeting| &meeting.points)
                .map(|point| format!("{:?} {}", point.kind, point.text))
                .collect();
            assert_eq!(of, [format!("{kind} {line}")], "{text}");
        }
    }
    for line in
        ["Actions: none", "Next time: same place", "Next meeting: 2 Dec 2026", "Notes: we talked", "Agenda: budget"]
    {
        let text = format!("## Meeting 2026-11-03\n\n### Notes\n\n{line}\n");
        assert_eq!(points("s.md", &text), ["2026-11-03: "], "{text}");
    }
}

#[test]
fn names_in_bold_above_points_say_who() {
    let text = "# 1:1s with Maria\n\n### 12.11.2026\n**Me:**\n- a\n- b\n\n**Maria:**\n- c\n";
    let all = meetings("maria.md", text);
    let of: Vec<_> = all.iter().flat_map(|one| &one.points).map(|one| (one.text.as_str(), one.section)).collect();
    assert!(matches!(of.as_slice(), [("a", Some(2)), ("b", Some(2)), ("c", Some(3))]), "{of:?}");
}

#[test]
fn what_is_done_says_so() {
    let text = "## Meeting 2026-11-03\n\n- ~~Bo: rotate keys~~ done\n- ~~a~~\n- accounts. DONE\n- b ✓\n- not done\n- ~~a~~ b\n";
    let all = meetings("s.md", text);
    let open: Vec<&str> =
        all.iter().flat_map(|one| &one.points).filter(|one| one.is_left()).map(|one| one.text.as_str()).collect();
    assert_eq!(open, ["not done", "~~a~~ b"]);
}

#[test]
fn templates_are_no_meetings() {
    for (path, text) in [
        ("Meeting {{date}}.md", "---\ntype: meeting\ndate: 2026-11-03\n---\n- [ ] a\n"),
        ("meetings/t.md", "# Meeting {{date:YYYY-MM-DD}}\n\n## 2026-11-03\n- [ ] a\n"),
        ("a.md", "---\ntype: meeting\ncreated: <% tp.date.now() %>\ndate: 2026-11-03\n---\n- [ ] a\n"),
    ] {
        assert_eq!(points(path, text), [""; 0], "{text}");
    }
    let about = "---\ntype: meeting\ndate: 2026-11-03\n---\nWrite `{{date}}` in the template.\n\n- [ ] a\n";
    assert_eq!(points("a.md", about), ["2026-11-03: a"]);
}

#[test]
fn tags_and_block_ids_behind_a_day_are_no_part_of_the_name() {
    let text = "# Work\n\n## Meeting 2026-11-20 #work\n- [ ] a\n\n## Meeting 2026-11-13 ^m1\n- [ ] b\n\n## Meeting (2026/11/06) #private #x\n- [ ] c\n\n## Meeting #14 2026-10-30\n- [ ] d\n";
    let all = meetings("s.md", text);
    let told: Vec<_> = all.iter().map(|one| (one.date.to_string(), one.series.as_str())).collect();
    let days = ["2026-11-20", "2026-11-13", "2026-11-06", "2026-10-30"];
    assert_eq!(told.iter().map(|(day, _)| day.as_str()).collect::<Vec<_>>(), days);
    assert!(told.iter().all(|(_, series)| *series == told[0].1), "{told:?}");
}
