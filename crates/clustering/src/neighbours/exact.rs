//! Exact search: every pair is looked at in bytes, and those that may matter as they are.
//!
//! A product in bytes is off by an error that is known beforehand. A pair is passed over only where
//! even with that error in its favour it is not among the nearest of either side, so the result is that of
//! comparing all pairs in full.

use std::sync::{Mutex, PoisonError};

use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;

use super::kernels::{COLUMNS, Kernels, PANEL, Quad, ROWS, Tile, fetch, places};
use super::quantised::{Quantised, pair, scale};

/// Rows that are compared with as many others at a time.
const BLOCK: usize = 256;

/// Rows that are fetched from memory before they are compared in full: they lie anywhere.
const AHEAD: usize = 2;

/// The nearest of one row, as far as they are known.
struct List {
    /// The best `k` among those that were compared in full, best first, equal ones by index.
    sure: Vec<(f32, u32)>,
    /// Others that may be among the nearest, with their products in bytes.
    pending: Vec<(i32, u32)>,
}

/// Rows on one side and on the other.
pub(super) struct Search<'a> {
    kernels: Kernels,
    k: usize,
    left: ArrayView2<'a, f32>,
    right: ArrayView2<'a, f32>,
    left_bytes: &'a Quantised,
    right_bytes: &'a Quantised,
}

/// A block of rows with their lists.
struct Block {
    lists: Vec<List>,
    /// What a product in bytes must reach to be looked at, by row; `i32::MAX` where there is no row.
    floors: Vec<i32>,
}

/// The nearest rows of each row, row after row, as many of each.
pub(super) type Found = Vec<(u32, f32)>;

/// The `k` nearest of each row among the others. `vectors` must be finite and contiguous.
pub(super) fn among_themselves(vectors: ArrayView2<f32>, bytes: &Quantised, k: usize) -> Found {
    let search = Search {
        kernels: Kernels::detect(),
        k,
        left: vectors,
        right: vectors,
        left_bytes: bytes,
        right_bytes: bytes,
    };
    let n = vectors.nrows();
    let panels = bytes.panels(0..n);
    let starts: Vec<usize> = (0..n).step_by(BLOCK).collect();
    let blocks: Vec<Mutex<Block>> = starts.iter().map(|&start| Mutex::new(search.block(start))).collect();
    let lock = |block: usize| blocks[block].lock().unwrap_or_else(PoisonError::into_inner);
    (0..blocks.len()).into_par_iter().for_each(|a| {
        search.compare(&panels, starts[a], &mut lock(a), starts[a], None);
    });
    for round in rounds(blocks.len()) {
        round.into_par_iter().for_each(|(a, b)| {
            search.compare(&panels, starts[a], &mut lock(a), starts[b], Some(&mut lock(b)));
        });
    }
    let blocks: Vec<Block> =
        blocks.into_iter().map(|block| block.into_inner().unwrap_or_else(PoisonError::into_inner)).collect();
    let finish = |(start, block)| search.finish(start, block).flatten();
    starts.into_par_iter().zip(blocks).flat_map_iter(finish).collect()
}

/// The `k` nearest rows of `right` for each of some rows of `left`. Both must be finite and contiguous.
pub(super) fn among_others(left: ArrayView2<f32>, rows: &[u32], right: ArrayView2<f32>, k: usize) -> Found {
    let (kernels, right_bytes) = (Kernels::detect(), &Quantised::new(right));
    let panels = right_bytes.panels(0..right.nrows());
    let scale = scale(left);
    let of_block = |rows: &[u32]| {
        let rows: Vec<usize> = rows.iter().map(|row| *row as usize).collect();
        let own = left.select(Axis(0), &rows);
        let left_bytes = &Quantised::scaled(own.view(), scale);
        let search = Search { kernels, k, left: own.view(), right, left_bytes, right_bytes };
        let mut block = search.block(0);
        for other in (0..right.nrows()).step_by(BLOCK) {
            search.compare(&panels, 0, &mut block, other, None);
        }
        search.finish(0, block).flatten().collect::<Found>()
    };
    rows.par_chunks(BLOCK).flat_map_iter(of_block).collect()
}

/// Every pair of different blocks once, in rounds in which no block comes twice (the circle method of
/// tournaments).
fn rounds(blocks: usize) -> Vec<Vec<(usize, usize)>> {
    let seats = blocks.next_multiple_of(2);
    let circle = seats.saturating_sub(1);
    (0..circle)
        .map(|round| {
            let beside = (1..seats / 2).map(|i| ((round + i) % circle, (round + circle - i) % circle));
            std::iter::once((round, circle))
                .chain(beside)
                .map(|(a, b)| (a.min(b), a.max(b)))
                .filter(|&(_, b)| b < blocks)
                .collect()
        })
        .collect()
}

impl Search<'_> {
    fn block(&self, start: usize) -> Block {
        let rows = BLOCK.min(self.left.nrows() - start);
        let lists = (0..rows).map(|_| List { sure: Vec::new(), pending: Vec::new() }).collect();
        let floors = (0..BLOCK).map(|row| if row < rows { i32::MIN } else { i32::MAX }).collect();
        Block { lists, floors }
    }

    /// Compares a block of the left side with the rows of the right side from `other` on. With `theirs`, both
    /// sides are the same rows, and those find theirs too.
    fn compare(
        &self,
        panels: &[Quad],
        start: usize,
        ours: &mut Block,
        other: usize,
        mut theirs: Option<&mut Block>,
    ) {
        let quads = self.left_bytes.quads();
        let same = std::ptr::eq(self.left_bytes, self.right_bytes);
        let mut sums = [[0; COLUMNS]; ROWS];
        for column in (other..(other + BLOCK).min(self.right_bytes.len())).step_by(COLUMNS) {
            let right = pair(panels, column / PANEL, quads);
            let columns = COLUMNS.min(self.right_bytes.len() - column);
            for row in (0..ours.lists.len()).step_by(ROWS) {
                let mut row_floor = [i32::MAX; ROWS];
                row_floor.copy_from_slice(&ours.floors[row..row + ROWS]);
                let mut column_floor = [i32::MAX; COLUMNS];
                if let Some(theirs) = &theirs {
                    column_floor.copy_from_slice(&theirs.floors[column - other..][..COLUMNS]);
                }
                let first = start + row;
                let begin = std::array::from_fn(|r| self.left_bytes.start(first + r));
                let hits = self.kernels.tile(&mut Tile {
                    left: self.left_bytes.tile_rows(first),
                    right,
                    start: &begin,
                    row_floor: &row_floor,
                    column_floor: &column_floor,
                    sums: &mut sums,
                });
                for (r, c) in places(hits) {
                    if row + r >= ours.lists.len() || c >= columns {
                        continue;
                    }
                    let (i, j, sum) = (first + r, column + c, sums[r][c]);
                    if sum >= ours.floors[row + r] && !(same && i == j) {
                        self.offer(ours, row + r, i, sum, j as u32, false);
                    }
                    if let Some(theirs) = &mut theirs
                        && sum >= theirs.floors[j - other]
                    {
                        self.offer(theirs, j - other, j, sum, i as u32, true);
                    }
                }
            }
        }
    }

    /// Puts row `j` on the list of row `i`; `turned` where `i` is of the right side.
    fn offer(&self, block: &mut Block, at: usize, i: usize, sum: i32, j: u32, turned: bool) {
        debug_assert!(!turned || std::ptr::eq(self.left_bytes, self.right_bytes));
        let list = &mut block.lists[at];
        list.pending.push((sum, j));
        let room = 4 * self.k + 128;
        if list.pending.len() < room {
            return;
        }
        self.prune(list, &mut block.floors[at], i);
        if list.pending.len() > room / 2 {
            self.settle(list, i);
            if let Some(kth) = list.sure.get(self.k - 1) {
                let scale = self.left_bytes.scale * self.right_bytes.scale;
                let error = self.left_bytes.error(i, self.right_bytes);
                block.floors[at] = block.floors[at].max(below((kth.0 / scale) as i32, error / scale));
            }
        }
    }

    /// Drops what can't be among the nearest: the best `k` in bytes are at least as near as the worst of them
    /// less its error, and whoever is farther in spite of its own error is not among them.
    fn prune(&self, list: &mut List, floor: &mut i32, i: usize) {
        if list.pending.len() > self.k {
            let error = self.left_bytes.error(i, self.right_bytes);
            let scale = self.left_bytes.scale * self.right_bytes.scale;
            let (_, kth, _) = list.pending.select_nth_unstable_by_key(self.k - 1, |p| std::cmp::Reverse(p.0));
            *floor = (*floor).max(below(kth.0, 2.0 * error / scale));
        }
        list.pending.retain(|p| p.0 >= *floor);
    }

    /// Compares what is pending in full and keeps the best.
    fn settle(&self, list: &mut List, i: usize) {
        let own = slice(&self.left, i);
        let row = |(_, j): (i32, u32)| slice(&self.right, j as usize);
        list.pending.iter().take(AHEAD).for_each(|one| fetch(row(*one)));
        for (at, one) in list.pending.iter().enumerate() {
            if let Some(later) = list.pending.get(at + AHEAD) {
                fetch(row(*later));
            }
            list.sure.push((self.kernels.dot(own, row(*one)), one.1));
        }
        list.pending.clear();
        list.sure.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        list.sure.truncate(self.k);
    }

    fn finish(&self, start: usize, block: Block) -> impl Iterator<Item = Vec<(u32, f32)>> {
        block.lists.into_iter().zip(block.floors).enumerate().map(move |(row, (mut list, mut floor))| {
            self.prune(&mut list, &mut floor, start + row);
            self.settle(&mut list, start + row);
            list.sure.into_iter().map(|(s, j)| (j, s)).collect()
        })
    }
}

/// `sum` less an error, rounded down.
fn below(sum: i32, error: f32) -> i32 {
    sum.saturating_sub(error.ceil() as i32).saturating_sub(1)
}

/// A row of a contiguous matrix.
pub(super) fn slice<'v>(vectors: &'v ArrayView2<f32>, i: usize) -> &'v [f32] {
    let width = vectors.ncols();
    vectors.as_slice().map_or(&[], |all| &all[i * width..][..width])
}

#[cfg(test)]
mod tests {
    use super::rounds;

    #[test]
    fn every_pair_of_blocks_meets_once_and_none_twice_in_a_round() {
        for blocks in 0..12 {
            let all = rounds(blocks);
            for round in &all {
                let mut seen: Vec<usize> = round.iter().flat_map(|&(a, b)| [a, b]).collect();
                seen.sort_unstable();
                assert!(seen.windows(2).all(|w| w[0] != w[1]));
            }
            let mut pairs: Vec<(usize, usize)> = all.concat();
            pairs.sort_unstable();
            let plain: Vec<_> = (0..blocks).flat_map(|a| (a + 1..blocks).map(move |b| (a, b))).collect();
            assert_eq!(pairs, plain);
        }
    }
}
