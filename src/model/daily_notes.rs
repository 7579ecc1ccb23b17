//! Daily notes: their folder and file name pattern.

use chrono::NaiveDate;

use crate::model::NotePath;
use crate::model::calendar::DateRange;
use crate::model::date_pattern::DatePattern;

/// How a notebook names its daily notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyNotes {
    /// Relative to the notes folder, without `/` at either end; empty for the notes folder itself.
    pub folder: String,
    /// The name below it, without `.md`.
    pub pattern: DatePattern,
}

impl DailyNotes {
    /// From settings, where the folder may begin or end with `/` and the pattern may end with `.md`.
    #[must_use]
    pub fn new(folder: Option<&str>, pattern: &str) -> Self {
        let pattern = pattern.trim_matches('/').trim_end_matches(".md");
        Self { folder: folder.unwrap_or("").trim_matches('/').to_owned(), pattern: DatePattern::new(pattern) }
    }

    /// The note for a day.
    #[must_use]
    pub fn path(&self, day: NaiveDate) -> NotePath {
        let name = self.pattern.format(day);
        let name = name.trim_matches('/');
        match self.folder.as_str() {
            "" => NotePath::from(format!("{name}.md").as_str()),
            folder => NotePath::from(format!("{folder}/{name}.md").as_str()),
        }
    }

    /// The days that a note covers according to its name; `None` if it does not have such a name.
    #[must_use]
    pub fn read(&self, path: &NotePath) -> Option<DateRange> {
        let (name, _) = path.as_str().rsplit_once('.')?;
        let name = match self.folder.as_str() {
            "" => name,
            folder => name.strip_prefix(folder)?.strip_prefix('/')?,
        };
        self.pattern.read(name)
    }
}
