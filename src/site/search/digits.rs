//! Numbers as few letters: five bits a letter, the lowest first, and a sixth that says that more follow.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number.
pub(super) fn write(number: usize, out: &mut String) {
    let mut rest = number;
    loop {
        let more = if rest > 31 { 32 } else { 0 };
        out.push(LETTERS.get((rest & 31) | more).map_or('A', |&letter| char::from(letter)));
        rest >>= 5;
        if more == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_one_letter() {
        let written = |number| {
            let mut out = String::new();
            write(number, &mut out);
            out
        };
        assert_eq!([0, 25, 31, 32, 1023, 1024].map(written), ["A", "Z", "f", "gB", "_f", "ggB"]);
    }
}
