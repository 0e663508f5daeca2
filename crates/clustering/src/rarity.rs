//! How common the words of a text are among the texts given.
//!
//! Notices made from one template ("Qtly div 25 cts vs 25 cts prior") share most of their words, and a hundred
//! others have the same ones; a copy shares the rare words too. What is rare is counted among the texts given.

use rustc_hash::FxHashMap;

/// The count starts as if so many other texts had been seen, none of which has the word: in a few texts nothing
/// is common yet.
const UNSEEN: f32 = 1000.0;
/// Share of the different words of a text that are its rarer ones.
const RARER: f32 = 1.0 / 3.0;

/// In how many of the texts each word stands.
#[derive(Debug)]
pub struct Rarity {
    texts: f32,
    having: FxHashMap<u32, u32>,
}

impl Rarity {
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

    /// The greatest value of [`Rarity::common`].
    pub fn most() -> f32 {
        UNSEEN.ln()
    }

    /// In how many of the texts a word stands.
    pub fn having(&self, word: u32) -> u32 {
        self.having.get(&word).copied().unwrap_or(0)
    }

    /// How common a word is: 0 where two texts have it or one in a thousand, up to `ln 1000` = 6.9 where all of very
    /// many do. It is the surprise at a third text with the word, `-ln p`, taken from `ln 1000`.
    pub fn common(&self, word: u32) -> f32 {
        let others = (self.having(word).max(2) - 1) as f32;
        let surprise = -(others / (self.texts.max(2.0) - 2.0 + UNSEEN)).ln();
        (Self::most() - surprise).max(0.0)
    }
}

/// Which share of the rarer third of a text's words another text has too, 0 to 1.
///
/// `words` has for each different word in how many texts beside the two it stands, and whether the other text has
/// it. Words as common as the last of the third share the weight that is left, so that no order among them decides.
pub fn share_of_rarer(mut words: Vec<(u32, bool)>) -> f32 {
    if words.is_empty() {
        return 0.0;
    }
    let third = (words.len() as f32 * RARER).max(1.0);
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
        let rarity = Rarity::new(texts.iter().map(Vec::as_slice));
        assert_eq!(rarity.common(100), 0.0);
        assert!(rarity.common(1) > rarity.common(2) && rarity.common(2) > 3.0);
        let two = Rarity::new([[1u32].as_slice(), &[1]].into_iter());
        assert_eq!(two.common(1), 0.0);
    }

    #[test]
    fn the_rarer_third_leaves_out_what_many_have() {
        let word = |others, shared| (others, shared);
        // The rarest is the whole third.
        assert_eq!(share_of_rarer(vec![word(0, false), word(50, true), word(60, true)]), 0.0);
        assert_eq!(share_of_rarer(vec![word(60, false), word(0, true), word(50, false)]), 1.0);
        // Two are as rare as each other, and there is room for one.
        assert_eq!(share_of_rarer(vec![word(0, true), word(9, true), word(0, false)]), 0.5);
        assert_eq!(share_of_rarer(vec![]), 0.0);
    }
}
