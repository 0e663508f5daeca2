//! Advanced Matrix Extensions: products of 16 × 16 outputs and 64 bytes of inputs by one instruction.
//!
//! The instructions have no stable intrinsics, so they stand here as assembly. Everything else is
//! AVX-512. Integer sums are exact, so in int8 the bytes are those of the other kernels; in bf16 the
//! instruction has an order of its own (see [`Bf16`]). The matrix unit works beside the vector units: while
//! it sums one block, the block before it is scaled and stored.

use std::arch::asm;
use std::arch::x86_64::{__cpuid_count, _MM_HINT_T0, _mm_prefetch};

use super::avx512::Avx512;
use super::matmul::{self, Bytes, Finish, Panels, Product, Scales};
use super::simd::{LANES, Simd};

/// Rows of a tile.
pub const ROWS: usize = 16;

/// Bytes of a tile's row.
const LINE: usize = 64;

/// Whether they are [`present`] and the system lets this process use them.
pub fn permitted() -> bool {
    use std::sync::OnceLock;
    static PERMITTED: OnceLock<bool> = OnceLock::new();
    *PERMITTED.get_or_init(|| present() && ask())
}

/// Whether this processor has the products of int8 and bf16.
pub fn present() -> bool {
    let features = __cpuid_count(7, 0).edx;
    [22, 24, 25].iter().all(|bit| features >> bit & 1 == 1)
}

/// Asks Linux to save the tiles of this process, which it does only for those who ask.
#[cfg(target_os = "linux")]
fn ask() -> bool {
    const REQUEST_PERMISSION: libc::c_long = 0x1023;
    const TILE_DATA: libc::c_long = 18;
    // SAFETY: this system call takes two numbers and touches no memory of ours.
    unsafe { libc::syscall(libc::SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0 }
}

/// How another system is asked is not known here.
#[cfg(not(target_os = "linux"))]
fn ask() -> bool {
    false
}

/// Bytes of activations that are kept near while the weights pass by.
const NEAR: usize = 24 * 1024;

/// Shapes of the eight tiles: 0 to 3 sums, 4 and 5 activations, 6 and 7 weights.
#[repr(C, align(64))]
pub struct Shapes {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

impl Shapes {
    /// For tiles of `rows` activations, at most sixteen.
    pub fn new(rows: usize) -> Self {
        let mut shapes =
            Self { palette: 1, start_row: 0, reserved: [0; 14], row_bytes: [0; 16], rows: [0; 16] };
        for tile in 0..8 {
            shapes.row_bytes[tile] = LINE as u16;
            shapes.rows[tile] = if tile < 6 { rows as u8 } else { ROWS as u8 };
        }
        shapes
    }
}

/// Sums of two row tiles by two panels, in the order of the tiles; of `i32` or `f32`, 32 bits each.
#[repr(C, align(64))]
struct Sums([[[u32; LANES]; ROWS]; 4]);

impl Sums {
    const ZERO: Self = Self([[[0; LANES]; ROWS]; 4]);
}

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

impl Block {
    /// Vectors of sixteen outputs.
    fn vectors(&self) -> usize {
        self.panels * self.row_tiles * ROWS
    }
}

/// Some rows of sixteen channels whose sums are complete.
pub struct Strip {
    sums: *const u32,
    channel: usize,
    first: usize,
    end: usize,
}

/// One arithmetic of the matrix unit. Tiles 0 to 3 are sums, 4 and 5 rows, 6 and 7 panels.
///
/// # Safety
///
/// `a` and `w` must give matrices as [`Product`] describes them, of values of `SIZE` bytes, the weights
/// packed with `g` = 4 / `SIZE`.
pub unsafe trait Kind {
    /// Bytes of a value.
    const SIZE: usize;
    /// Activations, `rows` × `k`.
    fn a(&self) -> *const u8;
    /// Weights in panels.
    fn w(&self) -> *const u8;
    /// Adds the product of row tile `R` and panel tile `P` to the sums of both.
    unsafe fn multiply<const R: usize, const P: usize>();
    /// Finishes the sums of a strip and stores them.
    unsafe fn store(&self, to: &Product, strip: &Strip, finish: Finish);

    /// Whether rows of `k` values are whole lines.
    fn takes(k: usize) -> bool {
        (k * Self::SIZE).is_multiple_of(LINE)
    }
}

/// The four products of a step by one instruction.
macro_rules! multiply {
    ($instruction:literal) => {
        #[inline(always)]
        unsafe fn multiply<const R: usize, const P: usize>() {
            unsafe {
                match (R, P) {
                    (0, 0) => asm!(concat!($instruction, " tmm0, tmm4, tmm6"), options(nostack, nomem)),
                    (0, 1) => asm!(concat!($instruction, " tmm1, tmm4, tmm7"), options(nostack, nomem)),
                    (1, 0) => asm!(concat!($instruction, " tmm2, tmm5, tmm6"), options(nostack, nomem)),
                    _ => asm!(concat!($instruction, " tmm3, tmm5, tmm7"), options(nostack, nomem)),
                }
            }
        }
    };
}

/// Unsigned by signed bytes, as [`matmul::Int8`].
#[derive(Clone, Copy)]
pub struct Int8<'a> {
    a: &'a Bytes,
    w: &'a Panels,
}

impl<'a> Int8<'a> {
    /// The two matrices.
    pub fn new(a: &'a Bytes, w: &'a Panels) -> Self {
        Self { a, w }
    }
}

// SAFETY: both matrices hold bytes; a strip is read and written within its rows and channels.
unsafe impl Kind for Int8<'_> {
    const SIZE: usize = 1;

    fn a(&self) -> *const u8 {
        self.a.values
    }
    fn w(&self) -> *const u8 {
        self.w.values.cast()
    }
    multiply!("tdpbusd");

    #[inline(always)]
    unsafe fn store(&self, to: &Product, strip: &Strip, finish: Finish) {
        unsafe {
            let scales = Scales::<Avx512>::load(self.w, to, strip.channel);
            for (line, row) in (strip.first..strip.end).enumerate() {
                let sum = Avx512::load_i(strip.sums.add(line * LANES).cast());
                let out = to.out.add(row * to.n + strip.channel);
                matmul::finish::<Avx512>(finish, scales.apply(self.a, row, sum), out);
            }
        }
    }
}

/// bf16 with sums in f32.
///
/// The instruction sums the products at even and at odd places apart, sixteen of each, every product added
/// with one rounding, and adds both to what was summed before: not the order of [`matmul::Bf16`].
#[derive(Clone, Copy)]
pub struct Bf16 {
    a: *const u16,
    w: *const u16,
}

impl Bf16 {
    /// The two matrices.
    pub fn new(a: *const u16, w: *const u16) -> Self {
        Self { a, w }
    }
}

// SAFETY: both matrices hold two bytes a value; a strip is read and written within its rows and channels.
unsafe impl Kind for Bf16 {
    const SIZE: usize = 2;

    fn a(&self) -> *const u8 {
        self.a.cast()
    }
    fn w(&self) -> *const u8 {
        self.w.cast()
    }
    multiply!("tdpbf16ps");

    #[inline(always)]
    unsafe fn store(&self, to: &Product, strip: &Strip, finish: Finish) {
        unsafe {
            let bias = Avx512::load(to.bias.add(strip.channel));
            for (line, row) in (strip.first..strip.end).enumerate() {
                let sum = Avx512::add(Avx512::load(strip.sums.add(line * LANES).cast()), bias);
                matmul::finish::<Avx512>(finish, sum, to.out.add(row * to.n + strip.channel));
            }
        }
    }
}

/// The product that `kind` describes.
///
/// # Safety
///
/// As for [`Kind`]; [`permitted`] must hold, and `kind` must take rows of `to.k` values.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub unsafe fn product<K: Kind>(kind: &K, to: &Product) {
    let height = to.rows.min(ROWS);
    if height == 0 {
        return;
    }
    let shapes = Shapes::new(height);
    let mut sums = [Sums::ZERO, Sums::ZERO];
    let panels = to.n / LANES;
    let line = to.k * K::SIZE;
    // SAFETY: the caller vouches for the matrices; every tile below lies within them: row tiles start at
    // most `height` before the last row, panels and depths are whole. The compiler itself never uses
    // tile registers, so their content outlives each piece of assembly.
    unsafe {
        asm!("ldtilecfg [{}]", in(reg) &raw const shapes, options(nostack, readonly));
        let mut before: Option<Block> = None;
        let mut odd_turn = false;
        let last = to.rows - height;
        // As many rows as stay in the first-level cache with two panels are the outer loop.
        let chunk = (NEAR / line).next_multiple_of(2 * ROWS);
        for start in (0..to.rows).step_by(chunk) {
            let end = to.rows.min(start + chunk);
            for panel in (0..panels).step_by(2) {
                // The next panels, fetched while these are in use.
                let next = if panel + 2 < panels { panel + 2 } else { 0 };
                let steps = (end - start).div_ceil(2 * ROWS) * (line / LINE);
                let mut ahead =
                    Ahead { at: kind.w().add(next * LANES * line), lines: line * 2 * LANES / LINE / steps };
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
                    sum_block(kind, to, &block, current, before.as_ref().map(|b| (b, &*done)), &mut ahead);
                    before = Some(block);
                    odd_turn = !odd_turn;
                }
            }
        }
        if let Some(block) = before {
            store_vectors(kind, to, &block, &sums[usize::from(!odd_turn)], 0, block.vectors());
        }
        asm!("tilerelease", options(nostack, nomem));
    }
}

/// Weights to be fetched into the cache before they are needed.
struct Ahead {
    at: *const u8,
    /// Cache lines to fetch at each step.
    lines: usize,
}

/// Sums one block, and stores the one before meanwhile.
#[inline(always)]
unsafe fn sum_block<K: Kind>(
    kind: &K,
    to: &Product,
    block: &Block,
    sums: &mut Sums,
    before: Option<(&Block, &Sums)>,
    ahead: &mut Ahead,
) {
    unsafe {
        let stride = to.k * K::SIZE;
        let steps = stride / LINE;
        let share = before.map_or(0, |(before, _)| before.vectors().div_ceil(steps));
        let mut stored = 0;
        let top = kind.a().add(block.rows[0] * stride);
        let bottom = kind.a().add(block.rows[1] * stride);
        let left = kind.w().add(block.panel * LANES * stride);
        let right = left.add((block.panels - 1) * LANES * stride);
        asm!("tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3", options(nostack, nomem));
        for step in 0..steps {
            let (depth, offset) = (step * LINE, step * LINE * LANES);
            asm!(
                "tileloadd tmm4, [{top} + {stride}]",
                "tileloadd tmm6, [{left} + {line}]",
                top = in(reg) top.add(depth),
                left = in(reg) left.add(offset),
                stride = in(reg) stride,
                line = in(reg) LINE,
                options(nostack, readonly),
            );
            K::multiply::<0, 0>();
            if block.panels == 2 {
                asm!(
                    "tileloadd tmm7, [{right} + {line}]",
                    right = in(reg) right.add(offset),
                    line = in(reg) LINE,
                    options(nostack, readonly),
                );
                K::multiply::<0, 1>();
            }
            if block.row_tiles == 2 {
                asm!(
                    "tileloadd tmm5, [{bottom} + {stride}]",
                    bottom = in(reg) bottom.add(depth),
                    stride = in(reg) stride,
                    options(nostack, readonly),
                );
                K::multiply::<1, 0>();
                if block.panels == 2 {
                    K::multiply::<1, 1>();
                }
            }
            for _ in 0..ahead.lines {
                _mm_prefetch::<_MM_HINT_T0>(ahead.at.cast());
                ahead.at = ahead.at.wrapping_add(LINE);
            }
            if let Some((before, done)) = before {
                let until = before.vectors().min(stored + share);
                store_vectors(kind, to, before, done, stored, until);
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
            line = in(reg) LINE,
            options(nostack),
        );
    }
}

/// Finishes and stores vectors `from..until` of a block, panel by panel, row after row.
#[inline(always)]
unsafe fn store_vectors<K: Kind>(
    kind: &K,
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
                    Finish::None => kind.store(to, &strip, Finish::None),
                    Finish::Add => kind.store(to, &strip, Finish::Add),
                    Finish::GeluFast => kind.store(to, &strip, Finish::GeluFast),
                    other => kind.store(to, &strip, other),
                }
            }
            vector += lines;
        }
    }
}
