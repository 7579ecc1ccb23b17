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
    let mut at = 0;
    // what was found once is not looked for again: a text may have thousands of the one and none of the other
    let mut next = [Some(0), Some(0)];
    // whether only blanks stand before `at` in its line
    let mut begins_line = true;
    loop {
        for (place, open) in next.iter_mut().zip([PERCENT, HTML]) {
            if place.is_some_and(|place| place < at || place == 0) {
                *place = text.get(at..).and_then(|rest| rest.find(open)).map(|found| at + found);
            }
        }
        let Some(begin) = next.into_iter().flatten().min() else { break };
        let before = text.get(at..begin).unwrap_or("");
        out.push_str(before);
        begins_line = match before.rsplit_once('\n') {
            Some((_, line)) => line.trim().is_empty(),
            None => begins_line && before.trim().is_empty(),
        };
        let from = text.get(begin..).unwrap_or("");
        let length = if from.starts_with(HTML) {
            from.find("-->").map_or(from.len(), |end| end + "-->".len())
        } else {
            let inner = from.get(PERCENT.len()..).unwrap_or("");
            match inner.find(PERCENT).filter(|&end| begins_line || is_of_one_paragraph(inner.get(..end).unwrap_or("")))
            {
                Some(end) => PERCENT.len() + end + PERCENT.len(),
                None => {
                    out.push_str(PERCENT);
                    at = begin + PERCENT.len();
                    begins_line = false;
                    continue;
                }
            }
        };
        let (comment, _) = from.split_at(length);
        out.extend(comment.chars().filter(|c| *c == '\n'));
        begins_line |= comment.contains('\n');
        at = begin + length;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    Cow::Owned(out)
}

/// What begins a comment.
const PERCENT: &str = "%%";
const HTML: &str = "<!--";

/// True if no empty line stands between the signs of a comment: only then may it begin behind other words.
#[must_use]
pub fn is_of_one_paragraph(inner: &str) -> bool {
    let mut lines = inner.split('\n');
    // the signs stand on the first and on the last
    let _ends = (lines.next(), lines.next_back());
    lines.all(|line| !line.trim_matches(|c: char| c == '>' || c.is_whitespace()).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_stay() {
        assert_eq!(uncommented("a %% b %% c <!-- d --> e"), "a  c  e");
        assert_eq!(uncommented("%%\na\n%%\nb"), "\n\n\nb");
        assert_eq!(uncommented("a\n<!--\nb\n--> c"), "a\n\n\n c");
        assert_eq!(uncommented("a %% b\nc\n%% d"), "a \n\n d");
        assert_eq!(uncommented("100 %% of\n\nit %% all"), "100 %% of\n\nit %% all");
        assert_eq!(uncommented("> 100 %% of\n>\n> it %% all"), "> 100 %% of\n>\n> it %% all");
        assert_eq!(uncommented("a <!-- b\nc"), "a \n");
        assert_eq!(uncommented("%% a\nb"), "%% a\nb");
        assert_eq!(uncommented("plain"), "plain");
    }
}
