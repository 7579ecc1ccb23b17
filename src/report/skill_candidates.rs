//! Skills that notes mention but that have no goal.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::Record;
use crate::model::Lines;
use crate::model::NotePath;
use crate::report::agenda;
use crate::report::goal_mentions::key;
use crate::report::line_text::excerpt;

/// A possible skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillCandidate {
    /// As first written.
    pub name: String,
    /// The number of mentions.
    pub count: usize,
    /// The first place.
    pub path: NotePath,
    /// 1-based.
    pub line: usize,
    /// The line.
    pub text: String,
}

impl SkillCandidate {
    /// The number of mentions, in words.
    #[must_use]
    pub fn times(&self) -> String {
        match self.count {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            many => format!("{many} times"),
        }
    }
}

/// Upper-case words next to "skill" that are not the name of a goal.
pub(crate) fn candidates(
    records: &[&Record],
    text: &dyn Fn(&NotePath) -> Option<String>,
    names: &BTreeMap<String, Vec<usize>>,
) -> Vec<SkillCandidate> {
    let mut found: BTreeMap<String, SkillCandidate> = BTreeMap::new();
    for record in records {
        let is_name = |word: &str| {
            word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(char::is_lowercase)
        };
        let words = record.parsed.note.skill_words.iter().filter(|word| is_name(&word.word));
        let mut words = words.filter(|word| !names.contains_key(&key(&word.word))).peekable();
        if words.peek().is_none() {
            continue;
        }
        let Some(text) = text(&record.path) else { continue };
        let lines = Lines::new(&text);
        for word in words {
            let content = lines.content(&text, word.line);
            if agenda::repeats(content.of(&text)) {
                continue;
            }
            if let Some(known) = found.get_mut(&key(&word.word)) {
                known.count += 1;
                continue;
            }
            let candidate = SkillCandidate {
                name: word.word.clone(),
                count: 1,
                path: record.path.clone(),
                line: word.line,
                text: excerpt(&text, content, word.span),
            };
            found.insert(key(&word.word), candidate);
        }
    }
    found.into_values().collect()
}
