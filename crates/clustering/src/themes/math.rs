//! Dot products and centres, summed in a fixed order: the same bits on every machine and thread count.

use ndarray::{Array2, ArrayView1, ArrayView2};
use rayon::prelude::*;

/// Partial sums kept side by side, so that the compiler can use wide registers.
const LANES: usize = 8;

/// Dot product of two slices of one length.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let (a_chunks, b_chunks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a_chunks.zip(b_chunks) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Scales a vector to unit length; a zero vector stays as it is.
pub(crate) fn normalise(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 && length.is_finite() {
        for x in vector {
            *x /= length;
        }
    }
}

/// A row as a slice, for a matrix in standard layout.
pub(crate) fn row(matrix: &Array2<f32>, index: usize) -> &[f32] {
    let width = matrix.ncols();
    matrix.as_slice().map_or(&[], |all| &all[index * width..(index + 1) * width])
}

/// Adds `weight * vector` to a sum.
pub(crate) fn add_scaled(sum: &mut [f32], weight: f32, vector: ArrayView1<f32>) {
    for (s, x) in sum.iter_mut().zip(vector) {
        *s += weight * x;
    }
}

/// The weighted mean direction of every group, unit length. Groups are dense from 0 to `count`.
pub(crate) fn centres(
    vectors: ArrayView2<f32>,
    weights: &[f32],
    groups: &[u32],
    count: usize,
) -> Array2<f32> {
    let mut centres = Array2::zeros((count, vectors.ncols()));
    for ((vector, &weight), &group) in vectors.rows().into_iter().zip(weights).zip(groups) {
        if let Some(sum) = centres.row_mut(group as usize).as_slice_mut() {
            add_scaled(sum, weight, vector);
        }
    }
    for mut centre in centres.rows_mut() {
        if let Some(centre) = centre.as_slice_mut() {
            normalise(centre);
        }
    }
    centres
}

/// The two nearest centres of a vector: `(nearest, its cosine, cosine of the second)`. Ties go to the
/// lower index; with one centre the second cosine is -1.
pub(crate) fn two_nearest(vector: &[f32], centres: &Array2<f32>) -> (u32, f32, f32) {
    let mut best = (0, f32::NEG_INFINITY, f32::NEG_INFINITY);
    for index in 0..centres.nrows() {
        let cosine = dot(vector, row(centres, index));
        if cosine > best.1 {
            best = (index as u32, cosine, best.1);
        } else if cosine > best.2 {
            best.2 = cosine;
        }
    }
    (best.0, best.1.max(-1.0), best.2.max(-1.0))
}

/// The nearest centre of every row.
pub(crate) fn nearest_centres(vectors: &Array2<f32>, centres: &Array2<f32>) -> Vec<u32> {
    (0..vectors.nrows()).into_par_iter().map(|i| two_nearest(row(vectors, i), centres).0).collect()
}
