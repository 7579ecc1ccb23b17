//! `hornbook list [QUERY]`

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::index::Record;
use crate::index::Select;
use crate::report::graph::Direction;
use crate::report::graph::Graph;
use crate::report::note::NoteRow;
use crate::report::task;
use crate::view::Line;
use crate::view::Row;
use crate::view::screen::Layout;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::screen::width;
use crate::view::words;

/// List notes
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which notes: words, fields such as tag:x or is:open; see `hornbook help query`
    query: Vec<String>,

    /// Notes that link to one of these
    #[arg(short = 'l', long, value_name = "NOTE", value_delimiter = ',', help_heading = "Links")]
    link_to: Vec<String>,

    /// Notes that one of these links to
    #[arg(short = 'L', long, value_name = "NOTE", value_delimiter = ',', help_heading = "Links")]
    linked_by: Vec<String>,

    /// Notes that do not link to any of these
    #[arg(long, value_name = "NOTE", value_delimiter = ',', help_heading = "Links")]
    no_link_to: Vec<String>,

    /// Notes that none of these links to
    #[arg(long, value_name = "NOTE", value_delimiter = ',', help_heading = "Links")]
    no_linked_by: Vec<String>,

    /// Notes that share a neighbour with this one, but no link
    #[arg(long, value_name = "NOTE", help_heading = "Links")]
    related: Option<String>,

    /// Notes that no other note links to
    #[arg(long, help_heading = "Links")]
    orphan: bool,

    /// Notes that link to a note which does not link back
    #[arg(long, alias = "missing-backlink", help_heading = "Links")]
    no_backlinks: bool,

    /// With --link-to and --linked-by: over any number of links
    #[arg(short, long, help_heading = "Links")]
    recursive: bool,

    /// With --link-to and --linked-by: over at most so many links
    #[arg(long, value_name = "LINKS", help_heading = "Links")]
    max_distance: Option<usize>,

    /// Notes with these tags; `a, b` wants both
    #[arg(short, long, value_name = "TAGS", value_delimiter = ',')]
    tag: Vec<String>,

    /// Notes with these words
    #[arg(short = 'm', long = "match", value_name = "WORDS")]
    matching: Vec<String>,

    /// Notes begun then: a date or a range
    #[arg(long, value_name = "DATE", help_heading = "Dates")]
    created: Option<String>,

    /// Notes begun before
    #[arg(long, value_name = "DATE", help_heading = "Dates")]
    created_before: Option<String>,

    /// Notes begun after
    #[arg(long, value_name = "DATE", help_heading = "Dates")]
    created_after: Option<String>,

    /// Notes changed then: a date or a range
    #[arg(long, value_name = "DATE", help_heading = "Dates")]
    modified: Option<String>,

    /// Notes changed before
    #[arg(long, value_name = "DATE", help_heading = "Dates")]
    modified_before: Option<String>,

    /// Notes changed after
    #[arg(long, value_name = "DATE", help_heading = "Dates")]
    modified_after: Option<String>,

    /// In JSON, also what stands in each note: headings, sections, links, tasks, tickets, diagnostics
    #[arg(long)]
    facts: bool,

    /// By what to sort; a minus behind it turns it round (zk's spelling)
    #[arg(short, long, value_name = "KEY", default_value = "path")]
    sort: String,

    /// At most so many
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &words(args))?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &query)?;
        let mut chosen: Vec<&Record> = facts
            .ask(context, &notebook, |ask| facts.records().iter().filter(|record| ask.note(&query, record)).collect());
        keep_linked(args, context, &notebook, &facts, &mut chosen)?;
        sort(&mut chosen, &args.sort, context.today)?;
        let total = chosen.len();
        chosen.truncate(args.limit.unwrap_or(usize::MAX));
        let notes = facts.notes();
        let borrowed: Vec<_> = notes.iter().map(|(path, note)| (path, *note)).collect();
        let tasks =
            if args.facts { task::rows(&borrowed, &facts.people(&notebook), context.today) } else { Vec::new() };
        if args.output.is_text() {
            let lines = table(context, &notebook, &chosen);
            context.ui.lines(&lines);
        } else {
            let url = |key: &str| notebook.settings.ticket_url(key);
            let rows: Vec<Row> = chosen
                .iter()
                .map(|record| {
                    let own: Vec<_> = tasks.iter().filter(|row| *row.path == record.path).collect();
                    let note =
                        NoteRow { path: &record.path, parsed: &record.parsed, modified: Some(facts::modified(record)) };
                    Row {
                        json: note.json(args.facts.then_some(own.as_slice()), &url),
                        path: context.shown(&notebook, &record.path),
                        text: record.parsed.note.title.clone(),
                    }
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        if args.output.is_text() {
            let shown = if total > chosen.len() { format!(", {} shown", chosen.len()) } else { String::new() };
            context.ui.say(&format!("{}{shown}", words::count(total, "note")));
        }
        Ok(Exit::found(total > 0))
    })
}

/// The query and the flags that say the same as a field.
fn words(args: &Args) -> Vec<String> {
    let mut words = args.query.clone();
    let quoted = |text: &str| format!("\"{}\"", text.trim().replace('"', " "));
    words.extend(args.matching.iter().cloned());
    words.extend(args.tag.iter().map(|tag| format!("tag:{}", quoted(tag.trim().trim_start_matches('#')))));
    let dates = [
        ("created:", &args.created),
        ("created:<", &args.created_before),
        ("created:>", &args.created_after),
        ("modified:", &args.modified),
        ("modified:<", &args.modified_before),
        ("modified:>", &args.modified_after),
    ];
    words.extend(dates.into_iter().filter_map(|(field, date)| Some(format!("{field}{}", quoted(date.as_ref()?)))));
    words
}

/// Keeps the notes that the flags about links want.
fn keep_linked(
    args: &Args,
    context: &Context,
    notebook: &Notebook,
    facts: &Facts,
    chosen: &mut Vec<&Record>,
) -> Result<(), Failure> {
    let asked = args.orphan || args.no_backlinks || args.related.is_some();
    if !asked
        && [&args.link_to, &args.linked_by, &args.no_link_to, &args.no_linked_by].iter().all(|notes| notes.is_empty())
    {
        return Ok(());
    }
    let notes = facts.notes();
    let graph = Graph::new(&notes, &[]);
    let index =
        |record: &Record| facts.records().binary_search_by(|other| other.path.cmp(&record.path)).unwrap_or(usize::MAX);
    let find = |names: &[String]| -> Result<Vec<usize>, Failure> {
        names.iter().map(|name| note_argument::find(context, notebook, facts, name.trim()).map(index)).collect()
    };
    let far = args.max_distance.or((!args.recursive).then_some(1));
    let near = [
        (&args.link_to, Direction::In, true),
        (&args.linked_by, Direction::Out, true),
        (&args.no_link_to, Direction::In, false),
        (&args.no_linked_by, Direction::Out, false),
    ];
    for (names, direction, wanted) in near.into_iter().filter(|(names, ..)| !names.is_empty()) {
        let found = graph.within(&find(names)?, direction, far);
        chosen.retain(|record| found.contains(&index(record)) == wanted);
    }
    if let Some(name) = &args.related {
        let found: Vec<usize> =
            find(std::slice::from_ref(name))?.first().map(|&note| graph.related(note)).unwrap_or_default();
        chosen.retain(|record| found.contains(&index(record)));
    }
    if args.orphan {
        chosen.retain(|record| graph.incoming(index(record)).is_empty());
    }
    if args.no_backlinks {
        chosen.retain(|record| {
            let note = index(record);
            let back = graph.neighbours(note, Direction::In);
            graph.neighbours(note, Direction::Out).iter().any(|to| !back.contains(to))
        });
    }
    Ok(())
}

/// The keys that notes are sorted by.
const KEYS: [&str; 7] = ["path", "title", "modified", "created", "date", "words", "random"];

fn sort(records: &mut [&Record], key: &str, today: NaiveDate) -> Result<(), Failure> {
    let (name, turned) = match (key.strip_suffix('-'), key.strip_suffix('+')) {
        (Some(name), _) => (name, true),
        (_, Some(name)) => (name, false),
        // newest and longest first is what people want
        _ => (key, matches!(key, "modified" | "created" | "date" | "words")),
    };
    match name {
        "path" => records.sort_by(|a, b| a.path.cmp(&b.path)),
        "title" => records.sort_by_key(|record| record.parsed.note.title.to_lowercase()),
        "modified" => records.sort_by_key(|record| record.stamp.mtime),
        "created" => records.sort_by_key(|record| facts::created(record)),
        "date" => records.sort_by_key(|record| record.parsed.note.date),
        // another order every day, the same all day long
        "random" => records.sort_by_key(|record| xxh3_64(format!("{today}{}", record.path.as_str()).as_bytes())),
        "words" | "word-count" => records.sort_by_key(|record| record.parsed.note.words),
        _ => {
            let near = KEYS.iter().find(|known| strsim::damerau_levenshtein(known, name) <= 2);
            let failure = Failure::new(format!("notes cannot be sorted by `{name}`: {}", KEYS.join(", ")));
            return Err(match near {
                Some(near) => failure.hint(format!("did you mean `--sort {near}`?")),
                None => failure,
            });
        }
    }
    if turned {
        records.reverse();
    }
    Ok(())
}

fn table(context: &Context, notebook: &Notebook, records: &[&Record]) -> Vec<Line> {
    let cells: Vec<(String, String, String)> = records
        .iter()
        .map(|record| {
            let note = &record.parsed.note;
            let date = note.date.map(|date| date.to_string()).unwrap_or_default();
            (context.shown(notebook, &record.path), note.title.clone(), date)
        })
        .collect();
    let widest = cells.iter().map(|(path, ..)| width(path)).max().unwrap_or(0).min(44);
    let mut layout = Layout::default();
    for (_, title, date) in &cells {
        layout.measure(widest + 2, title, &[date]);
    }
    cells
        .iter()
        .map(|(path, title, date)| {
            let left = vec![cell(path.clone(), Role::Path), plain(" ".repeat(widest.saturating_sub(width(path)) + 2))];
            context.ui.screen.row(left, plain(title.clone()), &[cell(date.clone(), Role::Date)], &layout)
        })
        .collect()
}
