//! What the sandbox takes and what it refuses.

use super::*;
use proptest::proptest;
use serde_json::json;

const LIMITS: Limits = Limits { source: 16 * 1024, fuel: 50_000 };

fn render(source: &str) -> Result<String, String> {
    let fields = json!({
        "path": "a.md", "line": 3, "tags": ["x", "y"], "due": null,
        "links": [{"url": "https://a.example", "text": "A"}], "text": "t".repeat(2000), "date": "2026-11-03",
    });
    let template = Sandbox::new(source, LIMITS, |_| {}).map_err(|fault| fault.message)?;
    template.render(&fields).map_err(|fault| fault.message)
}

#[track_caller]
fn case(source: &str, want: &str) {
    assert_eq!(render(source).as_deref(), Ok(want), "{source}");
}

#[track_caller]
fn refused(source: &str, why: &str) {
    let error = render(source).expect_err(source);
    assert!(error.contains(why), "{error}");
}

#[test]
fn fields_and_filters() {
    case("{{ path }}:{{ line }}", "a.md:3");
    case("{{path|upper}} {{ 'ÄB' | lower }} {{ ' a ' | trim }}", "A.MD äb a");
    case("{{ tags | join(' ') }} {{ tags }} {{ tags | length }}", "x y x, y 2");
    case("{{ tags | first }} {{ tags | last }} {{ tags | json }}", "x y [\"x\",\"y\"]");
    case("{{ path if due }}{{ line if path }}", "3");
    case("[{{ due }}] {{ due | default('-') }}", "[] -");
    case("{{ date | date('%d.%m.%Y') }}{{ due | date('%Y') }}", "03.11.2026");
    case("{% for t in tags %}#{{ t }}{% if not loop.last %} {% endif %}{% endfor %}", "#x #y");
    case("{%- if due %}{{ due }}{% elif line == 3 -%} {{ links.0.url }} {%- else %}-{% endif %}", "https://a.example");
    case("a\tb\n{# a comment with ' and {{ #}c } { {", "a\tb\nc } { {");
    case("{{ \"}}~\\\"\" }}", "}}~\"");
}

#[test]
fn mistakes_are_explained() {
    refused("{{ pat }}", "`pat` is undefined");
    refused("{{ path | uper }}", "uper");
    refused("{{ path ", "`}}` is missing");
    refused("{% if due %}", "cannot be read");
    refused("{# x", "no end");
    refused("{{ due.x }}", "cannot be filled");
    refused("{{ links.0.urll }}", "urll");
    refused("{{ tags | join }}", "cannot be filled");
    refused("{{ path | join('-') }}", "not a list");
    refused("{{ path | date('%Y') }}", "`a.md` is not a date");
    refused("{{ date | date('%Q') }}", "`%Q` is not a date format");
}

#[test]
fn nothing_multiplies() {
    refused("{% set a = 1 %}", "`set`");
    refused("{% macro a() %}{% endmacro %}", "`macro`");
    refused("{% raw %}{{ path }}{% endraw %}", "`raw`");
    refused("{{ path ~ path }}", "`~`");
    refused("{{ '}}' ~ path }}", "`~`");
    refused("{# {{ ' #}{{ path ~ path }}", "`~`");
    refused("{{ 'a\\'}}' ~ path }}", "`~`");
    refused("{{ [1, 2] }}", "`[`");
    refused("{{ 'a' * 9999999 }}", "`*`");
    refused("{{ range(9) }}", "range");
    refused(&"x".repeat(LIMITS.source + 1), "bytes long");
    refused(&format!("{{{{ {} }}}}", "not ".repeat(200)), "500 bytes");
    let chain = "{% elif due %}".repeat(ELIF_LIMIT + 1);
    refused(&format!("{{% if due %}}{chain}{{% endif %}}"), "`elif`");
}

#[test]
fn what_is_left_is_bounded() {
    refused(&format!("{{{{ tags{} }}}}", "|json".repeat(90)), "more than 1048576 bytes");
    let loops = format!("{}{{{{ text }}}}{}", "{% for t in tags %}".repeat(12), "{% endfor %}".repeat(12));
    refused(&loops, "longer than 1048576 bytes");
    let loops = format!("{}.{}", "{% for t in tags %}".repeat(17), "{% endfor %}".repeat(17));
    refused(&loops, "too many steps");
}

#[test]
fn deep_nesting_is_an_error_not_an_abort() {
    for (open, close) in [("{% if line %}", "{% endif %}"), ("{% for t in tags %}", "{% endfor %}")] {
        let source = format!("{}x{}", open.repeat(500), close.repeat(500));
        assert!(Sandbox::new(&source, LIMITS, |_| {}).is_err());
    }
    let nested = format!("{{{{ {}line{} }}}}", "(".repeat(240), ")".repeat(240));
    assert!(Sandbox::new(&nested, LIMITS, |_| {}).is_err());
    let nots = format!("{{{{ {}line }}}}", "not ".repeat(120));
    assert!(render(&nots).is_ok());
}

/// The stack of a test's thread is a quarter of the program's, and debug code takes more of it: whatever passes the limits
/// must fit.
#[test]
fn the_deepest_that_passes_fits_the_stack() {
    let tag = |inner: &str| format!("{{{{ {inner} }}}}");
    let chains = [
        format!("path{}", "|trim".repeat(98)),
        format!("path{}", ".a".repeat(240)),
        format!("path{}", "()".repeat(240)),
        format!("path{}", "<1".repeat(240)),
        format!("line{}", "-1".repeat(240)),
        format!("path{}", " in path".repeat(60)),
        format!("path{}", " if path".repeat(60)),
        format!("path{}", " or path".repeat(60)),
        format!("path{}", "|default(path".repeat(34)) + &")".repeat(34),
        format!("{}path{}", "(".repeat(240), ")".repeat(240)),
        format!("{}path", "not ".repeat(120)),
        format!("{}line", "-".repeat(480)),
    ];
    let nests = [("{% if path %}", "{% endif %}"), ("{% for t in tags %}", "{% endfor %}")];
    for inner in chains.iter().map(|inner| tag(inner)).chain([String::new()]) {
        let elifs = format!("{{% if due %}}{}{{% endif %}}", format!("{{% elif due %}}{inner}").repeat(20));
        for (depth, (open, close)) in [0, 100, 130, 150, 400].into_iter().flat_map(|n| nests.map(|nest| (n, nest))) {
            for inner in [&inner, &elifs] {
                let source = format!("{}{inner}{}", open.repeat(depth), close.repeat(depth));
                if let Ok(template) = Sandbox::new(&source, LIMITS, |_| {}) {
                    let _names = template.names();
                    let _text = template.render(&json!({"path": "a", "line": 1, "tags": ["x"], "due": null}));
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_source_is_filled_or_refused(source in r#"([{}%#'"\\~ |.()a-c-]|\{\{|\}\}|\{%|%\}|\{#|#\}|path|if |for |end){0,30}"#) {
        let _outcome = render(&source);
    }
}
