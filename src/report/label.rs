//! The label of a task in a listing: its link text, else its words without URLs, else the last part of the URL, else its parent.

use crate::model::Note;
use crate::model::Point;
use crate::model::Task;
use crate::model::web_address::host;
use crate::model::web_address::last_part;
use crate::parse;
use crate::parse::plain;

/// The name of a task in a listing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// Never empty.
    pub text: String,
    /// The host of its first external link, without `www.`.
    pub host: Option<String>,
}

/// Words next to a URL that are no label.
const NOISE: [&str; 8] = ["etc", "original", "link", "see", "via", "here", "url", "read"];

/// Names a task.
#[must_use]
pub fn label(task: &Task) -> Label {
    let urls: Vec<&str> = task.links.iter().map(|link| link.url.as_str()).collect();
    named(&task.words, &urls).unwrap_or_else(|host| {
        let parent = task.under.iter().rev().map(|parent| plain(parent)).find(|parent| !parent.is_empty());
        Label { text: parent.unwrap_or_else(|| "(empty)".to_owned()), host }
    })
}

/// Names a point of a meeting in its note, with or without a box.
#[must_use]
pub fn of_point(note: &Note, point: &Point) -> Label {
    let from = note.links.partition_point(|link| link.span.start < point.text_span.start);
    let own = note.links.iter().skip(from).take_while(|link| link.span.start < point.text_span.end);
    let urls: Vec<&str> = own.map(|link| link.target.as_str()).collect();
    named(&parse::label(&point.text), &urls).unwrap_or_else(|host| Label { text: point.text.clone(), host })
}

/// The name of an item with these words and links; without any, just the host.
fn named(words: &str, links: &[&str]) -> Result<Label, Option<String>> {
    let url = links.iter().find(|url| url.contains("://"));
    let host = url.and_then(|url| host(url));
    let text = match url {
        _ if says_something(words) => words.to_owned(),
        Some(url) => last_part(url).unwrap_or_else(|| host.clone().unwrap_or_else(|| (*url).to_owned())),
        None if !words.is_empty() => words.to_owned(),
        None => return Err(host),
    };
    Ok(Label { text, host })
}

fn says_something(words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() > 1 && !NOISE.contains(&word.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NotePath;
    use crate::parse;

    #[track_caller]
    fn case(item: &str, want: &str, host: Option<&str>) {
        let parsed = parse::parse(&NotePath::from("n.md"), item, &parse::Options::default());
        let label = label(parsed.note.tasks.last().unwrap());
        assert_eq!((label.text.as_str(), label.host.as_deref()), (want, host), "{item}");
    }

    #[test]
    fn an_empty_item_in_an_item_of_its_line_has_no_label() {
        for symbol in [" ", "x", "/", "-"] {
            case(&format!("- - [{symbol}]"), "(empty)", None);
            case(&format!("1. - [{symbol}] ^id"), "(empty)", None);
            case(&format!("> 1. - [{symbol}]\n  # h"), "(empty)", None);
            case(&format!("- - - [{symbol}]\n"), "(empty)", None);
            case(&format!("- above\n  - - [{symbol}]\n"), "above", None);
            case(&format!("- - [{symbol}] words\n"), "words", None);
        }
    }

    #[test]
    fn labels() {
        case("- [ ] pay the bill 📅 2026-01-01 #home ^b1", "pay the bill #home", None);
        case("- [ ] a **📅 2026-11-30**", "a", None);
        case("- [ ] pay *📅 2026-11-30* the ==⏳ 2026-11-29== bill", "pay the bill", None);
        case("- [ ] the paper ->\n  ftp://ftp.x.edu/a.pdf", "the paper", Some("ftp.x.edu"));
        case("- [ ] the talk 2012 -> original\n  https://a.b/x", "the talk 2012", Some("a.b"));
        case("- [ ] https://a.b/deep/how-to-do-it.html", "how-to-do-it", Some("a.b"));
        case("- [ ] https://www.youtube.com/watch?v=abc&list=x", "abc", Some("youtube.com"));
        case("- [ ] https://github.com/me/it", "me/it", Some("github.com"));
        case("- [ ] https://github.com/me/it/wiki/Page etc", "Page", Some("github.com"));
        case("- [ ] [the title](https://a.b/x) by Ida", "the title by Ida", Some("a.b"));
        case("- [ ] mail ida@example.com about lunch", "mail ida@example.com about lunch", None);
        case("- [ ] ida@example.com", "ida@example.com", None);
        case("- [ ] send <report> by <date> 📅 2026-01-01", "send <report> by <date>", None);
        case("- [ ] call <2026-11-30 Mon>", "call <2026-11-30 Mon>", None);
        let two = "compare https://a.b/x with https://c.d/y today";
        case(&format!("- [ ] {two}"), two, Some("a.b"));
        case("- [ ] https://a.b/x https://c.d/y", "https://a.b/x https://c.d/y", Some("a.b"));
        case("- [ ] the tool - https://a.b/ - https://c.d/y", "the tool - https://c.d/y", Some("a.b"));
        case("- [ ] <https://a.b/x> or\n  <https://c.d/y> then", "https://a.b/x or https://c.d/y then", Some("a.b"));
        case("- parent\n  - [ ] ", "parent", None);
        case("- [ ] https://a.b/", "a.b", Some("a.b"));
        case("- [ ] [due:: 2026-01-01] call **Ida**", "call Ida", None);
    }
}
