//! A line in the form in which two articles are said to carry the same one.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use crate::text::fold::fold_into;
use crate::text::words::{Kind, scan};

/// Bytes of the longest line that is looked at. No line of a site is longer, and a few texts are one line of megabytes.
const LONGEST: usize = 2000;

/// A line's words, folded. Dates, times, page numbers, addresses and handles are left out: they vary from page to page.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    words: Vec<u64>,
    places: Vec<Range<usize>>,
}

impl Line {
    pub(super) fn of(text: &str) -> Self {
        let mut line = Self::default();
        if text.len() > LONGEST {
            return line;
        }
        let mut folded = String::new();
        let mut start = 0;
        for token in text.split_inclusive(char::is_whitespace) {
            if !varies(token.trim()) {
                scan(token, |kind, from, to| {
                    if kind != Kind::Symbol {
                        folded.clear();
                        fold_into(&token[from..to], &mut folded);
                        line.words.push(hash(&folded));
                        line.places.push(start + from..start + to);
                    }
                });
            }
            start += token.len();
        }
        line
    }

    /// The same for two lines that say the same; none for a line without words.
    pub(super) fn key(&self) -> Option<u64> {
        key(&self.words)
    }

    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    /// The key of the first `count` words, and the byte where they end.
    pub(super) fn opening(&self, count: usize) -> Option<(u64, usize)> {
        let words = self.words.get(..count)?;
        Some((key(words)?, self.places[count - 1].end))
    }

    /// The key of the last `count` words, and the byte where they begin.
    pub(super) fn closing(&self, count: usize) -> Option<(u64, usize)> {
        let first = self.words.len().checked_sub(count)?;
        Some((key(&self.words[first..])?, self.places[first].start))
    }
}

fn key(words: &[u64]) -> Option<u64> {
    (!words.is_empty()).then(|| hash(words))
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Whether a token is one that a site fills in: an address, a handle, a date, a clock time, `page14`.
fn varies(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let letters = token.chars().any(char::is_alphabetic);
    token.contains('@')
        || token.contains("://")
        || token.starts_with("www.")
        || token.contains(".com/")
        || digits > 0 && (letters || token.contains(['/', ':']) || token.matches(['.', '-']).count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Line::of(a).key() == Line::of(b).key()
    }

    #[test]
    fn what_a_site_fills_in_does_not_count() {
        assert!(same(
            "ann@outlet.example (Outlet Weekly 01/20/2017 page29)",
            "lee@outlet.example (Outlet Weekly 02/03/2017 page8)"
        ));
        assert!(same("Updated 10:15", "UPDATED: 07:40"));
        assert!(!same("The dam holds 40 million tonnes.", "The dam holds 50 million tonnes."));
    }

    #[test]
    fn openings_and_closings_have_the_keys_of_whole_lines() {
        let line = Line::of("Ann Lee for the Outlet. Sign up for our letter");
        let (found, at) = line.closing(5).unwrap();
        assert_eq!(Some(found), Line::of("sign up for our letter").key());
        assert_eq!(at, 24);
        assert_eq!(Some(line.opening(2).unwrap().0), Line::of("Ann Lee").key());
        assert!(line.closing(11).is_none() && Line::of("—").key().is_none());
    }
}
