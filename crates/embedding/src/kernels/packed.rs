//! Weights of linear layers in panels, and activations as bytes.

use half::bf16;

use super::isa::Isa;
use super::simd::LANES;
#[cfg(target_arch = "x86_64")]
use super::wide;

/// Weights of a linear layer in f32.
#[derive(Clone, Debug)]
pub struct PackedF32 {
    pub(super) n: usize,
    pub(super) k: usize,
    pub(super) values: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl PackedF32 {
    /// Packs `n` rows of `k` weights, one row an output channel; `bias` is `n` long. Both are multiples of sixteen.
    pub fn new(weights: &[f32], bias: Vec<f32>, k: usize) -> Self {
        let n = bias.len();
        assert!(weights.len() == n * k && n.is_multiple_of(LANES));
        Self { n, k, values: panels::<f32, 1>(weights, k), bias }
    }
}

/// Weights of a linear layer in bf16.
#[derive(Clone, Debug)]
pub struct PackedBf16 {
    pub(super) n: usize,
    pub(super) k: usize,
    pub(super) values: Vec<u16>,
    pub(super) bias: Vec<f32>,
}

impl PackedBf16 {
    /// Rounds and packs `n` rows of `k` weights, one row an output channel; `bias` is `n` long. Both are
    /// multiples of sixteen.
    pub fn new(weights: &[f32], bias: Vec<f32>, k: usize) -> Self {
        let n = bias.len();
        assert!(weights.len() == n * k && n.is_multiple_of(LANES) && k.is_multiple_of(LANES));
        let halves: Vec<u16> = weights.iter().map(|&w| bf16::from_f32(w).to_bits()).collect();
        Self { n, k, values: panels::<u16, 2>(&halves, k), bias }
    }
}

/// Weights of a linear layer in int8, with what prepares its input.
#[derive(Clone, Debug)]
pub struct PackedInt8 {
    pub(super) n: usize,
    pub(super) k: usize,
    pub(super) values: Vec<i8>,
    pub(super) scale: Vec<f32>,
    pub(super) sums: Vec<f32>,
    pub(super) bias: Vec<f32>,
    pub(super) input_gain: Vec<f32>,
    pub(super) input_shift: Vec<f32>,
}

impl PackedInt8 {
    /// Packs `n` rows of `k` weights, one row an output channel. `scale` and `bias` are `n` long,
    /// `input_gain` and `input_shift` `k` long. All are multiples of sixteen.
    pub fn new(
        weights: &[i8],
        scale: Vec<f32>,
        bias: Vec<f32>,
        input_gain: Vec<f32>,
        input_shift: Vec<f32>,
    ) -> Self {
        let (n, k) = (bias.len(), input_gain.len());
        assert!(weights.len() == n * k && n.is_multiple_of(LANES) && k.is_multiple_of(LANES));
        assert!(scale.len() == n && input_shift.len() == k);
        let sums = weights
            .chunks_exact(k)
            .zip(&scale)
            .map(|(row, scale)| row.iter().map(|&w| i32::from(w)).sum::<i32>() as f32 * scale)
            .collect();
        Self { n, k, values: panels::<i8, 4>(weights, k), scale, sums, bias, input_gain, input_shift }
    }
}

/// `[n / 16][k / G][16][G]`.
fn panels<T: Copy, const G: usize>(weights: &[T], k: usize) -> Vec<T> {
    let mut values = Vec::with_capacity(weights.len());
    for panel in weights.chunks_exact(LANES * k) {
        for i in (0..k).step_by(G) {
            for lane in 0..LANES {
                values.extend_from_slice(&panel[lane * k + i..][..G]);
            }
        }
    }
    values
}

/// Rows of activations in fewer bits, used again from one product to the next.
#[derive(Clone, Debug, Default)]
pub struct NarrowRows {
    pub(super) bytes: Vec<u8>,
    pub(super) scale: Vec<f32>,
    pub(super) low: Vec<f32>,
    /// Values of bf16 in one of their forms, or bytes as 16-bit numbers.
    pub(super) halves: Vec<u32>,
}

impl NarrowRows {
    /// Room for `rows` rows of `k` bytes.
    pub(super) fn reserve_bytes(&mut self, rows: usize, k: usize) {
        if self.bytes.len() < rows * k {
            self.bytes.resize(rows * k, 0);
        }
        if self.scale.len() < rows {
            self.scale.resize(rows, 0.0);
            self.low.resize(rows, 0.0);
        }
    }

    /// Scratch for bytes as 16-bit numbers, where kernels of `isa` want it.
    #[cfg_attr(not(target_arch = "x86_64"), allow(unused_variables))]
    pub(super) fn reserve_wide(&mut self, isa: Isa, rows: usize, k: usize) -> *mut i16 {
        #[cfg(target_arch = "x86_64")]
        if isa == Isa::Avx2 {
            self.reserve_halves(wide::scratch_len(rows, k).div_ceil(2));
        }
        self.halves.as_mut_ptr().cast()
    }

    /// Room for `len` values of bf16.
    pub(super) fn reserve_halves(&mut self, len: usize) {
        if self.halves.len() < len {
            self.halves.resize(len, 0);
        }
    }
}
