//! Rows in many small files, so that a question loads the few that it needs. Where a file ends is said by the rows
//! themselves, not by what stands before them: an edit moves the borders of few files.

use xxhash_rust::xxh3::xxh3_64;

/// How large a file may be, in bytes: no less, where there are enough rows, and not much more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) least: usize,
    pub(super) most: usize,
}

/// Words and where they are, sorted, each without the letters that it shares with the one before.
pub(super) struct Rows {
    size: Size,
    /// The first row's word and the text of each file.
    files: Vec<(String, String)>,
    last: String,
}

impl Rows {
    pub(super) const fn new(size: Size) -> Self {
        Self { size, files: Vec::new(), last: String::new() }
    }

    /// Adds a row; its word must follow those before it.
    pub(super) fn push(&mut self, word: &str, row: &str) {
        let full = |text: &String| is_full(self.size, text.len(), word);
        if self.files.last().is_none_or(|(_, text)| full(text)) {
            self.files.push((separator(&self.last, word), String::new()));
            self.last.clear();
        }
        let Some((_, text)) = self.files.last_mut() else { return };
        if !text.is_empty() {
            text.push(' ');
        }
        write_without_shared(&self.last, word, text);
        text.push('|');
        text.push_str(row);
        word.clone_into(&mut self.last);
    }

    /// What each file begins with, and its text.
    pub(super) fn files(self) -> Vec<(String, String)> {
        self.files
    }
}

/// Writes a word as another one is known: how many letters the two begin with, and its other letters.
pub(super) fn write_without_shared(known: &str, word: &str, out: &mut String) {
    let count = shared(known, word).min(31);
    super::digits::write(count, out);
    out.extend(word.chars().skip(count));
}

/// How many letters two words begin with.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// True where a file of this length ends before something of this name.
pub(super) fn is_full(size: Size, length: usize, name: &str) -> bool {
    length >= size.most || (length >= size.least && xxh3_64(name.as_bytes()).is_multiple_of(8))
}

/// The fewest letters of a word that tell it from the one before.
fn separator(before: &str, word: &str) -> String {
    if before.is_empty() {
        return String::new();
    }
    word.chars().take(shared(before, word) + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_letters_within_a_file() {
        let mut rows = Rows::new(Size { least: 12, most: 12 });
        for (word, row) in [("data", "x"), ("database", "y"), ("date", "z")] {
            rows.push(word, row);
        }
        let text = |text: &str| text.to_owned();
        assert_eq!(rows.files(), [(text(""), text("Adata|x Ebase|y")), (text("date"), text("Adate|z"))]);
    }
}
