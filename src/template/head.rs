//! The settings in the front matter of a template, and the rest of it, which belongs to the note.
//!
//! The settings are under `template:`; the rest of the front matter goes into the note as written. Values may contain tags,
//! which would not be valid YAML: they are masked while it is parsed.

use std::ops::Range;

use crate::model::NotePath;
use crate::model::Property;
use crate::model::Value;
use crate::model::words::nearest;
use crate::parse;
use crate::template::tags::Remark;

/// The known settings.
const KEYS: [&str; 5] = ["about", "dir", "name", "title", "vars"];
/// Those that are also accepted at the top level of the front matter.
const AT_TOP: [&str; 3] = ["dir", "name", "vars"];
/// Encloses the number of a tag that is masked while YAML is parsed.
const MASK: [char; 2] = ['\u{E0F0}', '\u{E0F1}'];

/// A text with tags, and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// As written.
    pub text: String,
    /// 1-based.
    pub line: usize,
}

/// Something that a template asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name in the template.
    pub name: String,
    /// The question.
    pub ask: Option<String>,
    /// The value if there is no answer.
    pub default: Option<Piece>,
}

/// The settings of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) about: Option<String>,
    pub(super) dir: Option<Piece>,
    pub(super) name: Option<Piece>,
    pub(super) title: Option<Piece>,
    pub(super) vars: Vec<Variable>,
    /// The template without its settings.
    pub(super) body: String,
    /// The lines (1-based) that were removed, in order.
    taken: Vec<Range<usize>>,
}

impl Head {
    /// The line of the template for a line of the body; both 1-based.
    pub(super) fn line(&self, mut line: usize) -> usize {
        for taken in self.taken.iter().filter(|taken| !taken.is_empty()) {
            if line >= taken.start {
                line += taken.len();
            }
        }
        line
    }
}

/// Reads the settings of a template.
///
/// # Errors
///
/// What is wrong with them, and where.
pub(super) fn read(text: &str, settings_at_top: bool) -> Result<Head, Remark> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_fence = |line: &&str| line.trim_end() == "---";
    let close = lines.iter().skip(1).position(|line| is_fence(line) || line.trim_end() == "...");
    let Some(close) = close.map(|close| close + 1).filter(|_| lines.first().is_some_and(is_fence)) else {
        return Ok(Head { body: text.to_owned(), ..Head::default() });
    };
    let front: Vec<&str> = lines.iter().take(close + 1).copied().collect();
    let (masked, tags) = mask(&front.concat());
    let parsed = parse::parse(&NotePath::from("template.md"), &masked, &parse::Options::default());
    let broken = parsed.diagnostics.iter().find(|diagnostic| diagnostic.code == "front-matter-invalid");
    if let Some(broken) = broken {
        let names_settings = |line: &&str| line.starts_with("template:");
        if front.iter().any(names_settings) {
            return Err(Remark { line: broken.line.max(1), message: broken.message.clone() });
        }
        return Ok(Head { body: text.to_owned(), ..Head::default() });
    }
    let mut reader = Reader { front: &front, tags: &tags, head: Head::default() };
    let properties = &parsed.note.properties;
    let nested = properties.iter().find_map(|property| match (&property.value, property.key.as_str()) {
        (Value::Map(entries), "template") => Some((property.line, entries)),
        _ => None,
    });
    let mut starts: Vec<usize> = properties.iter().map(|property| property.line).collect();
    starts.sort_unstable();
    let lines_of = |property: &Property| {
        let next = starts.iter().copied().find(|line| *line > property.line);
        property.line..next.unwrap_or(close + 1)
    };
    let mut taken = Vec::new();
    if let Some((line, entries)) = nested {
        for (key, value) in entries {
            let line = reader.line_of(key, line);
            reader.setting(key, value, line)?;
        }
        taken.extend(properties.iter().filter(|property| property.line == line).map(lines_of));
    } else if settings_at_top {
        for property in properties.iter().filter(|property| AT_TOP.contains(&property.key.as_str())) {
            reader.setting(&property.key, &property.value, property.line)?;
            taken.push(lines_of(property));
        }
    }
    taken.sort_by_key(|range| range.start);
    Ok(reader.finish(&lines, close, taken))
}

struct Reader<'a> {
    front: &'a [&'a str],
    tags: &'a [String],
    head: Head,
}

impl Reader<'_> {
    fn setting(&mut self, key: &str, value: &Value, line: usize) -> Result<(), Remark> {
        let wrong = |message: String| Remark { line, message };
        let text = || match value {
            Value::Text(text) => Ok(self.unmasked(text)),
            _ => Err(wrong(format!("`{key}` is one text"))),
        };
        let piece = || text().map(|text| Some(Piece { text, line }));
        match key {
            "about" => self.head.about = Some(text()?),
            "dir" => self.head.dir = piece()?,
            "name" => self.head.name = piece()?,
            "title" => self.head.title = piece()?,
            "vars" => self.vars(value, line)?,
            _ => {
                let near = nearest(key, KEYS).map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
                return Err(wrong(format!("a template has no setting `{key}`{near}: there are {}", KEYS.join(", "))));
            }
        }
        Ok(())
    }

    /// `[who, where]`, or a question for each name, or `{ask: …, default: …}`.
    fn vars(&mut self, value: &Value, line: usize) -> Result<(), Remark> {
        let wrong = |line: usize, message: String| Remark { line, message };
        let mut found: Vec<(Variable, usize)> = Vec::new();
        match value {
            Value::Null => {}
            Value::List(names) => {
                for name in names {
                    let Value::Text(name) = name else { return Err(wrong(line, "`vars` lists names".to_owned())) };
                    found.push((Variable { name: name.clone(), ask: None, default: None }, line));
                }
            }
            Value::Map(entries) => {
                for (name, value) in entries {
                    let line = self.line_of(name, line);
                    found.push((self.variable(name, value, line)?, line));
                }
            }
            Value::Text(_) => return Err(wrong(line, "`vars` are names with their questions".to_owned())),
        }
        for (variable, line) in found {
            if !is_name(&variable.name) {
                let message = format!("`{}` cannot be a name: letters, digits and _ can", variable.name);
                return Err(wrong(line, message));
            }
            self.head.vars.push(variable);
        }
        Ok(())
    }

    fn variable(&self, name: &str, value: &Value, line: usize) -> Result<Variable, Remark> {
        let mut variable = Variable { name: name.to_owned(), ask: None, default: None };
        match value {
            Value::Null => {}
            Value::Text(question) => variable.ask = Some(self.unmasked(question)),
            Value::Map(entries) => {
                for (key, value) in entries {
                    let line = self.line_of(key, line);
                    let text = self.unmasked(value.as_text().unwrap_or_default());
                    match (key.as_str(), value) {
                        ("ask", Value::Text(_)) => variable.ask = Some(text),
                        ("default", Value::Text(_) | Value::Null) => variable.default = Some(Piece { text, line }),
                        _ => {
                            let message = format!("`{name}` has no `{key}`: there are ask and default, each one text");
                            return Err(Remark { line, message });
                        }
                    }
                }
            }
            Value::List(_) => {
                return Err(Remark { line, message: format!("`{name}` is a question, or ask and default") });
            }
        }
        Ok(variable)
    }

    /// The first line from `from` on with this key.
    fn line_of(&self, key: &str, from: usize) -> usize {
        let begins = |line: &&str| {
            let line = line.trim_start_matches([' ', '\t', '"', '\'', '{']);
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        };
        let found = self.front.iter().skip(from.saturating_sub(1)).position(begins);
        found.map_or(from, |found| from + found)
    }

    fn unmasked(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once(MASK) {
            let tag = behind
                .split_once(MASK)
                .and_then(|(number, after)| Some((self.tags.get(number.parse::<usize>().ok()?)?, after)));
            out.push_str(before);
            rest = match tag {
                Some((tag, after)) => {
                    out.push_str(tag);
                    after
                }
                None => behind,
            };
        }
        out.push_str(rest);
        out
    }

    /// The head with the rest of the template; empty front matter is removed, together with the blank lines after it.
    fn finish(mut self, lines: &[&str], close: usize, mut taken: Vec<Range<usize>>) -> Head {
        let is_taken = |line: usize, taken: &[Range<usize>]| taken.iter().any(|range| range.contains(&line));
        let is_left = |(index, line): (usize, &&str)| !is_taken(index + 1, &taken) && !line.trim().is_empty();
        let nothing_is_left = !lines.iter().enumerate().take(close).skip(1).any(is_left);
        if !taken.is_empty() && nothing_is_left {
            let blank = lines.iter().skip(close + 1).take_while(|line| line.trim().is_empty()).count();
            taken = std::iter::once(1..close + 2 + blank).collect();
        }
        let kept = lines.iter().enumerate().filter(|(index, _)| !is_taken(index + 1, &taken));
        self.head.body = kept.map(|(_, line)| *line).collect();
        self.head.taken = taken;
        self.head
    }
}

/// Replaces each tag by a masked number.
fn mask(front: &str) -> (String, Vec<String>) {
    let mut tags = Vec::new();
    let mut out = String::new();
    for line in front.split_inclusive('\n') {
        let mut rest = line;
        loop {
            let opens = [("{{", "}}"), ("{%", "%}")].into_iter();
            let found = opens.filter_map(|(open, close)| Some((rest.find(open)?, close))).min();
            let tag = found.and_then(|(at, close)| {
                let (before, tag) = rest.split_at_checked(at)?;
                let end = tag.find(close)? + close.len();
                let (tag, behind) = tag.split_at_checked(end)?;
                Some((before, tag, behind))
            });
            let Some((before, tag, behind)) = tag else { break };
            let [open, close] = MASK;
            out.push_str(&format!("{before}{open}{}{close}", tags.len()));
            tags.push(tag.to_owned());
            rest = behind;
        }
        out.push_str(rest);
    }
    (out, tags)
}

/// True for a name that a template can use.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
