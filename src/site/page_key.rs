//! The key that says whether a note's page would be the same again.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use xxhash_rust::xxh3::Xxh3;

use crate::model::LinkKind;
use crate::report::resolve::Target;
use crate::site::Site;
use crate::site::clean::Asked;
use crate::site::clean::address;
use crate::site::markdown::EMBED_DEPTH;
use crate::site::near;
use crate::site::neighbours::Neighbours;
use crate::site::picture;

/// A key over everything that a note's page is made from, and what HTML of its own on it needs of the notebook.
pub(crate) fn key(site: &Site<'_>, neighbours: &Neighbours, place: usize, note: usize) -> (u64, Asked) {
    let mut foreseen = Asked::default();
    let hash = RefCell::new(Xxh3::new());
    let number = |number: u64| hash.borrow_mut().update(&number.to_le_bytes());
    let words = |words: &str| {
        let mut hash = hash.borrow_mut();
        hash.update(words.as_bytes());
        hash.update(&[0xFF]);
    };
    let own = |index: usize| site.source.notes.get(index).map_or(0, |entry| entry.hash);
    let named = |index: usize| number(neighbours.named(index));
    number(neighbours.key);
    number(own(note));
    named(note);
    if let Some(entry) = site.source.notes.get(note) {
        words(entry.path.as_str());
    }
    number(neighbours.tree.key(note));
    site.around(place).into_iter().flatten().chain(neighbours.related(note)).for_each(named);
    for &(from, _) in site.graph.incoming(note).iter().filter(|(from, _)| site.places.page(*from).is_some()) {
        named(from);
        number(own(from));
    }
    near::sides(site, note).into_iter().flatten().for_each(named);
    // where its links and those of what it embeds lead
    let mut waiting = VecDeque::from([(note, 0)]);
    let mut seen = BTreeSet::from([note]);
    while let Some((at, depth)) = waiting.pop_front() {
        let Some(here) = site.places.note(at) else { continue };
        for tag in &here.tags {
            words(site.tag_address(&tag.name).unwrap_or_default());
        }
        for ticket in &here.tickets {
            words(&site.source.trackers.url(&ticket.key).unwrap_or_default());
        }
        let in_html = here.other_links.iter().filter(|link| link.span.start >= here.body_start);
        for link in in_html.filter(|_| !site.source.trust_html) {
            for picture in [false, true] {
                let answer =
                    address(&site.places, (note, note), picture, &link.target, &BTreeSet::new(), &mut foreseen);
                words(&answer.unwrap_or_default());
            }
        }
        for (link, resolved) in here.links.iter().zip(site.graph.outgoing(at)) {
            match &resolved.target {
                Target::Note { note: to, place } => {
                    words(&site.places.href_to_note(note, *to, *place).unwrap_or_default());
                    if link.kind == LinkKind::Embed && site.places.page(*to).is_some() {
                        number(own(*to));
                        named(*to);
                        if depth <= EMBED_DEPTH && seen.insert(*to) {
                            waiting.push_back((*to, depth + 1));
                        }
                    }
                }
                Target::Attachment(path) => match site.places.file(path) {
                    Some((index, address)) => {
                        words(&address);
                        // a picture's size stands in the page
                        if picture::kind(&address) == picture::Kind::Picture {
                            words(&format!("{:?}", site.measure(index)));
                        }
                    }
                    None => words("withheld"),
                },
                Target::External => {}
                Target::Missing => words("missing"),
                Target::Outside => words("outside"),
            }
        }
    }
    // zero says: make it each time
    (hash.into_inner().digest().max(1), foreseen)
}
