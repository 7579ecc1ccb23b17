//! Translates a template as people write it into the engine's syntax, keeping the place of each tag.
//!
//! Three notations become one language here: ours, Obsidian's (`{{date:DD.MM.YYYY}}`) and zk's (`handlebars`). Everything else
//! is text, including `{#id}` and Templater's `<% … %>`, which is not run. A statement alone on its line removes that line.

use std::ops::Range;

use crate::model::Lines;
use crate::template::handlebars;
use crate::template::handlebars::Translation;
use crate::template::handlebars::quoted;
use crate::template::sandbox::STATEMENTS;
use crate::template::sandbox::TAG_LIMIT;
use crate::template::sandbox::check_tag;
use crate::template::sandbox::statement;

/// The notation of a template, as far as settings of its program determine it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// The format of `{{date}}`, in the syntax of moment.js.
    pub date: Option<String>,
    /// The format of `{{time}}`.
    pub time: Option<String>,
    /// `{{ … }}` with an unknown name stays as it is, as in Obsidian, with a remark.
    pub unknown_stays: bool,
    /// `dir`, `name` and `vars` at the top level of the front matter are the template's settings.
    pub settings_at_top: bool,
}

/// A remark about a line of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// 1-based.
    pub line: usize,
    /// A sentence.
    pub message: String,
}

/// A template in the engine's syntax.
#[derive(Debug, Clone, Default)]
pub(super) struct Translated {
    pub(super) source: String,
    /// In order.
    pub(super) tags: Vec<Tag>,
    pub(super) remarks: Vec<Remark>,
}

impl Translated {
    /// A tag in the engine's syntax.
    pub(super) fn of(&self, tag: &Tag) -> &str {
        self.source.get(tag.place.clone()).unwrap_or("")
    }
}

/// A tag and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    /// In the engine's syntax.
    pub(super) place: Range<usize>,
    /// 1-based, in the text that was translated.
    pub(super) line: usize,
    /// As written.
    pub(super) text: String,
}

/// Names that Obsidian and its plugins fill in, besides `title`.
const OBSIDIAN_NAMES: [&str; 11] = [
    "date",
    "time",
    "yesterday",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Translates a template. `known` are the available names, used for [`Dialect::unknown_stays`].
///
/// # Errors
///
/// What is wrong, and where.
pub(super) fn translate(text: &str, dialect: &Dialect, known: &[&str]) -> Result<Translated, Remark> {
    let lines = Lines::new(text);
    let mut reader = Reader { text, dialect, known, lines, at: 0, ahead: [Some(0); 2], out: Translated::default() };
    while let Some(open) = reader.next_open() {
        let text = reader.slice(reader.at..open);
        push_text(text, &mut reader.out.source);
        reader.at = open;
        reader.tag(open)?;
    }
    push_text(reader.slice(reader.at..text.len()), &mut reader.out.source);
    Ok(reader.out)
}

struct Reader<'a> {
    text: &'a str,
    dialect: &'a Dialect,
    known: &'a [&'a str],
    lines: Lines,
    /// Everything before this byte is done.
    at: usize,
    /// The next `%>` and `#}` found so far: otherwise a text full of `<%` would be searched again and again.
    ahead: [Option<usize>; 2],
    out: Translated,
}

const ENDS: [&str; 2] = ["%>", "#}"];

impl<'a> Reader<'a> {
    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// The next `{{`, `{%`, `{#` or `<%`.
    fn next_open(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let opens = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#" | b"<%");
        bytes.get(self.at..)?.windows(2).position(opens).map(|found| self.at + found)
    }

    /// The byte after the next of [`ENDS`] from `from` on.
    fn end_of(&mut self, which: usize, from: usize) -> Option<usize> {
        let (end, known) = ENDS.get(which).zip(self.ahead.get_mut(which))?;
        if known.is_some_and(|place| place < from) {
            *known = self.text.get(from..).and_then(|rest| rest.find(end)).map(|place| from + place);
        }
        known.map(|place| place + end.len())
    }

    fn fault(&self, at: usize, message: impl Into<String>) -> Remark {
        Remark { line: self.lines.line(at), message: message.into() }
    }

    fn tag(&mut self, open: usize) -> Result<(), Remark> {
        match self.slice(open..open + 2) {
            "<%" => self.templaters(open),
            // Obsidian has only names
            "{#" | "{%" if self.dialect.unknown_stays => self.stays(open, open + 2),
            "{#" => self.comment(open),
            "{%" => return self.statement(open),
            _ => return self.expression_or_text(open),
        }
        Ok(())
    }

    /// Translates an expression; if unknown ones are kept, also one that cannot be read.
    fn expression_or_text(&mut self, open: usize) -> Result<(), Remark> {
        match self.expression(open) {
            Err(mut remark) if self.dialect.unknown_stays => {
                remark.message.push_str(": it stays as it is");
                self.out.remarks.push(remark);
                self.stays(open, open + 2);
                Ok(())
            }
            outcome => outcome,
        }
    }

    /// Keeps this range as text.
    fn stays(&mut self, open: usize, end: usize) {
        push_text(self.slice(open..end), &mut self.out.source);
        self.at = end;
    }

    /// `<% tp.file.title %>`: JavaScript, which is not run.
    fn templaters(&mut self, open: usize) {
        let end = self.end_of(0, open + 2);
        if let Some(end) = end {
            let tag = shown(self.slice(open..end));
            let message = format!("`{tag}` is Templater's, and nothing in a notebook runs: it stays as it is");
            self.out.remarks.push(self.fault(open, message));
        }
        self.stays(open, end.unwrap_or(open + 2));
    }

    /// `{# … #}`; the `{#id}` of a heading is text.
    fn comment(&mut self, open: usize) {
        let is_comment = self.slice(open + 2..self.text.len()).starts_with([' ', '-', '\t', '\n', '\r']);
        let end = if is_comment { self.end_of(1, open + 2) } else { None };
        match end {
            Some(end) => self.nothing(open, end),
            None => self.stays(open, open + 2),
        }
    }

    /// Leaves this range out, at the end of a comment.
    fn nothing(&mut self, open: usize, end: usize) {
        self.at = self.whole_line(open, end).unwrap_or(end);
    }

    /// Where the next line begins, if a tag is alone on its line; the spaces before the tag are removed.
    fn whole_line(&mut self, open: usize, end: usize) -> Option<usize> {
        let blank = |c: char| c == ' ' || c == '\t';
        let before = self.slice(0..open).trim_end_matches(blank);
        let behind = self.slice(end..self.text.len()).trim_start_matches(blank);
        let line_end = if behind.starts_with("\r\n") { 2 } else { usize::from(behind.starts_with(['\n', '\r'])) };
        let is_alone = (before.is_empty() || before.ends_with(['\n', '\r'])) && (line_end > 0 || behind.is_empty());
        if !is_alone {
            return None;
        }
        let kept = self.out.source.trim_end_matches(blank).len();
        self.out.source.truncate(kept);
        Some(self.text.len() - behind.len() + line_end)
    }

    fn statement(&mut self, open: usize) -> Result<(), Remark> {
        let rest = self.slice(open..self.text.len());
        let end = open + check_tag(rest, "%}").map_err(|why| self.fault(open, why))?;
        let word = statement(self.slice(open + 2..end));
        if word == "raw" {
            return self.raw(open, end);
        }
        if !STATEMENTS.contains(&word) {
            let tag = shown(self.slice(open..end));
            let message = format!(
                "`{tag}`: only {} are known; text to keep as it is goes between {{% raw %}} and {{% endraw %}}",
                STATEMENTS.join(", ")
            );
            return Err(self.fault(open, message));
        }
        self.put_statement(open, end, self.slice(open..end).to_owned());
        Ok(())
    }

    /// `{% raw %} … {% endraw %}`
    fn raw(&mut self, open: usize, end: usize) -> Result<(), Remark> {
        let mut from = end;
        while let Some(found) = self.slice(from..self.text.len()).find("{%") {
            let close = from + found;
            let tag = self.slice(close..self.text.len());
            if statement(tag.get(2..).unwrap_or("")) == "endraw"
                && let Some(length) = tag.find("%}")
            {
                let begin = self.whole_line(open, end).unwrap_or(end);
                push_text(self.slice(begin.min(close)..close), &mut self.out.source);
                let behind = close + length + 2;
                self.at = self.whole_line(close, behind).unwrap_or(behind);
                return Ok(());
            }
            from = close + 2;
        }
        Err(self.fault(open, "`{% raw %}` has no `{% endraw %}`"))
    }

    fn expression(&mut self, open: usize) -> Result<(), Remark> {
        let rest = self.slice(open..self.text.len());
        if let Some(inner) = rest.strip_prefix("{{!--") {
            let length = inner.find("--}}").ok_or_else(|| self.fault(open, "the comment `{{!--` has no `--}}`"))?;
            self.nothing(open, open + 5 + length + 4);
            return Ok(());
        }
        // Handlebars' triple braces mean unescaped text, which all text is here
        let (braces, close) = if rest.starts_with("{{{") { (3, "}}}") } else { (2, "}}") };
        let plain = rest.get(braces..).and_then(|inner| inner.split_once(close)).map(|(inner, _)| inner);
        let plain = plain.filter(|inner| inner.len() <= TAG_LIMIT && !inner.contains(['{', '}']));
        if let Some(inner) = plain {
            let end = open + 2 * braces + inner.len();
            let said = match self.obsidians(inner) {
                Some(said) => Some(said),
                None if self.dialect.unknown_stays => None,
                None => handlebars::read(inner),
            };
            match said {
                Some(Ok(Translation::Comment)) => self.nothing(open, end),
                Some(Ok(Translation::Expression(ours))) => self.put(open, end, format!("{{{{ {ours} }}}}")),
                Some(Ok(Translation::Statement(ours))) => self.put_statement(open, end, format!("{{% {ours} %}}")),
                Some(Err(why)) => {
                    return Err(self.fault(open, format!("`{}`: {why}", shown(self.slice(open..end)))));
                }
                None if self.dialect.unknown_stays && !self.is_known(inner) => {
                    let tag = shown(self.slice(open..end));
                    self.out.remarks.push(self.fault(open, format!("`{tag}` names nothing known: it stays as it is")));
                    self.stays(open, end);
                }
                None if braces == 3 => self.put(open, end, format!("{{{{ {inner} }}}}")),
                None => return self.ours(open, rest),
            }
            return Ok(());
        }
        if braces == 3 {
            return Err(self.fault(open, "`{{{` is never closed, or has braces within"));
        }
        self.ours(open, rest)
    }

    /// An expression in our syntax, which may contain braces in strings.
    fn ours(&mut self, open: usize, rest: &str) -> Result<(), Remark> {
        let length = check_tag(rest, "}}").map_err(|why| {
            let line_end = rest.find(['\n', '\r']).unwrap_or(rest.len());
            self.fault(open, format!("`{}`: {why}", shown(rest.get(..line_end).unwrap_or(""))))
        })?;
        self.put(open, open + length, self.slice(open..open + length).to_owned());
        Ok(())
    }

    /// True if a tag begins with an available name.
    fn is_known(&self, inner: &str) -> bool {
        let inner = inner.trim_start_matches(['-', ' ', '\t']);
        let end = inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len());
        let first = inner.get(..end).unwrap_or("");
        inner.starts_with(['\'', '"']) || self.known.contains(&first)
    }

    /// `date`, `date:YYYY`, `date+1d:YYYY-MM-DD`, `time:HH-mm`, `monday:…`; `None` if our syntax is the same.
    fn obsidians(&self, inner: &str) -> Option<Result<Translation, String>> {
        let inner = inner.trim();
        let end = inner.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(inner.len());
        let (name, rest) = inner.split_at_checked(end)?;
        if !OBSIDIAN_NAMES.contains(&name) {
            return None;
        }
        let (offset, form) = rest.split_once(':').map_or((rest, None), |(offset, form)| (offset, Some(form)));
        let offset = offset.trim();
        let usual = match name {
            "date" => self.dialect.date.as_deref(),
            "time" => self.dialect.time.as_deref(),
            _ => None,
        };
        if form.is_none()
            && (!offset.is_empty() && !offset.starts_with(['+', '-']) || offset.is_empty() && usual.is_none())
        {
            return None;
        }
        let base = match (name, offset) {
            ("time", "") => "now".to_owned(),
            (_, "") => name.to_owned(),
            ("date", offset) => match shift(offset) {
                Some(words) => format!("{} | day", quoted(&words)),
                None => {
                    return Some(Err(format!(
                        "`{offset}` is not a number of days, weeks, months or years, such as +1d"
                    )));
                }
            },
            _ => return Some(Err(format!("only `date` can be moved, not `{name}`"))),
        };
        let form = form.map(str::trim).or(usual).filter(|form| !form.is_empty());
        let form = form.map(|form| format!(" | moment({})", quoted(form))).unwrap_or_default();
        Some(Ok(Translation::Expression(format!("{base}{form}"))))
    }

    fn put(&mut self, open: usize, end: usize, ours: String) {
        let start = self.out.source.len();
        self.out.source.push_str(&ours);
        let place = start..self.out.source.len();
        let text = self.slice(open..end).to_owned();
        self.out.tags.push(Tag { place, line: self.lines.line(open), text });
        self.at = end;
    }

    fn put_statement(&mut self, open: usize, end: usize, ours: String) {
        let behind = self.whole_line(open, end);
        self.put(open, end, ours);
        self.at = behind.unwrap_or(end);
    }
}

/// `+1d`, `-2w`, `+1M`, `-1y` as our date expressions.
fn shift(offset: &str) -> Option<String> {
    let (number, unit) = offset.split_at_checked(offset.len().checked_sub(1)?)?;
    let count: i32 = number.parse().ok().filter(|count: &i32| count.abs() < 10_000)?;
    let unit = match unit {
        "d" | "w" | "y" => unit,
        "M" | "m" => "m",
        _ => return None,
    };
    Some(if count == 0 { "today".to_owned() } else { format!("{count:+}{unit}") })
}

/// A tag for display: on one line, and shortened.
pub(super) fn shown(tag: &str) -> String {
    let line: String = tag.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 { line } else { line.chars().take(58).chain([' ', '…']).collect() }
}

/// Adds text, escaped for the engine.
fn push_text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(brace) = rest.find('{') {
        let (before, behind) = rest.split_at_checked(brace).unwrap_or((rest, ""));
        out.push_str(before);
        let behind = behind.get(1..).unwrap_or("");
        // a tag may follow at the end of the text
        let opens = behind.is_empty() || behind.starts_with(['{', '%', '#']);
        out.push_str(if opens { "{{'{'}}" } else { "{" });
        rest = behind;
    }
    out.push_str(rest);
}
