//! The innermost loops of the neighbour search, compiled for several instruction sets.
//!
//! This is the only module of the crate with `unsafe` code, for three things: calling a function that was
//! compiled for an instruction set (each is reached through [`Kernels::detect`], which asks the
//! processor first), reading arrays as whole registers, and fetching rows before they are needed.
//!
//! Products of bytes are summed in whole numbers, which are exact, and floats in a fixed order without
//! fused steps, so every kernel gives the same bits; only their speed differs.

#![allow(unsafe_code)]

use std::sync::OnceLock;

/// Rows of a tile.
pub(super) const ROWS: usize = 32;
/// Columns of a panel.
pub(super) const PANEL: usize = 16;
/// Columns of a tile: two panels.
pub(super) const COLUMNS: usize = 2 * PANEL;
/// Components go into products four by four, and vectors are filled up with zeros to whole steps.
pub(super) const STEP: usize = 64;

/// Four components of each of sixteen columns.
pub(super) type Quad = [u8; 4 * PANEL];

/// Dot products of 32 rows with 32 columns, all in bytes.
pub(super) struct Tile<'a> {
    /// The rows one after the other, four components in each number, least byte first.
    pub(super) left: &'a [i32],
    /// The columns' components, each 128 higher than it is so that it has no sign.
    pub(super) right: [&'a [Quad]; 2],
    /// What each row's sums start from: -128 times the sum of its components.
    pub(super) start: &'a [i32; ROWS],
    /// What a product must reach to matter to its row.
    pub(super) row_floor: &'a [i32; ROWS],
    /// What a product must reach to matter to its column.
    pub(super) column_floor: &'a [i32; COLUMNS],
    /// The dot products.
    pub(super) sums: &'a mut [[i32; COLUMNS]; ROWS],
}

/// For each row of a tile, one bit for each column whose product matters.
pub(super) type Hits = [u32; ROWS];

/// The places in a tile that matter, row by row.
pub(super) fn places(hits: Hits) -> impl Iterator<Item = (usize, usize)> {
    hits.into_iter().enumerate().flat_map(|(row, mut columns)| {
        std::iter::from_fn(move || {
            let column = (columns != 0).then(|| columns.trailing_zeros() as usize)?;
            columns &= columns - 1;
            Some((row, column))
        })
    })
}

/// The kernels of one instruction set.
#[derive(Clone, Copy)]
pub(super) struct Kernels {
    #[cfg_attr(not(test), expect(dead_code, reason = "tests say which kernels differ"))]
    name: &'static str,
    tile: unsafe fn(&mut Tile) -> Hits,
    dot: unsafe fn(&[f32], &[f32]) -> f32,
    dot_bytes: unsafe fn(&[i32], &[i32]) -> i32,
}

impl Kernels {
    /// Those that this processor has, fastest last.
    pub(super) fn available() -> Vec<Self> {
        let mut all = vec![PORTABLE];
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            if has!("avx2") {
                all.push(AVX2);
                if has!("avxvnni") {
                    all.push(AVXVNNI);
                }
            }
            if has!("avx512f") && has!("avx512bw") && has!("avx512vnni") {
                all.push(AVX512VNNI);
            }
        }
        all
    }

    /// The fastest that this processor has.
    pub(super) fn detect() -> Self {
        static FOUND: OnceLock<Kernels> = OnceLock::new();
        *FOUND.get_or_init(|| Self::available().pop().unwrap_or(PORTABLE))
    }

    /// Name of the instruction set.
    #[cfg(test)]
    fn name(&self) -> &'static str {
        self.name
    }

    /// Computes a tile; tells which products matter to their row or to their column.
    pub(super) fn tile(&self, tile: &mut Tile) -> Hits {
        let quads = tile.right[0].len();
        assert!(tile.right[1].len() == quads && tile.left.len() == ROWS * quads);
        // SAFETY: the kernels in `available` are those whose instructions the processor has.
        unsafe { (self.tile)(tile) }
    }

    /// Dot product of two slices of one length.
    pub(super) fn dot(&self, a: &[f32], b: &[f32]) -> f32 {
        // SAFETY: as above.
        unsafe { (self.dot)(a, b) }
    }

    /// Dot product of two rows of bytes with their signs.
    pub(super) fn dot_bytes(&self, a: &[i32], b: &[i32]) -> i32 {
        // SAFETY: as above.
        unsafe { (self.dot_bytes)(a, b) }
    }
}

/// Has a row brought near from memory, since it is needed soon.
pub(super) fn fetch(row: &[f32]) {
    #[cfg(target_arch = "x86_64")]
    for line in row.chunks(16) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a hint, which every x86-64 processor takes and which never fails.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = row;
}

/// Which products of a tile matter.
#[inline(always)]
fn hits(tile: &Tile) -> Hits {
    let mut hits = [0; ROWS];
    for ((hits, sums), floor) in hits.iter_mut().zip(&*tile.sums).zip(tile.row_floor) {
        for (column, (sum, column_floor)) in sums.iter().zip(tile.column_floor).enumerate() {
            *hits |= u32::from((sum >= floor) | (sum >= column_floor)) << column;
        }
    }
    hits
}

/// Partial sums of a dot product of floats.
const LANES: usize = 16;

/// Component i goes to partial sum i mod 16; the partial sums are added in halves.
#[inline(always)]
fn dot_lanes(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; LANES];
    let (whole_a, rest_a) = a.as_chunks::<LANES>();
    let (whole_b, rest_b) = b.as_chunks::<LANES>();
    for (x, y) in whole_a.iter().zip(whole_b) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    for (lane, (x, y)) in rest_a.iter().zip(rest_b).enumerate() {
        sums[lane] += x * y;
    }
    for half in [8, 4, 2, 1] {
        for lane in 0..half {
            sums[lane] += sums[lane + half];
        }
    }
    sums[0]
}

#[inline(always)]
fn dot_bytes_lanes(a: &[i32], b: &[i32]) -> i32 {
    let bytes = |x: i32| x.to_le_bytes().map(|byte| i32::from(byte.cast_signed()));
    let mut sum = 0;
    for (x, y) in a.iter().zip(b) {
        let (x, y) = (bytes(*x), bytes(*y));
        sum += x[0] * y[0] + x[1] * y[1] + x[2] * y[2] + x[3] * y[3];
    }
    sum
}

const PORTABLE: Kernels =
    Kernels { name: "portable", tile: tile_portable, dot: dot_lanes, dot_bytes: dot_bytes_lanes };

fn tile_portable(tile: &mut Tile) -> Hits {
    /// Rows whose sums are kept at hand.
    const GROUP: usize = 4;
    let quads = tile.right[0].len();
    for (half, panel) in tile.right.iter().enumerate() {
        for first in (0..ROWS).step_by(GROUP) {
            let mut sums = [[0i32; PANEL]; GROUP];
            for (q, quad) in panel.iter().enumerate() {
                for (r, sums) in sums.iter_mut().enumerate() {
                    let left =
                        tile.left[(first + r) * quads + q].to_le_bytes().map(|x| i32::from(x.cast_signed()));
                    for (sum, right) in sums.iter_mut().zip(quad.as_chunks::<4>().0) {
                        for (x, y) in left.iter().zip(right) {
                            *sum += x * i32::from(*y);
                        }
                    }
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                for (c, sum) in sums.iter().enumerate() {
                    tile.sums[first + r][half * PANEL + c] = sum + tile.start[first + r];
                }
            }
        }
    }
    hits(tile)
}

/// The plain loops, compiled for an instruction set, beside its tile.
#[cfg(target_arch = "x86_64")]
macro_rules! compiled {
    ($constant:ident, $name:literal, $tile:ident, $module:ident, $features:literal) => {
        mod $module {
            #[target_feature(enable = $features)]
            pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
                super::dot_lanes(a, b)
            }
            #[target_feature(enable = $features)]
            pub(super) fn dot_bytes(a: &[i32], b: &[i32]) -> i32 {
                super::dot_bytes_lanes(a, b)
            }
        }
        const $constant: Kernels =
            Kernels { name: $name, tile: x86::$tile, dot: $module::dot, dot_bytes: $module::dot_bytes };
    };
}

#[cfg(target_arch = "x86_64")]
compiled!(AVX2, "avx2", tile_avx2, avx2, "avx2");
#[cfg(target_arch = "x86_64")]
compiled!(AVXVNNI, "avxvnni", tile_avxvnni, avxvnni, "avx2,avxvnni");
#[cfg(target_arch = "x86_64")]
compiled!(AVX512VNNI, "avx512vnni", tile_avx512, avx512, "avx512f,avx512bw,avx512vnni");

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{COLUMNS, Hits, PANEL, Quad, ROWS, Tile, hits};

    /// The `R` rows from `first` on, all of one length, so that no index in the loop needs a check.
    #[inline(always)]
    fn rows<const R: usize>(left: &[i32], first: usize, quads: usize) -> [&[i32]; R] {
        std::array::from_fn(|r| &left[(first + r) * quads..][..quads])
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn halves(quad: &Quad) -> [__m256i; 2] {
        let at: *const __m256i = quad.as_ptr().cast();
        // SAFETY: a quad is 64 bytes, and this reads 32 and 32.
        unsafe { [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))] }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn put(sums: &mut [i32; COLUMNS], panel: usize, found: [__m256i; 2], start: i32) {
        let to: &mut [i32] = &mut sums[panel * PANEL..][..PANEL];
        let start = _mm256_set1_epi32(start);
        let at: *mut __m256i = to.as_mut_ptr().cast();
        // SAFETY: the slice has sixteen numbers, and this writes eight and eight.
        unsafe {
            _mm256_storeu_si256(at, _mm256_add_epi32(found[0], start));
            _mm256_storeu_si256(at.add(1), _mm256_add_epi32(found[1], start));
        }
    }

    /// By products of 16-bit numbers, which are exact; the byte instruction of AVX2 saturates.
    #[target_feature(enable = "avx2")]
    pub(super) fn tile_avx2(tile: &mut Tile) -> Hits {
        const GROUP: usize = 4;
        let low = _mm256_set1_epi16(0xff);
        for panel in 0..2 {
            let right = tile.right[panel];
            for first in (0..ROWS).step_by(GROUP) {
                let left = rows::<GROUP>(tile.left, first, right.len());
                let mut sums = [[_mm256_setzero_si256(); 2]; GROUP];
                for (q, quad) in right.iter().enumerate() {
                    let quad = halves(quad);
                    let even = quad.map(|x| _mm256_and_si256(x, low));
                    let odd = quad.map(|x| _mm256_srli_epi16::<8>(x));
                    for r in 0..GROUP {
                        let x = _mm256_set1_epi32(left[r][q]);
                        let x_even = _mm256_srai_epi16::<8>(_mm256_slli_epi16::<8>(x));
                        let x_odd = _mm256_srai_epi16::<8>(x);
                        for half in 0..2 {
                            let both = _mm256_add_epi32(
                                _mm256_madd_epi16(even[half], x_even),
                                _mm256_madd_epi16(odd[half], x_odd),
                            );
                            sums[r][half] = _mm256_add_epi32(sums[r][half], both);
                        }
                    }
                }
                for (r, found) in sums.into_iter().enumerate() {
                    put(&mut tile.sums[first + r], panel, found, tile.start[first + r]);
                }
            }
        }
        hits(tile)
    }

    #[target_feature(enable = "avx2,avxvnni")]
    pub(super) fn tile_avxvnni(tile: &mut Tile) -> Hits {
        const GROUP: usize = 4;
        for panel in 0..2 {
            let right = tile.right[panel];
            for first in (0..ROWS).step_by(GROUP) {
                let left = rows::<GROUP>(tile.left, first, right.len());
                let mut sums = [[_mm256_setzero_si256(); 2]; GROUP];
                for (q, quad) in right.iter().enumerate() {
                    let quad = halves(quad);
                    for r in 0..GROUP {
                        let x = _mm256_set1_epi32(left[r][q]);
                        for half in 0..2 {
                            sums[r][half] = _mm256_dpbusd_avx_epi32(sums[r][half], quad[half], x);
                        }
                    }
                }
                for (r, found) in sums.into_iter().enumerate() {
                    put(&mut tile.sums[first + r], panel, found, tile.start[first + r]);
                }
            }
        }
        hits(tile)
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn tile_avx512(tile: &mut Tile) -> Hits {
        const GROUP: usize = 8;
        for first in (0..ROWS).step_by(GROUP) {
            let quads = tile.right[0].len();
            let left = rows::<GROUP>(tile.left, first, quads);
            let mut sums: [[__m512i; 2]; GROUP] =
                std::array::from_fn(|r| [_mm512_set1_epi32(tile.start[first + r]); 2]);
            for (q, pair) in tile.right[0].iter().zip(tile.right[1]).enumerate() {
                // SAFETY: a quad is 64 bytes.
                let (a, b) = unsafe {
                    (_mm512_loadu_si512(pair.0.as_ptr().cast()), _mm512_loadu_si512(pair.1.as_ptr().cast()))
                };
                for r in 0..GROUP {
                    let x = _mm512_set1_epi32(left[r][q]);
                    sums[r][0] = _mm512_dpbusd_epi32(sums[r][0], a, x);
                    sums[r][1] = _mm512_dpbusd_epi32(sums[r][1], b, x);
                }
            }
            for (r, found) in sums.into_iter().enumerate() {
                let at = tile.sums[first + r].as_mut_ptr();
                // SAFETY: the row has 32 numbers, and this writes sixteen and sixteen.
                unsafe {
                    _mm512_storeu_si512(at.cast(), found[0]);
                    _mm512_storeu_si512(at.add(PANEL).cast(), found[1]);
                }
            }
        }
        hits(tile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_gives_the_bits_of_plain_arithmetic() {
        let quads = 2 * STEP / 4;
        let byte = |i: usize| (i.wrapping_mul(2_654_435_761) >> 7) as u8;
        let left: Vec<i32> =
            (0..ROWS * quads).map(|i| i32::from_le_bytes(std::array::from_fn(|b| byte(4 * i + b)))).collect();
        let right: Vec<Quad> =
            (0..2 * quads).map(|i| std::array::from_fn(|b| byte(64 * i + b + 9))).collect();
        let (row_floor, mut column_floor) = ([40_000; ROWS], [i32::MAX; COLUMNS]);
        column_floor[5] = 0;
        let floats: Vec<f32> = (0..77).map(|i| f32::from(byte(i)) - 99.7).collect();
        let mut start = [0; ROWS];
        let signed = |x: i32, b: usize| i32::from(x.to_le_bytes()[b].cast_signed());
        for (r, start) in start.iter_mut().enumerate() {
            for x in &left[r * quads..][..quads] {
                *start -= 128 * (0..4).map(|b| signed(*x, b)).sum::<i32>();
            }
        }
        for kernels in Kernels::available() {
            let mut sums = [[0; COLUMNS]; ROWS];
            let found = kernels.tile(&mut Tile {
                left: &left,
                right: [&right[..quads], &right[quads..]],
                start: &start,
                row_floor: &row_floor,
                column_floor: &column_floor,
                sums: &mut sums,
            });
            for r in 0..ROWS {
                for c in 0..COLUMNS {
                    let panel = &right[c / PANEL * quads..][..quads];
                    let plain: i32 = (0..4 * quads)
                        .map(|k| {
                            let x = signed(left[r * quads + k / 4], k % 4);
                            x * (i32::from(panel[k / 4][c % PANEL * 4 + k % 4]) - 128)
                        })
                        .sum();
                    assert_eq!(sums[r][c], plain, "{} {r} {c}", kernels.name());
                }
                let over: Vec<usize> = (0..COLUMNS)
                    .filter(|&c| sums[r][c] >= row_floor[r] || c == 5 && sums[r][c] >= 0)
                    .collect();
                let found: Vec<usize> =
                    places(found).filter(|place| place.0 == r).map(|place| place.1).collect();
                assert_eq!(found, over, "{}", kernels.name());
            }
            let bytes = kernels.dot_bytes(&left[..quads], &left[quads..2 * quads]);
            assert_eq!(bytes, dot_bytes_lanes(&left[..quads], &left[quads..2 * quads]));
            let dot = kernels.dot(&floats[..70], &floats[7..]);
            assert_eq!(dot.to_bits(), dot_lanes(&floats[..70], &floats[7..]).to_bits(), "{}", kernels.name());
        }
    }
}
