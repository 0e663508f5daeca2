//! AVX2 with FMA: sixteen lanes are two registers. Products of bytes by AVX-VNNI, which some processors
//! without AVX-512 have; for the others see `wide`.

use std::arch::x86_64::*;

use super::quads::Quads;
use super::simd::Simd;

/// AVX2 and FMA.
#[derive(Clone, Copy)]
pub struct Avx2;

/// Products of bytes by AVX-VNNI.
#[derive(Clone, Copy)]
pub struct Vnni;

// SAFETY: instructions of AVX2 and AVX-VNNI; 64 bytes are read.
unsafe impl Quads<Avx2> for Vnni {
    type W = [__m256i; 2];
    type A = __m256i;

    #[inline(always)]
    unsafe fn weights(p: *const i8) -> Self::W {
        unsafe { [_mm256_loadu_si256(p.cast()), _mm256_loadu_si256(p.add(32).cast())] }
    }
    #[inline(always)]
    unsafe fn activations(quad: u32) -> Self::A {
        unsafe { _mm256_set1_epi32(quad as i32) }
    }
    #[inline(always)]
    unsafe fn dot(acc: [__m256i; 2], a: Self::A, w: Self::W) -> [__m256i; 2] {
        unsafe { [_mm256_dpbusd_avx_epi32(acc[0], a, w[0]), _mm256_dpbusd_avx_epi32(acc[1], a, w[1])] }
    }
}

/// The same instruction on both halves.
macro_rules! both {
    ($f:ident($($x:expr),+)) => {
        unsafe { [$f($($x[0]),+), $f($($x[1]),+)] }
    };
}

/// Lanes 8, 4, 2 and 1 apart.
macro_rules! fold {
    ($a:expr, $wide:ident, $narrow:ident, $single:ident) => {
        unsafe {
            let a = $wide($a[0], $a[1]);
            let a = $narrow(_mm256_castps256_ps128(a), _mm256_extractf128_ps::<1>(a));
            let a = $narrow(a, _mm_movehl_ps(a, a));
            _mm_cvtss_f32($single(a, _mm_movehdup_ps(a)))
        }
    };
}

// SAFETY: each method is a few instructions of AVX2 or FMA; loads and stores are the unaligned forms and
// touch exactly the elements that the trait names.
unsafe impl Simd for Avx2 {
    type F = [__m256; 2];
    type I = [__m256i; 2];

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self::F {
        unsafe { [_mm256_set1_ps(x); 2] }
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> Self::F {
        unsafe { [_mm256_loadu_ps(p), _mm256_loadu_ps(p.add(8))] }
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, x: Self::F) {
        unsafe {
            _mm256_storeu_ps(p, x[0]);
            _mm256_storeu_ps(p.add(8), x[1]);
        }
    }
    #[inline(always)]
    unsafe fn add(a: Self::F, b: Self::F) -> Self::F {
        both!(_mm256_add_ps(a, b))
    }
    #[inline(always)]
    unsafe fn sub(a: Self::F, b: Self::F) -> Self::F {
        both!(_mm256_sub_ps(a, b))
    }
    #[inline(always)]
    unsafe fn mul(a: Self::F, b: Self::F) -> Self::F {
        both!(_mm256_mul_ps(a, b))
    }
    #[inline(always)]
    unsafe fn div(a: Self::F, b: Self::F) -> Self::F {
        both!(_mm256_div_ps(a, b))
    }
    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        both!(_mm256_fmadd_ps(a, b, c))
    }
    #[inline(always)]
    unsafe fn min(a: Self::F, b: Self::F) -> Self::F {
        both!(_mm256_min_ps(a, b))
    }
    #[inline(always)]
    unsafe fn max(a: Self::F, b: Self::F) -> Self::F {
        both!(_mm256_max_ps(a, b))
    }
    #[inline(always)]
    unsafe fn round(a: Self::F) -> Self::F {
        const NEAREST: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;
        unsafe { [_mm256_round_ps::<NEAREST>(a[0]), _mm256_round_ps::<NEAREST>(a[1])] }
    }
    #[inline(always)]
    unsafe fn pow2(a: Self::F) -> Self::F {
        unsafe {
            let bias = _mm256_set1_epi32(127);
            let low = _mm256_slli_epi32::<23>(_mm256_add_epi32(_mm256_cvtps_epi32(a[0]), bias));
            let high = _mm256_slli_epi32::<23>(_mm256_add_epi32(_mm256_cvtps_epi32(a[1]), bias));
            [_mm256_castsi256_ps(low), _mm256_castsi256_ps(high)]
        }
    }
    #[inline(always)]
    unsafe fn first(n: usize, a: Self::F, b: Self::F) -> Self::F {
        unsafe {
            let n = _mm256_set1_epi32(n as i32);
            let low = _mm256_cmpgt_epi32(n, _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
            let high = _mm256_cmpgt_epi32(n, _mm256_setr_epi32(8, 9, 10, 11, 12, 13, 14, 15));
            let (low, high) = (_mm256_castsi256_ps(low), _mm256_castsi256_ps(high));
            [_mm256_blendv_ps(b[0], a[0], low), _mm256_blendv_ps(b[1], a[1], high)]
        }
    }
    #[inline(always)]
    unsafe fn sum(a: Self::F) -> f32 {
        fold!(a, _mm256_add_ps, _mm_add_ps, _mm_add_ss)
    }
    #[inline(always)]
    unsafe fn lowest(a: Self::F) -> f32 {
        fold!(a, _mm256_min_ps, _mm_min_ps, _mm_min_ss)
    }
    #[inline(always)]
    unsafe fn highest(a: Self::F) -> f32 {
        fold!(a, _mm256_max_ps, _mm_max_ps, _mm_max_ss)
    }
    #[inline(always)]
    unsafe fn store_u8(p: *mut u8, a: Self::F) {
        unsafe {
            // Packing works within 128-bit halves: 0-3, 8-11 | 4-7, 12-15, put in order afterwards.
            let words = _mm256_packs_epi32(_mm256_cvtps_epi32(a[0]), _mm256_cvtps_epi32(a[1]));
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(words);
            let bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(p.cast(), bytes);
        }
    }

    #[inline(always)]
    unsafe fn load_pairs(p: *const u16) -> [Self::F; 2] {
        unsafe {
            let upper = _mm256_set1_epi32(0xffff_0000_u32 as i32);
            let (low, high) = (_mm256_loadu_si256(p.cast()), _mm256_loadu_si256(p.add(16).cast()));
            let first = [_mm256_slli_epi32::<16>(low), _mm256_slli_epi32::<16>(high)];
            let second = [_mm256_and_si256(low, upper), _mm256_and_si256(high, upper)];
            [
                [_mm256_castsi256_ps(first[0]), _mm256_castsi256_ps(first[1])],
                [_mm256_castsi256_ps(second[0]), _mm256_castsi256_ps(second[1])],
            ]
        }
    }

    #[inline(always)]
    unsafe fn zero_i() -> Self::I {
        unsafe { [_mm256_setzero_si256(); 2] }
    }
    #[inline(always)]
    unsafe fn to_f32(a: Self::I) -> Self::F {
        both!(_mm256_cvtepi32_ps(a))
    }
}
