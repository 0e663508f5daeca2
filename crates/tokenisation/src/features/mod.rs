//! What two texts have in common besides their meaning: words, stems, n-grams, figures, dates, names,
//! negation, and the phrases that could label them.
//!
//! Vectors tell that two texts are about the same; they do not tell 27 from 30 billion, Monday from
//! Tuesday, or a claim from its denial. These readers do. They work by rules and short lists for
//! English, Russian and Kazakh, and by what all scripts share for other languages.
//!
//! ```
//! use throughline_tokenisation::features::features;
//! let read = features("Trade did not reach $27.8 billion in 2024.", "en");
//! assert!(read.negated);
//! assert_eq!((read.figures[0].value, read.figures[0].unit.as_str()), (27.8e9, "USD"));
//! assert_eq!(read.dates, ["2024"]);
//! ```

mod dates;
mod figures;
mod grams;
mod hash;
mod language;
mod names;
mod negation;
mod numbers;
mod paragraph;
mod phrases;
mod ranges;
mod stance;
pub(crate) mod stems;
mod units;
mod words;

use std::ops::Range;

use throughline_schema::TextFeatures;

use crate::languages::meaning::Marks;
use crate::text::fold::fold_into;
use crate::text::lines::stanzas;
use crate::text::words::{Kind, scan};
use hash::Hash;
use language::Reading;
use names::Names;
use paragraph::{Paragraph, tokenise};
use words::Words;

/// Reads the features of `text`, which is in `lang` (a BCP 47 tag; `und` or empty where not known).
///
/// Every text has features; an empty one has none of each. Time grows with the length of the text.
pub fn features(text: &str, lang: &str) -> TextFeatures {
    let reading = Reading::of(lang, text);
    Words::of_thread(&reading, |words| read(text, reading, words))
}

fn read(text: &str, reading: Reading, words: &mut Words) -> TextFeatures {
    let mut tokens = Vec::new();
    let mut taken = Vec::new();
    let mut names = Names::default();
    let mut out = TextFeatures::default();
    for text in stanzas(text) {
        tokenise(text, words, &mut tokens);
        for token in tokens.iter().filter(|t| t.kind != Kind::Symbol) {
            let word = words.get(token.word);
            out.words.push(word.hash);
            if !word.meaning.is(Marks::STOP) {
                out.stems.push(word.stem);
            }
        }
        let paragraph = Paragraph { text, tokens: &tokens, words, reading };
        taken.clear();
        taken.resize(tokens.len(), false);
        dates::dates(&paragraph, &mut taken, &mut out.dates);
        figures::figures(&paragraph, &mut taken, &mut out.figures);
        names.read(&paragraph, &taken);
        out.negated = out.negated || negation::denies(&paragraph);
        stance::stance(&paragraph, &mut out.sides, &mut out.denied);
        phrases::phrases(&paragraph, &taken, &mut out.phrases);
    }
    names.finish(reading.pack.lexicon(), &mut out);
    out.grams = words.grams_of_text();
    out
}

/// The words of a name in a form in which two names can be compared: stems, hashed as in [`TextFeatures::stems`], without
/// titles and initials. "President Donald J. Trump" and "Donald Trump" have the same.
pub fn name_key(name: &str, lang: &str) -> Vec<u32> {
    let reading = Reading::of(lang, name);
    Words::of_thread(&reading, |words| {
        let mut tokens = Vec::new();
        tokenise(name, words, &mut tokens);
        let told = tokens.iter().filter(|t| t.kind == Kind::Word && !t.meaning.is(Marks::TITLE));
        let whole = told.filter(|t| words.folded(t.word).chars().nth(1).is_some());
        whole.map(|t| words.get(t.word).stem).collect()
    })
}

/// Only [`TextFeatures::words`], for callers that shingle and need nothing else.
pub fn words(text: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(text.len() / 6);
    each_word(text, |word, _| out.push(word));
    out
}

/// [`TextFeatures::words`] with the bytes of `text` at which each stands.
pub fn placed_words(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut out = Vec::with_capacity(text.len() / 6);
    each_word(text, |word, place| out.push((word, place)));
    out
}

fn each_word(text: &str, mut found: impl FnMut(u32, Range<usize>)) {
    let mut folded = String::new();
    scan(text, |kind, start, end| {
        if kind != Kind::Symbol {
            folded.clear();
            fold_into(&text[start..end], &mut folded);
            found(Hash::of(&folded).narrow(), start..end);
        }
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_alone_are_the_words_of_the_features() {
        let text = "Don’t say “ЁЖ” twice:\n\n27.8bn 漢字 or cafe\u{301}.";
        assert_eq!(words(text), features(text, "en").words);
    }

    #[test]
    fn stop_words_are_no_stems_and_endings_do_not_count() {
        let read = |text, lang| features(text, lang).stems;
        assert_eq!(read("the plants", "en"), read("a plant", "en"));
        assert_eq!(read("на заводах", "ru"), read("завод", "ru"));
        assert_eq!(read("бұл қалаларда", "kk"), read("қала", "kk"));
    }

    #[test]
    fn an_empty_text_has_no_features() {
        assert_eq!(features("", "en"), TextFeatures::default());
        assert_eq!(features(" \n\n\t", ""), TextFeatures::default());
    }

    /// Each of these took the square of its length at some time or might. Ten times the text takes ten times as long,
    /// not a hundred times: the bound lies between, and leaves room for a machine that does other things too.
    #[test]
    fn long_runs_take_linear_time() {
        let took = |unit: &str, lang, bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let begin = std::time::Instant::now();
            assert!(features(&text, lang).words.len() <= text.len());
            begin.elapsed()
        };
        // What took the square took 18 seconds here.
        let slack = std::time::Duration::from_secs(3);
        let is_linear = |unit, lang| took(unit, lang, 200_000) <= 30 * took(unit, lang, 20_000) + slack;
        for unit in [
            "1 000 ",
            "1,000,",
            "ay",
            "a-",
            "A ",
            "A.",
            "of ",
            "Bank of ",
            "two hundred and ",
            "5-",
            "'s",
            "“",
            "\n",
        ] {
            for lang in ["en", "ru", "kk"] {
                assert!((0..3).any(|_| is_linear(unit, lang)), "{unit:?} in {lang}");
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_the_same_text_reads_the_same(
            text in "(\\PC|[\\n0-9.,$%’'\\-–:/ ]|one |half |a |million |and |мая |жылғы |No\\. |2024|May |per cent )*",
            lang in "en|ru|kk|de|und|",
        ) {
            let read = features(&text, &lang);
            prop_assert_eq!(&read, &features(&text, &lang));
            prop_assert_eq!(&read.words, &words(&text));
            let placed = placed_words(&text);
            prop_assert!(placed.is_sorted_by(|x, y| x.1.end <= y.1.start));
            for (word, place) in &placed {
                prop_assert_eq!(&[*word][..], &words(&text[place.clone()])[..]);
            }
            prop_assert!(read.stems.len() <= read.words.len());
            prop_assert!(read.grams.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(read.names.len(), read.name_stems.len());
            for figure in &read.figures {
                prop_assert!(figure.value.is_finite() && text.contains(&figure.text));
            }
            for name in &read.names {
                prop_assert!(text.contains(name));
            }
            for phrase in &read.phrases {
                prop_assert!(!phrase.trim().is_empty());
            }
        }
    }
}
