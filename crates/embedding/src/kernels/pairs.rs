//! Products of bf16: the upper halves of two `f32` in one word of each lane.

use super::simd::{LANES, Simd};

/// A way to take two products of bf16 a lane into a sum of `f32`.
///
/// # Safety
///
/// As for [`Simd`].
pub unsafe trait Pairs<S: Simd>: Copy {
    /// Two weights for each of sixteen channels.
    type W: Copy;
    /// Two activations, the same for all lanes.
    type A: Copy;
    /// What an activation is kept as: a bf16, or an `f32` of its value.
    type Kept: Copy;
    /// Reads 32 packed weights.
    unsafe fn weights(p: *const u16) -> Self::W;
    /// Reads two activations and spreads them over all lanes.
    unsafe fn activations(p: *const Self::Kept) -> Self::A;
    /// `acc` plus, lane by lane, the product of the second ones, rounded once, plus that of the first
    /// ones, rounded once.
    unsafe fn dot(acc: S::F, a: Self::A, w: Self::W) -> S::F;
    /// Rounds sixteen values to the nearest bf16, ties to even, and keeps them.
    unsafe fn keep(p: *mut Self::Kept, x: S::F);
}

/// By two fused products in `f32`: on any instruction set.
#[derive(Clone, Copy)]
pub struct Widened;

// SAFETY: operations of `S` alone; 32 values are read, sixteen written.
unsafe impl<S: Simd> Pairs<S> for Widened {
    /// First and second weights.
    type W = [S::F; 2];
    type A = [S::F; 2];
    type Kept = f32;

    #[inline(always)]
    unsafe fn weights(p: *const u16) -> Self::W {
        unsafe { S::load_pairs(p) }
    }
    #[inline(always)]
    unsafe fn activations(p: *const f32) -> Self::A {
        unsafe { [S::splat(*p), S::splat(*p.add(1))] }
    }
    #[inline(always)]
    unsafe fn dot(acc: S::F, a: Self::A, w: Self::W) -> S::F {
        unsafe { S::fma(a[0], w[0], S::fma(a[1], w[1], acc)) }
    }
    #[inline(always)]
    unsafe fn keep(p: *mut f32, x: S::F) {
        unsafe {
            let mut lanes = [0.0_f32; LANES];
            S::store(lanes.as_mut_ptr(), x);
            for (i, &lane) in lanes.iter().enumerate() {
                *p.add(i) = rounded(lane);
            }
        }
    }
}

/// The nearest bf16, ties to even; `x` is finite.
#[inline(always)]
fn rounded(x: f32) -> f32 {
    let bits = x.to_bits();
    f32::from_bits((bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000)
}

/// Rounds values to bf16 and keeps them as [`Pairs::Kept`].
///
/// # Safety
///
/// As for [`Pairs`]; `x` and `out` have `len` values, a multiple of sixteen.
#[inline(always)]
pub unsafe fn keep<S: Simd, D: Pairs<S>>(x: *const f32, len: usize, out: *mut D::Kept) {
    unsafe {
        for i in (0..len).step_by(LANES) {
            D::keep(out.add(i), S::load(x.add(i)));
        }
    }
}
