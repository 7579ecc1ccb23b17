//! Names that stand alone above points, and say who does them: labels, headings and bullets.

use std::collections::HashMap;

use crate::model::SectionKind;
use crate::parse::input::Input;
use crate::parse::items::Item;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::names::alone;
use crate::parse::meetings::names::clean;
use crate::parse::meetings::names::is_plausible;
use crate::parse::meetings::names::pieces;
use crate::parse::meetings::names::somebody;
use crate::parse::meetings::people::Known;

/// The names above the points of a meeting.
pub(super) struct Above {
    /// The index of the first section of the meeting.
    first: usize,
    /// Who is named by each section that is nothing but a name, or by one above it.
    sections: Vec<Option<String>>,
    /// Who is named by bullets that are nothing but a name: indices into the note's items.
    bullets: HashMap<usize, String>,
}

impl Above {
    /// With the names in headings and labels.
    pub(super) fn new(input: &Input<'_>, meeting: &Found, known: &Known) -> Self {
        let all = &input.note.sections;
        let first = all.partition_point(|section| section.line <= meeting.line);
        let mut sections: Vec<Option<String>> = Vec::new();
        for section in all.iter().skip(first).take_while(|section| section.line <= meeting.end_line) {
            // a label keeps its marks, which say more than its words
            let words = match section.kind {
                SectionKind::Heading => section.text.as_str(),
                SectionKind::Soft => section.heading_span.of(input.text),
            };
            let over = section.parent.and_then(|parent| sections.get(parent.checked_sub(first)?).cloned().flatten());
            sections.push(name(words, known).or(over));
        }
        Self { first, sections, bullets: HashMap::new() }
    }

    /// Takes a bullet for who does what is under it, if it is nothing but a name.
    pub(super) fn take_bullet(&mut self, index: usize, words: &str, known: &Known) -> bool {
        let Some(name) = name(words, known) else { return false };
        self.bullets.insert(index, name);
        true
    }

    /// Who is named by the nearest bullet above an item, else by a section.
    pub(super) fn of(&self, items: &[Item], item: &Item, section: Option<usize>) -> Option<String> {
        let above = std::iter::successors(item.parent, |at| items.get(*at).and_then(|item| item.parent));
        above.filter_map(|at| self.bullets.get(&at)).next().cloned().or_else(|| self.of_section(section))
    }

    /// Who is named by a section, or by one above it.
    pub(super) fn of_section(&self, section: Option<usize>) -> Option<String> {
        self.sections.get(section?.checked_sub(self.first)?).cloned().flatten()
    }
}

/// The person whose name stands alone over points: `**Ida**:`, `### [[Ida Berg|Ida]]`, `- Ida`. Where no names are known, a name
/// with a mark that says so is one too.
fn name(words: &str, known: &Known) -> Option<String> {
    let words = words.trim();
    let is_marked = words.ends_with(':')
        || words.trim_end_matches(['*', '_']).ends_with(':')
        || words.starts_with("**")
        || words.starts_with("[[");
    let bare = alone(words);
    let all = pieces(bare);
    let is_known = || all.iter().all(|one| known.has(one));
    let may_be = || known.is_empty() && is_marked && all.iter().all(|one| is_plausible(one));
    (!all.is_empty() && bare.chars().count() < 60 && (is_known() || may_be())).then(|| clean(bare)).and_then(somebody)
}

/// True for a line that begins with the name of who does what follows: `**Ida**: send the plan`.
pub(super) fn labels(line: &str, known: &Known) -> bool {
    line.split_once(':').is_some_and(|(name, behind)| {
        let is_bold = name.starts_with("**") || name.starts_with("__");
        let name = if is_bold { format!("{name}:") } else { name.to_owned() };
        behind.chars().any(char::is_alphanumeric) && !behind.starts_with("//") && self::name(&name, known).is_some()
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::meetings::owner::tests::owners;

    #[test]
    fn owners_above_a_point() {
        owners("**Wim**: answer on the budget", Some("Wim"));
        owners("**Wim**:\n- answer on the budget", Some("Wim"));
        owners("### Wim\n\n- answer on the budget", Some("Wim"));
        owners("### [[Ida Berg|Ida]]\n\n- answer on the budget", Some("Ida"));
        owners("- Wim\n  - answer on the budget", Some("Wim"));
        owners("- **Ida & Wim:**\n  - answer on the budget", Some("Ida & Wim"));
        owners("**Wim**:\n- Ida: answer on the budget", Some("Ida"));
        owners("**Relay**:\n- answer on the budget", None);
        owners("### Relay\n\n- answer on the budget", None);
        owners("**Wim**: https://example.org", Some("Wim"));
        owners("Wim://example.org", None);
    }
}
