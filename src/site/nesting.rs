//! How deep a note's own HTML goes: what never ends costs the parser behind it its square, in time and in size.
//!
//! An estimate by the tags alone, before anything is parsed. Each formatting element that is left open is made again in
//! every block that follows, so few of them may be; and a table or the like keeps what is in it to itself.

use std::collections::BTreeMap;

/// Elements open at once.
const DEPTH: usize = 400;
/// Formatting elements open at once.
const FORMATTING: usize = 40;

/// Elements that the parser opens again where they are left open.
const AGAIN: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements that keep to themselves what is in them.
const FRAMES: [&str; 8] = ["table", "object", "applet", "marquee", "template", "svg", "math", "select"];
/// Elements that have no content or end with the next of their kind.
const SHORT: [&str; 24] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "option",
];

/// What a page's own HTML has opened and not closed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Nesting {
    /// Of each frame its name and what is open in it.
    frames: Vec<(String, BTreeMap<String, usize>)>,
    open: usize,
    formatting: usize,
}

impl Nesting {
    /// Counts the tags of a piece of HTML. False, and nothing counted, when it goes too deep.
    pub(crate) fn take(&mut self, html: &str) -> bool {
        let mut next = self.clone();
        let mut rest = html;
        while let Some((_, tag)) = rest.split_once('<') {
            rest = tag;
            let (end, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
            let length = name.find(|c: char| c.is_whitespace() || "/><".contains(c)).unwrap_or(name.len());
            let name = name.get(..length).unwrap_or("").to_ascii_lowercase();
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) && !SHORT.contains(&name.as_str()) {
                if end {
                    next.close(&name);
                } else {
                    next.add(name);
                }
                if next.open > DEPTH || next.formatting > FORMATTING {
                    return false;
                }
            }
        }
        *self = next;
        true
    }

    fn add(&mut self, name: String) {
        self.open += 1;
        self.formatting += usize::from(AGAIN.contains(&name.as_str()));
        if FRAMES.contains(&name.as_str()) {
            self.frames.push((name, BTreeMap::new()));
            return;
        }
        if self.frames.is_empty() {
            self.frames.push((String::new(), BTreeMap::new()));
        }
        if let Some((_, counts)) = self.frames.last_mut() {
            *counts.entry(name).or_default() += 1;
        }
    }

    fn close(&mut self, name: &str) {
        if FRAMES.contains(&name) {
            let Some(at) = self.frames.iter().rposition(|(frame, _)| frame == name) else { return };
            for (_, counts) in self.frames.drain(at..) {
                let formatting = AGAIN.iter().filter_map(|name| counts.get(*name)).sum::<usize>();
                self.open = self.open.saturating_sub(1 + counts.values().sum::<usize>());
                self.formatting = self.formatting.saturating_sub(formatting);
            }
        } else if let Some(count) = self.frames.last_mut().and_then(|(_, counts)| counts.get_mut(name))
            && *count > 0
        {
            *count -= 1;
            self.open = self.open.saturating_sub(1);
            self.formatting = self.formatting.saturating_sub(usize::from(AGAIN.contains(&name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(pieces: &[&str], times: usize, want: bool) {
        let mut nesting = Nesting::default();
        let mut taken = true;
        for _ in 0..times {
            taken &= pieces.iter().all(|piece| nesting.take(piece));
        }
        assert_eq!(taken, want, "{pieces:?}");
    }

    #[test]
    fn what_ends_may_go_on() {
        case(&["<b>", "</b>", "<DIV x=1>", "</div\n>"], 5000, true);
        case(&["<p>x<br><img src=x><li>"], 5000, true);
        case(&["<table><tr><td><b>x</b><td><i>y<tr></table>"], 5000, true);
        case(&["a < b, a <3, </b></i></table> <"], 5000, true);
    }

    #[test]
    fn what_never_ends_is_refused() {
        case(&["<b title=x>"], 50, false);
        case(&["<div>"], 500, false);
        case(&["<b></i>"], 50, false);
        case(&["<b><table><td></b></table>"], 50, false);
        case(&["<table>"], 500, false);
        let mut nesting = Nesting::default();
        assert!(!nesting.take(&"<i>".repeat(99)) && nesting.take("<i>"), "one that is refused is not counted");
    }
}
