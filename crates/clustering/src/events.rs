//! Which texts are about the same event: what stories and claims share.
//!
//! One threshold on the cosine fits no collection: among many articles on one subject everything is
//! near everything. So a pair is judged four ways, and the log-odds added up: by its cosine; by the rare
//! words it shares; by what each side's nearest other text reaches at all (local scaling: Zelnik-Manor
//! and Perona, Self-tuning spectral clustering, 2004); and by the neighbours they have in common
//! (Jarvis and Patrick, Clustering using a similarity measure based on shared near neighbors, 1973).
//! Groups grow by average linkage on the probabilities, so that a pair which has nothing in common
//! counts as 0 and need not be looked at. Reprints are folded first: ten copies of one text would
//! otherwise be each other's only neighbours, and count ten times.

use rayon::prelude::*;

use crate::rows::Rows;
use crate::terms::Terms;
use crate::{duplicates, linkage};

/// The log-odds that two texts are about the same event.
///
/// Fitted by logistic regression on 22 November 2026 on the candidate pairs of three collections, each
/// also in samples with few texts an event (ECB+ train, Emergent dev, Google News titles), pairs weighted
/// by one over the size of their event. Weights from any two of the three give groups on the third
/// that are within .03 (B-cubed) of these.
const COSINE: f32 = 6.74;
const SHARED_TERMS: f32 = 7.34;
const REACH: f32 = -4.55;
const SHARED_NEIGHBOURS: f32 = 3.92;
const INTERCEPT: f32 = -1.44;

/// What a shared rare word counts beside the cosine where neighbours are ranked.
const TERMS_IN_RANK: f32 = 0.8;
/// Neighbours of each text that are compared for being shared.
const LISTED: usize = 10;
/// Cosine and shared terms together below which a text is no neighbour, however near it comes: in a
/// small collection everybody would otherwise be everybody's.
const LISTED_FLOOR: f32 = 0.4;
/// Candidates: nearest by cosine, and pairs that share rare terms.
const NEAREST: usize = 100;
const LOWEST_COSINE: f32 = 0.25;
const LOWEST_TERMS: f32 = 0.08;
/// Terms that more texts have are not rare, and do not make candidates.
const CROWD: usize = 500;
/// Shared rare terms that make a reprint.
const REPRINT: f32 = 0.75;

/// What a text of these words is compared by: 0 character n-grams, which forgive inflection where words
/// are few, to 1 words, which are enough where they are many.
fn by_words(words: usize) -> f32 {
    ((words as f32 - 20.0) / 40.0).clamp(0.0, 1.0)
}

/// Labels of the rows: rows with the same label are about the same event; the label is the first row.
/// `cut` is the lowest mean probability between two groups that are joined.
pub(crate) fn same_event(rows: &Rows, cut: f32) -> Vec<u32> {
    let candidates = Candidates::new(rows);
    let fold = candidates.reprints(rows.len());
    let scored = candidates.score(rows, &fold);
    let label = linkage::average(rows.len(), &scored, 0.0, cut);
    // A fold's row is its first, and a group's label its first row, so labels are first rows again.
    fold.iter().map(|row| label[*row as usize]).collect()
}

/// Candidate pairs of rows `(a, b, probability)`, `a < b`, in order, reprints of one text among them.
pub(crate) fn probabilities(rows: &Rows) -> Vec<(u32, u32, f32)> {
    let unfolded: Vec<u32> = (0..rows.len() as u32).collect();
    Candidates::new(rows).score(rows, &unfolded)
}

struct Candidate {
    a: u32,
    b: u32,
    cosine: f32,
    /// Shared rare terms, 0 to 1: words or character n-grams, by length.
    terms: f32,
}

struct Candidates(Vec<Candidate>);

impl Candidates {
    fn new(rows: &Rows) -> Self {
        let near = rows.nearest(NEAREST);
        let stems = Terms::new(rows.features.iter().map(|f| f.stems.as_slice()));
        let grams = Terms::new(rows.features.iter().map(|f| f.grams.as_slice()));
        let mut pairs = stems.pairs_above(LOWEST_TERMS, CROWD);
        for i in 0..rows.len() as u32 {
            let similar = near.of(i as usize).filter(|(_, s)| *s >= LOWEST_COSINE);
            pairs.extend(similar.map(|(j, _)| (i.min(j), i.max(j))));
        }
        pairs.par_sort_unstable();
        pairs.dedup();
        let compare = |(a, b): (u32, u32)| {
            let (i, j) = (a as usize, b as usize);
            let words = by_words(rows.features[i].words.len().min(rows.features[j].words.len()));
            let mut terms = 0.0;
            if words > 0.0 {
                terms += words * stems.cosine(i, j);
            }
            if words < 1.0 {
                terms += (1.0 - words) * grams.cosine(i, j);
            }
            Candidate { a, b, cosine: rows.cosine(i, j), terms }
        };
        Self(pairs.into_par_iter().map(compare).collect())
    }

    /// For each row the row that stands for it: itself, or the first of its reprints. Every pair of a fold
    /// is a reprint of each other.
    fn reprints(&self, n: usize) -> Vec<u32> {
        let mut pairs: Vec<(u32, u32, f32)> =
            self.0.iter().filter(|c| c.terms >= REPRINT).map(|c| (c.a, c.b, c.terms)).collect();
        pairs.sort_by_key(|p| (p.0, p.1));
        duplicates::cliques(n, &pairs, REPRINT, |_, _| 0.0).group
    }

    /// Probabilities of the pairs of rows that stand for themselves.
    fn score(&self, rows: &Rows, fold: &[u32]) -> Vec<(u32, u32, f32)> {
        let stands = |row: u32| fold[row as usize] == row;
        let kept: Vec<&Candidate> = self.0.iter().filter(|c| stands(c.a) && stands(c.b)).collect();
        let mut reach = vec![0.0f32; rows.len()];
        let mut lists: Vec<Vec<(f32, u32)>> = vec![Vec::new(); rows.len()];
        for c in &kept {
            let rank = c.cosine + TERMS_IN_RANK * c.terms;
            for (own, other) in [(c.a, c.b), (c.b, c.a)] {
                if c.terms < REPRINT {
                    reach[own as usize] = reach[own as usize].max(c.cosine);
                }
                if rank >= LISTED_FLOOR {
                    lists[own as usize].push((rank, other));
                }
            }
        }
        let lists: Vec<Vec<u32>> = lists
            .into_par_iter()
            .enumerate()
            .map(|(row, mut list)| {
                list.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
                let mut list: Vec<u32> = list.into_iter().take(LISTED).map(|(_, other)| other).collect();
                list.push(row as u32);
                list.sort_unstable();
                list
            })
            .collect();
        kept.into_par_iter()
            .map(|c| {
                let (i, j) = (c.a as usize, c.b as usize);
                let common = crate::overlap::intersection(&lists[i], &lists[j]) as f32;
                let neighbours = common / ((lists[i].len() * lists[j].len()) as f32).sqrt();
                let odds = COSINE * c.cosine
                    + SHARED_TERMS * c.terms
                    + REACH * (reach[i] + reach[j])
                    + SHARED_NEIGHBOURS * neighbours
                    + INTERCEPT;
                (c.a, c.b, 1.0 / (1.0 + (-odds).exp()))
            })
            .collect()
    }
}
