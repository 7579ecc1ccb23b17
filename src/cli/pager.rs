//! Long answers on a terminal go through `$PAGER`, else `less -FRX`, else straight to the screen.

use std::io::Write as _;
use std::process::Command;
use std::process::Stdio;

/// Shows the answer through a pager. False where there is none: print it then.
pub(crate) fn page(command: &str, answer: &[u8]) -> bool {
    let words = shell_words::split(command).unwrap_or_default();
    let Some((program, arguments)) = words.split_first() else { return false };
    let Ok(mut child) = Command::new(program).args(arguments).stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // a pager that is left early closes the pipe: that is no error
        let _ignored = input.write_all(answer);
    }
    child.wait().is_ok()
}
