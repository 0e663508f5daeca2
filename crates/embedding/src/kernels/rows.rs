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

/// Rows to be written as unsigned bytes, each over its own range: `x · gain + shift = scale · byte + low`.
#[derive(Clone, Copy)]
pub struct Quantise {
    /// `rows` × `width`.
    pub x: *const f32,
    /// Rows.
    pub rows: usize,
    /// A multiple of sixteen.
    pub width: usize,
    /// `width` values.
    pub gain: *const f32,
    /// `width` values.
    pub shift: *const f32,
    /// `rows` × `width`.
    pub bytes: *mut u8,
    /// `rows` values.
    pub scale: *mut f32,
    /// `rows` values.
    pub low: *mut f32,
}

/// Lowest and highest values kept side by side.
const CHAINS: usize = 4;

/// Finds each row's range and writes its bytes.
///
/// # Safety
///
/// As for [`Simd`]; the pointers must span what [`Quantise`] describes.
#[inline(always)]
pub unsafe fn quantise<S: Simd>(to: &Quantise) {
    unsafe {
        for row in 0..to.rows {
            let x = to.x.add(row * to.width);
            let bytes = to.bytes.add(row * to.width);
            // Several chains, so that none waits for the one before; the order does not matter to them.
            let mut lowest = [prepared::<S>(to, x, 0); CHAINS];
            let mut highest = lowest;
            let mut i = 0;
            while i + CHAINS * LANES <= to.width {
                for chain in 0..CHAINS {
                    let v = prepared::<S>(to, x, i + chain * LANES);
                    lowest[chain] = S::min(lowest[chain], v);
                    highest[chain] = S::max(highest[chain], v);
                }
                i += CHAINS * LANES;
            }
            while i < to.width {
                let v = prepared::<S>(to, x, i);
                lowest[0] = S::min(lowest[0], v);
                highest[0] = S::max(highest[0], v);
                i += LANES;
            }
            for chain in 1..CHAINS {
                lowest[0] = S::min(lowest[0], lowest[chain]);
                highest[0] = S::max(highest[0], highest[chain]);
            }
            let (bottom, top) = (S::lowest(lowest[0]), S::highest(highest[0]));
            let range = top - bottom;
            *to.scale.add(row) = range / 255.0;
            *to.low.add(row) = bottom;
            let steps = S::splat(if range > 0.0 { 255.0 / range } else { 0.0 });
            let bottom = S::splat(bottom);
            for i in (0..to.width).step_by(LANES) {
                let step = S::mul(S::sub(prepared::<S>(to, x, i), bottom), steps);
                S::store_u8(bytes.add(i), step);
            }
        }
    }
}

#[inline(always)]
unsafe fn prepared<S: Simd>(to: &Quantise, x: *const f32, i: usize) -> S::F {
    unsafe { S::fma(S::load(x.add(i)), S::load(to.gain.add(i)), S::load(to.shift.add(i))) }
}
