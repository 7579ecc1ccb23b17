//! Looks: our templates, style sheet and script, each replaceable by a notebook's own file of the same name.

use std::collections::BTreeMap;

use minijinja::AutoEscape;
use minijinja::Environment;
use minijinja::Output;
use minijinja::State;
use minijinja::Value;
use minijinja::value::Serde;
use minijinja::value::merge_maps;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::site::frame_words::FrameWords;
use crate::site::text::quoted;

/// Steps of one page: a template of a notebook's own cannot run for ever.
const FUEL: u64 = 20_000_000;

/// Our files by name, as `--eject-theme` writes them.
pub const FILES: [(&str, &str); 13] = [
    ("base.html", include_str!("../../templates/site/base.html")),
    ("note.html", include_str!("../../templates/site/note.html")),
    ("home.html", include_str!("../../templates/site/home.html")),
    ("list.html", include_str!("../../templates/site/list.html")),
    ("report.html", include_str!("../../templates/site/report.html")),
    ("graph.html", include_str!("../../templates/site/graph.html")),
    ("404.html", include_str!("../../templates/site/404.html")),
    ("style.css", include_str!("../../templates/site/style.css")),
    ("script.js", include_str!("../../templates/site/script.js")),
    ("search.css", include_str!("../../templates/site/search.css")),
    ("search.js", include_str!("../../templates/site/search.js")),
    ("icon.svg", include_str!("../../templates/site/icon.svg")),
    ("README.md", include_str!("../../templates/site/README.md")),
];

/// The files of a site's looks.
pub struct Theme {
    environment: Environment<'static>,
    files: BTreeMap<String, String>,
}

impl Theme {
    /// Takes our files, with those of `own` in their place.
    ///
    /// # Errors
    ///
    /// What is wrong with a template, in words.
    pub fn new(own: BTreeMap<String, String>) -> Result<Self, String> {
        let mut files: BTreeMap<String, String> =
            FILES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        files.extend(own);
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(minijinja::default_auto_escape_callback);
        environment.set_formatter(put);
        environment.set_fuel(Some(FUEL));
        let syntax = minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| error.to_string())?);
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            environment
                .add_template_owned(name.clone(), text.clone())
                .map_err(|error| format!("templates/site/{name}: {}", words(&error)))?;
        }
        let mut theme = Self { environment, files };
        theme.speak(&FrameWords::of("en"));
        Ok(theme)
    }

    /// Gives templates the words of the frame, and the form of its dates.
    pub(crate) fn speak(&mut self, words: &FrameWords) {
        self.environment.add_global("say", Value::from(Serde(words.pages())));
        let words = words.clone();
        self.environment.add_filter("day", move |written: &str| words.day(written));
    }

    /// A file as it is.
    pub(crate) fn file(&self, name: &str) -> &str {
        self.files.get(name).map_or("", String::as_str)
    }

    /// A script as pages load it: ours without comments and indentation, which are for those who read it here.
    pub(crate) fn script(&self, name: &str) -> String {
        let script = self.file(name);
        if !FILES.contains(&(name, script)) {
            return script.to_owned();
        }
        let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// A style sheet as pages load it: ours without comments and blanks, likewise.
    pub(crate) fn style(&self, name: &str) -> String {
        let style = self.file(name);
        if !FILES.contains(&(name, style)) {
            return style.to_owned();
        }
        let lines = style.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("/*"));
        let mut out = lines.collect::<Vec<_>>().join("\n");
        for (written, short) in
            [(" {", "{"), ("{ ", "{"), ("; }", "}"), (" }", "}"), ("; ", ";"), (": ", ":"), (", ", ",")]
        {
            out = out.replace(written, short);
        }
        out + "\n"
    }

    /// Changes when any file does.
    pub(crate) fn key(&self) -> u64 {
        let mut all = String::new();
        for (name, text) in &self.files {
            all.push_str(name);
            all.push('\0');
            all.push_str(text);
            all.push('\0');
        }
        xxh3_64(all.as_bytes())
    }

    /// Fills a template with what every page has and what this one has besides.
    pub(crate) fn render(&self, name: &str, common: &impl Serialize, own: &impl Serialize) -> Result<String, String> {
        let failed = |error: minijinja::Error| format!("templates/site/{name}: {}", words(&error));
        let fields = merge_maps([Value::from(Serde(own)), Value::from(Serde(common))]);
        self.environment.get_template(name).and_then(|template| template.render(fields)).map_err(failed)
    }
}

/// Writes a value as the engine does, but for two things: a title may have control characters, and most of a page's
/// fields are addresses, whose `/` needs no escape.
fn put(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            out.write_str(&quoted(text)).map_err(minijinja::Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

fn words(error: &minijinja::Error) -> String {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!(" ({name}, line {line})"),
        _ => String::new(),
    };
    format!("{error}{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebooks_own_file_wins_and_its_mistakes_are_told() {
        let own = |name: &str, text: &str| BTreeMap::from([(name.to_owned(), text.to_owned())]);
        let theme = Theme::new(own("404.html", "mine {{ a }}")).unwrap();
        let page = theme.render("404.html", &(), &BTreeMap::from([("a", "<b\u{1}\u{85}\u{FFFE} href='/'>")]));
        assert_eq!(page.unwrap(), "mine &lt;b href=&#39;/&#39;&gt;");
        assert_ne!(theme.key(), Theme::new(BTreeMap::new()).unwrap().key());
        assert_eq!(Theme::new(own("search.js", "// mine\n  x()\n")).unwrap().script("search.js"), "// mine\n  x()\n");
        assert!(!Theme::new(BTreeMap::new()).unwrap().script("search.js").contains("\n  "));
        assert_eq!(Theme::new(own("style.css", "a { b: c; }\n")).unwrap().style("style.css"), "a { b: c; }\n");
        let style = Theme::new(BTreeMap::new()).unwrap().style("style.css");
        assert!(
            style.contains("\nbody{margin:0;") && style.contains("content:\" (\" attr(href)") && !style.contains("/*")
        );
        assert!(Theme::new(own("404.html", "{% if %}")).err().unwrap().contains("404.html"));
    }
}
