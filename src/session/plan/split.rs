//! Every section of a level becomes a note beside the note, which keeps a list of links to them.

use crate::index::Select;
use crate::model::NotePath;
use crate::model::Section;
use crate::model::SectionKind;
use crate::query::Query;
use crate::report::file_name;
use crate::session::Error;
use crate::session::NoteName;
use crate::session::Notes;
use crate::session::Session;
use crate::session::find::find_note;
use crate::session::plan::Plan;
use crate::session::plan::extract::Leave;
use crate::session::plan::extract::Taken;
use crate::session::plan::moving::numbered;
use crate::session::surroundings::Surroundings;

impl Session {
    /// Plans notes made of all sections of a level, beside the note; it keeps a list of links to them.
    pub(super) fn plan_split(&self, name: &NoteName, level: u8) -> Result<Plan, Error> {
        let notes = self.notes(Select::Heads, &Query::default())?;
        let around = self.surroundings(&notes)?;
        let linked = self.all_linked(&notes, &around);
        let source = self.source_of(&linked, &find_note(&notes, name)?.path)?;
        let path = &source.record.path;
        let sections = source.note().sections.iter().enumerate();
        let is_one = |(_, section): &(usize, &Section)| {
            let start = section.heading_span.start;
            section.kind == SectionKind::Heading && section.level == level && source.line_start(start) == start
        };
        let mut taken: Vec<Taken> = Vec::new();
        for (section, _) in sections.filter(is_one) {
            let span = source.all_of(section)?;
            let wanted = self.note_beside(path, &source.title_of(section))?;
            let to = self.free_of(&notes, &around, &wanted, &taken)?;
            taken.push(Taken { section, span, to });
        }
        if taken.is_empty() {
            return Err(Error::Edit(format!("{path} has no heading of level {level}")));
        }
        self.take_out(&linked, &around, &source, taken, Leave::Item)
    }

    /// A free path, that one where it can be.
    fn free_of(
        &self,
        notes: &Notes,
        around: &Surroundings<'_>,
        wanted: &NotePath,
        taken: &[Taken],
    ) -> Result<NotePath, Error> {
        let fold = |path: &NotePath| file_name::fold(path.as_str());
        let is_used = |path: &NotePath| taken.iter().any(|taken| fold(&taken.to) == fold(path));
        let mut path = wanted.clone();
        for number in 2..1_000 {
            match self.refuse_taken(notes, around, &path) {
                Ok(()) if !is_used(&path) => return Ok(path),
                Ok(()) | Err(Error::PlaceTaken { .. }) => path = numbered(wanted, number),
                Err(error) => return Err(error),
            }
        }
        Err(Error::PlaceTaken { path: wanted.clone(), free: path })
    }
}
