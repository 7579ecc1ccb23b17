//! The tree of the notebook beside a note: folders, or the parts of `SUMMARY.md`, with notes in the order of reading.
//!
//! A small notebook stands whole on each page. Of a larger one a page has the way to its note with what stands around it; the
//! other folders are folded, and what is in them stands in small scripts under `tree/` that a page loads when one is opened.
//! Without script a folded one has a link to the list of all notes.

mod drawing;

use std::collections::BTreeMap;

use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::site::Site;
use crate::site::published::Part;
use crate::site::text::escaped;
use crate::site::url;

/// Where the scripts stand, from the site's top.
const FOLDER: &str = "tree/";
/// Notes of a notebook that stands whole on each of its pages.
const WHOLE: usize = 40;
/// Notes in a script: a longer list is for the page of all notes.
const SCRIPT: usize = 200;

/// A folder or a part.
#[derive(Default)]
struct Branch {
    title: String,
    /// As a path has it; `None` for a part.
    folder: Option<String>,
    above: Option<usize>,
    branches: Vec<usize>,
    leaves: Vec<Leaf>,
    /// Notes in it and below.
    total: usize,
    /// Changes with what stands right in it.
    key: u64,
}

struct Leaf {
    note: usize,
    depth: usize,
    title: String,
    /// What tells it from another of this title right here; empty for most.
    beside: String,
}

/// The tree of all published notes.
pub(crate) struct Tree {
    /// The first is the notebook itself.
    branches: Vec<Branch>,
    /// Of each note, its branch and its place there.
    of: BTreeMap<usize, (usize, usize)>,
    /// Of each branch, a key over all that a page of one of its notes shows of the tree.
    keys: Vec<u64>,
}

/// What a script says of a branch.
#[derive(Serialize)]
struct Content<'t> {
    /// Addresses from the site's top, titles, and what tells them apart.
    notes: Vec<[&'t str; 3]>,
    /// Names of scripts, titles, and addresses of the list of all in it.
    branches: Vec<[String; 3]>,
}

impl Tree {
    /// `parts`: [`Site::parts`], or those of the folders alone.
    pub(crate) fn new(site: &Site<'_>, parts: &[Part]) -> Self {
        let folder = parts.iter().all(|part| part.rest).then(String::new);
        let all = Branch { folder, ..Branch::default() };
        let mut tree = Self { branches: vec![all], of: BTreeMap::new(), keys: Vec::new() };
        let mut folders: BTreeMap<String, usize> = BTreeMap::from([(String::new(), 0)]);
        for part in parts {
            let mut at = 0;
            if part.rest {
                let first = part.chapters.first().and_then(|chapter| site.source.notes.get(chapter.note));
                at = tree.folder(first.map_or("", |entry| entry.path.folder()), &mut folders);
            } else if !part.title.is_empty() {
                at = tree.add(0, Branch { title: part.title.clone(), ..Branch::default() });
            }
            for chapter in &part.chapters {
                let title = match chapter.title.as_str() {
                    "" => site.title(chapter.note),
                    title => title.to_owned(),
                };
                if let Some(branch) = tree.branches.get_mut(at) {
                    tree.of.entry(chapter.note).or_insert((at, branch.leaves.len()));
                    branch.leaves.push(Leaf {
                        note: chapter.note,
                        depth: chapter.depth.min(5),
                        title,
                        beside: String::new(),
                    });
                }
            }
        }
        tree.tell_apart(site);
        tree.count();
        tree.hash(site);
        tree
    }

    fn add(&mut self, above: usize, branch: Branch) -> usize {
        let at = self.branches.len();
        self.branches.push(Branch { above: Some(above), ..branch });
        if let Some(above) = self.branches.get_mut(above) {
            above.branches.push(at);
        }
        at
    }

    fn folder(&mut self, folder: &str, folders: &mut BTreeMap<String, usize>) -> usize {
        if let Some(&at) = folders.get(folder) {
            return at;
        }
        let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
        let above = self.folder(above, folders);
        let title = NotePath::from_escaped(name).to_string();
        let at = self.add(above, Branch { title, folder: Some(folder.to_owned()), ..Branch::default() });
        folders.insert(folder.to_owned(), at);
        at
    }

    /// Titles that stand twice in one list.
    fn tell_apart(&mut self, site: &Site<'_>) {
        for branch in &mut self.branches {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            branch.leaves.iter().for_each(|leaf| *seen.entry(leaf.title.to_lowercase()).or_default() += 1);
            for leaf in &mut branch.leaves {
                if seen.get(&leaf.title.to_lowercase()).is_some_and(|times| *times > 1) {
                    site.beside(leaf.note).clone_into(&mut leaf.beside);
                }
            }
        }
    }

    /// Those below come after those above.
    fn count(&mut self) {
        for at in (0..self.branches.len()).rev() {
            let Some(branch) = self.branches.get_mut(at) else { continue };
            branch.total += branch.leaves.len();
            let (above, total) = (branch.above, branch.total);
            if let Some(above) = above.and_then(|above| self.branches.get_mut(above)) {
                above.total += total;
            }
        }
    }

    fn hash(&mut self, site: &Site<'_>) {
        let mut all = Xxh3::new();
        for at in 0..self.branches.len() {
            let Some(branch) = self.branches.get(at) else { continue };
            let mut hash = Xxh3::new();
            let mut words = |words: &str| {
                hash.update(words.as_bytes());
                hash.update(&[0xFF]);
            };
            words(&branch.title);
            for below in branch.branches.iter().filter_map(|&below| self.branches.get(below)) {
                words(&below.title);
            }
            for leaf in &branch.leaves {
                words(&leaf.title);
                words(site.places.page(leaf.note).unwrap_or(""));
                words(&leaf.beside);
                words(&leaf.depth.to_string());
            }
            let key = hash.digest();
            all.update(&key.to_le_bytes());
            // those above have theirs already
            let above = branch.above.and_then(|above| self.keys.get(above)).copied().unwrap_or(0);
            self.keys.push(xxh3_64(&[above.to_le_bytes(), key.to_le_bytes()].concat()));
            if let Some(branch) = self.branches.get_mut(at) {
                branch.key = key;
            }
        }
        if self.is_whole() {
            self.keys.fill(all.digest());
        }
    }

    fn is_whole(&self) -> bool {
        self.total() <= WHOLE
    }

    fn total(&self) -> usize {
        self.branches.first().map_or(0, |all| all.total)
    }

    /// A key over what the page of a note shows.
    pub(crate) fn key(&self, note: usize) -> u64 {
        self.of.get(&note).and_then(|(at, _)| self.keys.get(*at)).copied().unwrap_or(0)
    }

    /// The tree of folders as the page of all notes has it, with `row` for what stands beside a note: HTML.
    pub(crate) fn list(&self, at: &str, site: &Site<'_>, row: &dyn Fn(usize, &mut String)) -> String {
        let mut out = String::new();
        let open = self.total() <= 2 * WHOLE;
        self.listed(0, at, site, open, row, &mut out);
        out
    }

    fn listed(
        &self,
        branch: usize,
        from: &str,
        site: &Site<'_>,
        open: bool,
        row: &dyn Fn(usize, &mut String),
        out: &mut String,
    ) {
        let Some(branch) = self.branches.get(branch) else { return };
        if !branch.leaves.is_empty() {
            out.push_str("<ul class=\"rows\">\n");
            for leaf in &branch.leaves {
                let href = url::relative(from, site.places.page(leaf.note).unwrap_or(""));
                let depth = if leaf.depth > 0 { format!(" class=\"d{}\"", leaf.depth) } else { String::new() };
                out.push_str(&format!(
                    "<li{depth}><a href=\"{}\" dir=\"auto\">{}</a>",
                    escaped(&href),
                    escaped(&leaf.title)
                ));
                row(leaf.note, out);
                out.push_str("</li>\n");
            }
            out.push_str("</ul>\n");
        }
        for &below in &branch.branches {
            let Some(inner) = self.branches.get(below) else { continue };
            let opened = if open { " open" } else { "" };
            let id = inner.folder.as_ref().map_or_else(String::new, |folder| {
                // in what is folded: a link to it opens it
                format!(" id=\"{}\"", escaped(&url::folder_id(folder)))
            });
            out.push_str(&format!(
                "<details{opened}>\n<summary><span dir=\"auto\">{}</span> <small>{}</small></summary>\n<div{id}>\n",
                escaped(&inner.title),
                inner.total
            ));
            self.listed(below, from, site, open, row, out);
            out.push_str("</div>\n</details>\n");
        }
    }

    /// The scripts: addresses with a key and the bytes. A notebook that stands whole on each page needs none.
    pub(crate) fn files<'t>(
        &'t self,
        site: &'t Site<'_>,
    ) -> impl Iterator<Item = (String, u64, Box<dyn Fn() -> Vec<u8> + 't>)> {
        let branches = self.branches.iter().enumerate().skip(if self.is_whole() { usize::MAX } else { 1 });
        branches.map(move |(at, branch)| {
            let make = move || self.script(at, site);
            let make: Box<dyn Fn() -> Vec<u8>> = Box::new(make);
            (format!("{FOLDER}{}.js", self.name(at)), branch.key.max(1), make)
        })
    }

    /// A name that stays while other folders come and go.
    fn name(&self, at: usize) -> String {
        let branch = self.branches.get(at);
        let words = branch.map_or("", |branch| branch.folder.as_deref().unwrap_or(&branch.title));
        let kind = u64::from(branch.is_some_and(|branch| branch.folder.is_none()));
        format!("{:010x}", (xxh3_64(words.as_bytes()) ^ kind) >> 24)
    }

    fn script(&self, at: usize, site: &Site<'_>) -> Vec<u8> {
        let Some(branch) = self.branches.get(at) else { return Vec::new() };
        let hrefs: Vec<String> =
            branch.leaves.iter().map(|leaf| url::encoded(site.places.page(leaf.note).unwrap_or(""))).collect();
        let notes = branch.leaves.iter().zip(&hrefs).take(SCRIPT);
        let below = branch.branches.iter().filter_map(|&at| Some((at, self.branches.get(at)?)));
        let content = Content {
            notes: notes.map(|(leaf, href)| [href.as_str(), leaf.title.as_str(), leaf.beside.as_str()]).collect(),
            branches: below.map(|(at, below)| [self.name(at), below.title.clone(), self.list_of(at)]).collect(),
        };
        // what is no JSON would be a mistake of ours: there are texts only
        let value = serde_json::to_string(&content).unwrap_or_default();
        let value = value.replace("</", "<\\/").replace("<!", "<\\u0021");
        format!("hornbook_tree(\"{}\",{value});\n", self.name(at)).into_bytes()
    }

    /// Where all of a branch stands, from the site's top.
    fn list_of(&self, at: usize) -> String {
        match self.branches.get(at).and_then(|branch| branch.folder.as_ref()) {
            Some(folder) => format!("all/index.html{}", url::folder_anchor(folder)),
            None => "all/contents.html".to_owned(),
        }
    }
}
