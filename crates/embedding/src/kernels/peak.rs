//! What the processor's instructions can do at most: the same ones that the kernels use, on registers alone.
//!
//! Benches state a kernel's speed as a share of this, measured beside it.

use std::arch::asm;

use super::amx;
use super::isa::{Isa, vector_bf16_is_fast};
use super::simd::LANES;
use crate::arithmetic::Arithmetic;

/// A loop of twelve independent sums, `$line` for each: sum in register `$i`, operands in 13 and 14.
macro_rules! twelve {
    ($rounds:expr, $features:literal, $zero:literal, $($line:literal),+) => {{
        #[target_feature(enable = $features)]
        unsafe fn run(rounds: u64) {
            // SAFETY: registers only; the caller asked the processor for the instructions.
            unsafe {
                asm!(
                    ".irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14",
                    $zero,
                    ".endr",
                    "2:",
                    ".irp i, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
                    $($line,)+
                    ".endr",
                    "dec {rounds}",
                    "jnz 2b",
                    rounds = inout(reg) rounds => _,
                    out("xmm0") _, out("xmm1") _, out("xmm2") _, out("xmm3") _, out("xmm4") _, out("xmm5") _,
                    out("xmm6") _, out("xmm7") _, out("xmm8") _, out("xmm9") _, out("xmm10") _, out("xmm11") _,
                    out("xmm12") _, out("xmm13") _, out("xmm14") _,
                    options(nostack, nomem),
                );
            }
        }
        // SAFETY: `exercise` asked the processor.
        unsafe { run($rounds) }
    }};
}

/// A loop of the four products of a step of the matrix unit.
macro_rules! tiles {
    ($rounds:expr, $instruction:literal) => {{
        let shapes = amx::Shapes::new(amx::ROWS);
        // SAFETY: `exercise` asked the processor and the system; tiles only, and no other code here uses them
        // meanwhile.
        unsafe {
            asm!(
                "ldtilecfg [{shapes}]",
                "2:",
                concat!($instruction, " tmm0, tmm4, tmm6"),
                concat!($instruction, " tmm1, tmm4, tmm7"),
                concat!($instruction, " tmm2, tmm5, tmm6"),
                concat!($instruction, " tmm3, tmm5, tmm7"),
                "dec {rounds}",
                "jnz 2b",
                "tilerelease",
                shapes = in(reg) &raw const shapes,
                rounds = inout(reg) $rounds => _,
                options(nostack, readonly),
            );
        }
    }};
}

/// Runs the instructions by which `isa` computes in `arithmetic`, at least `rounds` (not 0) times, and gives
/// the multiplications and additions that they stand for; none where there is no such instruction here.
pub fn exercise(isa: Isa, arithmetic: Arithmetic, rounds: u64) -> Option<u64> {
    if !Isa::available().contains(&isa) || rounds == 0 {
        return None;
    }
    let lanes = LANES as u64;
    let tile = 2 * 4 * (amx::ROWS * LANES) as u64;
    let each = match (isa, arithmetic) {
        (Isa::Amx, Arithmetic::Int8) => {
            tiles!(rounds, "tdpbusd");
            tile * 64
        }
        (Isa::Amx, Arithmetic::Bf16) => {
            tiles!(rounds, "tdpbf16ps");
            tile * 32
        }
        (Isa::Avx512, Arithmetic::Int8) => {
            twelve!(
                rounds,
                "avx512f,avx512vnni",
                r"vpxord zmm\i, zmm\i, zmm\i",
                r"vpdpbusd zmm\i, zmm13, zmm14"
            );
            12 * 2 * 4 * lanes
        }
        (Isa::Avx512, Arithmetic::Bf16) if vector_bf16_is_fast() => {
            twelve!(
                rounds,
                "avx512f,avx512bf16",
                r"vpxord zmm\i, zmm\i, zmm\i",
                r"vdpbf16ps zmm\i, zmm13, zmm14"
            );
            12 * 2 * 2 * lanes
        }
        (Isa::Amx | Isa::Avx512, _) => {
            twelve!(rounds, "avx512f", r"vpxord zmm\i, zmm\i, zmm\i", r"vfmadd231ps zmm\i, zmm13, zmm14");
            12 * 2 * lanes
        }
        (Isa::AvxVnni, Arithmetic::Int8) => {
            twelve!(
                rounds,
                "avx2,avxvnni",
                r"vpxor ymm\i, ymm\i, ymm\i",
                r"{{vex}} vpdpbusd ymm\i, ymm13, ymm14"
            );
            12 * 2 * 4 * lanes / 2
        }
        (Isa::Avx2, Arithmetic::Int8) => {
            twelve!(
                rounds,
                "avx2",
                r"vpxor ymm\i, ymm\i, ymm\i",
                "vpmaddwd ymm12, ymm13, ymm14",
                r"vpaddd ymm\i, ymm\i, ymm12"
            );
            12 * 2 * 2 * lanes / 2
        }
        (Isa::AvxVnni | Isa::Avx2, _) => {
            twelve!(rounds, "avx2,fma", r"vpxor ymm\i, ymm\i, ymm\i", r"vfmadd231ps ymm\i, ymm13, ymm14");
            12 * 2 * lanes / 2
        }
        _ => return None,
    };
    Some(rounds * each)
}
