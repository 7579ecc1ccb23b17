//! Inline syntax that Markdown lacks: wikilinks, embeds, bare URLs, tags, comments, tickets.

use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::LinkParts;
use crate::model::Span;
use crate::model::Tag;
use crate::model::Ticket;
use crate::model::TicketLike;
use crate::model::comment::is_of_one_paragraph;
use crate::model::privacy::is_private_tag;
use crate::model::ticket::TicketMatch;
use crate::model::ticket::Trackers;
use crate::parse::autolink;
use crate::parse::link_parts;
use crate::parse::outline;
use crate::parse::outline::BlockKind;
use crate::parse::outline::InlineBlock;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::outline::squeeze;
use crate::parse::tickets;

/// The results, each in the order of the text.
#[derive(Default)]
pub(crate) struct InlineMarks {
    pub(crate) links: Vec<Link>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) ticket_like: Vec<TicketLike>,
}

/// Scans every inline block of a note.
pub(crate) fn read(text: &str, lines: &Lines, outline: &Outline, trackers: &Trackers) -> InlineMarks {
    let mut found = InlineMarks::default();
    for block in &outline.blocks {
        scan(text, lines, outline, block, trackers, &mut found);
    }
    found
}

/// Scans one inline block line by line: nothing here extends over a line end.
fn scan(
    text: &str,
    lines: &Lines,
    outline: &Outline,
    block: &InlineBlock,
    trackers: &Trackers,
    found: &mut InlineMarks,
) {
    let mut line = lines.line(block.span.start);
    loop {
        let content = lines.content(text, line);
        let span = Span::new(content.start.max(block.span.start), content.end.min(block.span.end));
        if span.start >= block.span.end && !block.span.is_empty() {
            break;
        }
        if !span.is_empty() {
            scan_line(text, lines, line, outline, span, trackers, found);
        }
        line += 1;
        if line > lines.count() {
            break;
        }
    }
}

fn scan_line(
    text: &str,
    lines: &Lines,
    line: usize,
    outline: &Outline,
    span: Span,
    trackers: &Trackers,
    found: &mut InlineMarks,
) {
    let words = span.of(text);
    let mut links: Vec<Link> = Vec::new();
    if words.contains("[[") {
        wikilinks(text, line, outline, span, &mut links);
    }
    if words.contains(':') || words.contains('@') || words.contains("www.") || words.contains("WWW.") {
        let wiki = links.len();
        for bare in autolink::find(words, span.start) {
            let at = bare.span.start;
            let masked = match outline.mask_at(at) {
                // `$` in two URLs is not a formula; a link that belongs to a formula is in braces: `\href{https://…}`
                Some((_, Mask::Math)) => text.get(..at).is_some_and(|before| before.ends_with('{')),
                mask => mask.is_some(),
            };
            if !masked && covering(links.get(..wiki).unwrap_or(&[]), at).is_none() && !outline.link_at(at) {
                links.push(Link {
                    kind: LinkKind::Autolink,
                    span: bare.span,
                    line,
                    target: bare.target,
                    text: bare.span.of(text).to_owned(),
                    title: None,
                    parts: link_parts::address(text, bare.span),
                });
            }
        }
        links.sort_by_key(|link| link.span.start);
    }
    if words.contains('#') {
        for tag in tags(words) {
            let tag = Span::new(span.start + tag.start, span.start + tag.end);
            if outline.mask_at(tag.start).is_none()
                && covering(&links, tag.start).is_none()
                && !outline.link_at(tag.start)
            {
                let name = Span::new(tag.start + 1, tag.end).of(text).to_owned();
                found.tags.push(Tag { name, line, span: tag });
            }
        }
    }
    let is_word =
        |at: usize| outline.mask_at(at).is_none() && covering(&links, at).is_none() && !outline.link_target_at(at);
    let place = |sighting: &TicketMatch| Span::new(span.start + sighting.span.start, span.start + sighting.span.end);
    for sighting in trackers.find(words) {
        let span = place(&sighting);
        // the text of a link may contain a ticket; addresses of trackers' pages are handled with the other links
        if is_word(span.start) {
            found.tickets.push(Ticket { key: sighting.key, line, span, url: None });
        }
    }
    for sighting in trackers.look_alikes(words) {
        let span = place(&sighting);
        if is_word(span.start) {
            found.ticket_like.push(tickets::look_alike(text, lines, line, span, sighting.key));
        }
    }
    found.links.append(&mut links);
}

/// The link that contains a byte; the links are sorted and do not overlap.
fn covering(links: &[Link], at: usize) -> Option<&Link> {
    let end = links.partition_point(|link| link.span.start <= at);
    links.get(end.checked_sub(1)?).filter(|link| link.span.contains(at))
}

/// Adds the wikilinks in a piece of a line.
pub(super) fn wikilinks(text: &str, line: usize, outline: &Outline, span: Span, links: &mut Vec<Link>) {
    let words = span.of(text);
    let (mut at, mut close) = (0, 0);
    while let Some(open) = words.get(at..).and_then(|rest| rest.find("[[")).map(|found| at + found) {
        at = open + 2;
        let start = span.start + open;
        let embed = words.get(..open).is_some_and(|before| before.ends_with('!') && !escaped(before, before.len() - 1));
        // a wikilink in a link's text is plain words; an embed can still be shown
        let in_link = outline.link_at(start) && (!embed || outline.link_target_at(start));
        if escaped(text, start) || outline.mask_at(start).is_some() || in_link {
            continue;
        }
        // `[[[a]]]`: the innermost pair counts
        if words.get(open + 2..).is_some_and(|rest| rest.starts_with('[')) {
            at = open + 1;
            continue;
        }
        if close < at {
            let Some(found) = words.get(at..).and_then(|rest| rest.find("]]")) else { break };
            close = at + found;
        }
        let inner = Span::new(start + 2, span.start + close);
        if let Some(next) = inner.of(text).rfind("[[") {
            at = open + 2 + next;
            continue;
        }
        let (target, alias) = match inner.of(text).find('|') {
            Some(bar) => {
                let before = inner.of(text).get(..bar).unwrap_or("");
                let length = before.strip_suffix('\\').unwrap_or(before).len();
                (Span::new(inner.start, inner.start + length), Span::new(inner.start + bar + 1, inner.end))
            }
            None => (inner, Span::default()),
        };
        let (target, alias) = (trimmed(target, text), trimmed(alias, text));
        // names have no brackets: `[[1, 2], [3, 4]]`
        let name = target.of(text).split('#').next().unwrap_or("");
        if target.is_empty() && alias.is_empty() || name.contains(['[', ']']) {
            continue;
        }
        at = close + 2;
        let shown = if alias.is_empty() { target } else { alias };
        links.push(Link {
            kind: if embed { LinkKind::Embed } else { LinkKind::Wikilink },
            span: Span::new(start - usize::from(embed), span.start + close + 2),
            line,
            target: target.of(text).to_owned(),
            text: squeeze(shown.of(text)),
            title: None,
            parts: LinkParts { text: alias, ..link_parts::split(text, target) },
        });
    }
}

/// A span without surrounding spaces.
fn trimmed(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, (start + words.trim().len()).min(span.end))
}

/// True when the byte at `at` is escaped by an odd number of backslashes.
fn escaped(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1)
}

/// Tags in a line: `#` at the start or after a space, then letters, digits, `_`, `-`, `/`, at least one of them not a digit.
pub(crate) fn tags(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('#') {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let opens = |c: char| {
            matches!(c, '(' | '[' | '{' | '*' | '_' | '~' | '"' | '\'' | '“' | '„' | '‚' | '«' | '|' | ',' | ';')
        };
        let is_apart = before.is_none_or(char::is_whitespace);
        if !is_apart && !before.is_some_and(opens) {
            continue;
        }
        let name = text.get(at + 1..).unwrap_or("");
        let end = name.find(|c: char| !is_tag_char(c)).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or("").trim_end_matches('/');
        // tags that mark text as private also count in `(#private)` and `**#private**`
        if !is_apart && !is_private_tag(name) {
            continue;
        }
        if is_tag_length(name) && name.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '_')) {
            found.push(Span::new(at, at + 1 + name.len()));
        }
    }
    found
}

/// Upper bounds on a tag's length and levels, since every level is indexed as a tag.
const TAG_BYTES: usize = 1_000;
const TAG_LEVELS: usize = 32;

/// True if the tag is plausibly handwritten.
pub(crate) fn is_tag_length(name: &str) -> bool {
    name.len() <= TAG_BYTES && name.matches('/').count() < TAG_LEVELS
}

/// Letters and digits of every script, emoji, `_`, `-`, `/`.
fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '-' | '/' | '\u{200D}' | '\u{FE0F}' | '\u{20E3}')
        || (u32::from(c) >= 0x2190 && !c.is_whitespace() && !is_wide_punctuation(c))
        || matches!(u32::from(c), 0x0300..=0x036F)
}

/// Ranges of punctuation above U+2190 that end a tag.
fn is_wide_punctuation(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x22FF | 0x3000..=0x303F | 0xFF00..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65)
        || u32::from(c) >= 0x0F_0000
}

/// Obsidian's comments: `%% … %%` in one paragraph, or from a line that begins with `%%` to the next `%%`. Those in the note's
/// own HTML count too, since its text is shown.
pub(crate) fn comments(text: &str, body: usize, lines: &Lines, outline: &Outline) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = body;
    let next = |from: usize| {
        let mut from = from;
        loop {
            let place = from + text.get(from..)?.find("%%")?;
            match outline.mask_at(place) {
                Some((mask, Mask::HtmlBlock)) if shows_words(mask.of(text)) => {
                    let Some(behind) = comment_end(text, mask, place) else { return Some(place) };
                    from = behind;
                }
                Some((mask, _)) => from = mask.end.max(place + 2),
                None => return Some(place),
            }
        }
    };
    while let Some(open) = next(at) {
        let line = lines.content(text, lines.line(open));
        let starts_line = text.get(line.start..open).is_some_and(|before| before.trim().is_empty());
        let Some(close) = next(open + 2) else { break };
        if starts_line || is_of_one_paragraph(text.get(open + 2..close).unwrap_or("")) {
            found.push(Span::new(open, close + 2));
            at = close + 2;
        } else {
            at = open + 2;
        }
    }
    found
}

/// The end of the HTML comment around a position in a block of HTML; `None` outside of one.
fn comment_end(text: &str, block: Span, place: usize) -> Option<usize> {
    let before = text.get(block.start..place)?;
    let inside = before.get(before.rfind("<!--")?..)?;
    let is_open = !inside.contains("-->");
    let rest = text.get(place..block.end)?;
    is_open.then(|| rest.find("-->").map_or(block.end, |end| place + end + "-->".len()).max(place + 2))
}

/// True for a block of HTML whose text a browser shows: not a script, style or code. Its comments are handled separately.
fn shows_words(html: &str) -> bool {
    let head = html.trim_start().chars().take(9).collect::<String>().to_ascii_lowercase();
    let is_comment = head.starts_with("<!--");
    is_comment || !["<!", "<?", "<script", "<style", "<pre", "<textarea"].iter().any(|other| head.starts_with(other))
}

/// The comments of a text, `%% … %%`, that the parser of pages does not know: those that begin or end in its HTML, and those
/// that begin behind other words and end on a later line.
pub(crate) fn comments_unknown_to_pages(text: &str) -> Vec<Span> {
    if !text.contains("%%") {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let outline = outline::read(text, 0, &lines);
    let in_html = |at: usize| matches!(outline.mask_at(at), Some((_, Mask::HtmlBlock)));
    let mut found = comments(text, 0, &lines, &outline);
    found.retain(|comment| {
        let line = lines.content(text, lines.line(comment.start));
        let is_behind_words = text.get(line.start..comment.start).is_some_and(|before| !before.trim().is_empty());
        let is_on_lines = is_behind_words && comment.end > line.end;
        is_on_lines || in_html(comment.start) || in_html(comment.end.saturating_sub(1))
    });
    found
}

/// True if a run of inline text may contain a label: a paragraph at the top level.
pub(crate) fn is_paragraph(block: &InlineBlock) -> bool {
    block.kind == BlockKind::Text && block.top
}

/// `@name` at the start or after a space or bracket.
pub(crate) fn mentions(text: &str, blocked: &dyn Fn(usize) -> bool) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if blocked(at) || before.is_some_and(|c| !c.is_whitespace() && c != '(') {
            continue;
        }
        let name = text.get(at + 1..).unwrap_or("");
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or("").trim_end_matches(['.', '-']);
        if name.starts_with(char::is_alphabetic) && !found.iter().any(|other| other == name) {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_beside_those_of_html() {
        for (text, want) in [
            ("a %% b %% c", vec!["%% b %%"]),
            ("<!-- a %% b --> x %% c %%", vec!["%% c %%"]),
            ("<div>\n<!-- a %% b --> x %% c %%\n</div>\n", vec!["%% c %%"]),
            ("<!-- a %% b %% -->\n", vec![]),
        ] {
            let lines = Lines::new(text);
            let outline = outline::read(text, 0, &lines);
            let found = comments(text, 0, &lines, &outline);
            assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), want, "{text}");
        }
    }

    #[test]
    fn tags_need_a_blank_before_and_one_letter() {
        let found = |text: &str| tags(text).into_iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(found("#a x#b #c/d-e_f, #1 #1a # pizza#s (#p) #日本 #a/"), ["#a", "#c/d-e_f", "#1a", "#日本", "#a"]);
        assert_eq!(found("#🎉 #tag。"), ["#🎉", "#tag"]);
    }
}
