//! Criteria by which notes are selected.

use crate::model::Parsed;
use crate::model::ticket;

/// Something that a note has: lets a report load only the few notes that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Has {
    /// A task of any status.
    Task,
    /// A task that is still to do.
    OpenTask,
    /// A dated entry (a journal day, a meeting).
    Entry,
    /// A meeting.
    Meeting,
    /// A link of any kind.
    Link,
    /// A link that is, or might be, something to read.
    Reading,
    /// A ticket.
    Ticket,
    /// Something that looks like a ticket of a project that the settings do not name.
    TicketLike,
    /// The kind of a list of tickets.
    TicketList,
    /// A goal or skill.
    Goal,
    /// A word next to "skill".
    SkillWord,
    /// Praise.
    Endorsement,
    /// A tag.
    Tag,
    /// A question.
    Question,
    /// A decision.
    Decision,
    /// A diagnostic.
    Diagnostic,
}

impl Has {
    /// The term in the index.
    pub(crate) const fn term(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::OpenTask => "open",
            Self::Entry => "entry",
            Self::Meeting => "meeting",
            Self::Link => "link",
            Self::Reading => "reading",
            Self::Ticket => "ticket",
            Self::TicketLike => "ticket_like",
            Self::TicketList => "ticket_list",
            Self::Goal => "goal",
            Self::SkillWord => "skill_word",
            Self::Endorsement => "endorsement",
            Self::Tag => "tag",
            Self::Question => "question",
            Self::Decision => "decision",
            Self::Diagnostic => "diagnostic",
        }
    }

    pub(crate) fn of(parsed: &Parsed) -> impl Iterator<Item = Self> {
        let Parsed { note, diagnostics } = parsed;
        [
            (Self::Task, !note.tasks.is_empty()),
            (Self::OpenTask, note.tasks.iter().any(|task| task.status.is_open())),
            (Self::Entry, !note.entries.is_empty()),
            (Self::Meeting, !note.meetings.is_empty()),
            (Self::Link, !note.links.is_empty()),
            (Self::Reading, !note.reading.is_empty()),
            (Self::Ticket, !note.tickets.is_empty()),
            (Self::TicketLike, !note.ticket_like.is_empty()),
            (Self::TicketList, note.kind.as_deref() == Some(ticket::LIST)),
            (Self::Goal, !note.goals.is_empty()),
            (Self::SkillWord, !note.skill_words.is_empty()),
            (Self::Endorsement, !note.endorsements.is_empty()),
            (Self::Tag, !note.tags.is_empty()),
            (Self::Question, !note.questions.is_empty()),
            (Self::Decision, !note.decisions.is_empty()),
            (Self::Diagnostic, !diagnostics.is_empty()),
        ]
        .into_iter()
        .filter_map(|(has, true_of_it)| true_of_it.then_some(has))
    }
}
