//! The next meeting according to the notes: its day, and lines about when and where it is.

use chrono::NaiveDate;

use crate::model::Section;
use crate::model::SectionKind;
use crate::model::meeting::Part;
use crate::model::meeting_words;
use crate::model::phrases::Phrases;
use crate::model::words;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::meetings::found::Found;

/// Labels of when and where a meeting is: `Room: B12`.
static ABOUT: Phrases = Phrases::new(
    "when, where, date, time, day, place, location, venue, room, link, call, dial in, zoom, teams, meet, wann, wo, datum, zeit, \
     uhrzeit, tag, ort, raum, quand, ou, heure, lieu, salle, lien, cuando, donde, fecha, hora, lugar, sala, enlace, quando, onde, \
     data, horario, local",
);

/// Where and when a meeting is, in words: `same time`.
static WHERE: Phrases = Phrases::new(
    "zoom, teams, google meet, meet, online, remote, office, same time, same place, same time same place, same time and place, \
     same time next week, same time next month, next week, next month, tbd, tba, tbc, to be confirmed, to be decided, \
     to be announced, gleiche zeit, gleicher ort, selbe zeit, nachste woche, nachsten monat, meme heure, meme endroit, \
     la semaine prochaine, misma hora, mismo lugar, la proxima semana, mesma hora, mesmo lugar, proxima semana",
);

/// Words behind a day and time that still say no more than when and where; more are something to talk about.
const FEW: usize = 4;

/// True for a line that says when or where the next meeting is, and nothing of what it is about: `Wed 2 Dec, 10:00`, `Room: B12`,
/// `at Ida's`.
pub(super) fn is_arrangement(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "*_.".contains(c));
    let words_of = |text: &str| {
        let folded = fold(text);
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    if let Some((label, _)) = bare.split_once(':')
        && ABOUT.has(&words_of(label))
    {
        return true;
    }
    let is_address = !bare.contains(' ') && (bare.starts_with("https://") || bare.starts_with("http://"));
    let is_place = (bare.starts_with('@') || fold(bare).starts_with("at ")) && bare.split(' ').count() <= FEW;
    if is_address || is_place || WHERE.has(&words_of(bare)) || dates::is_date_line(bare) {
        return true;
    }
    // a day or time, and a few words about the place
    let mut rest = bare;
    if let Some((first, behind)) = rest.split_once([' ', ',']).filter(|(first, _)| words::weekday(first).is_some()) {
        rest = if first.len() < rest.len() { behind.trim_start_matches([' ', ',']) } else { behind };
    }
    let past = dates::past_day(rest);
    let behind = rest.get(past..).unwrap_or("").trim_start_matches([' ', ',']);
    let time = dates::time_len(&format!(" {behind}"));
    let said = behind.get(time.saturating_sub(1)..).unwrap_or("");
    let parted = said.trim_start().starts_with([':', '–', '—', '-']);
    (past > 0 || time > 0) && !parted && said.split_whitespace().count() <= FEW
}

/// `Next meeting: Wed 2 Dec`
pub(super) fn is_announcement(words: &str) -> bool {
    words.split_once(':').is_some_and(|(label, _)| meeting_words::part(label) == Some(Part::NextMeeting))
}

/// The day of the next meeting according to the notes: `Next meeting: Wed 2 Dec`.
pub(super) fn next(input: &Input<'_>, meeting: &Found) -> Option<NaiveDate> {
    let behind = |text: &str| dates::day_in(text, meeting.date).filter(|day| *day > meeting.date);
    let note = input.note;
    let from = note.sections.partition_point(|section| section.line <= meeting.line);
    for (index, section) in note.sections.iter().enumerate().skip(from) {
        if section.line > meeting.end_line {
            break;
        }
        let bare = section.text.split_once(':').map_or(section.text.as_str(), |(label, _)| label);
        let words: String = bare.chars().take_while(|c| !c.is_ascii_digit()).collect();
        if meeting_words::part(words.trim_end_matches(['(', ' ', ','])) != Some(Part::NextMeeting) {
            continue;
        }
        if let Some(day) = behind(&section.text) {
            return Some(day);
        }
        // a line that consists of a date is a label
        let is_day = |other: &&Section| other.kind == SectionKind::Soft && dates::is_date_line(&other.text);
        let after_it = note.sections.iter().skip(index + 1).find(|other| !is_day(other));
        let end = after_it.map_or(meeting.end_line, |other| other.line - 1);
        let last = end.min(meeting.end_line).min(section.line + 6);
        let found =
            (section.line + 1..=last).find_map(|line| behind(input.lines.content(input.text, line).of(input.text)));
        if found.is_some() {
            return found;
        }
    }
    (meeting.line..=meeting.end_line).find_map(|line| {
        let content = input.lines.content(input.text, line);
        let words = content.of(input.text).trim_matches(|c: char| c.is_whitespace() || "*_-+>".contains(c));
        let (label, rest) = words.split_once(':')?;
        let label = meeting_words::part(label)? == Part::NextMeeting;
        if label && input.outline.mask_at(content.start).is_none() { behind(rest) } else { None }
    })
}
