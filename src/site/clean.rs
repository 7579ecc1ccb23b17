//! HTML that a note brings along: what may stay of it.
//!
//! Runs over the whole body of those pages that hold such HTML, so that an unbalanced tag of a note cannot break the page
//! around it. It therefore has to let all of our own through: a test sends pages without such HTML through it unchanged.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::Mutex;

use ammonia::Builder;
use ammonia::UrlRelative;
use regex::Regex;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::link::percent_decode;
use crate::report::resolve::Target;
use crate::site::places::Places;
use crate::site::text::SCHEMES;
use crate::site::text::forbidden;
use crate::site::text::outside;
use crate::site::url::fragment;

/// Elements beyond ammonia's own list: ours, and MathML Core's.
const TAGS: [&str; 48] = [
    "input",
    "section",
    "figure",
    "figcaption",
    "details",
    "summary",
    "mark",
    "audio",
    "video",
    "picture",
    "source",
    "track",
    "time",
    "ins",
    "math",
    "semantics",
    "annotation",
    "mrow",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "merror",
    "none",
    "menclose",
    "maction",
    "dl",
    "dt",
    "dd",
];

/// Elements that go with all that is in them.
const HIDDEN: [&str; 10] =
    ["script", "style", "noscript", "template", "iframe", "object", "svg", "title", "textarea", "select"];

/// Attributes that any element may have.
const ATTRIBUTES: [&str; 34] = [
    "id",
    "class",
    "title",
    "lang",
    "dir",
    "role",
    "tabindex",
    "aria-label",
    "datetime",
    "data-state",
    "open",
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "mathcolor",
    "stretchy",
    "form",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "movablelimits",
    "accent",
    "accentunder",
    "linethickness",
    "columnalign",
    "rowspan",
    "colspan",
    "encoding",
    "largeop",
    "symmetric",
];

/// What the addresses in HTML of a note's own need of the notebook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Those of notes and files, as written, whether there are such or not.
    pub(crate) addresses: BTreeSet<String>,
    /// The files that they show or link to: indices into the attachments.
    pub(crate) files: BTreeSet<usize>,
}

impl Asked {
    /// True if a page that asks for this has nothing that `foreseen` does not tell.
    pub(crate) fn is_foreseen(&self, foreseen: &Self) -> bool {
        self.files == foreseen.files && self.addresses.is_subset(&foreseen.addresses)
    }
}

/// What we wrote ourselves on a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ours {
    /// Addresses in links.
    pub(crate) links: BTreeSet<String>,
    /// Addresses of pictures, sound and films: never another host's.
    pub(crate) files: BTreeSet<String>,
    /// In the page's body.
    pub(crate) ids: BTreeSet<String>,
    /// Of the page's title, which stands above the body.
    pub(crate) title: Option<String>,
}

/// What one run over a page knows. ammonia wants its filter to own it.
struct Known {
    ours: Ours,
    /// What the note's own addresses become; those that are not in it are asked for.
    answers: BTreeMap<(bool, String), Option<String>>,
    seen: Mutex<Seen>,
}

/// What one run met.
#[derive(Default)]
struct Seen {
    asked: BTreeSet<(bool, String)>,
    ids: BTreeSet<String>,
}

impl Known {
    /// What an address of the note's own becomes; where nobody knows yet, it is asked for.
    fn address(&self, shown: bool, value: &str) -> Option<String> {
        let question = (shown, value.to_owned());
        if let Some(answer) = self.answers.get(&question) {
            return answer.clone();
        }
        if let Ok(mut seen) = self.seen.lock() {
            seen.asked.insert(question);
        }
        None
    }

    /// A source of a `srcset`: an address, and a width or density.
    fn source(&self, source: &str) -> Option<String> {
        let (address, size) = source.split_once(char::is_whitespace).unwrap_or((source, ""));
        let size = size.trim();
        if !size.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'w' | 'x')) {
            return None;
        }
        let address = self.address(true, address)?;
        Some(if size.is_empty() { address } else { format!("{address} {size}") })
    }

    /// An id as it may stay: ours as they are, others with a name of their own, none of them twice.
    fn id(&self, value: &str) -> Option<String> {
        let mut seen = self.seen.lock().ok()?;
        seen.ids.extend(self.ours.title.clone());
        if self.ours.ids.contains(value) && seen.ids.insert(value.to_owned()) {
            return Some(value.to_owned());
        }
        let value = value.split_whitespace().collect::<Vec<_>>().join("-");
        let own = format!("user-content-{value}");
        (!value.is_empty() && seen.ids.insert(own.clone())).then_some(own)
    }
}

/// Writes `<a name="x">` as `<a id="x">`: names are dropped, ids are kept.
pub(crate) fn with_ids(html: &str) -> Cow<'_, str> {
    static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"(?i)<a((?:\s+[a-z-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))*?)\s+name(\s*=)"#).ok()
    });
    match NAMED.as_ref() {
        Some(named) => named.replace_all(html, "<a$1 id$2"),
        None => Cow::Borrowed(html),
    }
}

/// Cleans the body of a note's page.
///
/// `of`: the page and the note, as indices of notes.
pub(crate) fn clean(places: &Places<'_>, of: (usize, usize), html: &str, ours: Ours, asked: &mut Asked) -> String {
    let known = Arc::new(Known { ours, answers: BTreeMap::new(), seen: Mutex::default() });
    let first = run(html, Arc::clone(&known));
    // the first run tells which addresses are the note's own, the second knows where they lead
    let seen = known.seen.lock().map(|mut seen| std::mem::take(&mut *seen)).unwrap_or_default();
    if seen.asked.is_empty() {
        return first;
    }
    let answers = seen.asked.into_iter().map(|(picture, address)| {
        let answer = self::address(places, of, picture, &address, &seen.ids, asked);
        ((picture, address), answer)
    });
    let answers = answers.collect();
    run(html, Arc::new(Known { ours: known.ours.clone(), answers, seen: Mutex::default() }))
}

fn run(html: &str, known: Arc<Known>) -> String {
    let mut builder = Builder::default();
    builder
        .add_tags(TAGS)
        .add_generic_attributes(ATTRIBUTES)
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("a", ["rel"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .add_tag_attributes("audio", ["src", "controls", "preload"])
        .add_tag_attributes("video", ["src", "controls", "preload", "width", "height", "poster", "loop", "muted"])
        .add_tag_attributes("source", ["src", "srcset", "type", "media", "sizes"])
        .add_tag_attributes("track", ["src", "kind", "srclang", "label", "default"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("math", ["xmlns"])
        .add_tag_attributes("mspace", ["width", "height", "depth"])
        .add_tag_attributes("mpadded", ["width", "height", "depth", "voffset"])
        .add_tag_attributes("th", ["scope"])
        .add_clean_content_tags(HIDDEN)
        .url_schemes(SCHEMES.into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |element, attribute, value| match attribute {
            "id" => known.id(value).map(Cow::Owned),
            "href" if known.ours.links.contains(value) => Some(value.into()),
            "src" if known.ours.files.contains(value) => Some(value.into()),
            "href" | "src" | "poster" => known.address(element != "a", value).map(Cow::Owned),
            // all of them are asked for, and all must be good
            "srcset" => {
                let sources: Vec<Option<String>> = value.split(',').map(|source| known.source(source.trim())).collect();
                let sources: Option<Vec<String>> = sources.into_iter().collect();
                sources.map(|sources| Cow::Owned(sources.join(", ")))
            }
            "cite" => outside(value).map(Cow::Owned),
            "dir" => matches!(value, "ltr" | "rtl" | "auto").then(|| value.into()),
            "tabindex" => (value == "0").then(|| value.into()),
            "align" | "valign" | "bgcolor" | "style" => None,
            _ => Some(value.into()),
        });
    let mut clean = builder.clean(html).to_string();
    clean.retain(|c| !forbidden(c));
    clean
}

/// The address of a link or picture in a note's own HTML, as a page may have it.
///
/// `ids`: those that stand on the page.
pub(crate) fn address(
    places: &Places<'_>,
    (page, note): (usize, usize),
    picture: bool,
    value: &str,
    ids: &BTreeSet<String>,
    asked: &mut Asked,
) -> Option<String> {
    if let Some(anchor) = value.trim().strip_prefix('#') {
        let anchor = percent_decode(anchor);
        let own = format!("user-content-{anchor}");
        let found = [own, anchor].into_iter().find(|id| ids.contains(id));
        return found.filter(|_| !picture).map(|id| fragment(&id));
    }
    let kind = if picture { LinkKind::Image } else { LinkKind::Inline };
    let link = Link { kind, target: value.trim().to_owned(), ..Link::default() };
    let target = places.resolve(note, &link);
    if target != Target::External {
        asked.addresses.insert(link.target);
    }
    match target {
        // a page asks no other host for anything, unless the settings let it
        Target::External => outside(value)
            .filter(|address| !picture || (places.remote_media && crate::site::picture::is_of_web(address))),
        Target::Note { note: to, place } => places.href_to_note(page, to, place).filter(|_| !picture),
        Target::Attachment(path) => {
            let (index, address) = places.file(&path)?;
            if crate::site::picture::is_svg(&address) && !picture {
                return None;
            }
            asked.files.insert(index);
            Some(format!("{}{}", places.href_from(page, &address), crate::site::picture::part(value)))
        }
        Target::Missing | Target::Outside => None,
    }
}
