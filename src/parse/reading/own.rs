//! What the words beside a link say of it: something to do, something read, a sentence in which it is named.
//!
//! Over 400 lines because the tables of words and what is asked of them stay together, with their cases.

use crate::model::ReadingState;

/// What stands beside the links of an item.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    /// Before the first link, as a reader sees it.
    pub(super) lead: String,
    /// Behind the last.
    pub(super) tail: String,
}

/// What somebody means to do with a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Intention {
    /// To look at it.
    Look(String),
    /// Something else, to which it belongs.
    Other(String),
}

/// Beginnings that say what somebody means to do.
const SOFT: &[&str] = &[
    "should",
    "need to",
    "needs to",
    "see if",
    "try",
    "try out",
    "where does",
    "where do",
    "could",
    "want to",
    "would like to",
    "have to",
    "must",
    "let's",
    "remember to",
    "figure out",
];

/// What is meant by reading.
const LOOKS: &[&str] =
    &["look", "read", "reread", "watch", "rewatch", "check", "listen", "skim", "study", "reading", "watching"];

/// Beginnings that are about looking.
const LOOK_BEGINNINGS: &[&str] =
    &["take a look", "have a look", "take another look", "look at", "look into", "check out"];

/// Beginnings of work: the link belongs to it.
const WORK: &[&str] = &[
    "fix",
    "deploy",
    "install",
    "set up",
    "configure",
    "renew",
    "pay",
    "buy",
    "ask",
    "reply",
    "respond",
    "register",
    "sign up",
    "submit",
    "upload",
    "download",
    "upgrade",
    "migrate",
    "implement",
    "refactor",
    "remove",
    "delete",
    "rename",
    "invite",
    "add",
    "send",
    "close",
    "contribute",
    "setup",
    "start",
    "update",
    "publish",
    "push",
    "work on",
    "play with",
    "finish",
    "complete",
    "move",
];

/// Beginnings of what somebody did, with a link to what they did it with.
const DEEDS: &[&str] = &[
    "set up",
    "setup",
    "added",
    "adding",
    "worked",
    "working",
    "using",
    "used",
    "made",
    "making",
    "built",
    "building",
    "wrote",
    "writing",
    "playing",
    "played",
    "trying",
    "tried",
    "got",
    "did",
    "ran",
    "running",
    "fixed",
    "fixing",
    "found",
    "from",
    "with",
    "pushed",
    "deployed",
    "installed",
    "created",
    "updated",
    "bought",
    "ordered",
    "started",
    "went",
    "met",
    "call",
    "meeting",
    "meetup",
    "event",
];

/// Words that only join two addresses of one thing.
const JOINTS: &[&str] = &[
    "and",
    "or",
    "on",
    "at",
    "via",
    "also",
    "see",
    "in",
    "with",
    "the",
    "pdf",
    "html",
    "slides",
    "video",
    "code",
    "repo",
    "repository",
    "source",
    "github",
    "hn",
    "discussion",
    "comments",
    "archive",
    "mirror",
    "text",
    "paper",
    "website",
    "site",
    "docs",
    "here",
    "link",
];

impl Own {
    /// What somebody means to do, where the words begin so.
    pub(super) fn intention(&self) -> Option<Intention> {
        let lead = self.lead.to_lowercase();
        let first = |words: &str, count: usize| words.split_whitespace().take(count).collect::<Vec<_>>().join(" ");
        if let Some(words) = begins(&lead, LOOK_BEGINNINGS) {
            return Some(Intention::Look(words.to_owned()));
        }
        if let Some(soft) = begins(&lead, SOFT) {
            let behind = lead.get(soft.len()..).unwrap_or("");
            let looks = behind.split_whitespace().take(3).any(|word| LOOKS.contains(&bare(word)));
            let words = first(&lead, 3);
            // "must read", "to read" are words of their own
            return if soft == "must" && looks {
                None
            } else if looks {
                Some(Intention::Look(words))
            } else {
                Some(Intention::Other(words))
            };
        }
        begins(&lead, WORK).map(|work| Intention::Other(work.to_owned()))
    }

    /// True when the words tell what somebody did with the link, or say so much that it is not the link that they are about.
    pub(super) fn is_deed(&self) -> bool {
        count(&self.lead) > 8 || begins(&self.lead.to_lowercase(), DEEDS).is_some()
    }

    /// True when the words begin with `review` and the like, which is work where the link leads to some.
    pub(super) fn begins_with_review(&self) -> bool {
        let lead = self.lead.to_lowercase();
        begins(&lead, &["review", "merge", "approve", "rebase", "test", "release", "reproduce", "investigate"])
            .is_some()
    }

    /// The word that says what has become of the link. `dated`: the item stands under a day, so `read` is the past.
    pub(super) fn word(&self, dated: bool) -> Option<(ReadingState, String)> {
        let lead = self.lead.to_lowercase();
        let tables: [(ReadingState, &[&str]); 5] = [
            (
                ReadingState::ToRead,
                &[
                    "to read",
                    "to-read",
                    "toread",
                    "tbr",
                    "todo",
                    "to do",
                    "to watch",
                    "read later",
                    "must read",
                    "unread",
                ],
            ),
            (ReadingState::ToLookAt, &["watch later", "to look at"]),
            (
                ReadingState::Read,
                &[
                    "watched",
                    "finished reading",
                    "finished watching",
                    "finished",
                    "listened to",
                    "just read",
                    "i read",
                    "i've read",
                    "i watched",
                    "re-read",
                    "reread",
                    "finally read",
                    "done reading",
                ],
            ),
            (
                ReadingState::Reading,
                &["currently reading", "still reading", "started reading", "halfway through", "started", "reading"],
            ),
            (
                ReadingState::Dropped,
                &["dropped", "abandoned", "gave up on", "did not finish", "dnf", "stopped reading"],
            ),
        ];
        for (state, words) in tables {
            let Some(word) = begins(&lead, words) else { continue };
            let behind = lead.get(word.len()..).unwrap_or("").trim_start_matches([':', ' ']);
            let next = behind.split_whitespace().next().map_or("", bare);
            let other =
                word == "reading" && ["list", "group", "club", "about", "up", "through", "material"].contains(&next);
            if !other {
                return Some((state, word.to_owned()));
            }
        }
        if dated && let Some(word) = begins(&lead, &["read", "watch"]) {
            let behind = lead.get(word.len()..).unwrap_or("");
            let next = behind.split_whitespace().next().map_or("", bare);
            let past = word == "read"
                && ![
                    "more",
                    "about",
                    "on",
                    "up",
                    "here",
                    "also",
                    "further",
                    "docs",
                    "documentation",
                    "through",
                    "manual",
                ]
                .contains(&next)
                && !behind.trim_start().starts_with("the docs");
            if past {
                return Some((ReadingState::Read, word.to_owned()));
            }
        }
        let shouted = |text: &str| {
            text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).find_map(|word| {
                let state = match word {
                    "READ" | "WATCHED" | "DONE" => ReadingState::Read,
                    "TODO" | "TOREAD" | "UNREAD" | "TBR" => ReadingState::ToRead,
                    "DNF" | "DROPPED" => ReadingState::Dropped,
                    "READING" => ReadingState::Reading,
                    _ => return None,
                };
                Some((state, word.to_owned()))
            })
        };
        if let Some(found) = shouted(&self.lead).or_else(|| shouted(&self.tail)) {
            return Some(found);
        }
        let tail = self.tail.trim().to_lowercase();
        let ends = [
            "(read)",
            "[read]",
            "- read",
            "– read",
            "— read",
            "(watched)",
            "- watched",
            "(finished)",
            "- finished",
            "(done)",
        ];
        if let Some(end) = ends.iter().find(|end| tail.ends_with(**end)) {
            return Some((ReadingState::Read, end.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()));
        }
        let sign = ['✅', '✔', '☑', '✓'].into_iter().find(|sign| {
            self.lead.trim_start().starts_with(*sign)
                || self.tail.trim_end().trim_end_matches('\u{FE0F}').ends_with(*sign)
        });
        sign.map(|sign| (ReadingState::Read, sign.to_string()))
    }

    /// True when the link is named in a sentence that is about something else.
    pub(super) fn is_sentence(&self) -> bool {
        let (before, behind) = (count(&self.lead), count(&self.tail));
        let apart = begins_apart(&self.tail);
        let ends_apart = self.lead.trim_end().ends_with(['-', '–', '—', ':', '>', '→', '|', '*', '"', '”']);
        (before > 0 && behind >= 2 && !apart) || (before > 14 && !ends_apart)
    }

    /// What is said of the link on its own line.
    pub(super) fn comment(&self) -> Option<String> {
        let tail = self.tail.trim();
        let words = tail.trim_start_matches([' ', '-', '–', '—', ':', '|', '>', '→', ',', '.', ')']).trim();
        (count(words) >= 2 && !words.to_lowercase().starts_with("by ")).then(|| words.to_owned())
    }
}

/// True when what stands behind a link is no part of its sentence: `- a remark`, `(a remark)`, `by Ida`.
fn begins_apart(tail: &str) -> bool {
    let tail = tail.trim_start();
    tail.starts_with(['-', '–', '—', ':', '|', '(', '[', ',', ';', '>', '→', '.', '*', '#', '"', '“', '!'])
        || tail.to_lowercase().starts_with("by ")
        || tail.to_lowercase().starts_with("from ")
}

/// True for words between two addresses that only join them.
pub(super) fn is_joint(between: &str) -> bool {
    between.split_whitespace().map(bare).all(|word| word.is_empty() || JOINTS.contains(&word.to_lowercase().as_str()))
}

/// The words with which a text begins, of a list of them.
fn begins<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    words.iter().copied().find(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\''))
    })
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn count(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric) && bare(word) != "etc").count()
}

/// The word that says in a sentence of prose that its link was read: `Today I read [a piece](…)`.
///
/// `before` is the sentence as far as the link. `dated`: it stands under a day.
pub(super) fn read_in_prose(before: &str, dated: bool) -> Option<String> {
    const VERBS: [&str; 8] = ["read", "reread", "re-read", "watched", "rewatched", "finished", "listened", "skimmed"];
    let lower = before.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let at = words.iter().take(4).position(|word| VERBS.contains(word))?;
    let verb = words.get(at)?;
    let own = words.iter().take(at).any(|word| matches!(*word, "i" | "i've" | "i’ve" | "we" | "we've"));
    let only_time = words.iter().take(at).all(|word| {
        ["i", "i've", "i’ve", "we", "today", "also", "then", "and", "just", "finally", "have", "yesterday", "tonight"]
            .contains(word)
    });
    let behind = words.len().saturating_sub(at + 1);
    let next = words.get(at + 1).copied().unwrap_or("");
    let onward = ["more", "about", "on", "up", "here", "further", "docs"].contains(&next);
    ((own || dated) && only_time && behind <= 7 && !onward && (own || *verb != "finished")).then(|| (*verb).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(lead: &str, tail: &str) -> Own {
        Own { lead: lead.to_owned(), tail: tail.to_owned() }
    }

    #[test]
    fn intentions() {
        for lead in ["take a look at super", "should read ", "need to watch", "Check out:"] {
            assert!(matches!(own(lead, "").intention(), Some(Intention::Look(_))), "{lead}");
        }
        for lead in ["should finish my repo", "where does faye fit", "try", "fix the build of", "see if it works"] {
            assert!(matches!(own(lead, "").intention(), Some(Intention::Other(_))), "{lead}");
        }
        for lead in ["", "trying hard", "shoulder pain", "book", "fixed points", "the fix for"] {
            assert_eq!(own(lead, "").intention(), None, "{lead}");
        }
    }

    #[test]
    fn words_of_state() {
        let state = |lead: &str, tail: &str, dated| own(lead, tail).word(dated).map(|(state, _)| state);
        assert_eq!(state("watched", "", false), Some(ReadingState::Read));
        assert_eq!(state("read", "", true), Some(ReadingState::Read));
        assert_eq!(state("read", "", false), None);
        assert_eq!(state("read more at", "", true), None);
        assert_eq!(state("reading:", "", false), Some(ReadingState::Reading));
        assert_eq!(state("reading group notes", "", false), None);
        assert_eq!(state("TODO", "", false), Some(ReadingState::ToRead));
        assert_eq!(state("", " READ", false), Some(ReadingState::Read));
        assert_eq!(state("", " (read)", false), Some(ReadingState::Read));
        assert_eq!(state("✅ ", "", false), Some(ReadingState::Read));
        assert_eq!(state("a loom", "", true), None);
    }

    #[test]
    fn sentences_and_titles() {
        assert!(own("jobs can be interrupted, through a library (", ") or by hand in parts").is_sentence());
        assert!(!own("ruby saga example", "").is_sentence());
        assert!(!own("", " - a remark on it").is_sentence());
        assert!(!own("the talk", " by Ida Berg").is_sentence());
    }

    #[test]
    fn prose() {
        for (before, dated, read) in [
            ("Today I read ", false, true),
            ("Read ", true, true),
            ("Read ", false, false),
            ("Watched a talk on looms, ", true, true),
            ("Read more about it in ", true, false),
            ("Everybody who has read ", true, false),
            ("I have not read ", true, false),
        ] {
            assert_eq!(read_in_prose(before, dated).is_some(), read, "{before}");
        }
    }
}
