//! Formulas: LaTeX to MathML, when the site is built.

use pulldown_latex::Event;
use pulldown_latex::Parser;
use pulldown_latex::RenderConfig;
use pulldown_latex::Storage;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::event::Content;
use pulldown_latex::push_mathml;

use crate::site::text::escape;

/// Longer ones are shown as they are written: nobody reads them.
const LONGEST: usize = 20_000;
/// Commands that may wait for each other on the main stack.
const COMMANDS: usize = 100;
/// Bytes of a stack for [`LONGEST`], with four bytes to a command; the system gives them as they are used.
const STACK: usize = 256 << 20;

/// Writes a formula; what is no formula is shown as it is written, with the reason.
///
/// # Errors
///
/// That reason.
pub(crate) fn write(source: &str, display: bool, out: &mut String) -> Result<(), String> {
    match mathml(source, display) {
        Ok(math) => {
            out.push_str(&math);
            Ok(())
        }
        Err(why) => {
            out.push_str("<code class=\"math\" title=\"");
            escape(&why, out);
            out.push_str("\">");
            escape(source, out);
            out.push_str("</code>");
            Err(why)
        }
    }
}

fn mathml(source: &str, display: bool) -> Result<String, String> {
    if source.len() > LONGEST {
        return Err("this formula is too long".to_owned());
    }
    // a short definition may stand for a million commands
    if ["\\def", "\\let", "\\futurelet", "\\newcommand", "\\renewcommand", "\\providecommand"]
        .iter()
        .any(|word| source.contains(word))
    {
        return Err("formulas on pages define no commands".to_owned());
    }
    if source.matches('\\').count() <= COMMANDS {
        return convert(source, display);
    }
    // the parser goes down a step for each command that waits for another: on a stack that is deep enough for all
    std::thread::scope(|scope| {
        let own = std::thread::Builder::new().stack_size(STACK);
        let thread = own.spawn_scoped(scope, || convert(source, display)).map_err(|error| error.to_string())?;
        thread.join().map_err(|_| "this formula cannot be read".to_owned())?
    })
}

fn convert(source: &str, display: bool) -> Result<String, String> {
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, _> = Parser::new(source, &storage).collect();
    let events = events.map_err(|error| error.to_string().lines().next().unwrap_or("no formula").to_owned())?;
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        ..RenderConfig::default()
    };
    let mut math = String::new();
    let events = events.into_iter().map(|event| Ok::<_, std::convert::Infallible>(harmless(event)));
    push_mathml(&mut math, events, config).map_err(|error| error.to_string())?;
    Ok(tidy(&math))
}

/// The writer escapes texts, and does not escape a function's name: `\operatorname{<script>}` would be an element.
fn harmless(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Content(Content::Function(name)) if name.contains(['<', '>', '&', '"']) => {
            Event::Content(Content::Text(name))
        }
        event => event,
    }
}

/// Cuts `style="…"`, which is only written for colours and which our policy does not allow, and escapes signs that stand
/// for themselves, of which the writer writes one at a time.
fn tidy(math: &str) -> String {
    let mut out = String::with_capacity(math.len());
    let mut rest = math;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let tag = from.strip_prefix('<').filter(|name| name.starts_with(|c: char| c == '/' || c.is_ascii_lowercase()));
        let entity = ["&lt;", "&gt;", "&amp;", "&nbsp;"].iter().find(|entity| from.starts_with(**entity));
        let length = match (tag.and_then(|_| from.find('>')), entity) {
            (Some(end), _) => {
                let tag = from.get(..=end).unwrap_or("");
                let (start, end) = tag.split_once(" style=\"").unwrap_or((tag, "\""));
                out.push_str(start);
                out.push_str(end.split_once('"').map_or("", |(_, end)| end));
                tag.len()
            }
            (None, Some(entity)) => {
                out.push_str(entity);
                entity.len()
            }
            (None, None) => {
                out.push_str(if from.starts_with('<') { "&lt;" } else { "&amp;" });
                1
            }
        };
        rest = from.get(length..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let mut out = String::new();
        let _why = write(source, false, &mut out);
        out
    }

    #[test]
    fn formulas_and_what_is_none() {
        assert!(html("a^2").starts_with("<math") && html("a^2").contains("<msup>"));
        assert!(html("\\frac{").starts_with("<code class=\"math\" title="));
        assert!(!html("\\color{red} x \\text{<script>}").contains("style="));
        for name in ["text", "operatorname", "operatorname*", "mathop", "mathrm", "mbox", "tag"] {
            let made = html(&format!("\\{name}{{<script>alert(1)</script> & \"}}"));
            assert!(!made.contains("<script"), "{made}");
        }
        for (command, times) in
            [("\\sqrt ", 2800), ("\\frac1", 2800), ("\\not", 4900), ("\\mathbf ", 2400), ("\\hat", 4900)]
        {
            let made = html(&format!("{}x", command.repeat(times)));
            assert!(made.starts_with("<math") || made.starts_with("<code"), "{command}");
        }
        assert!(html("\\def\\a{x}\\a").starts_with("<code"));
        assert!(html("a < b").contains("<mo>&lt;</mo>"), "{}", html("a < b"));
        assert!(html("\\text{a & b}").contains("a &amp; b"));
    }
}
