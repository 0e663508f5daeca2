//! AVX-512 with VNNI: sixteen lanes are one register.

use std::arch::x86_64::*;

use super::matmul::{self, Product};
use super::pairs::{self, Pairs};
use super::quads::Quads;
use super::simd::Simd;

/// AVX-512 F, BW, DQ, VL and VNNI.
#[derive(Clone, Copy)]
pub struct Avx512;

impl Avx512 {
    /// Reads sixteen `i32`.
    ///
    /// # Safety
    ///
    /// As for [`Simd`].
    #[inline(always)]
    pub unsafe fn load_i(p: *const i32) -> __m512i {
        unsafe { _mm512_loadu_si512(p.cast()) }
    }
}

// SAFETY: each method is one or a few instructions of the set; loads and stores are the unaligned forms
// and touch exactly the elements that the trait names.
unsafe impl Simd for Avx512 {
    type F = __m512;
    type I = __m512i;

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self::F {
        unsafe { _mm512_set1_ps(x) }
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> Self::F {
        unsafe { _mm512_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, x: Self::F) {
        unsafe { _mm512_storeu_ps(p, x) }
    }
    #[inline(always)]
    unsafe fn add(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_add_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn sub(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_sub_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn mul(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn div(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_div_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    unsafe fn min(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_min_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn max(a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_max_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn round(a: Self::F) -> Self::F {
        unsafe { _mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(a) }
    }
    #[inline(always)]
    unsafe fn pow2(a: Self::F) -> Self::F {
        unsafe { _mm512_scalef_ps(_mm512_set1_ps(1.0), a) }
    }
    #[inline(always)]
    unsafe fn first(n: usize, a: Self::F, b: Self::F) -> Self::F {
        unsafe { _mm512_mask_mov_ps(b, ((1_u32 << n) - 1) as __mmask16, a) }
    }
    #[inline(always)]
    unsafe fn sum(a: Self::F) -> f32 {
        unsafe {
            let a = _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps::<1>(a));
            let a = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = _mm_add_ps(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32(_mm_add_ss(a, _mm_movehdup_ps(a)))
        }
    }
    #[inline(always)]
    unsafe fn lowest(a: Self::F) -> f32 {
        unsafe { _mm512_reduce_min_ps(a) }
    }
    #[inline(always)]
    unsafe fn highest(a: Self::F) -> f32 {
        unsafe { _mm512_reduce_max_ps(a) }
    }
    #[inline(always)]
    unsafe fn store_u8(p: *mut u8, a: Self::F) {
        unsafe { _mm_storeu_si128(p.cast(), _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(a))) }
    }

    #[inline(always)]
    unsafe fn transpose(from: *const f32, from_stride: usize, to: *mut f32, to_stride: usize) {
        unsafe {
            let mut r = [_mm512_setzero_ps(); 16];
            for (i, row) in r.iter_mut().enumerate() {
                *row = _mm512_loadu_ps(from.add(i * from_stride));
            }
            // Four by four within 128-bit quarters, then the quarters themselves.
            let mut q = r;
            for i in (0..16).step_by(4) {
                let (a, b) = (_mm512_unpacklo_ps(r[i], r[i + 1]), _mm512_unpackhi_ps(r[i], r[i + 1]));
                let (c, d) = (_mm512_unpacklo_ps(r[i + 2], r[i + 3]), _mm512_unpackhi_ps(r[i + 2], r[i + 3]));
                q[i] = _mm512_shuffle_ps::<0b01_00_01_00>(a, c);
                q[i + 1] = _mm512_shuffle_ps::<0b11_10_11_10>(a, c);
                q[i + 2] = _mm512_shuffle_ps::<0b01_00_01_00>(b, d);
                q[i + 3] = _mm512_shuffle_ps::<0b11_10_11_10>(b, d);
            }
            for i in 0..4 {
                let a = _mm512_shuffle_f32x4::<0b10_00_10_00>(q[i], q[i + 4]);
                let b = _mm512_shuffle_f32x4::<0b11_01_11_01>(q[i], q[i + 4]);
                let c = _mm512_shuffle_f32x4::<0b10_00_10_00>(q[i + 8], q[i + 12]);
                let d = _mm512_shuffle_f32x4::<0b11_01_11_01>(q[i + 8], q[i + 12]);
                _mm512_storeu_ps(to.add(i * to_stride), _mm512_shuffle_f32x4::<0b10_00_10_00>(a, c));
                _mm512_storeu_ps(to.add((i + 4) * to_stride), _mm512_shuffle_f32x4::<0b10_00_10_00>(b, d));
                _mm512_storeu_ps(to.add((i + 8) * to_stride), _mm512_shuffle_f32x4::<0b11_01_11_01>(a, c));
                _mm512_storeu_ps(to.add((i + 12) * to_stride), _mm512_shuffle_f32x4::<0b11_01_11_01>(b, d));
            }
        }
    }

    #[inline(always)]
    unsafe fn load_pairs(p: *const u16) -> [Self::F; 2] {
        unsafe {
            let words = _mm512_loadu_si512(p.cast());
            let upper = _mm512_set1_epi32(0xffff_0000_u32 as i32);
            [
                _mm512_castsi512_ps(_mm512_slli_epi32::<16>(words)),
                _mm512_castsi512_ps(_mm512_and_si512(words, upper)),
            ]
        }
    }

    #[inline(always)]
    unsafe fn zero_i() -> Self::I {
        unsafe { _mm512_setzero_si512() }
    }
    #[inline(always)]
    unsafe fn to_f32(a: Self::I) -> Self::F {
        unsafe { _mm512_cvtepi32_ps(a) }
    }
}

/// Products of bytes by AVX-512 VNNI.
#[derive(Clone, Copy)]
pub struct Vnni;

// SAFETY: instructions of AVX-512 F and VNNI; 64 bytes are read.
unsafe impl Quads<Avx512> for Vnni {
    type W = __m512i;
    type A = __m512i;

    #[inline(always)]
    unsafe fn weights(p: *const i8) -> Self::W {
        unsafe { _mm512_loadu_si512(p.cast()) }
    }
    #[inline(always)]
    unsafe fn activations(quad: u32) -> Self::A {
        unsafe { _mm512_set1_epi32(quad as i32) }
    }
    #[inline(always)]
    unsafe fn dot(acc: <Avx512 as Simd>::I, a: Self::A, w: Self::W) -> <Avx512 as Simd>::I {
        unsafe { _mm512_dpbusd_epi32(acc, a, w) }
    }
}

/// Products of bf16 by AVX-512 BF16.
#[derive(Clone, Copy)]
pub struct Bf16;

// SAFETY: instructions of AVX-512 BF16; 32 values are read, sixteen written. Rust keeps both kinds of
// register as 64 plain bytes, and every bit pattern is a value of either.
unsafe impl Pairs<Avx512> for Bf16 {
    type W = __m512bh;
    type A = __m512bh;
    type Kept = u16;

    #[inline(always)]
    unsafe fn weights(p: *const u16) -> Self::W {
        unsafe { std::mem::transmute::<__m512i, __m512bh>(_mm512_loadu_si512(p.cast())) }
    }
    #[inline(always)]
    unsafe fn activations(p: *const u16) -> Self::A {
        unsafe {
            let pair = p.cast::<i32>().read_unaligned();
            std::mem::transmute::<__m512i, __m512bh>(_mm512_set1_epi32(pair))
        }
    }
    #[inline(always)]
    unsafe fn dot(acc: __m512, a: Self::A, w: Self::W) -> __m512 {
        unsafe { _mm512_dpbf16_ps(acc, a, w) }
    }
    #[inline(always)]
    unsafe fn keep(p: *mut u16, x: __m512) {
        unsafe {
            let halves = std::mem::transmute::<__m256bh, __m256i>(_mm512_cvtneps_pbh(x));
            _mm256_storeu_si256(p.cast(), halves);
        }
    }
}

/// As [`matmul::Bf16`] describes; `a` are u16.
///
/// # Safety
///
/// As there; the processor must have AVX-512 BF16.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")]
pub unsafe fn product_bf16(a: *const u32, w: *const u16, to: &Product) {
    unsafe { matmul::product::<_, 12, 2>(&matmul::Bf16::<Avx512, Bf16>::new(a.cast(), w), to) }
}

/// As [`pairs::keep`]; `out` are u16.
///
/// # Safety
///
/// As there; the processor must have AVX-512 BF16.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512bf16")]
pub unsafe fn keep_bf16(x: *const f32, len: usize, out: *mut u32) {
    unsafe { pairs::keep::<Avx512, Bf16>(x, len, out.cast()) }
}
