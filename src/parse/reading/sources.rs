//! Which further links of an item are only named beside its first one: its author, where it was found, a review of it.

use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::reading::own::is_joint;
use crate::parse::reading::told;
use crate::parse::reading::told::last_sentence;
use crate::parse::reading::words;
use crate::parse::reading::work::bare;
use crate::parse::reading::work::bare_words;
use crate::parse::reading::work::count;

/// Words between two links that make the second one the author or source of the first.
static SOURCES: Phrases = Phrases::new(
    "by, of, via, from, in, on, at, h/t, hat tip, through, thanks to, found via, found on, found in, seen on, recommended by, \
     shared by, written by, translated by, edited by, with, and by, von, aus, bei, gefunden bei, ubersetzt von, herausgegeben von, \
     par, chez, de, du, des, d, traduit par, por, em, en, del, da, do, dos, das, escrito por, traducido por, traduzido por, autor, author",
);

/// Beginnings of a clause that leads to a source: `found via the newsletter of`, `see also the answer in`.
static LEADS: Phrases = Phrases::new(
    "by, via, see, see also, cf, compare, h/t, hat tip, thanks to, found via, found in, found on, found through, seen on, seen in, \
     discovered via, discovered through, recommended by, recommended in, shared by, linked from, linked in, mentioned in, mentioned by, \
     more in, more at, siehe, siehe auch, vgl, gefunden bei, gefunden uber, gefunden in, empfohlen von, uber, voir, voir aussi, \
     trouve sur, trouve via, trouve chez, conseille par, vu sur, vu chez, ver, ver tambien, vease, vease tambien, visto en, \
     encontrado en, recomendado por, veja, veja tambem, ver tambem, visto em, encontrado em, gracias a, obrigado a, merci a, dank an, danke an",
);

/// In words; a longer clause that leads to a source is a remark.
const CLAUSE: usize = 7;

/// Follows the links of an item from the first to the last.
#[derive(Default)]
pub(super) struct Sources {
    /// Brackets that were opened behind the first link.
    open: usize,
    /// The link before this one is a source.
    before: bool,
}

impl Sources {
    /// True if the next link is only named beside the first one. `between`: the words before it, as written, behind the link before
    /// it; `text`: its own; `behind`: the words before the link after it.
    pub(super) fn next(&mut self, between: &str, text: &str, behind: &str) -> bool {
        for c in between.chars() {
            match c {
                '(' => self.open += 1,
                ')' => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        let bracketed = self.open > 0 && !is_part(text) && !is_plus(between);
        // `by [Ida](URL) and [Wim](URL)`, and not `by [Ida](URL), [Yarn](URL) by [Wim](URL)`
        let chained = self.before && is_chain(between) && !is_named_source(behind);
        self.before = chained || is_source(between) || is_told(between);
        bracketed || self.before
    }
}

/// True for words between two links that make the second one the author or source of the first.
fn is_source(between: &str) -> bool {
    if between.len() > 200 {
        return false;
    }
    is_named_source(between) || {
        let clause = last_clause(between);
        let folded = fold(clause);
        (1..=CLAUSE).contains(&count(clause))
            && LEADS.at_front(folded.trim_start_matches(|c: char| !c.is_alphanumeric())).is_some()
    }
}

fn is_named_source(between: &str) -> bool {
    if between.len() > 60 {
        return false;
    }
    let said: Vec<String> = between
        .split(|c: char| c.is_whitespace() || matches!(c, '’' | '\''))
        .map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/')))
        .filter(|word| !word.is_empty())
        .collect();
    SOURCES.has(&said.join(" "))
}

/// The words behind the last mark that ends a clause.
fn last_clause(between: &str) -> &str {
    let between =
        between.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '“' | ':' | '('));
    between.rsplit(['.', ';', ',', '(', '–', '—', '>', '!', '?']).next().unwrap_or(between)
}

/// True for words that only join two names.
fn is_chain(between: &str) -> bool {
    between.len() <= 20
        && between
            .split_whitespace()
            .map(bare)
            .all(|word| word.is_empty() || matches!(word, "and" | "und" | "et" | "y" | "e" | "i" | "with"))
        && !between.contains([';', '\n'])
}

/// Words with which a sentence goes on behind a link.
static RUNS_ON: Phrases = Phrases::new(
    "is, are, was, were, has, have, had, which, that, who, whose, to, as, because, since, when, where, while, about, like, than, but, if, \
     so, using, can, could, does, did, makes, gives, ist, sind, war, hat, die, der, das, weil, wenn, dass, als, est, sont, etait, a, qui, \
     que, dont, parce, quand, comme, es, son, era, fue, porque, cuando, como, sao, foi, quando",
);

/// True for a sentence, or the rest of one, that runs to the next link without a word about reading it.
fn is_told(between: &str) -> bool {
    let sentence = last_sentence(between);
    let sentence = sentence.rsplit_once(") ").map_or(sentence, |(_, behind)| behind);
    let whole = sentence.len() == between.len();
    let words = sentence.trim();
    if words.len() > 600 || count(words) < 3 || words.ends_with([':', '-', '–', '—', '>', '→', '|', '"', '“', '*', '('])
    {
        return words.len() > 600;
    }
    // `[One](URL) – short, [Two](URL)`
    if words.starts_with(|c: char| !c.is_alphanumeric()) || !words.contains(' ') && !whole {
        return false;
    }
    let folded = fold(words);
    // `[One](URL) explains what is missing in [two](URL)`, and not `[One](URL) and the manual of [two](URL)`
    let first = bare_words(&folded).next().unwrap_or("");
    let goes_on =
        RUNS_ON.has(first) || first.len() > 4 && first.ends_with('s') && words.starts_with(char::is_lowercase);
    if whole && !goes_on {
        return false;
    }
    let reads = bare_words(&folded).any(words::is_about_reading);
    !reads && told::said_in_prose(words, true).is_none() && !is_joint(words)
}

/// True for the text of a link to a part of the thing: `part 2`, `II`.
fn is_part(text: &str) -> bool {
    let folded = fold(text);
    let first = bare_words(&folded).next().unwrap_or("");
    matches!(
        first,
        "part"
            | "teil"
            | "partie"
            | "parte"
            | "chapter"
            | "kapitel"
            | "episode"
            | "vol"
            | "volume"
            | "ii"
            | "iii"
            | "iv"
    ) || first.starts_with(|c: char| c.is_ascii_digit())
}

/// True for words in brackets that add another thing: `(and also URL)`.
fn is_plus(between: &str) -> bool {
    let inside = fold(between.rsplit('(').next().unwrap_or(between));
    matches!(
        bare_words(&inside).next(),
        Some("and" | "or" | "also" | "und" | "oder" | "auch" | "et" | "ou" | "y" | "o" | "e")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_beside_a_link() {
        for (between, text) in [
            (" by ", "Ida Berg"),
            (" de ", "Ida Berg"),
            (" par ", "Ida Berg"),
            (" (", "review"),
            (" (with my ", "notes"),
            (" (subscribers only, see ", "the manual"),
            (". Found via Ida's ", "newsletter"),
            (" – h/t ", "Ida"),
            (". See also ", "the answer"),
            (", gefunden bei ", "Ida"),
            (". There is a free edition at ", "the loom press"),
            (" explains what is missing in ", "the manual"),
        ] {
            assert!(Sources::default().next(between, text, ""), "{between}");
        }
        for (between, text) in [
            (" and ", "Yarn"),
            (", ", "Yarn"),
            (" – dry, but good; ", "Yarn"),
            (". Then read ", "Yarn"),
            (" (", "part 2"),
            (" (and also ", "Yarn"),
            ("", "Yarn"),
            (" + ", "Yarn"),
            (": ", "Yarn"),
            (". Watched: ", "Yarn"),
        ] {
            assert!(!Sources::default().next(between, text, ""), "{between}");
        }
        let mut sources = Sources::default();
        assert!(sources.next(" by ", "Ida", " and ") && sources.next(" and ", "Wim", ""));
        let mut sources = Sources::default();
        assert!(
            sources.next(" by ", "Ida", ", ") && !sources.next(", ", "Yarn", " by ") && sources.next(" by ", "Wim", "")
        );
    }
}
