//! Finds what has the form of a ticket key in a line of text.

use crate::model::Span;
use crate::model::ticket::key::is_project_byte;

/// In digits; longer numbers are not tickets.
const DIGITS: usize = 9;

/// A key by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// All of it.
    pub(super) span: Span,
    /// What is before the dash.
    pub(super) project: Span,
}

/// `RETAIL-23617`, `GH-12`: capital letters, digits and `_`, a dash, a number; never part of a longer word. In the order of
/// the text. Linear: each byte is looked at a few times at most.
pub(super) fn keys(text: &str) -> impl Iterator<Item = Key> {
    text.match_indices('-').filter_map(|(dash, _)| {
        let end = dash + 1 + number(text.get(dash + 1..)?)?;
        let before = text.get(..dash)?;
        let length = before.bytes().rev().take_while(|&byte| is_project_byte(byte)).count();
        // `_RETAIL-1_` is RETAIL-1 in emphasis
        let marks = before.get(dash - length..)?.bytes().take_while(|byte| *byte == b'_').count();
        let start = dash - length + marks;
        let behind = text.get(end..)?;
        let unmarked = behind.strip_prefix("_".repeat(marks).as_str())?;
        let starts_well = text.as_bytes().get(start).is_some_and(u8::is_ascii_uppercase);
        let is_free =
            !before.get(..start - marks)?.chars().next_back().is_some_and(|c| joins(c) || "_/.#@&=%+-".contains(c));
        (starts_well && is_free && ends_well(unmarked))
            .then(|| Key { span: Span::new(start, end), project: Span::new(start, dash) })
    })
}

/// `AB#124`, as Azure DevOps writes what others write `AB-124`.
pub(super) fn work_items(text: &str) -> impl Iterator<Item = Key> {
    text.match_indices('#').filter_map(|(sign, _)| {
        let end = sign + 1 + number(text.get(sign + 1..)?)?;
        let before = text.get(..sign)?;
        let start = sign - before.bytes().rev().take_while(|&byte| is_project_byte(byte)).count();
        let starts_well = text.as_bytes().get(start).is_some_and(u8::is_ascii_uppercase);
        let is_free = !before.get(..start)?.chars().next_back().is_some_and(|c| joins(c) || "_/.#@&=%+-".contains(c));
        (starts_well && is_free && ends_well(text.get(end..)?))
            .then(|| Key { span: Span::new(start, end), project: Span::new(start, sign) })
    })
}

/// True for a character that would make a key part of a longer word; scripts that put no spaces between words do not.
fn joins(c: char) -> bool {
    let is_spaceless = matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{0E00}'..='\u{0E7F}');
    c.is_alphanumeric() && !is_spaceless
}

/// `#12`, `!12` and what may precede them: the span of the sign and the number, and of `owner/repo`.
pub(super) fn references(text: &str) -> impl Iterator<Item = Key> {
    text.match_indices(['#', '!']).filter_map(|(sign, _)| {
        let end = sign + 1 + number(text.get(sign + 1..)?)?;
        let before = text.get(..sign)?;
        let length =
            before.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-/".contains(byte)).count();
        let start = sign - length;
        let is_free =
            !before.get(..start)?.chars().next_back().is_some_and(|c| !c.is_whitespace() && !"([".contains(c));
        let project = Span::new(start, sign);
        (is_free && (project.is_empty() || is_repository(project.of(text))) && ends_well(text.get(end..)?))
            .then_some(Key { span: Span::new(start, end), project })
    })
}

/// `owner/repo`, or `group/subgroup/project`.
pub(super) fn is_repository(text: &str) -> bool {
    let parts: Vec<&str> = text.split('/').collect();
    let good = |part: &&str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
            && part.bytes().any(|byte| byte.is_ascii_alphanumeric())
    };
    (2..=20).contains(&parts.len()) && parts.iter().all(good)
}

/// The length of the number with which a text begins.
pub(super) fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().take(DIGITS + 1).take_while(u8::is_ascii_digit).count();
    ((1..=DIGITS).contains(&digits) && !text.starts_with('0')).then_some(digits)
}

/// True when what follows a number does not belong to it: `RETAIL-1-fix` is a branch of RETAIL-1, but `TICKET-1-2` is not a
/// ticket, `MPL-2.0` is a version, `RETAIL-1.pdf` a file.
fn ends_well(behind: &str) -> bool {
    let mut chars = behind.chars();
    match chars.next() {
        Some(c) if joins(c) || c == '_' => false,
        Some('-') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some('.') => !chars.next().is_some_and(char::is_alphanumeric),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str, want: &[&str]) {
        assert_eq!(keys(text).map(|key| key.span.of(text)).collect::<Vec<_>>(), want, "{text}");
    }

    #[test]
    fn keys_end_where_words_end() {
        found("RETAIL-1, (RETAIL-22) RETAIL-3-fix RETAIL-4.", &["RETAIL-1", "RETAIL-22", "RETAIL-3", "RETAIL-4"]);
        found(" RETAIL-23617", &["RETAIL-23617"]);
        found("RETAIL-23617-fix-login: \"A1_1_B-1\"; MG01-115!", &["RETAIL-23617", "A1_1_B-1", "MG01-115"]);
        found("xRETAIL-1 RETAIL-1-2 RETAIL-1.2 RETAIL-01 /RETAIL-5 RETAIL-1a äRETAIL-1 RETAIL-1ä", &[]);
        found("TICKET-12345-455 thisNOT-123 MPL-2.0 RETAIL-1.pdf X-RETAIL-1 [2022-03] 1A-5", &[]);
        found(
            "RETAIL-1は完了 について、RETAIL-2 のRETAIL-3を RETAIL-4은",
            &["RETAIL-1", "RETAIL-2", "RETAIL-3", "RETAIL-4"],
        );
        found("_RETAIL-1_ __RETAIL-2__ a_RETAIL-3_b _RETAIL-4_b _RETAIL-5", &["RETAIL-1", "RETAIL-2"]);
        found("RETAIL-0 RETAIL-1234567890 RETAIL- - -1 日本-1", &[]);
    }

    #[test]
    fn references_need_a_blank_before() {
        let found = |text: &str| references(text).map(|key| key.span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("#12 and (#13), acme/shop#14 g/s/p!15 !16"),
            ["#12", "#13", "acme/shop#14", "g/s/p!15", "!16"]
        );
        assert!(found("x#1 a/b#c ##2 C#7 # 1 #0 #1.5 #12ab /x#1 a//b#1 ../x#1 https://e.org/x#1 &#39;").is_empty());
    }
}
