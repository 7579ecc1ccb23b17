//! A chart with two numbers per month: how many came in, and how many were dealt with.

use chrono::NaiveDate;

use crate::view::Role;
use crate::view::document::Bar;
use crate::view::document::Chart;
use crate::view::screen::cell;
use crate::view::screen::plain;
use crate::view::words;

/// A bar for how many came in during a month, and one for how many were dealt with; months without either are counted.
/// `names`: the labels of the two bars.
pub(super) fn by_month(months: impl Iterator<Item = (NaiveDate, usize, usize)>, names: [&str; 2]) -> Chart {
    let [came, dealt_with] = names;
    let width = came.len().max(dealt_with.len());
    let count = |name: &str, count: usize| cell(format!("  {name:>width$} {count:>5}  "), Role::Muted);
    let mut chart = Chart::default();
    let mut quiet = 0;
    for (month, new, done) in months {
        if new + done == 0 {
            quiet += 1;
            continue;
        }
        if quiet > 0 {
            let gap = cell(format!("         ({} without)", words::count(quiet, "month")), Role::Muted);
            chart.bars.push(Bar { label: vec![gap], value: 0, role: Role::Plain });
            quiet = 0;
        }
        chart.bars.push(Bar {
            label: vec![cell(month.format("%Y-%m").to_string(), Role::Date), count(came, new)],
            value: new,
            role: Role::Plain,
        });
        if done > 0 {
            chart.bars.push(Bar {
                label: vec![plain("       "), count(dealt_with, done)],
                value: done,
                role: Role::Good,
            });
        }
    }
    chart
}
