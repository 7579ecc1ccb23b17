//! Days, ranges of days, and lengths of time in days, weeks, months, quarters and years.
//!
//! Pure calendar: no clock, no time of day, no time zone.
//!
//! - `span`: ranges, units, lengths
//! - `when`: what people type for a day or a range (`next friday`, `last-week`), form by form in `forms`

mod forms;
mod span;
mod when;

#[cfg(test)]
mod tests;

pub use forms::Lean;
pub use forms::WhenError;
pub use span::DateRange;
pub use span::Length;
pub use span::Unit;
pub use span::YEARS;
pub use span::iso_week;
pub use when::FORMS;
pub use when::is_spoilt_date;
pub use when::parse_day;
pub use when::parse_when;
pub use when::parse_when_leaning;
pub use when::tidy;
