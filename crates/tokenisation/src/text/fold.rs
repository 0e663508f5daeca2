//! The form in which words are compared, in every list and every table.

use crate::text::chars::is_invisible;

/// `word` in lower case, with one kind of apostrophe, `е` for `ё` (Russian print leaves the dots out as a
/// rule), composed accents, and nothing that can't be seen.
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Appends what [`fold`] makes of `word` to `out`.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    let from = out.len();
    let mut marks = false;
    for c in word.chars() {
        match c {
            'a'..='z' | 'а'..='я' | '0'..='9' => out.push(c),
            'A'..='Z' | 'А'..='Я' | 'ё' | 'Ё' | '’' => out.push(fold_char(c)),
            c if is_invisible(c) => {}
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

/// One letter as [`fold`] has it, for text that is compared letter by letter.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        'а'..='я' => c,
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        'ё' | 'Ё' => 'е',
        '’' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What follows `start`, given folded, at the start of `text`.
pub(crate) fn strip_folded<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let mut chars = text.chars();
    for wanted in start.chars() {
        if fold_char(chars.next()?) != wanted {
            return None;
        }
    }
    Some(chars.as_str())
}

/// Whether `text` ends with `end`, given folded.
pub(crate) fn ends_with_folded(text: &str, end: &str) -> bool {
    let mut chars = text.chars().rev();
    end.chars().rev().all(|wanted| chars.next().is_some_and(|c| fold_char(c) == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_apostrophes_accents_and_dots_do_not_count() {
        assert_eq!(fold("Don’t"), "don't");
        assert_eq!(fold("Cafe\u{301}"), fold("café"));
        assert_eq!(fold("ЕЁ"), "ее");
        assert_eq!(fold("Е\u{308}ж"), "еж");
        assert_eq!(fold("co\u{ad}oper\u{200b}a\u{2060}te"), "cooperate");
    }

    #[test]
    fn one_letter_folds_as_in_a_word() {
        for c in ['a', 'Z', 'Я', 'Ё', 'Қ', 'É', '’', '5', '漢'] {
            assert_eq!(fold(&c.to_string()), fold_char(c).to_string());
        }
    }

    #[test]
    fn starts_and_ends_are_compared_folded() {
        assert_eq!(strip_folded("Источник: Velm", "источник"), Some(": Velm"));
        assert_eq!(strip_folded("Via", "via the"), None);
        assert!(ends_with_folded("AFP / Getty Images", "getty images"));
        assert!(!ends_with_folded("Images", "getty images"));
    }
}
