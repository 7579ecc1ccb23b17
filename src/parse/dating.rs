//! Gives a note and its parts their dates; headings, list items and label lines can carry one.
//!
//! Turns the outline into lines for [`crate::parse::dates`], which knows no Markdown. Code, maths and comments date nothing.

use crate::model::Lines;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::daily_notes::DailyNotes;
use crate::parse::dates;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::inline::is_paragraph;
use crate::parse::outline::InlineBlock;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;
use crate::parse::plain::plain;

/// Replaces code: not a letter, digit or space.
const CODE: char = '\u{FFFC}';

/// In bytes; a longer item cannot consist of a date.
const SHORT: usize = 60;

/// A list item that is neither a task nor a quote.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bullet {
    /// 1-based.
    pub(crate) line: usize,
    /// Columns before the marker.
    pub(crate) indent: usize,
    /// The byte of its text.
    pub(crate) text_start: usize,
    /// It is in another item.
    pub(crate) is_nested: bool,
}

/// A list item as a line: its bytes, and its visible text.
struct BulletLine {
    bullet: Bullet,
    span: Span,
    words: String,
}

/// Fills in the entries of a note and its date.
pub(crate) fn read(
    path: &NotePath,
    text: &str,
    lines: &Lines,
    (outline, bullets): (&Outline, &[Bullet]),
    daily: Option<&DailyNotes>,
    note: &mut Note,
    diagnostics: &mut Diagnostics<'_>,
) {
    let headings: Vec<Option<String>> =
        note.sections.iter().map(|section| without_code(text, section.heading_span, outline)).collect();
    let bullets = bullet_lines(text, lines, outline, bullets);
    let leads = leads(text, lines, outline);
    let sections = note.sections.iter().zip(&headings);
    let mut dated: Vec<dates::Line<'_>> = sections
        .map(|(section, words)| dates::Line {
            line: section.line,
            span: section.heading_span,
            text: words.as_deref().unwrap_or(&section.text),
            kind: match section.kind {
                SectionKind::Heading => dates::LineKind::Heading(section.level),
                SectionKind::Soft => dates::LineKind::Label,
            },
        })
        .collect();
    dated.extend(bullets.iter().map(|bullet| dates::Line {
        line: bullet.bullet.line,
        span: bullet.span,
        text: &bullet.words,
        kind: dates::LineKind::Bullet { indent: bullet.bullet.indent },
    }));
    if dates::is_of_days(path, &note.title) {
        dated.extend(leads.iter().map(|(line, span, words)| dates::Line {
            line: *line,
            span: *span,
            text: words,
            kind: dates::LineKind::Label,
        }));
    }
    dated.sort_by_key(|line| line.line);
    dated.dedup_by_key(|line| line.line);
    let urls: Vec<(usize, &str)> =
        note.links.iter().filter(|link| link.is_external()).map(|link| (link.line, link.target.as_str())).collect();
    let is_title = |at: &usize| note.sections.get(*at).is_some_and(|section| section.text == note.title);
    let title = note.opening.filter(is_title).and_then(|at| headings.get(at)?.as_deref());
    let found = dates::read(&dates::Input {
        path,
        title: title.unwrap_or(&note.title),
        lines: &dated,
        properties: &note.properties,
        urls: &urls,
        text,
        places: lines,
        day_first: daily.and_then(|daily| daily.pattern.day_first()),
        daily,
    });
    note.entries = found.entries;
    note.date = found.date;
    note.date_precision = found.date_precision;
    note.date_end = found.date_end;
    note.date_why = found.date_why;
    for diagnostic in found.diagnostics {
        diagnostics.push(diagnostic);
    }
}

/// The lines of the list items, excluding code.
fn bullet_lines(text: &str, lines: &Lines, outline: &Outline, bullets: &[Bullet]) -> Vec<BulletLine> {
    let mut found = Vec::new();
    for bullet in bullets {
        let span = lines.content(text, bullet.line);
        let words = Span::new(bullet.text_start.min(span.end), span.end);
        // an over-indented list is still a list; indented code is not nested in an item
        let is_code = !bullet.is_nested
            && bullet.indent >= 4
            && outline.mask_at(words.start).is_some_and(|(_, mask)| mask == Mask::Indented);
        if is_code {
            continue;
        }
        let raw = words.of(text).trim();
        let short = raw.len() <= SHORT && raw.contains(['*', '_', '[', '`', '$']);
        let words =
            if short { without_code(text, words, outline).unwrap_or_else(|| plain(raw)) } else { raw.to_owned() };
        found.push(BulletLine { bullet: *bullet, span, words });
    }
    found
}

/// Paragraphs that begin with a day in bold, `**Tue 2 June** met Ida`, where there are several: their lines, and the day.
fn leads<'t>(text: &'t str, lines: &Lines, outline: &Outline) -> Vec<(usize, Span, &'t str)> {
    let of = |block: &InlineBlock| {
        let words = block.span.of(text);
        let mark = ["**", "__"].into_iter().find(|mark| words.starts_with(mark))?;
        let (inner, behind) = words.get(mark.len()..)?.split_once(mark)?;
        let inner = inner.trim_end_matches([':', '.']);
        let is_day = inner.len() <= SHORT && !behind.trim().is_empty() && dates::is_date_line(inner);
        let line = lines.line(block.span.start);
        (is_day && outline.mask_at(block.span.start).is_none()).then(|| (line, lines.content(text, line), inner))
    };
    let found: Vec<_> = outline.blocks.iter().filter(|block| is_paragraph(block)).filter_map(of).collect();
    if found.len() < 2 { Vec::new() } else { found }
}

/// The visible text of a line, with code, maths and comments replaced; `None` if it has none of them.
fn without_code(text: &str, span: Span, outline: &Outline) -> Option<String> {
    let raw = span.of(text);
    if !raw.contains(['`', '$', '%', '<']) {
        return None;
    }
    let mut out = String::new();
    let mut shown = span.start;
    for (at, _) in raw.match_indices(['`', '$', '%', '<']) {
        let at = span.start + at;
        if at < shown {
            continue;
        }
        if let Some((mask, kind)) = outline.mask_at(at)
            && kind != Mask::Html
            && mask.end <= span.end
        {
            out.push_str(text.get(shown..mask.start.max(shown)).unwrap_or(""));
            out.push(CODE);
            shown = mask.end;
        }
    }
    if shown == span.start {
        return None;
    }
    out.push_str(text.get(shown..span.end).unwrap_or(""));
    let is_underline = |line: &&str| !line.trim().is_empty() && line.trim().chars().all(|c| c == '=' || c == '-');
    let words: Vec<&str> = out.lines().filter(|line| !is_underline(line)).collect();
    Some(plain(words.join(" ").trim().trim_matches('#').trim()))
}
