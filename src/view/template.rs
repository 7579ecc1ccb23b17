//! `--format '{{ path }}:{{ line }}'`: templates with bounded time and memory that cannot read files.
//!
//! The engine's fuel bounds its steps but neither its memory nor its stack, so a scan refuses before compiling what text can be
//! multiplied with, the filters are our own and bounded, and so is what is written.

use std::io;
use std::io::Write;

use chrono::NaiveDate;
use chrono::format::Item;
use chrono::format::StrftimeItems;
use minijinja::Environment;
use minijinja::Error;
use minijinja::ErrorKind;
use minijinja::Output;
use minijinja::State;
use minijinja::UndefinedBehavior;
use minijinja::Value;
use minijinja::value::ValueKind;

use crate::view::words;

/// Templates are typed on a command line.
const SOURCE_LIMIT: usize = 16 * 1024;
/// A longer expression could be nested deep enough to overflow the stack.
const TAG_LIMIT: usize = 500;
/// So could a longer chain.
const ELIF_LIMIT: usize = 100;
/// Steps of one rendering.
const FUEL: u64 = 50_000;
/// Upper bound on the bytes of one rendering, and of one filter's result.
const OUTPUT_LIMIT: usize = 1024 * 1024;
/// The statements that there are.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// A compiled template.
#[derive(Debug)]
pub struct Template {
    environment: Environment<'static>,
}

const NAME: &str = "format";

impl Template {
    /// Compiles a template.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn new(source: &str) -> Result<Self, String> {
        if source.len() > SOURCE_LIMIT {
            return Err(format!("the template is {} bytes long (limit {SOURCE_LIMIT})", source.len()));
        }
        check(source)?;
        let mut environment = Environment::empty();
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(20);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // in every build: the names of what is undefined are in the message
        environment.set_debug(true);
        environment.set_formatter(write_value);
        add_filters(&mut environment);
        environment
            .add_template_owned(NAME, unescape(source))
            .map_err(|error| format!("the template cannot be read: {}", detail(&error)))?;
        Ok(Self { environment })
    }

    /// Looks whether every name in the template is a field.
    ///
    /// # Errors
    /// An error that names the unknown field, the nearest known one, and all fields.
    pub fn check_names(&self, fields: &[&str]) -> Result<(), String> {
        let template = self.environment.get_template(NAME).map_err(|error| detail(&error))?;
        let mut unknown: Vec<String> =
            template.undeclared_variables(false).into_iter().filter(|name| !fields.contains(&name.as_str())).collect();
        unknown.sort_unstable();
        match unknown.first() {
            None => Ok(()),
            Some(name) => {
                let hint = words::did_you_mean(name, fields.iter().copied());
                Err(format!("the template names `{name}`, which is no field{hint}; there are {}", fields.join(", ")))
            }
        }
    }

    /// Fills the template.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn render(&self, fields: &serde_json::Value) -> Result<String, String> {
        let failed = |error: Error| format!("the template cannot be filled: {}", detail(&error));
        let template = self.environment.get_template(NAME).map_err(failed)?;
        let mut out = Limited(Vec::new());
        template.render_captured_to(minijinja::value::Serde(fields), &mut out).map_err(failed)?;
        String::from_utf8(out.0).map_err(|error| error.to_string())
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

/// Writes a value on one line: nothing for null, lists with commas.
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

/// Our own filters: none makes text of a number, and none more than [`OUTPUT_LIMIT`].
fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("upper", |text: &str| bounded(text.to_uppercase()));
    environment.add_filter("lower", |text: &str| bounded(text.to_lowercase()));
    environment.add_filter("trim", |text: &str| text.trim().to_owned());
    environment.add_filter("date", date);
    environment.add_filter(
        "default",
        |value: Value, other: Value| {
            if value.is_none() || value.is_undefined() { other } else { value }
        },
    );
    environment.add_filter("length", |value: Value| value.len());
    environment.add_filter("first", |value: Value| item(&value, |_| 0));
    environment.add_filter("last", |value: Value| item(&value, |length| length.saturating_sub(1)));
    environment.add_filter("join", join);
    environment.add_filter("json", |value: Value| bounded(serde_json::to_string(&value).unwrap_or_default()));
}

fn bounded(text: String) -> Result<String, Error> {
    if text.len() <= OUTPUT_LIMIT {
        return Ok(text);
    }
    Err(Error::new(ErrorKind::InvalidOperation, format!("a filter gives more than {OUTPUT_LIMIT} bytes")))
}

fn item(value: &Value, at: impl Fn(usize) -> usize) -> Result<Value, Error> {
    match value.len() {
        Some(length) if value.kind() == ValueKind::Seq => value.get_item_by_index(at(length)),
        _ => Err(Error::new(ErrorKind::InvalidOperation, format!("{} is no list", value.kind()))),
    }
}

/// Joins lists only: joining the characters of a text repeatedly could grow without bound.
fn join(value: &Value, between: &str) -> Result<String, Error> {
    if value.kind() != ValueKind::Seq {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("{} is no list to join", value.kind())));
    }
    let mut out = String::new();
    for (index, item) in value.try_iter()?.enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        out.push_str(&item.to_string());
        if out.len() > OUTPUT_LIMIT {
            return bounded(out);
        }
    }
    Ok(out)
}

/// `date('%d.%m.%Y')` of `YYYY-MM-DD`; nothing of null.
fn date(value: &Value, form: &str) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    let wrong = |text: String| Error::new(ErrorKind::InvalidOperation, text);
    let day = value.as_str().and_then(|text| text.parse::<NaiveDate>().ok());
    let day = day.ok_or_else(|| wrong(format!("`{value}` is no date")))?;
    let items: Vec<Item<'_>> = StrftimeItems::new(form).collect();
    let mut out = String::new();
    let fits = !items.contains(&Item::Error);
    if fits && std::fmt::Write::write_fmt(&mut out, format_args!("{}", day.format_with_items(items.iter()))).is_ok() {
        return bounded(out);
    }
    Err(wrong(format!("`{form}` is no form of a date; %Y-%m-%d is one")))
}

/// `\n`, `\t` and `\0` as people type them between quotes of a shell.
fn unescape(source: &str) -> String {
    source.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0")
}

/// What the engine says, with what the writer said.
fn detail(error: &Error) -> String {
    let source = std::error::Error::source(error).map(ToString::to_string);
    source.unwrap_or_else(|| error.detail().map_or_else(|| error.kind().to_string(), str::to_owned))
}

/// Refuses what could grow without bounds or overflow the stack: long tags, other statements, text built from text.
///
/// It must read tags, strings and comments exactly as the engine does, or a tag could slip through as text.
fn check(source: &str) -> Result<(), String> {
    let mut rest = source;
    let mut elifs = 0;
    while let Some(open) = rest.find('{') {
        let tag = rest.get(open..).unwrap_or("");
        rest = match tag.get(1..2) {
            Some("#") => {
                let end = tag.find("#}").ok_or("a comment of the template has no end")?;
                tag.get(end + 2..).unwrap_or("")
            }
            Some("{") => tag.get(check_tag(tag, "}}")?..).unwrap_or(""),
            Some("%") => {
                let end = check_tag(tag, "%}")?;
                let inner = tag.get(2..end).unwrap_or("");
                let word: String =
                    inner.trim_start_matches(['-', ' ']).chars().take_while(|c| c.is_alphabetic()).collect();
                if !STATEMENTS.contains(&word.as_str()) {
                    return Err(format!(
                        "the template uses `{word}`: only {} are known",
                        words::list(&STATEMENTS.map(str::to_owned))
                    ));
                }
                elifs += usize::from(word == "elif");
                tag.get(end..).unwrap_or("")
            }
            _ => tag.get(1..).unwrap_or(""),
        };
    }
    if elifs > ELIF_LIMIT {
        return Err(format!("the template has more than {ELIF_LIMIT} `elif`"));
    }
    Ok(())
}

/// Looks at a tag from its `{{` or `{%` on, and gives the byte behind its end.
fn check_tag(tag: &str, close: &str) -> Result<usize, String> {
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
                return Err(format!("the template uses `{c}`: fields and filters are enough"));
            }
            None => {}
        }
    }
    Err(format!("a tag of the template has no end: `{close}` is missing"))
}

#[cfg(test)]
mod tests;
