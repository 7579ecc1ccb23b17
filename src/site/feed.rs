//! What machines read: the Atom feed, the sitemap, robots. They need whole addresses, so they exist with a base URL only.

use chrono::NaiveDate;

use crate::model::Note;
use crate::model::Precision;
use crate::site::Site;
use crate::site::text::quoted;

/// Entries of the feed.
const ENTRIES: usize = 30;

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

/// The newest dated notes; empty where there is no feed.
pub(crate) fn atom(site: &Site<'_>) -> String {
    let mut dated: Vec<(NaiveDate, usize)> =
        site.order.iter().filter_map(|&note| day(site, note).map(|day| (day, note))).collect();
    dated.sort_by_key(|(day, note)| (std::cmp::Reverse(*day), *note));
    let (Some(top), Some(own), Some(&(updated, _))) = (site.whole("index.html"), site.whole("feed.xml"), dated.first())
    else {
        return String::new();
    };
    dated.truncate(ENTRIES);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>{}</title>\n<id>{}</id>\n<link href=\"{}\"/>\n<link rel=\"self\" href=\"{}\"/>\n<updated>{updated}T00:00:00Z</updated>\n",
        quoted(&site.source.title),
        quoted(&top),
        quoted(&top),
        quoted(&own)
    );
    let author = site.source.authors.first().unwrap_or(&site.source.title);
    out.push_str(&format!("<author><name>{}</name></author>\n", quoted(author)));
    for (day, note) in dated {
        let (Some(address), Some(facts)) =
            (site.places.page(note).and_then(|page| site.whole(page)), site.places.note(note))
        else {
            continue;
        };
        let address = quoted(&address);
        out.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{address}</id>\n<link href=\"{address}\"/>\n<updated>{day}T00:00:00Z</updated>\n</entry>\n",
            quoted(&facts.title)
        ));
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
