//! A piece of Markdown as a person reads it: without marks, with the texts of links, without URLs.

use pulldown_cmark::Event;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use crate::model::Lines;
use crate::parse::dialect;
use crate::parse::inline;
use crate::parse::outline;
use crate::parse::outline::squeeze;

/// The words of an item's or sentence's Markdown on one line. Bare URLs are left out, wikilinks show their alias or name.
#[must_use]
pub fn plain(markdown: &str) -> String {
    // a leading number or bullet would make a list of it: what comes here is inline text
    let source = format!("\u{200B}{markdown}");
    let lines = Lines::new(&source);
    let outline = outline::read(&source, 0, &lines);
    let found = inline::read(&source, &lines, &outline, &[]);
    let mut text = String::with_capacity(markdown.len());
    let mut skip_to = 0;
    let mut hidden = 0usize;
    for (event, range) in dialect::reader(&source).into_offset_iter() {
        match event {
            Event::Text(words) if hidden == 0 => {
                let mut at = range.start;
                // escapes and entities are one event each: only verbatim text is cut by spans
                let verbatim = source.get(range.clone()) == Some(&*words);
                if !verbatim {
                    if range.start >= skip_to {
                        text.push_str(&words);
                    }
                    continue;
                }
                for link in &found.links {
                    if link.span.end <= at || link.span.start >= range.end {
                        continue;
                    }
                    text.push_str(source.get(at.max(skip_to)..link.span.start.max(at).max(skip_to)).unwrap_or(""));
                    if link.is_wiki() && link.span.start >= skip_to {
                        text.push_str(&link.text);
                    }
                    skip_to = skip_to.max(link.span.end);
                    at = at.max(link.span.end.min(range.end));
                }
                text.push_str(source.get(at.max(skip_to)..range.end).unwrap_or(""));
            }
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) if hidden == 0 => {
                text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            // an autolink's text is its URL
            Event::Start(Tag::Link {
                link_type: pulldown_cmark::LinkType::Autolink | pulldown_cmark::LinkType::Email,
                ..
            }) => {
                hidden += 1;
            }
            Event::Start(Tag::Link { .. }) if hidden > 0 => hidden += 1,
            Event::End(TagEnd::Link) if hidden > 0 => hidden -= 1,
            _ => {}
        }
    }
    squeeze(text.trim_start_matches('\u{200B}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_words() {
        let cases = [
            ("**A**tomicity and `x_y`", "Atomicity and x_y"),
            ("see [the talk](https://a.b/c) by *Ida*", "see the talk by Ida"),
            ("paper -> https://a.b/c.pdf", "paper ->"),
            ("[[note|the note]] and [[other#part]]", "the note and other#part"),
            ("<https://a.b> x", "x"),
            ("![thumb](i.png) y", "thumb y"),
            ("1. first", "1. first"),
            ("# not a heading", "# not a heading"),
            ("a &amp; b \\* c", "a & b * c"),
        ];
        for (markdown, want) in cases {
            assert_eq!(plain(markdown), want, "{markdown}");
        }
    }
}
