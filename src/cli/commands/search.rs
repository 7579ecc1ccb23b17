//! `hornbook search QUERY`

use std::collections::BTreeSet;

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::cli::output::Output;
use crate::disk::Notebook;
use crate::index::Answer;
use crate::index::Library;
use crate::index::NoteHit;
use crate::index::SearchOptions;
use crate::index::SectionHit;
use crate::index::Select;
use crate::index::Sort;
use crate::model::Note;
use crate::model::NotePath;
use crate::query::Query;
use crate::report::place::Place;
use crate::report::place::has_places;
use crate::report::search::search_query;
use crate::view::Format;
use crate::view::format::Row;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::marked;
use crate::view::screen::plain;
use crate::view::words;

/// Find sections by words, best first
///
/// Words rank: more of them, in titles and headings, and close together come first. What is joined by AND or quoted must be there.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook search outbox
  hornbook search dead letter -retry
  hornbook search '\"dead letter\" tag:events'
  hornbook search 'retr*' --sort date
  hornbook search 'tag:events /v[0-9]+/' --format vimgrep")]
pub(crate) struct Args {
    /// Words, "phrases", -not, OR, prefix*, and fields such as tag:x path:x; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query), required = true)]
    query: Vec<String>,

    /// At most so many notes
    #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 20)]
    limit: usize,

    /// Only sections of notes that have every word
    #[arg(short, long)]
    all: bool,

    /// The order of the notes
    #[arg(short, long, value_enum, default_value_t = By::Score)]
    sort: By,

    /// Say what each score is made of
    #[arg(long)]
    explain: bool,

    #[command(flatten)]
    output: Output,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// The best first
    Score,
    /// The latest first
    Date,
    /// By path
    Path,
    /// The last changed first
    Modified,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let notebook = context.notebook()?;
    let query = facts::parse_query(context, &notebook, &args.query)?;
    let query = if args.all { query.with_all_words() } else { query };
    context.library(&notebook, |context, library| {
        let sort = match args.sort {
            By::Score => Sort::Score,
            By::Date => Sort::Date,
            By::Path => Sort::Path,
            By::Modified => Sort::Modified,
        };
        let options = SearchOptions { limit: args.limit, sort, explain: args.explain, ..SearchOptions::default() };
        let most = if args.output.is_text() { PLACES } else { usize::MAX };
        let (answer, ranked) = find(context, &notebook, library, &query, &options, most)?;
        if args.output.is_text() {
            for (index, hit) in answer.hits.iter().enumerate() {
                if index > 0 {
                    context.ui.line(&vec![plain("")]);
                }
                show(context, &notebook, hit, args.explain);
            }
            context.ui.say(&summary(&answer, ranked, args));
        } else {
            let rows: Vec<Row> = answer
                .hits
                .iter()
                .flat_map(|hit| hit.sections.iter().map(move |section| (hit, section)))
                .map(|(hit, section)| Row {
                    json: row(hit, section, args.explain),
                    path: context.shown(&notebook, &hit.path),
                    // vimgrep shows the line of the place, as grep does
                    text: if args.output.format == Format::Vimgrep { String::new() } else { section.text.clone() },
                })
                .collect();
            args.output.rows(context, &rows)?;
        }
        Ok(Exit::found(answer.total > 0))
    })
}

/// So many places of a note (tasks, finds of a regex) are shown to people; scripts get them all.
const PLACES: usize = 10;

/// Searches, and says how many words of the query rank. Where none does and tasks or a regex say where to look, a note has
/// at most `most` hits, each at its place.
pub(crate) fn find(
    context: &Context,
    notebook: &Notebook,
    library: &Library,
    query: &Query,
    options: &SearchOptions,
    most: usize,
) -> Result<(Answer, usize), Failure> {
    let mut all: Option<Facts> = None;
    let mut holds = |part: &Query| -> Result<BTreeSet<NotePath>, Failure> {
        let facts = match all.take() {
            Some(facts) => facts,
            None => Facts::load(library, Select::All, part)?,
        };
        let found = facts.ask(context, notebook, |ask| {
            facts.records().iter().filter(|record| ask.note(part, record)).map(|record| record.path.clone()).collect()
        });
        all = Some(facts);
        Ok(found)
    };
    let wanted = search_query(query, &mut holds)?;
    let mut answer = library.search(&wanted, options)?;
    if wanted.words.is_empty() && has_places(query) {
        let facts = match all {
            Some(facts) => facts,
            None => Facts::load(library, Select::All, query)?,
        };
        facts.ask(context, notebook, |ask| {
            for hit in &mut answer.hits {
                let record = facts.records().binary_search_by(|record| record.path.cmp(&hit.path));
                if let Some(record) = record.ok().and_then(|index| facts.records().get(index)) {
                    put_in_place(hit, &record.parsed.note, ask.places(query, record, most));
                }
            }
        });
    }
    Ok((answer, wanted.words.len()))
}

/// Gives a note's hits the places that the index does not know: tasks, and what a regex finds.
fn put_in_place(hit: &mut NoteHit, note: &Note, places: Vec<Place>) {
    let Some(first) = hit.sections.first().filter(|_| !places.is_empty()).cloned() else { return };
    let at = |place: Place| SectionHit {
        date: note.entry_at(place.line).map(|entry| entry.date).or(note.date),
        line: place.line,
        column: place.column,
        heading: place.heading,
        text: place.text,
        highlights: place.highlights,
        ..first.clone()
    };
    hit.sections = places.into_iter().map(at).collect();
}

fn row(hit: &NoteHit, section: &SectionHit, explain: bool) -> serde_json::Value {
    let mut row = json!({
        "path": hit.path.as_str(),
        "line": section.line,
        "column": section.column,
        "title": section.title,
        "heading": section.heading,
        "kind": section.kind,
        "date": section.date,
        "score": section.score,
        "text": section.text,
        "highlights": section.highlights,
    });
    if explain && let Some(map) = row.as_object_mut() {
        let reasons: Vec<String> = section.reasons.iter().map(ToString::to_string).collect();
        map.insert("explain".to_owned(), json!(reasons));
    }
    row
}

fn show(context: &mut Context, notebook: &Notebook, hit: &NoteHit, explain: bool) {
    let path = context.shown(notebook, &hit.path);
    let address = Context::address(notebook, &hit.path);
    for (index, section) in hit.sections.iter().enumerate() {
        let mut headings: Vec<&str> =
            section.heading.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        // a note's first heading is its title
        if headings.first() == Some(&section.title.as_str()) {
            headings.remove(0);
        }
        let mut line = Vec::new();
        if index == 0 {
            line.push(cell(section.title.clone(), Role::Title));
        } else {
            line.push(plain(" "));
        }
        for heading in &headings {
            line.push(cell(" › ", Role::Muted));
            line.push(plain(*heading));
        }
        if index == 0 || !headings.is_empty() {
            context.ui.line(&line);
        }
        let mut place = vec![plain("  ")];
        place.push(cell(path.clone(), Role::Path).to_url(address.clone()));
        place.push(cell(format!(":{}:{}", section.line, section.column), Role::Muted));
        if let Some(date) = section.date {
            place.push(cell(format!("  {date}"), Role::Date));
        }
        context.ui.line(&place);
        if !section.text.is_empty() {
            let ranges: Vec<[usize; 2]> = section.highlights.iter().map(|&(start, end)| [start, end]).collect();
            let lines = context.ui.screen.wrap(&marked(&section.text, &ranges, Role::Plain), 4);
            context.ui.lines(&lines);
        }
        if explain {
            context.ui.line(&vec![cell(format!("    score {:.2}", section.score), Role::Muted)]);
            for reason in &section.reasons {
                context.ui.line(&vec![cell(format!("      {reason}"), Role::Muted)]);
            }
        }
    }
}

fn summary(answer: &Answer, ranked: usize, args: &Args) -> String {
    let mut text = match answer.total {
        0 => "nothing found".to_owned(),
        total if total > answer.hits.len() => {
            format!("{}, the first {} shown", words::count(total, "note"), answer.hits.len())
        }
        total => words::count(total, "note"),
    };
    if ranked > 1 && !args.all && answer.total > 0 {
        text.push_str(&format!(", {} with every word", words::thousands(answer.all_words)));
    }
    let corrected: Vec<String> =
        answer.corrected.iter().map(|(typed, used)| format!("searched for {used} (no note says {typed})")).collect();
    if !corrected.is_empty() {
        text.push_str(&format!("; {}", words::list(&corrected)));
    }
    text
}
