//! What the help promises is true: who writes and who only reads, and that every example works as it stands.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use crate::folder::copy;
use crate::folder::top;

/// Tasks with the names that examples use.
const INBOX: &str = "# Inbox\n\n- [ ] call the venue ^4fk\n- [x] renew the badge ^7qd\n- [ ] book a table for six\n\n## Plot #goal\n\n- [ ] dig\n\n![[tomatoes#Watering]]\n";

/// What a tracker exported.
const EXPORT: &str = "Issue key,Summary,Status\nBED-12,\"Mend the fence, again\",Done\n";

/// What a browser exported, with what nobody should print.
const BOOKMARKS: &str =
    "<DL><DT><A HREF=\"https://example.org/\u{1b}[2J\">A \u{1b}[31m\u{202e}</A><DT><A HREF=\"x\u{1b}:y\">B</A></DL>";

/// Changes that `undo` finds.
const CHANGES: [&str; 3] = ["done inbox.md:5", "set 4fk priority=high", "reopen 7qd"];

/// Every command with what is typed to see what it does; the words are those of a shell.
const RUNS: &[(&str, &[&str])] = &[
    (
        "search",
        &[
            "search water",
            "search -i water",
            "search -a 'tag:garden water' --format json",
            "search water -rain",
            "search /w.t/",
        ],
    ),
    ("todo", &["todo", "todo --agenda", "todo --done", "todo --all --format json", "todo --group person"]),
    ("todo today", &["todo today"]),
    ("todo overdue", &["todo overdue"]),
    ("todo next", &["todo next"]),
    ("todo stale", &["todo stale --older 1"]),
    ("todo stats", &["todo stats"]),
    ("todo add", &["todo add 'buy twine'", "todo add 'buy twine' --to new/note", "todo add x --to 'tasks.md'"]),
    ("todo export", &["todo export --format ics", "todo export -f todo.txt --all", "todo export -f markdown"]),
    ("done", &["done 4fk", "done --where venue --stamp", "done inbox.md:3 inbox.md:5"]),
    ("reopen", &["reopen 7qd"]),
    ("status", &["status 4fk doing", "status 4fk -- -"]),
    ("set", &["set 4fk due=friday", "set 4fk id=venue"]),
    ("pin", &["pin inbox.md:5"]),
    (
        "mv",
        &[
            "mv tomatoes 'Red ones' --yes",
            "mv tomatoes beds/ --yes --diff",
            "mv tomatoes love-apples --alias --show-mentions --yes",
            "mv tomatoes beds/love-apples --yes --format json",
            "mv img pictures --yes",
            "mv index beds/start --yes",
        ],
    ),
    ("rename", &["rename tomatoes 'Red ones' --yes", "rename tomatoes beds/ --yes --diff"]),
    ("rename heading", &["rename heading 'inbox#plot-goal' Bed --yes --diff"]),
    ("rename block", &["rename block 'inbox#^4fk' venue --yes --diff"]),
    ("rename tag", &["rename tag goal aim --yes --diff"]),
    ("rename person", &["rename person Olga Olja --yes --diff"]),
    ("rename ticket", &["rename ticket BED-12 BED-13 --yes --diff"]),
    (
        "extract",
        &["extract 'inbox#plot-goal' --yes --diff", "extract 'inbox#plot-goal' --to beds/plot --leave nothing --yes"],
    ),
    ("merge", &["merge inbox into index --yes", "merge inbox index --yes --format json"]),
    ("split", &["split inbox --yes --diff"]),
    ("inline", &["inline inbox.md:11 --yes --diff"]),
    ("undo", &["undo", "undo 2", "undo --list"]),
    (
        "new",
        &["new Sagas", "new meeting Weekly --no-input", "new --list", "new --eject retro", "new goal Rust --no-edit"],
    ),
    ("journal", &["journal", "journal --heat", "journal --why --all", "journal water"]),
    ("journal on", &["journal on today", "journal on last-month"]),
    ("journal gaps", &["journal gaps"]),
    ("journal today", &["journal today", "journal today --no-edit"]),
    ("journal add", &["journal add 'dug over the north bed'"]),
    ("reading", &["reading", "reading --state to-read", "reading --by host", "reading kind:video --format json"]),
    ("reading next", &["reading next", "reading next --minutes 1"]),
    ("reading dupes", &["reading dupes"]),
    (
        "reading add",
        &["reading add https://example.org/new 'A new page'", "reading add https://example.org/x --to inbox"],
    ),
    ("reading done", &["reading done tasks.md:17 --stamp", "reading done https://example.org/leaf-one"]),
    ("reading drop", &["reading drop tasks.md:17"]),
    ("reading start", &["reading start tasks.md:17"]),
    ("reading triage", &[]),
    ("reading import", &["reading import bookmarks.html", "reading import bookmarks.html --to new/list"]),
    ("reading export", &["reading export", "reading export --format csv", "reading export --format json --state read"]),
    ("reading stats", &["reading stats", "reading stats --format csv"]),
    ("meeting", &["meeting", "meeting --all", "meeting --upcoming"]),
    ("meeting show", &["meeting show neighbours"]),
    ("meeting actions", &["meeting actions --open"]),
    ("meeting agreed", &["meeting agreed"]),
    ("meeting new", &["meeting new neighbours --date 2026-11-27 --yes --no-edit"]),
    ("list", &["list", "list --facts --format json", "list --orphan", "list -L index -r", "list --sort random"]),
    ("show", &["show index", "show index --facts --format json"]),
    ("edit", &["edit index", "edit -i", "edit inbox.md:3", "edit 4fk", "edit --first water"]),
    ("outline", &["outline index"]),
    ("links", &["links index"]),
    ("backlinks", &["backlinks tomatoes --mentions"]),
    ("graph", &["graph", "graph --format json"]),
    ("check", &["check", "check --explain", "check --severity info --format json", "check --fix"]),
    ("build", &["build", "build --out ../site --drafts", "build --eject-theme"]),
    ("tags", &["tags", "tags --count"]),
    ("goals", &["goals", "goals --stale --format json"]),
    ("goals show", &["goals show plot"]),
    ("goals evidence", &["goals evidence plot --since 2026-01-01"]),
    ("goals praise", &["goals praise"]),
    ("report", &[]),
    (
        "report 1on1",
        &["report 1on1 neighbours", "report 1on1 neighbours --format json", "report 1on1 neighbours --markdown"],
    ),
    ("tickets", &["tickets", "tickets BED-12", "tickets BED --format json"]),
    ("tickets suggest", &["tickets suggest", "tickets suggest --all"]),
    ("tickets add", &["tickets add SHOP", "tickets add SHOP 'https://tickets.example.com/{num}'"]),
    ("tickets import", &["tickets import export.csv", "tickets import export.csv --to new/list"]),
    ("index", &["index"]),
    ("index status", &["index status"]),
    ("index rebuild", &["index rebuild"]),
    ("index path", &["index path"]),
    ("index clean", &["index clean"]),
    ("completions", &["completions bash", "completions zsh", "completions fish"]),
    ("questions", &["questions", "questions --open path:journal", "questions --format json"]),
    ("decisions", &["decisions", "decisions --since 2026-01-01", "decisions --format json"]),
    (
        "report week",
        &["report week", "report week --since 2026-01-01 --format md", "report week path:journal --format csv"],
    ),
    ("report month", &["report month", "report month 2026-10 --format md"]),
    ("report quarter", &["report quarter", "report quarter last-quarter"]),
    ("report year", &["report year", "report year --format jsonl"]),
    ("man", &["man", "man todo add"]),
    ("help", &["help", "help query", "help todo add"]),
    ("init", &["init ..", "init ../elsewhere"]),
];

#[test]
fn only_those_write_whose_help_says_so() {
    let mut faults = Vec::new();
    let commands = commands();
    // who only reads leaves the notebook to the next one
    let shared = Home::new(&copy_of_the_garden(), "");
    // it asks on a terminal only: see the file `triage.rs`
    for (name, command) in commands.iter().filter(|(name, _)| *name != "reading triage") {
        let Some((_, runs)) = RUNS.iter().find(|(known, _)| known == name) else {
            faults.push(format!("`{name}` has no line in RUNS"));
            continue;
        };
        let help = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
        let writes = help.starts_with("Writes:");
        // `Writes: only with --fix.`
        let only_with = help.strip_prefix("Writes: only with ").and_then(|rest| rest.split('.').next());
        let can_be_tried = command.get_arguments().any(|argument| argument.get_id() == "dry_run");
        let mut wrote = 0;
        for run in *runs {
            let own = writes.then(|| Home::new(&copy_of_the_garden(), name));
            let (output, changed) = own.as_ref().unwrap_or(&shared).watch(run);
            assert_ne!(output.status.code(), Some(2), "{run}: {}", String::from_utf8_lossy(&output.stderr));
            let may = writes && only_with.is_none_or(|flag| run.split(' ').any(|word| word == flag));
            if !may && !changed.is_empty() {
                faults.push(format!("`{run}` writes {changed:?}, and its help begins with: {help}"));
            }
            wrote += usize::from(!changed.is_empty());
            if can_be_tried && may {
                let home = Home::new(&copy_of_the_garden(), name);
                let (output, changed) = home.watch(&run.replacen(name, &format!("{name} --dry-run"), 1));
                assert_ne!(output.status.code(), Some(2), "{run}: {}", String::from_utf8_lossy(&output.stderr));
                if !changed.is_empty() {
                    faults.push(format!("`{run}` with --dry-run writes {changed:?}"));
                }
            }
        }
        if writes && wrote == 0 {
            faults.push(format!("`{name}` never wrote, and its help begins with: {help}"));
        }
    }
    let unknown = RUNS.iter().filter(|(name, _)| !commands.contains_key(*name));
    faults.extend(unknown.map(|(name, _)| format!("there is no command `{name}`")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What people read is harmless in a pipe too, and everything is on a terminal, whatever notes, names and settings say.
#[test]
fn no_answer_holds_what_a_note_could_do_to_a_terminal() {
    let harmful: String = (1..=0x1f_u8).chain(0x7f..=0x9f).map(char::from).filter(|c| !"\t\n\r".contains(*c)).collect();
    let harmful = format!("{harmful}\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2069}");
    let is_harmful = |c: &char| harmful.contains(*c);
    let mut faults = Vec::new();
    let mut shown = 0;
    for (name, command) in &commands() {
        let writes = command.get_about().is_some_and(|about| about.to_string().starts_with("Writes:"));
        let shared = Home::new(&hostile_notebook(&harmful), "");
        for (_, runs) in RUNS.iter().filter(|(known, _)| known == name) {
            for run in *runs {
                let own = writes.then(|| Home::new(&hostile_notebook(&harmful), name));
                let home = own.as_ref().unwrap_or(&shared);
                // a note's source and a format keep their bytes in a pipe
                let for_programs =
                    name == "show" || name == "todo export" || name == "graph" || run.contains("--format");
                let line = format!("hornbook --color never --no-pager {run}");
                let output = if for_programs { home.run_on_terminal(&line) } else { Some(home.run(&line)) };
                let Some(output) = output else { continue };
                assert_ne!(output.status.code(), Some(2), "{run}: {}", String::from_utf8_lossy(&output.stderr));
                let text =
                    [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
                shown += usize::from(text.contains("\\u001b"));
                let found: String = text.chars().filter(is_harmful).collect();
                if !found.is_empty() {
                    faults.push(format!("`{run}` prints {found:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(shown > 20, "only {shown} answers show anything of the hostile notes");
}

#[test]
fn every_example_works() {
    let mut faults = Vec::new();
    // who only reads leaves the notebook to the next one
    let shared = Home::new(&copy_of_our_notes(), "");
    for (name, command) in commands() {
        let writes = command.get_about().is_some_and(|about| about.to_string().starts_with("Writes:"));
        let examples = examples(&command);
        if examples.is_empty() {
            faults.push(format!("the help of `{name}` has no examples"));
        }
        for example in examples {
            if let Err(what) = is_for_any_shell(&example) {
                faults.push(format!("{example}: a shell would take {what:?} for its own"));
            }
            if !example.contains(&format!("hornbook {name}")) {
                faults.push(format!("{example}: not of `{name}`"));
            }
            let home = writes.then(|| Home::new(&copy_of_our_notes(), &name));
            let home = home.as_ref().unwrap_or(&shared);
            let asks = name == "reading triage";
            let output = if asks { home.run_on_terminal(&example) } else { Some(home.run(&example)) };
            let Some(output) = output else { continue };
            // what these find is bad news
            let negative_is_fine = ["check", "build"].contains(&name.as_str());
            if !(output.status.success() || (negative_is_fine && output.status.code() == Some(1))) {
                faults.push(format!("{example}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)));
            }
        }
    }
    for example in examples(&hornbook::cli::command()) {
        let output = shared.run(&example);
        if !output.status.success() {
            faults.push(format!("{example}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every command by the words that call it.
fn commands() -> BTreeMap<String, clap::Command> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![(String::new(), hornbook::cli::command())];
    while let Some((before, command)) = waiting.pop() {
        for inner in command.get_subcommands() {
            let name = format!("{before} {}", inner.get_name()).trim().to_owned();
            waiting.push((name.clone(), inner.clone()));
            found.insert(name, inner.clone());
        }
    }
    found
}

/// The commands below `Examples:`, without the remarks beside them.
fn examples(command: &clap::Command) -> Vec<String> {
    let text = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    let (_, below) = text.split_once("Examples:\n").unwrap_or_default();
    let lines = below.lines().map_while(|line| line.strip_prefix("  "));
    lines.map(|line| line.split("   ").next().unwrap_or_default().to_owned()).collect()
}

/// An error with the first character outside quotes that shells do not agree on.
fn is_for_any_shell(example: &str) -> Result<(), char> {
    let mut quote = None;
    for c in example.chars() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '*' | '?' | '#' | '<' | '(' | ')' | '!' | '&' | ';' | '$' | '[' | '{' | '`' | '\\') => {
                return Err(c);
            }
            _ => {}
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a note of a throw-away notebook")]
fn copy_of_the_garden() -> impl Fn(&Path) -> PathBuf {
    |home| {
        let notebook = home.join("notebook");
        copy(&top().join("tests/notebooks/garden"), &notebook, ".none");
        let meeting = "Last meeting (2026/10/02)\n- turn the compost\n\nMeeting (2026/10/30)\n- [ ] buy twine\n";
        fs::write(notebook.join("neighbours-1-1.md"), meeting).unwrap();
        notebook
    }
}

/// The garden, with `harmful` wherever a note, a name or a setting can say something.
#[expect(clippy::disallowed_methods, reason = "files of a throw-away notebook")]
fn hostile_notebook(harmful: &str) -> impl Fn(&Path) -> PathBuf {
    let h = harmful.to_owned();
    move |home| {
        let notebook = copy_of_the_garden()(home);
        let name = "evil \u{1b}[2J\u{7}\u{9b}\u{202e}\u{200f}.md";
        let note = format!(
            "---\ntitle: \"Water \\e[2J {h}\"\naliases: [\"al {h}\"]\nkind: \"k {h}\"\nodd{h}: [\n---\n\n# Water {h}\n\n2026-11-20 water {h}\n\n\
             ## Part {h}\n\n- [ ] water {h} #tag{h} @anna{h} due 2026-11-20 ^ev{h}\n- [{h}] odd {h}\n\n[a {h}](missing{h}.md) [[gone {h}]] [[index#no {h}]] ![[tomatoes]] \
             https://a.example/{h} [[tomatoes|{h}]]\n\n> Decision: {h}\n\n```\nopen {h}\n"
        );
        let sane = format!(
            "# Water {h}\n\n- [ ] water {h} 📅 2026-11-20 #bed\n- [x] sown {h} ✅ 2026-11-20\n\n## 2026-11-20 {h}\n\n- dug {h}\n\n[[tomatoes|{h}]] [{h}](index.md)\n"
        );
        fs::write(notebook.join(name), &note).unwrap();
        fs::write(notebook.join(name).with_extension("2.md"), &sane).unwrap();
        fs::write(notebook.join("water.md"), &sane).unwrap();
        let tomatoes = fs::read_to_string(notebook.join("tomatoes.md")).unwrap();
        fs::write(notebook.join("tomatoes.md"), format!("{tomatoes}\n## Water {h}\n\n[[water|{h}]] {h} #tag{h}\n"))
            .unwrap();
        let index = fs::read_to_string(notebook.join("index.md")).unwrap();
        fs::write(notebook.join("index.md"), format!("{index}\n## Water {h}\n\n[[water|{h}]] [[gone {h}]] {h}\n"))
            .unwrap();
        notebook
    }
}

fn copy_of_our_notes() -> impl Fn(&Path) -> PathBuf {
    |home| {
        let notebook = home.join("notebook");
        copy(&top().join("notes"), &notebook.join("notes"), "guide");
        fs::copy(top().join("book.toml"), notebook.join("book.toml")).unwrap();
        notebook.join("notes")
    }
}

/// A user with a notebook.
struct Home {
    folder: tempfile::TempDir,
    notes: PathBuf,
}

impl Home {
    /// A fresh one; with changes behind it where the command is to take one back.
    #[expect(clippy::disallowed_methods, reason = "a file of a throw-away notebook")]
    fn new(make: &dyn Fn(&Path) -> PathBuf, command: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let notes = make(folder.path());
        fs::write(notes.join("inbox.md"), INBOX).unwrap();
        fs::write(notes.join("bookmarks.html"), BOOKMARKS).unwrap();
        // somebody who picks the first line
        let bin = folder.path().join("bin");
        fs::create_dir(&bin).unwrap();
        fs::write(bin.join("fzf"), "#!/bin/sh\nhead -n 1\n").unwrap();
        fs::set_permissions(bin.join("fzf"), fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(notes.join("export.csv"), EXPORT).unwrap();
        let home = Self { folder, notes };
        if command == "undo" {
            for change in CHANGES {
                assert!(home.run(&format!("hornbook {change}")).status.success(), "{change}");
            }
        }
        home
    }

    /// Runs `[echo WORDS |] hornbook …`; what stands behind another pipe or `>` is left to the shell that is not there.
    fn run(&self, line: &str) -> Output {
        let words = shell_words::split(&line.replace("~/", &format!("{}/", self.folder.path().display()))).unwrap();
        let start = words.iter().position(|word| word == "hornbook").unwrap();
        let (before, rest) = words.split_at(start);
        let end = rest.iter().position(|word| word == "|" || word == ">").unwrap_or(rest.len());
        let input = match before {
            [] => String::new(),
            [echo, said @ .., pipe] if echo == "echo" && pipe == "|" => format!("{}\n", said.join(" ")),
            _ => panic!("{line}: only echo may stand before"),
        };
        self.call(Command::new(env!("CARGO_BIN_EXE_hornbook")).args(rest.get(1..end).unwrap()), &input)
    }

    /// As [`Home::run`], on a terminal; `None` where util-linux's `script`, which lends one, is not installed.
    fn run_on_terminal(&self, line: &str) -> Option<Output> {
        if !cfg!(target_os = "linux") || !Path::new("/usr/bin/script").exists() {
            return None;
        }
        let call = line.replacen("hornbook", env!("CARGO_BIN_EXE_hornbook"), 1);
        Some(self.call(Command::new("/usr/bin/script").args(["-qec", &call, "/dev/null"]), ""))
    }

    fn call(&self, command: &mut Command, input: &str) -> Output {
        let mut child = command
            .current_dir(&self.notes)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PATH", format!("{}/bin:/usr/bin:/bin", self.folder.path().display()))
            .env("HORNBOOK_TODAY", "2026-11-21")
            .env("HORNBOOK_EDITOR", "true")
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // who does not read is gone by now, and that is fine
        let _ignored = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Runs a command and says which files are others afterwards: in the notebook, in the state folder, anywhere but in the cache.
    fn watch(&self, arguments: &str) -> (Output, Vec<String>) {
        let before = self.files();
        let output = self.run(&format!("hornbook {arguments}"));
        let after = self.files();
        let paths = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
        let mut changed: Vec<String> = paths.map(|path| path.display().to_string()).collect();
        changed.sort();
        changed.dedup();
        (output, changed)
    }

    /// Every file with its bytes, every folder without.
    fn files(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let home = self.folder.path();
        let entries = walkdir::WalkDir::new(home).into_iter().filter_entry(|entry| entry.path() != home.join(".cache"));
        let entries = entries.map(Result::unwrap);
        let bytes = |entry: &walkdir::DirEntry| entry.file_type().is_file().then(|| fs::read(entry.path()).unwrap());
        entries.map(|entry| (entry.path().strip_prefix(home).unwrap().to_path_buf(), bytes(&entry))).collect()
    }
}
