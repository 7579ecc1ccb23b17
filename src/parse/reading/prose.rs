//! Links outside lists: in paragraphs and headings, and in boxes that Markdown takes for code.

use std::rc::Rc;

use crate::model::Form;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Reading;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::phrases::Phrases;
use crate::model::reading::ReadingWhy;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::outline::BlockKind;
use crate::parse::plain::plain;
use crate::parse::reading::above::Above;
use crate::parse::reading::boxes::of_box;
use crate::parse::reading::days;
use crate::parse::reading::days::Told;
use crate::parse::reading::entry;
use crate::parse::reading::entry::Beside;
use crate::parse::reading::kind;
use crate::parse::reading::labels;
use crate::parse::reading::labels::Label;
use crate::parse::reading::noted::Noted;
use crate::parse::reading::noted::is_dump;
use crate::parse::reading::own;
use crate::parse::reading::own::Own;
use crate::parse::reading::own::Where;
use crate::parse::reading::title;
use crate::parse::reading::told;
use crate::parse::reading::tree::Tree;
use crate::parse::reading::words;
use crate::parse::reading::work;
use crate::parse::reading::work::Around;
use crate::parse::reading::work::Intention;
use crate::parse::reading::work::bare;
use crate::parse::reading::work::bare_words;
use crate::parse::reading::work::count;

/// In bytes; a link further into a line of prose is only mentioned.
const OPENING: usize = 200;

/// Links in one line of prose; a line of more is no row of links to read.
const IN_LINE: usize = 100;

/// How many lines above a link its label is looked for, in the same paragraph.
const ROWS: usize = 50;

/// The lines of a paragraph above a line, the nearest first.
fn lines_above(tree: &Tree<'_>, line: usize, block: Span) -> impl Iterator<Item = usize> {
    (tree.input.lines.line(block.start)..line).rev().take(ROWS)
}

/// A link in a paragraph or heading: counts only if a list of links is written as paragraphs, or somebody says that they read
/// it. `at` is the index of the link among `links`.
pub(super) fn in_prose(
    tree: &Tree<'_>,
    above_of: &mut dyn FnMut(usize) -> Rc<Above>,
    (links, at): (&[&Link], usize),
    block: Option<(Span, BlockKind)>,
) -> Option<Reading> {
    let (block, kind_of_block) = block?;
    let link = *links.get(at)?;
    let text = tree.input.text;
    // the text of a footnote names a source
    if tree.input.lines.content(text, tree.input.lines.line(block.start)).of(text).starts_with("[^") {
        return None;
    }
    // no more of it is looked at, and a paragraph of one line may be long
    let before = text.get(block.start..link.span.start)?;
    let before = before.get(before.ceil_char_boundary(before.len().saturating_sub(OPENING + 1))..)?;
    let around = tree.around(link.line);
    let line = before.rsplit('\n').next().unwrap_or(before);
    let front = Some(line).filter(|line| line.len() <= OPENING).and_then(|line| dates::day_at_front(line, around));
    let beside = Beside { front: front.map(|(day, _)| day), ..Beside::default() };
    let dated = tree.tells(link.line) || front.is_some() || dates::past_day(line) > 0;
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or(before);
    let sentence = front.and_then(|(_, at)| line.get(at..)).unwrap_or(sentence);
    let near = above_of(link.span.start);
    let said = |(state, word): (ReadingState, String), beside: Beside| {
        let kind = kind::kind(&link.target, "");
        let named = title::title(link, "", "", None);
        let mut reading = entry::new(link, named, kind, (state, ReadingWhy::Word(word)), link.line);
        reading.group.clone_from(&near.group);
        entry::date(tree, &mut reading, None, beside);
        reading
    };
    if kind_of_block == BlockKind::Text
        && sentence.len() <= OPENING
        && let Some((state, word)) = told::said_in_prose(&plain(sentence), dated)
    {
        return Some(said((state, word), beside));
    }
    // `no idea what this is about (haven't read it yet): URL`
    let alone = || {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| links.get(at));
        beside.into_iter().all(|other| other.line != link.line)
    };
    let whole = tree.input.lines.content(text, link.line).of(text);
    if kind_of_block == BlockKind::Text
        && whole.len() <= 2 * OPENING
        && whole.contains('(')
        && alone()
        && let Some(word) = own::in_any_brackets(whole)
    {
        return Some(said((word.state, word.word), beside));
    }
    if kind_of_block == BlockKind::Text
        && let Some(line) = Noted::of(tree, links, at, block)
    {
        let above = &near;
        let is_own = above.definite.as_ref().is_some_and(|(label, _)| *label == Label::Reference);
        let noted = dated
            || above.is_for_reading()
            || line.is_first && is_dump(block.of(text))
            || labels::is_now(tree.input.path, tree.input.note);
        let sign =
            Some(&line).filter(|line| line.is_first).and_then(|line| tree.legend(&line.lead, &link.text, &line.tail));
        if let Some((state, sign)) = sign {
            return Some(said((state, sign.to_string()), beside));
        }
        if let Some(word) = line.word(link, dated, noted).filter(|_| !is_own) {
            let told = days::told(&line.lead, &line.tail, word.state, around);
            let on = match told {
                Some(Told::On(day)) => Some(day),
                _ => None,
            };
            let beside = Beside { said: word.day.or(on), before: matches!(told, Some(Told::Before)), ..beside };
            return Some(said((word.state, word.word), beside));
        }
    }
    if is_behind_list(tree, link) {
        return None;
    }
    let row = Row::of(tree, links, at, block).filter(|row| !row.is_navigation)?;
    let section = match kind_of_block {
        // the heading is under those above it
        BlockKind::Heading => block.start.checked_sub(1)?,
        _ => link.span.start,
    };
    let above = above_of(section);
    let inner = labels::in_lines(tree.input, lines_above(tree, link.line, block));
    let definite = inner.as_ref().or(above.definite.as_ref());
    // `## TODO [Looms](URL)` in a reading list
    let own = Own { lead: row.leads.first().cloned().unwrap_or_default(), tail: row.end.clone(), ..Own::default() };
    let marked = own::begins_with_check(&link.text).then(|| (ReadingState::Read, "✓".to_owned()));
    // `read later URL`, `URL - loved it`: a line with nothing else on it
    let is_alone = kind_of_block == BlockKind::Text
        && row.leads.len() == 1
        && (own.lead.is_empty() || words::whole(&own.lead).is_some_and(|saying| !saying.bare_read));
    let word = || {
        let place = Where { dated, in_list: above.is_for_reading(), ..Where::default() };
        let near = count(&own.lead) <= 3 && !own.is_sentence() && (above.is_for_reading() || is_alone);
        own.word(place).filter(|_| near).map(|word| (word.state, word.word))
    };
    let said = own.participle().map(|word| (ReadingState::Read, word)).or(marked).or_else(word);
    let is_row = row.is_list_of_links(definite.is_some());
    if !is_row && said.is_none() {
        return None;
    }
    let state = match (&definite, &above.list) {
        _ if said.is_some() && (kind_of_block == BlockKind::Text || above.is_for_reading()) => {
            said.map(|(state, word)| (state, ReadingWhy::Word(word)))?
        }
        (Some((Label::ToRead, name)), _) => (ReadingState::ToRead, ReadingWhy::Section(name.clone())),
        (Some((Label::ToLookAt, name)), _) => (ReadingState::ToLookAt, ReadingWhy::Section(name.clone())),
        (Some((Label::Read, name)), _) => (ReadingState::Read, ReadingWhy::Section(name.clone())),
        (Some((Label::Reading, name)), _) => (ReadingState::Reading, ReadingWhy::Section(name.clone())),
        (Some((Label::Dropped, name)), _) => (ReadingState::Dropped, ReadingWhy::Section(name.clone())),
        (Some(_), _) | (None, None) => return None,
        (None, Some(name)) => (ReadingState::Unsorted, ReadingWhy::List(name.clone())),
    };
    let Row { lead, tail, .. } = &row;
    let all = format!("{lead} {tail}").to_lowercase();
    let kind = kind::kind(&link.target, &all);
    let named = title::title(link, &title::own_title(lead, tail), tail, None);
    let mut reading = entry::new(link, named, kind, state, link.line);
    reading.minutes = title::minutes(&all);
    reading.group.clone_from(&above.group);
    if matches!(reading.state, ReadingState::Read | ReadingState::Dropped) {
        reading.remarks.extend(Own { tail: tail.clone(), ..Own::default() }.comment());
    }
    entry::date(tree, &mut reading, None, beside);
    Some(reading)
}

/// True for a line behind the list that a line such as `To read:` leads to: it is about something else.
fn is_behind_list(tree: &Tree<'_>, link: &Link) -> bool {
    let Input { text, lines, items, note, .. } = *tree.input;
    let Some(section) = note.section_at(link.span.start).and_then(|index| note.sections.get(index)) else {
        return false;
    };
    let next = items.partition_point(|item| item.line <= section.line);
    let listed = items.get(next).is_some_and(|item| item.line < link.line);
    listed && lines.content(text, section.line).of(text).trim_end().ends_with(':')
}

/// A line of a paragraph with links, as seen by one of them.
struct Row {
    /// The text between the previous link, or the beginning, and this link.
    lead: String,
    /// The text between this link and the next one, or the end.
    tail: String,
    /// The text before each link, from the end of the previous link.
    leads: Vec<String>,
    /// The text after the last link.
    end: String,
    /// All links are bare addresses.
    bare: bool,
    /// All links lead about a site: `[Home](…) | [Next](…)`.
    is_navigation: bool,
}

impl Row {
    fn of(tree: &Tree<'_>, links: &[&Link], at: usize, block: Span) -> Option<Self> {
        let Input { text, lines, .. } = *tree.input;
        let link = *links.get(at)?;
        let line = lines.content(text, link.line);
        let here = |other: &&&Link| other.line == link.line && block.contains(other.span.start);
        let before = links.get(..at)?.iter().rev().take(IN_LINE).take_while(here).count();
        let behind = links.get(at..)?.iter().take(IN_LINE).take_while(here).count();
        if before + behind > IN_LINE {
            return None;
        }
        let row = links.get(at - before..at + behind)?;
        let last = *row.last()?;
        let end = lines.content(text, lines.line(last.span.end.saturating_sub(1).max(last.span.start)));
        let mut from = line.start.max(block.start);
        let mut leads = Vec::new();
        for link in row {
            leads.push(plain(text.get(from..link.span.start.max(from))?));
            from = link.span.end;
        }
        let end = text.get(from..end.end.min(block.end).max(from))?;
        if leads.first()?.len() > OPENING {
            return None;
        }
        let spaced = if end.starts_with(' ') { " " } else { "" };
        let end = format!("{spaced}{}", plain(end));
        Some(Self {
            lead: leads.get(before)?.clone(),
            tail: leads.get(before + 1).unwrap_or(&end).clone(),
            end,
            bare: row.iter().all(|link| link.kind == LinkKind::Autolink),
            is_navigation: row.iter().all(|link| is_way(&link.text)),
            leads,
        })
    }

    /// True for a line of links with their titles, as opposed to a sentence that mentions links.
    ///
    /// `sorted`: the text above gives the state of its links.
    fn is_list_of_links(&self, sorted: bool) -> bool {
        let is_title = |words: &str| {
            (1..=10).contains(&count(words))
                && words.starts_with(|c: char| c.is_uppercase() || "\"“«„0123456789".contains(c))
        };
        let first = self.leads.first().map_or("", |lead| lead.trim());
        let others = || self.leads.iter().skip(1).map(|lead| lead.trim());
        if count(first) == 0 {
            let end = self.end.trim();
            let apart = count(end) == 0
                || !self.end.starts_with(' ')
                || end.starts_with(['-', '–', '—', ':', '(', '|'])
                || end.to_lowercase().starts_with("by ");
            let own = Own { tail: self.end.clone(), ..Own::default() };
            return (apart && !own.is_sentence() || self.bare && is_title(end))
                && others().all(|lead| count(lead) <= 3);
        }
        // `Looms explained: URL`
        const LEADS_ON: [&str; 12] =
            ["see", "via", "from", "also", "more", "this", "these", "i", "we", "here", "source", "sources"];
        let led_on =
            first.split_whitespace().next().is_some_and(|word| LEADS_ON.contains(&bare(word).to_lowercase().as_str()));
        let titled =
            |lead: &str| sorted && count(lead) <= 8 || lead.ends_with([':', '-', '–', '—', '>', '→', '"', '”']);
        self.bare
            && count(&self.end) == 0
            && is_title(first)
            && !led_on
            && titled(first)
            && others().all(|lead| count(lead) <= 10)
    }
}

/// True for the text of a link that leads about a site.
fn is_way(text: &str) -> bool {
    static WAYS: Phrases = Phrases::new(
        "home, up, prev, previous, next, back, top, back to top, index, contents, table of contents, zuruck, weiter, precedent, \
         suivant, anterior, siguiente, volver, inicio, proximo",
    );
    WAYS.has(&bare_words(&fold(text)).collect::<Vec<_>>().join(" "))
}

/// Links in boxes that Markdown takes for code because they are indented too far.
pub(super) fn in_indented_tasks(
    tree: &Tree<'_>,
    above_of: &mut dyn FnMut(Option<usize>, usize) -> Rc<Above>,
) -> Vec<Reading> {
    let mut found = Vec::new();
    for index in 0..tree.input.items.len() {
        let Some((number, task)) = tree.task(index).filter(|(_, task)| task.form == Form::Indented) else {
            continue;
        };
        let Some(link) = task.links.iter().find(|link| link.url.contains("://")) else { continue };
        let Some(item) = tree.input.items.get(index) else { continue };
        let Some(state) = of_box(task.status) else { continue };
        let written = if link.text == link.url { LinkKind::Autolink } else { LinkKind::Inline };
        let link = Link {
            kind: written,
            span: task.span,
            line: task.line,
            target: link.url.clone(),
            text: link.text.clone(),
            ..Link::default()
        };
        let above = above_of(item.parent, item.start);
        let in_to_do = !above.is_for_reading() && !above.below_link;
        let around = Around { in_to_do, people: &tree.input.options.people };
        if matches!(work::intention(&task.words, around), Some(Intention::Other(_))) {
            continue;
        }
        let kind = kind::kind(&link.target, &task.words.to_lowercase());
        let named = title::title(&link, &task.words, "", None);
        let mut reading = entry::new(&link, named, kind, (state, ReadingWhy::Box), task.line);
        reading.text_start = Some(item.text_start);
        reading.task = Some(number);
        reading.repeats = task.recurrence.is_some();
        reading.group.clone_from(&above.group);
        entry::date(tree, &mut reading, Some(task), Beside::default());
        found.push(reading);
    }
    found
}
