//! The parts of a meeting, and due dates in it.

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;

use crate::model::Span;
use crate::model::meeting::Carried;
use crate::model::meeting::Part;
use crate::model::meeting_words;
use crate::model::task::FieldKind;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::fields;
use crate::parse::input::Input;
use crate::parse::meetings::found::Found;

/// Words before a due date.
const UNTIL: &[&str] = &[
    "by",
    "due",
    "until",
    "deadline",
    "bis",
    "vor",
    "avant",
    "avant le",
    "pour le",
    "hasta",
    "antes del",
    "para el",
    "até",
    "ate",
    "até dia",
];

/// The sections of a meeting, and which part each is.
pub(super) struct Parts {
    first: usize,
    of: Vec<Option<Part>>,
    /// One of them contains points.
    pub(super) any: bool,
}

impl Parts {
    pub(super) fn new(input: &Input<'_>, meeting: &Found) -> Self {
        let sections = &input.note.sections;
        let first = sections.partition_point(|section| section.line <= meeting.line);
        let mut of: Vec<Option<Part>> = Vec::new();
        for section in sections.iter().skip(first).take_while(|section| section.line <= meeting.end_line) {
            let above = section.parent.and_then(|parent| parent.checked_sub(first)).and_then(|parent| of.get(parent));
            of.push(meeting_words::part(&section.text).or(above.copied().flatten()));
        }
        let says = |part: &Part| !part.has_people() && !matches!(part, Part::NextMeeting | Part::Previous);
        let by_bullet = |input: &Input<'_>| {
            let from = input.items.partition_point(|item| item.line < meeting.line);
            let items = input.items.iter().enumerate().skip(from).take_while(|(_, item)| item.line <= meeting.end_line);
            let mut parts = items.filter_map(|(index, item)| {
                let is_parent = input.items.get(index + 1).is_some_and(|next| next.parent == Some(index));
                let content = input.lines.content(input.text, item.line);
                let words = Span::new(item.text_start.min(content.end), content.end).of(input.text);
                if is_parent { meeting_words::part(words.trim_end_matches([':', '*', '_', ' '])) } else { None }
            });
            parts.any(|part| says(&part))
        };
        let any = of.iter().flatten().any(says) || by_bullet(input);
        Self { first, of, any }
    }

    /// The section of the meeting that contains a byte; `None` above the first one.
    pub(super) fn section_at(&self, input: &Input<'_>, at: usize) -> Option<usize> {
        input.note.section_at(at).filter(|section| (self.first..self.first + self.of.len()).contains(section))
    }

    /// The part that the quote around a line names.
    pub(super) fn of_quote(input: &Input<'_>, line: usize) -> Option<Part> {
        let words = |line: usize| input.lines.content(input.text, line).of(input.text);
        let quoted = (1..=line).rev().map(words).take_while(|words| words.trim_start().starts_with('>'));
        quoted.filter_map(quoted_part).next().and_then(meeting_words::part)
    }

    /// The part that a section is or belongs to.
    pub(super) fn of(&self, section: usize) -> Option<Part> {
        section.checked_sub(self.first).and_then(|at| self.of.get(at)).copied().flatten()
    }
}

/// The part of a meeting that a line of a quote names: `> [!todo] Actions`, `> **Actions**`.
#[must_use]
pub fn quoted_part(line: &str) -> Option<&str> {
    let words = line.trim_start().strip_prefix('>')?.trim_start_matches([' ', '>']).trim_end();
    let title = match words.strip_prefix("[!").and_then(|rest| rest.split_once(']')) {
        Some((_, title)) => title.trim_start_matches(['-', '+']),
        None => ["**", "__"]
            .iter()
            .find_map(|mark| words.trim_end_matches(':').strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)))?,
    };
    let title = title.trim().trim_matches(['*', '_']).trim_end_matches(':').trim();
    meeting_words::part(title).is_some().then_some(title)
}

/// A day without a year that is at most this many days before the text was written is in the past; otherwise in the next year.
const PAST: u64 = 60;

/// Weekdays that are not also first names.
const WEEKDAYS: [&str; 10] = ["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];

/// The text before the brackets at the end of a text, and the text in them.
pub(super) fn bracket(text: &str) -> Option<(&str, &str)> {
    let (before, inner) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    Some((before.trim_end(), inner.trim()))
}

/// True for brackets that contain only a day. `Sam` is a day only after other brackets.
pub(super) fn is_day(before: &str, inner: &str) -> bool {
    let is_clear = || {
        before.ends_with(')')
            || inner.trim_end_matches('.').chars().count() > 4
            || WEEKDAYS.contains(&fold(inner.trim_end_matches('.')).as_str())
    };
    dates::is_date_line(inner) || (words::weekday(inner).is_some() && is_clear())
}

/// The due date of a point, from a field or in words: `by 15 Nov`. A missing year is taken from when the point was first
/// raised.
pub(super) fn due(text: &str, meeting: NaiveDate, carried: Option<&Carried>) -> Option<NaiveDate> {
    let said = carried.map_or(meeting, |carried| carried.from);
    let after = said.checked_sub_days(Days::new(PAST)).unwrap_or(said);
    let field = fields::find(text, &|_| false).into_iter().find(|field| field.kind == FieldKind::Due);
    if let Some(field) = field {
        return fields::date(text.get(field.value_start..field.value_end)?);
    }
    // `(Ida) (Mon)`
    let shown = fields::find(text, &|_| false).first().and_then(|field| text.get(..field.start)).unwrap_or(text);
    if let Some((_, inner)) = bracket(shown).filter(|(before, inner)| before.ends_with(')') && is_day(before, inner)) {
        return dates::day_in(inner, after).or_else(|| {
            let weekday = words::weekday(inner)?;
            said.iter_days().skip(1).take(7).find(|day| day.weekday() == weekday)
        });
    }
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    UNTIL.iter().find_map(|word| {
        lower.match_indices(word).find_map(|(at, word)| {
            let clean = lower.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let behind = lower.get(at + word.len()..)?;
            let behind = behind.strip_prefix([' ', ':'])?.trim_start();
            let piece = behind.get(..behind.floor_char_boundary(28)).unwrap_or(behind);
            // the date directly follows the word
            let near = piece.split_whitespace().take(2).any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
            if clean && near { dates::day_in(piece, after) } else { None }
        })
    })
}
