//! `hornbook links NOTE`, `hornbook backlinks NOTE`, `hornbook graph`

use clap::ValueEnum;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::output::Output;
use crate::disk;
use crate::disk::Look;
use crate::disk::Notebook;
use crate::index::Select;
use crate::model::Lines;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::graph::Graph;
use crate::report::graph::sentence;
use crate::report::mentions;
use crate::report::resolve::Remark;
use crate::report::resolve::Resolved;
use crate::report::resolve::Target;
use crate::view::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// List what a note points at, and where each link leads
#[derive(Debug, clap::Args)]
pub(crate) struct LinksArgs {
    /// A note: its path, its name, its title
    note: String,

    #[command(flatten)]
    output: Output,
}

/// List the links of other notes that lead to a note, with the sentence around each
#[derive(Debug, clap::Args)]
pub(crate) struct BacklinksArgs {
    /// A note: its path, its name, its title
    note: String,

    /// Also notes that say its name without a link
    #[arg(short, long)]
    mentions: bool,

    #[command(flatten)]
    output: Output,
}

/// Print the graph of links between notes
#[derive(Debug, clap::Args)]
pub(crate) struct GraphArgs {
    /// Of which notes; see `hornbook help query`
    query: Vec<String>,

    /// How
    #[arg(short, long, value_enum, default_value_t = GraphFormat::Dot)]
    format: GraphFormat,
}

/// What a graph is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// For Graphviz
    Dot,
    /// One object with `nodes` and `edges`
    Json,
}

/// The graph of the whole notebook, attachments known.
fn with_graph<T>(
    context: &mut Context,
    work: impl FnOnce(&mut Context, &Notebook, &Facts, &Graph<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let notebook = context.notebook()?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let walk = disk::walk(&notebook, Look { attachments: true, ..Look::default() })?;
        let notes = facts.notes();
        let graph = Graph::new(&notes, &walk.attachments);
        work(context, &notebook, &facts, &graph)
    })
}

fn index_of(facts: &Facts, path: &NotePath) -> usize {
    facts.records().binary_search_by(|record| record.path.cmp(path)).unwrap_or(usize::MAX)
}

pub(crate) fn links(args: &LinksArgs, context: &mut Context) -> Outcome {
    with_graph(context, |context, notebook, facts, graph| {
        let record = note_argument::find(context, notebook, facts, &args.note)?;
        let index = index_of(facts, &record.path);
        let links = &record.parsed.note.links;
        let resolved = graph.outgoing(index);
        if args.output.is_text() {
            let widest = links.last().map_or(1, |link| link.line.to_string().len());
            for (link, resolved) in links.iter().zip(resolved) {
                let (target, role) = shown(context, notebook, graph, &link.target, resolved);
                let mut line = vec![cell(format!("{:>widest$}  ", link.line), Role::Muted), cell(target, role)];
                let text = if link.text == link.target { String::new() } else { format!("  {}", link.text) };
                line.push(plain(text));
                let remarks: Vec<String> = resolved.remarks.iter().map(remark).collect();
                if !remarks.is_empty() {
                    line.push(cell(format!("  ({})", remarks.join("; ")), Role::Warning));
                }
                context.ui.line(&line);
            }
            context.ui.say(&words::count(links.len(), "link"));
        } else {
            let rows: Vec<Row> = links
                .iter()
                .zip(resolved)
                .map(|(link, resolved)| {
                    let (to, heading, block, state) = parts(graph, resolved);
                    Row {
                        json: json!({
                            "path": record.path.as_str(),
                            "line": link.line,
                            "kind": link.kind,
                            "target": link.target,
                            "text": link.text,
                            "state": state,
                            "to": to,
                            "heading": heading,
                            "block": block,
                            "remarks": resolved.remarks.iter().map(remark).collect::<Vec<_>>(),
                        }),
                        path: context.shown(notebook, &record.path),
                        text: link.target.clone(),
                    }
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!links.is_empty()))
    })
}

/// Note, heading, block and state of a resolved link, for scripts.
fn parts(graph: &Graph<'_>, resolved: &Resolved) -> (Option<String>, Option<String>, Option<String>, &'static str) {
    match &resolved.target {
        Target::External => (None, None, None, "external"),
        Target::Missing => (None, None, None, "missing"),
        Target::Outside => (None, None, None, "outside"),
        Target::Attachment(path) => (Some(path.as_str().to_owned()), None, None, "attachment"),
        Target::Note { note, section, block } => {
            let Some((path, facts)) = graph.notes.get(*note) else { return (None, None, None, "missing") };
            let heading = section.and_then(|section| facts.sections.get(section)).map(|section| section.text.clone());
            let block = block.and_then(|block| facts.blocks.get(block)).map(|block| block.id.clone());
            (Some(path.as_str().to_owned()), heading, block, "note")
        }
    }
}

/// Where a link leads, for people.
fn shown(
    context: &Context,
    notebook: &Notebook,
    graph: &Graph<'_>,
    written: &str,
    resolved: &Resolved,
) -> (String, Role) {
    let (to, heading, block, state) = parts(graph, resolved);
    match (state, to) {
        ("note", Some(path)) => {
            let mut text = context.shown(notebook, &NotePath::from_escaped(path));
            text.extend(heading.map(|heading| format!("#{heading}")));
            text.extend(block.map(|block| format!("#^{block}")));
            (text, Role::Path)
        }
        ("attachment", Some(path)) => (context.shown(notebook, &NotePath::from_escaped(path)), Role::Path),
        ("external", _) => (written.to_owned(), Role::Muted),
        ("outside", _) => (format!("{written}  outside the notes folder"), Role::Bad),
        _ => (format!("{written}  missing"), Role::Bad),
    }
}

fn remark(remark: &Remark) -> String {
    match remark {
        Remark::Ambiguous(paths) => {
            let others: Vec<String> = paths.iter().skip(1).map(ToString::to_string).collect();
            format!("also {}", words::list(&others))
        }
        Remark::ByTitle => "by its title".to_owned(),
        Remark::OtherCase => "in another case".to_owned(),
        Remark::NoHeading(heading) => format!("no heading {heading}"),
        Remark::NoBlock(block) => format!("no block ^{block}"),
    }
}

pub(crate) fn backlinks(args: &BacklinksArgs, context: &mut Context) -> Outcome {
    with_graph(context, |context, notebook, facts, graph| {
        let record = note_argument::find(context, notebook, facts, &args.note)?;
        let index = index_of(facts, &record.path);
        let mut rows: Vec<Row> = Vec::new();
        let mut texts = std::collections::BTreeMap::new();
        let mut read = |from: usize, path: &NotePath| -> String {
            let text = texts
                .entry(from)
                .or_insert_with(|| disk::read(notebook, path).map(|text| text.text).unwrap_or_default());
            text.clone()
        };
        for &(from, link) in graph.incoming(index) {
            let Some((path, note)) = graph.notes.get(from) else { continue };
            let Some(link) = note.links.get(link) else { continue };
            let text = read(from, path);
            let column = Lines::new(&text).line_column(&text, link.span.start).1;
            rows.push(Row {
                json: json!({
                    "path": path.as_str(),
                    "line": link.line,
                    "column": column,
                    "title": note.title,
                    "kind": "link",
                    "target": link.target,
                    "text": sentence(&text, link.span.start, link.span.end),
                }),
                path: context.shown(notebook, path),
                text: sentence(&text, link.span.start, link.span.end),
            });
        }
        let linked = rows.len();
        if args.mentions {
            let names: Vec<&str> = std::iter::once(record.parsed.note.title.as_str())
                .chain(record.parsed.note.aliases.iter().map(String::as_str))
                .collect();
            for (from, (path, note)) in graph.notes.iter().enumerate().filter(|(from, _)| *from != index) {
                let text = read(from, path);
                for span in mentions::find(&text, note, &names) {
                    let (line, column) = Lines::new(&text).line_column(&text, span.start);
                    rows.push(Row {
                        json: json!({
                            "path": path.as_str(),
                            "line": line,
                            "column": column,
                            "title": note.title,
                            "kind": "mention",
                            "target": span.of(&text),
                            "text": sentence(&text, span.start, span.end),
                        }),
                        path: context.shown(notebook, path),
                        text: sentence(&text, span.start, span.end),
                    });
                }
            }
        }
        if args.output.is_text() {
            for (at, row) in rows.iter().enumerate() {
                if at == linked {
                    context.ui.line(&vec![cell("mentioned without a link", Role::Title)]);
                }
                let line = row.json.get("line").and_then(serde_json::Value::as_u64).unwrap_or(1);
                context.ui.line(&vec![cell(row.path.clone(), Role::Path), cell(format!(":{line}"), Role::Muted)]);
                let lines = context.ui.screen.wrap(&[plain(row.text.clone())], 4);
                context.ui.lines(&lines);
            }
            let more = if args.mentions {
                format!(", {}", words::count(rows.len() - linked, "mention"))
            } else {
                String::new()
            };
            context.ui.say(&format!("{}{more}", words::count(linked, "link")));
        } else {
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!rows.is_empty()))
    })
}

pub(crate) fn graph(args: &GraphArgs, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &args.query)?;
    with_graph(context, |context, notebook, facts, graph| {
        let chosen: Vec<bool> =
            facts.ask(context, notebook, |ask| facts.records().iter().map(|record| ask.note(&query, record)).collect());
        let is_chosen = |index: usize| chosen.get(index) == Some(&true);
        let mut edges = Vec::new();
        for (from, (_, note)) in graph.notes.iter().enumerate().filter(|(index, _)| is_chosen(*index)) {
            for (link, resolved) in note.links.iter().zip(graph.outgoing(from)) {
                if let Target::Note { note: to, .. } = resolved.target
                    && to != from
                    && is_chosen(to)
                {
                    edges.push((from, to, link));
                }
            }
        }
        let nodes = graph.notes.iter().enumerate().filter(|(index, _)| is_chosen(*index));
        let text = match args.format {
            GraphFormat::Json => {
                let nodes: Vec<_> =
                    nodes.map(|(_, (path, note))| json!({"path": path.as_str(), "title": note.title})).collect();
                let path = |index: usize| graph.notes.get(index).map(|(path, _)| path.as_str());
                let edges: Vec<_> = edges
                    .iter()
                    .map(|(from, to, link)| json!({"from": path(*from), "to": path(*to), "kind": link.kind, "line": link.line}))
                    .collect();
                format!("{}\n", json!({"nodes": nodes, "edges": edges}))
            }
            GraphFormat::Dot => {
                let quoted =
                    |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
                let mut out = String::from("digraph notes {\n");
                for (index, (path, note)) in nodes {
                    out.push_str(&format!(
                        "  n{index} [label={}, tooltip={}]\n",
                        quoted(&note.title),
                        quoted(path.as_str())
                    ));
                }
                edges.sort_by_key(|(from, to, _)| (*from, *to));
                edges.dedup_by_key(|(from, to, _)| (*from, *to));
                for (from, to, _) in &edges {
                    out.push_str(&format!("  n{from} -> n{to}\n"));
                }
                out.push_str("}\n");
                out
            }
        };
        context.ui.text(&text);
        Ok(Exit::found(chosen.contains(&true)))
    })
}
