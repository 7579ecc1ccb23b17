//! Text taken from one note to another: the levels of its headings, the footnotes and link definitions that it needs, names that are
//! taken where it goes, line ends.
//!
//! Shared by extract, merge, split and inline. What follows from it for links is `settle`'s business.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::disk;
use crate::edit;
use crate::index::Record;
use crate::model::Edit;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::parse;
use crate::parse::Label;
use crate::parse::LabelKind;
use crate::parse::LabelUse;
use crate::session::Error;
use crate::session::Notes;
use crate::session::Session;
use crate::session::plan::words::Change;
use crate::session::plan::words::Words;

/// A note that text is taken from.
pub(super) struct Source<'n> {
    /// Its number among the texts.
    pub(super) number: usize,
    pub(super) record: &'n Record,
    pub(super) text: String,
    labels: Vec<Label>,
}

/// The definitions that a part of a note needs and that stand outside of it: each with whether it stays there too.
pub(super) type Needs = Vec<(Span, bool)>;

impl Session {
    /// A note of `linked` whose text goes elsewhere, or gets some.
    pub(super) fn source_of<'n>(&self, linked: &'n Notes, path: &NotePath) -> Result<Source<'n>, Error> {
        let none = || Error::NoNote { name: path.to_string(), near: None };
        let number = linked.position(path).ok_or_else(none)?;
        let record = linked.records().get(number).ok_or_else(none)?;
        let refuse =
            |why: &str| Error::Edit(format!("{path} {why}: its text cannot be taken from one note to another"));
        if path.is_todo_txt() || edit::canvas::is_canvas(path) {
            return Err(refuse("is no Markdown"));
        }
        let text = self.unchanged(record)?;
        if text.damaged.is_some() {
            return Err(refuse("has bytes that are no text"));
        }
        let labels = parse::labels(&text.text, record.parsed.note.body_start);
        Ok(Source { number, record, text: text.text, labels })
    }

    /// Refuses where something private would be read by others: `to` is the note as it would be.
    pub(super) fn keeps_private(&self, from: &Source<'_>, to: &NotePath, is: &Note) -> bool {
        let rules = disk::SiteRules::new(&self.notebook);
        let held =
            |path: &NotePath, note: &Note| rules.exclude(path) || note.privacy.private.is_some() || note.privacy.draft;
        !held(&from.record.path, &from.record.parsed.note) || held(to, is)
    }

    /// As [`Session::keeps_private`], of words that go into a note that is there.
    pub(super) fn refuse_leaks(&self, from: &Source<'_>, to: &Source<'_>, changes: &[Change]) -> Result<(), Error> {
        let edit =
            |change: &Change| Edit { start: change.span.start, end: change.span.end, text: change.words.text.clone() };
        let now = edit::apply_text(&to.text, &changes.iter().map(edit).collect::<Vec<_>>()).map_err(Error::edit)?;
        let note = parse::parse(&to.record.path, &now, &self.parse_options()).note;
        if self.keeps_private(from, &to.record.path, &note) {
            return Ok(());
        }
        let (from, to) = (&from.record.path, &to.record.path);
        Err(Error::Edit(format!("{from} is private or a draft, and {to} is not: its text would be published with it")))
    }
}

impl Source<'_> {
    pub(super) fn note(&self) -> &Note {
        &self.record.parsed.note
    }

    /// The line end of the text.
    pub(super) fn line_end(&self) -> &'static str {
        edit::journal::line_end(&self.text)
    }

    /// The first byte of the line of a byte.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1)
    }

    /// The byte behind the line end of the line of a byte.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |end| at + end + 1)
    }

    /// A span without blank lines at its end.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        Span::new(span.start, span.start + span.of(&self.text).trim_end().len())
    }

    /// A heading with all that is below it: up to the next heading that is not deeper.
    pub(super) fn all_of(&self, index: usize) -> Result<Span, Error> {
        let sections = &self.note().sections;
        let section = sections.get(index).ok_or_else(|| Error::Edit("no such heading".to_owned()))?;
        let start = section.heading_span.start;
        let why = match section.kind {
            SectionKind::Soft => Some("a label line"),
            SectionKind::Heading if self.line_start(start) != start => Some("in a list, a quote, or indented"),
            SectionKind::Heading => None,
        };
        if let Some(why) = why {
            let (path, line, text) = (&self.record.path, section.line, &section.text);
            return Err(Error::Edit(format!(
                "{path}:{line}: `{text}` is {why}: only headings of the note itself are taken"
            )));
        }
        let below = |other: &Section| {
            let above = |one: &usize| sections.get(*one).and_then(|section| section.parent);
            std::iter::successors(other.parent, above).any(|above| above == index)
        };
        let next = sections.iter().skip(index + 1).find(|other| !below(other));
        let end = next.map_or(self.text.len(), |next| self.line_start(next.heading_span.start));
        let span = Span::new(start, end);
        if let Some((at, name)) = parse::html_pairs::parted(&self.text, span) {
            let line = self.text.get(..at).unwrap_or("").matches('\n').count() + 1;
            return Err(Error::Edit(format!(
                "{}:{line}: `<{name}>` would begin in one note and end in another: `{}` has one half of it; move it out first",
                self.record.path, section.text
            )));
        }
        Ok(span)
    }

    /// The headings in a span: their numbers.
    pub(super) fn headings(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let is_in =
            move |section: &Section| section.kind == SectionKind::Heading && span.contains(section.heading_span.start);
        self.note().sections.iter().enumerate().filter(move |(_, section)| is_in(section)).map(|(index, _)| index)
    }

    /// Gives headings in a span other levels; those that would be deeper than 6 are 6.
    pub(super) fn with_levels(&self, span: Span, level: impl Fn(usize, u8) -> i16) -> Result<Vec<Edit>, Error> {
        let mut edits = Vec::new();
        for index in self.headings(span) {
            let Some(section) = self.note().sections.get(index) else { continue };
            let level = u8::try_from(level(index, section.level).clamp(1, 6)).unwrap_or(6);
            let changed = edit::heading::with_level(&self.text, section, level).ok_or_else(|| {
                let message = format!("`{}` has several lines, and cannot be a heading of level {level}", section.text);
                Error::Edit(format!("{}:{}: {message}", self.record.path, section.line))
            })?;
            edits.extend(changed);
        }
        Ok(edits)
    }

    /// The definition of a label.
    fn definition(&self, kind: LabelKind, name: &str) -> Option<&Label> {
        let is_it =
            |label: &&Label| label.written == LabelUse::Definition && (label.kind, label.name.as_str()) == (kind, name);
        self.labels.iter().find(is_it)
    }

    /// The definitions that parts of the note need, each part those outside of it; then those in the parts that the rest needs.
    /// A definition that nothing else needs goes away with its part.
    pub(super) fn needs(&self, parts: &[Span]) -> Result<(Vec<Needs>, Needs), Error> {
        // the last one is the rest
        let part_of = |at: usize| parts.iter().position(|part| part.contains(at)).unwrap_or(parts.len());
        let mut users: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        let mut open: Vec<(usize, &Label)> = self
            .labels
            .iter()
            .filter(|label| label.written != LabelUse::Definition && self.defined_at(label.span.start).is_none())
            .map(|label| (part_of(label.span.start), label))
            .collect();
        while let Some((user, label)) = open.pop() {
            let Some(definition) = self.definition(label.kind, &label.name) else { continue };
            if users.entry(definition.span.start).or_default().insert(user) {
                let inside = self.labels.iter().filter(|label| {
                    label.written != LabelUse::Definition && definition.span.contains(label.span.start)
                });
                open.extend(inside.map(|label| (user, label)));
            }
        }
        let mut found = vec![Needs::new(); parts.len() + 1];
        for definition in self.labels.iter().filter(|label| label.written == LabelUse::Definition) {
            let home = part_of(definition.span.start);
            let Some(users) = users.get(&definition.span.start) else { continue };
            let others: Vec<usize> = users.iter().copied().filter(|user| *user != home).collect();
            let goes = home == parts.len() && !users.contains(&home);
            for (nth, user) in others.into_iter().enumerate() {
                let start = definition.span.start;
                if self.line_start(start) != start {
                    let line = self.text.get(..start).unwrap_or("").matches('\n').count() + 1;
                    let message =
                        "this definition is in a list or a quote, or is indented; move it to the end of the note first";
                    return Err(Error::Edit(format!("{}:{line}: {message}", self.record.path)));
                }
                let stays = !(goes && nth == 0);
                found.get_mut(user).into_iter().for_each(|needs| needs.push((definition.span, stays)));
            }
        }
        let rest = found.pop().unwrap_or_default();
        Ok((found, rest))
    }

    /// The definition in which a byte stands.
    fn defined_at(&self, at: usize) -> Option<&Label> {
        self.labels.iter().find(|label| label.written == LabelUse::Definition && label.span.contains(at))
    }

    /// Takes away definitions that went with a part, with their lines and the blank ones that parted them.
    pub(super) fn without<'s>(&self, needs: impl Iterator<Item = &'s (Span, bool)>) -> Vec<Change> {
        let mut gone: Vec<Span> = needs.filter(|(_, stays)| !stays).map(|(span, _)| *span).collect();
        gone.sort_unstable();
        let mut done = self.note().body_start;
        let mut changes = Vec::new();
        for span in gone {
            let before = self.text.get(..span.start).unwrap_or("");
            let end = self.next_line(span.end);
            let blank = self.blank_from(end);
            let is_apart = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
            let (start, end) = match blank == self.text.len() {
                // no blank lines at the end of the note
                true => (self.next_line(before.trim_end().len()).min(span.start), blank),
                // one stays between what is around it
                false => (span.start, if is_apart { blank } else { end }),
            };
            let start = start.max(done);
            done = end;
            changes.push(Change { span: Span::new(start, end), words: Words::default() });
        }
        changes
    }

    /// The first byte behind the blank lines that begin at a byte.
    fn blank_from(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        let Some(words) = rest.find(|c: char| !c.is_whitespace()) else { return self.text.len() };
        at + rest.get(..words).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1)
    }

    /// Writes definitions below words, each apart where it says something of its own.
    pub(super) fn add_needs(
        &self,
        words: &mut Words,
        needs: &Needs,
        edits: &[Edit],
        line_end: &str,
    ) -> Result<(), Error> {
        for (nth, (span, stays)) in needs.iter().enumerate() {
            let is_link = |span: &Span| !span.of(&self.text).starts_with("[^");
            let together = nth > 0 && is_link(span) && needs.get(nth - 1).is_some_and(|(before, _)| is_link(before));
            if !words.text.is_empty() && !words.text.ends_with('\n') {
                words.push(line_end);
            }
            if !together && !words.text.is_empty() {
                words.push(line_end);
            }
            let inside =
                edits.iter().filter(|edit| span.start <= edit.start && edit.end <= span.end).cloned().collect();
            words.graft(self.number, &self.text, *span, inside, *stays).map_err(Error::edit)?;
            words.push(line_end);
        }
        Ok(())
    }

    /// Other names for what a text has that goes to another note, where they are taken there: footnotes, definitions, blocks.
    pub(super) fn renamed_for(&self, to: &Source<'_>, spans: &[Span], copied: bool) -> Vec<Edit> {
        let is_in = |at: usize| spans.iter().any(|span| span.contains(at));
        let all = self.labels.iter().chain(&to.labels);
        let mut taken: BTreeSet<(LabelKind, &str)> = all.map(|label| (label.kind, label.name.as_str())).collect();
        let mut edits = Vec::new();
        let mut names: Vec<(LabelKind, &str, String)> = Vec::new();
        for label in self.labels.iter().filter(|label| label.written == LabelUse::Definition && is_in(label.span.start))
        {
            if to.definition(label.kind, &label.name).is_none() {
                continue;
            }
            let written = label.name_span.of(&self.text);
            let free = (2..).map(|number| format!("{written}-{number}"));
            let is_free = |name: &String| !taken.contains(&(label.kind, crate::model::words::fold(name).as_str()));
            names.extend(free.into_iter().find(is_free).map(|name| (label.kind, label.name.as_str(), name)));
        }
        for label in self.labels.iter().filter(|label| is_in(label.span.start)) {
            let new = names.iter().find(|(kind, name, _)| (*kind, *name) == (label.kind, label.name.as_str()));
            edits.extend(new.map(|(.., new)| edit::label::renamed(label, new)));
        }
        taken.clear();
        let known: Vec<&str> = to.note().blocks.iter().map(|block| block.id.as_str()).collect();
        for block in self.note().blocks.iter().filter(|block| is_in(block.span.start)) {
            let Span { start, end } = block.span;
            if copied {
                // the block is still the other note's
                let before = self.text.get(..start).unwrap_or("");
                let blank = before.len() - before.trim_end_matches([' ', '\t']).len();
                edits.push(Edit { start: start - blank, end, text: String::new() });
            } else if known.iter().any(|id| id.eq_ignore_ascii_case(&block.id)) {
                let is_free = |id: &String| {
                    let mut all = known.iter().copied().chain(self.note().blocks.iter().map(|block| block.id.as_str()));
                    !all.any(|other| other.eq_ignore_ascii_case(id))
                };
                let free = (2..).map(|number| format!("{}-{number}", block.id)).find(is_free);
                edits.extend(free.map(|id| Edit { start, end, text: format!("^{id}") }));
            }
        }
        edits
    }

    /// Line ends of a span as those of another text, but where something is changed anyway.
    pub(super) fn with_line_ends(&self, span: Span, line_end: &str, edits: &[Edit]) -> Vec<Edit> {
        let mut found = Vec::new();
        for (at, _) in span.of(&self.text).match_indices('\n') {
            let at = span.start + at;
            let has_return = at > span.start && self.text.get(at - 1..at) == Some("\r");
            let change = match (line_end, has_return) {
                ("\r\n", false) => Edit { start: at, end: at, text: "\r".to_owned() },
                ("\n", true) => Edit { start: at - 1, end: at, text: String::new() },
                _ => continue,
            };
            let is_changed = |edit: &Edit| edit.start < at + 1 && change.start < edit.end;
            if !edits.iter().any(is_changed) {
                found.push(change);
            }
        }
        found
    }
}
