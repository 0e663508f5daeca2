//! Characters by their role at the edge of a sentence.
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

/// `word` in lower case, with straight apostrophes. A letter stays one letter, as the lexicon needs it.
pub(crate) fn lower(word: &str) -> String {
    word.chars().map(lower_char).collect()
}

/// One letter in lower case; the common alphabets without a look at Unicode's tables.
pub(crate) fn lower_char(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        'а'..='я' | 'ё' => c,
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        '’' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Whether `c` is a letter; the common alphabets without a look at Unicode's tables.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' => true,
        _ => c.is_alphabetic(),
    }
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
