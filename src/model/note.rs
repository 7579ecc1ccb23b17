//! A note: what one file says.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Decision;
use crate::model::Diagnostic;
use crate::model::Endorsement;
use crate::model::Goal;
use crate::model::Link;
use crate::model::Meeting;
use crate::model::Privacy;
use crate::model::Question;
use crate::model::Reading;
use crate::model::SkillWord;
use crate::model::Span;
use crate::model::Task;
use crate::model::Ticket;
use crate::model::TicketLike;

/// Front matter entries that name people.
pub const PEOPLE: [&str; 6] = ["people", "person", "attendees", "participants", "with", "who"];

/// The result of parsing: a note and its diagnostics. Parsing never fails.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Parsed {
    /// What the note says.
    pub note: Note,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What one file says. All offsets are bytes of its decoded text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Note {
    /// `title` of the front matter, else the H1 with which the note opens, else the file name.
    pub title: String,
    /// Where the title comes from.
    pub title_from: TitleFrom,
    /// The H1 that is the note's first block, whether it is the title or not: an index into the sections.
    pub opening: Option<usize>,
    /// `kind:` or `type:` of the front matter, else inferred (`journal`, `meeting`, …), else `None`.
    pub kind: Option<String>,
    /// `lang:` of the front matter.
    pub lang: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Tags in the front matter and in the text, every occurrence.
    pub tags: Vec<Tag>,
    /// Front matter in its own order, known keys included.
    pub properties: Vec<Property>,
    /// Headings and soft sections, in the order of the text.
    pub sections: Vec<Section>,
    /// Whether the note is private or a draft.
    pub privacy: Privacy,
    /// In the order of the text.
    pub links: Vec<Link>,
    /// Link definitions (`[label]: target`), used or not, as reference links whose text is the label.
    pub definitions: Vec<Link>,
    /// Links in front matter and in HTML: used only to update them when notes move.
    pub other_links: Vec<Link>,
    /// In the order of the text.
    pub tasks: Vec<Task>,
    /// Questions, in the order of the text.
    pub questions: Vec<Question>,
    /// Decisions, in the order of the text.
    pub decisions: Vec<Decision>,
    /// Links that are, or might be, something to read, in the order of the text.
    pub reading: Vec<Reading>,
    /// `^id` marks, in the order of the text.
    pub blocks: Vec<Block>,
    /// Ids of HTML elements, in the order of the text.
    pub anchors: Vec<Anchor>,
    /// Tickets, every occurrence, in the order of the text.
    pub tickets: Vec<Ticket>,
    /// Possible tickets of projects that the settings do not name, in the order of the text.
    pub ticket_like: Vec<TicketLike>,
    /// Goals and skills, in the order of the text.
    pub goals: Vec<Goal>,
    /// Words beside "skill", in the order of the text.
    pub skill_words: Vec<SkillWord>,
    /// Praise, in the order of the text.
    pub endorsements: Vec<Endorsement>,
    /// Dated entries (journal days, meetings), in the order of the text.
    pub entries: Vec<Entry>,
    /// In the order of the text.
    pub meetings: Vec<Meeting>,
    /// The date of the note as a whole; the reasons are in `date_why`.
    pub date: Option<NaiveDate>,
    /// How exact `date` is.
    pub date_precision: Option<Precision>,
    /// The last day, where `date` is the first of several.
    pub date_end: Option<NaiveDate>,
    /// Why `date` is what it is.
    pub date_why: Vec<String>,
    /// Number of words in the body.
    pub words: usize,
    /// The byte where the body begins, after the front matter.
    pub body_start: usize,
}

impl Note {
    /// The texts of the headings and soft sections above a section and of the section itself, outermost first.
    #[must_use]
    pub fn heading_path(&self, section: Option<usize>) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = section;
        while let Some(section) = at.and_then(|index| self.sections.get(index)) {
            path.push(section.text.as_str());
            at = section.parent;
        }
        path.reverse();
        path
    }

    /// The innermost section that contains a byte.
    #[must_use]
    pub fn section_at(&self, at: usize) -> Option<usize> {
        self.sections.partition_point(|section| section.span.start <= at).checked_sub(1)
    }

    /// The last meeting that begins at or before a line, if that line belongs to it.
    #[must_use]
    pub fn meeting_at(&self, line: usize) -> Option<&Meeting> {
        self.meetings.get(self.meeting_index_at(line)?)
    }

    /// As [`Note::meeting_at`], but an index into the meetings.
    #[must_use]
    pub fn meeting_index_at(&self, line: usize) -> Option<usize> {
        let at = self.meetings.partition_point(|meeting| meeting.line <= line).checked_sub(1)?;
        (line <= self.meetings.get(at)?.end_line).then_some(at)
    }

    /// The innermost entry (journal day, meeting) that contains a line.
    #[must_use]
    pub fn entry_at(&self, line: usize) -> Option<&Entry> {
        self.entries.get(self.entry_index_at(line)?)
    }

    /// As [`Note::entry_at`], but an index into the entries.
    #[must_use]
    pub fn entry_index_at(&self, line: usize) -> Option<usize> {
        let mut at = self.entries.partition_point(|entry| entry.line <= line).checked_sub(1);
        while let Some(entry) = at.and_then(|index| self.entries.get(index)) {
            if line <= entry.end_line {
                break;
            }
            at = entry.parent;
        }
        at
    }

    /// A front matter value by key, ignoring case.
    #[must_use]
    pub fn property(&self, key: &str) -> Option<&Value> {
        self.properties.iter().find(|property| property.key.eq_ignore_ascii_case(key)).map(|property| &property.value)
    }
}

/// Where a note's title comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleFrom {
    /// `title` of the front matter.
    FrontMatter,
    /// The H1 with which the note opens.
    Heading,
    /// The file name, without its extension.
    #[default]
    FileName,
}

/// A heading or a soft section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// A Markdown heading.
    Heading,
    /// A label line (`Todo:`, `Meeting (2023/10/18)`) or a separator with a title (`=====DynamoDb`).
    Soft,
}

/// A heading or label line and the text under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Markdown's or our own.
    pub kind: SectionKind,
    /// 1 to 6; a soft section is one deeper than the heading it is under, 7 at most.
    pub level: u8,
    /// Without markup and closing `#`, trimmed.
    pub text: String,
    /// The anchor: `{#id}` where the heading has one, else GitHub's, made unique within the note (`-1`, `-2`). Never empty.
    pub slug: String,
    /// 1-based line of the heading's text.
    pub line: usize,
    /// 1-based last line of everything under it, deeper sections included.
    pub end_line: usize,
    /// The heading's own bytes.
    pub heading_span: Span,
    /// From the heading's first byte to the next section's, deeper or not (own text only).
    pub span: Span,
    /// The section above it in the tree: a smaller index.
    pub parent: Option<usize>,
}

/// A heading's text without the block id at its end: `Costs ^b1`.
#[must_use]
pub fn without_block_id(heading: &str) -> &str {
    heading.rsplit_once(" ^").filter(|(_, id)| !id.contains(' ')).map_or(heading, |(words, _)| words)
}

/// An occurrence of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Without `#`, as written.
    pub name: String,
    /// 1-based.
    pub line: usize,
    /// In the text with its sign (`#`, in todo.txt `+` or `@`); in the front matter its value (or the opening fence if unknown).
    pub span: Span,
}

/// A front matter entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// As written.
    pub key: String,
    /// Scalars as written, not converted.
    pub value: Value,
    /// 1-based line of the key.
    pub line: usize,
}

/// A front matter value. Scalars keep their written form: `1.10` stays `1.10`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing after the colon.
    Null,
    /// A scalar's text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A mapping.
    Map(Vec<(String, Self)>),
}

impl Value {
    /// The scalar's text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The scalars in it, including those of one level of lists.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::List(items) => items.iter().filter_map(Self::as_text).collect(),
            Self::Null | Self::Map(_) => Vec::new(),
        }
    }
}

/// An anchor in HTML: `<a id="x">`, `<a name="x">`, `<span id="x">`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// As written.
    pub id: String,
    /// 1-based.
    pub line: usize,
    /// The tag.
    pub span: Span,
}

/// A block id: ` ^id` at the end of a block or on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Without `^`.
    pub id: String,
    /// 1-based line where `^id` is.
    pub line: usize,
    /// `^id` itself.
    pub span: Span,
    /// The block that it names: the one that ends with it; for a mark on a line of its own, the block above. A list item
    /// includes its children.
    pub target: Span,
}

/// How exact an entry's date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A day.
    Day,
    /// A month; the date is its first day.
    Month,
    /// Several days; `end_date` is the last.
    Range,
}

/// A dated part of a note: a journal day, a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// 1-based line of the heading, bullet or label that dates it.
    pub line: usize,
    /// 1-based last line that belongs to it.
    pub end_line: usize,
    /// From the first byte of `line` to the end of `end_line`.
    pub span: Span,
    /// The date used, after any correction.
    pub date: NaiveDate,
    /// How exact.
    pub precision: Precision,
    /// The last day of a range.
    pub end_date: Option<NaiveDate>,
    /// The date as written in the note: `Mon 28th Feb`.
    pub written: String,
    /// The date as written, if it was corrected.
    pub corrected_from: Option<NaiveDate>,
    /// Reasons for the date, as sentences.
    pub why: Vec<String>,
    /// Number of words in its text.
    pub words: usize,
    /// Number of links that were read, without those in nested entries.
    pub read: usize,
    /// Number of links to read, counted the same way.
    pub to_read: usize,
    /// The enclosing entry: a smaller index.
    pub parent: Option<usize>,
}
