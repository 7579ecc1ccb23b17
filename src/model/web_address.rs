//! Addresses of web pages: which of them mean the same page, and what a page is called by its address.
//!
//! Nothing here asks the network. Called by the parser, the reports, and whoever looks for duplicates.

use std::borrow::Cow;

/// Query parameters that say where a reader came from, not what the page is.
const TRACKERS: &[&str] = &[
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "mc_cid", "mc_eid", "igshid", "si",
    "feature", "ref", "ref_src", "ref_url", "spm", "_hsenc", "_hsmi", "mkt_tok",
];

/// The parts of an address.
struct Parts<'a> {
    /// In lower case, without `:`.
    scheme: Cow<'a, str>,
    /// In lower case, without user and default port.
    host: String,
    /// From its first `/` on.
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = match url.strip_prefix("//") {
            Some(rest) => ("https", rest),
            None => url.split_once("://")?,
        };
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let at = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(at)?;
        let host = authority.rsplit('@').next().unwrap_or(authority).to_lowercase();
        let scheme = if scheme.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(scheme.to_ascii_lowercase())
        } else {
            Cow::Borrowed(scheme)
        };
        let port = match &*scheme {
            "http" => ":80",
            "https" => ":443",
            "ftp" => ":21",
            _ => "",
        };
        let bare = if port.is_empty() { &host } else { host.strip_suffix(port).unwrap_or(&host) };
        let host = bare.trim_end_matches('.').to_owned();
        Some(Self { scheme, host, path, query, fragment })
    }
}

/// What an address means: two addresses with the same key are the same page.
///
/// `http` and `https`, `www.`, `m.` and `amp.` before a host, default ports, doubled and final slashes, the order of the
/// query and what trackers add to it make no difference, and neither does the place within a page (`#…`, but not `#!…` and `#/…`).
/// Videos, papers and repositories that have several addresses have one key.
#[must_use]
pub fn key(url: &str) -> String {
    let url = without_tail(url.trim());
    if let Some(doi) = url.strip_prefix("doi:") {
        return format!("doi:{}", doi.to_lowercase());
    }
    let Some(parts) = Parts::of(url) else { return url.to_owned() };
    let host = same_host(&parts.host);
    if let Some(known) = video(&host, &parts).or_else(|| paper(&host, &parts)) {
        return known;
    }
    let mut path = normal_path(parts.path);
    if host == "github.com" {
        path = repository(path);
    }
    let is_medium = host == "medium.com" || host.ends_with(".medium.com");
    let mut query: Vec<&str> =
        parts.query.split('&').filter(|pair| !is_medium && !pair.is_empty() && !is_tracker(pair)).collect();
    query.sort_unstable();

    let mut key = match &*parts.scheme {
        "http" | "https" => String::new(),
        scheme => format!("{scheme}://"),
    };
    key.push_str(&host);
    key.push_str(&path);
    if !query.is_empty() {
        key.push('?');
        key.push_str(&query.join("&"));
    }
    if parts.fragment.starts_with(['!', '/']) {
        key.push('#');
        key.push_str(parts.fragment);
    }
    key
}

/// The host of an address without `www.` and port; `None` where it has none.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    let host = Parts::of(url)?.host;
    let host = host.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The part of an address that names the page: a video's id, `owner/repository`, else the last part of its path.
#[must_use]
pub fn last_part(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let (host_part, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host_part.to_lowercase();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if host.ends_with("youtube.com")
        && let Some(id) = query.split('&').find_map(|pair| pair.strip_prefix("v="))
    {
        return Some(id.to_owned());
    }
    let parts: Vec<&str> = path.split('#').next()?.split('/').filter(|part| !part.is_empty()).collect();
    if host.ends_with("github.com")
        && let [owner, repository] = parts.as_slice()
    {
        return Some(format!("{owner}/{repository}"));
    }
    let last = parts.last()?;
    let stem = last.rsplit_once('.').map_or(*last, |(stem, extension)| {
        if ["html", "htm", "php", "aspx", "pdf"].contains(&extension) { stem } else { last }
    });
    Some(crate::model::link::percent_decode(stem))
}

/// As [`last_part`], without what only machines read: the hash behind a title, the name of who answered a question.
#[must_use]
pub fn page_name(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    if let Some((question, _)) = path.split_once("/answer/") {
        return last_part(question);
    }
    let last = last_part(url)?;
    Some(match last.rsplit_once('-') {
        Some((title, hash)) if is_hash(hash) && title.contains('-') => title.to_owned(),
        _ => last,
    })
}

/// The hexadecimal number that some sites put behind a title.
fn is_hash(text: &str) -> bool {
    (10..=16).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Without the marks of a sentence at the end; brackets that are opened in the address stay.
fn without_tail(url: &str) -> &str {
    let mut url = url;
    loop {
        let cut = match url.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!') => true,
            Some(')') => url.matches(')').count() > url.matches('(').count(),
            _ => false,
        };
        match url.char_indices().next_back() {
            Some((at, _)) if cut => url = url.get(..at).unwrap_or(url),
            _ => return url,
        }
    }
}

/// The host without what only tells a browser or a telephone apart.
fn same_host(host: &str) -> String {
    let mut host = host;
    while let Some(shorter) = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)) {
        if !shorter.contains('.') {
            break;
        }
        host = shorter;
    }
    host.replace(".m.wikipedia.org", ".wikipedia.org")
}

fn is_tracker(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    name.starts_with("utm_") || TRACKERS.contains(&name.as_str())
}

/// No doubled and no final slash; percent signs only where they are needed.
fn normal_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or("");
        if c == '%'
            && let Some(byte) = tail
                .get(..2)
                .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            let plain = char::from(byte);
            if plain.is_ascii_alphanumeric() || matches!(plain, '-' | '.' | '_' | '~') {
                out.push(plain);
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            rest = tail.get(2..).unwrap_or("");
            continue;
        }
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
        rest = tail;
    }
    out.truncate(out.trim_end_matches('/').len());
    out
}

/// `youtube:ID` for all addresses of one video and its pictures.
fn video(host: &str, parts: &Parts<'_>) -> Option<String> {
    let mut segments = parts.path.split('/').filter(|part| !part.is_empty());
    let first = segments.next();
    let id = match host {
        "youtu.be" => first?,
        "youtube.com" | "music.youtube.com" | "youtube-nocookie.com" => match first? {
            "watch" => parts.query.split('&').find_map(|pair| pair.strip_prefix("v="))?,
            "embed" | "shorts" | "live" | "v" => segments.next()?,
            _ => return None,
        },
        "img.youtube.com" | "i.ytimg.com" | "i3.ytimg.com" if first == Some("vi") => segments.next()?,
        _ => return None,
    };
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)))
        .then(|| format!("youtube:{id}"))
}

/// `arxiv:ID` and `doi:ID`: a paper's summary and its file are one.
fn paper(host: &str, parts: &Parts<'_>) -> Option<String> {
    let path = parts.path.trim_matches('/');
    match host {
        "arxiv.org" | "export.arxiv.org" => {
            let (form, id) = path.split_once('/')?;
            if !matches!(form, "abs" | "pdf" | "html") {
                return None;
            }
            let id = id.strip_suffix(".pdf").unwrap_or(id);
            let version = id.rsplit_once('v').filter(|(stem, number)| {
                stem.ends_with(|c: char| c.is_ascii_digit())
                    && !number.is_empty()
                    && number.bytes().all(|byte| byte.is_ascii_digit())
            });
            Some(format!("arxiv:{}", version.map_or(id, |(stem, _)| stem)))
        }
        "doi.org" | "dx.doi.org" if !path.is_empty() => Some(format!("doi:{}", path.to_lowercase())),
        _ => None,
    }
}

/// A repository's own page, whatever its address says of branches; owner and name without regard to case.
fn repository(path: String) -> String {
    let mut segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if let [_, _, "tree", "main" | "master"] = segments.as_slice() {
        segments.truncate(2);
    }
    let [owner, name, rest @ ..] = segments.as_slice() else { return path.to_lowercase() };
    let name = if rest.is_empty() { name.strip_suffix(".git").unwrap_or(name) } else { name };
    let mut out = format!("/{}/{}", owner.to_lowercase(), name.to_lowercase());
    for part in rest {
        out.push('/');
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_page() {
        for (one, other) in [
            ("http://Example.ORG/a", "https://www.example.org/a/"),
            ("https://m.example.org/a", "https://amp.example.org/a"),
            ("https://example.org:443/a", "http://example.org:80/a"),
            ("https://example.org//deep///a", "https://example.org/deep/a"),
            ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
            ("https://example.org/a?utm_source=x&utm_medium=y&id=3", "https://example.org/a?id=3&fbclid=abc"),
            ("https://example.org/a#part-two", "https://example.org/a"),
            ("https://example.org/a).", "https://example.org/a"),
            ("https://example.org/a_(b)", "https://example.org/a_(b)/"),
            ("https://example.org/%7Eida/%c3%a4", "https://example.org/~ida/%C3%A4"),
            ("https://example.org", "http://example.org/"),
            ("https://example.org.", "https://example.org"),
            ("//example.org/a", "https://example.org/a"),
            ("https://ida:secret@example.org/a", "https://example.org/a"),
            ("https://youtu.be/abc-_123", "https://www.youtube.com/watch?v=abc-_123&list=PL1&index=7"),
            ("https://m.youtube.com/watch?t=5&v=abc", "https://youtube.com/shorts/abc?feature=share"),
            ("https://www.youtube-nocookie.com/embed/abc", "http://img.youtube.com/vi/abc/0.jpg"),
            ("https://medium.com/@ida/a-title-1234567890ab?source=rss", "https://medium.com/@ida/a-title-1234567890ab"),
            ("https://arxiv.org/abs/2001.01234v2", "https://arxiv.org/pdf/2001.01234.pdf"),
            ("https://dx.doi.org/10.1145/ABC", "https://doi.org/10.1145/abc"),
            ("doi:10.1145/abc", "https://doi.org/10.1145/ABC"),
            ("https://github.com/Ida/Loom.git", "https://github.com/ida/loom/tree/main"),
            ("https://en.m.wikipedia.org/wiki/Loom", "https://en.wikipedia.org/wiki/Loom"),
        ] {
            assert_eq!(key(one), key(other), "{one}  {other}");
        }
    }

    #[test]
    fn different_pages() {
        for (one, other) in [
            ("http://localhost:8880/", "http://localhost:8890/"),
            ("https://example.org/a", "https://example.org/A"),
            ("https://example.org/a?id=1", "https://example.org/a?id=2"),
            ("https://example.org/#!/inbox", "https://example.org/#!/sent"),
            ("https://example.org/#/inbox", "https://example.org/"),
            ("ftp://example.org/a", "https://example.org/a"),
            ("https://m.org/", "https://org/"),
            ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abd"),
            ("https://www.youtube.com/@ida/videos", "https://www.youtube.com/@ida/shorts"),
            ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/playlist?list=PL2"),
            ("https://github.com/ida/loom", "https://github.com/ida/loom/tree/next"),
            ("https://github.com/ida/loom/wiki/A", "https://github.com/ida/loom/wiki/B"),
        ] {
            assert_ne!(key(one), key(other), "{one}  {other}");
        }
    }

    #[test]
    fn names_of_pages() {
        for (url, name) in [
            ("https://a.org/deep/how-to-weave.html", "how-to-weave"),
            ("https://medium.com/looms/weaving-for-all-a09db0750ef9", "weaving-for-all"),
            ("https://www.quora.com/Why-do-looms-creak/answer/Ida-Berg-17", "Why-do-looms-creak"),
            ("https://a.org/2026-11-27", "2026-11-27"),
            ("https://github.com/ida/loom", "ida/loom"),
        ] {
            assert_eq!(page_name(url).as_deref(), Some(name), "{url}");
        }
        assert_eq!(page_name("https://a.org/"), None);
        assert_eq!(host("https://ida@www.A.org:80/x").as_deref(), Some("a.org"));
        assert_eq!(host("mailto:ida@a.org"), None);
    }

    proptest! {
        /// Any text has a key, and what makes no difference makes none, whatever the address.
        #[test]
        fn noise_makes_no_difference(path in "(/[a-zA-Z0-9_~%-]{0,6}){0,4}", odd in ".{0,30}") {
            prop_assert!(key(&odd).len() <= odd.len() * 3 + 8);
            let plain = key(&format!("https://a.example.org{path}"));
            prop_assert_eq!(&key(&format!("http://WWW.a.example.org{path}?utm_source=x#there")), &plain);
            let slashed = format!("https://m.a.example.org{}/", path.replace('/', "//"));
            prop_assert_eq!(&key(&slashed), &plain);
        }
    }
}
