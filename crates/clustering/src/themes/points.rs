//! From rows to points: near-duplicates folded, the common direction taken out.

use ndarray::{Array2, ArrayView2};

use super::centroids::{add_scaled, normalise};

/// The distinct texts that themes are found among.
pub(crate) struct Points {
    /// Point of every row.
    pub(crate) of_row: Vec<u32>,
    /// Rows of every point: how much it counts, so that a text printed ten times weighs more than one
    /// printed once, but does not make a theme of its own: `1 + ln(rows)`.
    pub(crate) weights: Vec<f32>,
    /// Unit vectors with the mean of all points taken out, points × dimensions.
    pub(crate) vectors: Array2<f32>,
}

impl Points {
    /// Number of points.
    pub(crate) fn len(&self) -> usize {
        self.weights.len()
    }

    /// Folds the rows of each group into their mean direction. Points are numbered by first row.
    pub(crate) fn fold(vectors: ArrayView2<f32>, group: &[u32]) -> Self {
        let of_row = dense(group);
        let count = of_row.iter().max().map_or(0, |&p| p as usize + 1);
        let mut rows = vec![0u32; count];
        let mut folded = Array2::<f32>::zeros((count, vectors.ncols()));
        for (vector, &point) in vectors.rows().into_iter().zip(&of_row) {
            rows[point as usize] += 1;
            if let Some(sum) = folded.row_mut(point as usize).as_slice_mut() {
                for (s, &x) in sum.iter_mut().zip(vector) {
                    *s += if x.is_finite() { x } else { 0.0 };
                }
            }
        }
        each_row(&mut folded, normalise);
        centre(&mut folded);
        let weights = rows.iter().map(|&r| 1.0 + (r as f32).ln()).collect();
        Self { of_row, weights, vectors: folded }
    }

    /// Folds only rows whose vectors are the same bits: the finest that can still be told apart.
    pub(crate) fn distinct(vectors: ArrayView2<f32>) -> Self {
        let bits = |row: usize| vectors.row(row).iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
        let mut order: Vec<usize> = (0..vectors.nrows()).collect();
        order.sort_by_cached_key(|&row| (bits(row), row));
        let mut group = vec![0u32; vectors.nrows()];
        for pair in order.windows(2) {
            group[pair[1]] = group[pair[0]] + u32::from(bits(pair[0]) != bits(pair[1]));
        }
        Self::fold(vectors, &group)
    }
}

/// Takes out the mean of all vectors: what they share (language, genre, the model's own bias) says
/// nothing about their differences, and hides them.
fn centre(vectors: &mut Array2<f32>) {
    let mut mean = vec![0f32; vectors.ncols()];
    let share = 1.0 / vectors.nrows().max(1) as f32;
    for vector in vectors.rows() {
        add_scaled(&mut mean, share, vector);
    }
    each_row(vectors, |vector| {
        for (x, m) in vector.iter_mut().zip(&mean) {
            *x -= m;
        }
        // Identical texts leave nothing but rounding errors; those are no direction.
        if super::centroids::dot(vector, vector) < 1e-9 { vector.fill(0.0) } else { normalise(vector) }
    });
}

fn each_row(matrix: &mut Array2<f32>, change: impl Fn(&mut [f32])) {
    for mut row in matrix.rows_mut() {
        if let Some(row) = row.as_slice_mut() {
            change(row);
        }
    }
}

/// Numbers groups from 0 by first appearance, whatever their values.
fn dense(group: &[u32]) -> Vec<u32> {
    let mut sorted: Vec<(u32, u32)> = group.iter().enumerate().map(|(row, &g)| (g, row as u32)).collect();
    sorted.sort_unstable();
    // First row of each row's group.
    let mut first = vec![0u32; group.len()];
    for i in 0..sorted.len() {
        let (g, row) = sorted[i];
        first[row as usize] =
            if i > 0 && sorted[i - 1].0 == g { first[sorted[i - 1].1 as usize] } else { row };
    }
    let mut number = vec![0u32; group.len()];
    let mut count = 0;
    for row in 0..group.len() {
        if first[row] as usize == row {
            number[row] = count;
            count += 1;
        } else {
            number[row] = number[first[row] as usize];
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn groups_become_points_in_order_of_their_first_row() {
        assert_eq!(dense(&[7, 3, 7, u32::MAX, 3]), [0, 1, 0, 2, 1]);
    }

    #[test]
    fn a_reprint_counts_less_than_a_text_of_its_own() {
        let v = array![[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]];
        let points = Points::fold(v.view(), &[0, 0, 1]);
        assert_eq!(points.of_row, [0, 0, 1]);
        assert!(points.weights[0] > 1.0 && points.weights[0] < 2.0);
        assert_eq!(points.weights[1], 1.0);
    }

    #[test]
    fn only_the_same_bits_are_folded() {
        let v = array![[1.0, 0.0], [0.6, 0.8], [1.0, 0.0]];
        assert_eq!(Points::distinct(v.view()).of_row, [0, 1, 0]);
    }
}
