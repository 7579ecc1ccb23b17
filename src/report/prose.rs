//! Which parts of a text are code, line by line: enough to leave code alone where no parser's facts are at hand.

/// Follows fenced code blocks over the lines of a text.
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
}
