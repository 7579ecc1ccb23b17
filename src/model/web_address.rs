//! Addresses of web pages: which of them mean the same page, and what name an address suggests for its page.
//!
//! Nothing here uses the network. Called by the parser, the reports, and the search for duplicates.

use std::borrow::Cow;

/// Query parameters that on every host only track where a reader came from, and do not identify the page.
const TRACKERS: &[&str] = &[
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "mc_cid", "mc_eid", "igsh", "igshid",
    "ref_src", "ref_url", "spm", "srsltid", "_hsenc", "_hsmi", "mkt_tok",
];

/// Parameters that do so on some hosts only: elsewhere `ref` is a branch, and `si` or `feature` may identify the page.
const TRACKERS_OF: &[(&str, &[&str])] = &[
    ("youtube.com", &["si", "feature"]),
    ("youtu.be", &["si", "feature"]),
    ("spotify.com", &["si"]),
    ("twitter.com", &["s", "t"]),
    ("x.com", &["s", "t"]),
    ("imdb.com", &["ref_"]),
    ("producthunt.com", &["ref"]),
    ("amazon.com", &["ref", "ref_"]),
    ("amazon.co.uk", &["ref", "ref_"]),
    ("amazon.de", &["ref", "ref_"]),
    ("amazon.fr", &["ref", "ref_"]),
    ("amazon.es", &["ref", "ref_"]),
    ("amazon.it", &["ref", "ref_"]),
    ("amazon.com.br", &["ref", "ref_"]),
];

/// Signs kept as they are in a path: those that RFC 3986 and its predecessor leave unreserved, and those that separate nothing.
const PLAIN_IN_PATH: &[u8] = b"-._~!*'():@,";

/// The same in a query, where only `&`, `=`, `+`, `;` and `#` are separators.
const PLAIN_IN_QUERY: &[u8] = b"-._~!*'():@,/?$";

/// The parts of an address.
struct Parts<'a> {
    /// In lower case, without `:`.
    scheme: Cow<'a, str>,
    /// In lower case, without user and final dot.
    host: String,
    /// Empty for the scheme's default.
    port: &'a str,
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
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        // the colons in `[::1]` are not followed by a port
        let from = authority.rfind(']').unwrap_or(0);
        let colon = authority.get(from..)?.find(':').map_or(authority.len(), |at| from + at);
        let (host, port) = authority.split_at_checked(colon)?;
        let port = port.trim_start_matches(':');
        let host = host.trim_end_matches('.').to_lowercase();
        let scheme = if scheme.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(scheme.to_ascii_lowercase())
        } else {
            Cow::Borrowed(scheme)
        };
        let own = match &*scheme {
            "http" => "80",
            "https" => "443",
            "ftp" => "21",
            _ => "",
        };
        let port = if port == own { "" } else { port };
        Some(Self { scheme, host, port, path, query, fragment })
    }
}

/// The normalized form of an address: two addresses with the same key are the same page.
///
/// These make no difference: `http` and `https`; `www.`, `m.` and `amp.` before a host; default ports; doubled and final
/// slashes; `.` and `..` in a path; the order of the query and tracking parameters in it; the fragment (`#…`, but not `#!…`
/// and `#/…`); and percent-encoding (`é`, `%C3%A9`). Videos, papers and repositories with several addresses have one key.
#[must_use]
pub fn key(url: &str) -> String {
    let url = without_tail(url.trim());
    if let Some(doi) = url.strip_prefix("doi:") {
        return format!("doi:{}", normal(doi, PLAIN_IN_PATH).to_lowercase());
    }
    let Some(parts) = Parts::of(url) else { return url.to_owned() };
    let host = same_host(&parts.host);
    let path = normal_path(parts.path);
    if let Some(known) = video(&host, &parts).or_else(|| paper(&host, &path)) {
        return known;
    }
    let path = if host == "github.com" { repository(path) } else { path };
    let query = if is_site(&host, "medium.com") { Vec::new() } else { normal_query(&host, parts.query) };

    let mut key = match &*parts.scheme {
        "http" | "https" => String::new(),
        scheme => format!("{scheme}://"),
    };
    key.push_str(&host);
    if !parts.port.is_empty() {
        key.push(':');
        key.push_str(parts.port);
    }
    key.push_str(&path);
    if !query.is_empty() {
        key.push('?');
        key.push_str(&query.join("&"));
    }
    if parts.fragment.starts_with(['!', '/']) {
        key.push('#');
        key.push_str(&normal(parts.fragment, PLAIN_IN_QUERY));
    }
    key
}

/// The host of an address without `www.` and port; `None` if it has none.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    let host = Parts::of(url)?.host;
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The part of an address that names the page: a video's id, `owner/repository`, else the last part of its path.
#[must_use]
pub fn last_part(url: &str) -> Option<String> {
    let Parts { host, path, query, .. } = Parts::of(url)?;
    if is_site(&host, "youtube.com")
        && let Some(id) = query.split('&').find_map(|pair| pair.strip_prefix("v="))
    {
        return Some(id.to_owned());
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if is_site(&host, "github.com")
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

/// As [`last_part`], without the parts meant for machines: the hash after a title, the name of who answered a question.
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

/// The hexadecimal number that some sites put after a title.
fn is_hash(text: &str) -> bool {
    (10..=16).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Without sentence punctuation at the end; a closing bracket stays if it was opened in the address.
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

/// The host without prefixes that only tell browsers and phones apart.
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

/// True for a host and its subdomains.
fn is_site(host: &str, site: &str) -> bool {
    host.strip_suffix(site).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn is_tracker(host: &str, pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || TRACKERS.contains(&name.as_str())
        || TRACKERS_OF.iter().any(|(site, names)| names.contains(&name.as_str()) && is_site(host, site))
        // blogs and newsletters put their own names into their links
        || (name == "ref" && is_host_name(value))
        // every tab of a repository adds this
        || (host == "github.com" && name == "tab" && value.starts_with("readme-"))
}

/// `news.example.org`; not `main`, `v1.0`, `1.2.3`.
fn is_host_name(words: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    words.split('.').all(is_label)
        && words
            .rsplit_once('.')
            .is_some_and(|(_, last)| last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Normalizes percent-encoding: `plain` signs and ASCII letters and digits unencoded, invalid characters encoded, the rest
/// as written.
fn normal(written: &str, plain: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || plain.contains(&byte);
    let mut out = String::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = tail.first_chunk::<2>().filter(|hex| byte == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let encoded = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        let meant = encoded.unwrap_or(byte);
        if is_plain(meant) || (encoded.is_none() && b"!$&'()*+,;=:@/?#".contains(&byte)) {
            out.push(char::from(meant));
        } else {
            out.push_str(&format!("%{meant:02X}"));
        }
        rest = if encoded.is_some() { tail.get(2..).unwrap_or(&[]) } else { tail };
    }
    out
}

/// Without doubled or final slashes, `.` and `..`.
fn normal_path(path: &str) -> String {
    let path = normal(path, PLAIN_IN_PATH);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.iter().flat_map(|segment| ["/", segment]).collect()
}

/// The parameters that identify a page, sorted by name; those with the same name stay in order.
fn normal_query(host: &str, query: &str) -> Vec<String> {
    // copied out of HTML
    let query = query.replace("&amp;", "&");
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| normal(&pair.replace('+', "%20"), PLAIN_IN_QUERY));
    let mut pairs: Vec<String> = pairs.filter(|pair| !is_tracker(host, pair)).collect();
    pairs.sort_by(|a, b| a.split('=').next().cmp(&b.split('=').next()));
    pairs
}

/// `youtube:ID` for all addresses of one video and its thumbnails.
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

/// `arxiv:ID` and `doi:ID`: a paper's abstract and its file are one.
fn paper(host: &str, path: &str) -> Option<String> {
    let path = path.trim_matches('/');
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

/// A repository's page, whatever branch the address names; owner and name in lower case.
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
mod tests;
