//! The tree as the page of a note has it: the way to the note with what stands around it.

use crate::site::Site;
use crate::site::text::escaped;
use crate::site::tree::Leaf;
use crate::site::tree::Tree;
use crate::site::url;

/// Notes of a notebook whose folders are all open.
const OPEN: usize = 20;
/// Of the notes of a folder that are more than the first, each page has so many around its own.
const NOTES: (usize, usize) = (30, 12);
/// The same of folders, and of the notes of a folder above.
const OTHERS: (usize, usize) = (12, 8);

impl Tree {
    /// The tree as the page of a note has it: HTML, empty for a notebook of one note.
    pub(crate) fn html(&self, site: &Site<'_>, note: usize) -> String {
        let (Some(&(own, place)), Some(address)) = (self.of.get(&note), site.places.page(note)) else {
            return String::new();
        };
        if self.total() < 2 {
            return String::new();
        }
        let mut way = vec![own];
        while let Some(above) = way.last().and_then(|&at| self.branches.get(at)?.above) {
            way.push(above);
        }
        let mut drawing = Drawing { tree: self, site, address, note, place, way, out: String::new() };
        drawing.content(0);
        drawing.out
    }
}

/// The tree on one page.
struct Drawing<'t, 's> {
    tree: &'t Tree,
    site: &'t Site<'s>,
    address: &'t str,
    note: usize,
    /// Of the note in its branch.
    place: usize,
    /// From the note's branch up.
    way: Vec<usize>,
    out: String,
}

impl Drawing<'_, '_> {
    fn content(&mut self, at: usize) {
        let Some(branch) = self.tree.branches.get(at) else { return };
        let is_own = self.way.first() == Some(&at);
        self.out.push_str("<ul>\n");
        let limits = if is_own { NOTES } else { OTHERS };
        let here = if is_own { self.place } else { 0 };
        for leaf in self.window(&branch.leaves, here, limits) {
            self.leaf(leaf);
        }
        let here = branch.branches.iter().position(|below| self.way.contains(below)).unwrap_or(0);
        for &below in self.window(&branch.branches, here, OTHERS) {
            self.branch(below);
        }
        let whole = self.tree.is_whole();
        if !whole && (branch.leaves.len() > limits.0 || branch.branches.len() > OTHERS.0) {
            self.more(at);
        }
        self.out.push_str("</ul>\n");
    }

    fn window<'l, T>(&self, list: &'l [T], here: usize, (most, some): (usize, usize)) -> &'l [T] {
        if self.tree.is_whole() || list.len() <= most {
            return list;
        }
        let start = here.saturating_sub(some / 2).min(list.len() - some);
        list.get(start..start + some).unwrap_or(list)
    }

    fn leaf(&mut self, leaf: &Leaf) {
        let href = self.site.places.page(leaf.note).unwrap_or("");
        let current = if leaf.note == self.note { " aria-current=\"page\"" } else { "" };
        let depth = if leaf.depth > 0 { format!(" class=\"d{}\"", leaf.depth) } else { String::new() };
        self.out.push_str(&format!(
            "<li{depth}><a href=\"{}\" dir=\"auto\"{current}>{}",
            escaped(&url::relative(self.address, href)),
            escaped(&leaf.title)
        ));
        if !leaf.beside.is_empty() {
            self.out.push_str(&format!(" <small>{}</small>", escaped(&leaf.beside)));
        }
        self.out.push_str("</a></li>\n");
    }

    fn branch(&mut self, at: usize) {
        let Some(branch) = self.tree.branches.get(at) else { return };
        let is_above = self.way.contains(&at);
        let whole = self.tree.is_whole();
        let open = if is_above || self.tree.total() <= OPEN { " open" } else { "" };
        let name = if whole || is_above { String::new() } else { format!(" data-tree=\"{}\"", self.tree.name(at)) };
        self.out.push_str(&format!(
            "<li><details{name}{open}><summary dir=\"auto\">{}</summary>\n",
            escaped(&branch.title)
        ));
        if whole || is_above {
            self.content(at);
        } else {
            self.out.push_str("<ul>\n");
            self.more(at);
            self.out.push_str("</ul>\n");
        }
        self.out.push_str("</details></li>\n");
    }

    fn more(&mut self, at: usize) {
        let list = self.tree.list_of(at);
        let (page, anchor) = list.split_once('#').unwrap_or((&list, ""));
        let mut href = url::relative(self.address, page);
        if !anchor.is_empty() {
            href.push('#');
            href.push_str(anchor);
        }
        self.out.push_str(&format!(
            "<li><a class=\"more\" href=\"{}\">{} …</a></li>\n",
            escaped(&href),
            self.site.words.say("all")
        ));
    }
}
