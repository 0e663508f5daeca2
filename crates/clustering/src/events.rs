//! Which texts are about the same event: the scores behind stories and claims.
//!
//! One threshold on the cosine fits no collection: among many articles on one subject everything is
//! near everything. So a pair is also judged against the nearest text that each side has at all (local
//! scaling: Zelnik-Manor and Perona, Self-tuning spectral clustering, 2004), and by the rare words it
//! shares. Local scaling alone would join lonely texts with whatever happens to be nearest, so the
//! plain score guards it.

use crate::rows::Rows;
use crate::terms::Terms;
use crate::{linkage, neighbours};

/// Labels of the rows: rows with the same label are about the same event; the label is the first row.
pub(crate) fn same_event(rows: &Rows, cut: f32) -> Vec<u32> {
    let scored = score_candidates(rows);
    linkage::average(rows.len(), &scored, MISSING, cut)
}

/// Candidate pairs `(a, b, z)`, `a < b`, in order.
pub(crate) fn score_candidates(rows: &Rows) -> Vec<(u32, u32, f32)> {
    let near = neighbours::nearest(rows.vectors, NEIGHBOURS);
    let words = Terms::new(rows.features.iter().map(|f| f.stems.as_slice()));
    let grams = Terms::new(rows.features.iter().map(|f| f.grams.as_slice()));
    let mut pairs = words.pairs_above(LOWEST_TERMS, CROWD);
    for i in 0..rows.len() as u32 {
        pairs.extend(
            near.of(i as usize).filter(|(_, s)| *s >= LOWEST_COSINE).map(|(j, _)| (i.min(j), i.max(j))),
        );
    }
    pairs.sort_unstable();
    pairs.dedup();
    let reach: Vec<f32> =
        (0..rows.len()).map(|i| near.of(i).map(|(_, s)| s).next().unwrap_or(0.0).min(REPRINT)).collect();
    pairs
        .into_iter()
        .map(|(a, b)| {
            let (i, j) = (a as usize, b as usize);
            let cosine = rows.cosine(i, j);
            let length = rows.features[i].words.len().min(rows.features[j].words.len()) as f32;
            let long = ((length - 20.0) / 40.0).clamp(0.0, 1.0);
            let shared = long * words.cosine(i, j) + (1.0 - long) * grams.cosine(i, j);
            let plain = 10.29 * cosine + 13.64 * shared - 9.47;
            let local = 14.38 * cosine - 9.09 * (reach[i] + reach[j]) + 13.0 * shared + 3.26;
            (a, b, local.min(plain + 2.0))
        })
        .collect()
}

const NEIGHBOURS: usize = 100;
const LOWEST_COSINE: f32 = 0.25;
const LOWEST_TERMS: f32 = 0.08;
const CROWD: usize = 500;
const REPRINT: f32 = 0.9;
const MISSING: f32 = -8.0;
