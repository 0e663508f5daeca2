//! Candidates by shared shingles: MinHash with one permutation and bands of one value.
//!
//! Every shingle of a text is hashed once and thrown into one of [`BINS`] bins; the smallest hash of each
//! bin stands for it (Li, Owen and Zhang, One permutation hashing, 2012). Two texts with Jaccard
//! overlap J agree in a bin with probability J, so among 128 bins even a text of which one shingle in
//! twenty-five survived is found (1 − .96^128 = .995), and a text with fewer shingles than bins is
//! compared by nearly all of them. One value is one band: the exact verification that follows is
//! cheap enough to bear the false candidates, and rarely shared values keep them few.
//!
//! A value that very many texts have is boilerplate or a copy made hundreds of times. It would cost its
//! square, so its texts are strung up in an order drawn from the seed, each compared with the next few.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::Rows;
use crate::overlap::{shingle_words, shingles};
use crate::random::mix;

/// Smallest hashes kept of each text.
const BINS: usize = 128;
/// Texts that may share a value and still all be compared.
const CROWD: usize = 64;
/// In a larger crowd, how many of those that follow a text is compared with.
const REACH: usize = 8;

/// Pairs `(a, b)`, `a < b`, that agree in at least one value, in order, unique.
pub(super) fn by_shingles(rows: &Rows, seed: u64) -> Vec<(u32, u32)> {
    let mut entries: Vec<(u64, u32)> = rows
        .features
        .par_iter()
        .enumerate()
        .flat_map_iter(|(row, features)| sketch(&features.words, seed).map(move |value| (value, row as u32)))
        .collect();
    entries.par_sort_unstable();
    let mut pairs: FxHashMap<(u32, u32), ()> = FxHashMap::default();
    for crowd in entries.chunk_by(|x, y| x.0 == y.0) {
        if crowd.len() <= CROWD {
            for (at, (_, a)) in crowd.iter().enumerate() {
                for (_, b) in &crowd[at + 1..] {
                    pairs.insert((*a, *b), ());
                }
            }
        } else {
            let mut order: Vec<(u64, u32)> =
                crowd.iter().map(|(value, row)| (mix(value ^ mix(u64::from(*row) ^ seed)), *row)).collect();
            order.sort_unstable();
            for (at, (_, a)) in order.iter().enumerate() {
                for (_, b) in order.iter().skip(at + 1).take(REACH) {
                    pairs.insert((*a.min(b), *a.max(b)), ());
                }
            }
        }
    }
    let mut pairs: Vec<(u32, u32)> = pairs.into_keys().collect();
    pairs.par_sort_unstable();
    pairs
}

/// The smallest hash of each bin that is not empty.
fn sketch(words: &[u32], seed: u64) -> impl Iterator<Item = u64> {
    let mut bins = [u64::MAX; BINS];
    let seed = mix(seed);
    if !words.is_empty() {
        for shingle in shingles(words, shingle_words(words.len())) {
            let hash = mix(shingle ^ seed);
            let bin = &mut bins[(hash >> 57) as usize];
            *bin = (*bin).min(hash);
        }
    }
    bins.into_iter().filter(|value| *value != u64::MAX)
}
