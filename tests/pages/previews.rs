//! What a link leads to, shown beside it: from a disk, by pointer and key, and never in the way.

use serde_json::json;

use crate::access::AXE;
use crate::access::RUN;
use crate::browser::Browser;
use crate::site::Site;

const NOTES: [(&str, &str); 4] = [
    (
        "a.md",
        "# Alpha\n\n[[c d/b#Part two|to the part]] and [[c d/b|to the note]], [out](https://e.example/), [[zq|hidden]], [down](#here)[^1].\n\n\
         ## Here\n\nwords\n\n[^1]: A remark with *weight*.\n",
    ),
    ("c d/b.md", "# Beta\n\nBeta begins here.\n\n## Part two\n\nThe second part says more.\n"),
    ("zq.md", "---\nprivate: true\n---\n# zqtitle\n\nzqtext\n"),
    ("c d/long.md", "# Long\n\nwords\n"),
];

/// What is shown, once something is.
const SHOWN: &str = "new Promise(async done => { for (let i = 0; i < 200 && !document.querySelector('.preview'); i++)
    await new Promise(next => setTimeout(next, 20)); done(document.querySelector('.preview')?.innerText ?? '') })";
const NOTHING: &str = "new Promise(done => setTimeout(() => done(document.querySelector('.preview') === null), 700))";

fn link(words: &str) -> String {
    format!("[...document.querySelectorAll('.text a')].find(link => link.textContent === '{words}')")
}

fn point(browser: &mut Browser, at: &str) {
    let place = browser.eval(&format!(
        "(() => {{ const at = {at}.getBoundingClientRect(); return [at.x + at.width / 2, at.y + at.height / 2] }})()"
    ));
    let mouse = json!({ "type": "mouseMoved", "x": place[0], "y": place[1] });
    browser.call("Input.dispatchMouseEvent", &mouse);
}

pub(crate) fn a_pointed_link_says_where_it_leads(browser: &mut Browser, _: &Site) {
    let site = Site::with(&NOTES);
    browser.screen(1280, 900);
    browser.open(&site.folder(), "a.html");
    let asked = "performance.getEntriesByType('resource').filter(entry => entry.name.includes('/search/')).length";
    assert_eq!(browser.eval(asked), json!(0), "nothing is loaded before");
    point(browser, &link("to the part"));
    assert_eq!(browser.eval(SHOWN), json!("Part two\n\nThe second part says more."));
    assert_eq!(
        browser.eval(&format!("{}.getAttribute('aria-describedby')", link("to the part"))),
        json!("page:preview")
    );
    browser.call("Runtime.evaluate", &json!({ "expression": AXE }));
    assert_eq!(browser.eval(RUN), json!([]));
    // it can be pointed at itself, and goes by key
    point(browser, "document.querySelector('.preview')");
    assert_eq!(browser.eval(NOTHING), json!(false));
    browser.press("Escape");
    assert_eq!(browser.eval(NOTHING), json!(true));
    point(browser, &link("to the note"));
    assert_eq!(browser.eval(SHOWN), json!("Beta\n\nBeta begins here."));
    point(browser, "document.querySelector('h1')");
    assert_eq!(browser.eval(NOTHING), json!(true));
    point(browser, "document.querySelector('.text .fn a')");
    assert_eq!(browser.eval(SHOWN), json!("A remark with weight."));
    assert_eq!(browser.eval("document.getElementById('page:preview').innerText.includes('↩')"), json!(false));
    // places on the page itself, and other hosts, are not asked
    for words in ["down", "out"] {
        point(browser, "document.querySelector('h1')");
        point(browser, &link(words));
        assert_eq!(browser.eval(NOTHING), json!(true), "{words}");
    }
    assert_eq!(browser.strangers(&site.folder()), Vec::<String>::new());
}

pub(crate) fn keys_show_it_and_touch_does_not(browser: &mut Browser, _: &Site) {
    let site = Site::with(&NOTES);
    browser.screen(1280, 900);
    browser.open(&site.folder(), "a.html");
    let touch = format!(
        "{}.dispatchEvent(new PointerEvent('pointerover', {{ bubbles: true, pointerType: 'touch' }}))",
        link("to the note")
    );
    browser.eval(&touch);
    assert_eq!(browser.eval(NOTHING), json!(true));
    browser.eval("document.querySelector('.text').tabIndex = -1; document.querySelector('.text').focus()");
    browser.press("Tab");
    assert_eq!(browser.eval(&format!("document.activeElement === {}", link("to the part"))), json!(true));
    assert_eq!(browser.eval(SHOWN), json!("Part two\n\nThe second part says more."));
    browser.press("Escape");
    assert_eq!(browser.eval(NOTHING), json!(true));
    browser.press("Tab");
    assert_eq!(browser.eval(SHOWN), json!("Beta\n\nBeta begins here."));
    browser.eval("document.activeElement.blur()");
    assert_eq!(browser.eval(NOTHING), json!(true));
}
