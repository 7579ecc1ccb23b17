//! Items of small notes, and what has become of them.

use proptest::prelude::*;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::reading::FinishedPrecision;
use crate::parse;

fn note(path: &str, text: &str) -> Note {
    parse::parse(&NotePath::from(path), text, &parse::Options::default()).note
}

fn states(text: &str) -> Vec<(usize, ReadingState)> {
    note("n.md", text).reading.iter().map(|reading| (reading.line, reading.state)).collect()
}

/// The states of the links of a list, with one more link that makes a reading list of the note.
#[track_caller]
fn case(list: &str, want: &[(usize, ReadingState)]) {
    let mut found = states(&format!("{list}\n\n## Last\n\n- [ ] https://last.org/\n"));
    let last = found.pop();
    assert_eq!(last.map(|(_, state)| state), Some(ReadingState::ToRead), "{list}");
    assert_eq!(found, want, "{list}");
}

const DAY: &str = "# Log\n\n## 2026-11-02\n\n";

#[test]
fn a_box_says_it_first() {
    use ReadingState::*;
    case(
        "- [ ] https://a.org\n- [/] https://b.org\n- [x] https://c.org\n- [-] https://d.org",
        &[(1, ToRead), (2, Reading), (3, Read), (4, Dropped)],
    );
    case("# To read\n\n- [x] https://a.org", &[(3, Read)]);
    case("- [ ] the paper ->\n  https://a.org/a.pdf", &[(1, ToRead)]);
    case("- [ ] fix the build https://a.org", &[(1, Reference)]);
    case("- [ ] review https://github.com/ida/loom/pull/3", &[(1, Reference)]);
    case("- [ ] take a look at https://a.org\n- [x] take a look at https://b.org", &[(1, ToLookAt), (2, Read)]);
    // too deep for Markdown
    case("- a\n\n      - [ ] https://a.org", &[(3, ToRead)]);
}

#[test]
fn words_headings_and_groups() {
    use ReadingState::*;
    case(
        "- watched https://a.org\n- to read: https://b.org\n- https://c.org READ",
        &[(1, Read), (2, ToRead), (3, Read)],
    );
    case(&format!("{DAY}- read https://a.org\n- read more at https://b.org"), &[(5, Read), (6, Reference)]);
    case("# To read\n\n- https://a.org\n- read https://b.org", &[(3, ToRead), (4, ToRead)]);
    case("- should look at\n  - looms\n    - https://a.org\n  - https://b.org", &[(3, ToLookAt), (4, ToLookAt)]);
    case(
        "# Reading list\n\n- https://a.org\n- read recently\n  - https://b.org\n\n## Done\n\n- https://c.org",
        &[(3, Unsorted), (5, Read), (9, Read)],
    );
    case(
        "# Project\n\n## Done\n\n- https://github.com/ida/loom\n\n## Further reading\n\n- https://a.org",
        &[(5, Reference), (9, Reference)],
    );
    case("# Looms\n\n- should finish my loom https://a.org", &[(3, Reference)]);
}

#[test]
fn remarks_say_that_it_was_read() {
    use ReadingState::*;
    let remark = "- https://a.org\n  - a good one";
    case(&format!("{DAY}{remark}"), &[(5, Read)]);
    case(&format!("# Reading list\n\n{remark}"), &[(3, Read)]);
    // nobody said that this is for reading
    case(&format!("# Frameworks\n\n{remark}"), &[(3, Reference)]);
    case(&format!("{DAY}- https://a.org\n  - https://b.org"), &[(5, Reference), (6, Reference)]);
    case(&format!("{DAY}- my loom https://github.com/ida/loom\n  - mended the shuttle"), &[(5, Reference)]);
    let note = note("n.md", &format!("{DAY}- https://a.org\n  - a good one\n  - and short\n"));
    let [reading] = note.reading.as_slice() else { panic!("{:?}", note.reading) };
    assert_eq!(reading.remarks, ["a good one", "and short"]);
    assert_eq!(reading.finished, Some(("2026-11-02".parse().unwrap(), FinishedPrecision::Day)));
}

#[test]
fn what_is_named_in_passing_is_a_reference() {
    use ReadingState::*;
    case(
        "# Reading list\n\n- jobs stop for many reasons, a library ([jobs](https://a.org)) or code can help",
        &[(3, Reference)],
    );
    case(
        "# Reading list\n\n- https://a.org\n  - a good one\n  - says that [b](https://b.org) is slow and old\n",
        &[(3, Read), (5, Reference)],
    );
}

#[test]
fn what_is_no_list_has_none() {
    for text in [
        "See [a](https://a.org) and https://b.org for more.\n",
        "# Tools\n\n- [a](https://a.org) weaves\n- https://b.org\n",
        "# Reading list\n\n| a | b |\n|--|--|\n| https://a.org | - [ ] https://b.org |\n",
        "# Reading list\n\n```\n- [ ] https://a.org\n```\n\n`- [ ] https://b.org`\n",
        "# Reading list\n\n![picture](https://a.org/a.png)\n\n- ![picture](https://a.org/a.png)\n",
        "# Reading list\n\n<!-- - [ ] https://a.org -->\n",
        "# Reading list\n\n- [[note]]\n- [a](a.md)\n- ida@example.org\n",
        "# Reading list\n\nI keep this list since somebody showed me [one](https://a.org) on a train.\n",
        "# Further reading\n\n- https://a.org\n  - a manual\n",
    ] {
        assert_eq!(states(text), [], "{text}");
    }
}

#[test]
fn prose_counts_where_it_says_so() {
    use ReadingState::*;
    assert_eq!(states(&format!("{DAY}Today I read [a](https://a.org), which is fine.\n")), [(5, Read)]);
    assert_eq!(states("# Reading list\n\n[a](https://a.org) - about looms\n"), [(3, Unsorted)]);
    assert_eq!(states("# To read\n\n### [a](https://a.org)\n"), [(3, ToRead)]);
}

#[test]
fn several_links_of_one_item() {
    let read = |text: &str| -> Vec<(String, Vec<String>)> {
        let others = |reading: &Reading| reading.others.iter().map(|(_, url)| url.clone()).collect();
        note("n.md", text).reading.iter().map(|reading| (reading.url.clone(), others(reading))).collect()
    };
    let url = |name: &str| format!("https://{name}.org");
    assert_eq!(read("- [ ] loom - https://a.org - https://b.org\n"), [(url("a"), vec![url("b")])]);
    assert_eq!(read("- [ ] [loom](https://a.org) ([pdf](https://b.org))\n"), [(url("a"), vec![url("b")])]);
    assert_eq!(read("- [ ] [one](https://a.org), [two](https://b.org)\n"), [(url("a"), vec![]), (url("b"), vec![])]);
}

#[test]
fn the_group_and_the_days() {
    let text = "# Log\n\n## Nov 2026\n\n### Looms\n\n- should look at\n  - hand looms\n    - https://a.org\n- read recently\n  - https://b.org\n";
    let note = note("n.md", text);
    let [a, b] = note.reading.as_slice() else { panic!("{:?}", note.reading) };
    assert_eq!(a.group, ["Looms", "should look at", "hand looms"]);
    assert_eq!((a.added, a.finished), ("2026-11-01".parse().ok(), None));
    assert_eq!(b.finished, Some(("2026-11-30".parse().unwrap(), FinishedPrecision::By)));
}

proptest! {
    /// Whatever a note says, its reading list lies in it, in the order of the text, and nothing panics.
    #[test]
    fn lists_lie_in_the_text(text in "(- |  - |\\[ \\] |\\[x\\] |# |to read|read recently|https://a\\.org|\\[a\\]\\(https://b\\.org\\)|\n|\n\n| |\\(|é|```|> |\\| |x ){0,40}") {
        let note = note("reading list.md", &text);
        let mut last = 0;
        for reading in &note.reading {
            prop_assert!(reading.span.of(&text).contains("://"));
            prop_assert!(reading.span.start >= last);
            last = reading.span.start;
            prop_assert!(!reading.title.is_empty());
            prop_assert!(reading.text_start.is_none_or(|at| text.is_char_boundary(at)));
            if let Some(task) = reading.task {
                prop_assert!(note.tasks.get(task).is_some());
            }
        }
        prop_assert!(note.reading.is_empty() || note.reading.iter().any(|reading| reading.state != ReadingState::Reference));
    }
}
