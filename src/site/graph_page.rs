//! The page with the picture of all links between published notes, and the same as JSON beside it.

use std::collections::BTreeSet;

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::report::graph_report::GraphEdge;
use crate::report::graph_report::GraphNode;
use crate::report::graph_report::GraphReport;
use crate::report::resolve::Target;
use crate::site::Error;
use crate::site::Site;
use crate::site::frame::Common;
use crate::site::frame::Item;
use crate::site::graph_layout::Layout;
use crate::site::graph_layout::layout;
use crate::site::neighbours::Neighbours;
use crate::site::published::HeaderLink;
use crate::site::rows;
use crate::site::text::escaped;
use crate::site::url;
use crate::view::text::cut;
use crate::view::text::width;

/// From the site's top.
pub(crate) const ADDRESS: &str = "all/graph.html";
/// Likewise.
pub(crate) const JSON: &str = "all/graph.json";

/// So many notes are links in the picture; more are dots.
const LINKS: usize = 600;
/// Columns of a label.
const COLUMNS: usize = 28;
/// Of a letter, in pixels.
const LETTER: f64 = 7.0;
/// Of a line of letters.
const HEIGHT: f64 = 15.0;
/// Around the picture.
const MARGIN: f64 = 12.0;

/// What the template `graph.html` gets besides.
#[derive(Serialize)]
struct Page {
    title: String,
    /// How many notes and links there are.
    counts: Vec<String>,
    /// HTML.
    picture: String,
    /// The best linked notes, each with the number of those that it has links with.
    rows: Vec<Item>,
    /// The address of the same as JSON.
    json: String,
}

/// There is a link between two notes.
pub(crate) fn exists(site: &Site<'_>) -> bool {
    site.order.iter().any(|&note| linked(site, note).next().is_some())
}

/// For the header.
pub(crate) fn link(site: &Site<'_>) -> HeaderLink {
    HeaderLink { name: "graph", title: site.words.say("graph"), href: ADDRESS.to_owned() }
}

/// The published notes that a note leads to, once for each link, with the link.
pub(crate) fn linked(site: &Site<'_>, note: usize) -> impl Iterator<Item = (usize, usize)> {
    site.graph.outgoing(note).iter().enumerate().filter_map(move |(link, resolved)| match resolved.target {
        Target::Note { note: to, .. } if to != note && site.places.page(to).is_some() => Some((to, link)),
        _ => None,
    })
}

/// Another one where the page may be another, and where its JSON may.
pub(crate) fn keys(site: &Site<'_>, neighbours: &Neighbours) -> [u64; 2] {
    let (mut page, mut json) = (Xxh3::new(), Xxh3::new());
    page.update(&neighbours.key.to_le_bytes());
    let mut notes = site.order.clone();
    notes.sort_unstable();
    for note in notes {
        page.update(&neighbours.named(note).to_le_bytes());
        json.update(&neighbours.named(note).to_le_bytes());
        for (to, link) in linked(site, note) {
            page.update(&to.to_le_bytes());
            let link = site.places.note(note).and_then(|note| note.links.get(link));
            json.update(format!("{to} {:?}", link.map(|link| (link.kind, link.line))).as_bytes());
        }
        page.update(&[0xFF]);
    }
    [page, json].map(|hash| hash.digest().max(1))
}

/// The page.
pub(crate) fn html(site: &Site<'_>, neighbours: &Neighbours) -> Result<Vec<u8>, Error> {
    let layout = layout(neighbours.all());
    let links: usize = site.order.iter().map(|&note| linked(site, note).count()).sum();
    let alone = site.order.len() - layout.ranked.len();
    let mut counts = vec![site.words.count("n_notes", site.order.len()), site.words.count("n_links", links)];
    if alone > 0 {
        counts.push(site.words.count("n_alone", alone));
    }
    let row = |&note: &usize| Item {
        href: url::relative(ADDRESS, site.places.page(note).unwrap_or("")),
        text: name(site, note),
        current: false,
        aside: neighbours.beside(note).len().to_string(),
    };
    let page = Page {
        title: link(site).title.to_owned(),
        counts,
        rows: layout.moved().iter().map(row).collect(),
        picture: picture(site, neighbours, &layout),
        json: url::relative(ADDRESS, JSON),
    };
    let common = Common::new(site, ADDRESS, &page.title, "", "graph");
    site.theme.render("graph.html", &common, &page).map(String::into_bytes).map_err(Error)
}

/// The notes and links as `hornbook graph --format json` has them, with the addresses of the notes.
pub(crate) fn json(site: &Site<'_>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Node<'r> {
        #[serde(flatten)]
        node: &'r GraphNode,
        href: String,
    }
    #[derive(Serialize)]
    struct Graph<'r> {
        nodes: Vec<Node<'r>>,
        edges: &'r [GraphEdge],
    }
    let chosen: Vec<bool> = (0..site.source.notes.len()).map(|note| site.places.page(note).is_some()).collect();
    let mut report = GraphReport::new(site.graph, &chosen);
    for node in &mut report.nodes {
        node.title = rows::words(&node.title).into_owned();
    }
    let href = |node: &GraphNode| site.places.href_to_line(JSON, &node.path, None).unwrap_or_default();
    let nodes = report.nodes.iter().map(|node| Node { node, href: href(node) }).collect();
    // what is no JSON would be a mistake of ours: there are texts and numbers only
    let mut text = serde_json::to_string(&Graph { nodes, edges: &report.edges }).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

/// A note's title with what tells it from others.
pub(crate) fn name(site: &Site<'_>, note: usize) -> String {
    let title = rows::words(&site.title(note)).into_owned();
    match site.beside(note) {
        "" => title,
        beside => format!("{title} ({beside})"),
    }
}

/// A label beside a dot.
struct Label {
    at: [f64; 2],
    anchor: &'static str,
    text: String,
}

/// The picture: HTML.
fn picture(site: &Site<'_>, neighbours: &Neighbours, layout: &Layout) -> String {
    let place = |note: usize| layout.places.get(note).copied().flatten().unwrap_or_default();
    let reach = |note: usize| {
        (2.0 + f64::from(u16::try_from(neighbours.beside(note).len()).unwrap_or(u16::MAX)).sqrt()).min(9.0)
    };
    let (labels, frame) = labels(site, layout, &place, &reach);
    let [left, top, right, low] = frame;
    let at = |note: usize| {
        let [x, y] = place(note);
        (x - left, y - top)
    };
    let (mut lines, mut dots, mut links, mut named) = (String::new(), String::new(), String::new(), String::new());
    for &[from, to] in &layout.lines {
        let ((x, y), (to_x, to_y)) = (at(from), at(to));
        lines.push_str(&format!("M{x:.0} {y:.0}L{to_x:.0} {to_y:.0}"));
    }
    let moved: BTreeSet<usize> = layout.moved().iter().copied().collect();
    for (nth, &note) in layout.ranked.iter().enumerate().filter(|(_, note)| !moved.contains(note)) {
        let (x, y) = at(note);
        if nth >= LINKS {
            dots.push_str(&format!("M{x:.0} {y:.0}h0"));
            continue;
        }
        let href = url::relative(ADDRESS, site.places.page(note).unwrap_or(""));
        links.push_str(&format!(
            "<a href=\"{}\" tabindex=\"-1\"><title>{}</title><circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"2.5\"/></a>",
            escaped(&href),
            escaped(&name(site, note))
        ));
    }
    for (&note, label) in layout.moved().iter().zip(labels) {
        let (x, y) = at(note);
        let href = url::relative(ADDRESS, site.places.page(note).unwrap_or(""));
        let (text, stop) = match label {
            Some(Label { at: [x, y], anchor, text }) => {
                let anchor = if anchor.is_empty() { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
                (format!("<text x=\"{:.0}\" y=\"{:.0}\"{anchor}>{}</text>", x - left, y - top, escaped(&text)), "")
            }
            None => (String::new(), " tabindex=\"-1\""),
        };
        named.push_str(&format!(
            "<a href=\"{}\"{stop}><title>{}</title><circle class=\"hit\" cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"12\"/><circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"{:.1}\"/>{text}</a>\n",
            escaped(&href),
            escaped(&name(site, note)),
            reach(note)
        ));
    }
    let (width, height) = ((right - left).round(), (low - top).round());
    let label = escaped(site.words.say("graph_of"));
    let dots = if dots.is_empty() { dots } else { format!("<path class=\"dots\" d=\"{dots}\"/>\n") };
    format!(
        "<figure class=\"graph\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">\
         <svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n<path d=\"{lines}\"/>\n{dots}{links}{named}</svg></div></figure>\n"
    )
}

/// A label for each of the best linked notes that has room for one, and the frame of all that is drawn.
fn labels(
    site: &Site<'_>,
    layout: &Layout,
    place: &dyn Fn(usize) -> [f64; 2],
    reach: &dyn Fn(usize) -> f64,
) -> (Vec<Option<Label>>, [f64; 4]) {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for &note in layout.moved() {
        let ([x, y], r) = (place(note), reach(note));
        taken.push([x - r, y - r, x + r, y + r]);
    }
    let mut labels = Vec::new();
    for &note in layout.moved() {
        let ([x, y], r) = (place(note), reach(note) + 4.0);
        let text = cut(rows::words(&site.title(note)).trim(), COLUMNS);
        let width = f64::from(u16::try_from(width(&text)).unwrap_or(u16::MAX)) * LETTER;
        // right, left, below, above: the corners of its box, where its text begins, and how
        let candidates = [
            ([x + r, y - HEIGHT / 2.0], [x + r, y + 4.0], ""),
            ([x - r - width, y - HEIGHT / 2.0], [x - r, y + 4.0], "end"),
            ([x - width / 2.0, y + r], [x, y + r + 10.0], "middle"),
            ([x - width / 2.0, y - r - HEIGHT], [x, y - r - 3.0], "middle"),
        ];
        let free = candidates.into_iter().find_map(|([left, top], at, anchor)| {
            let own = [left, top, left + width, top + HEIGHT];
            let apart =
                |other: &[f64; 4]| own[2] < other[0] || other[2] < own[0] || own[3] < other[1] || other[3] < own[1];
            taken.iter().all(apart).then_some((own, at, anchor))
        });
        labels.push(free.map(|(own, at, anchor)| {
            taken.push(own);
            Label { at, anchor, text }
        }));
    }
    taken.push([0.0, 0.0, layout.size[0], layout.size[1]]);
    let least = |axis: fn(&[f64; 4]) -> f64| taken.iter().map(axis).fold(f64::MAX, f64::min) - MARGIN;
    let most = |axis: fn(&[f64; 4]) -> f64| taken.iter().map(axis).fold(f64::MIN, f64::max) + MARGIN;
    let frame = [least(|own| own[0]).floor(), least(|own| own[1]).floor(), most(|own| own[2]), most(|own| own[3])];
    (labels, frame)
}
