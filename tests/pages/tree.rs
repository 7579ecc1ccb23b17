//! Knowing where one is: the tree of notes, the menu on a phone, the mark in the list of contents.

use serde_json::json;

use crate::browser::Browser;
use crate::site::LONG;
use crate::site::Site;

pub(crate) fn folders_fold_and_say_what_is_in_them(browser: &mut Browser, _: &Site) {
    let notes: Vec<(String, String)> =
        (0..60).map(|n| (format!("{}/n{n}.md", ["a", "b", "c/d"][n % 3]), format!("# Note {n} & co.\n"))).collect();
    let notes: Vec<(&str, &str)> = notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::with(&notes);
    browser.screen(1280, 900);
    browser.open(&site.folder(), "a/n0.html");
    let folder = "[...document.querySelectorAll('.beside details')].find(part => part.firstChild.textContent === 'c')";
    assert_eq!(browser.eval(&format!("{folder}.querySelectorAll('a').length")), json!(1), "a list of all");
    let opened = |folder: &str| {
        format!("(async () => {{ const part = {folder}; part.open = true; for (let i = 0; i < 100 && part.dataset.tree; i++)
            await new Promise(done => setTimeout(done, 20)); return [...part.querySelectorAll('a')].map(a => a.textContent); }})()")
    };
    assert_eq!(browser.eval(&opened(folder)), json!(["all …", "all …"]), "its own, and that of the folder in it");
    let inner = format!("{folder}.querySelector('details')");
    let names = browser.eval(&opened(&inner));
    assert_eq!((names[0].as_str(), names.as_array().unwrap().len()), (Some("Note 2 & co."), 21), "{names}");
    let lead = browser.eval(&format!("{inner}.querySelector('a').href")).as_str().unwrap().to_owned();
    assert!(lead.ends_with("/public/c/d/n2.html"), "{lead}");
    // the list of all opens the folder that a link names
    browser.open(&site.folder(), "all/index.html");
    browser.eval("location.hash = 'in:c/d'");
    browser.eval("new Promise(done => setTimeout(done, 100))");
    assert_eq!(browser.eval("document.getElementById('in:c/d').checkVisibility()"), json!(true));
}

pub(crate) fn a_phone_has_it_behind_a_button(browser: &mut Browser, site: &Site) {
    browser.scripts(false);
    browser.screen(360, 740);
    browser.open(&site.folder(), LONG);
    let seen = "document.querySelector('.beside').checkVisibility()";
    assert_eq!(browser.eval(seen), json!(false));
    browser.eval("document.querySelector('.menu').click()");
    assert_eq!(browser.eval(seen), json!(true), "without any script");
    let small = "[...document.querySelectorAll('.menu, .top a, .beside a, .beside summary')].filter(part => part.checkVisibility())
        .map(part => [part.textContent, part.getBoundingClientRect().height]).filter(([, height]) => height < 44)";
    assert_eq!(browser.eval(small), json!([]));
    browser.press("Escape");
    assert_eq!(browser.eval(seen), json!(false));
    browser.screen(1280, 740);
    assert_eq!(
        browser.eval(&format!("[{seen}, document.querySelector('.menu').checkVisibility()]")),
        json!([true, false])
    );
}

pub(crate) fn the_section_in_view_is_marked(browser: &mut Browser, site: &Site) {
    browser.medium("screen", &[("prefers-reduced-motion", "reduce")]);
    browser.screen(1280, 700);
    browser.open(&site.folder(), LONG);
    let marked = "[...document.querySelectorAll('.toc [aria-current]')].map(link => link.textContent)";
    let first = browser.eval("document.querySelector('.toc a').textContent");
    assert_eq!(browser.eval(marked), json!([first]));
    let third = browser.eval(
        "(() => { const link = document.querySelectorAll('.toc a')[2]; link.click(); return link.textContent; })()",
    );
    browser.eval("new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))");
    assert_eq!(browser.eval(marked), json!([third]));
}
