//! `--format '{{ path }}:{{ line }}'`: a template that can neither run long, grow large, nor read anything.

use minijinja::Environment;
use minijinja::UndefinedBehavior;
use minijinja::Value;

/// Templates are typed on a command line.
const SOURCE_LIMIT: usize = 16 * 1024;
/// Steps of one rendering.
const FUEL: u64 = 50_000;

/// A compiled template.
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
        environment.set_debug(true);
        // what is not there prints as nothing
        environment.set_formatter(|out, state, value| {
            if value.is_none() { Ok(()) } else { minijinja::escape_formatter(out, state, value) }
        });
        environment.add_filter("upper", |text: String| text.to_uppercase());
        environment.add_filter("lower", |text: String| text.to_lowercase());
        environment.add_filter(
            "default",
            |value: Value, other: Value| if value.is_none() || value.is_undefined() { other } else { value },
        );
        environment.add_filter("length", |value: Value| value.len());
        environment.add_filter("first", |value: Value| value.get_item_by_index(0).unwrap_or_default());
        environment.add_filter("join", |value: Value, between: String| -> Result<String, minijinja::Error> {
            Ok(value.try_iter()?.map(|item| item.to_string()).collect::<Vec<_>>().join(&between))
        });
        environment.add_filter("json", |value: Value| serde_json::to_string(&value).unwrap_or_default());
        let source = unescape(source);
        environment
            .add_template_owned(NAME, source)
            .map_err(|error| format!("the template cannot be read: {}", detail(&error)))?;
        Ok(Self { environment })
    }

    /// Fills the template. `names` are the fields that there are, for the advice on a wrong one.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn render(&self, fields: &serde_json::Value, names: &[String]) -> Result<String, String> {
        let template = self.environment.get_template(NAME).map_err(|error| detail(&error))?;
        template.render(minijinja::value::Serde(fields)).map_err(|error| {
            let what = detail(&error);
            let unknown = template.undeclared_variables(false).into_iter().find(|name| !names.contains(name));
            match unknown {
                Some(name) => {
                    let near = names.iter().min_by_key(|known| strsim::damerau_levenshtein(known, &name));
                    let near = near.filter(|known| strsim::damerau_levenshtein(known, &name) <= 2);
                    let hint = near.map(|known| format!(" (did you mean {known}?)")).unwrap_or_default();
                    format!("the template names `{name}`, which is no field{hint}; there are {}", names.join(", "))
                }
                None => format!("the template cannot be filled: {what}"),
            }
        })
    }
}

/// `\n`, `\t` and `\0` as people type them between quotes of a shell.
fn unescape(source: &str) -> String {
    source.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0")
}

fn detail(error: &minijinja::Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

/// Refuses what could grow without bounds or overflow the stack: long tags, other statements, text built from text.
fn check(source: &str) -> Result<(), String> {
    let mut rest = source;
    while let Some(open) = rest.find("{%").into_iter().chain(rest.find("{{")).min() {
        let tag = rest.get(open..).unwrap_or("");
        let statement = tag.starts_with("{%");
        let close = tag.find(if statement { "%}" } else { "}}" }).unwrap_or(tag.len());
        let inner = tag.get(2..close).unwrap_or("");
        if inner.len() > 500 {
            return Err("a tag of the template is longer than 500 bytes".to_owned());
        }
        if statement {
            let word = inner.trim_start_matches(['-', '+']).split_whitespace().next().unwrap_or("");
            if !["if", "elif", "else", "endif", "for", "endfor"].contains(&word) {
                return Err(format!(
                    "the template uses `{word}`: only if, elif, else, endif, for and endfor are known"
                ));
            }
        }
        let mut quoted: Option<char> = None;
        for c in inner.chars() {
            match quoted {
                Some(quote) if quote == c => quoted = None,
                Some(_) => {}
                None if matches!(c, '"' | '\'') => quoted = Some(c),
                None if matches!(c, '~' | '+' | '*' | '[' | '{') => {
                    return Err(format!("the template uses `{c}`: fields and filters are enough"));
                }
                None => {}
            }
        }
        rest = tag.get(close.max(2)..).unwrap_or("");
    }
    if source.matches("elif").count() > 100 {
        return Err("the template has more than 100 `elif`".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn render(source: &str) -> Result<String, String> {
        let fields = json!({"path": "a.md", "line": 3, "tags": ["x", "y"], "due": null});
        let names = ["path", "line", "tags", "due"].map(str::to_owned);
        Template::new(source).and_then(|template| template.render(&fields, &names))
    }

    #[test]
    fn fields_and_filters() {
        assert_eq!(render("{{ path }}:{{ line }}").unwrap(), "a.md:3");
        assert_eq!(render("{{ tags | join(', ') | upper }} {{ due | default('-') }}").unwrap(), "X, Y -");
        assert_eq!(render("{% for t in tags %}#{{ t }} {% endfor %}").unwrap(), "#x #y ");
        assert_eq!(render("[{{ due }}]").unwrap(), "[]");
    }

    #[test]
    fn mistakes_are_explained() {
        assert!(render("{{ pat }}").unwrap_err().contains("did you mean path?"));
        assert!(render("{{ path ").is_err());
        assert!(render("{% set a = 1 %}").unwrap_err().contains("`set`"));
        assert!(render("{{ path ~ path }}").is_err());
        assert!(render(&format!("{{{{ {} }}}}", "not ".repeat(200))).is_err());
    }
}
