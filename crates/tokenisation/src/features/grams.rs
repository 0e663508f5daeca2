//! Character n-grams inside words: what two spellings, endings or typing slips leave in common.

use super::hash::Hash;

const SHORTEST: usize = 3;
const LONGEST: usize = 5;
/// Stands before and after every word.
const EDGE: char = '\u{2}';

/// Appends the hashed 3- to 5-grams of one folded word with both its ends marked.
pub(super) fn grams(word: &str, chars: &mut Vec<char>, out: &mut Vec<u32>) {
    chars.clear();
    chars.push(EDGE);
    chars.extend(word.chars());
    chars.push(EDGE);
    for start in 0..chars.len() {
        let mut hash = Hash::new();
        for (length, c) in (1..=LONGEST).zip(&chars[start..]) {
            hash = hash.char(*c);
            if length >= SHORTEST {
                out.push(hash.narrow());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_edges() {
        let count = |word: &str| {
            let mut out = Vec::new();
            grams(word, &mut Vec::new(), &mut out);
            out.len()
        };
        assert_eq!(count("a"), 1);
        assert_eq!(count("ab"), 2 + 1);
        assert_eq!(count("plant"), 5 + 4 + 3);
    }
}
