//! How every command changes notes: carries out a plan or shows it, and says how to undo it.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::field_names;
use crate::cli::output::Output;
use crate::disk;
use crate::disk::commit::Changed;
use crate::edit;
use crate::model::NotePath;
use crate::report::change::Mention;
use crate::report::change::NoteMentions;
use crate::session::Change;
use crate::session::NoteLine;
use crate::session::Plan;
use crate::session::Receipt;
use crate::session::Session;
use crate::session::Step;
use crate::view::Document;
use crate::view::Line;
use crate::view::Paths;
use crate::view::document::Block;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// The options of every command that changes notes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Changing {
    /// Show what would change, as a diff, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) output: Output,
}

/// Plans a change, then carries it out or, in a dry run, shows it. Returns the steps of the plan. `command` is its name in the
/// undo log.
pub(crate) fn carry_out(
    context: &mut Context,
    session: &mut Session,
    change: &Change,
    command: &str,
    how: &Changing,
) -> Result<Vec<Step>, Failure> {
    let plan = session.plan(change)?;
    carry_out_plan(context, session, plan, command, None, how)
}

/// The same with an existing plan. `mentions` are lines that stay as they are, where they are to be shown.
pub(crate) fn carry_out_plan(
    context: &mut Context,
    session: &mut Session,
    plan: Plan,
    command: &str,
    mentions: Option<Vec<NoteMentions>>,
    how: &Changing,
) -> Result<Vec<Step>, Failure> {
    let steps = plan.steps.clone();
    let paths = context.paths(session.notebook());
    for step in &steps {
        say_before(context, step, &paths);
    }
    let receipt = if how.dry_run { session.preview(plan)? } else { session.carry_out(plan, command)? };
    show_files(context, &receipt, mentions.as_deref(), how, &paths)?;
    for step in &steps {
        // a meeting to which nothing is added has no diff
        let is_silent = receipt.files.is_empty() && matches!(step, Step::Meeting { .. });
        if how.output.is_text() && (!how.dry_run || is_silent) {
            show_step(context, step, &receipt, &paths);
        }
        say_after(context, step, &receipt, how);
    }
    say_links(context, &steps, how.dry_run);
    say_undo(context, receipt.undo);
    if let Some(mentions) = &mentions {
        show_mentions(context, mentions, &paths, how);
    }
    Ok(steps)
}

/// Shows the steps of a plan before asking for confirmation.
pub(crate) fn show_steps(context: &mut Context, session: &Session, steps: &[Step], receipt: &Receipt) {
    let paths = context.paths(session.notebook());
    for step in steps {
        show_step(context, step, receipt, &paths);
    }
    say_links(context, steps, true);
}

/// Lists lines that name what moved and are not links.
fn show_mentions(context: &mut Context, mentions: &[NoteMentions], paths: &dyn Paths, how: &Changing) {
    for note in mentions.iter().filter(|_| how.output.is_text()) {
        for Mention { line, text } in &note.lines {
            let said = format!("{}: {text}", paths.place(&note.path, *line));
            show_line(context, linked(&said, &[(&note.path, Some(*line))], paths), paths);
        }
    }
    let count = mentions.iter().map(|note| note.lines.len()).sum();
    let what = if count == 1 { "names it and is not a link: it stays" } else { "name it and are not links: they stay" };
    context.ui.say(&format!("{} {what}", words::count(count, "line")));
}

/// Says how many links follow what moved.
fn say_links(context: &Context, steps: &[Step], is_plan: bool) {
    let counts: Vec<usize> = steps
        .iter()
        .filter_map(|step| match step {
            Step::LinksFollow { links, .. } => Some(*links),
            _ => None,
        })
        .collect();
    if !counts.is_empty() {
        let links: usize = counts.iter().sum();
        let done = match links {
            _ if is_plan => "would follow",
            1 => "follows",
            _ => "follow",
        };
        let (links, notes) = (words::count(links, "link"), words::count(counts.len(), "note"));
        context.ui.say(&format!("{links} in {notes} {done}"));
    }
}

/// Says how to undo a change.
pub(crate) fn say_undo(context: &Context, number: Option<u64>) {
    if let Some(number) = number {
        context.ui.say(&format!("undo: {}", words::undo(number)));
    }
}

fn place(place: &NoteLine, paths: &dyn Paths) -> String {
    format!("{}:{}", paths.shown(&place.path), place.line)
}

/// Says what stays unchanged, before anything is written.
fn say_before(context: &Context, step: &Step, paths: &dyn Paths) {
    if let Step::Already { at, status } = step {
        context.ui.say(&format!("{} is {} already", place(at, paths), status.name()));
    }
    if let Step::ReadingAlready { at, state } = step {
        context.ui.say(&format!("{} is {} already", place(at, paths), state.name().replace('_', " ")));
    }
}

/// Warnings and remarks about a step, in every output format.
fn say_after(context: &Context, step: &Step, receipt: &Receipt, how: &Changing) {
    match step {
        Step::NoNextCopy { at, why } => context.ui.warn(&format!("line {}: no next copy: {why}", at.line)),
        Step::DeletionAsked { at } => {
            context.ui.warn(&format!("line {}: it asks to be deleted when done; no line is deleted here", at.line));
        }
        Step::Fixed { fixed, waiting, left, .. } => {
            say_fixed(context, [*fixed, *waiting, *left], receipt.files.len(), how);
        }
        Step::ReadingMarked { at, others, .. } if !others.is_empty() => {
            let names: Vec<String> = others.iter().map(|name| format!("\"{name}\"")).collect();
            context.ui.warn(&format!("line {}: the box is that of {} too", at.line, words::list(&names)));
        }
        Step::Remark { message } => context.ui.warn(message),
        Step::Captured { at, link, by } => {
            context.ui.warn(&format!("{}:{}: `{link}` led nowhere, and leads to {by} now", at.path, at.line));
        }
        Step::Meeting { relative: Some((at, title)), .. } => {
            let first = title.split_whitespace().next().unwrap_or("");
            context.ui.say(&format!("line {}: \"{title}\" is not the {} one any more", at.line, first.to_lowercase()));
        }
        Step::BookmarksSkipped { known, twice } => {
            let said = [(*known, "already in the notebook"), (*twice, "twice in the file")];
            let said: Vec<String> = said
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{} {what}", words::thousands(*count)))
                .collect();
            if !said.is_empty() {
                context.ui.say(&format!("skipped: {}", words::list(&said)));
            }
        }
        _ => {}
    }
}

fn show_step(context: &mut Context, step: &Step, receipt: &Receipt, paths: &dyn Paths) {
    let line = match step {
        Step::Marked { at, label, symbol, .. } => format!("{}: [{symbol}] {label}", place(at, paths)),
        Step::FieldsSet { at, fields } => {
            let said =
                if receipt.undo.is_some() { field_names::written(fields) } else { "nothing to change".to_owned() };
            format!("{}: {said}", place(at, paths))
        }
        Step::Pinned { at, id } => format!("{}: {id}", place(at, paths)),
        Step::PinnedAlready { at, id } => format!("{} already has the id {id}", place(at, paths)),
        Step::TaskAdded { path, text } => format!("{}: [ ] {text}", paths.shown(path)),
        Step::ReadingAdded { at, title } => format!("{}: [ ] {title}", place(at, paths)),
        Step::ReadingMarked { at, title, symbol, .. } => format!("{}: [{symbol}] {title}", place(at, paths)),
        Step::ReadingKnown { at, title, state } => {
            format!("{}: {title} is in the reading list already ({})", place(at, paths), state.name().replace('_', " "))
        }
        Step::Meeting { at, carried, left_out, agenda, is_there, .. } => {
            let done = match (carried, is_there) {
                (0, true) => "nothing to carry over that it does not have".to_owned(),
                (0, false) => "there is nothing left to carry over".to_owned(),
                (carried, _) => format!("{} carried over", words::count(*carried, "point")),
            };
            let rest = match left_out {
                0 => String::new(),
                1 => ", 1 left where it is".to_owned(),
                left_out => format!(", {} left where they are", words::thousands(*left_out)),
            };
            let lines = match agenda {
                0 => String::new(),
                lines => format!(", {} on the agenda", words::count(*lines, "line")),
            };
            format!("{}: {done}{rest}{lines}", place(at, paths))
        }
        Step::Day { at, .. } | Step::Entry { at } => {
            let place = cell(place(at, paths), Role::Path).to_note(&at.path, at.line);
            show_line(context, vec![place], paths);
            if let Step::Day { is_there: true, .. } = step {
                context.ui.say("there is already an entry for today");
            }
            return;
        }
        Step::BookmarksAdded { path, added } => {
            format!("{}: {} added", paths.shown(path), words::count(*added, "bookmark"))
        }
        Step::TrackerNamed { project, url, is_there } => {
            let what = if *is_there { "is named already" } else { "counts from now on" };
            let place = url.as_ref().map_or_else(
                || "; no address is known, so its tickets are not links".to_owned(),
                |url| format!(": {url}"),
            );
            format!("{project} {what}{place}")
        }
        Step::TicketsImported { path, added, changed, same } => {
            let parts = [("new", added), ("changed", changed), ("as before", same)];
            let parts = parts.into_iter().filter(|(_, number)| **number > 0);
            let parts: Vec<String> =
                parts.map(|(what, number)| format!("{} {what}", words::thousands(*number))).collect();
            let total = words::count(added + changed + same, "ticket");
            format!("{}: {total}, {}", paths.shown(path), words::list(&parts))
        }
        Step::Moved { from, to, files } => {
            let files = files.map(|files| format!(" ({})", words::count(files, "file"))).unwrap_or_default();
            format!("{} → {}{files}", paths.shown(from), paths.shown(to))
        }
        Step::TakenOut { at, heading, to } => format!("{}: {heading} → {}", place(at, paths), paths.shown(to)),
        Step::Merged { from, into } => format!("{} → {}", paths.shown(from), place(into, paths)),
        Step::Inlined { at, from, lines } => {
            format!("{}: {} of {}", place(at, paths), words::count(*lines, "line"), paths.shown(from))
        }
        Step::PartRenamed { at, from, to } => format!("{}: {from} → {to}", place(at, paths)),
        Step::TagRenamed { path, tags } => format!("{}: {}", paths.shown(path), words::count(*tags, "tag")),
        Step::TicketRenamed { path, places } | Step::PersonRenamed { path, places } => {
            format!("{}: {}", paths.shown(path), words::count(*places, "place"))
        }
        Step::LinksFollow { path, links } => format!("{}: {}", paths.shown(path), words::count(*links, "link")),
        Step::Fixed { .. } => return show_diff(context, &receipt.files),
        Step::NoteMade { at } => {
            let place = cell(paths.shown(&at.path), Role::Path).to_note(&at.path, at.line);
            show_line(context, vec![place], paths);
            return;
        }
        Step::Already { .. }
        | Step::ReadingAlready { .. }
        | Step::NoNextCopy { .. }
        | Step::DeletionAsked { .. }
        | Step::Remark { .. }
        | Step::Captured { .. }
        | Step::BookmarksSkipped { .. } => return,
    };
    show_line(context, linked(&line, &places(step), paths), paths);
    if let Step::Marked { still_open, .. } = step
        && *still_open > 0
    {
        context.ui.say(&format!("{} under it still open", words::count(*still_open, "task")));
    }
}

/// The notes that the answer to a step names, in the order of the answer, with the line where it names one.
fn places(step: &Step) -> Vec<(&NotePath, Option<usize>)> {
    match step {
        Step::Marked { at, .. }
        | Step::FieldsSet { at, .. }
        | Step::Pinned { at, .. }
        | Step::PinnedAlready { at, .. }
        | Step::ReadingAdded { at, .. }
        | Step::ReadingMarked { at, .. }
        | Step::ReadingKnown { at, .. }
        | Step::Meeting { at, .. }
        | Step::Inlined { at, .. }
        | Step::PartRenamed { at, .. } => vec![(&at.path, Some(at.line))],
        Step::TaskAdded { path, .. }
        | Step::BookmarksAdded { path, .. }
        | Step::TicketsImported { path, .. }
        | Step::TagRenamed { path, .. }
        | Step::TicketRenamed { path, .. }
        | Step::PersonRenamed { path, .. }
        | Step::LinksFollow { path, .. } => vec![(path, None)],
        Step::Moved { to, .. } => vec![(to, None)],
        Step::TakenOut { at, to, .. } => vec![(&at.path, Some(at.line)), (to, None)],
        Step::Merged { into, .. } => vec![(&into.path, Some(into.line))],
        _ => Vec::new(),
    }
}

/// A line with its places as links.
pub(crate) fn linked(line: &str, places: &[(&NotePath, Option<usize>)], paths: &dyn Paths) -> Line {
    let mut cells = Line::new();
    let mut rest = line;
    for (path, line) in places {
        let shown = match line {
            Some(line) => paths.place(path, *line),
            None => paths.shown(path),
        };
        let Some((before, behind)) = rest.split_once(shown.as_str()) else { continue };
        cells.push(plain(before));
        cells.push(plain(shown.as_str()).to_note(path, line.unwrap_or(1)));
        rest = behind;
    }
    cells.push(plain(rest));
    cells
}

/// Prints a line whose links lead to their notes.
pub(crate) fn show_line(context: &mut Context, line: Line, paths: &dyn Paths) {
    context.ui.document(Document { blocks: vec![Block::Lines(vec![line])], remarks: Vec::new() }, paths);
}

/// Says how many findings were fixed, and how many remain.
fn say_fixed(context: &Context, [fixed, waiting, left]: [usize; 3], notes: usize, how: &Changing) {
    let done = if how.dry_run { "would be fixed" } else { "fixed" };
    let mut said = match fixed {
        0 => vec!["nothing to fix".to_owned()],
        _ => vec![format!("{} {done} in {}", words::count(fixed, "finding"), words::count(notes, "note"))],
    };
    if left > 0 {
        said.push(format!("{} left: `hornbook check` shows them", words::thousands(left)));
    }
    if waiting > 0 {
        said.push(format!("{} of them can be fixed by another run", words::thousands(waiting)));
    }
    context.ui.say(&said.join("; "));
}

/// Shows the changes to files: a diff in a dry run, rows for scripts.
pub(crate) fn show_files(
    context: &mut Context,
    receipt: &Receipt,
    mentions: Option<&[NoteMentions]>,
    how: &Changing,
    paths: &dyn Paths,
) -> Result<(), Failure> {
    if !how.output.is_text() {
        let report = receipt.report();
        let report = match mentions {
            Some(mentions) => report.with_mentions(mentions.to_vec()),
            None => report,
        };
        return how.output.report(&mut context.ui, &report, paths, &|_| None);
    }
    if how.dry_run {
        show_diff(context, &receipt.files);
    }
    Ok(())
}

/// Shows the changes in files as a diff.
pub(crate) fn show_diff(context: &mut Context, files: &[Changed]) {
    for file in files {
        let text = |bytes: &Option<Vec<u8>>| disk::Text::decode(bytes.clone().unwrap_or_default()).text;
        let (before, after) = (text(&file.before), text(&file.after));
        context.ui.diff(&match &file.to {
            Some(to) => edit::diff::of_move(&file.path.to_string(), &to.to_string(), &before, &after),
            None => edit::unified(&file.path.to_string(), &before, &after),
        });
    }
}
