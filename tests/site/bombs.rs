//! Notes that are small and want to become large or never end.

use std::time::Duration;
use std::time::Instant;

use crate::desk::BOOK;
use crate::desk::Desk;
use crate::pages::Pages;

/// Bytes of the largest page that a bomb may become.
const LARGEST: usize = 4 << 20;

/// A busy machine may be slow; what grows without end takes longer than this on any.
const PATIENCE: Duration = Duration::from_secs(180);

/// Builds, and checks time, size and pages.
#[track_caller]
fn bounded(what: &str, files: &[(String, String)]) {
    let desk = Desk::new(BOOK, files);
    let start = Instant::now();
    desk.build();
    let took = start.elapsed();
    assert!(took < PATIENCE, "{what} took {took:?}");
    let built = desk.built();
    for (name, bytes) in &built {
        assert!(bytes.len() < LARGEST, "{what}: {name} has {} bytes", bytes.len());
    }
    for (name, _) in files.iter().filter(|(name, _)| name.ends_with(".md")) {
        assert!(built.contains_key(&name.replace(".md", ".html")), "{what}: {name} has its page");
    }
    let faults = Pages::new(&built, "").faults(&|_| false);
    assert!(faults.is_empty(), "{what}:\n{}", faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
}

fn note(name: &str, text: String) -> (String, String) {
    (format!("{name}.md"), text)
}

#[test]
fn embeds_of_embeds_end() {
    // fifteen notes that embed the next ten times: 10^15
    let mut files: Vec<_> = (0..15)
        .map(|n| note(&format!("n{n}"), format!("# N{n}\n\n{}", format!("![[n{}]]\n\n", n + 1).repeat(10))))
        .collect();
    files.push(note("n15", "end\n".to_owned()));
    // circles: itself, two, by section, by block, by another case
    files.push(note(
        "self",
        "# Self\n\n![[self]]\n\n![[#Part]]\n\n![[SELF#part]]\n\n## Part\n\n![[self#Part]] ![[self]]\n".to_owned(),
    ));
    files.push(note("one", "![[two]]\n\na ^b\n\n![[two#^b]]\n".to_owned()));
    files.push(note("two", "![[one]]\n\n- ![[one#^b]] ^b\n".to_owned()));
    // one that embeds all others, two hundred times over, and a long one many times
    files.push(note("all", (0..15).map(|n| format!("![[n{n}]]\n\n")).collect::<String>().repeat(10)));
    files.push(note("long", "word ".repeat(20_000)));
    files.push(note("many", "![[long]]\n\n".repeat(3000)));
    bounded("embeds", &files);
}

#[test]
fn deep_and_wide_notes_end() {
    let mut files = vec![
        note("quotes", format!("{}x\n", "> ".repeat(3000))),
        note("lists", (0..600).map(|n| format!("{}- [ ] x\n", " ".repeat(n * 2))).collect()),
        note("brackets", format!("{}\n\n{}\n", "[".repeat(20_000), "[[".repeat(20_000))),
        note("stars", "*a **b ".repeat(5_000)),
        note("links", "[a](".repeat(10_000)),
        note("ticks", (0..300).map(|n| format!("{}x ", "`".repeat(n))).collect()),
        note("headings", "# h\n".repeat(2_000)),
        note("footnotes", format!("{}\n\n[^a]: x\n", "a[^a] ".repeat(2_000))),
        note("tags", (0..1_500).map(|n| format!("#t{} #t{n} ", n % 7)).collect()),
        note("columns", format!("|{}\n|{}\n|{}\n", "a|".repeat(800), "-|".repeat(800), "b|".repeat(800))),
        note("autocomplete", format!("|{}\n|{}\n{}", "a|".repeat(200), "-|".repeat(200), "|\n".repeat(2_000))),
        note("callouts", (0..100).map(|n| format!("{}[!note]- x\n", "> ".repeat(n + 1))).collect()),
        note("references", format!("{}\n\n[a]: https://e.example/{}\n", "[a]".repeat(2_000), "x".repeat(200))),
        note("comments", "%% a ".repeat(3_000)),
        note("words", "x".repeat(500_000)),
    ];
    files.push(note("maths", {
        let braces = format!("${}x{}$", "{".repeat(4_000), "}".repeat(4_000));
        let fractions = format!("${}x{}$", "\\frac{1}{".repeat(2_000), "}".repeat(2_000));
        let roots = format!("${}x$", "\\sqrt ".repeat(3_000));
        let left = format!("${}x{}$", "\\left(".repeat(2_000), "\\right)".repeat(2_000));
        let scripts = format!("$x{}$", "^{y".repeat(3_000) + &"}".repeat(3_000));
        let bomb: String = (b'b'..=b'z')
            .map(|c| format!("\\def\\{}{{\\{1}\\{1}\\{1}\\{1}}}", char::from(c), char::from(c - 1)))
            .collect();
        let bomb = format!("$\\def\\a{{xx}}{bomb}\\z$");
        let endless = "$\\def\\a{\\a\\a}\\a$ $\\newcommand{\\b}{\\b x}\\b$";
        format!("{braces}\n\n{fractions}\n\n{roots}\n\n{left}\n\n{scripts}\n\n{bomb}\n\n{endless}\n")
    }));
    bounded("deep", &files);
}

#[test]
fn html_that_grows_ends() {
    // each open element that is not closed is opened again in every block that follows
    let open: String = (0..800).map(|n| format!("<b title={n}>")).collect();
    let blocks = "<p>x".repeat(800);
    let files = [
        note("again", format!("{open}{blocks}\n")),
        note("again-markdown", format!("{open}\n\n{}", "x\n\n".repeat(800))),
        note("deep", format!("{}x\n", "<div>".repeat(20_000))),
        note("deep-inline", format!("x {}\n", "<sub>".repeat(20_000))),
        note("tables", format!("{}x\n", "<table><tr><td>".repeat(3_000))),
        note("foster", format!("<table>{}", "<b>x<tr>".repeat(2_000))),
        note("attributes", format!("<p {}>x\n", (0..5_000).map(|n| format!("a{n}=x ")).collect::<String>())),
        note("ids", "<p id=a>x</p>\n".repeat(3_000)),
        note("addresses", (0..3_000).map(|n| format!("<a href=x{n}>x</a> ")).collect()),
        note("svg", format!("{}x\n", "<svg><desc>".repeat(5_000))),
        note("maths", format!("{}x\n", "<math><mtext>".repeat(5_000))),
    ];
    bounded("html", &files);
}
