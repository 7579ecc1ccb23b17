//! Comments in notes, `%% … %%` and `<!-- … -->`: what writers keep to themselves.
//!
//! For texts that are not Markdown, such as front matter values, and for whole texts where code need not be told apart;
//! the parser handles comments in a note's body.

use std::borrow::Cow;

/// A note's text without its comments, `%% … %%` and `<!-- … -->`; its lines stay where they are.
#[must_use]
pub fn uncommented(text: &str) -> Cow<'_, str> {
    if !text.contains("%%") && !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = [rest.find("%%"), rest.find("<!--")].into_iter().flatten().min() {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (open, close) = if from.starts_with('%') { ("%%", "%%") } else { ("<!--", "-->") };
        let inner = from.get(open.len()..).unwrap_or("");
        // one that begins within a line must end in it, or is not a comment
        let begins = open == "<!--" || out.rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
        let reach = if begins { inner } else { inner.split('\n').next().unwrap_or("") };
        let length = match reach.find(close) {
            Some(end) => open.len() + end + close.len(),
            None if open == "<!--" => from.len(),
            None => {
                out.push_str(open);
                rest = inner;
                continue;
            }
        };
        let (comment, after) = from.split_at(length);
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_stay() {
        assert_eq!(uncommented("a %% b %% c <!-- d --> e"), "a  c  e");
        assert_eq!(uncommented("%%\na\n%%\nb"), "\n\n\nb");
        assert_eq!(uncommented("a\n<!--\nb\n--> c"), "a\n\n\n c");
        assert_eq!(uncommented("100 %% of\nit %% all"), "100 %% of\nit %% all");
        assert_eq!(uncommented("a <!-- b\nc"), "a \n");
        assert_eq!(uncommented("%% a\nb"), "%% a\nb");
        assert_eq!(uncommented("plain"), "plain");
    }
}
