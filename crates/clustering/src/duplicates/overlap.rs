//! How much of their words two texts share, counted exactly.

use throughline_schema::TextFeatures;

use crate::random::mix;

/// Words in a shingle: three in a row are rarely shared by chance, and a text in which every third word
/// was changed still has some left.
pub const SHINGLE: usize = 3;
/// Content words in a longer run: four in a row are a phrase that was taken over, even where the small
/// words between them were changed.
pub const RUN: usize = 4;

/// A text made ready for many comparisons.
#[derive(Clone, Debug)]
pub struct Shingled<'a> {
    words: &'a [u32],
    /// Hashes of the shingles of [`SHINGLE`] words, sorted, unique.
    shingles: Vec<u32>,
    /// Hashes of the runs of [`RUN`] content words, sorted, unique.
    runs: Vec<u32>,
}

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

impl Overlap {
    /// Share of the words of both texts, `a` and `b`, that stand in a shingle of the other: how far each is a copy of the
    /// other, where a part must not count for the whole.
    pub fn of_both(&self, a: &Shingled, b: &Shingled) -> f32 {
        let [n, m] = [a, b].map(|text| text.words.len() as f32);
        (self.a_in_b * n + self.b_in_a * m) / (n + m).max(1.0)
    }
}

impl<'a> Shingled<'a> {
    /// Prepares a text.
    pub fn new(features: &'a TextFeatures) -> Self {
        Self {
            words: &features.words,
            shingles: shingle_set(&features.words, SHINGLE),
            runs: shingle_set(&features.stems, RUN),
        }
    }

    /// The words, hashed, in order.
    pub fn words(&self) -> &'a [u32] {
        self.words
    }

    /// Overlap in word shingles: of three words, of two or one where the shorter text has few.
    pub fn overlap(&self, other: &Self) -> Overlap {
        let n = match self.words.len().min(other.words.len()) {
            0..=7 => 1,
            8..=15 => 2,
            _ => SHINGLE,
        };
        if n == SHINGLE {
            return overlap(self.words, &self.shingles, other.words, &other.shingles, n);
        }
        overlap(self.words, &shingle_set(self.words, n), other.words, &shingle_set(other.words, n), n)
    }

    /// Shared shingles as a share of the text's that has fewer; cheap, for sorting out candidates.
    pub fn containment(&self, other: &Self) -> f32 {
        contained(&self.shingles, &other.shingles)
    }

    /// Shared runs of content words as a share of the text's that has fewer.
    pub fn shared_runs(&self, other: &Self) -> f32 {
        contained(&self.runs, &other.runs)
    }
}

fn contained(a: &[u32], b: &[u32]) -> f32 {
    let fewer = a.len().min(b.len());
    if fewer == 0 { 0.0 } else { intersection(a, b) as f32 / fewer as f32 }
}

fn overlap(a: &[u32], in_a: &[u32], b: &[u32], in_b: &[u32], n: usize) -> Overlap {
    let shared = intersection(in_a, in_b);
    if shared == 0 {
        return Overlap::default();
    }
    Overlap {
        jaccard: shared as f32 / (in_a.len() + in_b.len() - shared) as f32,
        a_in_b: covered(a, in_b, n),
        b_in_a: covered(b, in_a, n),
    }
}

/// Share of `words` inside a shingle that is one of `others`.
fn covered(words: &[u32], others: &[u32], n: usize) -> f32 {
    let (mut covered, mut until) = (0, 0);
    for (place, shingle) in shingles(words, n).enumerate() {
        if others.binary_search(&(shingle as u32)).is_ok() {
            let end = (place + n).min(words.len());
            covered += end - until.max(place);
            until = end;
        }
    }
    covered as f32 / words.len().max(1) as f32
}

/// Hashes of the word n-grams, sorted, unique.
pub fn shingle_set(words: &[u32], n: usize) -> Vec<u32> {
    let mut set: Vec<u32> = shingles(words, n).map(|shingle| shingle as u32).collect();
    set.sort_unstable();
    set.dedup();
    set
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
        ) {
            let (a, b) = (text(&a), text(&b));
            let (x, y) = (Shingled::new(&a), Shingled::new(&b));
            let (there, back) = (x.overlap(&y), y.overlap(&x));
            prop_assert_eq!((there.a_in_b, there.b_in_a, there.jaccard), (back.b_in_a, back.a_in_b, back.jaccard));
            prop_assert!((0.0..=1.0).contains(&there.a_in_b));
            prop_assert_eq!(x.containment(&y), y.containment(&x));
        }
    }

    #[test]
    fn the_part_of_a_text_that_was_copied_counts_by_its_words() {
        let a: Vec<u32> = (0..20).collect();
        let b: Vec<u32> = (100..110).chain(5..15).chain(110..130).collect();
        let (a, b) = (text(&a), text(&b));
        let found = Shingled::new(&a).overlap(&Shingled::new(&b));
        assert_eq!((found.a_in_b, found.b_in_a), (0.5, 0.25));
    }
}
