//! Sections: Markdown headings, and the label lines that people write instead of them.

use crate::model::Lines;
use crate::model::Section;
use crate::model::SectionKind;
use crate::model::Span;
use crate::model::attendee_line;
use crate::model::genre;
use crate::model::meeting_words;
use crate::model::privacy::is_private_tag;
use crate::model::words;
use crate::parse::dates;
use crate::parse::goals;
use crate::parse::inline::is_paragraph;
use crate::parse::markers::is_list_item;
use crate::parse::outline::BlockKind;
use crate::parse::outline::Outline;
use crate::parse::outline::squeeze;
use crate::parse::plain::uncommented;
use crate::parse::reading;
use crate::parse::slug::Slugs;
use crate::parse::slug::slug;

/// In characters; longer lines are text.
const LABEL_CHARS: usize = 70;

/// How far below the first line of an item its labels are looked for, in lines.
const IN_ITEM: usize = 40;

/// Upper bound on sections per note; the rest of the text belongs to the last one.
pub(crate) const SECTIONS: usize = 20_000;

/// The anchor of a heading without letters or digits; real anchors take precedence.
const NAMELESS: &str = "section";

/// Headings and soft sections of a note as one tree, in the order of the text; with the first one beyond the limit, if any.
pub(crate) fn read(text: &str, lines: &Lines, outline: &Outline) -> (Vec<Section>, Option<Span>) {
    let mut found: Vec<(Span, SectionKind, u8, String, Option<String>)> = outline
        .headings
        .iter()
        .map(|heading| {
            (heading.span, SectionKind::Heading, heading.level, heading.text.clone(), Some(heading.anchor.clone()))
        })
        .collect();
    let labels = labels(text, lines, outline).into_iter();
    found.extend(labels.map(|(span, words)| (span, SectionKind::Soft, 0, words, None)));
    found.sort_by_key(|(span, ..)| span.start);
    let too_much = found.get(SECTIONS).map(|(span, ..)| *span);
    found.truncate(SECTIONS);
    let last_line = lines.line(text.len().max(1) - 1).max(1);
    let mut slugs = Slugs::default();
    let mut sections: Vec<Section> = Vec::with_capacity(found.len());
    let mut above: Vec<usize> = Vec::new();
    let mut heading_level = 0;
    for (heading_span, kind, level, words, anchor) in found {
        let level = if kind == SectionKind::Heading {
            heading_level = level;
            level
        } else {
            (heading_level + 1).min(7)
        };
        while let Some(parent) = above.last().and_then(|&index| sections.get(index)) {
            if parent.level < level {
                break;
            }
            above.pop();
        }
        let line = lines.line(heading_span.start);
        let slug = slugs.unique(anchor.unwrap_or_else(|| slug(&words)));
        let span = Span::new(heading_span.start, text.len());
        if let Some(previous) = sections.last_mut() {
            previous.span.end = heading_span.start;
        }
        let parent = above.last().copied();
        above.push(sections.len());
        sections.push(Section {
            kind,
            level,
            text: words,
            slug,
            line,
            end_line: last_line,
            heading_span,
            span,
            parent,
        });
    }
    close(&mut sections);
    for section in sections.iter_mut().filter(|section| section.slug.is_empty()) {
        section.slug = slugs.unique(NAMELESS.to_owned());
    }
    (sections, too_much)
}

/// Sets `end_line` of every section to the line before the next one that is not deeper.
fn close(sections: &mut [Section]) {
    let mut open: Vec<(u8, usize)> = Vec::new();
    let marks: Vec<(u8, usize)> = sections.iter().map(|section| (section.level, section.line)).collect();
    for (index, &(level, line)) in marks.iter().enumerate() {
        while let Some(&(depth, earlier)) = open.last() {
            if depth < level {
                break;
            }
            open.pop();
            if let Some(section) = sections.get_mut(earlier) {
                section.end_line = line.saturating_sub(1).max(section.line);
            }
        }
        open.push((level, index));
    }
}

/// Label lines and separators with a title, as heading span and text.
///
/// A label is a short line of a paragraph at the top level that (a) ends with a colon, (b) is a separator such as
/// `=====Title`, (c) has a date in brackets, (d) names a part of a meeting or reading list in bold, (e) is alone directly above
/// a list, or, in a note without any heading, (f) is alone between blank lines like a heading.
fn labels(text: &str, lines: &Lines, outline: &Outline) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let without_headings = outline.headings.is_empty();
    // below a part in bold, other lines in bold are labels too
    let mut among_bold = false;
    for (index, block) in outline.blocks.iter().enumerate() {
        let first = lines.line(block.span.start);
        let last = lines.line(block.span.end.max(1) - 1);
        if !is_paragraph(block) {
            among_bold &= block.kind != BlockKind::Heading;
            // a label right below an item is not text of that item, whatever Markdown makes of the line
            if block.kind == BlockKind::Text {
                let parts = (first + 1..=last.min(first + IN_ITEM)).filter_map(|line| label_below(text, lines, line));
                found.extend(parts.map(|(span, label)| (span, squeeze(&strip_markup(&uncommented(label))))));
            }
            continue;
        }
        // long paragraphs are prose: only their first lines can be labels
        for line in first..=last.min(first + 3) {
            let content = lines.content(text, line);
            let words = content.of(text).trim();
            let start = content.start + content.of(text).find(words).unwrap_or(0);
            if words.is_empty() || words.chars().count() > LABEL_CHARS || outline.mask_at(start).is_some() {
                continue;
            }
            // a list of attendees is a line of the meeting, not a label
            let label = if attendee_line::is_labelled(words)
                || (attendee_line::is_names(words) && is_below_day(text, lines, line))
            {
                None
            } else if let Some(title) = separator_title(words) {
                Some(title)
            } else if is_colon_label(words) && (line == first || line == last) {
                Some(words.trim_end_matches(':').trim_end().to_owned())
            } else if line == first && (is_bold_part(words) || is_bold_meeting(words)) {
                among_bold = true;
                Some(words.trim_end_matches(':').to_owned())
            } else if (first == last && among_bold && bold(words).is_some())
                || (line == first && is_bold_weekday(words))
            {
                Some(words.trim_end_matches(':').to_owned())
            } else if line == first && is_dated_meeting(words) {
                Some(words.to_owned())
            } else if line == first && is_date(words) {
                Some(dates::bare(words).to_owned())
            } else if has_bracketed_date(words) && looks_like_title(words) {
                Some(words.to_owned())
            } else {
                let next = outline.blocks.get(index + 1);
                let before_list = line == last
                    && next.is_some_and(|next| {
                        !next.top && lines.line(next.span.start) == last + 1 && is_list_line(text, lines, last + 1)
                    });
                let alone = first == last && !before_list;
                let title = looks_like_title(words);
                let lonely = without_headings
                    && (alone
                        || before_text(text, lines, line, first, last)
                        || above_subtitle(text, lines, line, last, next));
                // `Level: 1 → 2` above the steps of a goal says something about it
                let label = title && ((before_list && last - first < 3) || lonely) && !goals::is_level(words);
                label.then(|| words.to_owned())
            };
            if let Some(label) = label {
                found.push((Span::new(start, start + words.len()), squeeze(&strip_markup(&uncommented(label)))));
            }
        }
    }
    found
}

/// In a note without headings, a word or two directly above a long line are its title.
fn before_text(text: &str, lines: &Lines, line: usize, first: usize, last: usize) -> bool {
    line == first
        && line < last
        && lines.content(text, line).of(text).split_whitespace().count() <= 4
        && lines.content(text, line + 1).of(text).chars().count() > 80
}

/// In a note without headings, two title lines directly above a list are a title and its subtitle.
fn above_subtitle(
    text: &str,
    lines: &Lines,
    line: usize,
    last: usize,
    next: Option<&crate::parse::outline::InlineBlock>,
) -> bool {
    line + 1 == last
        && next.is_some_and(|next| !next.top)
        && is_list_line(text, lines, last + 1)
        && looks_like_title(lines.content(text, last).of(text).trim())
}

fn is_list_line(text: &str, lines: &Lines, line: usize) -> bool {
    is_list_item(lines.content(text, line).of(text))
}

/// `Todo:`, `The Hard Parts:`; not a sentence that goes on, not a URL or a `key: value`.
fn is_colon_label(words: &str) -> bool {
    let ends = || [":**", ":__"].iter().find_map(|end| words.strip_suffix(end));
    let Some(label) = words.strip_suffix(':').or_else(ends) else { return false };
    label.split_whitespace().count() <= 9
        && label.starts_with(|c: char| c.is_alphanumeric() || "*_".contains(c))
        && !label.contains(['.', '!', '?', ';', ':', '`', '[', '<', '|'])
}

/// A short line without the marks of a sentence, beginning with a capital letter or a digit.
fn looks_like_title(words: &str) -> bool {
    words.split_whitespace().count() <= 14
        && words.chars().any(char::is_lowercase) | !words.contains(|c: char| c.is_ascii_digit())
        && words.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()))
        && !words.ends_with(['.', '!', '?', ',', ';', '…'])
        && !words.contains(['`', '[', ']', '<', '>', '|', '='])
        && !words.contains("://")
}

/// `**Actions**`, `__Agreed:__`, `**To read**:`: a part of a meeting or of a reading list, written as a label.
fn is_bold_part(words: &str) -> bool {
    let remarked = || {
        // `**Actions** (by Friday)`
        let (inner, rest) = words.strip_prefix("**")?.split_once("**")?;
        let rest = rest.trim().trim_end_matches(':');
        let is_remark = rest.starts_with('(') && rest.ends_with(')') && !rest.contains("](");
        (is_remark && meeting_words::part(inner.trim_end_matches(':')).is_some()).then_some(())
    };
    bold(words).is_some_and(|inner| meeting_words::part(inner).is_some() || reading::is_named(inner))
        || remarked().is_some()
}

/// The words of a line that is in bold from end to end.
fn bold(words: &str) -> Option<&str> {
    let words = words.trim_end_matches(':').trim_end();
    let inside = |marks| words.strip_prefix(marks).and_then(|rest: &str| rest.strip_suffix(marks));
    ["**", "__"].into_iter().find_map(inside).filter(|inner| !inner.is_empty() && !inner.contains(['*', '_', '[', '`']))
}

/// `(2023/10/18)` and the like.
fn has_bracketed_date(words: &str) -> bool {
    words.rsplit_once('(').is_some_and(|(_, rest)| {
        let inner = rest.trim_end().trim_end_matches(')');
        // a time of day may follow the date
        let (day, time) = inner.split_at(inner.find([' ', 'T', ',']).unwrap_or(inner.len()));
        let inner = if !time.is_empty() && dates::time_len(time) == time.len() { day } else { inner };
        let digits = inner.bytes().filter(u8::is_ascii_digit).count();
        (5..=8).contains(&digits)
            && inner.len() <= 12
            && inner.bytes().all(|byte| byte.is_ascii_digit() || b"/-. ".contains(&byte))
    })
}

/// `**Meeting 2026-11-18**`
fn is_bold_meeting(words: &str) -> bool {
    bold(words).is_some_and(|inner| genre::is_meeting(inner) && dates::whole_day_in(inner).is_some())
}

/// `Meeting 2026-10-28`, `Team sync, 28 Oct 2026`: the first line of a paragraph, with a meeting and its day and nothing else.
fn is_dated_meeting(words: &str) -> bool {
    let ends = words.ends_with(|c: char| c.is_ascii_digit() || c == ')');
    let is_short = words.split_whitespace().count() <= 8;
    // `Next meeting 15 Nov 2026` announces one
    let named = words.find(|c: char| c.is_ascii_digit()).and_then(|at| words.get(..at)).unwrap_or(words);
    let is_part = meeting_words::part(named.trim_end_matches([' ', ',', '('])).is_some();
    !is_part
        && ends
        && is_short
        && looks_like_title(words)
        && genre::is_meeting(words)
        && dates::whole_day_in(words).is_some()
}

/// `**Tuesday**`
fn is_bold_weekday(words: &str) -> bool {
    let words = words.trim_end_matches(':').trim_end();
    let inner = words.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inner.is_some_and(|inner| words::weekday(inner.trim_end_matches(':')).is_some())
}

/// A meeting, a part of one, or a day at the left margin right below an item, as a label or in bold: its span, and its words.
fn label_below(text: &str, lines: &Lines, line: usize) -> Option<(Span, String)> {
    let content = lines.content(text, line);
    let words = content.of(text).trim_end();
    if words.is_empty() || words.chars().count() > LABEL_CHARS || words.starts_with([' ', '\t', '>', '#', '-']) {
        return None;
    }
    let bare = without_tags(words);
    let label = bare.trim_end_matches(':').trim_end();
    let over_list = || line < lines.count() && is_list_line(text, lines, line + 1);
    let is_part =
        || is_bold_part(bare) || (meeting_words::part(label).is_some() && (is_colon_label(bare) || over_list()));
    let is_meeting = || {
        is_bold_meeting(bare)
            || is_dated_meeting(bare)
            || (has_bracketed_date(bare) && looks_like_title(bare) && genre::is_meeting(bare))
    };
    // `📅 2026-12-01` is a field of the item
    let is_day = || {
        bare.starts_with(char::is_alphanumeric) && is_date(bare) && dates::whole_day_in(bare).is_some() && over_list()
    };
    // what it makes private is what is below it
    let is_private = || bare.len() < words.len() && over_list() && has_private_tag(words);
    let found = is_part() || is_meeting() || is_day() || is_private();
    found.then(|| (Span::new(content.start, content.start + words.len()), label.to_owned()))
}

/// A line without the tags and the block id at its end: `Meeting 2026-11-20 #work` is a meeting on a day. `#14` is a number.
pub(super) fn without_tags(words: &str) -> &str {
    let mut left = words.trim_end();
    while let Some((rest, last)) = left.rsplit_once(char::is_whitespace) {
        let name = last.strip_prefix('#').or_else(|| last.strip_prefix('^'));
        if !name.is_some_and(|name| name.starts_with(char::is_alphabetic)) || rest.trim().is_empty() {
            break;
        }
        left = rest.trim_end();
    }
    left
}

/// A line that ends with tags, one of which makes text private.
fn has_private_tag(words: &str) -> bool {
    words.split_whitespace().filter_map(|word| word.strip_prefix('#')).any(is_private_tag)
}

/// True directly below a heading or line with a day.
fn is_below_day(text: &str, lines: &Lines, line: usize) -> bool {
    let mut above = (1..line).rev().take(3).map(|line| lines.content(text, line).of(text).trim());
    above.find(|words| !words.is_empty()).is_some_and(|words| {
        (words.starts_with('#') || words.chars().count() <= LABEL_CHARS) && dates::whole_day_in(words).is_some()
    })
}

/// A line that consists of a date.
fn is_date(words: &str) -> bool {
    words.len() <= 40 && words.contains(|c: char| c.is_ascii_digit()) && dates::is_date_line(words)
}

/// The title after three or more `=`: `=====/***** Scaling`, `====DynamoDb`.
fn separator_title(words: &str) -> Option<String> {
    if !words.starts_with("===") {
        return None;
    }
    let title = words.trim_matches(|c: char| "=/*-_#~ \t".contains(c));
    (!title.is_empty() && title.chars().any(char::is_alphabetic)).then(|| title.to_owned())
}

/// Removes emphasis marks around a label.
fn strip_markup(label: &str) -> String {
    label.trim_end_matches(':').trim_matches(['*', '_']).trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_what_is_none() {
        assert!(is_colon_label("Todo:") && is_colon_label("Event streams, the hard parts:"));
        assert!(!is_colon_label("We can say. So:") && !is_colon_label("see https://a.b:"));
        assert_eq!(separator_title("=====/**** Scaling with X").as_deref(), Some("Scaling with X"));
        assert!(is_colon_label("**Me:**") && is_colon_label("**Me**:") && !is_colon_label("**Me**"));
        assert_eq!(separator_title("====="), None);
        assert!(has_bracketed_date("Meeting (2023/10/18)") && !has_bracketed_date("Price (12)"));
        assert!(is_dated_meeting("Meeting 2026-10-28") && is_dated_meeting("Team sync, 28 Oct 2026"));
        for words in
            ["Next meeting 2026-10-28", "We met on 2026-10-28", "The meeting 2026-10-28 was good.", "Meeting 12"]
        {
            assert!(!is_dated_meeting(words), "{words}");
        }
        assert!(is_bold_part("**Actions**") && is_bold_part("**Actions:**") && is_bold_part("__Agreed__:"));
        for words in
            ["**To read**", "**Read:**", "__Gelesen__", "**Done**", "**À lire**", "**Por leer**", "**Abandoned:**"]
        {
            assert!(is_bold_part(words), "{words}");
        }
        assert!(!is_bold_part("**Actions** for Ida") && !is_bold_part("**Relay**") && !is_bold_part("Actions"));
        assert!(looks_like_title("Note Taking") && !looks_like_title("we went on and on."));
    }
}
