//! What a reader of the site sees of the forms that notes are written in: one table of notes, pages, and what must and
//! must not stand on them.

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;

/// Builds notes and looks at pages: each line is a page and a text, with `!` before the text where it must not be there.
#[track_caller]
fn case(book: &str, files: &[(&str, &str)], pages: &[(&str, &str)]) {
    let desk = Desk::new(&format!("{BOOK}{book}"), files);
    let done = desk.build();
    let built = desk.built();
    for (page, text) in pages {
        let bytes = built.get(*page).unwrap_or_else(|| panic!("no {page} among {:?}\n{done:?}", built.keys()));
        let (wanted, text) = text.strip_prefix('!').map_or((true, *text), |text| (false, text));
        let shown = String::from_utf8_lossy(bytes);
        let body = shown.split_once("<main").map_or("", |(_, body)| body);
        assert_eq!(holds(bytes, text), wanted, "{page}: {text}\n{body}");
    }
}

#[test]
fn the_notebooks_own_note_is_the_start_page() {
    for name in ["index.md", "README.md", "Home.md", "readme.md"] {
        let link = format!("[[{}|up]]", name.trim_end_matches(".md"));
        case(
            "",
            &[(name, "# Welcome\n\nmarmalade [[b|bee]]\n"), ("b.md", &format!("# Bee\n\n{link}\n\n- [ ] a task\n"))],
            &[
                ("index.html", "marmalade"),
                ("index.html", "<a href=\"b.html\">bee</a>"),
                ("index.html", "href=\"all/overview.html\""),
                ("b.html", "<a href=\"index.html\">up</a>"),
                ("all/overview.html", "href=\"../b.html#t:0\""),
                ("all/overview.html", "href=\"../all/open.html\""),
            ],
        );
    }
    case(
        "",
        &[("index.md", "# Index\n"), ("README.md", "# Readme\n"), ("Home.md", "# House\n"), ("x/README.md", "# Ex\n")],
        &[("index.html", "<title>Index"), ("README.html", "Readme"), ("Home.html", "House"), ("x/index.html", "Ex")],
    );
    case(
        "",
        &[("x/index.md", "# Ix\n"), ("x/README.md", "# Rx\n")],
        &[("x/index.html", "Ix"), ("x/README.html", "Rx")],
    );
    case("", &[("a.md", "# Aa\n")], &[("index.html", "Aa"), ("index.html", "!all/overview.html")]);
    // one that is not published is no start page
    case(
        "",
        &[("index.md", "---\nprivate: true\n---\n# Zq\n"), ("README.md", "# Readme\n")],
        &[("index.html", "Readme"), ("index.html", "!Zq")],
    );
}

#[test]
fn the_summary_names_and_nests() {
    case(
        "",
        &[
            (
                "SUMMARY.md",
                "# Summary\n\n[Preface](p.md)\n\n# Part one\n\n- [First steps](a.md)\n    - [Deeper](b.md)\n        - [Deepest](c.md)\n- [Last](d.md)\n",
            ),
            ("p.md", "# Pp\n"),
            ("a.md", "# Aa\n"),
            ("b.md", "# Bb\n"),
            ("c.md", "# Cc\n"),
            ("d.md", "# Dd\n"),
        ],
        &[
            ("index.html", "<h3 dir=\"auto\">Part one</h3>"),
            ("index.html", "<li class=\"d0\"><a href=\"a.html\" dir=\"auto\">First steps</a>"),
            ("index.html", "<li class=\"d1\"><a href=\"b.html\" dir=\"auto\">Deeper</a>"),
            ("index.html", "<li class=\"d2\"><a href=\"c.html\" dir=\"auto\">Deepest</a>"),
            ("index.html", "<li class=\"d0\"><a href=\"d.html\" dir=\"auto\">Last</a>"),
            ("index.html", "!Summary</h3>"),
        ],
    );
}

#[test]
fn obsidians_forms_are_read() {
    let notes = [
        ("t.md", "# T\n"),
        ("p.png", "x"),
        ("d.pdf", "x"),
        ("f.mp4", "x"),
        (
            "n.md",
            "# N\n\nsee [[t|bee|cee]] and ![[p.png|cap|60]]\n\n| a |\n|---|\n| [[t\\|dee\\|eff]] |\n\nA claim^[with *words* [[t]]].\n\n\
             [d](d.pdf#page=3) ![[d.pdf#page=2]] ![[f.mp4#t=10]] [bad](d.pdf#\"onclick=x)\n\n1. [ ] one\n2. [x] two\n3. three\n",
        ),
    ];
    case(
        "",
        &notes,
        &[
            ("n.html", "<a href=\"t.html\">bee|cee</a>"),
            ("n.html", "<img src=\"files/p.png\" alt=\"cap\" width=\"60\""),
            ("n.html", "<a href=\"t.html\">dee|eff</a>"),
            ("n.html", "with <em>words</em> <a href=\"t.html\">t</a>"),
            ("n.html", "!^["),
            ("n.html", "![["),
            ("n.html", "files/d.pdf#page=3"),
            ("n.html", "files/d.pdf#page=2"),
            ("n.html", "files/f.mp4#t=10"),
            ("n.html", "!onclick=x\""),
            ("n.html", "<ol class=\"tasks\">"),
        ],
    );
}

#[test]
fn line_breaks_are_as_the_vault_says() {
    let note = ("n.md", "# N\n\none\ntwo\n");
    case("", &[note], &[("n.html", "one\ntwo")]);
    case("", &[note, (".obsidian/app.json", "{}")], &[("n.html", "one<br>\ntwo")]);
    case("", &[note, (".obsidian/x", "")], &[("n.html", "one<br>\ntwo")]);
    case("", &[note, (".obsidian/app.json", "{\"strictLineBreaks\": true}")], &[("n.html", "one\ntwo")]);
    let set = |on: bool| format!("[preprocessor.hornbook]\nsite.hard-line-breaks = {on}\n");
    case(&set(true), &[note], &[("n.html", "one<br>\ntwo")]);
    case(&set(false), &[note, (".obsidian/app.json", "{}")], &[("n.html", "one\ntwo")]);
}

#[test]
fn media_are_local_or_links() {
    let note = (
        "n.md",
        "# N\n\n![](https://e.example/a/pic%20one.png)\n\n<img src=\"https://e.example/two.png\">\n\n\
         <video controls poster=\"p.png\"><source src=\"f.mp4\" type=\"video/mp4\"></video>\n\n\
         <audio controls><source src=\"https://e.example/s.mp3\"></audio>\n\n\
         <picture><source srcset=\"p.png 1x, p.png 2x\"><img src=\"p.png\" alt=\"P\"></picture>\n",
    );
    let files = [note, ("p.png", "x"), ("f.mp4", "x")];
    case(
        "",
        &files,
        &[
            ("n.html", ">pic one.png</a>"),
            ("n.html", ">two.png</a>"),
            ("n.html", ">s.mp3</a>"),
            ("n.html", "!src=\"https"),
            ("n.html", "poster=\"files/p.png\"><source src=\"files/f.mp4\" type=\"video/mp4\"></video>"),
            (
                "n.html",
                "<picture><source srcset=\"files/p.png 1x, files/p.png 2x\"><img src=\"files/p.png\" alt=\"P\"></picture>",
            ),
            ("n.html", "img-src 'self' data:;"),
        ],
    );
    case(
        "[preprocessor.hornbook]\nsite.remote-media = true\n",
        &files,
        &[
            ("n.html", "<img src=\"https://e.example/a/pic%20one.png\""),
            ("n.html", "<img src=\"https://e.example/two.png\""),
            ("n.html", "<source src=\"https://e.example/s.mp3\">"),
            ("n.html", "img-src 'self' data: https: http:;"),
        ],
    );
}

#[test]
fn languages_are_those_of_the_texts() {
    let german =
        "Das ist ein ganz gewöhnlicher Text, der nur von den Dingen handelt, die wir im Garten sehen.\n".repeat(3);
    let hebrew = "קמח מים מלח שמרים\n".repeat(9);
    case(
        "",
        &[
            ("de.md", &format!("# Der Garten\n\n{german}")),
            ("fr.md", "---\nlang: fr\n---\n# N\n\nwords\n"),
            (
                "film.md",
                "---\nlanguage: 日本語\n---\n# The film\n\nThis is what we saw in the cinema, and it was not bad.\n",
            ),
            ("he.md", &format!("# לחם\n\n{hebrew}")),
            ("bread.md", "The bread is in the oven, and it will be there for another hour or so.\n"),
        ],
        &[
            ("de.html", "<html lang=\"de\""),
            ("fr.html", "<html lang=\"fr\""),
            ("film.html", "<html lang=\"en\""),
            ("he.html", "<article lang=\"he\" dir=\"rtl\">"),
        ],
    );
}

#[test]
fn months_are_months_and_no_feed_is_from_1970() {
    let book = "[output.html]\nsite-url = \"https://e.example/\"\n";
    case(
        book,
        &[("journal/2026-11.md", "# Log\n\nwords\n"), ("2026-10-01.md", "# Day\n\nwords\n")],
        &[
            ("journal/2026-11.html", "<time datetime=\"2026-11\""),
            ("all/dates.html", "<time datetime=\"2026-11\">2026-11</time>"),
            ("index.html", "!2026-11-01"),
            ("all/dates.html", "<time datetime=\"2026-10-01\">"),
            ("feed.xml", "2026-11-01T"),
        ],
    );
    let desk = Desk::new(&format!("{BOOK}{book}"), &[("a.md", "# A\n")]);
    desk.build();
    let built = desk.built();
    assert!(!built.contains_key("feed.xml") && built.contains_key("sitemap.xml"));
    assert!(!holds(&built["index.html"], "feed.xml"));
}

#[test]
fn formulas_that_cannot_be_shown_are_faults_each_time() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n\nx\n\n$a^2$ $\\nosuch x$\n\n```math\n\\alsonot\n```\n")]);
    for _ in 0..2 {
        let done = desk.run(&["build", "--strict"]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(
            done.out.contains("a.md:5: formula: \\nosuch x: ") && done.out.contains("a.md:7: formula: "),
            "{done:?}"
        );
    }
    assert!(holds(&desk.built()["a.html"], ">\\nosuch x</code>"));
}

/// A comment in each place where words are taken from a note and shown elsewhere.
#[test]
fn comments_stand_nowhere() {
    let places = [
        "- [ ] call {} Ann 📅 2026-11-30",
        "- [x] called {} Ann",
        "## Part {}",
        "Part {}\n====",
        "Label {} here:\n\n- a",
        "[[t|shown {}]]",
        "[shown {}](t.md)",
        "![[t|{}]]",
        "![[p.png|alt {}]]",
        "![alt {}](p.png)",
        "text {} with [[t]] in it, and enough words for a description.",
        "> quote {} [[t]]",
        "> [!note] Title {}\n> words {}",
        "| a {} |\n|---|\n| b {} |",
        "words[^1]\n\n[^1]: note {}",
        "words^[in line {}]",
        "**bold {}**",
        "- item {}\n  - [ ] under {}",
        "1. [/] begun {}",
        "## 2026-11-20 {}\n\n- a {}",
    ];
    for comment in ["%%zq words%%", "<!-- zq words -->", "%% zq `code` [[t]] #zqtag %%"] {
        let mut notes: Vec<(String, String)> = places
            .iter()
            .enumerate()
            .map(|(at, place)| {
                (format!("n{at}.md"), format!("# N {comment}\n\n{}\n\nback to [[t]]\n", place.replace("{}", comment)))
            })
            .collect();
        notes.push(("t.md".to_owned(), format!("{comment}\n\n# T {comment}\n\n[[n2#Part]] {comment}\n")));
        notes.push(("p.png".to_owned(), "x".to_owned()));
        let desk = Desk::new(BOOK, &notes);
        desk.build();
        let told: Vec<String> = desk
            .built()
            .iter()
            .filter(|(name, bytes)| holds(bytes, "zq") || name.contains("zq"))
            .map(|(name, bytes)| {
                let text = String::from_utf8_lossy(bytes);
                let before: Vec<char> = text.split("zq").next().unwrap_or("").chars().collect();
                let around: String = before[before.len().saturating_sub(60)..].iter().collect();
                format!("{name}: …{around}zq")
            })
            .collect();
        assert!(told.is_empty(), "{comment}\n{}", told.join("\n"));
    }
}
