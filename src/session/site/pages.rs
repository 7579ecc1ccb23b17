//! The reports that have a page on the site, one line each. What else a page needs (its HTML, its rows as JSON, a link in the
//! header, a place on the start page) comes from the report itself.

use xxhash_rust::xxh3::xxh3_64;

use crate::query::Query;
use crate::report::calendar;
use crate::report::decisions::DecisionOptions;
use crate::report::feeds;
use crate::report::questions::QuestionOptions;
use crate::report::todo_report::SortBy;
use crate::report::todo_report::TodoOptions;
use crate::session::Error;
use crate::session::JournalRequest;
use crate::session::Notes;
use crate::session::ReadingRequest;
use crate::session::Session;
use crate::session::TodoRequest;
use crate::site;
use crate::site::report_page::Answer;
use crate::site::report_page::Export;
use crate::site::report_page::ReportPage;
use crate::site::report_page::Sheet;

/// A report with a page.
pub(super) struct Page {
    /// The page is `all/NAME.html`, its rows are `all/NAME.json`.
    pub(super) name: &'static str,
    /// In the header, and above the report.
    pub(super) title: &'static str,
    /// How many rows the start page shows of it.
    pub(super) rows_at_start: usize,
    /// The file for other programs that it may have beside its rows.
    pub(super) export: Option<Export>,
    /// Asks a session that sees published notes only.
    pub(super) ask: Ask,
}

type Ask = fn(&Session, &Sheet<'_>) -> Result<Answer, Error>;

const fn page(name: &'static str, title: &'static str, rows_at_start: usize, ask: Ask) -> Page {
    Page { name, title, rows_at_start, export: None, ask }
}

/// The same with a file for other programs.
const fn with(export: Export, page: Page) -> Page {
    Page { export: Some(export), ..page }
}

/// The pages, in the order of the header.
pub(super) const PAGES: &[Page] = &[
    with(
        Export::Calendar,
        page("open", "To do", 8, |notes, on| {
            let months = on.show(&notes.task_stats(&Query::default())?);
            let todo = notes.todo(&TodoRequest::default())?;
            // what lay about for years is no news
            let at_hand = TodoOptions { sort: Some(SortBy::AtHand), ..TodoOptions::default() };
            let at_hand = on.show(&notes.todo(&TodoRequest { options: at_hand, ..TodoRequest::default() })?);
            Ok(on.show(&todo).above("By month and age", months).on_days(calendar::due(&todo)).at_start(at_hand))
        }),
    ),
    with(
        Export::Feeds,
        page("reading", "Reading", 0, |notes, on| {
            let months = on.show(&notes.reading_stats(&Query::default())?);
            let reading = notes.reading(&ReadingRequest::default())?;
            Ok(on.show(&reading).above("By month and age", months).with_feeds(feeds::of(&reading)))
        }),
    ),
    page("journal", "Journal", 0, |notes, on| {
        let days = on.show(&notes.activity(&Query::default(), None)?);
        Ok(on.show(&notes.journal(&JournalRequest::default())?).below(days))
    }),
    with(
        Export::Calendar,
        page("meetings", "Meetings", 0, |notes, on| {
            let series = notes.meetings(&Query::default(), true, None)?;
            Ok(on.show(&series).on_days(calendar::meetings(&series)))
        }),
    ),
    page("goals", "Goals", 0, |notes, on| Ok(on.show(&notes.goals()?))),
    page("tickets", "Tickets", 0, |notes, on| Ok(on.show(&notes.tickets(None)?))),
    page("questions", "Questions", 0, |notes, on| {
        Ok(on.show(&notes.questions(&Query::default(), &QuestionOptions::default())?))
    }),
    page("decisions", "Decisions", 0, |notes, on| {
        Ok(on.show(&notes.decisions(&Query::default(), &DecisionOptions::default())?))
    }),
];

impl Session {
    /// The report pages of a session that sees published notes only. `notes`: all of them, with what it does not see.
    pub(super) fn report_pages(&self, notes: &Notes) -> Vec<ReportPage<'_>> {
        let key = self.report_key(notes);
        let page = |page: &'static Page| ReportPage {
            name: page.name,
            title: page.title,
            rows_at_start: page.rows_at_start,
            export: page.export.filter(|export| *export != Export::Feeds || self.has_feeds(notes)),
            key,
            ask: Box::new(|on| (page.ask)(self, on).map_err(|error| site::Error(error.to_string()))),
        };
        PAGES.iter().map(page).collect()
    }

    /// Whether a published note has the address of a feed among its links to read.
    fn has_feeds(&self, notes: &Notes) -> bool {
        let seen = notes.records().iter().filter(|record| self.sees(&record.path));
        seen.flat_map(|record| &record.parsed.note.reading).any(|link| feeds::counts(link.state, &link.url))
    }

    /// Another one where any report may have another answer: for other notes, settings, short ids, or on another day.
    fn report_key(&self, notes: &Notes) -> u64 {
        let mut all = format!("{:?}{}{}", self.notebook.settings, self.today(), env!("CARGO_PKG_VERSION"));
        for record in notes.records().iter().filter(|record| self.sees(&record.path)) {
            all.push_str(&format!("{}{:x}{:?}", record.path.as_str(), record.hash, record.kept));
        }
        xxh3_64(all.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_addresses_of_their_own() {
        // lists of notes stand there already
        let mut seen = vec!["index", "dates", "titles", "overview", "contents", "graph"];
        for page in PAGES {
            assert!(!seen.contains(&page.name) && page.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            seen.push(page.name);
        }
    }
}
