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
use crate::parse::sections;

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
    /// The number of the item is the day of a date: `3. November 2026`.
    is_day: bool,
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
            text: sections::without_tags(words.as_deref().unwrap_or(&section.text)),
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
        kind: if bullet.is_day {
            dates::LineKind::Label
        } else {
            dates::LineKind::Bullet { indent: bullet.bullet.indent }
        },
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
        if let Some(day) = numbered_day(text, lines, bullet, span) {
            found.push(BulletLine { bullet: *bullet, span, words: day.to_owned(), is_day: true });
            continue;
        }
        let raw = words.of(text).trim();
        let short = raw.len() <= SHORT && raw.contains(['*', '_', '[', '`', '$']);
        let words =
            if short { without_code(text, words, outline).unwrap_or_else(|| plain(raw)) } else { raw.to_owned() };
        found.push(BulletLine { bullet: *bullet, span, words, is_day: false });
    }
    found
}

/// A line such as `3. November 2026`, which Markdown takes for the third item of a list, unless the list goes on.
fn numbered_day<'t>(text: &'t str, lines: &Lines, bullet: &Bullet, span: Span) -> Option<&'t str> {
    let raw = span.of(text).trim();
    let is_number = |line: &str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&digits) && line.get(digits..).is_some_and(|rest| rest.starts_with(". "))
    };
    let is_alone = !bullet.is_nested && bullet.indent < 4 && raw.len() <= SHORT && is_number(raw);
    if !is_alone || !dates::is_date_line(raw) {
        return None;
    }
    let words = |line: usize| lines.content(text, line).of(text).trim();
    let below = (bullet.line + 1..=lines.count()).map(words).find(|line| !line.is_empty());
    let above = (1..bullet.line).rev().map(words).find(|line| !line.is_empty());
    (![above, below].into_iter().flatten().any(is_number)).then_some(raw)
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

#[cfg(test)]
mod tests {
    use crate::model::NotePath;
    use crate::parse::Options;
    use crate::parse::parse;

    #[track_caller]
    fn case(text: &str, want: &[(usize, usize, &str)]) {
        let note = parse(&NotePath::from("log.md"), text, &Options::default()).note;
        let got: Vec<(usize, usize, String)> =
            note.entries.iter().map(|entry| (entry.line, entry.end_line, entry.date.to_string())).collect();
        let got: Vec<(usize, usize, &str)> = got.iter().map(|(from, to, day)| (*from, *to, day.as_str())).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn a_day_with_a_dot_is_no_item_of_a_list() {
        let log = |line: &str| format!("# Log\n\n2026-11-05\n- [ ] a\n\n{line}\n- [ ] b\n");
        case(&log("3. November 2026"), &[(3, 4, "2026-11-05"), (6, 7, "2026-11-03")]);
        case(&log("3. November 2026:"), &[(3, 4, "2026-11-05"), (6, 7, "2026-11-03")]);
        // no such day
        for line in ["31. November", "31. November:", "32. Januar 2026", "32. Januar 2026:"] {
            case(&log(line), &[(3, 4, "2026-11-05")]);
        }
        // a list
        case(&log("1. January 2026\n2. February 2026"), &[(3, 8, "2026-11-05")]);
        case(&log("3. Novelties"), &[(3, 7, "2026-11-05")]);
    }
}
