//! Where a piece of text stands in its article.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of an article's `text`, exactly as it was given, counted both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte (UTF-8), for Rust.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// First Unicode code point, as a Python slice counts.
    pub char_start: usize,
    /// One past the last code point.
    pub char_end: usize,
}

impl Span {
    /// The span of one byte range. For many spans of a long text use [`CharIndex`].
    ///
    /// # Panics
    /// If the range is out of bounds or not on character boundaries.
    pub fn of(text: &str, bytes: Range<usize>) -> Self {
        let char_start = text[..bytes.start].chars().count();
        let char_end = char_start + text[bytes.clone()].chars().count();
        Self { byte_start: bytes.start, byte_end: bytes.end, char_start, char_end }
    }

    /// The byte range.
    pub fn bytes(&self) -> Range<usize> {
        self.byte_start..self.byte_end
    }

    /// The text it covers.
    ///
    /// # Panics
    /// If the span is not one of this text.
    pub fn slice<'t>(&self, text: &'t str) -> &'t str {
        &text[self.bytes()]
    }

    /// The pair `[char_start, char_end]` that tables show.
    pub fn chars(&self) -> [u64; 2] {
        [self.char_start as u64, self.char_end as u64]
    }
}

/// Turns byte offsets of one text into code point offsets in constant time.
pub struct CharIndex {
    /// Code points before each block of [`BLOCK`] bytes; empty where the text is ASCII.
    blocks: Vec<usize>,
}

const BLOCK: usize = 256;

/// A byte that does not continue a UTF-8 sequence, so starts a code point.
fn starts(byte: &u8) -> bool {
    (*byte as i8) >= -0x40
}

impl CharIndex {
    /// An index of `text`; `O(bytes)` once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { blocks: Vec::new() };
        }
        let mut seen = 0;
        let blocks = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|chunk| {
                let before = seen;
                seen += chunk.iter().filter(|b| starts(b)).count();
                before
            })
            .collect();
        Self { blocks }
    }

    /// Code points before byte `at`, which must be a character boundary of the same `text`.
    pub fn char_at(&self, text: &str, at: usize) -> usize {
        if self.blocks.is_empty() {
            return at;
        }
        let block = (at / BLOCK).min(self.blocks.len() - 1);
        self.blocks[block] + text.as_bytes()[block * BLOCK..at].iter().filter(|b| starts(b)).count()
    }

    /// The span of a byte range of the same `text`.
    pub fn span(&self, text: &str, bytes: Range<usize>) -> Span {
        Span {
            byte_start: bytes.start,
            byte_end: bytes.end,
            char_start: self.char_at(text, bytes.start),
            char_end: self.char_at(text, bytes.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_agrees_with_counting() {
        let text = "Қазақстан — «Ulken» 核电站 🙂. ".repeat(60);
        let index = CharIndex::new(&text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(index.char_at(&text, at), text[..at].chars().count());
        }
        assert_eq!(index.span(&text, 0..18), Span::of(&text, 0..18));
    }
}
