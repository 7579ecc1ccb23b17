//! The commands, one per file. The help of those that write begins with "Writes:".

mod backlinks;
mod build;
mod check;
mod completions;
mod decisions;
pub(crate) mod done;
mod edit;
mod extract;
mod goals;
mod graph;
mod help;
mod index;
mod init;
mod inline;
mod journal;
mod links;
mod list;
mod man;
mod meeting;
mod merge;
mod mv;
mod new;
mod outline;
mod questions;
mod reading;
mod rename;
mod report;
mod search;
pub(crate) mod set;
mod show;
mod split;
mod tags;
mod tickets;
mod todo;
mod undo;

use clap::Subcommand;

use crate::cli::context::Context;
use crate::cli::error::Outcome;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(alias = "q")]
    Search(search::Args),
    #[command(aliases = ["todos", "tasks"])]
    Todo(todo::Args),
    #[command(alias = "do")]
    Done(done::Args),
    Reopen(done::ReopenArgs),
    Status(done::StatusArgs),
    Set(set::Args),
    Pin(set::PinArgs),
    Mv(mv::Args),
    Rename(rename::Args),
    Extract(extract::Args),
    Merge(merge::Args),
    Split(split::Args),
    Inline(inline::Args),
    Undo(undo::Args),
    #[command(alias = "create")]
    New(Box<new::Args>),
    Journal(journal::Args),
    Questions(questions::Args),
    Decisions(decisions::Args),
    Reading(Box<reading::Args>),
    #[command(alias = "meetings")]
    Meeting(meeting::Args),
    Report(Box<report::Args>),
    #[command(alias = "ls")]
    List(Box<list::Args>),
    Show(show::Args),
    Edit(edit::Args),
    Outline(outline::Args),
    Links(links::Args),
    Backlinks(backlinks::Args),
    Graph(graph::Args),
    Check(check::Args),
    Build(build::Args),
    Tags(tags::Args),
    #[command(alias = "skills")]
    Goals(goals::Args),
    #[command(alias = "ticket")]
    Tickets(tickets::Args),
    Index(index::Args),
    Completions(completions::Args),
    Man(man::Args),
    Help(help::Args),
    Init(init::Args),
}

impl Command {
    pub(crate) fn run(self, context: &mut Context) -> Outcome {
        match self {
            Self::Search(args) => search::run(&args, context),
            Self::Todo(args) => todo::run(&args, context),
            Self::Done(args) => done::run(&args, context),
            Self::Reopen(args) => done::reopen(&args, context),
            Self::Status(args) => done::status(&args, context),
            Self::Set(args) => set::run(&args, context),
            Self::Pin(args) => set::pin(&args, context),
            Self::Mv(args) => mv::run(&args, context),
            Self::Rename(args) => rename::run(&args, context),
            Self::Extract(args) => extract::run(&args, context),
            Self::Merge(args) => merge::run(&args, context),
            Self::Split(args) => split::run(&args, context),
            Self::Inline(args) => inline::run(&args, context),
            Self::Undo(args) => undo::run(&args, context),
            Self::New(args) => new::run(&args, context),
            Self::Journal(args) => journal::run(args, context),
            Self::Questions(args) => questions::run(&args, context),
            Self::Decisions(args) => decisions::run(&args, context),
            Self::Reading(args) => reading::run(&args, context),
            Self::Meeting(args) => meeting::run(args, context),
            Self::List(args) => list::run(&args, context),
            Self::Show(args) => show::run(&args, context),
            Self::Edit(args) => edit::run(&args, context),
            Self::Outline(args) => outline::run(&args, context),
            Self::Links(args) => links::run(&args, context),
            Self::Backlinks(args) => backlinks::run(&args, context),
            Self::Graph(args) => graph::run(&args, context),
            Self::Build(args) => build::run(&args, context),
            Self::Check(args) => check::run(&args, context),
            Self::Tags(args) => tags::run(&args, context),
            Self::Report(args) => report::run(&args, context),
            Self::Goals(args) => goals::run(&args, context),
            Self::Tickets(args) => tickets::run(&args, context),
            Self::Completions(args) => completions::run(&args, context),
            Self::Man(args) => man::run(&args, context),
            Self::Help(args) => help::run(&args, context),
            Self::Index(args) => index::run(&args, context),
            Self::Init(args) => init::run(&args, context),
        }
    }
}
