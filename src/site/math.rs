//! Formulas: LaTeX to MathML, when the site is built.

use pulldown_latex::Event;
use pulldown_latex::Parser;
use pulldown_latex::RenderConfig;
use pulldown_latex::Storage;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::push_mathml;

use crate::site::text::escape;

/// Longer ones are shown as they are written: nobody reads them.
const LONGEST: usize = 20_000;

/// Writes a formula; what is no formula is shown as it is written, with the reason.
pub(crate) fn write(source: &str, display: bool, out: &mut String) {
    match mathml(source, display) {
        Ok(math) => out.push_str(&math),
        Err(why) => {
            out.push_str("<code class=\"math\" title=\"");
            escape(&why, out);
            out.push_str("\">");
            escape(source, out);
            out.push_str("</code>");
        }
    }
}

fn mathml(source: &str, display: bool) -> Result<String, String> {
    if source.len() > LONGEST {
        return Err("this formula is too long".to_owned());
    }
    let storage = Storage::new();
    let events: Result<Vec<Event<'_>>, _> = Parser::new(source, &storage).collect();
    let events = events.map_err(|error| error.to_string().lines().next().unwrap_or("no formula").to_owned())?;
    let config = RenderConfig {
        display_mode: if display { DisplayMode::Block } else { DisplayMode::Inline },
        ..RenderConfig::default()
    };
    let mut math = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut math, events, config).map_err(|error| error.to_string())?;
    // our policy allows no `style`: it is only written for colours
    Ok(without_styles(&math))
}

/// Cuts `style="…"`.
fn without_styles(math: &str) -> String {
    let mut out = String::with_capacity(math.len());
    let mut rest = math;
    while let Some((before, after)) = rest.split_once(" style=\"") {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        let mut out = String::new();
        write(source, false, &mut out);
        out
    }

    #[test]
    fn formulas_and_what_is_none() {
        assert!(html("a^2").starts_with("<math") && html("a^2").contains("<msup>"));
        assert!(html("\\frac{").starts_with("<code class=\"math\" title="));
        assert!(!html("\\color{red} x \\text{<script>}").contains("style="));
        assert!(!html("\\text{<script>alert(1)</script>}").contains("<script"));
    }
}
