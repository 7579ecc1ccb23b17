//! What every page has around it: what the templates get besides what is on the page.

use serde::Serialize;

use crate::site::Site;
use crate::site::feed;
use crate::site::published::HeaderLink;
use crate::site::text::outside;

/// A link with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) current: bool,
    /// What tells it from others of the same words; empty for most.
    pub(crate) aside: String,
}

/// What every template gets.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Common {
    site: SiteFacts,
    /// `../` as often as needed; empty at the top.
    root: String,
    /// The page's own whole address, where the site's is known.
    canonical: Option<String>,
    /// Of the head: the page's title.
    head_title: String,
    description: String,
    /// Which entry of the header is here.
    here: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct SiteFacts {
    title: String,
    description: String,
    language: String,
    /// The language of the frame's words.
    spoken: &'static str,
    direction: String,
    authors: Vec<String>,
    repository: Option<String>,
    default_theme: Option<String>,
    feed: bool,
    /// The overview is not the start page.
    overview: bool,
    remote_media: bool,
    /// The pages of reports, in the order of the header.
    reports: Vec<HeaderLink>,
    /// From the site's top.
    styles: Vec<String>,
    scripts: Vec<String>,
}

/// Where the style sheets or scripts of the settings stand, from the site's top.
pub(crate) fn extras(files: &[String], extension: &str) -> Vec<String> {
    (1..=files.len()).map(|number| format!("assets/own-{number}.{extension}")).collect()
}

impl Common {
    pub(crate) fn new(site: &Site<'_>, address: &str, title: &str, description: &str, here: &'static str) -> Self {
        let source = site.source;
        let default_theme = source.default_theme.as_deref().filter(|theme| matches!(*theme, "light" | "dark"));
        Self {
            site: SiteFacts {
                title: source.title.clone(),
                description: source.description.clone(),
                language: source.language.clone(),
                spoken: site.words.language(),
                direction: source.direction.clone(),
                authors: source.authors.clone(),
                repository: source.repository.as_deref().and_then(outside),
                default_theme: default_theme.map(str::to_owned),
                feed: feed::exists(site),
                remote_media: source.remote_media,
                overview: site.overview != "index.html",
                reports: site.reports.borrow().clone(),
                styles: extras(&source.styles, "css"),
                scripts: extras(&source.scripts, "js"),
            },
            root: "../".repeat(address.matches('/').count()),
            canonical: site.whole(address),
            head_title: if title == source.title { title.to_owned() } else { format!("{title} · {}", source.title) },
            description: if description.is_empty() { source.description.clone() } else { description.to_owned() },
            here,
        }
    }

    /// For pages that are shown at any address: the 404 page.
    pub(crate) fn rooted(mut self, root: String) -> Self {
        self.root = root;
        self.canonical = None;
        self
    }
}
