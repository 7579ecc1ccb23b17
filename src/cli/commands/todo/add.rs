//! `hornbook todo add`

use std::io::Read as _;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts::Facts;
use crate::cli::note_argument;
use crate::disk;
use crate::disk::commit::FileChange;
use crate::edit;
use crate::edit::insert;
use crate::index::Select;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::path::is_todo_txt;
use crate::parse;
use crate::query::Query;
use crate::report::resolve::find_heading;
use crate::view::screen::plain;

/// Writes: a new task at the end of a note's list, or of the list under a heading
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook todo add 'ask for the slides' --to meetings/retro
  hornbook todo add 'read the paper due:2026-12-01' --to 'reading#To read'
  echo 'call Ida' | hornbook todo add --to inbox")]
pub(crate) struct AddArgs {
    /// What is to do [default: each line of standard input]
    text: Vec<String>,

    /// Where to: a note, or a heading in it as NOTE#Heading; a note that is not there is made
    #[arg(long, value_name = "NOTE", default_value = "todo.md", add = ArgValueCompleter::new(complete::notes))]
    to: String,

    #[command(flatten)]
    how: Changing,
}

pub(crate) fn add(args: &AddArgs, context: &mut Context) -> Outcome {
    let lines = lines(args)?;
    let notebook = context.notebook()?;
    let (name, heading) =
        args.to.split_once('#').map_or((args.to.as_str(), None), |(name, heading)| (name, Some(heading)));
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let words = format!("todo add --to {}", args.to);
        // a name with its extension is a path: only that file is meant
        let is_path = disk::walk::is_note(name.as_bytes()) || is_todo_txt(name);
        let found = if is_path {
            let from_here = note_argument::from_here(context, &notebook, name);
            let record = facts
                .records()
                .iter()
                .find(|record| Some(&record.path) == from_here.as_ref() || record.path.as_str() == name);
            record.ok_or_else(|| Failure::new(format!("there is no note {name}")))
        } else {
            note_argument::find(context, &notebook, &facts, name)
        };
        let (path, change) = match found {
            Ok(record) => {
                let text = disk::read(&notebook, &record.path)?;
                let note = parse::parse(&record.path, &text.text, &Context::parse_options(&notebook)).note;
                let section = match heading {
                    Some(heading) => Some(find_heading(&note.sections, heading).ok_or_else(|| {
                        Failure::new(format!("{} has no heading `{heading}`", context.shown(&notebook, &record.path)))
                            .hint(format!("`hornbook outline {name}` shows the headings"))
                    })?),
                    None => None,
                };
                let tasks: Vec<&str> = lines.iter().map(String::as_str).collect();
                let edit = if record.path.is_todo_txt() {
                    edit::todo_txt::add(&text.text, &note, &tasks, context.today)?
                } else {
                    insert::add_tasks(&text.text, &note, &tasks, section)?
                };
                (record.path.clone(), FileChange::edit(record.path.clone(), text, vec![edit]))
            }
            Err(failure) if heading.is_some() || name.contains("..") => return Err(failure),
            // a near name is a slip of the finger, not a new note
            Err(failure) if !failure.hints.iter().all(|hint| !hint.starts_with("did you mean")) => return Err(failure),
            Err(_) => {
                let file = if is_path { name.to_owned() } else { format!("{name}.md") };
                let path = NotePath::from(file.as_str());
                if !path.is_todo_txt() {
                    let text: String = lines.iter().map(|line| format!("- [ ] {line}\n")).collect();
                    (path.clone(), FileChange::create(path, text))
                } else if disk::walk::TodoTxt::new(&notebook).names(&path) {
                    let tasks: Vec<&str> = lines.iter().map(String::as_str).collect();
                    let edit = edit::todo_txt::add("", &Note::default(), &tasks, context.today)?;
                    (path.clone(), FileChange::create(path, edit.text))
                } else {
                    return Err(Failure::new(format!("{name} would not be read: no setting names it"))
                        .hint(format!("todo-txt = [{name:?}] below [preprocessor.hornbook.tasks] in book.toml")));
                }
            }
        };
        let report = change::commit(context, &notebook, &words, vec![change], &args.how)?;
        if args.how.output.is_text() && !args.how.dry_run {
            let shown = context.shown(&notebook, &path);
            for line in &lines {
                context.ui.line(&vec![plain(format!("{shown}: [ ] {line}"))]);
            }
        }
        if let Some(number) = report.number {
            context.ui.say(&format!("undo: hornbook undo {number}"));
        }
        Ok(Exit::Answered)
    })
}

/// The words of the arguments as one task, or each line of standard input.
fn lines(args: &AddArgs) -> Result<Vec<String>, Failure> {
    let text = if args.text.is_empty() {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        args.text.join(" ").replace(['\n', '\r'], " ")
    };
    let lines: Vec<String> = text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err(Failure::new("there is nothing to add").hint("hornbook todo add 'what is to do'"));
    }
    Ok(lines)
}
