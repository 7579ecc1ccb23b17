//! Notes and the decisions that a reader sees in them.

use super::*;
use crate::model::NotePath;
use crate::parse;

fn decisions(text: &str) -> Vec<Decision> {
    parse::parse(&NotePath::from("a.md"), text, &parse::Options::default()).note.decisions
}

#[track_caller]
fn case(text: &str, wanted: &[&str]) {
    let tell = |decision: &Decision| {
        let form = serde_json::to_string(&decision.form).unwrap();
        let status = decision.status.map(|status| format!(" {}", status.name())).unwrap_or_default();
        let date = decision.date.map(|date| format!(" {date}")).unwrap_or_default();
        format!("{} {}{status}{date}: {}", decision.line, form.trim_matches('"'), decision.text)
    };
    assert_eq!(decisions(text).iter().map(tell).collect::<Vec<_>>(), wanted, "{text}");
}

#[test]
fn what_notes_say_was_decided() {
    case("Decision: use *the* outbox\n", &["1 label: use the outbox"]);
    case("Decision:\nuse the outbox\n\nText\n", &["2 label: use the outbox"]);
    case("- DECISION: wait\n  one week\n- **Decided**: go\n", &["1 label: wait one week", "3 label: go"]);
    case("## Decision: use the outbox\n", &["1 label: use the outbox"]);
    case(
        "We talked. We decided to wait, because of 5.0 and all.\nThen lunch.\n",
        &["1 sentence: We decided to wait, because of 5.0 and all."],
    );
    case(
        "- Decision was to create two topics\n- Wir haben beschlossen, zu warten.\n",
        &["1 sentence: Decision was to create two topics", "2 sentence: Wir haben beschlossen, zu warten."],
    );
    case("## Decisions\n\n- use it\n  - because\n- [[a]]\n- [ ] tell Ida\n", &["3 item: use it"]);
    case("Decisions:\n- use it\n", &["2 item: use it"]);
}

#[test]
fn labels_with_who_and_when_and_what_stands_below() {
    case("Decision:\n\n- use it\n- sell it\n", &["3 item: use it", "4 item: sell it"]);
    case("Decision:\n- use it\n", &["2 item: use it"]);
    case("**Decision:**\n\n1. use it\n", &["3 item: use it"]);
    case("- Decision:\n  - use it\n  - sell it\n    - since\n", &["2 item: use it", "3 item: sell it"]);
    case("- Decisions\n  - use it\n", &["2 item: use it"]);
    case("### Decision\n\nUse it\nnow. And sell it.\n\nMore.\n", &["3 label: Use it now. And sell it."]);
    case("### Decision\n\n- use it\n", &["3 item: use it"]);
    case("### Decision\n\nUse it.\n\n- it is old\n", &["3 label: Use it."]);
    case("### Decision\n\nWe will:\n\n- use it\n", &["5 item: use it"]);
    case("### Decision\n\nWe decided to use it.\n", &["3 label: We decided to use it."]);
    case("### Decision\n\nNone yet.\n\n### Decision\n\nTBD\n", &[]);
    case("Decision (Ida, 2026-05-03): use it\n", &["1 label 2026-05-03: use it"]);
    case("- Decision - use it\n- Final decision: sell it\n", &["1 label: use it", "2 label: sell it"]);
    case(
        "- We agreed to wait.\n- Team decided against it\n",
        &["1 sentence: We agreed to wait.", "2 sentence: Team decided against it"],
    );
    case("- Decision: use [it](https://a.org/it) and https://b.org/x\n", &["1 label: use it and https://b.org/x"]);
    case("Decision: https://b.org/x is the one\n", &["1 label: https://b.org/x is the one"]);
}

#[test]
fn a_label_names_the_list_right_below_it() {
    let below = "\n- use it\n\nThen we had cake.\n\n- lunch was late\n";
    for label in ["Decision:", "**Decision:**\n", "Decisions:", "Decision (2026-05-03):\n", "Entscheidungen:\n"] {
        let text = format!("# 2026-05-04\n\n{label}{below}");
        let found: Vec<String> = decisions(&text).into_iter().map(|decision| decision.text).collect();
        assert_eq!(found, ["use it"], "{label}");
    }
    case("Decision: use it\n\n- lunch was late\n", &["1 label: use it"]);
    case("Decision:\nuse it\n\n- lunch was late\n", &["2 label: use it"]);
    case("Decisions:\n\n- use it\n\nActions:\n\n- sell it\n", &["3 item: use it"]);
    case("Decisions:\n\n- use it\n\n  since\n\n- sell it\n", &["3 item: use it", "7 item: sell it"]);
    // a heading names all below it
    case("## Decisions\n\n- use it\n\nAnd then.\n\n- sell it\n", &["3 item: use it", "7 item: sell it"]);
    case("## Decisions\n\n- [x] tell them\n- [x] Decision: use it\n", &["4 label: use it"]);
}

#[test]
fn days_and_signs_before_a_decision() {
    for (words, wanted) in [
        ("2006-01-06: Decision: use it", "label 2006-01-06: use it"),
        ("2006-01-06 Decision: use it", "label 2006-01-06: use it"),
        ("Jan 4 - Decision: use it", "label: use it"),
        ("05.01. Decision: use it", "label: use it"),
        ("Fri 10: Decision: use it", "label: use it"),
        ("Mar 28: we decided to use it", "sentence: we decided to use it"),
        ("2006-01-06: we decided to use it", "sentence 2006-01-06: we decided to use it"),
        ("✅ Decision: use it", "label: use it"),
        ("[decision] use it", "label: use it"),
        ("#decision use it", "label: use it"),
    ] {
        case(&format!("- {words}\n"), &[&format!("1 {wanted}")]);
        case(&format!("{words}\n"), &[&format!("1 {wanted}")]);
    }
}

#[test]
fn what_decides_nothing() {
    case("```\nDecision: no\n```\n> Decision: theirs\n\nDecision: TBD\n\n- Decision: which one?\n", &[]);
    case("We decide later. Nothing was decided to date.\n- [ ] Decision: write it down\n", &[]);
    case("The decision tree: a\n", &[]);
    case("Decision: none\n\n- Decision: postponed to May\n- We decided nothing.\n\nNo decision.\n", &[]);
    case("Decision: none\nDecision: postponed\nto May, since\nwe wait\n", &[]);
    case("## Decision: none\n\n## Decisions\n\n- no decision yet\n- none\n- postponed\n", &[]);
    case("~~Decision: use it~~\n\n- ~~Decision: use it~~\n- ~~We decided to wait.~~\n\n## ~~Decision: use it~~\n", &[]);
    case("## Decisions\n\n- ~~use it~~\n- ~~use~~\n", &[]);
}

#[test]
fn what_is_left_of_what_was_struck_through() {
    case("Decision: ~~use it~~ wait\n\n## Decision: ~~go~~ stay\n", &["1 label: wait", "3 label: stay"]);
    case("## Decisions\n\n- ~~use~~ sell it\n", &["3 item: sell it"]);
    case("We decided ~~to go~~ to stay. ~~We decided to eat.~~\n", &["1 sentence: We decided to stay."]);
    case("- Decision: use it ^abc\n\n## Decision: go ^d1\n", &["1 label: use it", "3 label: go"]);
    case("## Decisions\n\n- none of the three\n", &["3 item: none of the three"]);
}

#[test]
fn records() {
    case(
        "# 1. Use it\n\nDate: 2026-02-12\n\n## Status\n\nAccepted\n\n## Decision\n\nWe decided to use it.\n",
        &["1 record accepted 2026-02-12: 1. Use it"],
    );
    case(
        "# 1. Use it\n\n## Status\n\nAccepted\n\nSuperseded by [2. Do not](2.md)\n\n## Decision\n\nUse.\n",
        &["1 record superseded: 1. Use it"],
    );
    case("---\nstatus: proposed\n---\n# Use it\n\n## Decision Outcome\n\nUse.\n", &["4 record proposed: Use it"]);
    case(
        "# Use it\n\n* Status: rejected\n* Date: 2026-02-12\n\n## Decision Outcome\n\nNo.\n",
        &["1 record rejected 2026-02-12: Use it"],
    );
    case("---\nkind: decision\n---\n# Use it\n\n## Decision\n\nUse.\n", &["4 record: Use it"]);
    case("# {title}\n\n* Status: proposed | accepted\n\n## Decision Outcome\n\nNo.\n", &[]);
    let of = |status: &str| format!("# Use it\n\n{status}\n\n## Decision\n\nUse.\n");
    for (status, wanted) in [
        ("Status: Accepted on 2024-03-01", "accepted 2024-03-01"),
        ("**Status:** Accepted (1 March 2024)", "accepted 2024-03-01"),
        ("* Status: ~~Accepted 2024-03-01~~ Deprecated", "deprecated"),
        ("Status: Not accepted yet", "proposed"),
        ("| Status | Accepted |\n|---|---|\n| Date | 2024-03-01 |", "accepted 2024-03-01"),
        ("| Date | **Status** |\n|---|---|\n| 2024-03-01 | Accepted |", "accepted 2024-03-01"),
        ("|Who|Ida|\n|:--|:--|\n|Status|Superseded by 7|", "superseded"),
        ("## Status\n\nAccepted 2024-03-01", "accepted 2024-03-01"),
        ("## Status\n\nAccepted on 1 March 2024\n\nSuperseded by 2 on 2025-01-01", "superseded 2024-03-01"),
        ("## Status\n\n~~Proposed~~\n\nAccepted", "accepted"),
        ("## Status\n\n| State | Accepted |\n|---|---|\n\nAccepted", "accepted"),
        ("Status: Accepted 2024-03-01\nDate: 2024-02-01", "accepted 2024-02-01"),
        ("Date: 1 Feb 2024\nStatus: accepted", "accepted 2024-02-01"),
    ] {
        case(&of(status), &[&format!("1 record {wanted}: Use it")]);
    }
    case("# Use it\n\n## Context\n\nA.\n\n## Decision\n\nUse.\n\n## Consequences\n\nB.\n", &["1 record: Use it"]);
    for head in [
        "- **Decided on**: 12 Feb 2026",
        "Decision date: 2026-02-12",
        "## Date\n\n2026-02-12",
        "| Decided | 2026-02-12 |\n|---|---|",
    ] {
        case(&of(&format!("{head}\n\nStatus: accepted")), &["1 record accepted 2026-02-12: Use it"]);
    }
    case(
        "---\ndate: 2026-02-12\nstatus: accepted\n---\n# Use it\n\n## Decision\n\nUse.\n",
        &["5 record accepted 2026-02-12: Use it"],
    );
    case("---\nStatus: accepted\n---\n# Use it\n\n## Decision\n\nUse.\n", &["4 record accepted: Use it"]);
    case(
        "---\nstatus: accepted 2024-03-01\n---\n# Use it\n\n## Decision\n\nUse.\n",
        &["4 record accepted 2024-03-01: Use it"],
    );
    case("| Status | proposed \\| accepted |\n|---|---|\n\n# Use it\n\n## Decision\n\nUse.\n", &[]);
    case("# N. Title\n\nDate: YYYY-MM-DD\n\n## Status\n\nAccepted\n\n## Decision\n\nWhat?\n", &[]);
    case(
        "# ADR-005: Use it\n\n**Status:** Proposed  \n**Date:** 2025-06-20\n\nText.\n",
        &["1 record proposed 2025-06-20: ADR-005: Use it"],
    );
    case("# ADR-005: Use it\n\nText.\n", &[]);
    case(
        &of("## Status\n\n2025-01-01 proposed\n\n2025-02-01: accepted\n\n2025-06-01 superseded by [17](17.md)"),
        &["1 record superseded 2025-06-01: Use it"],
    );
    case(&of("## Status\n\n- 2025-02-01 accepted\n- 2025-01-01 proposed"), &["1 record accepted 2025-02-01: Use it"]);
    case("---\nstatus: done\n---\n# A project\n\n## Plan\n\nGo.\n", &[]);
}

#[test]
fn spans_hold_the_words() {
    let text = "Text. We decided\nto wait.\n\n- Decision: go \n";
    let words: Vec<&str> = decisions(text).iter().map(|decision| decision.span.of(text)).collect();
    assert_eq!(words, ["We decided\nto wait.", "- Decision: go"]);
}

#[test]
fn days_before_what_was_decided() {
    for (line, day) in [
        ("2026-09-14: use it", "2026-09-14"),
        ("12.10.2026: use it", "2026-10-12"),
        ("2026-10-05 use it", "2026-10-05"),
        ("[2026-09-16] use it", "2026-09-16"),
        ("(2026-09-17) use it", "2026-09-17"),
        ("**2026-09-22** use it", "2026-09-22"),
        ("Oct 5, 2026: use it", "2026-10-05"),
    ] {
        case(&format!("## Decisions\n\n- {line}\n"), &[&format!("3 item {day}: use it")]);
        case(&format!("- {line}: Decision: sell it\n"), &[]);
        case(&format!("- {}Decision: sell it\n", line.replace("use it", "")), &[&format!("1 label {day}: sell it")]);
    }
    case("- 9/9/26: Decision: sell it\n", &["1 label 2026-09-09: sell it"]);
    case("**Fri 5 June** We decided to sell.\n", &["1 sentence: We decided to sell."]);
    case("**Mon 1 June**: We decided to sell\n", &["1 sentence: We decided to sell"]);
    case("## Decisions\n\n- 3 nights\n- 2026-09-14\n", &["3 item: 3 nights", "4 item: 2026-09-14"]);
    // what the day leaves open says the note; a day to come after a meeting is no day on which it was decided
    case(
        "# June 2026\n\nFri 5 June - Decision: use it\n\n8 June: We decided to stop.\n",
        &["3 label 2026-06-05: use it", "5 sentence 2026-06-08: We decided to stop."],
    );
    case("# Meeting 2026-11-28\n\n## Decisions\n\n- 2026-12-05: launch\n", &["5 item: 2026-12-05: launch"]);
    case("# Meeting 2026-11-28\n\n## Decisions\n\n- 2026-11-27: launch\n", &["5 item 2026-11-27: launch"]);
}

#[test]
fn further_words_that_decide() {
    for words in [
        "Sam and Jess decided against it",
        "Sam, Jess and Bo agreed to sell",
        "Wir einigen uns auf Git",
        "Wir entscheiden uns für Git",
        "Nous décidons de partir",
        "Se decide cerrar",
    ] {
        case(&format!("- {words}\n"), &[&format!("1 sentence: {words}")]);
    }
    for words in ["**Decision** use it", "Agreed with Finn: use it", "Decision:: use it", "[[decision]] use it"] {
        case(&format!("- {words}\n"), &["1 label: use it"]);
    }
    for words in [
        "The house and senate decided",
        "apples and pears decided to fall",
        "Sam left and Jess decided to stay",
        "Agreed with Finn",
        "Agreed with Finn:",
        "**Decided** use it",
        "**Decision**",
    ] {
        case(&format!("- {words}\n"), &[]);
    }
    // another label, or another decision, ends what stands behind the first
    case("**Decision:** 14 days\n**Why:** it sells\n", &["1 label: 14 days"]);
    case("- **Decision:** 14 days\n  **Why:** it sells\n", &["1 label: 14 days"]);
    case(
        "Final decision: sell it. Compared with B\nSam and Jess decided against it.\n",
        &["1 label: sell it. Compared with B", "2 sentence: Sam and Jess decided against it."],
    );
}

#[test]
fn records_say_what_was_chosen() {
    let record =
        "# Cache\n\n## Context\n\nSlow.\n\n## Decision Outcome\n\nChosen option: \"Redis\", because it is fast.\n";
    case(record, &["1 record: Cache: Redis"]);
    case(&record.replace("# Cache", "# Use Redis as cache"), &["1 record: Use Redis as cache"]);
    case(
        "# Cache\n\n## Decision Outcome\n\nChosen option: Redis, as it is fast.\n",
        &["5 label: Redis, as it is fast."],
    );
    case(
        "10. Use gRPC\n============\n\nStatus\n------\n\nAccepted\n\nDecision\n--------\n\nWe will use it.\n",
        &["1 record accepted: 10. Use gRPC"],
    );
}
