//! Bare URLs and e-mail addresses, by GFM's rules (section 6.9), which the Markdown parser does not implement.

use crate::model::Span;

/// A bare link: its bytes in the line, and its target.
pub(crate) struct Bare {
    pub(crate) span: Span,
    pub(crate) target: String,
}

/// Finds the bare links in a text without line ends. `base` is added to the spans.
pub(crate) fn find(text: &str, base: usize) -> Vec<Bare> {
    let mut found = Vec::new();
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if at < done {
            continue;
        }
        let bare = match byte {
            b':' => url(text, at, done),
            b'w' | b'W' => www(text, at),
            b'@' => email(text, at, done),
            _ => None,
        };
        if let Some((start, end, target)) = bare {
            done = end;
            found.push(Bare { span: Span::new(base + start, base + end), target });
        }
    }
    found
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or("")
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// `http://`, `https://`, `ftp://` with the colon at `colon`.
fn url(text: &str, colon: usize, done: usize) -> Option<(usize, usize, String)> {
    if !rest(text, colon).starts_with("://") {
        return None;
    }
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| {
        colon.checked_sub(scheme.len()).is_some_and(|start| {
            start >= done && text.get(start..colon).is_some_and(|written| written.eq_ignore_ascii_case(scheme))
        })
    })?;
    let start = colon - scheme.len();
    if before(text, start).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let host = colon + 3;
    let after = host + domain(rest(text, host), false)?;
    let end = tail(text, start, after);
    Some((start, end, text.get(start..end)?.to_owned()))
}

/// `www.` at `start`.
fn www(text: &str, start: usize) -> Option<(usize, usize, String)> {
    if !text.get(start..start + 4)?.eq_ignore_ascii_case("www.") {
        return None;
    }
    if before(text, start).is_some_and(|c| !c.is_whitespace() && !matches!(c, '*' | '_' | '~' | '(' | '[')) {
        return None;
    }
    let after = start + domain(rest(text, start), true)?;
    let end = tail(text, start, after);
    Some((start, end, format!("http://{}", text.get(start..end)?)))
}

/// The length of a valid domain; underscores may not be in its last two parts.
fn domain(text: &str, dotted: bool) -> Option<usize> {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-')) {
            break;
        }
        end = at + c.len_utf8();
    }
    let host = text.get(..end)?;
    let name = host.trim_end_matches('.');
    let mut last_two = name.rsplit('.').take(2);
    let valid = !name.is_empty()
        && !name.starts_with('.')
        && (!dotted || name.contains('.'))
        && !last_two.any(|part| part.contains('_'));
    valid.then_some(end)
}

/// The end of a URL that continues after its domain: up to a space or `<`, without trailing punctuation.
fn tail(text: &str, start: usize, after: usize) -> usize {
    let stop = rest(text, after).find(|c: char| c.is_whitespace() || c == '<').map_or(text.len(), |at| after + at);
    let mut end = stop;
    while let Some(last) = text.get(start..end).and_then(|url| url.chars().next_back()) {
        let url = text.get(start..end).unwrap_or("");
        let cut = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => true,
            ')' => url.matches(')').count() > url.matches('(').count(),
            ']' => url.matches(']').count() > url.matches('[').count(),
            // `{{video https://a.org/1}}`
            '}' => url.matches('}').count() > url.matches('{').count(),
            ';' => {
                let name = url.trim_end_matches(';');
                match name.rfind('&') {
                    Some(amp)
                        if name.len() > amp + 1
                            && rest(name, amp + 1).bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
                    {
                        end = start + amp;
                        continue;
                    }
                    _ => true,
                }
            }
            _ => false,
        };
        if !cut {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// `name@host.tld` with the `@` at `sign`.
fn email(text: &str, sign: usize, done: usize) -> Option<(usize, usize, String)> {
    let local = |byte: u8| byte.is_ascii_alphanumeric() || b".+-_".contains(&byte);
    let name = text.get(done..sign)?.bytes().rev().take_while(|&byte| local(byte)).count();
    let start = sign - name;
    let host: usize =
        rest(text, sign + 1).bytes().take_while(|&b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)).count();
    let mut end = sign + 1 + host;
    while text.get(sign + 1..end).is_some_and(|host| host.ends_with('.')) {
        end -= 1;
    }
    let domain = text.get(sign + 1..end)?;
    let valid = name > 0
        && domain.contains('.')
        && !domain.starts_with('.')
        && domain.ends_with(|c: char| c.is_ascii_alphabetic())
        && !matches!(before(text, start), Some('/' | ':' | '@'));
    valid.then(|| Some((start, end, format!("mailto:{}", text.get(start..end)?))))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, want: &[&str]) {
        let got: Vec<String> = find(text, 0).into_iter().map(|bare| bare.target).collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn urls() {
        case("see https://a.b/c.", &["https://a.b/c"]);
        case("(https://a.b/c_(d))", &["https://a.b/c_(d)"]);
        case("(see https://a.b/c)", &["https://a.b/c"]);
        case("->ftp://ftp.x.edu/070.pdf", &["ftp://ftp.x.edu/070.pdf"]);
        case("http://localhost:8880/x?a=1&b=2", &["http://localhost:8880/x?a=1&b=2"]);
        case("xhttp://a.b", &[]);
        case("https://", &[]);
        case("https://a.b/x&amp; y", &["https://a.b/x"]);
        case("**https://a.b/c**", &["https://a.b/c"]);
        case("{{video https://a.b/c}} https://a.b/{id}", &["https://a.b/c", "https://a.b/{id}"]);
        case("https://a.b/<c>", &["https://a.b/"]);
        case("https://microservices.io//post/misc", &["https://microservices.io//post/misc"]);
        case("\u{e9}https://a.b", &[]);
    }

    #[test]
    fn www_and_mail() {
        case("www.a.b/c, www.", &["http://www.a.b/c"]);
        case("xwww.a.b", &[]);
        case("me@a.b, @a.b a@b", &["mailto:me@a.b"]);
        case("https://medium.com/@me/x", &["https://medium.com/@me/x"]);
        case("a.b-c_d@a.b- root@10.0.0.2", &[]);
    }
}
