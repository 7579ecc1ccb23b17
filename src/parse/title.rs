//! The H1 at the top of a note, which is its title unless the front matter has one.
//!
//! It counts only as the first block of the note. A heading further down, in a list or in a quote names a part of the note,
//! not the whole.

use crate::model::Lines;
use crate::model::Span;
use crate::parse::front::is_known;
use crate::parse::inline::tags;
use crate::parse::outline::Heading;
use crate::parse::outline::Mask;
use crate::parse::outline::Outline;

/// The heading of level 1 that is preceded only by blank lines, comments, lines of tags and property lines. Comments must
/// already be among the outline's masks.
pub(crate) fn opening_heading<'o>(text: &str, body: usize, lines: &Lines, outline: &'o Outline) -> Option<&'o Heading> {
    let first =
        outline.headings.first().filter(|heading| heading.level == 1 && heading.top && !heading.text.is_empty())?;
    let mut line = lines.line(body);
    while lines.start(line) < first.span.start {
        let span = lines.span(line);
        let span = Span::new(span.start.max(body), span.end.min(first.span.start));
        if !says_nothing(without_comments(text, span, outline)?.trim()) {
            return None;
        }
        line += 1;
    }
    Some(first)
}

/// The text of a line without its comments; `None` if anything else in it is masked.
fn without_comments(text: &str, line: Span, outline: &Outline) -> Option<String> {
    let mut shown = String::new();
    let mut at = line.start;
    while at < line.end {
        let next = outline.mask_from(at).filter(|(mask, _)| mask.start < line.end);
        let start = next.map_or(line.end, |(mask, _)| mask.start.max(at));
        shown.push_str(Span::new(at, start).of(text));
        let Some((mask, kind)) = next else { break };
        if !is_comment(mask.of(text), kind) {
            return None;
        }
        at = mask.end;
    }
    Some(shown)
}

fn is_comment(source: &str, mask: Mask) -> bool {
    match mask {
        Mask::Comment => true,
        Mask::Html | Mask::HtmlBlock => {
            let mut rest = source.trim();
            while let Some(behind) = rest.strip_prefix("<!--") {
                // an unclosed comment extends to the end of the note
                rest = behind.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
            }
            rest.is_empty()
        }
        Mask::Code | Mask::Fence | Mask::Indented | Mask::Math => false,
    }
}

/// True for a blank line, a line of tags, and a property line: `key:: value`, `Tags: #a, [[b]]` or `created: 2026-11-27`.
fn says_nothing(line: &str) -> bool {
    if line.is_empty() {
        return true;
    }
    if let Some((key, value)) = line.split_once("::") {
        let is_key = |c: char| c.is_alphanumeric() || " -_/.".contains(c);
        if !key.trim().is_empty() && key.chars().all(is_key) && (value.is_empty() || value.starts_with([' ', '\t'])) {
            return true;
        }
    }
    if let Some((key, value)) = line.split_once(':')
        && (value.is_empty() || value.starts_with([' ', '\t']))
        && (is_known(key.trim_matches(['*', '_', ' '])) || (is_name(key) && only_names(value)))
    {
        return true;
    }
    let mut at = 0;
    let tags = tags(line);
    !tags.is_empty()
        && tags.iter().map(|tag| (tag.start, tag.end)).chain([(line.len(), line.len())]).all(|(start, end)| {
            let between = line.get(at..start).unwrap_or("");
            at = end;
            between.chars().all(|c| c.is_whitespace() || c == ',')
        })
}

/// True for one or two words that can be the name of a property.
fn is_name(key: &str) -> bool {
    let words: Vec<&str> = key.trim_matches(['*', '_']).split_whitespace().collect();
    (1..=2).contains(&words.len()) && words.iter().all(|word| word.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// True for a value of tags and wikilinks only: a sentence has other words too.
fn only_names(value: &str) -> bool {
    let mut rest = value.trim_matches(['*', '_', ' ', '\t']);
    let some = !rest.is_empty();
    while !rest.is_empty() {
        let end = if rest.starts_with("[[") {
            rest.find("]]").map(|end| end + 2)
        } else if rest.starts_with('#') {
            tags(rest).first().filter(|tag| tag.start == 0).map(|tag| tag.end)
        } else {
            None
        };
        let Some(after) = end.and_then(|end| rest.get(end..)) else { return false };
        rest = after.trim_start_matches([' ', '\t', ',', ';', '·', '|', '/']);
    }
    some
}

#[cfg(test)]
mod tests {
    use crate::model::NotePath;
    use crate::model::TitleFrom;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, title: &str, from: TitleFrom) {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let note = parse::parse(&NotePath::from("dir/File name.md"), &text, &parse::Options::default()).note;
            assert_eq!((note.title.as_str(), note.title_from), (title, from), "{text:?}");
        }
    }

    #[test]
    fn the_front_matter_comes_first() {
        case("---\ntitle: Above\n---\n# Below\n", "Above", TitleFrom::FrontMatter);
        case("+++\ntitle = \"Above\"\n+++\n# Below\n", "Above", TitleFrom::FrontMatter);
        case("---\nTitle: Above\n---\n", "Above", TitleFrom::FrontMatter);
        case("---\ntitle: |\n  Two\n  lines\n---\n", "Two lines", TitleFrom::FrontMatter);
        case("---\ntitle: Plan %%not this%% of <!-- nor this --> us\n---\n", "Plan of us", TitleFrom::FrontMatter);
        case("---\ntitle: \"[[t|alias]] and [[u]], [[v#w]]\"\n---\n", "alias and u, v#w", TitleFrom::FrontMatter);
        case("---\ntitle: \"[[1, [[t|a|b]] ]] [[x\"\n---\n", "[[1, a|b ]] [[x", TitleFrom::FrontMatter);
        case("---\ntitle: \"%%none%%\"\n---\n# About [[t|alias]]\n", "About alias", TitleFrom::Heading);
        case("---\ntitle: \"\"\n---\n# Below\n", "Below", TitleFrom::Heading);
        case("---\ntitle: [a, b]\n---\n# Below\n", "Below", TitleFrom::Heading);
        case("---\ntitle:\n---\nwords\n", "File name", TitleFrom::FileName);
    }

    #[test]
    fn an_h1_that_is_the_first_block() {
        for before in [
            "",
            "\n\n \n",
            "---\ntags: a\n---\n",
            "<!-- by hand -->\n",
            "<!-- by\n\nhand --> <!-- twice -->\n\n",
            "%% so is this %%\n",
            "%%\nlong\n\n%%\n\n",
            "%%\n# Hidden\n%%\n\n",
            "#garden #plants/green\n",
            "#garden, #plants %% really %%\n\n",
            "status:: growing\nmood::\n\n",
            "#a\nlast seen:: today\n<!-- x -->\n\n",
            "tags: #a #b\n",
            "Tags: #a, #b/c\nUp: [[Home]]; [[Other|the other]]\n\n",
            "created: 2026-11-27\nStatus: growing\n\n",
            "**Tags**: #a\n",
        ] {
            case(&format!("{before}# Real *title* #\n\n# Other\n"), "Real title", TitleFrom::Heading);
        }
        case("Real title\n=====\n\ntext", "Real title", TitleFrom::Heading);
        case("# Real %% but why %% title\n", "Real title", TitleFrom::Heading);
    }

    #[test]
    fn any_other_heading_names_a_part() {
        for text in [
            "",
            "words",
            "## Lower\n",
            "Lower\n-----\n",
            "words\n\n# Late\n",
            "words\n# Late\n",
            "## Before\n\n# After\n",
            "- # In a list\n- b\n",
            "1. # In a list\n",
            "- x\n\n  # In a list\n",
            "> # In a quote\n> words\n",
            "> [!note]\n> # In a callout\n",
            "[^1]: # In a footnote\n",
            "- call Noor\n  -\n- next\n",
            "- call Noor\n  =\n- next\n",
            "Label:\n- a\n",
            "Label:\n\n# Late\n",
            "![](x.png)\n\n# Late\n",
            "[[other]]\n\n# Late\n",
            "`#tag`\n\n# Late\n",
            "#tag and words\n\n# Late\n",
            "<b>x</b>\n\n# Late\n",
            "<div>\n\n# Late\n\n</div>\n",
            "```\n# Code\n```\n# Late\n",
            "    # Code\n\n# Late\n",
            "---\n\n# Late\n",
            "a::b\n\n# Late\n",
            "Note: words\n\n# Late\n",
            "Links: [[a]] and more\n\n# Late\n",
            "a talk with: #ann\n\n# Late\n",
            "https://a.b\n\n# Late\n",
            "%%\n# Hidden\n%%\n",
            "<!--\n# Hidden\n-->\n",
            "# \n\n# Late\n",
            "#\n",
            "#No blank\n",
        ] {
            case(text, "File name", TitleFrom::FileName);
        }
    }
}
