//! What counts as a task and what is read off it: the acceptance matrix and the conformance cases of the field,
//! in our own words. Where ours differs from Obsidian Tasks, the case says why.

use hornbook::model::NotePath;
use hornbook::model::Parsed;
use hornbook::model::Task;
use hornbook::parse;

fn read(text: &str) -> Parsed {
    parse::parse(&NotePath::from("note.md"), text, &parse::Options::default())
}

/// Each task as `line:[symbol]status form`, in the order of the text.
#[track_caller]
fn boxes(text: &str, want: &[&str]) {
    let got: Vec<String> = read(text)
        .note
        .tasks
        .iter()
        .map(|task| format!("{}:[{}]{} {}", task.line, task.symbol, task.status.name(), form(task)))
        .collect();
    assert_eq!(got, want, "{text}");
}

fn form(task: &Task) -> String {
    format!("{:?}", task.form).to_lowercase()
}

/// The fields of the only task, as `key=value`, in a fixed order.
#[track_caller]
fn fields(text: &str, want: &str) {
    let parsed = read(text);
    let task = parsed.note.tasks.last().unwrap_or_else(|| panic!("no task in {text}"));
    let mut got = Vec::new();
    let mut add = |key: &str, value: Option<String>| got.extend(value.map(|value| format!("{key}={value}")));
    let day = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string());
    add("due", day(task.due));
    add("scheduled", day(task.scheduled));
    add("start", day(task.start));
    add("created", day(task.created));
    add("done", day(task.completed));
    add("cancelled", day(task.cancelled));
    add("priority", task.priority.map(|priority| format!("{priority:?}").to_lowercase()));
    add("every", task.recurrence.clone());
    add("id", task.explicit_id.clone());
    add("after", Some(task.depends_on.join("+")).filter(|ids| !ids.is_empty()));
    add("tags", Some(task.tags.join("+")).filter(|tags| !tags.is_empty()));
    assert_eq!(got.join(" "), want, "{text}");
}

#[track_caller]
fn codes(text: &str, want: &[&str]) {
    let got: Vec<String> = read(text).diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn any_bullet_or_number_and_any_blanks() {
    boxes("- [ ] a\n* [ ] b\n+ [ ] c\n", &["1:[ ]todo list", "2:[ ]todo list", "3:[ ]todo list"]);
    boxes("1. [ ] a\n\n2) [x] b\n\n909999. [ ] c\n", &["1:[ ]todo list", "3:[x]done list", "5:[ ]todo list"]);
    boxes("-  [ ] a\n-\t[ ] b\n", &["1:[ ]todo list", "2:[ ]todo list"]);
    boxes("@ [ ] a\n- #task [ ] b\n- [#task] c\n", &[]);
}

#[test]
fn states() {
    boxes(
        "- [x] a\n- [X] b\n- [/] c\n- [-] d\n- [>] e\n",
        &["1:[x]done list", "2:[X]done list", "3:[/]doing list", "4:[-]cancelled list", "5:[>]moved list"],
    );
    boxes(
        "- [✅] a\n- [❌] b\n- [❌\u{FE0F}] c\n",
        &["1:[✅]done list", "2:[❌]cancelled list", "3:[❌\u{FE0F}]cancelled list"],
    );
    boxes(
        "- [?] a\n- [i] b\n- [I] c\n- [D] d\n",
        &["1:[?]info list", "2:[i]info list", "3:[I]info list", "4:[D]info list"],
    );
    boxes(
        "- [h] waits\n- [~] not for us\n- [.] a third\n",
        &["1:[h]on_hold list", "2:[~]cancelled list", "3:[.]doing list"],
    );
    boxes("- [%] a\n", &["1:[%]todo list"]);
    codes("- [%] a\n", &["task-status-unknown"]);
    fields("- [!] a\n", "priority=high");
    fields("- [*] a\n", "priority=high");
    fields("- [!] a 🔽\n", "priority=low");
}

#[test]
fn slips_of_the_pen_are_tasks_with_a_remark() {
    boxes(
        "- [] a\n- [  ] b\n- [ x ] c\n- [x]d\n-[ ] e\n",
        &[
            "1:[ ]todo malformed",
            "2:[ ]todo malformed",
            "3:[x]done malformed",
            "4:[x]done malformed",
            "5:[ ]todo malformed",
        ],
    );
    codes("- [] a\n", &["task-malformed"]);
    // bullets that Markdown does not know
    boxes("– [ ] c\n• [x] d\n", &["1:[ ]todo malformed", "2:[x]done malformed"]);
    boxes("- [ ]\u{A0}a\n", &["1:[ ]todo list"]);
    codes("- [ ]\u{A0}a\n", &["task-nbsp"]);
}

#[test]
fn links_and_words_in_brackets_are_no_tasks() {
    boxes("- [ ](https://a.b) t\n- [x](https://a.b) t\n- [x][ref]\n- [ ]: note\n\n[ref]: https://a.b\n", &[]);
    boxes("- \\[ ] a\n- `[ ]` b\n\n| a |\n|---|\n| [ ] x |\n", &[]);
    boxes("- [1] see\n\n[1]: https://a.b\n", &[]);
    boxes("- [ab] c\n- [user's name] d\n", &[]);
}

#[test]
fn boxes_without_bullet_need_a_label_or_company() {
    boxes("Todo:\n[ ] - send photos\n", &["2:[ ]todo swapped"]);
    boxes("## Action items\n\n[x] done it\n", &["3:[x]done bare"]);
    boxes("[ ] one\n\n[ ] two\n", &["1:[ ]todo bare", "3:[ ]todo bare"]);
    boxes("an empty list is written\n\n[ ] in Ruby\n", &[]);
    codes("an empty list is written\n\n[ ] in Ruby\n", &["task-malformed"]);
}

#[test]
fn what_commonmark_takes_for_code_or_text() {
    boxes("# A\n\n    - [ ] one\n        - [x] two\n", &["3:[ ]todo indented", "4:[x]done indented"]);
    boxes("# A\n\n\t- [ ] one\n", &["3:[ ]todo indented"]);
    boxes("- a\n\n      text\n          - [ ] lazy\n", &["4:[ ]todo indented"]);
    boxes("some words\n      - [ ] in the paragraph\n", &["2:[ ]todo lazy"]);
}

#[test]
fn never_in_code_comments_html_or_front_matter() {
    boxes("```\n- [ ] a\n```\n", &[]);
    boxes("- x\n  ```sh\n  - [ ] a\n  ```\n- [ ] b\n", &["5:[ ]todo list"]);
    boxes("<!--\n- [ ] a\n-->\n\n%%\n- [ ] b\n%%\n\n- [ ] c %% not [ ] this %%\n", &["9:[ ]todo list"]);
    boxes("<div>\n- [ ] a\n</div>\n\n- [ ] b\n", &["5:[ ]todo list"]);
    boxes("---\ntitle: x\nlist:\n- [ ] a\n---\n- [ ] b\n", &["6:[ ]todo list"]);
    boxes("~~~~\n```\n- [ ] a\n~~~~\n- [ ] b\n", &["5:[ ]todo list"]);
}

#[test]
fn quotes_callouts_and_nested_markers() {
    boxes("> - [ ] a\n> > > * [ ] b\n", &["1:[ ]todo list", "2:[ ]todo list"]);
    boxes("> [!todo] Plan\n> - [x] a\n>   - [ ] b\n", &["2:[x]done list", "3:[ ]todo list"]);
    boxes("- - [ ] a\n- 1. [x] b\n", &["1:[ ]todo list", "2:[x]done list"]);
}

#[test]
fn wrapped_items_are_joined() {
    let text = |source: &str| read(source).note.tasks[0].text.clone();
    assert_eq!(text("- [ ] a long\n  story\n  with an end\n- b\n"), "a long story with an end");
    assert_eq!(text("- [ ] a\nlazy rest\n\nmore\n"), "a lazy rest");
    assert_eq!(text("- [ ]\n  <https://a.b/c>\n"), "<https://a.b/c>");
    assert_eq!(text("> - [ ] a\n>   b\n> - c\n"), "a b");
    assert_eq!(text("- [ ] t\n  ```sh\n  code\n  ```\n"), "t");
    assert_eq!(text("# A\n\n    - [ ] one\n      goes on\n"), "one goes on");
    let links = read("- [ ] paper ->\n  ftp://ftp.x.edu/a.pdf\n").note.tasks[0].links.clone();
    assert_eq!(links[0].url, "ftp://ftp.x.edu/a.pdf");
    let indented = read("# A\n\n    - [ ] one\n      https://a.b/c\n").note.tasks[0].links.clone();
    assert_eq!(indented[0].url, "https://a.b/c");
}

#[test]
fn parents_depth_and_groups() {
    let note = read("- plain\n  - [ ] group\n    - [ ] a\n    - [x] b\n  - [ ] https://a.b\n    - [ ] c\n").note;
    let seen: Vec<(usize, Option<usize>, bool, Vec<String>)> =
        note.tasks.iter().map(|task| (task.depth, task.parent, task.group, task.under.clone())).collect();
    let under = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        seen,
        [
            (1, None, true, under(&["plain"])),
            (2, Some(0), false, under(&["plain", "group"])),
            (2, Some(0), false, under(&["plain", "group"])),
            (1, None, false, under(&["plain"])),
            (2, Some(3), false, under(&["plain", "https://a.b"])),
        ]
    );
    assert!(!read("- [ ] by then 📅 2026-01-01\n  - [ ] a\n").note.tasks[0].group, "a parent with a date is a task");
}

#[test]
fn emoji_fields() {
    fields(
        "- [x] tidy up 🗓 2021-09-12 ✅ 2021-06-20 ➕ 2023-03-07",
        "due=2021-09-12 created=2023-03-07 done=2021-06-20",
    );
    fields("- [x] a ✅ tick 🗓 2021-09-12 ✅ 2021-06-20", "due=2021-09-12 done=2021-06-20");
    fields("- [x] a ✅ 2021-06-20 ^my-own  ", "done=2021-06-20 id=my-own");
    fields(
        "- [ ] a 📅 2021-09-12 #in/side ⏫ #some/with_line",
        "due=2021-09-12 priority=high tags=in/side+some/with_line",
    );
    fields(
        "- [ ] W ⏫  #t1 ✅ 2022-07-02 #t2  📅 2022-07-02 #t3 🔁 every day  #t4",
        "due=2022-07-02 done=2022-07-02 priority=high every=every day tags=t1+t2+t3+t4",
    );
    fields("- [ ] x ⌛ 2021-06-20", "scheduled=2021-06-20");
    fields("- [ ] x 📆 2021-06-20", "due=2021-06-20");
    fields("- [ ] x ⛔ ab , CD ,  EF", "after=ab+CD+EF");
    fields("- [ ] x 🆔 A*b", "");
    fields("- [ ] x 🆔 Ab_c-", "id=Ab_c-");
    fields("- [ ] a 📅 2021-01-01 📅 2022-02-02", "due=2021-01-01");
    codes("- [ ] a 📅 2021-01-01 📅 2022-02-02", &["task-field-twice"]);
    fields("- [ ] a\n  📅 2021-01-01", "due=2021-01-01");
}

#[test]
fn fields_anywhere_where_obsidian_tasks_wants_them_last() {
    fields("- [ ] Task 📅 2021-04-09 other text", "due=2021-04-09");
    fields("- [ ] 📅 2025-05-03 Task", "due=2025-05-03");
    fields("- [ ] 🔺 https://a.b/c", "priority=highest");
    fields("- [ ] T 📅 2024-09-19 %%[todoist_id:: X]%%", "due=2024-09-19");
    fields("- [x] c 📅 2022-12-29 ✅ 2023-01-09 > appointment 19.1.", "due=2022-12-29 done=2023-01-09");
    fields("- [ ] is [due::2021-08-02] and is [priority::high]", "due=2021-08-02 priority=high");
    fields("- [ ] a [dependson:: F1]", "after=F1");
}

#[test]
fn dataview_fields() {
    fields(
        "- [ ] [priority::high] #t [completion:: 2024-09-04] [due::2025-10-05]",
        "due=2025-10-05 done=2024-09-04 priority=high tags=t",
    );
    fields("- [ ] is (due::2021-08-22) (priority:: high)", "due=2021-08-22 priority=high");
    fields("- [ ] x [due::2021-08-22) (priority:: high]", "");
    fields("- [ ] x - due:: 2021-08-22", "");
    fields(
        "- [ ] x [due::2021-08-22], [priority::high]    , (start::2021-08-19)",
        "due=2021-08-22 start=2021-08-19 priority=high",
    );
    fields("- [ ] x [repeat:: every week] [id:: q1]", "every=every week id=q1");
    fields("- [ ] pay due:2026-12-01", "due=2026-12-01");
}

#[test]
fn invalid_values_are_remarks_never_today() {
    fields("- [ ] s 📅  2023-12-32", "");
    codes("- [ ] s 📅  2023-12-32", &["task-date-invalid"]);
    fields("- [ ] x 📅2024-1-5", "due=2024-01-05");
    fields("- [ ] x 📅 [[2024-09-17]]", "due=2024-09-17");
    fields("- [ ] x 📅 2024-01-01 10:30", "due=2024-01-01");
    fields("- [ ] x 📅\u{A0}2024-01-01", "due=2024-01-01");
    codes("- [ ] x [priority:: soon]", &["task-priority-invalid"]);
}

#[test]
fn tags_people_and_what_only_looks_like_them() {
    fields("- [ ] see [feeds](https://a.b/#opml) #ctx/home", "tags=ctx/home");
    fields("- [ ] count the # of tomatoes #garden", "tags=garden");
    fields("- [ ] `#no` two#s #1 #yes", "tags=yes");
    let mentions = |source: &str| read(source).note.tasks[0].mentions.clone();
    assert_eq!(mentions("- [ ] ask @ida and (@max), not a@b.c or https://x.y/@z"), ["ida", "max"]);
}

/// The texts of the tasks.
#[track_caller]
fn texts(text: &str, want: &[&str]) {
    let got: Vec<String> = read(text).note.tasks.into_iter().map(|task| task.text).collect();
    assert_eq!(got, want, "{text}");
}

#[test]
fn where_the_words_of_an_item_end() {
    // a label line is no text of the box above it
    texts("[ ] a\n[ ] b\nLabel:\n", &["a", "b"]);
    // words behind a comment are text, a comment alone is not
    texts("- [ ]\n  %%x%% a\n  %%y%%\n", &["%%x%% a"]);
    // under a box without words what is indented is its text, whatever is in the box
    for symbol in [" ", "x", "/"] {
        texts(&format!("- [{symbol}]\n  a\n"), &["a"]);
        texts(&format!("- [{symbol}]\na\n"), &[""]);
    }
    // a hard line break has no blank of its own
    texts("- [ ] a \\\n  b\n", &["a b"]);
}

#[test]
fn a_carriage_return_alone_ends_a_line_everywhere() {
    boxes("```\r- [ ] code\r```\r- [ ] a\r", &["4:[ ]todo list"]);
    boxes("<!-- - [ ] x -->\r\r- [ ] a\r", &["3:[ ]todo list"]);
}

#[test]
fn a_rule_ends_before_a_plain_field() {
    fields("- [ ] a 🔁 every week due:2026-12-01", "due=2026-12-01 every=every week");
    fields("- [ ] a 🔁 every week, 📅 2026-12-01", "due=2026-12-01 every=every week");
}
