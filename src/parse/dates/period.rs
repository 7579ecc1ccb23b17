//! Whether a title, a name or a heading stands for one month or year: `May 2025`, `Work log 2024`, `2023 in review`.
//!
//! `Notes on GOTO 2015` and `Goals May 2025` name one but are about something else: dates below them do not inherit it.

use crate::model::genre;
use crate::model::words;
use crate::parse::dates::draft::DateContext;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::grammar;
use crate::parse::dates::lines;
use crate::parse::dates::origin;

/// Words for a year, and for what somebody reads in one, folded.
const YEARS: &[&str] = &[
    "year",
    "jahr",
    "annee",
    "reading",
    "read",
    "books",
    "book",
    "leseliste",
    "lekture",
    "gelesen",
    "bucher",
    "lectures",
    "livres",
    "lecturas",
    "libros",
    "leituras",
    "livros",
];

/// A year and a month, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Period {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
}

/// The period that the note is about according to its title or name; nothing if a title about something else is above it.
pub(super) fn of_note(draft: &Draft<'_>) -> Period {
    let contexts = [draft.title_anchor, draft.path, draft.title_year];
    let mut own = contexts.into_iter().filter_map(|index| draft.context(index)).filter(|context| is_of(draft, context));
    own.next().map_or(Period::default(), |context| Period { year: context.year, month: context.month })
}

/// True for an context whose heading, or the whole note, is about its period.
pub(super) fn is_of(draft: &Draft<'_>, context: &DateContext) -> bool {
    if context.is_day || context.days.is_some() || context.is_loose {
        return false;
    }
    let is_path = draft.path.and_then(|path| draft.contexts.get(path)).is_some_and(|path| std::ptr::eq(path, context));
    if !is_path {
        return is_named(&context.written, context.quoted());
    }
    let stem = draft.input.path.stem();
    let is_file = match context.place.as_str() {
        origin::FILE_NAME => is_named(stem, &context.written),
        // `2025/05.md`, `2025/May.md`
        _ => {
            let number = stem.parse().ok().filter(|_| stem.len() == 2);
            context.month.is_some() && [number, grammar::month_name(stem)].contains(&context.month)
        }
    };
    is_file && has_no_other_title(draft)
}

/// True unless a title is about something other than days, a month or a year.
fn has_no_other_title(draft: &Draft<'_>) -> bool {
    let title = draft.title.and_then(|title| draft.line(title)).map_or("", |line| line.text);
    let is_time = |text: &str| grammar::month_name(text).is_some() || lines::only_a_year(text).is_some();
    title == draft.input.path.stem()
        || !title.contains(char::is_alphabetic)
        || is_time(title)
        || genre::is_journal(title)
}

/// True for a name that is `written`, a month or a year, and nothing else but words for a journal or a year.
pub(super) fn is_named(name: &str, written: &str) -> bool {
    let rest = name.replacen(written, " ", 1);
    !rest.contains(char::is_alphanumeric) || is_journal(&rest)
}

/// True for a title with a year that is about that year.
pub(super) fn is_of_a_year(title: &str) -> bool {
    let rest = title.split_whitespace().filter(|word| word.len() != 4 || word.parse::<i32>().is_err());
    is_journal(&rest.collect::<Vec<_>>().join(" "))
}

/// True for words beside a year that make the note a journal or review: `in review`, `Log`, `my year`.
pub(super) fn is_journal(rest: &str) -> bool {
    let folded = words::fold(rest);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_review = words.clone().eq(["in", "review"]);
    is_review || genre::is_journal(rest) || words.any(|word| YEARS.contains(&word))
}
