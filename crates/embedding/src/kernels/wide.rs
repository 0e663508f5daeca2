//! Products of bytes where no instruction takes four of them exactly: AVX2's own saturates. Both sides become
//! 16-bit numbers, whose products are added in pairs without loss; weights a panel at a time, so that no more
//! than one panel is kept in that form.
//!
//! Bytes 0 and 2 of each word go to one plane and bytes 1 and 3 to another: no instruction that moves values
//! between lanes is needed, and both sides agree on the order.

use std::arch::x86_64::*;

use super::avx2::Avx2;
use super::matmul::{Bytes, Panels, Product, Scales, finish};
use super::simd::{LANES, Simd};

/// Rows at a time: twelve sums, two weights and one activation take fifteen of sixteen registers.
const ROWS: usize = 6;

/// Bytes of a cache line, which no load of weights should cross.
const LINE: usize = 64;

/// What [`product`] needs to work on: a panel of weights and `rows` rows of `k` activations as 16-bit numbers.
pub fn scratch_len(rows: usize, k: usize) -> usize {
    (rows + LANES) * k + LINE
}

/// A whole product in int8; `a.wide` holds [`scratch_len`] values.
///
/// # Safety
///
/// The processor has AVX2 and FMA; pointers span what [`Product`] describes; `k` is a multiple of sixteen.
#[target_feature(enable = "avx2,fma")]
pub unsafe fn product(a: &Bytes, w: &Panels, to: &Product) {
    unsafe {
        let start = a.wide.add(a.wide.align_offset(LINE));
        let (panel, rows) = (start, start.add(LANES * to.k));
        for row in 0..to.rows {
            widen_row(a.values.add(row * to.k), to.k, rows.add(row * to.k));
        }
        for channel in (0..to.n).step_by(LANES) {
            widen_panel(w.values.add(channel * to.k), to.k, panel);
            let scales = Scales::<Avx2>::load(w, to, channel);
            let at = Tile { panel, rows, a, scales: &scales, to, channel };
            let mut row = 0;
            while row + ROWS <= to.rows {
                at.sum::<ROWS>(row);
                row += ROWS;
            }
            while row + 2 <= to.rows {
                at.sum::<2>(row);
                row += 2;
            }
            if row < to.rows {
                at.sum::<1>(row);
            }
        }
    }
}

/// Even bytes of a row, then odd ones, as 16-bit numbers.
#[inline(always)]
unsafe fn widen_row(bytes: *const u8, k: usize, out: *mut i16) {
    unsafe {
        let even = _mm256_set1_epi16(0xff);
        let mut i = 0;
        while i + 32 <= k {
            let quads = _mm256_loadu_si256(bytes.add(i).cast());
            _mm256_storeu_si256(out.add(i / 2).cast(), _mm256_and_si256(quads, even));
            _mm256_storeu_si256(out.add((k + i) / 2).cast(), _mm256_srli_epi16::<8>(quads));
            i += 32;
        }
        if i < k {
            let quads = _mm_loadu_si128(bytes.add(i).cast());
            let even = _mm256_castsi256_si128(even);
            _mm_storeu_si128(out.add(i / 2).cast(), _mm_and_si128(quads, even));
            _mm_storeu_si128(out.add((k + i) / 2).cast(), _mm_srli_epi16::<8>(quads));
        }
    }
}

/// Even bytes of a panel of sixteen channels, then odd ones, as 16-bit numbers: two of each channel side by side.
#[inline(always)]
unsafe fn widen_panel(bytes: *const i8, k: usize, out: *mut i16) {
    unsafe {
        for at in (0..k * LANES).step_by(32) {
            let quads = _mm256_loadu_si256(bytes.add(at).cast());
            let even = _mm256_srai_epi16::<8>(_mm256_slli_epi16::<8>(quads));
            _mm256_storeu_si256(out.add(at / 2).cast(), even);
            _mm256_storeu_si256(out.add((k * LANES + at) / 2).cast(), _mm256_srai_epi16::<8>(quads));
        }
    }
}

/// One panel, and the rows that it meets.
struct Tile<'a> {
    panel: *const i16,
    rows: *const i16,
    a: &'a Bytes,
    scales: &'a Scales<Avx2>,
    to: &'a Product,
    channel: usize,
}

impl Tile<'_> {
    /// Sums `R` rows from `row` on and stores them.
    #[inline(always)]
    unsafe fn sum<const R: usize>(&self, row: usize) {
        unsafe {
            let k = self.to.k;
            let rows = self.rows.add(row * k);
            let mut sums = [<Avx2 as Simd>::zero_i(); R];
            for pair in (0..k).step_by(2) {
                let weights = self.panel.add(pair * LANES);
                let low = _mm256_loadu_si256(weights.cast());
                let high = _mm256_loadu_si256(weights.add(LANES).cast());
                for (r, sum) in sums.iter_mut().enumerate() {
                    let x = _mm256_set1_epi32(rows.add(r * k + pair).cast::<i32>().read_unaligned());
                    sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(x, low));
                    sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(x, high));
                }
            }
            for (r, &sum) in sums.iter().enumerate() {
                let value = self.scales.apply(self.a, row + r, sum);
                finish::<Avx2>(self.to.finish, value, self.to.out.add((row + r) * self.to.n + self.channel));
            }
        }
    }
}
