//! The arithmetic: matrix products, attention and what is done to single tokens.
//!
//! This is the only module with `unsafe` code. It needs it for three things: instructions that exist
//! only on some processors (each is reached through [`Kernels::detect`], which asks the processor first),
//! pointers into matrices inside the innermost loops (the safe methods of [`Kernels`] check every length
//! once, outside them), and reading packed weights as whole registers.
//!
//! Each kernel is written once over sixteen lanes ([`simd::Simd`]) and compiled for every instruction set.

#![allow(unsafe_code)]

mod attention;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod math;
mod matmul;
mod portable;
mod rows;
mod simd;

use attention::Attention;
pub use attention::scratch_len as attention_scratch;
pub use matmul::Finish;
use matmul::Product;
pub use simd::LANES;

/// An instruction set that the engine can run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isa {
    /// Plain Rust.
    Portable,
    /// AVX-512 with VNNI.
    Avx512,
}

impl Isa {
    /// Every instruction set that this processor has, slowest first.
    pub fn available() -> Vec<Self> {
        let mut found = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("avx512bw")
            && std::arch::is_x86_feature_detected!("avx512dq")
            && std::arch::is_x86_feature_detected!("avx512vl")
            && std::arch::is_x86_feature_detected!("avx512vnni")
        {
            found.push(Self::Avx512);
        }
        found
    }

    /// Its name in a model stamp.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx512 => "avx512vnni",
        }
    }
}

/// The kernels of one instruction set.
#[derive(Clone, Copy)]
pub struct Kernels {
    isa: Isa,
    product_f32: unsafe fn(*const f32, *const f32, &Product),
    layer_norm: unsafe fn(*mut f32, usize, usize, *const f32, *const f32, f32),
    mean_unit: unsafe fn(*const f32, usize, usize, *mut f32),
    attention: unsafe fn(&Attention),
}

/// Compiles every kernel for one instruction set and gives its table.
macro_rules! compile {
    ($module:ident, $simd:path, $isa:expr, $features:meta, f32: $rf:literal x $pf:literal) => {
        mod $module {
            use super::*;
            type S = $simd;

            #[$features]
            unsafe fn product_f32(a: *const f32, w: *const f32, to: &Product) {
                unsafe { matmul::product_f32::<S, $rf, $pf>(a, w, to) }
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
                unsafe { attention::attention::<S>(at) }
            }

            pub const TABLE: Kernels = Kernels { isa: $isa, product_f32, layer_norm, mean_unit, attention };
        }
    };
}

compile!(plain, portable::Portable, Isa::Portable, inline(never), f32: 2 x 1);
#[cfg(target_arch = "x86_64")]
compile!(with_avx512, avx512::Avx512, Isa::Avx512, target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"), f32: 6 x 4);

/// Weights of a linear layer in panels.
pub struct Packed {
    n: usize,
    k: usize,
    values: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// Packs `n` rows of `k` weights, one row an output channel. Both must be multiples of sixteen.
    pub fn f32(weights: &[f32], bias: &[f32], k: usize) -> Self {
        let n = bias.len();
        assert!(weights.len() == n * k && n.is_multiple_of(LANES));
        let mut values = Vec::with_capacity(n * k);
        for panel in weights.chunks_exact(LANES * k) {
            for i in 0..k {
                values.extend((0..LANES).map(|lane| panel[lane * k + i]));
            }
        }
        Self { n, k, values, bias: bias.to_vec() }
    }

    /// Output channels.
    pub fn n(&self) -> usize {
        self.n
    }
}

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
            Isa::Avx512 => with_avx512::TABLE,
            #[cfg(not(target_arch = "x86_64"))]
            _ => return None,
        })
    }

    /// The instruction set.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// `out = finish(a · weightsᵀ + bias)`; `a` holds whole rows.
    pub fn linear(&self, a: &[f32], weights: &Packed, out: &mut [f32], finish: Finish) {
        let rows = a.len() / weights.k;
        assert!(a.len() == rows * weights.k && out.len() == rows * weights.n);
        let bias = weights.bias.as_ptr();
        let to = Product { rows, k: weights.k, n: weights.n, bias, out: out.as_mut_ptr(), finish };
        // SAFETY: lengths checked above and when packing; the table came from `of`, which asked the processor.
        unsafe { (self.product_f32)(a.as_ptr(), weights.values.as_ptr(), &to) }
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
