//! Names and paths: nothing outside the notes is read, nothing outside the build folder is written, every note has a page.
//!
//! Over 400 lines: a table of names and addresses, with the few tests that go through it.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::desk::OUTSIDE;
use crate::desk::files;
use crate::desk::holds;
use crate::pages::Pages;
use crate::pages::decode;

/// Ways out of the notes folder, each as a link, an embed, a picture and in HTML.
const ESCAPES: [&str; 30] = [
    "../outside/secret.md",
    "../../outside/secret.md",
    "../../../outside/secret.png",
    "../../outside/secret.png",
    "%2e%2e/%2e%2e/outside/secret.png",
    "%2E%2E%2F%2E%2E%2Foutside%2Fsecret.png",
    "..%2f..%2foutside%2fsecret.png",
    "%252e%252e/%252e%252e/outside/secret.png",
    "./../../outside/secret.png",
    "deep/../../../outside/secret.png",
    "deep/../../../../../../../../etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "/../../outside/secret.png",
    "file:///etc/passwd",
    "file:../../outside/secret.png",
    "file://localhost/etc/passwd",
    "FILE:///etc/passwd",
    "~/outside/secret.png",
    "$HOME/secret.png",
    "..\\..\\outside\\secret.png",
    "..%5c..%5coutside%5csecret.png",
    "C:\\Windows\\win.ini",
    "link.png",
    "linked/secret.png",
    "linked/secret.md",
    "linked/secret",
    "linked.md",
    "../book.toml",
    "%00/../../../outside/secret.png",
];

/// Names of notes that a site might not like.
fn odd_names() -> Vec<String> {
    let mut names: Vec<String> = [
        "[[.md",
        "%.md",
        "..md",
        "...md",
        "'.md",
        "\".md",
        "a\"b'c.md",
        "<b>.md",
        "#.md",
        "?.md",
        "a?b=c#d.md",
        "&amp;.md",
        "index.md",
        "Index.md",
        "INDEX.md",
        "all.md",
        "tags.md",
        "404.md",
        "search.md",
        "README.md",
        "readme.md",
        "assets/x.md",
        "assets/style.css.md",
        "all/index.md",
        "all/open.md",
        "tags/index.md",
        "tags/a.md",
        "files/x.md",
        "search/x.md",
        "a.html/b.md",
        "a.md",
        "a.html.md",
        "index.html/x.md",
        "CON.md",
        "aux.md",
        "aux/nul.md",
        "com9.md",
        "LPT1.txt.md",
        "-.md",
        "- .md",
        "_.md",
        "--.md",
        "a b.md",
        "a-b.md",
        "a  b.md",
        "A.md",
        "u\u{308}.md",
        "\u{fc}.md",
        "\u{dc}.md",
        "\u{fb01}x.md",
        "fix.md",
        "日記/庭.md",
        "日記.md",
        "👩\u{200d}🌾.md",
        "x.markdown",
        "x.md",
        "x.MD",
        "feed.xml.md",
        "robots.txt.md",
        "CNAME.md",
        "sitemap.xml.md",
        "hornbook-site.md",
        "\u{202e}x.md",
        "a\nb.md",
        "a\tb.md",
        "a\\b.md",
        "a/b/c/d/e/f/g/h.md",
        "a-1.md",
        "a.1.md",
        "1.md",
        "0/0.md",
        "%2e%2e/x.md",
        "%2e%2e.md",
        "in:x/y.md",
        "a b/x.md",
        "a-b/x.md",
        "a+b/x.md",
        "\u{130}.md",
        "i.md",
        "\u{df}.md",
        "ss.md",
        "\u{1f0}.md",
    ]
    .map(str::to_owned)
    .to_vec();
    for length in [250, 252] {
        names.push(format!("{}.md", "n".repeat(length)));
    }
    names.push(format!("{}a.md", "ü".repeat(125)));
    names.push(format!("{}b.md", "ü".repeat(125)));
    names.push(format!("{}/x.md", "f".repeat(255)));
    names
}

#[test]
fn every_note_has_a_page_whatever_it_is_called() {
    let names = odd_names();
    let desk = Desk::new(BOOK, &[("ours.md", "# Ours\n")]);
    let mut titles = BTreeSet::new();
    for (index, name) in names.iter().enumerate() {
        let path = desk.notes().join(name);
        // a system without case, or with other forms, has fewer files
        if !path.exists() {
            let others: String = names.iter().map(|name| format!("- [[{}]]\n", name.trim_end_matches(".md"))).collect();
            desk.put(name, format!("# Note n{index}n\n\n#a #index #con [[#Part]]\n\n{others}\n## Part\n"));
            // a hidden file is no note
            if !name.starts_with('.') {
                titles.insert(format!("n{index}n"));
            }
        }
    }
    desk.build();
    let built = desk.built();
    let pages = Pages::new(&built, "");
    let faults = pages.faults(&|_| false);
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    // each has one page, and the list of all leads to it
    let linked: BTreeSet<String> = pages.pages["all/index.html"]
        .elements
        .iter()
        .filter_map(|element| element.get("href"))
        .filter_map(|href| Some(decode(href.strip_prefix("../")?)))
        .collect();
    // what a note called `404` says also stands where nothing is
    let pages_of_notes = built.iter().filter(|(name, _)| *name != "404.html");
    let mut homes = BTreeSet::new();
    for title in &titles {
        let heading = format!("dir=\"auto\">Note {title}</h1>");
        let own = pages_of_notes.clone().filter(|(_, bytes)| holds(bytes, &heading));
        let own: Vec<&String> = own.map(|(name, _)| name).collect();
        assert_eq!(own.len(), 1, "{title}: {own:?}");
        assert!(linked.contains(own[0]), "{} is linked", own[0]);
        homes.insert(own[0].to_lowercase());
    }
    assert_eq!(homes.len(), titles.len(), "also where case does not tell names apart");
    for name in built.keys() {
        assert!(
            name.split('/').all(|part| part.len() < 200 && (!part.starts_with('.') || name.starts_with('.'))),
            "{name}"
        );
    }
}

#[test]
fn nothing_outside_the_notes_is_read() {
    let mut all = String::from("# Escapes\n\n");
    for path in ESCAPES {
        all += &format!(
            "[a]({path}) [b](<{path}>) ![c]({path}) [[{path}]] ![[{path}]] [[{path}|d]] [e][{path}]\n\n![[{path}]]\n\n"
        );
        all += &format!(
            "<a href=\"{path}\">f</a> <img src=\"{path}\"> <video src='{path}'></video>\n\n[{path}]: <{path}>\n\n"
        );
    }
    all += "\n![[../../outside/secret]] ![[secret]] ![[secret.png]] ![[passwd]]\n";
    let desk =
        Desk::new(BOOK, &[("deep/escapes.md", all.as_str()), ("escapes.md", all.as_str()), ("deep/own.png", "own")]);
    let outside = desk.outside();
    symlink(outside.join("secret.png"), desk.notes().join("link.png")).unwrap();
    symlink(outside.join("secret.png"), desk.notes().join("deep/link.png")).unwrap();
    symlink(&outside, desk.notes().join("linked")).unwrap();
    symlink(outside.join("secret.md"), desk.notes().join("linked.md")).unwrap();
    symlink("/etc/passwd", desk.notes().join("passwd.txt")).unwrap();
    desk.put("files.md", "![[passwd.txt]] ![[link.png]] [x](passwd.txt) ![[deep/own.png]] [[linked]]\n");
    // looks and order come from the notebook, too
    fs::create_dir_all(desk.base().join("templates/site")).unwrap();
    symlink(outside.join("secret.md"), desk.base().join("templates/site/note.html")).unwrap();
    symlink(outside.join("secret.md"), desk.base().join("templates/site/style.css")).unwrap();
    symlink(outside.join("secret.md"), desk.notes().join("SUMMARY.md")).unwrap();
    for name in ["note.html", "style.css"] {
        let done = desk.run(&["build"]);
        assert!(done.code == Some(2) && done.err.contains("it leads out of the notebook"), "{done:?}");
        let links: Vec<_> = ["style.css", "note.html"].iter().filter(|file| done.err.contains(**file)).collect();
        assert_eq!(links.len(), 1, "{name}: {done:?}");
        fs::remove_file(desk.base().join("templates/site").join(links[0])).unwrap();
    }
    desk.build();
    let built = desk.built();
    for (name, bytes) in &built {
        assert!(!holds(bytes, OUTSIDE), "{name} holds what is outside");
        assert!(!holds(bytes, "root:x:0"), "{name} holds /etc/passwd");
    }
    assert!(built.contains_key("files/deep/own.png"), "{:?}", built.keys());
    let faults = Pages::new(&built, "").faults(&|_| true);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn settings_name_no_file_outside() {
    for name in [
        "../outside/secret.md",
        "/etc/passwd",
        "link.css",
        "linked/secret.md",
        "notes/../../outside/secret.md",
        "nowhere.css",
        "notes",
        "",
    ] {
        for key in ["additional-css", "additional-js"] {
            let desk = Desk::new(&format!("{BOOK}[output.html]\n{key} = [{name:?}]\n"), &[("a.md", "# A\n")]);
            symlink(desk.outside().join("secret.md"), desk.base().join("link.css")).unwrap();
            symlink(desk.outside(), desk.base().join("linked")).unwrap();
            let done = desk.run(&["build"]);
            assert_eq!(done.code, Some(2), "{key} {name}: {done:?}");
            assert!(!desk.site().exists(), "{key} {name}");
        }
        let desk = Desk::new(
            &format!("{BOOK}[output.html]\ninput-404 = {name:?}\n"),
            &[("a.md", "# A\n"), ("zq.md", "---\nprivate: true\n---\nzq\n")],
        );
        symlink(desk.outside(), desk.notes().join("linked")).unwrap();
        desk.build();
        assert!(
            desk.built()
                .values()
                .all(|bytes| !holds(bytes, OUTSIDE) && !holds(bytes, "root:x:0") && !holds(bytes, "zq")),
            "{name}"
        );
    }
}

/// Builds into `out` of a notebook that `prepare` made; nothing of `outside` may change, whatever comes of it.
#[track_caller]
fn never_outside(book: &str, arguments: &[&str], prepare: &dyn Fn(&Desk)) -> Option<i32> {
    let desk =
        Desk::new(book, &[("a.md", "# A\n\n![[p.png]] [[img/b]]\n"), ("img/b.md", "# B\n"), ("p.png", "picture")]);
    prepare(&desk);
    let before = files(&desk.outside());
    let folders = |folder: &Path| walkdir::WalkDir::new(folder).into_iter().count();
    let count = folders(&desk.outside());
    let notes = files(&desk.notes());
    let all: Vec<&str> = ["build"].iter().chain(arguments).copied().collect();
    let done = desk.run(&all);
    assert_eq!(files(&desk.outside()), before, "{done:?}");
    assert_eq!(folders(&desk.outside()), count, "{done:?}");
    for (name, bytes) in notes {
        assert_eq!(files(&desk.notes()).get(&name), Some(&bytes), "{name} is as it was");
    }
    done.code
}

#[test]
fn nothing_outside_the_build_folder_is_written() {
    let book = |dir: &str| format!("{BOOK}[build]\nbuild-dir = {dir:?}\n");
    // the folder itself leads out
    assert_eq!(never_outside(BOOK, &[], &|desk| symlink(desk.outside(), desk.site()).unwrap()), Some(2));
    assert_eq!(never_outside(BOOK, &[], &|desk| symlink(desk.outside().join("new"), desk.site()).unwrap()), Some(2));
    assert_eq!(never_outside(&book("../outside"), &[], &|_| {}), Some(2));
    assert_eq!(never_outside(&book("../outside/new"), &[], &|_| {}), Some(2));
    assert_eq!(never_outside(&book("x/../../outside/new"), &[], &|_| {}), Some(2));
    assert_eq!(
        never_outside(&book("link/new"), &[], &|desk| symlink(desk.outside(), desk.base().join("link")).unwrap()),
        Some(2)
    );
    assert_eq!(never_outside(&book("."), &[], &|_| {}), Some(2));
    assert_eq!(never_outside(&book("notes"), &[], &|_| {}), Some(2));
    assert_eq!(never_outside(&book("/"), &[], &|_| {}), Some(2));
    assert_eq!(never_outside(BOOK, &["--out", "notes"], &|_| {}), Some(2));
    assert_eq!(never_outside(BOOK, &["--out", ".."], &|_| {}), Some(2));
    assert_eq!(never_outside(BOOK, &["--out", "notes/../notes/."], &|_| {}), Some(2));
    // a folder in it leads out
    for folder in ["files", "assets", "all", "img", "tags"] {
        let code = never_outside(BOOK, &[], &|desk| {
            fs::create_dir_all(desk.site()).unwrap();
            symlink(desk.outside(), desk.site().join(folder)).unwrap();
        });
        assert_eq!(code, Some(2), "{folder}");
    }
    // a file in it leads out
    for file in [".hornbook-site", ".hornbook-new", "a.html", "index.html", "img/.hornbook-new", "files/p.png"] {
        never_outside(BOOK, &[], &|desk| {
            let path = desk.site().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            symlink(desk.outside().join("secret.md"), path).unwrap();
        });
    }
    // a list that claims what is not ours
    never_outside(BOOK, &[], &|desk| {
        fs::create_dir_all(desk.site()).unwrap();
        let outside = desk.outside().join("secret.md");
        let list = format!(
            "0 0 ../../outside/secret.md\n1 1 {}\n0 0 ../notes/a.md\n0 0 x/../../notes/a.md\n",
            outside.display()
        );
        fs::write(desk.site().join(".hornbook-site"), list).unwrap();
    });
    // the folder in the notes: what was built is not built again
    assert_eq!(never_outside(&book("notes/site"), &[], &|_| {}), Some(0));
}

#[test]
fn a_site_among_the_notes_does_not_feed_on_itself() {
    let desk = Desk::new(
        &format!("{BOOK}[build]\nbuild-dir = \"notes/site\"\n"),
        &[
            ("a.md", "# A\n\n![[p.png]] ![[q.txt]] ![[style.css]] ![[robots.txt]] [[a.html]]\n"),
            ("p.png", "picture"),
            ("deep/q.txt", "words"),
        ],
    );
    desk.build();
    let site = desk.notes().join("site");
    let first = files(&site);
    assert!(
        first.contains_key("files/p.png")
            && first.contains_key("files/deep/q.txt")
            && !first.contains_key("files/robots.txt")
    );
    desk.build();
    assert_eq!(crate::desk::difference(&first, &files(&site)), Vec::<String>::new());
    // by --out, too, where no setting names the folder
    let desk = Desk::new(BOOK, &[("a.md", "# A\n\n![[p.png]] ![[robots.txt]]\n"), ("p.png", "picture")]);
    desk.build_with(&["--out", "notes/other"]);
    let first = files(&desk.notes().join("other"));
    desk.build_with(&["--out", "notes/other"]);
    assert_eq!(crate::desk::difference(&first, &files(&desk.notes().join("other"))), Vec::<String>::new());
}

#[test]
fn what_is_no_file_is_left_alone() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n\n![[pipe.png]] ![[folder.png]] [x](folder.png)\n")]);
    let made = std::process::Command::new("mkfifo").arg(desk.notes().join("pipe.png")).status().unwrap();
    assert!(made.success());
    fs::create_dir_all(desk.notes().join("folder.png")).unwrap();
    // somebody else's folders where our files would stand
    fs::create_dir_all(desk.site().join("a.html")).unwrap();
    fs::create_dir_all(desk.site().join("index.html/x")).unwrap();
    let done = desk.run(&["build"]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.err.contains("2 files in the way that Hornbook did not write: a.html, index.html"), "{done:?}");
    assert!(desk.site().join("index.html/x").is_dir());
}

#[test]
fn a_list_that_came_with_a_clone_proves_nothing() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n")]);
    fs::create_dir_all(desk.site()).unwrap();
    fs::write(desk.site().join("manual.html"), "by hand").unwrap();
    fs::write(desk.site().join(".hornbook-site"), "7 7 manual.html\n7 7 a.html\n").unwrap();
    let done = desk.run(&["build"]);
    assert_eq!(fs::read_to_string(desk.site().join("manual.html")).unwrap(), "by hand");
    assert!(done.code == Some(1) && done.err.contains("manual.html"), "{done:?}");
    // what this computer wrote it removes
    fs::rename(desk.notes().join("a.md"), desk.notes().join("b.md")).unwrap();
    let done = desk.run(&["build"]);
    assert!(done.err.contains("1 removed") && !desk.site().join("a.html").exists(), "{done:?}");
    assert!(desk.site().join("manual.html").exists());
}

/// The state is lost, then a note becomes private: its page is never passed over in silence.
#[test]
fn a_page_of_a_note_that_became_private_is_named_until_it_is_gone() {
    let desk = Desk::new(BOOK, &[("a.md", "# A\n"), ("deep/b.md", "# Zq plan\n")]);
    desk.build();
    fs::remove_dir_all(desk.dir.path().join("state/hornbook/sites")).unwrap();
    desk.put("deep/b.md", "---\nprivate: true\n---\n# Zq plan\n");
    for quiet in [false, true, false] {
        let done = desk.run(if quiet { &["build", "--quiet"] } else { &["build"] });
        assert!(done.code == Some(1) && done.err.contains("deep/b.html") && done.err.contains("--clean"), "{done:?}");
    }
    // nobody says yes
    let done = desk.run(&["build", "--clean"]);
    assert!(done.code == Some(1) && done.err.contains("deep/b.html") && done.err.contains("[y/N]"), "{done:?}");
    assert!(desk.site().join("deep/b.html").exists());
    let mut child = desk.command(&["build", "--clean"]).stdin(std::process::Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"y\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert!(!desk.site().join("deep").exists());
    desk.build();
    assert!(desk.built().values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Zq plan")));
}

#[test]
fn a_folder_of_something_else_is_refused() {
    for (path, word) in [(".git/HEAD", ".git"), ("todo.md", "notes"), ("deep/er/x.MD", "notes"), (".git", ".git")] {
        let desk = Desk::new(BOOK, &[("a.md", "# A\n")]);
        let file = desk.site().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "x").unwrap();
        let before = files(&desk.site());
        let done = desk.run(&["build"]);
        assert!(done.code == Some(2) && done.err.contains(word), "{path}: {done:?}");
        assert_eq!(files(&desk.site()), before, "{path}");
    }
}

#[test]
fn looks_are_written_through_no_link_that_leads_out() {
    for link in ["templates", "templates/site"] {
        for target in ["", "new"] {
            let desk = Desk::new(BOOK, &[("a.md", "# A\n")]);
            let link = desk.base().join(link);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            symlink(desk.outside().join(target), &link).unwrap();
            let before = files(&desk.outside());
            let done = desk.run(&["build", "--eject-theme"]);
            assert_eq!(done.code, Some(2), "{done:?}");
            assert_eq!(files(&desk.outside()), before);
            assert!(!desk.outside().join("new").exists());
        }
    }
}

#[test]
fn a_large_script_is_taken_and_reasons_are_true() {
    let book = |name: &str| format!("{BOOK}[output.html]\nadditional-js = [\"{name}\"]\n");
    let desk = Desk::new(&book("big.js"), &[("a.md", "# A\n")]);
    fs::write(desk.base().join("big.js"), vec![b' '; 3 << 20]).unwrap();
    desk.build();
    assert_eq!(desk.built()["assets/own-1.js"].len(), 3 << 20);
    fs::File::create(desk.base().join("big.js")).unwrap().set_len(33 << 20).unwrap();
    let done = desk.run(&["build"]);
    assert!(done.code == Some(2) && done.err.contains("over 32768 KiB"), "{done:?}");
}
