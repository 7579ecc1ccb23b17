//! Light and dark, a phone, paper, and less motion.

use serde_json::json;

use crate::browser::Browser;
use crate::site::KINDS;
use crate::site::LONG;
use crate::site::Site;

const GROUND: &str = "getComputedStyle(document.body).backgroundColor";
/// What the switch offers.
const LABEL: &str = "document.querySelector('.theme').getAttribute('aria-label')";
const LIGHT: &str = "rgb(253, 252, 249)";
const DARK: &str = "rgb(25, 24, 23)";

pub(crate) fn the_system_decides_until_somebody_does(browser: &mut Browser, site: &Site) {
    browser.medium("screen", &[("prefers-color-scheme", "light")]);
    browser.open(&site.folder(), LONG);
    browser.until(GROUND, LIGHT);
    browser.medium("screen", &[("prefers-color-scheme", "dark")]);
    browser.until(GROUND, DARK);
    browser.until(LABEL, "Light colours");
    browser.eval("document.querySelector('.theme').focus()");
    browser.press(" ");
    browser.until(GROUND, LIGHT);
    browser.until(LABEL, "Dark colours");
    browser.reload();
    browser.until(GROUND, LIGHT);
    browser.open(&site.folder(), "all/open.html");
    browser.until(GROUND, LIGHT);
    assert_eq!(browser.eval("getComputedStyle(document.documentElement).colorScheme"), "light");
}

pub(crate) fn no_page_is_wider_than_a_phone(browser: &mut Browser, site: &Site) {
    for width in [360, 320] {
        browser.screen(width, 740);
        for page in site.pages() {
            browser.open(&site.folder(), &page);
            let widest = browser.eval("document.documentElement.scrollWidth").as_u64().unwrap();
            assert!(widest <= u64::from(width), "{page} at {width}: {widest}");
        }
    }
}

pub(crate) fn hebrew_runs_from_the_right(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), "talks/hebrew.html");
    let article = "document.querySelector('article')";
    assert_eq!(browser.eval(&format!("[{article}.dir, {article}.lang]")), json!(["rtl", "he"]));
    // boxes stand at the right, code in itself runs from the left, and our own words do too
    let box_right = "document.querySelector('li.task input').getBoundingClientRect().left > innerWidth / 2";
    let ways = "[getComputedStyle(document.querySelector('article code')).direction, getComputedStyle(document.querySelector('.top')).direction]";
    assert_eq!(browser.eval(box_right), json!(true));
    assert_eq!(browser.eval(ways), json!(["ltr", "ltr"]));
    let beside = "(() => { const link = document.querySelector('.beside [aria-current]'), range = document.createRange();
        range.selectNodeContents(link); return range.getBoundingClientRect().left - link.getBoundingClientRect().left })()";
    browser.screen(1400, 900);
    assert!(browser.eval(beside).as_f64().unwrap() < 2.0, "a list keeps to its own side");
}

pub(crate) fn paper_gets_the_text_alone(browser: &mut Browser, site: &Site) {
    for page in [LONG, "to-do.html", "all/index.html"] {
        browser.medium("print", &[("prefers-color-scheme", "dark")]);
        browser.open(&site.folder(), page);
        let shown =
            |what: &str| format!("[...document.querySelectorAll('{what}')].some(part => part.checkVisibility())");
        for hidden in [".top", ".bottom", ".beside", ".toc", ".toc-small", ".turn", ".copy", ".skip"] {
            assert_eq!(browser.eval(&shown(hidden)), json!(false), "{page}: {hidden}");
        }
        assert_eq!(browser.eval(&shown("h1")), json!(true), "{page}");
        let colours = format!("[{GROUND}, getComputedStyle(document.querySelector('h1')).color]");
        assert_eq!(browser.eval(&colours), json!(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]), "{page}");
        let paper = browser.call("Page.printToPDF", &json!({}));
        assert!(paper["data"].as_str().unwrap().len() > 5_000, "{page}");
    }
    browser.open(&site.folder(), LONG);
    let folded =
        "document.querySelector('details.callout:not([open]) li').checkVisibility({ contentVisibilityAuto: true })";
    assert_eq!(browser.eval(folded), json!(true), "what is folded is printed");
    let after = "getComputedStyle([...document.links].find(link => link.textContent === 'museum'), '::after').content";
    assert!(browser.eval(after).as_str().unwrap().contains("https://museum.example.org/salt"));
}

pub(crate) fn nothing_moves_for_those_who_do_not_want_it(browser: &mut Browser, site: &Site) {
    let moving = "[getComputedStyle(document.documentElement).scrollBehavior, document.getAnimations().length,
        [...document.querySelectorAll('*')].filter(at => parseFloat(getComputedStyle(at).transitionDuration) > 0).length]";
    for page in KINDS {
        browser.medium("screen", &[("prefers-reduced-motion", "reduce")]);
        browser.open(&site.folder(), page);
        assert_eq!(browser.eval(moving), json!(["auto", 0, 0]), "{page}");
    }
    browser.medium("screen", &[("prefers-reduced-motion", "no-preference")]);
    assert_eq!(browser.eval(moving)[0], "smooth");
}
