//! The table of floors in ARCHITECTURE.md.

use crate::read;
use crate::top;

/// A row of the table.
#[derive(Debug)]
pub(crate) struct Floor {
    pub(crate) name: String,
    /// The floors that it names.
    pub(crate) uses: Vec<String>,
    /// Packages that only floors with them in this column may name, as Rust spells them.
    pub(crate) packages: Vec<String>,
}

const HEADER: &str = "| floor | what it is | uses | only here |";

/// The floors, the lowest first.
pub(crate) fn floors() -> Vec<Floor> {
    let book = read(&top().join("ARCHITECTURE.md"));
    let rows = book.lines().skip_while(|line| *line != HEADER).skip(2).take_while(|line| line.starts_with('|'));
    let floors: Vec<Floor> = rows.map(row).collect();
    assert!(!floors.is_empty(), "ARCHITECTURE.md has no table {HEADER:?}");
    floors
}

fn row(line: &str) -> Floor {
    let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
    let [name, _, uses, packages] = cells.as_slice() else { panic!("four cells, please: {line}") };
    let codes = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    Floor { name: codes(name).concat(), uses: codes(uses), packages: codes(packages) }
}
