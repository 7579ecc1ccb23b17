//! `hornbook new [TEMPLATE] [TITLE]`: a note from a template.

use std::collections::BTreeMap;
use std::io;
use std::io::IsTerminal as _;
use std::io::Read as _;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::editor;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::error::no_date;
use crate::cli::global::from_words;
use crate::disk::Notebook;
use crate::disk::read::MAX_NOTE;
use crate::model::NotePath;
use crate::model::calendar;
use crate::model::calendar::Lean;
use crate::model::words::nearest;
use crate::session::Change;
use crate::session::NewNote;
use crate::session::Session;
use crate::session::Step;
use crate::template::note::NAMES;
use crate::view::Paths as _;
use crate::view::Role;
use crate::view::screen::cell;

/// Writes: creates a note from a template, and opens it in your editor
///
/// A template says where its notes go and what they begin with. Yours are in `templates/` (zk's and Obsidian's are read too) and
/// take precedence over those that come with hornbook; `hornbook help templates` shows how to write one. Without a template's
/// name, the words are the title of a plain note in this folder. An existing note is never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook new meeting 'Platform weekly' --var attendees='Ada, Noor'
  hornbook new pattern Outbox --no-edit
  hornbook new 'What I heard about sagas'     a plain note
  hornbook new goal 'Read Rust well' --date 2026-12-01 --dry-run
  hornbook new --list
  hornbook new --eject meeting     writes it into your templates, to be changed")]
pub(crate) struct Args {
    /// The name of a template, then the title of the note; or the title alone
    #[arg(value_name = "TEMPLATE|TITLE", add = ArgValueCompleter::new(complete::templates))]
    words: Vec<String>,

    /// The title, as an option instead of words
    #[arg(short, long)]
    title: Option<String>,

    /// An answer to a question of the template, or an additional value
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = var)]
    vars: Vec<(String, String)>,

    /// The day of the note: tomorrow, next-friday, 2026-12-01 [default: today]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,

    /// Put it into this folder, whatever the template says
    #[arg(long, value_name = "FOLDER")]
    dir: Option<String>,

    /// Call its file this, whatever the template says
    #[arg(long)]
    name: Option<String>,

    /// Begin with the text from standard input
    #[arg(short = 'i', long)]
    stdin: bool,

    /// Never ask: missing answers are the template's defaults, or an error
    #[arg(long)]
    no_input: bool,

    /// Only create the note, without opening the editor
    #[arg(long)]
    no_edit: bool,

    /// Only print its path
    #[arg(short, long)]
    print_path: bool,

    /// List the templates
    #[arg(short, long, conflicts_with_all = ["words", "title", "eject"])]
    list: bool,

    /// Write a template that comes with hornbook into yours
    #[arg(long, value_name = "TEMPLATE", conflicts_with_all = ["words", "title"], add = ArgValueCompleter::new(complete::shipped))]
    eject: Option<String>,

    #[command(flatten)]
    how: Changing,
}

/// Reads `name=value`.
fn var(written: &str) -> Result<(String, String), String> {
    let (name, value) = written.split_once('=').ok_or("a value is missing: name=value")?;
    let name = name.trim();
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if !name.starts_with(char::is_alphabetic) || !is_name(name) {
        return Err(format!("`{name}` is not a valid name"));
    }
    match name {
        "title" => Err("the title is a word of its own, or --title".to_owned()),
        "date" => Err("--date sets the day".to_owned()),
        name if NAMES.contains(&name) => Err(format!("`{name}` is filled in automatically")),
        _ => Ok((name.to_owned(), value.to_owned())),
    }
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    if args.list {
        let session = context.quiet_session()?;
        return context.answer(&session, &session.templates(), &args.how.output);
    }
    let mut session = context.session()?;
    if let Some(name) = &args.eject {
        let change = Change::Template { name: name.clone() };
        change::carry_out(context, &mut session, &change, &format!("new --eject {name}"), &args.how)?;
        return Ok(Exit::Answered);
    }
    let mut new = wanted(args, context, &session)?;
    if io::stdin().is_terminal() && !args.stdin && !args.no_input {
        ask(&mut new, context, &session)?;
    }
    let words = format!("new {}", new.template.as_deref().unwrap_or_default());
    let change = Change::Note(new);
    if args.print_path && args.how.dry_run {
        let plan = session.plan(&change)?;
        let steps = plan.steps.clone();
        session.preview(plan)?;
        let paths = context.paths(session.notebook());
        for step in &steps {
            if let Step::NoteMade { at } = step {
                context.ui.line(&vec![cell(paths.shown(&at.path), Role::Path)]);
            }
        }
        return Ok(Exit::Answered);
    }
    let steps = change::carry_out(context, &mut session, &change, words.trim_end(), &args.how)?;
    if args.no_edit || args.print_path || !args.how.output.is_text() || args.how.dry_run {
        return Ok(Exit::Answered);
    }
    let editor = Context::editor();
    for step in &steps {
        match step {
            Step::NoteMade { .. } if editor.is_empty() => {
                context.ui.say("no editor is set: EDITOR names one, for example `export EDITOR=vi`");
            }
            Step::NoteMade { at } => editor::open(&editor, &session.notebook().path(&at.path), at.line)?,
            _ => {}
        }
    }
    Ok(Exit::Answered)
}

/// The note according to the arguments.
fn wanted(args: &Args, context: &Context, session: &Session) -> Result<NewNote, Failure> {
    let (template, title) = named(args, session)?;
    let date = args.date.as_ref().map(|written| calendar::parse_day(written, context.today, Lean::Ahead)).transpose();
    let mut content = String::new();
    if args.stdin {
        io::stdin().take(MAX_NOTE).read_to_string(&mut content)?;
    }
    let notebook = session.notebook();
    Ok(NewNote {
        template,
        title,
        vars: args.vars.iter().cloned().collect::<BTreeMap<_, _>>(),
        date: date.map_err(|error| no_date(error).at("--date"))?,
        dir: args.dir.as_ref().map(|written| folder(written, context, notebook)).transpose()?,
        name: args.name.clone(),
        here: here(context, notebook).unwrap_or_default(),
        content,
        more: serde_json::Map::new(),
    })
}

/// The template, and the title.
fn named(args: &Args, session: &Session) -> Result<(Option<String>, Option<String>), Failure> {
    let names = session.template_names();
    let given = |words: &[String]| {
        args.title.clone().or_else(|| Some(words.join(" "))).filter(|title| !title.trim().is_empty())
    };
    let Some((first, rest)) = args.words.split_first() else {
        if args.title.is_none() {
            return Err(Failure::new("a title is missing, or the name of a template")
                .hint("hornbook new 'What I heard about sagas'")
                .hint("`hornbook new --list` shows the templates"));
        }
        return Ok((None, given(&[])));
    };
    if names.contains(first) {
        return Ok((Some(first.clone()), given(rest)));
    }
    if args.title.is_some() {
        let failure = Failure::new(format!("no template is called `{first}`"));
        return Err(match nearest(first, names.iter().map(String::as_str)) {
            Some(near) => failure.hint(format!("did you mean {near}?")),
            None => failure.hint("`hornbook new --list` shows them; --dir puts the note into a folder"),
        });
    }
    let title = args.words.join(" ");
    if first.ends_with('/') {
        return Err(Failure::new(format!("no template is called `{first}`"))
            .hint(format!("to put a note into this folder: hornbook new TITLE --dir {}", shell_words::quote(first))));
    }
    // `metting Platform` is a typo, `Reading list` perhaps not
    if !first.contains(char::is_whitespace)
        && let Some(near) = nearest(first, names.iter().map(String::as_str))
    {
        return Err(Failure::new(format!("no template is called `{first}`"))
            .hint(format!("did you mean {near}?"))
            .hint(format!("for a plain note of this title: hornbook new note {}", shell_words::quote(&title))));
    }
    Ok((None, given(&args.words)))
}

/// Asks for missing answers.
fn ask(new: &mut NewNote, context: &Context, session: &Session) -> Result<(), Failure> {
    let asked = session.asked(new)?;
    if asked.title {
        new.title = context.ui.ask_for("Title", None)?.filter(|title| !title.is_empty());
    }
    for one in asked.vars {
        let default = one.default.as_ref().map(|default| default.text.as_str());
        let shown = default.filter(|default| !default.is_empty() && !default.contains("{{"));
        let answer = context.ui.ask_for(one.ask.as_deref().unwrap_or(&one.name), shown)?;
        match answer {
            Some(answer) if !answer.is_empty() || default.is_none() => {
                new.vars.insert(one.name, answer);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The current folder relative to the notes folder, if notes can be in it.
fn here(context: &Context, notebook: &Notebook) -> Option<String> {
    let below = context.here.strip_prefix(&notebook.root).ok()?.to_str()?;
    let holds_notes = !below.split('/').any(|part| part.starts_with('.')) && !Path::new(below).starts_with("templates");
    holds_notes.then(|| below.to_owned())
}

/// `--dir` relative to the notes folder.
fn folder(written: &str, context: &Context, notebook: &Notebook) -> Result<String, Failure> {
    let is_inside = context.here.starts_with(&notebook.root);
    let base = if is_inside { &context.here } else { &notebook.root };
    let mut full = PathBuf::new();
    for part in base.join(from_words(written)).components() {
        match part {
            Component::ParentDir => {
                full.pop();
            }
            Component::CurDir => {}
            other => full.push(other),
        }
    }
    let below = full.strip_prefix(&notebook.root).ok();
    below.map(|below| NotePath::from_os(below.as_os_str()).as_str().to_owned()).ok_or_else(|| {
        Failure::new(format!("--dir: {written} is not in the notes folder, {}", notebook.root.display()))
    })
}
