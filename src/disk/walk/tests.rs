use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;

use proptest::prelude::*;

use super::MAX_DEPTH;
use super::Skipped;
use super::Walk;
use super::WalkOptions;
use crate::disk::notebook::Discover;
use crate::disk::notebook::discover;
use crate::disk::replace;
use crate::model::NotePath;

/// Makes files, `folder/`s and `link -> target`s.
fn tree(entries: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for entry in entries {
        let (name, content) = entry.split_once(": ").unwrap_or((entry, ""));
        let (name, target) = name.split_once(" -> ").map_or((name, None), |(name, target)| (name, Some(target)));
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match target {
            Some(target) => symlink(target, path).unwrap(),
            None if name.ends_with('/') => fs::create_dir_all(path).unwrap(),
            None => {
                replace::create(&path, content.replace("\\n", "\n").as_bytes(), OsStr::new(".t")).unwrap();
            }
        }
    }
    dir
}

fn walk(folder: &Path, options: WalkOptions) -> Walk {
    let notebook = discover(&Discover { notebook: Some(folder.to_owned()), ..Discover::default() }).unwrap();
    super::walk(&notebook, options).unwrap()
}

fn names(walk: &Walk) -> String {
    let names: Vec<&str> = walk.files.iter().map(|file| file.path.as_str()).collect();
    names.join(" ")
}

fn told(skipped: &[Skipped]) -> String {
    skipped.iter().map(|skipped| format!("{}: {}\n", skipped.path, skipped.why)).collect()
}

#[track_caller]
fn case(entries: &[&str], files: &str, skipped: &str) {
    let dir = tree(entries);
    let walk = walk(dir.path(), WalkOptions::default());
    assert_eq!(names(&walk), files);
    assert_eq!(told(&walk.skipped), skipped);
}

#[test]
fn notes_are_found_by_name() {
    case(&["b.md", "a.markdown", "A.MD", "x.txt", "md", "x.md.bak", "d/c.Md"], "A.MD a.markdown b.md d/c.Md", "");
    case(&[".hidden.md", ".h/a.md", "a/.b/c.md", "a/d.md"], "a/d.md", "");
    // Sorted by the whole path's bytes, not folder by folder.
    case(&["a/b.md", "a-b.md", "a.md", "a/.x", "ä.md"], "a-b.md a.md a/b.md ä.md", "");
    case(&["folder.md/a.md"], "folder.md/a.md", "");
}

#[test]
fn todo_txt_files_are_notes_where_a_setting_names_them() {
    let settings =
        "book.toml: [book]\\nsrc='n'\\n[preprocessor.hornbook.tasks]\\ntodo-txt = ['todo.txt', '/work/*.txt', '*.log']";
    let files = [
        "n/todo.txt",
        "n/d/TODO.TXT",
        "n/d/todo.txt",
        "n/work/a.txt",
        "n/d/work/b.txt",
        "n/x.txt",
        "n/x.log",
        "n/.todo.txt",
    ];
    case(&[&[settings], &files[..]].concat(), "d/todo.txt todo.txt work/a.txt", "");
    case(&[settings, "n/todo.txt", "n/.ignore: todo.txt"], "", "");
    case(
        &[settings, "n/x.txt", "n/todo.txt -> x.txt", "n/d/todo.txt -> nowhere"],
        "todo.txt",
        "d/todo.txt: a link to nothing\n",
    );
    case(&["todo.txt", "a.md"], "a.md", "");
}

#[test]
fn the_top_has_names_of_its_own() {
    case(&["SUMMARY.md", "templates/a.md", "d/SUMMARY.md", "d/templates/a.md"], "d/SUMMARY.md d/templates/a.md", "");
    case(&["book/a.md", "a.md"], "a.md book/a.md", "");
    case(&["book.toml: [book]\\nsrc='.'", "book/a.md", "a.md", "d/book/a.md"], "a.md d/book/a.md", "");
    case(&["book.toml: build.build-dir='./out/b'", "out/b/a.md", "out/a.md", "book/a.md"], "book/a.md out/a.md", "");
    case(&["book.toml: [book]", "src/a.md", "b.md", "src/book/c.md"], "a.md book/c.md", "");
}

#[test]
fn names_of_any_bytes() {
    let dir = tree(&["ok.md"]);
    let odd = OsStr::from_bytes(b"caf\xe9");
    fs::create_dir(dir.path().join(odd)).unwrap();
    fs::File::create(dir.path().join(odd).join(OsStr::from_bytes(b"\xff\n.md"))).unwrap();
    fs::File::create(dir.path().join("\u{10FFFF}.md")).unwrap();
    fs::File::create(dir.path().join(".gitignore")).unwrap();
    let walk = walk(dir.path(), WalkOptions::default());
    let names: BTreeSet<Vec<u8>> = walk.files.iter().map(|file| file.path.to_os().as_bytes().to_vec()).collect();
    let expected = [&b"caf\xe9/\xff\n.md"[..], b"ok.md", "\u{10FFFF}.md".as_bytes()];
    assert_eq!(names, expected.iter().map(|name| name.to_vec()).collect());
    for file in &walk.files {
        assert_eq!(NotePath::from_os(&file.path.to_os()), file.path);
    }
}

#[test]
fn ignore_files() {
    case(&[".ignore: a.md", "a.md", "b.md", "d/a.md"], "b.md", "");
    case(&[".ignore: /a.md", "a.md", "d/a.md"], "d/a.md", "");
    case(&[".ignore: *.md\\n!k.md", "a.md", "k.md", "d/.ignore: !a.md", "d/a.md"], "d/a.md k.md", "");
    case(&[".ignore: d/", "d/a.md", "e/d/a.md", "e/d.md"], "e/d.md", "");
    // Without a repository a .gitignore says nothing.
    case(&[".gitignore: a.md", "a.md"], "a.md", "");
    case(&[".git/", ".gitignore: a.md", "a.md", "d/a.md", "d/b.md"], "d/b.md", "");
    case(&[".git/info/exclude: a.md", "a.md", "b.md", "d/.gitignore: !a.md", "d/a.md"], "b.md d/a.md", "");
    case(&["r/.git/", "r/.gitignore: a.md", "r/a.md", "a.md"], "a.md", "");
    // A repository inside another has its own rules.
    case(&[".git/", ".gitignore: *.md", "r/.git/", "r/a.md", "a.md"], "r/a.md", "");
    // .ignore is stronger than .gitignore, the setting than both.
    case(&[".git/", ".gitignore: a.md", ".ignore: !a.md", "a.md"], "a.md", "");
    case(
        &[
            "book.toml: preprocessor.hornbook.ignore=['b.md', '!c.md']",
            ".ignore: c.md",
            "a.md",
            "b.md",
            "c.md",
            "d/b.md",
        ],
        "a.md c.md",
        "",
    );
}

#[test]
fn rules_above_the_notes_folder() {
    let dir = tree(&[
        ".git/",
        ".gitignore: *.tmp.md\n/b/notes/old/",
        "b/book.toml: [book]\nsrc='notes'",
        "b/.ignore: x.md",
        "b/notes/a.md",
        "b/notes/a.tmp.md",
        "b/notes/x.md",
        "b/notes/old/a.md",
    ]);
    assert_eq!(names(&walk(&dir.path().join("b"), WalkOptions::default())), "a.md");
    // Above the repository nothing is read.
    let dir = tree(&[".ignore: *", "n/.git/", "n/a.md"]);
    assert_eq!(names(&walk(&dir.path().join("n"), WalkOptions::default())), "a.md");
}

#[test]
fn a_notebook_that_a_repository_ignores_is_read_all_the_same() {
    let dir = tree(&[".git/", ".gitignore: *", "n/a.md", "n/.gitignore: b.md", "n/b.md"]);
    assert_eq!(names(&walk(&dir.path().join("n"), WalkOptions::default())), "a.md");
    let dir = tree(&[".git/", ".gitignore: private/", "private/n/a.md"]);
    assert_eq!(names(&walk(&dir.path().join("private/n"), WalkOptions::default())), "a.md");
}

#[test]
fn rule_files_that_are_no_files() {
    let dir = tree(&["a.md", ".ignore -> a.md"]);
    drop(std::os::unix::net::UnixListener::bind(dir.path().join(".gitignore")).unwrap());
    fs::create_dir(dir.path().join(".git")).unwrap();
    let walk = walk(dir.path(), WalkOptions::default());
    assert_eq!(names(&walk), "a.md");
    let expected = ".gitignore: not read: not a regular file\n.ignore: not read: not a regular file\n";
    assert_eq!(told(&walk.skipped), expected);
}

#[test]
fn links_inside_add_nothing_twice() {
    case(&["a.md", "b.md -> a.md", "d/c.md -> ../a.md"], "a.md", "");
    case(&["d/a.md", "e -> d", "f -> e"], "d/a.md", "");
    // No place of its own: the first link is its place.
    case(&["t.txt", "b.md -> t.txt", "a.md -> t.txt", "c.md -> b.md"], "a.md", "");
    case(&[".h/x/a.md", ".h/b.md", "m -> .h", "l -> .h/x", "z.md -> .h/b.md"], "l/a.md m/b.md", "");
    case(&["templates/a.md", "t.md -> templates/a.md"], "t.md", "");
}

#[test]
fn links_in_circles_end() {
    case(&["a.md", "l -> .", "d/m -> ..", "d/n -> ../d"], "a.md", "");
    case(
        &["a.md -> b.md", "b.md -> a.md", "c -> c"],
        "",
        "a.md: a link: filesystem loop or indirection limit (e.g. symlink loop)\n\
         b.md: a link: filesystem loop or indirection limit (e.g. symlink loop)\n",
    );
    case(&[".h/a.md", ".h/up -> ..", ".h/self -> .", ".h/x/y -> ../..", "l -> .h"], "l/a.md", "");
}

#[test]
fn links_lead_nowhere_else() {
    let outside = tree(&["secret.md", "d/secret.md"]);
    let dir = tree(&["a.md", "dead.md -> none.md", "dead -> none", "null.md -> /dev/null"]);
    symlink(outside.path().join("secret.md"), dir.path().join("out.md")).unwrap();
    symlink(outside.path().join("secret.md"), dir.path().join("out.txt")).unwrap();
    symlink(outside.path().join("d"), dir.path().join("out")).unwrap();
    let walk = walk(dir.path(), WalkOptions::default());
    assert_eq!(names(&walk), "a.md");
    let expected = "dead.md: a link to nothing\nnull.md: a link out of the notes folder\n\
                    out: a link out of the notes folder\nout.md: a link out of the notes folder\n";
    assert_eq!(told(&walk.skipped), expected);
}

#[test]
fn what_is_no_regular_file_is_told() {
    let dir = tree(&["a.md", "l.md -> s.md"]);
    drop(std::os::unix::net::UnixListener::bind(dir.path().join("s.md")).unwrap());
    drop(std::os::unix::net::UnixListener::bind(dir.path().join("s.txt")).unwrap());
    let walk = walk(dir.path(), WalkOptions::default());
    assert_eq!(names(&walk), "a.md");
    let expected = "l.md: a link to a socket, not a regular file\ns.md: a socket, not a regular file\n";
    assert_eq!(told(&walk.skipped), expected);
}

#[test]
fn a_folder_that_cannot_be_read_is_told() {
    let dir = tree(&["a.md", "d/b.md"]);
    fs::set_permissions(dir.path().join("d"), fs::Permissions::from_mode(0o000)).unwrap();
    let walk = walk(dir.path(), WalkOptions::default());
    // Root reads everything.
    if fs::read_dir(dir.path().join("d")).is_err() {
        assert_eq!(names(&walk), "a.md");
        assert_eq!(told(&walk.skipped), "d: the folder cannot be read: permission denied\n");
    } else {
        assert_eq!(names(&walk), "a.md d/b.md");
    }
    fs::set_permissions(dir.path().join("d"), fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn too_deep_is_told() {
    let dir = tree(&["a.md"]);
    let deep: String = (0..=MAX_DEPTH).map(|_| "d/").collect();
    fs::create_dir_all(dir.path().join(&deep)).unwrap();
    fs::File::create(dir.path().join(&deep).join("b.md")).unwrap();
    let walk = walk(dir.path(), WalkOptions::default());
    assert_eq!(names(&walk), "a.md");
    assert_eq!(told(&walk.skipped), format!("{}: over 100 folders deep\n", deep.trim_end_matches('/')));
}

#[test]
fn what_is_asked_for_is_told() {
    let dir = tree(&[
        "book.toml: preprocessor.hornbook.ignore=['no/']",
        "a.md",
        "p.png",
        "q.png -> p.png",
        "no/a.md",
        ".h/a.md",
        ".h.md",
        ".x",
        "templates/a.md",
        "SUMMARY.md",
        "book/a.md",
        ".ignore: b.md",
        "b.md",
    ]);
    let all = walk(dir.path(), WalkOptions { attachments: true, left_out: true, ..WalkOptions::default() });
    let attachments: Vec<&str> = all.attachments.iter().map(NotePath::as_str).collect();
    assert_eq!(attachments, ["book.toml", "p.png", "q.png"]);
    insta::assert_snapshot!(told(&all.left_out), @r"
    .h: hidden
    .h.md: hidden
    SUMMARY.md: mdBook's table of contents
    b.md: `b.md` in .ignore
    book: mdBook's build folder
    no: `no/` of `ignore` in book.toml
    templates: the notebook's templates
    ");
    let plain = walk(dir.path(), WalkOptions::default());
    assert_eq!((plain.attachments.len(), plain.left_out.len()), (0, 0));
    assert_eq!(plain.files, all.files);
}

#[test]
fn stamps_tell_changes() {
    let dir = tree(&["a.md: one"]);
    let first = walk(dir.path(), WalkOptions::default());
    assert_eq!(walk(dir.path(), WalkOptions::default()), first);
    assert_eq!(first.files[0].stamp.size, 3);
    let path = dir.path().join("a.md");
    let bytes = fs::read(&path).unwrap();
    let staged = replace::stage(&path, Some(&bytes), Some(b"two"), OsStr::new(".t"), false, None).unwrap();
    staged.write(&path).unwrap();
    assert_ne!(walk(dir.path(), WalkOptions::default()).files[0].stamp, first.files[0].stamp);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Folders, files and links at random places, to random places, hidden ones too: the walk ends, lists no real file
    /// twice and nothing outside, and finds every note of the tree proper.
    #[test]
    fn any_tree_ends(entries in prop::collection::vec((0_usize..8, 0_usize..3, 0_usize..8, 0_usize..6), 0..25)) {
        const FOLDERS: [&str; 8] = ["", "a", "a/b", "a/b/c", ".h", ".h/d", "e", "e/.i"];
        const NAMES: [&str; 6] = ["n.md", "l.md", "m", ".o.md", "k", "t.txt"];
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for folder in FOLDERS {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let mut proper = BTreeSet::new();
        for (folder, kind, target, name) in entries {
            let path = root.join(FOLDERS[folder]).join(NAMES[name]);
            if path.symlink_metadata().is_ok() {
                continue;
            }
            match kind {
                0 => {
                    fs::File::create(&path).unwrap();
                    let listed = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                    if name < 2 && !format!("/{listed}").contains("/.") {
                        proper.insert(listed);
                    }
                }
                1 => symlink(root.join(FOLDERS[target]), &path).unwrap(),
                _ => symlink(root.join(FOLDERS[target]).join(NAMES[(name + target) % 6]), &path).unwrap(),
            }
        }
        let walk = walk(&root, WalkOptions::default());
        let mut real = BTreeSet::new();
        for file in &walk.files {
            let target = root.join(file.path.to_os()).canonicalize().unwrap();
            prop_assert!(target.starts_with(&root) && target.is_file());
            prop_assert!(real.insert(target), "{} is listed twice", file.path);
        }
        let listed: BTreeSet<String> = walk.files.iter().map(|file| file.path.as_str().to_owned()).collect();
        prop_assert!(proper.is_subset(&listed), "{proper:?} {listed:?}");
        prop_assert!(walk.files.is_sorted_by(|a, b| a.path < b.path));
    }
}
