//! Possible spellings of a link to a file: in the style of the existing link, the shortest first.
//!
//! This does not check where a spelling leads; `repair` tries them in order.

use crate::model::Link;
use crate::model::Section;
use crate::model::note::without_block_id;
use crate::model::path::strip_extension;
use crate::report::destination::beyond;
use crate::report::file_name::composed;
use crate::report::file_name::fold;

/// The path of a file before and afterwards, relative to the notes folder; equal for a file that stays.
#[derive(Clone, Copy)]
pub(crate) struct Way<'a> {
    pub(crate) old: &'a str,
    pub(crate) new: &'a str,
}

impl Way<'_> {
    pub(crate) fn moves(self) -> bool {
        self.old != self.new
    }
}

/// True if a Markdown link's path is literally that of a file, as any other program would follow it.
pub(crate) fn is_literal(folder: &str, written: &str, target: &str) -> bool {
    let joined = beyond(folder, written.trim());
    let (joined, target) = (composed(&joined), composed(target));
    joined == target || (*joined == *strip_extension(&target) && !joined.is_empty()) || page(&target) == Some(&*joined)
}

/// True if a link's path is exactly a file's: for a Markdown link relative to its folder, for a wikilink the whole path.
pub(crate) fn is_exact(link: &Link, folder: &str, written: &str, target: &str) -> bool {
    let is_relative = written.starts_with("./") || written.starts_with("../");
    match link.is_wiki() {
        true if is_relative => is_literal(folder, written, target),
        true => written.contains('/') && is_literal("", written, target),
        false => is_literal(folder, written, target),
    }
}

/// True if a wikilink's path ends with a file's name, in any case.
pub(crate) fn is_name(written: &str, target: &str) -> bool {
    let last = |path: &str| fold(path.rsplit('/').next().unwrap_or(path));
    let (written, name) = (last(written.trim().trim_end_matches('/')), last(target));
    written == name || written == strip_extension(&name)
}

/// The path of a folder's index page, as a link to the folder.
fn page(target: &str) -> Option<&str> {
    let (folder, name) = target.rsplit_once('/')?;
    matches!(name, "index.md" | "README.md").then_some(folder)
}

/// Paths to try for a link with the path `written`, in a note in `folders`, that leads to `target`.
pub(crate) fn paths(link: &Link, written: &str, folders: Way<'_>, target: Way<'_>) -> Vec<String> {
    let written = written.trim();
    if link.is_wiki() { wiki_paths(written, folders, target) } else { markdown_paths(written, folders, target) }
}

fn wiki_paths(written: &str, folders: Way<'_>, target: Way<'_>) -> Vec<String> {
    let has_extension = strip_extension(written) != written;
    let bare = strip_extension(target.new);
    let name = if has_extension { target.new } else { bare };
    let mut found = Vec::new();
    if written.starts_with("./") || written.starts_with("../") {
        found.push(relative(folders.new, name, written.starts_with("./")));
    }
    if written.starts_with('/') {
        found.push(format!("/{name}"));
    }
    // Logseq's page names contain `/`, which file names cannot
    let page = |path: &str, slash: &str| {
        let stem = strip_extension(path.rsplit('/').next().unwrap_or(path));
        stem.contains(slash).then(|| stem.replace(slash, "/"))
    };
    for slash in ["___", "%2F"] {
        if page(target.old, slash).is_some_and(|old| fold(&old) == fold(written)) {
            found.extend(page(target.new, slash));
        }
    }
    let (depth, shown) = (name.matches('/').count(), written.trim_matches('/').matches('/').count());
    // a full path stays a full path
    let is_whole = shown > 0 && shown == target.old.matches('/').count();
    let least = if is_whole { depth } else { shown.min(depth) };
    for above in least..=depth {
        let start = name.rmatch_indices('/').nth(above).map_or(0, |(at, _)| at + 1);
        found.push(name.get(start..).unwrap_or(name).to_owned());
    }
    found.extend([format!("/{name}"), target.new.to_owned(), format!("/{}", target.new)]);
    found
}

fn markdown_paths(written: &str, folders: Way<'_>, target: Way<'_>) -> Vec<String> {
    let lower = written.to_ascii_lowercase();
    let ending = [".html", ".htm"].into_iter().find(|ending| lower.ends_with(ending));
    let bare = strip_extension(target.new);
    let name = match ending {
        // the link was a fragment in its own note
        None if written.is_empty() => target.new.to_owned(),
        Some(ending) if bare != target.new => format!("{bare}{ending}"),
        None if strip_extension(written) == written && page(target.new).is_some() && page(target.old).is_some() => {
            page(target.new).unwrap_or_default().to_owned()
        }
        None if strip_extension(written) == written && bare != target.new && page(target.old).is_none() => {
            bare.to_owned()
        }
        _ => target.new.to_owned(),
    };
    // a folder, or its index page
    let is_folder = name == target.new && name == bare && !name.rsplit('/').next().unwrap_or(&name).contains('.');
    let slash = if written.ends_with('/') && (is_folder || page(target.new) == Some(&name)) { "/" } else { "" };
    let styled = |name: &str| format!("{}{slash}", relative(folders.new, name, written.starts_with("./")));
    let mut found = Vec::new();
    if written.starts_with('/') {
        found.push(format!("/{name}{slash}"));
    } else if !is_literal(folders.old, written, target.old) && is_literal("", written, target.old) {
        found.push(format!("{name}{slash}"));
    }
    found.extend([styled(&name), relative(folders.new, target.new, written.starts_with("./"))]);
    found.extend([format!("/{}", target.new), target.new.to_owned()]);
    found
}

/// The relative path from a folder to a path.
pub(crate) fn relative(folder: &str, path: &str, dotted: bool) -> String {
    let mut from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut to: Vec<&str> = path.split('/').collect();
    while to.len() > 1 && !from.is_empty() && from.first() == to.first() {
        from.remove(0);
        to.remove(0);
    }
    let up = "../".repeat(from.len());
    let dot = if dotted && up.is_empty() { "./" } else { "" };
    format!("{dot}{up}{}", to.join("/"))
}

/// Fragments to try for a link with the fragment `written` to a heading that was `old` and is `new`; both with the headings
/// above them, innermost first.
pub(crate) fn places(link: &Link, written: &str, old: &[&Section], new: &[&Section]) -> Vec<String> {
    let (Some(was), Some(is)) = (old.first(), new.first()) else { return Vec::new() };
    // a single word may be words or an anchor; most programs follow anchors
    let is_anchor = written == was.slug || written.to_lowercase() == was.slug;
    if !link.is_wiki() && (is_anchor || written != was.text) {
        return vec![is.slug.clone(), words(&is.text)];
    }
    // in a path of headings, replace only those that changed
    let parts: Vec<String> = written
        .split('#')
        .map(|part| {
            let same = |section: &&Section| words(&section.text).to_lowercase() == words(part).to_lowercase();
            let found = old.iter().zip(new).find(|(section, _)| same(section)).map(|(_, section)| words(&section.text));
            found.unwrap_or_else(|| part.to_owned())
        })
        .collect();
    let mut found = vec![parts.join("#")];
    found.extend(chains(new));
    // Obsidian knows no anchors
    if !link.is_wiki() || written == was.slug {
        found.push(is.slug.clone());
    }
    found
}

/// Fragments to try for a link that had none; `new` is the heading and those above it, innermost first.
pub(crate) fn new_places(link: &Link, new: &[&Section]) -> Vec<String> {
    let Some(is) = new.first() else { return Vec::new() };
    let slug = [is.slug.clone()].into_iter();
    if link.is_wiki() { chains(new).chain(slug).filter(|place| !place.is_empty()).collect() } else { slug.collect() }
}

/// The words of a heading: alone, then with one more heading above it each time.
fn chains(new: &[&Section]) -> impl Iterator<Item = String> {
    let words: Vec<String> = new.iter().map(|section| words(&section.text)).collect();
    (1..=words.len()).map(move |count| words.iter().take(count).rev().map(String::as_str).collect::<Vec<_>>().join("#"))
}

/// A heading's words as Obsidian writes them in a link.
fn words(text: &str) -> String {
    let bare = without_block_id(text);
    let plain: String = bare.chars().map(|c| if matches!(c, '#' | '^' | '[' | ']' | '|') { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LinkKind;
    use crate::model::NotePath;

    #[test]
    fn ways_from_a_folder() {
        for (folder, path, dotted, want) in [
            ("", "a.md", false, "a.md"),
            ("", "a.md", true, "./a.md"),
            ("x", "a.md", true, "../a.md"),
            ("x/y", "x/z/a.md", false, "../z/a.md"),
            ("x/y", "x/y/a.md", true, "./a.md"),
            ("x", "x", false, "../x"),
        ] {
            assert_eq!(relative(folder, path, dotted), want, "{folder} {path}");
        }
    }

    /// The first spelling, in a note that stays in its folder.
    #[track_caller]
    fn case(kind: LinkKind, written: &str, folder: &str, [old, new]: [&str; 2], want: &str) {
        let link = Link { kind, ..Link::default() };
        let found = paths(&link, written, Way { old: folder, new: folder }, Way { old, new });
        assert_eq!(found.first().map(String::as_str), Some(want), "{written}");
    }

    #[test]
    fn a_link_keeps_its_style() {
        use LinkKind::Inline;
        use LinkKind::Wikilink;
        case(Wikilink, "a", "", ["a.md", "x/b.md"], "b");
        case(Wikilink, "a.md", "", ["a.md", "x/b.md"], "b.md");
        case(Wikilink, "y/a", "", ["x/y/a.md", "x/z/b.md"], "z/b");
        case(Wikilink, "x/y/a", "", ["x/y/a.md", "z/b.md"], "z/b");
        case(Wikilink, "x/a", "", ["x/a.md", "y/z/b.md"], "y/z/b");
        case(Wikilink, "/x/a", "", ["x/a.md", "b.md"], "/b");
        case(Wikilink, "../a", "x", ["a.md", "y/b.md"], "../y/b");
        case(Wikilink, "p.png", "", ["i/p.png", "j/q.png"], "q.png");
        case(Inline, "a.md", "", ["a.md", "x/b.md"], "x/b.md");
        case(Inline, "./a.md", "", ["a.md", "x/b.md"], "./x/b.md");
        case(Inline, "./a.md", "x", ["x/a.md", "b.md"], "../b.md");
        case(Inline, "/x/a.md", "x", ["x/a.md", "b.md"], "/b.md");
        case(Inline, "x/a.md", "x", ["x/a.md", "x/b.md"], "x/b.md");
        case(Inline, "a", "x", ["x/a.md", "x/b.md"], "b");
        case(Inline, "a.html", "x", ["x/a.md", "x/b.md"], "b.html");
        case(Inline, "sub/", "", ["sub/index.md", "top/index.md"], "top/");
        case(Inline, "sub/", "", ["sub/index.md", "top/other.md"], "top/other.md");
    }

    #[test]
    fn a_path_of_headings_keeps_what_did_not_change() {
        let section = |text: &str, slug: &str| Section {
            text: text.to_owned(),
            slug: slug.to_owned(),
            ..crate::parse::parse(&NotePath::from("a.md"), "# x\n", &crate::parse::Options::default())
                .note
                .sections
                .remove(0)
        };
        let (top, old, new) = (section("Top", "top"), section("One", "one"), section("Two #2 [x]", "two-2-x"));
        let wiki = Link { kind: LinkKind::Wikilink, ..Link::default() };
        let (old, new) = ([&old, &top], [&new, &top]);
        assert_eq!(places(&wiki, "Top#one", &old, &new)[0], "Top#Two 2 x");
        assert_eq!(places(&Link::default(), "one", &old, &new)[0], "two-2-x");
    }
}
