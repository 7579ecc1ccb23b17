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
fn what_tools_put_behind_a_question_answers_nothing() {
    for (written, wanted) in [
        ("Who owns it? @ida due:2026-12-01", "no_answer: Who owns it? @ida"),
        ("Who owns it? 📅 2026-12-01 🔁 every week", "no_answer: Who owns it?"),
        ("Who owns it? (@ida) est:2h", "no_answer: Who owns it? (@ida) est:2h"),
        ("Who? #todo", "no_answer: Who? #todo"),
        ("Who owns it? ^abc", "no_answer: Who owns it?"),
        ("Who owns it? #team ^abc", "no_answer: Who owns it? #team"),
        ("Who owns it? Ida ^abc", "beside → 1: Who owns it? Ida"),
        ("~~Wim or~~ who owns it?", "no_answer: who owns it?"),
        ("Who owns it? ~~Wim~~", "no_answer: Who owns it?"),
        ("谁来做这件事？", "no_answer: 谁来做这件事？"),
        ("为什么不用它？ #todo", "no_answer: 为什么不用它？ #todo"),
    ] {
        for box_ in ["- ", "- [ ] "] {
            case(&format!("{box_}{written}\n"), &[&format!("1 {wanted}")]);
        }
    }
    case("- does it scale?\n  - #todo\n  - due:2026-12-01\n", &["1 no_answer: does it scale?"]);
    case("- does it scale?\n\n  ^abc\n", &["1 no_answer: does it scale?"]);
    case("- does it scale?\n  - ~~yes~~\n", &["1 no_answer: does it scale?"]);
    case("## Who owns it? #team ^abc\n\n#todo\nstatus:: open\n", &["1 no_answer: Who owns it? #team"]);
    case("## ~~Ida or~~ who owns it?\n\nWim.\n", &["1 below → 3: who owns it?"]);
}

#[test]
fn what_was_struck_through_asks_nothing() {
    case("- ~~does it scale?~~\n- [ ] ~~who pays it?~~\n\n## ~~Is it so?~~\n\n~~Q: one or two?~~\n", &[]);
    case("## Open questions\n\n- ~~the price~~\n- ~~price~~\n\n> [!faq] ~~Does it?~~\n", &[]);
}

#[test]
fn questions_with_their_answers_on_one_line() {
    case("Q: one or two? A: two\n", &["1 label → 1: one or two?"]);
    case(
        "Q: one or two A: maybe\n\n**Q:** and three? **A:** no\n",
        &["1 only_doubt → 1: one or two", "3 label → 3: and three?"],
    );
    case("- Q: one or two? A: two\n- Question: three? Answer:\n", &["1 label → 1: one or two?", "2 no_answer: three?"]);
    case("Frage: eins? Antwort: zwei\nQ: is plan a: good?\n", &["1 label → 1: eins?", "2 no_answer: is plan a: good?"]);
    case(
        "- Q: where does it fit\n- Q: Is it fast? Yes, measured.\n",
        &["1 no_answer: where does it fit", "2 beside → 2: Is it fast? Yes, measured."],
    );
}

#[test]
fn lists_of_questions_need_no_marks() {
    for heading in [
        "## Offene Fragen",
        "## Open questions",
        "## Questions ouvertes :",
        "### 2. Preguntas abiertas",
        "Open questions:\n",
    ] {
        let text = format!("{heading}\n\n- Lizenz\n- where does it fit\n- keine\n- TBD\n- Kosten\n  - wer zahlt?\n");
        let lines: Vec<String> =
            told(&text).into_iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect();
        assert_eq!(lines, ["no_answer: Lizenz", "no_answer: where does it fit", "no_answer: wer zahlt?"], "{heading}");
    }
    case("## Open questions\n\n- Lizenz\n  - MIT\n", &["3 below → 4, 1 points: Lizenz"]);
}

#[test]
fn no_answers_and_no_questions() {
    case("- Does it scale?\n  - still open\n", &["1 only_doubt → 2: Does it scale?"]);
    case("Q: does it scale?\nA: TBD (Ida)\n", &["1 only_doubt → 2: does it scale?"]);
    case("- [-] Does it scale?\n- [x] Does it run?\n", &["1 dropped: Does it scale?", "2 closed → 2: Does it run?"]);
    case("- [-] Does it scale?\n  - to 9 nodes\n", &["1 below → 2, 1 points: Does it scale?"]);
    case("- Q1: revenue up\n- Q2: hire two\n\nQ3: ship it\n", &[]);
    case("Q1: does it scale?\nA1: yes\n", &["1 label → 2: does it scale?"]);
    case(
        "- who owns https://a.org/x?\n- why [it](https://a.org)?\n- where does it fit https://a.org\n",
        &["1 no_answer: who owns https://a.org/x?", "2 no_answer: why it?", "3 no_mark: where does it fit"],
    );
}

#[test]
fn a_label_names_the_list_right_below_it() {
    case("# A\n\nOpen questions:\n- who pays\n\nThen we had cake.\n\n- lunch was late\n", &["4 no_answer: who pays"]);
    case(
        "Open questions:\n\n- who pays\n\n  since when\n\n- who calls\n",
        &["3 below → 5: who pays", "7 no_answer: who calls"],
    );
    case(
        "## Open questions\n\n- who pays\n\nAnd.\n\n- who calls\n",
        &["3 no_answer: who pays", "7 no_answer: who calls"],
    );
}

#[test]
fn what_is_no_open_question_in_a_list_of_them() {
    let none = "- none\n- None at the moment\n- None so far\n- keine\n- ~~do we need a beta?~~ no\n- ~~which one?~~ we dropped it\n";
    case(&format!("## Open questions\n\n{none}"), &[]);
    case("- ~~do we need a beta?~~ no\n- ~~one?~~ which one?\n", &["2 no_answer: which one?"]);
}

#[test]
fn bold_labels_and_sections_of_other_questions() {
    case("**Q: Can I cancel?** Yes, any time.\n", &["1 label → 1: Can I cancel?"]);
    case("**Q: Can I cancel?**\n\n- **Q: Is it __so__?**\n", &["1 no_answer: Can I cancel?", "3 no_answer: Is it so?"]);
    case("**Q: Can I cancel?** TBD\n", &["1 only_doubt → 1: Can I cancel?"]);
    case(
        "## What is it?\n\nTBD\n\n### Whom do I call?\n\n- Ida\n",
        &["1 only_doubt → 3: What is it?", "5 below → 7, 1 points: Whom do I call?"],
    );
    case("## How do I install it?\n\n### On Linux\n\nBy hand.\n", &["1 below → 5: How do I install it?"]);
    case("## Why?\n\nTODO\n\n## Why\n\n## Really?\n", &["1 only_doubt → 3: Why?"]);
}

#[test]
fn callouts() {
    for kind in ["question", "faq", "help", "FAQ"] {
        case(&format!("> [!{kind}]- Does it scale?\n>\n> To 9 nodes.\n"), &["1 below → 3: Does it scale?"]);
        case(&format!("> [!{kind}] Does it scale? ^abc\n\nText\n"), &["1 no_answer: Does it scale?"]);
        case(&format!("> [!{kind}]\n> Does it scale?\n> - yes\n"), &["2 below → 3: Does it scale?"]);
    }
    case("> [!faq] Does it scale?\n> - maybe\n> ```\n> x\n> ```\n", &["1 below → 3: Does it scale?"]);
    case("> [!tip] Does it scale?\n> no\n", &[]);
}

#[test]
fn no_question_out_of_addresses_code_and_lists_of_headings() {
    case("- https://a.org/?q=1\n- see https://a.org/?\n- www.a.org/x? and more\n- <https://a.org/is-it?>\n", &[]);
    case("- `is it so?`\n\n~~~\nQ: is it so?\n~~~\n\n<pre>\n- is it so?\n</pre>\n", &[]);
    case("## On this page\n\n- Does it scale?\n  - Who pays for it?\n", &[]);
    case(
        "# FAQ\n\n## Why so?\n\nIt was there.\n\n## Is it fast?\n\nYes.\n",
        &["3 below → 5: Why so?", "7 below → 9: Is it fast?"],
    );
}

#[test]
fn spans_hold_the_words() {
    let text = "a\n\n- does it\n  scale?\n  - no\n\n## Is it so?  \n";
    let words: Vec<&str> = questions(text).iter().map(|question| question.span.of(text)).collect();
    assert_eq!(words, ["- does it\n  scale?", "## Is it so?"]);
}

#[test]
fn questions_over_their_answers() {
    case("**Can I cancel?**\n\nYes, any time.\n", &["1 below → 3: Can I cancel?"]);
    case("**Can I cancel?** Yes.\n", &["1 below → 1: Can I cancel?"]);
    case("__Can I cancel?__\nYes.\n", &["1 below → 2: Can I cancel?"]);
    case("**Can I cancel?**\n\n- yes\n", &["1 below → 3: Can I cancel?"]);
    case(
        "**Can I cancel?**\n\n**Who pays?**\n\n## More\n\ntext\n",
        &["1 no_answer: Can I cancel?", "3 no_answer: Who pays?"],
    );
    case("<details><summary>Is it on?</summary>\n\nYes.\n\n</details>\n", &["1 below → 3: Is it on?"]);
    case("<details>\n<summary>Is it on?</summary>\nYes.\n</details>\n", &["2 below → 3: Is it on?"]);
    case("<details>\n<summary>Is it on?</summary>\n</details>\n\nText\n", &["2 no_answer: Is it on?"]);
    case("Is it on?\n: it is\n", &["1 below → 2: Is it on?"]);
    case("Q. Why so?\nA. It was there.\n", &["1 label → 2: Why so?"]);
    case("F: Wer zahlt das?\nA: Wir.\n", &["1 label → 2: Wer zahlt das?"]);
    for text in [
        "We asked **who pays?** and went.\n",
        "**Note** who pays?\n",
        "Is it on?\nit is\n",
        "F: a drive\n",
        "Q. E. D.\n",
        "<summary>More</summary>\n",
    ] {
        case(text, &[]);
    }
}

#[test]
fn lists_of_questions_in_items_and_tags() {
    case(
        "- Open questions\n\t- why did it say fine\n\t- is it on\n",
        &["2 no_answer: why did it say fine", "3 no_answer: is it on"],
    );
    case("- Offene Fragen:\n  - wer zahlt\n    - wir\n", &["2 below → 3, 1 points: wer zahlt"]);
    case("- #question does it hold\n- what now #frage\n", &["1 no_answer: does it hold", "2 no_answer: what now"]);
    case("- #questionable does it hold\n- #perf what now\n", &[]);
}

#[test]
fn what_is_to_do_answers_nothing_and_short_questions_are_answered() {
    case("- Can we switch it off?\n\t- TODO ask them\n", &["1 no_answer: Can we switch it off?"]);
    case(
        "- Can we switch it off?\n  - WAITING: for Ida\n  - TODOS are done\n",
        &["1 below → 3, 1 points: Can we switch it off?"],
    );
    case("- root cause? the disk has no room\n", &["1 beside → 1: root cause? the disk has no room"]);
    case("- Who? me\n", &["1 beside → 1: Who? me"]);
    case("- Great stuff, right? yes\n- Done? yes\n- we wondered about it for long? no\n", &[]);
}
