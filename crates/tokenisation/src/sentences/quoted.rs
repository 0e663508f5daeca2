//! Quotation marks that are open at a place of a paragraph, and which sentences stand wholly inside some.
//!
//! A quotation may run over several sentences, so the marks are followed through the paragraph, in one way for
//! all who ask. Where a quotation opens and closes as a whole is looked for in `quotes::marks`.

use crate::text::chars::{after, before, is_alphanumeric};

/// Quotation marks that are open in a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quoted {
    /// `"`
    pub straight: bool,
    curly: u32,
    /// `«`
    pub guillemets: u32,
    single: u32,
    /// Opened by `»`.
    reversed: bool,
}

impl Quoted {
    /// Whether any is open.
    pub(crate) fn is_open(self) -> bool {
        self.straight || self.curly > 0 || self.guillemets > 0 || self.single > 0 || self.reversed
    }

    /// Reads on in a paragraph, `text[from..to]`. Whether every letter of it is quoted.
    pub(crate) fn read(&mut self, text: &str, from: usize, to: usize) -> bool {
        let bytes = &text.as_bytes()[..to];
        let (mut inside, mut at) = (true, from);
        let mut letters = false;
        loop {
            // Every mark starts with one of these bytes; apostrophes do too and are looked at below.
            let stop = bytes[at..].iter().position(|b| matches!(b, b'"' | 0xc2 | 0xe2 | 0xe3));
            let end = stop.map_or(to, |length| at + length);
            if inside && !(letters && self.is_open()) && text[at..end].contains(is_alphanumeric) {
                letters = true;
                inside = self.is_open();
            }
            let Some(mark) = text[end..to].chars().next() else { break };
            at = end + mark.len_utf8();
            let starts_word = !before(text, end).is_some_and(is_alphanumeric);
            let ends_word = !after(text, at).is_some_and(is_alphanumeric);
            if !self.take(mark, starts_word, ends_word) && is_alphanumeric(mark) {
                letters = true;
                inside = inside && self.is_open();
            }
        }
        inside && letters
    }

    /// Takes in a mark, beside which words start or end. Whether the character is one at all.
    fn take(&mut self, mark: char, starts_word: bool, ends_word: bool) -> bool {
        match mark {
            // `„Das ist teuer", sagte sie.`
            '"' if self.curly > 0 && !self.straight && ends_word => self.curly -= 1,
            '"' => self.straight = !self.straight,
            // German and Russian typewriters close with the sign that English opens with.
            '“' if self.curly > 0 && !starts_word => self.curly -= 1,
            '“' | '„' | '「' => self.curly += 1,
            // `”Det är bra”`: both ends look the same.
            '”' if self.curly == 0 && starts_word && !ends_word => self.curly += 1,
            '”' | '」' => self.curly = self.curly.saturating_sub(1),
            '»' if self.guillemets == 0 && starts_word && !ends_word => self.reversed = true,
            '«' if self.reversed => self.reversed = false,
            '«' => self.guillemets += 1,
            '»' => self.guillemets = self.guillemets.saturating_sub(1),
            '‘' if starts_word => self.single += 1,
            '’' if ends_word && !starts_word => self.single = self.single.saturating_sub(1),
            _ => return false,
        }
        true
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
            "„Nein\", sagte sie.",
            "Er ging.",
        ];
        let found: Vec<bool> = sentences.iter().map(|s| quoted.read(s, 0, s.len())).collect();
        assert_eq!(found, [false, true, true, false, false, true, true, false, false]);
    }
}
