use super::*;
use crate::model::Level;
use crate::model::NotePath;
use crate::parse::Options;
use crate::parse::parse;

fn goals(path: &str, text: &str) -> Vec<Goal> {
    parse(&NotePath::from(path), text, &Options::default()).note.goals
}

/// Kind, name, level, target and date of each goal.
#[track_caller]
fn case(path: &str, text: &str, want: &[&str]) {
    let show = |goal: &Goal| {
        let number = |level: Option<Level>| level.map_or("-".to_owned(), |level| level.to_string());
        let by = goal.by.map_or(String::new(), |by| format!(" by {by}"));
        let kind = if goal.kind == GoalKind::Skill { "skill" } else { "goal" };
        format!("{kind} {} {}>{}{by}", goal.name, number(goal.level), number(goal.target))
    };
    assert_eq!(goals(path, text).iter().map(show).collect::<Vec<_>>(), want, "{text}");
}

#[test]
fn headings_of_a_note_about_goals_are_goals() {
    case(
        "goals.md",
        "# Goals\n\nwords\n\n## TOMO  #skill\nlevel: 2 -> 3 by 2024-03\n- [ ] ship\n\n## Later\n- x\n",
        &["skill TOMO 2>3 by 2024-03-31"],
    );
    case(
        "goals.md",
        "# Goals\n\n## TOMO  #skill\n- a\n\n## Run\n- [ ] shoes\n\n## Read\n- books: 2/5\n\n## Links\n- b\n\n## Not this year\n- [ ] juggle\n",
        &["skill TOMO ->-", "goal Run ->-", "goal Read ->-"],
    );
    case("goals.md", "## Go\nlevel: 2.5 -> 3/5 by 31.12.2026\n", &["skill Go 2.5>3 by 2026-12-31"]);
    case("my-goals 2026.md", "# This year\n\n## Run\n- [ ] a\n\n## Notes\nprose\n", &["goal Run ->-"]);
    case(
        "a.md",
        "---\nkind: goals\n---\n## Run 10 km\n- [ ] a\n## Skill: Talk\nlevel:: 1\ntarget:: 2\n",
        &["goal Run 10 km ->-", "skill Talk 1>2"],
    );
    case("ziele.md", "- [ ] Laufen\n  - [x] Schuhe\n- Lesen\n", &["goal Laufen ->-", "goal Lesen ->-"]);
}

#[test]
fn goals_with_nothing_but_words_are_goals() {
    let wanted = ["goal Learn Rust ->-", "goal Speak ->-", "goal Run ->-"];
    case(
        "goals.md",
        "# Goals\n\n## Learn Rust\n\nI want to.\n\n## Speak\n\n## Run\n- [ ] 5k\n\n## Notes\nprose\n",
        &wanted,
    );
    case("goals.md", "# Goals\n\n## Learn Rust\nI want to.\n\n## Speak\n\n## Run\n", &wanted);
    case("ziele.md", "## Rust\nlevel: 1 -> 2\n\n## Reden\nvor Leuten\n", &["skill Rust 1>2", "goal Reden ->-"]);
    case("goals.md", "# Goals\n\n- Run\n- Speak\n\n## Rust\nprose\n", &["goal Run ->-", "goal Speak ->-"]);
    case("goals.md", "# Goals\n\n## About\nprose\n", &[]);
}

#[test]
fn a_level_may_stand_behind_the_name() {
    for (item, want) in [
        ("- [ ] learn Kafka #skill level: 0 -> 2", "skill learn Kafka 0>2"),
        ("- [ ] Go #skill (level: 1 -> 3 by 2027-03)", "skill Go 1>3 by 2027-03-31"),
        ("- Go #skill, Level: 1 → 3", "skill Go 1>3"),
        ("- **Go** soon #skill\n  niveau : 1 -> 3", "skill Go soon 1>3"),
        ("- raise the water level: pumps #goal", "goal raise the water level: pumps ->-"),
    ] {
        case("tasks.md", &format!("# Tasks\n\n{item}\n"), &[want]);
    }
}

#[test]
fn elsewhere_only_a_bare_tag_marks_a_goal() {
    case("project.md", "# P\n\n## Goals\nReplace it\n- [ ] a\n\n## Why #skill/x\n- b\n", &[]);
    case("project goals.md", "# P\n\n## Fast\n- [ ] a\n", &[]);
    case("j.md", "# J\n\n- [ ] learn Rust #goal\n  - [x] book\n- x #skill/y\n", &["goal learn Rust ->-"]);
    case("k.md", "## Reviews #skill\n\n- level: 2 → 3\n", &["skill Reviews 2>3"]);
}

#[test]
fn a_note_can_be_a_goal() {
    let text = "---\nkind: goal\ndue: 2026-12-31\naliases: [run]\n---\n\n# Run 10 km\n\n## Steps\n- [x] a\n- buy shoes\n\n## Evidence\n- 2026-11-01: 4 km\n";
    case("run.md", text, &["goal Run 10 km ->- by 2026-12-31"]);
    let goal = &goals("run.md", text)[0];
    assert_eq!(
        (goal.points.as_slice(), goal.evidence.as_slice(), goal.names.as_slice()),
        (&[11][..], &[14][..], &["run".to_owned()][..])
    );
}

#[test]
fn results_are_counted_and_points_are_unknown() {
    let text = "# Goals\n\n## A #goal\n- KR: talks 3/10\n- tests: 45 %\n- read the paper\n- [ ] box\n  - deeper\n- level: 1 -> 2\n\n### B #skill\n- KR1 5/5\n";
    let all = goals("goals.md", text);
    let results: Vec<_> = all[0].key_results.iter().map(|result| (result.line, result.done, result.of)).collect();
    assert_eq!(results, [(4, 3, 10), (5, 45, 100), (12, 5, 5)]);
    assert_eq!((all[0].points.as_slice(), all[1].parent), (&[6, 8][..], Some(0)));
}
