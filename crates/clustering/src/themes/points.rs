//! From rows to points: near-duplicates folded, the common direction taken out.

use ndarray::{Array2, ArrayView2};

use throughline_schema::CosineScale;

use super::centroids::{add_scaled, dot, normalise};
use crate::weights::theme;

/// Which rows are copies of one text, and how much each text counts.
pub(crate) struct Copies {
    /// Text of every row, numbered by first row.
    pub(crate) of_row: Vec<u32>,
    /// What every text counts, so that one printed ten times weighs more than one printed once, but not ten times as
    /// much: `1 + ln(rows)`.
    pub(crate) weights: Vec<f32>,
    /// First row of every text.
    pub(crate) first: Vec<u32>,
}

impl Copies {
    /// `group` is the near-duplicate group of every row, any number.
    pub(crate) fn new(group: &[u32]) -> Self {
        let of_row = dense(group);
        let count = of_row.iter().max().map_or(0, |&p| p as usize + 1);
        let mut rows = vec![0u32; count];
        let mut first = vec![0u32; count];
        for (row, &text) in of_row.iter().enumerate() {
            if rows[text as usize] == 0 {
                first[text as usize] = row as u32;
            }
            rows[text as usize] += 1;
        }
        let weights = rows.iter().map(|&r| 1.0 + (r as f32).ln()).collect();
        Self { of_row, weights, first }
    }

    /// The weight of every row: that of its text, shared among the rows.
    pub(crate) fn row_weights(&self) -> Vec<f32> {
        let mut rows = vec![0f32; self.weights.len()];
        self.of_row.iter().for_each(|&text| rows[text as usize] += 1.0);
        self.of_row.iter().map(|&text| self.weights[text as usize] / rows[text as usize]).collect()
    }
}

/// The distinct texts that themes are found among.
pub(crate) struct Points<'a> {
    /// Which rows they stand for.
    pub(crate) copies: Copies,
    /// Unit vectors with the common direction taken out, points × dimensions.
    pub(crate) vectors: Array2<f32>,
    /// Terms of every point; none where the rows have none.
    pub(crate) terms: Vec<&'a [u32]>,
}

impl<'a> Points<'a> {
    /// Number of points.
    pub(crate) fn len(&self) -> usize {
        self.copies.weights.len()
    }

    /// Folds the rows of each group into their mean direction. `background` as in [`without_mean`].
    pub(crate) fn fold(
        vectors: ArrayView2<f32>,
        group: &[u32],
        terms: Option<&[&'a [u32]]>,
        background: f32,
    ) -> Self {
        let copies = Copies::new(group);
        let mut folded = Array2::<f32>::zeros((copies.weights.len(), vectors.ncols()));
        for (vector, &point) in vectors.rows().into_iter().zip(&copies.of_row) {
            if let Some(sum) = folded.row_mut(point as usize).as_slice_mut() {
                for (s, &x) in sum.iter_mut().zip(vector) {
                    *s += if x.is_finite() { x } else { 0.0 };
                }
            }
        }
        each_row(&mut folded, normalise);
        let mean = mean(folded.view(), background);
        each_row(&mut folded, |vector| without_mean(vector, &mean));
        let terms = copies.first.iter().map(|&row| terms.map_or(&[][..], |terms| terms[row as usize]));
        Self { vectors: folded, terms: terms.collect(), copies }
    }

    /// Folds only rows whose vectors are the same bits: the finest that can still be told apart.
    pub(crate) fn distinct(vectors: ArrayView2<f32>, terms: Option<&[&'a [u32]]>, background: f32) -> Self {
        let bits = |row: usize| vectors.row(row).iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
        let mut order: Vec<usize> = (0..vectors.nrows()).collect();
        order.sort_by_cached_key(|&row| (bits(row), row));
        let mut group = vec![0u32; vectors.nrows()];
        for pair in order.windows(2) {
            group[pair[1]] = group[pair[0]] + u32::from(bits(pair[0]) != bits(pair[1]));
        }
        Self::fold(vectors, &group, terms, background)
    }
}

/// The mean of some vectors as if `background` more stood beside them whose mean is nothing: of a few texts on one
/// matter, what they share is that matter and must not be taken out.
pub(crate) fn mean(vectors: ArrayView2<f32>, background: f32) -> Vec<f32> {
    let mut mean = vec![0f32; vectors.ncols()];
    let share = 1.0 / (vectors.nrows() as f32 + background).max(1.0);
    for vector in vectors.rows() {
        add_scaled(&mut mean, share, vector);
    }
    mean
}

/// Takes the mean of all vectors out of one: what they share (language, genre, the model's own bias) says nothing about
/// their differences, and hides them.
pub(crate) fn without_mean(vector: &mut [f32], mean: &[f32]) {
    for (x, m) in vector.iter_mut().zip(mean) {
        *x -= m;
    }
    // Identical texts leave nothing but rounding errors; those are no direction.
    if dot(vector, vector) < 1e-9 { vector.fill(0.0) } else { normalise(vector) }
}

/// Texts assumed beside those at hand when their mean is taken. With a model whose cosines need a scale, unrelated texts
/// too have a common direction, and all of it is taken out.
pub(crate) fn background(scale: CosineScale) -> f32 {
    if scale == CosineScale::IDENTITY { theme::BACKGROUND } else { 0.0 }
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
        let copies = Copies::new(&[0, 0, 1]);
        assert_eq!(copies.of_row, [0, 0, 1]);
        assert!(copies.weights[0] > 1.0 && copies.weights[0] < 2.0);
        assert_eq!(copies.weights[1], 1.0);
        assert_eq!(copies.row_weights().iter().sum::<f32>(), copies.weights.iter().sum::<f32>());
    }

    #[test]
    fn only_the_same_bits_are_folded() {
        let v = array![[1.0, 0.0], [0.6, 0.8], [1.0, 0.0]];
        assert_eq!(Points::distinct(v.view(), None, 0.0).copies.of_row, [0, 1, 0]);
    }

    #[test]
    fn what_a_few_texts_share_is_left_in_and_what_many_share_is_not() {
        let turned = |rows: usize| {
            let v = Array2::from_shape_fn((rows, 3), |(i, j)| match j {
                0 => 0.8,
                j => [0.6, -0.6][i % 2] * f32::from(u8::from(j == 1 + i / 2 % 2)),
            });
            let groups: Vec<u32> = (0..rows as u32).collect();
            let points = Points::fold(v.view(), &groups, None, 100.0);
            dot(points.vectors.row(0).as_slice().unwrap(), points.vectors.row(1).as_slice().unwrap())
        };
        assert!(turned(20) > 0.0 && turned(4000) < -0.9, "{} {}", turned(20), turned(4000));
    }
}
