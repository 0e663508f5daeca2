//! Candidates by shared shingles: MinHash with one permutation and bands of one value.
//!
//! Every shingle of a text is hashed once and thrown into one of [`BINS`] bins; the smallest hash of each
//! bin stands for it (Li, Owen and Zhang, One permutation hashing, 2012). Two texts with Jaccard
//! overlap J agree in a bin with probability J, so among 128 bins even a text of which one shingle in
//! twenty-five survived is found (1 − .96^128 = .995), and a text with fewer shingles than bins is
//! compared by nearly all of them. One value is one band: the exact count of shared shingles that
//! follows is cheap enough to bear the false candidates, and rarely shared values keep them few.
//!
//! A value that very many texts have is boilerplate, or a copy made hundreds of times, and would cost its
//! square. Its texts are strung up in an order drawn from the seed, and each is compared with the next few
//! on either side. The order is the same for every value, so that copies meet the same neighbours
//! everywhere and a crowd of n costs n.

use rayon::prelude::*;

use crate::overlap::{SHINGLE, Shingled, shingles};
use crate::random::mix;

/// Smallest hashes kept of each text.
const BINS: usize = 128;
/// Texts that may share a value and still all be compared.
const CROWD: usize = 64;
/// In a larger crowd, how many on either side a text is compared with.
const REACH: usize = 8;
/// Shared shingles, as a share of the text's that has fewer, below which a pair is dropped: with four words
/// in ten changed, about a fifth is left.
const LOWEST_CONTAINMENT: f32 = 0.06;

/// Pairs `(a, b)`, `a < b`, that agree in a value and share enough shingles, in order, unique.
pub(super) fn by_shingles(texts: &[Shingled], seed: u64) -> Vec<(u32, u32)> {
    let sketches: Vec<Vec<u64>> = texts.par_iter().map(|text| sketch(text.words(), seed)).collect();
    let mut entries: Vec<(u64, u32)> = Vec::with_capacity(sketches.iter().map(Vec::len).sum());
    for (row, values) in sketches.iter().enumerate() {
        entries.extend(values.iter().map(|value| (*value, row as u32)));
    }
    drop(sketches);
    let place = |row: u32| mix(u64::from(row) ^ mix(seed));
    entries.par_sort_unstable_by(|x, y| x.0.cmp(&y.0).then_with(|| place(x.1).cmp(&place(y.1))));
    let partners = Partners::new(texts.len(), &entries);
    (0..texts.len() as u32)
        .into_par_iter()
        .flat_map_iter(|a| {
            let mut met = partners.of(a);
            met.sort_unstable();
            met.dedup();
            let text = &texts[a as usize];
            met.into_iter()
                .filter(move |b| text.containment(&texts[*b as usize]) >= LOWEST_CONTAINMENT)
                .map(move |b| (a, b))
        })
        .collect()
}

/// Where the values of each row stand among the sorted entries.
struct Partners<'e> {
    entries: &'e [(u64, u32)],
    /// Per row, where its places begin.
    start: Vec<u32>,
    /// Places in `entries`, by row.
    places: Vec<u32>,
}

impl<'e> Partners<'e> {
    fn new(rows: usize, entries: &'e [(u64, u32)]) -> Self {
        let mut start = vec![0u32; rows + 1];
        entries.iter().for_each(|(_, row)| start[*row as usize + 1] += 1);
        for row in 0..rows {
            start[row + 1] += start[row];
        }
        let mut next = start.clone();
        let mut places = vec![0u32; entries.len()];
        for (place, (_, row)) in entries.iter().enumerate() {
            let slot = &mut next[*row as usize];
            places[*slot as usize] = place as u32;
            *slot += 1;
        }
        Self { entries, start, places }
    }

    /// Rows after `row` that it meets, in no order, with repeats.
    fn of(&self, row: u32) -> Vec<u32> {
        let mut met = Vec::new();
        let places = self.start[row as usize] as usize..self.start[row as usize + 1] as usize;
        for place in &self.places[places] {
            let place = *place as usize;
            let value = self.entries[place].0;
            let same = |other: &&(u64, u32)| other.0 == value;
            let before = self.entries[..place].iter().rev().take_while(same).take(CROWD).count();
            let after = self.entries[place + 1..].iter().take_while(same).take(CROWD).count();
            let reach = if before + after < CROWD { CROWD } else { REACH };
            let around = place - before.min(reach)..=place + after.min(reach);
            met.extend(self.entries[around].iter().map(|entry| entry.1).filter(|other| *other > row));
        }
        met
    }
}

/// The smallest hash of each bin that is not empty.
fn sketch(words: &[u32], seed: u64) -> Vec<u64> {
    let mut bins = [u64::MAX; BINS];
    let seed = mix(seed);
    for shingle in shingles(words, SHINGLE) {
        let hash = mix(shingle ^ seed);
        let bin = &mut bins[(hash >> 57) as usize];
        *bin = (*bin).min(hash);
    }
    bins.into_iter().filter(|value| *value != u64::MAX).collect()
}
