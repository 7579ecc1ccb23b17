//! The help of the program itself: its commands, grouped by purpose.

use std::fmt::Write as _;

use clap::CommandFactory as _;

use crate::cli::program::Cli;

/// The commands by purpose. Every command is in exactly one group, as a test checks.
const GROUPS: [(&str, &[&str]); 12] = [
    ("Find and read", &["search", "list", "show", "edit", "tags", "outline", "links", "backlinks", "graph"]),
    ("To-dos", &["todo", "done", "reopen", "status", "set", "pin"]),
    ("Write", &["new", "journal"]),
    ("Rearrange", &["mv", "rename", "extract", "merge", "split", "inline"]),
    ("Meetings", &["meeting"]),
    ("Questions and decisions", &["questions", "decisions"]),
    ("Reading list", &["reading"]),
    ("Growth", &["goals", "tickets"]),
    ("Reviews", &["report"]),
    ("Keep in order", &["check", "undo"]),
    ("Publish", &["build"]),
    ("Hornbook itself", &["init", "index", "help", "completions", "man"]),
];

/// Columns for the names.
const NAMES: usize = 13;

/// The program's command line. Its help lists the commands in groups, at most 100 columns wide.
pub(crate) fn program() -> clap::Command {
    let plain = Cli::command();
    let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 100);
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{}{{all-args}}{{after-help}}",
        groups(&plain, width)
    );
    let plain = plain.mut_subcommands(|command| command.hide(true));
    plain.override_usage("hornbook [OPTIONS] <COMMAND>").help_template(template)
}

fn groups(program: &clap::Command, width: usize) -> String {
    let mut out = String::new();
    for (title, names) in GROUPS {
        // writing to a string cannot fail
        let _ = writeln!(out, "{title}:");
        for name in names {
            let about = program.find_subcommand(name).and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let mut line = format!("  {name:<NAMES$}");
            let mut used = line.len();
            for word in about.split(' ') {
                if used + word.len() >= width {
                    line.truncate(line.trim_end().len());
                    line.push_str(&format!("\n  {:NAMES$}", ""));
                    used = NAMES + 2;
                }
                line.push_str(word);
                line.push(' ');
                used += word.chars().count() + 1;
            }
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let program = Cli::command();
        let mut known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        known.sort_unstable();
        grouped.sort_unstable();
        assert_eq!(known, grouped);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let text = groups(&Cli::command(), 60);
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    }
}
