//! Rows that are parts of the texts that themes are found over: each is placed by itself and its article together.

use ndarray::Array2;
use rayon::prelude::*;

use super::centroids::{dot, normalise, row};
use super::graph::count_of;
use super::points::{Points, background, mean, without_mean};
use super::types::{ThemeInput, Wholes};
use crate::weights::theme;

/// Where rows are placed.
pub(crate) struct Placed {
    /// Theme of every row on every level, coarse first, rows × levels.
    pub(crate) theme: Vec<Vec<u32>>,
    /// Cosine of every row to the centre of its top-level theme, and how much nearer that is than the next.
    pub(crate) near: Vec<(f32, f32)>,
}

/// Places every row of `input` among the themes whose `centroids` (a matrix for each level, smoothed points) and parents
/// (the theme above each, by level; none on the first) are given.
pub(crate) fn place(
    input: &ThemeInput,
    wholes: &Wholes,
    points: &Points,
    centroids: &[Array2<f32>],
    parents: &[Vec<u32>],
) -> Placed {
    let shared = mean(input.vectors, background(input.scale));
    let children: Vec<Vec<Vec<u32>>> = parents
        .iter()
        .map(|parents| {
            let mut children = vec![Vec::new(); count_of(parents)];
            for (child, &parent) in parents.iter().enumerate() {
                children[parent as usize].push(child as u32);
            }
            children
        })
        .collect();
    let top: Vec<u32> = (0..centroids[0].nrows() as u32).collect();
    let of_row = |at: usize| {
        let mut own: Vec<f32> =
            input.vectors.row(at).iter().map(|x| if x.is_finite() { *x } else { 0.0 }).collect();
        without_mean(&mut own, &shared);
        let point = points.copies.of_row[wholes.of_row[at] as usize] as usize;
        for (x, whole) in own.iter_mut().zip(row(&points.vectors, point)) {
            *x += theme::WHOLE * whole;
        }
        normalise(&mut own);
        let (first, second) = two_best(&own, &centroids[0], &top);
        let mut path = vec![first.0];
        for (level, children) in children.iter().enumerate() {
            let below = &children[*path.last().unwrap_or(&0) as usize];
            path.push(two_best(&own, &centroids[level + 1], below).0.0);
        }
        (path, (first.1, first.1 - second))
    };
    let (theme, near) = (0..input.vectors.nrows()).into_par_iter().map(of_row).unzip();
    Placed { theme, near }
}

/// The nearest of some centroids with its cosine, and the cosine of the second; -1 where there is none.
fn two_best(own: &[f32], centroids: &Array2<f32>, among: &[u32]) -> ((u32, f32), f32) {
    let (mut best, mut second) = ((among.first().copied().unwrap_or(0), -1.0), -1.0);
    for &theme in among {
        let cosine = dot(own, row(centroids, theme as usize));
        if cosine > best.1 {
            second = best.1;
            best = (theme, cosine);
        } else if cosine > second {
            second = cosine;
        }
    }
    (best, second)
}
