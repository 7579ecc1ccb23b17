//! Words next to "skill": `TOMO skill`, `the Kafka skills`, `skill TOMO`.

use crate::model::Lines;
use crate::model::SkillWord;
use crate::model::Span;
use crate::parse::outline::Outline;

/// Upper bound on such words per note.
const MOST: usize = 1_000;

/// Common words before "skill" that are not names.
const COMMON: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "basic",
    "communication",
    "core",
    "each",
    "every",
    "good",
    "hard",
    "her",
    "his",
    "important",
    "its",
    "key",
    "main",
    "more",
    "most",
    "my",
    "new",
    "next",
    "no",
    "of",
    "other",
    "our",
    "own",
    "people",
    "personal",
    "same",
    "social",
    "soft",
    "some",
    "technical",
    "that",
    "the",
    "their",
    "these",
    "this",
    "those",
    "useful",
    "what",
    "which",
    "your",
];

/// Finds them, in the order of the text, outside code.
pub(crate) fn read(text: &str, body: usize, lines: &Lines, outline: &Outline) -> Vec<SkillWord> {
    let mut found = Vec::new();
    if !["skill", "Skill", "SKILL"].iter().any(|word| text.contains(word)) {
        return found;
    }
    for line in lines.line(body.min(text.len()))..=lines.count() {
        let content = lines.content(text, line);
        if content.len() < 7 || found.len() >= MOST {
            continue;
        }
        let words = words(text, content);
        for (index, word) in words.iter().enumerate() {
            let is_skill = ["skill", "skills"].iter().any(|skill| word.of(text).eq_ignore_ascii_case(skill));
            if !is_skill || outline.mask_at(word.start).is_some() {
                continue;
            }
            let beside = |from: Span, to: Span| Span::new(from.end, to.start).of(text) == " ";
            let before = index.checked_sub(1).and_then(|at| words.get(at)).filter(|before| beside(**before, *word));
            let behind = words.get(index + 1).filter(|behind| beside(*word, **behind) && is_name(behind.of(text)));
            let named = before.filter(|before| !is_common(before.of(text))).or(behind);
            if let Some(named) = named {
                found.push(SkillWord { word: named.of(text).to_owned(), line, span: *named });
            }
        }
    }
    found
}

/// The words of a line: letters, digits, and inner signs as in `C++` or `event-driven`.
fn words(text: &str, content: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in content.of(text).char_indices().chain([(content.len(), ' ')]) {
        let is_part = c.is_alphanumeric() || "+-_/'’".contains(c);
        match (start, is_part) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Span::new(content.start + from, content.start + at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn is_common(word: &str) -> bool {
    word.chars().count() < 2 || COMMON.contains(&word.to_lowercase().as_str())
}

/// `TOMO`: how a name after "skill" must be written.
fn is_name(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use crate::model::NotePath;
    use crate::parse::Options;
    use crate::parse::parse;

    #[test]
    fn words_beside_skill_are_found() {
        let text = "- Add ticket number related TOMO skill\n- Add new skill to learn\n- my Kafka skills, soft skills; skill OPS\n- `AWS skill` skilled worker\n#skill/x a-b Skill\n";
        let note = parse(&NotePath::from("n.md"), text, &Options::default()).note;
        let words: Vec<_> = note.skill_words.iter().map(|word| (word.line, word.word.as_str())).collect();
        assert_eq!(words, [(1, "TOMO"), (3, "Kafka"), (3, "OPS"), (5, "a-b")]);
    }
}
