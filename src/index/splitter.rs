//! What a search outside this index needs, in the pages of a site: words in the form in which the index has them, and the
//! parameters of its ranking. Does not need an index. Called by `site::search`.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::index::document;
use crate::index::language;
use crate::index::language::Language;
use crate::index::letters::fold;
use crate::index::letters::lower;
use crate::index::words::Kind;
use crate::index::words::Stems;
use crate::index::words::whole;
use crate::model::Note;
use crate::model::words::SOFT_HYPHEN;

/// Splits texts into words, and caches their stems.
#[derive(Debug, Default)]
pub struct Splitter {
    stems: Stems,
}

/// The language by whose rules a text is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tongue(Language);

impl Tongue {
    /// The language of a note: declared, else guessed from its words, else the notebook's.
    #[must_use]
    pub fn of(note: &Note, text: &str, notebook: &str) -> Self {
        Self(document::language_of(note, text, Language::from_name(notebook).unwrap_or(Language::ENGLISH)))
    }

    /// The stop words for queries, if notes are in these languages, one per note; sorted.
    #[must_use]
    pub fn stop_words(notes: &[Self], notebook: &str) -> Vec<&'static str> {
        let mut languages = vec![Language::ENGLISH];
        languages.extend(Language::from_name(notebook));
        let mut counts: HashMap<Language, u64> = HashMap::new();
        for Self(language) in notes {
            *counts.entry(*language).or_default() += 1;
        }
        let all = counts.values().sum();
        counts.retain(|_, count| language::gives_stop_words(*count, all));
        languages.extend(counts.into_keys());
        language::stop_words(&languages)
    }
}

impl Splitter {
    /// Calls `sink` for each word: as a reader would type it, without case and accents, and as the index has it.
    pub fn each(&mut self, text: &str, tongue: Tongue, sink: &mut dyn FnMut(&str, &str)) {
        self.stems.each(text, tongue.0, &mut |token| {
            if matches!(token.kind, Kind::Pair | Kind::Single | Kind::Sign) {
                return sink(token.term, token.term);
            }
            let written = text.get(token.start..token.end).unwrap_or("");
            let written: Cow<'_, str> = if written.contains(['_', SOFT_HYPHEN]) {
                Cow::Owned(written.replace(['_', SOFT_HYPHEN], ""))
            } else {
                Cow::Borrowed(written)
            };
            sink(&fold(&lower(&written)), token.term);
        });
    }

    /// A name for comparison as a whole.
    #[must_use]
    pub fn whole(name: &str) -> String {
        whole(name)
    }
}
