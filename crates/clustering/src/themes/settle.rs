//! From communities of a graph to themes of points: crumbs go to what they are nearest to, and every point once to the
//! theme that it is most likely from.

use ndarray::Array2;
use rayon::prelude::*;

use super::centroids::{add, dot, group_centroids, nearest_centroids, normalise, row};
use super::graph::{count_of, renumber};
use crate::neighbours::{Neighbours, Quantised};
use crate::weights::theme;

/// Themes looked at for each point.
const CHOICES: usize = 8;

/// Moves each vector half-way to the mean of its neighbours: what a text shares with those around it says more about its
/// theme than its own choice of words. A stranger, whose neighbours are far less like it than those of others, moves
/// less.
///
/// The neighbours are taken from `bytes`, which hold the vectors as they were, since a second copy of a
/// million vectors would be the largest thing in memory.
pub(crate) fn smooth(vectors: &mut Array2<f32>, bytes: &Quantised, lists: &Neighbours) {
    let (points, width) = vectors.dim();
    let mut usual: Vec<f32> = (0..points).map(|point| lists.mean_of(point, lists.k)).collect();
    usual.sort_by(f32::total_cmp);
    let usual = usual.get(points / 2).copied().unwrap_or(0.0).max(f32::MIN_POSITIVE);
    let Some(values) = vectors.as_slice_mut() else { return };
    values.par_chunks_exact_mut(width.max(1)).enumerate().for_each_init(
        || vec![0f32; width],
        |sum, (point, vector)| {
            sum.fill(0.0);
            for (neighbour, likeness) in lists.of(point) {
                bytes.add(sum, likeness.max(0.0), neighbour as usize);
            }
            let length = dot(sum, sum).sqrt();
            let pull = (lists.mean_of(point, lists.k) / (theme::STRANGER * usual)).clamp(0.0, 1.0);
            if length > 0.0 {
                add(vector, pull / length, sum);
            }
            normalise(vector);
        },
    );
}

/// The weight of each of `groups` (dense, one for each of `kept`).
pub(crate) fn masses(weights: &[f32], kept: &[u32], groups: &[u32]) -> Vec<f32> {
    let mut mass = vec![0f32; count_of(groups)];
    for (&at, &group) in kept.iter().zip(groups) {
        mass[group as usize] += weights[at as usize];
    }
    mass
}

/// Gives the points of communities lighter than `least` to the nearest of the others; where all are lighter, they
/// stay. `groups` goes with `kept`.
pub(crate) fn dissolve(
    vectors: &Array2<f32>,
    weights: &[f32],
    kept: &[u32],
    groups: &mut [u32],
    least: f32,
) -> Vec<bool> {
    let count = renumber(groups);
    let mass = masses(weights, kept, groups);
    let mut moved = vec![false; groups.len()];
    if mass.iter().all(|&m| m < least) || mass.iter().all(|&m| m >= least) {
        return moved;
    }
    let centroids = group_centroids(vectors, weights, kept, groups, count);
    let large: Vec<usize> = (0..count).filter(|&group| mass[group] >= least).collect();
    for ((group, &at), moved) in groups.iter_mut().zip(kept).zip(&mut moved) {
        if mass[*group as usize] < least {
            let cosine = |g: usize| dot(row(vectors, at as usize), row(&centroids, g));
            let nearest = large.iter().map(|&g| (cosine(g), g));
            if let Some((_, g)) = nearest.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))) {
                *group = g as u32;
                *moved = true;
            }
        }
    }
    renumber(groups);
    moved
}

/// Moves every point once to the theme that it is most likely from: the nearest centre, with what size says for a theme as
/// in a mixture of von Mises-Fisher distributions (Banerjee et al. 2005) of one concentration. To convergence (k-means)
/// it would undo the graph's work. `groups` goes with `kept` and is dense.
pub(crate) fn settle(vectors: &Array2<f32>, weights: &[f32], kept: &[u32], groups: &[u32]) -> Vec<u32> {
    let centroids = group_centroids(vectors, weights, kept, groups, count_of(groups));
    let share = masses(weights, kept, groups);
    let whole: f32 = share.iter().sum();
    let prior: Vec<f32> =
        share.iter().map(|s| theme::PRIOR * (s / whole).max(f32::MIN_POSITIVE).ln()).collect();
    let near = nearest_centroids(vectors, kept, groups, &centroids, CHOICES);
    near.into_iter()
        .zip(groups)
        .map(|(near, &own)| {
            let likely = near.into_iter().map(|(g, cosine)| (cosine + prior[g as usize], g));
            likely.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map_or(own, |best| best.1)
        })
        .collect()
}
