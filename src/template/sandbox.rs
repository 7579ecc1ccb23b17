//! The template engine, restricted so that a template can neither run long, grow large, nor read anything.
//!
//! The engine's fuel limits its steps but neither its memory nor its stack. So a scan before compilation refuses what could
//! multiply text, the filters are our own and limited individually and in total, and so is the output.
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

/// Maximum length of a tag, in bytes: longer expressions could be nested deeply enough to overflow the stack.
pub(super) const TAG_LIMIT: usize = 500;
/// Maximum length of an `elif` chain, for the same reason.
const ELIF_LIMIT: usize = 100;
/// Maximum output of one rendering, in bytes.
pub(super) const OUTPUT_LIMIT: usize = 1024 * 1024;
/// The supported statements.
pub(super) const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// The limits of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Maximum length of its source, in bytes.
    pub source: usize,
    /// Maximum number of steps of one rendering.
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
    /// Bytes of the source, if there is one place to blame.
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
    /// Compiles a template. `more` may add filters to ours: none whose output is longer than its input.
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
        // also in release builds, because the names of undefined values are then in the message
        environment.set_debug(true);
        environment.set_formatter(write_value);
        filters::add(&mut environment, &budget);
        more(&mut environment);
        environment
            .add_template_owned(NAME, source.to_owned())
            .map_err(|error| Fault::of(&error, "the template cannot be read"))?;
        Ok(Self { environment, budget })
    }

    /// The names that the template needs from outside, sorted.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let template = self.environment.get_template(NAME);
        let names = template.map(|template| template.undeclared_variables(false)).unwrap_or_default();
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        names
    }

    /// Renders the template.
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

/// Accepts at most [`OUTPUT_LIMIT`] bytes.
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

/// Writes a value as people expect it in a line: nothing for null, a list with commas.
fn write_value(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.kind() == ValueKind::Seq {
        for (index, item) in value.try_iter()?.enumerate() {
            write!(out, "{}{item}", if index > 0 { ", " } else { "" })?;
        }
        return Ok(());
    }
    // undefined only results from an `if` without `else`: the engine refuses all other cases
    if value.is_none() || value.is_undefined() { Ok(()) } else { write!(out, "{value}").map_err(Error::from) }
}

/// The engine's message, including that of the writer.
fn detail(error: &Error) -> String {
    if error.kind() == ErrorKind::OutOfFuel {
        return "it takes too many steps".to_owned();
    }
    let source = std::error::Error::source(error).map(ToString::to_string);
    source.unwrap_or_else(|| error.detail().map_or_else(|| error.kind().to_string(), str::to_owned))
}

/// Refuses whatever could grow without bounds or overflow the stack: long tags, other statements, text built from text.
///
/// It must tokenize tags, strings and comments exactly like the engine: any difference would be a loophole.
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

/// The message about an unsupported statement.
pub(super) fn unknown_statement(word: &str) -> String {
    format!("the template uses `{word}`: only {} are known", STATEMENTS.join(", "))
}

/// Checks a tag that begins with `{{` or `{%`, and returns the byte after its end.
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
