//! A chart of how old what waits is.

use crate::report::ages::Ages;
use crate::view::Role;
use crate::view::document::Bar;
use crate::view::document::Chart;
use crate::view::screen::cell;
use crate::view::screen::plain;

/// A bar for each step of age. `what`: what waits, as `open`.
pub(super) fn by_age(ages: Ages, what: &str) -> Chart {
    let bar = |(name, value): (&str, usize)| Bar {
        label: vec![cell(format!("{name:<14}"), Role::Muted), plain(format!(" {value:>5} {what}  "))],
        value,
        role: Role::Plain,
    };
    Chart { bars: ages.named().map(bar).collect() }
}
