//! The words of every text of a collection, prepared for comparing many pairs.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use throughline_schema::TextFeatures;

use crate::overlap::{intersection, shingle_set};
use crate::rarity::{Rarity, share_of_rarer};
use crate::taken::{Places, taken_over};

/// The words of one text, and which of them are rare in its collection.
pub(super) struct Vocabulary<'a> {
    words: &'a [u32],
    places: Places,
    /// The different words, sorted.
    different: Vec<u32>,
    /// In how many texts of the collection each stands.
    having: Vec<u32>,
    /// The different stems, sorted, and how common each is.
    stems: Vec<u32>,
    common: Vec<f32>,
    /// Pairs of neighbouring words, hashed, sorted, unique.
    bigrams: Vec<u32>,
}

impl<'a> Vocabulary<'a> {
    /// Prepares every text of a collection.
    pub fn of_all(features: &'a [TextFeatures]) -> Vec<Self> {
        let sets = |of: fn(&TextFeatures) -> &[u32]| -> Vec<Vec<u32>> {
            features.par_iter().map(|features| sorted_set(of(features))).collect()
        };
        let (different, stems) = (sets(|f| &f.words), sets(|f| &f.stems));
        let once = first_of_each(features);
        let among = |sets: &[Vec<u32>]| Rarity::new(once.iter().map(|row| sets[*row].as_slice()));
        let (words, rarity) = (among(&different), among(&stems));
        let prepare = |((features, different), stems): ((&'a TextFeatures, Vec<u32>), Vec<u32>)| Self {
            words: &features.words,
            places: Places::new(&features.words),
            having: different.iter().map(|word| words.having(*word)).collect(),
            different,
            common: stems.iter().map(|stem| rarity.common(*stem)).collect(),
            stems,
            bigrams: shingle_set(&features.words, 2),
        };
        features.par_iter().zip(different).zip(stems).map(prepare).collect()
    }

    /// Share of the words of either text that were taken over by the other, the greater of the two.
    pub fn taken(&self, other: &Self) -> f32 {
        let there = taken_over(self.words, other.words, &other.places);
        there.max(taken_over(other.words, self.words, &self.places))
    }

    /// Share of the rarer third of either text's words that the other has, the greater of the two.
    pub fn rarer(&self, other: &Self) -> f32 {
        let shared_by_rarer = |text: &Self, other: &Self| {
            let count = |(word, having): (&u32, &u32)| {
                let shared = other.different.binary_search(word).is_ok();
                (having.saturating_sub(1 + u32::from(shared)), shared)
            };
            share_of_rarer(text.different.iter().zip(&text.having).map(count).collect())
        };
        shared_by_rarer(self, other).max(shared_by_rarer(other, self))
    }

    /// How common the rarest stem is that both have ([`Rarity::common`]); the most possible where they have none.
    pub fn common(&self, other: &Self) -> f32 {
        let both =
            self.stems.iter().zip(&self.common).filter(|(stem, _)| other.stems.binary_search(stem).is_ok());
        both.map(|(_, common)| *common).fold(Rarity::most(), f32::min)
    }

    /// Stems that both have, as a share of the text's that has fewer.
    pub fn stems(&self, other: &Self) -> f32 {
        share_of_fewer(&self.stems, &other.stems)
    }

    /// The same of pairs of neighbouring words.
    pub fn bigrams(&self, other: &Self) -> f32 {
        share_of_fewer(&self.bigrams, &other.bigrams)
    }
}

/// The first row of each text: what is printed in a hundred places is not common for that.
fn first_of_each(features: &[TextFeatures]) -> Vec<usize> {
    let mut seen = FxHashSet::default();
    (0..features.len()).filter(|row| seen.insert(features[*row].words.as_slice())).collect()
}

fn share_of_fewer(a: &[u32], b: &[u32]) -> f32 {
    intersection(a, b) as f32 / a.len().min(b.len()).max(1) as f32
}

fn sorted_set(words: &[u32]) -> Vec<u32> {
    let mut set = words.to_vec();
    set.sort_unstable();
    set.dedup();
    set
}
