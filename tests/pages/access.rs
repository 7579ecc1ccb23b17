//! axe-core finds nothing: on each kind of page, in both colours, and on a phone.

use serde_json::Value;
use serde_json::json;

use crate::browser::Browser;
use crate::site::KINDS;
use crate::site::Site;

/// See `tests/vendor/README.md`.
pub(crate) const AXE: &str = include_str!("../vendor/axe.min.js");

/// Everything is opened first: what is folded is read by somebody, too.
pub(crate) const RUN: &str = "(async () => {
    document.querySelectorAll('details').forEach(part => part.open = true);
    const found = await axe.run(document, { preload: false, rules: { 'target-size': { enabled: true } } });
    return found.violations.map(rule => [rule.id, rule.help, ...rule.nodes.slice(0, 3).map(node => node.html)]);
})()";

fn axe(browser: &mut Browser, site: &Site, width: u32, colours: &str) {
    browser.screen(width, 900);
    browser.medium("screen", &[("prefers-color-scheme", colours)]);
    let mut faults: Vec<(&str, Value)> = Vec::new();
    for page in KINDS {
        browser.open(&site.folder(), page);
        browser.call("Runtime.evaluate", &json!({ "expression": AXE }));
        let found = browser.eval(RUN);
        faults.extend(found.as_array().unwrap().iter().map(|fault| (page, fault.clone())));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

pub(crate) fn axe_finds_nothing_in_the_light(browser: &mut Browser, site: &Site) {
    axe(browser, site, 1280, "light");
}

pub(crate) fn axe_finds_nothing_in_the_dark(browser: &mut Browser, site: &Site) {
    axe(browser, site, 1280, "dark");
}

pub(crate) fn axe_finds_nothing_on_a_phone(browser: &mut Browser, site: &Site) {
    axe(browser, site, 360, "light");
}

pub(crate) fn axe_would_find_something(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), "bread/rye.html");
    browser.call("Runtime.evaluate", &json!({ "expression": AXE }));
    browser.eval("document.querySelector('main').append(new Image())");
    assert_eq!(browser.eval(RUN)[0][0], json!("image-alt"));
}
