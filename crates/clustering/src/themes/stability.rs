//! Whether a theme comes back when part of the texts are missing and the dice fall differently.
//!
//! Each round leaves out a fifth of the points, finds themes among the rest with another seed, and
//! looks for each theme's best match by Jaccard overlap; the mean over the rounds is its stability
//! (Hennig 2007, Cluster-wise assessment of cluster stability). Above .85 a theme is firm, below .6 it
//! is one of several ways to cut the same texts.

use ndarray::Array2;
use rayon::prelude::*;

use super::partition::{BRIEF, Partition, partition};
use crate::neighbours::Neighbours;
use crate::random::SplitMix;
use crate::weights::theme::KEPT;

/// Points above which one round at a time is in memory.
pub(crate) const LARGE: usize = 200_000;
/// Points over all rounds, at most: the more there are, the less a single round leaves to chance.
const MOST: usize = 300_000;
/// Rounds at least, unless fewer are asked for.
const FEWEST: usize = 2;

/// Themes of the points without some of them.
pub(crate) struct Sample {
    kept: Vec<u32>,
    found: Partition,
}

/// Themes of `rounds` subsamples; none where there are too few points to leave any out.
pub(crate) fn samples(
    lists: &Neighbours,
    vectors: &Array2<f32>,
    weights: &[f32],
    count: Option<usize>,
    seed: u64,
    rounds: usize,
) -> Vec<Sample> {
    let points = weights.len();
    let rounds = rounds.min((MOST / points.max(1)).max(FEWEST));
    let mut random = SplitMix::new(seed ^ 0x5eed_0f57_ab1e_0000);
    let draws: Vec<(Vec<u32>, u64)> = (0..rounds)
        .map(|_| ((0..points as u32).filter(|_| random.unit() < KEPT).collect(), random.bits()))
        .collect();
    if draws.iter().any(|(kept, _)| kept.len() < 2) {
        return Vec::new();
    }
    let find = |(kept, seed): (Vec<u32>, u64)| {
        let lists = sampled(lists, &kept, points);
        let count = count.map(|count| count.min(kept.len()));
        let found = partition(&lists, vectors, weights, &kept, count, BRIEF, seed);
        Sample { kept, found }
    };
    // Side by side, unless each of them is large.
    if points > LARGE {
        draws.into_iter().map(find).collect()
    } else {
        draws.into_par_iter().map(find).collect()
    }
}

/// Mean best Jaccard overlap of every theme and of every finer theme over the samples; empty where there are
/// none.
pub(crate) fn stability(samples: &[Sample], theme: &[u32], fine: &[u32]) -> (Vec<f32>, Vec<f32>) {
    let mut overlap = (Overlap::new(theme), Overlap::new(fine));
    for Sample { kept, found } in samples {
        overlap.0.add(theme, kept, &found.theme);
        overlap.1.add(fine, kept, &found.fine);
    }
    (overlap.0.mean(), overlap.1.mean())
}

/// The neighbours among the kept points, renumbered. A place that is left over at the end of a list holds
/// the point itself with no similarity, of which no graph makes an edge.
fn sampled(lists: &Neighbours, kept: &[u32], points: usize) -> Neighbours {
    let mut number = vec![u32::MAX; points];
    for (new, &old) in kept.iter().enumerate() {
        number[old as usize] = new as u32;
    }
    let k = lists.k.min(kept.len() - 1);
    let mut index = Array2::zeros((kept.len(), k));
    let mut similarity = Array2::zeros((kept.len(), k));
    for (new, &old) in kept.iter().enumerate() {
        let left =
            lists.of(old as usize).map(|(j, s)| (number[j as usize], s)).filter(|&(j, _)| j != u32::MAX);
        for (place, (j, s)) in left.chain(std::iter::repeat((new as u32, 0.0))).take(k).enumerate() {
            index[[new, place]] = j;
            similarity[[new, place]] = s;
        }
    }
    Neighbours { k, index, similarity }
}

/// The sum of best overlaps of each group, and how often it was looked for.
struct Overlap {
    sum: Vec<f32>,
    times: Vec<f32>,
}

impl Overlap {
    fn new(groups: &[u32]) -> Self {
        let count = groups.iter().max().map_or(0, |&g| g as usize + 1);
        Self { sum: vec![0.0; count], times: vec![0.0; count] }
    }

    /// Adds one round: `found` is the new group of each of the `kept` points.
    fn add(&mut self, groups: &[u32], kept: &[u32], found: &[u32]) {
        let mut size = vec![0f32; self.sum.len()];
        let mut found_size = vec![0f32; found.iter().max().map_or(0, |&g| g as usize + 1)];
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(kept.len());
        for (&point, &new) in kept.iter().zip(found) {
            size[groups[point as usize] as usize] += 1.0;
            found_size[new as usize] += 1.0;
            pairs.push((groups[point as usize], new));
        }
        pairs.sort_unstable();
        let mut best = vec![0f32; self.sum.len()];
        for both in pairs.chunk_by(|a, b| a == b) {
            let (old, new) = (both[0].0 as usize, both[0].1 as usize);
            let common = both.len() as f32;
            best[old] = best[old].max(common / (size[old] + found_size[new] - common));
        }
        for group in 0..self.sum.len() {
            if size[group] > 0.0 {
                self.sum[group] += best[group];
                self.times[group] += 1.0;
            }
        }
    }

    fn mean(self) -> Vec<f32> {
        if self.times.iter().all(|&t| t == 0.0) {
            return Vec::new();
        }
        self.sum.iter().zip(&self.times).map(|(s, t)| if *t > 0.0 { s / t } else { 0.0 }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_by_hand() {
        let groups = [0, 0, 0, 0, 1, 1];
        let mut overlap = Overlap::new(&groups);
        // Point 3 is left out; one point of group 1 comes to group 0's match.
        overlap.add(&groups, &[0, 1, 2, 4, 5], &[0, 0, 0, 0, 1]);
        assert_eq!(overlap.mean(), [0.75, 0.5]);
    }
}
