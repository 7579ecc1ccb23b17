//! The Markdown dialect, defined once for both parsers.

use pulldown_cmark::Options;
use pulldown_cmark::Parser;

/// An extension of CommonMark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// `| a | b |`
    Tables,
    /// `[^1]`
    Footnotes,
    /// `^[text]`
    InlineFootnotes,
    /// `~~gone~~`
    Strikethrough,
    /// `$x$`, `$$x$$`
    Math,
    /// `> [!note]`
    Callouts,
    /// `- [ ] text`, with any character in the box
    TaskLists,
    /// `https://example.org` without brackets
    Autolinks,
    /// `[[note|text]]`
    Wikilinks,
    /// `%%not for readers%%`
    Comments,
    /// `==marked==`
    Highlights,
}

/// The extensions that both parsers support.
pub const DIALECT: [Extension; 11] = [
    Extension::Tables,
    Extension::Footnotes,
    Extension::InlineFootnotes,
    Extension::Strikethrough,
    Extension::Math,
    Extension::Callouts,
    Extension::TaskLists,
    Extension::Autolinks,
    Extension::Wikilinks,
    Extension::Comments,
    Extension::Highlights,
];

/// The Markdown parser that reads notes, with our dialect.
pub(crate) fn reader(text: &str) -> Parser<'_> {
    Parser::new_ext(text, DIALECT.into_iter().map(option).collect())
}

fn option(extension: Extension) -> Options {
    match extension {
        Extension::Tables => Options::ENABLE_TABLES,
        Extension::Footnotes => Options::ENABLE_FOOTNOTES,
        Extension::Strikethrough => Options::ENABLE_STRIKETHROUGH,
        Extension::Math => Options::ENABLE_MATH,
        Extension::Callouts => Options::ENABLE_GFM,
        // our own scanner reads these: an item's words must not depend on the character in its box
        Extension::TaskLists
        | Extension::Autolinks
        | Extension::Wikilinks
        | Extension::Comments
        | Extension::Highlights
        | Extension::InlineFootnotes => Options::empty(),
    }
}
