//! Without script everything can be read; with it there is more comfort.

use serde_json::json;

use crate::browser::Browser;
use crate::site::LONG;
use crate::site::Site;

/// What a reader gets: words, links, boxes with their states, pictures, headings.
const READ: &str = "(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('button').forEach(button => button.remove());
    const all = (what, of) => [...document.querySelectorAll(what)].map(of);
    return [copy.textContent, all('a:not(.sign)', link => link.href), all('input', box => box.checked), all('img', image => image.src),
        all('h1, h2, h3, h4', part => part.textContent + part.checkVisibility())];
})()";

pub(crate) fn everything_is_there_without_script(browser: &mut Browser, site: &Site) {
    for page in site.pages() {
        browser.scripts(true);
        browser.open(&site.folder(), &page);
        let with = browser.eval(READ);
        assert_eq!(browser.eval("document.querySelectorAll('button.theme').length"), json!(1), "{page}");
        browser.scripts(false);
        browser.open(&site.folder(), &page);
        assert_eq!(browser.eval("document.querySelectorAll('button:not([popovertarget])').length"), json!(0), "{page}");
        assert_eq!(browser.eval(READ), with, "{page}");
    }
}

pub(crate) fn what_a_note_says_stands_on_its_page(browser: &mut Browser, site: &Site) {
    browser.scripts(false);
    browser.open(&site.folder(), LONG);
    let counts = "['article table', 'article math', 'article figure.code', '.callout', 'details.callout', 'article img', '.embed', \
        '.footnotes li', '.missing', 'a.picture', 'article mark', 'article kbd', '.toc li', '.backlinks > li', '.related li', '.properties div']
        .map(what => document.querySelectorAll(what).length)";
    assert_eq!(browser.eval(counts), json!([1, 3, 4, 5, 2, 2, 1, 2, 2, 1, 1, 1, 7, 5, 1, 3]));
    let sizes = "[...document.images].map(image => [image.getAttribute('width'), image.getAttribute('height')])";
    assert_eq!(browser.eval(sizes), json!([["300", "120"], ["600", "240"]]));
    browser.open(&site.folder(), "to-do.html");
    let states = "[...document.querySelectorAll('li.task')].map(task => task.dataset.state + (task.querySelector('input').checked ? '+' : ''))";
    assert_eq!(
        browser.eval(states),
        json!([
            "todo",
            "todo",
            "doing",
            "done+",
            "cancelled",
            "moved",
            "todo",
            "info",
            "todo",
            "todo",
            "done+",
            "todo",
            "todo",
            "todo",
            "done+",
            "todo",
            "done+"
        ])
    );
    assert_eq!(browser.eval("document.querySelector('.due').textContent"), "due 2026-03-20");
}

pub(crate) fn code_is_copied(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), LONG);
    assert_eq!(browser.eval("document.querySelectorAll('figure.code > .copy').length"), json!(4));
    let copy = "(async () => { let kept; navigator.clipboard.writeText = async text => { kept = text };
        const button = document.querySelector('.copy'); button.click(); await 0; await 0; return [kept.slice(0, 9), button.textContent] })()";
    assert_eq!(browser.eval(copy), json!(["def steam", "Copied"]));
}
