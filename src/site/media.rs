//! Pictures, sound, films and pages of other hosts in a note's own HTML: each becomes a link, since a page asks no other
//! host for anything.

use std::borrow::Cow;

use crate::site::picture;
use crate::site::text::escape;
use crate::site::text::escaped;
use crate::site::text::outside;

/// Elements that show what lies elsewhere.
const SHOWING: [&str; 5] = ["img", "video", "audio", "source", "embed"];

/// Elements that show a page of another host: a link in any case, since no page of ours holds another's.
const FRAMES: [&str; 2] = ["iframe", "embed"];

/// HTML in which those elements whose source is another host's are links with a readable name.
///
/// `remote_media`: pictures, sound and films may stay.
pub(crate) fn linked(html: &str, remote_media: bool) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        let Some((length, link)) = link(tag, remote_media) else {
            let (sign, behind) = tag.split_at(1);
            if !out.is_empty() {
                out.push_str(before);
                out.push_str(sign);
            }
            rest = behind;
            continue;
        };
        if out.is_empty() {
            out.push_str(html.get(..html.len() - rest.len()).unwrap_or(""));
        }
        out.push_str(before);
        out.push_str(&link);
        rest = tag.get(length..).unwrap_or("");
    }
    if out.is_empty() {
        return Cow::Borrowed(html);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of a tag at the beginning of a text that shows something of another host, and the link in its place.
fn link(tag: &str, remote_media: bool) -> Option<(usize, String)> {
    let name_end = tag.get(1..)?.find(|c: char| !c.is_ascii_alphanumeric())? + 1;
    let name = tag.get(1..name_end)?.to_ascii_lowercase();
    let is_shown = SHOWING.contains(&name.as_str()) && !remote_media;
    if !is_shown && !FRAMES.contains(&name.as_str()) {
        return None;
    }
    let (attributes, end) = attributes(tag, name_end)?;
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.trim());
    let source = value("src").or_else(|| value("srcset").and_then(|set| set.split_whitespace().next()))?;
    let source = source.replace("&amp;", "&");
    if !source.starts_with("//") && !picture::is_of_web(&source) {
        return None;
    }
    let href = outside(&source)?;
    // what stands in a player is hidden: it ends before the link
    let before = if name == "source" { "</video></audio></picture>" } else { "" };
    let mut link = format!("{before}<a class=\"picture\" href=\"{}\">", escaped(&href));
    let words = value("alt").or_else(|| value("title")).filter(|words| !words.is_empty());
    escape(words.unwrap_or(&picture::name_of(&source)), &mut link);
    link.push_str("</a> ");
    Some((end, link))
}

/// The attributes of a tag, names in lower case, and the byte behind its `>`.
fn attributes(tag: &str, from: usize) -> Option<(Vec<(String, String)>, usize)> {
    let mut found = Vec::new();
    let mut at = from;
    loop {
        let rest = tag.get(at..)?;
        let skipped = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        at += skipped;
        let rest = tag.get(at..)?;
        if rest.starts_with('>') {
            return Some((found, at + 1));
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c))?;
        let name = rest.get(..name_end)?.to_ascii_lowercase();
        at += name_end.max(1);
        let behind = tag.get(at..)?;
        let Some(value) = behind.trim_start().strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        let value = value.trim_start();
        at = tag.len() - value.len();
        let quote = value.chars().next().filter(|c| "\"'".contains(*c));
        let (text, length) = match quote {
            Some(quote) => {
                let inner = value.get(1..)?;
                let end = inner.find(quote)?;
                (inner.get(..end)?, end + 2)
            }
            None => {
                let end = value.find(|c: char| c.is_whitespace() || c == '>')?;
                (value.get(..end)?, end)
            }
        };
        found.push((name, text.to_owned()));
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_of_other_hosts_are_links() {
        let link = |href: &str, words: &str| format!("<a class=\"picture\" href=\"{href}\">{words}</a> ");
        for (html, want) in [
            ("<img src=\"https://e.example/a%20b.png\" alt=\"\">", link("https://e.example/a%20b.png", "a b.png")),
            (
                "<IMG alt='The <plan>' width=3 SRC=//e.example/a.png>",
                link("https://e.example/a.png", "The &lt;plan&gt;"),
            ),
            (
                "<video controls src='https://e.example/'></video>",
                format!("{}</video>", link("https://e.example/", "e.example")),
            ),
            (
                "x <img src=https://e.example/a?x=1&amp;y=2 /> y",
                format!("x {} y", link("https://e.example/a?x=1&amp;y=2", "a")),
            ),
            ("<img src=a.png><b>x</b>", "<img src=a.png><b>x</b>".to_owned()),
            ("<img alt=\"https://e.example\">", "<img alt=\"https://e.example\">".to_owned()),
            ("<img src=\"https://e.example", "<img src=\"https://e.example".to_owned()),
            ("a < b <img", "a < b <img".to_owned()),
        ] {
            assert_eq!(linked(html, false), want, "{html}");
        }
        // with media of other hosts, a page of theirs is still a link
        let film = "<iframe title='A film' src='https://e.example/f'></iframe><img src='https://e.example/a.png'>";
        let want = format!("{}</iframe><img src='https://e.example/a.png'>", link("https://e.example/f", "A film"));
        assert_eq!(linked(film, true), want);
        let film = linked("<video><source src=\"https://e.example/f.mp4\"></video>", false).into_owned();
        assert!(film.starts_with("<video></video>") && film.contains(">f.mp4</a>"), "{film}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(html in "[<>a-z=\"' /é]{0,40}|<(img|video|iframe) (src=['\"]?https://[a-z/]{0,9}['\"]?|[a-z]{1,3}='[^']{0,4}|é=>){0,3}") {
            let _linked = linked(&html, html.len() % 2 == 0);
        }
    }
}
