//! Principal axes of rows, by power iteration on a sample.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use crate::random::{SplitMix, mix};

/// Rows that one task sums: fixed, so that sums do not depend on the number of threads.
const TASK: usize = 64;

/// The first `count` principal axes of every so manieth row, at most `sample` of them, after `turns` steps of orthogonal
/// iteration (Bauer 1957) from a seeded start: axes × dimensions, of unit length, strongest first; zero where the rows
/// have fewer dimensions.
pub(super) fn principal(
    vectors: ArrayView2<f32>,
    count: usize,
    sample: usize,
    turns: usize,
    seed: u64,
) -> Array2<f32> {
    let (n, d) = vectors.dim();
    let every = n.div_ceil(sample).max(1);
    let mut rows: Vec<Vec<f32>> = vectors.rows().into_iter().step_by(every).map(|row| row.to_vec()).collect();
    let mut mean = vec![0.0f32; d];
    for row in &rows {
        mean.iter_mut().zip(row).for_each(|(m, x)| *m += x / rows.len() as f32);
    }
    rows.iter_mut().for_each(|row| row.iter_mut().zip(&mean).for_each(|(x, m)| *x -= m));
    let mut random = SplitMix::new(mix(seed));
    let mut axes: Vec<Vec<f32>> = (0..count.min(d))
        .map(|_| (0..d).map(|_| random.bits() as f32 / u64::MAX as f32 - 0.5).collect())
        .collect();
    orthonormalise(&mut axes);
    for _ in 0..turns {
        let parts: Vec<Vec<Vec<f32>>> = rows.par_chunks(TASK).map(|rows| turned(&axes, rows)).collect();
        axes.iter_mut().for_each(|axis| axis.fill(0.0));
        for part in parts {
            axes.iter_mut().zip(part).for_each(|(axis, part)| add(axis, &part, 1.0));
        }
        orthonormalise(&mut axes);
    }
    Array2::from_shape_fn((axes.len(), d), |(axis, x)| axes[axis][x])
}

/// The rows' scatter times each axis.
fn turned(axes: &[Vec<f32>], rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut sums = vec![vec![0.0f32; rows[0].len()]; axes.len()];
    for row in rows {
        for (axis, sum) in axes.iter().zip(&mut sums) {
            add(sum, row, dot(row, axis));
        }
    }
    sums
}

/// Gram-Schmidt; an axis that lies in the others becomes zero.
fn orthonormalise(axes: &mut [Vec<f32>]) {
    for i in 0..axes.len() {
        let (done, rest) = axes.split_at_mut(i);
        let axis = &mut rest[0];
        let before = dot(axis, axis).sqrt();
        for other in done {
            let along = dot(axis, other);
            add(axis, other, -along);
        }
        let length = dot(axis, axis).sqrt();
        let scale = if length > before * 1e-4 { 1.0 / length } else { 0.0 };
        axis.iter_mut().for_each(|x| *x *= scale);
    }
}

fn add(to: &mut [f32], what: &[f32], times: f32) {
    to.iter_mut().zip(what).for_each(|(t, w)| *t += times * w);
}

/// A dot product in eight sums, which fit vector registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        sums.iter_mut().zip(x.iter().zip(y)).for_each(|(sum, (x, y))| *sum += x * y);
    }
    sums.iter().sum::<f32>() + rest
}

/// Rows along the axes, centred: rows × axes.
pub(super) fn along(vectors: ArrayView2<f32>, axes: &Array2<f32>) -> Array2<f32> {
    let axes: Vec<Vec<f32>> = axes.rows().into_iter().map(|axis| axis.to_vec()).collect();
    let mut along = Array2::zeros((vectors.nrows(), axes.len()));
    along.axis_iter_mut(Axis(0)).into_par_iter().zip(vectors.axis_iter(Axis(0))).for_each(
        |(mut out, row)| {
            let row = row.to_vec();
            out.iter_mut().zip(&axes).for_each(|(x, axis)| *x = dot(&row, axis));
        },
    );
    for mut column in along.columns_mut() {
        let mean = column.iter().sum::<f32>() / column.len() as f32;
        column.iter_mut().for_each(|x| *x -= mean);
    }
    along
}

/// Rows scaled to unit length; a row of zeros stays.
pub(super) fn unit_length(rows: &Array2<f32>) -> Array2<f32> {
    let mut unit = rows.clone();
    for mut row in unit.rows_mut() {
        let length = row.iter().map(|x| x * x).sum::<f32>().sqrt();
        row.iter_mut().for_each(|x| *x /= length.max(1e-12));
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_those_along_which_rows_differ_most() {
        // Wide along dimension 3, half as wide along 5, nearly flat otherwise.
        let mut random = SplitMix::new(mix(1));
        let rows = Array2::from_shape_fn((200, 12), |(_, x)| {
            let wide = match x {
                3 => 1.0,
                5 => 0.5,
                _ => 0.01,
            };
            wide * (random.bits() as f32 / u64::MAX as f32 - 0.5) + 7.0
        });
        let axes = principal(rows.view(), 2, 100, 12, 9);
        assert!(axes[[0, 3]].abs() > 0.99 && axes[[1, 5]].abs() > 0.99, "{axes}");
        let along = along(rows.view(), &axes);
        assert!(along.columns().into_iter().all(|column| column.sum().abs() < 0.01));
    }

    #[test]
    fn equal_rows_have_no_axis() {
        let axes = principal(Array2::from_elem((5, 9), 0.3).view(), 3, 10, 4, 2);
        assert!(axes.iter().all(|x| x.is_finite()));
    }
}
