//! Changes the target of a link: only the path or only the fragment after `#` is rewritten, escaped in the link's style.

use crate::model::Edit;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Span;
use crate::model::link::means_something;
use crate::model::link::percent_encode;

/// Gives a link another path, which is unescaped; a query after `?` in `path` is kept as it is. `None` if the position of the
/// path is unknown. `is_front`: the link is in front matter.
#[must_use]
pub fn with_path(text: &str, link: &Link, path: &str, is_front: bool) -> Option<Edit> {
    let (path, suffix) = match path.split_once('?') {
        Some((path, suffix)) if !link.is_wiki() => (path, format!("?{suffix}")),
        _ => (path, String::new()),
    };
    let span = match (link.parts.path, link.parts.fragment) {
        (path, place) if path.is_empty() && place.start > 0 => Span::new(place.start - 1, place.start - 1),
        (path, _) if path.is_empty() => return None,
        (path, _) => path,
    };
    let text = escaped(text, link, span, path, is_front)?;
    Some(Edit { start: span.start, end: span.end, text: format!("{text}{suffix}") })
}

/// Gives a link another fragment, which is unescaped; it is added if there is none.
#[must_use]
pub fn with_place(text: &str, link: &Link, place: &str, is_front: bool) -> Option<Edit> {
    let (span, mark) = match (link.parts.path, link.parts.fragment) {
        (path, fragment) if fragment.is_empty() && link.target.contains('#') => {
            let at = path.end + 1;
            (Span::new(at, at), "")
        }
        (path, fragment) if fragment.is_empty() && !path.is_empty() => (Span::new(path.end, path.end), "#"),
        (_, fragment) if fragment.is_empty() => return None,
        (_, fragment) => (fragment, ""),
    };
    Some(Edit {
        start: span.start,
        end: span.end,
        text: format!("{mark}{}", escaped(text, link, span, place, is_front)?),
    })
}

/// Escapes in the style of the existing text.
fn escaped(text: &str, link: &Link, span: Span, new: &str, is_front: bool) -> Option<String> {
    if link.is_wiki() {
        return Some(new.to_owned());
    }
    let written = span.of(text);
    let start = if link.parts.path.is_empty() { span.start } else { link.parts.path.start.min(span.start) };
    let before = text.get(..start)?.chars().next_back();
    let is_html = link.kind == LinkKind::Inline && link.span.of(text).starts_with('<');
    // between `<` and `>`, or in quotes
    let keeps_blanks = before == Some('<') || written.contains(' ');
    let keeps_brackets = keeps_blanks || (is_balanced(new) && (written.contains('(') || !new.contains('(')));
    let keeps_letters = !has_escaped_letters(written);
    Some(percent_encode(new, |c| match c {
        '"' | '\'' if is_front || before == Some(c) => true,
        '\'' => is_html,
        ' ' | '`' | '$' | '[' | ']' | '|' | '"' => !keeps_blanks,
        '(' | ')' => !keeps_brackets,
        // commas separate the items of lists
        ',' => is_front || is_html,
        // `&amp;`
        '&' => is_html || new.contains(';'),
        c if c.is_ascii() => means_something(c),
        c => !keeps_letters || c.is_whitespace() || c.is_control(),
    }))
}

/// True if non-ASCII letters are written as `%C3%A4`.
fn has_escaped_letters(written: &str) -> bool {
    let byte = |at: usize| written.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    written.match_indices('%').any(|(at, _)| byte(at).is_some_and(|byte| !byte.is_ascii()))
}

fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return false,
            ')' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_text;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(text: &str, path: &str, want: &str) {
        let note = parse::parse(&NotePath::from("n.md"), text, &parse::Options::default()).note;
        let edit = with_path(text, &note.links[0], path, false).unwrap();
        let new = apply_text(text, &[edit]).unwrap();
        assert_eq!(new, want);
        let note = parse::parse(&NotePath::from("n.md"), &new, &parse::Options::default()).note;
        assert_eq!(note.links[0].local().unwrap().path, path, "{new}");
    }

    #[test]
    fn a_path_is_escaped_as_the_link_has_it() {
        case("[t](a.md#x 'y')", "b c.md", "[t](b%20c.md#x 'y')");
        case("[t](<a b.md#x> \"y\")", "c d.md", "[t](<c d.md#x> \"y\")");
        case("[t](<a.md>)", "c (d.md", "[t](<c (d.md>)");
        case("[t](a.md)", "c(d).md", "[t](c%28d%29.md)");
        case("[t](a(b).md)", "c(d).md", "[t](c(d).md)");
        case("[t](a(b).md)", "c)d(.md", "[t](c%29d%28.md)");
        case("[t](a.md)", "ä.md", "[t](ä.md)");
        case("[t](%C3%A4.md)", "ö x.md", "[t](%C3%B6%20x.md)");
        case("[t](a.md)", "100%.md", "[t](100%25.md)");
        case("[t](a.md)", "C#.md", "[t](C%23.md)");
        case("[t](a.md)", "R&D;x.md", "[t](R%26D%3Bx.md)".replace("%3B", ";").as_str());
        case("[t][r]\n\n[r]: <a b.md> 'x'", "c d.md", "[t][r]\n\n[r]: <c d.md> 'x'");
        case("[t][r]\n\n[r]: a.md", "c d.md", "[t][r]\n\n[r]: c%20d.md");
        case("![t](a.png)", "$x`.png", "![t](%24x%60.png)");
        case("[[a#x|y]]", "b c", "[[b c#x|y]]");
        case("| a |\n|---|\n| ![[a\\|100]] |", "b/c", "| a |\n|---|\n| ![[b/c\\|100]] |");
    }
}
