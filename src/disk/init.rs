//! The `book.toml` that `hornbook init` writes: every setting as a comment, nothing enabled.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::disk::notebook::SETTINGS_FILE;
use crate::disk::replace::create;
use crate::disk::settings::Kind;
use crate::disk::settings::SETTINGS;

/// The text of a commented `book.toml`. `title` is the book's; the notes are in `src`, or in the folder itself.
///
/// mdBook 0.5 accepts it silently: with `renderers = []` it does not look for a program with our name.
#[must_use]
pub fn settings_text(title: &str, has_src: bool) -> String {
    let title = in_quotes(title);
    let src = if has_src { "src" } else { "." };
    let mut out = head(&title, src);
    let mut last = "";
    for setting in SETTINGS {
        let table = setting.key.rsplit_once('.').map_or("", |(table, _)| table);
        out.push('\n');
        // each of these keys needs a table of its own
        let is_next = matches!(setting.kind, Kind::Pattern | Kind::Repository);
        if table != last || is_next {
            // Writing to a string cannot fail.
            let _ = match table.strip_suffix("[]") {
                Some(list) => writeln!(out, "# [[preprocessor.hornbook.{list}]]"),
                None => writeln!(out, "# [preprocessor.hornbook.{table}]"),
            };
            last = table;
        }
        let _ = writeln!(out, "# {}\n# Default: {}.\n# {}", setting.help, setting.default, setting.example);
    }
    out
}

/// The beginning of a `book.toml`: what mdBook needs, and our table.
fn head(title: &str, src: &str) -> String {
    format!(
        "# Settings of this notebook. mdBook reads this file too.\n\n\
         [book]\n\
         title = \"{title}\"\n\
         # The folder of the notes, from here.\n\
         src = \"{src}\"\n\n\
         # Hornbook's own settings; all of them may be left out.\n\
         [preprocessor.hornbook]\n\
         # Keeps mdBook from looking for a program of this name.\n\
         renderers = []\n"
    )
}

/// The text of a minimal `book.toml` for a folder without one, to which a setting can be added: the notes stay where they are.
#[must_use]
pub fn short_settings_text(title: &str) -> String {
    head(&in_quotes(title), ".")
}

fn in_quotes(title: &str) -> String {
    let plain = title.chars().filter(|c| !c.is_control());
    plain.flat_map(|c| matches!(c, '"' | '\\').then_some('\\').into_iter().chain(Some(c))).collect()
}

/// Writes a `book.toml` into `folder`, creating the folder if missing, and returns its path. Never overwrites.
///
/// # Errors
///
/// `AlreadyExists` if there is something with that name; other I/O errors.
pub fn init(folder: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    let path = folder.join(SETTINGS_FILE);
    let title = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let has_src = folder.join("src").is_dir();
    create(&path, settings_text(&title, has_src).as_bytes(), OsStr::new(".hornbook-init.tmp"))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::config;
    use crate::disk::notebook::Discover;
    use crate::disk::notebook::discover;

    #[test]
    fn what_is_written_is_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("my \"own\" notes");
        fs::create_dir(&folder).unwrap();
        let path = init(&folder).unwrap();
        let notebook = discover(&Discover { notebook: Some(folder.clone()), ..Discover::default() }).unwrap();
        assert_eq!((notebook.root.as_path(), notebook.settings_path.as_ref()), (path.parent().unwrap(), Some(&path)));
        assert_eq!(notebook.settings.book.title.as_deref(), Some("my \"own\" notes"));
        assert_eq!(init(&folder).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }

    #[test]
    fn an_existing_src_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("src")).unwrap();
        init(dir.path()).unwrap();
        let notebook = discover(&Discover { notebook: Some(dir.path().to_owned()), ..Discover::default() }).unwrap();
        assert!(notebook.root.ends_with("src"));
    }

    /// Whoever takes the hash signs away must get settings that hold.
    #[test]
    fn every_comment_is_a_setting_that_holds() {
        let text = settings_text("t", false);
        let (head, settings) = text.split_once("renderers = []\n").unwrap();
        let uncommented: String = settings
            .lines()
            .map(|line| line.strip_prefix("# ").unwrap_or(line))
            .filter(|line| line.starts_with('[') || line.contains(" = "))
            .fold(String::new(), |all, line| all + line + "\n");
        assert_eq!(uncommented.lines().filter(|line| line.contains(" = ")).count(), SETTINGS.len());
        let settings = config::parse(Path::new("book.toml"), &format!("{head}{uncommented}"));
        let settings = settings.unwrap();
        assert_eq!(settings.tickets.all().len(), 4);
        assert_eq!(settings.tickets.url("SHOP-1").as_deref(), Some("https://tickets.example.org/browse/SHOP-1"));
    }
}
