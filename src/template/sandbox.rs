//! The engine, so bound that a template can neither run long, grow large, nor read anything.
//!
//! The engine's fuel bounds its steps but neither its memory nor its stack, so a scan refuses before compiling what text can be
//! multiplied with, the filters are our own and bounded one by one and together, and so is what is written.
//! Called by `note` for templates of notes and by `view` for `--format`.

use std::io;
use std::io::Write;
use std::ops::Range;

use minijinja::Environment;
use minijinja::Error;
use minijinja::ErrorKind;
use minijinja::Output;
use minijinja::State;
use minijinja::UndefinedBehavior;
use minijinja::Value;
use minijinja::value::ValueKind;

use crate::template::filters;
use crate::template::filters::Budget;

/// A longer expression could be nested deep enough to overflow the stack.
pub(super) const TAG_LIMIT: usize = 500;
/// So could a longer chain.
const ELIF_LIMIT: usize = 100;
/// Bytes of one rendering.
pub(super) const OUTPUT_LIMIT: usize = 1024 * 1024;
/// The statements that there are.
pub(super) const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// How much a template may be and do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Its own bytes.
    pub source: usize,
    /// Steps of one rendering.
    pub fuel: u64,
}

impl Limits {
    /// Refuses a source that is too long.
    ///
    /// # Errors
    /// A sentence with the limit.
    pub fn check_length(self, source: &str) -> Result<(), Fault> {
        if source.len() <= self.source {
            return Ok(());
        }
        Err(Fault::new(format!("the template is {} bytes long (limit {})", source.len(), self.source)))
    }
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the source, where one place is to blame.
    pub place: Option<Range<usize>>,
    /// A sentence.
    pub message: String,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }

    fn at(place: usize, message: impl Into<String>) -> Self {
        Self { place: Some(place..place), message: message.into() }
    }

    fn of(error: &Error, what: &str) -> Self {
        Self { place: error.range(), message: format!("{what}: {}", detail(error)) }
    }
}

/// A compiled template.
#[derive(Debug)]
pub struct Sandbox {
    environment: Environment<'static>,
    budget: Budget,
}

const NAME: &str = "template";

impl Sandbox {
    /// Compiles a template. `more` may add filters to ours: none that gives more than it takes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(source: &str, limits: Limits, more: impl FnOnce(&mut Environment<'static>)) -> Result<Self, Fault> {
        limits.check_length(source)?;
        check(source)?;
        let budget = Budget::default();
        let mut environment = Environment::empty();
        environment.set_fuel(Some(limits.fuel));
        environment.set_recursion_limit(20);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // in every build: the names of what is undefined are in the message
        environment.set_debug(true);
        environment.set_formatter(write_value);
        filters::add(&mut environment, &budget);
        more(&mut environment);
        environment
            .add_template_owned(NAME, source.to_owned())
            .map_err(|error| Fault::of(&error, "the template cannot be read"))?;
        Ok(Self { environment, budget })
    }

    /// The names that the template takes from outside, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let template = self.environment.get_template(NAME);
        let names = template.map(|template| template.undeclared_variables(false)).unwrap_or_default();
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        names
    }

    /// Fills the template.
    ///
    /// # Errors
    /// What is wrong.
    pub fn render(&self, values: &serde_json::Value) -> Result<String, Fault> {
        self.budget.refill();
        let failed = |error: Error| Fault::of(&error, "the template cannot be filled");
        let template = self.environment.get_template(NAME).map_err(failed)?;
        let mut out = Limited(Vec::new());
        template.render_captured_to(minijinja::value::Serde(values), &mut out).map_err(failed)?;
        String::from_utf8(out.0).map_err(|error| Fault::new(error.to_string()))
    }
}

/// Takes [`OUTPUT_LIMIT`] bytes and no more.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_LIMIT {
            return Err(io::Error::other(format!("what it gives is longer than {OUTPUT_LIMIT} bytes")));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a value as people want it on a line: nothing for null, a list with commas.
fn write_value(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.kind() == ValueKind::Seq {
        for (index, item) in value.try_iter()?.enumerate() {
            write!(out, "{}{item}", if index > 0 { ", " } else { "" })?;
        }
        return Ok(());
    }
    // undefined is only what an `if` without `else` gives: the engine refuses every other
    if value.is_none() || value.is_undefined() { Ok(()) } else { write!(out, "{value}").map_err(Error::from) }
}

/// What the engine says, with what the writer said.
fn detail(error: &Error) -> String {
    if error.kind() == ErrorKind::OutOfFuel {
        return "it takes too many steps".to_owned();
    }
    let source = std::error::Error::source(error).map(ToString::to_string);
    source.unwrap_or_else(|| error.detail().map_or_else(|| error.kind().to_string(), str::to_owned))
}

/// Refuses what could grow without bounds or overflow the stack: long tags, other statements, text built from text.
///
/// It reads tags, strings and comments as the engine does: what one takes for text and the other for a tag would slip through.
fn check(source: &str) -> Result<(), Fault> {
    let mut at = 0;
    let mut elifs = 0;
    while let Some(open) = source.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + open;
        let tag = source.get(start..).unwrap_or("");
        at = start
            + match tag.get(1..2) {
                Some("#") => {
                    let end = tag.find("#}").ok_or(Fault::at(start, "a comment of the template has no end"))?;
                    end + 2
                }
                Some("{") => check_tag(tag, "}}").map_err(|message| Fault::at(start, message))?,
                Some("%") => {
                    let end = check_tag(tag, "%}").map_err(|message| Fault::at(start, message))?;
                    let word = statement(tag.get(2..end).unwrap_or(""));
                    if !STATEMENTS.contains(&word) {
                        return Err(Fault::at(start, unknown_statement(word)));
                    }
                    elifs += usize::from(word == "elif");
                    end
                }
                _ => 1,
            };
    }
    if elifs > ELIF_LIMIT {
        return Err(Fault::new(format!("the template has more than {ELIF_LIMIT} `elif`")));
    }
    Ok(())
}

/// The first word of what is between `{%` and `%}`.
pub(super) fn statement(inner: &str) -> &str {
    let inner = inner.trim_start_matches(['-', ' ', '\t', '\r', '\n']);
    let end = inner.find(|c: char| !c.is_alphabetic()).unwrap_or(inner.len());
    inner.get(..end).unwrap_or("")
}

/// What is said about a statement that there is not.
pub(super) fn unknown_statement(word: &str) -> String {
    format!("the template uses `{word}`: only {} are known", STATEMENTS.join(", "))
}

/// Looks at a tag from its `{{` or `{%` on, and gives the byte after its end.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check_tag(tag: &str, close: &str) -> Result<usize, String> {
    let mut quoted: Option<char> = None;
    let mut escaped = false;
    for (at, c) in tag.char_indices().skip(2) {
        if at > TAG_LIMIT {
            return Err(format!("a tag of the template is longer than {TAG_LIMIT} bytes"));
        }
        match quoted {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(quote) if quote == c => quoted = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quoted = Some(c),
            None if tag.get(at..).is_some_and(|rest| rest.starts_with(close)) => return Ok(at + close.len()),
            None if matches!(c, '~' | '+' | '*' | '[' | '{') => {
                return Err(format!("the template uses `{c}`: names and filters are enough"));
            }
            None => {}
        }
    }
    Err(format!("a tag of the template has no end: `{close}` is missing"))
}

#[cfg(test)]
mod tests;
