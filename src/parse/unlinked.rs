//! Words of a note without links, code, and struck-through text: the writer's own words.

use crate::model::Link;
use crate::model::Span;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::struck::unstruck;

/// Stands for a link.
pub(crate) const LINK: char = '\u{FFFC}';

/// The words of some pieces of a note on one line: each link as one [`LINK`], code without its question marks, no comments,
/// and spaces for struck-through text.
pub(crate) fn unlinked(text: &str, pieces: &[Span], links: &[Link], outline: &Outline) -> String {
    let mut out = String::new();
    for piece in pieces {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut at = piece.start;
        while at < piece.end {
            if let Some(end) = link_end(links, at) {
                out.push(LINK);
                at = end.max(at + 1);
                continue;
            }
            let (end, mask) = match outline.mask_at(at) {
                Some((mask, Mask::Indented)) => (mask.end, None),
                Some((mask, kind)) => (mask.end, Some(kind)),
                None => (outline.mask_from(at).map_or(piece.end, |(mask, _)| mask.start.max(at + 1)), None),
            };
            let next =
                links.get(links.partition_point(|link| link.span.start < at)).map_or(piece.end, |link| link.span.start);
            let end = end.min(piece.end).min(next.max(at + 1));
            let words = text.get(at..end).unwrap_or("");
            match mask {
                None => out.push_str(words),
                Some(Mask::Code | Mask::Math) => out.extend(words.chars().filter(|c| *c != '?')),
                Some(_) => {}
            }
            at = end.max(at + 1);
        }
    }
    // inside code as Markdown sees it there are no links
    if out.contains("://") || out.contains("www.") {
        let is_address = |word: &str| word.contains("://") || word.starts_with("www.");
        let word = |word: &str| if is_address(word) { LINK.to_string() } else { word.to_owned() };
        out = out.split_whitespace().map(word).collect::<Vec<_>>().join(" ");
    }
    unstruck(&out).into_owned()
}

/// The end of the outermost link around a byte. Links are sorted by their starts, outer ones first.
fn link_end(links: &[Link], at: usize) -> Option<usize> {
    let index = links.partition_point(|link| link.span.start <= at).checked_sub(1)?;
    // an image inside a link comes after it: look a few back
    let near = links.get(index.saturating_sub(3)..=index)?;
    near.iter().filter(|link| link.span.contains(at)).map(|link| link.span.end).max()
}
