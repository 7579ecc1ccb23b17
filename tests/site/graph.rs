//! The picture of the notebook's links, and of those of a note: what it shows, and what it does not.

use serde_json::Value;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;
use crate::document::Document;
use crate::pages::Pages;

const PAGE: &str = "all/graph.html";
const JSON: &str = "all/graph.json";

/// Where the links of a page's pictures lead.
fn led(desk: &Desk, page: &str) -> Vec<String> {
    let document = Document::parse(&desk.built()[page]);
    let in_svg = document.elements.iter().skip_while(|element| element.name != "svg");
    let in_svg = in_svg.take_while(|element| !["details", "section", "p", "nav"].contains(&element.name.as_str()));
    in_svg.filter(|element| element.name == "a").map(|element| element.get("href").unwrap().to_owned()).collect()
}

#[test]
fn the_picture_has_every_linked_note_and_says_what_the_terminal_says() {
    let notes = [
        ("a.md", "# Alpha\n\n[[b]] and [[b|again]]\n\n[[c]]\n"),
        ("b.md", "# <i>Beta</i> & \"Co\"\n\n[[x/b]]\n"),
        ("c.md", "# Gamma\n"),
        ("x/b.md", "# Delta\n\n[[missing]] [out](https://e.example/)\n"),
        ("alone.md", "# Alone\n\n[[alone]]\n"),
    ];
    let desk = Desk::new(BOOK, &notes);
    desk.build();
    let built = desk.built();
    assert_eq!(Pages::new(&built, "").faults(&|page| page == "b.html"), Vec::<String>::new());
    let mut shown = led(&desk, PAGE);
    shown.sort();
    assert_eq!(shown, ["../a.html", "../b.html", "../c.html", "../x/b.html"]);
    assert!(holds(&built[PAGE], "<p class=\"quiet\">5 notes · 4 links · 1 without a link</p>"));
    assert!(holds(&built["a.html"], "<li><a href=\"all/graph.html\">Graph</a></li>"));
    let mut ours: Value = serde_json::from_slice(&built[JSON]).unwrap();
    let mut theirs: Value = serde_json::from_str(&desk.run(&["graph", "--format", "json"]).out).unwrap();
    let hrefs: Vec<Value> = ours["nodes"].as_array_mut().unwrap().iter_mut().map(|node| node["href"].take()).collect();
    assert_eq!(hrefs, ["../a.html", "../alone.html", "../b.html", "../c.html", "../x/b.html"]);
    for node in theirs["nodes"].as_array_mut().unwrap() {
        node["href"] = Value::Null;
    }
    // a title is the words that pages show
    theirs["nodes"][2]["title"] = ours["nodes"][2]["title"].clone();
    assert_eq!(ours, theirs);
    // a note has those that lead to it on the left, and those that it leads to on the right
    assert_eq!(led(&desk, "b.html"), ["a.html", "x/b.html"]);
    assert_eq!(led(&desk, "a.html"), ["b.html", "c.html"]);
    assert_eq!(led(&desk, "c.html"), [""; 0], "one neighbour is said by the list of links");
}

#[test]
fn of_many_notes_the_best_linked_are_named() {
    let mut notes: Vec<(String, String)> = Vec::new();
    for hub in 0..160 {
        notes.push((format!("hub{hub}.md"), format!("# Hub {hub}\n\n[[hub{}]]\n", (hub + 1) % 160)));
        for nth in 0..5 {
            notes.push((format!("note{hub}-{nth}.md"), format!("# Note {hub} {nth}\n\n[[hub{hub}]]\n")));
        }
    }
    let desk = Desk::new(BOOK, &notes);
    desk.build();
    let page = String::from_utf8(desk.built()[PAGE].clone()).unwrap();
    assert!(page.contains("<p class=\"quiet\">960 notes · 960 links</p>"));
    // 150 of the hubs have a place of their own, 600 notes are links, and 360 are dots
    assert_eq!(page.matches("class=\"hit\"").count(), 150);
    assert_eq!(page.matches("<circle").count(), 150 + 600);
    assert_eq!(page.matches("h0").count(), 360);
    let labels = page.matches("<text").count();
    assert!((20..=150).contains(&labels), "{labels}");
    // a hub has the one before it and its five notes on the left, the next one on the right
    let near = led(&desk, "hub7.html");
    assert_eq!(
        (near.len(), near.first().unwrap().as_str(), near.last().unwrap().as_str()),
        (7, "hub6.html", "hub8.html")
    );
}

#[test]
fn private_notes_are_in_no_picture() {
    let notes = [
        ("a.md", "# Alpha\n\n[[b]] [[zq|words]] [[c]]\n"),
        ("b.md", "# Beta\n"),
        ("c.md", "# Gamma\n"),
        ("zq.md", "---\nprivate: true\n---\n\n# zqtitle\n\n[[a]] [[b]]\n"),
    ];
    let desk = Desk::new(BOOK, &notes);
    desk.build();
    let built = desk.built();
    assert!(built.values().all(|bytes| !holds(bytes, "zq")));
    assert!(holds(&built[PAGE], "<p class=\"quiet\">3 notes · 2 links</p>"));
    // the last link between public notes is gone: a private one keeps no picture
    desk.put("a.md", "# Alpha\n\n[[zq|words]]\n");
    desk.build();
    let built = desk.built();
    assert!(!built.contains_key(PAGE) && !built.contains_key(JSON));
    assert!(built.values().all(|bytes| !holds(bytes, "graph.html")));
}
