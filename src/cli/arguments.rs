//! Parses the command line, with advice if that fails.
//!
//! clap does the parsing. It rejects negated words (`-retry`), options of other programs, and typos.

use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::FromArgMatches as _;
use clap::builder::StyledStr;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use crate::cli::error::Failure;
use crate::cli::foreign_options;
use crate::cli::foreign_options::ForeignOption;
use crate::cli::overview;
use crate::cli::program::Cli;
use crate::model::NotePath;
use crate::model::words::nearest;

/// Commands whose words are a query: in them `-word` means "without this word".
const QUERIES: [&str; 9] = ["search", "list", "todo", "tags", "check", "graph", "journal", "edit", "report"];

/// Letters that users of ripgrep bundle, as in `-il`.
const BUNDLED: &str = "ilncwvoHFSUp";

/// Why there is no command to run.
#[derive(Debug)]
pub(crate) enum ParseFailure {
    Clap(clap::Error),
    Ours(Failure),
    /// No command was given: show the help.
    Nothing(StyledStr),
}

/// Parses the arguments. Bytes that are not UTF-8 are escaped as in [`NotePath`].
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Cli, ParseFailure> {
    let mut arguments: Vec<OsString> = arguments.iter().map(|word| NotePath::from_os(word).as_str().into()).collect();
    loop {
        let matches = overview::program().try_get_matches_from(&arguments);
        let error = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
            Ok(cli) => return Ok(cli),
            Err(error) => error,
        };
        if matches!(error.kind(), ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
            return Err(ParseFailure::Nothing(overview::program().render_help()));
        }
        match correct(&error, &arguments) {
            Correction::Words(place, words) => {
                arguments.splice(place..=place, words);
            }
            Correction::Failure(failure) => return Err(ParseFailure::Ours(failure)),
            Correction::Not => return Err(ParseFailure::Clap(error)),
        }
    }
}

/// The interpretation of an error.
enum Correction {
    /// The argument at this index stands for these words.
    Words(usize, Vec<OsString>),
    Failure(Failure),
    Not,
}

fn correct(error: &clap::Error, arguments: &[OsString]) -> Correction {
    let program = Cli::command();
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let path = path(&program, arguments);
    match (error.kind(), said(ContextKind::InvalidArg), said(ContextKind::InvalidValue)) {
        (ErrorKind::UnknownArgument, Some(unknown), _) => unknown_option(&program, &path, unknown, arguments),
        // `-saga`, where `aga` is not a valid value for -s
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, _, Some(value)) if takes_query(&path) => {
            let meant = |word: &str| is_left_out(word) && word.get(2..).is_some_and(|rest| rest.ends_with(value));
            place(arguments, meant).map_or(Correction::Not, |place| without(arguments, place))
        }
        (ErrorKind::InvalidSubcommand, ..) => match said(ContextKind::InvalidSubcommand) {
            Some(written) => {
                let from = place(arguments, |word| word == written).unwrap_or(arguments.len());
                let (before, rest) = arguments.split_at_checked(from).unwrap_or((arguments, &[]));
                Correction::Failure(unknown_command(&program, &self::path(&program, before), written, rest))
            }
            None => Correction::Not,
        },
        _ => Correction::Not,
    }
}

/// The path of subcommands in the arguments, by their canonical names: `todo add`.
fn path(program: &clap::Command, arguments: &[OsString]) -> Vec<String> {
    let mut path = Vec::new();
    let mut command = program;
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(next) = command.find_subcommand(word) {
            path.push(next.get_name().to_owned());
            command = next;
        }
    }
    path
}

/// True for commands that take a query. The text of `todo add` is not a query.
fn takes_query(path: &[String]) -> bool {
    path.first().is_some_and(|name| QUERIES.contains(&name.as_str())) && path.get(1).is_none_or(|name| name != "add")
}

/// True for commands whose words may be a day, so that `-2w` is one and no word to leave out.
fn names_days(path: &[String]) -> bool {
    let command = path.first().map_or("", String::as_str);
    ["journal", "report"].contains(&command) && path.get(1).is_none_or(|name| name != "add")
}

/// True for `-word`, which is longer than a one-letter option.
fn is_left_out(word: &str) -> bool {
    word.starts_with('-') && !word.starts_with("--") && word.chars().count() > 2
}

/// The index of the first argument that matches.
fn place(arguments: &[OsString], meant: impl Fn(&str) -> bool) -> Option<usize> {
    let words = arguments.iter().skip(1).take_while(|word| *word != "--");
    words.map(|word| word.to_string_lossy()).position(|word| meant(&word)).map(|place| place + 1)
}

/// Rewrites `-word` as in a query: `NOT word`.
fn without(arguments: &[OsString], place: usize) -> Correction {
    let word = arguments.get(place).map(|word| word.to_string_lossy().trim_start_matches('-').to_owned());
    Correction::Words(place, vec!["NOT".into(), word.unwrap_or_default().into()])
}

/// Handles an unknown option. `unknown` is `--name`, or the first letter of a bundle, `-n`.
fn unknown_option(program: &clap::Command, path: &[String], unknown: &str, arguments: &[OsString]) -> Correction {
    let command = path.first().map_or("", String::as_str);
    let is_it = |word: &str| word == unknown || word.split_once('=').is_some_and(|(name, _)| name == unknown);
    let foreign = foreign_options::option(command, unknown);
    if let Some(place) = place(arguments, is_it) {
        return match foreign {
            Some(ForeignOption::Is(words)) => {
                let mut words: Vec<OsString> = words.iter().map(OsString::from).collect();
                let value = arguments.get(place).and_then(|word| word.to_str()?.split_once('='));
                if let (Some((_, value)), Some(last)) = (value, words.last_mut()) {
                    last.push(format!("={value}"));
                }
                Correction::Words(place, words)
            }
            Some(ForeignOption::Advice(advice)) => Correction::Failure(no_option(path, unknown).hint(advice)),
            None => Correction::Failure(unknown_option_failure(program, path, unknown)),
        };
    }
    let starts = |word: &str| is_left_out(word) && word.starts_with(unknown);
    // `-idle`, where there is -i but no -d
    let has = |word: &str| is_left_out(word) && word.contains(unknown.trim_start_matches('-'));
    let Some(place) = place(arguments, starts).or_else(|| place(arguments, has)) else { return Correction::Not };
    let word = arguments.get(place).map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    if names_days(path)
        && let Some(ago) = ago(&word)
    {
        // the words of `journal gaps` say which entries count
        let since = (path.get(1).map(String::as_str) == Some("gaps")).then(|| "--since".into());
        return Correction::Words(place, since.into_iter().chain([ago.into()]).collect());
    }
    if !takes_query(path) {
        return Correction::Failure(unknown_option_failure(program, path, unknown));
    }
    if !is_bundle(&word) {
        return without(arguments, place);
    }
    let failure = no_option(path, &word).hint(format!("to leave out a word: NOT {}", word.trim_start_matches('-')));
    Correction::Failure(match foreign {
        Some(ForeignOption::Advice(advice)) => failure.hint(advice),
        Some(ForeignOption::Is(_)) | None => failure.hint("options cannot be bundled here: write them one by one"),
    })
}

/// `-2w` as a word that does not look like an option: `2-weeks-ago`.
fn ago(word: &str) -> Option<String> {
    let number = word.strip_prefix('-')?;
    let unit = match number.chars().next_back()? {
        'd' => "days",
        'w' => "weeks",
        'm' => "months",
        'q' => "quarters",
        'y' => "years",
        _ => return None,
    };
    let count: u32 = number.get(..number.len() - 1)?.parse().ok()?;
    Some(format!("{count}-{unit}-ago"))
}

/// True for bundled options of ripgrep and zk: `-il`, `-C3`, `-tmd`, `-Mr`.
fn is_bundle(word: &str) -> bool {
    let mut letters = word.trim_start_matches('-').chars();
    let (first, rest) = (letters.next().unwrap_or_default(), letters.as_str());
    match first {
        'A' | 'B' | 'C' | 'm' | 'j' if rest.chars().all(|c| c.is_ascii_digit()) => true,
        't' if rest == "md" || rest == "markdown" => true,
        'M' if ["r", "e", "f", "re", "fts", "exact"].contains(&rest) => true,
        _ => word.chars().count() == 3 && BUNDLED.contains(first) && rest.chars().all(|c| BUNDLED.contains(c)),
    }
}

fn no_option(path: &[String], unknown: &str) -> Failure {
    Failure::new(format!("`{}` has no option `{unknown}`", called(path)))
}

fn unknown_option_failure(program: &clap::Command, path: &[String], unknown: &str) -> Failure {
    let mut built = program.clone();
    built.build();
    let command = path.iter().try_fold(&built, |command, name| command.find_subcommand(name));
    let options: Vec<&str> =
        command.into_iter().flat_map(clap::Command::get_arguments).filter_map(clap::Arg::get_long).collect();
    let failure = no_option(path, unknown);
    match unknown.strip_prefix("--").and_then(|name| nearest(name, options)) {
        Some(near) => failure.hint(format!("did you mean `--{near}`?")),
        None => failure.hint(format!("`{} --help` shows the options", called(path))),
    }
}

/// The error for an unknown command; `rest` begins with it.
fn unknown_command(program: &clap::Command, path: &[String], written: &str, rest: &[OsString]) -> Failure {
    let failure = Failure::new(format!("there is no command `{} {written}`", called(path)));
    if let Some(advice) = foreign_options::command(written).filter(|_| path.is_empty()) {
        return failure.hint(advice);
    }
    let known = path.iter().try_fold(program, |command, name| command.find_subcommand(name));
    let names = known.into_iter().flat_map(clap::Command::get_subcommands).map(clap::Command::get_name);
    if let Some(near) = nearest(written, names) {
        return failure.hint(format!("did you mean `{} {near}`?", called(path)));
    }
    if !path.is_empty() {
        return failure.hint(format!("`{} --help` shows them", called(path)));
    }
    let words: Vec<String> = rest.iter().map(|word| shell_words::quote(&word.to_string_lossy()).into_owned()).collect();
    failure
        .hint(format!("to look for it: `hornbook search {}`", words.join(" ")))
        .hint("`hornbook help` shows the commands")
}

/// `hornbook todo add`
fn called(path: &[String]) -> String {
    ["hornbook"].into_iter().chain(path.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a line is an error for, with its hints.
    #[track_caller]
    fn wrong(line: &str, want: &[&str]) {
        let words = shell_words::split(&format!("hornbook {line}")).unwrap();
        match parse(words.into_iter().map(OsString::from).collect()) {
            Err(ParseFailure::Ours(failure)) => {
                let said: Vec<&str> =
                    [&failure.message].into_iter().chain(&failure.hints).map(String::as_str).collect();
                assert_eq!(said, want, "{line}");
            }
            other => panic!("{line}: {other:?}"),
        }
    }

    /// That a line means the same as another one.
    #[track_caller]
    fn same(line: &str, other: &str) {
        let read = |line: &str| {
            let words = shell_words::split(&format!("hornbook {line}")).unwrap();
            format!("{:?}", parse(words.into_iter().map(OsString::from).collect()).unwrap().command)
        };
        assert_eq!(read(line), read(other), "{line}");
    }

    #[test]
    fn words_to_leave_out() {
        same("search outbox -retry", "search outbox NOT retry");
        same("search outbox -saga -n 3", "search outbox NOT saga --limit 3");
        same("list -draft -old", "list NOT draft NOT old");
        same("todo -UI", "todo NOT UI");
        same("search outbox -idempotent", "search outbox NOT idempotent");
        same("list -inbox", "list NOT inbox");
        wrong(
            "todo add -retry",
            &["`hornbook todo add` has no option `-r`", "`hornbook todo add --help` shows the options"],
        );
    }

    #[test]
    fn days_ago_are_no_words_to_leave_out() {
        for (short, long) in [("-3d", "3-days-ago"), ("-2w", "2-weeks-ago"), ("-1m", "1-months-ago")] {
            same(&format!("report week {short}"), &format!("report week {long}"));
            same(&format!("journal on {short}"), &format!("journal on {long}"));
        }
        same("report quarter -1q", "report quarter 1-quarters-ago");
        same("report year -1y -n 3", "report year 1-years-ago -n 3");
        same("journal -2w", "journal 2-weeks-ago");
        same("report week -retry", "report week NOT retry");
        same("journal gaps -2w", "journal gaps --since 2-weeks-ago");
        same("list -2w", "list NOT 2w");
    }

    #[test]
    fn habits_from_other_programs() {
        same("search --ignore-case saga", "search saga");
        same("search saga -l", "search saga --format path");
        same("search saga --json", "search saga --format json");
        same("todo --jsonl", "todo --format jsonl");
        same("list --colour=never --no-input", "list --color=never");
        same("ls -n 3", "list -n 3");
        same("tasks --closed", "todo --done");
        same("q saga", "search saga");
        wrong(
            "search -g '*.md' saga",
            &["`hornbook search` has no option `-g`", "the query says it: path:patterns, or 'path:*-draft.md'"],
        );
        wrong(
            "search saga -C2",
            &[
                "`hornbook search` has no option `-C2`",
                "to leave out a word: NOT C2",
                "a hit shows the words around it; `hornbook show NOTE` prints the note, `hornbook edit PATH:LINE` opens it there",
            ],
        );
        wrong(
            "search -il saga",
            &[
                "`hornbook search` has no option `-il`",
                "to leave out a word: NOT il",
                "options cannot be bundled here: write them one by one",
            ],
        );
        wrong("daily", &["there is no command `hornbook daily`", "`hornbook journal today` opens today's entry"]);
    }

    #[test]
    fn slips() {
        wrong("todo --gruop tag", &["`hornbook todo` has no option `--gruop`", "did you mean `--group`?"]);
        wrong("--colr never list", &["`hornbook list` has no option `--colr`", "did you mean `--color`?"]);
        wrong("serach saga", &["there is no command `hornbook serach`", "did you mean `hornbook search`?"]);
        wrong(
            "index rebuidl",
            &["there is no command `hornbook index rebuidl`", "did you mean `hornbook index rebuild`?"],
        );
        wrong("index zzz", &["there is no command `hornbook index zzz`", "`hornbook index --help` shows them"]);
        wrong(
            "dead 'letter queue'",
            &[
                "there is no command `hornbook dead`",
                "to look for it: `hornbook search dead 'letter queue'`",
                "`hornbook help` shows the commands",
            ],
        );
    }
}
