//! Another label for a footnote, or for a link whose address stands elsewhere.

use crate::model::Edit;
use crate::parse::Label;
use crate::parse::LabelUse;

/// Gives a label another name; what readers see of a link stays.
#[must_use]
pub fn renamed(label: &Label, name: &str) -> Edit {
    let text = match label.written {
        LabelUse::Shortcut => format!("[{name}]"),
        LabelUse::Definition | LabelUse::Named | LabelUse::Collapsed => name.to_owned(),
    };
    Edit { start: label.name_span.start, end: label.name_span.end, text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::parse;

    #[test]
    fn every_writing() {
        let text = "[^a] [t][a] [a][] ![a]\n\n[^a]: x\n\n[a]: b.md\n";
        let edits: Vec<Edit> = parse::labels(text, 0).iter().map(|label| renamed(label, "n")).collect();
        let want = "[^n] [t][n] [a][n] ![a][n]\n\n[^n]: x\n\n[n]: b.md\n";
        assert_eq!(apply_text(text, &edits).unwrap(), want);
    }
}
