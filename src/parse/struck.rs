//! Struck-through words, `~~gone~~`: they no longer count.

use std::borrow::Cow;

/// The words with struck-through ones replaced by spaces: every other byte stays where it is.
pub(crate) fn unstruck(words: &str) -> Cow<'_, str> {
    const MARK: &str = "~~";
    if !words.contains(MARK) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once(MARK) {
        out.push_str(before);
        let is_escaped = before.ends_with('\\');
        let begins = !is_escaped && behind.starts_with(|c: char| !c.is_whitespace() && c != '~');
        let end = behind.match_indices(MARK).map(|(at, _)| at).find(|&at| {
            behind.get(..at).is_some_and(|inner| !inner.is_empty() && !inner.ends_with(char::is_whitespace))
        });
        match end.filter(|_| begins) {
            Some(end) => {
                out.push_str(&" ".repeat(MARK.len() + end + MARK.len()));
                rest = behind.get(end + MARK.len()..).unwrap_or("");
            }
            None => {
                out.push_str(MARK);
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_struck_through_is_gone() {
        for (words, wanted) in [
            ("a ~~b~~ c", "a       c"),
            ("~~é~~x", "      x"),
            ("~~a b~~ ~~c~~", "             "),
            ("~~a", "~~a"),
            ("a ~~ b ~~ c", "a ~~ b ~~ c"),
            ("~~a ~~ b~~c", "          c"),
            ("\\~~a~~", "\\~~a~~"),
            ("plain", "plain"),
        ] {
            assert_eq!(unstruck(words), wanted, "{words}");
            assert_eq!(unstruck(words).len(), words.len());
        }
    }
}
