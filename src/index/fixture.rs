//! For tests: a notebook in memory, with a parser just large enough for headings, tags and boxes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use tempfile::TempDir;

use crate::disk::FileEntry;
use crate::disk::Stamp;
use crate::disk::Walk;
use crate::index::Library;
use crate::index::Record;
use crate::index::Select;
use crate::index::Source;
use crate::index::Text;
use crate::model::Form;
use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::Status;
use crate::model::Tag;
use crate::model::Task;

const SECOND: i64 = 1_000_000_000;

/// A notebook whose files, clock and cache a test holds in its hand.
pub(crate) struct Book {
    files: Mutex<BTreeMap<String, (Stamp, Option<String>)>>,
    /// Nanoseconds; moves on by an odd second at every change.
    pub(crate) now: i64,
    pub(crate) cache: TempDir,
    pub(crate) language: Option<String>,
}

impl Book {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let cache = tempfile::tempdir().unwrap();
        let mut book = Self { files: Mutex::default(), now: 1_000 * SECOND, cache, language: None };
        for (path, text) in files {
            book.put(path, text);
        }
        book.now += SECOND;
        book
    }

    fn stamp(&mut self, size: usize) -> Stamp {
        self.now += SECOND + 7;
        Stamp { mtime: self.now, ctime: self.now, size: size as u64, inode: 1 }
    }

    /// Writes a file, a second after the last change.
    pub(crate) fn put(&mut self, path: &str, text: &str) {
        let stamp = self.stamp(text.len());
        self.put_at(path, text, stamp);
        self.now += SECOND;
    }

    /// Writes a file that gets just this stamp.
    pub(crate) fn put_at(&mut self, path: &str, text: &str, stamp: Stamp) {
        self.files.lock().unwrap().insert(path.to_owned(), (stamp, Some(text.to_owned())));
    }

    /// Makes a file that nobody can read.
    pub(crate) fn lock(&mut self, path: &str) {
        let stamp = self.stamp(0);
        self.files.lock().unwrap().insert(path.to_owned(), (stamp, None));
    }

    pub(crate) fn remove(&mut self, path: &str) {
        self.files.lock().unwrap().remove(path);
    }

    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        let mut files = self.files.lock().unwrap();
        if let Some(file) = files.remove(from) {
            files.insert(to.to_owned(), file);
        }
    }

    fn walk(&self) -> Walk {
        let files = self.files.lock().unwrap();
        let entry = |(path, (stamp, _)): (&String, &(Stamp, _))| FileEntry {
            path: NotePath::from(path.as_str()),
            stamp: *stamp,
        };
        Walk { files: files.iter().map(entry).collect(), ..Walk::default() }
    }

    fn read(&self, path: &NotePath) -> Result<Text, String> {
        match self.files.lock().unwrap().get(path.as_str()) {
            Some((_, Some(text))) => Ok(Text { text: text.clone(), hash: xxhash_rust::xxh3::xxh3_64(text.as_bytes()) }),
            Some((_, None)) => Err("permission denied".into()),
            None => Err("no such file".into()),
        }
    }

    /// Hands a library over the book's own cache to `work`.
    pub(crate) fn with<T>(&self, work: impl FnOnce(Library<'_>) -> T) -> T {
        self.with_cache(self.cache.path(), work)
    }

    /// The same over another cache.
    pub(crate) fn with_cache<T>(&self, cache: &Path, work: impl FnOnce(Library<'_>) -> T) -> T {
        let walk = || self.walk();
        let read = |path: &NotePath| self.read(path);
        let source = Source {
            walk: &walk,
            read: &read,
            parse: &parse,
            fingerprint: 7,
            language: self.language.clone(),
            now_ns: self.now,
        };
        work(Library::open(cache, source, &mut |_, _| {}).unwrap())
    }

    pub(crate) fn notes(&self) -> Vec<Record> {
        self.with(|library| library.notes(Select::All).unwrap())
    }

    /// What an index that was never there before says.
    pub(crate) fn fresh<T>(&self, work: impl FnOnce(Library<'_>) -> T) -> T {
        let cache = tempfile::tempdir().unwrap();
        self.with_cache(cache.path(), work)
    }

    /// The folder of the index.
    pub(crate) fn folder(&self) -> std::path::PathBuf {
        Library::folder(self.cache.path(), 7)
    }
}

/// Headings by `#`, tags by `#word`, boxes by `- [ ]`; the first line `lang: xx` or `kind: x` is front matter enough.
pub(crate) fn parse(path: &NotePath, text: &str) -> Parsed {
    let lines = Lines::new(text);
    let mut note = Note { title: path.stem().to_owned(), ..Note::default() };
    for line in 1..=lines.count() {
        let span = lines.content(text, line);
        let content = span.of(text);
        if let Some(lang) = content.strip_prefix("lang: ") {
            note.lang = Some(lang.to_owned());
            note.body = lines.span(line).end;
        } else if let Some(kind) = content.strip_prefix("kind: ") {
            note.kind = Some(kind.to_owned());
            note.body = lines.span(line).end;
        } else if let Some(rest) = content.strip_prefix('#').filter(|rest| rest.starts_with([' ', '#'])) {
            heading(&mut note, rest, span, line);
        } else if let Some(rest) = content.strip_prefix("- [") {
            note.tasks.push(task(rest, span, line));
        } else {
            for word in content.split(' ').filter_map(|word| word.strip_prefix('#')) {
                note.tags.push(Tag { name: word.to_owned(), line, span });
            }
        }
    }
    for at in 0..note.sections.len() {
        let end = note.sections.get(at + 1).map_or(text.len(), |next| next.span.start);
        note.sections[at].span.end = end;
        note.sections[at].end_line = lines.line(end.saturating_sub(1));
    }
    note.words = text.split_whitespace().count();
    Parsed { note, diagnostics: Vec::new() }
}

fn heading(note: &mut Note, rest: &str, span: Span, line: usize) {
    let deeper = rest.trim_start_matches('#');
    let level = u8::try_from(rest.len() - deeper.len() + 1).unwrap().min(6);
    let text = deeper.trim().to_owned();
    if level == 1 && note.sections.is_empty() {
        note.title.clone_from(&text);
    }
    let parent = note.sections.iter().rposition(|section| section.level < level);
    let kind = SectionKind::Heading;
    note.sections.push(Section {
        kind,
        level,
        slug: text.to_lowercase(),
        text,
        line,
        end_line: line,
        heading_span: span,
        span,
        parent,
    });
}

fn task(rest: &str, span: Span, line: usize) -> Task {
    let symbol: String = rest.chars().take(1).collect();
    let status = if symbol == "x" { Status::Done } else { Status::Todo };
    Task {
        line,
        column: 3,
        span,
        symbol_span: Span::new(span.start + 3, span.start + 4),
        symbol,
        status,
        form: Form::List,
        text: rest.get(3..).unwrap_or("").to_owned(),
        words: rest.get(3..).unwrap_or("").to_owned(),
        ..Task::default()
    }
}
