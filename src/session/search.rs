//! Search.

use std::collections::BTreeSet;

use crate::index::NoteHit;
use crate::index::SearchOptions;
use crate::index::Select;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::match_places::has_places;
use crate::report::search::search_query;
use crate::report::search_report::SearchReport;
use crate::report::search_report::put_in_place;
use crate::session::Error;
use crate::session::Session;

/// What to search for, and how the answer is to look.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// Words that rank, and conditions.
    pub query: Query,
    /// Only notes that have every word.
    pub all_words: bool,
    /// How many notes, sections and characters at most, and in which order.
    pub options: SearchOptions,
    /// Where no word ranks and tasks or a regex say where to look: how many places of a note at most.
    /// People want few of them, scripts all.
    pub places: usize,
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self { query: Query::default(), all_words: false, options: SearchOptions::default(), places: 10 }
    }
}

impl Session {
    /// Finds sections by words, the best first.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn search(&self, request: &SearchRequest) -> Result<SearchReport, Error> {
        let query = request.query.clone();
        let query = if request.all_words { query.with_all_words() } else { query };
        let wanted = search_query(&query, &mut |condition: &Query| self.paths_where(condition))?;
        let mut answer = self.library()?.search(&wanted, &request.options)?;
        if wanted.words.is_empty() && has_places(&query) {
            self.find_places(&query, &mut answer.hits, request.places)?;
        }
        answer.hits.retain(|hit| self.sees(&hit.path));
        // the index counts notes that this session may not see
        let with_every_word = wanted.words.len() > 1 && !request.all_words && self.only.is_none();
        let with_every_word = with_every_word.then_some(answer.all_words);
        Ok(SearchReport { with_every_word, ..SearchReport::new(answer) })
    }

    /// The notes for which a condition holds.
    fn paths_where(&self, condition: &Query) -> Result<BTreeSet<NotePath>, Error> {
        let notes = self.notes(Select::Heads, condition)?;
        let matcher = self.matcher(&notes);
        let found = notes.records().iter().filter(|record| matcher.note(condition, record));
        Ok(found.map(|record| record.path.clone()).collect())
    }

    /// Gives hits the places of their tasks, or of what a regex finds.
    fn find_places(&self, query: &Query, hits: &mut [NoteHit], most: usize) -> Result<(), Error> {
        let notes = self.notes(Select::Heads, query)?;
        let matcher = self.matcher(&notes);
        for hit in hits {
            if let Some(record) = notes.at(&hit.path) {
                put_in_place(hit, &record.parsed.note, matcher.places(query, record, most));
            }
        }
        Ok(())
    }
}
