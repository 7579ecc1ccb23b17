//! Names in places where only a person's name would stand a second time: `[Dana] send it`, `AP: Dana send it`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::model::Meeting;
use crate::model::Point;
use crate::model::meeting::PointKind;
use crate::model::words::fold;
use crate::parse::meetings::marker::marker;
use crate::parse::meetings::names::clean;
use crate::parse::meetings::names::is_plausible;
use crate::parse::meetings::names::pieces;
use crate::parse::meetings::names::somebody;
use crate::parse::meetings::owner::does;
use crate::parse::meetings::owner::of;
use crate::parse::meetings::people::Known;

/// A name in a place that is a person's only where the note names that person once more.
enum Hint<'t> {
    /// `[Dana] send it`, `**Dana**: send it`; among actions also `**Dana** sends it`, `Dana to send it`.
    Front(&'t str),
    /// `AP: Dana send it`
    Marked(&'t str),
}

impl<'t> Hint<'t> {
    fn of(text: &'t str, is_action: bool) -> Option<Self> {
        if let Some((name, behind)) = marker(text) {
            let (name, rest) = behind.split_once(' ').filter(|_| name.is_empty())?;
            let is_name = is_plausible(name) && !rest.trim().is_empty();
            return is_name.then_some(if does(rest) { Self::Front(name) } else { Self::Marked(name) });
        }
        let bracketed = || text.strip_prefix('[')?.split_once("] ");
        let bold = || {
            let (name, rest) = text.strip_prefix("**")?.split_once("**")?;
            let is_label = name.ends_with(':') || rest.starts_with(':');
            (is_label || is_action).then_some((name.trim_end_matches(':'), rest))
        };
        let doing = || text.split_once(' ').filter(|(_, rest)| is_action && does(rest));
        let (name, rest) = bracketed().or_else(bold).or_else(doing)?;
        (is_plausible(name) && rest.chars().any(char::is_alphabetic)).then_some(Self::Front(name))
    }
}

fn hint(point: &Point) -> Option<Hint<'_>> {
    Hint::of(&point.text, point.kind != PointKind::Point)
}

/// Adds the owners that are known by another point of the note.
pub(super) fn add(meetings: &mut [Meeting], known: &Known) {
    let is_action = |point: &Point| point.kind != PointKind::Point;
    // what a heading or bullet above says gives way to the point's own words
    let free = |point: &&Point| {
        point.kind != PointKind::Decision && !point.in_table && of(&point.text, known, is_action(point)).is_none()
    };
    let mut owners: BTreeSet<String> = BTreeSet::new();
    let mut hinted: BTreeMap<String, usize> = BTreeMap::new();
    for point in meetings.iter().flat_map(|meeting| &meeting.points) {
        owners.extend(point.owner.as_deref().into_iter().flat_map(pieces).map(fold));
        if let Some(Hint::Front(name) | Hint::Marked(name)) = Some(point).filter(free).and_then(hint) {
            *hinted.entry(fold(name)).or_default() += 1;
        }
    }
    // a marked word may be a verb: it needs another point, whose front says that it is a name
    let fronts = || meetings.iter().flat_map(|meeting| &meeting.points).filter(free);
    let named = fronts().filter_map(|point| match hint(point)? {
        Hint::Front(name) => Some(fold(name)),
        Hint::Marked(_) => None,
    });
    owners.extend(named.filter(|name| hinted.get(name).is_some_and(|times| *times > 1)).collect::<Vec<_>>());
    for point in meetings.iter_mut().flat_map(|meeting| &mut meeting.points).filter(|point| free(&&**point)) {
        let Some(Hint::Front(name) | Hint::Marked(name)) = hint(point) else { continue };
        if owners.contains(&fold(name)) {
            point.owner = somebody(clean(name));
        }
    }
}
