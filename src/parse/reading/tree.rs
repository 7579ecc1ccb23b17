//! The list items of a note, as needed for the reading list: their words, children, boxes and days.

use std::cell::OnceCell;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::model::Entry;
use crate::model::Link;
use crate::model::ReadingState;
use crate::model::Section;
use crate::model::Task;
use crate::model::phrases::Phrases;
use crate::model::words::fold;
use crate::parse::input::Input;
use crate::parse::item_text;
use crate::parse::item_text::ItemText;
use crate::parse::outline::BlockKind;
use crate::parse::plain::plain;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Found;
use crate::parse::reading::labels::Label;
use crate::parse::reading::leads;
use crate::parse::reading::legend;
use crate::parse::reading::legend::Legend;
use crate::parse::reading::marks::Word;
use crate::parse::reading::words;
use crate::parse::reading::work::count;

/// In characters; longer remarks are cut.
pub(super) const REMARK: usize = 400;

/// Upper bound on remarks kept per item.
pub(super) const REMARKS: usize = 200;

/// The items of a note.
pub(super) struct Tree<'a> {
    pub(super) input: &'a Input<'a>,
    children: Vec<Vec<usize>>,
    /// Whether each item has an external link in its own words, judging by its lines.
    linked: Vec<bool>,
    /// The words of the last item requested.
    last: Option<(usize, Rc<ItemText>)>,
    task_of_line: BTreeMap<usize, usize>,
    /// For each block, the paragraph that introduces it: an index into the blocks.
    leads: Vec<Option<usize>>,
    /// What those paragraphs say, as far as somebody asked.
    lead_labels: RefCell<BTreeMap<usize, Option<(Label, String)>>>,
    /// The signs that the note explains; read once.
    legend: OnceCell<Legend>,
    /// The note is a log of some days.
    is_log: bool,
    /// Headings separate links to read from links that were read; computed once.
    reading_sections: OnceCell<bool>,
    /// There are headings for what was read or is being read; computed once.
    read_sections: OnceCell<bool>,
    /// The labels of sections that were asked for, by their index.
    section_labels: RefCell<BTreeMap<usize, Option<Found>>>,
    /// The note keeps talks or links that somebody watched or read; computed once.
    is_keeper: OnceCell<bool>,
    /// The note collects all sorts of links.
    pub(super) is_collection: bool,
}

impl<'a> Tree<'a> {
    pub(super) fn new(input: &'a Input<'a>, links: &[&Link]) -> Self {
        let mut children = vec![Vec::new(); input.items.len()];
        for (index, item) in input.items.iter().enumerate() {
            if let Some(list) = item.parent.and_then(|parent| children.get_mut(parent)) {
                list.push(index);
            }
        }
        let mut linked = vec![false; input.items.len()];
        for link in links {
            let next = input.items.partition_point(|item| item.line <= link.line);
            if let Some(slot) = next.checked_sub(1).and_then(|index| linked.get_mut(index)) {
                *slot = true;
            }
        }
        let tasks = input.note.tasks.iter().enumerate();
        let task_of_line = tasks.map(|(index, task)| (task.symbol_span.start, index)).collect();
        let is_log = labels::is_log(input.path, input.note);
        let is_collection = labels::is_collection(input.note);
        Self {
            input,
            children,
            linked,
            last: None,
            task_of_line,
            leads: leads::of_blocks(input),
            lead_labels: RefCell::default(),
            legend: OnceCell::new(),
            is_log,
            reading_sections: OnceCell::new(),
            read_sections: OnceCell::new(),
            is_keeper: OnceCell::new(),
            section_labels: RefCell::default(),
            is_collection,
        }
    }

    /// The item in whose own words a link is.
    pub(super) fn item_at(&mut self, link: &Link) -> Option<(usize, Rc<ItemText>)> {
        let next = self.input.items.partition_point(|item| item.line <= link.line);
        let mut index = next.checked_sub(1)?;
        // several items may begin on one line: the words belong to the last
        while self.input.items.get(index)?.text_start > link.span.start && index > 0 {
            index -= 1;
        }
        let words = self.words(index);
        words.has(link.span.start).then_some((index, words))
    }

    pub(super) fn words(&mut self, index: usize) -> Rc<ItemText> {
        if let Some((last, words)) = &self.last
            && *last == index
        {
            return Rc::clone(words);
        }
        let Input { text, lines, outline, items, options, .. } = *self.input;
        let words = Rc::new(item_text::read(text, lines, outline, items, index, options.logseq));
        self.last = Some((index, Rc::clone(&words)));
        words
    }

    /// The words of another item, as a reader sees them.
    pub(super) fn shown(&self, index: usize, most: usize) -> String {
        let Input { text, lines, outline, items, options, .. } = *self.input;
        cut(&plain(&item_text::read(text, lines, outline, items, index, options.logseq).text), most)
    }

    /// True for an item that consists of names of notes: `[[looms]]`.
    pub(super) fn is_only_names(&self, index: usize) -> bool {
        let Input { text, lines, outline, items, options, .. } = *self.input;
        let words = item_text::read(text, lines, outline, items, index, options.logseq).text;
        let mut rest = words.trim();
        while let Some((_, behind)) = rest.strip_prefix("[[").and_then(|inside| inside.split_once("]]")) {
            rest = behind.trim_start_matches([' ', ',', ';']);
        }
        rest.is_empty()
    }

    pub(super) fn task(&self, index: usize) -> Option<(usize, &'a Task)> {
        let boxed = self.input.items.get(index)?.boxed.as_ref()?;
        let task = *self.task_of_line.get(&boxed.symbol.start)?;
        Some((task, self.input.note.tasks.get(task)?))
    }

    pub(super) fn has_link(&self, index: usize) -> bool {
        self.linked.get(index) == Some(&true)
    }

    /// The items right below one.
    pub(super) fn children(&self, index: usize) -> &[usize] {
        self.children.get(index).map_or(&[][..], Vec::as_slice)
    }

    /// True for an item with a box.
    pub(super) fn is_boxed(&self, index: usize) -> bool {
        self.input.items.get(index).is_some_and(|item| item.boxed.is_some())
    }

    /// The items below one that are remarks, because they have no box.
    pub(super) fn remarks(&self, index: usize) -> Vec<usize> {
        self.children(index).iter().filter(|&&child| !self.is_boxed(child)).copied().collect()
    }

    /// The paragraphs and quotes in an item, behind its own words and before what is below it.
    pub(super) fn paragraphs(&self, index: usize, words: &ItemText) -> Vec<Paragraph> {
        let Input { text, lines, outline, items, .. } = *self.input;
        let Some((_, own)) = words.pieces.last() else { return Vec::new() };
        let end = items.get(index + 1).map_or(text.len(), |next| next.start);
        let first = outline.blocks.partition_point(|block| block.span.start < own.end);
        let blocks = outline.blocks.get(first..).unwrap_or(&[]);
        let mut from = own.end;
        // nothing stands between them: no code, no line that is a label
        let here = blocks.iter().take_while(|block| {
            let line = lines.line(block.span.start);
            let between = text.get(from..block.span.start).unwrap_or("x");
            let start = lines.content(text, line).start;
            from = block.span.end;
            block.span.start < end
                && block.kind == BlockKind::Text
                && !block.top
                && between.chars().all(|c| c.is_whitespace() || c == '>')
                && block.span.start - start > items.get(index).map_or(0, |item| item.indent)
                && text.get(start..).is_some_and(|line| line.starts_with([' ', '\t']))
                && outline.label_lines.binary_search(&line).is_err()
        });
        let within = here.map(|block| {
            let start = lines.content(text, lines.line(block.span.start)).start;
            (block.span, text.get(start..block.span.start).is_some_and(|before| before.contains('>')))
        });
        let shown = within.map(|(span, quoted)| {
            let said: Vec<&str> = span.of(text).lines().map(|line| line.trim_start_matches([' ', '\t', '>'])).collect();
            Paragraph { words: cut(&plain(&said.join(" ")), REMARK), quoted }
        });
        shown.filter(|paragraph| !paragraph.words.is_empty()).take(REMARKS).collect()
    }

    /// True for an item that names a link within a sentence: `better than [the first one](URL), and shorter`.
    pub(super) fn names_link(&self, index: usize) -> bool {
        let Input { text, lines, outline, items, options, .. } = *self.input;
        let words = item_text::read(text, lines, outline, items, index, options.logseq).text;
        let at = words.find("](").and_then(|at| words.get(..at)?.rfind('[')).or_else(|| words.find("://"));
        let before =
            at.and_then(|at| words.get(..at)).unwrap_or("").trim_end_matches(['h', 't', 'p', 's', '<']).trim_end();
        count(before) > 4 && !before.ends_with([':', '-', '–', '—', '>', '→', '|'])
    }

    /// The item behind one on the same level, if it has no link, no box, and nothing below it that has one.
    pub(super) fn beside(&self, index: usize) -> Option<usize> {
        let item = self.input.items.get(index)?;
        let next = self.input.items.get(index + 1)?;
        let plain = next.parent == item.parent
            && next.line == item.line + 1
            && !self.is_boxed(index + 1)
            && !self.has_link(index + 1)
            && !self.children(index + 1).iter().any(|&child| self.has_link(child));
        plain.then_some(index + 1)
    }

    /// True where talks, or links of interest, are kept after they were watched or read.
    pub(super) fn keeps(&self, at: usize) -> bool {
        if *self.is_keeper.get_or_init(|| labels::is_keeper(self.input.path, self.input.note)) {
            return true;
        }
        let note = self.input.note;
        let mut next = note.section_at(at);
        while let Some(section) = next.and_then(|index| note.sections.get(index)) {
            if labels::keeps_links(&section.text) {
                return true;
            }
            next = section.parent;
        }
        false
    }

    /// True for a name over links or boxes, and for an item with a link itself.
    pub(super) fn heads_links(&self, index: usize) -> bool {
        let below = self.children(index);
        let heads = !below.is_empty() && below.iter().all(|&item| self.has_link(item) || self.is_boxed(item));
        heads || self.has_link(index)
    }

    /// The entry that a line belongs to.
    pub(super) fn entry(&self, line: usize) -> Option<&'a Entry> {
        self.input.note.entry_at(line)
    }

    /// The paragraph that says something about the list or line at a byte: `I want to read these:`. An index into the blocks.
    pub(super) fn lead(&self, at: usize) -> Option<usize> {
        let block = self.input.outline.blocks.partition_point(|block| block.span.end <= at);
        let lead = self.leads.get(block).copied().flatten()?;
        let mut labels = self.lead_labels.borrow_mut();
        labels.entry(lead).or_insert_with(|| leads::label(self.input, lead)).is_some().then_some(lead)
    }

    /// What such a paragraph says.
    pub(super) fn lead_label(&self, lead: usize) -> Option<(Label, String)> {
        self.lead_labels.borrow().get(&lead).cloned().flatten()
    }

    /// What the sign beside a link means, where the note explains its signs.
    pub(super) fn legend(&self, lead: &str, text: &str, tail: &str) -> Option<(ReadingState, char)> {
        let signed = |words: &str| !words.is_ascii() && words.chars().any(legend::is_sign);
        if ![lead, text, tail].into_iter().any(signed) {
            return None;
        }
        let legend = self.legend.get_or_init(|| Legend::of(self.input, |index| self.has_link(index)));
        legend.state(lead, text, tail)
    }

    /// The rating of the one link of a section, in a note of talks: `- URL: …` and, below, `**My score: 7/10**`.
    pub(super) fn rating_beside(&self, index: usize, lead: &str) -> Option<Word> {
        static ADDRESS: Phrases =
            Phrases::new("url, link, video, recording, watch, source, address, slides, adresse, enlace");
        if lead.len() > 20 || !ADDRESS.has(&fold(lead.trim_matches(|c: char| !c.is_alphanumeric()))) {
            return None;
        }
        let item = self.input.items.get(index)?;
        if !self.keeps(item.start) {
            return None;
        }
        let sections = &self.input.note.sections;
        let links_in = |first: usize, last: usize| {
            let from = self.input.items.partition_point(|item| item.line < first);
            let items = self.input.items.iter().enumerate().skip(from).take_while(|(_, item)| item.line <= last);
            items.filter(|(index, _)| self.has_link(*index)).count()
        };
        let mut range = None;
        let mut next = self.input.note.section_at(item.start);
        while let Some(section) = next.and_then(|index| sections.get(index)) {
            if links_in(section.line, section.end_line) > 1 {
                break;
            }
            range = Some((section.line, section.end_line));
            next = section.parent;
        }
        let (first, last) = range?;
        (first..=last).take(MOST_LINES).find_map(|line| {
            let words = self.input.lines.content(self.input.text, line).of(self.input.text);
            let shown = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '#' | '>'));
            let (name, rest) = shown.split_once(':')?;
            let is_rating = name.len() <= 24 && is_score(name) && words::is_rating(rest.trim_matches(['*', '_', ' ']));
            is_rating.then(|| Word::new(ReadingState::Read, shown.to_owned()))
        })
    }

    /// True for an item with items below it that all have links.
    pub(super) fn heads_only_links(&self, index: usize) -> bool {
        let below = self.children(index);
        !below.is_empty() && below.iter().all(|&item| self.has_link(item))
    }

    /// The label of a section, found once.
    pub(super) fn section_label(&self, index: usize, find: impl FnOnce() -> Option<Found>) -> Option<Found> {
        *self.section_labels.borrow_mut().entry(index).or_insert_with(find)
    }

    /// True for a section of a log: of a note that is one, or below the heading of a day or week.
    pub(super) fn is_log(&self, section: &Section) -> bool {
        self.is_log || self.entry(section.line).is_some_and(|entry| entry.line > 1 && entry.line < section.line)
    }

    /// True when headings of the note sort links into what is to read and what is read.
    pub(super) fn has_reading_sections(&self) -> bool {
        *self.reading_sections.get_or_init(|| labels::has_reading_sections(self.input.note))
    }

    /// True when headings of the note say what is read or being read.
    pub(super) fn has_read_sections(&self) -> bool {
        let wanted = [Label::Read, Label::Reading];
        *self.read_sections.get_or_init(|| labels::has_sections_of(self.input.note, &wanted))
    }

    /// The day of an entry or note, else a day in its year: days without one are of that year.
    pub(super) fn around(&self, line: usize) -> Option<NaiveDate> {
        let note = self.input.note;
        let year = || {
            let names = [note.title.as_str(), self.input.path.stem()];
            let year =
                |name: &str| name.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4)?.parse().ok();
            let year = names.into_iter().find_map(year).filter(|year| (1990..2100).contains(year))?;
            NaiveDate::from_ymd_opt(year, 1, 1)
        };
        self.entry(line).map(|entry| entry.date).or(note.date).or_else(year)
    }

    /// Where words in the past tell of what the writer did: under a day, and in a log of any days.
    pub(super) fn tells(&self, line: usize) -> bool {
        self.is_log || self.dated(line)
    }

    pub(super) fn dated(&self, line: usize) -> bool {
        self.entry(line).is_some() || self.input.note.date.is_some()
    }
}

/// A paragraph or quote in an item.
pub(super) struct Paragraph {
    /// As a reader sees them.
    pub(super) words: String,
    pub(super) quoted: bool,
}

/// Words cut to a number of characters.
fn cut(words: &str, most: usize) -> String {
    let words = words.trim();
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or(words).trim_end()),
        None => words.to_owned(),
    }
}

/// Lines of a section that are searched for a rating.
const MOST_LINES: usize = 200;

fn is_score(name: &str) -> bool {
    static SCORES: Phrases = Phrases::new(
        "score, my score, rating, my rating, stars, verdict, my verdict, grade, bewertung, meine bewertung, wertung, note, ma note, nota, mi nota, \
     minha nota, puntuacion, valoracion, avaliacao",
    );
    SCORES.has(&fold(name.trim()))
}
