//! The shapes of notes that grow: each has one thing n times, and little else.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// A kind of notebook that can be written in any size.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// Writes a notebook with the thing so many times.
    pub(crate) write: fn(&Path, usize),
    /// The largest size that is of use: files take long to make.
    pub(crate) largest: usize,
}

/// A note with something repeated.
const fn note(name: &'static str, write: fn(&Path, usize)) -> Shape {
    Shape { name, write, largest: 100_000 }
}

/// A notebook with many notes.
const fn notes(name: &'static str, write: fn(&Path, usize)) -> Shape {
    Shape { name, write, largest: 10_000 }
}

pub(crate) const SHAPES: &[Shape] = &[
    // tags, links, places
    note("tag-nested", |to, n| one(to, &format!("#{}\n", "a/".repeat(n)))),
    note("tag-same-line", |to, n| one(to, &"#a ".repeat(n))),
    note("tags", |to, n| lines(to, n, |i| format!("#t{i}"))),
    note("links", |to, n| lines(to, n, |i| format!("[[n{i}]]"))),
    note("links-same-line", |to, n| one(to, &"[[other]] ".repeat(n))),
    note("links-markdown", |to, n| lines(to, n, |i| format!("[a](n{i}.md)"))),
    note("link-aliases", |to, n| lines(to, n, |i| format!("[[other|name {i}]]"))),
    note("link-references", |to, n| lines(to, n, |i| format!("[a][r{i}]\n\n[r{i}]: other.md"))),
    note("urls", |to, n| lines(to, n, |i| format!("https://example.org/{i}"))),
    note("urls-same-line", |to, n| one(to, &"[x](https://a.example) ".repeat(n))),
    note("heading-links", |to, n| lines(to, n, |i| format!("## Part {i}\n[[#Part {i}]]"))),
    note("headings-missing", |to, n| lines(to, n, |i| format!("## Part {i}\n[[#Party {i}]]"))),
    note("headings-none", |to, n| lines(to, n, |i| format!("[[other#Part {i}]]"))),
    note("anchors", |to, n| lines(to, n, |i| format!("<a id=\"a{i}\"></a> [x](#a{i})\n"))),
    note("blocks", |to, n| lines(to, n, |i| format!("text ^b{i}\n\n[[#^b{i}]]\n"))),
    note("embeds", |to, n| lines(to, n, |_| "![[other]]\n".to_owned())),
    note("embeds-own", |to, n| lines(to, n, |_| "![[n#Part]]\n".to_owned())),
    note("images", |to, n| lines(to, n, |i| format!("![p](p{i}.png)\n"))),
    note("reading", |to, n| lines(to, n, |i| format!("- [ ] https://example.org/{i}\n  - a remark"))),
    note("reading-same", |to, n| lines(to, n, |_| "- [x] [a page](https://example.org/a)".to_owned())),
    note("reading-same-line", |to, n| one(to, &format!("- [ ] {}", "[a](https://example.org/a) and more ".repeat(n)))),
    note("reading-remarks", |to, n| {
        one(to, &format!("# Reading list\n\n- https://example.org/a\n{}", "  - so so\n".repeat(n)));
    }),
    note("reading-prose", |to, n| {
        one(
            to,
            &format!("# Reading list\n\n- [ ] https://a.org\n\n{}", "[a](https://example.org/a) and more ".repeat(n)),
        );
    }),
    // meetings
    note("meetings", |to, n| one(to, &meetings(n, |i| format!("- [ ] Ida: do {i}\n- [x] done {i}\n")))),
    note("meetings-labels", |to, n| {
        one(to, &repeat(n, |i| format!("Meeting ({})\n- do {i}\n\nAgreed\n- that {i}\n\n", day(i))));
    }),
    note("meetings-carried", |to, n| {
        one(to, &meetings(n, |i| format!("- [ ] do it (from {}, carried {}×)\n  - [ ] part\n", day(0), i.max(1))));
    }),
    note("meetings-next", |to, n| one(to, &meetings(n, |i| format!("### Next meeting\n\n{}\n", day(i + 1))))),
    note("meeting-points", |to, n| {
        one(
            to,
            &format!(
                "# Team meeting 2026-01-02\n\n## Actions\n\n{}",
                repeat(n, |i| format!("- [ ] @p{} do {i}\n", i % 50))
            ),
        );
    }),
    note("meeting-points-same", |to, n| {
        one(to, &format!("# Team meeting 2026-01-02\n\n## Actions\n\n{}", "- [ ] do it\n  - [ ] part\n".repeat(n)));
    }),
    note("meeting-rows", |to, n| {
        let head = "# Team meeting 2026-01-02\n\n| Action | Owner | Status |\n|---|---|---|\n";
        one(to, &format!("{head}{}", repeat(n, |i| format!("| do {i} | Ida / Wim | open |\n"))));
    }),
    notes("meeting-notes", |to, n| {
        each(to, n, |i| {
            (
                format!("sync/{} sync.md", day(i)),
                format!(
                    "# Team sync\n\n## Present\n\n- Ida\n\n## Actions\n\n- [ ] do {i}\n- [ ] carried (from {})\n",
                    day(0)
                ),
            )
        });
    }),
    // blocks
    note("headings", |to, n| lines(to, n, |i| format!("## Part {i}\ntext"))),
    note("headings-same", |to, n| lines(to, n, |_| "## Part\ntext".to_owned())),
    note("labels", |to, n| lines(to, n, |i| format!("Label {i}:\n- text\n"))),
    note("questions", |to, n| lines(to, n, |i| format!("- does {i} hold?\n  - it does"))),
    note("questions-below", |to, n| one(to, &format!("## Why so?\n{}", "- [ ] is it so?\n".repeat(n)))),
    note("questions-headings", |to, n| lines(to, n, |i| format!("{} Why {i}?", "#".repeat(i % 6 + 1)))),
    note("questions-labels", |to, n| lines(to, n, |i| format!("Q: is it {i}\nA: it is"))),
    note("decisions", |to, n| lines(to, n, |i| format!("We decided to do {i}. Decision: wait."))),
    note("table-columns", |to, n| one(to, &format!("{}\n{}\n{}\n", "|a".repeat(n), "|-".repeat(n), "|b".repeat(n)))),
    note("table-rows", |to, n| one(to, &format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(n)))),
    note("table-short-rows", |to, n| {
        // each row is filled up with empty cells: the square root of n columns and rows
        let side = n.isqrt();
        one(to, &format!("{}\n{}\n{}", "|a".repeat(side), "|-".repeat(side), "|b|\n".repeat(side)));
    }),
    note("list-nested", |to, n| one(to, &format!("{}x\n", "- ".repeat(n)))),
    // the indentation of the last is the square root of n
    note("list-steps", |to, n| one(to, &repeat(n.isqrt() * 2, |i| format!("{}- [ ] item\n", "  ".repeat(i))))),
    note("quote-nested", |to, n| one(to, &format!("{}x\n", ">".repeat(n)))),
    note("callouts", |to, n| lines(to, n, |_| "> [!note] Title\n> text\n".to_owned())),
    note("fences", |to, n| lines(to, n, |_| "```rust\nlet x = 1;\n```\n".to_owned())),
    note("fences-open", |to, n| lines(to, n, |i| format!("{} x", "`".repeat(3 + i % 7)))),
    note("comments-open", |to, n| lines(to, n, |_| "<!-- a %% b".to_owned())),
    note("comments-same-line", |to, n| one(to, &"%% a ".repeat(n))),
    note("separators", |to, n| lines(to, n, |_| "======x\n- a".to_owned())),
    note("footnotes", |to, n| lines(to, n, |i| format!("text[^{i}]\n\n[^{i}]: note\n"))),
    note("front-keys", |to, n| front(to, &repeat(n, |i| format!("k{i}: v\n")))),
    note("front-tags", |to, n| front(to, &format!("tags:\n{}", repeat(n, |i| format!("- t{i}\n"))))),
    note("front-aliases", |to, n| front(to, &format!("aliases:\n{}", repeat(n, |i| format!("- name {i}\n"))))),
    note("front-nested", |to, n| front(to, &format!("k: {}\n", "[".repeat(n)))),
    // inline
    note("line-long", |to, n| one(to, &"word ".repeat(n))),
    note("word-long", |to, n| one(to, &"w".repeat(n))),
    note("emphasis", |to, n| one(to, &"*a **b ".repeat(n))),
    note("emphasis-nested", |to, n| one(to, &format!("{}x{}", "*a ".repeat(n), " b*".repeat(n)))),
    note("brackets", |to, n| one(to, &"[".repeat(n))),
    note("brackets-link", |to, n| one(to, &"[a](".repeat(n))),
    note("brackets-wiki", |to, n| one(to, &"[[a ".repeat(n))),
    // runs of another length each: the square root of n runs
    note("backticks", |to, n| one(to, &repeat(n.isqrt(), |i| "`".repeat(i) + " "))),
    note("maths", |to, n| one(to, &"$x$ $ ".repeat(n))),
    note("html-nested", |to, n| one(to, &"a<b>".repeat(n))),
    note("html-blocks", |to, n| lines(to, n, |_| "<div>\n".to_owned())),
    note("entities", |to, n| one(to, &"&amp; &#x ".repeat(n))),
    note("escapes", |to, n| one(to, &"\\* ~~ == ".repeat(n))),
    note("tickets", |to, n| lines(&shop(to), n, |i| format!("SHOP-{i}"))),
    note("tickets-in-line", |to, n| one(&shop(to), &repeat(n, |i| format!("SHOP-{i} XYZ-{i} ")))),
    note("tickets-linked", |to, n| {
        lines(&shop(to), n, |i| format!("- [ ] <https://t.example.org/browse/SHOP-{i}> SHOP-1"));
    }),
    note("tickets-told", |to, n| lines(to, n, |i| format!("ticket issue\n\nXYZ-{i}\n"))),
    note("tickets-referenced", |to, n| one(&shop(to), &repeat(n, |i| format!("acme/shop#{i} #{i} GH-{i} ")))),
    note("people", |to, n| lines(to, n, |i| format!("- [ ] ask @p{i}"))),
    // tasks and dates
    note("tasks", |to, n| lines(to, n, |i| format!("- [ ] task {i}"))),
    note("tasks-same", |to, n| lines(to, n, |_| "- [ ] task".to_owned())),
    note("tasks-depend", |to, n| lines(to, n, |i| format!("- [ ] task 🆔 k{i} ⛔ k{}", i + 1))),
    note("task-fields", |to, n| one(to, &format!("- [ ] task {}\n", "[due:: 2026-01-01] ".repeat(n)))),
    note("task-wrapped", |to, n| one(to, &format!("- [ ] task\n{}", "  more 📅 2026-01-01\n".repeat(n)))),
    note("entries", |to, n| lines(to, n, |i| format!("## 2026-{:02}-{:02}\ntext", 1 + i % 12, 1 + i % 28))),
    note("entries-items", |to, n| lines(to, n, |i| format!("- 2026-{:02}-{:02} text", 1 + i % 12, 1 + i % 28))),
    note("dates-in-line", |to, n| one(to, &"2026-01-02 Mon 3rd ".repeat(n))),
    // many notes
    notes("notes-tiny", |to, n| each(to, n, |i| (format!("n{i}.md"), format!("# Note {i}\n")))),
    notes("notes-same-name", |to, n| {
        each(to, n, |i| {
            (format!("d{i}/README.md"), format!("[up](../d{}/README.md) [[README]]\n", i.saturating_sub(1)))
        });
    }),
    notes("notes-same-title", |to, n| each(to, n, |i| (format!("n{i}.md"), "# Same\n[[Same]]\n".to_owned()))),
    notes("notes-same-alias", |to, n| {
        each(to, n, |i| (format!("n{i}.md"), "---\naliases: [all]\n---\n[[all]]\n".to_owned()));
    }),
    notes("notes-hub", |to, n| each(to, n, |i| (format!("n{i}.md"), "[[n0]]\n".to_owned()))),
    notes("notes-same-id", |to, n| each(to, n, |i| (format!("ab12-x{i}.md"), "[[ab12]]\n".to_owned()))),
    notes("notes-chain", |to, n| each(to, n, |i| (format!("n{i}.md"), format!("![[n{}]]\n", i + 1)))),
    notes("notes-broken", |to, n| each(to, n, |i| (format!("note-{i}.md"), format!("[[nota-{i}]]\n")))),
    notes("notes-one-tag", |to, n| each(to, n, |i| (format!("n{i}.md"), "#tag\n- [ ] do\n".to_owned()))),
    notes("notes-same-day", |to, n| each(to, n, |i| (format!("n{i}.md"), "# 2026-01-02\ntext\n".to_owned()))),
    notes("notes-folders", |to, n| each(to, n, |i| (format!("d{}/e{i}/n.md", i % 100), "text\n".to_owned()))),
];

/// One note that says this, and another one to be linked to.
fn one(folder: &Path, text: &str) {
    put(folder, "n.md", text);
    put(folder, "other.md", "# Other\n\ntext\n");
}

/// A notebook whose settings name trackers.
fn shop(folder: &Path) -> PathBuf {
    let trackers = [
        "keys = [\"SHOP\"]\nurl = \"https://t.example.org/browse/{key}-{num}\"",
        "match = '\\bincident (\\d+)\\b'",
        "github = \"acme/shop\"",
    ];
    let tables = trackers.map(|tracker| format!("[[preprocessor.hornbook.tickets]]\n{tracker}\n"));
    put(folder, "book.toml", &format!("[book]\nsrc = \".\"\n{}", tables.concat()));
    folder.to_owned()
}

/// One note with so many lines.
fn lines(folder: &Path, count: usize, line: fn(usize) -> String) {
    one(folder, &format!("# Part\n\n{}", repeat(count, |i| format!("{}\n", line(i)))));
}

/// A log of so many meetings, a day apart.
fn meetings(count: usize, text: impl Fn(usize) -> String) -> String {
    format!("# Team sync\n\n{}", repeat(count, |i| format!("## {}\n\n{}\n", day(i), text(i))))
}

/// A day for each number; years of twelve months of 28 days, so that none needs a calendar.
fn day(number: usize) -> String {
    format!("{:04}-{:02}-{:02}", 1900 + number / 336 % 190, number / 28 % 12 + 1, number % 28 + 1)
}

/// One note with this front matter.
fn front(folder: &Path, front: &str) {
    one(folder, &format!("---\n{front}---\ntext\n"));
}

fn repeat(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// So many notes.
fn each(folder: &Path, count: usize, note: fn(usize) -> (String, String)) {
    for i in 0..count {
        let (path, text) = note(i);
        put(folder, &path, &text);
    }
}

#[expect(clippy::disallowed_methods, reason = "throw-away notes of a benchmark")]
pub(crate) fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
