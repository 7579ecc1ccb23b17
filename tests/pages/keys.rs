//! A keyboard is enough.

use serde_json::Value;
use serde_json::json;

use crate::browser::Browser;
use crate::site::KINDS;
use crate::site::LONG;
use crate::site::Site;

/// The focused thing: its name, whether one sees it and its ring, and how it is called in the page.
const HERE: &str = "(() => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const seen = box.width > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    return { text: at.textContent.trim(), tag: at.localName, seen,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, label: at.getAttribute('aria-label') };
})()";

pub(crate) fn everything_is_reached_in_order_and_shows_it(browser: &mut Browser, site: &Site) {
    browser.medium("screen", &[("prefers-reduced-motion", "reduce")]);
    for page in KINDS {
        browser.open(&site.folder(), page);
        let stops = "[...document.querySelectorAll('a[href]:not(.sign, [tabindex=\"-1\"]), button, summary, [tabindex=\"0\"]')].filter(at => at.checkVisibility())";
        let wanted = browser.eval(&format!("{stops}.length")).as_u64().unwrap();
        let mut stops: Vec<Value> = Vec::new();
        for _ in 0..wanted {
            browser.press("Tab");
            let here = browser.eval(HERE);
            assert_ne!(here["tag"], "body", "{page}: the way ends early: {stops:?}");
            assert_eq!((&here["seen"], &here["ring"]), (&json!(true), &json!(true)), "{page}: {here}");
            stops.push(here);
        }
        assert_eq!(stops[0]["text"], "Skip to the content", "{page}");
        // where there is no room for the tree it has a button
        if stops[1]["text"] == "☰" {
            stops.remove(1);
        }
        let header = ["Bakery", "Overview", "Notes", "To do", "Journal", "Tickets", "Questions", "Graph", "Tags"];
        let names: Vec<&str> =
            stops.iter().skip(1).take(header.len()).map(|stop| stop["text"].as_str().unwrap()).collect();
        assert_eq!(names, header, "{page}");
        assert_eq!(stops[header.len() + 1]["label"], "Search", "{page}");
        assert_eq!(stops[header.len() + 2]["label"], "Dark colours", "{page}");
        let mut seen = stops.clone();
        seen.dedup();
        assert!(seen.len() * 10 >= stops.len() * 9, "{page}: the focus moves: {stops:?}");
    }
}

pub(crate) fn the_first_link_skips_to_the_content(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), LONG);
    browser.press("Tab");
    browser.press("Enter");
    browser.press("Tab");
    assert_eq!(browser.eval("document.querySelector('main').contains(document.activeElement)"), json!(true));
}

pub(crate) fn folded_parts_open_by_key_and_by_link(browser: &mut Browser, site: &Site) {
    browser.medium("screen", &[("prefers-reduced-motion", "reduce")]);
    browser.open(&site.folder(), LONG);
    let folded = "document.querySelector('details.callout:not([open])')";
    assert_eq!(
        browser.eval(&format!("{folded}.querySelector('li.task').checkVisibility({{ contentVisibilityAuto: true }})")),
        false
    );
    browser.eval(&format!("window.part = {folded}; part.querySelector('summary').focus()"));
    browser.press("Enter");
    assert_eq!(browser.eval("part.open"), json!(true));
    browser.press(" ");
    assert_eq!(browser.eval("part.open"), json!(false));
    // the list of what is open leads to the box within
    let id = browser.eval("part.querySelector('li.task').id");
    browser.open(&site.folder(), "all/open.html");
    browser
        .eval("[...document.querySelectorAll('main a')].find(link => link.textContent.includes('rye loaf')).focus()");
    browser.forget();
    browser.press("Enter");
    for _ in 0..200 {
        let there = format!("location.pathname.endsWith('sourdough.html') && !!document.getElementById({id})");
        if browser.eval(&there) == true {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    browser.eval("new Promise(done => document.readyState === 'complete' ? setTimeout(done, 50) : addEventListener('load', () => setTimeout(done, 50)))");
    let place = format!("document.getElementById({id})");
    assert_eq!(browser.eval(&format!("{place}.closest('details').open")), json!(true));
    let top = browser.eval(&format!("{place}.getBoundingClientRect().top")).as_f64().unwrap();
    assert!((0.0..900.0).contains(&top), "{top}");
}

pub(crate) fn only_what_scrolls_is_a_stop(browser: &mut Browser, site: &Site) {
    browser.screen(1280, 900);
    browser.open(&site.folder(), LONG);
    let stops = "[...document.querySelectorAll('.scroll, pre')].every(box => (box.tabIndex === 0) === (box.scrollWidth > box.clientWidth))";
    assert_eq!(browser.eval(stops), json!(true));
    assert_eq!(browser.eval("document.querySelectorAll('pre[tabindex]').length"), json!(1));
    browser.screen(360, 740);
    browser.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))");
    assert_eq!(browser.eval(stops), json!(true));
    assert_eq!(browser.eval("document.querySelectorAll('.scroll[tabindex]').length"), json!(1));
}

pub(crate) fn keys_lead_through_sections_and_notes(browser: &mut Browser, site: &Site) {
    browser.medium("screen", &[("prefers-reduced-motion", "reduce"), ("prefers-color-scheme", "light")]);
    browser.screen(1280, 500);
    browser.open(&site.folder(), LONG);
    let top = "(() => { const heads = [...document.querySelectorAll('main :is(h1, h2, h3, h4)')];
        return heads.filter(head => Math.abs(head.getBoundingClientRect().top - 17) < 4).map(head => head.id); })()";
    let second = browser.eval("document.querySelectorAll('main :is(h1, h2, h3, h4)')[1].id");
    browser.press("j");
    assert_eq!(browser.eval(top), json!([second]));
    browser.press("j");
    browser.press("k");
    assert_eq!(browser.eval(top), json!([second]));
    browser.press("t");
    assert_eq!(browser.eval("document.documentElement.dataset.theme"), json!("dark"));
    browser.eval("localStorage.clear()");
    browser.press("?");
    assert_eq!(browser.eval("[document.querySelectorAll('.keys[open] dt').length, document.querySelector('.keys').textContent.includes('undefined')]"), json!([5, false]));
    browser.press("j");
    browser.press("Escape");
    assert_eq!(browser.eval("document.querySelectorAll('.keys').length"), json!(0));
    let next = browser.eval("document.querySelector('.turn [rel=next]').href");
    browser.forget();
    browser.press("]");
    for _ in 0..100 {
        if browser.eval("location.href") == next {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(browser.eval("location.href"), next);
}
