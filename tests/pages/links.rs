//! Links land where they say.

use serde_json::json;

use crate::browser::Browser;
use crate::site::Site;

/// Waits for the place of the address to be on the screen and gives its words.
const LANDED: &str = "new Promise(done => {
    let tries = 0;
    const look = () => {
        const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        const top = place ? place.getBoundingClientRect().top : NaN;
        if (top >= -1 && top < innerHeight) done(place.textContent);
        else if (++tries > 500) done(document.readyState + ' ' + top);
        else setTimeout(look, 20);
    };
    look();
})";

pub(crate) fn headings_blocks_and_boxes_are_found(browser: &mut Browser, site: &Site) {
    browser.medium("screen", &[("prefers-reduced-motion", "reduce")]);
    for (page, link, words) in [
        ("journal/2026-03.html", ".text a:not(.sign)", "Numbers"),
        ("bread/rye.html", ".text a:not(.sign)", "Feeding"),
        ("talks/heat.html", ".embed .from a", "third door"),
        ("bread/starter.html", ".text a[href*=mixing]", "Mixing"),
        ("bread/sourdough.html", ".toc a[href$=too-dry]", "Too dry"),
        ("bread/sourdough.html", ".fn a", "museum"),
        ("bread/sourdough.html", ".crumbs a", "Rye"),
        ("all/overview.html", ".report a", "order flour"),
    ] {
        browser.open(&site.folder(), page);
        let url = browser.eval(&format!("document.querySelector('{link}').href"));
        let url = url.as_str().unwrap().to_owned();
        browser.call("Page.navigate", &json!({ "url": "about:blank" }));
        browser.call("Page.navigate", &json!({ "url": url }));
        let landed = browser.eval(LANDED);
        assert!(landed.as_str().unwrap().contains(words), "{page}: {url}: {landed}");
    }
}
