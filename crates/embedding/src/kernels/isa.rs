//! Instruction sets, and which of them this processor has.

#[cfg(target_arch = "x86_64")]
use super::amx;

/// An instruction set that the engine can run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Isa {
    /// Plain Rust.
    Portable,
    /// AVX2 and FMA.
    Avx2,
    /// AVX2 and FMA with AVX-VNNI.
    AvxVnni,
    /// AVX-512 with VNNI.
    Avx512,
    /// AVX-512 with VNNI, and AMX for products in int8 and bf16.
    Amx,
}

impl Isa {
    const ALL: [Self; 5] = [Self::Portable, Self::Avx2, Self::AvxVnni, Self::Avx512, Self::Amx];

    /// Every instruction set that this processor has, slowest first.
    pub fn available() -> Vec<Self> {
        Self::ALL.into_iter().filter(|isa| isa.is_here()).collect()
    }

    fn is_here(self) -> bool {
        // Miri interprets plain Rust only.
        if cfg!(miri) {
            return self == Self::Portable;
        }
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            let avx2 = has!("avx2") && has!("fma");
            match self {
                Self::Portable => true,
                Self::Avx2 => avx2,
                Self::AvxVnni => avx2 && has!("avxvnni"),
                Self::Amx => Self::Avx512.is_here() && has!("avx512bf16") && amx::permitted(),
                Self::Avx512 => {
                    has!("avx512f")
                        && has!("avx512bw")
                        && has!("avx512dq")
                        && has!("avx512vl")
                        && has!("avx512vnni")
                }
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            self == Self::Portable
        }
    }

    /// Its name in a model stamp.
    pub fn name(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::AvxVnni => "avxvnni",
            Self::Avx512 => "avx512vnni",
            Self::Amx => "amx",
        }
    }
}

/// Whether the vector instruction for bf16 is there and faster than two of f32, which give the same bytes. Where there
/// is a matrix unit for bf16, the vector instruction is not: on Sapphire Rapids it has half the speed of the two.
#[cfg(target_arch = "x86_64")]
pub(super) fn vector_bf16_is_fast() -> bool {
    std::arch::is_x86_feature_detected!("avx512bf16") && !amx::present()
}
