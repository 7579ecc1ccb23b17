//! A piece of Markdown as a person reads it: without markup, with the texts of links, without URLs.

use pulldown_cmark::Event;
use pulldown_cmark::LinkType;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use crate::model::Lines;
use crate::model::LinkKind;
use crate::model::Span;
use crate::model::comment;
use crate::model::ticket::Trackers;
use crate::parse::blocks;
use crate::parse::dialect;
use crate::parse::inline;
use crate::parse::outline;
use crate::parse::outline::squeeze;

/// The words of an item's or sentence's Markdown on one line. URLs are left out, e-mail addresses are not; wikilinks show
/// their alias or name.
#[must_use]
pub fn plain(markdown: &str) -> String {
    match simple(markdown) {
        Some(words) => squeeze(&words),
        None => read(markdown, |_, _| Vec::new()),
    }
}

/// As [`plain`], with the URLs that belong to a sentence: all of them if words follow the first one, or none precede it;
/// else all but the first, which the words before it describe.
pub(crate) fn plain_with_urls(markdown: &str) -> String {
    words(markdown, |source, urls| {
        let [first, others @ ..] = urls else { return Vec::new() };
        if others.is_empty() {
            return Vec::new();
        }
        let says = |from: usize, to: usize| {
            let words = source.get(from..to).unwrap_or("").split_whitespace();
            words.into_iter().any(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                word.chars().count() > 1 && !matches!(word.to_lowercase().as_str(), "etc" | "original" | "link")
            })
        };
        let ends = others.iter().map(|url| url.start).chain([source.len()]);
        let goes_on = urls.iter().zip(ends).any(|(url, next)| says(url.end, next));
        if goes_on || !says(0, first.start) { urls.to_vec() } else { others.to_vec() }
    })
}

/// As [`plain`], with all URLs.
pub(crate) fn plain_with_all_urls(markdown: &str) -> String {
    words(markdown, |_, urls| urls.to_vec())
}

/// As [`plain`], with the URLs that are followed by words: `who owns <https://a.org>?`.
pub(crate) fn plain_with_inner_urls(markdown: &str) -> String {
    words(markdown, |source, urls| {
        let says = |at: usize, url: &Span| {
            let end = urls.get(at + 1).map_or(source.len(), |next| next.start);
            source.get(url.end..end).is_some_and(|rest| !rest.trim_matches(['>', ' ']).is_empty())
        };
        let last = urls.iter().enumerate().filter(|(at, url)| says(*at, url)).map(|(at, _)| at).next_back();
        urls.iter().take(last.map_or(0, |last| last + 1)).copied().collect()
    })
}

/// `keep` gets the source and the spans of its URLs, and returns those to keep.
fn words(markdown: &str, keep: impl Fn(&str, &[Span]) -> Vec<Span>) -> String {
    if is_plain(markdown) {
        return squeeze(markdown);
    }
    read(markdown, keep)
}

/// True if no character can be markup: that holds for most items, and parsing them as Markdown would be most of the cost of
/// an index.
fn is_plain(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | ';' | '?' | '(' | ')' | '.' | '-' | '/');
    text.chars().all(is_word) && !has_bare_host(text)
}

/// `www.example.org` is a link without a scheme.
fn has_bare_host(text: &str) -> bool {
    text.as_bytes().windows(4).any(|run| run.eq_ignore_ascii_case(b"www."))
}

/// The words of a text that consists of words, `[words](URL)` and URLs between spaces, without the URLs; `None` for any other
/// text, which has to be parsed as Markdown.
fn simple(text: &str) -> Option<String> {
    // a comment
    if text.contains("%%") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', ':']) {
        if rest.as_bytes().get(at) == Some(&b'[') {
            out.push_str(rest.get(..at)?);
            let (label, behind) = rest.get(at + 1..)?.split_once("](")?;
            let (url, behind) = behind.split_once(')')?;
            let is_link = !label.trim().is_empty() && url.contains("://") && url.chars().all(is_of_url);
            if !is_link {
                return None;
            }
            out.push_str(label);
            rest = behind;
        } else {
            let start = rest.get(..at)?.rfind(' ').map_or(0, |blank| blank + 1);
            let url = rest.get(start..)?.split(' ').next()?;
            let is_whole =
                matches!(rest.get(start..at), Some("http" | "https")) && (start > 0 || rest.len() == text.len());
            let (_, host) = url.split_once("://")?;
            let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.contains('.');
            let ends = url.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
            if !(is_whole && is_host && ends && url.chars().all(|c| is_of_url(c) && c != '_')) {
                return None;
            }
            out.push_str(rest.get(..start)?);
            rest = rest.get(start + url.len()..)?;
        }
    }
    out.push_str(rest);
    is_plain(&out).then_some(out)
}

/// True for characters with no other meaning in a URL.
fn is_of_url(c: char) -> bool {
    c.is_ascii_alphanumeric() || "/.:-?=%#+_".contains(c)
}

/// As [`words`], always by parsing the Markdown.
fn read(markdown: &str, keep: impl Fn(&str, &[Span]) -> Vec<Span>) -> String {
    // the zero-width space prevents a leading number or bullet from starting a list: the input is inline text
    let source = uncommented(format!("\u{200B}{markdown}"));
    let lines = Lines::new(&source);
    let outline = outline::read(&source, 0, &lines);
    let found = inline::read(&source, &lines, &outline, &Trackers::default());
    let bare = found.links.iter().filter(|link| !link.is_wiki());
    let autolinks = outline.links.iter().filter(|link| link.kind == LinkKind::Autolink);
    let urls = bare.chain(autolinks).filter(|link| link.target.contains("://")).map(|link| link.span);
    let mut urls: Vec<Span> = urls.collect();
    urls.sort();
    let kept = keep(&source, &urls);
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
                let first = found.links.partition_point(|link| link.span.end <= at);
                for link in found.links.iter().skip(first).take_while(|link| link.span.start < range.end) {
                    if link.span.end <= at {
                        continue;
                    }
                    text.push_str(source.get(at.max(skip_to)..link.span.start.max(at).max(skip_to)).unwrap_or(""));
                    if link.span.start >= skip_to {
                        if link.is_wiki() {
                            text.push_str(&link.text);
                        } else if link.target.starts_with("mailto:") || kept.contains(&link.span) {
                            text.push_str(link.span.of(&source));
                        }
                    }
                    skip_to = skip_to.max(link.span.end);
                    at = at.max(link.span.end.min(range.end));
                }
                text.push_str(source.get(at.max(skip_to)..range.end).unwrap_or(""));
            }
            Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) if hidden == 0 => {
                text.push_str(&words);
            }
            // `<date>` is a placeholder, `<b>` is markup
            Event::InlineHtml(tag) if hidden == 0 && !is_html(&tag) => text.push_str(&tag),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            // an autolink's text is its URL
            Event::Start(Tag::Link { link_type: LinkType::Autolink, .. })
                if !kept.contains(&Span::new(range.start, range.end)) =>
            {
                hidden += 1;
            }
            Event::Start(Tag::Link { .. }) if hidden > 0 => hidden += 1,
            Event::End(TagEnd::Link) if hidden > 0 => hidden -= 1,
            _ => {}
        }
    }
    squeeze(text.trim_start_matches('\u{200B}'))
}

/// A title or heading as people read it, on one line: without comments, and with the words of wikilinks. The rest stays as
/// written, since a title is not Markdown.
pub(crate) fn title_words(title: &str) -> String {
    let title = comment::uncommented(title);
    // in `# Looms ^a1` the id is not part of the title
    let id = blocks::mark(&title).map(|(start, _)| start);
    let title = title.get(..id.unwrap_or(title.len())).unwrap_or(&title).trim_end();
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, (inner, after))) =
        rest.split_once("[[").and_then(|(before, from)| Some((before, from.split_once("]]")?)))
    {
        out.push_str(before);
        // the innermost pair is the link
        let inner = inner.rsplit_once("[[").map_or(inner, |(outer, inner)| {
            out.push_str("[[");
            out.push_str(outer);
            inner
        });
        let (target, alias) = inner.split_once('|').unwrap_or((inner, ""));
        let shown = if alias.trim().is_empty() { target.trim_end_matches('\\') } else { alias };
        out.push_str(shown.trim());
        rest = after;
    }
    out.push_str(rest);
    squeeze(&out)
}

/// A text without its `%% comments %%`.
pub(crate) fn uncommented(source: String) -> String {
    if !source.contains("%%") {
        return source;
    }
    let lines = Lines::new(&source);
    let outline = outline::read(&source, 0, &lines);
    let mut shown = String::with_capacity(source.len());
    let mut at = 0;
    for comment in inline::comments(&source, 0, &lines, &outline) {
        shown.push_str(source.get(at..comment.start).unwrap_or(""));
        at = at.max(comment.end);
    }
    shown.push_str(source.get(at..).unwrap_or(""));
    shown
}

/// A piece of text without its `%% comments %%` and `<!-- comments -->`; one that goes on beyond the piece ends it.
#[must_use]
pub fn without_comments(text: &str) -> String {
    if !text.contains("%%") && !text.contains("<!--") {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some((at, close)) =
        [("%%", "%%"), ("<!--", "-->")].iter().filter_map(|(open, close)| Some((rest.find(open)?, *close))).min()
    {
        let (before, comment) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let inner = comment.get(if close == "%%" { 2 } else { 4 }..).unwrap_or("");
        let end = inner.find(close);
        // `100%% sure` opens nothing
        let is_opened = close != "%%" || before.is_empty() || before.ends_with([' ', '\t', '\n']);
        if end.is_none() && !is_opened {
            out.push_str(before);
            out.push_str("%%");
            rest = inner;
            continue;
        }
        out.push_str(before);
        rest = end.and_then(|end| inner.get(end + close.len()..)).unwrap_or("");
        let is_doubled = out.is_empty() || out.ends_with([' ', '\t', '\n']);
        if is_doubled {
            rest = rest.trim_start_matches(' ');
        }
        if rest.starts_with([':', ',', '.', ';']) || rest.trim().is_empty() {
            out.truncate(out.trim_end_matches(' ').len());
        }
    }
    out + rest
}

/// True for a comment, and for a known HTML tag.
fn is_html(tag: &str) -> bool {
    const KNOWN: &str = " a abbr acronym address audio b bdi bdo big blockquote br button center cite code data dd del \
        details dfn div dl dt em embed figcaption figure font h1 h2 h3 h4 h5 h6 hr i iframe img input ins kbd label li \
        mark meter nobr object ol p param picture pre progress q rp rt ruby s samp script section select small source \
        span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time tr track tt u \
        ul var video wbr ";
    let name = tag.trim_start_matches(['<', '/']);
    if name.starts_with(['!', '?']) {
        return true;
    }
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    KNOWN.contains(&format!(" {} ", name.get(..end).unwrap_or("").to_lowercase()))
}

/// The number of words in a text: runs between spaces that contain a letter or digit.
pub(crate) fn count_words(text: &str) -> usize {
    if text.is_ascii() {
        let words = text.as_bytes().split(|byte| matches!(byte, b'\t'..=b'\r' | b' '));
        return words.filter(|word| word.iter().any(u8::is_ascii_alphanumeric)).count();
    }
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn comments_are_left_out() {
        for (text, wanted) in [
            ("a %%b%% c", "a c"),
            ("Jo %%b%%: c <!-- d -->", "Jo: c"),
            ("<!-- a -->b %%c%%d", "b d"),
            ("a %%b", "a"),
            ("a <!-- b", "a"),
            ("100%% sure", "100%% sure"),
            ("a", "a"),
        ] {
            assert_eq!(without_comments(text), wanted);
        }
    }

    #[test]
    fn people_read_words() {
        let cases = [
            ("**A**tomicity and `x_y`", "Atomicity and x_y"),
            ("see [the talk](https://a.b/c) by *Ida*", "see the talk by Ida"),
            ("paper -> https://a.b/c.pdf", "paper ->"),
            ("[[note|the note]] and [[other#part]]", "the note and other#part"),
            ("<https://a.b> x", "x"),
            ("mail ida@example.com or <bo@example.org>", "mail ida@example.com or bo@example.org"),
            ("by <date> for <client-name>, <b>soon</b><!-- no -->", "by <date> for <client-name>, soon"),
            ("on <2026-11-30> or <1.12.>", "on <2026-11-30> or <1.12.>"),
            ("![thumb](i.png) y", "thumb y"),
            ("1. first", "1. first"),
            ("# not a heading", "# not a heading"),
            ("a &amp; b \\* c", "a & b * c"),
            ("call %%not her%% Ann <!-- nor him --> %%[[x]] `y` https://a.b%%now", "call Ann now"),
            ("100 %% of it, `%%` and `%%`", "100 %% of it, %% and %%"),
        ];
        for (markdown, want) in cases {
            assert_eq!(plain(markdown), want, "{markdown}");
        }
    }

    #[test]
    fn titles_are_words() {
        for (title, want) in [
            ("Looms ^a1", "Looms"),
            ("Looms ^ a1", "Looms ^ a1"),
            ("2^10", "2^10"),
            ("On [[looms|Looms]] %%old%%", "On Looms"),
        ] {
            assert_eq!(title_words(title), want, "{title}");
        }
    }

    proptest! {
        /// What is nothing but words and links is read as Markdown reads it.
        #[test]
        fn words_are_words(
            parts in prop::collection::vec(
                prop_oneof![
                    "[a-zA-Z0-9äß漢 ,;?().\\-/]{0,12}",
                    "(www|ftp|e\\.g\\.|--|\\.\\.\\.|1\\.|- |\\(c\\)| |:|_|\\*)",
                    "\\[[a-z .,:\\-/]{0,6}\\]\\(https?://[a-z0-9.:/?=%#+_\\-]{0,12}\\)",
                    " ?https?://[a-z0-9.:/?=%#+_\\-]{0,14} ?",
                    " ?https?://[a-z0-9]{1,3}\\.[a-z]{1,3}/[a-z0-9/?=]{0,6} ?",
                ],
                0..6,
            ),
        ) {
            let text = parts.concat();
            if is_plain(&text) {
                prop_assert_eq!(squeeze(&text), read(&text, |_, _| Vec::new()));
            }
            if let Some(words) = simple(&text) {
                prop_assert_eq!(squeeze(&words), read(&text, |_, _| Vec::new()), "{}", text);
            }
        }
    }

    proptest! {
        #[test]
        fn words_are_counted_alike_with_and_without_other_letters(text in "[a-z0-9\\-. \t\n\u{b}\u{c}\r\u{1c}]{0,40}") {
            let long = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
            prop_assert_eq!(count_words(&text), long);
        }
    }
}
