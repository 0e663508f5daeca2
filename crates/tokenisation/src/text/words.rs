//! One pass over a text that finds its words, numbers and symbols.
//!
//! The rules are those of Unicode's word boundaries (UAX 29) where they serve news, with three
//! differences. A full stop joins letters only in initialisms (`U.S`), because scraped text glues
//! sentences together (`ended.Next`). A number ends where letters begin (`27.8bn` is two pieces),
//! because the letters are its multiplier. Ideographs and hiragana stand alone, one word each.

use crate::text::chars::{Class, class, is_invisible};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with apostrophes, marks and digits after the first letter.
    Word,
    /// Digits, with single separators between them.
    Number,
    /// Any other character that is not space.
    Symbol,
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// A reader of characters that can look ahead without losing its place.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<(char, Class)> {
        let byte = *self.text.as_bytes().get(self.at)?;
        let c = if byte < 0x80 { char::from(byte) } else { self.text[self.at..].chars().next()? };
        Some((c, class(c)))
    }

    fn ahead(&self, skip: usize) -> Option<Class> {
        self.text[self.at..].chars().nth(skip).map(class)
    }

    /// Takes a word whose first letter has been taken.
    fn word(&mut self) {
        // Letters since the last full stop: an initialism has one between any two.
        let mut run = 1;
        while let Some((c, class)) = self.peek() {
            match class {
                Class::Letter | Class::Digit => run += 1,
                Class::Inner => {}
                Class::Symbol if is_apostrophe(c) && self.ahead(1) == Some(Class::Letter) => run += 1,
                Class::Symbol
                    if c == '.'
                        && run == 1
                        && self.ahead(1) == Some(Class::Letter)
                        && !matches!(self.ahead(2), Some(Class::Letter | Class::Digit | Class::Inner)) =>
                {
                    run = 0;
                }
                _ => break,
            }
            self.at += c.len_utf8();
        }
    }

    /// Takes a number whose first digit has been taken.
    fn number(&mut self) {
        while let Some((c, class)) = self.peek() {
            let separates =
                (matches!(c, '.' | ',') || is_apostrophe(c)) && self.ahead(1) == Some(Class::Digit);
            let hidden = is_invisible(c) && self.ahead(1) == Some(Class::Digit);
            if class != Class::Digit && !separates && !hidden {
                break;
            }
            self.at += c.len_utf8();
        }
    }
}

/// Calls `found` with the kind and the byte range of each piece of `text`, in order.
pub(crate) fn scan(text: &str, mut found: impl FnMut(Kind, usize, usize)) {
    let mut cursor = Cursor { text, at: 0 };
    while let Some((c, class)) = cursor.peek() {
        let start = cursor.at;
        cursor.at += c.len_utf8();
        let kind = match class {
            Class::Space => continue,
            Class::Inner if is_invisible(c) => continue,
            Class::Symbol | Class::Inner => Kind::Symbol,
            Class::Ideograph => Kind::Word,
            Class::Letter => {
                cursor.word();
                Kind::Word
            }
            Class::Digit => {
                cursor.number();
                Kind::Number
            }
        };
        found(kind, start, cursor.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        scan(text, |_, start, end| out.push(&text[start..end]));
        out
    }

    #[test]
    fn initialisms_stay_whole_and_glued_sentences_do_not() {
        assert_eq!(pieces("the U.S. ended.Next"), ["the", "U.S", ".", "ended", ".", "Next"]);
        assert_eq!(pieces("at 5 p.m. on"), ["at", "5", "p.m", ".", "on"]);
    }

    #[test]
    fn apostrophes_join_letters_only() {
        assert_eq!(pieces("don’t O'Brien's 'so'"), ["don’t", "O'Brien's", "'", "so", "'"]);
    }

    #[test]
    fn what_cannot_be_seen_cuts_no_word() {
        assert_eq!(
            pieces("\u{feff}Vel\u{200b}mar and\u{2060} 2\u{200b}000"),
            ["Vel\u{200b}mar", "and\u{2060}", "2\u{200b}000"]
        );
    }

    #[test]
    fn numbers_end_where_letters_begin() {
        assert_eq!(pieces("27.8bn, 1,000. 4,05 F16"), ["27.8", "bn", ",", "1,000", ".", "4,05", "F16"]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_word() {
        assert_eq!(pieces("cafe\u{301} й и\u{306}").len(), 3);
    }
}
