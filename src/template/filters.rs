//! The filters of templates: none multiplies text by a number, and their total output per rendering is limited.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use chrono::NaiveDate;
use chrono::NaiveDateTime;
use chrono::NaiveTime;
use chrono::format::Item;
use chrono::format::StrftimeItems;
use minijinja::Environment;
use minijinja::Error;
use minijinja::ErrorKind;
use minijinja::Value;
use minijinja::value::ValueKind;

use crate::model::calendar;
use crate::model::calendar::Lean;
use crate::model::date_pattern::DatePattern;
use crate::model::file_name;

/// Maximum output of one filter, in bytes.
const FILTER_LIMIT: usize = 1024 * 1024;
/// Maximum output of all filters in one rendering, in bytes: fuel counts a filter as one step, however much it writes.
const TOTAL_LIMIT: usize = 8 * FILTER_LIMIT;

/// How much the filters of a rendering may still write.
#[derive(Debug, Clone, Default)]
pub(super) struct Budget(Arc<AtomicUsize>);

impl Budget {
    /// Resets it for another rendering.
    pub(super) fn refill(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn spend(&self, text: String) -> Result<String, Error> {
        let spent = self.0.fetch_add(text.len(), Ordering::Relaxed).saturating_add(text.len());
        match () {
            () if text.len() > FILTER_LIMIT => Err(wrong(format!("a filter gives more than {FILTER_LIMIT} bytes"))),
            () if spent > TOTAL_LIMIT => Err(wrong(format!("the filters give more than {TOTAL_LIMIT} bytes"))),
            () => Ok(text),
        }
    }
}

fn wrong(text: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, text)
}

/// The filters of every template.
pub(super) fn add(environment: &mut Environment<'static>, budget: &Budget) {
    let mut add_text = |name: &'static str, filter: fn(&str) -> String| {
        let budget = budget.clone();
        environment.add_filter(name, move |text: &str| budget.spend(filter(text)));
    };
    add_text("upper", |text| text.to_uppercase());
    add_text("lower", |text| text.to_lowercase());
    add_text("trim", |text| text.trim().to_owned());
    add_text("slug", file_name::slug);
    add_text("items", items);
    environment.add_filter("pairs", pairs);
    environment.add_filter("date", date);
    environment.add_filter("moment", moment);
    environment.add_filter(
        "default",
        |value: Value, other: Value| {
            if value.is_none() || value.is_undefined() { other } else { value }
        },
    );
    environment.add_filter("length", |value: Value| value.len());
    environment.add_filter("first", |value: Value| item(&value, |_| 0));
    environment.add_filter("last", |value: Value| item(&value, |length| length.saturating_sub(1)));
    let spend = budget.clone();
    environment.add_filter("join", move |value: Value, between: &str| spend.spend(join(&value, between)?));
    let spend = budget.clone();
    environment.add_filter("json", move |value: Value| spend.spend(serde_json::to_string(&value).unwrap_or_default()));
}

/// `Ada, Noor` as items of a list in front matter, between its brackets: anything but a plain word is quoted.
fn items(text: &str) -> String {
    let is_plain = |item: &str| {
        item.starts_with(char::is_alphabetic)
            && item.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'' | '’'))
            && !matches!(
                item.to_lowercase().as_str(),
                "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
            )
    };
    let items = text.split([',', '\n']).map(str::trim).filter(|item| !item.is_empty());
    let written =
        items.map(|item| if is_plain(item) { item.to_owned() } else { serde_json::Value::from(item).to_string() });
    written.collect::<Vec<_>>().join(", ")
}

/// The values of a list or map with their indices or keys, for zk's `{{#each}}`.
fn pairs(value: Value) -> Result<Vec<(Value, Value)>, Error> {
    let is_map = value.kind() == ValueKind::Map;
    let items = value.try_iter()?;
    Ok(items
        .enumerate()
        .map(|(at, item)| {
            if is_map {
                let of_key = value.get_item(&item).unwrap_or_default();
                (item, of_key)
            } else {
                (Value::from(at), item)
            }
        })
        .collect())
}

/// `'next friday' | day`: the day of a date in words, counted from `from`.
pub(super) fn add_day(environment: &mut Environment<'static>, from: NaiveDate) {
    environment.add_filter("day", move |words: &str| {
        let day = calendar::parse_day(words, from, Lean::Ahead);
        day.map(|day| day.to_string()).map_err(|error| wrong(error.message))
    });
}

fn item(value: &Value, at: impl Fn(usize) -> usize) -> Result<Value, Error> {
    match value.len() {
        Some(length) if value.kind() == ValueKind::Seq => value.get_item_by_index(at(length)),
        _ => Err(wrong(format!("{} is not a list", value.kind()))),
    }
}

/// Joins lists only: joining the characters of a text could be repeated without limit.
fn join(value: &Value, between: &str) -> Result<String, Error> {
    if value.kind() != ValueKind::Seq {
        return Err(wrong(format!("{} is not a list to join", value.kind())));
    }
    let mut out = String::new();
    for (index, item) in value.try_iter()?.enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        out.push_str(&item.to_string());
        if out.len() > FILTER_LIMIT {
            break;
        }
    }
    Ok(out)
}

/// `date('%d.%m.%Y')` of `YYYY-MM-DD`, optionally followed by ` HH:MM`; empty for null.
fn date(value: &Value, form: &str) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    let at = instant(value)?;
    let items: Vec<Item<'_>> = StrftimeItems::new(form).collect();
    let mut out = String::new();
    let fits = !items.contains(&Item::Error);
    if fits && std::fmt::Write::write_fmt(&mut out, format_args!("{}", at.format_with_items(items.iter()))).is_ok() {
        return Ok(out);
    }
    Err(wrong(format!("`{form}` is not a date format, such as %Y-%m-%d")))
}

/// `moment('DD.MM.YYYY HH:mm')`: the same in the syntax of moment.js, which Obsidian uses.
fn moment(value: &Value, form: &str) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    let written = DatePattern::new(form).format_at(instant(value)?);
    written.map_err(|letters| wrong(format!("`{letters}` in `{form}` depends on a time zone, which is not known")))
}

fn instant(value: &Value) -> Result<NaiveDateTime, Error> {
    let written = value.as_str().unwrap_or_default();
    let (day, time) = written.split_once([' ', 'T']).unwrap_or((written, "00:00"));
    let time = ["%H:%M", "%H:%M:%S"].iter().find_map(|form| NaiveTime::parse_from_str(time, form).ok());
    let instant = day.parse::<NaiveDate>().ok().zip(time).map(|(day, time)| day.and_time(time));
    instant.ok_or_else(|| wrong(format!("`{value}` is not a date")))
}
