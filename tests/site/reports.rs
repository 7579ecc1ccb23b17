//! Pages of reports: what they say is what the terminal says of the same notes, and every row leads to its place.

use serde_json::Value;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;
use crate::pages::Pages;

/// Each report page of `session::site::pages`: its name, and the command that asks for the same.
const REPORTS: [(&str, &[&str]); 1] = [("open", &["todo"])];

const NOTES: [(&str, &str); 4] = [
    (
        "a.md",
        "# Alpha\n\n## Part\n\n- [ ] late 📅 2026-11-01\n- [ ] group\n    - [x] one\n    - [ ] two ^two\n- [/] begun #ops\n- [x] done\n",
    ),
    ("journal/2026-11-20.md", "# 2026-11-20\n\n- [ ] call <b>Ida</b> & Bo\n- [ ] read https://e.example/paper\n"),
    ("b.md", "# Same title\n\n> - [ ] quoted\n\n```\n- [ ] code\n```\n"),
    ("x/b.md", "# Same title\n\n- [ ] other\n"),
];

#[test]
fn reports_say_what_the_terminal_says() {
    let desk = Desk::new(BOOK, &NOTES);
    desk.build();
    let built = desk.built();
    for (name, command) in REPORTS {
        let told = desk.run(command);
        let page = &built[&format!("all/{name}.html")];
        let total = told.err.lines().next().unwrap();
        assert!(holds(page, &format!("<p class=\"quiet\" dir=\"auto\">{total}</p>")), "{name}: {total}");
        assert!(holds(&built["index.html"], &format!("<a href=\"all/{name}.html\">{total}</a>")), "{name}");
        let json = desk.run(&[command, &["--format", "json"]].concat());
        let mut theirs: Vec<Value> = serde_json::from_str(&json.out).unwrap();
        let mut ours: Vec<Value> = serde_json::from_slice(&built[&format!("all/{name}.json")]).unwrap();
        for (ours, theirs) in ours.iter_mut().zip(&mut theirs) {
            // a text is the words that the page shows
            assert_ne!(ours["href"].take(), Value::Null);
            theirs["href"] = Value::Null;
            if theirs["text"].as_str().is_some_and(|text| text.contains('<')) {
                theirs["text"] = theirs["label"].clone();
            }
        }
        assert_eq!(ours, theirs, "{name}");
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
        let rows: Vec<Value> = serde_json::from_slice(&built[&format!("all/{name}.json")]).unwrap();
        let page = &built[&format!("all/{name}.html")];
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
