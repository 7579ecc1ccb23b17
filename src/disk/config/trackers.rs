//! The tables `[[preprocessor.hornbook.tickets]]`: their contents, and mistakes in a table as a whole.

use std::ops::Range;

use toml::de::DeTable;

use crate::model::ticket::Tracker;

/// The keys with which a table can name its tickets.
const WAYS: [&str; 4] = ["keys", "match", "github", "gitlab"];

/// The contents of a table; values of the wrong type count as missing.
pub(super) fn read(table: &DeTable<'_>) -> Tracker {
    let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str()).map(str::to_owned);
    let keys = table.get("keys").and_then(|value| value.get_ref().as_array());
    let keys = keys.into_iter().flat_map(|keys| keys.iter()).filter_map(|key| key.get_ref().as_str());
    Tracker {
        keys: keys.map(str::to_owned).collect(),
        pattern: text("match"),
        github: text("github"),
        gitlab: text("gitlab"),
        url: text("url"),
    }
}

/// The mistakes in a table, whose header is `span`: it must name its tickets in one way, and its address must have a
/// placeholder that distinguishes them.
pub(super) fn problems(span: &Range<usize>, table: &DeTable<'_>) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let named: Vec<&str> = WAYS.into_iter().filter(|way| table.contains_key(*way)).collect();
    match named.as_slice() {
        [_] => {}
        [] => found.push((span.clone(), format!("a table of tickets has one of {}", WAYS.join(", ")))),
        several => {
            let names = several.join(" and ");
            found.push((span.clone(), format!("{names} are in one table of tickets: write a table for each")));
        }
    }
    let Some(url) = table.get("url") else { return found };
    let Some(address) = url.get_ref().as_str() else { return found };
    let has = |name: &str| address.contains(&format!("{{{name}}}"));
    let wrong = match named.as_slice() {
        ["github" | "gitlab"] => {
            "the address of a repository goes in its own key: gitlab = \"https://host/group/project\""
        }
        ["match"] if !(0..10).any(|group| has(&group.to_string())) => {
            "{1} must be where the first group of `match` goes, or {0} for all of it"
        }
        ["match"] => return found,
        _ if address.starts_with("http") && !has("num") => "{num} must be where the ticket's number goes",
        _ => return found,
    };
    found.push((url.span(), wrong.to_owned()));
    found
}

/// The mistake in an address by itself, if any.
pub(super) fn address_problem(text: &str) -> Option<String> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Some("an address begins with https:// or http://".to_owned());
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let is_group = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_digit());
        if !is_group && !matches!(name, "key" | "num") {
            return Some(format!("{{{name}}} is not known here: {{key}} and {{num}} are"));
        }
        rest = after;
    }
    None
}
