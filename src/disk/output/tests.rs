//! What a folder of output keeps, replaces and removes.

use super::*;

/// A folder for a site, with room for its record beside it.
struct Site {
    home: tempfile::TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { home: tempfile::tempdir().unwrap() };
        fs::create_dir(site.path()).unwrap();
        site
    }

    fn path(&self) -> PathBuf {
        self.home.path().join("site")
    }
}

/// Opens a folder with a record beside it.
fn open(folder: &Path) -> io::Result<Output> {
    Output::open(folder, &folder.with_extension("record"))
}

fn put(path: &Path, text: &str) {
    File::create(path).unwrap().write_all(text.as_bytes()).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn what_others_put_there_stays() {
    let folder = Site::new();
    let top = &folder.path();
    fs::create_dir(top.join("a")).unwrap();
    File::create(top.join("a/theirs.html")).unwrap();
    File::create(top.join("x.html")).unwrap().write_all(b"mine").unwrap();
    let mut output = open(top).unwrap();
    assert_eq!(output.write("x.html", 1, b"page").unwrap(), Written::InTheWay);
    assert_eq!(output.write("a/b.html", 1, b"page").unwrap(), Written::Changed);
    assert_eq!(output.finish().unwrap().removed, 0);
    let mut output = open(top).unwrap();
    assert!(output.is_fresh("a/b.html", 1) && !output.is_fresh("a/b.html", 2) && !output.is_fresh("x.html", 1));
    assert_eq!(output.write("c.html", 1, b"page").unwrap(), Written::Changed);
    assert_eq!(output.finish().unwrap().removed, 1);
    assert_eq!(names(top), [LIST, "a/theirs.html", "c.html", "x.html"]);
}

#[test]
fn a_stopped_build_is_known() {
    let folder = Site::new();
    let mut output = open(&folder.path()).unwrap();
    output.write("a.html", 7, b"one").unwrap();
    drop(output);
    let mut output = open(&folder.path()).unwrap();
    assert!(!output.is_fresh("a.html", 7));
    assert_eq!(output.write("a.html", 7, b"two").unwrap(), Written::Changed);
    output.finish().unwrap();
    assert!(open(&folder.path()).unwrap().is_fresh("a.html", 7));
}

#[test]
fn nothing_leads_out() {
    let folder = Site::new();
    let outside = tempfile::tempdir().unwrap();
    File::create(outside.path().join("kept")).unwrap();
    let list = format!("0 0 ../{}/kept\n1 1 link/kept\n", outside.path().file_name().unwrap().to_string_lossy());
    for path in [folder.path().join(LIST), folder.path().with_extension("record")] {
        put(&path, &list);
    }
    std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
    let mut output = open(&folder.path()).unwrap();
    assert!(output.write("../x", 1, b"").is_err() && output.write("/x", 1, b"").is_err());
    assert!(output.write("link/x", 1, b"").is_err());
    assert!(output.write("link/x/y", 1, b"").is_err());
    output.finish().unwrap();
    assert_eq!(names(outside.path()), ["kept"]);
    assert!(!outside.path().join("x").exists());
    for name in [LIST, NEW] {
        let folder = Site::new();
        std::os::unix::fs::symlink(outside.path().join("kept"), folder.path().join(name)).unwrap();
        if let Ok(mut output) = open(&folder.path()) {
            output.write("x.html", 1, b"page").unwrap();
            output.finish().unwrap();
        }
        assert_eq!(fs::read(outside.path().join("kept")).unwrap(), b"", "{name}");
    }
}

#[test]
fn what_a_stopped_build_left_is_fixable() {
    let folder = Site::new();
    let mut output = open(&folder.path()).unwrap();
    output.write("a/b.html", 7, b"one").unwrap();
    drop(output);
    File::create(folder.path().join("a").join(NEW)).unwrap().write_all(b"ha").unwrap();
    let mut list = File::options().append(true).open(folder.path().with_extension("record")).unwrap();
    list.write_all("0 0 half-\u{fc}".as_bytes().strip_suffix(b"\xbc").unwrap()).unwrap();
    let mut output = open(&folder.path()).unwrap();
    output.write("a/b.html", 7, b"one").unwrap();
    output.write("c.html", 7, b"two").unwrap();
    drop(output);
    let mut output = open(&folder.path()).unwrap();
    assert_eq!(output.write("c.html", 7, b"three").unwrap(), Written::Changed);
    output.finish().unwrap();
    assert_eq!(names(&folder.path()), [LIST, "c.html"]);
}

#[test]
fn a_list_that_came_with_a_clone_proves_nothing() {
    let folder = Site::new();
    let top = &folder.path();
    for name in ["manual.html", "a.html", "b.html"] {
        put(&top.join(name), "theirs");
    }
    put(&top.join(LIST), "7 6 manual.html\n7 6 a.html\n");
    let mut output = open(top).unwrap();
    assert!(output.is_first() && !output.is_fresh("a.html", 7), "its keys prove nothing either");
    assert_eq!(output.write("a.html", 7, b"ours").unwrap(), Written::Changed);
    assert_eq!(output.write("b.html", 7, b"ours").unwrap(), Written::InTheWay);
    let finished = output.finish().unwrap();
    assert_eq!(finished, Finished { removed: 0, left: vec!["manual.html".to_owned()] });
    assert_eq!(names(top), [LIST, "a.html", "b.html", "manual.html"]);
    let output = open(top).unwrap();
    assert!(!output.is_first());
    let finished = output.finish().unwrap();
    assert_eq!(finished.removed, 1, "of its own it knows");
    assert_eq!(finished.left, ["manual.html"], "and what may be somebody's it does not forget");
    assert_eq!(names(top), [LIST, "b.html", "manual.html"]);
}

#[test]
fn what_is_left_goes_when_somebody_says_so() {
    let folder = Site::new();
    let top = &folder.path();
    let record = top.with_extension("record");
    fs::create_dir(top.join("b")).unwrap();
    for name in ["a.html", "b/stale.html", "theirs.html"] {
        put(&top.join(name), "x");
    }
    put(&top.join(LIST), "7 1 a.html\n7 1 b/stale.html\n7 1 gone.html\n7 1 ../x\n");
    // a build that is stopped does not forget it either
    let mut output = open(top).unwrap();
    output.write("a.html", 1, b"page").unwrap();
    drop(output);
    let mut output = open(top).unwrap();
    output.write("a.html", 1, b"page").unwrap();
    assert_eq!(output.finish().unwrap().left, ["b/stale.html"]);
    let all = ["a.html", "b/stale.html", "theirs.html"].map(str::to_owned);
    assert_eq!(remove_left(top, &record, &all).unwrap(), 1);
    assert_eq!(names(top), [LIST, "a.html", "theirs.html"]);
    assert!(open(top).unwrap().finish().unwrap().left.is_empty());
}

#[test]
fn what_took_the_place_of_ours_stays() {
    let folder = Site::new();
    let top = &folder.path();
    let mut output = open(top).unwrap();
    for name in ["a.html", "b.html", "c.html"] {
        output.write(name, 1, b"ours").unwrap();
    }
    output.finish().unwrap();
    // a page of one's own, in its place and as long
    put(&top.join("b.html"), "mine");
    let finished = open(top).unwrap().finish().unwrap();
    assert_eq!((finished.removed, finished.left), (2, vec!["b.html".to_owned()]));
    assert_eq!(names(top), [LIST, "b.html"]);
    // another folder
    let mut output = open(top).unwrap();
    output.write("a.html", 1, b"ours").unwrap();
    output.finish().unwrap();
    fs::remove_dir_all(top).unwrap();
    fs::create_dir(top).unwrap();
    put(&top.join("a.html"), "theirs");
    let mut output = open(top).unwrap();
    assert!(output.is_first() && !output.is_fresh("a.html", 1));
    assert_eq!(output.write("a.html", 1, b"ours").unwrap(), Written::InTheWay);
    assert_eq!(output.finish().unwrap().removed, 0);
    assert_eq!(names(top), [LIST, "a.html"]);
}
