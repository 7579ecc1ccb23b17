//! What kind of thing an address leads to.

use crate::model::ReadingKind;
use crate::model::phrases::Phrases;
use crate::model::web_address::host;

/// Hosts, each including its subdomains, and the kind of things on them.
const HOSTS: &[(ReadingKind, &[&str])] = &[
    (
        ReadingKind::Video,
        &[
            "youtube.com",
            "youtu.be",
            "youtube-nocookie.com",
            "vimeo.com",
            "twitch.tv",
            "ted.com",
            "media.ccc.de",
            "channel9.msdn.com",
            "confreaks.tv",
            "rumble.com",
            "dailymotion.com",
            "odysee.com",
        ],
    ),
    (
        ReadingKind::Paper,
        &[
            "arxiv.org",
            "doi.org",
            "dl.acm.org",
            "queue.acm.org",
            "ieeexplore.ieee.org",
            "semanticscholar.org",
            "jstor.org",
            "ssrn.com",
            "researchgate.net",
            "biorxiv.org",
            "pubmed.ncbi.nlm.nih.gov",
            "openreview.net",
        ],
    ),
    (
        ReadingKind::Book,
        &[
            "goodreads.com",
            "openlibrary.org",
            "books.google.com",
            "leanpub.com",
            "nostarch.com",
            "manning.com",
            "pragprog.com",
            "packtpub.com",
            "oreilly.com",
            "gutenberg.org",
            "librarything.com",
            "thestorygraph.com",
            "bookshop.org",
        ],
    ),
    (
        ReadingKind::Course,
        &[
            "udemy.com",
            "coursera.org",
            "edx.org",
            "egghead.io",
            "frontendmasters.com",
            "pluralsight.com",
            "khanacademy.org",
            "exercism.org",
            "exercism.io",
            "udacity.com",
            "codecademy.com",
            "ocw.mit.edu",
            "educative.io",
            "skillshare.com",
            "acloud.guru",
        ],
    ),
    (ReadingKind::Wiki, &["wikipedia.org", "wiki.c2.com", "fandom.com", "wikibooks.org"]),
    (
        ReadingKind::Podcast,
        &[
            "podcasts.apple.com",
            "overcast.fm",
            "soundcloud.com",
            "open.spotify.com",
            "pca.st",
            "podbean.com",
            "castro.fm",
        ],
    ),
    (
        ReadingKind::Documentation,
        &[
            "developer.mozilla.org",
            "docs.rs",
            "readthedocs.io",
            "devdocs.io",
            "pkg.go.dev",
            "devcenter.heroku.com",
            "learn.microsoft.com",
        ],
    ),
    (
        ReadingKind::Discussion,
        &[
            "news.ycombinator.com",
            "reddit.com",
            "lobste.rs",
            "stackoverflow.com",
            "stackexchange.com",
            "serverfault.com",
            "superuser.com",
            "quora.com",
            "discourse.org",
            "twitter.com",
            "x.com",
        ],
    ),
    (ReadingKind::Repository, &["gist.github.com", "codeberg.org", "bitbucket.org", "sr.ht", "sourceforge.net"]),
];

/// The kind of an address, with the words beside it in lower case.
pub(super) fn kind(url: &str, words: &str) -> ReadingKind {
    let host = host(url).unwrap_or_default();
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = path.split(['?', '#']).next().unwrap_or(path).to_lowercase();
    let says = |word: &str| words.split(|c: char| !c.is_alphanumeric()).any(|other| other == word);
    if path.split('/').any(|part| part == "wiki") {
        return ReadingKind::Wiki;
    }
    let under = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    if let Some((kind, _)) = HOSTS.iter().find(|(_, names)| names.iter().any(|name| under(name))) {
        return *kind;
    }
    if host.contains("amazon.")
        && (path.contains("/dp/") || path.starts_with("dp/") || path.contains("gp/product"))
        && says("book")
    {
        return ReadingKind::Book;
    }
    if path.ends_with(".pdf") {
        return if says("book") || says("ebook") { ReadingKind::Book } else { ReadingKind::Paper };
    }
    if host == "github.com" || host == "gitlab.com" {
        return match path.split('/').filter(|part| !part.is_empty()).nth(2) {
            None | Some("tree" | "blob" | "-" | "releases" | "tags") => ReadingKind::Repository,
            Some("issues" | "pull" | "discussions") => ReadingKind::Discussion,
            Some(_) => ReadingKind::Article,
        };
    }
    if host == "infoq.com" && path.starts_with("presentations/") {
        return ReadingKind::Video;
    }
    if host.starts_with("docs.")
        || host.starts_with("doc.")
        || path.split('/').any(|part| matches!(part, "docs" | "documentation" | "manual"))
    {
        return ReadingKind::Documentation;
    }
    if host.starts_with("wiki.") {
        return ReadingKind::Wiki;
    }
    if host.starts_with("podcast") || path.split('/').any(|part| part.starts_with("podcast")) {
        return ReadingKind::Podcast;
    }
    let first = words.split_whitespace().next().unwrap_or("").trim_end_matches(':');
    match first {
        "book" | "ebook" => ReadingKind::Book,
        "paper" => ReadingKind::Paper,
        "course" => ReadingKind::Course,
        "video" | "talk" => ReadingKind::Video,
        "podcast" => ReadingKind::Podcast,
        _ if says("paper") => ReadingKind::Paper,
        _ if says("course") => ReadingKind::Course,
        _ => ReadingKind::Article,
    }
}

/// True for pages for working rather than reading: changes and tickets, calls, shared documents, localhost.
pub(super) fn is_work(url: &str) -> bool {
    let host = host(url).unwrap_or_default();
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let code = ["/pull/", "/issues/", "/commit/", "/merge_requests/", "/compare/", "/actions/", "/browse/"]
        .iter()
        .any(|part| path.contains(part))
        || path.starts_with("browse/");
    let own = host == "localhost"
        || host.starts_with("127.")
        || host.starts_with("192.168.")
        || host.starts_with("10.")
        || host.starts_with("172.")
        || !host.contains('.');
    const TEAMS: &[&str] = &[
        "atlassian.net",
        "trello.com",
        "slack.com",
        "zoom.us",
        "meet.google.com",
        "docs.google.com",
        "drive.google.com",
        "calendar.google.com",
        "mail.google.com",
        "meetup.com",
        "eventbrite.com",
        "linear.app",
        "asana.com",
        "figma.com",
        "miro.com",
        "teams.microsoft.com",
    ];
    code || own
        || TEAMS.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')))
}

/// True for what is made to be read, watched or heard, and for nothing else.
pub(super) const fn is_made_for_it(kind: ReadingKind) -> bool {
    matches!(
        kind,
        ReadingKind::Paper | ReadingKind::Video | ReadingKind::Book | ReadingKind::Podcast | ReadingKind::Course
    )
}

/// True for shops.
pub(super) fn is_shop(url: &str) -> bool {
    let host = host(url).unwrap_or_default();
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    static SHOPS: Phrases =
        Phrases::new("amazon, ebay, etsy, ikea, aliexpress, walmart, zalando, bestbuy, target, costco");
    let sells = path.split(['/', '?']).any(|part| matches!(part, "cart" | "basket" | "checkout" | "shop" | "product"));
    sells || host.starts_with("shop.") || host.starts_with("store.") || host.split('.').any(|part| SHOPS.has(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (url, words, want) in [
            ("https://youtu.be/abc", "", ReadingKind::Video),
            ("ftp://ftp.example.edu/070.pdf", "", ReadingKind::Paper),
            ("https://arxiv.org/abs/1", "", ReadingKind::Paper),
            ("https://www.goodreads.com/book/show/1", "", ReadingKind::Book),
            ("https://example.org/looms", "book looms for all", ReadingKind::Book),
            ("https://github.com/ida/loom", "", ReadingKind::Repository),
            ("https://github.com/ida/loom/wiki/Shuttles", "", ReadingKind::Wiki),
            ("https://github.com/ida/loom/issues/3", "", ReadingKind::Discussion),
            ("https://en.wikipedia.org/wiki/Loom", "", ReadingKind::Wiki),
            ("https://docs.example.org/a", "", ReadingKind::Documentation),
            ("https://www.udemy.com/course/looms", "", ReadingKind::Course),
            ("https://example.org/products/looms", "", ReadingKind::Article),
        ] {
            assert_eq!(kind(url, words), want, "{url}");
        }
    }

    #[test]
    fn work() {
        for url in [
            "http://localhost:3000/",
            "https://github.com/ida/loom/pull/7",
            "https://ida.atlassian.net/x",
            "https://zoom.us/j/1",
        ] {
            assert!(is_work(url), "{url}");
        }
        assert!(
            is_shop("https://www.ikea.example/desk") && is_shop("https://a.org/cart") && !is_shop("https://a.org/b")
        );
        assert!(!is_work("https://github.com/ida/loom") && !is_work("https://example.org/a"));
    }
}
