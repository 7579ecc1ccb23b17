//! Pages that list notes: home, all of them by folder, date and title, tags; and the site's own files.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::site::Error;
use crate::site::Site;
use crate::site::feed;
use crate::site::frame::Common;
use crate::site::frame::Item;
use crate::site::frame::extras;
use crate::site::graph_page;
use crate::site::markdown;
use crate::site::output::Sink;
use crate::site::places::NO_PAGE;
use crate::site::redirect;
use crate::site::report_page::Beginning;
use crate::site::report_page::Shown;
use crate::site::search;
use crate::site::summary;
use crate::site::text::escaped;
use crate::site::tree::Tree;
use crate::site::url;

/// Recent notes on the home page.
const RECENT: usize = 8;
/// The notes as `SUMMARY.md` has them.
const CONTENTS: &str = "all/contents.html";
/// Tags on the home page.
const TAGS: usize = 24;
/// Folders or parts on the home page; all of them have a page of their own.
const PARTS: usize = 40;
/// With more notes than this, the home page shows only a few of each folder.
const MANY: usize = 300;
const FEW_OF_PART: usize = 5;

/// A line of a list.
#[derive(Debug, Clone, Serialize)]
struct Row {
    href: String,
    text: String,
    /// A folder, a note, a count.
    aside: String,
    /// The note's.
    date: Option<String>,
    depth: usize,
}

/// Lines under one heading.
#[derive(Debug, Clone, Serialize)]
struct Group {
    id: String,
    title: String,
    rows: Vec<Row>,
}

/// What the template `list.html` gets besides.
#[derive(Serialize)]
struct List {
    title: String,
    /// One sentence above the list.
    intro: String,
    /// Other orders of the same.
    tabs: Vec<Item>,
    groups: Vec<Group>,
    /// All of it as a tree: HTML, in place of the groups.
    tree: String,
    /// The address of its feed; empty for most.
    feed: String,
}

/// What the template `home.html` gets besides.
#[derive(Serialize)]
struct Home {
    /// How many there are, in words.
    notes: String,
    recent: Vec<Row>,
    reports: Vec<Beginning>,
    parts: Vec<Group>,
    tags: Vec<Row>,
    more_tags: usize,
}

/// Gives `sink` the address of every file of the site that is no note's page and no attachment, with what makes it.
///
/// # Errors
///
/// What `sink` gives.
pub(crate) fn all<E>(site: &Site<'_>, tree: &Tree, reports: &[Shown<'_, '_>], sink: Sink<'_, E>) -> Result<(), E> {
    let mut taken: BTreeSet<String> =
        reports.iter().flat_map(|report| [report.address().to_owned(), report.json_address()]).collect();
    taken.extend(reports.iter().filter_map(|report| Some(report.export_address()?.0)));
    taken.extend([graph_page::ADDRESS, graph_page::JSON].map(str::to_owned));
    let mut file = |address: &str, make: &dyn Fn() -> Result<String, Error>| {
        taken.insert(address.to_owned());
        sink(address, &|| Ok(make()?.into_bytes()))
    };
    file(site.overview, &|| home(site, reports))?;
    file("all/index.html", &|| {
        let folders = summary::parts(site, &site.order, None);
        in_tree(site, "all/index.html", site.words.say("all_notes"), &Tree::new(site, &folders))
    })?;
    if has_contents(site) {
        file(CONTENTS, &|| in_tree(site, CONTENTS, site.words.say("contents"), tree))?;
    }
    file("all/dates.html", &|| list(site, "all/dates.html", site.words.say("by_date"), by_date(site).into()))?;
    file("all/titles.html", &|| list(site, "all/titles.html", site.words.say("by_title"), by_title(site).into()))?;
    file("tags/index.html", &|| list(site, "tags/index.html", site.words.say("tags"), all_tags(site).into()))?;
    for tag in site.tag_pages() {
        let feed = feed::of_tag(site, tag);
        file(&tag.address, &|| {
            let rows = tag.notes.iter().filter_map(|&note| row(site, &tag.address, note, Aside::Date)).collect();
            let groups = vec![Group { id: String::new(), title: String::new(), rows }];
            let filling = Filling { groups, feed: feed.clone(), ..Filling::default() };
            list(site, &tag.address, &format!("#{}", tag.name), filling)
        })?;
        if let Some(address) = &feed {
            file(address, &|| Ok(feed::tag(site, tag, address)))?;
        }
    }
    file("404.html", &|| not_found(site))?;
    file("assets/style.css", &|| Ok(site.theme.style("style.css")))?;
    file("assets/icon.svg", &|| Ok(site.theme.file("icon.svg").to_owned()))?;
    file("assets/script.js", &|| Ok(script(site)))?;
    file("assets/search.css", &|| Ok(site.theme.style("search.css")))?;
    file("assets/search.js", &|| Ok(site.theme.script("search.js")))?;
    for (files, extension) in [(&site.source.styles, "css"), (&site.source.scripts, "js")] {
        for (text, address) in files.iter().zip(extras(files, extension)) {
            file(&address, &|| Ok(text.clone()))?;
        }
    }
    file("robots.txt", &|| Ok(feed::robots(site)))?;
    file(".nojekyll", &|| Ok(String::new()))?;
    if let Some(name) = &site.source.cname {
        file("CNAME", &|| Ok(format!("{}\n", name.trim())))?;
    }
    if feed::exists(site) {
        let entries = OnceCell::new();
        let entries = || entries.get_or_init(|| feed::entries(site));
        file("feed.xml", &|| Ok(feed::atom(site, entries())))?;
        file("feed.json", &|| Ok(feed::json(site, entries())))?;
    }
    if site.source.base_url.is_some() {
        file("sitemap.xml", &|| Ok(feed::sitemap(site)))?;
    }
    redirect::add(site, &taken, sink)
}

/// The script, which begins with what it and the search say.
fn script(site: &Site<'_>) -> String {
    // what is no JSON would be a mistake of ours: there are texts only
    let words = serde_json::to_string(&site.words.scripts()).unwrap_or_default();
    let parts = search::parts(site.published());
    format!("var hornbook_words={words},hornbook_parts={parts};\n{}", site.theme.script("script.js"))
}

/// What stands beside a note's title on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Nothing,
    Date,
    Folder,
}

fn row(site: &Site<'_>, from: &str, note: usize, aside: Aside) -> Option<Row> {
    let entry = site.source.notes.get(note)?;
    let date = feed::shown(&entry.parsed.note).filter(|_| aside == Aside::Date);
    let folder = crate::model::NotePath::from_escaped(entry.path.folder());
    let aside = if aside == Aside::Folder { folder.to_string() } else { site.beside(note).to_owned() };
    Some(Row { href: url::relative(from, site.places.page(note)?), text: site.title(note), aside, date, depth: 0 })
}

fn home(site: &Site<'_>, reports: &[Shown<'_, '_>]) -> Result<String, Error> {
    let address = site.overview;
    let mut dated: Vec<usize> = site.order.clone();
    let day = |note: usize| feed::day(site, note);
    dated.retain(|&note| day(note).is_some());
    dated.sort_by_key(|&note| (std::cmp::Reverse(day(note)), note));
    let recent = dated.into_iter().take(RECENT).filter_map(|note| {
        let row = row(site, address, note, Aside::Nothing)?;
        let own = site.places.note(note).filter(|facts| facts.date == day(note)).and_then(feed::shown);
        Some(Row { date: own.or_else(|| day(note).map(|day| day.to_string())), ..row })
    });
    let without_summary = site.parts.iter().all(|part| part.rest);
    let parts = site.parts.iter().filter(|part| !part.rest || without_summary);
    let of_part = if without_summary && site.published() > MANY { FEW_OF_PART } else { 60 };
    let parts = parts.take(PARTS).map(|part| Group {
        id: String::new(),
        title: part.title.clone(),
        rows: part
            .chapters
            .iter()
            .take(of_part)
            .filter_map(|chapter| {
                let row = row(site, address, chapter.note, Aside::Nothing)?;
                let text = if chapter.title.is_empty() { row.text } else { chapter.title.clone() };
                Some(Row { depth: chapter.depth, text, ..row })
            })
            .collect(),
    });
    let mut tags: Vec<_> = site.tag_pages().collect();
    let more_tags = tags.len().saturating_sub(TAGS);
    tags.sort_by_key(|tag| (std::cmp::Reverse(tag.notes.len()), tag.name.to_lowercase()));
    let tags = tags.into_iter().take(TAGS).map(|tag| Row {
        href: url::relative(address, &tag.address),
        text: tag.name.clone(),
        aside: tag.notes.len().to_string(),
        date: None,
        depth: 0,
    });
    let beginnings = reports.iter().filter_map(|report| report.beginning(address).transpose());
    let home = Home {
        notes: site.words.count("n_notes", site.published()),
        recent: recent.collect(),
        reports: beginnings.collect::<Result<_, Error>>()?,
        parts: parts.collect(),
        tags: tags.collect(),
        more_tags,
    };
    let common = Common::new(site, address, &site.source.title, "", "home");
    site.theme.render("home.html", &common, &home).map_err(Error)
}

/// There is an order besides that of folders.
fn has_contents(site: &Site<'_>) -> bool {
    site.parts.iter().any(|part| !part.rest)
}

fn in_tree(site: &Site<'_>, address: &str, title: &str, tree: &Tree) -> Result<String, Error> {
    let html = tree.list(address, site, &|note, out| {
        if let Some(date) = site.places.note(note).and_then(feed::shown) {
            let shown = site.words.day(&date);
            out.push_str(&format!(" <time datetime=\"{}\">{}</time>", escaped(&date), escaped(&shown)));
        }
    });
    list(site, address, title, Filling { tree: html, ..Filling::default() })
}

fn by_date(site: &Site<'_>) -> Vec<Group> {
    let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    let date = |note: usize| site.places.note(note).and_then(|note| note.date);
    let mut dated: Vec<usize> = site.order.iter().copied().filter(|&note| date(note).is_some()).collect();
    dated.sort_by_key(|&note| (std::cmp::Reverse(date(note)), note));
    for note in dated {
        if let Some(date) = date(note) {
            years.entry(chrono::Datelike::year(&date)).or_default().push(note);
        }
    }
    let groups = years.into_iter().rev().map(|(year, notes)| Group {
        id: format!("y{year}"),
        title: year.to_string(),
        rows: notes.into_iter().filter_map(|note| row(site, "all/dates.html", note, Aside::Date)).collect(),
    });
    groups.collect()
}

fn by_title(site: &Site<'_>) -> Vec<Group> {
    let mut letters: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for &note in &site.order {
        let title = site.places.note(note).map_or_else(String::new, |note| note.title.to_lowercase());
        let first = title.chars().find(|c| c.is_alphanumeric());
        let letter = match first {
            Some(c) if c.is_alphabetic() => c.to_uppercase().to_string(),
            _ => "#".to_owned(),
        };
        letters.entry(letter).or_default().push((title, note));
    }
    let groups = letters.into_iter().map(|(letter, mut notes)| {
        notes.sort();
        Group {
            id: format!("l{letter}"),
            title: letter,
            rows: notes.into_iter().filter_map(|(_, note)| row(site, "all/titles.html", note, Aside::Folder)).collect(),
        }
    });
    groups.collect()
}

fn all_tags(site: &Site<'_>) -> Vec<Group> {
    // below what stands on the list: `#a/b` alone is not below anything
    let depth = |name: &str| {
        name.match_indices('/')
            .filter(|(at, _)| name.get(..*at).is_some_and(|above| site.tag_address(above).is_some()))
            .count()
    };
    let rows = site.tag_pages().map(|tag| Row {
        href: url::relative("tags/index.html", &tag.address),
        text: format!("#{}", tag.name),
        aside: tag.notes.len().to_string(),
        depth: depth(&tag.name).min(5),
        date: None,
    });
    vec![Group { id: String::new(), title: String::new(), rows: rows.collect() }]
}

/// What stands on a list.
#[derive(Default)]
struct Filling {
    groups: Vec<Group>,
    /// In place of the groups: HTML.
    tree: String,
    /// Its feed, from the site's top.
    feed: Option<String>,
}

impl From<Vec<Group>> for Filling {
    fn from(groups: Vec<Group>) -> Self {
        Self { groups, ..Self::default() }
    }
}

fn list(site: &Site<'_>, address: &str, title: &str, filling: Filling) -> Result<String, Error> {
    let Filling { groups, tree, feed } = filling;
    let contents = has_contents(site).then_some((CONTENTS, "contents"));
    let orders = [("all/index.html", "folders"), ("all/dates.html", "dates"), ("all/titles.html", "titles")];
    let tabs = contents.into_iter().chain(orders).map(|(other, text)| Item {
        href: url::relative(address, other),
        text: site.words.say(text).to_owned(),
        current: other == address,
        aside: String::new(),
    });
    let notes = if tree.is_empty() { groups.iter().map(|group| group.rows.len()).sum() } else { site.published() };
    let what = if address == "tags/index.html" { "tag" } else { "note" };
    let here = if address.starts_with("tags/") { "tags" } else { "all" };
    let say = |name: &str| site.words.say(name).to_owned();
    let list = List {
        title: title.to_owned(),
        intro: match (notes, what) {
            (0, _) if address == "all/dates.html" => say("no_dates"),
            (0, "tag") => say("no_tags"),
            (0, _) => say("no_notes"),
            (1, "tag") => say("one_tag"),
            (1, _) => say("one_note"),
            (notes, "tag") => site.words.count("n_tags", notes),
            (notes, _) => site.words.count("n_notes", notes),
        },
        tabs: if here == "all" { tabs.collect() } else { Vec::new() },
        groups: groups.into_iter().filter(|group| !group.rows.is_empty()).collect(),
        tree,
        feed: feed.map_or_else(String::new, |feed| url::relative(address, &feed)),
    };
    site.theme.render("list.html", &Common::new(site, address, title, "", here), &list).map_err(Error)
}

/// What the template `404.html` gets besides.
#[derive(Serialize)]
struct NotFound {
    title: String,
    /// HTML; empty without a note for it.
    body: String,
}

fn not_found(site: &Site<'_>) -> Result<String, Error> {
    let own = site.source.not_found.as_ref().and_then(|path| site.published_note(path));
    let own = own.and_then(|index| {
        let text = site.text(index)?;
        // the page of no note: its links begin at the site's top
        let body = markdown::render(site, NO_PAGE, index, &text);
        Some(NotFound { title: site.places.note(index)?.title.clone(), body: body.html })
    });
    let page = own.unwrap_or_else(|| NotFound { title: site.words.say("not_found").to_owned(), body: String::new() });
    let common = Common::new(site, "404.html", &page.title, "", "none").rooted(site.places.root.clone());
    site.theme.render("404.html", &common, &page).map_err(Error)
}
