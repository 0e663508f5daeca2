//! Sparse TF-IDF vectors: which rare terms two texts share (Sparck Jones 1972; Salton and Buckley 1988).

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Unit-length sparse vectors, one for each row, with the postings of each term.
pub struct TfIdf {
    /// Per row: (term, weight), by term.
    rows: Vec<Vec<(u32, f32)>>,
    /// Per term: the rows that have it, with weights.
    postings: Vec<Vec<(u32, f32)>>,
}

impl TfIdf {
    /// Binary term frequency times inverse document frequency, of unit length. `texts` gives the terms
    /// of each row, repeats allowed.
    ///
    /// Document frequencies are those of these rows, as if [`BACKGROUND`] more texts stood behind them
    /// that have none of the terms but once: without it the words of a small collection would all look
    /// common.
    pub fn new<'t>(texts: impl Iterator<Item = &'t [u32]>) -> Self {
        let sets: Vec<Vec<u32>> = texts
            .map(|terms| {
                let mut set = terms.to_vec();
                set.sort_unstable();
                set.dedup();
                set
            })
            .collect();
        let mut all: Vec<u32> = sets.iter().flatten().copied().collect();
        all.par_sort_unstable();
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut idf = Vec::new();
        let total = sets.len();
        for run in all.chunk_by(|x, y| x == y) {
            numbers.insert(run[0], idf.len() as u32);
            idf.push(rarity(total, run.len()));
        }
        let rows: Vec<Vec<(u32, f32)>> = sets
            .into_par_iter()
            .map(|set| {
                let mut row: Vec<(u32, f32)> = set
                    .iter()
                    .map(|term| numbers[term])
                    .map(|number| (number, idf[number as usize]))
                    .collect();
                let length = row.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
                if length > 0.0 {
                    row.iter_mut().for_each(|(_, w)| *w /= length);
                }
                row
            })
            .collect();
        let mut postings = vec![Vec::new(); idf.len()];
        for (i, row) in rows.iter().enumerate() {
            for (term, weight) in row {
                postings[*term as usize].push((i as u32, *weight));
            }
        }
        Self { rows, postings }
    }

    /// Cosine of two rows, 0 to 1.
    pub fn cosine(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (&self.rows[a], &self.rows[b]);
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += a[i].1 * b[j].1;
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }

    /// For each row the rows after it whose cosine is at least `floor`, by shared terms that no more than
    /// `crowd` rows have.
    pub fn pairs_above(&self, floor: f32, crowd: usize) -> Vec<(u32, u32)> {
        (0..self.rows.len())
            .into_par_iter()
            .flat_map_iter(|i| {
                let mut partners: Vec<u32> = Vec::new();
                for (term, _) in &self.rows[i] {
                    let postings = &self.postings[*term as usize];
                    if postings.len() <= crowd {
                        let after = postings.partition_point(|p| p.0 <= i as u32);
                        partners.extend(postings[after..].iter().map(|p| p.0));
                    }
                }
                partners.sort_unstable();
                partners.dedup();
                partners
                    .into_iter()
                    .filter(move |j| self.cosine(i, *j as usize) >= floor)
                    .map(move |j| (i as u32, j))
            })
            .collect()
    }
}

/// Texts assumed behind the collection.
const BACKGROUND: usize = 500;

/// Inverse document frequency of a term that `having` of `texts` have, as [`TfIdf::new`] takes it.
pub(crate) fn rarity(texts: usize, having: usize) -> f32 {
    ((texts + BACKGROUND) as f32 / (having as f32 + 1.0)).ln().max(0.0)
}
