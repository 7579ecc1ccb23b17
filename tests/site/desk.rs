//! A notebook of its own with all that surrounds it, and builds of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

/// A notebook in a folder that goes with it. Beside it lies `outside`, of which nothing may be seen.
pub(crate) struct Desk {
    pub(crate) dir: tempfile::TempDir,
}

/// What stands in every file of `outside`.
pub(crate) const OUTSIDE: &str = "zyxoutsidezyx";

/// Settings of most notebooks here.
pub(crate) const BOOK: &str = "[book]\ntitle = \"Notebook\"\nsrc = \"notes\"\n";

/// What a command did.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// Makes a notebook with these settings and these notes and files.
    pub(crate) fn new<N: AsRef<str>, T: AsRef<[u8]>>(book: &str, files: &[(N, T)]) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir_all(desk.notes()).unwrap();
        fs::create_dir_all(desk.outside()).unwrap();
        fs::write(desk.outside().join("secret.md"), format!("# {OUTSIDE}\n")).unwrap();
        fs::write(desk.outside().join("secret.png"), OUTSIDE).unwrap();
        fs::write(desk.base().join("book.toml"), book).unwrap();
        for (path, text) in files {
            desk.put(path.as_ref(), text);
        }
        desk
    }

    /// The folder with the settings.
    pub(crate) fn base(&self) -> PathBuf {
        self.dir.path().join("desk")
    }

    pub(crate) fn notes(&self) -> PathBuf {
        self.base().join("notes")
    }

    pub(crate) fn outside(&self) -> PathBuf {
        self.dir.path().join("outside")
    }

    /// The folder of built pages.
    pub(crate) fn site(&self) -> PathBuf {
        self.base().join("public")
    }

    /// Writes a note or file.
    pub(crate) fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.notes().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hornbook"));
        command
            .args(arguments)
            .current_dir(self.base())
            .env_clear()
            .env("HOME", self.dir.path().join("home"))
            .env("XDG_CACHE_HOME", self.dir.path().join("cache"))
            .env("XDG_STATE_HOME", self.dir.path().join("state"))
            .env("HORNBOOK_TODAY", "2026-11-21")
            .env("TZ", "UTC")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Done { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Begins a command, silently.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Builds, which must go well.
    #[track_caller]
    pub(crate) fn build(&self) -> Done {
        self.build_with(&[])
    }

    #[track_caller]
    pub(crate) fn build_with(&self, arguments: &[&str]) -> Done {
        let all: Vec<&str> = ["build"].iter().chain(arguments).copied().collect();
        let done = self.run(&all);
        assert_eq!(done.code, Some(0), "{all:?}: {done:?}");
        done
    }

    /// All that is built.
    pub(crate) fn built(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.site())
    }
}

/// All files below a folder, by their path from it. Links are told, not followed.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        if entry.file_type().is_file() {
            found.insert(path, fs::read(entry.path()).unwrap());
        } else if !entry.file_type().is_dir() {
            found.insert(path, b"no file".to_vec());
        }
    }
    found
}

/// How two folders differ: names, and the first place at which bytes do.
pub(crate) fn difference(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, bytes) in one {
        match other.get(name) {
            None => lines.push(format!("{name}: only in the first")),
            Some(theirs) if theirs != bytes => {
                let at = bytes.iter().zip(theirs).position(|(a, b)| a != b).unwrap_or(bytes.len().min(theirs.len()));
                let part = |bytes: &[u8]| {
                    let end = (at + 80).min(bytes.len());
                    String::from_utf8_lossy(&bytes[at.saturating_sub(60).min(end)..end]).into_owned()
                };
                lines.push(format!("{name}: at {at}\n  {:?}\n  {:?}", part(bytes), part(theirs)));
            }
            Some(_) => {}
        }
    }
    lines
        .extend(other.keys().filter(|name| !one.contains_key(*name)).map(|name| format!("{name}: only in the second")));
    lines
}

/// True when `what` stands somewhere in `bytes`.
pub(crate) fn holds(bytes: &[u8], what: &str) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.contains(what),
        Err(_) => bytes.windows(what.len()).any(|window| window == what.as_bytes()),
    }
}
