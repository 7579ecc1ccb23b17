//! Meetings: series, single meetings, actions, and what was agreed.

use chrono::NaiveDate;

use crate::index::Has;
use crate::index::Select;
use crate::model::calendar::DateRange;
use crate::query::Query;
use crate::report::meeting::ActionFilter;
use crate::report::meeting::ActionReport;
use crate::report::meeting::AgreedReport;
use crate::report::meeting::MeetingReport;
use crate::report::meeting::SeriesReport;
use crate::report::meeting::UpcomingReport;
use crate::report::point_id::PointIds;
use crate::report::series;
use crate::report::series::Called;
use crate::report::series::Series;
use crate::session::Error;
use crate::session::Session;

impl Session {
    /// The series of meetings, with all their meetings where `all`; of those of a time, all of that time.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn meetings(&self, query: &Query, all: bool, range: Option<DateRange>) -> Result<SeriesReport, Error> {
        self.of_series(query, |series, ids| {
            let report = SeriesReport::new(series, ids, self.today(), all);
            Ok(match range {
                Some(range) => report.within(range),
                None => report,
            })
        })
    }

    /// The meetings to come.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn upcoming_meetings(&self, query: &Query) -> Result<UpcomingReport, Error> {
        self.of_series(query, |series, _| Ok(UpcomingReport::new(series, self.today())))
    }

    /// The meeting of a series on a day, else the last one.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::NoSeries`] and [`Error::ManySeries`] for a name that means none or several.
    pub fn meeting(&self, name: &str, date: Option<NaiveDate>) -> Result<MeetingReport, Error> {
        self.of_series(&Query::default(), |series, ids| {
            Ok(MeetingReport::new(find_series(series, name)?, date, ids, self.today()))
        })
    }

    /// Actions over all series.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn actions(&self, query: &Query, filter: &ActionFilter) -> Result<ActionReport, Error> {
        self.of_series(query, |series, ids| Ok(ActionReport::new(series, filter, ids, self.today())))
    }

    /// What was agreed.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`].
    pub fn agreed(&self, query: &Query, range: Option<DateRange>) -> Result<AgreedReport, Error> {
        self.of_series(query, |series, ids| Ok(AgreedReport::new(series, range, ids)))
    }

    /// Makes a report of the series of the notes that a query selects.
    pub(super) fn of_series<T>(
        &self,
        query: &Query,
        report: impl FnOnce(&[Series<'_>], &PointIds) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let notes = self.notes(Select::With(Has::Meeting), query)?;
        let matcher = self.matcher(&notes);
        let chosen = notes.records().iter().filter(|record| query.expr.is_none() || matcher.note(query, record));
        let chosen: Vec<_> = chosen.map(|record| (&record.path, &record.parsed.note)).collect();
        let series = series::all(&chosen);
        // ids are unique among the tasks of all notes
        let ids = match series.as_slice() {
            [] => PointIds::default(),
            _ => PointIds::new(&chosen, &self.notes(Select::Tasks, &Query::default())?.tasks(self.today())),
        };
        report(&series, &ids)
    }
}

/// The series that a name means.
pub(super) fn find_series<'s, 'a>(series: &'s [Series<'a>], name: &str) -> Result<&'s Series<'a>, Error> {
    let called: Vec<(Called, &Series<'_>)> = series.iter().map(|one| (one.is_called(name), one)).collect();
    for wanted in [Called::Exactly, Called::Partly] {
        let found: Vec<&'s Series<'a>> =
            series.iter().zip(&called).filter(|(_, (called, _))| *called == wanted).map(|(one, _)| one).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(one),
            many => {
                let names = many.iter().map(|one| (one.name.clone(), one.path().cloned().unwrap_or_default()));
                return Err(Error::ManySeries { name: name.to_owned(), series: names.collect() });
            }
        }
    }
    let near = crate::model::words::nearest_name(name, series.iter().map(|one| one.name.as_str()));
    Err(Error::NoSeries { name: name.to_owned(), near: near.map(str::to_owned) })
}
