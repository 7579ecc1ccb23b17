//! The fields of a todo.txt line as words: `due:2026-12-01`, `rec:1w`, `pri:A`.

use crate::model::Priority;
use crate::model::task::FieldKind;
use crate::parse::fields;

/// Upper bound on the count in a rule.
const STEPS: u32 = 1_000;

/// `2026-11-21`, a valid date.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == 10 && fields::date_len(text) == 10 && fields::date(text).is_some()
}

/// `A` to `E` are our five priorities, later letters the lowest.
pub(crate) fn priority(letter: &str) -> Option<Priority> {
    match letter.as_bytes() {
        b"A" => Some(Priority::Highest),
        b"B" => Some(Priority::High),
        b"C" => Some(Priority::Medium),
        b"D" => Some(Priority::Low),
        [b'E'..=b'Z'] => Some(Priority::Lowest),
        _ => None,
    }
}

/// `rec:2w` in words, `every 2 weeks when done`; with a `+` it counts from the due date. `None` for other values: days, weeks,
/// months, years, and business days are accepted.
pub(crate) fn recurrence(value: &str) -> Option<String> {
    let (rule, end) = value.strip_prefix('+').map_or((value, " when done"), |rule| (rule, ""));
    let digits = rule.bytes().take_while(u8::is_ascii_digit).count();
    // `rec:w` is `rec:1w`
    let count = if digits == 0 { 1 } else { rule.get(..digits)?.parse().ok()? };
    if !(1..=STEPS).contains(&count) {
        return None;
    }
    let unit = match rule.get(digits..)? {
        "d" => "day",
        "b" => "weekday",
        "w" => "week",
        "m" => "month",
        "y" => "year",
        _ => return None,
    };
    Some(if count == 1 { format!("every {unit}{end}") } else { format!("every {count} {unit}s{end}") })
}

/// The reverse: a rule as the value of `rec:`; `None` if it has no such form, as for `every month on the 31st`.
pub(crate) fn rule_of(recurrence: &str) -> Option<String> {
    let lower = super::recurrence::in_full(&recurrence.to_lowercase());
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    let sign = if words.ends_with(&["when", "done"]) {
        words.truncate(words.len() - 2);
        ""
    } else {
        "+"
    };
    let (count, unit) = match words.as_slice() {
        ["every", unit] => ("1", *unit),
        ["every", "other", unit] => ("2", *unit),
        ["every", count, unit] => (*count, *unit),
        _ => return None,
    };
    let unit = match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => "d",
        "weekday" => "b",
        "week" => "w",
        "month" => "m",
        "year" => "y",
        _ => return None,
    };
    Some(format!("{sign}{count}{unit}")).filter(|rule| self::recurrence(rule).is_some())
}

/// The key of a field in a line's words; `None` for those at the line's beginning.
pub(crate) const fn key(kind: FieldKind) -> Option<&'static str> {
    Some(match kind {
        FieldKind::Due => "due",
        FieldKind::Scheduled => "scheduled",
        FieldKind::Start => "t",
        FieldKind::Priority => "pri",
        FieldKind::Recurrence => "rec",
        FieldKind::Id => "id",
        FieldKind::DependsOn => "after",
        FieldKind::Created | FieldKind::Done | FieldKind::Cancelled | FieldKind::OnCompletion => return None,
    })
}

/// The kind of a field such as `due:2026-12-01`, and where its value begins. Other words are left alone.
pub(crate) fn field_of(word: &str) -> Option<(FieldKind, usize)> {
    const KINDS: [FieldKind; 7] = [
        FieldKind::Due,
        FieldKind::Scheduled,
        FieldKind::Start,
        FieldKind::Priority,
        FieldKind::Recurrence,
        FieldKind::Id,
        FieldKind::DependsOn,
    ];
    let (name, value) = word.split_once(':')?;
    let kind = KINDS.into_iter().find(|kind| key(*kind) == Some(name))?;
    let fits = match kind {
        FieldKind::Priority => priority(value).is_some(),
        FieldKind::Recurrence => recurrence(value).is_some(),
        FieldKind::Id => !value.is_empty() && fields::id_len(value) == value.len(),
        FieldKind::DependsOn => !value.is_empty() && fields::ids_len(value) == value.len(),
        // an impossible date is reported, other text is plain words
        _ => !value.starts_with('[') && !value.is_empty() && fields::date_len(value) == value.len(),
    };
    fits.then_some((kind, name.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        for (value, want) in [
            ("1d", Some("every day when done")),
            ("2w", Some("every 2 weeks when done")),
            ("+1m", Some("every month")),
            ("+3y", Some("every 3 years")),
            ("+5b", Some("every 5 weekdays")),
            ("0d", None),
            ("d", Some("every day when done")),
            ("+w", Some("every week")),
            ("+", None),
            ("1q", None),
            ("99999999999d", None),
            ("-1d", None),
            ("", None),
        ] {
            assert_eq!(recurrence(value).as_deref(), want, "{value}");
        }
    }

    #[test]
    fn rules_the_other_way_round() {
        for rule in ["1d", "+2w", "3m", "+1y", "+2b", "b"] {
            let words = recurrence(rule).unwrap();
            assert_eq!(recurrence(&rule_of(&words).unwrap()), Some(words), "{rule}");
        }
        for (words, want) in [
            ("every week", Some("+1w")),
            ("every other day", Some("+2d")),
            ("weekly", Some("+1w")),
            ("Every 2 Weeks when done", Some("2w")),
            ("every month on the 31st", None),
            ("every Friday", None),
            ("", None),
        ] {
            assert_eq!(rule_of(words).as_deref(), want, "{words}");
        }
    }
}
