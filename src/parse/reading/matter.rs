//! Words for things that are read, watched or heard.

use crate::model::phrases::Phrases;

/// Things that are read: `finished the book …` is about reading, `finished the migration` is not.
pub(super) static GENRES: Phrases = Phrases::new(
    "book, books, ebook, novel, paper, papers, article, articles, talk, video, film, course, podcast, \
         episode, post, essay, thread, series, chapter, chapters, tutorial, story, interview, buch, artikel, \
         vortrag, roman, livre, texte, libro, articulo, livro, artigo",
);

/// Kinds of reading matter besides [`GENRES`], also as the end of a word: `innoq-Artikel`.
static MATTER: Phrases = Phrases::new(
    "rfc, spec, guide, handbook, whitepaper, manual, docs, doc, newsletter, newsletters, review, blogpost, writeup, keynote, lecture, lesson, \
     kapitel, beitrag, aufsatz, teil, abschnitt, handbuch, folge, hoofdstuk, boek, artikelen, praatje, stuk, capitolo, articolo, libro, guida, corso, chapitre, article, \
     billet, dossier, capitulo, guia, curso, charla, entrada, palestra, aula, part, section, pt, ch, sec, blog, essay, post, posts, pdf, thing, one",
);

/// True for a word for something to read: `paper`, `chapter`, `innoq-artikel`.
pub(super) fn is_matter(word: &str) -> bool {
    if GENRES.has(word) || MATTER.has(word) {
        return true;
    }
    // `innoq-artikel`, `l'article`
    let last = word.rsplit(['-', '\'', '’']).next().unwrap_or(word);
    last != word && (GENRES.has(last) || MATTER.has(last))
        || ["artikel", "beitrag", "buch", "vortrag", "kapitel"].iter().any(|end| word.ends_with(end))
}
