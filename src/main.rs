//! The doorstep: arguments in, exit code out.

fn main() {}
