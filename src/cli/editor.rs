//! Opens a note in the user's editor: `$HORNBOOK_EDITOR`, `$VISUAL`, `$EDITOR`, else vi.
//!
//! The editor comes from the environment only: nothing in a notebook can start a program.

use std::path::Path;
use std::process::Command;

use crate::cli::error::Failure;

/// Opens a file at a 1-based line and waits until the editor ends.
pub(crate) fn open(command: &str, path: &Path, line: usize) -> Result<(), Failure> {
    let words = shell_words::split(command)
        .map_err(|error| Failure::new(format!("the editor `{command}` cannot be understood: {error}")))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(Failure::new("no editor is set").hint("set EDITOR, for example to `vi`"));
    };
    let mut start = Command::new(program);
    start.args(arguments);
    let name = Path::new(program).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    match name.as_str() {
        "vi" | "vim" | "nvim" | "view" | "emacs" | "emacsclient" | "nano" | "pico" | "kak" | "micro" | "ne" | "joe"
        | "mg" | "jed" => {
            start.arg(format!("+{line}")).arg(path);
        }
        "code" | "codium" | "code-insiders" | "cursor" => {
            let mut place = path.as_os_str().to_owned();
            place.push(format!(":{line}"));
            start.arg("--goto").arg(place);
        }
        "hx" | "helix" | "zed" | "zeditor" | "subl" => {
            let mut place = path.as_os_str().to_owned();
            place.push(format!(":{line}"));
            start.arg(place);
        }
        // an editor that nobody knows may take a line for a file
        _ => {
            start.arg(path);
        }
    }
    let status = start.status().map_err(|error| {
        Failure::new(format!("the editor `{program}` cannot be started: {error}"))
            .hint("HORNBOOK_EDITOR, VISUAL or EDITOR name it")
    })?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("the editor `{program}` ended with {status}"))) }
}
