//! The schema of the index, and its tokenizer.
//!
//! One document per section. The first one of each note also has the note's record:
//! its stamps as columns, its facts as one stored blob, what it has as terms.

use std::sync::LazyLock;

use tantivy::schema::BytesOptions;
use tantivy::schema::Field;
use tantivy::schema::IndexRecordOption;
use tantivy::schema::NumericOptions;
use tantivy::schema::Schema;
use tantivy::schema::TextFieldIndexing;
use tantivy::schema::TextOptions;
use tantivy::tokenizer::Token;
use tantivy::tokenizer::TokenStream;
use tantivy::tokenizer::Tokenizer;
use tantivy::tokenizer::TokenizerManager;

use crate::index::language::Language;
use crate::index::words::Stems;

/// The name of our tokenizer within the index.
const WORDS: &str = "words";

/// Gap between two values of a field, in words: larger than the distance of a pair of words.
const GAP: usize = 4;

/// The fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// Hash of the path, on every section: used to delete a note.
    pub(crate) key: Field,
    /// The path, on the first section.
    pub(crate) path: Field,
    /// The note's title, on every section.
    pub(crate) title: Field,
    /// The headings above the section and its own, without the one that is the note's title; on every section.
    pub(crate) heads: Field,
    /// The section's own heading, unless it is the note's title.
    pub(crate) heading: Field,
    /// The file name without its extension, on every section.
    pub(crate) name: Field,
    /// Other names of the note, on every section.
    pub(crate) aliases: Field,
    /// Each alias as a whole, as `words::whole` makes it, on every section.
    pub(crate) alias: Field,
    /// Title, heading and text, on every section.
    pub(crate) all: Field,
    /// What the note has, such as `open` for open tasks, on the first section.
    pub(crate) has: Field,
    /// The language of the note, on the first section.
    pub(crate) lang: Field,
    /// Days since the common era, on sections with a date.
    pub(crate) date: Field,
    /// The file's stamp, on the first section.
    pub(crate) mtime: Field,
    pub(crate) ctime: Field,
    pub(crate) size: Field,
    pub(crate) inode: Field,
    pub(crate) hash: Field,
    pub(crate) seen: Field,
    /// The note's facts, on the first section.
    pub(crate) facts: Field,
    /// What lists of tasks need, on the first section of a note with tasks: see the file `tasks.rs`.
    pub(crate) tasks: Field,
    /// What lists of questions and decisions need, on the first section of a note with some: see the file `asked.rs`.
    pub(crate) asked: Field,
    /// What the reading list needs, on the first section of a note with one: see the file `reading.rs`.
    pub(crate) reading: Field,
}

static LAYOUT: LazyLock<(Schema, Fields)> = LazyLock::new(layout);

/// The schema of every index of this version.
pub(crate) fn schema() -> Schema {
    LAYOUT.0.clone()
}

/// Its fields.
pub(crate) fn fields() -> Fields {
    LAYOUT.1
}

/// The tokenizers named in the schema.
pub(crate) fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WORDS, NoteTokenizer::default());
    tokenizers
}

fn layout() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let term = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let column = NumericOptions::default().set_fast();
    let fields = Fields {
        key: schema.add_u64_field("key", NumericOptions::default().set_indexed()),
        path: schema.add_text_field("path", TextOptions::default().set_fast("raw")),
        title: schema.add_text_field("title", text.clone()),
        heads: schema.add_text_field("heads", text.clone()),
        heading: schema.add_text_field("heading", text.clone()),
        name: schema.add_text_field("name", text.clone()),
        aliases: schema.add_text_field("aliases", text.clone()),
        alias: schema.add_text_field("alias", term.clone()),
        all: schema.add_text_field("all", text),
        has: schema.add_text_field("has", term.clone()),
        lang: schema.add_text_field("lang", term),
        date: schema.add_i64_field("date", column.clone()),
        mtime: schema.add_i64_field("mtime", column.clone()),
        ctime: schema.add_i64_field("ctime", column.clone()),
        size: schema.add_u64_field("size", column.clone()),
        inode: schema.add_u64_field("inode", column.clone()),
        hash: schema.add_u64_field("hash", column.clone()),
        seen: schema.add_i64_field("seen", column),
        facts: schema.add_bytes_field("facts", BytesOptions::default().set_stored()),
        tasks: schema.add_bytes_field("tasks", BytesOptions::default().set_fast()),
        asked: schema.add_bytes_field("asked", BytesOptions::default().set_fast()),
        reading: schema.add_bytes_field("reading", BytesOptions::default().set_fast()),
    };
    (schema.build(), fields)
}

/// Splits a text that begins with the mark of its language.
#[derive(Clone, Default)]
struct NoteTokenizer {
    stems: Stems,
}

impl Tokenizer for NoteTokenizer {
    type TokenStream<'a> = NoteTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NoteTokens<'a> {
        let (language, text) = Language::unmark(text);
        NoteTokens { stems: &mut self.stems, language, text, token: Token::default(), rest: None }
    }
}

/// The words of one text. Usually passed on in one go; one by one only for callers that need that.
struct NoteTokens<'a> {
    stems: &'a mut Stems,
    language: Language,
    text: &'a str,
    token: Token,
    rest: Option<std::vec::IntoIter<Token>>,
}

impl TokenStream for NoteTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.is_none() {
            let mut all = Vec::new();
            self.process(&mut |token| all.push(token.clone()));
            self.rest = Some(all.into_iter());
        }
        match self.rest.as_mut().and_then(Iterator::next) {
            Some(token) => {
                self.token = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }

    fn process(&mut self, sink: &mut dyn FnMut(&Token)) {
        let token = &mut self.token;
        self.stems.each(self.text, self.language, &mut |word| {
            token.text.clear();
            token.text.push_str(word.term);
            token.offset_from = word.start;
            token.offset_to = word.end;
            token.position = word.position + GAP;
            sink(token);
        });
    }
}
