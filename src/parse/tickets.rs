//! Tickets of a note: keys in its text and links to trackers' pages; and look-alikes.

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::Span;
use crate::model::Ticket;
use crate::model::TicketLike;
use crate::model::ticket::Alone;
use crate::model::ticket::Told;
use crate::model::ticket::Trackers;
use crate::model::words::fold;
use crate::parse::front::Entry;
use crate::parse::markers::is_list_item;

/// Keys of the front matter that name tickets.
const KEYS: [&str; 5] = ["ticket", "tickets", "issue", "issues", "jira"];

/// In lines; how far from a key a word can be evidence that the key is a ticket.
const NEAR: usize = 10;

/// In bytes of the line; the same for a weak word.
const BESIDE: usize = 24;

/// The link to a tracker's page as a ticket.
pub(crate) fn of_link(link: &Link, trackers: &Trackers) -> Option<Ticket> {
    if !matches!(link.kind, LinkKind::Inline | LinkKind::Reference | LinkKind::Autolink) {
        return None;
    }
    let key = trackers.of_url(&link.target)?;
    Some(Ticket { key, line: link.line, span: link.span, url: Some(link.target.clone()) })
}

/// The tickets that the front matter names: `ticket: RETAIL-23617`, `tickets: [RETAIL-1, RETAIL-2]`.
pub(crate) fn in_front_matter(text: &str, lines: &Lines, entries: &[Entry], trackers: &Trackers) -> Vec<Ticket> {
    let named = |entry: &&Entry| KEYS.contains(&fold(&entry.property.key).as_str());
    let values = entries.iter().filter(named).flat_map(|entry| {
        let items: Vec<Span> = entry.items.iter().map(|(_, span)| *span).collect();
        if items.is_empty() { vec![entry.span] } else { items }
    });
    let found = values.filter(|span| !span.is_empty()).flat_map(|span| {
        let at = move |inner: Span| Span::new(span.start + inner.start, span.start + inner.end);
        trackers.find(span.of(text)).into_iter().map(move |sighting| (sighting.key, at(sighting.span)))
    });
    found.map(|(key, span)| Ticket { key, line: lines.line(span.start), span, url: None }).collect()
}

/// Adds the links to trackers' pages. A key in such a link's own text would be a duplicate and is left out.
pub(crate) fn add_links(note: &mut Note, trackers: &Trackers) {
    let links: Vec<Ticket> = note.links.iter().filter_map(|link| of_link(link, trackers)).collect();
    if links.is_empty() {
        return;
    }
    let covers = |at: usize| {
        let index = links.partition_point(|link| link.span.start <= at).checked_sub(1)?;
        links.get(index).filter(|link| link.span.contains(at))
    };
    note.tickets.retain(|ticket| covers(ticket.span.start).is_none_or(|link| link.key != ticket.key));
    note.ticket_like.retain(|like| covers(like.span.start).is_none());
    note.tickets.extend(links);
    note.tickets.sort_by_key(|ticket| ticket.span.start);
}

/// A look-alike, judged by its own line: `words` are at `span`.
pub(crate) fn look_alike(text: &str, lines: &Lines, line: usize, span: Span, key: String) -> TicketLike {
    let content = lines.content(text, line).of(text);
    let around = |c: char| c.is_whitespace() || "()[]\"'.:,;*_`|#>-+•".contains(c);
    let alone = if content.trim() == key {
        Alone::Line
    } else if content.len() <= key.len() + 40 && content.trim_matches(around) == key {
        if is_list_item(content) || content.trim_start().starts_with(['#', '|', '>']) {
            Alone::Item
        } else {
            Alone::Line
        }
    } else {
        Alone::No
    };
    TicketLike { key, line, span, alone, told: None }
}

/// Adds the word near each key that suggests a ticket.
pub(crate) fn add_hints(text: &str, lines: &Lines, likes: &mut [TicketLike]) {
    if likes.is_empty() {
        return;
    }
    let words = tracker_words(text, lines);
    for like in likes {
        // the nearest word; on the same line also a weak one
        let from = words.partition_point(|word| word.line + NEAR < like.line);
        let near = words.get(from..).unwrap_or(&[]).iter().take_while(|word| word.line <= like.line + NEAR);
        let is_heard = |word: &&Word| {
            let far = word.span.start.saturating_sub(like.span.end).max(like.span.start.saturating_sub(word.span.end));
            word.strong || (word.line == like.line && far <= BESIDE)
        };
        let rank =
            |word: &&Word| (word.line.abs_diff(like.line), !word.strong, word.span.start.abs_diff(like.span.start));
        let nearest = near.filter(is_heard).take(200).min_by_key(rank);
        like.told =
            nearest.map(|word| Told { word: word.span.of(text).to_owned(), line: word.line, strong: word.strong });
    }
}

struct Word {
    span: Span,
    line: usize,
    strong: bool,
}

/// Words that suggest tickets, in the order of the text; at most four per line.
fn tracker_words(text: &str, lines: &Lines) -> Vec<Word> {
    let mut found = Vec::new();
    for line in 1..=lines.count() {
        let content = lines.content(text, line);
        let mut at = content.start;
        let words = content.of(text).split(|c: char| !c.is_alphanumeric());
        let spans = words.map(|word| {
            let span = Span::new(at, at + word.len());
            // the separator may be a multi-byte character
            at = span.end + text.get(span.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            span
        });
        let words =
            spans.filter(|span| (3..=7).contains(&span.len()) && !is_in_address(text, *span)).filter_map(|span| {
                let strong = match span.of(text).to_lowercase().as_str() {
                    "ticket" | "tickets" | "jira" => true,
                    "issue" | "issues" | "story" | "stories" | "bug" | "bugs" => false,
                    _ => return None,
                };
                Some(Word { span, line, strong })
            });
        found.extend(words.take(4));
    }
    found
}

/// True for a part of an address: `jira.example.org`, `/tickets`.
fn is_in_address(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|before| before.chars().next_back());
    let mut behind = text.get(span.end..).unwrap_or("").chars();
    before.is_some_and(|c| "/.@".contains(c))
        || match behind.next() {
            Some('.') => behind.next().is_some_and(char::is_alphanumeric),
            Some(c) => "/@".contains(c),
            None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::model::ticket::Tracker;
    use crate::parse::Options;
    use crate::parse::parse;

    fn read(text: &str) -> Note {
        let tracker = Tracker { keys: vec!["RETAIL".to_owned()], ..Tracker::default() };
        let trackers = Trackers::new(vec![tracker]);
        parse(&NotePath::from("n.md"), text, &Options { trackers, ..Options::default() }).note
    }

    #[track_caller]
    fn tickets(text: &str, want: &[&str]) {
        let note = read(text);
        let got: Vec<String> = note
            .tickets
            .iter()
            .map(|t| format!("{}:{}{}", t.line, t.key, if t.url.is_some() { "@" } else { "" }))
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn keys_count_where_they_are_words() {
        tickets(
            "RETAIL-1 `RETAIL-2` [[RETAIL-3]] [RETAIL-4](x.md) [x](RETAIL-5.md) ![RETAIL-6](y.png)\n",
            &["1:RETAIL-1", "1:RETAIL-4", "1:RETAIL-6"],
        );
        tickets("```\nRETAIL-1\n```\n<!-- RETAIL-2 -->\nhttps://example.org/RETAIL-3/x\n", &[]);
        tickets(" RETAIL-23617\n\nRETAIL-23617-fix-login\n", &["1:RETAIL-23617", "3:RETAIL-23617"]);
    }

    #[test]
    fn pages_of_trackers_count_once() {
        tickets("<https://j.example.org/browse/SHOP-1>\n", &["1:SHOP-1@"]);
        tickets("see [RETAIL-1 and RETAIL-2](https://j.example.org/browse/RETAIL-1)\n", &["1:RETAIL-1@", "1:RETAIL-2"]);
        tickets("https://j.example.org/browse/RETAIL-7.\n", &["1:RETAIL-7@"]);
        tickets("a [b][c]\n\n[c]: https://github.com/acme/shop/issues/3\n", &["1:acme/shop#3@"]);
        tickets("![x](https://j.example.org/browse/SHOP-1)\n", &[]);
    }

    #[test]
    fn tasks_have_the_tickets_of_their_lines() {
        let note = read(
            "- [ ] a\n  [fix](https://j.example.org/browse/SHOP-1) RETAIL-2\n- b\n\n\n          - [ ] deep RETAIL-3 https://j.example.org/browse/SHOP-4\n",
        );
        let of = |index: usize| note.tasks[index].tickets.clone();
        assert_eq!(
            (of(0), of(1)),
            (vec!["SHOP-1".to_owned(), "RETAIL-2".to_owned()], vec!["RETAIL-3".to_owned(), "SHOP-4".to_owned()])
        );
        let all: Vec<&str> = note.tickets.iter().map(|ticket| ticket.key.as_str()).collect();
        assert_eq!(all, ["SHOP-1", "RETAIL-2", "RETAIL-3", "SHOP-4"]);
    }

    #[test]
    fn what_looks_like_a_ticket_says_why() {
        let text = "add the Ticket number\n\n SHOP-1\n\n- SHOP-2\n\nthe story of SHOP-3, RETAIL-1\n\na bug in chips, which are very many and all from MICROFC-60035\n";
        let note = read(text);
        let got: Vec<_> = note
            .ticket_like
            .iter()
            .map(|like| (like.key.as_str(), like.alone, like.told.as_ref().map(|told| (told.word.as_str(), told.line))))
            .collect();
        let ticket = Some(("Ticket", 1));
        assert_eq!(
            got,
            [
                ("SHOP-1", Alone::Line, ticket),
                ("SHOP-2", Alone::Item, ticket),
                ("SHOP-3", Alone::No, Some(("story", 7))),
                ("MICROFC-60035", Alone::No, ticket),
            ]
        );
    }
}
