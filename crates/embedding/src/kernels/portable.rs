//! Plain Rust: what the other instruction sets are tested against, and the only one elsewhere.

use super::quads::Quads;
use super::simd::{LANES, Simd};

/// No instruction set in particular.
#[derive(Clone, Copy)]
pub struct Portable;

macro_rules! lanewise {
    (|$($x:ident),+| $e:expr) => {{
        let mut out = [0.0_f32; LANES];
        for lane in 0..LANES {
            $(let $x = $x[lane];)+
            out[lane] = $e;
        }
        out
    }};
}

/// Folds lanes 8, 4, 2 and 1 apart, in that order.
fn fold(mut a: [f32; LANES], f: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            a[lane] = f(a[lane], a[lane + half]);
        }
        half /= 2;
    }
    a[0]
}

// SAFETY: plain Rust runs everywhere; pointers are read and written within the bounds that the trait names.
unsafe impl Simd for Portable {
    type F = [f32; LANES];
    type I = [i32; LANES];

    #[inline(always)]
    unsafe fn splat(x: f32) -> Self::F {
        [x; LANES]
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> Self::F {
        unsafe { p.cast::<Self::F>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, x: Self::F) {
        unsafe { p.cast::<Self::F>().write_unaligned(x) }
    }
    #[inline(always)]
    unsafe fn add(a: Self::F, b: Self::F) -> Self::F {
        lanewise!(|a, b| a + b)
    }
    #[inline(always)]
    unsafe fn sub(a: Self::F, b: Self::F) -> Self::F {
        lanewise!(|a, b| a - b)
    }
    #[inline(always)]
    unsafe fn mul(a: Self::F, b: Self::F) -> Self::F {
        lanewise!(|a, b| a * b)
    }
    #[inline(always)]
    unsafe fn div(a: Self::F, b: Self::F) -> Self::F {
        lanewise!(|a, b| a / b)
    }
    #[inline(always)]
    unsafe fn fma(a: Self::F, b: Self::F, c: Self::F) -> Self::F {
        lanewise!(|a, b, c| a.mul_add(b, c))
    }
    #[inline(always)]
    unsafe fn min(a: Self::F, b: Self::F) -> Self::F {
        lanewise!(|a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    unsafe fn max(a: Self::F, b: Self::F) -> Self::F {
        lanewise!(|a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    unsafe fn round(a: Self::F) -> Self::F {
        lanewise!(|a| a.round_ties_even())
    }
    #[inline(always)]
    unsafe fn pow2(a: Self::F) -> Self::F {
        lanewise!(|a| f32::from_bits(((a as i32 + 127) << 23) as u32))
    }
    #[inline(always)]
    unsafe fn first(n: usize, a: Self::F, b: Self::F) -> Self::F {
        let mut out = b;
        out[..n].copy_from_slice(&a[..n]);
        out
    }
    #[inline(always)]
    unsafe fn sum(a: Self::F) -> f32 {
        fold(a, |x, y| x + y)
    }
    #[inline(always)]
    unsafe fn lowest(a: Self::F) -> f32 {
        fold(a, |x, y| if x < y { x } else { y })
    }
    #[inline(always)]
    unsafe fn highest(a: Self::F) -> f32 {
        fold(a, |x, y| if x > y { x } else { y })
    }
    #[inline(always)]
    unsafe fn store_u8(p: *mut u8, a: Self::F) {
        unsafe { p.cast::<[u8; LANES]>().write_unaligned(a.map(|x| x.round_ties_even() as u8)) }
    }

    #[inline(always)]
    unsafe fn load_pairs(p: *const u16) -> [Self::F; 2] {
        let words = unsafe { p.cast::<[u32; LANES]>().read_unaligned() };
        [words.map(|w| f32::from_bits(w << 16)), words.map(|w| f32::from_bits(w & 0xffff_0000))]
    }

    #[inline(always)]
    unsafe fn zero_i() -> Self::I {
        [0; LANES]
    }
    #[inline(always)]
    unsafe fn to_f32(a: Self::I) -> Self::F {
        a.map(|x| x as f32)
    }
}

/// Products of bytes one by one.
#[derive(Clone, Copy)]
pub struct Plain;

// SAFETY: plain Rust; 64 bytes are read.
unsafe impl Quads<Portable> for Plain {
    type W = [[i8; 4]; LANES];
    type A = [u8; 4];

    #[inline(always)]
    unsafe fn weights(p: *const i8) -> Self::W {
        unsafe { p.cast::<Self::W>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn activations(quad: u32) -> Self::A {
        quad.to_le_bytes()
    }
    #[inline(always)]
    unsafe fn dot(mut acc: <Portable as Simd>::I, a: Self::A, w: Self::W) -> <Portable as Simd>::I {
        for (sum, quad) in acc.iter_mut().zip(&w) {
            for (&x, &y) in a.iter().zip(quad) {
                *sum += i32::from(x) * i32::from(y);
            }
        }
        acc
    }
}
