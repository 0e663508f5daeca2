//! One pass over a text that finds its words, numbers and symbols.
//!
//! The rules are those of Unicode's word boundaries (UAX 29) where they serve news, with three
//! differences. A full stop joins letters only in initialisms (`U.S`), because scraped text glues
//! sentences together (`ended.Next`). A number ends where letters begin (`27.8bn` is two pieces),
//! because the letters are its multiplier. Ideographs and hiragana stand alone, one word each.

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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Ideograph,
    Digit,
    /// Belongs to the word it stands in, but starts none: combining marks, soft hyphens, joiners.
    Inner,
    Space,
    Symbol,
}

/// The value of a decimal digit of the scripts that news is written in.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 8] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xff10];
    let code = u32::from(c);
    ZEROS.iter().map(|zero| code.wrapping_sub(*zero)).find(|value| *value < 10)
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\t'..='\r' => Class::Space,
        '\0'..='\u{7f}' => Class::Symbol,
        // The blocks that most letters come from, so that no table is searched for them.
        '\u{c0}'..='\u{24f}' if c != '×' && c != '÷' => Class::Letter,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => Class::Letter,
        '\u{ad}' | '\u{200c}' | '\u{200d}' => Class::Inner,
        '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Class::Ideograph,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        _ if digit(c).is_some() => Class::Digit,
        _ if c.is_alphabetic() => Class::Letter,
        _ if unicode_normalization::char::is_combining_mark(c) => Class::Inner,
        _ if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => Class::Space,
        _ => Class::Symbol,
    }
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
            if class != Class::Digit && !separates {
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

/// Appends `word` to `out` in the form in which words are compared: lower case, one kind of
/// apostrophe, `е` for `ё` (Russian print leaves the dots out as a rule), composed accents, no soft
/// hyphens or joiners.
pub(crate) fn fold(word: &str, out: &mut String) {
    let from = out.len();
    let mut marks = false;
    for c in word.chars() {
        match c {
            'a'..='z' | 'а'..='я' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'А'..='Я' => out.push(char::from_u32(u32::from(c) + 0x20).unwrap_or(c)),
            'ё' | 'Ё' => out.push('е'),
            '’' => out.push('\''),
            '\u{ad}' | '\u{200c}' | '\u{200d}' => {}
            _ => {
                marks |= !c.is_alphanumeric() && !c.is_ascii();
                out.extend(c.to_lowercase());
            }
        }
    }
    if marks {
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(&out[from..])
            .map(|c| if c == 'ё' { 'е' } else { c })
            .collect();
        out.truncate(from);
        out.push_str(&composed);
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

    fn folded(word: &str) -> String {
        let mut out = String::new();
        fold(word, &mut out);
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
        assert_eq!(folded("Don’t"), "don't");
    }

    #[test]
    fn numbers_end_where_letters_begin() {
        assert_eq!(pieces("27.8bn, 1,000. 4,05 F16"), ["27.8", "bn", ",", "1,000", ".", "4,05", "F16"]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_one_word() {
        assert_eq!(pieces("cafe\u{301} й и\u{306}").len(), 3);
        assert_eq!(folded("Cafe\u{301}"), folded("café"));
        assert_eq!(folded("ЕЁ"), "ее");
        assert_eq!(folded("Е\u{308}ж"), "еж");
    }
}
