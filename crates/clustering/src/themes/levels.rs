//! How many themes: which rungs between coarse and fine are worth showing, and which comes first.
//!
//! Five broad topics and a hundred events are both right answers to different readers. So every rung is judged: by how
//! clearly its themes stand apart (*clarity*: the mean simplified silhouette, Hruschka, de Castro & Campello 2004) and by
//! how well it comes back when a fifth of the texts are left out (*repeat*: the mean adjusted Rand index). Of broad,
//! middle and fine themes the best rung of each is offered. The one shown first is the clearest, with a mild preference
//! for as many themes as a reader can take in: few broad themes always come back best, and would always be shown.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::centroids::{all, dot, group_centroids, nearest_centroids, row};
use super::consensus::Consensus;
use super::counted::{communities, join, refill};
use super::graph::{Graph, count_of, renumber};
use super::params::Scale;
use super::settle::{dissolve, settle};
use crate::metrics::adjusted_rand_index;
use crate::random::{SplitMix, mix};
use crate::weights::theme;

/// Points above which fewer draws vote, and one sample at a time is in memory.
const LARGE: usize = 200_000;
/// Points over all samples, at most: the more there are, the less a single sample leaves to chance.
const MOST: usize = 300_000;
/// Samples at least, unless fewer are asked for.
const FEWEST: usize = 2;
/// Points that clarity is measured on, at most.
const JUDGED: usize = 5_000;
/// Rungs of a scale of which it is measured how well they come back.
const CLEAREST: usize = 3;

/// A way to cut the points into themes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cut {
    /// The communities of a rung.
    Rung(usize),
    /// Exactly so many themes.
    Count(usize),
}

/// Points with their graph and their communities.
pub(crate) struct Ground<'p> {
    /// Smoothed vectors of all points.
    vectors: &'p Array2<f32>,
    weights: &'p [f32],
    whole: Part,
    samples: Vec<Part>,
    smallest: usize,
    seed: u64,
}

/// Some of the points.
struct Part {
    kept: Vec<u32>,
    consensus: Consensus,
}

/// A rung, judged.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    rung: usize,
    themes: usize,
    clarity: f64,
    /// Mean cosine of a point to the nearest centre of another theme.
    beside: f64,
}

impl<'p> Ground<'p> {
    /// Finds the communities of `graph`, whose nodes are points with `vectors` (smoothed) and `weights`; and those of
    /// `rounds` samples.
    pub(crate) fn new(
        graph: Graph,
        vectors: &'p Array2<f32>,
        weights: &'p [f32],
        smallest: usize,
        rounds: usize,
        seed: u64,
    ) -> Self {
        let n = graph.len();
        let draws = if n > LARGE { theme::DRAWS / 2 } else { theme::DRAWS };
        let rounds = rounds.min((MOST / n.max(1)).max(FEWEST));
        let sample = |round: u64| {
            let mut random = SplitMix::new(mix(seed ^ mix(round ^ 0x5eed_0f57_ab1e_0000)));
            let kept: Vec<bool> = (0..n).map(|_| random.unit() < theme::KEPT).collect();
            let (part, kept) = graph.induced(&kept);
            Part { kept, consensus: Consensus::of(part, draws, random.bits()) }
        };
        let samples: Vec<Part> = if n > LARGE {
            (0..rounds as u64).map(sample).collect()
        } else {
            (0..rounds as u64).into_par_iter().map(sample).collect()
        };
        let samples = samples.into_iter().filter(|sample| sample.kept.len() > 1).collect();
        let whole = Part { kept: all(n), consensus: Consensus::of(graph, draws, seed) };
        Self { vectors, weights, whole, samples, smallest, seed }
    }

    /// The cuts to show, one below the other, coarse first; none where the points are of one matter. `plain` are the
    /// vectors of the [`judged`] points before smoothing.
    pub(crate) fn cuts(&self, plain: &Array2<f32>, count: Option<usize>, scale: Option<Scale>) -> Vec<Cut> {
        let candidates = self.candidates(plain);
        let (first, mut themes) = match (count, scale) {
            (Some(count), _) => (Cut::Count(count), count),
            (None, Some(scale)) => {
                match self.best(&candidates, scale).or_else(|| nearest(&candidates, scale)) {
                    Some(found) => (Cut::Rung(found.rung), found.themes),
                    None => return Vec::new(),
                }
            }
            (None, None) => match usual(&candidates) {
                Some(found) => (Cut::Rung(found.rung), found.themes),
                None => return Vec::new(),
            },
        };
        let mut cuts = vec![first];
        for scale in [Scale::Middle, Scale::Fine] {
            let finer: Vec<Candidate> =
                candidates.iter().filter(|finer| finer.themes >= 2 * themes).copied().collect();
            if let Some(finer) = self.best(&finer, scale) {
                cuts.push(Cut::Rung(finer.rung));
                themes = finer.themes;
            }
        }
        cuts
    }

    /// The theme of every point under a cut, dense, and which points came from a community too small for a theme.
    pub(crate) fn themes(&self, cut: Cut) -> (Vec<u32>, Vec<bool>) {
        self.of(&self.whole, cut)
    }

    /// How well each of `groups` (of all points, dense) comes back in the samples under `cut`: its mean best Jaccard
    /// overlap (Hennig 2007, Cluster-wise assessment of cluster stability). Above .85 a theme is firm, below .6 it is one
    /// of several ways to cut the same texts. Empty where there are no samples.
    pub(crate) fn stability(&self, groups: &[u32], cut: Cut) -> Vec<f32> {
        let found: Vec<Vec<u32>> = self.samples.par_iter().map(|sample| self.of(sample, cut).0).collect();
        let mut overlap = Overlap::new(groups);
        for (sample, found) in self.samples.iter().zip(&found) {
            overlap.add(groups, &sample.kept, found);
        }
        overlap.mean()
    }

    fn of(&self, part: &Part, cut: Cut) -> (Vec<u32>, Vec<bool>) {
        let kept = &part.kept;
        let mut strays = vec![false; kept.len()];
        let mut found = match cut {
            Cut::Rung(rung) => {
                let (found, moved) = self.settled(kept, part.consensus.at(rung));
                strays = moved;
                found
            }
            Cut::Count(count) => {
                let count = count.min(kept.len());
                let wanted = theme::PIECES * count;
                let rungs =
                    (0..part.consensus.len()).map(|rung| self.settled(kept, part.consensus.at(rung)).0);
                let base = rungs
                    .filter(|groups| count_of(groups) >= wanted)
                    .min_by_key(|groups| count_of(groups))
                    .unwrap_or_else(|| communities(part.consensus.graph(), wanted, self.seed));
                let joined = join(self.vectors, self.weights, kept, &base, count);
                let mut found = settle(self.vectors, self.weights, kept, &joined);
                refill(self.vectors, self.weights, kept, &mut found, count);
                found
            }
        };
        renumber(&mut found);
        (found, strays)
    }

    /// Communities as themes of `kept` points: without crumbs, every point where it is likeliest.
    fn settled(&self, kept: &[u32], mut groups: Vec<u32>) -> (Vec<u32>, Vec<bool>) {
        let communities = renumber(&mut groups);
        let mass: f32 = kept.iter().map(|&at| self.weights[at as usize]).sum();
        let least = (mass / (theme::CRUMB * communities) as f32).max(self.smallest as f32);
        let mut moved = dissolve(self.vectors, self.weights, kept, &mut groups, least);
        let mut found = settle(self.vectors, self.weights, kept, &groups);
        // Where what came from crumbs makes up the numbers, there is no theme.
        let mut own = self.weights.to_vec();
        kept.iter().zip(&moved).filter(|(_, moved)| **moved).for_each(|(&at, _)| own[at as usize] = 0.0);
        let left = dissolve(self.vectors, &own, kept, &mut found, self.smallest as f32);
        moved.iter_mut().zip(left).for_each(|(moved, left)| *moved |= left);
        renumber(&mut found);
        (found, moved)
    }

    fn candidates(&self, plain: &Array2<f32>) -> Vec<Candidate> {
        let points = self.whole.kept.len();
        let judged = judged(points);
        let judge = |rung: usize| {
            let raw = self.whole.consensus.at(rung);
            let (found, _) = self.settled(&judged, judged.iter().map(|&at| raw[at as usize]).collect());
            let themes = count_of(&found);
            if themes < 2 {
                return None;
            }
            let (clarity, beside) = clarity(plain, &found);
            Some(Candidate { rung, themes, clarity: clarity.into(), beside: beside.into() })
        };
        self.whole.consensus.find_all();
        let same = |rung: &usize| *rung > 0 && self.whole.consensus.same(*rung, *rung - 1);
        let rungs: Vec<usize> = (0..self.whole.consensus.len()).filter(|rung| !same(rung)).collect();
        rungs.into_par_iter().filter_map(judge).collect()
    }

    /// The best rung of a scale: of the clearest few the clearest and firmest.
    fn best(&self, candidates: &[Candidate], scale: Scale) -> Option<Candidate> {
        let firm = clearest(candidates, scale).into_iter().map(|c| (c.clarity * self.repeat(c.rung), c));
        let best = firm.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.rung.cmp(&a.1.rung)));
        best.map(|best| best.1)
    }

    /// How well the communities of a rung come back in the samples: the mean adjusted Rand index; 1 where there are none.
    fn repeat(&self, rung: usize) -> f64 {
        if self.samples.is_empty() {
            return 1.0;
        }
        let raw = self.whole.consensus.at(rung);
        let index = |sample: &Part| {
            let own: Vec<u32> = sample.kept.iter().map(|&at| raw[at as usize]).collect();
            adjusted_rand_index(&own, &sample.consensus.at(rung))
        };
        self.samples.iter().map(index).sum::<f64>() / self.samples.len() as f64
    }
}

/// The points that rungs are judged by: all, or so many at even steps.
pub(crate) fn judged(points: usize) -> Vec<u32> {
    all(points).into_iter().step_by(points.div_ceil(JUDGED).max(1)).collect()
}

/// The rows of `vectors` that rungs are judged by.
pub(crate) fn judged_rows(vectors: ArrayView2<f32>) -> Array2<f32> {
    let rows: Vec<usize> = judged(vectors.nrows()).into_iter().map(|row| row as usize).collect();
    vectors.select(Axis(0), &rows)
}

/// The mean simplified silhouette, -1 to 1: how much nearer each point is to its own centre (taken without the point, or a
/// small theme would always look clear) than to the next, over the larger of the two distances. And the mean cosine to the
/// next.
fn clarity(vectors: &Array2<f32>, groups: &[u32]) -> (f32, f32) {
    let count = count_of(groups);
    let rows = all(groups.len());
    let centroids = group_centroids(vectors, &vec![1.0; groups.len()], &rows, groups, count);
    let mut lengths = vec![0f32; count];
    for (at, &group) in groups.iter().enumerate() {
        lengths[group as usize] += dot(row(vectors, at), row(&centroids, group as usize));
    }
    let near = nearest_centroids(vectors, &rows, groups, &centroids, 2);
    let silhouette = |(at, near): (usize, Vec<(u32, f32)>)| {
        let (vector, group) = (row(vectors, at), groups[at] as usize);
        // The product with the sum of all vectors of the group, of which this one is a part.
        let product = dot(vector, row(&centroids, group)) * lengths[group];
        let itself = dot(vector, vector);
        let others = (lengths[group] * lengths[group] - 2.0 * product + itself).max(0.0).sqrt();
        let own = 1.0 - if others > 1e-6 { (product - itself) / others } else { 0.0 };
        let next = near.iter().find(|(other, _)| *other != groups[at]).map_or(own, |next| 1.0 - next.1);
        let larger = own.max(next);
        (if larger > 0.0 { (next - own) / larger } else { 0.0 }, 1.0 - next)
    };
    let sums = near.into_iter().enumerate().map(silhouette).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    let points = groups.len().max(1) as f32;
    (sums.0 / points, sums.1 / points)
}

impl Candidate {
    /// Log-clarity, less what the number of themes is off the usual one.
    fn usual(&self) -> f64 {
        let off = (self.themes as f64 / theme::USUAL).ln() / theme::USUAL_SPREAD;
        self.clarity.ln() - off * off / 2.0
    }

    fn is_of(&self, scale: Scale) -> bool {
        match scale {
            Scale::Broad => (theme::FEWEST_BROAD..theme::FEWEST_MIDDLE).contains(&self.themes),
            Scale::Middle => (theme::FEWEST_MIDDLE..theme::FEWEST_FINE).contains(&self.themes),
            Scale::Fine => self.themes >= theme::FEWEST_FINE,
        }
    }
}

/// The rung to show first. None where even the broadest themes lie so near each other that they are one matter.
fn usual(candidates: &[Candidate]) -> Option<Candidate> {
    let nearest = candidates.iter().map(|candidate| candidate.beside).min_by(f64::total_cmp)?;
    if nearest >= theme::ONE_MATTER {
        return None;
    }
    let clear = candidates.iter().filter(|candidate| candidate.clarity > 0.0);
    clear.copied().max_by(|a, b| a.usual().total_cmp(&b.usual()).then(b.rung.cmp(&a.rung)))
}

/// The clearest few rungs of a scale.
fn clearest(candidates: &[Candidate], scale: Scale) -> Vec<Candidate> {
    let mut of: Vec<Candidate> = candidates.iter().filter(|c| c.is_of(scale)).copied().collect();
    of.sort_by(|a, b| b.clarity.total_cmp(&a.clarity).then(a.rung.cmp(&b.rung)));
    of.truncate(CLEAREST);
    of
}

/// Where no rung is of a scale: the one with the most themes for fine and middle ones, with the fewest for broad ones.
fn nearest(candidates: &[Candidate], scale: Scale) -> Option<Candidate> {
    let by_size = |a: &&Candidate, b: &&Candidate| a.themes.cmp(&b.themes).then(b.rung.cmp(&a.rung));
    match scale {
        Scale::Broad => candidates.iter().min_by(by_size).copied(),
        Scale::Middle | Scale::Fine => candidates.iter().max_by(by_size).copied(),
    }
}

/// The sum of best overlaps of each group, and how often it was looked for.
struct Overlap {
    sum: Vec<f32>,
    times: Vec<f32>,
}

impl Overlap {
    fn new(groups: &[u32]) -> Self {
        let count = count_of(groups);
        Self { sum: vec![0.0; count], times: vec![0.0; count] }
    }

    /// Adds one round: `found` is the new group of each of the `kept` points.
    fn add(&mut self, groups: &[u32], kept: &[u32], found: &[u32]) {
        let mut size = vec![0f32; self.sum.len()];
        let mut found_size = vec![0f32; count_of(found)];
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

    #[test]
    fn clarity_by_hand() {
        let vectors = ndarray::array![[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]];
        assert_eq!(clarity(&vectors, &[0, 0, 1, 1]), (1.0, 0.0));
        assert!(clarity(&vectors, &[0, 1, 1, 1]).0 < 0.5);
        // A point alone is as near to nothing as to anything.
        let apart = ndarray::array![[1.0, 0.0], [0.0, 1.0]];
        assert_eq!(clarity(&apart, &[0, 1]), (0.0, 0.0));
    }

    #[test]
    fn of_two_rungs_alike_the_one_a_reader_can_take_in_is_shown() {
        let rung = |rung, themes, clarity| Candidate { rung, themes, clarity, beside: 0.1 };
        let shown = |candidates: &[Candidate]| usual(candidates).map(|c| c.themes);
        assert_eq!(shown(&[rung(0, 2, 0.3), rung(1, 12, 0.3), rung(2, 300, 0.3)]), Some(12));
        assert_eq!(shown(&[rung(0, 12, 0.2), rung(1, 100, 0.5)]), Some(100));
        assert_eq!(shown(&[Candidate { beside: 0.4, ..rung(0, 3, 0.5) }]), None);
        let both = [rung(0, 5, 0.3), rung(1, 30, 0.2), rung(2, 40, 0.25)];
        assert_eq!(clearest(&both, Scale::Middle).iter().map(|c| c.themes).collect::<Vec<_>>(), [40, 30]);
        assert_eq!(nearest(&both, Scale::Fine).map(|c| c.themes), Some(40));
    }
}
