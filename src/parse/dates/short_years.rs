//! Years of two digits: `18.11.26`, `9/9/26`.

use crate::parse::dates::scan::Kind;
use crate::parse::dates::scan::Scan;
use crate::parse::dates::written::date;

/// The year of `18.11.26`: all three in two digits, and no more behind them, so that `1.11.26` and `18.11.26.1` stay versions.
pub(super) fn behind_dot(scan: &Scan<'_>, at: usize) -> Option<i32> {
    let is_pair = |at: usize| scan.short(at).is_some() && scan.at(at).len() == 2;
    let goes_on = scan.mark(at + 5) == Some('.') && scan.kind(at + 6) == Some(Kind::Number);
    let year = i32::try_from(scan.short(at + 4)?).ok()? + 2000;
    let is_day = date(year, scan.short(at + 2)?, scan.short(at)?).is_some();
    (is_pair(at) && is_pair(at + 2) && is_pair(at + 4) && !goes_on && is_day).then_some(year)
}

/// The year of `9/9/26`; not of `26/11/03`, which may begin with its year, and nothing of a longer path.
pub(super) fn behind_slash(scan: &Scan<'_>, at: usize) -> Option<i32> {
    let short = scan.short(at).filter(|year| scan.at(at).len() == 2 && (15..40).contains(year))?;
    let goes_on = matches!(scan.mark(at + 1), Some('/' | '-')) && scan.is_solid(at + 2);
    (!goes_on).then_some(2000 + i32::try_from(short).ok()?)
}
