//! A private note's words stand nowhere in what is built.

use std::fs;

use crate::desk::Desk;
use crate::desk::holds;

/// In every word, name and tag that nobody may see, and nowhere else.
const MARK: &str = "zq";

/// Ways to keep a note at home: the file, and what stands in its front matter and text.
const WAYS: [(&str, &str, &str); 18] = [
    ("zq-publish.md", "publish: false", ""),
    ("zq-publish-word.md", "Publish: \"No\"", ""),
    ("zq-draft.md", "draft: true", ""),
    ("zq-private.md", "private: true", ""),
    ("zq-private-unclear.md", "PRIVATE: mostly", ""),
    ("zq-tag.md", "tags: [plain, private]", ""),
    ("zq-tag-nested.md", "tags: private/zqdeep", ""),
    ("zq-tag-inline.md", "kind: x", "## A part\n\nthis is #private here"),
    ("zq-unreadable.md", "private: true\nx: [1\ny: {", ""),
    ("zqfolder/plain.md", "kind: x", ""),
    ("zqfolder/deep/zq.md", "kind: x", ""),
    ("series/zq-2026-01.md", "kind: x", ""),
    ("series/zq-2026-02.md", "date: 2026-11-20", ""),
    ("open/zq.md", "private: yes", ""),
    ("zq-unlisted.md", "unlisted: true", ""),
    ("zq-access.md", "access: private", ""),
    ("zq-share.md", "share: \"no\"", ""),
    ("zq-nested.md", "meta: {private: true}", ""),
];

const BOOK: &str = "[book]\ntitle = \"Notebook\"\nsrc = \"notes\"\n[output.html]\nsite-url = \"https://e.example/n/\"\n\
    edit-url-template = \"https://e.example/edit/{path}\"\n[output.html.redirect]\n\"/old.html\" = \"zq-private.html\"\n\"/zqold.html\" = \"zq-draft.html\"\n\
    [preprocessor.hornbook]\nsite.exclude = [\"zqfolder/\", \"series/zq-*\", \"zqplan.png\", \"files-of-mine/\"]\n\
    [[preprocessor.hornbook.tickets]]\nkeys = [\"ZQ\"]\nurl = \"https://t.example/zq/{key}-{num}\"\n";

/// A private note, full of marked words.
fn private(n: usize, front: &str, text: &str) -> String {
    let title = if front.contains("tags") { String::new() } else { format!("tags: [zqtag{n}, shared]\n") };
    format!(
        "---\n{front}\ntitle: zqtitle{n}\naliases: [zqalias{n}, zqother{n}]\n{title}description: zqdescription{n}\nzqkey: zqvalue\n---\n\n\
         # zqheading{n}\n\nzqword{n} #zqinline{n} Public One is mentioned [[one]] and [zqlabel](one.md) by zqsentence{n}. ^zqblock\n\n\
         - [ ] zqtask{n} 📅 2026-11-22 #zqtasktag\n- [x] zqdone{n}\n\n![[zqfile{n}.png]] [zq](zqpaper{n}.pdf) ![zq](files-of-mine/zqx.png)\n\n\
         ## zqsection{n}\n\n```\nzqcode\n```\n\n![[two]] #rare ZQ-{n}\n\n{text}\n"
    )
}

fn desk(public: bool) -> Desk {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut links = String::new();
    for (n, (path, front, text)) in WAYS.iter().enumerate() {
        let text = if public { "# Was public\n\nzqword\n".to_owned() } else { private(n, front, text) };
        if !public || !path.contains("zqfolder") {
            files.push(((*path).to_owned(), text));
        }
        files.push((format!("zqfile{n}.png"), format!("zqbytes{n}")));
        files.push((format!("zqpaper{n}.pdf"), format!("zqbytes{n}")));
        let stem = path.trim_end_matches(".md");
        // what a public note says of it: words of its own, and addresses that nobody sees
        links += &format!(
            "- see [[{stem}|the plan]] or [the plan](</{path}> \"a title\") or [[{stem}#zqheading{n}|part]] and [[{stem}#^zqblock|block]]\n\
             - [ ] do [[{stem}|it]] soon\n- by title [[zqtitle{n}|x]], by alias [[zqalias{n}|y]], [a][r{n}]\n\n![[{stem}|shown]]\n\n![[{stem}#zqsection{n}|shown]]\n\n\
             <a href=\"/{path}\">html</a> <img src=\"/zqfolder/zq.png\" alt=\"p\">\n\n[r{n}]: </{path}>\n\n"
        );
    }
    files.push((
        "one.md".to_owned(),
        format!(
            "---\ndate: 2026-11-01\nrelated: \"[[two]]\"\n---\n\n# Public One\n\n{links}\n\n[[two]] #shared #rare\n"
        ),
    ));
    files.push(("two.md".to_owned(), format!("# Public Two\n\n{links}\n\nback to [[one]], ![alt](zqplan.png) ![[files-of-mine/zqx.png|alt]] ![x](/zqfolder/zq.png) #rare\n")));
    files.push(("three.md".to_owned(), "<!--\nA long comment that nobody needs to see, with zqcomment in it, and more words.\n-->\n\n%%\nAnother long comment that goes over lines, zqcomment, see [[two]] for it all.\n%%\n\n%% inline zqcomment [[one]] ![[zqonly.png]] #zqctag %%\n\n<!-- zqcomment [[one]] -->\n\n[[one]] words %% zqcomment %% more <!-- zqcomment --> end.\n".to_owned()));
    files.push(("four.md".to_owned(), "---\ntitle: Four %%zqa%% of <!-- zqb --> them\ndescription: About %%zqc%% four <!-- zqd -->\nnote: an %%zqe%% x\naliases: [\"Vier %%zqf%% y\"]\ntags: [shared, \"%%zqg%%\"]\ndate: 2026-11-02\n---\n\n# Four %%zqa%%\n\n<div>\n%% zqh %%\n<p>shown %%zqi%%</p>\n</div>\n\n<div>\n%%\n\nzqj\n\n%%\n</div>\n\n<details><summary>sum %%zqk%%</summary>\nx\n</details>\n\n## Part %%zql%% <!-- zqm -->\n\nLabel %%zqn%%:\n- a\n\n> [!note] T %%zqo%%\n> %%\n> zqp\n> %%\n\n[[one|x %%zqq%%]] %% zqr %%\n\n%%\nzqs %%\n".to_owned()));
    files.push(("zqonly.png".to_owned(), "zqbytes".to_owned()));
    files.push(("zqplan.png".to_owned(), "zqbytes".to_owned()));
    files.push(("zqunlinked.png".to_owned(), "zqbytes".to_owned()));
    files.push(("zqfolder/zq.png".to_owned(), "zqbytes".to_owned()));
    files.push(("files-of-mine/zqx.png".to_owned(), "zqbytes".to_owned()));
    files.push((".zqhidden.md".to_owned(), "zqword".to_owned()));
    files.push(("SUMMARY.md".to_owned(), "# Summary\n\n- [One %%zqs%%](one.md)\n- [Four <!-- zqt -->](four.md)\n- [The plan](zq-private.md)\n\n# zqpart\n\n- [x](zq-draft.md)\n  - [y](zq-publish.md)\n\n# Other\n\n- [Two](two.md)\n".to_owned()));
    let desk = Desk::new(BOOK, &files);
    assert!(desk.notes().join("one.md").exists());
    desk
}

/// Nothing of a private note stands in the folder of pages.
#[track_caller]
fn nothing_is_told(desk: &Desk) {
    let built = desk.built();
    assert!(built.contains_key("one.html") && built.contains_key("feed.xml") && built.contains_key(".hornbook-site"));
    let mut told = Vec::new();
    for (name, bytes) in &built {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        if name.to_lowercase().contains(MARK) {
            told.push(format!("the name {name}"));
        }
        for (at, _) in text.match_indices(MARK).take(3) {
            let around: String =
                text.chars().skip(text.get(..at).unwrap().chars().count().saturating_sub(80)).take(160).collect();
            told.push(format!("{name}: …{around}…"));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(!built.keys().any(|name| name.ends_with(".png") || name.ends_with(".pdf")), "{:?}", built.keys());
}

#[test]
fn private_words_stand_nowhere() {
    let desk = desk(false);
    let done = desk.build();
    assert!(done.err.contains(&format!("{} notes not published", WAYS.len())), "{done:?}");
    nothing_is_told(&desk);
    let built = desk.built();
    assert!(holds(&built["one.html"], "see the plan or the plan or part and block"), "their own words stay");
    assert!(holds(&built["all/open.html"], "do it soon"));
    assert!(holds(&built["all/open.json"], "\"text\":\"do it soon\""));
}

#[test]
fn the_tree_of_a_large_notebook_tells_nothing() {
    let desk = desk(false);
    for folder in 0..3 {
        for n in 0..20 {
            desk.put(&format!("open-{folder}/note-{n}.md"), format!("# Note {folder} {n}\n"));
        }
    }
    desk.put("open-1/zq-secret.md", "---\nprivate: true\n---\n# zqtree secret\n");
    desk.put("zq-folder/only.md", "---\nprivate: true\n---\n# zqtree alone\n");
    desk.build();
    let built = desk.built();
    let files: Vec<&String> = built.keys().filter(|name| name.starts_with("tree/")).collect();
    assert!(!files.is_empty(), "the folders are files of their own");
    for (name, bytes) in &built {
        assert!(!name.contains("zq-secret") && !name.contains("zq-folder"), "{name}");
        assert!(["zqtree", "zq-secret", "zq-folder"].iter().all(|word| !holds(bytes, word)), "{name}");
    }
}

#[test]
fn what_becomes_private_goes() {
    let desk = desk(true);
    desk.build();
    assert!(desk.built().keys().filter(|name| name.contains(MARK)).count() > 5);
    for (n, (path, front, text)) in WAYS.iter().enumerate() {
        desk.put(path, private(n, front, text));
    }
    desk.build();
    nothing_is_told(&desk);
    // drafts are for one's own eyes, and go again
    desk.build_with(&["--drafts"]);
    assert!(desk.site().join("zq-draft.html").exists() && !desk.site().join("zq-private.html").exists());
    desk.build();
    nothing_is_told(&desk);
}

#[test]
fn a_private_section_keeps_the_whole_note() {
    let desk = Desk::new(
        crate::desk::BOOK,
        &[("a.md", "# A\n\nzqone\n\n## B #private\n\nzqtwo\n"), ("b.md", "see [[a#B|it]]\n")],
    );
    desk.build();
    assert!(!desk.site().join("a.html").exists());
    assert!(fs::read_to_string(desk.site().join("b.html")).unwrap().contains("see it"));
    assert!(desk.built().values().all(|bytes| !holds(bytes, MARK)));
}
