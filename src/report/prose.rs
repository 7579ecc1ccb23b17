//! Finds code in a text line by line: enough to leave code alone where the text was not parsed.

/// Tracks fenced code blocks over the lines of a text.
#[derive(Debug, Default)]
pub(crate) struct Fences {
    /// The fence's character and length while a block is open.
    open: Option<(char, usize)>,
}

impl Fences {
    /// True when the next line is part of a fenced block, its fences included.
    pub(crate) fn is_code(&mut self, line: &str) -> bool {
        let fence = |text: &str| -> Option<(char, usize, String)> {
            let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
            let rest = text.trim_start_matches(mark);
            let length = text.len() - rest.len();
            (length >= 3).then(|| (mark, length, rest.to_owned()))
        };
        match self.open {
            None => {
                let inner = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
                match fence(inner) {
                    Some((mark, length, rest)) if mark == '~' || !rest.contains('`') => {
                        self.open = Some((mark, length));
                        true
                    }
                    _ => false,
                }
            }
            Some((mark, length)) => {
                let inner = line.trim_start_matches([' ', '\t', '>']);
                if fence(inner).is_some_and(|(c, n, rest)| c == mark && n >= length && rest.trim().is_empty()) {
                    self.open = None;
                }
                true
            }
        }
    }
}

/// The code spans of a line, as start and end in bytes.
pub(crate) fn code_spans(line: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in line.match_indices('`') {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => runs.push((at, 1)),
        }
    }
    let mut spans = Vec::new();
    let mut next = 0;
    while let Some(&(start, length)) = runs.get(next) {
        next += 1;
        // searching far for the closing backticks would make long lines slow, and real ones are close
        let close = runs.iter().skip(next).take(32).position(|(_, other)| *other == length);
        if let Some(&(end, _)) = close.and_then(|close| runs.get(next + close)) {
            spans.push((start, end + length));
            next += close.unwrap_or(0) + 1;
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences() {
        let mut fences = Fences::default();
        let text = "a\n- ```rust\n  b\n  ````\nc\n~~~\n```\n~~~~\nd\n``` x `y`\ne";
        let prose: Vec<&str> = text.lines().filter(|line| !fences.is_code(line)).collect();
        assert_eq!(prose, ["a", "c", "d", "``` x `y`", "e"]);
    }

    #[test]
    fn spans() {
        assert_eq!(code_spans("a `b` c"), [(2, 5)]);
        assert_eq!(code_spans("``a ` b`` `c`"), [(0, 9), (10, 13)]);
        assert!(code_spans("a ` b").is_empty());
    }
}
