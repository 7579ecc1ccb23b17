//! The site in a real browser: silent, readable in every light, width and medium, by keyboard and without script.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests stop at the first surprise"
)]

mod browser;
#[expect(
    dead_code,
    clippy::disallowed_methods,
    reason = "what other tests of the site need; their own notes need no atomic write"
)]
#[path = "../site/desk.rs"]
mod desk;
#[path = "../site/hostile.rs"]
mod hostile;

use std::path::PathBuf;

use crate::browser::Browser;
use crate::desk::Desk;

const AXE: &str = include_str!("../vendor/axe.min.js");
/// Red, two by one.
const PICTURE: &[u8] = include_bytes!("plan.png");
const BOOK: &str = "[book]\ntitle = \"Workshop\"\nsrc = \"notes\"\ndescription = \"What we try\"\nauthors = [\"Ida\"]\n\
                    [preprocessor.hornbook]\npeople = [\"Ida\"]\n\
                    [[preprocessor.hornbook.tickets]]\nkeys = [\"WS\"]\nurl = \"https://tickets.example.com/{key}-{num}\"\n";
/// A note with all that a page can show.
const EVERYTHING: &str = include_str!("everything.md");
const RTL: &str = "---\ntitle: سجل التعلم\nlang: ar\ntags: [يوميات]\n---\n\n# سجل التعلم\n\nملاحظات عن **الطوابير** والرسائل.\n\n- [ ] اقرأ الفصل الثاني 📅 2026-12-01\n- [x] اكتب المثال\n\n> [!note] تنبيه\n> كل رسالة قد تصل مرتين.\n";

fn workshop() -> Desk {
    let journal = "# November 2026\n\n## Mon 2nd Nov\n\n- read about [[everything]] again\n- [ ] ask for the slides\n\n## Tue 3rd Nov\n\n- [x] asked\n";
    let short = "# Short\n\nSee [[everything#Tables]] and [[everything#^block]].\n";
    let files: [(&str, &[u8]); 6] = [
        ("everything.md", EVERYTHING.as_bytes()),
        ("deep/er/short.md", short.as_bytes()),
        ("journal/202611.md", journal.as_bytes()),
        ("rtl.md", RTL.as_bytes()),
        ("empty.md", b""),
        ("img/plan.png", PICTURE),
    ];
    let desk = Desk::new(BOOK, &files);
    desk.build();
    desk
}

/// One page of each kind.
fn kinds(desk: &Desk) -> Vec<PathBuf> {
    let pages = [
        "index.html",
        "everything.html",
        "deep/er/short.html",
        "journal/202611.html",
        "rtl.html",
        "empty.html",
        "all/index.html",
        "all/dates.html",
        "all/titles.html",
        "all/open.html",
        "tags/index.html",
        "tags/craft.html",
        "404.html",
    ];
    pages.iter().map(|page| desk.site().join(page)).collect()
}

#[test]
fn pages_are_silent_still_and_as_wide_as_the_window() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = workshop();
    for page in kinds(&desk) {
        for (width, dark) in [(1280, false), (1280, true), (360, false)] {
            browser.window(width, 800, dark);
            browser.open(&page);
            let shift = browser.eval(
                "new Promise(done => { let sum = 0; \
                 new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))\
                 .observe({ type: 'layout-shift', buffered: true }); \
                 requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 60))); })",
            );
            assert_eq!(shift.as_f64(), Some(0.0), "{} shifts at {width}", page.display());
            let wide = browser.eval("document.documentElement.scrollWidth - innerWidth");
            assert!(wide.as_i64().unwrap() <= 0, "{} is {wide} too wide at {width}", page.display());
            let ground = browser.eval("getComputedStyle(document.body).backgroundColor");
            let bright = ground.as_str().unwrap().contains("253");
            assert_eq!(bright, !dark, "{}: {ground}", page.display());
            let complaints = browser.complaints(&desk.site());
            assert!(complaints.is_empty(), "{}: {complaints:#?}", page.display());
        }
    }
}

#[test]
fn axe_finds_nothing() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = workshop();
    for page in kinds(&desk) {
        for (width, dark) in [(1280, false), (1280, true), (360, false)] {
            browser.window(width, 800, dark);
            browser.open(&page);
            browser.eval(&format!("{AXE};0"));
            let found = browser.eval(
                "axe.run(document, { preload: false }).then(result => result.violations.map(rule => \
                 rule.id + ': ' + rule.help + ' ' + rule.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')))",
            );
            assert_eq!(found, serde_json::json!([]), "{} at {width}, dark: {dark}", page.display());
        }
    }
}

#[test]
fn everything_is_there_without_script() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = workshop();
    browser.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    browser.window(1280, 800, false);
    browser.open(&desk.site().join("everything.html"));
    let text = browser.eval("document.body.innerText");
    let text = text.as_str().unwrap();
    for words in
        ["Everything", "On this page", "a folded secret", "WS-7", "due 2026-12-01", "Links to this note", "fn main"]
    {
        assert!(text.contains(words) || words == "a folded secret", "{words} in {text}");
    }
    let count =
        |browser: &mut Browser, what: &str| browser.eval(&format!("document.querySelectorAll('{what}').length"));
    assert_eq!(count(&mut browser, "main input[type=checkbox]"), 8);
    assert_eq!(count(&mut browser, "details.callout"), 1);
    assert!(count(&mut browser, "math").as_u64() > Some(0));
    assert_eq!(count(&mut browser, "button"), 0, "buttons are the script's");
    // a folded callout opens by itself
    browser.eval("document.querySelector('details.callout summary').click()");
    assert!(browser.eval("document.body.innerText").as_str().unwrap().contains("a folded secret"));
}

#[test]
fn a_keyboard_is_enough() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = workshop();
    browser.window(1280, 800, false);
    browser.open(&desk.site().join("everything.html"));
    browser.press("Tab");
    assert_eq!(browser.eval("document.activeElement.className"), "skip");
    let top = browser.eval("document.activeElement.getBoundingClientRect().top");
    assert!(top.as_f64().unwrap() >= 0.0, "the skip link is seen when it has the focus");
    browser.press("Enter");
    assert_eq!(browser.eval("document.querySelector(location.hash.replace(':', '\\\\:')).tagName"), "MAIN");

    // the switch, and that it is remembered
    browser.open(&desk.site().join("everything.html"));
    let mut reached = false;
    for _ in 0..20 {
        browser.press("Tab");
        let ring = browser.eval("getComputedStyle(document.activeElement).outlineStyle");
        assert_ne!(ring, "none", "{}", browser.eval("document.activeElement.outerHTML"));
        reached = browser.eval("document.activeElement.classList.contains('theme')") == true;
        if reached {
            break;
        }
    }
    assert!(reached, "the switch is reached");
    let ground = browser.eval("getComputedStyle(document.body).backgroundColor");
    browser.press("Enter");
    let other = browser.eval("getComputedStyle(document.body).backgroundColor");
    assert_ne!(ground, other);
    browser.open(&desk.site().join("deep/er/short.html"));
    assert_eq!(browser.eval("getComputedStyle(document.body).backgroundColor"), other, "remembered");

    // a folded callout
    browser.open(&desk.site().join("everything.html"));
    browser.eval("document.querySelector('details.callout summary').focus()");
    browser.press("Enter");
    assert_eq!(browser.eval("document.querySelector('details.callout').open"), true);
}

#[test]
fn links_land_where_they_say() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = workshop();
    browser.window(1280, 800, false);
    browser.open(&desk.site().join("deep/er/short.html"));
    let places = browser.eval("[...document.querySelectorAll('.text a')].map(link => link.href)");
    for (place, words) in places.as_array().unwrap().iter().zip(["Tables", "A block with a name."]) {
        let url = place.as_str().unwrap();
        browser.call("Page.navigate", serde_json::json!({ "url": url }));
        // scrolling may take a while
        let text = browser.eval(
            "new Promise(done => { let tries = 0; const look = () => { \
             const target = document.getElementById(decodeURIComponent(location.hash.slice(1))); \
             const top = target ? target.getBoundingClientRect().top : NaN; \
             if (top >= -1 && top < innerHeight) done(target.innerText); \
             else if (++tries > 500) done(document.readyState + ' ' + top); else setTimeout(look, 20); }; look(); })",
        );
        assert!(text.as_str().unwrap().contains(words), "{url}: {text}");
    }
}

#[test]
fn paper_and_those_whom_motion_troubles() {
    let Some(mut browser) = Browser::start() else { return };
    let desk = workshop();
    browser.window(1280, 800, true);
    browser.open(&desk.site().join("everything.html"));
    browser.media("print", "dark", "no-preference");
    let shown = |browser: &mut Browser, what: &str| {
        browser
            .eval(&format!("[...document.querySelectorAll('{what}')].filter(it => it.getClientRects().length).length"))
    };
    for frame in [".top", ".beside", ".toc", ".turn", "button"] {
        assert_eq!(shown(&mut browser, frame), 0, "{frame} on paper");
    }
    assert_eq!(shown(&mut browser, "main h1"), 1);
    assert_eq!(browser.eval("getComputedStyle(document.body).color"), "rgb(0, 0, 0)");
    browser.media("screen", "light", "reduce");
    let moving = browser.eval(
        "[...document.querySelectorAll('*')].filter(it => { const style = getComputedStyle(it); \
         return style.scrollBehavior === 'smooth' || parseFloat(style.transitionDuration) > 0.01 \
         || parseFloat(style.animationDuration) > 0.01; }).length",
    );
    assert_eq!(moving, 0);
}

#[test]
fn pages_are_light() {
    let desk = workshop();
    let size = |name: &str| std::fs::metadata(desk.site().join(name)).unwrap().len();
    assert!(size("assets/style.css") <= 20_000 && size("assets/script.js") <= 15_000);
    for page in kinds(&desk) {
        let html = std::fs::metadata(&page).unwrap().len();
        // not even compressed
        let all = html + size("assets/style.css") + size("assets/script.js");
        assert!(all <= 50_000, "{}: {all}", page.display());
    }
}

/// Fires what handlers there are and clicks what can be clicked, but stays on the page.
const PROVOKE: &str = "(() => { \
    addEventListener('click', event => { if (!/^javascript:/i.test(event.target.closest('a')?.href || '')) event.preventDefault(); }, true); \
    for (const it of document.querySelectorAll('*')) { \
        for (const name of ['mouseover', 'focus', 'error', 'load', 'toggle', 'pointerenter', 'animationstart']) it.dispatchEvent(new Event(name, { bubbles: true })); \
        if (it.click) it.click(); \
    } return 0; })()";

#[test]
fn nothing_in_a_note_runs() {
    let Some(mut browser) = Browser::start() else { return };
    // a page a payload would cost a minute: those that share one cannot be told apart, and need not be
    let mut files: Vec<(String, String)> = Vec::new();
    for (kind, payloads) in [("plain", hostile::PLAIN), ("raw", hostile::RAW)] {
        for (number, some) in payloads.chunks(8).enumerate() {
            let text: Vec<&str> = some.iter().map(|(_, text)| *text).collect();
            files.push((format!("{kind}{number}.md"), text.join("\n\n")));
        }
    }
    files.extend(
        hostile::FRONT.iter().enumerate().map(|(at, (_, front))| (format!("f{at}.md"), format!("---\n{front}\n---\n"))),
    );
    files.extend(hostile::NAMES.iter().map(|name| (format!("{name}.md"), "[[plain0]] #tag\n".to_owned())));
    let desk = Desk::new(hostile::BOOK, &files);
    desk.build();
    browser.call(
        "Page.addScriptToEvaluateOnNewDocument",
        serde_json::json!({ "source": "window.ran = []; window.xss = window.alert = (...what) => ran.push(String(what));" }),
    );
    let built = desk.built();
    let pages: Vec<&String> = built.keys().filter(|name| name.ends_with(".html")).collect();
    assert!(pages.len() > 60, "{}", pages.len());
    // a page that has moved leads away by itself, and the 404 page names the place where it will stand
    let stays = |page: &&String| *page != "404.html" && !desk::holds(&built[*page], "http-equiv=\"refresh\"");
    for page in pages.into_iter().filter(stays) {
        browser.open(&desk.site().join(page));
        browser.eval(PROVOKE);
        assert_eq!(browser.eval("ran"), serde_json::json!([]), "{page}");
        let asked: Vec<String> =
            browser.complaints(&desk.site()).into_iter().filter(|what| what.starts_with("asks for")).collect();
        assert!(asked.is_empty(), "{page}: {asked:?}");
    }
}
