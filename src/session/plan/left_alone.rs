//! Places that name a file and are not links: in code, in comments, with escaped brackets, in the texts of canvases. A new name
//! for the file leaves them as they are.

use crate::index::Select;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::link::percent_encode;
use crate::query::Query;
use crate::report::change::Mention;
use crate::report::change::NoteMentions;
use crate::report::moving;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Session;
use crate::session::plan::moving::Source;

impl Session {
    /// The lines that name a note, another file or a folder as a link would, and are not links.
    ///
    /// # Errors
    ///
    /// When the name means nothing or several things, or a note cannot be read.
    pub fn left_alone(&self, name: &NoteName) -> Result<Vec<NoteMentions>, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let source = self.what_moves(&notes, &around, name)?;
        let names = match &source {
            Source::File(path) => names(path),
            Source::Folder(folder) => vec![format!("{folder}/")],
        };
        let mut found = Vec::new();
        for record in self.all_linked(&notes, &around).records() {
            let read = self.unchanged(record)?;
            let text = read.text.as_str();
            if names.iter().all(|name| !text.contains(name.as_str())) {
                continue;
            }
            let links: Vec<_> =
                moving::links(&record.parsed.note).flat_map(|link| [link.span, link.parts.path]).collect();
            let lines = Lines::new(text);
            let mut places: Vec<usize> = Vec::new();
            for name in &names {
                let hits = text.match_indices(name.as_str()).filter(|(at, _)| {
                    let before = text.get(..*at).and_then(|before| before.chars().next_back());
                    let behind = text.get(at + name.len()..).and_then(|behind| behind.chars().next());
                    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                    !is_part(before)
                        && (name.ends_with('/') || !is_part(behind))
                        && !links.iter().any(|span| span.contains(*at))
                });
                places.extend(hits.map(|(at, _)| lines.line(at)));
            }
            places.sort_unstable();
            places.dedup();
            let mention = |line: usize| Mention { line, text: lines.content(text, line).of(text).trim().to_owned() };
            let lines: Vec<Mention> = places.into_iter().map(mention).collect();
            if !lines.is_empty() {
                found.push(NoteMentions { path: record.path.clone(), bytes: read.bytes().len(), lines });
            }
        }
        Ok(found)
    }
}

/// What a link to a file has in it: `[[name`, `name.md`.
fn names(path: &NotePath) -> Vec<String> {
    let file = path.file_name();
    let mut names = vec![file.to_owned(), format!("[[{}", path.stem())];
    let encoded = percent_encode(file, |c| c == ' ');
    if encoded != file {
        names.push(encoded);
    }
    names
}
