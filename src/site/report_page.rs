//! Pages that show a report: the report's own document as HTML, and its rows as JSON beside it.
//!
//! Who builds the site says which reports those are; each is asked about published notes only. A page that would be empty
//! is not made.

use std::cell::OnceCell;

use serde::Serialize;
use serde_json::Value;
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::report::calendar;
use crate::report::calendar::Event;
use crate::report::feeds;
use crate::report::feeds::Feed;
use crate::site::Error;
use crate::site::Site;
use crate::site::document;
use crate::site::frame::Common;
use crate::site::published::HeaderLink;
use crate::site::rows;
use crate::site::rows::RowPlace;
use crate::site::url;
use crate::view::Document;
use crate::view::Paths;
use crate::view::Report;
use crate::view::Row as _;
use crate::view::document::Block;
use crate::view::format;
use crate::view::screen::plain;

/// A page that shows a report.
pub struct ReportPage<'a> {
    /// The page is `all/NAME.html`, its rows are `all/NAME.json`.
    pub name: &'static str,
    /// In the header, and above the report.
    pub title: &'static str,
    /// How many of its first rows the start page shows.
    pub rows_at_start: usize,
    /// Another one where the answer may be another.
    pub key: u64,
    /// The file for other programs that it has beside its rows.
    pub export: Option<Export>,
    /// Asks for the report, and shows it on the sheet.
    pub ask: Ask<'a>,
}

/// A file that other programs read, beside a report's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// Its days as a calendar: `all/NAME.ics`.
    Calendar,
    /// Its feeds as a subscription list: `all/NAME.opml`.
    Feeds,
}

impl Export {
    const fn extension(self) -> &'static str {
        match self {
            Self::Calendar => "ics",
            Self::Feeds => "opml",
        }
    }

    /// The media type, and the key of its words in the table of languages.
    const fn link(self) -> (&'static str, &'static str) {
        match self {
            Self::Calendar => ("text/calendar", "calendar"),
            Self::Feeds => ("text/x-opml", "feeds"),
        }
    }
}

/// Asks for a report, and shows it on a sheet.
pub type Ask<'a> = Box<dyn Fn(&Sheet<'_>) -> Result<Answer, Error> + 'a>;

/// What a report is shown on: it names notes as the site does.
pub struct Sheet<'s> {
    site: &'s Site<'s>,
    /// From the site's top.
    address: String,
}

/// A report as pages need it.
pub struct Answer {
    document: Document,
    /// What scripts read, each with its place.
    rows: Vec<(Value, Option<RowPlace>)>,
    found: bool,
    /// Pictures before the report, and after it.
    pictures: [Document; 2],
    /// For the calendar.
    events: Vec<Event>,
    /// For the subscription list.
    feeds: Vec<Feed>,
    /// What the start page shows, if not the beginning of the report.
    start: Option<Document>,
}

impl Answer {
    /// The same with days for its calendar.
    #[must_use]
    pub fn on_days(mut self, events: Vec<Event>) -> Self {
        self.events = events;
        self
    }

    /// The same with feeds for its subscription list.
    #[must_use]
    pub fn with_feeds(mut self, feeds: Vec<Feed>) -> Self {
        self.feeds = feeds;
        self
    }

    /// The same with another order of its rows for the start page.
    #[must_use]
    pub fn at_start(mut self, other: Self) -> Self {
        self.start = Some(other.document);
        self
    }

    /// The same with another report's pictures before it.
    #[must_use]
    pub fn below(mut self, other: Self) -> Self {
        if other.found {
            self.pictures = [other.document, Document::default()];
        }
        self
    }

    /// The same with another report's pictures after it, under a heading.
    #[must_use]
    pub fn above(mut self, title: &str, other: Self) -> Self {
        if other.found {
            let mut after = Document::default();
            after.push(Block::Heading(vec![plain(title)]));
            after.blocks.extend(other.document.blocks);
            self.pictures = [Document::default(), after];
        }
        self
    }
}

impl Sheet<'_> {
    /// Shows a report.
    #[must_use]
    pub fn show(&self, report: &impl Report) -> Answer {
        // a row that is not JSON would be a mistake of its report, which the terminal tells of
        let rows = report.rows().filter_map(|row| {
            let value = serde_json::to_value(&row).ok()?;
            let own = value.get("line").and_then(Value::as_u64).and_then(|line| usize::try_from(line).ok());
            let place = row.path().map(|path| (path.clone(), own.or_else(|| row.line())));
            Some((value, place))
        });
        Answer {
            document: report.show(self),
            rows: rows.collect(),
            found: report.found(),
            pictures: Default::default(),
            events: Vec::new(),
            feeds: Vec::new(),
            start: None,
        }
    }
}

/// Pages have no lines.
impl Paths for Sheet<'_> {
    /// A note's title: readers of the site do not know its file.
    fn shown(&self, path: &NotePath) -> String {
        let index = self.site.published_note(path);
        let note = index.and_then(|index| self.site.places.note(index));
        let title = note.map(|note| note.title.trim()).filter(|title| !title.is_empty());
        let beside = index.map_or("", |index| self.site.beside(index));
        match title {
            Some(title) if beside.is_empty() => title.to_owned(),
            Some(title) => format!("{title} ({beside})"),
            None => path.to_string(),
        }
    }

    fn address(&self, path: &NotePath) -> String {
        self.site.places.href_to_line(&self.address, path, None).unwrap_or_default()
    }

    fn place(&self, path: &NotePath, _: usize) -> String {
        self.shown(path)
    }

    fn line(&self, _: usize) -> String {
        String::new()
    }
}

/// A report page on its way.
pub(crate) struct Shown<'a, 's> {
    page: &'a ReportPage<'a>,
    sheet: Sheet<'s>,
    /// Of the rows: whatever frame stands around the page, they are the same.
    key: u64,
    answer: OnceCell<Answer>,
}

/// What the start page shows of a report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Beginning {
    #[serde(flatten)]
    link: HeaderLink,
    /// The first rows: HTML.
    body: String,
    /// How many there are, in a sentence.
    total: String,
}

/// What the template `report.html` gets besides.
#[derive(Serialize)]
struct Page {
    title: String,
    /// The report: HTML.
    body: String,
    /// Sentences about it, such as its totals.
    remarks: Vec<String>,
    /// The address of its rows.
    json: String,
    /// The file for other programs.
    export: Option<ExportLink>,
}

/// A link to a file for other programs.
#[derive(Serialize)]
struct ExportLink {
    href: String,
    media_type: &'static str,
    words: &'static str,
}

impl<'a, 's> Shown<'a, 's> {
    /// The pages that are not empty. A report whose rows are there as before is not asked for.
    pub(crate) fn all(
        site: &'s Site<'s>,
        pages: &'a [ReportPage<'a>],
        fresh: &dyn Fn(&str, u64) -> bool,
    ) -> Result<Vec<Self>, Error> {
        let mut shown = Vec::new();
        for page in pages {
            let mut hash = Xxh3::new();
            hash.update(&page.key.to_le_bytes());
            hash.update(&site.key_of_names().to_le_bytes());
            let address = format!("all/{}.html", page.name);
            let sheet = Sheet { site, address };
            let own = Self { page, sheet, key: hash.digest().max(1), answer: OnceCell::new() };
            if fresh(&own.json_address(), own.key) || own.answer()?.found {
                shown.push(own);
            }
        }
        Ok(shown)
    }

    /// The page's address from the site's top.
    pub(crate) fn address(&self) -> &str {
        &self.sheet.address
    }

    /// The address of the rows from the site's top.
    pub(crate) fn json_address(&self) -> String {
        format!("all/{}.json", self.page.name)
    }

    pub(crate) const fn key(&self) -> u64 {
        self.key
    }

    /// In the site's language, where its table has the report.
    fn title(&self) -> &'static str {
        match self.sheet.site.words.say(self.page.name) {
            "" => self.page.title,
            title => title,
        }
    }

    pub(crate) fn link(&self) -> HeaderLink {
        HeaderLink { name: self.page.name, title: self.title(), href: self.address().to_owned() }
    }

    fn answer(&self) -> Result<&Answer, Error> {
        if let Some(answer) = self.answer.get() {
            return Ok(answer);
        }
        let answer = (self.page.ask)(&self.sheet)?;
        Ok(self.answer.get_or_init(|| answer))
    }

    /// The page.
    pub(crate) fn html(&self) -> Result<String, Error> {
        let (site, title, answer) = (self.sheet.site, self.title(), self.answer()?);
        let [before, after] = &answer.pictures;
        let page = Page {
            title: title.to_owned(),
            body: [before, &answer.document, after].map(|part| document::html(site, self.address(), part, 2)).concat(),
            remarks: answer.document.remarks.iter().map(|remark| rows::words(remark).into_owned()).collect(),
            json: format!("{}.json", self.page.name),
            export: self.page.export.map(|export| {
                let (media_type, words) = export.link();
                ExportLink {
                    href: format!("{}.{}", self.page.name, export.extension()),
                    media_type,
                    words: site.words.say(words),
                }
            }),
        };
        let common = Common::new(site, self.address(), title, "", self.page.name);
        site.theme.render("report.html", &common, &page).map_err(Error)
    }

    /// The rows as scripts read them, each with the address of its place.
    pub(crate) fn json(&self) -> Result<Vec<u8>, Error> {
        let (site, address) = (self.sheet.site, self.json_address());
        let rows = self.answer()?.rows.iter().map(|(row, place)| rows::published(site, &address, row, place.as_ref()));
        let mut bytes = Vec::new();
        format::json(&mut bytes, rows).map_err(|error| Error(error.to_string()))?;
        Ok(bytes)
    }

    /// The address of its file for other programs from the site's top, and a key over what that is made from.
    pub(crate) fn export_address(&self) -> Option<(String, u64)> {
        let base = self.sheet.site.source.base_url.as_deref().unwrap_or("");
        let key = xxh3_64(format!("{}\0{base}\0{}", self.key, self.sheet.site.source.title).as_bytes()).max(1);
        self.page.export.map(|export| (format!("all/{}.{}", self.page.name, export.extension()), key))
    }

    /// Its file for other programs.
    pub(crate) fn export(&self) -> Result<Vec<u8>, Error> {
        let title = format!("{} · {}", self.sheet.site.source.title, self.title());
        let answer = self.answer()?;
        Ok(match self.page.export {
            Some(Export::Calendar) => calendar::ics(&title, &self.events(answer)),
            Some(Export::Feeds) => feeds::opml(&title, &answer.feeds),
            None => String::new(),
        }
        .into_bytes())
    }

    /// Its days, each with the whole address of its place where the site's is known.
    fn events(&self, answer: &Answer) -> Vec<(Event, Option<String>)> {
        let site = self.sheet.site;
        let event = |event: &Event| {
            let place = site.places.href_to_line("index.html", &event.path, Some(event.line));
            let url = site.source.base_url.as_ref().zip(place).map(|(base, place)| format!("{base}{place}"));
            (Event { words: rows::words(&event.words).into_owned(), ..event.clone() }, url)
        };
        answer.events.iter().map(event).collect()
    }

    /// What the start page, at `from`, shows of it.
    pub(crate) fn beginning(&self, from: &str) -> Result<Option<Beginning>, Error> {
        if self.page.rows_at_start == 0 {
            return Ok(None);
        }
        let Answer { document, start, .. } = self.answer()?;
        let first = start.as_ref().unwrap_or(document).beginning(self.page.rows_at_start);
        Ok(Some(Beginning {
            link: HeaderLink { href: url::relative(from, self.address()), ..self.link() },
            body: document::html(self.sheet.site, from, &first, 3),
            total: document.remarks.first().map_or(self.title(), String::as_str).to_owned(),
        }))
    }
}
