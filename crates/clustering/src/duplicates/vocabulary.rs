//! The words of every text of a collection with their document frequencies, prepared for comparing many pairs.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use throughline_schema::TextFeatures;

use super::document_frequency::{DocumentFrequency, shared_part_of_rarest};
use super::overlap::{intersection, shingle_set};
use super::text_reuse::{WordPositions, reused_share};

/// The words of one text, and how rare they are in its collection.
pub(super) struct Vocabulary<'a> {
    words: &'a [u32],
    positions: WordPositions,
    /// The different words, sorted.
    different: Vec<u32>,
    /// In how many texts of the collection each of them stands.
    frequencies: Vec<u32>,
    /// The different stems, sorted, and how common each is.
    stems: Vec<u32>,
    commonness: Vec<f32>,
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
        let among = |sets: &[Vec<u32>]| DocumentFrequency::new(once.iter().map(|row| sets[*row].as_slice()));
        let (of_words, of_stems) = (among(&different), among(&stems));
        let prepare = |((features, different), stems): ((&'a TextFeatures, Vec<u32>), Vec<u32>)| Self {
            words: &features.words,
            positions: WordPositions::new(&features.words),
            frequencies: different.iter().map(|word| of_words.of(*word)).collect(),
            different,
            commonness: stems.iter().map(|stem| of_stems.commonness(*stem)).collect(),
            stems,
            bigrams: shingle_set(&features.words, 2),
        };
        features.par_iter().zip(different).zip(stems).map(prepare).collect()
    }

    /// Share of the words of either text that the other reuses, the greater of the two.
    pub fn reused(&self, other: &Self) -> f32 {
        let there = reused_share(self.words, other.words, &other.positions);
        there.max(reused_share(other.words, self.words, &self.positions))
    }

    /// Share of the rarer third of either text's words that the other has, the greater of the two.
    pub fn rarest_shared(&self, other: &Self) -> f32 {
        let rarest_of = |text: &Self, other: &Self| {
            let count = |(word, frequency): (&u32, &u32)| {
                let shared = other.different.binary_search(word).is_ok();
                (frequency.saturating_sub(1 + u32::from(shared)), shared)
            };
            shared_part_of_rarest(text.different.iter().zip(&text.frequencies).map(count).collect())
        };
        rarest_of(self, other).max(rarest_of(other, self))
    }

    /// How common the rarest stem is that both have ([`DocumentFrequency::commonness`]); the most possible where they have none.
    pub fn commonness_of_rarest(&self, other: &Self) -> f32 {
        let both = self
            .stems
            .iter()
            .zip(&self.commonness)
            .filter(|(stem, _)| other.stems.binary_search(stem).is_ok());
        both.map(|(_, common)| *common).fold(DocumentFrequency::most_common(), f32::min)
    }

    /// Stems that both have, over those of the text that has fewer.
    pub fn shared_stems(&self, other: &Self) -> f32 {
        share_of_fewer(&self.stems, &other.stems)
    }

    /// The same of pairs of neighbouring words.
    pub fn shared_bigrams(&self, other: &Self) -> f32 {
        share_of_fewer(&self.bigrams, &other.bigrams)
    }
}

/// The first row of each distinct text: a word does not become common by a text being copied a hundred times.
fn first_of_each(features: &[TextFeatures]) -> Vec<usize> {
    let mut seen = FxHashSet::default();
    (0..features.len()).filter(|row| seen.insert(features[*row].words.as_slice())).collect()
}

fn share_of_fewer(a: &[u32], b: &[u32]) -> f32 {
    intersection(a, b) as f32 / a.len().min(b.len()).max(1) as f32
}

/// Every word once, in order.
pub(crate) fn sorted_set(words: &[u32]) -> Vec<u32> {
    let mut set = words.to_vec();
    set.sort_unstable();
    set.dedup();
    set
}
