//! Tables of templates: the three spellings, mistakes with their places, and what somebody with bad intentions would write.

use std::time::Duration;
use std::time::Instant;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::template::shipped::SHIPPED;

fn given() -> Given {
    Given {
        title: Some("Saga: why?".to_owned()),
        date: "2026-11-27".parse().unwrap(),
        time: "09:05".to_owned(),
        vars: [("author".to_owned(), "Ida".to_owned()), ("who-else".to_owned(), "Bo".to_owned())].into(),
        content: String::new(),
        more: [("points".to_owned(), json!(["a", "b"]))].into_iter().collect(),
    }
}

/// A template filled in, or `line: why not`.
fn fill(text: &str, dialect: Dialect) -> Result<String, String> {
    let said = |remark: Remark| format!("{}: {}", remark.line, remark.message);
    let template = Template::read(text, dialect).map_err(said)?;
    let values = template.values(&given()).map_err(said)?;
    let (dir, name) = template.place(&values).map_err(said)?;
    let path = format!("{}/{}.md", dir.unwrap_or_default(), name.unwrap_or_default());
    template.text(&values.at(&NotePath::from(path.as_str()))).map_err(said)
}

#[track_caller]
fn case(text: &str, want: &str) {
    assert_eq!(fill(text, Dialect::default()).as_deref(), Ok(want), "{text}");
}

#[track_caller]
fn refused(text: &str, why: &str) {
    let began = Instant::now();
    let shown: String = text.chars().take(200).collect();
    match fill(text, Dialect { settings_at_top: true, ..Dialect::default() }) {
        Err(error) => assert!(error.contains(why), "{shown}: {error}"),
        Ok(text) => panic!("{shown} gives {} bytes", text.len()),
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{shown}: {:?} in a debug build", began.elapsed());
}

#[test]
fn ours() {
    case("# {{ title }}\n", "# Saga: why?\n");
    case("{{ date }} {{ time }} {{ now }}", "2026-11-27 09:05 2026-11-27 09:05");
    case("{{ date | date('%d.%m.%Y') }} {{ now | date('%H.%M') }}", "27.11.2026 09.05");
    case("{{ title | slug }} {{ author }} {{ who_else }} {{ extra.author }}", "saga-why Ida Bo Ida");
    case("{{ yesterday }} {{ tomorrow }} {{ monday }}", "2026-11-26 2026-11-28 2026-11-23");
    case("{{ 'next friday' | day }} {{ '+2w' | day }}", "2026-12-04 2026-12-11");
    case("{% if content %}\nx\n{% else %}\ny\n{% endif %}\nz\n", "y\nz\n");
    case("  {% for p in points %}\n  - {{ p }}\n  {% endfor %}\nz", "  - a\n  - b\nz");
    case("a{# a note #}b\n{# alone #}\nc", "ab\nc");
    case("{% raw %}\n{{ title }} {% x %}\n{% endraw %}\n", "{{ title }} {% x %}\n");
    case("{{ extra.nobody if extra.nobody else '-' }}{% if extra.nobody %}x{% endif %}", "-");
    case("\r\n# {{ title }}\r\n{% if title %}\r\nx\r\n{% endif %}\r\n", "\r\n# Saga: why?\r\nx\r\n");
}

#[test]
fn text_stays_text() {
    for text in [
        "",
        "# A heading {#id}\n",
        "$\\frac{a}{b}$ { { } }} %} #} {",
        "a {",
        "<% tp.file.title %>",
        "%% a comment %%\n",
        "```dataview\nLIST\n```\n",
        "---\ntags: [a]\n---\nb",
        "---\nno: [yaml\n---\nb",
        "---\nname: Ida\ntemplate: \"[[x]]\"\n---\n",
    ] {
        case(text, text);
    }
    case("{ {{ title }}{#x}", "{ Saga: why?{#x}");
}

#[test]
fn obsidians() {
    case("# {{title}}\n{{date}} {{time}}", "# Saga: why?\n2026-11-27 09:05");
    case(
        "{{date:DD.MM.YYYY}} {{ date:dddd }} {{time:HH[h]mm}} {{date:D MMM [o'clock]}}",
        "27.11.2026 Friday 09h05 27 Nov o'clock",
    );
    case("{{date:YYYY-MM-DD HH:mm}}", "2026-11-27 00:00");
    case(
        "[[{{date-1d:YYYY-MM-DD}}]] [[{{date+1w}}]] {{tomorrow:DD.MM.}} {{monday:DD}}",
        "[[2026-11-26]] [[2026-12-04]] 28.11. 23",
    );
    case("{{date+0d}}{{date+1M}}", "2026-11-272026-12-27");
    let dialect = Dialect { date: Some("D.M.YY".to_owned()), time: Some("h:mm A".to_owned()), ..Dialect::default() };
    assert_eq!(
        fill("{{date}} {{time}} {{date:YYYY}} {{ title }}", dialect).as_deref(),
        Ok("27.11.26 9:05 AM 2026 Saga: why?")
    );
    refused("\n{{date+1x:YYYY}}", "2: `{{date+1x:YYYY}}`: `+1x` is not a number");
    refused("{{time+1d}}", "only `date` can be moved");
    refused("{{date:X}}", "`X` in `X` depends on a time zone");
    // as Obsidian leaves it
    let stays = Dialect { unknown_stays: true, ..Dialect::default() };
    for text in ["{{VALUE}} {{ x", "{{weather}}\n{# x #}{% include 'x' %} {{#each x}}{{/each", "{{ a ~ b }}"] {
        assert_eq!(fill(text, stays.clone()).as_deref(), Ok(text));
        assert!(!Template::read(text, stays.clone()).unwrap().remarks().is_empty(), "{text}");
    }
    assert_eq!(fill("{{title}} {{x}} {{date:YYYY}}", stays).as_deref(), Ok("Saga: why? {{x}} 2026"));
}

#[test]
fn zks() {
    case("# {{title}} {{format-date now '%Y-%m-%d'}} {{slug title}}", "# Saga: why? 2026-11-27 saga-why");
    case("{{{title}}} {{extra.author}} {{extra.who-else}}", "Saga: why? Ida Bo");
    case("{{#if extra.author}}\nby {{extra.author}}\n{{else}}\nby nobody\n{{/if}}\n", "by Ida\n");
    case("{{#unless content}}empty{{/unless}}{{#each points}}<{{this}}>{{/each}}", "empty<a><b>");
    case("{{! a comment }}{{!-- with }} --}}\n{{format-date (date 'next friday') 'long'}}", "\nDecember 04, 2026");
    case("---\ntemplate:\n  dir: notes\n  name: \"{{id}}\"\n---\n{{filename}} {{dir}}", "t9bm.md notes");
    refused("\n\n{{sh 'echo x > y'}}", "3: `{{sh 'echo x > y'}}`: nothing in a notebook runs");
    refused("{{env.HOME}}", "the environment is not read");
    refused("{{> header}}", "no other template is read");
}

#[test]
fn templaters_commands_stay_with_a_remark() {
    let template = Template::read("a\n<%* while(true){} %>\n", Dialect::default()).unwrap();
    let [remark] = template.remarks() else { panic!("{:?}", template.remarks()) };
    assert_eq!(remark.line, 2);
    assert!(remark.message.contains("nothing in a notebook runs: it stays as it is"), "{}", remark.message);
}

#[test]
fn settings_are_taken_out_and_lines_counted() {
    let text = "---\ntemplate:\n  about: A thing\n  dir: things/{{ date | date('%Y') }}\n  name: {{ date }} {{ title }}\n  vars:\n    \
                place: {ask: Where?, default: \"{{ author }}'s\"}\ntags: [a]\n---\n# {{ title }}\n{{ place }}\n{{ titel }}\n";
    let template = Template::read(text, Dialect::default()).unwrap();
    assert_eq!(template.about(), Some("A thing"));
    let values = template.values(&given()).unwrap();
    let place = template.place(&values).unwrap();
    assert_eq!(place, (Some("things/2026".to_owned()), Some("2026-11-27 Saga why".to_owned())));
    refused(text, "12: `{{ titel }}`: there is no `titel` (did you mean title?)");
    case(&text.replace("{{ titel }}\n", ""), "---\ntags: [a]\n---\n# Saga: why?\nIda's\n");
    let alone = text.replace("tags: [a]\n", "");
    refused(&alone, "11: `{{ titel }}`");
    case(&alone.replace("{{ titel }}\n", ""), "# Saga: why?\nIda's\n");
    let at_top = Dialect { settings_at_top: true, ..Dialect::default() };
    let text = "---\ndir: a\nname: b\ntags: [c]\n---\n{{ filename }}";
    assert_eq!(fill(text, at_top.clone()).as_deref(), Ok("---\ntags: [c]\n---\nb.md"));
    let nested = "---\ntemplate: {dir: a}\nname: Ida\n---\nx";
    assert_eq!(fill(nested, at_top).as_deref(), Ok("---\nname: Ida\n---\nx"));
}

#[test]
fn what_is_asked() {
    let text =
        "---\ntemplate:\n  vars:\n    who: Who?\n    what:\n    when: {ask: When?, default: now}\n---\n{{ who }}";
    let template = Template::read(text, Dialect::default()).unwrap();
    let missing = template.unanswered(&given());
    let missing: Vec<(&str, Option<&str>)> =
        missing.iter().map(|one| (one.name.as_str(), one.ask.as_deref())).collect();
    assert_eq!(missing, [("who", Some("Who?")), ("what", None)]);
    for (text, needs) in
        [("x", true), ("---\ntemplate: {name: x}\n---\nx", false), ("---\ntemplate: {name: x}\n---\n{{ title }}", true)]
    {
        assert_eq!(Template::read(text, Dialect::default()).unwrap().needs_title(), needs, "{text}");
    }
}

#[test]
fn mistakes_are_shown_where_they_are() {
    refused("a\nb {{ title", "2: `{{ title`: a tag of the template has no end");
    refused("\n{% if title %}\nx", "2: `{% if title %}`: the template cannot be read");
    refused("\n\n{{ title | uper }}", "3: `{{ title | uper }}`: the template cannot be filled: filter uper is unknown");
    refused("{{ title.x.y }}", "1: `{{ title.x.y }}`");
    refused("x\n{{ extra.nobody }}", "2: `{{ extra.nobody }}`");
    refused("{{ nobody }}", "`--var nobody=…` gives it");
    refused("{{ date | date('%Q') }}", "`%Q` is not a date format");
    refused("{{ 'someday' | day }}", "someday");
    refused("{% raw %}\n", "`{% raw %}` has no `{% endraw %}`");
    refused("---\ntemplate:\n  dri: x\n---\n", "3: a template has no setting `dri` (did you mean dir?)");
    refused("---\ntemplate:\n  dir: [x]\n---\n", "3: `dir` is one text");
    refused("---\ntemplate:\n  vars:\n    a b: x\n---\n", "4: `a b` cannot be a name");
    refused("---\ntemplate:\n  vars:\n    a:\n      aks: x\n---\n", "5: `a` has no `aks`");
    refused("---\ntemplate:\n  vars: [title]\n---\n", "`title` already has a meaning");
    refused("---\ntemplate:\n  name: [\n---\n", "front matter");
}

/// Nothing of this can be made, and nobody waits for it.
#[test]
fn hostile_templates_end_in_an_error() {
    for (setting, why) in [
        ("name: ../evil", "outside the notes folder"),
        ("name: \"{{ '../' }}evil\"", "outside the notes folder"),
        ("name: /etc/passwd", "outside the notes folder"),
        ("name: 'C:\\x'", "outside the notes folder"),
        ("name: a/../../b", "outside the notes folder"),
        ("name: ~/x", "outside the notes folder"),
        ("dir: ..", "outside the notes folder"),
        ("dir: \"{{ '..' }}/{{ '..' }}\"", "outside the notes folder"),
        ("dir: .git/hooks", "hidden"),
        ("name: .bashrc", "hidden"),
        ("name: nul", "reserved name"),
        ("name: \"a\\0b\"", "not every system allows"),
        ("name: \"a\\nb\"", "not every system allows"),
        ("name: \"\"", "empty"),
    ] {
        refused(&format!("---\ntemplate:\n  {setting}\n---\nx"), why);
        refused(&format!("---\n{setting}\n---\nx"), why);
    }
    for word in
        ["include", "import", "from", "extends", "block", "macro", "call", "set", "with", "do", "filter", "autoescape"]
    {
        refused(&format!("\n{{% {word} '/etc/passwd' %}}"), "2: `{%");
    }
    refused("{{ range(1000000000) }}", "range");
    refused("{% for i in range(1000000000) %}{{ i }}{% endfor %}", "range");
    refused("{{ '%0999999999d' | format(1) }}", "filter format is unknown");
    refused("{{ 'a' * 999999999 }}", "`*`");
    refused("{{ title ~ title }}", "`~`");
    refused("{{ self.x() }}", "`{{ self.x() }}`");
    refused("{{ ''.__class__.__mro__ }}", "`{{ ''.__class__");
    refused("{{ debug() }}", "there is no `debug`");
    refused(&"{{".repeat(10_000), "1: ");
    refused(&format!("{}{}", "{{".repeat(10_000), "}}".repeat(10_000)), "1: ");
    refused(&format!("{}{}", "{% if title %}".repeat(2_000), "{% endif %}".repeat(2_000)), "1: ");
    refused(&format!("{{% if title %}}{}{{% endif %}}", "{% elif title %}".repeat(3_000)), "`elif`");
    refused(&format!("{{{{ {} }}}}", "not ".repeat(10_000)), "500 bytes");
    refused(&format!("{{{{ title{} }}}}", "|json".repeat(90)), "more than 1048576 bytes");
    refused(&"x".repeat(LONGEST + 1), "limit 64");
    refused(&format!("---\ntemplate:\n  name: {}\n---\n", "x".repeat(300)), "bytes long");
    refused(
        &format!(
            "---\ntemplate:\n  name: \"{}{{{{ points }}}}{}\"\n---\n",
            "{% for p in points %}".repeat(17),
            "{% endfor %}".repeat(17)
        ),
        "too many steps",
    );
    // much work in each step of a loop
    let letters = "x".repeat(200);
    let inner = format!("{{% if '\"'{} == 'x' %}}{{% endif %}}", "|json".repeat(17));
    let loops = format!("{{% for a in '{letters}' %}}{{% for b in '{letters}' %}}{inner}{{% endfor %}}{{% endfor %}}");
    let found = fill(&loops, Dialect::default());
    assert!(found.is_err() || found == Ok(String::new()), "{found:?}");
}

#[test]
fn much_text_that_looks_like_tags_takes_no_time() {
    for piece in ["<% ", "{#", "{# ", "{ ", "{# #}", "<%%>", "}}", "{{ title }}", "{% if title %}{% endif %}", "{{!x}}"]
    {
        let text = piece.repeat(LONGEST / piece.len());
        let began = Instant::now();
        let _outcome = fill(&text, Dialect::default());
        let _outcome = fill(&text, Dialect { unknown_stays: true, ..Dialect::default() });
        assert!(began.elapsed() < Duration::from_secs(60), "{piece}: {:?} in a debug build", began.elapsed());
    }
}

#[test]
fn shipped_templates_make_notes() {
    for (name, text) in SHIPPED {
        let template = Template::read(text, Dialect::default()).unwrap_or_else(|remark| panic!("{name}: {remark:?}"));
        assert!(template.about().is_some(), "{name}");
        let values = template.values(&given()).unwrap();
        template.place(&values).unwrap();
        let made = template.text(&values).unwrap_or_else(|remark| panic!("{name}: {remark:?}"));
        assert!(!made.contains("{{") && made.contains("\n# ") || made.starts_with("# "), "{name}: {made}");
        let parsed = crate::parse::parse(&NotePath::from("a.md"), &made, &crate::parse::Options::default());
        assert_eq!(parsed.diagnostics, [], "{name}");
    }
}

proptest! {
    /// Any text is filled in or refused with a line of it, soon.
    #[test]
    fn any_text_is_a_note_or_an_error(
        text in r#"(\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|[ |.()'"a-c\n:~!#/-]|---\n|template:\n|  name: |  dir: |title|date|date:YYYY|if |for |in |end|else|raw|each |slug |\.\./){0,40}"#,
        unknown_stays in any::<bool>(),
        settings_at_top in any::<bool>(),
    ) {
        let dialect = Dialect { unknown_stays, settings_at_top, ..Dialect::default() };
        let began = Instant::now();
        if let Err(error) = fill(&text, dialect) {
            let line: usize = error.split(':').next().unwrap().parse().unwrap();
            prop_assert!(line >= 1 && line <= text.lines().count() + 1, "{}", error);
        }
        prop_assert!(began.elapsed() < Duration::from_secs(60));
    }

    #[test]
    fn any_bytes_are_a_note_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _outcome = fill(&String::from_utf8_lossy(&bytes), Dialect::default());
    }

    /// What no tag is in comes out as it went in.
    #[test]
    fn text_without_tags_is_itself(text in "[^{<-]{0,80}") {
        prop_assert_eq!(fill(&text, Dialect::default()), Ok(text));
    }
}
