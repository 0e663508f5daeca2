//! Advanced Matrix Extensions: int8 products of 16 × 16 outputs and 64 inputs by one instruction.
//!
//! The instructions have no stable intrinsics, so they stand here as assembly. Everything else is
//! AVX-512, and integer sums are exact, so the bytes are those of the other kernels. The matrix unit
//! works beside the vector units: while it sums one block, the block before it is scaled and stored.

use std::arch::asm;
use std::arch::x86_64::{__cpuid_count, _MM_HINT_T0, _mm_prefetch};

use super::avx512::Avx512;
use super::matmul::{self, Bytes, Finish, Panels, Product, Scales};
use super::simd::LANES;

/// Rows of a tile.
const ROWS: usize = 16;

/// Bytes of a tile's row: inputs that one instruction takes.
pub const DEPTH: usize = 64;

/// Whether this processor has the int8 products and the system lets this process use them.
pub fn permitted() -> bool {
    use std::sync::OnceLock;
    static PERMITTED: OnceLock<bool> = OnceLock::new();
    *PERMITTED.get_or_init(|| {
        let features = __cpuid_count(7, 0).edx;
        let (tile, int8) = (features >> 24 & 1 == 1, features >> 25 & 1 == 1);
        tile && int8 && cfg!(target_os = "linux") && ask()
    })
}

/// Asks Linux to save the tiles of this process, which it does only for those who ask.
fn ask() -> bool {
    const ARCH_PRCTL: i64 = 158;
    const REQUEST_PERMISSION: i64 = 0x1023;
    const TILE_DATA: i64 = 18;
    let mut result = ARCH_PRCTL;
    // SAFETY: this system call takes two numbers and touches no memory of ours.
    unsafe {
        asm!(
            "syscall",
            inout("rax") result,
            in("rdi") REQUEST_PERMISSION,
            in("rsi") TILE_DATA,
            out("rcx") _,
            out("r11") _,
            options(nostack),
        );
    }
    result == 0
}

/// Bytes of activations that are kept near while the weights pass by.
const NEAR: usize = 24 * 1024;

/// Shapes of the eight tiles: 0 to 3 sums, 4 and 5 activations, 6 and 7 weights.
#[repr(C, align(64))]
struct Shapes {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

impl Shapes {
    fn new(rows: usize) -> Self {
        let mut shapes =
            Self { palette: 1, start_row: 0, reserved: [0; 14], row_bytes: [0; 16], rows: [0; 16] };
        for tile in 0..8 {
            shapes.row_bytes[tile] = DEPTH as u16;
            shapes.rows[tile] = if tile < 6 { rows as u8 } else { ROWS as u8 };
        }
        shapes
    }
}

/// Integer sums of two row tiles by two panels, in the order of the tiles.
#[repr(C, align(64))]
struct Sums([[[i32; LANES]; ROWS]; 4]);

/// A block of outputs whose sums are complete but not yet scaled and stored.
#[derive(Clone, Copy)]
struct Block {
    panel: usize,
    panels: usize,
    /// First row of each row tile; a tile that overlaps the one before starts to store at `fresh`.
    rows: [usize; 2],
    fresh: [usize; 2],
    row_tiles: usize,
}

/// The product in int8, as [`matmul::product_int8`].
///
/// # Safety
///
/// As there; [`permitted`] must hold, and `k` must be a multiple of 64.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub unsafe fn product_int8(a: &Bytes, w: &Panels, to: &Product) {
    let height = to.rows.min(ROWS);
    if height == 0 {
        return;
    }
    let shapes = Shapes::new(height);
    let mut sums = [Sums([[[0; LANES]; ROWS]; 4]), Sums([[[0; LANES]; ROWS]; 4])];
    let panels = to.n / LANES;
    // SAFETY: the caller vouches for the matrices; every tile below lies within them: row tiles start at
    // most `height` before the last row, panels and depths are whole. The compiler itself never uses
    // tile registers, so their content outlives each piece of assembly.
    unsafe {
        asm!("ldtilecfg [{}]", in(reg) &raw const shapes, options(nostack, readonly));
        let mut before: Option<Block> = None;
        let mut odd_turn = false;
        let last = to.rows - height;
        // As many rows as stay in the first-level cache with two panels are the outer loop.
        let chunk = (NEAR / to.k).next_multiple_of(2 * ROWS);
        for start in (0..to.rows).step_by(chunk) {
            let end = to.rows.min(start + chunk);
            for panel in (0..panels).step_by(2) {
                // The next panels, fetched while these are in use.
                let next = if panel + 2 < panels { panel + 2 } else { 0 };
                let steps = (end - start).div_ceil(2 * ROWS) * (to.k / DEPTH);
                let mut ahead =
                    Ahead { at: w.values.add(next * LANES * to.k), lines: to.k * 2 * LANES / DEPTH / steps };
                for row in (start..end).step_by(2 * ROWS) {
                    let block = Block {
                        panel,
                        panels: (panels - panel).min(2),
                        rows: [row.min(last), (row + ROWS).min(last)],
                        fresh: [row, row + ROWS],
                        row_tiles: if end - row > ROWS { 2 } else { 1 },
                    };
                    let [even, odd] = &mut sums;
                    let (current, done) = if odd_turn { (odd, even) } else { (even, odd) };
                    sum_block(a, w, to, &block, current, before.as_ref().map(|b| (b, &*done)), &mut ahead);
                    before = Some(block);
                    odd_turn = !odd_turn;
                }
            }
        }
        if let Some(block) = before {
            store_vectors(a, w, to, &block, &sums[usize::from(!odd_turn)], 0, block.vectors());
        }
        asm!("tilerelease", options(nostack, nomem));
    }
}

/// Weights to be fetched into the cache before they are needed.
struct Ahead {
    at: *const i8,
    /// Cache lines to fetch at each step.
    lines: usize,
}

impl Block {
    /// Vectors of sixteen outputs.
    fn vectors(&self) -> usize {
        self.panels * self.row_tiles * ROWS
    }
}

/// Sums one block, and stores the one before meanwhile.
#[inline(always)]
unsafe fn sum_block(
    a: &Bytes,
    w: &Panels,
    to: &Product,
    block: &Block,
    sums: &mut Sums,
    before: Option<(&Block, &Sums)>,
    ahead: &mut Ahead,
) {
    unsafe {
        let steps = to.k / DEPTH;
        let share = before.map_or(0, |(before, _)| before.vectors().div_ceil(steps));
        let mut stored = 0;
        let top = a.values.add(block.rows[0] * to.k);
        let bottom = a.values.add(block.rows[1] * to.k);
        let left = w.values.add(block.panel * LANES * to.k);
        let right = left.add((block.panels - 1) * LANES * to.k);
        asm!("tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3", options(nostack, nomem));
        for step in 0..steps {
            let (depth, offset) = (step * DEPTH, step * DEPTH * LANES);
            asm!(
                "tileloadd tmm4, [{top} + {k}]",
                "tileloadd tmm6, [{left} + {line}]",
                "tdpbusd tmm0, tmm4, tmm6",
                top = in(reg) top.add(depth),
                left = in(reg) left.add(offset),
                k = in(reg) to.k,
                line = in(reg) DEPTH,
                options(nostack, readonly),
            );
            if block.panels == 2 {
                asm!(
                    "tileloadd tmm7, [{right} + {line}]",
                    "tdpbusd tmm1, tmm4, tmm7",
                    right = in(reg) right.add(offset),
                    line = in(reg) DEPTH,
                    options(nostack, readonly),
                );
            }
            if block.row_tiles == 2 {
                asm!(
                    "tileloadd tmm5, [{bottom} + {k}]",
                    "tdpbusd tmm2, tmm5, tmm6",
                    bottom = in(reg) bottom.add(depth),
                    k = in(reg) to.k,
                    options(nostack, readonly),
                );
                if block.panels == 2 {
                    asm!("tdpbusd tmm3, tmm5, tmm7", options(nostack, nomem));
                }
            }
            for _ in 0..ahead.lines {
                _mm_prefetch::<_MM_HINT_T0>(ahead.at);
                ahead.at = ahead.at.wrapping_add(DEPTH);
            }
            if let Some((before, done)) = before {
                let until = before.vectors().min(stored + share);
                store_vectors(a, w, to, before, done, stored, until);
                stored = until;
            }
        }
        let out = sums.0.as_mut_ptr();
        asm!(
            "tilestored [{a} + {line}], tmm0",
            "tilestored [{b} + {line}], tmm1",
            "tilestored [{c} + {line}], tmm2",
            "tilestored [{d} + {line}], tmm3",
            a = in(reg) out,
            b = in(reg) out.add(1),
            c = in(reg) out.add(2),
            d = in(reg) out.add(3),
            line = in(reg) DEPTH,
            options(nostack),
        );
    }
}

/// Scales and stores vectors `from..until` of a block, panel by panel, row after row.
#[inline(always)]
unsafe fn store_vectors(
    a: &Bytes,
    w: &Panels,
    to: &Product,
    block: &Block,
    sums: &Sums,
    from: usize,
    until: usize,
) {
    unsafe {
        let mut vector = from;
        while vector < until {
            let (strip, line) = (vector / ROWS, vector % ROWS);
            let lines = (until - vector).min(ROWS - line);
            let (tile, panel) = (strip % block.row_tiles, strip / block.row_tiles);
            let row = block.rows[tile];
            let first = (row + line).max(block.fresh[tile]);
            let end = (row + line + lines).min(to.rows);
            if first < end {
                let strip = Strip {
                    sums: sums.0[tile * 2 + panel].as_ptr().add(first - row).cast(),
                    channel: (block.panel + panel) * LANES,
                    first,
                    end,
                };
                // Each ending apart, so that the loop inside holds no choice.
                match to.finish {
                    Finish::None => store_strip(a, w, to, &strip, Finish::None),
                    Finish::Add => store_strip(a, w, to, &strip, Finish::Add),
                    Finish::GeluFast => store_strip(a, w, to, &strip, Finish::GeluFast),
                    other => store_strip(a, w, to, &strip, other),
                }
            }
            vector += lines;
        }
    }
}

/// Some rows of sixteen channels.
struct Strip {
    sums: *const i32,
    channel: usize,
    first: usize,
    end: usize,
}

#[inline(always)]
unsafe fn store_strip(a: &Bytes, w: &Panels, to: &Product, strip: &Strip, finish: Finish) {
    unsafe {
        let scales = Scales::<Avx512>::load(w, to, strip.channel);
        for (line, row) in (strip.first..strip.end).enumerate() {
            let value = scales.apply(a, row, Avx512::load_i(strip.sums.add(line * LANES)));
            matmul::finish::<Avx512>(finish, value, to.out.add(row * to.n + strip.channel));
        }
    }
}
