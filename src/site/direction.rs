//! Language and direction of a text: what `lang` and `dir` say on its page.

use crate::model::Note;

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "ug", "ur", "yi"];
/// Characters that tell a text's direction.
const SAMPLE: usize = 2000;

/// `rtl` or `ltr`, of a language tag such as `fa-IR`.
#[must_use]
pub fn of_language(tag: &str) -> &'static str {
    let primary = tag.split(['-', '_']).next().unwrap_or("").to_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

/// The language of a note's text: its `lang:`, where that is a tag, else what its words say.
pub(crate) fn language(note: &Note, text: &str, language_of: &dyn Fn(&str) -> Option<&'static str>) -> Option<String> {
    let said = note.property("lang").and_then(crate::model::Value::as_text).map(str::trim);
    let said = said.filter(|tag| is_tag(tag)).map(|tag| tag.replace('_', "-"));
    said.or_else(|| language_of(text).map(str::to_owned))
}

/// `de`, `pt-BR`, `zh-Hant`
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The direction of a note with this language: the language's, else that of most of its letters; `None` for one without.
pub(crate) fn direction(note: &Note, said: Option<&str>, text: &str) -> Option<&'static str> {
    if let Some(tag) = said.filter(|tag| *tag != "und") {
        return Some(of_language(tag));
    }
    // Hebrew to Arabic, and their presentation forms
    let hebrew_or_arabic =
        |c: &char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let mut counts = (0, 0);
    for letter in note.title.chars().chain(text.chars().take(SAMPLE)).filter(|c| c.is_alphabetic()) {
        if hebrew_or_arabic(&letter) { counts.0 += 1 } else { counts.1 += 1 }
    }
    (counts != (0, 0)).then_some(if counts.0 > counts.1 { "rtl" } else { "ltr" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Property;
    use crate::model::Value;

    #[test]
    fn letters_tell_the_direction() {
        let note = |title: &str| Note { title: title.to_owned(), ..Note::default() };
        assert_eq!(direction(&note("לחם"), None, "קמח `x` מים"), Some("rtl"));
        assert_eq!(direction(&note("Bread"), None, "is לחם"), Some("ltr"));
        assert_eq!(direction(&note("2026"), None, "12"), None);
        assert_eq!(direction(&note("خبز"), Some("und"), "طحين"), Some("rtl"));
        assert_eq!(direction(&note("oven"), Some("fa-IR"), ""), Some("rtl"));
    }

    #[test]
    fn a_language_is_a_tag_of_the_text() {
        let with = |key: &str, value: &str| {
            let property = Property { key: key.to_owned(), value: Value::Text(value.to_owned()), line: 1 };
            language(&Note { properties: vec![property], ..Note::default() }, "", &|_| Some("en"))
        };
        for (key, value, want) in [
            ("lang", "fr", "fr"),
            ("lang", "pt_BR", "pt-BR"),
            ("lang", "日本語", "en"),
            ("lang", "\"><script>", "en"),
            ("language", "日本語", "en"),
            ("language", "ja", "en"),
            ("language", "Japanese", "en"),
        ] {
            assert_eq!(with(key, value).as_deref(), Some(want), "{key}: {value}");
        }
    }
}
