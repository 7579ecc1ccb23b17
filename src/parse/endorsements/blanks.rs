//! Blanks in praise that nobody filled in.

use crate::model::Span;

/// Template placeholders: words in square brackets that are not a link, `{{…}}`, or `<name>`.
pub(super) fn placeholders(words: &str) -> impl Iterator<Item = Span> {
    words.match_indices(['[', '{', '<']).filter_map(|(start, open)| {
        let (close, wanted) = match open {
            "[" => ("]", words.get(start..)?.strip_prefix('[')?),
            "<" => (">", words.get(start..)?.strip_prefix('<')?),
            _ => ("}}", words.get(start..)?.strip_prefix("{{")?),
        };
        let length = wanted.find(close).filter(|length| *length <= 60)?;
        let inner = wanted.get(..length)?;
        let end = words.len() - wanted.len() + length + close.len();
        let before = words.get(..start)?.chars().next_back();
        let behind = words.get(end..)?.chars().next();
        let is_plain = inner.chars().any(char::is_alphabetic)
            && inner.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "’'/-_.".contains(c));
        let is_link =
            before.is_some_and(|c| c == '[' || c == '!' || c == '{') || behind.is_some_and(|c| "([:]".contains(c));
        // `<name>`: an HTML tag has no second word without `=`
        let is_blank = open != "<" || matches!(inner, "name" | "you" | "user") || inner.contains(' ');
        let is_box = open == "[" && inner.chars().count() < 2;
        (is_plain && !is_link && is_blank && !is_box).then(|| Span::new(start, end))
    })
}
