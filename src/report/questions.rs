//! Questions for listings and scripts. Called by `questions`.

use std::collections::BTreeSet;
use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::index::Record;
use crate::model::NotePath;
use crate::model::Precision;
use crate::model::Question;
use crate::model::QuestionForm;
use crate::model::QuestionReason;
use crate::model::QuestionState;
use crate::model::calendar::DateRange;
use crate::model::meeting::Part;
use crate::model::meeting_words;
use crate::model::words::fold;
use crate::report::context;
use crate::report::notes::Notes;

/// A question for listings and scripts; its JSON is described in the handbook's page on formats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionItem {
    /// The note.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// On one line, without markup.
    pub text: String,
    /// How it is written.
    pub form: QuestionForm,
    /// Whether it is answered.
    pub state: QuestionState,
    /// Why it has that state.
    pub why: QuestionReason,
    /// The headings and label lines above it, outermost first.
    pub heading: Vec<String>,
    /// The date of its journal entry or meeting, else of the note.
    pub date: Option<NaiveDate>,
    /// How exact the date is.
    pub date_precision: Option<Precision>,
    /// The last day, where the date is about several.
    pub end_date: Option<NaiveDate>,
    /// The days that the date is about.
    #[serde(skip)]
    pub days: Option<DateRange>,
    /// 1-based line where its answer begins.
    pub answer_line: Option<usize>,
    /// List items that answer it.
    pub points: usize,
}

/// Which questions to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionOptions {
    /// Only those in these states; all if empty.
    pub states: Vec<QuestionState>,
    /// Only those in this period; those without a date are left out, and counted.
    pub range: Option<DateRange>,
    /// Maximum number.
    pub limit: Option<usize>,
}

/// Questions: open ones first, then weak and answered ones, each sorted by path and position.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QuestionReport {
    /// The questions.
    pub questions: Vec<QuestionItem>,
    /// The number in each state without a limit: open, weak, answered.
    pub counts: [usize; 3],
    /// The number of notes with one of these.
    pub notes: usize,
    /// The number of questions left out because they have no date.
    pub undated: usize,
    /// Questions of a longer time of which the time asked for is only a part, left out for that.
    #[serde(skip)]
    pub longer: usize,
}

impl QuestionReport {
    /// Lists the questions in some of the notes, given by their indices.
    #[must_use]
    pub fn new(notes: &Notes, chosen: impl Iterator<Item = usize>, options: &QuestionOptions) -> Self {
        let mut report = Self::default();
        let chosen: Vec<&Record> = chosen.filter_map(|index| notes.records().get(index)).collect();
        let repeated = repeated(&chosen);
        for record in chosen {
            let note = &record.parsed.note;
            let before = report.questions.len();
            for question in &note.questions {
                if repeated.contains(&(&record.path, question.line)) {
                    continue;
                }
                if !options.states.is_empty() && !options.states.contains(&question.state) {
                    continue;
                }
                let date = context::date(note, question.line);
                let days = context::days(note, question.line);
                if options.range.is_some_and(|range| days.is_none_or(|days| !range.covers(days))) {
                    report.undated += usize::from(date.is_none());
                    let overlaps = |range: DateRange| days.is_some_and(|days| days.overlaps(range));
                    report.longer += usize::from(options.range.is_some_and(overlaps));
                    continue;
                }
                report.questions.push(QuestionItem {
                    path: record.path.clone(),
                    line: question.line,
                    text: question.text.clone(),
                    form: question.form,
                    state: question.state,
                    why: question.why,
                    heading: context::headings(note, question.section),
                    date,
                    date_precision: days.map(context::precision),
                    end_date: days.and_then(context::last_day),
                    days,
                    answer_line: question.answer_line,
                    points: question.points,
                });
                let slot = report.counts.get_mut(question.state as usize);
                slot.into_iter().for_each(|count| *count += 1);
            }
            report.notes += usize::from(report.questions.len() > before);
        }
        // a stable sort keeps those in the same state in the order of path and position
        report.questions.sort_by_key(|question| question.state);
        report.questions.truncate(options.limit.unwrap_or(usize::MAX));
        report
    }

    /// The number without a limit.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// Questions of which another note, or line, has the same words, by path and line: what stands on an agenda is a copy. Where only the
/// copy is answered, that is the one to show.
fn repeated<'n>(records: &[&'n Record]) -> BTreeSet<(&'n NotePath, usize)> {
    let mut same: HashMap<String, Vec<(&'n NotePath, &'n Question, bool)>> = HashMap::new();
    let mut is_any = false;
    for record in records {
        let note = &record.parsed.note;
        for question in &note.questions {
            let above = note.heading_path(question.section);
            let is_copy = above.iter().any(|heading| meeting_words::part(heading) == Some(Part::Agenda));
            is_any |= is_copy;
            let key = fold(&question.text);
            let key = key.trim_matches(|c: char| !c.is_alphanumeric());
            if key.split_whitespace().count() > 2 {
                same.entry(key.to_owned()).or_default().push((&record.path, question, is_copy));
            }
        }
    }
    let mut repeated = BTreeSet::new();
    for all in same.into_values().filter(|all| is_any && all.len() > 1) {
        let is_answered = |wanted: bool| {
            let answered = |(_, question, is_copy): &&(_, &Question, bool)| {
                *is_copy == wanted && question.state == QuestionState::Answered
            };
            all.iter().find(answered).map(|(path, question, _)| (*path, question.line))
        };
        let (copies, own): (Vec<_>, Vec<_>) = all.iter().partition(|(.., is_copy)| *is_copy);
        if copies.is_empty() || own.is_empty() {
            continue;
        }
        match (is_answered(false), is_answered(true)) {
            (None, Some(copy)) => {
                repeated.extend(all.iter().map(|(path, question, _)| (*path, question.line)).filter(|it| *it != copy));
            }
            _ => repeated.extend(copies.iter().map(|(path, question, _)| (*path, question.line))),
        }
    }
    repeated
}
