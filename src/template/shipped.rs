//! The templates that come with the program, each replaceable by a notebook's own of the same name.

/// Name and text, in the order in which they are listed.
pub const SHIPPED: [(&str, &str); 9] = [
    ("note", include_str!("../../templates/note.md")),
    ("daily", include_str!("../../templates/daily.md")),
    ("meeting", include_str!("../../templates/meeting.md")),
    ("one-to-one", include_str!("../../templates/one-to-one.md")),
    ("pattern", include_str!("../../templates/pattern.md")),
    ("reading", include_str!("../../templates/reading.md")),
    ("goal", include_str!("../../templates/goal.md")),
    ("decision", include_str!("../../templates/decision.md")),
    ("retro", include_str!("../../templates/retro.md")),
];

/// The name of the default template.
pub const PLAIN: &str = "note";
/// The name of the template for a day, whose notes go where the journal is.
pub const DAILY: &str = "daily";
