//! Notes that want to run something, in a browser that would run it.

use std::path::Path;

use serde_json::json;

use crate::browser::Browser;
use crate::desk;
use crate::desk::Desk;
use crate::payloads;
use crate::site::Site;

/// Fires what handlers there are and clicks what can be clicked, but stays on the page.
const PROVOKE: &str = "(() => {
    addEventListener('click', event => {
        if (!/^javascript:/i.test(event.target.closest('a')?.href || '')) event.preventDefault();
    }, true);
    for (const it of document.querySelectorAll('*')) {
        for (const name of ['mouseover', 'focus', 'error', 'load', 'toggle', 'pointerenter', 'animationstart']) {
            it.dispatchEvent(new Event(name, { bubbles: true }));
        }
        if (it.click) it.click();
    }
    return 0;
})()";

pub(crate) fn nothing_in_a_note_runs(browser: &mut Browser, _: &Site) {
    // a page a payload would cost a minute: those that share one cannot be told apart, and need not be
    let mut files: Vec<(String, String)> = Vec::new();
    for (kind, payloads) in [("plain", payloads::PLAIN), ("raw", payloads::RAW)] {
        for (number, some) in payloads.chunks(8).enumerate() {
            let text: Vec<&str> = some.iter().map(|(_, text)| *text).collect();
            files.push((format!("{kind}{number}.md"), text.join("\n\n")));
        }
    }
    files.extend(
        payloads::FRONT
            .iter()
            .enumerate()
            .map(|(at, (_, front))| (format!("f{at}.md"), format!("---\n{front}\n---\n"))),
    );
    files.extend(payloads::NAMES.iter().map(|name| (format!("{name}.md"), "[[plain0]] #tag\n".to_owned())));
    let desk = Desk::new(payloads::BOOK, &files);
    desk.build();
    let source = "window.ran = []; window.xss = window.alert = (...what) => ran.push(String(what));";
    browser.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": source }));
    let built = desk.built();
    let pages: Vec<&String> = built.keys().filter(|name| name.ends_with(".html")).collect();
    assert!(pages.len() > 60, "{}", pages.len());
    // a page that has moved leads away by itself, and the 404 page names the place where it will stand
    let stays = |page: &&String| *page != "404.html" && !desk::holds(&built[*page], "http-equiv=\"refresh\"");
    for page in pages.into_iter().filter(stays) {
        browser.open(&desk.site(), &encoded(page));
        browser.eval(PROVOKE);
        assert_eq!(browser.eval("ran"), json!([]), "{page}");
        let asked = browser.strangers(&desk.site());
        assert!(asked.is_empty(), "{page}: {asked:?}");
    }
}

/// A path as it stands in an address.
fn encoded(path: &str) -> String {
    assert!(!Path::new(path).is_absolute());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
