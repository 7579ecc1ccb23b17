//! todo.txt files: every line is a task, in the format of todotxt.org, giving the same facts as a Markdown note.
//!
//! There is no Markdown in them. The beginning of a line (`x`, dates, priority) is read by [`Head`], which the edits use too,
//! so that both agree on the bytes.

use crate::model::Form;
use crate::model::Lines;
use crate::model::Link;
use crate::model::LinkKind;
use crate::model::Note;
use crate::model::NotePath;
use crate::model::Severity;
use crate::model::Span;
use crate::model::Status;
use crate::model::Tag;
use crate::model::Task;
use crate::model::Ticket;
use crate::model::task::Field;
use crate::model::task::FieldKind;
use crate::model::task::FieldStyle;
use crate::model::task::TaskLink;
use crate::parse::autolink;
use crate::parse::diagnostics::Diagnostics;
use crate::parse::inline;
use crate::parse::link_parts;
use crate::parse::options::Options;
use crate::parse::own_words::own_words;
use crate::parse::plain::count_words;
use crate::parse::task_fields;
use crate::parse::tasks;
use crate::parse::tickets;
use crate::parse::todo_txt_fields::field_of;
use crate::parse::todo_txt_fields::is_day;

/// The start of a line, before its words. All offsets are bytes of the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// It begins with `x `.
    pub(crate) done: bool,
    /// The date after that.
    pub(crate) completed: Option<Span>,
    /// The letter in `(A) `; also after the `x` and its date, where programs that tick by adding a prefix leave it.
    pub(crate) priority: Option<Span>,
    /// The date after these.
    pub(crate) created: Option<Span>,
    /// Where the words begin.
    pub(crate) words: usize,
}

impl Head {
    /// Reads the beginning of a line.
    pub(crate) fn of(line: &str) -> Self {
        let mut head = Self::default();
        if line.starts_with("x ") {
            head.done = true;
            head.words = 2;
            head.completed = head.date(line);
        }
        if let Some([b'(', b'A'..=b'Z', b')', b' ']) = line.as_bytes().get(head.words..head.words + 4) {
            head.priority = Some(Span::new(head.words + 1, head.words + 2));
            head.words += 4;
        }
        head.created = head.date(line);
        head
    }

    /// Takes a date at this position, and the space after it.
    fn date(&mut self, line: &str) -> Option<Span> {
        let span = Span::new(self.words, self.words + 10);
        let rest = line.get(span.end..)?;
        if !(rest.is_empty() || rest.starts_with(' ')) || !is_day(span.of(line)) {
            return None;
        }
        self.words = span.end + usize::from(!rest.is_empty());
        Some(span)
    }
}

/// Reads a file. Its title is its name.
pub(crate) fn read(
    path: &NotePath,
    text: &str,
    lines: &Lines,
    options: &Options,
    diagnostics: &mut Diagnostics<'_>,
) -> Note {
    let mut note = Note { title: path.stem().to_owned(), words: count_words(text), ..Note::default() };
    for line in 1..=lines.count() {
        let content = lines.content(text, line);
        if content.of(text).trim().is_empty() {
            continue;
        }
        if note.tasks.len() >= tasks::TASKS {
            let message = format!("more than {} lines: those from here on are not listed", tasks::TASKS);
            diagnostics.add("note-too-large", Severity::Warning, content, message);
            break;
        }
        let task = task(text, line, content, options, &mut note, diagnostics);
        note.tasks.push(task);
    }
    note
}

fn task(
    text: &str,
    line: usize,
    content: Span,
    options: &Options,
    note: &mut Note,
    diagnostics: &mut Diagnostics<'_>,
) -> Task {
    let head = Head::of(content.of(text));
    let place = |span: Span| Span::new(content.start + span.start, content.start + span.end);
    let behind = place(Span::new(head.words, content.len()));
    let words = behind.of(text).trim();
    let start = behind.start + (behind.len() - behind.of(text).trim_start().len());
    let span = Span::new(start, start + words.len());
    let mut task = Task {
        line,
        column: 1,
        span: Span::new(content.start, if words.is_empty() { behind.start } else { span.end }),
        symbol_span: Span::new(content.start, content.start + usize::from(head.done)),
        symbol: if head.done { "x" } else { " " }.to_owned(),
        status: if head.done { Status::Done } else { Status::Todo },
        form: Form::TodoTxt,
        text_spans: if words.is_empty() { Vec::new() } else { vec![span] },
        text: words.to_owned(),
        mentions: inline::mentions(words, &|_| false),
        ..Task::default()
    };
    let field = |kind, span: Span, value_span: Span| {
        let value = value_span.of(text).to_owned();
        Field { kind, style: FieldStyle::TodoTxt, span, value_span, value }
    };
    let dates = [(FieldKind::Done, head.completed), (FieldKind::Created, head.created)];
    let dates = dates.into_iter().filter_map(|(kind, span)| Some(field(kind, place(span?), place(span?))));
    let letter = head.priority.map(place);
    let letter = letter.map(|at| field(FieldKind::Priority, Span::new(at.start - 1, at.end + 1), at));
    let mut found: Vec<Field> = dates.chain(letter).collect();
    found.sort_by_key(|field| field.span);
    let mut at = span.start;
    for word in words.split_inclusive(char::is_whitespace) {
        let own = Span::new(at, at + word.trim_end().len());
        at += word.len();
        let word = own.of(text);
        if let Some((kind, value)) = field_of(word) {
            found.push(field(kind, own, Span::new(own.start + value, own.end)));
        } else if let Some(name) = word.strip_prefix(['+', '@'])
            && name.contains(|c: char| !c.is_ascii_digit())
        {
            note.tags.push(Tag { name: name.to_owned(), line, span: own });
            if !task.tags.iter().any(|known| known == name) {
                task.tags.push(name.to_owned());
            }
        } else if word == "h:1" && task.status == Status::Todo {
            // `h:1` hides it in other programs: not a task, not counted
            task.status = Status::Info;
        }
    }
    let own: Vec<Span> = found.iter().map(|field| field.span).collect();
    let taken = |at: usize| own.iter().any(|span| span.contains(start + at));
    task_fields::report_unread(text, span, &[], &taken, diagnostics);
    for field in found {
        task_fields::take(&mut task, field, text, diagnostics);
    }
    let first_link = note.links.len();
    for bare in autolink::find(words, span.start) {
        let shown = bare.span.of(text).to_owned();
        task.links.push(TaskLink { url: bare.target.clone(), text: shown.clone() });
        let kind = LinkKind::Autolink;
        let parts = link_parts::address(text, bare.span);
        note.links.push(Link {
            kind,
            span: bare.span,
            line,
            target: bare.target,
            text: shown,
            parts,
            ..Link::default()
        });
    }
    let first = note.tickets.len();
    let linked = note.links.iter().skip(first_link).filter_map(|link| tickets::of_link(link, &options.trackers));
    note.tickets.extend(linked);
    for sighting in options.trackers.find(words) {
        let place = Span::new(span.start + sighting.span.start, span.start + sighting.span.end);
        if !note.links.iter().skip(first_link).any(|link| link.span.contains(place.start)) {
            note.tickets.push(Ticket { key: sighting.key, line, span: place, url: None });
        }
    }
    let own = note.tickets.get_mut(first..).unwrap_or_default();
    own.sort_by_key(|ticket| ticket.span.start);
    task.tickets = own.iter().map(|ticket| ticket.key.clone()).collect();
    task.words = own_words(&task);
    task
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Priority;
    use crate::parse::parse;

    fn read_text(text: &str) -> Note {
        parse(&NotePath::from("work/todo.txt"), text, &Options::default()).note
    }

    /// Symbol, words, and `kind=value` of each field of the first line.
    #[track_caller]
    fn case(line: &str, symbol: &str, words: &str, fields: &[&str]) {
        let task = read_text(line).tasks.remove(0);
        let found: Vec<String> = task.fields.iter().map(|field| format!("{:?}={}", field.kind, field.value)).collect();
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        assert_eq!((task.symbol.as_str(), task.text.as_str(), found.as_slice()), (symbol, words, fields), "{line}");
    }

    #[test]
    fn the_rules_of_the_format() {
        case("call mum", " ", "call mum", &[]);
        case("(A) call mum", " ", "call mum", &["Priority=A"]);
        case("(A) 2026-11-01 call", " ", "call", &["Priority=A", "Created=2026-11-01"]);
        case("2026-11-01 call", " ", "call", &["Created=2026-11-01"]);
        case("x 2026-11-21 2026-11-01 call", "x", "call", &["Done=2026-11-21", "Created=2026-11-01"]);
        case("x 2026-11-21 call", "x", "call", &["Done=2026-11-21"]);
        case("x call", "x", "call", &[]);
        case("x 2026-11-21 (B) 2026-11-01 call", "x", "call", &["Done=2026-11-21", "Priority=B", "Created=2026-11-01"]);
        case("x 2026-11-21 call pri:C", "x", "call pri:C", &["Done=2026-11-21", "Priority=C"]);
        case(
            "pay due:2026-12-01 t:2026-11-25",
            " ",
            "pay due:2026-12-01 t:2026-11-25",
            &["Due=2026-12-01", "Start=2026-11-25"],
        );
        case(
            "water rec:+1w id:a1 after:b2,c3",
            " ",
            "water rec:+1w id:a1 after:b2,c3",
            &["Recurrence=+1w", "Id=a1", "DependsOn=b2,c3"],
        );
    }

    #[test]
    fn what_only_looks_like_it() {
        for line in [
            "xylophone lesson",
            "X 2026-11-21 call",
            "x",
            "(a) call",
            "(A)call",
            "(A)->(B) call",
            "call (A) mum",
            "2026-13-01 call",
            "2026-1-1 call",
            "2026-11-01call",
            "call due: due:soon due:2026-12-01x rec:often pri:AB id: https://a.b/due:2026-12-01",
            "- [x] # no Markdown",
            "ü 日本 2026-11-21",
        ] {
            case(line, " ", line, &[]);
        }
        case("  (A) call  ", " ", "(A) call", &[]);
        case("x  2026-11-21 call", "x", "2026-11-21 call", &[]);
        case("x 2026-11-21", "x", "", &["Done=2026-11-21"]);
    }

    #[test]
    fn every_line_is_a_task_with_its_place() {
        let text = "(A) one +Garden @home @Ida\r\n\r\n   \r\nx two https://a.b/c +Garden\rthree h:1\nlast";
        let note = read_text(text);
        let lines: Vec<(usize, &str, Status)> =
            note.tasks.iter().map(|task| (task.line, task.span.of(text), task.status)).collect();
        assert_eq!(
            lines,
            [
                (1, "(A) one +Garden @home @Ida", Status::Todo),
                (4, "x two https://a.b/c +Garden", Status::Done),
                (5, "three h:1", Status::Info),
                (6, "last", Status::Todo),
            ]
        );
        assert_eq!(note.title, "todo.txt");
        assert_eq!(note.tasks[0].tags, ["Garden", "home", "Ida"]);
        assert_eq!(note.tasks[0].mentions, ["home", "Ida"]);
        assert_eq!(note.tasks[0].priority, Some(Priority::Highest));
        assert_eq!(note.tasks[1].links[0].url, "https://a.b/c");
        assert_eq!(note.tags.len(), 4);
        assert_eq!(note.tags[3].span.of(text), "+Garden");
    }

    #[test]
    fn a_day_that_does_not_exist_is_said() {
        let parsed = parse(&NotePath::from("todo.txt"), "a due:2026-02-30", &Options::default());
        assert_eq!(parsed.note.tasks[0].due, None);
        assert_eq!(parsed.diagnostics[0].code, "task-date-invalid");
    }
}
