//! Laws and tables of what the library does with any text: one binary, because linking costs more than running.

mod edits;
mod elsewhere;
mod moving;
mod parsers_agree;
mod parsing;
mod rearranging;
mod task_syntax;
mod todo_txt;
