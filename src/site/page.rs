//! A note's page: what stands around its text.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use crate::model::Note;
use crate::parse::plain;
use crate::report::todo;
use crate::site::Site;
use crate::site::backlinks::Backlink;
use crate::site::backlinks::backlinks;
use crate::site::clean::Asked;
use crate::site::direction;
use crate::site::feed;
use crate::site::frame::Common;
use crate::site::frame::Item;
use crate::site::markdown;
use crate::site::markdown::TocEntry;
use crate::site::near;
use crate::site::neighbours::Neighbours;
use crate::site::opening::first_words;
use crate::site::places::task_anchor;
use crate::site::text::cut;
use crate::site::text::escaped;
use crate::site::text::outside;
use crate::site::url::folder_anchor;

/// Words from which on a note's open tasks are listed below it.
const LONG: usize = 200;

/// A line of the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Property {
    name: String,
    text: String,
    /// Where the value is an address outside.
    href: Option<String>,
}

/// A note's page.
pub(crate) struct RenderedNote {
    pub(crate) html: String,
    pub(crate) files: BTreeSet<usize>,
    pub(crate) asked: Asked,
    pub(crate) faults: BTreeSet<(usize, usize, String)>,
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
    /// HTML.
    tree: String,
    open: Vec<Item>,
    done: usize,
    backlinks: Vec<Backlink>,
    more_backlinks: usize,
    /// HTML: a picture of its links.
    near: String,
    related: Vec<Item>,
    previous: Option<Item>,
    next: Option<Item>,
    edit: Option<String>,
}

/// Makes a note's page.
///
/// # Errors
///
/// What is wrong with a template.
pub(crate) fn render(site: &Site<'_>, beside: &Neighbours, place: usize, index: usize) -> Result<RenderedNote, String> {
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
        aside: site.beside(other).to_owned(),
    };
    let (title_id, title_html) = body.title.clone().unwrap_or_else(|| (String::new(), escaped(&note.title)));
    let [previous, next] = site.around(place).map(|other| other.map(item));
    let (backlinks, more_backlinks) = backlinks(site, index);
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
        crumbs: crumbs(site, index),
        tree: beside.tree.html(site, index),
        done: note.tasks.iter().filter(|task| task.checked() && !task.group).count(),
        open,
        backlinks,
        more_backlinks,
        near: near::html(site, index),
        related: beside.related(index).into_iter().map(item).collect(),
        previous,
        next,
        edit: edit(site, entry.path),
    };
    let common = Common::new(site, address, &note.title, &first_words(note, &text), "note");
    let html = site.theme.render("note.html", &common, &page)?;
    Ok(RenderedNote { html, files: body.files, asked: body.asked, faults: body.faults })
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

fn tags(site: &Site<'_>, index: usize, note: &Note) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let known = note.tags.iter().filter(|tag| seen.insert(tag.name.to_lowercase()));
    known
        .filter_map(|tag| {
            let href = site.places.href_from(index, site.tag_address(&tag.name)?);
            Some(Item { href, text: tag.name.clone(), ..Item::default() })
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

/// What a note's page shows of its front matter and nowhere else, in one text.
pub(crate) fn shown_front_matter(note: &Note) -> String {
    let shown = properties(note).into_iter().map(|property| property.text);
    note.aliases.iter().cloned().chain(shown).collect::<Vec<_>>().join(" ")
}

fn crumbs(site: &Site<'_>, index: usize) -> Vec<Item> {
    let Some(entry) = site.source.notes.get(index) else { return Vec::new() };
    let all = site.places.href_from(index, "all/index.html");
    let mut path = String::new();
    let mut crumbs = Vec::new();
    for part in entry.path.folder().split('/').filter(|part| !part.is_empty()) {
        path = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
        let text = crate::model::NotePath::from_escaped(part).to_string();
        crumbs.push(Item { href: format!("{all}{}", folder_anchor(&path)), text, ..Item::default() });
    }
    crumbs
}

/// A note's open tasks, with links to their boxes.
fn open_tasks(note: &Note, path: &crate::model::NotePath) -> Vec<Item> {
    let day = NaiveDate::default();
    let rows = crate::report::task::rows(&[(path, note, &[])], &[], &[], day);
    rows.iter()
        .filter(|row| todo::is_to_do(row))
        .map(|row| Item { href: task_anchor(note, row.index), text: cut(&row.label().text, 120), ..Item::default() })
        .collect()
}

fn edit(site: &Site<'_>, path: &crate::model::NotePath) -> Option<String> {
    let template = site.source.edit_url.as_ref()?;
    let path = crate::site::url::encoded(&path.to_string());
    outside(&template.replace("{path}", &format!("{}{path}", site.source.edit_prefix)))
}
