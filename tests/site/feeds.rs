//! Feeds and calendars: what other programs read of a site.

use serde_json::Value;
use serde_json::json;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;
use crate::pages::Pages;

const NOTES: [(&str, &str); 6] = [
    (
        "a b.md",
        "---\ndate: 2026-11-03\ntags: [dough]\n---\n\n# Alpha & <i>Co</i>\n\nSee [[b#Part|the part]], [up](#own) and ![[p.png]].\n\n## Own\n\n- [ ] pay, now 📅 2026-12-01\n",
    ),
    ("x/b.md", "---\ndate: 2026-11-05\n---\n\n# Beta\n\n## Part\n\n[[a b]] #dough/rye\n"),
    ("c.md", "# Gamma\n\n#undated\n"),
    ("meetings/2026-11-05.md", "# Team meeting\n\n## Present\n\n- Ida\n\n## Actions\n\n- [ ] Ida: call Wim\n"),
    ("meetings/2026-11-12.md", "# Team meeting\n\n## Present\n\n- Ida\n\n## Actions\n\n- [ ] Bo: bake\n"),
    (
        "meetings/zq-2026-11-18.md",
        "---\nprivate: true\ndate: 2026-11-18\ntags: [dough, zqtag]\n---\n\n# zq meeting\n\n## Present\n\n- zqIda\n\n## Actions\n\n- [ ] zqtask 📅 2026-12-02\n",
    ),
];

fn text(desk: &Desk, name: &str) -> String {
    String::from_utf8(desk.built()[name].clone()).unwrap()
}

#[test]
fn feeds_hold_texts_with_whole_addresses() {
    let desk = Desk::new(BOOK, &NOTES);
    desk.put("p.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x03");
    desk.build_with(&["--base-url", "https://e.example/n"]);
    let built = desk.built();
    assert_eq!(Pages::new(&built, "/n/").faults(&|_| false), Vec::<String>::new());
    let feed: Value = serde_json::from_slice(&built["feed.json"]).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://e.example/n/feed.json");
    let urls: Vec<&str> = feed["items"].as_array().unwrap().iter().map(|item| item["url"].as_str().unwrap()).collect();
    let pages = ["meetings/2026-11-12.html", "meetings/2026-11-05.html", "x/b.html", "a-b.html"];
    assert_eq!(urls, pages.map(|page| format!("https://e.example/n/{page}")));
    let alpha = &feed["items"][3];
    assert_eq!((&alpha["date_modified"], &alpha["tags"]), (&json!("2026-11-03T00:00:00Z"), &json!(["dough"])));
    let html = alpha["content_html"].as_str().unwrap();
    for part in [
        "<a href=\"https://e.example/n/x/b.html#part\"",
        "<a href=\"https://e.example/n/a-b.html#own\"",
        "src=\"https://e.example/n/files/p.png\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    // the Atom feed says the same
    let atom = text(&desk, "feed.xml");
    assert_eq!(atom.matches("<content type=\"html\">").count(), 4);
    assert!(atom.contains("&lt;a href=&quot;https://e.example/n/x/b.html#part&quot;"), "{atom}");
    // a tag's feed has the notes that its page lists
    let dough = text(&desk, "tags/dough.xml");
    assert!(
        dough.contains("<title>#dough · Notebook</title>") && dough.contains("<id>https://e.example/n/a-b.html</id>")
    );
    assert_eq!(dough.matches("<entry>").count(), 1);
    let link = "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"#dough\" href=\"dough.xml\">";
    assert!(holds(&built["tags/dough.html"], link));
    assert!(built.contains_key("tags/dough-rye.xml") || built.contains_key("tags/dough/rye.xml"));
    assert!(!built.keys().any(|name| name.ends_with("undated.xml")), "a feed says when it was updated");
    assert!(holds(&built["c.html"], "type=\"application/feed+json\" title=\"Notebook\" href=\"feed.json\""));
    assert!(built.values().all(|bytes| !holds(bytes, "zq")));
}

#[test]
fn a_very_long_note_gives_its_first_words() {
    let long = format!(
        "---\ndate: 2026-11-03\n---\n\n# Long\n\nFirst words that say what all of this is about.\n\n{}",
        "word ".repeat(9_000)
    );
    let desk = Desk::new(BOOK, &[("long.md", long)]);
    desk.build_with(&["--base-url", "https://e.example/"]);
    let feed: Value = serde_json::from_slice(&desk.built()["feed.json"]).unwrap();
    assert_eq!(feed["items"][0]["content_html"], "<p>First words that say what all of this is about.</p>");
    assert!(text(&desk, "feed.xml").contains("<summary type=\"html\">&lt;p&gt;First words"));
}

#[test]
fn what_is_due_and_meetings_are_calendars() {
    let desk = Desk::new(BOOK, &NOTES);
    desk.build();
    let built = desk.built();
    assert!(!built.contains_key("feed.json") && !built.contains_key("tags/dough.xml"), "nobody knows where it stands");
    assert!(holds(&built["all/open.html"], "<a href=\"open.ics\" type=\"text/calendar\">Calendar (.ics)</a>"));
    assert_eq!(
        text(&desk, "all/open.ics")
            .replace("\r\n", "\n")
            .lines()
            .skip(3)
            .filter(|line| !line.starts_with("UID"))
            .collect::<Vec<_>>(),
        [
            "X-WR-CALNAME:Notebook · To do",
            "BEGIN:VEVENT",
            "DTSTAMP:20261201T000000Z",
            "DTSTART;VALUE=DATE:20261201",
            "SUMMARY:pay\\, now",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    );
    let days = |text: &str| text.matches("DTSTART;VALUE=DATE:202611").count();
    let meetings = text(&desk, "all/meetings.ics");
    assert_eq!((days(&meetings), meetings.matches("SUMMARY:Team meeting\r\n").count()), (2, 2), "{meetings}");
    assert!(built.values().all(|bytes| !holds(bytes, "zq")));
    // with an address each day leads to its place
    let known = desk.run(&["build", "--base-url", "https://e.example/n"]);
    assert_eq!(known.code, Some(0), "{known:?}");
    assert!(text(&desk, "all/open.ics").contains("URL:https://e.example/n/a-b.html#t:0\r\n"));
}

#[test]
fn feeds_among_what_is_to_read_are_a_subscription_list() {
    let list = "# To read\n\n- [ ] [Ida & Co](https://ida.example/feed.xml)\n- [ ] <https://bo.example/post>\n- [-] [Gone](https://gone.example/rss)\n";
    let private = ("zq.md", "---\nprivate: true\n---\n\n# To read\n\n- [ ] https://zq.example/feed\n");
    let desk = Desk::new(BOOK, &[("reading.md", list), private]);
    desk.build();
    let opml = text(&desk, "all/reading.opml");
    assert_eq!(
        opml.lines().filter(|line| line.contains("<outline")).collect::<Vec<_>>(),
        [
            "    <outline type=\"rss\" text=\"Ida &amp; Co\" title=\"Ida &amp; Co\" xmlUrl=\"https://ida.example/feed.xml\"/>"
        ]
    );
    assert!(holds(&desk.built()["all/reading.html"], "<a href=\"reading.opml\" type=\"text/x-opml\">Feeds (OPML)</a>"));
    // without feeds there is no list of them
    desk.put("reading.md", list.replace("/feed.xml", "/post").as_bytes());
    desk.build();
    let built = desk.built();
    assert!(!built.contains_key("all/reading.opml") && !holds(&built["all/reading.html"], "OPML"));
}
