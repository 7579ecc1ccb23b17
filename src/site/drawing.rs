//! Pictures of numbers as SVG: the calendar of days written, and bars. Their colours are those of the style sheet.

use chrono::Datelike as _;
use chrono::Days;

use crate::site::text::escape;
use crate::view::heat::Heat;
use crate::view::heat::MONTHS;

/// The longest bar, in pixels.
const BAR: usize = 110;
/// From one square to the next.
const SQUARE: i64 = 14;
/// The side of a square.
const SIDE: i64 = 11;
/// Room for the names of months above the squares.
const ABOVE: i64 = 16;
/// Room for a month's name.
const NAME: i64 = 30;

/// A bar as long as its value is of the most. The number stands beside it in words.
pub(crate) fn bar(value: usize, most: usize, class: &str) -> String {
    if value == 0 {
        return String::new();
    }
    let width = (value * BAR / most.max(1)).max(1);
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!(
        "<svg width=\"{width}\" height=\"10\" aria-hidden=\"true\"><rect{class} width=\"{width}\" height=\"10\" rx=\"2\"/></svg>"
    )
}

/// A calendar: weeks are columns, weekdays rows, darker is more. Each day written says its words.
pub(crate) fn heat(heat: &Heat) -> String {
    let Some(monday) = heat.first.checked_sub_days(Days::new(heat.first.weekday().num_days_from_monday().into()))
    else {
        return String::new();
    };
    let (mut none, mut days, mut names) = (String::new(), String::new(), String::new());
    let (mut month, mut free, mut width) = (0, 0, 0);
    for (day, words, step) in heat.steps() {
        let number = (day - monday).num_days();
        let (x, y) = (number / 7 * SQUARE, ABOVE + number % 7 * SQUARE);
        width = x + SIDE;
        if day.month() != month && day.day() <= 7 && x >= free {
            let name = MONTHS.get(day.month0() as usize).copied().unwrap_or("");
            names.push_str(&format!("<text x=\"{x}\" y=\"10\">{name}</text>"));
            free = x + NAME;
        }
        month = day.month();
        if step == 0 {
            none.push_str(&format!("M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z"));
        } else {
            days.push_str(&format!(
                "<rect class=\"h{step}\" x=\"{x}\" y=\"{y}\" width=\"{SIDE}\" height=\"{SIDE}\"><title>{day}: {words} words</title></rect>"
            ));
        }
    }
    let written: usize = heat.days.range(heat.first..=heat.last).count();
    let label = format!("Days written from {} to {}: {written}", heat.first, heat.last);
    let (width, height) = (width.max(NAME), ABOVE + 7 * SQUARE);
    format!(
        "<figure class=\"heat\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">\
         <svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{label}\">\
         {names}<path class=\"h0\" d=\"{none}\"/>{days}</svg></div><figcaption>{}</figcaption></figure>\n",
        legend(&heat.legend())
    )
}

/// The legend with squares in place of the shades of a terminal.
fn legend(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        match ['·', '░', '▒', '▓', '█'].iter().position(|shade| *shade == c) {
            Some(step) => out.push_str(&format!(
                "<svg width=\"{SIDE}\" height=\"{SIDE}\" aria-hidden=\"true\"><rect class=\"h{step}\" width=\"{SIDE}\" height=\"{SIDE}\"/></svg>"
            )),
            None => escape(c.encode_utf8(&mut [0; 4]), &mut out),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::report::journal::Written;

    #[test]
    fn days_stand_in_their_week() {
        let day = |text: &str| text.parse().unwrap();
        let days = [("2026-01-12", 4), ("2026-02-06", 300)];
        let days = days.map(|(date, words)| (day(date), Written { entries: 1, words }));
        let shown = heat(&Heat { days: BTreeMap::from(days), first: day("2026-01-01"), last: day("2026-02-06") });
        // 1 January 2026 is a Thursday
        assert!(shown.contains("M0 58h11"), "{shown}");
        let second = "<rect class=\"h4\" x=\"70\" y=\"72\" width=\"11\" height=\"11\"><title>2026-02-06: 300 words</title></rect>";
        assert!(shown.contains("<rect class=\"h3\" x=\"28\" y=\"16\"") && shown.contains(second), "{shown}");
        assert_eq!(shown.matches('M').count(), 35, "the other days: {shown}");
    }

    #[test]
    fn a_bar_is_as_long_as_its_part() {
        assert_eq!(bar(0, 4, ""), "");
        let half = bar(2, 4, "good");
        assert!(half.contains("<rect class=\"good\" width=\"55\""), "{half}");
        assert!(bar(1, 100_000, "").contains("width=\"1\""));
    }
}
