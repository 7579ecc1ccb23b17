//! A note about one thing to read, whose front matter has its address and state: `url: …`, `status: reading`. Notion writes the
//! same as lines below the title.

use chrono::NaiveDate;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Reading;
use crate::model::ReadingKind;
use crate::model::Span;
use crate::model::phrases::Phrases;
use crate::model::reading::ReadingPrecision;
use crate::model::reading::ReadingWhy;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::reading::entry;
use crate::parse::reading::kind;
use crate::parse::reading::marks;
use crate::parse::reading::title::Title;

/// Keys for the address.
const ADDRESS: [&str; 7] = ["url", "source", "link", "href", "goodreads", "website", "quelle"];

/// Keys for the state.
const STATE: [&str; 7] = ["status", "state", "reading-status", "reading_status", "reading", "read", "progress"];

/// Keys for the kind of thing.
const SORT: [&str; 6] = ["type", "kind", "category", "categories", "tags", "format"];

/// Keys for the day on which it was read.
const FINISHED: [&str; 13] = [
    "read",
    "lu",
    "leido",
    "lido",
    "letto",
    "finished",
    "completed",
    "date-read",
    "date_read",
    "read-on",
    "date-finished",
    "date_finished",
    "gelesen",
];

/// Kinds of things that are read: if a note is about one, `finished` is about reading.
static READABLE: Phrases = Phrases::new(
    "book, books, ebook, article, articles, paper, papers, video, videos, film, films, movie, movies, podcast, podcasts, \
     course, courses, talk, talks, reading, literature, literature-note, essay, blog, post, newsletter, clipping, clippings, \
     bookmark, bookmarks, buch, bucher, artikel, livre, livres, libro, libros, livro, livros",
);

/// The fields of a note: keys in lower case, and values.
struct Fields<'a>(Vec<(String, &'a str)>);

impl<'a> Fields<'a> {
    fn of(input: &Input<'a>) -> Self {
        let properties = input.note.properties.iter();
        let pairs = properties.flat_map(|field| field.value.texts().into_iter().map(|text| (field.key.as_str(), text)));
        let mut fields: Vec<(String, &str)> = pairs.map(|(key, value)| (key.to_lowercase(), value.trim())).collect();
        if fields.is_empty() {
            let lines = input.text.lines().skip_while(|line| line.trim().is_empty());
            let mut lines = lines.skip_while(|line| line.starts_with("# ")).skip_while(|line| line.trim().is_empty());
            let below = lines.by_ref().map_while(|line| line.split_once(": ").filter(|(key, _)| is_key(key)));
            fields.extend(below.take(MOST).map(|(key, value)| (key.to_lowercase(), value.trim())));
        }
        Self(fields)
    }

    fn get(&self, keys: &'a [&str]) -> impl Iterator<Item = &'a str> {
        keys.iter().flat_map(|key| self.0.iter().filter(move |(other, _)| other == key).map(|(_, value)| *value))
    }
}

/// Upper bound on lines below a title that are read as fields.
const MOST: usize = 20;

/// True for the name of a field: a word or two.
fn is_key(name: &str) -> bool {
    name.split(' ').count() <= 3 && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'))
}

/// The note as an entry of the reading list.
pub(super) fn of_note(input: &Input<'_>) -> Option<Reading> {
    let note = input.note;
    let fields = Fields::of(input);
    let is_url = |text: &&str| {
        ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme)) && !text.contains(char::is_whitespace)
    };
    let url = fields.get(&ADDRESS).find(is_url)?;
    let word = STATE.iter().find_map(|key| {
        let values = fields.0.iter().filter(|(other, _)| other == key);
        values.into_iter().find_map(|(_, value)| marks::field(key.split(['-', '_']).next()?, value))
    })?;
    let sorts = fields.get(&SORT);
    let folder = input.path.as_str().rsplit('/').nth(1);
    let is_readable = sorts.chain(folder).any(|sort| READABLE.has(&fold(sort.trim_start_matches('#'))));
    let kind = kind::kind(url, "");
    if kind::is_work(url) || word.generic && !is_readable && kind == ReadingKind::Article {
        return None;
    }
    let start = input.text.find(url)?;
    let line = input.lines.line(start);
    let span = Span::new(start, start + url.len());
    let link = Link { kind: LinkKind::Autolink, span, line, target: url.to_owned(), ..Link::default() };
    let authors: Vec<&str> = fields.get(&["author", "authors", "by"]).filter(|name| !name.is_empty()).collect();
    let author = Some(authors.join(", ")).filter(|names| !names.is_empty());
    let named = Title { title: note.title.clone(), author, ..Title::default() };
    let mut reading = entry::new(&link, named, kind, (word.state, ReadingWhy::Word(word.word)), line);
    let finished: Option<NaiveDate> = fields.get(&FINISHED).find_map(dates::day_of).or(word.day);
    entry::date_of_note(note, &mut reading, finished.map(|day| (day, ReadingPrecision::Day)));
    Some(reading)
}
