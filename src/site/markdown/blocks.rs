//! Blocks: paragraphs with what CommonMark loses in them, headings, lists, code, tables.

use comrak::nodes::AstNode;
use comrak::nodes::ListType;
use comrak::nodes::NodeCodeBlock;
use comrak::nodes::NodeList;
use comrak::nodes::NodeValue;
use comrak::nodes::TableAlignment;

use crate::model::SectionKind;
use crate::model::Status;
use crate::parse::title_words;
use crate::site::markdown::renderer::Renderer;
use crate::site::markdown::renderer::Run;
use crate::site::markdown::renderer::TocEntry;
use crate::site::text::escape;
use crate::site::text::escaped;
use crate::site::url::fragment;

/// A label line with more words leads to what follows, and is no heading to a reader.
const LABEL_WORDS: usize = 6;

/// The name of the word for a state, for those who do not see the box.
const fn state(status: Status) -> &'static str {
    match status {
        Status::Todo => "state_todo",
        Status::Doing => "state_doing",
        Status::OnHold => "state_on_hold",
        Status::Done => "state_done",
        Status::Cancelled => "state_cancelled",
        Status::Moved => "state_moved",
        Status::Info => "state_info",
    }
}

impl Renderer<'_, '_> {
    /// `id="…"` where a block id names this node.
    pub(super) fn block_id<'n>(&mut self, node: &'n AstNode<'n>) -> String {
        let (line, last) = (self.line(node), self.last_line(node));
        self.block_id_at(line, last)
    }

    fn block_id_at(&mut self, line: usize, last: usize) -> String {
        match self.at.targets.get(&line) {
            Some((end, _)) if last + 1 >= *end => {}
            _ => return String::new(),
        }
        let Some((_, id)) = self.at.targets.remove(&line) else { return String::new() };
        // two blocks of one name: links lead to the first
        self.new_id(&format!("^{id}")).map_or_else(String::new, |id| format!(" id=\"{}\"", escaped(&id)))
    }

    pub(super) fn paragraph<'n>(&mut self, node: &'n AstNode<'n>) -> bool {
        // `^id` on a line of its own names the block above
        let line = self.line(node);
        if line == self.last_line(node)
            && let Some(id) = self.at.marks.get(&line)
            && let Some(only) = node.first_child()
            && only.next_sibling().is_none()
            && let NodeValue::Text(text) = &only.data().value
            && text.trim().strip_prefix('^') == Some(id)
        {
            return false;
        }
        let tight = node.parent().is_some_and(|item| {
            matches!(item.data().value, NodeValue::Item(_) | NodeValue::TaskItem(_))
                && item.parent().is_some_and(|list| matches!(&list.data().value, NodeValue::List(list) if list.tight))
        });
        let tight = tight || node.parent().is_some_and(|title| matches!(title.data().value, NodeValue::CalloutTitle));
        self.open_run(node, line, tight);
        true
    }

    /// Begins words, a box or a label, whatever the line is.
    pub(super) fn open_run<'n>(&mut self, node: &'n AstNode<'n>, line: usize, tight: bool) {
        if let Some(task) = self.take_task(line) {
            self.out.push_str("<ul class=\"tasks\">\n");
            self.lost_task(line, task);
            self.run = Run::Task;
        } else if let Some(section) = self.at.soft(self.note, line)
            && !matches!(node.parent().map(|parent| parent.data().value.clone()), Some(NodeValue::Item(_)))
        {
            let (level, id) = self.anchor(section);
            let id = escaped(&id);
            if level == 0 {
                self.out.push_str(&format!("<p id=\"{id}\">"));
            } else {
                self.out.push_str(&format!("<h{level} class=\"label\" id=\"{id}\">"));
            }
            self.run = Run::Label(level);
        } else if tight {
            self.run = Run::Tight;
        } else {
            let id = self.block_id(node);
            self.out.push_str(&format!("<p{id}>"));
            self.run = Run::Words;
        }
    }

    pub(super) fn close_run(&mut self) {
        match std::mem::take(&mut self.run) {
            Run::None => {}
            // words that lead to what follows are named, and no heading
            Run::Words | Run::Label(0) => self.out.push_str("</p>\n"),
            Run::Tight => {}
            Run::Task => self.out.push_str("</li>\n</ul>\n"),
            Run::Label(level) => self.out.push_str(&format!("</h{level}>\n")),
        }
        self.strip_box = false;
    }

    /// A line break directly in a paragraph: the next line may be a box or a label. True when it is written.
    pub(super) fn next_line<'n>(&mut self, node: &'n AstNode<'n>) -> bool {
        let Some(paragraph) = node.parent().filter(|parent| matches!(parent.data().value, NodeValue::Paragraph)) else {
            return false;
        };
        if self.fragment || self.run == Run::None {
            return false;
        }
        let line = self.line(node) + 1;
        let task = self.at.tasks.contains_key(&line);
        if task && self.run == Run::Task {
            self.out.push_str("</li>\n");
            if let Some(task) = self.take_task(line) {
                self.lost_task(line, task);
            }
            return true;
        }
        if task || self.at.soft(self.note, line).is_some() || matches!(self.run, Run::Label(_)) {
            let tight = self.run == Run::Tight;
            self.close_run();
            self.open_run(paragraph, line, tight);
            return true;
        }
        false
    }

    pub(super) fn heading<'n>(&mut self, node: &'n AstNode<'n>, level: u8) -> bool {
        let line = self.line(node);
        if self.title_line == Some(line) && !self.fragment {
            return false;
        }
        let level = self.shown(level);
        self.level = level;
        if let Some(&section) = self.at.sections.get(&line).filter(|_| !self.fragment) {
            let (_, id) = self.anchor(section);
            self.out.push_str(&format!("<h{level} id=\"{}\">", escaped(&id)));
        } else {
            self.out.push_str(&format!("<h{level}>"));
        }
        if let Some((_, id)) = self.at.targets.remove(&line)
            && let Some(id) = self.new_id(&format!("^{id}"))
        {
            self.out.push_str(&format!("<span id=\"{}\"></span>", escaped(&id)));
        }
        true
    }

    pub(super) fn heading_end<'n>(&mut self, node: &'n AstNode<'n>) {
        let NodeValue::Heading(heading) = node.data().value else { return };
        let line = self.line(node);
        self.dated(line);
        self.out.push_str(&format!("</h{}>\n", self.shown(heading.level)));
    }

    /// The level at which a heading of this level is shown.
    pub(super) fn shown(&self, level: u8) -> u8 {
        u8::try_from((i16::from(level) + self.deeper).clamp(1, 6)).unwrap_or(6)
    }

    /// The date of an entry where its own words leave it open, with the reason.
    fn dated(&mut self, line: usize) {
        let Some(entry) = self.at.entries.get(&line).and_then(|&index| self.note.entries.get(index)) else { return };
        let date = entry.date.to_string();
        if entry.written.contains(&date) || entry.precision == crate::model::Precision::Month {
            return;
        }
        let why = escaped(&entry.why.join(" "));
        let date = escaped(&date);
        self.out.push_str(&format!(" <time class=\"taken\" datetime=\"{date}\" title=\"{why}\">{date}</time>"));
    }

    /// Level and id of a section's heading, which the table of contents learns of. Level 0: a label line so long that it
    /// is a sentence.
    pub(super) fn anchor(&mut self, section: usize) -> (u8, String) {
        let Some(section) = self.note.sections.get(section) else { return (6, String::new()) };
        let long = section.text.split_whitespace().count() > LABEL_WORDS;
        let level = if section.kind == SectionKind::Soft && long { 0 } else { self.shown(section.level) };
        let id = self.id(&section.slug);
        if self.prefix.is_empty() && level > 0 {
            self.toc.push(TocEntry { level, href: fragment(&id), text: title_words(&section.text) });
        }
        (level, id)
    }

    pub(super) fn list<'n>(&mut self, node: &'n AstNode<'n>, list: &NodeList) {
        // a block id below a list names the list; one at an item's end names the item
        let several = node.first_child().and_then(|item| item.next_sibling()).is_some();
        let (line, last) = (self.line(node), self.last_line(node));
        let whole = self.at.targets.get(&line).is_some_and(|(end, _)| *end >= last);
        let id = if several && whole { self.block_id_at(line, last) } else { String::new() };
        let tasks = node.children().any(|item| matches!(item.data().value, NodeValue::TaskItem(_)));
        let class = if tasks { " class=\"tasks\"" } else { "" };
        match list.list_type {
            ListType::Bullet => self.out.push_str(&format!("<ul{class}{id}>\n")),
            ListType::Ordered if list.start == 1 => self.out.push_str(&format!("<ol{class}{id}>\n")),
            ListType::Ordered => self.out.push_str(&format!("<ol start=\"{}\"{class}{id}>\n", list.start)),
        }
    }

    pub(super) fn item<'n>(&mut self, node: &'n AstNode<'n>) {
        let line = self.line(node);
        let words = node.first_child().filter(|child| matches!(child.data().value, NodeValue::Paragraph));
        match words.filter(|words| self.line(words) == line).and_then(|_| self.take_task(line)) {
            Some(task) => self.lost_task(line, task),
            None => {
                let (last, own) = (self.last_line(node), self.line(node));
                let id = self.block_id_at(own, last);
                self.out.push_str(&format!("<li{id}>"));
            }
        }
    }

    /// A box that comrak sees. One that is no task of the note's is shown as it is written.
    pub(super) fn task_item<'n>(&mut self, node: &'n AstNode<'n>, symbol: Option<char>) {
        let line = self.line(node);
        match self.take_task(line) {
            Some(task) => self.open_task(line, task),
            None => {
                self.out.push_str("<li>[");
                escape(&symbol.unwrap_or(' ').to_string(), &mut self.out);
                self.out.push_str("] ");
            }
        }
        if node.first_child().is_none() {
            self.strip_box = false;
        }
    }

    /// The task on a line that has not been drawn yet.
    fn take_task(&mut self, line: usize) -> Option<usize> {
        if self.fragment { None } else { self.at.tasks.remove(&line) }
    }

    /// A box whose brackets still stand in the words.
    pub(super) fn lost_task(&mut self, line: usize, task: usize) {
        self.open_task(line, task);
        self.strip_box = true;
    }

    fn open_task(&mut self, line: usize, index: usize) {
        let Some(task) = self.note.tasks.get(index) else { return };
        let mut id = self.block_id_at(line, line);
        if id.is_empty() {
            id = format!(" id=\"{}\"", escaped(&self.id(&format!("t:{index}"))));
        }
        let (name, word) = (task.status.name(), self.site.words.say(state(task.status)));
        let checked = if task.checked() { " checked" } else { "" };
        self.out.push_str(&format!(
            "<li class=\"task\" data-state=\"{name}\"{id}><input type=\"checkbox\" disabled{checked} aria-label=\"{word}\"> "
        ));
        if !matches!(task.status, Status::Todo | Status::Done) {
            self.out.push_str(&format!("<span class=\"state\">{word}</span> "));
        }
    }

    pub(super) fn code_block<'n>(&mut self, node: &'n AstNode<'n>, code: &NodeCodeBlock) {
        let id = self.block_id(node);
        let language = code.info.split([' ', ',', '{', '\t']).next().unwrap_or("").trim();
        if language.eq_ignore_ascii_case("math") {
            self.out.push_str("<div class=\"math\">");
            let line = self.line(node);
            self.formula(line, &code.literal, true);
            self.out.push_str("</div>\n");
            return;
        }
        if !code.fenced && self.code_with_tasks(node, code) {
            return;
        }
        self.code(language, &code.literal, &id);
    }

    fn code(&mut self, language: &str, code: &str, id: &str) {
        if code.trim().is_empty() && id.is_empty() {
            return;
        }
        let mermaid = language.eq_ignore_ascii_case("mermaid");
        let class = if mermaid { "code mermaid" } else { "code" };
        self.out.push_str(&format!("<figure class=\"{class}\"{id}>"));
        if !matches!(language, "" | "text" | "txt" | "plain") {
            self.out.push_str(&format!("<figcaption>{}</figcaption>", escaped(language)));
        }
        self.out.push_str("<pre tabindex=\"0\"><code>");
        self.site.highlighter.write(language, code, &mut self.out);
        self.out.push_str("</code></pre></figure>\n");
    }

    /// Indented code that holds boxes is a list to its writer. False when there are none.
    fn code_with_tasks<'n>(&mut self, node: &'n AstNode<'n>, code: &NodeCodeBlock) -> bool {
        let first = self.line(node);
        let count = code.literal.lines().count();
        if self.fragment || self.at.tasks.range(first..first + count).next().is_none() {
            return false;
        }
        let mut plain = String::new();
        let mut listing = false;
        let mut until = 0;
        for (offset, words) in code.literal.lines().enumerate() {
            let line = first + offset;
            if let Some(index) = self.take_task(line) {
                self.flush(&mut plain);
                self.out.push_str(if listing { "</li>\n" } else { "<ul class=\"tasks\">\n" });
                listing = true;
                self.open_task(line, index);
                if let Some(task) = self.note.tasks.get(index) {
                    until = line + task.text_spans.len().max(1) - 1;
                    let mut words = task.text.clone();
                    if let Some(id) = &task.explicit_id
                        && let Some(rest) = words.strip_suffix(&format!("^{id}"))
                    {
                        words = rest.trim_end().to_owned();
                    }
                    self.piece(&words);
                }
            } else if line > until && !words.trim().is_empty() {
                if listing {
                    self.out.push_str("</li>\n</ul>\n");
                    listing = false;
                }
                plain.push_str(words);
                plain.push('\n');
            }
        }
        if listing {
            self.out.push_str("</li>\n</ul>\n");
        }
        self.flush(&mut plain);
        true
    }

    fn flush(&mut self, plain: &mut String) {
        if !plain.is_empty() {
            let plain = std::mem::take(plain);
            self.code("", &plain, "");
        }
    }

    pub(super) fn table_row<'n>(&mut self, node: &'n AstNode<'n>, header: bool) {
        self.column = 0;
        if header {
            self.out.push_str("<thead><tr>");
        } else {
            let first = node.previous_sibling().is_none_or(|row| matches!(row.data().value, NodeValue::TableRow(true)));
            self.out.push_str(if first { "<tbody>\n<tr>" } else { "<tr>" });
        }
    }

    pub(super) fn table_cell<'n>(&mut self, node: &'n AstNode<'n>, end: bool) {
        let Some(row) = node.parent() else { return };
        let header = matches!(row.data().value, NodeValue::TableRow(true));
        let tag = if header { "th" } else { "td" };
        if end {
            self.out.push_str(&format!("</{tag}>"));
            return;
        }
        let column = self.column;
        self.column += 1;
        let alignment = row.parent().and_then(|table| match &table.data().value {
            NodeValue::Table(table) => table.alignments.get(column).copied(),
            _ => None,
        });
        let class = match alignment {
            Some(TableAlignment::Center) => " class=\"mid\"",
            Some(TableAlignment::Right) => " class=\"end\"",
            _ => "",
        };
        let scope = if header { " scope=\"col\"" } else { "" };
        self.out.push_str(&format!("<{tag}{scope}{class}>"));
    }
}
