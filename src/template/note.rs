//! A template for notes: where its notes go, what it asks for, and its text filled in.
//!
//! Pure: the caller supplies the day and the answers, and writes the result. Called by `session`.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use chrono::Days;
use chrono::NaiveDate;
use minijinja::UndefinedBehavior;
use minijinja::syntax::SyntaxConfig;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::NotePath;
use crate::model::file_name;
use crate::model::words::nearest;
use crate::template::filters;
use crate::template::head;
use crate::template::head::Head;
use crate::template::head::Piece;
use crate::template::head::Variable;
use crate::template::sandbox::Fault;
use crate::template::sandbox::Limits;
use crate::template::sandbox::Sandbox;
use crate::template::tags;
use crate::template::tags::Dialect;
use crate::template::tags::Remark;
use crate::template::tags::Translated;

/// Maximum length of a template, in bytes.
pub const LONGEST: usize = 64 * 1024;
/// Limits of the engine: braces that are text get longer when they are translated.
const LIMITS: Limits = Limits { source: 10 * LONGEST, fuel: 50_000 };
/// The names available in every template, besides the days of the week and zk's names.
pub const NAMES: [&str; 9] = ["title", "date", "time", "now", "yesterday", "tomorrow", "content", "dir", "id"];
/// Monday to Sunday.
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Names in zk's templates.
const ZK_NAMES: [&str; 3] = ["filename", "filename_stem", "extra"];

/// A template of a note.
#[derive(Debug, Clone)]
pub struct Template {
    head: Head,
    dialect: Dialect,
    body: Translated,
}

/// The values that are known when a template is filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// The note's title, where there is one.
    pub title: Option<String>,
    /// The note's day.
    pub date: NaiveDate,
    /// Local time: `10:00`.
    pub time: String,
    /// Answers by name, including names that the template does not ask for.
    pub vars: BTreeMap<String, String>,
    /// Text for the beginning of the note.
    pub content: String,
    /// Further values by name, such as lists computed by a command; they take precedence.
    pub more: Map<String, Value>,
}

/// The values of a template: see [`Template::values`].
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// The title; empty if there is none.
    pub title: String,
    date: NaiveDate,
    all: Map<String, Value>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn read(text: &str, dialect: Dialect) -> Result<Self, Remark> {
        if text.len() > LONGEST {
            let message = format!("the template is {} KiB long (limit {})", text.len().div_ceil(1024), LONGEST / 1024);
            return Err(Remark { line: 1, message });
        }
        let head = head::read(text, dialect.settings_at_top)?;
        let known: Vec<&str> = [&NAMES[..], &WEEK, &ZK_NAMES, &["this", "loop"]].concat();
        let known: Vec<&str> = known.into_iter().chain(head.vars.iter().map(|one| one.name.as_str())).collect();
        let in_template = |remark: Remark| Remark { line: head.line(remark.line), ..remark };
        let mut body = tags::translate(&head.body, &dialect, &known).map_err(in_template)?;
        for remark in &mut body.remarks {
            remark.line = head.line(remark.line);
        }
        let taken = |one: &&Variable| {
            NAMES.contains(&one.name.as_str())
                || WEEK.contains(&one.name.as_str())
                || ZK_NAMES.contains(&one.name.as_str())
        };
        if let Some(one) = head.vars.iter().find(taken) {
            let message = format!("`{}` already has a meaning; choose another name", one.name);
            return Err(Remark { line: 1, message });
        }
        Ok(Self { head, dialect, body })
    }

    /// Its description, as written.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.head.about.as_deref()
    }

    /// Its setting `dir`, as written.
    #[must_use]
    pub fn dir(&self) -> Option<&str> {
        self.head.dir.as_ref().map(|dir| dir.text.as_str())
    }

    /// Its setting `name`, as written.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.head.name.as_ref().map(|name| name.text.as_str())
    }

    /// What it asks for.
    #[must_use]
    pub fn vars(&self) -> &[Variable] {
        &self.head.vars
    }

    /// Parts that are left as they are, with their lines.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.body.remarks
    }

    /// True if a note needs a title from the caller.
    #[must_use]
    pub fn needs_title(&self) -> bool {
        let piece = |piece: &Option<Piece>| piece.as_ref().is_some_and(|piece| has_word(&piece.text, "title"));
        let in_body = || self.body.tags.iter().any(|tag| has_word(self.body.of(tag), "title"));
        let Head { title, name, dir, .. } = &self.head;
        title.is_none() && (name.is_none() || piece(name) || piece(dir) || in_body())
    }

    /// True if there is a place for `content`.
    #[must_use]
    pub fn takes_content(&self) -> bool {
        self.body.tags.iter().any(|tag| has_word(self.body.of(tag), "content"))
    }

    /// The variables without an answer or a default.
    #[must_use]
    pub fn unanswered(&self, given: &Given) -> Vec<&Variable> {
        self.head.vars.iter().filter(|one| one.default.is_none() && !given.vars.contains_key(&one.name)).collect()
    }

    /// The values of all names, except those that depend on the note's path (see [`Values::at`]). Unanswered ones are empty.
    ///
    /// # Errors
    ///
    /// What is wrong in a default, and where.
    pub fn values(&self, given: &Given) -> Result<Values, Remark> {
        let date = given.date;
        let day = |day: Option<NaiveDate>| Value::String(day.unwrap_or(date).to_string());
        let mut all = Map::new();
        let written = if given.time.is_empty() { "00:00" } else { given.time.as_str() };
        all.insert("date".to_owned(), json!(date.to_string()));
        all.insert("time".to_owned(), json!(written));
        all.insert("now".to_owned(), json!(format!("{date} {written}")));
        all.insert("yesterday".to_owned(), day(date.pred_opt()));
        all.insert("tomorrow".to_owned(), day(date.succ_opt()));
        let monday = date.checked_sub_days(Days::new(date.weekday().num_days_from_monday().into()));
        for (number, name) in (0_u64..).zip(WEEK) {
            all.insert(name.to_owned(), day(monday.and_then(|monday| monday.checked_add_days(Days::new(number)))));
        }
        all.insert("content".to_owned(), json!(given.content));
        for name in ["dir", "filename", "filename_stem"] {
            all.insert(name.to_owned(), json!(""));
        }
        let mut values = Values { title: String::new(), date, all };
        for one in &self.head.vars {
            values.all.insert(one.name.clone(), json!(""));
        }
        for (name, answer) in &given.vars {
            values.all.insert(name.replace('-', "_"), json!(answer));
        }
        let extra: Map<String, Value> =
            given.vars.iter().map(|(name, answer)| (name.replace('-', "_"), json!(answer))).collect();
        values.all.insert("extra".to_owned(), Value::Object(extra));
        values.set_title(given.title.as_deref().unwrap_or_default());
        for one in self.head.vars.iter().filter(|one| !given.vars.contains_key(&one.name)) {
            if let Some(default) = &one.default {
                let text = self.piece(default, &values.all, date)?;
                values.all.insert(one.name.clone(), json!(text));
            }
        }
        if let (None, Some(title)) = (&given.title, &self.head.title) {
            let title = self.piece(title, &values.all, date)?;
            values.set_title(title.trim());
        }
        values.all.extend(given.more.clone());
        Ok(values)
    }

    /// The folder relative to the notes folder (empty for the notes folder), and the path of the note below it without `.md`, if
    /// the template sets them. Both are valid on every system and do not lead outside.
    ///
    /// # Errors
    ///
    /// What is wrong with them, and where.
    pub fn place(&self, values: &Values) -> Result<(Option<String>, Option<String>), Remark> {
        let checked = |piece: &Option<Piece>, key: &str, all: &Map<String, Value>| {
            let Some(piece) = piece else { return Ok(None) };
            let written = self.piece(piece, all, values.date)?;
            let path = written.trim();
            let path = path.strip_suffix(".md").filter(|_| key == "name").unwrap_or(path).trim_end_matches('/');
            let path = path.strip_prefix("./").unwrap_or(path);
            if key == "dir" && matches!(path, "" | ".") {
                return Ok(Some(String::new()));
            }
            let wrong =
                |why| Remark { line: piece.line, message: format!("`{key}` gives `{}`: {why}", tags::shown(path)) };
            file_name::check_path(path).map_err(wrong)?;
            Ok(Some(path.to_owned()))
        };
        // a title never creates folders
        let safe: Map<String, Value> =
            values.all.iter().map(|(name, value)| (name.clone(), made_safe(value))).collect();
        Ok((checked(&self.head.dir, "dir", &values.all)?, checked(&self.head.name, "name", &safe)?))
    }

    /// The note's text.
    ///
    /// # Errors
    ///
    /// What is wrong, and where.
    pub fn text(&self, values: &Values) -> Result<String, Remark> {
        let found = filled(&self.body, &values.all, values.date);
        found.map_err(|remark| Remark { line: self.head.line(remark.line), ..remark })
    }

    fn piece(&self, piece: &Piece, all: &Map<String, Value>, date: NaiveDate) -> Result<String, Remark> {
        let dialect = Dialect { unknown_stays: false, ..self.dialect.clone() };
        let at_line = |remark: Remark| Remark { line: piece.line + remark.line - 1, ..remark };
        let translated = tags::translate(&piece.text, &dialect, &[]).map_err(at_line)?;
        filled(&translated, all, date).map_err(at_line)
    }
}

impl Values {
    fn set_title(&mut self, title: &str) {
        title.clone_into(&mut self.title);
        self.all.insert("title".to_owned(), json!(title));
        // four characters, as in zk
        let mut number = xxh3_64(format!("{title}\n{}", self.all.get("now").unwrap_or(&Value::Null)).as_bytes());
        let mut id = String::new();
        for _ in 0..4 {
            id.extend(u32::try_from(number % 36).ok().and_then(|digit| char::from_digit(digit, 36)));
            number /= 36;
        }
        self.all.insert("id".to_owned(), json!(id));
    }

    /// The same, with the path of the note.
    #[must_use]
    pub fn at(mut self, path: &NotePath) -> Self {
        self.all.insert("dir".to_owned(), json!(path.folder()));
        self.all.insert("filename".to_owned(), json!(path.file_name()));
        self.all.insert("filename_stem".to_owned(), json!(path.stem()));
        self
    }
}

/// A value that is safe as part of a file name.
fn made_safe(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(file_name::readable(text)),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), made_safe(value))).collect())
        }
        other => other.clone(),
    }
}

fn filled(translated: &Translated, all: &Map<String, Value>, date: NaiveDate) -> Result<String, Remark> {
    if translated.tags.is_empty() {
        // braces that are text still go through the engine
        if !translated.source.contains("{{") {
            return Ok(translated.source.clone());
        }
    }
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    let syntax = syntax.map_err(|error| Remark { line: 1, message: error.to_string() })?;
    let sandbox = Sandbox::new(&translated.source, LIMITS, |environment| {
        environment.set_syntax(syntax);
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        filters::add_day(environment, date);
    })
    .map_err(|fault| placed(translated, fault))?;
    if let Some(unknown) = sandbox.names().iter().find(|name| !all.contains_key(name.as_str())) {
        return Err(unknown_name(translated, unknown, all));
    }
    let values = Value::Object(all.clone());
    sandbox.render(&values).map_err(|fault| placed(translated, fault))
}

/// A fault of the engine, with the tag that caused it.
fn placed(translated: &Translated, fault: Fault) -> Remark {
    let start = fault.place.map_or(0, |place| place.start);
    let after = translated.tags.partition_point(|tag| tag.place.start <= start);
    let tag = translated.tags.get(after.saturating_sub(1));
    match tag {
        Some(tag) => Remark { line: tag.line, message: format!("`{}`: {}", tags::shown(&tag.text), fault.message) },
        None => Remark { line: 1, message: fault.message },
    }
}

fn unknown_name(translated: &Translated, unknown: &str, all: &Map<String, Value>) -> Remark {
    let near = nearest(unknown, all.keys().map(String::as_str));
    let near = near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
    let message = format!("there is no `{unknown}`{near}; `--var {unknown}=…` gives it");
    match translated.tags.iter().find(|tag| has_word(translated.of(tag), unknown)) {
        Some(tag) => Remark { line: tag.line, message: format!("`{}`: {message}", tags::shown(&tag.text)) },
        None => Remark { line: 1, message },
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|other| other == word)
}

#[cfg(test)]
mod tests;
