//! Recognizes questions, non-answers, and headings of lists of questions, in five languages.
//!
//! Pure: words in, findings out. Links were taken out of the words before (see [`crate::parse::unlinked`]).

use crate::model::words::fold;
use crate::parse::asking_words::AFTER_NOTHING;
use crate::parse::asking_words::ALONE;
use crate::parse::asking_words::ANSWERS;
use crate::parse::asking_words::CONTENTS;
use crate::parse::asking_words::DOUBTFUL;
use crate::parse::asking_words::DOUBTS;
use crate::parse::asking_words::LISTS;
use crate::parse::asking_words::MARKLESS;
use crate::parse::asking_words::NOTHING;
use crate::parse::asking_words::OPENERS;
use crate::parse::asking_words::QUESTIONS;
use crate::parse::asking_words::RHETORIC;
use crate::parse::fields;
use crate::parse::unlinked::LINK;

/// How some words ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It ends with a question mark.
    Mark,
    /// The question is in brackets at the end.
    InBrackets(String),
    /// It asks without a mark.
    NoMark,
    /// Something follows the question mark.
    Beside(Reply),
}

/// How good an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// It says something.
    Words,
    /// It is only a link.
    Link,
    /// It only expresses doubt.
    Doubt,
}

/// Whether and how the words ask; `None` if they do not.
pub(crate) fn asked(own: &str) -> Option<Asked> {
    let own = own.trim();
    let end = own.trim_end_matches(is_dressing);
    if let Some(before) = end.trim_end_matches('!').strip_suffix(is_mark) {
        let body = before.trim_end_matches(|c| is_mark(c) || is_dressing(c));
        return (is_enough(body) && !is_rhetoric(body)).then_some(Asked::Mark);
    }
    if let Some(inner) = bracketed(end) {
        return Some(Asked::InBrackets(inner));
    }
    let mark = own.char_indices().find(|&(at, c)| {
        is_mark(c)
            && own
                .get(at + c.len_utf8()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || is_dressing(c)))
    });
    if let Some((at, mark)) = mark {
        let (before, behind) = own.split_at_checked(at + mark.len_utf8())?;
        let Some(said) = reply(behind) else {
            // only signs are after it
            let body = before.trim_end_matches(|c| is_mark(c) || is_dressing(c));
            return (words(body) >= 2 && !is_rhetoric(body)).then_some(Asked::Mark);
        };
        let begins = is_opener(before) || said == Reply::Link;
        let body = before.trim_end_matches(is_mark);
        // `root cause? the journal has no limit`, `Who? me`
        let is_short = words(body) <= 3 && !body.contains([',', ':', '!']) && !is_rhetoric(body);
        let is_short = is_short && is_enough(body) && behind.starts_with(' ');
        return ((begins && words(before) >= 2 && !before.contains(". ")) || is_short).then_some(Asked::Beside(said));
    }
    is_markless(own).then_some(Asked::NoMark)
}

/// How good the words are as an answer; `None` without words.
pub(crate) fn reply(own: &str) -> Option<Reply> {
    let plain: String = own.chars().filter(|c| *c != LINK).collect();
    let folded = fold(&plain);
    let trimmed = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if trimmed.is_empty() {
        return if own.contains(LINK) {
            Some(Reply::Link)
        } else if own.contains(is_mark) {
            Some(Reply::Doubt)
        } else {
            None
        };
    }
    let is_see =
        matches!(trimmed, "see" | "see also" | "siehe" | "vgl" | "cf" | "voir" | "ver" | "vease" | "link" | "source");
    if is_see && own.contains(LINK) {
        return Some(Reply::Link);
    }
    let goes_on =
        |begin: &&str| trimmed.strip_prefix(*begin).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let is_doubt = DOUBTS.contains(&trimmed) || DOUBTFUL.iter().any(goes_on);
    Some(if is_doubt { Reply::Doubt } else { Reply::Words })
}

/// `none`, `postponed to May`, `no decision yet`; not `none of them`. The words are folded.
pub(crate) fn is_nothing(folded: &str) -> bool {
    let said = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    NOTHING.iter().filter_map(|nothing| said.strip_prefix(nothing)).any(|rest| {
        let next = rest.trim_start();
        let word = next.split(|c: char| c.is_whitespace() || ",.;:!)".contains(c)).next().unwrap_or("");
        match next.chars().next() {
            None => true,
            // `none-of-these`, `nothing's`
            Some(mark) if !mark.is_alphanumeric() => next.len() < rest.len() || !"-'_".contains(mark),
            Some(_) => next.len() < rest.len() && AFTER_NOTHING.contains(&word),
        }
    })
}

/// What follows `QUESTION:`, `**Q:**`, `Frage:`; it may be empty.
pub(crate) fn after_question(words: &str) -> Option<&str> {
    let label = words.trim_start_matches(|c: char| c.is_whitespace() || is_dressing(c));
    let Some(rest) = after_label(words, QUESTIONS) else {
        // `F: Wer zahlt?` is a question in German, `Q. Why so?` anywhere
        let rest = after_label(words, &["f"]).or_else(|| after_letter(words, 'Q'))?;
        return rest.contains(is_mark).then_some(rest);
    };
    // `Q1: revenue up` is about a quarter
    let is_quarter = label.strip_prefix('Q').is_some_and(|behind| {
        let number = behind.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        matches!(number, "1" | "2" | "3" | "4")
    });
    (!is_quarter || rest.contains(is_mark) || asks_without_mark(rest)).then_some(rest)
}

/// What follows `A:`, `Answer:`; it may be empty.
pub(crate) fn after_answer(words: &str) -> Option<&str> {
    after_label(words, ANSWERS).or_else(|| after_letter(words, 'A'))
}

/// What follows `Q.` or `Q)`.
fn after_letter(words: &str, letter: char) -> Option<&str> {
    let words = words.trim_start_matches(|c: char| c.is_whitespace() || is_dressing(c));
    let rest = words.strip_prefix(letter)?.strip_prefix(['.', ')'])?.trim_start_matches(['*', '_']);
    rest.starts_with(' ').then(|| rest.trim_start())
}

/// True for what is still to do: `TODO ask Ida`, `WAITING for the vendor`.
pub(crate) fn is_to_do(own: &str) -> bool {
    let words = own.trim_start_matches(|c: char| c.is_whitespace() || is_dressing(c));
    let end = words.find(|c: char| !c.is_ascii_uppercase() && c != '-').unwrap_or(words.len());
    let (word, rest) = words.split_at_checked(end).unwrap_or((words, ""));
    let is_known = matches!(
        word,
        "TODO" | "DOING" | "NOW" | "LATER" | "WAITING" | "WAIT" | "IN-PROGRESS" | "FIXME" | "ACTION" | "NEXT"
    );
    is_known && rest.starts_with([' ', ':'])
}

/// True for words with a tag that says that they ask: `#question`.
pub(crate) fn has_tag(words: &str) -> bool {
    words.contains('#') && words.split_whitespace().any(is_tag)
}

/// The words without the tags that say that they ask.
pub(crate) fn without_tag(words: &str) -> String {
    words.split_whitespace().filter(|word| !is_tag(word)).collect::<Vec<_>>().join(" ")
}

fn is_tag(word: &str) -> bool {
    let name = word.strip_prefix('#').map(fold);
    name.is_some_and(|name| QUESTIONS.contains(&name.replace(['-', '_'], " ").as_str()) && name.len() > 1)
}

/// What follows one of some labels and its colon. A single letter must be a capital.
pub(crate) fn after_label<'a>(words: &'a str, labels: &[&str]) -> Option<&'a str> {
    let words = words.trim_start();
    // no label is longer
    let (label, rest) = words.get(..words.floor_char_boundary(40))?.split_once(':')?;
    let behind = words.get(label.len() + 1..).filter(|_| !rest.starts_with("//"))?;
    // `Decision:: use it` is a field
    let behind = behind.strip_prefix(':').unwrap_or(behind);
    let bold = label.len() - label.trim_start_matches(['*', '_']).len();
    let label = label.trim_matches(is_dressing);
    let numbered = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == '#').trim_end();
    let is_known =
        labels.contains(&fold(numbered).as_str()) && (numbered.len() > 1 || numbered.starts_with(char::is_uppercase));
    // `**Question:** text`
    let close = behind.bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count();
    let behind = if close <= bold { behind.get(close..)? } else { behind };
    is_known.then(|| behind.trim_start())
}

/// Where an answer begins within words: the byte of `A:` in `Why so? A: it was there`.
pub(crate) fn answer_within(words: &str) -> Option<usize> {
    let colons = words.match_indices(':').map(|(at, _)| at);
    let starts = colons.filter_map(|colon| {
        let label = words.get(..colon)?.trim_end();
        let start = label.rfind(char::is_whitespace)? + 1;
        // `Réponse :`
        after_answer(words.get(start..)?).map(|_| start)
    });
    starts.into_iter().next()
}

/// Where the words after a bold question begin: `Yes` in `Can I cancel?** Yes`, of `**Q: Can I cancel?** Yes`.
pub(crate) fn after_bold(words: &str) -> Option<usize> {
    let (before, behind) = ["**", "__"].iter().find_map(|mark| words.split_once(mark))?;
    let rest = behind.trim_start();
    (before.ends_with(is_mark) && !rest.is_empty()).then(|| words.len() - rest.len())
}

/// Words without a closing `**` whose opening came before them: `Can I cancel?**`.
pub(crate) fn without_end_of_bold(words: &str) -> &str {
    let bare = |mark: &str| words.trim_end().strip_suffix(mark).filter(|rest| rest.matches(mark).count() % 2 == 0);
    bare("**").or_else(|| bare("__")).unwrap_or(words)
}

/// True for a line such as Logseq's `id:: 6a2f`.
pub(crate) fn is_property(line: &str) -> bool {
    line.split_once("::")
        .is_some_and(|(key, _)| !key.is_empty() && !key.contains(char::is_whitespace) && !key.contains('['))
}

/// The words without additions of tools: tags, people, dates after a sign, fields in brackets, block ids.
pub(crate) fn without_fields(own: &str) -> String {
    let mut rest = String::with_capacity(own.len());
    let mut at = 0;
    for field in fields::find(own, &|_| false) {
        rest.push_str(own.get(at..field.start).unwrap_or(""));
        at = field.end;
    }
    rest.push_str(own.get(at..).unwrap_or(""));
    let mut kept: Vec<&str> = Vec::new();
    let mut in_field = false;
    let mut after_sign = false;
    for word in rest.split_whitespace() {
        let begins =
            (word.starts_with(['[', '(']) && word.contains("::")) || (word.starts_with('@') && word.contains('('));
        if in_field || begins {
            in_field = !word.ends_with([']', ')', ',']);
            continue;
        }
        let bare = word.trim_matches(['(', ')', '[', ']', ',', ';', '.']);
        let mut signs = bare.chars();
        let first = signs.next().unwrap_or(' ');
        let is_name = signs.next().is_some_and(char::is_alphanumeric) && !bare.contains(is_mark);
        let is_date = word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || "-/.:".contains(c));
        // an emoji of the Obsidian Tasks plugin, perhaps with its date after it
        let is_sign = !first.is_ascii()
            && !first.is_alphanumeric()
            && !"¿¡«»“”„‘’–—…".contains(first)
            && first != LINK
            && !is_mark(first);
        let dropped =
            (matches!(first, '#' | '@' | '^') && is_name) || is_sign || (after_sign && is_date) || is_pair(word);
        after_sign = is_sign;
        if !dropped {
            kept.push(word);
        }
    }
    // `(from 2023/10/18)`
    let mut words = kept.join(" ");
    if words.ends_with(')')
        && let Some(open) = words.rfind('(')
        && words.get(open..).is_some_and(|inner| inner.chars().filter(char::is_ascii_digit).count() >= 6)
    {
        words.truncate(open);
    }
    words
}

/// `estimate:2h`, as todo.txt has it.
fn is_pair(word: &str) -> bool {
    word.split_once(':').is_some_and(|(key, value)| {
        key.len() > 1
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'_')
            && value.starts_with(|c: char| c.is_alphanumeric())
            && !value.contains(is_mark)
    })
}

/// True for the heading of a list of questions.
pub(crate) fn is_list_of_questions(heading: &str) -> bool {
    is_name(heading, LISTS)
}

/// True for the heading of a table of contents.
pub(crate) fn is_contents(heading: &str) -> bool {
    is_name(heading, CONTENTS)
}

/// True for a heading that is one of some names, ignoring marks and signs around it.
pub(crate) fn is_name(heading: &str, names: &[&str]) -> bool {
    if heading.len() > 64 || heading.contains(is_mark) {
        return false;
    }
    let folded = fold(heading);
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    // `3. Open questions (2)`
    let number = |c: char| c.is_ascii_digit() || !c.is_alphanumeric();
    names.contains(&words) || names.contains(&words.trim_matches(number))
}

/// How many words there are; in scripts without spaces, such as Chinese, each character counts as one.
pub(crate) fn words(text: &str) -> usize {
    let count = |word: &str| word.chars().filter(|&c| is_sign_of_word(c)).count().max(1);
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(count).sum()
}

/// Chinese and Japanese characters.
const fn is_sign_of_word(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// True for words that can be a question: at least two, or one such as `Why`.
fn is_enough(body: &str) -> bool {
    words(body) >= 2 || ALONE.contains(&fold(body).trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The question in brackets at the end of the words: `… (one for each shard?)`. With only one or two words it expresses
/// doubt about a word, and is not a question.
pub(crate) fn bracketed(end: &str) -> Option<String> {
    let inside = end.trim_end_matches('.').strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let inner = inside.get(open + 1..)?.trim();
    let body = inner.strip_suffix(is_mark)?;
    (words(body) >= 3).then(|| inner.chars().filter(|c| *c != LINK).collect())
}

/// `where does this fit`; not the beginning of a longer sentence.
fn is_markless(own: &str) -> bool {
    if own.len() > 200 || own.contains([':', '!', ';', '=']) || own.contains(". ") || own.ends_with(['.', ',']) {
        return false;
    }
    asks_without_mark(own)
}

/// True for words that begin like a question without a mark: `where does it`.
pub(crate) fn asks_without_mark(own: &str) -> bool {
    let folded = fold(own.get(..own.floor_char_boundary(64)).unwrap_or(own));
    let mut split = folded.split_whitespace();
    let (Some(first), Some(second), Some(_)) = (split.next(), split.next(), split.next()) else { return false };
    MARKLESS.iter().any(|(firsts, seconds)| firsts.contains(&first) && seconds.contains(&second))
}

/// True for words that begin like a question.
fn is_opener(before: &str) -> bool {
    let before = before.trim_start_matches(is_dressing);
    let first = before.split(|c: char| c.is_whitespace() || c == ',').next().unwrap_or("");
    before.starts_with('¿') || OPENERS.contains(&fold(first).as_str())
}

fn is_rhetoric(body: &str) -> bool {
    let folded = fold(body);
    RHETORIC.contains(&folded.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// A question mark, including the full-width, Arabic and Greek ones.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '?' | '？' | '؟' | '⁇' | '⁈')
}

/// Spaces and emphasis marks.
pub(crate) const fn is_dressing(c: char) -> bool {
    matches!(c, ' ' | '\t' | '*' | '_' | '~' | '=' | '\u{A0}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests;
