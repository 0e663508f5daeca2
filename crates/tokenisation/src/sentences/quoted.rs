//! Which sentences stand wholly inside quotation marks.
//!
//! A quotation may run over several sentences, so the marks are followed through the paragraph.

use crate::text::chars::{after, before, is_alphanumeric};

/// Quotation marks that are open in a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quoted {
    straight: bool,
    curly: u32,
    guillemets: u32,
    single: u32,
    /// Opened by `»`.
    reversed: bool,
}

impl Quoted {
    fn is_open(self) -> bool {
        self.straight || self.curly > 0 || self.guillemets > 0 || self.single > 0 || self.reversed
    }

    /// Reads the next sentence. Whether every letter of it is quoted.
    pub(crate) fn read(&mut self, sentence: &str) -> bool {
        let bytes = sentence.as_bytes();
        let (mut inside, mut at) = (true, 0);
        loop {
            // Every mark starts with one of these bytes; apostrophes do too and are looked at below.
            let stop = bytes[at..].iter().position(|b| matches!(b, b'"' | 0xc2 | 0xe2 | 0xe3));
            let end = stop.map_or(bytes.len(), |length| at + length);
            inside = inside && (self.is_open() || !sentence[at..end].contains(is_alphanumeric));
            let Some(mark) = sentence[end..].chars().next() else { break };
            at = end + mark.len_utf8();
            let starts_word = !before(sentence, end).is_some_and(is_alphanumeric);
            let ends_word = !after(sentence, at).is_some_and(is_alphanumeric);
            match mark {
                '"' => self.straight = !self.straight,
                // German and Russian typewriters close with the sign that English opens with.
                '“' if self.curly > 0 && !starts_word => self.curly -= 1,
                '“' | '„' | '「' => self.curly += 1,
                '”' | '」' => self.curly = self.curly.saturating_sub(1),
                '»' if self.guillemets == 0 && starts_word && !ends_word => self.reversed = true,
                '«' if self.reversed => self.reversed = false,
                '«' => self.guillemets += 1,
                '»' => self.guillemets = self.guillemets.saturating_sub(1),
                '‘' if starts_word => self.single += 1,
                '’' if ends_word && !starts_word => self.single = self.single.saturating_sub(1),
                other => inside = inside && (self.is_open() || !is_alphanumeric(other)),
            }
        }
        inside && sentence.contains(is_alphanumeric)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_inside_a_long_quotation_are_quoted() {
        let mut quoted = Quoted::default();
        let sentences = [
            "He said: “It is over.",
            "We have lost.",
            "But peace is near.”",
            "He left.",
            "“Good,” she said.",
            "«Да».",
            "\"No.\"",
        ];
        let found: Vec<bool> = sentences.iter().map(|s| quoted.read(s)).collect();
        assert_eq!(found, [false, true, true, false, false, true, true]);
    }
}
