//! Whether a text denies something.

use super::paragraph::Paragraph;
use crate::languages::common::common;
use crate::languages::meaning::{Lexicon, Marks};
use crate::languages::names::Ending;
use crate::text::words::Kind;

/// Whether the paragraph holds a denial that the next word does not take back ("not only").
pub(super) fn denies(p: &Paragraph<'_>) -> bool {
    p.tokens.iter().enumerate().any(|(at, token)| {
        if token.kind != Kind::Word {
            return false;
        }
        let word = p.word(at);
        let denial = token.meaning.is(Marks::DENIES)
            || (p.reading.pack.settings.kazakh_negation && is_kazakh_denial(word, p.reading.pack.lexicon()));
        // "No. 5" numbers something; "nos." and the like are in no list.
        let numbers = common().numbers(word)
            && p.symbol(at + 1) == Some('.')
            && p.get(at + 2).is_some_and(|t| t.kind == Kind::Number);
        denial && !numbers && !p.get(at + 1).is_some_and(|t| t.meaning.is(Marks::TAKES_BACK))
    })
}

/// Kazakh denies with a syllable inside the verb: `бармады`, `келмейді`, `айтпаған`.
fn is_kazakh_denial(word: &str, lexicon: &Lexicon) -> bool {
    /// Letters of the shortest verb stem.
    const STEM: usize = 2;
    let without =
        |word, class| lexicon.endings(class).iter().filter_map(move |e| str::strip_suffix(word, *e));
    without(word, Ending::BehindDenial)
        .any(|rest| without(rest, Ending::Denial).any(|stem| stem.chars().count() >= STEM))
}

#[cfg(test)]
mod tests {
    use crate::features::features;

    #[test]
    fn denials_and_what_is_none() {
        for (lang, text) in [
            ("en", "They don’t know."),
            ("en", "It is no longer open."),
            ("en", "He denied the charge."),
            ("ru", "Он не приехал."),
            ("ru", "Денег нет."),
            ("kk", "Бұл рас емес."),
            ("kk", "Ол бармады."),
        ] {
            assert!(features(text, lang).negated, "{text}");
        }
        for (lang, text) in [
            ("en", "It is not only fast but cheap."),
            ("en", "Platform No. 5 is open."),
            ("en", "A knot in the notes."),
            ("ru", "Не менее пяти домов."),
            ("kk", "Ол барды."),
        ] {
            assert!(!features(text, lang).negated, "{text}");
        }
    }
}
