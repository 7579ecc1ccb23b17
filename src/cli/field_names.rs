//! The names of a task's fields on the command line.

use crate::model::task::FieldKind;

/// Field names. If a kind has several, the first one is shown.
pub(crate) const NAMES: [(&str, FieldKind); 10] = [
    ("due", FieldKind::Due),
    ("scheduled", FieldKind::Scheduled),
    ("start", FieldKind::Start),
    ("created", FieldKind::Created),
    ("done", FieldKind::Done),
    ("priority", FieldKind::Priority),
    ("recurrence", FieldKind::Recurrence),
    ("repeat", FieldKind::Recurrence),
    ("id", FieldKind::Id),
    ("depends", FieldKind::DependsOn),
];

/// Fields as typed: `due=2026-12-04 priority=high`.
pub(crate) fn written(fields: &[(FieldKind, Option<String>)]) -> String {
    let name = |kind: FieldKind| NAMES.iter().find(|(_, known)| *known == kind).map_or("", |(name, _)| name);
    let field = |(kind, value): &(FieldKind, Option<String>)| {
        format!("{}={}", name(*kind), value.as_deref().unwrap_or_default())
    };
    fields.iter().map(field).collect::<Vec<_>>().join(" ")
}
