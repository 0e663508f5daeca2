//! Near-duplicates: texts of which one was made from the other, or that say the same in other words.
//!
//! A pair becomes a candidate in one of two ways, by shingles (words in common) or by vectors (meaning in common), and
//! is then scored by both ([`Scorer`]). Groups are made of scored pairs only.

mod candidates;
pub mod conflicting_values;
pub mod document_frequency;
mod groups;
mod min_hash;
pub mod overlap;
pub mod pair_features;
pub mod passages;
mod score;
mod shingle_pairs;
mod text_reuse;
pub(crate) mod vocabulary;

pub use groups::{Grouping, complete_link_groups, complete_link_groups_in_order, group_duplicates};
pub use score::{Scorer, Verdict, is_copy};
pub use shingle_pairs::{ShinglePairParams, ValidShinglePairParams, shingle_overlap, shingle_pairs};

use rayon::prelude::*;

use crate::error::{Error, within};
use crate::rows::Rows;
use crate::weights::{candidates::LOWEST_COSINE, decision};

/// What decides which pairs are reported.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateParams {
    /// Lowest score of a reported pair, a probability; 0.5 is the decision line.
    pub floor: f32,
    /// Vector neighbours of each row that are looked at.
    pub neighbours: usize,
    /// Seed of the hash functions that sample shingles.
    pub seed: u64,
}

impl Default for DuplicateParams {
    fn default() -> Self {
        Self { floor: decision::LINE, neighbours: 20, seed: 0 }
    }
}

/// Parameters that were checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidDuplicateParams(DuplicateParams);

impl DuplicateParams {
    /// Checks the ranges.
    ///
    /// # Errors
    /// [`Error::Parameter`] with the name, the value and what is allowed.
    pub fn check(self) -> Result<ValidDuplicateParams, Error> {
        within("floor", self.floor.into(), (0.0..=1.0).contains(&self.floor), "between 0 and 1")?;
        within("neighbours", self.neighbours as f64, self.neighbours <= 1000, "at most 1000")?;
        Ok(ValidDuplicateParams(self))
    }
}

/// Scores exactly these pairs, in their order, whatever comes out.
pub fn score_pairs(rows: &Rows, pairs: &[(u32, u32)]) -> Vec<Verdict> {
    let scorer = Scorer::new(rows);
    pairs.par_iter().map(|(a, b)| scorer.score(*a, *b)).collect()
}

/// Every pair `(a, b)`, `a < b`, that scores at least the floor, in order.
///
/// Candidates share sampled shingles or are vector neighbours; near-linear in the number of words but
/// for the exact neighbours, which cost rows² · dimensions.
pub fn find_pairs(scorer: &Scorer, params: &ValidDuplicateParams) -> Vec<(u32, u32, Verdict)> {
    let (params, rows) = (&params.0, scorer.rows());
    let mut found = candidates::by_shingles(scorer.texts(), params.seed);
    let near = rows.nearest(params.neighbours);
    for i in 0..rows.len() as u32 {
        let similar = near.of(i as usize).filter(|(_, s)| *s >= LOWEST_COSINE);
        found.extend(similar.map(|(j, _)| (i.min(j), i.max(j))));
    }
    found.par_sort_unstable();
    found.dedup();
    found
        .into_par_iter()
        .map(|(a, b)| (a, b, scorer.score(a, b)))
        .filter(|(_, _, verdict)| verdict.score >= params.floor)
        .collect()
}
