//! In how many texts of a collection each word stands, and what follows for the words that two texts share.
//!
//! Notices made from one template ("Qtly div 25 cts vs 25 cts prior") share most of their words without one being a copy
//! of the other: a hundred other notices have the same words. A copy shares its rare words too. So shared words count by
//! their document frequency (Sparck Jones 1972), counted among the texts given.

use rustc_hash::FxHashMap;

use crate::weights::text_reuse::{RARER_PART, UNSEEN_TEXTS};

/// In how many of the texts each word stands.
#[derive(Debug)]
pub struct DocumentFrequency {
    texts: f32,
    having: FxHashMap<u32, u32>,
}

impl DocumentFrequency {
    /// Counts texts, each given as its words, sorted and unique.
    pub fn new<'t>(texts: impl Iterator<Item = &'t [u32]>) -> Self {
        let (mut having, mut count) = (FxHashMap::default(), 0u32);
        for text in texts {
            count += 1;
            for word in text {
                *having.entry(*word).or_insert(0) += 1;
            }
        }
        Self { texts: count as f32, having }
    }

    /// The greatest value of [`DocumentFrequency::commonness`].
    pub fn most_common() -> f32 {
        UNSEEN_TEXTS.ln()
    }

    /// In how many of the texts a word stands.
    pub fn of(&self, word: u32) -> u32 {
        self.having.get(&word).copied().unwrap_or(0)
    }

    /// How common a word is, from 0 to `ln 1000` = 6.9.
    ///
    /// The surprise at meeting the word in one more text is `-ln p`, where `p` is the share of the other texts that have
    /// it. This is by how much that surprise falls short of `ln 1000`, the surprise at a word of one text in a thousand:
    /// 0 for rare words, the most for a word that all of very many texts have. The count starts as if a thousand other
    /// texts had been seen, none of which has the word, since in a few texts nothing is common yet.
    pub fn commonness(&self, word: u32) -> f32 {
        let others = (self.of(word).max(2) - 1) as f32;
        let surprise = -(others / (self.texts.max(2.0) - 2.0 + UNSEEN_TEXTS)).ln();
        (Self::most_common() - surprise).max(0.0)
    }
}

/// Share of the rarer third of a text's words that another text has too, 0 to 1.
///
/// `words` has a pair for each different word of the text: in how many texts beside the two it stands, and whether the
/// other text has it. Several words may be as rare as the last one of the third; then each of them counts in part, so
/// that the result does not depend on an order among them.
pub fn shared_part_of_rarest(mut words: Vec<(u32, bool)>) -> f32 {
    if words.is_empty() {
        return 0.0;
    }
    let third = (words.len() as f32 * RARER_PART).max(1.0);
    let last = third.ceil() as usize - 1;
    let last = words.select_nth_unstable(last).1.0;
    let count = |of: &dyn Fn(&(u32, bool)) -> bool| words.iter().filter(|word| of(word)).count() as f32;
    let (below, tied) = (count(&|w| w.0 < last), count(&|w| w.0 == last));
    let (shared_below, shared_tied) = (count(&|w| w.0 < last && w.1), count(&|w| w.0 == last && w.1));
    (shared_below + shared_tied * (third - below) / tied) / third
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Vec<Vec<u32>> {
        // Word 1 stands in all, word 2 in half, the others in one.
        (0..200).map(|i| if i % 2 == 0 { vec![1, 2, 100 + i] } else { vec![1, 100 + i, 1000 + i] }).collect()
    }

    #[test]
    fn what_many_texts_have_is_common() {
        let texts = corpus();
        let frequency = DocumentFrequency::new(texts.iter().map(Vec::as_slice));
        assert_eq!(frequency.commonness(100), 0.0);
        assert!(frequency.commonness(1) > frequency.commonness(2) && frequency.commonness(2) > 3.0);
        let two = DocumentFrequency::new([[1u32].as_slice(), &[1]].into_iter());
        assert_eq!(two.commonness(1), 0.0);
    }

    #[test]
    fn the_rarer_third_leaves_out_what_many_have() {
        let word = |others, shared| (others, shared);
        // The rarest is the whole third.
        assert_eq!(shared_part_of_rarest(vec![word(0, false), word(50, true), word(60, true)]), 0.0);
        assert_eq!(shared_part_of_rarest(vec![word(60, false), word(0, true), word(50, false)]), 1.0);
        // Two are as rare as each other, and there is room for one.
        assert_eq!(shared_part_of_rarest(vec![word(0, true), word(9, true), word(0, false)]), 0.5);
        assert_eq!(shared_part_of_rarest(vec![]), 0.0);
    }
}
