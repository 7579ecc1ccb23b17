//! Other programs for the same notes, measured where they are installed (`benches/speed/peers` installs those that registries have).

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::notes;
use crate::process::Line;
use crate::process::on_path;

/// What a peer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// An index of all notes, from nothing.
    Index,
    /// The best notes for two words.
    Search,
    /// Pages of all notes, from nothing.
    Site,
}

/// Some work of a peer.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    pub(crate) work: Work,
    pub(crate) line: Line,
    /// What it writes; moved away before each run of an index or a site.
    pub(crate) made: Option<PathBuf>,
}

/// The peers that are installed, ready to run, each in a folder of its own.
pub(crate) fn installed(notes_folder: &Path, home: &Path) -> Vec<Peer> {
    let mut found = Vec::new();
    let notes_path = notes_folder.to_string_lossy().into_owned();
    let mut add = |name, work, program: &str, folder: &Path, arguments: &[&str], made: Option<PathBuf>| {
        let Some(program) = on_path(program) else { return };
        fs::create_dir_all(folder).unwrap();
        let arguments = arguments.iter().map(|word| (*word).to_owned()).collect();
        let line = Line { program, arguments, folder: folder.to_path_buf(), variables: Vec::new() };
        found.push(Peer { name, work, line, made });
    };
    add("ripgrep", Work::Search, "rg", notes_folder, &["-c", "outbox"], None);

    let xapian = home.join("xapian");
    let database = xapian.join("db");
    let base = database.to_string_lossy().into_owned();
    let index = ["--db", &base, "--url", "/", "--mime-type=md:text/plain", "--empty-docs=index", &notes_path];
    add("Xapian (omindex)", Work::Index, "omindex", &xapian, &index, Some(database));
    add("Xapian (quest)", Work::Search, "quest", &xapian, &["-d", &base, "outbox relay"], None);

    let recoll = home.join("recoll");
    fs::create_dir_all(&recoll).unwrap();
    notes::put(&recoll.join("recoll.conf"), &format!("topdirs = {notes_path}\ndbdir = db\n"));
    let conf = recoll.to_string_lossy().into_owned();
    add("recoll (recollindex)", Work::Index, "recollindex", &recoll, &["-c", &conf, "-z"], Some(recoll.join("db")));
    add("recoll (recollq)", Work::Search, "recollq", &recoll, &["-c", &conf, "-n", "10", "outbox relay"], None);

    let mdbook = home.join("mdbook");
    if on_path("mdbook").is_some() {
        fs::create_dir_all(&mdbook).unwrap();
        let source = mdbook.join("src");
        fs::create_dir_all(&source).unwrap();
        std::os::unix::fs::symlink(notes_folder, source.join("notes")).unwrap();
        notes::put(&mdbook.join("book.toml"), "[book]\ntitle = \"notes\"\n");
        let names = walkdir::WalkDir::new(notes_folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|end| end == "md"));
        let chapter = |path: &Path| format!("- [x](notes/{})\n", path.strip_prefix(notes_folder).unwrap().display());
        let summary: String = names.map(|entry| chapter(entry.path())).collect();
        notes::put(&source.join("SUMMARY.md"), &format!("# Summary\n\n{summary}"));
    }
    add("mdBook", Work::Site, "mdbook", &mdbook, &["build"], Some(mdbook.join("book")));

    let hugo = home.join("hugo");
    for folder in ["layouts/_default", "content"] {
        fs::create_dir_all(hugo.join(folder)).unwrap();
    }
    notes::put(
        &hugo.join("hugo.toml"),
        &format!("contentDir = \"{notes_path}\"\ndisableKinds = [\"taxonomy\", \"term\"]\n"),
    );
    notes::put(&hugo.join("layouts/_default/single.html"), "<!doctype html><title>{{ .Title }}</title>{{ .Content }}");
    notes::put(
        &hugo.join("layouts/_default/list.html"),
        "<!doctype html><title>{{ .Title }}</title>{{ range .Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}",
    );
    add("Hugo", Work::Site, "hugo", &hugo, &["--quiet"], Some(hugo.join("public")));

    let eleventy = home.join("eleventy");
    let out = eleventy.join("_site").to_string_lossy().into_owned();
    add(
        "Eleventy",
        Work::Site,
        "eleventy",
        &eleventy,
        &[&format!("--input={notes_path}"), &format!("--output={out}"), "--quiet"],
        Some(eleventy.join("_site")),
    );
    found
}
