//! Characters by their role in words and at the edge of a sentence.
//!
//! Everything here looks at one character or a short, bounded run beside a byte offset, so callers
//! stay linear in the length of the text.

/// The character that ends just before byte `at`.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that starts at byte `at`.
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The first byte at or after `at` that is not white space, at most `end`.
pub(crate) fn skip_space(text: &str, at: usize, end: usize) -> usize {
    text[at..end].find(|c: char| !c.is_whitespace()).map_or(end, |skipped| at + skipped)
}

/// `start..end` without white space at either end.
pub(crate) fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let inner = text[start..end].trim_end();
    let end = start + inner.len();
    (end - inner.trim_start().len(), end)
}

/// What a character is in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Letter,
    /// A word by itself.
    Ideograph,
    Digit,
    /// Belongs to the word it stands in, but starts none: combining marks, soft hyphens, joiners.
    Inner,
    Space,
    /// Anything else.
    Symbol,
}

/// The value of a decimal digit of the scripts that news is written in.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 8] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xff10];
    let code = u32::from(c);
    ZEROS.iter().map(|zero| code.wrapping_sub(*zero)).find(|value| *value < 10)
}

/// Whether a character shows nothing and parts nothing: soft hyphens, joiners, zero-width spaces, marks of direction and
/// of byte order. Pages leave them in the middle of words.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The class of a character; that of the common alphabets without a look at Unicode's tables.
pub(crate) fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\t'..='\r' => Class::Space,
        '\0'..='\u{7f}' => Class::Symbol,
        '\u{c0}'..='\u{24f}' if c != '×' && c != '÷' => Class::Letter,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => Class::Letter,
        _ if is_invisible(c) => Class::Inner,
        '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Class::Ideograph,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        _ if digit(c).is_some() => Class::Digit,
        _ if c.is_alphabetic() => Class::Letter,
        _ if unicode_normalization::char::is_combining_mark(c) => Class::Inner,
        _ if c.is_whitespace() => Class::Space,
        _ => Class::Symbol,
    }
}

/// Whether `c` is a letter.
pub(crate) fn is_letter(c: char) -> bool {
    matches!(class(c), Class::Letter | Class::Ideograph)
}

/// Whether `c` is a letter or a figure.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_letter(c) || c.is_numeric()
}

/// The text from `at` to `limit`, but hardly more than `bytes` of it: what a look ahead may cost.
pub(crate) fn head(text: &str, at: usize, limit: usize, bytes: usize) -> &str {
    let mut end = limit.min(at + bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[at..end.max(at)]
}

/// The last `bytes` of `text`, or a little less: what a look back may cost.
pub(crate) fn tail(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Marks that end a sentence in scripts with upper and lower case: what follows decides.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '‽')
}

/// Marks that always end a sentence: their scripts have no case and no use for them in abbreviations.
///
/// Ideographic, Arabic, Urdu, Devanagari, Armenian, Ethiopic, Khmer, Myanmar, Mongolian, Tibetan.
pub(crate) fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '．'
            | '｡'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '፧'
            | '។'
            | '။'
            | '᠃'
            | '།'
    )
}

/// Quotation marks and brackets that close. The straight quotes may open as well.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | '«'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
    )
}

/// Quotation marks and brackets that open. The straight quotes may close as well.
pub(crate) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '„'
            | '‘'
            | '«'
            | '‹'
            | '('
            | '['
            | '{'
            | '`'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '¿'
            | '¡'
    )
}

/// Dashes that stand between words.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−')
}

/// Signs that start an item of a list.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '‣' | '▪' | '●' | '◦' | '■' | '►' | '·' | '➢' | '✓')
}
