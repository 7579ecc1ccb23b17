//! Findings about a note's links.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::HashSet;

use crate::model::Edit;
use crate::model::Fix;
use crate::model::Link;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::link::percent_decode;
use crate::model::path::strip_extension;
use crate::model::words::Candidates;
use crate::report::check::findings::NoteFindings;
use crate::report::check::moved::Moved;
use crate::report::check::moved::Rewrite;
use crate::report::destination::Destination;
use crate::report::destination::Follower;
use crate::report::graph::Graph;
use crate::report::resolve::Remark;
use crate::report::resolve::is_embed;

/// Upper bound on suggestions: each compares a name with all others of about its length.
const HINTS: usize = 200;

/// Suggests what broken links may have meant.
pub(super) struct Hints<'a> {
    graph: &'a Graph<'a>,
    given: usize,
    names: OnceCell<Candidates<'a>>,
    /// The headings of each note, once they were needed.
    headings: HashMap<usize, Candidates<'a>>,
}

impl<'a> Hints<'a> {
    pub(super) fn new(graph: &'a Graph<'a>) -> Self {
        Self { graph, given: 0, names: OnceCell::new(), headings: HashMap::new() }
    }

    /// True until the upper bound is reached.
    fn more(&mut self) -> bool {
        self.given += 1;
        self.given <= HINTS
    }

    fn name(&mut self, written: &str) -> Option<&'a str> {
        let graph = self.graph;
        let names = || Candidates::new(graph.notes.iter().map(|(path, _)| path.stem()));
        self.more().then(|| self.names.get_or_init(names).nearest(written)).flatten()
    }

    fn heading(&mut self, note: usize, written: &str) -> Option<&'a str> {
        let sections = self.graph.notes.get(note).map_or(&[][..], |(_, facts)| &facts.sections);
        let known = || Candidates::new(sections.iter().map(|section| section.text.as_str()));
        self.more().then(|| self.headings.entry(note).or_insert_with(known).nearest(written)).flatten()
    }
}

/// Tells links to something that moved from those that are simply broken.
pub(super) struct Lost<'a> {
    follower: &'a Follower<'a>,
    moved: Moved<'a>,
    rewrite: &'a Rewrite,
}

impl<'a> Lost<'a> {
    pub(super) fn new(follower: &'a Follower<'a>, moved: Moved<'a>, rewrite: &'a Rewrite) -> Self {
        Self { follower, moved, rewrite }
    }

    /// Reports a broken link of the note `index` if it is known what it meant; `only_seen`: by what the index saw.
    fn is_moved(&self, index: usize, link: &Link, only_seen: bool, place: &mut NoteFindings<'_, '_>) -> bool {
        let Some(found) = self.moved.find(place.path.folder(), link, only_seen) else { return false };
        let written = link.local().map_or_else(|| link.target.clone(), |local| local.path);
        let text = (place.text, link);
        let fix = self.moved.fix(self.follower, index, text, found.path, self.rewrite);
        place.add("link-moved", link.span.start, format!("`{written}` leads nowhere: {}", found.why), fix);
        true
    }
}

pub(super) fn check(
    graph: &Graph<'_>,
    index: usize,
    lost: &Lost<'_>,
    hints: &mut Hints<'_>,
    place: &mut NoteFindings<'_, '_>,
) {
    let Some((_, note)) = graph.notes.get(index) else { return };
    for (number, link) in note.links.iter().enumerate() {
        let followed = lost.follower.follow(index, number);
        let target = match &followed.destination {
            Destination::External | Destination::Placeholder | Destination::Folder(_) => continue,
            Destination::Missing => {
                if !lost.is_moved(index, link, false, place) {
                    missing(link, hints, place);
                }
                continue;
            }
            Destination::Outside => {
                let message = format!("`{}` leads out of the notebook", link.target);
                place.add("link-outside", link.span.start, message, None);
                continue;
            }
            Destination::LeftOut(path) => {
                let message = format!("{path} is there, but it is left out of the notebook");
                place.add("link-left-out", link.span.start, message, None);
                continue;
            }
            Destination::Note { note, .. } => graph.notes.get(*note).map(|(path, _)| (*path, Some(*note))),
            Destination::File(path) => Some((path, None)),
        };
        let Some((path, note)) = target else { continue };
        for remark in &followed.remarks {
            match remark {
                Remark::NoHeading(written) => {
                    let last = written.rsplit('#').next().unwrap_or(written);
                    let hint = note.and_then(|note| hints.heading(note, last));
                    let hint = hint.map(|near| format!("; did you mean `{near}`?"));
                    let message = format!("{path} has no heading `{written}`{}", hint.unwrap_or_default());
                    place.add("heading-missing", link.span.start, message, None);
                }
                Remark::NoBlock(written) => {
                    let message = format!("{path} has no block `^{written}`");
                    place.add("block-missing", link.span.start, message, None);
                }
                Remark::OtherCase if !link.is_wiki() => {
                    let message = format!("the file is {path}: written in another case, this works on some disks only");
                    let fix = right_case(place.text, link, path);
                    place.add("link-case", link.span.start, message, fix);
                }
                Remark::OtherCase => {}
                Remark::ByTitle => {
                    let name = path.stem();
                    let message = format!("only a title or alias: other programs look for a file, [[{name}]]");
                    place.add("link-by-title", link.span.start, message, None);
                }
                Remark::Ambiguous { count, some } => {
                    let names: Vec<String> = some.iter().map(ToString::to_string).collect();
                    let more = if *count > names.len() { " …" } else { "" };
                    let message = format!("fits {count} files, {path} is taken: {}{more}", names.join(", "));
                    place.add("link-ambiguous", link.span.start, message, None);
                }
            }
        }
    }
}

/// Checks definitions that no link uses; and links in front matter and HTML, where only a link to something that moved is
/// certainly one that is meant to lead somewhere.
pub(super) fn unlisted(graph: &Graph<'_>, index: usize, lost: &Lost<'_>, place: &mut NoteFindings<'_, '_>) {
    let Some((_, note)) = graph.notes.get(index) else { return };
    let is_missing = |link: &Link| lost.follower.follow_link(index, link).destination == Destination::Missing;
    moved(note.other_links.iter(), index, lost, false, place);
    let used: HashSet<Span> = note.links.iter().map(|link| link.parts.path).collect();
    for link in note.definitions.iter().filter(|link| !link.parts.path.is_empty() && !used.contains(&link.parts.path)) {
        if is_missing(link) && !lost.is_moved(index, link, false, place) {
            let message = format!("`{}` leads nowhere, and no link uses this definition", link.target);
            place.add("definition-broken", link.span.start, message, None);
        }
    }
}

/// Reports those of some links of the note `index` that lead to what moved.
pub(super) fn moved<'l>(
    links: impl Iterator<Item = &'l Link>,
    index: usize,
    lost: &Lost<'_>,
    only_seen: bool,
    place: &mut NoteFindings<'_, '_>,
) {
    for link in links {
        if lost.follower.follow_link(index, link).destination == Destination::Missing {
            lost.is_moved(index, link, only_seen, place);
        }
    }
}

fn missing(link: &Link, hints: &mut Hints<'_>, place: &mut NoteFindings<'_, '_>) {
    let written = link.local().map_or_else(|| link.target.clone(), |local| local.path);
    let name = written.trim_end_matches('/').rsplit('/').next().unwrap_or(&written);
    let (code, what) = if is_embed(link) {
        ("embed-missing", "is not there")
    } else {
        ("link-broken", "leads nowhere: no note or file has this name")
    };
    let near = hints.name(strip_extension(name));
    let hint = match near {
        Some(near) => format!("; did you mean `{near}`?"),
        None if !link.is_wiki() && is_host(&written) => "; an address begins with https://".to_owned(),
        None => String::new(),
    };
    place.add(code, link.span.start, format!("`{written}` {what}{hint}"), None);
}

/// True for `example.org/page`, an address without its scheme.
fn is_host(written: &str) -> bool {
    const ENDS: [&str; 14] =
        ["com", "org", "net", "io", "dev", "edu", "gov", "app", "ai", "co", "uk", "de", "fr", "eu"];
    let host = written.split('/').next().unwrap_or("");
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() > 1
        && labels.iter().all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        && labels.last().is_some_and(|last| ENDS.contains(last))
}

/// Corrects the path of an inline link or image to the case of the file's name. `None` if the edit would not be safe.
fn right_case(text: &str, link: &Link, path: &NotePath) -> Option<Fix> {
    let source = text.get(link.span.start..link.span.end)?;
    let written = link.target.split(['#', '?']).next().unwrap_or("");
    let behind = source.rfind("](")? + 2;
    let (before, place) = source.split_at_checked(behind)?;
    // the text must be the target itself, without entities or escapes
    let at = place.find(link.target.as_str())?;
    let start = link.span.start + before.len() + at;
    let mut actual = path.as_str().rsplit('/');
    let mut parts: Vec<String> = Vec::new();
    for part in written.rsplit('/') {
        if matches!(part, "" | "." | "..") {
            parts.push(part.to_owned());
            continue;
        }
        let known = actual.next()?;
        let bare = strip_extension(known);
        if [known, bare].contains(&percent_decode(part).as_str()) {
            parts.push(part.to_owned());
            continue;
        }
        let same = |name: &str| name.to_lowercase() == part.to_lowercase();
        let right = if same(known) { known } else { Some(bare).filter(|bare| same(bare))? };
        if right != part && right.contains(|c: char| c.is_whitespace() || "%()<>\\&".contains(c)) {
            return None;
        }
        parts.push(right.to_owned());
    }
    parts.reverse();
    let text = parts.join("/");
    let description = format!("write {text}");
    (text != written).then(|| Fix { description, edits: vec![Edit { start, end: start + written.len(), text }] })
}
