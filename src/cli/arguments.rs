//! From the words of a command line to what is asked, with advice where they cannot be understood.
//!
//! clap reads them; what it does not know is a word to leave out (`-retry`), a habit from another program, or a slip.

use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::FromArgMatches as _;
use clap::builder::StyledStr;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use crate::cli::error::Failure;
use crate::cli::habits;
use crate::cli::habits::Habit;
use crate::cli::overview;
use crate::cli::program::Cli;
use crate::model::NotePath;
use crate::model::words::nearest;

/// Commands whose words are a query: in them `-word` means "without this word".
const QUERIES: [&str; 8] = ["search", "list", "todo", "tags", "check", "graph", "journal", "edit"];

/// Letters that ripgrep's users bundle, as in `-il`.
const BUNDLED: &str = "ilncwvoHFSUp";

/// Why arguments came to nothing: help was asked for or clap's own words are good, or ours are better.
#[derive(Debug)]
pub(crate) enum Misread {
    Clap(clap::Error),
    Ours(Failure),
    /// No command at all: the help says what there is.
    Nothing(StyledStr),
}

/// Reads the arguments. Those that are not UTF-8 are understood as [`NotePath`] keeps such names.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Cli, Misread> {
    let mut arguments: Vec<OsString> = arguments.iter().map(|word| NotePath::from_os(word).as_str().into()).collect();
    loop {
        let matches = overview::program().try_get_matches_from(&arguments);
        let error = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
            Ok(cli) => return Ok(cli),
            Err(error) => error,
        };
        if matches!(error.kind(), ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand) {
            return Err(Misread::Nothing(overview::program().render_help()));
        }
        match mend(&error, &arguments) {
            Mended::Words(place, words) => {
                arguments.splice(place..=place, words);
            }
            Mended::Failure(failure) => return Err(Misread::Ours(failure)),
            Mended::Not => return Err(Misread::Clap(error)),
        }
    }
}

/// What can be made of an error.
enum Mended {
    /// The argument at this place means these words.
    Words(usize, Vec<OsString>),
    Failure(Failure),
    Not,
}

fn mend(error: &clap::Error, arguments: &[OsString]) -> Mended {
    let program = Cli::command();
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let path = path(&program, arguments);
    match (error.kind(), said(ContextKind::InvalidArg), said(ContextKind::InvalidValue)) {
        (ErrorKind::UnknownArgument, Some(unknown), _) => unknown_option(&program, &path, unknown, arguments),
        // `-saga` where -s wants something else than `aga`
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, _, Some(value)) if takes_query(&path) => {
            let meant = |word: &str| is_left_out(word) && word.get(2..).is_some_and(|rest| rest.ends_with(value));
            place(arguments, meant).map_or(Mended::Not, |place| without(arguments, place))
        }
        (ErrorKind::InvalidSubcommand, ..) => match said(ContextKind::InvalidSubcommand) {
            Some(written) => {
                let from = place(arguments, |word| word == written).unwrap_or(arguments.len());
                let (before, rest) = arguments.split_at_checked(from).unwrap_or((arguments, &[]));
                Mended::Failure(unknown_command(&program, &self::path(&program, before), written, rest))
            }
            None => Mended::Not,
        },
        _ => Mended::Not,
    }
}

/// The commands that the arguments name, by their own names: `todo add`.
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

/// True for commands whose words are a query; what is to be written (`todo add`) is none.
fn takes_query(path: &[String]) -> bool {
    path.first().is_some_and(|name| QUERIES.contains(&name.as_str())) && path.get(1).is_none_or(|name| name != "add")
}

/// True for `-word`, which no option of a single letter is.
fn is_left_out(word: &str) -> bool {
    word.starts_with('-') && !word.starts_with("--") && word.chars().count() > 2
}

/// The first argument that is meant.
fn place(arguments: &[OsString], meant: impl Fn(&str) -> bool) -> Option<usize> {
    let words = arguments.iter().skip(1).take_while(|word| *word != "--");
    words.map(|word| word.to_string_lossy()).position(|word| meant(&word)).map(|place| place + 1)
}

/// `-word` as a query says it.
fn without(arguments: &[OsString], place: usize) -> Mended {
    let word = arguments.get(place).map(|word| word.to_string_lossy().trim_start_matches('-').to_owned());
    Mended::Words(place, vec!["NOT".into(), word.unwrap_or_default().into()])
}

/// An option that there is not: `unknown` is `--name` or the first letter of a bundle, `-n`.
fn unknown_option(program: &clap::Command, path: &[String], unknown: &str, arguments: &[OsString]) -> Mended {
    let command = path.first().map_or("", String::as_str);
    let is_it = |word: &str| word == unknown || word.split_once('=').is_some_and(|(name, _)| name == unknown);
    let habit = habits::option(command, unknown);
    if let Some(place) = place(arguments, is_it) {
        return match habit {
            Some(Habit::Is(words)) => {
                let mut words: Vec<OsString> = words.iter().map(OsString::from).collect();
                let value = arguments.get(place).and_then(|word| word.to_str()?.split_once('='));
                if let (Some((_, value)), Some(last)) = (value, words.last_mut()) {
                    last.push(format!("={value}"));
                }
                Mended::Words(place, words)
            }
            Some(Habit::Advice(advice)) => Mended::Failure(no_option(path, unknown).hint(advice)),
            None => Mended::Failure(slip(program, path, unknown)),
        };
    }
    let starts = |word: &str| is_left_out(word) && word.starts_with(unknown);
    // `-idle` where there is -i, but no -d
    let has = |word: &str| is_left_out(word) && word.contains(unknown.trim_start_matches('-'));
    let Some(place) = place(arguments, starts).or_else(|| place(arguments, has)) else { return Mended::Not };
    let word = arguments.get(place).map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    if path == ["journal", "on"]
        && let Some(ago) = ago(&word)
    {
        return Mended::Words(place, vec![ago.into()]);
    }
    if !takes_query(path) {
        return Mended::Failure(slip(program, path, unknown));
    }
    if !is_bundle(&word) {
        return without(arguments, place);
    }
    let failure = no_option(path, &word).hint(format!("to leave out a word: NOT {}", word.trim_start_matches('-')));
    Mended::Failure(match habit {
        Some(Habit::Advice(advice)) => failure.hint(advice),
        Some(Habit::Is(_)) | None => failure.hint("options are not bundled here: one by one they are understood"),
    })
}

/// `-2w` as a word that does not look like an option: `2-weeks-ago`.
fn ago(word: &str) -> Option<String> {
    let number = word.strip_prefix('-')?;
    let unit = match number.chars().next_back()? {
        'd' => "days",
        'w' => "weeks",
        'm' => "months",
        'y' => "years",
        _ => return None,
    };
    let count: u32 = number.get(..number.len() - 1)?.parse().ok()?;
    Some(format!("{count}-{unit}-ago"))
}

/// True for what ripgrep's and zk's users type with a meaning: `-il`, `-C3`, `-tmd`, `-Mr`.
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

fn slip(program: &clap::Command, path: &[String], unknown: &str) -> Failure {
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

/// A command that there is not: `rest` begins with it.
fn unknown_command(program: &clap::Command, path: &[String], written: &str, rest: &[OsString]) -> Failure {
    let failure = Failure::new(format!("there is no command `{} {written}`", called(path)));
    if let Some(advice) = habits::command(written).filter(|_| path.is_empty()) {
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
            Err(Misread::Ours(failure)) => {
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
                "options are not bundled here: one by one they are understood",
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
