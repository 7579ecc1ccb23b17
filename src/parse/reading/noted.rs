//! A line of a journal or a dump of links, as seen by one of its links: the words around it, and what they say.

use crate::model::Link;
use crate::model::Span;
use crate::model::words::fold;
use crate::parse::dates;
use crate::parse::input::Input;
use crate::parse::plain::plain;
use crate::parse::reading::clause;
use crate::parse::reading::kind;
use crate::parse::reading::marks::Word;
use crate::parse::reading::own;
use crate::parse::reading::own::Own;
use crate::parse::reading::own::Where;
use crate::parse::reading::tree::Tree;
use crate::parse::reading::words;
use crate::parse::reading::work::bare_words;
use crate::parse::reading::work::count;

/// In bytes; what is further from a link in a line is about something else.
const OPENING: usize = 200;

/// Lines of a paragraph that are looked at.
const ROWS: usize = 50;

/// True for a paragraph of lines that begin with links: each is noted for its own sake.
pub(super) fn is_dump(block: &str) -> bool {
    let mut all = 0;
    let linked = |line: &&str| {
        all += 1;
        line.trim_start().starts_with(['[', '<']) || line.trim_start().starts_with("http")
    };
    let links = block.lines().take(ROWS).filter(linked).count();
    links >= 2 && links * 2 >= all
}

/// The words around a link in a paragraph, up to the links beside it: a line of a journal is an item as good as one with a
/// bullet.
pub(super) struct Noted {
    pub(super) lead: String,
    pub(super) tail: String,
    /// No other link in the line is before it.
    pub(super) is_first: bool,
    /// Another link in the line is before it, and only small words between: `currently reading A and, slowly, B`.
    first: Option<String>,
}

impl Noted {
    pub(super) fn of(tree: &Tree<'_>, links: &[&Link], at: usize, block: Span) -> Option<Self> {
        let Input { text, lines, .. } = *tree.input;
        let link = *links.get(at)?;
        let last_line = lines.line(link.span.end.saturating_sub(1).max(link.span.start));
        let from = lines.content(text, link.line).start.max(block.start);
        let to = lines.content(text, last_line).end.min(block.end);
        let before = at.checked_sub(1).and_then(|at| links.get(at)).filter(|other| other.span.end > from);
        let behind = links.get(at + 1).filter(|other| other.span.start < to);
        let lead = Span::new(before.map_or(from, |other| other.span.end), link.span.start);
        let tail = Span::new(link.span.end, behind.map_or(to, |other| other.span.start));
        if lead.end < lead.start || tail.end < tail.start || lead.len() > 2 * OPENING {
            return None;
        }
        let near = |span: Span| span.of(text);
        let (lead, tail) = own::nearest((near(lead), before.is_some()), (near(tail), behind.is_some()));
        let lead = lead.get(if before.is_none() { dates::past_day(lead) } else { 0 }..).unwrap_or(lead);
        let shown = |text: &str| {
            let spaced = if text.starts_with(' ') { " " } else { "" };
            format!("{spaced}{}", plain(text.get(..text.floor_char_boundary(OPENING)).unwrap_or(text)))
        };
        let mut lead = shown(lead);
        let mut tail = shown(tail);
        // the line above it, without a link, leads to a bare address; the one below says something of it
        let alone = before.is_none() && behind.is_none();
        let linked = |line: Span| {
            let next = links.get(links.partition_point(|other| other.span.start < line.start));
            next.is_some_and(|other| other.span.start < line.end)
        };
        let line = |number: usize| {
            let line = lines.content(text, number);
            let here = block.start < line.end && line.start < block.end;
            (here && !linked(line))
                .then(|| line.of(text).trim())
                .filter(|words| !words.is_empty() && words.len() <= OPENING)
        };
        if alone
            && count(&lead) == 0
            && count(&tail) == 0
            && let Some(below) = line(last_line + 1)
        {
            tail = format!(" – {}", plain(below));
        }
        if alone && lead.trim().is_empty() && link.line > 2 && count(&tail) == 0 {
            // which is no remark on the address above it
            let is_remark = linked(lines.content(text, link.line - 2));
            let above = line(link.line - 1).filter(|words| !is_remark && !words.ends_with(['.', '!', '?', ':']));
            lead = above.map(plain).unwrap_or_default();
        }
        let first = before.map(|other| {
            text.get(lines.content(text, link.line).start.max(block.start)..other.span.start).unwrap_or("")
        });
        let small = bare_words(&fold(&lead))
            .all(|word| words::is_filler(word) || matches!(word, "slowly" | "then" | "also" | "und" | "both"));
        let first = first.filter(|words| small && words.len() <= OPENING);
        let first = first.map(|words| plain(words.get(dates::past_day(words)..).unwrap_or(words)));
        // `TODO read up on URL`
        let to_do = ["TODO", "Todo", "todo", "To do", "to do"]
            .into_iter()
            .find_map(|word| lead.trim_start().strip_prefix(word));
        let to_do = to_do.map(|rest| rest.trim_start_matches([':', ' '])).filter(|rest| !rest.is_empty());
        let lead = to_do.map_or_else(|| lead.clone(), |rest| format!("to {rest}"));
        let (lead, tail) = Own::unbracketed(lead, tail);
        Some(Self { lead, tail, is_first: before.is_none(), first })
    }

    pub(super) fn word(&self, link: &Link, dated: bool, noted: bool) -> Option<Word> {
        let place = clause::Place {
            dated,
            noted,
            is_work: kind::is_work(&link.target),
            made_for_it: kind::is_made_for_it(kind::kind(&link.target, "")),
            people: &[],
        };
        let said = |lead: &str, tail: &str| {
            let own = Own { lead: lead.to_owned(), tail: tail.to_owned(), ..Own::default() };
            let short = count(lead) <= 3 && count(tail) <= 10 && !own.is_sentence();
            let known = || own.word(Where { dated, ..Where::default() }).filter(|_| noted && short && !place.is_work);
            clause::said(lead, tail, place).or_else(known)
        };
        said(&self.lead, &self.tail).or_else(|| {
            let first = self.first.as_ref()?;
            clause::said(first, "", place)
        })
    }
}
