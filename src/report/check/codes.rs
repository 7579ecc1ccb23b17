//! All codes of findings in one table: severity, explanation, example.
//!
//! A test compares the table with the codes that the parser and `check` report.

use serde::Serialize;

use crate::model::Severity;

/// A code of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Code {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// Unless the settings say otherwise.
    pub severity: Severity,
    /// A short description.
    pub title: &'static str,
    /// The explanation, one paragraph per line.
    pub explain: &'static str,
    /// How it looks in a note.
    pub example: &'static str,
    /// What `--fix` does, if there is a safe fix.
    pub fix: Option<&'static str>,
    /// True if the fix changes the author's words: it is applied only with `--code` and this code.
    #[serde(skip)]
    pub fix_by_name: bool,
}

const fn code(
    code: &'static str,
    severity: Severity,
    title: &'static str,
    explain: &'static str,
    example: &'static str,
) -> Code {
    Code { code, severity, title, explain, example, fix: None, fix_by_name: false }
}

const fn with_fix(code: Code, fix: &'static str) -> Code {
    Code { fix: Some(fix), ..code }
}

/// All codes: links, contents of notes, dates and tasks, files.
pub const CODES: &[Code] = &[
    code(
        "link-broken",
        Severity::Warning,
        "a link that leads nowhere",
        "There is no note or file of this name: not in the note's own folder, not at the top, not anywhere else, and no note \
         has it as its title, an alias or an id. A wikilink cannot lead to a folder of this name. It may be a note that you \
         have yet to write.\n\
         Addresses (https:, mailto:) are never checked, nor are placeholders such as [[{{title}}]].",
        "[[nobody-wrote-this]] and [gone](old/gone.md)",
    ),
    with_fix(
        code(
            "link-moved",
            Severity::Warning,
            "a link to a note or file that is elsewhere now",
            "Nothing is where the link leads, and it is known what it meant: another program renamed the note while Hornbook looked \
             (the same text, or the same file with most of its headings, tasks and links), or exactly one other file has this name, \
             this title or alias, or the block that the link asks for. Where several fit it is link-broken; so it is where Hornbook saw \
             the note vanish and all that fits was there before. Links in SUMMARY.md and in Obsidian's canvases are looked at too.\n\
             `hornbook mv` moves a note and its links at once.",
            "[costs](old/costs.md) where the file is patterns/costs.md",
        ),
        "writes the path of the file as it is now",
    ),
    code(
        "embed-missing",
        Severity::Warning,
        "an image or embed that is not there",
        "As link-broken, for what is shown in place: readers see a gap.",
        "![[missing.png]] and ![plan](img/plan.png)",
    ),
    code(
        "heading-missing",
        Severity::Warning,
        "a link to a heading that the note does not have",
        "The note is there; no heading, label line or HTML anchor in it has these words. Letters and digits count, \
         case and punctuation do not, so that the anchors of every program are understood.",
        "[[saga#Drawbacks]] where saga.md has no such heading",
    ),
    code(
        "block-missing",
        Severity::Warning,
        "a link to a block that the note does not have",
        "The note is there, but no line of it ends with this ^id.",
        "[[saga#^step-3]]",
    ),
    with_fix(
        code(
            "link-case",
            Severity::Warning,
            "a Markdown link in another case than the file's name",
            "It works on disks that ignore case, and breaks on Linux and on most web servers. \
             Wikilinks ignore case, so they are not checked.",
            "[plan](Img/Plan.svg) where the file is img/plan.svg",
        ),
        "writes the path as the file has it; not in reference definitions",
    ),
    code(
        "link-ambiguous",
        Severity::Info,
        "a link that fits several notes",
        "Several notes or files have this name, and none of them is in the note's own folder. The one in exactly this case is \
         taken, then the one with the shortest path, then the first in alphabetical order. Obsidian takes one too and does not say \
         so. Write enough of the path to be clear.",
        "[[south]] with beds/south.md and greenhouse/south.md",
    ),
    code(
        "link-by-title",
        Severity::Warning,
        "a wikilink that only fits a title or alias",
        "No file has this name, but a note has it as its title or an alias, so Hornbook follows the link. \
         Obsidian does not: there it would make a new note. [[file name|these words]] works in both.",
        "[[Tomato notes]] where tomatoes.md has that title",
    ),
    code(
        "link-left-out",
        Severity::Info,
        "a link to a note or file that is left out",
        "It is there, but it is not part of the notebook: it is hidden, ignored, a template, or could not be read. \
         `hornbook index status` tells why. The link would lead nowhere on the site.",
        "[[meeting template]] in templates/",
    ),
    code(
        "link-outside",
        Severity::Info,
        "a link out of the notebook",
        "It names a place above the notebook's folder, or an absolute path of one machine. It is not checked, so it \
         may or may not work; on another machine it will not.",
        "[notes](../../elsewhere/notes.md)",
    ),
    code(
        "definition-broken",
        Severity::Info,
        "a link definition that leads nowhere and that no link uses",
        "There is no note or file of this name. Links that use a definition are reported as link-broken where they appear.",
        "[left]: gone.md",
    ),
    code(
        "block-twice",
        Severity::Warning,
        "a block id that occurs twice in a note",
        "Links to it lead to the first.",
        "one ^a\n\nother ^a",
    ),
    code(
        "fence-unclosed",
        Severity::Warning,
        "a code block that is never closed",
        "No line below ends it with at least as many of the same marks, so that everything to the end of the note (or of the \
         list item or quote) is code: headings, links and boxes in it do not count.",
        "```sh\nls\n\n## Not a heading",
    ),
    code(
        "conflict-marker",
        Severity::Error,
        "an unresolved conflict",
        "git left both versions in the file, between <<<<<<< and >>>>>>>. Nothing between them can be trusted. This \
         is found by the three marks in order at the beginning of lines, outside code blocks.",
        "<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> origin/main",
    ),
    code(
        "front-matter-invalid",
        Severity::Error,
        "front matter that is not valid",
        "YAML or TOML at the top of the note that no program can read as such. Hornbook takes the lines that it can \
         understand one by one; other programs take nothing, or show an error.",
        "---\ntitle: \"no end\ntags: [a, b\n---",
    ),
    code(
        "front-matter-template",
        Severity::Info,
        "a property that its template left as it was",
        "The note was made from a template with a placeholder that was never filled in. Hornbook takes the braces as text; for other \
         programs `{{title}}` is a mapping, or an error.",
        "---\ntitle: {{title}}\n---",
    ),
    code(
        "front-matter-duplicate",
        Severity::Warning,
        "a key that occurs twice in the front matter",
        "YAML forbids it, and programs differ in which of the two counts. Hornbook takes the first.",
        "---\ntitle: One\ntitle: Other\n---",
    ),
    code(
        "front-matter-unclosed",
        Severity::Warning,
        "front matter that is never closed",
        "The note begins with `---` and lines such as `title: …`, but no second `---` follows, so that every program shows \
         them as text. A `private: true` among them still keeps the note off the site.",
        "---\ntitle: Plan\n\n# Plan",
    ),
    code(
        "front-matter-misplaced",
        Severity::Warning,
        "front matter that is not at the top",
        "Front matter begins on the first line, with `---` alone. A blank line, a comment or a heading above it, or other \
         front matter, makes it text. A `private: true` in it still keeps the note off the site.",
        "\n---\ntitle: Plan\n---",
    ),
    code(
        "front-matter-json",
        Severity::Warning,
        "front matter in JSON",
        "Hornbook reads YAML between `---` lines and TOML between `+++` lines. JSON at the top of a note is text, as in most \
         programs. A `\"private\": true` in it still keeps the note off the site.",
        "{ \"title\": \"Plan\" }",
    ),
    code(
        "front-matter-unclear",
        Severity::Warning,
        "`private`, `publish` or `draft` without a clear answer",
        "The value is empty, or neither true nor false. To be on the safe side, Hornbook treats the note as private, or as \
         a draft. Write true or false.",
        "---\nprivate:\n---",
    ),
    with_fix(
        code(
            "task-malformed",
            Severity::Warning,
            "a box that other programs do not see",
            "The shape of a task is `- [ ] text`: a bullet, a space, one character in brackets, a space. Hornbook still reads \
             the usual slips as tasks, with bullets such as • and – among them, but GitHub, Obsidian and \
             others do not. Signs that only look like a box (☐, ［ ］) are reported and not read.",
            "- [] nothing in it\n-[ ] no space before\n- [x]no space after\n[ ] - bullet after it\n[ ] no bullet\n\
             • [ ] another bullet\n☐ no brackets",
        ),
        "writes the box as `- [ ] text`",
    ),
    with_fix(
        code(
            "task-nbsp",
            Severity::Warning,
            "a no-break space before a bullet or after a box",
            "It looks like an ordinary space, but other programs see no task. On a Mac, Option and the space bar type \
             one, which easily happens after [ or ].",
            "- [ ]\u{A0}text",
        ),
        "replaces it with an ordinary space",
    ),
    code(
        "task-status-unknown",
        Severity::Info,
        "a box with an unknown character",
        "It counts as open. [preprocessor.hornbook.statuses] can say what it means.",
        "- [%] text",
    ),
    code(
        "task-date-invalid",
        Severity::Warning,
        "a date of a task that is not a day",
        "The text after a date's sign or key is not a day of the calendar, so it does not count: 📅 2026-11-31, \
         📅 tomorrow, due:friday, @due(soon). In a file, `tomorrow` would mean another day tomorrow; `hornbook set REF due=tomorrow` \
         writes the date.",
        "- [ ] text 📅 2026-11-31",
    ),
    code(
        "task-recurrence-invalid",
        Severity::Warning,
        "a rule that is not understood",
        "The text after 🔁 or repeat:: is not a rule: when the task is done, no next copy is made. Rules begin with \
         `every`: every 2 weeks, every month on the 31st, every weekday when done.",
        "- [ ] water the plants 🔁 every full moon",
    ),
    with_fix(
        code(
            "task-recurrence-short",
            Severity::Info,
            "a rule in one word",
            "`weekly`, `daily` and the like are read here as `every week`, `every day`; Obsidian Tasks reads the long \
             form only.",
            "- [ ] water the plants 🔁 weekly",
        ),
        "writes the rule in full",
    ),
    code(
        "task-field-twice",
        Severity::Info,
        "a field that occurs twice on a task",
        "The first counts.",
        "- [ ] text 📅 2026-11-30 📅 2026-12-01",
    ),
    code(
        "task-priority-invalid",
        Severity::Warning,
        "a priority that does not exist",
        "The names are highest, high, medium, low, lowest.",
        "- [ ] text [priority:: urgent]",
    ),
    Code {
        fix_by_name: true,
        ..with_fix(
            code(
                "year-mismatch",
                Severity::Warning,
                "a month or year that the weekdays under it contradict",
                "The days under a heading are written with their weekdays, and these fit another year or month than the \
                 heading says: in January the old year is easily written out of habit. The entries are dated by what \
                 fits, and say so. Links with a date in their address are evidence for a year as well.",
                "# Jan 2025\n\n- Mon 5th Jan\n- Fri 9th Jan",
            ),
            "writes the month that fits into the heading",
        )
    },
    code(
        "weekday-mismatch",
        Severity::Warning,
        "a weekday that is not that day's",
        "The other days around it fit, so it is probably this one that is wrong: the day or its name. The number counts.",
        "# May 2024\n\n## Sat 30th",
    ),
    code(
        "ambiguous-date",
        Severity::Warning,
        "a date that can be read in two ways",
        "Day or month first: nothing in the note says which, so it dates nothing. It is reported once per note. 2023-11-10 can only be read in one way.",
        "Meeting (10/11/2023)",
    ),
    code(
        "note-too-large",
        Severity::Warning,
        "a note with more boxes or headings than are listed",
        "Only the first 20,000 boxes and the first 20,000 headings of a note are listed: one of that length is an export or a \
         log. Searching finds all of it, and a link to a heading further down is not called broken.",
        "",
    ),
    code(
        "placeholder",
        Severity::Warning,
        "a template placeholder that was never filled in",
        "Found in praise only, under or after a label such as Endorsement: whoever reads it next would see the placeholder. \
         Words in square brackets that are not a link, {{…}} and <your name> are placeholders.",
        "Endorsement\n\nWorking with [user's name] has been a pleasure.",
    ),
    code(
        "ticket-unknown",
        Severity::Info,
        "what looks like a ticket of a project that book.toml does not name",
        "It is alone on its line, near a word such as \"ticket\", or its project is linked elsewhere. Only projects that the \
         settings name count, because UTF-8, RS-485 and COVID-19 look the same; so a project is reported once, at the place \
         that says most. `hornbook tickets suggest` shows the reasons, `hornbook tickets add` names it.",
        "see ticket SHOP-12",
    ),
    code(
        "note-empty",
        Severity::Info,
        "a note with nothing in it",
        "Obsidian makes such notes when a link to a new one is clicked.",
        "",
    ),
    code(
        "conflict-copy",
        Severity::Warning,
        "a copy that a synchroniser left behind",
        "Two machines changed the note at once, and the synchroniser kept both. Compare the two, take over what is \
         missing, and delete the copy. A name such as `x 2.md` counts only beside an x.md that says nearly the same.",
        "saga.sync-conflict-20260102-101112-ABCDEFG.md, saga (conflicted copy).md",
    ),
    code(
        "name-odd",
        Severity::Warning,
        "a file name that causes trouble",
        "Windows, Android and most synchronisers refuse : * ? \" < > | \\ and names that end with a space or dot; \
         wikilinks cannot name what has # ^ [ ] | in it; control characters and bytes that are not UTF-8 cannot be typed; \
         names over 200 bytes are cut or refused by some. A folder is named once, at its first note.",
        "what is a saga?.md",
    ),
    code(
        "unreadable",
        Severity::Warning,
        "a file or folder that cannot be read",
        "Nothing in it is known: no search finds it, and links to it lead nowhere. Most often you are not allowed to read it. \
         Looked for when all notes are checked.",
        "a folder of another user",
    ),
    code(
        "encoding-invalid",
        Severity::Warning,
        "bytes that are not text",
        "The file says that it is UTF-8 (or UTF-16) and has bytes in it that are not. They are shown as \u{FFFD} and kept as \
         they are, also when the note is edited.",
        "caf\\xE9, from an editor that wrote Latin-1",
    ),
];

/// Finds a code.
#[must_use]
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.code == name)
}

#[cfg(test)]
mod tests;
