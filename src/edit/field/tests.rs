use super::*;
use crate::edit::apply_text;
use crate::model::NotePath;
use crate::parse;

fn first(text: &str) -> Task {
    parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note.tasks.remove(0)
}

#[track_caller]
fn case(text: &str, kind: FieldKind, value: Option<&str>, want: &str) {
    let edits = set(text, &first(text), kind, value, FieldStyle::Emoji).unwrap();
    assert_eq!(apply_text(text, &edits).unwrap(), want);
}

#[test]
fn only_the_value_changes_where_the_field_stands() {
    let due = |text, want| case(text, FieldKind::Due, Some("2026-02-02"), want);
    due("- [ ] a 📅 2026-01-01 b\n", "- [ ] a 📅 2026-02-02 b\n");
    due("- [ ] a [due::2026-01-01]\n", "- [ ] a [due::2026-02-02]\n");
    due("- [ ] a 📆\u{FE0F}2026-1-5 ^b\n", "- [ ] a 📆\u{FE0F}2026-02-02 ^b\n");
    due("- [ ] a 📅 [[2026-01-01]]\n", "- [ ] a 📅 [[2026-02-02]]\n");
    due("- [ ] a (due:: 2026-01-01T09:00)\n", "- [ ] a (due:: 2026-02-02T09:00)\n");
    due("- [ ] a 📅 2026-13-01\n", "- [ ] a 📅 2026-02-02\n");
    due("- [ ] a 📅 2026-01-01 📅 2026-01-03\n", "- [ ] a 📅 2026-02-02 📅 2026-01-03\n");
    due("- [ ] a\n  📅 2026-01-01 b\n", "- [ ] a\n  📅 2026-02-02 b\n");
    case("- [ ] a 🔼 b\n", FieldKind::Priority, Some("high"), "- [ ] a ⏫ b\n");
    case("- [ ] a [priority:: low]\n", FieldKind::Priority, Some("⏫"), "- [ ] a [priority:: high]\n");
    case(
        "- [ ] a 🔁 every day 📅 2026-01-01\n",
        FieldKind::Recurrence,
        Some("every week"),
        "- [ ] a 🔁 every week 📅 2026-01-01\n",
    );
}

#[test]
fn a_new_field_follows_its_line() {
    let due = |text, want| case(text, FieldKind::Due, Some("2026-02-02"), want);
    due("- [ ] a\r\n- [ ] b", "- [ ] a 📅 2026-02-02\r\n- [ ] b");
    due("- [ ] a ^id  \n", "- [ ] a 📅 2026-02-02 ^id  \n");
    due("- [ ] a (start:: 2026-01-01)\n", "- [ ] a (start:: 2026-01-01) (due:: 2026-02-02)\n");
    due("- [ ] a [start:: 2026-01-01]\n", "- [ ] a [start:: 2026-01-01]  [due:: 2026-02-02]\n");
    due("- [ ] a start:2026-01-01\n", "- [ ] a start:2026-01-01 due:2026-02-02\n");
    due("- [ ] a\n  b\n", "- [ ] a\n  b 📅 2026-02-02\n");
    due("- [ ]\n", "- [ ] 📅 2026-02-02\n");
    due("- [ ] a \\\n", "- [ ] a 📅 2026-02-02 \\\n");
    // Obsidian Tasks' order: done and cancelled dates stay last
    due("- [x] a ✅ 2026-01-01 ^id\n", "- [x] a 📅 2026-02-02 ✅ 2026-01-01 ^id\n");
    due("- [x] ✅ 2026-01-01\n", "- [x] 📅 2026-02-02 ✅ 2026-01-01\n");
    case("- [ ] a due:2026-01-01\n", FieldKind::Id, Some("k1"), "- [ ] a due:2026-01-01 🆔 k1\n");
}

#[test]
fn a_rule_without_end_swallows_no_field() {
    // `🔁 every day due:2026-02-02` would be a rule of four words
    let text = "- [ ] a start:2026-01-01 🔁 every day\n";
    let want = "- [ ] a start:2026-01-01 🔁 every day 📅 2026-02-02\n";
    case(text, FieldKind::Due, Some("2026-02-02"), want);
    let text = "- [x] a done:2026-01-01\n";
    case(text, FieldKind::Recurrence, Some("every day"), "- [x] a done:2026-01-01 🔁 every day\n");
}

#[test]
fn a_field_goes_with_the_blanks_before_it() {
    let due = |text, want| case(text, FieldKind::Due, None, want);
    due("- [ ] a 📅 2026-01-01 b\n", "- [ ] a b\n");
    due("- [ ] a  [due:: 2026-01-01], b\n", "- [ ] a, b\n");
    due("- [ ] a [due:: 2026-01-01]b\n", "- [ ] a b\n");
    due("- [ ] 📅 2026-01-01 b\n", "- [ ] b\n");
    due("- [ ] 📅 2026-01-01 ^id\n", "- [ ] ^id\n");
    // line breaks stay where they were, and no hard break comes up
    due("- [ ] 📅 2026-01-01\n  b\n", "- [ ]\n  b\n");
    due("- [ ] 📅 2026-01-01\n  [due:: 2026-01-02]\n  b\n", "- [ ]\n  b\n");
    due("- [ ] 📅 2026-01-01\nb\n", "- [ ] b\n");
    due("1. [ ] 📅 2026-01-01\n  b\n", "1. [ ] b\n");
    due("- [ ] a 📅 2026-01-01  \n  b\n", "- [ ] a  \n  b\n");
    due("- [ ] a 📅 2026-01-01\\\n  b\n", "- [ ] a\\\n  b\n");
    due("- [ ] a\n  📅 2026-01-01  \n  b\n", "- [ ] a\n  b\n");
    due("- [ ] a\n  📅 2026-01-01\\\n  b\n", "- [ ] a\n  b\n");
    due("- [ ] a  \n  📅 2026-01-01\n  b\n", "- [ ] a  \n  b\n");
    due("- [ ] 📅 2026-01-01\n", "- [ ]\n");
    due("- [ ] a\n", "- [ ] a\n");
    due("- [ ] [start:: 2026-01-01]  [due:: 2026-01-01]\n", "- [ ] [start:: 2026-01-01]\n");
    // the second one would count as soon as the first is gone
    due("- [ ] a 📅 2026-01-01 📅 2026-01-03 b 📅 2026-01-04\n", "- [ ] a b\n");
    // a blank line would end the item
    due("> - [ ] a\r\n>   📅 2026-01-01\r\n>   b\r\n", "> - [ ] a\r\n>   b\r\n");
}

#[test]
fn a_field_that_would_go_on_in_the_words_behind_it_moves_there() {
    let done = |text, want| case(text, FieldKind::Done, None, want);
    // the rule would be `every week and call`
    done("- [x] a 🔁 every week ✅ 2026-01-02 and call\n", "- [x] a and call 🔁 every week\n");
    done("- [x] a 🔁 every week ✅ 2026-01-02 #tag\n", "- [x] a 🔁 every week #tag\n");
    done("- [x] a 🔁 every week ✅ 2026-01-02,\n", "- [x] a 🔁 every week,\n");
    done("- [x] a ⛔ b ✅ 2026-01-02, c ^d\n", "- [x] a, c ⛔ b ^d\n");
    done("- [x] a 🆔 b ✅ 2026-01-02.\n", "- [x] a. 🆔 b\n");
}

#[track_caller]
fn all(text: &str, changes: &[(FieldKind, Option<&str>)], want: &str) {
    let edits = set_all(text, &first(text), changes, &|_| FieldStyle::Emoji).unwrap();
    assert_eq!(apply_text(text, &edits).unwrap(), want);
}

#[test]
fn several_at_once() {
    let (due, high, none) = (Some("2026-02-02"), Some("high"), None);
    all("- [ ] a\n", &[(FieldKind::Priority, high), (FieldKind::Due, due)], "- [ ] a ⏫ 📅 2026-02-02\n");
    all("- [ ] 📅 2026-01-01 ⏫ b\n", &[(FieldKind::Due, none), (FieldKind::Priority, none)], "- [ ] b\n");
    all("- [ ] 📅 2026-01-01 ⏫\n", &[(FieldKind::Due, none), (FieldKind::Priority, none)], "- [ ]\n");
    all("- [ ] 📅 2026-01-01\n", &[(FieldKind::Due, none), (FieldKind::Priority, high)], "- [ ] ⏫\n");
    all("- [ ] 📅 2026-01-01 ^b\n", &[(FieldKind::Due, none), (FieldKind::Priority, high)], "- [ ] ⏫ ^b\n");
    all("- [ ] a\n  📅 2026-01-01\n", &[(FieldKind::Due, none), (FieldKind::Start, due)], "- [ ] a 🛫 2026-02-02\n");
    all("- [ ] a ⏫\n", &[(FieldKind::Priority, none), (FieldKind::Due, due)], "- [ ] a 📅 2026-02-02\n");
    all("- [ ] a\n", &[(FieldKind::Due, none), (FieldKind::Due, due)], "- [ ] a 📅 2026-02-02\n");
}

#[test]
fn what_would_not_be_read_back_is_refused() {
    for (kind, value) in [
        (FieldKind::Due, "soon"),
        (FieldKind::Due, "2026-02-30"),
        (FieldKind::Due, "2026-01-01 b"),
        (FieldKind::Priority, "urgent"),
        (FieldKind::Recurrence, "biweekly"),
        (FieldKind::Recurrence, "every day; or not"),
        (FieldKind::Id, "a b"),
        (FieldKind::Id, "ü"),
        (FieldKind::Id, ""),
        (FieldKind::DependsOn, "a,"),
        (FieldKind::OnCompletion, "burn"),
    ] {
        let text = "- [ ] a [start:: 2026-01-01]\n";
        let error = set(text, &first(text), kind, Some(value), FieldStyle::Emoji).unwrap_err();
        assert_eq!(error, FieldError { kind, value: value.to_owned(), why: None });
    }
    let text = "- [ ] a\n";
    let error = set(text, &first(text), FieldKind::Id, Some("a b"), FieldStyle::Emoji).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`a b` cannot be the value of `id`: a word of unaccented letters, digits, `-` and `_` can"
    );
}

#[test]
fn the_style_of_a_note_is_its_most_frequent_one() {
    let text = "- [ ] a [due:: 2026-01-01]\n- [ ] b 📅 2026-01-01\n- [ ] c 📅 2026-01-01 start:2026-01-01\n";
    let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
    assert_eq!(style_in(&note, FieldKind::Due), Some(FieldStyle::Emoji));
    assert_eq!(style_in(&note, FieldKind::Start), Some(FieldStyle::Plain));
    assert_eq!(style_in(&note, FieldKind::Id), Some(FieldStyle::Emoji));
    assert_eq!(style_in(&Note::default(), FieldKind::Due), None);
}
