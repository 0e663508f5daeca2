//! MinHash sketches: a few of the smallest hashes of a text's shingles stand for all of them.
//!
//! Two texts agree in each place of their sketches with the probability that is the Jaccard overlap of their
//! shingles (Broder, On the resemblance and containment of documents, 1997). Here every shingle is hashed once and
//! put into one of [`BINS`] bins, of which the smallest hash is kept (Li, Owen and Zhang, One permutation hashing,
//! 2012), so that a sketch costs one hash a shingle and not one for each of its places.

use super::overlap::shingles;
use crate::random::mix;

/// Places of a sketch.
pub(super) const BINS: usize = 128;

/// The smallest hash of each bin; none where no shingle fell into it.
pub(super) struct Sketch([Option<u64>; BINS]);

impl Sketch {
    /// The sketch of a text, given as hashed words in order, by its shingles of `length` words.
    pub fn of(words: &[u32], length: usize, seed: u64) -> Self {
        let mut bins = [u64::MAX; BINS];
        let seed = mix(seed);
        for shingle in shingles(words, length) {
            let hash = mix(shingle ^ seed);
            let bin = &mut bins[bin_of(hash)];
            *bin = (*bin).min(hash);
        }
        Self(bins.map(|hash| (hash != u64::MAX).then_some(hash)))
    }

    /// The hashes that are there, at most [`BINS`].
    pub fn hashes(&self) -> Vec<u64> {
        self.0.iter().flatten().copied().collect()
    }

    /// A hash for every bin: an empty one takes that of the first full bin in an order of its own, which is the same
    /// for every text (Shrivastava, Optimal densification for fast and accurate minwise hashing, 2017). None where
    /// the text has no word.
    pub fn without_gaps(&self, seed: u64) -> Option<[u64; BINS]> {
        let seed = mix(seed);
        self.0.iter().any(Option::is_some).then(|| {
            std::array::from_fn(|bin| {
                let mut tried = mix(seed ^ bin as u64);
                self.0[bin].unwrap_or_else(|| {
                    loop {
                        if let Some(hash) = self.0[bin_of(tried)] {
                            break hash;
                        }
                        tried = mix(tried);
                    }
                })
            })
        })
    }
}

/// The bin of a hash: its highest bits.
fn bin_of(hash: u64) -> usize {
    (hash >> (64 - BINS.ilog2())) as usize
}
