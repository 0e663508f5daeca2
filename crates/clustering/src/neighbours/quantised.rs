//! Vectors in bytes: a quarter of the memory, and products many times as fast, with a known error.

use ndarray::{ArrayView1, ArrayView2};
use rayon::prelude::*;

use super::kernels::{COLUMNS, PANEL, Quad, ROWS, STEP};

/// Rows of a matrix in bytes, all on one scale.
pub(crate) struct Quantised {
    /// Four components in one number; rows are filled up to whole steps, and the number of rows to whole
    /// tiles, with zeros.
    rows: Vec<i32>,
    /// Components of a row.
    width: usize,
    /// Numbers of a row.
    quads: usize,
    /// Number of rows that are not filling.
    count: usize,
    /// What tiles start the sums of each row from.
    start: Vec<i32>,
    /// A component is about its byte times this.
    pub(super) scale: f32,
    /// Length of what each row lost.
    lost: Vec<f32>,
    /// Length of the longest row.
    longest: f32,
    /// The largest loss.
    most_lost: f32,
}

/// Rows on which the scale is tried.
const TRIED: usize = 256;

impl Quantised {
    /// `vectors` must be finite and contiguous.
    pub(crate) fn new(vectors: ArrayView2<f32>) -> Self {
        Self::scaled(vectors, scale(vectors))
    }

    /// On a scale that is known.
    pub(super) fn scaled(vectors: ArrayView2<f32>, scale: f32) -> Self {
        let (count, width) = vectors.dim();
        let quads = width.next_multiple_of(STEP) / 4;
        let padded = count.next_multiple_of(ROWS);
        let mut rows = vec![0i32; padded * quads];
        let mut of_row = vec![(0i32, 0f32, 0f32); padded];
        rows.par_chunks_mut(quads.max(1))
            .zip(&mut of_row)
            .take(count)
            .enumerate()
            .for_each(|(i, (quads, of_row))| *of_row = quantise(vectors.row(i), scale, quads));
        let longest = of_row.iter().fold(0f32, |most, row| most.max(row.2));
        let most_lost = of_row.iter().fold(0f32, |most, row| most.max(row.1));
        let start = of_row.iter().map(|row| row.0).collect();
        let lost = of_row.iter().take(count).map(|row| row.1).collect();
        Self { rows, width, quads, count, start, scale, lost, longest, most_lost }
    }

    /// Adds `weight` times row `i` to a sum.
    pub(crate) fn add(&self, sum: &mut [f32], weight: f32, i: usize) {
        let weight = weight * self.scale;
        let (whole, rest) = sum.as_chunks_mut::<4>();
        let row = self.row(i);
        for (sum, four) in whole.iter_mut().zip(row) {
            for (sum, byte) in sum.iter_mut().zip(four.to_le_bytes()) {
                *sum += weight * f32::from(byte.cast_signed());
            }
        }
        if let Some(four) = row.get(whole.len()) {
            for (sum, byte) in rest.iter_mut().zip(four.to_le_bytes()) {
                *sum += weight * f32::from(byte.cast_signed());
            }
        }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Numbers of a row.
    pub(super) fn quads(&self) -> usize {
        self.quads
    }

    /// One row.
    pub(super) fn row(&self, i: usize) -> &[i32] {
        &self.rows[i * self.quads..][..self.quads]
    }

    /// The rows of one tile, from a whole multiple of [`ROWS`] on.
    pub(super) fn tile_rows(&self, first: usize) -> &[i32] {
        &self.rows[first * self.quads..][..ROWS * self.quads]
    }

    /// What the sums of a row start from.
    pub(super) fn start(&self, i: usize) -> i32 {
        self.start[i]
    }

    /// By how much the product of row `i` with any row of `other` in bytes can differ from their dot
    /// product as it is computed.
    ///
    /// x·y - x'·y' = x'·(y - y') + (x - x')·y, and the lengths of these are known. At most the error is the
    /// sum of their products; what rounding leaves points anywhere, so that in many dimensions six times the
    /// standard deviation of both together is less, and no collection of texts has a pair beyond it.
    pub(super) fn error(&self, i: usize, other: &Self) -> f32 {
        let theirs = (self.longest + self.lost[i]) * other.most_lost;
        let own = self.lost[i] * other.longest;
        let rounding = 1e-5 * self.longest * other.longest;
        (theirs + own).min(6.0 * theirs.hypot(own) / (self.width as f32).sqrt()) + rounding
    }

    /// Rows as the columns of tiles, panel after panel, filled up to whole tiles with zeros.
    pub(super) fn panels(&self, rows: impl ExactSizeIterator<Item = usize>) -> Vec<Quad> {
        let padded = rows.len().next_multiple_of(COLUMNS);
        let mut panels = vec![[128u8; 4 * PANEL]; padded / PANEL * self.quads];
        for (place, row) in rows.enumerate() {
            let panel = &mut panels[place / PANEL * self.quads..][..self.quads];
            let column = place % PANEL * 4;
            for (quad, four) in panel.iter_mut().zip(self.row(row)) {
                quad[column..column + 4].copy_from_slice(&(four ^ SIGNS).to_le_bytes());
            }
        }
        panels
    }
}

/// Turns bytes with a sign into bytes 128 higher, and back.
const SIGNS: i32 = 0x8080_8080u32.cast_signed();

/// The two panels of the tile that starts at panel `first`.
pub(super) fn pair(panels: &[Quad], first: usize, quads: usize) -> [&[Quad]; 2] {
    [&panels[first * quads..][..quads], &panels[(first + 1) * quads..][..quads]]
}

/// Writes a row in bytes; gives what its sums start from, the length of what was lost, and its length.
fn quantise(row: ArrayView1<f32>, scale: f32, quads: &mut [i32]) -> (i32, f32, f32) {
    let (mut sum, mut lost, mut length) = (0, 0f32, 0f32);
    let owned;
    let row = match row.as_slice() {
        Some(row) => row,
        None => {
            owned = row.to_vec();
            &owned
        }
    };
    for (quad, four) in quads.iter_mut().zip(row.chunks(4)) {
        let mut bytes = [0; 4];
        for (byte, x) in bytes.iter_mut().zip(four) {
            let (whole, nearest) = nearest_byte(*x, scale);
            *byte = whole.cast_unsigned();
            sum += i32::from(whole);
            lost += (x - nearest) * (x - nearest);
            length += x * x;
        }
        *quad = i32::from_le_bytes(bytes);
    }
    (-128 * sum, lost.sqrt(), length.sqrt())
}

/// The byte that is nearest to a component, and what it stands for.
#[inline(always)]
fn nearest_byte(x: f32, scale: f32) -> (i8, f32) {
    // Added to a number this large, a small one is rounded to the nearest whole number, ties to even, which
    // then stands in the lowest bits: a rounding that the compiler can do for many at once.
    const LARGE: f32 = 12_582_912.0;
    let large = (x / scale).clamp(-127.0, 127.0) + LARGE;
    ((large.to_bits() as u8).cast_signed(), (large - LARGE) * scale)
}

/// The scale that loses least on some rows: the largest component of all as 127, or a finer one that cuts
/// the few largest off.
pub(super) fn scale(vectors: ArrayView2<f32>) -> f32 {
    let largest = vectors.iter().fold(0f32, |most, x| most.max(x.abs()));
    if largest == 0.0 {
        return 1.0;
    }
    let every = vectors.nrows().div_ceil(TRIED).max(1);
    let tried: Vec<f32> = vectors.rows().into_iter().step_by(every).flatten().copied().collect();
    let lost = |scale: f32| {
        let of_chunk = |chunk: &[f32]| {
            chunk.iter().map(|x| x - nearest_byte(*x, scale).1).fold(0f32, |sum, lost| sum + lost * lost)
        };
        tried.chunks(1024).map(|chunk| f64::from(of_chunk(chunk))).sum::<f64>()
    };
    let scales = (0..8).map(|step| largest / 127.0 * 0.8f32.powi(step));
    scales
        .map(|scale| (lost(scale), scale))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(1.0, |(_, scale)| scale)
}
