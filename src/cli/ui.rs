//! The only place that prints: answers to stdout, remarks to stderr, and a progress bar for long waits.

use std::cell::RefCell;
use std::io;
use std::io::IsTerminal as _;
use std::io::Write as _;
use std::time::Duration;
use std::time::Instant;

use clap::builder::StyledStr;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

use crate::cli::error::Failure;
use crate::cli::pager;
use crate::view::Document;
use crate::view::Line;
use crate::view::Paths;
use crate::view::Role;
use crate::view::Screen;
use crate::view::diagnostic;
use crate::view::diff;
use crate::view::screen;
use crate::view::terminal;

/// Shorter waits show no progress bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Also into pipes.
    Always,
    /// Not at all.
    Never,
}

/// The terminal according to the environment, read by `context`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terminal {
    pub(crate) color: Color,
    pub(crate) no_color: bool,
    pub(crate) force_color: bool,
    /// `TERM=dumb`: shows text and nothing else.
    pub(crate) dumb: bool,
    pub(crate) columns: Option<usize>,
    pub(crate) pager: Option<String>,
    pub(crate) no_pager: bool,
    pub(crate) quiet: bool,
}

/// stdout and stderr.
#[derive(Debug)]
pub(crate) struct Ui {
    /// The screen for which answers are laid out.
    pub(crate) screen: Screen,
    stderr: Screen,
    quiet: bool,
    pager: Option<String>,
    terminal: bool,
    answer: Vec<u8>,
    /// Output for scripts that is not yet part of the answer.
    raw: Vec<u8>,
    /// Remarks made after output began; printed at the end.
    later: RefCell<String>,
}

impl Ui {
    pub(crate) fn new(terminal: Terminal) -> Self {
        let stdout = io::stdout().is_terminal();
        let stderr = io::stderr().is_terminal();
        let color = |is_terminal: bool| terminal.colors(is_terminal);
        let columns =
            terminal.columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        let width = stdout.then(|| columns.unwrap_or(80));
        Self {
            screen: Screen {
                width,
                color: color(stdout),
                links: stdout && color(stdout) && !terminal.dumb,
                escape: stdout,
            },
            stderr: Screen { width: None, color: color(stderr), links: false, escape: stderr },
            quiet: terminal.quiet,
            pager: (!terminal.no_pager && stdout).then(|| terminal.pager.unwrap_or_else(|| pager::DEFAULT.to_owned())),
            terminal: stdout,
            answer: Vec::new(),
            raw: Vec::new(),
            later: RefCell::default(),
        }
    }

    /// Adds a line to the answer.
    pub(crate) fn line(&mut self, line: &Line) {
        self.settle();
        self.answer.extend_from_slice(self.screen.render(line).as_bytes());
        self.answer.push(b'\n');
    }

    /// Adds lines to the answer.
    pub(crate) fn lines(&mut self, lines: &[Line]) {
        self.settle();
        let mut text = String::new();
        for line in lines {
            self.screen.render_onto(line, &mut text);
            text.push('\n');
        }
        self.answer.extend_from_slice(text.as_bytes());
    }

    /// Adds a document to the answer, and prints its remarks.
    pub(crate) fn document(&mut self, mut document: Document, paths: &dyn Paths) {
        let remarks = std::mem::take(&mut document.remarks);
        self.lines(&terminal::lines(document, &self.screen, paths));
        for remark in remarks {
            self.say(&remark);
        }
    }

    /// Adds text for programs, or a note's source: unchanged in a pipe, escaped on a terminal.
    pub(crate) fn verbatim(&mut self, text: &str) {
        self.raw.extend_from_slice(text.as_bytes());
    }

    /// Adds a unified diff.
    pub(crate) fn diff(&mut self, diff: &str) {
        self.settle();
        self.answer.extend_from_slice(diff::render(diff, &self.screen).as_bytes());
    }

    /// Takes output for scripts: unchanged in a pipe, escaped on a terminal.
    pub(crate) fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.raw
    }

    /// Makes output for scripts part of the answer.
    fn settle(&mut self) {
        if self.screen.escape {
            let raw = std::mem::take(&mut self.raw);
            self.answer.extend_from_slice(screen::verbatim(&String::from_utf8_lossy(&raw)).as_bytes());
        } else {
            self.answer.append(&mut self.raw);
        }
    }

    /// Prints a remark next to the answer, unless `--quiet`.
    pub(crate) fn say(&self, text: &str) {
        for line in text.lines().filter(|_| !self.quiet) {
            self.talk(&vec![screen::cell(line, Role::Muted)]);
        }
    }

    /// Shows the usage when no command was given.
    pub(crate) fn usage(&self, help: &StyledStr) {
        to_stderr(&if self.stderr.color { help.ansi().to_string() } else { help.to_string() });
    }

    /// Asks the user at the terminal; `None` at the end of input.
    pub(crate) fn ask_for(&self, question: &str, default: Option<&str>) -> io::Result<Option<String>> {
        let default = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        to_stderr(&self.stderr.render(&[screen::plain(format!("{question}{default} "))]));
        let mut answer = String::new();
        let length = io::stdin().read_line(&mut answer)?;
        Ok((length > 0).then(|| answer.trim().to_owned()))
    }

    /// Prints a warning, also with `--quiet`.
    pub(crate) fn warn(&self, text: &str) {
        self.talk_lines(&diagnostic::message("warning", Role::Warning, text));
    }

    /// Prints advice on what to do next, also with `--quiet`.
    pub(crate) fn hint(&self, text: &str) {
        self.talk_lines(&diagnostic::message("hint", Role::Date, text));
    }

    /// True if the user reads the answer on a terminal and can type.
    pub(crate) fn can_ask(&self) -> bool {
        self.terminal && io::stdin().is_terminal()
    }

    /// Asks a yes-no question; without a user the answer is no.
    pub(crate) fn ask(&self, question: &str) -> io::Result<bool> {
        to_stderr(&format!("{question} [y/N] "));
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        if !io::stdin().is_terminal() {
            to_stderr("\n");
        }
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Shows an error.
    pub(crate) fn fail(&self, failure: &Failure) {
        let message = if failure.message.is_empty() { "unknown" } else { &failure.message };
        self.talk_lines(&diagnostic::message("error", Role::Bad, message));
        for hint in &failure.hints {
            self.hint(hint);
        }
    }

    fn talk_lines(&self, lines: &[Line]) {
        for line in lines {
            self.talk(line);
        }
    }

    /// Once output has begun, remarks wait for its end, so that they appear in order.
    fn talk(&self, line: &Line) {
        let mut later = self.later.borrow_mut();
        later.push_str(&self.stderr.render(line));
        later.push('\n');
        if self.answer.is_empty() && self.raw.is_empty() {
            to_stderr(&std::mem::take(&mut *later));
        }
    }

    /// Prints the answer, through the pager if it is longer than the terminal. A closed pipe is not an error.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.settle();
        let answer = std::mem::take(&mut self.answer);
        let written = if answer.is_empty() || self.paged(&answer) { Ok(()) } else { to_stdout(&answer) };
        to_stderr(&self.later.take());
        written
    }

    fn paged(&self, answer: &[u8]) -> bool {
        let (true, Some(command)) = (self.terminal, &self.pager) else { return false };
        let Some((columns, rows)) = terminal_size::terminal_size() else { return false };
        pager::fills(answer, usize::from(columns.0), usize::from(rows.0)) && pager::page(command, answer)
    }

    /// A progress bar on a terminal's stderr that appears only after a delay.
    pub(crate) fn progress(&self, what: &'static str) -> impl FnMut(usize, usize) + use<> {
        let visible = !self.quiet && io::stderr().is_terminal();
        let began = Instant::now();
        let mut bar: Option<ProgressBar> = None;
        move |done, total| {
            if !visible || began.elapsed() < PATIENCE {
                return;
            }
            let bar = bar.get_or_insert_with(|| {
                let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
                    .unwrap_or_else(|_| ProgressStyle::default_bar());
                let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style);
                bar.set_message(what);
                bar
            });
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            if done >= total {
                bar.finish_and_clear();
            }
        }
    }
}

impl Terminal {
    /// Whether a stream is coloured: the option takes precedence, then `NO_COLOR`, then `CLICOLOR_FORCE`.
    fn colors(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => !self.no_color && (self.force_color || (is_terminal && !self.dumb)),
        }
    }
}

/// Errors are ignored: without stderr there is nobody to tell.
fn to_stderr(text: &str) {
    let _ignored = io::stderr().write_all(text.as_bytes());
}

fn to_stdout(answer: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(answer).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(terminal: &Terminal, on_terminal: bool, in_pipe: bool) {
        assert_eq!((terminal.colors(true), terminal.colors(false)), (on_terminal, in_pipe), "{terminal:?}");
    }

    #[test]
    fn who_decides_about_colours() {
        let auto = Terminal::default();
        case(&auto, true, false);
        case(&Terminal { no_color: true, ..auto.clone() }, false, false);
        case(&Terminal { force_color: true, ..auto.clone() }, true, true);
        case(&Terminal { no_color: true, force_color: true, ..auto.clone() }, false, false);
        case(&Terminal { dumb: true, ..auto.clone() }, false, false);
        case(&Terminal { color: Color::Always, no_color: true, dumb: true, ..auto.clone() }, true, true);
        case(&Terminal { color: Color::Never, force_color: true, ..auto }, false, false);
    }

    fn ui(escape: bool) -> Ui {
        let mut ui = Ui::new(Terminal { color: Color::Never, no_pager: true, ..Terminal::default() });
        ui.screen = Screen { escape, ..Screen::default() };
        ui
    }

    #[test]
    fn what_scripts_read_is_harmless_on_a_terminal_only() {
        for (escape, want) in [(false, "a\n\u{1b}\tb\r\nc\n"), (true, "a\n\\u001b    b\nc\n")] {
            let mut ui = ui(escape);
            ui.line(&vec![screen::plain("a")]);
            ui.raw().extend_from_slice(b"\x1b\tb\r\n");
            ui.line(&vec![screen::plain("c")]);
            assert_eq!(String::from_utf8_lossy(&ui.answer), want);
        }
    }

    #[test]
    fn talk_waits_for_an_answer_that_has_begun() {
        let mut ui = ui(false);
        ui.raw().extend_from_slice(b"[]");
        ui.say("2 notes");
        assert_eq!(*ui.later.borrow(), "2 notes\n");
        ui.quiet = true;
        ui.say("unheard");
        ui.warn("heard");
        assert_eq!(*ui.later.borrow(), "2 notes\nwarning: heard\n");
    }
}
