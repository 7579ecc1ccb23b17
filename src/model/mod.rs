//! Floor 0: what a notebook is made of, as plain values.
//!
//! No input or output, no parser, no clock. Every other floor speaks in these words;
//! nothing here knows how a note is read, stored or shown.

pub mod calendar;
pub mod daily_notes;
pub mod date_pattern;
pub mod diagnostic;
pub mod genre;
pub mod link;
pub mod note;
pub mod path;
pub mod privacy;
pub mod question;
pub mod short_id;
pub mod status;
pub mod task;
pub mod text;
pub mod words;

pub use diagnostic::Diagnostic;
pub use diagnostic::Edit;
pub use diagnostic::Fix;
pub use diagnostic::Severity;
pub use link::Link;
pub use link::LinkKind;
pub use link::LinkParts;
pub use note::Anchor;
pub use note::Block;
pub use note::Entry;
pub use note::Note;
pub use note::Parsed;
pub use note::Precision;
pub use note::Property;
pub use note::Section;
pub use note::SectionKind;
pub use note::Tag;
pub use note::Ticket;
pub use note::TitleFrom;
pub use note::Value;
pub use path::NotePath;
pub use privacy::Privacy;
pub use privacy::PrivateReason;
pub use question::Decision;
pub use question::DecisionForm;
pub use question::DecisionStatus;
pub use question::Question;
pub use question::QuestionForm;
pub use question::QuestionReason;
pub use question::QuestionState;
pub use status::Status;
pub use task::Form;
pub use task::Priority;
pub use task::Task;
pub use text::Lines;
pub use text::Span;
