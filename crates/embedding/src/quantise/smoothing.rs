//! The range of a linear layer's inputs evened out between channels, weights taking up the difference.
//!
//! SmoothQuant (Xiao et al., 2023), with each channel centred first (as in Outlier Suppression+, Wei et
//! al., 2023). How far to go, and what a centre is, is found by trying: the choice whose int8 output is
//! nearest to the f32 output on the calibration texts.

use rayon::prelude::*;

use super::rounding;
use crate::kernels::{Finish, Kernels, NarrowRows, PackedF32, PackedInt8};

/// A linear layer and its inputs on the calibration texts.
pub(super) struct Calibrated<'a> {
    pub kernels: &'a Kernels,
    /// Tokens × `k`.
    pub inputs: &'a [f32],
    /// `n` × `k`.
    pub weights: &'a [f32],
    pub bias: &'a [f32],
    pub k: usize,
}

/// A layer in int8.
#[derive(Clone)]
pub(super) struct Int8Layer {
    pub weights: Vec<i8>,
    pub scale: Vec<f32>,
    pub bias: Vec<f32>,
    pub input_gain: Vec<f32>,
    pub input_shift: Vec<f32>,
}

/// Per channel: what is taken away before, and divided by.
struct Smoothing {
    centre: Vec<f32>,
    divisor: Vec<f32>,
}

/// How a channel's centre and width are taken from its values on the calibration texts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Choice {
    /// The mean is the centre, else the middle of the range.
    mean: bool,
    /// The standard deviation is the width, else half the range.
    deviation: bool,
    /// How far the weights take the width over, in twentieths.
    step: u32,
}

/// What the calibration texts show of each channel.
struct Channels {
    lowest: Vec<f32>,
    highest: Vec<f32>,
    mean: Vec<f32>,
    deviation: Vec<f32>,
    /// Largest magnitude of any weight on the channel.
    top: Vec<f32>,
}

/// Every how many tokens one is tried.
const SAMPLE: usize = 3;

impl Calibrated<'_> {
    /// The layer in int8, smoothed as does it least harm.
    pub(super) fn quantise(&self) -> Int8Layer {
        let sample: Vec<f32> = self.inputs.chunks_exact(self.k).step_by(SAMPLE).flatten().copied().collect();
        let wanted = self.outputs(&sample);
        let importance = self.importance(&wanted);
        let channels = self.channels();
        let choices = Choice::all();
        let errors: Vec<f64> = choices
            .par_iter()
            .map(|choice| {
                let smoothing = channels.smoothing(choice);
                let (weights, scale) = self.smoothed(&smoothing);
                let bytes = rounding::round(&weights, &scale, self.k);
                let layer = self.layer(&smoothing, bytes, scale);
                weighted_distance(&self.int8_outputs(&layer, &sample), &wanted, &importance)
            })
            .collect();
        let best = (0..errors.len()).min_by(|&a, &b| errors[a].total_cmp(&errors[b])).unwrap_or(0);
        let smoothing = channels.smoothing(&choices[best]);
        let (weights, scale) = self.smoothed(&smoothing);
        let mut prepared = self.prepared(&smoothing);
        let importance = self.importance(&self.outputs(self.inputs));
        for (row, weight) in prepared.chunks_exact_mut(self.k).zip(&importance) {
            let factor = weight.sqrt() as f32;
            row.iter_mut().for_each(|x| *x *= factor);
        }
        let bytes = rounding::Compensation::new(self.kernels, &prepared, self.k).round(&weights, &scale);
        let mut layer = self.layer(&smoothing, bytes, scale);
        self.correct_bias(&mut layer);
        layer
    }

    fn outputs(&self, inputs: &[f32]) -> Vec<f32> {
        let packed = PackedF32::new(self.weights, self.bias.to_vec(), self.k);
        let mut out = vec![0.0; inputs.len() / self.k * self.bias.len()];
        self.kernels.linear_f32(inputs, &packed, &mut out, Finish::None);
        out
    }

    fn int8_outputs(&self, layer: &Int8Layer, inputs: &[f32]) -> Vec<f32> {
        let Int8Layer { weights, scale, bias, input_gain, input_shift } = layer.clone();
        let packed = PackedInt8::new(&weights, scale, bias, input_gain, input_shift);
        let mut out = vec![0.0; inputs.len() / self.k * self.bias.len()];
        self.kernels.linear_int8(inputs, &packed, &mut out, Finish::None, &mut NarrowRows::default());
        out
    }

    /// What an error in each token's output counts: less where the output is large, since the layer norm
    /// behind it divides by its size.
    fn importance(&self, outputs: &[f32]) -> Vec<f64> {
        let sizes: Vec<f64> = outputs
            .chunks_exact(self.bias.len())
            .map(|row| row.iter().map(|&y| f64::from(y) * f64::from(y)).sum())
            .collect();
        let mean = sizes.iter().sum::<f64>() / sizes.len() as f64 + f64::MIN_POSITIVE;
        sizes.iter().map(|size| 1.0 / (mean + size)).collect()
    }

    fn channels(&self) -> Channels {
        let k = self.k;
        let rows = (self.inputs.len() / k) as f64;
        let (mut lowest, mut highest) = (vec![f32::INFINITY; k], vec![f32::NEG_INFINITY; k]);
        let (mut sums, mut squares) = (vec![0.0_f64; k], vec![0.0_f64; k]);
        for row in self.inputs.chunks_exact(k) {
            for (i, &x) in row.iter().enumerate() {
                lowest[i] = lowest[i].min(x);
                highest[i] = highest[i].max(x);
                sums[i] += f64::from(x);
                squares[i] += f64::from(x) * f64::from(x);
            }
        }
        let mut top = vec![0.0_f32; k];
        for row in self.weights.chunks_exact(k) {
            row.iter().zip(&mut top).for_each(|(w, top)| *top = top.max(w.abs()));
        }
        let mean: Vec<f64> = sums.iter().map(|sum| sum / rows).collect();
        let deviation = squares.iter().zip(&mean).map(|(s, m)| (s / rows - m * m).max(0.0).sqrt() as f32);
        Channels {
            lowest,
            highest,
            deviation: deviation.collect(),
            mean: mean.iter().map(|&m| m as f32).collect(),
            top,
        }
    }

    /// Weights times the divisors, and the scale of each row.
    fn smoothed(&self, smoothing: &Smoothing) -> (Vec<f32>, Vec<f32>) {
        let weights: Vec<f32> = self
            .weights
            .chunks_exact(self.k)
            .flat_map(|row| row.iter().zip(&smoothing.divisor).map(|(w, d)| w * d))
            .collect();
        let scale = rounding::scales(&weights, self.k);
        (weights, scale)
    }

    fn layer(&self, smoothing: &Smoothing, weights: Vec<i8>, scale: Vec<f32>) -> Int8Layer {
        let input_gain: Vec<f32> = smoothing.divisor.iter().map(|d| 1.0 / d).collect();
        let input_shift = smoothing.centre.iter().zip(&input_gain).map(|(c, g)| -c * g).collect();
        // What centring takes from the inputs, the bias gives back.
        let bias = self
            .weights
            .chunks_exact(self.k)
            .zip(self.bias)
            .map(|(row, &bias)| {
                let taken: f64 =
                    row.iter().zip(&smoothing.centre).map(|(&w, &c)| f64::from(w) * f64::from(c)).sum();
                (f64::from(bias) + taken) as f32
            })
            .collect();
        Int8Layer { weights, scale, bias, input_gain, input_shift }
    }

    fn prepared(&self, smoothing: &Smoothing) -> Vec<f32> {
        self.inputs
            .chunks_exact(self.k)
            .flat_map(|row| {
                row.iter().zip(&smoothing.centre).zip(&smoothing.divisor).map(|((x, c), d)| (x - c) / d)
            })
            .collect()
    }

    /// Moves each output's mean on the calibration texts to where it is in f32.
    fn correct_bias(&self, layer: &mut Int8Layer) {
        let n = self.bias.len();
        let wanted = self.outputs(self.inputs);
        let made = self.int8_outputs(layer, self.inputs);
        let mut missing = vec![0.0_f64; n];
        for (wanted, made) in wanted.chunks_exact(n).zip(made.chunks_exact(n)) {
            for ((&w, &m), sum) in wanted.iter().zip(made).zip(&mut missing) {
                *sum += f64::from(w) - f64::from(m);
            }
        }
        let rows = (wanted.len() / n) as f64;
        for (bias, missing) in layer.bias.iter_mut().zip(&missing) {
            *bias = (f64::from(*bias) + missing / rows) as f32;
        }
    }
}

impl Choice {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for mean in [false, true] {
            for deviation in [false, true] {
                all.extend((0..=20).map(|step| Self { mean, deviation, step }));
            }
        }
        all
    }
}

impl Channels {
    /// Divisors `width^share / top^(1 - share)`: at 0 the weights are made even, at 1 the inputs.
    fn smoothing(&self, choice: &Choice) -> Smoothing {
        let share = f64::from(choice.step) / 20.0;
        let (mut centre, mut divisor) = (Vec::new(), Vec::new());
        for i in 0..self.mean.len() {
            let c = if choice.mean { self.mean[i] } else { (self.lowest[i] + self.highest[i]) / 2.0 };
            let half = (self.highest[i] - c).max(c - self.lowest[i]);
            let width = if choice.deviation { self.deviation[i] } else { half };
            let (width, top) = (f64::from(width).max(1e-5), f64::from(self.top[i]).max(1e-5));
            centre.push(c);
            divisor.push((power(width, share) / power(top, 1.0 - share)) as f32);
        }
        Smoothing { centre, divisor }
    }
}

/// `base` to the power `exponent`, a multiple of 1/20 from 0 to 1, from square roots and products alone:
/// these are exactly rounded, so every machine gives the same bytes.
fn power(base: f64, exponent: f64) -> f64 {
    if exponent >= 1.0 {
        return base;
    }
    // Sixteen binary digits of the exponent, a square root each.
    let (mut digits, mut root, mut result) = (exponent, base, 1.0);
    for _ in 0..16 {
        root = root.sqrt();
        digits *= 2.0;
        if digits >= 1.0 {
            result *= root;
            digits -= 1.0;
        }
    }
    result
}

/// Sum over rows of weight times squared distance.
fn weighted_distance(a: &[f32], b: &[f32], weights: &[f64]) -> f64 {
    let width = a.len() / weights.len();
    let rows = a.chunks_exact(width).zip(b.chunks_exact(width));
    rows.zip(weights)
        .map(|((a, b), weight)| {
            let distance: f64 =
                a.iter().zip(b).map(|(&x, &y)| f64::from(x) - f64::from(y)).map(|d| d * d).sum();
            weight * distance
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn power_is_a_power() {
        for base in [1e-4, 0.3, 1.0, 7.5, 900.0] {
            for step in 0..=20 {
                let exponent = f64::from(step) / 20.0;
                let expected = f64::powf(base, exponent);
                assert!((power(base, exponent) / expected - 1.0).abs() < 1e-3, "{base} {exponent}");
            }
        }
    }
}
