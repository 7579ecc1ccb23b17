//! Queries of a session: read with the notebook's named queries and the session's day.

use crate::query;
use crate::query::Query;
use crate::session::Error;
use crate::session::Session;

impl Session {
    /// Reads a query.
    ///
    /// # Errors
    ///
    /// [`Error::Query`], which shows the place.
    pub fn query(&self, text: &str) -> Result<Query, Error> {
        let context = query::Context { today: self.today(), named: &self.notebook.settings.queries };
        Query::parse(text, &context).map_err(|error| Error::Query { text: text.to_owned(), error })
    }
}
