//! Links, images and embeds: every address of a page is made here, by the notebook's one resolver.

use comrak::nodes::AstNode;
use comrak::nodes::NodeLink;
use comrak::nodes::NodeValue;
use comrak::nodes::NodeWikiLink;

use crate::model::Link;
use crate::model::LinkKind;
use crate::model::NotePath;
use crate::model::Span;
use crate::model::comment::uncommented;
use crate::parse::title_words;
use crate::report::anchor::AnchorRef as NotePlace;
use crate::report::resolve::Target;
use crate::site::markdown::renderer::BAR;
use crate::site::markdown::renderer::EMBED_DEPTH;
use crate::site::markdown::renderer::EMBEDS;
use crate::site::markdown::renderer::PAGE_BYTES;
use crate::site::markdown::renderer::Renderer;
use crate::site::markdown::renderer::Run;
use crate::site::markdown::renderer::opening;
use crate::site::picture;
use crate::site::text::escape;
use crate::site::text::escaped;
use crate::site::text::outside;

/// A picture's size: as asked for, and the real one.
type Sizes = (Option<(u32, Option<u32>)>, Option<(u32, u32)>);

/// Where a link leads on the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Another page or a file of the site.
    Here(String),
    /// Another site.
    Outside(String),
    /// Nowhere that a page could lead to; where that is a fault of the note, why.
    Nowhere(Option<&'static str>),
}

impl Renderer<'_, '_> {
    /// The target of a link as the resolver sees it.
    fn target(&self, kind: LinkKind, target: &str) -> Target {
        let link = Link { kind, target: target.to_owned(), ..Link::default() };
        self.site.places.resolve(self.index, &link)
    }

    fn place(&mut self, kind: LinkKind, written: &str) -> Place {
        match self.target(kind, written) {
            Target::External => outside(written).map_or(Place::Nowhere(None), Place::Outside),
            Target::Note { note, place } => match self.site.places.href_to_note(self.page, note, place) {
                Some(href) => Place::Here(href),
                None => Place::Nowhere(None),
            },
            Target::Attachment(path) => match self.site.places.file(&path) {
                Some((index, address)) if !picture::is_svg(&address) || kind == LinkKind::Embed => {
                    self.shared.files.insert(index);
                    let href = self.site.places.href_from(self.page, &address);
                    Place::Here(format!("{href}{}", picture::part(written)))
                }
                _ => Place::Nowhere(None),
            },
            Target::Missing => Place::Nowhere(Some(self.site.words.say("missing"))),
            Target::Outside => Place::Nowhere(Some(self.site.words.say("outside"))),
        }
    }

    pub(super) fn link<'n>(&mut self, node: &'n AstNode<'n>, link: &NodeLink) -> bool {
        let bare = node.first_child().is_some_and(|only| {
            only.next_sibling().is_none() && matches!(&only.data().value, NodeValue::Text(text) if **text == *link.url)
        });
        let place = if self.links > 0 { Place::Nowhere(None) } else { self.place(LinkKind::Inline, &link.url) };
        let wordless = node.first_child().is_none();
        if wordless && link.url.trim().is_empty() {
            self.out.push_str("[]()");
            return false;
        }
        self.open_link(place, &link.title, if bare || wordless { " class=\"bare\"" } else { "" });
        if wordless {
            // a link must be called something
            escape(&link.url, &mut self.out);
        }
        true
    }

    /// Opens `<a>` or, where there is nowhere to go, `<span>`; both are closed by [`Self::link_end`].
    fn open_link(&mut self, place: Place, title: &str, class: &str) {
        self.links += 1;
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        match place {
            Place::Here(href) => {
                self.shared.ours.links.insert(href.clone());
                self.out.push_str(&format!("<a href=\"{}\"{class}{title}>", escaped(&href)));
                self.closing.push("</a>");
            }
            Place::Outside(href) => {
                self.shared.ours.links.insert(href.clone());
                self.out.push_str(&format!("<a href=\"{}\" rel=\"external noopener\"{class}{title}>", escaped(&href)));
                self.closing.push("</a>");
            }
            Place::Nowhere(Some(why)) => {
                self.out.push_str(&format!("<span class=\"missing\" title=\"{why}\">"));
                self.closing.push("</span>");
            }
            Place::Nowhere(None) => self.closing.push(""),
        }
    }

    pub(super) fn link_end(&mut self) {
        self.links = self.links.saturating_sub(1);
        if let Some(end) = self.closing.pop() {
            self.out.push_str(end);
        }
    }

    pub(super) fn image<'n>(&mut self, node: &'n AstNode<'n>, image: &NodeLink) {
        let mut alt = words_in(node);
        let mut size = None;
        if let Some((words, sizes)) = alt.rsplit_once('|')
            && let Some(found) = picture::size(sizes)
        {
            size = Some(found);
            alt = words.to_owned();
        }
        match self.target(LinkKind::Image, &image.url) {
            Target::Attachment(path) => self.file(&path, &image.url, &alt, size),
            Target::External => {
                self.remote(&image.url, &image.title, &alt, size);
            }
            Target::Note { .. } => {
                let place =
                    if self.links > 0 { Place::Nowhere(None) } else { self.place(LinkKind::Inline, &image.url) };
                self.open_link(place, &image.title, "");
                escape(&alt, &mut self.out);
                self.link_end();
            }
            Target::Missing | Target::Outside => self.missing(&alt, &image.url),
        }
    }

    /// A picture, sound or film of another host: a link, unless the settings let pages ask other hosts.
    fn remote(&mut self, written: &str, title: &str, alt: &str, size: Option<(u32, Option<u32>)>) {
        let name = picture::name_of(written);
        let Some(href) = outside(written) else {
            escape(if alt.trim().is_empty() { &name } else { alt }, &mut self.out);
            return;
        };
        let plain = written.split(['?', '#']).next().unwrap_or(written);
        let kind = match picture::kind(plain) {
            // addresses of pictures often have no extension
            picture::Kind::Other => picture::Kind::Picture,
            kind => kind,
        };
        if self.site.source.remote_media && picture::is_of_web(&href) {
            self.show(&href, kind, alt, &name, (size, None));
            return;
        }
        let place = if self.links > 0 { Place::Nowhere(None) } else { Place::Outside(href) };
        self.open_link(place, title, " class=\"picture\"");
        escape(if alt.trim().is_empty() { &name } else { alt }, &mut self.out);
        self.link_end();
    }

    fn missing(&mut self, alt: &str, target: &str) {
        let words = if alt.trim().is_empty() { target } else { alt };
        self.out.push_str("<span class=\"missing\" title=\"There is no such file\">");
        escape(words, &mut self.out);
        self.out.push_str("</span>");
    }

    /// Shows a file in place, where a browser can.
    fn file(&mut self, path: &NotePath, written: &str, alt: &str, size: Option<(u32, Option<u32>)>) {
        let Some((index, address)) = self.site.places.file(path) else {
            escape(alt, &mut self.out);
            return;
        };
        self.shared.files.insert(index);
        let href = format!("{}{}", self.site.places.href_from(self.page, &address), picture::part(written));
        self.show(&href, picture::kind(&address), alt, path.stem(), (size, self.site.measure(index)));
    }

    /// Shows what lies at an address: a picture, sound, a film, or a link to it. `sizes`: as asked for, and the real one.
    fn show(&mut self, href: &str, kind: picture::Kind, alt: &str, name: &str, sizes: Sizes) {
        self.shared.ours.links.insert(href.to_owned());
        self.shared.ours.files.insert(href.to_owned());
        let (href, words) = (escaped(href), escaped(if alt.trim().is_empty() { name } else { alt }));
        match kind {
            picture::Kind::Picture => {
                let real = sizes.1;
                let (width, height) = picture::fit(sizes.0, real);
                let mut sizes = String::new();
                if let Some(width) = width {
                    sizes.push_str(&format!(" width=\"{width}\""));
                }
                if let Some(height) = height {
                    sizes.push_str(&format!(" height=\"{height}\""));
                }
                let larger = self.links == 0 && !picture::is_svg(&href) && picture::is_larger(width, real);
                if larger {
                    let label = if alt.trim().is_empty() { format!(" aria-label=\"{words}\"") } else { String::new() };
                    self.out.push_str(&format!("<a class=\"zoom\" href=\"{href}\"{label}>"));
                }
                self.out.push_str(&format!(
                    "<img src=\"{href}\" alt=\"{}\"{sizes} loading=\"lazy\" decoding=\"async\">",
                    escaped(alt)
                ));
                if larger {
                    self.out.push_str("</a>");
                }
            }
            picture::Kind::Sound if self.links == 0 => {
                self.out.push_str(&format!("<audio controls preload=\"none\" src=\"{href}\">{words}</audio>"));
            }
            picture::Kind::Film if self.links == 0 => {
                self.out.push_str(&format!("<video controls preload=\"none\" src=\"{href}\">{words}</video>"));
            }
            _ if self.links == 0 => self.out.push_str(&format!("<a class=\"file\" href=\"{href}\">{words}</a>")),
            _ => self.out.push_str(&words),
        }
    }

    pub(super) fn wikilink<'n>(&mut self, node: &'n AstNode<'n>, link: &NodeWikiLink) -> bool {
        let (label, address) = (uncommented(&words_in(node)).trim().to_owned(), link.url.clone());
        if address.trim().is_empty() {
            escape(if link.embed { "![[" } else { "[[" }, &mut self.out);
            escape(&label, &mut self.out);
            self.out.push_str("]]");
            return false;
        }
        if link.embed {
            self.embed(node, &address, &label);
            return false;
        }
        let place = if self.links > 0 { Place::Nowhere(None) } else { self.place(LinkKind::Wikilink, &address) };
        self.open_link(place, "", "");
        if label.trim() == address.trim() {
            escape(&named(&address), &mut self.out);
        } else {
            escape(&label, &mut self.out);
        }
        self.link_end();
        false
    }

    fn embed<'n>(&mut self, node: &'n AstNode<'n>, address: &str, label: &str) {
        let alias = if label.trim() == address.trim() { "" } else { label };
        match self.target(LinkKind::Embed, address) {
            Target::Attachment(path) => {
                let (words, size) = match alias.rsplit_once('|') {
                    Some((words, sizes)) if picture::size(sizes).is_some() => (words, picture::size(sizes)),
                    _ if picture::size(alias).is_some() => ("", picture::size(alias)),
                    _ => (alias, None),
                };
                self.file(&path, address, words, size);
            }
            Target::Note { note, place } => {
                let alone = node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Paragraph));
                let block_level = alone && self.links == 0 && !matches!(self.run, Run::Label(_)) && !self.fragment;
                let words = if alias.is_empty() { named(address) } else { alias.to_owned() };
                if !block_level || !self.embed_note(node, note, place) {
                    let place = self.place(LinkKind::Wikilink, address);
                    let place = if self.links > 0 { Place::Nowhere(None) } else { place };
                    self.open_link(place, "", "");
                    escape(&words, &mut self.out);
                    self.link_end();
                }
            }
            Target::External => escape(label, &mut self.out),
            Target::Missing | Target::Outside => self.missing(alias, address),
        }
    }

    /// Shows a part of another note in place. False when it is not to be shown: unpublished, a circle, too much.
    fn embed_note<'n>(&mut self, node: &'n AstNode<'n>, index: usize, place: Option<NotePlace>) -> bool {
        let Some(href) = self.site.places.href_to_note(self.page, index, place) else { return false };
        let Some(note) = self.site.places.note(index) else { return false };
        let depth = self.shared.open.len();
        if depth > EMBED_DEPTH || self.shared.embeds >= EMBEDS || self.shared.bytes > PAGE_BYTES {
            return false;
        }
        // finding out that an embed is a circle costs as much as reading the note
        self.shared.tried += 1;
        if self.shared.tried > 2 * EMBEDS {
            return false;
        }
        let Some(text) = self.site.text(index) else { return false };
        let whole = |part: &Span| part.start <= note.body_start && part.end >= text.len();
        if self.shared.open.iter().any(|(open, part)| *open == index && whole(part)) {
            return false;
        }
        let span = match place {
            Some(NotePlace::Block(block)) => note.blocks.get(block).map(|block| block.target),
            Some(NotePlace::Section(section)) => note.sections.get(section).map(|section| {
                let lines = crate::model::Lines::new(&text);
                Span::new(lines.start(section.line), lines.span(section.end_line).end)
            }),
            // an anchor names a point, and what belongs to it nobody knows
            Some(NotePlace::Anchor(_)) => return false,
            None => None,
        };
        let span = span.unwrap_or(Span::new(note.body_start, text.len()));
        if self
            .shared
            .open
            .iter()
            .any(|(open, part)| *open == index && part.start <= span.start && span.end <= part.end)
        {
            return false;
        }
        self.shared.embeds += 1;
        let prefix = format!("e{}:", self.shared.embeds);
        self.shared.open.push((index, span));
        let source = span.of(&text).to_owned();
        let level = self.level;
        let mut inner = Renderer::new(self.site, self.page, index, &text, span, prefix, &mut *self.shared);
        if span.start == note.body_start {
            // a whole note's title stands above it
            inner.title_line = opening(note).map(|section| section.line);
        }
        let inside = note.sections.iter().filter(|section| span.contains(section.heading_span.start));
        let inside = inside.filter(|section| Some(section.line) != inner.title_line);
        let highest = inside.map(|section| section.level).min().unwrap_or(1);
        inner.deeper = i16::from(level) + 1 - i16::from(highest);
        inner.level = level;
        inner.document(&source);
        let html = std::mem::take(&mut inner.out);
        self.shared.open.pop();
        self.shared.bytes += html.len();
        let run = self.run;
        let paragraph = run == Run::Words;
        if paragraph {
            // nothing but words may stand in a paragraph
            match self.out.strip_suffix("<p>").map(str::len) {
                Some(length) => self.out.truncate(length),
                None => self.out.push_str("</p>\n"),
            }
        }
        self.shared.ours.links.insert(href.clone());
        let section = match place {
            Some(NotePlace::Section(index)) => note.sections.get(index),
            _ => None,
        };
        let title = match section {
            Some(section) if section.text != note.title => {
                format!("{} › {}", note.title, title_words(&section.text))
            }
            _ => note.title.clone(),
        };
        self.out.push_str(&format!(
            "<section class=\"embed\" role=\"group\" aria-label=\"From {0}\">\n<p class=\"from\"><a href=\"{1}\">{0}</a></p>\n{html}</section>\n",
            escaped(&title),
            escaped(&href)
        ));
        if paragraph {
            if node.next_sibling().is_some() {
                self.out.push_str("<p>");
            } else {
                self.run = Run::None;
            }
        }
        true
    }
}

/// A link's target for a reader: `note#Heading` as `note › Heading`.
pub(super) fn named(address: &str) -> String {
    let parts: Vec<&str> = address.split('#').map(|part| part.trim().trim_start_matches('^')).collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ")
}

/// The words in a node, without markup.
pub(super) fn words_in<'n>(node: &'n AstNode<'n>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => out.push_str(&text.replace(BAR, "|")),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
            _ => {}
        }
    }
    out
}
