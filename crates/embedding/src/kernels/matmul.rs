//! Matrix products: rows of activations by packed weights.
//!
//! Weights lie in panels of sixteen output channels: `[n / 16][k / g][16][g]`, where `g` values of one
//! channel stand together (1 for f32, 2 for bf16, 4 for int8). Panels are the outer loop and rows the
//! inner one, so a panel group stays in the first-level cache while the rows stream past it. Each output
//! is summed over `k` in order in one accumulator: tile sizes change the speed, never the result.

use super::math;
use super::simd::{LANES, Simd};

/// Rows at a time where fewer are left than a tile has.
const FEW: usize = 3;

/// What is done to each output once its sum is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// Nothing.
    None,
    /// GELU by the error function.
    Gelu,
    /// GELU to the precision of int8 arithmetic.
    GeluFast,
    /// GELU by tanh.
    GeluTanh,
    /// Rectified linear unit.
    Relu,
    /// Adds the output's former content: the residual connection.
    Add,
}

/// One product: `out[r][c] = finish(Σ a[r][i] · w[c][i] + bias[c])`.
#[derive(Clone, Copy)]
pub struct Product {
    /// Rows of activations.
    pub rows: usize,
    /// Length of a row of activations.
    pub k: usize,
    /// Output channels, a multiple of sixteen.
    pub n: usize,
    /// One value a channel.
    pub bias: *const f32,
    /// `rows` × `n`.
    pub out: *mut f32,
    /// What follows the sum.
    pub finish: Finish,
}

/// Stores a completed sum.
///
/// # Safety
///
/// As for [`Simd`]; `out` has room for sixteen values.
#[inline(always)]
pub unsafe fn finish<S: Simd>(finish: Finish, sum: S::F, out: *mut f32) {
    unsafe {
        let value = match finish {
            Finish::None => sum,
            Finish::Gelu => math::gelu::<S>(sum),
            Finish::GeluFast => math::gelu_fast::<S>(sum),
            Finish::GeluTanh => math::gelu_tanh::<S>(sum),
            Finish::Relu => S::max(sum, S::splat(0.0)),
            Finish::Add => S::add(S::load(out), sum),
        };
        S::store(out, value);
    }
}

/// The product in f32; `a` is `rows` × `k`, `w` packed with `g` = 1. `R` rows by `P` panels at a time.
///
/// # Safety
///
/// As for [`Simd`]; the pointers must span the matrices that [`Product`] describes.
#[inline(always)]
pub unsafe fn product_f32<S: Simd, const R: usize, const P: usize>(
    a: *const f32,
    w: *const f32,
    to: &Product,
) {
    unsafe {
        let panels = to.n / LANES;
        let mut panel = 0;
        while panel + P <= panels {
            rows_f32::<S, R, P>(a, w, to, panel);
            panel += P;
        }
        while panel < panels {
            rows_f32::<S, R, 1>(a, w, to, panel);
            panel += 1;
        }
    }
}

#[inline(always)]
unsafe fn rows_f32<S: Simd, const R: usize, const P: usize>(
    a: *const f32,
    w: *const f32,
    to: &Product,
    panel: usize,
) {
    unsafe {
        let mut row = 0;
        while row + R <= to.rows {
            tile_f32::<S, R, P>(a, w, to, panel, row);
            row += R;
        }
        while row + FEW <= to.rows {
            tile_f32::<S, FEW, P>(a, w, to, panel, row);
            row += FEW;
        }
        while row < to.rows {
            tile_f32::<S, 1, P>(a, w, to, panel, row);
            row += 1;
        }
    }
}

#[inline(always)]
unsafe fn tile_f32<S: Simd, const R: usize, const P: usize>(
    a: *const f32,
    w: *const f32,
    to: &Product,
    panel: usize,
    row: usize,
) {
    unsafe {
        let w = w.add(panel * LANES * to.k);
        let a = a.add(row * to.k);
        let mut sums = [[S::splat(0.0); P]; R];
        for i in 0..to.k {
            let mut column = [S::splat(0.0); P];
            for (p, c) in column.iter_mut().enumerate() {
                *c = S::load(w.add((p * to.k + i) * LANES));
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = S::splat(*a.add(r * to.k + i));
                for (sum, c) in sums.iter_mut().zip(column) {
                    *sum = S::fma(x, c, *sum);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (p, &sum) in sums.iter().enumerate() {
                let channel = (panel + p) * LANES;
                let sum = S::add(sum, S::load(to.bias.add(channel)));
                finish::<S>(to.finish, sum, to.out.add((row + r) * to.n + channel));
            }
        }
    }
}

/// Activations as unsigned bytes: value = `scale[row]` · byte + `low[row]`.
#[derive(Clone, Copy)]
pub struct Bytes {
    /// `rows` × `k`.
    pub values: *const u8,
    /// One a row.
    pub scale: *const f32,
    /// One a row.
    pub low: *const f32,
}

/// Weights as signed bytes: value = `scale[channel]` · byte.
#[derive(Clone, Copy)]
pub struct Panels {
    /// Packed with `g` = 4.
    pub values: *const i8,
    /// One a channel.
    pub scale: *const f32,
    /// Sum of each channel's weights, scale included.
    pub sums: *const f32,
}

/// The product in int8: exact integer sums, then one scaling in f32.
///
/// # Safety
///
/// As for [`Simd`]; the pointers must span the matrices that [`Product`] describes; `k` is a multiple of four.
#[inline(always)]
pub unsafe fn product_int8<S: Simd, const R: usize, const P: usize>(a: &Bytes, w: &Panels, to: &Product) {
    unsafe {
        let panels = to.n / LANES;
        let mut panel = 0;
        while panel + P <= panels {
            rows_int8::<S, R, P>(a, w, to, panel);
            panel += P;
        }
        while panel < panels {
            rows_int8::<S, R, 1>(a, w, to, panel);
            panel += 1;
        }
    }
}

#[inline(always)]
unsafe fn rows_int8<S: Simd, const R: usize, const P: usize>(
    a: &Bytes,
    w: &Panels,
    to: &Product,
    panel: usize,
) {
    unsafe {
        let mut row = 0;
        while row + R <= to.rows {
            tile_int8::<S, R, P>(a, w, to, panel, row);
            row += R;
        }
        while row + FEW <= to.rows {
            tile_int8::<S, FEW, P>(a, w, to, panel, row);
            row += FEW;
        }
        while row < to.rows {
            tile_int8::<S, 1, P>(a, w, to, panel, row);
            row += 1;
        }
    }
}

#[inline(always)]
unsafe fn tile_int8<S: Simd, const R: usize, const P: usize>(
    a: &Bytes,
    w: &Panels,
    to: &Product,
    panel: usize,
    row: usize,
) {
    unsafe {
        let weights = w.values.add(panel * LANES * to.k);
        let bytes = a.values.add(row * to.k);
        let mut sums = [[S::zero_i(); P]; R];
        for i in (0..to.k).step_by(4) {
            let mut column = [S::weights(weights.add(i * LANES)); P];
            for (p, c) in column.iter_mut().enumerate().skip(1) {
                *c = S::weights(weights.add((p * to.k + i) * LANES));
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = S::activations(bytes.add(r * to.k + i).cast::<u32>().read_unaligned());
                for (sum, c) in sums.iter_mut().zip(column) {
                    *sum = S::dot(*sum, x, c);
                }
            }
        }
        for (p, _) in sums[0].iter().enumerate() {
            let channel = (panel + p) * LANES;
            let scales = Scales::<S>::load(w, to, channel);
            for (r, sums) in sums.iter().enumerate() {
                let value = scales.apply(a, row + r, sums[p]);
                finish::<S>(to.finish, value, to.out.add((row + r) * to.n + channel));
            }
        }
    }
}

/// What turns sixteen channels' integer sums into values.
#[derive(Clone, Copy)]
pub struct Scales<S: Simd> {
    scale: S::F,
    sums: S::F,
    bias: S::F,
}

impl<S: Simd> Scales<S> {
    /// Those of the channels from `channel` on.
    ///
    /// # Safety
    ///
    /// As for [`product_int8`].
    #[inline(always)]
    pub unsafe fn load(w: &Panels, to: &Product, channel: usize) -> Self {
        unsafe {
            Self {
                scale: S::load(w.scale.add(channel)),
                sums: S::load(w.sums.add(channel)),
                bias: S::load(to.bias.add(channel)),
            }
        }
    }

    /// The values of one row: Σ (scale_a · byte + low) · weight + bias.
    ///
    /// # Safety
    ///
    /// As for [`product_int8`].
    #[inline(always)]
    pub unsafe fn apply(&self, a: &Bytes, row: usize, sum: S::I) -> S::F {
        unsafe {
            let offset = S::fma(S::splat(*a.low.add(row)), self.sums, self.bias);
            S::fma(S::mul(S::to_f32(sum), self.scale), S::splat(*a.scale.add(row)), offset)
        }
    }
}
