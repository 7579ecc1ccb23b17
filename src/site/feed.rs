//! What machines read: feeds of the site and of its tags, the sitemap, robots. They need whole addresses, so they exist with a base URL only.

use chrono::NaiveDate;
use serde_json::Value;
use serde_json::json;

use crate::model::Note;
use crate::model::Precision;
use crate::site::Site;
use crate::site::markdown;
use crate::site::opening::first_words;
use crate::site::places::FEED;
use crate::site::published::TagPage;
use crate::site::text::escaped;
use crate::site::text::quoted;

/// Entries of the feed.
const ENTRIES: usize = 30;
/// Bytes of a text that a feed holds whole.
const TEXT: usize = 40_000;

/// The day of a note's last change or, without one, its own.
pub(crate) fn day(site: &Site<'_>, note: usize) -> Option<NaiveDate> {
    let entry = site.source.notes.get(note)?;
    entry.modified.max(entry.parsed.note.date)
}

/// A note's own date as pages show it: a day, or a month such as `2026-11`.
pub(crate) fn shown(note: &Note) -> Option<String> {
    let date = note.date?;
    let mut same = note.entries.iter().filter(|entry| entry.date == date).peekable();
    let month = same.peek().is_some() && same.all(|entry| entry.precision == Precision::Month);
    Some(if month { date.format("%Y-%m").to_string() } else { date.to_string() })
}

/// A feed exists with a base URL and a dated note: without one nobody can say when it was updated.
pub(crate) fn exists(site: &Site<'_>) -> bool {
    site.source.base_url.is_some() && site.order.iter().any(|&note| day(site, note).is_some())
}

/// A note in the feeds.
pub(crate) struct Entry {
    address: String,
    title: String,
    day: NaiveDate,
    tags: Vec<String>,
    /// Its text as HTML, with whole addresses; of a very long one its first words.
    text: String,
    is_whole: bool,
}

/// Dated notes, the newest first.
fn newest(site: &Site<'_>, notes: &[usize]) -> Vec<(NaiveDate, usize)> {
    let mut dated: Vec<(NaiveDate, usize)> =
        notes.iter().filter_map(|&note| day(site, note).map(|day| (day, note))).collect();
    dated.sort_by_key(|(day, note)| (std::cmp::Reverse(*day), *note));
    dated.truncate(ENTRIES);
    dated
}

/// What both feeds of the whole site hold: the newest dated notes with their texts.
pub(crate) fn entries(site: &Site<'_>) -> Vec<Entry> {
    let entry = |(day, note): (NaiveDate, usize)| {
        let address = site.whole(site.places.page(note)?)?;
        let (facts, source) = (site.places.note(note)?, site.text(note)?);
        let html = markdown::render(site, FEED, note, &source).html;
        let is_whole = html.len() <= TEXT;
        let text = if is_whole { html } else { format!("<p>{}</p>", escaped(&first_words(facts, &source))) };
        let tags = facts.tags.iter().map(|tag| tag.name.clone()).collect();
        Some(Entry { address, title: facts.title.clone(), day, tags, text, is_whole })
    };
    newest(site, &site.order).into_iter().filter_map(entry).collect()
}

/// The beginning of an Atom feed that stands at `own` and is about `page`.
fn head(site: &Site<'_>, title: &str, page: &str, own: &str, updated: NaiveDate) -> String {
    let [page, own] = [page, own].map(|address| quoted(&site.whole(address).unwrap_or_default()));
    let author = site.source.authors.first().unwrap_or(&site.source.title);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>{}</title>\n<id>{page}</id>\n<link href=\"{page}\"/>\n<link rel=\"self\" href=\"{own}\"/>\n<updated>{updated}T00:00:00Z</updated>\n\
         <author><name>{}</name></author>\n",
        quoted(title),
        quoted(author)
    )
}

fn atom_entry(address: &str, title: &str, day: NaiveDate, text: &str) -> String {
    let address = quoted(address);
    format!(
        "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link href=\"{address}\"/>\n<updated>{day}T00:00:00Z</updated>\n{text}</entry>\n",
        quoted(title)
    )
}

/// The newest dated notes; empty where there is no feed.
pub(crate) fn atom(site: &Site<'_>, entries: &[Entry]) -> String {
    let Some(first) = entries.first() else { return String::new() };
    let mut out = head(site, &site.source.title, "index.html", "feed.xml", first.day);
    for entry in entries {
        let kind = if entry.is_whole { "content" } else { "summary" };
        let text = format!("<{kind} type=\"html\">{}</{kind}>\n", quoted(&entry.text));
        out.push_str(&atom_entry(&entry.address, &entry.title, entry.day, &text));
    }
    out.push_str("</feed>\n");
    out
}

/// The same as a JSON Feed, version 1.1.
pub(crate) fn json(site: &Site<'_>, entries: &[Entry]) -> String {
    let item = |entry: &Entry| {
        let mut item = json!({
            "id": entry.address,
            "url": entry.address,
            "title": entry.title,
            "content_html": entry.text,
            "date_modified": format!("{}T00:00:00Z", entry.day),
        });
        if let Some(fields) = item.as_object_mut().filter(|_| !entry.tags.is_empty()) {
            fields.insert("tags".to_owned(), json!(entry.tags));
        }
        item
    };
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.source.title,
        "home_page_url": site.whole("index.html"),
        "feed_url": site.whole("feed.json"),
        "language": site.source.language,
    });
    if let Some(fields) = feed.as_object_mut() {
        let authors: Vec<Value> = site.source.authors.iter().map(|name| json!({ "name": name })).collect();
        if !site.source.description.is_empty() {
            fields.insert("description".to_owned(), json!(site.source.description));
        }
        if !authors.is_empty() {
            fields.insert("authors".to_owned(), json!(authors));
        }
        fields.insert("items".to_owned(), entries.iter().map(item).collect());
    }
    format!("{feed}\n")
}

/// Where a tag's feed stands, from the site's top; `None` where none of its notes has a date.
pub(crate) fn of_tag(site: &Site<'_>, tag: &TagPage) -> Option<String> {
    let is_dated = site.source.base_url.is_some() && tag.notes.iter().any(|&note| day(site, note).is_some());
    is_dated.then(|| format!("{}.xml", tag.address.strip_suffix(".html").unwrap_or(&tag.address)))
}

/// The newest dated notes with a tag.
pub(crate) fn tag(site: &Site<'_>, tag: &TagPage, address: &str) -> String {
    let dated = newest(site, &tag.notes);
    let Some(&(updated, _)) = dated.first() else { return String::new() };
    let title = format!("#{} · {}", tag.name, site.source.title);
    let mut out = head(site, &title, &tag.address, address, updated);
    for (day, note) in dated {
        if let Some(address) = site.places.page(note).and_then(|page| site.whole(page)) {
            out.push_str(&atom_entry(&address, &site.title(note), day, ""));
        }
    }
    out.push_str("</feed>\n");
    out
}

/// All pages; without a base URL, none.
pub(crate) fn sitemap(site: &Site<'_>) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
                   <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    let mut add = |address: &str, day: Option<NaiveDate>| {
        let Some(address) = site.whole(address) else { return };
        let day = day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
        out.push_str(&format!("<url><loc>{}</loc>{day}</url>\n", quoted(&address)));
    };
    if site.overview == "index.html" {
        add("index.html", None);
    }
    for &note in &site.order {
        if let Some(address) = site.places.page(note) {
            add(address, day(site, note));
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// Everything may be read.
pub(crate) fn robots(site: &Site<'_>) -> String {
    let map = site.whole("sitemap.xml").map_or_else(String::new, |map| format!("Sitemap: {map}\n"));
    format!("User-agent: *\nAllow: /\n{map}")
}
