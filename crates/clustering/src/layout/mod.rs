//! A map of rows in two dimensions, for a picture only: no decision is ever taken from it.
//!
//! Uniform manifold approximation (`McInnes`, Healy, Melville 2018) with three changes that make it quick. Neighbours
//! are sought along the first principal axes only, which is enough for a picture. The forces have the form of
//! Student's distribution (van der Maaten, Hinton 2008), so that they cost a division and no power. And all rows of
//! a round move at once, each by forces from where the others were before: a round is a function of the round before
//! it, so that threads share the work and change nothing. One seed: the same rows give the same picture.

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

mod axes;

use crate::neighbours::{Neighbours, nearest};
use crate::random::{SplitMix, mix};

/// Neighbours of a row that pull at it.
const NEIGHBOURS: usize = 15;
/// Principal axes along which neighbours are sought.
const AXES: usize = 48;
/// Rows that the axes are found from: a sample serves as well as all.
const SAMPLE: usize = 1_024;
/// Steps of the power iteration that finds them.
const TURNS: usize = 12;
/// How wide the picture is when the forces set in, as a multiple of the rows' extent along the axes.
const START: f32 = 10.0;
/// Rounds until the picture stands.
const ROUNDS: usize = 300;
/// Rows that push a row away in each round.
const REPULSIONS: usize = 10;
/// Furthest that one of them pushes it, and that all forces together move it.
const STRIDE: f32 = 1.0;
/// How steeply forces fall with the square of the distance.
const FALL: f32 = 1.6;
/// Rows that one task moves.
const TASK: usize = 256;

/// Places `vectors` (rows × dimensions, unit length) in the square from -1 to 1: rows × 2.
pub fn layout(vectors: ArrayView2<f32>, seed: u64) -> Array2<f32> {
    let n = vectors.nrows();
    if n < 3 {
        return Array2::from_shape_fn((n, 2), |(row, axis)| if axis == 0 { row as f32 - 0.5 } else { 0.0 });
    }
    let along = axes::along(vectors, &axes::principal(vectors, AXES, SAMPLE, TURNS, seed));
    let springs = Springs::between(&nearest(axes::unit_length(&along).view(), NEIGHBOURS.min(n - 1)));
    let start = |row: usize, axis: usize| along.get((row, axis)).map_or(0.0, |x| x * START);
    let mut places: Vec<[f32; 2]> = (0..n).map(|row| [start(row, 0), start(row, 1)]).collect();
    let mut moved = places.clone();
    for round in 0..ROUNDS {
        let step = 1.0 - round as f32 / ROUNDS as f32;
        let salt = mix(seed ^ mix(round as u64));
        moved.par_chunks_mut(TASK).enumerate().for_each(|(task, chunk)| {
            let mut random = SplitMix::new(mix(salt ^ task as u64));
            for (slot, i) in chunk.iter_mut().zip(task * TASK..) {
                let (pull, push) = (springs.pull(&places, i), push(&places, i, &mut random));
                for axis in 0..2 {
                    let force = (pull[axis] + push[axis]) * step;
                    slot[axis] = places[i][axis] + force.clamp(-STRIDE, STRIDE);
                }
            }
        });
        std::mem::swap(&mut places, &mut moved);
    }
    fit(&places)
}

/// How some rows, taken by chance, push row `i` away. Rows on one spot part along a fixed direction.
fn push(places: &[[f32; 2]], i: usize, random: &mut SplitMix) -> [f32; 2] {
    let mut push = [0.0f32; 2];
    for _ in 0..REPULSIONS {
        let j = (random.bits() % places.len() as u64) as usize;
        let [x, y] = apart(places, i, j);
        let square = x * x + y * y;
        if square > 0.0 {
            let force = 2.0 / ((0.001 + square) * (1.0 + FALL * square));
            push[0] += (force * x).clamp(-STRIDE, STRIDE);
            push[1] += (force * y).clamp(-STRIDE, STRIDE);
        } else if i != j {
            push[usize::from(i < j)] += if i.is_multiple_of(2) { STRIDE } else { -STRIDE };
        }
    }
    push
}

/// From row `j` to row `i`.
fn apart(places: &[[f32; 2]], i: usize, j: usize) -> [f32; 2] {
    [places[i][0] - places[j][0], places[i][1] - places[j][1]]
}

/// Each row's neighbours and rows whose neighbour it is, with the weight of each: the fuzzy neighbour graph.
struct Springs {
    /// Where each row's springs begin, and where the last one's end.
    from: Vec<usize>,
    to: Vec<(u32, f32)>,
}

impl Springs {
    /// Each row's distances are scaled so that its neighbourhood weighs `log2(k)`; of two weights between the same
    /// rows, their fuzzy union holds: `a + b - ab`. Each row's weights are then divided by their sum.
    fn between(near: &Neighbours) -> Self {
        let n = near.index.nrows();
        let mut both: Vec<(u32, u32, f32)> = (0..n)
            .into_par_iter()
            .flat_map_iter(|i| {
                weights(near, i)
                    .into_iter()
                    .zip(near.index.row(i).to_vec())
                    .flat_map(move |(w, j)| [(i as u32, j, w), (j, i as u32, w)])
            })
            .collect();
        both.par_sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let mut from = Vec::with_capacity(n + 1);
        let mut to: Vec<(u32, f32)> = Vec::with_capacity(both.len());
        let mut rest = both.as_slice();
        for i in 0..n as u32 {
            let start = to.len();
            from.push(start);
            while let Some((&(a, j, weight), others)) = rest.split_first() {
                if a != i {
                    break;
                }
                rest = others;
                match to[start..].last_mut() {
                    Some(last) if last.0 == j => last.1 += weight - last.1 * weight,
                    _ => to.push((j, weight)),
                }
            }
            let sum = to[start..].iter().map(|spring| spring.1).sum::<f32>().max(1e-6);
            to[start..].iter_mut().for_each(|spring| spring.1 /= sum);
        }
        from.push(to.len());
        Self { from, to }
    }

    /// How its springs pull at row `i`.
    fn pull(&self, places: &[[f32; 2]], i: usize) -> [f32; 2] {
        let mut pull = [0.0f32; 2];
        for &(j, weight) in &self.to[self.from[i]..self.from[i + 1]] {
            let [x, y] = apart(places, i, j as usize);
            let force = weight * 2.0 * FALL / (1.0 + FALL * (x * x + y * y));
            pull[0] -= force * x;
            pull[1] -= force * y;
        }
        pull
    }
}

/// The weights of row `i`'s neighbours: 1 for the nearest, falling with the distance behind it.
fn weights(near: &Neighbours, i: usize) -> Vec<f32> {
    let target = (near.k.max(2) as f32).log2();
    let distance: Vec<f32> = near.similarity.row(i).iter().map(|s| (1.0 - s).max(0.0)).collect();
    let closest = distance.first().copied().unwrap_or(0.0);
    let (mut low, mut high) = (0.0f32, 4.0f32);
    for _ in 0..16 {
        let sigma = (low + high) / 2.0;
        let mass: f32 = distance.iter().map(|d| (-(d - closest) / sigma.max(1e-6)).exp()).sum();
        if mass > target { high = sigma } else { low = sigma }
    }
    let sigma = high.max(1e-6);
    distance.iter().map(|d| (-(d - closest) / sigma).exp()).collect()
}

/// Fits the picture into the square: halfway between where each row lies and its rank along each axis, so that
/// a far island does not squeeze the rest into a corner.
fn fit(places: &[[f32; 2]]) -> Array2<f32> {
    let mut fitted = Array2::zeros((places.len(), 2));
    for axis in 0..2 {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|&a, &b| places[a][axis].total_cmp(&places[b][axis]).then(a.cmp(&b)));
        let (low, high) = (places[order[0]][axis], places[order[order.len() - 1]][axis]);
        let (wide, last) = ((high - low).max(1e-6), (places.len() - 1) as f32);
        for (rank, &row) in order.iter().enumerate() {
            let (place, rank) = ((places[row][axis] - low) / wide, rank as f32 / last);
            fitted[[row, axis]] = place + rank - 1.0;
        }
    }
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three tight bundles far from each other.
    fn bundles() -> Array2<f32> {
        let mut random = SplitMix::new(mix(5));
        let mut rows = Array2::zeros((90, 12));
        for i in 0..90 {
            for j in 0..12 {
                let noise = (random.bits() % 1000) as f32 / 1000.0 - 0.5;
                rows[[i, j]] = noise * 0.3 + if j % 3 == i / 30 { 1.0 } else { 0.0 };
            }
            let length = rows.row(i).dot(&rows.row(i)).sqrt();
            rows.row_mut(i).mapv_inplace(|x| x / length);
        }
        rows
    }

    #[test]
    fn what_belongs_together_lies_together() {
        let map = layout(bundles().view(), 42);
        let distance = |i: usize, j: usize| (&map.row(i) - &map.row(j)).mapv(|x| x * x).sum().sqrt();
        let mut good = 0;
        for i in 0..90 {
            let nearest =
                (0..90).filter(|&j| j != i).min_by(|&a, &b| distance(i, a).total_cmp(&distance(i, b)));
            good += usize::from(nearest.unwrap() / 30 == i / 30);
        }
        assert!(good >= 88, "{good} of 90 lie beside their own");
        assert!(map.iter().all(|x| (-1.0..=1.0).contains(x)));
    }

    #[test]
    fn the_same_seed_draws_the_same_map() {
        let rows = bundles();
        assert_eq!(layout(rows.view(), 1), layout(rows.view(), 1));
        assert_ne!(layout(rows.view(), 1), layout(rows.view(), 2));
    }

    #[test]
    fn threads_do_not_change_the_map() {
        let rows = Array2::from_shape_fn((700, 24), |(i, j)| ((i * 37 + j * 101) % 211) as f32 / 211.0 - 0.5);
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| layout(rows.view(), 3))
        };
        assert_eq!(with(1), with(3));
    }

    #[test]
    fn no_row_one_row_and_equal_rows() {
        for n in [0, 1, 2, 5] {
            let mut rows = Array2::zeros((n, 4));
            rows.column_mut(0).fill(1.0);
            let map = layout(rows.view(), 3);
            assert_eq!(map.dim(), (n, 2));
            assert!(map.iter().all(|x| x.is_finite()));
        }
    }
}
