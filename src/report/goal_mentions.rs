//! Lines that mention goals: links, tags, and words next to "skill".

use std::collections::BTreeMap;

use crate::model::Note;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::link::LocalPlace;
use crate::model::words::fold;

/// A line that mentions a goal.
pub(crate) struct Mention {
    pub(crate) goal: usize,
    pub(crate) line: usize,
    pub(crate) span: Span,
}

/// How names are compared: without case, accents and dashes.
pub(crate) fn key(name: &str) -> String {
    fold(name).replace(['-', '_'], " ").trim().to_owned()
}

/// The lines of a note that mention goals.
pub(crate) fn mentions(note: &Note, names: &BTreeMap<String, Vec<usize>>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut add = |name: &str, line: usize, span: Span| {
        for goal in names.get(&key(name)).into_iter().flatten() {
            found.push(Mention { goal: *goal, line, span });
        }
    };
    for tag in note.tags.iter().filter(|tag| tag.span.start >= note.body_start) {
        if let Some((kind, name)) = tag.name.split_once('/')
            && matches!(kind.to_lowercase().as_str(), "skill" | "skills" | "goal" | "goals")
        {
            add(name, tag.line, tag.span);
        }
    }
    for link in &note.links {
        let Some(local) = link.local() else { continue };
        match &local.place {
            Some(LocalPlace::Heading(heading)) => add(heading, link.line, link.span),
            _ => add(NotePath::from(local.path.as_str()).stem(), link.line, link.span),
        }
    }
    for word in &note.skill_words {
        add(&word.word, word.line, word.span);
    }
    found
}
