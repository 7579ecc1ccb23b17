//! Which places of a note are prose: where a name can be written otherwise without a change of code, addresses or comments.

use crate::model::Lines;
use crate::model::Note;
use crate::model::Span;
use crate::parse;
use crate::parse::outline::Outline;

/// The prose of a note.
pub(crate) struct Prose<'a> {
    text: &'a str,
    note: &'a Note,
    outline: Outline,
}

impl<'a> Prose<'a> {
    /// Reads a note's text again, with the facts that are known of it.
    pub(crate) fn new(text: &'a str, note: &'a Note) -> Self {
        let lines = Lines::new(text);
        Self { text, note, outline: parse::outline_of(text, note.body_start, &lines) }
    }

    /// True for a place outside of code, maths, HTML, comments, wikilinks, and addresses of any kind.
    pub(crate) fn has(&self, place: Span) -> bool {
        if self.outline.mask_at(place.start).is_some() {
            return false;
        }
        let mut links = self.note.links.iter().chain(&self.note.definitions);
        let is_in_link = links.any(|link| {
            let words = link.span.of(self.text).strip_prefix('[').and_then(|rest| rest.find("](").or(rest.find("][")));
            let from = match words {
                Some(len) if !link.is_wiki() => link.span.start + 1 + len,
                _ => link.span.start,
            };
            (from..link.span.end).contains(&place.start)
        });
        !is_in_link && !self.is_in_address(place)
    }

    /// `docs/HB-2.md`, `C:\HB-2\y`, `HB-2.5`, `ida@x.org`, `@ida/x`: part of something without spaces that is no prose.
    fn is_in_address(&self, place: Span) -> bool {
        let before = self.text.get(..place.start).unwrap_or("").rsplit(char::is_whitespace).next().unwrap_or("");
        let behind = self.text.get(place.end..).unwrap_or("").split(char::is_whitespace).next().unwrap_or("");
        let goes_on = |mark: char| {
            let rest = behind.strip_prefix(mark);
            rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        };
        let word = format!("{before}{behind}");
        let has_dot = || word.split('.').skip(1).any(|rest| rest.starts_with(char::is_alphanumeric));
        let is_mail = before.strip_suffix('@').is_some_and(|name| name.ends_with(char::is_alphanumeric));
        word.contains("://")
            || word.contains('\\')
            || (word.contains('/') && has_dot())
            || goes_on('.')
            || is_mail
            || (before.ends_with('@') && goes_on('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;

    #[test]
    fn a_name_is_prose_only_in_words() {
        let holds = |text: &str| {
            let note = parse::parse(&NotePath::from("a.md"), text, &parse::Options::default()).note;
            let at = text.find("Ida").unwrap();
            Prose::new(text, &note).has(Span::new(at, at + 3))
        };
        for text in [
            "ask @Ida\n",
            "- [ ] x (Ida) [a](b.md)\n",
            "Ida: yes\n",
            "Bo/Ida.\n",
            "[with Ida](b.md)\n",
            "**Ida**\n",
            "@Ida/@Bo\n",
            "# Ida\n",
            "| Ida |\n|---|\n",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in [
            "`@Ida`\n",
            "x\n\n    @Ida\n",
            "<!-- @Ida -->\n",
            "%% @Ida %%\n",
            "a $@Ida$ b\n",
            "<a href=\"@Ida\">x</a>\n",
            "<div>\nIda\n</div>\n",
            "[[@Ida]] [[people/@Ida|her]]\n",
            "read https://m.example/@Ida/1\n",
            "[r]: https://m.example/@Ida\n",
            "[x](b(Ida).md)\n",
            "mail x@Ida.org\n",
            "npm i @Ida/x\n",
            "git@Ida:x\n",
            "docs/Ida.md\n",
            "C:\\Ida\\x\n",
            "Ida.5\n",
        ] {
            assert!(!holds(text), "{text}");
        }
    }
}
