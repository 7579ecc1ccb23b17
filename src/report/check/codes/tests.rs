//! Each code has an example that shows it.

use super::*;
use crate::model::NotePath;
use crate::parse;

#[test]
fn codes_are_kebab_case_and_stand_once() {
    for (index, code) in CODES.iter().enumerate() {
        assert!(code.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", code.code);
        assert_eq!(CODES.iter().position(|other| other.code == code.code), Some(index), "{}", code.code);
        assert!(!code.explain.is_empty() && !code.title.ends_with('.'), "{}", code.code);
    }
}

/// Whatever the parser complains about has its line in the table.
#[test]
fn every_code_of_the_parser_stands_in_the_table() {
    let calls = regex::Regex::new(r#"(?:diagnostics\.\w+\(|diagnostic\(\s*book,)\s*"([a-z-]+)""#).unwrap();
    let mut found = 0;
    for file in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/parse")) {
        let Ok(source) = std::fs::read_to_string(file.unwrap().path()) else { continue };
        for call in calls.captures_iter(&source) {
            assert!(find(&call[1]).is_some(), "{}", &call[1]);
            found += 1;
        }
    }
    assert!(found >= 10, "{found}");
}

/// The parser finds in each example what the example is for, as heavy as the table says.
#[test]
fn examples_of_the_parser_are_found() {
    let of_parser = CODES.iter().filter(|code| {
        ["front-", "task-", "fence-"].iter().any(|start| code.code.starts_with(start))
            || ["year-mismatch", "ambiguous-date"].contains(&code.code)
    });
    let mut count = 0;
    for code in of_parser {
        let parsed = parse::parse(&NotePath::from("n.md"), code.example, &parse::Options::default());
        let found = parsed.diagnostics.iter().find(|found| found.code == code.code);
        let found = found.unwrap_or_else(|| panic!("{}: {:?}", code.code, parsed.diagnostics));
        assert_eq!(found.severity, code.severity, "{}", code.code);
        assert_eq!(found.fix.is_some(), code.fix.is_some(), "{}", code.code);
        count += 1;
    }
    assert_eq!(count, 18);
}
