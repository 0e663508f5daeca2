//! Nearest neighbours by cosine, exact.
//!
//! Every later stage starts from "which rows are near this one", and an approximate answer there
//! would show up as a missed duplicate. Exact search over unit vectors is one long matrix product, so
//! it is done as such: rows are packed into panels that lie in the order in which the inner loop reads
//! them, a register tile of 4 × 8 dot products is filled at a time, and only the best of each row are
//! kept. Memory is the packed copy plus the result, never rows × rows.
//!
//! Each dot product is summed over the dimensions in order, whatever the tile it falls into, so
//! a similarity is the same bits in both directions, for any number of threads and any neighbours.
//!
//! ```
//! use throughline_clustering::neighbours::nearest;
//! let rows = ndarray::array![[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]];
//! let found = nearest(rows.view(), 1);
//! assert_eq!(found.index.column(0).to_vec(), [1, 0, 1]);
//! assert!((found.similarity[[0, 0]] - 0.8).abs() < 1e-6);
//! ```

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

/// Rows of the left side in one register tile.
const TILE_ROWS: usize = 4;
/// Rows of the right side in one register tile, and in one packed panel.
const TILE_COLUMNS: usize = 8;
/// Left rows that one task works through: enough to reuse a block of panels from the cache.
const TASK_ROWS: usize = 64;
/// Panels read again for each left tile before moving on: 16 × 8 rows of 384 floats are 200 kB.
const BLOCK_PANELS: usize = 16;

/// The nearest rows of every row.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours {
    /// Neighbours of each row: what was asked for, or all others where there are fewer.
    pub k: usize,
    /// Their indices, rows × k, nearest first, equal ones by index; a row is never its own neighbour.
    pub index: Array2<u32>,
    /// Their cosines, rows × k.
    pub similarity: Array2<f32>,
}

impl Neighbours {
    /// Neighbours of row `i` with their cosines, nearest first.
    pub fn of(&self, i: usize) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.index.row(i).into_iter().copied().zip(self.similarity.row(i).into_iter().copied())
    }

    /// The mean cosine of row `i` to its first `k` neighbours; 0 where it has none.
    pub fn mean_of(&self, i: usize, k: usize) -> f32 {
        let k = k.min(self.k);
        if k == 0 { 0.0 } else { self.similarity.row(i).iter().take(k).sum::<f32>() / k as f32 }
    }
}

/// The `k` nearest rows of each row of `vectors` (rows × dimensions, unit length, so that the dot
/// product is the cosine). Components that are not finite count as 0. `O(rows² · dimensions)` time.
pub fn nearest(vectors: ArrayView2<f32>, k: usize) -> Neighbours {
    let n = vectors.nrows();
    let k = k.min(n.saturating_sub(1));
    if k == 0 {
        return Neighbours { k, index: Array2::zeros((n, 0)), similarity: Array2::zeros((n, 0)) };
    }
    let packed = Packed::new(vectors);
    let found: Vec<Vec<(u32, f32)>> = tasks(n)
        .into_par_iter()
        .flat_map_iter(|rows| {
            let mut best: Vec<Best> = rows.clone().map(|_| Best::new(k)).collect();
            packed.products(rows.clone(), 0, |i, j, s| {
                if i != j {
                    best[i - rows.start].offer(j as u32, s);
                }
            });
            best.into_iter().map(|b| b.found)
        })
        .collect();
    let mut index = Array2::zeros((n, k));
    let mut similarity = Array2::zeros((n, k));
    for (i, row) in found.into_iter().enumerate() {
        for (rank, (j, s)) in row.into_iter().enumerate() {
            index[[i, rank]] = j;
            similarity[[i, rank]] = s;
        }
    }
    Neighbours { k, index, similarity }
}

/// Every pair of rows `(a, b, cosine)`, `a < b`, whose cosine is at least `floor`, in order.
///
/// The result grows with the square of the rows where the floor is low; the caller chooses a floor
/// that its data can bear. Same arithmetic as [`nearest`].
pub fn pairs_above(vectors: ArrayView2<f32>, floor: f32) -> Vec<(u32, u32, f32)> {
    let packed = Packed::new(vectors);
    tasks(vectors.nrows())
        .into_par_iter()
        .flat_map_iter(|rows| {
            let mut pairs = Vec::new();
            packed.products(rows.clone(), rows.start, |i, j, s| {
                if s >= floor && i < j {
                    pairs.push((i as u32, j as u32, s));
                }
            });
            pairs.sort_unstable_by_key(|p| (p.0, p.1));
            pairs
        })
        .collect()
}

/// The dot product of two vectors, the same bits as [`nearest`] gives for them.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let clean = |x: f32| if x.is_finite() { x } else { 0.0 };
    a.iter().zip(b).fold(0.0, |sum, (x, y)| sum + clean(*x) * clean(*y))
}

fn tasks(n: usize) -> Vec<std::ops::Range<usize>> {
    (0..n).step_by(TASK_ROWS).map(|start| start..(start + TASK_ROWS).min(n)).collect()
}

/// The best `k` seen so far, best first.
struct Best {
    k: usize,
    found: Vec<(u32, f32)>,
}

impl Best {
    fn new(k: usize) -> Self {
        Self { k, found: Vec::with_capacity(k + 1) }
    }

    /// Rows are offered in order of index, so that behind its equals is the right place for a new one.
    fn offer(&mut self, j: u32, s: f32) {
        if self.found.len() == self.k {
            match self.found.last() {
                Some(last) if s > last.1 => {}
                _ => return,
            }
        }
        let at = self.found.partition_point(|f| f.1 >= s);
        self.found.insert(at, (j, s));
        self.found.truncate(self.k);
    }
}

/// Rows packed for the product: panels of eight rows, dimension by dimension, the last one padded.
struct Packed {
    rows: usize,
    dimensions: usize,
    panels: Vec<[f32; TILE_COLUMNS]>,
}

impl Packed {
    fn new(vectors: ArrayView2<f32>) -> Self {
        let (rows, dimensions) = vectors.dim();
        let mut panels = vec![[0.0; TILE_COLUMNS]; rows.div_ceil(TILE_COLUMNS) * dimensions];
        for (i, row) in vectors.rows().into_iter().enumerate() {
            let panel = &mut panels[i / TILE_COLUMNS * dimensions..][..dimensions];
            for (slot, x) in panel.iter_mut().zip(row) {
                slot[i % TILE_COLUMNS] = if x.is_finite() { *x } else { 0.0 };
            }
        }
        Self { rows, dimensions, panels }
    }

    fn panel(&self, p: usize) -> &[[f32; TILE_COLUMNS]] {
        &self.panels[p * self.dimensions..][..self.dimensions]
    }

    /// Hands `visit` the product of each of `rows` with each row from about `from` on (rounded down
    /// to a panel); for one left row the right rows come in order.
    fn products(&self, rows: std::ops::Range<usize>, from: usize, mut visit: impl FnMut(usize, usize, f32)) {
        let all = self.rows.div_ceil(TILE_COLUMNS);
        let mut left = vec![[0.0; TILE_ROWS]; self.dimensions];
        for block in (from / TILE_COLUMNS..all).step_by(BLOCK_PANELS) {
            for first in rows.clone().step_by(TILE_ROWS) {
                let count = TILE_ROWS.min(rows.end - first);
                for r in 0..count {
                    let i = first + r;
                    let panel = self.panel(i / TILE_COLUMNS);
                    for (slot, source) in left.iter_mut().zip(panel) {
                        slot[r] = source[i % TILE_COLUMNS];
                    }
                }
                for p in block..(block + BLOCK_PANELS).min(all) {
                    let tile = tile(&left, self.panel(p));
                    let columns = TILE_COLUMNS.min(self.rows - p * TILE_COLUMNS);
                    for (r, sums) in tile.iter().enumerate().take(count) {
                        for (c, sum) in sums.iter().enumerate().take(columns) {
                            visit(first + r, p * TILE_COLUMNS + c, *sum);
                        }
                    }
                }
            }
        }
    }
}

/// 4 × 8 dot products at once; the sums stay in registers.
#[inline(always)]
fn tile(left: &[[f32; TILE_ROWS]], right: &[[f32; TILE_COLUMNS]]) -> [[f32; TILE_COLUMNS]; TILE_ROWS] {
    let mut sums = [[0.0; TILE_COLUMNS]; TILE_ROWS];
    for (l, r) in left.iter().zip(right) {
        for (row, x) in sums.iter_mut().zip(l) {
            for (sum, y) in row.iter_mut().zip(r) {
                *sum += x * y;
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(v: &Array2<f32>, k: usize) -> Vec<Vec<u32>> {
        (0..v.nrows())
            .map(|i| {
                let mut all: Vec<(u32, f32)> = (0..v.nrows())
                    .filter(|j| *j != i)
                    .map(|j| (j as u32, cosine(&v.row(i).to_vec(), &v.row(j).to_vec())))
                    .collect();
                all.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
                all.into_iter().take(k).map(|x| x.0).collect()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn agrees_with_the_plain_way(n in 0usize..90, d in 1usize..20, k in 0usize..12, seed in 0u32..1000) {
            let v = Array2::from_shape_fn((n, d), |(i, j)| {
                ((i as u32 * 31 + j as u32 * 17 + seed).wrapping_mul(2_654_435_761) >> 24) as f32 / 256.0 - 0.5
            });
            let found = nearest(v.view(), k);
            prop_assert_eq!(found.k, k.min(n.saturating_sub(1)));
            let rows: Vec<Vec<u32>> = found.index.rows().into_iter().map(|r| r.to_vec()).collect();
            prop_assert_eq!(rows, naive(&v, k));
        }

        #[test]
        fn pairs_are_those_of_the_plain_way(n in 0usize..90, floor in -0.5f32..0.5) {
            let v = Array2::from_shape_fn((n, 3), |(i, j)| ((i * 7 + j * 5) % 11) as f32 / 11.0 - 0.5);
            let mut plain = Vec::new();
            for a in 0..n {
                for b in a + 1..n {
                    let s = cosine(&v.row(a).to_vec(), &v.row(b).to_vec());
                    if s >= floor {
                        plain.push((a as u32, b as u32, s));
                    }
                }
            }
            prop_assert_eq!(pairs_above(v.view(), floor), plain);
        }
    }

    #[test]
    fn threads_do_not_change_a_bit() {
        let v = Array2::from_shape_fn((300, 48), |(i, j)| ((i * 37 + j * 101) % 211) as f32 / 211.0 - 0.5);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| nearest(v.view(), 10))
        };
        assert_eq!(with(1), with(2));
    }

    #[test]
    fn equal_rows_come_by_index_and_odd_numbers_do_no_harm() {
        let v = ndarray::array![[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [f32::NAN, 0.0]];
        let found = nearest(v.view(), 9);
        assert_eq!(found.k, 3);
        assert_eq!(found.index.row(1).to_vec(), [0, 2, 3]);
    }
}
