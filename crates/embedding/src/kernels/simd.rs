//! Sixteen lanes of `f32`, whatever registers carry them.
//!
//! Every kernel is written once over [`Simd`]. Each operation is exactly rounded (IEEE 754, fused
//! multiply-add included) and sums over lanes follow one tree, so all instruction sets give the same
//! bytes; only their speed differs.

/// Lanes in a vector, and output channels in a panel of packed weights.
pub const LANES: usize = 16;

/// An instruction set seen as operations on sixteen lanes.
///
/// # Safety
///
/// Every method may only run on a processor that has the instruction set, and should be reached from a
/// function with the matching `#[target_feature]`, into which it is inlined. Pointers must be valid for
/// the number of elements that a method names; none needs alignment.
pub unsafe trait Simd: Copy {
    /// Sixteen `f32`.
    type F: Copy;
    /// Sixteen `i32`.
    type I: Copy;

    /// All lanes `x`.
    unsafe fn splat(x: f32) -> Self::F;
    /// Reads sixteen values.
    unsafe fn load(p: *const f32) -> Self::F;
    /// Writes sixteen values.
    unsafe fn store(p: *mut f32, x: Self::F);
    /// `a + b`.
    unsafe fn add(a: Self::F, b: Self::F) -> Self::F;
    /// `a - b`.
    unsafe fn sub(a: Self::F, b: Self::F) -> Self::F;
    /// `a * b`.
    unsafe fn mul(a: Self::F, b: Self::F) -> Self::F;
    /// `a / b`.
    unsafe fn div(a: Self::F, b: Self::F) -> Self::F;
    /// `a * b + c`, rounded once.
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F;
    /// The smaller; `b` where they do not compare.
    unsafe fn min(a: Self::F, b: Self::F) -> Self::F;
    /// The larger; `b` where they do not compare.
    unsafe fn max(a: Self::F, b: Self::F) -> Self::F;
    /// To the nearest integer, ties to even; values must fit `i32`.
    unsafe fn round(a: Self::F) -> Self::F;
    /// 2 to the power `a` of integral lanes from -126 to 127.
    unsafe fn pow2(a: Self::F) -> Self::F;
    /// Lanes `0..n` of `a`, the others from `b`; `n` at most 16.
    unsafe fn first(n: usize, a: Self::F, b: Self::F) -> Self::F;
    /// Sum of the lanes: lane i with i + 8, then 4, 2, 1 apart.
    unsafe fn sum(a: Self::F) -> f32;
    /// Smallest lane.
    unsafe fn lowest(a: Self::F) -> f32;
    /// Largest lane.
    unsafe fn highest(a: Self::F) -> f32;
    /// Writes sixteen bytes: lanes rounded to the nearest integer, ties to even; they must then be from 0 to 255.
    unsafe fn store_u8(p: *mut u8, a: Self::F);

    /// Reads 32 values of bf16 as those at even and at odd places.
    unsafe fn load_pairs(p: *const u16) -> [Self::F; 2];

    /// Writes sixteen rows of sixteen values, `from_stride` apart, as columns `to_stride` apart.
    #[inline(always)]
    unsafe fn transpose(from: *const f32, from_stride: usize, to: *mut f32, to_stride: usize) {
        unsafe {
            for row in 0..LANES {
                for column in 0..LANES {
                    *to.add(column * to_stride + row) = *from.add(row * from_stride + column);
                }
            }
        }
    }

    /// All lanes 0.
    unsafe fn zero_i() -> Self::I;
    /// To `f32`, rounded to nearest.
    unsafe fn to_f32(a: Self::I) -> Self::F;
}

/// Brings the cache line at `p` near, since it is needed in some steps. Any address will do.
#[inline(always)]
pub fn fetch_now(p: *const u8) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: a hint, which every x86-64 processor takes and which never fails.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(p.cast());
    }
    #[cfg(any(not(target_arch = "x86_64"), miri))]
    let _ = p;
}

/// Brings the cache line at `p` into the second-level cache, since it is needed soon. Any address will do.
#[inline(always)]
pub fn fetch_soon(p: *const u8) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: a hint, which every x86-64 processor takes and which never fails.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T1, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T1>(p.cast());
    }
    #[cfg(any(not(target_arch = "x86_64"), miri))]
    let _ = p;
}
