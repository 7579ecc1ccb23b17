//! The templates of a notebook: which there are, and one of them read.

use crate::disk;
use crate::disk::TemplateFile;
use crate::disk::templates::Origin;
use crate::model::NotePath;
use crate::model::words;
use crate::report::template_list::TemplateItem;
use crate::report::template_list::TemplateList;
use crate::report::template_list::TemplateVariable;
use crate::session::Error;
use crate::session::Session;
use crate::template::Dialect;
use crate::template::Remark;
use crate::template::Variable;
use crate::template::note::Template;
use crate::template::shipped::PLAIN;
use crate::template::shipped::SHIPPED;

/// zk's name of the one for notes of no kind.
const ZKS_PLAIN: &str = "default";

/// Where a template comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    File(TemplateFile),
    Shipped(&'static str),
}

/// A template that was read.
#[derive(Debug, Clone)]
pub(super) struct OpenTemplate {
    pub(super) name: String,
    source: Source,
    pub(super) template: Template,
}

impl OpenTemplate {
    /// What is wrong in it, as an error with the place.
    pub(super) fn fault(&self, remark: Remark) -> Error {
        fault(&self.name, &self.source, remark)
    }

    /// A remark as an error would say it.
    pub(super) fn remark(&self, remark: &Remark) -> String {
        self.fault(remark.clone()).to_string()
    }
}

fn fault(name: &str, source: &Source, remark: Remark) -> Error {
    let path = if let Source::File(file) = source { Some(file.path.clone()) } else { None };
    Error::Template { name: name.to_owned(), path, line: remark.line, message: remark.message }
}

/// What a template wants to know before a note can be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The template.
    pub template: String,
    /// The title of the note.
    pub title: bool,
    /// The rest, those with an answer of their own included.
    pub vars: Vec<Variable>,
}

impl Session {
    /// The templates that there are, the notebook's own first.
    #[must_use]
    pub fn templates(&self) -> TemplateList {
        let item = |(name, source): (String, Source)| match self.read_template(&name, source.clone()) {
            Ok(open) => item(&open),
            Err(error) => TemplateItem {
                path: if let Source::File(file) = &source { Some(file.path.clone()) } else { None },
                error: Some(error.to_string()),
                name,
                about: None,
                note_dir: None,
                note_name: None,
                vars: Vec::new(),
            },
        };
        TemplateList { templates: self.template_sources().into_iter().map(item).collect() }
    }

    /// The names of the templates that there are, the notebook's own first.
    #[must_use]
    pub fn template_names(&self) -> Vec<String> {
        self.template_sources().into_iter().map(|(name, _)| name).collect()
    }

    /// Each name once.
    fn template_sources(&self) -> Vec<(String, Source)> {
        let files = disk::templates(&self.notebook).into_iter().map(|file| (file.name.clone(), Source::File(file)));
        let shipped = SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), Source::Shipped(text)));
        let mut found: Vec<(String, Source)> = Vec::new();
        for (name, source) in files.chain(shipped) {
            if !found.iter().any(|(known, _)| *known == name) {
                found.push((name, source));
            }
        }
        found
    }

    /// Reads a template; `None` is the one for notes of no kind.
    pub(super) fn open_template(&self, name: Option<&str>) -> Result<OpenTemplate, Error> {
        let mut sources = self.template_sources();
        let at = |name: &str, sources: &[(String, Source)]| sources.iter().position(|(known, _)| known == name);
        let wanted = name.unwrap_or(PLAIN);
        let is_own = |at: &usize| matches!(sources.get(*at), Some((_, Source::File(_))));
        let place = match name {
            Some(name) => at(name, &sources),
            None => {
                at(PLAIN, &sources).filter(is_own).or_else(|| at(ZKS_PLAIN, &sources)).or_else(|| at(PLAIN, &sources))
            }
        };
        let Some(place) = place else {
            let near = words::nearest(wanted, sources.iter().map(|(name, _)| name.as_str())).map(str::to_owned);
            return Err(Error::NoTemplate { name: wanted.to_owned(), near });
        };
        let (name, source) = sources.swap_remove(place);
        self.read_template(&name, source)
    }

    /// The notebook's own template of a name, where it has one of its own.
    pub(super) fn own_template(&self, name: &str) -> Result<Option<OpenTemplate>, Error> {
        let own = self.template_sources().into_iter().find(|(known, source)| {
            known == name && matches!(source, Source::File(file) if file.origin == Origin::Own)
        });
        own.map(|(name, source)| self.read_template(&name, source)).transpose()
    }

    /// A note that Obsidian takes for a template: what Obsidian would leave as it is stays.
    pub(super) fn obsidians_template(&self, path: NotePath, text: &str) -> Result<OpenTemplate, Error> {
        let (name, file) = (path.stem().to_owned(), path.clone());
        let source = Source::File(TemplateFile {
            name: name.clone(),
            path: file,
            origin: Origin::Obsidian,
            date: None,
            time: None,
        });
        let dialect = Dialect { unknown_stays: true, ..Dialect::default() };
        let template = Template::read(text, dialect).map_err(|remark| fault(&name, &source, remark))?;
        Ok(OpenTemplate { name, source, template })
    }

    fn read_template(&self, name: &str, source: Source) -> Result<OpenTemplate, Error> {
        let text = match &source {
            Source::Shipped(text) => (*text).to_owned(),
            Source::File(file) => disk::read_template(&self.notebook, file)
                .map_err(|error| fault(name, &source, Remark { line: 1, message: error.to_string() }))?,
        };
        let dialect = match &source {
            Source::Shipped(_) => Dialect::default(),
            Source::File(file) => Dialect {
                date: file.date.clone(),
                time: file.time.clone(),
                settings_at_top: file.origin == Origin::Own,
                unknown_stays: false,
            },
        };
        let template = Template::read(&text, dialect).map_err(|remark| fault(name, &source, remark))?;
        Ok(OpenTemplate { name: name.to_owned(), source, template })
    }
}

fn item(open: &OpenTemplate) -> TemplateItem {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let var = |one: &Variable| TemplateVariable {
        name: one.name.clone(),
        ask: one.ask.clone(),
        default: one.default.as_ref().map(|default| default.text.clone()),
    };
    TemplateItem {
        name: open.name.clone(),
        path: if let Source::File(file) = &open.source { Some(file.path.clone()) } else { None },
        about: own(open.template.about()),
        note_dir: own(open.template.dir()),
        note_name: own(open.template.name()),
        vars: open.template.vars().iter().map(var).collect(),
        error: None,
    }
}
