//! Opens a note in the user's editor, at a line if the editor supports that.
//!
//! Only the environment names the editor (`$HORNBOOK_EDITOR`, `$VISUAL`, `$EDITOR`, read by `context`): nothing in a
//! notebook can start a program. Called by `edit` and `journal today`.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::cli::error::Failure;

/// Opens a file at a 1-based line and waits until the editor exits. `command` is the editor as set by the user.
pub(crate) fn open(command: &str, path: &Path, line: usize) -> Result<(), Failure> {
    let (program, arguments) = call(command, path, line)?;
    let status = Command::new(&program).args(arguments).status().map_err(|error| {
        Failure::new(format!("the editor `{program}` cannot be started: {error}"))
            .hint("HORNBOOK_EDITOR, VISUAL or EDITOR names it")
    })?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("the editor `{program}` ended with {status}"))) }
}

/// How to pass a line to an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineArgument {
    /// `+7 file`
    Plus,
    /// `file:7`
    Colon,
    /// `--goto file:7`
    Goto,
    /// `--line 7 file`
    Line,
    /// There is no known way.
    Unknown,
}

/// Selected by the program's name, without folder and extension.
fn line_argument(name: &str) -> LineArgument {
    match name {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "vis" | "elvis" | "emacs" | "emacsclient" | "emacs-nox" | "zile"
        | "nano" | "pico" | "rnano" | "kak" | "micro" | "ne" | "joe" | "jmacs" | "jstar" | "mg" | "jed" | "gedit"
        | "ed" | "amp" => LineArgument::Plus,
        "hx" | "helix" | "zed" | "zeditor" | "subl" | "sublime_text" => LineArgument::Colon,
        "code" | "codium" | "vscodium" | "code-insiders" | "cursor" | "windsurf" => LineArgument::Goto,
        "kate" | "kwrite" | "mate" | "idea" | "rustrover" | "pycharm" | "webstorm" | "clion" | "goland" => {
            LineArgument::Line
        }
        _ => LineArgument::Unknown,
    }
}

/// The program and its arguments.
fn call(command: &str, path: &Path, line: usize) -> Result<(String, Vec<OsString>), Failure> {
    let words = shell_words::split(command)
        .map_err(|error| Failure::new(format!("the editor `{command}` cannot be understood: {error}")))?;
    let Some((program, options)) = words.split_first() else {
        return Err(Failure::new("no editor is set")
            .hint("set EDITOR, for example `export EDITOR=vi`; HORNBOOK_EDITOR and VISUAL are looked at first"));
    };
    let mut arguments: Vec<OsString> = options.iter().map(OsString::from).collect();
    let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    let with_line = || {
        let mut place = path.as_os_str().to_owned();
        place.push(format!(":{line}"));
        place
    };
    match line_argument(name) {
        LineArgument::Plus => arguments.extend([format!("+{line}").into(), path.into()]),
        LineArgument::Colon => arguments.push(with_line()),
        LineArgument::Goto => arguments.extend(["--goto".into(), with_line()]),
        LineArgument::Line => arguments.extend(["--line".into(), line.to_string().into(), path.into()]),
        LineArgument::Unknown => arguments.push(path.into()),
    }
    Ok((program.clone(), arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(command: &str, want: &str) {
        let (program, arguments) = call(command, Path::new("/n/a b.md"), 7).unwrap();
        let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!(format!("{program} {}", words.join(" ")), want);
    }

    #[test]
    fn every_editor_is_told_the_line_in_its_way() {
        case("vi", "vi +7 /n/a b.md");
        case("/usr/bin/nvim -p", "/usr/bin/nvim -p +7 /n/a b.md");
        case("emacsclient -nw -a ''", "emacsclient -nw -a  +7 /n/a b.md");
        case("nano", "nano +7 /n/a b.md");
        case("hx", "hx /n/a b.md:7");
        case("zed --wait", "zed --wait /n/a b.md:7");
        case("'/opt/My Editor/code' --wait", "/opt/My Editor/code --wait --goto /n/a b.md:7");
        case("kate", "kate --line 7 /n/a b.md");
        case("notepad", "notepad /n/a b.md");
    }

    #[test]
    fn no_editor() {
        let failure = |command| call(command, Path::new("a"), 1).unwrap_err();
        assert_eq!(failure("").message, "no editor is set");
        assert_eq!(failure("vi 'x").message, "the editor `vi 'x` cannot be understood: missing closing quote");
    }

    #[test]
    fn an_editor_that_is_not_there() {
        let failure = open("/no/such/editor", Path::new("a"), 1).unwrap_err();
        assert!(failure.message.starts_with("the editor `/no/such/editor` cannot be started: "), "{failure:?}");
        assert!(open("false", Path::new("a"), 1).unwrap_err().message.contains("ended with"));
        open("true", Path::new("a"), 1).unwrap();
    }
}
