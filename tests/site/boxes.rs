//! Every box on a page is a line of `hornbook todo --all`, and the other way round.

use std::collections::BTreeMap;
use std::path::Path;

use crate::desk::Desk;
use crate::pages::Pages;

/// States of boxes by page, sorted; those of embeds belong to another note.
type States = BTreeMap<String, Vec<String>>;

fn on_pages(desk: &Desk) -> States {
    let mut states = States::new();
    let pages = Pages::new(&desk.built(), "").pages;
    for (name, page) in pages {
        let boxes = page.elements.iter().filter(|element| element.name == "input").count();
        let items = page.elements.iter().filter_map(|element| Some((element.get("data-state")?, element.get("id")?)));
        let items: Vec<_> = items.collect();
        assert_eq!(items.len(), boxes, "{name}: each box has its state");
        let own = |id: &str| {
            !id.strip_prefix('e')
                .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(':'))
        };
        let mut own: Vec<String> =
            items.into_iter().filter(|(_, id)| own(id)).map(|(state, _)| state.to_owned()).collect();
        own.sort();
        if !own.is_empty() {
            states.insert(name, own);
        }
    }
    states
}

fn listed(desk: &Desk) -> States {
    let done = desk.run(&["todo", "--all", "--format", "json"]);
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(&done.out).unwrap_or_else(|error| panic!("{error}: {done:?}"));
    let mut states = States::new();
    for row in rows {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let page = text("path").replace(' ', "-").replace(".md", ".html");
        let page = if page == "index.html" { "index-note.html".to_owned() } else { page };
        states.entry(page).or_default().push(text("status"));
    }
    for states in states.values_mut() {
        states.sort();
    }
    states
}

#[track_caller]
fn case(desk: &Desk) {
    desk.build();
    let (on_pages, mut listed) = (on_pages(desk), listed(desk));
    assert!(!listed.is_empty());
    let withheld = |page: &String| !desk.site().join(page).exists();
    assert!(listed.keys().filter(|page| withheld(page)).count() <= 1, "the notes have one private note");
    listed.retain(|page, _| !withheld(page));
    for (page, states) in &listed {
        assert_eq!(on_pages.get(page), Some(states), "{page}");
    }
    assert_eq!(on_pages.len(), listed.len());
}

/// Copies notes of the project's own.
fn notes(folder: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(crate::desk::BOOK, files);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    for (name, bytes) in crate::desk::files(&from) {
        if name != "book.toml" {
            desk.put(&name, bytes);
        }
    }
    desk
}

#[test]
fn boxes_of_our_notebooks() {
    case(&notes("tests/notebooks/garden", &[]));
    case(&notes("notes", &[]));
}

#[test]
fn boxes_in_odd_places() {
    let texts = [
        "- [ ] a\n- [x] b\n  - [/] c\n\n1. [ ] d\n2) [X] e\n\n+ [-] f\n* [>] g\n",
        "> - [ ] quoted\n> - [x] done\n>\n> > [!todo]- [ ] title\n> > - [ ] inner\n",
        "- words\n\n    - [ ] deep\n\n      more\n\n        - [ ] deeper\n",
        "[ ] bare\n[x] bare done\n-[ ] tight\n- [] empty\n[ ] - swapped\n",
        "| a | b |\n|---|---|\n| - [ ] no | [x] no |\n",
        "```\n- [ ] in a fence\n```\n\n    - [ ] in indented code\n    - [x] more of it\n\n<!-- - [ ] comment -->\n\n%% - [ ] comment %%\n\n%%\n- [ ] block comment\n%%\n",
        "<div>\n- [ ] in html\n</div>\n\n<ul><li><input type=checkbox> fake</li></ul>\n\n<details>\n\n- [ ] between\n\n</details>\n",
        "a[^1]\n\n[^1]: - [ ] in a footnote\n\n    - [x] and more\n",
        "- [ ] # heading\n- [ ] > quote\n- [ ] ```\n- [ ] ![[t0]]\n- [ ] [link](t0.md) $x$ `code`\n- [ ]\n- [ ] \n-   [ ]   blanks\n",
        "- [ ] wraps\nlazily\n- [ ] and\n  goes on\n\n  - [ ] sub\n\n  text\n",
        "Label:\n- [ ] a\nOther:\n- [x] b\n\n**Bold**\n[ ] c\nwords\n[ ] d\n",
        "term\n: - [ ] definition\n\n- [ ] a\n\n\n\n- [ ] b\n***\n- [ ] c\n",
        "![[t0]]\n\n![[t1]]\n\n- [ ] own\n\n![[t3#x]]\n",
        "\t- [ ] tab\n\t\t- [x] two tabs\n- [ ] \ttab behind\n",
        "- [ ] one\r\n- [x] two\r\n    - [ ] three\r\n",
        "# - [ ] heading\n\n## [ ] box heading\n\n- # [ ] x\n",
        "- - [ ] nested at once\n- 1. [ ] and so\n> 1. - [ ] mixed\n",
        "- [x](https://e.example) no box\n- [ ](x) no box\n- [x][ref] no box\n- [[x]] no box\n- [?] query\n- [ab] no box\n\n[ref]: https://e.example\n",
    ];
    let files: Vec<(String, &str)> = texts.iter().enumerate().map(|(n, text)| (format!("t{n}.md"), *text)).collect();
    case(&Desk::new(crate::desk::BOOK, &files));
}
