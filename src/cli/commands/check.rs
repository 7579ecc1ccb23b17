//! `hornbook check [QUERY]`

use clap::ValueEnum;
use clap_complete::engine::ArgValueCompleter;

use crate::cli::change;
use crate::cli::change::Changing;
use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::Exit;
use crate::cli::error::Failure;
use crate::cli::error::Outcome;
use crate::model::Severity;
use crate::model::words::nearest;
use crate::report::check::CODES;
use crate::report::check::codes;
use crate::report::check::codes::Code;
use crate::report::check::report::CodeReport;
use crate::session::Change;
use crate::session::CheckRequest;
use crate::session::Step;

/// Writes: only with --fix. Finds what is broken or probably a mistake: links, boxes, dates, files
///
/// Exit code 1 if there are findings of severity warning or error. [preprocessor.hornbook.check] in book.toml can change the
/// severity of each code, or turn it off.
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

    /// The minimum severity to show
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    severity: Least,

    /// Apply the safe fixes, and show them as a diff; with --code also what changes your words
    #[arg(long)]
    fix: bool,

    #[command(flatten)]
    how: Changing,
}

/// The minimum severity shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// Also what is only worth knowing
    Info,
    /// Probable mistakes
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
    let mut session = context.session()?;
    for code in session.notebook().settings.check.keys() {
        if let Err(failure) = known(code) {
            let hint = failure.hints.first().map(|hint| format!("; {hint}")).unwrap_or_default();
            context.ui.warn(&format!("[preprocessor.hornbook.check] in book.toml: {}{hint}", failure.message));
        }
    }
    let query = context.query(&session, &args.query)?;
    let request = CheckRequest { query, codes: args.codes.clone(), least: args.severity.into() };
    if args.fix {
        let mut command = vec!["check --fix".to_owned()];
        command.extend(args.codes.iter().map(|code| format!("--code {code}")));
        command.extend(args.query.iter().cloned());
        let change = Change::Fixes(request);
        let steps = change::carry_out(context, &mut session, &change, &command.join(" "), &args.how)?;
        let fine = |step: &Step| !matches!(step, Step::Fixed { bad: true, .. } | Step::Fixed { waiting: 1.., .. });
        return Ok(Exit::found(steps.iter().all(fine)));
    }
    let mut report = session.check(&request)?;
    if !args.how.output.is_text() {
        session.locate_fixes(&mut report);
    }
    context.answer(&session, &report, &args.how.output)
}

/// Looks up a code; the error for an unknown one has a suggestion.
fn known(name: &str) -> Result<&'static Code, Failure> {
    codes::find(name).ok_or_else(|| {
        let failure = Failure::new(format!("there is no code `{name}`"));
        match nearest(name, CODES.iter().map(|code| code.code)) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None => failure.hint("`hornbook check --explain` lists them"),
        }
    })
}

/// `check --explain [CODE]`
fn explain(args: &Args, name: &str, context: &mut Context) -> Outcome {
    let codes: Vec<&'static Code> = if name.is_empty() { CODES.iter().collect() } else { vec![known(name)?] };
    context.answer_without_notes(&CodeReport { codes, explain: !name.is_empty() }, &args.how.output)
}
