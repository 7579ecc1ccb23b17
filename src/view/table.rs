//! Rows with aligned right-hand columns; on a terminal the middle is cut to fit.
//!
//! Measure every row with [`Layout::measure`], then lay each out with [`Screen::row`].

use crate::view::screen::Cell;
use crate::view::screen::Line;
use crate::view::screen::Screen;
use crate::view::screen::plain;
use crate::view::text::cut;
use crate::view::text::cut_start;
use crate::view::text::width;

/// The spaces before each right-hand column.
const GAP: usize = 2;
/// Minimum useful width of the middle: below it, right-hand columns are reduced first.
const LEAST: usize = 16;
/// A place is cut to this width before other columns are reduced.
const PLACE: usize = 16;
/// In a pipe, the right-hand columns begin here at the latest; a longer middle pushes only its own.
const PIPE: usize = 76;

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// The widest left part.
    pub left: usize,
    /// Where the widest middle ends, from the left edge.
    pub middle_end: usize,
    /// The width of each right-hand column; 0 leaves it out.
    pub right: Vec<usize>,
}

impl Layout {
    /// Takes a row's measures into account: the columns of its left part, its middle, and its right-hand columns.
    pub fn measure(&mut self, left: usize, middle: &str, right: &[&str]) {
        self.left = self.left.max(left);
        self.middle_end = self.middle_end.max(left + width(middle));
        if self.right.len() < right.len() {
            self.right.resize(right.len(), 0);
        }
        for (wide, text) in self.right.iter_mut().zip(right) {
            *wide = (*wide).max(width(text));
        }
    }

    /// The right-hand columns that fit the screen. The place at the end is cut first, down to its last words; then
    /// columns in the middle are left out, then the first one, which is a date. The end of the place is always kept.
    fn fitting(&self, screen: Option<usize>) -> Vec<usize> {
        let mut columns = self.right.clone();
        let Some(screen) = screen else { return columns };
        let Some(last) = columns.len().checked_sub(1) else { return columns };
        for wide in columns.iter_mut().take(last) {
            *wide = (*wide).min(screen / 3);
        }
        let over = |columns: &[usize], middle: usize| (self.left + middle + taken(columns)).saturating_sub(screen);
        let wanted = self.middle_end.saturating_sub(self.left).min(screen / 2).max(LEAST);
        let too_much = over(&columns, wanted);
        if let Some(place) = columns.get_mut(last) {
            *place = place.saturating_sub(too_much).max((*place).min(PLACE));
        }
        for index in (1..last).rev().chain(0..last.min(1)) {
            if over(&columns, LEAST) == 0 {
                break;
            }
            if let Some(wide) = columns.get_mut(index) {
                *wide = 0;
            }
        }
        if let Some(place) = columns.get_mut(last) {
            *place = (*place).min(screen / 2);
        }
        columns
    }
}

/// The width of right-hand columns, including gaps.
fn taken(columns: &[usize]) -> usize {
    columns.iter().filter(|wide| **wide > 0).map(|wide| wide + GAP).sum()
}

impl Screen {
    /// A row of a table: `left`, then `middle` cut with `…` so that `right` fits the width, `right` at the columns of `layout`.
    ///
    /// The last column is aligned to the right, the others to the left. In a pipe nothing is cut. If `left` leaves no
    /// room for anything else, the row is longer than the screen, because `left` must stay readable.
    #[must_use]
    pub fn row(&self, left: Line, middle: Cell, right: &[Cell], layout: &Layout) -> Line {
        let used: usize = left.iter().map(|cell| width(&self.harmless(&cell.text))).sum();
        let columns = layout.fitting(self.width);
        let end = match self.width {
            Some(screen) => layout.middle_end.min(screen.saturating_sub(taken(&columns))).max(used + 1),
            None => layout.middle_end.min(PIPE),
        };
        let last = columns.len().saturating_sub(1);
        // the middle may use the columns that are empty in this row
        let is_empty = |(index, _): &(usize, &usize)| right.get(*index).is_none_or(|cell| cell.text.is_empty());
        let empty = columns.iter().enumerate().take(last).take_while(is_empty).count();
        let free = taken(columns.get(..empty).unwrap_or_default());
        let room = end.saturating_sub(used) + free;
        let text = self.harmless(&middle.text);
        let text = if self.width.is_some() { cut(&text, room) } else { text.into_owned() };

        let mut line = left;
        let mut gap = room.saturating_sub(width(&text));
        line.push(Cell { text, ..middle });
        for (index, &wide) in columns.iter().enumerate().skip(empty).filter(|(_, wide)| **wide > 0) {
            gap += GAP;
            let Some(cell) = right.get(index) else {
                gap += wide;
                continue;
            };
            let text = self.harmless(&cell.text);
            let text = match self.width {
                Some(_) if index == last => cut_start(&text, wide),
                Some(_) => cut(&text, wide),
                None => text.into_owned(),
            };
            let fill = wide.saturating_sub(width(&text));
            let before = if index == last { gap + fill } else { gap };
            line.push(plain(" ".repeat(before)));
            line.push(Cell { text, role: cell.role, link: cell.link.clone() });
            gap = if index == last { 0 } else { fill };
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::proptest;

    const ROWS: [(&str, [&str; 3]); 4] = [
        ("日本語", ["", "a.example", "12"]),
        ("a label that is too long for the screen of this test", ["due 2026-12-01", "b.example", "7"]),
        ("a group  0/2", ["", "", "130"]),
        ("e\u{301}te\u{301} 👩‍👩‍👧", ["", "c.example", "9"]),
    ];

    #[track_caller]
    fn case(width: Option<usize>, want: &[&str]) {
        let screen = Screen { width, escape: width.is_some(), ..Screen::default() };
        let mut layout = Layout::default();
        for (middle, right) in &ROWS {
            layout.measure(6, middle, right);
        }
        let shown: Vec<String> = ROWS
            .iter()
            .map(|(middle, right)| {
                let left = vec![plain("  "), plain("abc ")];
                screen.render(&screen.row(left, plain(*middle), &right.map(plain), &layout))
            })
            .collect();
        assert_eq!(shown, want);
    }

    #[test]
    fn a_pipe_is_aligned_and_never_cut() {
        case(
            None,
            &[
                "  abc 日本語                                                                a.example   12",
                "  abc a label that is too long for the screen of this test  due 2026-12-01  b.example    7",
                "  abc a group  0/2                                                                     130",
                "  abc e\u{301}te\u{301} 👩‍👩‍👧                                                                c.example    9",
            ],
        );
    }

    #[test]
    fn a_terminal_cuts_the_middle() {
        case(
            Some(60),
            &[
                "  abc 日本語                                  a.example   12",
                "  abc a label that is too l…  due 2026-12-01  b.example    7",
                "  abc a group  0/2                                       130",
                "  abc e\u{301}te\u{301} 👩‍👩‍👧                                  c.example    9",
            ],
        );
    }

    #[test]
    fn where_there_is_no_room_columns_give_way() {
        case(
            Some(44),
            &[
                "  abc 日本語                              12",
                "  abc a label that is…   due 2026-12-01    7",
                "  abc a group  0/2                       130",
                "  abc e\u{301}te\u{301} 👩‍👩‍👧                               9",
            ],
        );
        case(
            Some(22),
            &[
                "  abc 日本語        12",
                "  abc a label th…    7",
                "  abc a group  0…  130",
                "  abc e\u{301}te\u{301} 👩‍👩‍👧         9",
            ],
        );
    }

    proptest! {
        #[test]
        fn a_row_fits_the_terminal(
            rows in proptest::collection::vec((any::<String>(), "[a-z.]{0,40}", "[a-z/]{0,60}:[0-9]{1,4}"), 1..6),
            width in 24_usize..120,
        ) {
            let screen = Screen { width: Some(width), escape: true, ..Screen::default() };
            let mut layout = Layout::default();
            for (middle, host, place) in &rows {
                layout.measure(9, middle, &[host, place]);
            }
            for (middle, host, place) in &rows {
                let line = screen.row(
                    vec![plain("    "), plain("k3f  ")],
                    plain(middle.as_str()),
                    &[plain(host.as_str()), plain(place.as_str())],
                    &layout,
                );
                let shown = screen.render(&line);
                prop_assert!(crate::view::text::width(&shown) <= width, "{shown:?} in {width}");
                let number = place.rsplit(':').next().unwrap_or("");
                prop_assert!(shown.ends_with(&format!(":{number}")), "{shown:?}");
            }
        }
    }
}
