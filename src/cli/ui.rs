//! The only place that prints: answers to stdout, talk to stderr, a progress bar where somebody waits.

use std::io;
use std::io::IsTerminal as _;
use std::io::Write as _;
use std::time::Duration;
use std::time::Instant;

use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

use crate::cli::error::Failure;
use crate::cli::pager;
use crate::view::Line;
use crate::view::Screen;
use crate::view::screen;
use crate::view::screen::Role;

/// Nobody waits for less.
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

/// The environment's say about the terminal, read by `context`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terminal {
    pub(crate) color: Color,
    pub(crate) no_color: bool,
    pub(crate) force_color: bool,
    pub(crate) columns: Option<usize>,
    pub(crate) pager: Option<String>,
    pub(crate) no_pager: bool,
    pub(crate) quiet: bool,
}

/// stdout and stderr.
#[derive(Debug)]
pub(crate) struct Ui {
    /// What answers are laid out for.
    pub(crate) screen: Screen,
    talk: Screen,
    quiet: bool,
    pager: Option<String>,
    terminal: bool,
    answer: Vec<u8>,
}

impl Ui {
    pub(crate) fn new(terminal: Terminal) -> Self {
        let stdout = io::stdout().is_terminal();
        let stderr = io::stderr().is_terminal();
        let color = |is_terminal: bool| match terminal.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => (is_terminal && !terminal.no_color) || terminal.force_color,
        };
        let columns =
            terminal.columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        let width = stdout.then(|| columns.unwrap_or(80));
        Self {
            screen: Screen { width, color: color(stdout), links: stdout && color(stdout), escape: stdout },
            talk: Screen { width: None, color: color(stderr), links: false, escape: stderr },
            quiet: terminal.quiet,
            pager: (!terminal.no_pager && stdout).then(|| terminal.pager.unwrap_or_else(|| "less -FRX".to_owned())),
            terminal: stdout,
            answer: Vec::new(),
        }
    }

    /// Adds a line to the answer.
    pub(crate) fn line(&mut self, line: &Line) {
        self.answer.extend_from_slice(self.screen.render(line).as_bytes());
        self.answer.push(b'\n');
    }

    /// Adds lines to the answer.
    pub(crate) fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            self.line(line);
        }
    }

    /// Adds a text of our own, as it is.
    pub(crate) fn text(&mut self, text: &str) {
        self.answer.extend_from_slice(text.as_bytes());
    }

    /// Adds bytes to the answer as they are: what scripts read.
    pub(crate) fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.answer
    }

    /// Says something beside the answer, unless `--quiet`.
    pub(crate) fn say(&self, text: &str) {
        for line in text.lines().filter(|_| !self.quiet) {
            self.print_talk(&vec![screen::cell(line, Role::Muted)]);
        }
    }

    /// Warns, also with `--quiet`.
    pub(crate) fn warn(&self, text: &str) {
        self.print_talk(&vec![screen::cell("warning", Role::Warning), screen::plain(format!(": {text}"))]);
    }

    /// Shows an error.
    pub(crate) fn fail(&self, failure: &Failure) {
        let mut lines = failure.message.lines();
        let first = lines.next().unwrap_or("unknown");
        self.print_talk(&vec![screen::cell("error", Role::Bad), screen::plain(format!(": {first}"))]);
        for line in lines {
            self.print_talk(&vec![screen::plain(line)]);
        }
        for hint in &failure.hints {
            let mut lines = hint.lines();
            let first = lines.next().unwrap_or_default();
            self.print_talk(&vec![screen::cell("hint", Role::Date), screen::plain(format!(": {first}"))]);
            for line in lines {
                self.print_talk(&vec![screen::plain(line)]);
            }
        }
    }

    fn print_talk(&self, line: &Line) {
        let mut text = self.talk.render(line);
        text.push('\n');
        // nobody is left to be told when stderr is gone
        let _ignored = io::stderr().write_all(text.as_bytes());
    }

    /// Sends the answer off: through the pager where it is longer than the terminal. A closed pipe is silent.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        let answer = std::mem::take(&mut self.answer);
        if answer.is_empty() {
            return Ok(());
        }
        if self.terminal
            && let Some(command) = &self.pager
        {
            let rows = terminal_size::terminal_size().map_or(usize::MAX, |(_, height)| usize::from(height.0));
            let lines = answer.iter().filter(|&&byte| byte == b'\n').count();
            if lines >= rows && pager::page(command, &answer) {
                return Ok(());
            }
        }
        let mut out = io::stdout().lock();
        match out.write_all(&answer).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// A progress bar on a terminal's stderr that shows itself only when somebody waits.
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
