use super::*;
use crate::parse;

fn report(notes: &[(&str, &str)], today: &str) -> GoalReport {
    let record = |(path, text): &(&str, &str)| {
        let path = NotePath::from(*path);
        let options = parse::Options::default();
        let parsed = parse::parse(&path, text, &options);
        Record { path, stamp: Default::default(), hash: 0, kept: Vec::new(), closed: Vec::new(), parsed }
    };
    let records: Vec<Record> = notes.iter().map(record).collect();
    let text =
        |path: &NotePath| notes.iter().find(|(name, _)| *name == path.as_str()).map(|(_, text)| (*text).to_owned());
    let refs: Vec<&Record> = records.iter().collect();
    GoalReport::new(&GoalsInput { records: &refs, text: &text, today: today.parse().unwrap() })
}

const GOALS: &str = "# Goals\n\n## TOMO #skill/tomo\nlevel: 2 -> 3 by 2024-03\n- [ ] ship it https://t.example/browse/AB-1\n- [x] read ✅ 2023-09-01\n- [-] drop\n- ask Ida\n- group\n  - [x] one\n  - [ ] two\n\nEndorsement (2023-08-01): \"Calm and quick in every outage\" Ida\n";

#[test]
fn a_goal_counts_its_leaves() {
    let report = report(&[("goals.md", GOALS)], "2023-11-13");
    let goal = &report.goals[0];
    let counts = (goal.done, goal.open, goal.unknown, goal.cancelled, goal.progress.as_deref());
    assert_eq!(counts, (2, 2, 1, 1, Some("2/4")));
    assert_eq!(
        (goal.last_movement.map(|day| day.to_string()).as_deref(), goal.days_since, goal.stale),
        (Some("2023-09-01"), Some(73), true)
    );
}

#[test]
fn what_names_a_goal_is_evidence() {
    let notes = [
        ("2023-10-01.md", "- worked on my TOMO skill\n- [ ] more #skill/tomo\n- [x] done [[goals#TOMO #skill/tomo]]\n"),
        ("2023-10-02.md", "## Learnt #skill/tomo\n\n- [x] a\n- b\n\n## Other\n- [x] c\n"),
        ("2023-10-03.md", "merged https://t.example/browse/AB-1\n\nPraise\nYour tomo work is very good\n"),
        ("goals.md", GOALS),
    ];
    let report = report(&notes, "2023-11-13");
    let shown: Vec<String> =
        report.goals[0].evidence.iter().map(|e| format!("{}:{} {:?} {}", e.path, e.line, e.kind, e.text)).collect();
    assert_eq!(
        shown,
        [
            "2023-10-03.md:1 Ticket merged https://t.example/browse/AB-1",
            "2023-10-03.md:4 Endorsement Your tomo work is very good",
            "2023-10-02.md:1 Note Learnt #skill/tomo",
            "2023-10-02.md:3 Task a",
            "2023-10-01.md:1 Note worked on my TOMO skill",
            "goals.md:6 Task read",
            "goals.md:13 Endorsement Calm and quick in every outage",
            "goals.md:10 Task one",
        ]
    );
    assert_eq!(report.goals[0].days_since, Some(41));
    assert_eq!(report.candidates, []);
}

#[test]
fn skills_without_a_goal_are_candidates() {
    let notes =
        [("one.md", "- Add new skill to learn\n- Add ticket number related TOMO skill\n- OPS skill, TOMO skill\n")];
    let report = report(&notes, "2023-11-13");
    let names: Vec<_> = report.candidates.iter().map(|c| (c.name.as_str(), c.count, c.line)).collect();
    assert_eq!((report.goals.len(), names), (0, vec![("OPS", 1, 3), ("TOMO", 2, 2)]));
}

#[test]
fn what_was_copied_shows_nothing() {
    let notes = [
        ("goals.md", "# Goals\n\n## TOMO #skill/tomo\n- [ ] ship it https://t.example/browse/AB-1\n"),
        (
            "team.md",
            "# 1:1\n\n## Meeting 2023-10-04\n\n- grow my TOMO skill\n- OPS skill\n\n## Meeting 2023-11-01\n\n### Agenda\n\n- grow my TOMO skill (from 2023-10-04)\n- OPS skill (from 2023-10-04; done with AB-1?)\n- OPS: a skill without a goal\n\n### Actions\n\n- [ ] grow my TOMO skill (from 2023-10-04)\n- [ ] start https://t.example/browse/AB-1\n- [-] drop https://t.example/browse/AB-1\n",
        ),
    ];
    let report = report(&notes, "2023-11-13");
    let shown: Vec<_> = report.goals[0].evidence.iter().map(|e| (e.line, e.date.map(|day| day.to_string()))).collect();
    assert_eq!(shown, [(5, Some("2023-10-04".to_owned()))]);
    let names: Vec<_> = report.candidates.iter().map(|c| (c.name.as_str(), c.count, c.line)).collect();
    assert_eq!(names, [("OPS", 1, 6)]);
}
