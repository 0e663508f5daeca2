//! Weights to signed bytes, each rounding error made up for by the weights not yet rounded.
//!
//! GPTQ (Frantar et al., 2023): columns are rounded one by one, and what a rounding changes in the
//! layer's output on the calibration texts is taken back, as far as it can be, by the columns still free.

use rayon::prelude::*;

use crate::kernels::{Kernels, PackedF32};

/// Share of the mean diagonal that is added to the diagonal, so that no direction counts for nothing.
const DAMPING: f64 = 0.01;

/// Largest magnitude of a byte; -128 is left out, so that a weight and its negative round alike.
pub(super) const LIMIT: f32 = 127.0;

/// Scale of each row of `weights`: its largest magnitude becomes 127.
pub(super) fn scales(weights: &[f32], k: usize) -> Vec<f32> {
    weights
        .par_chunks_exact(k)
        .map(|row| match row.iter().fold(0.0_f32, |top, w| top.max(w.abs())) {
            0.0 => 1.0,
            top => top / LIMIT,
        })
        .collect()
}

fn nearest(weight: f32, scale: f32) -> i8 {
    (weight / scale).round_ties_even().clamp(-LIMIT, LIMIT) as i8
}

/// Each weight to the nearest byte.
pub(super) fn round(weights: &[f32], scales: &[f32], k: usize) -> Vec<i8> {
    weights
        .par_chunks_exact(k)
        .zip(scales)
        .flat_map_iter(|(row, &scale)| row.iter().map(move |&w| nearest(w, scale)))
        .collect()
}

/// The order in which columns are rounded, and how each one's error spreads over the later ones.
pub(super) struct Compensation {
    order: Vec<usize>,
    /// Row j: upper triangle of the inverse second moments' Cholesky factor, in that order.
    factor: Vec<f64>,
}

impl Compensation {
    /// From the layer's inputs on the calibration texts, rows of `k`.
    pub(super) fn new(kernels: &Kernels, inputs: &[f32], k: usize) -> Self {
        let moments = second_moments(kernels, inputs, k);
        let mean = (0..k).map(|i| f64::from(moments[i * k + i])).sum::<f64>() / k as f64;
        // The columns that matter most first, while most others are free to make up for them.
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|&a, &b| moments[b * k + b].total_cmp(&moments[a * k + a]).then(a.cmp(&b)));
        // Cholesky of the reversed matrix, then its inverse, reversed again: upper U with UᵀU = H⁻¹.
        let mut h = vec![0.0_f64; k * k];
        for (i, row) in h.chunks_exact_mut(k).enumerate() {
            for (j, value) in row.iter_mut().enumerate() {
                *value = f64::from(moments[order[k - 1 - i] * k + order[k - 1 - j]]);
            }
            row[i] += DAMPING * mean + f64::MIN_POSITIVE;
        }
        cholesky(&mut h, k);
        let inverse = invert_lower(&h, k);
        let mut factor = vec![0.0; k * k];
        for i in 0..k {
            for j in i..k {
                factor[i * k + j] = inverse[(k - 1 - i) * k + (k - 1 - j)];
            }
        }
        Self { order, factor }
    }

    /// Bytes for every row of `weights`.
    pub(super) fn round(&self, weights: &[f32], scales: &[f32]) -> Vec<i8> {
        let k = self.order.len();
        weights
            .par_chunks_exact(k)
            .zip(scales)
            .flat_map_iter(|(row, &scale)| {
                let mut free: Vec<f64> = self.order.iter().map(|&column| f64::from(row[column])).collect();
                let mut bytes = vec![0_i8; k];
                for (j, &column) in self.order.iter().enumerate() {
                    let spread = &self.factor[j * k..(j + 1) * k];
                    let byte = nearest(free[j] as f32, scale);
                    bytes[column] = byte;
                    let error = (free[j] - f64::from(byte) * f64::from(scale)) / spread[j];
                    for (weight, share) in free[j + 1..].iter_mut().zip(&spread[j + 1..]) {
                        *weight -= error * share;
                    }
                }
                bytes
            })
            .collect()
    }
}

/// `inputsᵀ · inputs`, `k` × `k`.
fn second_moments(kernels: &Kernels, inputs: &[f32], k: usize) -> Vec<f32> {
    let rows = inputs.len() / k;
    let mut columns = vec![0.0_f32; inputs.len()];
    for (row, values) in inputs.chunks_exact(k).enumerate() {
        for (column, &value) in values.iter().enumerate() {
            columns[column * rows + row] = value;
        }
    }
    let packed = PackedF32::new(&columns, vec![0.0; k], rows);
    let mut moments = vec![0.0; k * k];
    kernels.linear_f32(&columns, &packed, &mut moments, crate::kernels::Finish::None);
    moments
}

/// Lower Cholesky factor in place; what stands above the diagonal is left as it was.
fn cholesky(a: &mut [f64], k: usize) {
    for j in 0..k {
        let pivot = a[j * k + j].sqrt();
        a[j * k + j] = pivot;
        for i in j + 1..k {
            a[i * k + j] /= pivot;
        }
        let column: Vec<f64> = (j + 1..k).map(|i| a[i * k + j]).collect();
        a[(j + 1) * k..].par_chunks_exact_mut(k).enumerate().for_each(|(i, row)| {
            let own = column[i];
            for (value, other) in row[j + 1..=j + 1 + i].iter_mut().zip(&column) {
                *value -= own * other;
            }
        });
    }
}

/// Inverse of a lower triangular matrix.
fn invert_lower(lower: &[f64], k: usize) -> Vec<f64> {
    let mut inverse = vec![0.0; k * k];
    for i in 0..k {
        let (done, rest) = inverse.split_at_mut(i * k);
        let row = &mut rest[..k];
        row[i] = 1.0;
        for (j, earlier) in done.chunks_exact(k).enumerate() {
            let factor = lower[i * k + j];
            for (value, other) in row[..=j].iter_mut().zip(earlier) {
                *value -= factor * other;
            }
        }
        let pivot = lower[i * k + i];
        row[..=i].iter_mut().for_each(|value| *value /= pivot);
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factor_inverts_the_second_moments() {
        let k = 16;
        let inputs: Vec<f32> = (0..64 * k).map(|i| ((i * 7919 + i * i % 101) % 23) as f32 - 11.0).collect();
        let kernels = Kernels::detect();
        let made = Compensation::new(&kernels, &inputs, k);
        let moments = second_moments(&kernels, &inputs, k);
        let mean = (0..k).map(|i| f64::from(moments[i * k + i])).sum::<f64>() / k as f64;
        for i in 0..k {
            for j in 0..k {
                // (UᵀU · H)ᵢⱼ
                let entry: f64 = (0..k)
                    .map(|l| {
                        let inverse: f64 =
                            (0..k).map(|m| made.factor[m * k + i] * made.factor[m * k + l]).sum();
                        let damped = if l == j { DAMPING * mean } else { 0.0 };
                        inverse * (f64::from(moments[made.order[l] * k + made.order[j]]) + damped)
                    })
                    .sum();
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((entry - expected).abs() < 1e-8, "{i} {j}: {entry}");
            }
        }
    }
}
