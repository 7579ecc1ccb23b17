//! The notebook as a website: what it is made of, the build, and where its files go.

mod error;
mod folder;
mod pages;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use crate::disk;
use crate::disk::Written;
use crate::index::Select;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::PrivateReason;
use crate::query::Query;
use crate::report::graph::Graph;
use crate::report::notes::property_day;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::site;
use crate::site::Site;
use crate::site::publish::Unpublished;
use crate::site::report_page::ReportPage;
use crate::site::theme::Theme;

pub use crate::site::Fault;
pub use error::SiteError;

/// Bytes of a picture that tell its size; an EXIF block may stand before it.
const HEAD: u64 = 256 << 10;
/// Notes that are looked at for the language of the frame.
const SAMPLE: usize = 24;

/// How to build the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteRequest {
    /// The folder of pages, absolute; `None` for `build-dir` of the settings, else `public`.
    pub folder: Option<PathBuf>,
    /// The address at which it will stand; `None` for the one of the settings.
    pub base_url: Option<String>,
    /// With drafts.
    pub drafts: bool,
    /// HTML in notes is left as it is.
    pub trust_html: bool,
}

/// What a build did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteBuild {
    /// The folder of pages, absolute.
    pub folder: PathBuf,
    /// Notes with a page.
    pub published: usize,
    /// Files that are new or other than before.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files of ours that are made no more and are gone.
    pub removed: usize,
    /// Addresses that an earlier build, or one on another computer, may have left: nothing here proves it, so they stay.
    pub left: Vec<String>,
    /// Notes without a page.
    pub withheld: usize,
    /// Those of them whose front matter cannot be read, and may say that they are private.
    pub unreadable: Vec<NotePath>,
    /// What is wrong with published notes, in the order of path and line.
    pub faults: Vec<Fault>,
}

impl Session {
    /// Builds the site. Files that are as they were are not written again, and files of others are left alone. `progress`
    /// learns of pages done and to do.
    ///
    /// # Errors
    ///
    /// As [`Session::refresh`]; [`Error::Site`].
    pub fn site(&self, request: &SiteRequest, progress: &mut dyn FnMut(usize, usize)) -> Result<SiteBuild, Error> {
        let notebook = &self.notebook;
        let folder = folder::find(notebook, request.folder.as_deref())?;
        let base_url = self.base_url(request)?;
        let notes = self.notes(Select::All, &Query::default())?;
        let files = self.files_around(&folder)?;
        let attachments = self.attachments(&files);
        let source = site::Source {
            notes: self.entries(&notes),
            attachments: &attachments,
            drafts: request.drafts,
            trust_html: request.trust_html,
            text: &|path| disk::read(notebook, path).ok().map(|text| text.text),
            head: &|path| disk::output::head(&notebook.resolve(path).ok()?, HEAD).ok(),
            ..self.frame(base_url, self.language(&notes))?
        };
        let theme = disk::theme_files(notebook).map_err(SiteError::Theme)?;
        let theme = Theme::new(theme).map_err(|error| SiteError::Template(site::Error(error)))?;
        let graph = Graph::new(notes.refs(), &files);
        let nothing = Note::default();
        let site = Site::new(&source, &graph, theme, &nothing);
        let published = self.limited_to(site.published_paths().map(|path| (path.clone(), Vec::new())).collect());
        let build = self.write(&site, &published.report_pages(&notes), folder, progress)?;
        let unreadable = |(index, why): &(usize, Unpublished)| {
            let path = source.notes.get(*index)?.path;
            (*why == Unpublished::Private(PrivateReason::Unreadable)).then(|| path.clone())
        };
        Ok(SiteBuild {
            withheld: site.unpublished().len(),
            unreadable: site.unpublished().iter().filter_map(unreadable).collect(),
            faults: site.faults(),
            ..build
        })
    }

    /// Removes what [`SiteBuild::left`] names, for somebody who has seen it. How many files there were.
    ///
    /// # Errors
    ///
    /// [`SiteError::Output`].
    pub fn remove_left(&self, build: &SiteBuild) -> Result<usize, Error> {
        let gone = disk::output::remove_left(&build.folder, &self.site_record(&build.folder), &build.left);
        Ok(gone.map_err(|source| SiteError::Output { path: build.folder.clone(), source })?)
    }

    /// Where it is recorded what was built into a folder.
    fn site_record(&self, folder: &Path) -> PathBuf {
        self.folders.state.join("sites").join(super::folder_name(folder))
    }

    /// Writes our templates, style sheet and script beside the settings as a start for one's own, never over a file. The
    /// folder, and the names of the files that were written.
    ///
    /// # Errors
    ///
    /// [`SiteError::Theme`].
    pub fn eject_theme(&self) -> Result<(PathBuf, Vec<String>), Error> {
        Ok(disk::write_theme(&self.notebook, &site::theme::FILES).map_err(SiteError::Theme)?)
    }

    fn entries<'n>(&self, notes: &'n Notes) -> Vec<site::Entry<'n>> {
        let rules = disk::SiteRules::new(&self.notebook);
        let entries = notes.records().iter().map(|record| site::Entry {
            path: &record.path,
            parsed: &record.parsed,
            hash: record.hash,
            modified: property_day(&record.parsed.note, &["modified", "updated", "last_modified"]),
            // a list of to-dos is not a page
            excluded: rules.exclude(&record.path) || record.path.is_todo_txt(),
        });
        entries.collect()
    }

    /// The files of the notebook that are not notes, sorted. The last build's own files are not among them.
    fn files_around(&self, folder: &Path) -> Result<Vec<NotePath>, Error> {
        let options = disk::WalkOptions { attachments: true, no_notes: true, ..disk::WalkOptions::default() };
        let mut files = disk::walk(&self.notebook, options).map_err(Error::Walk)?.attachments;
        let built = folder.strip_prefix(&self.notebook.root).ok();
        files.retain(|path| built.is_none_or(|built| !Path::new(&path.to_os()).starts_with(built)));
        Ok(files)
    }

    /// Files that may be published.
    fn attachments(&self, files: &[NotePath]) -> Vec<NotePath> {
        let rules = disk::SiteRules::new(&self.notebook);
        files.iter().filter(|path| !rules.exclude(path)).cloned().collect()
    }

    /// The language of the frame: that of the settings, else that of most published notes, where the frame speaks it.
    fn language(&self, notes: &Notes) -> String {
        let settings = &self.notebook.settings;
        if let Some(said) = settings.book.language.clone().or_else(|| settings.language.clone()) {
            return said;
        }
        let entries: Vec<site::Entry<'_>> = self.entries(notes);
        let public: Vec<_> = entries
            .iter()
            .filter(|entry| site::publish::why_not(&entry.parsed.note, entry.excluded, false).is_none())
            .collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in public.iter().step_by((public.len() / SAMPLE).max(1)) {
            let text = disk::read(&self.notebook, entry.path).ok();
            let language = text.and_then(|text| crate::index::language_tag(&text.text)).unwrap_or("");
            *counts.entry(language).or_default() += 1;
        }
        let most = counts.into_iter().filter(|(language, _)| !language.is_empty()).max_by_key(|(_, count)| *count);
        let spoken = most.map(|(language, _)| language).filter(|language| site::speaks(language));
        spoken.unwrap_or("en").to_owned()
    }

    /// What a site is made of besides its notes: what the settings say.
    fn frame<'s>(&'s self, base_url: Option<String>, language: String) -> Result<site::Source<'s>, SiteError> {
        let notebook = &self.notebook;
        let book = &notebook.settings.book;
        let extras = |key: &'static str, names: &[String]| {
            let failed = |(name, source)| SiteError::Extra { key, name, source };
            disk::extra_files(notebook, names).map_err(failed)
        };
        let name = notebook.base.file_name().map(|name| name.to_string_lossy().into_owned());
        // mdBook takes the direction from the language, too
        let direction = book.text_direction.as_deref().filter(|direction| matches!(*direction, "ltr" | "rtl"));
        let by_language = site::direction::of_language(&language);
        let below = notebook.root.strip_prefix(&notebook.base).unwrap_or(Path::new(""));
        let prefix = below.to_string_lossy();
        let hard_line_breaks = notebook.settings.hard_line_breaks;
        Ok(site::Source {
            notes: Vec::new(),
            attachments: &[],
            title: book.title.clone().or(name).unwrap_or_else(|| "Notes".to_owned()),
            description: book.description.clone().unwrap_or_default(),
            authors: book.authors.clone(),
            direction: direction.unwrap_or(by_language).to_owned(),
            language,
            base_url,
            edit_url: book.edit_url_template.clone(),
            edit_prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
            repository: book.git_repository_url.clone(),
            cname: book.cname.clone(),
            summary: disk::summary(notebook),
            redirect: book.redirect.clone(),
            default_theme: book.default_theme.clone(),
            styles: extras("additional-css", &book.additional_css)?,
            scripts: extras("additional-js", &book.additional_js)?,
            not_found: Some(NotePath::from(book.input_404.as_deref().unwrap_or("404.md"))),
            drafts: false,
            trust_html: false,
            hard_line_breaks: hard_line_breaks.unwrap_or_else(|| disk::obsidian::hard_line_breaks(notebook)),
            remote_media: notebook.settings.remote_media,
            language_of: &crate::index::language_tag,
            trackers: &notebook.settings.tickets,
            text: &|_| None,
            head: &|_| None,
        })
    }

    /// The site's address with a final `/`.
    fn base_url(&self, request: &SiteRequest) -> Result<Option<String>, SiteError> {
        let site_url = self.notebook.settings.book.site_url.clone().filter(|url| url.contains("://"));
        let Some(url) = request.base_url.clone().or(site_url) else { return Ok(None) };
        let odd = |c: char| c.is_control() || c.is_whitespace() || "\"'<>\\^`{|}?#".contains(c);
        if (!url.starts_with("https://") && !url.starts_with("http://")) || url.contains(odd) {
            return Err(SiteError::BaseUrl { url });
        }
        Ok(Some(format!("{}/", url.trim_end_matches('/'))))
    }

    /// Writes what the site makes.
    fn write(
        &self,
        site: &Site<'_>,
        reports: &[ReportPage<'_>],
        folder: PathBuf,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<SiteBuild, SiteError> {
        let failed = |address: &str, source| SiteError::Output { path: folder.join(address), source };
        let record = self.site_record(&folder);
        let output = disk::Output::open(&folder, &record).map_err(|error| failed("", error))?;
        folder::check_contents(&folder, output.is_first())?;
        let output = RefCell::new(output);
        let (mut changed, mut same, mut in_the_way) = (0, 0, Vec::new());
        let mut sink = |file: site::Output| {
            let mut output = output.borrow_mut();
            let (address, written) = match file {
                site::Output::Same { address, .. } => {
                    output.keep(&address);
                    (address, Ok(Written::Same))
                }
                site::Output::File { address, key, bytes } => {
                    let written = output.write(&address, key, &bytes);
                    (address, written)
                }
                site::Output::Copy { address, from } => {
                    let written = self.notebook.resolve(&from).and_then(|from| output.copy(&address, &from));
                    (address, written)
                }
            };
            match written.map_err(|error| failed(&address, error))? {
                Written::Changed => changed += 1,
                Written::Same => same += 1,
                Written::InTheWay => in_the_way.push(address),
            }
            Ok(())
        };
        let fresh = |address: &str, key: u64| output.borrow().is_fresh(address, key);
        let made = |folder: &str| output.borrow().made(folder);
        site.build::<SiteError>(reports, &fresh, &made, &mut sink, progress)?;
        let finished = output.into_inner().finish().map_err(|error| failed("", error))?;
        if !in_the_way.is_empty() {
            return Err(SiteError::InTheWay { folder, addresses: in_the_way });
        }
        Ok(SiteBuild {
            folder,
            published: site.published(),
            written: changed,
            unchanged: same,
            removed: finished.removed,
            left: finished.left,
            withheld: 0,
            unreadable: Vec::new(),
            faults: Vec::new(),
        })
    }
}
