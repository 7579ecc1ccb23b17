//! Notes and reports in, pages out, as `(address, bytes)`. No disk access of its own.
//!
//! [`Site::new`] decides what is published and names the pages; [`Site::build`] gives one page after the other, and is
//! called by `hornbook build`. What decides: `publish`. What a note's text becomes: `markdown`. What stands around it:
//! `page` and `lists`. Reports: `report_page`, drawn by `document`. Looks: `theme`, from `templates/site/`.

mod backlinks;
mod build;
mod clean;
mod code;
pub mod dialect;
pub mod direction;
mod document;
mod drawing;
mod faults;
mod feed;
mod frame;
mod frame_words;
mod graph_forces;
mod graph_layout;
mod graph_page;
mod lists;
mod markdown;
mod math;
mod media;
mod names;
mod near;
mod neighbours;
mod nesting;
mod opening;
mod output;
mod page;
mod page_key;
mod picture;
mod places;
pub mod publish;
mod published;
mod redirect;
pub mod report_page;
mod rows;
mod search;
mod source;
mod summary;
mod text;
pub mod theme;
mod tree;
pub mod url;

pub use output::Error;
pub use output::Fault;
pub use output::Output;
pub use published::Site;
pub use source::Entry;
pub use source::Source;

/// Whether the frame has words of a language.
#[must_use]
pub fn speaks(language: &str) -> bool {
    frame_words::LANGUAGES.contains(&language)
}
