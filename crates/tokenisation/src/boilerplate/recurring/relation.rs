//! How many unrelated matters a set of articles is about.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::fold::fold_into;
use crate::text::words::{Kind, scan};

/// Letters to which words are cut, so that forms of one word count as one in any language (McNamee and Mayfield, 2004).
const LETTERS: usize = 6;
/// Letters of the shortest word that counts.
const SHORTEST: usize = 4;
/// Pairs of articles whose likeness shows how alike unrelated articles are.
const PAIRS: usize = 400;
/// Of those pairs, the share that is less alike than articles on one matter.
const UNRELATED: f64 = 0.98;
/// Bounds of the cosine from which articles are taken to be on one matter, whatever the collection is like.
const COSINE: (f64, f64) = (0.12, 0.30);
/// A word in more of the articles than this tells nothing of one article's matter.
const TELLING: f64 = 0.05;

/// The words of an article, each once, by their hash.
pub(super) type Bag = FxHashSet<u32>;

/// Adds the words of `text` to `bag`.
pub(super) fn add_words(text: &str, bag: &mut Bag) {
    let mut folded = String::new();
    scan(text, |kind, start, end| {
        if kind != Kind::Word {
            return;
        }
        folded.clear();
        fold_into(&text[start..end], &mut folded);
        if folded.chars().count() >= SHORTEST {
            let end = folded.char_indices().nth(LETTERS).map_or(folded.len(), |(at, _)| at);
            bag.insert(hash(&folded[..end]));
        }
    });
}

/// 32 bits of FNV-1a.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// How telling each word is, and from which likeness on two articles are on one matter.
pub(super) struct Matters {
    articles: f64,
    document_frequency: FxHashMap<u32, u32>,
    one_matter: f64,
}

impl Matters {
    /// Learns from `bags`, articles that stand for the collection.
    pub(super) fn learn(bags: &[Bag]) -> Self {
        let mut document_frequency = FxHashMap::default();
        for word in bags.iter().flatten() {
            *document_frequency.entry(*word).or_insert(0) += 1;
        }
        let articles = bags.len() as f64;
        let mut matters = Self { articles, document_frequency, one_matter: COSINE.1 };
        // Pairs at every distance in the order of the articles, as good as drawn by lot and the same each time.
        let pair = |i: usize| (i * 7 % bags.len(), (i * 7 + 1 + i / bags.len() * 3 + i % 5) % bags.len());
        let mut cosines: Vec<f64> = (0..PAIRS.min(bags.len() * bags.len()))
            .map(pair)
            .filter(|(a, b)| a != b)
            .map(|(a, b)| matters.cosine(&bags[a], &bags[b]))
            .collect();
        cosines.sort_by(f64::total_cmp);
        if !cosines.is_empty() {
            let at = (cosines.len() as f64 * UNRELATED) as usize;
            matters.one_matter = cosines[at.min(cosines.len() - 1)].clamp(COSINE.0, COSINE.1);
        }
        matters
    }

    fn weight(&self, word: u32) -> f64 {
        let found = self.document_frequency.get(&word).copied().unwrap_or(0);
        ((self.articles + 1.0) / (f64::from(found) + 1.0)).ln()
    }

    fn norm(&self, bag: &Bag) -> f64 {
        sum(bag.iter().map(|word| self.weight(*word).powi(2))).sqrt()
    }

    fn cosine(&self, a: &Bag, b: &Bag) -> f64 {
        let both = sum(a.intersection(b).map(|word| self.weight(*word).powi(2)));
        let norms = self.norm(a) * self.norm(b);
        if norms > 0.0 { both / norms } else { 0.0 }
    }

    /// How many matters `articles` are about: an article on the matter of one before it adds none.
    pub(super) fn count(&self, articles: &[&Bag]) -> usize {
        let mut apart: Vec<&Bag> = Vec::new();
        for article in articles {
            if apart.iter().all(|other| self.cosine(article, other) < self.one_matter) {
                apart.push(article);
            }
        }
        apart.len()
    }

    /// Whether a word of `line` that tells articles apart stands in `article` too.
    pub(super) fn speak_of_one_thing(&self, line: &Bag, article: &Bag) -> bool {
        line.intersection(article).any(|word| {
            let found = self.document_frequency.get(word).copied().unwrap_or(0);
            f64::from(found) <= (TELLING * self.articles).max(1.0)
        })
    }
}

/// A sum that does not depend on the order of a set.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(text: &str) -> Bag {
        let mut bag = Bag::default();
        add_words(text, &mut bag);
        bag
    }

    #[test]
    fn articles_on_one_matter_count_once() {
        let bags = [
            "The glacier above Lindow lost forty metres, the survey measured.",
            "Surveyors measured the glacier at Lindow: forty metres of it are lost.",
            "A bakery in Harrow won the prize for rye bread.",
            "The orchestra will play Verdi without a conductor.",
        ]
        .map(bag);
        let matters = Matters::learn(&bags);
        assert_eq!(matters.count(&bags.iter().collect::<Vec<_>>()), 3);
        assert_eq!(matters.count(&[&bags[0], &bags[1]]), 1);
    }

    #[test]
    fn a_line_speaks_of_what_the_article_speaks_of() {
        let articles = ["The glacier above Lindow shrinks.", "Bread is baked."].map(bag);
        let matters = Matters::learn(&articles);
        assert!(matters.speak_of_one_thing(&bag("Lindow has 300 houses."), &articles[0]));
        assert!(!matters.speak_of_one_thing(&bag("Sign up for letters."), &articles[0]));
    }
}
