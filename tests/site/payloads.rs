//! Notes that try to run something on their pages, or to break them: nothing comes of it.

use crate::desk::Desk;
use crate::hostile::BOOK;
use crate::hostile::FRONT;
use crate::hostile::NAMES;
use crate::hostile::PLAIN;
use crate::hostile::RAW;
use crate::pages::Pages;

fn notes() -> Vec<(String, String)> {
    let mut notes = vec![
        ("plain/other.md".to_owned(), "# Other\n\nWords, and [[main heading]].\n".to_owned()),
        ("img/a.png".to_owned(), "no picture".to_owned()),
        ("x.html".to_owned(), "<script>xss(1)</script>".to_owned()),
    ];
    notes.extend(PLAIN.iter().map(|(name, text)| (format!("plain/{name}.md"), format!("{text}\n"))));
    notes.extend(
        FRONT
            .iter()
            .map(|(name, front)| (format!("front/{name}.md"), format!("---\n{front}\n---\n\nWords of [[other]].\n"))),
    );
    notes.extend(RAW.iter().map(|(name, text)| (format!("raw/{name}.md"), format!("{text}\n"))));
    notes.extend(NAMES.iter().map(|name| (format!("names/{name}.md"), "[[other]] #tag\n".to_owned())));
    // all of them again by links from one page, whose backlinks stand on all others
    let all: String =
        PLAIN.iter().chain(RAW).map(|(name, _)| format!("\" <b onclick=xss(1)> [[{name}]] <script>\n\n")).collect();
    notes.push(("raw/zz all.md".to_owned(), all));
    notes
}

#[test]
fn nothing_of_a_note_runs_on_a_page() {
    assert!(PLAIN.len() + FRONT.len() + RAW.len() + NAMES.len() > 120);
    let desk = Desk::new(BOOK, &notes());
    desk.build();
    let built = desk.built();
    let pages = Pages::new(&built, "/evil.example/");
    let faults = pages.faults(&|page| page.starts_with("raw/"));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(!desk.dir.path().join("outside/evil.html").exists());

    // the test sees what is wrong where HTML is trusted
    desk.build_with(&["--trust-html", "--out", "trusted"]);
    let trusted = Pages::new(&crate::desk::files(&desk.base().join("trusted")), "/evil.example/");
    let faults = trusted.faults(&|page| page.starts_with("raw/"));
    for what in ["somebody else's script", "dangerous attribute", "dangerous address", "strange element", "an id twice"]
    {
        assert!(faults.iter().any(|fault| fault.contains(what)), "{what}");
    }
}

#[test]
fn feed_and_sitemap_are_xml() {
    let desk = Desk::new(BOOK, &notes());
    desk.build();
    let built = desk.built();
    for name in ["feed.xml", "sitemap.xml"] {
        let text = String::from_utf8(built[name].clone()).unwrap();
        well_formed(&text).unwrap_or_else(|why| panic!("{name}: {why}\n{text}"));
        let allowed =
            |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(text.chars().all(allowed), "{name}");
        assert!(!text.contains("<script") && !text.contains("javascript:xss(1)<"), "{name}");
    }
    let locations = String::from_utf8(built["sitemap.xml"].clone()).unwrap().matches("<loc>").count();
    let notes = notes().iter().filter(|(name, _)| name.ends_with(".md")).count();
    assert_eq!(locations, notes + 1, "every note and the start page");
}

/// Enough of XML: elements that close in order, quoted attributes, the five entities, no `]]>`.
fn well_formed(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n").ok_or("no declaration")?;
    let entities = |words: &str| {
        words.split('&').skip(1).all(|after| {
            ["amp;", "lt;", "gt;", "quot;", "apos;", "#39;"].iter().any(|entity| after.starts_with(entity))
        })
    };
    while let Some((words, after)) = rest.split_once('<') {
        if words.contains("]]>") || !entities(words) {
            return Err(format!("bad text {words:?}"));
        }
        let (tag, after) = after.split_once('>').ok_or("an open tag")?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name = tag.split(' ').next().unwrap_or("");
        if !name.bytes().all(|b| b.is_ascii_lowercase()) || tag.matches('"').count() % 2 == 1 || !entities(tag) {
            return Err(format!("bad tag {tag:?}"));
        }
        if !alone {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are open")) }
}
