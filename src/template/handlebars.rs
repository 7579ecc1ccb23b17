//! zk's templates: translates Handlebars between `{{` and `}}` into our own syntax.
//!
//! Supports helpers for dates, slugs and lists, and the blocks `if`, `unless`, `each`. Running programs, and reading other
//! files or the environment, is refused. Called by `tags` for each tag.

/// The translation of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Translation {
    /// Between `{{` and `}}`.
    Expression(String),
    /// Between `{%` and `%}`.
    Statement(String),
    /// Nothing.
    Comment,
}

/// Helpers that are supported, or refused with an explanation.
const HELPERS: [&str; 11] =
    ["format-date", "date", "slug", "json", "join", "sh", "style", "list", "concat", "substring", "prepend"];
/// Words that follow a value in our own expressions.
const OPERATORS: [&str; 7] = ["if", "else", "and", "or", "in", "is", "not"];
/// Maximum depth of nested helpers.
const DEPTH: usize = 4;
/// zk's names for date formats.
const FORMS: [(&str, &str); 7] = [
    ("short", "%m/%d/%Y"),
    ("medium", "%b %d, %Y"),
    ("long", "%B %d, %Y"),
    ("full", "%A, %B %d, %Y"),
    ("year", "%Y"),
    ("time", "%H:%M"),
    ("timestamp", "%Y%m%d%H%M"),
];

/// Translates the text between the braces; `None` if it is not Handlebars, or the same in our syntax.
pub(super) fn read(content: &str) -> Option<Result<Translation, String>> {
    let content = content.trim_matches('~').trim();
    if content.starts_with('!') {
        return Some(Ok(Translation::Comment));
    }
    if content.starts_with('>') {
        return Some(Err("no other template is read".to_owned()));
    }
    if let Some(block) = content.strip_prefix('#') {
        return Some(opened(block.trim()));
    }
    let statement = |text: &str| Some(Ok(Translation::Statement(text.to_owned())));
    match content {
        "/if" | "/unless" => return statement("endif"),
        "/each" => return statement("endfor"),
        "else" => return statement("else"),
        _ => {}
    }
    if let Some(condition) = content.strip_prefix("else if ") {
        return Some(value(condition).map(|value| Translation::Statement(format!("elif {value}"))));
    }
    if content.starts_with('/') {
        return Some(Err(format!("`{content}` closes no block that is known")));
    }
    let (first, rest) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
    let next = rest.trim_start();
    let is_call = HELPERS.contains(&first)
        && next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '('))
        && !OPERATORS.contains(&next.split_whitespace().next().unwrap_or_default());
    let is_path = next.is_empty() && is_word(first) && (first.contains('-') || first.starts_with('@'));
    let is_env = next.is_empty() && first.starts_with("env.");
    if is_call || is_path || is_env || (next.is_empty() && first == "sh") {
        return Some(value(content).map(Translation::Expression));
    }
    None
}

/// `if x`, `unless x`, `each x`
fn opened(block: &str) -> Result<Translation, String> {
    let (name, rest) = block.split_once(char::is_whitespace).unwrap_or((block, ""));
    let value = || value(rest);
    Ok(Translation::Statement(match name {
        "if" => format!("if {}", value()?),
        "unless" => format!("if not ({})", value()?),
        "each" => format!("for each_key, this in {} | pairs", value()?),
        _ => return Err(format!("the block `{name}` is not known: only if, unless and each are")),
    }))
}

/// A whole expression: a path, a text, or a helper with arguments.
fn value(text: &str) -> Result<String, String> {
    let tokens = tokens(text)?;
    let mut rest = tokens.as_slice();
    let found = if tokens.len() > 1 && !matches!(tokens.first(), Some(Token::Open)) {
        call(&mut rest, 0)?
    } else {
        one(&mut rest, 0)?
    };
    if rest.is_empty() { Ok(found) } else { Err(format!("`{text}` cannot be understood")) }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Text(String),
    Word(String),
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or("");
        rest = match c {
            '(' | ')' => {
                found.push(if c == '(' { Token::Open } else { Token::Close });
                behind
            }
            '"' | '\'' => {
                let (inner, behind) = behind.split_once(c).ok_or_else(|| format!("{c} is never closed"))?;
                found.push(Token::Text(inner.to_owned()));
                behind
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "()\"'".contains(c)).unwrap_or(rest.len());
                let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
                found.push(Token::Word(word.to_owned()));
                behind
            }
        }
        .trim_start();
    }
    Ok(found)
}

/// A helper's name and its arguments, up to a `)` or the end.
fn call(rest: &mut &[Token], depth: usize) -> Result<String, String> {
    let Some((Token::Word(helper), behind)) = rest.split_first() else {
        return Err("a helper's name is missing".to_owned());
    };
    *rest = behind;
    let mut values = Vec::new();
    while !matches!(rest.first(), None | Some(Token::Close)) {
        let text = if let Some(Token::Text(text)) = rest.first() { Some(text.clone()) } else { None };
        values.push((one(rest, depth)?, text));
    }
    let filled = match (helper.as_str(), values.as_slice()) {
        ("format-date", [(value, _)]) => format!("{value} | date('%Y-%m-%d')"),
        ("format-date", [(value, _), (_, Some(form))]) => {
            let form = FORMS.iter().find(|(name, _)| name == form).map_or(form.as_str(), |(_, form)| form);
            format!("{value} | date({})", quoted(form))
        }
        ("date", [(value, _)]) => format!("{value} | day"),
        ("slug" | "json", [(value, _)]) => format!("{value} | {helper}"),
        ("join", [(value, _), (_, Some(between))]) => format!("{value} | join({})", quoted(between)),
        ("sh", _) => return Err("nothing in a notebook runs: give what `sh` would say with --var".to_owned()),
        ("format-date" | "date" | "slug" | "json" | "join", _) => {
            return Err(format!("`{helper}` takes other values"));
        }
        _ => return Err(format!("the helper `{helper}` is not known: format-date, date, slug, json and join are")),
    };
    Ok(filled)
}

/// A path, a text or a call in brackets.
fn one(rest: &mut &[Token], depth: usize) -> Result<String, String> {
    let Some((first, behind)) = rest.split_first() else { return Err("a value is missing".to_owned()) };
    *rest = behind;
    match first {
        Token::Text(text) => Ok(quoted(text)),
        Token::Word(word) => path(word),
        Token::Open if depth < DEPTH => {
            let found = call(rest, depth + 1)?;
            match rest.split_first() {
                Some((Token::Close, behind)) => *rest = behind,
                _ => return Err("a `)` is missing".to_owned()),
            }
            Ok(found)
        }
        Token::Open => Err("helpers are nested too deep".to_owned()),
        Token::Close => Err("a `)` closes nothing".to_owned()),
    }
}

/// `filename-stem`, `extra.author`, `this`, `@index`
fn path(word: &str) -> Result<String, String> {
    if let Some(name) = word.strip_prefix("env.") {
        return Err(format!("the environment is not read: `--var {name}=…` gives {{{{ {name} }}}}"));
    }
    match word {
        "@index" => Ok("loop.index0".to_owned()),
        "@key" => Ok("each_key".to_owned()),
        "@first" => Ok("loop.first".to_owned()),
        "@last" => Ok("loop.last".to_owned()),
        _ if is_word(word) => Ok(word.replace('-', "_")),
        _ => Err(format!("`{word}` cannot be understood")),
    }
}

fn is_word(word: &str) -> bool {
    let word = word.strip_prefix('@').unwrap_or(word);
    word.starts_with(char::is_alphanumeric) && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// A string literal in our syntax.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(content: &str, want: &str) {
        let said = match read(content) {
            None => "ours".to_owned(),
            Some(Ok(Translation::Expression(text))) => text,
            Some(Ok(Translation::Statement(text))) => format!("% {text}"),
            Some(Ok(Translation::Comment)) => "comment".to_owned(),
            Some(Err(why)) => why,
        };
        assert_eq!(said, want, "{content}");
    }

    #[test]
    fn helpers_and_blocks() {
        case("format-date now '%Y-%m-%d'", "now | date('%Y-%m-%d')");
        case("format-date now", "now | date('%Y-%m-%d')");
        case("format-date now \"long\"", "now | date('%B %d, %Y')");
        case("format-date (date \"next week\") 'year'", "'next week' | day | date('%Y')");
        case("slug title", "title | slug");
        case("slug \"it's\"", "'it\\'s' | slug");
        case("filename-stem", "filename_stem");
        case("#if extra.author", "% if extra.author");
        case("else if title", "% elif title");
        case("else", "% else");
        case("/if", "% endif");
        case("#unless content", "% if not (content)");
        case("#each tags", "% for each_key, this in tags | pairs");
        case("@index", "loop.index0");
        case("@key", "each_key");
        case("@last", "loop.last");
        case("/each", "% endfor");
        case("! a comment", "comment");
    }

    #[test]
    fn ours_stays_ours() {
        for ours in [
            "title",
            "date",
            " date | date('%Y') ",
            "date if title",
            "extra.author",
            "title | slug",
            "json",
            "date in tags",
        ] {
            case(ours, "ours");
        }
    }

    #[test]
    fn what_would_run_or_read_is_refused() {
        case("sh \"rm -rf /\"", "nothing in a notebook runs: give what `sh` would say with --var");
        case("env.HOME", "the environment is not read: `--var HOME=…` gives {{ HOME }}");
        case("> header", "no other template is read");
        case("#with x", "the block `with` is not known: only if, unless and each are");
        case("/with", "`/with` closes no block that is known");
        case("concat 'a' 'b'", "the helper `concat` is not known: format-date, date, slug, json and join are");
        case("slug", "ours");
        case("slug 'a", "' is never closed");
        case("slug (slug (slug (slug (slug (slug title)))))", "helpers are nested too deep");
        case("slug (slug title", "a `)` is missing");
        case("slug title title", "`slug` takes other values");
    }
}
