//! Pairs of addresses that mean the same page, and pairs that do not.

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
        // encoded or not
        ("https://example.org/caf%C3%A9", "https://example.org/café"),
        ("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9"),
        ("https://example.org/?q=caf%C3%A9", "https://example.org/?q=café"),
        ("https://example.org/%E8%AA%9E/x", "https://example.org/語/x"),
        ("https://example.org/%61%2D%5F%2E%7Eb", "https://example.org/a-_.~b"),
        ("https://example.org/?a=%7Eb", "https://example.org/?a=~b"),
        ("https://example.org/Loom_%28weaving%29", "https://example.org/Loom_(weaving)"),
        ("https://example.org/Ida%27s_%21", "https://example.org/Ida's_!/"),
        ("https://example.org/wiki/Talk%3ALoom", "https://example.org/wiki/Talk:Loom"),
        ("https://example.org/%40ida%2Cbo", "https://example.org/@ida,bo"),
        ("https://example.org/?to=https%3A%2F%2Fa.org%2Fb", "https://example.org/?to=https://a.org/b"),
        ("https://example.org/?q=two+words", "https://example.org/?q=two%20words"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a[1]{2}|3^4`\"<>", "https://example.org/a%5B1%5D%7B2%7D%7C3%5E4%60%22%3C%3E"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/100%zz", "https://example.org/100%25zz"),
        ("https://doi.org/10.1002/%28SICI%291", "doi:10.1002/(sici)1"),
        ("https://example.org/#!/caf%C3%A9", "https://example.org/#!/café"),
        // hosts and ports
        ("https://EXAMPLE.org./a", "https://example.org/a"),
        ("https://example.org.:443/a", "https://example.org/a"),
        ("https://example.org:/a", "https://example.org/a"),
        ("https://www.m.example.org/a", "https://example.org/a"),
        ("HTTPS://example.org/a", "https://example.org/a"),
        ("https://MÜNCHEN.example/a", "https://münchen.example/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("https://a:b@example.org:443/a", "https://example.org/a"),
        ("ftp://example.org:21/a", "ftp://example.org/a"),
        // paths, queries, places
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/%2e%2E/a", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org?", "https://example.org/#"),
        ("https://example.org/a?&&b=1&", "https://example.org/a?b=1"),
        ("https://example.org?b=1", "https://example.org/?b=1"),
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"),
        ("https://example.org/a#", "https://example.org/a#:~:text=b"),
        ("https://example.org/a?utm_source=x#b", "https://example.org/a"),
        ("https://example.org/a?UTM_Source=x", "https://example.org/a"),
        ("https://example.org/a?x=1&y=2&x=3", "https://example.org/a?y=2&x=1&x=3"),
        // where a reader came from
        ("https://example.org/a?ref=news.example.com", "https://example.org/a"),
        ("https://www.amazon.de/dp/123?ref=sr_1_1&ref_=x", "https://amazon.de/dp/123"),
        ("https://open.spotify.com/episode/1?si=abc", "https://open.spotify.com/episode/1"),
        ("https://youtube.com/playlist?list=PL1&si=x", "https://www.youtube.com/playlist?list=PL1&feature=share"),
        ("https://youtu.be/abc?si=xyz", "https://youtu.be/abc"),
        ("https://x.com/ida/status/1?s=20&t=abc", "https://x.com/ida/status/1"),
        ("https://github.com/ida/loom?tab=readme-ov-file#use", "https://github.com/ida/loom"),
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
        // parameters that are trackers elsewhere
        ("https://git.example.org/a/b/file?ref=main", "https://git.example.org/a/b/file?ref=next"),
        ("https://git.example.org/a/b/file?ref=main", "https://git.example.org/a/b/file"),
        ("https://git.example.org/a/b?ref=v1.0", "https://git.example.org/a/b?ref=v1.1"),
        ("https://git.example.org/a/b?ref=release/1.x", "https://git.example.org/a/b"),
        ("https://example.org/docs?feature=dark", "https://example.org/docs?feature=light"),
        ("https://example.org/docs?feature=dark", "https://example.org/docs"),
        ("https://example.org/units?si=kg", "https://example.org/units"),
        ("https://example.org/a?s=20", "https://example.org/a"),
        ("https://notspotify.com/a?si=1", "https://notspotify.com/a"),
        ("https://example.org/a?reference=1", "https://example.org/a"),
        ("https://example.org/a?xutm_source=1", "https://example.org/a"),
        ("https://github.com/ida?tab=repositories", "https://github.com/ida"),
        // what an encoded sign keeps apart
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a%3Fb", "https://example.org/a?b"),
        ("https://example.org/a%23b", "https://example.org/a#b"),
        ("https://example.org/?a=b%26c", "https://example.org/?a=b&c"),
        ("https://example.org/?a%3Db", "https://example.org/?a=b"),
        ("https://example.org/?q=a%2Bb", "https://example.org/?q=a+b"),
        ("https://example.org/a+b", "https://example.org/a%20b"),
        ("https://example.org/100%25%32%35", "https://example.org/100%25"),
        ("https://example.org/a%253Fb", "https://example.org/a%3Fb"),
        ("https://example.org/caf%E9", "https://example.org/café"),
        ("https://example.org/café", "https://example.org/cafe"),
        ("https://example.org/É", "https://example.org/é"),
        ("https://example.org/a;b", "https://example.org/a%3Bb"),
        // hosts and ports
        ("https://example.org:8443/", "https://example.org/"),
        ("https://example.org:80/", "https://example.org/"),
        ("http://example.org:443/", "http://example.org/"),
        ("https://a.example.org/", "https://b.example.org/"),
        ("https://mexample.org/", "https://example.org/"),
        ("https://example.org/", "https://example.com/"),
        ("http://[::1]:81/", "http://[::2]:81/"),
        ("https://münchen.example/", "https://munchen.example/"),
        ("https://amp.dev/", "https://dev/"),
        // paths, queries, places
        ("https://example.org/a/..b", "https://example.org/b"),
        ("https://example.org/a/b", "https://example.org/a-b"),
        ("https://example.org/a?x=1", "https://example.org/a?X=1"),
        ("https://example.org/a?x=1", "https://example.org/a?x"),
        ("https://example.org/a?x=1&x=2", "https://example.org/a?x=2&x=1"),
        ("https://example.org/index.html", "https://example.org/"),
        ("https://arxiv.org/abs/2001.01234", "https://arxiv.org/abs/2001.01235"),
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
    assert_eq!(host("http://[::1]:80/x").as_deref(), Some("[::1]"));
    assert_eq!(last_part("https://a.org?to=b/c"), None);
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
