//! Turns a parsed note into documents of the index, and its facts into bytes.

use chrono::Datelike as _;
use chrono::NaiveDate;
use tantivy::TantivyDocument;

use crate::disk::FileEntry;
use crate::index::asked;
use crate::index::error::Error;
use crate::index::facts::Facts;
use crate::index::has::Has;
use crate::index::language;
use crate::index::language::Language;
use crate::index::reading;
use crate::index::schema;
use crate::index::source::Text;
use crate::index::tasks;
use crate::index::words;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Span;
use crate::model::TitleFrom;
use crate::model::Value;
use crate::model::short_id::StableId;

/// A term of the field `has`: the note's title is one of its headings.
pub(crate) const TITLE_IS_HEADING: &str = "title-heading";

/// In bytes; longer titles and headings are cut for ranking, because they are in every section's document.
const LONGEST_TITLE: usize = 250;

/// Upper bound on sections per note that are found separately; the rest belongs to the last one. More are machine-made.
const MOST_SECTIONS: usize = 10_000;

/// The number that identifies a path in the index.
pub(crate) fn key(path: &NotePath) -> u64 {
    xxhash_rust::xxh3::xxh3_64(path.as_str().as_bytes())
}

/// The language of a note: from its front matter, else guessed from its words, else the notebook's.
pub(crate) fn language_of(note: &Note, text: &str, notebook: Language) -> Language {
    let said = note.lang.as_deref().and_then(Language::from_name);
    said.or_else(|| language::guess(text.get(note.body_start..).unwrap_or(text))).unwrap_or(notebook)
}

/// The text before the first section.
pub(crate) fn lead(note: &Note, text: &str) -> Span {
    let end = note.sections.first().map_or(text.len(), |section| section.span.start);
    Span::new(note.body_start.min(end), end)
}

/// The text of a section's document, including its heading.
pub(crate) fn section_span(note: &Note, at: usize, text: &str) -> Span {
    match note.sections.get(at) {
        Some(section) if at + 1 == MOST_SECTIONS => Span::new(section.span.start, text.len()),
        Some(section) => section.span,
        None => Span::default(),
    }
}

/// The section whose heading is the note's title.
pub(crate) fn title_section(note: &Note) -> Option<usize> {
    match note.title_from {
        TitleFrom::Heading => note.opening,
        TitleFrom::FrontMatter | TitleFrom::FileName => {
            note.opening.filter(|&at| note.sections.get(at).is_some_and(|section| section.text == note.title))
        }
    }
}

/// The date that applies to a line: its entry's, else the note's.
pub(crate) fn date_at(note: &Note, line: usize) -> Option<NaiveDate> {
    let entry = note.entries.iter().rev().find(|entry| entry.line <= line && line <= entry.end_line);
    entry.map(|entry| entry.date).or(note.date)
}

/// All documents of a note, the one with the record first.
pub(crate) fn documents(
    entry: &FileEntry,
    text: &Text,
    parsed: Parsed,
    kept: Vec<StableId>,
    seen: i64,
    notebook: Language,
) -> Result<Vec<TantivyDocument>, Error> {
    let fields = schema::fields();
    let hash = text.hash;
    let text = text.text.as_str();
    let note = &parsed.note;
    let language = language_of(note, text, notebook);
    let mark = language.mark();
    let key = key(&entry.path);
    let title = format!("{mark}{}", cut(&note.title));
    let name = format!("{mark}{}", cut(entry.path.stem()));
    let aliases: Vec<(String, String)> =
        note.aliases.iter().map(|alias| (format!("{mark}{}", cut(alias)), words::whole(cut(alias)))).collect();
    let before = lead(note, text);
    let has_lead = note.sections.is_empty() || !before.of(text).trim().is_empty();

    let mut documents = Vec::with_capacity(note.sections.len().min(MOST_SECTIONS) + 1);
    let mut section_document = |line: usize, body: &str| {
        let mut document = TantivyDocument::default();
        document.add_u64(fields.key, key);
        document.add_text(fields.title, &title);
        document.add_text(fields.all, &title);
        document.add_text(fields.all, format!("{mark}{body}"));
        document.add_text(fields.name, &name);
        for (alias, whole) in &aliases {
            document.add_text(fields.aliases, alias);
            document.add_text(fields.alias, whole);
        }
        if let Some(date) = date_at(note, line) {
            document.add_i64(fields.date, date.num_days_from_ce().into());
        }
        documents.push(document);
    };
    if has_lead {
        section_document(1, before.of(text));
    }
    for (at, section) in note.sections.iter().take(MOST_SECTIONS).enumerate() {
        section_document(section.line, section_span(note, at, text).of(text));
    }
    for (at, document) in documents.iter_mut().skip(usize::from(has_lead)).enumerate() {
        // The title counts once: a heading that is the title does not count as a heading too.
        let title = title_section(note);
        let mut next = Some(at).filter(|_| Some(at) != title);
        if let Some(own) = next.and_then(|own| note.sections.get(own)) {
            document.add_text(fields.heading, format!("{mark}{}", cut(&own.text)));
        }
        let mut path = Vec::new();
        while let Some(section) = next.filter(|next| Some(*next) != title).and_then(|next| note.sections.get(next)) {
            path.push(section.text.as_str());
            next = section.parent;
        }
        for heading in path.into_iter().rev() {
            document.add_text(fields.heads, format!("{mark}{}", cut(heading)));
        }
    }

    let Some(first) = documents.first_mut() else { return Ok(documents) };
    first.add_text(fields.path, entry.path.as_str());
    // beside another title the name is a text like any other: for beginnings, slips and phrases
    if words::whole(entry.path.stem()) != words::whole(&note.title) {
        first.add_text(fields.all, &name);
    }
    for value in front_matter(note) {
        first.add_text(fields.all, format!("{mark}{value}"));
    }
    for has in Has::of(&parsed) {
        first.add_text(fields.has, has.term());
    }
    if title_section(note).is_some() {
        first.add_text(fields.has, TITLE_IS_HEADING);
    }
    first.add_text(fields.lang, language.name());
    first.add_i64(fields.mtime, entry.stamp.mtime);
    first.add_i64(fields.ctime, entry.stamp.ctime);
    first.add_u64(fields.size, entry.stamp.size);
    first.add_u64(fields.inode, entry.stamp.inode);
    first.add_u64(fields.hash, hash);
    first.add_i64(fields.seen, seen);
    if let Some(tasks) = tasks::encode(&entry.path, &kept, note)? {
        first.add_bytes(fields.tasks, &tasks);
    }
    if let Some(asked) = asked::encode(&entry.path, note)? {
        first.add_bytes(fields.asked, &asked);
    }
    if let Some(reading) = reading::encode(&entry.path, note)? {
        first.add_bytes(fields.reading, &reading);
    }
    let facts = Facts { path: entry.path.clone(), lead: has_lead, kept, parsed };
    first.add_bytes(fields.facts, &facts.encode()?);
    Ok(documents)
}

/// Searchable text of the front matter besides the title: aliases and keywords.
fn front_matter(note: &Note) -> impl Iterator<Item = &str> {
    let properties = note.properties.iter().filter(|property| !property.key.eq_ignore_ascii_case("title"));
    properties.flat_map(|property| match &property.value {
        Value::Map(entries) => entries.iter().flat_map(|(_, value)| value.texts()).collect(),
        value => value.texts(),
    })
}

fn cut(title: &str) -> &str {
    title.get(..title.floor_char_boundary(LONGEST_TITLE)).unwrap_or(title)
}
