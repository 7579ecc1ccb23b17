//! What cannot be undercut: the same work by the least that does it. Each runs as a process of its own, this program.

use std::fs;
use std::path::Path;

use hornbook::disk;
use hornbook::model::NotePath;
use hornbook::parse;

/// The floors, with what they are.
pub(crate) const FLOORS: [(&str, &str); 8] = [
    ("nothing", "floor: an empty process"),
    ("walk", "floor: walkdir and metadata"),
    ("own-walk", "floor: our stat walk"),
    ("read", "floor: read all"),
    ("commonmark", "floor: read all, CommonMark events"),
    ("parse", "floor: read all, our parser"),
    ("tantivy", "floor: tantivy alone, one field"),
    ("pages", "floor: pages without templates"),
];

/// Runs one.
pub(crate) fn run(floor: &str, folder: &Path, home: &Path) {
    let files =
        || walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let texts = || files().filter_map(|entry| String::from_utf8(fs::read(entry.path()).unwrap()).ok());
    match floor {
        "nothing" => {}
        "walk" => {
            let total: u64 = files().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum();
            assert!(total > 0);
        }
        "own-walk" => {
            let notebook =
                disk::discover(&disk::Discover { notebook: Some(folder.to_path_buf()), ..disk::Discover::default() });
            let walk = disk::walk(&notebook.unwrap(), disk::WalkOptions::default()).unwrap();
            assert!(!walk.files.is_empty());
        }
        "read" => assert!(texts().map(|text| text.len()).sum::<usize>() > 0),
        "commonmark" => {
            let events = |text: &String| pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::all()).count();
            assert!(texts().map(|text| events(&text)).sum::<usize>() > 0);
        }
        "parse" => {
            let options = parse::Options::default();
            let parsed = |text: &String| parse::parse(&NotePath::from("n.md"), text, &options).note.sections.len();
            assert!(texts().map(|text| parsed(&text)).sum::<usize>() > 0);
        }
        "tantivy" => {
            let mut schema = tantivy::schema::Schema::builder();
            let body = schema.add_text_field("body", tantivy::schema::TEXT);
            let index = tantivy::Index::create_in_ram(schema.build());
            let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
            for text in texts() {
                let mut document = tantivy::TantivyDocument::default();
                document.add_text(body, text);
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        "pages" => {
            let pages = tempfile::tempdir_in(home).unwrap();
            let options = comrak::Options::default();
            for (at, text) in texts().enumerate() {
                write(&pages.path().join(format!("{at}.html")), &comrak::markdown_to_html(&text, &options));
            }
        }
        other => panic!("no floor {other}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "throw-away pages of a benchmark")]
fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
}
