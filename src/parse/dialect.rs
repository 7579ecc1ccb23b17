//! The one dialect: what Markdown means here, decided once for both parsers.

use pulldown_cmark::Options;
use pulldown_cmark::Parser;

/// The Markdown parser that reads notes, with our dialect.
pub(crate) fn reader(text: &str) -> Parser<'_> {
    Parser::new_ext(text, options())
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}
