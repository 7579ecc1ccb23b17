//! The index of the search in the page: it knows what pages say and no more, and an edit changes few of its files.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use crate::desk::BOOK;
use crate::desk::Desk;

/// How many letters are shared, and the rest.
fn split(written: &str) -> (usize, &str) {
    let (digit, rest) = written.split_at(1);
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef".find(digit).unwrap(), rest)
}

/// The words of an index: rows leave out the letters that they share with the one before.
fn words(built: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for (_, bytes) in built.iter().filter(|(name, _)| name.starts_with("search/w") || name.starts_with("search/p")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let rows = text.split_once(",\"").unwrap().1.trim_end_matches("\");\n");
        let mut before: Vec<char> = Vec::new();
        for row in rows.split(' ') {
            let (word, stands_for) = row.split_once('|').unwrap();
            let (shared, rest) = split(word);
            before.truncate(shared);
            before.extend(rest.chars());
            words.insert(before.iter().collect());
            let stems = stands_for.split('|').next().unwrap().split(',').filter(|stem| !stem.is_empty());
            if text.contains("(\"w\"") {
                words.extend(stems.map(|stem| {
                    let (shared, rest) = split(stem);
                    before.iter().take(shared).copied().chain(rest.chars()).collect::<String>()
                }));
            }
        }
    }
    words
}

#[test]
fn what_no_page_says_is_not_found() {
    let desk = Desk::new(
        BOOK,
        &[
            (
                "open.md",
                "---\naliases: [otter]\ntags: [river]\nauthor: heron\ncomment: \"%% zqa %%\"\n---\n\n# Open house\n\nPublic words %% zqb %% <!-- zqc --> and [text](zqd.md \"zqe\") [[zqf|label]] ![[zqg]] <b title=\"zqh\">bold</b>\n\n[r]: /zqi.md\n\n- [ ] do it\n",
            ),
            ("zqf.md", "---\nprivate: true\naliases: [zqj]\n---\n\n# Zqk\n\nzql #zqm\n"),
            ("zqdraft.md", "---\ndraft: true\n---\n\n# Zqn\n\nzqo\n"),
            ("mixed.md", "# Mixed\n\nzqp\n\n## Part #private\n\nzqq\n"),
        ],
    );
    desk.build();
    let built = desk.built();
    let words = words(&built);
    for public in ["open", "public", "otter", "heron", "label", "bold", "text", "tag:river", "is:open", "=otter"] {
        assert!(words.contains(public), "{public}: {words:?}");
    }
    assert!(!words.iter().any(|word| word.contains("zq")), "{words:?}");
    for (name, bytes) in built.iter().filter(|(name, _)| name.starts_with("search/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("zq") && text.starts_with("hornbook_search(\""), "{name}: {text}");
    }
}

/// Notes with some words of a large vocabulary.
fn many() -> Desk {
    let mut seed = 7_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let number = (seed >> 33) % 3_000;
        ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r"].map(|c| c.to_owned())[usize::try_from(number % 10).unwrap()]
            .clone()
            + ["a", "e", "i", "o", "u"][usize::try_from(number / 10 % 5).unwrap()]
            + &format!("{}x", number / 50).replace(['0', '5'], "t").replace(['1', '6'], "s").replace(['2', '7'], "v")
    };
    let notes: Vec<(String, String)> = (0..200)
        .map(|n| {
            let text: Vec<String> = (0..120).map(|_| word()).collect();
            (format!("n{n:03}.md"), format!("# Note {n}\n\n{}\n", text.join(" ")))
        })
        .collect();
    Desk::new(BOOK, &notes)
}

#[test]
fn an_edit_changes_few_files_and_nothing_changed_none() {
    let desk = many();
    desk.build();
    let before = desk.built();
    let index = |built: &BTreeMap<String, Vec<u8>>| built.keys().filter(|name| name.starts_with("search/")).count();
    assert!(index(&before) > 50, "{}", index(&before));
    let again = desk.build();
    assert!(again.err.contains(": 0 written"), "{again:?}");

    desk.put("n100.md", fs::read_to_string(desk.notes().join("n100.md")).unwrap() + "\nplainly another sentence\n");
    desk.build();
    let after = desk.built();
    let other = after.iter().filter(|(name, bytes)| name.starts_with("search/") && before.get(*name) != Some(bytes));
    let other: Vec<&String> = other.map(|(name, _)| name).collect();
    assert!(other.len() <= 8, "of {}: {other:?}", index(&after));

    // what somebody took away is made again
    fs::remove_file(desk.site().join("search/d0.js")).unwrap();
    desk.build();
    assert_eq!(desk.built(), after);
}
