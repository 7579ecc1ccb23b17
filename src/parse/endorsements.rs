//! Praise: the text under a label such as "Endorsement", or after it on its line.
//!
//! Author and date are read if stated. Template placeholders that were never filled in are reported as diagnostics.

mod author;
mod blanks;
mod clear;

use chrono::NaiveDate;

use crate::model::Endorsement;
use crate::model::Lines;
use crate::model::Note;
use crate::model::Severity;
use crate::model::Span;
use crate::model::goal_words;
use crate::parse::dates;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::endorsements::author::OPENING;
use crate::parse::endorsements::author::author;
use crate::parse::endorsements::author::dated;
use crate::parse::endorsements::author::is_name;
use crate::parse::endorsements::author::signature;
use crate::parse::endorsements::blanks::placeholders;
use crate::parse::endorsements::clear::is_clear;
use crate::parse::markers::marker_len;
use crate::parse::outline::Outline;
use crate::parse::plain::without_comments;
use crate::parse::reading;

/// In words; shorter texts are not praise.
const WORDS: usize = 4;

/// Upper bound on endorsements per note.
const MOST: usize = 1_000;

/// How much of what is praised is kept, in characters.
const ABOUT: usize = 80;

/// Reads the praise of a note, in the order of the text.
pub(crate) fn read(
    text: &str,
    lines: &Lines,
    outline: &Outline,
    note: &Note,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Endorsement> {
    let mut found: Vec<Endorsement> = Vec::new();
    let mut labelled: Vec<(usize, usize, Label)> = Vec::new();
    for section in &note.sections {
        if let Some(rest) = goal_words::praise_label(&section.text)
            && is_label(rest)
        {
            let last = lines.line(section.span.end.saturating_sub(1)).max(section.line);
            labelled.push((section.line + 1, last, Label::of(rest)));
        }
    }
    let is_about_reading =
        matches!(note.kind.as_deref(), Some("reading" | "book" | "quotes")) || reading::is_named(&note.title);
    let mut next = 0;
    let mut line = lines.line(note.body_start.min(text.len())).max(1);
    while line <= lines.count() && found.len() < MOST {
        let content = lines.content(text, line);
        while labelled.get(next).is_some_and(|(_, last, _)| *last < line) {
            next += 1;
        }
        let label = labelled.get(next).filter(|(first, ..)| *first <= line);
        if content.of(text).trim().is_empty() || outline.mask_at(content.start).is_some() {
            line += 1;
            continue;
        }
        let words = bare(text, content);
        // `> [!praise] Petra`
        if let Some(rest) = callout(words.of(text)) {
            let last = last_of_quote(text, lines, line);
            labelled.insert(next, (line + 1, last, Label::of(&format!("({rest})"))));
            line += 1;
            continue;
        }
        // `Endorsement (2023/10/18): "…"`
        if let Some(rest) = goal_words::praise_label(words.of(text))
            && let Some((label, _)) = rest.split_once(':').filter(|(label, _)| is_label(label))
        {
            let label_says = Label::of(label);
            let end = words.end;
            let start = end - (words.of(text).rsplit_once(rest).map_or(0, |(_, after)| after.len()) + rest.len())
                + label.len()
                + 1;
            let last = last_of_paragraph(text, lines, outline, line);
            let span = trimmed(text, Span::new(start, lines.content(text, last).end));
            found.extend(endorsement(text, lines, span, &label_says));
            line = last + 1;
            continue;
        }
        // a label directly above its text is not a section
        if label.is_none()
            && let Some(rest) = goal_words::praise_label(words.of(text))
            && is_whole_label(rest)
            && line < lines.count()
        {
            let last = last_of_paragraph(text, lines, outline, line + 1);
            labelled.insert(next, (line + 1, last, Label::of(rest)));
            line += 1;
            continue;
        }
        let Some((_, until, says)) = label else {
            // most lines do not begin as praise does: their paragraphs are not looked at
            let may_be = !is_about_reading && words.of(text).starts_with(OPENING);
            let last = if may_be { last_of_paragraph(text, lines, outline, line) } else { line };
            let span = trimmed(text, Span::new(words.start, lines.content(text, last).end));
            if may_be && is_clear(span.of(text)) {
                found.extend(endorsement(text, lines, span, &Label { date: None, by: None }));
                line = last + 1;
            } else {
                line += 1;
            }
            continue;
        };
        let last = last_of_paragraph(text, lines, outline, line).min(*until);
        let span = trimmed(text, Span::new(words.start, lines.content(text, last).end));
        // a dash and a name below the words
        let signed = found.last_mut().filter(|praise| praise.by.is_none() && praise.end_line + 2 >= line);
        if let Some(praise) = signed
            && let Some(signed) = signature(span.of(text))
        {
            praise.by = Some(signed.by);
            praise.date = praise.date.or(signed.date);
            line = last + 1;
            continue;
        }
        found.extend(endorsement(text, lines, span, says));
        line = last + 1;
    }
    for praise in &found {
        if let Some(first) = praise.placeholders.first() {
            let times = match praise.placeholders.len() {
                1 => String::new(),
                2 => " twice".to_owned(),
                many => format!(" and {} more placeholders", many - 1),
            };
            let message = format!("{}{times}: a placeholder that was never filled in", first.of(text));
            diagnostics.add("placeholder", Severity::Warning, *first, message);
        }
    }
    found
}

/// True for what may follow the name of praise in a label: a date, or who it is from.
fn is_label(rest: &str) -> bool {
    let rest = rest.trim();
    rest.chars().count() <= 40 && !rest.contains(['"', '“', '.', '!', '?'])
}

/// True if nothing but a date in brackets follows the name of praise.
fn is_whole_label(rest: &str) -> bool {
    let rest = rest.trim().trim_end_matches(':').trim();
    rest.is_empty() || (rest.starts_with('(') && rest.ends_with(')') && is_label(rest))
}

/// What follows `[!praise]` at the beginning of a callout.
fn callout(words: &str) -> Option<&str> {
    let (kind, rest) = words.strip_prefix("[!")?.split_once(']')?;
    let rest = rest.trim_start_matches(['+', '-']).trim();
    (goal_words::praise_label(kind) == Some("")).then_some(rest)
}

/// The last line of the quote that a line belongs to.
fn last_of_quote(text: &str, lines: &Lines, first: usize) -> usize {
    let is_quoted = |line: &usize| lines.content(text, *line).of(text).trim_start().starts_with('>');
    (first + 1..=lines.count()).take_while(is_quoted).last().unwrap_or(first)
}

/// A line without marker, quote marks and spaces.
fn bare(text: &str, content: Span) -> Span {
    let line = content.of(text);
    let words = line.trim_start_matches([' ', '\t', '>']);
    let marker =
        marker_len(words).filter(|length| words.get(*length..).is_some_and(|rest| rest.starts_with([' ', '\t'])));
    let words = words.get(marker.unwrap_or(0)..).unwrap_or(words).trim_start();
    Span::new(content.end - words.len(), content.start + line.trim_end().len().max(line.len() - words.len()))
}

/// The last line of the paragraph or item that begins on a line.
fn last_of_paragraph(text: &str, lines: &Lines, outline: &Outline, first: usize) -> usize {
    let mut last = first;
    let is_quote = |line: usize| lines.content(text, line).of(text).trim_start().starts_with('>');
    // a quote right below is something else
    while last < lines.count() && (is_quote(first) || !is_quote(last + 1)) {
        let content = lines.content(text, last + 1);
        let words = content.of(text).trim_start_matches([' ', '\t', '>']);
        let is_item = marker_len(words)
            .is_some_and(|length| words.get(length..).is_some_and(|rest| rest.starts_with([' ', '\t'])));
        let is_end =
            words.trim().is_empty() || is_item || words.starts_with('#') || outline.mask_at(content.start).is_some();
        if is_end || goal_words::praise_label(words).is_some_and(|rest| rest.contains(':')) {
            break;
        }
        last += 1;
    }
    last
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// The details in a label: `Endorsement from Ida (2023/10/18)`.
struct Label {
    date: Option<NaiveDate>,
    by: Option<String>,
}

impl Label {
    fn of(rest: &str) -> Self {
        let words = rest.trim().trim_end_matches(':').trim_matches(|c: char| "*_ ".contains(c));
        let pieces = words.split(['(', ')', ',', '[', ']']).map(str::trim).filter(|piece| !piece.is_empty());
        let named = |piece: &str| {
            let said = ["from ", "by ", "von ", "de ", "par ", "por "];
            let name = said.iter().find_map(|word| piece.strip_prefix(word));
            // brackets and a dash may enclose just a name
            let name = name.or_else(|| (words != piece || rest.trim_start().starts_with('(')).then_some(piece))?;
            let name = name.trim_start_matches(['—', '–', '-', ' ']).trim_start_matches('@');
            let is_day = name.chars().any(|c| c.is_ascii_digit());
            (!is_day && is_name(name)).then(|| name.to_owned())
        };
        Self { date: date_in(rest), by: pieces.filter_map(named).next() }
    }
}

fn endorsement(text: &str, lines: &Lines, span: Span, label: &Label) -> Option<Endorsement> {
    let words = span.of(text);
    // `2026-10-02 Kim: "…"`
    let front = dates::day_at_front(words, None).filter(|(_, rest)| *rest < words.len());
    let words = front.map_or(words, |(_, rest)| words.get(rest..).unwrap_or(words));
    let span = Span::new(span.end - words.len(), span.end);
    let author = author(words);
    let dated = dated(words).filter(|_| author.is_none());
    // a word or two are praise where somebody signed them, or where they are quoted with their day
    let is_quoted = dated.is_some() && words.starts_with(OPENING);
    if author.is_none() && !is_quoted && words.split_whitespace().take(WORDS).count() < WORDS {
        return None;
    }
    let said = author.as_ref().map(|(_, said)| *said).or(dated.map(|(_, said)| said)).unwrap_or(words);
    let (by, date) = author.map_or((None, None), |(signed, _)| (Some(signed.by), signed.date));
    let date = date.or(dated.map(|(day, _)| day)).or(front.map(|(day, _)| day));
    let about = about(&without_comments(said));
    Some(Endorsement {
        line: lines.line(span.start),
        end_line: lines.line(span.end.saturating_sub(1)),
        span,
        about,
        by: by.or_else(|| label.by.clone()),
        date: label.date.or(date),
        placeholders: placeholders(words)
            .map(|place| Span::new(span.start + place.start, span.start + place.end))
            .collect(),
    })
}

/// What is praised: an ability if one is named, else the beginning.
fn about(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let named = ["ability to ", "talent for ", "skills in ", "skill in "];
    let start = named.iter().filter_map(|name| lower.find(name)).min().unwrap_or(0);
    let rest = words.get(start..).unwrap_or(words).trim_start_matches(['"', '“', '”', '„', '\'', '*', '_']);
    let end = rest.find(['.', ',', ';', '!', '?', '"', '”', '\n', '\r']).filter(|end| *end > 0).unwrap_or(rest.len());
    let rest = rest.get(..end).unwrap_or(rest).trim();
    match rest.char_indices().nth(ABOUT) {
        Some((end, _)) => format!("{}…", rest.get(..end).unwrap_or("").trim_end()),
        None => rest.to_owned(),
    }
}

/// The date in a label: `(2023/10/18)`, `2023-10-18`.
fn date_in(label: &str) -> Option<NaiveDate> {
    let start = label.find(|c: char| c.is_ascii_digit())?;
    label.get(start..start + 10)?.replace(['/', '.'], "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse::Options;
    use crate::parse::parse;

    /// Line, what is praised, author, date and number of placeholders of each.
    #[track_caller]
    fn case(text: &str, want: &[&str]) {
        let note = parse(&NotePath::from("n.md"), text, &Options::default()).note;
        let show = |praise: &Endorsement| {
            let by = praise.by.as_deref().map_or(String::new(), |by| format!(", {by}"));
            let date = praise.date.map_or(String::new(), |date| format!(", {date}"));
            format!("{}-{}: {}{by}{date}, {}", praise.line, praise.end_line, praise.about, praise.placeholders.len())
        };
        assert_eq!(note.endorsements.iter().map(show).collect::<Vec<_>>(), want, "{text}");
    }

    #[test]
    fn praise_stands_under_its_label() {
        case(
            "- a\n\nEndorsement\nWorking with [user’s name] has been a pleasure. They have a strong ability to set and achieve goals, which is good. I recommend [user’s name].\n\n\n RETAIL-23617\n\nMore\ntext\n",
            &["4-4: ability to set and achieve goals, 2"],
        );
        case(
            "## Praise\n\n- \"Never saw a calmer deploy.\" Ida\n- Kept the outage short — Noor\n- thanks\n",
            &["3-3: Never saw a calmer deploy, Ida, 0", "4-4: Kept the outage short, Noor, 0"],
        );
        case(
            "## Praise from Ida (2026-10-22)\n\nKept it short and calm\n",
            &["3-3: Kept it short and calm, Ida, 2026-10-22, 0"],
        );
        case("## Praise\n\n- Ida wrote: \"Never saw a calmer deploy\"\n", &["3-3: Never saw a calmer deploy, Ida, 0"]);
        case("## Praise\n\nKept it short and calm\n\n— Noor Vos\n", &["3-3: Kept it short and calm, Noor Vos, 0"]);
        case("Praise\nYour work is very good\n\nmore words that are no praise\n", &["2-2: Your work is very good, 0"]);
        case(
            "## Praise\n\n- \"Never saw a calmer deploy.\" — Petra, 2026-10-03\n- Kept the outage short (Petra)\n- \"Brilliant!\" — Petra Vos (3 Oct 2026)\n- Fixed all of it (again)\n",
            &[
                "3-3: Never saw a calmer deploy, Petra, 2026-10-03, 0",
                "4-4: Kept the outage short, Petra, 0",
                "5-5: Brilliant, Petra Vos, 2026-10-03, 0",
                "6-6: Fixed all of it (again), 0",
            ],
        );
        case(
            "> [!praise] Petra, 2026-10-03\n> Kept it short and calm\n\nother words that are no praise\n\n> [!kudos]-\n> \"Brilliant!\" — Wim\n\n> [!note] Praise\n> Kept it short and calm\n",
            &["2-2: Kept it short and calm, Petra, 2026-10-03, 0", "7-7: Brilliant, Wim, 0"],
        );
        case("## Feedback for our solution\n\nIt is good and fast and cheap\n", &[]);
    }

    #[test]
    fn praise_stands_behind_its_label() {
        case(
            "Endorsement (2026-10-22): \"Asks what others are\ntoo polite to ask.\" Ida\n\nmore\n",
            &["1-2: Asks what others are, Ida, 2026-10-22, 0"],
        );
        case(
            "- Kudos from Wim: fixed the build before anybody saw it\n- other\n",
            &["1-1: fixed the build before anybody saw it, Wim, 0"],
        );
        case(
            "```\nEndorsement: a b c d e\n```\nPraise is: not a label of praise here\n",
            &["4-4: not a label of praise here, 0"],
        );
    }

    #[test]
    fn days_stand_behind_quotes() {
        case(
            "## Praise\n\n- \"Calm deploy\" 2026-10-02\n- \"Calm deploy again\" (3 Oct 2026)\n- Kim: \"great help with it\" 4 Oct 2026\n- calm deploys all the time (2026-10-05)\n- \"Calm\"\n",
            &[
                "3-3: Calm deploy, 2026-10-02, 0",
                "4-4: Calm deploy again, 2026-10-03, 0",
                "5-5: great help with it, Kim, 2026-10-04, 0",
                "6-6: calm deploys all the time, 2026-10-05, 0",
            ],
        );
        case(
            "## Praise\n- 2026-10-02 Kim: \"thanks for it\"\n- \"Calm\" – Ann (Slack, 2026-10-05)\n",
            &["2-2: thanks for it, Kim, 2026-10-02, 0", "3-3: Calm, Ann, 2026-10-05, 0"],
        );
        case(
            "## Praise\n- \"Calm deploy\" — Kim, 2026-10-02\n> \"You saved it.\" — Bo, 2026-10-05\n",
            &["2-2: Calm deploy, Kim, 2026-10-02, 0", "3-3: You saved it, Bo, 2026-10-05, 0"],
        );
    }

    #[test]
    fn clear_praise_stands_anywhere() {
        for (line, want) in [
            ("> \"Thank you for the migration\" — Kim, 2026-10-02", true),
            ("- \"Great job on the migration\" — Kim Vos, 2 Oct 2026", true),
            ("> „Tolle Arbeit heute“ – Anna, 02.10.2026", true),
            ("> \"Merci pour ton aide\" — Luc (2026-10-02)", true),
            ("> \"Thank you for the migration\" — Kim", false),
            ("> \"Thank you for the migration\", 2026-10-02", false),
            ("> \"The only way to do great work is to love what you do.\" — Steve Jobs, 2005-06-12", false),
            ("> \"You have power over your mind\" — Marcus Aurelius, 2026-10-02", false),
            ("Kim wrote on 2026-10-02 that she says thank you", false),
        ] {
            let note = parse(&NotePath::from("n.md"), &format!("# Log\n\n{line}\n\nmore\n"), &Options::default()).note;
            assert_eq!(note.endorsements.len(), usize::from(want), "{line}");
        }
    }

    #[test]
    fn blanks_are_told() {
        let text =
            "Endorsement\n[name of colleague] and {{name}} and <your name> helped [me](x.md), [Ida][1] and [[Wim]].\n";
        let parsed = parse(&NotePath::from("n.md"), text, &Options::default());
        let blanks: Vec<&str> = parsed.note.endorsements[0].placeholders.iter().map(|span| span.of(text)).collect();
        assert_eq!(blanks, ["[name of colleague]", "{{name}}", "<your name>"]);
        let said: Vec<&str> = parsed.diagnostics.iter().map(|said| said.message.as_str()).collect();
        assert_eq!(said, ["[name of colleague] and 2 more placeholders: a placeholder that was never filled in"]);
    }
}
