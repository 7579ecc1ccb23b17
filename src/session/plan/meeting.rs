//! The next meeting of a series, with what all earlier ones left open, each point once.
//!
//! What is left is worked out from the index; every note that is copied from or written to is read again, and a plan is refused
//! where it is not what the index says. The new text is read before it is offered: each point must be found in it, once. Where it
//! goes is said by `plan::meeting_page`.
//!
//! Over 400 lines because what goes on, how it is written and what is left behind of it are one decision.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::disk::FileChange;
use crate::edit;
use crate::edit::journal;
use crate::edit::meeting::Copying;
use crate::edit::meeting::Group;
use crate::edit::meeting::Heading;
use crate::index::Has;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Lines;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Point;
use crate::model::Section;
use crate::model::link::means_something;
use crate::model::link::percent_encode;
use crate::model::meeting::Part;
use crate::model::meeting::PointKind;
use crate::model::meeting_words;
use crate::model::path::strip_extension;
use crate::model::short_id::content_id;
use crate::model::words::fold;
use crate::parse;
use crate::parse::carried;
use crate::parse::dates;
use crate::parse::dates::Form;
use crate::query::Query;
use crate::report::action;
use crate::report::action::Action;
use crate::report::agenda;
use crate::report::meeting::headings;
use crate::report::meeting::is_of;
use crate::report::resolve::NoteRef;
use crate::report::series;
use crate::report::series::MeetingRef;
use crate::report::series::Series;
use crate::report::spelling;
use crate::session::Error;
use crate::session::Session;
use crate::session::meeting::find_series;
use crate::session::plan::NoteLine;
use crate::session::plan::Plan;
use crate::session::plan::Step;
use crate::session::plan::meeting_page::Page;
use crate::session::plan::meeting_page::Source;
use crate::session::plan::meeting_page::is_private;

/// The meeting to write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextMeeting {
    /// Its series, by name or by the path of one of its notes.
    pub series: String,
    /// When it is; else the one that is written already and has not been, else as expected, else today.
    pub date: Option<NaiveDate>,
    /// Only what these people do; empty for everything.
    pub only: Vec<String>,
    /// At most so many points, the newest first.
    pub most: Option<usize>,
    /// Old boxes are marked as moved, with a link to the copy.
    pub moves: bool,
    /// The agenda of the page for the next one-to-one is written into it.
    pub agenda: bool,
}

/// Where a point stands: indices into the meetings of the series and into the points of the meeting.
type Place = (usize, usize);

/// A point that goes on.
struct Going<'s> {
    place: Place,
    action: &'s Action,
}

/// What goes on, what stays behind, and what the old lines say then.
struct Carrying<'s> {
    /// The points of the newest meeting first.
    going: Vec<Going<'s>>,
    /// How many are left out.
    left_out: usize,
    /// The newest copies of what is left, and of decisions: they go along with the point that they stand under.
    along: BTreeSet<Place>,
    /// The action of each point of the series.
    of: BTreeMap<Place, &'s Action>,
}

/// What becomes of a point under one that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is copied with it.
    Goes,
    /// It is closed and not copied; what is open under it moves up to its place.
    Lifts,
    /// It is not copied, and nothing under it.
    Stays,
}

type Sources<'a> = BTreeMap<&'a NotePath, Source>;

impl Session {
    /// Writes the next meeting of a series.
    pub(super) fn plan_meeting(&self, wanted: &NextMeeting) -> Result<Plan, Error> {
        let notes = self.notes(Select::With(Has::Meeting), &Query::default())?;
        let refs = notes.refs();
        let all = series::all(&refs);
        let series = find_series(&all, &wanted.series)?;
        let date = wanted.date.unwrap_or_else(|| next_date(series, self.today()));
        let actions = action::of(series);
        let mut carrying = Carrying::new(series, &actions, date, wanted);
        let touched = carrying.touched(wanted.moves);
        let sources = self.sources(series, &touched)?;
        let mut start = self.page(series, date)?;
        // what to talk about stands before what is carried over
        let agenda = if wanted.agenda { self.write_agenda(&mut start, series, &wanted.series)? } else { 0 };

        // people whom the new place does not know are named in fields
        let mut owners: BTreeMap<Place, String> = BTreeMap::new();
        let mut lost: Vec<Step> = Vec::new();
        let (page, moved) = loop {
            let mut page = self.written(&start, series, &carrying, &sources, &refs, wanted.moves, &owners)?.0;
            let note = page.note(self);
            owners.extend(lost_owners(series, &carrying, page.meeting(&note)?));
            let mut moved = BTreeMap::new();
            if wanted.moves || !owners.is_empty() {
                (page, moved) = self.written(&start, series, &carrying, &sources, &refs, wanted.moves, &owners)?;
            }
            let note = page.note(self);
            let unknown = unknown(series, &carrying, page.meeting(&note)?);
            if unknown.is_empty() {
                keeps_others(&page, &note)?;
                break (page, moved);
            }
            // one point that cannot be carried over does not hold up the others
            carrying.going.retain(|one| !unknown.contains(&one.place));
            lost.extend(unknown.iter().filter_map(|place| point_at(series, *place)).map(|(one, point)| Step::Remark {
                message: format!(
                    "{}:{}: not carried over: in the new meeting its text would be read differently; copy it yourself",
                    one.path, point.line
                ),
            }));
        };
        let note = page.note(self);
        let meeting = page.meeting(&note)?;
        if let Some(line) = parse::hidden_since(&page.text, meeting.line) {
            return Err(Error::Unclosed { path: page.path.clone(), line });
        }
        let step = Step::Meeting {
            at: NoteLine { path: page.path.clone(), line: meeting.line },
            date,
            carried: carrying.going.len(),
            left_out: carrying.left_out,
            agenda,
            is_there: page.is_there,
            relative: relative(series).filter(|_| !page.is_there),
        };
        Ok(Plan { files: files(page, moved, sources), steps: [vec![step], lost].concat() })
    }

    /// The notes of some points as they are now.
    fn sources<'a>(&self, series: &Series<'a>, places: &BTreeSet<Place>) -> Result<Sources<'a>, Error> {
        let mut sources: Sources<'a> = BTreeMap::new();
        let meetings: BTreeSet<usize> = places.iter().map(|(meeting, _)| *meeting).collect();
        for one in meetings.into_iter().filter_map(|meeting| series.meetings.get(meeting)) {
            if !sources.contains_key(one.path) {
                sources.insert(one.path, self.source(one.path)?);
            }
            let now = sources.get(one.path).is_some_and(|source| {
                let meetings = &source.note.meetings;
                let at = meetings.partition_point(|meeting| meeting.line < one.meeting.line);
                meetings.get(at) == Some(one.meeting)
            });
            if !now {
                return Err(Error::Changed { path: one.path.clone(), line: Some(one.meeting.line) });
            }
        }
        Ok(sources)
    }

    /// The page with all that goes on, and the edits that mark the old lines.
    #[expect(clippy::too_many_arguments, reason = "all of them say what is written")]
    fn written<'a>(
        &self,
        start: &Page,
        series: &Series<'a>,
        carrying: &Carrying<'_>,
        sources: &Sources<'a>,
        notes: &[NoteRef<'_>],
        moves: bool,
        owners: &BTreeMap<Place, String>,
    ) -> Result<(Page, BTreeMap<&'a NotePath, Vec<Edit>>), Error> {
        let mut page = start.clone();
        let form =
            series.meetings.last().and_then(|newest| dates::style_of_day(&newest.meeting.written, newest.meeting.date));
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let mut moved: BTreeMap<&'a NotePath, Vec<Edit>> = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        let start_note = page.note(self);
        let is_kept = is_private(&page.text, &start_note);
        let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for one in &carrying.going {
            let Some((from, point)) = point_at(series, one.place) else { continue };
            let Some(source) = sources.get(from.path) else { continue };
            let mark = carried::mark(&written(form.as_ref(), one.action.raised), one.action.carried + 1);
            let id = moves.then(|| free_id(&page, &start_note, from, point.line, &mut ids));
            let mut marks = 0;
            for place in id.iter().flat_map(|_| carrying.left_behind(one.place, series)) {
                let Some((old, point)) = point_at(series, place) else { continue };
                let (Some(source), Some(id)) = (sources.get(old.path), &id) else { continue };
                let link = self.link(&page, old, notes, id);
                let edits = edit::meeting::mark_moved(&source.file.text, &source.note, point, &link);
                marks += edits.len();
                moved.entry(old.path).or_default().extend(edits);
            }
            let id = id.filter(|_| marks > 0);
            let text = &source.file.text;
            let (meeting, index) = one.place;
            let fates = carrying.fates(one.place, series);
            let of_fate = |wanted: Fate| -> BTreeSet<usize> {
                fates.iter().filter(|(_, fate)| **fate == wanted).map(|(child, _)| *child).collect()
            };
            let last = fates.keys().last().copied().unwrap_or(index);
            let own = owners.range((meeting, index)..=(meeting, last));
            let how = Copying {
                mark: &mark,
                id: id.as_deref(),
                stays: &of_fate(Fate::Stays),
                lifted: &of_fate(Fate::Lifts),
                owners: &own.map(|((_, point), owner)| (*point, owner.clone())).collect(),
            };
            let mut item = edit::meeting::copy(text, &source.lines, &source.note, from.meeting, index, &how);
            if !is_kept && source.keeps(point.line) {
                edit::meeting::keep_private(&mut item);
            }
            let above = headings(&source.note, from.meeting.line, point.section);
            let mut above: Vec<Heading> = above.map(|section| Heading::of(text, &source.lines, section)).collect();
            above.extend(edit::meeting::quoted_heading(text, &source.lines, &source.note, from.meeting, point));
            let (bullets, indents) =
                edit::meeting::bullets_above(text, &source.lines, &source.note, from.meeting, point);
            let names = above.iter().map(|one| fold(&one.text)).chain([String::new()]);
            let names: Vec<String> = names.chain(bullets.iter().map(|one| fold(one))).collect();
            match known.get(&names).and_then(|at| groups.get_mut(*at)) {
                Some(group) => group.items.push(item),
                None => {
                    known.insert(names, groups.len());
                    groups.push(Group { headings: above, bullets, indents, items: vec![item] });
                }
            }
        }
        for group in &groups {
            page.add(self, group)?;
        }
        Ok((page, moved))
    }

    /// Writes the agenda of the page for the next one-to-one under the part for it, without the lines that are there.
    fn write_agenda(&self, page: &mut Page, series: &Series<'_>, name: &str) -> Result<usize, Error> {
        let report = self.one_on_one(name, false)?;
        let lines = report.agenda;
        let note = page.note(self);
        let sign = if report.private && !is_private(&page.text, &note) { " #private" } else { "" };
        let meeting = page.meeting(&note)?;
        // whatever stands in the meeting already, with or without the words about where it came from
        let words = agenda::said;
        let text = page.text.split('\n').take(meeting.end_line).skip(meeting.line);
        let known: BTreeSet<String> =
            text.map(|line| words(line.trim().trim_start_matches(['-', '*', '+', ' ']))).collect();
        let new = lines.iter().filter(|line| !known.contains(&words(line)));
        let items: Vec<Vec<String>> = new.map(|line| vec![format!("- {line}{sign}")]).collect();
        let count = items.len();
        if count == 0 {
            return Ok(0);
        }
        // as the page has it, else as an earlier meeting does, else as the parts beside it are written
        let is_agenda = |section: &&Section| meeting_words::part(&section.text) == Some(Part::Agenda);
        let inside = |note: &Note, meeting: &Meeting| {
            let own = note.sections.iter().filter(|one| one.line > meeting.line && one.line <= meeting.end_line);
            own.into_iter().find(is_agenda).cloned()
        };
        let mut heading =
            inside(&note, meeting).map(|section| Heading::of(&page.text, &Lines::new(&page.text), &section));
        for one in series.meetings.iter().rev().filter(|one| one.meeting.extent == meeting.extent) {
            if heading.is_some() {
                break;
            }
            if let Some(section) = inside(one.note, one.meeting) {
                let source = self.source(one.path)?;
                heading = Some(Heading::of(&source.file.text, &source.lines, &section));
            }
        }
        let group = match heading {
            Some(heading) => Group { headings: vec![heading], items, ..Group::default() },
            None => page.part(&note, meeting, "Agenda", items),
        };
        page.add(self, &group)?;
        Ok(count)
    }

    /// A link to the copy of a point.
    fn link(&self, page: &Page, from: &MeetingRef<'_>, notes: &[NoteRef<'_>], id: &str) -> String {
        if *from.path == page.path {
            return format!("[[#^{id}]]");
        }
        let same = notes.iter().filter(|(path, _)| fold(path.stem()) == fold(page.path.stem()) && **path != page.path);
        let name = if same.count() > 0 { strip_extension(page.path.as_str()) } else { page.path.stem() };
        // such a name would end a wikilink, or begin a place in the note
        if name.contains(['#', '^', '[', ']', '|']) {
            let way = spelling::relative(from.path.folder(), page.path.as_str(), false);
            let address = percent_encode(&way, |c| means_something(c) || " ()[]^|".contains(c));
            return format!("[{}]({address}#^{id})", page.date);
        }
        format!("[[{name}#^{id}]]")
    }
}
impl<'s> Carrying<'s> {
    fn new(series: &Series<'_>, actions: &'s [Action], date: NaiveDate, wanted: &NextMeeting) -> Self {
        let of: BTreeMap<Place, &Action> =
            actions.iter().flat_map(|action| action.sightings.iter().map(move |place| (*place, action))).collect();
        let is_earlier = |place: Place| series.meetings.get(place.0).is_some_and(|one| one.meeting.date < date);
        let left = actions.iter().filter(|action| action::is_left(series, action));
        let along: BTreeSet<Place> =
            left.filter_map(|action| action.sightings.last().copied()).filter(|place| is_earlier(*place)).collect();
        let is_theirs = |point: &Point| {
            wanted.only.is_empty() || wanted.only.iter().any(|name| is_of(point.owner.as_deref(), name))
        };
        let chosen: BTreeSet<Place> = along
            .iter()
            .copied()
            .filter(|place| point_at(series, *place).is_some_and(|(_, point)| is_theirs(point)))
            .collect();
        let mut all = Self { going: Vec::new(), left_out: 0, along, of };
        // what stands under a point goes with it
        let mut going: Vec<Going<'s>> = chosen
            .iter()
            .filter(|place| !all.is_under(**place, &chosen, series))
            .filter_map(|place| Some(Going { place: *place, action: all.of.get(place).copied()? }))
            .collect();
        going.sort_by_key(|one| (std::cmp::Reverse(one.place.0), one.place.1));
        // what went on before counts: running it again adds nothing
        let there = actions.iter().filter(|action| {
            let last = action.sightings.last().and_then(|place| point_at(series, *place));
            action.carried > 0
                && last
                    .is_some_and(|(one, point)| one.meeting.date == date && point.parent.is_none() && is_theirs(point))
        });
        let count = going.len();
        going.truncate(wanted.most.map_or(usize::MAX, |most| most.saturating_sub(there.count())));
        all.left_out = count - going.len();
        all.going = going;
        all
    }

    /// True where a point goes on under one of the chosen.
    fn is_under(&self, place: Place, chosen: &BTreeSet<Place>, series: &Series<'_>) -> bool {
        let mut at = parent_of(series, place);
        while let Some(parent) = at {
            if chosen.contains(&parent) {
                return true;
            }
            // what goes on elsewhere does not take along what stood under it here
            if !self.is_newest(parent) {
                return false;
            }
            at = parent_of(series, parent);
        }
        false
    }

    /// True for the newest copy of an action, and for what is none.
    fn is_newest(&self, place: Place) -> bool {
        self.of.get(&place).is_none_or(|action| action.sightings.last() == Some(&place))
    }

    /// What becomes of the points under one that goes on, by their indices. What is left goes along, and so does a decision, which
    /// stays with what it is about. Of what is closed only that goes along which is not, in its place.
    fn fates(&self, (meeting, index): Place, series: &Series<'_>) -> BTreeMap<usize, Fate> {
        let Some(one) = series.meetings.get(meeting) else { return BTreeMap::new() };
        let under: Vec<usize> = edit::meeting::points_under(one.meeting, index).collect();
        let mut fates: BTreeMap<usize, Fate> = BTreeMap::new();
        let mut lifts: BTreeSet<usize> = BTreeSet::new();
        for child in under.iter().rev().copied() {
            let Some(point) = one.meeting.points.get(child) else { continue };
            let is_open_decision = point.kind == PointKind::Decision && !point.state.is_closed();
            let fate = if !self.is_newest((meeting, child)) {
                Fate::Stays
            } else if self.along.contains(&(meeting, child)) || is_open_decision {
                Fate::Goes
            } else if lifts.contains(&child) {
                Fate::Lifts
            } else {
                Fate::Stays
            };
            if fate != Fate::Stays {
                lifts.extend(point.parent);
            }
            fates.insert(child, fate);
        }
        // what is under a point that stays, stays
        for child in under {
            let parent = one.meeting.points.get(child).and_then(|point| point.parent);
            if parent.is_some_and(|parent| fates.get(&parent) == Some(&Fate::Stays)) {
                fates.insert(child, Fate::Stays);
            }
        }
        fates
    }

    /// The points of which copies or marks are made.
    fn touched(&self, moves: bool) -> BTreeSet<Place> {
        let going = self.going.iter().map(|one| one.place);
        // whatever goes along stands in one of these meetings; its older copies may stand in others
        let meetings: BTreeSet<usize> = self.going.iter().map(|one| one.place.0).collect();
        let old = self.of.iter().filter(|(_, action)| {
            moves && action.sightings.last().is_some_and(|(meeting, _)| meetings.contains(meeting))
        });
        going.chain(old.map(|(place, _)| *place)).collect()
    }

    /// What is marked as moved once a point went on: it and what goes along with it, in all meetings where it is not done.
    fn left_behind(&self, place: Place, series: &Series<'_>) -> Vec<Place> {
        let Some((one, _)) = point_at(series, place) else { return Vec::new() };
        let under = edit::meeting::points_under(one.meeting, place.1).map(|child| (place.0, child));
        let mut all: Vec<Place> = std::iter::once(place)
            .chain(under.filter(|child| self.along.contains(child) && self.goes_with(*child, place, series)))
            .filter_map(|place| self.of.get(&place))
            .flat_map(|action| action.sightings.iter().copied())
            .filter(|place| point_at(series, *place).is_some_and(|(_, point)| !point.state.is_closed()))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// True where nothing between a point and the one above it goes on elsewhere.
    fn goes_with(&self, place: Place, above: Place, series: &Series<'_>) -> bool {
        self.is_under(place, &BTreeSet::from([above]), series)
    }
}

fn point_at<'s, 'a>(series: &'s Series<'a>, (meeting, point): Place) -> Option<(&'s MeetingRef<'a>, &'a Point)> {
    let one = series.meetings.get(meeting)?;
    Some((one, one.meeting.points.get(point)?))
}

fn parent_of(series: &Series<'_>, place: Place) -> Option<Place> {
    point_at(series, place)?.1.parent.map(|parent| (place.0, parent))
}

/// Who does the points whose copies are read as somebody else's, or nobody's.
fn lost_owners(series: &Series<'_>, carrying: &Carrying<'_>, meeting: &Meeting) -> BTreeMap<Place, String> {
    let mut lost = BTreeMap::new();
    // each takes one: equal words may stand twice in a meeting
    let mut copies: BTreeMap<&str, VecDeque<&Point>> = BTreeMap::new();
    for copy in &meeting.points {
        copies.entry(copy.key.as_str()).or_default().push_back(copy);
    }
    for one in &carrying.going {
        let fates = carrying.fates(one.place, series);
        let under = fates.iter().filter(|(_, fate)| **fate == Fate::Goes).map(|(child, _)| (one.place.0, *child));
        for place in std::iter::once(one.place).chain(under) {
            let Some((_, point)) = point_at(series, place) else { continue };
            let Some(copy) = copies.get_mut(point.key.as_str()).and_then(VecDeque::pop_front) else { continue };
            let same = copy.owner.as_deref().map(fold) == point.owner.as_deref().map(fold);
            if let Some(owner) = point.owner.as_ref().filter(|_| !same && !point.in_table) {
                lost.insert(place, owner.clone());
            }
        }
    }
    lost
}

/// The day of the next meeting where nobody says one.
fn next_date(series: &Series<'_>, today: NaiveDate) -> NaiveDate {
    let written = series.newest().filter(|newest| *newest >= today);
    written.or_else(|| series.expected().filter(|expected| *expected >= today)).unwrap_or(today)
}

/// A day as the note writes days, where it can be read again.
fn written(form: Option<&Form>, day: NaiveDate) -> String {
    // `du 6 octobre 2026` is a day with the article of a sentence
    let bare = |written: String| {
        let mut rest = written.as_str();
        while let Some((first, behind)) = rest.split_once(' ') {
            if !matches!(
                fold(first).as_str(),
                "du" | "le" | "den" | "dem" | "vom" | "am" | "the" | "on" | "el" | "del" | "dia" | "do" | "de"
            ) {
                break;
            }
            rest = behind.trim_start();
        }
        rest.to_owned()
    };
    let own = form.map(|form| bare(form.format(day)));
    // `2026-11-20 (Fri)` would close the brackets of the mark
    let own = own.filter(|written| !written.contains(['(', ')']) && dates::day_of(written) == Some(day));
    own.unwrap_or_else(|| day.to_string())
}

/// A block id for a copy, which no other has.
fn free_id(page: &Page, note: &Note, from: &MeetingRef<'_>, line: usize, ids: &mut BTreeSet<String>) -> String {
    let words = format!("{}{}{line}{}", from.path, from.meeting.date, page.date);
    let id = content_id(&page.path, &crate::model::Task { words, ..crate::model::Task::default() });
    let id = edit::pin::free_id(note, &format!("hb-{}", id.get(..6).unwrap_or(&id)));
    let numbered = (2..).map(|n: usize| format!("{id}-{n}"));
    let free = std::iter::once(id.clone()).chain(numbered).find(|id| ids.insert(id.clone()));
    free.unwrap_or(id)
}

/// A meeting of the series that is called the last or next one: its line, and what it says.
fn relative(series: &Series<'_>) -> Option<(NoteLine, String)> {
    let is_relative = |one: &&MeetingRef<'_>| {
        let first = fold(one.meeting.title.split_whitespace().next().unwrap_or(""));
        matches!(
            first.as_str(),
            "last" | "next" | "letzte" | "letztes" | "derniere" | "ultima" | "nachste" | "prochaine" | "proxima"
        )
    };
    let found = series.meetings.iter().rfind(is_relative)?;
    let at = NoteLine { path: found.path.clone(), line: found.meeting.line };
    Some((at, found.meeting.title.clone()))
}

/// The points of which no copy would be known again.
fn unknown(series: &Series<'_>, carrying: &Carrying<'_>, meeting: &Meeting) -> BTreeSet<Place> {
    let mut copies: BTreeMap<(&str, NaiveDate), usize> = BTreeMap::new();
    for point in &meeting.points {
        if let Some(carried) = point.carried {
            *copies.entry((point.key.as_str(), carried.from)).or_default() += 1;
        }
    }
    let mut unknown = BTreeSet::new();
    for one in &carrying.going {
        let Some((_, point)) = point_at(series, one.place) else { continue };
        // each takes one: equal words may stand twice in a meeting
        match copies.get_mut(&(point.key.as_str(), one.action.raised)).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => {
                unknown.insert(one.place);
            }
        }
    }
    unknown
}

/// Refuses a text in which another meeting would be none any more.
fn keeps_others(page: &Page, note: &Note) -> Result<(), Error> {
    let Some(file) = &page.file else { return Ok(()) };
    let old = parse::parse(&page.path, &file.text, &parse::Options::default()).note;
    let count = |meetings: &[Meeting]| meetings.iter().filter(|other| other.date != page.date).count();
    if count(&old.meetings) > count(&note.meetings) {
        return Err(Error::Edit(format!("{}: another meeting would not be read any more", page.path)));
    }
    Ok(())
}

/// The new text first, then the old lines.
fn files(
    page: Page,
    mut moved: BTreeMap<&NotePath, Vec<Edit>>,
    sources: BTreeMap<&NotePath, Source>,
) -> Vec<FileChange> {
    let own = moved.remove(&page.path).unwrap_or_default();
    let mut files = vec![match page.file {
        Some(file) => {
            // at the end of a note without a line end the marks stand before the new entry
            let mut edits = own;
            edits.extend(journal::lines_between(&file.text, &page.text));
            FileChange::edit(page.path, file, edits)
        }
        None => FileChange::create(page.path, format!("{}{}", if page.marked { "\u{feff}" } else { "" }, page.text)),
    }];
    for (path, source) in sources {
        if let Some(edits) = moved.remove(path).filter(|edits| !edits.is_empty()) {
            files.push(FileChange::edit(path.clone(), source.file, edits));
        }
    }
    files
}
