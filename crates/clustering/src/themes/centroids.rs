//! Dot products and centroids, summed in a fixed order: the same bits on every machine and thread count.

use ndarray::{Array2, ArrayView1};
use rayon::prelude::*;

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
pub(crate) fn group_centroids(
    vectors: &Array2<f32>,
    weights: &[f32],
    rows: &[u32],
    groups: &[u32],
    count: usize,
) -> Array2<f32> {
    let width = vectors.ncols();
    let mut centroids = Array2::zeros((count, width));
    if let Some(sums) = centroids.as_slice_mut() {
        for (&at, &group) in rows.iter().zip(groups) {
            add(
                &mut sums[group as usize * width..][..width],
                weights[at as usize],
                row(vectors, at as usize),
            );
        }
        sums.chunks_exact_mut(width.max(1)).for_each(normalise);
    }
    centroids
}

/// Centres up to which a row is held against all of them.
const MANY: usize = 1024;
/// Where there are more: the centroids nearest to that of the row's own group which it is held against.
const AROUND: usize = 64;

/// The `k` nearest centroids of each of some rows with their cosines, nearest first, ties by index. `groups` goes
/// with `rows` and names a centre near each. With many centroids only those around that one are looked at, so that
/// the time grows with the rows alone.
pub(crate) fn nearest_centroids(
    vectors: &Array2<f32>,
    rows: &[u32],
    groups: &[u32],
    centroids: &Array2<f32>,
    k: usize,
) -> Vec<Vec<(u32, f32)>> {
    if centroids.nrows() <= MANY {
        return nearest_among(vectors.view(), rows, centroids.view(), k);
    }
    nearest_around(vectors, rows, groups, centroids, k, AROUND)
}

fn nearest_around(
    vectors: &Array2<f32>,
    rows: &[u32],
    groups: &[u32],
    centroids: &Array2<f32>,
    k: usize,
    around: usize,
) -> Vec<Vec<(u32, f32)>> {
    let beside = nearest_among(centroids.view(), &all(centroids.nrows()), centroids.view(), around);
    let of_row = |(&at, &group): (&u32, &u32)| {
        let own = row(vectors, at as usize);
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(k + 1);
        for &(centre, _) in &beside[group as usize] {
            let cosine = dot(own, row(centroids, centre as usize));
            let nearer = |b: &(u32, f32)| b.1.total_cmp(&cosine).then(centre.cmp(&b.0)).is_gt();
            let place = best.partition_point(nearer);
            if place < k {
                best.insert(place, (centre, cosine));
                best.truncate(k);
            }
        }
        best
    };
    rows.par_iter().zip(groups).map(of_row).collect()
}

/// The two nearest centroids of every row, `(nearest, its cosine, cosine of the second)`. Ties go to the
/// lower index; with one centre the second cosine is -1. `groups` as for [`nearest_centroids`].
pub(crate) fn two_nearest(
    vectors: &Array2<f32>,
    groups: &[u32],
    centroids: &Array2<f32>,
) -> Vec<(u32, f32, f32)> {
    let of_row = |found: Vec<(u32, f32)>| {
        let (first, cosine) = found.first().copied().unwrap_or((0, -1.0));
        (first, cosine, found.get(1).map_or(-1.0, |second| second.1))
    };
    let rows = all(vectors.nrows());
    nearest_centroids(vectors, &rows, groups, centroids, 2).into_iter().map(of_row).collect()
}

/// Every row.
pub(crate) fn all(rows: usize) -> Vec<u32> {
    (0..rows as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_all_are_the_nearest_around() {
        let mut random = crate::random::SplitMix::new(5);
        let mut unit = |rows: usize, like: Option<&Array2<f32>>| {
            let mut made = Array2::from_shape_fn((rows, 24), |(i, j)| {
                let near = like.map_or(0.0, |like| 1.5 * like[[i % like.nrows(), j]]);
                near + random.unit() as f32 - 0.5
            });
            made.rows_mut()
                .into_iter()
                .for_each(|mut row| row.as_slice_mut().into_iter().for_each(normalise));
            made
        };
        let centroids = unit(300, None);
        let vectors = unit(900, Some(&centroids));
        let (rows, groups) = (all(900), (0..900).map(|i| i % 300).collect::<Vec<u32>>());
        let exact = nearest_among(vectors.view(), &rows, centroids.view(), 2);
        assert_eq!(nearest_around(&vectors, &rows, &groups, &centroids, 2, 300), exact);
        let around = nearest_around(&vectors, &rows, &groups, &centroids, 2, 64);
        let same = around.iter().zip(&exact).filter(|(a, b)| a[0] == b[0]).count();
        assert!(same > 880, "{same} of 900");
    }
}
