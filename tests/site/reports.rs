//! Pages of reports: what they say is what the terminal says of the same notes, and every row leads to its place.

use serde_json::Value;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;
use crate::pages::Pages;

/// Each report page of `session::site::pages`: its name, and the command that asks for the same.
const REPORTS: [(&str, &[&str]); 8] = [
    ("open", &["todo"]),
    ("reading", &["reading"]),
    ("journal", &["journal"]),
    ("meetings", &["meeting"]),
    ("goals", &["goals"]),
    ("tickets", &["tickets"]),
    ("questions", &["questions"]),
    ("decisions", &["decisions"]),
];

const NOTES: [(&str, &str); 8] = [
    (
        "a.md",
        "# Alpha\n\n## Part\n\n- [ ] late 📅 2026-11-01\n- [ ] group\n    - [x] one\n    - [ ] two ^two\n- [/] begun #ops\n- [x] done\n",
    ),
    ("journal/2026-11-20.md", "# 2026-11-20\n\n- [ ] call <b>Ida</b> & Bo\n- [ ] read https://e.example/paper\n"),
    ("b.md", "# Same title\n\n> - [ ] quoted\n\n```\n- [ ] code\n```\n"),
    ("x/b.md", "# Same title\n\n- [ ] other\n"),
    (
        "reading.md",
        "# To read\n\n- [ ] [One & <i>two</i>](https://e.example/one)\n- [x] https://e.example/two ✅ 2026-11-02\n  - short and good\n- [-] https://e.example/three\n",
    ),
    (
        "meetings.md",
        "# Team meeting\n\n## 2026-11-05\n\n### Actions\n\n- [ ] Ida: call Wim\n- [x] Bo: bake\n\n### Decisions\n\n- Decision: bread on Fridays\n\n## 2026-11-12\n\n### Actions\n\n- [ ] Ida: call Wim\n",
    ),
    (
        "goals.md",
        "# Goals\n\n## Baking #skill\n\nlevel: 2 -> 3 by 2027-03\n\n- [x] starter ✅ 2026-10-01\n- [ ] rye\n- a book\n",
    ),
    (
        "tickets.md",
        "# Work\n\n- [x] [SHOP-12](https://jira.example/browse/SHOP-12) mend the oven ✅ 2026-11-03\n- SHOP-13 is stuck\n- QUESTION: who has the key?\n",
    ),
];

#[test]
fn reports_say_what_the_terminal_says() {
    let desk = Desk::new(BOOK, &NOTES);
    desk.build();
    let built = desk.built();
    for (name, command) in REPORTS {
        let told = desk.run(command);
        let page = String::from_utf8(built.get(&format!("all/{name}.html")).expect(name).clone()).unwrap();
        let (_, total) = page.split_once("<p class=\"quiet\" dir=\"auto\">").expect(name);
        let total = total.split_once("</p>").unwrap().0;
        let all = format!("{}\n{}", told.out, told.err);
        assert!(all.lines().any(|line| line == total), "{name}: {total}\n{all}");
        // the only one with rows on the start page
        assert_eq!(
            holds(&built["index.html"], &format!("<a href=\"all/{name}.html\">{total}</a>")),
            name == "open",
            "{name}"
        );
        let json = desk.run(&[command, &["--format", "json"]].concat());
        let mut theirs: Vec<Value> = serde_json::from_str(&json.out).unwrap();
        let mut ours: Vec<Value> = serde_json::from_slice(built.get(&format!("all/{name}.json")).expect(name)).unwrap();
        for (ours, theirs) in ours.iter_mut().zip(&mut theirs) {
            // a text is the words that the page shows
            assert_ne!(ours["href"].take(), Value::Null);
            theirs["href"] = Value::Null;
            in_words(theirs);
            assert_eq!(ours, theirs, "{name}");
        }
        assert_eq!(ours.len(), theirs.len(), "{name}");
    }
}

/// A text with markup becomes the words that a page shows.
fn in_words(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(['<', '[']) => *text = hornbook::parse::plain(text),
        Value::Array(items) => items.iter_mut().for_each(in_words),
        Value::Object(fields) => fields.values_mut().for_each(in_words),
        _ => {}
    }
}

#[test]
fn every_row_leads_to_its_place() {
    let desk = Desk::new(BOOK, &NOTES);
    desk.build();
    let built = desk.built();
    let pages = Pages::new(&built, "");
    assert_eq!(pages.faults(&|page| page.starts_with("journal")), Vec::<String>::new());
    for (name, _) in REPORTS {
        let rows: Vec<Value> = serde_json::from_slice(built.get(&format!("all/{name}.json")).expect(name)).unwrap();
        let page = built.get(&format!("all/{name}.html")).expect(name);
        for row in rows.iter().filter(|row| row["group"] != true) {
            let link = format!("<a href={}>", row["href"]);
            assert!(holds(page, &link), "{name}: no {link} for {row}");
        }
    }
}

#[test]
fn a_report_that_says_nothing_has_no_page() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n\n- [x] done\n"), ("b.md", "---\nprivate: true\n---\n\n- [ ] zq\n")]);
    let has = |desk: &Desk| (desk.site().join("all/open.html").exists(), desk.site().join("all/open.json").exists());
    desk.build();
    assert_eq!(has(&desk), (false, false));
    assert!(!desk.built().values().any(|bytes| holds(bytes, "open.html")));
    desk.put("a.md", "# A\n\n- [ ] open\n");
    desk.build();
    assert_eq!(has(&desk), (true, true));
    assert!(holds(&desk.built()["a.html"], "href=\"all/open.html\""));
    desk.put("a.md", "# A\n\n- [x] done\n");
    desk.build();
    assert_eq!(has(&desk), (false, false));
    assert!(!desk.built().values().any(|bytes| holds(bytes, "open.html")));
}
