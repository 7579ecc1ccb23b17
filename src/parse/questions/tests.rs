//! Notes and the questions that a reader sees in them.

use crate::model::NotePath;
use crate::model::Question;
use crate::parse;

fn questions(text: &str) -> Vec<Question> {
    parse::parse(&NotePath::from("a.md"), text, &parse::Options::default()).note.questions
}

/// `line state why → answer line, points: text`
fn told(text: &str) -> Vec<String> {
    let tell = |question: Question| {
        let why = serde_json::to_string(&question.why).unwrap();
        let answer = question.answer_line.map(|line| format!(" → {line}")).unwrap_or_default();
        let points = if question.points > 0 { format!(", {} points", question.points) } else { String::new() };
        format!("{} {}{answer}{points}: {}", question.line, why.trim_matches('"'), question.text)
    };
    questions(text).into_iter().map(tell).collect()
}

#[track_caller]
fn case(text: &str, wanted: &[&str]) {
    assert_eq!(told(text), wanted, "{text}");
}

#[test]
fn headings() {
    case("# Why Kinesis?\n\nIt was there.\n", &["1 below → 3: Why Kinesis?"]);
    case("## Why Kinesis?\n- cheap\n- known\n\n## B\n- c\n", &["1 below → 2, 2 points: Why Kinesis?"]);
    case("## Why Kinesis?\n\n### How?\n\n## B\n", &["1 no_answer: Why Kinesis?"]);
    case("## Why Kinesis?\n```\nbecause\n```\n", &["1 below → 2: Why Kinesis?"]);
    case("## Why Kinesis?\nTBD\n", &["1 only_doubt → 2: Why Kinesis?"]);
    case(
        "## Why Kinesis?\n- [ ] ask Ida\n- does it scale\n  on two nodes?\n",
        &["1 no_answer: Why Kinesis?", "3 no_answer: does it scale on two nodes?"],
    );
    case(
        "## Why Kinesis?\n- is it cheap?\n  - yes\n- known\n- who knows it?\n",
        &["1 below → 4, 1 points: Why Kinesis?", "2 below → 3, 1 points: is it cheap?", "5 no_answer: who knows it?"],
    );
    case("Setext here?\n------------\n\n<https://a.example>\n", &["1 only_link → 4: Setext here?"]);
    case("## Why\n\n## Questions?\n\n## Any questions?\n\n> ## Who said so?\n", &[]);
    case("## [Is SQL dead?](https://a.example)\n", &[]);
}

#[test]
fn items() {
    case("- does it scale?\n", &["1 no_answer: does it scale?"]);
    case("- does it scale? #perf\n", &["1 no_answer: does it scale? #perf"]);
    case("- does it scale?\n  - yes\n  - to 9 nodes\n", &["1 below → 2, 2 points: does it scale?"]);
    case(
        "- does it scale?\n  - [ ] measure\n  - on two nodes?\n",
        &["1 no_answer: does it scale?", "3 no_answer: on two nodes?"],
    );
    case("- does it scale?\n  - https://a.example/x?y\n", &["1 only_link → 2: does it scale?"]);
    case("- does it scale? https://a.example/x?y\n", &["1 only_link → 1: does it scale?"]);
    case("- does it scale?\n  - not sure\n", &["1 only_doubt → 2: does it scale?"]);
    case("- does it scale?\n\n  It does.\n", &["1 below → 3: does it scale?"]);
    case("- does it scale? Yes, to 9 nodes\n", &["1 beside → 1: does it scale? Yes, to 9 nodes"]);
    case("- [x] does it scale?\n", &["1 closed → 1: does it scale?"]);
    case("- [?] the price\n", &["1 no_answer: the price"]);
    case("- scaling (one for each shard?)\n  - later more\n", &["1 in_brackets: one for each shard?"]);
    case("- where does faye fit https://a.example\n", &["1 no_mark: where does faye fit"]);
    case("- what is an outbox\n  - a table\n", &[]);
    case("1. ¿por qué no?\n2. warum so?\n", &["1 no_answer: ¿por qué no?", "2 no_answer: warum so?"]);
}

#[test]
fn what_is_no_question_of_the_writer() {
    case("```\n- does it scale?\n```\n", &[]);
    case("- `a ? b : c`\n- `is it so?`\n- <!-- is it so? -->x\n", &[]);
    case("> - does it scale?\n", &[]);
    case(
        "- he asked \"does it scale?\"\n- https://a.example/?\n- [Does it scale?](https://a.example)\n- [[Does it scale?]]\n",
        &[],
    );
    case("## Contents\n\n- Does it scale?\n", &[]);
    case("- Does it scale?\n\n## Does it scale?\n\nYes.\n", &["3 below → 5: Does it scale?"]);
    case("Does it scale? We think so. Why not?\n", &[]);
    case("- Really?\n- ???\n- (typo?)\n", &[]);
}

#[test]
fn labels_and_callouts() {
    case(
        "QUESTION:\nIt promises much. But does it deliver?\n\nText\n",
        &["2 no_answer: It promises much. But does it deliver?"],
    );
    case(
        "Q: one or two\nA: two\n\n**Question:** and three?\n\nAnswer: no\n",
        &["1 label → 2: one or two", "4 label → 6: and three?"],
    );
    case(
        "- Q: one or two\n  A: two\n- Q: three\n- A: maybe\n",
        &["1 label → 2: one or two", "3 only_doubt → 4: three"],
    );
    case(
        "## Open questions\n\n- the price of it\n- who pays\n  - we do\n- x\n",
        &["3 no_answer: the price of it", "4 below → 5, 1 points: who pays"],
    );
    case("> [!question] Does it scale?\n> To 9 nodes.\n", &["1 below → 2: Does it scale?"]);
    case("> [!question]\n> Does it scale?\n\n> [!note] Does it?\n", &["2 no_answer: Does it scale?"]);
}

#[test]
fn spans_hold_the_words() {
    let text = "a\n\n- does it\n  scale?\n  - no\n\n## Is it so?  \n";
    let words: Vec<&str> = questions(text).iter().map(|question| question.span.of(text)).collect();
    assert_eq!(words, ["- does it\n  scale?", "## Is it so?"]);
}
