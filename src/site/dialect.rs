//! The dialect of `parse`, as options of comrak.

use comrak::Options;

use crate::parse::dialect::DIALECT;
use crate::parse::dialect::Extension;

/// comrak with the dialect in which notes are read.
#[must_use]
pub fn options() -> Options<'static> {
    let mut options = Options::default();
    let on = &mut options.extension;
    for extension in DIALECT {
        match extension {
            Extension::Tables => on.table = true,
            Extension::Footnotes => on.footnotes = true,
            Extension::InlineFootnotes => on.inline_footnotes = true,
            Extension::Strikethrough => on.strikethrough = true,
            Extension::Math => {
                on.math_dollars = true;
                on.math_code = true;
            }
            Extension::Callouts => on.ofm_callouts = true,
            Extension::TaskLists => {
                on.tasklist = true;
                options.parse.relaxed_tasklist_matching = true;
            }
            Extension::Autolinks => on.autolink = true,
            Extension::Wikilinks => on.wikilinks_title_after_pipe = true,
            Extension::Comments => on.ofm_comments = true,
            Extension::Highlights => on.highlight = true,
        }
    }
    options
}
