//! A line of a note, as quoted in reports.

use crate::model::Span;
use crate::parse;
use crate::parse::markers::marker_len;

/// Maximum length of a quoted line, in bytes.
pub(crate) const LINE: usize = 240;

/// The line, or the part of a long one around the key.
pub(crate) fn excerpt(text: &str, content: Span, span: Span) -> String {
    // bytes: a part of a long line is enough
    let start =
        if content.len() <= LINE { content.start } else { span.start.saturating_sub(LINE / 3).max(content.start) };
    let end = (start + LINE).max(span.end.min(start + 2 * LINE)).min(content.end);
    let (start, end) = (text.floor_char_boundary(start), text.ceil_char_boundary(end));
    let mut part = text.get(start..end).unwrap_or("").trim();
    if start <= content.start {
        part = part.trim_start_matches(['•', '–']);
        let heading = part.trim_start_matches('#');
        part = if heading.starts_with(' ') { heading.trim_start() } else { part };
        part = part.get(marker_len(part).unwrap_or(0)..).unwrap_or(part).trim();
    }
    let more = |is_more: bool| if is_more { "…" } else { "" };
    let part = parse::without_comments(part);
    format!("{}{}{}", more(start > content.start), part.trim_end(), more(end < content.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_key() {
        let long = format!("{}AB-1 {}", "word ".repeat(100), "more ".repeat(100));
        let at = long.find("AB-1").unwrap();
        let cut = excerpt(&long, Span::new(0, long.len()), Span::new(at, at + 4));
        assert!(cut.contains("AB-1") && cut.starts_with('…') && cut.ends_with('…') && cut.len() <= LINE + 8);
        assert_eq!(excerpt("  - AB-1 x ", Span::new(0, 11), Span::new(4, 8)), "AB-1 x");
    }
}
