//! The facts that the index stores for a note.
//!
//! They are stored in parts, one after the other, so that lists decode only what they need.

use serde::Deserialize;
use serde::Serialize;

use crate::index::error::Error;
use crate::model::Decision;
use crate::model::Diagnostic;
use crate::model::Endorsement;
use crate::model::Goal;
use crate::model::Meeting;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Parsed;
use crate::model::Point;
use crate::model::Question;
use crate::model::Reading;
use crate::model::SkillWord;
use crate::model::Task;
use crate::model::Ticket;
use crate::model::TicketLike;
use crate::model::short_id::StableId;

/// A note's facts, stored with its first section.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    pub(crate) path: NotePath,
    /// True if the first document is the text before the first heading, not the first section.
    pub(crate) lead: bool,
    /// The ids that its tasks kept.
    pub(crate) kept: Vec<StableId>,
    pub(crate) parsed: Parsed,
}

/// How much of the facts to decode: each level includes the previous ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Extent {
    /// As needed for [`crate::index::Select::Heads`].
    Head,
    /// As needed for [`crate::index::Select::Findings`].
    Findings,
    /// As needed for [`crate::index::Select::Entries`].
    Work,
    Whole,
}

/// What checks need in addition to the head.
#[derive(Default, Serialize, Deserialize)]
struct Findings {
    tickets: Vec<Ticket>,
    ticket_like: Vec<TicketLike>,
    diagnostics: Vec<Diagnostic>,
}

/// What journals need in addition.
#[derive(Default, Serialize, Deserialize)]
struct Work {
    kept: Vec<StableId>,
    tasks: Vec<Task>,
    meetings: Vec<Meeting>,
    entries_why: Vec<Vec<String>>,
}

/// What only specific reports need.
#[derive(Default, Serialize, Deserialize)]
struct Rest {
    questions: Vec<Question>,
    decisions: Vec<Decision>,
    reading: Vec<Reading>,
    goals: Vec<Goal>,
    skill_words: Vec<SkillWord>,
    endorsements: Vec<Endorsement>,
    date_why: Vec<String>,
    /// The points and attendees of each meeting.
    said: Vec<(Vec<Point>, Vec<String>)>,
}

impl Findings {
    /// Swaps it with the same part of some facts.
    fn swap(&mut self, parsed: &mut Parsed) {
        std::mem::swap(&mut self.tickets, &mut parsed.note.tickets);
        std::mem::swap(&mut self.ticket_like, &mut parsed.note.ticket_like);
        std::mem::swap(&mut self.diagnostics, &mut parsed.diagnostics);
    }
}

impl Work {
    /// Swaps it with the same part of some facts.
    fn swap(&mut self, kept: &mut Vec<StableId>, note: &mut Note) {
        std::mem::swap(&mut self.kept, kept);
        std::mem::swap(&mut self.tasks, &mut note.tasks);
        std::mem::swap(&mut self.meetings, &mut note.meetings);
        self.entries_why.resize(note.entries.len(), Vec::new());
        for (entry, why) in note.entries.iter_mut().zip(&mut self.entries_why) {
            std::mem::swap(&mut entry.why, why);
        }
    }
}

impl Rest {
    /// Swaps it with the same part of some facts.
    fn swap(&mut self, note: &mut Note) {
        std::mem::swap(&mut self.questions, &mut note.questions);
        std::mem::swap(&mut self.decisions, &mut note.decisions);
        std::mem::swap(&mut self.reading, &mut note.reading);
        std::mem::swap(&mut self.goals, &mut note.goals);
        std::mem::swap(&mut self.skill_words, &mut note.skill_words);
        std::mem::swap(&mut self.endorsements, &mut note.endorsements);
        std::mem::swap(&mut self.date_why, &mut note.date_why);
        self.said.resize(note.meetings.len(), Default::default());
        for (meeting, (points, attendees)) in note.meetings.iter_mut().zip(&mut self.said) {
            std::mem::swap(&mut meeting.points, points);
            std::mem::swap(&mut meeting.attendees, attendees);
        }
    }
}

impl Facts {
    pub(crate) fn encode(mut self) -> Result<Vec<u8>, Error> {
        let (mut findings, mut work, mut rest) = (Findings::default(), Work::default(), Rest::default());
        findings.swap(&mut self.parsed);
        rest.swap(&mut self.parsed.note);
        work.swap(&mut self.kept, &mut self.parsed.note);
        let mut bytes = postcard::to_stdvec(&(&self.path, self.lead, &self.parsed.note))?;
        bytes = postcard::to_extend(&findings, bytes)?;
        bytes = postcard::to_extend(&work, bytes)?;
        Ok(postcard::to_extend(&rest, bytes)?)
    }

    pub(crate) fn decode(bytes: &[u8], extent: Extent) -> Result<Self, Error> {
        let ((path, lead, note), mut bytes) = postcard::take_from_bytes(bytes)?;
        let mut facts = Self { path, lead, kept: Vec::new(), parsed: Parsed { note, diagnostics: Vec::new() } };
        if extent >= Extent::Findings {
            take::<Findings>(&mut bytes)?.swap(&mut facts.parsed);
        }
        if extent >= Extent::Work {
            take::<Work>(&mut bytes)?.swap(&mut facts.kept, &mut facts.parsed.note);
        }
        if extent >= Extent::Whole {
            take::<Rest>(&mut bytes)?.swap(&mut facts.parsed.note);
        }
        Ok(facts)
    }

    /// The section of the note in its `nth` document; `None` for the text before the first one.
    pub(crate) fn section(&self, nth: usize) -> Option<usize> {
        nth.checked_sub(usize::from(self.lead))
    }
}

/// Decodes a part, and advances `bytes` past it.
fn take<'b, T: Deserialize<'b>>(bytes: &mut &'b [u8]) -> Result<T, Error> {
    let (part, rest) = postcard::take_from_bytes(bytes)?;
    *bytes = rest;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn facts_come_back() {
        let path = NotePath::from("a.md");
        let text =
            "# Outbox\n\n2026-11-02\n\n- [ ] one 📅 soon\n- Who? https://a.org\n\nMeeting (2026-11-03)\n- AI: ask\n";
        let parsed = parse::parse(&path, text, &parse::Options::default());
        assert!(!parsed.note.tasks.is_empty() && !parsed.note.meetings.is_empty() && !parsed.diagnostics.is_empty());
        let facts = Facts { path, lead: true, kept: vec![(3, "bcd".into())], parsed };
        let bytes = facts.clone().encode().unwrap();
        assert_eq!(Facts::decode(&bytes, Extent::Whole).unwrap(), facts);

        let head = Facts::decode(&bytes, Extent::Head).unwrap().parsed;
        assert_eq!((&head.note.title, &head.note.sections), (&facts.parsed.note.title, &facts.parsed.note.sections));
        assert_eq!(head.note.entries.len(), facts.parsed.note.entries.len());
        assert_eq!((head.note.tasks.len(), head.diagnostics.len()), (0, 0));
        let work = Facts::decode(&bytes, Extent::Work).unwrap();
        assert_eq!((&work.kept, &work.parsed.note.entries), (&facts.kept, &facts.parsed.note.entries));
        assert_eq!(work.parsed.note.tasks, facts.parsed.note.tasks);
        assert_eq!(work.parsed.note.meetings[0].title, facts.parsed.note.meetings[0].title);
        assert_eq!(Facts::decode(&bytes, Extent::Findings).unwrap().parsed.diagnostics, facts.parsed.diagnostics);
        assert!(Facts::decode(&[200, 1, 2], Extent::Head).is_err());
    }
}
