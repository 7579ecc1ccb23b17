//! Ids of points: a box has the id that `todo` shows; a point without a box has one derived from its note and words.

use std::collections::HashMap;

use crate::model::NotePath;
use crate::model::Point;
use crate::model::Task;
use crate::model::short_id::content_id;
use crate::report::id;
use crate::report::resolve::NoteRef;
use crate::report::task::TaskRow;

/// The ids of all points of a notebook.
#[derive(Debug, Default)]
pub struct PointIds {
    ids: HashMap<(NotePath, usize), String>,
}

impl PointIds {
    /// Computes the ids: `tasks` are all of the notebook, `notes` those with meetings.
    #[must_use]
    pub fn new(notes: &[NoteRef<'_>], tasks: &[TaskRow<'_>]) -> Self {
        let mut ids: HashMap<(NotePath, usize), String> =
            tasks.iter().map(|row| ((row.path.clone(), row.task.line), row.id.clone())).collect();
        let mut full: Vec<String> = Vec::new();
        let mut places: Vec<(&NotePath, usize)> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (path, note) in notes {
            for point in note.meetings.iter().flat_map(|meeting| &meeting.points).filter(|point| point.task.is_none()) {
                let task = Task { words: format!("point\u{0}{}", point.key), ..Task::default() };
                let mut id = content_id(path, &task);
                let count = seen.entry(id.clone()).or_insert(0);
                *count += 1;
                if *count > 1 {
                    id.push_str(&format!("~{count}"));
                }
                full.push(id);
                places.push((path, point.line));
            }
        }
        let others: Vec<&str> = tasks.iter().map(|row| row.full_id.as_str()).collect();
        let shown = id::shortened(&full, &vec![false; full.len()], &others);
        ids.extend(places.into_iter().zip(shown).map(|((path, line), id)| ((path.clone(), line), id)));
        Self { ids }
    }

    /// The id of a point.
    #[must_use]
    pub fn of(&self, path: &NotePath, point: &Point) -> String {
        self.ids.get(&(path.clone(), point.line)).cloned().unwrap_or_default()
    }
}
