//! A line being typed in bash: its words as the program would get them, and how to complete one.
//!
//! Pure; called by `bash` and `context`.

use std::ffi::OsString;

/// The variable in which bash passes the line up to the cursor.
pub(crate) const LINE: &str = "_HORNBOOK_LINE";

/// The variable in which bash passes the characters at which it breaks words.
pub(crate) const BREAKS_VARIABLE: &str = "_HORNBOOK_BREAKS";

/// The default characters after which bash begins the word that it replaces, outside quotation marks.
pub(crate) const BREAKS: &str = " \t\n\"'@><=;|&(:";

/// Characters with a meaning in bash.
const SPECIAL: &str = " \t\"'\\`$&|;<>()[]{}*?!#~^";

/// A line up to the cursor.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    /// The words as the program would get them. The last one is being typed; it may be empty.
    pub(crate) words: Vec<String>,
    /// The quotation mark that is open at the end.
    open: Option<char>,
    /// How many characters of the last word precede the part that bash replaces.
    kept: usize,
}

impl Typed {
    /// From words that are already split, up to the one being typed.
    pub(crate) fn of_words(words: &[OsString]) -> Self {
        Self { words: words.iter().map(|word| word.to_string_lossy().into_owned()).collect(), ..Self::default() }
    }

    /// Splits a line up to the cursor. `breaks`: the characters after which bash begins the word that it replaces, as in `COMP_WORDBREAKS`.
    pub(crate) fn read(line: &str, breaks: &str) -> Self {
        let mut typed = Self::default();
        let mut word: Option<String> = None;
        let mut outside = 0;
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            match (typed.open, c) {
                (None, ' ' | '\t' | '\n') => {
                    typed.words.extend(word.take());
                    typed.kept = 0;
                }
                (None, '"' | '\'') => {
                    typed.open = Some(c);
                    outside = typed.kept;
                    typed.kept = word.as_ref().map_or(0, |word| word.chars().count());
                    word.get_or_insert_default();
                }
                (Some(mark), c) if c == mark => {
                    typed.open = None;
                    typed.kept = outside;
                }
                (None, '\\') => word.get_or_insert_default().extend(letters.next()),
                // inside these, a backslash is literal before most characters
                (Some('"'), '\\') => match letters.next() {
                    Some(next) if "\\\"$`".contains(next) => word.get_or_insert_default().push(next),
                    next => word.get_or_insert_default().extend(['\\'].into_iter().chain(next)),
                },
                (open, c) => {
                    let word = word.get_or_insert_default();
                    word.push(c);
                    if open.is_none() && breaks.contains(c) {
                        typed.kept = word.chars().count();
                    }
                }
            }
        }
        typed.words.push(word.unwrap_or_default());
        typed
    }

    /// The text that bash inserts for a candidate: the part after what stays, in the quotation that has begun.
    pub(crate) fn answer(&self, candidate: &str) -> String {
        let rest = candidate.chars().skip(self.kept);
        let mut answer = String::new();
        for (place, c) in rest.enumerate() {
            match self.open {
                Some('\'') if c == '\'' => answer.push_str("'\\'"),
                Some('"') if "\\\"$`".contains(c) => answer.push('\\'),
                // these two are special at the beginning of a word only
                None if "~#".contains(c) && (self.kept > 0 || place > 0) => {}
                None if SPECIAL.contains(c) => answer.push('\\'),
                _ => {}
            }
            answer.push(c);
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(line: &str, words: &[&str], candidate: &str, want: &str) {
        let typed = Typed::read(line, BREAKS);
        assert_eq!(typed.words, words, "{line}");
        assert_eq!(typed.answer(candidate), want, "{line}");
    }

    #[test]
    fn words_and_answers() {
        case("hb ", &["hb", ""], "list", "list");
        case("hb edit we", &["hb", "edit", "we"], "weekly plan", r"weekly\ plan");
        case(r"hb edit weekly\ p", &["hb", "edit", "weekly p"], "weekly plan", r"weekly\ plan");
        case("hb edit \"weekly p", &["hb", "edit", "weekly p"], "weekly \"plan\" $1", r#"weekly \"plan\" \$1"#);
        case("hb edit 'weekly p", &["hb", "edit", "weekly p"], "weekly plan's", r"weekly plan'\''s");
        case("hb list tag:ga", &["hb", "list", "tag:ga"], "tag:garden beds", r"garden\ beds");
        case("hb list --format=te", &["hb", "list", "--format=te"], "--format=text", "text");
        case("hb list '#ga", &["hb", "list", "#ga"], "#garden", "#garden");
        case(r"hb list \#ga", &["hb", "list", "#ga"], "#garden", r"\#garden");
        case("hb list #ga", &["hb", "list", "#ga"], "#garden", r"\#garden");
        case("hb links tomatoes#w", &["hb", "links", "tomatoes#w"], "tomatoes#Why so?", r"tomatoes#Why\ so\?");
        case("hb list path:\"a b", &["hb", "list", "path:a b"], "path:a b (c).md", "a b (c).md");
        case("hb  list\t'' ", &["hb", "list", "", ""], "x", "x");
        case("", &[""], "x", "x");
        // a word whose quotation is closed is replaced as a whole
        case("hb list \"tag:\"ga", &["hb", "list", "tag:ga"], "tag:garden beds", r"tag:garden\ beds");
        assert_eq!(Typed::read("hb list tag:ga", " ").answer("tag:garden"), "tag:garden");
    }

    proptest! {
        /// What bash is given for an unquoted word, it reads back as that word.
        #[test]
        fn an_answer_is_read_back(word in "[a-z :#'\"\\\\$`!?*~=é&;()-]{1,12}", begun in 0usize..6) {
            let typed: String = word.chars().take(begun).collect();
            for mark in ["", "'", "\""] {
                let quoted = if mark.is_empty() {
                    Typed::read("", BREAKS).answer(&typed)
                } else {
                    Typed { open: mark.chars().next(), ..Typed::default() }.answer(&typed)
                };
                let line = format!("hb {mark}{quoted}");
                let read = Typed::read(&line, BREAKS);
                let expected = if mark.is_empty() && typed.is_empty() { "" } else { typed.as_str() };
                prop_assert_eq!(read.words.last().map(String::as_str), Some(expected), "{}", line);
                let whole = Typed { kept: 0, ..read };
                let line = format!("hb {mark}{}{mark}", whole.answer(&word));
                let read = Typed::read(&line, BREAKS);
                prop_assert_eq!(read.words.last(), Some(&word), "{}", line);
            }
        }
    }
}
