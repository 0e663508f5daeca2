//! The arithmetic: matrix products, attention and what is done to single tokens.
//!
//! This is the only module with `unsafe` code. It needs it for three things: instructions that exist
//! only on some processors (each is reached through [`Kernels::detect`], which asks the processor first),
//! pointers into matrices inside the innermost loops (the safe methods of [`Kernels`] check every length
//! once, outside them), and reading packed weights as whole registers.
//!
//! Each kernel is written once over sixteen lanes ([`simd::Simd`]) and compiled for every instruction set.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
mod amx;
mod attention;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod isa;
mod math;
mod matmul;
mod packed;
mod pairs;
#[cfg(target_arch = "x86_64")]
mod peak;
mod portable;
mod quads;
mod rows;
mod simd;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod wide;

#[cfg(target_arch = "x86_64")]
use amx::Kind;
use attention::Attention;
pub use attention::scratch_len as attention_scratch;
pub use isa::Isa;
pub use matmul::Finish;
use matmul::{Bytes, Panels, Product};
pub use packed::{NarrowRows, PackedBf16, PackedF32, PackedInt8};
#[cfg(target_arch = "x86_64")]
pub use peak::exercise;
use rows::Quantise;
pub use simd::LANES;

/// As the one of x86-64; there is none elsewhere.
#[cfg(not(target_arch = "x86_64"))]
pub fn exercise(_: Isa, _: crate::arithmetic::Arithmetic, _: u64) -> Option<u64> {
    None
}

/// The kernels of one instruction set.
#[derive(Clone, Copy)]
pub struct Kernels {
    isa: Isa,
    product_f32: unsafe fn(*const f32, *const f32, &Product),
    product_bf16: unsafe fn(*const u32, *const u16, &Product),
    keep_bf16: unsafe fn(*const f32, usize, *mut u32),
    product_int8: unsafe fn(&Bytes, &Panels, &Product),
    quantise: unsafe fn(&Quantise),
    layer_norm: unsafe fn(*mut f32, usize, usize, *const f32, *const f32, f32),
    mean_unit: unsafe fn(*const f32, usize, usize, *mut f32),
    attention: unsafe fn(&Attention),
}

/// Compiles every kernel for one instruction set and gives its table.
macro_rules! compile {
    ($module:ident, $simd:ty, $isa:expr, $features:meta, f32: $rf:literal x $pf:literal,
     bf16: $rb:literal x $pb:literal, int8: $int8:expr, quantise: $rq:literal, attention: $qa:literal x $va:literal) => {
        mod $module {
            use super::*;
            type S = $simd;

            #[$features]
            unsafe fn product_f32(a: *const f32, w: *const f32, to: &Product) {
                unsafe { matmul::product::<_, $rf, $pf>(&matmul::F32::<S>::new(a, w), to) }
            }
            #[$features]
            unsafe fn product_bf16(a: *const u32, w: *const u16, to: &Product) {
                unsafe {
                    matmul::product::<_, $rb, $pb>(&matmul::Bf16::<S, pairs::Widened>::new(a.cast(), w), to)
                }
            }
            #[$features]
            unsafe fn keep_bf16(x: *const f32, len: usize, out: *mut u32) {
                unsafe { pairs::keep::<S, pairs::Widened>(x, len, out.cast()) }
            }
            #[$features]
            unsafe fn product_int8(a: &Bytes, w: &Panels, to: &Product) {
                unsafe { $int8(a, w, to) }
            }
            #[$features]
            unsafe fn quantise(to: &Quantise) {
                unsafe { rows::quantise::<S, $rq>(to) }
            }
            #[$features]
            unsafe fn layer_norm(
                x: *mut f32,
                rows: usize,
                width: usize,
                gain: *const f32,
                shift: *const f32,
                epsilon: f32,
            ) {
                unsafe { rows::layer_norm::<S>(x, rows, width, gain, shift, epsilon) }
            }
            #[$features]
            unsafe fn mean_unit(x: *const f32, rows: usize, width: usize, out: *mut f32) {
                unsafe { rows::mean_unit::<S>(x, rows, width, out) }
            }
            #[$features]
            unsafe fn attention(at: &Attention) {
                unsafe { attention::attention::<S, $qa, $va>(at) }
            }

            pub const TABLE: Kernels = Kernels {
                isa: $isa,
                product_f32,
                product_bf16,
                keep_bf16,
                product_int8,
                quantise,
                layer_norm,
                mean_unit,
                attention,
            };
        }
    };
}

compile!(plain, portable::Portable, Isa::Portable, inline(never), f32: 2 x 1, bf16: 2 x 1, int8: matmul::int8::<S, portable::Plain, 2, 1>, quantise: 1, attention: 2 x 1);
#[cfg(target_arch = "x86_64")]
compile!(with_avx2, avx2::Avx2, Isa::Avx2, target_feature(enable = "avx2,fma"), f32: 6 x 1, bf16: 4 x 1, int8: wide::product, quantise: 2, attention: 4 x 1);
#[cfg(target_arch = "x86_64")]
compile!(with_avxvnni, avx2::Avx2, Isa::AvxVnni, target_feature(enable = "avx2,fma,avxvnni"), f32: 6 x 1, bf16: 4 x 1, int8: matmul::int8::<S, avx2::Vnni, 6, 1>, quantise: 2, attention: 4 x 1);
#[cfg(target_arch = "x86_64")]
compile!(with_avx512, avx512::Avx512, Isa::Avx512, target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"), f32: 12 x 2, bf16: 10 x 2, int8: matmul::int8::<S, avx512::Vnni, 12, 2>, quantise: 4, attention: 8 x 2);

impl Kernels {
    /// The fastest that this processor runs.
    pub fn detect() -> Self {
        Isa::available().last().and_then(|isa| Self::of(*isa)).unwrap_or(plain::TABLE)
    }

    /// Those of `isa`, where this processor has it.
    pub fn of(isa: Isa) -> Option<Self> {
        if !Isa::available().contains(&isa) {
            return None;
        }
        Some(match isa {
            Isa::Portable => plain::TABLE,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => with_avx2::TABLE,
            #[cfg(target_arch = "x86_64")]
            Isa::AvxVnni => with_avxvnni::TABLE,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 if isa::vector_bf16_is_fast() => Self {
                isa,
                product_bf16: avx512::product_bf16,
                keep_bf16: avx512::keep_bf16,
                ..with_avx512::TABLE
            },
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 | Isa::Amx => Self { isa, ..with_avx512::TABLE },
            #[cfg(not(target_arch = "x86_64"))]
            _ => return None,
        })
    }

    /// The instruction set.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// `out = finish(a · weightsᵀ + bias)`; `a` holds whole rows.
    pub fn linear_f32(&self, a: &[f32], weights: &PackedF32, out: &mut [f32], finish: Finish) {
        let rows = a.len() / weights.k;
        assert!(a.len() == rows * weights.k && out.len() == rows * weights.n);
        let bias = weights.bias.as_ptr();
        let to = Product { rows, k: weights.k, n: weights.n, bias, out: out.as_mut_ptr(), finish };
        // SAFETY: lengths checked above and when packing; the table came from `of`, which asked the processor.
        unsafe { (self.product_f32)(a.as_ptr(), weights.values.as_ptr(), &to) }
    }

    /// `out = finish(a · weightsᵀ + bias)` with `a` and the weights in bf16 and sums in f32; `a` holds whole
    /// rows, `narrow` is scratch.
    pub fn linear_bf16(
        &self,
        a: &[f32],
        weights: &PackedBf16,
        out: &mut [f32],
        finish: Finish,
        narrow: &mut NarrowRows,
    ) {
        let PackedBf16 { n, k, .. } = *weights;
        let rows = a.len() / k;
        assert!(a.len() == rows * k && out.len() == rows * n);
        narrow.reserve_halves(a.len());
        let (halves, values) = (narrow.halves.as_mut_ptr(), weights.values.as_ptr());
        let to = Product { rows, k, n, bias: weights.bias.as_ptr(), out: out.as_mut_ptr(), finish };
        // SAFETY: lengths checked above and when packing; the table came from `of`, which asked the processor.
        unsafe {
            #[cfg(target_arch = "x86_64")]
            if self.isa == Isa::Amx && amx::Bf16::takes(k) {
                avx512::keep_bf16(a.as_ptr(), a.len(), halves);
                return amx::product(&amx::Bf16::new(halves.cast(), values), &to);
            }
            (self.keep_bf16)(a.as_ptr(), a.len(), halves);
            (self.product_bf16)(halves, values, &to);
        }
    }

    /// `out = finish(a · weightsᵀ + bias)` in int8; `a` holds whole rows, `narrow` is scratch.
    pub fn linear_int8(
        &self,
        a: &[f32],
        weights: &PackedInt8,
        out: &mut [f32],
        finish: Finish,
        narrow: &mut NarrowRows,
    ) {
        let PackedInt8 { n, k, .. } = *weights;
        let rows = a.len() / k;
        assert!(a.len() == rows * k && out.len() == rows * n);
        narrow.reserve_bytes(rows, k);
        let (values, scale, low) =
            (narrow.bytes.as_mut_ptr(), narrow.scale.as_mut_ptr(), narrow.low.as_mut_ptr());
        let quantise = Quantise {
            x: a.as_ptr(),
            rows,
            width: k,
            gain: weights.input_gain.as_ptr(),
            shift: weights.input_shift.as_ptr(),
            bytes: values,
            scale,
            low,
        };
        let panels = Panels {
            values: weights.values.as_ptr(),
            scale: weights.scale.as_ptr(),
            sums: weights.sums.as_ptr(),
        };
        let wide = narrow.reserve_wide(self.isa, rows, k);
        let bytes = Bytes { values, scale, low, wide };
        let to = Product { rows, k, n, bias: weights.bias.as_ptr(), out: out.as_mut_ptr(), finish };
        // SAFETY: lengths checked above and when packing; the table came from `of`, which asked the processor.
        unsafe {
            (self.quantise)(&quantise);
            #[cfg(target_arch = "x86_64")]
            if self.isa == Isa::Amx && amx::Int8::takes(k) {
                return amx::product(&amx::Int8::new(&bytes, &panels), &to);
            }
            (self.product_int8)(&bytes, &panels, &to);
        }
    }

    /// Layer norm of each row in place.
    pub fn layer_norm(&self, x: &mut [f32], gain: &[f32], shift: &[f32], epsilon: f32) {
        let width = gain.len();
        assert!(shift.len() == width && width.is_multiple_of(LANES) && x.len().is_multiple_of(width));
        // SAFETY: lengths checked above; the table came from `of`, which asked the processor.
        unsafe {
            (self.layer_norm)(x.as_mut_ptr(), x.len() / width, width, gain.as_ptr(), shift.as_ptr(), epsilon);
        }
    }

    /// Mean of the rows of `x` at unit length.
    pub fn mean_unit(&self, x: &[f32], out: &mut [f32]) {
        let width = out.len();
        assert!(width.is_multiple_of(LANES) && !x.is_empty() && x.len().is_multiple_of(width));
        // SAFETY: lengths checked above; the table came from `of`, which asked the processor.
        unsafe { (self.mean_unit)(x.as_ptr(), x.len() / width, width, out.as_mut_ptr()) }
    }

    /// Attention of one sentence: `qkv` holds its queries, keys and values side by side, `out` gets `width`
    /// values a token. `scratch` must hold [`attention_scratch`] values.
    pub fn attention(&self, qkv: &[f32], width: usize, head: usize, out: &mut [f32], scratch: &mut [f32]) {
        let tokens = out.len() / width;
        assert!(tokens > 0 && out.len() == tokens * width && qkv.len() == 3 * out.len());
        assert!(head.is_multiple_of(LANES) && width.is_multiple_of(head));
        assert!(scratch.len() >= attention_scratch(tokens, head));
        let (out, scratch) = (out.as_mut_ptr(), scratch.as_mut_ptr());
        let at = Attention { qkv: qkv.as_ptr(), out, tokens, width, head, scratch };
        // SAFETY: lengths checked above; the table came from `of`, which asked the processor.
        unsafe { (self.attention)(&at) }
    }
}
