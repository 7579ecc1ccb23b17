//! What a sentence says about its link: `Today I read [a piece](…)`.

use crate::model::ReadingState;
use crate::parse::reading::matter::GENRES;
use crate::parse::reading::work::bare_words;

/// What follows the last mark that ends a sentence.
pub(super) fn last_sentence(text: &str) -> &str {
    let end = [". ", "! ", "? "].iter().filter_map(|mark| text.rfind(mark)).max();
    text.get(end.map_or(0, |at| at + 2)..).unwrap_or(text)
}

/// What a sentence of prose says about its link: `Today I read [a piece](…)`.
///
/// `before` is the sentence up to the link. `dated`: it is under a day.
pub(super) fn said_in_prose(before: &str, dated: bool) -> Option<(ReadingState, String)> {
    const VERBS: [&str; 8] = ["read", "reread", "re-read", "watched", "rewatched", "finished", "listened", "skimmed"];
    let lower = before.to_lowercase();
    let words: Vec<&str> = bare_words(&lower).collect();
    // `I started reading`
    let under_way = words.iter().take(5).position(|word| *word == "reading").filter(|&at| {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        before.is_some_and(|word| {
            ["started", "am", "i'm", "i’m", "been", "still", "began", "currently", "continued"].contains(word)
        })
    });
    if let Some(at) = under_way {
        const MINE: [&str; 8] = ["i", "i'm", "i’m", "i've", "i’ve", "we", "we're", "we’re"];
        let own =
            words.iter().take(at).any(|word| MINE.contains(word)) && !words.iter().take(at).any(|word| *word == "not");
        let behind = words.get(at + 1..).unwrap_or(&[]);
        let led_on = behind.iter().any(|word| matches!(*word, "see" | "via" | "about" | "up" | "through"));
        return (own && behind.len() <= 7 && !led_on).then(|| (ReadingState::Reading, "reading".to_owned()));
    }
    // `spent the evening reading`
    let spent = words
        .iter()
        .position(|word| *word == "reading" || *word == "watching")
        .filter(|&at| dated && at <= 6 && words.iter().take(at).take(2).any(|word| *word == "spent"));
    if let Some(at) = spent {
        let behind = words.get(at + 1..).unwrap_or(&[]);
        let led_on = behind.iter().any(|word| matches!(*word, "see" | "via" | "about" | "up" | "through" | "logs"));
        return (behind.len() <= 7 && !led_on).then(|| (ReadingState::Read, "reading".to_owned()));
    }
    let at = words.iter().take(6).position(|word| VERBS.contains(word))?;
    let verb = words.get(at)?;
    let own = words.iter().take(at).any(|word| matches!(*word, "i" | "i've" | "i’ve" | "we" | "we've"));
    let only_time = words.iter().take(at).all(|word| {
        [
            "i",
            "i've",
            "i’ve",
            "we",
            "today",
            "also",
            "then",
            "and",
            "just",
            "finally",
            "have",
            "yesterday",
            "tonight",
            "in",
            "the",
            "this",
            "on",
            "at",
            "over",
            "evening",
            "morning",
            "afternoon",
            "night",
            "lunch",
            "breakfast",
            "weekend",
            "later",
            "week",
            "month",
            "last",
            "recently",
            "only",
            "already",
            "since",
            "re-read",
            "anyway",
            "so",
            "well",
            "first",
            "next",
            "but",
            "meanwhile",
            "lastly",
        ]
        .contains(word)
    });
    // `finished reading`
    let is_both = *verb == "finished" && words.get(at + 1) == Some(&"reading");
    let object = words.get(at + 1 + usize::from(is_both)..).unwrap_or(&[]);
    let next = object.first().copied().unwrap_or("");
    let onward = ["more", "about", "on", "up", "here", "further", "docs"].contains(&next);
    let led_to = object.iter().any(|word| matches!(*word, "see" | "via" | "with" | "using" | "for"));
    let half = matches!(next, "half" | "part" | "some");
    let genre = object.is_empty() || object.iter().any(|word| GENRES.has(word));
    let counts = match *verb {
        "finished" => is_both || own && genre,
        "watched" => {
            !object.iter().any(|word| matches!(*word, "build" | "builds" | "deploy" | "pipeline" | "job" | "tests"))
        }
        _ => true,
    };
    let state = if half { ReadingState::Reading } else { ReadingState::Read };
    ((own || dated) && only_time && object.len() <= 7 && !onward && !led_to && counts)
        .then(|| (state, (*verb).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose() {
        use ReadingState::*;
        for (before, dated, read) in [
            ("Today I read ", false, Some(Read)),
            ("Read ", true, Some(Read)),
            ("Read ", false, None),
            ("Watched a talk on looms, ", true, Some(Read)),
            ("Read more about it in ", true, None),
            ("Everybody who has read ", true, None),
            ("I have not read ", true, None),
            ("I finished the migration, see ", true, None),
            ("I finished the book ", true, Some(Read)),
            ("I watched the build ", true, None),
            ("I read half of ", true, Some(Reading)),
            ("In the evening watched ", true, Some(Read)),
            ("Over lunch I read ", true, Some(Read)),
            ("Spent the evening reading ", true, Some(Read)),
            ("Spent the evening reading logs, see ", true, None),
            ("Spent the evening reading ", false, None),
            ("At the meetup somebody read ", true, None),
            ("I started reading ", false, Some(Reading)),
            ("I'm still reading the book ", false, Some(Reading)),
            ("I am not reading ", false, None),
            ("Everybody is reading ", false, None),
            ("Finished reading ", true, Some(Read)),
        ] {
            assert_eq!(said_in_prose(before, dated).map(|(state, _)| state), read, "{before}");
        }
    }
}
