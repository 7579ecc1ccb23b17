//! Options and commands of zk, ripgrep, nb and Obsidian, and what to type here instead.
//!
//! Consulted only after parsing has failed, so nothing here can hide an option of ours.
//! Called by `arguments`.

use self::ForeignOption::Advice;
use self::ForeignOption::Is;

/// The meaning of a foreign option here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForeignOption {
    /// Equivalent to these words; none if it is the default here.
    Is(&'static [&'static str]),
    /// What to type instead.
    Advice(&'static str),
}

const BY_QUERY: ForeignOption = Advice("the query says it: link:NOTE, linked-by:NOTE, tag:NAME, is:orphan");
const TAG: ForeignOption = Advice("the query says it: tag:NAME, or '#NAME'");

/// Commands (none means all), foreign options, and their meaning here.
const OPTIONS: &[(&[&str], &[&str], ForeignOption)] = &[
    (&[], &["--json"], Is(&["--format=json"])),
    (&[], &["--jsonl"], Is(&["--format=jsonl"])),
    (&[], &["--csv"], Is(&["--format=csv"])),
    (&[], &["--vimgrep", "--no-heading"], Is(&["--format=vimgrep"])),
    (&[], &["--colour"], Is(&["--color"])),
    (&[], &["--no-input"], Is(&[])),
    (&[], &["--delimiter0", "--print0"], Is(&["--null"])),
    (&[], &["-W", "--working-dir"], Advice("--notebook DIR names the notebook from anywhere")),
    (
        &["search"],
        &["--ignore-case", "-S", "--smart-case", "-H", "--with-filename", "--line-number", "--column", "--heading"],
        Is(&[]),
    ),
    (&["search"], &["-l", "--files-with-matches", "--list"], Is(&["--format=path"])),
    (&["search"], &["-p", "--pretty"], Is(&["--color=always"])),
    (
        &["search"],
        &["-w", "--word-regexp"],
        Advice("words are whole words here: leave it out; word* finds words that begin with it, '/regex/' finds parts"),
    ),
    (
        &["search"],
        &["-F", "--fixed-strings"],
        Advice("words are not patterns here: leave it out; a regex finds text with punctuation, '/a\\.b/'"),
    ),
    (
        &["search"],
        &["-e", "--regexp", "-x", "--line-regexp"],
        Advice("a regex goes between slashes: `hornbook search '/out.ox/'`"),
    ),
    (&["search"], &["--case-sensitive"], Advice("case never matters to words; a regex can mind it: '/(?-i)Word/'")),
    (
        &["search"],
        &["-U", "--multiline"],
        Advice("a regex looks within a line, a \"phrase in quotes\" goes over its end"),
    ),
    (
        &["search"],
        &["-v", "--invert-match", "-L", "--files-without-match", "--not"],
        Advice("NOT word leaves out: `hornbook list NOT word` lists the notes without it"),
    ),
    (&["search"], &["--and"], Advice("AND joins words that must all be there: `hornbook search one AND two`")),
    (&["search"], &["--or"], Advice("words need no OR to be looked for: `hornbook search one two` ranks both")),
    (
        &["search"],
        &["-c", "--count", "--count-matches", "--stats"],
        Advice(
            "the count is printed on stderr; `hornbook search WORDS --limit 9999 --format path | wc -l` counts the notes",
        ),
    ),
    (&["search"], &["-o", "--only-matching"], Advice("a template prints what you want: --format '{{ text }}'")),
    (&["search"], &["-g", "--glob", "--iglob"], Advice("the query says it: path:patterns, or 'path:*-draft.md'")),
    (
        &["search"],
        &["-t", "--type", "-T", "--type-not"],
        Advice("notes are all that is searched; the query narrows them down: path:patterns, tag:events, kind:meeting"),
    ),
    (&["search"], &["--tag", "--tags"], TAG),
    (
        &["search"],
        &["-A", "-B", "-C", "--after-context", "--before-context", "--context", "--passthru"],
        Advice(
            "a hit shows the words around it; `hornbook show NOTE` prints the note, `hornbook edit PATH:LINE` opens it there",
        ),
    ),
    (&["search"], &["--files"], Advice("`hornbook list --format path` prints the notes")),
    (
        &["search"],
        &["-u", "--unrestricted", "-.", "--hidden", "--no-ignore", "--follow"],
        Advice("`hornbook index status` says what is left out and why"),
    ),
    (&["search"], &["-m", "--max-count"], Advice("--limit COUNT shows at most that many notes")),
    (&["search"], &["-r", "--replace"], Advice("a search changes nothing; your editor replaces")),
    (&["search"], &["-j", "--threads"], Advice("leave it out")),
    (&["list"], &["-M", "--match-strategy"], Advice("the query says it: words, a \"phrase in quotes\", a '/regex/'")),
    (
        &["list"],
        &["--mention", "--mentioned-by", "--no-mention", "--no-mentioned-by"],
        Advice("`hornbook backlinks NOTE --mentions` lists who names a note without a link"),
    ),
    (
        &["list"],
        &["-d", "--delimiter", "--header", "--footer"],
        Advice("a template says what is in a line, and --null ends each with NUL: --format '{{ path }}' --null"),
    ),
    (&["list"], &["--reverse"], Advice("a + or - after the key reverses the order: --sort modified+")),
    (&["list"], &["-a", "--all"], Is(&[])),
    (&["list"], &["--tags"], Advice("`hornbook tags` lists them; --tag NAME lists the notes that have one")),
    (&["todo"], &["--open"], Is(&[])),
    (&["todo"], &["--closed"], Is(&["--done"])),
    (&["todo"], &["--overdue"], Advice("the query says it: `hornbook todo is:overdue`")),
    (
        &["todo"],
        &["--due"],
        Advice(
            "a new task says it in its words, `hornbook todo add 'call Ida due:2026-12-01'`; a query asks for it, 'due:<=+7d'",
        ),
    ),
    (&["todo"], &["-t", "--tag", "--tags"], TAG),
    (&["new"], &["-n"], Is(&["--dry-run"])),
    (&["new"], &["-e", "--edit"], Is(&[])),
    (&["new"], &["--interactive"], Is(&["--stdin"])),
    (&["new"], &["--folder"], Is(&["--dir"])),
    (&["new"], &["--filename"], Is(&["--name"])),
    (&["new"], &["--extra"], Advice("--var name=value, once for each name")),
    (
        &["new"],
        &["--template", "-g", "--group"],
        Advice("the first word names the template: `hornbook new meeting 'Platform weekly'`"),
    ),
    (&["new"], &["-c", "--content"], Advice("-i takes it from standard input")),
    (&["new"], &["--id"], Advice("--name says how the file is called")),
    (&["new"], &["--tag", "--tags"], Advice("a template can ask for them: `hornbook help templates`")),
    (
        &["graph", "tags", "check"],
        &["-l", "--link-to", "-L", "--linked-by", "-t", "--tag", "--orphan", "-r", "--recursive", "--related"],
        BY_QUERY,
    ),
];

/// Commands of other programs, and what to type instead.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["daily", "today", "diary"], "`hornbook journal today` opens today's entry"),
    (
        &["daily:append", "daily:prepend", "append", "prepend", "log"],
        "`hornbook journal add TEXT` adds to today's entry",
    ),
    (&["daily:read"], "`hornbook journal on today` prints today's entry"),
    (
        &["add", "a", "note"],
        "`hornbook new TITLE` begins a note; `hornbook journal add TEXT` and `hornbook todo add TEXT` write lines",
    ),
    (&["template", "templates"], "`hornbook new --list` lists the templates"),
    (&["task", "toggle", "tick"], "`hornbook done REF` ticks a task, `hornbook reopen REF` opens it again"),
    (&["undone", "untick"], "`hornbook reopen REF` opens a task again; `hornbook undo` undoes any change"),
    (&["unpin"], "the ^id at the end of the task is all there is: delete it in your editor"),
    (&["unresolved", "placeholders", "lint", "doctor"], "`hornbook check` lists links that lead nowhere, and more"),
    (&["orphans", "orphan"], "`hornbook list --orphan` lists notes that no other links to"),
    (&["deadends"], "`hornbook list NOT has:link` lists notes without links"),
    (&["mentions"], "`hornbook backlinks NOTE --mentions` lists who names a note without a link"),
    (&["properties", "property", "props"], "`hornbook show NOTE --format json` prints them; [name:value] finds them"),
    (&["random"], "`hornbook list --sort random -n 1`"),
    (&["recent"], "`hornbook list --sort modified -n 10`"),
    (&["wordcount", "wc"], "`hornbook list --sort words --format '{{ words }} {{ path }}'`"),
    (&["read", "cat", "view", "print"], "`hornbook show NOTE` prints a note"),
    (&["open", "o", "e"], "`hornbook edit NOTE` opens a note"),
    (&["files", "file", "folders", "notes"], "`hornbook list --format path` prints the notes"),
    (&["grep", "rg"], "`hornbook search WORDS` finds words, and '/regex/' patterns"),
    (&["move"], "`hornbook mv OLD NEW` moves a note, and links follow"),
    (
        &["delete", "rm", "remove"],
        "notes are files: delete them as files; then `hornbook check` shows the links that broke",
    ),
    (&["browse", "serve", "publish", "export", "site"], "`hornbook build` makes a website of the notebook"),
    (
        &["sync", "push", "pull", "history", "commit"],
        "notes are files: git keeps them; `hornbook undo --list` shows what hornbook has changed",
    ),
    (&["tag"], "`hornbook tags` lists tags, `hornbook list --tag NAME` the notes that have one"),
    (&["config", "settings"], "`hornbook help settings` lists the settings, `hornbook init` writes a book.toml"),
    (&["agenda", "next", "stale", "stats"], "`hornbook todo` looks ahead: --agenda, next, stale, stats"),
    (&["version"], "`hornbook --version`"),
    (
        &["notebooks", "nb"],
        "any folder is a notebook: `hornbook index status` says which this is, --notebook names another",
    ),
];

/// The meaning of another program's option here.
pub(crate) fn option(command: &str, written: &str) -> Option<ForeignOption> {
    let known = |(commands, options, _): &&(&[&str], &[&str], ForeignOption)| {
        (commands.is_empty() || commands.contains(&command)) && options.contains(&written)
    };
    OPTIONS.iter().find(known).map(|(_, _, meaning)| *meaning)
}

/// What to type instead of a command of another program.
pub(crate) fn command(written: &str) -> Option<&'static str> {
    COMMANDS.iter().find(|(names, _)| names.contains(&written)).map(|(_, advice)| *advice)
}

/// What to type instead of `todo WORD`, if the word looks like a command or a state and no task contains it.
pub(crate) fn of_tasks(word: &str) -> Option<&'static str> {
    Some(match word {
        "open" | "todo" | "list" | "ls" => "`hornbook todo` lists what is open",
        "done" | "closed" | "completed" => "`hornbook todo --done` lists what is done",
        "all" => "`hornbook todo --all` lists every task",
        "do" | "tick" | "complete" | "finish" => "`hornbook done REF` ticks a task",
        "undo" | "reopen" | "undone" => "`hornbook reopen REF` opens a task again",
        "edit" => "`hornbook edit REF` opens a task's line",
        "delete" | "rm" | "remove" => "`hornbook status REF cancelled` drops a task; lines are deleted in your editor",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::program::Cli;

    #[test]
    fn no_option_of_ours_is_taken_for_a_foreign_one() {
        let mut program = Cli::command();
        program.build();
        for (commands, options, _) in OPTIONS {
            for command in *commands {
                let command = program.find_subcommand(command).unwrap();
                for argument in command.get_arguments() {
                    let long = argument.get_long().map(|long| format!("--{long}"));
                    let short = argument.get_short().map(|short| format!("-{short}"));
                    for ours in long.iter().chain(&short) {
                        assert!(!options.contains(&ours.as_str()), "{} has {ours}", command.get_name());
                    }
                }
            }
        }
        for name in COMMANDS.iter().flat_map(|(names, _)| *names) {
            assert!(program.find_subcommand(name).is_none(), "{name}");
        }
    }

    /// Advice that cannot be followed is worse than none.
    #[test]
    fn what_is_advised_can_be_typed() {
        let advice = OPTIONS.iter().filter_map(|(_, _, meaning)| match meaning {
            Advice(text) => Some(*text),
            Is(_) => None,
        });
        for text in advice.chain(COMMANDS.iter().map(|(_, text)| *text)) {
            let typed = text.split('`').skip(1).step_by(2).filter(|typed| typed.starts_with("hornbook "));
            for typed in typed {
                let words = shell_words::split(typed).unwrap();
                let words = words.iter().take_while(|word| *word != "|");
                let parsed = Cli::command().try_get_matches_from(words);
                let fine = parsed.as_ref().err().is_none_or(|error| !error.use_stderr());
                assert!(fine, "{typed}: {}", parsed.unwrap_err());
            }
        }
    }
}
