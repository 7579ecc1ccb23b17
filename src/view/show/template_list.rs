//! The available templates, each with its description.

use std::borrow::Cow;

use crate::model::NotePath;
use crate::report::template_list::TemplateItem;
use crate::report::template_list::TemplateList;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Role;
use crate::view::Row;
use crate::view::screen::cell;
use crate::view::screen::plain;

/// Maximum width of a name, in columns.
const WIDEST: usize = 30;

impl Report for TemplateList {
    fn rows(&self) -> impl Iterator<Item = impl Row> {
        self.templates.iter()
    }

    fn show(&self, paths: &dyn Paths) -> Document {
        let mut document = Document::default();
        let width = self.templates.iter().map(|item| item.name.chars().count()).max().unwrap_or(0).min(WIDEST);
        for item in &self.templates {
            let mut line = vec![cell(format!("{:width$}", item.name), Role::Id)];
            if let Some(error) = &item.error {
                line.push(cell(format!("  {error}"), Role::Bad));
            } else if let Some(about) = &item.about {
                line.push(plain(format!("  {about}")));
            }
            if let Some(path) = &item.path {
                line.push(cell(format!("  {}", paths.shown(path)), Role::Path));
            }
            document.line(line);
        }
        document
    }
}

impl Row for TemplateItem {
    fn path(&self) -> Option<&NotePath> {
        self.path.as_ref()
    }

    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.about.as_deref().unwrap_or(&self.name))
    }
}
