//! The link references of a note, for the pieces of it that are parsed by themselves.

use std::collections::BTreeMap;
use std::sync::Arc;

use comrak::Options;
use comrak::ResolvedReference;
use comrak::options::BrokenLinkReference;

use crate::model::LinkKind;
use crate::model::Note;
use crate::site::dialect;

/// The options for a piece of a note with these link references.
pub(super) fn options(references: Arc<References>) -> Options<'static> {
    let mut options = dialect::options();
    if !references.0.is_empty() {
        options.parse.broken_link_callback = Some(references);
    }
    options
}

/// The link references of a whole note, for the pieces of it that are parsed by themselves.
#[derive(Default)]
pub(super) struct References(BTreeMap<String, ResolvedReference>);

impl References {
    pub(super) fn of(note: &Note, text: &str) -> Self {
        let references = note.links.iter().filter(|link| link.kind == LinkKind::Reference);
        Self(
            references
                .filter_map(|link| {
                    let written = link.span.of(text).trim_end_matches("[]").strip_suffix(']')?;
                    let label = written.rsplit_once('[').map_or(written, |(_, label)| label);
                    let title = link.title.clone().unwrap_or_default();
                    Some((fold(label), ResolvedReference { url: link.target.clone(), title }))
                })
                .collect(),
        )
    }
}

fn fold(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl comrak::options::BrokenLinkCallback for References {
    fn resolve(&self, reference: BrokenLinkReference<'_>) -> Option<ResolvedReference> {
        let found = self.0.get(&fold(reference.original))?;
        Some(ResolvedReference { url: found.url.clone(), title: found.title.clone() })
    }
}
