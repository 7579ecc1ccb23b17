//! `hornbook list [QUERY]`

use std::ffi::OsStr;

use chrono::NaiveDate;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::engine::CompletionCandidate;
use xxhash_rust::xxh3::xxh3_64;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::note_filter::NoteFilter;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::index::Record;
use crate::index::Select;
use crate::model::words::nearest;
use crate::report::note::NoteRow;
use crate::view::Cell;
use crate::view::Line;
use crate::view::format::Row;
use crate::view::screen::Layout;
use crate::view::screen::Link;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::screen::width;
use crate::view::words;

/// List notes
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook list --sort modified -n 5
  hornbook list tag:events --created-after 2026-01
  hornbook list --linked-by saga --max-distance 2
  hornbook list --orphan --tagless
  hornbook list dead letter --format '{{ path }}  {{ words }} words'
  hornbook list tag:events -f path -0 | xargs -0 grep -c outbox")]
pub(crate) struct Args {
    /// Which notes: words, fields such as tag:x or is:open; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// In JSON, also what stands in each note: headings, sections, links, tasks, tickets, diagnostics
    #[arg(long)]
    facts: bool,

    /// By what to sort: path, title, modified, created, date, words, random; with + or - behind it upward or downward
    #[arg(short, long, value_name = "KEY", default_value = "path", add = ArgValueCompleter::new(sort_keys))]
    sort: String,

    /// At most so many
    #[arg(short = 'n', long, value_name = "COUNT")]
    limit: Option<usize>,

    #[command(flatten)]
    filter: NoteFilter,

    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &args.query)?;
    let query = args.filter.query(context, &notebook, query)?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &query)?;
        let linked = args.filter.linked(context, &notebook, &facts)?;
        let mut chosen: Vec<&Record> = facts.ask(context, &notebook, |ask| {
            let records = facts.records().iter().enumerate();
            let linked = |index: &usize| linked.as_ref().is_none_or(|linked| linked.contains(index));
            let records = records.filter(|(index, record)| linked(index) && ask.note(&query, record));
            records.map(|(_, record)| record).collect()
        });
        sort(&mut chosen, &args.sort, context.today)?;
        let total = chosen.len();
        chosen.truncate(args.limit.unwrap_or(usize::MAX));
        let tasks = if args.facts { facts.tasks(&facts.people(&notebook), context.today) } else { Vec::new() };
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

/// The keys that notes are sorted by.
const KEYS: [&str; 7] = ["path", "title", "modified", "created", "date", "words", "random"];

/// What a shell offers for `--sort`.
fn sort_keys(current: &OsStr) -> Vec<CompletionCandidate> {
    complete::offer(&current.to_string_lossy(), KEYS.iter().map(|key| ((*key).to_owned(), None)))
}

/// Sorts by a key; zk's short forms are understood as well.
fn sort(records: &mut [&Record], key: &str, today: NaiveDate) -> Result<(), Failure> {
    let (name, sign) = match key.strip_suffix(['-', '+']) {
        Some(name) => (name, key.chars().next_back()),
        None => (key, None),
    };
    let name = match name {
        "p" => "path",
        "t" => "title",
        "m" => "modified",
        "c" => "created",
        "wc" | "word-count" => "words",
        "r" => "random",
        name => name,
    };
    // newest and longest first is what people want
    let downward = matches!(name, "modified" | "created" | "date" | "words");
    match name {
        "path" => records.sort_by(|a, b| a.path.cmp(&b.path)),
        "title" => records.sort_by_key(|record| record.parsed.note.title.to_lowercase()),
        // what the notes say comes first, as in --modified
        "modified" => records.sort_by_key(|record| (facts::modified(record), record.stamp.mtime)),
        "created" => records.sort_by_key(|record| facts::created(record)),
        "date" => records.sort_by_key(|record| record.parsed.note.date),
        "words" => records.sort_by_key(|record| record.parsed.note.words),
        // another order every day, the same all day long
        "random" => records.sort_by_key(|record| xxh3_64(format!("{today}/{}", record.path.as_str()).as_bytes())),
        _ => {
            let failure = Failure::new(format!("notes cannot be sorted by `{name}`: {}", KEYS.join(", ")));
            return Err(match nearest(name, KEYS) {
                Some(near) => failure.hint(format!("did you mean `--sort {near}`?")),
                None => failure,
            });
        }
    }
    if sign.map_or(downward, |sign| sign == '-') {
        records.reverse();
    }
    Ok(())
}

/// Path, title and date of each note.
fn table(context: &Context, notebook: &Notebook, records: &[&Record]) -> Vec<Line> {
    let day = |record: &Record| record.parsed.note.date.map(|date| date.to_string()).unwrap_or_default();
    let paths: Vec<String> = records.iter().map(|record| context.shown(notebook, &record.path)).collect();
    let widest = paths.iter().map(|path| width(path)).max().unwrap_or(0).min(44);
    let mut layout = Layout::default();
    for record in records {
        layout.measure(widest + 2, &record.parsed.note.title, &[&day(record)]);
    }
    let row = |(record, path): (&&Record, String)| {
        let blanks = " ".repeat(widest.saturating_sub(width(&path)) + 2);
        let link = Some(Link::Url(Context::address(notebook, &record.path)));
        let left = vec![Cell { link, ..cell(path, Role::Path) }, plain(blanks)];
        let title = plain(record.parsed.note.title.clone());
        context.ui.screen.row(left, title, &[cell(day(record), Role::Date)], &layout)
    };
    records.iter().zip(paths).map(row).collect()
}
