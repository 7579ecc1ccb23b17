//! `hornbook help [TOPIC]`

use std::ffi::OsStr;

use clap::CommandFactory as _;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::engine::CompletionCandidate;

use crate::cli::candidates;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::overview;
use crate::cli::program::Cli;
use crate::model::words::nearest;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Show the help of a command, or a page of the manual: query, syntax, settings …
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook help query
  hornbook help todo add
  hornbook help --manual journal")]
pub(crate) struct Args {
    /// A command, or a page of the manual
    #[arg(add = ArgValueCompleter::new(topics))]
    topic: Vec<String>,

    /// The page of the manual, where a command has the same name
    #[arg(short, long)]
    manual: bool,
}

/// Completion candidates: the pages, then the commands.
fn topics(current: &OsStr) -> Vec<CompletionCandidate> {
    let pages = PAGES.iter().map(|(name, about, _)| ((*name).to_owned(), Some((*about).to_owned())));
    let program = Cli::command();
    let commands = program.get_subcommands();
    let commands =
        commands.map(|command| (command.get_name().to_owned(), command.get_about().map(ToString::to_string)));
    candidates::offer(&current.to_string_lossy(), pages.chain(commands))
}

/// The manual's pages: name, subject, text.
const PAGES: [(&str, &str, &str); 23] = [
    ("start", "what Hornbook is, and the first minute", include_str!("../../../notes/guide/index.md")),
    ("notebook", "which folder, which files", include_str!("../../../notes/guide/notebook.md")),
    ("syntax", "what is understood in a note", include_str!("../../../notes/guide/syntax.md")),
    ("query", "the query language", include_str!("../../../notes/guide/query.md")),
    ("search", "finding", include_str!("../../../notes/guide/search.md")),
    ("todo", "what is to do", include_str!("../../../notes/guide/todo.md")),
    ("editing", "how notes are changed, and what is promised", include_str!("../../../notes/guide/editing.md")),
    ("links", "links, backlinks, the graph", include_str!("../../../notes/guide/links.md")),
    ("renaming", "renames and moves; links follow", include_str!("../../../notes/guide/renaming.md")),
    ("rearranging", "extract, merge, split, inline", include_str!("../../../notes/guide/rearranging.md")),
    ("check", "what is broken", include_str!("../../../notes/guide/check.md")),
    ("journal", "what was written when", include_str!("../../../notes/guide/journal.md")),
    ("meetings", "series, actions, and what was agreed", include_str!("../../../notes/guide/meetings.md")),
    ("one-to-one", "a page for the next one-to-one", include_str!("../../../notes/guide/one-to-one.md")),
    ("goals", "goals and skills, and how far they are", include_str!("../../../notes/guide/goals-and-skills.md")),
    ("tickets", "what notes say about tickets", include_str!("../../../notes/guide/tickets.md")),
    ("reading", "links to read, and what became of them", include_str!("../../../notes/guide/reading.md")),
    ("questions", "questions and decisions", include_str!("../../../notes/guide/questions.md")),
    ("templates", "new notes, and how they begin", include_str!("../../../notes/guide/templates.md")),
    ("reports", "a week, month, quarter or year on one page", include_str!("../../../notes/guide/reports.md")),
    ("formats", "JSON and the other formats, exit codes", include_str!("../../../notes/guide/formats.md")),
    ("site", "the notebook as a website", include_str!("../../../notes/guide/site.md")),
    ("settings", "book.toml", include_str!("../../../notes/guide/settings.md")),
];

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    let mut program = Cli::command();
    program.build();
    let Some(topic) = args.topic.first() else {
        let help = overview::program().render_long_help();
        context.ui.verbatim(&help.to_string());
        context.ui.line(&Vec::new());
        context.ui.line(&vec![cell("Pages of the manual", Role::Title), plain(" (hornbook help PAGE):")]);
        for (name, about, _) in PAGES {
            context.ui.line(&vec![plain(format!("  {name:<12}")), cell(about, Role::Muted)]);
        }
        return Ok(Exit::Answered);
    };
    let mut command = Some(&mut program);
    for word in &args.topic {
        command = command.and_then(|command| command.find_subcommand_mut(word));
    }
    let page = PAGES.iter().find(|(name, ..)| name == topic);
    match (command, page) {
        (Some(command), page) if !args.manual => {
            let help = command.render_long_help();
            context.ui.verbatim(&help.to_string());
            if page.is_some() {
                context.ui.say(&format!("the manual's page: hornbook help --manual {topic}"));
            }
            Ok(Exit::Answered)
        }
        (_, Some((_, _, text))) => {
            show(context, text);
            Ok(Exit::Answered)
        }
        _ => {
            let names: Vec<String> = PAGES.iter().map(|(name, ..)| (*name).to_owned()).collect();
            let program = Cli::command();
            let commands = program.get_subcommands().filter(|_| !args.manual).map(clap::Command::get_name);
            let near = nearest(topic, names.iter().map(String::as_str).chain(commands));
            let failure = Failure::new(format!("there is no help on `{topic}`; the pages are {}", words::list(&names)));
            Err(match near {
                Some(near) => failure.hint(format!("did you mean `hornbook help {near}`?")),
                None => failure,
            })
        }
    }
}

/// A page on the screen: as written, with highlighted headings, without front matter and comments.
fn show(context: &mut Context, text: &str) {
    let body = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text, |(_, body)| body);
    let mut fenced = false;
    for line in body.trim_start_matches('\n').lines() {
        fenced ^= line.starts_with("```");
        if line.starts_with("<!--") || line.starts_with("```") {
            continue;
        }
        let role = if !fenced && line.starts_with('#') { Role::Title } else { Role::Plain };
        if fenced {
            context.ui.line(&vec![plain("    "), cell(line, Role::Muted)]);
        } else {
            context.ui.line(&vec![cell(line, role)]);
        }
    }
}
