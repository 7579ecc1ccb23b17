//! Collections of documents and judged queries, as they lie on disk.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use hornbook::model::NotePath;
use hornbook::parse;
use hornbook::query::Query as Condition;
use hornbook::session::Session;
use serde_json::Value;

use crate::measures::Answer;

/// A query and what answers it.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) words: String,
    pub(crate) answers: Vec<Answer>,
}

/// Queries of one kind, with its name.
pub(crate) type Group = (String, Vec<Query>);

/// Notes, and queries about them; none where its own links are to be the queries.
#[derive(Debug)]
pub(crate) struct Collection {
    pub(crate) notes: PathBuf,
    pub(crate) groups: Vec<Group>,
}

impl Collection {
    /// The name of a folder.
    pub(crate) fn title(folder: &Path) -> String {
        folder.file_name().map_or_else(|| folder.display().to_string(), |name| name.to_string_lossy().into_owned())
    }
}

/// Reads a folder. `judged`: a table of queries that lies elsewhere; `home`: where documents are written as notes.
pub(crate) fn read(folder: &Path, judged: Option<&Path>, home: &Path) -> Collection {
    let own = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
    if let (Some(corpus), Some(queries)) = (own("corpus.jsonl"), own("queries.jsonl")) {
        let notes = write_notes(
            home,
            lines(&corpus).map(|line| {
                let value: Value = serde_json::from_str(&line).unwrap();
                (text(&value, "_id"), text(&value, "title"), text(&value, "text"))
            }),
        );
        let queries = lines(&queries).map(|line| {
            let value: Value = serde_json::from_str(&line).unwrap();
            (text(&value, "_id"), text(&value, "text"))
        });
        let relevant = own("qrels/test.tsv").or_else(|| own("qrels.tsv")).unwrap();
        let groups = judge(queries, &qrels(&relevant));
        return Collection { notes, groups };
    }
    if let (Some(documents), Some(queries), Some(relevant)) =
        (own("documents.trec"), own("queries.tsv"), own("qrels.txt"))
    {
        let documents = fs::read_to_string(documents).unwrap();
        let notes = write_notes(
            home,
            documents.split("<DOC>").skip(1).map(|document| {
                let part = |name: &str| {
                    let rest = document.split_once(&format!("<{name}>")).map_or("", |(_, rest)| rest);
                    rest.split_once(&format!("</{name}>")).map_or("", |(part, _)| part).trim().to_owned()
                };
                (part("DOCNO"), part("TITLE"), part("TEXT"))
            }),
        );
        let queries = lines(&queries).filter_map(|line| {
            let (id, words) = line.split_once('\t')?;
            Some((id.to_owned(), words.to_owned()))
        });
        let groups = judge(queries.collect::<Vec<_>>().into_iter(), &qrels(&relevant));
        return Collection { notes, groups };
    }
    let table = judged.map(Path::to_path_buf).or_else(|| own("queries.tsv"));
    let groups = table.map(|table| vec![("judged".to_owned(), in_table(&table))]).unwrap_or_default();
    Collection { notes: folder.to_path_buf(), groups }
}

/// A query, a tab, and the paths that answer it: the first one is worth 3, the others 1.
fn in_table(table: &Path) -> Vec<Query> {
    let judged = lines(table).filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
    let read = |line: &String| {
        let (words, answers) = line.split_once('\t')?;
        let answers = answers.split_inclusive(".md").map(|path| path.trim().to_owned()).filter(|path| !path.is_empty());
        let answers = answers.enumerate().map(|(at, path)| (path, if at == 0 { 3.0 } else { 1.0 })).collect();
        Some(Query { words: words.to_owned(), answers })
    };
    judged.iter().filter_map(read).collect()
}

/// The links of a notebook as queries: what they say has to find where they lead, and a file's name its note.
pub(crate) fn known_items(session: &Session, notes: &Path) -> Vec<Group> {
    let graph = session.graph(&Condition::default()).unwrap();
    let mut texts: BTreeMap<NotePath, Vec<(usize, String)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut links: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for edge in &graph.edges {
        let of_note = texts.entry(edge.from.clone()).or_insert_with(|| {
            let text = fs::read_to_string(notes.join(edge.from.as_str())).unwrap_or_default();
            let note = parse::parse(&edge.from, &text, &parse::Options::default()).note;
            note.links.into_iter().map(|link| (link.line, link.text)).collect()
        });
        // a line with several links does not say which of them leads there
        let mut here = of_note.iter().filter(|(line, _)| *line == edge.line);
        let (Some((_, words)), None) = (here.next(), here.next()) else { continue };
        let is_words = words.chars().any(char::is_alphabetic) && !words.contains("://") && !words.contains('/');
        if is_words && seen.insert((words.to_lowercase(), edge.to.clone())) {
            links.entry(words.to_lowercase()).or_default().push((edge.to.to_string(), 1.0));
        }
    }
    let links = links.into_iter().map(|(words, answers)| Query { words, answers }).collect();
    let mut names: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for node in &graph.nodes {
        let name = node.path.stem().to_lowercase();
        names.entry(name).or_default().push((node.path.to_string(), 1.0));
    }
    let names = names.into_iter().map(|(words, answers)| Query { words, answers }).collect();
    vec![("texts of links".to_owned(), links), ("file names".to_owned(), names)]
}

/// Queries with what their ids are judged by; those without an answer are left out.
fn judge(queries: impl Iterator<Item = (String, String)>, relevant: &BTreeMap<String, Vec<Answer>>) -> Vec<Group> {
    let judged = queries.filter_map(|(id, words)| Some(Query { words, answers: relevant.get(&id)?.clone() }));
    vec![("judged".to_owned(), judged.collect())]
}

/// Judgements: `query document grade` with a header, or TREC's `query 0 document grade`.
fn qrels(path: &Path) -> BTreeMap<String, Vec<Answer>> {
    let mut found: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
    for line in lines(path) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (query, document, grade) = match fields.as_slice() {
            [query, document, grade] | [query, _, document, grade] => (*query, *document, *grade),
            _ => continue,
        };
        let Some(grade) = grade.parse::<f64>().ok().filter(|grade| *grade > 0.0) else { continue };
        found.entry(query.to_owned()).or_default().push((file_name(document), grade));
    }
    found
}

/// Writes documents (id, title, text) as notes and gives their folder.
#[expect(clippy::disallowed_methods, reason = "throw-away notes of a benchmark")]
fn write_notes(home: &Path, documents: impl Iterator<Item = (String, String, String)>) -> PathBuf {
    let folder = home.join("notes");
    fs::create_dir(&folder).unwrap();
    for (id, title, text) in documents {
        let heading = if title.is_empty() { String::new() } else { format!("# {title}\n\n") };
        // what looks like Markdown in a plain document is none
        let text =
            text.lines().map(|line| line.trim_start_matches(['#', '>', ' ', '\t'])).collect::<Vec<_>>().join("\n");
        fs::write(folder.join(file_name(&id)), format!("{heading}{text}\n")).unwrap();
    }
    folder
}

/// The name of the note of a document.
fn file_name(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    format!("{name}.md")
}

fn lines(path: &Path) -> impl Iterator<Item = String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// A string or a number of a JSON object as text; empty where there is none.
fn text(value: &Value, key: &str) -> String {
    match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}
