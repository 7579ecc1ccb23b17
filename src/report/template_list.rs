//! The templates of a notebook, its own and those that come with the program.

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
    /// Its name.
    pub name: String,
    /// Its file, relative to the notes folder; `None` for one that comes with the program.
    pub path: Option<NotePath>,
    /// Its description, as written.
    pub about: Option<String>,
    /// The folder of its notes as written, with tags; `None` if the template does not set one.
    pub note_dir: Option<String>,
    /// The name of its notes, in the same way.
    pub note_name: Option<String>,
    /// Its variables.
    pub vars: Vec<TemplateVariable>,
    /// Why it cannot be used, with its line.
    pub error: Option<String>,
}

/// A variable of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TemplateVariable {
    /// For `--var`.
    pub name: String,
    /// The question.
    pub ask: Option<String>,
    /// The value if there is no answer, as written.
    pub default: Option<String>,
}
