//! Patterns with a time: for templates, where nothing has to be read back.

use chrono::NaiveDateTime;

use super::DatePattern;
use super::Part;

/// Letters of moment.js, longest first, and the matching format specifier of `chrono`.
const TIMES: &[(&str, &str)] = &[
    ("LLLL", "%A, %B %-d, %Y %-I:%M %p"),
    ("llll", "%a, %b %-d, %Y %-I:%M %p"),
    ("LLL", "%B %-d, %Y %-I:%M %p"),
    ("lll", "%b %-d, %Y %-I:%M %p"),
    ("LTS", "%-I:%M:%S %p"),
    ("LT", "%-I:%M %p"),
    ("LL", "%B %-d, %Y"),
    ("ll", "%b %-d, %Y"),
    ("L", "%m/%d/%Y"),
    ("l", "%-m/%-d/%Y"),
    ("HH", "%H"),
    ("H", "%-H"),
    ("hh", "%I"),
    ("h", "%-I"),
    ("mm", "%M"),
    ("m", "%-M"),
    ("ss", "%S"),
    ("s", "%-S"),
    ("A", "%p"),
    ("a", "%P"),
];

impl DatePattern {
    /// Formats a date and a time.
    ///
    /// # Errors
    ///
    /// The letters for a time zone or fractions of a second, which are not supported.
    pub fn format_at(&self, at: NaiveDateTime) -> Result<String, String> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Field(field) => out.push_str(&field.format(at.date())),
                Part::Unsupported(letters) => write(letters, at, &mut out)?,
            }
        }
        Ok(out)
    }
}

fn write(letters: &str, at: NaiveDateTime, out: &mut String) -> Result<(), String> {
    let mut rest = letters;
    while !rest.is_empty() {
        let found = TIMES.iter().find_map(|(letters, form)| Some((rest.strip_prefix(letters)?, form)));
        let (behind, form) = found.ok_or_else(|| rest.to_owned())?;
        out.push_str(&at.format(form).to_string());
        rest = behind;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(pattern: &str, want: Result<&str, &str>) {
        let at: NaiveDateTime = "2026-11-02T09:05:07".parse().unwrap();
        let written = DatePattern::new(pattern).format_at(at);
        assert_eq!(written.as_deref().map_err(String::as_str), want, "{pattern}");
    }

    #[test]
    fn times_are_written() {
        case("YYYY-MM-DD HH:mm", Ok("2026-11-02 09:05"));
        case("YYYYMMDDHHmmss", Ok("20261102090507"));
        case("H:m:s, hh:mm A, h a", Ok("9:5:7, 09:05 AM, 9 am"));
        case("LL, LT", Ok("November 2, 2026, 9:05 AM"));
        case("dddd [at] HH[h]", Ok("Monday at 09h"));
        case("HH:mm Z", Err("Z"));
        case("x", Err("x"));
    }
}
