//! The bakery's notebook, built: every kind of page, with everything that can stand on one.

use std::path::PathBuf;
use std::process::Command;

use crate::folder::copy;
use crate::folder::top;

/// One page of each kind, in the order in which people meet them.
pub(crate) const KINDS: [&str; 16] = [
    "index.html",
    "bread/sourdough.html",
    "bread/rye.html",
    "to-do.html",
    "journal/2026-03-14.html",
    "talks/hebrew.html",
    "talks/empty.html",
    "all/index.html",
    "all/dates.html",
    "all/titles.html",
    "all/open.html",
    "all/journal.html",
    "all/graph.html",
    "tags/index.html",
    "tags/dough.html",
    "404.html",
];

/// The page with code, tables, formulas, pictures, callouts, footnotes, embeds.
pub(crate) const LONG: &str = "bread/sourdough.html";

/// A built site in a folder that goes with it.
pub(crate) struct Site {
    dir: tempfile::TempDir,
}

impl Site {
    pub(crate) fn build() -> Self {
        Self::of("tests/notebooks/bakery", &[""])
    }

    /// Builds the site of some parts of a folder of the project.
    pub(crate) fn of(folder: &str, parts: &[&str]) -> Self {
        let site = Self { dir: tempfile::tempdir().unwrap() };
        let desk = site.desk();
        std::fs::create_dir(&desk).unwrap();
        for part in parts {
            let from = top().join(folder).join(part);
            if from.is_file() {
                std::fs::copy(from, desk.join(part)).unwrap();
            } else {
                copy(&from, &desk.join(part), ".none");
            }
        }
        site.publish()
    }

    /// Builds the site of these notes.
    pub(crate) fn with(notes: &[(&str, &str)]) -> Self {
        let site = Self { dir: tempfile::tempdir().unwrap() };
        std::fs::create_dir(site.desk()).unwrap();
        for (path, text) in notes {
            let path = site.desk().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        site.publish()
    }

    fn publish(self) -> Self {
        let site = self;
        let desk = site.desk();
        let output = Command::new(env!("CARGO_BIN_EXE_hornbook"))
            .args(["build", "--out", "../public"])
            .current_dir(&desk)
            .env("HOME", site.dir.path())
            .env("XDG_CACHE_HOME", site.dir.path().join("cache"))
            .env("XDG_STATE_HOME", site.dir.path().join("state"))
            .env("HORNBOOK_TODAY", "2026-03-20")
            .env("TZ", "UTC")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        site
    }

    /// The notebook.
    pub(crate) fn desk(&self) -> PathBuf {
        self.dir.path().join("desk")
    }

    /// The folder of pages.
    pub(crate) fn folder(&self) -> PathBuf {
        self.dir.path().join("public")
    }

    /// Every page, by its path from the folder.
    pub(crate) fn pages(&self) -> Vec<String> {
        let folder = self.folder();
        let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let paths = files.map(|file| file.path().strip_prefix(&folder).unwrap().to_str().unwrap().to_owned());
        let pages: Vec<String> = paths.filter(|path| path.ends_with(".html")).collect();
        assert!(pages.len() > 20 && KINDS.iter().all(|kind| pages.iter().any(|page| page == kind)), "{pages:?}");
        pages
    }
}
