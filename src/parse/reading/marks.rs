//! Tags and fields that give the state of a link: `#toread`, `[status:: reading]`.

use chrono::NaiveDate;

use crate::model::ReadingState;
use crate::model::words::fold;
use crate::parse::reading::words;
use crate::parse::reading::words::Saying;

/// A word next to a link that gives its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) state: ReadingState,
    /// As written.
    pub(super) word: String,
    /// The day next to it.
    pub(super) day: Option<NaiveDate>,
    /// Also used for work.
    pub(super) generic: bool,
}

impl Word {
    pub(super) const fn new(state: ReadingState, word: String) -> Self {
        Self { state, word, day: None, generic: false }
    }
}

impl From<Saying> for Word {
    fn from(saying: Saying) -> Self {
        Self { state: saying.state, word: saying.shown, day: saying.day, generic: saying.generic }
    }
}

/// A tag that gives the state: `#toread`, `#status/reading`.
pub(super) fn tags(text: &str) -> Option<Word> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')')).find_map(|word| {
        let saying = words::tag(word.strip_prefix('#')?)?;
        (saying.word != "lesen").then(|| Word { word: word.to_owned(), ..Word::from(saying) })
    })
}

/// A field that gives the state: `[status:: reading]`, `(read:: 2026-11-04)`.
pub(super) fn fields(text: &str) -> Option<Word> {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("::") {
        let key = before.rsplit(['[', '(', ',', ' ']).next().unwrap_or(before).trim();
        let value = behind.split([']', ')']).next().unwrap_or(behind).trim();
        if let Some(word) = field(key, value) {
            return Some(word);
        }
        rest = behind;
    }
    None
}

/// The meaning of a field's value.
pub(super) fn field(key: &str, value: &str) -> Option<Word> {
    let key = fold(key);
    let word = format!("{key}:: {value}");
    match key.as_str() {
        "status" | "state" | "read" | "reading" | "progress" | "estado" | "statut" | "lu" | "gelesen" => {
            if let Some(saying) = words::whole(value) {
                return Some(Word { word, ..Word::from(saying) });
            }
            let finished = matches!(key.as_str(), "read" | "lu" | "gelesen");
            let day = words::day(value);
            (finished && day.is_some()).then_some(Word { state: ReadingState::Read, word, day, generic: false })
        }
        "finished" | "completed" => {
            words::day(value).map(|day| Word { state: ReadingState::Read, word, day: Some(day), generic: false })
        }
        "rating" | "stars" | "my rating" => {
            let rated =
                words::is_rating(value) || value.parse::<f32>().is_ok_and(|stars| (0.0..=10.0).contains(&stars));
            rated.then_some(Word::new(ReadingState::Read, word))
        }
        _ => None,
    }
}
