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
//! ```

#![allow(dead_code, reason = "the readers of figures, dates and names come next")]

mod grams;
mod hash;
mod language;
mod lexicon;
mod negation;
mod paragraph;
mod phrases;
mod scan;
mod stems;
mod words;

use throughline_schema::TextFeatures;

use hash::Hash;
use language::Reading;
use paragraph::{Paragraph, paragraphs, tokenise};
use scan::{Kind, fold, scan};
use stems::Stems;
use words::Words;

/// Reads the features of `text`, which is in `lang` (a BCP 47 tag; `und` or empty where not known).
///
/// Every text has features; an empty one has none of each. Time grows with the length of the text.
pub fn features(text: &str, lang: &str) -> TextFeatures {
    let reading = Reading::of(lang, text);
    let mut words = Words::new(reading.language, Stems::of(reading.language, reading.stemmer));
    let mut tokens = Vec::new();
    let mut out = TextFeatures::default();
    for text in paragraphs(text) {
        tokenise(text, &mut words, &mut tokens);
        for token in tokens.iter().filter(|t| t.kind != Kind::Symbol) {
            let word = words.get(token.word);
            out.words.push(word.hash);
            if !word.meaning.stop {
                out.stems.push(word.stem);
            }
        }
        let paragraph = Paragraph { text, tokens: &tokens, words: &words, reading };
        out.negated = out.negated || negation::denies(&paragraph);
        phrases::phrases(&paragraph, &mut out.phrases);
    }
    let mut chars = Vec::new();
    for word in words.distinct() {
        grams::grams(word, &mut chars, &mut out.grams);
    }
    out.grams.sort_unstable();
    out.grams.dedup();
    out
}

/// Only [`TextFeatures::words`], for callers that shingle and need nothing else.
pub fn words(text: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut folded = String::new();
    scan(text, |kind, start, end| {
        if kind != Kind::Symbol {
            folded.clear();
            fold(&text[start..end], &mut folded);
            out.push(Hash::of(&folded).narrow());
        }
    });
    out
}
