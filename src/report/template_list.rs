//! The templates that a notebook has, its own and those that come with the program.

use serde::Serialize;

use crate::model::NotePath;

/// The templates, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TemplateList {
    /// The templates.
    pub templates: Vec<TemplateItem>,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateItem {
    /// What names it.
    pub name: String,
    /// Its file, from the notes folder; `None` for one that comes with the program.
    pub path: Option<NotePath>,
    /// What it is for, in its own words.
    pub about: Option<String>,
    /// The folder of its notes as it is written, with tags; `None` where the template does not say.
    pub note_dir: Option<String>,
    /// The name of its notes, likewise.
    pub note_name: Option<String>,
    /// What it asks for.
    pub vars: Vec<TemplateVariable>,
    /// Why it cannot be used, with its line.
    pub error: Option<String>,
}

/// What a template asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateVariable {
    /// For `--var`.
    pub name: String,
    /// The question.
    pub ask: Option<String>,
    /// What holds without an answer, as it is written.
    pub default: Option<String>,
}
