//! Decides whether a note is private or a draft.
//!
//! When in doubt a note is private: a value that is neither yes nor no counts as private, and so does unreadable front
//! matter that names one of the keys.

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Privacy;
use crate::model::PrivacyKey;
use crate::model::PrivateReason;
use crate::model::Property;
use crate::model::Severity;
use crate::model::Value;
use crate::model::privacy::DRAFT_WORDS;
use crate::model::privacy::FEW_WORDS;
use crate::model::privacy::PRIVATE_WORDS;
use crate::model::privacy::is_private_tag;
use crate::model::words::fold;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::front::Unread;
use crate::parse::front::yes_or_no;

/// Decides about a note whose properties and tags are known. `unread`: text that looks like front matter but was not read.
pub(crate) fn read(
    path: &NotePath,
    text: &str,
    lines: &Lines,
    unread: &Unread,
    note: &Note,
    diagnostics: &mut Diagnostics<'_>,
) -> Privacy {
    let mut privacy = Privacy::default();
    for property in &note.properties {
        nested(&property.value, &mut privacy);
        let Some(key) = PrivacyKey::of(&property.key) else { continue };
        judge(key, &property.value, &mut privacy);
        let is_clear = match key {
            PrivacyKey::Private | PrivacyKey::Publish | PrivacyKey::Draft => answer(&property.value).is_some(),
            PrivacyKey::Published => !says_nothing(&property.value),
            PrivacyKey::State | PrivacyKey::Access | PrivacyKey::Sort => true,
        };
        if !is_clear {
            unclear(text, lines, property, diagnostics);
        }
    }
    for (name, value) in &unread.entries {
        nested(value, &mut privacy);
        if let Some(key) = PrivacyKey::of(name) {
            judge(key, value, &mut privacy);
        }
    }
    if unread.garbled.is_some_and(|span| mentions(span.of(text))) {
        privacy.private = privacy.private.or(Some(PrivateReason::Unreadable));
    }
    if is_in_private_folder(path) && !note.properties.iter().any(allows) {
        privacy.private = privacy.private.or(Some(PrivateReason::Folder));
    }
    // last, because the other reasons apply to the whole note, and a tag perhaps to a part of it
    for tag in &note.tags {
        if is_private_tag(&tag.name) {
            privacy.private = privacy.private.or(Some(PrivateReason::Tag));
        }
        privacy.draft |= tag.name.trim_start_matches('#').split('/').any(|part| part.to_lowercase() == "draft");
    }
    privacy
}

/// True below a folder such as `private` or `_Privat`.
fn is_in_private_folder(path: &NotePath) -> bool {
    let is_private = |folder: &str| {
        let name = fold(folder.trim_matches(['_', '.', ' ']));
        PRIVATE_WORDS.iter().any(|word| fold(word) == name)
    };
    path.folder().split('/').any(is_private)
}

/// True for a property that explicitly allows publication: `publish: true`, `private: false`.
fn allows(property: &Property) -> bool {
    let said = match PrivacyKey::of(&property.key) {
        Some(PrivacyKey::Publish | PrivacyKey::Published) => Some(true),
        Some(PrivacyKey::Private) => Some(false),
        _ => None,
    };
    said.is_some() && answer(&property.value) == said
}

/// Applies the keys inside a value: `site: {publish: false}`.
fn nested(value: &Value, privacy: &mut Privacy) {
    match value {
        Value::Map(pairs) => {
            for (name, value) in pairs {
                nested(value, privacy);
                if let Some(key) = PrivacyKey::of(name) {
                    judge(key, value, privacy);
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| nested(item, privacy)),
        Value::Null | Value::Text(_) => {}
    }
}

/// Applies a key with this value.
fn judge(key: PrivacyKey, value: &Value, privacy: &mut Privacy) {
    let answer = answer(value);
    let refuses = || value.texts().into_iter().any(is_refusal);
    let reason = match key {
        PrivacyKey::Private => (answer != Some(false)).then_some(PrivateReason::Private),
        PrivacyKey::Publish => (answer != Some(true)).then_some(PrivateReason::Unpublished),
        PrivacyKey::Published => {
            (refuses() || says_nothing(value) || has_word(value, &PRIVATE_WORDS) || has_word(value, &DRAFT_WORDS))
                .then_some(PrivateReason::Unpublished)
        }
        PrivacyKey::Draft => {
            privacy.draft |= answer != Some(false);
            None
        }
        PrivacyKey::State => {
            privacy.draft |= has_word(value, &DRAFT_WORDS);
            has_word(value, &PRIVATE_WORDS).then_some(PrivateReason::Private)
        }
        PrivacyKey::Access => {
            privacy.draft |= has_word(value, &DRAFT_WORDS);
            (refuses() || has_word(value, &PRIVATE_WORDS) || has_word(value, &FEW_WORDS))
                .then_some(PrivateReason::Private)
        }
        PrivacyKey::Sort => {
            privacy.draft |= is_word(value, &DRAFT_WORDS);
            is_word(value, &PRIVATE_WORDS).then_some(PrivateReason::Private)
        }
    };
    privacy.private = privacy.private.or(reason);
}

/// Yes or no; `None` for anything else, including an empty value.
fn answer(value: &Value) -> Option<bool> {
    match value {
        Value::Text(text) => yes_or_no(text),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}

/// True for `key:` with an empty value in any notation.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.iter().all(says_nothing),
        Value::Map(_) => false,
    }
}

/// True if a text of the value contains one of these words.
fn has_word(value: &Value, words: &[&str]) -> bool {
    value.texts().iter().any(|text| {
        let text = text.to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part))
    })
}

/// True if a text of the value is one of these words.
fn is_word(value: &Value, words: &[&str]) -> bool {
    value.texts().iter().any(|text| words.contains(&text.trim().trim_start_matches('#').to_lowercase().as_str()))
}

/// True for a plain no, and for its usual substitutes.
fn is_refusal(text: &str) -> bool {
    const REFUSALS: [&str; 15] = [
        "none",
        "nobody",
        "no one",
        "not",
        "not yet",
        "not published",
        "-",
        "–",
        "n/a",
        "later",
        "soon",
        "pending",
        "tbd",
        "f",
        "nein",
    ];
    yes_or_no(text) == Some(false) || REFUSALS.contains(&text.trim().to_lowercase().as_str())
}

fn unclear(text: &str, lines: &Lines, property: &Property, diagnostics: &mut Diagnostics<'_>) {
    let key = &property.key;
    let what = if says_nothing(&property.value) { "says nothing" } else { "is neither true nor false" };
    let kept =
        if PrivacyKey::of(key) == Some(PrivacyKey::Draft) { "counts as a draft" } else { "is treated as private" };
    let line = lines.content(text, property.line);
    let message = format!("`{key}:` {what}: the note {kept}; write `{key}: true` or `{key}: false`");
    diagnostics.at("front-matter-unclear", Severity::Warning, line, property.line, 1, message);
}

/// True if a text that should be front matter, but cannot be read as such, names one of the keys.
fn mentions(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').any(|word| {
        let key = PrivacyKey::of(word);
        matches!(key, Some(PrivacyKey::Private | PrivacyKey::Publish | PrivacyKey::Published | PrivacyKey::Draft))
            || PRIVATE_WORDS.contains(&word)
    })
}

#[cfg(test)]
mod tests;
