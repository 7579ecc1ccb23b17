//! Feeds (RSS, Atom, JSON Feed) in the reading list, as OPML 2.0 for feed readers. Pure: a report in, text out.

use crate::model::ReadingState;
use crate::report::reading_report::ReadingReport;

/// A feed that somebody noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// As the reading list shows it.
    pub title: String,
    /// The address of the feed itself.
    pub url: String,
}

/// Whether an address looks like that of a feed: `…/feed/`, `…/atom.xml`, `…/news.rss`, `feed:…`.
fn is_feed(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    if lower.starts_with("feed:") {
        return true;
    }
    let Some((_, rest)) = lower.split_once("://") else { return false };
    let path = rest.split(['?', '#']).next().unwrap_or("");
    let Some((_, path)) = path.split_once('/') else { return false };
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
    match extension {
        "rss" | "atom" => true,
        "xml" => ["feed", "feeds", "rss", "atom", "index"].contains(&stem),
        "json" => stem == "feed",
        "" => ["feed", "feeds", "rss", "atom"].contains(&stem),
        _ => false,
    }
}

/// Whether a link of the reading list is a feed that was not dropped.
#[must_use]
pub fn counts(state: ReadingState, url: &str) -> bool {
    state != ReadingState::Dropped && is_feed(url)
}

/// The feeds of a list, in its order.
#[must_use]
pub fn of(report: &ReadingReport) -> Vec<Feed> {
    report
        .items
        .iter()
        .filter(|item| counts(item.state, &item.url))
        .map(|item| Feed { title: item.title.clone(), url: item.url.clone() })
        .collect()
}

/// A subscription list of feeds.
#[must_use]
pub fn opml(title: &str, feeds: &[Feed]) -> String {
    let rows: String = feeds
        .iter()
        .map(|Feed { title, url }| {
            let (title, url) = (attribute(title), attribute(url));
            format!("    <outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{url}\"/>\n")
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>{}</title>\n  </head>\n  <body>\n{rows}  </body>\n</opml>\n",
        attribute(title)
    )
}

/// Text in XML; characters that XML cannot hold are left out.
fn attribute(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    kept.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_feeds() {
        for url in [
            "https://e.example/feed",
            "https://e.example/blog/feed/",
            "https://e.example/atom.xml?lang=en",
            "https://e.example/index.xml",
            "https://e.example/News.RSS",
            "https://e.example/feed.json",
            "feed:https://e.example/x",
        ] {
            assert!(is_feed(url), "{url}");
        }
        for url in [
            "https://feed",
            "https://e.example/",
            "https://e.example/feeding-cats",
            "https://e.example/why-rss.html",
            "https://e.example/sitemap.xml",
            "https://e.example/?feed",
            "notes/feed.xml",
        ] {
            assert!(!is_feed(url), "{url}");
        }
    }

    #[test]
    fn a_subscription_list_is_xml() {
        let feed = Feed { title: "A & \"B\" <c>\u{1}".to_owned(), url: "https://e.example/feed?a=1&b=2".to_owned() };
        assert_eq!(
            opml("Notes", &[feed]),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>Notes</title>\n  </head>\n  <body>\n    <outline type=\"rss\" text=\"A &amp; &quot;B&quot; &lt;c&gt;\" title=\"A &amp; &quot;B&quot; &lt;c&gt;\" xmlUrl=\"https://e.example/feed?a=1&amp;b=2\"/>\n  </body>\n</opml>\n"
        );
    }
}
