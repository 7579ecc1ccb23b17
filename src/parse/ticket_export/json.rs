//! JSON: a list of tickets, or an object with one.

use serde_json::Value;

use crate::parse::ticket_export::fields::ExportError;
use crate::parse::ticket_export::fields::Fields;
use crate::parse::ticket_export::fields::line_of;

/// Keys under which an object has its list.
const LISTS: [&str; 4] = ["issues", "items", "nodes", "data"];

/// Tickets by their 1-based first line.
pub(super) fn read(text: &str) -> Result<Vec<(usize, Fields)>, ExportError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let what = if error.is_eof() { "the file is cut off" } else { "this is not JSON" };
        ExportError::new(error.line().max(1), format!("{what}: {error}"))
    })?;
    let name = LISTS.into_iter().find(|name| value.get(name).is_some_and(Value::is_array));
    let list = name.and_then(|name| value.get(name)).unwrap_or(&value);
    let Some(list) = list.as_array() else {
        let message = format!("there is no list of tickets in it: neither an array nor {}", LISTS.join(", "));
        return Err(ExportError::new(1, message));
    };
    let begin = name.map_or(0, |name| text.find(&format!("\"{name}\"")).unwrap_or(0));
    let lines = element_lines(text, begin);
    let mut found = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let line = lines.get(index).copied().unwrap_or(1);
        if !item.is_object() {
            return Err(ExportError::new(line, "this is a plain value, not a ticket"));
        }
        found.push((line, fields(item)));
    }
    Ok(found)
}

fn fields(item: &Value) -> Fields {
    let inner = item.get("fields").unwrap_or(item);
    let text = |value: Option<&Value>| match value {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        // `"status": { "name": "Done" }`
        Some(object) => object.get("name").and_then(Value::as_str).map(str::to_owned),
        None => None,
    };
    let key = text(item.get("key")).or_else(|| text(item.get("references")?.get("full")));
    let page = ["html_url", "web_url", "url"].into_iter().find_map(|name| text(item.get(name)));
    // Jira gives the address of the API, not of the page
    let of_jira = || {
        let own = text(item.get("self"))?;
        let (site, _) = own.split_once("/rest/api/")?;
        Some(format!("{site}/browse/{}", text(item.get("key"))?))
    };
    Fields {
        number: text(item.get("number")).or_else(|| text(item.get("iid"))),
        url: page.filter(|url| !url.contains("api.github.com")).or_else(of_jira),
        title: ["summary", "title"].into_iter().find_map(|name| text(inner.get(name))),
        status: ["status", "state"].into_iter().find_map(|name| text(inner.get(name))),
        key,
    }
}

/// The 1-based lines on which the elements of the first array after a byte begin. The text is known to be JSON.
fn element_lines(text: &str, begin: usize) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut line = line_of(text, begin);
    let mut depth = 0_usize;
    let (mut in_string, mut is_escaped, mut awaits) = (false, false, false);
    let open = text.get(begin..).and_then(|rest| rest.find('[')).map_or(text.len(), |at| begin + at);
    line += text.get(begin..open).unwrap_or("").matches('\n').count();
    for byte in text.bytes().skip(open) {
        line += usize::from(byte == b'\n');
        if in_string {
            in_string = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        if awaits && !byte.is_ascii_whitespace() && byte != b']' {
            lines.push(line);
            awaits = false;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => {
                depth += 1;
                awaits |= depth == 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            b',' if depth == 1 => awaits = true,
            _ => {}
        }
    }
    lines
}
