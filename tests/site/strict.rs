//! `--strict`, drafts, and one's own looks.

use std::collections::BTreeSet;
use std::fs;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::holds;

#[test]
fn strict_tells_what_is_broken_and_nothing_else() {
    let files = [
        (
            "good.md",
            "# Good\n\n[[a]] [a](x/a.md) [b](#part) [[#Part]] [[good#^id]] [w](https://e.example) ![p](p.png) ![[p.png|30]] ![[x/a]]\n\n## Part\n\nwords ^id\n\n`[[nowhere]]`\n\n    [[nowhere]]\n\n[[hidden|it]] ![[hidden]] [it](hidden.md) [[hidden#Nothing]]\n",
        ),
        ("x/a.md", "# A\n\n[[good]] [up](../good.md)\n"),
        ("y/same.md", "same\n"),
        ("z/same.md", "same\n"),
        ("hidden.md", "---\nprivate: true\n---\n\n# Plan\n\n[[nowhere]] ![[gone.png]]\n"),
        ("draft.md", "---\ndraft: true\n---\n\n[[not yet]]\n"),
        ("p.png", "picture"),
        ("page.html", "<p>"),
        (
            "bad.md",
            "# Bad\n\n[[nowhere]]\n[gone](gone.md)\n![[gone.png]]\n![gone](gone2.png)\n[[good#Nothing]]\n[[good#^nothing]]\n[[same]]\n[[../../up]]\n[up](../../up.md)\n[page](page.html)\n![[nowhere]]\n[ref][r]\n\n[r]: gone3.md\n",
        ),
    ];
    let desk = Desk::new(BOOK, &files);
    let done = desk.run(&["build", "--strict"]);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(
        lines,
        [
            "notes/bad.md:3: broken link: [[nowhere]] leads to nothing",
            "notes/bad.md:4: broken link: gone.md leads to nothing",
            "notes/bad.md:5: broken embed: [[gone.png]] leads to nothing",
            "notes/bad.md:6: broken embed: gone2.png leads to nothing",
            "notes/bad.md:7: broken link: [[good#Nothing]]: there is no heading `Nothing`",
            "notes/bad.md:8: broken link: [[good#^nothing]]: there is no block `^nothing`",
            "notes/bad.md:9: ambiguous name: [[same]] may be y/same.md or z/same.md",
            "notes/bad.md:10: broken link: [[../../up]] leads out of the notes folder",
            "notes/bad.md:11: broken link: ../../up.md leads out of the notes folder",
            "notes/bad.md:12: link: page.html is a file that is not put on a site",
            "notes/bad.md:13: broken embed: [[nowhere]] leads to nothing",
            "notes/bad.md:14: broken link: gone3.md leads to nothing",
        ],
        "{done:?}"
    );
    assert_eq!(done.code, Some(1));
    // without it, they are counted
    let done = desk.build();
    assert!(done.err.contains("12 faults: --strict lists them"), "{done:?}");
    // drafts are looked at where they are built
    let done = desk.run(&["build", "--strict", "--drafts"]);
    assert!(done.out.contains("notes/draft.md:5: broken link: [[not yet]]"), "{done:?}");
    assert!(desk.site().join("draft.html").exists() && !desk.site().join("hidden.html").exists());
    fs::remove_file(desk.notes().join("bad.md")).unwrap();
    let done = desk.run(&["build", "--strict"]);
    assert_eq!((done.code, done.out.as_str()), (Some(0), ""), "{done:?}");
    assert!(!desk.site().join("draft.html").exists() && !desk.site().join("bad.html").exists());
}

#[test]
fn looks_are_taken_over_one_at_a_time() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n")]);
    desk.build();
    let before = desk.built();
    let done = desk.run(&["build", "--eject-theme"]);
    let folder = desk.base().join("templates/site");
    let names: BTreeSet<String> = crate::desk::files(&folder).into_keys().collect();
    let said: BTreeSet<String> =
        done.out.lines().filter_map(|line| Some(line.rsplit_once('/')?.1.to_owned())).collect();
    assert_eq!(said, names);
    assert!(names.len() >= 9 && done.code == Some(0), "{done:?}");
    // ejected and untouched they make the same pages
    desk.build();
    assert_eq!(crate::desk::difference(&before, &desk.built()), Vec::<String>::new());
    // again, nothing is overwritten
    fs::write(folder.join("404.html"), "<!doctype html><title>Gone</title><p>{{ site.title }} {{ title }}</p>")
        .unwrap();
    fs::write(folder.join("style.css"), "p { color: red }").unwrap();
    for name in names.iter().filter(|name| !["404.html", "style.css"].contains(&name.as_str())) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    desk.build();
    let built = desk.built();
    assert_eq!(built["404.html"], b"<!doctype html><title>Gone</title><p>Notebook Not found</p>");
    assert_eq!(built["assets/style.css"], b"p { color: red }");
    assert_eq!(built["a.html"], before["a.html"]);
    let done = desk.run(&["build", "--eject-theme"]);
    assert!(!done.out.contains("404.html") && done.out.contains("note.html"), "{done:?}");
    assert_eq!(fs::read_to_string(folder.join("style.css")).unwrap(), "p { color: red }");
    // mistakes and endless templates are told
    for (text, what) in [
        ("{% if %}", "note.html"),
        ("{{ nothing.of.it }}", "note.html"),
        ("{% for x in range(9999) %}{% for y in range(9999) %}x{% endfor %}{% endfor %}", "fuel"),
        ("{% include '../../../outside/secret.md' %}", "note.html"),
    ] {
        fs::write(folder.join("note.html"), text).unwrap();
        let done = desk.run(&["build"]);
        assert!(done.code == Some(2) && done.err.contains(what), "{text}: {done:?}");
        assert_eq!(desk.built()["a.html"], before["a.html"], "the page is as it was");
    }
}

/// Names that a template uses: `site.title`, `row.href`, `title`.
fn used(template: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for code in
        template.split(['{', '}']).filter(|part| part.starts_with('%') || template.contains(&format!("{{{{{part}}}}}")))
    {
        let mut words = String::new();
        let mut quoted = false;
        for c in code.chars() {
            quoted ^= c == '\'' || c == '"';
            words.push(if quoted { ' ' } else { c });
        }
        let words = words.split(|c: char| !(c.is_alphanumeric() || "_.|".contains(c)));
        names.extend(words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned));
    }
    names
}

#[test]
fn the_variables_of_templates_are_documented() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/site");
    let files = crate::desk::files(&folder);
    let readme = String::from_utf8(files["README.md"].clone()).unwrap();
    for (name, _) in files.iter().filter(|(name, _)| *name != "README.md") {
        assert!(readme.contains(&format!("`{name}`")), "{name} is in the table");
    }
    let known: BTreeSet<&str> = readme.split('`').skip(1).step_by(2).collect();
    let language = "if else elif endif for in endfor block endblock extends include and or not set endset safe last first join is loop.first loop.last content head footer raw endraw none int length";
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let template = std::str::from_utf8(bytes).unwrap();
        let names = |before: &'static str| template.split(before).skip(1).filter_map(|part| part.split(' ').next());
        let own: BTreeSet<&str> = names("{% for ").chain(names("{% set ")).collect();
        for word in used(template) {
            let last = word.rsplit('.').next().unwrap();
            let good = known.contains(word.as_str())
                || known.contains(last)
                || language.split(' ').any(|known| known == word)
                || own.contains(word.as_str())
                // their names are looked up by a test beside the table
                || word.starts_with("say.");
            assert!(good, "{name}: `{word}` is not in the README");
        }
    }
    // and what is documented is there: an undefined variable would be empty
    let list = |from: &str, to: &str| -> Vec<&str> {
        let part = readme.split_once(from).unwrap().1.split_once(to).unwrap().0;
        let mut plain = String::new();
        let mut depth = 0;
        for c in part.chars() {
            depth += i32::from(c == '(') - i32::from(c == ')');
            plain.push(if depth > 0 { ' ' } else { c });
        }
        let plain: &'static str = Box::leak(plain.into_boxed_str());
        plain.split('`').skip(1).step_by(2).filter(|word| !word.contains([' ', '{'])).collect()
    };
    let every = list("Every page:", "\n\n");
    let desk = Desk::new(BOOK, &[("a.md", "# A\n\n[[b]]\n\n- [ ] task\n"), ("b.md", "# B\n\n[[a]]\n")]);
    let own = desk.base().join("templates/site");
    fs::create_dir_all(&own).unwrap();
    for (name, begin, end, address) in [
        ("note.html", "A note:", "Links among them", "a.html"),
        ("list.html", "Lists:", "A row has", "all/index.html"),
        ("report.html", "A report:", "\n", "all/open.html"),
        ("graph.html", "The graph:", "\n", "all/graph.html"),
        ("404.html", "404:", "\n", "404.html"),
        ("home.html", "Start page:", "\n", "index.html"),
    ] {
        let names: Vec<&str> = every.iter().chain(&list(begin, end)).copied().collect();
        assert!(names.len() > 15, "{names:?}");
        let asked: String = names.iter().map(|word| format!("{word}={{{{ {word} is defined }}}};")).collect();
        fs::write(own.join(name), asked).unwrap();
        desk.build();
        let page = desk.built();
        assert!(
            !holds(&page[address], "=False") && holds(&page[address], "=True"),
            "{name}: {}",
            String::from_utf8_lossy(&page[address])
        );
    }
}

#[test]
fn a_base_url_is_an_address_and_nothing_else() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n")]);
    for bad in [
        "javascript:xss(1)",
        "e.example",
        "//e.example",
        "ftp://e.example",
        "https://e.example/\"><script>",
        "https://e.example/a b",
        "https://e.example/?x",
        "https://e.example/#x",
        "https://e.example\\x",
        "https://e.example/\n",
        "",
    ] {
        let done = desk.run(&["build", "--base-url", bad]);
        assert_eq!(done.code, Some(2), "{bad:?}: {done:?}");
        assert!(!desk.site().exists(), "{bad:?}");
    }
    desk.build_with(&["--base-url", "https://e.example//other.example"]);
    let page = crate::document::Document::parse(&desk.built()["404.html"]);
    let script = page.elements.iter().find(|element| element.name == "script").unwrap();
    assert_eq!(script.get("src"), Some("/other.example/assets/script.js"));
}
