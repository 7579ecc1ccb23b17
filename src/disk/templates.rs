//! The templates of a notebook: Markdown in its own folder, in zk's, and in those of Obsidian and Templater.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::disk::notebook::Notebook;
use crate::disk::read::Text;
use crate::disk::settings::TemplateFolder;
use crate::disk::walk::is_note;
use crate::model::NotePath;
use crate::model::path::strip_extension;

/// Our own folder, beside the settings or in the notes folder.
pub const FOLDER: &str = "templates";
/// zk's folder.
const ZK_FOLDER: &str = ".zk/templates";
/// The theme of the site, inside our own folder.
const SITE: &str = "templates/site";
/// Maximum size of a template, in bytes.
const LARGEST: u64 = 1 << 20;
/// Maximum depth of nested folders.
const DEEPEST: usize = 8;
/// Upper bound on templates.
const MOST: usize = 2_000;

/// The program that a template belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The notebook's own.
    Own,
    /// zk's.
    Zk,
    /// Obsidian's, or its plugin Templater's.
    Obsidian,
}

/// A template's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// The path below its folder, with `/`, without extension.
    pub name: String,
    /// Relative to the notes folder; begins with `../` if it is above.
    pub path: NotePath,
    /// The program that it belongs to.
    pub origin: Origin,
    /// As in [`TemplateFolder`].
    pub date: Option<String>,
    /// As in [`TemplateFolder`].
    pub time: Option<String>,
}

/// The templates of a notebook: if two have the same name, the first wins. Files outside the notebook are left out.
#[must_use]
pub fn templates(notebook: &Notebook) -> Vec<TemplateFile> {
    let folder = |folder: PathBuf| TemplateFolder { folder, date: None, time: None };
    let mut folders: Vec<(TemplateFolder, Origin)> = Vec::new();
    for base in [&notebook.root, &notebook.base] {
        let own = base.join(FOLDER);
        // templates in folders named by Obsidian's settings use Obsidian's notation
        if !notebook.settings.templates.iter().any(|named| named.folder == own) {
            folders.push((folder(own), Origin::Own));
        }
    }
    folders.extend([&notebook.root, &notebook.base].map(|base| (folder(base.join(ZK_FOLDER)), Origin::Zk)));
    folders.extend(notebook.settings.templates.iter().map(|named| (named.clone(), Origin::Obsidian)));
    let mut found: Vec<TemplateFile> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    for (folder, origin) in folders {
        let Ok(real) = folder.folder.canonicalize() else { continue };
        if !real.starts_with(&notebook.base) || seen.contains(&real) {
            continue;
        }
        let mut names = Vec::new();
        list(&real, "", DEEPEST, &mut names);
        names.sort_unstable();
        for name in names {
            let Some(path) = from_root(notebook, &real.join(&name)) else { continue };
            if origin == Origin::Own && folder.folder.join(&name).starts_with(notebook.base.join(SITE)) {
                continue;
            }
            let (date, time) = (folder.date.clone(), folder.time.clone());
            found.push(TemplateFile { name: strip_extension(&name).to_owned(), path, origin, date, time });
        }
        seen.push(real);
    }
    found
}

/// The text of a template.
///
/// # Errors
///
/// If it cannot be read, is too large, or outside the notebook.
pub fn read_template(notebook: &Notebook, file: &TemplateFile) -> io::Result<String> {
    let bytes = notebook.read_file(&notebook.path(&file.path), LARGEST)?;
    Ok(Text::decode(bytes).text)
}

/// The Markdown files below a folder, without following links to folders.
fn list(folder: &Path, before: &str, deepest: usize, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        if found.len() >= MOST {
            return;
        }
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else { continue };
        let path = format!("{before}{name}");
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if deepest > 0 {
                list(&entry.path(), &format!("{path}/"), deepest - 1, found);
            }
        } else if is_note(name.as_bytes()) {
            found.push(path);
        }
    }
}

fn from_root(notebook: &Notebook, path: &Path) -> Option<NotePath> {
    if let Ok(below) = path.strip_prefix(&notebook.root) {
        return Some(NotePath::from_os(below.as_os_str()));
    }
    let up = notebook.root.strip_prefix(&notebook.base).ok()?.components().count();
    let below = path.strip_prefix(&notebook.base).ok()?;
    Some(NotePath::from_os(Path::new(&"../".repeat(up)).join(below).as_os_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::fixture::found_with;

    #[test]
    fn whose_templates_win() {
        let (_folder, notebook) = found_with(&[
            (".obsidian/templates.json", r#"{"folder": "Muster", "dateFormat": "DD.MM.YYYY"}"#),
            ("Muster/person.md", ""),
            ("Muster/meeting.md", ""),
            (".zk/templates/default.md", ""),
            ("templates/meeting.md", ""),
            ("templates/work/standup.md", ""),
            ("templates/site/note.md", ""),
            ("templates/.hidden.md", ""),
            ("templates/list.txt", ""),
        ]);
        let found = templates(&notebook);
        let shown: Vec<String> =
            found.iter().map(|file| format!("{} {} {:?}", file.name, file.path, file.origin)).collect();
        assert_eq!(
            shown,
            [
                "meeting templates/meeting.md Own",
                "work/standup templates/work/standup.md Own",
                "default .zk/templates/default.md Zk",
                "meeting Muster/meeting.md Obsidian",
                "person Muster/person.md Obsidian",
            ]
        );
        assert_eq!(found.last().and_then(|file| file.date.as_deref()), Some("DD.MM.YYYY"));
    }

    #[test]
    fn a_link_that_leads_out_is_left_out() {
        let outside = tempfile::tempdir().unwrap();
        let (folder, notebook) = found_with(&[("templates/a.md", "a")]);
        std::os::unix::fs::symlink("/etc/hostname", folder.path().join("templates/b.md")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("templates/c")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join(".zk")).unwrap();
        let read = |file: &TemplateFile| read_template(&notebook, file).map_err(|error| error.kind());
        let found: Vec<_> = templates(&notebook).iter().map(|file| (file.name.clone(), read(file))).collect();
        let (a, b) = (Ok("a".to_owned()), Err(io::ErrorKind::PermissionDenied));
        assert_eq!(found, [("a".to_owned(), a), ("b".to_owned(), b)]);
    }
}
