//! Matrix products: rows of activations by packed weights.
//!
//! Weights lie in panels of sixteen output channels: `[n / 16][k / g][16][g]`, where `g` values of one
//! channel stand together (1 for f32, 2 for bf16, 4 for int8). Panels are the outer loop and rows the
//! inner one, so a panel group stays in the first-level cache while the rows stream past it. Each output
//! is summed over `k` in order in one accumulator: tile sizes change the speed, never the result.

use super::math;
use super::simd::{LANES, Simd};

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

#[inline(always)]
unsafe fn finish<S: Simd>(finish: Finish, sum: S::F, out: *mut f32) {
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
