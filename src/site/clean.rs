//! HTML that a note brings along: what may stay of it.
//!
//! Runs over the whole body of those pages that hold such HTML, so that an unbalanced tag of a note cannot break the page
//! around it. It therefore has to let all of our own through: a test sends pages without such HTML through it unchanged.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::Mutex;

use ammonia::Builder;
use ammonia::UrlRelative;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Span;
use crate::report::resolve::Target;
use crate::site::places::Places;
use crate::site::text::SCHEMES;
use crate::site::text::outside;

/// Elements beyond ammonia's own list: ours, and MathML Core's.
const TAGS: [&str; 46] = [
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

/// What one run over a page knows. ammonia wants its filter to own it.
struct Known {
    urls: BTreeSet<String>,
    ids: BTreeSet<String>,
    /// What the note's own addresses become; those that are not in it are asked for.
    answers: BTreeMap<(bool, String), Option<String>>,
    asked: Mutex<BTreeSet<(bool, String)>>,
}

/// Cleans the body of a note's page. `urls` and `ids`: those that we wrote ourselves.
pub(crate) fn clean(
    places: &Places<'_>,
    (page, note): (usize, usize),
    html: &str,
    urls: BTreeSet<String>,
    ids: BTreeSet<String>,
    files: &mut BTreeSet<usize>,
) -> String {
    let known = Arc::new(Known { urls, ids, answers: BTreeMap::new(), asked: Mutex::default() });
    let first = run(html, Arc::clone(&known));
    // the first run tells which addresses are the note's own, the second knows where they lead
    let asked = known.asked.lock().map(|mut asked| std::mem::take(&mut *asked)).unwrap_or_default();
    if asked.is_empty() {
        return first;
    }
    let answers = asked.into_iter().map(|(picture, address)| {
        let answer = own(places, (page, note), picture, &address, files);
        ((picture, address), answer)
    });
    let answers = answers.collect();
    let (urls, ids) = (known.urls.clone(), known.ids.clone());
    run(html, Arc::new(Known { urls, ids, answers, asked: Mutex::default() }))
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
        .add_tag_attributes("video", ["src", "controls", "preload", "width", "height"])
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
            "id" if known.ids.contains(value) => Some(value.into()),
            "id" => Some(Cow::Owned(format!("user-content-{}", value.trim()))),
            "href" | "src" | "cite" if known.urls.contains(value) => Some(value.into()),
            "href" | "src" => {
                let question = (element != "a", value.to_owned());
                match known.answers.get(&question) {
                    Some(answer) => answer.clone().map(Cow::Owned),
                    None => {
                        if let Ok(mut asked) = known.asked.lock() {
                            asked.insert(question);
                        }
                        None
                    }
                }
            }
            "cite" => outside(value).map(Cow::Owned),
            "dir" => matches!(value, "ltr" | "rtl" | "auto").then(|| value.into()),
            "tabindex" => (value == "0").then(|| value.into()),
            "align" | "valign" | "bgcolor" | "style" => None,
            _ => Some(value.into()),
        });
    builder.clean(html).to_string()
}

/// The address of a link or picture in a note's own HTML, as a page may have it.
fn own(
    places: &Places<'_>,
    (page, note): (usize, usize),
    picture: bool,
    value: &str,
    files: &mut BTreeSet<usize>,
) -> Option<String> {
    if let Some(anchor) = value.strip_prefix('#')
        && places.note(note).is_none_or(|note| note.sections.iter().all(|section| section.slug != anchor))
    {
        return Some(format!("#user-content-{anchor}"));
    }
    let kind = if picture { LinkKind::Image } else { LinkKind::Inline };
    let link = Link {
        kind,
        span: Span::default(),
        line: 0,
        target: value.trim().to_owned(),
        text: String::new(),
        title: None,
    };
    match places.resolve(note, &link) {
        // a page asks no other host for anything
        Target::External => outside(value).filter(|_| !picture),
        Target::Note { note: to, section, block } => places.href_to_note(page, to, section, block).filter(|_| !picture),
        Target::Attachment(path) => {
            let (index, address) = places.file(&path)?;
            if crate::site::picture::is_svg(&address) && !picture {
                return None;
            }
            files.insert(index);
            Some(places.href_from(page, &address))
        }
        Target::Missing | Target::Outside => None,
    }
}
