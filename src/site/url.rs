//! Addresses: which page a note becomes, and how one page names another.
//!
//! Every note has an address of its own, safe on any file system and in any URL, whatever its name; all links are
//! relative, so that the site works from a disk and in any subfolder.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use unicode_normalization::UnicodeNormalization as _;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::model::file_name::is_device;
use crate::site::text::forbidden;

/// Bytes of a file's or folder's name, without extension.
const LONGEST: usize = 100;

/// What is escaped in a part of an address.
const IN_ADDRESS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Folders of our own at the top of the site.
const OURS: [&str; 5] = ["all", "assets", "files", "tags", "search"];

/// Pages of our own at the top of the site, without `.html`.
const TOP: [&str; 3] = ["index", "404", "search"];

/// The addresses of the pages of notes, in their order: `guide/search.html`. As in mdBook a folder's `README` is its
/// `index.html`, unless it has an `index`. `start` is the note at the site's own `index.html`.
#[must_use]
pub fn pages<'a>(notes: impl Iterator<Item = &'a NotePath> + Clone, start: Option<&NotePath>) -> Vec<String> {
    let is = |path: &NotePath, name: &str| path.stem().eq_ignore_ascii_case(name);
    let indexed: BTreeSet<&str> = notes.clone().filter(|path| is(path, "index")).map(NotePath::folder).collect();
    assign(notes, |path| {
        let folder = folder(path);
        let stem = path.stem();
        if Some(path) == start || (is(path, "readme") && !folder.is_empty() && !indexed.contains(path.folder())) {
            return (format!("{folder}index"), ".html".to_owned(), true);
        }
        let mut name = safe(stem, true);
        if folder.is_empty() && TOP.contains(&name.to_lowercase().as_str()) {
            name.push_str("-note");
        }
        (format!("{folder}{name}"), ".html".to_owned(), name == stem)
    })
}

/// The note that is the start page: `index`, `README` or `Home` at the top of the notes.
#[must_use]
pub fn start<'a>(notes: impl Iterator<Item = &'a NotePath>) -> Option<&'a NotePath> {
    const NAMES: [&str; 3] = ["index", "readme", "home"];
    let rank = |path: &NotePath| NAMES.iter().position(|name| path.stem().eq_ignore_ascii_case(name));
    let at_the_top = notes.filter(|path| path.folder().is_empty());
    at_the_top.filter_map(|path| Some((rank(path)?, path))).min().map(|(_, path)| path)
}

/// The addresses of files that are no notes: `files/img/a.png`.
#[must_use]
pub fn files<'a>(files: impl Iterator<Item = &'a NotePath>) -> Vec<String> {
    assign(files, |path| {
        let name = path.file_name();
        let (stem, extension) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, "bin"));
        let extension: String = extension.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
        let plain = safe(stem, true);
        (format!("files/{}{plain}", folder(path)), format!(".{}", extension.to_lowercase()), plain == stem)
    })
}

/// The address of a tag's page: `tags/a-b.html`.
#[must_use]
pub fn tags<'a>(tags: impl Iterator<Item = &'a str>) -> Vec<String> {
    let paths: Vec<NotePath> = tags.map(|tag| NotePath::from_escaped(tag.replace('/', "-"))).collect();
    assign(paths.iter(), |path| {
        let name = safe(path.as_str(), true);
        let name = if name == "index" { "index-".to_owned() } else { name };
        (format!("tags/{name}"), ".html".to_owned(), true)
    })
}

/// Names all of `of`; where two would differ in case or normal form only, all but one get a hash.
fn assign<'a>(
    of: impl Iterator<Item = &'a NotePath>,
    name: impl Fn(&NotePath) -> (String, String, bool),
) -> Vec<String> {
    let made: Vec<(&NotePath, (String, String, bool))> = of.map(|path| (path, name(path))).collect();
    let fold = |base: &str| base.nfkc().collect::<String>().to_lowercase();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (_, (base, extension, _))) in made.iter().enumerate() {
        groups.entry(fold(&format!("{base}{extension}"))).or_default().push(index);
    }
    let mut out: Vec<String> = made.iter().map(|(_, (base, extension, _))| format!("{base}{extension}")).collect();
    let mut taken: BTreeSet<String> = groups.keys().cloned().collect();
    for group in groups.values().filter(|group| group.len() > 1) {
        let keeper = group.iter().find(|&&index| made.get(index).is_some_and(|(_, (_, _, same))| *same));
        let keeper = keeper.or(group.first()).copied();
        for &index in group.iter().filter(|&&index| Some(index) != keeper) {
            let Some((path, (base, extension, _))) = made.get(index) else { continue };
            let mut salt = 0u64;
            let address = loop {
                let hash = xxh3_64(path.as_str().as_bytes()).wrapping_add(salt);
                let address = format!("{base}-{:08x}{extension}", hash & 0xFFFF_FFFF);
                if taken.insert(fold(&address)) {
                    break address;
                }
                salt += 1;
            };
            if let Some(slot) = out.get_mut(index) {
                *slot = address;
            }
        }
    }
    out
}

/// The safe folders of a note, with a final `/`; empty at the top.
fn folder(path: &NotePath) -> String {
    let mut out = String::new();
    for (depth, part) in path.folder().split('/').filter(|part| !part.is_empty()).enumerate() {
        let mut part = safe(part, false);
        if depth == 0 && OURS.contains(&part.to_lowercase().as_str()) {
            part.push_str("-notes");
        }
        out.push_str(&part);
        out.push('/');
    }
    out
}

/// A name that every file system and URL takes as it is: letters, digits, `-` and `_`, and dots inside a file's.
fn safe(name: &str, dots: bool) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfc() {
        let keep = (c.is_alphanumeric() && u32::from(c) < 0xF_0000) || c == '_' || (dots && c == '.');
        if keep {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let mut out = out.trim_matches(['-', '.']).to_owned();
    if out.len() > LONGEST {
        let mut end = LONGEST;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
        out.push_str(&format!("-{:08x}", xxh3_64(name.as_bytes()) & 0xFFFF_FFFF));
    }
    if out.is_empty() || is_device(&out) {
        out.push_str(if out.is_empty() { "note" } else { "-note" });
    }
    out
}

/// The address `to` as the page `from` names it, percent-encoded. Both from the site's top, without `#…`.
#[must_use]
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(to.iter().take(to.len() - 1)).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    for _ in shared..from.len() {
        out.push_str("../");
    }
    for (index, part) in to.iter().enumerate().skip(shared) {
        encode(part, &mut out);
        if index + 1 < to.len() {
            out.push('/');
        }
    }
    out
}

/// An address from the site's top, percent-encoded.
#[must_use]
pub fn encoded(address: &str) -> String {
    let mut out = String::new();
    for (index, part) in address.split('/').enumerate() {
        if index > 0 {
            out.push('/');
        }
        encode(part, &mut out);
    }
    out
}

/// `#…` of an anchor, percent-encoded; letters of any script stay readable.
#[must_use]
pub fn fragment(anchor: &str) -> String {
    let mut out = "#".to_owned();
    for c in anchor.chars() {
        if c.is_alphanumeric() || "-_.~:!$'()*+,;=@/?".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// Where a folder stands on the page of all notes.
pub(crate) fn folder_anchor(folder: &str) -> String {
    // the notes at the top stand at the page's top, without a heading
    if folder.is_empty() { String::new() } else { fragment(&folder_id(folder)) }
}

/// The id of a folder on the page of all notes: no two have the same, and none has a blank in it.
pub(crate) fn folder_id(folder: &str) -> String {
    let mut id = "in:".to_owned();
    for c in folder.chars() {
        match c {
            ' ' => id.push('+'),
            '+' | '%' => id.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_ascii_whitespace() || forbidden(c) => id.push_str(&format!("%{:02X}", u32::from(c))),
            c => id.push(c),
        }
    }
    id
}

fn encode(part: &str, out: &mut String) {
    out.extend(utf8_percent_encode(part, IN_ADDRESS));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn case(path: &str, want: &str) {
        assert_eq!(pages([NotePath::from(path)].iter(), None), [want], "{path}");
    }

    #[test]
    fn odd_names() {
        case("guide/Search it.md", "guide/Search-it.html");
        case("..md", "note.html");
        case("[[.md", "note.html");
        case("%.md", "note.html");
        case("a\"b'c<d>.md", "a-b-c-d.html");
        case("v1.2/x.html/1.2.md", "v1-2/x-html/1.2.html");
        case("tags/x.md", "tags-notes/x.html");
        case("index.md", "index-note.html");
        case("guide/index.md", "guide/index.html");
        case("CON.md", "CON-note.html");
        case("日記/庭.markdown", "日記/庭.html");
        assert!(pages([NotePath::from(format!("{}.md", "x".repeat(252)).as_str())].iter(), None)[0].len() < 130);
    }

    #[test]
    fn names_that_fall_together_are_told_apart() {
        let notes = ["A.md", "a.md", "a!.md", "[[.md", "%.md", "u\u{308}.md", "ü.md"].map(NotePath::from);
        let made = pages(notes.iter(), None);
        let folded: BTreeSet<String> = made.iter().map(|page| page.nfkc().collect::<String>().to_lowercase()).collect();
        assert_eq!(folded.len(), notes.len(), "{made:?}");
        assert_eq!(made[0], "A.html");
    }

    #[test]
    fn links_are_relative() {
        assert_eq!(relative("a/b/c.html", "a/d e.html"), "../d%20e.html");
        assert_eq!(relative("index.html", "a/b.html"), "a/b.html");
        assert_eq!(relative("a/b.html", "a/b.html"), "b.html");
        assert_eq!(relative("a/b.html", "assets/style.css"), "../assets/style.css");
    }

    proptest! {
        #[test]
        fn any_names_get_addresses_inside_the_site(names in prop::collection::btree_set("[^/\0]{1,8}(/[^/\0]{1,8})?", 1..12)) {
            let paths: Vec<NotePath> = names.iter().map(|name| NotePath::from(format!("{name}.md").as_str())).collect();
            let made = pages(paths.iter(), start(paths.iter()));
            let folded: BTreeSet<String> = made.iter().map(|page| page.nfkc().collect::<String>().to_lowercase()).collect();
            prop_assert_eq!(folded.len(), made.len());
            for page in &made {
                prop_assert!(page.ends_with(".html") && !page.starts_with('/'));
                prop_assert!(page.split('/').all(|part| !part.is_empty() && !part.starts_with('.')), "{}", page);
            }
        }
    }
}
