//! `hornbook check [QUERY]`

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;
use serde_json::json;

use crate::cli::around::Around;
use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::cli::facts;
use crate::cli::facts::Facts;
use crate::disk;
use crate::disk::Notebook;
use crate::disk::commit::FileChange;
use crate::edit;
use crate::index::Select;
use crate::model::Edit;
use crate::model::Fix;
use crate::model::NotePath;
use crate::model::Severity;
use crate::model::words::nearest;
use crate::query::Query;
use crate::report::check;
use crate::report::check::CODES;
use crate::report::check::Finding;
use crate::report::check::codes;
use crate::report::check::codes::Code;
use crate::report::graph::Graph;
use crate::view::Cell;
use crate::view::format::Row;
use crate::view::screen::Link;
use crate::view::screen::Role;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// Writes: only with --fix. Finds what is broken or was probably not meant: links, boxes, dates, files
///
/// Exit code 1 when something of the weight warning or error is found. [preprocessor.hornbook.check] in book.toml gives each
/// code another weight, or turns it off.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  hornbook check
  hornbook check path:journal --severity info
  hornbook check --explain link-broken
  hornbook check --fix --dry-run
  hornbook check --fix --code year-mismatch")]
pub(crate) struct Args {
    /// Which notes to check [default: all]; see `hornbook help query`
    #[arg(add = ArgValueCompleter::new(complete::query))]
    query: Vec<String>,

    /// Explain a code, or without one list them all
    #[arg(add = ArgValueCompleter::new(complete::codes), long, value_name = "CODE", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,

    /// Show only findings of these codes
    #[arg(add = ArgValueCompleter::new(complete::codes), short, long = "code", value_name = "CODE", value_delimiter = ',')]
    codes: Vec<String>,

    /// The least weight to show
    #[arg(long, value_name = "WEIGHT", default_value = "warning")]
    severity: Least,

    /// Mend what is safe to mend, and show it as a diff; with --code also what changes your words
    #[arg(long)]
    fix: bool,

    #[command(flatten)]
    how: Changing,
}

/// The least weight that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// Also what is only worth knowing
    Info,
    /// What was probably not meant
    Warning,
    /// Only what does not work
    Error,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Info => Self::Info,
            Least::Warning => Self::Warning,
            Least::Error => Self::Error,
        }
    }
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Outcome {
    if let Some(code) = &args.explain {
        return explain(args, code, context);
    }
    if args.how.dry_run && !args.fix {
        return Err(Failure::new("--dry-run says nothing without --fix").hint("`check` alone changes nothing"));
    }
    for code in &args.codes {
        known(code)?;
    }
    let notebook = context.notebook()?;
    for code in notebook.settings.check.keys() {
        if let Err(failure) = known(code) {
            let hint = failure.hints.first().map(|hint| format!("; {hint}")).unwrap_or_default();
            context.ui.warn(&format!("[preprocessor.hornbook.check] in book.toml: {}{hint}", failure.message));
        }
    }
    let query = facts::parse_query(context, &notebook, &args.query)?;
    context.library(&notebook, |context, library| {
        let facts = Facts::load(library, Select::All, &Query::default())?;
        let chosen: Vec<usize> = facts.ask(context, &notebook, |ask| {
            let records = facts.records().iter().enumerate();
            records.filter(|(_, record)| ask.note(&query, record)).map(|(index, _)| index).collect()
        });
        let around = Around::look(&notebook, &facts)?;
        let findings = check_all(&notebook, &facts, &around, &chosen);
        let named = |finding: &Finding| args.codes.is_empty() || args.codes.iter().any(|code| code == finding.code);
        let asked: Vec<Finding> = findings.into_iter().filter(named).collect();
        // who names a code wants to see it, whatever its weight
        let least = if args.codes.is_empty() { args.severity.into() } else { Severity::Info };
        let (shown, hidden): (Vec<Finding>, Vec<Finding>) =
            asked.into_iter().partition(|finding| finding.severity >= least);
        if args.fix {
            return fix(args, context, &notebook, &facts, &shown);
        }
        if args.how.output.is_text() {
            for finding in &shown {
                let line = line(context, &notebook, finding);
                context.ui.line(&line);
            }
            if let Some(summary) = summary(&shown, &hidden, &args.codes) {
                context.ui.say(&summary);
            }
        } else {
            let rows: Vec<Row> = shown.iter().map(|finding| row(context, &notebook, finding)).collect();
            args.how.output.rows(context, &rows)?;
        }
        Ok(Exit::found(!shown.iter().any(|finding| finding.severity >= Severity::Warning)))
    })
}

/// Everything that is found in the chosen notes.
fn check_all(notebook: &Notebook, facts: &Facts, around: &Around<'_>, chosen: &[usize]) -> Vec<Finding> {
    let notes = facts.notes();
    let graph = Graph::new(notes.clone(), around.attachments());
    let diagnostics: Vec<_> = facts.records().iter().map(|record| record.parsed.diagnostics.as_slice()).collect();
    check::check(&check::Input {
        graph: &graph,
        diagnostics: &diagnostics,
        chosen,
        source: &|path| around.source(path),
        around,
        severities: &notebook.settings.check,
    })
}

/// An error with advice where there is no such code.
fn known(name: &str) -> Result<&'static Code, Failure> {
    codes::find(name).ok_or_else(|| {
        let failure = Failure::new(format!("there is no code `{name}`"));
        match nearest(name, CODES.iter().map(|code| code.code)) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`hornbook check --explain` lists them"),
        }
    })
}

fn weight(severity: Severity) -> Cell {
    match severity {
        Severity::Error => cell("error", Role::Bad),
        Severity::Warning => cell("warning", Role::Warning),
        Severity::Info => cell("info", Role::Muted),
    }
}

/// `path:line:column: warning: message [code]`
fn line(context: &Context, notebook: &Notebook, finding: &Finding) -> Vec<Cell> {
    let path = context.shown(notebook, &finding.path);
    let link = Some(Link::Url(Context::address(notebook, &finding.path)));
    let fix = finding.fix.as_ref().map(|fix| {
        let by_name = codes::find(finding.code).is_some_and(|code| code.fix_by_name);
        let name = if by_name { format!(" --code {}", finding.code) } else { String::new() };
        format!(" (--fix{name}: {})", fix.description)
    });
    vec![
        Cell { link, ..cell(path, Role::Path) },
        cell(format!(":{}:{}: ", finding.line, finding.column), Role::Muted),
        weight(finding.severity),
        plain(format!(": {} ", finding.message)),
        cell(format!("[{}]", finding.code), Role::Muted),
        cell(fix.unwrap_or_default(), Role::Good),
    ]
}

/// `4 warnings and 1 error in 2 notes; …` or nothing, when nothing was found.
fn summary(shown: &[Finding], hidden: &[Finding], named: &[String]) -> Option<String> {
    let mut parts = Vec::new();
    if !shown.is_empty() {
        let notes: BTreeSet<&NotePath> = shown.iter().map(|finding| &finding.path).collect();
        parts.push(format!("{} in {}", words::count(shown.len(), "finding"), words::count(notes.len(), "note")));
        let mended = shown.iter().filter(|finding| finding.is_mended(named)).count();
        if mended > 0 {
            let them = if mended == shown.len() { "all".to_owned() } else { words::thousands(mended) };
            parts.push(format!("`hornbook check --fix` mends {them} of them"));
        }
    }
    if !hidden.is_empty() {
        parts.push(format!("{} not shown: --severity info", words::count(hidden.len(), "lesser finding")));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn row(context: &Context, notebook: &Notebook, finding: &Finding) -> Row {
    let in_file = finding.fix.as_ref().and_then(|fix| {
        let text = disk::read(notebook, &finding.path).ok()?;
        let place = |edit: &Edit| {
            let (start, end) = (text.byte_offset(edit.start)?, text.byte_offset(edit.end)?);
            Some(Edit { start, end, text: edit.text.clone() })
        };
        let edits = fix.edits.iter().map(place).collect::<Option<Vec<Edit>>>()?;
        Some(Fix { description: fix.description.clone(), edits })
    });
    Row {
        json: finding.json(in_file.as_ref()),
        path: context.shown(notebook, &finding.path),
        text: format!("{} [{}]", finding.message, finding.code),
    }
}

/// Applies the fixes of findings, or shows them. What overlaps waits for the next run.
fn fix(args: &Args, context: &mut Context, notebook: &Notebook, facts: &Facts, findings: &[Finding]) -> Outcome {
    let mut by_note: BTreeMap<&NotePath, Vec<&Fix>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.is_mended(&args.codes)) {
        by_note.entry(&finding.path).or_default().extend(&finding.fix);
    }
    let mut changes = Vec::new();
    let (mut mended, mut waiting) = (0, 0);
    for (path, mut fixes) in by_note {
        let text = disk::read(notebook, path)?;
        let record = facts.records().iter().find(|record| record.path == *path);
        if record.is_none_or(|record| record.hash != text.hash) {
            let path = context.shown(notebook, path);
            return Err(
                Failure::new(format!("{path} changed while this command ran: nothing is written")).hint("run it again")
            );
        }
        fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.start).min());
        let mut edits: Vec<Edit> = Vec::new();
        for fix in fixes {
            let end = edits.last().map_or(0, |edit| edit.end);
            // an insertion right behind another would depend on the order of the two
            if fix.edits.iter().all(|edit| edit.start > end || (end == 0 && edits.is_empty())) {
                edits.extend(fix.edits.iter().cloned());
                mended += 1;
            } else {
                waiting += 1;
            }
        }
        changes.push(FileChange::edit(path.clone(), text, edits));
    }
    let mut words = vec!["check --fix".to_owned()];
    words.extend(args.codes.iter().map(|code| format!("--code {code}")));
    words.extend(args.query.iter().cloned());
    let report = change::commit(context, notebook, &words.join(" "), changes, &args.how)?;
    if args.how.output.is_text() && !args.how.dry_run {
        for file in &report.files {
            let text = |bytes: &Option<Vec<u8>>| disk::Text::decode(bytes.clone().unwrap_or_default()).text;
            context.ui.diff(&edit::unified(file.path.as_str(), &text(&file.before), &text(&file.after)));
        }
    }
    let remaining = findings.len() - mended;
    let done = if args.how.dry_run { "would be mended" } else { "mended" };
    let mut said = match mended {
        0 => vec!["nothing to mend".to_owned()],
        _ => {
            let notes = words::count(report.files.len(), "note");
            vec![format!("{} {done} in {notes}", words::count(mended, "finding"))]
        }
    };
    if remaining > 0 {
        said.push(format!("{} left: `hornbook check` shows them", words::thousands(remaining)));
    }
    if waiting > 0 {
        said.push(format!("{} of them can be mended by another run", words::thousands(waiting)));
    }
    context.ui.say(&said.join("; "));
    if let Some(number) = report.number {
        context.ui.say(&format!("undo: hornbook undo {number}"));
    }
    let bad = findings.iter().any(|finding| finding.severity >= Severity::Warning && !finding.is_mended(&args.codes));
    Ok(Exit::found(!bad && waiting == 0))
}

/// `check --explain [CODE]`
fn explain(args: &Args, name: &str, context: &mut Context) -> Outcome {
    let chosen: Vec<&Code> = if name.is_empty() { CODES.iter().collect() } else { vec![known(name)?] };
    if !args.how.output.is_text() {
        let rows: Vec<Row> = chosen
            .iter()
            .map(|code| Row {
                json: json!({
                    "code": code.code,
                    "severity": code.severity,
                    "title": code.title,
                    "explain": code.explain,
                    "example": code.example,
                    "fix": code.fix,
                }),
                path: String::new(),
                text: code.title.to_owned(),
            })
            .collect();
        args.how.output.rows(context, &rows)?;
        return Ok(Exit::Answered);
    }
    if name.is_empty() {
        let widest = chosen.iter().map(|code| code.code.len()).max().unwrap_or(0);
        for code in chosen {
            let fixed = if code.fix.is_some() { "  (--fix)" } else { "" };
            let padding = " ".repeat(9 - weight(code.severity).text.len());
            context.ui.line(&vec![
                cell(format!("{:<widest$}  ", code.code), Role::Id),
                weight(code.severity),
                plain(format!("{padding}{}", code.title)),
                cell(fixed, Role::Muted),
            ]);
        }
        return Ok(Exit::Answered);
    }
    for code in chosen {
        context.ui.line(&vec![cell(code.code, Role::Title), plain(format!(": {}", code.title))]);
        for paragraph in code.explain.lines() {
            context.ui.line(&Vec::new());
            let lines = context.ui.screen.wrap(&[plain(paragraph)], 0);
            context.ui.lines(&lines);
        }
        if !code.example.is_empty() {
            context.ui.line(&vec![plain("")]);
            context.ui.line(&vec![plain("For example:")]);
            for line in code.example.lines() {
                context.ui.line(&vec![plain("    "), cell(line, Role::Id)]);
            }
        }
        context.ui.line(&Vec::new());
        if let Some(fix) = code.fix {
            let how = if code.fix_by_name {
                format!("`check --fix --code {}`", code.code)
            } else {
                "`check --fix`".to_owned()
            };
            context.ui.line(&vec![plain(format!("{how} {fix}."))]);
        }
        context.ui.line(&vec![
            plain("Weight: "),
            weight(code.severity),
            plain(format!(". In book.toml, under [preprocessor.hornbook.check]: {} = \"off\"", code.code)),
        ]);
    }
    Ok(Exit::Answered)
}
