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

/// Finds each row's range and writes its bytes, `R` rows at a time: they share every load of gain and shift, and none
/// waits for another.
///
/// # Safety
///
/// As for [`Simd`]; the pointers must span what [`Quantise`] describes.
#[inline(always)]
pub unsafe fn quantise<S: Simd, const R: usize>(to: &Quantise) {
    unsafe {
        let mut row = 0;
        while row + R <= to.rows {
            quantise_rows::<S, R>(to, row);
            row += R;
        }
        while row < to.rows {
            quantise_rows::<S, 1>(to, row);
            row += 1;
        }
    }
}

#[inline(always)]
unsafe fn quantise_rows<S: Simd, const R: usize>(to: &Quantise, row: usize) {
    unsafe {
        let x = to.x.add(row * to.width);
        let mut lowest = [S::splat(f32::INFINITY); R];
        let mut highest = [S::splat(f32::NEG_INFINITY); R];
        for i in (0..to.width).step_by(LANES) {
            let (gain, shift) = (S::load(to.gain.add(i)), S::load(to.shift.add(i)));
            for r in 0..R {
                let v = S::fma(S::load(x.add(r * to.width + i)), gain, shift);
                lowest[r] = S::min(lowest[r], v);
                highest[r] = S::max(highest[r], v);
            }
        }
        let (mut bottom, mut steps) = ([S::splat(0.0); R], [S::splat(0.0); R]);
        for r in 0..R {
            let (low, high) = (S::lowest(lowest[r]), S::highest(highest[r]));
            let range = high - low;
            *to.scale.add(row + r) = range / 255.0;
            *to.low.add(row + r) = low;
            bottom[r] = S::splat(low);
            steps[r] = S::splat(if range > 0.0 { 255.0 / range } else { 0.0 });
        }
        let bytes = to.bytes.add(row * to.width);
        for i in (0..to.width).step_by(LANES) {
            let (gain, shift) = (S::load(to.gain.add(i)), S::load(to.shift.add(i)));
            for r in 0..R {
                let v = S::fma(S::load(x.add(r * to.width + i)), gain, shift);
                S::store_u8(bytes.add(r * to.width + i), S::mul(S::sub(v, bottom[r]), steps[r]));
            }
        }
    }
}
