//! Products of bytes: four unsigned ones by four signed ones in a word of each lane.

use super::simd::Simd;

/// A way to take four products of bytes a lane into an integer sum.
///
/// # Safety
///
/// As for [`Simd`].
pub unsafe trait Quads<S: Simd>: Copy {
    /// Four signed bytes for each of sixteen channels.
    type W: Copy;
    /// Four unsigned bytes, the same for all lanes.
    type A: Copy;
    /// Reads 64 bytes of packed weights.
    unsafe fn weights(p: *const i8) -> Self::W;
    /// Spreads four bytes over all lanes.
    unsafe fn activations(quad: u32) -> Self::A;
    /// `acc` plus, lane by lane, the exact dot product.
    unsafe fn dot(acc: S::I, a: Self::A, w: Self::W) -> S::I;
}
