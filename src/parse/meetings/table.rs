//! Tables of actions: `| Action | Owner | Due | Status |`.

use chrono::NaiveDate;

use crate::model::Point;
use crate::model::Span;
use crate::model::meeting::Part;
use crate::model::meeting::PointKind;
use crate::model::meeting::PointState;
use crate::model::words::fold;
use crate::parse::carried;
use crate::parse::dates;
use crate::parse::fields;
use crate::parse::input::Input;
use crate::parse::meetings::found::Found;
use crate::parse::meetings::names;
use crate::parse::meetings::parts::Parts;
use crate::parse::meetings::parts::due;
use crate::parse::outline::BlockKind;
use crate::parse::row_cells::row_cells;

const ACTION: &[&str] = &[
    "action",
    "actions",
    "action item",
    "action items",
    "what",
    "task",
    "tasks",
    "item",
    "description",
    "todo",
    "to do",
    "aufgabe",
    "massnahme",
    "was",
    "tache",
    "quoi",
    "tarea",
    "accion",
    "que",
    "tarefa",
    "acao",
    "o que",
    "next step",
];
const OWNER: &[&str] = &[
    "owner",
    "owners",
    "who",
    "responsible",
    "assignee",
    "assigned to",
    "assigned",
    "person",
    "lead",
    "name",
    "wer",
    "verantwortlich",
    "zustandig",
    "qui",
    "responsable",
    "quien",
    "quem",
    "responsavel",
];
const DUE: &[&str] = &[
    "due",
    "due date",
    "deadline",
    "when",
    "by",
    "by when",
    "target",
    "target date",
    "date",
    "bis",
    "bis wann",
    "frist",
    "termin",
    "echeance",
    "quand",
    "delai",
    "fecha",
    "fecha limite",
    "cuando",
    "prazo",
    "quando",
];
const STATUS: &[&str] = &["status", "state", "done", "done?", "progress", "stand", "statut", "etat", "estado"];
/// Heads of columns with a mark where an action is done, and nothing where it is open.
const TICKED: &[&str] = &["✓", "✔", "✔️", "☑", "☑️", "✅", "x", "[x]", "ok"];
/// Columns with the date on which an action was finished.
const FINISHED: &[&str] = &[
    "done",
    "done on",
    "completed",
    "completed on",
    "complete",
    "date completed",
    "completion date",
    "closed",
    "closed on",
    "finished",
    "erledigt",
    "erledigt am",
    "termine",
    "fait",
    "fait le",
    "hecho",
    "terminado",
    "feito",
    "concluido",
];

/// True for a line that may be part of a table.
pub(super) fn is_row(words: &str) -> bool {
    words.starts_with('|') || words.matches('|').count() > 1
}

/// The cells of the rows of tables within some lines, without headers.
pub(super) fn rows<'t>(input: &Input<'t>, first: usize, last: usize) -> Vec<Vec<&'t str>> {
    let mut found = Vec::new();
    for (from, to) in tables(input, first, last) {
        for line in (from + 2..=to).filter(|line| (first..=last).contains(line)) {
            let cells = row_cells(input, line);
            found.push(cells.into_iter().map(|cell| cell.of(input.text).trim()).collect());
        }
    }
    found
}

/// The first and last lines of the tables within some lines.
fn tables(input: &Input<'_>, first: usize, last: usize) -> Vec<(usize, usize)> {
    let (from, to) = (input.lines.start(first), input.lines.content(input.text, last).end);
    let blocks = &input.outline.blocks;
    let at = blocks.partition_point(|block| block.span.start < from);
    let cells =
        blocks.iter().skip(at).take_while(|block| block.span.start < to).filter(|block| block.kind == BlockKind::Cell);
    let mut found: Vec<(usize, usize)> = Vec::new();
    // a row of empty cells has no text, but is a row
    let is_empty_row = |line: usize| {
        let words = input.lines.content(input.text, line).of(input.text).trim();
        words.starts_with('|') && !words.chars().any(char::is_alphanumeric)
    };
    for line in cells.map(|cell| input.lines.line(cell.span.start)) {
        match found.last_mut() {
            // the line below the header has no cells
            Some((head, last))
                if line == *last || (*last == *head && line == *head + 2) || (*last + 1..line).all(is_empty_row) =>
            {
                *last = line;
            }
            _ => found.push((line, line)),
        }
    }
    found
}

/// The rows of a meeting's action tables as points.
pub(super) fn points(input: &Input<'_>, meeting: &Found, parts: &Parts) -> Vec<Point> {
    let mut found = Vec::new();
    for (first, last) in tables(input, meeting.line, meeting.end_line) {
        let last = last.min(meeting.end_line);
        let heads: Vec<String> = row_cells(input, first)
            .into_iter()
            .map(|cell| fold(cell.of(input.text).trim_matches(['*', '_', ':', ' '])))
            .collect();
        let column = |names: &[&str]| heads.iter().position(|head| names.contains(&head.as_str()));
        let section = parts.section_at(input, input.lines.start(first));
        let part = section.and_then(|section| parts.of(section));
        let (Some(action), owner) = (column(ACTION), column(OWNER)) else { continue };
        if part.is_some_and(Part::has_people) || (owner.is_none() && part != Some(Part::Actions)) {
            continue;
        }
        let ticked = column(TICKED).filter(|_| column(STATUS).is_none());
        let (due_at, status, finished) = (column(DUE), column(STATUS), column(FINISHED));
        for line in first + 2..=last {
            let cells = row_cells(input, line);
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.of(input.text));
            let Some(text_span) = cells.get(action).copied() else { continue };
            let words = text_span.of(input.text);
            // an empty row, or one of dashes, is still to be filled in
            if !words.chars().any(char::is_alphanumeric) {
                continue;
            }
            let text = carried::without(words);
            let carried = carried::find(words).map(|(.., carried)| carried);
            // `@Ada @Ben` are two people
            let name = names::unlinked(cell(owner))
                .replace(" @", " & ")
                .replace(", & ", " & ")
                .replace("& & ", "& ")
                .replace('@', "");
            let name = name.trim_matches(['*', '_', '[', ']', ' ']).to_owned();
            let start = input.lines.start(line);
            found.push(Point {
                line,
                end_line: line,
                span: Span::new(start, input.lines.content(input.text, line).end),
                text_span,
                key: carried::key(&text),
                kind: PointKind::Action,
                part,
                section,
                state: if finished.is_some() && is_finished(cell(finished), meeting.date) {
                    PointState::Done
                } else if ticked.is_some()
                    && !cell(ticked).chars().any(char::is_alphanumeric)
                    && !is_ticked(cell(ticked))
                {
                    PointState::Open
                } else {
                    state(cell(status.or(ticked).or(finished)), words)
                },
                owner: names::somebody(name),
                due: day(cell(due_at), meeting.date).or_else(|| due(&text, meeting.date, carried.as_ref())),
                task: None,
                carried,
                parent: None,
                in_table: true,
                text,
            });
        }
    }
    found
}

/// True if the cell of a column such as `Completed` has a date.
fn is_finished(cell: &str, meeting: NaiveDate) -> bool {
    day(cell, meeting).is_some()
}

fn is_ticked(cell: &str) -> bool {
    cell.contains(['✅', '✔', '☑', '✓'])
}

fn day(cell: &str, meeting: NaiveDate) -> Option<NaiveDate> {
    fields::date(cell).or_else(|| dates::day_of(cell)).or_else(|| dates::day_in(cell, meeting))
}

/// The state in a status cell, else in a box in the action's cell.
fn state(cell: &str, words: &str) -> PointState {
    let folded = fold(cell);
    let said = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let has = |words: &[&str]| words.contains(&said);
    if carried::is_moved(words) || words.starts_with("[>]") || has(&["moved", "carried over", "deferred", "postponed"])
    {
        PointState::Moved
    } else if words.starts_with("[-]") || has(&["cancelled", "canceled", "dropped", "abandoned", "entfallen", "annule"])
    {
        PointState::Dropped
    } else if has(&[
        "done",
        "closed",
        "complete",
        "completed",
        "finished",
        "yes",
        "x",
        "erledigt",
        "fertig",
        "fait",
        "termine",
        "hecho",
        "feito",
    ]) || is_ticked(cell)
        || cell.trim() == "[x]"
        || words.starts_with("[x]")
        || (words.starts_with("~~") && words.ends_with("~~"))
    {
        PointState::Done
    } else if has(&[
        "open",
        "todo",
        "to do",
        "in progress",
        "pending",
        "doing",
        "started",
        "no",
        "not started",
        "offen",
        "en cours",
        "ouvert",
        "abierto",
        "pendiente",
        "aberto",
        "ongoing",
        "blocked",
        "new",
    ]) || words.starts_with("[ ]")
        || cell.trim() == "[ ]"
    {
        PointState::Open
    } else {
        PointState::Unknown
    }
}

#[cfg(test)]
mod tests {
    use crate::model::NotePath;
    use crate::model::meeting::PointState;
    use crate::parse;

    /// Words, state and owner of each point of a meeting with a text.
    fn points(text: &str) -> Vec<(String, PointState, Option<String>)> {
        let text = format!("# Team meeting 2026-11-19\n\n## Actions\n\n{text}\n");
        let note = parse::parse(&NotePath::from("a.md"), &text, &parse::Options::default()).note;
        note.meetings[0].points.iter().map(|point| (point.text.clone(), point.state, point.owner.clone())).collect()
    }

    #[test]
    fn rows_without_words_are_no_points_and_end_no_table() {
        let table = "| Action | Owner | Due | Completed |\n|---|---|---|---|\n| a | tbc | | 2026-11-20 |\n|  |  |  |  |\n\
            | b | Ada | | |\n| - | - | | |\n| c | @Ada @Ben | | no |\n| d | | | yes |";
        let ada = |name: &str| Some(name.to_owned());
        let wanted = [
            ("a".to_owned(), PointState::Done, None),
            ("b".to_owned(), PointState::Unknown, ada("Ada")),
            ("c".to_owned(), PointState::Open, ada("Ada & Ben")),
            ("d".to_owned(), PointState::Done, None),
        ];
        assert_eq!(points(table), wanted);
        let bare = "Action | Owner | Status\n---|---|---\na | Ada | open";
        assert_eq!(points(bare), [("a".to_owned(), PointState::Open, ada("Ada"))]);
    }

    #[test]
    fn what_words_say_of_a_point() {
        let cases = [
            ("- DONE twelve things", PointState::Unknown),
            ("- **done twelve** things", PointState::Unknown),
            ("- done: twelve things", PointState::Done),
            ("- **Done:** twelve things", PointState::Done),
            ("- ~~twelve things~~", PointState::Done),
            ("- twelve things (done)", PointState::Done),
            ("- twelve things → [[b#^hb-x]]", PointState::Moved),
            ("- [>] twelve things", PointState::Moved),
            ("- [-] twelve things", PointState::Dropped),
            ("- [x] twelve things", PointState::Done),
            ("- [ ] twelve things", PointState::Open),
            ("- twelve things are done", PointState::Unknown),
        ];
        for (line, wanted) in cases {
            assert_eq!(points(line)[0].1, wanted, "{line}");
        }
    }
}
