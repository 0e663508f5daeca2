//! The partition itself: fine communities and the themes they make up.

use ndarray::Array2;
use rayon::prelude::*;

use super::graph::{cosine_graph, overlap_graph, renumber};
use super::leiden::leiden;
use super::math::{add_scaled, centres, nearest_centres, normalise, row};
use super::merge::merge;
use crate::neighbours::Neighbours;

/// Neighbours that make the graph of communities.
pub(crate) const NEAR: usize = 15;
/// Neighbours that say which communities belong together, and that are searched for.
pub(crate) const WIDE: usize = 50;

/// Every point's fine community and theme.
pub(crate) struct Partition {
    pub(crate) theme: Vec<u32>,
    pub(crate) fine: Vec<u32>,
}

/// Finds as many themes as the neighbour graph shows.
pub(crate) fn partition(lists: &Neighbours, smoothed: &Array2<f32>, weights: &[f32], seed: u64) -> Partition {
    let mut fine = leiden(&overlap_graph(lists, NEAR), 1.0, seed);
    let fines = renumber(&mut fine);
    let owner = merge(&cosine_graph(lists, NEAR), &cosine_graph(lists, WIDE), &fine, fines);
    let themes = owner.iter().max().map_or(0, |&t| t as usize + 1);
    let joined: Vec<u32> = fine.iter().map(|&f| owner[f as usize]).collect();
    let theme = nearest_centres(smoothed, &centres(smoothed.view(), weights, &joined, themes));
    Partition { theme, fine }
}

/// Each vector moved half-way to the mean of its nearest neighbours: what a text shares with those
/// around it says more about its theme than its own choice of words.
pub(crate) fn smooth(vectors: &Array2<f32>, lists: &Neighbours) -> Array2<f32> {
    let width = vectors.ncols();
    let rows: Vec<Vec<f32>> = (0..vectors.nrows())
        .into_par_iter()
        .map(|i| {
            let mut around = vec![0f32; width];
            for (j, cosine) in lists.of(i).take(NEAR) {
                add_scaled(&mut around, cosine.max(0.0), vectors.row(j as usize));
            }
            normalise(&mut around);
            for (x, own) in around.iter_mut().zip(row(vectors, i)) {
                *x += own;
            }
            normalise(&mut around);
            around
        })
        .collect();
    let mut smoothed = Array2::zeros(vectors.raw_dim());
    for (mut target, source) in smoothed.rows_mut().into_iter().zip(rows) {
        target.iter_mut().zip(source).for_each(|(t, s)| *t = s);
    }
    smoothed
}
