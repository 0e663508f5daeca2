//! How much of their words two texts share, counted exactly.

use throughline_schema::TextFeatures;

use crate::random::mix;

/// A text made ready for many comparisons: its word n-grams, hashed and sorted.
#[derive(Clone, Debug)]
pub struct Shingled<'a> {
    words: &'a [u32],
    /// For each n from 1 to [`LONGEST`]: hashes of the word n-grams, in order of place.
    places: [Vec<u64>; LONGEST],
    /// The same, sorted, unique.
    sets: [Vec<u64>; LONGEST],
}

/// Words in the longest shingle.
pub const LONGEST: usize = 5;

/// How two texts overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Jaccard overlap of the word shingles.
    pub jaccard: f32,
    /// Share of a's words that stand in a shingle that b has too.
    pub a_in_b: f32,
    /// The same of b's words.
    pub b_in_a: f32,
}

/// Words in a shingle for texts of which the shorter has this many words: five find copied passages
/// in articles, but a sentence with every seventh word changed has few left, and a headline none.
pub fn shingle_words(shorter: usize) -> usize {
    match shorter {
        0..=7 => 1,
        8..=15 => 2,
        16..=39 => 3,
        40..=79 => 4,
        _ => LONGEST,
    }
}

impl<'a> Shingled<'a> {
    /// Prepares a text.
    pub fn new(features: &'a TextFeatures) -> Self {
        let words = features.words.as_slice();
        let places: [Vec<u64>; LONGEST] = std::array::from_fn(|n| shingles(words, n + 1).collect());
        let sets = std::array::from_fn(|n: usize| {
            let mut set = places[n].clone();
            set.sort_unstable();
            set.dedup();
            set
        });
        Self { words, places, sets }
    }

    /// The words, hashed, in order.
    pub fn words(&self) -> &'a [u32] {
        self.words
    }

    /// The set of shingles of `n` words.
    pub fn set(&self, n: usize) -> &[u64] {
        &self.sets[n - 1]
    }

    fn covered(&self, other: &Self, n: usize) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let (mut covered, mut until) = (0, 0);
        for (place, shingle) in self.places[n - 1].iter().enumerate() {
            if other.sets[n - 1].binary_search(shingle).is_ok() {
                covered += place + n - until.max(place);
                until = place + n;
            }
        }
        covered as f32 / self.words.len() as f32
    }

    /// Overlap in shingles of `n` words.
    pub fn overlap(&self, other: &Self, n: usize) -> Overlap {
        let shared = intersection(&self.sets[n - 1], &other.sets[n - 1]);
        if shared == 0 {
            return Overlap::default();
        }
        let union = self.sets[n - 1].len() + other.sets[n - 1].len() - shared;
        Overlap {
            jaccard: shared as f32 / union as f32,
            a_in_b: self.covered(other, n),
            b_in_a: other.covered(self, n),
        }
    }

    /// Shared shingles of `n` words as a share of the shorter text's.
    pub fn containment(&self, other: &Self, n: usize) -> f32 {
        let (a, b) = (&self.sets[n - 1], &other.sets[n - 1]);
        let smaller = a.len().min(b.len());
        if smaller == 0 { 0.0 } else { intersection(a, b) as f32 / smaller as f32 }
    }
}

/// Hashes of the word n-grams in order; one of the whole text where it is shorter than `n`.
pub fn shingles(words: &[u32], n: usize) -> impl Iterator<Item = u64> + '_ {
    words
        .windows(n.min(words.len()).max(1))
        .map(|window| window.iter().fold(window.len() as u64, |hash, word| mix(hash ^ u64::from(*word))))
}

/// Size of the intersection of two sorted sets.
pub fn intersection<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared
}

/// Length of the longest common subsequence, 64 words of `a` at a time (Hyyrö, Bit-parallel LCS-length
/// computation revisited, 2004). `O(a · b / 64)`.
pub fn common_subsequence(a: &[u32], b: &[u32]) -> usize {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let blocks = a.len().div_ceil(64);
    let mut alphabet: Vec<u32> = a.to_vec();
    alphabet.sort_unstable();
    alphabet.dedup();
    let mut matches = vec![0u64; alphabet.len() * blocks];
    for (i, word) in a.iter().enumerate() {
        if let Ok(symbol) = alphabet.binary_search(word) {
            matches[symbol * blocks + i / 64] |= 1 << (i % 64);
        }
    }
    let mut state = vec![u64::MAX; blocks];
    for word in b {
        let Ok(symbol) = alphabet.binary_search(word) else { continue };
        let mut carry = false;
        for (v, m) in state.iter_mut().zip(&matches[symbol * blocks..]) {
            let u = *v & m;
            let (sum, over) = v.overflowing_add(u);
            let (sum, again) = sum.overflowing_add(u64::from(carry));
            carry = over || again;
            *v = sum | (*v - u);
        }
    }
    let ones: u32 = state.iter().map(|v| v.count_ones()).sum();
    // Bits above the length of `a` never match, so they stay set.
    blocks * 64 - ones as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(words: &[u32]) -> TextFeatures {
        TextFeatures { words: words.to_vec(), ..TextFeatures::default() }
    }

    fn plain(a: &[u32], b: &[u32]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn the_subsequence_is_that_of_the_textbook(
            a in prop::collection::vec(0u32..9, 0..200),
            b in prop::collection::vec(0u32..9, 0..200),
        ) {
            prop_assert_eq!(common_subsequence(&a, &b), plain(&a, &b));
        }

        #[test]
        fn overlap_is_mirrored(
            a in prop::collection::vec(0u32..5, 0..40),
            b in prop::collection::vec(0u32..5, 0..40),
            n in 1usize..=LONGEST,
        ) {
            let (a, b) = (text(&a), text(&b));
            let (x, y) = (Shingled::new(&a), Shingled::new(&b));
            let (there, back) = (x.overlap(&y, n), y.overlap(&x, n));
            prop_assert_eq!((there.a_in_b, there.b_in_a, there.jaccard), (back.b_in_a, back.a_in_b, back.jaccard));
            prop_assert!((0.0..=1.0).contains(&there.a_in_b));
        }
    }

    #[test]
    fn half_of_a_text_that_was_copied_counts_as_half() {
        let (a, b) = (text(&[1, 2, 3, 4, 5, 6]), text(&[9, 1, 2, 3, 8]));
        let found = Shingled::new(&a).overlap(&Shingled::new(&b), 2);
        assert_eq!((found.a_in_b, found.b_in_a), (0.5, 0.6));
    }
}
