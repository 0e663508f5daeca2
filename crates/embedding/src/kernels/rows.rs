//! What is done to one token at a time: layer norm, pooling, unit length.

use super::simd::{LANES, Simd};

/// Normalises each row to mean 0 and variance 1, times `gain`, plus `shift`, in place (Ba et al., 2016).
///
/// # Safety
///
/// As for [`Simd`]; `x` is `rows` × `width`, `gain` and `shift` are `width` long, a multiple of sixteen.
#[inline(always)]
pub unsafe fn layer_norm<S: Simd>(
    x: *mut f32,
    rows: usize,
    width: usize,
    gain: *const f32,
    shift: *const f32,
    epsilon: f32,
) {
    unsafe {
        for row in 0..rows {
            let x = x.add(row * width);
            let mut sum = S::splat(0.0);
            for i in (0..width).step_by(LANES) {
                sum = S::add(sum, S::load(x.add(i)));
            }
            let mean = S::splat(S::sum(sum) / width as f32);
            let mut squares = S::splat(0.0);
            for i in (0..width).step_by(LANES) {
                let d = S::sub(S::load(x.add(i)), mean);
                squares = S::fma(d, d, squares);
            }
            let scale = S::splat(1.0 / (S::sum(squares) / width as f32 + epsilon).sqrt());
            for i in (0..width).step_by(LANES) {
                let d = S::mul(S::sub(S::load(x.add(i)), mean), scale);
                S::store(x.add(i), S::fma(d, S::load(gain.add(i)), S::load(shift.add(i))));
            }
        }
    }
}

/// Mean of the rows, at unit length; zero where the mean is.
///
/// # Safety
///
/// As for [`Simd`]; `x` is `rows` × `width`, `out` is `width` long, a multiple of sixteen; `rows` is at least 1.
#[inline(always)]
pub unsafe fn mean_unit<S: Simd>(x: *const f32, rows: usize, width: usize, out: *mut f32) {
    unsafe {
        let share = S::splat(1.0 / rows as f32);
        let mut squares = S::splat(0.0);
        for i in (0..width).step_by(LANES) {
            let mut sum = S::splat(0.0);
            for row in 0..rows {
                sum = S::add(sum, S::load(x.add(row * width + i)));
            }
            let mean = S::mul(sum, share);
            squares = S::fma(mean, mean, squares);
            S::store(out.add(i), mean);
        }
        let length = S::sum(squares).sqrt();
        let scale = S::splat(if length > 0.0 { 1.0 / length } else { 0.0 });
        for i in (0..width).step_by(LANES) {
            S::store(out.add(i), S::mul(S::load(out.add(i)), scale));
        }
    }
}
