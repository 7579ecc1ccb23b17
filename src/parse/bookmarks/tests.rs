//! Files as other programs write them, and as they break.

use crate::model::bookmark::BookmarkState;
use crate::parse::bookmarks::BookmarkError;
use crate::parse::bookmarks::read;

/// `group > group / title | url | tags | added | state | description`, then the oddities.
fn told(bytes: &[u8]) -> Vec<String> {
    let found = read(bytes).unwrap();
    let mut told: Vec<String> = found
        .bookmarks
        .iter()
        .map(|b| {
            let added = b.added.map(|date| date.to_string()).unwrap_or_default();
            let private = if b.private { " private" } else { "" };
            let place = b.group.join(" > ");
            format!(
                "{place}/{}|{}|{}|{added}|{}|{}{private}",
                b.title,
                b.url,
                b.tags.join(","),
                b.state.name(),
                b.description
            )
        })
        .collect();
    told.extend(found.oddities.iter().map(|(line, why)| format!("{line}: {why}")));
    told
}

const BROWSER: &str = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- DO NOT EDIT! -->\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html\">\n\
    <TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n    <DT><H3 ADD_DATE=\"1\" PERSONAL_TOOLBAR_FOLDER=\"true\">Bar &amp; more</H3>\n    <DL><p>\n\
    \x20       <DT><A HREF=\"https://a.example/?x=1&amp;y=2\" ADD_DATE=\"1700000000\" ICON=\"data:x\">A &lt;b&gt;</A>\n        <DD>About\n  it\n\
    \x20       <DT><H3>Deep</H3>\n        <DL><p>\n            <DT><A HREF=\"http://b.example/\">B</A>\n        </DL><p>\n    </DL><p>\n\
    \x20   <DT><A HREF=\"javascript:alert(1)\">Run</A>\n    <DT><A HREF=\"place:sort=8\">Recent</A>\n    <DT><A HREF=\"https://c.example\" TAGS=\"x,two words\" TOREAD=\"1\" PRIVATE=\"1\"></A>\n</DL><p>\n";

#[test]
fn a_browsers_file() {
    assert_eq!(
        told(BROWSER.as_bytes()),
        [
            "Bar & more/A <b>|https://a.example/?x=1&y=2||2023-11-14||About it",
            "Bar & more > Deep/B|http://b.example/||||",
            "/|https://c.example|x,two-words||to_read| private",
            "17: an address that begins with `javascript:` is not a web page: skipped",
            "18: an address that begins with `place:` is not a web page: skipped",
        ]
    );
}

#[test]
fn a_file_that_is_cut_off_gives_what_there_is() {
    for end in 0..BROWSER.len() {
        let Some(cut) = BROWSER.get(..end) else { continue };
        match read(cut.as_bytes()) {
            Ok(found) if end < BROWSER.len() - 6 => {
                assert!(found.oddities.iter().any(|(_, why)| why.contains("cut off")), "{end}: {cut}");
            }
            Ok(_) => {}
            Err(why) => assert!(end < BROWSER.find("<A ").unwrap() + 3, "{why} {end}"),
        }
    }
}

#[test]
fn any_encoding() {
    let html = "<DL><DT><A HREF=\"https://a.example/\">Größe – “x”</A></DL>";
    let wanted = ["/Größe – “x”|https://a.example/||||"];
    let units = |order: fn(u16) -> [u8; 2]| html.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    assert_eq!(told(html.as_bytes()), wanted);
    assert_eq!(told(&[b"\xef\xbb\xbf", html.as_bytes()].concat()), wanted);
    assert_eq!(told(&[b"\xff\xfe".to_vec(), units(u16::to_le_bytes)].concat()), wanted);
    assert_eq!(told(&[b"\xfe\xff".to_vec(), units(u16::to_be_bytes)].concat()), wanted);
    let guessed = told(&units(u16::to_le_bytes));
    assert_eq!(guessed, [wanted[0], "1: this is not UTF-8: read as UTF-16"]);
    let latin = b"<A HREF=\"https://a.example/\">Gr\xf6\xdfe \x96 \x93x\x94</A></DL>";
    assert_eq!(told(latin), [wanted[0], "1: this is not UTF-8: read as Windows-1252"]);
}

#[test]
fn hostile_entries() {
    let html = "<DL><DT><A HREF=\"https://a.example/\x1b[31m x\">a\x1b[31m\u{202e}b <b>c</b>\nd</A>\n<DT><A HREF='DATA:text/html,x'>e</A>\n\
        <DT><A HREF=\"\">f</A><DT><A>g</A><DT><A HREF=\"/etc/passwd\">h</A><DT><A HREF=\"http://\">i</A><DT><A HREF=https://u.example/>j</A></DL>";
    assert_eq!(
        told(html.as_bytes()),
        [
            "/a [31mb c d|https://a.example/%1B%5B31m%20x||||",
            "/j|https://u.example/||||",
            "3: an address that begins with `data:` is not a web page: skipped",
            "4: an entry without an address: skipped",
            "4: an entry without an address: skipped",
            "4: an address without `http://` or the like: skipped",
            "4: an address that begins with `http:` is not a web page: skipped",
        ]
    );
}

#[test]
fn pocket() {
    let html = "<!DOCTYPE html>\n<html><head><title>Pocket Export</title></head><body><h1>Unread</h1>\n<ul>\n\
        <li><a href=\"https://a.example/\" time_added=\"1700000000\" tags=\"x,y\">A</a></li>\n</ul>\n<h1>Read Archive</h1>\n<ul>\n\
        <li><a href=\"https://b.example/\" time_added=\"1700000000\" tags=\"\">B</a></li></ul></body></html>";
    assert_eq!(
        told(html.as_bytes()),
        ["/A|https://a.example/|x,y|2023-11-14|to_read|", "/B|https://b.example/||2023-11-14|read|"]
    );
    let csv = "title,url,time_added,tags,status\r\n\"A, \"\"b\"\"\nc\",https://a.example/,1700000000,x|y,unread\r\n\
        https://b.example/,https://b.example/,1700000000,,archive\r\n\r\nno,javascript:x,1,,unread\r\n\"cut,https://c.example/";
    assert_eq!(
        told(csv.as_bytes()),
        [
            "/A, \"b\" c|https://a.example/|x,y|2023-11-14|to_read|",
            "/|https://b.example/||2023-11-14|read|",
            "6: an address that begins with `javascript:` is not a web page: skipped",
            "7: the file ends within this row: it was cut off here, and the row is skipped",
        ]
    );
}

#[test]
fn instapaper() {
    let csv = "URL,Title,Selection,Folder,Timestamp\nhttps://a.example/,A,\"said, so\",Unread,1700000000\n\
        https://b.example/,B,,Archive,1700000000\nhttps://c.example/,C,,Work,1700000000\n";
    assert_eq!(
        told(csv.as_bytes()),
        [
            "/A|https://a.example/||2023-11-14|to_read|said, so",
            "/B|https://b.example/||2023-11-14|read|",
            "Work/C|https://c.example/||2023-11-14||",
        ]
    );
}

#[test]
fn instapapers_html() {
    let html = "<!DOCTYPE html>\n<html><head><title>Instapaper: Export</title></head>\n<body>\n<h1>Unread</h1>\n<ol>\n\
        <li><a href=\"https://a.example/\">A</a>\n</ol>\n<h1>Archive</h1>\n<ol>\n<li><a href=\"https://b.example/\">B</a>\n</ol>\n\
        <h1>Work</h1>\n<ol>\n<li><a href=\"https://c.example/\">C</a>\n</ol>\n</body></html>";
    assert_eq!(
        told(html.as_bytes()),
        ["/A|https://a.example/|||to_read|", "/B|https://b.example/|||read|", "Work/C|https://c.example/||||"]
    );
}

#[test]
fn linkding() {
    let html = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n\
        <DT><A HREF=\"https://a.example/\" TOREAD=\"0\" TAGS=\"x,linkding:bookmarks.archived\">A</A>\n<DD>short[linkding-notes]my\nnotes[/linkding-notes]\n\
        <DT><A HREF=\"https://b.example/\" TOREAD=\"1\" TAGS=\"linkding:bookmarks.archived\">B</A>\n<DD>[linkding-notes]only these[/linkding-notes]\n</DL><p>";
    assert_eq!(
        told(html.as_bytes()),
        ["/A|https://a.example/|x||read|short · my notes", "/B|https://b.example/|||to_read|only these"]
    );
}

#[test]
fn json() {
    let pinboard = r#"[{"href":"https:\/\/a.example\/?a=1&amp;b=2","description":"A \u2014 x","extended":"said\nso","meta":"1","time":"2023-11-14T22:13:20Z","shared":"yes","toread":"yes","tags":"x two_words"},
        {"href":"https://b.example/","description":"https://b.example/","extended":"","time":"","shared":"no","toread":"no","tags":""},
        {"href":"javascript:x","description":"no"}]"#;
    assert_eq!(
        told(pinboard.as_bytes()),
        [
            "/A — x|https://a.example/?a=1&b=2|x,two_words|2023-11-14|to_read|said so",
            "/|https://b.example/|||| private",
            "3: an address that begins with `javascript:` is not a web page: skipped",
        ]
    );
    for end in 1..pinboard.len() {
        let Some(cut) = pinboard.get(..end) else { continue };
        assert!(matches!(read(cut.as_bytes()), Err(BookmarkError::Broken { line: 1..=3 })), "{cut}");
    }
    assert_eq!(read(b"[]").unwrap().bookmarks, []);
    assert_eq!(read(br#"[{"a":1}]"#), Err(BookmarkError::Unknown));
    assert!(matches!(read(b"[Title](https://a.example)\n"), Err(BookmarkError::Broken { line: 1 })));
}

#[test]
fn tables_parted_by_other_signs() {
    let wanted = ["/A, b|https://a.example/?x=1&y=2|x,y|2023-11-14|to_read|said; so"];
    for between in [",", ";", "\t"] {
        let row = ["\"https://a.example/?x=1&amp;y=2\"", "\"A, b\"", "\"x,y\"", "1700000000", "yes", "\"said; so\""];
        let csv =
            format!("{}\n{}\n", ["url", "title", "tags", "added", "toread", "notes"].join(between), row.join(between));
        assert_eq!(told(csv.as_bytes()), wanted, "{csv}");
    }
}

#[test]
fn entities() {
    let html = "<DL><DT><A HREF=\"https://a.example/?a=1&amp;amp;b=2&c=3\">Caf&eacute; &ndash; &copy; &hellip; &#8212; &#x2014; &#150; &nope; &Amp x</A></DL>";
    assert_eq!(told(html.as_bytes()), ["/Café – © … — — – &nope; &Amp x|https://a.example/?a=1&b=2&c=3||||"]);
}

#[test]
fn other_files_are_refused() {
    for empty in ["", " \n", "\u{feff}"] {
        assert_eq!(read(empty.as_bytes()), Err(BookmarkError::Empty));
    }
    for other in ["# Notes\n\n- https://a.example\n", "a,b\n1,2\n", "<html><p>no links</html>", "\0\0\0\0", "%PDF-1.7"]
    {
        assert_eq!(read(other.as_bytes()), Err(BookmarkError::Unknown), "{other:?}");
    }
}

#[test]
fn many_entries() {
    let html = format!("<DL><p>{}</DL>", "<DT><A HREF=\"https://a.example/x\">A</A>\n".repeat(100_000));
    assert_eq!(read(html.as_bytes()).unwrap().bookmarks.len(), 100_000);
    let deep = "<DT><H3>f</H3><DL>".repeat(50_000) + "<A HREF=\"https://a.example/x\">A</A>";
    assert_eq!(read(deep.as_bytes()).unwrap().bookmarks[0].group.len(), 32);
    let csv = format!("url,title\n{}", "https://a.example/x,\"A\"\n".repeat(100_000));
    assert_eq!(read(csv.as_bytes()).unwrap().bookmarks[99_999].state, BookmarkState::Kept);
}
