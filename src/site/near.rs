//! The picture of a note's own links, on its page: who leads here on the left, where it leads on the right.

use std::collections::BTreeSet;

use crate::site::Site;
use crate::site::graph_page::linked;
use crate::site::graph_page::name;
use crate::site::rows;
use crate::site::text::escaped;
use crate::view::text::cut;

/// Notes on either side.
const MOST: usize = 7;
/// Columns of a label.
const COLUMNS: usize = 22;
/// Pixels: all of it, from one line to the next, and from the middle to the dots on either side.
const WIDTH: usize = 400;
const ROW: usize = 26;
const ARM: usize = 46;

/// The notes on the left and on the right of a note; one that leads here and is led to stands on the right.
pub(crate) fn sides(site: &Site<'_>, note: usize) -> [Vec<usize>; 2] {
    let out: BTreeSet<usize> = linked(site, note).map(|(to, _)| to).collect();
    let incoming = site.graph.incoming(note).iter().map(|(from, _)| *from);
    let from: BTreeSet<usize> =
        incoming.filter(|from| site.places.page(*from).is_some() && !out.contains(from)).collect();
    [from, out].map(|side| side.into_iter().collect())
}

/// The picture as HTML; empty for a note with fewer than two neighbours, of which lists say as much.
pub(crate) fn html(site: &Site<'_>, note: usize) -> String {
    let sides = sides(site, note);
    if sides.iter().map(Vec::len).sum::<usize>() < 2 {
        return String::new();
    }
    let rows = |side: &[usize]| side.len().min(MOST + 1);
    let height = sides.iter().map(|side| rows(side)).max().unwrap_or(0) * ROW;
    let (middle, centre) = (WIDTH / 2, height / 2);
    let (mut lines, mut links) = (String::new(), String::new());
    for (side, left) in sides.iter().zip([true, false]) {
        let first = (height - rows(side) * ROW) / 2 + ROW / 2;
        let (x, bend) = if left { (middle - ARM, middle - ARM / 2) } else { (middle + ARM, middle + ARM / 2) };
        let (text_x, anchor) = if left { (x - 9, " text-anchor=\"end\"") } else { (x + 9, "") };
        for (nth, &other) in side.iter().take(MOST).enumerate() {
            let y = first + nth * ROW;
            lines.push_str(&format!("M{middle} {centre}C{bend} {centre} {bend} {y} {x} {y}"));
            let whole = name(site, other);
            let shown = cut(rows::words(&site.title(other)).trim(), COLUMNS);
            let title = if whole == shown { String::new() } else { format!("<title>{}</title>", escaped(&whole)) };
            links.push_str(&format!(
                "<a href=\"{}\">{title}<circle class=\"hit\" cx=\"{x}\" cy=\"{y}\" r=\"12\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/><text x=\"{text_x}\" y=\"{}\"{anchor}>{}</text></a>\n",
                escaped(&site.places.href_to_note(note, other, None).unwrap_or_default()),
                y + 4,
                escaped(&shown)
            ));
        }
        if side.len() > MOST {
            let more = site.words.count("more", side.len() - MOST);
            let y = first + MOST * ROW + 4;
            links.push_str(&format!(
                "<text class=\"rest\" x=\"{text_x}\" y=\"{y}\"{anchor}>{}</text>\n",
                escaped(&more)
            ));
        }
    }
    format!(
        "<svg width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n<path d=\"{lines}\"/>\n\
         <circle class=\"own\" cx=\"{middle}\" cy=\"{centre}\" r=\"6\"/>{links}</svg>"
    )
}
