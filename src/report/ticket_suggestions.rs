//! Possible projects of tickets that the settings do not name: the most credible first.
//!
//! `RS-485`, `GPT-4` and `COVID-19` look like tickets too. So the form alone is not enough: a key must be alone on its line,
//! near a word such as "ticket", or in a link to a tracker.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::NotePath;
use crate::model::TicketLike;
use crate::model::ticket;
use crate::model::ticket::Alone;
use crate::model::ticket::Trackers;
use crate::report::resolve::NoteRef;

/// The minimum score of a project that is shown without being requested.
const CREDIBLE: i64 = 4;

/// Maximum number of examples per project.
const EXAMPLES: usize = 5;

/// Projects that the settings do not name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TicketSuggestions {
    /// The most credible first.
    pub projects: Vec<TicketSuggestion>,
    /// The number of further projects that are hardly credible.
    pub left_out: usize,
}

/// A project that the settings could name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketSuggestion {
    /// `RETAIL`
    pub project: String,
    /// The number of occurrences.
    pub count: usize,
    /// How credible it is; below 4 it is probably not a project.
    pub score: i64,
    /// The address of its tickets, with `{key}` and `{num}`, if a note links to one.
    pub url: Option<String>,
    /// The evidence, in a few words each.
    pub why: Vec<String>,
    /// The most credible places first, a few of them.
    pub examples: Vec<TicketExample>,
}

/// An occurrence of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TicketExample {
    /// `RETAIL-23617`
    pub key: String,
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The byte of the note's text where it begins.
    #[serde(skip)]
    pub at: usize,
}

#[derive(Default)]
struct Found<'a> {
    likes: Vec<(&'a NotePath, &'a TicketLike)>,
    link: Option<(&'a NotePath, usize, &'a str)>,
    numbers: BTreeSet<&'a str>,
    notes: BTreeSet<&'a NotePath>,
}

impl TicketSuggestions {
    /// Ranks the projects in notes; with `all`, also those that are hardly credible. `trackers`: those in the settings.
    #[must_use]
    pub fn new<'a>(notes: impl Iterator<Item = NoteRef<'a>>, trackers: &Trackers, all: bool) -> Self {
        let mut found: BTreeMap<&str, Found<'_>> = BTreeMap::new();
        for (path, note) in notes {
            for like in &note.ticket_like {
                let of = found.entry(ticket::split(&like.key).0).or_default();
                of.likes.push((path, like));
                of.numbers.insert(&like.key);
                of.notes.insert(path);
            }
            for linked in &note.tickets {
                let project = ticket::split(&linked.key).0;
                if let Some(url) = &linked.url
                    && ticket::is_project(project)
                    && !trackers.knows(project)
                    && let Some(at) = url.find(&linked.key)
                {
                    found.entry(project).or_default().link.get_or_insert((
                        path,
                        linked.line,
                        url.get(..at).unwrap_or(""),
                    ));
                }
            }
        }
        // a project that is only linked needs no setting: its links work
        let suggestions = found.into_iter().filter(|(_, of)| !of.likes.is_empty());
        let mut projects: Vec<TicketSuggestion> = suggestions.map(|(project, of)| of.suggestion(project)).collect();
        projects.sort_by(|a, b| (b.score, b.count).cmp(&(a.score, a.count)).then_with(|| a.project.cmp(&b.project)));
        let credible = projects.partition_point(|project| project.score >= CREDIBLE);
        let left_out = if all { 0 } else { projects.len() - credible };
        if !all {
            projects.truncate(credible);
        }
        Self { projects, left_out }
    }
}

/// How much a single occurrence counts for a project.
fn weight(like: &TicketLike) -> i64 {
    let alone = match like.alone {
        Alone::Line => 3,
        Alone::Item => 1,
        Alone::No => 0,
    };
    let told = like.told.as_ref().map_or(0, |told| match (told.strong, told.line == like.line) {
        (true, true) => 4,
        (true, false) => 2,
        (false, _) => 2,
    });
    alone + told
}

impl Found<'_> {
    fn suggestion(mut self, project: &str) -> TicketSuggestion {
        // on a tie the order of the notes decides
        self.likes.sort_by_key(|(_, like)| std::cmp::Reverse(weight(like)));
        let mut why = Vec::new();
        let best = self.likes.first().map(|(_, like)| *like);
        let mut score = best.map_or(0, weight);
        if let Some((path, line, _)) = self.link {
            score += 5;
            why.push(format!("a tracker's page is linked in {path}:{line}"));
        }
        if let Some(best) = best {
            match best.alone {
                Alone::Line => why.push("alone on its line".to_owned()),
                Alone::Item => why.push("alone in its item".to_owned()),
                Alone::No => {}
            }
            if let Some(told) = &best.told {
                let place =
                    if told.line == best.line { "beside it".to_owned() } else { format!("in line {}", told.line) };
                why.push(format!("\"{}\" {place}", told.word));
            }
        }
        score += match self.numbers.len() {
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        };
        if self.numbers.len() > 1 {
            why.push(format!("{} numbers", self.numbers.len()));
        }
        if self.notes.len() > 1 {
            score += 1;
            why.push(format!("{} notes", self.notes.len()));
        }
        // chips, standards and courses have such names
        if project.len() <= 2 || project.contains(|c: char| !c.is_ascii_uppercase()) {
            score -= 2;
        }
        let example = |(path, like): &(&NotePath, &TicketLike)| TicketExample {
            key: like.key.clone(),
            path: (*path).clone(),
            line: like.line,
            at: like.span.start,
        };
        TicketSuggestion {
            project: project.to_owned(),
            count: self.likes.len(),
            score,
            url: self.link.map(|(.., before)| format!("{before}{{key}}-{{num}}")),
            why,
            examples: self.likes.iter().take(EXAMPLES).map(example).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Note;
    use crate::parse;

    fn suggest(notes: &[&str]) -> Vec<(String, usize)> {
        let record = |(index, text): (usize, &&str)| {
            let path = NotePath::from(format!("{index}.md").as_str());
            let note = parse::parse(&path, text, &parse::Options::default()).note;
            (path, note)
        };
        let notes: Vec<(NotePath, Note)> = notes.iter().enumerate().map(record).collect();
        let refs = notes.iter().map(|(path, note)| (path, note));
        let found = TicketSuggestions::new(refs, &Trackers::default(), false);
        found.projects.into_iter().map(|project| (project.project, project.count)).collect()
    }

    #[test]
    fn what_speaks_for_itself_comes_first() {
        let one = |project: &str, count| vec![(project.to_owned(), count)];
        assert_eq!(
            suggest(&["- Add ticket number related TOMO skill\n\nEndorsement\n\n RETAIL-23617\n"]),
            one("RETAIL", 1)
        );
        assert_eq!(suggest(&["see ticket SHOP-12\n"]), one("SHOP", 1));
        assert_eq!(suggest(&["fixed SHOP-12 and SHOP-13\n\nhttps://j.example.org/browse/SHOP-11\n"]), one("SHOP", 2));
        assert_eq!(suggest(&["https://j.example.org/browse/SHOP-11\n"]), []);
    }

    #[test]
    fn what_only_looks_so_is_not_suggested() {
        for text in [
            "The PICO-8 and the TIC-80 are consoles, the TR-808 is none.\n",
            "- TIC-80\n- PICO-8\n- SX-70\n- CHIP-8\n- CHIP-9\n",
            "# PICO-8\n\nA console. There is an issue with its sound.\n\n## TIC-80\n",
            "The ticket for ICLR-20, bought at CVPR-2020.\n",
            "| chip | price |\n|---|---|\n| MICROFC-60035 | 3 |\n| MAX7219-8 | 4 |\n",
        ] {
            assert_eq!(suggest(&[text]), [], "{text}");
        }
    }
}
