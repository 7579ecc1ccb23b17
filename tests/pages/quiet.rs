//! Pages say nothing, ask nobody, do not jump, and are small.

use serde_json::Value;
use serde_json::json;

use crate::browser::Browser;
use crate::site::LONG;
use crate::site::Site;

/// What has moved by itself, and how far, when all of the page has been seen.
const SHIFT: &str = "new Promise(async done => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)));
    }
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
    const moved = [];
    const place = box => [box.x, box.y, box.width, box.height].join(' ');
    const tell = part => [part.node?.nodeName, part.node?.className, place(part.previousRect), place(part.currentRect)];
    new PerformanceObserver(list => moved.push(...list.getEntries().flatMap(entry => entry.sources.map(tell))))
        .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => done(moved), 30));
})";

pub(crate) fn pages_say_nothing_and_ask_no_other_host(browser: &mut Browser, site: &Site) {
    for page in site.pages() {
        browser.open(&site.folder(), &page);
        for kind in ["Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Audits.issueAdded"] {
            // advice on speed: pictures wait until they are seen, and have their sizes
            let waits = |event: &&Value| event["issue"]["code"] == "LazyLoadImageIssue";
            let said: Vec<_> = browser.told(kind).filter(|event| !waits(event)).collect();
            assert!(said.is_empty(), "{page}: {kind}: {said:?}");
        }
        assert!(browser.told("Network.requestWillBeSent").count() >= 3, "{page}: itself, script and style sheet");
        assert_eq!(browser.strangers(&site.folder()), Vec::<String>::new(), "{page}");
        let here = browser.eval("[document.querySelectorAll('h1').length, document.compatMode, document.title !== '']");
        assert_eq!(here, json!([1, "CSS1Compat", true]), "{page}");
    }
}

pub(crate) fn the_policy_holds(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), LONG);
    browser.eval(
        "window.ran = 0;
         document.body.insertAdjacentHTML('beforeend', '<p id=try style=\"color:red\" onclick=\"ran++\">x</p><img src=x onerror=\"ran++\">');
         let script = document.createElement('script'); script.textContent = 'ran++'; document.body.append(script);
         let image = new Image(); image.src = 'https://other.example/a.png'; document.body.append(image);
         document.getElementById('try').click()",
    );
    browser.eval("new Promise(done => setTimeout(done, 100))");
    let colour = "getComputedStyle(document.getElementById('try')).color === getComputedStyle(document.body).color";
    assert_eq!(browser.eval(&format!("[ran, {colour}]")), json!([0, true]));
    assert!(browser.told("Log.entryAdded").count() >= 4, "the browser tells what it refused");
}

pub(crate) fn nothing_jumps(browser: &mut Browser, site: &Site) {
    for width in [1280, 360] {
        browser.screen(width, 740);
        for page in crate::site::KINDS {
            browser.open(&site.folder(), page);
            assert_eq!(browser.eval(SHIFT), json!([]), "{page} at {width}");
        }
    }
}

pub(crate) fn pages_are_small(browser: &mut Browser, site: &Site) {
    let read = |path: &str| std::fs::read_to_string(site.folder().join(path)).unwrap();
    let (style, script) = (read("assets/style.css"), read("assets/script.js"));
    assert!(style.len() <= 20_480, "style sheet: {}", style.len());
    assert!(script.len() <= 15_360, "script: {}", script.len());
    let mut packed = |text: &str| {
        let all =
            format!("new Response(new Blob([{}]).stream().pipeThrough(new CompressionStream('gzip')))", json!(text));
        browser.eval(&format!("{all}.arrayBuffer().then(bytes => bytes.byteLength)")).as_u64().unwrap()
    };
    let around = packed(&style) + packed(&script);
    for page in site.pages() {
        let all = around + packed(&read(&page));
        assert!(all <= 50 * 1024, "{page}: {all}");
    }
}
