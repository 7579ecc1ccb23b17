use std::os::unix::fs::symlink;

use super::*;

/// A folder with these files in it; a name that ends with `/` is a folder.
fn tree(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path().canonicalize().unwrap();
    for (name, text) in files {
        let path = base.join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::File::create(&path).and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes())).unwrap();
        }
    }
    (dir, base)
}

/// Discovers from `cwd` with `home` as the home folder; gives the root from `base` and how it was found.
fn found(base: &Path, cwd: &str, home: &str) -> Result<(String, FoundBy), NotebookError> {
    let inputs = Discover { cwd: base.join(cwd), home: Some(base.join(home)), ..Discover::default() };
    let notebook = discover(&inputs)?;
    assert!(notebook.root.starts_with(&notebook.base));
    Ok((notebook.root.strip_prefix(base).unwrap().display().to_string(), notebook.found))
}

#[test]
fn the_nearest_marker_counts() {
    let (_dir, base) = tree(&[
        ("home/a/.git/", ""),
        ("home/a/b/.obsidian/", ""),
        ("home/a/b/c/", ""),
        ("home/a/book/book.toml", "[book]\nsrc = \"notes\""),
        ("home/a/book/notes/x/", ""),
        ("home/a/book/.git/", ""),
        ("home/plain/x/", ""),
    ]);
    let found = |cwd| found(&base, cwd, "home").unwrap();
    assert_eq!(found("home/a/b/c"), ("home/a/b".to_owned(), FoundBy::Marker(".obsidian")));
    assert_eq!(found("home/a"), ("home/a".to_owned(), FoundBy::Marker(".git")));
    assert_eq!(found("home/a/book/notes/x"), ("home/a/book/notes".to_owned(), FoundBy::Marker("book.toml")));
    assert_eq!(found("home/plain/x"), ("home/plain/x".to_owned(), FoundBy::Here));
}

#[test]
fn the_home_folder_is_never_found_by_accident() {
    let (_dir, base) = tree(&[("up/.git/", ""), ("up/home/.git/", ""), ("up/home/book.toml", ""), ("up/home/a/", "")]);
    assert_eq!(found(&base, "up/home/a", "up/home").unwrap(), ("up/home/a".to_owned(), FoundBy::Here));
    let error = found(&base, "up/home", "up/home").unwrap_err();
    assert!(matches!(&error, NotebookError::TooWide { path } if *path == base.join("up/home")), "{error}");
    let named = Discover {
        notebook: Some(PathBuf::from(".")),
        cwd: base.join("up/home"),
        home: Some(base.join("up/home")),
        env: None,
    };
    assert_eq!(discover(&named).unwrap().root, base.join("up/home"));
    let top = Discover { cwd: PathBuf::from("/"), ..Discover::default() };
    assert!(matches!(discover(&top), Err(NotebookError::TooWide { .. })));
}

#[test]
fn a_home_folder_behind_a_link_is_the_home_folder() {
    let (_dir, base) = tree(&[("real/.git/", ""), ("real/a/", "")]);
    symlink(base.join("real"), base.join("home")).unwrap();
    assert_eq!(found(&base, "real/a", "home").unwrap(), ("real/a".to_owned(), FoundBy::Here));
    assert!(found(&base, "home", "home").is_err());
}

#[test]
fn a_named_folder_is_taken_as_it_is() {
    let (_dir, base) = tree(&[("n/.git/", ""), ("n/sub/", ""), ("b/book.toml", ""), ("b/src/", ""), ("f.md", "")]);
    let named = |flag: Option<&str>, env: &str| {
        let env = Some(PathBuf::from(env));
        discover(&Discover { notebook: flag.map(PathBuf::from), env, cwd: base.clone(), home: None })
    };
    let notebook = named(Some("n/sub"), "b").unwrap();
    assert_eq!((notebook.root, notebook.found, notebook.settings_path), (base.join("n/sub"), FoundBy::Flag, None));
    let notebook = named(None, "b").unwrap();
    assert_eq!((notebook.root, notebook.base), (base.join("b/src"), base.join("b")));
    assert_eq!((notebook.found, notebook.settings_path), (FoundBy::Variable, Some(base.join("b/book.toml"))));
    assert_eq!(named(None, "").unwrap().found, FoundBy::Here);
    let error = named(Some("f.md"), "").unwrap_err().to_string();
    assert!(error.ends_with("f.md (--notebook) is a file: name the folder that it is in"), "{error}");
    let error = named(None, "none").unwrap_err().to_string();
    assert!(error.ends_with("none (HORNBOOK_DIR): No such file or directory (os error 2)"), "{error}");
}

#[track_caller]
fn src(settings: &str, expected: Result<&str, &str>) {
    let (_dir, base) = tree(&[("b/book.toml", settings), ("b/in/", ""), ("b/f", ""), ("out/", "")]);
    symlink(base.join("out"), base.join("b/link")).unwrap();
    let result = found(&base, "b", "home").map(|(root, _)| root).map_err(|error| match error {
        NotebookError::Settings(error) => error.problems[0].message.clone(),
        other => other.to_string(),
    });
    assert_eq!(result, expected.map(str::to_owned).map_err(str::to_owned));
}

#[test]
fn src_says_where_the_notes_are() {
    src("", Ok("b"));
    src("[preprocessor.hornbook]\nrenderers = []", Ok("b"));
    src("[book]\nsrc = \"in\"", Ok("b/in"));
    src("[book]\nsrc = \".\"", Ok("b"));
    src("[book]\nsrc = \"..\"", Err("`src` leads out of the folder of this file"));
    src("[book]\nsrc = \"/\"", Err("`src` leads out of the folder of this file"));
    src("[book]\nsrc = \"link\"", Err("`src` leads out of the folder of this file"));
    src("[book]\nsrc = \"f\"", Err("`src`: \"f\" is a file, not a folder"));
    let missing = "`src`: the folder \"no\" cannot be used: No such file or directory (os error 2)";
    src("[book]\nsrc = \"no\"", Err(missing));
    src("[book]\nsrc = 3", Err("`src` must be a string: a folder beside this file"));
}

#[test]
fn a_note_leads_to_a_file_inside() {
    let (_dir, base) = tree(&[("n/a.md", ""), ("secret.md", "")]);
    symlink(base.join("secret.md"), base.join("n/out.md")).unwrap();
    symlink("a.md", base.join("n/in.md")).unwrap();
    let named = Discover { notebook: Some(base.join("n")), ..Discover::default() };
    let notebook = discover(&named).unwrap();
    assert_eq!(notebook.resolve(&NotePath::from("in.md")).unwrap(), base.join("n/a.md"));
    for path in ["out.md", "../secret.md", "/etc/passwd", "", "none.md"] {
        assert!(notebook.resolve(&NotePath::from(path)).is_err(), "{path}");
    }
}
