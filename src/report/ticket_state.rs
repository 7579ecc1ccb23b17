//! The state of a ticket according to words on its line.

use crate::model::Span;
use crate::model::Status;
use crate::report::line_text::LINE;

/// The text after a key on its line, as far as it can give a state, without the rest of a link.
pub(crate) fn text_after(text: &str, content: Span, span: Span) -> &str {
    let end = text.ceil_char_boundary((span.end + LINE).min(content.end.max(span.end)));
    text.get(span.end..end).unwrap_or("")
}

/// The state on a line after a key: `RETAIL-1 done`, `RETAIL-1: in progress`, `RETAIL-1 [status:: blocked]`.
pub(crate) fn stated(behind: &str) -> Option<String> {
    if let Some((_, field)) = behind.split_once("[status::").or_else(|| behind.split_once("(status::")) {
        let value = field.split([']', ')']).next().unwrap_or("").trim();
        return Some(value.to_owned()).filter(|value| !value.is_empty());
    }
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || "])(:–—-=>→*".contains(c)).to_lowercase();
    let behind = behind.strip_prefix("is ").or_else(|| behind.strip_prefix("was ")).unwrap_or(&behind);
    let starts = |words: &str| {
        let rest = behind.strip_prefix(words)?;
        // `done?` is a question
        let asks = rest.trim_start().starts_with(['?', '？']);
        (!asks && rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-')).then_some(())
    };
    let states: [(&str, &[&str]); 5] = [
        (
            "done",
            &["done", "closed", "resolved", "fixed", "merged", "shipped", "released", "deployed", "finished", "✅"],
        ),
        ("doing", &["in progress", "doing", "started", "wip", "in review", "under review"]),
        ("on_hold", &["blocked", "on hold", "waiting"]),
        ("cancelled", &["cancelled", "canceled", "won't do", "won't fix", "wontfix", "dropped", "rejected"]),
        ("todo", &["open", "reopened", "to do", "todo"]),
    ];
    let told = states.iter().find(|(_, words)| words.iter().any(|words| starts(words).is_some()));
    told.map(|(name, _)| (*name).to_owned())
}

/// The state that a line begins with, right before a key: `closed RETAIL-1`, `reopened RETAIL-1`.
pub(crate) fn stated_before(before: &str) -> Option<String> {
    let bare = before.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let state = match bare.as_str() {
        "closed" | "merged" | "shipped" | "fixed" | "resolved" | "released" | "deployed" | "finished" | "completed" => {
            "done"
        }
        "started" | "working on" => "doing",
        "reopened" => "todo",
        _ => return None,
    };
    Some(state.to_owned())
}

/// Whether a state means that a ticket is closed, in our words and those of common trackers.
pub(crate) fn is_closed(status: &str) -> Option<bool> {
    if let Some(status) = Status::from_name(status) {
        return Some(!status.is_open());
    }
    match status.to_lowercase().as_str() {
        "closed" | "resolved" | "merged" | "fixed" | "complete" | "completed" | "won't do" | "won't fix"
        | "rejected" | "canceled" | "declined" | "released" => Some(true),
        "open"
        | "opened"
        | "reopened"
        | "to do"
        | "in progress"
        | "in review"
        | "backlog"
        | "blocked"
        | "new"
        | "selected for development"
        | "waiting"
        | "triage" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn tells(line: &str, want: Option<&str>) {
        let at = line.find("AB-1").unwrap();
        let whole = Span::new(0, line.len());
        assert_eq!(stated(text_after(line, whole, Span::new(at, at + 4))).as_deref(), want, "{line}");
    }

    #[test]
    fn a_word_behind_a_key_tells_its_state() {
        tells("- AB-1 done", Some("done"));
        tells("(AB-1): merged!", Some("done"));
        tells("AB-1 → in progress since Monday", Some("doing"));
        tells("AB-1 is blocked by Ida", Some("on_hold"));
        tells("AB-1 [status:: In Review]", Some("In Review"));
        tells("AB-1 won't fix", Some("cancelled"));
        tells("done with AB-1", None);
        tells("AB-1 done?", None);
        tells("is AB-1 merged ?", None);
        tells("AB-1 opens doors, AB-1 done-ish", None);
        for (before, want) in
            [("- closed ", Some("done")), ("* Reopened [", Some("todo")), ("- not closed ", None), ("", None)]
        {
            assert_eq!(stated_before(before).as_deref(), want, "{before}");
        }
    }
}
