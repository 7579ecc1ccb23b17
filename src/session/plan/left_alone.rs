//! Places that name a file and are not links: in code, in comments, with escaped brackets, in Obsidian's bases. A new name for the
//! file leaves them as they are.

use crate::disk;
use crate::index::Select;
use crate::model::Lines;
use crate::model::NotePath;
use crate::model::Span;
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
            let links: Vec<Span> =
                moving::links(&record.parsed.note).flat_map(|link| [link.span, link.parts.path]).collect();
            found.extend(mentions(&record.path, &read, &names, &links));
        }
        // Obsidian's views of notes; they name files by `file.hasLink("name")` and folders by `file.inFolder("name")`
        let quoted: Vec<String> = match &source {
            Source::File(path) => vec![path.stem().to_owned()],
            Source::Folder(folder) => vec![folder.clone()],
        };
        let quoted = quoted.iter().flat_map(|name| [format!("\"{name}\""), format!("'{name}'")]);
        let names: Vec<String> = names.iter().cloned().chain(quoted).collect();
        for path in around.attachments().iter().filter(|path| path.file_name().ends_with(".base")) {
            found.extend(mentions(path, &disk::read_any(&self.notebook, path)?, &names, &[]));
        }
        Ok(found)
    }
}

/// The lines of a text in which one of these names stands, outside of links.
fn mentions(path: &NotePath, read: &disk::Text, names: &[String], links: &[Span]) -> Option<NoteMentions> {
    let text = read.text.as_str();
    if names.iter().all(|name| !text.contains(name.as_str())) {
        return None;
    }
    let lines = Lines::new(text);
    let mut places: Vec<usize> = Vec::new();
    for name in names {
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
    (!lines.is_empty()).then(|| NoteMentions { path: path.clone(), bytes: read.bytes().len(), lines })
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
