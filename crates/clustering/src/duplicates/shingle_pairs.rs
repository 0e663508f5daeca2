//! Pairs of texts whose word shingles overlap by a threshold, found by the words alone.
//!
//! No vector and no model is asked, so this also serves corpora for which embedding would take days. Texts whose
//! MinHash sketches agree in a whole band are candidates. The bands are cut so that a pair at the threshold is
//! missed once in [`MISSED`] times or less, and every candidate's overlap is then counted exactly: what is given is
//! right, and the share that is missed is known.

use rayon::prelude::*;

use super::min_hash::{BINS, Sketch};
use super::overlap::{intersection, shingles};
use crate::error::{Error, within};
use crate::random::mix;

/// A pair at the threshold has no band in common once in so many, at most.
const MISSED: f64 = 200.0;
/// Texts that may share a band and still all be compared; in a larger crowd each is compared with as many on
/// either side, in an order drawn from the seed, so that a crowd of n costs n.
const CROWD: usize = 64;
/// Bands that are sorted at a time; bounds the memory for candidates that several bands find.
const AT_A_TIME: usize = 8;

/// Which pairs of texts are given.
#[derive(Clone, Debug, PartialEq)]
pub struct ShinglePairParams {
    /// Lowest Jaccard overlap of their shingles, over 0 and at most 1.
    pub threshold: f32,
    /// Words in a shingle, 1 to 100.
    pub shingle: usize,
    /// Seed of the hash functions that sample shingles.
    pub seed: u64,
}

impl Default for ShinglePairParams {
    fn default() -> Self {
        Self { threshold: 0.5, shingle: 5, seed: 0 }
    }
}

/// Parameters that were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidShinglePairParams(ShinglePairParams);

impl ShinglePairParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Parameter`] with the name, the value and what is allowed.
    pub fn check(self) -> Result<ValidShinglePairParams, Error> {
        let threshold = self.threshold;
        within("threshold", threshold.into(), threshold > 0.0 && threshold <= 1.0, "over 0 and at most 1")?;
        within("shingle", self.shingle as f64, (1..=100).contains(&self.shingle), "1 to 100 words")?;
        Ok(ValidShinglePairParams(self))
    }
}

impl ValidShinglePairParams {
    /// The values.
    pub fn get(&self) -> &ShinglePairParams {
        &self.0
    }
}

/// Jaccard overlap of the word shingles of two texts, given as hashed words in order; a text shorter than a
/// shingle is one. 0 where a text has no word.
pub fn shingle_overlap(a: &[u32], b: &[u32], shingle: usize) -> f32 {
    jaccard(&set(a, shingle), &set(b, shingle))
}

/// Every pair `(a, b)`, `a < b`, of texts whose overlap reaches the threshold, with the overlap, in order.
///
/// `texts` are hashed words in order. Time grows with the number of words, the candidates, and `n log n` of the
/// texts; memory beside the texts with `n` times the number of bands.
pub fn shingle_pairs(texts: &[Vec<u32>], params: &ValidShinglePairParams) -> Vec<(u32, u32, f32)> {
    let ShinglePairParams { threshold, shingle, seed } = params.0;
    let bands = Bands::of(threshold);
    let keys: Vec<Vec<u32>> = texts
        .par_iter()
        .map(|words| bands.keys(&Sketch::of(words, shingle, seed).without_gaps(seed)))
        .collect();
    let mut found: Vec<(u32, u32)> = Vec::new();
    for first in (0..bands.count).step_by(AT_A_TIME) {
        let some: Vec<(u32, u32)> = (first..bands.count.min(first + AT_A_TIME))
            .into_par_iter()
            .flat_map_iter(|band| sharing(&keys, band, seed))
            .collect();
        found.extend(some);
        found.par_sort_unstable();
        found.dedup();
    }
    drop(keys);
    let of_one_text: Vec<&[(u32, u32)]> = found.chunk_by(|x, y| x.0 == y.0).collect();
    of_one_text
        .into_par_iter()
        .flat_map_iter(|pairs| {
            let own = set(&texts[pairs[0].0 as usize], shingle);
            pairs.iter().filter_map(move |&(a, b)| {
                let overlap = jaccard(&own, &set(&texts[b as usize], shingle));
                (overlap >= threshold).then_some((a, b, overlap))
            })
        })
        .collect()
}

/// Hashes of the shingles, sorted, unique; none where there is no word.
fn set(words: &[u32], shingle: usize) -> Vec<u64> {
    let mut set: Vec<u64> = shingles(words, shingle).collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn jaccard(a: &[u64], b: &[u64]) -> f32 {
    let shared = intersection(a, b);
    shared as f32 / (a.len() + b.len() - shared).max(1) as f32
}

/// How a sketch is cut into bands.
struct Bands {
    count: usize,
    rows: usize,
}

impl Bands {
    /// The longest bands that miss few enough pairs at the threshold.
    fn of(threshold: f32) -> Self {
        let misses = |rows: usize| (1.0 - f64::from(threshold).powi(rows as i32)).powi((BINS / rows) as i32);
        let rows = (1..=BINS / 4).rev().find(|rows| misses(*rows) <= 1.0 / MISSED).unwrap_or(1);
        Self { count: BINS / rows, rows }
    }

    /// A key for each band; none for a text without words.
    fn keys(&self, sketch: &Option<[u64; BINS]>) -> Vec<u32> {
        let Some(sketch) = sketch else { return Vec::new() };
        let key = |band: &[u64]| band.iter().fold(0, |key, value| mix(key ^ value)) as u32;
        sketch.chunks_exact(self.rows).map(key).collect()
    }
}

/// Pairs of texts that agree in one band.
fn sharing(keys: &[Vec<u32>], band: usize, seed: u64) -> Vec<(u32, u32)> {
    let key = |(row, keys): (usize, &Vec<u32>)| Some((*keys.get(band)?, row as u32));
    let mut entries: Vec<(u32, u32)> = keys.iter().enumerate().filter_map(key).collect();
    entries.sort_unstable();
    let mut pairs = Vec::new();
    for same in entries.chunk_by_mut(|x, y| x.0 == y.0) {
        if same.len() > CROWD {
            same.sort_by_cached_key(|(_, row)| mix(u64::from(*row) ^ mix(seed)));
        }
        for (i, (_, x)) in same.iter().enumerate() {
            let next = same[i + 1..].iter().take(CROWD);
            pairs.extend(next.map(|(_, y)| (*x.min(y), *x.max(y))));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: u64, words: u64) -> Vec<u32> {
        (0..words).map(|place| mix(seed << 32 | place) as u32).collect()
    }

    /// `text` with one word in `every` replaced.
    fn edited(text: &[u32], seed: u64, every: u64) -> Vec<u32> {
        let replace = |(place, word): (usize, &u32)| {
            let chance = mix(seed << 32 | place as u64);
            if chance.is_multiple_of(every) { mix(chance) as u32 } else { *word }
        };
        text.iter().enumerate().map(replace).collect()
    }

    /// Every pair, each compared with each.
    fn all(texts: &[Vec<u32>], params: &ValidShinglePairParams) -> Vec<(u32, u32, f32)> {
        let ShinglePairParams { threshold, shingle, .. } = *params.get();
        let mut found = Vec::new();
        for a in 0..texts.len() {
            for b in a + 1..texts.len() {
                let overlap = shingle_overlap(&texts[a], &texts[b], shingle);
                if overlap >= threshold {
                    found.push((a as u32, b as u32, overlap));
                }
            }
        }
        found
    }

    #[test]
    fn what_is_found_is_what_comparing_all_pairs_finds() {
        for (words, every, threshold, shingle) in
            [(120, 30, 0.5, 5), (120, 12, 0.3, 5), (12, 12, 0.3, 2), (300, 60, 0.8, 3), (5, 9, 0.5, 1)]
        {
            let params = ShinglePairParams { threshold, shingle, seed: 3 }.check().unwrap();
            let mut texts: Vec<Vec<u32>> = (0..300).map(|seed| text(seed, words)).collect();
            texts.extend((0..300).map(|i| edited(&texts[i], i as u64, every)).collect::<Vec<_>>());
            let (found, every) = (shingle_pairs(&texts, &params), all(&texts, &params));
            assert!(every.len() > 100, "{} pairs are no test", every.len());
            assert!(found.iter().all(|pair| every.contains(pair)));
            let missed = every.len() - found.len();
            assert!(missed * 100 <= every.len(), "{missed} of {} missed at {threshold}", every.len());
        }
    }

    #[test]
    fn a_crowd_of_copies_costs_its_size() {
        let mut texts = vec![text(1, 60); 3000];
        texts.push(text(2, 60));
        let found = shingle_pairs(&texts, &ShinglePairParams::default().check().unwrap());
        assert!(found.len() <= 3000 * CROWD);
        let mut met = vec![false; texts.len()];
        found.iter().for_each(|(a, b, _)| {
            met[*a as usize] = true;
            met[*b as usize] = true;
        });
        assert!(met[..3000].iter().all(|met| *met) && !met[3000]);
    }

    #[test]
    fn a_text_without_words_is_in_no_pair() {
        let found = shingle_pairs(
            &[vec![], vec![], vec![7], vec![7]],
            &ShinglePairParams::default().check().unwrap(),
        );
        assert_eq!(found, [(2, 3, 1.0)]);
    }

    #[test]
    fn thresholds_are_checked() {
        let of = |threshold, shingle| ShinglePairParams { threshold, shingle, seed: 0 }.check();
        assert!(of(0.0, 5).unwrap_err().to_string().contains("threshold is 0"));
        assert!(of(f32::NAN, 5).is_err() && of(1.1, 5).is_err() && of(0.5, 0).is_err());
        assert!(of(1.0, 1).is_ok());
    }
}
