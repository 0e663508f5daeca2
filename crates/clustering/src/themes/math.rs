//! Dot products and centres, summed in a fixed order: the same bits on every machine and thread count.

use ndarray::{Array2, ArrayView1};

pub(crate) use crate::neighbours::dot;
use crate::neighbours::nearest_among;

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
    if let Some(vector) = vector.as_slice() {
        add(sum, weight, vector);
    } else {
        sum.iter_mut().zip(vector).for_each(|(s, x)| *s += weight * x);
    }
}

/// As [`add_scaled`], of a slice.
pub(crate) fn add(sum: &mut [f32], weight: f32, vector: &[f32]) {
    sum.iter_mut().zip(vector).for_each(|(s, x)| *s += weight * x);
}

/// The weighted mean direction of every group of some rows, unit length. `groups` goes with `rows`, and
/// is dense from 0 to `count`.
pub(crate) fn centres(
    vectors: &Array2<f32>,
    weights: &[f32],
    rows: &[u32],
    groups: &[u32],
    count: usize,
) -> Array2<f32> {
    let width = vectors.ncols();
    let mut centres = Array2::zeros((count, width));
    if let Some(sums) = centres.as_slice_mut() {
        for (&at, &group) in rows.iter().zip(groups) {
            add(
                &mut sums[group as usize * width..][..width],
                weights[at as usize],
                row(vectors, at as usize),
            );
        }
        sums.chunks_exact_mut(width.max(1)).for_each(normalise);
    }
    centres
}

/// The two nearest centres of every row, `(nearest, its cosine, cosine of the second)`. Ties go to the
/// lower index; with one centre the second cosine is -1.
pub(crate) fn two_nearest(vectors: &Array2<f32>, centres: &Array2<f32>) -> Vec<(u32, f32, f32)> {
    let of_row = |found: Vec<(u32, f32)>| {
        let (first, cosine) = found.first().copied().unwrap_or((0, -1.0));
        (first, cosine, found.get(1).map_or(-1.0, |second| second.1))
    };
    let rows = all(vectors.nrows());
    nearest_among(vectors.view(), &rows, centres.view(), 2).into_iter().map(of_row).collect()
}

/// The nearest centre of each of some rows.
pub(crate) fn nearest_centres(vectors: &Array2<f32>, rows: &[u32], centres: &Array2<f32>) -> Vec<u32> {
    let nearest = nearest_among(vectors.view(), rows, centres.view(), 1);
    nearest.into_iter().map(|found| found.first().map_or(0, |f| f.0)).collect()
}

/// Every row.
pub(crate) fn all(rows: usize) -> Vec<u32> {
    (0..rows as u32).collect()
}
