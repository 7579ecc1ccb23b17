//! The doorstep: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    hornbook::cli::main()
}
