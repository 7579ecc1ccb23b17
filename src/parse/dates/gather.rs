//! Finds the dated lines of a note and their context: the headings above, the title, the file
//! name, the property `date`.
//!
//! Over 400 lines because each place has its say about the others.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;

use crate::model::calendar::DateRange;
use crate::model::calendar::Unit;
use crate::model::calendar::iso_week;
use crate::model::genre;
use crate::model::meeting_words;
use crate::parse::dates::draft::DateContext;
use crate::parse::dates::draft::DateLine;
use crate::parse::dates::draft::Draft;
use crate::parse::dates::draft::Week;
use crate::parse::dates::draft::depth;
use crate::parse::dates::fronted;
use crate::parse::dates::grammar;
use crate::parse::dates::input::Input;
use crate::parse::dates::input::Line;
use crate::parse::dates::input::LineKind;
use crate::parse::dates::lines;
use crate::parse::dates::numbers;
use crate::parse::dates::origin;
use crate::parse::dates::origin::Origin;
use crate::parse::dates::period;
use crate::parse::dates::weekdays;
use crate::parse::dates::written;
use crate::parse::dates::written::Order;
use crate::parse::dates::written::Parts;
use crate::parse::dates::written::WrittenDate;
use crate::parse::markers::is_list_item;

/// How far dates in a note of one day may be from it, in days.
const NEAR_A_DAY: u64 = 31;
/// The same for other dated notes, in days.
const NEAR_A_NOTE: u64 = 366;
/// The same for a note with a day in its title, in days.
const NEAR_A_TITLE: u64 = 3653;

/// Finds the dated lines and the context of each.
pub(super) fn gather<'a>(input: &'a Input<'a>) -> Draft<'a> {
    let title = title_line(input);
    let mut draft = Draft {
        input,
        title,
        contexts: Vec::new(),
        items: Vec::new(),
        ambiguous: Vec::new(),
        path: None,
        path_day: None,
        front: None,
        title_anchor: None,
        title_year: None,
        title_day: None,
        near: None,
        far: BTreeSet::new(),
        deep: BTreeSet::new(),
        is_journal: genre::is_journal_heading(input.title)
            || input.path.as_str().split('/').any(genre::is_journal_heading),
    };
    let origin = origin::of_path(input.path, input.day_first, input.daily);
    draft.near = near(input, origin.as_ref());
    let mut readings = readings(&mut draft);
    let is_far_here = |reading: &WrittenDate, near: Option<DateRange>| near.is_some_and(|near| is_far(reading, near));
    let far: Vec<usize> =
        readings.iter().filter(|(_, reading)| is_far_here(reading, draft.near)).map(|(at, _)| *at).collect();
    draft.far.extend(far);
    readings.retain(|(at, _)| !draft.far.contains(at));
    base(&mut draft, &readings, origin);
    let fronted = fronted::find(&draft, &readings);
    readings.extend(fronted.into_iter().filter(|(_, reading)| !is_far_here(reading, draft.near)));
    readings.sort_by_key(|(at, _)| *at);
    readings.extend(numbers::find(&draft, &readings));
    readings.sort_by_key(|(at, _)| *at);
    let weekdays = weekdays::find(&draft, &readings);
    readings.extend(weekdays.iter().map(|(at, reading, _)| (*at, reading.clone())));
    readings.sort_by_key(|(at, _)| *at);
    walk(&mut draft, readings, &weekdays.into_iter().map(|(at, _, week)| (at, week)).collect());
    draft
}

/// The range around a dated note within which its lines may begin an entry. In a note of one day a date further away is
/// only mentioned, it is not when the text was written.
fn near(input: &Input<'_>, origin: Option<&Origin>) -> Option<DateRange> {
    let around = |from: NaiveDate, to: NaiveDate, days: u64| DateRange {
        start: from.checked_sub_days(Days::new(days)),
        end: to.checked_add_days(Days::new(days)),
    };
    let property = || origin::of_property(input.properties, "date", input.day_first)?.0.start.date();
    match origin.and_then(|origin| Some((origin, origin.start.date()?))) {
        Some((origin, day)) if origin.is_only_a_day() => Some(around(day, day, NEAR_A_DAY)),
        Some((origin, day)) => {
            let month = || Unit::Month.period(day).and_then(|month| month.end);
            let end = match origin.end {
                Some(end) => end.date(),
                None if origin.start.day.is_none() => month(),
                None => None,
            };
            origin.start.month.map(|_| around(day, end.unwrap_or(day), NEAR_A_NOTE))
        }
        None => match property() {
            Some(day) => Some(around(day, day, NEAR_A_NOTE)),
            // a title may mark the beginning of something long
            None => {
                let day = lines::in_title(own_title(input)).filter(|title| !title.is_month())?.start.date()?;
                Some(around(day, day, NEAR_A_TITLE))
            }
        },
    }
}

/// The title, unless it is just the file's name, which is read as a name.
fn own_title<'a>(input: &Input<'a>) -> &'a str {
    if input.title == input.path.stem() { "" } else { input.title }
}

/// True for a month, as resolved, that is only mentioned in a dated note.
pub(super) fn is_far_month(draft: &Draft<'_>, context: &DateContext) -> bool {
    let is_month = context.at.is_some()
        && context.month.is_some()
        && context.days.is_none()
        && !context.is_day
        && !context.is_title;
    let (year, month) = context.as_taken();
    let year = year.or_else(|| draft.context(context.year_from)?.as_taken().0);
    let day = || written::date(year?, month?, 1);
    let month = || Unit::Month.period(day()?);
    is_month && draft.near.is_some_and(|near| month().is_some_and(|month| !near.overlaps(month)))
}

fn is_far(reading: &WrittenDate, near: DateRange) -> bool {
    !reading.is_month()
        && reading.start.date().is_some_and(|start| {
            let end = reading.end.and_then(Parts::date).unwrap_or(start);
            !near.overlaps(DateRange::between(start, end))
        })
}

/// The first heading, if it is the title or of level 1.
fn title_line(input: &Input<'_>) -> Option<usize> {
    let at = input.lines.iter().position(|line| matches!(line.kind, LineKind::Heading(_)))?;
    let line = input.lines.get(at)?;
    (line.text == input.title || line.kind == LineKind::Heading(1)).then_some(at)
}

/// What each line says on its own, by index.
fn readings(draft: &mut Draft<'_>) -> Vec<(usize, WrittenDate)> {
    let input = draft.input;
    let title = draft.title;
    let meetings = is_of_meetings(input.title);
    let mut readings: Vec<(usize, WrittenDate)> = Vec::new();
    let mut bullets: Vec<(usize, bool)> = Vec::new();
    for (at, line) in input.lines.iter().enumerate() {
        let reading = lines::read(line, title == Some(at), meetings, 0).filter(|_| stands_alone(input, at, line));
        let LineKind::Bullet { indent } = line.kind else {
            bullets.clear();
            readings.extend(reading.map(|reading| (at, reading)));
            continue;
        };
        while bullets.last().is_some_and(|(other, _)| *other >= indent) {
            bullets.pop();
        }
        // deep in a list a date is more likely a publication date, unless something is nested under it
        let below = bullets.last().is_some_and(|(_, dated)| !dated);
        let has_children = matches!(input.lines.get(at + 1), Some(Line { kind: LineKind::Bullet { indent: next }, .. }) if *next > indent);
        let reading = reading.filter(|_| !below || has_children);
        if below && !has_children {
            draft.deep.insert(at);
        }
        bullets.push((indent, reading.is_some()));
        readings.extend(reading.map(|reading| (at, reading)));
    }
    let language = language(&readings);
    for (at, reading) in readings.iter_mut().filter(|(_, reading)| reading.month_or_weekday) {
        if let Some(again) =
            input.lines.get(*at).and_then(|line| lines::read(line, title == Some(*at), meetings, language))
        {
            *reading = again;
        }
    }
    readings.retain(|(_, reading)| !reading.uncertain || reading.languages & language != 0);
    readings = settle(draft, readings);
    let is_bare = |reading: &WrittenDate| {
        reading.start.weekday.is_none() && reading.start.month.is_none() && reading.week.is_none()
    };
    let indent = |at: usize| match input.lines.get(at).map(|line| line.kind) {
        Some(LineKind::Bullet { indent }) => Some(indent),
        _ => None,
    };
    // `12th` alone in a bullet is a place or a floor, unless the neighbouring bullets are days
    let days: BTreeSet<usize> =
        readings.iter().filter(|(_, reading)| !is_bare(reading)).filter_map(|(at, _)| indent(*at)).collect();
    readings.retain(|(at, reading)| !is_bare(reading) || indent(*at).is_none_or(|indent| days.contains(&indent)));
    readings
}

/// How far above a label the item is looked for that it stands below, in lines.
const ITEM: usize = 40;

/// True for the title of a note about meetings.
fn is_of_meetings(title: &str) -> bool {
    meeting_words::is_called_meeting(title, true) || meeting_words::is_meeting_folder(title)
}

/// A label line begins a paragraph, or stands right below a list; a date within a paragraph is prose.
pub(super) fn stands_alone(input: &Input<'_>, at: usize, line: &Line<'_>) -> bool {
    if line.kind != LineKind::Label || line.line <= 1 {
        return true;
    }
    let before = line.line - 1;
    let above = at.checked_sub(1).and_then(|at| input.lines.get(at)).filter(|above| above.line == before);
    let after_heading = above.is_some_and(|above| matches!(above.kind, LineKind::Heading(_)));
    let text = |line: usize| input.places.content(input.text, line).of(input.text).trim();
    let mut said =
        (line.line.saturating_sub(ITEM).max(1)..line.line).rev().map(text).take_while(|text| !text.is_empty());
    after_heading || matches!(text(before), "" | "---") || said.any(is_list_item)
}

/// The language that most names in the note fit, as a bit; 0 if there is too little evidence.
fn language(readings: &[(usize, WrittenDate)]) -> u8 {
    let points = |bit: u8| -> usize {
        let named = readings.iter().map(|(_, reading)| reading).filter(|reading| reading.languages != u8::MAX);
        named.map(|reading| usize::from(reading.languages & bit != 0) + usize::from(reading.full_in & bit != 0)).sum()
    };
    let bits = (0..u8::BITS).filter_map(|bit| 1u8.checked_shl(bit));
    // on a tie the first: English
    let best = bits.map(|bit| (points(bit), bit)).rev().max_by_key(|(points, _)| *points);
    best.filter(|(points, _)| *points >= 2).map_or(0, |(_, bit)| bit)
}

/// Decides which number is the day in `10/11/2023`, or reports the lines where that stays open.
fn settle(draft: &mut Draft<'_>, readings: Vec<(usize, WrittenDate)>) -> Vec<(usize, WrittenDate)> {
    let day_first = written::day_first(readings.iter().map(|(_, reading)| reading), draft.input.day_first);
    let mut settled = Vec::new();
    for (at, mut reading) in readings {
        if reading.settle(day_first) {
            settled.push((at, reading));
        } else if let Some(line) = draft.input.lines.get(at) {
            let written = line.text.get(reading.span.clone()).unwrap_or(line.text).to_owned();
            draft.ambiguous.push((line.span, written, reading));
        }
    }
    settled
}

/// The places that date the whole note, nearest first: title, path, property, a year in the title.
fn base(draft: &mut Draft<'_>, readings: &[(usize, WrittenDate)], origin: Option<Origin>) {
    let input = draft.input;
    let title_reading = match draft.title {
        Some(title) => readings.iter().find(|(at, _)| *at == title).map(|(_, reading)| reading.clone()),
        None => None,
    };
    let named = title_reading.filter(WrittenDate::is_full).map(|reading| (draft.title, reading));
    // the title in the front matter, if the text has none or a different one
    let named = named.or_else(|| {
        lines::in_title(own_title(input))
            .filter(|reading| reading.order != Order::Ambiguous)
            .map(|reading| (None, reading))
    });
    if let Some((at, reading)) = named {
        let written = match at.and_then(|at| input.lines.get(at)) {
            Some(line) => line.text,
            None => input.title,
        };
        let place =
            at.and_then(|at| input.lines.get(at)).map_or("the title".to_owned(), |line| format!("line {}", line.line));
        let context = DateContext { at, is_title: true, ..DateContext::of(&reading, place, written) };
        draft.title_day = Some(reading).filter(|reading| !reading.is_month());
        draft.title_anchor = Some(draft.push(context));
    }
    if let Some(origin) = origin {
        let parts = origin.start;
        let days = parts.date().zip(origin.end.and_then(Parts::date));
        let is_day = parts.day.is_some() && origin.end.is_none();
        let context = DateContext {
            year: parts.year,
            month: parts.month,
            days,
            is_day,
            ..DateContext::new(origin.place, &origin.written)
        };
        draft.path_day = parts.date().filter(|_| is_day);
        draft.path = Some(draft.push(context));
    }
    for (property, written, reading) in origin::ambiguous(input.properties, input.day_first) {
        draft.ambiguous.push((input.places.content(input.text, property.line), written, reading));
    }
    if let Some((reading, property, written)) = origin::of_property(input.properties, "date", input.day_first) {
        let place = format!("the property \"{}\"", property.key);
        let context = DateContext::of(&reading, place, written);
        draft.front = Some(draft.push(DateContext { is_day: true, ..context }));
    }
    if draft.title_anchor.is_none()
        && let Some(year) = lines::year_of_title(input.title)
    {
        // a title that consists of a year is not the name of a conference, nor is `2023 in review`
        let is_named = period::is_of_a_year(input.title) || is_of_meetings(input.title);
        let is_loose = input.title.trim().len() > 4 && !is_named;
        let context =
            DateContext { year: Some(year), is_loose, ..DateContext::new("the title".to_owned(), input.title) };
        draft.title_year = Some(draft.push(context));
    }
}

/// Goes through the lines with the headings above in hand.
fn walk(draft: &mut Draft<'_>, readings: Vec<(usize, WrittenDate)>, weekdays: &BTreeMap<usize, Week>) {
    let base = draft.contexts.len();
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let mut readings = readings.into_iter().peekable();
    for (at, line) in draft.input.lines.iter().enumerate() {
        let reading = readings.next_if(|(index, _)| *index == at).map(|(_, reading)| reading);
        let (month, year) = match (&reading, line.kind) {
            (None, LineKind::Heading(_)) if draft.title != Some(at) => {
                (grammar::month_name(line.text), lines::only_a_year(line.text))
            }
            (None, LineKind::Heading(_) | LineKind::Label) => (grammar::month_name(line.text), None),
            _ => (None, None),
        };
        let depth = depth(line.kind);
        let is_period = month.is_some() || year.is_some();
        let is_weekday = weekdays.contains_key(&at);
        let is_anchor = is_period || (!is_weekday && reading.as_ref().is_some_and(WrittenDate::is_month));
        while stack.last().is_some_and(|(other, context)| {
            let is_day = draft.contexts.get(*context).is_some_and(|context| context.is_day);
            *other > depth || (*other == depth && (is_anchor || is_day))
        }) {
            stack.pop();
        }
        let place = format!("line {}", line.line);
        let Some(reading) = reading else {
            if is_period {
                let above = stack.iter().rev().map(|(_, context)| *context).chain(0..base);
                let mut years =
                    above.filter(|above| draft.context(Some(*above)).is_some_and(|above| above.year.is_some()));
                let is_of =
                    |above: &usize| draft.context(Some(*above)).is_some_and(|above| period::is_of(draft, above));
                let year_from = years.next().filter(is_of).filter(|_| year.is_none());
                let context =
                    DateContext { at: Some(at), month, year, year_from, ..DateContext::new(place, line.text) };
                let context = draft.push(context);
                stack.push((depth, context));
            }
            continue;
        };
        let is_title =
            draft.title_anchor.and_then(|title| draft.contexts.get(title)).is_some_and(|title| title.at == Some(at));
        if let Some(week) = weekdays.get(&at) {
            let (month_from, year_from, week) = (None, None, Some(*week));
            draft.items.push(DateLine {
                at,
                reading,
                month_from,
                year_from,
                week,
                days: None,
                before: None,
                why: Vec::new(),
            });
            continue;
        }
        if reading.is_month() {
            if !is_title {
                let context = draft.push(DateContext { at: Some(at), ..DateContext::of(&reading, place, line.text) });
                stack.push((depth, context));
            }
            continue;
        }
        let above = stack.iter().rev().map(|(_, context)| *context).chain(0..base);
        let above = || above.clone().filter_map(|context| Some((context, draft.contexts.get(context)?)));
        let find =
            |wanted: fn(&DateContext) -> bool| above().find(|(_, context)| wanted(context)).map(|(index, _)| index);
        let lacks_month = reading.start.month.is_none() && reading.week.is_none();
        let month_from = if lacks_month { find(|context| context.month.is_some()) } else { None };
        let year_from = if reading.start.year.is_none() { find(|context| context.year.is_some()) } else { None };
        let has_month = reading.start.month.is_some();
        let year = draft.context(year_from).and_then(|context| context.year);
        let week = year.zip(reading.week).filter(|_| !has_month).and_then(|(year, week)| iso_week(year, week));
        if has_month && !is_title {
            let context = DateContext { at: Some(at), is_day: true, ..DateContext::of(&reading, place, line.text) };
            stack.push((depth, draft.push(context)));
        } else if let Some((start, end)) = week.and_then(|week| week.start.zip(week.end)) {
            let (year, month) = (Some(start.year()), Some(start.month()));
            let context = DateContext {
                at: Some(at),
                year,
                month,
                days: Some((start, end)),
                is_day: true,
                ..DateContext::of(&reading, place, line.text)
            };
            stack.push((depth, draft.push(context)));
        }
        draft.items.push(DateLine {
            at,
            reading,
            month_from,
            year_from,
            week: None,
            days: None,
            before: None,
            why: Vec::new(),
        });
    }
}
