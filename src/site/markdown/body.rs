//! A whole note as the body of a page.

use std::collections::BTreeSet;

use crate::model::Span;
use crate::site::Site;
use crate::site::clean::Asked;
use crate::site::clean::clean;
use crate::site::markdown::renderer::Renderer;
use crate::site::markdown::renderer::Shared;
use crate::site::markdown::renderer::TocEntry;
use crate::site::markdown::renderer::first_level;

/// A note's text as HTML, and what a page wants to know of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Body {
    /// Without the heading that is the note's title.
    pub(crate) html: String,
    /// That heading's anchor and inner HTML, where the text begins with it.
    pub(crate) title: Option<(String, String)>,
    /// In the order of the text.
    pub(crate) toc: Vec<TocEntry>,
    /// Files that its Markdown shows or links to: indices into the attachments.
    pub(crate) files: BTreeSet<usize>,
    /// What its HTML needs.
    pub(crate) asked: Asked,
    /// What could not be shown: a note, a line, and why.
    pub(crate) faults: BTreeSet<(usize, usize, String)>,
}

/// Renders a whole note as the body of the page of `page`: of the note itself or, where that is none, the 404 page.
pub(crate) fn render(site: &Site<'_>, page: usize, note: usize, text: &str) -> Body {
    let mut shared = Shared::default();
    let body = site.places.note(note).map_or(0, |note| note.body_start);
    let span = Span::new(body, text.len());
    shared.open.push((note, span));
    let mut renderer = Renderer::new(site, page, note, text, span, String::new(), &mut shared);
    let title = renderer.cut_title();
    let others = renderer.note.sections.iter().filter(|section| Some(section.line) != renderer.title_line);
    renderer.deeper = others.filter(|section| first_level(section)).count().min(1) as i16;
    renderer.document(text.get(body..).unwrap_or(""));
    let (html, toc) = (std::mem::take(&mut renderer.out), std::mem::take(&mut renderer.toc));
    let mut asked = Asked::default();
    let html = if shared.raw && !site.source.trust_html {
        let ours = std::mem::take(&mut shared.ours);
        clean(&site.places, (page, note), &html, ours, &mut asked)
    } else {
        html
    };
    Body { html, title, toc, files: shared.files, asked, faults: shared.faults }
}
