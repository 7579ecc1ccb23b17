//! A note's page: what stands around its text, and the key that says whether it would be the same again.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::model::LinkKind;
use crate::model::Note;
use crate::model::Value;
use crate::parse::plain;
use crate::report::resolve::Target;
use crate::report::todo;
use crate::site::Site;
use crate::site::backlinks::Backlink;
use crate::site::backlinks::backlinks;
use crate::site::direction;
use crate::site::feed;
use crate::site::markdown;
use crate::site::markdown::TocEntry;
use crate::site::places::task_anchor;
use crate::site::report_page;
use crate::site::shell::Shell;
use crate::site::text::escaped;
use crate::site::text::forbidden;
use crate::site::text::outside;
use crate::site::text::uncommented;

/// Words from which on a note's open tasks are listed below it.
const LONG: usize = 200;

/// A link with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) current: bool,
}

/// A line of the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Property {
    name: String,
    text: String,
    /// Where the value is an address outside.
    href: Option<String>,
}

/// A note's page, made.
pub(crate) struct Made {
    pub(crate) html: String,
    pub(crate) files: BTreeSet<usize>,
    pub(crate) raw: bool,
    pub(crate) faults: BTreeSet<(usize, usize, String)>,
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
    direction: String,
    authors: Vec<String>,
    repository: Option<String>,
    default_theme: Option<String>,
    feed: bool,
    /// The overview is not the start page.
    overview: bool,
    remote_media: bool,
    /// The pages of reports, in the order of the header.
    reports: Vec<report_page::Entry>,
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

/// What the template `note.html` gets besides.
#[derive(Serialize)]
struct Page {
    title: String,
    /// HTML.
    title_html: String,
    title_id: String,
    /// HTML.
    body: String,
    toc: Vec<TocEntry>,
    date: Option<String>,
    date_why: String,
    modified: Option<String>,
    kind: Option<String>,
    language: Option<String>,
    /// `rtl` or `ltr`, where it is not the site's.
    direction: Option<&'static str>,
    words: usize,
    tags: Vec<Item>,
    aliases: Vec<String>,
    properties: Vec<Property>,
    crumbs: Vec<Item>,
    neighbours: Vec<Item>,
    all_neighbours: Option<Item>,
    open: Vec<Item>,
    done: usize,
    backlinks: Vec<Backlink>,
    more_backlinks: usize,
    related: Vec<Item>,
    previous: Option<Item>,
    next: Option<Item>,
    edit: Option<String>,
}

/// A key over everything that a note's page is made from.
pub(crate) fn key(site: &Site<'_>, shell: &Shell, place: usize, note: usize) -> u64 {
    let hash = RefCell::new(Xxh3::new());
    let number = |number: u64| hash.borrow_mut().update(&number.to_le_bytes());
    let words = |words: &str| {
        let mut hash = hash.borrow_mut();
        hash.update(words.as_bytes());
        hash.update(&[0xFF]);
    };
    let own = |index: usize| site.source.notes.get(index).map_or(0, |entry| entry.hash);
    let named = |index: usize| number(shell.named(index));
    number(shell.key);
    number(own(note));
    named(note);
    if let Some(entry) = site.source.notes.get(note) {
        words(entry.path.as_str());
        for (at, _) in entry.path.folder().match_indices('/') {
            words(shell.listed(entry.path.folder().get(..at).unwrap_or("")));
        }
    }
    let (neighbours, of) = shell.neighbours(site, note);
    number(of as u64);
    neighbours.iter().copied().for_each(named);
    around(site, place).into_iter().flatten().chain(shell.related(note)).for_each(named);
    for &(from, _) in site.graph.incoming(note).iter().filter(|(from, _)| site.places.page(*from).is_some()) {
        named(from);
        number(own(from));
    }
    // where its links and those of what it embeds lead
    let mut waiting = vec![note];
    let mut seen = BTreeSet::from([note]);
    while let Some((at, here)) = waiting.pop().and_then(|at| Some((at, site.places.note(at)?))) {
        for tag in &here.tags {
            words(site.tag_address(&tag.name).unwrap_or_default());
        }
        for ticket in &here.tickets {
            words(&(site.source.ticket_url)(&ticket.key).unwrap_or_default());
        }
        for (link, resolved) in here.links.iter().zip(site.graph.outgoing(at)) {
            match &resolved.target {
                Target::Note { note: to, place } => {
                    words(&site.places.href_to_note(note, *to, *place).unwrap_or_default());
                    if link.kind == LinkKind::Embed && site.places.page(*to).is_some() {
                        number(own(*to));
                        named(*to);
                        if seen.insert(*to) {
                            waiting.push(*to);
                        }
                    }
                }
                Target::Attachment(path) => match site.places.file(path) {
                    Some((index, address)) => {
                        words(&address);
                        // a picture's size stands in the page
                        if crate::site::picture::kind(&address) == crate::site::picture::Kind::Picture {
                            words(&format!("{:?}", site.measure(index)));
                        }
                    }
                    None => words("withheld"),
                },
                Target::External => {}
                Target::Missing => words("missing"),
                Target::Outside => words("outside"),
            }
        }
    }
    // zero says: make it each time
    hash.into_inner().digest().max(1)
}

/// The notes before and after in the order of reading.
fn around(site: &Site<'_>, place: usize) -> [Option<usize>; 2] {
    [place.checked_sub(1).and_then(|at| site.order.get(at)).copied(), site.order.get(place + 1).copied()]
}

/// Makes a note's page.
///
/// # Errors
///
/// What is wrong with a template.
pub(crate) fn render(site: &Site<'_>, shell: &Shell, place: usize, index: usize) -> Result<Made, String> {
    let (Some(entry), Some(address)) = (site.source.notes.get(index), site.places.page(index)) else {
        return Err("there is no such note".to_owned());
    };
    let note = &entry.parsed.note;
    let text = site.text(index).unwrap_or_else(|| "".into());
    let body = markdown::render(site, index, index, &text);
    let item = |other: usize| Item {
        href: site.places.href_to_note(index, other, None).unwrap_or_default(),
        text: site.places.note(other).map_or_else(String::new, |note| note.title.clone()),
        current: other == index,
    };
    let (title_id, title_html) = body.title.clone().unwrap_or_else(|| (String::new(), escaped(&note.title)));
    let [previous, next] = around(site, place).map(|other| other.map(item));
    let (backlinks, more_backlinks) = backlinks(site, index);
    let (neighbours, all_neighbours) = neighbours(site, shell, index, &item);
    // a short note shows them itself
    let open = if note.words < LONG { Vec::new() } else { open_tasks(note, entry.path) };
    let own = text.get(note.body_start..).unwrap_or("");
    let language = direction::language(note, own, site.source.language_of);
    let direction = direction::direction(note, language.as_deref(), own);
    let page = Page {
        title: note.title.clone(),
        title_html,
        title_id,
        toc: toc(body.toc),
        body: body.html,
        date: feed::shown(note),
        date_why: note.date_why.join(" "),
        modified: entry.modified.filter(|day| Some(*day) != note.date).map(|day| day.to_string()),
        kind: note.kind.clone(),
        language: language.filter(|language| *language != site.source.language),
        direction: direction.filter(|own| *own != site.source.direction),
        words: note.words,
        tags: tags(site, index, note),
        aliases: note.aliases.clone(),
        properties: properties(note),
        crumbs: crumbs(site, shell, index),
        neighbours,
        all_neighbours,
        done: note.tasks.iter().filter(|task| task.checked() && !task.group).count(),
        open,
        backlinks,
        more_backlinks,
        related: shell.related(index).into_iter().map(item).collect(),
        previous,
        next,
        edit: edit(site, entry.path),
    };
    let common = Common::new(site, address, &note.title, &first_words(note, &text), "note");
    let html = site.theme.render("note.html", &common, &page)?;
    Ok(Made { html, files: body.files, raw: body.raw, faults: body.faults })
}

/// The headings worth a table of contents: none for a note with hardly any.
fn toc(mut toc: Vec<TocEntry>) -> Vec<TocEntry> {
    if toc.len() < 2 {
        return Vec::new();
    }
    // a long note's deep headings are noise
    let mut deepest = 6;
    while toc.len() > 60 && deepest > 2 {
        deepest -= 1;
        toc.retain(|entry| entry.level <= deepest);
    }
    let top = toc.iter().map(|entry| entry.level).min().unwrap_or(1);
    for entry in &mut toc {
        entry.level = (entry.level - top + 1).min(4);
    }
    toc
}

/// The beginning of a note's words, for search engines and previews.
fn first_words(note: &Note, text: &str) -> String {
    if let Some(described) = note.property("description").and_then(Value::as_text) {
        return described.trim().to_owned();
    }
    let body = uncommented(text.get(note.body_start..).unwrap_or(""));
    let mut fenced = false;
    let line = body.lines().find(|line| {
        let line = line.trim();
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        }
        !fenced
            && line.len() > 30
            && line.starts_with(|c: char| c.is_alphanumeric() || "*_[\"“".contains(c))
            && !line.starts_with("[[")
    });
    cut(&plain(line.unwrap_or("")), 180)
}

/// At most so many characters, cut between words.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let short: String = text.chars().take(most).collect();
    let end = short.rfind(' ').filter(|end| *end > most / 2).unwrap_or(short.len());
    format!("{}…", short.get(..end).unwrap_or(&short).trim_end_matches([',', ';', ':', '.', ' ']))
}

fn tags(site: &Site<'_>, index: usize, note: &Note) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let known = note.tags.iter().filter(|tag| seen.insert(tag.name.to_lowercase()));
    known
        .filter_map(|tag| {
            let href = site.places.href_from(index, site.tag_address(&tag.name)?);
            Some(Item { href, text: tag.name.clone(), current: false })
        })
        .collect()
}

/// Front matter that is shown nowhere else on the page.
fn properties(note: &Note) -> Vec<Property> {
    const ELSEWHERE: [&str; 19] = [
        "title",
        "tags",
        "tag",
        "aliases",
        "alias",
        "date",
        "created",
        "modified",
        "updated",
        "kind",
        "type",
        "lang",
        "publish",
        "draft",
        "private",
        "description",
        "cssclasses",
        "cssclass",
        "last_modified",
    ];
    let shown = note.properties.iter().filter(|property| !ELSEWHERE.contains(&property.key.to_lowercase().as_str()));
    shown
        .map(|property| {
            let texts = property.value.texts();
            if let [address] = texts.as_slice()
                && let Some(href) = outside(address).filter(|_| !address.contains(char::is_whitespace))
            {
                return Property { name: property.key.clone(), text: cut(address, 300), href: Some(href) };
            }
            let words: Vec<String> = texts.iter().map(|text| plain(text)).collect();
            Property { name: property.key.clone(), text: cut(&words.join(", "), 300), href: None }
        })
        .filter(|property| !property.text.is_empty())
        .collect()
}

fn crumbs(site: &Site<'_>, shell: &Shell, index: usize) -> Vec<Item> {
    let Some(entry) = site.source.notes.get(index) else { return Vec::new() };
    let all = site.places.href_from(index, "all/index.html");
    let mut path = String::new();
    let mut crumbs = Vec::new();
    for part in entry.path.folder().split('/').filter(|part| !part.is_empty()) {
        path = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
        let text = crate::model::NotePath::from_escaped(part).to_string();
        crumbs.push(Item { href: format!("{all}{}", folder_anchor(shell.listed(&path))), text, current: false });
    }
    crumbs
}

/// Where a folder stands on the page of all notes.
pub(crate) fn folder_anchor(folder: &str) -> String {
    // the notes at the top stand at the page's top, without a heading
    if folder.is_empty() { String::new() } else { crate::site::url::fragment(&folder_id(folder)) }
}

/// The id of a folder on the page of all notes: no two have the same, and none has a blank in it.
pub(crate) fn folder_id(folder: &str) -> String {
    let mut id = "in:".to_owned();
    for c in folder.chars() {
        match c {
            ' ' => id.push('+'),
            '+' | '%' => id.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_ascii_whitespace() || forbidden(c) => id.push_str(&format!("%{:02X}", u32::from(c))),
            c => id.push(c),
        }
    }
    id
}

fn neighbours(site: &Site<'_>, shell: &Shell, index: usize, item: &dyn Fn(usize) -> Item) -> (Vec<Item>, Option<Item>) {
    let (shown, of) = shell.neighbours(site, index);
    if of < 2 {
        return (Vec::new(), None);
    }
    let folder = site.source.notes.get(index).map_or("", |entry| entry.path.folder());
    let more = (of > shown.len()).then(|| Item {
        href: format!("{}{}", site.places.href_from(index, "all/index.html"), folder_anchor(folder)),
        text: format!("all {of}"),
        current: false,
    });
    (shown.iter().map(|&note| item(note)).collect(), more)
}

/// A note's open tasks, with links to their boxes.
fn open_tasks(note: &Note, path: &crate::model::NotePath) -> Vec<Item> {
    let day = NaiveDate::default();
    let rows = crate::report::task::rows(&[(path, note, &[])], &[], &[], day);
    rows.iter()
        .filter(|row| todo::is_to_do(row))
        .map(|row| Item { href: task_anchor(note, row.index), text: cut(&row.label().text, 120), current: false })
        .collect()
}

fn edit(site: &Site<'_>, path: &crate::model::NotePath) -> Option<String> {
    let template = site.source.edit_url.as_ref()?;
    let path = crate::site::url::encoded(&path.to_string());
    outside(&template.replace("{path}", &format!("{}{path}", site.source.edit_prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("one", 9), "one");
    }
}
