//! Which sentences stand wholly inside quotation marks.
//!
//! A quotation may run over several sentences, so the marks are followed through the paragraph.

/// Quotation marks that are open in a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quoted {
    straight: bool,
    curly: u32,
    guillemets: u32,
    single: u32,
}

impl Quoted {
    fn is_open(self) -> bool {
        self.straight || self.curly > 0 || self.guillemets > 0 || self.single > 0
    }

    /// Reads the next sentence. Whether every letter of it, but for closing full stops, is quoted.
    pub(crate) fn read(&mut self, sentence: &str) -> bool {
        let (mut inside, mut letters, mut last) = (true, false, ' ');
        let mut chars = sentence.chars().peekable();
        while let Some(c) = chars.next() {
            let starts_word = !last.is_alphanumeric();
            let ends_word = !chars.peek().is_some_and(|next| next.is_alphanumeric());
            match c {
                '"' => self.straight = !self.straight,
                // German and Russian typewriters close with the sign that English opens with.
                '“' if self.curly > 0 && !starts_word => self.curly -= 1,
                '“' | '„' | '「' => self.curly += 1,
                '”' | '」' => self.curly = self.curly.saturating_sub(1),
                '«' => self.guillemets += 1,
                '»' => self.guillemets = self.guillemets.saturating_sub(1),
                '‘' if starts_word => self.single += 1,
                '’' if ends_word && !starts_word => self.single = self.single.saturating_sub(1),
                _ if c.is_alphanumeric() => {
                    letters = true;
                    inside &= self.is_open();
                }
                _ => {}
            }
            last = c;
        }
        inside && letters
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
