//! `hornbook reading triage`: goes through undecided links, one after another.
//!
//! Each answer is a separate change, carried out immediately and undone by `hornbook undo` like any other: however this
//! ends, nothing is half done.

use std::io;
use std::io::BufRead;
use std::io::IsTerminal as _;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::model::ReadingState;
use crate::report::reading::ReadingItem;
use crate::session::Change;
use crate::session::DoneDate;
use crate::session::Session;
use crate::session::TaskName;
use crate::view::Paths as _;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::cut;
use crate::view::screen::plain;
use crate::view::words;

/// Writes: goes through links that are unsorted or to look at, and asks what to do with each
///
/// An answer is a letter and Enter: k keep it to read, l later, d drop, r it was read, o open it in the browser, u undo the last
/// answer, q quit; Enter alone goes on. Each answer is written at once, as a box.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook reading triage
  hornbook reading triage path:reading")]
pub(crate) struct TriageArgs {
    /// Which links; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Mark(ReadingState),
    Open,
    Undo,
    Next,
    Quit,
}

impl Answer {
    /// `None` if the answer is not understood.
    fn of(typed: &str) -> Option<Self> {
        Some(match typed.trim().to_lowercase().as_str() {
            "k" | "keep" => Self::Mark(ReadingState::ToRead),
            "l" | "later" => Self::Mark(ReadingState::ToLookAt),
            "d" | "drop" => Self::Mark(ReadingState::Dropped),
            "r" | "read" => Self::Mark(ReadingState::Read),
            "o" | "open" => Self::Open,
            "u" | "undo" => Self::Undo,
            "" | "s" | "skip" | "n" | "next" => Self::Next,
            "q" | "quit" | "exit" => Self::Quit,
            _ => return None,
        })
    }
}

pub(crate) fn triage(args: &TriageArgs, context: &mut Context) -> Outcome {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::new("triage asks questions, and there is no terminal to ask them at")
            .hint("`hornbook reading --state unsorted,to-look-at` lists what it would ask about")
            .hint("`hornbook reading done|drop|start REF` gives the answers"));
    }
    let mut session = context.session()?;
    let query = context.query(&session, &args.query)?;
    let items = session.reading_items(&query)?;
    let items: Vec<ReadingItem> = items.into_iter().filter(ReadingItem::is_undecided).collect();
    if items.is_empty() {
        context.ui.say("nothing to decide: no link is unsorted or to look at");
        return Ok(Exit::Negative);
    }
    walk(&items, &mut session, context, &mut io::stdin().lock())
}

fn walk(items: &[ReadingItem], session: &mut Session, context: &mut Context, input: &mut dyn BufRead) -> Outcome {
    let mut changes: Vec<u64> = Vec::new();
    let mut at = 0;
    let mut shown = None;
    while let Some(item) = items.get(at) {
        if shown != Some(at) {
            show(item, (at + 1, items.len()), session, context);
            shown = Some(at);
        }
        context.ui.line(&vec![cell("[k]eep  [l]ater  [d]rop  [r]ead  [o]pen  [u]ndo  [q]uit", Role::Muted)]);
        context.ui.finish()?;
        let mut typed = String::new();
        // end of input
        if input.read_line(&mut typed)? == 0 {
            break;
        }
        match Answer::of(&typed) {
            Some(Answer::Mark(state)) => match mark(item, state, session) {
                Ok(number) => {
                    changes.extend(number);
                    at += 1;
                }
                Err(failure) => context.ui.fail(&failure.in_words(&context.paths(session.notebook()))),
            },
            Some(Answer::Open) => open(&item.url, context),
            Some(Answer::Undo) => match changes.pop() {
                Some(number) => {
                    session.undo(Some(number), false)?;
                    at = at.saturating_sub(1);
                    context.ui.line(&vec![plain(format!("undid change {number}"))]);
                }
                None => context.ui.line(&vec![plain("there is nothing to undo here")]),
            },
            Some(Answer::Next) => at += 1,
            Some(Answer::Quit) => break,
            None => context.ui.line(&vec![plain("a letter and Enter; Enter alone leaves it as it is")]),
        }
    }
    let left = items.len().saturating_sub(at);
    let left = if left > 0 { format!(", {left} not looked at") } else { String::new() };
    context.ui.line(&vec![plain(format!("{} decided{left}", words::count(changes.len(), "link")))]);
    if !changes.is_empty() {
        context.ui.say("`hornbook undo` undoes the last one, `undo --list` shows them all");
    }
    Ok(Exit::Answered)
}

/// A link as shown with the question: at most six lines.
fn show(item: &ReadingItem, (number, count): (usize, usize), session: &Session, context: &mut Context) {
    let width = context.ui.screen.width.unwrap_or(80);
    let place = match item.place() {
        Some((path, line)) => format!("{}:{line}", context.paths(session.notebook()).shown(path)),
        None => String::new(),
    };
    let since = item.added.map(|added| format!(", since {added}")).unwrap_or_default();
    let group = item.group.join(" > ");
    let lines = [
        (format!("{number} of {count}  {}", item.name()), Role::Title),
        (item.url.clone(), Role::Plain),
        (format!("{}{since}, {place}", item.kind.name()), Role::Muted),
        (group, Role::Muted),
    ];
    context.ui.line(&Vec::new());
    for (text, role) in lines.into_iter().filter(|(text, _)| !text.is_empty()) {
        context.ui.line(&vec![cell(cut(&text, width.saturating_sub(1)), role)]);
    }
}

fn mark(item: &ReadingItem, state: ReadingState, session: &mut Session) -> Result<Option<u64>, Failure> {
    let name = match item.place() {
        Some((path, line)) => TaskName {
            written: format!("{}:{line}", path.as_str()),
            place: Some((crate::session::NoteName::Path(path.clone()), line)),
        },
        None => TaskName::from(item.key.as_str()),
    };
    let words = format!("reading triage {} {}", state.name(), item.id);
    let plan = session.plan(&Change::Reading { links: vec![name], state, done_date: DoneDate::AsUsed })?;
    Ok(session.carry_out(plan, &words)?.undo)
}

/// Opens web addresses only, because text from notes is untrusted.
fn open(url: &str, context: &mut Context) {
    let lower = url.to_ascii_lowercase();
    if !["https://", "http://", "ftp://"].iter().any(|scheme| lower.starts_with(scheme)) {
        context.ui.warn("only web addresses are opened");
    } else if let Err(error) = open::that_detached(url) {
        context.ui.warn(&format!("the browser does not open it: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        for (typed, want) in [
            ("k\n", Some(Answer::Mark(ReadingState::ToRead))),
            (" Later \r\n", Some(Answer::Mark(ReadingState::ToLookAt))),
            ("D", Some(Answer::Mark(ReadingState::Dropped))),
            ("r\n", Some(Answer::Mark(ReadingState::Read))),
            ("\n", Some(Answer::Next)),
            ("q\n", Some(Answer::Quit)),
            ("what?\n", None),
        ] {
            assert_eq!(Answer::of(typed), want, "{typed:?}");
        }
    }
}
