//! Where something stands in a note: under which headings, and of which day.

use chrono::NaiveDate;

use crate::model::Note;
use crate::model::Precision;

/// The date of what stands at a line: of its journal entry or meeting, else of the note. A month says no day.
#[must_use]
pub fn date(note: &Note, line: usize) -> Option<NaiveDate> {
    let entry = note.entry_at(line).filter(|entry| entry.precision != Precision::Month);
    entry.map(|entry| entry.date).or(note.date)
}

/// The texts of the headings and label lines above something, outermost first.
#[must_use]
pub fn headings(note: &Note, section: Option<usize>) -> Vec<String> {
    note.heading_path(section).into_iter().map(str::to_owned).collect()
}
