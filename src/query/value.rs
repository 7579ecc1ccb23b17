//! Field values: parsed according to the field's type.

use chrono::NaiveDate;

use crate::model::Priority;
use crate::model::ReadingState;
use crate::model::Span;
use crate::model::Status;
use crate::model::calendar::DateRange;
use crate::model::calendar::Lean;
use crate::model::calendar::Length;
use crate::model::calendar::parse_when_leaning;
use crate::model::calendar::tidy;
use crate::model::words;
use crate::query::ast::Compare;
use crate::query::ast::Expr;
use crate::query::ast::Has;
use crate::query::ast::Is;
use crate::query::ast::Literal;
use crate::query::ast::Match;
use crate::query::ast::Op;
use crate::query::ast::PropertyTest;
use crate::query::ast::TaskState;
use crate::query::ast::Term;
use crate::query::ast::Test;
use crate::query::ast::Text;
use crate::query::ast::When;
use crate::query::error::QueryError;
use crate::query::fields::Field;
use crate::query::fields::FieldDoc;
use crate::query::fields::Takes;
use crate::query::pattern::Pattern;
use crate::query::print::priority_name;

/// A value as written, without its comparison.
#[derive(Debug)]
pub(crate) enum Raw<'a> {
    /// Without quotes.
    Bare(&'a str),
    /// In quotes: never a keyword.
    Quoted(String),
    /// Between slashes.
    Regex(Pattern),
}

impl Raw<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Bare(text) => text,
            Self::Quoted(text) => text,
            Self::Regex(pattern) => pattern.source(),
        }
    }

    fn is_bare(&self, word: &str) -> bool {
        matches!(self, Self::Bare(text) if text.eq_ignore_ascii_case(word))
    }
}

/// A comparison at the beginning of a text: its length in bytes, its meaning, and whether it is negated (`!=`).
pub(crate) fn operator(text: &str) -> Option<(usize, Op, bool)> {
    const SIGNS: [(&str, Op, bool); 7] = [
        ("<=", Op::LessOrEqual, false),
        (">=", Op::GreaterOrEqual, false),
        ("!=", Op::Equal, true),
        ("==", Op::Equal, false),
        ("<", Op::Less, false),
        (">", Op::Greater, false),
        ("=", Op::Equal, false),
    ];
    SIGNS.into_iter().find(|(sign, ..)| text.starts_with(sign)).map(|(sign, op, turned)| (sign.len(), op, turned))
}

/// One value after `field op`, as a term. `span` is the whole term, `at` the value.
pub(crate) fn term(
    doc: &FieldDoc,
    op: Op,
    raw: Raw<'_>,
    span: Span,
    at: Span,
    today: NaiveDate,
) -> Result<Term, QueryError> {
    let name = doc.name;
    let text = raw.text().trim().to_owned();
    if let Raw::Bare(bare) = raw
        && (bare.is_empty() || operator(bare).is_some())
    {
        return Err(needs_value(doc, at));
    }
    if text.is_empty() {
        return Err(QueryError::new(at, "there is nothing between the quotes"));
    }
    if op != Op::Equal && !is_comparable(doc) {
        let message = format!("`{name}:` cannot be compared with < or >; write it like this: {}", doc.example);
        return Err(QueryError::new(at, message));
    }
    let presence = doc.optional && op == Op::Equal;
    let (any, none) = (presence && raw.is_bare("any"), presence && raw.is_bare("none"));
    let test = match doc.takes {
        Takes::Text | Takes::Name if any => Test::In(doc.field, Match::Any),
        Takes::Text | Takes::Name if none => Test::In(doc.field, Match::None),
        Takes::Text => Test::In(doc.field, Match::Text(text_value(raw, at)?)),
        Takes::Name => Test::In(doc.field, Match::Text(name_value(doc, raw, at)?)),
        Takes::OneOf(values) | Takes::Ordered(values) => {
            if doc.field == Field::Priority && any {
                Test::Priority(Compare::Any)
            } else if doc.field == Field::Priority && none {
                Test::Priority(Compare::None)
            } else {
                one_of(doc, op, &text, values, at)?
            }
        }
        Takes::Date if any => Test::Date(doc.field, Compare::Any),
        Takes::Date if none => Test::Date(doc.field, Compare::None),
        Takes::Date => Test::Date(doc.field, Compare::With(op, when(doc, op, &text, at, today)?)),
        Takes::Length if any => Test::Age(Compare::Any),
        Takes::Length if none => Test::Age(Compare::None),
        Takes::Length => Test::Age(Compare::With(op, length(op, &text, at)?)),
        // its comparisons are refused above, and the parser reads the rest
        Takes::Query => return Err(needs_value(doc, at)),
    };
    Ok(Term { span, test })
}

/// `task:(…)`, `task-todo:(…)`, `task-done:(…)`.
pub(crate) fn task(doc: &FieldDoc, query: Option<Expr>) -> Test {
    let state = match doc.field {
        Field::TaskTodo => TaskState::Open,
        Field::TaskDone => TaskState::Done,
        _ => TaskState::Any,
    };
    Test::Task(state, query.map(Box::new))
}

pub(crate) const fn is_comparable(doc: &FieldDoc) -> bool {
    matches!(doc.takes, Takes::Date | Takes::Length | Takes::Ordered(_))
}

pub(crate) fn needs_value(doc: &FieldDoc, at: Span) -> QueryError {
    let name = doc.name;
    let message =
        format!("`{name}:` needs a value right after it: {}; to search for the text, write \"{name}:\"", doc.example);
    QueryError::new(at, message)
}

/// A word, phrase, prefix or regex to look for. Also used for plain words.
pub(crate) fn text_value(raw: Raw<'_>, at: Span) -> Result<Text, QueryError> {
    let bare = match raw {
        Raw::Regex(pattern) => return Ok(Text::Regex(pattern)),
        Raw::Quoted(text) => return Ok(Text::Phrase(text)),
        Raw::Bare(bare) => bare,
    };
    if bare.starts_with('/') && bare.contains(['*', '+', '[', '{', '^', '$', '\\']) {
        return Err(QueryError::new(at, "this regex has no closing `/`").instead(format!("{bare}/")));
    }
    match bare.split_once('*') {
        None => Ok(Text::Word(bare.to_owned())),
        Some((before, "")) if !before.is_empty() => Ok(Text::Prefix(before.to_owned())),
        Some(_) => {
            let message = "`*` stands only at the end of a word: edi*; patterns are for names (path:*.md), \
                           a regex for the rest (/a.*b/), and quotes for a star itself";
            Err(QueryError::new(at, message))
        }
    }
}

/// A name or a pattern of names, without the sign that the name has in notes.
fn name_value(doc: &FieldDoc, raw: Raw<'_>, at: Span) -> Result<Text, QueryError> {
    let (text, quoted) = match raw {
        Raw::Regex(_) => return Err(QueryError::new(at, format!("`{}:` takes no regex: {}", doc.name, doc.example))),
        Raw::Quoted(text) => (text, true),
        Raw::Bare(text) => (text.to_owned(), false),
    };
    let sign = match doc.field {
        Field::Tag => "#",
        Field::Person => "@",
        Field::Id => "^",
        Field::Path => "./",
        _ => "",
    };
    let mut name = text.as_str();
    while let Some(rest) = name.strip_prefix(sign).filter(|_| !sign.is_empty()) {
        name = rest;
    }
    if doc.field == Field::Tag {
        name = name.trim_end_matches(',');
    }
    if name.is_empty() {
        return Err(needs_value(doc, at));
    }
    if doc.field == Field::Tag
        && let Some((one, other)) = name.split_once(',')
    {
        let (one, other) = (one.trim(), other.trim());
        let message =
            format!("a tag has no comma; one of them is tag:({one} OR {other}), both are tag:{one} tag:{other}");
        return Err(QueryError::new(at, message));
    }
    // values that mean something else without their sign: `tag:#"x`, `path:./(x)`, `tag:#any`
    let odd = name.starts_with(['"', '“', '”', '„', '(', '[', '<', '>', '=', '!'])
        || (doc.optional && ["any", "none"].iter().any(|word| name.eq_ignore_ascii_case(word)));
    if quoted || odd {
        return Ok(Text::Phrase(name.to_owned()));
    }
    let is_path = matches!(doc.field, Field::Path | Field::File | Field::Link | Field::LinkedBy);
    if !is_path && name.len() > 2 && name.starts_with('/') && name.ends_with('/') {
        return Err(QueryError::new(at, format!("`{}:` takes no regex: {}", doc.name, doc.example)));
    }
    if !name.contains(['*', '?']) {
        return Ok(Text::Word(name.to_owned()));
    }
    if matches!(doc.field, Field::Link | Field::LinkedBy) {
        return Err(QueryError::new(at, format!("`{}:` takes one note, not a pattern: {}", doc.name, doc.example)));
    }
    if name.chars().all(|c| c == '*') {
        let message = format!("`*` needs something before it: {}", doc.example);
        return Err(QueryError::new(at, message).instead(doc.optional.then(|| "any".to_owned())));
    }
    match name.split_once('*') {
        Some((before, "")) if !before.contains('?') => Ok(Text::Prefix(before.to_owned())),
        _ => Ok(Text::Glob(name.to_owned())),
    }
}

fn one_of(doc: &FieldDoc, op: Op, text: &str, values: &[&str], at: Span) -> Result<Test, QueryError> {
    let lower = text.to_ascii_lowercase().replace('-', "_");
    let found = match doc.field {
        Field::Is => Is::ALL.into_iter().find(|is| is.name() == lower).map(Test::Is),
        Field::Has => {
            let singular = lower.strip_suffix('s').unwrap_or(&lower);
            Has::ALL.into_iter().find(|has| has.name() == singular).map(Test::Has)
        }
        Field::Status => Status::from_name(&lower).map(Test::Status),
        Field::State => ReadingState::from_name(&lower).map(Test::State),
        _ => {
            let level = LEVELS.into_iter().find(|level| priority_name(*level) == lower);
            level.map(|level| Test::Priority(Compare::With(op, level)))
        }
    };
    found.ok_or_else(|| {
        let name = doc.name;
        let list = values.join(", ");
        let mut message = format!("`{text}` is not one of the values of `{name}:`, which are {list}");
        if doc.field == Field::Status {
            message.push_str(&format!("; a front matter entry is [status:{text}]"));
        }
        QueryError::new(at, message).instead(words::nearest(&lower, values.iter().copied()).map(str::to_owned))
    })
}

/// From the lowest; the normal priority is between low and medium.
pub(crate) const LEVELS: [Option<Priority>; 6] = [
    Some(Priority::Lowest),
    Some(Priority::Low),
    None,
    Some(Priority::Medium),
    Some(Priority::High),
    Some(Priority::Highest),
];

/// Plans are in the future, everything else in the past.
fn lean(field: Field) -> Lean {
    if matches!(field, Field::Due | Field::Scheduled | Field::Start) { Lean::Ahead } else { Lean::Behind }
}

fn when(doc: &FieldDoc, op: Op, text: &str, at: Span, today: NaiveDate) -> Result<When, QueryError> {
    let range = parse_when_leaning(text, today, lean(doc.field)).map_err(|error| QueryError::date(at, error))?;
    if op != Op::Equal && text.contains("..") {
        let message =
            format!("a comparison takes one date; without `{}`, the query matches the whole range", op.sign());
        return Err(QueryError::new(at, message));
    }
    Ok(When { text: tidy(text), range })
}

fn length(op: Op, text: &str, at: Span) -> Result<Length, QueryError> {
    let Some(length) = Length::parse(text) else {
        let days = text.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{text}d"));
        let message = format!("`{text}` is not a length of time; these are: 30d, 2w, 6m, 1y");
        return Err(QueryError::new(at, message).instead(days));
    };
    if op == Op::Equal {
        let message = format!("older or younger than {length}? age:>{length} is older, age:<{length} younger");
        return Err(QueryError::new(at, message).instead(format!(">{length}")));
    }
    Ok(length)
}

/// A value between the brackets of `[key:value]`.
pub(crate) fn property(op: Op, raw: Raw<'_>, at: Span, today: NaiveDate) -> Result<PropertyTest, QueryError> {
    let text = raw.text().trim().to_owned();
    if text.is_empty() && matches!(raw, Raw::Bare(_)) {
        return Err(QueryError::new(
            at,
            "here a value is missing; [name:null] asks for an empty entry, [name] for any",
        ));
    }
    if op != Op::Equal {
        return literal(&text, today)
            .map(|literal| PropertyTest::Compare(op, literal))
            .ok_or_else(|| QueryError::new(at, format!("`{text}` is neither a number nor a date to compare with")));
    }
    Ok(match raw {
        Raw::Regex(pattern) => PropertyTest::Text(Text::Regex(pattern)),
        Raw::Quoted(_) if text.is_empty() => PropertyTest::Null,
        Raw::Quoted(text) => PropertyTest::Text(Text::Phrase(text)),
        Raw::Bare(_) if text.eq_ignore_ascii_case("null") => PropertyTest::Null,
        Raw::Bare(_) => {
            let (word, star) = text.strip_suffix('*').map_or((text.as_str(), false), |word| (word, true));
            let plain = !word.is_empty()
                && !word.contains(|c: char| c.is_whitespace() || matches!(c, '*' | '"' | '“' | '”' | '„' | '(' | ')'))
                && !word.starts_with(['/', '<', '>', '=', '!']);
            PropertyTest::Text(match (plain, star) {
                (true, true) => Text::Prefix(word.to_owned()),
                (true, false) => Text::Word(word.to_owned()),
                (false, _) => Text::Phrase(text),
            })
        }
    })
}

fn literal(text: &str, today: NaiveDate) -> Option<Literal> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    let date: Option<DateRange> = parse_when_leaning(text, today, Lean::Behind).ok();
    // a comparison needs a single value, not `2026..2027`
    let date = date.filter(|_| !text.contains(".."));
    let written = if number.is_some() { text.to_owned() } else { tidy(text) };
    (number.is_some() || date.is_some()).then_some(Literal { text: written, number, date })
}
