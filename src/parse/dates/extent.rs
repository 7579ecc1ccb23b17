//! Where dated entries end.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::model::meeting_words;
use crate::parse::dates::input::Input;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::lines::Likeness;

/// The last line of each entry that the lines `dated` (ascending indices into [`Input::lines`]) begin, in the same order.
///
/// A heading owns its section, a label line everything up to the next one that is not part of a meeting, a bullet its
/// deeper lines and everything up to the next date bullet of its level. `spanning` is a title that owns the whole note.
///
/// `unread` has the lines that look like dates but cannot be read: what follows them belongs to no day.
pub(super) fn ends(
    input: &Input<'_>,
    dated: &[usize],
    spanning: Option<usize>,
    unread: &BTreeMap<usize, Likeness>,
) -> Vec<usize> {
    let mut ends = vec![input.places.count(); dated.len()];
    let mut open: Vec<(LineKind, usize)> = Vec::new();
    let mut next = dated.iter().copied().enumerate().peekable();
    let is_of_meetings = LazyCell::new(|| is_of_meetings(input));
    for (at, line) in input.lines.iter().enumerate() {
        let begins = next.next_if(|(_, index)| *index == at).map(|(nth, _)| nth);
        let likeness = unread.get(&at);
        let keep = match likeness {
            Some(Likeness::Certain) => 0,
            _ => kept(&open, line.kind, begins.is_some() || likeness.is_some(), |around| match around {
                (LineKind::Heading(_), nth) => {
                    let dated = || dated.get(*nth).and_then(|at| input.lines.get(*at));
                    let is_called = || dated().is_some_and(|line| meeting_words::is_called_meeting(line.text, true));
                    meeting_words::is_part_of_one(line.text) && (*is_of_meetings || is_called())
                }
                _ => meeting_words::part(line.text).is_some(),
            }),
        };
        if keep < open.len() {
            let end = last_text(input, line.line.saturating_sub(1));
            for (_, nth) in open.drain(keep..) {
                if let Some(place) = ends.get_mut(nth) {
                    *place = end;
                }
            }
        }
        if let Some(nth) = begins.filter(|_| spanning != Some(at)) {
            open.push((line.kind, nth));
        }
    }
    let end = last_text(input, input.places.count());
    let rest = open.iter().map(|(_, nth)| *nth).chain(dated.iter().position(|at| Some(*at) == spanning));
    for nth in rest {
        if let Some(place) = ends.get_mut(nth) {
            *place = end;
        }
    }
    for (end, line) in ends.iter_mut().zip(dated.iter().filter_map(|at| input.lines.get(*at))) {
        *end = (*end).max(line.line);
    }
    ends
}

/// How many of the open entries, outermost first, continue after a line.
///
/// `is_part` says whether the line is a part of the meeting that an open entry is.
fn kept(
    open: &[(LineKind, usize)],
    kind: LineKind,
    dated: bool,
    is_part: impl Fn(&(LineKind, usize)) -> bool,
) -> usize {
    let closes = |around: &(LineKind, usize)| match (kind, around.0) {
        (LineKind::Heading(level), LineKind::Heading(other)) => {
            other > level || (other == level && (dated || !is_part(around)))
        }
        (LineKind::Heading(_), LineKind::Label) => dated || !is_part(around),
        (LineKind::Heading(_), LineKind::Bullet { .. }) => true,
        (LineKind::Label, LineKind::Label) => dated || !is_part(around),
        (LineKind::Label, LineKind::Bullet { .. }) => dated,
        (LineKind::Bullet { indent }, LineKind::Bullet { indent: other }) => {
            other > indent || (dated && other == indent)
        }
        (LineKind::Label | LineKind::Bullet { .. }, LineKind::Heading(_))
        | (LineKind::Bullet { .. }, LineKind::Label) => false,
    };
    // everything inside a closed one is closed with it
    open.iter().position(closes).unwrap_or(open.len())
}

/// True for a note of meetings, by its title, its name, a folder or its front matter; in a journal `# Actions` is of no day.
fn is_of_meetings(input: &Input<'_>) -> bool {
    let is_called = |name: &str| meeting_words::is_called_meeting(name, true) || meeting_words::is_meeting_folder(name);
    let is_kind = |key: &str| {
        let mut values = input.properties.iter().filter(|property| property.key.eq_ignore_ascii_case(key));
        values.any(|property| property.value.texts().into_iter().any(meeting_words::is_kind))
    };
    is_called(input.title)
        || is_called(input.path.stem())
        || input.path.folder().split('/').any(is_called)
        || meeting_words::KIND_KEYS.into_iter().any(is_kind)
}

/// The last line up to `line` that is not blank.
pub(super) fn last_text(input: &Input<'_>, line: usize) -> usize {
    let is_blank = |line: usize| input.places.content(input.text, line).of(input.text).trim().is_empty();
    (1..=line).rev().find(|line| !is_blank(*line)).unwrap_or(line)
}
