//! `--format '{{ path }}:{{ line }}'`: a template for rows, in the same sandbox as all templates.

use crate::template::sandbox::Limits;
use crate::template::sandbox::Sandbox;
use crate::view::words;

/// In bytes; templates here are typed on a command line.
const LIMITS: Limits = Limits { source: 16 * 1024, fuel: 50_000 };

/// A compiled template.
#[derive(Debug)]
pub struct Template(Sandbox);

impl Template {
    /// Compiles a template.
    ///
    /// # Errors
    /// A sentence about what is wrong with it.
    pub fn new(source: &str) -> Result<Self, String> {
        // the limit applies to what was typed, before anything is unescaped
        LIMITS.check_length(source).map_err(|fault| fault.message)?;
        Sandbox::new(&unescape(source), LIMITS, |_| {}).map(Self).map_err(|fault| fault.message)
    }

    /// Checks that every name in the template is a field.
    ///
    /// # Errors
    /// A sentence with the unknown name, the most similar one, and all fields.
    pub fn check_names(&self, fields: &[&str]) -> Result<(), String> {
        match self.0.names().iter().find(|name| !fields.contains(&name.as_str())) {
            None => Ok(()),
            Some(name) => {
                let hint = words::did_you_mean(name, fields.iter().copied());
                Err(format!("the template names `{name}`, which is not a field{hint}; there are {}", fields.join(", ")))
            }
        }
    }

    /// Renders the template.
    ///
    /// # Errors
    /// A sentence about what is wrong.
    pub fn render(&self, fields: &serde_json::Value) -> Result<String, String> {
        self.0.render(fields).map_err(|fault| fault.message)
    }
}

/// `\n`, `\t` and `\0` as typed between quotes in a shell.
fn unescape(source: &str) -> String {
    source.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn render(source: &str) -> Result<String, String> {
        let fields = json!({"path": "a.md", "line": 3, "due": null});
        let template = Template::new(source)?;
        template.check_names(&["path", "line", "due"])?;
        template.render(&fields)
    }

    #[test]
    fn rows_are_filled_in() {
        assert_eq!(render("{{ path }}:{{ line }}\\t{{ due }}\\n").as_deref(), Ok("a.md:3\t"));
        let error = render("{{ pat }}").unwrap_err();
        assert!(error.contains("`pat`, which is not a field (did you mean path?); there are path, line,"), "{error}");
        let error = render("{{ range(9) }}").unwrap_err();
        assert!(error.contains("`range`, which is not a field"), "{error}");
        assert!(render(&"x".repeat(16 * 1024 + 1)).unwrap_err().contains("bytes long"));
    }
}
