//! Words, and whether they ask, answer, or neither.

use super::*;

#[test]
fn what_asks_and_what_does_not() {
    let mark = [
        "Why Kinesis?",
        "**does it scale?**",
        "one or two?!",
        "it works, but does it hold?",
        "warum so?",
        "¿por qué no?",
        "为什么 不？",
        "为什么不用它？",
        "Why?",
        "wer?",
        "Does it scale? …",
        "Who owns it? ->",
    ];
    for words in mark {
        assert_eq!(asked(words), Some(Asked::Mark), "{words}");
    }
    let none = [
        "Really?",
        "???",
        "a",
        "",
        "he said \"is it?\"",
        "any questions?",
        "what a day it was.",
        "how to write it",
        "when does it end",
        "\u{FFFC}?",
        "what is more: this",
        "(why?)",
        "use it (maybe?)",
        "what is done is done.",
    ];
    for words in none {
        assert_eq!(asked(words), None, "{words}");
    }
    assert_eq!(asked("where does faye fit \u{FFFC}"), Some(Asked::NoMark));
    assert_eq!(asked("scaling (one for each shard?)"), Some(Asked::InBrackets("one for each shard?".into())));
    assert_eq!(asked("Is it fast? Yes, measured."), Some(Asked::Beside(Reply::Words)));
    assert_eq!(asked("Is it fast? TBD"), Some(Asked::Beside(Reply::Doubt)));
    assert_eq!(asked("It is fast? \u{FFFC}"), Some(Asked::Beside(Reply::Link)));
    assert_eq!(asked("And then it broke? No, it held."), None);
}

#[test]
fn what_tools_put_behind_words() {
    for (written, wanted) in [
        ("Who owns it? @ida due:2026-12-01", "Who owns it?"),
        ("Who owns it? (@ida)", "Who owns it?"),
        ("Who? #todo ^abc", "Who?"),
        ("Who owns it? @due(2026-12-01 10:00) 🔁 every week", "Who owns it?"),
        ("Who owns it? 📅 2026-12-01 ⏫", "Who owns it?"),
        ("Who owns it? [owner:: Ida Berg] est:2h", "Who owns it?"),
        ("Is it std::vec at 10:30 or note: this?", "Is it std::vec at 10:30 or note: this?"),
        ("Why #kinesis?", "Why #kinesis?"),
    ] {
        assert_eq!(without_fields(written), wanted, "{written}");
    }
}

#[test]
fn answers_within_words() {
    for (words, wanted) in [
        ("one or two? A: two", Some("A: two")),
        ("one or two Answer: two", Some("Answer: two")),
        ("oui ou non ? Réponse : oui", Some("Réponse : oui")),
        ("what is a: b", None),
        ("A: two", None),
        ("see https://a.org: b", None),
    ] {
        assert_eq!(answer_within(words).and_then(|at| words.get(at..)), wanted, "{words}");
    }
}

#[test]
fn labels_and_replies() {
    assert_eq!(after_question("**QUESTION:** does it"), Some("does it"));
    assert_eq!(after_question("Q: a"), Some("a"));
    assert_eq!(after_question("Q: *one* or"), Some("*one* or"));
    assert_eq!(after_question("__Q__: *one* or"), Some("*one* or"));
    assert_eq!(after_question("Frage 2: a"), Some("a"));
    assert_eq!(after_question("Q2: does it scale?"), Some("does it scale?"));
    assert_eq!(after_question("Q7: a"), Some("a"));
    for other in [
        "Q1: revenue up",
        "**Q4:** hire two",
        "Q3: what we shipped",
        "q: a",
        "Questions of taste: a",
        "question",
        "https://a",
        "Q&A: a",
    ] {
        assert_eq!(after_question(other), None, "{other}");
    }
    assert_eq!(after_answer("Réponse : oui"), Some("oui"));
    assert_eq!(
        ["maybe", "see \u{FFFC}", "\u{FFFC}", "…", "?", "maybe not today"].map(reply),
        [Some(Reply::Doubt), Some(Reply::Link), Some(Reply::Link), None, Some(Reply::Doubt), Some(Reply::Words)]
    );
    for words in [
        "TBD",
        "tbd (Ida)",
        "TBD, ask Ida",
        "still open",
        "Still open.",
        "still open as of May",
        "no answer yet",
        "noch offen",
        "to be discussed with Ida",
        "em aberto",
        "not answered yet",
        "unanswered",
        "open question",
    ] {
        assert_eq!(reply(words), Some(Reply::Doubt), "{words}");
    }
    for words in ["open source", "still openly shared", "later than May", "no, it does not", "unknown keys are refused"]
    {
        assert_eq!(reply(words), Some(Reply::Words), "{words}");
    }
    assert!(is_list_of_questions("❓ Open questions:") && !is_list_of_questions("Questions?"));
    assert!(is_list_of_questions("3. Offene Fragen (2)") && is_list_of_questions("Questions ouvertes :"));
}
