//! The search in the page, from a disk: by keyboard, as it is typed, and as the terminal answers.

use std::collections::BTreeSet;

use hornbook::disk;
use hornbook::session::Clock;
use hornbook::session::Folders;
use hornbook::session::SearchRequest;
use hornbook::session::Session;
use serde_json::Value;
use serde_json::json;

use crate::access::AXE;
use crate::access::RUN;
use crate::browser::Browser;
use crate::folder::top;
use crate::site::LONG;
use crate::site::Site;

/// Opens the search.
fn open(browser: &mut Browser) {
    browser.press("/");
    browser.until("String(!!document.querySelector('dialog.search[open]'))", "true");
}

/// What is found: of each section its address from the site's top, its title or heading, and its words.
#[track_caller]
fn find(browser: &mut Browser, question: &str) -> Vec<[String; 3]> {
    browser.eval(&format!(
        "(() => {{ const field = document.querySelector('.search input'); field.value = {}; delete field.closest('dialog').dataset.for;
        field.dispatchEvent(new Event('input')); }})()",
        json!(question)
    ));
    browser.until("document.querySelector('.search').dataset.for", question);
    let found = "(() => { const top = document.querySelector('script[src$=\"script.js\"]').src.replace(/assets.script.js$/, '');
        return [...document.querySelectorAll('.search [role=option]')].map(option => [option.href.slice(top.length),
            option.querySelector('.where').lastChild.textContent, option.querySelector('.says').textContent]) })()";
    serde_json::from_value(browser.eval(found)).unwrap()
}

fn first(browser: &mut Browser, question: &str) -> String {
    find(browser, question).into_iter().next().map_or_else(String::new, |[href, ..]| href)
}

pub(crate) fn it_is_found_by_keyboard_from_a_disk(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), "bread/rye.html");
    browser.eval("document.querySelector('main a').focus()");
    open(browser);
    assert_eq!(browser.eval("document.activeElement.getAttribute('role')"), "combobox");
    browser.write("mixing");
    browser.until("document.querySelector('.search').dataset.for", "mixing");
    let chosen = "(() => { const field = document.activeElement, at = document.getElementById(field.getAttribute('aria-activedescendant'));
        return [at.getAttribute('aria-selected'), field.getAttribute('aria-expanded'), at.getAttribute('href').split('/').pop()] })()";
    assert_eq!(browser.eval(chosen), json!(["true", "true", "sourdough.html#mixing"]));
    browser.press("ArrowDown");
    assert_ne!(browser.eval(chosen)[2], "sourdough.html#mixing");
    browser.press("ArrowUp");
    browser.press("Escape");
    assert_eq!(
        browser.eval("[document.querySelector('dialog').open, document.activeElement.tagName]"),
        json!([false, "A"])
    );
    open(browser);
    browser.write("mixing");
    browser.until("document.querySelector('.search').dataset.for", "mixing");
    browser.press("Enter");
    browser.until("location.pathname.split('/').pop() + location.hash", "sourdough.html#mixing");
    // the loading of the next page has begun; what was said belongs to the one before
    browser.until("document.readyState", "complete");
    assert!(browser.told("Runtime.exceptionThrown").chain(browser.told("Log.entryAdded")).next().is_none());
    assert!(browser.strangers(&site.folder()).is_empty());
}

pub(crate) fn nothing_is_loaded_before_it_is_asked_for(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), LONG);
    let asked = |browser: &Browser| -> BTreeSet<String> {
        let urls = browser.told("Network.requestWillBeSent").map(|event| event["request"]["url"].as_str().unwrap());
        urls.filter(|url| url.contains("search")).map(|url| url.rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(asked(browser), BTreeSet::new());
    // a key within a field is a letter
    browser.eval(
        "(() => { const field = document.createElement('input'); document.body.append(field); field.focus() })()",
    );
    browser.press("/");
    assert_eq!(asked(browser), BTreeSet::new());
    browser.eval("document.querySelector('button.find').click()");
    browser.until("String(!!document.querySelector('dialog.search[open]'))", "true");
    find(browser, "mixing");
    let wanted = ["d0.js", "index.js", "search.css", "search.js", "w0.js"].map(str::to_owned);
    assert_eq!(asked(browser), BTreeSet::from(wanted));
}

pub(crate) fn words_are_found_however_they_are_typed(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), "index.html");
    open(browser);
    for (typed, wanted) in [
        ("Sourdough from the beginning", "bread/sourdough.html"),
        ("sourdogh mixing", "bread/sourdough.html#mixing"),
        ("mixi", "bread/sourdough.html#mixing"),
        ("MIXED", "bread/sourdough.html#mixing"),
        ("levain bread", "bread/sourdough.html"),
        ("חום", "talks/hebrew.html"),
    ] {
        assert_eq!(first(browser, typed), wanted, "{typed}");
    }
    assert_eq!(find(browser, "zzyzxxy"), Vec::<[String; 3]>::new());
    assert_eq!(browser.eval("document.querySelector('.search [role=status]').textContent"), "Nothing found.");
    find(browser, "sourdogh");
    assert!(
        browser
            .eval("document.querySelector('.search [role=status]').textContent")
            .as_str()
            .unwrap()
            .contains("“sourdough” for “sourdogh”")
    );
    // what was found is marked, in all of its forms
    find(browser, "folding");
    let marked = "[...document.querySelectorAll('.search mark')].map(mark => mark.textContent.toLowerCase())";
    assert!(browser.eval(marked).as_array().unwrap().contains(&json!("fold")), "{}", browser.eval(marked));
}

pub(crate) fn every_script_and_spelling_is_found(browser: &mut Browser, _: &Site) {
    let long = format!(
        "# Long\n\n{}\n\nThe walrus comes late. {}",
        "plain filler words. ".repeat(400),
        "More filler. ".repeat(200)
    );
    let site = Site::with(&[
        ("tokyo.md", "# 旅行\n\n## 今日\n\n今日は東京都へ行きます。\n"),
        ("kyoto.md", "# 京都\n\nお寺がたくさんあります。\n"),
        ("thai.md", "# ไทย\n\n## สวัสดี\n\nกรุงเทพมหานครเป็นเมืองหลวง\n"),
        (
            "haus.md",
            "---\nlang: de\n---\n\n# Straße\n\nDie alten Häuser der Straße sind schön, und das ist nicht der Rede wert.\n",
        ),
        ("code.md", "# Code\n\nCalls `clientHold` and `retry_after`, see GH-118 → now.\n"),
        ("russian.md", "# Ёлка\n\nНовый год приходит каждую зиму, и это не шутка.\n"),
        ("long.md", &long),
        ("café.md", "# Café\n\n## Menu\n\nCrème brûlée.\n\n## Same menu\n\nnothing\n"),
    ]);
    browser.open(&site.folder(), "all/index.html");
    open(browser);
    for (typed, wanted) in [
        ("東京都", "tokyo.html#%E4%BB%8A%E6%97%A5"),
        ("京都", "ky"),
        ("東", "tokyo.html"),
        ("กรุงเทพ", "thai.html"),
        ("haus", "haus.html"),
        ("strasse", "haus.html"),
        ("clientHold", "code.html"),
        ("hold", "code.html"),
        ("client_hold", "code.html"),
        ("retry", "code.html"),
        ("GH-118", "code.html"),
        ("елка", "russian.html"),
        ("cafe", "caf%C3%A9.html"),
        ("creme brulee", "caf%C3%A9.html#menu"),
        ("walrus", "long.html"),
    ] {
        let found = first(browser, typed);
        assert!(found.starts_with(wanted) || typed == "京都" && found.contains("yoto"), "{typed}: {found}");
    }
    let [_, _, says] = find(browser, "walrus").remove(0);
    assert!(says.contains("walrus comes late") && says.starts_with('…'), "{says}");
    let marked = "[...document.querySelectorAll('.search mark')].map(mark => mark.textContent)";
    find(browser, "東京");
    assert_eq!(browser.eval(marked), json!(["東京"]));
    find(browser, "haus");
    assert_eq!(browser.eval(marked), json!(["Häuser"]));
}

pub(crate) fn conditions_hold(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), "index.html");
    open(browser);
    let pages = |browser: &mut Browser, question: &str| -> Vec<String> {
        let mut pages: Vec<String> =
            find(browser, question).iter().map(|[href, ..]| href.split('#').next().unwrap().to_owned()).collect();
        pages.dedup();
        pages
    };
    let dough = pages(browser, "tag:dough");
    assert_eq!(dough, pages(browser, "#dough"));
    assert!(dough.len() > 1 && dough.iter().any(|page| page == LONG), "{dough:?}");
    assert_eq!(pages(browser, "tag:dough mixing").first().map(String::as_str), Some(LONG));
    assert!(!pages(browser, "-tag:dough oven").iter().any(|page| dough.contains(page)));
    let open = pages(browser, "is:open");
    assert!(
        open.iter().any(|page| page == "to-do.html") && !open.iter().any(|page| page == "bread/rye.html"),
        "{open:?}"
    );
    assert_eq!(pages(browser, "kind:nothing"), Vec::<String>::new());
}

pub(crate) fn nothing_in_an_answer_runs(browser: &mut Browser, site: &Site) {
    browser.open(&site.folder(), "index.html");
    open(browser);
    browser.eval("window.ran = 0");
    // as if a note said so
    let texts = "(() => { const list = asked => asked; for (const kind of ['d']) hornbook_search(kind, 0,
        [['index.html', '<img src=x onerror=ran++>', '', '<b>x</b>', 'the <img src=x onerror=ran++> oven <script>ran++</script>']]) })()";
    browser.eval(texts);
    find(browser, "bakery");
    assert_eq!(browser.eval("[ran, document.querySelectorAll('.search img, .search script').length]"), json!([0, 0]));
    assert_eq!(browser.told("Runtime.exceptionThrown").count(), 0);
}

pub(crate) fn axe_finds_nothing_in_an_answer(browser: &mut Browser, site: &Site) {
    for (width, colours) in [(1280, "light"), (1280, "dark"), (360, "light")] {
        browser.screen(width, 740);
        browser.medium("screen", &[("prefers-color-scheme", colours)]);
        browser.open(&site.folder(), LONG);
        open(browser);
        assert!(find(browser, "oven").len() > 3);
        browser.call("Runtime.evaluate", &json!({ "expression": AXE }));
        assert_eq!(browser.eval(RUN), json!([]), "{width} {colours}");
        let inside = "(() => { const box = document.querySelector('.search').getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight && document.documentElement.scrollWidth <= innerWidth })()";
        assert_eq!(browser.eval(inside), true, "{width}");
    }
}

/// Judged questions about the project's own notes: the note that is wanted is among the first three as often, and nearly always
/// the same section comes first.
pub(crate) fn it_answers_as_the_terminal_does(browser: &mut Browser, _: &Site) {
    let site = Site::of(".", &["notes", "book.toml"]);
    let folders = Folders { cache: site.desk().join("../cache"), state: site.desk().join("../state") };
    let discover = disk::Discover { notebook: Some(site.desk()), cwd: site.desk(), ..disk::Discover::default() };
    let clock = Clock { today: "2026-03-20".parse().unwrap(), time: "2026-03-20 10:00".to_owned(), nanos: 1 };
    let session = Session::open(disk::discover(&discover).unwrap(), folders, clock);
    let page = |path: &str| path.trim_end_matches(".md").replace(' ', "-") + ".html";
    let published = |page: &str| site.folder().join(page).exists();

    browser.open(&site.folder(), "index.html");
    open(browser);
    let judged = std::fs::read_to_string(top().join("tests/ranking/handbook.tsv")).unwrap();
    let (mut questions, mut same, mut ours, mut theirs) = (0, 0, 0, 0);
    let mut other: Vec<Value> = Vec::new();
    for line in judged.lines().filter(|line| !line.starts_with('#')) {
        let (question, answers) = line.split_once('\t').unwrap();
        let answers: Vec<String> = answers.split(' ').map(page).filter(|page| published(page)).collect();
        if answers.is_empty() {
            continue;
        }
        questions += 1;
        let request = SearchRequest { query: session.query(question).unwrap(), ..SearchRequest::default() };
        let hits = session.search(&request).unwrap().hits;
        let hits = hits.iter().filter(|hit| published(&page(hit.path.as_str())));
        let mut expected: Vec<(String, String)> =
            hits.map(|hit| (page(hit.path.as_str()), hit.heading.last().unwrap_or(&hit.title).clone())).collect();
        let found = find(browser, question);
        let mut found: Vec<(String, String)> = found
            .iter()
            .map(|[href, heading, _]| (href.split('#').next().unwrap().to_owned(), heading.clone()))
            .collect();
        if expected.first() == found.first() {
            same += 1;
        } else {
            other.push(json!([question, expected.first(), found.first()]));
        }
        for list in [&mut expected, &mut found] {
            let mut seen = BTreeSet::new();
            list.retain(|(page, _)| seen.insert(page.clone()));
            list.truncate(3);
        }
        let holds = |list: &[(String, String)]| usize::from(list.iter().any(|(page, _)| answers.contains(page)));
        theirs += holds(&expected);
        ours += holds(&found);
    }
    // the page does not put a file name that is typed in part (`0004`) first, and one close race ends otherwise
    assert!(questions > 100 && ours + 2 >= theirs && theirs * 10 >= questions * 9, "{ours} {theirs} of {questions}");
    assert!(same * 20 >= questions * 17, "{same} of {questions} begin the same: {other:#?}");
}
