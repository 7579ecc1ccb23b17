//! Completion in bash: splits the line into words as bash does, and quotes candidates so that bash reads them back.
//!
//! bash completes only the text after the last `:`, `=` or quotation mark, and inserts an answer as it is. So the script
//! passes the whole line up to the cursor, and the answer is the rest of a word, in the quotation that has begun.
//! `typed` parses the line.

use std::ffi::OsString;
use std::io;
use std::io::Write;
use std::path::Path;

use clap_complete::engine::complete;
use clap_complete::env::Elvish;
use clap_complete::env::EnvCompleter;
use clap_complete::env::Fish;
use clap_complete::env::Powershell;
use clap_complete::env::Shells;
use clap_complete::env::Zsh;

use crate::cli::context;
use crate::cli::typed;
use crate::cli::typed::Typed;

/// The shells that can complete.
pub(crate) const SHELLS: Shells<'static> = Shells(&[&Bash, &Elvish, &Fish, &Powershell, &Zsh]);

/// Completion in bash.
#[derive(Debug)]
pub(crate) struct Bash;

const SCRIPT: &str = r#"_NAME_complete() {
    local line="${COMP_LINE:0:COMP_POINT}" reply
    COMPREPLY=()
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <(VAR=bash LINE="$line" BREAKS="$COMP_WORDBREAKS" "COMPLETER" -- "${COMP_WORDS[@]}" 2> /dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} != *[:=/] ]] && type compopt &> /dev/null; then
        compopt +o nospace
    fi
}
complete -o nospace -o bashdefault -F _NAME_complete BIN
"#;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let script =
            SCRIPT.replace("NAME", &name.replace('-', "_")).replace("BIN", bin).replace("COMPLETER", completer);
        let script = script.replace("VAR=", &format!("{var}=")).replace("LINE=", &format!("{}=", typed::LINE));
        buf.write_all(script.replace("BREAKS=", &format!("{}=", typed::BREAKS_VARIABLE)).as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        words: Vec<OsString>,
        here: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let typed = context::typed_line().unwrap_or_else(|| Typed::of_words(&words));
        let words: Vec<OsString> = typed.words.iter().map(OsString::from).collect();
        let last = words.len().saturating_sub(1);
        for candidate in complete(command, words, last, here)? {
            writeln!(buf, "{}", typed.answer(&candidate.get_value().to_string_lossy()))?;
        }
        Ok(())
    }
}
