//! A regular expression in a query.

use regex::Regex;
use regex::RegexBuilder;

/// A regular expression: ignores case (`(?-i)` turns that off), `.` does not match a line end, `^` and `$` match at line ends.
#[derive(Debug, Clone)]
pub struct Pattern {
    source: String,
    regex: Regex,
}

impl Pattern {
    /// Compiles the text between the slashes.
    ///
    /// # Errors
    /// One line: invalid syntax, or too big.
    pub fn new(source: &str) -> Result<Self, String> {
        let built = RegexBuilder::new(source)
            .case_insensitive(true)
            .multi_line(true)
            .crlf(true)
            .size_limit(1 << 20)
            .dfa_size_limit(1 << 20)
            .nest_limit(50)
            .build();
        match built {
            Ok(regex) => Ok(Self { source: source.to_owned(), regex }),
            Err(regex::Error::CompiledTooBig(_)) => Err("it would become too big".to_owned()),
            Err(error) => {
                let text = error.to_string();
                let last = text.lines().last().unwrap_or_default();
                Err(last.strip_prefix("error: ").unwrap_or(last).to_owned())
            }
        }
    }

    /// The text between the slashes.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// True if it matches somewhere in the text.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// The compiled form, for callers that need positions.
    #[must_use]
    pub const fn regex(&self) -> &Regex {
        &self.regex
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}
