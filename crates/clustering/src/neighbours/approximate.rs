//! Approximate search, for collections of which not every pair can be looked at.
//!
//! Rows are divided into small groups around random pivots, several times over, and compared with all
//! of their group; near rows seldom part every time. Then each row looks at the neighbours of its
//! neighbours (NN-descent: Dong, Charikar & Li, Efficient k-nearest neighbor graph construction for generic
//! similarity measures, 2011), in rounds that read only what the round before left, so that threads
//! can't change the result. All of it in bytes; the best are compared in full at the end, so the
//! similarities are exact and only a neighbour can be missing.
//!
//! Time grows with n log n (the depth of the division), memory with n.

use ndarray::ArrayView2;
use rayon::prelude::*;

use super::exact::{Found, slice};
use super::kernels::{COLUMNS, Kernels, PANEL, ROWS, Tile, places};
use super::quantised::{Quantised, pair};
use crate::random::{SplitMix, mix};

/// How often the rows are divided.
const DIVISIONS: u64 = 12;
/// Rows of a group at most.
const GROUP: usize = 1024;
/// Pivots of one step of a division at most: the columns of a tile.
const PIVOTS: usize = COLUMNS;
/// Neighbours whose neighbours are looked at.
const ASKED: usize = 16;
/// Rounds of asking.
const ROUNDS: usize = 2;
/// Rows that a task asks for.
const CHUNK: usize = 1024;
/// Groups that are worked through before their findings are written down.
const BATCH: usize = 64;

/// A candidate: the product in bytes above, what is left of the index to the highest below, so that a higher
/// number is a better candidate and equal ones come by index.
fn candidate(product: i32, row: u32) -> u64 {
    u64::from(product.cast_unsigned() ^ 1 << 31) << 32 | u64::from(!row)
}

fn row_of(candidate: u64) -> u32 {
    !(candidate as u32)
}

fn product_of(candidate: u64) -> i32 {
    ((candidate >> 32) as u32 ^ 1 << 31).cast_signed()
}

/// No candidate.
const NONE: u64 = 0;

/// The best candidates of every row, best first.
struct Lists {
    room: usize,
    all: Vec<u64>,
}

impl Lists {
    fn of(&self, row: usize) -> &[u64] {
        &self.all[row * self.room..][..self.room]
    }
}

/// About the `k` nearest of each row among the others. `vectors` must be finite and contiguous.
pub(super) fn among_themselves(vectors: ArrayView2<f32>, bytes: &Quantised, k: usize, seed: u64) -> Found {
    let kernels = Kernels::detect();
    let n = vectors.nrows();
    let room = k + k / 4 + 4;
    let mut lists = Lists { room, all: vec![NONE; n * room] };
    for division in 0..DIVISIONS {
        let groups = divide(bytes, &kernels, mix(seed ^ mix(division)));
        for batch in groups.chunks(BATCH) {
            let found: Vec<Vec<u64>> =
                batch.par_iter().map(|group| compare(bytes, &kernels, &lists, group)).collect();
            for (group, found) in batch.iter().zip(found) {
                for (row, best) in group.iter().zip(found.chunks_exact(room)) {
                    lists.all[*row as usize * room..][..room].copy_from_slice(best);
                }
            }
        }
    }
    for _ in 0..ROUNDS {
        ask(bytes, &kernels, &mut lists);
    }
    let mut found: Found = vec![(0, 0.0); n * k];
    found.par_chunks_mut(k).enumerate().for_each_init(Vec::new, |best, (i, found)| {
        let own = slice(&vectors, i);
        let full = |&c: &u64| (row_of(c), kernels.dot(own, slice(&vectors, row_of(c) as usize)));
        best.clear();
        best.extend(lists.of(i).iter().take_while(|c| **c != NONE).map(full));
        best.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        // Where too few were found, the row itself with no similarity fills the end.
        let rest = std::iter::repeat((i as u32, 0.0));
        for (slot, best) in found.iter_mut().zip(best.iter().copied().chain(rest)) {
            *slot = best;
        }
    });
    found
}

/// Divides all rows into groups of at most [`GROUP`].
fn divide(bytes: &Quantised, kernels: &Kernels, seed: u64) -> Vec<Vec<u32>> {
    let mut small = Vec::new();
    let mut large: Vec<Vec<u32>> = vec![(0..bytes.len() as u32).collect()];
    let mut depth = 0;
    while !large.is_empty() {
        let parts: Vec<Vec<Vec<u32>>> = large
            .par_iter()
            .map(|rows| {
                if rows.len() <= GROUP {
                    return vec![rows.clone()];
                }
                let first = u64::from(rows.first().copied().unwrap_or_default());
                split(bytes, kernels, rows, mix(seed ^ mix(first << 8 | depth)))
            })
            .collect();
        (small, large) = parts.into_iter().flatten().fold((small, Vec::new()), |mut both, part| {
            if part.len() <= GROUP {
                both.0.push(part)
            } else {
                both.1.push(part)
            }
            both
        });
        depth += 1;
    }
    small
}

/// Every row to the pivot that it is nearest to.
fn split(bytes: &Quantised, kernels: &Kernels, rows: &[u32], seed: u64) -> Vec<Vec<u32>> {
    let wanted = (2 * rows.len()).div_ceil(GROUP).clamp(2, PIVOTS);
    let mut random = SplitMix::new(mix(seed));
    let mut pivots: Vec<usize> = (0..wanted).map(|_| rows[random.below(rows.len())] as usize).collect();
    pivots.sort_unstable();
    pivots.dedup();
    let panels = bytes.panels(pivots.iter().copied());
    let quads = bytes.quads();
    let nearest: Vec<u8> = rows
        .par_chunks(32 * ROWS)
        .flat_map_iter(|chunk| {
            let mut left = vec![0; ROWS * quads];
            let mut sums = [[0; COLUMNS]; ROWS];
            let mut nearest = Vec::with_capacity(chunk.len());
            for rows in chunk.chunks(ROWS) {
                let mut start = [0; ROWS];
                for ((slot, start), row) in left.chunks_exact_mut(quads).zip(&mut start).zip(rows) {
                    slot.copy_from_slice(bytes.row(*row as usize));
                    *start = bytes.start(*row as usize);
                }
                kernels.tile(&mut Tile {
                    left: &left,
                    right: pair(&panels, 0, quads),
                    start: &start,
                    row_floor: &[i32::MAX; ROWS],
                    column_floor: &[i32::MAX; COLUMNS],
                    sums: &mut sums,
                });
                nearest.extend(sums.iter().take(rows.len()).map(|sums| {
                    let sums = &sums[..pivots.len()];
                    let best = sums.iter().copied().max().unwrap_or_default();
                    sums.iter().position(|sum| *sum == best).unwrap_or_default() as u8
                }));
            }
            nearest
        })
        .collect();
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); pivots.len()];
    for (row, pivot) in rows.iter().zip(nearest) {
        parts[usize::from(pivot)].push(*row);
    }
    parts.retain(|part| !part.is_empty());
    // Rows that no pivot tells apart are cut as they come.
    if parts.len() == 1 { rows.chunks(GROUP).map(<[u32]>::to_vec).collect() } else { parts }
}

/// The best candidates of the rows of a group, with those that they had.
fn compare(bytes: &Quantised, kernels: &Kernels, lists: &Lists, group: &[u32]) -> Vec<u64> {
    let quads = bytes.quads();
    let room = lists.room;
    let panels = bytes.panels(group.iter().map(|row| *row as usize));
    let padded = group.len().next_multiple_of(ROWS);
    let mut left = vec![0; padded * quads];
    let mut start = vec![0; padded];
    for ((slot, start), row) in left.chunks_exact_mut(quads).zip(&mut start).zip(group) {
        slot.copy_from_slice(bytes.row(*row as usize));
        *start = bytes.start(*row as usize);
    }
    let mut floors = vec![i32::MAX; padded];
    let mut found: Vec<Vec<u64>> = Vec::with_capacity(group.len());
    for (floor, row) in floors.iter_mut().zip(group) {
        let known = lists.of(*row as usize);
        let worst = known.last().copied().unwrap_or(NONE);
        *floor = if worst == NONE { i32::MIN } else { product_of(worst) };
        let mut list = Vec::with_capacity(3 * room);
        list.extend(known.iter().take_while(|c| **c != NONE));
        found.push(list);
    }
    let mut sums = [[0; COLUMNS]; ROWS];
    for column in (0..group.len()).step_by(COLUMNS) {
        for row in (0..=column).step_by(ROWS) {
            let diagonal = row == column;
            let mut row_floor = [0; ROWS];
            row_floor.copy_from_slice(&floors[row..row + ROWS]);
            let mut column_floor = [i32::MAX; COLUMNS];
            if !diagonal {
                column_floor.copy_from_slice(&floors[column..column + COLUMNS]);
            }
            let mut begin = [0; ROWS];
            begin.copy_from_slice(&start[row..row + ROWS]);
            let hits = kernels.tile(&mut Tile {
                left: &left[row * quads..][..ROWS * quads],
                right: pair(&panels, column / PANEL, quads),
                start: &begin,
                row_floor: &row_floor,
                column_floor: &column_floor,
                sums: &mut sums,
            });
            for (r, c) in places(hits) {
                let (a, b, sum) = (row + r, column + c, sums[r][c]);
                if a >= group.len() || b >= group.len() {
                    continue;
                }
                if a != b && sum >= floors[a] {
                    offer(&mut found[a], &mut floors[a], candidate(sum, group[b]), room);
                }
                if !diagonal && sum >= floors[b] {
                    offer(&mut found[b], &mut floors[b], candidate(sum, group[a]), room);
                }
            }
        }
    }
    let mut best = Vec::with_capacity(group.len() * room);
    for mut list in found {
        keep_best(&mut list, room);
        list.resize(room, NONE);
        best.append(&mut list);
    }
    best
}

fn offer(list: &mut Vec<u64>, floor: &mut i32, new: u64, room: usize) {
    list.push(new);
    if list.len() == 3 * room {
        keep_best(list, room);
        if let Some(worst) = list.get(room - 1) {
            *floor = product_of(*worst);
        }
    }
}

/// The best of a list, best first, each once.
fn keep_best(list: &mut Vec<u64>, room: usize) {
    list.sort_unstable_by(|a, b| b.cmp(a));
    list.dedup();
    list.truncate(room);
}

/// Every row looks at the neighbours of its nearest neighbours.
fn ask(bytes: &Quantised, kernels: &Kernels, lists: &mut Lists) {
    let (room, asked) = (lists.room, ASKED.min(lists.room));
    let near: Vec<u32> = lists
        .all
        .chunks_exact(room)
        .flat_map(|list| list[..asked].iter().map(|c| if *c == NONE { u32::MAX } else { row_of(*c) }))
        .collect();
    let near_of = |row: u32| near[row as usize * asked..][..asked].iter().copied().filter(|r| *r != u32::MAX);
    let rows = bytes.len();
    lists.all.par_chunks_mut(CHUNK * room).enumerate().for_each_init(
        // For each row, the last one that it was looked at for, plus one.
        || (vec![0u32; rows], Vec::new()),
        |(seen, list), (chunk, slots)| {
            for (place, slots) in slots.chunks_exact_mut(room).enumerate() {
                let i = chunk * CHUNK + place;
                let stamp = i as u32 + 1;
                list.clear();
                list.extend(slots.iter().copied().filter(|c| *c != NONE));
                let worst = if list.len() == room { slots[room - 1] } else { NONE };
                seen[i] = stamp;
                list.iter().for_each(|c| seen[row_of(*c) as usize] = stamp);
                let own = bytes.row(i);
                for other in near_of(i as u32).flat_map(near_of) {
                    if std::mem::replace(&mut seen[other as usize], stamp) != stamp {
                        let new = candidate(kernels.dot_bytes(own, bytes.row(other as usize)), other);
                        if new > worst {
                            list.push(new);
                        }
                    }
                }
                keep_best(list, room);
                slots[..list.len()].copy_from_slice(list);
            }
        },
    );
}
