//! Changes the target of a link: only the path or only the fragment after `#` is rewritten, escaped in the link's style.

use crate::model::Edit;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Span;
use crate::model::link::means_something;
use crate::model::link::percent_encode;
use crate::parse::quotes::Quotes;
use crate::parse::scalars;

/// Gives a link another path, which is unescaped; a query after `?` in `path` is kept as it is. `None` if the position of the
/// path is unknown. `is_front`: the link is in front matter.
#[must_use]
pub fn with_path(text: &str, link: &Link, path: &str, is_front: bool) -> Option<Edit> {
    if is_front {
        return in_front(text, link, &|text, link| path_edit(text, link, path));
    }
    path_edit(text, link, path)
}

/// Gives a link another fragment, which is unescaped; it is added if there is none.
#[must_use]
pub fn with_place(text: &str, link: &Link, place: &str, is_front: bool) -> Option<Edit> {
    if is_front {
        return in_front(text, link, &|text, link| place_edit(text, link, place));
    }
    place_edit(text, link, place)
}

/// Changes a link in a string of front matter, so that the string is read as such afterwards. It gets quotes if it needs them.
fn in_front(text: &str, link: &Link, change: &dyn Fn(&str, &Link) -> Option<Edit>) -> Option<Edit> {
    let Some(scalar) = scalars::scalar_at(text, link.span.start) else { return change(text, link) };
    let quoted = scalar.read(text);
    let edit = change(&quoted.text, &quoted.link_inside(link))?;
    let span = Span::new(quoted.outside(edit.start), quoted.outside(edit.end));
    let words = crate::edit::apply_text(&quoted.text, std::slice::from_ref(&edit)).ok()?;
    let needs_quotes = |in_brackets| {
        let is_plain = |text: &str| scalars::is_plain(text, in_brackets);
        // for YAML `[[name|a, b]]` is a list of two; so it was before
        let is_list =
            |text: &str| text.trim_matches(['[', ']']).split(',').all(|one| scalars::is_plain(one.trim(), true));
        let was = quoted.text.as_str();
        if is_plain(was) { !is_plain(&words) } else { is_list(was) && !is_list(&words) }
    };
    let all = match scalar.quotes {
        Quotes::Plain if needs_quotes(false) => Some(if words.contains(['"', '\\']) { '\'' } else { '"' }),
        Quotes::PlainInBrackets if needs_quotes(true) => Some(if words.contains(['"', '\\']) { '\'' } else { '"' }),
        Quotes::Literal if words.contains('\'') => Some('"'),
        _ => None,
    };
    let Some(mark) = all else {
        return Some(Edit { start: span.start, end: span.end, text: scalar.quotes.escaped(&edit.text)? });
    };
    let quotes = if mark == '"' { Quotes::Double } else { Quotes::Single };
    let text = format!("{mark}{}{mark}", quotes.escaped(&words)?);
    Some(Edit { start: scalar.span.start, end: scalar.span.end, text })
}

fn path_edit(text: &str, link: &Link, path: &str) -> Option<Edit> {
    let (path, suffix) = match path.split_once('?') {
        Some((path, suffix)) if !link.is_wiki() => (path, format!("?{suffix}")),
        _ => (path, String::new()),
    };
    let span = match (link.parts.path, link.parts.fragment) {
        (path, place) if path.is_empty() && place.start > 0 => Span::new(place.start - 1, place.start - 1),
        (path, _) if path.is_empty() => return None,
        (path, _) => path,
    };
    let text = escaped(text, link, span, path)?;
    Some(Edit { start: span.start, end: span.end, text: format!("{text}{suffix}") })
}

fn place_edit(text: &str, link: &Link, place: &str) -> Option<Edit> {
    let (span, mark) = match (link.parts.path, link.parts.fragment) {
        (path, fragment) if fragment.is_empty() && link.target.contains('#') => {
            let at = path.end + 1;
            (Span::new(at, at), "")
        }
        (path, fragment) if fragment.is_empty() && !path.is_empty() => (Span::new(path.end, path.end), "#"),
        (_, fragment) if fragment.is_empty() => return None,
        (_, fragment) => (fragment, ""),
    };
    Some(Edit { start: span.start, end: span.end, text: format!("{mark}{}", escaped(text, link, span, place)?) })
}

/// Escapes in the style of the existing text.
fn escaped(text: &str, link: &Link, span: Span, new: &str) -> Option<String> {
    if link.is_wiki() {
        return Some(new.to_owned());
    }
    let written = span.of(text);
    let start = if link.parts.path.is_empty() { span.start } else { link.parts.path.start.min(span.start) };
    let before = text.get(..start)?.chars().next_back();
    let link_text = link.span.of(text);
    let is_html = link.kind == LinkKind::Inline && link_text.starts_with('<');
    // a path and nothing else, in front matter or behind `[[name]]:`
    let is_bare = link.kind == LinkKind::Inline && !is_html && !link_text.starts_with(['[', '!']);
    // between `<` and `>`, or in quotes
    let keeps_blanks = before == Some('<') || written.contains(' ');
    let keeps_brackets = keeps_blanks || (is_balanced(new) && (written.contains('(') || !new.contains('(')));
    let keeps_letters = !has_escaped_letters(written);
    let has_caret = written.to_ascii_lowercase().contains("%5e");
    Some(percent_encode(new, |c| match c {
        ' ' | '\'' | ',' | '(' | ')' | '`' | '$' | '&' if is_bare && before.is_none() && !written.contains('%') => {
            false
        }
        '"' | '\'' if before == Some(c) => true,
        '\'' => is_html,
        ' ' | '`' | '$' | '[' | ']' | '|' | '"' => !keeps_blanks || is_bare && c != ' ',
        '(' | ')' => !keeps_brackets,
        // commas separate the items of lists
        ',' => is_html,
        // `&amp;`
        '&' => is_html || new.contains(';'),
        '^' => has_caret,
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
    use proptest::prelude::*;

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

    /// A link in front matter, before and after its path becomes another one.
    #[track_caller]
    fn in_front(front: &str, path: &str, want: &str) {
        for fence in ["---", "+++"].into_iter().filter(|fence| (*fence == "+++") == front.contains(" = ")) {
            let whole =
                |front: &str| format!("{fence}\n{front}\nz{}\n{fence}\n", if fence == "+++" { " = 1" } else { ": 1" });
            let read = |text: &str| parse::parse(&NotePath::from("n.md"), text, &parse::Options::default());
            let text = whole(front);
            let edit = with_path(&text, &read(&text).note.other_links[0], path, true).unwrap();
            let new = apply_text(&text, &[edit]).unwrap();
            assert_eq!(new, whole(want));
            let parsed = read(&new);
            assert_eq!(parsed.note.other_links[0].local().unwrap().path, path, "{new}");
            assert_eq!(parsed.diagnostics, [], "{new}");
            assert_eq!(parsed.note.properties.len(), 2, "{new}");
        }
    }

    #[test]
    fn a_string_of_front_matter_stays_one() {
        in_front("up: '[[its]]'", "it's", "up: '[[it''s]]'");
        in_front("up: '[[it''s]] isn''t'", "its", "up: '[[its]] isn''t'");
        in_front("up: \"[[a|\\\"q\\\"]]\"", "b\\c \"d\"", "up: \"[[b\\\\c \\\"d\\\"|\\\"q\\\"]]\"");
        in_front("up: [[a]]", "it's", "up: [[it's]]");
        in_front("up: [[a|b]] # c", "x, y", "up: \"[[x, y|b]]\" # c");
        in_front("up:\n  - [[a]]\n  - b", "x: y", "up:\n  - \"[[x: y]]\"\n  - b");
        in_front("up: [[[a]], b]", "- \"x\"", "up: ['[[- \"x\"]]', b]");
        in_front("up: see [[a]]", "x, y", "up: see [[x, y]]");
        in_front("up: see [[a]]", "x: it's", "up: \"see [[x: it's]]\"");
        in_front("up: |\n  [[a]]", "x: 'y'", "up: |\n  [[x: 'y']]");
        in_front("up: a.md", "it's b, c.md", "up: it's b, c.md");
        in_front("up: [a.md]", "b, c.md", "up: [\"b, c.md\"]");
        in_front("up: 'a.md'", "it's.md", "up: 'it''s.md'");
        in_front("up: 'it''s.md'", "b.md", "up: 'b.md'");
        in_front("up: a%20b.md", "c d.md", "up: c%20d.md");
        in_front("up: a.md", "C# [x].md", "up: C%23 %5Bx%5D.md");
        in_front("up: \"[t](a.md)\"", "b c.md", "up: \"[t](b%20c.md)\"");
        in_front("up: '[t](<a b.md> \"x\")'", "it's.md", "up: '[t](<it''s.md> \"x\")'");
        in_front("up = \"[[a]]\"", "say \"x\" C:\\y", "up = \"[[say \\\"x\\\" C:\\\\y]]\"");
        in_front("up = '[[a]]' # c", "it's", "up = \"[[it's]]\" # c");
        in_front("up = ['a.md', 'c']", "it's \"b\".md", "up = [\"it's %22b%22.md\", 'c']");
        in_front("up = \'\'\'[[a]]\'\'\'", "it's", "up = \'\'\'[[it's]]\'\'\'");
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
        case("[t](a&#95;b.md#x&#45;y)", "c d.md", "[t](c%20d.md#x&#45;y)");
        case("[t](a&auml;&amp;\\_b.md)", "c.md", "[t](c.md)");
        case("[t](<a&#32;&nosuch;b.md>)", "c.md", "[t](<c.md>)");
        case("[t][r]\n\n[r]: a&#x5f;b.md#x", "c.md", "[t][r]\n\n[r]: c.md#x");
        case("[[a#x|y]]", "b c", "[[b c#x|y]]");
        case("| a |\n|---|\n| ![[a\\|100]] |", "b/c", "| a |\n|---|\n| ![[b/c\\|100]] |");
    }

    proptest! {
        /// Whatever a file is called, front matter stays what it is and the link leads to the file.
        #[test]
        fn any_name_fits_into_any_string(name in "[-a-c 'é\",:&*!>%@`{}~=\\\\]{0,8}[a-c]", form in 0..15_usize) {
            let before = [
                "k: '[[x]]'", "k: \"[[x]]\"", "k: [[x]]", "k: [[x|it's, so]] # c", "k:\n- [[x]]\n- y", "k: ['[[x]]', [[y]]]",
                "k: see [[x]]", "k: |\n  [[x]]", "k: {a: [[x]], b: '[[y]]'}", "k: x.md", "k: [x.md, y]", "k: 'x.md'",
                "k: \"[t](x.md)\"", "k: '[t](<x.md> \"t\")'", "k: >-\n  [t](x.md)",
            ][form];
            let text = format!("---\na: 1\n{before}\nz: 2\n---\n");
            let read = |text: &str| parse::parse(&NotePath::from("n.md"), text, &parse::Options::default());
            let note = read(&text).note;
            let path = if before.contains(".md") { format!("{}.md", name.trim()) } else { name.trim().to_owned() };
            let edit = with_path(&text, &note.other_links[0], &path, true).unwrap();
            let now = read(&apply_text(&text, &[edit]).unwrap());
            let is_bad = now.diagnostics.iter().any(|one| one.code == "front-matter-invalid");
            prop_assert!(!is_bad, "{:?}", now.note.properties);
            let leads = now.note.other_links.first().and_then(Link::local).map(|local| local.path);
            prop_assert_eq!(leads, Some(path), "{:?}", now.note.properties);
            prop_assert_eq!(now.note.other_links.len(), note.other_links.len());
            prop_assert_eq!(now.note.properties.len(), 3);
            prop_assert_eq!(&now.note.properties[2], &note.properties[2]);
        }
    }
}
