//! The attendees of a meeting, and the names known in a note.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::Span;
use crate::model::attendee_line;
use crate::model::meeting::Part;
use crate::model::meeting_words;
use crate::model::note::PEOPLE;
use crate::model::words::fold;
use crate::parse::input::Input;
use crate::parse::items::Head;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::found::called;
use crate::parse::meetings::table;
use crate::parse::outline::Mask;
use crate::parse::plain::plain;

/// In characters; longer names are sentences.
const LONGEST: usize = 48;

/// Upper bound on people of one meeting.
const MOST: usize = 300;

/// The names known in a note.
pub(super) struct Known {
    /// Folded full names, first names and handles, each with the name it stands for.
    names: BTreeMap<String, String>,
    /// Folded names in titles of meetings: `Sync with Ida`.
    in_titles: BTreeSet<String>,
    /// For each meeting.
    pub(super) attendees: Vec<Vec<String>>,
}

impl Known {
    pub(super) fn new(input: &Input<'_>, meetings: &[Found]) -> Self {
        let mut known = Self { names: BTreeMap::new(), in_titles: BTreeSet::new(), attendees: Vec::new() };
        for name in &input.options.people {
            known.add(name.trim_start_matches('@'));
        }
        let mut of_note: Vec<String> = Vec::new();
        for value in PEOPLE.iter().filter_map(|key| input.note.property(key)) {
            of_note.extend(value.texts().into_iter().flat_map(listed).map(|(name, _)| name));
        }
        for name in &of_note {
            known.add(name);
        }
        let titles = meetings.iter().map(|meeting| called(&meeting.title, &meeting.written));
        for title in titles.chain([plain(&input.note.title)]) {
            known.in_titles.extend(with(&title).into_iter().map(|name| fold(&name)));
        }
        for meeting in meetings {
            let mut there: Vec<String> = Vec::new();
            for (name, handle, present) in of_meeting(input, meeting.line, meeting.end_line) {
                known.add(&name);
                if let Some(handle) = handle {
                    known.names.entry(fold(&handle)).or_insert_with(|| name.clone());
                }
                if present && there.len() < MOST && !there.contains(&name) {
                    there.push(name);
                }
            }
            known.attendees.push(if there.is_empty() { of_note.clone() } else { there });
        }
        known
    }

    fn add(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() {
            self.names.insert(fold(name), name.to_owned());
            if let Some(first) = name.split_whitespace().next().filter(|first| first.chars().count() > 1) {
                self.names.entry(fold(first)).or_insert_with(|| name.to_owned());
            }
        }
    }

    /// True if no names are known.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// True for the name, first name or handle of a known person.
    pub(super) fn has(&self, name: &str) -> bool {
        let folded = fold(name.trim().trim_start_matches('@'));
        let first = folded.split(['.', '_']).next().unwrap_or("");
        self.names.contains_key(&folded) || self.names.contains_key(first) || self.in_titles.contains(&folded)
    }
}

/// The people that a title names: `1:1 with Ida Berg`, with first and full name.
fn with(title: &str) -> Vec<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let Some(at) = words.iter().position(|word| meeting_words::is_with(&fold(word))) else { return Vec::new() };
    let names = words.get(at + 1..).unwrap_or(&[]).join(" ");
    let names = listed(&names).into_iter().map(|(name, _)| name);
    names
        .flat_map(|name| [name.split(' ').next().unwrap_or("").to_owned(), name])
        .filter(|name| !name.is_empty())
        .collect()
}

/// True if a line lists attendees: `Attendees: Ida, Wim`.
pub(super) fn is_attended(input: &Input<'_>, line: usize, end_line: usize) -> bool {
    (line..=end_line).any(|line| {
        let mut found = inline(input, line).into_iter();
        found.any(|(part, names)| part == Part::Attendees && !listed(&names).is_empty())
    })
}

/// The people named by the lines of a meeting: name, handle, and whether they attended.
fn of_meeting(input: &Input<'_>, line: usize, end_line: usize) -> Vec<(String, Option<String>, bool)> {
    let mut found: Vec<(String, Option<String>, bool)> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut add = |(name, handle): (String, Option<String>), part: Part| {
        if seen.insert(fold(&name)) {
            found.push((name, handle, part == Part::Attendees));
        }
    };
    let note = input.note;
    let from = note.sections.partition_point(|section| section.line <= line);
    for (index, section) in note.sections.iter().enumerate().skip(from) {
        if section.line > end_line {
            break;
        }
        let part = |index: usize| note.sections.get(index).and_then(|section| meeting_words::part(&section.text));
        let Some(part) = part(index).or_else(|| section.parent.and_then(part)).filter(|part| part.has_people()) else {
            continue;
        };
        let first = input.lines.line(section.heading_span.end.saturating_sub(1)) + 1;
        let last = input.lines.line(section.span.end.saturating_sub(1)).min(end_line);
        for line in first..=last {
            let content = input.lines.content(input.text, line);
            let words = item_words(input, line, content);
            if is_hidden(input, content.start) || table::is_row(words) {
                continue;
            }
            match inline(input, line).into_iter().next() {
                Some((part, names)) if part.has_people() => listed(&names).into_iter().for_each(|name| add(name, part)),
                _ if is_item(input, line) => one(words).into_iter().for_each(|name| add(name, part)),
                _ => listed(words).into_iter().for_each(|name| add(name, part)),
            }
        }
        for row in table::rows(input, first, last) {
            row.first().and_then(|cell| one(cell)).into_iter().for_each(|name| add(name, part));
        }
    }
    for line in line..=end_line {
        for (part, names) in inline(input, line) {
            listed(&names).into_iter().for_each(|name| add(name, part));
        }
    }
    // a line of names right below the line of the meeting
    let content = |line: usize| input.lines.content(input.text, line);
    let below = (line + 1..=end_line).take(3).find(|line| !content(*line).of(input.text).trim().is_empty());
    if let Some(words) = below.map(|line| content(line).of(input.text)).filter(|words| attendee_line::is_names(words)) {
        listed(words).into_iter().for_each(|name| add(name, Part::Attendees));
    }
    // a bullet `Attendees` with people under it
    let from = input.items.partition_point(|item| item.line < line);
    for item in input.items.iter().skip(from).take_while(|item| item.line <= end_line) {
        let above = item.parent.and_then(|parent| input.items.get(parent));
        let part = above.and_then(|above| {
            meeting_words::part(item_words(input, above.line, input.lines.content(input.text, above.line)))
        });
        if let Some(part) = part.filter(|part| part.has_people()) {
            let words = item_words(input, item.line, input.lines.content(input.text, item.line));
            one(words).into_iter().for_each(|name| add(name, part));
        }
    }
    found
}

fn is_hidden(input: &Input<'_>, at: usize) -> bool {
    let hides = |(_, kind): &(Span, Mask)| matches!(kind, Mask::Fence | Mask::HtmlBlock | Mask::Comment);
    input.outline.mask_at(at).as_ref().is_some_and(hides)
}

fn is_item(input: &Input<'_>, line: usize) -> bool {
    let at = input.items.partition_point(|item| item.line < line);
    input.items.get(at).is_some_and(|item| item.line == line)
}

/// The words of a line, without marker, box and quote marks.
fn item_words<'t>(input: &Input<'t>, line: usize, content: Span) -> &'t str {
    let at = input.items.partition_point(|item| item.line <= line).checked_sub(1);
    let item = at.and_then(|at| input.items.get(at)).filter(|item| item.line == line);
    let start = item.map_or_else(|| Head::of(input.text, content).at, |item| item.text_start);
    Span::new(start.min(content.end), content.end).of(input.text).trim()
}

/// The people on a line after a label: `**Attendees:** Ida, Wim. Apologies: Noor`.
fn inline(input: &Input<'_>, line: usize) -> Vec<(Part, String)> {
    let content = input.lines.content(input.text, line);
    let raw = content.of(input.text);
    if !raw.contains(':') || content.len() > 2_000 || is_hidden(input, content.start) {
        return Vec::new();
    }
    let mut rest = item_words(input, line, content);
    let mut found = Vec::new();
    while let Some((label, behind)) = rest.split_once(':') {
        let Some(part) = meeting_words::part(label).filter(|part| part.has_people()) else { break };
        let names = behind.trim_start_matches(['*', '_', ' ']);
        // a further sentence may name who was absent
        let end = names.match_indices(['.', ';']).map(|(at, _)| at).find(|at| {
            let behind = names.get(at + 1..).unwrap_or("");
            behind.split_once(':').is_some_and(|(label, _)| meeting_words::part(label).is_some())
        });
        let (names, behind) = end.and_then(|end| names.split_at_checked(end)).unwrap_or((names, ""));
        found.push((part, names.to_owned()));
        rest = behind.trim_start_matches(['.', ';', ' ', '*', '_']);
    }
    found
}

/// The names of a list in a line.
fn listed(text: &str) -> Vec<(String, Option<String>)> {
    let mut pieces: Vec<String> = Vec::new();
    let (mut depth, mut piece) = (0_usize, String::new());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '&' | '/' | '+' if depth == 0 => {
                pieces.push(std::mem::take(&mut piece));
                continue;
            }
            _ => {}
        }
        piece.push(c);
    }
    pieces.push(piece);
    let parted = pieces.iter().flat_map(|piece| {
        let mut parts = vec![piece.as_str()];
        for word in [" and ", " und ", " et ", " y ", " e "] {
            parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
        }
        parts
    });
    parted.filter_map(one).take(MOST).collect()
}

/// The one person in a text, and the handle next to the name.
fn one(text: &str) -> Option<(String, Option<String>)> {
    let text = text.trim().trim_start_matches(['*', '_', '-', '+', '~', ' ']);
    let text = text.strip_prefix("[ ]").or_else(|| text.strip_prefix("[x]")).unwrap_or(text).trim_start();
    let (text, is_page) = match text.strip_prefix("[[").and_then(|rest| rest.split_once("]]")) {
        Some((page, _)) => (page.rsplit(['|', '/']).next().unwrap_or(page), true),
        None => (text, false),
    };
    let linked = text.strip_prefix('[').and_then(|rest| rest.split_once("](")).map(|(name, _)| name);
    let text = linked.unwrap_or(text);
    let handle = text.split_whitespace().find_map(|word| {
        let handle = word.trim_start_matches(['(', '[']).strip_prefix('@')?;
        let handle = handle.trim_end_matches([')', ']', ',', ':', '*', '.']);
        (!handle.is_empty()).then(|| handle.to_owned())
    });
    let end = ["(", " - ", " – ", " — ", ",", ":", " @", "  ", " <"].iter().filter_map(|mark| text.find(mark)).min();
    let name = text.get(..end.unwrap_or(text.len())).unwrap_or(text);
    let name = name.trim_matches(|c: char| c.is_whitespace() || "*_@~`.\"'".contains(c));
    let name = if name.is_empty() { handle.as_deref().unwrap_or("") } else { name };
    let nobody = [
        "none", "nobody", "n/a", "na", "tbd", "all", "everyone", "keine", "niemand", "personne", "nadie", "ninguem",
        "-",
    ];
    let words = name.split_whitespace().count();
    let begins =
        name.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && (is_page || handle.is_some())))
            || name.chars().all(|c| c.is_lowercase() || c.is_ascii_digit()) && words == 1;
    let is_name = (1..=4).contains(&words)
        && name.chars().count() <= LONGEST
        && begins
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['[', ']', '<', '>', '|', '=', '?', '!', '{', '}'])
        && !nobody.contains(&fold(name).as_str());
    is_name.then(|| (name.to_owned(), handle.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_lists() {
        let names = |text: &str| listed(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("Ida, Noor, Tomas & Wim"), ["Ida", "Noor", "Tomas", "Wim"]);
        assert_eq!(names("Ida Berg (chair, minutes) and Wim"), ["Ida Berg", "Wim"]);
        assert_eq!(names("[[people/Ida Berg|Ida]], @wim"), ["Ida", "wim"]);
        assert_eq!(names("none"), [""; 0]);
        assert_eq!(names(""), [""; 0]);
        assert_eq!(one("Ida Berg @idab (TSC)"), Some(("Ida Berg".to_owned(), Some("idab".to_owned()))));
        assert_eq!(one("**Ida Berg** - chair"), Some(("Ida Berg".to_owned(), None)));
        assert_eq!(one("we were all there, more or less, and had a good time"), None);
    }
}
