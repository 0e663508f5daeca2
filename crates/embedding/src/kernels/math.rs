//! Functions of one variable, sixteen lanes at a time.

use super::simd::Simd;

/// 2 to the power `x`, for `x` up to 127; below -126 as if -126. Relative error under 2e-7.
///
/// Minimax polynomial of degree 6 on [-1/2, 1/2] around the nearest integer.
///
/// # Safety
///
/// As for [`Simd`].
#[inline(always)]
pub unsafe fn exp2<S: Simd>(x: S::F) -> S::F {
    unsafe {
        let x = S::max(x, S::splat(-126.0));
        let whole = S::round(x);
        let r = S::sub(x, whole);
        let mut p = S::splat(1.547_630_1e-4);
        p = S::fma(p, r, S::splat(1.340_027e-3));
        p = S::fma(p, r, S::splat(9.618_004e-3));
        p = S::fma(p, r, S::splat(5.550_328e-2));
        p = S::fma(p, r, S::splat(2.402_265e-1));
        p = S::fma(p, r, S::splat(6.931_472e-1));
        p = S::fma(p, r, S::splat(1.0));
        S::mul(p, S::pow2(whole))
    }
}

/// `|x|` with the sign of `s`, without bit operations: `x` must not be negative.
#[inline(always)]
unsafe fn abs<S: Simd>(x: S::F) -> S::F {
    unsafe { S::max(x, S::sub(S::splat(0.0), x)) }
}

/// Rectified linear unit.
///
/// # Safety
///
/// As for [`Simd`].
#[inline(always)]
pub unsafe fn relu<S: Simd>(x: S::F) -> S::F {
    unsafe { S::max(x, S::splat(0.0)) }
}

/// Gaussian error linear unit by the error function; absolute error under 5e-7 for inputs of ordinary size.
///
/// The error function after Abramowitz and Stegun (1964), 7.1.26.
///
/// # Safety
///
/// As for [`Simd`].
#[inline(always)]
pub unsafe fn gelu<S: Simd>(x: S::F) -> S::F {
    unsafe {
        let z = S::mul(abs::<S>(x), S::splat(std::f32::consts::FRAC_1_SQRT_2));
        let t = S::div(S::splat(1.0), S::fma(z, S::splat(0.327_591_1), S::splat(1.0)));
        let mut p = S::splat(1.061_405_4);
        p = S::fma(p, t, S::splat(-1.453_152));
        p = S::fma(p, t, S::splat(1.421_413_8));
        p = S::fma(p, t, S::splat(-0.284_496_72));
        p = S::fma(p, t, S::splat(0.254_829_6));
        p = S::mul(p, t);
        // exp(-z²) = 2^(-z² log2 e)
        let tail = S::mul(p, exp2::<S>(S::mul(S::mul(z, z), S::splat(-std::f32::consts::LOG2_E))));
        // x/2 · (1 + sign(x) · (1 - tail)) = max(x, 0) - |x|/2 · tail
        let half = S::mul(abs::<S>(x), S::splat(-0.5));
        S::fma(half, tail, S::max(x, S::splat(0.0)))
    }
}

/// The same to 1e-4, by one odd polynomial: what int8 arithmetic behind it can tell.
///
/// # Safety
///
/// As for [`Simd`].
#[inline(always)]
pub unsafe fn gelu_fast<S: Simd>(x: S::F) -> S::F {
    unsafe {
        let t = S::min(S::max(x, S::splat(-4.2)), S::splat(4.2));
        let u = S::mul(t, t);
        let mut p = S::splat(4.924_903_5e-11);
        p = S::fma(p, u, S::splat(-4.796_538e-9));
        p = S::fma(p, u, S::splat(2.072_773_5e-7));
        p = S::fma(p, u, S::splat(-5.290_114_6e-6));
        p = S::fma(p, u, S::splat(8.984_197e-5));
        p = S::fma(p, u, S::splat(-1.086_498_4e-3));
        p = S::fma(p, u, S::splat(9.741_085e-3));
        p = S::fma(p, u, S::splat(-6.622_233e-2));
        p = S::fma(p, u, S::splat(3.988_347_4e-1));
        S::mul(x, S::fma(t, p, S::splat(0.5)))
    }
}

/// Gaussian error linear unit by its tanh form (`gelu_new`, `gelu_pytorch_tanh`).
///
/// # Safety
///
/// As for [`Simd`].
#[inline(always)]
pub unsafe fn gelu_tanh<S: Simd>(x: S::F) -> S::F {
    unsafe {
        // x / (1 + exp(-2 √(2/π) (x + 0.044715 x³)))
        let cubed = S::mul(S::mul(x, x), x);
        let inner = S::fma(cubed, S::splat(0.044_715), x);
        let e = exp2::<S>(S::min(S::mul(inner, S::splat(-2.302_208_2)), S::splat(126.0)));
        S::div(x, S::add(e, S::splat(1.0)))
    }
}
