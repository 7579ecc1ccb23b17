//! What holds for every page of every site, whatever the notes say.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;
use crate::document::Document;
use crate::document::Element;

/// Elements of the frame and of Markdown.
const ELEMENTS: &str = "bdi html head meta title link script body a header nav ul li main article section div span p h1 h2 h3 h4 \
    h5 h6 ol dl dt dd details summary time small footer b i em strong del mark ins sup sub code pre figure figcaption \
    blockquote hr br img audio video input button table thead tbody tr th td svg rect path text circle";
/// Elements that a note's own HTML may bring besides.
const OWN: &str = "abbr acronym area aside bdi bdo big center cite col colgroup data dfn font hgroup kbd map q rp rt rtc ruby s \
    samp strike tt u var wbr tfoot caption picture source track";
/// MathML Core, as formulas are written.
const MATHS: &str = "math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover \
    munderover mmultiscripts mprescripts mtable mtr mtd mstyle mpadded mphantom merror none menclose maction";
/// Attributes that any page may have.
const ATTRIBUTES: &str = "id class title lang dir role tabindex href src rel alt width height type disabled checked content name \
    charset http-equiv property scope datetime open start controls preload loading decoding colspan rowspan cite hreflang \
    aria-label aria-labelledby aria-current data-state data-theme data-tree popover popovertarget aria-hidden x y d rx cx cy r text-anchor viewBox summary span \
    srcset poster sizes media kind srclang label default loop muted \
    xmlns display displaystyle scriptlevel mathvariant mathcolor stretchy form fence separator lspace rspace minsize maxsize \
    movablelimits accent accentunder linethickness columnalign encoding largeop symmetric depth voffset";

/// A whole site, read.
pub(crate) struct Pages {
    pub(crate) pages: BTreeMap<String, Document>,
    files: BTreeSet<String>,
    /// How the page for addresses that do not exist names the site's top.
    root: &'static str,
}

impl Pages {
    pub(crate) fn new(built: &BTreeMap<String, Vec<u8>>, root: &'static str) -> Self {
        let pages = built.iter().filter(|(name, _)| name.ends_with(".html"));
        let pages = pages.map(|(name, bytes)| (name.clone(), Document::parse(bytes))).collect();
        Self { pages, files: built.keys().cloned().collect(), root }
    }

    /// What is wrong with any page. `raw`: pages that hold HTML of a note's own.
    pub(crate) fn faults(&self, raw: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut faults = Vec::new();
        let ids: BTreeMap<&str, BTreeSet<&str>> = self
            .pages
            .iter()
            .map(|(name, page)| (name.as_str(), page.elements.iter().filter_map(|element| element.get("id")).collect()))
            .collect();
        for (name, page) in &self.pages {
            let mut say = |element: &Element, what: &str| {
                faults.push(format!("{name}:{}: {what}: <{} {:?}>", element.line, element.name, element.attributes));
            };
            let mut seen = BTreeSet::new();
            for element in &page.elements {
                let known = |list: &str| list.split_whitespace().any(|known| known == element.name);
                if !(known(ELEMENTS) || known(MATHS) || (raw(name) && known(OWN))) {
                    say(element, "strange element");
                }
                for (attribute, value) in &element.attributes {
                    if !ATTRIBUTES.split_whitespace().any(|known| known == attribute) {
                        say(element, "strange attribute");
                    }
                    if attribute.starts_with("on") || attribute == "style" {
                        say(element, "dangerous attribute");
                    }
                    if attribute == "id" && !seen.insert(value.as_str()) {
                        say(element, "an id twice");
                    }
                }
                self.element(name, element, &ids, &mut say);
            }
            faults.extend(page.errors.iter().map(|error| format!("{name}: {error}")));
        }
        faults
    }

    fn element(
        &self,
        page: &str,
        element: &Element,
        ids: &BTreeMap<&str, BTreeSet<&str>>,
        say: &mut dyn FnMut(&Element, &str),
    ) {
        match element.name.as_str() {
            "script" => {
                let ours = element.get("src").is_some_and(|src| {
                    let own = if page == "404.html" { src.strip_prefix(self.root).unwrap_or(src) } else { src };
                    own.trim_start_matches("../") == "assets/script.js"
                });
                if !ours {
                    say(element, "somebody else's script");
                }
            }
            "meta" => {
                let good = match element.get("http-equiv") {
                    None => true,
                    Some("Content-Security-Policy") => element.get("content").unwrap().contains("script-src 'self';"),
                    Some("refresh") => element.get("content").unwrap().strip_prefix("0; url=").is_some_and(|url| {
                        !bad_scheme(url) && (url.contains("://") || self.leads(page, url, ids).is_ok())
                    }),
                    Some(_) => false,
                };
                if !good {
                    say(element, "strange meta");
                }
            }
            "button" if element.get("popovertarget") != Some("page:tree") => say(element, "somebody else's button"),
            "input" if element.get("type") != Some("checkbox") => say(element, "strange input"),
            _ => {}
        }
        for attribute in ["href", "src", "cite", "poster", "srcset"] {
            let Some(value) = element.get(attribute) else { continue };
            let several = value.split(',').filter_map(|source| source.split_whitespace().next());
            let urls: Vec<&str> = if attribute == "srcset" { several.collect() } else { vec![value] };
            for url in urls {
                if bad_scheme(url) {
                    say(element, "dangerous address");
                }
                let outside = url.contains(':') && !url.starts_with(['#', '.']) && scheme(url).is_some();
                let outside = outside || url.starts_with("//") || url.starts_with("/\\");
                if outside
                    && (["src", "poster", "srcset"].contains(&attribute)
                        || (element.name == "link" && element.get("rel") != Some("canonical")))
                {
                    say(element, "another host is asked");
                } else if !outside
                    && attribute != "cite"
                    && let Err(why) = self.leads(page, url, ids)
                {
                    say(element, &why);
                }
            }
        }
    }

    /// Whether an address within the site leads to a file and a place in it.
    fn leads(&self, page: &str, url: &str, ids: &BTreeMap<&str, BTreeSet<&str>>) -> Result<(), String> {
        let (path, anchor) = url.split_once('#').map_or((url, None), |(path, anchor)| (path, Some(anchor)));
        let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
        parts.pop();
        let path = if page == "404.html" { path.strip_prefix(self.root).unwrap_or(path) } else { path };
        if path.starts_with('/') {
            return Err("an address from the host's top".to_owned());
        }
        for part in path.split('/') {
            match part {
                ".." => {
                    parts.pop().ok_or("it leads out of the site")?;
                }
                "." => {}
                part => parts.push(decode(part)),
            }
        }
        let target = if path.is_empty() { page.to_owned() } else { parts.join("/") };
        if !self.files.contains(&target) {
            return Err(format!("there is no file {target}"));
        }
        let Some(anchor) = anchor else { return Ok(()) };
        let anchor = decode(anchor);
        let there = ids.get(target.as_str()).is_some_and(|ids| ids.contains(anchor.as_str()));
        if there { Ok(()) } else { Err(format!("there is no id {anchor:?} in {target}")) }
    }
}

/// The scheme as a browser sees it: blanks and control characters are passed over.
fn scheme(url: &str) -> Option<String> {
    let clean: String = url.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let (scheme, _) = clean.split_once(':')?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    good.then(|| scheme.to_lowercase())
}

fn bad_scheme(url: &str) -> bool {
    scheme(url).is_some_and(|scheme| !["http", "https", "mailto", "tel", "ftp"].contains(&scheme.as_str()))
}

/// Percent-decodes.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = (first == b'%').then(|| tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok())).flatten();
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// `Use <select> here.` is prose: a browser would take all that follows for its content.
#[test]
fn a_tag_in_prose_takes_nothing_away() {
    for name in [
        "select",
        "noscript",
        "textarea",
        "title",
        "template",
        "script",
        "style",
        "iframe",
        "object",
        "plaintext",
        "xmp",
    ] {
        let text = format!("# N\n\nUse <{name}> *here*.\n\n## Next\n\n- [ ] task\n");
        let desk = Desk::new(BOOK, &[("n.md", text)]);
        desk.build();
        let page = &desk.built()["n.html"];
        assert!(holds(page, &format!("<p>Use &lt;{name}&gt; <em>here</em>.</p>")), "{name}");
        assert!(holds(page, "<h2 id=\"next\""), "{name}");
    }
}
