//! The parts of a ticket's key.

/// A key as project and number: `RETAIL` and 23617 of `RETAIL-23617`, `acme/shop` and 12 of `acme/shop#12`; no number where
/// a pattern matched something else.
#[must_use]
pub fn split(key: &str) -> (&str, Option<u64>) {
    let parts = key.rsplit_once(['-', '#', '!']);
    match parts.and_then(|(project, number)| Some((project, number.parse().ok()?))) {
        Some((project, number)) if !project.is_empty() => (project, Some(number)),
        _ => (key, None),
    }
}

/// True for a valid project name in front of a ticket number: capital letters, then perhaps digits or `_`.
#[must_use]
pub fn is_project(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase()) && text.bytes().all(is_project_byte)
}

pub(super) const fn is_project_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_two_parts() {
        let cases = [
            ("RETAIL-23617", ("RETAIL", Some(23617))),
            ("A1_1_B-1", ("A1_1_B", Some(1))),
            ("acme/shop#12", ("acme/shop", Some(12))),
            ("group/sub/shop!12", ("group/sub/shop", Some(12))),
            ("my-org/shop#7", ("my-org/shop", Some(7))),
            ("incident 4711", ("incident 4711", None)),
            ("-1", ("-1", None)),
            ("", ("", None)),
        ];
        for (key, parts) in cases {
            assert_eq!(split(key), parts, "{key}");
        }
    }
}
